//! The same change of several tickets at once.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    deed::Deed,
    id::{AgentId, TeamId, TicketId, UndoId},
    ticket::{
        lifecycle::{Action, MOVES, State},
        notice::Occasion,
        timeline::Undoable,
    },
};
use jiff::{SignedDuration, Timestamp};
use store::Tx;

use super::{
    Change,
    change::{apply, checked_tags},
    undo::{Before, Offer, Undoing},
    work,
};
use crate::{Agent, App, Error, Ids, Result, jobs, live};

/// The most tickets of one change.
pub const MOST_AT_ONCE: usize = 100;
/// The most letters of one change to the agent who gets tickets by it: of more the pages tell.
const LETTERS: usize = 10;
/// How long a change of several tickets can be taken back at least.
const UNDO: SignedDuration = SignedDuration::from_mins(10);

/// What is done with each of them; what is not given stays, and an inner `None` clears.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bulk {
    /// The agent who has it.
    pub assignee: Option<Option<AgentId>>,
    /// The team that has it.
    pub team: Option<Option<TeamId>>,
    /// A tag that it gets beside those that it has.
    pub tag: Option<String>,
    /// Until when it is put aside.
    pub snoozed_until: Option<Option<Timestamp>>,
    /// How it is moved.
    pub action: Option<Action>,
}

/// What was done with several tickets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Which were changed.
    pub changed: Vec<TicketId>,
    /// Which are as they were, each with the code that says why. What was so already is in neither list.
    pub left: Vec<(TicketId, &'static str)>,
    /// How it is taken back.
    pub undo: Option<Offer>,
}

/// Changes several tickets. Those for which the change is not possible stay as they are; the others change together.
///
/// # Errors
/// [`Error::Invalid`] for no ticket at all, more than [`MOST_AT_ONCE`], one that is not there or not to be seen, an agent or a
/// team that is not there, a tag that is no line, or a time that has passed: then nothing is changed.
pub async fn bulk(app: &App, agent: &Agent, tickets: &[TicketId], to: Bulk) -> Result<Done> {
    let tickets: BTreeSet<TicketId> = tickets.iter().copied().collect();
    if tickets.is_empty() {
        return Err(Error::invalid("tickets", "required"));
    }
    if tickets.len() > MOST_AT_ONCE {
        return Err(Error::invalid("tickets", "too-many"));
    }
    let now = app.now();
    let tag = to.tag.as_ref().map(|tag| checked_tags(std::slice::from_ref(tag))).transpose()?;
    let to = Bulk { tag: tag.and_then(|tags| tags.into_iter().next()), ..to };
    let undo = app.ids(now).next(UndoId::new);
    let each: Vec<(TicketId, Ids)> = tickets.into_iter().map(|id| (id, app.ids(now))).collect();
    let unit = Arc::new((agent.clone(), to, undo, each));
    let (told, done) = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, to, undo, each) = &*unit;
                let (mut told, mut befores, mut done) = (Vec::new(), Vec::new(), Done::default());
                let mut until = now.checked_add(UNDO).unwrap_or(now);
                for (id, ids) in each {
                    match one(tx, agent, *id, ids, to, told.len() < LETTERS, now).await {
                        Ok(Some(One { change, before, undo_until })) => {
                            told.push(change);
                            befores.push(before);
                            done.changed.push(*id);
                            until = until.max(undo_until);
                        }
                        Ok(None) => {}
                        Err(Error::NotFound(_)) => return Err(Error::invalid("tickets", "unknown")),
                        // Of what is asked for, this alone depends on the ticket.
                        Err(error @ (Error::Forbidden | Error::Refused(_))) => {
                            done.left.push((*id, error.code()))
                        }
                        Err(error @ Error::Invalid { code: "cannot-work", .. }) => {
                            done.left.push((*id, error.code()));
                        }
                        Err(error) => return Err(error),
                    }
                }
                if !befores.is_empty() {
                    let undoing = Undoing { what: Undoable::Bulk, tickets: befores };
                    done.undo = undoing.keep(tx, *undo, agent, until, now).await?;
                }
                Ok((told, done))
            })
        })
        .await?;
    told.into_iter().for_each(|change| app.live.tell(change));
    app.wake();
    Ok(done)
}

/// A ticket that was changed.
struct One {
    change: live::Change,
    before: Before,
    undo_until: Timestamp,
}

/// Changes one of them; none if it is so already. Refused before anything is written.
async fn one(
    tx: &mut Tx,
    agent: &Agent,
    id: TicketId,
    ids: &Ids,
    to: &Bulk,
    letters: bool,
    now: Timestamp,
) -> Result<Option<One>> {
    let mut hand = work::take(tx, agent, id, None, ids.clone(), now).await?;
    let was = hand.ticket.clone();
    let tags = to.tag.as_ref().map(|tag| {
        let mut tags = was.tags.0.clone();
        if !tags.contains(tag) {
            tags.push(tag.clone());
        }
        tags
    });
    let change = Change {
        assignee: to.assignee,
        team: to.team,
        tags,
        snoozed_until: to.snoozed_until,
        ..Change::default()
    };
    apply(tx, &mut hand, agent, &change.checked()?, now).await?;
    let until = hand.undo_until();
    let mut more = ids.after();
    if let Some(action) = to.action.filter(|action| !is_there(was.state, *action)) {
        work::move_it(tx, &mut hand, action, &mut more, until).await?;
    }
    if hand.ticket == was {
        return Ok(None);
    }
    let given = hand.ticket.assignee.filter(|to| was.assignee != Some(*to) && *to != agent.id);
    if let Some(to) = given.filter(|_| letters) {
        let job = jobs::notify(&mut more, id, to, Occasion::Assigned, now);
        store::queue::enqueue(tx, now, &job).await?;
    }
    let before = Before::of(&was, &hand);
    let change = hand.put(tx, Deed::TicketChange).await?;
    Ok(Some(One { change, before, undo_until: until }))
}

/// Whether a ticket already stands where a move leads.
fn is_there(state: State, action: Action) -> bool {
    MOVES.iter().any(|line| line.action == action && line.to == state)
}
