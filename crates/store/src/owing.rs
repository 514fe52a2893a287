//! Credit limits that suppliers give us, and of what the desk's people were warned.

use domain::{
    billing::owing::Warning,
    id::{AgentId, SupplierId, SupplierLimitId},
    money::{Currency, Money},
};
use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use crate::{Error, Tx, params, record, sql, stored_words};

stored_words! { Warning }

record! {
    /// A credit limit.
    pub struct Limit {
        /// Its id.
        pub id: SupplierLimitId,
        /// Whose.
        pub supplier: SupplierId,
        /// In which currency.
        pub currency: Currency,
        /// How much, in minor units; none where there is no limit any more.
        pub amount: Option<i64>,
        /// From so much of it on somebody should know, in percent.
        pub warn: i64,
        /// From which day on.
        pub begins: Date,
        /// Who entered it.
        pub agent: AgentId,
        /// When.
        pub at: Timestamp,
        /// What the supplier is called.
        pub supplier_name: String,
    }

    /// A warning that was given.
    pub struct Warned {
        /// Of an invoice, a claim or a limit.
        pub subject: Uuid,
        /// Of what.
        pub warning: Warning,
        /// The day that was near; empty for a limit.
        pub day: String,
    }
}

impl Limit {
    /// How much it is, if there is one.
    #[must_use]
    pub fn money(&self) -> Option<Money> {
        self.amount.map(|minor| Money { minor, currency: self.currency })
    }
}

sql! {
    desk ADD = "INSERT INTO supplier_limits (desk_id, id, supplier_id, currency, amount, warn, begins, agent_id, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    desk BEGUN = "SELECT l.id, l.supplier_id, l.currency, l.amount, l.warn, l.begins, l.agent_id, l.at, s.name \
        FROM supplier_limits l JOIN suppliers s ON s.desk_id = l.desk_id AND s.id = l.supplier_id \
        WHERE l.desk_id = $1 AND l.begins <= $2 ORDER BY l.supplier_id, l.currency, l.begins, l.id";
    desk WARN = "INSERT INTO payable_warnings (desk_id, subject, warning, day, at) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (desk_id, subject, warning, day) DO NOTHING";
    desk FORGET = "DELETE FROM payable_warnings WHERE desk_id = $1 AND subject = $2 AND warning = $3";
    desk WARNED_AT = "SELECT subject, warning, day FROM payable_warnings WHERE desk_id = $1 AND at = $2 \
        ORDER BY warning, day, subject LIMIT 1000";
}

/// Adds a limit.
///
/// # Errors
/// As the database says.
pub async fn add_limit(tx: &mut Tx, l: &Limit) -> Result<(), Error> {
    let params = params![l.id, l.supplier, l.currency, l.amount, l.warn, l.begins, l.agent, l.at];
    tx.execute(&ADD, params).await.map(drop)
}

/// The limits that hold on a day: of each supplier and currency the one that began last. One that ended is not among them.
///
/// # Errors
/// As the database says.
pub async fn limits(tx: &mut Tx, day: Date) -> Result<Vec<Limit>, Error> {
    let mut last: Vec<Limit> = Vec::new();
    for limit in tx.query::<Limit>(&BEGUN, params![day]).await? {
        let same = |other: &Limit| (other.supplier, other.currency) == (limit.supplier, limit.currency);
        if last.last().is_some_and(same) {
            last.pop();
        }
        last.push(limit);
    }
    last.retain(|limit| limit.amount.is_some());
    Ok(last)
}

/// Notes a warning, unless it was given already: whether it is new.
///
/// # Errors
/// As the database says.
pub async fn warn(tx: &mut Tx, w: &Warned, at: Timestamp) -> Result<bool, Error> {
    Ok(tx.execute(&WARN, params![w.subject, w.warning, w.day, at]).await? > 0)
}

/// Forgets a warning, so that it can be given again.
///
/// # Errors
/// As the database says.
pub async fn forget(tx: &mut Tx, subject: Uuid, warning: Warning) -> Result<(), Error> {
    tx.execute(&FORGET, params![subject, warning]).await.map(drop)
}

/// The warnings of a moment; 1,000 at most.
///
/// # Errors
/// As the database says.
pub async fn warned_at(tx: &mut Tx, at: Timestamp) -> Result<Vec<Warned>, Error> {
    tx.query(&WARNED_AT, params![at]).await
}
