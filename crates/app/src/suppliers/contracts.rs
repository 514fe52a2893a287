//! Contracts with suppliers, their numbers, and what the desk says of its own standing.

use std::collections::HashMap;

use domain::{
    access::Permission,
    deed::Deed,
    id::{DeskId, EntitlementId, OfferingId, SupplierId},
    vehicle::{
        standing::{Period, Right, Standing},
        wallet::{Forecast, MOST},
    },
};
use jiff::Timestamp;
use mail::peer::Secret;
use serde_json::json;
use store::{
    Tx,
    entitlements::{self, Entitlement},
    offerings::{self, Offering},
    records,
};

use super::{NAME, offering_name};
use crate::{
    Agent, App, Error, Result, audit,
    error::line,
    vault::{self, Place},
    wallet,
};

/// The longest Access ID or Contract ID, in characters.
const NUMBER: usize = 200;
/// The most contracts of a desk.
const CONTRACTS: usize = 2_000;

/// A contract with what there is to know about it, but for its numbers.
#[derive(Clone, Debug)]
pub struct Held {
    /// The contract.
    pub entitlement: Entitlement,
    /// What the offering is called today.
    pub offering: String,
    /// Where its period stands.
    pub period: Period,
    /// When its wallet will be empty.
    pub forecast: Forecast,
}

/// The contracts with a supplier, or with all, the newest period first. `offers` names what they are for.
pub(crate) async fn held_in(
    tx: &mut Tx,
    supplier: Option<SupplierId>,
    offers: &[Offering],
    now: Timestamp,
) -> Result<Vec<Held>> {
    let rows = match supplier {
        Some(supplier) => entitlements::of_supplier(tx, supplier).await?,
        None => entitlements::all(tx).await?,
    };
    let names: HashMap<OfferingId, String> =
        offers.iter().map(|offer| (offer.id, offering_name(offer, now))).collect();
    let mut held = Vec::with_capacity(rows.len());
    for entitlement in rows {
        let period = Period::of(entitlement.from, entitlement.to, now);
        // What is over, or has not begun, is not used up any further.
        let forecast = match period {
            Period::InForce => wallet::forecast(tx, &entitlement, now).await?,
            Period::NotBegun(_) | Period::Expired(_) => Forecast::Unknown,
        };
        let offering = names.get(&entitlement.offering).cloned().unwrap_or_default();
        held.push(Held { entitlement, offering, period, forecast });
    }
    Ok(held)
}

/// What a contract entitles to.
pub(crate) fn right(entitlement: &Entitlement) -> Right {
    Right { id: entitlement.id, from: entitlement.from, to: entitlement.to, left: wallet::left(entitlement) }
}

/// Every contract, the newest period first.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn contracts(app: &App, agent: &Agent) -> Result<Vec<Held>> {
    agent.require(Permission::SuppliersView)?;
    let now = app.now();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let offers = offerings::of_suppliers(tx).await?;
                held_in(tx, None, &offers, now).await
            })
        })
        .await
}

/// One contract.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn contract(app: &App, agent: &Agent, id: EntitlementId) -> Result<Held> {
    agent.require(Permission::SuppliersView)?;
    let now = app.now();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let entitlement = entitlements::get(tx, id).await?.ok_or(Error::NotFound("entitlement"))?;
                let offering = offerings::get(tx, entitlement.offering).await?;
                Ok(Held {
                    period: Period::of(entitlement.from, entitlement.to, now),
                    forecast: wallet::forecast(tx, &entitlement, now).await?,
                    offering: offering.map(|offer| offering_name(&offer, now)).unwrap_or_default(),
                    entitlement,
                })
            })
        })
        .await
}

/// Units of a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Units {
    /// Nothing is counted.
    Unlimited,
    /// So many come with it.
    Counted(u32),
}

