//! When a desk is open: weekly hours in a time zone, and holidays.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Serialize};

/// The hours of a desk: a time zone, weekly hours, and the days on which it stays closed.
///
/// A calendar is parsed from a [`CalendarSpec`] and gives the same one back; an invalid one cannot exist. When it is
/// open is told in the [module](crate::clock), how it counts in [`Calendar::deadline`] and [`Calendar::elapsed`].
///
/// ```
/// let calendar: domain::clock::Calendar = serde_json::from_str(r#"{
///     "timezone": "Europe/Berlin",
///     "hours": { "mon": [["09:00", "12:00"], ["13:00", "17:00"]], "fri": [["22:00", "02:00"]] },
///     "holidays": ["2025-12-24"],
///     "yearly_holidays": ["01-01"]
/// }"#)?;
/// let due = calendar.deadline("2025-03-31T09:30:00Z".parse()?, 3600, &[])?.due;
/// assert_eq!(due, "2025-03-31T11:30:00Z".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "CalendarSpec", into = "CalendarSpec")]
pub struct Calendar {
    spec: CalendarSpec,
    zone: TimeZone,
    /// From Monday on; each day's openings ascend and neither overlap nor touch.
    week: [Vec<Opening>; 7],
    holidays: BTreeSet<Date>,
    /// Month and day.
    yearly_holidays: BTreeSet<(i8, i8)>,
}

/// A calendar as it is written and stored; see [`Calendar`] for an example.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarSpec {
    /// A name of the IANA time zone database, such as `Europe/Berlin`.
    pub timezone: String,
    /// The weekly hours.
    pub hours: WeekSpec,
    /// Dates, `YYYY-MM-DD`, on which no interval starts.
    #[serde(default)]
    pub holidays: Vec<String>,
    /// Days of every year, `MM-DD`, on which no interval starts. `02-29` is one in leap years only.
    #[serde(default)]
    pub yearly_holidays: Vec<String>,
}

/// Weekly hours: for each day the intervals that start on it, as `HH:MM` from and to. A missing day is closed.
///
/// An interval is half-open, in local wall-clock time. Its end may be `24:00`; if the end is before the start, it is
/// on the next day. Equal ends are an error: a whole day is `00:00` to `24:00`. Overlapping or touching intervals
/// are one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeekSpec {
    /// Monday.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mon: Vec<(String, String)>,
    /// Tuesday.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tue: Vec<(String, String)>,
    /// Wednesday.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wed: Vec<(String, String)>,
    /// Thursday.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thu: Vec<(String, String)>,
    /// Friday.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fri: Vec<(String, String)>,
    /// Saturday.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sat: Vec<(String, String)>,
    /// Sunday.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sun: Vec<(String, String)>,
}

/// Why a [`CalendarSpec`] is not a calendar.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// Not in the time zone database.
    #[error("unknown time zone {0:?}")]
    UnknownTimeZone(String),
    /// Not `HH:MM` from `00:00` to `23:59`; an end may be `24:00`.
    #[error("{day}: {time:?} is not a time HH:MM")]
    BadTime {
        /// The day of the week, as in the spec.
        day: &'static str,
        /// What stands there.
        time: String,
    },
    /// An interval whose ends are equal.
    #[error("{day}: from {time} to {time} is empty; a whole day is 00:00 to 24:00")]
    EmptyInterval {
        /// The day of the week, as in the spec.
        day: &'static str,
        /// Both its ends.
        time: String,
    },
    /// A holiday that is not a date `YYYY-MM-DD`.
    #[error("holidays: {0:?} is not a date YYYY-MM-DD")]
    BadDate(String),
    /// A yearly holiday that is not a day of a year `MM-DD`.
    #[error("yearly_holidays: {0:?} is not a day of the year MM-DD")]
    BadYearlyDate(String),
}

/// An interval in local seconds from the midnight of the day on which it starts; `to` may be on the next day, and is
/// always less than 48 hours.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opening {
    pub(super) from: i64,
    pub(super) to: i64,
}

