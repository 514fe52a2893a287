//! Customers' tenants at Microsoft, mirrored from Partner Center.

use domain::{cloud::Cloud, id::CustomerId};
use jiff::Timestamp;

use crate::{Error, Tx, params, record, sql};

record! {
    /// A customer's tenant at Microsoft.
    pub struct Tenant {
        /// Microsoft's id of the customer, in lower case.
        pub tenant: String,
        /// Which of our customers it is, if that is known.
        pub customer: Option<CustomerId>,
        /// The cloud in which it lives.
        pub cloud: Cloud,
        /// Its name at Microsoft.
        pub name: String,
        /// Its domain at Microsoft.
        pub domain: String,
        /// Whether we may act in it; none where nobody knows.
        pub delegated_admin: Option<bool>,
        /// Until when, where that has an end.
        pub delegated_until: Option<Timestamp>,
        /// When Microsoft last confirmed it.
        pub seen_at: Timestamp,
    }
}

macro_rules! tenant {
    () => {
        "SELECT tenant, customer_id, cloud, name, domain, delegated_admin, delegated_until, seen_at \
         FROM tenants WHERE desk_id = $1 "
    };
}

sql! {
    desk PUT = "INSERT INTO tenants (desk_id, tenant, customer_id, cloud, name, domain, delegated_admin, \
        delegated_until, seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
        ON CONFLICT (desk_id, tenant) DO UPDATE SET customer_id = excluded.customer_id, cloud = excluded.cloud, \
        name = excluded.name, domain = excluded.domain, delegated_admin = excluded.delegated_admin, \
        delegated_until = excluded.delegated_until, seen_at = excluded.seen_at";
    desk GET = concat!(tenant!(), "AND tenant = $2");
    desk OF_CUSTOMER = concat!(tenant!(), "AND customer_id = $2 ORDER BY tenant");
    desk AFTER = concat!(tenant!(), "AND tenant > $2 ORDER BY tenant LIMIT $3");
    desk UNLINKED = concat!(tenant!(), "AND customer_id IS NULL ORDER BY name, tenant LIMIT $2");
    desk COUNT = "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN customer_id IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) \
        FROM tenants WHERE desk_id = $1";
}

/// Writes a tenant, new or known.
///
/// # Errors
/// As the database says.
pub async fn put(tx: &mut Tx, t: &Tenant) -> Result<(), Error> {
    let params = params![
        t.tenant,
        t.customer,
        t.cloud,
        t.name,
        t.domain,
        t.delegated_admin,
        t.delegated_until,
        t.seen_at
    ];
    tx.execute(&PUT, params).await.map(drop)
}

/// One tenant, by Microsoft's id in lower case.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, tenant: &str) -> Result<Option<Tenant>, Error> {
    tx.query_opt(&GET, params![tenant]).await
}

/// The tenants of a customer.
///
/// # Errors
/// As the database says.
pub async fn of_customer(tx: &mut Tx, customer: CustomerId) -> Result<Vec<Tenant>, Error> {
    tx.query(&OF_CUSTOMER, params![customer]).await
}

/// Tenants in the order of their ids, after the given one.
///
/// # Errors
/// As the database says.
pub async fn after(tx: &mut Tx, tenant: &str, limit: i64) -> Result<Vec<Tenant>, Error> {
    tx.query(&AFTER, params![tenant, limit]).await
}

/// Tenants of which nobody knows which customer they are, by name.
///
/// # Errors
/// As the database says.
pub async fn unlinked(tx: &mut Tx, limit: i64) -> Result<Vec<Tenant>, Error> {
    tx.query(&UNLINKED, params![limit]).await
}

/// How many tenants there are, and of how many nobody knows which customer they are.
///
/// # Errors
/// As the database says.
pub async fn count(tx: &mut Tx) -> Result<(i64, i64), Error> {
    tx.query_one(&COUNT, params![]).await
}
