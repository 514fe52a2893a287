//! What customers have bought at Microsoft: the mirror, what lies ahead, what was seen to change.

pub mod acts;

use domain::{
    id::{ChangeId, CustomerId},
    subscription::{
        Era, Refundable, Status, Term,
        acts::{Cause, Difference},
        dates::{Day, Occasion},
    },
};
use jiff::Timestamp;

use crate::{Error, Json, Tx, Value, params, record, sql};

record! {
    /// A subscription, as it was read last.
    pub struct Subscription {
        /// Microsoft's id, in lower case.
        pub id: String,
        /// The customer's tenant.
        pub tenant: String,
        /// What was offered: its id.
        pub offer: String,
        /// What was offered: its name.
        pub name: String,
        /// What the partner calls it.
        pub nickname: String,
        /// By which rules it lives; none if that cannot be told.
        pub era: Option<Era>,
        /// Where it stands.
        pub status: Status,
        /// How many licences.
        pub quantity: u32,
        /// Whether licences are counted.
        pub counted: bool,
        /// Whether it is a trial.
        pub trial: bool,
        /// Whether it renews itself.
        pub auto_renew: bool,
        /// For how long it was bought.
        pub term: Option<Term>,
        /// How it is billed, in Microsoft's word.
        pub billing: String,
        /// When it was bought first.
        pub created_at: Option<Timestamp>,
        /// When its term began.
        pub term_began: Option<Timestamp>,
        /// When its term ends.
        pub term_ends: Option<Timestamp>,
        /// Until when it may be cancelled, as Microsoft says of this one.
        pub cancel_until: Option<Timestamp>,
        /// What may be given back, as Microsoft says of this one.
        pub refundable: Option<Json<Vec<Refundable>>>,
        /// Whether its next term, or charge, is another one.
        pub is_scheduled: bool,
        /// How many licences the next term has, if it is another one.
        pub scheduled: Option<u32>,
        /// What it is an add-on to.
        pub parent: Option<String>,
        /// How many Azure subscriptions are active in it.
        pub azure_active: Option<u32>,
        /// Since when it stands so; none if nobody saw that begin.
        pub status_since: Option<Timestamp>,
        /// When somebody said that it changed; none when it was read since.
        pub hinted_at: Option<Timestamp>,
        /// When it was missing on the list for the first time.
        pub gone_at: Option<Timestamp>,
        /// When it was read last.
        pub read_at: Timestamp,
    }

    /// A date of a subscription, for a list of the whole desk.
    pub struct Ahead {
        /// When.
        pub at: Timestamp,
        /// Whose: the subscription's id.
        pub subscription: String,
        /// What happens.
        pub what: Occasion,
        /// The subscription's name.
        pub name: String,
        /// What the partner calls it.
        pub nickname: String,
        /// How many licences.
        pub quantity: u32,
        /// Whether licences are counted.
        pub counted: bool,
        /// Its tenant's name.
        pub tenant: String,
        /// Our customer, if that is known.
        pub customer: Option<CustomerId>,
        /// Its name.
        pub customer_name: Option<String>,
    }

    /// Something that was seen to change.
    pub struct Change {
        /// Its id.
        pub id: ChangeId,
        /// Of which subscription.
        pub subscription: String,
        /// When it was seen.
        pub at: Timestamp,
        /// Who did it.
        pub cause: Cause,
        /// What.
        pub what: Json<Vec<Difference>>,
    }
}

macro_rules! subscription {
    ($rest:literal) => {
        concat!(
            "SELECT id, tenant, offer, name, nickname, era, status, quantity, counted, trial, auto_renew, term, billing, \
             created_at, term_began, term_ends, cancel_until, refundable, is_scheduled, scheduled, parent, azure_active, \
             status_since, hinted_at, gone_at, read_at FROM subscriptions WHERE desk_id = $1 ",
            $rest
        )
    };
}

