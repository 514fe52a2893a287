//! Suspensions for non-payment: what would come of one, what holds, who said yes, how far it is.

use app::{
    App,
    suspensions::{self as held, Ground, Line, Wanted},
};
use axum::{Json, extract::State as Of, http::StatusCode};
use domain::{
    collections::Scope,
    id::{CustomerId, SuspensionId},
    money::Money,
    suspension::{
        ItemState, State,
        rails::{Checked, Rail, Why},
    },
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    body::{Named, Paged, Params, Strict},
    cursor::{cursor, key},
    schema,
    version::Created,
};
use crate::{guard::ApiCaller, problem::Answer};

/// What must be so before anything is sent.
#[derive(Debug, Serialize, ToSchema)]
struct RailLine {
    /// What.
    #[schema(value_type = schema::SuspensionRail)]
    rail: Rail,
    /// Why it holds; none if it passes.
    #[schema(value_type = Option<schema::SuspensionWhy>)]
    hold: Option<Why>,
    /// Whether time may mend it.
    passes: bool,
}

impl From<Checked> for RailLine {
    fn from(checked: Checked) -> Self {
        Self { rail: checked.rail, hold: checked.hold, passes: checked.hold.is_none_or(Why::passes) }
    }
}

/// A subscription on the list.
#[derive(Debug, Serialize, ToSchema)]
struct OnList {
    /// Microsoft's id.
    subscription: String,
    /// Its name.
    name: String,
    /// How many seats it has.
    seats: u32,
    /// How far it is.
    #[schema(value_type = schema::SuspensionItemState)]
    state: ItemState,
    /// What is added on to it and falls with it.
    add_ons: Vec<String>,
    /// When it was sent that it be suspended.
    called_at: Option<Timestamp>,
}

impl From<&Line> for OnList {
    fn from(line: &Line) -> Self {
        let item = line.item.clone();
        Self {
            subscription: item.subscription,
            name: item.name,
            seats: item.seats,
            state: item.state,
            add_ons: line.add_ons.clone(),
            called_at: item.called_at,
        }
    }
}

/// What a suspension comes to, and what holds it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SuspensionPreviewed {
    /// The mark of the list, to be sent back.
    list: String,
    /// The stage of the policy, by its key.
    stage: String,
    /// What is owed because of which it is suspended.
    #[schema(value_type = Vec<schema::Money>)]
    owed: Vec<Money>,
    /// The rails, in their order.
    rails: Vec<RailLine>,
    /// What is on the list.
    items: Vec<OnList>,
    /// What else the customer has, and keeps.
    untouched: Vec<String>,
}

impl From<&Ground> for SuspensionPreviewed {
    fn from(ground: &Ground) -> Self {
        Self {
            list: ground.list.clone(),
            stage: ground.stage.clone(),
            owed: ground.debt.as_ref().map(|debt| debt.owed.clone()).unwrap_or_default(),
            rails: ground.case().rails(ground.now).into_iter().map(RailLine::from).collect(),
            items: ground.lines.iter().map(OnList::from).collect(),
            untouched: ground.untouched.clone(),
        }
    }
}

/// A suspension of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Suspension {
    /// Its id.
    #[schema(value_type = schema::SuspensionId)]
    id: SuspensionId,
    /// Whose.
    #[schema(value_type = schema::CustomerId)]
    customer: CustomerId,
    /// How much is taken.
    #[schema(value_type = schema::SuspensionScope)]
    scope: Scope,
    /// How far it is.
    #[schema(value_type = schema::SuspensionState)]
    state: State,
    /// Whether nothing is sent.
    rehearsal: bool,
    /// When it was proposed.
    proposed_at: Timestamp,
    /// When it ended.
    ended_at: Option<Timestamp>,
}

/// A page of suspensions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Suspensions {
    /// The suspensions, the newest first.
    items: Vec<Suspension>,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// Lists suspensions for non-payment, the newest first.
#[utoipa::path(get, path = "/api/v1/suspensions", tag = "suspensions", params(Paged),
    responses((status = 200, description = "A page.", body = Suspensions)))]
pub(crate) async fn list(
    ApiCaller(agent): ApiCaller,
    Of(app): Of<App>,
    Params(asked): Params<Paged>,
) -> Answer<Json<Suspensions>> {
    let before: Option<SuspensionId> = key("suspensions", asked.cursor.as_deref())?;
    let mut found = held::list(&app, &agent, before, asked.limit.rows() + 1).await?;
    let more = asked.limit.cut(&mut found);
    let next = found.last().filter(|_| more).and_then(|last| cursor("suspensions", &last.id));
    let line = |row: store::suspensions::Listed| Suspension {
        id: row.id,
        customer: row.customer,
        scope: row.scope,
        state: row.state,
        rehearsal: row.rehearsal,
        proposed_at: row.proposed_at,
        ended_at: row.ended_at,
    };
    Ok(Json(Suspensions { items: found.into_iter().map(line).collect(), next }))
}

/// A suspension with its list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WithList {
    /// The suspension.
    suspension: Suspension,
    /// Why, in the words of who proposed it.
    reason: String,
    /// The rail that stopped it.
    #[schema(value_type = Option<schema::SuspensionRail>)]
    rail: Option<Rail>,
    /// Why that held.
    #[schema(value_type = Option<schema::SuspensionWhy>)]
    why: Option<Why>,
    /// What it comes to now.
    now: SuspensionPreviewed,
}

