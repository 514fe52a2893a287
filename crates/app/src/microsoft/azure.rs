//! Support requests for Azure: the one kind that a program may file with Microsoft. For whoever hands a ticket over.
//!
//! A request is named after an id that the caller keeps with its decision. Whatever goes wrong, the next attempt asks for
//! that name first: so it is filed once.

use domain::id::DeskId;
pub use microsoft::azure::{
    Communication, Contact, ContactBy, Direction, Name, NewTicket, Severity, Status, Ticket, Topic,
};
use microsoft::{CustomerId, Error as Theirs, Page, azure::AzureSupport, azure::Saying};
use uuid::Uuid;

use super::{Trouble, clients, clients::own_tenant};
use crate::App;

/// The most pages of a list that are followed.
const PAGES: usize = 20;

/// Where a request is filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The customer's tenant.
    pub tenant: Uuid,
    /// Its Azure subscription.
    pub subscription: Uuid,
}

/// A request and what was said on it, the oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// The request.
    pub ticket: Ticket,
    /// What was said.
    pub said: Vec<Communication>,
}

/// What support is given for: the services, each with its kinds of problem asked for by its name.
///
/// # Errors
/// As [`Trouble`] says.
pub async fn services(app: &App, desk: DeskId, tenant: Uuid) -> Result<Vec<Topic>, Trouble> {
    let (connection, client) = clients::client(app, desk).await?;
    let customer = own_tenant(app, desk, connection.cloud, tenant).await?;
    let now = app.now();
    let door = client.at(now).azure_support().ok_or(Trouble::NotOffered)?;
    let of = |error| Trouble::of(error, now);
    topics(door, customer, door.services(customer).await.map_err(of)?).await.map_err(of)
}

/// The kinds of problem with a service, by the name of its topic.
///
/// # Errors
/// As [`Trouble`] says.
pub async fn problems(app: &App, desk: DeskId, tenant: Uuid, service: &str) -> Result<Vec<Topic>, Trouble> {
    let (connection, client) = clients::client(app, desk).await?;
    let customer = own_tenant(app, desk, connection.cloud, tenant).await?;
    let now = app.now();
    let door = client.at(now).azure_support().ok_or(Trouble::NotOffered)?;
    let of = |error| Trouble::of(error, now);
    topics(door, customer, door.problems(customer, service).await.map_err(of)?).await.map_err(of)
}

async fn topics(
    door: AzureSupport<'_>,
    customer: CustomerId,
    mut page: Page<Topic>,
) -> Result<Vec<Topic>, Theirs> {
    let mut all = std::mem::take(&mut page.items);
    for _ in 0..PAGES {
        let Some(next) = page.next.take() else { break };
        page = door.next_topics(customer, &next).await?;
        all.append(&mut page.items);
    }
    Ok(all)
}

/// Files a request named after `id`, if it is not filed yet. `None`: Microsoft has it and still files it; ask again.
///
/// # Errors
/// As [`Trouble`] says. After [`Trouble::Later`] the same call again is the next attempt, whatever became of this one.
pub async fn file_azure(
    app: &App,
    desk: DeskId,
    at: Target,
    id: Uuid,
    new: &NewTicket,
) -> Result<Option<Ticket>, Trouble> {
    let (connection, client) = clients::client(app, desk).await?;
    let customer = own_tenant(app, desk, connection.cloud, at.tenant).await?;
    let (now, name) = (app.now(), Name::of(id));
    let door = client.at(now).azure_support().ok_or(Trouble::NotOffered)?;
    let of = |error| Trouble::of(error, now);
    if let Some(known) = door.get(customer, at.subscription, &name).await.map_err(of)? {
        return Ok(Some(known));
    }
    if let Some(filed) = door.file(customer, at.subscription, &name, new).await.map_err(of)? {
        return Ok(Some(filed));
    }
    door.get(customer, at.subscription, &name).await.map_err(of)
}

/// The request named after `id` as it stands, with what was said on it. `None`: there is none, or not yet.
///
/// # Errors
/// As [`Trouble`] says.
pub async fn poll_azure(app: &App, desk: DeskId, at: Target, id: Uuid) -> Result<Option<Followed>, Trouble> {
    let (connection, client) = clients::client(app, desk).await?;
    let customer = own_tenant(app, desk, connection.cloud, at.tenant).await?;
    let (now, name) = (app.now(), Name::of(id));
    let door = client.at(now).azure_support().ok_or(Trouble::NotOffered)?;
    let of = |error| Trouble::of(error, now);
    let Some(ticket) = door.get(customer, at.subscription, &name).await.map_err(of)? else { return Ok(None) };
    let mut page = door.communications(customer, at.subscription, &name).await.map_err(of)?;
    let mut said = std::mem::take(&mut page.items);
    for _ in 0..PAGES {
        let Some(next) = page.next.take() else { break };
        page = door.next_communications(customer, &next).await.map_err(of)?;
        said.append(&mut page.items);
    }
    said.sort_by_key(|one| one.at);
    Ok(Some(Followed { ticket, said }))
}

/// Something to be said on a request.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// The id that the caller keeps: said again under it, it is said once.
    pub id: Uuid,
    /// In a line.
    pub subject: &'a str,
    /// The words.
    pub text: &'a str,
    /// The partner's address.
    pub sender: &'a str,
}

/// Says something on the request named after `id`.
///
/// # Errors
/// As [`Trouble`] says.
pub async fn say_azure(
    app: &App,
    desk: DeskId,
    at: Target,
    id: Uuid,
    words: Words<'_>,
) -> Result<(), Trouble> {
    let (connection, client) = clients::client(app, desk).await?;
    let customer = own_tenant(app, desk, connection.cloud, at.tenant).await?;
    let now = app.now();
    let door = client.at(now).azure_support().ok_or(Trouble::NotOffered)?;
    let saying =
        Saying { name: &Name::of(words.id), subject: words.subject, text: words.text, sender: words.sender };
    let said = door.say(customer, at.subscription, &Name::of(id), &saying).await;
    said.map_err(|error| Trouble::of(error, now))
}

/// Says on the request named after `id` how bad it is, or ends it; what is none stays. Microsoft takes that only while
/// no engineer has it.
///
/// # Errors
/// As [`Trouble`] says.
pub async fn change_azure(
    app: &App,
    desk: DeskId,
    at: Target,
    id: Uuid,
    severity: Option<Severity>,
    status: Option<Status>,
) -> Result<Ticket, Trouble> {
    let (connection, client) = clients::client(app, desk).await?;
    let customer = own_tenant(app, desk, connection.cloud, at.tenant).await?;
    let now = app.now();
    let door = client.at(now).azure_support().ok_or(Trouble::NotOffered)?;
    let changed = door.change(customer, at.subscription, &Name::of(id), severity, status).await;
    changed.map_err(|error| Trouble::of(error, now))
}
