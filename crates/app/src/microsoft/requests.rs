//! Service requests at Microsoft: read again and again, followed and annotated. Filing them by program ended in August
//! 2020, so there is no use case for that: a person files in the portal.

use std::sync::Arc;

use domain::{access::Permission, id::DeskId};
use jiff::SignedDuration;
use microsoft::{
    RequestId,
    service_requests::{self as theirs, ServiceRequestId},
};
use store::{
    Json, Tx,
    microsoft::{
        self as kept, Sooner,
        read::{self, Said, ServiceRequest},
    },
};

use super::{State, Trouble, What, clients, cut, look::Ended, readings::Reading};
use crate::{Agent, App, Error, Result};

/// How many are asked for at once.
const PAGE: u16 = 500;
/// The most pages of a list that are followed.
const PAGES: usize = 20;
/// How many are read with their notes at a time. What is left goes on at once.
const WHOLE: usize = 50;
/// The longest note, in characters.
const NOTE: usize = 10_000;
/// How often a tenant's list is read to learn whose requests are.
const DAILY: SignedDuration = SignedDuration::from_hours(24);
/// How soon the rest is read.
const SOON: SignedDuration = SignedDuration::from_secs(1);

/// A request as it was read. Texts of strangers are limited.
fn row(found: theirs::ServiceRequest, tenant: &str, now: jiff::Timestamp) -> ServiceRequest {
    let said = |note: theirs::Note| Said {
        by: cut(&note.by),
        at: note.at,
        text: note.text.chars().take(NOTE).collect(),
    };
    ServiceRequest {
        id: found.id.to_string(),
        tenant: tenant.to_owned(),
        title: cut(&found.title),
        status: found.status.word().to_owned(),
        severity: found.severity.word().to_owned(),
        product: found.product.as_deref().map(cut).unwrap_or_default(),
        filed_at: found.created,
        modified_at: found.modified,
        closed_at: found.closed,
        notes: Json(found.notes.into_iter().map(said).collect()),
        read_at: now,
    }
}

