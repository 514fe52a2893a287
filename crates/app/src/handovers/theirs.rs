//! What the desk does to which something was handed over.

use std::sync::Arc;

use domain::{
    access::{Permission, Visibility},
    clock::running::Event as ClockEvent,
    deed::Deed,
    handover::{
        Custody, Hash, Key, Leg, Link,
        message::Hours,
        package::Enclosed,
        states::{Back, Outcome},
    },
    id::{DeskId, EntryId, HandoverId, TicketId},
    ticket::{
        kinds::Channel,
        lifecycle::{Action, State},
        timeline::{Event, Message},
    },
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Tx,
    handovers::{self, Handover},
    records, search,
};

use super::{
    case::{self, Case},
    keys::Ring,
    legs, steps,
};
use crate::{
    Agent, App, Error, Ids, Result, audit, error, live,
    tickets::{File, Hand, TEXT},
};

/// Takes what was offered. The ticket is opened when the offerer has confirmed: until then it may take the offer back.
///
/// # Errors
/// Without [`Permission::TicketEscalate`]; `wrong-state` for what is not offered any more, `offer-over` after its
/// time.
pub async fn accept(app: &App, agent: &Agent, id: HandoverId) -> Result<()> {
    say(app, agent, id, None).await
}

/// Does not take what was offered; `back` says whether that is for want of something.
///
/// # Errors
/// As [`accept`]; a reason that is empty or too long; `outcome` for what is said of an answer.
pub async fn decline(
    app: &App,
    agent: &Agent,
    id: HandoverId,
    reason: &str,
    back: impl Into<Back>,
) -> Result<()> {
    let back = back.into();
    if !matches!(back.outcome, Outcome::Declined | Outcome::DataMissing) {
        return Err(Error::invalid("outcome", "not-allowed"));
    }
    say(app, agent, id, Some((error::body("reason", reason, TEXT)?, back))).await
}

async fn say(app: &App, agent: &Agent, id: HandoverId, no: Option<(String, Back)>) -> Result<()> {
    agent.require(Permission::TicketEscalate)?;
    let now = app.now();
    let unit = Arc::new((agent.clone(), Ring::load(app, agent.desk).await?, no, app.ids(now)));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, ring, no, ids) = &*unit;
                let mut ids = ids.clone();
                let leg = handovers::get(tx, id).await?.filter(|leg| !leg.outgoing);
                let mut leg = leg.ok_or(Error::NotFound("hand-over"))?;
                agent.sees_kind(leg.package.0.about.kind).map_err(|_| Error::NotFound("hand-over"))?;
                if leg.state != Leg::Offered {
                    return Err(Error::Refused("wrong-state"));
                }
                if leg.expires_at.is_some_and(|at| at < now) {
                    return Err(Error::Refused("offer-over"));
                }
                let case = Case::of(tx, &leg).await?;
                let (offerer, hash) = offered(&case, &leg)?;
                let link = match no {
                    Some((reason, back)) => {
                        Link::Decline { offer: hash, reason: reason.clone(), missing: back.in_answer() }
                    }
                    None => Link::Accept {
                        offer: hash,
                        calendar: Hours(Box::new(case::hours(tx).await?)),
                        number: String::new(),
                    },
                };
                case.say(tx, ring, &offerer, link, now).await?;
                leg.state = if no.is_some() { Leg::Declined } else { Leg::Accepted };
                if let Some((_, back)) = no.as_ref().filter(|(_, back)| back.outcome == Outcome::DataMissing)
                {
                    legs::came_back(&mut leg, back);
                }
                legs::put(tx, &mut leg, &mut ids, now).await?;
                case.spread(tx, &mut ids, now).await?;
                let data = json!({ "state": leg.state, "with": leg.party });
                let act = audit::act(&mut ids, now, agent.actor(), Deed::HandOver, &leg.id, data);
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await?;
    app.wake();
    Ok(())
}

/// Who offered a leg to us, and the offer's hash.
pub(super) fn offered(case: &Case, leg: &Handover) -> Result<(Key, Hash)> {
    let place = leg.offer.ok_or(Error::Refused("wrong-state"))?;
    let stretch = case.chain.leg(place).ok_or(Error::Refused("wrong-state"))?;
    let offerer = case.chain.members().get(stretch.offerer).and_then(|member| member.key.clone());
    Ok((offerer.ok_or(Error::Refused("wrong-state"))?, stretch.hash))
}

/// What an answer on a ticket needs that another desk handed over to this one.
#[derive(Clone, Debug)]
pub(crate) struct Owed {
    leg: HandoverId,
    ring: Ring,
    ids: Ids,
}

