//! Time that was worked on tickets, and the timers that run.

use domain::id::{AgentId, PrepaidId, TicketId, TimeEntryId};
use jiff::Timestamp;

use crate::{Error, Json, Tx, Value, params, record, sql};

record! {
    /// Time that was worked. Never changed: a correction is an entry that replaces another one.
    pub struct TimeEntry {
        /// Its id.
        pub id: TimeEntryId,
        /// On which ticket.
        pub ticket: TicketId,
        /// In which round of it.
        pub round: i64,
        /// Whose work it was.
        pub agent: AgentId,
        /// On which day: `2026-03-31`.
        pub day: String,
        /// For how many minutes.
        pub minutes: u32,
        /// How many count: full increments.
        pub charged: u32,
        /// Whether it is charged for.
        pub chargeable: bool,
        /// What was done.
        pub note: String,
        /// Why it is not charged for, or why it was corrected; may be empty.
        pub reason: String,
        /// The entry in whose place it stands.
        pub replaces: Option<TimeEntryId>,
        /// What it took from which prepaid contract, in minutes.
        pub drawn: Json<Vec<(PrepaidId, u32)>>,
        /// Who wrote it.
        pub by: AgentId,
        /// When.
        pub at: Timestamp,
    }

    /// A timer that runs.
    pub struct Timer {
        /// Whose.
        pub agent: AgentId,
        /// On which ticket.
        pub ticket: TicketId,
        /// Since when.
        pub since: Timestamp,
    }
}

macro_rules! entry {
    () => {
        "SELECT id, ticket_id, round, agent_id, day, minutes, charged, chargeable, note, reason, replaces, drawn, \
         by_agent, at FROM time_entries WHERE desk_id = $1 "
    };
}

sql! {
    desk ADD = "INSERT INTO time_entries (desk_id, id, ticket_id, round, agent_id, day, minutes, charged, chargeable, note, \
        reason, replaces, drawn, by_agent, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    desk GET = concat!(entry!(), "AND id = $2");
    desk OF_TICKET = concat!(entry!(), "AND ticket_id = $2 ORDER BY id LIMIT 2000");
    desk TIMER = "SELECT agent_id, ticket_id, since FROM timers WHERE desk_id = $1 AND agent_id = $2";
    desk START = "INSERT INTO timers (desk_id, agent_id, ticket_id, since) VALUES ($1, $2, $3, $4)";
    desk STOP = "DELETE FROM timers WHERE desk_id = $1 AND agent_id = $2";
}

/// Adds an entry.
///
/// # Errors
/// [`Error::is_taken`] if the one that it replaces was replaced before.
pub async fn add(tx: &mut Tx, e: &TimeEntry) -> Result<(), Error> {
    let drawn = Value::json(&e.drawn.0)?;
    let params = params![
        e.id,
        e.ticket,
        e.round,
        e.agent,
        e.day,
        e.minutes,
        e.charged,
        e.chargeable,
        e.note,
        e.reason,
        e.replaces,
        drawn,
        e.by,
        e.at
    ];
    // Somebody waits for its answer: whether it was replaced before.
    tx.execute(&ADD, params).await.map(drop)
}

/// One entry.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: TimeEntryId) -> Result<Option<TimeEntry>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// Every entry of a ticket, the oldest first, also those that were replaced.
///
/// # Errors
/// As the database says.
pub async fn of_ticket(tx: &mut Tx, ticket: TicketId) -> Result<Vec<TimeEntry>, Error> {
    tx.query(&OF_TICKET, params![ticket]).await
}

/// Those of them that hold: no other one stands in their place.
#[must_use]
pub fn holding(all: &[TimeEntry]) -> Vec<&TimeEntry> {
    let replaced: std::collections::HashSet<_> = all.iter().filter_map(|e| e.replaces).collect();
    all.iter().filter(|e| !replaced.contains(&e.id) && e.minutes > 0).collect()
}

/// The timer of an agent, if one runs.
///
/// # Errors
/// As the database says.
pub async fn timer(tx: &mut Tx, agent: AgentId) -> Result<Option<Timer>, Error> {
    tx.query_opt(&TIMER, params![agent]).await
}

/// Starts a timer.
///
/// # Errors
/// [`Error::is_taken`] if the agent has one.
pub async fn start(tx: &mut Tx, t: &Timer) -> Result<(), Error> {
    tx.put(&START, params![t.agent, t.ticket, t.since]).await
}

/// Ends the timer of an agent; whether one ran.
///
/// # Errors
/// As the database says.
pub async fn stop(tx: &mut Tx, agent: AgentId) -> Result<bool, Error> {
    Ok(tx.execute(&STOP, params![agent]).await? > 0)
}
