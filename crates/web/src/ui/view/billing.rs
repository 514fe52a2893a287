//! What suppliers bill us.

use askama::Template;

use super::{Link, Shell};

/// `GET /payables`.
#[derive(Clone, Debug, Template)]
#[template(path = "payables.html")]
pub struct PayablesPage {
    /// Around the page.
    pub shell: Shell,
    /// The tabs of "Billing".
    pub tabs: Vec<Link>,
}