impl Calendar {
    pub(crate) fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Whether there is no weekly hour at all.
    pub(crate) fn never_opens(&self) -> bool {
        self.week.iter().all(Vec::is_empty)
    }

    /// The openings that start on a date.
    pub(super) fn openings_on(&self, date: Date) -> &[Opening] {
        let openings = self.on_weekday(date.weekday());
        if openings.is_empty() || self.is_holiday(date) { &[] } else { openings }
    }

    fn on_weekday(&self, weekday: Weekday) -> &[Opening] {
        let [mon, tue, wed, thu, fri, sat, sun] = &self.week;
        match weekday {
            Weekday::Monday => mon,
            Weekday::Tuesday => tue,
            Weekday::Wednesday => wed,
            Weekday::Thursday => thu,
            Weekday::Friday => fri,
            Weekday::Saturday => sat,
            Weekday::Sunday => sun,
        }
    }

    /// Whether hours begin on a date.
    #[must_use]
    pub fn works_on(&self, date: Date) -> bool {
        !self.openings_on(date).is_empty()
    }

    /// How many days with hours begin between two instants, by the dates of its zone: that of `to` counts, that of `from`
    /// does not.
    #[must_use]
    pub fn working_days(&self, from: Timestamp, to: Timestamp) -> u32 {
        let (mut date, last) = (self.zone.to_datetime(from).date(), self.zone.to_datetime(to).date());
        let mut days = 0;
        // Ten years are as good as for ever.
        for _ in 0..3660 {
            let Some(next) = date.tomorrow().ok().filter(|next| *next <= last) else { break };
            date = next;
            days += u32::from(self.works_on(date));
        }
        days
    }

    /// Whether one of its days without hours lies in a period, by the dates of its zone.
    pub(crate) fn has_holiday_between(&self, period: super::Period) -> bool {
        let mut date = self.zone.to_datetime(period.from).date();
        let last = self.zone.to_datetime(period.to).date();
        while date < last {
            if self.is_holiday(date) {
                return true;
            }
            let Ok(next) = date.tomorrow() else { return false };
            date = next;
        }
        false
    }

    fn is_holiday(&self, date: Date) -> bool {
        self.holidays.contains(&date) || self.yearly_holidays.contains(&(date.month(), date.day()))
    }
}

/// Two calendars are equal if they are written alike.
impl PartialEq for Calendar {
    fn eq(&self, other: &Self) -> bool {
        self.spec == other.spec
    }
}

impl Eq for Calendar {}

impl From<Calendar> for CalendarSpec {
    fn from(calendar: Calendar) -> Self {
        calendar.spec
    }
}

impl TryFrom<CalendarSpec> for Calendar {
    type Error = CalendarError;

    fn try_from(spec: CalendarSpec) -> Result<Self, CalendarError> {
        // The bundled database, so that every node of a desk counts alike, whatever its system has installed.
        let zone = TimeZoneDatabase::bundled().get(&spec.timezone).ok().filter(|zone| !zone.is_unknown());
        let zone = zone.ok_or_else(|| CalendarError::UnknownTimeZone(spec.timezone.clone()))?;
        let hours = &spec.hours;
        let week = [
            openings("mon", &hours.mon)?,
            openings("tue", &hours.tue)?,
            openings("wed", &hours.wed)?,
            openings("thu", &hours.thu)?,
            openings("fri", &hours.fri)?,
            openings("sat", &hours.sat)?,
            openings("sun", &hours.sun)?,
        ];
        let holidays = spec.holidays.iter().map(|day| date(day)).collect::<Result<_, _>>()?;
        let yearly_holidays =
            spec.yearly_holidays.iter().map(|day| day_of_year(day)).collect::<Result<_, _>>()?;
        Ok(Calendar { spec, zone, week, holidays, yearly_holidays })
    }
}

