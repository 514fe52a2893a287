//! The diagnosis of a ticket.

use std::collections::BTreeMap;

use app::{
    App,
    diagnosis::{self, Change, Decide, Known, Tick},
};
use axum::extract::State;
use domain::{
    id::{AgentId, TicketId},
    lang::Lang,
    ticket::{
        baseline::{Finding, text_in},
        diagnosis::{Evidence, Verdict},
    },
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    api::{
        body::{Named, Strict},
        schema,
        version::{IfMatch, Versioned, unmet},
    },
    guard::ApiCaller,
    problem::Answer,
};

/// What was found out about a ticket, what is still asked, and the decision whether it lies inside the baseline.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Diagnosis {
    /// The desk's version of the requirements by which it is asked; 0 is what is shipped.
    requirements: i64,
    /// The edition of what is shipped.
    edition: String,
    /// What is known: `true`, `false`, or one of the answers of the finding. What is not given is unknown.
    #[schema(value_type = BTreeMap<String, String>)]
    findings: BTreeMap<Finding, String>,
    /// What whoever helps will ask for.
    #[schema(value_type = BTreeMap<String, String>)]
    evidence: BTreeMap<Evidence, String>,
    /// Evidence that is wanted and not there.
    #[schema(value_type = Vec<schema::Evidence>)]
    evidence_missing: Vec<Evidence>,
    /// The steps that were done or skipped.
    steps: Vec<Step>,
    /// The steps that are open, in the caller's language.
    open_steps: Vec<OpenStep>,
    /// The matters that it can be.
    categories: Vec<Category>,
    /// The decision, if there is one.
    decision: Option<Decision>,
}

/// A step that was done or skipped.
#[derive(Debug, Serialize, ToSchema)]
struct Step {
    /// Its key.
    key: String,
    /// What was to be done, in the words of then.
    text: String,
    /// Why it was skipped; none if it was done.
    skipped: Option<String>,
    /// What was found, or empty.
    finding: String,
    /// When.
    at: Timestamp,
    /// Who.
    #[schema(value_type = schema::AgentId)]
    by: AgentId,
}

/// A step that is open.
#[derive(Debug, Serialize, ToSchema)]
struct OpenStep {
    /// Its key.
    key: String,
    /// What is to be done.
    text: String,
}

/// A matter that it can be.
#[derive(Debug, Serialize, ToSchema)]
struct Category {
    /// Its key.
    key: String,
    /// What it is called, in the caller's language.
    text: String,
    /// What it is decided to be, if nobody decides otherwise.
    #[schema(value_type = schema::Verdict)]
    verdict: Verdict,
    /// Whether no document says so.
    reconstruction: bool,
}

/// A decision.
#[derive(Debug, Serialize, ToSchema)]
struct Decision {
    /// What was decided.
    #[schema(value_type = schema::Verdict)]
    verdict: Verdict,
    /// The key of the matter; of `not_needed` its reason.
    category: Option<String>,
    /// Why.
    reason: String,
    /// When.
    at: Timestamp,
    /// Who; none where the customer's own act decided it.
    #[schema(value_type = Option<schema::AgentId>)]
    by: Option<AgentId>,
}

fn shown(known: &Known, lang: Lang) -> Versioned<Diagnosis> {
    let version = known.version;
    let findings = [
        Finding::BreakFix,
        Finding::Topic,
        Finding::ProductVersion,
        Finding::SecurityReport,
        Finding::SoldByUs,
    ];
    let known_findings = findings.into_iter().filter_map(|finding| {
        let answer = finding.of(&known.diagnosis.findings)?;
        Some((finding, answer.to_owned()))
    });
    let open = known.sheet().open(&known.diagnosis);
    let open_step = |step: &&domain::ticket::baseline::Step| OpenStep {
        key: step.key.clone(),
        text: text_in(&step.text, lang).to_owned(),
    };
    let category = |row: &domain::ticket::baseline::Category| Category {
        key: row.key.clone(),
        text: text_in(&row.text, lang).to_owned(),
        verdict: row.boundary.verdict(),
        reconstruction: row.reconstruction,
    };
    let shown = Diagnosis {
        requirements: known.by.asked.version,
        edition: known.by.asked.edition.clone(),
        findings: known_findings.collect(),
        evidence_missing: open.evidence.clone(),
        open_steps: open.steps.iter().map(open_step).collect(),
        categories: known.sheet().categories.iter().map(category).collect(),
        evidence: known.diagnosis.evidence.clone(),
        steps: known
            .diagnosis
            .steps
            .iter()
            .map(|step| Step {
                key: step.key.clone(),
                text: step.text.clone(),
                skipped: step.skipped.clone(),
                finding: step.finding.clone(),
                at: step.at,
                by: step.by,
            })
            .collect(),
        decision: known.diagnosis.decision.clone().map(|decision| Decision {
            verdict: decision.verdict,
            category: decision.category,
            reason: decision.reason,
            at: decision.at,
            by: decision.by,
        }),
    };
    Versioned(version, shown)
}

