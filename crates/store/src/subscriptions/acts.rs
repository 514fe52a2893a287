//! What somebody wants done with a subscription: from the decision to the reading that shows it.

use domain::{
    id::{ActId, AgentId, TicketId},
    subscription::{Action, acts::Progress},
};
use jiff::Timestamp;
use serde_json::Value as Shape;
use uuid::Uuid;

use crate::{Error, Json, Tx, params, people::changed, record, sql};

record! {
    /// Something to be done.
    pub struct Act {
        /// Its id.
        pub id: ActId,
        /// With which subscription.
        pub subscription: String,
        /// In which tenant.
        pub tenant: String,
        /// What.
        pub action: Action,
        /// How many licences there will be, where that is asked for.
        pub quantity: Option<u32>,
        /// Why, in the agent's words; may be empty where there is a ticket.
        pub reason: String,
        /// Because of which ticket.
        pub ticket: Option<TicketId>,
        /// Who decided it.
        pub agent: AgentId,
        /// A mark of what the agent saw.
        pub seen: String,
        /// How far it is.
        pub progress: Progress,
        /// Under which id Microsoft does it at most once; none after an answer.
        pub attempt: Option<Uuid>,
        /// What was sent.
        pub draft: Option<Json<Shape>>,
        /// Microsoft's words, or what stands against it.
        pub detail: String,
        /// How often it was tried.
        pub tries: i64,
        /// When it was decided.
        pub asked_at: Timestamp,
        /// When it was sent first.
        pub sent_at: Option<Timestamp>,
        /// When it is looked at next.
        pub next_at: Timestamp,
        /// When it ended.
        pub ended_at: Option<Timestamp>,
    }
}

macro_rules! act {
    ($rest:literal) => {
        concat!(
            "SELECT id, subscription, tenant, action, quantity, reason, ticket_id, agent_id, seen, progress, attempt, \
             draft, detail, tries, asked_at, sent_at, next_at, ended_at FROM subscription_acts WHERE desk_id = $1 ",
            $rest
        )
    };
}

sql! {
    desk ADD = "INSERT INTO subscription_acts (desk_id, id, subscription, tenant, action, quantity, reason, ticket_id, \
        agent_id, seen, progress, attempt, draft, detail, tries, asked_at, sent_at, next_at, ended_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL, NULL, '', 0, $12, NULL, $12, NULL)";
    desk GET = act!("AND id = $2");
    desk OPEN = act!("AND subscription = $2 AND ended_at IS NULL ORDER BY id LIMIT 1");
    desk OF = act!("AND subscription = $2 ORDER BY id DESC LIMIT $3");
    desk DUE = act!("AND ended_at IS NULL AND next_at <= $2 ORDER BY next_at, id LIMIT $3");
    desk MOVE = "UPDATE subscription_acts SET progress = $4, attempt = $5, draft = $6, detail = $7, tries = $8, \
        sent_at = $9, next_at = $10, ended_at = $11 WHERE desk_id = $1 AND id = $2 AND progress = $3 \
        AND ended_at IS NULL";
}

/// Adds something to be done.
///
/// # Errors
/// As the database says.
pub async fn add(tx: &mut Tx, a: &Act) -> Result<(), Error> {
    let params = params![
        a.id,
        a.subscription,
        a.tenant,
        a.action,
        a.quantity,
        a.reason,
        a.ticket,
        a.agent,
        a.seen,
        a.progress,
        a.asked_at
    ];
    tx.execute(&ADD, params).await.map(drop)
}

/// One of them.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: ActId) -> Result<Option<Act>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// What is being done with a subscription, if anything is.
///
/// # Errors
/// As the database says.
pub async fn open(tx: &mut Tx, subscription: &str) -> Result<Option<Act>, Error> {
    tx.query_opt(&OPEN, params![subscription]).await
}

/// What was done with a subscription, the newest first.
///
/// # Errors
/// As the database says.
pub async fn of(tx: &mut Tx, subscription: &str, limit: i64) -> Result<Vec<Act>, Error> {
    tx.query(&OF, params![subscription, limit]).await
}

/// What is to be done now, or looked at again; what waits longest first.
///
/// # Errors
/// As the database says.
pub async fn due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<Act>, Error> {
    tx.query(&DUE, params![now, limit]).await
}

/// Writes how far it is, over the one that was read with the progress `from`.
///
/// # Errors
/// [`Error::Stale`] if somebody else moved it, or it has ended.
pub async fn set(tx: &mut Tx, a: &Act, from: Progress) -> Result<(), Error> {
    let draft = a.draft.as_ref().map(|draft| &draft.0);
    let params = params![
        a.id, from, a.progress, a.attempt, draft, a.detail, a.tries, a.sent_at, a.next_at, a.ended_at
    ];
    changed(tx.execute(&MOVE, params).await?)
}
