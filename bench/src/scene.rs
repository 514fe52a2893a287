//! A desk full of tickets, and the keys to it: made in one process, measured in another.

use std::{net::Ipv4Addr, path::PathBuf};

use anyhow::{Context as _, Result};
use app::{Agent, App, Clock, accounts, desks, post, tokens};
use domain::{
    access::Scope,
    id::{ContactId, DeskId, MailboxId},
    lang::Lang,
    party::DeskKind,
    ticket::kinds::{Kind, Service},
};
use serde::{Deserialize, Serialize};
use store::{Json, Store, inbox::Mailbox, installation};
use testkit::db::TestDb;

use crate::{measure::Operation, meter, seed};

/// Where mail goes.
pub(crate) const MAILBOX: &str = "help@nordwind.test";
pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const EMAIL: &str = "greta@nordwind.test";

/// What the measuring process must know.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Scene {
    /// The database, as [`store::Config`] has it.
    pub(crate) url: String,
    pub(crate) owner_url: Option<String>,
    pub(crate) readers: usize,
    pub(crate) data_dir: PathBuf,
    /// The server's first process, if it runs here.
    pub(crate) postmaster: Option<u32>,
    pub(crate) desk: DeskId,
    pub(crate) mailbox: MailboxId,
    /// The cookie of an agent who may do everything.
    pub(crate) cookie: String,
    /// The same agent's API token.
    pub(crate) token: String,
    /// Some of its contacts.
    pub(crate) contacts: Vec<ContactId>,
    /// The numbers of the tickets.
    pub(crate) numbers: Vec<i64>,
    /// How long each operation is measured.
    pub(crate) seconds: f64,
    /// Which operations.
    pub(crate) operations: Vec<Operation>,
}

impl Scene {
    /// Makes a desk with so many tickets.
    pub(crate) async fn make(db: &TestDb, tickets: u32) -> Result<Scene> {
        let data_dir =
            std::env::temp_dir().join(format!("partnerdesk-bench-{}-{tickets}", std::process::id()));
        let config = db.config();
        let app = program(db.store().clone(), data_dir.clone())?;
        let desk = begin(&app).await?;
        let client = Ipv4Addr::LOCALHOST.into();
        let session = accounts::sign_in(&app, EMAIL, PASSWORD, client).await?.token;
        let agent = accounts::agent_of_session(&app, &session, accounts::Asks::Person)
            .await?
            .context("no session")?;
        let scopes = vec![Scope::TicketsRead, Scope::TicketsWrite];
        let new = tokens::NewToken { agent: None, name: "bench".into(), scopes, expires_at: None };
        let token = tokens::create(&app, &agent, new).await?.secret;
        let mailbox = add_mailbox(&app, &agent).await?;
        let seed::Seeded { contacts, numbers } = seed::tickets(&app, &agent, tickets).await?;
        if let Some(owner) = &config.owner_url {
            // What autovacuum does in time; the program's own role may not.
            let (client, connection) = tokio_postgres::connect(owner, tokio_postgres::NoTls).await?;
            tokio::spawn(connection);
            client.batch_execute("VACUUM (ANALYZE)").await?;
        }
        Ok(Scene {
            url: config.url.clone(),
            owner_url: config.owner_url.clone(),
            readers: config.readers,
            data_dir,
            postmaster: meter::postmaster(db).await,
            desk,
            mailbox,
            cookie: format!("pd={session}"),
            token,
            contacts,
            numbers,
            seconds: 2.0,
            operations: Operation::ALL.to_vec(),
        })
    }

    /// Opens the database again.
    pub(crate) async fn open(&self) -> Result<App> {
        let config =
            store::Config { url: self.url.clone(), owner_url: self.owner_url.clone(), readers: self.readers };
        program(Store::open(&config).await?, self.data_dir.clone())
    }
}

pub(crate) fn program(store: Store, data_dir: PathBuf) -> Result<App> {
    let config = app::Config {
        base_url: "http://desk.test".into(),
        data_dir,
        post: post::Route::Keep,
        max_message: 50 << 20,
        allow_private_hosts: true,
        trusted_proxies: Vec::new(),
        microsoft: app::microsoft::Network::direct(),
    };
    Ok(App::new(store, Clock::system(), config, &[7; 32])?)
}

pub(crate) async fn begin(app: &App) -> Result<DeskId> {
    let new = desks::NewDesk {
        slug: "nordwind".into(),
        name: "Nordwind Cloud".into(),
        kind: DeskKind::DirectBill,
        lang: Lang::En,
        timezone: "Europe/Berlin".into(),
        admin_name: "Greta Admin".into(),
        admin_email: EMAIL.into(),
        password: Some(PASSWORD.into()),
    };
    Ok(desks::create(app, new).await?.desk)
}

async fn add_mailbox(app: &App, agent: &Agent) -> Result<MailboxId> {
    let mailbox = Mailbox {
        id: app.ids(app.now()).next(MailboxId::new),
        name: "Nordwind Cloud".into(),
        address: MAILBOX.parse()?,
        source: None,
        progress: Json(serde_json::Value::Null),
        health: Json(serde_json::Value::Null),
        kind: Kind::Technical,
        service: Service::Microsoft365,
        version: 1,
    };
    let id = mailbox.id;
    app.store
        .write::<_, store::Error, _>(agent.desk, move |tx| {
            let mailbox = mailbox.clone();
            Box::pin(async move {
                installation::add_address(tx, &mailbox.address, mailbox.id).await?;
                store::inbox::add_mailbox(tx, &mailbox).await
            })
        })
        .await?;
    Ok(id)
}
