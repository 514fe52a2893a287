use domain::collections::{Condition, Scope};
use domain::subscription::acts::Progress;
use domain::subscription::{Facts, Status, rules};
use domain::suspension::course::{Course, Item as Step_, Step, next};
use domain::suspension::rails::{Case, Debt, Item, Why};
use domain::suspension::reversal::Plan;
use domain::suspension::{ItemState, State};
use jiff::Timestamp;

use super::{CHANGES, HOUR, good, lacks};
use crate::dice::{Dice, in_every_case, is_long};

/// Two subscriptions at Microsoft, and the desk that suspends them.
struct World {
    case: Case<'static>,
    now: Timestamp,
    state: State,
    items: Vec<Held>,
    back: bool,
    calls: usize,
}

struct Held {
    state: ItemState,
    act: Option<Progress>,
    /// What it asks for: nothing is the suspension.
    wish: Option<domain::subscription::guard::Wish>,
    tries: u32,
    plan: Plan,
    there: Facts,
    scheduled: Option<u32>,
    asked: usize,
}

impl World {
    fn new() -> Self {
        let (case, now) = good();
        let held = |item: &Item| {
            let there = Facts { scheduled: true, ..item.facts.clone().unwrap() };
            Held {
                state: ItemState::Waiting,
                act: None,
                wish: None,
                tries: 0,
                plan: Plan::of(&there, Some(40)),
                there,
                scheduled: Some(40),
                asked: 0,
            }
        };
        let items = case.items.iter().map(held).collect();
        Self { case, now, state: State::Approved, items, back: false, calls: 0 }
    }

    fn due(&self) -> Option<bool> {
        self.case.debt.as_ref().map(Debt::is_due)
    }

    fn step(&self) -> Step {
        let item = |held: &Held| Step_ {
            state: held.state,
            by_hand: false,
            act: held.act,
            wish: held.plan.next(rules::all(), &held.there, held.scheduled, self.now),
            is_off: false,
            is_as_it_was: held.plan.is_back(&held.there, held.scheduled),
            is_read: true,
            tries: held.tries,
            is_sent: false,
            is_told: false,
        };
        let items: Vec<_> = self.items.iter().map(item).collect();
        let course = Course {
            state: self.state,
            proposed_at: self.now,
            rehearsal: false,
            items: &items,
            hold: self.case.holds(self.now),
            due: self.due(),
            back: self.back,
            muted: self.case.desk.restored,
        };
        next(&course, self.now)
    }

    fn apply(&mut self, step: Step) {
        match step {
            Step::Wait => {}
            Step::Call(at) => {
                (self.items[at].state, self.items[at].act) = (ItemState::Calling, Some(Progress::Waiting));
                self.case.items[at].called = false;
            }
            Step::Ask(at) => self.items[at].state = ItemState::ByHand,
            Step::Note(at, state) => {
                if self.items[at].state != state {
                    self.items[at].act = None;
                }
                self.items[at].state = state;
            }
            Step::Stop(..) => {
                for held in &mut self.items {
                    if matches!(held.state, ItemState::Waiting | ItemState::ByHand) {
                        held.state = ItemState::Stopped;
                    }
                }
            }
            Step::Restore(at, wish) => {
                let held = &mut self.items[at];
                (held.act, held.wish, held.tries) = (Some(Progress::Waiting), Some(wish), held.tries + 1);
            }
            Step::Become(state) => self.state = state,
        }
    }

    /// Microsoft is asked, and answers: a step of it at a time.
    fn microsoft(&mut self, dice: &mut Dice, doomed: bool) {
        for at in 0..self.items.len() {
            let hold = self.case.holds(self.now);
            let held = &mut self.items[at];
            held.act = match (held.act, held.wish) {
                (Some(Progress::Waiting), None) => match hold {
                    None => {
                        assert!(!doomed, "a call after something went wrong");
                        self.calls += 1;
                        held.asked += 1;
                        held.there.status = Status::Suspended;
                        (held.there.auto_renew, held.there.scheduled, held.scheduled) = (false, false, None);
                        self.case.items[at].called = true;
                        Some(Progress::Sent)
                    }
                    Some((_, why)) if why.passes() => Some(Progress::Waiting),
                    Some(_) => Some(Progress::Withdrawn),
                },
                (Some(Progress::Waiting), Some(wish)) => {
                    use domain::subscription::Action::{Add, Reactivate, RenewOn, Schedule};
                    match wish.action {
                        Reactivate => held.there.status = Status::Active,
                        RenewOn => held.there.auto_renew = true,
                        Add => held.there.quantity = wish.quantity.unwrap(),
                        Schedule => (held.there.scheduled, held.scheduled) = (true, wish.quantity),
                        other => panic!("{other} brings nothing back"),
                    }
                    Some(Progress::Sent)
                }
                (Some(Progress::Sent), _) if dice.chance(50) => Some(Progress::Done),
                (act, _) => act,
            };
        }
    }
}

