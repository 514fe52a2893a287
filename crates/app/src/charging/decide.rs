//! What a request is entitled to: decided when it comes, and again when it becomes another one.

use domain::{
    access::Permission,
    charging::{
        entitlement::{Entitlement, Facts, Resolved, decide},
        prepaid::Contract,
        rules::Rules,
        work::Answer,
    },
    clock::running::Event as ClockEvent,
    deed::Deed,
    id::{CustomerId, DeskId, PrepaidId, TicketId},
    ticket::{
        kinds::{Kind, Service},
        timeline::Actor,
    },
    vehicle::wallet::Act,
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Json, Tx,
    charging::{self, Round, approvals, time},
    prepaid::Prepaid,
    records,
    tickets::Ticket,
};

use super::{NOTE, prepaid, rules_in, time as logged};
use crate::{Agent, App, Error, Ids, Result, audit, catalogue, error, jobs, wallet};

/// A customer's contract, as the rules look at it.
fn as_rule(row: Prepaid) -> Contract {
    Contract { id: row.id, name: row.name, holds: row.holds, left: row.balance, from: row.from, to: row.to }
}

/// The contracts of a customer.
pub(super) async fn contracts(tx: &mut Tx, customer: Option<CustomerId>) -> Result<Vec<Contract>> {
    let Some(customer) = customer else { return Ok(Vec::new()) };
    Ok(store::prepaid::of_customer(tx, customer).await?.into_iter().map(as_rule).collect())
}

/// When a ticket was resolved last.
fn resolved(ticket: &Ticket) -> Option<Resolved> {
    let last = ticket.facts.0.iter().rev().find(|fact| fact.what == ClockEvent::Resolved)?;
    Some(Resolved { number: ticket.number, at: last.at })
}

/// When the same matter was resolved before this round began: in the round before, or in the ticket that it goes on from.
async fn resolved_before(tx: &mut Tx, ticket: &Ticket, round: i64) -> Result<Option<Resolved>> {
    if round > 1 {
        let rounds = charging::rounds(tx, ticket.id).await?;
        let before = rounds.iter().find(|before| before.round == round - 1).and_then(|r| r.settled_at);
        return Ok(before.map(|at| Resolved { number: ticket.number, at }));
    }
    let Some(parent) = ticket.parent else { return Ok(None) };
    Ok(store::tickets::get(tx, parent).await?.as_ref().and_then(resolved))
}

/// The round that is decided.
pub(super) struct Deciding<'d> {
    /// Its number.
    pub(super) number: i64,
    /// When it began.
    pub(super) began: Timestamp,
    /// Why it is Microsoft's fault, if somebody has said so.
    pub(super) microsoft: Option<&'d str>,
    /// What it has taken itself, and would be there for it.
    pub(super) taken: &'d [(PrepaidId, u32)],
}

impl Deciding<'_> {
    /// One that begins now.
    pub(super) const fn new(number: i64, now: Timestamp) -> Self {
        Self { number, began: now, microsoft: None, taken: &[] }
    }
}

/// What a ticket is entitled to now.
pub(super) async fn of(
    tx: &mut Tx,
    ticket: &Ticket,
    round: Deciding<'_>,
    rules: &Rules,
    now: Timestamp,
) -> Result<Entitlement> {
    let before = resolved_before(tx, ticket, round.number).await?;
    let covered = match ticket.offering {
        Some(id) => store::offerings::get(tx, id).await?,
        None => None,
    };
    let mut contracts = contracts(tx, ticket.customer).await?;
    for (id, units) in round.taken {
        if let Some(contract) = contracts.iter_mut().find(|contract| contract.id == *id) {
            contract.left = contract.left.saturating_add(*units);
        }
    }
    let facts = Facts {
        came: if round.number > 1 { round.began } else { ticket.created_at },
        at: now,
        kind: ticket.kind,
        security: ticket.circle.is_some(),
        has_customer: ticket.customer.is_some(),
        resolved: before,
        covered: covered.as_ref().map(|o| (o.id, o.name.as_str(), o.terms.0.price)),
        contracts: &contracts,
        microsoft: round.microsoft,
    };
    Ok(decide(&facts, rules))
}

/// Decides for a request that comes, or that comes back.
pub(crate) async fn begin(tx: &mut Tx, ticket: &Ticket, round: i64, now: Timestamp) -> Result<Round> {
    let (rules, _) = rules_in(tx).await?;
    let entitlement = of(tx, ticket, Deciding::new(round, now), &rules, now).await?;
    let mut row = Round {
        ticket: ticket.id,
        round,
        entitlement: Json(entitlement),
        microsoft: None,
        held: None,
        decided_at: now,
        settled_at: None,
        unconfirmed: 0,
        version: 1,
    };
    hold(tx, &mut row, 1, now).await?;
    charging::add_round(tx, &row).await?;
    Ok(row)
}