/// What is written of a contract.
#[derive(Clone, Debug)]
pub struct Contract {
    /// What the desk calls it; empty for the offering's name.
    pub name: String,
    /// The Access ID: none keeps the one that is there, empty removes it.
    pub access_id: Option<String>,
    /// The Contract ID, in the same way.
    pub contract_id: Option<String>,
    /// From when it holds; without one, from now on, or from when it held before.
    pub from: Option<Timestamp>,
    /// Until when; none is for ever.
    pub to: Option<Timestamp>,
}

/// The two numbers of a contract.
const ACCESS: &str = "access-id";
const CONTRACT: &str = "contract-id";

fn place(desk: DeskId, id: EntitlementId, what: &'static str) -> Place {
    Place { desk, owner: id.uuid().into_bytes(), what }
}

/// A number as it is kept: the one that is given, or else the one that was there.
fn sealed(
    app: &App,
    desk: DeskId,
    id: EntitlementId,
    (field, what): (&'static str, &'static str),
    given: Option<&str>,
    before: Option<&str>,
) -> Result<Option<String>> {
    match given.map(str::trim) {
        None => Ok(before.map(str::to_owned)),
        Some("") => Ok(None),
        Some(number) => {
            let number = line(field, number, NUMBER)?;
            vault::seal(&app.keys.vault, place(desk, id, what), &number).map(Some)
        }
    }
}

