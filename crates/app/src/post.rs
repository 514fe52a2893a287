//! Mail that leaves: written once before the transaction, kept with it, and delivered afterwards.

use domain::{
    email_address::EmailAddress,
    id::{AgentId, ContactId, DeskId, EntryId, MailboxId, OutgoingId, TicketId},
    lang::Lang,
    ticket::{
        intake::AUTOMATIC_PER_HOUR,
        kinds::Kind,
        lifecycle::State,
        timeline::{Event, Party},
    },
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use mail::{
    compose::{self, AutoSubmitted},
    smtp::{Delivery as Answer, SmtpConfig},
};
use store::{
    Tx,
    blob::{self, Prepared},
    outgoing::{self, Delivery, Outgoing, Purpose},
    queue::{self, Job, NewJob},
    tickets::Ticket,
};
use text::{
    Words,
    mail::{self as letters, Letter, Occasion, Request, Writer},
};

use crate::{
    App, Error, Ids, Result, jobs,
    tickets::Upload,
    who::{self, zone},
};

/// How mail leaves an installation.
#[derive(Clone, Debug)]
pub enum Route {
    /// By this server.
    Smtp(SmtpConfig),
    /// Not at all: it is kept, to be read on the page of sent mail. For demonstrations and rehearsals.
    Keep,
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
    auto: bool,
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
    /// Its Message-ID, without brackets.
    pub(crate) fn message_id(&self) -> &str {
        &self.row.message_id
    }

    /// Keeps it. One that nobody wrote is not kept if the address got too many of them within the hour: this ends
    /// a loop that no header shows.
    pub(crate) async fn put(&self, tx: &mut Tx, now: Timestamp) -> Result<()> {
        let mut to = Vec::with_capacity(self.to.len());
        let hour_ago = now.checked_sub(SignedDuration::from_hours(1)).unwrap_or(now);
        for address in &self.to {
            if self.auto && outgoing::automatic_since(tx, address, hour_ago).await? >= AUTOMATIC_PER_HOUR {
                continue;
            }
            to.push(address.clone());
        }
        if to.is_empty() {
            return Ok(());
        }
        blob::put(tx, now, &self.body).await?;
        outgoing::add(tx, &self.row, &to, self.auto).await?;
        queue::enqueue(tx, now, &self.job).await?;
        Ok(())
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
    desk_name: String,
    customer_name: Option<String>,
    zone: TimeZone,
    sender: Sender,
    /// The Message-IDs of the thread, oldest first, without brackets.
    references: Vec<String>,
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
    let followers = store::tickets::followers(tx, id).await?;
    let last = store::timeline::page(tx, id, None, 50, domain::access::Visibility::Public).await?;
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
        zone: zone(zone_name),
        customer_name: customer.map(|c| c.name),
        sender: sender_of(tx, ticket.mailbox, base_url).await?,
        references: references.collect(),
        ticket,
    })
}

impl Thread {
    fn portal_link(&self, app: &App) -> String {
        format!("{}/help/tickets/{}", app.config.base_url, self.number)
    }

    fn request<'a>(&'a self, link: &'a str) -> Request<'a> {
        Request { desk: &self.desk_name, number: self.number, link: Some(link) }
    }

    /// Our Message-ID for an entry, and where answers of this recipient go.
    fn signed(&self, app: &App, entry: EntryId, recipient: &str) -> (String, Option<String>) {
        let (desk, ticket) = (self.desk.uuid(), self.id.uuid());
        let domain = self.sender.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
        let message_id = app.keys.thread.message_id(desk, ticket, entry.uuid(), domain);
        let reply_to = app.keys.thread.reply_address(desk, ticket, recipient, &self.sender.address);
        (message_id, reply_to.filter(|_| self.sender.is_read))
    }
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
    compose::render(&message).map_err(Error::internal)
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
        // Bounces of what a person wrote come back to us; of what nobody wrote, they go nowhere.
        sender: if parts.auto.is_some() { String::new() } else { parts.from.address.clone() },
        subject: parts.letter.subject.clone(),
        hash: body.hash(),
        state: outgoing::State::Waiting,
        created_at: now,
        send_at: job.run_at,
    };
    Outbound { row, to, auto: parts.auto.is_some(), body, job }
}

