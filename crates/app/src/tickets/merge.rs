//! Two tickets about one thing become one.

use std::sync::Arc;

use domain::{
    deed::Deed,
    id::{ContactId, TicketId, UndoId},
    ticket::{
        lifecycle::{self, Action, State},
        timeline::{Event, Undoable},
    },
};
use jiff::SignedDuration;
use store::{
    Tx,
    tickets::{self, Lane, Ticket},
};

use super::{
    undo::{Before, Offer, Undoing},
    work,
};
use crate::{Agent, App, Error, Result, diagnosis};

/// How long two tickets can be taken apart again, if nothing else happens to either.
const UNDO: SignedDuration = SignedDuration::from_hours(24);
/// How far mail is led on from one merged ticket to the next.
const STEPS: usize = 16;

/// What became of a ticket that was merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The number of the ticket in which it goes on.
    pub into: i64,
    /// How it is taken back.
    pub undo: Option<Offer>,
}

/// Lets a ticket go on in another one, by its number. It is closed, and its history stays where it is; what its people still
/// write joins the other one. Those of them who belong to the other ticket's customer follow that from now on.
///
/// # Errors
/// [`Error::Invalid`] `into`: `unknown` for a ticket that is not there or not to be seen, `itself`, `merged` if that one goes
/// on in yet another, `closed`, `other-customer` if they are two customers'. [`Error::Refused`] `wrong-state` if it was merged
/// before, `security-report` if one of them is shown to named people only; [`Error::Stale`] if it is not at `seen`; [`Error::Forbidden`] unless the agent may work on both.
pub async fn merge(app: &App, agent: &Agent, id: TicketId, into: i64, seen: Option<i64>) -> Result<Merged> {
    let now = app.now();
    let mut ids = app.ids(now);
    let unit = Arc::new((agent.clone(), ids.next(UndoId::new), ids, app.ids(now)));
    let (told, undo) = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, undo, ids, target_ids) = &*unit;
                let mut source = work::take(tx, agent, id, seen, ids.clone(), now).await?;
                if source.ticket.merged_into.is_some() {
                    return Err(Error::Refused("wrong-state"));
                }
                // Who has it, or waits for it, knows it by its own name.
                crate::handovers::may_end(tx, id, Action::Close).await?;
                let target = target(tx, agent, &source.ticket, into).await?;
                let mut target = work::take(tx, agent, target, None, target_ids.clone(), now).await?;
                let (was, target_was) = (source.ticket.clone(), target.ticket.clone());
                let followers = join(tx, &was, &target_was).await?;

                source.ticket.merged_into = Some(target_was.id);
                source.append(Event::MergedInto { ticket: target_was.id, number: target_was.number });
                let duplicate = diagnosis::merged(now, agent.id);
                diagnosis::settle(tx, &mut source, duplicate, State::Closed).await?;
                source.move_to(State::Closed, Some(Action::Close));
                target.append(Event::Merged { ticket: was.id, number: was.number });
                // What waits for us there waits for us here.
                if Lane::of(was.state) == Lane::Todo {
                    target.move_to(lifecycle::after_customer_wrote(target_was.state), None);
                }
                let before = Before::of(&target_was, &target).with_followers(followers);
                let tickets = vec![Before::of(&was, &source), before];
                let until = now.checked_add(UNDO).unwrap_or(now);
                store::queue::enqueue(tx, now, &crate::jobs::settle(&mut ids.after(), id, until)).await?;
                let kept = Undoing { what: Undoable::Merge, tickets };
                let undo = kept.keep(tx, *undo, agent, until, now).await?;
                let told =
                    [source.put(tx, Deed::TicketMerge).await?, target.put(tx, Deed::TicketMerge).await?];
                Ok((told, undo))
            })
        })
        .await?;
    told.into_iter().for_each(|change| app.live.tell(change));
    app.wake();
    Ok(Merged { into, undo })
}

/// The ticket of this number, if the source may go on in it.
async fn target(tx: &mut Tx, agent: &Agent, source: &Ticket, into: i64) -> Result<TicketId> {
    let target = tickets::by_number(tx, into).await?.filter(|t| agent.sees(t).is_ok());
    let target = target.ok_or(Error::invalid("into", "unknown"))?;
    // The people of one would come to read the other.
    if source.circle.is_some() || target.circle.is_some() {
        return Err(Error::Refused("security-report"));
    }
    if target.id == source.id {
        return Err(Error::invalid("into", "itself"));
    }
    if target.merged_into.is_some() {
        return Err(Error::invalid("into", "merged"));
    }
    if target.state == State::Closed {
        return Err(Error::invalid("into", "closed"));
    }
    match (source.customer, target.customer) {
        (Some(one), Some(other)) if one != other => Err(Error::invalid("into", "other-customer")),
        _ => Ok(target.id),
    }
}

/// Makes the people of the source follow the target, as far as they belong to its customer: nobody comes to read a
/// stranger's conversation. Who was not there before.
async fn join(tx: &mut Tx, source: &Ticket, target: &Ticket) -> Result<Vec<ContactId>> {
    let Some(customer) = target.customer else { return Ok(Vec::new()) };
    let there: Vec<ContactId> =
        store::followers::of_ticket(tx, target.id).await?.iter().map(|f| f.id).collect();
    let theirs = store::followers::of_ticket(tx, source.id).await?;
    let people = source.contact.into_iter().chain(theirs.into_iter().map(|f| f.id));
    let mut joined = Vec::new();
    for contact in people {
        if Some(contact) == target.contact || there.contains(&contact) || joined.contains(&contact) {
            continue;
        }
        let belongs = store::parties::affiliations(tx, contact).await?;
        if belongs.iter().any(|a| a.customer == customer) {
            store::followers::follow(tx, target.id, contact).await?;
            joined.push(contact);
        }
    }
    Ok(joined)
}

/// The ticket in which this one goes on; itself if it was not merged.
pub(crate) async fn led_on(tx: &mut Tx, ticket: Ticket) -> Result<Ticket> {
    let mut ticket = ticket;
    for _ in 0..STEPS {
        let Some(next) = ticket.merged_into else { break };
        let Some(next) = tickets::get(tx, next).await? else { break };
        ticket = next;
    }
    Ok(ticket)
}
