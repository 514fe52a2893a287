//! The open periods of a calendar, one after another.

use std::slice;

use jiff::Timestamp;
use jiff::civil::Date;

use super::calendar::{Calendar, DAY, Opening};
use super::count::Period;

/// The moments from a start (inclusive) to an end (exclusive) at which a calendar is open, as periods that ascend
/// and do not overlap. Two of them may touch.
///
/// Time is walked in stretches between two changes of the zone's offset. Within one, wall clock and instants run
/// in parallel, so an opening is an instant period by one subtraction, cut at the stretch's ends: that is the whole
/// treatment of daylight saving.
#[derive(Debug)]
pub(super) struct OpenPeriods<'c> {
    calendar: &'c Calendar,
    until: Timestamp,
    /// Where the stretch ends, `until` at the latest.
    stretch_end: Timestamp,
    /// What local time is ahead of UTC in this stretch, in seconds.
    ahead: i64,
    date: Date,
    /// The date's midnight in seconds of UTC, by this stretch's offset.
    midnight: i64,
    /// What is left of the date's openings.
    openings: slice::Iter<'c, Opening>,
    /// Everything before is given out, or lies before the stretch.
    given: Timestamp,
}

impl<'c> OpenPeriods<'c> {
    pub(super) fn new(calendar: &'c Calendar, start: Timestamp, until: Timestamp) -> Self {
        let mut periods = OpenPeriods {
            calendar,
            until,
            stretch_end: until,
            ahead: 0,
            date: Date::ZERO,
            midnight: 0,
            openings: [].iter(),
            given: start,
        };
        periods.enter_stretch(start);
        periods
    }

    fn enter_stretch(&mut self, start: Timestamp) {
        let zone = self.calendar.zone();
        let offset = zone.to_offset(start);
        let change = zone.following(start).next().map(|change| change.timestamp());
        self.stretch_end = change.map_or(self.until, |change| change.min(self.until));
        self.ahead = i64::from(offset.seconds());
        self.given = start;
        let local = floor_second(start) + self.ahead;
        self.date = offset.to_datetime(start).date();
        self.midnight = start_of_day(local) - self.ahead;
        // Yesterday's openings may run into today. The first date of all has no yesterday.
        if let Ok(yesterday) = self.date.yesterday() {
            self.date = yesterday;
            self.midnight -= DAY;
        }
        self.openings = self.calendar.openings_on(self.date).iter();
    }

    /// Goes to the next day, or to the next stretch. None if there is nothing more before the end.
    fn advance(&mut self) -> Option<()> {
        let midnight = self.midnight + DAY;
        match self.date.tomorrow() {
            Ok(tomorrow) if instant(midnight) < self.stretch_end => {
                self.date = tomorrow;
                self.midnight = midnight;
                self.openings = self.calendar.openings_on(tomorrow).iter();
            }
            _ if self.stretch_end < self.until => self.enter_stretch(self.stretch_end),
            _ => return None,
        }
        Some(())
    }
}

impl Iterator for OpenPeriods<'_> {
    type Item = Period;

    fn next(&mut self) -> Option<Period> {
        loop {
            for opening in self.openings.by_ref() {
                let from = instant(self.midnight + opening.from).max(self.given);
                let to = instant(self.midnight + opening.to).min(self.stretch_end);
                if from < to {
                    self.given = to;
                    return Some(Period { from, to });
                }
            }
            self.advance()?;
        }
    }
}

/// The instant of a second of UTC, or the first or last instant of all.
fn instant(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or(if second < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

/// The second in which an instant lies; `as_second` rounds towards 1970.
fn floor_second(at: Timestamp) -> i64 {
    if at.subsec_nanosecond() < 0 { at.as_second() - 1 } else { at.as_second() }
}

fn start_of_day(local: i64) -> i64 {
    local - local.rem_euclid(DAY)
}
