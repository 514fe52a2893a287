//! The policy, or a draft of one, over what really was: who would have been reminded, warned, proposed for suspension?

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    access::Permission,
    collections::{
        Effect, Facts, Policy,
        facts::{Delivery, Invoice, Notice},
        standing,
    },
    id::{CustomerId, LedgerId},
    money::Money,
    receivable::ledger::Account,
};
use jiff::{ToSpan as _, civil::Date};
use store::{
    collections as kept,
    receivables::ledger::{self as entries, Entry},
};

use super::{Said, calendar, empty, sums};
use crate::{Agent, App, Error, Result};

/// How many entries of ledgers are looked at.
const MOST: usize = 200_000;
const PAGE: i64 = 5_000;

/// What would have happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A notice would have been given.
    Notice,
    /// A suspension would have been proposed.
    Proposal,
}

/// Something that would have happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// On which day, where the customer is.
    pub on: Date,
    /// To whom.
    pub customer: CustomerId,
    /// Its name.
    pub name: String,
    /// What.
    pub what: What,
    /// The stage's place in the policy, from 0.
    pub stage: usize,
    /// What that stage does.
    pub effect: Effect,
    /// For how much.
    pub owed: Vec<Money>,
}

/// What a month would have been.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Simulated {
    /// In the order of days and names.
    pub events: Vec<Event>,
    /// Customers whose ledger was looked at.
    pub customers: usize,
}

/// Plays a month, given by its first day, with a policy. Stages climbed before it count, as if the policy had held for as long
/// as it takes to climb them all; each notice would have arrived.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] for a policy that cannot be right; `too-much` where there are too many entries.
pub async fn simulate(app: &App, agent: &Agent, policy: Policy, month: Date) -> Result<Simulated> {
    agent.require(Permission::ReceivablesView)?;
    if let Some((_, fault)) = policy.faults().first() {
        return Err(Error::invalid("policy", fault.word()));
    }
    let now = app.now();
    let (first, last) = (month.first_of_month(), month.last_of_month());
    let (said, calendar, parties, mut all) = app
        .store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let mut all: BTreeMap<CustomerId, Vec<Entry>> = BTreeMap::new();
                let (mut after, mut count) = ((Date::MIN, LedgerId::from_uuid(uuid::Uuid::nil())), 0);
                loop {
                    let page = entries::of_period(tx, (Date::MIN, last), after, PAGE).await?;
                    let Some(end) = page.last() else { break };
                    after = (end.day, end.id);
                    count += page.len();
                    if count > MOST {
                        return Err(Error::Refused("too-much"));
                    }
                    for entry in page {
                        all.entry(entry.customer).or_default().push(entry);
                    }
                }
                let said = Said::read(tx, None).await?;
                Ok((said, Arc::new(calendar(tx).await?), kept::parties(tx, None).await?, all))
            })
        })
        .await?;
    let stages = &policy.stages;
    let longest = stages.iter().map(|stage| i64::from(stage.days) * 7 / 5).max().unwrap_or(0);
    let graces = i64::try_from(stages.len()).unwrap_or(0) * i64::from(policy.grace);
    let begin = first.saturating_sub((longest + graces + 7).days());
    let mut simulated = Simulated { customers: all.len(), events: Vec::new() };
    for party in parties {
        let Some(ledger) = all.get_mut(&party.id) else { continue };
        ledger.sort_by_key(|entry| entry.seq);
        let mut base = empty(&party, &calendar, now);
        said.put(party.id, &mut base);
        base.notices.clear();
        let disputes: Vec<_> = said.disputes_of(party.id).cloned().collect();
        let end = last.min(base.today);
        let mut day = begin;
        let mut was = None;
        while day <= end {
            let mut facts = as_of(&base, ledger, day);
            facts.disputes = disputes
                .iter()
                .filter(|one| {
                    let on = |at| crate::receivables::day(at, &facts.zone);
                    on(one.at) <= day && one.closed_at.is_none_or(|at| on(at) > day)
                })
                .map(|one| domain::collections::facts::Dispute { invoice: one.entry, amount: one.amount })
                .collect();
            let now = standing(&policy, &facts);
            let mut note = |what, stage: usize, invoices: &std::collections::BTreeSet<LedgerId>| {
                let of = now.items.iter().filter(|item| invoices.contains(&item.id));
                let owed = sums(of.map(|item| Money { minor: item.counts(), currency: item.currency }));
                if let Some(effect) = stages.get(stage).map(|stage| stage.effect).filter(|_| day >= first) {
                    let (customer, name) = (party.id, party.name.clone());
                    simulated.events.push(Event { on: day, customer, name, what, stage, effect, owed });
                }
            };
            let proposed = now.proposed();
            if let Some(one) = proposed.filter(|one| Some(one.stage) > was) {
                note(What::Proposal, one.stage, &one.invoices);
            }
            was = proposed.map(|one| one.stage);
            if let Some(step) = &now.notice {
                note(What::Notice, step.stage, &step.invoices);
                base.notices.extend(stages.get(step.stage).map(|stage| Notice {
                    stage: stage.key.clone(),
                    on: day,
                    invoices: step.invoices.clone(),
                    delivery: Delivery::Delivered,
                }));
            }
            let tomorrow = day.saturating_add(1.day());
            // Nothing changes before the next entry, dispute or stage.
            let moves = ledger.iter().map(|entry| entry.day).filter(|on| *on > day).min();
            let next = now.next.map(|(_, on)| on).filter(|on| *on > day);
            let quiet = now.notice.is_none() && disputes.is_empty();
            day = match (moves, next) {
                _ if !quiet => tomorrow,
                (None, None) => break,
                (moves, next) => moves.into_iter().chain(next).min().unwrap_or(tomorrow).max(tomorrow),
            };
        }
    }
    simulated.events.sort_by(|a, b| (a.on, &a.name, a.customer).cmp(&(b.on, &b.name, b.customer)));
    Ok(simulated)
}

/// The facts as they were at the end of a day, by the days for which entries count.
fn as_of(base: &Facts, ledger: &[Entry], day: Date) -> Facts {
    let mut account = Account::default();
    for entry in ledger.iter().filter(|entry| entry.day <= day) {
        // One that refers to what counts for a later day counts later, too.
        if let Some(rule) = entry.rule() {
            let _ = account.take(&rule);
        }
    }
    let mut facts = Facts { today: day, ..base.clone() };
    let open = |(id, owed): (LedgerId, domain::receivable::ledger::Owed)| Invoice {
        id,
        due: owed.due,
        open: Money { minor: owed.open, currency: owed.amount.currency },
    };
    facts.invoices = account.open().into_iter().map(open).collect();
    facts.left = account
        .left()
        .map(|(_, credit)| Money { minor: credit.left, currency: credit.amount.currency })
        .collect();
    facts
}
