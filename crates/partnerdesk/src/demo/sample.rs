//! Plays the script: every row of the sample data is made by the use case that would make it, at its time.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Context, Result};
use app::{
    App, Clock, customers,
    desks::{self, NewDesk},
    diagnosis,
    intake::{self, Envelope, Way},
    jobs, mailboxes, operator,
    people::{self, Invitation},
    portal, post,
    tickets::{self, Change, NewTicket, Reply, Then, Upload},
    who,
};
use domain::{
    access::Rights,
    email_address::EmailAddress,
    id::{AgentId, CustomerId, DeskId, EntryId, MailboxId, TeamId, TicketId},
    ticket::{
        diagnosis::Verdict,
        kinds::{Channel, Kind, Service, Severity},
        lifecycle::Action,
    },
};
use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};
use mail::compose;
use store::Store;

use super::{
    PASSWORD,
    chain::{self, Chain},
    script::{self, And, Script, Step, Via},
};

/// How long after an act the worker looks: a mail can be taken back until then.
const LATER: SignedDuration = SignedDuration::from_secs(15);
/// How long before the first ticket the desks began.
const BEFORE: SignedDuration = SignedDuration::from_hours(72);

/// Fills an empty installation with what happened in the weeks before `now`.
///
/// # Errors
/// The script asks for what the use cases refuse.
pub(super) async fn make(store: Store, told: app::Config, secret: &str, now: Timestamp) -> Result<()> {
    let script = script::read()?;
    let hand = Arc::new(Mutex::new(now));
    let read = Arc::clone(&hand);
    let clock = Clock::new(move || *read.lock().unwrap_or_else(PoisonError::into_inner));
    let told = app::Config { post: post::Route::Keep, data_dir: PathBuf::from(&told.data_dir), ..told };
    let app = App::new(store, clock, told, secret.as_bytes())?;
    let mut chain = Chain::read()?;
    let mut events = Vec::new();
    let first = script.desks.first().map_or(TimeZone::UTC, |desk| who::zone(&desk.timezone));
    for (scene, at) in chain.scenes(&first, now)?.into_iter().enumerate() {
        events.push((at, What::Scene(scene)));
    }
    for (index, ticket) in script.tickets.iter().enumerate() {
        let zone = script.desk_of(ticket).map(|desk| who::zone(&desk.timezone)).unwrap_or(TimeZone::UTC);
        let came = ticket.came(&zone, now)?;
        events.push((came, What::Opens(index)));
        for (step, what) in ticket.then.iter().enumerate() {
            events.push((what.at(came), What::Goes(index, step)));
        }
    }
    events.retain(|(at, _)| *at < now);
    events.sort_unstable();
    let began = events.first().map_or(now, |(at, _)| *at).checked_sub(BEFORE)?;

    let mut stage = Stage { app, hand, desks: Vec::new(), tickets: HashMap::new() };
    stage.set(began);
    for desk in &script.desks {
        let made = stage.make_desk(desk).await.with_context(|| desk.name.clone())?;
        stage.desks.push(made);
    }
    chain.begin(&stage, now).await.context("the chain")?;
    let first = stage.first()?;
    super::charging::begin(&stage.app, first, first.admin()?).await.context("what support costs")?;
    for (at, what) in events {
        stage.set(at);
        match what {
            What::Scene(scene) => {
                chain.play(&stage, scene).await.with_context(|| format!("scene {scene}"))?;
            }
            What::Opens(index) => {
                let ticket = &script.tickets[index];
                stage.open(index, ticket).await.with_context(|| format!("the ticket {}", ticket.subject))?;
            }
            What::Goes(index, step) => {
                let ticket = &script.tickets[index];
                let step = stage.step(index, ticket, &ticket.then[step]).await;
                step.with_context(|| format!("the ticket {}", ticket.subject))?;
            }
        }
        stage.set(at.checked_add(LATER)?.min(now));
        while jobs::round(&stage.app, "demo").await? > 0 {}
    }
    let admin = stage.first()?.admin()?;
    super::support::make(&stage.app, admin).await.context("what stands beside the tickets")?;
    super::payables::make(&stage.app, admin, now).await.context("what suppliers bill")?;
    super::charging::make(&stage.app, admin).await.context("what support costs")?;
    super::upward::make(&stage.app, admin).await.context("the way up")?;
    super::billing::make(&stage.app, admin).await.context("what customers owe")
}

