//! Random calendars, starts and pauses, most of them around changes of the clocks in zones that change oddly.
//!
//! 20,000 cases in every run, a million with `PARTNERDESK_LONG=1`. The seed is printed, and set by `PARTNERDESK_SEED`.
//! A failing case is printed as a line for `partnerdesk clock explain`.

use domain::clock::{Calendar, Period, explain};
use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde_json::{Map, Value, json};

use super::oracle::Oracle;
use crate::dice::{self, Dice};

/// Zones, and years in which they do something that is worth a look.
const ZONES: &[(&str, i64, i64)] = &[
    ("Africa/Cairo", 2009, 2026), // begins at midnight, ends at midnight, stopped and came back
    ("Africa/Casablanca", 2012, 2030), // goes back for Ramadan
    ("Africa/Monrovia", 1971, 1973), // offset of 44 minutes and 30 seconds
    ("America/Caracas", 2006, 2017), // half an hour, by decree
    ("America/Havana", 2008, 2026), // midnight does not exist, or ends twice
    ("America/Nuuk", 2021, 2026), // at 22:00 on a Saturday
    ("America/Sao_Paulo", 2008, 2019), // midnight does not exist
    ("America/St_Johns", 1987, 2012), // at 00:01, two hours in 1988
    ("Antarctica/Troll", 2006, 2030), // two hours
    ("Asia/Almaty", 2003, 2025),  // midnight to 23:00 for good
    ("Asia/Beirut", 2010, 2030),  // midnight does not exist
    ("Asia/Gaza", 2008, 2035),    // everything
    ("Asia/Kathmandu", 1985, 1986), // a quarter of an hour
    ("Asia/Pyongyang", 2014, 2019), // half an hour, there and back
    ("Asia/Tehran", 2005, 2023),  // midnight does not exist
    ("Australia/Lord_Howe", 1984, 2030), // half an hour
    ("Europe/Berlin", 1978, 2040), // the usual
    ("Europe/Dublin", 1995, 2030), // winter is the exception
    ("Pacific/Apia", 2009, 2022), // 30 December 2011 does not exist
    ("Pacific/Chatham", 2000, 2030), // three quarters of an hour
    ("Pacific/Kiritimati", 1994, 1996), // 1 January 1995 does not exist, or 31 December
    ("Pacific/Kwajalein", 1993, 1994), // 21 August 1993 does not exist
    ("UTC", 1965, 2030),          // nothing, and the years before 1970
];

#[test]
fn answers_equal_the_oracle() {
    in_every_case(if dice::is_long() { 1_000_000 } else { 20_000 }, |case| {
        let question = case.question();
        let wanted = Oracle::new(&question).answer(&question, 400).unwrap_or_else(|| {
            assert!(case.is_never_open(), "the oracle gives up on {question}");
            r#"{"error":"the calendar has no hours, so it is never open"}"#.to_owned()
        });
        let found = explain::answer(&question.to_string()).unwrap();
        assert!(found == wanted, "{question}\n  clock  {found}\n  oracle {wanted}");
    });
}

/// The plainest oracle of all: every second for a few hours around a change.
#[test]
fn every_second_is_counted_as_the_wall_clock_says() {
    in_every_case(if dice::is_long() { 5_000 } else { 60 }, |case| {
        // Pauses may begin between two seconds; the segments tell which of these seconds they cover.
        let question = case.question();
        let oracle = Oracle::new(&question);
        let (start, end) = (case.near.as_second() - 5_000, case.near.as_second() + 5_000);
        let found = case.calendar().elapsed(instant(start), instant(end), &case.pauses).unwrap().segments;
        for second in start..end {
            let found =
                found.iter().any(|segment| segment.from <= instant(second) && instant(second) < segment.to);
            let wanted = oracle.counts(i128::from(second) * 1_000_000_000);
            assert_eq!(found, wanted, "{question} at {}", instant(second));
        }
    });
}

#[test]
fn a_deadline_lies_its_budget_after_its_start() {
    in_every_case(2_000, |case| {
        let Some(deadline) = case.deadline(case.seconds) else {
            return;
        };
        let elapsed = case.calendar().elapsed(case.start, deadline.due, &case.pauses).unwrap();
        assert_eq!(elapsed.elapsed, SignedDuration::from_secs(case.seconds), "{}", case.question());
        assert_eq!(elapsed.segments, deadline.segments, "{}", case.question());
    });
}

#[test]
fn more_budget_is_due_later() {
    in_every_case(2_000, |case| {
        let Some(deadline) = case.deadline(case.seconds) else {
            return;
        };
        let more = case.deadline(case.seconds + 1).unwrap();
        assert!(more.due > deadline.due, "{}", case.question());
        let one_second = SignedDuration::from_secs(1);
        assert!(more.due.duration_since(deadline.due) >= one_second, "{}", case.question());
    });
}

#[test]
fn the_order_and_the_cut_of_pauses_do_not_matter() {
    in_every_case(2_000, |case| {
        let mut shuffled: Vec<Period> = case.pauses.iter().rev().copied().collect();
        shuffled.extend(case.pauses.iter().map(|pause| halves(*pause)[1]));
        shuffled.extend(case.pauses.iter().map(|pause| halves(*pause)[0]));
        shuffled.rotate_left(case.pauses.len() / 2);
        let other = case.calendar().deadline(case.start, case.seconds, &shuffled).ok();
        assert_eq!(other, case.deadline(case.seconds), "{}", case.question());
    });
}

#[test]
fn segments_ascend_and_do_not_touch() {
    in_every_case(2_000, |case| {
        let Some(deadline) = case.deadline(case.seconds) else {
            return;
        };
        assert!(deadline.segments.iter().all(|segment| segment.from < segment.to), "{}", case.question());
        assert!(deadline.segments.windows(2).all(|two| two[0].to < two[1].from), "{}", case.question());
    });
}

