//! Time that is worked on a ticket: by a timer, or by hand. What was written stays; a correction is another entry.

use std::sync::Arc;

use domain::{
    access::Permission,
    charging::{
        prepaid::{Holds, draw},
        work::{Agreement, Answer, LONGEST, asks_again, charged, sum, timed},
    },
    deed::Deed,
    id::{AgentId, ApprovalId, TicketId, TimeEntryId},
    offering::PriceUnit,
    ticket::timeline::Actor,
    vehicle::wallet::Act,
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde_json::json;
use store::{
    Json, Tx,
    charging::{
        Round,
        approvals::{self, Approval},
        time::{self, TimeEntry, Timer},
    },
    records,
    tickets::Ticket,
};

use super::{
    NOTE,
    decide::{contracts, current},
    lines::not_invoiced,
    prepaid, rules_in, work_of,
};
use crate::{Agent, App, Error, Ids, Result, audit, error, jobs, wallet};

/// For how many days back time can be written down.
const OLDEST: i64 = 366;

/// Time that was worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    /// On which day; today if nothing is said.
    pub day: Option<Date>,
    /// For how many minutes.
    pub minutes: u32,
    /// What was done.
    pub note: String,
    /// Whether it is charged for.
    pub chargeable: bool,
    /// Why not; only then needed.
    pub reason: String,
}

/// What is put right of an entry. What is not given stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correction {
    /// For how many minutes; zero takes it back.
    pub minutes: Option<u32>,
    /// What was done.
    pub note: Option<String>,
    /// Whether it is charged for.
    pub chargeable: Option<bool>,
    /// Why.
    pub reason: String,
}

/// A ticket on which the agent may work, seen whole.
pub(super) async fn workable(tx: &mut Tx, agent: &Agent, id: TicketId) -> Result<Ticket> {
    let ticket = store::tickets::get(tx, id).await?.ok_or(Error::NotFound("ticket"))?;
    agent.sees(&ticket)?;
    if agent.rights.may_work(ticket.kind) { Ok(ticket) } else { Err(Error::Forbidden) }
}

fn checked_day(day: Option<Date>, agent: &Agent, now: Timestamp) -> Result<Date> {
    let today = now.to_zoned(agent.zone.clone()).date();
    let day = day.unwrap_or(today);
    if day > today {
        return Err(Error::invalid("day", "not-yet"));
    }
    let oldest = now.checked_sub(SignedDuration::from_hours(24 * OLDEST)).unwrap_or(now);
    if day < oldest.to_zoned(agent.zone.clone()).date() {
        return Err(Error::invalid("day", "too-old"));
    }
    Ok(day)
}

fn checked_minutes(minutes: u32, least: u32) -> Result<u32> {
    if (least..=LONGEST).contains(&minutes) {
        Ok(minutes)
    } else {
        Err(Error::invalid("minutes", "not-a-count"))
    }
}

/// Text that may be empty.
fn words(field: &'static str, text: &str) -> Result<String> {
    if text.trim().is_empty() { Ok(String::new()) } else { error::body(field, text, NOTE) }
}

/// Writes down time that the agent has worked on a ticket.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`], [`Error::Invalid`]; [`Error::Refused`] `charge-invoiced` once the round of a resolved
/// ticket stands on an invoice.
pub async fn log(app: &App, agent: &Agent, id: TicketId, new: New) -> Result<TimeEntryId> {
    agent.require(Permission::ChargesLog)?;
    let now = app.now();
    let day = checked_day(new.day, agent, now)?;
    checked_minutes(new.minutes, 1)?;
    let note = error::body("note", &new.note, NOTE)?;
    let reason = if new.chargeable {
        words("reason", &new.reason)?
    } else {
        error::body("reason", &new.reason, NOTE)?
    };
    let new = New { note, reason, ..new };
    let mut ids = app.ids(now);
    let entry = ids.next(TimeEntryId::new);
    let unit = Arc::new((agent.clone(), new, ids));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, new, ids) = &*unit;
                let ticket = workable(tx, agent, id).await?;
                write(tx, agent, &ticket, entry, day, new, &mut ids.clone(), now).await
            })
        })
        .await?;
    app.wake();
    Ok(entry)
}

#[expect(clippy::too_many_arguments, reason = "an entry is made of as many parts")]
async fn write(
    tx: &mut Tx,
    agent: &Agent,
    ticket: &Ticket,
    id: TimeEntryId,
    day: Date,
    new: &New,
    ids: &mut Ids,
    now: Timestamp,
) -> Result<()> {
    let round = current(tx, ticket, now).await?;
    not_invoiced(tx, &round).await?;
    let (rules, _) = rules_in(tx).await?;
    let entry = TimeEntry {
        id,
        ticket: ticket.id,
        round: round.round,
        agent: agent.id,
        day: day.to_string(),
        minutes: new.minutes,
        charged: charged(new.minutes, rules.increment),
        chargeable: new.chargeable,
        note: new.note.clone(),
        reason: new.reason.clone(),
        replaces: None,
        drawn: Json(Vec::new()),
        by: agent.id,
        at: now,
    };
    put(tx, ticket, &round, entry, ids, now).await?;
    let what = json!({ "entry": id, "minutes": new.minutes });
    let act = audit::act(ids, now, agent.actor(), Deed::TimeLog, &ticket.id, what);
    Ok(records::audit(tx, &act).await?)
}

