//! Charging for support: what a request is entitled to, time that is worked, what customers confirm, what is invoiced.
//!
//! A ticket is charged in rounds. The first begins when it comes; another one begins when it comes back after its lines
//! were made. A round is decided once and again until the customer has confirmed something; it is settled when the ticket
//! is resolved, and settled anew as long as none of its lines stands on an invoice.

mod approve;
mod decide;
mod lines;
mod prepaid;
mod time;

pub(crate) use approve::mail;
pub use approve::{Ask, OfContact, answer, ask, of_contact, withdraw};
pub use decide::{again, fault, preview};
pub(crate) use decide::{begin, redecide};
use domain::{
    access::Permission,
    charging::{
        entitlement::Entitlement,
        rules::Rules,
        work::{Sum, Work, agreed, sum},
    },
    deed::Deed,
    id::TicketId,
    money::Currency,
};
use jiff::Timestamp;
pub(crate) use lines::settle;
pub use lines::{open_lines, to_csv, to_drafts};
pub(crate) use prepaid::sweep;
pub use prepaid::{
    Contract, Held, Sold, change as change_contract, contract, contracts, grant, ledger, sell,
};
use serde_json::json;
use store::{
    Tx,
    charging::{
        self, Charge, Round,
        approvals::Approval,
        time::{TimeEntry, Timer},
    },
    records,
    tickets::Ticket,
};
pub use time::{Correction, New, correct, discard, log, may_resolve, start, stop};

use crate::{Agent, App, Error, Result, audit};

/// The longest note or reason, in bytes.
const NOTE: usize = 2_000;

/// What the desk has decided about charging; where it has decided nothing, that with which every desk begins.
pub(crate) async fn rules_in(tx: &mut Tx) -> Result<(Rules, i64)> {
    let (rules, version) = charging::rules(tx).await?;
    Ok((rules.unwrap_or_else(|| Rules::first(Currency::EURO)), version))
}

/// What the desk has decided about charging, and its version.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn rules(app: &App, agent: &Agent) -> Result<(Rules, i64)> {
    agent.require(Permission::ChargesView)?;
    app.store.read(agent.desk, |tx| Box::pin(async move { rules_in(tx).await })).await
}

/// Decides about charging, at the version that was seen. What was decided for tickets stays.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Invalid`], [`Error::Stale`].
pub async fn set_rules(app: &App, agent: &Agent, rules: Rules, version: i64) -> Result<()> {
    agent.require(Permission::ChargesManage)?;
    rules.check().map_err(|wrong| Error::invalid(wrong.field, wrong.why))?;
    let now = app.now();
    let deed = Deed::ChargingRules;
    let act = audit::act(&mut app.ids(now), now, agent.actor(), deed, &agent.desk, json!({}));
    app.store
        .write(agent.desk, move |tx| {
            let (rules, act) = (rules.clone(), act.clone());
            Box::pin(async move {
                charging::set_rules(tx, &rules, version).await?;
                Ok::<_, Error>(records::audit(tx, &act).await?)
            })
        })
        .await
}

/// Everything about charging for a ticket.
#[derive(Clone, Debug)]
pub struct OfTicket {
    /// The ticket.
    pub ticket: TicketId,
    /// What its newest round is entitled to; none for old mail.
    pub entitlement: Option<Entitlement>,
    /// The round that is stored, if one is.
    pub round: Option<Round>,
    /// Its entries that hold, the oldest first.
    pub entries: Vec<TimeEntry>,
    /// What they come to.
    pub sum: Sum,
    /// How many of the open minutes the customer has agreed to.
    pub agreed: u32,
    /// How many it has not.
    pub over: u32,
    /// What the customer was asked in this round, the oldest first.
    pub approvals: Vec<Approval>,
    /// The lines that were made, of every round.
    pub lines: Vec<Charge>,
    /// The reader's timer, wherever it runs, with the number of its ticket.
    pub timer: Option<(Timer, i64)>,
    /// The names of agents and of contacts that are named, by the text of their ids.
    pub names: std::collections::HashMap<String, String>,
    /// What the desk has decided.
    pub rules: Rules,
    /// The reader may log time here.
    pub may_log: bool,
    /// The reader may say what is charged for.
    pub may_manage: bool,
}

