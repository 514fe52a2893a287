//! The routes of suspensions for non-payment.

use axum::{
    http::Method,
    routing::{MethodFilter, on},
};
use domain::access::Permission::{self, SuspensionsApprove, SuspensionsPropose, SuspensionsView};

use super::{Body, Route};
use crate::{
    api::{self, once},
    guard::Access::{Agent, Api},
    ui::suspensions,
};

/// Who sees them, and stops them all.
const SEE: &[Permission] = &[SuspensionsView];
/// Who proposes.
const PROPOSE: &[Permission] = &[SuspensionsPropose];
/// Who approves, and lets them go on.
const APPROVE: &[Permission] = &[SuspensionsApprove];

/// Their pages.
pub(super) static PAGES: &[Route] = routes![
    GET "/suspensions", Agent(SEE) => suspensions::list;
    POST "/suspensions", Agent(PROPOSE) => suspensions::propose;
    GET "/suspensions/new", Agent(PROPOSE) => suspensions::new;
    POST "/suspensions/preview", Agent(PROPOSE) => suspensions::preview;
    GET "/suspensions/rules", Agent(SEE) => suspensions::rules;
    POST "/suspensions/rules", Agent(APPROVE) => suspensions::set_rules;
    POST "/suspensions/stop", Agent(SEE) => suspensions::stop;
    POST "/suspensions/release", Agent(APPROVE) => suspensions::release;
    POST "/suspensions/unmute", Agent(APPROVE) => suspensions::unmute;
    GET "/suspensions/{id}", Agent(SEE) => suspensions::one;
    POST "/suspensions/{id}/refresh", Agent(SEE) => suspensions::refresh;
    POST "/suspensions/{id}/approve", Agent(APPROVE) => suspensions::approve;
    POST "/suspensions/{id}/refuse", Agent(APPROVE) => suspensions::refuse;
    POST "/suspensions/{id}/withdraw", Agent(PROPOSE) => suspensions::withdraw;
    POST "/suspensions/{id}/reverse", Agent(PROPOSE) => suspensions::reverse;
    POST "/suspensions/{id}/by-hand", Agent(PROPOSE) => suspensions::by_hand;
];

/// The same for programs.
pub(super) static API: &[Route] = routes![
    GET "/api/v1/suspensions", Api(SEE) => api::suspensions::list;
    GET "/api/v1/suspensions/{suspension}", Api(SEE) => api::suspensions::get;
    POST "/api/v1/customers/{customer}/suspension-previews", Api(PROPOSE) => once(api::suspensions::preview);
    POST "/api/v1/customers/{customer}/suspensions", Api(PROPOSE) => once(api::suspensions::propose);
    POST "/api/v1/suspensions/{suspension}/approvals", Api(APPROVE) => once(api::suspensions::approve);
    DELETE "/api/v1/suspensions/{suspension}", Api(PROPOSE) => api::suspensions::withdraw;
    POST "/api/v1/suspension-stops", Api(SEE) => once(api::suspensions::stop);
];
