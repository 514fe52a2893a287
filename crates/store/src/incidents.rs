//! Disturbances, the tickets that are about them, and what was written to whom.

use std::collections::BTreeMap;

use domain::{
    access::Reader,
    id::{AgentId, EntryId, IncidentId, TicketId, UpdateId},
    incident::{IncidentSource, IncidentStatus, Informed},
    lang::Lang,
    ticket::kinds::{Kind, Service},
};
use jiff::Timestamp;

use crate::{
    Error, Json, Tx, Value, circles::Named, params, people::changed, record, sql, tickets::TicketLine,
};

record! {
    /// A disturbance.
    pub struct Incident {
        /// Its id.
        pub id: IncidentId,
        /// Who says that there is one.
        pub source: IncidentSource,
        /// The source's own name of it; of a declared one, its id.
        pub external: String,
        /// The service.
        pub service: Service,
        /// What it is called.
        pub title: String,
        /// How it stands.
        pub status: IncidentStatus,
        /// Since when.
        pub started_at: Timestamp,
        /// Until when.
        pub ended_at: Option<Timestamp>,
        /// Which tenants at Microsoft it concerns, in lower case; none is all.
        pub tenants: Json<Option<Vec<String>>>,
        /// Rises with every change.
        pub version: i64,
    }

    /// A message to everybody whom one concerns.
    pub struct Update {
        /// Its id.
        pub id: UpdateId,
        /// About what.
        pub incident: IncidentId,
        /// What it says, by language.
        pub texts: Json<BTreeMap<Lang, String>>,
        /// Whether who has no text in the own language gets the English one.
        pub english: bool,
        /// Who wrote it.
        pub agent: AgentId,
        /// When.
        pub at: Timestamp,
    }
}

macro_rules! columns {
    () => {
        "i.id, i.source, i.external, i.service, i.title, i.status, i.started_at, i.ended_at, i.tenants, i.version"
    };
}

sql! {
    desk ADD = "INSERT INTO incidents (desk_id, id, source, external, service, title, status, started_at, ended_at, \
        tenants, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    desk UPDATE = "UPDATE incidents SET service = $3, title = $4, status = $5, started_at = $6, ended_at = $7, \
        tenants = $8, version = version + 1 WHERE desk_id = $1 AND id = $2 AND version = $9";
    desk GET = concat!("SELECT ", columns!(), " FROM incidents i WHERE i.desk_id = $1 AND i.id = $2");
    desk BY_EXTERNAL = concat!("SELECT ", columns!(),
        " FROM incidents i WHERE i.desk_id = $1 AND i.source = $2 AND i.external = $3");
    desk NEWEST = concat!("SELECT ", columns!(),
        " FROM incidents i WHERE i.desk_id = $1 ORDER BY i.started_at DESC, i.id DESC LIMIT $2");
    desk GOING_ON = concat!("SELECT ", columns!(), " FROM incidents i WHERE i.desk_id = $1 AND i.service = $2 \
        AND i.started_at > $3 AND (i.ended_at IS NULL OR i.ended_at >= $4) \
        ORDER BY i.started_at DESC, i.id DESC LIMIT 20");
    desk OF_TICKET = concat!("SELECT ", columns!(), " FROM incident_tickets t \
        JOIN incidents i ON i.desk_id = $1 AND i.id = t.incident_id \
        WHERE t.desk_id = $1 AND t.ticket_id = $2 ORDER BY i.started_at DESC, i.id DESC");
    desk MATCH = "INSERT INTO incident_tickets (desk_id, incident_id, ticket_id, at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT DO NOTHING";
    desk UNMATCH = "DELETE FROM incident_tickets WHERE desk_id = $1 AND incident_id = $2 AND ticket_id = $3";
    desk TICKETS = concat!("SELECT ", crate::tickets::line_columns!(), " FROM incident_tickets m \
        JOIN tickets t ON t.desk_id = $1 AND t.id = m.ticket_id ", crate::tickets::line_names!(),
        "WHERE m.desk_id = $1 AND m.incident_id = $2 AND ", crate::circles::shown_to!("$3", "$4"),
        " ORDER BY m.at, t.id LIMIT 1000");
    desk TICKET_IDS = concat!("SELECT m.ticket_id FROM incident_tickets m \
        LEFT JOIN tickets t ON t.desk_id = $1 AND t.id = m.ticket_id WHERE m.desk_id = $1 AND m.incident_id = $2 AND ",
        crate::circles::shown_to!("$3", "$4"), " ORDER BY m.at, m.ticket_id");
    desk COUNTS = concat!("SELECT m.incident_id, t.kind, CAST(COUNT(*) AS BIGINT) FROM incident_tickets m \
        JOIN tickets t ON t.desk_id = $1 AND t.id = m.ticket_id WHERE m.desk_id = $1 AND ",
        crate::circles::shown_to!("$2", "$3"), " GROUP BY m.incident_id, t.kind");
    desk LANGS = concat!("SELECT t.lang, t.kind, CAST(COUNT(*) AS BIGINT) FROM incident_tickets m \
        JOIN tickets t ON t.desk_id = $1 AND t.id = m.ticket_id \
        WHERE m.desk_id = $1 AND m.incident_id = $2 AND t.state <> 'closed' AND ",
        crate::circles::shown_to!("$3", "$4"), " GROUP BY t.lang, t.kind ORDER BY t.lang");
    desk ADD_UPDATE = "INSERT INTO incident_updates (desk_id, id, incident_id, texts, english, agent_id, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    desk GET_UPDATE = "SELECT id, incident_id, texts, english, agent_id, at FROM incident_updates \
        WHERE desk_id = $1 AND incident_id = $2 AND id = $3";
    desk UPDATES = "SELECT id, incident_id, texts, english, agent_id, at FROM incident_updates \
        WHERE desk_id = $1 AND incident_id = $2 ORDER BY at DESC, id DESC LIMIT 100";
    desk SENT = "SELECT outcome FROM incident_sent WHERE desk_id = $1 AND update_id = $2 AND ticket_id = $3";
    desk SEND = "INSERT INTO incident_sent (desk_id, update_id, ticket_id, entry_id, outcome) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    desk OUTCOMES = "SELECT outcome, CAST(COUNT(*) AS BIGINT) FROM incident_sent \
        WHERE desk_id = $1 AND update_id = $2 GROUP BY outcome ORDER BY outcome";
}

