//! Files that a message of another desk names and that have not come yet.

use domain::id::{EntryId, HandoverId, TicketId};
use jiff::Timestamp;
use serde_json::Value as Any;

use crate::{Error, Json, Tx, Value, params, record, sql};

record! {
    /// What is to come with one message.
    pub struct Awaited {
        /// The entry that the message became.
        pub entry: EntryId,
        /// Of which hand-over.
        pub handover: HandoverId,
        /// What the files are called.
        pub names: Json<Vec<String>>,
        /// What is asked for, as the job has it.
        pub question: Json<Any>,
        /// How often they were asked for in vain.
        pub tries: i64,
        /// Why they have not come; empty before the first try.
        pub why: String,
        /// When they are asked for next; none where that was given up.
        pub next_at: Option<Timestamp>,
    }
}

macro_rules! awaited {
    () => {
        "SELECT a.entry_id, a.handover_id, a.names, a.question, a.tries, a.why, a.next_at FROM awaited_files a "
    };
}

sql! {
    desk ADD = "INSERT INTO awaited_files (desk_id, entry_id, handover_id, names, question, tries, why, next_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    desk GET = concat!(awaited!(), "WHERE a.desk_id = $1 AND a.entry_id = $2");
    desk OF_TICKET = concat!(awaited!(), "JOIN handovers h ON h.desk_id = $1 AND h.id = a.handover_id \
        WHERE a.desk_id = $1 AND h.ticket_id = $2 ORDER BY a.entry_id LIMIT 200");
    desk TRIED = "UPDATE awaited_files SET tries = $3, why = $4, next_at = $5 WHERE desk_id = $1 AND entry_id = $2";
    desk CAME = "DELETE FROM awaited_files WHERE desk_id = $1 AND entry_id = $2";
}

/// Files are to come.
///
/// # Errors
/// As the database says.
pub async fn add(tx: &mut Tx, a: &Awaited) -> Result<(), Error> {
    let (names, question) = (Value::json(&a.names.0)?, Value::json(&a.question.0)?);
    let row = params![a.entry, a.handover, names, question, a.tries, a.why, a.next_at];
    tx.execute(&ADD, row).await.map(drop)
}

/// What is to come with an entry, if anything is.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, entry: EntryId) -> Result<Option<Awaited>, Error> {
    tx.query_opt(&GET, params![entry]).await
}

/// What is to come on a ticket, the oldest first.
///
/// # Errors
/// As the database says.
pub async fn of_ticket(tx: &mut Tx, ticket: TicketId) -> Result<Vec<Awaited>, Error> {
    tx.query(&OF_TICKET, params![ticket]).await
}

/// They were asked for in vain, or are asked for again; whether they are still to come.
///
/// # Errors
/// As the database says.
pub async fn tried(
    tx: &mut Tx,
    entry: EntryId,
    tries: i64,
    why: &str,
    next: Option<Timestamp>,
) -> Result<bool, Error> {
    Ok(tx.execute(&TRIED, params![entry, tries, why, next]).await? == 1)
}

/// They have come.
///
/// # Errors
/// As the database says.
pub async fn came(tx: &mut Tx, entry: EntryId) -> Result<(), Error> {
    tx.execute(&CAME, params![entry]).await.map(drop)
}
