//! How prices are made of what suppliers bill.

use domain::{id::PriceRuleId, receivable::pricing::Rule};
use jiff::Timestamp;

use crate::{Error, Json, Tx, Value, params, record, sql};

record! {
    /// A price rule. It does not change: another one comes in its place.
    pub struct PriceRule {
        /// Its id.
        pub id: PriceRuleId,
        /// How a price is made.
        pub rule: Json<Rule>,
        /// When it was made.
        pub created_at: Timestamp,
    }
}

sql! {
    desk RULES = "SELECT id, rule, created_at FROM price_rules WHERE desk_id = $1 ORDER BY id";
    desk ADD = "INSERT INTO price_rules (desk_id, id, rule, created_at) VALUES ($1, $2, $3, $4)";
    desk REMOVE = "DELETE FROM price_rules WHERE desk_id = $1 AND id = $2";
}

/// All of them, the oldest first.
///
/// # Errors
/// As the database says.
pub async fn all(tx: &mut Tx) -> Result<Vec<PriceRule>, Error> {
    tx.query(&RULES, &[]).await
}

/// Adds one.
///
/// # Errors
/// As the database says.
pub async fn add(tx: &mut Tx, new: &PriceRule) -> Result<(), Error> {
    let rule = Value::json(&new.rule.0)?;
    tx.execute(&ADD, params![new.id, rule, new.created_at]).await.map(drop)
}

/// Removes one; whether it was there.
///
/// # Errors
/// As the database says.
pub async fn remove(tx: &mut Tx, id: PriceRuleId) -> Result<bool, Error> {
    Ok(tx.execute(&REMOVE, params![id]).await? > 0)
}
