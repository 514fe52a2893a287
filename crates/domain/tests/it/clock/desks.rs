//! Calendars and checks that the cases by hand share.

use domain::clock::{Calendar, Period};
use jiff::Timestamp;

/// Office hours with a lunch break, Monday to Friday.
pub(super) const OFFICE: &str = r#""mon":[["09:00","12:00"],["13:00","17:00"]],"tue":[["09:00","12:00"],["13:00","17:00"]],
    "wed":[["09:00","12:00"],["13:00","17:00"]],"thu":[["09:00","12:00"],["13:00","17:00"]],
    "fri":[["09:00","12:00"],["13:00","17:00"]]"#;
/// Round the clock.
pub(super) const ALWAYS: &str = r#""mon":[["00:00","24:00"]],"tue":[["00:00","24:00"]],"wed":[["00:00","24:00"]],
    "thu":[["00:00","24:00"]],"fri":[["00:00","24:00"]],"sat":[["00:00","24:00"]],"sun":[["00:00","24:00"]]"#;

pub(super) fn calendar(zone: &str, hours: &str, holidays: &str, yearly: &str) -> Calendar {
    let json = format!(
        r#"{{"timezone":"{zone}","hours":{{{hours}}},"holidays":[{holidays}],"yearly_holidays":[{yearly}]}}"#
    );
    serde_json::from_str(&json).unwrap()
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(super) fn period(text: &str) -> Period {
    let (from, to) = text.split_once(' ').unwrap();
    Period { from: at(from), to: at(to) }
}

#[track_caller]
pub(super) fn check_due(calendar: &Calendar, start: &str, seconds: i64, pauses: &[&str], due: &str) {
    let pauses: Vec<Period> = pauses.iter().map(|text| period(text)).collect();
    let found = calendar.deadline(at(start), seconds, &pauses).map(|deadline| deadline.due);
    assert_eq!(found, Ok(at(due)), "from {start}");
}
