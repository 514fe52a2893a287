//! Mailboxes: from which mail is taken, in whose name it is written. Passwords are sealed and never shown again.

mod reading;

use std::{sync::Arc, time::Duration};

use domain::{
    access::Permission,
    cloud::Cloud,
    deed::Deed,
    email_address::EmailAddress,
    id::{DeskId, MailboxId},
    ticket::kinds::{Kind, Service},
    words,
};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use mail::{
    imap::{ImapAuth, ImapConfig, ImapLimits},
    peer::{self, Freshness, Reach, TokenSource, Trust},
};
pub use reading::Reader;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Json, Tx, inbox, installation, records};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::{
    Agent, App, Error, Ids, Result, audit,
    error::line,
    vault::{self, Place},
};

/// The longest name, host, account or folder, in characters.
const LINE: usize = 200;
/// How long a server's name may take to be resolved.
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest password or access token, in bytes.
const SECRET: usize = 8_192;

words! {
    /// How a connection is protected.
    pub enum Security {
        /// TLS from the first byte.
        Tls = "tls",
        /// Begins in the clear and changes to TLS before anything is said.
        StartTls = "starttls",
        /// Not at all: only for a server on the same machine.
        None = "none",
    }
}

words! {
    /// How one signs in to a mail server.
    pub enum Auth {
        /// With a password.
        Password = "password",
        /// With an OAuth access token, which somebody keeps fresh through the API.
        XOAuth2 = "xoauth2",
        /// As an application of a Microsoft 365 tenant. The secret is the application's; tokens are bought when needed.
        Application = "application",
    }
}

/// How a mailbox is read, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The server's name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// How one signs in.
    pub auth: Auth,
    /// The account.
    pub user: String,
    /// The folder, usually `INBOX`.
    pub folder: String,
    /// For [`Auth::Application`]: which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<Application>,
}

/// An application of a Microsoft 365 tenant that may read the mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// The cloud of the mailbox.
    pub cloud: Cloud,
    /// Its tenant.
    pub tenant: Uuid,
    /// The application's id.
    pub id: Uuid,
}

/// As it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Stored {
    #[serde(flatten)]
    source: Source,
    /// Sealed.
    secret: String,
    /// Mail that reached the server before this day is left alone.
    since: Date,
}

impl Stored {
    fn of(mailbox: &inbox::Mailbox) -> Result<Option<Self>> {
        let Some(Json(stored)) = &mailbox.source else { return Ok(None) };
        serde_json::from_value(stored.clone()).map(Some).map_err(Error::internal)
    }
}

/// A mailbox.
#[derive(Clone, Debug, PartialEq)]
pub struct Mailbox {
    /// Its id.
    pub id: MailboxId,
    /// The name that customers read.
    pub name: String,
    /// Its address.
    pub address: EmailAddress,
    /// How it is read; none if its mail is handed in.
    pub source: Option<Source>,
    /// What its mail is about, unless somebody knows better.
    pub kind: Kind,
    /// For which service.
    pub service: Service,
    /// How reading it fares, as the worker notes it.
    pub health: serde_json::Value,
    /// Rises with every change of its settings.
    pub version: i64,
}

/// What is written of a mailbox.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The name that customers read.
    pub name: String,
    /// What its mail is about, unless somebody knows better.
    pub kind: Kind,
    /// For which service.
    pub service: Service,
    /// How it is read; none if its mail is handed in.
    pub source: Option<Source>,
    /// The password or access token for the source; none keeps the one that is there.
    pub secret: Option<String>,
}

/// Every mailbox, by name: for those who set them up, and those who watch them.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn list(app: &App, agent: &Agent) -> Result<Vec<Mailbox>> {
    if !agent.may(Permission::MailManage) {
        agent.require(Permission::SettingsManage)?;
    }
    let all = app.store.read::<_, store::Error, _>(agent.desk, |tx| Box::pin(inbox::mailboxes(tx))).await?;
    all.into_iter()
        .map(|mailbox| {
            let source = Stored::of(&mailbox)?.map(|stored| stored.source);
            let inbox::Mailbox { id, name, address, health: Json(health), kind, service, version, .. } =
                mailbox;
            Ok(Mailbox { id, name, address, source, kind, service, health, version })
        })
        .collect()
}

