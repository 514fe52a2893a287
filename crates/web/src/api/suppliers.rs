//! Suppliers and what they offer.

use app::{
    Agent, App, Error,
    suppliers::{self, Details, SupplierPage},
};
use axum::{Json, extract::State};
use domain::{
    id::{OfferingId, SupplierId},
    lang::Lang,
    offering::Terms,
    party::supplier::{SupplierKind, Way},
    vehicle::Vehicle,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Named, Strict, given},
    schema,
    version::{Created, IfMatch, Versioned, unmet},
};
use crate::{guard::ApiCaller, problem::Answer};

/// A party above.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Supplier {
    /// Its id.
    #[schema(value_type = schema::SupplierId)]
    id: SupplierId,
    /// What kind of party it is.
    #[schema(value_type = schema::SupplierKind)]
    kind: SupplierKind,
    /// Its name.
    name: String,
    /// The language in which it is written to.
    #[schema(value_type = schema::Lang)]
    lang: Lang,
    /// How a ticket reaches it.
    #[schema(value_type = schema::Way)]
    way: Way,
    /// Where: a mail address, or the address of a portal.
    address: String,
    /// Whether it may be told who the customer's people are.
    personal_data: bool,
    /// What agents should know.
    note: String,
    /// Whether tickets may be handed to it.
    active: bool,
    /// Since when.
    created_at: Timestamp,
    /// Rises with every change.
    version: i64,
}

impl From<store::suppliers::Supplier> for Supplier {
    fn from(s: store::suppliers::Supplier) -> Self {
        let store::suppliers::Supplier {
            id,
            kind,
            name,
            lang,
            way,
            address,
            personal_data,
            note,
            active,
            version,
            created_at,
        } = s;
        Self { id, kind, name, lang, way, address, personal_data, note, active, created_at, version }
    }
}

/// The suppliers of a desk.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Suppliers {
    /// All of them, by name.
    items: Vec<Supplier>,
}

/// Lists the suppliers, by name.
#[utoipa::path(get, path = "/api/v1/suppliers", tag = "suppliers",
    responses((status = 200, description = "The suppliers.", body = Suppliers)))]
pub(crate) async fn list(ApiCaller(agent): ApiCaller, State(app): State<App>) -> Answer<Json<Suppliers>> {
    let listed = suppliers::list(&app, &agent).await?;
    Ok(Json(Suppliers { items: listed.into_iter().map(|listed| listed.supplier.into()).collect() }))
}

/// A supplier. The `ETag` is its version.
#[utoipa::path(get, path = "/api/v1/suppliers/{supplier}", tag = "suppliers",
    params(("supplier" = inline(schema::SupplierId), Path, description = "The supplier.")),
    responses((status = 200, description = "The supplier.", body = Supplier, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn get(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<SupplierId>,
) -> Answer<Versioned<Supplier>> {
    show(&app, &agent, id).await
}

async fn show(app: &App, agent: &Agent, id: SupplierId) -> Answer<Versioned<Supplier>> {
    let SupplierPage { supplier, .. } = suppliers::get(app, agent, id).await?;
    Ok(Versioned(supplier.version, supplier.into()))
}

/// A supplier to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSupplier {
    /// What kind of party it is; every desk has Microsoft already.
    #[schema(value_type = schema::SupplierKind)]
    kind: SupplierKind,
    /// Its name.
    name: String,
    /// The language in which it is written to.
    #[schema(value_type = schema::Lang)]
    lang: Lang,
    /// How a ticket reaches it.
    #[schema(value_type = schema::Way)]
    way: Way,
    /// Where: a mail address, or the address of a portal, which begins with `https://`.
    #[serde(default)]
    address: String,
    /// Whether it may be told who the customer's people are; no if nothing is said.
    #[serde(default)]
    personal_data: bool,
    /// What agents should know.
    #[serde(default)]
    note: String,
}

/// Adds a supplier.
#[utoipa::path(post, path = "/api/v1/suppliers", tag = "suppliers", request_body = NewSupplier,
    responses((status = 201, description = "The supplier.", body = Supplier, headers(
        ("Location" = String, description = "Where it is."), ("ETag" = String, description = "Its version.")))))]
pub(crate) async fn create(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<NewSupplier>,
) -> Answer<Created<Versioned<Supplier>>> {
    let NewSupplier { kind, name, lang, way, address, personal_data, note } = new;
    let details = Details { name, lang, way, address, personal_data, note, active: true };
    let id = suppliers::create(&app, &agent, kind, details).await?;
    Ok(Created { location: format!("/api/v1/suppliers/{id}"), body: show(&app, &agent, id).await? })
}