/// The round in which work on a ticket is done now.
pub(super) async fn current(tx: &mut Tx, ticket: &Ticket, now: Timestamp) -> Result<Round> {
    match charging::round(tx, ticket.id).await? {
        None => begin(tx, ticket, 1, now).await,
        Some(round) if round.settled_at.is_some() && ticket.state.is_active() => {
            begin(tx, ticket, round.round + 1, now).await
        }
        Some(round) => Ok(round),
    }
}

/// Holds the incident of a pack that it is entitled to.
async fn hold(tx: &mut Tx, round: &mut Round, attempt: i64, now: Timestamp) -> Result<()> {
    let Entitlement::Pack { contract, .. } = &round.entitlement.0 else { return Ok(()) };
    let key = format!("{}/{}/{attempt}", round.ticket, round.round);
    prepaid::take(tx, *contract, Act::Reserve, 1, &case(&key, round.ticket, now)).await?;
    round.held = Some(key);
    Ok(())
}

/// Gives back what it holds, or has used.
async fn let_go(tx: &mut Tx, round: &mut Round, now: Timestamp) -> Result<()> {
    let (Some(key), Entitlement::Pack { contract, .. }) = (round.held.take(), &round.entitlement.0) else {
        return Ok(());
    };
    prepaid::give_back(tx, *contract, &case(&key, round.ticket, now)).await
}

pub(super) fn case(key: &str, ticket: TicketId, now: Timestamp) -> wallet::Case {
    wallet::Case { key: key.into(), ticket: Some(ticket), actor: Actor::System, reason: String::new(), now }
}

/// Decides again, as the matter is another one; whether that changed anything. What the customer has confirmed stays, and
/// so does what was charged.
pub(crate) async fn redecide(tx: &mut Tx, ticket: &Ticket, ids: &mut Ids, now: Timestamp) -> Result<bool> {
    let Some(round) = charging::round(tx, ticket.id).await? else { return Ok(false) };
    let asked = approvals::of_ticket(tx, ticket.id).await?;
    let confirmed = asked.iter().any(|a| a.round == round.round && a.answer == Answer::Confirmed);
    if round.settled_at.is_some() || confirmed {
        return Ok(false);
    }
    let taken = taken(tx, &round).await?;
    let (rules, _) = rules_in(tx).await?;
    let deciding = Deciding {
        number: round.round,
        began: round.decided_at,
        microsoft: round.microsoft.as_deref(),
        taken: &taken,
    };
    let entitlement = of(tx, ticket, deciding, &rules, now).await?;
    if same(&entitlement, &round.entitlement.0) {
        return Ok(false);
    }
    entitle(tx, ticket, round, entitlement, ids, now).await?;
    Ok(true)
}

/// What a round has taken of contracts and not given back.
async fn taken(tx: &mut Tx, round: &Round) -> Result<Vec<(PrepaidId, u32)>> {
    let all = time::of_ticket(tx, round.ticket).await?;
    let of_round = time::holding(&all).into_iter().filter(|e| e.round == round.round);
    let drawn = of_round.flat_map(|entry| entry.drawn.0.iter().copied());
    Ok(held(round).map(|(id, _)| (id, 1)).into_iter().chain(drawn).collect())
}

/// Whether it is the same but for how much was left when it was decided.
fn same(one: &Entitlement, other: &Entitlement) -> bool {
    use Entitlement::{Pack, Prepaid};
    match (one, other) {
        (
            Prepaid { contract, beyond, .. },
            Prepaid { contract: other_contract, beyond: other_beyond, .. },
        ) => contract == other_contract && beyond == other_beyond,
        (Pack { contract, .. }, Pack { contract: other, .. }) => contract == other,
        (one, other) => one == other,
    }
}

/// Writes what it is entitled to from now on. Its work is drawn anew, and what nobody has answered is withdrawn if it was
/// asked for another price.
async fn entitle(
    tx: &mut Tx,
    ticket: &Ticket,
    mut round: Round,
    entitlement: Entitlement,
    ids: &mut Ids,
    now: Timestamp,
) -> Result<()> {
    let price_before = round.entitlement.0.price();
    let_go(tx, &mut round, now).await?;
    let draws = round.entitlement.0.draws() || entitlement.draws();
    round.entitlement = Json(entitlement);
    // What was given back is not held again under the same key.
    let attempt = round.version + 1;
    hold(tx, &mut round, attempt, now).await?;
    charging::set_round(tx, &round).await?;
    if round.entitlement.0.price() != price_before {
        for asked in approvals::of_ticket(tx, ticket.id).await? {
            if asked.round == round.round && asked.answer == Answer::Asked {
                approvals::answer(tx, asked.id, Answer::Withdrawn, None, now).await?;
            }
        }
    }
    if draws {
        let all = time::of_ticket(tx, ticket.id).await?;
        let of_round: Vec<_> =
            time::holding(&all).into_iter().filter(|e| e.round == round.round).cloned().collect();
        for entry in of_round {
            logged::redraw(tx, ticket, &round, &entry, ids, now).await?;
        }
    }
    Ok(())
}