async fn put(app: &App, desk: DeskId, rows: Vec<ServiceRequest>) -> Result<(), Trouble> {
    let rows = Arc::new(rows);
    app.store
        .write::<_, store::Error, _>(desk, move |tx: &mut Tx| {
            let rows = rows.clone();
            Box::pin(async move {
                for row in rows.iter() {
                    read::put_request(tx, row).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(())
}

/// The list of all of the partner's: what changed is read whole. The list does not say whose a request is; a new one has
/// the customers' own lists be read.
pub(super) async fn of_partner(of: &Reading<'_>) -> Result<Ended, Trouble> {
    let door = of.session.service_requests().ok_or(Trouble::NotOffered)?;
    let mut page = match door.all(None, 0, PAGE).await {
        Ok(page) => page,
        // Documented for a customer, and only seen for a partner: where it is not there, each customer is asked.
        Err(error) if error.reason() == Some(microsoft::Reason::Missing) => {
            sooner_for_each(of).await?;
            return Ok(Ended::stands(State::Refused, SignedDuration::from_mins(15)));
        }
        Err(error) => return Err(of.trouble(error)),
    };
    let (mut lines, mut pages) = (Vec::new(), 1);
    loop {
        lines.append(&mut page.items);
        let Some(next) = page.next.take() else { break };
        if pages == PAGES {
            break;
        }
        page = door.next(&next).await.map_err(|error| of.trouble(error))?;
        pages += 1;
    }
    let more = take(of, lines, "").await?;
    Ok(Ended { next: more.then_some(SOON), ..Ended::current() })
}

async fn sooner_for_each(of: &Reading<'_>) -> Result<(), Trouble> {
    let now = of.now;
    let unit = of.app.store.write::<_, store::Error, _>(of.desk, move |tx| {
        Box::pin(async move { kept::sooner(tx, Sooner::Each(What::Requests.word()), now).await })
    });
    unit.await?;
    Ok(())
}

/// The list of one customer's: whose they are.
pub(super) async fn of_tenant(of: &Reading<'_>) -> Result<Ended, Trouble> {
    let door = of.session.service_requests().ok_or(Trouble::NotOffered)?;
    let tenant = of.tenant()?;
    let mut page = door.of_customer(tenant, None, 0, PAGE).await.map_err(|error| of.trouble(error))?;
    let (mut lines, mut pages) = (Vec::new(), 1);
    loop {
        lines.append(&mut page.items);
        let Some(next) = page.next.take() else { break };
        if pages == PAGES {
            break;
        }
        page = door.next(&next).await.map_err(|error| of.trouble(error))?;
        pages += 1;
    }
    let more = take(of, lines, &of.mirror.tenant).await?;
    Ok(Ended { next: Some(if more { SOON } else { DAILY }), ..Ended::current() })
}

/// Reads whole what is new or has changed; whether there is more of it than is read at a time.
async fn take(of: &Reading<'_>, lines: Vec<theirs::ServiceRequest>, tenant: &str) -> Result<bool, Trouble> {
    let door = of.session.service_requests().ok_or(Trouble::NotOffered)?;
    let ids: Arc<Vec<String>> = Arc::new(lines.iter().map(|line| line.id.to_string()).collect());
    let (asked, whose) = (ids.clone(), tenant.to_owned());
    let known = of
        .app
        .store
        .write::<_, store::Error, _>(of.desk, move |tx: &mut Tx| {
            let (ids, whose) = (asked.clone(), whose.clone());
            Box::pin(async move {
                let mut known = Vec::with_capacity(ids.len());
                for id in ids.iter() {
                    let found = read::request(tx, id).await?;
                    if found.is_some() && !whose.is_empty() {
                        read::set_tenant(tx, id, &whose).await?;
                    }
                    known.push(found.map(|found| (found.modified_at, found.tenant.is_empty())));
                }
                Ok(known)
            })
        })
        .await?;
    let mut changed = Vec::new();
    let mut of_nobody = false;
    for (line, known) in lines.into_iter().zip(known) {
        match known {
            Some((modified, nobodys)) => {
                of_nobody |= nobodys && tenant.is_empty();
                if modified != line.modified || line.modified.is_none() {
                    changed.push(line.id);
                }
            }
            None => {
                of_nobody |= tenant.is_empty();
                changed.push(line.id);
            }
        }
    }
    let more = changed.len() > WHOLE;
    let mut rows = Vec::new();
    for id in changed.into_iter().take(WHOLE) {
        match door.get(&id).await {
            Ok(found) => rows.push(row(found, tenant, of.now)),
            // It went between list and look, or is one that nobody may see.
            Err(microsoft::Error::Refused(_)) => {}
            Err(error) => {
                // What was read is kept.
                put(of.app, of.desk, rows).await?;
                return Err(of.trouble(error));
            }
        }
    }
    put(of.app, of.desk, rows).await?;
    if of_nobody && !more {
        sooner_for_each(of).await?;
    }
    Ok(more)
}

/// Reads a service request by Microsoft's number, and keeps it: for whoever follows a hand-over.
///
/// # Errors
/// As [`Trouble`] says; [`Error::Invalid`] for what is no number.
pub async fn follow(app: &App, desk: DeskId, id: &str) -> Result<ServiceRequest, Trouble> {
    let (_, client) = clients::client(app, desk).await?;
    let number = number(id)?;
    let now = app.now();
    let door = client.at(now).service_requests().ok_or(Trouble::NotOffered)?;
    let found = door.get(&number).await.map_err(|error| Trouble::of(error, now))?;
    keep(app, desk, row(found, "", now)).await
}

fn number(id: &str) -> Result<ServiceRequestId, Trouble> {
    id.parse().map_err(|_| Trouble::Ours(Error::invalid("number", "unknown")))
}

/// Keeps a request; whose it is stays known.
async fn keep(app: &App, desk: DeskId, row: ServiceRequest) -> Result<ServiceRequest, Trouble> {
    let unit = app.store.write::<_, store::Error, _>(desk, move |tx| {
        let row = row.clone();
        Box::pin(async move {
            read::put_request(tx, &row).await?;
            Ok(read::request(tx, &row.id).await?.unwrap_or(row))
        })
    });
    Ok(unit.await?)
}

/// Says something on a service request. `attempt` is kept with the decision: after [`Trouble::Later`] with `same` the next
/// attempt carries it again, so that it is said once.
///
/// # Errors
/// As [`Trouble`] says.
pub async fn add_note(
    app: &App,
    desk: DeskId,
    id: &str,
    text: &str,
    attempt: RequestId,
) -> Result<ServiceRequest, Trouble> {
    let text = crate::error::body("text", text, NOTE)?;
    let (_, client) = clients::client(app, desk).await?;
    let number = number(id)?;
    let now = app.now();
    let door = client.at(now).service_requests().ok_or(Trouble::NotOffered)?;
    let found = door.add_note(&number, &text, attempt).await.map_err(|error| Trouble::of(error, now))?;
    keep(app, desk, row(found, "", now)).await
}

/// Service requests in the order of their numbers, after the given one.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn list(app: &App, agent: &Agent, after: &str, limit: i64) -> Result<Vec<ServiceRequest>> {
    agent.require(Permission::CustomersView)?;
    let (after, limit) = (after.to_owned(), limit.clamp(1, 201));
    let unit = app.store.read::<_, store::Error, _>(agent.desk, move |tx| {
        let after = after.clone();
        Box::pin(async move { read::requests_after(tx, &after, limit).await })
    });
    Ok(unit.await?)
}

/// One service request, by Microsoft's number, as it was read last.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn one(app: &App, agent: &Agent, id: &str) -> Result<ServiceRequest> {
    agent.require(Permission::CustomersView)?;
    let id = id.to_owned();
    let unit = app.store.read::<_, store::Error, _>(agent.desk, move |tx| {
        let id = id.clone();
        Box::pin(async move { read::request(tx, &id).await })
    });
    unit.await?.ok_or(Error::NotFound("service request"))
}
