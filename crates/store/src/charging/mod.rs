//! Charging for support: what rounds of tickets are entitled to, the desk's rules, what is to be invoiced.

pub mod approvals;
pub mod time;

use domain::{
    charging::{
        entitlement::Entitlement,
        lines::{Unit, What},
        rules::Rules,
    },
    id::{ChargeId, CustomerId, TicketId},
    lang::Lang,
    money::{Currency, Money},
};
use jiff::Timestamp;

use crate::{Error, FromRow, Json, Row, Tx, Value, params, people::changed, record, sql};

domain::words! {
    /// What has become of a line that is to be invoiced.
    pub enum State {
        /// It waits for an invoice.
        Open = "open",
        /// Another one stands in its place, or none.
        Void = "void",
        /// It stands on an invoice.
        Invoiced = "invoiced",
    }
}

crate::stored_words! { State }

record! {
    /// What a round of a ticket is entitled to.
    pub struct Round {
        /// The ticket.
        pub ticket: TicketId,
        /// Its number, from 1.
        pub round: i64,
        /// What it is entitled to, with the reason.
        pub entitlement: Json<Entitlement>,
        /// Why it is Microsoft's fault, if somebody has said so.
        pub microsoft: Option<String>,
        /// Under which key it holds, or has used, an incident of a contract.
        pub held: Option<String>,
        /// When it was decided first.
        pub decided_at: Timestamp,
        /// When it was charged.
        pub settled_at: Option<Timestamp>,
        /// Minutes that are on no line, as nobody has confirmed them; 1 for an incident.
        pub unconfirmed: u32,
        /// Rises with every change.
        pub version: i64,
    }

    /// A line that is to be invoiced.
    pub struct Charge {
        /// Its id.
        pub id: ChargeId,
        /// For which ticket.
        pub ticket: TicketId,
        /// For which round of it.
        pub round: i64,
        /// Whose.
        pub customer: CustomerId,
        /// The day of the last work, or of the resolution: `2026-03-31`.
        pub day: String,
        /// What it is for.
        pub what: What,
        /// The same in the customer's language.
        pub description: String,
        /// That language.
        pub lang: Lang,
        /// What is counted.
        pub unit: Unit,
        /// How much of it, in hundredths.
        pub quantity: u32,
        /// What each costs, in minor units.
        pub price: i64,
        /// What it comes to, in minor units.
        pub amount: i64,
        /// The currency.
        pub currency: String,
        /// What has become of it.
        pub state: State,
        /// The invoice on which it stands.
        pub invoice: Option<String>,
        /// When it was made.
        pub made_at: Timestamp,
    }
}

impl Charge {
    /// An amount of its currency.
    #[must_use]
    pub fn money(&self, minor: i64) -> Money {
        Money { minor, currency: currency(&self.currency) }
    }
}

/// A stored currency. Only what was one was stored.
pub(crate) fn currency(code: &str) -> Currency {
    code.parse().unwrap_or(Currency::EURO)
}

/// A line with the names of those whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The line.
    pub charge: Charge,
    /// The customer's name.
    pub customer: String,
    /// The ticket's number.
    pub number: i64,
}

impl FromRow for Listed {
    fn from_row(row: &mut Row<'_>) -> Result<Self, Error> {
        Ok(Self { charge: Charge::from_row(row)?, customer: row.next()?, number: row.next()? })
    }
}

macro_rules! charge {
    ($more:literal) => {
        concat!(
            "SELECT h.id, h.ticket_id, h.round, h.customer_id, h.day, h.what, h.description, h.lang, h.unit, h.quantity, \
             h.price, h.amount, h.currency, h.state, h.invoice, h.made_at",
            $more,
            "WHERE h.desk_id = $1 "
        )
    };
}
macro_rules! listed {
    () => {
        charge!(
            ", c.name, t.number FROM charges h JOIN customers c ON c.desk_id = $1 AND c.id = h.customer_id \
             JOIN tickets t ON t.desk_id = $1 AND t.id = h.ticket_id "
        )
    };
}
macro_rules! round {
    () => {
        "SELECT ticket_id, round, entitlement, microsoft, held, decided_at, settled_at, unconfirmed, version \
         FROM charge_rounds WHERE desk_id = $1 AND ticket_id = $2 "
    };
}

