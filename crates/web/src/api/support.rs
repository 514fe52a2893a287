//! Incidents, and the report about the baseline.

use app::{App, incidents, reports};
use axum::{Json, extract::State};
use domain::{
    id::IncidentId,
    incident::{IncidentSource, IncidentStatus},
    ticket::kinds::Service,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{body::Params, schema};
use crate::{guard::ApiCaller, problem::Answer};

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
    /// How many of these came back because something was missing, whatever came of them afterwards.
    data_missing: i64,
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
        data_missing: line.data_missing,
        seats: line.seats,
        escalated_of_seats: line.escalated_of_seats,
    };
    Ok(Json(Baseline { items: lines.into_iter().map(line).collect() }))
}