/// An agent's answer as a mail; none if there is nobody to whom it could go.
#[expect(clippy::too_many_arguments, reason = "each is a part of the mail; a struct would be used once")]
pub(crate) async fn reply(
    app: &App,
    thread: &Thread,
    text: &str,
    to: &[Party],
    cc: &[Party],
    files: &[Upload],
    entry: EntryId,
    id: OutgoingId,
    now: Timestamp,
    send_at: Timestamp,
) -> Result<Option<Outbound>> {
    let Some(first) = to.first().or(cc.first()) else { return Ok(None) };
    let link = thread.portal_link(app);
    let words = Words::new(thread.contact_lang.unwrap_or(thread.lang));
    let letter = letters::reply(
        words,
        &letters::Reply { request: thread.request(&link), subject: &thread.subject, body: text },
    );
    let (message_id, reply_to) = thread.signed(app, entry, &first.email);
    let parts = Parts {
        purpose: Purpose::Reply,
        ticket: Some(thread.id),
        entry: Some(entry),
        message_id,
        from: &thread.sender,
        to,
        cc,
        reply_to,
        references: &thread.references,
        letter: &letter,
        files,
        auto: None,
    };
    let job = jobs::send(&mut app.ids(now), id, send_at);
    outbound(app, thread.desk, id, job, now, parts).await.map(Some)
}

/// Sends a letter that nobody wrote about a ticket, and ends the job that asked for it.
async fn automatic(
    app: &App,
    thread: &Thread,
    to: Party,
    purpose: Purpose,
    auto: AutoSubmitted,
    letter: &Letter,
    job: &Job,
) -> Result<jobs::Outcome> {
    let now = app.now();
    let mut ids = app.ids(now);
    let (id, entry) = (ids.next(OutgoingId::new), ids.next(EntryId::new));
    let (message_id, reply_to) = thread.signed(app, entry, &to.email);
    let for_agent = purpose == Purpose::Notification;
    let parts = Parts {
        purpose,
        ticket: Some(thread.id),
        entry: None,
        message_id,
        from: &thread.sender,
        to: std::slice::from_ref(&to),
        cc: &[],
        // An agent who answers a notification would write as a stranger.
        reply_to: reply_to.filter(|_| !for_agent),
        references: if for_agent { &[] } else { &thread.references },
        letter,
        files: &[],
        auto: Some(auto),
    };
    let outbound = outbound(app, thread.desk, id, jobs::send(&mut ids, id, now), now, parts).await?;
    keep_and_end(app, thread.desk, outbound, job, now).await
}

async fn keep_and_end(
    app: &App,
    desk: DeskId,
    outbound: Outbound,
    job: &Job,
    now: Timestamp,
) -> Result<jobs::Outcome> {
    let unit = std::sync::Arc::new((outbound, job.clone()));
    app.store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (outbound, job) = &*unit;
                outbound.put(tx, now).await?;
                queue::complete(tx, job).await?;
                Ok::<_, Error>(())
            })
        })
        .await?;
    app.wake();
    Ok(jobs::Outcome::Ended)
}

/// Tells the contact that its request has arrived, in its language.
pub(crate) async fn acknowledge(app: &App, desk: DeskId, id: TicketId, job: &Job) -> Result<jobs::Outcome> {
    let thread = thread(app, desk, id).await?;
    let Some(contact) = thread.contact.clone() else { return Ok(jobs::Outcome::Done) };
    let first_answer =
        (thread.ticket.due_kind.as_deref() == Some("first_response")).then_some(thread.ticket.due_at);
    let link = thread.portal_link(app);
    // Whoever a customer vouches for is greeted by name; of others nothing is repeated that they sent (V07).
    let writer = if thread.ticket.customer.is_some() {
        Writer::Known(Some(&contact.name))
    } else {
        Writer::Unverified
    };
    let letter = letters::acknowledgement(
        Words::new(thread.contact_lang.unwrap_or(thread.lang)),
        &letters::Acknowledgement {
            request: thread.request(&link),
            writer,
            first_answer,
            zone: &thread.zone,
        },
    );
    automatic(app, &thread, contact.clone(), Purpose::Acknowledgement, AutoSubmitted::Replied, &letter, job)
        .await
}

