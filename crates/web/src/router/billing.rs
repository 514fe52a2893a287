//! The routes of money owed and owing.

use axum::{
    http::Method,
    routing::{MethodFilter, on},
};
use domain::access::Permission::{self, ChargesManage, PayablesView, ReceivablesView};

use super::{Body, Route};
use crate::{guard::Access::Agent, ui::billing};

/// Who sees money of some kind.
const MONEY: &[Permission] = &[PayablesView, ReceivablesView, ChargesManage];
/// Who sees what suppliers bill us.
const SEE: &[Permission] = &[PayablesView];

/// The pages.
pub(super) static PAGES: &[Route] = routes![
    GET "/billing", Agent(MONEY) => billing::index;
    GET "/payables", Agent(SEE) => billing::list;
];
