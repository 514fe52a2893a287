//! Outage mode: a disturbance, the tickets that are about it, and one message to everybody whom it concerns.
//!
//! A message is written once for each language. It goes out by a job for each ticket, as an answer like any other, which can
//! be taken back for the desk's undo time; what became of it is written in the transaction of the answer, so that no
//! ticket gets it twice.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    access::{Permission, Sight, Tickets},
    deed::Deed,
    id::{DeskId, IncidentId, TicketId, UpdateId},
    incident::{self, IncidentSource, IncidentStatus, Informed},
    lang::Lang,
    ticket::{
        diagnosis::{Decision, Verdict},
        kinds::Service,
        lifecycle::{self, Action, State},
        timeline::{Actor, Event},
    },
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{
    Json, Tx,
    incidents::{self, Incident, Update},
    records, tenants,
    tickets::{Ticket, TicketLine},
};

use crate::{
    Agent, App, Error, Result, accounts, audit, diagnosis,
    error::{body, line},
    jobs,
    tickets::{self, Reply, TEXT, reply_about, take},
};

/// The longest title, in characters.
const TITLE: usize = 300;
/// How many disturbances a list has.
const LIST: i64 = 100;
/// For how long after its end a disturbance may explain a new ticket.
const AFTER: SignedDuration = SignedDuration::from_hours(24);
/// How old one may be that explains a ticket.
const OLDEST: SignedDuration = SignedDuration::from_hours(24 * 60);

/// A disturbance that an agent declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    /// The service.
    pub service: Service,
    /// What it is called.
    pub title: String,
    /// Since when; now if nobody says.
    pub started_at: Option<Timestamp>,
}

/// A disturbance as its source tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mirrored {
    /// The source's own name of it.
    pub external: String,
    /// The service.
    pub service: Service,
    /// What it is called.
    pub title: String,
    /// How it stands.
    pub status: IncidentStatus,
    /// Since when.
    pub started_at: Timestamp,
    /// Until when.
    pub ended_at: Option<Timestamp>,
    /// Which tenants it concerns; none is all.
    pub tenants: Option<Vec<String>>,
}

/// Passes for whoever sees tickets.
fn may_see(agent: &Agent) -> Result<()> {
    match agent.tickets() {
        Tickets::None => Err(Error::Forbidden),
        Tickets::Only(_) | Tickets::All => Ok(()),
    }
}

/// The newest disturbances, each with the number of its tickets that the agent may see.
///
/// # Errors
/// [`Error::Forbidden`] for somebody who sees no tickets.
pub async fn list(app: &App, agent: &Agent) -> Result<Vec<(Incident, i64)>> {
    may_see(agent)?;
    let unit = Arc::new(agent.clone());
    app.store
        .read(agent.desk, move |tx| {
            let agent = unit.clone();
            Box::pin(async move {
                let mut seen: BTreeMap<IncidentId, i64> = BTreeMap::new();
                for (incident, kind, tickets) in incidents::counts(tx).await? {
                    if agent.rights.sight(kind) > Sight::None {
                        *seen.entry(incident).or_default() += tickets;
                    }
                }
                let all = incidents::newest(tx, LIST).await?;
                Ok(all
                    .into_iter()
                    .map(|one| (seen.get(&one.id).copied().unwrap_or(0), one))
                    .map(swap)
                    .collect())
            })
        })
        .await
}

fn swap((count, incident): (i64, Incident)) -> (Incident, i64) {
    (incident, count)
}

/// A disturbance with all that belongs to it.
#[derive(Clone, Debug)]
pub struct IncidentPage {
    /// The disturbance.
    pub incident: Incident,
    /// Its tickets that the agent may see.
    pub tickets: Vec<TicketLine>,
    /// The languages of those of them that are not closed, and how many speak each.
    pub languages: Vec<(Lang, i64)>,
    /// The messages about it, and what became of each; only for those who may write some.
    pub updates: Vec<(Update, Vec<(Informed, i64)>)>,
}

