//! Statements: drafts with what the checks found, published versions, acknowledgements.

use app::{
    App,
    statements::{self, Publish},
};
use axum::{Json, extract::State};
use domain::{
    document::Document,
    id::{CustomerId, PlanId, StatementId},
    lang::Lang,
    offering::statement::Statement as Content,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::statements::Published;
use utoipa::{IntoParams, ToSchema};

use super::super::{
    body::{Named, Params, Strict},
    schema,
    version::Created,
};
use crate::{guard::ApiCaller, problem::Answer};

/// What would be published, and what stands against it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Draft {
    /// The content, as if it held from now.
    #[schema(value_type = Object)]
    content: Content,
    /// What publishing is to be told that somebody has looked at.
    seen: String,
    /// Whether publishing needs a reason: something is promised that will not be kept.
    needs_reason: bool,
    /// What nobody answers although it is promised, within a year.
    gaps: Vec<Gap>,
    /// How many promises hang on suppliers whose promises are worse, or not known.
    links: usize,
}

/// Hours that are promised and in which nobody answers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Gap {
    /// The offering that promises it.
    offering: String,
    /// The language.
    #[schema(value_type = schema::Lang)]
    lang: Lang,
    /// When: from, to. At most the first 1,000.
    times: Vec<(Timestamp, Timestamp)>,
}

/// The draft of a plan's next version, checked.
#[utoipa::path(get, path = "/api/v1/catalogue/plans/{plan}/draft", tag = "catalogue",
    params(("plan" = inline(schema::PlanId), Path, description = "The plan.")),
    responses((status = 200, description = "The draft.", body = Draft)))]
pub(crate) async fn draft(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<PlanId>,
) -> Answer<Json<Draft>> {
    let draft = statements::draft(&app, &agent, id, None).await?;
    let gap = |gap: &domain::offering::coverage::Gap| Gap {
        offering: gap.offering.to_string(),
        lang: gap.lang,
        times: gap.times.periods().iter().take(1_000).map(|period| (period.from, period.to)).collect(),
    };
    Ok(Json(Draft {
        needs_reason: draft.checks.need_reason(),
        gaps: draft.checks.gaps.iter().map(gap).collect(),
        links: draft.checks.links.len(),
        content: draft.statement,
        seen: draft.seen,
    }))
}

/// A published version.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Statement {
    /// Its id.
    #[schema(value_type = schema::StatementId)]
    id: StatementId,
    /// Of which plan.
    #[schema(value_type = schema::PlanId)]
    plan: PlanId,
    /// Which version, from 1.
    number: i64,
    /// The SHA-256 of the content, in hexadecimal digits.
    hash: String,
    /// Whether customers are asked again to acknowledge it.
    material: bool,
    /// From when it holds.
    valid_from: Timestamp,
    /// When it was published.
    published_at: Timestamp,
    /// Why, although the checks found something.
    reason: String,
}

impl From<Published> for Statement {
    fn from(p: Published) -> Self {
        Self {
            id: p.id,
            plan: p.plan,
            number: p.number,
            hash: statements::hex(&p.hash),
            material: p.material,
            valid_from: p.valid_from,
            published_at: p.published_at,
            reason: p.reason,
        }
    }
}

/// The published versions of a plan.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Statements {
    /// All of them, the newest first.
    items: Vec<Statement>,
}

/// Lists the published versions of a plan, the newest first.
#[utoipa::path(get, path = "/api/v1/catalogue/plans/{plan}/statements", tag = "catalogue",
    params(("plan" = inline(schema::PlanId), Path, description = "The plan.")),
    responses((status = 200, description = "The versions.", body = Statements)))]
pub(crate) async fn list(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<PlanId>,
) -> Answer<Json<Statements>> {
    let all = statements::versions(&app, &agent, id).await?;
    Ok(Json(Statements { items: all.published.into_iter().map(Statement::from).collect() }))
}