/// Payment, credit note, dispute, exemption, bounce, manual stop and all the rest, at every step: before a call it is not
/// made; after it, what is not due any more comes back as it was.
#[test]
fn dun_2_whatever_happens_at_whichever_step() {
    in_every_case(if is_long() { 100_000 } else { 2_000 }, |dice| {
        let mut world = World::new();
        let when = dice.between(0, 16);
        let (name, change, _, why) = super::random_trouble(dice);
        // Time alone is tried elsewhere, and what is wrong with one subscription is so before it is called.
        let of_item = matches!(
            why,
            Why::Foreign | Why::NotActive | Why::Busy | Why::Unread | Why::Forbidden | Why::TooNear
        );
        let (mut doomed, mut before) = (false, 0);
        for tick in 0..when + 50 {
            if !world.state.is_open() && tick > when {
                break;
            }
            if tick == when && !(of_item && world.calls > 0) {
                let mut later = world.now;
                change(&mut world.case, &mut later);
                if later == world.now {
                    (doomed, before) = (world.case.holds(world.now).is_some(), world.calls);
                }
            }
            let step = world.step();
            world.apply(step);
            world.microsoft(dice, doomed);
        }
        if doomed {
            assert_eq!(world.calls, before, "{name} at {when}");
        }
        assert!(world.items.iter().all(|held| held.asked <= 1), "each is suspended once at most");
        let due = world.due();
        if world.calls > 0 && due == Some(false) {
            assert_eq!(world.state, State::Restored, "{name} at {when}");
            for held in &world.items {
                assert!(held.plan.differences(&held.there, held.scheduled).is_empty(), "{name} at {when}");
            }
        }
        let waits = world.case.holds(world.now).is_some_and(|(_, why)| why.passes());
        let named = !world.state.is_open() || world.state == State::Suspended || waits;
        assert!(named, "{name} at {when}: {:?}", world.state);
    });
}

/// Paid after it was suspended, or a person wants it back: all of it comes back, and a desk that is muted does nothing.
#[test]
fn dun_2_what_is_paid_comes_back() {
    for (paid, muted) in [(true, false), (false, false), (true, true)] {
        in_every_case(20, |dice| {
            let mut world = World::new();
            for _ in 0..30 {
                let step = world.step();
                world.apply(step);
                world.microsoft(dice, false);
            }
            assert_eq!((world.state, world.calls), (State::Suspended, 2));
            if paid {
                lacks(&mut world.case, Condition::Overdue);
            } else {
                world.back = true;
            }
            world.case.desk.restored = muted;
            for _ in 0..80 {
                let step = world.step();
                world.apply(step);
                world.microsoft(dice, true);
            }
            let expected = if muted { State::Reversing } else { State::Restored };
            assert_eq!(world.state, expected);
        });
    }
}

#[test]
fn what_ends_how() {
    let now = good().1;
    let item = |state, act| Step_ {
        state,
        by_hand: false,
        act,
        wish: None,
        is_off: false,
        is_as_it_was: false,
        is_read: true,
        tries: 0,
        is_sent: false,
        is_told: false,
    };
    let course = |state, items: &[Step_], hold| {
        let course = Course {
            state,
            proposed_at: now,
            rehearsal: true,
            items,
            hold,
            due: None,
            back: false,
            muted: false,
        };
        next(&course, now + 73 * HOUR)
    };
    use ItemState as I;
    use Progress as P;
    let check = |state, items: &[(ItemState, Option<Progress>)], expected| {
        let items: Vec<_> = items.iter().map(|(state, act)| item(*state, *act)).collect();
        assert_eq!(course(state, &items, None), expected, "{state} {items:?}");
    };
    let by = Step::Become;
    check(State::Proposed, &[(I::Waiting, None)], by(State::Expired));
    check(State::Approved, &[(I::Waiting, None)], Step::Note(0, I::Rehearsed));
    check(State::Approved, &[(I::Rehearsed, None)], by(State::Rehearsed));
    check(State::Approved, &[(I::Rehearsed, None), (I::Stopped, None)], by(State::Stopped));
    check(State::Approved, &[(I::Suspended, None), (I::Failed, None)], by(State::Suspended));
    check(State::Approved, &[(I::Failed, None), (I::Stopped, None)], by(State::Failed));
    for (act, state) in [
        (P::Done, I::Suspended),
        (P::Withdrawn, I::Stopped),
        (P::Overtaken, I::Failed),
        (P::Forbidden, I::Failed),
        (P::Refused, I::Failed),
        (P::Expired, I::Failed),
        (P::Lost, I::Failed),
    ] {
        check(State::Approved, &[(I::Calling, Some(act))], Step::Note(0, state));
    }
    // Nobody knows whether it is due: it stays.
    check(State::Suspended, &[(I::Suspended, None)], Step::Wait);
    check(State::Reversing, &[(I::Suspended, None)], Step::Note(0, I::Restoring));
    check(State::Reversing, &[(I::Restoring, Some(P::Refused))], Step::Note(0, I::Differs));
    check(State::Reversing, &[(I::Restored, None), (I::Differs, None)], by(State::Differs));
    check(State::Reversing, &[(I::Restored, None), (I::Stopped, None)], by(State::Restored));
    assert!(CHANGES.len() > 40 && Scope::ALL.len() == 4);
}