/// Adds a disturbance.
///
/// # Errors
/// The source has told of it before: [`Error::is_taken`].
pub async fn add(tx: &mut Tx, i: &Incident) -> Result<(), Error> {
    let tenants = Value::json(&i.tenants.0)?;
    let params = params![
        i.id,
        i.source,
        i.external,
        i.service,
        i.title,
        i.status,
        i.started_at,
        i.ended_at,
        tenants,
        i.version
    ];
    tx.execute(&ADD, params).await.map(drop)
}

/// Writes a disturbance over the one that was read.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn update(tx: &mut Tx, i: &Incident) -> Result<(), Error> {
    let tenants = Value::json(&i.tenants.0)?;
    let params = params![i.id, i.service, i.title, i.status, i.started_at, i.ended_at, tenants, i.version];
    changed(tx.execute(&UPDATE, params).await?)
}

/// One disturbance.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: IncidentId) -> Result<Option<Incident>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// The one that its source calls so.
///
/// # Errors
/// As the database says.
pub async fn by_external(
    tx: &mut Tx,
    source: IncidentSource,
    external: &str,
) -> Result<Option<Incident>, Error> {
    tx.query_opt(&BY_EXTERNAL, params![source, external]).await
}

/// The disturbances that began last.
///
/// # Errors
/// As the database says.
pub async fn newest(tx: &mut Tx, limit: i64) -> Result<Vec<Incident>, Error> {
    tx.query(&NEWEST, params![limit]).await
}

/// The disturbances of a service that began after `since` and were not over before `ended`, the newest first.
///
/// # Errors
/// As the database says.
pub async fn going_on(
    tx: &mut Tx,
    service: Service,
    since: Timestamp,
    ended: Timestamp,
) -> Result<Vec<Incident>, Error> {
    tx.query(&GOING_ON, params![service, since, ended]).await
}

/// The disturbances that a ticket is about.
///
/// # Errors
/// As the database says.
pub async fn of_ticket(tx: &mut Tx, ticket: TicketId) -> Result<Vec<Incident>, Error> {
    tx.query(&OF_TICKET, params![ticket]).await
}

