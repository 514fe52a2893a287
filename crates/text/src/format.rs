//! Times, durations, numbers and sizes as people of each language write them, after CLDR, with the 24-hour clock
//! everywhere. Instants are UTC; the reader's time zone is always an argument.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::{Lang, Words};

/// No-break space: a grouped number must not be torn apart at the end of a line.
const NBSP: char = '\u{a0}';

/// A day: "28 Apr 2021".
#[must_use]
pub fn date(words: Words, at: Timestamp, zone: &TimeZone) -> String {
    let at = at.to_zoned(zone.clone());
    let (y, m, d) = (at.year(), at.month(), at.day());
    match words.lang() {
        Lang::En => format!("{d} {} {y}", month(&EN, m)),
        Lang::Sv => format!("{d} {} {y}", month(&SV, m)),
        Lang::De => format!("{d:02}.{m:02}.{y}"),
        Lang::Hu => format!("{y}. {} {d}.", month(&HU, m)),
        Lang::ZhCn => format!("{y}年{m}月{d}日"),
    }
}

/// A time of day, the same in every language: "14:05".
#[must_use]
pub fn time(at: Timestamp, zone: &TimeZone) -> String {
    clock_time(&at.to_zoned(zone.clone()))
}

/// A day and a time of day: "28 Apr 2021, 14:05".
#[must_use]
pub fn date_time(words: Words, at: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned(zone.clone());
    let time = clock_time(&local);
    match words.lang() {
        Lang::En | Lang::De => format!("{}, {time}", date(words, at, zone)),
        // Swedes write the day in figures as soon as a time stands beside it.
        Lang::Sv => format!("{:04}-{:02}-{:02} {time}", local.year(), local.month(), local.day()),
        Lang::Hu | Lang::ZhCn => format!("{} {time}", date(words, at, zone)),
    }
}

/// A time in the year at hand: "28 Apr, 14:05".
#[must_use]
pub fn day_time(words: Words, at: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned(zone.clone());
    let (m, d, time) = (local.month(), local.day(), clock_time(&local));
    match words.lang() {
        Lang::En => format!("{d} {}, {time}", month(&EN, m)),
        Lang::Sv => format!("{d} {} {time}", month(&SV, m)),
        Lang::De => format!("{d:02}.{m:02}., {time}"),
        Lang::Hu => format!("{} {d}. {time}", month(&HU, m)),
        Lang::ZhCn => format!("{m}月{d}日 {time}"),
    }
}

/// A day, a time of day and the zone, for readers whose zone is not known: "28 Apr 2021, 14:05 CEST".
///
/// Only abbreviations that mean one thing are used (CST is both Chicago and Shanghai); elsewhere the distance from
/// UTC stands: "14:05 UTC+8".
#[must_use]
pub fn date_time_zone(words: Words, at: Timestamp, zone: &TimeZone) -> String {
    format!("{} {}", date_time(words, at, zone), zone_name(at, zone))
}

/// A time in the week at hand: "Tue 10:00".
#[must_use]
pub fn weekday_time(words: Words, at: Timestamp, zone: &TimeZone) -> String {
    let at = at.to_zoned(zone.clone());
    format!("{} {}", weekday(words, at.weekday()), clock_time(&at))
}

/// A day near by, without its year: "Wed 28 Apr".
#[must_use]
pub fn weekday_date(words: Words, at: Timestamp, zone: &TimeZone) -> String {
    let at = at.to_zoned(zone.clone());
    let (m, d, weekday) = (at.month(), at.day(), weekday(words, at.weekday()));
    match words.lang() {
        Lang::En => format!("{weekday} {d} {}", month(&EN, m)),
        Lang::Sv => format!("{weekday} {d} {}", month(&SV, m)),
        Lang::De => format!("{weekday} {d:02}.{m:02}."),
        Lang::Hu => format!("{} {d}., {weekday}", month(&HU, m)),
        Lang::ZhCn => format!("{m}月{d}日{weekday}"),
    }
}

