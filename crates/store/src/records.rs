//! What is kept about everything: the audit log and its seals, counters, answers to repeated requests.

use std::collections::BTreeMap;

use domain::{
    access::Reader,
    deed::Deed,
    id::{AgentId, AuditId, HandoverId, TicketId},
    ticket::timeline::{Actor, ActorKind},
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    Error, Json, Tx, Value,
    circles::{Named, shown_to},
    params, record, sql,
};

record! {
    /// Who did what.
    pub struct Audited {
        /// Its id.
        pub id: AuditId,
        /// When.
        pub at: Timestamp,
        /// What kind of actor.
        pub actor: ActorKind,
        /// Which one.
        pub actor_id: Option<Uuid>,
        /// What was done, such as `ticket.reply`.
        pub action: String,
        /// To what: an id.
        pub subject: String,
        /// What changed.
        pub data: serde_json::Value,
        /// The seal that covers it, once there is one.
        pub seal: Option<i64>,
    }

    /// A seal over a batch of the log.
    pub struct Seal {
        /// Its number, from 1 without gaps.
        pub number: i64,
        /// When it was made.
        pub at: Timestamp,
        /// How many rows it covers.
        pub rows: i64,
        /// SHA-256 of the seal before and of the rows.
        pub hash: Vec<u8>,
    }

    /// The answer that a request got.
    pub struct Answered {
        /// SHA-256 of the request.
        pub request: Vec<u8>,
        /// The status.
        pub status: i64,
        /// The body.
        pub body: serde_json::Value,
    }
}

sql! {
    desk AUDIT = "INSERT INTO audit (desk_id, id, at, actor, actor_id, action, subject, data) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    desk LOG = "SELECT id, at, actor, actor_id, action, subject, data, seal FROM audit \
        WHERE desk_id = $1 AND id < $2 AND NOT ($4 LIKE '%,' || subject || ',%') ORDER BY id DESC LIMIT $3";
    // What nobody has is shown neither yes nor no: NOT would leave it out.
    desk HIDDEN = concat!("SELECT t.id, h.id FROM tickets t \
        LEFT JOIN handovers h ON h.desk_id = $1 AND h.ticket_id = t.id \
        WHERE t.desk_id = $1 AND t.circle IS NOT NULL AND CASE WHEN ", shown_to!("$2", "$3"), " THEN 1 ELSE 0 END = 0");
    desk LOG_SINCE = "SELECT id, at, actor, actor_id, action, subject, data, seal FROM audit \
        WHERE desk_id = $1 AND id > $2 ORDER BY id LIMIT 1000";
    desk UNSEALED = "SELECT id, at, actor, actor_id, action, subject, data, seal FROM audit \
        WHERE desk_id = $1 AND seal IS NULL ORDER BY id LIMIT 1000";
    desk SEALED = "SELECT id, at, actor, actor_id, action, subject, data, seal FROM audit \
        WHERE desk_id = $1 AND seal = $2 ORDER BY id";
    desk PUT_SEAL = "UPDATE audit SET seal = $3 WHERE desk_id = $1 AND id = $2 AND seal IS NULL";
    desk ADD_SEAL = "INSERT INTO seals (desk_id, number, at, rows, hash) VALUES ($1, $2, $3, $4, $5)";
    desk LAST_SEAL = "SELECT number, at, rows, hash FROM seals WHERE desk_id = $1 ORDER BY number DESC LIMIT 1";
    desk SEAL = "SELECT number, at, rows, hash FROM seals WHERE desk_id = $1 AND number = $2";
    desk CHANGE = "INSERT INTO counter_changes (desk_id, id, deltas) VALUES ($1, $2, $3)";
    desk COUNTS = "SELECT key, value, NULL FROM counters WHERE desk_id = $1 \
        UNION ALL SELECT NULL, COUNT(*), deltas FROM counter_changes WHERE desk_id = $1 GROUP BY deltas";
    desk CHANGES = "SELECT id, deltas FROM counter_changes WHERE desk_id = $1 ORDER BY id LIMIT 1000";
    desk DROP_CHANGES = "DELETE FROM counter_changes WHERE desk_id = $1 AND id <= $2";
    desk ADD_TO_COUNTER = "INSERT INTO counters (desk_id, key, value) VALUES ($1, $2, $3) \
        ON CONFLICT (desk_id, key) DO UPDATE SET value = counters.value + excluded.value";
    desk ANSWER = "SELECT request, status, body FROM idempotency WHERE desk_id = $1 AND agent_id = $2 AND key = $3";
    desk KEEP_ANSWER = "INSERT INTO idempotency (desk_id, agent_id, key, request, status, body, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    desk FORGET_ANSWERS = "DELETE FROM idempotency WHERE desk_id = $1 AND at < $2";
}

