//! Counting, worked out by hand.

use domain::clock::{ClockError, Period};
use jiff::{SignedDuration, Timestamp};

use super::desks::{ALWAYS, OFFICE, at, calendar, check_due, period};

#[test]
fn a_budget_is_counted_in_office_hours() {
    let berlin =
        calendar("Europe/Berlin", OFFICE, r#""2025-04-18","2025-04-21""#, r#""05-01","12-25","12-26""#);
    for (start, seconds, due) in [
        ("2025-03-28T09:00:00+01:00", 3600, "2025-03-28T10:00:00+01:00"),
        ("2025-03-28T11:30:00+01:00", 3600, "2025-03-28T13:30:00+01:00"), // lunch
        ("2025-03-28T12:10:00+01:00", 3600, "2025-03-28T14:00:00+01:00"),
        ("2025-03-28T16:00:00+01:00", 7200, "2025-03-31T10:00:00+02:00"), // weekend, summer time
        ("2025-03-28T09:00:00+01:00", 7 * 3600, "2025-03-28T17:00:00+01:00"), // due at closing time
        ("2025-03-28T17:00:00+01:00", 1, "2025-03-31T09:00:01+02:00"),    // closed at closing time
        ("2025-04-17T16:00:00+02:00", 7200, "2025-04-22T10:00:00+02:00"), // Easter
        ("2025-12-24T16:30:00+01:00", 3600, "2025-12-29T09:30:00+01:00"), // every Christmas
        ("2026-04-30T16:30:00+02:00", 3600, "2026-05-04T09:30:00+02:00"),
        ("2025-03-28T09:00:00.25+01:00", 3600, "2025-03-28T10:00:00.25+01:00"),
        ("2025-03-28T16:59:59.999999999+01:00", 1, "2025-03-31T09:00:00.999999999+02:00"),
        ("1969-12-31T16:59:59.5+01:00", 1, "1970-01-01T09:00:00.5+01:00"),
    ] {
        check_due(&berlin, start, seconds, &[], due);
    }
}

#[test]
fn no_budget_is_due_at_the_first_open_moment() {
    let berlin = calendar("Europe/Berlin", OFFICE, "", "");
    for (start, pauses, due) in [
        ("2025-03-28T09:30:00+01:00", &[][..], "2025-03-28T09:30:00+01:00"),
        ("2025-03-28T12:00:00+01:00", &[], "2025-03-28T13:00:00+01:00"),
        ("2025-03-28T17:00:00+01:00", &[], "2025-03-31T09:00:00+02:00"),
        (
            "2025-03-28T09:30:00+01:00",
            &["2025-03-28T09:00:00+01:00 2025-03-28T12:30:00+01:00"],
            "2025-03-28T13:00:00+01:00",
        ),
        (
            "2025-03-28T09:30:00+01:00",
            &["2025-03-28T09:30:00+01:00 2025-03-28T09:40:00+01:00"],
            "2025-03-28T09:40:00+01:00",
        ),
    ] {
        check_due(&berlin, start, 0, pauses, due);
        let pauses: Vec<Period> = pauses.iter().map(|text| period(text)).collect();
        assert_eq!(berlin.deadline(at(start), 0, &pauses).unwrap().segments, []);
    }
}

#[test]
fn pauses_do_not_count() {
    let utc = calendar("UTC", OFFICE, "", "");
    for (pauses, due) in [
        (&["2025-03-31T09:10:00Z 2025-03-31T09:20:00Z"][..], "2025-03-31T10:10:00Z"),
        (&["2025-03-01T00:00:00Z 2025-03-31T09:20:00Z"], "2025-03-31T10:20:00Z"), // begins before the start
        (
            &["2025-03-31T09:30:00Z 2025-03-31T09:40:00Z", "2025-03-31T09:10:00Z 2025-03-31T09:35:00Z"],
            "2025-03-31T10:30:00Z",
        ),
        (&["2025-03-31T10:00:00Z 2025-03-31T11:00:00Z"], "2025-03-31T10:00:00Z"), // begins when due
        (&["2025-03-31T09:59:59Z 2025-03-31T11:00:00Z"], "2025-03-31T11:00:01Z"),
        (&["2025-03-31T09:30:00Z 2025-03-31T09:30:00Z"], "2025-03-31T10:00:00Z"), // empty
        (&["2025-03-31T09:30:00Z 2025-04-02T12:30:00Z"], "2025-04-02T13:30:00Z"), // over days
        (&["2025-03-28T09:30:00Z 2025-03-28T12:30:00Z"], "2025-03-31T10:00:00Z"), // over before the start
    ] {
        check_due(&utc, "2025-03-31T09:00:00Z", 3600, pauses, due);
    }
}

#[test]
fn an_interval_over_midnight_belongs_to_the_day_on_which_it_starts() {
    let nights = r#""fri":[["22:00","02:00"]],"sat":[["22:00","02:00"]]"#;
    for (holidays, start, due) in [
        (r#""2025-03-22""#, "2025-03-22T01:00:00Z", "2025-03-22T01:30:00Z"), // Saturday is a holiday: Friday's night goes on
        (r#""2025-03-21""#, "2025-03-22T01:00:00Z", "2025-03-22T22:30:00Z"), // Friday is one: it never began
        ("", "2025-03-22T01:45:00Z", "2025-03-22T22:15:00Z"),
    ] {
        check_due(&calendar("UTC", nights, holidays, ""), start, 1800, &[], due);
    }
}

#[test]
fn a_leap_day_may_be_the_only_open_day() {
    let every_other_day: Vec<String> = (0..365)
        .map(|day| jiff::civil::date(2025, 1, 1).saturating_add(jiff::Span::new().days(day)))
        .map(|date| format!("\"{:02}-{:02}\"", date.month(), date.day()))
        .collect();
    let leap_day = calendar("UTC", ALWAYS, "", &every_other_day.join(","));
    check_due(&leap_day, "2025-01-01T00:00:00Z", 86_400, &[], "2028-03-01T00:00:00Z");
    check_due(&leap_day, "1896-03-01T00:00:00Z", 1, &[], "1904-02-29T00:00:01Z");
    check_due(&leap_day, "2025-01-01T00:00:00Z", 86_401, &[], "2032-02-29T00:00:01Z");
    assert_eq!(leap_day.deadline(at("2025-01-01T00:00:00Z"), 30 * 86_400, &[]), Err(ClockError::NoDueTime));
}

#[test]
fn what_has_no_answer_is_an_error() {
    let (utc, start) = (calendar("UTC", OFFICE, "", ""), at("2025-03-31T09:00:00Z"));
    let shut = calendar("UTC", r#""mon":[]"#, "", "");
    let backwards = period("2025-03-31T09:10:00Z 2025-03-31T09:09:59Z");
    assert_eq!(utc.deadline(start, -1, &[]), Err(ClockError::NegativeBudget(-1)));
    assert_eq!(utc.deadline(start, i64::MAX, &[]), Err(ClockError::NoDueTime));
    assert_eq!(utc.deadline(start, 1, &[backwards]), Err(ClockError::PauseBackwards(backwards)));
    assert_eq!(utc.elapsed(start, start, &[backwards]), Err(ClockError::PauseBackwards(backwards)));
    assert_eq!(shut.deadline(start, 0, &[]), Err(ClockError::NeverOpen));
    assert_eq!(shut.elapsed(start, at("2026-03-31T09:00:00Z"), &[]).unwrap().segments, []);
    let end = at("2025-03-31T08:59:59.999999999Z");
    assert_eq!(utc.elapsed(start, end, &[]), Err(ClockError::EndBeforeStart { start, end }));
    let forever = Period { from: start, to: Timestamp::MAX };
    assert_eq!(utc.deadline(start, 1, &[forever]), Err(ClockError::NoDueTime));
    assert_eq!(utc.deadline(Timestamp::MAX, 3600, &[]), Err(ClockError::NoDueTime));
}

#[test]
fn a_hundred_years_are_the_limit() {
    let always = calendar("UTC", ALWAYS, "", "");
    let limit = 36_525 * 86_400;
    check_due(&always, "2000-01-01T00:00:00Z", limit, &[], "2100-01-01T00:00:00Z");
    assert_eq!(always.deadline(at("2000-01-01T00:00:00Z"), limit + 1, &[]), Err(ClockError::NoDueTime));
}

#[test]
fn a_calendar_cannot_fill_the_memory() {
    let minutes: Vec<String> = (0..720)
        .map(|n| format!("[\"{:02}:{:02}\",\"{:02}:{:02}\"]", n / 30, n % 30 * 2, n / 30, n % 30 * 2 + 1))
        .collect();
    let hours = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .map(|day| format!("\"{day}\":[{}]", minutes.join(",")));
    let calendar = calendar("UTC", &hours.join(","), "", "");
    let found = calendar.elapsed(at("2000-01-01T00:00:00Z"), at("2010-01-01T00:00:00Z"), &[]);
    assert_eq!(found, Err(ClockError::TooManySegments));
}

#[test]
fn the_ends_of_time_are_ordinary() {
    let decade = SignedDuration::from_hours(3653 * 24);
    for zone in ["UTC", "Pacific/Apia", "America/St_Johns", "Asia/Gaza"] {
        let always = calendar(zone, ALWAYS, "", "");
        for (from, to) in
            [(Timestamp::MIN, Timestamp::MIN + decade), (Timestamp::MAX - decade, Timestamp::MAX)]
        {
            assert_eq!(always.elapsed(from, to, &[]).unwrap().segments, [Period { from, to }], "{zone}");
        }
        assert_eq!(
            always.deadline(Timestamp::MIN, 60, &[]).unwrap().due,
            Timestamp::MIN + SignedDuration::from_secs(60)
        );
        assert_eq!(always.deadline(Timestamp::MAX, 60, &[]), Err(ClockError::NoDueTime), "{zone}");
    }
}