/// What is changed of a supplier. What is not given stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SupplierChange {
    /// Its name.
    name: Option<String>,
    /// The language in which it is written to.
    #[schema(value_type = Option<schema::Lang>)]
    lang: Option<Lang>,
    /// How a ticket reaches it.
    #[schema(value_type = Option<schema::Way>)]
    way: Option<Way>,
    /// Where.
    address: Option<String>,
    /// Whether it may be told who the customer's people are.
    personal_data: Option<bool>,
    /// What agents should know.
    note: Option<String>,
    /// Whether tickets may be handed to it.
    active: Option<bool>,
}

/// Changes a supplier at the version that was seen.
#[utoipa::path(patch, path = "/api/v1/suppliers/{supplier}", tag = "suppliers", request_body = SupplierChange,
    params(("supplier" = inline(schema::SupplierId), Path, description = "The supplier.")),
    responses((status = 200, description = "The supplier as it is now.", body = Supplier, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn change(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<SupplierId>,
    seen: IfMatch,
    Strict(change): Strict<SupplierChange>,
) -> Answer<Versioned<Supplier>> {
    let SupplierPage { supplier, .. } = suppliers::get(&app, &agent, id).await?;
    let at = seen.accept(supplier.version)?;
    let details = Details {
        name: change.name.unwrap_or(supplier.name),
        lang: change.lang.unwrap_or(supplier.lang),
        way: change.way.unwrap_or(supplier.way),
        address: change.address.unwrap_or(supplier.address),
        personal_data: change.personal_data.unwrap_or(supplier.personal_data),
        note: change.note.unwrap_or(supplier.note),
        active: change.active.unwrap_or(supplier.active),
    };
    suppliers::update(&app, &agent, id, details, at).await.map_err(unmet)?;
    show(&app, &agent, id).await
}

/// Support that a supplier offers to the desk.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SupplierOffering {
    /// Its id.
    #[schema(value_type = schema::OfferingId)]
    id: OfferingId,
    /// Whose it is.
    #[schema(value_type = schema::SupplierId)]
    supplier: SupplierId,
    /// What it is called today.
    name: String,
    /// The vehicle of Microsoft's that it is, if it is one.
    #[schema(value_type = Option<schema::Vehicle>)]
    vehicle: Option<Vehicle>,
    /// What is promised, and when.
    #[schema(value_type = schema::Terms)]
    terms: Terms,
    /// From when it is offered.
    from: Timestamp,
    /// Until when; none is for ever.
    to: Option<Timestamp>,
    /// Where Microsoft wrote what it is; none for what the desk has entered itself.
    source: Option<String>,
    /// Whether the desk has changed what Microsoft wrote.
    edited: bool,
    /// Whether the supplier's own desk has published it: it is read there and cannot be changed here.
    published: bool,
    /// Rises with every change.
    version: i64,
}

impl SupplierOffering {
    fn of(supplier: SupplierId, offer: suppliers::Offer) -> Self {
        let suppliers::Offer { offering, name, source, edited } = offer;
        Self {
            id: offering.id,
            supplier,
            name,
            vehicle: offering.vehicle,
            terms: offering.terms.0,
            from: offering.valid_from,
            to: offering.valid_to,
            source: source.map(str::to_owned),
            edited,
            published: offering.theirs.is_some(),
            version: offering.version,
        }
    }
}

/// Asks a supplier's desk what it has published for this one, and keeps that as what it offers.
#[utoipa::path(post, path = "/api/v1/suppliers/{supplier}/plan", tag = "suppliers",
    params(("supplier" = inline(schema::SupplierId), Path, description = "The supplier.")),
    responses((status = 200, description = "What it offers now.", body = SupplierOfferings)))]
pub(crate) async fn read_plan(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(supplier): Named<SupplierId>,
) -> Answer<Json<SupplierOfferings>> {
    app::handovers::read_plan(&app, &agent, supplier).await?;
    offerings(ApiCaller(agent), State(app), Named(supplier)).await
}

/// What a supplier offers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SupplierOfferings {
    /// All of it, by name.
    items: Vec<SupplierOffering>,
}

/// Lists what a supplier offers, by name.
#[utoipa::path(get, path = "/api/v1/suppliers/{supplier}/offerings", tag = "suppliers",
    params(("supplier" = inline(schema::SupplierId), Path, description = "The supplier.")),
    responses((status = 200, description = "The offerings.", body = SupplierOfferings)))]
