//! What the desk is entitled to at its suppliers: contracts, wallets, its own standing.

use std::collections::BTreeSet;

use app::{
    Agent, App,
    suppliers::{self, Contract, Held, Units},
    wallet::{self, ByHand},
};
use axum::{Json, extract::State};
use domain::{
    id::{AgentId, EntitlementId, OfferingId, SupplierId, TicketId},
    ticket::timeline::Actor,
    vehicle::{
        Competency, Plan, standing,
        wallet::{Act, Forecast},
    },
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    body::{Limit, Named, Params, Strict, given},
    cursor::{cursor, key},
    schema,
    version::{Created, IfMatch, Versioned, unmet},
};
use crate::{guard::ApiCaller, problem::Answer};

/// A contract with a supplier, without its numbers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Entitlement {
    /// Its id.
    #[schema(value_type = schema::EntitlementId)]
    id: EntitlementId,
    /// With whom.
    #[schema(value_type = schema::SupplierId)]
    supplier: SupplierId,
    /// For what.
    #[schema(value_type = schema::OfferingId)]
    offering: OfferingId,
    /// What the desk calls it.
    name: String,
    /// Whether its units are counted.
    counted: bool,
    /// What is left of them; none where nothing is counted.
    left: Option<i64>,
    /// When they will be used up if it goes on as in the last 90 days; none if that is not known, or later than its end.
    runs_out_at: Option<Timestamp>,
    /// From when it holds.
    from: Timestamp,
    /// Until when; none is for ever.
    to: Option<Timestamp>,
    /// Whether it holds now.
    in_force: bool,
    /// Whether an Access ID is kept.
    has_access_id: bool,
    /// Whether a Contract ID is kept.
    has_contract_id: bool,
    /// Since when it is known.
    created_at: Timestamp,
    /// Rises with every change of the contract, not with those of its wallet.
    version: i64,
}

impl From<Held> for Entitlement {
    fn from(Held { entitlement: e, period, forecast, .. }: Held) -> Self {
        Self {
            id: e.id,
            supplier: e.supplier,
            offering: e.offering,
            name: e.name,
            counted: e.counted,
            left: e.balance,
            runs_out_at: match forecast {
                Forecast::RunsOut(at) => Some(at),
                Forecast::Unlimited | Forecast::Empty | Forecast::Unknown | Forecast::Lasts => None,
            },
            from: e.from,
            to: e.to,
            in_force: period == standing::Period::InForce,
            has_access_id: e.access_id.is_some(),
            has_contract_id: e.contract_id.is_some(),
            created_at: e.created_at,
            version: e.version,
        }
    }
}

/// The contracts of a desk.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Entitlements {
    /// All of them, the newest period first.
    items: Vec<Entitlement>,
}

/// Lists the contracts, the newest period first.
#[utoipa::path(get, path = "/api/v1/entitlements", tag = "entitlements",
    responses((status = 200, description = "The contracts.", body = Entitlements)))]
pub(crate) async fn list(ApiCaller(agent): ApiCaller, State(app): State<App>) -> Answer<Json<Entitlements>> {
    let held = suppliers::contracts(&app, &agent).await?;
    Ok(Json(Entitlements { items: held.into_iter().map(Entitlement::from).collect() }))
}

/// A contract. The `ETag` is its version.
#[utoipa::path(get, path = "/api/v1/entitlements/{entitlement}", tag = "entitlements",
    params(("entitlement" = inline(schema::EntitlementId), Path, description = "The contract.")),
    responses((status = 200, description = "The contract.", body = Entitlement, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn get(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<EntitlementId>,
) -> Answer<Versioned<Entitlement>> {
    show(&app, &agent, id).await
}

async fn show(app: &App, agent: &Agent, id: EntitlementId) -> Answer<Versioned<Entitlement>> {
    let held = suppliers::contract(app, agent, id).await?;
    Ok(Versioned(held.entitlement.version, held.into()))
}

/// A contract to be entered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewEntitlement {
    /// For what: an offering of a supplier.
    #[schema(value_type = schema::OfferingId)]
    offering: OfferingId,
    /// What the desk calls it; the offering's name if nothing is said.
    #[serde(default)]
    name: String,
    /// How many units come with it; they are not counted if nothing is said.
    units: Option<u32>,
    /// The Access ID for which the supplier asks. It is sealed, and not shown here again.
    access_id: Option<String>,
    /// The Contract ID, in the same way.
    contract_id: Option<String>,
    /// From when it holds; from now on if nothing is said.
    from: Option<Timestamp>,
    /// Until when; for ever if nothing is said.
    to: Option<Timestamp>,
}

/// Enters a contract.
#[utoipa::path(post, path = "/api/v1/entitlements", tag = "entitlements", request_body = NewEntitlement,
    responses((status = 201, description = "The contract.", body = Entitlement, headers(
        ("Location" = String, description = "Where it is."), ("ETag" = String, description = "Its version.")))))]
