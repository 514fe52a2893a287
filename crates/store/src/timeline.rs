//! Timelines, attachments and drafts.

use domain::{
    access::Visibility,
    id::{AgentId, EntryId, TicketId},
    ticket::timeline::{Actor, ActorKind, Entry, Event},
};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Error, Json, Tx, Value, params, record, sql};

record! {
    struct Row {
        id: EntryId,
        seq: i64,
        at: Timestamp,
        actor: ActorKind,
        actor_id: Option<Uuid>,
        data: Json<Event>,
    }

    /// A file that came or went with a message.
    pub struct Attachment {
        /// The entry that has it.
        pub entry: EntryId,
        /// Its place in the entry, from 0.
        pub position: i64,
        /// The ticket.
        pub ticket: TicketId,
        /// Its name, as the sender gave it.
        pub name: String,
        /// Its type, as the sender gave it: never to be served as such.
        pub content_type: String,
        /// Its size in bytes.
        pub size: i64,
        /// The SHA-256 of its content.
        pub hash: crate::blob::Hash,
        /// The content id of an inline picture.
        pub content_id: Option<String>,
    }

    /// What an agent has begun to write.
    pub struct Draft {
        /// `reply` or `note`.
        pub kind: String,
        /// As far as it goes.
        pub body: String,
        /// When it was saved.
        pub at: Timestamp,
    }
}

sql! {
    desk APPEND = "INSERT INTO timeline (desk_id, ticket_id, seq, id, at, actor, actor_id, visibility, data) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    desk PAGE = "SELECT id, seq, at, actor, actor_id, data FROM timeline \
        WHERE desk_id = $1 AND ticket_id = $2 AND seq < $3 \
        AND (visibility = 'public' OR CAST($5 AS TEXT) = 'internal') ORDER BY seq DESC LIMIT $4";
    desk ENTRY = "SELECT id, seq, at, actor, actor_id, data FROM timeline \
        WHERE desk_id = $1 AND id = $2 AND ticket_id = $3";
    desk HIDE = "UPDATE timeline SET visibility = 'internal' WHERE desk_id = $1 AND id = $2 AND ticket_id = $3";
    desk ATTACH = "INSERT INTO attachments (desk_id, entry_id, position, ticket_id, name, content_type, size, hash, \
        content_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    desk ATTACHMENTS = "SELECT entry_id, position, ticket_id, name, content_type, size, hash, content_id \
        FROM attachments WHERE desk_id = $1 AND ticket_id = $2 ORDER BY entry_id, position";
    desk PASSABLE = "SELECT a.entry_id, a.position, a.ticket_id, a.name, a.content_type, a.size, a.hash, \
        a.content_id FROM attachments a JOIN timeline e ON e.desk_id = $1 AND e.id = a.entry_id \
        WHERE a.desk_id = $1 AND a.ticket_id = $2 AND e.visibility = 'public' ORDER BY e.seq, a.position";
    desk ATTACHMENT = "SELECT a.entry_id, a.position, a.ticket_id, a.name, a.content_type, a.size, a.hash, \
        a.content_id FROM attachments a JOIN timeline e ON e.desk_id = $1 AND e.id = a.entry_id \
        WHERE a.desk_id = $1 AND a.ticket_id = $2 AND a.entry_id = $3 AND a.position = $4 \
        AND (e.visibility = 'public' OR CAST($5 AS TEXT) = 'internal')";
    desk SAVE_DRAFT = "INSERT INTO drafts (desk_id, ticket_id, agent_id, kind, body, at) \
        VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (desk_id, ticket_id, agent_id, kind) DO UPDATE SET body = excluded.body, at = excluded.at";
    desk DROP_DRAFT = "DELETE FROM drafts WHERE desk_id = $1 AND ticket_id = $2 AND agent_id = $3 AND kind = $4";
    desk DRAFTS = "SELECT kind, body, at FROM drafts WHERE desk_id = $1 AND ticket_id = $2 AND agent_id = $3 \
        ORDER BY kind";
}

impl Row {
    fn entry(self) -> Entry {
        let actor = Actor::of(self.actor, self.actor_id);
        Entry { id: self.id, seq: self.seq, at: self.at, actor, event: self.data.0 }
    }
}

