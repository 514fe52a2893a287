//! Mailboxes, and every raw message that came in.

use domain::{
    access::Reader,
    email_address::EmailAddress,
    id::{EntryId, InboxId, MailboxId, TicketId},
    ticket::{
        intake::{Outcome, Why},
        kinds::{Kind, Service},
    },
    words,
};
use jiff::Timestamp;

use crate::{Error, Json, Tx, circles::Named, params, record, sql, stored_words};

words! {
    /// How far a raw message has come.
    pub enum State {
        /// Nothing has been made of it yet.
        Waiting = "waiting",
        /// It has had its effect.
        Done = "done",
        /// It could not be processed: parked in sight, with its bytes.
        Quarantined = "quarantined",
    }
}

stored_words! { State, Outcome, Why }

record! {
    /// A mailbox from which the desk takes mail, and in whose name it writes.
    pub struct Mailbox {
        /// Its id.
        pub id: MailboxId,
        /// The name that customers read.
        pub name: String,
        /// Its address.
        pub address: EmailAddress,
        /// How it is read, if it is; the shape is `app`'s.
        pub source: Option<Json<serde_json::Value>>,
        /// Where reading stands; the shape is `app`'s.
        pub progress: Json<serde_json::Value>,
        /// How reading fares; the shape is `app`'s.
        pub health: Json<serde_json::Value>,
        /// What its mail is about, unless somebody knows better.
        pub kind: Kind,
        /// For which service.
        pub service: Service,
        /// Rises with every change of its settings.
        pub version: i64,
    }

    /// A raw message.
    pub struct Raw {
        /// Its id.
        pub id: InboxId,
        /// The mailbox, or the way by which it came.
        pub source: String,
        /// The SHA-256 of its bytes, which are a blob.
        pub digest: crate::blob::Hash,
        /// Its size in bytes.
        pub size: i64,
        /// When it was accepted.
        pub received_at: Timestamp,
        /// What was said about it when it was handed in; the shape is `app`'s.
        pub envelope: Json<serde_json::Value>,
        /// How far it has come.
        pub state: State,
        /// What became of it.
        pub outcome: Option<Outcome>,
        /// Why.
        pub why: Option<Why>,
        /// Its sender, as far as it could be read.
        pub sender: String,
        /// Its subject, as far as it could be read.
        pub subject: String,
        /// The ticket that it made or joined.
        pub ticket: Option<TicketId>,
        /// Its entry there.
        pub entry: Option<EntryId>,
        /// How often processing has failed.
        pub attempts: i64,
    }

    /// How the inbox of a desk stands.
    pub struct Waiting {
        /// How many messages wait.
        pub waiting: i64,
        /// Since when the oldest does.
        pub oldest: Option<Timestamp>,
        /// How many are parked.
        pub quarantined: i64,
    }
}

macro_rules! raw {
    ($rest:literal) => {
        concat!(
            "SELECT id, source, digest, size, received_at, envelope, state, outcome, why, sender, subject, ticket_id, \
             entry_id, attempts FROM inbox WHERE desk_id = $1 ",
            $rest
        )
    };
}
macro_rules! mailbox {
    ($rest:literal) => {
        concat!(
            "SELECT id, name, address, source, progress, health, kind, service, version FROM mailboxes \
             WHERE desk_id = $1 ",
            $rest
        )
    };
}