/// One disturbance.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] for somebody who sees no tickets.
pub async fn get(app: &App, agent: &Agent, id: IncidentId) -> Result<IncidentPage> {
    may_see(agent)?;
    let unit = Arc::new(agent.clone());
    app.store
        .read(agent.desk, move |tx| {
            let agent = unit.clone();
            Box::pin(async move {
                let incident = incidents::get(tx, id).await?.ok_or(Error::NotFound("incident"))?;
                let mut tickets = incidents::tickets(tx, id).await?;
                tickets.retain(|line| agent.rights.sight(line.kind) > Sight::None);
                let mut languages: BTreeMap<Lang, i64> = BTreeMap::new();
                for (lang, kind, count) in incidents::languages(tx, id).await? {
                    if agent.rights.sight(kind) > Sight::None {
                        *languages.entry(lang).or_default() += count;
                    }
                }
                let mut updates = Vec::new();
                if agent.may(Permission::ServicesEdit) {
                    for update in incidents::updates(tx, id).await? {
                        let outcomes = incidents::outcomes(tx, update.id).await?;
                        updates.push((update, outcomes));
                    }
                }
                Ok(IncidentPage { incident, tickets, languages: languages.into_iter().collect(), updates })
            })
        })
        .await
}

/// Declares a disturbance.
///
/// # Errors
/// [`Error::Forbidden`] without [`Permission::ServicesEdit`]; [`Error::Invalid`] without a title.
pub async fn declare(app: &App, agent: &Agent, new: New) -> Result<IncidentId> {
    agent.require(Permission::ServicesEdit)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let id = ids.next(IncidentId::new);
    let incident = Incident {
        id,
        source: IncidentSource::Declared,
        external: id.to_string(),
        service: new.service,
        title: line("title", &new.title, TITLE)?,
        status: IncidentStatus::Open,
        started_at: new.started_at.unwrap_or(now),
        ended_at: None,
        tenants: Json(None),
        version: 1,
    };
    let what = json!({ "service": new.service });
    let act = audit::act(&mut ids, now, agent.actor(), Deed::IncidentDeclare, &id, what);
    let unit = Arc::new((incident, act));
    app.store
        .write::<_, Error, _>(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                incidents::add(tx, &unit.0).await?;
                records::audit(tx, &unit.1).await?;
                Ok(())
            })
        })
        .await?;
    Ok(id)
}

/// Keeps what Microsoft's service health tells of a desk's customers: a new disturbance, or a change of one that is known.
/// Told twice, it has one effect.
///
/// # Errors
/// As the database says.
pub async fn mirror(app: &App, desk: DeskId, told: Mirrored) -> Result<IncidentId> {
    let now = app.now();
    let unit = Arc::new((told, app.ids(now)));
    app.store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (told, ids) = &*unit;
                let mut ids = ids.clone();
                let known = incidents::by_external(tx, IncidentSource::Microsoft, &told.external).await?;
                let mut tenants = told.tenants.clone();
                if let Some(tenants) = &mut tenants {
                    tenants.iter_mut().for_each(|tenant| *tenant = tenant.to_lowercase());
                }
                let incident = Incident {
                    id: known.as_ref().map_or_else(|| ids.next(IncidentId::new), |known| known.id),
                    source: IncidentSource::Microsoft,
                    external: told.external.clone(),
                    service: told.service,
                    title: told.title.chars().take(TITLE).collect(),
                    status: told.status,
                    started_at: told.started_at,
                    ended_at: told.ended_at,
                    tenants: Json(tenants),
                    version: known.as_ref().map_or(1, |known| known.version),
                };
                let deed = match &known {
                    Some(known) if *known == incident => return Ok(incident.id),
                    Some(_) => {
                        incidents::update(tx, &incident).await?;
                        Deed::IncidentChange
                    }
                    None => {
                        incidents::add(tx, &incident).await?;
                        Deed::IncidentDeclare
                    }
                };
                let what = json!({ "external": told.external, "status": told.status });
                let act = audit::act(&mut ids, now, Actor::System, deed, &incident.id, what);
                records::audit(tx, &act).await?;
                Ok(incident.id)
            })
        })
        .await
}

