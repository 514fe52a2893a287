//! What customers have paid for before: contracts are sold, drawn on, and lost when their time is over.

use domain::{
    access::Permission,
    charging::prepaid::Holds,
    deed::Deed,
    id::{CustomerId, DeskId, PrepaidId},
    ticket::timeline::Actor,
    vehicle::wallet::{Act, Forecast, MOST},
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Tx, parties,
    prepaid::{self, Named, Prepaid},
    records,
    wallet::{self as entries, Entry, Holder},
};

use super::{NOTE, rules_in};
use crate::{
    Agent, App, Error, Result, audit, error,
    wallet::{self, Case},
};

/// The longest name of a contract, in characters.
const NAME: usize = 120;

/// What is written of a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// What the desk calls it.
    pub name: String,
    /// From when it holds; from now on if nothing is said.
    pub from: Option<Timestamp>,
    /// Until when; none is for ever.
    pub to: Option<Timestamp>,
}

/// A contract that is sold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sold {
    /// To whom.
    pub customer: CustomerId,
    /// What it holds.
    pub holds: Holds,
    /// How much: minutes, or incidents.
    pub units: u32,
    /// The rest.
    pub contract: Contract,
}

/// A contract with what follows from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The contract, and whose it is.
    pub named: Named,
    /// When it will be empty.
    pub forecast: Forecast,
    /// Whether what is left is little.
    pub low: bool,
    /// Whether something can be drawn on it now.
    pub gives: bool,
}

async fn held(tx: &mut Tx, named: Named, now: Timestamp) -> Result<Held> {
    let (rules, _) = rules_in(tx).await?;
    let row = &named.prepaid;
    let forecast = wallet::forecast_of(tx, row.into(), row.from, row.to, now).await?;
    let least = match row.holds {
        Holds::Hours => rules.low_minutes,
        Holds::Incidents => rules.low_incidents,
    };
    let runs = row.from <= now && row.to.is_none_or(|to| now < to);
    Ok(Held { forecast, low: runs && row.balance <= least, gives: runs && row.balance > 0, named })
}

/// A page of the contracts of all customers, the newest first: those older than the given one.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn contracts(app: &App, agent: &Agent, before: Option<PrepaidId>, limit: i64) -> Result<Vec<Held>> {
    agent.require(Permission::ChargesView)?;
    let now = app.now();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let mut found = Vec::new();
                for named in prepaid::page(tx, before, limit).await? {
                    found.push(held(tx, named, now).await?);
                }
                Ok(found)
            })
        })
        .await
}

/// One contract.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn contract(app: &App, agent: &Agent, id: PrepaidId) -> Result<Held> {
    agent.require(Permission::ChargesView)?;
    let now = app.now();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let named = prepaid::named(tx, id).await?.ok_or(Error::NotFound("prepaid"))?;
                held(tx, named, now).await
            })
        })
        .await
}

/// A page of its ledger, the newest entry first: those before the given number.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn ledger(
    app: &App,
    agent: &Agent,
    id: PrepaidId,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Entry>> {
    agent.require(Permission::ChargesView)?;
    let reader = agent.reader();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                prepaid::get(tx, id).await?.ok_or(Error::NotFound("prepaid"))?;
                let from = before.unwrap_or(i64::MAX);
                let mut found =
                    entries::newest(tx, Holder::Prepaid(id), from, limit.clamp(1, wallet::PAGE + 1)).await?;
                wallet::conceal(tx, reader, &mut found).await;
                Ok(found)
            })
        })
        .await
}

fn checked(contract: &Contract, now: Timestamp) -> Result<(String, Timestamp, Option<Timestamp>)> {
    let name = error::line("name", &contract.name, NAME)?;
    let from = contract.from.unwrap_or(now);
    if contract.to.is_some_and(|to| to <= from) {
        return Err(Error::invalid("to", "not-after"));
    }
    Ok((name, from, contract.to))
}

fn countable(holds: Holds, units: u32) -> Result<u32> {
    let whole = holds == Holds::Incidents || units.is_multiple_of(domain::charging::rules::STEP);
    if units == 0 || units > MOST || !whole {
        return Err(Error::invalid("units", "not-a-count"));
    }
    Ok(units)
}