/// A day's intervals, ascending, those that overlap or touch made one.
fn openings(day: &'static str, intervals: &[(String, String)]) -> Result<Vec<Opening>, CalendarError> {
    let mut openings =
        intervals.iter().map(|(from, to)| opening(day, from, to)).collect::<Result<Vec<_>, _>>()?;
    openings.sort_unstable_by_key(|opening| opening.from);
    openings.dedup_by(|next, kept| {
        let one = next.from <= kept.to;
        if one {
            kept.to = kept.to.max(next.to);
        }
        one
    });
    Ok(openings)
}

fn opening(day: &'static str, from: &str, to: &str) -> Result<Opening, CalendarError> {
    let bad = |time: &str| CalendarError::BadTime { day, time: time.to_owned() };
    let start = time_of_day(from).filter(|&second| second < DAY).ok_or_else(|| bad(from))?;
    let end = time_of_day(to).ok_or_else(|| bad(to))?;
    if start == end {
        return Err(CalendarError::EmptyInterval { day, time: from.to_owned() });
    }
    Ok(Opening { from: start, to: if end < start { end + DAY } else { end } })
}

/// The seconds of a local day, as the wall clock counts them.
pub(super) const DAY: i64 = 24 * 60 * 60;

/// Seconds from midnight, for `00:00` to `24:00`.
fn time_of_day(text: &str) -> Option<i64> {
    let &[h1, h2, b':', m1, m2] = text.as_bytes() else {
        return None;
    };
    let minute = two_digits(h1, h2)? * 60 + two_digits(m1, m2)?;
    (m1 < b'6' && minute <= 24 * 60).then_some(minute * 60)
}

