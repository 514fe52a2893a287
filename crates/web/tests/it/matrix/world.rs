//! Two desks of one installation, alike but for the words that they hold: every text of a desk has that desk's word in
//! it, so that a word in the wrong answer tells of a leak wherever it comes from.

use std::collections::BTreeMap;

use app::{
    Agent, Contact, articles, catalogue, customers, desks, incidents, intake, mailboxes, people, statements,
    suppliers,
    tickets::{self, Bulk, Change, Reply, Upload},
    tokens::{self, NewToken},
};
use domain::{
    access::{Role, Scope},
    article::{Article, Audience, Written},
    clock::calendar::CalendarSpec,
    id::{AgentId, CustomerId, DeskId, EntryId, TicketId},
    lang::Lang,
    offering::{Price, PriceUnit, Terms},
    party::{
        Sees,
        supplier::{SupplierKind, Way},
    },
    ticket::{
        baseline::Finding,
        diagnosis::Verdict,
        kinds::{Channel, Kind, Service, Severity},
        timeline::Event,
    },
};
use testkit::{TestDesk, add_agent};

use super::{billed::Billed, bought::Bought, callers::Proof, charged::Charged, owed::Owed, passed::Passed};

/// The words of a desk.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    /// In every text of the desk.
    pub(crate) desk: &'static str,
    /// In its internal notes only.
    pub(crate) note: &'static str,
    /// In its technical ticket only.
    pub(crate) technical: &'static str,
    /// In its billing ticket only.
    pub(crate) billing: &'static str,
    /// In its security report only, which its admin and whoever asked see.
    pub(crate) guarded: &'static str,
}

/// Of the desk whose callers go through the matrix.
pub(crate) const OURS: Words =
    Words { desk: "wombat", note: "platypus", technical: "numbat", billing: "bilby", guarded: "thylacine" };
/// Of the other.
pub(crate) const THEIRS: Words =
    Words { desk: "quokka", note: "echidna", technical: "potoroo", billing: "kowari", guarded: "pademelon" };

/// A ticket with a message that the customer reads and a note that it doesn't, both with a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ticket {
    pub(crate) id: TicketId,
    pub(crate) number: i64,
    pub(crate) kind: Kind,
    /// Whether it is shown to named people only.
    pub(crate) guarded: bool,
    pub(crate) message: EntryId,
    pub(crate) note: EntryId,
}

/// A desk and the things that addresses can name.
#[derive(Debug)]
pub(crate) struct Side {
    pub(crate) words: Words,
    pub(crate) desk: DeskId,
    pub(crate) admin: Agent,
    /// An agent to whom things are done.
    pub(crate) victim: AgentId,
    pub(crate) team: String,
    pub(crate) calendar: String,
    pub(crate) mailbox: String,
    pub(crate) token: String,
    pub(crate) customer: CustomerId,
    /// Wrote the tickets; sees its own.
    pub(crate) ada: Contact,
    /// Of the same customer; sees its own, of which there are none.
    pub(crate) ben: Contact,
    /// Of the same customer; sees all.
    pub(crate) cleo: Contact,
    /// Of the neighbour.
    pub(crate) dora: Contact,
    pub(crate) supplier: String,
    pub(crate) supplier_offering: String,
    pub(crate) contract: String,
    /// A contract with another supplier.
    pub(crate) neighbour_contract: String,
    pub(crate) parked: String,
    pub(crate) sent: String,
    pub(crate) offering: String,
    pub(crate) plan: String,
    pub(crate) statement: String,
    pub(crate) delivery: String,
    /// What its admin can take back.
    pub(crate) undo: String,
    /// Of the customer, at Microsoft.
    pub(crate) tenant: String,
    /// Of that tenant.
    pub(crate) request: String,
    pub(crate) billed: Billed,
    pub(crate) bought: Bought,
    pub(crate) owed: Owed,
    pub(crate) charged: Charged,
    pub(crate) passed: Passed,
    pub(crate) technical: Ticket,
    pub(crate) billing: Ticket,
    /// Reports a weakness.
    pub(crate) guarded: Ticket,
    /// A public article.
    pub(crate) article: String,
    /// An incident that the technical ticket is about.
    pub(crate) incident: String,
    /// Of somebody who reads everything by its pages,
    pub(crate) page: Proof,
    /// and by the API.
    pub(crate) program: Proof,
}

