//! What becomes of one message: read apart from everything else, routed by the rules, written in one transaction.

mod archive;

use std::{sync::Arc, time::Duration};

use domain::{
    access::Visibility,
    deed::Deed,
    email_address::EmailAddress,
    id::{ContactId, DeskId, EntryId, InboxId, TicketId},
    lang::Lang,
    ticket::{
        intake::{Arrival, Automatic, FLOOD, Outcome, Route, Thread, Why, joins, route},
        kinds::{Channel, Kind, Service, Severity},
        lifecycle,
        notice::Occasion,
        timeline::{Actor, Event, Message, Warning},
    },
};
use jiff::{SignedDuration, Timestamp};
use mail::{Auto, Limits, Oddity};
use store::{
    Tx, blob,
    inbox::{self, Finished, Raw, State},
    outgoing,
    parties::Contact,
    queue::{self, Job, NewJob},
    search::{self, Terms},
    tickets::Ticket,
};
use tracing::{info, warn};

use self::archive::Place;
use super::{
    Envelope, IMPORT,
    reading::{as_message, authentication_failed, sameness, sender, subject, threads},
};
use crate::{
    App, Error, Ids, Result,
    catalogue::Asked,
    customers, handovers, jobs, live, post,
    tickets::{File, Hand, Opening, Rules, Upload, led_on},
};

/// Reading a message may take this long; the limits of `mail` make it end far sooner.
const PATIENCE: Duration = Duration::from_secs(20);
/// After so many failures a message is parked.
const TRIES: i64 = 3;

/// Processes a waiting message and ends its job, or leaves the job to be tried again.
pub(crate) async fn process(app: &App, desk: DeskId, id: InboxId, job: &Job) -> Result<jobs::Outcome> {
    if process_with(app, desk, id, Some(job)).await? {
        return Ok(jobs::Outcome::Ended);
    }
    let raw = super::look(app, desk, id).await?;
    if raw.state != State::Waiting {
        return Ok(jobs::Outcome::Done);
    }
    let now = app.now();
    let at = now.checked_add(SignedDuration::from_secs(5)).unwrap_or(now);
    Ok(jobs::Outcome::Again(at, "the message could not be read".into()))
}

/// Processes a waiting message until it has had its effect or is parked.
pub(super) async fn process_now(app: &App, desk: DeskId, id: InboxId) -> Result<()> {
    for _ in 0..TRIES {
        if process_with(app, desk, id, None).await? {
            break;
        }
    }
    Ok(())
}

/// Whether the message has had its effect now. If not, the failure is counted, and after a few it is parked.
async fn process_with(app: &App, desk: DeskId, id: InboxId, job: Option<&Job>) -> Result<bool> {
    let Found { raw, content, rules } = app
        .store
        .read(desk, move |tx| {
            Box::pin(async move {
                let raw = inbox::get(tx, id).await?.ok_or(Error::NotFound("message"))?;
                let content = blob::stored(tx, raw.digest).await?;
                let rules = Arc::new(Rules::of_desk(tx).await?);
                Ok::<_, Error>(Found { raw, content, rules })
            })
        })
        .await?;
    if raw.state != State::Waiting {
        return Ok(false);
    }
    let Some(content) = content else { return park(app, desk, &raw).await };
    let blobs = app.blobs.clone();
    let message = match read(move || blobs.read(desk, content)).await {
        Some(Ok(message)) => message,
        Some(Err(store::Error::Damaged(_))) => return park(app, desk, &raw).await,
        Some(Err(other)) => return Err(other.into()),
        None => {
            warn!(inbox.id = %id, "A message could not be read");
            return park(app, desk, &raw).await;
        }
    };
    let work = prepare(app, desk, &raw, message, rules).await?;
    let unit = Arc::new((work, job.cloned()));
    let done = app
        .store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (work, job) = &*unit;
                let done = work.run(tx).await?;
                if let Some(job) = job {
                    queue::complete(tx, job).await?;
                }
                Ok::<_, Error>(done)
            })
        })
        .await?;
    if let Some(change) = done.change {
        app.live.tell(change);
    }
    app.wake();
    info!(inbox.id = %id, outcome = %done.outcome, "Processed a message");
    Ok(true)
}

/// A message as it was kept, and the rules for a ticket that it opens.
struct Found {
    raw: Raw,
    content: Option<blob::Stored>,
    rules: Arc<Rules>,
}

