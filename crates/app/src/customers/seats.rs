//! How many people of a customer use a service, as the desk has entered it.

use std::sync::Arc;

use domain::{access::Permission, deed::Deed, id::CustomerId, ticket::kinds::Service};
use jiff::civil::Date;
use serde_json::json;
use store::{parties, records, seats::Seats};

use crate::{Agent, App, Error, Result, audit};

/// More people than any customer has.
const MOST: i64 = 1_000_000;

/// What is known of a customer, by service, the newest day first.
///
/// # Errors
/// [`Error::Forbidden`] without [`Permission::CustomersView`]; [`Error::NotFound`].
pub async fn seats(app: &App, agent: &Agent, customer: CustomerId) -> Result<Vec<Seats>> {
    agent.require(Permission::CustomersView)?;
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                parties::customer(tx, customer).await?.ok_or(Error::NotFound("customer"))?;
                Ok(store::seats::of_customer(tx, customer).await?)
            })
        })
        .await
}

/// Enters how many people of a customer use a service from a day on, today if none is given; none: from then on nobody
/// knows. What was entered for that day is written over.
///
/// # Errors
/// [`Error::Forbidden`] without [`Permission::CustomersEdit`]; [`Error::NotFound`]; [`Error::Invalid`] `seats`
/// `not-seats`, `day` `not-a-date`.
pub async fn set_seats(
    app: &App,
    agent: &Agent,
    customer: CustomerId,
    service: Service,
    seats: Option<i64>,
    day: Option<&str>,
) -> Result<()> {
    agent.require(Permission::CustomersEdit)?;
    if seats.is_some_and(|seats| !(0..=MOST).contains(&seats)) {
        return Err(Error::invalid("seats", "not-seats"));
    }
    let now = app.now();
    let day: Date = match day.map(str::trim).filter(|day| !day.is_empty()) {
        None => now.to_zoned(agent.zone.clone()).date(),
        Some(day) => day.parse().map_err(|_| Error::invalid("day", "not-a-date"))?,
    };
    let row = Seats { customer, service, day: day.to_string(), seats, agent: agent.id, at: now };
    let what = json!({ "service": service, "day": row.day, "seats": seats });
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::CustomerChange, &customer, what);
    let unit = Arc::new((row, act));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (row, act) = &*unit;
                parties::customer(tx, row.customer).await?.ok_or(Error::NotFound("customer"))?;
                store::seats::set(tx, row).await?;
                Ok(records::audit(tx, act).await?)
            })
        })
        .await
}
