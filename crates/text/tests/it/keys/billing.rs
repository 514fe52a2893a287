//! The closed sets of money owed.

use domain::billing::{
    difference::Cause,
    invoice::{Kind, Standing, Why},
    layout::Wrong,
    line::{Charge, Layout},
};

use super::all;

pub(super) fn families() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("payable-broken", vec!["nothing", "rest"]),
        ("payable-cause", all(Cause::ALL, Cause::word)),
        ("payable-charge", all(Charge::ALL, Charge::word)),
        ("payable-kind", all(Kind::ALL, Kind::word)),
        ("payable-layout", all(Layout::ALL, Layout::word)),
        ("payable-standing", all(Standing::ALL, Standing::word)),
        ("payable-why", all(Why::ALL, Why::word)),
        ("payable-wrong", all(Wrong::ALL, Wrong::word)),
    ]
}
