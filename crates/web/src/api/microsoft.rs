//! The connection to Microsoft, and what is read by it.

use app::{
    Error,
    microsoft::{self, Health, Link, State as Stands, What},
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{cloud::Cloud, id::CustomerId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{microsoft::read, tenants as rows};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    body::{Named, Paged, Params, Strict},
    cursor::{cursor, key},
    schema,
};
use crate::{guard::ApiCaller, problem::Answer};

/// How something at Microsoft stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReadingStanding {
    /// How.
    #[schema(value_type = schema::MicrosoftState)]
    state: Stands,
    /// When that was found.
    at: Timestamp,
    /// Microsoft's words, or what is known of a failure; may be empty.
    detail: String,
    /// Nothing is asked before then.
    until: Option<Timestamp>,
    /// When all was well last.
    current_at: Option<Timestamp>,
}

impl From<Health> for ReadingStanding {
    fn from(Health { state, at, detail, until, current_at, failures: _ }: Health) -> Self {
        Self { state, at, detail, until, current_at }
    }
}

/// Something that is read again and again, and how that fares.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reading {
    /// What.
    #[schema(value_type = schema::MicrosoftReading)]
    what: What,
    /// How it fares.
    standing: ReadingStanding,
}

fn readings(all: Vec<(What, Health)>) -> Vec<Reading> {
    all.into_iter().map(|(what, health)| Reading { what, standing: health.into() }).collect()
}

/// The desk's connection, without its secrets.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Connection {
    /// The cloud of the partner's account.
    #[schema(value_type = schema::Cloud)]
    cloud: Cloud,
    /// The partner's tenant.
    #[schema(value_type = String)]
    tenant: Uuid,
    /// The application's id.
    #[schema(value_type = String)]
    application: Uuid,
    /// When an agent consented last.
    consented_at: Option<Timestamp>,
    /// Whether customers that nobody knows here are added.
    adds_customers: bool,
    /// Where Microsoft was asked to send events.
    events_url: Option<String>,
    /// How it fares.
    standing: ReadingStanding,
    /// What is read of the partner, and how that fares.
    readings: Vec<Reading>,
    /// Rises with every change that a person makes.
    version: i64,
}

/// Whether the desk is connected.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Connected {
    /// The connection, if there is one.
    connection: Option<Connection>,
}

async fn show(app: &app::App, agent: &app::Agent) -> Answer<Json<Connected>> {
    let found = microsoft::connection(app, agent).await?;
    let connection = found.map(|found| Connection {
        cloud: found.cloud,
        tenant: found.tenant,
        application: found.application,
        consented_at: found.consented_at,
        adds_customers: found.adds_customers,
        events_url: found.events_url,
        standing: found.health.into(),
        readings: readings(found.readings),
        version: found.version,
    });
    Ok(Json(Connected { connection }))
}

/// The desk's connection to Microsoft, and how it fares. Its secrets are never shown.
#[utoipa::path(get, path = "/api/v1/microsoft/connection", tag = "microsoft",
    responses((status = 200, description = "The connection.", body = Connected)))]
pub(crate) async fn connection(
    ApiCaller(agent): ApiCaller,
    State(app): State<app::App>,
) -> Answer<Json<Connected>> {
    show(&app, &agent).await
}

/// A connection to be made or changed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Connect {
    /// The cloud of the partner's account.
    #[schema(value_type = schema::Cloud)]
    cloud: Cloud,
    /// The partner's tenant.
    #[schema(value_type = String)]
    tenant: Uuid,
    /// The application's id.
    #[schema(value_type = String)]
    application: Uuid,
    /// The application's secret. Another tenant, application or cloud needs it anew. Never shown again.
    #[schema(write_only)]
    application_secret: Option<String>,
    /// A refresh token from an agent's consent. Without one, an agent consents on the page. Never shown again.
    #[schema(write_only)]
    refresh_token: Option<String>,
    /// Whether customers that nobody knows here are added.
    #[serde(default)]
    adds_customers: bool,
    /// The version that was seen; none makes the first connection.
    version: Option<i64>,
}

