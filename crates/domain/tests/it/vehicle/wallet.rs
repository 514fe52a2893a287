//! The wallet: every act in every state, random ledgers against a model, the forecast.

use std::collections::BTreeMap;

use domain::vehicle::wallet::{Act, Entry, Forecast, Refusal, Step, forecast, replay, step};
use jiff::{SignedDuration, Timestamp};

use crate::dice;

fn entry(act: Act, case: Option<&str>, units: u32) -> Entry {
    Entry { act, case: case.map(str::to_owned), units }
}

#[test]
fn every_act_after_every_history_of_a_case() {
    use Act::{Consume, Refund, Release, Reserve};
    let appends = |balance| Ok(Step::Append { units: 1, balance: Some(balance) });
    let rows: &[(&[Act], Act, Result<Step, Refusal>)] = &[
        (&[], Reserve, appends(4)),
        (&[], Consume, appends(4)),
        (&[], Release, Err(Refusal::NotHeld)),
        (&[], Refund, Err(Refusal::NotConsumed)),
        (&[Reserve], Reserve, Ok(Step::Already)),
        (&[Reserve], Consume, appends(5)),
        (&[Reserve], Release, appends(6)),
        (&[Reserve], Refund, Err(Refusal::NotConsumed)),
        (&[Reserve, Consume], Reserve, Ok(Step::Already)),
        (&[Reserve, Consume], Consume, Ok(Step::Already)),
        (&[Reserve, Consume], Release, Err(Refusal::NotHeld)),
        (&[Reserve, Consume], Refund, appends(6)),
        (&[Consume], Consume, Ok(Step::Already)),
        (&[Consume], Refund, appends(6)),
        (&[Reserve, Release], Reserve, Err(Refusal::Spent)),
        (&[Reserve, Release], Consume, Err(Refusal::Spent)),
        (&[Reserve, Release], Release, Ok(Step::Already)),
        (&[Reserve, Release], Refund, Err(Refusal::NotConsumed)),
        (&[Reserve, Consume, Refund], Reserve, Err(Refusal::Spent)),
        (&[Reserve, Consume, Refund], Consume, Err(Refusal::Spent)),
        (&[Reserve, Consume, Refund], Release, Err(Refusal::NotHeld)),
        (&[Reserve, Consume, Refund], Refund, Ok(Step::Already)),
    ];
    for (history, act, expected) in rows {
        let history: Vec<Entry> = history.iter().map(|act| entry(*act, Some("c"), 1)).collect();
        assert_eq!(step(Some(5), &history, *act, 1), *expected, "{act} after {history:?}");
    }
}

#[test]
fn the_last_unit_is_the_last() {
    assert_eq!(step(Some(1), [], Act::Reserve, 1), Ok(Step::Append { units: 1, balance: Some(0) }));
    for act in [Act::Reserve, Act::Consume] {
        assert_eq!(step(Some(0), [], act, 1), Err(Refusal::NoneLeft));
        assert_eq!(step(Some(2), [], act, 3), Err(Refusal::NoneLeft));
        assert_eq!(step(None, [], act, 3), Ok(Step::Append { units: 3, balance: None }), "not counted");
        for units in [0, u32::MAX] {
            assert_eq!(step(Some(9), [], act, units), Err(Refusal::NotAnAmount));
        }
    }
    assert_eq!(step(None, [], Act::Grant, 1), Err(Refusal::Unlimited));
    assert_eq!(step(Some(u64::MAX), [], Act::Grant, 1), Err(Refusal::NotAnAmount));
}

/// A second statement of the rules: what was granted, less what cases have and did not give back.
#[derive(Default)]
struct Model {
    granted: u64,
    /// Units that a case has, and what it did.
    cases: BTreeMap<String, (u64, Vec<Act>)>,
}

impl Model {
    fn left(&self) -> u64 {
        self.granted - self.cases.values().map(|(has, _)| has).sum::<u64>()
    }
}

