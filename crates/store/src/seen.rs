//! How far each agent has read.

use std::collections::HashMap;

use domain::id::AgentId;
use jiff::Timestamp;

use crate::{Error, Tx, Value, params};

crate::dialect_sql! {
    desk MARK =
        "INSERT INTO seen (desk_id, agent_id, number, at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (desk_id, agent_id, number) DO UPDATE SET at = excluded.at WHERE excluded.at > seen.at",
        "INSERT INTO seen (desk_id, agent_id, number, at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (desk_id, agent_id, number) DO UPDATE SET at = excluded.at WHERE excluded.at > seen.at";
    desk ONE =
        "SELECT at FROM seen WHERE desk_id = $1 AND agent_id = $2 AND number = $3",
        "SELECT at FROM seen WHERE desk_id = $1 AND agent_id = $2 AND number = $3";
    // PostgreSQL gets an array: of a sub-select it believes that it is long.
    desk OF =
        "SELECT number, at FROM seen WHERE desk_id = $1 AND agent_id = $2 \
         AND number IN (SELECT value FROM json_each($3))",
        "SELECT number, at FROM seen WHERE desk_id = $1 AND agent_id = $2 \
         AND number = ANY (ARRAY(SELECT CAST(value AS BIGINT) FROM jsonb_array_elements_text($3)))";
}

/// Notes that an agent has read a ticket up to the message of that time. It is never taken back.
///
/// # Errors
/// As the database says.
pub async fn mark(tx: &mut Tx, agent: AgentId, number: i64, at: Timestamp) -> Result<(), Error> {
    tx.put(&MARK, params![agent, number, at]).await
}

/// How far an agent has read a ticket, if it has opened it.
///
/// # Errors
/// As the database says.
pub async fn of_one(tx: &mut Tx, agent: AgentId, number: i64) -> Result<Option<Timestamp>, Error> {
    Ok(tx.query_opt::<(Timestamp,)>(&ONE, params![agent, number]).await?.map(|(at,)| at))
}

/// How far an agent has read those of these tickets that it has opened, by their number.
///
/// # Errors
/// As the database says.
pub async fn of(tx: &mut Tx, agent: AgentId, numbers: &[i64]) -> Result<HashMap<i64, Timestamp>, Error> {
    if numbers.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(i64, Timestamp)> = tx.query(&OF, params![agent, Value::json(&numbers)?]).await?;
    Ok(rows.into_iter().collect())
}
