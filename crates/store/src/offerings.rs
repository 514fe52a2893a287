//! Support on offer: the desk's own, and its suppliers'.

use domain::{
    id::{OfferingId, SupplierId},
    offering::Terms,
    vehicle::Vehicle,
};
use jiff::Timestamp;

use crate::{Error, Json, Tx, Value, params, people::changed, record, sql};

record! {
    /// Support on offer.
    pub struct Offering {
        /// Its id.
        pub id: OfferingId,
        /// Whose it is; none: the desk's own.
        pub supplier: Option<SupplierId>,
        /// Its name.
        pub name: String,
        /// The vehicle of Microsoft's that it is, if it is one.
        pub vehicle: Option<Vehicle>,
        /// What is promised, to whom it can be said, and when.
        pub terms: Json<Terms>,
        /// From when it holds.
        pub valid_from: Timestamp,
        /// Until when; none is for ever.
        pub valid_to: Option<Timestamp>,
        /// By what the supplier's desk knows it, if that desk has published it.
        pub theirs: Option<OfferingId>,
        /// Rises with every change.
        pub version: i64,
    }
}

macro_rules! offering {
    () => {
        "SELECT id, supplier_id, name, vehicle, terms, valid_from, valid_to, theirs, version FROM offerings \
         WHERE desk_id = $1 "
    };
}

sql! {
    desk ADD = "INSERT INTO offerings (desk_id, id, supplier_id, name, vehicle, terms, valid_from, valid_to, \
        theirs) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    desk GET = concat!(offering!(), "AND id = $2");
    desk OWN = concat!(offering!(), "AND supplier_id IS NULL ORDER BY name, id LIMIT 500");
    desk OF_SUPPLIER = concat!(offering!(), "AND supplier_id = $2 ORDER BY name, id LIMIT 500");
    desk OF_SUPPLIERS = concat!(offering!(), "AND supplier_id IS NOT NULL ORDER BY name, id LIMIT 2000");
    desk UPDATE = "UPDATE offerings SET name = $3, vehicle = $4, terms = $5, valid_from = $6, valid_to = $7, \
        version = version + 1 WHERE desk_id = $1 AND id = $2 AND version = $8";
}

/// Adds an offering.
///
/// # Errors
/// As the database says.
pub async fn add(tx: &mut Tx, o: &Offering) -> Result<(), Error> {
    let terms = Value::json(&o.terms.0)?;
    let params = params![o.id, o.supplier, o.name, o.vehicle, terms, o.valid_from, o.valid_to, o.theirs];
    tx.execute(&ADD, params).await.map(drop)
}

/// One offering.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: OfferingId) -> Result<Option<Offering>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// What the desk itself offers, by name.
///
/// # Errors
/// As the database says.
pub async fn own(tx: &mut Tx) -> Result<Vec<Offering>, Error> {
    tx.query(&OWN, &[]).await
}

/// What a supplier offers, by name.
///
/// # Errors
/// As the database says.
pub async fn of_supplier(tx: &mut Tx, supplier: SupplierId) -> Result<Vec<Offering>, Error> {
    tx.query(&OF_SUPPLIER, params![supplier]).await
}

/// What all suppliers offer, by name.
///
/// # Errors
/// As the database says.
pub async fn of_suppliers(tx: &mut Tx) -> Result<Vec<Offering>, Error> {
    tx.query(&OF_SUPPLIERS, &[]).await
}

/// Writes an offering over the one that was read. Whose it is does not change.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn update(tx: &mut Tx, o: &Offering) -> Result<(), Error> {
    let terms = Value::json(&o.terms.0)?;
    let params = params![o.id, o.name, o.vehicle, terms, o.valid_from, o.valid_to, o.version];
    changed(tx.execute(&UPDATE, params).await?)
}
