//! A desk for tests: a real database, a clock that tests move, mail that is kept instead of sent.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use app::{
    Agent, App, Clock, Config, Contact, desks,
    diagnosis::{Change, Decide},
    intake, jobs, post,
};
use domain::{
    access::{Rights, Role},
    email_address::EmailAddress,
    id::{AgentId, ContactId, CustomerId, DeskId, EntryId, IdentityId, MailboxId, TicketId},
    lang::Lang,
    party::{DeskKind, Sees},
    ticket::{
        diagnosis::Verdict,
        intake::Outcome,
        kinds::{Kind, Service},
    },
};
use jiff::{SignedDuration, Timestamp};
use store::{Error, Json, installation, outgoing, parties, people};

use crate::{db::TestDb, fail};

/// A desk in a database of its own.
#[derive(Debug)]
pub struct TestDesk {
    /// The installation.
    pub app: App,
    /// The desk.
    pub desk: DeskId,
    /// Its first Global admin.
    pub admin: Agent,
    clock: Arc<Mutex<Timestamp>>,
    directory: PathBuf,
    db: TestDb,
}

/// A mail that the desk sent.
#[derive(Clone, Debug)]
pub struct SentMail {
    /// To whom.
    pub to: Vec<String>,
    /// As it left, read again.
    pub mail: mail::Message,
    /// Its bytes.
    pub raw: Vec<u8>,
    /// What it is for.
    pub purpose: outgoing::Purpose,
}

pub(crate) fn ok<T, E: std::fmt::Debug>(result: Result<T, E>) -> T {
    result.unwrap_or_else(|e| fail(&format!("{e:?}")))
}

fn address(text: &str) -> EmailAddress {
    ok(text.parse())
}

/// The proxy that an installation of tests trusts.
pub const PROXY: &str = "192.0.2.1";

/// The address of the mailbox that every desk of tests has.
pub const MAILBOX: &str = "help@nordwind.test";

impl TestDesk {
    /// A desk on this database. It is Monday, 2 March 2026, 9:00 in Berlin; the desk is open from 9 to 17.
    pub async fn new(db: TestDb) -> TestDesk {
        TestDesk::reaching(db, "http://desk.test", microsoft::Network::direct()).await
    }

    /// The same, which is reached there, and reaches Microsoft so.
    pub async fn reaching(db: TestDb, base_url: &str, microsoft: microsoft::Network) -> TestDesk {
        let clock = Arc::new(Mutex::new(Timestamp::constant(1_772_438_400, 0)));
        TestDesk::on(db, clock, base_url, microsoft, ["nordwind", "Nordwind Cloud", MAILBOX]).await
    }

    /// The same, reached at this address.
    pub async fn at(db: TestDb, base_url: &str) -> TestDesk {
        TestDesk::reaching(db, base_url, microsoft::Network::direct()).await
    }

    /// Another installation with the same time, with one desk of this name.
    pub async fn beside(&self, db: TestDb, base_url: &str, slug: &str, name: &str) -> TestDesk {
        let (mailbox, network) = (format!("help@{slug}.test"), microsoft::Network::direct());
        TestDesk::on(db, self.clock.clone(), base_url, network, [slug, name, &mailbox]).await
    }

    async fn on(
        db: TestDb,
        clock: Arc<Mutex<Timestamp>>,
        base_url: &str,
        microsoft: microsoft::Network,
        [slug, name, mailbox]: [&str; 3],
    ) -> TestDesk {
        static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let directory =
            std::env::temp_dir().join(format!("partnerdesk-desk-{}-{number}", std::process::id()));
        let app = process(db.store(), &clock, &directory, base_url, microsoft);
        let (desk, admin) = new_desk(&app, slug, name, mailbox).await;
        TestDesk { app, desk, admin, clock, directory, db }
    }

    /// Another process on the same database.
    #[must_use]
    pub fn another_process(&self) -> App {
        let config = &self.app.config;
        process(self.db.store(), &self.clock, &self.directory, &config.base_url, config.microsoft.clone())
    }

    pub(crate) fn database(&self) -> &TestDb {
        &self.db
    }

    /// Where its large contents are kept.
    #[must_use]
    pub fn directory(&self) -> &std::path::Path {
        &self.directory
    }

    /// A second desk of the same installation, with a mailbox of its own, and its Global admin.
    pub async fn other_desk(&self) -> (DeskId, Agent) {
        new_desk(&self.app, "suedwind", "Südwind IT", "help@suedwind.test").await
    }

    /// Lets time pass, then does what is due.
    pub async fn pass(&self, time: SignedDuration) {
        self.wait(time);
        self.run_jobs().await;
    }

    /// Lets time pass in which nothing works.
    pub fn wait(&self, time: SignedDuration) {
        let mut now = self.clock.lock().unwrap_or_else(PoisonError::into_inner);
        *now = ok(now.checked_add(time));
    }