/// Answers one suspension, with what holds it now.
#[utoipa::path(get, path = "/api/v1/suspensions/{suspension}", tag = "suspensions",
    params(("suspension" = inline(schema::SuspensionId), Path, description = "The suspension.")),
    responses((status = 200, description = "The suspension.", body = WithList)))]
pub(crate) async fn get(
    ApiCaller(agent): ApiCaller,
    Of(app): Of<App>,
    Named(id): Named<SuspensionId>,
) -> Answer<Json<WithList>> {
    let held::One { suspension, ground, .. } = held::one(&app, &agent, id).await?;
    Ok(Json(WithList {
        reason: suspension.reason,
        rail: suspension.rail,
        why: suspension.why,
        now: SuspensionPreviewed::from(&ground),
        suspension: Suspension {
            id: suspension.id,
            customer: suspension.customer,
            scope: suspension.scope,
            state: suspension.state,
            rehearsal: suspension.rehearsal,
            proposed_at: suspension.proposed_at,
            ended_at: suspension.ended_at,
        },
    }))
}

/// What is to be suspended.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    /// How much is taken: `least_critical` or `all`.
    #[schema(value_type = schema::SuspensionScope)]
    scope: Scope,
    /// Microsoft's ids of the subscriptions.
    #[schema(value_type = Vec<String>)]
    subscriptions: Vec<Uuid>,
}

/// Reads subscriptions at Microsoft, and says what a suspension of them would come to and what holds it. Nothing is kept.
#[utoipa::path(post, path = "/api/v1/customers/{customer}/suspension-previews", tag = "suspensions",
    request_body = Asked, params(("customer" = inline(schema::CustomerId), Path, description = "The customer.")),
    responses((status = 200, description = "What would come of it.", body = SuspensionPreviewed)))]
pub(crate) async fn preview(
    ApiCaller(agent): ApiCaller,
    Of(app): Of<App>,
    Named(customer): Named<CustomerId>,
    Strict(asked): Strict<Asked>,
) -> Answer<Json<SuspensionPreviewed>> {
    let wanted = Wanted { customer, scope: asked.scope, subscriptions: asked.subscriptions };
    Ok(Json(SuspensionPreviewed::from(&held::preview(&app, &agent, &wanted).await?)))
}

/// A proposal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Proposal {
    /// How much is taken: `least_critical` or `all`.
    #[schema(value_type = schema::SuspensionScope)]
    scope: Scope,
    /// Microsoft's ids of the subscriptions.
    #[schema(value_type = Vec<String>)]
    subscriptions: Vec<Uuid>,
    /// `list` of the preview.
    list: String,
    /// Why.
    reason: String,
}

/// Something that was proposed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Proposed {
    /// Its id.
    #[schema(value_type = schema::SuspensionId)]
    id: SuspensionId,
}

/// Proposes a suspension for exactly the list of a preview. Another person has to approve it.
#[utoipa::path(post, path = "/api/v1/customers/{customer}/suspensions", tag = "suspensions", request_body = Proposal,
    params(("customer" = inline(schema::CustomerId), Path, description = "The customer.")),
    responses((status = 201, description = "It is proposed.", body = Proposed)))]
pub(crate) async fn propose(
    ApiCaller(agent): ApiCaller,
    Of(app): Of<App>,
    Named(customer): Named<CustomerId>,
    Strict(asked): Strict<Proposal>,
) -> Answer<Created<Json<Proposed>>> {
    let wanted = Wanted { customer, scope: asked.scope, subscriptions: asked.subscriptions };
    let id = held::propose(&app, &agent, &wanted, &asked.list, &asked.reason).await?;
    Ok(Created { location: format!("/api/v1/suspensions/{id}"), body: Json(Proposed { id }) })
}

/// A yes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SuspensionApproval {
    /// The mark of the list that is approved.
    list: String,
}

/// Approves another person's proposal, for exactly its list.
#[utoipa::path(post, path = "/api/v1/suspensions/{suspension}/approvals", tag = "suspensions", request_body = SuspensionApproval,
    params(("suspension" = inline(schema::SuspensionId), Path, description = "The suspension.")),
    responses((status = 204, description = "It is approved.")))]
pub(crate) async fn approve(
    ApiCaller(agent): ApiCaller,
    Of(app): Of<App>,
    Named(id): Named<SuspensionId>,
    Strict(approval): Strict<SuspensionApproval>,
) -> Answer<StatusCode> {
    held::approve(&app, &agent, id, &approval.list).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a proposal back, or an approval: what was not sent yet is not any more.
#[utoipa::path(delete, path = "/api/v1/suspensions/{suspension}", tag = "suspensions",
    params(("suspension" = inline(schema::SuspensionId), Path, description = "The suspension.")),
    responses((status = 204, description = "It is taken back.")))]
pub(crate) async fn withdraw(
    ApiCaller(agent): ApiCaller,
    Of(app): Of<App>,
    Named(id): Named<SuspensionId>,
) -> Answer<StatusCode> {
    held::withdraw(&app, &agent, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Stops all suspensions that were not sent, until a person lets them go on.
#[utoipa::path(post, path = "/api/v1/suspension-stops", tag = "suspensions",
    responses((status = 204, description = "All are stopped.")))]
pub(crate) async fn stop(ApiCaller(agent): ApiCaller, Of(app): Of<App>) -> Answer<StatusCode> {
    held::stop_all(&app, &agent).await?;
    Ok(StatusCode::NO_CONTENT)
}