impl Script {
    /// The desk to which a ticket's sender belongs; strangers write to the first.
    fn desk_of(&self, ticket: &script::Ticket) -> Option<&script::Desk> {
        let domain = ticket.from.rsplit('@').next();
        let serves = |desk: &&script::Desk| desk.customers.iter().any(|c| Some(c.domain.as_str()) == domain);
        self.desks.iter().find(serves).or_else(|| self.desks.first())
    }
}

impl script::Ticket {
    fn came(&self, zone: &TimeZone, now: Timestamp) -> Result<Timestamp> {
        if let Some(minutes) = self.ago {
            return Ok(now.checked_sub(SignedDuration::from_mins(minutes))?);
        }
        let today = now.to_zoned(zone.clone()).date();
        let day = today.checked_sub(self.day.context("neither day nor ago")?.days())?;
        Ok(day.to_datetime(self.at).to_zoned(zone.clone())?.timestamp())
    }
}

impl Step {
    fn at(&self, came: Timestamp) -> Timestamp {
        let after = SignedDuration::try_from_secs_f64(self.after * 3600.0).unwrap_or_default();
        came.checked_add(after).unwrap_or(came)
    }
}

/// What happens at a moment of the play.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    /// A scene of the chain.
    Scene(usize),
    /// A ticket comes in.
    Opens(usize),
    /// A step of a ticket.
    Goes(usize, usize),
}

/// A desk that was made.
pub(super) struct Desk {
    pub(super) id: DeskId,
    pub(super) slug: String,
    pub(super) name: String,
    /// By the local part of the address; the Global admin is first.
    agents: Vec<(String, app::Agent)>,
    mailboxes: Vec<(String, MailboxId)>,
    /// By their addresses, each with whose it is.
    pub(super) contacts: HashMap<String, (app::Contact, CustomerId)>,
    /// By their names.
    pub(super) customers: HashMap<String, CustomerId>,
    /// By their names.
    pub(super) teams: HashMap<String, TeamId>,
}

/// A ticket in play.
struct Ticket {
    desk: usize,
    id: TicketId,
    number: i64,
    /// The newest answer: what the customer replies to.
    answer: Option<EntryId>,
    /// Whether an agent has looked at it.
    is_sorted: bool,
}

pub(super) struct Stage {
    pub(super) app: App,
    hand: Arc<Mutex<Timestamp>>,
    pub(super) desks: Vec<Desk>,
    tickets: HashMap<usize, Ticket>,
}

impl Stage {
    fn set(&self, at: Timestamp) {
        *self.hand.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }

    /// The desk of this slug.
    pub(super) fn desk(&self, slug: &str) -> Result<&Desk> {
        self.desks.iter().find(|desk| desk.slug == slug).with_context(|| format!("no desk {slug}"))
    }

    /// The desk that most of it is about.
    pub(super) fn first(&self) -> Result<&Desk> {
        self.desks.first().context("no desk")
    }

    /// An agent of any desk, by the local part of its address.
    pub(super) fn agent(&self, local: &str) -> Result<&app::Agent> {
        let found = self.desks.iter().find_map(|desk| desk.agent(local).ok());
        found.with_context(|| format!("no agent {local}"))
    }

    async fn make_desk(&self, script: &script::Desk) -> Result<Desk> {
        let app = &self.app;
        let admin = script.agents.first().context("a desk without agents")?;
        let begun = desks::create(
            app,
            NewDesk {
                slug: script.slug.clone(),
                name: script.name.clone(),
                kind: script.kind,
                lang: script.lang,
                timezone: script.timezone.clone(),
                admin_name: admin.name.clone(),
                admin_email: admin.email.clone(),
                password: Some(PASSWORD.to_owned()),
            },
        )
        .await?;
        let id = begun.desk;
        for agent in script.agents.iter().skip(1) {
            let new = Invitation {
                name: agent.name.clone(),
                email: agent.email.clone(),
                roles: vec![agent.role],
                lang: agent.lang,
                timezone: script.timezone.clone(),
            };
            operator::add_agent(app, id, &new, PASSWORD).await?;
        }
        let rows = app.store.read::<_, store::Error, _>(id, |tx| Box::pin(store::people::agents(tx))).await?;
        let mut agents = Vec::new();
        for agent in &script.agents {
            let row =
                rows.iter().find(|row| row.email.as_str() == agent.email).context("an agent is missing")?;
            agents.push((row.email.local().to_owned(), as_agent(id, row)));
        }
        let admin = agents.first().context("a desk without agents")?.1.clone();
        let mut made = Desk {
            id,
            slug: script.slug.clone(),
            name: script.name.clone(),
            agents,
            mailboxes: Vec::new(),
            contacts: HashMap::new(),
            customers: HashMap::new(),
            teams: HashMap::new(),
        };
        for mailbox in &script.mailboxes {
            let settings = mailboxes::Settings {
                name: mailbox.name.clone(),
                kind: mailbox.kind,
                service: mailbox.service,
                source: None,
                secret: None,
            };
            let id = mailboxes::add(app, &admin, &mailbox.address, settings).await?;
            made.mailboxes.push((mailbox.address.clone(), id));
        }
        for team in &script.teams {
            let id = people::add_team(app, &admin, &team.name).await?;
            let members =
                team.members.iter().map(|email| made.agent_by_email(email)).collect::<Result<_>>()?;
            people::set_members(app, &admin, id, members).await?;
            made.teams.insert(team.name.clone(), id);
        }
        for customer in &script.customers {
            made.customer(app, &admin, customer).await.with_context(|| customer.name.clone())?;
        }
        Ok(made)
    }

