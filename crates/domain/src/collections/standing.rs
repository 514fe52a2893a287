//! Where a customer stands: computed from facts, in whatever order they come.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};
use serde::{Deserialize, Serialize};

use super::facts::{Delivery, Exemption, Facts, Invoice, Notice, Payment, Promise};
use super::policy::{Count, Policy, Scope, Stage};
use crate::id::LedgerId;
use crate::money::{Currency, Money};
use crate::words;

words! {
    /// What a suspension needs besides a person's yes.
    pub enum Condition {
        /// The stage is for customers of this class.
        Class = "class",
        /// An invoice is older than the stage says.
        Overdue = "overdue",
        /// They come to the amount of the stage in one currency.
        Amount = "amount",
        /// They are as many as the stage says, in that currency.
        Invoices = "invoices",
        /// They still do without what is disputed.
        Undisputed = "undisputed",
        /// They still do without what is promised.
        Unpromised = "unpromised",
        /// The customer got every notice of this stage and of the ones before, for the same invoices.
        Warned = "warned",
        /// The days of grace after each of them are over.
        Grace = "grace",
        /// The customer is not left alone today.
        NotExempt = "not_exempt",
    }
}

/// How a stage stands that suspends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// The stage's place in the policy, from 0.
    pub stage: usize,
    /// What it suspends.
    pub scope: Scope,
    /// What is not so; all others of [`Condition::ALL`] are.
    pub missing: Vec<Condition>,
    /// The invoices for which it is proposed; none while something is missing.
    pub invoices: BTreeSet<LedgerId>,
}

impl Suspension {
    /// Whether it is proposed: nothing is missing but a person's yes.
    #[must_use]
    pub fn is_proposed(&self) -> bool {
        self.missing.is_empty() && !self.invoices.is_empty()
    }
}

words! {
    /// Why a customer is not further than it is.
    pub enum Why {
        /// It is left alone.
        Exempt = "exempt",
        /// It disputes something.
        Dispute = "dispute",
        /// It has promised to pay.
        Promise = "promise",
        /// It has paid, and nobody said what.
        Credit = "credit",
        /// A notice has not arrived yet.
        Waiting = "waiting",
        /// A notice came back: somebody has to look.
        Bounced = "bounced",
        /// The days of grace after a notice are not over.
        Grace = "grace",
    }
}

/// What holds a customer back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Why.
    pub why: Why,
    /// How much does not count because of that.
    pub amount: Option<Money>,
    /// Until which day, that day included.
    pub until: Option<Date>,
}

/// An invoice, and what of it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its entry in the ledger.
    pub id: LedgerId,
    /// When it is due.
    pub due: Date,
    /// How many days it is past due, where the customer is.
    pub days: u32,
    /// What is open, in minor units of its currency.
    pub open: i64,
    /// The currency.
    pub currency: Currency,
    /// What of it is disputed.
    pub disputed: i64,
    /// What of it is covered by money that settles nothing yet.
    pub covered: i64,
    /// What of it is promised.
    pub promised: i64,
}

impl Item {
    /// What of it counts.
    #[must_use]
    pub const fn counts(&self) -> i64 {
        self.open - self.disputed - self.covered - self.promised
    }
}

/// What is owed in one currency, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// What is open.
    pub open: i64,
    /// What of it is past due.
    pub overdue: i64,
    /// What of it is disputed.
    pub disputed: i64,
    /// What of it is covered by money that settles nothing yet.
    pub covered: i64,
    /// What of it is promised.
    pub promised: i64,
}

/// A step that may be taken: what of the policy, and for which invoices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The stage's place in the policy, from 0.
    pub stage: usize,
    /// For which invoices.
    pub invoices: BTreeSet<LedgerId>,
}

/// Where a customer stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The invoices of which something is open, the first due first.
    pub items: Vec<Item>,
    /// What is owed, currency by currency.
    pub owed: BTreeMap<Currency, Sums>,
    /// The last stage whose turn it is, by its place from 0.
    pub reached: Option<usize>,
    /// The notice that is to be given today.
    pub notice: Option<Step>,
    /// The next stage, and the day on which it comes if nothing changes: today, if that notice is still to be given.
    pub next: Option<(usize, Date)>,
    /// What holds the customer back.
    pub holds: Vec<Hold>,
    /// Every stage that suspends, the mildest first.
    pub suspensions: Vec<Suspension>,
}

