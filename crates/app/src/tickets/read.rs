//! Reading tickets: lists, one ticket with all that belongs to it.

use std::collections::{HashMap, HashSet};

use domain::{
    access::{Permission, Visibility},
    clock::{self, running::Clock},
    id::{AgentId, EntryId, TicketId},
    ticket::{
        kinds::Kind,
        lifecycle::{self, Move},
        timeline::{Actor, Entry, Event},
    },
};
use jiff::Timestamp;
use store::{
    Tx,
    followers::Follower,
    parties::{Affiliation, Contact, Customer},
    people::Team,
    tickets::{self, Key, Ticket, TicketLine, View},
    timeline::{Attachment, Draft},
};

use super::{
    hand,
    undo::{self, Offer},
};
use crate::{
    Agent, App, Error, Result,
    catalogue::{self, Covered},
};

/// How many entries a page of a timeline has.
const ENTRIES: i64 = 100;

/// A page of a list: as many as asked for, and whether there are more.
///
/// # Errors
/// As the database says.
pub async fn list(
    app: &App,
    agent: &Agent,
    view: View,
    after: Option<Key>,
    limit: i64,
) -> Result<(Vec<TicketLine>, bool)> {
    let agent = std::sync::Arc::new(agent.clone());
    app.store
        .read(agent.desk, move |tx| {
            let agent = agent.clone();
            Box::pin(async move { list_in(tx, &agent, view, after, limit).await })
        })
        .await
}

/// As [`list`], with the numbers of those in which the agent has something to read.
///
/// # Errors
/// As [`list`].
pub async fn list_with_unread(
    app: &App,
    agent: &Agent,
    view: View,
    after: Option<Key>,
    limit: i64,
) -> Result<(Vec<TicketLine>, bool, HashSet<i64>)> {
    let agent = std::sync::Arc::new(agent.clone());
    app.store
        .read(agent.desk, move |tx| {
            let agent = agent.clone();
            Box::pin(async move {
                let (lines, more) = list_in(tx, &agent, view, after, limit).await?;
                let unread = super::unread_in(tx, &agent, &lines).await?;
                Ok((lines, more, unread))
            })
        })
        .await
}