    /// A request comes in.
    async fn open(&mut self, index: usize, ticket: &script::Ticket) -> Result<()> {
        let place = self.desks.iter().position(|desk| desk.contacts.contains_key(&ticket.from)).unwrap_or(0);
        let desk = &self.desks[place];
        let files: Vec<Upload> = ticket.files.iter().map(|name| upload(name, &ticket.text)).collect();
        let kind = ticket.kind.unwrap_or(Kind::Technical);
        let service = ticket.service.unwrap_or(Service::Microsoft365);
        let severity = ticket.severity.unwrap_or(Severity::C);
        let (id, number) = match ticket.via {
            Via::Mail => {
                let raw = self.mail(desk, ticket, index, &ticket.text, None, &ticket.files)?;
                self.hand_in(desk, ticket, raw).await?
            }
            Via::Portal => {
                let contact = desk.contact(&ticket.from)?;
                let request = portal::Request {
                    kind,
                    service,
                    severity,
                    subject: ticket.subject.clone(),
                    text: ticket.text.clone(),
                    customer: None,
                    files,
                };
                let opened = portal::ask(&self.app, contact, request).await?;
                (opened.id, opened.number)
            }
            Via::Phone => {
                let contact = desk.contact(&ticket.from)?;
                let first = ticket.then.iter().find_map(|step| step.what.agent());
                let agent = desk.agent(first.context("nobody answered the phone")?)?;
                let new = NewTicket {
                    channel: Channel::Phone,
                    contact: Some(contact.id),
                    customer: None,
                    kind,
                    service,
                    severity,
                    subject: ticket.subject.clone(),
                    text: ticket.text.clone(),
                    files,
                    take: true,
                    acknowledge: true,
                };
                let opened = tickets::file_for_customer(&self.app, agent, new).await?;
                (opened.id, opened.number)
            }
        };
        self.tickets.insert(index, Ticket { desk: place, id, number, answer: None, is_sorted: false });
        Ok(())
    }

    async fn step(&mut self, index: usize, script: &script::Ticket, step: &Step) -> Result<()> {
        let ticket = self.tickets.get(&index).context("it has not come yet")?;
        let desk = &self.desks[ticket.desk];
        let (id, number) = (ticket.id, ticket.number);
        if let Some(agent) = step.what.agent()
            && !ticket.is_sorted
            && desk.agent(agent).is_ok()
        {
            self.sort(desk.agent(agent)?, id, script).await?;
        }
        let mut answer = ticket.answer;
        match &step.what {
            script::What::Customer { customer } => {
                if script.via == Via::Mail {
                    let raw =
                        self.mail(desk, script, index, customer, self.message_id(desk, answer).await?, &[])?;
                    let (joined, _) = self.hand_in(desk, script, raw).await?;
                    anyhow::ensure!(joined == id, "the customer's mail made another ticket");
                } else {
                    let contact = desk.contact(&script.from)?;
                    portal::answer(&self.app, contact, number, customer, Vec::new()).await?;
                }
            }
            script::What::Reply { agent, reply, and, files } => {
                if matches!(and, And::Resolve) {
                    self.decide(desk.agent(agent)?, id, script.severity.is_none()).await?;
                }
                let reply = Reply {
                    text: reply.clone(),
                    files: files.iter().map(|name| upload(name, &script.subject)).collect(),
                    then: match and {
                        And::Nothing => Then::Nothing,
                        And::Wait => Then::Wait,
                        And::Resolve => Then::Resolve,
                    },
                    ..Reply::default()
                };
                answer = Some(tickets::reply(&self.app, desk.agent(agent)?, id, reply).await?.entry);
            }
            script::What::Note { agent, note } => {
                tickets::note(&self.app, desk.agent(agent)?, id, note, Vec::new()).await?;
            }
            script::What::Pass { agent, pass } => {
                chain::pass(self, id, desk, self.agent(agent)?, pass).await?;
            }
            script::What::Move { agent, action } => {
                if matches!(action, Action::Resolve | Action::Close) {
                    self.decide(desk.agent(agent)?, id, script.severity.is_none()).await?;
                }
                tickets::make_move(&self.app, desk.agent(agent)?, id, *action, None).await?;
            }
        }
        if let Some(ticket) = self.tickets.get_mut(&index) {
            ticket.answer = answer;
            ticket.is_sorted |= step.what.agent().is_some();
        }
        Ok(())
    }

