//! A desk's connection to Microsoft, and what was read by it.

pub mod read;

use domain::cloud::Cloud;
use jiff::Timestamp;
use serde_json::Value as Shape;
use uuid::Uuid;

use crate::{Error, Json, Tx, params, people::changed, record, sql};

record! {
    /// The connection of a desk. Its secrets are sealed.
    pub struct Connection {
        /// The cloud of the partner's account.
        pub cloud: Cloud,
        /// The partner's tenant.
        pub tenant: Uuid,
        /// Its application.
        pub application: Uuid,
        /// The application's secret, sealed.
        pub application_secret: String,
        /// What an agent's consent gave, sealed; none before.
        pub refresh_token: Option<String>,
        /// When an agent consented last.
        pub consented_at: Option<Timestamp>,
        /// Whether customers that nobody knows here are added.
        pub adds_customers: bool,
        /// How it fares.
        pub health: Json<Shape>,
        /// When people were told that it needs them.
        pub told_at: Option<Timestamp>,
        /// Where Microsoft was asked to send events.
        pub events_url: Option<String>,
        /// Rises with every change that a person makes.
        pub version: i64,
        /// Since when.
        pub created_at: Timestamp,
    }

    /// Something that is read again and again.
    pub struct Mirror {
        /// What: a word of the reader's.
        pub what: String,
        /// The customer's tenant; empty for what is the partner's.
        pub tenant: String,
        /// How the last reading ended: a word of the reader's.
        pub state: String,
        /// More of it, in Microsoft's words.
        pub detail: String,
        /// How many readings failed in a row.
        pub failures: i64,
        /// When it was read whole for the last time.
        pub read_at: Option<Timestamp>,
        /// When it is read next.
        pub next_at: Timestamp,
        /// What it needs to go on.
        pub data: Json<Shape>,
    }
}

sql! {
    desk GET = "SELECT cloud, tenant, application, application_secret, refresh_token, consented_at, adds_customers, \
        health, told_at, events_url, version, created_at FROM connections WHERE desk_id = $1";
    desk ADD = "INSERT INTO connections (desk_id, cloud, tenant, application, application_secret, refresh_token, \
        consented_at, adds_customers, health, told_at, events_url, version, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, $10, 1, $11)";
    desk UPDATE = "UPDATE connections SET cloud = $2, tenant = $3, application = $4, application_secret = $5, \
        refresh_token = $6, consented_at = $7, adds_customers = $8, health = $9, told_at = NULL, events_url = $10, \
        version = version + 1 WHERE desk_id = $1 AND version = $11";
    desk REMOVE = "DELETE FROM connections WHERE desk_id = $1";
    desk SET_HEALTH = "UPDATE connections SET health = $2, told_at = $3 WHERE desk_id = $1 AND version = $4";
    desk RENEW = "UPDATE connections SET refresh_token = $2 WHERE desk_id = $1 AND version = $3";
    desk ADD_CONSENT = "INSERT INTO consents (desk_id, hash, session, expires_at) VALUES ($1, $2, $3, $4)";
    desk USE_CONSENT = "DELETE FROM consents WHERE desk_id = $1 AND hash = $2 AND expires_at > $3 RETURNING session";
    desk EXPIRE_CONSENTS = "DELETE FROM consents WHERE desk_id = $1 AND expires_at <= $2";
    desk MIRRORS = "SELECT what, tenant, state, detail, failures, read_at, next_at, data FROM mirrors \
        WHERE desk_id = $1 AND tenant = $2 ORDER BY what";
    desk MIRROR = "SELECT what, tenant, state, detail, failures, read_at, next_at, data FROM mirrors \
        WHERE desk_id = $1 AND what = $2 AND tenant = $3";
    desk DUE = "SELECT what, tenant, state, detail, failures, read_at, next_at, data FROM mirrors \
        WHERE desk_id = $1 AND next_at <= $2 \
        ORDER BY CASE WHEN tenant = '' THEN 0 ELSE 1 END, next_at, what, tenant LIMIT $3";
    desk PLAN = "INSERT INTO mirrors (desk_id, what, tenant, state, detail, failures, read_at, next_at, data) \
        VALUES ($1, $2, $3, 'never', '', 0, NULL, $4, '{}') ON CONFLICT (desk_id, what, tenant) DO NOTHING";
    desk NOTE = "UPDATE mirrors SET state = $4, detail = $5, failures = $6, read_at = $7, next_at = $8, data = $9 \
        WHERE desk_id = $1 AND what = $2 AND tenant = $3";
    desk SOONER = "UPDATE mirrors SET next_at = $4 WHERE desk_id = $1 AND what = $2 AND tenant = $3 AND next_at > $4";
    desk SOONER_EACH = "UPDATE mirrors SET next_at = $3 WHERE desk_id = $1 AND what = $2 AND next_at > $3";
    desk SOONER_ALL = "UPDATE mirrors SET next_at = $2 WHERE desk_id = $1 AND next_at > $2";
    desk FORGET_MIRROR = "DELETE FROM mirrors WHERE desk_id = $1 AND what = $2 AND tenant = $3";
    desk FORGET_MIRRORS = "DELETE FROM mirrors WHERE desk_id = $1";
    desk ADD_EVENT = "INSERT INTO microsoft_events (desk_id, hash, name, came_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (desk_id, hash) DO NOTHING";
    desk FORGET_EVENTS = "DELETE FROM microsoft_events WHERE desk_id = $1 AND came_at < $2";
}

