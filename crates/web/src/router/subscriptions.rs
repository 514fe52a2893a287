//! The routes of what customers have bought at Microsoft.

use axum::{
    http::Method,
    routing::{MethodFilter, on},
};
use domain::access::Permission::{self, SubscriptionsCancel, SubscriptionsManage, SubscriptionsView};

use super::{Body, Route};
use crate::{
    api::{self, once},
    guard::Access::{Agent, Api},
    ui::subscriptions,
};

/// Who sees them.
const SEE: &[Permission] = &[SubscriptionsView];
/// Who does something with them. Which permission a thing takes, the use case knows.
const ACT: &[Permission] = &[SubscriptionsManage, SubscriptionsCancel];
/// Who takes a decision back.
const MANAGE: &[Permission] = &[SubscriptionsManage];

/// Their pages.
pub(super) static PAGES: &[Route] = routes![
    GET "/subscriptions", Agent(SEE) => subscriptions::due;
    GET "/customers/{id}/subscriptions", Agent(SEE) => subscriptions::of_customer;
    GET "/subscriptions/{id}", Agent(SEE) => subscriptions::one;
    POST "/subscriptions/{id}/refresh", Agent(SEE) => subscriptions::refresh;
    POST "/subscriptions/{id}/preview", Agent(ACT) => subscriptions::preview;
    POST "/subscriptions/{id}/act", Agent(ACT) => subscriptions::act;
    POST "/subscriptions/{id}/withdraw", Agent(MANAGE) => subscriptions::withdraw;
];

/// The same for programs.
pub(super) static API: &[Route] = routes![
    GET "/api/v1/subscriptions", Api(SEE) => api::subscriptions::list;
    GET "/api/v1/subscriptions/{subscription}", Api(SEE) => api::subscriptions::get;
    POST "/api/v1/subscriptions/{subscription}/readings", Api(SEE) => once(api::subscriptions::read);
    POST "/api/v1/subscriptions/{subscription}/previews", Api(ACT) => once(api::subscriptions::preview);
    POST "/api/v1/subscriptions/{subscription}/acts", Api(ACT) => once(api::subscriptions::decide);
    DELETE "/api/v1/subscriptions/{subscription}/acts/{act}", Api(MANAGE) => api::subscriptions::withdraw;
    GET "/api/v1/customers/{customer}/subscriptions", Api(SEE) => api::subscriptions::of_customer;
    GET "/api/v1/subscription-dates", Api(SEE) => api::subscriptions::dates;
];