/// Sells a contract to a customer.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Invalid`]; hours are sold in full quarters.
pub async fn sell(app: &App, agent: &Agent, sold: Sold) -> Result<PrepaidId> {
    agent.require(Permission::ChargesManage)?;
    let now = app.now();
    let units = countable(sold.holds, sold.units)?;
    let (name, from, to) = checked(&sold.contract, now)?;
    let mut ids = app.ids(now);
    let row = Prepaid {
        id: ids.next(PrepaidId::new),
        customer: sold.customer,
        name,
        holds: sold.holds,
        balance: 0,
        entries: 0,
        from,
        to,
        version: 1,
        created_at: now,
    };
    let id = row.id;
    let what = json!({ "customer": sold.customer, "holds": sold.holds, "units": units });
    let act = audit::act(&mut ids, now, agent.actor(), Deed::PrepaidSell, &id, what);
    let case = Case { key: String::new(), ticket: None, actor: agent.actor(), reason: String::new(), now };
    app.store
        .write(agent.desk, move |tx| {
            let (row, act, case) = (row.clone(), act.clone(), case.clone());
            Box::pin(async move {
                parties::customer(tx, row.customer).await?.ok_or(Error::invalid("customer", "unknown"))?;
                prepaid::add(tx, &row).await?;
                wallet::append(tx, (&row).into(), &[], Act::Grant, units, &case).await?;
                Ok::<_, Error>(records::audit(tx, &act).await?)
            })
        })
        .await?;
    Ok(id)
}

/// Changes a contract at the version that was seen: its name and its time.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`], [`Error::Stale`].
pub async fn change(app: &App, agent: &Agent, id: PrepaidId, contract: Contract, version: i64) -> Result<()> {
    agent.require(Permission::ChargesManage)?;
    let now = app.now();
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::PrepaidChange, &id, json!({}));
    app.store
        .write(agent.desk, move |tx| {
            let (contract, act) = (contract.clone(), act.clone());
            Box::pin(async move {
                let before = prepaid::get(tx, id).await?.ok_or(Error::NotFound("prepaid"))?;
                let from = Some(contract.from.unwrap_or(before.from));
                let (name, from, to) = checked(&Contract { from, ..contract }, now)?;
                prepaid::update(tx, &Prepaid { name, from, to, version, ..before }).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}

/// Adds to a contract.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`] without a reason.
pub async fn grant(app: &App, agent: &Agent, id: PrepaidId, units: u32, reason: &str) -> Result<()> {
    agent.require(Permission::ChargesManage)?;
    let reason = error::body("reason", reason, NOTE)?;
    let now = app.now();
    let act =
        audit::act(&mut app.ids(now), now, agent.actor(), Deed::WalletGrant, &id, json!({ "units": units }));
    let case = Case { key: String::new(), ticket: None, actor: agent.actor(), reason, now };
    app.store
        .write(agent.desk, move |tx| {
            let (act, case) = (act.clone(), case.clone());
            Box::pin(async move {
                let row = prepaid::get(tx, id).await?.ok_or(Error::NotFound("prepaid"))?;
                let units = countable(row.holds, units)?;
                wallet::append(tx, (&row).into(), &[], Act::Grant, units, &case).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}

/// Takes units for a case, in the caller's unit of work.
pub(super) async fn take(tx: &mut Tx, id: PrepaidId, act: Act, units: u32, case: &Case) -> Result<()> {
    let row = prepaid::get(tx, id).await?.ok_or(Error::NotFound("prepaid"))?;
    let done = entries::of_case(tx, &case.key).await?;
    wallet::append(tx, (&row).into(), &done, act, units, case).await.map(drop)
}

/// Gives back what a case holds or has used, all of it.
pub(super) async fn give_back(tx: &mut Tx, id: PrepaidId, case: &Case) -> Result<()> {
    let row = prepaid::get(tx, id).await?.ok_or(Error::NotFound("prepaid"))?;
    let done = entries::of_case(tx, &case.key).await?;
    let act = match done.last().map(|entry| entry.act) {
        Some(Act::Reserve) => Act::Release,
        Some(Act::Consume) => Act::Refund,
        Some(Act::Grant | Act::Release | Act::Refund | Act::Expire) | None => return Ok(()),
    };
    wallet::append(tx, (&row).into(), &done, act, 1, case).await.map(drop)
}

/// Lets expire what is left of contracts whose time is over; how many.
pub(crate) async fn sweep(app: &App, desk: DeskId) -> Result<usize> {
    let now = app.now();
    app.store
        .write(desk, move |tx| {
            Box::pin(async move {
                let over = prepaid::over(tx, now).await?;
                for row in &over {
                    let case = Case {
                        key: String::new(),
                        ticket: None,
                        actor: Actor::System,
                        reason: String::new(),
                        now,
                    };
                    wallet::append(tx, row.into(), &[], Act::Expire, row.balance, &case).await?;
                }
                Ok::<_, Error>(over.len())
            })
        })
        .await
}
