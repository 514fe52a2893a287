//! What customers pay for support: rules, prepaid contracts, time, and a request for confirmation.

use anyhow::{Context as _, Result};
use app::{
    Agent, App,
    charging::{self, Ask, Contract, New, Sold},
};
use domain::{
    charging::{prepaid::Holds, rules::Rules},
    id::CustomerId,
    money::{Currency, Money},
    ticket::{kinds::Kind, lifecycle::State},
};
use jiff::SignedDuration;
use store::tickets::View;

use super::sample::Desk;

/// How many tickets somebody has worked on.
const WORKED: usize = 9;

/// Sets a price and sells contracts, before anything comes.
///
/// # Errors
/// The use cases refuse.
pub(super) async fn begin(app: &App, desk: &Desk, admin: &Agent) -> Result<()> {
    let rules = Rules {
        hourly: Some(Money { minor: 12_000, currency: Currency::EURO }),
        ..Rules::first(Currency::EURO)
    };
    charging::set_rules(app, admin, rules, 0).await?;
    let year = app.now().checked_add(SignedDuration::from_hours(24 * 365))?;
    let mut customers: Vec<(&String, &CustomerId)> = desk.customers.iter().collect();
    customers.sort_unstable();
    let kinds = [
        ("10 hours", Holds::Hours, 600),
        ("5 incidents", Holds::Incidents, 5),
        ("2 hours", Holds::Hours, 120),
    ];
    for ((_, customer), (name, holds, units)) in customers.into_iter().zip(kinds) {
        let contract = Contract { name: name.into(), from: None, to: Some(year) };
        charging::sell(app, admin, Sold { customer: *customer, holds, units, contract }).await?;
    }
    Ok(())
}

/// Logs time, and asks a customer.
///
/// # Errors
/// The use cases refuse.
pub(super) async fn make(app: &App, admin: &Agent) -> Result<()> {
    let (lines, _) = app::tickets::list(app, admin, View::All, None, 100).await?;
    let technical = lines.iter().filter(|line| line.kind == Kind::Technical && line.state != State::Closed);
    let notes = ["Read the logs of the connector", "On the phone with the customer", "Repaired and watched"];
    let mut asked = false;
    for (place, line) in technical.take(WORKED).enumerate() {
        let note = notes[place % notes.len()].to_owned();
        let minutes = 10 + 15 * u32::try_from(place % 4)?;
        let (chargeable, reason) = match place % 5 {
            4 => (false, "A courtesy".to_owned()),
            _ => (true, String::new()),
        };
        charging::log(app, admin, line.id, New { day: None, minutes, note, chargeable, reason }).await?;
        let of = charging::of_ticket(app, admin, line.id).await?.context("a ticket that is seen")?;
        let costs = of.entitlement.as_ref().is_some_and(|entitlement| entitlement.price().is_some());
        if costs && !asked && line.state != State::Resolved {
            let note = "Move the mail flow to the new connector, and watch it for a day.".to_owned();
            match charging::ask(app, admin, line.id, Ask { estimate: None, cap: None, note }).await {
                Ok(_) => asked = true,
                // Not every customer has said who may.
                Err(app::Error::Refused(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok(())
}