impl Side {
    /// Fills a desk.
    pub(crate) async fn new(at: &TestDesk, desk: DeskId, admin: &Agent, address: &str, words: Words) -> Self {
        let app = &at.app;
        let word = words.desk;
        let victim = add_agent(app, desk, &format!("Victor {word}"), &[Role::HelpdeskAgent]).await;
        let team = people::add_team(app, admin, &format!("Team {word}")).await.unwrap();
        people::set_members(app, admin, team, vec![victim.id]).await.unwrap();
        let spec = CalendarSpec {
            timezone: "Europe/Berlin".into(),
            hours: serde_json::from_str(r#"{"mon": [["09:00", "17:00"]]}"#).unwrap(),
            holidays: Vec::new(),
            yearly_holidays: Vec::new(),
        };
        let calendar = desks::add_calendar(app, admin, &format!("Hours {word}"), spec).await.unwrap();
        let second = mailbox(at, admin, &format!("second@{word}.test")).await;
        let token = token(at, admin, &[Scope::TicketsRead], word).await;
        let customer = customer(at, admin, &format!("Acme {word}"), word).await;
        let neighbour = customer_of_none(at, admin, &format!("Neighbour {word}")).await;
        let ada = contact(at, admin, customer, &format!("ada@{word}.test"), Sees::Own).await;
        let ben = contact(at, admin, customer, &format!("ben@{word}.test"), Sees::Own).await;
        let cleo = contact(at, admin, customer, &format!("cleo@{word}.test"), Sees::All).await;
        let dora = contact(at, admin, neighbour, &format!("dora@neighbour-{word}.test"), Sees::All).await;
        let inbox = Inbox { at, desk, address };
        let technical = inbox.ticket(admin, &ada, words, Kind::Technical, words.technical).await;
        let billing = inbox.ticket(admin, &ada, words, Kind::Billing, words.billing).await;
        let guarded = inbox.ticket(admin, &ada, words, Kind::Technical, words.guarded).await;
        let guarded = guard(at, admin, guarded).await;
        let parked = inbox.park(word).await;
        let (supplier, supplier_offering, contract) =
            supplier(at, admin, &format!("Supplier {word}"), word).await;
        let (_, _, neighbour_contract) = self::supplier(at, admin, &format!("Other {word}"), word).await;
        let offer = Offer::new(at, admin, word, customer, &[&ada, &ben, &cleo, &dora], neighbour).await;
        let sent = app::post::sent(app, admin, None, 100).await.unwrap();
        let sent = sent.iter().find(|line| line.0.ticket == Some(technical.id)).unwrap().0.id.to_string();
        let tag = Bulk { tag: Some(format!("{word} too")), ..Bulk::default() };
        let undo = tickets::bulk(app, admin, &[technical.id], tag).await.unwrap().undo.unwrap().id;
        let (tenant, request) = microsoft(at, admin, customer, word).await;
        let billed = Billed::new(at, admin, &supplier, word).await;
        let bought = Bought::new(at, admin, &tenant, word).await;
        let owed = Owed::new(at, admin, customer, &[&ada, &ben, &cleo], word).await;
        let charged = Charged::new(at, admin, customer, &technical, word).await;
        let key = if words.desk == OURS.desk { "o" } else { "t" };
        let passed = Passed::new(at, admin, words, &technical, key).await;
        Self {
            words,
            passed,
            desk,
            admin: admin.clone(),
            victim: victim.id,
            team: team.to_string(),
            calendar: calendar.to_string(),
            mailbox: second,
            token: token.id.to_string(),
            customer,
            ada,
            ben,
            cleo,
            dora,
            supplier,
            supplier_offering,
            contract,
            neighbour_contract,
            parked,
            sent,
            article: article(at, admin, word).await,
            incident: incident(at, admin, &technical, word).await,
            offering: offer.offering,
            plan: offer.plan,
            statement: offer.statement,
            delivery: offer.delivery,
            undo: undo.to_string(),
            tenant,
            billed,
            bought,
            owed,
            charged,
            request,
            technical,
            billing,
            guarded,
            page: Proof::Nothing,
            program: Proof::Nothing,
        }
    }

    /// Its tickets.
    pub(crate) fn tickets(&self) -> [Ticket; 3] {
        [self.technical, self.billing, self.guarded]
    }
}

/// Somebody has found out that a ticket reports a weakness; an incident is said to be behind it, and it was decided.
async fn guard(at: &TestDesk, admin: &Agent, ticket: Ticket) -> Ticket {
    use app::diagnosis::{Change, Decide};
    let found = (Finding::SecurityReport, Some("true".to_owned()));
    let decide = Decide { verdict: Verdict::Outside, category: None, reason: "Not ours".into() };
    let change = Change { findings: vec![found], decision: Some(decide), ..Change::default() };
    app::diagnosis::change(&at.app, admin, ticket.id, change, None).await.unwrap();
    Ticket { guarded: true, ..ticket }
}

/// A connection to Microsoft by which nothing is asked, and what was read before: a tenant, an issue, a request. Their
/// ids.
async fn microsoft(at: &TestDesk, admin: &Agent, customer: CustomerId, word: &str) -> (String, String) {
    use store::microsoft::read;
    let settings = app::microsoft::Settings {
        cloud: domain::cloud::Cloud::Commercial,
        tenant: uuid::Uuid::from_u128(1),
        application: uuid::Uuid::from_u128(2),
        application_secret: Some(format!("secret-{word}")),
        refresh_token: None,
        adds_customers: false,
    };
    app::microsoft::save(&at.app, admin, settings, None).await.unwrap();
    let mark = word.bytes().fold(0_u128, |sum, byte| sum * 31 + u128::from(byte));
    let (tenant, id) =
        (uuid::Uuid::from_u128(mark).to_string(), format!("6{:014}", mark % 100_000_000_000_000));
    let seen_at = at.app.now();
    let row = store::tenants::Tenant {
        tenant: tenant.clone(),
        customer: Some(customer),
        cloud: domain::cloud::Cloud::Commercial,
        name: format!("Tenant {word}"),
        domain: format!("{word}.onmicrosoft.test"),
        delegated_admin: Some(true),
        delegated_until: None,
        seen_at,
    };
    let issue = read::HealthIssue {
        tenant: tenant.clone(),
        issue: format!("EX-{word}"),
        title: format!("Issue {word}"),
        service: "Exchange Online".into(),
        impact: format!("Impact {word}"),
        classification: "incident".into(),
        status: "service_degradation".into(),
        resolved: false,
        began_at: None,
        ended_at: None,
        modified_at: Some(seen_at),
        seen_at,
    };
    let request = read::ServiceRequest {
        id: id.clone(),
        tenant: tenant.clone(),
        title: format!("Request {word}"),
        status: "open".into(),
        severity: "critical".into(),
        product: "Exchange Online".into(),
        filed_at: Some(seen_at),
        modified_at: Some(seen_at),
        closed_at: None,
        notes: store::Json(vec![read::Said { by: word.into(), at: None, text: format!("Said {word}") }]),
        read_at: seen_at,
    };
    let unit = std::sync::Arc::new((row, issue, request));
    let kept: Result<(), store::Error> = at
        .app
        .store
        .write(admin.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (row, issue, request) = &*unit;
                store::tenants::put(tx, row).await?;
                read::set_issues(tx, &row.tenant, std::slice::from_ref(issue), issue.seen_at).await?;
                read::put_request(tx, request).await
            })
        })
        .await;
    kept.unwrap();
    (tenant, id)
}

