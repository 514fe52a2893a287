//! Outage mode: one message to everybody whom a disturbance concerns, and the end of its tickets.
//!
//! A message is written once for each language. It goes out by a job for each ticket, as an answer like any other, which can
//! be taken back for the desk's undo time; what became of it is written in the transaction of the answer, so that no
//! ticket gets it twice.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    access::Permission,
    deed::Deed,
    id::{DeskId, IncidentId, TicketId, UpdateId},
    incident::{self, IncidentSource, Informed},
    lang::Lang,
    ticket::{
        diagnosis::{Decision, Verdict},
        lifecycle::{self, Action, State},
    },
};
use serde_json::json;
use store::{
    Json,
    incidents::{self, Incident, Update},
    records,
    tickets::Ticket,
};

use crate::{
    Agent, App, Error, Result, accounts, audit, diagnosis,
    error::body,
    jobs,
    tickets::{Reply, TEXT, reply_about, take},
};

/// Writes a message to everybody whom a disturbance concerns: to the contacts of its tickets, each in the own language.
/// Who has none gets it in English only if `english` says so. Answers to how many tickets it goes at most.
///
/// # Errors
/// [`Error::Forbidden`] without [`Permission::ServicesEdit`]; [`Error::NotFound`]; [`Error::Invalid`] without a text;
/// [`Error::Refused`] `empty` if no ticket is about it.
pub async fn update(
    app: &App,
    agent: &Agent,
    id: IncidentId,
    texts: BTreeMap<Lang, String>,
    english: bool,
) -> Result<usize> {
    agent.require(Permission::ServicesEdit)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let mut written = BTreeMap::new();
    for (lang, text) in texts {
        if !text.trim().is_empty() {
            written.insert(lang, body("text", &text, TEXT)?);
        }
    }
    if written.is_empty() {
        return Err(Error::invalid("text", "required"));
    }
    let update = Update {
        id: ids.next(UpdateId::new),
        incident: id,
        texts: Json(written),
        english,
        agent: agent.id,
        at: now,
    };
    let unit = Arc::new((update, agent.actor(), agent.reader(), ids));
    let count = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (update, actor, reader, ids) = &*unit;
                incidents::get(tx, id).await?.ok_or(Error::NotFound("incident"))?;
                let tickets = incidents::ticket_ids(tx, id, *reader).await?;
                if tickets.is_empty() {
                    return Err(Error::Refused("empty"));
                }
                incidents::add_update(tx, update).await?;
                let mut jobs = ids.after();
                for ticket in &tickets {
                    let job = jobs::inform(&mut jobs, id, update.id, *ticket, now);
                    store::queue::enqueue(tx, now, &job).await?;
                }
                let what = json!({ "update": update.id, "tickets": tickets.len() });
                let act = audit::act(&mut ids.clone(), now, *actor, Deed::IncidentUpdate, &id, what);
                records::audit(tx, &act).await?;
                Ok(tickets.len())
            })
        })
        .await?;
    app.wake();
    Ok(count)
}

