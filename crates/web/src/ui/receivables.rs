//! What customers owe: invoices, ledgers, what came in at the bank, and how old what is open is.

pub(crate) mod account;
pub(crate) mod bank;
pub(crate) mod invoice;
pub(crate) mod list;
pub(crate) mod prices;

use domain::money::{Currency, Money};
use jiff::civil::Date;
use store::receivables::Listed;
use text::format;

use super::{
    pieces::Reader,
    view::{InvoiceLine, Link},
};

fn link(href: impl Into<String>, text: impl Into<String>) -> Link {
    Link { href: href.into(), text: text.into(), current: false }
}

fn money(reader: &Reader, minor: i64, currency: Currency) -> String {
    format::money(reader.words, Money { minor, currency })
}

fn day(reader: &Reader, day: Option<Date>) -> String {
    day.map(|day| format::day(reader.words, day)).unwrap_or_default()
}

/// An invoice in a list.
pub(crate) fn line(reader: &Reader, one: &Listed) -> InvoiceLine {
    let words = reader.words;
    let today = app::receivables::day(reader.now, &zone(&one.timezone));
    let late = one
        .due_on
        .filter(|_| one.open.is_some())
        .map(|due| domain::receivable::ledger::days_past(due, today));
    let (state, tone) = match (one.label.as_ref(), one.open, late) {
        (None, ..) => ("draft", ""),
        (Some(_), None, _) => ("settled", "done"),
        (Some(_), Some(_), Some(1..)) => ("late", "error"),
        (Some(_), Some(_), _) => ("open", "warning"),
    };
    InvoiceLine {
        href: format!("/receivables/invoices/{}", one.id),
        pdf: format!("/help/invoices/{}/pdf", one.id),
        label: one.label.clone().unwrap_or_else(|| words.t("receivable-draft").into_owned()),
        customer: link(format!("/receivables/customers/{}", one.customer), &one.customer_name),
        kind: one.kind.word().into(),
        issued: day(reader, one.issued_on),
        due: day(reader, one.due_on),
        gross: money(reader, one.gross, one.currency),
        open: one.open.map(|open| money(reader, open, one.currency)).unwrap_or_default(),
        state: state.into(),
        tone: tone.into(),
        imported: one.imported,
    }
}

fn zone(name: &str) -> jiff::tz::TimeZone {
    app::who::zone(name)
}