/// Writes an entry: it draws on the customer's contracts, and asks the customer again if it goes over the cap.
async fn put(
    tx: &mut Tx,
    ticket: &Ticket,
    round: &Round,
    mut entry: TimeEntry,
    ids: &mut Ids,
    now: Timestamp,
) -> Result<()> {
    if entry.chargeable && entry.charged > 0 && round.entitlement.0.draws() {
        let contracts = contracts(tx, ticket.customer).await?;
        let (shares, _) = draw(&contracts, Holds::Hours, now, entry.charged);
        for (id, minutes) in &shares {
            let case = case(&entry, *id, now);
            prepaid::take(tx, *id, Act::Consume, *minutes, &case).await?;
        }
        entry.drawn = Json(shares);
    }
    time::add(tx, &entry).await.map_err(|e| match e.is_taken("time_entries", "replaces") {
        true => Error::Stale,
        false => e.into(),
    })?;
    ask_again(tx, ticket, round, ids, now).await?;
    if round.settled_at.is_some() {
        store::queue::enqueue(tx, now, &jobs::charge(&mut ids.after(), ticket.id, now)).await?;
    }
    Ok(())
}

fn case(entry: &TimeEntry, contract: domain::id::PrepaidId, now: Timestamp) -> wallet::Case {
    wallet::Case {
        key: format!("{}/{contract}", entry.id),
        ticket: Some(entry.ticket),
        actor: Actor::Agent(entry.by),
        reason: String::new(),
        now,
    }
}

/// Gives back what an entry took.
async fn give_back(tx: &mut Tx, entry: &TimeEntry, now: Timestamp) -> Result<()> {
    for (id, _) in &entry.drawn.0 {
        prepaid::give_back(tx, *id, &case(entry, *id, now)).await?;
    }
    Ok(())
}

/// Has an entry of a round that is entitled to something else draw anew.
pub(super) async fn redraw(
    tx: &mut Tx,
    ticket: &Ticket,
    round: &Round,
    entry: &TimeEntry,
    ids: &mut Ids,
    now: Timestamp,
) -> Result<()> {
    if !entry.chargeable {
        return Ok(());
    }
    give_back(tx, entry, now).await?;
    let anew = TimeEntry {
        id: ids.next(TimeEntryId::new),
        replaces: Some(entry.id),
        drawn: Json(Vec::new()),
        at: now,
        ..entry.clone()
    };
    put(tx, ticket, round, anew, ids, now).await
}

/// Asks for a higher cap if the work is over what was confirmed: as much more as was agreed the last time.
async fn ask_again(tx: &mut Tx, ticket: &Ticket, round: &Round, ids: &mut Ids, now: Timestamp) -> Result<()> {
    let mut asked = approvals::of_ticket(tx, ticket.id).await?;
    asked.retain(|approval| approval.round == round.round && approval.per == PriceUnit::Hour);
    let agreements: Vec<Agreement> = asked.iter().map(Approval::agreement).collect();
    let all = time::of_ticket(tx, ticket.id).await?;
    let work: Vec<_> =
        time::holding(&all).into_iter().filter(|e| e.round == round.round).map(work_of).collect();
    let open = sum(&work).open;
    let Some(last) = asked.last().filter(|_| asks_again(open, &agreements)) else { return Ok(()) };
    let Some(cap) = last.cap else { return Ok(()) };
    let more = last.estimate.unwrap_or(cap);
    let step = domain::charging::rules::STEP;
    let estimate = open.div_ceil(step) * step;
    let next = Approval {
        id: ids.next(ApprovalId::new),
        answer: Answer::Asked,
        estimate: Some(estimate),
        cap: Some(estimate.saturating_add(more).min(domain::charging::rules::MOST_MINUTES)),
        asked_by: None,
        asked_at: now,
        answered_by: None,
        answered_at: None,
        ..last.clone()
    };
    super::approve::put(tx, &next, ids, now).await
}