/// As [`list`], in a unit that reads more.
///
/// # Errors
/// As [`list`].
pub async fn list_in(
    tx: &mut Tx,
    agent: &Agent,
    view: View,
    after: Option<Key>,
    limit: i64,
) -> Result<(Vec<TicketLine>, bool)> {
    if matches!(view, View::Customer(_)) && !agent.may(Permission::CustomersView) {
        return Err(Error::NotFound("customer"));
    }
    let mut lines = tickets::list(tx, view, agent.reader(), after, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = lines.len() > wanted;
    lines.truncate(wanted);
    Ok((lines, more))
}

/// A ticket with all that belongs to it, as far as its reader may see it.
#[derive(Debug)]
pub struct TicketView {
    /// The ticket.
    pub ticket: Ticket,
    /// What the reader sees of the timeline.
    pub sees: Visibility,
    /// Whether the reader may work on it.
    pub may_work: bool,
    /// A page of the entries, oldest first.
    pub entries: Vec<Entry>,
    /// Whether there are older ones.
    pub older: bool,
    /// The names of everybody who acts in them.
    pub names: HashMap<uuid::Uuid, String>,
    /// The files of those entries.
    pub attachments: HashMap<EntryId, Vec<Attachment>>,
    /// Who asked.
    pub contact: Option<Contact>,
    /// The customers to which that contact belongs.
    pub affiliations: Vec<Affiliation>,
    /// Whose it is.
    pub customer: Option<Customer>,
    /// Who follows it.
    pub followers: Vec<Follower>,
    /// Its promises at this moment, each with the ledger that says why it is due then.
    pub clocks: Vec<Clock>,
    /// The name of the hours in which they are counted: those of the desk, or of the offering that covers it.
    pub hours: Option<String>,
    /// What the catalogue said of it.
    pub covered: Covered,
    /// The moves that the reader may make.
    pub moves: Vec<&'static Move>,
    /// What the reader has begun to write.
    pub drafts: Vec<Draft>,
    /// Other tickets of the customer, the newest word first.
    pub others: Vec<TicketLine>,
    /// To whom it may be given: agents who may work on it.
    pub assignees: Vec<(AgentId, String)>,
    /// Whom the reader may let in, where it is shown to named people only: agents who see tickets of its kind.
    pub strangers: Vec<(AgentId, String)>,
    /// The teams.
    pub teams: Vec<Team>,
    /// The number of the ticket that it goes on from.
    pub parent: Option<i64>,
    /// The number of the ticket in which it goes on.
    pub merged_into: Option<i64>,
    /// How the reader can take its merging back.
    pub unmerge: Option<Offer>,
    /// When all this was so.
    pub now: Timestamp,
}

/// One ticket by its number.
///
/// # Errors
/// [`Error::NotFound`] for a number that is not there and for one that the agent may not see: the same answer.
pub async fn view(app: &App, agent: &Agent, number: i64) -> Result<TicketView> {
    let now = app.now();
    let agent = std::sync::Arc::new(agent.clone());
    app.store
        .read(agent.desk, move |tx| {
            let agent = agent.clone();
            Box::pin(async move { view_in(tx, &agent, number, None, now).await })
        })
        .await
}

/// As [`view`], in a unit that reads more, with the newest page of the timeline or the one before a place.
///
/// # Errors
/// As [`view`].
pub async fn view_in(
    tx: &mut Tx,
    agent: &Agent,
    number: i64,
    before: Option<i64>,
    now: Timestamp,
) -> Result<TicketView> {
    let ticket = tickets::by_number(tx, number).await?.ok_or(Error::NotFound("ticket"))?;
    let sees = agent.sees(&ticket)?;
    read(tx, ticket, sees, before, Reader::Agent(agent), now).await
}

/// Who reads a ticket.
pub(crate) enum Reader<'a> {
    Agent(&'a Agent),
    Contact,
}

pub(crate) async fn read(
    tx: &mut Tx,
    ticket: Ticket,
    sees: Visibility,
    before: Option<i64>,
    reader: Reader<'_>,
    now: Timestamp,
) -> Result<TicketView> {
    let id = ticket.id;
    let mut entries = store::timeline::page(tx, id, before, ENTRIES + 1, sees).await?;
    let older = i64::try_from(entries.len()).unwrap_or(i64::MAX) > ENTRIES;
    if older {
        entries.remove(0);
    }
    let mut attachments: HashMap<EntryId, Vec<Attachment>> = HashMap::new();
    for file in store::timeline::attachments(tx, id).await? {
        if entries.iter().any(|e| e.id == file.entry) {
            attachments.entry(file.entry).or_default().push(file);
        }
    }
    let contact = match ticket.contact {
        Some(contact) => store::parties::contact(tx, contact).await?,
        None => None,
    };
    let agents = match reader {
        Reader::Agent(_) => store::people::agents(tx).await?,
        Reader::Contact => Vec::new(),
    };
    let names = names(tx, &entries, &agents, contact.as_ref()).await?;
    let customer = match ticket.customer {
        Some(customer) => store::parties::customer(tx, customer).await?,
        None => None,
    };
    let covered = catalogue::covered(tx, &ticket, now).await?;
    let (hours, spec) = hours_of(tx, &ticket, &covered).await?;
    let calendar = spec.map(clock::Calendar::try_from).transpose().map_err(Error::internal)?;
    let clocks = hand::running(&ticket, calendar.as_ref(), now)?;
    let followers = store::followers::of_ticket(tx, id).await?;
    let mut view = TicketView {
        sees,
        may_work: false,
        older,
        names,
        attachments,
        affiliations: Vec::new(),
        customer,
        followers,
        clocks,
        hours,
        covered,
        moves: Vec::new(),
        drafts: Vec::new(),
        others: Vec::new(),
        assignees: Vec::new(),
        strangers: Vec::new(),
        teams: Vec::new(),
        parent: None,
        merged_into: None,
        unmerge: None,
        entries,
        contact,
        ticket,
        now,
    };
    match reader {
        Reader::Agent(agent) => for_agent(tx, &mut view, agent, agents).await?,
        Reader::Contact => {
            view.covered.delivered_by = None;
            view.moves = lifecycle::choices(view.ticket.state)
                .filter(|m| matches!(m.by, lifecycle::By::AgentOrContact(_)))
                .collect();
        }
    }
    Ok(view)
}

/// The name and the hours of the calendar in which a ticket's promises are counted: its offering's, or the desk's.
async fn hours_of(
    tx: &mut Tx,
    ticket: &Ticket,
    covered: &Covered,
) -> Result<(Option<String>, Option<clock::CalendarSpec>)> {
    if ticket.offering.is_some() {
        return Ok(covered.offering.clone().map(|(_, name, hours)| (name, hours)).unzip());
    }
    let Some(calendar) = ticket.calendar else { return Ok((None, None)) };
    Ok(store::people::calendar(tx, calendar).await?.map(|row| (row.name, row.spec.0)).unzip())
}

/// What only agents see beside a ticket.
async fn for_agent(
    tx: &mut Tx,
    view: &mut TicketView,
    agent: &Agent,
    agents: Vec<store::people::Agent>,
) -> Result<()> {
    let ticket = &view.ticket;
    view.may_work = agent.rights.may_work(ticket.kind);
    if view.sees == Visibility::Public {
        view.covered.delivered_by = None;
    }
    if let Some(contact) = ticket.contact {
        view.affiliations = store::parties::affiliations(tx, contact).await?;
    }
    if let (Some(customer), true) = (ticket.customer, agent.may(Permission::CustomersView)) {
        view.others = tickets::list(tx, View::Customer(customer), agent.reader(), None, 6).await?;
        view.others.retain(|other| other.id != ticket.id);
        view.others.truncate(5);
    }
    if let Some(parent) = ticket.parent
        && let Some(parent) = tickets::get(tx, parent).await?
        && agent.sees(&parent).is_ok()
    {
        view.parent = Some(parent.number);
    }
    if let Some(target) = ticket.merged_into
        && let Some(target) = tickets::get(tx, target).await?
        && agent.sees(&target).is_ok()
    {
        view.merged_into = Some(target.number);
    }
    if view.may_work {
        let merged = |entry: &Entry| matches!(entry.event, Event::Merged { .. } | Event::MergedInto { .. });
        if view.entries.iter().any(|entry| merged(entry) && entry.actor == agent.actor()) {
            view.unmerge = undo::of_merge(tx, agent.id, &view.ticket, view.now).await?;
        }
        view.moves = lifecycle::choices(ticket.state).collect();
        view.drafts = store::timeline::drafts(tx, ticket.id, agent.id).await?;
        if ticket.circle.is_some() {
            let outside = agents.iter().filter(|a| super::circle::could_join(a, ticket));
            view.strangers = outside.map(|a| (a.id, a.name.clone())).collect();
        }
        view.assignees = agents
            .into_iter()
            .filter(|a| a.active && domain::access::Rights::of(&a.roles.0).may_work(ticket.kind))
            .map(|a| (a.id, a.name))
            .collect();
    }
    view.teams = store::people::teams(tx).await?;
    Ok(())
}

/// The names of everybody who acts in entries, of those to whom they give a ticket, and for whom. Some are known
/// already.
async fn names(
    tx: &mut Tx,
    entries: &[Entry],
    agents: &[store::people::Agent],
    contact: Option<&Contact>,
) -> Result<HashMap<uuid::Uuid, String>> {
    let mut names: HashMap<_, _> = agents.iter().map(|agent| (agent.id.uuid(), agent.name.clone())).collect();
    names.extend(contact.map(|contact| (contact.id.uuid(), name_of(contact))));
    for entry in entries {
        let both;
        let (named, asked, owner) = match &entry.event {
            Event::Assigned { agent, .. } => (agent.as_slice(), None, None),
            Event::Told { agents, .. } => (agents.as_slice(), None, None),
            Event::Circle { let_in, put_out, .. } => {
                both = [let_in.as_slice(), put_out].concat();
                (both.as_slice(), None, None)
            }
            Event::Requester { contact, customer } => (&[][..], *contact, *customer),
            _ => (&[][..], None, None),
        };
        let (agent, contact) = match entry.actor {
            Actor::Agent(agent) => (Some(agent), None),
            Actor::Contact(contact) => (None, Some(contact)),
            Actor::Stranger | Actor::System => (None, None),
        };
        for agent in named.iter().copied().chain(agent) {
            if !names.contains_key(&agent.uuid())
                && let Some(agent) = store::people::agent(tx, agent).await?
            {
                names.insert(agent.id.uuid(), agent.name);
            }
        }
        for contact in [asked, contact].into_iter().flatten() {
            if !names.contains_key(&contact.uuid())
                && let Some(contact) = store::parties::contact(tx, contact).await?
            {
                names.insert(contact.id.uuid(), name_of(&contact));
            }
        }
        if let Some(customer) = owner
            && !names.contains_key(&customer.uuid())
            && let Some(customer) = store::parties::customer(tx, customer).await?
        {
            names.insert(customer.id.uuid(), customer.name);
        }
    }
    Ok(names)
}

/// A contact's name, or its address.
fn name_of(contact: &Contact) -> String {
    let email = || contact.email.as_ref().map(ToString::to_string).unwrap_or_default();
    if contact.name.is_empty() { email() } else { contact.name.clone() }
}

/// Older entries of a ticket than place `before`, oldest first.
///
/// # Errors
/// As [`view`].
pub async fn history(
    app: &App,
    agent: &Agent,
    number: i64,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Entry>> {
    let agent = std::sync::Arc::new(agent.clone());
    app.store
        .read(agent.desk, move |tx| {
            let agent = agent.clone();
            Box::pin(async move {
                let ticket = tickets::by_number(tx, number).await?.ok_or(Error::NotFound("ticket"))?;
                let sees = agent.sees(&ticket)?;
                Ok(store::timeline::page(tx, ticket.id, before, limit, sees).await?)
            })
        })
        .await
}

/// A file of a ticket, and its bytes.
///
/// # Errors
/// [`Error::NotFound`] for a ticket, an entry or a file that is not there or may not be seen.
pub async fn attachment(
    app: &App,
    agent: &Agent,
    number: i64,
    entry: EntryId,
    position: i64,
) -> Result<(Attachment, Vec<u8>)> {
    let ticket = find(app, agent, number).await?;
    let sees = agent.sees(&ticket)?;
    file(app, agent.desk, ticket.id, entry, position, sees).await
}

pub(crate) async fn file(
    app: &App,
    desk: domain::id::DeskId,
    ticket: TicketId,
    entry: EntryId,
    position: i64,
    sees: Visibility,
) -> Result<(Attachment, Vec<u8>)> {
    let found = app
        .store
        .read(desk, move |tx| Box::pin(store::timeline::attachment(tx, ticket, entry, position, sees)))
        .await
        .map_err(|e: store::Error| Error::from(e))?
        .ok_or(Error::NotFound("file"))?;
    let bytes = app.blobs.get(&app.store, desk, found.hash).await?.ok_or(Error::NotFound("file"))?;
    Ok((found, bytes))
}

/// A ticket by its number, if the agent may see it.
///
/// # Errors
/// As [`view`].
pub async fn find(app: &App, agent: &Agent, number: i64) -> Result<Ticket> {
    let ticket: Option<Ticket> = app
        .store
        .read(agent.desk, move |tx| Box::pin(tickets::by_number(tx, number)))
        .await
        .map_err(|e: store::Error| Error::from(e))?;
    let ticket = ticket.ok_or(Error::NotFound("ticket"))?;
    agent.sees(&ticket)?;
    Ok(ticket)
}

/// The raw mail behind an entry, byte for byte. It can hold what agents alone may see.
///
/// # Errors
/// [`Error::NotFound`] for an entry that is not there, may not be seen whole, or is no mail.
pub async fn original(app: &App, agent: &Agent, number: i64, entry: EntryId) -> Result<Vec<u8>> {
    let ticket = find(app, agent, number).await?;
    if agent.sees(&ticket)? != Visibility::Internal {
        return Err(Error::NotFound("entry"));
    }
    let raw = app
        .store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                store::timeline::entry(tx, ticket.id, entry).await?.ok_or(Error::NotFound("entry"))?;
                store::inbox::of_entry(tx, entry).await?.ok_or(Error::NotFound("entry"))
            })
        })
        .await?;
    app.blobs.get(&app.store, agent.desk, raw.digest).await?.ok_or(Error::NotFound("entry"))
}