/// The desk's connection, if it has one.
///
/// # Errors
/// As the database says.
pub async fn connection(tx: &mut Tx) -> Result<Option<Connection>, Error> {
    tx.query_opt(&GET, params![]).await
}

/// Makes the desk's first connection.
///
/// # Errors
/// There is one: [`Error::is_taken`].
pub async fn add(tx: &mut Tx, c: &Connection) -> Result<(), Error> {
    let params = params![
        c.cloud,
        c.tenant,
        c.application,
        c.application_secret,
        c.refresh_token,
        c.consented_at,
        c.adds_customers,
        c.health.0,
        c.events_url,
        c.created_at
    ];
    tx.execute(&ADD, params).await.map(drop)
}

/// Writes the connection over the one that was read. Nobody counts as told of how it fares.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn update(tx: &mut Tx, c: &Connection) -> Result<(), Error> {
    let params = params![
        c.cloud,
        c.tenant,
        c.application,
        c.application_secret,
        c.refresh_token,
        c.consented_at,
        c.adds_customers,
        c.health.0,
        c.events_url,
        c.version
    ];
    changed(tx.execute(&UPDATE, params).await?)
}

/// Removes the connection. What was read by it stays.
///
/// # Errors
/// As the database says.
pub async fn remove(tx: &mut Tx) -> Result<(), Error> {
    tx.execute(&REMOVE, params![]).await?;
    tx.execute(&FORGET_MIRRORS, params![]).await.map(drop)
}

/// Notes how the connection of this version fares. Nothing happens to a newer one.
///
/// # Errors
/// As the database says.
pub async fn set_health(
    tx: &mut Tx,
    health: &Shape,
    told_at: Option<Timestamp>,
    version: i64,
) -> Result<(), Error> {
    tx.execute(&SET_HEALTH, params![health, told_at, version]).await.map(drop)
}

/// Keeps a renewed refresh token, sealed, of the connection of this version. Nothing happens to a newer one.
///
/// # Errors
/// As the database says.
pub async fn renew(tx: &mut Tx, refresh_token: &str, version: i64) -> Result<(), Error> {
    tx.execute(&RENEW, params![refresh_token, version]).await.map(drop)
}

