//! What customers were asked to agree to, and what they answered.

use domain::{
    charging::work::{Agreement, Answer},
    id::{AgentId, ApprovalId, ContactId, CustomerId, TicketId},
    money::Money,
    offering::PriceUnit,
};
use jiff::Timestamp;

use super::currency;
use crate::{Error, Tx, params, people::changed, record, sql};

record! {
    /// What a customer was asked to agree to.
    pub struct Approval {
        /// Its id.
        pub id: ApprovalId,
        /// For work on which ticket.
        pub ticket: TicketId,
        /// In which round of it.
        pub round: i64,
        /// Whose.
        pub customer: CustomerId,
        /// Where it stands.
        pub answer: Answer,
        /// What is counted.
        pub per: PriceUnit,
        /// What each costs, in minor units.
        pub price: i64,
        /// The currency.
        pub currency: String,
        /// How many minutes it will take; none for an incident.
        pub estimate: Option<u32>,
        /// How many minutes are charged for at most.
        pub cap: Option<u32>,
        /// What is to be done.
        pub note: String,
        /// Who asks; none where the work went over a cap.
        pub asked_by: Option<AgentId>,
        /// When.
        pub asked_at: Timestamp,
        /// Who answered for the customer.
        pub answered_by: Option<ContactId>,
        /// When.
        pub answered_at: Option<Timestamp>,
    }
}

impl Approval {
    /// What each costs.
    #[must_use]
    pub fn money(&self) -> Money {
        Money { minor: self.price, currency: currency(&self.currency) }
    }

    /// As the rules look at it.
    #[must_use]
    pub fn agreement(&self) -> Agreement {
        Agreement { answer: self.answer, per: self.per, price: self.money(), cap: self.cap }
    }
}

macro_rules! approval {
    () => {
        "SELECT id, ticket_id, round, customer_id, answer, per, price, currency, estimate, cap, note, asked_by, asked_at, \
         answered_by, answered_at FROM approvals WHERE desk_id = $1 "
    };
}

sql! {
    desk ADD = "INSERT INTO approvals (desk_id, id, ticket_id, round, customer_id, answer, per, price, currency, estimate, \
        cap, note, asked_by, asked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    desk GET = concat!(approval!(), "AND id = $2");
    desk OF_TICKET = concat!(approval!(), "AND ticket_id = $2 ORDER BY id LIMIT 200");
    desk ANSWER = "UPDATE approvals SET answer = $3, answered_by = $4, answered_at = $5 \
        WHERE desk_id = $1 AND id = $2 AND answer = 'asked'";
}

/// Adds what was asked.
///
/// # Errors
/// As the database says.
pub async fn add(tx: &mut Tx, a: &Approval) -> Result<(), Error> {
    let params = params![
        a.id, a.ticket, a.round, a.customer, a.answer, a.per, a.price, a.currency, a.estimate, a.cap, a.note,
        a.asked_by, a.asked_at
    ];
    tx.put(&ADD, params).await
}

/// One.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: ApprovalId) -> Result<Option<Approval>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// All of a ticket, the oldest first.
///
/// # Errors
/// As the database says.
pub async fn of_ticket(tx: &mut Tx, ticket: TicketId) -> Result<Vec<Approval>, Error> {
    tx.query(&OF_TICKET, params![ticket]).await
}

/// Writes the answer to what nobody has answered.
///
/// # Errors
/// [`Error::Stale`] if somebody has.
pub async fn answer(
    tx: &mut Tx,
    id: ApprovalId,
    answer: Answer,
    by: Option<ContactId>,
    at: Timestamp,
) -> Result<(), Error> {
    changed(tx.execute(&ANSWER, params![id, answer, by, at]).await?)
}
