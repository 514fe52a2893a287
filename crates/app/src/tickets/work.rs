//! Working on a ticket: notes, moves, assignment, classification, tags, drafts.

use domain::{
    access::Visibility,
    deed::Deed,
    id::{AgentId, EntryId, TeamId, TicketId},
    ticket::{
        kinds::{Kind, Service, Severity},
        lifecycle::{self, Action},
        timeline::Event,
    },
};
use store::{Tx, search, timeline::Draft};

use super::{File, Hand, Upload, open::TEXT};
use crate::{Agent, App, Error, Ids, Result, error, jobs, live};

/// The most tags of a ticket, and the longest tag in characters.
const TAGS: (usize, usize) = (20, 40);

/// Takes a ticket that the agent may work on, at the version that it has seen.
pub(crate) async fn take(
    tx: &mut Tx,
    agent: &Agent,
    id: TicketId,
    seen: Option<i64>,
    ids: Ids,
    now: jiff::Timestamp,
) -> Result<Hand> {
    let hand = Hand::take(tx, id, ids, now, agent.actor()).await?;
    agent.sees(hand.ticket.kind)?;
    if !agent.rights.may_work(hand.ticket.kind) {
        return Err(Error::Forbidden);
    }
    if seen.is_some_and(|seen| seen != hand.ticket.version) {
        return Err(Error::Stale);
    }
    Ok(hand)
}

/// Changes a ticket that the agent may work on. `change` answers what the audit log calls it, or nothing if nothing
/// changed.
async fn change<F>(app: &App, agent: &Agent, id: TicketId, seen: Option<i64>, what: F) -> Result<()>
where
    F: Fn(&mut Hand) -> Result<Option<Deed>> + Send + Sync + 'static,
{
    let now = app.now();
    let (agent, ids) = (std::sync::Arc::new((agent.clone(), what)), app.ids(now));
    let desk = agent.0.desk;
    let told: Option<live::Change> = app
        .store
        .write(desk, move |tx| {
            let (unit, ids) = (agent.clone(), ids.clone());
            Box::pin(async move {
                let (agent, what) = &*unit;
                let mut hand = take(tx, agent, id, seen, ids, now).await?;
                match what(&mut hand)? {
                    Some(action) => hand.put(tx, action).await.map(Some),
                    None => Ok(None),
                }
            })
        })
        .await?;
    if let Some(change) = told {
        app.live.tell(change);
    }
    Ok(())
}

/// Makes a move of the lifecycle. `seen` is the version that the agent looked at, if it insists on it.
///
/// # Errors
/// [`Error::Refused`] `wrong-state` if the table has no such move from where the ticket stands.
pub async fn make_move(
    app: &App,
    agent: &Agent,
    id: TicketId,
    action: Action,
    seen: Option<i64>,
) -> Result<()> {
    change(app, agent, id, seen, move |hand| {
        let line = lifecycle::find(hand.ticket.state, action).ok_or(Error::Refused("wrong-state"))?;
        hand.move_to(line.to, Some(action));
        Ok(Some(Deed::TicketMove))
    })
    .await?;
    if action == Action::Resolve {
        let now = app.now();
        let mut ids = app.ids(now);
        jobs::enqueue(app, agent.desk, now, jobs::resolved(&mut ids, id, now)).await?;
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
    let unit = std::sync::Arc::new((agent.clone(), text, files, terms, ids));
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

/// Gives a ticket to an agent and a team, or to nobody.
///
/// # Errors
/// An agent who is not there or not active, or who could not work on it; an unknown team.
pub async fn assign(
    app: &App,
    agent: &Agent,
    id: TicketId,
    to: Option<AgentId>,
    team: Option<TeamId>,
    seen: Option<i64>,
) -> Result<()> {
    let now = app.now();
    let mut ids = app.ids(now);
    let job = to.filter(|to| *to != agent.id).map(|to| jobs::notify(&mut ids, id, to, "assigned", now));
    let unit = std::sync::Arc::new((agent.clone(), ids, job));
    let told = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, ids, job) = &*unit;
                let mut hand = take(tx, agent, id, seen, ids.clone(), now).await?;
                if (hand.ticket.assignee, hand.ticket.team) == (to, team) {
                    return Ok(None);
                }
                if let Some(to) = to {
                    let whom = store::people::agent(tx, to).await?.filter(|a| a.active);
                    let whom = whom.ok_or(Error::invalid("assignee", "unknown"))?;
                    if !domain::access::Rights::of(&whom.roles.0).may_work(hand.ticket.kind) {
                        return Err(Error::invalid("assignee", "cannot-work"));
                    }
                }
                if let Some(team) = team
                    && !store::people::teams(tx).await?.iter().any(|t| t.id == team)
                {
                    return Err(Error::invalid("team", "unknown"));
                }
                (hand.ticket.assignee, hand.ticket.team) = (to, team);
                hand.append(Event::Assigned { agent: to, team });
                if let Some(job) = job {
                    store::queue::enqueue(tx, now, job).await?;
                }
                hand.put(tx, Deed::TicketAssign).await.map(Some)
            })
        })
        .await?;
    if let Some(change) = told {
        app.live.tell(change);
    }
    app.wake();
    Ok(())
}