/// Tells the contact that its request is resolved, unless it was reopened meanwhile.
pub(crate) async fn resolved(app: &App, desk: DeskId, id: TicketId, job: &Job) -> Result<jobs::Outcome> {
    let thread = thread(app, desk, id).await?;
    let (Some(contact), State::Resolved) = (thread.contact.clone(), thread.state) else {
        return Ok(jobs::Outcome::Done);
    };
    let link = thread.portal_link(app);
    let letter = letters::resolved(
        Words::new(thread.contact_lang.unwrap_or(thread.lang)),
        &letters::Resolved {
            request: thread.request(&link),
            subject: &thread.subject,
            name: Some(&contact.name),
            reopen_until: thread.ticket.reopen_until.unwrap_or(thread.ticket.last_at),
            zone: &thread.zone,
        },
    );
    automatic(app, &thread, contact.clone(), Purpose::Resolved, AutoSubmitted::Generated, &letter, job).await
}

/// Tells an agent what has happened to a ticket, if it may still see it.
pub(crate) async fn notify(
    app: &App,
    desk: DeskId,
    id: TicketId,
    agent: AgentId,
    occasion: &str,
    job: &Job,
) -> Result<jobs::Outcome> {
    let thread = thread(app, desk, id).await?;
    let reader: Option<store::people::Agent> = app
        .store
        .read(desk, move |tx| Box::pin(async move { Ok::<_, Error>(store::people::agent(tx, agent).await?) }))
        .await?;
    let Some(reader) = reader.filter(|a| {
        a.active && domain::access::Rights::of(&a.roles.0).sight(thread.kind) == domain::access::Sight::Full
    }) else {
        return Ok(jobs::Outcome::Done);
    };
    let who = thread.contact.as_ref().map_or("", |c| if c.name.is_empty() { &c.email } else { &c.name });
    let zone = zone(&reader.timezone);
    let letter = letters::notice(
        Words::new(reader.lang),
        &letters::Notice {
            occasion: match occasion {
                "assigned" => Occasion::Assigned,
                "answered" => Occasion::CustomerAnswered { who },
                other => return Err(Error::internal(anyhow::anyhow!("no such occasion: {other}"))),
            },
            desk: &thread.desk_name,
            number: thread.number,
            subject: &thread.subject,
            customer: thread.customer_name.as_deref(),
            severity: thread.ticket.severity,
            due: (thread.ticket.due_at != store::tickets::NEVER).then_some(thread.ticket.due_at),
            zone: &zone,
            link: &format!("{}/tickets/{}", app.config.base_url, thread.number),
        },
    );
    let to = Party { name: reader.name, email: reader.email.to_string() };
    automatic(app, &thread, to, Purpose::Notification, AutoSubmitted::Generated, &letter, job).await
}

/// A letter with a link for one person, ready to be kept in the transaction that makes the link.
async fn with_link(
    app: &App,
    desk: DeskId,
    ids: &mut Ids,
    now: Timestamp,
    to: Party,
    purpose: Purpose,
    letter: &Letter,
) -> Result<Outbound> {
    let base_url = app.config.base_url.clone();
    let from = app
        .store
        .read(desk, move |tx| {
            let base_url = base_url.clone();
            Box::pin(async move { sender_of(tx, None, &base_url).await })
        })
        .await?;
    let id = ids.next(OutgoingId::new);
    let domain = from.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let parts = Parts {
        purpose,
        ticket: None,
        entry: None,
        message_id: format!("<{}@{domain}>", id.uuid().simple()),
        from: &from,
        to: std::slice::from_ref(&to),
        cc: &[],
        reply_to: None,
        references: &[],
        letter,
        files: &[],
        auto: Some(AutoSubmitted::Generated),
    };
    let job = jobs::send(ids, id, now);
    outbound(app, desk, id, job, now, parts).await
}

/// What an invitation says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Invited<'a> {
    pub(crate) name: &'a str,
    pub(crate) email: &'a EmailAddress,
    pub(crate) lang: Lang,
    pub(crate) inviter: &'a str,
    pub(crate) desk_name: &'a str,
    pub(crate) zone: &'a TimeZone,
    /// The token of the link; only the mail has it.
    pub(crate) token: &'a str,
    pub(crate) until: Timestamp,
}

/// The mail with which an agent sets a password.
pub(crate) async fn invitation(
    app: &App,
    desk: DeskId,
    ids: &mut Ids,
    now: Timestamp,
    invited: Invited<'_>,
) -> Result<Outbound> {
    let letter = letters::invitation(
        Words::new(invited.lang),
        &letters::Invitation {
            desk: invited.desk_name,
            name: invited.name,
            inviter: invited.inviter,
            link: &format!("{}/invitation/{}", app.config.base_url, invited.token),
            until: invited.until,
            zone: invited.zone,
        },
    );
    let to = Party { name: invited.name.to_owned(), email: invited.email.to_string() };
    with_link(app, desk, ids, now, to, Purpose::Invitation, &letter).await
}

