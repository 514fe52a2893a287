//! How prices are made of what suppliers bill, and a supplier's invoice passed on to customers.

use app::{App, receivables};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    id::{CustomerId, PriceRuleId, SupplierId, SupplierInvoiceId},
    receivable::pricing::{Base, Rounding, Rule},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Named, Strict},
    schema,
    version::Created,
};
use crate::{guard::ApiCaller, problem::Answer};

/// How a price is made.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPriceRule {
    /// For one customer only.
    #[schema(value_type = Option<schema::CustomerId>)]
    customer: Option<CustomerId>,
    /// For lines of one supplier only.
    #[schema(value_type = Option<schema::SupplierId>)]
    supplier: Option<SupplierId>,
    /// For products whose name has this in it, or whose key it is; all if nothing is said.
    #[serde(default)]
    product: String,
    /// From what it is made.
    #[schema(value_type = schema::PriceBase)]
    base: Base,
    /// What is added, in percent: `12.5`; below nothing is taken off.
    percent: String,
    /// To multiples of what the price of one is rounded, in whole units of the currency: `0.01`.
    step: String,
    /// Which way.
    #[schema(value_type = schema::PriceRounding)]
    rounding: Rounding,
}

/// A price rule. Of those that fit a line the most specific one holds: for the customer, for the product, for the supplier.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PriceRule {
    /// Its id.
    #[schema(value_type = schema::PriceRuleId)]
    id: PriceRuleId,
    /// How a price is made.
    rule: NewPriceRule,
}

/// The price rules.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PriceRules {
    /// The oldest first.
    items: Vec<PriceRule>,
}

/// Lists the price rules.
#[utoipa::path(get, path = "/api/v1/price-rules", tag = "receivables", operation_id = "price_rules",
    responses((status = 200, description = "All of them.", body = PriceRules)))]
pub(crate) async fn list(ApiCaller(agent): ApiCaller, State(app): State<App>) -> Answer<Json<PriceRules>> {
    let all = receivables::price_rules(&app, &agent).await?;
    let one = |kept: store::receivables::prices::PriceRule| {
        let rule = kept.rule.0;
        PriceRule {
            id: kept.id,
            rule: NewPriceRule {
                customer: rule.customer,
                supplier: rule.supplier,
                product: rule.product,
                base: rule.base,
                percent: rule.percent.to_string(),
                step: rule.step.to_string(),
                rounding: rule.rounding,
            },
        }
    };
    Ok(Json(PriceRules { items: all.into_iter().map(one).collect() }))
}

/// The id of what was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PriceRuleMade {
    /// The rule.
    #[schema(value_type = schema::PriceRuleId)]
    id: PriceRuleId,
}

/// Adds a price rule. Drafts that were made keep their prices.
#[utoipa::path(post, path = "/api/v1/price-rules", tag = "receivables", operation_id = "add_price_rule", request_body = NewPriceRule,
    responses((status = 201, description = "The rule.", body = PriceRuleMade, headers(("Location" = String, description = "Where it is.")))))]
pub(crate) async fn add(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<NewPriceRule>,
) -> Answer<Created<Json<PriceRuleMade>>> {
    let number = |field, text: &str| text.parse().map_err(|_| app::Error::invalid(field, "not-an-amount"));
    let rule = Rule {
        customer: new.customer,
        supplier: new.supplier,
        product: new.product,
        base: new.base,
        percent: number("percent", &new.percent)?,
        step: number("step", &new.step)?,
        rounding: new.rounding,
    };
    let id = receivables::add_price_rule(&app, &agent, rule).await?;
    Ok(Created { location: "/api/v1/price-rules".into(), body: Json(PriceRuleMade { id }) })
}

/// Removes a price rule. Drafts that were made keep their prices.
#[utoipa::path(delete, path = "/api/v1/price-rules/{price_rule}", tag = "receivables", operation_id = "remove_price_rule",
    params(("price_rule" = inline(schema::PriceRuleId), Path, description = "The rule.")),
    responses((status = 204, description = "It is removed.")))]
pub(crate) async fn remove(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<PriceRuleId>,
) -> Answer<StatusCode> {
    receivables::remove_price_rule(&app, &agent, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PassedOn {
    /// On how many customers' drafts its lines stand.
    drafts: usize,
}

/// Puts what the price rules make of a supplier's invoice onto the drafts of its customers, each line once, however often it is
/// asked for. Customers that are not known, or whose VAT nobody has said, are left out.
#[utoipa::path(post, path = "/api/v1/payables/{payable}/pass-on", tag = "receivables", operation_id = "pass_on",
    params(("payable" = inline(schema::SupplierInvoiceId), Path, description = "The supplier's invoice.")),
    responses((status = 200, description = "What came of it.", body = PassedOn)))]
pub(crate) async fn pass_on(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<SupplierInvoiceId>,
) -> Answer<Json<PassedOn>> {
    Ok(Json(PassedOn { drafts: receivables::pass_on(&app, &agent, id).await? }))
}
