//! What lies ahead of a subscription, as dates, and its life as stretches of time.

use jiff::{SignedDuration, Timestamp};

use super::{
    Action, Era, Facts, Status,
    guard::{self, Verdict, Wish},
    rules::{Rule, Says, Since, hours},
};
use crate::{clock::Calendar, words};

words! {
    /// What happens on a date.
    pub enum Occasion {
        /// It was bought, or renewed last.
        TermBegan = "term_began",
        /// It was suspended.
        Suspended = "suspended",
        /// Until then it can be cancelled.
        CancelUntil = "cancel_until",
        /// Until then licences can be given back.
        ReduceUntil = "reduce_until",
        /// The trial ends and is paid from then on.
        TrialEnd = "trial_end",
        /// The term ends and begins anew.
        Renewal = "renewal",
        /// The term ends.
        TermEnd = "term_end",
        /// Until then it can be reactivated.
        ReactivateUntil = "reactivate_until",
        /// From then on only administrators reach the data.
        Disabled = "disabled",
        /// The data are deleted.
        DataGone = "data_gone",
    }
}

impl Occasion {
    /// How many working days before it somebody should know.
    #[must_use]
    pub const fn warns_before(self) -> u32 {
        match self {
            Occasion::CancelUntil | Occasion::ReduceUntil => 2,
            Occasion::TrialEnd => 5,
            Occasion::Renewal | Occasion::TermEnd | Occasion::ReactivateUntil | Occasion::Disabled => 10,
            Occasion::DataGone => 20,
            Occasion::TermBegan | Occasion::Suspended => 0,
        }
    }

    /// Whether it is something to be waited for, and not only something that was.
    #[must_use]
    pub const fn comes(self) -> bool {
        match self {
            Occasion::TermBegan | Occasion::Suspended => false,
            Occasion::CancelUntil
            | Occasion::ReduceUntil
            | Occasion::TrialEnd
            | Occasion::Renewal
            | Occasion::TermEnd
            | Occasion::ReactivateUntil
            | Occasion::Disabled
            | Occasion::DataGone => true,
        }
    }
}

/// A date of a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// What happens.
    pub what: Occasion,
    /// When.
    pub at: Timestamp,
}

/// How near a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nearness {
    /// It is past.
    Past,
    /// Somebody should know: so many working days are left.
    Warned(u32),
    /// There is time: so many working days are left.
    Calm(u32),
}

/// How near a date is, in working days of a calendar; in days where the desk has none.
#[must_use]
pub fn nearness(day: Day, calendar: Option<&Calendar>, now: Timestamp) -> Nearness {
    if day.at <= now {
        return Nearness::Past;
    }
    let left = match calendar {
        Some(calendar) => calendar.working_days(now, day.at),
        None => u32::try_from(day.at.duration_since(now).as_hours() / 24).unwrap_or(u32::MAX),
    };
    if left <= day.what.warns_before() { Nearness::Warned(left) } else { Nearness::Calm(left) }
}

/// A stretch of a subscription's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// How it stands in it.
    pub status: Status,
    /// From when.
    pub from: Timestamp,
    /// Until when; none for what nobody knows.
    pub to: Option<Timestamp>,
}

fn lasting(rules: &[Rule], id: &str) -> SignedDuration {
    let length = rules.iter().find(|rule| rule.id == id).and_then(|rule| match rule.says {
        Says::Lasts { hours: length } => Some(hours(length)),
        Says::Allows | Says::Forbids | Says::Elsewhere | Says::Refunds { .. } => None,
    });
    length.unwrap_or(SignedDuration::ZERO)
}

