//! How suspensions go on: one step after another, each decided anew from what is true in its transaction. What Microsoft is
//! asked is an act like any other that somebody wants done with a subscription; before it is sent, [`gate`] decides again.

use std::sync::Arc;

use domain::{
    deed::Deed,
    id::{ActId, DeskId, SuspensionId},
    subscription::{Action, acts::Progress, guard::Wish},
    suspension::{
        ItemState, State,
        brake::{Seen, Trip, trips},
        course::Step,
        rails::{FRESH, WISH, Why},
    },
    ticket::timeline::Actor,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{
    Json, Tx, queue, records,
    subscriptions::{self as mirrors, acts},
    suspensions::{self as kept, Suspension},
};

use super::{
    case::{self, Ground},
    tell::{self, News},
};
use crate::{App, Error, Ids, Result, audit, jobs, microsoft::mark};

/// How many steps one suspension goes at a time.
const STEPS: u32 = 200;
/// How often the desk notes that it looked at its clock.
const LOOK: SignedDuration = SignedDuration::from_mins(10);

/// What may be done with an act that is about to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Go {
    /// It is sent.
    On,
    /// Not now.
    Later,
    /// Not any more.
    Stop,
}

/// Decides once more whether an act is sent, in the transaction that notes that it was: nothing can come between. What is no
/// suspension for non-payment only waits while the desk is muted.
///
/// `act` is as it would be noted, `from` how far it is.
///
/// # Errors
/// As the database says.
pub(crate) async fn gate(
    tx: &mut Tx,
    ids: &mut Ids,
    act: &acts::Act,
    from: Progress,
    now: Timestamp,
) -> Result<Go> {
    let found = kept::of_act(tx, act.id).await?;
    // A suspension for non-payment goes to its rails, of which one is that the desk comes from a backup.
    if kept::is_muted(tx).await? && (found.is_none() || act.action != WISH.action) {
        return Ok(Go::Later);
    }
    let Some((id, place)) = found else { return Ok(Go::On) };
    let suspension = kept::get(tx, id).await?.ok_or(Error::NotFound("suspension"))?;
    let ground = case::of(tx, &suspension, now).await?;
    let at = usize::try_from(place).unwrap_or(usize::MAX);
    let Some(line) = ground.lines.get(at) else { return Ok(Go::Stop) };
    if act.action == WISH.action {
        if suspension.rehearsal || line.item.state != ItemState::Calling {
            return Ok(Go::Stop);
        }
        // What was sent already, and of which nobody knows whether it arrived, is looked at as what is still to be sent.
        let mut looked_at = ground.clone();
        looked_at.lines[at].item.called_at = None;
        brake(tx, ids, &ground).await?;
        match looked_at.case().holds(now) {
            // It was sent: nothing takes that back. Whether it arrived, a reading tells.
            Some(_) if from == Progress::Sent => return Ok(Go::Later),
            Some((_, why)) if why.passes() => return Ok(Go::Later),
            Some((rail, why)) => {
                let held = Suspension { rail: Some(rail), why: Some(why), ..suspension };
                kept::set(tx, &held).await?;
                return Ok(Go::Stop);
            }
            None => {}
        }
        let called = kept::Item { called_at: line.item.called_at.or(Some(now)), ..line.item.clone() };
        kept::set_item(tx, id, &called).await?;
    }
    let item = &line.item;
    let what = json!({
        "suspension": id, "customer": suspension.customer, "tenant": item.tenant, "action": act.action,
        "act": act.id, "request": act.attempt, "list": suspension.list, "reason": suspension.reason,
        "proposer": suspension.proposed_by, "approver": suspension.approved_by, "approval": suspension.approval,
    });
    note(tx, ids, now, Deed::SuspensionCall, &item.subscription, what).await?;
    Ok(Go::On)
}

async fn note(
    tx: &mut Tx,
    ids: &mut Ids,
    now: Timestamp,
    deed: Deed,
    subject: &impl ToString,
    what: serde_json::Value,
) -> Result<()> {
    let entry = audit::act(ids, now, Actor::System, deed, subject, what);
    Ok(records::audit(tx, &entry).await?)
}

