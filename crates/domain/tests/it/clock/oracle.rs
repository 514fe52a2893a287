//! A second implementation of the clocks, to be right rather than quick: it only ever asks of one instant whether it
//! counts, by what the wall clock shows. It shares nothing with the first, reads the JSON by itself, uses only one
//! function of the time zone (what the wall clock shows at an instant), and counts in plain nanoseconds.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::Value;

pub(super) type Nanoseconds = i128;
const SECOND: Nanoseconds = 1_000_000_000;
const HOUR: Nanoseconds = 3600 * SECOND;
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

pub(super) struct Oracle {
    zone: TimeZone,
    /// From Monday on, seconds after the midnight of the date.
    hours: [Vec<(i64, i64)>; 7],
    holidays: Vec<String>,
    yearly_holidays: Vec<String>,
    pauses: Vec<(Nanoseconds, Nanoseconds)>,
}

impl Oracle {
    /// Takes in a question of `clock explain`.
    pub(super) fn new(question: &Value) -> Oracle {
        let calendar = &question["calendar"];
        let strings = |value: &Value| -> Vec<String> {
            value.as_array().unwrap().iter().map(|s| s.as_str().unwrap().to_owned()).collect()
        };
        let hours = DAYS.map(|day| {
            let intervals = calendar["hours"].get(day).and_then(Value::as_array).cloned().unwrap_or_default();
            intervals.iter().map(|i| interval(i[0].as_str().unwrap(), i[1].as_str().unwrap())).collect()
        });
        Oracle {
            zone: TimeZone::get(calendar["timezone"].as_str().unwrap()).unwrap(),
            hours,
            holidays: strings(&calendar["holidays"]),
            yearly_holidays: strings(&calendar["yearly_holidays"]),
            pauses: question["pauses"]
                .as_array()
                .unwrap()
                .iter()
                .map(|p| (nanos(&p[0]), nanos(&p[1])))
                .collect(),
        }
    }