/// Decides again by hand: after a contract was sold, a price agreed, another plan given. A pack keeps its incident.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`] for a ticket on which the agent may not work; [`Error::Refused`] `charge-confirmed` where the
/// customer has confirmed something, or it was charged.
pub async fn again(app: &App, agent: &Agent, id: TicketId) -> Result<()> {
    agent.require(Permission::ChargesLog)?;
    let now = app.now();
    let unit = std::sync::Arc::new((agent.clone(), app.ids(now)));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, ids) = &*unit;
                let mut ids = ids.clone();
                let ticket = logged::workable(tx, agent, id).await?;
                // The customer may have another plan by now, as of the day on which it asked.
                let asked = catalogue::Asked {
                    customer: ticket.customer,
                    service: ticket.service,
                    kind: ticket.kind,
                };
                let cover = catalogue::cover(tx, &asked, ticket.created_at).await?;
                let ticket = Ticket { offering: cover.offering.map(|o| o.id), ..ticket };
                let round = current(tx, &ticket, now).await?;
                if !redecide(tx, &ticket, &mut ids, now).await? {
                    let stands = approvals::of_ticket(tx, id).await?;
                    let confirmed =
                        |a: &approvals::Approval| a.round == round.round && a.answer == Answer::Confirmed;
                    if round.settled_at.is_some() || stands.iter().any(confirmed) {
                        return Err(Error::Refused("charge-confirmed"));
                    }
                }
                let act = audit::act(&mut ids, now, agent.actor(), Deed::ChargeDecide, &id, json!({}));
                Ok::<_, Error>(records::audit(tx, &act).await?)
            })
        })
        .await
}

/// Says that it is Microsoft's fault, and why: what was taken is given back, and nothing is charged for. An empty reason
/// takes that back.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]; [`Error::Refused`] `charge-invoiced`: then a credit note is the way.
pub async fn fault(app: &App, agent: &Agent, id: TicketId, reason: &str) -> Result<()> {
    agent.require(Permission::ChargesLog)?;
    let reason = match reason.trim() {
        "" => None,
        reason => Some(error::body("reason", reason, NOTE)?),
    };
    let now = app.now();
    let unit = std::sync::Arc::new((agent.clone(), reason, app.ids(now)));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, reason, ids) = &*unit;
                let mut ids = ids.clone();
                let ticket = logged::workable(tx, agent, id).await?;
                let mut round = current(tx, &ticket, now).await?;
                super::lines::not_invoiced(tx, &round).await?;
                let taken = taken(tx, &round).await?;
                round.microsoft.clone_from(reason);
                let (rules, _) = rules_in(tx).await?;
                let deciding = Deciding {
                    number: round.round,
                    began: round.decided_at,
                    microsoft: reason.as_deref(),
                    taken: &taken,
                };
                let entitlement = of(tx, &ticket, deciding, &rules, now).await?;
                let settled = round.settled_at.is_some();
                entitle(tx, &ticket, round, entitlement, &mut ids, now).await?;
                if settled {
                    store::queue::enqueue(tx, now, &jobs::charge(&mut ids, id, now)).await?;
                }
                let what = json!({ "microsoft": reason.is_some() });
                let act = audit::act(&mut ids, now, agent.actor(), Deed::ChargeDecide, &id, what);
                Ok::<_, Error>(records::audit(tx, &act).await?)
            })
        })
        .await?;
    app.wake();
    Ok(())
}

/// What a request of a customer would be entitled to that came now.
///
/// # Errors
/// As the database says.
pub async fn preview(
    app: &App,
    desk: DeskId,
    customer: Option<CustomerId>,
    service: Service,
    kind: Kind,
) -> Result<Entitlement> {
    let now = app.now();
    app.store
        .read(desk, move |tx| {
            Box::pin(async move {
                let (rules, _) = rules_in(tx).await?;
                let asked = catalogue::Asked { customer, service, kind };
                let cover = catalogue::cover(tx, &asked, now).await?;
                let covered = match cover.offering {
                    Some(offering) => store::offerings::get(tx, offering.id).await?,
                    None => None,
                };
                let contracts = contracts(tx, customer).await?;
                let facts = Facts {
                    came: now,
                    at: now,
                    kind,
                    security: false,
                    has_customer: customer.is_some(),
                    resolved: None,
                    covered: covered.as_ref().map(|o| (o.id, o.name.as_str(), o.terms.0.price)),
                    contracts: &contracts,
                    microsoft: None,
                };
                Ok(decide(&facts, &rules))
            })
        })
        .await
}

/// The contract of an incident that a round holds.
pub(super) fn held(round: &Round) -> Option<(PrepaidId, &str)> {
    match (&round.entitlement.0, round.held.as_deref()) {
        (Entitlement::Pack { contract, .. }, Some(key)) => Some((*contract, key)),
        _ => None,
    }
}
