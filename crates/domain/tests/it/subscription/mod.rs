//! Subscriptions: each row of the rules with a case that it allows, one that it refuses and one that it leaves open; what
//! an action does; dates; and random ones.

mod dates;
mod random;
mod rows;

use domain::cloud::Cloud;
use domain::subscription::guard::{self, Coming, Verdict, Wish};
use domain::subscription::{Action, Era, Facts, Parent, Refundable, Status, Term, rules};
use jiff::Timestamp;

/// A row's name, with a case that it allows, one that it refuses, one that it leaves open.
pub(crate) type Row = (&'static str, [(Facts, Action, &'static str); 3]);

/// A Wednesday.
pub(crate) const NOW: &str = "2026-03-11T10:00:00Z";

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Licences for a year, bought 100 days ago, that renew themselves.
pub(crate) fn bought(era: Era) -> Facts {
    Facts {
        era: Some(era),
        status: Status::Active,
        cloud: Cloud::Commercial,
        quantity: 50,
        counted: era != Era::AzurePlan,
        trial: false,
        auto_renew: true,
        scheduled: false,
        term: Some(Term::Year),
        term_began: Some(at("2025-12-01T10:00:00Z")),
        term_ends: Some(at("2026-12-01T10:00:00Z")),
        cancel_until: None,
        refundable: Some(Vec::new()),
        status_since: Some(at("2025-12-01T10:00:00Z")),
        parent: Parent::None,
        azure_active: (era == Era::AzurePlan).then_some(0),
    }
}

pub(crate) fn seats(quantity: u32, until: &str) -> Option<Vec<Refundable>> {
    Some(vec![Refundable { quantity, until: at(until) }])
}

/// What is said: `may`, `may until …`, the row that refuses and when it may, or what would have to be known.
pub(crate) fn said(facts: &Facts, action: Action, quantity: Option<u32>, now: Timestamp) -> String {
    match guard::ask(rules::all(), facts, Wish { action, quantity }, now) {
        Verdict::Allowed { rule, until: None } => format!("may: {}", rule.id),
        Verdict::Allowed { rule, until: Some(until) } => format!("may: {} until {until}", rule.id),
        Verdict::Refused { rule, next } => {
            let next = match next {
                Coming::At(at) => format!("from {at}"),
                Coming::After(next) => format!("after {next}"),
                Coming::Elsewhere(until) => format!("elsewhere until {until}"),
                Coming::Never => "never".into(),
            };
            format!("not: {}, {next}", rule.id)
        }
        Verdict::Unknown { lacks } => {
            let lacks: Vec<_> = lacks.iter().map(|lack| lack.word()).collect();
            format!("unknown: {}", lacks.join(" "))
        }
    }
}
