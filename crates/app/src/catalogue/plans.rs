//! Plans, which customer has which, and who may acknowledge for it.

use domain::{
    access::Permission,
    deed::Deed,
    id::{ContactId, CustomerId, OfferingId, PlanId, StatementId},
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Json, Tx,
    catalogue::{self, Held, Plan},
    offerings, parties, records, statements,
};

use super::{MOST, NAME};
use crate::{Agent, App, Error, Result, audit, error, statements::standing};

/// What is written of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPlan {
    /// Its name, as customers read it.
    pub name: String,
    /// The desk's offerings in it.
    pub offerings: Vec<OfferingId>,
    /// Whether customers without a plan of their own have it.
    pub is_default: bool,
}

/// Each offering once, all of them the desk's own.
async fn known(tx: &mut Tx, given: &[OfferingId]) -> Result<Vec<OfferingId>> {
    let own = offerings::own(tx).await?;
    let mut known = Vec::new();
    for id in given {
        if !own.iter().any(|o| o.id == *id) {
            return Err(Error::invalid("offerings", "unknown"));
        }
        if !known.contains(id) {
            known.push(*id);
        }
    }
    Ok(known)
}

fn name_taken(error: store::Error) -> Error {
    if error.is_taken("plans", "name") { Error::invalid("name", "taken") } else { error.into() }
}

/// Adds a plan.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Invalid`], with `name: taken`.
pub async fn add_plan(app: &App, agent: &Agent, new: NewPlan) -> Result<PlanId> {
    agent.require(Permission::CatalogueManage)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let plan = Plan {
        id: ids.next(PlanId::new),
        name: error::line("name", &new.name, NAME)?,
        is_default: new.is_default,
        offerings: Json(new.offerings),
        version: 1,
        created_at: now,
    };
    let id = plan.id;
    let act = audit::act(&mut ids, now, agent.actor(), Deed::PlanAdd, &id, json!({}));
    app.store
        .write(agent.desk, move |tx| {
            let (mut plan, act) = (plan.clone(), act.clone());
            Box::pin(async move {
                if catalogue::plans(tx).await?.len() >= MOST {
                    return Err(Error::Refused("too-many-plans"));
                }
                plan.offerings = Json(known(tx, &plan.offerings.0).await?);
                catalogue::add_plan(tx, &plan).await.map_err(name_taken)?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await?;
    Ok(id)
}

/// Changes a plan, at the version that was seen.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Stale`], [`Error::Invalid`].
pub async fn change_plan(app: &App, agent: &Agent, id: PlanId, new: NewPlan, version: i64) -> Result<()> {
    agent.require(Permission::CatalogueManage)?;
    let name = error::line("name", &new.name, NAME)?;
    let now = app.now();
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::PlanChange, &id, json!({}));
    app.store
        .write(agent.desk, move |tx| {
            let (name, new, act) = (name.clone(), new.clone(), act.clone());
            Box::pin(async move {
                let before = catalogue::plan(tx, id).await?.ok_or(Error::NotFound("plan"))?;
                let offerings = Json(known(tx, &new.offerings).await?);
                let after = Plan { name, offerings, is_default: new.is_default, version, ..before };
                catalogue::update_plan(tx, &after).await.map_err(name_taken)?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}

/// Gives a customer a plan from a moment on, or none of its own. What it had from then on ends; what it had before
/// stays as it was.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`] for the customer, [`Error::Invalid`].
pub async fn hold(
    app: &App,
    agent: &Agent,
    customer: CustomerId,
    plan: Option<PlanId>,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
) -> Result<()> {
    agent.require(Permission::CatalogueManage)?;
    agent.require(Permission::CustomersView)?;
    let now = app.now();
    let from = from.unwrap_or(now);
    if to.is_some_and(|to| to <= from) {
        return Err(Error::invalid("valid_to", "not-after"));
    }
    let what = json!({ "plan": plan, "from": from, "to": to });
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::PlanHold, &customer, what);
    app.store
        .write(agent.desk, move |tx| {
            let act = act.clone();
            Box::pin(async move {
                parties::customer(tx, customer).await?.ok_or(Error::NotFound("customer"))?;
                match plan {
                    Some(plan) => {
                        catalogue::plan(tx, plan).await?.ok_or(Error::invalid("plan", "unknown"))?;
                        let held = Held { customer, plan, valid_from: from, valid_to: to };
                        catalogue::hold(tx, &held).await?;
                    }
                    None => catalogue::end(tx, customer, from).await?,
                }
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}

/// Lets a contact acknowledge statements for a customer, or not any more.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] if the contact does not belong to the customer.
pub async fn authorise(
    app: &App,
    agent: &Agent,
    customer: CustomerId,
    contact: ContactId,
    may: bool,
) -> Result<()> {
    agent.require(Permission::CatalogueManage)?;
    agent.require(Permission::CustomersView)?;
    let now = app.now();
    let what = json!({ "customer": customer, "may": may });
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::StatementAuthorise, &contact, what);
    app.store
        .write(agent.desk, move |tx| {
            let act = act.clone();
            Box::pin(async move {
                if !statements::authorise(tx, customer, contact, may).await? {
                    return Err(Error::NotFound("contact"));
                }
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}

/// How a customer stands to the statement of its plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is published that it could acknowledge.
    Nothing,
    /// It has acknowledged the newest version, or one that differs from it in nothing that matters.
    Acknowledged {
        /// The version that it acknowledged.
        number: i64,
        /// When.
        at: Timestamp,
    },
    /// It is asked to.
    Asked {
        /// The newest version.
        statement: StatementId,
        /// Its number.
        number: i64,
        /// The version that it acknowledged before.
        before: Option<i64>,
    },
}

/// What the catalogue says of a customer.
#[derive(Clone, Debug)]
pub struct OfCustomer {
    /// The customer.
    pub customer: parties::Customer,
    /// The plans that it had, has and will have.
    pub held: Vec<Held>,
    /// The plan that it has now.
    pub now: Option<Plan>,
    /// Every plan.
    pub plans: Vec<Plan>,
    /// Its contacts, each with whether it may acknowledge.
    pub contacts: Vec<(parties::Contact, bool)>,
    /// How it stands to the statement of its plan.
    pub standing: Standing,
}

/// What the catalogue says of a customer.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn of_customer(app: &App, agent: &Agent, id: CustomerId) -> Result<OfCustomer> {
    agent.require(Permission::CatalogueView)?;
    agent.require(Permission::CustomersView)?;
    let now = app.now();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let customer = parties::customer(tx, id).await?.ok_or(Error::NotFound("customer"))?;
                let may = statements::may_acknowledge(tx, id).await?;
                let contacts = parties::contacts_of(tx, id).await?;
                let plan = catalogue::plan_at(tx, Some(id), now).await?;
                Ok(OfCustomer {
                    customer,
                    held: catalogue::held(tx, id).await?,
                    plans: catalogue::plans(tx).await?,
                    contacts: contacts.into_iter().map(|c| (c.clone(), may.contains(&c.id))).collect(),
                    standing: match &plan {
                        Some(plan) => standing(tx, id, plan.id).await?,
                        None => Standing::Nothing,
                    },
                    now: plan,
                })
            })
        })
        .await
}
