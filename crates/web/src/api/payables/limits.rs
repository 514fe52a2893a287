//! The credit limits that suppliers give the desk.

use app::{
    App,
    payables::{self, Limited, NewLimit},
};
use axum::{Json, extract::State};
use domain::{
    billing::{invoice::exact, owing::LimitStanding},
    id::{SupplierId, SupplierLimitId},
    money::Currency,
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::amount;
use crate::{
    api::{body::Strict, schema, version::Created},
    guard::ApiCaller,
    problem::Answer,
};

/// A credit limit. Amounts are decimal numbers as texts.
#[derive(Debug, Serialize, ToSchema)]
struct SupplierLimit {
    /// Its id.
    #[schema(value_type = schema::SupplierLimitId)]
    id: SupplierLimitId,
    /// Whose.
    #[schema(value_type = schema::SupplierId)]
    supplier: SupplierId,
    /// In which currency.
    #[schema(value_type = String)]
    currency: Currency,
    /// How much.
    #[schema(value_type = String)]
    amount: Decimal,
    /// What is open of the supplier's invoices in this currency.
    #[schema(value_type = String)]
    open: Decimal,
    /// From so much of it on somebody is warned, in percent.
    percent: i64,
    /// How much of it is used.
    #[schema(value_type = schema::LimitStanding)]
    standing: LimitStanding,
    /// From which day on.
    #[schema(value_type = String, format = Date)]
    begins: Date,
}

/// The credit limits that hold today.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SupplierLimits {
    /// One of each supplier and currency.
    items: Vec<SupplierLimit>,
}

/// Lists the credit limits that hold today, with what is open against them.
#[utoipa::path(get, path = "/api/v1/supplier-limits", tag = "payables", operation_id = "supplier_limits",
    responses((status = 200, description = "All of them.", body = SupplierLimits)))]
pub(crate) async fn limits(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
) -> Answer<Json<SupplierLimits>> {
    let one = |limited: Limited| SupplierLimit {
        id: limited.limit.id,
        supplier: limited.limit.supplier,
        currency: limited.limit.currency,
        amount: exact(limited.amount),
        open: exact(limited.open),
        percent: limited.limit.warn,
        standing: limited.standing,
        begins: limited.limit.begins,
    };
    let items = payables::limits(&app, &agent).await?.into_iter().map(one).collect();
    Ok(Json(SupplierLimits { items }))
}

/// A credit limit to be entered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSupplierLimit {
    /// Whose.
    #[schema(value_type = schema::SupplierId)]
    supplier: SupplierId,
    /// In which currency.
    #[schema(value_type = String)]
    currency: Currency,
    /// How much: a decimal number; none for no limit any more.
    amount: Option<String>,
    /// From so much of it on somebody is warned, in percent.
    #[schema(minimum = 1, maximum = 100)]
    percent: i64,
    /// From which day on.
    #[schema(value_type = String, format = Date)]
    begins: Date,
}

/// What was entered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SupplierLimitMade {
    /// Its id.
    #[schema(value_type = schema::SupplierLimitId)]
    id: SupplierLimitId,
}

/// Enters the credit limit that a supplier gives from a day on. Those before it stay.
#[utoipa::path(post, path = "/api/v1/supplier-limits", tag = "payables", operation_id = "set_supplier_limit",
    request_body = NewSupplierLimit,
    responses((status = 201, description = "It is noted.", body = SupplierLimitMade, headers(("Location" = String, description = "Where limits are.")))))]
pub(crate) async fn set_limit(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<NewSupplierLimit>,
) -> Answer<Created<Json<SupplierLimitMade>>> {
    let money = new.amount.as_deref().map(|text| amount(text, "amount", new.currency)).transpose()?;
    let limit = NewLimit {
        supplier: new.supplier,
        currency: new.currency,
        amount: money,
        warn: new.percent,
        begins: new.begins,
    };
    let id = payables::set_limit(&app, &agent, limit).await?;
    Ok(Created { location: "/api/v1/supplier-limits".into(), body: Json(SupplierLimitMade { id }) })
}
