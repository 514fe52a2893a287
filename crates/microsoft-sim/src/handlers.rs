//! What each call does.

pub(crate) mod audit;
pub(crate) mod azure_support;
pub(crate) mod consents;
pub(crate) mod customers;
pub(crate) mod health;
pub(crate) mod invoices;
pub(crate) mod licences;
pub(crate) mod profiles;
pub(crate) mod relationships;
pub(crate) mod service_requests;
mod subscription;
pub(crate) mod subscriptions;
pub(crate) mod webhooks;
