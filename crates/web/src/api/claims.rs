//! Claims against suppliers: what they should give back, and what became of that.

use app::{
    App,
    claims::{self, Listed, NewClaim, One, Said},
};
use axum::{Json, extract::State};
use domain::{
    billing::{
        claim::{ClaimAct, ClaimKind, ClaimState, Evidence, Place},
        invoice::exact,
    },
    id::{ClaimId, SupplierId, SupplierInvoiceId},
    money::Currency,
};
use jiff::{Timestamp, civil::Date};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    body::{Limit, Named, Params, Strict},
    cursor::{cursor, key},
    payables::amount,
    schema,
    version::Created,
};
use crate::{guard::ApiCaller, problem::Answer};

/// A claim against a supplier. Amounts are decimal numbers as texts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Claim {
    /// Its id.
    #[schema(value_type = schema::ClaimId)]
    id: ClaimId,
    /// Against whom.
    #[schema(value_type = schema::SupplierId)]
    supplier: SupplierId,
    /// About which invoice.
    #[schema(value_type = schema::SupplierInvoiceId)]
    payable: SupplierInvoiceId,
    /// Why.
    #[schema(value_type = schema::ClaimKind)]
    kind: ClaimKind,
    /// Where it stands.
    #[schema(value_type = schema::ClaimState)]
    state: ClaimState,
    /// How much.
    #[schema(value_type = String)]
    amount: Decimal,
    /// What was given back.
    #[schema(value_type = String)]
    credited: Decimal,
    /// What of that was passed on, or kept.
    #[schema(value_type = String)]
    given: Decimal,
    /// In the invoice's currency.
    #[schema(value_type = String)]
    currency: Currency,
    /// The numbers of lines of the invoice.
    lines: Vec<i64>,
    /// The number of the ticket that tells of it.
    ticket_number: Option<i64>,
    /// When it happened.
    #[schema(value_type = Option<String>, format = Date)]
    happened: Option<Date>,
    /// By when it must be handed in, if somebody knows.
    #[schema(value_type = Option<String>, format = Date)]
    deadline: Option<Date>,
    /// Working days until then, of one that is still to be handed in in time.
    working_days: Option<u32>,
    /// Whether somebody should see to it.
    warned: bool,
    /// What agents should know.
    remark: String,
}

impl Claim {
    fn of(listed: Listed) -> Self {
        let Listed { claim, due } = listed;
        Self {
            amount: exact(claim.money(claim.amount)),
            credited: exact(claim.money(claim.credited)),
            given: exact(claim.money(claim.given)),
            id: claim.id,
            supplier: claim.supplier,
            payable: claim.invoice,
            kind: claim.kind,
            state: claim.state,
            currency: claim.currency,
            lines: claim.lines.0,
            ticket_number: claim.ticket,
            happened: claim.happened,
            deadline: claim.deadline,
            working_days: due.and_then(|due| due.left),
            warned: due.is_some_and(|due| due.warned),
            remark: claim.remark,
        }
    }
}

/// Which claims.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct OfState {
    /// In this state only.
    #[param(value_type = Option<schema::ClaimState>)]
    state: Option<ClaimState>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; 50 if nothing is said.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Limit,
}

/// A page of claims.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Claims {
    /// The claims, the newest first.
    items: Vec<Claim>,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// Lists the claims against suppliers.
#[utoipa::path(get, path = "/api/v1/claims", tag = "payables", operation_id = "claims", params(OfState),
    responses((status = 200, description = "A page.", body = Claims)))]
pub(crate) async fn list(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Params(asked): Params<OfState>,
) -> Answer<Json<Claims>> {
    let before: Option<ClaimId> = key("claims", asked.cursor.as_deref())?;
    let mut found = claims::list(&app, &agent, before, asked.state, asked.limit.rows() + 1).await?;
    let more = asked.limit.cut(&mut found);
    let next = found.last().filter(|_| more).and_then(|last| cursor("claims", &last.claim.id));
    Ok(Json(Claims { items: found.into_iter().map(Claim::of).collect(), next }))
}

/// A claim to be opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewClaimBody {
    /// Why.
    #[schema(value_type = schema::ClaimKind)]
    kind: ClaimKind,
    /// How much: a decimal number in the invoice's currency.
    amount: String,
    /// The numbers of lines of the invoice.
    #[serde(default)]
    lines: Vec<i64>,
    /// The number of the ticket that tells of it.
    ticket_number: Option<i64>,
    /// The day of the incident, of the order, of the first misuse. Microsoft's deadline follows from it.
    #[schema(value_type = Option<String>, format = Date)]
    happened: Option<Date>,
    /// What agents should know.
    #[serde(default)]
    remark: String,
}

/// Opens a claim on an invoice of a supplier.
#[utoipa::path(post, path = "/api/v1/payables/{payable}/claims", tag = "payables", operation_id = "open_claim",
    request_body = NewClaimBody,
    params(("payable" = inline(schema::SupplierInvoiceId), Path, description = "The invoice.")),
    responses((status = 201, description = "The claim.", body = WholeClaim, headers(("Location" = String, description = "Where it is.")))))]
