use std::collections::BTreeSet;

use domain::collections::facts::{Delivery, Dispute, Exemption, Notice, Payment, Promise};
use domain::collections::{Class, Condition, Count, Effect, Facts, Policy, Scope, Stage, standing};
use domain::money::Money;
use jiff::ToSpan;
use jiff::civil::Date;

use super::{customer, day, invoice, money};
use crate::dice::{Dice, in_every_case, is_long};

fn cases() -> u64 {
    if is_long() { 100_000 } else { 2_000 }
}

fn later(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap()
}

const CODES: &[&str] = &["EUR", "SEK", "JPY"];

fn code(dice: &mut Dice) -> &'static str {
    dice.one_of::<&'static str>(CODES)
}

/// A policy that can be published.
fn policy(dice: &mut Dice) -> Policy {
    let mut days = 0;
    let effects = [
        Effect::Remind,
        Effect::Warn,
        Effect::Suspend(Scope::NewOrders),
        Effect::Suspend(Scope::Changes),
        Effect::Suspend(Scope::All),
    ];
    let stages = effects.into_iter().enumerate().map(|(place, effect)| {
        let suspends = effect.scope().is_some();
        days += u16::try_from(dice.between(1, 15)).unwrap();
        let mut minimum = Vec::new();
        let named = suspends || dice.chance(30);
        for code in CODES {
            if named && (dice.chance(80) || *code == "EUR") {
                minimum.push(money(dice.between(1, 30_000), code));
            }
        }
        Stage {
            key: format!("s{place}"),
            days,
            count: Count::Calendar,
            minimum,
            invoices: u16::try_from(dice.between(1, 2)).unwrap(),
            classes: if place > 0 && dice.chance(20) { vec![Class::Standard] } else { Vec::new() },
            notice: place == 0 || dice.chance(80),
            effect,
            approval: suspends,
        }
    });
    let mut policy = Policy { grace: 0, most_a_day: 9, dispute_days: 14, stages: stages.collect() };
    policy.grace = u16::try_from(dice.between(1, 10)).unwrap();
    if dice.chance(30) {
        for stage in &mut policy.stages {
            stage.count = Count::Working;
        }
    }
    assert_eq!(policy.faults(), []);
    policy
}

/// A history: whatever may have happened until today.
fn history(dice: &mut Dice, policy: &Policy) -> Facts {
    let zone = dice.one_of::<&str>(&["Europe/Berlin", "Pacific/Apia", "America/New_York", "Asia/Shanghai"]);
    let today =
        later(day(dice.one_of::<&str>(&["2011-12-20", "2024-02-20", "2026-03-20"])), dice.between(0, 40));
    let mut facts = customer(zone, today);
    facts.class = *dice.one_of(Class::ALL);
    for number in 0..dice.between(1, 5) {
        let due = later(today, -dice.between(-5, 120));
        let open = money(dice.between(0, 40_000), code(dice));
        facts.invoices.push(invoice(u8::try_from(number).unwrap() + 1, due, open));
    }
    let invoices = facts.invoices.clone();
    for _ in 0..dice.few(2) {
        let amount = dice.between(0, 50_000);
        facts.disputes.push(Dispute { invoice: dice.one_of(&invoices).id, amount });
    }
    for _ in 0..dice.few(2) {
        facts.left.push(money(dice.between(0, 20_000), code(dice)));
    }
    for _ in 0..dice.few(3) {
        let amount = money(dice.between(1, 20_000), code(dice));
        facts.payments.push(Payment { day: later(today, -dice.between(0, 60)), amount });
    }
    for _ in 0..dice.few(2) {
        let made = later(today, -dice.between(0, 40));
        let part = |dice: &mut Dice| (later(made, dice.between(0, 60)), dice.between(1, 20_000));
        let parts = (0..dice.between(1, 3)).map(|_| part(dice)).collect();
        facts.promises.push(Promise { made, currency: code(dice).parse().unwrap(), parts });
    }
    if dice.chance(15) {
        let from = later(today, -dice.between(-3, 30));
        facts.exemptions.push(Exemption { from, until: later(from, dice.between(0, 30)) });
    }
    for stage in &policy.stages {
        for _ in 0..dice.between(0, 2) {
            let chosen = invoices.iter().filter(|_| dice.chance(80)).map(|one| one.id).collect();
            let delivery = if dice.chance(85) { Delivery::Delivered } else { *dice.one_of(Delivery::ALL) };
            let on = later(today, -dice.between(0, 60));
            facts.notices.push(Notice { stage: stage.key.clone(), on, invoices: chosen, delivery });
        }
    }
    facts
}

