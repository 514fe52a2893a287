use domain::clock::Calendar;
use domain::subscription::dates::{self, Nearness};
use domain::subscription::guard::{self, Wish};
use domain::subscription::{Action, Era, Facts, Status, rules};

use super::{NOW, at, bought, seats};

fn told(facts: &Facts, now: &str) -> Vec<String> {
    let days = dates::days(rules::all(), facts, at(now));
    days.iter().map(|day| format!("{} {}", day.at.strftime("%Y-%m-%d"), day.what)).collect()
}

#[test]
fn of_the_new_commerce() {
    let facts = bought(Era::NewCommerce);
    assert_eq!(told(&facts, NOW), ["2025-12-01 term_began", "2026-12-01 renewal"]);
    let ends = Facts { auto_renew: false, ..facts.clone() };
    let after =
        ["2025-12-01 term_began", "2026-12-01 term_end", "2026-12-31 disabled", "2027-03-31 data_gone"];
    assert_eq!(told(&ends, NOW), after);
    let trial = Facts { trial: true, ..facts.clone() };
    assert_eq!(told(&trial, NOW), ["2025-12-01 term_began", "2026-12-01 trial_end"]);
    let fresh = Facts {
        refundable: seats(5, "2026-03-14T10:00:00Z"),
        term_began: Some(at("2026-03-09T10:00:00Z")),
        ..facts.clone()
    };
    let wanted =
        ["2026-03-09 term_began", "2026-03-14 reduce_until", "2026-03-16 cancel_until", "2026-12-01 renewal"];
    assert_eq!(told(&fresh, NOW), wanted);
    let suspended = Facts {
        status: Status::Suspended,
        auto_renew: false,
        status_since: Some(at("2026-03-01T10:00:00Z")),
        ..facts.clone()
    };
    let wanted = [
        "2025-12-01 term_began",
        "2026-03-01 suspended",
        "2026-12-01 reactivate_until",
        "2026-12-01 disabled",
        "2027-03-31 data_gone",
    ];
    assert_eq!(told(&suspended, NOW), wanted);
    let expired =
        Facts { status: Status::Expired, status_since: Some(at("2026-03-01T10:00:00Z")), ..facts.clone() };
    assert_eq!(told(&expired, NOW), ["2025-12-01 term_began", "2026-03-31 disabled", "2026-06-29 data_gone"]);
    assert!(told(&Facts { status: Status::Deleted, ..facts }, NOW).is_empty());
}

#[test]
fn of_before() {
    let facts = bought(Era::Legacy);
    let suspended =
        Facts { status: Status::Suspended, status_since: Some(at("2026-03-01T10:00:00Z")), ..facts };
    let wanted = [
        "2025-12-01 term_began",
        "2026-03-01 suspended",
        "2026-05-30 reactivate_until",
        "2026-05-30 data_gone",
    ];
    assert_eq!(told(&suspended, NOW), wanted);
    // Nobody saw it begin: nothing is made up.
    let wanted = ["2025-12-01 term_began"];
    assert_eq!(told(&Facts { status_since: None, ..suspended }, NOW), wanted);
}

#[test]
fn of_what_has_no_term() {
    assert_eq!(told(&bought(Era::AzurePlan), NOW), ["2025-12-01 term_began"]);
    let software = Facts { term_began: Some(at("2026-03-01T10:00:00Z")), ..bought(Era::Perpetual) };
    assert_eq!(told(&software, NOW), ["2026-03-01 term_began", "2026-03-31 cancel_until"]);
}

#[test]
fn working_days_are_those_of_the_calendar() {
    let text = r#"{"timezone":"Europe/Berlin","hours":{"mon":[["09:00","17:00"]],"tue":[["09:00","17:00"]],
        "wed":[["09:00","17:00"]],"thu":[["09:00","17:00"]],"fri":[["09:00","17:00"]]},"holidays":["2026-12-01"]}"#;
    let calendar: Calendar = serde_json::from_str(text).unwrap();
    let near = |now: &str| {
        let day = *dates::days(rules::all(), &bought(Era::NewCommerce), at(now)).last().unwrap();
        dates::nearness(day, Some(&calendar), at(now))
    };
    // The first of December 2026 is a Tuesday, and a holiday here.
    assert_eq!(near("2026-11-13T10:00:00Z"), Nearness::Calm(11));
    assert_eq!(near("2026-11-16T10:00:00Z"), Nearness::Warned(10));
    assert_eq!(near("2026-11-30T10:00:00Z"), Nearness::Warned(0));
    assert_eq!(near("2026-12-01T10:00:00Z"), Nearness::Past);
}

#[test]
fn what_an_action_does() {
    let done = |facts: &Facts, action| {
        let found = guard::effects(rules::all(), facts, Wish { action, quantity: None }, at(NOW));
        found.iter().map(|effect| format!("{effect:?}").replace("T10:00:00Z", "")).collect::<Vec<_>>()
    };
    let new = bought(Era::NewCommerce);
    assert_eq!(
        done(&new, Action::Suspend),
        [
            "UsersOut",
            "AddOns",
            "BilledUntil(2026-12-01)",
            "RenewsNoMore",
            "Reversible(2026-12-01)",
            "DataGone(2027-03-31)"
        ]
    );
    assert_eq!(
        done(&new, Action::Cancel),
        ["Final", "UsersOut", "AddOns", "DataUntil(2026-03-18)", "PaidBackInPart"]
    );
    let today = Facts { term_began: Some(at("2026-03-11T09:00:00Z")), ..new.clone() };
    assert_eq!(done(&today, Action::Cancel).last().unwrap(), "PaidBack");
    assert_eq!(
        done(&new, Action::Add),
        ["BilledMore", "GivenBackUntil(2026-03-18)", "BoundUntil(2026-12-01)"]
    );
    let suspended = Facts { status: Status::Suspended, auto_renew: false, ..new };
    assert_eq!(done(&suspended, Action::Reactivate), ["UsersIn", "RenewalStaysOff", "EndsAt(2026-12-01)"]);
    assert_eq!(
        done(&bought(Era::Legacy), Action::Suspend),
        [
            "UsersOut",
            "AddOns",
            "NotBilled",
            "PaidBackInPart",
            "Reversible(2026-06-09)",
            "DataGone(2026-06-09)"
        ]
    );
    assert_eq!(done(&bought(Era::AzurePlan), Action::Suspend), ["UsersOut", "AddOns", "NotBilled"]);
}
