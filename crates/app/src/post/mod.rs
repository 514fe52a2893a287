//! Mail that leaves: written once before the transaction, kept with it, and delivered afterwards.

mod deliver;
mod invoice;
mod letters;
mod thread;

pub(crate) use deliver::deliver;
pub use deliver::{may_read, raw, retry, sent};
use domain::{
    access::{Reader, Sight},
    email_address::EmailAddress,
    id::{DeskId, EntryId, MailboxId, OutgoingId, TicketId},
    ticket::{intake::AUTOMATIC_PER_HOUR, timeline::Party},
};
pub(crate) use invoice::invoice;
use jiff::{SignedDuration, Timestamp};
pub(crate) use letters::{
    Answered, Invited, PortalLink, acknowledge, approval, collection, invitation, notice, notify, once,
    partner, reply, resolved, sign_in, statement,
};
use mail::{
    compose::{self, AutoSubmitted},
    smtp::SmtpConfig,
};
use store::{
    Tx,
    blob::{self, Prepared},
    outgoing::{self, Outgoing, Purpose},
    queue::{self, NewJob},
};
use text::mail::Letter;
pub(crate) use thread::{Thread, knows, thread};

use crate::{App, Error, Result, tickets::Upload};

/// How many letters of the desk's own accord an agent gets within an hour: it is one of us, and works on many tickets.
const NOTICES_PER_HOUR: i64 = 60;

/// How mail leaves an installation.
#[derive(Clone, Debug)]
pub enum Route {
    /// By this server.
    Smtp(SmtpConfig),
    /// Not at all: it is kept, to be read on the page of sent mail. For rehearsals. Links that let somebody in are the
    /// operator's to read, who could let in anybody.
    Keep,
    /// The same, and whoever reads sent mail may follow every link: nobody in a demonstration is somebody.
    Demo,
}

/// In whose name the desk writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The name that customers read.
    pub name: String,
    /// The address.
    pub address: String,
    /// Whether the desk reads mail that comes back to it.
    pub is_read: bool,
}

/// A mail that is ready to be kept in a transaction.
#[derive(Clone, Debug)]
pub(crate) struct Outbound {
    row: Outgoing,
    to: Vec<EmailAddress>,
    /// Whether mail that comes in can be its cause, so that it could go round in a loop.
    caused_by_mail: bool,
    body: Prepared,
    job: NewJob,
}

/// What a mail is made of.
struct Parts<'a> {
    purpose: Purpose,
    ticket: Option<TicketId>,
    entry: Option<EntryId>,
    message_id: String,
    from: &'a Sender,
    to: &'a [Party],
    cc: &'a [Party],
    reply_to: Option<String>,
    references: &'a [String],
    letter: &'a Letter,
    files: &'a [Upload],
    auto: Option<AutoSubmitted>,
}

impl Outbound {
    /// Its id.
    pub(crate) const fn id(&self) -> OutgoingId {
        self.row.id
    }

    /// Its Message-ID, without brackets.
    pub(crate) fn message_id(&self) -> &str {
        &self.row.message_id
    }

    /// Keeps it; whether it did. One that mail can be the cause of is not kept if the address got too many of them
    /// within the hour: this ends a loop that no header shows. What a person asked for is always kept.
    pub(crate) async fn put(&self, tx: &mut Tx, now: Timestamp) -> Result<bool> {
        let mut to = Vec::with_capacity(self.to.len());
        let hour_ago = now.checked_sub(SignedDuration::from_hours(1)).unwrap_or(now);
        let most =
            if self.row.purpose == Purpose::Notification { NOTICES_PER_HOUR } else { AUTOMATIC_PER_HOUR };
        for address in &self.to {
            if self.caused_by_mail && outgoing::automatic_since(tx, address, hour_ago).await? >= most {
                continue;
            }
            to.push(address.clone());
        }
        if to.is_empty() {
            return Ok(false);
        }
        blob::put(tx, now, &self.body).await?;
        outgoing::add(tx, &self.row, &to, self.caused_by_mail).await?;
        queue::enqueue(tx, now, &self.job).await?;
        Ok(true)
    }
}