pub(crate) async fn open(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(invoice): Named<SupplierInvoiceId>,
    Strict(new): Strict<NewClaimBody>,
) -> Answer<Created<Json<WholeClaim>>> {
    let currency = app::payables::one(&app, &agent, invoice).await?.payable.invoice.currency;
    let new = NewClaim {
        invoice,
        kind: new.kind,
        amount: amount(&new.amount, "amount", currency)?,
        lines: new.lines,
        ticket: new.ticket_number,
        happened: new.happened,
        remark: new.remark,
    };
    let id = claims::open(&app, &agent, new).await?;
    Ok(Created { location: format!("/api/v1/claims/{id}"), body: show(&app, &agent, id).await? })
}

/// An evidence that a claim needs.
#[derive(Debug, Serialize, ToSchema)]
struct ClaimNeeds {
    /// Which.
    #[schema(value_type = schema::ClaimEvidence)]
    evidence: Evidence,
    /// Whether it is there.
    there: bool,
}

/// What was noted of a claim.
#[derive(Debug, Serialize, ToSchema)]
struct ClaimEvent {
    /// Its place, from 1.
    place: i64,
    /// What.
    #[schema(value_type = schema::ClaimAct)]
    action: ClaimAct,
    /// The day that it names.
    #[schema(value_type = Option<String>, format = Date)]
    day: Option<Date>,
    /// How much; 0 where nothing is said of money.
    #[schema(value_type = String)]
    amount: Decimal,
    /// The number that it names, or the word of an evidence.
    reference: String,
    /// Why, or what more there is to say.
    note: String,
    /// When.
    at: Timestamp,
}

/// A claim with all that was noted of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WholeClaim {
    /// The claim.
    claim: Claim,
    /// Where it is handed in, if it is one against Microsoft.
    #[schema(value_type = Option<schema::ClaimPlace>)]
    place: Option<Place>,
    /// What it needs.
    evidence: Vec<ClaimNeeds>,
    /// What was noted, the oldest first.
    events: Vec<ClaimEvent>,
}

async fn show(app: &App, agent: &app::Agent, id: ClaimId) -> Answer<Json<WholeClaim>> {
    let One { listed, standing, rule, events, .. } = claims::one(app, agent, id).await?;
    let needs = |evidence: &Evidence| ClaimNeeds {
        evidence: *evidence,
        there: standing.ticked.contains(evidence.word()),
    };
    let is_microsoft = listed.claim.supplier_kind == domain::party::supplier::SupplierKind::Microsoft;
    let event = |event: store::claims::Event| ClaimEvent {
        place: event.place,
        action: event.act,
        day: event.day,
        amount: exact(listed.claim.money(event.amount)),
        reference: event.reference,
        note: event.note,
        at: event.at,
    };
    Ok(Json(WholeClaim {
        place: is_microsoft.then_some(rule.place),
        evidence: rule.evidence.iter().map(needs).collect(),
        events: events.into_iter().map(event).collect(),
        claim: Claim::of(listed),
    }))
}

/// A claim with what it needs and all that was noted of it.
#[utoipa::path(get, path = "/api/v1/claims/{claim}", tag = "payables", operation_id = "claim",
    params(("claim" = inline(schema::ClaimId), Path, description = "The claim.")),
    responses((status = 200, description = "The claim.", body = WholeClaim)))]
pub(crate) async fn get(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<ClaimId>,
) -> Answer<Json<WholeClaim>> {
    show(&app, &agent, id).await
}

/// What is noted of a claim. What an action has no use for must be left out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewClaimEvent {
    /// What was done. `tick` and `untick` take an evidence, `deadline` a day or none, `submit` the supplier's number and the day,
    /// `credit` and `pass_on` an amount and the number of the credit, `keep` an amount. All take a note; `refuse`, `withdraw` and
    /// `keep` need one.
    #[schema(value_type = schema::ClaimAct)]
    action: ClaimAct,
    /// On which day.
    #[schema(value_type = Option<String>, format = Date)]
    day: Option<Date>,
    /// How much: a decimal number. Less than nothing corrects a mistake.
    amount: Option<String>,
    /// The supplier's number, or that of our credit note.
    #[serde(default)]
    number: String,
    /// Which evidence.
    #[schema(value_type = Option<schema::ClaimEvidence>)]
    evidence: Option<Evidence>,
    /// Why, or what more there is to say.
    #[serde(default)]
    note: String,
}

/// Notes something of a claim: its state follows from that.
#[utoipa::path(post, path = "/api/v1/claims/{claim}/events", tag = "payables", operation_id = "note_claim",
    request_body = NewClaimEvent,
    params(("claim" = inline(schema::ClaimId), Path, description = "The claim.")),
    responses((status = 200, description = "The claim as it is now.", body = WholeClaim)))]
pub(crate) async fn note(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<ClaimId>,
    Strict(new): Strict<NewClaimEvent>,
) -> Answer<Json<WholeClaim>> {
    let currency = claims::one(&app, &agent, id).await?.listed.claim.currency;
    let money = new.amount.as_deref().map(|text| amount(text, "amount", currency)).transpose()?;
    let said = Said {
        act: new.action,
        day: new.day,
        amount: money,
        number: new.number,
        evidence: new.evidence,
        note: new.note,
    };
    claims::note(&app, &agent, id, said).await?;
    show(&app, &agent, id).await
}