fn two_digits(tens: u8, ones: u8) -> Option<i64> {
    (tens.is_ascii_digit() && ones.is_ascii_digit())
        .then(|| i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
}

fn date(text: &str) -> Result<Date, CalendarError> {
    // Other spellings of ISO 8601 are dates too, but only one is ours.
    let date = text.parse().ok().filter(|date: &Date| date.to_string() == text);
    date.ok_or_else(|| CalendarError::BadDate(text.to_owned()))
}

fn day_of_year(text: &str) -> Result<(i8, i8), CalendarError> {
    // In a leap year, so that 29 February is a day.
    let date = date(&format!("2024-{text}")).map_err(|_| CalendarError::BadYearlyDate(text.to_owned()))?;
    Ok((date.month(), date.day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOURS: &str = r#""mon":[["09:00","12:00"],["13:00","17:00"]],"fri":[["22:00","02:00"]]"#;

    fn calendar(timezone: &str, hours: &str, holidays: &str, yearly: &str) -> Result<Calendar, String> {
        let json = format!(
            r#"{{"timezone":{timezone},"hours":{{{hours}}},"holidays":[{holidays}],"yearly_holidays":[{yearly}]}}"#
        );
        serde_json::from_str(&json).map_err(|error| error.to_string())
    }

    #[test]
    fn is_written_as_it_was_read() {
        let json = format!(
            r#"{{"timezone":"Europe/Berlin","hours":{{{HOURS}}},"holidays":["2025-12-24"],"yearly_holidays":["01-01"]}}"#
        );
        let calendar: Calendar = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::to_string(&calendar).unwrap(), json);
    }

    #[test]
    fn only_zone_and_hours_must_be_given() {
        let calendar: Calendar = serde_json::from_str(r#"{"timezone":"UTC","hours":{}}"#).unwrap();
        assert!(calendar.never_opens());
    }

    #[test]
    fn one_day_intervals_that_overlap_or_touch_are_one() {
        check_day(r#"["09:00","12:00"],["12:00","17:00"]"#, &[(9, 17)]);
        check_day(r#"["11:00","17:00"],["09:00","12:00"]"#, &[(9, 17)]);
        check_day(r#"["09:00","17:00"],["10:00","11:00"]"#, &[(9, 17)]);
        check_day(r#"["20:00","02:00"],["22:00","06:00"],["08:00","09:00"]"#, &[(8, 9), (20, 30)]);
        check_day(r#"["00:00","24:00"]"#, &[(0, 24)]);
        check_day(r#"["22:00","00:00"]"#, &[(22, 24)]);
        check_day(r#"["09:00","10:00"],["11:00","12:00"]"#, &[(9, 10), (11, 12)]);
    }

    fn check_day(intervals: &str, hours: &[(i64, i64)]) {
        let calendar = calendar("\"UTC\"", &format!("\"mon\":[{intervals}]"), "", "").unwrap();
        let monday = jiff::civil::date(2025, 3, 31);
        let found: Vec<_> =
            calendar.openings_on(monday).iter().map(|o| (o.from / 3600, o.to / 3600)).collect();
        assert_eq!(found, hours, "{intervals}");
    }

    #[test]
    fn what_is_not_a_calendar_is_told_apart() {
        for (timezone, hours, holidays, yearly, error) in [
            ("\"Europe/Atlantis\"", HOURS, "", "", "unknown time zone \"Europe/Atlantis\""),
            ("\"\"", HOURS, "", "", "unknown time zone \"\""),
            ("\"Etc/Unknown\"", HOURS, "", "", "unknown time zone \"Etc/Unknown\""),
            ("\"../../etc/passwd\"", HOURS, "", "", "unknown time zone"),
            ("7", HOURS, "", "", "invalid type"),
            ("\"UTC\"", r#""mon":[["9:00","12:00"]]"#, "", "", r#"mon: "9:00" is not a time HH:MM"#),
            ("\"UTC\"", r#""tue":[["09:00","12:60"]]"#, "", "", r#"tue: "12:60" is not a time HH:MM"#),
            ("\"UTC\"", r#""tue":[["09:00","24:01"]]"#, "", "", "not a time"),
            ("\"UTC\"", r#""tue":[["24:00","02:00"]]"#, "", "", "not a time"),
            ("\"UTC\"", r#""tue":[["-1:00","02:00"]]"#, "", "", "not a time"),
            ("\"UTC\"", r#""tue":[["09:00:00","10:00"]]"#, "", "", "not a time"),
            ("\"UTC\"", r#""tue":[["０９:00","10:00"]]"#, "", "", "not a time"),
            ("\"UTC\"", r#""wed":[["09:00","09:00"]]"#, "", "", "wed: from 09:00 to 09:00 is empty"),
            ("\"UTC\"", r#""wed":[["00:00","00:00"]]"#, "", "", "is empty"),
            ("\"UTC\"", r#""wed":[["09:00"]]"#, "", "", "invalid length 1"),
            ("\"UTC\"", r#""wed":[["09:00","10:00","11:00"]]"#, "", "", "trailing characters"),
            ("\"UTC\"", r#""monday":[]"#, "", "", "unknown field `monday`"),
            ("\"UTC\"", r#""mon":[],"mon":[]"#, "", "", "duplicate field `mon`"),
            ("\"UTC\"", HOURS, r#""2025-02-29""#, "", r#"holidays: "2025-02-29" is not a date"#),
            ("\"UTC\"", HOURS, r#""20250228""#, "", "is not a date"),
            ("\"UTC\"", HOURS, r#""2025-02-28T00:00""#, "", "is not a date"),
            ("\"UTC\"", HOURS, "", r#""02-30""#, r#"yearly_holidays: "02-30" is not a day of the year"#),
            ("\"UTC\"", HOURS, "", r#""2025-01-01""#, "is not a day of the year"),
            ("\"UTC\"", HOURS, "", r#""1-1""#, "is not a day of the year"),
        ] {
            let found = calendar(timezone, hours, holidays, yearly).expect_err(error);
            assert!(found.contains(error), "{found} instead of {error}");
        }
        let unknown = serde_json::from_str::<Calendar>(r#"{"timezone":"UTC","hours":{},"holliday":[]}"#);
        assert!(unknown.unwrap_err().to_string().contains("unknown field `holliday`"));
    }

    #[test]
    fn every_yearly_day_of_a_leap_year_is_one() {
        assert!(calendar("\"UTC\"", HOURS, "", r#""02-29","12-31","01-01""#).is_ok());
    }
}
