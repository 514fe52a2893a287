//! What can be taken back for a while.

use domain::id::{AgentId, UndoId};
use jiff::Timestamp;

use crate::{Error, Tx, params, record, sql};

record! {
    /// Something that its agent can take back.
    pub struct Undo {
        /// Its id.
        pub id: UndoId,
        /// Who did it.
        pub agent: AgentId,
        /// Until when it can be taken back.
        pub until: Timestamp,
        /// How things were before, as whoever keeps it writes it.
        pub data: serde_json::Value,
    }
}

sql! {
    desk ADD = "INSERT INTO undos (desk_id, id, agent_id, until, data) VALUES ($1, $2, $3, $4, $5)";
    desk GET = "SELECT id, agent_id, until, data FROM undos WHERE desk_id = $1 AND id = $2";
    desk OPEN = "SELECT id, agent_id, until, data FROM undos WHERE desk_id = $1 AND agent_id = $2 AND until >= $3 \
        ORDER BY until DESC, id LIMIT 100";
    desk DROP = "DELETE FROM undos WHERE desk_id = $1 AND id = $2";
    desk FORGET = "DELETE FROM undos WHERE desk_id = $1 AND until < $2";
}

/// Keeps it.
///
/// # Errors
/// As the database says.
pub async fn add(tx: &mut Tx, undo: &Undo) -> Result<(), Error> {
    tx.put(&ADD, params![undo.id, undo.agent, undo.until, undo.data]).await
}

/// One, if it is still kept.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: UndoId) -> Result<Option<Undo>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// What an agent can take back at this moment, what is open longest first; at most 100.
///
/// # Errors
/// As the database says.
pub async fn open(tx: &mut Tx, agent: AgentId, now: Timestamp) -> Result<Vec<Undo>, Error> {
    tx.query(&OPEN, params![agent, now]).await
}

/// Forgets one: it was taken back.
///
/// # Errors
/// As the database says.
pub async fn forget(tx: &mut Tx, id: UndoId) -> Result<(), Error> {
    tx.put(&DROP, params![id]).await
}

/// Forgets those that could be taken back until then.
///
/// # Errors
/// As the database says.
pub async fn expire(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    tx.execute(&FORGET, params![before]).await.map(drop)
}
