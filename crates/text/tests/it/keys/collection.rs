//! The families of collections.

use domain::collections::{
    Class, Condition, Count, Effect, Scope, facts::Delivery, policy::Fault, standing::Why,
};

use super::all;

/// The codes of what can go wrong.
pub(super) fn problems() -> Vec<&'static str> {
    let mut codes = vec!["arrived", "dispute-answered", "nothing-due", "nothing-open", "stopped"];
    codes.extend(all(Fault::ALL, Fault::word));
    codes
}

pub(super) fn families() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut effects = vec![Effect::Remind, Effect::Warn];
    effects.extend(Scope::ALL.iter().map(|scope| Effect::Suspend(*scope)));
    vec![
        ("collection-brake", vec!["clock", "many", "person"]),
        ("collection-class", all(Class::ALL, Class::word)),
        ("collection-count", all(Count::ALL, Count::word)),
        ("collection-delivery", all(Delivery::ALL, Delivery::word)),
        ("collection-effect", all(&effects, Effect::word)),
        ("collection-lacks", all(Condition::ALL, Condition::word)),
        ("collection-outcome", vec!["accepted", "rejected", "withdrawn"]),
        ("collection-part", vec!["current", "overdue", "covered", "promised", "disputed"]),
        ("collection-why", all(Why::ALL, Why::word)),
        ("problem", problems()),
    ]
}
