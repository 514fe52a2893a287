//! Signals: what customers may need, for those who sell.

use app::{App, signals};
use axum::{Json, extract::State};
use domain::{
    id::{CustomerId, JudgementId},
    signal::{Judged, Signal},
    ticket::kinds::Service,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    body::{Named, Params, Strict},
    licences::SignalLicences,
    schema,
    version::Created,
};
use crate::{guard::ApiCaller, problem::Answer};

/// Which signals.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Of {
    /// Of this customer only.
    #[param(value_type = Option<schema::CustomerId>)]
    customer: Option<CustomerId>,
}

/// A ticket that tells of it.
#[derive(Debug, Serialize, ToSchema)]
struct SignalEvidence {
    /// Its number.
    number: i64,
    /// Its subject.
    subject: String,
}

/// What a customer may need.
#[derive(Debug, Serialize, ToSchema)]
struct SignalRaised {
    /// The customer.
    #[schema(value_type = schema::CustomerId)]
    customer: CustomerId,
    /// What.
    #[schema(value_type = schema::Signal)]
    signal: Signal,
    /// Of which service.
    #[schema(value_type = schema::Service)]
    service: Service,
    /// The tickets that tell of it, the newest first.
    evidence: Vec<SignalEvidence>,
    /// The products whose licences tell of it, those with the most first.
    licences: Vec<SignalLicences>,
}

/// How often a signal was right.
#[derive(Debug, Serialize, ToSchema)]
struct SignalPrecision {
    /// Which.
    #[schema(value_type = schema::Signal)]
    signal: Signal,
    /// How many were taken up.
    taken_up: usize,
    /// How many were judged.
    judged: usize,
}

/// What customers may need, and how often that was right.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Signals {
    /// Those that nobody has judged.
    items: Vec<SignalRaised>,
    /// How often each was right, over all customers.
    precision: Vec<SignalPrecision>,
}

/// Lists what customers may need by their tickets of the last 90 days and by licences that nobody has, and nobody has judged.
#[utoipa::path(get, path = "/api/v1/signals", tag = "customers", operation_id = "signals", params(Of),
    responses((status = 200, description = "All of them.", body = Signals)))]
pub(crate) async fn list(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Params(of): Params<Of>,
) -> Answer<Json<Signals>> {
    let found = signals::overview(&app, &agent, of.customer).await?;
    let raised = found.raised.into_iter().map(|one| SignalRaised {
        customer: one.customer,
        signal: one.signal,
        service: one.service,
        evidence: one
            .evidence
            .into_iter()
            .map(|(number, subject)| SignalEvidence { number, subject })
            .collect(),
        licences: one.licences.into_iter().map(SignalLicences::from).collect(),
    });
    let precision = found.precision.into_iter().map(|one| SignalPrecision {
        signal: one.signal,
        taken_up: one.taken_up,
        judged: one.judged,
    });
    Ok(Json(Signals { items: raised.collect(), precision: precision.collect() }))
}

/// What a person says of a signal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewJudgement {
    /// Which signal.
    #[schema(value_type = schema::Signal)]
    signal: Signal,
    /// Of which service.
    #[schema(value_type = schema::Service)]
    service: Service,
    /// Whether it was right.
    #[schema(value_type = schema::SignalJudged)]
    judged: Judged,
    /// Why.
    reason: String,
}

/// What was noted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JudgementMade {
    /// Its id.
    #[schema(value_type = schema::JudgementId)]
    id: JudgementId,
}

/// Takes a signal up, or dismisses it. Only later tickets raise it again; licences do after 90 days.
#[utoipa::path(post, path = "/api/v1/customers/{customer}/signals", tag = "customers", operation_id = "judge_signal",
    request_body = NewJudgement,
    params(("customer" = inline(schema::CustomerId), Path, description = "The customer.")),
    responses((status = 201, description = "It is noted.", body = JudgementMade)))]
pub(crate) async fn judge(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(customer): Named<CustomerId>,
    Strict(new): Strict<NewJudgement>,
) -> Answer<Created<Json<JudgementMade>>> {
    let signal = (new.signal, new.service);
    let id = signals::judge(&app, &agent, customer, signal, new.judged, &new.reason).await?;
    Ok(Created { location: format!("/api/v1/signals?customer={customer}"), body: Json(JudgementMade { id }) })
}
