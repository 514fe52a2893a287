//! The clocks of a ticket in a desk that is open from 09:00 to 17:00 UTC on weekdays. It promises a first response in
//! 2 hours, each next one in 1 hour, and a solution in 10.

use domain::clock::promise::{Seconds, Targets};
use domain::clock::running::Event::{self, Answered, CustomerWrote, Resolved, WaitingForCustomer, Working};
use domain::clock::running::{Clock, ClockKind, ClockState, Fact, clocks, due_soonest};
use domain::clock::{Calendar, ClockError};
use jiff::Timestamp;

const HOUR: u32 = 3600;

fn desk() -> Calendar {
    let json = r#"{"timezone":"UTC","hours":{"mon":[["09:00","17:00"]],"tue":[["09:00","17:00"]],
        "wed":[["09:00","17:00"]],"thu":[["09:00","17:00"]],"fri":[["09:00","17:00"]]}}"#;
    serde_json::from_str(json).unwrap()
}

fn targets() -> Targets {
    Targets {
        first_response: Seconds::new(2 * HOUR),
        next_response: Seconds::new(HOUR),
        resolution: Seconds::new(10 * HOUR),
    }
}

/// `mon 09:00` is 31 March 2025; seconds may follow.
fn at(text: &str) -> Timestamp {
    let (day, time) = text.split_once(' ').unwrap();
    let date = match day {
        "sun" => "2025-03-30",
        "mon" => "2025-03-31",
        "tue" => "2025-04-01",
        "wed" => "2025-04-02",
        "thu" => "2025-04-03",
        other => panic!("{other}"),
    };
    let seconds = if time.len() == 5 { ":00" } else { "" };
    format!("{date}T{time}{seconds}Z").parse().unwrap()
}

fn written(at: Timestamp) -> String {
    let text = at.strftime("%a %H:%M:%S").to_string().to_lowercase();
    text.strip_suffix(":00").map_or_else(|| text.clone(), ToOwned::to_owned)
}

fn read(facts: &[(&str, Event)]) -> Vec<Fact> {
    facts.iter().map(|&(time, what)| Fact { at: at(time), what }).collect()
}

fn line(clock: &Clock) -> String {
    let kind = match clock.kind {
        ClockKind::FirstResponse => "first",
        ClockKind::NextResponse => "next",
        ClockKind::Resolution => "resolution",
    };
    let state = match clock.state {
        ClockState::Running { due, warn_at } => format!("due {}, warn {}", written(due), written(warn_at)),
        ClockState::Paused { left } => format!("paused, {} min left", left.as_secs() / 60),
        ClockState::Met { at, due } => format!("met {}, due {}", written(at), written(due)),
    };
    format!("{kind}: {state}{}", if clock.breached { ", breached" } else { "" })
}

/// A ticket that was opened on Monday at 10:00.
#[track_caller]
fn check(facts: &[(&str, Event)], now: &str, wanted: &[&str]) {
    let facts = read(facts);
    let found = clocks(&desk(), &targets(), at("mon 10:00"), &facts, at(now)).unwrap();
    assert_eq!(found.iter().map(line).collect::<Vec<_>>(), wanted);
    for clock in &found {
        let used: i64 = clock.segments.iter().map(|segment| segment.length().as_secs()).sum();
        match clock.state {
            ClockState::Running { .. } | ClockState::Met { .. } => {
                assert_eq!(used, i64::from(clock.target.get()));
            }
            ClockState::Paused { left } => {
                assert!(left.is_zero() || used + left.as_secs() == i64::from(clock.target.get()));
            }
        }
    }
    let mut reversed = facts;
    reversed.reverse();
    if reversed.windows(2).all(|two| two[0].at != two[1].at) {
        let again = clocks(&desk(), &targets(), at("mon 10:00"), &reversed, at(now)).unwrap();
        assert_eq!(again, found, "the order of facts matters");
    }
}

#[test]
fn a_new_ticket_waits_for_its_first_response_and_its_solution() {
    check(
        &[],
        "mon 10:05",
        &["first: due mon 12:00, warn mon 11:36", "resolution: due tue 12:00, warn tue 10:00"],
    );
}

#[test]
fn at_the_due_time_a_promise_is_not_yet_broken() {
    let resolution = "resolution: due tue 12:00, warn tue 10:00";
    check(&[], "mon 12:00", &["first: due mon 12:00, warn mon 11:36", resolution]);
    check(&[], "mon 12:00:01", &["first: due mon 12:00, warn mon 11:36, breached", resolution]);
    check(&[("mon 12:00", Answered)], "mon 13:00", &["first: met mon 12:00, due mon 12:00", resolution]);
    let late = "first: met mon 12:00:01, due mon 12:00, breached";
    check(&[("mon 12:00:01", Answered)], "mon 13:00", &[late, resolution]);
}

#[test]
fn the_next_response_runs_from_the_first_unanswered_message() {
    let answered = ("mon 11:00", Answered);
    let first = "first: met mon 11:00, due mon 12:00";
    let resolution = "resolution: due tue 12:00, warn tue 10:00";
    // Before the first response there is no next one.
    check(&[("mon 10:30", CustomerWrote), answered], "mon 12:00", &[first, resolution]);
    check(
        &[answered, ("mon 16:30", CustomerWrote), ("mon 16:45", CustomerWrote)],
        "mon 16:50",
        &[first, "next: due tue 09:30, warn tue 09:18", resolution],
    );
    check(
        &[answered, ("mon 12:00", CustomerWrote), ("mon 14:00", Answered), ("mon 15:00", CustomerWrote)],
        "mon 15:10",
        &[
            first,
            "next: met mon 14:00, due mon 13:00, breached",
            "next: due mon 16:00, warn mon 15:48",
            resolution,
        ],
    );
}

