//! The routes of what customers owe.

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
        help,
        receivables::{account, bank, invoice, list, prices},
    },
};

/// Who sees it.
const SEE: &[Permission] = &[ReceivablesView];
/// Who issues, credits and books.
const MANAGE: &[Permission] = &[ReceivablesManage];

/// Their pages.
pub(super) static PAGES: &[Route] = routes![
    GET "/receivables", Agent(SEE) => list::show;
    GET "/receivables/ageing", Agent(SEE) => list::ageing;
    GET "/receivables/export", Agent(SEE) => list::export;
    POST uploads "/receivables/import", Agent(MANAGE) => list::import;
    GET "/receivables/seller", Agent(SEE) => list::seller;
    POST "/receivables/seller", Agent(MANAGE) => list::set_seller;
    GET "/receivables/bank", Agent(SEE) => bank::show;
    POST uploads "/receivables/bank", Agent(MANAGE) => bank::import;
    POST "/receivables/bank/{id}/confirm", Agent(MANAGE) => bank::confirm;
    POST "/receivables/bank/{id}/ignore", Agent(MANAGE) => bank::ignore;
    GET "/receivables/customers/{id}", Agent(SEE) => account::show;
    GET "/receivables/customers/{id}/pdf", Agent(SEE) => account::pdf;
    POST "/receivables/customers/{id}/profile", Agent(MANAGE) => account::profile;
    POST "/receivables/customers/{id}/invoices", Agent(MANAGE) => account::begin;
    POST "/receivables/customers/{id}/payments", Agent(MANAGE) => account::pay;
    POST "/receivables/customers/{id}/entries", Agent(MANAGE) => account::entry;
    GET "/receivables/invoices/{id}", Agent(SEE) => invoice::show;
    POST "/receivables/invoices/{id}", Agent(MANAGE) => invoice::save;
    POST "/receivables/invoices/{id}/issue", Agent(MANAGE) => invoice::issue;
    POST "/receivables/invoices/{id}/remove", Agent(MANAGE) => invoice::remove;
    POST "/receivables/invoices/{id}/credit", Agent(MANAGE) => invoice::credit;
    POST "/receivables/invoices/{id}/send", Agent(MANAGE) => invoice::send;
    GET "/receivables/invoices/{id}/pdf", Agent(SEE) => invoice::pdf;
    GET "/receivables/invoices/{id}/xml", Agent(SEE) => invoice::xml;
    GET "/price-rules", Agent(SEE) => prices::show;
    POST "/price-rules", Agent(MANAGE) => prices::add;
    POST "/price-rules/{id}/remove", Agent(MANAGE) => prices::remove;
    GET "/payables/{id}/pass-on", Agent(SEE) => prices::preview;
    POST "/payables/{id}/pass-on", Agent(MANAGE) => prices::pass_on;
    GET "/help/invoices", Contact => help::invoices::show;
    GET "/help/invoices/{id}/pdf", Contact => help::invoices::pdf;
    GET "/help/accounts/{id}/pdf", Contact => help::invoices::account;
];

/// The same for programs.
pub(super) static API: &[Route] = routes![
    GET "/api/v1/invoices", Api(SEE) => api::receivables::list;
    POST "/api/v1/invoices/imports", Api(MANAGE) => once(api::receivables::import);
    GET "/api/v1/customers/{customer}/account", Api(SEE) => api::receivables::account;
    GET "/api/v1/price-rules", Api(SEE) => api::prices::list;
    POST "/api/v1/price-rules", Api(MANAGE) => once(api::prices::add);
    DELETE "/api/v1/price-rules/{price_rule}", Api(MANAGE) => api::prices::remove;
    POST "/api/v1/payables/{payable}/pass-on", Api(MANAGE) => once(api::prices::pass_on);
    POST "/api/v1/customers/{customer}/payments", Api(MANAGE) => once(api::receivables::pay);
];