pub(crate) async fn create(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<NewEntitlement>,
) -> Answer<Created<Versioned<Entitlement>>> {
    let NewEntitlement { offering, name, units, access_id, contract_id, from, to } = new;
    let units = units.map_or(Units::Unlimited, Units::Counted);
    let contract = Contract { name, access_id, contract_id, from, to };
    let id = suppliers::add_contract(&app, &agent, offering, units, contract).await?;
    Ok(Created { location: format!("/api/v1/entitlements/{id}"), body: show(&app, &agent, id).await? })
}

/// What is changed of a contract. What is not given stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntitlementChange {
    /// What the desk calls it.
    name: Option<String>,
    /// The Access ID; `null` removes it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    access_id: Option<Option<String>>,
    /// The Contract ID; `null` removes it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    contract_id: Option<Option<String>>,
    /// From when it holds.
    from: Option<Timestamp>,
    /// Until when; `null` is for ever.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Timestamp>)]
    to: Option<Option<Timestamp>>,
}

/// Changes a contract at the version that was seen.
#[utoipa::path(patch, path = "/api/v1/entitlements/{entitlement}", tag = "entitlements", request_body = EntitlementChange,
    params(("entitlement" = inline(schema::EntitlementId), Path, description = "The contract.")),
    responses((status = 200, description = "The contract as it is now.", body = Entitlement, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn change(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<EntitlementId>,
    seen: IfMatch,
    Strict(change): Strict<EntitlementChange>,
) -> Answer<Versioned<Entitlement>> {
    let before = suppliers::contract(&app, &agent, id).await?.entitlement;
    let at = seen.accept(before.version)?;
    let contract = Contract {
        name: change.name.unwrap_or(before.name),
        access_id: change.access_id.map(Option::unwrap_or_default),
        contract_id: change.contract_id.map(Option::unwrap_or_default),
        from: change.from,
        to: change.to.unwrap_or(before.to),
    };
    suppliers::change_contract(&app, &agent, id, contract, at).await.map_err(unmet)?;
    show(&app, &agent, id).await
}

/// The numbers for which a supplier asks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ContractNumbers {
    /// The Access ID, if one is kept.
    access_id: Option<String>,
    /// The Contract ID, if one is kept.
    contract_id: Option<String>,
}

/// Reads the numbers of a contract. The audit log says who has, and when; no answer is kept for a second request.
#[utoipa::path(post, path = "/api/v1/entitlements/{entitlement}/readings", tag = "entitlements",
    params(("entitlement" = inline(schema::EntitlementId), Path, description = "The contract.")),
    responses((status = 200, description = "The numbers.", body = ContractNumbers)))]
pub(crate) async fn read_numbers(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<EntitlementId>,
) -> Answer<Json<ContractNumbers>> {
    let read = suppliers::numbers(&app, &agent, id).await?;
    let text = |secret: Option<mail::peer::Secret>| secret.map(|secret| secret.reveal().to_owned());
    Ok(Json(ContractNumbers { access_id: text(read.access_id), contract_id: text(read.contract_id) }))
}

/// An entry of a wallet. Entries never change.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WalletEntry {
    /// Its number in this wallet, from 1 without gaps.
    seq: i64,
    /// What it does.
    #[schema(value_type = schema::Act)]
    act: Act,
    /// For which case; none for a grant.
    case: Option<String>,
    /// The case's ticket, if it has one.
    #[schema(value_type = Option<schema::TicketId>)]
    ticket: Option<TicketId>,
    /// Of how many units it speaks.
    units: u32,
    /// How it changed what was left.
    change: i64,
    /// What was left after it; none where nothing is counted.
    left: Option<i64>,
    /// Why.
    reason: String,
    /// The agent who made it; none where the program did.
    #[schema(value_type = Option<schema::AgentId>)]
    agent: Option<AgentId>,
    /// When.
    at: Timestamp,
}

impl From<store::wallet::Entry> for WalletEntry {
    fn from(e: store::wallet::Entry) -> Self {
        let agent = match e.by() {
            Actor::Agent(id) => Some(id),
            Actor::Contact(_) | Actor::Stranger | Actor::System => None,
        };
        Self {
            seq: e.seq,
            act: e.act,
            case: e.case,
            ticket: e.ticket,
            units: e.units,
            change: e.delta,
            left: e.balance,
            reason: e.reason,
            agent,
            at: e.at,
        }
    }
}

/// A page of a wallet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Wallet {
    /// The entries, the newest first.
    items: Vec<WalletEntry>,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WalletParams {
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; 50 if nothing is said.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Limit,
}

/// Lists the entries of a contract's wallet, the newest first.
#[utoipa::path(get, path = "/api/v1/entitlements/{entitlement}/wallet", tag = "entitlements",
    params(WalletParams, ("entitlement" = inline(schema::EntitlementId), Path, description = "The contract.")),
    responses((status = 200, description = "A page.", body = Wallet)))]
pub(crate) async fn wallet(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<EntitlementId>,
    Params(asked): Params<WalletParams>,
) -> Answer<Json<Wallet>> {
    let name = format!("wallet/{id}");
    let before: Option<i64> = key(&name, asked.cursor.as_deref())?;
    let mut found = wallet::entries(&app, &agent, id, before, asked.limit.rows() + 1).await?;
    let more = asked.limit.cut(&mut found);
    let next = found.last().filter(|_| more).and_then(|last| cursor(&name, &last.seq));
    Ok(Json(Wallet { items: found.into_iter().map(WalletEntry::from).collect(), next }))
}

