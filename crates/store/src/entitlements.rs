//! Contracts with suppliers, and what the desk says of its own standing.

use domain::{
    id::{EntitlementId, OfferingId, SupplierId},
    vehicle::standing::Standing,
};
use jiff::Timestamp;

use crate::{Error, Json, Tx, Value, params, people::changed, record, sql};

record! {
    /// A contract with a supplier.
    pub struct Entitlement {
        /// Its id.
        pub id: EntitlementId,
        /// With whom.
        pub supplier: SupplierId,
        /// For what.
        pub offering: OfferingId,
        /// What the desk calls it.
        pub name: String,
        /// The Access ID, sealed.
        pub access_id: Option<String>,
        /// The Contract ID, sealed.
        pub contract_id: Option<String>,
        /// Whether its units are counted.
        pub counted: bool,
        /// What is left of them; none where nothing is counted.
        pub balance: Option<i64>,
        /// How many entries its wallet has.
        pub entries: i64,
        /// From when it holds.
        pub from: Timestamp,
        /// Until when; none is for ever.
        pub to: Option<Timestamp>,
        /// Rises with every change of the contract, not with those of its wallet.
        pub version: i64,
        /// Since when it is known.
        pub created_at: Timestamp,
    }
}

macro_rules! entitlement {
    () => {
        "SELECT id, supplier_id, offering_id, name, access_id, contract_id, counted, balance, entries, \
         period_from, period_to, version, created_at FROM entitlements WHERE desk_id = $1 "
    };
}

sql! {
    desk ADD = "INSERT INTO entitlements (desk_id, id, supplier_id, offering_id, name, access_id, contract_id, \
        counted, balance, period_from, period_to, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    desk GET = concat!(entitlement!(), "AND id = $2");
    desk EVERY = concat!(entitlement!(), "ORDER BY period_from DESC, id DESC LIMIT 2000");
    desk OF_SUPPLIER = concat!(entitlement!(), "AND supplier_id = $2 ORDER BY period_from DESC, id DESC LIMIT 500");
    desk UPDATE = "UPDATE entitlements SET name = $3, access_id = $4, contract_id = $5, period_from = $6, \
        period_to = $7, version = version + 1 WHERE desk_id = $1 AND id = $2 AND version = $8";
    desk STANDING = "SELECT data, version FROM standings WHERE desk_id = $1";
    desk ADD_STANDING = "INSERT INTO standings (desk_id, data) VALUES ($1, $2) ON CONFLICT (desk_id) DO NOTHING";
    desk SET_STANDING = "UPDATE standings SET data = $2, version = version + 1 WHERE desk_id = $1 AND version = $3";
}

/// Adds a contract; its wallet has no entries yet.
///
/// # Errors
/// As the database says.
pub async fn add(tx: &mut Tx, e: &Entitlement) -> Result<(), Error> {
    let params = params![
        e.id,
        e.supplier,
        e.offering,
        e.name,
        e.access_id,
        e.contract_id,
        e.counted,
        e.balance,
        e.from,
        e.to,
        e.created_at
    ];
    tx.execute(&ADD, params).await.map(drop)
}

/// One contract.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: EntitlementId) -> Result<Option<Entitlement>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// Every contract, the newest period first.
///
/// # Errors
/// As the database says.
pub async fn all(tx: &mut Tx) -> Result<Vec<Entitlement>, Error> {
    tx.query(&EVERY, &[]).await
}

/// The contracts with a supplier, the newest period first.
///
/// # Errors
/// As the database says.
pub async fn of_supplier(tx: &mut Tx, supplier: SupplierId) -> Result<Vec<Entitlement>, Error> {
    tx.query(&OF_SUPPLIER, params![supplier]).await
}

/// Writes a contract over the one that was read. What it is for and what is left do not change.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn update(tx: &mut Tx, e: &Entitlement) -> Result<(), Error> {
    let params = params![e.id, e.name, e.access_id, e.contract_id, e.from, e.to, e.version];
    changed(tx.execute(&UPDATE, params).await?)
}

/// What the desk says of its own standing, and its version; nothing at version 0.
///
/// # Errors
/// As the database says.
pub async fn standing(tx: &mut Tx) -> Result<(Standing, i64), Error> {
    let row: Option<(Json<Standing>, i64)> = tx.query_opt(&STANDING, &[]).await?;
    Ok(row.map_or((Standing::default(), 0), |(Json(standing), version)| (standing, version)))
}

/// Writes it over the version that was read.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn set_standing(tx: &mut Tx, standing: &Standing, version: i64) -> Result<(), Error> {
    let data = Value::json(standing)?;
    changed(match version {
        0 => tx.execute(&ADD_STANDING, params![data]).await?,
        _ => tx.execute(&SET_STANDING, params![data, version]).await?,
    })
}
