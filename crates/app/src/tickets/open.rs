//! Opening a ticket: from a mail, the portal, a program, a call.

use std::sync::Arc;

use domain::{
    access::{Permission, Visibility},
    clock::{
        self,
        promise::{Seconds, Targets},
    },
    deed::Deed,
    id::{ContactId, CustomerId, EntryId, MailboxId, TicketId},
    lang::Lang,
    ticket::{
        circle::Circle,
        kinds::{Channel, Kind, Service, Severity},
        lifecycle::State,
        timeline::{Actor, ActorKind, Event, Message, Party},
    },
};
use jiff::Timestamp;
use store::{
    Json, Tx,
    search::{self, Terms},
    tickets::{Lane, NEVER, Ticket},
};

use super::{File, Hand, Rules, Upload};
use crate::{Agent, App, Error, Ids, Result, catalogue::Asked, charging, error, jobs, live};

/// The longest subject, in characters.
pub const SUBJECT: usize = 200;
/// The longest text that a person types, in bytes.
pub const TEXT: usize = 200_000;

/// A request filed on behalf of a customer.
#[derive(Clone, Debug)]
pub struct NewTicket {
    /// How it came: a call, or a program.
    pub channel: Channel,
    /// For whom.
    pub contact: Option<ContactId>,
    /// For which customer; the contact's only one if none is given.
    pub customer: Option<CustomerId>,
    /// What kind of help.
    pub kind: Kind,
    /// For which service.
    pub service: Service,
    /// How bad.
    pub severity: Severity,
    /// What it is called.
    pub subject: String,
    /// What was said.
    pub text: String,
    /// Files.
    pub files: Vec<Upload>,
    /// Whether the agent who files it takes it.
    pub take: bool,
    /// Whether the contact gets a mail that it has arrived, if there is an address to which it could go.
    pub acknowledge: bool,
}

/// A ticket that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Its id.
    pub id: TicketId,
    /// What people call it.
    pub number: i64,
    /// By when the first answer is promised.
    pub first_response: Option<Timestamp>,
    /// Its version.
    pub version: i64,
}

/// Everything of a new ticket that is known before its transaction.
#[derive(Clone, Debug)]
pub(crate) struct Opening {
    pub(crate) id: TicketId,
    pub(crate) entry: EntryId,
    pub(crate) number: i64,
    /// When it was opened: now, or when an imported mail was written.
    pub(crate) at: Timestamp,
    pub(crate) customer: Option<CustomerId>,
    pub(crate) contact: Option<ContactId>,
    pub(crate) mailbox: Option<MailboxId>,
    pub(crate) channel: Channel,
    pub(crate) kind: Kind,
    pub(crate) service: Service,
    pub(crate) severity: Severity,
    pub(crate) subject: String,
    pub(crate) lang: Lang,
    pub(crate) message: Message,
    pub(crate) files: Vec<File>,
    pub(crate) actor: Actor,
    pub(crate) assignee: Option<domain::id::AgentId>,
    pub(crate) parent: Option<(TicketId, i64)>,
    pub(crate) subject_terms: Terms,
    pub(crate) text_terms: Terms,
    /// Whether its clocks run: not for what is imported.
    pub(crate) clocks: bool,
    pub(crate) rules: Arc<Rules>,
}

