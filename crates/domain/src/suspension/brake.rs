//! The brake: too many suspensions at once, too many of the desk's seats, or a clock that jumps, and all stop until a
//! person has looked.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::words;

/// From what on the brake trips.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// How many suspensions in an hour.
    pub per_hour: u32,
    /// How many in a day.
    pub per_day: u32,
    /// How many of a hundred of the desk's seats in a day.
    pub percent: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { per_hour: 5, per_day: 10, percent: 10 }
    }
}

impl Limits {
    /// Whether they are limits: something is let through, and not everything.
    #[must_use]
    pub fn are_sound(&self) -> bool {
        (1..=100).contains(&self.per_hour)
            && (self.per_hour..=500).contains(&self.per_day)
            && (1..=50).contains(&self.percent)
    }
}

words! {
    /// Why the brake trips.
    pub enum Trip {
        /// Too many in an hour.
        Hour = "hour",
        /// Too many in a day.
        Day = "day",
        /// Too many of the desk's seats, or nobody knows how many it has.
        Seats = "seats",
        /// The clock jumped, or the desk has slept for long.
        Clock = "clock",
    }
}

/// A desk that has not looked at its clock for so long does not know what happened since.
const SILENCE: SignedDuration = SignedDuration::from_hours(36);
/// A clock may go back by so much: two machines are never quite as one.
const BACK: SignedDuration = SignedDuration::from_mins(5);

/// What was called for, or is about to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Called {
    /// When.
    pub at: Timestamp,
    /// How many seats it has.
    pub seats: u32,
}

/// What the brake looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen<'s> {
    /// Its limits.
    pub limits: Limits,
    /// What was called for in the last day, and since a person released the brake.
    pub past: &'s [Called],
    /// The seats of what is still to be called for, one after another.
    pub ahead: &'s [u32],
    /// How many seats the desk's customers have in use.
    pub seats: u64,
    /// When the desk last looked at its clock.
    pub looked_at: Option<Timestamp>,
}

/// Whether the brake trips now.
#[must_use]
pub fn trips(seen: &Seen<'_>, now: Timestamp) -> Option<Trip> {
    let is_steady = seen.looked_at.is_some_and(|at| {
        let since = now.duration_since(at);
        since <= SILENCE && since >= -BACK
    });
    if !is_steady {
        return Some(Trip::Clock);
    }
    let within = |time: SignedDuration| {
        let past = seen.past.iter().filter(|one| now.duration_since(one.at) <= time).count();
        u32::try_from(past + seen.ahead.len()).unwrap_or(u32::MAX)
    };
    if within(SignedDuration::from_hours(1)) > seen.limits.per_hour {
        return Some(Trip::Hour);
    }
    if within(SignedDuration::from_hours(24)) > seen.limits.per_day {
        return Some(Trip::Day);
    }
    let past = seen.past.iter().map(|one| u64::from(one.seats)).sum::<u64>();
    let ahead = seen.ahead.iter().map(|seats| u64::from(*seats)).sum::<u64>();
    // Integers: so many of a hundred.
    let too_many = (past + ahead) * 100 > seen.seats * u64::from(seen.limits.percent);
    too_many.then_some(Trip::Seats)
}