/// Changes how a disturbance stands, and what it is called.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Stale`]; [`Error::Invalid`] without a title.
pub async fn change(
    app: &App,
    agent: &Agent,
    id: IncidentId,
    title: &str,
    status: IncidentStatus,
    seen: i64,
) -> Result<()> {
    agent.require(Permission::ServicesEdit)?;
    let now = app.now();
    let title = line("title", title, TITLE)?;
    let what = json!({ "status": status });
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::IncidentChange, &id, what);
    let unit = Arc::new((title, act));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (title, act) = &*unit;
                let known = incidents::get(tx, id).await?.ok_or(Error::NotFound("incident"))?;
                if known.version != seen {
                    return Err(Error::Stale);
                }
                let ended_at = match status {
                    IncidentStatus::Over => known.ended_at.or(Some(now)),
                    IncidentStatus::Open | IncidentStatus::Restoring => None,
                };
                let changed = Incident { title: title.clone(), status, ended_at, ..known };
                incidents::update(tx, &changed).await?;
                records::audit(tx, act).await?;
                Ok(())
            })
        })
        .await
}

/// Says that a ticket on which the agent may work is about a disturbance, or no longer. Said again, nothing changes.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`].
pub async fn match_ticket(
    app: &App,
    agent: &Agent,
    id: IncidentId,
    ticket: TicketId,
    belongs: bool,
) -> Result<()> {
    let now = app.now();
    let unit = Arc::new((agent.clone(), app.ids(now)));
    let told = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, ids) = &*unit;
                let mut hand = take(tx, agent, ticket, None, ids.clone(), now).await?;
                let incident = incidents::get(tx, id).await?.ok_or(Error::NotFound("incident"))?;
                let changed = match belongs {
                    true => incidents::match_ticket(tx, id, ticket, now).await?,
                    false => incidents::unmatch_ticket(tx, id, ticket).await?,
                };
                if !changed {
                    return Ok(None);
                }
                hand.append(Event::Matched { incident: id, title: incident.title, belongs });
                Ok::<_, Error>(Some(hand.put(tx, Deed::IncidentMatch).await?))
            })
        })
        .await?;
    if let Some(told) = told {
        app.live.tell(told);
    }
    Ok(())
}

/// What service health says beside a ticket.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beside {
    /// What the ticket is about.
    pub matched: Vec<Incident>,
    /// What else goes on with its service, and concerns its customer's tenants as far as anybody knows.
    pub others: Vec<Incident>,
}

/// What service health says beside a ticket; who may see the ticket is for the caller to ask.
///
/// # Errors
/// As the database says.
pub async fn beside(tx: &mut Tx, ticket: &Ticket, now: Timestamp) -> Result<Beside> {
    let matched = incidents::of_ticket(tx, ticket.id).await?;
    if !ticket.state.is_active() {
        return Ok(Beside { matched, others: Vec::new() });
    }
    let since = now.checked_sub(OLDEST).unwrap_or(now);
    let ended = ticket.created_at.checked_sub(AFTER).unwrap_or(ticket.created_at);
    let mut others = incidents::going_on(tx, ticket.service, since, ended).await?;
    others.retain(|one| matched.iter().all(|known| known.id != one.id));
    if others.iter().any(|one| one.tenants.0.is_some()) {
        let theirs = match ticket.customer {
            Some(customer) => tenants::of_customer(tx, customer).await?,
            None => Vec::new(),
        };
        // Of a customer whose tenants nobody knows, one cannot say that it is not concerned.
        let concerned = |wanted: &Vec<String>| {
            theirs.is_empty() || theirs.iter().any(|tenant| wanted.contains(&tenant.tenant))
        };
        others.retain(|one| one.tenants.0.as_ref().is_none_or(concerned));
    }
    Ok(Beside { matched, others })
}

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
    let unit = Arc::new((update, agent.actor(), ids));
    let count = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (update, actor, ids) = &*unit;
                incidents::get(tx, id).await?.ok_or(Error::NotFound("incident"))?;
                let tickets = incidents::ticket_ids(tx, id).await?;
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
    let allowed = active && agent.may(Permission::ServicesEdit) && agent.rights.may_work(about.kind);
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
    let (incident, all): (Incident, Vec<TicketId>) = app
        .store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let incident = incidents::get(tx, id).await?.ok_or(Error::NotFound("incident"))?;
                Ok::<_, Error>((incident, incidents::ticket_ids(tx, id).await?))
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
                let mut hand = tickets::take(tx, agent, ticket, None, ids.clone(), now).await?;
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
