//! How suppliers keep their promises, and what escalations are measured by.

use std::collections::BTreeMap;

use app::{App, customers, suppliers};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    handover::score,
    id::{AgentId, CustomerId, OfferingId, SupplierId},
    ticket::kinds::Service,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Named, Params, Strict},
    schema,
    support::ReportParams,
};
use crate::{guard::ApiCaller, problem::Answer};

/// What cases come to.
#[derive(Debug, Serialize, ToSchema)]
struct Score {
    /// How many there are.
    cases: usize,
    /// How many the supplier has.
    open: usize,
    /// How many it did not take.
    declined: usize,
    /// How many first answers were measured.
    answered: usize,
    /// Half of them came sooner: seconds of the supplier's open time.
    median_seconds: Option<i64>,
    /// Nine of ten came no later; none of fewer than ten.
    ninetieth_seconds: Option<i64>,
    /// How many first answers were promised and are in, or overdue.
    promised: usize,
    /// How many of these came in time.
    kept: usize,
    /// How many of a hundred that is; none of fewer than ten.
    percent_kept: Option<usize>,
    /// How many promises of any kind were broken.
    breaches: u32,
    /// How often the supplier was asked how far it is.
    chases: u32,
    /// How often an answer went back to it.
    sent_back: u32,
    /// How often a case came back because something was missing.
    bounces: u32,
    /// With what cases came back: `solved`, `documentation`, `known_issue`, `declined`, `data_missing`.
    outcomes: BTreeMap<String, usize>,
}

impl From<score::Score> for Score {
    fn from(s: score::Score) -> Self {
        Self {
            percent_kept: s.percent_kept(),
            cases: s.cases,
            open: s.open,
            declined: s.declined,
            answered: s.answered,
            median_seconds: s.median.map(|time| time.as_secs()),
            ninetieth_seconds: s.ninetieth.map(|time| time.as_secs()),
            promised: s.promised,
            kept: s.kept,
            breaches: s.breaches,
            chases: s.chases,
            sent_back: s.sent_back,
            bounces: s.bounces,
            outcomes: s.outcomes.into_iter().map(|(outcome, n)| (outcome.to_string(), n)).collect(),
        }
    }
}

/// What cases by one of a supplier's offerings come to.
#[derive(Debug, Serialize, ToSchema)]
struct ScoreLine {
    /// The offering; none where none was named.
    #[schema(value_type = Option<schema::OfferingId>)]
    offering: Option<OfferingId>,
    /// What it is called today.
    name: String,
    /// What they come to.
    score: Score,
}

/// What a supplier promised, and what came of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ScoreCard {
    /// The first moment of what is counted: cases that were prepared since then.
    from: Timestamp,
    /// The first moment after it.
    until: Timestamp,
    /// All cases.
    all: Score,
    /// By offering; first those of which there are most.
    items: Vec<ScoreLine>,
}

/// How does a supplier keep what it has promised? Times are of its own open hours, against what its offerings promise
/// today. Counted are cases of tickets that are shown to the caller.
#[utoipa::path(get, path = "/api/v1/suppliers/{supplier}/score", tag = "suppliers", operation_id = "supplier_score",
    params(("supplier" = inline(schema::SupplierId), Path, description = "The supplier."), ReportParams),
    responses((status = 200, description = "The score.", body = ScoreCard)))]
pub(crate) async fn score(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<SupplierId>,
    Params(asked): Params<ReportParams>,
) -> Answer<Json<ScoreCard>> {
    let card = suppliers::score_card(&app, &agent, id, asked.from.as_deref(), asked.to.as_deref()).await?;
    let line = |line: suppliers::ScoreLine| ScoreLine {
        offering: line.offering,
        name: line.name,
        score: line.score.into(),
    };
    Ok(Json(ScoreCard {
        from: card.from,
        until: card.until,
        all: card.all.into(),
        items: card.lines.into_iter().map(line).collect(),
    }))
}

/// How many people use a service from a day on.
#[derive(Debug, Serialize, ToSchema)]
struct SeatsLine {
    /// The service.
    #[schema(value_type = schema::Service)]
    service: Service,
    /// From which day on, such as `2026-11-30`.
    day: String,
    /// How many; none: from then on nobody knows.
    seats: Option<i64>,
    /// Who said so.
    #[schema(value_type = schema::AgentId)]
    agent: AgentId,
    /// When.
    at: Timestamp,
}

/// What is known of the seats of a customer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Seats {
    /// By service, the newest day first.
    items: Vec<SeatsLine>,
}

/// How many people of a customer use which service, as the desk has entered it?
#[utoipa::path(get, path = "/api/v1/customers/{customer}/seats", tag = "customers",
    params(("customer" = inline(schema::CustomerId), Path, description = "The customer.")),
    responses((status = 200, description = "What was entered.", body = Seats)))]
pub(crate) async fn seats(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<CustomerId>,
) -> Answer<Json<Seats>> {
    let rows = customers::seats(&app, &agent, id).await?.into_iter();
    let line = |row: store::seats::Seats| SeatsLine {
        service: row.service,
        day: row.day,
        seats: row.seats,
        agent: row.agent,
        at: row.at,
    };
    Ok(Json(Seats { items: rows.map(line).collect() }))
}

/// How many people use a service from a day on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSeats {
    /// The service.
    #[schema(value_type = schema::Service)]
    service: Service,
    /// How many; `null`: from then on nobody knows.
    seats: Option<i64>,
    /// From which day on, such as `2026-11-30`; today if nothing is said.
    day: Option<String>,
}

/// Enters how many people of a customer use a service from a day on, over what was entered for that day.
#[utoipa::path(put, path = "/api/v1/customers/{customer}/seats", tag = "customers", request_body = NewSeats,
    params(("customer" = inline(schema::CustomerId), Path, description = "The customer.")),
    responses((status = 204, description = "It is noted.")))]
pub(crate) async fn set_seats(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<CustomerId>,
    Strict(new): Strict<NewSeats>,
) -> Answer<StatusCode> {
    customers::set_seats(&app, &agent, id, new.service, new.seats, new.day.as_deref()).await?;
    Ok(StatusCode::NO_CONTENT)
}
