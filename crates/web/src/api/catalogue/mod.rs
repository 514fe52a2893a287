//! The catalogue: what the desk offers, in which plans, and who delivers it.

pub(crate) mod statements;

use app::{
    Agent, App, Error,
    catalogue::{self, NewDelivery, NewOffering, NewPlan},
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    clock::CalendarSpec,
    id::{CustomerId, DeliveryId, OfferingId, PlanId, TeamId},
    offering::{Terms, delivery::Manner},
    ticket::kinds::{Kind, Service},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{catalogue as rows, offerings};
use utoipa::ToSchema;

use super::{
    body::{Named, Strict, given},
    schema,
    version::{Created, IfMatch, Versioned, unmet},
};
use crate::{guard::ApiCaller, problem::Answer};

/// An offering of the desk.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Offering {
    /// Its id.
    #[schema(value_type = schema::OfferingId)]
    id: OfferingId,
    /// Its name.
    name: String,
    /// What is promised, to whom it can be said, and when.
    #[schema(value_type = schema::Terms)]
    terms: Terms,
    /// From when it holds.
    valid_from: Timestamp,
    /// Until when; none is for ever.
    valid_to: Option<Timestamp>,
    /// Rises with every change.
    version: i64,
}

impl From<offerings::Offering> for Offering {
    fn from(o: offerings::Offering) -> Self {
        Self {
            id: o.id,
            name: o.name,
            terms: o.terms.0,
            valid_from: o.valid_from,
            valid_to: o.valid_to,
            version: o.version,
        }
    }
}

/// The offerings of the desk.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Offerings {
    /// All of them, by name.
    items: Vec<Offering>,
}

/// Lists the desk's own offerings, by name.
#[utoipa::path(get, path = "/api/v1/catalogue/offerings", tag = "catalogue",
    responses((status = 200, description = "The offerings.", body = Offerings)))]
pub(crate) async fn offerings(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
) -> Answer<Json<Offerings>> {
    let all = catalogue::overview(&app, &agent).await?;
    Ok(Json(Offerings { items: all.offerings.into_iter().map(Offering::from).collect() }))
}

async fn show(app: &App, agent: &Agent, id: OfferingId) -> Answer<Versioned<Offering>> {
    let found = catalogue::offering(app, agent, id).await?;
    Ok(Versioned(found.version, found.into()))
}

/// An offering. The `ETag` is its version.
#[utoipa::path(get, path = "/api/v1/catalogue/offerings/{offering}", tag = "catalogue",
    params(("offering" = inline(schema::OfferingId), Path, description = "The offering.")),
    responses((status = 200, description = "The offering.", body = Offering, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn offering(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<OfferingId>,
) -> Answer<Versioned<Offering>> {
    show(&app, &agent, id).await
}

/// An offering to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferingToAdd {
    /// Its name.
    name: String,
    /// What is promised, to whom it can be said, and when.
    #[schema(value_type = schema::Terms)]
    terms: Terms,
    /// From when it holds; none is from now.
    valid_from: Option<Timestamp>,
    /// Until when; none is for ever.
    valid_to: Option<Timestamp>,
}

/// Adds an offering.
#[utoipa::path(post, path = "/api/v1/catalogue/offerings", tag = "catalogue", request_body = OfferingToAdd,
    responses((status = 201, description = "The offering.", body = Offering, headers(
        ("Location" = String, description = "Where it is."), ("ETag" = String, description = "Its version.")))))]
pub(crate) async fn add_offering(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<OfferingToAdd>,
) -> Answer<Created<Versioned<Offering>>> {
    let OfferingToAdd { name, terms, valid_from, valid_to } = new;
    let id = catalogue::add_offering(&app, &agent, NewOffering { name, terms, valid_from, valid_to }).await?;
    Ok(Created { location: format!("/api/v1/catalogue/offerings/{id}"), body: show(&app, &agent, id).await? })
}

/// What is changed of an offering. What is not given stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferingChange {
    /// Its name.
    name: Option<String>,
    /// Its terms: the whole of them.
    #[schema(value_type = Option<schema::Terms>)]
    terms: Option<Terms>,
    /// From when it holds.
    valid_from: Option<Timestamp>,
    /// Until when; `null` for ever.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Timestamp>)]
    valid_to: Option<Option<Timestamp>>,
}