/// The distance to another instant in its largest unit, rounded towards now, so that "in 2 h" promises at least two
/// hours: "in 2 h", "3 min ago"; within a minute "now" and "just now".
#[must_use]
pub fn relative(words: Words, now: Timestamp, then: Timestamp) -> String {
    let seconds = then.as_second() - now.as_second();
    let minutes = seconds.unsigned_abs() / 60;
    let (hours, days) = (minutes / 60, minutes / (24 * 60));
    // Months and years are those of the average calendar; they start at two, where nobody counts days any more.
    let (n, ahead, ago) = match (minutes, hours, days) {
        (0, _, _) if seconds > 0 => return words.t("format-now").into_owned(),
        (0, _, _) => return words.t("format-just-now").into_owned(),
        (1..60, _, _) => (minutes, "format-in-minutes", "format-minutes-ago"),
        (_, 1..24, _) => (hours, "format-in-hours", "format-hours-ago"),
        (_, _, ..61) => (days, "format-in-days", "format-days-ago"),
        (_, _, ..731) => (days * 48 / 1461, "format-in-months", "format-months-ago"),
        _ => (days * 4 / 1461, "format-in-years", "format-years-ago"),
    };
    words.f(if seconds > 0 { ahead } else { ago }, &[("n", n.into())])
}

/// An amount of working time: "1 h 40 min". It never speaks of days, whose length in working time is nobody's
/// agreement. Seconds are dropped; less than a minute is "< 1 min"; below zero it begins with a minus.
#[must_use]
pub fn duration_working(words: Words, seconds: i64) -> String {
    let minutes = seconds.unsigned_abs() / 60;
    let (hours, rest) = (minutes / 60, minutes % 60);
    if minutes == 0 && seconds != 0 {
        return words.t("format-under-a-minute").into_owned();
    }
    let amount = match (hours, rest) {
        (0, _) => words.f("format-minutes", &[("minutes", rest.into())]),
        (_, 0) => words.f("format-hours", &[("hours", hours.into())]),
        _ => words.f("format-hours-minutes", &[("hours", hours.into()), ("minutes", rest.into())]),
    };
    if seconds < 0 { format!("−{amount}") } else { amount }
}

/// A number of tenths: "1,234.5"; without a digit behind the point where there is none to say.
#[must_use]
pub fn tenths(words: Words, tenths: i64) -> String {
    let point = match words.lang() {
        Lang::En | Lang::ZhCn => '.',
        Lang::Sv | Lang::De | Lang::Hu => ',',
    };
    let whole = number(words, tenths / 10);
    match tenths.unsigned_abs() % 10 {
        0 => whole,
        rest => format!("{whole}{point}{rest}"),
    }
}