/// Notes that the brake has tripped, if it has and nobody has noted it.
async fn brake(tx: &mut Tx, ids: &mut Ids, ground: &Ground) -> Result<()> {
    let Some(trip) = ground.trip.filter(|_| ground.desk.braked.is_none()) else { return Ok(()) };
    kept::set_desk(tx, &kept::Desk { braked: Some((ground.now, trip)), ..ground.desk.clone() }).await?;
    braked(tx, ids, ground.now, trip).await
}

async fn braked(tx: &mut Tx, ids: &mut Ids, now: Timestamp, trip: Trip) -> Result<()> {
    note(tx, ids, now, Deed::SuspensionBrake, &trip, json!({})).await?;
    tell::queue(tx, ids, None, News::Braked, now).await
}

/// What a step leads to outside of its transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moved {
    /// Nothing is to be done now.
    Rests,
    /// There may be more to do.
    On,
    /// These are to be read first.
    Read,
}

/// Has every suspension of a desk go on as far as it can; how many steps that were.
///
/// # Errors
/// As the database says: what Microsoft says is noted.
pub(crate) async fn sweep(app: &App, desk: DeskId) -> Result<usize> {
    let unit = app.store.read::<_, store::Error, _>(desk, |tx| {
        Box::pin(async move { Ok((kept::open(tx).await?, kept::desk(tx).await?)) })
    });
    let (open, stands) = unit.await?;
    let mut steps = 0;
    for suspension in open {
        for _ in 0..STEPS {
            let moved = match step(app, desk, suspension.id).await {
                // Somebody moved it meanwhile: again at the next time.
                Err(Error::Stale) => break,
                other => other?,
            };
            match moved {
                Moved::Rests => break,
                Moved::On => {}
                // Whatever is wrong with Microsoft, it is tried at the next time.
                Moved::Read => match super::read_all(app, desk, suspension.id).await {
                    Ok(()) => {}
                    Err(Error::Refused(_) | Error::NotFound(_) | Error::Stale) => break,
                    Err(error) => return Err(error),
                },
            }
            steps += 1;
        }
    }
    look_at_the_clock(app, desk, stands).await?;
    Ok(steps)
}

/// Notes that the desk has looked at its clock. A clock that jumped trips the brake before.
async fn look_at_the_clock(app: &App, desk: DeskId, stands: kept::Desk) -> Result<()> {
    let now = app.now();
    let Some(last) = stands.looked_at else { return Ok(()) };
    if now.duration_since(last).abs() < LOOK {
        return Ok(());
    }
    let unit = Arc::new(app.ids(now));
    let done = app.store.write(desk, move |tx: &mut Tx| {
        let ids = unit.clone();
        Box::pin(async move {
            let stands = kept::desk(tx).await?;
            let seen = Seen {
                limits: stands.rules.limits,
                past: &[],
                ahead: &[],
                seats: 0,
                looked_at: stands.looked_at,
            };
            let trip = trips(&seen, now).filter(|_| stands.braked.is_none());
            let after = stands.braked.or(trip.map(|trip| (now, trip)));
            kept::set_desk(tx, &kept::Desk { braked: after, looked_at: Some(now), ..stands }).await?;
            match trip {
                Some(trip) => braked(tx, &mut ids.after(), now, trip).await,
                None => Ok(()),
            }
        })
    });
    match done.await {
        // Somebody changed something else of it: again at the next time.
        Err(Error::Stale) => Ok(()),
        other => other,
    }
}