/// A history at whose end everything for a stage is so: whatever does not stand against it was added.
fn ripe(dice: &mut Dice, policy: &Policy, stage: &Stage) -> Facts {
    let mut facts = history(dice, policy);
    facts.class = Class::Standard;
    (facts.disputes, facts.left, facts.promises, facts.exemptions) = Default::default();
    facts.invoices.clear();
    let least = stage.minimum[usize::try_from(dice.between(0, 0)).unwrap()];
    for number in 0..u8::try_from(stage.invoices).unwrap() {
        let open = Money { minor: least.minor + dice.between(0, 500), ..least };
        facts.invoices.push(invoice(number + 1, later(facts.today, -dice.between(200, 300)), open));
    }
    let all: BTreeSet<_> = facts.invoices.iter().map(|one| one.id).collect();
    let on = later(facts.today, -i64::from(policy.grace) - 2 - dice.between(0, 50));
    let given = |stage: &Stage| Notice {
        stage: stage.key.clone(),
        on,
        invoices: all.clone(),
        delivery: Delivery::Delivered,
    };
    facts.notices = policy.stages.iter().map(given).collect();
    facts
}

/// Takes one condition away, and only what that says.
fn without(dice: &mut Dice, facts: &mut Facts, policy: &Policy, place: usize, condition: Condition) -> bool {
    let stage = &policy.stages[place];
    let (first, total) = (facts.invoices[0], facts.invoices.iter().map(|one| one.open.minor).sum::<i64>());
    let currency = first.open.currency;
    match condition {
        Condition::Class if stage.classes.is_empty() => return false,
        Condition::Class => facts.class = Class::Watched,
        Condition::Overdue => {
            facts.invoices.iter_mut().for_each(|one| one.due = later(facts.today, -dice.between(0, 1) + 1));
        }
        Condition::Amount => {
            facts.invoices.iter_mut().for_each(|one| one.open.minor = 0);
            facts.invoices[0].open.minor = stage.minimum[0].minor - 1;
        }
        Condition::Invoices if stage.invoices == 1 => return false,
        Condition::Invoices => {
            facts.invoices.truncate(1);
        }
        Condition::Undisputed => {
            let all = facts.invoices.iter();
            facts.disputes = all.map(|one| Dispute { invoice: one.id, amount: one.open.minor }).collect();
        }
        Condition::Unpromised => {
            let parts = vec![(later(facts.today, dice.between(0, 9)), total)];
            facts.payments.clear();
            facts.promises.push(Promise { made: facts.today, currency, parts });
        }
        Condition::Warned => {
            let needed =
                policy.stages.iter().take(place + 1).filter(|one| one.notice && one.is_for(facts.class));
            let key = dice.one_of(&needed.collect::<Vec<_>>()).key.clone();
            let bounces = dice.chance(50);
            for notice in facts.notices.iter_mut().filter(|one| one.stage == key) {
                notice.delivery = Delivery::Failed;
            }
            facts.notices.retain(|one| bounces || one.stage != key);
        }
        Condition::Grace => {
            let needed =
                policy.stages.iter().take(place + 1).filter(|one| one.notice && one.is_for(facts.class));
            let key = dice.one_of(&needed.collect::<Vec<_>>()).key.clone();
            let on = later(facts.today, -dice.between(0, i64::from(policy.grace) - 1));
            for notice in facts.notices.iter_mut().filter(|one| one.stage == key) {
                notice.on = on;
            }
        }
        Condition::NotExempt => {
            facts.exemptions.push(Exemption { from: facts.today, until: facts.today });
        }
    }
    true
}

