//! Money owed and owing, with something of everything.

use askama::Template;

use super::*;

pub(super) fn billing_pages(lang: &'static str) -> Vec<(&'static str, String)> {
    let around = shell(lang, "billing");
    let tab = Link { href: s("/payables"), text: around.words.t("payables").into_owned(), current: true };
    let none = PayablesPage { shell: around, tabs: vec![tab] };
    vec![("payables-none", none.render().unwrap())]
}