/// Changes an offering at the version that was seen.
#[utoipa::path(patch, path = "/api/v1/catalogue/offerings/{offering}", tag = "catalogue", request_body = OfferingChange,
    params(("offering" = inline(schema::OfferingId), Path, description = "The offering.")),
    responses((status = 200, description = "The offering as it is now.", body = Offering, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn change_offering(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<OfferingId>,
    seen: IfMatch,
    Strict(change): Strict<OfferingChange>,
) -> Answer<Versioned<Offering>> {
    let Versioned(version, before) = show(&app, &agent, id).await?;
    let at = seen.accept(version)?;
    let new = NewOffering {
        name: change.name.unwrap_or(before.name),
        terms: change.terms.unwrap_or(before.terms),
        valid_from: Some(change.valid_from.unwrap_or(before.valid_from)),
        valid_to: change.valid_to.unwrap_or(before.valid_to),
    };
    catalogue::change_offering(&app, &agent, id, new, at).await.map_err(unmet)?;
    show(&app, &agent, id).await
}

/// A plan: a set of offerings.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Plan {
    /// Its id.
    #[schema(value_type = schema::PlanId)]
    id: PlanId,
    /// Its name.
    name: String,
    /// Whether customers without a plan of their own have it.
    is_default: bool,
    /// The offerings in it.
    #[schema(value_type = Vec<schema::OfferingId>)]
    offerings: Vec<OfferingId>,
    /// Rises with every change.
    version: i64,
}

impl From<rows::Plan> for Plan {
    fn from(p: rows::Plan) -> Self {
        Self {
            id: p.id,
            name: p.name,
            is_default: p.is_default,
            offerings: p.offerings.0,
            version: p.version,
        }
    }
}

/// The plans of the desk.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Plans {
    /// All of them, by name.
    items: Vec<Plan>,
}

/// Lists the plans, by name.
#[utoipa::path(get, path = "/api/v1/catalogue/plans", tag = "catalogue",
    responses((status = 200, description = "The plans.", body = Plans)))]
pub(crate) async fn plans(ApiCaller(agent): ApiCaller, State(app): State<App>) -> Answer<Json<Plans>> {
    let all = catalogue::overview(&app, &agent).await?;
    Ok(Json(Plans { items: all.plans.into_iter().map(Plan::from).collect() }))
}

async fn show_plan(app: &App, agent: &Agent, id: PlanId) -> Answer<Versioned<Plan>> {
    let all = catalogue::overview(app, agent).await?;
    let found = all.plans.into_iter().find(|plan| plan.id == id).ok_or(Error::NotFound("plan"))?;
    Ok(Versioned(found.version, found.into()))
}

/// A plan. The `ETag` is its version.
#[utoipa::path(get, path = "/api/v1/catalogue/plans/{plan}", tag = "catalogue",
    params(("plan" = inline(schema::PlanId), Path, description = "The plan.")),
    responses((status = 200, description = "The plan.", body = Plan, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn plan(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<PlanId>,
) -> Answer<Versioned<Plan>> {
    show_plan(&app, &agent, id).await
}

/// A plan to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanToAdd {
    /// Its name, as customers read it.
    name: String,
    /// The desk's offerings in it.
    #[schema(value_type = Vec<schema::OfferingId>)]
    offerings: Vec<OfferingId>,
    /// Whether customers without a plan of their own have it.
    #[serde(default)]
    is_default: bool,
}

/// Adds a plan.
#[utoipa::path(post, path = "/api/v1/catalogue/plans", tag = "catalogue", request_body = PlanToAdd,
    responses((status = 201, description = "The plan.", body = Plan, headers(
        ("Location" = String, description = "Where it is."), ("ETag" = String, description = "Its version.")))))]
pub(crate) async fn add_plan(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<PlanToAdd>,
) -> Answer<Created<Versioned<Plan>>> {
    let PlanToAdd { name, offerings, is_default } = new;
    let id = catalogue::add_plan(&app, &agent, NewPlan { name, offerings, is_default }).await?;
    Ok(Created {
        location: format!("/api/v1/catalogue/plans/{id}"),
        body: show_plan(&app, &agent, id).await?,
    })
}

/// What is changed of a plan. What is not given stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanChange {
    /// Its name.
    name: Option<String>,
    /// The offerings in it: these and no others.
    #[schema(value_type = Option<Vec<schema::OfferingId>>)]
    offerings: Option<Vec<OfferingId>>,
    /// Whether customers without a plan of their own have it.
    is_default: Option<bool>,
}

/// Changes a plan at the version that was seen.
#[utoipa::path(patch, path = "/api/v1/catalogue/plans/{plan}", tag = "catalogue", request_body = PlanChange,
    params(("plan" = inline(schema::PlanId), Path, description = "The plan.")),
    responses((status = 200, description = "The plan as it is now.", body = Plan, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn change_plan(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<PlanId>,
    seen: IfMatch,
    Strict(change): Strict<PlanChange>,
) -> Answer<Versioned<Plan>> {
    let Versioned(version, before) = show_plan(&app, &agent, id).await?;
    let at = seen.accept(version)?;
    let new = NewPlan {
        name: change.name.unwrap_or(before.name),
        offerings: change.offerings.unwrap_or(before.offerings),
        is_default: change.is_default.unwrap_or(before.is_default),
    };
    catalogue::change_plan(&app, &agent, id, new, at).await.map_err(unmet)?;
    show_plan(&app, &agent, id).await
}

/// Which plan a customer has from a moment on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanToHold {
    /// The plan; none: none of its own.
    #[schema(value_type = Option<schema::PlanId>)]
    plan: Option<PlanId>,
    /// From when; none is from now.
    valid_from: Option<Timestamp>,
    /// Until when; none is until another one begins.
    valid_to: Option<Timestamp>,
}

/// Gives a customer a plan from a moment on, or none of its own. Needs the right to see customers too.
#[utoipa::path(put, path = "/api/v1/catalogue/customers/{customer}/plan", tag = "catalogue", request_body = PlanToHold,
    params(("customer" = inline(schema::CustomerId), Path, description = "The customer.")),
    responses((status = 204, description = "Done.")))]