sql! {
    desk RULES = "SELECT data, version FROM charging_rules WHERE desk_id = $1";
    desk ADD_RULES = "INSERT INTO charging_rules (desk_id, data) VALUES ($1, $2) ON CONFLICT (desk_id) DO NOTHING";
    desk SET_RULES = "UPDATE charging_rules SET data = $2, version = version + 1 WHERE desk_id = $1 AND version = $3";
    desk ROUND = concat!(round!(), "ORDER BY round DESC LIMIT 1");
    desk ROUNDS = concat!(round!(), "ORDER BY round DESC LIMIT 50");
    desk ADD_ROUND = "INSERT INTO charge_rounds (desk_id, ticket_id, round, entitlement, microsoft, held, decided_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    desk SET_ROUND = "UPDATE charge_rounds SET entitlement = $4, microsoft = $5, held = $6, decided_at = $7, \
        settled_at = $8, unconfirmed = $9, version = version + 1 \
        WHERE desk_id = $1 AND ticket_id = $2 AND round = $3 AND version = $10";
    desk ADD = "INSERT INTO charges (desk_id, id, ticket_id, round, customer_id, day, what, description, lang, unit, \
        quantity, price, amount, currency, state, invoice, made_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    desk OF_TICKET = concat!(charge!(" FROM charges h "), "AND h.ticket_id = $2 AND h.state <> 'void' ORDER BY h.id LIMIT 500");
    desk VOID = "UPDATE charges SET state = 'void' WHERE desk_id = $1 AND ticket_id = $2 AND round = $3 AND state = 'open'";
    desk OPEN = concat!(listed!(), "AND h.state = 'open' AND (CAST($2 AS UUID) IS NULL OR h.customer_id = $2) \
        AND (CAST($3 AS UUID) IS NULL OR h.id > $3) ORDER BY h.id LIMIT $4");
    desk INVOICED = "UPDATE charges SET state = 'invoiced', invoice = $3 WHERE desk_id = $1 AND id = $2 AND state = 'open'";
    desk RETURNED = "UPDATE charges SET state = 'open', invoice = NULL \
        WHERE desk_id = $1 AND id = $2 AND state = 'invoiced' AND invoice = $3";
}

/// What the desk has decided, and its version; none at version 0 where it has decided nothing.
///
/// # Errors
/// As the database says.
pub async fn rules(tx: &mut Tx) -> Result<(Option<Rules>, i64), Error> {
    let row: Option<(Json<Rules>, i64)> = tx.query_opt(&RULES, &[]).await?;
    Ok(row.map_or((None, 0), |(Json(rules), version)| (Some(rules), version)))
}

/// Writes it over the version that was read.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn set_rules(tx: &mut Tx, rules: &Rules, version: i64) -> Result<(), Error> {
    let data = Value::json(rules)?;
    changed(match version {
        0 => tx.execute(&ADD_RULES, params![data]).await?,
        _ => tx.execute(&SET_RULES, params![data, version]).await?,
    })
}

/// The newest round of a ticket; none if it was never decided.
///
/// # Errors
/// As the database says.
pub async fn round(tx: &mut Tx, ticket: TicketId) -> Result<Option<Round>, Error> {
    tx.query_opt(&ROUND, params![ticket]).await
}

/// The rounds of a ticket, the newest first.
///
/// # Errors
/// As the database says.
pub async fn rounds(tx: &mut Tx, ticket: TicketId) -> Result<Vec<Round>, Error> {
    tx.query(&ROUNDS, params![ticket]).await
}

/// Begins a round.
///
/// # Errors
/// As the database says.
pub async fn add_round(tx: &mut Tx, r: &Round) -> Result<(), Error> {
    let entitlement = Value::json(&r.entitlement.0)?;
    tx.put(&ADD_ROUND, params![r.ticket, r.round, entitlement, r.microsoft, r.held, r.decided_at]).await
}

/// Writes a round over the one that was read.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn set_round(tx: &mut Tx, r: &Round) -> Result<(), Error> {
    let entitlement = Value::json(&r.entitlement.0)?;
    let params = params![
        r.ticket,
        r.round,
        entitlement,
        r.microsoft,
        r.held,
        r.decided_at,
        r.settled_at,
        r.unconfirmed,
        r.version
    ];
    changed(tx.execute(&SET_ROUND, params).await?)
}

/// Adds a line.
///
/// # Errors
/// As the database says.
pub async fn add(tx: &mut Tx, c: &Charge) -> Result<(), Error> {
    let params = params![
        c.id,
        c.ticket,
        c.round,
        c.customer,
        c.day,
        c.what,
        c.description,
        c.lang,
        c.unit,
        c.quantity,
        c.price,
        c.amount,
        c.currency,
        c.state,
        c.invoice,
        c.made_at
    ];
    tx.put(&ADD, params).await
}

/// The lines of a ticket that hold, the oldest first.
///
/// # Errors
/// As the database says.
pub async fn of_ticket(tx: &mut Tx, ticket: TicketId) -> Result<Vec<Charge>, Error> {
    tx.query(&OF_TICKET, params![ticket]).await
}

/// Makes the open lines of a round void; how many.
///
/// # Errors
/// As the database says.
pub async fn void(tx: &mut Tx, ticket: TicketId, round: i64) -> Result<u64, Error> {
    tx.execute(&VOID, params![ticket, round]).await
}

/// A page of the lines that wait for an invoice, the oldest first: those after the given one, of one customer if it is
/// given.
///
/// # Errors
/// As the database says.
pub async fn open(
    tx: &mut Tx,
    customer: Option<CustomerId>,
    after: Option<ChargeId>,
    limit: i64,
) -> Result<Vec<Listed>, Error> {
    tx.query(&OPEN, params![customer, after, limit]).await
}

/// Notes that a line stands on an invoice; whether it was open.
///
/// # Errors
/// As the database says.
pub async fn invoiced(tx: &mut Tx, id: ChargeId, invoice: &str) -> Result<bool, Error> {
    Ok(tx.execute(&INVOICED, params![id, invoice]).await? > 0)
}

/// Notes that a line does not stand on this invoice any more; whether it did.
///
/// # Errors
/// As the database says.
pub async fn returned(tx: &mut Tx, id: ChargeId, invoice: &str) -> Result<bool, Error> {
    Ok(tx.execute(&RETURNED, params![id, invoice]).await? > 0)
}
