//! What Microsoft offers its partners, as rows of `data/microsoft_offerings.json`: the terms of each vehicle, as far as
//! Microsoft's documents say them. Hours without any interval, or targets that are not there, are not known.

use std::sync::LazyLock;

use serde::Deserialize;

use super::Vehicle;
use crate::offering::Terms;

/// What Microsoft offers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offered {
    /// Which vehicle it is.
    pub vehicle: Vehicle,
    /// What is promised, and when.
    pub terms: Terms,
    /// Where that is written.
    pub source: String,
    /// Whether that is Microsoft's own text.
    pub verified: bool,
}

static ALL: LazyLock<Vec<Offered>> = LazyLock::new(|| {
    let rows = serde_json::from_str(include_str!("../../../../data/microsoft_offerings.json"));
    rows.expect("the file is a part of the program, and read by its tests")
});

/// Every offering, one for each vehicle.
#[must_use]
pub fn offerings() -> &'static [Offered] {
    &ALL
}

/// What is written about a vehicle.
#[must_use]
pub fn offering(vehicle: Vehicle) -> Option<&'static Offered> {
    ALL.iter().find(|offered| offered.vehicle == vehicle)
}