/// Puts an entry right. What was written stays; another entry stands in its place. Of one's own entries everything but
/// whether they are charged for; of others', and whether they are, whoever manages charges.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`], [`Error::Invalid`] without a reason, [`Error::Stale`] if it was put right before;
/// [`Error::Refused`] `charge-invoiced`.
pub async fn correct(app: &App, agent: &Agent, id: TimeEntryId, to: Correction) -> Result<TimeEntryId> {
    agent.require(Permission::ChargesLog)?;
    let reason = error::body("reason", &to.reason, NOTE)?;
    let note = to.note.as_deref().map(|note| error::body("note", note, NOTE)).transpose()?;
    let minutes = to.minutes.map(|minutes| checked_minutes(minutes, 0)).transpose()?;
    let now = app.now();
    let mut ids = app.ids(now);
    let new = ids.next(TimeEntryId::new);
    let unit = Arc::new((agent.clone(), note, reason, ids));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, note, reason, ids) = &*unit;
                let mut ids = ids.clone();
                let entry = time::get(tx, id).await?.ok_or(Error::NotFound("time entry"))?;
                let ticket = store::tickets::get(tx, entry.ticket).await?.ok_or(Error::NotFound("ticket"))?;
                agent.sees(&ticket)?;
                let manages = agent.may(Permission::ChargesManage);
                let own = entry.agent == agent.id && agent.rights.may_work(ticket.kind);
                if !(manages || own && to.chargeable.is_none_or(|is| is == entry.chargeable)) {
                    return Err(Error::Forbidden);
                }
                let rounds = store::charging::rounds(tx, ticket.id).await?;
                let round = rounds.into_iter().find(|round| round.round == entry.round);
                let round = round.ok_or(Error::NotFound("time entry"))?;
                not_invoiced(tx, &round).await?;
                give_back(tx, &entry, now).await?;
                let (rules, _) = rules_in(tx).await?;
                let minutes = minutes.unwrap_or(entry.minutes);
                let anew = TimeEntry {
                    id: new,
                    minutes,
                    charged: charged(minutes, rules.increment),
                    chargeable: to.chargeable.unwrap_or(entry.chargeable),
                    note: note.clone().unwrap_or(entry.note),
                    reason: reason.clone(),
                    replaces: Some(id),
                    drawn: Json(Vec::new()),
                    by: agent.id,
                    at: now,
                    ..entry
                };
                put(tx, &ticket, &round, anew, &mut ids, now).await?;
                let what = json!({ "entry": new, "replaces": id });
                let act = audit::act(&mut ids, now, agent.actor(), Deed::TimeCorrect, &ticket.id, what);
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await?;
    app.wake();
    Ok(new)
}

/// Starts the agent's timer on a ticket. It runs until it is stopped, whatever becomes of the program.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]; [`Error::Refused`] `timer-runs` if it runs already, here or elsewhere.
pub async fn start(app: &App, agent: &Agent, id: TicketId) -> Result<()> {
    agent.require(Permission::ChargesLog)?;
    let now = app.now();
    let agent = Arc::new(agent.clone());
    app.store
        .write(agent.desk, move |tx| {
            let agent = agent.clone();
            Box::pin(async move {
                workable(tx, &agent, id).await?;
                if time::timer(tx, agent.id).await?.is_some() {
                    return Err(Error::Refused("timer-runs"));
                }
                Ok(time::start(tx, &Timer { agent: agent.id, ticket: id, since: now }).await?)
            })
        })
        .await
}

/// Stops the agent's timer and writes down the time that it ran on its ticket; of which ticket that was.
///
/// # Errors
/// As [`log`]; [`Error::Refused`] `no-timer` if none runs.
pub async fn stop(app: &App, agent: &Agent, note: &str, chargeable: bool, reason: &str) -> Result<TicketId> {
    agent.require(Permission::ChargesLog)?;
    let now = app.now();
    let note = error::body("note", note, NOTE)?;
    let reason = if chargeable { words("reason", reason)? } else { error::body("reason", reason, NOTE)? };
    let mut ids = app.ids(now);
    let entry = ids.next(TimeEntryId::new);
    let unit = Arc::new((agent.clone(), note, reason, ids));
    let ticket = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, note, reason, ids) = &*unit;
                let timer = time::timer(tx, agent.id).await?.ok_or(Error::Refused("no-timer"))?;
                let ticket = workable(tx, agent, timer.ticket).await?;
                let day = timer.since.to_zoned(agent.zone.clone()).date();
                let minutes = timed(now.duration_since(timer.since).as_secs());
                let new =
                    New { day: Some(day), minutes, note: note.clone(), chargeable, reason: reason.clone() };
                time::stop(tx, agent.id).await?;
                write(tx, agent, &ticket, entry, day, &new, &mut ids.clone(), now).await?;
                Ok::<_, Error>(timer.ticket)
            })
        })
        .await?;
    app.wake();
    Ok(ticket)
}

/// Stops the agent's timer and writes nothing down; of which ticket it was.
///
/// # Errors
/// [`Error::Refused`] `no-timer` if none runs.
pub async fn discard(app: &App, agent: &Agent) -> Result<TicketId> {
    agent.require(Permission::ChargesLog)?;
    let id = agent.id;
    app.store
        .write(agent.desk, move |tx| {
            Box::pin(async move {
                let timer = time::timer(tx, id).await?.ok_or(Error::Refused("no-timer"))?;
                time::stop(tx, id).await?;
                Ok(timer.ticket)
            })
        })
        .await
}

/// Passes if nobody's question is open when a ticket ends: whoever ends it and has a timer running on it says first
/// what becomes of its time.
///
/// # Errors
/// [`Error::Refused`] `timer-here`.
pub async fn may_resolve(tx: &mut Tx, ticket: TicketId, agent: AgentId) -> Result<()> {
    match time::timer(tx, agent).await? {
        Some(timer) if timer.ticket == ticket => Err(Error::Refused("timer-here")),
        Some(_) | None => Ok(()),
    }
}
