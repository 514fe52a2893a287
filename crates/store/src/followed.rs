//! Hand-overs that go on at Microsoft: what is filed there, how reading it fares, and what is still to be said.

use domain::{
    id::{AgentId, HandoverId},
    ticket::kinds::Severity,
};
use jiff::Timestamp;
use serde_json::Value as Any;
use uuid::Uuid;

use crate::{Error, Json, Tx, Value, params, people::changed, record, sql};

record! {
    /// A hand-over that goes on at Microsoft.
    pub struct Followed {
        /// The hand-over.
        pub handover: HandoverId,
        /// Who handed it over: is told where nobody has the ticket.
        pub agent: AgentId,
        /// How reading it fares, as a word.
        pub state: String,
        /// Microsoft's words for that.
        pub detail: String,
        /// How often in a row it failed.
        pub failures: i64,
        /// Microsoft's word for where the request stands; empty before it was read.
        pub status: String,
        /// What is filed, as it was decided; null where a person files it.
        pub filing: Json<Any>,
        /// When filing was tried last.
        pub tried_at: Option<Timestamp>,
        /// What was heard, so that nothing is heard twice.
        pub heard: Json<Vec<String>>,
        /// When anything was new last.
        pub moved_at: Timestamp,
        /// When it was read last.
        pub read_at: Option<Timestamp>,
        /// When somebody was told that it needs a person.
        pub told_at: Option<Timestamp>,
        /// When it is looked at next; [`NEVER`](crate::tickets::NEVER) where nothing follows.
        pub next_at: Timestamp,
        /// Rises with every change.
        pub version: i64,
    }

    /// Something that is to be said there.
    pub struct Word {
        /// Its id, by which Microsoft knows it where it can be named.
        pub id: Uuid,
        /// What.
        pub text: String,
        /// The severity that it says, if it does.
        pub severity: Option<Severity>,
        /// Under which id Microsoft takes the attempt at most once.
        pub attempt: Uuid,
        /// How many attempts there were.
        pub tries: i64,
        /// When it was written.
        pub created_at: Timestamp,
    }
}

macro_rules! followed {
    () => {
        "SELECT handover_id, agent_id, state, detail, failures, status, filing, tried_at, heard, moved_at, read_at, \
         told_at, next_at, version FROM followed WHERE desk_id = $1 "
    };
}

sql! {
    desk ADD = "INSERT INTO followed (desk_id, handover_id, agent_id, state, detail, failures, status, filing, tried_at, \
        heard, moved_at, read_at, told_at, next_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    desk UPDATE = "UPDATE followed SET state = $3, detail = $4, failures = $5, status = $6, filing = $7, tried_at = $8, \
        heard = $9, moved_at = $10, read_at = $11, told_at = $12, next_at = $13, version = version + 1 \
        WHERE desk_id = $1 AND handover_id = $2 AND version = $14";
    desk GET = concat!(followed!(), "AND handover_id = $2");
    desk DUE = concat!(followed!(), "AND next_at <= $2 ORDER BY next_at, handover_id LIMIT $3");
    desk SOONER = "UPDATE followed SET next_at = $3 WHERE desk_id = $1 AND handover_id = $2 AND next_at > $3";
    desk HASTEN = "UPDATE followed SET next_at = $2 WHERE desk_id = $1 AND next_at > $2 AND next_at < $3";
    desk REMOVE = "DELETE FROM followed WHERE desk_id = $1 AND handover_id = $2";
    desk SAY = "INSERT INTO followed_words (desk_id, handover_id, id, text, severity, attempt, tries, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    desk WORDS = "SELECT id, text, severity, attempt, tries, created_at FROM followed_words \
        WHERE desk_id = $1 AND handover_id = $2 ORDER BY created_at, id LIMIT 200";
    desk TRY = "UPDATE followed_words SET attempt = $4, tries = tries + 1 \
        WHERE desk_id = $1 AND handover_id = $2 AND id = $3";
    desk SAID = "DELETE FROM followed_words WHERE desk_id = $1 AND handover_id = $2 AND id = $3";
}

/// Begins to follow a hand-over.
///
/// # Errors
/// It is followed already: [`Error::is_taken`].
pub async fn add(tx: &mut Tx, f: &Followed) -> Result<(), Error> {
    let (filing, heard) = (Value::json(&f.filing.0)?, Value::json(&f.heard.0)?);
    let row = params![
        f.handover, f.agent, f.state, f.detail, f.failures, f.status, filing, f.tried_at, heard, f.moved_at,
        f.read_at, f.told_at, f.next_at
    ];
    tx.execute(&ADD, row).await.map(drop)
}

/// Writes it over the one that was read, and gives it its new version.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn update(tx: &mut Tx, f: &mut Followed) -> Result<(), Error> {
    let (filing, heard) = (Value::json(&f.filing.0)?, Value::json(&f.heard.0)?);
    let row = params![
        f.handover, f.state, f.detail, f.failures, f.status, filing, f.tried_at, heard, f.moved_at,
        f.read_at, f.told_at, f.next_at, f.version
    ];
    changed(tx.execute(&UPDATE, row).await?)?;
    f.version += 1;
    Ok(())
}

/// How a hand-over is followed, if it is.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: HandoverId) -> Result<Option<Followed>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// Those that are to be looked at by then.
///
/// # Errors
/// As the database says.
pub async fn due(tx: &mut Tx, by: Timestamp, limit: i64) -> Result<Vec<Followed>, Error> {
    tx.query(&DUE, params![by, limit]).await
}

/// Has one be looked at by then, if it is not sooner.
///
/// # Errors
/// As the database says.
pub async fn sooner(tx: &mut Tx, id: HandoverId, at: Timestamp) -> Result<(), Error> {
    tx.execute(&SOONER, params![id, at]).await.map(drop)
}

/// Has every one be looked at by then that anything follows.
///
/// # Errors
/// As the database says.
pub async fn hasten(tx: &mut Tx, at: Timestamp) -> Result<(), Error> {
    tx.execute(&HASTEN, params![at, crate::tickets::NEVER]).await.map(drop)
}

/// Follows it no more, as if it never had been.
///
/// # Errors
/// As the database says.
pub async fn remove(tx: &mut Tx, id: HandoverId) -> Result<(), Error> {
    tx.execute(&REMOVE, params![id]).await.map(drop)
}

/// Keeps something that is to be said.
///
/// # Errors
/// As the database says.
pub async fn say(tx: &mut Tx, id: HandoverId, word: &Word) -> Result<(), Error> {
    let row = params![id, word.id, word.text, word.severity, word.attempt, word.tries, word.created_at];
    tx.execute(&SAY, row).await.map(drop)
}

/// What is still to be said, the oldest first.
///
/// # Errors
/// As the database says.
pub async fn words(tx: &mut Tx, id: HandoverId) -> Result<Vec<Word>, Error> {
    tx.query(&WORDS, params![id]).await
}

/// Another attempt at saying it begins, under this id.
///
/// # Errors
/// As the database says.
pub async fn try_word(tx: &mut Tx, id: HandoverId, word: Uuid, attempt: Uuid) -> Result<(), Error> {
    tx.execute(&TRY, params![id, word, attempt]).await.map(drop)
}

/// It was said.
///
/// # Errors
/// As the database says.
pub async fn said(tx: &mut Tx, id: HandoverId, word: Uuid) -> Result<(), Error> {
    tx.execute(&SAID, params![id, word]).await.map(drop)
}
