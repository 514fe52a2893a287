//! Whether something may be done with a subscription now, by which row, and if not, when it may; and what it would do.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{
    Action, Era, Facts, Status,
    rules::{Lack, Next, Rule, Says, Since, Truth, hours},
};

/// Whether something may be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict<'r> {
    /// It may.
    Allowed {
        /// The row that says so.
        rule: &'r Rule,
        /// Until when.
        until: Option<Timestamp>,
    },
    /// It may not.
    Refused {
        /// The row that says so.
        rule: &'r Rule,
        /// When it may.
        next: Coming,
    },
    /// Nobody can say, so it may not.
    Unknown {
        /// What would have to be known.
        lacks: BTreeSet<Lack>,
    },
}

impl Verdict<'_> {
    /// Whether it may.
    #[must_use]
    pub const fn is_allowed(&self) -> bool {
        matches!(self, Verdict::Allowed { .. })
    }
}

/// When something will be possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coming {
    /// Then.
    At(Timestamp),
    /// After this.
    After(Next),
    /// In Partner Center, by its order, until then.
    Elsewhere(Timestamp),
    /// Not any more.
    Never,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// What.
    pub action: Action,
    /// How many licences there will be, where that is asked for.
    pub quantity: Option<u32>,
}

/// Where a time stands.
enum Window {
    /// It lasts until then.
    Open(Timestamp),
    Over,
    Unknown(Lack),
}

/// Asks the rows whether something may be done now.
#[must_use]
pub fn ask<'r>(rules: &'r [Rule], facts: &Facts, wish: Wish, now: Timestamp) -> Verdict<'r> {
    let about = |rule: &&Rule| rule.actions.contains(&wish.action);
    let mut lacks = BTreeSet::new();
    for rule in rules.iter().filter(about).filter(|rule| rule.says == Says::Forbids) {
        match rule.is_about(facts, now) {
            Truth::No => {}
            Truth::Open(open) => lacks.extend(open),
            Truth::Yes => return refused(rule, facts, now),
        }
    }
    if lacks.is_empty() && is_in_between(facts, now) {
        lacks.insert(Lack::Renewal);
    }
    if !lacks.is_empty() {
        return Verdict::Unknown { lacks };
    }
    let mut over = None;
    for rule in rules.iter().filter(about) {
        if !matches!(rule.says, Says::Allows | Says::Elsewhere) {
            continue;
        }
        match rule.is_about(facts, now) {
            Truth::No => {}
            Truth::Open(open) => lacks.extend(open),
            Truth::Yes => match (window(rule, facts, wish, now), rule.says) {
                (Some(Window::Open(until)), Says::Elsewhere) => {
                    return Verdict::Refused { rule, next: Coming::Elsewhere(until) };
                }
                (None, _) => return Verdict::Allowed { rule, until: None },
                (Some(Window::Open(until)), _) => return Verdict::Allowed { rule, until: Some(until) },
                (Some(Window::Over), _) => over = over.or(Some(rule)),
                (Some(Window::Unknown(lack)), _) => drop(lacks.insert(lack)),
            },
        }
    }
    match over {
        _ if !lacks.is_empty() => Verdict::Unknown { lacks },
        Some(rule) => Verdict::Refused { rule, next: coming(rule.next, facts, now) },
        None => Verdict::Unknown { lacks: BTreeSet::from([Lack::Document]) },
    }
}

/// How long Microsoft takes to renew.
pub(super) const RENEWAL: SignedDuration = SignedDuration::from_hours(24);

fn refused<'r>(rule: &'r Rule, facts: &Facts, now: Timestamp) -> Verdict<'r> {
    let next = coming(rule.next, facts, now);
    // Microsoft should be done with it, and says nothing: the reading is old, or it is late.
    if rule.next == Some(Next::Renewed) && next == Coming::Never {
        return Verdict::Unknown { lacks: BTreeSet::from([Lack::Renewal]) };
    }
    Verdict::Refused { rule, next }
}

/// Whether a term is over and Microsoft has not said yet what follows.
fn is_in_between(facts: &Facts, now: Timestamp) -> bool {
    facts.status == Status::Active
        && facts.era == Some(Era::NewCommerce)
        && facts.term_ends.is_some_and(|end| end <= now)
}