/// Its life as far as it can be told: what was, what is, and what comes if nobody does anything.
#[must_use]
pub fn life(rules: &[Rule], facts: &Facts, now: Timestamp) -> Vec<Stretch> {
    let after = |at: Timestamp, length| at.checked_add(length).unwrap_or(Timestamp::MAX);
    let mut life = Vec::new();
    let mut stretch = |status, from: Timestamp, to: Option<Timestamp>| {
        if to.is_none_or(|to| from < to) {
            life.push(Stretch { status, from, to });
        }
    };
    let is_new = facts.era == Some(Era::NewCommerce);
    let expired = lasting(rules, "nce-expired");
    let disabled = lasting(rules, "nce-disabled");
    let Some(began) = facts.term_began else { return life };
    match facts.status {
        Status::Active | Status::Pending => {
            let end = facts.term_ends;
            stretch(facts.status, began, end);
            if let Some(end) = end.filter(|_| is_new && !facts.auto_renew) {
                let closed = after(end, expired);
                stretch(Status::Expired, end, Some(closed));
                stretch(Status::Disabled, closed, Some(after(closed, disabled)));
            }
        }
        Status::Suspended => {
            let end = facts.term_ends.filter(|_| is_new).unwrap_or(Timestamp::MAX);
            let since = facts.status_since.unwrap_or(now).max(began).min(end);
            stretch(Status::Active, began, Some(since));
            if is_new {
                stretch(Status::Suspended, since, facts.term_ends);
                if let Some(end) = facts.term_ends {
                    let over = after(end, lasting(rules, "nce-suspended-over"));
                    stretch(Status::Disabled, end, Some(after(over, disabled)));
                }
            } else {
                let until = facts.status_since.and(deadline(rules, facts, now));
                stretch(Status::Suspended, since, until);
            }
        }
        Status::Expired => {
            let since = facts.status_since.or(facts.term_ends).unwrap_or(now).max(began);
            stretch(Status::Active, began, Some(since));
            let closed = after(since, expired);
            stretch(Status::Expired, since, Some(closed));
            stretch(Status::Disabled, closed, Some(after(closed, disabled)));
        }
        Status::Disabled => {
            // When it became so, where nobody saw it: after its term, and the days that it was expired.
            let usual = facts.term_ends.map(|end| after(end, expired));
            let since = facts.status_since.or(usual).unwrap_or(now).max(began);
            stretch(Status::Active, began, facts.term_ends.map(|end| end.min(since)).or(Some(since)));
            stretch(Status::Disabled, since, Some(after(since, disabled)));
        }
        Status::Deleted => {
            stretch(Status::Active, began, Some(facts.status_since.unwrap_or(now).max(began)));
        }
        Status::Unknown => {}
    }
    life
}

/// Until when a suspended subscription can surely be reactivated.
fn deadline(rules: &[Rule], facts: &Facts, now: Timestamp) -> Option<Timestamp> {
    if facts.era == Some(Era::NewCommerce) {
        return facts.term_ends;
    }
    let rule = rules.iter().find(|rule| {
        let about = super::rules::Truth::Yes;
        rule.within.is_some_and(|within| within.since == Since::Suspension)
            && rule.is_about(&Facts { parent: super::Parent::None, ..facts.clone() }, now) == about
    })?;
    facts.status_since?.checked_add(hours(rule.within?.hours)).ok()
}

/// Its dates, the earliest first.
#[must_use]
pub fn days(rules: &[Rule], facts: &Facts, now: Timestamp) -> Vec<Day> {
    let mut days = Vec::new();
    let mut day = |what, at: Option<Timestamp>| days.extend(at.map(|at| Day { what, at }));
    if matches!(facts.status, Status::Unknown | Status::Deleted) {
        return days;
    }
    day(Occasion::TermBegan, facts.term_began);
    let until = |action| match guard::ask(rules, facts, Wish { action, quantity: None }, now) {
        Verdict::Allowed { until, .. } => until,
        Verdict::Refused { next: guard::Coming::Elsewhere(until), .. } => Some(until),
        Verdict::Refused { .. } | Verdict::Unknown { .. } => None,
    };
    if matches!(facts.status, Status::Active | Status::Suspended) {
        day(Occasion::CancelUntil, until(Action::Cancel));
        day(Occasion::ReduceUntil, until(Action::Reduce));
    }
    match facts.status {
        Status::Active => {
            let what = match (facts.auto_renew, facts.trial) {
                (true, true) => Occasion::TrialEnd,
                (true, false) => Occasion::Renewal,
                (false, _) => Occasion::TermEnd,
            };
            // The Azure plan, and software for good, have no term that ends.
            let has_term = !matches!(facts.era, Some(Era::AzurePlan | Era::Perpetual));
            day(what, facts.term_ends.filter(|_| has_term));
        }
        Status::Suspended => {
            day(Occasion::Suspended, facts.status_since);
            day(Occasion::ReactivateUntil, deadline(rules, facts, now));
        }
        Status::Unknown | Status::Pending | Status::Expired | Status::Disabled | Status::Deleted => {}
    }
    let life = life(rules, facts, now);
    if facts.status != Status::Disabled {
        day(
            Occasion::Disabled,
            life.iter().find(|part| part.status == Status::Disabled).map(|part| part.from),
        );
    }
    let ends_gone = |part: &&Stretch| match part.status {
        Status::Disabled => true,
        Status::Suspended => facts.era == Some(Era::Legacy),
        Status::Unknown | Status::Active | Status::Pending | Status::Expired | Status::Deleted => false,
    };
    day(Occasion::DataGone, life.last().filter(ends_gone).and_then(|part| part.to));
    days.sort_by_key(|day| (day.at, day.what));
    days
}
