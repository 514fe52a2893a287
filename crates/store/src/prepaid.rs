//! What customers have paid for before: hours and incidents. What is left of each is what its [wallet](crate::wallet)
//! adds up to.

use domain::{
    charging::prepaid::Holds,
    id::{CustomerId, PrepaidId},
};
use jiff::Timestamp;

use crate::{Error, FromRow, Row, Tx, params, people::changed, record, sql};

record! {
    /// A customer's contract.
    pub struct Prepaid {
        /// Its id.
        pub id: PrepaidId,
        /// Whose.
        pub customer: CustomerId,
        /// What the desk calls it.
        pub name: String,
        /// What it holds.
        pub holds: Holds,
        /// What is left of it: minutes, or incidents.
        pub balance: u32,
        /// How many entries its wallet has.
        pub entries: i64,
        /// From when it holds.
        pub from: Timestamp,
        /// Until when; none is for ever.
        pub to: Option<Timestamp>,
        /// Rises with every change of the contract, not with those of its wallet.
        pub version: i64,
        /// Since when.
        pub created_at: Timestamp,
    }
}

/// A contract with the name of its customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// The contract.
    pub prepaid: Prepaid,
    /// The customer's name.
    pub customer_name: String,
}

impl FromRow for Named {
    fn from_row(row: &mut Row<'_>) -> Result<Self, Error> {
        Ok(Self { prepaid: Prepaid::from_row(row)?, customer_name: row.next()? })
    }
}

macro_rules! prepaid {
    ($more:literal) => {
        concat!(
            "SELECT p.id, p.customer_id, p.name, p.holds, p.balance, p.entries, p.period_from, p.period_to, \
             p.version, p.created_at",
            $more,
            "WHERE p.desk_id = $1 "
        )
    };
}

sql! {
    desk ADD = "INSERT INTO prepaid (desk_id, id, customer_id, name, holds, balance, period_from, period_to, created_at) \
        VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8)";
    desk GET = concat!(prepaid!(" FROM prepaid p "), "AND p.id = $2");
    desk OF_CUSTOMER = concat!(prepaid!(" FROM prepaid p "), "AND p.customer_id = $2 ORDER BY p.id DESC LIMIT 500");
    desk NAMED = concat!(
        prepaid!(", c.name FROM prepaid p JOIN customers c ON c.desk_id = $1 AND c.id = p.customer_id "),
        "AND p.id = $2"
    );
    desk EVERY = concat!(
        prepaid!(", c.name FROM prepaid p JOIN customers c ON c.desk_id = $1 AND c.id = p.customer_id "),
        "AND (CAST($2 AS UUID) IS NULL OR p.id < $2) ORDER BY p.id DESC LIMIT $3"
    );
    desk OVER = concat!(
        prepaid!(" FROM prepaid p "),
        "AND p.balance > 0 AND p.period_to <= $2 ORDER BY p.period_to, p.id LIMIT 200"
    );
    desk UPDATE = "UPDATE prepaid SET name = $3, period_from = $4, period_to = $5, version = version + 1 \
        WHERE desk_id = $1 AND id = $2 AND version = $6";
}

/// Adds a contract; its wallet has no entries yet.
///
/// # Errors
/// As the database says.
pub async fn add(tx: &mut Tx, p: &Prepaid) -> Result<(), Error> {
    tx.put(&ADD, params![p.id, p.customer, p.name, p.holds, p.from, p.to, p.created_at]).await
}

/// One contract.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: PrepaidId) -> Result<Option<Prepaid>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// One contract with its customer's name.
///
/// # Errors
/// As the database says.
pub async fn named(tx: &mut Tx, id: PrepaidId) -> Result<Option<Named>, Error> {
    tx.query_opt(&NAMED, params![id]).await
}

/// The contracts of a customer, the newest first; 500 at most.
///
/// # Errors
/// As the database says.
pub async fn of_customer(tx: &mut Tx, customer: CustomerId) -> Result<Vec<Prepaid>, Error> {
    tx.query(&OF_CUSTOMER, params![customer]).await
}

/// A page of all contracts, the newest first: those older than the given one.
///
/// # Errors
/// As the database says.
pub async fn page(tx: &mut Tx, before: Option<PrepaidId>, limit: i64) -> Result<Vec<Named>, Error> {
    tx.query(&EVERY, params![before, limit]).await
}

/// The contracts whose time is over at this moment and that have something left; 200 at most.
///
/// # Errors
/// As the database says.
pub async fn over(tx: &mut Tx, now: Timestamp) -> Result<Vec<Prepaid>, Error> {
    tx.query(&OVER, params![now]).await
}

/// Writes a contract over the one that was read. Whose it is, what it holds and what is left do not change.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn update(tx: &mut Tx, p: &Prepaid) -> Result<(), Error> {
    changed(tx.execute(&UPDATE, params![p.id, p.name, p.from, p.to, p.version]).await?)
}