/// Says that a ticket is about a disturbance; whether nobody had said so.
///
/// # Errors
/// As the database says.
pub async fn match_ticket(
    tx: &mut Tx,
    incident: IncidentId,
    ticket: TicketId,
    now: Timestamp,
) -> Result<bool, Error> {
    Ok(tx.execute(&MATCH, params![incident, ticket, now]).await? > 0)
}

/// Says that a ticket is not about it; whether somebody had said so.
///
/// # Errors
/// As the database says.
pub async fn unmatch_ticket(tx: &mut Tx, incident: IncidentId, ticket: TicketId) -> Result<bool, Error> {
    Ok(tx.execute(&UNMATCH, params![incident, ticket]).await? > 0)
}

/// The tickets that are about it, as lines, as far as they are shown to the reader: the first 1,000. Which kinds it may see
/// is for the caller to ask.
///
/// # Errors
/// As the database says.
pub async fn tickets(tx: &mut Tx, incident: IncidentId, reader: Reader) -> Result<Vec<TicketLine>, Error> {
    let Named { agent, pattern } = reader.into();
    tx.query(&TICKETS, params![incident, agent, pattern]).await
}

/// The ids of the tickets that are about it and shown to the reader.
///
/// # Errors
/// As the database says.
pub async fn ticket_ids(tx: &mut Tx, incident: IncidentId, reader: Reader) -> Result<Vec<TicketId>, Error> {
    let Named { agent, pattern } = reader.into();
    Ok(tx
        .query::<(TicketId,)>(&TICKET_IDS, params![incident, agent, pattern])
        .await?
        .into_iter()
        .map(|(id,)| id)
        .collect())
}

/// How many tickets of each kind that are shown to the reader are about each disturbance that has some.
///
/// # Errors
/// As the database says.
pub async fn counts(tx: &mut Tx, reader: Reader) -> Result<Vec<(IncidentId, Kind, i64)>, Error> {
    let Named { agent, pattern } = reader.into();
    tx.query(&COUNTS, params![agent, pattern]).await
}

/// Which languages the customers speak whose tickets are about it and not closed, and how many of each kind these are.
///
/// # Errors
/// As the database says.
pub async fn languages(
    tx: &mut Tx,
    incident: IncidentId,
    reader: Reader,
) -> Result<Vec<(Lang, Kind, i64)>, Error> {
    let Named { agent, pattern } = reader.into();
    tx.query(&LANGS, params![incident, agent, pattern]).await
}

/// Adds a message to everybody whom it concerns.
///
/// # Errors
/// As the database says.
pub async fn add_update(tx: &mut Tx, u: &Update) -> Result<(), Error> {
    let texts = Value::json(&u.texts.0)?;
    tx.execute(&ADD_UPDATE, params![u.id, u.incident, texts, u.english, u.agent, u.at]).await.map(drop)
}

/// One message.
///
/// # Errors
/// As the database says.
pub async fn get_update(tx: &mut Tx, incident: IncidentId, id: UpdateId) -> Result<Option<Update>, Error> {
    tx.query_opt(&GET_UPDATE, params![incident, id]).await
}

/// The messages about a disturbance, the newest first.
///
/// # Errors
/// As the database says.
pub async fn updates(tx: &mut Tx, incident: IncidentId) -> Result<Vec<Update>, Error> {
    tx.query(&UPDATES, params![incident]).await
}

/// What became of a message for a ticket; none if it is still to be sent.
///
/// # Errors
/// As the database says.
pub async fn sent(tx: &mut Tx, update: UpdateId, ticket: TicketId) -> Result<Option<Informed>, Error> {
    Ok(tx.query_opt::<(Informed,)>(&SENT, params![update, ticket]).await?.map(|(outcome,)| outcome))
}

/// Notes what became of a message for a ticket; whether nothing was noted before.
///
/// # Errors
/// As the database says.
pub async fn note_sent(
    tx: &mut Tx,
    update: UpdateId,
    ticket: TicketId,
    entry: Option<EntryId>,
    outcome: Informed,
) -> Result<bool, Error> {
    Ok(tx.execute(&SEND, params![update, ticket, entry, outcome]).await? > 0)
}

/// How many tickets a message came to, by what became of it.
///
/// # Errors
/// As the database says.
pub async fn outcomes(tx: &mut Tx, update: UpdateId) -> Result<Vec<(Informed, i64)>, Error> {
    tx.query(&OUTCOMES, params![update]).await
}