fn halves(Period { from, to }: Period) -> [Period; 2] {
    let middle = from + to.duration_since(from) / 2;
    [Period { from, to: middle }, Period { from: middle, to }]
}

/// One random question, or two: about a budget and about an end.
struct Case {
    /// The change of clocks around which it lies.
    near: Timestamp,
    calendar: Value,
    start: Timestamp,
    pauses: Vec<Period>,
    seconds: i64,
    end: Option<Timestamp>,
}

impl Case {
    fn random(dice: &mut Dice) -> Case {
        let &(name, first, last) = dice.one_of(ZONES);
        let zone = TimeZone::get(name).unwrap();
        let new_year = date(i16::try_from(dice.between(first, last)).unwrap(), 1, 1);
        let day = new_year.saturating_add(dice.between(0, 364).days());
        let somewhere = TimeZone::UTC.to_timestamp(day.at(12, 0, 0, 0)).unwrap();
        let near = zone.following(somewhere).next().map_or(somewhere, |change| change.timestamp());
        let wall = zone.to_datetime(near);

        let mut hours = Map::new();
        let habit = dice.between(0, 9);
        let mut week = 0;
        for day in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] {
            let intervals: Vec<(i64, i64)> = match habit {
                0 => vec![(0, 1440)],
                1 => vec![(540, 720), (780, 1020)],
                2 => vec![(1320, 360)],
                3 if day == "mon" => vec![],
                _ if dice.chance(30) => vec![],
                _ => (0..dice.between(1, 3)).map(|_| dice.interval(i64::from(wall.hour()) * 60)).collect(),
            };
            week += intervals.iter().map(|(from, to)| (to - from).rem_euclid(1440) * 60).sum::<i64>();
            let written = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
            let intervals = intervals.iter().map(|&(from, to)| json!([written(from), written(to)])).collect();
            if dice.chance(90) || intervals != json!([]) {
                hours.insert(day.to_owned(), intervals);
            }
        }
        let holiday = |dice: &mut Dice| wall.date().saturating_add(dice.between(-4, 6).days()).to_string();
        let holidays: Vec<String> = (0..dice.few(3)).map(|_| holiday(dice)).collect();
        let yearly: Vec<String> = (0..dice.few(2)).map(|_| holiday(dice)[5..].to_owned()).collect();
        let start = dice.around(near, 2);
        let pauses = (0..dice.few(4)).map(|_| {
            let (one, other) = (dice.around(start, 3), dice.around(start, 3));
            let to = if dice.chance(5) { one.min(other) } else { one.max(other) };
            Period { from: one.min(other), to }
        });
        Case {
            near,
            pauses: pauses.collect(),
            calendar: json!({
                "timezone": name, "hours": hours, "holidays": holidays, "yearly_holidays": yearly,
            }),
            start,
            // Never more than a week's hours, or the oracle would take for ever.
            seconds: match dice.between(0, 5) {
                0 => dice.between(0, 1),
                1 => dice.between(0, 96) * 900,
                2 => dice.between(0, 8) * 3600,
                _ => dice.between(0, 40_000),
            }
            .min(week),
            end: dice.chance(40).then(|| start.max(dice.around(start + SignedDuration::from_hours(30), 3))),
        }
    }

    /// The line for `partnerdesk clock explain`.
    fn question(&self) -> Value {
        let pauses: Vec<Value> = self.pauses.iter().map(|pause| json!([pause.from, pause.to])).collect();
        let mut question = json!({ "calendar": self.calendar, "start": self.start, "pauses": pauses });
        match self.end {
            Some(end) => question["end"] = json!(end),
            None => question["seconds"] = json!(self.seconds),
        }
        question
    }

    fn is_never_open(&self) -> bool {
        self.calendar["hours"].as_object().unwrap().values().all(|intervals| *intervals == json!([]))
    }

    fn calendar(&self) -> Calendar {
        serde_json::from_value(self.calendar.clone()).unwrap()
    }

    fn deadline(&self, seconds: i64) -> Option<domain::clock::Deadline> {
        let deadline = self.calendar().deadline(self.start, seconds, &self.pauses);
        assert_eq!(deadline.is_err(), self.is_never_open(), "{}", self.question());
        deadline.ok()
    }
}

/// Runs a check over so many random cases.
fn in_every_case(cases: u64, check: impl Fn(&Case) + Sync) {
    dice::in_every_case(cases, |dice| check(&Case::random(dice)));
}

impl Dice {
    /// Minutes of a day, often close to the hour in which the clocks change.
    fn interval(&mut self, change: i64) -> (i64, i64) {
        let (from, to) = (self.minute(change) % 1440, self.minute(change));
        if from == to { (0, 1440) } else { (from, to) }
    }

    fn minute(&mut self, change: i64) -> i64 {
        match self.between(0, 5) {
            0 => self.between(0, 24) * 60,
            1 => self.between(0, 96) * 15,
            2 => self.between(0, 1440),
            _ => (change + self.between(-8, 8) * 15).rem_euclid(1440),
        }
    }

    /// An instant up to so many days away: on the hour, on the minute, or on no grid at all.
    fn around(&mut self, at: Timestamp, days: i64) -> Timestamp {
        let reach = if self.chance(40) { 4 * 3600 } else { days * 86_400 };
        let second = at.as_second() + self.between(-reach, reach);
        match self.between(0, 3) {
            0 => instant(second - second.rem_euclid(900)),
            1 => instant(second - second.rem_euclid(60)),
            2 => instant(second),
            _ => instant(second) + SignedDuration::from_nanos(self.between(0, 999_999_999)),
        }
    }
}

fn instant(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}