/// Makes the connection, or changes it at the version that was seen.
#[utoipa::path(put, path = "/api/v1/microsoft/connection", tag = "microsoft", request_body = Connect,
    responses((status = 200, description = "The connection as it is now.", body = Connected)))]
pub(crate) async fn connect(
    ApiCaller(agent): ApiCaller,
    State(app): State<app::App>,
    Strict(wanted): Strict<Connect>,
) -> Answer<Json<Connected>> {
    let settings = microsoft::Settings {
        cloud: wanted.cloud,
        tenant: wanted.tenant,
        application: wanted.application,
        application_secret: wanted.application_secret,
        refresh_token: wanted.refresh_token,
        adds_customers: wanted.adds_customers,
    };
    microsoft::save(&app, &agent, settings, wanted.version).await?;
    show(&app, &agent).await
}

/// Removes the connection with its secrets. What was read by it stays.
#[utoipa::path(delete, path = "/api/v1/microsoft/connection", tag = "microsoft",
    responses((status = 204, description = "It is gone.")))]
pub(crate) async fn disconnect(
    ApiCaller(agent): ApiCaller,
    State(app): State<app::App>,
) -> Answer<StatusCode> {
    microsoft::disconnect(&app, &agent).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Reads everything at Microsoft now.
#[utoipa::path(post, path = "/api/v1/microsoft/checks", tag = "microsoft",
    responses((status = 202, description = "It will be read.")))]
pub(crate) async fn check(ApiCaller(agent): ApiCaller, State(app): State<app::App>) -> Answer<StatusCode> {
    microsoft::check(&app, &agent).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Has Microsoft send its events to this desk.
#[utoipa::path(post, path = "/api/v1/microsoft/events", tag = "microsoft",
    responses((status = 202, description = "It will be asked for.")))]
pub(crate) async fn events(ApiCaller(agent): ApiCaller, State(app): State<app::App>) -> Answer<StatusCode> {
    microsoft::register(&app, &agent).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Another partner: a provider or a reseller.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Partner {
    /// Its tenant.
    tenant: String,
    /// `provider` or `reseller`: what it is to the desk.
    kind: String,
    /// Its name.
    name: String,
    /// Its MPN id; empty if Microsoft does not say.
    mpn_id: String,
    /// Its country, two letters; empty if Microsoft does not say.
    country: String,
    /// Whether the relationship holds.
    active: bool,
}

/// Other partners.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Partners {
    /// All of them, by name.
    items: Vec<Partner>,
}

/// Lists the desk's indirect providers or resellers, as Microsoft has them.
#[utoipa::path(get, path = "/api/v1/microsoft/partners", tag = "microsoft",
    responses((status = 200, description = "The partners.", body = Partners)))]
pub(crate) async fn partners(
    ApiCaller(agent): ApiCaller,
    State(app): State<app::App>,
) -> Answer<Json<Partners>> {
    let one = |partner: read::PartnerLink| Partner {
        tenant: partner.tenant,
        kind: partner.kind,
        name: partner.name,
        mpn_id: partner.mpn_id,
        country: partner.country,
        active: partner.active,
    };
    let items = microsoft::partners(&app, &agent).await?.into_iter().map(one).collect();
    Ok(Json(Partners { items }))
}

/// A customer's tenant at Microsoft.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Tenant {
    /// Microsoft's id.
    tenant: String,
    /// Which of our customers it is, if that is known.
    #[schema(value_type = Option<schema::CustomerId>)]
    customer: Option<CustomerId>,
    /// The cloud in which it lives.
    #[schema(value_type = schema::Cloud)]
    cloud: Cloud,
    /// Its name at Microsoft.
    name: String,
    /// Its domain at Microsoft.
    domain: String,
    /// Whether we may act in it by delegated admin; none where nobody knows.
    delegated_admin: Option<bool>,
    /// Until when, where that has an end.
    delegated_until: Option<Timestamp>,
    /// When Microsoft last confirmed it.
    seen_at: Timestamp,
}

impl From<rows::Tenant> for Tenant {
    fn from(t: rows::Tenant) -> Self {
        Self {
            tenant: t.tenant,
            customer: t.customer,
            cloud: t.cloud,
            name: t.name,
            domain: t.domain,
            delegated_admin: t.delegated_admin,
            delegated_until: t.delegated_until,
            seen_at: t.seen_at,
        }
    }
}