pub(crate) async fn hold_plan(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<CustomerId>,
    Strict(new): Strict<PlanToHold>,
) -> Answer<StatusCode> {
    catalogue::hold(&app, &agent, id, new.plan, new.valid_from, new.valid_to).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A row that says who delivers. What is not given fits everything.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Delivery {
    /// Its id.
    #[schema(value_type = schema::DeliveryId)]
    id: DeliveryId,
    /// For one customer.
    #[schema(value_type = Option<schema::CustomerId>)]
    customer: Option<CustomerId>,
    /// For one of the desk's own offerings.
    #[schema(value_type = Option<schema::OfferingId>)]
    offering: Option<OfferingId>,
    /// For one service.
    #[schema(value_type = Option<schema::Service>)]
    service: Option<Service>,
    /// For one kind.
    #[schema(value_type = Option<schema::Kind>)]
    kind: Option<Kind>,
    /// In these hours.
    #[schema(value_type = Option<schema::CalendarSpec>)]
    hours: Option<CalendarSpec>,
    /// In which manner.
    #[schema(value_type = schema::Manner)]
    manner: Manner,
    /// In house: the team; none is whoever is there.
    #[schema(value_type = Option<schema::TeamId>)]
    team: Option<TeamId>,
    /// Else: the supplier's offering.
    #[schema(value_type = Option<schema::OfferingId>)]
    supplier_offering: Option<OfferingId>,
}

impl From<rows::Delivery> for Delivery {
    fn from(d: rows::Delivery) -> Self {
        Self {
            id: d.id,
            customer: d.customer,
            offering: d.offering,
            service: d.service,
            kind: d.kind,
            hours: d.hours.map(|hours| hours.0),
            manner: d.manner,
            team: d.team,
            supplier_offering: d.supplier_offering,
        }
    }
}

/// Who delivers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Deliveries {
    /// Every row, the oldest first.
    items: Vec<Delivery>,
}

/// Lists who delivers.
#[utoipa::path(get, path = "/api/v1/catalogue/deliveries", tag = "catalogue",
    responses((status = 200, description = "The rows.", body = Deliveries)))]
pub(crate) async fn deliveries(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
) -> Answer<Json<Deliveries>> {
    let all = catalogue::overview(&app, &agent).await?;
    Ok(Json(Deliveries { items: all.deliveries.into_iter().map(|usable| usable.row.into()).collect() }))
}

/// A row to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeliveryToAdd {
    /// For one customer.
    #[schema(value_type = Option<schema::CustomerId>)]
    customer: Option<CustomerId>,
    /// For one of the desk's own offerings.
    #[schema(value_type = Option<schema::OfferingId>)]
    offering: Option<OfferingId>,
    /// For one service.
    #[schema(value_type = Option<schema::Service>)]
    service: Option<Service>,
    /// For one kind.
    #[schema(value_type = Option<schema::Kind>)]
    kind: Option<Kind>,
    /// In these hours.
    #[schema(value_type = Option<schema::CalendarSpec>)]
    hours: Option<CalendarSpec>,
    /// In which manner.
    #[schema(value_type = schema::Manner)]
    manner: Manner,
    /// In house: the team; none is whoever is there.
    #[schema(value_type = Option<schema::TeamId>)]
    team: Option<TeamId>,
    /// Else: the supplier's offering.
    #[schema(value_type = Option<String>)]
    supplier_offering: Option<OfferingId>,
}

/// Adds a row that says who delivers.
#[utoipa::path(post, path = "/api/v1/catalogue/deliveries", tag = "catalogue", request_body = DeliveryToAdd,
    responses((status = 201, description = "The row.", body = Delivery,
        headers(("Location" = String, description = "Where it is.")))))]
pub(crate) async fn add_delivery(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<DeliveryToAdd>,
) -> Answer<Created<Json<Delivery>>> {
    let DeliveryToAdd { customer, offering, service, kind, hours, manner, team, supplier_offering } = new;
    let new = NewDelivery { customer, offering, service, kind, hours, manner, team, supplier_offering };
    let id = catalogue::add_delivery(&app, &agent, new).await?;
    let all = catalogue::overview(&app, &agent).await?;
    let found = all.deliveries.into_iter().find(|usable| usable.row.id == id);
    let found = found.ok_or(Error::NotFound("delivery"))?;
    Ok(Created { location: format!("/api/v1/catalogue/deliveries/{id}"), body: Json(found.row.into()) })
}

/// Removes a row.
#[utoipa::path(delete, path = "/api/v1/catalogue/deliveries/{delivery}", tag = "catalogue",
    params(("delivery" = inline(schema::DeliveryId), Path, description = "The row.")),
    responses((status = 204, description = "It is gone.")))]
pub(crate) async fn remove_delivery(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<DeliveryId>,
) -> Answer<StatusCode> {
    catalogue::remove_delivery(&app, &agent, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
