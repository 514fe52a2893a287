//! Fills a desk quickly: rows through the functions of `store`, thousands of tickets in one unit of work, the search
//! index included. Not through the use case, so without audit log and jobs, which no measured page reads.

use std::sync::Arc;

use anyhow::Result;
use app::{Agent, App};
use domain::{
    access::Visibility,
    id::{AgentId, ContactId, CustomerId, EntryId, IdentityId, TicketId},
    lang::Lang,
    party::Sees,
    ticket::{
        kinds::{Channel, Kind, Service, Severity},
        lifecycle::{Action, State},
        timeline::{Actor, Entry, Event, Message, Party},
    },
};
use jiff::{SignedDuration, Timestamp};
use store::{
    Json, Tx, installation,
    parties::{self, Contact, Customer},
    people, records,
    search::{self, Doc},
    tickets::{self, Lane, NEVER, Ticket},
    timeline,
};

use crate::{
    random::Random,
    texts::{RARE, lang, text},
};

/// How many tickets one unit of work writes.
const UNIT: usize = 2_000;
/// Over which time the tickets came.
const YEARS: SignedDuration = SignedDuration::from_hours(2 * 365 * 24);
/// How many agents work.
const AGENTS: usize = 10;
/// How many tickets stand in lists of a hundred: the newest ones are still open.
const OPEN: usize = 8;

/// What was made.
pub(crate) struct Seeded {
    pub(crate) contacts: Vec<ContactId>,
    pub(crate) numbers: Vec<i64>,
}

/// One contact for each 25 tickets, one customer for each 5 contacts, ten agents, and the tickets.
pub(crate) async fn tickets(app: &App, admin: &Agent, count: u32) -> Result<Seeded> {
    let mut random = Random(1);
    let count = count as usize;
    let agents = agents(app, admin).await?;
    let people = people(app, admin, (count / 25).max(50), &mut random).await?;
    let settings: people::Settings = app
        .store
        .read::<_, store::Error, _>(admin.desk, |tx| {
            Box::pin(async move { Ok(people::settings(tx).await?.0) })
        })
        .await?;
    let (now, mut numbers) = (app.now(), Vec::with_capacity(count));
    let apart = YEARS / i32::try_from(count.max(1))?;
    let mut maker = Maker { random, agents, people: people.clone(), settings, apart };
    let mut made = 0;
    while made < count {
        let mut unit = Vec::with_capacity(UNIT);
        while unit.len() < UNIT && made < count {
            let number = app.store.ticket_number(admin.desk).await?;
            let at = now.checked_sub(apart * i32::try_from(count - made)?)?;
            let rare = made % (count / 10).max(1) == 0;
            let open = made >= count - count * OPEN / 100;
            unit.push(maker.ticket(app, number, at, open, rare));
            numbers.push(number);
            made += 1;
        }
        write(app, admin, unit).await?;
    }
    let contacts = people.into_iter().map(|(contact, ..)| contact).collect();
    Ok(Seeded { contacts, numbers })
}

/// A ticket with all that belongs to it.
struct Made {
    ticket: Ticket,
    entries: Vec<Entry>,
    docs: Vec<Doc>,
}

struct Maker {
    random: Random,
    agents: Vec<AgentId>,
    people: Vec<(ContactId, CustomerId, String)>,
    settings: people::Settings,
    apart: SignedDuration,
}

