//! A leg as this desk keeps it: its clock, and what the ticket's timeline says of it.

use std::collections::BTreeSet;

use domain::{
    access::Permission,
    clock::{
        self, ClockError,
        running::{Clock, Event as ClockEvent, Fact},
    },
    handover::{
        Leg,
        states::{Back, Outcome},
    },
    id::{HandoverId, TicketId},
    offering::Terms,
    ticket::timeline::{Actor, Event},
};
use jiff::Timestamp;
use store::{
    Tx,
    handovers::{self, Handover},
    tickets::NEVER,
};

use super::follow;
use crate::{Agent, Error, Ids, Result, jobs, tickets::Hand, wallet};

/// A leg that an agent may work on, with the ticket in hand.
pub(super) async fn take(
    tx: &mut Tx,
    agent: &Agent,
    id: HandoverId,
    ids: Ids,
    now: Timestamp,
) -> Result<(Handover, Hand)> {
    agent.require(Permission::TicketEscalate)?;
    let leg = handovers::get(tx, id).await?.ok_or(Error::NotFound("hand-over"))?;
    let ticket = leg.ticket.ok_or(Error::NotFound("hand-over"))?;
    let hand = crate::tickets::take(tx, agent, ticket, None, ids, now).await?;
    Ok((leg, hand))
}

/// The terms of what is used of the supplier's, if it is known.
pub(super) async fn terms(tx: &mut Tx, leg: &Handover) -> Result<Option<Terms>> {
    let Some(offering) = leg.offering else { return Ok(None) };
    Ok(store::offerings::get(tx, offering).await?.map(|offering| offering.terms.0))
}

/// The supplier's clocks: its promises, in its hours, from the instant at which it took the ticket.
pub(crate) fn clocks(leg: &Handover, terms: Option<&Terms>, now: Timestamp) -> Result<Vec<Clock>> {
    let (Some(terms), Some(from), true) = (terms, leg.held_from, leg.outgoing) else { return Ok(Vec::new()) };
    let calendar = clock::Calendar::try_from(terms.hours.clone()).map_err(Error::internal)?;
    let targets = terms.promises.of(leg.severity);
    match clock::running::clocks(&calendar, &targets, from, &leg.facts.0, now) {
        Err(ClockError::NeverOpen | ClockError::NoDueTime) => Ok(Vec::new()),
        other => other.map_err(Error::internal),
    }
}

/// Something happened that matters to the supplier's clock.
pub(super) fn fact(leg: &mut Handover, what: ClockEvent, at: Timestamp) {
    if leg.outgoing {
        leg.facts.0.push(Fact { at, what });
    }
}

/// Holds, uses or gives back the unit that a leg takes, by where it stands. It may be asked again.
pub(super) async fn wallet(tx: &mut Tx, leg: &Handover, actor: Actor, now: Timestamp) -> Result<()> {
    let (Some(entitlement), true) = (leg.entitlement, leg.outgoing) else { return Ok(()) };
    let case =
        wallet::Case { key: leg.id.to_string(), ticket: leg.ticket, actor, reason: String::new(), now };
    match leg.state {
        Leg::Offered => wallet::reserve(tx, entitlement, &case).await.map(drop),
        Leg::InProgress => wallet::consume(tx, entitlement, &case).await.map(drop),
        Leg::Withdrawn | Leg::Declined | Leg::Expired => wallet::release(tx, &case).await.map(drop),
        Leg::Draft
        | Leg::Accepted
        | Leg::Returned
        | Leg::Approved
        | Leg::SentBack
        | Leg::LetGo
        | Leg::Closed => Ok(()),
    }
}

/// Writes a leg after a change: what is due of it, and when somebody is to ask.
pub(super) async fn put(tx: &mut Tx, leg: &mut Handover, ids: &mut Ids, now: Timestamp) -> Result<()> {
    let terms = terms(tx, leg).await?;
    if leg.state != Leg::Offered {
        wallet(tx, leg, Actor::System, now).await?;
    }
    leg.changed_at = now;
    leg.live = !leg.state.is_over() && leg.state != Leg::Approved;
    leg.due_at = NEVER;
    leg.chase_at = None;
    if leg.state.is_offered() {
        leg.due_at = leg.expires_at.unwrap_or(NEVER);
        let job = jobs::offer_over(ids, leg.id, leg.due_at);
        if leg.outgoing && leg.due_at != NEVER {
            store::queue::enqueue(tx, now, &job).await?;
        }
    } else if leg.state.is_away() && leg.outgoing {
        let due = clock::running::due_soonest(&clocks(leg, terms.as_ref(), now)?);
        leg.due_at = due.unwrap_or(NEVER);
        leg.chase_at = due.filter(|due| *due > now);
        if let Some(at) = leg.chase_at {
            store::queue::enqueue(tx, now, &jobs::chase(ids, leg.id, at)).await?;
        }
    }
    handovers::update(tx, leg).await?;
    follow::stir(tx, leg, ids, now).await
}

/// Notes how a leg came back. That something was missing is counted each time, and stays counted when it has come back
/// otherwise since.
pub(super) fn came_back(leg: &mut Handover, back: &Back) {
    leg.outcome = Some(back.outcome);
    if back.outcome == Outcome::DataMissing {
        leg.bounces += 1;
        leg.missing.0.clone_from(&back.missing);
    }
}

/// Notes that a leg came back otherwise than it was said: the last time is counted anew.
pub(super) fn judge(leg: &mut Handover, back: &Back) {
    if leg.outcome == Some(Outcome::DataMissing) {
        leg.bounces -= 1;
        leg.missing.0.clear();
    }
    came_back(leg, back);
}

/// What the timeline says of a leg that has moved on.
pub(super) fn moved(leg: &Handover) -> Event {
    let back = leg.outcome.filter(|_| leg.state == Leg::Returned);
    said(leg, leg.state, back)
}

/// What the timeline says of how a leg came back, or was not taken, wherever it stands by now.
pub(super) fn back(leg: &Handover) -> Event {
    said(leg, if leg.state == Leg::Declined { Leg::Declined } else { Leg::Returned }, leg.outcome)
}

fn said(leg: &Handover, state: Leg, outcome: Option<Outcome>) -> Event {
    let is_bounce = outcome == Some(Outcome::DataMissing);
    Event::HandedOver {
        handover: leg.id,
        leg: state,
        with: leg.party.clone(),
        out: leg.outgoing,
        outcome,
        missing: if is_bounce { leg.missing.0.clone() } else { BTreeSet::new() },
    }
}

/// The other legs of a ticket that go out from it, without those that were only prepared.
pub(super) async fn others(tx: &mut Tx, ticket: TicketId, but: Option<HandoverId>) -> Result<Vec<Handover>> {
    let mut legs = handovers::of_ticket(tx, ticket).await?;
    legs.retain(|leg| leg.outgoing && Some(leg.id) != but && leg.state != Leg::Draft);
    Ok(legs)
}
