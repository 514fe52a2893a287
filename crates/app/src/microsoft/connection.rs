//! The desk's connection: who the partner is at Microsoft, its application, and an agent's consent.

use domain::{access::Permission, cloud::Cloud, deed::Deed, id::DeskId};
use jiff::{SignedDuration, Timestamp};
use microsoft::{Secret, consent::Applicant};
use serde_json::json;
use store::{
    Json, Tx, microsoft as kept,
    queue::{self, NewJob},
    records::{self, Act},
};
use uuid::Uuid;

use super::{
    Health, State, Trouble, What,
    clients::{APPLICATION_SECRET, REFRESH_TOKEN, place, stored},
};
use crate::{Agent, App, Error, Result, audit, jobs, vault, who};

/// What the token of a consent begins with.
const PREFIX: &str = "pdc_";
/// For how long somebody may be away at Microsoft.
const AWAY: SignedDuration = SignedDuration::from_mins(10);
/// The longest secret, in bytes.
const SECRET: usize = 20_000;
/// There is nothing to act on yet.
pub(super) const NOT_CONNECTED: Error = Error::Refused("not-connected");
/// Where the browser comes back to.
pub(super) const BACK: &str = "/admin/settings/microsoft/consent";

/// What is written of a connection.
#[derive(Clone)]
pub struct Settings {
    /// The cloud of the partner's account.
    pub cloud: Cloud,
    /// The partner's tenant.
    pub tenant: Uuid,
    /// The application's id.
    pub application: Uuid,
    /// The application's secret; none keeps the one that is there.
    pub application_secret: Option<String>,
    /// A refresh token that somebody got elsewhere; none keeps the one that is there.
    pub refresh_token: Option<String>,
    /// Whether customers that nobody knows here are added.
    pub adds_customers: bool,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings")
            .field("cloud", &self.cloud)
            .field("tenant", &self.tenant)
            .finish_non_exhaustive()
    }
}

/// A connection, without its secrets.
#[derive(Clone, Debug, PartialEq)]
pub struct Connection {
    /// The cloud of the partner's account.
    pub cloud: Cloud,
    /// The partner's tenant.
    pub tenant: Uuid,
    /// The application's id.
    pub application: Uuid,
    /// When an agent consented last.
    pub consented_at: Option<Timestamp>,
    /// Whether customers that nobody knows here are added.
    pub adds_customers: bool,
    /// Where Microsoft was asked to send events.
    pub events_url: Option<String>,
    /// How it fares.
    pub health: Health,
    /// How each reading of the partner fares, by what it is.
    pub readings: Vec<(What, Health)>,
    /// Rises with every change that a person makes.
    pub version: i64,
}

/// The health that was stored; a shape that nobody knows counts as never looked at.
pub(super) fn health_of(connection: &kept::Connection) -> Health {
    let stored = serde_json::from_value(connection.health.0.clone());
    stored.unwrap_or_else(|_| Health::new(State::Never, connection.created_at))
}

pub(super) fn json_of(health: &Health) -> Result<serde_json::Value> {
    serde_json::to_value(health).map_err(Error::internal)
}

/// How a reading fares, as its row has it.
pub(crate) fn reading(mirror: &kept::Mirror) -> Health {
    let state = mirror.state.parse().unwrap_or(State::Never);
    Health {
        state,
        at: mirror.read_at.unwrap_or(mirror.next_at),
        detail: mirror.detail.clone(),
        until: Some(mirror.next_at),
        current_at: mirror.read_at,
        failures: u32::try_from(mirror.failures).unwrap_or(u32::MAX),
    }
}

/// The desk's connection, if it has one, and how it fares.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn connection(app: &App, agent: &Agent) -> Result<Option<Connection>> {
    agent.require(Permission::SettingsManage)?;
    let unit = app.store.read::<_, store::Error, _>(agent.desk, |tx| {
        Box::pin(async move { Ok((kept::connection(tx).await?, kept::mirrors(tx, "").await?)) })
    });
    let (Some(found), mirrors) = unit.await? else { return Ok(None) };
    let readings =
        mirrors.iter().filter_map(|mirror| Some((mirror.what.parse().ok()?, reading(mirror)))).collect();
    Ok(Some(Connection {
        cloud: found.cloud,
        tenant: found.tenant,
        application: found.application,
        consented_at: found.consented_at,
        adds_customers: found.adds_customers,
        events_url: found.events_url.clone(),
        health: health_of(&found),
        readings,
        version: found.version,
    }))
}

