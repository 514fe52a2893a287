//! Signals: what a customer's requests tell of what it may need. For those who sell, never for the customer.
//!
//! A signal has its evidence, the tickets or the licences; nobody has one without. What a person has judged starts again from
//! nothing: only tickets that came later can raise the same signal again, and licences only after a while.

pub mod licences;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::{ticket::kinds::Service, words};

/// Over how long tickets are looked at: what is older tells nothing of today.
pub const WINDOW: SignedDuration = SignedDuration::from_hours(90 * 24);

words! {
    /// What a customer may need.
    pub enum Signal {
        /// Many questions of how something is done: training.
        Training = "training",
        /// Quotas that have to be raised: an add-on, or a larger plan of the product.
        AddOn = "add_on",
        /// Products in old versions: a project to replace them.
        Project = "project",
        /// Many tickets that a supplier had to help with: a better plan of support.
        Plan = "plan",
        /// Licences that are paid for and nobody has: fewer of them, or help with bringing them into use.
        UnusedLicences = "unused_licences",
    }
}

words! {
    /// How a person has judged a signal.
    pub enum Judged {
        /// It was right: somebody talks to the customer.
        TakenUp = "taken_up",
        /// It was not.
        Dismissed = "dismissed",
    }
}

impl Signal {
    /// How many tickets it takes, or products. Ours: Microsoft says nothing of it.
    #[must_use]
    pub const fn least(self) -> usize {
        match self {
            Signal::Training | Signal::Plan => 3,
            Signal::AddOn | Signal::Project => 2,
            Signal::UnusedLicences => 1,
        }
    }

    /// Whether a ticket tells of it: by the row of the baseline that was decided, or because a supplier had it.
    fn is_told_by(self, case: &Case<'_>) -> bool {
        match self {
            Signal::Training => case.category == Some("how-to"),
            Signal::AddOn => case.category == Some("quota"),
            Signal::Project => case.category == Some("onprem-older"),
            Signal::Plan => case.escalated,
            // Of that no ticket tells.
            Signal::UnusedLicences => false,
        }
    }
}

/// A ticket of a customer, as far as it tells something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case<'a> {
    /// When it was opened.
    pub at: Timestamp,
    /// Of which service.
    pub service: Service,
    /// The row of the baseline that was decided, by its key.
    pub category: Option<&'a str>,
    /// Whether a supplier had it.
    pub escalated: bool,
}

/// The signals of one customer with the places of their evidence in `cases`. `judged` says when a person judged which last: what
/// was opened until then does not count for it any more. The order of cases means nothing but for that of the evidence.
#[must_use]
pub fn signals(
    cases: &[Case<'_>],
    judged: &BTreeMap<(Signal, Service), Timestamp>,
    now: Timestamp,
) -> BTreeMap<(Signal, Service), Vec<usize>> {
    let mut found: BTreeMap<(Signal, Service), Vec<usize>> = BTreeMap::new();
    for (place, case) in cases.iter().enumerate() {
        let age = now.duration_since(case.at);
        if age > WINDOW || age < SignedDuration::ZERO {
            continue;
        }
        for signal in Signal::ALL.iter().filter(|signal| signal.is_told_by(case)) {
            let key = (*signal, case.service);
            if judged.get(&key).is_none_or(|until| case.at > *until) {
                found.entry(key).or_default().push(place);
            }
        }
    }
    found.retain(|(signal, _), evidence| evidence.len() >= signal.least());
    found
}
