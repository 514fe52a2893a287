//! Invoices of suppliers as pages show them.

use app::payables::{Limited, One, Payable};
use domain::billing::{
    invoice::{Kind, Reconciled, Standing, exact},
    layout::Fault,
    line::Line,
    owing::LimitStanding,
};
use jiff::{civil::Date, tz::TimeZone};
use store::payables::{Content, Invoice, Payment, Share, SupplierFile, Trouble};
use text::{
    Words,
    billing::{self, amount},
    format,
};

use super::href;
use crate::ui::{
    query,
    shell::Page,
    view::{LimitRow, Link, Mark, PayableFile, PayableRow, PayableShare, PaymentRow, Time},
};

/// A day by the calendar.
pub(in crate::ui) fn day(words: Words, date: Date) -> Time {
    let title = date
        .to_zoned(TimeZone::UTC)
        .map_or_else(|_| date.to_string(), |at| format::weekday_date(words, at.timestamp(), &TimeZone::UTC));
    Time { iso: date.to_string(), text: billing::day(words, date), title }
}

pub(in crate::ui) fn mark(text: impl Into<String>, tone: &str) -> Mark {
    Mark { text: text.into(), tone: tone.into() }
}

pub(super) fn row(page: &Page, payable: &Payable) -> PayableRow {
    let words = page.reader.words;
    let invoice = &payable.invoice;
    let tone = match payable.standing {
        Standing::Void | Standing::Credit => "",
        Standing::Paid => "done",
        Standing::Open => "warning",
        Standing::Overdue => "error",
    };
    let near = payable.due.map(|due| match due.left {
        Some(left) => {
            let text = words.f("payables-left", &[("n", i64::from(left).into())]);
            mark(text, if due.warned { "warning" } else { "" })
        }
        None => Mark::default(),
    });
    let kind = match invoice.kind {
        Kind::Invoice => String::new(),
        kind => words.word("payable-kind", kind.word()).into_owned(),
    };
    PayableRow {
        href: href(invoice.id),
        number: invoice.number.clone(),
        kind,
        supplier: invoice.supplier_name.clone(),
        dated: day(words, invoice.dated),
        due: payable.due.map(|_| day(words, invoice.due)),
        near: near.unwrap_or_default(),
        total: format::money(words, invoice.money()),
        open: amount(words, exact(payable.open), payable.open.currency),
        standing: mark(words.word("payable-standing", payable.standing.word()), tone),
        adds_up: adds_up(words, payable),
    }
}

fn adds_up(words: Words, payable: &Payable) -> Mark {
    match payable.reconciled {
        Reconciled::NoLines => mark(words.t("payable-no-lines"), ""),
        Reconciled::Exactly => mark(words.t("payable-adds-up"), "done"),
        Reconciled::Mixed => mark(words.t("payable-mixed"), "warning"),
        Reconciled::Off { by, .. } => {
            let by = amount(words, by, payable.invoice.currency);
            mark(words.f("payable-off", &[("amount", by.into())]), "warning")
        }
    }
}

/// Whether lines add up to their invoice, in sentences.
pub(super) fn reconciled(page: &Page, payable: &Payable) -> Vec<String> {
    let words = page.reader.words;
    let text = |key: &str| words.t(key).into_owned();
    let mut said = match payable.reconciled {
        Reconciled::NoLines => vec![text("payable-no-lines-text")],
        Reconciled::Exactly => vec![text("payable-adds-up-text")],
        Reconciled::Mixed => vec![text("payable-mixed-text")],
        Reconciled::Off { by, why } => {
            let by = amount(words, by, payable.invoice.currency);
            vec![
                words.f("payable-off-text", &[("amount", by.into())]),
                words.word("payable-why", why.word()).into_owned(),
            ]
        }
    };
    let sums = payable.invoice.sums.0;
    let details = payable.invoice.lines - i64::from(sums.lines) - i64::from(sums.foreign);
    if details > 0 {
        said.push(words.f("payable-details-only", &[("n", details.into())]));
    }
    said
}

pub(super) fn facts(page: &Page, one: &One) -> Vec<[String; 2]> {
    let words = page.reader.words;
    let invoice = &one.payable.invoice;
    let mut facts = Vec::new();
    let mut fact = |key: &str, value: String| {
        if !value.is_empty() {
            facts.push([words.t(key).into_owned(), value]);
        }
    };
    fact("payables-supplier", invoice.supplier_name.clone());
    fact("payables-dated", billing::day(words, invoice.dated));
    fact("payables-due", billing::day(words, invoice.due));
    fact("payables-period", period(words, invoice.begins, invoice.ends));
    fact("payables-amends", invoice.amends.clone().unwrap_or_default());
    fact("payables-total", format::money(words, invoice.money()));
    fact("payables-open", amount(words, exact(one.payable.open), invoice.currency));
    let sums = invoice.sums.0;
    if sums.lines > 0 {
        fact("payable-counted", amount(words, sums.counted, invoice.currency));
    }
    fact("payables-remark", invoice.remark.clone());
    facts
}