/// Something to be noted in the audit log.
#[derive(Clone, Debug)]
pub struct Act {
    /// Its id.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What was done.
    pub deed: Deed,
    /// To what: an id.
    pub subject: String,
    /// What changed. Ids and words, never contents or secrets.
    pub data: serde_json::Value,
}

/// Notes an act in the transaction in which it is done.
///
/// # Errors
/// As the database says.
pub async fn audit(tx: &mut Tx, a: &Act) -> Result<(), Error> {
    let (actor, actor_id, deed) = (a.actor.kind(), a.actor.id(), a.deed.word());
    let params = params![a.id, a.at, actor, actor_id, deed, a.subject, a.data];
    tx.put(&AUDIT, params).await
}

/// The log, the newest first, without what was done with tickets that are not shown to the reader.
///
/// # Errors
/// As the database says.
pub async fn log(
    tx: &mut Tx,
    reader: Reader,
    before: Option<AuditId>,
    limit: i64,
) -> Result<Vec<Audited>, Error> {
    let Named { agent, pattern } = reader.into();
    let rows: Vec<(TicketId, Option<HandoverId>)> = tx.query(&HIDDEN, params![agent, pattern]).await?;
    let mut hidden = String::from(",");
    for (ticket, handover) in rows {
        hidden += &format!("{ticket},");
        hidden.extend(handover.map(|handover| format!("{handover},")));
    }
    tx.query(&LOG, params![before.unwrap_or(AuditId::from_uuid(Uuid::max())), limit, hidden]).await
}

/// The log after an id, the oldest first, at most 1,000 rows.
///
/// # Errors
/// As the database says.
pub async fn log_since(tx: &mut Tx, id: AuditId) -> Result<Vec<Audited>, Error> {
    tx.query(&LOG_SINCE, params![id]).await
}

impl Audited {
    /// The row in one unambiguous form: every field with its length before it.
    fn digest_into(&self, hash: &mut Sha256) {
        let mut field = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        };
        field(self.id.uuid().as_bytes());
        field(&self.at.as_microsecond().to_be_bytes());
        field(self.actor.word().as_bytes());
        field(self.actor_id.map(|id| *id.as_bytes()).as_ref().map_or(&[], |id| &id[..]));
        field(self.action.as_bytes());
        field(self.subject.as_bytes());
        // serde_json orders the keys of an object, so the text is the same from both databases.
        field(self.data.to_string().as_bytes());
    }
}

fn seal_hash(before: Option<&Seal>, number: i64, rows: &[Audited]) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(before.map_or(&[][..], |seal| &seal.hash));
    hash.update(number.to_be_bytes());
    for row in rows {
        row.digest_into(&mut hash);
    }
    hash.finalize().to_vec()
}

/// Seals what is not sealed yet, at most 1,000 rows; how many there were. Run by one at a time.
///
/// # Errors
/// Somebody else sealed at the same time: [`Error::is_taken`].
pub async fn seal(tx: &mut Tx, now: Timestamp) -> Result<usize, Error> {
    let rows: Vec<Audited> = tx.query(&UNSEALED, &[]).await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let last: Option<Seal> = tx.query_opt(&LAST_SEAL, &[]).await?;
    let number = last.as_ref().map_or(1, |seal| seal.number + 1);
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    tx.execute(&ADD_SEAL, params![number, now, count, seal_hash(last.as_ref(), number, &rows)]).await?;
    for row in &rows {
        tx.execute(&PUT_SEAL, params![row.id, number]).await?;
    }
    Ok(rows.len())
}