/// Adds a mailbox. From now on mail for its address is this desk's.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`], with `address: taken` if this or another desk has it, and
/// `host: not-allowed` for a server that is not on the open internet.
pub async fn add(app: &App, agent: &Agent, address: &str, settings: Settings) -> Result<MailboxId> {
    agent.require(Permission::SettingsManage)?;
    let address: EmailAddress = address.parse().map_err(|_| Error::invalid("address", "not-an-address"))?;
    let settings = checked(app, settings).await?;
    let now = app.now();
    let mut ids = app.ids(now);
    let id = ids.next(MailboxId::new);
    let source = stored(app, agent.desk, id, &settings, None, now)?;
    let mailbox = inbox::Mailbox {
        id,
        name: settings.name,
        address,
        source: source.map(json_of).transpose()?,
        progress: Json(json!({})),
        health: Json(json!({})),
        kind: settings.kind,
        service: settings.service,
        version: 1,
    };
    let act = audit::act(&mut ids, now, agent.actor(), Deed::MailboxAdd, &id, json!({}));
    app.store
        .write::<_, Error, _>(agent.desk, move |tx| {
            let (mailbox, act) = (mailbox.clone(), act.clone());
            Box::pin(async move {
                // The whole installation's addresses first: whose it is stays untold.
                installation::add_address(tx, &mailbox.address, id).await.map_err(|error| {
                    match error.is_taken("mailbox_addresses", "address") {
                        true => Error::invalid("address", "taken"),
                        false => error.into(),
                    }
                })?;
                inbox::add_mailbox(tx, &mailbox).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await?;
    Ok(id)
}

/// Changes a mailbox, at the version that was seen. Another server, account or way to sign in needs its secret anew:
/// the old one must not be sent to a server of somebody's choice.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Stale`], [`Error::Invalid`] as [`add`].
pub async fn update(app: &App, agent: &Agent, id: MailboxId, settings: Settings, version: i64) -> Result<()> {
    agent.require(Permission::SettingsManage)?;
    let settings = checked(app, settings).await?;
    let now = app.now();
    let update =
        Update { app: app.clone(), agent: agent.clone(), id, settings, version, ids: app.ids(now), now };
    app.store
        .write(agent.desk, move |tx| {
            let update = update.clone();
            Box::pin(async move { update.run(tx).await })
        })
        .await
}

#[derive(Clone)]
struct Update {
    app: App,
    agent: Agent,
    id: MailboxId,
    settings: Settings,
    version: i64,
    ids: Ids,
    now: Timestamp,
}

impl Update {
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let before = inbox::mailbox(tx, self.id).await?.ok_or(Error::NotFound("mailbox"))?;
        let old = Stored::of(&before)?;
        let new = stored(&self.app, tx.desk(), self.id, &self.settings, old.as_ref(), self.now)?;
        let elsewhere = match (&old, &new) {
            (Some(old), Some(new)) => {
                old.source.host != new.source.host || !same_folder(&old.source, &new.source)
            }
            _ => true,
        };
        let after = inbox::Mailbox {
            name: self.settings.name.clone(),
            kind: self.settings.kind,
            service: self.settings.service,
            source: new.map(json_of).transpose()?,
            version: self.version,
            ..before
        };
        inbox::update_mailbox(tx, &after).await?;
        if elsewhere {
            // How far another folder was read says nothing about this one.
            inbox::set_progress(tx, self.id, &json!({})).await?;
        }
        let act = audit::act(
            &mut self.ids.clone(),
            self.now,
            self.agent.actor(),
            Deed::MailboxChange,
            &self.id,
            json!({}),
        );
        Ok(records::audit(tx, &act).await?)
    }
}

/// Removes a mailbox and frees its address; what came through it stays.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn remove(app: &App, agent: &Agent, id: MailboxId) -> Result<()> {
    agent.require(Permission::SettingsManage)?;
    let now = app.now();
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::MailboxRemove, &id, json!({}));
    app.store
        .write(agent.desk, move |tx| {
            let act = act.clone();
            Box::pin(async move {
                inbox::mailbox(tx, id).await?.ok_or(Error::NotFound("mailbox"))?;
                inbox::drop_mailbox(tx, id).await?;
                installation::drop_address(tx, id).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}

async fn checked(app: &App, settings: Settings) -> Result<Settings> {
    let name = line("name", &settings.name, LINE)?;
    let source = match settings.source {
        Some(source) => Some(checked_source(app, source).await?),
        None => None,
    };
    let secret = settings.secret.filter(|secret| !secret.is_empty());
    if let Some(secret) = &secret {
        if secret.len() > SECRET {
            return Err(Error::invalid("secret", "too-long"));
        }
        if secret.chars().any(char::is_control) {
            return Err(Error::invalid("secret", "not-a-line"));
        }
    }
    Ok(Settings { name, source, secret, ..settings })
}

async fn checked_source(app: &App, source: Source) -> Result<Source> {
    if source.auth == Auth::Application && source.application.is_none() {
        return Err(Error::invalid("application", "required"));
    }
    let source = Source {
        host: line("host", &source.host, LINE)?.to_lowercase(),
        user: line("user", &source.user, LINE)?,
        folder: line("folder", &source.folder, LINE)?,
        application: source.application.filter(|_| source.auth == Auth::Application),
        ..source
    };
    if source.port == 0 {
        return Err(Error::invalid("port", "unknown"));
    }
    if !app.config.allow_private_hosts {
        if source.security == Security::None {
            return Err(Error::invalid("security", "not-allowed"));
        }
        if !Reach::Internet.allows(&source.host, source.port, PATIENCE).await {
            return Err(Error::invalid("host", "not-allowed"));
        }
    }
    Ok(source)
}

/// What is stored of checked settings, beside or over what was stored before.
fn stored(
    app: &App,
    desk: DeskId,
    id: MailboxId,
    settings: &Settings,
    before: Option<&Stored>,
    now: Timestamp,
) -> Result<Option<Stored>> {
    let Some(source) = settings.source.clone() else { return Ok(None) };
    let secret = match (&settings.secret, before) {
        (Some(secret), _) => vault::seal(&app.keys.vault, place(desk, id), secret)?,
        (None, Some(before)) if same_account(&before.source, &source) => before.secret.clone(),
        (None, _) => return Err(Error::invalid("secret", "required")),
    };
    // A mailbox that moves to another server takes its mail with it; messages that come again are known.
    let since = match before {
        Some(before) if same_folder(&before.source, &source) => before.since,
        _ => yesterday(now),
    };
    Ok(Some(Stored { source, secret, since }))
}

/// Where the secret of a mailbox belongs. It was the first of its row, and has no name.
fn place(desk: DeskId, mailbox: MailboxId) -> Place {
    Place { desk, owner: mailbox.uuid().into_bytes(), what: "" }
}

/// Whether a secret goes where it went before, no less protected.
fn same_account(before: &Source, after: &Source) -> bool {
    before == &Source { folder: before.folder.clone(), ..after.clone() }
}

/// Whether the same mail is read.
fn same_folder(before: &Source, after: &Source) -> bool {
    before.user == after.user && before.folder == after.folder
}

/// From when on mail is taken: a server's day can begin up to a day after ours, and rather an old mail than none.
fn yesterday(now: Timestamp) -> Date {
    let day_ago = now.checked_sub(SignedDuration::from_hours(24)).unwrap_or(now);
    day_ago.to_zoned(TimeZone::UTC).date()
}

fn json_of(stored: Stored) -> Result<Json<serde_json::Value>> {
    serde_json::to_value(stored).map(Json).map_err(Error::internal)
}

/// How the worker reads a mailbox; none if its mail is handed in.
///
/// # Errors
/// A secret that this installation's key does not open.
pub async fn source_for(app: &App, desk: DeskId, mailbox: &inbox::Mailbox) -> Result<Option<ImapConfig>> {
    let Some(Stored { source, secret, since }) = Stored::of(mailbox)? else { return Ok(None) };
    let secret = vault::open(&app.keys.vault, place(desk, mailbox.id), &secret)?;
    let user = source.user;
    let auth = match (source.auth, source.application) {
        (Auth::Password, _) => ImapAuth::Password { user, password: secret },
        (Auth::Application, Some(application)) => {
            ImapAuth::XOAuth2 { user, token: bought_token(app, &application, &secret) }
        }
        (Auth::XOAuth2 | Auth::Application, _) => {
            ImapAuth::XOAuth2 { user, token: access_token(app, desk, mailbox.id) }
        }
    };
    Ok(Some(ImapConfig {
        host: source.host,
        port: source.port,
        security: match source.security {
            Security::Tls => peer::Security::Tls,
            Security::StartTls => peer::Security::StartTls,
            Security::None => peer::Security::None,
        },
        trust: Trust::web(),
        reach: if app.config.allow_private_hosts { Reach::Anywhere } else { Reach::Internet },
        auth,
        folder: source.folder,
        since: Some(since),
        limits: ImapLimits { message: app.config.max_message as u64, ..ImapLimits::default() },
    }))
}

/// Tokens of an application, each used until shortly before it ends or a server refuses it.
fn bought_token(app: &App, application: &Application, secret: &mail::peer::Secret) -> TokenSource {
    let app = app.clone();
    let application = Arc::new(microsoft::mailbox::Application {
        cloud: application.cloud,
        tenant: application.tenant,
        application: application.id,
        secret: microsoft::Secret::new(secret.reveal()),
    });
    let held: Arc<Mutex<Option<microsoft::mailbox::Token>>> = Arc::default();
    TokenSource::new(move |freshness| {
        let (app, application, held) = (app.clone(), application.clone(), held.clone());
        Box::pin(async move {
            let mut held = held.lock().await;
            let now = app.now();
            if let Some(token) = held.as_ref().filter(|_| freshness == Freshness::Any)
                && now < token.renew_at
            {
                return Ok(mail::peer::Secret::new(token.token.reveal()));
            }
            let token =
                application.token(&app.config.microsoft, now).await.map_err(|error| error.to_string())?;
            let bought = mail::peer::Secret::new(token.token.reveal());
            *held = Some(token);
            Ok(bought)
        })
    })
}

/// The access token as it is stored when a connection needs it, so that a fresh one is used without a restart.
fn access_token(app: &App, desk: DeskId, id: MailboxId) -> TokenSource {
    let app = app.clone();
    TokenSource::new(move |_| {
        let app = app.clone();
        Box::pin(async move {
            let mailbox = app
                .store
                .read::<_, store::Error, _>(desk, move |tx| Box::pin(inbox::mailbox(tx, id)))
                .await
                .map_err(|error| error.to_string())?
                .ok_or("the mailbox is gone")?;
            let stored = Stored::of(&mailbox).map_err(|error| error.to_string())?;
            let sealed = stored.ok_or("the mailbox is not read any more")?.secret;
            vault::open(&app.keys.vault, place(desk, id), &sealed).map_err(|error| error.to_string())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        Source {
            host: "imap.example.com".into(),
            port: 993,
            security: Security::Tls,
            auth: Auth::Password,
            user: "desk@example.com".into(),
            folder: "INBOX".into(),
        }
    }

    #[test]
    fn a_secret_stays_with_its_account() {
        let before = source();
        assert!(same_account(&before, &Source { folder: "Support".into(), ..source() }));
        for elsewhere in [
            Source { host: "evil.example".into(), ..source() },
            Source { port: 143, ..source() },
            Source { security: Security::None, ..source() },
            Source { auth: Auth::XOAuth2, ..source() },
            Source { user: "other@example.com".into(), ..source() },
        ] {
            assert!(!same_account(&before, &elsewhere), "{elsewhere:?}");
        }
    }

    #[test]
    fn is_stored_as_it_is_read() {
        let stored =
            Stored { source: source(), secret: "AAAA".into(), since: jiff::civil::date(2026, 2, 28) };
        let json = serde_json::to_value(&stored).unwrap();
        assert_eq!(json["security"], "tls");
        assert_eq!(json["since"], "2026-02-28");
        let back: Stored = serde_json::from_value(json).unwrap();
        assert_eq!((back.source, back.secret, back.since), (stored.source, stored.secret, stored.since));
    }

    #[test]
    fn mail_is_taken_from_the_day_before() {
        assert_eq!(yesterday("2026-03-01T00:30:00Z".parse().unwrap()), jiff::civil::date(2026, 2, 28));
    }
}
