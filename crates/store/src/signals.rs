//! What customers may need: the tickets that tell of it, and how people judged.

use domain::{
    access::Reader,
    id::{AgentId, CustomerId, JudgementId},
    signal::{Judged, Signal},
    ticket::kinds::Service,
};
use jiff::Timestamp;

use crate::{
    Error, Json, Tx, Value,
    circles::{Named, shown_to},
    params, record, sql, stored_words,
};

/// How many tickets of a desk are looked at.
const CASES: i64 = 20_000;

stored_words! { Signal, Judged }

record! {
    /// A ticket that may tell something of its customer.
    pub struct Told {
        /// Whose it is.
        pub customer: CustomerId,
        /// The customer's name.
        pub name: String,
        /// Its number.
        pub number: i64,
        /// Its subject.
        pub subject: String,
        /// When it was opened.
        pub at: Timestamp,
        /// Of which service.
        pub service: Service,
        /// The row of the baseline that was decided.
        pub category: Option<String>,
        /// Whether a supplier had it.
        pub escalated: bool,
    }

    /// How a signal was judged.
    pub struct Judgement {
        /// Its id.
        pub id: JudgementId,
        /// Of which customer.
        pub customer: CustomerId,
        /// Which signal.
        pub signal: Signal,
        /// Of which service.
        pub service: Service,
        /// How.
        pub judged: Judged,
        /// Why.
        pub reason: String,
        /// The numbers of the tickets that raised it.
        pub tickets: Json<Vec<i64>>,
        /// By whom.
        pub agent: AgentId,
        /// When.
        pub at: Timestamp,
    }
}

sql! {
    desk TOLD = concat!("SELECT t.customer_id, c.name, t.number, t.subject, t.created_at, t.service, d.category, \
        CASE WHEN EXISTS (SELECT 1 FROM handovers h WHERE h.desk_id = $1 AND h.ticket_id = t.id \
            AND h.outgoing = 1 AND h.held_from IS NOT NULL) THEN 1 ELSE 0 END \
        FROM decisions d JOIN tickets t ON t.desk_id = $1 AND t.id = d.ticket_id \
        JOIN customers c ON c.desk_id = $1 AND c.id = t.customer_id \
        WHERE d.desk_id = $1 AND d.month >= $2 AND t.created_at >= $3 \
        AND (CAST($4 AS UUID) IS NULL OR t.customer_id = $4) AND ", shown_to!("$5", "$6"),
        " ORDER BY t.number DESC LIMIT $7");
    desk JUDGEMENTS = "SELECT id, customer_id, signal, service, judged, reason, tickets, agent_id, at \
        FROM signal_judgements WHERE desk_id = $1 AND (CAST($2 AS UUID) IS NULL OR customer_id = $2) ORDER BY id";
    desk JUDGE = "INSERT INTO signal_judgements \
        (desk_id, id, customer_id, signal, service, judged, reason, tickets, agent_id, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
}

/// The decided tickets since a moment that are shown to a reader and whose customer is known, of one customer or of all, the
/// newest first: the last 20,000.
///
/// # Errors
/// As the database says.
pub async fn told(
    tx: &mut Tx,
    reader: Reader,
    of: Option<CustomerId>,
    since: Timestamp,
) -> Result<Vec<Told>, Error> {
    let Named { agent, pattern } = reader.into();
    // Whoever decides does so after it was opened; a desk's month may have begun a day before that of UTC.
    let day = since.checked_sub(jiff::SignedDuration::from_hours(48)).unwrap_or(since);
    let month = day.strftime("%Y-%m").to_string();
    tx.query(&TOLD, params![month, since, of, agent, pattern, CASES]).await
}

/// How signals were judged, of one customer or of all, the oldest first.
///
/// # Errors
/// As the database says.
pub async fn judgements(tx: &mut Tx, of: Option<CustomerId>) -> Result<Vec<Judgement>, Error> {
    tx.query(&JUDGEMENTS, params![of]).await
}

/// Notes how one was judged.
///
/// # Errors
/// As the database says.
pub async fn judge(tx: &mut Tx, j: &Judgement) -> Result<(), Error> {
    let tickets = Value::json(&j.tickets.0)?;
    let row = params![j.id, j.customer, j.signal, j.service, j.judged, j.reason, tickets, j.agent, j.at];
    tx.execute(&JUDGE, row).await.map(drop)
}
