//! What counts, what is agreed, what it comes to.

use domain::charging::entitlement::{Entitlement, Free, Unknown};
use domain::charging::lines::{Line, Unit, What, amount, hundredths, settle};
use domain::charging::rules::{INCREMENTS, Rules, check_frame};
use domain::charging::work::{Agreement, Answer, LONGEST, Work, agreed, asks_again, charged, timed};
use domain::id::{OfferingId, PrepaidId};
use domain::offering::PriceUnit;

use super::{at, eur, rules};

#[test]
fn each_entry_is_charged_up_to_the_next_increment() {
    for (minutes, increment, expected) in
        [(0, 15, 0), (1, 15, 15), (15, 15, 15), (16, 15, 30), (61, 60, 120), (4, 3, 6), (1440, 60, 1440)]
    {
        assert_eq!(charged(minutes, increment), expected, "{minutes} by {increment}");
    }
    for (seconds, minutes) in [(-5, 1), (0, 1), (60, 1), (61, 2), (3600, 60), (i64::MAX, LONGEST)] {
        assert_eq!(timed(seconds), minutes, "{seconds} s");
    }
}

#[test]
fn every_increment_is_exact_in_hundredths_of_an_hour() {
    for increment in INCREMENTS {
        assert_eq!(increment * 100 % 60, 0, "{increment}");
        assert_eq!(hundredths(*increment), increment * 100 / 60);
    }
}

#[test]
fn rules_that_cannot_be_meant() {
    let good = rules(Some(0));
    assert_eq!(good.check(), Ok(()));
    let field = |rules: Rules| rules.check().map_err(|wrong| (wrong.field, wrong.why));
    assert_eq!(field(Rules { increment: 7, ..good.clone() }), Err(("increment", "unknown")));
    assert_eq!(field(Rules { hourly: Some(eur(-1)), ..good.clone() }), Err(("hourly", "not-a-price")));
    assert_eq!(field(Rules { warranty_days: 366, ..good }), Err(("warranty_days", "too-far")));
    let frame = |estimate, cap| check_frame(estimate, cap).map_err(|wrong| (wrong.field, wrong.why));
    assert_eq!(frame(60, 60), Ok(()));
    assert_eq!(frame(0, 60), Err(("estimate", "not-quarters")));
    assert_eq!(frame(60, 100), Err(("cap", "not-quarters")));
    assert_eq!(frame(60, 45), Err(("cap", "below-estimate")));
    assert_eq!(frame(15, u32::MAX), Err(("cap", "not-quarters")));
}

#[test]
fn halves_are_rounded_away_from_zero() {
    for (quantity, price, expected) in
        [(25, 12_000, 3_000), (5, 9_990, 500), (5, 10, 1), (5, 9, 0), (5, -10, -1), (100, 0, 0)]
    {
        assert_eq!(amount(quantity, eur(price)), eur(expected), "{quantity} of {price}");
    }
}

fn agreement(answer: Answer, cap: u32) -> Agreement {
    Agreement { answer, per: PriceUnit::Hour, price: eur(12_000), cap: Some(cap) }
}

