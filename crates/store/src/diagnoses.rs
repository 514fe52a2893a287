//! What was found out about tickets.

use domain::{id::TicketId, ticket::diagnosis::Diagnosis};

use crate::{Error, Json, Tx, Value, params, people::changed, sql};

sql! {
    desk GET = "SELECT data, version FROM diagnoses WHERE desk_id = $1 AND ticket_id = $2";
    desk ADD = "INSERT INTO diagnoses (desk_id, ticket_id, data) VALUES ($1, $2, $3) \
        ON CONFLICT (desk_id, ticket_id) DO NOTHING";
    desk UPDATE = "UPDATE diagnoses SET data = $3, version = version + 1 \
        WHERE desk_id = $1 AND ticket_id = $2 AND version = $4";
}

/// What was found out about a ticket, and its version; nothing at version 0 where nobody has begun.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, ticket: TicketId) -> Result<(Diagnosis, i64), Error> {
    let row: Option<(Json<Diagnosis>, i64)> = tx.query_opt(&GET, params![ticket]).await?;
    Ok(row.map_or((Diagnosis::default(), 0), |(Json(diagnosis), version)| (diagnosis, version)))
}

/// Writes it over the version that was read.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn put(tx: &mut Tx, ticket: TicketId, diagnosis: &Diagnosis, version: i64) -> Result<(), Error> {
    let data = Value::json(diagnosis)?;
    changed(match version {
        0 => tx.execute(&ADD, params![ticket, data]).await?,
        _ => tx.execute(&UPDATE, params![ticket, data, version]).await?,
    })
}
