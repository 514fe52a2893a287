//! What a contact does in the portal. A ticket that it may not see is not there, whatever number it tries.

use std::sync::Arc;

use domain::{
    access::Visibility,
    deed::Deed,
    id::{EntryId, TicketId},
    party::Sees,
    ticket::{
        kinds::{Channel, Kind, Service, Severity},
        lifecycle::{self, Action, By},
        notice::Occasion,
        timeline::{Entry, Event, Message, Party},
    },
};
use jiff::{SignedDuration, Timestamp};
use store::{
    outgoing, search,
    tickets::{self, Key, Ticket, TicketLine},
};

use crate::{
    App, Contact, Error, Result,
    catalogue::Asked,
    desks, diagnosis, error, jobs,
    tickets::{Hand, Opened, Opening, Reader, Rules, TicketView, Upload, read},
};

/// A request of a contact.
#[derive(Clone, Debug)]
pub struct Request {
    /// What kind of help.
    pub kind: Kind,
    /// For which service.
    pub service: Service,
    /// How bad.
    pub severity: Severity,
    /// What it is called.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// For which of its customers; its only one if none is given.
    pub customer: Option<domain::id::CustomerId>,
    /// Files.
    pub files: Vec<Upload>,
}

/// Opens a ticket.
///
/// # Errors
/// A subject or text that is empty or too long; a customer that is not the contact's.
pub async fn ask(app: &App, contact: &Contact, request: Request) -> Result<Opened> {
    let subject = error::line("subject", &request.subject, crate::tickets::SUBJECT)?;
    let text = error::body("text", &request.text, crate::tickets::TEXT)?;
    let now = app.now();
    let (id, wanted, service, kind) = (contact.id, request.customer, request.service, request.kind);
    let (customer, rules) = app
        .store
        .read(contact.desk, move |tx| {
            Box::pin(async move {
                let theirs = store::parties::affiliations(tx, id).await?;
                let customer = match (wanted, theirs.as_slice()) {
                    (Some(wanted), all) if all.iter().any(|a| a.customer == wanted) => Some(wanted),
                    (Some(_), _) => return Err(Error::invalid("customer", "unknown")),
                    (None, [only]) => Some(only.customer),
                    (None, _) => None,
                };
                let asked = Asked { customer, service, kind };
                Ok((customer, Rules::of_new(tx, &asked, now).await?))
            })
        })
        .await?;
    let mut ids = app.ids(now);
    let message = message(contact, text, request.files.len());
    let opening = Opening {
        id: ids.next(TicketId::new),
        entry: ids.next(EntryId::new),
        number: app.store.ticket_number(contact.desk).await?,
        at: now,
        customer,
        contact: Some(contact.id),
        mailbox: None,
        channel: Channel::Portal,
        kind: request.kind,
        service: request.service,
        severity: request.severity,
        subject_terms: search::analyse(&subject, contact.lang),
        text_terms: search::analyse(&message.text, contact.lang),
        subject,
        lang: contact.lang,
        message,
        files: app.prepare_files(contact.desk, request.files).await?,
        actor: contact.actor(),
        assignee: None,
        parent: None,
        clocks: true,
        rules: rules.into(),
    };
    crate::tickets::open(app, contact.desk, opening, ids, true).await
}

fn message(contact: &Contact, text: String, files: usize) -> Message {
    Message {
        channel: Channel::Portal,
        from: Some(Party { name: contact.name.clone(), email: contact.email.to_string() }),
        to: Vec::new(),
        cc: Vec::new(),
        text,
        quoted: String::new(),
        html: false,
        warnings: Vec::new(),
        message_id: None,
        attachments: u32::try_from(files).unwrap_or(u32::MAX),
    }
}

/// The contact's tickets, and with [`Sees::All`] those that its customers let it see.
///
/// # Errors
/// As the database says.
pub async fn list(
    app: &App,
    contact: &Contact,
    sees: Sees,
    after: Option<Key>,
    limit: i64,
) -> Result<(Vec<TicketLine>, bool)> {
    let id = contact.id;
    let mut lines: Vec<TicketLine> = app
        .store
        .read(contact.desk, move |tx| Box::pin(tickets::of_contact(tx, id, sees, after, limit + 1)))
        .await
        .map_err(|e: store::Error| Error::from(e))?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = lines.len() > wanted;
    lines.truncate(wanted);
    Ok((lines, more))
}

/// The customers to which the contact belongs.
///
/// # Errors
/// As the database says.
pub async fn customers(app: &App, contact: &Contact) -> Result<Vec<store::parties::Affiliation>> {
    let id = contact.id;
    app.store
        .read(contact.desk, move |tx| Box::pin(store::parties::affiliations(tx, id)))
        .await
        .map_err(|e: store::Error| Error::from(e))
}

/// The ticket of this number, if the contact may see it.
async fn visible(tx: &mut store::Tx, contact: &Contact, number: i64) -> Result<Ticket> {
    let ticket = tickets::by_number(tx, number).await?.ok_or(Error::NotFound("ticket"))?;
    if tickets::contact_sees(tx, contact.id, ticket.id).await? {
        return Ok(ticket);
    }
    Err(Error::NotFound("ticket"))
}