#[test]
fn dun_1_no_suspension_is_proposed_with_one_condition_missing() {
    // Up to ten histories of each.
    in_every_case(cases() / 5, |dice| {
        let policy = policy(dice);
        let suspends = |(place, stage): (usize, &Stage)| stage.effect.scope().map(|_| place);
        let places: Vec<usize> = policy.stages.iter().enumerate().filter_map(suspends).collect();
        let place = *dice.one_of(&places);
        let ripe = ripe(dice, &policy, &policy.stages[place]);
        let of = |facts: &Facts| {
            let all = standing(&policy, facts).suspensions;
            all.into_iter().find(|one| one.stage == place).unwrap()
        };
        assert!(of(&ripe).is_proposed(), "{policy:#?} {ripe:#?} {:?}", of(&ripe));
        for condition in Condition::ALL {
            let mut facts = ripe.clone();
            if without(dice, &mut facts, &policy, place, *condition) {
                let now = of(&facts);
                assert!(!now.is_proposed() && now.invoices.is_empty(), "{condition} {policy:#?} {facts:#?}");
                assert!(now.missing.contains(condition), "{condition}: {now:?} {policy:#?} {facts:#?}");
            }
        }
        // Paid: whatever came in, and however it is written.
        let mut facts = ripe.clone();
        facts.left = facts.invoices.iter().map(|one| one.open).collect();
        assert!(!of(&facts).is_proposed());
    });
}

/// What is proposed is what a plain reading of the facts gives.
#[test]
fn dun_1_what_is_proposed_has_every_condition() {
    in_every_case(cases(), |dice| {
        let policy = policy(dice);
        let facts = history(dice, &policy);
        let now = standing(&policy, &facts);
        for one in now.suspensions.iter().filter(|one| one.is_proposed()) {
            let stage = &policy.stages[one.stage];
            assert!(!facts.exemptions.iter().any(|e| e.from <= facts.today && facts.today <= e.until));
            assert!(stage.is_for(facts.class));
            for least in &stage.minimum {
                let of =
                    now.items.iter().filter(|i| one.invoices.contains(&i.id) && i.currency == least.currency);
                let (sum, number) = of.fold((0, 0), |(sum, number), item| (sum + item.counts(), number + 1));
                assert!(number == 0 || (sum >= least.minor && number >= i32::from(stage.invoices)));
            }
            for item in now.items.iter().filter(|item| one.invoices.contains(&item.id)) {
                assert!(item.days >= u32::from(stage.days) && item.counts() > 0);
                assert!(stage.minimum.iter().any(|least| least.currency == item.currency));
                for before in policy.stages.iter().take(one.stage + 1) {
                    let warned = facts.notices.iter().any(|notice| {
                        notice.stage == before.key
                            && notice.delivery == Delivery::Delivered
                            && notice.invoices.contains(&item.id)
                            && later(notice.on, i64::from(policy.grace)) <= facts.today
                    });
                    assert!(warned || !before.notice || !before.is_for(facts.class));
                }
            }
        }
        for (currency, sums) in &now.owed {
            let of = now.items.iter().filter(|item| item.currency == *currency);
            assert_eq!(of.map(|item| item.open).sum::<i64>(), sums.open);
            assert!(
                now.items.iter().all(|item| item.counts() >= 0 && item.covered >= 0 && item.promised >= 0)
            );
        }
    });
}

#[test]
fn dun_2_no_notice_and_no_proposal_after_payment() {
    in_every_case(cases(), |dice| {
        let policy = policy(dice);
        let mut facts = history(dice, &policy);
        if dice.chance(50) {
            facts.invoices.iter_mut().for_each(|one| one.open.minor = 0);
        } else {
            facts.left = facts.invoices.iter().map(|one| one.open).collect();
        }
        let now = standing(&policy, &facts);
        assert_eq!((now.notice, now.reached, now.next), (None, None, None), "{facts:#?}");
        assert!(now.suspensions.iter().all(|one| !one.is_proposed()));
    });
}

#[test]
fn dun_6_facts_in_any_order_and_told_twice_give_the_same() {
    in_every_case(cases(), |dice| {
        let policy = policy(dice);
        let facts = history(dice, &policy);
        let mut other = facts.clone();
        other.invoices.extend(facts.invoices.first());
        other.notices.extend(facts.notices.clone());
        other.promises.extend(facts.promises.clone());
        other.exemptions.extend(facts.exemptions.clone());
        shuffle(dice, &mut other.invoices);
        shuffle(dice, &mut other.payments);
        shuffle(dice, &mut other.left);
        shuffle(dice, &mut other.disputes);
        shuffle(dice, &mut other.promises);
        shuffle(dice, &mut other.notices);
        assert_eq!(standing(&policy, &facts), standing(&policy, &other));
    });
}

fn shuffle<T>(dice: &mut Dice, all: &mut [T]) {
    for place in (1..all.len()).rev() {
        all.swap(place, usize::try_from(dice.between(0, i64::try_from(place).unwrap())).unwrap());
    }
}
