//! The routes of suppliers, what they offer and what the desk holds with them.

use axum::{
    http::Method,
    routing::{MethodFilter, on},
};
use domain::access::Permission::{self, ContractsRead, SuppliersManage, SuppliersView};

use super::{Body, REPORTS, Route};
use crate::{
    api::{self, once},
    guard::Access::{Agent, Api},
    ui::suppliers,
};

/// Who sees suppliers.
const SUPPLIERS: &[Permission] = &[SuppliersView];
/// Who changes suppliers and contracts.
const SUPPLY: &[Permission] = &[SuppliersManage];
/// Who reads the numbers of contracts.
const CONTRACTS: &[Permission] = &[ContractsRead];

/// Their pages.
pub(super) static PAGES: &[Route] = routes![
    GET "/suppliers", Agent(SUPPLIERS) => suppliers::list;
    POST "/suppliers", Agent(SUPPLY) => suppliers::create;
    GET "/suppliers/rules", Agent(SUPPLIERS) => suppliers::rules::show;
    POST "/suppliers/standing", Agent(SUPPLY) => suppliers::set_standing;
    GET "/suppliers/{id}", Agent(SUPPLIERS) => suppliers::one;
    POST "/suppliers/{id}", Agent(SUPPLY) => suppliers::change;
    POST "/suppliers/{id}/plan", Agent(SUPPLY) => suppliers::offers::read_plan;
    POST "/suppliers/{id}/offerings", Agent(SUPPLY) => suppliers::offers::add;
    POST "/suppliers/{id}/offerings/{offering}", Agent(SUPPLY) => suppliers::offers::change;
    POST "/suppliers/{id}/contracts", Agent(SUPPLY) => suppliers::contracts::add;
    GET "/suppliers/{id}/contracts/{contract}", Agent(SUPPLIERS) => suppliers::contracts::show;
    POST "/suppliers/{id}/contracts/{contract}", Agent(SUPPLY) => suppliers::contracts::change;
    POST "/suppliers/{id}/contracts/{contract}/units", Agent(SUPPLY) => suppliers::contracts::units;
    POST "/suppliers/{id}/contracts/{contract}/numbers", Agent(CONTRACTS) => suppliers::contracts::numbers;
];

/// The same for programs.
pub(super) static API: &[Route] = routes![
    GET "/api/v1/suppliers", Api(SUPPLIERS) => api::suppliers::list;
    POST "/api/v1/suppliers", Api(SUPPLY) => once(api::suppliers::create);
    GET "/api/v1/suppliers/{supplier}", Api(SUPPLIERS) => api::suppliers::get;
    PATCH "/api/v1/suppliers/{supplier}", Api(SUPPLY) => api::suppliers::change;
    POST "/api/v1/suppliers/{supplier}/plan", Api(SUPPLY) => api::suppliers::read_plan;
    GET "/api/v1/suppliers/{supplier}/offerings", Api(SUPPLIERS) => api::suppliers::offerings;
    POST "/api/v1/suppliers/{supplier}/offerings", Api(SUPPLY) => once(api::suppliers::add_offering);
    GET "/api/v1/suppliers/{supplier}/offerings/{offering}", Api(SUPPLIERS) => api::suppliers::offering;
    PATCH "/api/v1/suppliers/{supplier}/offerings/{offering}", Api(SUPPLY) => api::suppliers::change_offering;
    GET "/api/v1/entitlements", Api(SUPPLIERS) => api::entitlements::list;
    POST "/api/v1/entitlements", Api(SUPPLY) => once(api::entitlements::create);
    GET "/api/v1/entitlements/{entitlement}", Api(SUPPLIERS) => api::entitlements::get;
    PATCH "/api/v1/entitlements/{entitlement}", Api(SUPPLY) => api::entitlements::change;
    POST "/api/v1/entitlements/{entitlement}/readings", Api(CONTRACTS) => api::entitlements::read_numbers;
    GET "/api/v1/entitlements/{entitlement}/wallet", Api(SUPPLIERS) => api::entitlements::wallet;
    POST "/api/v1/entitlements/{entitlement}/wallet", Api(SUPPLY) => once(api::entitlements::add_entry);
    GET "/api/v1/tickets/{ticket}/vehicles", Api(SUPPLIERS) => api::vehicles::advise;
    GET "/api/v1/standing", Api(SUPPLIERS) => api::entitlements::standing;
    PATCH "/api/v1/standing", Api(SUPPLY) => api::entitlements::change_standing;
    GET "/api/v1/suppliers/{supplier}/score", Api(REPORTS) => api::scores::score;
];