/// Sends a message about a disturbance to whom one ticket is, in the name of who wrote it, once.
pub(crate) async fn inform(
    app: &App,
    desk: DeskId,
    incident: IncidentId,
    update: UpdateId,
    ticket: TicketId,
) -> Result<jobs::Outcome> {
    let read: Option<(Update, store::people::Agent, Ticket, bool)> = app
        .store
        .read::<_, store::Error, _>(desk, move |tx| {
            Box::pin(async move {
                if incidents::sent(tx, update, ticket).await?.is_some() {
                    return Ok(None);
                }
                let Some(update) = incidents::get_update(tx, incident, update).await? else {
                    return Ok(None);
                };
                let Some(agent) = store::people::agent(tx, update.agent).await? else { return Ok(None) };
                let Some(ticket) = store::tickets::get(tx, ticket).await? else { return Ok(None) };
                let reachable = match ticket.contact {
                    Some(contact) => store::parties::contact(tx, contact).await?.is_some(),
                    None => false,
                };
                Ok(Some((update, agent, ticket, reachable)))
            })
        })
        .await?;
    let Some((message, row, about, reachable)) = read else { return Ok(jobs::Outcome::Done) };
    let active = row.active;
    let rights = domain::access::Rights::of(&row.roles.0);
    let agent = accounts::agent_from(desk, row, rights);
    let sees = agent.sees(&about).is_ok();
    let allowed = active && sees && agent.may(Permission::ServicesEdit) && agent.rights.may_work(about.kind);
    let written: Vec<Lang> = message.texts.0.keys().copied().collect();
    let language = incident::language(about.lang, &written, message.english);
    let (lang, outcome) = match language {
        _ if about.state == State::Closed => (None, Informed::Closed),
        _ if !allowed => (None, Informed::NotAllowed),
        _ if !reachable => (None, Informed::NoContact),
        None => (None, Informed::NoText),
        Some((lang, outcome)) => (Some(lang), outcome),
    };
    let text = lang.and_then(|lang| message.texts.0.get(&lang)).cloned();
    let Some(text) = text else {
        app.store
            .write::<_, store::Error, _>(desk, move |tx| {
                Box::pin(async move { incidents::note_sent(tx, update, ticket, None, outcome).await })
            })
            .await?;
        return Ok(jobs::Outcome::Done);
    };
    let reply = Reply { text, ..Reply::default() };
    match reply_about(app, &agent, ticket, reply, Some((update, outcome))).await {
        // Closed, or sent by somebody else, since it was read: the next try sees that.
        Err(Error::Refused("wrong-state")) => {
            let at = app.now();
            Ok(jobs::Outcome::Again(at, "the ticket was closed meanwhile".into()))
        }
        Ok(_) | Err(Error::Refused(_)) => Ok(jobs::Outcome::Done),
        Err(error) => Err(error),
    }
}

/// Resolves every ticket about a disturbance that is not over and on which the agent may work. What nobody has decided
/// lies outside: the disturbance is its reason. Answers how many were resolved.
///
/// # Errors
/// [`Error::Forbidden`] without [`Permission::ServicesEdit`]; [`Error::NotFound`].
pub async fn resolve_all(app: &App, agent: &Agent, id: IncidentId) -> Result<usize> {
    agent.require(Permission::ServicesEdit)?;
    let reader = agent.reader();
    let (incident, all): (Incident, Vec<TicketId>) = app
        .store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let incident = incidents::get(tx, id).await?.ok_or(Error::NotFound("incident"))?;
                Ok::<_, Error>((incident, incidents::ticket_ids(tx, id, reader).await?))
            })
        })
        .await?;
    let reason = match incident.source {
        IncidentSource::Microsoft => format!("{}: {}", incident.external, incident.title),
        IncidentSource::Declared => incident.title,
    };
    let mut done = 0;
    for ticket in all {
        match resolve_one(app, agent, ticket, &reason).await {
            Ok(true) => done += 1,
            // Somebody else has it in hand, or it is not this agent's.
            Ok(false) | Err(Error::Forbidden | Error::NotFound(_) | Error::Stale) => {}
            Err(error) => return Err(error),
        }
    }
    let now = app.now();
    let what = json!({ "tickets": done });
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::IncidentResolve, &id, what);
    app.store
        .write::<_, store::Error, _>(agent.desk, move |tx| {
            let act = act.clone();
            Box::pin(async move { records::audit(tx, &act).await })
        })
        .await?;
    app.wake();
    Ok(done)
}

async fn resolve_one(app: &App, agent: &Agent, ticket: TicketId, reason: &str) -> Result<bool> {
    let now = app.now();
    let unit = Arc::new((agent.clone(), reason.to_owned(), app.ids(now)));
    let told = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, reason, ids) = &*unit;
                let mut hand = take(tx, agent, ticket, None, ids.clone(), now).await?;
                let Some(line) = lifecycle::find(hand.ticket.state, Action::Resolve) else { return Ok(None) };
                let decision = Decision {
                    verdict: Verdict::Outside,
                    reason: reason.clone(),
                    category: None,
                    at: now,
                    by: Some(agent.id),
                };
                diagnosis::settle(tx, &mut hand, decision, line.to).await?;
                hand.move_to(line.to, Some(Action::Resolve));
                let job = jobs::resolved(&mut ids.after(), ticket, now, now);
                store::queue::enqueue(tx, now, &job).await?;
                Ok::<_, Error>(Some(hand.put(tx, Deed::TicketMove).await?))
            })
        })
        .await?;
    if let Some(told) = told {
        app.live.tell(told);
        return Ok(true);
    }
    Ok(false)
}