impl Opening {
    /// Writes the ticket.
    pub(crate) async fn put(&self, tx: &mut Tx, ids: Ids) -> Result<(Opened, live::Change)> {
        let ticket = Ticket {
            id: self.id,
            number: self.number,
            customer: self.customer,
            contact: self.contact,
            mailbox: self.mailbox,
            channel: self.channel,
            kind: self.kind,
            service: self.service,
            severity: self.severity,
            state: State::New,
            lane: Lane::of(State::New),
            subject: self.subject.clone(),
            lang: self.lang,
            team: None,
            assignee: self.assignee,
            tags: Json(Vec::new()),
            preview: String::new(),
            last_by: ActorKind::System,
            last_at: self.at,
            due_at: NEVER,
            due_kind: None,
            warn_at: None,
            notice_at: None,
            targets: Json(domain::clock::promise::Targets::default()),
            calendar: None,
            facts: Json(Vec::new()),
            reopen_until: None,
            snoozed_until: None,
            merged_into: None,
            parent: self.parent.map(|(id, _)| id),
            entries: 0,
            version: 1,
            created_at: self.at,
            offering: None,
            statement: None,
            delivered_by: None,
            circle: circle_of_parent(tx, self.parent).await?.map(Json),
        };
        let mut hand = Hand::begin(ticket, self.rules.clone(), ids, self.at, self.actor);
        if !self.clocks {
            hand.without_clocks();
        }
        hand.append_as(self.entry, Event::CustomerMessage(self.message.clone()));
        hand.attach(self.entry, &self.files);
        hand.index(None, Visibility::Public, &self.subject_terms);
        hand.index(Some(self.entry), Visibility::Public, &self.text_terms);
        if let Some((to, number)) = self.parent {
            hand.append(Event::Linked { to, number });
        }
        let first_response = hand.first_response()?;
        if self.clocks {
            charging::begin(tx, &hand.ticket, 1, self.at).await?;
        }
        let change = hand.put(tx, Deed::TicketOpen).await?;
        let opened = Opened { id: self.id, number: self.number, first_response, version: 1 };
        Ok((opened, change))
    }
}

/// What goes on from a ticket that is shown to named people only is shown to them, and to whoever had that.
async fn circle_of_parent(tx: &mut Tx, parent: Option<(TicketId, i64)>) -> Result<Option<Circle>> {
    let Some((parent, _)) = parent else { return Ok(None) };
    let parent = store::tickets::get(tx, parent).await?;
    Ok(parent.and_then(|t| t.circle.map(|circle| Circle::of(circle.0.agents().chain(t.assignee)))))
}

/// What would be promised for a request that came now.
#[derive(Clone, Debug)]
pub struct Promise {
    /// When.
    pub at: Timestamp,
    /// What the hours are called in which it is counted.
    pub hours: String,
    /// These hours; none: nothing is promised.
    pub calendar: Option<clock::Calendar>,
    /// By when, of open time.
    pub targets: Targets,
}

impl Promise {
    /// When so much open time has passed; none if it never has.
    #[must_use]
    pub fn due(&self, target: Option<Seconds>) -> Option<Timestamp> {
        let (calendar, target) = (self.calendar.as_ref()?, target?);
        calendar.deadline(self.at, i64::from(target.get()), &[]).ok().map(|deadline| deadline.due)
    }
}

/// What would be promised for a request of this severity that came now. What is shown before sending is what the
/// ticket gets.
///
/// # Errors
/// As the database says.
pub async fn promised(
    app: &App,
    desk: domain::id::DeskId,
    asked: Asked,
    severity: Severity,
) -> Result<Promise> {
    let now = app.now();
    app.store
        .read(desk, move |tx| {
            Box::pin(async move {
                let rules = Rules::of_new(tx, &asked, now).await?;
                let targets = rules.targets(severity);
                let hours = rules.hours_name(tx).await?;
                Ok(Promise { at: now, hours, calendar: rules.calendar, targets })
            })
        })
        .await
}