fn coming(next: Option<Next>, facts: &Facts, now: Timestamp) -> Coming {
    let end = facts.term_ends;
    let at = match next {
        None => None,
        Some(Next::Renewal) => end.filter(|_| facts.auto_renew && facts.status == Status::Active),
        Some(Next::Renewed) => end.and_then(|end| end.checked_add(RENEWAL).ok()),
        // There is no way back from a term that ended meanwhile.
        Some(Next::Reactivated)
            if end.is_some_and(|end| end <= now) && facts.era == Some(Era::NewCommerce) =>
        {
            None
        }
        Some(other) => return Coming::After(other),
    };
    at.filter(|at| now < *at).map_or(Coming::Never, Coming::At)
}

/// Where the time of a row stands; none if it has none.
fn window(rule: &Rule, facts: &Facts, wish: Wish, now: Timestamp) -> Option<Window> {
    let within = rule.within?;
    if within.since == Since::Seats
        && let Some(parts) = &facts.refundable
    {
        return Some(seats(parts, facts, wish, now));
    }
    let until = match facts.cancel_until.filter(|_| rule.says_itself(facts)) {
        Some(until) => until,
        None => {
            let Some(began) = within.since.of(facts) else {
                return Some(Window::Unknown(within.since.lack()));
            };
            let end = |length| began.checked_add(hours(length)).unwrap_or(Timestamp::MAX);
            let until = end(within.hours);
            let may_last = within.at_most.map(end);
            if until <= now && may_last.is_some_and(|most| now < most) {
                return Some(Window::Unknown(Lack::Account));
            }
            until
        }
    };
    Some(match within.since {
        _ if now < until => Window::Open(until),
        // What was bought with the term cannot be given back any more; whether more was added since, nobody knows.
        Since::Seats => Window::Unknown(Lack::Refundable),
        Since::Term | Since::Suspension => Window::Over,
    })
}

/// Whether so many may be given back, and until when: the first to go are those whose time ends first.
fn seats(parts: &[super::Refundable], facts: &Facts, wish: Wish, now: Timestamp) -> Window {
    let mut open: Vec<_> = parts.iter().filter(|part| now < part.until && part.quantity > 0).collect();
    open.sort_by_key(|part| part.until);
    // One at least, where nobody says how many.
    let mut wanted = wish.quantity.map_or(1, |left| facts.quantity.saturating_sub(left)).max(1);
    let mut until: Option<Timestamp> = None;
    for part in open {
        until = until.or(Some(part.until));
        wanted = wanted.saturating_sub(part.quantity);
        if wanted == 0 {
            break;
        }
    }
    until.filter(|_| wanted == 0).map_or(Window::Over, Window::Open)
}

/// Something that an action does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// People cannot use it any more, at once.
    UsersOut,
    /// People can use it again.
    UsersIn,
    /// It cannot be taken back.
    Final,
    /// It can be taken back until then.
    Reversible(Timestamp),
    /// Administrators reach the data until then.
    DataUntil(Timestamp),
    /// The data are deleted then, or later.
    DataGone(Timestamp),
    /// Microsoft goes on billing us until then.
    BilledUntil(Timestamp),
    /// Microsoft stops billing us.
    NotBilled,
    /// Microsoft bills us again.
    BilledAgain,
    /// Microsoft bills us for more from now on.
    BilledMore,
    /// Microsoft pays all of it back.
    PaidBack,
    /// Microsoft pays the rest back, day by day.
    PaidBackInPart,
    /// It renews itself no more.
    RenewsNoMore,
    /// It stays so that it ends with its term, until somebody switches that on again.
    RenewalStaysOff,
    /// What was scheduled for the next term is removed.
    ScheduleGone,
    /// It renews itself then.
    RenewsAt(Timestamp),
    /// It ends then.
    EndsAt(Timestamp),
    /// From then on it is so.
    From(Timestamp),
    /// What is added can be given back until then.
    GivenBackUntil(Timestamp),
    /// What is added after that stays until then.
    BoundUntil(Timestamp),
    /// Its add-ons go with it.
    AddOns,
}