#[test]
fn only_what_is_confirmed_is_agreed() {
    use Answer::{Asked, Confirmed, Declined, Withdrawn};
    type Row = (&'static [(Answer, u32)], u32, u32, bool);
    let rows: &[Row] = &[
        (&[], 0, 90, false),
        (&[(Asked, 120)], 0, 90, false),
        (&[(Declined, 120)], 0, 90, false),
        (&[(Withdrawn, 120)], 0, 90, false),
        (&[(Confirmed, 120)], 90, 0, false),
        (&[(Confirmed, 60)], 60, 30, true),
        (&[(Confirmed, 60), (Asked, 180)], 60, 30, false),
        (&[(Confirmed, 60), (Declined, 180)], 60, 30, false),
        (&[(Confirmed, 60), (Confirmed, 180)], 90, 0, false),
    ];
    for (asked, within, over, again) in rows {
        let all: Vec<_> = asked.iter().map(|(answer, cap)| agreement(*answer, *cap)).collect();
        assert_eq!(agreed(90, &all), (*within, *over), "{asked:?}");
        assert_eq!(asks_again(90, &all), *again, "{asked:?}");
    }
}

fn work(minutes: u32, chargeable: bool, prepaid: u32) -> Work {
    Work { minutes, chargeable, prepaid }
}

#[test]
fn what_a_round_comes_to() {
    let eur_code = "EUR".parse().unwrap();
    let id = PrepaidId::new(at("2026-01-01T00:00:00Z"), [1; 10]);
    let plan = Entitlement::Plan {
        offering: OfferingId::new(at("2026-01-01T00:00:00Z"), [1; 10]),
        name: "P".into(),
    };
    let prepaid =
        Entitlement::Prepaid { contract: id, name: "H".into(), left: 60, beyond: Some(eur(12_000)) };
    let pack = Entitlement::Pack { contract: id, name: "I".into(), left: 0 };
    let hourly = Entitlement::Hourly { price: eur(12_000), estimate: 60, cap: 120 };
    let incident = Entitlement::Incident { price: eur(15_000) };
    let free = |why| Entitlement::Free { why, number: None };
    let microsoft = Entitlement::Microsoft { reason: "r".into() };
    let ask = Entitlement::Ask { what: Unknown::Price };
    let one = [work(45, true, 0)];
    let waived = [work(45, true, 0), work(30, false, 0)];
    let split = [work(45, true, 45), work(45, true, 15)];
    let yes = [agreement(Answer::Confirmed, 120)];
    let tight = [agreement(Answer::Confirmed, 30)];
    let agreed_incident =
        [Agreement { answer: Answer::Confirmed, per: PriceUnit::Incident, price: eur(15_000), cap: None }];
    let row = |what, quantity, minor| (what, quantity, minor);
    type Row<'r> = (&'r Entitlement, &'r [Work], &'r [Agreement], Vec<(What, u32, i64)>, u32, bool);
    let rows: Vec<Row<'_>> = vec![
        (&plan, &one, &[], vec![row(What::Plan, 75, 0)], 0, false),
        (&plan, &[], &[], vec![], 0, false),
        (&plan, &waived, &[], vec![row(What::Plan, 75, 0), row(What::Waived, 50, 0)], 0, false),
        (&prepaid, &split, &[], vec![row(What::Prepaid, 100, 0)], 30, false),
        (&prepaid, &split, &yes, vec![row(What::Prepaid, 100, 0), row(What::Hours, 50, 6_000)], 0, false),
        (&pack, &one, &[], vec![row(What::Pack, 100, 0)], 0, false),
        (&pack, &[], &[], vec![row(What::Pack, 100, 0)], 0, false),
        (&hourly, &one, &[], vec![], 45, false),
        (&hourly, &one, &yes, vec![row(What::Hours, 75, 9_000)], 0, false),
        (&hourly, &one, &tight, vec![row(What::Hours, 50, 6_000)], 15, false),
        (&hourly, &waived, &yes, vec![row(What::Hours, 75, 9_000), row(What::Waived, 50, 0)], 0, false),
        (&incident, &one, &[], vec![], 0, true),
        (&incident, &one, &yes, vec![], 0, true),
        (&incident, &one, &agreed_incident, vec![row(What::Incident, 100, 15_000)], 0, false),
        (&microsoft, &one, &yes, vec![row(What::Microsoft, 75, 0)], 0, false),
        (&ask, &one, &[], vec![], 45, false),
    ];
    for (entitlement, work, agreements, lines, unconfirmed, incident) in rows {
        let settled = settle(entitlement, work, agreements, eur_code);
        let found: Vec<_> = settled.lines.iter().map(|l| (l.what, l.quantity, l.amount.minor)).collect();
        assert_eq!(found, lines, "{entitlement:?} {work:?}");
        assert_eq!(
            (settled.unconfirmed, settled.unconfirmed_incident),
            (unconfirmed, incident),
            "{entitlement:?}"
        );
    }
    for (why, what) in [
        (Free::Commercial, What::Commercial),
        (Free::Warranty, What::Warranty),
        (Free::Security, What::Security),
    ] {
        let lines = settle(&free(why), &one, &yes, eur_code).lines;
        let zero = eur(0);
        assert_eq!(lines, [Line { what, unit: Unit::Hour, quantity: 75, price: zero, amount: zero }]);
    }
}
