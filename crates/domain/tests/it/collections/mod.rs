//! Collections: what a policy must not be, where a customer stands in cases by hand, and random histories.

mod random;

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use domain::clock::Calendar;
use domain::collections::facts::{Delivery, Dispute, Exemption, Invoice, Notice, Payment, Promise};
use domain::collections::policy::Fault;
use domain::collections::standing::Why;
use domain::collections::{Class, Condition, Count, Effect, Facts, Policy, Scope, standing};
use domain::id::LedgerId;
use domain::money::Money;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZoneDatabase;

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn money(minor: i64, code: &str) -> Money {
    Money { minor, currency: code.parse().unwrap() }
}

pub(crate) fn invoice(number: u8, due: Date, open: Money) -> Invoice {
    Invoice { id: LedgerId::from_uuid(uuid::Uuid::from_u128(u128::from(number))), due, open }
}

/// A customer in a zone that owes nothing, of a desk that works from Monday to Friday.
pub(crate) fn customer(zone: &str, today: Date) -> Facts {
    static CALENDAR: LazyLock<Arc<Calendar>> = LazyLock::new(|| Arc::new(weekdays()));
    Facts {
        today,
        zone: TimeZoneDatabase::bundled().get(zone).unwrap(),
        calendar: CALENDAR.clone(),
        class: Class::Standard,
        invoices: Vec::new(),
        payments: Vec::new(),
        left: Vec::new(),
        disputes: Vec::new(),
        promises: Vec::new(),
        exemptions: Vec::new(),
        notices: Vec::new(),
    }
}

