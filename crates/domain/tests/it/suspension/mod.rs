//! Suspensions: each rail, the brake, what comes back, and every order of what can happen between.

mod course;

use domain::access::Role;
use domain::clock::{Calendar, CalendarSpec};
use domain::collections::{Condition, Scope};
use domain::id::AgentId;
use domain::money::Money;
use domain::subscription::acts::Field;
use domain::subscription::guard::Wish;
use domain::subscription::{Action, Era, Facts, Parent, Status, rules};
use domain::suspension::brake::{Called, Limits, Seen, Trip, trips};
use domain::suspension::rails::{Approval, Case, Debt, Desk, Item, Rail, Why, least_critical};
use domain::suspension::reversal::Plan;
use jiff::{SignedDuration, Timestamp};

use crate::dice::{Dice, in_every_case, is_long};
use crate::subscription::{NOW, at, bought};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn agent(number: u8) -> AgentId {
    AgentId::new(at(NOW), [number; 10])
}

fn calendar() -> Calendar {
    let spec: CalendarSpec = serde_json::from_str(
        r#"{"timezone": "Europe/Berlin", "hours": {"mon": [["08:00", "17:00"]], "tue": [["08:00", "17:00"]],
            "wed": [["08:00", "17:00"]], "thu": [["08:00", "17:00"]], "fri": [["08:00", "17:00"]]}, "holidays": ["2026-03-12"]}"#,
    )
    .unwrap();
    Calendar::try_from(spec).unwrap()
}

fn eur(minor: i64) -> Money {
    Money { minor, currency: "EUR".parse().unwrap() }
}

/// A Tuesday before a working day: everything is as it has to be.
pub(crate) fn good() -> (Case<'static>, Timestamp) {
    let now = at("2026-03-10T10:00:00Z");
    let item = Item { facts: Some(bought(Era::NewCommerce)), read_at: Some(now), busy: false, called: false };
    let approval = Approval {
        by: agent(2),
        roles: vec![Role::AdminAgent],
        at: now - 2 * HOUR,
        list: "one".into(),
        sealed: true,
    };
    let case = Case {
        rules: rules::all(),
        desk: Desk { switched: false, braked: false, restored: false, pause: HOUR },
        calendar: Some(Box::leak(Box::new(calendar()))),
        scope: Scope::All,
        debt: Some(Debt { stage: Some(6), missing: Vec::new(), owed: vec![eur(50_000)] }),
        grave_tickets: Some(0),
        items: vec![item.clone(), item],
        list: "one".into(),
        proposer: agent(1),
        approval: Some(approval),
    };
    (case, now)
}

type Change = (&'static str, fn(&mut Case<'static>, &mut Timestamp), Rail, Why);

fn approval<'c>(case: &'c mut Case<'static>) -> &'c mut Approval {
    case.approval.as_mut().unwrap()
}

fn lacks(case: &mut Case<'static>, condition: Condition) {
    case.debt.as_mut().unwrap().missing.push(condition);
}

fn facts<'c>(case: &'c mut Case<'static>) -> &'c mut Facts {
    case.items[1].facts.as_mut().unwrap()
}

