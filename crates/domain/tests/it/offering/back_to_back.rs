use domain::clock::promise::{Promises, Seconds};
use domain::clock::running::ClockKind;
use domain::clock::{Calendar, Period};
use domain::lang::Lang;
use domain::offering::back_to_back::{Finding, Need, Side, compare, worst};
use domain::offering::times::{Times, week_of};
use domain::ticket::kinds::Severity;
use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::wall::{Wall, any_calendar};
use super::{ALWAYS, OFFICE, at, calendar, period};
use crate::dice::{in_every_case, is_long};

fn promises(json: &str) -> Promises {
    serde_json::from_str(json).unwrap()
}

fn found(
    ours: (&Calendar, &[Lang], &str),
    theirs: (&Calendar, &[Lang], &str),
    need: Need,
    served: Period,
) -> Vec<Finding> {
    let (we, they) = (promises(ours.2), promises(theirs.2));
    let ours = Side { hours: ours.0, languages: ours.1, promises: &we };
    let theirs = Side { hours: theirs.0, languages: theirs.1, promises: &they };
    compare(ours, theirs, need, &Times::of([served])).unwrap()
}

const WEEK: (&str, &str) = ("2026-03-01T23:00:00Z", "2026-03-08T23:00:00Z");

#[test]
fn a_supplier_as_good_as_we_are_raises_nothing() {
    let office = calendar("Europe/Berlin", OFFICE);
    let same = (&office, &[Lang::De][..], r#"{"A":{"first_response":3600,"resolution":28800}}"#);
    assert_eq!(found(same, same, Need::Delivers, period(WEEK.0, WEEK.1)), []);
    let always = calendar("UTC", ALWAYS);
    let better = (&always, &[Lang::De, Lang::En][..], r#"{"A":{"first_response":3600,"resolution":28800}}"#);
    assert_eq!(found(same, better, Need::Delivers, period(WEEK.0, WEEK.1)), []);
}

#[test]
fn what_a_supplier_cannot_carry_is_told() {
    let (office, always) = (calendar("Europe/Berlin", OFFICE), calendar("UTC", ALWAYS));
    let ours = (&always, &[Lang::De, Lang::Hu][..], r#"{"A":{"first_response":3600},"B":{"resolution":60}}"#);
    let theirs = (&office, &[Lang::De][..], r#"{"A":{"first_response":3600}}"#);
    let findings = found(ours, theirs, Need::Delivers, period(WEEK.0, WEEK.1));
    let Finding::Closed(closed) = &findings[0] else { panic!("{findings:?}") };
    assert_eq!(closed.total(), SignedDuration::from_hours(168 - 40));
    assert_eq!(findings[1], Finding::Language(Lang::Hu));
    let Finding::Late { severity: Severity::A, promise: ClockKind::FirstResponse, worst } = findings[2]
    else {
        panic!("{findings:?}")
    };
    // Just after Friday, 16:00: theirs is due when they have opened on Monday, and ours an hour later.
    assert_eq!(worst.at.to_string(), "2026-03-06T15:00:00.000000001Z");
    assert_eq!(worst.by(), SignedDuration::from_hours(64));
    assert_eq!(
        findings[3],
        Finding::PromiseUnknown { severity: Severity::B, promise: ClockKind::Resolution }
    );
    assert_eq!(findings.len(), 4);
}

#[test]
fn what_is_not_known_of_a_supplier_is_told_and_not_guessed() {
    let always = calendar("UTC", ALWAYS);
    let ours = (&always, &[Lang::En][..], r#"{"A":{"first_response":3600,"resolution":7200}}"#);
    let week = period(WEEK.0, WEEK.1);
    assert_eq!(found(ours, (&calendar("UTC", ""), &[], "{}"), Need::Delivers, week), [Finding::HoursUnknown]);
    let unknown = |promise| Finding::PromiseUnknown { severity: Severity::A, promise };
    assert_eq!(
        found(ours, (&always, &[], "{}"), Need::Delivers, week),
        [Finding::LanguagesUnknown, unknown(ClockKind::FirstResponse), unknown(ClockKind::Resolution)]
    );
}

#[test]
fn an_escalation_needs_their_solution_or_at_least_their_answer_before_ours() {
    let (office, always) = (calendar("Europe/Berlin", OFFICE), calendar("UTC", ALWAYS));
    let ours = |resolution: u32| format!(r#"{{"A":{{"first_response":60,"resolution":{resolution}}}}}"#);
    let microsoft = (&always, &[Lang::En][..], r#"{"A":{"first_response":7200}}"#);
    let week = period(WEEK.0, WEEK.1);
    let unknown = Finding::PromiseUnknown { severity: Severity::A, promise: ClockKind::Resolution };
    assert_eq!(
        found((&office, &[Lang::Hu], &ours(7200)), microsoft, Need::Escalation, week),
        std::slice::from_ref(&unknown)
    );
    let too_soon = found((&always, &[Lang::Hu], &ours(7140)), microsoft, Need::Escalation, week);
    assert_eq!(too_soon[0], unknown);
    let Finding::Late { promise: ClockKind::FirstResponse, worst, .. } = too_soon[1] else {
        panic!("{too_soon:?}")
    };
    assert_eq!(worst.by(), SignedDuration::from_secs(60));
    let solves = (&always, &[][..], r#"{"A":{"resolution":7200}}"#);
    assert_eq!(found((&office, &[Lang::Hu], &ours(7200)), solves, Need::Escalation, week), []);
}

#[test]
fn a_lunch_break_of_theirs_is_found() {
    let ours = calendar("UTC", r#""mon":[["09:00","17:00"]]"#);
    let theirs = calendar("UTC", r#""mon":[["09:00","12:00"],["12:01","17:00"]]"#);
    let hour = Seconds::new(3600).unwrap();
    let monday = Times::of([period("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z")]);
    let late = worst((&ours, hour), (&theirs, hour), &monday).unwrap().unwrap();
    // Just after 16:00 their hour runs out a week later than ours would on this day, but so does ours. The break
    // costs a minute from just after 11:00 until 12:00.
    assert_eq!(late.at.to_string(), "2026-03-02T11:00:00.000000001Z");
    assert_eq!(late.by(), SignedDuration::from_secs(60));
}

/// Equal to trying every half minute of a week, weeks in which clocks change and weeks with holidays among them.
#[test]
fn the_worst_case_is_the_worst_of_all() {
    let weeks = ["2026-03-04", "2026-03-25", "2026-10-21", "2026-04-01", "2026-10-30", "2026-03-10"];
    in_every_case(if is_long() { 3_000 } else { 60 }, |dice| {
        let day = dice.one_of(&weeks);
        let (we, they) = (any_calendar(dice, day), any_calendar(dice, day));
        let (ours, theirs): (Calendar, Calendar) =
            (we.clone().try_into().unwrap(), they.clone().try_into().unwrap());
        let (our_budget, their_budget) = (dice.between(1, 900) * 60, dice.between(1, 900) * 60);
        let week = week_of(at(&format!("{day}T12:00:00Z")), &TimeZone::get(&we.timezone).unwrap());
        let (our_wall, their_wall) = (Wall::new(&we, week.from, 35), Wall::new(&they, week.from, 35));
        let steps = usize::try_from(week.length().as_secs() / 30).unwrap();
        let mut brute: Option<i64> = None;
        for step in 0..steps {
            let (Some(we), Some(they)) = (our_wall.due(step, our_budget), their_wall.due(step, their_budget))
            else {
                return;
            };
            let late = they.duration_since(we).as_secs();
            if late > 0 {
                brute = brute.max(Some(late));
            }
        }
        let seconds = |n: i64| Seconds::new(u32::try_from(n).unwrap()).unwrap();
        let found = worst((&ours, seconds(our_budget)), (&theirs, seconds(their_budget)), &Times::of([week]))
            .unwrap();
        let context =
            || format!("{we:?} {our_budget}, {they:?} {their_budget}, {week:?}: {brute:?} {found:?}");
        match (brute, found) {
            (None, None) => {}
            (Some(brute), Some(late)) => {
                let by = late.by();
                let slack = SignedDuration::from_secs(31);
                assert!(
                    by >= SignedDuration::from_secs(brute) - SignedDuration::from_nanos(1),
                    "{}",
                    context()
                );
                assert!(by <= SignedDuration::from_secs(brute) + slack, "{}", context());
            }
            _ => panic!("{}", context()),
        }
    });
}