/// Makes the connection, or changes it at the version that was seen. Another tenant, application or cloud needs its
/// secret anew, and consent with it: the old ones must not be sent to an application of somebody's choice.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Stale`], [`Error::Invalid`].
pub async fn save(app: &App, agent: &Agent, settings: Settings, version: Option<i64>) -> Result<()> {
    agent.require(Permission::SettingsManage)?;
    let now = app.now();
    let before = stored(app, agent.desk).await?;
    if before.as_ref().map(|known| known.version) != version {
        return Err(Error::Stale);
    }
    let application_secret = checked(settings.application_secret, "application_secret")?;
    let refresh_token = checked(settings.refresh_token, "refresh_token")?;
    let same = before.as_ref().filter(|known| {
        (known.cloud, known.tenant, known.application)
            == (settings.cloud, settings.tenant, settings.application)
    });
    let seal = |what, secret: &str| vault::seal(&app.keys.vault, place(agent.desk, what), secret);
    let application_secret = match (&application_secret, same) {
        (Some(secret), _) => seal(APPLICATION_SECRET, secret)?,
        (None, Some(known)) => known.application_secret.clone(),
        (None, None) => return Err(Error::invalid("application_secret", "required")),
    };
    let (refresh_token, consented_at) = match (&refresh_token, same) {
        (Some(token), _) => (Some(seal(REFRESH_TOKEN, token)?), Some(now)),
        (None, Some(known)) => (known.refresh_token.clone(), known.consented_at),
        (None, None) => (None, None),
    };
    let state = if refresh_token.is_some() { State::Never } else { State::Unconsented };
    let after = kept::Connection {
        cloud: settings.cloud,
        tenant: settings.tenant,
        application: settings.application,
        application_secret,
        refresh_token,
        consented_at,
        adds_customers: settings.adds_customers,
        health: Json(json_of(&Health::new(state, now))?),
        told_at: None,
        events_url: same.and_then(|known| known.events_url.clone()),
        version: version.unwrap_or(1),
        created_at: before.as_ref().map_or(now, |known| known.created_at),
    };
    let mut ids = app.ids(now);
    let what = json!({ "cloud": after.cloud, "tenant": after.tenant, "application": after.application });
    let act = audit::act(&mut ids, now, agent.actor(), Deed::MicrosoftConnect, &after.tenant, what);
    let job = jobs::microsoft(&mut ids, now);
    let is_new = version.is_none();
    write(app, agent.desk, Written { after, act, job, now, is_new }).await
}

fn checked(secret: Option<String>, field: &'static str) -> Result<Option<String>> {
    let Some(secret) = secret.map(|secret| secret.trim().to_owned()).filter(|secret| !secret.is_empty())
    else {
        return Ok(None);
    };
    if secret.len() > SECRET {
        return Err(Error::invalid(field, "too-long"));
    }
    if secret.chars().any(char::is_control) {
        return Err(Error::invalid(field, "not-a-line"));
    }
    Ok(Some(secret))
}

/// A connection to be written, and everything to be read by it at once.
#[derive(Clone)]
struct Written {
    after: kept::Connection,
    act: Act,
    job: NewJob,
    now: Timestamp,
    is_new: bool,
}

async fn write(app: &App, desk: DeskId, written: Written) -> Result<()> {
    app.store
        .write(desk, move |tx| {
            let written = written.clone();
            Box::pin(async move { written.run(tx).await })
        })
        .await?;
    app.wake();
    Ok(())
}

impl Written {
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if self.is_new {
            kept::add(tx, &self.after).await.map_err(|error| {
                if error.is_taken("connections", "desk_id") { Error::Stale } else { error.into() }
            })?;
        } else {
            kept::update(tx, &self.after).await?;
        }
        soon(tx, self.now, &self.job).await?;
        Ok(records::audit(tx, &self.act).await?)
    }
}

/// Has everything be read now.
async fn soon(tx: &mut Tx, now: Timestamp, job: &NewJob) -> Result<()> {
    for what in What::OF_PARTNER {
        kept::plan(tx, what.word(), "", now).await?;
    }
    kept::sooner(tx, kept::Sooner::All, now).await?;
    store::followed::hasten(tx, now).await?;
    queue::enqueue(tx, now, job).await?;
    Ok(())
}

/// Reads everything now, whatever was to be waited for but what Microsoft asked for.
///
/// # Errors
/// [`Error::Forbidden`]; `not-connected`.
pub async fn check(app: &App, agent: &Agent) -> Result<()> {
    agent.require(Permission::SettingsManage)?;
    let now = app.now();
    let job = jobs::microsoft(&mut app.ids(now), now);
    app.store
        .write(agent.desk, move |tx| {
            let job = job.clone();
            Box::pin(async move {
                let found = kept::connection(tx).await?.ok_or(NOT_CONNECTED)?;
                let mut health = health_of(&found);
                if health.state != State::Throttled {
                    health.until = None;
                    kept::set_health(tx, &json_of(&health)?, found.told_at, found.version).await?;
                }
                soon(tx, now, &job).await
            })
        })
        .await?;
    app.wake();
    Ok(())
}