/// A page of tenants.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Tenants {
    /// The tenants, by id.
    items: Vec<Tenant>,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// Lists the tenants of the desk's customers at Microsoft.
#[utoipa::path(get, path = "/api/v1/microsoft/tenants", tag = "microsoft", params(Paged),
    responses((status = 200, description = "A page.", body = Tenants)))]
pub(crate) async fn tenants(
    ApiCaller(agent): ApiCaller,
    State(app): State<app::App>,
    Params(asked): Params<Paged>,
) -> Answer<Json<Tenants>> {
    let after: Option<String> = key("microsoft/tenants", asked.cursor.as_deref())?;
    let after = after.unwrap_or_default();
    let mut found = microsoft::tenants(&app, &agent, &after, asked.limit.rows() + 1).await?;
    let more = asked.limit.cut(&mut found);
    let next = found.last().filter(|_| more).and_then(|last| cursor("microsoft/tenants", &last.tenant));
    Ok(Json(Tenants { items: found.into_iter().map(Tenant::from).collect(), next }))
}

/// Whose a tenant is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Linked {
    /// The customer; `null` for nobody.
    #[schema(value_type = Option<schema::CustomerId>)]
    customer: Option<CustomerId>,
    /// Whether a new customer is made of it instead.
    #[serde(default)]
    new: bool,
}

/// Says whose a tenant is.
#[utoipa::path(put, path = "/api/v1/microsoft/tenants/{tenant}/customer", tag = "microsoft", request_body = Linked,
    params(("tenant" = String, Path, description = "Microsoft's id of it.")),
    responses((status = 204, description = "It is known.")))]
pub(crate) async fn link(
    ApiCaller(agent): ApiCaller,
    State(app): State<app::App>,
    Named(tenant): Named<Uuid>,
    Strict(wanted): Strict<Linked>,
) -> Answer<StatusCode> {
    let to = match (wanted.customer, wanted.new) {
        (Some(_), true) => return Err(Error::invalid("new", "invalid").into()),
        (None, true) => Link::New,
        (Some(customer), false) => Link::Customer(customer),
        (None, false) => Link::Nobody,
    };
    microsoft::link(&app, &agent, tenant, to).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Something said on a service request.
#[derive(Debug, Serialize, ToSchema)]
struct Said {
    /// Who, in Microsoft's words.
    by: String,
    /// When.
    at: Option<Timestamp>,
    /// What.
    text: String,
}

/// A service request at Microsoft, as it was read last.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ServiceRequest {
    /// Microsoft's number.
    id: String,
    /// The customer's tenant, if that is known.
    tenant: Option<String>,
    /// What it is about, in a line.
    title: String,
    /// Microsoft's word: `open`, `closed`, `attention_needed`, or `none` if it does not say.
    status: String,
    /// Microsoft's word: `critical`, `moderate`, `minimal`, or `unknown` if it does not say.
    severity: String,
    /// The product's name; empty if Microsoft does not say.
    product: String,
    /// When it was filed.
    filed_at: Option<Timestamp>,
    /// When anything of it changed last.
    modified_at: Option<Timestamp>,
    /// When it was closed last.
    closed_at: Option<Timestamp>,
    /// What was said, the oldest first.
    notes: Vec<Said>,
    /// When it was read.
    read_at: Timestamp,
}

impl From<read::ServiceRequest> for ServiceRequest {
    fn from(r: read::ServiceRequest) -> Self {
        let said = |note: read::Said| Said { by: note.by, at: note.at, text: note.text };
        Self {
            id: r.id,
            tenant: Some(r.tenant).filter(|tenant| !tenant.is_empty()),
            title: r.title,
            status: r.status,
            severity: r.severity,
            product: r.product,
            filed_at: r.filed_at,
            modified_at: r.modified_at,
            closed_at: r.closed_at,
            notes: r.notes.0.into_iter().map(said).collect(),
            read_at: r.read_at,
        }
    }
}