    /// Does everything that is due now. A job that was given up fails the test.
    pub async fn run_jobs(&self) {
        for _ in 0..1_000 {
            if ok(jobs::round(&self.app, "test").await) == 0 {
                let dead: Result<_, Error> =
                    self.app.store.system_read(|tx| Box::pin(store::queue::dead(tx, 10))).await;
                let dead = ok(dead);
                assert!(dead.is_empty(), "jobs were given up: {dead:?}");
                return;
            }
        }
        fail("the jobs never end");
    }

    /// An agent with these roles.
    pub async fn agent(&self, name: &str, roles: &[Role]) -> Agent {
        add_agent(&self.app, self.desk, name, roles).await
    }

    /// A customer with one domain, `<name>.test`.
    pub async fn customer(&self, name: &str) -> CustomerId {
        let details = app::customers::Details {
            name: name.into(),
            lang: Lang::De,
            timezone: "Europe/Berlin".into(),
            note: String::new(),
            domains: vec![format!("{}.test", name.to_lowercase())],
        };
        ok(app::customers::create(&self.app, &self.admin, details).await)
    }

    /// A contact of a customer.
    pub async fn contact(&self, customer: CustomerId, name: &str, email: &str, sees: Sees) -> Contact {
        let now = self.app.now();
        let mut ids = self.app.ids(now);
        let contact = parties::Contact {
            id: ids.next(ContactId::new),
            name: name.into(),
            email: Some(address(email)),
            phone: None,
            lang: Lang::De,
            version: 1,
            created_at: now,
        };
        let made = contact.clone();
        let kept: Result<(), Error> = self
            .app
            .store
            .write(self.desk, move |tx| {
                let contact = contact.clone();
                Box::pin(async move {
                    parties::add_contact(tx, &contact).await?;
                    parties::affiliate(tx, contact.id, customer, sees).await
                })
            })
            .await;
        ok(kept);
        Contact {
            desk: self.desk,
            id: made.id,
            name: made.name,
            email: address(email),
            lang: made.lang,
            zone: app::who::zone("Europe/Berlin"),
        }
    }

    /// Decides that a ticket lies inside the baseline, so that it can be resolved.
    pub async fn decide(&self, ticket: TicketId) {
        let decide = Decide { verdict: Verdict::Inside, category: None, reason: "Ours to resolve".into() };
        let change = Change { decision: Some(decide), ..Change::default() };
        ok(app::diagnosis::change(&self.app, &self.admin, ticket, change, None).await);
    }

    /// Hands a raw mail in through the desk's mailbox, and processes it.
    pub async fn mail_in(&self, raw: &str) -> store::inbox::Raw {
        self.mail_in_bytes(raw.replace('\n', "\r\n").into_bytes()).await
    }

    /// As [`TestDesk::mail_in`], for any bytes.
    pub async fn mail_in_bytes(&self, raw: Vec<u8>) -> store::inbox::Raw {
        let (desk, mailbox) =
            ok(intake::addressee(&self.app, MAILBOX).await).unwrap_or_else(|| fail("no mailbox"));
        let way = intake::Way::Mailbox(mailbox);
        let kept = ok(intake::accept(&self.app, desk, &way, intake::Envelope::default(), raw).await);
        self.run_jobs().await;
        let raw: Result<_, Error> =
            self.app.store.read(desk, move |tx| Box::pin(store::inbox::get(tx, kept.id))).await;
        ok(raw).unwrap_or_else(|| fail("the message is not there"))
    }

    /// A short mail from somebody.
    pub async fn mail_from(&self, from: &str, subject: &str, text: &str) -> store::inbox::Raw {
        let id = uuid::Uuid::from_u128(u128::from_be_bytes(*digest(from, subject, text)));
        let raw = format!(
            "From: {from}\nTo: {MAILBOX}\nSubject: {subject}\nMessage-ID: <{id}@mail.test>\n\
             Date: Mon, 2 Mar 2026 08:00:00 +0000\n\n{text}\n"
        );
        self.mail_in(&raw).await
    }

    /// Every mail that the desk sent, oldest first.
    pub async fn sent_mails(&self) -> Vec<SentMail> {
        let mut page = ok(post::sent(&self.app, &self.admin, None, 1_000).await);
        page.reverse();
        let mut all = Vec::new();
        for (row, recipients) in page {
            let raw = ok(app::operator::mail_bytes(&self.app, self.desk, &row).await);
            all.push(SentMail {
                to: recipients.into_iter().map(|r| r.address).collect(),
                mail: mail::parse(&raw, &mail::Limits::DEFAULT),
                raw,
                purpose: row.purpose,
            });
        }
        all
    }

    /// The number of the ticket that a message made or joined.
    pub async fn ticket_of(&self, raw: &store::inbox::Raw) -> store::tickets::Ticket {
        assert!(
            matches!(raw.outcome, Some(Outcome::Ticket | Outcome::Reply)),
            "it made no ticket: {:?} {:?}",
            raw.outcome,
            raw.why
        );
        let id = raw.ticket.unwrap_or_else(|| fail("it has no ticket"));
        let ticket: Result<_, Error> =
            self.app.store.read(self.desk, move |tx| Box::pin(store::tickets::get(tx, id))).await;
        ok(ticket).unwrap_or_else(|| fail("the ticket is not there"))
    }
}