sql! {
    desk PUT = "INSERT INTO subscriptions (desk_id, id, tenant, offer, name, nickname, era, status, quantity, counted, \
        trial, auto_renew, term, billing, created_at, term_began, term_ends, cancel_until, refundable, is_scheduled, \
        scheduled, parent, azure_active, status_since, hinted_at, gone_at, read_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, \
        $23, $24, $25, $26, $27) ON CONFLICT (desk_id, id) DO UPDATE SET tenant = excluded.tenant, \
        offer = excluded.offer, name = excluded.name, nickname = excluded.nickname, era = excluded.era, \
        status = excluded.status, quantity = excluded.quantity, counted = excluded.counted, trial = excluded.trial, \
        auto_renew = excluded.auto_renew, term = excluded.term, billing = excluded.billing, \
        created_at = excluded.created_at, term_began = excluded.term_began, term_ends = excluded.term_ends, \
        cancel_until = excluded.cancel_until, refundable = excluded.refundable, is_scheduled = excluded.is_scheduled, \
        scheduled = excluded.scheduled, parent = excluded.parent, azure_active = excluded.azure_active, \
        status_since = excluded.status_since, hinted_at = excluded.hinted_at, gone_at = excluded.gone_at, \
        read_at = excluded.read_at";
    desk GET = subscription!("AND id = $2");
    desk OF_TENANT = subscription!("AND tenant = $2 ORDER BY name, id");
    desk AFTER = subscription!("AND id > $2 ORDER BY id LIMIT $3");
    desk ADD_ONS = subscription!("AND parent = $2 ORDER BY name, id LIMIT 100");
    desk HINT = "UPDATE subscriptions SET hinted_at = $3 WHERE desk_id = $1 AND id = $2";
    desk HINTED = "SELECT id FROM subscriptions WHERE desk_id = $1 AND tenant = $2 AND hinted_at IS NOT NULL \
        AND gone_at IS NULL ORDER BY id LIMIT $3";
    desk CLEAR_DAYS = "DELETE FROM subscription_days WHERE desk_id = $1 AND subscription = $2";
    desk ADD_DAY = "INSERT INTO subscription_days (desk_id, subscription, what, at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (desk_id, subscription, what) DO UPDATE SET at = excluded.at";
    desk AHEAD = "SELECT d.at, d.subscription, d.what, s.name, s.nickname, s.quantity, s.counted, t.name, t.customer_id, \
        c.name FROM subscription_days d \
        JOIN subscriptions s ON s.desk_id = d.desk_id AND s.id = d.subscription \
        JOIN tenants t ON t.desk_id = d.desk_id AND t.tenant = s.tenant \
        LEFT JOIN customers c ON c.desk_id = d.desk_id AND c.id = t.customer_id \
        WHERE d.desk_id = $1 AND (d.at, d.subscription, d.what) > ($2, $3, $4) AND d.at < $5 \
        ORDER BY d.at, d.subscription, d.what LIMIT $6";
    desk ADD_CHANGE = "INSERT INTO subscription_changes (desk_id, id, subscription, at, cause, what) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    desk CHANGES = "SELECT id, subscription, at, cause, what FROM subscription_changes \
        WHERE desk_id = $1 AND subscription = $2 ORDER BY id DESC LIMIT $3";
    desk DRIFT = "SELECT c.id, c.subscription, c.at, c.cause, c.what FROM subscription_changes c \
        JOIN subscriptions s ON s.desk_id = c.desk_id AND s.id = c.subscription \
        WHERE c.desk_id = $1 AND s.tenant = $2 AND c.cause = 'elsewhere' AND c.at >= $3 ORDER BY c.id DESC LIMIT 50";
}

