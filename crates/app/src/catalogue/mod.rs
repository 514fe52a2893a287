//! What the desk offers: its offerings, plans, who has which, and who delivers.

mod cover;
mod delivery;
mod plans;

pub use cover::{Asked, Covered, DeliveredBy};
pub(crate) use cover::{Cover, as_rule as rule, cover, covered, promised, rows};
pub use delivery::{NewDelivery, add_delivery, remove_delivery};
use domain::{
    access::Permission,
    clock::CalendarSpec,
    deed::Deed,
    id::{CustomerId, OfferingId, SupplierId, TeamId},
    lang::Lang,
    offering::{ContactMethod, Price, PriceUnit, Terms},
};
use jiff::Timestamp;
pub use plans::{NewPlan, OfCustomer, Standing, add_plan, authorise, change_plan, hold, of_customer};
use serde_json::json;
use store::{
    Json, Tx,
    catalogue::{self, Common, Holder, Plan, Usable},
    offerings::{self, Offering},
    parties, people, records, suppliers,
};

use crate::{Agent, App, Error, Result, audit, desks::checked_hours, error};

/// The longest name of an offering or a plan, in characters.
const NAME: usize = 120;
/// The longest address or number at which a desk is reached, in characters.
const CONTACT: usize = 200;
/// The longest collections policy in one language, in bytes.
const POLICY: usize = 20_000;
/// The most offerings, plans and rows of delivery of a desk.
const MOST: usize = 200;

/// How many customers can be chosen from.
const CUSTOMERS: i64 = 2_000;

/// What is written of an offering of the desk.
#[derive(Clone, Debug, PartialEq)]
pub struct NewOffering {
    /// Its name.
    pub name: String,
    /// What is promised, to whom it can be said, and when.
    pub terms: Terms,
    /// From when it holds; none: from now.
    pub valid_from: Option<Timestamp>,
    /// Until when; none is for ever.
    pub valid_to: Option<Timestamp>,
}

impl NewOffering {
    fn checked(self, now: Timestamp) -> Result<(String, Terms, Timestamp, Option<Timestamp>)> {
        let name = error::line("name", &self.name, NAME)?;
        let terms = checked_terms(self.terms)?;
        let from = self.valid_from.unwrap_or(now);
        if self.valid_to.is_some_and(|to| to <= from) {
            return Err(Error::invalid("valid_to", "not-after"));
        }
        Ok((name, terms, from, self.valid_to))
    }
}

/// Each of a set of words once, in their natural order.
fn set<T: Copy + PartialEq>(field: &'static str, all: &[T], given: &[T]) -> Result<Vec<T>> {
    let set: Vec<T> = all.iter().copied().filter(|word| given.contains(word)).collect();
    if set.is_empty() { Err(Error::invalid(field, "required")) } else { Ok(set) }
}

/// Checks terms: something for somebody, at some hour, in some language.
fn checked_terms(terms: Terms) -> Result<Terms> {
    use domain::ticket::kinds::{Kind, Service};
    let price = match (terms.price.per, terms.price.amount) {
        (PriceUnit::Included, _) => Price { per: PriceUnit::Included, amount: None },
        (_, None) => return Err(Error::invalid("price", "required")),
        (_, Some(amount)) if amount.minor < 0 => return Err(Error::invalid("price", "not-a-price")),
        (per, amount) => Price { per, amount },
    };
    Ok(Terms {
        services: set("services", Service::ALL, &terms.services)?,
        kinds: set("kinds", Kind::ALL, &terms.kinds)?,
        languages: set("languages", Lang::ALL, &terms.languages)?,
        contact: set("contact", ContactMethod::ALL, &terms.contact)?,
        hours: checked_opening(terms.hours)?,
        promises: terms.promises,
        price,
    })
}

/// Checks hours in which somebody is there.
fn checked_opening(hours: CalendarSpec) -> Result<CalendarSpec> {
    let hours = checked_hours(hours)?;
    if hours.hours == domain::clock::WeekSpec::default() {
        return Err(Error::invalid("hours", "required"));
    }
    Ok(hours)
}

/// Everything on the page of the catalogue.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The desk's own offerings, by name.
    pub offerings: Vec<Offering>,
    /// Its plans, by name.
    pub plans: Vec<Plan>,
    /// The customers with a plan of their own; none for who may not see customers.
    pub holders: Vec<Holder>,
    /// The customers by name, as many as can be chosen from; none for who may not see customers.
    pub customers: Vec<(CustomerId, String)>,
    /// Who delivers.
    pub deliveries: Vec<Usable>,
    /// The teams.
    pub teams: Vec<(TeamId, String)>,
    /// What suppliers offer, with their names; none for who may not see suppliers.
    pub theirs: Vec<(Offering, String)>,
    /// What stands in every statement, and its version.
    pub common: (Common, i64),
}