/// One ticket: what the customer may read of it, the newest entries or those before a place. An answer that can still be taken back is not there yet.
///
/// # Errors
/// [`Error::NotFound`] for whatever is not there or not the contact's to see.
pub async fn view(app: &App, contact: &Contact, number: i64, before: Option<i64>) -> Result<TicketView> {
    let now = app.now();
    let contact = Arc::new(contact.clone());
    app.store
        .read(contact.desk, move |tx| {
            let contact = contact.clone();
            Box::pin(async move {
                let ticket = visible(tx, &contact, number).await?;
                let mut view =
                    read::read(tx, ticket, Visibility::Public, before, Reader::Contact, now).await?;
                let mut held = Vec::new();
                for entry in &view.entries {
                    if is_held(tx, entry, now).await? {
                        held.push(entry.id);
                    }
                }
                view.entries.retain(|entry| !held.contains(&entry.id));
                held.iter().for_each(|entry| drop(view.attachments.remove(entry)));
                Ok(view)
            })
        })
        .await
}

/// Whether an entry is a reply that can still be taken back: until then nobody outside reads it.
async fn is_held(tx: &mut store::Tx, entry: &Entry, now: Timestamp) -> Result<bool> {
    let longest = SignedDuration::from_secs(i64::from(desks::LONGEST_UNDO));
    if !matches!(entry.event, Event::Reply(_)) || now.duration_since(entry.at) > longest {
        return Ok(false);
    }
    let mails = store::outgoing::of_entry(tx, entry.id).await?;
    Ok(mails.iter().any(|mail| mail.state == outgoing::State::Waiting && mail.send_at > now))
}

/// Adds a message. On a resolved ticket it reopens it; after its window, or on a closed one, it is refused
/// (`closed`): a new request can go on from it.
///
/// # Errors
/// An empty or too long text; [`Error::NotFound`] as for [`view`].
pub async fn answer(
    app: &App,
    contact: &Contact,
    number: i64,
    text: &str,
    files: Vec<Upload>,
) -> Result<EntryId> {
    let text = error::body("text", text, crate::tickets::TEXT)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let entry = ids.next(EntryId::new);
    let message = message(contact, text, files.len());
    let files = app.prepare_files(contact.desk, files).await?;
    let terms = search::analyse(&message.text, contact.lang);
    let unit = Arc::new((contact.clone(), message, files, terms, ids));
    let told = app
        .store
        .write(contact.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (contact, message, files, terms, ids) = &*unit;
                let ticket = visible(tx, contact, number).await?;
                if !domain::ticket::intake::joins(ticket.state, ticket.reopen_until, now) {
                    return Err(Error::Refused("closed"));
                }
                let mut hand = Hand::take(tx, ticket.id, ids.clone(), now, contact.actor()).await?;
                hand.append_as(entry, Event::CustomerMessage(message.clone()));
                hand.attach(entry, files);
                hand.index(Some(entry), Visibility::Public, terms);
                hand.move_to(lifecycle::after_customer_wrote(hand.ticket.state), None);
                let assignee = hand.ticket.assignee;
                let change = hand.put(tx, Deed::TicketCustomerMessage).await?;
                if let Some(agent) = assignee {
                    let job = jobs::notify(&mut ids.after(), change.ticket, agent, Occasion::Answered, now);
                    store::queue::enqueue(tx, now, &job).await?;
                }
                Ok(change)
            })
        })
        .await?;
    app.live.tell(told);
    app.wake();
    Ok(entry)
}

/// Closes or reopens a ticket.
///
/// # Errors
/// [`Error::Refused`] `wrong-state` for a move that the table does not offer contacts; `closed` for reopening after
/// the window.
pub async fn make_move(app: &App, contact: &Contact, number: i64, action: Action) -> Result<()> {
    let now = app.now();
    let unit = Arc::new((contact.clone(), app.ids(now)));
    let told = app
        .store
        .write(contact.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (contact, ids) = &*unit;
                let ticket = visible(tx, contact, number).await?;
                let line = lifecycle::find(ticket.state, action)
                    .filter(|m| matches!(m.by, By::AgentOrContact(_)))
                    .ok_or(Error::Refused("wrong-state"))?;
                let late = !domain::ticket::intake::joins(ticket.state, ticket.reopen_until, now);
                if action == Action::Reopen && late {
                    return Err(Error::Refused("closed"));
                }
                let mut hand = Hand::take(tx, ticket.id, ids.clone(), now, contact.actor()).await?;
                let decision = diagnosis::closed_by_customer(now);
                diagnosis::settle(tx, &mut hand, decision, line.to).await?;
                hand.move_to(line.to, Some(action));
                if action == Action::Close {
                    store::queue::enqueue(tx, now, &jobs::settle(&mut ids.after(), ticket.id, now)).await?;
                }
                hand.put(tx, Deed::TicketMove).await
            })
        })
        .await?;
    app.live.tell(told);
    Ok(())
}

/// A file of a message that the contact may see.
///
/// # Errors
/// [`Error::NotFound`] for whatever is not there or not the contact's to see.
pub async fn attachment(
    app: &App,
    contact: &Contact,
    number: i64,
    entry: EntryId,
    position: i64,
) -> Result<(store::timeline::Attachment, Vec<u8>)> {
    let now = app.now();
    let who = Arc::new(contact.clone());
    let ticket = app
        .store
        .read(contact.desk, move |tx| {
            let who = who.clone();
            Box::pin(async move {
                let ticket = visible(tx, &who, number).await?;
                let written =
                    store::timeline::entry(tx, ticket.id, entry).await?.ok_or(Error::NotFound("file"))?;
                if is_held(tx, &written, now).await? { Err(Error::NotFound("file")) } else { Ok(ticket) }
            })
        })
        .await?;
    read::file(app, contact.desk, ticket.id, entry, position, Visibility::Public).await
}