pub(crate) async fn offerings(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(supplier): Named<SupplierId>,
) -> Answer<Json<SupplierOfferings>> {
    let found = suppliers::offerings(&app, &agent, supplier).await?;
    let items = found.into_iter().map(|offer| SupplierOffering::of(supplier, offer));
    Ok(Json(SupplierOfferings { items: items.collect() }))
}

/// An offering of a supplier. The `ETag` is its version.
#[utoipa::path(get, path = "/api/v1/suppliers/{supplier}/offerings/{offering}", tag = "suppliers",
    params(("supplier" = inline(schema::SupplierId), Path, description = "The supplier."),
        ("offering" = inline(schema::OfferingId), Path, description = "The offering.")),
    responses((status = 200, description = "The offering.", body = SupplierOffering, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn offering(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named((supplier, id)): Named<(SupplierId, OfferingId)>,
) -> Answer<Versioned<SupplierOffering>> {
    show_offering(&app, &agent, supplier, id).await
}

async fn one_offering(
    app: &App,
    agent: &Agent,
    supplier: SupplierId,
    id: OfferingId,
) -> Answer<suppliers::Offer> {
    let found = suppliers::offerings(app, agent, supplier).await?;
    let found = found.into_iter().find(|offer| offer.offering.id == id);
    Ok(found.ok_or(Error::NotFound("offering"))?)
}

async fn show_offering(
    app: &App,
    agent: &Agent,
    supplier: SupplierId,
    id: OfferingId,
) -> Answer<Versioned<SupplierOffering>> {
    let offer = one_offering(app, agent, supplier, id).await?;
    Ok(Versioned(offer.offering.version, SupplierOffering::of(supplier, offer)))
}

/// An offering to be added to a supplier.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSupplierOffering {
    /// Its name.
    name: String,
    /// What is promised, and when.
    #[schema(value_type = schema::Terms)]
    terms: Terms,
    /// From when it is offered; from now on if nothing is said.
    from: Option<Timestamp>,
    /// Until when; for ever if nothing is said.
    to: Option<Timestamp>,
}

/// Adds an offering to a supplier.
#[utoipa::path(post, path = "/api/v1/suppliers/{supplier}/offerings", tag = "suppliers", request_body = NewSupplierOffering,
    params(("supplier" = inline(schema::SupplierId), Path, description = "The supplier.")),
    responses((status = 201, description = "The offering.", body = SupplierOffering, headers(
        ("Location" = String, description = "Where it is."), ("ETag" = String, description = "Its version.")))))]
pub(crate) async fn add_offering(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(supplier): Named<SupplierId>,
    Strict(new): Strict<NewSupplierOffering>,
) -> Answer<Created<Versioned<SupplierOffering>>> {
    let NewSupplierOffering { name, terms, from, to } = new;
    let id = suppliers::add_offering(&app, &agent, supplier, &name, terms, from, to).await?;
    let body = show_offering(&app, &agent, supplier, id).await?;
    Ok(Created { location: format!("/api/v1/suppliers/{supplier}/offerings/{id}"), body })
}

/// What is changed of an offering. What is not given stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SupplierOfferingChange {
    /// Its name; a vehicle of Microsoft's keeps the one that Microsoft gives it.
    name: Option<String>,
    /// What is promised, and when: the whole of it.
    #[schema(value_type = Option<schema::Terms>)]
    terms: Option<Terms>,
    /// From when it is offered.
    from: Option<Timestamp>,
    /// Until when; `null` is for ever.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Timestamp>)]
    to: Option<Option<Timestamp>>,
}

/// Changes an offering of a supplier at the version that was seen.
#[utoipa::path(patch, path = "/api/v1/suppliers/{supplier}/offerings/{offering}", tag = "suppliers", request_body = SupplierOfferingChange,
    params(("supplier" = inline(schema::SupplierId), Path, description = "The supplier."),
        ("offering" = inline(schema::OfferingId), Path, description = "The offering.")),
    responses((status = 200, description = "The offering as it is now.", body = SupplierOffering, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn change_offering(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named((supplier, id)): Named<(SupplierId, OfferingId)>,
    seen: IfMatch,
    Strict(change): Strict<SupplierOfferingChange>,
) -> Answer<Versioned<SupplierOffering>> {
    let before = one_offering(&app, &agent, supplier, id).await?;
    let at = seen.accept(before.offering.version)?;
    let name = change.name.unwrap_or(before.name);
    let terms = change.terms.unwrap_or(before.offering.terms.0);
    let to = change.to.unwrap_or(before.offering.valid_to);
    suppliers::change_offering(&app, &agent, supplier, id, &name, terms, change.from, to, at)
        .await
        .map_err(unmet)?;
    show_offering(&app, &agent, supplier, id).await
}