/// Reads a message on a thread of its own: a fault or a hang there touches nothing else.
async fn read(
    bytes: impl FnOnce() -> Result<Vec<u8>, store::Error> + Send + 'static,
) -> Option<Result<mail::Message, store::Error>> {
    let reading = tokio::task::spawn_blocking(move || Ok(mail::parse(&bytes()?, &Limits::DEFAULT)));
    // A panic is an error of the join; a hang loses a thread, and the message is parked.
    tokio::time::timeout(PATIENCE, reading).await.ok()?.ok()
}

async fn park(app: &App, desk: DeskId, raw: &Raw) -> Result<bool> {
    let (id, state) = (raw.id, if raw.attempts + 1 >= TRIES { State::Quarantined } else { State::Waiting });
    app.store
        .write(desk, move |tx| {
            Box::pin(async move { Ok::<_, Error>(inbox::failed(tx, id, state, Why::Unreadable).await?) })
        })
        .await?;
    Ok(false)
}

/// Everything of a message that can be made before its transaction.
struct Work {
    id: InboxId,
    desk: DeskId,
    envelope: Envelope,
    now: Timestamp,
    /// When it was written, for old mail; now otherwise.
    at: Timestamp,
    ids: Ids,
    entry: EntryId,
    ticket: TicketId,
    contact: ContactId,
    number: i64,
    from: Option<(EmailAddress, String)>,
    automatic: Automatic,
    may_answer: bool,
    authentication_failed: bool,
    damaged: bool,
    other_reply_to: Option<EmailAddress>,
    candidates: Vec<TicketId>,
    answers: Vec<EntryId>,
    ours: bool,
    bad_token: bool,
    /// Its place among old mail, if an import takes it in.
    place: Option<Place>,
    bounce: Option<mail::Bounce>,
    bounced: Option<uuid::Uuid>,
    subject: String,
    message: Message,
    lang: Lang,
    files: Vec<File>,
    same: [u8; 32],
    subject_terms: Terms,
    text_terms: Terms,
    acknowledge: NewJob,
    rules: Arc<Rules>,
}

struct Done {
    outcome: Outcome,
    change: Option<live::Change>,
}

async fn prepare(
    app: &App,
    desk: DeskId,
    raw: &Raw,
    mut m: mail::Message,
    rules: Arc<Rules>,
) -> Result<Work> {
    let envelope: Envelope = serde_json::from_value(raw.envelope.0.clone()).map_err(Error::internal)?;
    let now = app.now();
    let at = if envelope.archive { m.date.filter(|d| *d < now).unwrap_or(raw.received_at) } else { now };
    let mut ids = app.ids(now);
    let (entry, ticket, contact) =
        (ids.next(EntryId::new), ids.next(TicketId::new), ids.next(ContactId::new));
    let acknowledge = jobs::acknowledge(&mut ids, ticket, now);
    let same = sameness(&m);
    let from = sender(&m);
    let lang = m.language.as_deref().and_then(Lang::from_tag).unwrap_or(rules.settings.lang);
    let uploads: Vec<Upload> = std::mem::take(&mut m.attachments)
        .into_iter()
        .map(|a| Upload {
            name: a.name.unwrap_or_default(),
            content_type: a.content_type,
            bytes: a.body,
            content_id: a.content_id,
        })
        .collect();
    let message = as_message(&m, uploads.len());
    let subject = subject(&m, &message.text);
    let threads = threads(app, desk, &m, &envelope, now);
    Ok(Work {
        id: raw.id,
        desk,
        now,
        at,
        entry,
        ticket,
        contact,
        number: app.store.ticket_number(desk).await?,
        automatic: match m.auto {
            Auto::None => Automatic::No,
            Auto::AutoReply => Automatic::AutoReply,
            Auto::Bounce => Automatic::Bounce,
            Auto::Feedback => Automatic::Feedback,
            Auto::List | Auto::Bulk => Automatic::Bulk,
        },
        may_answer: m.may_answer && !envelope.archive && envelope.sender.as_deref() != Some(""),
        authentication_failed: authentication_failed(&m),
        damaged: m.oddities.iter().any(|o| {
            matches!(
                o,
                Oddity::MessageCut
                    | Oddity::PartsCut
                    | Oddity::TextCut
                    | Oddity::DepthCut
                    | Oddity::UnclosedMultipart
                    | Oddity::BrokenMultipart
            )
        }),
        other_reply_to: m.reply_to.first().and_then(|a| a.email.parse().ok()),
        candidates: threads.candidates,
        answers: threads.answers,
        ours: threads.ours,
        bad_token: threads.bad_token,
        place: (raw.source == IMPORT).then(|| Place::of(&m)),
        bounced: threads.bounced,
        bounce: m.bounce.clone(),
        subject_terms: search::analyse(&subject, lang),
        text_terms: search::analyse(&message.text, lang),
        subject,
        message,
        lang,
        files: app.prepare_files(desk, uploads).await?,
        same,
        from,
        acknowledge,
        envelope,
        ids,
        rules,
    })
}