/// Each thing that is not as it has to be, and what holds because of it.
const CHANGES: &[Change] = &[
    ("unread debt", |case, _| case.debt = None, Rail::Debt, Why::Unknown),
    ("no stage", |case, _| case.debt.as_mut().unwrap().stage = None, Rail::Debt, Why::TooWide),
    ("too young", |case, _| lacks(case, Condition::Overdue), Rail::Debt, Why::NotDue),
    ("too little", |case, _| lacks(case, Condition::Amount), Rail::Debt, Why::NotDue),
    ("too few", |case, _| lacks(case, Condition::Invoices), Rail::Debt, Why::NotDue),
    ("another class", |case, _| lacks(case, Condition::Class), Rail::Debt, Why::NotDue),
    ("promised", |case, _| lacks(case, Condition::Unpromised), Rail::Debt, Why::NotDue),
    ("in grace", |case, _| lacks(case, Condition::Grace), Rail::Debt, Why::NotDue),
    ("nothing", |case, _| case.debt.as_mut().unwrap().owed.clear(), Rail::Debt, Why::NotDue),
    ("zero", |case, _| case.debt.as_mut().unwrap().owed[0].minor = 0, Rail::Debt, Why::NotDue),
    ("negative", |case, _| case.debt.as_mut().unwrap().owed.push(eur(-1)), Rail::Debt, Why::NotDue),
    ("bounced", |case, _| lacks(case, Condition::Warned), Rail::Notices, Why::Undelivered),
    ("disputed", |case, _| lacks(case, Condition::Undisputed), Rail::Disputes, Why::Disputed),
    ("exempt", |case, _| lacks(case, Condition::NotExempt), Rail::Exemption, Why::Exempt),
    ("no tickets read", |case, _| case.grave_tickets = None, Rail::Tickets, Why::Unknown),
    ("a grave ticket", |case, _| case.grave_tickets = Some(1), Rail::Tickets, Why::GraveTicket),
    ("nothing on it", |case, _| case.items.clear(), Rail::List, Why::Empty),
    ("orders only", |case, _| case.scope = Scope::NewOrders, Rail::List, Why::Empty),
    ("two of one", |case, _| case.scope = Scope::LeastCritical, Rail::List, Why::TooMany),
    ("another's", |case, _| case.items[1].facts = None, Rail::List, Why::Foreign),
    ("gone", |case, _| facts(case).status = Status::Deleted, Rail::List, Why::NotActive),
    ("busy", |case, _| case.items[1].busy = true, Rail::List, Why::Busy),
    ("unread", |case, _| case.items[1].read_at = None, Rail::Reading, Why::Unread),
    ("read long ago", |case, now| case.items[1].read_at = Some(*now - HOUR), Rail::Reading, Why::Unread),
    ("a trial", |case, _| facts(case).trial = true, Rail::Rules, Why::Forbidden),
    ("no era", |case, _| facts(case).era = None, Rail::Rules, Why::Unknown),
    ("no end", |case, _| facts(case).term_ends = None, Rail::Time, Why::Unknown),
    (
        "it ends soon",
        |case, now| facts(case).term_ends = Some(*now + 6 * 24 * HOUR),
        Rail::Time,
        Why::TooNear,
    ),
    ("unapproved", |case, _| case.approval = None, Rail::Approval, Why::Missing),
    ("one's own", |case, _| case.proposer = agent(2), Rail::Approval, Why::Own),
    ("no role", |case, _| approval(case).roles.clear(), Rail::Approval, Why::Role),
    (
        "another role",
        |case, _| approval(case).roles = vec![Role::BillingAdmin, Role::HelpdeskAgent],
        Rail::Approval,
        Why::Role,
    ),
    ("too old", |case, now| approval(case).at = *now - 73 * HOUR, Rail::Approval, Why::TooOld),
    ("from tomorrow", |case, now| approval(case).at = *now + HOUR, Rail::Approval, Why::TooOld),
    ("another list", |case, _| case.list = "two".into(), Rail::Approval, Why::OtherList),
    ("unsealed", |case, _| approval(case).sealed = false, Rail::Seal, Why::Unsealed),
    ("just approved", |case, now| approval(case).at = *now, Rail::Pause, Why::TooSoon),
    ("no calendar", |case, _| case.calendar = None, Rail::Calendar, Why::Unknown),
    ("at night", |_, now| *now += 12 * HOUR, Rail::Calendar, Why::Closed),
    ("before a holiday", |_, now| *now += 24 * HOUR, Rail::Calendar, Why::BeforeRest),
    ("before a weekend", |_, now| *now += 72 * HOUR, Rail::Calendar, Why::BeforeRest),
    ("on a Sunday", |_, now| *now -= 48 * HOUR, Rail::Calendar, Why::Closed),
    ("switched off", |case, _| case.desk.switched = true, Rail::Switch, Why::Switched),
    ("braked", |case, _| case.desk.braked = true, Rail::Brake, Why::Braked),
    ("restored", |case, _| case.desk.restored = true, Rail::Backup, Why::Restored),
];

#[test]
fn dun_1_one_thing_missing_and_a_rail_holds() {
    let (case, now) = good();
    assert_eq!(case.holds(now), None);
    for (what, change, rail, why) in CHANGES {
        let (mut case, mut now) = good();
        change(&mut case, &mut now);
        assert_eq!(case.hold(*rail, now), Some(*why), "{what}");
        assert!(case.holds(now).is_some(), "{what}");
    }
    let tried: Vec<_> = CHANGES.iter().map(|(_, _, rail, _)| *rail).collect();
    assert!(Rail::ALL.iter().all(|rail| tried.contains(rail)), "every rail can hold");
    let whys: Vec<_> = CHANGES.iter().map(|(_, _, _, why)| *why).collect();
    assert!(Why::ALL.iter().all(|why| whys.contains(why)), "every reason comes up");
    // An Azure plan is a person's work: neither its era nor the end of a term that it does not have holds.
    let (mut case, now) = good();
    *facts(&mut case) = Facts { azure_active: Some(3), ..bought(Era::AzurePlan) };
    assert_eq!(case.holds(now), None);
}

/// Whatever is wrong together, something holds; and what time does not mend is said first.
#[test]
fn dun_1_whatever_is_missing_something_holds() {
    in_every_case(if is_long() { 100_000 } else { 2_000 }, |dice| {
        let (mut case, mut now) = good();
        let some: Vec<_> = (0..dice.between(1, 5)).map(|_| dice.one_of(CHANGES)).collect();
        for (_, change, _, _) in &some {
            // What is gone cannot be changed.
            if case.approval.is_some()
                && case.items.len() == 2
                && case.items[1].facts.is_some()
                && case.debt.as_ref().is_some_and(|debt| !debt.owed.is_empty())
            {
                change(&mut case, &mut now);
            }
        }
        let (_, why) = case.holds(now).expect("a rail holds");
        let lasting = case.rails(now).iter().any(|one| one.hold.is_some_and(|why| !why.passes()));
        assert_eq!(why.passes(), !lasting);
    });
}