impl Standing {
    /// The hardest suspension that is proposed.
    #[must_use]
    pub fn proposed(&self) -> Option<&Suspension> {
        self.suspensions.iter().rev().find(|one| one.is_proposed())
    }

    /// How many days the oldest invoice is past due of which something counts.
    #[must_use]
    pub fn oldest(&self) -> u32 {
        self.items.iter().filter(|item| item.counts() > 0).map(|item| item.days).max().unwrap_or(0)
    }
}

/// Where a customer stands.
#[must_use]
pub fn standing(policy: &Policy, facts: &Facts) -> Standing {
    let gap = has_gap(facts);
    let old =
        |one: &Invoice| policy.stages.iter().map(|stage| old_from(facts, gap, one.due, stage)).collect();
    let ages: Ages = facts.invoices.iter().map(|one| (one.id, old(one))).collect();
    let day = Day::new(policy, facts, &ages, facts.today);
    let mut owed: BTreeMap<Currency, Sums> = BTreeMap::new();
    for item in &day.items {
        let sums = owed.entry(item.currency).or_default();
        let adds = [
            (&mut sums.open, item.open),
            (&mut sums.overdue, if item.days > 0 { item.open } else { 0 }),
            (&mut sums.disputed, item.disputed),
            (&mut sums.covered, item.covered),
            (&mut sums.promised, item.promised),
        ];
        for (sum, more) in adds {
            *sum = sum.saturating_add(more);
        }
    }
    let (notice, suspensions) = (day.notice(), day.suspensions());
    let next = notice.as_ref().map(|step| (step.stage, facts.today)).or_else(|| day.next(&suspensions));
    Standing {
        holds: day.holds(&owed),
        owed,
        reached: (0..policy.stages.len()).rev().find(|stage| !day.turn(*stage).is_empty()),
        notice,
        next,
        suspensions,
        items: day.items,
    }
}

/// How many days after a day another one is, where the customer is: from noon to noon, because in some zones a day was left
/// out, and at others the clock is put forward.
fn days_between(zone: &TimeZone, from: Date, to: Date) -> u32 {
    let noon = |day: Date| zone.to_timestamp(day.at(12, 0, 0, 0));
    let (Ok(from), Ok(to)) = (noon(from), noon(to)) else { return 0 };
    let hours = (to.duration_since(from) + SignedDuration::from_hours(12)).as_hours();
    u32::try_from(hours / 24).unwrap_or(0)
}

/// Whether a date is one where the customer is: in some zones a day was left out.
fn is_day(zone: &TimeZone, date: Date) -> bool {
    zone.to_timestamp(date.at(12, 0, 0, 0)).is_ok_and(|at| zone.to_datetime(at).date() == date)
}

/// Whether a day was left out where the customer is between its first invoice and ten years from today. There is hardly ever
/// one, and whoever knows that need not ask for each day.
fn has_gap(facts: &Facts) -> bool {
    let Some(first) = facts.invoices.iter().map(|one| one.due).min() else { return false };
    let last = facts.today.saturating_add(10.years());
    i64::from(days_between(&facts.zone, first, last)) != i64::from((last - first).get_days())
}

/// The first day on which an invoice is as old as a stage says; none within ten years.
fn old_from(facts: &Facts, has_gap: bool, due: Date, stage: &Stage) -> Option<Date> {
    let wanted = u32::from(stage.days);
    let (mut date, mut days) = match stage.count {
        Count::Calendar if !has_gap => return due.checked_add(i64::from(stage.days).days()).ok(),
        Count::Calendar => {
            let date = due.checked_add(i64::from(stage.days).days()).ok()?;
            (date, days_between(&facts.zone, due, date))
        }
        Count::Working => (due, 0),
    };
    for _ in 0..3660 {
        if days >= wanted {
            return Some(date);
        }
        date = date.tomorrow().ok()?;
        let counts = stage.count == Count::Calendar || facts.calendar.works_on(date);
        days += u32::from(counts && (!has_gap || is_day(&facts.zone, date)));
    }
    None
}