/// Somebody with this session is sent to Microsoft; `hash` is of the state that comes back.
///
/// # Errors
/// As the database says.
pub async fn add_consent(
    tx: &mut Tx,
    hash: &[u8],
    session: &[u8],
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), Error> {
    tx.execute(&EXPIRE_CONSENTS, params![now]).await?;
    tx.execute(&ADD_CONSENT, params![hash, session, expires_at]).await.map(drop)
}

/// The hash of the session that was sent with a state; the state is used up.
///
/// # Errors
/// As the database says.
pub async fn use_consent(tx: &mut Tx, hash: &[u8], now: Timestamp) -> Result<Option<Vec<u8>>, Error> {
    let session: Option<(Vec<u8>,)> = tx.query_opt(&USE_CONSENT, params![hash, now]).await?;
    Ok(session.map(|(session,)| session))
}

/// What is read of a tenant, or of the partner if it is empty.
///
/// # Errors
/// As the database says.
pub async fn mirrors(tx: &mut Tx, tenant: &str) -> Result<Vec<Mirror>, Error> {
    tx.query(&MIRRORS, params![tenant]).await
}

/// One of them.
///
/// # Errors
/// As the database says.
pub async fn mirror(tx: &mut Tx, what: &str, tenant: &str) -> Result<Option<Mirror>, Error> {
    tx.query_opt(&MIRROR, params![what, tenant]).await
}

/// What is to be read now: first what is the partner's, as what it meets the others would meet too; then what is due
/// longest.
///
/// # Errors
/// As the database says.
pub async fn due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<Mirror>, Error> {
    tx.query(&DUE, params![now, limit]).await
}

/// Has something be read from now on, if it is not yet.
///
/// # Errors
/// As the database says.
pub async fn plan(tx: &mut Tx, what: &str, tenant: &str, first: Timestamp) -> Result<(), Error> {
    tx.execute(&PLAN, params![what, tenant, first]).await.map(drop)
}

/// Notes how a reading ended. Nothing happens to what is not read any more.
///
/// # Errors
/// As the database says.
pub async fn note(tx: &mut Tx, m: &Mirror) -> Result<(), Error> {
    let params = params![m.what, m.tenant, m.state, m.detail, m.failures, m.read_at, m.next_at, m.data.0];
    tx.execute(&NOTE, params).await.map(drop)
}

/// Which readings are brought forward.
#[derive(Clone, Copy, Debug)]
pub enum Sooner<'a> {
    /// One, of a tenant or of the partner.
    One(&'a str, &'a str),
    /// This, of the partner and every tenant.
    Each(&'a str),
    /// Everything.
    All,
}

/// Brings readings forward to `at`; how many.
///
/// # Errors
/// As the database says.
pub async fn sooner(tx: &mut Tx, which: Sooner<'_>, at: Timestamp) -> Result<u64, Error> {
    match which {
        Sooner::One(what, tenant) => tx.execute(&SOONER, params![what, tenant, at]).await,
        Sooner::Each(what) => tx.execute(&SOONER_EACH, params![what, at]).await,
        Sooner::All => tx.execute(&SOONER_ALL, params![at]).await,
    }
}

/// Stops reading something.
///
/// # Errors
/// As the database says.
pub async fn forget(tx: &mut Tx, what: &str, tenant: &str) -> Result<(), Error> {
    tx.execute(&FORGET_MIRROR, params![what, tenant]).await.map(drop)
}

/// Notes an event; whether it is new. `hash` is the same for each copy.
///
/// # Errors
/// As the database says.
pub async fn add_event(tx: &mut Tx, hash: &[u8], name: &str, now: Timestamp) -> Result<bool, Error> {
    Ok(tx.execute(&ADD_EVENT, params![hash, name, now]).await? == 1)
}

/// Forgets events that came before then.
///
/// # Errors
/// As the database says.
pub async fn forget_events(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    tx.execute(&FORGET_EVENTS, params![before]).await.map(drop)
}
