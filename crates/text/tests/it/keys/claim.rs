//! The families of claims against suppliers, of credit limits and of warnings.

use domain::billing::{
    claim::{ClaimAct, ClaimKind, ClaimState, Evidence, Place},
    owing::{LimitStanding, Warning},
};

use super::all;

/// The codes of what can go wrong.
pub(super) fn problems() -> Vec<&'static str> {
    vec!["claim-over"]
}

pub(super) fn families() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("problem", problems()),
        ("claim-did", all(ClaimAct::ALL, ClaimAct::word)),
        ("claim-do", all(ClaimAct::ALL, ClaimAct::word)),
        ("claim-evidence", all(Evidence::ALL, Evidence::word)),
        ("claim-kind", all(ClaimKind::ALL, ClaimKind::word)),
        ("claim-place", all(Place::ALL, Place::word)),
        ("payable-limit", all(LimitStanding::ALL, LimitStanding::word)),
        ("payable-warning", all(Warning::ALL, Warning::word)),
        ("claim-state", all(ClaimState::ALL, ClaimState::word)),
    ]
}
