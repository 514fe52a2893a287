//! Taking back what was just done with tickets, as long as nothing else has happened to them. (Answers are taken back
//! by their entry: what they said becomes a draft again.)

use std::sync::Arc;

use domain::{
    clock::running::Fact,
    deed::Deed,
    id::{AgentId, ContactId, EntryId, TeamId, TicketId, UndoId},
    ticket::{
        lifecycle::State,
        timeline::{Event, Undoable},
    },
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Json, Tx, tickets::Ticket, undos};

use super::{Hand, work};
use crate::{Agent, App, Error, Ids, Result, diagnosis, live};

/// What can be taken back, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// By this name.
    pub id: UndoId,
    /// Until then.
    pub until: Timestamp,
}

/// What was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// What that was.
    pub what: Undoable,
    /// The numbers of the tickets that are as they were.
    pub tickets: Vec<i64>,
    /// How many stay as they are, because something else has happened to them.
    pub left: usize,
}

/// A ticket as it was before something that can be taken back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Before {
    ticket: TicketId,
    /// Its version after it: with another one, something else has happened.
    version: i64,
    state: State,
    reopen_until: Option<Timestamp>,
    facts: Vec<Fact>,
    assignee: Option<AgentId>,
    team: Option<TeamId>,
    tags: Vec<String>,
    snoozed_until: Option<Timestamp>,
    merged_into: Option<TicketId>,
    /// Who follows it since.
    followers: Vec<ContactId>,
    /// What customers can read since: it is hidden again.
    public: Vec<EntryId>,
}

impl Before {
    /// How a ticket was that is in the hand, changed and not yet written.
    pub(super) fn of(was: &Ticket, hand: &Hand) -> Self {
        Self {
            ticket: was.id,
            version: was.version + 1,
            state: was.state,
            reopen_until: was.reopen_until,
            facts: was.facts.0.clone(),
            assignee: was.assignee,
            team: was.team,
            tags: was.tags.0.clone(),
            snoozed_until: was.snoozed_until,
            merged_into: was.merged_into,
            followers: Vec::new(),
            public: hand.made_public(),
        }
    }

    /// The same, with those who follow it since.
    pub(super) fn with_followers(self, followers: Vec<ContactId>) -> Self {
        Self { followers, ..self }
    }

    /// Makes the ticket what it was.
    async fn restore(&self, tx: &mut Tx, mut hand: Hand, what: Undoable) -> Result<live::Change> {
        if hand.ticket.merged_into.is_some() && self.merged_into.is_none() {
            diagnosis::unmerge(tx, self.ticket).await?;
        }
        let t = &mut hand.ticket;
        (t.state, t.reopen_until) = (self.state, self.reopen_until);
        (t.assignee, t.team) = (self.assignee, self.team);
        (t.facts, t.tags) = (Json(self.facts.clone()), Json(self.tags.clone()));
        (t.snoozed_until, t.merged_into) = (self.snoozed_until, self.merged_into);
        for follower in &self.followers {
            store::followers::unfollow(tx, self.ticket, *follower).await?;
        }
        for entry in &self.public {
            store::timeline::hide(tx, self.ticket, *entry).await?;
        }
        hand.append(Event::Undone { what });
        hand.put(tx, Deed::TicketUndo).await
    }
}

/// Something that can be taken back.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Undoing {
    pub(super) what: Undoable,
    pub(super) tickets: Vec<Before>,
}

impl Undoing {
    /// Keeps it until then, in the transaction that does what can be taken back; none if there is no time for it.
    pub(super) async fn keep(
        &self,
        tx: &mut Tx,
        id: UndoId,
        agent: &Agent,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<Option<Offer>> {
        if until <= now {
            return Ok(None);
        }
        let data = serde_json::to_value(self).map_err(Error::internal)?;
        undos::add(tx, &undos::Undo { id, agent: agent.id, until, data }).await?;
        Ok(Some(Offer { id, until }))
    }
}

/// How this agent takes back the merging of a ticket, as long as it can and nothing else has happened to either.
pub(super) async fn of_merge(
    tx: &mut Tx,
    agent: AgentId,
    ticket: &Ticket,
    now: Timestamp,
) -> Result<Option<Offer>> {
    for kept in undos::open(tx, agent, now).await? {
        let undoing: Undoing = serde_json::from_value(kept.data).map_err(Error::internal)?;
        let is_it = |before: &Before| before.ticket == ticket.id && before.version == ticket.version;
        if undoing.what != Undoable::Merge || !undoing.tickets.iter().any(is_it) {
            continue;
        }
        for before in &undoing.tickets {
            let there = store::tickets::get(tx, before.ticket).await?;
            if there.is_none_or(|there| there.version != before.version) {
                return Ok(None);
            }
        }
        return Ok(Some(Offer { id: kept.id, until: kept.until }));
    }
    Ok(None)
}

/// Takes back what this agent did. Of several tickets those stay as they are to which something else has happened since.
///
/// # Errors
/// [`Error::NotFound`] for what is not there or somebody else's; [`Error::Refused`] `undo-over` after its time, or if
/// something else has happened to each of the tickets, or to one of two that were merged. [`Error::Forbidden`] if the agent
/// may not work on them any more.
pub async fn undo(app: &App, agent: &Agent, id: UndoId) -> Result<Undone> {
    let now = app.now();
    let most = super::MOST_AT_ONCE.max(2);
    let ids: Vec<Ids> = (0..most).map(|_| app.ids(now)).collect();
    let unit = Arc::new((agent.clone(), ids));
    let (told, undone) = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, ids) = &*unit;
                let kept = undos::get(tx, id).await?.filter(|kept| kept.agent == agent.id);
                let kept = kept.ok_or(Error::NotFound("undo"))?;
                if kept.until < now {
                    return Err(Error::Refused("undo-over"));
                }
                let undoing: Undoing = serde_json::from_value(kept.data).map_err(Error::internal)?;
                let (mut told, mut left) = (Vec::new(), 0);
                for (before, ids) in undoing.tickets.iter().zip(ids) {
                    match work::take(tx, agent, before.ticket, Some(before.version), ids.clone(), now).await {
                        Ok(hand) => told.push(before.restore(tx, hand, undoing.what).await?),
                        Err(Error::Stale | Error::NotFound(_)) => left += 1,
                        Err(error) => return Err(error),
                    }
                }
                if told.is_empty() || (undoing.what != Undoable::Bulk && left > 0) {
                    return Err(Error::Refused("undo-over"));
                }
                undos::forget(tx, id).await?;
                let tickets = told.iter().map(|change: &live::Change| change.number).collect();
                Ok((told, Undone { what: undoing.what, tickets, left }))
            })
        })
        .await?;
    told.into_iter().for_each(|change| app.live.tell(change));
    app.wake();
    Ok(undone)
}