fn weekdays() -> Calendar {
    let hours = r#""mon":[["09:00","17:00"]],"tue":[["09:00","17:00"]],"wed":[["09:00","17:00"]],
        "thu":[["09:00","17:00"]],"fri":[["09:00","17:00"]]"#;
    let spec = format!(r#"{{"timezone":"UTC","hours":{{{hours}}},"yearly_holidays":["12-25"]}}"#);
    serde_json::from_str(&spec).unwrap()
}

/// Its next day, if the desk gives the notice that is due today and it arrives.
pub(crate) fn next_day(policy: &Policy, facts: &mut Facts) -> Option<usize> {
    let step = standing(policy, facts).notice;
    if let Some(step) = &step {
        let stage = policy.stages[step.stage].key.clone();
        let invoices = step.invoices.clone();
        facts.notices.push(Notice { stage, on: facts.today, invoices, delivery: Delivery::Delivered });
    }
    facts.today = facts.today.tomorrow().unwrap();
    step.map(|step| step.stage)
}

/// The days on which something happens: the notice given, the suspension proposed.
fn course(policy: &Policy, mut facts: Facts, days: u16) -> Vec<(Date, Option<usize>, Option<Scope>)> {
    let mut course = Vec::new();
    let mut was = None;
    for _ in 0..days {
        let today = facts.today;
        let proposed = standing(policy, &facts).proposed().map(|one| one.scope);
        let given = next_day(policy, &mut facts);
        if given.is_some() || proposed != was {
            course.push((today, given, proposed.filter(|_| proposed != was)));
            was = proposed;
        }
    }
    course
}

#[test]
fn one_who_never_pays_goes_through_every_stage_in_its_time() {
    let mut facts = customer("Europe/Stockholm", day("2026-01-31"));
    facts.invoices.push(invoice(1, day("2026-01-31"), money(25_000, "EUR")));
    let course = course(&Policy::first(), facts, 130);
    let said: Vec<_> = course.iter().map(|(on, given, scope)| (on.to_string(), *given, *scope)).collect();
    let all = [
        ("2026-02-03", Some(0), None),
        ("2026-02-14", Some(1), None),
        ("2026-02-28", Some(2), None),
        ("2026-03-14", Some(3), None),
        ("2026-03-21", None, Some(Scope::NewOrders)),
        ("2026-03-28", Some(4), None),
        ("2026-04-04", None, Some(Scope::Changes)),
        ("2026-04-11", Some(5), None),
        ("2026-04-18", None, Some(Scope::LeastCritical)),
        ("2026-04-25", Some(6), None),
        ("2026-05-02", None, Some(Scope::All)),
    ];
    assert_eq!(said, all.map(|(on, given, scope)| (on.to_owned(), given, scope)));
}

#[test]
fn the_next_stage_is_named_with_its_day() {
    let policy = Policy::first();
    let mut facts = customer("Europe/Berlin", day("2026-06-01"));
    facts.invoices.push(invoice(1, day("2026-06-10"), money(25_000, "EUR")));
    // What is foretold comes to pass, day by day.
    let mut foretold = standing(&policy, &facts).next;
    for _ in 0..110 {
        let now = standing(&policy, &facts);
        if let (Some(step), Some((stage, on))) = (&now.notice, foretold) {
            assert_eq!((step.stage, facts.today), (stage, on));
        }
        next_day(&policy, &mut facts);
        foretold = standing(&policy, &facts).next;
    }
    assert_eq!(foretold, None, "there is nothing beyond the last stage");
}

#[test]
fn dun_8_a_clock_that_jumps_moves_a_customer_by_one_stage_and_proposes_nothing() {
    let policy = Policy::first();
    let mut facts = customer("Europe/Berlin", day("2026-01-04"));
    facts.invoices.push(invoice(1, day("2026-01-01"), money(90_000, "EUR")));
    assert_eq!(next_day(&policy, &mut facts), Some(0));
    for jump in 1..=3 {
        facts.today = facts.today.checked_add(40.days()).unwrap();
        assert_eq!(next_day(&policy, &mut facts), Some(jump));
        assert_eq!(next_day(&policy, &mut facts), None, "one a day, and grace between them");
        assert!(standing(&policy, &facts).proposed().is_none());
    }
    // And back: what was given in a future that is not now was not given, and nothing is given twice.
    facts.today = day("2026-02-01");
    assert_eq!(next_day(&policy, &mut facts), None);
}

#[test]
fn dun_11_days_are_those_that_there_were_where_the_customer_is() {
    for (zone, due, today, days) in [
        // On Samoa there was no 30 December 2011.
        ("Pacific/Apia", "2011-12-29", "2011-12-31", 1),
        ("Pacific/Apia", "2011-12-30", "2012-01-01", 1),
        ("Pacific/Auckland", "2011-12-29", "2011-12-31", 2),
        // The clock is put forward and back.
        ("Europe/Berlin", "2026-03-28", "2026-03-29", 1),
        ("Europe/Berlin", "2026-10-24", "2026-10-26", 2),
        ("Australia/Lord_Howe", "2026-10-03", "2026-10-05", 2),
        ("Europe/Berlin", "2024-02-28", "2024-03-01", 2),
        ("Europe/Berlin", "2026-02-28", "2026-03-01", 1),
        ("Europe/Berlin", "2026-03-01", "2026-02-28", 0),
    ] {
        let mut facts = customer(zone, day(today));
        facts.invoices.push(invoice(1, day(due), money(1, "EUR")));
        assert_eq!(standing(&Policy::first(), &facts).items[0].days, days, "{zone}: {due} to {today}");
    }
}

#[test]
fn working_days_leave_out_weekends_and_holidays() {
    let mut policy = Policy::first();
    policy.stages.truncate(1);
    (policy.stages[0].count, policy.stages[0].days) = (Count::Working, 3);
    // Wednesday; Thursday, Monday and Tuesday are worked, and Friday is Christmas.
    let mut facts = customer("Europe/Berlin", day("2026-12-23"));
    facts.invoices.push(invoice(1, day("2026-12-23"), money(1, "EUR")));
    assert_eq!(course(&policy, facts, 20), [(day("2026-12-29"), Some(0), None)]);
}

#[test]
fn what_is_disputed_promised_or_paid_does_not_count() {
    let policy = Policy::first();
    let mut facts = customer("Europe/Berlin", day("2026-03-20"));
    facts.invoices.push(invoice(1, day("2026-03-01"), money(10_000, "EUR")));
    facts.disputes.push(Dispute { invoice: facts.invoices[0].id, amount: 4_000 });
    let now = standing(&policy, &facts);
    assert_eq!(now.items[0].counts(), 6_000, "the rest of the invoice does");
    assert!(now.notice.is_some());
    facts.promises.push(Promise {
        made: day("2026-03-15"),
        currency: "EUR".parse().unwrap(),
        parts: vec![(day("2026-03-22"), 3_000), (day("2026-04-22"), 3_000)],
    });
    let why = |facts: &Facts| standing(&policy, facts).holds.iter().map(|hold| hold.why).collect::<Vec<_>>();
    assert_eq!(why(&facts), [Why::Dispute, Why::Promise]);
    assert!(standing(&policy, &facts).notice.is_none());
    let next = standing(&policy, &facts).next.unwrap();
    assert_eq!(next.1, day("2026-03-23"), "the day after the first part, if it does not come");
    // The first part comes in: the promise runs on, until the second.
    facts.payments.push(Payment { day: day("2026-03-21"), amount: money(3_000, "EUR") });
    facts.left.push(money(3_000, "EUR"));
    facts.today = day("2026-04-20");
    assert_eq!(why(&facts), [Why::Dispute, Why::Promise, Why::Credit]);
    assert_eq!(standing(&policy, &facts).items[0].counts(), 0);
    facts.today = day("2026-04-23");
    let now = standing(&policy, &facts);
    assert_eq!(
        (now.items[0].counts(), now.notice.is_some()),
        (3_000, true),
        "a broken promise holds nothing"
    );
    // Left alone, it owes as much and hears nothing.
    facts.exemptions.push(Exemption { from: day("2026-04-23"), until: day("2026-04-30") });
    let now = standing(&policy, &facts);
    assert_eq!((now.notice, now.next.map(|next| next.1)), (None, Some(day("2026-05-01"))));
}

#[test]
fn a_new_invoice_begins_at_the_first_stage() {
    let policy = Policy::first();
    let mut facts = customer("Europe/Berlin", day("2026-01-01"));
    facts.invoices.push(invoice(1, day("2026-01-01"), money(20_000, "EUR")));
    for _ in 0..60 {
        next_day(&policy, &mut facts);
    }
    facts.invoices[0].open.minor = 1;
    facts.invoices.push(invoice(2, day("2025-11-01"), money(50_000, "EUR")));
    let now = standing(&policy, &facts);
    assert_eq!(now.notice.unwrap().stage, 0, "old as it is, nobody spoke of it");
    assert!(now.suspensions.iter().all(|one| one.missing.contains(&Condition::Warned)));
}

/// Each fault with the change of the first policy that has it.
#[test]
fn dun_12_a_policy_that_cannot_be_right_is_refused() {
    assert_eq!(Policy::first().faults(), []);
    type Change = fn(&mut Policy);
    let rows: [(Option<usize>, Fault, Change); 19] = [
        (None, Fault::Stages, |p| p.stages.clear()),
        (None, Fault::Grace, |p| p.grace = 0),
        (None, Fault::MostADay, |p| p.most_a_day = 0),
        (None, Fault::DisputeDays, |p| p.dispute_days = 366),
        (Some(0), Fault::Key, |p| p.stages[0].key = "No!".into()),
        (Some(1), Fault::Key, |p| p.stages[1].key = "reminder".into()),
        (Some(0), Fault::Days, |p| p.stages[0].days = 0),
        (Some(6), Fault::Days, |p| p.stages[6].days = 4000),
        (Some(1), Fault::Order, |p| p.stages[1].days = 3),
        (Some(2), Fault::Order, |p| {
            (p.stages[1].days, p.stages[1].count) = (20, Count::Working);
        }),
        (Some(1), Fault::Milder, |p| p.stages[0].effect = Effect::Warn),
        (Some(4), Fault::Milder, |p| p.stages[4].effect = Effect::Suspend(Scope::NewOrders)),
        (Some(3), Fault::Amount, |p| p.stages[3].minimum[0].minor = 0),
        (Some(3), Fault::Amount, |p| p.stages[3].minimum[0].minor = 1_000_000_000_000_000_000),
        (Some(3), Fault::Currency, |p| p.stages[3].minimum.push(money(1, "EUR"))),
        (Some(0), Fault::Invoices, |p| p.stages[0].invoices = 0),
        (Some(0), Fault::Class, |p| p.stages[0].classes = vec![Class::Trusted, Class::Trusted]),
        (Some(3), Fault::NoAmount, |p| p.stages[3].minimum.clear()),
        (Some(3), Fault::NoApproval, |p| p.stages[3].approval = false),
    ];
    for (stage, fault, change) in rows {
        let mut policy = Policy::first();
        change(&mut policy);
        assert_eq!(policy.faults(), [(stage, fault)], "{fault}");
    }
    let mut policy = Policy::first();
    for stage in &mut policy.stages[..3] {
        stage.classes = vec![Class::Watched];
    }
    assert!(policy.faults().contains(&(Some(3), Fault::Unwarned)));
    for bad in ["NaN", "1e18", "\"100\"", "100.5", "-9223372036854775809"] {
        let text = serde_json::to_string(&Policy::first()).unwrap().replacen("10000,", &format!("{bad},"), 1);
        assert!(serde_json::from_str::<Policy>(&text).is_err(), "{bad}");
    }
}

/// Currencies never add up, and one that a stage does not name never counts for it.
#[test]
fn dun_12_a_stage_looks_at_one_currency() {
    let policy = Policy::first();
    let mut facts = customer("Europe/Berlin", day("2026-06-01"));
    facts.invoices.push(invoice(1, day("2026-01-01"), money(9_999, "EUR")));
    facts.invoices.push(invoice(2, day("2026-01-01"), money(9_999, "USD")));
    facts.invoices.push(invoice(3, day("2026-01-01"), money(1_000_000, "JPY")));
    let all: BTreeSet<_> = facts.invoices.iter().map(|one| one.id).collect();
    facts.notices = policy
        .stages
        .iter()
        .map(|stage| Notice {
            stage: stage.key.clone(),
            on: day("2026-02-01"),
            invoices: all.clone(),
            delivery: Delivery::Delivered,
        })
        .collect();
    let missing = |facts: &Facts| standing(&policy, facts).suspensions[0].missing.clone();
    assert!(missing(&facts).contains(&Condition::Amount));
    facts.invoices[1].open.minor += 1;
    assert_eq!(missing(&facts), []);
    let proposed = standing(&policy, &facts).proposed().unwrap().invoices.clone();
    assert_eq!(proposed, BTreeSet::from([facts.invoices[1].id]));
}
