//! What services ask for, as desks have edited it; and what was decided about tickets.

use domain::{
    access::Reader,
    id::{AgentId, TicketId},
    ticket::{
        baseline::Sheet,
        diagnosis::Verdict,
        kinds::{Kind, Service},
    },
};
use jiff::Timestamp;

use crate::{Error, Json, Tx, Value, circles::Named, params, record, sql};

record! {
    /// A desk's version of a sheet.
    pub struct Requirements {
        /// Of which service.
        pub service: Service,
        /// Of which kind of request.
        pub kind: Kind,
        /// Which version: from 1.
        pub version: i64,
        /// What it says; none is back to what is shipped.
        pub data: Json<Option<Sheet>>,
        /// Who wrote it.
        pub agent: AgentId,
        /// When.
        pub at: Timestamp,
    }

    /// A version in a list.
    pub struct Version {
        /// Which.
        pub version: i64,
        /// Who wrote it.
        pub agent: AgentId,
        /// When.
        pub at: Timestamp,
    }

    /// How many tickets of a service were decided so in a month.
    pub struct Decided {
        /// Such as 2026-11.
        pub month: String,
        /// The service.
        pub service: Service,
        /// The decision.
        pub verdict: Verdict,
        /// How many.
        pub tickets: i64,
    }
}

sql! {
    desk ADD = "INSERT INTO requirements (desk_id, service, kind, version, data, agent_id, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    desk NEWEST = "SELECT service, kind, version, data, agent_id, at FROM requirements \
        WHERE desk_id = $1 AND service = $2 AND kind = $3 ORDER BY version DESC LIMIT 1";
    desk ONE = "SELECT service, kind, version, data, agent_id, at FROM requirements \
        WHERE desk_id = $1 AND service = $2 AND kind = $3 AND version = $4";
    desk EVERY = "SELECT r.service, r.kind, r.version, r.data, r.agent_id, r.at FROM requirements r \
        WHERE r.desk_id = $1 AND NOT EXISTS (SELECT 1 FROM requirements n WHERE n.desk_id = $1 \
            AND n.service = r.service AND n.kind = r.kind AND n.version > r.version)";
    desk VERSIONS = "SELECT version, agent_id, at FROM requirements \
        WHERE desk_id = $1 AND service = $2 AND kind = $3 ORDER BY version DESC LIMIT 200";
    desk DECIDE = "INSERT INTO decisions (desk_id, ticket_id, month, service, kind, verdict, category) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (desk_id, ticket_id) DO UPDATE SET \
        month = $3, service = $4, kind = $5, verdict = $6, category = $7";
    desk UNDECIDE = "DELETE FROM decisions WHERE desk_id = $1 AND ticket_id = $2";
    desk COUNTS = concat!("SELECT d.month, d.service, d.verdict, CAST(COUNT(*) AS BIGINT) FROM decisions d \
        LEFT JOIN tickets t ON t.desk_id = $1 AND t.id = d.ticket_id \
        WHERE d.desk_id = $1 AND d.month >= $2 AND d.month <= $3 AND ", crate::circles::shown_to!("$4", "$5"),
        " GROUP BY d.month, d.service, d.verdict ORDER BY d.month DESC, d.service, d.verdict");
}

/// Adds a version of a sheet.
///
/// # Errors
/// Somebody else wrote that version: [`Error::is_taken`].
pub async fn add(tx: &mut Tx, r: &Requirements) -> Result<(), Error> {
    let data = Value::json(&r.data.0)?;
    tx.execute(&ADD, params![r.service, r.kind, r.version, data, r.agent, r.at]).await.map(drop)
}

/// The newest version of a sheet, if the desk has one.
///
/// # Errors
/// As the database says.
pub async fn newest(tx: &mut Tx, service: Service, kind: Kind) -> Result<Option<Requirements>, Error> {
    tx.query_opt(&NEWEST, params![service, kind]).await
}

/// A version of a sheet.
///
/// # Errors
/// As the database says.
pub async fn one(
    tx: &mut Tx,
    service: Service,
    kind: Kind,
    version: i64,
) -> Result<Option<Requirements>, Error> {
    tx.query_opt(&ONE, params![service, kind, version]).await
}

/// The newest version of every sheet that the desk has edited.
///
/// # Errors
/// As the database says.
pub async fn every(tx: &mut Tx) -> Result<Vec<Requirements>, Error> {
    tx.query(&EVERY, &[]).await
}

/// The versions of a sheet, the newest first: the last 200.
///
/// # Errors
/// As the database says.
pub async fn versions(tx: &mut Tx, service: Service, kind: Kind) -> Result<Vec<Version>, Error> {
    tx.query(&VERSIONS, params![service, kind]).await
}

/// Notes the decision about a ticket for reports, over an earlier one.
///
/// # Errors
/// As the database says.
pub async fn decide(
    tx: &mut Tx,
    ticket: TicketId,
    month: &str,
    (service, kind): (Service, Kind),
    (verdict, category): (Verdict, Option<&str>),
) -> Result<(), Error> {
    tx.put(&DECIDE, params![ticket, month, service, kind, verdict, category]).await
}

/// Forgets what was decided about a ticket: it was taken back.
///
/// # Errors
/// As the database says.
pub async fn undecide(tx: &mut Tx, ticket: TicketId) -> Result<(), Error> {
    tx.execute(&UNDECIDE, params![ticket]).await.map(drop)
}

/// How many tickets that are shown to the reader were decided how, by month and service, the newest month first.
///
/// # Errors
/// As the database says.
pub async fn decided(tx: &mut Tx, reader: Reader, from: &str, to: &str) -> Result<Vec<Decided>, Error> {
    let Named { agent, pattern } = reader.into();
    tx.query(&COUNTS, params![from, to, agent, pattern]).await
}