impl Maker {
    fn ticket(&mut self, app: &App, number: i64, at: Timestamp, open: bool, rare: bool) -> Made {
        let random = &mut self.random;
        let mut ids = app.ids(at);
        let lang = lang(random);
        let (contact, customer, email) = self.people[random.below(self.people.len())].clone();
        let state = match random.below(10) {
            _ if !open => State::Closed,
            0..3 => State::New,
            3..7 => State::Open,
            7 | 8 => State::WaitingCustomer,
            _ => State::WaitingSupplier,
        };
        let assignee = (state != State::New).then(|| self.agents[random.below(self.agents.len())]);
        let subject = text(random, lang, 6);
        let words = 15 + random.below(60);
        let mut body = text(random, lang, words);
        if rare {
            body = format!("{body} {RARE}");
        }
        let asked = ids.next(EntryId::new);
        let mut said = vec![(asked, at, Actor::Contact(contact), message(&body, Some(&email)), true)];
        if let Some(agent) = assignee {
            let later = at.checked_add(self.apart / 3).unwrap_or(at);
            let words = 10 + random.below(40);
            let answer = message(&text(random, lang, words), None);
            said.push((app.ids(later).next(EntryId::new), later, Actor::Agent(agent), answer, false));
        }
        let (last_at, by) = said.last().map_or((at, Actor::System), |(_, at, by, ..)| (*at, *by));
        let preview = said.last().map(|(.., m, _)| m.text.chars().take(160).collect()).unwrap_or_default();
        let id = ids.next(TicketId::new);
        let doc = |entry, at, text: &str| {
            let terms = search::analyse(text, lang);
            Doc { ticket: id, entry, visibility: Visibility::Public, at, terms }
        };
        let mut docs = vec![doc(None, at, &subject)];
        docs.extend(said.iter().map(|(entry, at, _, message, _)| doc(Some(*entry), *at, &message.text)));
        let mut entries: Vec<Entry> = Vec::new();
        for (entry, at, actor, message, asks) in said {
            let event = if asks { Event::CustomerMessage(message) } else { Event::Reply(message) };
            entries.push(Entry { id: entry, seq: entries.len() as i64 + 1, at, actor, event });
        }
        if state == State::Closed {
            let event = Event::Moved { action: Some(Action::Close), from: State::Open, to: state };
            let seq = entries.len() as i64 + 1;
            entries.push(Entry { id: ids.next(EntryId::new), seq, at: last_at, actor: by, event });
        }
        let lane = Lane::of(state);
        let due_in = SignedDuration::from_mins(i64::try_from(random.below(5_000)).unwrap_or_default());
        let due_at = if lane == Lane::Done { NEVER } else { last_at.checked_add(due_in).unwrap_or(NEVER) };
        let severity = *random.skewed(&[Severity::C, Severity::B, Severity::A]);
        let ticket = Ticket {
            id,
            number,
            customer: Some(customer),
            contact: Some(contact),
            mailbox: None,
            channel: Channel::Mail,
            kind: *random.skewed(&[Kind::Technical, Kind::Billing, Kind::Subscription]),
            service: *random.skewed(Service::ALL),
            severity,
            state,
            lane,
            subject,
            lang,
            team: None,
            assignee,
            tags: Json(Vec::new()),
            preview,
            last_by: by.kind(),
            last_at,
            due_at,
            due_kind: (lane == Lane::Todo).then(|| "resolution".into()),
            warn_at: None,
            notice_at: None,
            targets: Json(self.settings.promises.of(severity)),
            calendar: self.settings.calendar,
            facts: Json(Vec::new()),
            reopen_until: None,
            snoozed_until: None,
            merged_into: None,
            parent: None,
            entries: entries.len() as i64,
            version: 1,
            created_at: at,
            offering: None,
            statement: None,
            delivered_by: None,
            circle: None,
        };
        Made { ticket, entries, docs }
    }
}

fn message(text: &str, from: Option<&str>) -> Message {
    Message {
        channel: Channel::Mail,
        from: from.map(|email| Party { name: String::new(), email: email.to_owned() }),
        to: Vec::new(),
        cc: Vec::new(),
        text: text.to_owned(),
        quoted: String::new(),
        html: false,
        warnings: Vec::new(),
        message_id: None,
        attachments: 0,
    }
}

async fn write(app: &App, admin: &Agent, unit: Vec<Made>) -> Result<()> {
    let (unit, ids) = (Arc::new(unit), app.ids(app.now()));
    app.store
        .write::<_, store::Error, _>(admin.desk, move |tx| {
            let (unit, mut ids) = (unit.clone(), ids.clone());
            Box::pin(async move {
                let mut counts = records::Deltas::new();
                for made in unit.iter() {
                    put(tx, made).await?;
                    for list in lists(&made.ticket) {
                        *counts.entry(list).or_default() += 1;
                    }
                }
                records::count(tx, ids.uuid(), &counts).await
            })
        })
        .await?;
    Ok(())
}