/// The catalogue of the desk.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn overview(app: &App, agent: &Agent) -> Result<Overview> {
    agent.require(Permission::CatalogueView)?;
    let now = app.now();
    let (customers, theirs) = (agent.may(Permission::CustomersView), agent.may(Permission::SuppliersView));
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                Ok(Overview {
                    offerings: offerings::own(tx).await?,
                    plans: catalogue::plans(tx).await?,
                    customers: if customers { customers_in(tx).await? } else { Vec::new() },
                    holders: if customers { catalogue::holders(tx, now).await? } else { Vec::new() },
                    deliveries: catalogue::deliveries(tx).await?,
                    teams: people::teams(tx).await?.into_iter().map(|team| (team.id, team.name)).collect(),
                    theirs: if theirs { of_suppliers(tx).await? } else { Vec::new() },
                    common: catalogue::common(tx).await?,
                })
            })
        })
        .await
}

async fn customers_in(tx: &mut Tx) -> Result<Vec<(CustomerId, String)>> {
    let all = parties::customers(tx, "", None, CUSTOMERS).await?;
    Ok(all.into_iter().map(|customer| (customer.id, customer.name)).collect())
}

/// What suppliers with whom the desk works offer, with their names.
async fn of_suppliers(tx: &mut Tx) -> Result<Vec<(Offering, String)>> {
    let suppliers = suppliers::all(tx).await?;
    let name = |id: Option<SupplierId>| {
        let supplier = suppliers.iter().find(|s| Some(s.id) == id && s.active)?;
        Some(supplier.name.clone())
    };
    let all = offerings::of_suppliers(tx).await?;
    Ok(all.into_iter().filter_map(|o| name(o.supplier).map(|name| (o, name))).collect())
}

/// One offering of the desk.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], also for a supplier's.
pub async fn offering(app: &App, agent: &Agent, id: OfferingId) -> Result<Offering> {
    agent.require(Permission::CatalogueView)?;
    app.store.read(agent.desk, move |tx| Box::pin(async move { own(tx, id).await })).await
}

async fn own(tx: &mut Tx, id: OfferingId) -> Result<Offering> {
    offerings::get(tx, id).await?.filter(|o| o.supplier.is_none()).ok_or(Error::NotFound("offering"))
}

/// Adds an offering of the desk.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Invalid`].
pub async fn add_offering(app: &App, agent: &Agent, new: NewOffering) -> Result<OfferingId> {
    agent.require(Permission::CatalogueManage)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let id = ids.next(OfferingId::new);
    let (name, terms, valid_from, valid_to) = new.checked(now)?;
    let row = Offering {
        id,
        supplier: None,
        name,
        vehicle: None,
        terms: Json(terms),
        valid_from,
        valid_to,
        theirs: None,
        version: 1,
    };
    let act = audit::act(&mut ids, now, agent.actor(), Deed::OfferingAdd, &id, json!({}));
    app.store
        .write(agent.desk, move |tx| {
            let (row, act) = (row.clone(), act.clone());
            Box::pin(async move {
                if offerings::own(tx).await?.len() >= MOST {
                    return Err(Error::Refused("too-many-offerings"));
                }
                offerings::add(tx, &row).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await?;
    Ok(id)
}

/// Changes an offering of the desk, at the version that was seen. Tickets keep the targets that they were given.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Stale`], [`Error::Invalid`].
pub async fn change_offering(
    app: &App,
    agent: &Agent,
    id: OfferingId,
    new: NewOffering,
    version: i64,
) -> Result<()> {
    agent.require(Permission::CatalogueManage)?;
    let now = app.now();
    let given = new.valid_from;
    let (name, terms, from, valid_to) = new.checked(now)?;
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::OfferingChange, &id, json!({}));
    app.store
        .write(agent.desk, move |tx| {
            let (name, terms, act) = (name.clone(), terms.clone(), act.clone());
            Box::pin(async move {
                let before = own(tx, id).await?;
                let valid_from = if given.is_some() { from } else { before.valid_from };
                if valid_to.is_some_and(|to| to <= valid_from) {
                    return Err(Error::invalid("valid_to", "not-after"));
                }
                let after = Offering { name, terms: Json(terms), valid_from, valid_to, version, ..before };
                offerings::update(tx, &after).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}

/// Changes what stands in every statement, at the version that was seen.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Stale`], [`Error::Invalid`].
pub async fn set_common(app: &App, agent: &Agent, common: Common, version: i64) -> Result<()> {
    agent.require(Permission::CatalogueManage)?;
    let mut clean = Common::default();
    for (method, place) in common.contact {
        if !place.trim().is_empty() {
            clean.contact.insert(method, error::line("contact", &place, CONTACT)?);
        }
    }
    for (lang, text) in common.collections {
        if !text.trim().is_empty() {
            clean.collections.insert(lang, error::body("collections", &text, POLICY)?);
        }
    }
    let now = app.now();
    let act =
        audit::act(&mut app.ids(now), now, agent.actor(), Deed::CatalogueChange, &agent.desk, json!({}));
    app.store
        .write(agent.desk, move |tx| {
            let (clean, act) = (clean.clone(), act.clone());
            Box::pin(async move {
                catalogue::set_common(tx, &clean, version).await?;
                Ok::<_, Error>(records::audit(tx, &act).await?)
            })
        })
        .await
}
