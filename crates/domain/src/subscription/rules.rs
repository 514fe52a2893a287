//! Microsoft's rules about subscriptions, as rows of `data/subscriptions.json`.
//!
//! A row says whether [actions](Action) are possible, [when](When) and [within](Within) which time, or how long a state
//! lasts. A change of the rules is a new row, and a last day for the old one: the day that counts is the one on which the
//! time began.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::Deserialize;

use super::{Action, Era, Facts, Parent, Status, Term};
use crate::{cloud::Cloud, words};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its own name: of its words, in the language files, and for tests.
    pub id: String,
    /// What it says.
    pub says: Says,
    /// Of which actions.
    #[serde(default)]
    pub actions: Vec<Action>,
    /// Of what was bought; empty for everything.
    #[serde(default)]
    pub era: Vec<Era>,
    /// In which clouds; empty for all.
    #[serde(default)]
    pub cloud: Vec<Cloud>,
    /// When.
    #[serde(default)]
    pub when: When,
    /// Within which time.
    #[serde(default)]
    pub within: Option<Within>,
    /// When what it does not allow is possible; never, if it does not say.
    #[serde(default)]
    pub next: Option<Next>,
    /// The first day (UTC) on which it holds; without one, for as long as we can look back.
    #[serde(default)]
    pub valid_from: Option<Date>,
    /// The first day on which it no longer holds.
    #[serde(default)]
    pub valid_to: Option<Date>,
    /// Where it is written: document, section, date of the text.
    pub source: String,
    /// Whether that is Microsoft's own text.
    pub verified: bool,
}

/// What a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Says {
    /// It is possible.
    Allows,
    /// It is not possible.
    Forbids,
    /// It is possible in Partner Center itself, by the order.
    Elsewhere,
    /// So it is, for so long.
    Lasts {
        /// How long.
        hours: u32,
    },
    /// What is done within so many hours is paid back whole.
    Refunds {
        /// How long.
        hours: u32,
    },
}

/// What must be so: all of it. A field without value asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "each is the fact of that name")]
pub struct When {
    pub status: Vec<Status>,
    pub term: Vec<Term>,
    pub trial: Option<bool>,
    pub auto_renew: Option<bool>,
    pub scheduled: Option<bool>,
    pub counted: Option<bool>,
    /// Its term is over, and Microsoft renews it.
    pub renewing: Option<bool>,
    pub term_over: Option<bool>,
    pub parent_active: Option<bool>,
    pub azure_active: Option<bool>,
}

/// A time that began once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Within {
    /// When it began.
    pub since: Since,
    /// How long it lasts.
    pub hours: u32,
    /// How long it may last at most, where that depends on what nobody knows here.
    #[serde(default)]
    pub at_most: Option<u32>,
}

words! {
    /// When a time began.
    pub enum Since {
        /// With the purchase, or the last renewal.
        Term = "term",
        /// When licences were added.
        Seats = "seats",
        /// With the suspension.
        Suspension = "suspension",
    }
}

words! {
    /// When something is possible that is not now.
    pub enum Next {
        /// At the end of the term, if it renews itself.
        Renewal = "renewal",
        /// When Microsoft has renewed it.
        Renewed = "renewed",
        /// After it was reactivated.
        Reactivated = "reactivated",
        /// When that to which it is an add-on is active.
        Parent = "parent",
        /// When its Azure subscriptions are cancelled.
        AzureCancelled = "azure_cancelled",
        /// When it is set up.
        Provisioned = "provisioned",
        /// After auto-renew is switched on.
        RenewOn = "renew_on",
        /// It is suspended instead.
        Suspend = "suspend",
        /// It is so already.
        Done = "done",
    }
}

words! {
    /// A fact that would have to be known.
    pub enum Lack {
        /// By which rules it lives.
        Era = "era",
        /// Where it stands.
        Status = "status",
        /// For how long it was bought.
        Term = "term",
        /// When it was bought or renewed.
        TermBegan = "term_began",
        /// When its term ends.
        TermEnds = "term_ends",
        /// When licences were added.
        Refundable = "refundable",
        /// Since when it is suspended.
        StatusSince = "status_since",
        /// How that stands to which it is an add-on.
        Parent = "parent",
        /// Whether Azure subscriptions are active in it.
        AzureActive = "azure_active",
        /// When the account was opened, which only Microsoft knows.
        Account = "account",
        /// Whether Microsoft has renewed it: that should have happened by now.
        Renewal = "renewal",
        /// A word of Microsoft's documents.
        Document = "document",
    }
}

/// Whether something is so, as far as the facts go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Truth {
    Yes,
    No,
    /// These would decide.
    Open(BTreeSet<Lack>),
}

impl Truth {
    pub(super) fn open(lack: Lack) -> Truth {
        Truth::Open(BTreeSet::from([lack]))
    }

