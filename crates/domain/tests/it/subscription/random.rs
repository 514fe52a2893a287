use domain::cloud::Cloud;
use domain::subscription::guard::{self, Coming, Verdict, Wish};
use domain::subscription::rules::{self, Lack};
use domain::subscription::{Action, Era, Facts, Parent, Refundable, Status, Term, dates};
use jiff::{SignedDuration, Timestamp};

use super::{NOW, at};
use crate::dice::{Dice, in_every_case, is_long};

fn one<T: Copy>(dice: &mut Dice, all: &[T]) -> T {
    all[usize::try_from(dice.between(0, i64::try_from(all.len()).unwrap() - 1)).unwrap()]
}

fn maybe<T>(dice: &mut Dice, value: T) -> Option<T> {
    (dice.between(0, 3) > 0).then_some(value)
}

fn moment(dice: &mut Dice, from: i64, to: i64) -> Timestamp {
    at(NOW) + SignedDuration::from_hours(dice.between(from, to))
}

fn random(dice: &mut Dice) -> Facts {
    let began = moment(dice, -24 * 1200, 24);
    let length = 24 * dice.between(0, 1100);
    let end = began + SignedDuration::from_hours(length);
    let part = |dice: &mut Dice| Refundable {
        quantity: u32::try_from(dice.between(0, 40)).unwrap(),
        until: moment(dice, -24 * 10, 24 * 10),
    };
    let era = one(dice, Era::ALL);
    let parts = (0..dice.between(0, 3)).map(|_| part(dice)).collect();
    let status_since = moment(dice, -24 * 200, 0);
    let cancel = moment(dice, -24 * 20, 24 * 20);
    let azure = u32::try_from(dice.between(0, 2)).unwrap();
    let own = dice.between(0, 2) == 0;
    Facts {
        era: maybe(dice, era),
        status: one(dice, Status::ALL),
        cloud: one(dice, Cloud::ALL),
        quantity: u32::try_from(dice.between(1, 200)).unwrap(),
        counted: dice.between(0, 4) > 0,
        trial: dice.between(0, 4) == 0,
        auto_renew: dice.between(0, 1) == 0,
        scheduled: dice.between(0, 2) == 0,
        term: Some(one(dice, Term::ALL)),
        term_began: maybe(dice, began),
        term_ends: maybe(dice, end),
        cancel_until: own.then_some(cancel),
        refundable: maybe(dice, parts),
        status_since: maybe(dice, status_since),
        parent: one(
            dice,
            &[
                Parent::None,
                Parent::Unknown,
                Parent::Stands(Status::Active),
                Parent::Stands(Status::Suspended),
            ],
        ),
        azure_active: maybe(dice, azure),
    }
}

fn wish(dice: &mut Dice, facts: &Facts) -> Wish {
    let action = one(dice, Action::ALL);
    let quantity = match action {
        Action::Reduce => u32::try_from(dice.between(0, i64::from(facts.quantity) - 1)).unwrap(),
        _ => facts.quantity + 1,
    };
    Wish { action, quantity: action.takes_a_number().then_some(quantity) }
}

/// Whatever is known or not: a time that comes lies ahead, what is over stays so, an unknown says what it lacks, and what
/// is allowed is so by a row about it.
#[test]
fn what_holds_for_every_subscription() {
    in_every_case(if is_long() { 400_000 } else { 20_000 }, |dice| {
        let facts = random(dice);
        let wish = wish(dice, &facts);
        let now = at(NOW);
        match guard::ask(rules::all(), &facts, wish, now) {
            Verdict::Allowed { rule, until } => {
                assert!(rule.actions.contains(&wish.action), "{facts:?}");
                assert!(until.is_none_or(|until| now < until), "{facts:?}");
                assert!(matches!(facts.status, Status::Active | Status::Suspended), "{facts:?}");
                assert!(facts.era.is_some(), "{facts:?}");
                if facts.trial && facts.era == Some(Era::NewCommerce) {
                    let on_trial = [Action::RenewOn, Action::RenewOff, Action::Unschedule];
                    assert!(on_trial.contains(&wish.action), "{facts:?}");
                }
                if wish.action == Action::Suspend && facts.era == Some(Era::AzurePlan) {
                    assert_eq!(facts.azure_active, Some(0));
                }
            }
            Verdict::Refused { rule, next } => {
                assert!(rule.actions.contains(&wish.action), "{facts:?}");
                match next {
                    Coming::At(at) | Coming::Elsewhere(at) => assert!(now < at, "{facts:?}"),
                    Coming::After(_) | Coming::Never => {}
                }
            }
            Verdict::Unknown { lacks } => assert!(!lacks.is_empty(), "{facts:?}"),
        }
    });
}

/// To learn a fact never turns what was allowed into something refused, or back.
#[test]
fn to_learn_moves_nothing_that_was_decided() {
    in_every_case(if is_long() { 200_000 } else { 10_000 }, |dice| {
        let facts = random(dice);
        let wish = wish(dice, &facts);
        let now = at(NOW);
        let less = Facts {
            era: facts.era.filter(|_| dice.between(0, 2) > 0),
            azure_active: facts.azure_active.filter(|_| dice.between(0, 2) > 0),
            term_ends: facts.term_ends.filter(|_| dice.between(0, 2) > 0),
            parent: if dice.between(0, 2) == 0 && facts.parent != Parent::None {
                Parent::Unknown
            } else {
                facts.parent
            },
            ..facts.clone()
        };
        let decided = |verdict: &Verdict<'_>| match verdict {
            Verdict::Allowed { .. } => Some(true),
            Verdict::Refused { .. } => Some(false),
            Verdict::Unknown { .. } => None,
        };
        let (before, after) =
            (guard::ask(rules::all(), &less, wish, now), guard::ask(rules::all(), &facts, wish, now));
        // That Microsoft is late with a renewal is learnt with the end of the term.
        let is_late = matches!(&after, Verdict::Unknown { lacks } if lacks.contains(&Lack::Renewal));
        if let Some(before) = decided(&before).filter(|_| !is_late) {
            assert_eq!(Some(before), decided(&after), "{wish:?} {less:?} {facts:?}");
        }
    });
}

/// Dates are in order, a life has no holes and no stretch that ends before it begins; a jump of forty days breaks none
/// of it.
#[test]
fn dates_and_life_are_in_order() {
    in_every_case(if is_long() { 200_000 } else { 10_000 }, |dice| {
        let facts = random(dice);
        let now = at(NOW) + SignedDuration::from_hours(24 * 40 * dice.between(0, 3));
        let days = dates::days(rules::all(), &facts, now);
        assert!(days.windows(2).all(|two| two[0].at <= two[1].at), "{facts:?}");
        let life = dates::life(rules::all(), &facts, now);
        for two in life.windows(2) {
            assert!(two[0].to.is_some_and(|to| to <= two[1].from), "{life:?} {facts:?}");
        }
        assert!(life.iter().all(|part| part.to.is_none_or(|to| part.from < to)), "{facts:?}");
        for action in Action::ALL {
            let wish = Wish { action: *action, quantity: None };
            let _ = guard::effects(rules::all(), &facts, wish, now);
        }
    });
}