/// What an action would do now, the gravest first.
#[must_use]
pub fn effects(rules: &[Rule], facts: &Facts, wish: Wish, now: Timestamp) -> Vec<Effect> {
    let after = |at: Timestamp, time: SignedDuration| at.checked_add(time).unwrap_or(Timestamp::MAX);
    let lasting = |id: &str| {
        rules.iter().find(|rule| rule.id == id).map_or(SignedDuration::ZERO, |rule| match rule.says {
            Says::Lasts { hours: length } => hours(length),
            Says::Allows | Says::Forbids | Says::Elsewhere | Says::Refunds { .. } => SignedDuration::ZERO,
        })
    };
    let window = |action| {
        let shown = Facts { status_since: Some(now), term_began: Some(now), ..facts.clone() };
        let mut found = rules.iter().filter(|rule| rule.actions.contains(&action) && rule.within.is_some());
        let held = found.find(|rule| {
            let when_done = Facts {
                status: if action == Action::Reactivate { Status::Suspended } else { facts.status },
                refundable: None,
                cancel_until: None,
                ..shown.clone()
            };
            rule.is_about(&when_done, now) == Truth::Yes
        });
        held.and_then(|rule| rule.within).map(|within| after(now, hours(within.hours)))
    };
    let is_new = facts.era == Some(Era::NewCommerce);
    let end = facts.term_ends.filter(|end| now < *end);
    let gone = |end: Timestamp| after(end, lasting("nce-expired") + lasting("nce-disabled"));
    let mut found = Vec::new();
    match wish.action {
        Action::Add => {
            found.push(Effect::BilledMore);
            if is_new {
                found.extend(window(Action::Reduce).map(Effect::GivenBackUntil));
                found.extend(end.map(Effect::BoundUntil));
            }
        }
        Action::Reduce => found.push(Effect::PaidBackInPart),
        Action::RenewOn => found.extend(end.map(Effect::RenewsAt)),
        Action::RenewOff => {
            found.extend(end.map(Effect::EndsAt));
            found.extend(end.map(Effect::Reversible));
            if is_new {
                found.extend(end.map(|end| Effect::DataGone(gone(end))));
            }
        }
        Action::Cancel => {
            found.extend([Effect::Final, Effect::UsersOut, Effect::AddOns]);
            if is_new {
                found.push(Effect::DataUntil(after(now, lasting("nce-backup"))));
            }
            found.push(refund(rules, facts, wish.action, now));
        }
        Action::Suspend => {
            found.extend([Effect::UsersOut, Effect::AddOns]);
            if is_new {
                found.extend(end.map(Effect::BilledUntil));
                found.push(Effect::RenewsNoMore);
                if facts.scheduled {
                    found.push(Effect::ScheduleGone);
                }
                found.extend(end.map(Effect::Reversible));
                let over = lasting("nce-suspended-over") + lasting("nce-disabled");
                found.extend(end.map(|end| Effect::DataGone(after(end, over))));
            } else {
                found.push(Effect::NotBilled);
                if facts.era == Some(Era::Legacy) {
                    found.push(refund(rules, facts, wish.action, now));
                    let until = window(Action::Reactivate);
                    found.extend(until.map(Effect::Reversible));
                    found.extend(until.map(Effect::DataGone));
                }
            }
        }
        Action::Reactivate => {
            found.push(Effect::UsersIn);
            found.push(if is_new { Effect::RenewalStaysOff } else { Effect::BilledAgain });
            if is_new {
                found.extend(end.map(Effect::EndsAt));
            }
        }
        Action::Schedule | Action::Unschedule => {
            found.extend(end.map(Effect::From));
            found.extend(end.map(Effect::Reversible));
        }
    }
    found
}

/// What Microsoft pays back.
fn refund(rules: &[Rule], facts: &Facts, action: Action, now: Timestamp) -> Effect {
    let whole = rules.iter().any(|rule| match rule.says {
        Says::Refunds { hours: length } => {
            let began = facts.term_began.and_then(|began| began.checked_add(hours(length)).ok());
            rule.actions.contains(&action)
                && rule.is_about(facts, now) == Truth::Yes
                && began.is_some_and(|until| now < until)
        }
        Says::Allows | Says::Forbids | Says::Elsewhere | Says::Lasts { .. } => false,
    });
    if whole { Effect::PaidBack } else { Effect::PaidBackInPart }
}