/// What an entry by hand does.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum HandAct {
    /// Units were bought, or a new period brought them.
    Grant,
    /// A request that was filed elsewhere took one.
    Consume,
    /// The supplier gives one back.
    Refund,
}

/// An entry to be written by hand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWalletEntry {
    /// What it does.
    act: HandAct,
    /// How many units; only of a grant.
    units: Option<u32>,
    /// The case: the supplier's number of a request; not of a grant.
    case: Option<String>,
    /// Why.
    reason: String,
}

/// Writes into a contract's wallet by hand. A case does each thing once; to write it again changes nothing.
#[utoipa::path(post, path = "/api/v1/entitlements/{entitlement}/wallet", tag = "entitlements", request_body = NewWalletEntry,
    params(("entitlement" = inline(schema::EntitlementId), Path, description = "The contract.")),
    responses((status = 201, description = "The wallet's newest entries.", body = Wallet, headers(("Location" = String, description = "Where it is.")))))]
pub(crate) async fn add_entry(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<EntitlementId>,
    Strict(new): Strict<NewWalletEntry>,
) -> Answer<Created<Json<Wallet>>> {
    let NewWalletEntry { act, units, case, reason } = new;
    let case = case.unwrap_or_default();
    let what = match act {
        HandAct::Grant => ByHand::Grant { units: units.unwrap_or(0) },
        HandAct::Consume => ByHand::Consume { case },
        HandAct::Refund => ByHand::Refund { case },
    };
    wallet::by_hand(&app, &agent, id, what, &reason).await?;
    let newest = wallet::entries(&app, &agent, id, None, 1).await?;
    let body = Json(Wallet { items: newest.into_iter().map(WalletEntry::from).collect(), next: None });
    Ok(Created { location: format!("/api/v1/entitlements/{id}/wallet"), body })
}

/// What the desk says of its own standing at Microsoft. What is `null` is unknown.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Standing {
    /// What it has earned or bought in the partner program.
    #[schema(value_type = Option<schema::Competency>)]
    competency: Option<Competency>,
    /// Whether a competency is one of those for the cloud.
    cloud_competency: Option<bool>,
    /// Every plan that it holds. Where a contract for a plan is entered, that decides.
    #[schema(value_type = Option<Vec<schema::Plan>>)]
    plans: Option<BTreeSet<Plan>>,
    /// Whether its provider gave it access to its customers' Azure.
    provider_azure_access: Option<bool>,
    /// Whether rules count too that are not Microsoft's own text.
    unverified: bool,
    /// Rises with every change.
    version: i64,
}

/// What the desk says of its own standing at Microsoft. The `ETag` is its version.
#[utoipa::path(get, path = "/api/v1/standing", tag = "entitlements",
    responses((status = 200, description = "The standing.", body = Standing, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn standing(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
) -> Answer<Versioned<Standing>> {
    show_standing(&app, &agent).await
}

async fn show_standing(app: &App, agent: &Agent) -> Answer<Versioned<Standing>> {
    let (said, version) = suppliers::standing(app, agent).await?;
    let standing::Standing { competency, cloud_competency, plans, provider_azure_access, unverified } = said;
    let standing =
        Standing { competency, cloud_competency, plans, provider_azure_access, unverified, version };
    Ok(Versioned(version, standing))
}

/// What is changed of the standing. What is not given stays; `null` makes it unknown.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StandingChange {
    /// What the desk has earned or bought in the partner program.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<schema::Competency>)]
    competency: Option<Option<Competency>>,
    /// Whether a competency is one of those for the cloud.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<bool>)]
    cloud_competency: Option<Option<bool>>,
    /// Every plan that it holds.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Vec<schema::Plan>>)]
    plans: Option<Option<BTreeSet<Plan>>>,
    /// Whether its provider gave it access to its customers' Azure.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<bool>)]
    provider_azure_access: Option<Option<bool>>,
    /// Whether rules count too that are not Microsoft's own text.
    unverified: Option<bool>,
}

/// Changes the standing at the version that was seen.
#[utoipa::path(patch, path = "/api/v1/standing", tag = "entitlements", request_body = StandingChange,
    responses((status = 200, description = "The standing as it is now.", body = Standing, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn change_standing(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    seen: IfMatch,
    Strict(change): Strict<StandingChange>,
) -> Answer<Versioned<Standing>> {
    let (before, version) = suppliers::standing(&app, &agent).await?;
    let at = seen.accept(version)?;
    let after = standing::Standing {
        competency: change.competency.unwrap_or(before.competency),
        cloud_competency: change.cloud_competency.unwrap_or(before.cloud_competency),
        plans: change.plans.unwrap_or(before.plans),
        provider_azure_access: change.provider_azure_access.unwrap_or(before.provider_azure_access),
        unverified: change.unverified.unwrap_or(before.unverified),
    };
    suppliers::set_standing(&app, &agent, after, at).await.map_err(unmet)?;
    show_standing(&app, &agent).await
}