/// The HTML of a message as it came, and the pictures in it by their content id; to be sanitised before it is shown.
///
/// # Errors
/// [`Error::NotFound`] for an entry that is not there, may not be seen, or has no HTML.
pub async fn html(app: &App, agent: &Agent, number: i64, entry: EntryId) -> Result<Html> {
    let ticket = find(app, agent, number).await?;
    let sees = agent.sees(&ticket)?;
    message_html(app, agent.desk, ticket.id, entry, sees).await
}

/// A message's HTML, as it came.
#[derive(Clone, Debug)]
pub struct Html {
    /// The markup. Hostile.
    pub markup: String,
    /// The parts that it may show as pictures, by content id. Whether they are pictures is for the caller to ask.
    pub pictures: HashMap<String, Vec<u8>>,
}

/// The most bytes of pictures that are shown within a message; the others are files beside it.
const PICTURES: usize = 4 << 20;

pub(crate) async fn message_html(
    app: &App,
    desk: domain::id::DeskId,
    ticket: TicketId,
    entry: EntryId,
    sees: Visibility,
) -> Result<Html> {
    let raw = app
        .store
        .read(desk, move |tx| {
            Box::pin(async move {
                let found = store::timeline::entry(tx, ticket, entry).await?;
                let found = found.filter(|e| sees == Visibility::Internal || e.event.visibility() == sees);
                found.ok_or(Error::NotFound("entry"))?;
                store::inbox::of_entry(tx, entry).await?.ok_or(Error::NotFound("entry"))
            })
        })
        .await?;
    let bytes = app.blobs.get(&app.store, desk, raw.digest).await?.ok_or(Error::NotFound("entry"))?;
    let parsed = tokio::task::spawn_blocking(move || mail::parse(&bytes, &mail::Limits::DEFAULT));
    let message = parsed.await.map_err(Error::internal)?;
    let markup = message.html.ok_or(Error::NotFound("entry"))?;
    let mut room = PICTURES;
    let mut pictures = HashMap::new();
    for part in message.attachments {
        if let Some(id) = part.content_id
            && part.body.len() <= room
        {
            room -= part.body.len();
            pictures.insert(id, part.body);
        }
    }
    Ok(Html { markup, pictures })
}

/// The kinds of tickets that an agent may file and work on.
#[must_use]
pub fn kinds(agent: &Agent) -> Vec<Kind> {
    Kind::ALL.iter().copied().filter(|kind| agent.rights.may_work(*kind)).collect()
}
