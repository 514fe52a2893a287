//! Parties above: Microsoft, providers, outsourcers, publishers.

use domain::{
    id::SupplierId,
    lang::Lang,
    party::supplier::{SupplierKind, Way},
};
use jiff::Timestamp;

use crate::{Error, Tx, params, people::changed, record, sql};

record! {
    /// A party above.
    pub struct Supplier {
        /// Its id.
        pub id: SupplierId,
        /// What kind of party it is.
        pub kind: SupplierKind,
        /// Its name.
        pub name: String,
        /// The language in which it is written to.
        pub lang: Lang,
        /// How a ticket reaches it.
        pub way: Way,
        /// Where: a mail address, the address of a portal; empty where the way has its own.
        pub address: String,
        /// Whether it may be told who the customer's people are.
        pub personal_data: bool,
        /// What agents should know.
        pub note: String,
        /// Whether tickets may be handed to it.
        pub active: bool,
        /// Rises with every change.
        pub version: i64,
        /// Since when.
        pub created_at: Timestamp,
    }
}

macro_rules! supplier {
    () => {
        "SELECT id, kind, name, lang, way, address, personal_data, note, active, version, created_at \
         FROM suppliers WHERE desk_id = $1 "
    };
}

sql! {
    desk ADD = "INSERT INTO suppliers (desk_id, id, kind, name, lang, way, address, personal_data, note, active, \
        created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    desk GET = concat!(supplier!(), "AND id = $2");
    desk EVERY = concat!(supplier!(), "ORDER BY name, id LIMIT 500");
    desk UPDATE = "UPDATE suppliers SET kind = $3, name = $4, lang = $5, way = $6, address = $7, personal_data = $8, \
        note = $9, active = $10, version = version + 1 WHERE desk_id = $1 AND id = $2 AND version = $11";
}

/// Adds a supplier.
///
/// # Errors
/// The name is taken: [`Error::is_taken`].
pub async fn add(tx: &mut Tx, s: &Supplier) -> Result<(), Error> {
    let params = params![
        s.id,
        s.kind,
        s.name,
        s.lang,
        s.way,
        s.address,
        s.personal_data,
        s.note,
        s.active,
        s.created_at
    ];
    tx.execute(&ADD, params).await.map(drop)
}

/// One supplier.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: SupplierId) -> Result<Option<Supplier>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// Every supplier, by name.
///
/// # Errors
/// As the database says.
pub async fn all(tx: &mut Tx) -> Result<Vec<Supplier>, Error> {
    tx.query(&EVERY, &[]).await
}

/// Writes a supplier over the one that was read.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster; the name is taken: [`Error::is_taken`].
pub async fn update(tx: &mut Tx, s: &Supplier) -> Result<(), Error> {
    let params =
        params![s.id, s.kind, s.name, s.lang, s.way, s.address, s.personal_data, s.note, s.active, s.version];
    changed(tx.execute(&UPDATE, params).await?)
}
