//! A week as a picture and in words.

use app::statements::Week;
use domain::{
    clock::{CalendarSpec, Period},
    offering::times::{Slot, Times},
};
use jiff::{SignedDuration, civil::Weekday};
use text::{Words, format};

use crate::ui::{
    shell::Page,
    view::{WeekPicture, WeekRow},
};

/// How high a row is.
const ROW: u32 = 26;
/// What stands above the rows: the days.
const HEAD: u32 = 18;

/// "Mon–Fri 09:00–17:00; Sat 10:00–12:00".
pub(in crate::ui) fn hours(words: Words, spec: &CalendarSpec) -> String {
    let week = &spec.hours;
    let days = [&week.mon, &week.tue, &week.wed, &week.thu, &week.fri, &week.sat, &week.sun];
    let name = |place: usize| {
        let day = Weekday::from_monday_zero_offset(i8::try_from(place).unwrap_or_default());
        format::weekday(words, day.unwrap_or(Weekday::Monday))
    };
    let mut parts = Vec::new();
    let mut first = 0;
    for (place, intervals) in days.iter().enumerate() {
        if days.get(place + 1).is_some_and(|next| next == intervals) {
            continue;
        }
        if !intervals.is_empty() {
            let times: Vec<String> = intervals.iter().map(|(from, to)| format!("{from}–{to}")).collect();
            let days = if place == first {
                name(place).to_owned()
            } else {
                format!("{}–{}", name(first), name(place))
            };
            parts.push(format!("{days} {}", times.join(", ")));
        }
        first = place + 1;
    }
    format!("{} ({})", parts.join("; "), spec.timezone)
}

/// "Mon 17:00–24:00", and how often in the year, and when first.
pub(super) fn slots(page: &Page, slots: &[Slot], most: usize) -> Vec<String> {
    let words = page.reader.words;
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let one = |slot: &Slot| {
        let time =
            format!("{} {}–{}", format::weekday(words, slot.weekday), clock(slot.from), clock(slot.to));
        let first = format::date(words, slot.first.from, &page.reader.zone);
        match slot.times {
            1 => words.f("week-once", &[("time", time.into()), ("day", first.into())]),
            times => words.f(
                "week-often",
                &[("time", time.into()), ("n", i64::from(times).into()), ("day", first.into())],
            ),
        }
    };
    let mut told: Vec<String> = slots.iter().take(most).map(one).collect();
    if let Some(more) = slots.len().checked_sub(most).filter(|more| *more > 0) {
        let more = i64::try_from(more).unwrap_or(i64::MAX);
        told.push(words.f("week-more", &[("n", more.into())]));
    }
    told
}

/// The picture of a week.
pub(super) fn picture(page: &Page, week: &Week, path: &str) -> WeekPicture {
    let words = page.reader.words;
    let (period, zone) = (week.period, &week.zone);
    let quarters = |length: SignedDuration| u32::try_from(length.as_secs() / 900).unwrap_or_default();
    let place = |p: &Period| (quarters(p.from.duration_since(period.from)), quarters(p.length()).max(1));
    let bars = |times: &Times| times.periods().iter().map(place).collect();
    let last = period.to - SignedDuration::from_secs(1);
    let mut days = Vec::new();
    let mut date = zone.to_datetime(period.from).date();
    while let Ok(start) = date.to_zoned(zone.clone()) {
        let start = start.timestamp();
        if start >= period.to {
            break;
        }
        let x = quarters(start.duration_since(period.from));
        days.push((x, format::weekday_date(words, start, zone)));
        let Ok(next) = date.tomorrow() else { break };
        date = next;
    }
    let in_words = |times: &Times| {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        let one = |slot: Slot| {
            format!("{} {}–{}", format::weekday(words, slot.weekday), clock(slot.from), clock(slot.to))
        };
        times.weekly(zone).into_iter().map(one).collect::<Vec<_>>()
    };
    let rows: Vec<WeekRow> = (0..)
        .zip(&week.rows)
        .map(|(number, row)| WeekRow {
            label: format!("{}: {}", row.name, row.lang.own_name()),
            y: HEAD + number * ROW,
            promised: bars(&row.promised),
            gaps: bars(&row.gaps),
            promised_text: in_words(&row.promised).join(", "),
            gaps_text: in_words(&row.gaps),
        })
        .collect();
    let at = |at: jiff::Timestamp| format!("{path}?week={}", zone.to_datetime(at).date());
    let before = period.from - SignedDuration::from_hours(24);
    WeekPicture {
        title: format!(
            "{} – {} ({})",
            format::date(words, period.from, zone),
            format::date(words, last, zone),
            zone.iana_name().unwrap_or("UTC")
        ),
        back: (before > page.reader.now).then(|| at(before)),
        on: at(period.to),
        width: quarters(period.length()),
        height: HEAD + ROW * u32::try_from(rows.len()).unwrap_or_default(),
        days,
        rows,
    }
}
