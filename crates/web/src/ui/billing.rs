//! Money owed and owing: the tabs that its pages share, and what suppliers bill us.

use axum::response::Response;
use domain::access::Permission;

use super::{
    shell::Page,
    view::{Link, PayablesPage},
};
use crate::problem::{Answer, Problem};

/// The tabs of "Billing": who sees them, where they are, the key of their words.
const TABS: &[(Permission, &str, &str)] = &[
    (Permission::PayablesView, "/payables", "payables"),
    (Permission::ChargesManage, "/charges", "charges"),
    (Permission::ChargesView, "/prepaid", "prepaid"),
];

/// The tabs that a reader has; `current` is the address of one.
pub(crate) fn tabs(page: &Page, current: &str) -> Vec<Link> {
    let mine = TABS.iter().filter(|(permission, ..)| page.agent.may(*permission));
    mine.map(|(_, href, key)| Link {
        href: (*href).into(),
        text: page.reader.words.t(key).into_owned(),
        current: *href == current,
    })
    .collect()
}

/// `GET /billing`: the first of the tabs that the reader has.
pub(crate) async fn index(page: Page) -> Answer {
    let first = tabs(&page, "").into_iter().next();
    let first: Link = first.ok_or_else(|| Problem::not_found("page"))?;
    let response: Response = super::see(&first.href);
    Ok(response)
}

/// `GET /payables`.
pub(crate) async fn list(page: Page) -> Answer {
    let view = PayablesPage { tabs: tabs(&page, "/payables"), shell: page.shell("billing").await? };
    page.html(&view)
}