/// What verifying the seals found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verified {
    /// Every seal up to this one matches its rows.
    Whole {
        /// The number of the last seal; 0 if there is none.
        seals: i64,
        /// How many rows they cover.
        rows: i64,
    },
    /// This seal does not match: a row was changed, added or removed after it was sealed, or a seal is missing.
    Broken {
        /// Its number.
        seal: i64,
    },
}

/// Computes the next seal again; `from` is the one verified before it. None at the end.
///
/// # Errors
/// As the database says.
pub async fn verify_next(tx: &mut Tx, from: Option<Seal>) -> Result<Option<Result<Seal, i64>>, Error> {
    let number = from.as_ref().map_or(1, |seal| seal.number + 1);
    let Some(seal) = tx.query_opt::<Seal>(&SEAL, params![number]).await? else {
        let last: Option<Seal> = tx.query_opt(&LAST_SEAL, &[]).await?;
        return Ok(last.filter(|last| last.number > number).map(|_| Err(number)));
    };
    let rows: Vec<Audited> = tx.query(&SEALED, params![number]).await?;
    let whole = seal.rows == i64::try_from(rows.len()).unwrap_or(i64::MAX)
        && seal.hash == seal_hash(from.as_ref(), number, &rows);
    Ok(Some(if whole { Ok(seal) } else { Err(number) }))
}

/// By how much counters rise or fall together.
pub type Deltas = BTreeMap<String, i64>;

/// Changes counters. The change is a row of its own, so that no counter's row is hot.
///
/// # Errors
/// As the database says.
pub async fn count(tx: &mut Tx, id: Uuid, deltas: &Deltas) -> Result<(), Error> {
    tx.put(&CHANGE, params![id, Value::json(deltas)?]).await
}

/// Every counter.
///
/// # Errors
/// As the database says.
pub async fn counts(tx: &mut Tx) -> Result<Deltas, Error> {
    let rows: Vec<(Option<String>, i64, Option<Json<Deltas>>)> = tx.query(&COUNTS, &[]).await?;
    let mut counts = Deltas::new();
    for (key, value, deltas) in rows {
        if let Some(key) = key {
            *counts.entry(key).or_default() += value;
        }
        for (key, delta) in deltas.map(|Json(deltas)| deltas).unwrap_or_default() {
            *counts.entry(key).or_default() += delta * value;
        }
    }
    Ok(counts)
}

/// Folds changes into their counters, at most 1,000; how many there were.
///
/// # Errors
/// As the database says.
pub async fn fold_counts(tx: &mut Tx) -> Result<usize, Error> {
    let changes: Vec<(Uuid, Json<Deltas>)> = tx.query(&CHANGES, &[]).await?;
    let Some((last, _)) = changes.last() else { return Ok(0) };
    // The transaction sees no others up to this one: it has seen one moment of the table.
    tx.execute(&DROP_CHANGES, params![last]).await?;
    let count = changes.len();
    let mut sums = Deltas::new();
    for (key, delta) in changes.into_iter().flat_map(|(_, Json(deltas))| deltas) {
        *sums.entry(key).or_default() += delta;
    }
    for (key, sum) in sums.into_iter().filter(|(_, sum)| *sum != 0) {
        tx.execute(&ADD_TO_COUNTER, params![key, sum]).await?;
    }
    Ok(count)
}

/// The answer that a request with this key got before.
///
/// # Errors
/// As the database says.
pub async fn answer(tx: &mut Tx, agent: AgentId, key: &str) -> Result<Option<Answered>, Error> {
    tx.query_opt(&ANSWER, params![agent, key]).await
}

/// Keeps the answer to a request.
///
/// # Errors
/// Another request with this key was answered at the same time: [`Error::is_taken`].
pub async fn keep_answer(
    tx: &mut Tx,
    agent: AgentId,
    key: &str,
    answer: &Answered,
    now: Timestamp,
) -> Result<(), Error> {
    let params = params![agent, key, answer.request, answer.status, answer.body, now];
    tx.put(&KEEP_ANSWER, params).await
}

/// Forgets answers given before then.
///
/// # Errors
/// As the database says.
pub async fn forget_answers(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    tx.execute(&FORGET_ANSWERS, params![before]).await.map(drop)
}
