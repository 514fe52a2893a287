//! Counting open time: until a budget is used, or between two instants.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::opening::OpenPeriods;

/// A half-open period of time: `from` belongs to it, `to` does not. Segments are such periods, and so are pauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    /// The first instant.
    pub from: Timestamp,
    /// The first instant after it.
    pub to: Timestamp,
}

impl Period {
    /// How long it lasts, exactly.
    #[must_use]
    pub fn length(&self) -> SignedDuration {
        self.to.duration_since(self.from)
    }
}

/// When a budget of open time is used up, and which time used it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The first instant at which the whole budget has passed.
    pub due: Timestamp,
    /// The open, unpaused time from the start until then: ascending, not touching, together exactly the budget.
    pub segments: Vec<Period>,
}

/// How much open time lies between two instants, and which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elapsed {
    /// The sum of the segments, exactly.
    pub elapsed: SignedDuration,
    /// The open, unpaused time: ascending, not touching.
    pub segments: Vec<Period>,
}

/// Why a clock has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// A budget below zero.
    #[error("the budget is negative: {0} s")]
    NegativeBudget(i64),
    /// Time was to be counted backwards.
    #[error("the end, {end}, is before the start, {start}")]
    EndBeforeStart {
        /// Where counting was to start.
        start: Timestamp,
        /// Where it was to end.
        end: Timestamp,
    },
    /// A pause that ends before it begins.
    #[error("the pause from {} to {} ends before it begins", .0.from, .0.to)]
    PauseBackwards(Period),
    /// The calendar has no hours.
    #[error("the calendar has no hours, so it is never open")]
    NeverOpen,
    /// The budget is not used up within a hundred years (36,525 days) after the start.
    #[error("there is no due time within 100 years")]
    NoDueTime,
    /// More than a million segments.
    #[error("the answer has more than {MAX_SEGMENTS} segments")]
    TooManySegments,
}

/// The longest time for which a due time is sought: a hundred years.
const HORIZON: SignedDuration = SignedDuration::from_hours(36_525 * 24);

/// A calendar that opens for a minute every other minute must not fill the memory. A hundred years of office hours
/// with a lunch break have about 50,000.
const MAX_SEGMENTS: usize = 1_000_000;

impl Calendar {
    /// When `seconds` of open, unpaused time have passed since `start`.
    ///
    /// A budget that runs out at a closing time is due at that closing time. With no seconds at all, the answer is
    /// the first open, unpaused moment at or after the start, and has no segments. Pauses are half-open, may
    /// overlap, lie anywhere and come in any order; empty ones are ignored.
    ///
    /// # Errors
    /// A negative budget, a pause that ends before it begins, a calendar without hours, no due time within
    /// 36,525 days of the start or within the range of [`Timestamp`], more than a million segments.
    pub fn deadline(
        &self,
        start: Timestamp,
        seconds: i64,
        pauses: &[Period],
    ) -> Result<Deadline, ClockError> {
        if seconds < 0 {
            return Err(ClockError::NegativeBudget(seconds));
        }
        if self.never_opens() {
            return Err(ClockError::NeverOpen);
        }
        let until = start.saturating_add(HORIZON).unwrap_or(Timestamp::MAX);
        let mut left = SignedDuration::from_secs(seconds);
        let mut segments = Ledger::default();
        for period in CountedPeriods::new(self, start, until, pauses)? {
            if period.length() < left {
                left -= period.length();
                segments.add(period)?;
                continue;
            }
            // Cannot fail: due is not after the period's end.
            let due = period.from.checked_add(left).unwrap_or(period.to);
            segments.add(Period { from: period.from, to: due })?;
            return Ok(Deadline { due, segments: segments.0 });
        }
        Err(ClockError::NoDueTime)
    }

    /// How much open, unpaused time lies between `start` and `end`. Pauses are as in [`Calendar::deadline`].
    ///
    /// # Errors
    /// An end before the start, a pause that ends before it begins, more than a million segments.
    pub fn elapsed(
        &self,
        start: Timestamp,
        end: Timestamp,
        pauses: &[Period],
    ) -> Result<Elapsed, ClockError> {
        if end < start {
            return Err(ClockError::EndBeforeStart { start, end });
        }
        let counted = CountedPeriods::new(self, start, end, pauses)?;
        if self.never_opens() {
            return Ok(Elapsed { elapsed: SignedDuration::ZERO, segments: Vec::new() });
        }
        let mut elapsed = SignedDuration::ZERO;
        let mut segments = Ledger::default();
        for period in counted {
            elapsed += period.length();
            segments.add(period)?;
        }
        Ok(Elapsed { elapsed, segments: segments.0 })
    }
}

/// Segments in the making: ascending, with no two that touch.
#[derive(Default)]
struct Ledger(Vec<Period>);

impl Ledger {
    fn add(&mut self, period: Period) -> Result<(), ClockError> {
        if period.from == period.to {
            return Ok(());
        }
        if let Some(last) = self.0.last_mut().filter(|last| last.to == period.from) {
            last.to = period.to;
            return Ok(());
        }
        if self.0.len() == MAX_SEGMENTS {
            return Err(ClockError::TooManySegments);
        }
        self.0.push(period);
        Ok(())
    }
}

/// The open periods without the pauses.
struct CountedPeriods<'c> {
    open: OpenPeriods<'c>,
    /// What a pause has left of an open period, still to be looked at.
    rest: Option<Period>,
    /// Ascending and disjoint.
    pauses: std::iter::Peekable<std::vec::IntoIter<Period>>,
}

impl<'c> CountedPeriods<'c> {
    fn new(
        calendar: &'c Calendar,
        start: Timestamp,
        until: Timestamp,
        pauses: &[Period],
    ) -> Result<Self, ClockError> {
        let pauses = disjoint(pauses)?.into_iter().peekable();
        Ok(CountedPeriods { open: OpenPeriods::new(calendar, start, until), rest: None, pauses })
    }
}

impl Iterator for CountedPeriods<'_> {
    type Item = Period;

    fn next(&mut self) -> Option<Period> {
        loop {
            let open = match self.rest.take() {
                Some(rest) => rest,
                None => self.open.next()?,
            };
            while self.pauses.next_if(|pause| pause.to <= open.from).is_some() {}
            let Some(pause) = self.pauses.peek().filter(|pause| pause.from < open.to) else {
                return Some(open);
            };
            if pause.to < open.to {
                self.rest = Some(Period { from: pause.to, to: open.to });
            }
            if open.from < pause.from {
                return Some(Period { from: open.from, to: pause.from });
            }
        }
    }
}

/// The same paused time as ascending periods that do not overlap.
fn disjoint(pauses: &[Period]) -> Result<Vec<Period>, ClockError> {
    if let Some(&backwards) = pauses.iter().find(|pause| pause.to < pause.from) {
        return Err(ClockError::PauseBackwards(backwards));
    }
    let mut pauses: Vec<Period> = pauses.iter().copied().filter(|pause| pause.from < pause.to).collect();
    pauses.sort_unstable();
    pauses.dedup_by(|next, kept| {
        let one = next.from <= kept.to;
        if one {
            kept.to = kept.to.max(next.to);
        }
        one
    });
    Ok(pauses)
}