sql! {
    desk ADD_MAILBOX = "INSERT INTO mailboxes (desk_id, id, name, address, source, progress, health, kind, service) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    desk MAILBOX = mailbox!("AND id = $2");
    desk MAILBOX_AT = mailbox!("AND address = $2");
    desk MAILBOXES = mailbox!("ORDER BY name, id");
    desk UPDATE_MAILBOX = "UPDATE mailboxes SET name = $3, source = $4, kind = $5, service = $6, version = version + 1 \
        WHERE desk_id = $1 AND id = $2 AND version = $7";
    desk DROP_MAILBOX = "DELETE FROM mailboxes WHERE desk_id = $1 AND id = $2";
    desk SET_PROGRESS = "UPDATE mailboxes SET progress = $3 WHERE desk_id = $1 AND id = $2";
    desk SET_HEALTH = "UPDATE mailboxes SET health = $3 WHERE desk_id = $1 AND id = $2";
    desk ACCEPT = "INSERT INTO inbox (desk_id, id, source, digest, size, received_at, envelope, state) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting') ON CONFLICT (desk_id, source, digest) DO NOTHING";
    desk BY_DIGEST = raw!("AND source = $2 AND digest = $3");
    desk GET = raw!("AND id = $2");
    desk OF_ENTRY = raw!("AND entry_id = $2");
    desk PAGE = concat!("SELECT i.id, i.source, i.digest, i.size, i.received_at, i.envelope, i.state, i.outcome, i.why, \
        i.sender, i.subject, i.ticket_id, i.entry_id, i.attempts FROM inbox i \
        LEFT JOIN tickets t ON t.desk_id = $1 AND t.id = i.ticket_id \
        WHERE i.desk_id = $1 AND i.state = $2 AND (i.received_at, i.id) < ($3, $4) AND ",
        crate::circles::shown_to!("$6", "$7"), " ORDER BY i.received_at DESC, i.id DESC LIMIT $5");
    desk SAME = raw!("AND same = $2");
    desk IMPORTED = "SELECT ticket_id, entry_id FROM inbox WHERE desk_id = $1 AND message = $2 \
        AND ticket_id IS NOT NULL AND entry_id IS NOT NULL ORDER BY id LIMIT 10";
    desk FINISH = "UPDATE inbox SET state = 'done', outcome = $3, why = $4, sender = $5, subject = $6, \
        ticket_id = $7, entry_id = $8, same = $9, message = $10 WHERE desk_id = $1 AND id = $2 AND state = 'waiting'";
    desk FAILED = "UPDATE inbox SET attempts = attempts + 1, state = $3, why = $4 \
        WHERE desk_id = $1 AND id = $2 AND state = 'waiting'";
    desk REVIVE = "UPDATE inbox SET state = 'waiting', attempts = 0, why = NULL \
        WHERE desk_id = $1 AND id = $2 AND state = 'quarantined'";
    desk WAITING = "SELECT \
        (SELECT COUNT(*) FROM (SELECT 1 FROM inbox WHERE desk_id = $1 AND state = 'waiting' LIMIT 10000) w), \
        (SELECT MIN(received_at) FROM inbox WHERE desk_id = $1 AND state = 'waiting'), \
        (SELECT COUNT(*) FROM (SELECT 1 FROM inbox WHERE desk_id = $1 AND state = 'quarantined' LIMIT 10000) q)";
    desk SENDER = "SELECT since, count, ticket_id FROM senders WHERE desk_id = $1 AND address = $2";
    desk SENT_ONE = "INSERT INTO senders (desk_id, address, since, count, ticket_id) VALUES ($1, $2, $3, 1, $4) \
        ON CONFLICT (desk_id, address) DO UPDATE SET ticket_id = excluded.ticket_id, \
        count = CASE WHEN senders.since < $5 THEN 1 ELSE senders.count + 1 END, \
        since = CASE WHEN senders.since < $5 THEN excluded.since ELSE senders.since END";
}

/// Adds a mailbox. Its address is registered by [`crate::installation::add_address`].
///
/// # Errors
/// As the database says.
pub async fn add_mailbox(tx: &mut Tx, m: &Mailbox) -> Result<(), Error> {
    let source = m.source.as_ref().map(|s| &s.0);
    let params = params![m.id, m.name, m.address, source, m.progress.0, m.health.0, m.kind, m.service];
    tx.execute(&ADD_MAILBOX, params).await.map(drop)
}

/// One mailbox.
///
/// # Errors
/// As the database says.
pub async fn mailbox(tx: &mut Tx, id: MailboxId) -> Result<Option<Mailbox>, Error> {
    tx.query_opt(&MAILBOX, params![id]).await
}

/// The mailbox of this address.
///
/// # Errors
/// As the database says.
pub async fn mailbox_at(tx: &mut Tx, address: &EmailAddress) -> Result<Option<Mailbox>, Error> {
    tx.query_opt(&MAILBOX_AT, params![address]).await
}

/// Every mailbox, by name.
///
/// # Errors
/// As the database says.
pub async fn mailboxes(tx: &mut Tx) -> Result<Vec<Mailbox>, Error> {
    tx.query(&MAILBOXES, &[]).await
}

/// Writes a mailbox's settings over those that were read.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn update_mailbox(tx: &mut Tx, m: &Mailbox) -> Result<(), Error> {
    let source = m.source.as_ref().map(|s| &s.0);
    let params = params![m.id, m.name, source, m.kind, m.service, m.version];
    if tx.execute(&UPDATE_MAILBOX, params).await? == 0 { Err(Error::Stale) } else { Ok(()) }
}

/// Deletes a mailbox; what came through it stays.
///
/// # Errors
/// As the database says.
pub async fn drop_mailbox(tx: &mut Tx, id: MailboxId) -> Result<(), Error> {
    tx.execute(&DROP_MAILBOX, params![id]).await.map(drop)
}

/// Notes where reading a mailbox stands.
///
/// # Errors
/// As the database says.
pub async fn set_progress(tx: &mut Tx, id: MailboxId, progress: &serde_json::Value) -> Result<(), Error> {
    tx.execute(&SET_PROGRESS, params![id, progress]).await.map(drop)
}

/// Notes how reading a mailbox fares.
///
/// # Errors
/// As the database says.
pub async fn set_health(tx: &mut Tx, id: MailboxId, health: &serde_json::Value) -> Result<(), Error> {
    tx.execute(&SET_HEALTH, params![id, health]).await.map(drop)
}

/// A raw message that is handed in.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// Its id, if it is new.
    pub id: InboxId,
    /// The mailbox, or the way by which it comes.
    pub source: String,
    /// The SHA-256 of its bytes.
    pub digest: crate::blob::Hash,
    /// Its size in bytes.
    pub size: i64,
    /// When.
    pub received_at: Timestamp,
    /// What was said about it.
    pub envelope: serde_json::Value,
}