#[test]
fn dun_8_the_brake() {
    let now = at(NOW);
    let past = |minutes: &[i64]| -> Vec<Called> {
        let one = |m: &i64| Called { at: now - SignedDuration::from_mins(*m), seats: 5 };
        minutes.iter().map(one).collect()
    };
    let check = |past: &[Called], ahead: &[u32], seats, looked_at: Option<i64>, expected| {
        let looked_at = looked_at.map(|minutes| now - SignedDuration::from_mins(minutes));
        let seen = Seen { limits: Limits::default(), past, ahead, seats, looked_at };
        assert_eq!(trips(&seen, now), expected, "{past:?} {ahead:?} {seats} {looked_at:?}");
    };
    check(&[], &[5], 1000, Some(1), None);
    check(&past(&[1, 2, 3, 4]), &[5], 1000, Some(1), None);
    check(&past(&[1, 2, 3, 4]), &[5, 5], 1000, Some(1), Some(Trip::Hour));
    check(&past(&[61, 62, 63, 64, 65, 66]), &[5, 5, 5, 5], 1000, Some(1), None);
    check(&past(&[61, 62, 63, 64, 65, 66, 67]), &[5, 5, 5, 5], 1000, Some(1), Some(Trip::Day));
    check(&past(&[90]), &[95], 1000, Some(1), None);
    check(&past(&[90]), &[96], 1000, Some(1), Some(Trip::Seats));
    check(&[], &[1], 0, Some(1), Some(Trip::Seats));
    // Forty days at once; a clock that went back; a desk that never looked.
    check(&[], &[1], 1000, Some(40 * 24 * 60), Some(Trip::Clock));
    check(&[], &[1], 1000, Some(-6), Some(Trip::Clock));
    check(&[], &[1], 1000, None, Some(Trip::Clock));
    for (per_hour, per_day, percent, sound) in
        [(5, 10, 10, true), (0, 10, 10, false), (5, 4, 10, false), (5, 10, 0, false), (5, 10, 51, false)]
    {
        assert_eq!(Limits { per_hour, per_day, percent }.are_sound(), sound);
    }
}

#[test]
fn what_was_there_comes_back() {
    let now = at(NOW);
    let before = Facts { scheduled: true, ..bought(Era::NewCommerce) };
    let plan = Plan::of(&before, Some(40));
    let next = |facts: &Facts, scheduled| {
        plan.next(rules::all(), facts, scheduled, now).map(|Wish { action, quantity }| (action, quantity))
    };
    let mut facts = Facts {
        status: Status::Suspended,
        auto_renew: false,
        scheduled: false,
        status_since: Some(now),
        ..before.clone()
    };
    assert_eq!(next(&facts, None), Some((Action::Reactivate, None)));
    assert_eq!(plan.differences(&facts, None).len(), 3);
    facts.status = Status::Active;
    assert_eq!(next(&Facts { quantity: 48, ..facts.clone() }, None), Some((Action::Add, Some(50))));
    assert_eq!(next(&facts, None), Some((Action::RenewOn, None)));
    facts.auto_renew = true;
    assert_eq!(next(&facts, None), Some((Action::Schedule, Some(40))));
    assert_eq!((next(&facts, Some(40)), plan.differences(&facts, Some(40))), (None, Vec::new()));
    // More than before, or a next term that nobody can write down: a person looks.
    let more = Facts { quantity: 60, ..facts.clone() };
    assert_eq!((next(&more, Some(40)), plan.differences(&more, Some(40))[0].of), (None, Field::Quantity));
    let other = Plan::of(&before, None);
    assert_eq!(other.next(rules::all(), &facts, None, now), None);
    assert_eq!(other.differences(&facts, None)[0].of, Field::Scheduled);
    // There is no way back from a term that ended.
    let over = Facts { status: Status::Suspended, term_ends: Some(now), ..facts };
    assert_eq!(next(&over, None), None);
}

#[test]
fn the_least_critical_is_where_the_fewest_work() {
    let of = |quantity, parent| Facts { quantity, parent, ..bought(Era::NewCommerce) };
    let base = of(50, Parent::None);
    let suspended = Facts { status: Status::Suspended, ..of(1, Parent::None) };
    assert_eq!(least_critical(&[base.clone(), of(10, Parent::None), suspended.clone()]), Some(1));
    let add_on = of(90, Parent::Stands(Status::Active));
    assert_eq!(least_critical(&[base, add_on, bought(Era::AzurePlan)]), Some(1));
    assert_eq!(least_critical(&[suspended, bought(Era::AzurePlan)]), None);
}

fn random_trouble(dice: &mut Dice) -> &'static Change {
    dice.one_of(CHANGES)
}