/// The promises that are not broken on a day, with what is still to come of each. A payment keeps one promise, the first.
fn running(facts: &Facts, today: Date) -> Vec<Hold> {
    let mut promises: Vec<&Promise> = facts.promises.iter().filter(|one| one.made <= today).collect();
    promises.sort();
    promises.dedup();
    let mut payments: Vec<Payment> = facts.payments.iter().filter(|one| one.day <= today).copied().collect();
    payments.sort_by_key(|one| (one.day, one.amount.minor));
    let mut holds = Vec::new();
    for promise in promises {
        let total = promise.parts.iter().fold(0_i64, |sum, (_, part)| sum.saturating_add(*part));
        let by_now = promise.parts.iter().filter(|(by, _)| *by < today);
        let fallen_due = by_now.fold(0_i64, |sum, (_, part)| sum.saturating_add(*part));
        let mut rest = total;
        let keeps = |one: &&mut Payment| one.day >= promise.made && one.amount.currency == promise.currency;
        for payment in payments.iter_mut().filter(keeps) {
            let taken = rest.min(payment.amount.minor);
            (rest, payment.amount.minor) = (rest - taken, payment.amount.minor - taken);
        }
        if rest > 0 && total - rest >= fallen_due {
            let amount = Some(Money { minor: rest, currency: promise.currency });
            let until = promise.parts.iter().map(|(by, _)| *by).filter(|by| *by >= today).min();
            holds.push(Hold { why: Why::Promise, amount, until });
        }
    }
    holds
}

/// Lets an amount of each currency cover the oldest invoices.
fn spread(items: &mut [Item], mut amounts: BTreeMap<Currency, i64>, part: fn(&mut Item) -> &mut i64) {
    for item in items {
        let Some(rest) = amounts.get_mut(&item.currency) else { continue };
        let taken = item.counts().min(*rest);
        *part(item) += taken;
        *rest -= taken;
    }
}

/// From which day on an invoice is old enough for each stage.
type Ages = BTreeMap<LedgerId, Vec<Option<Date>>>;

/// The facts as they are on a day: today, or a later one on which nothing else has happened.
struct Day<'a> {
    policy: &'a Policy,
    facts: &'a Facts,
    ages: &'a Ages,
    today: Date,
    items: Vec<Item>,
}

/// The invoices whose currency comes to an amount, and to a number, at least.
fn enough(
    least: impl Fn(Currency) -> Option<i64>,
    number: u16,
    items: &[(LedgerId, Money)],
) -> BTreeSet<LedgerId> {
    let is_enough = |currency: Currency| {
        let of = items.iter().filter(|(_, amount)| amount.currency == currency);
        let (sum, found) =
            of.fold((0_i64, 0), |(sum, found), (_, amount)| (sum.saturating_add(amount.minor), found + 1));
        found >= usize::from(number) && least(currency).is_some_and(|least| sum >= least)
    };
    items.iter().filter(|(_, amount)| is_enough(amount.currency)).map(|(id, _)| *id).collect()
}

impl<'a> Day<'a> {
    fn new(policy: &'a Policy, facts: &'a Facts, ages: &'a Ages, today: Date) -> Self {
        let mut items: Vec<Item> = facts
            .invoices
            .iter()
            .filter(|one| one.open.minor > 0)
            .map(|one| Item {
                id: one.id,
                due: one.due,
                days: days_between(&facts.zone, one.due, today),
                open: one.open.minor,
                currency: one.open.currency,
                disputed: 0,
                covered: 0,
                promised: 0,
            })
            .collect();
        items.sort_by_key(|item| (item.due, item.id));
        // A row that came twice is one.
        items.dedup_by_key(|item| item.id);
        for item in &mut items {
            let of = facts.disputes.iter().filter(|dispute| dispute.invoice == item.id);
            let disputed = of.fold(0_i64, |sum, dispute| sum.saturating_add(dispute.amount.max(0)));
            item.disputed = disputed.min(item.open);
        }
        let mut covers: BTreeMap<Currency, i64> = BTreeMap::new();
        for left in &facts.left {
            let sum = covers.entry(left.currency).or_default();
            *sum = sum.saturating_add(left.minor.max(0));
        }
        spread(&mut items, covers, |item| &mut item.covered);
        let promised = running(facts, today).into_iter().fold(BTreeMap::new(), |mut sums, hold| {
            if let Some(amount) = hold.amount {
                let sum: &mut i64 = sums.entry(amount.currency).or_default();
                *sum = sum.saturating_add(amount.minor);
            }
            sums
        });
        spread(&mut items, promised, |item| &mut item.promised);
        Self { policy, facts, ages, today, items }
    }

