//! Changes of the clocks, worked out by hand with their published dates.

use domain::clock::Period;
use jiff::SignedDuration;

use super::desks::{OFFICE, at, calendar, check_due, period};

/// What is open from start to end, as local instants with their offsets.
#[track_caller]
fn check_open(zone: &str, hours: &str, start: &str, end: &str, open: &[&str]) {
    let found = calendar(zone, hours, "", "").elapsed(at(start), at(end), &[]).unwrap();
    let wanted: Vec<Period> = open.iter().map(|text| period(text)).collect();
    assert_eq!(found.segments, wanted, "{zone} {hours}");
    assert_eq!(found.elapsed, wanted.iter().map(Period::length).sum::<SignedDuration>());
}

// In Europe the hour from 02:00 is skipped on 30 March 2025, and shown twice on 26 October 2025.
#[test]
fn berlin_skips_an_hour() {
    for (hours, open) in [
        (r#""sun":[["01:30","02:30"]]"#, &["2025-03-30T01:30:00+01:00 2025-03-30T03:00:00+02:00"][..]),
        (r#""sun":[["02:30","03:30"]]"#, &["2025-03-30T03:00:00+02:00 2025-03-30T03:30:00+02:00"]),
        (r#""sun":[["02:15","02:45"]]"#, &[]),
        (r#""sun":[["02:00","03:00"]]"#, &[]),
        (r#""sun":[["00:00","24:00"]]"#, &["2025-03-30T00:00:00+01:00 2025-03-31T00:00:00+02:00"]),
        (r#""sat":[["22:00","06:00"]]"#, &["2025-03-29T22:00:00+01:00 2025-03-30T06:00:00+02:00"]),
        (
            r#""sun":[["01:00","02:00"],["03:00","04:00"]]"#,
            &["2025-03-30T01:00:00+01:00 2025-03-30T04:00:00+02:00"],
        ),
    ] {
        check_open("Europe/Berlin", hours, "2025-03-29T00:00:00Z", "2025-04-01T00:00:00Z", open);
    }
}

#[test]
fn berlin_shows_an_hour_twice() {
    for (hours, open) in [
        (
            r#""sun":[["02:15","02:45"]]"#,
            &[
                "2025-10-26T02:15:00+02:00 2025-10-26T02:45:00+02:00",
                "2025-10-26T02:15:00+01:00 2025-10-26T02:45:00+01:00",
            ][..],
        ),
        (r#""sun":[["00:00","02:00"]]"#, &["2025-10-26T00:00:00+02:00 2025-10-26T02:00:00+02:00"]),
        (r#""sun":[["03:00","04:00"]]"#, &["2025-10-26T03:00:00+01:00 2025-10-26T04:00:00+01:00"]),
        (r#""sun":[["02:00","03:00"]]"#, &["2025-10-26T02:00:00+02:00 2025-10-26T03:00:00+01:00"]),
        (
            r#""sun":[["01:00","02:30"]]"#,
            &[
                "2025-10-26T01:00:00+02:00 2025-10-26T02:30:00+02:00",
                "2025-10-26T02:00:00+01:00 2025-10-26T02:30:00+01:00",
            ],
        ),
        (r#""sat":[["22:00","06:00"]]"#, &["2025-10-25T22:00:00+02:00 2025-10-26T06:00:00+01:00"]),
        (r#""sun":[["00:00","24:00"]]"#, &["2025-10-26T00:00:00+02:00 2025-10-27T00:00:00+01:00"]),
    ] {
        check_open("Europe/Berlin", hours, "2025-10-25T00:00:00Z", "2025-10-28T00:00:00Z", open);
    }
}

#[test]
fn lord_howe_moves_by_half_an_hour() {
    // 6 April 2025: 02:00 +11 becomes 01:30 +10:30. 5 October 2025: 02:00 +10:30 becomes 02:30 +11.
    let hours = r#""sun":[["01:00","03:00"]]"#;
    let zone = "Australia/Lord_Howe";
    let autumn = ["2025-04-06T01:00:00+11:00 2025-04-06T03:00:00+10:30"];
    check_open(zone, hours, "2025-04-05T00:00:00Z", "2025-04-08T00:00:00Z", &autumn);
    let spring = ["2025-10-05T01:00:00+10:30 2025-10-05T03:00:00+11:00"];
    check_open(zone, hours, "2025-10-04T00:00:00Z", "2025-10-06T00:00:00Z", &spring);
    check_open(zone, r#""sun":[["02:00","02:30"]]"#, "2025-10-04T00:00:00Z", "2025-10-06T00:00:00Z", &[]);
    check_due(&calendar(zone, hours, "", ""), "2025-04-05T12:00:00Z", 9000, &[], "2025-04-06T03:00:00+10:30");
}

#[test]
fn troll_moves_by_two_hours() {
    // 30 March 2025: 01:00 +00 becomes 03:00 +02. 26 October 2025: 03:00 +02 becomes 01:00 +00.
    let zone = "Antarctica/Troll";
    let spring = ["2025-03-30T00:00:00+00:00 2025-03-30T03:30:00+02:00"];
    check_open(zone, r#""sun":[["00:00","03:30"]]"#, "2025-03-29T00:00:00Z", "2025-04-01T00:00:00Z", &spring);
    let autumn = [
        "2025-10-26T01:30:00+02:00 2025-10-26T02:30:00+02:00",
        "2025-10-26T01:30:00+00:00 2025-10-26T02:30:00+00:00",
    ];
    check_open(zone, r#""sun":[["01:30","02:30"]]"#, "2025-10-25T00:00:00Z", "2025-10-28T00:00:00Z", &autumn);
}

#[test]
fn apia_has_no_30_december_2011() {
    // Thursday 29 at 24:00 -10 is Saturday 31 at 00:00 +14.
    let (zone, start, end) = ("Pacific/Apia", "2011-12-29T12:00:00-10:00", "2012-01-01T12:00:00+14:00");
    check_open(zone, r#""fri":[["09:00","17:00"]]"#, start, end, &[]);
    let around = ["2011-12-29T22:00:00-10:00 2011-12-31T02:00:00+14:00"];
    check_open(zone, r#""thu":[["22:00","24:00"]],"sat":[["00:00","02:00"]]"#, start, end, &around);
    let into = ["2011-12-29T22:00:00-10:00 2011-12-31T00:00:00+14:00"];
    check_open(zone, r#""thu":[["22:00","02:00"]]"#, start, end, &into);
    let out_of = ["2011-12-31T00:00:00+14:00 2011-12-31T02:00:00+14:00"];
    check_open(zone, r#""fri":[["22:00","02:00"]]"#, start, end, &out_of);
    let office = calendar(zone, OFFICE, "", "");
    check_due(&office, "2011-12-29T16:00:00-10:00", 7200, &[], "2012-01-02T10:00:00+14:00");
}

#[test]
fn gaza_changes_at_night_and_for_ramadan() {
    // 2010-03-27 00:01 +02 becomes 01:01 +03; 2023-04-29 02:00 +02 becomes 03:00 +03.
    let zone = "Asia/Gaza";
    let early = ["2010-03-27T00:00:00+02:00 2010-03-27T02:00:00+03:00"];
    check_open(zone, r#""sat":[["00:00","02:00"]]"#, "2010-03-26T12:00:00Z", "2010-03-27T12:00:00Z", &early);
    let saturday = ["2023-04-29T03:00:00+03:00 2023-04-29T04:00:00+03:00"];
    check_open(
        zone,
        r#""sat":[["02:30","04:00"]]"#,
        "2023-04-28T12:00:00Z",
        "2023-04-29T12:00:00Z",
        &saturday,
    );
}

#[test]
fn casablanca_goes_back_for_ramadan() {
    // 23 February 2025: 03:00 +01 becomes 02:00 +00. 6 April 2025: 02:00 +00 becomes 03:00 +01.
    let (zone, hours) = ("Africa/Casablanca", r#""sun":[["01:00","04:00"]]"#);
    let back = ["2025-02-23T01:00:00+01:00 2025-02-23T04:00:00+00:00"];
    check_open(zone, hours, "2025-02-22T00:00:00Z", "2025-02-24T00:00:00Z", &back);
    let forth = ["2025-04-06T01:00:00+00:00 2025-04-06T04:00:00+01:00"];
    check_open(zone, hours, "2025-04-05T00:00:00Z", "2025-04-07T00:00:00Z", &forth);
}

#[test]
fn st_johns_changed_a_minute_after_midnight() {
    // 29 October 2006: 00:01 -02:30 becomes 23:01 -03:30 of the day before. 2 April 2006: 00:01 becomes 01:01.
    let zone = "America/St_Johns";
    let sunday = [
        "2006-10-29T00:00:00-02:30 2006-10-29T00:01:00-02:30",
        "2006-10-29T00:00:00-03:30 2006-10-29T01:00:00-03:30",
    ];
    check_open(zone, r#""sun":[["00:00","01:00"]]"#, "2006-10-28T12:00:00Z", "2006-10-29T12:00:00Z", &sunday);
    let saturday = [
        "2006-10-28T23:00:00-02:30 2006-10-29T00:00:00-02:30",
        "2006-10-28T23:01:00-03:30 2006-10-29T00:00:00-03:30",
    ];
    check_open(
        zone,
        r#""sat":[["23:00","24:00"]]"#,
        "2006-10-28T12:00:00Z",
        "2006-10-29T12:00:00Z",
        &saturday,
    );
    let spring = ["2006-04-02T00:00:00-03:30 2006-04-02T00:01:00-03:30"];
    check_open(zone, r#""sun":[["00:00","01:00"]]"#, "2006-04-01T12:00:00Z", "2006-04-02T12:00:00Z", &spring);
}

#[test]
fn a_midnight_may_not_exist_or_come_twice() {
    // São Paulo, 4 November 2018: 00:00 -03 becomes 01:00 -02; 17 February 2019: 00:00 -02 becomes 23:00 -03.
    let sunday = ["2018-11-04T01:00:00-02:00 2018-11-04T02:00:00-02:00"];
    let (zone, hours) = ("America/Sao_Paulo", r#""sun":[["00:00","02:00"]]"#);
    check_open(zone, hours, "2018-11-03T12:00:00Z", "2018-11-04T12:00:00Z", &sunday);
    let saturday = ["2019-02-16T22:00:00-02:00 2019-02-17T00:00:00-03:00"];
    check_open(
        zone,
        r#""sat":[["22:00","24:00"]]"#,
        "2019-02-16T12:00:00Z",
        "2019-02-17T12:00:00Z",
        &saturday,
    );
    let until_23 = ["2019-02-16T22:00:00-02:00 2019-02-16T23:00:00-02:00"];
    check_open(
        zone,
        r#""sat":[["22:00","23:00"]]"#,
        "2019-02-16T12:00:00Z",
        "2019-02-17T12:00:00Z",
        &until_23,
    );
    // Cairo, Friday 28 April 2023: 00:00 +02 becomes 01:00 +03.
    let friday = ["2023-04-28T01:00:00+03:00 2023-04-28T02:00:00+03:00"];
    check_open(
        "Africa/Cairo",
        r#""fri":[["00:00","02:00"]]"#,
        "2023-04-27T12:00:00Z",
        "2023-04-28T12:00:00Z",
        &friday,
    );
    // Beirut, Sunday 30 March 2025: 00:00 +02 becomes 01:00 +03; Sunday 26 October 2025: 00:00 +03 becomes 23:00 +02.
    let sunday = ["2025-03-30T01:00:00+03:00 2025-03-30T02:00:00+03:00"];
    check_open(
        "Asia/Beirut",
        r#""sun":[["00:30","02:00"]]"#,
        "2025-03-29T12:00:00Z",
        "2025-03-30T12:00:00Z",
        &sunday,
    );
    let saturday = ["2025-10-25T23:00:00+03:00 2025-10-26T00:00:00+02:00"];
    check_open(
        "Asia/Beirut",
        r#""sat":[["23:00","24:00"]]"#,
        "2025-10-25T12:00:00Z",
        "2025-10-26T12:00:00Z",
        &saturday,
    );
}

#[test]
fn kathmandu_lost_a_quarter_of_an_hour() {
    // 1 January 1986: 00:00 +05:30 became 00:15 +05:45.
    let night = ["1985-12-31T23:00:00+05:30 1986-01-01T01:00:00+05:45"];
    let hours = r#""tue":[["23:00","01:00"]]"#;
    check_open("Asia/Kathmandu", hours, "1985-12-31T00:00:00Z", "1986-01-02T00:00:00Z", &night);
    let kathmandu = calendar("Asia/Kathmandu", hours, "", "");
    check_due(&kathmandu, "1985-12-31T17:30:00Z", 6300, &[], "1986-01-01T01:00:00+05:45");
}