/// Everything about charging for a ticket that the agent sees with its internal notes; none for whoever does not.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn of_ticket(app: &App, agent: &Agent, id: TicketId) -> Result<Option<OfTicket>> {
    let now = app.now();
    let agent = std::sync::Arc::new(agent.clone());
    app.store
        .read(agent.desk, move |tx| {
            let agent = agent.clone();
            Box::pin(async move {
                let ticket = store::tickets::get(tx, id).await?.ok_or(Error::NotFound("ticket"))?;
                panel_in(tx, &agent, &ticket, now).await
            })
        })
        .await
}

/// The same in a transaction of the caller's.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn panel_in(
    tx: &mut Tx,
    agent: &Agent,
    ticket: &Ticket,
    now: Timestamp,
) -> Result<Option<OfTicket>> {
    let sees = agent.sees(ticket)? == domain::access::Visibility::Internal;
    if !sees || !agent.may(Permission::ChargesView) {
        return Ok(None);
    }
    Ok(Some(read(tx, agent, ticket, now).await?))
}

async fn read(tx: &mut Tx, agent: &Agent, ticket: &Ticket, now: Timestamp) -> Result<OfTicket> {
    let (rules, _) = rules_in(tx).await?;
    let round = charging::round(tx, ticket.id).await?;
    // What comes back begins anew with the first that is done for it.
    let begins = ticket.state.is_active() && round.as_ref().is_none_or(|round| round.settled_at.is_some());
    let entitlement = match &round {
        Some(round) if !begins => Some(round.entitlement.0.clone()),
        Some(round) => {
            Some(decide::of(tx, ticket, decide::Deciding::new(round.round + 1, now), &rules, now).await?)
        }
        None => None,
    };
    let number = round.as_ref().map_or(0, |round| round.round);
    let current = round.as_ref().filter(|_| !begins);
    let all = charging::time::of_ticket(tx, ticket.id).await?;
    let entries: Vec<TimeEntry> = charging::time::holding(&all)
        .into_iter()
        .filter(|e| e.round == number && current.is_some())
        .cloned()
        .collect();
    let mut approvals = charging::approvals::of_ticket(tx, ticket.id).await?;
    approvals.retain(|approval| approval.round == number && current.is_some());
    let sum = sum(&entries.iter().map(work_of).collect::<Vec<_>>());
    let agreements: Vec<_> = approvals.iter().map(Approval::agreement).collect();
    let (within, over) = agreed(sum.open, &agreements);
    let mut names = std::collections::HashMap::new();
    if !entries.is_empty() || !approvals.is_empty() {
        for agent in store::people::agents(tx).await? {
            names.insert(agent.id.to_string(), agent.name);
        }
    }
    for contact in approvals.iter().filter_map(|approval| approval.answered_by) {
        if let Some(contact) = store::parties::contact(tx, contact).await? {
            names.insert(contact.id.to_string(), contact.name);
        }
    }
    let timer = match charging::time::timer(tx, agent.id).await? {
        Some(timer) => store::tickets::get(tx, timer.ticket).await?.map(|t| (timer, t.number)),
        None => None,
    };
    Ok(OfTicket {
        ticket: ticket.id,
        entitlement,
        round: current.cloned(),
        sum,
        agreed: within,
        over,
        approvals,
        lines: charging::of_ticket(tx, ticket.id).await?,
        timer,
        names,
        rules,
        may_log: agent.may(Permission::ChargesLog) && agent.rights.may_work(ticket.kind),
        may_manage: agent.may(Permission::ChargesManage),
        entries,
    })
}

/// An entry as the rules look at it.
fn work_of(entry: &TimeEntry) -> Work {
    let prepaid = entry.drawn.0.iter().fold(0_u32, |sum, (_, minutes)| sum.saturating_add(*minutes));
    Work { minutes: entry.charged, chargeable: entry.chargeable, prepaid }
}