/// A public article, and an internal one beside it.
async fn article(at: &TestDesk, admin: &Agent, word: &str) -> String {
    let texts = |title: String| {
        let written = Written { title, body: format!("Body {word}") };
        BTreeMap::from([(Lang::En, written)])
    };
    let article = |audience, title| Article {
        audience,
        published: true,
        service: None,
        kind: None,
        texts: texts(title),
    };
    let internal = article(Audience::Internal, format!("Internal {word}"));
    articles::create(&at.app, admin, internal).await.unwrap();
    let public = article(Audience::Public, format!("Public {word}"));
    articles::create(&at.app, admin, public).await.unwrap().to_string()
}

/// An incident that a ticket is about.
async fn incident(at: &TestDesk, admin: &Agent, ticket: &Ticket, word: &str) -> String {
    let new = incidents::New {
        service: Service::Microsoft365,
        title: format!("Incident {word}"),
        started_at: None,
    };
    let id = incidents::declare(&at.app, admin, new).await.unwrap();
    incidents::match_ticket(&at.app, admin, id, ticket.id, true).await.unwrap();
    id.to_string()
}

/// What a desk offers.
struct Offer {
    offering: String,
    plan: String,
    statement: String,
    delivery: String,
}

impl Offer {
    /// A plan that everybody has, published, and acknowledged by nobody: all may.
    async fn new(
        at: &TestDesk,
        admin: &Agent,
        word: &str,
        customer: CustomerId,
        contacts: &[&Contact],
        neighbour: CustomerId,
    ) -> Self {
        let app = &at.app;
        let terms = domain::offering::Terms {
            services: vec![Service::Azure],
            kinds: vec![Kind::Technical],
            hours: CalendarSpec {
                timezone: "Europe/Berlin".into(),
                hours: serde_json::from_str(r#"{"mon": [["09:00", "17:00"]]}"#).unwrap(),
                holidays: Vec::new(),
                yearly_holidays: Vec::new(),
            },
            languages: vec![Lang::En],
            contact: vec![domain::offering::ContactMethod::Mail],
            promises: domain::clock::promise::Promises::default(),
            price: domain::offering::Price { per: domain::offering::PriceUnit::Included, amount: None },
        };
        let new = catalogue::NewOffering {
            name: format!("Offering {word}"),
            terms,
            valid_from: None,
            valid_to: None,
        };
        let offering = catalogue::add_offering(app, admin, new).await.unwrap();
        let new =
            catalogue::NewPlan { name: format!("Plan {word}"), offerings: vec![offering], is_default: true };
        let plan = catalogue::add_plan(app, admin, new).await.unwrap();
        let delivery = delivery(at, admin).await;
        for contact in contacts {
            let of = if contact.email.as_str().starts_with("dora") { neighbour } else { customer };
            catalogue::authorise(app, admin, of, contact.id, true).await.unwrap();
        }
        let draft = statements::draft(app, admin, plan, None).await.unwrap();
        let reason = format!("Because of {word}");
        let new = statements::Publish { plan, seen: draft.seen, valid_from: None, reason };
        let statement = statements::publish(app, admin, new).await.unwrap();
        Self {
            offering: offering.to_string(),
            plan: plan.to_string(),
            statement: statement.to_string(),
            delivery,
        }
    }
}

/// A row that says who delivers.
pub(crate) async fn delivery(at: &TestDesk, admin: &Agent) -> String {
    let new = catalogue::NewDelivery {
        customer: None,
        offering: None,
        service: None,
        kind: None,
        hours: None,
        manner: domain::offering::delivery::Manner::InHouse,
        team: None,
        supplier_offering: None,
    };
    catalogue::add_delivery(&at.app, admin, new).await.unwrap().to_string()
}

/// Tickets of a customer of its own.
pub(crate) async fn many_tickets(at: &TestDesk, admin: &Agent, count: usize) {
    let customer = customer_of_none(at, admin, "Many").await;
    for number in 0..count {
        let new = tickets::NewTicket {
            channel: Channel::Phone,
            contact: None,
            customer: Some(customer),
            kind: Kind::Technical,
            service: Service::Other,
            severity: Severity::C,
            subject: format!("Number {number}"),
            text: "words".into(),
            files: Vec::new(),
            take: false,
            acknowledge: true,
        };
        tickets::file_for_customer(&at.app, admin, new).await.unwrap();
    }
}

/// A mailbox with this address.
pub(crate) async fn mailbox(at: &TestDesk, admin: &Agent, address: &str) -> String {
    let settings = mailboxes::Settings {
        name: format!("Second {address}"),
        kind: Kind::Billing,
        service: Service::Other,
        source: None,
        secret: None,
    };
    mailboxes::add(&at.app, admin, address, settings).await.unwrap().to_string()
}

/// A token with these scopes.
pub(crate) async fn token(at: &TestDesk, agent: &Agent, scopes: &[Scope], name: &str) -> tokens::Made {
    let new = NewToken { agent: None, name: name.into(), scopes: scopes.to_vec(), expires_at: None };
    tokens::create(&at.app, agent, new).await.unwrap()
}

/// A supplier with an offering and a contract for it.
async fn supplier(at: &TestDesk, admin: &Agent, name: &str, word: &str) -> (String, String, String) {
    let details = suppliers::Details {
        name: name.into(),
        lang: Lang::En,
        way: Way::Mail,
        address: format!("support@{word}.test"),
        personal_data: false,
        note: format!("A remark with {word}"),
        active: true,
    };
    let (app, kind) = (&at.app, SupplierKind::Provider);
    let supplier = suppliers::create(app, admin, kind, details).await.unwrap();
    let terms = Terms {
        services: vec![Service::Azure],
        kinds: vec![Kind::Technical],
        hours: serde_json::from_str(r#"{"timezone": "UTC", "hours": {}}"#).unwrap(),
        languages: vec![Lang::En],
        contact: Vec::new(),
        promises: serde_json::from_str("{}").unwrap(),
        price: Price { per: PriceUnit::Month, amount: None },
    };
    let plan = format!("Plan {word}");
    let offering = suppliers::add_offering(app, admin, supplier, &plan, terms, None, None).await.unwrap();
    let contract = suppliers::Contract {
        name: format!("Contract {word}"),
        access_id: Some(format!("access {word}")),
        contract_id: Some(format!("contract {word}")),
        from: None,
        to: None,
    };
    let units = suppliers::Units::Counted(1000);
    let contract = suppliers::add_contract(app, admin, offering, units, contract).await.unwrap();
    (supplier.to_string(), offering.to_string(), contract.to_string())
}

async fn customer(at: &TestDesk, admin: &Agent, name: &str, word: &str) -> CustomerId {
    let details = customers::Details {
        name: name.into(),
        lang: Lang::En,
        timezone: "Europe/Berlin".into(),
        note: format!("A remark with {word}"),
        domains: vec![format!("{word}.test")],
    };
    customers::create(&at.app, admin, details).await.unwrap()
}

async fn customer_of_none(at: &TestDesk, admin: &Agent, name: &str) -> CustomerId {
    let details = customers::Details {
        name: name.into(),
        lang: Lang::En,
        timezone: "UTC".into(),
        note: String::new(),
        domains: Vec::new(),
    };
    customers::create(&at.app, admin, details).await.unwrap()
}

async fn contact(at: &TestDesk, admin: &Agent, of: CustomerId, email: &str, sees: Sees) -> Contact {
    let person = customers::Person {
        name: email.replace(['@', '.'], " "),
        email: email.into(),
        phone: "+49 30 123".into(),
        lang: Lang::En,
        customers: vec![(of, sees)],
    };
    let id = customers::create_contact(&at.app, admin, person.clone()).await.unwrap();
    Contact {
        desk: admin.desk,
        id,
        name: person.name,
        email: email.parse().unwrap(),
        lang: Lang::En,
        zone: app::who::zone("Europe/Berlin"),
    }
}

struct Inbox<'a> {
    at: &'a TestDesk,
    desk: DeskId,
    address: &'a str,
}

impl Inbox<'_> {
    /// A ticket made by a mail of a contact with HTML and a file, answered, with a note.
    async fn ticket(&self, admin: &Agent, from: &Contact, words: Words, kind: Kind, own: &str) -> Ticket {
        let app = &self.at.app;
        let (desk, address) = (words.desk, self.address);
        let raw = format!(
            "From: {} <{}>\nTo: {address}\nSubject: Subject {desk} {own}\nMessage-ID: <{own}@{desk}.test>\n\
             MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n\
             --x\nContent-Type: text/html; charset=utf-8\n\n<p>Body <b>{desk}</b> {own}</p>\n\
             --x\nContent-Type: text/csv; name=\"{desk}-{own}.csv\"\n\
             Content-Disposition: attachment; filename=\"{desk}-{own}.csv\"\n\n{desk};{own}\n--x--\n",
            from.name, from.email
        );
        let kept = self.take(raw.replace('\n', "\r\n").into_bytes()).await;
        let id = kept.ticket.unwrap();
        let tags = Some(vec![format!("tag-{desk}-{own}")]);
        let to = Change { kind: Some(kind), tags, ..Change::default() };
        tickets::change(app, admin, id, to, None).await.unwrap();
        let text = format!("Answer {desk} {own}");
        let reply = Reply { text, ..Reply::default() };
        tickets::reply(app, admin, id, reply).await.unwrap();
        let file = Upload {
            name: format!("{}-{own}.txt", words.note),
            content_type: "text/plain".into(),
            bytes: format!("{} {desk} {own}", words.note).into_bytes(),
            content_id: None,
        };
        let text = format!("Note {} {desk} {own}", words.note);
        let note = tickets::note(app, admin, id, &text, vec![file]).await.unwrap();
        tickets::save_draft(app, admin, id, "reply", &format!("Draft {} {desk} {own}", words.note))
            .await
            .unwrap();
        let ticket: Result<_, store::Error> =
            app.store.read(self.desk, move |tx| Box::pin(store::tickets::get(tx, id))).await;
        let number = ticket.unwrap().unwrap().number;
        let view = tickets::view(app, admin, number).await.unwrap();
        let is_message = |event: &Event| matches!(event, Event::CustomerMessage(_));
        let message = view.entries.iter().find(|entry| is_message(&entry.event)).unwrap().id;
        Ticket { id, number, kind, guarded: false, message, note }
    }

    async fn take(&self, raw: Vec<u8>) -> store::inbox::Raw {
        let app = &self.at.app;
        let (desk, mailbox) = intake::addressee(app, self.address).await.unwrap().unwrap();
        let way = intake::Way::Mailbox(mailbox);
        let kept = intake::accept(app, desk, &way, intake::Envelope::default(), raw).await.unwrap();
        self.at.run_jobs().await;
        let raw: Result<_, store::Error> =
            app.store.read(desk, move |tx| Box::pin(store::inbox::get(tx, kept.id))).await;
        raw.unwrap().unwrap()
    }

    /// A mail that is parked.
    async fn park(&self, word: &str) -> String {
        let (app, address) = (&self.at.app, self.address);
        let head = format!("From: {word}@x.test\r\nTo: {address}\r\nSubject: Parked {word}\r\n\r\n{word}");
        let way = intake::Way::Api;
        intake::accept_too_large(app, self.desk, &way, head.into_bytes()).await.unwrap().id.to_string()
    }
}