/// What a mail with a link to the portal says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PortalLink<'a> {
    pub(crate) desk_name: &'a str,
    /// The token of the link; only the mail has it.
    pub(crate) token: &'a str,
    /// How long it works.
    pub(crate) minutes: u32,
}

/// The mail with which a contact signs in at the portal.
pub(crate) async fn sign_in(
    app: &App,
    desk: DeskId,
    ids: &mut Ids,
    now: Timestamp,
    contact: &who::Contact,
    link: PortalLink<'_>,
) -> Result<Outbound> {
    let PortalLink { desk_name, token, minutes } = link;
    let letter = letters::sign_in(
        Words::new(contact.lang),
        &letters::SignIn {
            desk: desk_name,
            link: &format!("{}/help/enter/{token}", app.config.base_url),
            minutes,
        },
    );
    let to = Party { name: contact.name.clone(), email: contact.email.to_string() };
    with_link(app, desk, ids, now, to, Purpose::SignIn, &letter).await
}

/// Tries to deliver a mail to everybody who has not got it.
pub(crate) async fn deliver(app: &App, desk: DeskId, id: OutgoingId) -> Result<jobs::Outcome> {
    let (mail, waiting) = app
        .store
        .read(desk, move |tx| {
            Box::pin(async move {
                let mail = outgoing::get(tx, id).await?.ok_or(Error::NotFound("mail"))?;
                let all = outgoing::recipients(tx, id).await?;
                let waiting: Vec<_> = all
                    .into_iter()
                    .filter(|r| matches!(r.state, Delivery::Waiting | Delivery::Deferred))
                    .collect();
                Ok::<_, Error>((mail, waiting))
            })
        })
        .await?;
    if mail.state != outgoing::State::Waiting {
        return Ok(jobs::Outcome::Done);
    }
    let raw = app.blobs.get(&app.store, desk, mail.hash).await?;
    let raw = raw.ok_or_else(|| Error::internal(anyhow::anyhow!("the bytes of mail {id} are missing")))?;
    let addresses: Vec<String> = waiting.iter().map(|r| r.address.clone()).collect();
    let answers: Vec<(String, Delivery, String)> = match &app.smtp {
        Some(smtp) => smtp.send(&mail.sender, &addresses, &raw).await.into_iter().map(answer).collect(),
        None => addresses
            .into_iter()
            .map(|a| (a, Delivery::Sent, "kept here: no mail server is configured".to_owned()))
            .collect(),
    };
    let now = app.now();
    let attempts = waiting.iter().map(|r| r.attempts).max().unwrap_or(0) + 1;
    let again = mail::smtp::retry_delay(u32::try_from(attempts).unwrap_or(u32::MAX));
    let answers: Vec<_> = answers
        .into_iter()
        .map(|(address, state, reply)| match state {
            Delivery::Deferred if again.is_none() => (address, Delivery::Failed, reply),
            state => (address, state, reply),
        })
        .collect();
    let open = answers.iter().any(|(_, state, _)| *state == Delivery::Deferred);
    let last_reply = answers.last().map(|(.., reply)| reply.clone()).unwrap_or_default();
    let unit = std::sync::Arc::new((answers, app.ids(now), mail));
    let told = app
        .store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (answers, ids, mail) = &*unit;
                let mut lost = Vec::new();
                for (address, state, reply) in answers {
                    outgoing::set_recipient(tx, id, address, *state, reply).await?;
                    if *state == Delivery::Failed {
                        lost.push((address.clone(), None));
                    }
                }
                if !open {
                    outgoing::set_state(tx, id, outgoing::State::Done).await?;
                }
                did_not_arrive(tx, mail, &lost, ids.clone(), now).await
            })
        })
        .await?;
    if let Some(change) = told {
        app.live.tell(change);
    }
    match again.filter(|_| open) {
        Some(delay) => {
            let delay = SignedDuration::try_from(delay).unwrap_or(SignedDuration::from_hours(1));
            Ok(jobs::Outcome::Again(now.checked_add(delay).unwrap_or(now), last_reply))
        }
        None => Ok(jobs::Outcome::Done),
    }
}

