//! What of a ticket its mails need.

use domain::{
    access::Visibility,
    id::{ContactId, DeskId, EntryId, TicketId},
    lang::Lang,
    ticket::{
        kinds::Kind,
        lifecycle::State,
        timeline::{Event, Party},
    },
};
use jiff::tz::TimeZone;
use store::{Tx, tickets::Ticket};
use text::mail::Request;

use super::{Sender, sender_of};
use crate::{App, Error, Result, who::zone};

/// What of a ticket its mails need.
#[derive(Clone, Debug)]
pub(crate) struct Thread {
    pub(crate) id: TicketId,
    pub(crate) desk: DeskId,
    pub(crate) number: i64,
    pub(crate) kind: Kind,
    pub(crate) subject: String,
    pub(crate) lang: Lang,
    pub(crate) state: State,
    pub(crate) undo_seconds: u32,
    pub(crate) contact: Option<Party>,
    pub(crate) contact_lang: Option<Lang>,
    pub(crate) followers: Vec<Party>,
    pub(crate) ticket: Ticket,
    pub(super) desk_name: String,
    desk_slug: String,
    pub(super) customer_name: Option<String>,
    pub(super) zone: TimeZone,
    pub(super) sender: Sender,
    /// The Message-IDs of the thread, oldest first, without brackets.
    pub(super) references: Vec<String>,
}

/// Reads what of a ticket its mails need.
pub(crate) async fn thread(app: &App, desk: DeskId, id: TicketId) -> Result<Thread> {
    let base_url = app.config.base_url.clone();
    app.store
        .read(desk, move |tx| {
            let base_url = base_url.clone();
            Box::pin(async move { read_thread(tx, id, &base_url).await })
        })
        .await
}

async fn read_thread(tx: &mut Tx, id: TicketId, base_url: &str) -> Result<Thread> {
    let ticket = store::tickets::get(tx, id).await?.ok_or(Error::NotFound("ticket"))?;
    let (settings, _) = store::people::settings(tx).await?;
    let desk = store::installation::own_desk(tx).await?;
    let contact = match ticket.contact {
        Some(contact) => store::parties::contact(tx, contact).await?,
        None => None,
    };
    let customer = match ticket.customer {
        Some(customer) => store::parties::customer(tx, customer).await?,
        None => None,
    };
    let followers = store::followers::of_ticket(tx, id).await?;
    let last = store::timeline::page(tx, id, None, 50, Visibility::Public).await?;
    let references = last.iter().filter_map(|entry| match &entry.event {
        Event::CustomerMessage(m) | Event::Reply(m) => m.message_id.clone(),
        _ => None,
    });
    let zone_name = customer.as_ref().map_or(&settings.timezone, |c| &c.timezone);
    Ok(Thread {
        id,
        desk: desk.id,
        number: ticket.number,
        kind: ticket.kind,
        subject: ticket.subject.clone(),
        lang: ticket.lang,
        state: ticket.state,
        undo_seconds: settings.undo_seconds,
        contact_lang: contact.as_ref().map(|c| c.lang),
        contact: contact.and_then(|c| c.email.map(|e| Party { name: c.name, email: e.to_string() })),
        followers: followers
            .into_iter()
            .filter_map(|f| f.email.map(|email| Party { name: f.name, email }))
            .collect(),
        desk_name: desk.name,
        desk_slug: desk.slug,
        zone: zone(zone_name),
        customer_name: customer.map(|c| c.name),
        sender: sender_of(tx, ticket.mailbox, base_url).await?,
        references: references.collect(),
        ticket,
    })
}

impl Thread {
    /// The request in the portal. It names the desk: the reader may be signed in at another one, or not at all.
    pub(super) fn portal_link(&self, app: &App) -> String {
        format!("{}/help?desk={}&ticket={}", app.config.base_url, self.desk_slug, self.number)
    }

    pub(super) fn request<'a>(&'a self, link: &'a str) -> Request<'a> {
        Request { desk: &self.desk_name, number: self.number, link: Some(link) }
    }

    /// Our Message-ID for an entry, and where answers of this recipient go.
    pub(super) fn signed(&self, app: &App, entry: EntryId, recipient: &str) -> (String, Option<String>) {
        let (desk, ticket) = (self.desk.uuid(), self.id.uuid());
        let domain = self.sender.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
        let message_id = app.keys.thread.message_id(desk, ticket, entry.uuid(), domain);
        let reply_to = app.keys.thread.reply_address(desk, ticket, recipient, &self.sender.address);
        (message_id, reply_to.filter(|_| self.sender.is_read))
    }
}

/// Whom a thread knows: its requester, its followers, and everybody of its customer.
pub(crate) async fn knows(tx: &mut Tx, ticket: &Ticket, contact: Option<ContactId>) -> Result<bool> {
    let Some(contact) = contact else { return Ok(false) };
    if ticket.contact == Some(contact)
        || store::followers::of_ticket(tx, ticket.id).await?.iter().any(|f| f.id == contact)
    {
        return Ok(true);
    }
    let theirs = store::parties::affiliations(tx, contact).await?;
    Ok(ticket.customer.is_some_and(|customer| theirs.iter().any(|a| a.customer == customer)))
}