async fn put(tx: &mut Tx, made: &Made) -> Result<(), store::Error> {
    tickets::insert(tx, &made.ticket).await?;
    for entry in &made.entries {
        timeline::append(tx, made.ticket.id, entry).await?;
    }
    for doc in &made.docs {
        search::add(tx, doc).await?;
    }
    Ok(())
}

/// The counters of the lists in which it stands, by the names that pages read.
fn lists(ticket: &Ticket) -> Vec<String> {
    let kind = ticket.kind;
    match ticket.lane {
        Lane::Todo => {
            let owner = ticket.assignee.map_or("unassigned".into(), |agent| format!("mine/{agent}"));
            vec![format!("due/{kind}"), format!("{owner}/{kind}")]
        }
        Lane::Waiting => vec![format!("waiting/{kind}")],
        Lane::Done => Vec::new(),
    }
}

async fn agents(app: &App, admin: &Agent) -> Result<Vec<AgentId>> {
    let now = app.now();
    let mut ids = app.ids(now);
    let mut rows = Vec::new();
    for n in 0..AGENTS {
        rows.push(people::Agent {
            id: ids.next(AgentId::new),
            identity: ids.next(IdentityId::new),
            name: format!("Agent {n}"),
            email: format!("agent{n}@nordwind.test").parse()?,
            lang: Lang::En,
            timezone: "Europe/Berlin".into(),
            roles: Json(vec![domain::access::Role::HelpdeskAgent]),
            active: true,
            prefs: Json(people::Prefs::default()),
            version: 1,
            created_at: now,
        });
    }
    let made = rows.iter().map(|row| row.id).chain([admin.id]).collect();
    app.store
        .write::<_, store::Error, _>(admin.desk, move |tx| {
            let rows = rows.clone();
            Box::pin(async move {
                for row in &rows {
                    installation::identity_for(tx, row.identity, &row.email, now).await?;
                    people::add_agent(tx, row).await?;
                    installation::add_membership(tx, row.identity, row.id).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(made)
}

/// Contacts, each with its customer and its address.
async fn people(
    app: &App,
    admin: &Agent,
    count: usize,
    random: &mut Random,
) -> Result<Vec<(ContactId, CustomerId, String)>> {
    let now = app.now();
    let mut made = Vec::with_capacity(count);
    let mut rows = Vec::new();
    for n in 0..count {
        let mut ids = app.ids(now);
        let lang = lang(random);
        if n % 5 == 0 {
            let customer = Customer {
                id: ids.next(CustomerId::new),
                name: format!("Customer {} GmbH", n / 5),
                lang,
                timezone: "Europe/Berlin".into(),
                note: String::new(),
                version: 1,
                created_at: now,
            };
            rows.push((customer, Vec::new()));
        }
        let email = format!("person{n}@customer{}.test", n / 5);
        let contact = Contact {
            id: ids.next(ContactId::new),
            name: format!("Person {n}"),
            email: Some(email.parse()?),
            phone: None,
            lang,
            version: 1,
            created_at: now,
        };
        if let Some((customer, contacts)) = rows.last_mut() {
            made.push((contact.id, customer.id, email));
            contacts.push(contact);
        }
    }
    for unit in rows.chunks(UNIT) {
        let unit = Arc::new(unit.to_vec());
        app.store
            .write::<_, store::Error, _>(admin.desk, move |tx| {
                let unit = unit.clone();
                Box::pin(async move {
                    for (customer, contacts) in unit.iter() {
                        parties::add_customer(tx, customer).await?;
                        for contact in contacts {
                            parties::add_contact(tx, contact).await?;
                            parties::affiliate(tx, contact.id, customer.id, Sees::Own).await?;
                        }
                    }
                    Ok(())
                })
            })
            .await?;
    }
    Ok(made)
}