/// Goes one step, in one transaction.
async fn step(app: &App, desk: DeskId, id: SuspensionId) -> Result<Moved> {
    let now = app.now();
    let mut ids = app.ids(now);
    let job = jobs::microsoft(&mut ids, now);
    let unit = Arc::new((ids, job));
    let moved = app.store.write(desk, move |tx: &mut Tx| {
        let unit = unit.clone();
        Box::pin(async move {
            let (ids, job) = &*unit;
            let mut ids = ids.after();
            let Some(suspension) = kept::get(tx, id).await?.filter(|one| one.ended_at.is_none()) else {
                return Ok(Moved::Rests);
            };
            let ground = case::of(tx, &suspension, now).await?;
            if suspension.state == State::Approved {
                brake(tx, &mut ids, &ground).await?;
            }
            let step = ground.next(&suspension);
            let moved = take(tx, &mut ids, &suspension, &ground, step).await?;
            if matches!(step, Step::Call(_) | Step::Restore(..)) {
                queue::enqueue(tx, now, job).await?;
            }
            Ok::<_, Error>(moved)
        })
    });
    let moved = moved.await?;
    app.wake();
    Ok(moved)
}

async fn take(
    tx: &mut Tx,
    ids: &mut Ids,
    suspension: &Suspension,
    ground: &Ground,
    step: Step,
) -> Result<Moved> {
    let (id, now) = (suspension.id, ground.now);
    match step {
        Step::Wait if wants_a_reading(suspension, ground) => Ok(Moved::Read),
        Step::Wait => Ok(Moved::Rests),
        Step::Call(at) => {
            let act = ask(tx, ids, suspension, ground, at, WISH).await?;
            let line = &ground.lines[at].item;
            let called = kept::Item { state: ItemState::Calling, act: Some(act), ..line.clone() };
            kept::set_item(tx, id, &called).await?;
            Ok(Moved::On)
        }
        Step::Ask(at) => {
            let item = &ground.lines[at].item;
            // From here on a person may have begun: it counts for the brake, and is not void because it changes.
            let asked = kept::Item { state: ItemState::ByHand, called_at: Some(now), ..item.clone() };
            kept::set_item(tx, id, &asked).await?;
            let what = json!({ "suspension": id, "tenant": item.tenant, "approver": suspension.approved_by });
            note(tx, ids, now, Deed::SuspensionByHand, &item.subscription, what).await?;
            tell::queue(tx, ids, Some(suspension), News::ByHand, now).await?;
            Ok(Moved::On)
        }
        Step::Note(at, state) => {
            let line = &ground.lines[at];
            let mut item = kept::Item { state, ..line.item.clone() };
            if matches!(state, ItemState::Restoring | ItemState::BackByHand) {
                (item.act, item.evidence) = (None, String::new());
            }
            if matches!(state, ItemState::Restored | ItemState::Differs)
                && let (Some(facts), Some(row)) = (&line.facts, &line.row)
            {
                item.differs = Json(item.plan.0.differences(facts, row.scheduled));
            }
            kept::set_item(tx, id, &item).await?;
            let what =
                json!({ "suspension": id, "tenant": item.tenant, "state": state, "differs": item.differs.0 });
            note(tx, ids, now, Deed::SuspensionMove, &item.subscription, what).await?;
            if state == ItemState::BackByHand {
                tell::queue(tx, ids, Some(suspension), News::ByHand, now).await?;
            }
            Ok(Moved::On)
        }
        Step::Stop(rail, why) => {
            let by_hand = |line: &&case::Line| line.item.state == ItemState::ByHand;
            // What a person was asked to do may be done, or half done: nothing is decided of it unread.
            if ground.lines.iter().filter(by_hand).any(|line| !ground.item(line).is_read) {
                return Ok(Moved::Read);
            }
            for line in &ground.lines {
                let state = match line.item.state {
                    ItemState::Waiting => ItemState::Stopped,
                    ItemState::ByHand if ground.item(line).is_as_it_was => ItemState::Stopped,
                    // It comes back by the way on which everything does.
                    ItemState::ByHand => ItemState::Suspended,
                    _ => continue,
                };
                kept::set_item(tx, id, &kept::Item { state, ..line.item.clone() }).await?;
            }
            kept::set(tx, &Suspension { rail: Some(rail), why: Some(why), ..suspension.clone() }).await?;
            note(tx, ids, now, Deed::SuspensionMove, &id, json!({ "rail": rail, "why": why })).await?;
            Ok(Moved::On)
        }
        Step::Restore(at, wish) => {
            let act = ask(tx, ids, suspension, ground, at, wish).await?;
            let item = &ground.lines[at].item;
            let asked = kept::Item { act: Some(act), tries: item.tries + 1, ..item.clone() };
            kept::set_item(tx, id, &asked).await?;
            Ok(Moved::On)
        }
        Step::Become(state) => {
            let ended_at = (!state.is_open()).then_some(now);
            kept::set(tx, &Suspension { state, ended_at, ..suspension.clone() }).await?;
            note(tx, ids, now, Deed::SuspensionMove, &id, json!({ "state": state })).await?;
            let news = match state {
                State::Suspended => Some(News::Suspended),
                State::Restored => Some(News::Restored),
                State::Differs => Some(News::Differs),
                State::Failed => Some(News::Failed),
                State::Stopped => Some(News::Stopped),
                State::Expired => Some(News::Expired),
                State::Proposed
                | State::Approved
                | State::Reversing
                | State::Refused
                | State::Withdrawn
                | State::Rehearsed => None,
            };
            if let Some(news) = news {
                tell::queue(tx, ids, Some(suspension), news, now).await?;
            }
            // It works again, though not all is as it was: the customer hears that it works.
            if state == State::Differs && !ground.lines.iter().any(|line| ground.item(line).is_off) {
                tell::queue(tx, ids, Some(suspension), News::Restored, now).await?;
            }
            Ok(Moved::On)
        }
    }
}