/// In whose name a desk writes: a ticket's mailbox, or the desk's first.
///
/// # Errors
/// As the database says.
pub(crate) async fn sender_of(tx: &mut Tx, mailbox: Option<MailboxId>, base_url: &str) -> Result<Sender> {
    let mut all = store::inbox::mailboxes(tx).await?;
    let place = mailbox.and_then(|id| all.iter().position(|m| m.id == id)).unwrap_or(0);
    if place < all.len() {
        let found = all.swap_remove(place);
        return Ok(Sender { name: found.name, address: found.address.to_string(), is_read: true });
    }
    let desk = store::installation::own_desk(tx).await?;
    Ok(Sender { name: desk.name, address: format!("noreply@{}", host(base_url)), is_read: false })
}

/// The host of the installation's address.
fn host(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let host = rest.split(['/', ':']).next().unwrap_or(rest);
    if host.is_empty() { "localhost" } else { host }
}

/// Passes if the ticket of a mail, if it has one, is shown to who looks after mail: nobody reads by its mail what is for
/// named people only.
pub(crate) async fn shown(
    tx: &mut Tx,
    reader: Reader,
    ticket: Option<TicketId>,
    what: &'static str,
) -> Result<()> {
    let Some(ticket) = ticket else { return Ok(()) };
    let ticket = store::tickets::get(tx, ticket).await?;
    let hidden = |t: &store::tickets::Ticket| t.circle.is_some() && t.sight(reader) == Sight::None;
    if ticket.is_some_and(|t| hidden(&t)) { Err(Error::NotFound(what)) } else { Ok(()) }
}

/// A mail as its bytes.
fn render(app: &App, now: Timestamp, parts: &Parts<'_>) -> Result<Vec<u8>> {
    let mailbox = |p: &Party| compose::Mailbox {
        name: Some(p.name.clone()).filter(|name| !name.is_empty()),
        address: p.email.clone(),
    };
    let own =
        |address: &str| compose::Mailbox { name: Some(parts.from.name.clone()), address: address.to_owned() };
    let bracketed = |id: &String| format!("<{id}>");
    let file = |f: &Upload| compose::File {
        name: f.name.clone(),
        content_type: f.content_type.clone(),
        body: f.bytes.clone(),
    };
    let message = compose::Outgoing {
        message_id: parts.message_id.clone(),
        date: now,
        from: own(&parts.from.address),
        to: parts.to.iter().map(mailbox).collect(),
        cc: parts.cc.iter().map(mailbox).collect(),
        reply_to: parts.reply_to.as_deref().map(own),
        in_reply_to: parts.references.last().map(bracketed),
        references: parts.references.iter().map(bracketed).collect(),
        subject: parts.letter.subject.clone(),
        text: parts.letter.text.clone(),
        html: Some(parts.letter.html.clone()),
        auto_submitted: parts.auto,
        loop_mark: Some(app.keys.loop_mark.clone()),
        extra: Vec::new(),
        attachments: parts.files.iter().map(file).collect(),
    };
    compose::render(&message).map_err(|error| match error {
        // One that we keep, as mail came from it, need not be one that mail can be sent to.
        compose::ComposeError::Address(_) => Error::invalid("email", "not-an-address"),
        other => Error::internal(other),
    })
}

/// Renders a mail and makes its bytes ready.
async fn outbound(
    app: &App,
    desk: DeskId,
    id: OutgoingId,
    job: NewJob,
    now: Timestamp,
    parts: Parts<'_>,
) -> Result<Outbound> {
    let raw = render(app, now, &parts)?;
    let body = app.blobs.prepare(desk, raw).await?;
    Ok(assemble(id, job, now, &parts, body))
}

fn assemble(id: OutgoingId, job: NewJob, now: Timestamp, parts: &Parts<'_>, body: Prepared) -> Outbound {
    let to = parts.to.iter().chain(parts.cc).filter_map(|p| p.email.parse().ok()).collect();
    let row = Outgoing {
        id,
        purpose: parts.purpose,
        ticket: parts.ticket,
        entry: parts.entry,
        message_id: parts.message_id.trim_matches(['<', '>']).to_owned(),
        // Bounces of what a person wrote come back to us; of what nobody wrote, they go nowhere, but for what a customer owes:
        // whom no notice reached was not warned.
        sender: match parts.auto {
            Some(_) if parts.purpose != Purpose::Collection => String::new(),
            Some(_) | None => parts.from.address.clone(),
        },
        subject: parts.letter.subject.clone(),
        hash: body.hash(),
        state: outgoing::State::Waiting,
        created_at: now,
        send_at: job.run_at,
    };
    let caused_by_mail = matches!(
        parts.purpose,
        Purpose::Acknowledgement | Purpose::Resolved | Purpose::Notification | Purpose::Approval
    );
    Outbound { row, to, caused_by_mail, body, job }
}
