//! The routes of collections, and of questions about invoices.

use axum::{
    http::Method,
    routing::{MethodFilter, on},
};
use domain::access::Permission::{self, ReceivablesManage, ReceivablesView};

use super::{Body, Route};
use crate::{
    api::{self, once},
    guard::Access::{Agent, Api, Contact},
    ui::{
        collections::{self, customer, policy},
        help, ticket,
    },
};

/// Who sees where customers stand.
const SEE: &[Permission] = &[ReceivablesView];
/// Who publishes the policy, and notes something of a customer.
const MANAGE: &[Permission] = &[ReceivablesManage];

/// Their pages.
pub(super) static PAGES: &[Route] = routes![
    GET "/collections", Agent(SEE) => collections::show;
    POST "/collections", Agent(MANAGE) => collections::switch;
    GET "/collections/policy", Agent(SEE) => policy::show;
    POST "/collections/policy", Agent(MANAGE) => policy::save;
    GET "/collections/customers/{id}", Agent(SEE) => customer::show;
    POST "/collections/customers/{id}", Agent(MANAGE) => customer::note;
    POST "/help/disputes", Contact => help::invoices::dispute;
    POST "/tickets/{number}/invoice-lines", Agent(SEE) => ticket::questions::act;
    POST "/help/tickets/{number}/invoice-lines", Contact => help::questions::say;
];

/// The same for programs.
pub(super) static API: &[Route] = routes![
    GET "/api/v1/collections", Api(SEE) => api::collections::list;
    GET "/api/v1/collection-policy", Api(SEE) => api::collections::policy;
    PUT "/api/v1/collection-policy", Api(MANAGE) => api::collections::publish;
    POST "/api/v1/collection-simulations", Api(SEE) => once(api::collections::simulate);
    POST "/api/v1/customers/{customer}/promises", Api(MANAGE) => once(api::collections::promise);
    POST "/api/v1/customers/{customer}/disputes", Api(MANAGE) => once(api::collections::dispute);
    GET "/api/v1/tickets/{ticket}/invoice-lines", Api(SEE) => api::questions::list;
    POST "/api/v1/tickets/{ticket}/invoice-lines", Api(SEE) => once(api::questions::link);
    DELETE "/api/v1/tickets/{ticket}/invoice-lines/{invoice}/{line}", Api(SEE) => api::questions::unlink;
];
