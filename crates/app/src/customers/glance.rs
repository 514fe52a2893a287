//! A customer at a glance: what it has, what was promised and kept, what is owed.

use std::collections::{HashMap, hash_map::Entry};

use domain::{
    access::Permission,
    clock::{Calendar, running::ClockState},
    id::CustomerId,
    signal::licences::Licences,
    subscription::Status,
};
use jiff::{SignedDuration, Timestamp};
use store::{Tx, handovers, parties, tickets};

use crate::{
    Agent, App, Error, Result,
    catalogue::{self, OfCustomer},
    collections, subscriptions,
    tickets::{calendar, running},
};

/// Over how long promises are counted.
const WINDOW: SignedDuration = SignedDuration::from_hours(90 * 24);

/// A customer at a glance. What the reader may not see is none.
#[derive(Clone, Debug)]
pub struct Glance {
    /// Its plan, and how it stands to the statement.
    pub plan: Option<OfCustomer>,
    /// How many of its subscriptions are in use.
    pub subscriptions: Option<usize>,
    /// How many licences it pays for, and how many of them somebody has; none where nobody read that.
    pub licences: Option<[u64; 2]>,
    /// What it owes, and what we owe for it.
    pub money: Option<collections::Row>,
    /// How many of its tickets others have now.
    pub away: i64,
    /// How many promises were kept, of its last 200 tickets of 90 days.
    pub kept: usize,
    /// How many were due.
    pub promised: usize,
}

/// A customer at a glance.
///
/// # Errors
/// [`Error::Forbidden`] without [`Permission::CustomersView`]; [`Error::NotFound`].
pub async fn glance(app: &App, agent: &Agent, id: CustomerId) -> Result<Glance> {
    agent.require(Permission::CustomersView)?;
    let (now, reader) = (app.now(), agent.reader());
    let (away, kept, promised) = app
        .store
        .read::<_, Error, _>(agent.desk, move |tx| {
            Box::pin(async move {
                parties::customer(tx, id).await?.ok_or(Error::NotFound("customer"))?;
                let since = now.checked_sub(WINDOW).unwrap_or(Timestamp::MIN);
                let mut calendars: HashMap<_, Option<Calendar>> = HashMap::new();
                let (mut kept, mut promised) = (0, 0);
                for ticket in tickets::of_customer(tx, reader, id, since).await? {
                    let hours = match calendars.entry((ticket.offering, ticket.calendar)) {
                        Entry::Occupied(known) => known.into_mut(),
                        Entry::Vacant(new) => new.insert(hours(tx, &ticket).await?),
                    };
                    for clock in running(&ticket, hours.as_ref(), now)? {
                        let is_met = matches!(clock.state, ClockState::Met { .. });
                        promised += usize::from(is_met || clock.breached);
                        kept += usize::from(is_met && !clock.breached);
                    }
                }
                Ok((handovers::away(tx, reader, id).await?, kept, promised))
            })
        })
        .await?;
    let plan = match agent.may(Permission::CatalogueView) {
        true => Some(catalogue::of_customer(app, agent, id).await?),
        false => None,
    };
    let (subscriptions, licences) = match agent.may(Permission::SubscriptionsView) {
        true => {
            let (places, _) = subscriptions::of_customer(app, agent, id).await?;
            let held = places.iter().flat_map(|place| &place.held);
            let used = held.filter(|one| one.row.gone_at.is_none() && one.row.status == Status::Active);
            (Some(used.count()), licences(&places))
        }
        false => (None, None),
    };
    let money = match agent.may(Permission::ReceivablesView) {
        true => Some(collections::one(app, agent, id).await?.row),
        false => None,
    };
    Ok(Glance { plan, subscriptions, licences, money, away, kept, promised })
}

fn licences(places: &[subscriptions::Place]) -> Option<[u64; 2]> {
    let all = places.iter().flat_map(|place| &place.licences).map(store::licences::Licences::counted);
    // Of what nobody pays for there are a million.
    let paid: Vec<_> = all.filter(|one| one.are_paid_for()).collect();
    let sum = |of: fn(&Licences<'_>) -> u32| paid.iter().map(|one| u64::from(of(one))).sum::<u64>();
    (!paid.is_empty()).then(|| [sum(|one| one.active), sum(|one| one.assigned)])
}

/// In whose hours the clocks of a ticket run.
async fn hours(tx: &mut Tx, ticket: &tickets::Ticket) -> Result<Option<Calendar>> {
    if ticket.offering.is_none() {
        return calendar(tx, ticket.calendar).await;
    }
    Ok(catalogue::promised(tx, ticket.offering).await?.map(|promised| promised.calendar))
}