/// Removes the connection, if there is one, with its secrets. What was read by it stays.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn disconnect(app: &App, agent: &Agent) -> Result<()> {
    agent.require(Permission::SettingsManage)?;
    let now = app.now();
    let (actor, mut ids) = (agent.actor(), app.ids(now));
    let act = audit::act(&mut ids, now, actor, Deed::MicrosoftDisconnect, &agent.desk, json!({}));
    app.store
        .write(agent.desk, move |tx| {
            let act = act.clone();
            Box::pin(async move {
                if kept::connection(tx).await?.is_none() {
                    return Ok(());
                }
                kept::remove(tx).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}

/// Where the browser comes back to, as it is registered with the application.
#[must_use]
pub fn back(app: &App) -> String {
    format!("{}{BACK}", app.config.base_url)
}

fn applicant(app: &App, connection: &kept::Connection) -> Applicant {
    Applicant {
        cloud: connection.cloud,
        tenant: connection.tenant,
        application: connection.application,
        back: back(app),
    }
}

/// Begins a consent in a session of an agent's: where the browser is sent. It is good once, for ten minutes, for that
/// session.
///
/// # Errors
/// [`Error::Forbidden`]; `not-connected`.
pub async fn begin_consent(app: &App, agent: &Agent, session: &str) -> Result<String> {
    agent.require(Permission::SettingsManage)?;
    let connection = stored(app, agent.desk).await?.ok_or(NOT_CONNECTED)?;
    let now = app.now();
    let (state, hash) = who::token(PREFIX);
    let (session, until) = (who::hash(session), now.checked_add(AWAY).unwrap_or(now));
    app.store
        .write::<_, store::Error, _>(agent.desk, move |tx| {
            Box::pin(async move { kept::add_consent(tx, &hash, &session, now, until).await })
        })
        .await?;
    Ok(applicant(app, &connection).address(&app.config.microsoft, &state))
}

/// What a browser brings back from Microsoft.
#[derive(Clone, Copy, Debug)]
pub struct Consenting<'a> {
    /// The session in which it came.
    pub session: &'a str,
    /// The state that it was sent with.
    pub state: &'a str,
}

impl Consenting<'_> {
    /// Uses the state up, whatever comes of it.
    async fn used(&self, app: &App, agent: &Agent) -> Result<()> {
        agent.require(Permission::SettingsManage)?;
        let now = app.now();
        let (hash, session) = (who::hash(self.state), who::hash(self.session));
        let unit = app.store.write::<_, store::Error, _>(agent.desk, move |tx| {
            Box::pin(async move { kept::use_consent(tx, &hash, now).await })
        });
        match unit.await? {
            Some(whose) if whose == session => Ok(()),
            _ => Err(Error::Refused("consent-invalid")),
        }
    }
}

/// Ends a consent with the code that Microsoft gave: keeps the refresh token, and reads everything.
///
/// # Errors
/// [`Error::Forbidden`]; `consent-invalid` for a state that is not good any more, or not for this session;
/// `consent-refused` with Microsoft's reason in the connection's health; [`Error::Unavailable`].
pub async fn finish_consent(app: &App, agent: &Agent, from: Consenting<'_>, code: &str) -> Result<()> {
    from.used(app, agent).await?;
    let connection = stored(app, agent.desk).await?.ok_or(NOT_CONNECTED)?;
    let now = app.now();
    let place_of = |what| place(agent.desk, what);
    let secret = vault::open(&app.keys.vault, place_of(APPLICATION_SECRET), &connection.application_secret)?;
    let secret = Secret::new(secret.reveal());
    let bought = applicant(app, &connection).redeem(&app.config.microsoft, &secret, code, now).await;
    let token = match bought.map_err(|error| Trouble::of(error, now)) {
        Ok(token) => token,
        Err(Trouble::Consent(why)) => {
            refused(app, agent, &connection, &why).await?;
            return Err(Error::Refused("consent-refused"));
        }
        Err(Trouble::Later { why, .. }) => return Err(Error::Unavailable(why)),
        Err(other) => return Err(Error::internal(anyhow::anyhow!("{other:?}"))),
    };
    let sealed = vault::seal(&app.keys.vault, place_of(REFRESH_TOKEN), token.reveal())?;
    let after = kept::Connection {
        refresh_token: Some(sealed),
        consented_at: Some(now),
        health: Json(json_of(&Health::new(State::Never, now))?),
        ..connection
    };
    let mut ids = app.ids(now);
    let act = audit::act(&mut ids, now, agent.actor(), Deed::MicrosoftConsent, &after.tenant, json!({}));
    let job = jobs::microsoft(&mut ids, now);
    write(app, agent.desk, Written { after, act, job, now, is_new: false }).await
}

/// Ends a consent that Microsoft, or the person there, refused.
///
/// # Errors
/// As [`finish_consent`].
pub async fn refused_consent(app: &App, agent: &Agent, from: Consenting<'_>, why: &str) -> Result<()> {
    from.used(app, agent).await?;
    let connection = stored(app, agent.desk).await?.ok_or(NOT_CONNECTED)?;
    refused(app, agent, &connection, why).await
}

/// A connection that has a consent keeps it; one that has none says why.
async fn refused(app: &App, agent: &Agent, connection: &kept::Connection, why: &str) -> Result<()> {
    let mut health = health_of(connection);
    if connection.refresh_token.is_none() {
        health = Health::new(State::Unconsented, app.now());
    }
    health.detail = super::cut(why);
    let (health, told_at, version) = (json_of(&health)?, connection.told_at, connection.version);
    app.store
        .write::<_, store::Error, _>(agent.desk, move |tx| {
            let health = health.clone();
            Box::pin(async move { kept::set_health(tx, &health, told_at, version).await })
        })
        .await?;
    Ok(())
}