    /// What an agent does first: says what it is about, tags it and takes it.
    async fn sort(&self, agent: &app::Agent, id: TicketId, script: &script::Ticket) -> Result<()> {
        let to = Change {
            kind: script.kind,
            service: script.service,
            severity: script.severity,
            tags: Some(script.tags.clone()),
            assignee: Some(Some(agent.id)),
            ..Change::default()
        };
        Ok(tickets::change(&self.app, agent, id, to, None).await?)
    }

    /// What an agent does before the end of a technical ticket: takes the first steps, and decides that it was ours; of a
    /// question, that it was one.
    pub(super) async fn decide(&self, agent: &app::Agent, id: TicketId, asks: bool) -> Result<()> {
        let known = diagnosis::view(&self.app, agent, id).await?;
        if known.kind != Kind::Technical || known.diagnosis.decision.is_some() {
            return Ok(());
        }
        let inside =
            || known.sheet().categories.iter().filter(|row| row.boundary.verdict() == Verdict::Inside);
        let ours = inside().find(|row| asks && row.key == "how-to").or_else(|| inside().next());
        let steps = known.sheet().steps.iter().take(3);
        let change = diagnosis::Change {
            steps: steps
                .map(|step| (step.key.clone(), diagnosis::Tick::Done { finding: String::new() }))
                .collect(),
            decision: Some(diagnosis::Decide {
                verdict: Verdict::Inside,
                category: ours.map(|row| row.key.clone()),
                reason: String::new(),
            }),
            ..diagnosis::Change::default()
        };
        diagnosis::change(&self.app, agent, id, change, None).await?;
        Ok(())
    }

    /// Hands a mail in, and answers the ticket that it made or joined.
    async fn hand_in(&self, desk: &Desk, script: &script::Ticket, raw: Vec<u8>) -> Result<(TicketId, i64)> {
        let (address, mailbox) = desk.mailbox(script)?;
        let said = Envelope {
            sender: Some(script.from.clone()),
            recipients: vec![address.to_owned()],
            ..Envelope::default()
        };
        let kept = intake::accept(&self.app, desk.id, &Way::Mailbox(mailbox), said, raw).await?;
        while jobs::round(&self.app, "demo").await? > 0 {}
        let found = self.app.store.read::<_, store::Error, _>(desk.id, move |tx| {
            Box::pin(async move {
                let raw = store::inbox::get(tx, kept.id).await?;
                match raw.and_then(|raw| raw.ticket) {
                    Some(ticket) => store::tickets::get(tx, ticket).await,
                    None => Ok(None),
                }
            })
        });
        let ticket = found.await?.context("the mail made no ticket")?;
        Ok((ticket.id, ticket.number))
    }

