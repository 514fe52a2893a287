//! Sets of time: unions, differences and intersections of periods, exact to the nanosecond.

use jiff::{SignedDuration, Timestamp, civil::Weekday, tz::TimeZone};

use crate::clock::{Calendar, ClockError, Period};

/// Time as periods that ascend and neither overlap nor touch.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Times(Vec<Period>);

impl Times {
    /// No time at all.
    #[must_use]
    pub const fn none() -> Times {
        Times(Vec::new())
    }

    /// All of these periods, in any order; those that are empty or go backwards are nothing.
    #[must_use]
    pub fn of(periods: impl IntoIterator<Item = Period>) -> Times {
        let mut periods: Vec<Period> = periods.into_iter().filter(|p| p.from < p.to).collect();
        periods.sort_unstable();
        periods.dedup_by(|next, kept| {
            let one = next.from <= kept.to;
            if one {
                kept.to = kept.to.max(next.to);
            }
            one
        });
        Times(periods)
    }

    /// When a calendar is open within a period.
    ///
    /// # Errors
    /// As [`Calendar::elapsed`].
    pub fn open(calendar: &Calendar, within: Period) -> Result<Times, ClockError> {
        Ok(Times::of(calendar.elapsed(within.from, within.to, &[])?.segments))
    }

    /// The periods.
    #[must_use]
    pub fn periods(&self) -> &[Period] {
        &self.0
    }

    /// Whether it is no time.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How long it is.
    #[must_use]
    pub fn total(&self) -> SignedDuration {
        self.0.iter().map(Period::length).sum()
    }

    /// Whether a moment lies in it.
    #[must_use]
    pub fn contains(&self, at: Timestamp) -> bool {
        let after = self.0.partition_point(|p| p.from <= at);
        after.checked_sub(1).and_then(|place| self.0.get(place)).is_some_and(|p| at < p.to)
    }

    /// What is in either.
    #[must_use]
    pub fn or(&self, other: &Times) -> Times {
        Times::of(self.0.iter().chain(&other.0).copied())
    }

    /// What is in both.
    #[must_use]
    pub fn and(&self, other: &Times) -> Times {
        let (mut ours, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut both = Vec::new();
        while let (Some(a), Some(b)) = (ours.peek(), theirs.peek()) {
            let part = Period { from: a.from.max(b.from), to: a.to.min(b.to) };
            if part.from < part.to {
                both.push(part);
            }
            if a.to <= b.to {
                ours.next()
            } else {
                theirs.next()
            };
        }
        Times(both)
    }

    /// What is in this and not in the other.
    #[must_use]
    pub fn without(&self, other: &Times) -> Times {
        let mut rest = Vec::new();
        let mut cuts = other.0.iter().peekable();
        for period in &self.0 {
            let mut from = period.from;
            while cuts.next_if(|cut| cut.to <= from).is_some() {}
            while let Some(cut) = cuts.peek().filter(|cut| cut.from < period.to) {
                if from < cut.from {
                    rest.push(Period { from, to: cut.from });
                }
                from = from.max(cut.to);
                if cut.to > period.to {
                    break;
                }
                cuts.next();
            }
            if from < period.to {
                rest.push(Period { from, to: period.to });
            }
        }
        Times(rest)
    }

    /// The same time as a week's timetable: pieces that lie on the same weekday between the same hours of the wall
    /// clock are one slot. Pieces are cut at midnight.
    #[must_use]
    pub fn weekly(&self, zone: &TimeZone) -> Vec<Slot> {
        let mut slots: Vec<Slot> = Vec::new();
        for piece in self.0.iter().flat_map(|period| days(*period, zone)) {
            let (from, to) = (zone.to_datetime(piece.from), zone.to_datetime(piece.to));
            let next = Slot {
                weekday: from.date().weekday(),
                from: minute(from.time()),
                // The end of a day is its minute 1,440, not the first of the next.
                to: if from.date() == to.date() { minute(to.time()) } else { 24 * 60 },
                times: 1,
                first: piece,
            };
            match slots
                .iter_mut()
                .find(|slot| (slot.weekday, slot.from, slot.to) == (next.weekday, next.from, next.to))
            {
                Some(slot) => slot.times += 1,
                None => slots.push(next),
            }
        }
        slots.sort_by_key(|slot| (slot.weekday.to_monday_zero_offset(), slot.from, slot.to));
        slots
    }
}

/// A piece of a week's timetable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The day.
    pub weekday: Weekday,
    /// The minute of the day at which it begins.
    pub from: u16,
    /// The minute at which it ends; 1,440 is midnight.
    pub to: u16,
    /// On how many days it is so.
    pub times: u32,
    /// The first of them.
    pub first: Period,
}

fn minute(time: jiff::civil::Time) -> u16 {
    u16::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).unwrap_or(0)
}

/// A period cut at the midnights of a zone.
fn days(period: Period, zone: &TimeZone) -> Vec<Period> {
    let mut pieces = Vec::new();
    let mut from = period.from;
    while from < period.to {
        let midnight = zone
            .to_datetime(from)
            .date()
            .tomorrow()
            .ok()
            .and_then(|day| day.to_zoned(zone.clone()).ok())
            .map_or(period.to, |start| start.timestamp());
        // A day that the zone skips has no midnight of its own: never go back.
        let to = if midnight > from { midnight.min(period.to) } else { period.to };
        pieces.push(Period { from, to });
        from = to;
    }
    pieces
}

/// The week that begins on the Monday on or before this moment in a zone: 168 hours, or one more or less where the
/// clocks change.
#[must_use]
pub fn week_of(at: Timestamp, zone: &TimeZone) -> Period {
    let today = zone.to_datetime(at).date();
    let back = i64::from(today.weekday().to_monday_zero_offset());
    let monday = today.checked_sub(jiff::Span::new().days(back)).unwrap_or(today);
    let next = monday.checked_add(jiff::Span::new().days(7)).unwrap_or(monday);
    let start = |day: jiff::civil::Date| day.to_zoned(zone.clone()).map_or(at, |z| z.timestamp());
    Period { from: start(monday), to: start(next) }
}

/// The weeks of the coming year that are unlike each other for these calendars: the coming one, and those with a
/// holiday, or in which a zone changes its clocks.
#[must_use]
pub fn telling_weeks(from: Timestamp, calendars: &[&Calendar]) -> Vec<Period> {
    let zone = calendars.first().map_or(TimeZone::UTC, |c| c.zone().clone());
    let Ok(until) = from.checked_add(SignedDuration::from_hours(366 * 24)) else { return Vec::new() };
    let mut weeks = vec![week_of(from, &zone)];
    let mut at = weeks.first().map_or(until, |week| week.to);
    // The week in which we are has begun already: the one after it is a whole one that is still to come.
    weeks.push(week_of(at, &zone));
    while at < until {
        let week = week_of(at, &zone);
        let differs = calendars.iter().any(|calendar| {
            let changes =
                calendar.zone().following(week.from).next().is_some_and(|c| c.timestamp() < week.to);
            changes || calendar.has_holiday_between(week)
        });
        if differs {
            weeks.push(week);
        }
        if week.to <= at {
            break;
        }
        at = week.to;
    }
    weeks.dedup();
    weeks
}