/// Appends an entry.
///
/// # Errors
/// As the database says.
pub async fn append(tx: &mut Tx, ticket: TicketId, entry: &Entry) -> Result<(), Error> {
    let (actor, actor_id, visibility) = (entry.actor.kind(), entry.actor.id(), entry.event.visibility());
    let data = Value::json(&entry.event)?;
    let params = params![ticket, entry.seq, entry.id, entry.at, actor, actor_id, visibility, data];
    tx.put(&APPEND, params).await
}

/// The newest entries before place `before` (or the newest of all), oldest first, as far as `sees` allows.
///
/// # Errors
/// As the database says.
pub async fn page(
    tx: &mut Tx,
    ticket: TicketId,
    before: Option<i64>,
    limit: i64,
    sees: Visibility,
) -> Result<Vec<Entry>, Error> {
    let before = before.unwrap_or(i64::MAX);
    let params = params![ticket, before, limit, sees];
    let mut rows: Vec<Row> = tx.query(&PAGE, params).await?;
    rows.reverse();
    Ok(rows.into_iter().map(Row::entry).collect())
}

/// One entry of a ticket. Whether it may be seen is for the caller to ask of its event.
///
/// # Errors
/// As the database says.
pub async fn entry(tx: &mut Tx, ticket: TicketId, id: EntryId) -> Result<Option<Entry>, Error> {
    Ok(tx.query_opt::<Row>(&ENTRY, params![id, ticket]).await?.map(Row::entry))
}

/// Hides an entry from customers: a reply that was taken back. Its text stays as it was written.
///
/// # Errors
/// As the database says.
pub async fn hide(tx: &mut Tx, ticket: TicketId, id: EntryId) -> Result<(), Error> {
    tx.execute(&HIDE, params![id, ticket]).await.map(drop)
}

/// Adds a file to an entry. Its content must be stored as a blob in the same transaction.
///
/// # Errors
/// As the database says.
pub async fn attach(tx: &mut Tx, a: &Attachment) -> Result<(), Error> {
    let params = params![a.entry, a.position, a.ticket, a.name, a.content_type, a.size, a.hash, a.content_id];
    tx.put(&ATTACH, params).await
}

/// Every file of a ticket. Those of internal entries are for the caller to leave out.
///
/// # Errors
/// As the database says.
pub async fn attachments(tx: &mut Tx, ticket: TicketId) -> Result<Vec<Attachment>, Error> {
    tx.query(&ATTACHMENTS, params![ticket]).await
}

/// The files of a ticket that may go to a supplier, the oldest first: those that its customer sees, too.
///
/// # Errors
/// As the database says.
pub async fn passable(tx: &mut Tx, ticket: TicketId) -> Result<Vec<Attachment>, Error> {
    tx.query(&PASSABLE, params![ticket]).await
}

/// One file, if its entry may be seen.
///
/// # Errors
/// As the database says.
pub async fn attachment(
    tx: &mut Tx,
    ticket: TicketId,
    entry: EntryId,
    position: i64,
    sees: Visibility,
) -> Result<Option<Attachment>, Error> {
    tx.query_opt(&ATTACHMENT, params![ticket, entry, position, sees]).await
}

/// Keeps what an agent has begun to write; an empty text forgets it.
///
/// # Errors
/// As the database says.
pub async fn save_draft(tx: &mut Tx, ticket: TicketId, agent: AgentId, draft: &Draft) -> Result<(), Error> {
    if draft.body.is_empty() {
        return tx.execute(&DROP_DRAFT, params![ticket, agent, draft.kind]).await.map(drop);
    }
    tx.execute(&SAVE_DRAFT, params![ticket, agent, draft.kind, draft.body, draft.at]).await.map(drop)
}

/// What an agent has begun to write on a ticket.
///
/// # Errors
/// As the database says.
pub async fn drafts(tx: &mut Tx, ticket: TicketId, agent: AgentId) -> Result<Vec<Draft>, Error> {
    tx.query(&DRAFTS, params![ticket, agent]).await
}
