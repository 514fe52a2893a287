//! Working on a ticket: moves, notes, drafts.

use std::sync::Arc;

use domain::{
    access::Visibility,
    deed::Deed,
    id::{EntryId, TicketId, UndoId},
    ticket::{
        lifecycle::{self, Action},
        timeline::{Actor, Event, Undoable},
    },
};
use jiff::Timestamp;
use store::{Tx, search, timeline::Draft};

use super::{
    File, Hand, Upload,
    open::TEXT,
    undo::{Before, Offer, Undoing},
};
use crate::{Agent, App, Error, Ids, Result, charging, diagnosis, error, jobs};

/// Takes a ticket that the agent may work on, at the version that it has seen.
pub(crate) async fn take(
    tx: &mut Tx,
    agent: &Agent,
    id: TicketId,
    seen: Option<i64>,
    ids: Ids,
    now: Timestamp,
) -> Result<Hand> {
    let hand = Hand::take(tx, id, ids, now, agent.actor()).await?;
    agent.sees(&hand.ticket)?;
    if !agent.rights.may_work(hand.ticket.kind) {
        return Err(Error::Forbidden);
    }
    if seen.is_some_and(|seen| seen != hand.ticket.version) {
        return Err(Error::Stale);
    }
    Ok(hand)
}

/// Makes a move of the lifecycle. `seen` is the version that the agent looked at, if it insists on it. For the desk's undo
/// time it can be taken back, and only then its contact is told that it is resolved.
///
/// # Errors
/// [`Error::Refused`] `wrong-state` if the table has no such move from where the ticket stands; `handed-over`,
/// `customer-not-told`, `give-back` if its hand-overs keep it open; `no-decision` for the end of a technical ticket of which
/// nobody has decided whether it lies inside the baseline.
pub async fn make_move(
    app: &App,
    agent: &Agent,
    id: TicketId,
    action: Action,
    seen: Option<i64>,
) -> Result<Option<Offer>> {
    let now = app.now();
    let mut ids = app.ids(now);
    let unit = Arc::new((agent.clone(), ids.next(UndoId::new), ids));
    let (told, offer) = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, undo, ids) = &*unit;
                let mut hand = take(tx, agent, id, seen, ids.clone(), now).await?;
                let was = hand.ticket.clone();
                let until = hand.undo_until();
                move_it(tx, &mut hand, action, &mut ids.after(), until).await?;
                let before = Before::of(&was, &hand);
                let told = hand.put(tx, Deed::TicketMove).await?;
                let what = Undoing { what: Undoable::Move, tickets: vec![before] };
                let offer = what.keep(tx, *undo, agent, until, now).await?;
                Ok::<_, Error>((told, offer))
            })
        })
        .await?;
    app.live.tell(told);
    app.wake();
    Ok(offer)
}

/// Moves a ticket as the table says, and has its contact told once `until` is over if that resolved it.
pub(super) async fn move_it(
    tx: &mut Tx,
    hand: &mut Hand,
    action: Action,
    ids: &mut Ids,
    until: Timestamp,
) -> Result<()> {
    let line = lifecycle::find(hand.ticket.state, action).ok_or(Error::Refused("wrong-state"))?;
    crate::handovers::may_end(tx, hand.ticket.id, action).await?;
    diagnosis::may_go(tx, &hand.ticket, line.to).await?;
    if let (Actor::Agent(agent), Action::Resolve | Action::Close) = (hand.actor(), action) {
        charging::may_resolve(tx, hand.ticket.id, agent).await?;
    }
    hand.move_to(line.to, Some(action));
    if matches!(action, Action::Resolve | Action::Close) {
        // Once it cannot be taken back any more: what other desks were told stays told.
        let job = jobs::settle(ids, hand.ticket.id, until);
        store::queue::enqueue(tx, hand.now(), &job).await?;
    }
    if action == Action::Resolve {
        let job = jobs::resolved(ids, hand.ticket.id, hand.now(), until);
        store::queue::enqueue(tx, hand.now(), &job).await?;
    }
    Ok(())
}

/// Writes an internal note. It has no recipients, so there is none that it could carry outside.
///
/// # Errors
/// An empty or too long text.
pub async fn note(app: &App, agent: &Agent, id: TicketId, text: &str, files: Vec<Upload>) -> Result<EntryId> {
    let text = error::body("text", text, TEXT)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let entry = ids.next(EntryId::new);
    let files: Vec<File> = app.prepare_files(agent.desk, files).await?;
    // Agents write notes in their own language.
    let terms = search::analyse(&text, agent.lang);
    let unit = Arc::new((agent.clone(), text, files, terms, ids));
    let told = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, text, files, terms, ids) = &*unit;
                let mut hand = take(tx, agent, id, None, ids.clone(), now).await?;
                hand.append_as(entry, Event::Note { text: text.clone() });
                hand.attach(entry, files);
                hand.index(Some(entry), Visibility::Internal, terms);
                let draft = Draft { kind: "note".into(), body: String::new(), at: now };
                store::timeline::save_draft(tx, id, agent.id, &draft).await?;
                hand.put(tx, Deed::TicketNote).await
            })
        })
        .await?;
    app.live.tell(told);
    Ok(entry)
}

/// What the agent has begun to write.
///
/// # Errors
/// A ticket on which the agent may not work.
pub async fn drafts(app: &App, agent: &Agent, id: TicketId) -> Result<Vec<Draft>> {
    let unit = Arc::new(agent.clone());
    app.store
        .read(agent.desk, move |tx| {
            let agent = unit.clone();
            Box::pin(async move {
                writable(tx, &agent, id).await?;
                Ok(store::timeline::drafts(tx, id, agent.id).await?)
            })
        })
        .await
}

/// Passes if the ticket is one on which the agent may work.
async fn writable(tx: &mut Tx, agent: &Agent, id: TicketId) -> Result<()> {
    let ticket = store::tickets::get(tx, id).await?.ok_or(Error::NotFound("ticket"))?;
    agent.sees(&ticket)?;
    if agent.rights.may_work(ticket.kind) { Ok(()) } else { Err(Error::Forbidden) }
}

/// Keeps what the agent has begun to write; `kind` is `reply` or `note`.
///
/// # Errors
/// A ticket on which the agent may not work; a text that is too long.
pub async fn save_draft(app: &App, agent: &Agent, id: TicketId, kind: &str, body: &str) -> Result<()> {
    if !matches!(kind, "reply" | "note") {
        return Err(Error::invalid("kind", "unknown"));
    }
    if body.len() > TEXT {
        return Err(Error::invalid("body", "too-long"));
    }
    let now = app.now();
    let draft = Draft { kind: kind.into(), body: body.into(), at: now };
    let unit = Arc::new((agent.clone(), draft));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, draft) = &*unit;
                writable(tx, agent, id).await?;
                Ok(store::timeline::save_draft(tx, id, agent.id, draft).await?)
            })
        })
        .await
}