impl Work {
    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        if inbox::same(tx, &self.same).await?.is_some() {
            return self.finish(tx, Outcome::Duplicate, Some(Why::SameMessage), None, None).await;
        }
        let contact = match &self.from {
            Some((email, _)) => store::parties::contact_by_email(tx, email).await?,
            None => None,
        };
        let thread = self.thread(tx, contact.as_ref()).await?;
        let arrival = self.arrival(tx, thread.as_ref()).await?;
        match route(&arrival) {
            Route::Ignore(why) => {
                let change = match (why, &thread) {
                    (Why::Bounce, Some((ticket, _))) => self.bounce(tx, ticket.id).await?,
                    (Why::ForeignBounce, _) => {
                        self.notice_bounced(tx).await?;
                        None
                    }
                    _ => None,
                };
                let ticket = thread.map(|(t, _)| t.id).filter(|_| why == Why::Bounce);
                let done = self.finish(tx, Outcome::Ignored, Some(why), ticket, None).await?;
                Ok(Done { change, ..done })
            }
            Route::Aside { ticket, warnings } => {
                let mut hand = self.take(tx, ticket, Actor::System).await?;
                hand.append_as(self.entry, Event::AutomaticMessage(self.message(warnings)));
                hand.index(Some(self.entry), Visibility::Internal, &self.text_terms);
                let change = hand.put(tx, Deed::TicketAutomaticMessage).await?;
                let why = Some(Why::AutoReply);
                let done = self.finish(tx, Outcome::Reply, why, Some(ticket), Some(self.entry)).await?;
                Ok(Done { change: Some(change), ..done })
            }
            Route::Reply { ticket, why, warnings } => self.reply(tx, ticket, why, warnings, contact).await,
            Route::Answer { ticket } => self.answer(tx, ticket).await,
            Route::NewTicket { parent, why, acknowledge, warnings } => {
                let parent = match (parent, &thread) {
                    (Some(id), Some((ticket, _))) => Some((id, ticket.number)),
                    _ => None,
                };
                self.open(tx, parent, why, acknowledge, warnings).await
            }
        }
    }

    /// The ticket to which it belongs, and where that stands.
    async fn thread(&self, tx: &mut Tx, contact: Option<&Contact>) -> Result<Option<(Ticket, Thread)>> {
        let contact = contact.map(|c| c.id);
        let Some(ticket) = self.belongs_to(tx, contact).await? else { return Ok(None) };
        let thread = Thread {
            ticket: ticket.id,
            state: ticket.state,
            reopen_until: ticket.reopen_until,
            knows_sender: post::knows(tx, &ticket, contact).await?,
        };
        Ok(Some((ticket, thread)))
    }

    /// The first ticket to which its tokens lead and that is there, or the one in which that goes on; or for old mail that of
    /// what it answers.
    async fn belongs_to(&self, tx: &mut Tx, contact: Option<ContactId>) -> Result<Option<Ticket>> {
        for id in &self.candidates {
            if let Some(ticket) = store::tickets::get(tx, *id).await? {
                return led_on(tx, ticket).await.map(Some);
            }
        }
        match &self.place {
            Some(place) => place.ticket(tx, contact).await,
            None => Ok(None),
        }
    }

    /// Takes a ticket that is there, at the time of the message; its clocks do not hear of old mail.
    async fn take(&self, tx: &mut Tx, ticket: TicketId, actor: Actor) -> Result<Hand> {
        let mut hand = Hand::take(tx, ticket, self.ids.clone(), self.at, actor).await?;
        if self.envelope.archive {
            hand.without_clocks();
        }
        Ok(hand)
    }

    /// Whether it is what the desk answered before there was this program: imported, from an address of ours that
    /// nothing contradicts, to somebody whom the ticket knows. Old mail within the desk is shown to no customer.
    async fn is_old_answer(&self, tx: &mut Tx, thread: Option<&(Ticket, Thread)>) -> Result<bool> {
        match (&self.place, thread) {
            (Some(place), Some((ticket, thread))) if !thread.knows_sender && !self.authentication_failed => {
                place.reached(tx, ticket).await
            }
            _ => Ok(false),
        }
    }

    async fn arrival(&self, tx: &mut Tx, thread: Option<&(Ticket, Thread)>) -> Result<Arrival> {
        let mut from_agent = false;
        let mut own_mailbox = false;
        let mut flooded = None;
        if let Some((email, _)) = &self.from {
            from_agent = store::people::agent_by_email(tx, email).await?.is_some();
            own_mailbox = inbox::mailbox_at(tx, email).await?.is_some();
            let hour_ago = self.now.checked_sub(SignedDuration::from_hours(1)).unwrap_or(self.now);
            if let Some((since, count, ticket)) = inbox::sender(tx, email.as_str()).await?
                && since >= hour_ago
                && count >= FLOOD
                && !self.envelope.archive
            {
                flooded = store::tickets::get(tx, ticket)
                    .await?
                    .filter(|t| joins(t.state, t.reopen_until, self.now))
                    .map(|t| t.id);
            }
        }
        let reply_to_agent = match &self.other_reply_to {
            Some(address) if self.from.as_ref().is_none_or(|(from, _)| from != address) => {
                store::people::agent_by_email(tx, address).await?.is_some()
            }
            _ => false,
        };
        let from_desk = from_agent || own_mailbox;
        Ok(Arrival {
            now: self.now,
            automatic: self.automatic,
            has_sender: self.from.is_some(),
            ours: self.ours || own_mailbox,
            old_answer: from_desk && !self.ours && self.is_old_answer(tx, thread).await?,
            thread: thread.map(|(_, thread)| *thread),
            bad_token: self.bad_token,
            from_agent,
            other_reply_to: reply_to_agent,
            authentication_failed: self.authentication_failed,
            damaged: self.damaged,
            flooded,
        })
    }

    fn message(&self, warnings: Vec<Warning>) -> Message {
        Message { warnings, ..self.message.clone() }
    }

    async fn reply(
        &self,
        tx: &mut Tx,
        ticket: TicketId,
        why: Option<Why>,
        warnings: Vec<Warning>,
        contact: Option<Contact>,
    ) -> Result<Done> {
        let from = self.from.as_ref().map(|(email, _)| email.as_str());
        if let Some(leg) = handovers::partner_mail(tx, ticket, &self.answers, from).await? {
            return self.partner(tx, ticket, leg, why).await;
        }
        // Whoever is not known to the ticket is shown by its address, and is made no contact of anybody.
        let trusted =
            !warnings.iter().any(|w| matches!(w, Warning::UnknownSender | Warning::ClaimsToBeAgent));
        let actor = contact.filter(|_| trusted).map_or(Actor::Stranger, |c| Actor::Contact(c.id));
        let mut hand = self.take(tx, ticket, actor).await?;
        hand.append_as(self.entry, Event::CustomerMessage(self.message(warnings)));
        hand.attach(self.entry, &self.files);
        hand.index(Some(self.entry), Visibility::Public, &self.text_terms);
        if !self.leaves_be(&hand.ticket) {
            hand.move_to(lifecycle::after_customer_wrote(hand.ticket.state), None);
        }
        let assignee = hand.ticket.assignee;
        let change = hand.put(tx, Deed::TicketCustomerMessage).await?;
        if let Some(agent) = assignee.filter(|_| !self.envelope.archive) {
            let job = jobs::notify(&mut self.ids.after(), ticket, agent, Occasion::Answered, self.now);
            queue::enqueue(tx, self.now, &job).await?;
        }
        let done = self.finish(tx, Outcome::Reply, why, Some(ticket), Some(self.entry)).await?;
        Ok(Done { change: Some(change), ..done })
    }

    /// A supplier that has only a mailbox wrote: agents read it, the customer does not.
    async fn partner(
        &self,
        tx: &mut Tx,
        ticket: TicketId,
        leg: store::handovers::Handover,
        why: Option<Why>,
    ) -> Result<Done> {
        let mut hand = self.take(tx, ticket, Actor::Stranger).await?;
        let mut ids = self.ids.after();
        let text = &self.message.text;
        handovers::heard_by_mail(tx, &mut hand, leg, self.entry, text, &mut ids, self.now).await?;
        hand.attach(self.entry, &self.files);
        hand.index(Some(self.entry), Visibility::Partners, &self.text_terms);
        let change = hand.put(tx, Deed::HandOverReceive).await?;
        let done = self.finish(tx, Outcome::Reply, why, Some(ticket), Some(self.entry)).await?;
        Ok(Done { change: Some(change), ..done })
    }

    async fn open(
        &self,
        tx: &mut Tx,
        parent: Option<(TicketId, i64)>,
        why: Option<Why>,
        acknowledge: bool,
        warnings: Vec<Warning>,
    ) -> Result<Done> {
        let Some((email, name)) = &self.from else { return Err(Error::Stale) };
        let contact = customers::contact_for_mail(tx, self.contact, email, name, self.lang, self.now).await?;
        let belongs = store::parties::affiliations(tx, contact.id).await?;
        let customer = if let [only] = belongs.as_slice() { Some(only.customer) } else { None };
        let mailbox = match self.envelope.mailbox {
            Some(id) => store::inbox::mailbox(tx, id).await?,
            None => None,
        };
        let kind = mailbox.as_ref().map_or(Kind::Technical, |m| m.kind);
        let service = mailbox.as_ref().map_or(Service::Other, |m| m.service);
        let asked = Asked { customer, service, kind };
        let rules = Rules::clone(&self.rules).covering(tx, &asked, self.now).await?;
        let opening = Opening {
            id: self.ticket,
            entry: self.entry,
            number: self.number,
            at: self.at,
            customer,
            contact: Some(contact.id),
            mailbox: mailbox.as_ref().map(|m| m.id),
            channel: Channel::Mail,
            kind,
            service,
            severity: Severity::C,
            subject: self.subject.clone(),
            lang: contact.lang,
            message: self.message(warnings),
            files: self.files.clone(),
            actor: Actor::Contact(contact.id),
            assignee: None,
            parent,
            subject_terms: self.subject_terms.clone(),
            text_terms: self.text_terms.clone(),
            clocks: !self.envelope.archive,
            rules: Arc::new(rules),
        };
        let (_, change) = opening.put(tx, self.ids.clone()).await?;
        if !self.envelope.archive {
            let hour_ago = self.now.checked_sub(SignedDuration::from_hours(1)).unwrap_or(self.now);
            inbox::sender_opened(tx, email.as_str(), self.ticket, self.now, hour_ago).await?;
        }
        if acknowledge && self.may_answer {
            queue::enqueue(tx, self.now, &self.acknowledge).await?;
        }
        let done = self.finish(tx, Outcome::Ticket, why, Some(self.ticket), Some(self.entry)).await?;
        Ok(Done { change: Some(change), ..done })
    }

    /// A mail of ours came back: its recipient's state says so, and its ticket.
    async fn bounce(&self, tx: &mut Tx, ticket: TicketId) -> Result<Option<live::Change>> {
        let bounce = self.bounce.as_ref();
        let recipient = bounce.and_then(|b| b.recipient.clone()).unwrap_or_default();
        let original = bounce.and_then(|b| b.original_message_id.as_deref());
        if self.bounced.is_some()
            && let Some(id) = original
            && let Some(mail) = outgoing::by_message_id(tx, id.trim_matches(['<', '>'])).await?
        {
            let address = recipient.to_lowercase();
            outgoing::bounced(tx, mail.id, &address, bounce.and_then(|b| b.status.as_deref()).unwrap_or(""))
                .await?;
        }
        let mut hand = Hand::take(tx, ticket, self.ids.clone(), self.now, Actor::System).await?;
        hand.append(Event::Bounced {
            recipient,
            status: bounce.and_then(|b| b.status.clone()),
            hard: bounce.is_some_and(|b| b.hard),
        });
        hand.put(tx, Deed::MailBounced).await.map(Some)
    }

    /// A notice of what a customer owes came back. It belongs to no ticket; that the mail names its id, which only its reader
    /// knows, is enough.
    async fn notice_bounced(&self, tx: &mut Tx) -> Result<()> {
        if let Some(bounce) = &self.bounce
            && let Some(id) = &bounce.original_message_id
            && let Some(mail) = outgoing::by_message_id(tx, id.trim_matches(['<', '>'])).await?
            && mail.purpose == outgoing::Purpose::Collection
        {
            // It went to one; the bounce may name another, to whom that one's server passed it on.
            for to in outgoing::recipients(tx, mail.id).await? {
                outgoing::bounced(tx, mail.id, &to.address, bounce.status.as_deref().unwrap_or("")).await?;
            }
        }
        Ok(())
    }

    async fn finish(
        &self,
        tx: &mut Tx,
        outcome: Outcome,
        why: Option<Why>,
        ticket: Option<TicketId>,
        entry: Option<EntryId>,
    ) -> Result<Done> {
        debug_assert_eq!(tx.desk(), self.desk);
        let finished = Finished {
            outcome,
            why,
            sender: self.from.as_ref().map(|(email, _)| email.to_string()).unwrap_or_default(),
            subject: self.subject.clone(),
            ticket,
            entry,
            same: (outcome != Outcome::Duplicate).then_some(self.same),
            message: self.place.as_ref().and_then(|place| place.id),
        };
        inbox::finish(tx, self.id, &finished).await?;
        Ok(Done { outcome, change: None })
    }
}
