//! The families of charging for support.

use domain::charging::entitlement::{Basis, Free, Unknown};
use domain::charging::lines::{Unit, What};
use domain::charging::prepaid::Holds;

use super::all;

/// What can go wrong there.
pub(super) const PROBLEMS: &[&str] = &[
    "below-estimate",
    "charge-confirmed",
    "charge-invoiced",
    "no-timer",
    "nobody-may-confirm",
    "not-quarters",
    "not-yet",
    "nothing-to-confirm",
    "timer-here",
    "timer-runs",
    "too-old",
];

pub(super) fn families() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("charge-ask", all(Unknown::ALL, Unknown::word)),
        ("charge-basis", all(Basis::ALL, Basis::word)),
        ("charge-free", all(Free::ALL, Free::word)),
        ("charge-line", all(What::ALL, What::word)),
        ("charge-unit", all(Unit::ALL, Unit::word)),
        ("prepaid-holds", all(Holds::ALL, Holds::word)),
        ("problem", PROBLEMS.to_vec()),
    ]
}
