//! Hours laid out in steps of half a minute, by what the wall clock shows: to be right rather than quick.

use domain::clock::CalendarSpec;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::dice::Dice;

const STEP: i64 = 30;
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// How much a calendar is open from a start on.
pub(super) struct Wall {
    start: Timestamp,
    /// How many open steps lie before each.
    before: Vec<i64>,
}

/// A calendar as its wall clock shows it, read by itself.
pub(super) struct Hours {
    zone: TimeZone,
    /// From Monday on, seconds after midnight.
    week: [Vec<(i64, i64)>; 7],
    holidays: Vec<Date>,
}

impl Hours {
    pub(super) fn new(spec: &CalendarSpec) -> Hours {
        let hours = serde_json::to_value(&spec.hours).unwrap();
        let second = |text: &str| {
            let (hour, minute) = text.split_once(':').unwrap();
            hour.parse::<i64>().unwrap() * 3600 + minute.parse::<i64>().unwrap() * 60
        };
        let week = DAYS.map(|day| {
            let intervals = hours.get(day).and_then(|day| day.as_array()).cloned().unwrap_or_default();
            let both =
                intervals.iter().map(|i| (second(i[0].as_str().unwrap()), second(i[1].as_str().unwrap())));
            both.map(|(from, to)| if to < from { (from, to + 86_400) } else { (from, to) }).collect()
        });
        let holidays = spec.holidays.iter().map(|day| day.parse().unwrap()).collect();
        Hours { zone: TimeZone::get(&spec.timezone).unwrap(), week, holidays }
    }

    pub(super) fn is_open(&self, at: Timestamp) -> bool {
        let local = self.zone.to_datetime(at);
        let second =
            i64::from(local.hour()) * 3600 + i64::from(local.minute()) * 60 + i64::from(local.second());
        let today = local.date();
        // An opening belongs to the day on which it begins, also where it ends on the next.
        self.shows(today, second) || self.shows(today.yesterday().unwrap(), second + 86_400)
    }

    fn shows(&self, date: Date, second: i64) -> bool {
        let day = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap();
        let open = self.week[day].iter().any(|(from, to)| *from <= second && second < *to);
        open && !self.holidays.contains(&date)
    }
}

impl Wall {
    pub(super) fn new(spec: &CalendarSpec, start: Timestamp, days: i64) -> Wall {
        let steps = days * 86_400 / STEP;
        let at = |step: i64| start + SignedDuration::from_secs(step * STEP);
        let hours = Hours::new(spec);
        let mut before = vec![0];
        for step in 0..steps {
            before.push(before.last().unwrap() + i64::from(hours.is_open(at(step))));
        }
        Wall { start, before }
    }

    /// When so many seconds of open time have passed since a step; none if that lies too far away.
    pub(super) fn due(&self, step: usize, seconds: i64) -> Option<Timestamp> {
        let wanted = self.before[step] + seconds / STEP;
        let place = self.before.partition_point(|before| *before < wanted);
        (place < self.before.len())
            .then(|| self.start + SignedDuration::from_secs(i64::try_from(place).unwrap() * STEP))
    }
}

/// A calendar with hours of any shape, to the minute.
pub(super) fn any_calendar(dice: &mut Dice, holiday: &str) -> CalendarSpec {
    let zones = ["Europe/Berlin", "UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai"];
    let mut days = Vec::new();
    for day in DAYS {
        let mut intervals = Vec::new();
        for _ in 0..dice.few(3) {
            let (from, to) = (dice.between(0, 1439), dice.between(1, 1440));
            if from != to {
                let time = |m: i64| format!("{:02}:{:02}", m / 60, m % 60);
                intervals.push(format!(r#"["{}","{}"]"#, time(from), time(to)));
            }
        }
        days.push(format!(r#""{day}":[{}]"#, intervals.join(",")));
    }
    // Never wholly closed.
    days[0] = r#""mon":[["08:00","18:00"]]"#.into();
    let zone = dice.one_of(&zones);
    let holidays = if dice.chance(30) { format!("\"{holiday}\"") } else { String::new() };
    super::spec(zone, &days.join(","), &holidays)
}