/// Whether something has to be read before anything is decided on it.
fn wants_a_reading(suspension: &Suspension, ground: &Ground) -> bool {
    let is_old = |line: &case::Line| match (&line.row, &line.act) {
        (_, Some(act)) if act.ended_at.is_none() => false,
        (Some(row), act) => {
            let ended = act.as_ref().and_then(|act| act.ended_at);
            ground.now.duration_since(row.read_at) > FRESH || ended.is_some_and(|at| row.read_at < at)
        }
        (None, _) => false,
    };
    match suspension.state {
        State::Approved => {
            let is = |states: &[ItemState]| {
                ground.lines.iter().any(|line| states.contains(&line.item.state) && is_old(line))
            };
            let unread = ground.case().holds(ground.now).is_none_or(|(_, why)| why == Why::Unread);
            is(&[ItemState::Calling]) || (unread && is(&[ItemState::Waiting, ItemState::ByHand]))
        }
        State::Reversing if ground.desk.muted_at.is_none() => ground.lines.iter().any(|line| {
            matches!(line.item.state, ItemState::Restoring | ItemState::BackByHand) && is_old(line)
        }),
        _ => false,
    }
}

/// Writes down what Microsoft is to be asked: it is sent afterwards, and [`gate`] is asked before.
async fn ask(
    tx: &mut Tx,
    ids: &mut Ids,
    suspension: &Suspension,
    ground: &Ground,
    at: usize,
    wish: Wish,
) -> Result<ActId> {
    let (line, now) = (&ground.lines[at], ground.now);
    let (Some(row), Some(facts)) = (&line.row, &line.facts) else {
        return Err(Error::NotFound("subscription"));
    };
    if mirrors::acts::open(tx, &row.id).await?.is_some() {
        return Err(Error::Stale);
    }
    let act = acts::Act {
        id: ids.next(ActId::new),
        subscription: row.id.clone(),
        tenant: row.tenant.clone(),
        action: wish.action,
        quantity: wish.quantity,
        reason: suspension.reason.clone(),
        ticket: None,
        agent: suspension.approved_by.unwrap_or(suspension.proposed_by),
        seen: if wish.action == Action::Suspend {
            line.item.seen.clone()
        } else {
            mark(facts, row.scheduled)
        },
        progress: Progress::Waiting,
        attempt: None,
        draft: None,
        detail: String::new(),
        tries: 0,
        asked_at: now,
        sent_at: None,
        next_at: now,
        ended_at: None,
    };
    acts::add(tx, &act).await?;
    Ok(act.id)
}
