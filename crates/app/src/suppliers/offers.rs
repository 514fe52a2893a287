//! What suppliers offer.

use domain::{
    access::Permission,
    deed::Deed,
    id::{OfferingId, SupplierId},
    offering::Terms,
    vehicle::{microsoft, rules, standing::Period},
};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::json;
use store::{
    Json,
    offerings::{self, Offering},
    records, suppliers,
};

use super::NAME;
use crate::{Agent, App, Error, Result, audit, desks, error::line};

/// The most offerings of a supplier.
const OFFERINGS: usize = 200;

/// An offering with what is written about it.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The offering.
    pub offering: Offering,
    /// What it is called today: Microsoft changes names.
    pub name: String,
    /// Where Microsoft wrote what it is; none for what the desk has entered itself.
    pub source: Option<&'static str>,
    /// Whether its terms are not as Microsoft's documents have them any more.
    pub edited: bool,
}

impl Offer {
    pub(super) fn of(offering: Offering, now: Timestamp) -> Self {
        let written = offering.vehicle.and_then(microsoft::offering);
        Self {
            name: offering_name(&offering, now),
            source: written.map(|written| written.source.as_str()),
            edited: written.is_some_and(|written| written.terms != offering.terms.0),
            offering,
        }
    }
}

/// What an offering is called on a day: a vehicle of Microsoft's as Microsoft calls it then.
#[must_use]
pub fn offering_name(offering: &Offering, now: Timestamp) -> String {
    match offering.vehicle {
        Some(vehicle) => rules::verified().name(vehicle.into(), Some(now.to_zoned(TimeZone::UTC).date())),
        None => offering.name.clone(),
    }
}

pub(super) fn is_offered(offering: &Offering, now: Timestamp) -> bool {
    Period::of(offering.valid_from, offering.valid_to, now) == Period::InForce
}

/// What a supplier offers, by name.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn offerings(app: &App, agent: &Agent, supplier: SupplierId) -> Result<Vec<Offer>> {
    agent.require(Permission::SuppliersView)?;
    let now = app.now();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                suppliers::get(tx, supplier).await?.ok_or(Error::NotFound("supplier"))?;
                let rows = offerings::of_supplier(tx, supplier).await?;
                Ok(rows.into_iter().map(|row| Offer::of(row, now)).collect())
            })
        })
        .await
}

/// Adds an offering to a supplier. It holds from now on if no moment is given.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`].
pub async fn add_offering(
    app: &App,
    agent: &Agent,
    supplier: SupplierId,
    name: &str,
    terms: Terms,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
) -> Result<OfferingId> {
    agent.require(Permission::SuppliersManage)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let offering = Offering {
        id: ids.next(OfferingId::new),
        supplier: Some(supplier),
        name: line("name", name, NAME)?,
        vehicle: None,
        terms: Json(checked_terms(terms)?),
        valid_from: from.unwrap_or(now),
        valid_to: to,
        theirs: None,
        version: 1,
    };
    in_order(&offering)?;
    let id = offering.id;
    let what = json!({ "supplier": supplier });
    let act = audit::act(&mut ids, now, agent.actor(), Deed::SupplierOfferingAdd, &id, what);
    app.store
        .write(agent.desk, move |tx| {
            let (offering, act) = (offering.clone(), act.clone());
            Box::pin(async move {
                suppliers::get(tx, supplier).await?.ok_or(Error::NotFound("supplier"))?;
                if offerings::of_supplier(tx, supplier).await?.len() >= OFFERINGS {
                    return Err(Error::Refused("too-many"));
                }
                offerings::add(tx, &offering).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await?;
    Ok(id)
}

/// Changes an offering of a supplier, at the version that was seen. A vehicle of Microsoft's keeps its name: Microsoft
/// gives it.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Stale`], [`Error::Invalid`].
#[expect(clippy::too_many_arguments, reason = "each is a field of the form")]
pub async fn change_offering(
    app: &App,
    agent: &Agent,
    supplier: SupplierId,
    id: OfferingId,
    name: &str,
    terms: Terms,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    version: i64,
) -> Result<()> {
    agent.require(Permission::SuppliersManage)?;
    let name = line("name", name, NAME)?;
    let terms = checked_terms(terms)?;
    let now = app.now();
    let what = json!({ "supplier": supplier });
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::SupplierOfferingChange, &id, what);
    app.store
        .write(agent.desk, move |tx| {
            let (name, terms, act) = (name.clone(), terms.clone(), act.clone());
            Box::pin(async move {
                let before = offerings::get(tx, id).await?;
                let before = before
                    .filter(|offering| offering.supplier == Some(supplier))
                    .ok_or(Error::NotFound("offering"))?;
                if before.theirs.is_some() {
                    return Err(Error::Refused("published-there"));
                }
                let after = Offering {
                    name: if before.vehicle.is_some() { before.name.clone() } else { name },
                    terms: Json(terms),
                    valid_from: from.unwrap_or(before.valid_from),
                    valid_to: to,
                    version,
                    ..before
                };
                in_order(&after)?;
                offerings::update(tx, &after).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}

fn in_order(offering: &Offering) -> Result<()> {
    match offering.valid_to {
        Some(to) if to <= offering.valid_from => Err(Error::invalid("to", "not-after")),
        Some(_) | None => Ok(()),
    }
}

/// Terms that can be: something for somebody, in hours that a calendar can have. Without hours, they are not known.
///
/// # Errors
/// [`Error::Invalid`] for the field that cannot.
pub(crate) fn checked_terms(mut terms: Terms) -> Result<Terms> {
    for (field, is_empty) in [
        ("services", terms.services.is_empty()),
        ("kinds", terms.kinds.is_empty()),
        ("languages", terms.languages.is_empty()),
    ] {
        if is_empty {
            return Err(Error::invalid(field, "required"));
        }
    }
    if terms.price.amount.is_some_and(|amount| amount.minor < 0) {
        return Err(Error::invalid("price", "not-a-price"));
    }
    terms.services.sort();
    terms.services.dedup();
    terms.kinds.sort();
    terms.kinds.dedup();
    terms.languages.sort();
    terms.languages.dedup();
    terms.contact.sort();
    terms.contact.dedup();
    terms.hours = desks::checked_hours(terms.hours)?;
    Ok(terms)
}
