//! The routes of charging for support.

use axum::{
    http::Method,
    routing::{MethodFilter, on},
};
use domain::access::Permission::{self, ChargesLog, ChargesManage, ChargesView};

use super::{Body, Route};
use crate::{
    api::{self, once},
    guard::Access::{Agent, Api, Contact},
    ui::{charging, help, ticket},
};

/// Who sees what customers have paid for.
const SEE: &[Permission] = &[ChargesView];
/// Who logs time.
const LOG: &[Permission] = &[ChargesLog];
/// Who says what is charged for.
const MANAGE: &[Permission] = &[ChargesManage];

/// The pages.
pub(super) static PAGES: &[Route] = routes![
    GET "/charges", Agent(MANAGE) => charging::lines;
    GET "/charges/export", Agent(MANAGE) => charging::export;
    POST "/charges/drafts", Agent(MANAGE) => charging::to_drafts;
    POST "/charges/rules", Agent(MANAGE) => charging::rules;
    GET "/prepaid", Agent(SEE) => charging::prepaid::list;
    POST "/prepaid", Agent(MANAGE) => charging::prepaid::sell;
    GET "/prepaid/{id}", Agent(SEE) => charging::prepaid::one;
    POST "/prepaid/{id}", Agent(MANAGE) => charging::prepaid::change;
    POST "/prepaid/{id}/units", Agent(MANAGE) => charging::prepaid::grant;
    POST "/tickets/{number}/charging", Agent(LOG) => ticket::charging::act;
    POST "/help/tickets/{number}/approval", Contact => help::approval::answer;
];

/// The same for programs.
pub(super) static API: &[Route] = routes![
    GET "/api/v1/tickets/{ticket}/charging", Api(SEE) => api::charging::of_ticket;
    POST "/api/v1/tickets/{ticket}/time-entries", Api(LOG) => once(api::charging::log);
    GET "/api/v1/charges", Api(MANAGE) => api::charging::charges;
    GET "/api/v1/prepaid", Api(SEE) => api::charging::contracts;
    POST "/api/v1/prepaid", Api(MANAGE) => once(api::charging::sell);
    GET "/api/v1/prepaid/{prepaid}", Api(SEE) => api::charging::contract;
];