/// A page of service requests.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ServiceRequests {
    /// The requests, by number.
    items: Vec<ServiceRequest>,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// Lists the service requests at Microsoft that are followed.
#[utoipa::path(get, path = "/api/v1/microsoft/service-requests", tag = "microsoft", params(Paged),
    responses((status = 200, description = "A page.", body = ServiceRequests)))]
pub(crate) async fn requests(
    ApiCaller(agent): ApiCaller,
    State(app): State<app::App>,
    Params(asked): Params<Paged>,
) -> Answer<Json<ServiceRequests>> {
    let after: Option<String> = key("microsoft/requests", asked.cursor.as_deref())?;
    let after = after.unwrap_or_default();
    let mut found = microsoft::list(&app, &agent, &after, asked.limit.rows() + 1).await?;
    let more = asked.limit.cut(&mut found);
    let next = found.last().filter(|_| more).and_then(|last| cursor("microsoft/requests", &last.id));
    Ok(Json(ServiceRequests { items: found.into_iter().map(ServiceRequest::from).collect(), next }))
}

/// A service request at Microsoft, as it was read last.
#[utoipa::path(get, path = "/api/v1/microsoft/service-requests/{request}", tag = "microsoft",
    params(("request" = String, Path, description = "Microsoft's number.")),
    responses((status = 200, description = "The request.", body = ServiceRequest)))]
pub(crate) async fn request(
    ApiCaller(agent): ApiCaller,
    State(app): State<app::App>,
    Named(id): Named<String>,
) -> Answer<Json<ServiceRequest>> {
    Ok(Json(microsoft::one(&app, &agent, &id).await?.into()))
}

/// An incident or advisory of a service, as a tenant sees it.
#[derive(Debug, Serialize, ToSchema)]
struct HealthIssue {
    /// Microsoft's id of it.
    id: String,
    /// What it is, in a line.
    title: String,
    /// The service's name.
    service: String,
    /// Who notices what.
    impact: String,
    /// `incident` or `advisory`.
    classification: String,
    /// How it stands: Microsoft's word in snake case.
    status: String,
    /// Whether it is over.
    resolved: bool,
    /// When it began.
    began_at: Option<Timestamp>,
    /// When it ended.
    ended_at: Option<Timestamp>,
    /// When Microsoft said something last.
    modified_at: Option<Timestamp>,
}

/// What is known of a tenant.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Place {
    /// The tenant.
    tenant: Tenant,
    /// What is read of it, and how that fares.
    readings: Vec<Reading>,
    /// What its services have; what is over comes last.
    issues: Vec<HealthIssue>,
    /// Its service requests, the one that changed last first.
    requests: Vec<ServiceRequest>,
}

impl From<microsoft::Place> for Place {
    fn from(place: microsoft::Place) -> Self {
        let issue = |i: read::HealthIssue| HealthIssue {
            id: i.issue,
            title: i.title,
            service: i.service,
            impact: i.impact,
            classification: i.classification,
            status: i.status,
            resolved: i.resolved,
            began_at: i.began_at,
            ended_at: i.ended_at,
            modified_at: i.modified_at,
        };
        Self {
            tenant: place.tenant.into(),
            readings: readings(place.readings),
            issues: place.issues.into_iter().map(issue).collect(),
            requests: place.requests.into_iter().map(ServiceRequest::from).collect(),
        }
    }
}

/// What is known of a customer at Microsoft.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Places {
    /// Its tenants.
    items: Vec<Place>,
}

/// What is known of a customer at Microsoft: its tenants, delegated admin, service health and service requests.
#[utoipa::path(get, path = "/api/v1/customers/{customer}/microsoft", tag = "microsoft",
    params(("customer" = inline(schema::CustomerId), Path, description = "The customer.")),
    responses((status = 200, description = "Its tenants.", body = Places)))]
pub(crate) async fn of_customer(
    ApiCaller(agent): ApiCaller,
    State(app): State<app::App>,
    Named(id): Named<CustomerId>,
) -> Answer<Json<Places>> {
    let items = microsoft::of_customer(&app, &agent, id).await?.into_iter().map(Place::from).collect();
    Ok(Json(Places { items }))
}