/// Keeps a raw message; whether it is new. The same bytes by the same way are the same message.
///
/// # Errors
/// As the database says.
pub async fn accept(tx: &mut Tx, a: &Accepted) -> Result<bool, Error> {
    let params = params![a.id, a.source, a.digest, a.size, a.received_at, a.envelope];
    Ok(tx.execute(&ACCEPT, params).await? > 0)
}

/// The message of these bytes that came by this way.
///
/// # Errors
/// As the database says.
pub async fn by_digest(tx: &mut Tx, source: &str, digest: crate::blob::Hash) -> Result<Option<Raw>, Error> {
    tx.query_opt(&BY_DIGEST, params![source, digest]).await
}

/// One raw message.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: InboxId) -> Result<Option<Raw>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// The raw message behind an entry of a timeline.
///
/// # Errors
/// As the database says.
pub async fn of_entry(tx: &mut Tx, entry: EntryId) -> Result<Option<Raw>, Error> {
    tx.query_opt(&OF_ENTRY, params![entry]).await
}

/// The message with the same Message-ID, sender and body that was processed before.
///
/// # Errors
/// As the database says.
pub async fn same(tx: &mut Tx, same: &[u8]) -> Result<Option<Raw>, Error> {
    tx.query_opt(&SAME, params![same]).await
}

/// The tickets, and the entries there, of the imported messages with this Message-ID, hashed: the oldest ten. Several
/// messages can claim one id.
///
/// # Errors
/// As the database says.
pub async fn imported(tx: &mut Tx, message: &[u8]) -> Result<Vec<(TicketId, EntryId)>, Error> {
    tx.query(&IMPORTED, params![message]).await
}

/// Raw messages in a state, the newest first, without those of tickets that are not shown to the reader.
///
/// # Errors
/// As the database says.
pub async fn page(
    tx: &mut Tx,
    reader: Reader,
    state: State,
    before: Option<(Timestamp, InboxId)>,
    limit: i64,
) -> Result<Vec<Raw>, Error> {
    let (at, id) = before.unwrap_or((crate::tickets::NEVER, InboxId::from_uuid(uuid::Uuid::max())));
    let Named { agent, pattern } = reader.into();
    tx.query(&PAGE, params![state, at, id, limit, agent, pattern]).await
}

/// What became of a raw message.
#[derive(Clone, Debug)]
pub struct Finished {
    /// What.
    pub outcome: Outcome,
    /// Why.
    pub why: Option<Why>,
    /// Its sender, for people.
    pub sender: String,
    /// Its subject, for people.
    pub subject: String,
    /// The ticket that it made or joined.
    pub ticket: Option<TicketId>,
    /// Its entry there.
    pub entry: Option<EntryId>,
    /// What makes another message the same; none for a duplicate.
    pub same: Option<[u8; 32]>,
    /// Its Message-ID, hashed, if an import took it in: what [`imported`] finds.
    pub message: Option<[u8; 32]>,
}

/// Notes what became of a waiting message. It has its effect in this transaction, or had it before.
///
/// # Errors
/// [`Error::Stale`] if it does not wait any more.
pub async fn finish(tx: &mut Tx, id: InboxId, f: &Finished) -> Result<(), Error> {
    let params = params![id, f.outcome, f.why, f.sender, f.subject, f.ticket, f.entry, f.same, f.message];
    if tx.execute(&FINISH, params).await? == 0 { Err(Error::Stale) } else { Ok(()) }
}

/// Notes that processing a message failed: it waits on, or is parked.
///
/// # Errors
/// As the database says.
pub async fn failed(tx: &mut Tx, id: InboxId, state: State, why: Why) -> Result<(), Error> {
    tx.execute(&FAILED, params![id, state, why]).await.map(drop)
}

/// Lets a parked message wait again; whether it was parked.
///
/// # Errors
/// As the database says.
pub async fn revive(tx: &mut Tx, id: InboxId) -> Result<bool, Error> {
    Ok(tx.execute(&REVIVE, params![id]).await? > 0)
}

/// How the inbox stands; counts end at 10,000.
///
/// # Errors
/// As the database says.
pub async fn waiting(tx: &mut Tx) -> Result<Waiting, Error> {
    tx.query_one(&WAITING, &[]).await
}

/// How many tickets an address has opened since when, and the newest of them.
///
/// # Errors
/// As the database says.
pub async fn sender(tx: &mut Tx, address: &str) -> Result<Option<(Timestamp, i64, TicketId)>, Error> {
    tx.query_opt(&SENDER, params![address]).await
}

/// Counts a ticket opened by an address; a window begun before `oldest` begins anew.
///
/// # Errors
/// As the database says.
pub async fn sender_opened(
    tx: &mut Tx,
    address: &str,
    ticket: TicketId,
    now: Timestamp,
    oldest: Timestamp,
) -> Result<(), Error> {
    tx.put(&SENT_ONE, params![address, now, ticket, oldest]).await
}
