//! Licences at Microsoft: how many of each product a tenant has, and how many of them somebody has.

use domain::{
    id::CustomerId,
    signal::licences::{Licences as Counted, Unused},
};
use jiff::Timestamp;

use crate::{Error, Tx, params, record, sql};

/// How many products of a desk are looked at for signals.
const PRODUCTS: i64 = 20_000;

record! {
    /// Licences of a product, as they were read last.
    pub struct Licences {
        /// The customer's tenant.
        pub tenant: String,
        /// Microsoft's id of the product, in lower case.
        pub product: String,
        /// The product's name.
        pub name: String,
        /// The product's part number, in upper case.
        pub part: String,
        /// How many are paid for.
        pub active: u32,
        /// How many somebody has.
        pub assigned: u32,
        /// At least how many nobody had at each reading since one; none where those are too few.
        pub unused: Option<u32>,
        /// The first of these readings.
        pub unused_since: Option<Timestamp>,
        /// When they were read last.
        pub read_at: Timestamp,
    }

    /// Licences of a customer that nobody had for a while.
    pub struct Idle {
        /// Whose they are.
        pub customer: CustomerId,
        /// The customer's name.
        pub customer_name: String,
        /// In which tenant.
        pub tenant: String,
        /// The product's id.
        pub product: String,
        /// The product's name.
        pub name: String,
        /// How many are paid for.
        pub active: u32,
        /// How many somebody has.
        pub assigned: u32,
        /// At least how many nobody had at each reading since one.
        pub unused: u32,
        /// The first of these readings.
        pub since: Timestamp,
        /// The last of them.
        pub read_at: Timestamp,
    }
}

impl Licences {
    /// The numbers, for the rules.
    #[must_use]
    pub fn counted(&self) -> Counted<'_> {
        Counted { part: &self.part, active: self.active, assigned: self.assigned }
    }

    /// How many nobody had, and since when.
    #[must_use]
    pub fn idle(&self) -> Option<Unused> {
        Some(Unused { least: self.unused?, since: self.unused_since? })
    }
}

sql! {
    desk PUT = "INSERT INTO licences (desk_id, tenant, product, name, part, active, assigned, unused, unused_since, read_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (desk_id, tenant, product) DO UPDATE SET \
        name = excluded.name, part = excluded.part, active = excluded.active, assigned = excluded.assigned, \
        unused = excluded.unused, unused_since = excluded.unused_since, read_at = excluded.read_at";
    desk OF_TENANT = "SELECT tenant, product, name, part, active, assigned, unused, unused_since, read_at FROM licences \
        WHERE desk_id = $1 AND tenant = $2 ORDER BY name, product";
    desk FORGET = "DELETE FROM licences WHERE desk_id = $1 AND tenant = $2 AND read_at < $3";
    desk IDLE = "SELECT t.customer_id, c.name, l.tenant, l.product, l.name, l.active, l.assigned, l.unused, \
        l.unused_since, l.read_at FROM licences l \
        JOIN tenants t ON t.desk_id = $1 AND t.tenant = l.tenant \
        JOIN customers c ON c.desk_id = $1 AND c.id = t.customer_id \
        WHERE l.desk_id = $1 AND l.unused IS NOT NULL AND l.unused_since <= $2 \
        AND (CAST($3 AS UUID) IS NULL OR t.customer_id = $3) \
        ORDER BY l.unused DESC, l.tenant, l.product LIMIT $4";
}

/// Writes those of a product, new or known.
///
/// # Errors
/// As the database says.
pub async fn put(tx: &mut Tx, l: &Licences) -> Result<(), Error> {
    let row = params![
        l.tenant,
        l.product,
        l.name,
        l.part,
        l.active,
        l.assigned,
        l.unused,
        l.unused_since,
        l.read_at
    ];
    tx.execute(&PUT, row).await.map(drop)
}

/// Those of a tenant, by name.
///
/// # Errors
/// As the database says.
pub async fn of_tenant(tx: &mut Tx, tenant: &str) -> Result<Vec<Licences>, Error> {
    tx.query(&OF_TENANT, params![tenant]).await
}

/// Forgets those of a tenant that were read last before a moment.
///
/// # Errors
/// As the database says.
pub async fn forget(tx: &mut Tx, tenant: &str, before: Timestamp) -> Result<(), Error> {
    tx.execute(&FORGET, params![tenant, before]).await.map(drop)
}

/// Those that nobody had since a moment or longer, of one customer or of all, the most first: the first 20,000 products.
///
/// # Errors
/// As the database says.
pub async fn idle(tx: &mut Tx, of: Option<CustomerId>, since: Timestamp) -> Result<Vec<Idle>, Error> {
    tx.query(&IDLE, params![since, of, PRODUCTS]).await
}