    fn exempt(&self) -> Option<Date> {
        let of_today = |one: &&Exemption| one.from <= self.today && self.today <= one.until;
        self.facts.exemptions.iter().filter(of_today).map(|one| one.until).max()
    }

    fn is_old(&self, item: &Item, place: usize) -> bool {
        let from = self.ages.get(&item.id).and_then(|ages| *ages.get(place)?);
        from.is_some_and(|from| from <= self.today)
    }

    /// The notices of a stage for an invoice that were given until today.
    fn given(&self, stage: &'a Stage, id: LedgerId) -> impl Iterator<Item = &'a Notice> {
        let today = self.today;
        let of = move |one: &&Notice| one.stage == stage.key && one.invoices.contains(&id) && one.on <= today;
        self.facts.notices.iter().filter(of)
    }

    /// On a later day, what is on its way today will have arrived.
    fn has_arrived(&self, notice: &Notice) -> bool {
        match notice.delivery {
            Delivery::Delivered => true,
            Delivery::Waiting => self.today > self.facts.today,
            Delivery::Failed => false,
        }
    }

    /// Whether an invoice was warned of by the notices of the first so many stages, and whether the grace after each is over.
    fn warned(&self, stages: usize, id: LedgerId) -> (bool, bool) {
        let (mut warned, mut over) = (true, true);
        let needed = self.policy.stages.iter().take(stages);
        for stage in needed.filter(|stage| stage.notice && stage.is_for(self.facts.class)) {
            let arrived = self.given(stage, id).filter(|one| self.has_arrived(one)).map(|one| one.on).max();
            let days = arrived.map(|on| days_between(&self.facts.zone, on, self.today));
            warned &= days.is_some();
            over &= days.is_some_and(|days| days >= u32::from(self.policy.grace));
        }
        (warned, over)
    }

    /// The invoices whose turn it is at a stage: they are old enough, and have gone through the stages before.
    fn turn(&self, place: usize) -> BTreeSet<LedgerId> {
        let Some(stage) = self.policy.stages.get(place).filter(|stage| stage.is_for(self.facts.class)) else {
            return BTreeSet::new();
        };
        let ready = |item: &&Item| {
            item.counts() > 0 && self.is_old(item, place) && self.warned(place, item.id) == (true, true)
        };
        let counted = |item: &Item| (item.id, Money { minor: item.counts(), currency: item.currency });
        let ready: Vec<_> = self.items.iter().filter(ready).map(counted).collect();
        enough(|currency| stage.least(currency), stage.invoices, &ready)
    }

    /// The notice of today: the hardest, and one at most.
    fn notice(&self) -> Option<Step> {
        if self.exempt().is_some() || self.facts.notices.iter().any(|one| one.on >= self.today) {
            return None;
        }
        (0..self.policy.stages.len()).rev().find_map(|place| {
            let stage = self.policy.stages.get(place).filter(|stage| stage.notice)?;
            let mut invoices = self.turn(place);
            invoices.retain(|id| self.given(stage, *id).next().is_none());
            (!invoices.is_empty()).then_some(Step { stage: place, invoices })
        })
    }

    fn suspensions(&self) -> Vec<Suspension> {
        let stages = self.policy.stages.iter().enumerate();
        stages
            .filter_map(|(place, stage)| Some(self.suspension(place, stage, stage.effect.scope()?)))
            .collect()
    }

    fn suspension(&self, place: usize, stage: &Stage, scope: Scope) -> Suspension {
        let old: Vec<&Item> = self.items.iter().filter(|item| self.is_old(item, place)).collect();
        // What counts of each if only so much of it is taken away.
        let those = |less: fn(&Item) -> i64, of: &dyn Fn(&Item) -> bool| -> Vec<(LedgerId, Money)> {
            let counts = old.iter().filter(|item| of(item)).map(|item| {
                (item.id, Money { minor: item.open - item.covered - less(item), currency: item.currency })
            });
            counts.filter(|(_, amount)| amount.minor > 0).collect()
        };
        let all = |_: &Item| true;
        let unpaid = those(|_| 0, &all);
        let undisputed = those(|item| item.disputed, &all);
        let promised: fn(&Item) -> i64 = |item| item.disputed + item.promised;
        let warned = those(promised, &|item| self.warned(place + 1, item.id).0);
        let graced = those(promised, &|item| self.warned(place + 1, item.id) == (true, true));
        let least = |currency| stage.least(currency);
        let is_enough = |of: &[(LedgerId, Money)]| !enough(least, stage.invoices, of).is_empty();
        let amount_alone = !enough(least, 1, &unpaid).is_empty();
        let before = is_enough(&unpaid);
        let holds = |condition| match condition {
            Condition::Class => stage.is_for(self.facts.class),
            Condition::Overdue => !unpaid.is_empty(),
            Condition::Amount => amount_alone,
            // Where no currency has the amount, they may be of any.
            Condition::Invoices => {
                before || (!amount_alone && !enough(|_| Some(1), stage.invoices, &unpaid).is_empty())
            }
            Condition::Undisputed => !before || is_enough(&undisputed),
            Condition::Unpromised => !is_enough(&undisputed) || is_enough(&those(promised, &all)),
            Condition::Warned => is_enough(&warned),
            Condition::Grace => is_enough(&graced),
            Condition::NotExempt => self.exempt().is_none(),
        };
        let missing: Vec<_> = Condition::ALL.iter().copied().filter(|one| !holds(*one)).collect();
        let invoices =
            if missing.is_empty() { enough(least, stage.invoices, &graced) } else { BTreeSet::new() };
        Suspension { stage: place, scope, missing, invoices }
    }

    /// The first later day on which something comes if nothing changes: it can only be one on which a condition turns.
    fn next(&self, today: &[Suspension]) -> Option<(usize, Date)> {
        let (facts, policy) = (self.facts, self.policy);
        let mut days = BTreeSet::from_iter(facts.today.tomorrow());
        let soon = |day: Date, days: i64| day.checked_add(days.days()).ok();
        days.extend(self.ages.values().flatten().flatten());
        days.extend(facts.notices.iter().filter_map(|one| soon(one.on, i64::from(policy.grace))));
        days.extend(facts.notices.iter().filter_map(|one| soon(one.on, i64::from(policy.grace) + 1)));
        let parts = facts.promises.iter().flat_map(|promise| &promise.parts);
        days.extend(parts.filter_map(|(by, _)| soon(*by, 1)));
        days.extend(facts.exemptions.iter().filter_map(|one| soon(one.until, 1)));
        let proposed =
            |all: &[Suspension]| all.iter().rev().find(|one| one.is_proposed()).map(|one| one.stage);
        let now = proposed(today);
        days.into_iter().filter(|day| *day > facts.today).find_map(|date| {
            let day = Day::new(policy, facts, self.ages, date);
            let further = proposed(&day.suspensions()).filter(|stage| Some(*stage) > now);
            day.notice().map(|step| step.stage).max(further).map(|stage| (stage, date))
        })
    }

    fn holds(&self, owed: &BTreeMap<Currency, Sums>) -> Vec<Hold> {
        let mut holds = running(self.facts, self.today);
        if let Some(until) = self.exempt() {
            holds.push(Hold { why: Why::Exempt, amount: None, until: Some(until) });
        }
        for (currency, sums) in owed {
            for (why, minor) in [(Why::Dispute, sums.disputed), (Why::Credit, sums.covered)] {
                let amount = Some(Money { minor, currency: *currency });
                holds.extend((minor > 0).then_some(Hold { why, amount, until: None }));
            }
        }
        for item in self.items.iter().filter(|item| item.counts() > 0) {
            for stage in self.policy.stages.iter().filter(|stage| stage.notice) {
                let given = |delivery| self.given(stage, item.id).filter(move |one| one.delivery == delivery);
                let arrived = given(Delivery::Delivered).map(|one| one.on).max();
                let last =
                    arrived.and_then(|on| on.checked_add((i64::from(self.policy.grace) - 1).days()).ok());
                let why = match last {
                    Some(last) if last < self.today => continue,
                    Some(_) => Why::Grace,
                    None if given(Delivery::Waiting).next().is_some() => Why::Waiting,
                    None if given(Delivery::Failed).next().is_some() => Why::Bounced,
                    None => continue,
                };
                holds.push(Hold { why, amount: None, until: last });
            }
        }
        holds.sort_by_key(|one| (one.why, one.until, one.amount.map(|sum| (sum.currency, sum.minor))));
        holds.dedup();
        holds
    }
}
