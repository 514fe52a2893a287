//! Articles, incidents, and the report about the baseline.

use app::{App, articles, incidents, reports};
use axum::{Json, extract::State};
use domain::{
    article::Audience,
    id::{ArticleId, IncidentId},
    incident::{IncidentSource, IncidentStatus},
    lang::Lang,
    ticket::kinds::{Kind, Service},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::articles::Kept;
use utoipa::{IntoParams, ToSchema};

use super::{
    body::{Named, Params},
    schema,
    version::Versioned,
};
use crate::{guard::ApiCaller, problem::Answer};

/// Which articles.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ArticleParams {
    /// Words, all of which must be there; without any, those that changed last.
    #[serde(default)]
    q: String,
}

/// An article in one language.
#[derive(Debug, Serialize, ToSchema)]
struct Written {
    /// The language.
    #[schema(value_type = schema::Lang)]
    lang: Lang,
    /// What it is called.
    title: String,
    /// What it says.
    body: String,
}

/// A short text for agents or customers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Article {
    /// Its id.
    #[schema(value_type = schema::ArticleId)]
    id: ArticleId,
    /// Who may read it.
    #[schema(value_type = schema::Audience)]
    audience: Audience,
    /// Whether it is more than a draft.
    published: bool,
    /// The service that it is about; none is any.
    #[schema(value_type = Option<schema::Service>)]
    service: Option<Service>,
    /// The kind of request that it is about; none is any.
    #[schema(value_type = Option<schema::Kind>)]
    kind: Option<Kind>,
    /// What it says, by language.
    texts: Vec<Written>,
    /// When it changed.
    changed_at: Timestamp,
    /// Its version.
    version: i64,
}

impl From<Kept> for Article {
    fn from(kept: Kept) -> Self {
        let article = kept.article.0;
        let text = |(lang, written): (Lang, domain::article::Written)| Written {
            lang,
            title: written.title,
            body: written.body,
        };
        Self {
            id: kept.id,
            audience: article.audience,
            published: article.published,
            service: article.service,
            kind: article.kind,
            texts: article.texts.into_iter().map(text).collect(),
            changed_at: kept.at,
            version: kept.version,
        }
    }
}

/// Articles.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Articles {
    /// At most 100.
    items: Vec<Article>,
}

/// Finds articles that the caller may read.
#[utoipa::path(get, path = "/api/v1/articles", tag = "support", operation_id = "articles", params(ArticleParams),
    responses((status = 200, description = "The articles.", body = Articles)))]
pub(crate) async fn articles(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Params(asked): Params<ArticleParams>,
) -> Answer<Json<Articles>> {
    let all = articles::list(&app, &agent, &asked.q).await?;
    Ok(Json(Articles { items: all.into_iter().map(|one| one.kept.into()).collect() }))
}

/// One article.
#[utoipa::path(get, path = "/api/v1/articles/{article}", tag = "support", operation_id = "article",
    params(("article" = inline(schema::ArticleId), Path, description = "The article.")),
    responses((status = 200, description = "The article.", body = Article, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn article(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<ArticleId>,
) -> Answer<Versioned<Article>> {
    let (kept, _) = articles::get(&app, &agent, id).await?;
    Ok(Versioned(kept.version, kept.into()))
}

/// A disturbance that many tickets may be about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Incident {
    /// Its id.
    #[schema(value_type = schema::IncidentId)]
    id: IncidentId,
    /// Who says that there is one.
    #[schema(value_type = schema::IncidentSource)]
    source: IncidentSource,
    /// The source's own name of it.
    external: String,
    /// The service.
    #[schema(value_type = schema::Service)]
    service: Service,
    /// What it is called.
    title: String,
    /// How it stands.
    #[schema(value_type = schema::IncidentStatus)]
    status: IncidentStatus,
    /// Since when.
    started_at: Timestamp,
    /// Until when.
    ended_at: Option<Timestamp>,
    /// How many tickets are about it, of those that the caller may see.
    tickets: i64,
}

/// Disturbances.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Incidents {
    /// The newest first, at most 100.
    items: Vec<Incident>,
}

/// Lists disturbances, the newest first.
#[utoipa::path(get, path = "/api/v1/incidents", tag = "support", operation_id = "incidents",
    responses((status = 200, description = "The disturbances.", body = Incidents)))]
pub(crate) async fn incidents(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
) -> Answer<Json<Incidents>> {
    let all = incidents::list(&app, &agent).await?;
    let one = |(incident, tickets): (store::incidents::Incident, i64)| Incident {
        id: incident.id,
        source: incident.source,
        external: incident.external,
        service: incident.service,
        title: incident.title,
        status: incident.status,
        started_at: incident.started_at,
        ended_at: incident.ended_at,
        tickets,
    };
    Ok(Json(Incidents { items: all.into_iter().map(one).collect() }))
}

/// Of which months.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReportParams {
    /// The first month, such as `2026-01`; eleven months ago if nothing is said.
    pub(super) from: Option<String>,
    /// The last month; this one if nothing is said.
    pub(super) to: Option<String>,
}

/// A service in a month.
#[derive(Debug, Serialize, ToSchema)]
struct BaselineLine {
    /// Such as `2026-11`, in the desk's time zone.
    month: String,
    /// The service.
    #[schema(value_type = schema::Service)]
    service: Service,
    /// What the desk resolved itself.
    inside: i64,
    /// What somebody else had to.
    outside: i64,
    /// What stayed unclear.
    unclear: i64,
    /// Where there was nothing to decide.
    not_needed: i64,
    /// How many tickets suppliers took in that month.
    escalated: i64,
    /// How many of these came back with a document that says the answer.
    documentation: i64,
    /// How many of these came back as a known issue.
    known_issue: i64,
    /// How many seats there are at the end of the month, of the customers of whom the desk knows it; none where it knows of
    /// none.
    seats: Option<i64>,
    /// How many of the escalated tickets are of these customers.
    escalated_of_seats: i64,
    /// Escalations for each 1,000 seats, in thousandths, of these customers.
    escalations_per_thousand_seats_e3: Option<i64>,
}

/// How much lay inside the baseline.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Baseline {
    /// By month, the newest first, and service.
    items: Vec<BaselineLine>,
}

/// How much lay inside the baseline, how much was escalated and how that came back, by month and service? Counted are
/// tickets that are shown to the caller.
#[utoipa::path(get, path = "/api/v1/reports/baseline", tag = "support", operation_id = "baseline", params(ReportParams),
    responses((status = 200, description = "The report.", body = Baseline)))]
pub(crate) async fn baseline(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Params(asked): Params<ReportParams>,
) -> Answer<Json<Baseline>> {
    let lines = reports::baseline(&app, &agent, asked.from.as_deref(), asked.to.as_deref()).await?;
    let line = |line: reports::BaselineLine| BaselineLine {
        escalations_per_thousand_seats_e3: line.per_thousand_seats(),
        month: line.month,
        service: line.service,
        inside: line.inside,
        outside: line.outside,
        unclear: line.unclear,
        not_needed: line.not_needed,
        escalated: line.escalated,
        documentation: line.documentation,
        known_issue: line.known_issue,
        seats: line.seats,
        escalated_of_seats: line.escalated_of_seats,
    };
    Ok(Json(Baseline { items: lines.into_iter().map(line).collect() }))
}