/// Enters a contract with a supplier for one of its offerings. Units that are counted are the first entry of its wallet.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`] for an offering that no supplier of the desk has, [`Error::Invalid`].
pub async fn add_contract(
    app: &App,
    agent: &Agent,
    offering: OfferingId,
    units: Units,
    contract: Contract,
) -> Result<EntitlementId> {
    agent.require(Permission::SuppliersManage)?;
    if matches!(units, Units::Counted(units) if units > MOST) {
        return Err(Error::invalid("units", "not-a-count"));
    }
    let now = app.now();
    let mut ids = app.ids(now);
    let id = ids.next(EntitlementId::new);
    let Contract { name, access_id, contract_id, from, to } = contract;
    let name = if name.trim().is_empty() { String::new() } else { line("name", &name, NAME)? };
    let from = from.unwrap_or(now);
    in_order(from, to)?;
    let counted = units != Units::Unlimited;
    let row = Entitlement {
        id,
        supplier: SupplierId::from_uuid(id.uuid()),
        offering,
        name,
        access_id: sealed(app, agent.desk, id, ("access_id", ACCESS), access_id.as_deref(), None)?,
        contract_id: sealed(app, agent.desk, id, ("contract_id", CONTRACT), contract_id.as_deref(), None)?,
        counted,
        balance: counted.then_some(0),
        entries: 0,
        from,
        to,
        version: 1,
        created_at: now,
    };
    let actor = agent.actor();
    let act = audit::act(&mut ids, now, actor, Deed::EntitlementAdd, &id, json!({ "offering": offering }));
    app.store
        .write(agent.desk, move |tx| {
            let (mut row, act) = (row.clone(), act.clone());
            Box::pin(async move {
                let offer = offerings::get(tx, offering).await?.ok_or(Error::NotFound("offering"))?;
                row.supplier = offer.supplier.ok_or(Error::NotFound("offering"))?;
                if row.name.is_empty() {
                    row.name = offering_name(&offer, now);
                }
                if entitlements::all(tx).await?.len() >= CONTRACTS {
                    return Err(Error::Refused("too-many"));
                }
                entitlements::add(tx, &row).await?;
                if let Units::Counted(units) = units
                    && units > 0
                {
                    wallet::first_grant(tx, &row, units, actor, now).await?;
                }
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await?;
    Ok(id)
}

fn in_order(from: Timestamp, to: Option<Timestamp>) -> Result<()> {
    match to {
        Some(to) if to <= from => Err(Error::invalid("to", "not-after")),
        Some(_) | None => Ok(()),
    }
}

/// Changes a contract, at the version that was seen.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Stale`], [`Error::Invalid`].
pub async fn change_contract(
    app: &App,
    agent: &Agent,
    id: EntitlementId,
    contract: Contract,
    version: i64,
) -> Result<()> {
    agent.require(Permission::SuppliersManage)?;
    let name = line("name", &contract.name, NAME)?;
    let now = app.now();
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::EntitlementChange, &id, json!({}));
    // Sealed before the unit begins: it may run again, and then must write the same.
    let seal = |field, given: &Option<String>| -> Result<Option<Option<String>>> {
        let Some(given) = given else { return Ok(None) };
        sealed(app, agent.desk, id, field, Some(given), None).map(Some)
    };
    let access = seal(("access_id", ACCESS), &contract.access_id)?;
    let number = seal(("contract_id", CONTRACT), &contract.contract_id)?;
    app.store
        .write(agent.desk, move |tx| {
            let (name, access, number, act) = (name.clone(), access.clone(), number.clone(), act.clone());
            Box::pin(async move {
                let before = entitlements::get(tx, id).await?.ok_or(Error::NotFound("entitlement"))?;
                let from = contract.from.unwrap_or(before.from);
                in_order(from, contract.to)?;
                let after = Entitlement {
                    name,
                    access_id: access.unwrap_or_else(|| before.access_id.clone()),
                    contract_id: number.unwrap_or_else(|| before.contract_id.clone()),
                    from,
                    to: contract.to,
                    version,
                    ..before
                };
                entitlements::update(tx, &after).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}

/// The numbers for which a supplier asks.
#[derive(Debug)]
pub struct Numbers {
    /// The Access ID, if one is entered.
    pub access_id: Option<Secret>,
    /// The Contract ID, if one is entered.
    pub contract_id: Option<Secret>,
}

/// Reads the numbers of a contract; the audit log says who has, and when.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], a number that this installation's key does not open.
pub async fn numbers(app: &App, agent: &Agent, id: EntitlementId) -> Result<Numbers> {
    agent.require(Permission::ContractsRead)?;
    let now = app.now();
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::ContractRead, &id, json!({}));
    let row = app
        .store
        .write(agent.desk, move |tx| {
            let act = act.clone();
            Box::pin(async move {
                let row = entitlements::get(tx, id).await?.ok_or(Error::NotFound("entitlement"))?;
                records::audit(tx, &act).await?;
                Ok::<_, Error>(row)
            })
        })
        .await?;
    let open = |what, sealed: Option<&str>| {
        sealed.map(|sealed| vault::open(&app.keys.vault, place(agent.desk, id, what), sealed)).transpose()
    };
    Ok(Numbers {
        access_id: open(ACCESS, row.access_id.as_deref())?,
        contract_id: open(CONTRACT, row.contract_id.as_deref())?,
    })
}

/// What the desk says of its own standing.
pub(crate) async fn standing_in(tx: &mut Tx) -> Result<Standing> {
    Ok(entitlements::standing(tx).await?.0)
}

/// What the desk says of its own standing, and its version.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn standing(app: &App, agent: &Agent) -> Result<(Standing, i64)> {
    agent.require(Permission::SuppliersView)?;
    Ok(app.store.read::<_, store::Error, _>(agent.desk, |tx| Box::pin(entitlements::standing(tx))).await?)
}

/// Says it anew, at the version that was seen.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Stale`].
pub async fn set_standing(app: &App, agent: &Agent, standing: Standing, version: i64) -> Result<()> {
    agent.require(Permission::SuppliersManage)?;
    let now = app.now();
    let act =
        audit::act(&mut app.ids(now), now, agent.actor(), Deed::StandingChange, &agent.desk, json!(standing));
    app.store
        .write::<_, Error, _>(agent.desk, move |tx| {
            let (standing, act) = (standing.clone(), act.clone());
            Box::pin(async move {
                entitlements::set_standing(tx, &standing, version).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}