/// A whole number with its digits grouped: "1,234,567".
#[must_use]
pub fn number(words: Words, number: i64) -> String {
    let (separator, minus) = match words.lang() {
        Lang::En | Lang::ZhCn => (',', '-'),
        Lang::De => ('.', '-'),
        Lang::Sv => (NBSP, '−'),
        Lang::Hu => (NBSP, '-'),
    };
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    if number < 0 {
        text.push(minus);
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// An amount of money: "1,250.00 EUR". The code of the currency stands, never a sign that several countries use.
#[must_use]
pub fn money(words: Words, money: domain::money::Money) -> String {
    let digits = money.currency.digits();
    let unit = 10_u64.pow(digits);
    let (whole, rest) = (money.minor.unsigned_abs() / unit, money.minor.unsigned_abs() % unit);
    let whole = i64::try_from(whole).unwrap_or(i64::MAX);
    let whole = number(words, if money.minor < 0 { -whole } else { whole });
    let sign = if money.minor < 0 && whole == "0" { "-" } else { "" };
    let point = match words.lang() {
        Lang::En | Lang::ZhCn => '.',
        Lang::Sv | Lang::De | Lang::Hu => ',',
    };
    match usize::try_from(digits) {
        Ok(width) if width > 0 => format!("{sign}{whole}{point}{rest:0width$}{NBSP}{}", money.currency),
        _ => format!("{sign}{whole}{NBSP}{}", money.currency),
    }
}

/// A day by the calendar: "30 Nov 2026".
#[must_use]
pub fn day(words: Words, day: jiff::civil::Date) -> String {
    // Noon is on that day in UTC, whatever the reader's zone.
    let noon = day.at(12, 0, 0, 0).to_zoned(TimeZone::UTC);
    noon.map_or_else(|_| day.to_string(), |noon| date(words, noon.timestamp(), &TimeZone::UTC))
}

/// A decimal number as it is written with a point: "1234.5" is "1.234,5" in German.
#[must_use]
pub fn decimal(words: Words, plain: &str) -> String {
    let (whole, rest) = plain.split_once('.').unwrap_or((plain, ""));
    let point = match words.lang() {
        Lang::En | Lang::ZhCn => '.',
        Lang::Sv | Lang::De | Lang::Hu => ',',
    };
    let Ok(digits) = whole.trim_start_matches('-').parse::<i64>() else { return plain.to_owned() };
    let mut text = number(words, if whole.starts_with('-') { -digits } else { digits });
    if digits == 0 && whole.starts_with('-') {
        text.insert(0, '-');
    }
    if !rest.is_empty() {
        text.push(point);
        text.push_str(rest);
    }
    text
}

/// A day of every year: "24 Dec".
#[must_use]
pub fn month_day(words: Words, at: Timestamp, zone: &TimeZone) -> String {
    let at = at.to_zoned(zone.clone());
    let (day, number) = (at.day(), at.month());
    match words.lang() {
        Lang::En => format!("{day} {}", month(&EN, number)),
        Lang::Sv => format!("{day} {}", month(&SV, number)),
        Lang::De => format!("{day}.{number}."),
        Lang::Hu => format!("{} {day}.", month(&HU, number)),
        Lang::ZhCn => format!("{number}月{day}日"),
    }
}

/// A month of a year: "Oct 2026".
#[must_use]
pub fn month_year(words: Words, day: jiff::civil::Date) -> String {
    let (year, number) = (day.year(), day.month());
    match words.lang() {
        Lang::En => format!("{} {year}", month(&EN, number)),
        Lang::Sv => format!("{} {year}", month(&SV, number)),
        Lang::De => format!("{number}.{year}"),
        Lang::Hu => format!("{year}. {}", month(&HU, number)),
        Lang::ZhCn => format!("{year}年{number}月"),
    }
}

/// The size of a file in decimal units: "512 B", "1.2 MB", "48 kB". Two significant figures at least, never more
/// than one behind the point.
#[must_use]
pub fn bytes(words: Words, bytes: u64) -> String {
    const UNITS: [&str; 6] = ["kB", "MB", "GB", "TB", "PB", "EB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let point = match words.lang() {
        Lang::En | Lang::ZhCn => '.',
        Lang::Sv | Lang::De | Lang::Hu => ',',
    };
    // In tenths, so that all stays whole; 128 bits, so that the largest size times ten fits.
    let mut unit = 1000_u128;
    for name in UNITS {
        let tenths = (u128::from(bytes) * 10 + unit / 2) / unit;
        if tenths < 100 && !tenths.is_multiple_of(10) {
            return format!("{}{point}{} {name}", tenths / 10, tenths % 10);
        }
        let whole = if tenths < 100 { tenths / 10 } else { (u128::from(bytes) + unit / 2) / unit };
        if whole < 1000 {
            return format!("{whole} {name}");
        }
        unit *= 1000;
    }
    // Not reached: 2⁶⁴ bytes are 18 EB.
    format!("{bytes} B")
}

fn clock_time(at: &Zoned) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

fn zone_name(at: Timestamp, zone: &TimeZone) -> String {
    const CLEAR: [&str; 8] = ["UTC", "GMT", "WET", "WEST", "CET", "CEST", "EET", "EEST"];
    let info = zone.to_offset_info(at);
    if CLEAR.contains(&info.abbreviation()) {
        return info.abbreviation().to_owned();
    }
    let minutes = info.offset().seconds() / 60;
    let sign = if minutes < 0 { '−' } else { '+' };
    match (minutes.abs() / 60, minutes.abs() % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

/// The short names of the months of a language that writes them.
type Months = [&'static str; 12];
const EN: Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const SV: Months =
    ["jan.", "feb.", "mars", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."];
const HU: Months =
    ["jan.", "febr.", "márc.", "ápr.", "máj.", "jún.", "júl.", "aug.", "szept.", "okt.", "nov.", "dec."];

/// The name of month 1 to 12.
fn month(names: &Months, month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|i| names.get(i)).copied().unwrap_or_default()
}

/// The short name of a day of the week: "Tue".
#[must_use]
pub fn weekday(words: Words, day: Weekday) -> &'static str {
    let [monday, tuesday, wednesday, thursday, friday, saturday, sunday] = match words.lang() {
        Lang::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        Lang::Sv => ["mån", "tis", "ons", "tors", "fre", "lör", "sön"],
        Lang::De => ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
        Lang::Hu => ["H", "K", "Sze", "Cs", "P", "Szo", "V"],
        Lang::ZhCn => ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
    };
    match day {
        Weekday::Monday => monday,
        Weekday::Tuesday => tuesday,
        Weekday::Wednesday => wednesday,
        Weekday::Thursday => thursday,
        Weekday::Friday => friday,
        Weekday::Saturday => saturday,
        Weekday::Sunday => sunday,
    }
}

#[cfg(test)]
mod tests;
