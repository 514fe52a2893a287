//! How many people of a customer use a service, from which day on.

use domain::{
    id::{AgentId, CustomerId},
    ticket::kinds::Service,
};
use jiff::Timestamp;

use crate::{Error, Tx, params, record, sql};

record! {
    /// What is known from a day on.
    pub struct Seats {
        /// Whose.
        pub customer: CustomerId,
        /// Of which service.
        pub service: Service,
        /// From which day on, such as 2026-11-30.
        pub day: String,
        /// How many; none: from then on nobody knows.
        pub seats: Option<i64>,
        /// Who said so.
        pub agent: AgentId,
        /// When.
        pub at: Timestamp,
    }
}

sql! {
    desk SET = "INSERT INTO seats (desk_id, customer_id, service, day, seats, agent_id, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (desk_id, customer_id, service, day) \
        DO UPDATE SET seats = excluded.seats, agent_id = excluded.agent_id, at = excluded.at";
    desk OF_CUSTOMER = "SELECT customer_id, service, day, seats, agent_id, at FROM seats \
        WHERE desk_id = $1 AND customer_id = $2 ORDER BY service, day DESC LIMIT 1000";
    desk UNTIL = "SELECT customer_id, service, day, seats, agent_id, at FROM seats \
        WHERE desk_id = $1 AND day <= $2 ORDER BY customer_id, service, day";
}

/// Notes how many there are from a day on, over what was noted for that day.
///
/// # Errors
/// As the database says.
pub async fn set(tx: &mut Tx, s: &Seats) -> Result<(), Error> {
    tx.put(&SET, params![s.customer, s.service, s.day, s.seats, s.agent, s.at]).await
}

/// What is known of a customer, by service, the newest day first.
///
/// # Errors
/// As the database says.
pub async fn of_customer(tx: &mut Tx, customer: CustomerId) -> Result<Vec<Seats>, Error> {
    tx.query(&OF_CUSTOMER, params![customer]).await
}

/// What is known of every customer up to a day, by service, the oldest day first.
///
/// # Errors
/// As the database says.
pub async fn until(tx: &mut Tx, day: &str) -> Result<Vec<Seats>, Error> {
    tx.query(&UNTIL, params![day]).await
}