/// Files a request on behalf of a customer.
///
/// # Errors
/// Without [`Permission::TicketFile`]; an unknown contact or customer, or one to which the contact does not belong.
pub async fn file_for_customer(app: &App, agent: &Agent, new: NewTicket) -> Result<Opened> {
    agent.require(Permission::TicketFile)?;
    let subject = error::line("subject", &new.subject, SUBJECT)?;
    let text = error::body("text", &new.text, TEXT)?;
    if new.contact.is_none() && new.customer.is_none() {
        return Err(Error::invalid("contact", "required"));
    }
    let now = app.now();
    let (contact, customer, service, kind) = (new.contact, new.customer, new.service, new.kind);
    let (who, rules) = app
        .store
        .read::<_, Error, _>(agent.desk, move |tx| {
            Box::pin(async move {
                let who = requester(tx, contact, customer).await?;
                let asked = Asked { customer: who.customer, service, kind };
                Ok((who, Arc::new(Rules::of_new(tx, &asked, now).await?)))
            })
        })
        .await?;
    let mut ids = app.ids(now);
    let message = Message {
        channel: new.channel,
        from: who.email.as_ref().map(|e| Party { name: who.name.clone(), email: e.to_string() }),
        to: Vec::new(),
        cc: Vec::new(),
        quoted: String::new(),
        html: false,
        warnings: Vec::new(),
        message_id: None,
        attachments: u32::try_from(new.files.len()).unwrap_or(u32::MAX),
        text,
    };
    let opening = Opening {
        id: ids.next(TicketId::new),
        entry: ids.next(EntryId::new),
        number: app.store.ticket_number(agent.desk).await?,
        at: now,
        customer: who.customer,
        contact: new.contact,
        mailbox: None,
        channel: new.channel,
        kind: new.kind,
        service: new.service,
        severity: new.severity,
        subject_terms: search::analyse(&subject, who.lang),
        text_terms: search::analyse(&message.text, who.lang),
        subject,
        lang: who.lang,
        message,
        files: app.prepare_files(agent.desk, new.files).await?,
        actor: match new.contact {
            Some(contact) => Actor::Contact(contact),
            None => agent.actor(),
        },
        assignee: new.take.then_some(agent.id),
        parent: None,
        clocks: true,
        rules,
    };
    open(app, agent.desk, opening, ids, new.acknowledge && who.email.is_some()).await
}

/// Opens a ticket for somebody known and enqueues its acknowledgement.
pub(crate) async fn open(
    app: &App,
    desk: domain::id::DeskId,
    opening: Opening,
    mut ids: Ids,
    acknowledge: bool,
) -> Result<Opened> {
    let job = acknowledge.then(|| jobs::acknowledge(&mut ids, opening.id, opening.at));
    let unit = Arc::new((opening, ids, job));
    let (opened, change) = app
        .store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (opening, ids, job) = &*unit;
                let done = opening.put(tx, ids.clone()).await?;
                if let Some(job) = job {
                    store::queue::enqueue(tx, opening.at, job).await?;
                }
                Ok::<_, Error>(done)
            })
        })
        .await?;
    app.live.tell(change);
    app.wake();
    Ok(opened)
}

/// Who asks, as far as the ticket needs it.
#[derive(Clone, Debug)]
pub(super) struct Requester {
    pub(super) name: String,
    pub(super) email: Option<domain::email_address::EmailAddress>,
    pub(super) lang: Lang,
    pub(super) customer: Option<CustomerId>,
}

/// Looks a requester up, and checks that it belongs to the customer.
///
/// # Errors
/// `unknown` for a contact or a customer that is not there, `not-theirs` for a customer to which it does not belong.
pub(super) async fn requester(
    tx: &mut Tx,
    contact: Option<ContactId>,
    customer: Option<CustomerId>,
) -> Result<Requester> {
    let lang = match customer {
        Some(id) => {
            store::parties::customer(tx, id).await?.ok_or(Error::invalid("customer", "unknown"))?.lang
        }
        None => store::people::settings(tx).await?.0.lang,
    };
    let Some(id) = contact else {
        return Ok(Requester { name: String::new(), email: None, lang, customer });
    };
    let contact = store::parties::contact(tx, id).await?.ok_or(Error::invalid("contact", "unknown"))?;
    let belongs = store::parties::affiliations(tx, id).await?;
    let customer = match (customer, belongs.as_slice()) {
        (Some(wanted), all) if all.iter().any(|a| a.customer == wanted) => Some(wanted),
        (Some(_), _) => return Err(Error::invalid("customer", "not-theirs")),
        (None, [only]) => Some(only.customer),
        (None, _) => None,
    };
    Ok(Requester { name: contact.name, email: contact.email, lang: contact.lang, customer })
}