/// What was found out about a ticket, and what is still asked?
#[utoipa::path(get, path = "/api/v1/tickets/{ticket}/diagnosis", tag = "tickets", operation_id = "diagnosis",
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket.")),
    responses((status = 200, description = "The diagnosis.", body = Diagnosis, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn get(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<TicketId>,
) -> Answer<Versioned<Diagnosis>> {
    Ok(shown(&diagnosis::view(&app, &agent, id).await?, agent.lang))
}

/// What becomes of a step.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StepChange {
    /// Its key.
    key: String,
    /// Whether it was done: `false` without a reason opens it again.
    done: bool,
    /// Why it was skipped.
    skipped: Option<String>,
    /// What was found.
    finding: Option<String>,
}

/// A decision to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDecision {
    /// What is decided.
    #[schema(value_type = schema::Verdict)]
    verdict: Verdict,
    /// The key of the matter; of `not_needed`: `duplicate` or `no_request`.
    category: Option<String>,
    /// Why. May be left out where a category says it.
    reason: Option<String>,
}

/// An answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewFinding {
    /// What was asked.
    #[schema(value_type = schema::Finding)]
    finding: Finding,
    /// The answer; none if it is unknown again.
    answer: Option<String>,
}

/// A piece of evidence.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewEvidence {
    /// Which.
    #[schema(value_type = schema::Evidence)]
    evidence: Evidence,
    /// What it is; empty takes it back.
    text: String,
}

/// What changes in a diagnosis, all of it or nothing. What is not given stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DiagnosisChange {
    /// Steps.
    #[serde(default)]
    steps: Vec<StepChange>,
    /// Answers.
    #[serde(default)]
    findings: Vec<NewFinding>,
    /// Evidence.
    #[serde(default)]
    evidence: Vec<NewEvidence>,
    /// The decision.
    decision: Option<NewDecision>,
}

/// Changes the diagnosis of a ticket at the version that was seen.
#[utoipa::path(patch, path = "/api/v1/tickets/{ticket}/diagnosis", tag = "tickets", operation_id = "diagnose",
    request_body = DiagnosisChange,
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket.")),
    responses((status = 200, description = "The diagnosis as it is now.", body = Diagnosis, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn change(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<TicketId>,
    seen: IfMatch,
    Strict(change): Strict<DiagnosisChange>,
) -> Answer<Versioned<Diagnosis>> {
    let at = seen.accept(diagnosis::view(&app, &agent, id).await?.version)?;
    let tick = |step: StepChange| {
        let what = match (step.skipped, step.done) {
            (Some(reason), _) => Tick::Skipped { reason },
            (None, true) => Tick::Done { finding: step.finding.unwrap_or_default() },
            (None, false) => Tick::Open,
        };
        (step.key, what)
    };
    let to = Change {
        steps: change.steps.into_iter().map(tick).collect(),
        findings: change.findings.into_iter().map(|one| (one.finding, one.answer)).collect(),
        evidence: change.evidence.into_iter().map(|one| (one.evidence, one.text)).collect(),
        decision: change.decision.map(|decision| Decide {
            verdict: decision.verdict,
            category: decision.category,
            reason: decision.reason.unwrap_or_default(),
        }),
    };
    diagnosis::change(&app, &agent, id, to, Some(at)).await.map_err(unmet)?;
    Ok(shown(&diagnosis::view(&app, &agent, id).await?, agent.lang))
}