/// Writes a subscription, new or known, and what lies ahead of it.
///
/// # Errors
/// As the database says.
pub async fn put(tx: &mut Tx, s: &Subscription, ahead: &[Day]) -> Result<(), Error> {
    let refundable = s.refundable.as_ref().map(|parts| Value::json(&parts.0)).transpose()?;
    let params = params![
        s.id,
        s.tenant,
        s.offer,
        s.name,
        s.nickname,
        s.era,
        s.status,
        s.quantity,
        s.counted,
        s.trial,
        s.auto_renew,
        s.term,
        s.billing,
        s.created_at,
        s.term_began,
        s.term_ends,
        s.cancel_until,
        refundable,
        s.is_scheduled,
        s.scheduled,
        s.parent,
        s.azure_active,
        s.status_since,
        s.hinted_at,
        s.gone_at,
        s.read_at
    ];
    tx.execute(&PUT, params).await?;
    tx.execute(&CLEAR_DAYS, params![s.id]).await?;
    for day in ahead {
        tx.execute(&ADD_DAY, params![s.id, day.what, day.at]).await?;
    }
    Ok(())
}

/// One subscription, by Microsoft's id in lower case.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: &str) -> Result<Option<Subscription>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// The subscriptions of a tenant, by name.
///
/// # Errors
/// As the database says.
pub async fn of_tenant(tx: &mut Tx, tenant: &str) -> Result<Vec<Subscription>, Error> {
    tx.query(&OF_TENANT, params![tenant]).await
}

/// Subscriptions in the order of their ids, after the given one.
///
/// # Errors
/// As the database says.
pub async fn after(tx: &mut Tx, id: &str, limit: i64) -> Result<Vec<Subscription>, Error> {
    tx.query(&AFTER, params![id, limit]).await
}

/// The add-ons of a subscription.
///
/// # Errors
/// As the database says.
pub async fn add_ons(tx: &mut Tx, parent: &str) -> Result<Vec<Subscription>, Error> {
    tx.query(&ADD_ONS, params![parent]).await
}

/// Notes that somebody said that a subscription changed; whether it is known.
///
/// # Errors
/// As the database says.
pub async fn hint(tx: &mut Tx, id: &str, now: Timestamp) -> Result<bool, Error> {
    Ok(tx.execute(&HINT, params![id, now]).await? > 0)
}

/// Some of a tenant that are said to have changed: their ids.
///
/// # Errors
/// As the database says.
pub async fn hinted(tx: &mut Tx, tenant: &str, limit: i64) -> Result<Vec<String>, Error> {
    let rows: Vec<(String,)> = tx.query(&HINTED, params![tenant, limit]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Where a list of dates goes on: after this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AheadAfter {
    /// When.
    pub at: Timestamp,
    /// The subscription; empty for the beginning of that moment.
    pub subscription: String,
    /// The word of what happens.
    pub what: String,
}

/// Dates of the whole desk after one, before a moment, the earliest first.
///
/// # Errors
/// As the database says.
pub async fn ahead(
    tx: &mut Tx,
    after: &AheadAfter,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<Ahead>, Error> {
    tx.query(&AHEAD, params![after.at, after.subscription, after.what, before, limit]).await
}

/// Notes something that was seen to change.
///
/// # Errors
/// As the database says.
pub async fn add_change(tx: &mut Tx, c: &Change) -> Result<(), Error> {
    let what = Value::json(&c.what.0)?;
    tx.execute(&ADD_CHANGE, params![c.id, c.subscription, c.at, c.cause, what]).await.map(drop)
}

/// What was seen to change of a subscription, the newest first.
///
/// # Errors
/// As the database says.
pub async fn changes(tx: &mut Tx, subscription: &str, limit: i64) -> Result<Vec<Change>, Error> {
    tx.query(&CHANGES, params![subscription, limit]).await
}

/// What somebody else changed in a tenant since a moment, the newest first.
///
/// # Errors
/// As the database says.
pub async fn drift(tx: &mut Tx, tenant: &str, since: Timestamp) -> Result<Vec<Change>, Error> {
    tx.query(&DRIFT, params![tenant, since]).await
}
