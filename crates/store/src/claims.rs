//! Claims against suppliers, and what was noted of them.

use domain::{
    billing::claim::{ClaimAct, ClaimKind, ClaimState, Fact},
    id::{AgentId, ClaimId, SupplierId, SupplierInvoiceId},
    money::{Currency, Money},
    party::supplier::SupplierKind,
};
use jiff::{Timestamp, civil::Date};

use crate::{Error, Json, Tx, Value, params, record, sql, stored_words};

stored_words! { ClaimKind, ClaimState, ClaimAct }

record! {
    /// A claim.
    pub struct Claim {
        /// Its id.
        pub id: ClaimId,
        /// Against whom.
        pub supplier: SupplierId,
        /// About which invoice.
        pub invoice: SupplierInvoiceId,
        /// Why.
        pub kind: ClaimKind,
        /// How much, in minor units.
        pub amount: i64,
        /// In the invoice's currency.
        pub currency: Currency,
        /// The numbers of its lines.
        pub lines: Json<Vec<i64>>,
        /// The number of the ticket that tells of it.
        pub ticket: Option<i64>,
        /// When it happened.
        pub happened: Option<Date>,
        /// What agents should know.
        pub remark: String,
        /// Where it stands.
        pub state: ClaimState,
        /// By when it must be handed in.
        pub deadline: Option<Date>,
        /// What was given back, in minor units.
        pub credited: i64,
        /// What of it was passed on or kept.
        pub given: i64,
        /// Who opened it.
        pub agent: AgentId,
        /// When.
        pub created_at: Timestamp,
        /// The invoice's number.
        pub number: String,
        /// What the supplier is called.
        pub supplier_name: String,
        /// What kind of supplier it is.
        pub supplier_kind: SupplierKind,
    }

    /// What was noted of a claim.
    pub struct Event {
        /// Its place, from 1.
        pub place: i64,
        /// What.
        pub act: ClaimAct,
        /// The day that it names.
        pub day: Option<Date>,
        /// How much, in minor units.
        pub amount: i64,
        /// The number that it names.
        pub reference: String,
        /// What there is to say.
        pub note: String,
        /// By whom.
        pub agent: AgentId,
        /// When.
        pub at: Timestamp,
    }
}

impl Claim {
    /// Some of its money.
    #[must_use]
    pub const fn money(&self, minor: i64) -> Money {
        Money { minor, currency: self.currency }
    }
}

impl Event {
    /// What the rules read of it.
    #[must_use]
    pub fn fact(&self) -> Fact<'_> {
        Fact {
            act: self.act,
            day: self.day,
            amount: self.amount,
            reference: &self.reference,
            note: &self.note,
        }
    }
}

macro_rules! claim {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.supplier_id, c.invoice_id, c.kind, c.amount, c.currency, c.lines, c.ticket, c.happened, c.remark, \
            c.state, c.deadline, c.credited, c.given, c.agent_id, c.created_at, i.number, s.name, s.kind FROM claims c \
            JOIN supplier_invoices i ON i.desk_id = c.desk_id AND i.id = c.invoice_id \
            JOIN suppliers s ON s.desk_id = c.desk_id AND s.id = c.supplier_id WHERE c.desk_id = $1 ",
            $rest
        )
    };
}

sql! {
    desk ADD = "INSERT INTO claims (desk_id, id, supplier_id, invoice_id, kind, amount, currency, lines, ticket, happened, \
        remark, state, deadline, credited, given, agent_id, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    desk SET = "UPDATE claims SET state = $3, deadline = $4, credited = $5, given = $6 WHERE desk_id = $1 AND id = $2";
    desk GET = claim!("AND c.id = $2");
    desk NEWEST = claim!("AND c.id < $2 AND (CAST($3 AS TEXT) IS NULL OR c.state = $3) ORDER BY c.id DESC LIMIT $4");
    desk ENDED = claim!("AND c.id < $2 AND c.state IN ('passed_on', 'refused', 'withdrawn') ORDER BY c.id DESC LIMIT $3");
    // Those to be handed in by their days, then what has none.
    desk ALIVE = claim!("AND c.state IN ('draft', 'submitted', 'credited') \
        ORDER BY CASE WHEN c.state = 'draft' AND c.deadline IS NOT NULL THEN 0 ELSE 1 END, \
        CASE WHEN c.state = 'draft' THEN c.deadline END, c.id LIMIT $2");
    desk OF_INVOICE = claim!("AND c.invoice_id = $2 ORDER BY c.id LIMIT 200");
    desk NOTE = "INSERT INTO claim_events (desk_id, claim_id, place, act, day, amount, reference, note, agent_id, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    desk EVENTS = "SELECT place, act, day, amount, reference, note, agent_id, at FROM claim_events \
        WHERE desk_id = $1 AND claim_id = $2 ORDER BY place";
}

/// Adds a claim.
///
/// # Errors
/// As the database says.
pub async fn add(tx: &mut Tx, c: &Claim) -> Result<(), Error> {
    let lines = Value::json(&c.lines.0)?;
    let params = params![
        c.id,
        c.supplier,
        c.invoice,
        c.kind,
        c.amount,
        c.currency,
        lines,
        c.ticket,
        c.happened,
        c.remark,
        c.state,
        c.deadline,
        c.credited,
        c.given,
        c.agent,
        c.created_at
    ];
    tx.execute(&ADD, params).await.map(drop)
}

/// Writes where a claim stands.
///
/// # Errors
/// As the database says.
pub async fn set(tx: &mut Tx, c: &Claim) -> Result<(), Error> {
    tx.execute(&SET, params![c.id, c.state, c.deadline, c.credited, c.given]).await.map(drop)
}

/// A claim.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: ClaimId) -> Result<Option<Claim>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// The claims before one, in a state or in all, the newest first.
///
/// # Errors
/// As the database says.
pub async fn newest(
    tx: &mut Tx,
    before: ClaimId,
    state: Option<ClaimState>,
    limit: i64,
) -> Result<Vec<Claim>, Error> {
    tx.query(&NEWEST, params![before, state, limit]).await
}

/// The claims before one with which nothing is to be done any more, the newest first.
///
/// # Errors
/// As the database says.
pub async fn ended(tx: &mut Tx, before: ClaimId, limit: i64) -> Result<Vec<Claim>, Error> {
    tx.query(&ENDED, params![before, limit]).await
}

/// The claims with which something is to be done: those to be handed in, the soonest first, then the others.
///
/// # Errors
/// As the database says.
pub async fn alive(tx: &mut Tx, limit: i64) -> Result<Vec<Claim>, Error> {
    tx.query(&ALIVE, params![limit]).await
}

/// The claims about an invoice, the oldest first; 200 at most.
///
/// # Errors
/// As the database says.
pub async fn of_invoice(tx: &mut Tx, invoice: SupplierInvoiceId) -> Result<Vec<Claim>, Error> {
    tx.query(&OF_INVOICE, params![invoice]).await
}

/// Notes something of a claim.
///
/// # Errors
/// Somebody else noted something at this place.
pub async fn note(tx: &mut Tx, claim: ClaimId, e: &Event) -> Result<(), Error> {
    let params = params![claim, e.place, e.act, e.day, e.amount, e.reference, e.note, e.agent, e.at];
    tx.execute(&NOTE, params).await.map(drop)
}

/// What was noted of a claim, in its order.
///
/// # Errors
/// As the database says.
pub async fn events(tx: &mut Tx, claim: ClaimId) -> Result<Vec<Event>, Error> {
    tx.query(&EVENTS, params![claim]).await
}