/// Whether a ticket is one that another desk handed over and waits for.
pub(crate) async fn owed(app: &App, desk: DeskId, ticket: TicketId) -> Result<Option<Owed>> {
    let leg = app
        .store
        .read(desk, move |tx| {
            Box::pin(async move {
                let legs = handovers::of_ticket(tx, ticket).await?;
                Ok::<_, Error>(legs.into_iter().find(|leg| !leg.outgoing && leg.state.is_away()))
            })
        })
        .await?;
    let Some(leg) = leg else { return Ok(None) };
    Ok(Some(Owed { leg: leg.id, ring: Ring::load(app, desk).await?, ids: app.ids(app.now()) }))
}

/// An answer to the ticket's customer, which is another desk, goes there: as a word, or as what it is given back with.
pub(crate) async fn answered(
    tx: &mut Tx,
    owed: &Owed,
    hand: &mut Hand,
    said: (&str, &[File]),
    back: Option<&Back>,
    now: Timestamp,
) -> Result<()> {
    let text = said.0;
    let files: Vec<Enclosed> = said.1.iter().map(File::enclosed).collect();
    let mut ids = owed.ids.clone();
    let mut leg = handovers::get(tx, owed.leg).await?.ok_or(Error::NotFound("hand-over"))?;
    if !leg.state.is_away() {
        return Err(Error::Refused("wrong-state"));
    }
    let mut case = Case::of(tx, &leg).await?;
    let (offerer, _) = offered(&case, &leg)?;
    match back {
        None => {
            case.say(tx, &owed.ring, &offerer, Link::Text { text: text.to_owned(), files }, now).await?;
        }
        Some(back) => {
            for mut other in legs::others(tx, hand.ticket.id, None).await? {
                if other.state.is_offered() || other.state.is_away() {
                    return Err(Error::Refused("handed-over"));
                }
                if other.state == Leg::Returned {
                    steps::approve_leg(tx, &owed.ring, &mut case, &mut other, &mut ids, now).await?;
                    hand.append(legs::moved(&other));
                }
            }
            let offer = leg.offer.ok_or(Error::Refused("wrong-state"))?;
            let link = Link::Answer { text: text.to_owned(), files, missing: back.in_answer() };
            let answer = case.say(tx, &owed.ring, &offerer, link, now).await?.hash;
            let outcome = back.in_chain();
            case.write(tx, &owed.ring, Custody::Return { offer, outcome, answer }, now).await?;
            steps::returned(&mut leg, text, back, case.chain.at());
            legs::put(tx, &mut leg, &mut ids, now).await?;
            hand.append(legs::moved(&leg));
        }
    }
    case.spread(tx, &mut ids, now).await
}

/// Gives a ticket back to the desk that handed it over, with an answer. The ticket is resolved here.
///
/// # Errors
/// Without [`Permission::TicketEscalate`]; an empty or too long answer; `handed-over` where somebody further on has it,
/// `wrong-state` where it is not here.
pub async fn give_back(
    app: &App,
    agent: &Agent,
    id: HandoverId,
    answer: &str,
    back: impl Into<Back>,
) -> Result<()> {
    let back = back.into();
    let text = error::body("answer", answer, TEXT)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let entry = ids.next(EntryId::new);
    let terms = search::analyse(&text, agent.lang);
    let owed = Owed { leg: id, ring: Ring::load(app, agent.desk).await?, ids: app.ids(now) };
    let unit = Arc::new((agent.clone(), text, terms, ids, owed, back));
    let told: live::Change = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, text, terms, ids, owed, back) = &*unit;
                let (leg, mut hand) = legs::take(tx, agent, id, ids.clone(), now).await?;
                if leg.outgoing {
                    return Err(Error::Refused("wrong-state"));
                }
                crate::diagnosis::may_go(tx, &hand.ticket, State::Resolved).await?;
                hand.append_as(entry, Event::Reply(word(text)));
                hand.index(Some(entry), Visibility::Public, terms);
                answered(tx, owed, &mut hand, (text, &[]), Some(back), now).await?;
                handovers::told(tx, hand.ticket.id, entry).await?;
                hand.move_to(State::Resolved, Some(Action::Resolve));
                hand.put(tx, Deed::HandOver).await
            })
        })
        .await?;
    app.live.tell(told);
    app.wake();
    Ok(())
}

/// A text that travels between desks, as the timeline has messages.
pub(super) fn word(text: &str) -> Message {
    Message {
        channel: Channel::Api,
        from: None,
        to: Vec::new(),
        cc: Vec::new(),
        text: text.to_owned(),
        quoted: String::new(),
        html: false,
        warnings: Vec::new(),
        message_id: None,
        attachments: 0,
    }
}

/// A word came from the other side of a leg that goes out: it matters to the supplier's clock.
pub(super) fn heard(leg: &mut Handover, at: Timestamp) {
    legs::fact(leg, ClockEvent::Answered, at);
}