    fn of(fact: Option<bool>, lack: Lack) -> Truth {
        match fact {
            Some(true) => Truth::Yes,
            Some(false) => Truth::No,
            None => Truth::open(lack),
        }
    }

    /// All of them.
    fn all(parts: impl IntoIterator<Item = Truth>) -> Truth {
        let mut open = BTreeSet::new();
        for part in parts {
            match part {
                Truth::Yes => {}
                Truth::No => return Truth::No,
                Truth::Open(lacks) => open.extend(lacks),
            }
        }
        if open.is_empty() { Truth::Yes } else { Truth::Open(open) }
    }
}

static ALL: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let rows = serde_json::from_str(include_str!("../../../../data/subscriptions.json"));
    rows.expect("the file is a part of the program, and read by its tests")
});

/// The rows, in their order: of several that hold, the first counts.
#[must_use]
pub fn all() -> &'static [Rule] {
    &ALL
}

pub(super) fn hours(hours: u32) -> SignedDuration {
    SignedDuration::from_hours(hours.into())
}

/// Whether something that is known stands in a list. Empty asks nothing.
fn one_of<T: PartialEq>(wanted: &[T], known: Option<&T>, lack: Lack) -> Truth {
    if wanted.is_empty() { Truth::Yes } else { Truth::of(known.map(|known| wanted.contains(known)), lack) }
}

impl Rule {
    /// Whether it is about this, whatever the time that is given for it.
    pub(super) fn is_about(&self, facts: &Facts, now: Timestamp) -> Truth {
        let When {
            status,
            term,
            trial,
            auto_renew,
            scheduled,
            counted,
            renewing,
            term_over,
            parent_active,
            azure_active,
        } = &self.when;
        let wanted = |wanted: Option<bool>, known: Option<bool>, lack| match wanted {
            None => Truth::Yes,
            Some(wanted) => Truth::of(known.map(|known| known == wanted), lack),
        };
        let parent = match facts.parent {
            Parent::None => Some(true),
            Parent::Unknown | Parent::Stands(Status::Unknown) => None,
            Parent::Stands(status) => Some(status == Status::Active),
        };
        let known_status = (facts.status != Status::Unknown).then_some(&facts.status);
        Truth::all([
            one_of(&self.era, facts.era.as_ref(), Lack::Era),
            one_of(&self.cloud, Some(&facts.cloud), Lack::Document),
            one_of(status, known_status, Lack::Status),
            one_of(term, facts.term.as_ref(), Lack::Term),
            wanted(*trial, Some(facts.trial), Lack::Document),
            wanted(*auto_renew, Some(facts.auto_renew), Lack::Document),
            wanted(*scheduled, Some(facts.scheduled), Lack::Document),
            wanted(*counted, Some(facts.counted), Lack::Document),
            wanted(*renewing, facts.is_renewing(now), Lack::TermEnds),
            wanted(*term_over, facts.term_ends.map(|end| end <= now), Lack::TermEnds),
            wanted(*parent_active, parent, Lack::Parent),
            wanted(*azure_active, facts.azure_active.map(|n| n > 0), Lack::AzureActive),
            self.is_dated(facts, now),
        ])
    }

    /// Whether it holds on the day that counts: when its time began, or else today.
    fn is_dated(&self, facts: &Facts, now: Timestamp) -> Truth {
        if self.valid_from.is_none() && self.valid_to.is_none() {
            return Truth::Yes;
        }
        let (day, lack) = match self.within {
            None => (Some(now), Lack::Document),
            Some(within) => (within.since.of(facts), within.since.lack()),
        };
        let day = day.map(|day| day.to_zoned(TimeZone::UTC).date());
        let is_on = |day: Date| {
            self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day < to)
        };
        // What Microsoft says of this very one, it says by the rules of today.
        let of_today = self.says_itself(facts).then_some(self.valid_to.is_none());
        Truth::of(day.map(is_on).or(of_today), lack)
    }
}

impl Rule {
    /// Whether Microsoft says of this very subscription how long the time lasts.
    pub(super) fn says_itself(&self, facts: &Facts) -> bool {
        match self.within.map(|within| within.since) {
            Some(Since::Term) => self.actions.contains(&Action::Cancel) && facts.cancel_until.is_some(),
            Some(Since::Seats) => facts.refundable.is_some(),
            Some(Since::Suspension) | None => false,
        }
    }
}

impl Since {
    /// When that was. Licences are known to be added with the term; what came later, Microsoft says itself.
    pub(super) fn of(self, facts: &Facts) -> Option<Timestamp> {
        match self {
            Since::Term | Since::Seats => facts.term_began,
            Since::Suspension => facts.status_since,
        }
    }

    pub(super) const fn lack(self) -> Lack {
        match self {
            Since::Term | Since::Seats => Lack::TermBegan,
            Since::Suspension => Lack::StatusSince,
        }
    }
}
