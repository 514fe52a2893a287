//! A calendar as people write it, line by line, and as bars.

use domain::clock::{CalendarSpec, WeekSpec};

use crate::ui::view::{Bar, CalendarDay};

const DAY: usize = 24 * 60;
const QUARTER: usize = 15;

/// The intervals of a weekday, from Monday on, each day with the name of its field.
fn days(week: &WeekSpec) -> [(&'static str, &[(String, String)]); 7] {
    [
        ("mon", &week.mon),
        ("tue", &week.tue),
        ("wed", &week.wed),
        ("thu", &week.thu),
        ("fri", &week.fri),
        ("sat", &week.sat),
        ("sun", &week.sun),
    ]
}

/// A calendar of what stands in the fields of a form; `field` answers a field by its name. Only its shape is made
/// here: whether the hours and dates are any is for the calendar itself to say.
pub(crate) fn read<'f>(timezone: &str, field: impl Fn(&str) -> &'f str) -> CalendarSpec {
    let day = |name| intervals(field(name));
    let hours = WeekSpec {
        mon: day("mon"),
        tue: day("tue"),
        wed: day("wed"),
        thu: day("thu"),
        fri: day("fri"),
        sat: day("sat"),
        sun: day("sun"),
    };
    let lines = field("holidays").lines().map(str::trim).filter(|line| !line.is_empty());
    // `12-25` is on every year, `2026-12-25` once.
    let (yearly, once) = lines.map(str::to_owned).partition(|line: &String| line.len() <= "12-25".len());
    CalendarSpec { timezone: timezone.to_owned(), hours, holidays: once, yearly_holidays: yearly }
}

/// "8-12, 13:00–17:00" as intervals. What is no interval stays as it is, to be refused.
fn intervals(text: &str) -> Vec<(String, String)> {
    let parts = text.split([',', ';', '，', '、']).map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| part.split_once(['-', '–']).unwrap_or((part, "")))
        .map(|(a, b)| (time(a), time(b)))
        .collect()
}

/// `8` and `8:00` are `08:00`.
fn time(text: &str) -> String {
    let text = text.trim();
    let (hours, minutes) = text.split_once([':', '.']).unwrap_or((text, "00"));
    if hours.is_empty()
        || hours.len() > 2
        || !text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'))
    {
        return text.to_owned();
    }
    format!("{hours:0>2}:{minutes}")
}

/// The holidays, one a line.
pub(crate) fn holidays(spec: &CalendarSpec) -> String {
    let all: Vec<&str> = spec.holidays.iter().chain(&spec.yearly_holidays).map(String::as_str).collect();
    all.join("\n")
}

/// The weekdays as fields and bars, and the open minutes of a week.
pub(crate) fn week(spec: &CalendarSpec) -> (Vec<CalendarDay>, i64) {
    let days = days(&spec.hours);
    let mut open = vec![false; 7 * DAY];
    for (place, (_, intervals)) in days.iter().enumerate() {
        for (from, to) in *intervals {
            let (Some(from), Some(to)) = (minute(from), minute(to)) else { continue };
            let to = if to < from { to + DAY } else { to };
            (from..to).for_each(|minute| open[(place * DAY + minute) % (7 * DAY)] = true);
        }
    }
    let fields = days.iter().zip(open.chunks(DAY)).map(|((name, intervals), minutes)| {
        let hours: Vec<String> = intervals.iter().map(written).collect();
        CalendarDay { day: (*name).to_owned(), hours: hours.join(", "), bars: bars(minutes) }
    });
    let minutes = open.iter().filter(|open| **open).count();
    (fields.collect(), i64::try_from(minutes).unwrap_or(i64::MAX))
}

/// An interval as it is shown; what is none as it was typed.
fn written((from, to): &(String, String)) -> String {
    if to.is_empty() { from.clone() } else { format!("{from}-{to}") }
}

/// Minutes from midnight.
fn minute(time: &str) -> Option<usize> {
    let (hours, minutes) = time.split_once(':')?;
    let minute = hours.parse::<usize>().ok()? * 60 + minutes.parse::<usize>().ok()?;
    (minute <= DAY).then_some(minute)
}

/// The open stretches of a day: a quarter of an hour counts if any minute of it is open.
fn bars(minutes: &[bool]) -> Vec<Bar> {
    let quarters = minutes.chunks(QUARTER).map(|quarter| quarter.contains(&true));
    let mut bars: Vec<Bar> = Vec::new();
    for (place, open) in (0_u8..).zip(quarters) {
        match bars.last_mut() {
            Some(last) if open && last.from + last.length == place => last.length += 1,
            _ if open => bars.push(Bar { from: place, length: 1 }),
            _ => {}
        }
    }
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(mon: &str, sun: &str, holidays: &str) -> CalendarSpec {
        let field = |name: &str| match name {
            "mon" => mon.to_owned(),
            "sun" => sun.to_owned(),
            "holidays" => holidays.to_owned(),
            _ => String::new(),
        };
        let texts: Vec<(String, String)> = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holidays"]
            .iter()
            .map(|name| ((*name).to_owned(), field(name)))
            .collect();
        read("UTC", |name| texts.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text))
    }

    #[test]
    fn hours_are_read_as_people_write_them() {
        for (text, read) in [
            ("", vec![]),
            ("08:00-12:00, 13:00-17:00", vec![("08:00", "12:00"), ("13:00", "17:00")]),
            (" 8 – 12:30 ;13.00-17 ", vec![("08:00", "12:30"), ("13:00", "17:00")]),
            ("22-2，", vec![("22:00", "02:00")]),
            ("all day", vec![("all day", "")]),
            ("9am-5pm", vec![("9am", "5pm")]),
        ] {
            let found = intervals(text);
            let found: Vec<_> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            assert_eq!(found, read, "{text:?}");
        }
    }

    #[test]
    fn what_is_shown_is_read_back() {
        let spec = spec("08:00-12:00, 13:00-17:00", "22:00-02:00", "2026-04-03\r\n\n 12-25 ");
        assert_eq!((spec.holidays[0].as_str(), spec.yearly_holidays[0].as_str()), ("2026-04-03", "12-25"));
        let (days, minutes) = week(&spec);
        assert_eq!(days[0].hours, "08:00-12:00, 13:00-17:00");
        assert_eq!(minutes, 12 * 60);
        let again = self::spec(&days[0].hours, &days[6].hours, &holidays(&spec));
        assert_eq!(again, spec);
    }

    #[test]
    fn the_night_goes_on_on_the_next_day() {
        let (days, _) = week(&spec("08:10-08:20", "22:00-02:00", ""));
        let bars = |day: usize| days[day].bars.iter().map(|b| (b.from, b.length)).collect::<Vec<_>>();
        assert_eq!(bars(6), [(88, 8)]);
        assert_eq!(bars(0), [(0, 8), (32, 2)], "Sunday's night, and ten minutes over two quarters");
        assert!(bars(1).is_empty());
    }
}