    /// A mail of the customer, as its mail program would write it.
    fn mail(
        &self,
        desk: &Desk,
        script: &script::Ticket,
        index: usize,
        text: &str,
        answers: Option<String>,
        files: &[String],
    ) -> Result<Vec<u8>> {
        let now = self.app.now();
        let (address, _) = desk.mailbox(script)?;
        let name = desk.contacts.get(&script.from).map(|(contact, _)| contact.name.clone());
        let subject = match answers {
            Some(_) => format!("Re: {}", script.subject),
            None => script.subject.clone(),
        };
        let domain = script.from.rsplit('@').next().unwrap_or_default();
        Ok(compose::render(&compose::Outgoing {
            message_id: format!("<{}.{index}@{domain}>", now.as_millisecond()),
            date: now,
            from: compose::Mailbox { name, address: script.from.clone() },
            to: vec![compose::Mailbox { name: None, address: address.to_owned() }],
            cc: Vec::new(),
            reply_to: None,
            references: answers.iter().cloned().collect(),
            in_reply_to: answers,
            subject,
            text: text.to_owned(),
            html: None,
            auto_submitted: None,
            loop_mark: None,
            extra: Vec::new(),
            attachments: files
                .iter()
                .map(|name| compose::File {
                    name: name.clone(),
                    content_type: "text/plain; charset=utf-8".into(),
                    body: text.as_bytes().to_vec(),
                })
                .collect(),
        })?)
    }

    /// The Message-ID of the mail that carried an answer.
    async fn message_id(&self, desk: &Desk, answer: Option<EntryId>) -> Result<Option<String>> {
        let Some(entry) = answer else { return Ok(None) };
        let mails = self
            .app
            .store
            .read::<_, store::Error, _>(desk.id, move |tx| Box::pin(store::outgoing::of_entry(tx, entry)))
            .await?;
        Ok(mails.first().map(|mail| format!("<{}>", mail.message_id)))
    }
}

impl Desk {
    /// The Global admin.
    pub(super) fn admin(&self) -> Result<&app::Agent> {
        Ok(&self.agents.first().context("a desk without agents")?.1)
    }

    /// A contact, by its address.
    pub(super) fn contact(&self, email: &str) -> Result<&app::Contact> {
        Ok(&self.contacts.get(email).with_context(|| format!("no contact {email}"))?.0)
    }

    fn agent(&self, local: &str) -> Result<&app::Agent> {
        let found = self.agents.iter().find(|(known, _)| known == local);
        Ok(&found.with_context(|| format!("no agent {local}"))?.1)
    }

    fn agent_by_email(&self, email: &str) -> Result<AgentId> {
        let found = self.agents.iter().find(|(_, agent)| agent.email.as_str() == email);
        Ok(found.with_context(|| format!("no agent {email}"))?.1.id)
    }

    /// Where a ticket's mails go.
    fn mailbox(&self, script: &script::Ticket) -> Result<(&str, MailboxId)> {
        let is_it =
            |address: &str| script.to.as_deref().is_none_or(|to| address.split('@').next() == Some(to));
        let found = self.mailboxes.iter().find(|(address, _)| is_it(address)).context("no such mailbox")?;
        Ok((&found.0, found.1))
    }

    async fn customer(&mut self, app: &App, admin: &app::Agent, script: &script::Customer) -> Result<()> {
        let details = customers::Details {
            name: script.name.clone(),
            lang: script.lang,
            timezone: script.timezone.clone(),
            note: script.note.clone(),
            domains: vec![script.domain.clone()],
        };
        let customer = customers::create(app, admin, details).await?;
        self.customers.insert(script.name.clone(), customer);
        for contact in &script.contacts {
            let person = customers::Person {
                name: contact.name.clone(),
                email: contact.email.clone(),
                phone: contact.phone.clone(),
                lang: script.lang,
                customers: vec![(customer, contact.sees)],
            };
            let email: EmailAddress = contact.email.parse().context("not an address")?;
            let made = app::Contact {
                desk: self.id,
                id: customers::create_contact(app, admin, person).await?,
                name: contact.name.clone(),
                email,
                lang: script.lang,
                zone: who::zone(&script.timezone),
            };
            self.contacts.insert(contact.email.clone(), (made, customer));
        }
        Ok(())
    }
}

pub(super) fn as_agent(desk: DeskId, row: &store::people::Agent) -> app::Agent {
    app::Agent {
        desk,
        id: row.id,
        identity: row.identity,
        name: row.name.clone(),
        email: row.email.clone(),
        lang: row.lang,
        zone: who::zone(&row.timezone),
        rights: Rights::of(&row.roles.0),
        prefs: row.prefs.0.clone(),
    }
}

fn upload(name: &str, text: &str) -> Upload {
    Upload {
        name: name.to_owned(),
        content_type: "text/plain; charset=utf-8".into(),
        bytes: text.as_bytes().to_vec(),
        content_id: None,
    }
}