/// A credit limit, and how much of it is used.
pub(super) fn limit(page: &Page, limited: &Limited) -> LimitRow {
    let words = page.reader.words;
    let tone = match limited.standing {
        LimitStanding::Within => "",
        LimitStanding::Near => "warning",
        LimitStanding::Passed => "error",
    };
    let money = |money| format::money(words, money).into();
    LimitRow {
        supplier: limited.limit.supplier_name.clone(),
        text: words
            .f("payable-limit-used", &[("open", money(limited.open)), ("limit", money(limited.amount))]),
        begins: day(words, limited.limit.begins),
        mark: mark(words.word("payable-limit", limited.standing.word()), tone),
    }
}

/// From a day to a day, as far as they are known.
pub(super) fn period(words: Words, begins: Option<Date>, ends: Option<Date>) -> String {
    let text = |day: Date| billing::day(words, day);
    match (begins, ends) {
        (Some(begins), Some(ends)) if begins == ends => text(begins),
        (Some(begins), Some(ends)) => format!("{} – {}", text(begins), text(ends)),
        (Some(day), None) | (None, Some(day)) => text(day),
        (None, None) => String::new(),
    }
}

/// What could not be read: where, and what it is.
pub(super) fn faults(words: Words, trouble: &Trouble) -> Vec<[String; 2]> {
    let one = |fault: &Fault| {
        let row = fault.row.to_string();
        let place = if fault.column.is_empty() {
            words.f("payable-fault-row", &[("row", row.into())])
        } else {
            words.f("payable-fault", &[("row", row.into()), ("column", (&fault.column).into())])
        };
        [place, words.word("payable-wrong", fault.what.word()).into_owned()]
    };
    trouble.faults.iter().map(one).collect()
}

pub(super) fn file(page: &Page, one: &One, file: &SupplierFile) -> PayableFile {
    let words = page.reader.words;
    let trouble = &file.trouble.0;
    let what = match file.content {
        Content::Lines => mark(words.f("payable-content-lines", &[("n", file.lines.into())]), "done"),
        Content::Document => mark(words.t("payable-content-document"), ""),
        Content::Unknown => mark(words.t("payable-content-unknown"), "warning"),
    };
    let not_taken = match (trouble.rows, trouble.columns.as_slice()) {
        (0, []) => String::new(),
        (0, columns) => words.f("payable-lacks", &[("columns", columns.join(", ").into())]),
        (rows, _) => words.f("payable-not-taken", &[("n", i64::from(rows).into())]),
    };
    let who = one.agents.get(&file.agent).map_or("", String::as_str);
    PayableFile {
        id: file.id.to_string(),
        href: format!("{}/files/{}", href(file.invoice), file.id),
        name: file.name.clone(),
        size: format::bytes(words, u64::try_from(file.size).unwrap_or_default()),
        what,
        layout: file
            .layout
            .map_or_else(String::new, |layout| words.word("payable-layout", layout.word()).into_owned()),
        by: format!("{who} · {}", page.reader.time(file.at).text),
        not_taken,
        faults: faults(words, trouble),
    }
}

/// A customer's name, or what stands for it.
pub(super) fn customer_name(words: Words, line: &Line) -> String {
    named(words, &line.customer_name, &line.customer)
}

fn named(words: Words, name: &str, key: &str) -> String {
    let found = [name, key].into_iter().find(|text| !text.is_empty());
    found.map_or_else(|| words.t("payable-nobody").into_owned(), str::to_owned)
}

pub(super) fn share(page: &Page, invoice: &Invoice, share: &Share) -> PayableShare {
    let words = page.reader.words;
    let total = share
        .total
        .parse()
        .map_or_else(|_| share.total.clone(), |total| amount(words, total, share.currency));
    let lines = format!("{}/lines?{}", href(invoice.id), query(&[("customer", &share.customer)]));
    PayableShare {
        customer: Link { href: lines, text: named(words, &share.name, &share.customer), current: false },
        key: if share.name.is_empty() { String::new() } else { share.customer.clone() },
        lines: format::number(words, share.lines),
        total,
        compare: compare(&share.customer, invoice.dated),
    }
}

/// Where a customer's month is set against the one before.
pub(super) fn compare(customer: &str, month: Date) -> String {
    let month = month.strftime("%Y-%m").to_string();
    format!("/payables/compare?{}", query(&[("customer", customer), ("month", &month)]))
}

pub(super) fn payment(page: &Page, one: &One, payment: &Payment) -> PaymentRow {
    let words = page.reader.words;
    let money = domain::money::Money { minor: payment.amount, currency: one.payable.invoice.currency };
    PaymentRow {
        paid_on: day(words, payment.paid_on),
        amount: format::money(words, money),
        reference: payment.reference.clone(),
        by: one.agents.get(&payment.agent).cloned().unwrap_or_default(),
    }
}