    /// The whole answer, as the command would write it; none if the oracle gives up after so many days.
    pub(super) fn answer(&self, question: &Value, days: i128) -> Option<String> {
        let start = nanos(&question["start"]);
        if question.get("end").is_some() {
            let segments = self.counted(start, nanos(&question["end"]));
            let sum: Nanoseconds = segments.iter().map(|(from, to)| to - from).sum();
            let (seconds, rest) = (sum / SECOND, sum % SECOND);
            let fraction = format!(".{rest:09}").trim_end_matches('0').trim_end_matches('.').to_owned();
            return Some(format!(r#"{{"elapsed":{seconds}{fraction},"segments":{}}}"#, written(&segments)));
        }
        let mut left = Nanoseconds::from(question["seconds"].as_i64().unwrap()) * SECOND;
        let mut segments: Vec<(Nanoseconds, Nanoseconds)> = Vec::new();
        let window = 48 * HOUR;
        for begin in (0..days).step_by(2).map(|day| start + day * 24 * HOUR) {
            for (from, to) in self.counted(begin, begin + window) {
                if left > to - from {
                    left -= to - from;
                    segments.push((from, to));
                    continue;
                }
                let due = from + left;
                if left > 0 {
                    segments.push((from, due));
                }
                let segments = written(&joined(segments));
                return Some(format!(r#"{{"due":"{}","segments":{segments}}}"#, timestamp(due)));
            }
        }
        None
    }

    /// Whether an instant counts: open by the wall clock, and not paused.
    pub(super) fn counts(&self, at: Nanoseconds) -> bool {
        let wall = self.wall_clock(at);
        let today = wall.date();
        let dates = [today.yesterday().unwrap(), today];
        let open = dates.iter().any(|&date| {
            let second = seconds_since(date, wall);
            !self.is_holiday(date)
                && self.hours_of(date).iter().any(|&(from, to)| from <= second && second < to)
        });
        open && !self.pauses.iter().any(|&(from, to)| from <= at && at < to)
    }

    /// The counted time from `start` to `end`.
    ///
    /// Whether an instant counts can only change where a pause begins or ends, where the zone's offset changes, or
    /// where the wall clock reaches an end of an interval. Those moments cut time into pieces; each piece is as its
    /// first instant is.
    fn counted(&self, start: Nanoseconds, end: Nanoseconds) -> Vec<(Nanoseconds, Nanoseconds)> {
        let mut cuts: BTreeSet<Nanoseconds> = self.pauses.iter().flat_map(|&(from, to)| [from, to]).collect();
        cuts.extend([start, end]);

        // What the wall clock is ahead of UTC, and when that changes. No zone has changed twice within six hours.
        let mut ahead = BTreeSet::from([self.ahead(start)]);
        let mut at = start;
        while at < end {
            let next = (at + 6 * HOUR).min(end);
            ahead.insert(self.ahead(next));
            if self.ahead(at) != self.ahead(next) {
                let (mut before, mut after) = (at, next);
                while after - before > 1 {
                    let middle = before + (after - before) / 2;
                    if self.ahead(middle) == self.ahead(at) {
                        before = middle;
                    } else {
                        after = middle;
                    }
                }
                cuts.insert(after);
            }
            at = next;
        }

        let mut date = self.wall_clock(start).date().saturating_sub(3.days());
        let last = self.wall_clock(end).date().saturating_add(3.days());
        while date <= last {
            let midnight =
                Nanoseconds::from(seconds_since(Date::constant(1970, 1, 1), date.at(0, 0, 0, 0))) * SECOND;
            for &(from, to) in self.hours_of(date) {
                for ahead in &ahead {
                    cuts.insert(midnight + Nanoseconds::from(from) * SECOND - ahead);
                    cuts.insert(midnight + Nanoseconds::from(to) * SECOND - ahead);
                }
            }
            date = date.tomorrow().unwrap();
        }

        let cuts: Vec<Nanoseconds> = cuts.range(start..=end).copied().collect();
        let pieces = cuts.windows(2).map(|cut| (cut[0], cut[1])).filter(|&(from, _)| self.counts(from));
        joined(pieces.collect())
    }

    fn wall_clock(&self, at: Nanoseconds) -> DateTime {
        self.zone.to_datetime(timestamp(at))
    }

    fn ahead(&self, at: Nanoseconds) -> Nanoseconds {
        let second = at.div_euclid(SECOND);
        let wall = self.wall_clock(second * SECOND);
        (Nanoseconds::from(seconds_since(Date::constant(1970, 1, 1), wall)) - second) * SECOND
    }

    fn hours_of(&self, date: Date) -> &[(i64, i64)] {
        &self.hours[usize::try_from(date.weekday().to_monday_zero_offset()).unwrap()]
    }

    fn is_holiday(&self, date: Date) -> bool {
        let text = date.to_string();
        self.holidays.contains(&text)
            || self.yearly_holidays.iter().any(|day| text.ends_with(&format!("-{day}")))
    }
}

fn interval(from: &str, to: &str) -> (i64, i64) {
    let seconds = |text: &str| {
        let (hour, minute) = text.split_once(':').unwrap();
        hour.parse::<i64>().unwrap() * 3600 + minute.parse::<i64>().unwrap() * 60
    };
    let (from, to) = (seconds(from), seconds(to));
    if to < from { (from, to + 86_400) } else { (from, to) }
}

fn seconds_since(date: Date, wall: DateTime) -> i64 {
    let days = i64::from(wall.date().since(date).unwrap().get_days());
    days * 86_400 + i64::from(wall.hour()) * 3600 + i64::from(wall.minute()) * 60 + i64::from(wall.second())
}

/// Pieces that touch become one.
fn joined(pieces: Vec<(Nanoseconds, Nanoseconds)>) -> Vec<(Nanoseconds, Nanoseconds)> {
    let mut joined: Vec<(Nanoseconds, Nanoseconds)> = Vec::new();
    for (from, to) in pieces {
        match joined.pop() {
            Some((before, end)) if end == from => joined.push((before, to)),
            other => joined.extend(other.into_iter().chain([(from, to)])),
        }
    }
    joined
}

fn written(segments: &[(Nanoseconds, Nanoseconds)]) -> String {
    let segment =
        |&(from, to): &(_, _)| format!(r#"{{"from":"{}","to":"{}"}}"#, timestamp(from), timestamp(to));
    format!("[{}]", segments.iter().map(segment).collect::<Vec<_>>().join(","))
}

pub(super) fn timestamp(at: Nanoseconds) -> Timestamp {
    Timestamp::from_nanosecond(at).unwrap()
}

pub(super) fn nanos(instant: &Value) -> Nanoseconds {
    instant.as_str().unwrap().parse::<Timestamp>().unwrap().as_nanosecond()
}