/// What a ticket is about and how bad it is; what is not given stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Classify {
    /// The kind.
    pub kind: Option<Kind>,
    /// The service.
    pub service: Option<Service>,
    /// The severity: it re-bases the promises from the opening.
    pub severity: Option<Severity>,
    /// What it is called.
    pub subject: Option<String>,
}

/// Changes what a ticket is about.
///
/// # Errors
/// To a kind on which the agent could not work itself; a subject that is not a line.
pub async fn classify(app: &App, agent: &Agent, id: TicketId, to: Classify, seen: Option<i64>) -> Result<()> {
    if to.kind.is_some_and(|kind| !agent.rights.may_work(kind)) {
        return Err(Error::Forbidden);
    }
    let subject = to.subject.map(|s| error::line("subject", &s, super::open::SUBJECT)).transpose()?;
    let now = app.now();
    let ids = app.ids(now);
    let unit = std::sync::Arc::new((agent.clone(), subject, ids));
    let told = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, subject, ids) = &*unit;
                let mut hand = take(tx, agent, id, seen, ids.clone(), now).await?;
                let t = &mut hand.ticket;
                let kind = to.kind.filter(|k| *k != t.kind);
                let service = to.service.filter(|s| *s != t.service);
                let severity = to.severity.filter(|s| *s != t.severity);
                let renamed = subject.as_ref().filter(|s| **s != t.subject).cloned();
                (t.kind, t.service) = (kind.unwrap_or(t.kind), service.unwrap_or(t.service));
                if let Some(severity) = severity {
                    t.severity = severity;
                    t.targets = store::Json(hand.rules.settings.promises.of(severity));
                }
                if kind.is_some() || service.is_some() || severity.is_some() {
                    hand.append(Event::Classified { kind, service, severity });
                }
                if let Some(subject) = renamed.clone() {
                    search::remove(tx, id, search::Part::Subject).await?;
                    let terms = search::analyse(&subject, hand.ticket.lang);
                    hand.index(None, Visibility::Public, &terms);
                    hand.ticket.subject.clone_from(&subject);
                    hand.append(Event::Renamed { subject });
                }
                if kind.is_none() && service.is_none() && severity.is_none() && renamed.is_none() {
                    return Ok(None);
                }
                hand.put(tx, Deed::TicketClassify).await.map(Some)
            })
        })
        .await?;
    if let Some(change) = told {
        app.live.tell(change);
    }
    Ok(())
}

/// Puts these tags on a ticket, and no others.
///
/// # Errors
/// More than 20, or one that is not a short line.
pub async fn tag(app: &App, agent: &Agent, id: TicketId, tags: &[String], seen: Option<i64>) -> Result<()> {
    let mut clean = Vec::with_capacity(tags.len());
    for tag in tags {
        let tag = error::line("tags", tag, TAGS.1)?.to_lowercase();
        if !clean.contains(&tag) {
            clean.push(tag);
        }
    }
    if clean.len() > TAGS.0 {
        return Err(Error::invalid("tags", "too-many"));
    }
    change(app, agent, id, seen, move |hand| {
        if hand.ticket.tags.0 == clean {
            return Ok(None);
        }
        hand.ticket.tags = store::Json(clean.clone());
        hand.append(Event::Tagged { tags: clean.clone() });
        Ok(Some(Deed::TicketTag))
    })
    .await
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
    let unit = std::sync::Arc::new((agent.clone(), draft));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, draft) = &*unit;
                let ticket = store::tickets::get(tx, id).await?.ok_or(Error::NotFound("ticket"))?;
                agent.sees(ticket.kind)?;
                if !agent.rights.may_work(ticket.kind) {
                    return Err(Error::Forbidden);
                }
                Ok(store::timeline::save_draft(tx, id, agent.id, draft).await?)
            })
        })
        .await
}