fn answer((address, answer): (String, Answer)) -> (String, Delivery, String) {
    match answer {
        Answer::Accepted(reply) => (address, Delivery::Sent, reply.to_string()),
        Answer::Refused(reply) => (address, Delivery::Failed, reply.to_string()),
        Answer::Deferred { detail, .. } => (address, Delivery::Deferred, detail),
        Answer::Unknown { detail } => (address, Delivery::Deferred, detail),
    }
}

/// Notes on the ticket of a mail that somebody has not got it.
pub(crate) async fn did_not_arrive(
    tx: &mut Tx,
    mail: &Outgoing,
    lost: &[(String, Option<String>)],
    ids: Ids,
    now: Timestamp,
) -> Result<Option<crate::live::Change>> {
    let (Some(ticket), false) = (mail.ticket, lost.is_empty()) else { return Ok(None) };
    let actor = domain::ticket::timeline::Actor::System;
    let mut hand = crate::tickets::Hand::take(tx, ticket, ids, now, actor).await?;
    for (recipient, status) in lost {
        hand.append(Event::Bounced { recipient: recipient.clone(), status: status.clone(), hard: true });
    }
    hand.put(tx, "mail.lost").await.map(Some)
}

/// Sent mail, the newest first, each with its recipients.
///
/// # Errors
/// Without [`domain::access::Permission::MailManage`].
pub async fn sent(
    app: &App,
    agent: &crate::Agent,
    before: Option<(Timestamp, OutgoingId)>,
    limit: i64,
) -> Result<Vec<(Outgoing, Vec<outgoing::Recipient>)>> {
    agent.require(domain::access::Permission::MailManage)?;
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let mut page = Vec::new();
                for mail in outgoing::page(tx, before, limit).await? {
                    let recipients = outgoing::recipients(tx, mail.id).await?;
                    page.push((mail, recipients));
                }
                Ok(page)
            })
        })
        .await
}

/// One sent mail as its bytes. A mail with a link that lets somebody in is nobody else's to read.
///
/// # Errors
/// Without [`domain::access::Permission::MailManage`]; a mail that is not there, or that carries a link.
pub async fn raw(app: &App, agent: &crate::Agent, id: OutgoingId) -> Result<Vec<u8>> {
    agent.require(domain::access::Permission::MailManage)?;
    let mail = app
        .store
        .read(agent.desk, move |tx| Box::pin(async move { Ok::<_, Error>(outgoing::get(tx, id).await?) }))
        .await?
        .ok_or(Error::NotFound("mail"))?;
    let lets_in = matches!(mail.purpose, Purpose::SignIn | Purpose::Invitation);
    // Without a server it is the only way for the link to reach anybody: that is what `Keep` is for.
    if lets_in && app.smtp.is_some() {
        return Err(Error::NotFound("mail"));
    }
    app.blobs.get(&app.store, agent.desk, mail.hash).await?.ok_or(Error::NotFound("mail"))
}

/// Tries a mail again for those who have not got it.
///
/// # Errors
/// Without [`domain::access::Permission::MailManage`]; `nothing-to-retry` if everybody has it.
pub async fn retry(app: &App, agent: &crate::Agent, id: OutgoingId) -> Result<()> {
    agent.require(domain::access::Permission::MailManage)?;
    let now = app.now();
    let job = jobs::send(&mut app.ids(now), id, now);
    app.store
        .write(agent.desk, move |tx| {
            let job = job.clone();
            Box::pin(async move {
                if !outgoing::revive(tx, id).await? {
                    return Err(Error::Refused("nothing-to-retry"));
                }
                queue::enqueue(tx, now, &job).await?;
                Ok(())
            })
        })
        .await?;
    app.wake();
    Ok(())
}

/// Whom a thread knows: its requester, its followers, and everybody of its customer.
pub(crate) async fn knows(tx: &mut Tx, ticket: &Ticket, contact: Option<ContactId>) -> Result<bool> {
    let Some(contact) = contact else { return Ok(false) };
    if ticket.contact == Some(contact)
        || store::tickets::followers(tx, ticket.id).await?.iter().any(|f| f.id == contact)
    {
        return Ok(true);
    }
    let theirs = store::parties::affiliations(tx, contact).await?;
    Ok(ticket.customer.is_some_and(|customer| theirs.iter().any(|a| a.customer == customer)))
}
