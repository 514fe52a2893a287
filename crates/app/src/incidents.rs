//! Disturbances, and the tickets that are about them.

mod outage;

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    access::{Permission, Sight, Tickets},
    deed::Deed,
    id::{DeskId, IncidentId, TicketId},
    incident::{IncidentSource, IncidentStatus, Informed},
    lang::Lang,
    ticket::{
        kinds::Service,
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

pub(crate) use self::outage::inform;
pub use self::outage::{resolve_all, update};
use crate::{Agent, App, Error, Result, audit, error::line, tickets::take};

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
                for (incident, kind, tickets) in incidents::counts(tx, agent.reader()).await? {
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
                let mut tickets = incidents::tickets(tx, id, agent.reader()).await?;
                tickets.retain(|line| agent.rights.sight(line.kind) > Sight::None);
                let mut languages: BTreeMap<Lang, i64> = BTreeMap::new();
                for (lang, kind, count) in incidents::languages(tx, id, agent.reader()).await? {
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
