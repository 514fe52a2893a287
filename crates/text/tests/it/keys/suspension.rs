//! The families of suspensions for non-payment.

use domain::collections::Scope;
use domain::suspension::{
    ItemState, State,
    brake::Trip,
    rails::{Rail, Why},
};

use super::all;

/// The codes of what can go wrong.
pub(super) fn problems() -> Vec<&'static str> {
    vec!["not-limits", "suspension-held", "suspension-open", "suspension-over", "suspension-own"]
}

pub(super) fn families() -> Vec<(&'static str, Vec<&'static str>)> {
    let news = "proposed suspended restored by_hand differs failed stopped expired braked";
    vec![
        ("problem", problems()),
        ("suspension-item", all(ItemState::ALL, ItemState::word)),
        ("suspension-news", news.split(' ').collect()),
        ("suspension-rail", all(Rail::ALL, Rail::word)),
        ("suspension-scope", all(Scope::ALL, Scope::word)),
        ("suspension-state", all(State::ALL, State::word)),
        ("suspension-trip", all(Trip::ALL, Trip::word)),
        ("suspension-why", all(Why::ALL, Why::word)),
    ]
}
