//! What is done with a subscription, how far that is, and who changed what was seen to change.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Action, Facts, Status, dates, rules::Rule};
use crate::words;

words! {
    /// How far something is that somebody wants done.
    pub enum Progress {
        /// Nothing was sent yet.
        Waiting = "waiting",
        /// It was sent, and nobody knows whether it arrived.
        Sent = "sent",
        /// Microsoft has taken it; the reading does not show it yet.
        Taken = "taken",
        /// The reading shows it.
        Done = "done",
        /// The subscription is not any more as it was when this was decided: to be decided again.
        Overtaken = "overtaken",
        /// A rule stands against it by now.
        Forbidden = "forbidden",
        /// Microsoft will not.
        Refused = "refused",
        /// It could not be sent for too long: to be decided again.
        Expired = "expired",
        /// The reading never showed it: somebody has to look.
        Lost = "lost",
        /// It was taken back before it was sent.
        Withdrawn = "withdrawn",
    }
}

impl Progress {
    /// Whether it goes on.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            Progress::Waiting | Progress::Sent | Progress::Taken => true,
            Progress::Done
            | Progress::Overtaken
            | Progress::Forbidden
            | Progress::Refused
            | Progress::Expired
            | Progress::Lost
            | Progress::Withdrawn => false,
        }
    }

    /// Whether it ended otherwise than it was to, so that somebody has to know.
    #[must_use]
    pub const fn is_trouble(self) -> bool {
        match self {
            Progress::Overtaken
            | Progress::Forbidden
            | Progress::Refused
            | Progress::Expired
            | Progress::Lost => true,
            Progress::Waiting | Progress::Sent | Progress::Taken | Progress::Done | Progress::Withdrawn => {
                false
            }
        }
    }
}

words! {
    /// Who changed what was seen to change.
    pub enum Cause {
        /// We did.
        Ours = "ours",
        /// Time did: a renewal, an end.
        Time = "time",
        /// Somebody else did, in Partner Center or at Microsoft.
        Elsewhere = "elsewhere",
    }
}

words! {
    /// What of a subscription is watched.
    pub enum Field {
        /// Where it stands.
        Status = "status",
        /// How many licences.
        Quantity = "quantity",
        /// Whether it renews itself.
        AutoRenew = "auto_renew",
        /// When its term ends.
        TermEnds = "term_ends",
        /// How many licences the next term has.
        Scheduled = "scheduled",
        /// Whether it is a trial.
        Trial = "trial",
    }
}

/// A difference that was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Of what.
    pub of: Field,
    /// Its value before, as a word, a number or a moment.
    pub before: String,
    /// Its value after.
    pub after: String,
}

/// The differences between two readings. `scheduled` is how many licences the next term has.
#[must_use]
pub fn differences(before: (&Facts, Option<u32>), after: (&Facts, Option<u32>)) -> Vec<Difference> {
    let moment = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    let values = |(facts, scheduled): (&Facts, Option<u32>)| {
        [
            (Field::Status, facts.status.word().to_owned()),
            (Field::Quantity, facts.quantity.to_string()),
            (Field::AutoRenew, facts.auto_renew.to_string()),
            (Field::TermEnds, moment(facts.term_ends)),
            (Field::Scheduled, number(scheduled)),
            (Field::Trial, facts.trial.to_string()),
        ]
    };
    let pairs = values(before).into_iter().zip(values(after));
    pairs
        .filter(|((_, before), (_, after))| before != after)
        .map(|((of, before), (_, after))| Difference { of, before, after })
        .collect()
}

/// Whether a reading shows that an action was done. `scheduled` is how many licences the next term has.
#[must_use]
pub fn shows(facts: &Facts, scheduled: Option<u32>, action: Action, quantity: Option<u32>) -> bool {
    match action {
        Action::Add | Action::Reduce => Some(facts.quantity) == quantity,
        Action::RenewOn => facts.auto_renew,
        Action::RenewOff => !facts.auto_renew,
        Action::Cancel => facts.status == Status::Deleted,
        Action::Suspend => facts.status == Status::Suspended,
        Action::Reactivate => facts.status == Status::Active,
        Action::Schedule => scheduled == quantity,
        Action::Unschedule => !facts.scheduled,
    }
}

/// Whether time alone explains what changed between two readings: a term that was renewed, or a life that went on as
/// it was to go on. `next` is how many licences the term after it was to have.
#[must_use]
pub fn is_by_time(rules: &[Rule], before: &Facts, next: Option<u32>, after: &Facts, now: Timestamp) -> bool {
    if before.status != after.status {
        let life = dates::life(rules, before, now);
        let at_its_time = life
            .iter()
            .any(|part| part.status == after.status && before.status != part.status && part.from <= now);
        let over = life.last().and_then(|part| part.to).is_some_and(|to| to <= now);
        let goes_on =
            at_its_time || (after.status == Status::Deleted && over && before.status != Status::Active);
        return goes_on && before.quantity == after.quantity;
    }
    let renewed = before.auto_renew
        && before.term_ends.is_some_and(|end| end <= now && after.term_ends.is_some_and(|next| end < next));
    renewed && after.auto_renew && (after.quantity == before.quantity || Some(after.quantity) == next)
}