#[test]
fn random_ledgers_add_up_and_are_never_below_zero() {
    let cases = if dice::is_long() { 100_000 } else { 2_000 };
    dice::in_every_case(cases, |dice| {
        let (mut ledger, mut model, mut balance) = (Vec::<Entry>::new(), Model::default(), Some(0));
        for _ in 0..40 {
            let case = format!("case {}", dice.between(1, 6));
            let units = u32::try_from(dice.between(1, 3)).unwrap();
            let act = *dice.one_of(Act::ALL);
            let of_case: Vec<Entry> =
                ledger.iter().filter(|e| e.case.as_deref() == Some(&case)).cloned().collect();
            let answer = step(balance, &of_case, act, units);
            let left = model.left();
            let (has, did) = model.cases.entry(case.clone()).or_default();
            match answer {
                Ok(Step::Append { units: counted, balance: after }) => {
                    match act {
                        Act::Grant => model.granted += u64::from(units),
                        Act::Expire => model.granted -= u64::from(units),
                        Act::Consume if did.contains(&Act::Reserve) => {}
                        Act::Reserve | Act::Consume => *has = counted.into(),
                        Act::Release | Act::Refund => *has = 0,
                    }
                    let is_of_case = !matches!(act, Act::Grant | Act::Expire);
                    if is_of_case {
                        assert!(!did.contains(&act), "{act} twice for {case}");
                        did.push(act);
                    }
                    let case = is_of_case.then_some(case);
                    ledger.push(Entry { act, case, units: counted });
                    balance = after;
                }
                Ok(Step::Already) => assert!(did.contains(&act) || did.contains(&Act::Consume), "{act}"),
                Err(Refusal::NoneLeft) => assert!(left < u64::from(units)),
                Err(_) => {}
            }
            assert_eq!(balance, Some(model.left()), "{ledger:?}");
        }
        assert_eq!(replay(true, &ledger), Ok(balance), "{ledger:?}");
    });
}

#[test]
fn a_ledger_that_cannot_be_is_found_at_its_place() {
    let good =
        [entry(Act::Grant, None, 1), entry(Act::Reserve, Some("a"), 1), entry(Act::Consume, Some("a"), 1)];
    assert_eq!(replay(true, &good), Ok(Some(0)));
    assert_eq!(replay(false, &good[1..]), Ok(None));
    for odd in [
        entry(Act::Reserve, Some("b"), 1),
        entry(Act::Consume, Some("a"), 1),
        entry(Act::Release, Some("a"), 1),
        entry(Act::Refund, Some("a"), 2),
        entry(Act::Grant, None, 0),
    ] {
        let bad = [&good[..], std::slice::from_ref(&odd)].concat();
        assert_eq!(replay(true, &bad), Err(3), "{odd:?}");
    }
}

#[test]
fn a_forecast_is_made_only_of_enough() {
    let day = |n: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * n);
    let now = day(100);
    let uses = |days: &[i64]| days.iter().map(|n| day(*n)).collect::<Vec<_>>();
    let rows = [
        // Three of nine in 30 days: six more last for 60.
        (70, None, Some(6), uses(&[75, 80, 95]), Forecast::RunsOut(day(160))),
        (70, Some(150), Some(6), uses(&[75, 80, 95]), Forecast::Lasts),
        (70, Some(170), Some(6), uses(&[75, 80, 95]), Forecast::RunsOut(day(160))),
        (70, None, Some(0), uses(&[75, 80, 95]), Forecast::Empty),
        (70, None, None, uses(&[75, 80, 95]), Forecast::Unlimited),
        (70, None, Some(6), uses(&[75, 80]), Forecast::Unknown),
        (87, None, Some(6), uses(&[90, 91, 95]), Forecast::Unknown),
        // What is older than the window is not looked at, nor what lies before the period.
        (0, None, Some(6), uses(&[1, 2, 3, 4, 80, 90]), Forecast::Unknown),
        (0, None, Some(2), uses(&[1, 20, 30, 90]), Forecast::RunsOut(day(160))),
    ];
    for (since, until, left, uses, expected) in rows {
        let forecast = forecast(now, day(since), until.map(day), left, &uses);
        assert_eq!(forecast, expected, "since {since}, until {until:?}, {left:?} left, {uses:?}");
    }
}
