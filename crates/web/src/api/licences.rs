//! Licences, as subscriptions and signals show them.

use jiff::Timestamp;
use serde::Serialize;
use store::licences as kept;
use utoipa::ToSchema;

/// How many licences of a product there are, and how many somebody has.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Licences {
    /// The customer's tenant at Microsoft.
    tenant: String,
    /// Microsoft's id of the product.
    product: String,
    /// The product's name.
    name: String,
    /// The product's part number.
    part_number: String,
    /// How many are paid for.
    active: u32,
    /// How many somebody has.
    assigned: u32,
    /// When that was read.
    read_at: Timestamp,
}

impl From<&kept::Licences> for Licences {
    fn from(row: &kept::Licences) -> Self {
        Self {
            tenant: row.tenant.clone(),
            product: row.product.clone(),
            name: row.name.clone(),
            part_number: row.part.clone(),
            active: row.active,
            assigned: row.assigned,
            read_at: row.read_at,
        }
    }
}

/// Licences that nobody has.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SignalLicences {
    /// The customer's tenant at Microsoft.
    tenant: String,
    /// Microsoft's id of the product.
    product: String,
    /// The product's name.
    name: String,
    /// How many are paid for.
    active: u32,
    /// How many somebody has.
    assigned: u32,
    /// At least how many nobody had at each reading since one.
    unused: u32,
    /// The first of these readings.
    since: Timestamp,
    /// The last of them.
    read_at: Timestamp,
}

impl From<kept::Idle> for SignalLicences {
    fn from(one: kept::Idle) -> Self {
        Self {
            tenant: one.tenant,
            product: one.product,
            name: one.name,
            active: one.active,
            assigned: one.assigned,
            unused: one.unused,
            since: one.since,
            read_at: one.read_at,
        }
    }
}