/// What is published.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToPublish {
    /// What was looked at, as the draft gave it.
    seen: String,
    /// From when it holds; none is from now.
    valid_from: Option<Timestamp>,
    /// Why, although the checks found something.
    #[serde(default)]
    reason: String,
}

/// Publishes the next version of a plan's statement.
#[utoipa::path(post, path = "/api/v1/catalogue/plans/{plan}/statements", tag = "catalogue", request_body = ToPublish,
    params(("plan" = inline(schema::PlanId), Path, description = "The plan.")),
    responses((status = 201, description = "The version.", body = Statement,
        headers(("Location" = String, description = "Where it is.")))))]
pub(crate) async fn publish(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(plan): Named<PlanId>,
    Strict(new): Strict<ToPublish>,
) -> Answer<Created<Json<Statement>>> {
    let ToPublish { seen, valid_from, reason } = new;
    let id = statements::publish(&app, &agent, Publish { plan, seen, valid_from, reason }).await?;
    let (published, _) = statements::one(&app, &agent, id, agent.lang).await?;
    Ok(Created { location: format!("/api/v1/catalogue/statements/{id}"), body: Json(published.into()) })
}

/// In which language a statement is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TextParams {
    /// The language of the text; that of the token's agent if none is given.
    #[param(value_type = Option<schema::Lang>)]
    lang: Option<Lang>,
}

/// A published version with its content and its text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Whole {
    /// The version.
    #[serde(flatten)]
    statement: Statement,
    /// The content in its one form: the text of which `hash` is the SHA-256.
    canonical: String,
    /// The text for people.
    #[schema(value_type = Object)]
    document: Document,
}

/// A published version with its content and its text.
#[utoipa::path(get, path = "/api/v1/catalogue/statements/{statement}", tag = "catalogue",
    params(("statement" = inline(schema::StatementId), Path, description = "The version."), TextParams),
    responses((status = 200, description = "The version.", body = Whole)))]
pub(crate) async fn get(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<StatementId>,
    Params(asked): Params<TextParams>,
) -> Answer<Json<Whole>> {
    let (published, document) = statements::one(&app, &agent, id, asked.lang.unwrap_or(agent.lang)).await?;
    let canonical = published.content.clone();
    Ok(Json(Whole { statement: published.into(), canonical, document }))
}

/// That a customer acknowledged a version.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Acknowledgement {
    /// The customer.
    #[schema(value_type = schema::CustomerId)]
    customer: CustomerId,
    /// Its name.
    customer_name: String,
    /// By whom.
    contact_name: String,
    /// The version.
    number: i64,
    /// In which language it was read.
    #[schema(value_type = schema::Lang)]
    lang: Lang,
    /// The hash that was shown.
    hash: String,
    /// When.
    at: Timestamp,
}

/// Who acknowledged which version of a plan's statement.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Acknowledgements {
    /// The newest first, at most 500. None for who may not see customers.
    items: Vec<Acknowledgement>,
}

/// Lists who acknowledged which version of a plan's statement.
#[utoipa::path(get, path = "/api/v1/catalogue/plans/{plan}/acknowledgements", tag = "catalogue",
    params(("plan" = inline(schema::PlanId), Path, description = "The plan.")),
    responses((status = 200, description = "The acknowledgements.", body = Acknowledgements)))]
pub(crate) async fn acknowledgements(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<PlanId>,
) -> Answer<Json<Acknowledgements>> {
    let all = statements::versions(&app, &agent, id).await?;
    let line = |a: store::statements::Acknowledged| Acknowledgement {
        customer: a.customer,
        customer_name: a.customer_name,
        contact_name: a.contact_name,
        number: a.number,
        lang: a.lang,
        hash: statements::hex(&a.hash),
        at: a.at,
    };
    Ok(Json(Acknowledgements { items: all.acknowledged.into_iter().map(line).collect() }))
}
