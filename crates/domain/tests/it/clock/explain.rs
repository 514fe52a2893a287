//! What `partnerdesk clock explain` answers to what people and programs type.

use domain::clock::explain::answer;
use serde_json::{Value, json};

const CALENDAR: &str = r#""calendar":{"timezone":"Europe/Berlin","hours":{"mon":[["09:00","12:00"],["13:00","17:00"]],
    "fri":[["09:00","17:00"]]}}"#;

#[track_caller]
fn check(rest: &str, wanted: &str) {
    let line = format!("{{{CALENDAR},{rest}}}").replace('\n', " ");
    assert_eq!(answer(&line).as_deref(), Some(wanted), "{rest}");
}

#[track_caller]
fn check_refused(line: &str, reason: &str) {
    let found: Value = serde_json::from_str(&answer(line).unwrap()).unwrap();
    let error = found["error"].as_str().unwrap_or_else(|| panic!("{line} is answered with {found}"));
    assert!(error.contains(reason), "{line:.300}: {error} instead of {reason}");
    assert_eq!(found.as_object().unwrap().len(), 1);
}

#[test]
fn seconds_give_a_due_time() {
    check(
        r#""start":"2025-03-28T15:00:00Z","seconds":7200,"pauses":[["2025-03-28T15:10:00Z","2025-03-28T15:20:00Z"]]"#,
        concat!(
            r#"{"due":"2025-03-31T08:10:00Z","segments":[{"from":"2025-03-28T15:00:00Z","to":"2025-03-28T15:10:00Z"},"#,
            r#"{"from":"2025-03-28T15:20:00Z","to":"2025-03-28T16:00:00Z"},"#,
            r#"{"from":"2025-03-31T07:00:00Z","to":"2025-03-31T08:10:00Z"}]}"#
        ),
    );
    check(r#""start":"2025-03-28T16:00:00Z","seconds":0"#, r#"{"due":"2025-03-31T07:00:00Z","segments":[]}"#);
}

#[test]
fn an_end_gives_the_time_elapsed() {
    check(
        r#""start":"2025-03-28T16:30:00+01:00","end":"2025-03-31T08:00:00z""#,
        concat!(
            r#"{"elapsed":5400,"segments":[{"from":"2025-03-28T15:30:00Z","to":"2025-03-28T16:00:00Z"},"#,
            r#"{"from":"2025-03-31T07:00:00Z","to":"2025-03-31T08:00:00Z"}]}"#
        ),
    );
    check(
        r#""start":"2025-03-28T15:00:00.000000001Z","end":"2025-03-28T15:00:02Z""#,
        concat!(
            r#"{"elapsed":1.999999999,"segments":"#,
            r#"[{"from":"2025-03-28T15:00:00.000000001Z","to":"2025-03-28T15:00:02Z"}]}"#
        ),
    );
    check(
        r#""start":"2025-03-28T15:00:00.25Z","end":"2025-03-28T15:00:00.75Z""#,
        r#"{"elapsed":0.5,"segments":[{"from":"2025-03-28T15:00:00.25Z","to":"2025-03-28T15:00:00.75Z"}]}"#,
    );
    check(r#""start":"2025-03-28T18:00:00Z","end":"2025-03-28T18:00:00Z""#, r#"{"elapsed":0,"segments":[]}"#);
}

#[test]
fn a_leap_second_is_the_second_before_it() {
    check(
        r#""start":"2016-12-30T08:59:60Z","seconds":1"#,
        concat!(
            r#"{"due":"2016-12-30T09:00:00Z","segments":"#,
            r#"[{"from":"2016-12-30T08:59:59Z","to":"2016-12-30T09:00:00Z"}]}"#
        ),
    );
}

#[test]
fn a_blank_line_has_no_answer() {
    for line in ["", " ", "\t\r\n", "\u{a0}\u{2003}"] {
        assert_eq!(answer(line), None, "{line:?}");
    }
}

#[test]
fn a_question_that_cannot_be_answered_is_refused_with_the_reason() {
    for (rest, reason) in [
        (r#""start":"2025-03-28T15:00:00Z""#, "either `seconds` or `end`"),
        (r#""start":"2025-03-28T15:00:00Z","seconds":1,"end":"2025-03-28T15:00:00Z""#, "not both"),
        (r#""seconds":1"#, "missing field `start`"),
        (r#""start":"2025-03-28T15:00:00Z","seconds":-1"#, "negative"),
        (r#""start":"2025-03-28T15:00:00Z","seconds":1.5"#, "floating point"),
        (r#""start":"2025-03-28T15:00:00Z","seconds":"60""#, "invalid type"),
        (r#""start":"2025-03-28T15:00:00Z","seconds":9223372036854775807"#, "100 years"),
        (r#""start":"2025-03-28T15:00:00Z","seconds":9223372036854775808"#, "invalid value"),
        (r#""start":"2025-03-28T15:00:00Z","seconds":1e999"#, "number out of range"),
        (r#""start":"2025-03-28T15:00:00Z","end":"2025-03-28T14:59:59Z""#, "before the start"),
        (r#""start":"2025-03-28T15:00:00Z","seconds":1,"second":1"#, "unknown field `second`"),
        (r#""start":"2025-03-28T15:00:00Z","seconds":1,"seconds":1"#, "duplicate field"),
        (
            r#""start":"2025-03-28T15:00:00Z","seconds":1,"pauses":[["2025-03-28T15:00:00Z"]]"#,
            "invalid length",
        ),
        (
            r#""start":"2025-03-28T15:00:00Z","seconds":1,"pauses":[["2025-03-28T15:00:00Z","2025-03-28T14:00:00Z"]]"#,
            "ends before it begins",
        ),
        (r#""start":"2025-03-28T15:00:00","seconds":1"#, "is not an instant"),
        (r#""start":"2025-03-28","seconds":1"#, "is not an instant"),
        (r#""start":"20250328T150000Z","seconds":1"#, "is not an instant"),
        (r#""start":"2025-03-28T15:00:00Z[UTC]","seconds":1"#, "is not an instant"),
        (r#""start":"2025-02-29T15:00:00Z","seconds":1"#, "is not an instant"),
        (r#""start":"2025-03-28T25:00:00Z","seconds":1"#, "is not an instant"),
        (r#""start":"2025-03-28T15:00:00.Z","seconds":1"#, "is not an instant"),
        (r#""start":"2025-03-28T15:00:00+0100","seconds":1"#, "is not an instant"),
        (r#""start":"2025-03-28T15:00:0０Z","seconds":1"#, "is not an instant"),
        (r#""start":"9999-12-31T23:59:59Z","seconds":1"#, "is not an instant"),
        (r#""start":"","seconds":1"#, "is not an instant"),
        (r#""start":1743174000,"seconds":1"#, "invalid type"),
    ] {
        check_refused(&format!("{{{CALENDAR},{rest}}}"), reason);
    }
}

#[test]
fn a_line_that_is_no_question_is_refused() {
    let deep = "[".repeat(100_000);
    for (line, reason) in [
        ("nonsense", "expected"),
        ("{", "EOF"),
        ("{}", "missing field `calendar`"),
        ("[]", "invalid length"),
        ("null", "invalid type"),
        ("\u{0}", "expected value"),
        ("\"\\ud800\"", "hex escape"),
        (&deep, "invalid type"),
        (
            r#"{"calendar":{"timezone":"Mars/Olympus","hours":{}},"start":"2025-03-28T15:00:00Z","seconds":1}"#,
            "Mars/Olympus",
        ),
        (
            r#"{"calendar":{"timezone":"UTC","hours":{}},"start":"2025-03-28T15:00:00Z","seconds":1}"#,
            "never open",
        ),
        (
            r#"{"calendar":{"timezone":"UTC","hours":{},"zone":1},"start":"2025-03-28T15:00:00Z","seconds":1}"#,
            "unknown field",
        ),
    ] {
        check_refused(line, reason);
    }
}

/// Every field in turn is replaced by every odd value: there is always an answer, and always JSON.
#[test]
fn odd_values_anywhere_get_an_answer() {
    let question = json!({
        "calendar": {
            "timezone": "Europe/Berlin", "hours": { "mon": [["09:00", "17:00"]] },
            "holidays": ["2025-12-24"], "yearly_holidays": ["01-01"],
        },
        "start": "2025-03-28T15:00:00Z", "seconds": 60, "end": "2025-03-28T15:00:00Z", "pauses": [],
    });
    let odd = [
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(1e300),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(""),
        json!("\u{0}"),
        json!("ÿ"),
        json!("0000-01-01T00:00:00+23:59"),
        json!("9999-12-30T22:00:00Z"),
        json!("2016-12-31T23:59:60Z"),
        json!("2025-03-28T15:00:00.999999999-23:59"),
        json!([]),
        json!([[]]),
        json!({}),
        json!([["00:00", "24:00"]]),
        json!([["2025-03-28T15:00:00Z", "9999-12-30T22:00:00Z"]]),
    ];
    for field in [
        "/calendar/timezone",
        "/calendar/hours",
        "/calendar/hours/mon",
        "/calendar/holidays",
        "/calendar/yearly_holidays",
        "/calendar",
        "/start",
        "/seconds",
        "/end",
        "/pauses",
    ] {
        for value in &odd {
            for without in ["seconds", "end", "neither"] {
                let mut question = question.clone();
                *question.pointer_mut(field).unwrap() = value.clone();
                question.as_object_mut().unwrap().remove(without);
                let found = answer(&question.to_string()).unwrap();
                assert!(serde_json::from_str::<Value>(&found).unwrap().is_object(), "{question}: {found}");
            }
        }
    }
}