#[test]
fn waiting_for_the_customer_pauses_every_clock() {
    let wait = ("mon 11:00", WaitingForCustomer);
    check(&[wait], "tue 16:00", &["first: paused, 60 min left", "resolution: paused, 540 min left"]);
    check(
        &[wait, ("tue 10:00", Working)],
        "tue 10:00",
        &["first: due tue 11:00, warn tue 10:36", "resolution: due wed 11:00, warn tue 17:00"],
    );
    // An answer while it waits is an answer.
    check(
        &[wait, ("mon 13:00", Answered)],
        "tue 16:00",
        &["first: met mon 13:00, due mon 14:00", "resolution: paused, 540 min left"],
    );
    // Whatever comes after it does not move the due time that it was measured by.
    check(
        &[wait, ("mon 13:00", Answered), ("mon 15:00", Working)],
        "mon 16:00",
        &["first: met mon 13:00, due mon 14:00", "resolution: due tue 16:00, warn tue 14:00"],
    );
}

#[test]
fn a_broken_promise_stays_broken_while_it_pauses() {
    check(
        &[("mon 12:30", WaitingForCustomer)],
        "mon 16:00",
        &["first: paused, 0 min left, breached", "resolution: paused, 450 min left"],
    );
    check(
        &[("mon 12:00", WaitingForCustomer)],
        "mon 16:00",
        &["first: paused, 0 min left", "resolution: paused, 480 min left"],
    );
}

#[test]
fn a_message_while_the_ticket_waits_starts_a_paused_clock() {
    check(
        &[("mon 11:00", Answered), ("mon 11:00", WaitingForCustomer), ("mon 14:00", CustomerWrote)],
        "mon 15:00",
        &[
            "first: met mon 11:00, due mon 12:00",
            "next: paused, 60 min left",
            "resolution: paused, 540 min left",
        ],
    );
    check(
        &[
            ("mon 11:00", Answered),
            ("mon 11:00", WaitingForCustomer),
            ("mon 14:00", CustomerWrote),
            ("mon 14:00", Working),
        ],
        "mon 14:30",
        &[
            "first: met mon 11:00, due mon 12:00",
            "next: due mon 15:00, warn mon 14:48",
            "resolution: due tue 15:00, warn tue 13:00",
        ],
    );
}

#[test]
fn a_reopened_ticket_goes_on_where_it_was_resolved() {
    let (answered, resolved) = (("mon 11:00", Answered), ("mon 16:00", Resolved));
    let first = "first: met mon 11:00, due mon 12:00";
    check(&[answered, resolved], "thu 09:00", &[first, "resolution: met mon 16:00, due tue 12:00"]);
    check(
        &[answered, resolved, ("wed 16:00", Working)],
        "wed 16:30",
        &[first, "resolution: due thu 12:00, warn thu 10:00"],
    );
    check(
        &[answered, ("mon 15:00", WaitingForCustomer), resolved],
        "thu 09:00",
        &[first, "resolution: met mon 16:00, due tue 13:00"],
    );
    check(
        &[answered, resolved, ("wed 16:00", WaitingForCustomer)],
        "thu 09:00",
        &[first, "resolution: paused, 240 min left"],
    );
    check(
        &[answered, ("tue 13:00", Resolved), ("wed 16:00", Working)],
        "wed 16:30",
        &[first, "resolution: due tue 12:00, warn tue 10:00, breached"],
    );
}

#[test]
fn what_is_later_has_not_happened_and_what_is_earlier_happened_at_the_opening() {
    check(
        &[("mon 11:00", Answered)],
        "mon 10:30",
        &["first: due mon 12:00, warn mon 11:36", "resolution: due tue 12:00, warn tue 10:00"],
    );
    check(
        &[("sun 11:00", Answered)],
        "mon 10:30",
        &["first: met mon 10:00, due mon 12:00", "resolution: due tue 12:00, warn tue 10:00"],
    );
}

#[test]
fn other_targets_count_from_the_opening_too() {
    let critical = Targets { first_response: Seconds::new(HOUR / 2), ..Targets::default() };
    let found = clocks(&desk(), &critical, at("mon 10:00"), &[], at("mon 11:00")).unwrap();
    assert_eq!(
        found.iter().map(line).collect::<Vec<_>>(),
        ["first: due mon 10:30, warn mon 10:24, breached"]
    );
    assert_eq!(clocks(&desk(), &Targets::default(), at("mon 10:00"), &[], at("mon 11:00")), Ok(vec![]));
}

#[test]
fn only_running_clocks_are_due() {
    let due = |facts: &[(&str, Event)], now| {
        due_soonest(&clocks(&desk(), &targets(), at("mon 10:00"), &read(facts), at(now)).unwrap())
    };
    assert_eq!(due(&[], "mon 10:00"), Some(at("mon 12:00")));
    assert_eq!(due(&[("mon 10:30", Answered)], "mon 11:00"), Some(at("tue 12:00")));
    assert_eq!(due(&[("mon 10:30", WaitingForCustomer)], "mon 11:00"), None);
    assert_eq!(due(&[("mon 10:30", Answered), ("mon 10:40", Resolved)], "mon 11:00"), None);
}

#[test]
fn a_calendar_that_never_opens_has_no_clocks() {
    let shut: Calendar = serde_json::from_str(r#"{"timezone":"UTC","hours":{}}"#).unwrap();
    let found = clocks(&shut, &targets(), at("mon 10:00"), &[], at("mon 10:00"));
    assert_eq!(found, Err(ClockError::NeverOpen));
}