impl Drop for TestDesk {
    fn drop(&mut self) {
        // A directory that stays is untidy, not wrong; most desks never made it.
        drop(std::fs::remove_dir_all(&self.directory));
    }
}

fn digest(from: &str, subject: &str, text: &str) -> Box<[u8; 16]> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let part = |seed: u8| {
        let mut hash = DefaultHasher::new();
        (seed, from, subject, text).hash(&mut hash);
        hash.finish().to_be_bytes()
    };
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&part(1));
    bytes[8..].copy_from_slice(&part(2));
    Box::new(bytes)
}

pub(crate) fn process(
    store: &store::Store,
    clock: &Arc<Mutex<Timestamp>>,
    directory: &std::path::Path,
    base_url: &str,
    microsoft: microsoft::Network,
) -> App {
    let hand = clock.clone();
    let config = Config {
        base_url: base_url.into(),
        data_dir: directory.to_owned(),
        post: post::Route::Keep,
        max_message: 50 << 20,
        allow_private_hosts: true,
        trusted_proxies: vec![ok(PROXY.parse())],
        microsoft,
    };
    let clock = Clock::new(move || *hand.lock().unwrap_or_else(PoisonError::into_inner));
    let app = ok(App::new(store.clone(), clock, config, &[7; 32]));
    app.print_with(print);
    app
}

/// Prints without the typesetter, which takes long to build: what a document says, so that a leak of it is seen. It has no
/// font for Chinese, as a machine may have none.
fn print(document: &domain::document::Document) -> Result<Vec<u8>, app::Unprinted> {
    if document.lang == domain::lang::Lang::ZhCn {
        return Err(app::Unprinted::NoFont);
    }
    Ok(format!("%PDF-\n{document:?}").into_bytes())
}

async fn new_desk(app: &App, slug: &str, name: &str, mailbox: &str) -> (DeskId, Agent) {
    let begun = ok(desks::create(
        app,
        desks::NewDesk {
            slug: slug.into(),
            name: name.into(),
            kind: DeskKind::DirectBill,
            lang: Lang::En,
            timezone: "Europe/Berlin".into(),
            admin_name: "Greta Admin".into(),
            admin_email: format!("greta@{slug}.test"),
            password: Some("correct horse battery".into()),
        },
    )
    .await);
    let row: Result<_, Error> =
        app.store.read(begun.desk, move |tx| Box::pin(people::agent(tx, begun.admin))).await;
    let row = ok(row).unwrap_or_else(|| fail("the admin is not there"));
    let (address, name) = (address(mailbox), name.to_owned());
    let id = app.ids(app.now()).next(MailboxId::new);
    let kept: Result<(), Error> = app
        .store
        .write(begun.desk, move |tx| {
            let (address, name) = (address.clone(), name.clone());
            Box::pin(async move {
                installation::add_address(tx, &address, id).await?;
                let mailbox = store::inbox::Mailbox {
                    id,
                    name,
                    address,
                    source: None,
                    progress: Json(serde_json::Value::Null),
                    health: Json(serde_json::Value::Null),
                    kind: Kind::Technical,
                    service: Service::Microsoft365,
                    version: 1,
                };
                store::inbox::add_mailbox(tx, &mailbox).await
            })
        })
        .await;
    ok(kept);
    (begun.desk, as_agent(begun.desk, row))
}

fn as_agent(desk: DeskId, row: people::Agent) -> Agent {
    Agent {
        desk,
        id: row.id,
        identity: row.identity,
        name: row.name,
        email: row.email,
        lang: row.lang,
        zone: app::who::zone(&row.timezone),
        rights: Rights::of(&row.roles.0),
        prefs: row.prefs.0,
    }
}

/// An agent of a desk with these roles; it has no password.
pub async fn add_agent(app: &App, desk: DeskId, name: &str, roles: &[Role]) -> Agent {
    let now = app.now();
    let mut ids = app.ids(now);
    let local: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let row = people::Agent {
        id: ids.next(AgentId::new),
        identity: ids.next(IdentityId::new),
        name: name.into(),
        email: address(&format!("{local}.{}@agents.test", ids.next(EntryId::new))),
        lang: Lang::En,
        timezone: "Europe/Berlin".into(),
        roles: Json(roles.to_vec()),
        active: true,
        prefs: Json(people::Prefs::default()),
        version: 1,
        created_at: now,
    };
    let made = row.clone();
    let kept: Result<(), Error> = app
        .store
        .write(desk, move |tx| {
            let row = row.clone();
            Box::pin(async move {
                installation::identity_for(tx, row.identity, &row.email, now).await?;
                people::add_agent(tx, &row).await?;
                installation::add_membership(tx, row.identity, row.id).await
            })
        })
        .await;
    ok(kept);
    as_agent(desk, made)
}
