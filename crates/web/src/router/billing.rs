//! The routes of money owed and owing.

use axum::{
    http::Method,
    routing::{MethodFilter, on},
};
use domain::access::Permission::{self, ChargesManage, PayablesManage, PayablesView, ReceivablesView};

use super::{Body, Route};
use crate::{
    api::{self, once},
    guard::Access::{Agent, Api},
    ui::{billing, claims},
};

/// Who sees money of some kind.
const MONEY: &[Permission] = &[PayablesView, ReceivablesView, ChargesManage];
/// Who sees what suppliers bill us.
const SEE: &[Permission] = &[PayablesView];
/// Who enters it.
const MANAGE: &[Permission] = &[PayablesManage];

/// The pages.
pub(super) static PAGES: &[Route] = routes![
    GET "/billing", Agent(MONEY) => billing::index;
    GET "/payables", Agent(SEE) => billing::list;
    POST "/payables", Agent(MANAGE) => billing::add;
    POST "/payables/limits", Agent(MANAGE) => billing::set_limit;
    GET "/payables/compare", Agent(SEE) => billing::months;
    GET "/payables/{id}", Agent(SEE) => billing::one;
    POST "/payables/{id}", Agent(MANAGE) => billing::change;
    POST "/payables/{id}/payments", Agent(MANAGE) => billing::pay;
    POST uploads "/payables/{id}/files", Agent(MANAGE) => billing::import;
    GET "/payables/{id}/files/{file}", Agent(SEE) => billing::file;
    POST "/payables/{id}/files/{file}/remove", Agent(MANAGE) => billing::remove;
    GET "/payables/{id}/claims", Agent(SEE) => claims::new;
    POST "/payables/{id}/claims", Agent(MANAGE) => claims::open;
    GET "/claims", Agent(SEE) => claims::list;
    GET "/claims/{id}", Agent(SEE) => claims::one;
    POST "/claims/{id}", Agent(MANAGE) => claims::note;
    GET "/payables/{id}/lines", Agent(SEE) => billing::lines;
    GET "/payables/{id}/lines/{line}", Agent(SEE) => billing::line;
];

/// The same for programs.
pub(super) static API: &[Route] = routes![
    GET "/api/v1/payables", Api(SEE) => api::payables::list;
    POST "/api/v1/payables", Api(MANAGE) => once(api::payables::add);
    GET "/api/v1/payables/{payable}", Api(SEE) => api::payables::get;
    PATCH "/api/v1/payables/{payable}", Api(MANAGE) => api::payables::change;
    POST uploads "/api/v1/payables/{payable}/files", Api(MANAGE) => once(api::payables::import);
    DELETE "/api/v1/payables/{payable}/files/{file}", Api(MANAGE) => api::payables::remove;
    POST "/api/v1/payables/{payable}/payments", Api(MANAGE) => once(api::payables::pay);
    GET "/api/v1/payables/{payable}/lines", Api(SEE) => api::payables::lines;
    GET "/api/v1/payables/{payable}/lines/{line}", Api(SEE) => api::payables::line;
    GET "/api/v1/supplier-limits", Api(SEE) => api::payables::limits;
    POST "/api/v1/supplier-limits", Api(MANAGE) => once(api::payables::set_limit);
    GET "/api/v1/claims", Api(SEE) => api::claims::list;
    POST "/api/v1/payables/{payable}/claims", Api(MANAGE) => once(api::claims::open);
    GET "/api/v1/claims/{claim}", Api(SEE) => api::claims::get;
    POST "/api/v1/claims/{claim}/events", Api(MANAGE) => once(api::claims::note);
    GET "/api/v1/payable-months", Api(SEE) => api::payables::months;
];
