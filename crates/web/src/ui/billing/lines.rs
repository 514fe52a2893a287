//! Lines of suppliers' invoices: their list, where one's amount comes from, why a month is more than another.

use app::payables;
use domain::{
    billing::{
        difference::{Cause, Difference, Pair, differences},
        explain::{What, explain},
        line::Line,
    },
    id::SupplierInvoiceId,
};
use jiff::{ToSpan as _, civil::Date};
use rust_decimal::{Decimal, prelude::ToPrimitive as _};
use text::{
    Words,
    billing::{self, amount, decimal},
    format,
};

use super::{href, shown};
use crate::{
    form::{Path, Query},
    problem::Answer,
    ui::{
        keys, query,
        shell::Page,
        view::{
            LineRow, Link, MonthsPage, Pages, PairRow, PayableLinePage, PayableLinesPage, Waterfall,
            WaterfallBar,
        },
    },
};

/// How many lines a page has.
const ROWS: usize = 100;

/// `GET /payables/{id}/lines`.
pub(crate) async fn lines(page: Page, Path(id): Path<SupplierInvoiceId>, asked: Query) -> Answer {
    let words = page.reader.words;
    let customer = asked.find("customer");
    let after = asked.optional::<i64>("after")?.unwrap_or(0).max(0);
    let (invoice, mut found) = payables::lines(&page.app, &page.agent, id, customer, after, ROWS + 1).await?;
    let more = keys::cut(&mut found, i64::try_from(ROWS).unwrap_or(i64::MAX));
    let address = |after: Option<i64>| {
        let after = after.map(|after| after.to_string());
        let mut fields = Vec::new();
        fields.extend(customer.map(|customer| ("customer", customer)));
        fields.extend(after.as_deref().map(|after| ("after", after)));
        format!("{}/lines?{}", href(id), query(&fields))
    };
    let on = found.last().filter(|_| more).map(|(last, _)| address(Some(*last)));
    let title = match (customer, found.first()) {
        (Some(_), Some((_, line))) => shown::customer_name(words, line),
        (Some(customer), None) => customer.to_owned(),
        (None, _) => words.t("payable-all-lines").into_owned(),
    };
    let view = PayableLinesPage {
        back: Link { href: href(id), text: invoice.number, current: false },
        title,
        lines: found.iter().map(|(number, line)| row(words, id, *number, line)).collect(),
        pages: Pages { back: (after > 0).then(|| address(None)), on },
        shell: page.shell("billing").await?,
    };
    page.html(&view)
}

fn charge(words: Words, line: &Line) -> String {
    words.word("payable-charge", line.charge.word()).into_owned()
}

fn row(words: Words, id: SupplierInvoiceId, number: i64, line: &Line) -> LineRow {
    LineRow {
        href: format!("{}/lines/{number}", href(id)),
        product: product(words, line, number),
        customer: shown::customer_name(words, line),
        charge: charge(words, line),
        period: shown::period(words, line.begins, line.ends),
        quantity: decimal(words, line.quantity),
        total: amount(words, line.total, line.currency),
    }
}

fn product(words: Words, line: &Line, number: i64) -> String {
    if line.product.is_empty() {
        words.f("payable-line", &[("n", number.into())])
    } else {
        line.product.clone()
    }
}

/// `GET /payables/{id}/lines/{line}`.
pub(crate) async fn line(page: Page, Path((id, number)): Path<(SupplierInvoiceId, i64)>) -> Answer {
    let words = page.reader.words;
    let (invoice, line) = payables::line(&page.app, &page.agent, id, number).await?;
    let explained = explain(&line);
    let odd = |what: What| matches!(what, What::Rounding | What::Unexplained);
    let steps = explained.steps.iter().map(|step| (billing::step(words, &line, step), odd(step.what)));
    let lines = format!("{}/lines?{}", href(id), query(&[("customer", &line.customer)]));
    let view = PayableLinePage {
        back: Link { href: lines, text: invoice.number.clone(), current: false },
        title: product(words, &line, number),
        total: amount(words, line.total, line.currency),
        facts: facts(words, &line),
        steps: steps.collect(),
        whole: explained.is_whole(),
        compare: shown::compare(&line.customer, invoice.dated),
        claim: format!("{}/claims?line={number}", href(id)),
        shell: page.shell("billing").await?,
    };
    page.html(&view)
}

fn facts(words: Words, line: &Line) -> Vec<[String; 2]> {
    let wording = if line.wording.is_empty() { String::new() } else { format!(" ({})", line.wording) };
    let rate = line.exchange.as_ref().map(|exchange| {
        let day = exchange.day.map(|day| format!(" · {}", billing::day(words, day))).unwrap_or_default();
        format!("{} → {}: {}{day}", exchange.from, line.currency, decimal(words, exchange.rate))
    });
    let rows = [
        ("payable-charge", format!("{}{wording}", charge(words, line))),
        ("payable-customer", shown::customer_name(words, line)),
        ("payable-quantity", format!("{} {}", decimal(words, line.quantity), line.unit)),
        ("payables-period", shown::period(words, line.begins, line.ends)),
        ("payable-term", shown::period(words, line.term_begins, line.term_ends)),
        ("payable-cycle", line.cycle.clone()),
        ("payable-rate", rate.unwrap_or_default()),
        ("payable-promotion", line.promotion.clone()),
        ("payable-adjustments", line.adjustments.clone()),
        ("payable-subscription", line.subscription.clone()),
        ("payable-order", line.order.clone()),
        ("payable-files", words.f("payable-row", &[("row", line.row.to_string().into())])),
    ];
    let filled = rows.into_iter().filter(|(_, value)| !value.trim().is_empty());
    filled.map(|(key, value)| [words.t(key).into_owned(), value.trim().to_owned()]).collect()
}

/// `GET /payables/compare`.
pub(crate) async fn months(page: Page, asked: Query) -> Answer {
    let words = page.reader.words;
    let customer = asked.get("customer");
    let month = format!("{}-01", asked.get("month")).parse::<Date>();
    let month = month.unwrap_or_else(|_| page.reader.zone.to_datetime(page.reader.now).date());
    let found = payables::months(&page.app, &page.agent, customer, month).await?;
    let named = format::month_year(words, found.month);
    let beside = |key: &str, months: i64| {
        let other = month.checked_add(months.months()).unwrap_or(month);
        Link { href: shown::compare(customer, other), text: words.t(key).into_owned(), current: false }
    };
    let differences = differences(&found.before, &found.now);
    let args = [("name", (&found.name).into()), ("month", named.into())];
    let view = MonthsPage {
        title: words.f("payable-months", &args),
        beside: [beside("payable-earlier", -1), beside("payable-later", 1)],
        cut: found.cut,
        currencies: differences.iter().map(|difference| waterfall(words, difference)).collect(),
        shell: page.shell("billing").await?,
    };
    page.html(&view)
}

/// The month before, what each cause adds or takes, and this month.
fn waterfall(words: Words, difference: &Difference<'_>) -> Waterfall {
    let cause = |cause: Cause| words.word("payable-cause", cause.word()).into_owned();
    // Where each bar begins and ends, in the currency.
    let mut spans =
        vec![(words.t("payable-month-before").into_owned(), Decimal::ZERO, difference.before, "sum")];
    let mut at = difference.before;
    for part in &difference.parts {
        let next = at.saturating_add(part.amount);
        let tone = if part.amount.is_sign_negative() { "less" } else { "more" };
        spans.push((cause(part.cause), at, next, tone));
        at = next;
    }
    spans.push((words.t("payable-month-now").into_owned(), Decimal::ZERO, difference.now, "sum"));
    let all = || spans.iter().flat_map(|(_, from, to, _)| [*from, *to]);
    let (least, most) = (all().min().unwrap_or_default(), all().max().unwrap_or_default());
    let place = |value: Decimal| -> u32 {
        let part = value.checked_sub(least).zip(most.checked_sub(least));
        let part = part.and_then(|(part, whole)| part.checked_div(whole)).unwrap_or_default();
        part.checked_mul(Decimal::ONE_THOUSAND).and_then(|x| x.round().to_u32()).unwrap_or(0).min(1000)
    };
    let bar = |(text, from, to, tone): &(String, Decimal, Decimal, &'static str)| {
        let (left, right) = (place(*from.min(to)), place(*from.max(to)));
        let told = if *tone == "sum" { *to } else { to.saturating_sub(*from) };
        WaterfallBar {
            text: text.clone(),
            amount: amount(words, told, difference.currency),
            x: left.min(997),
            // What is there is seen.
            width: (right - left).max(3),
            tone,
        }
    };
    Waterfall {
        currency: difference.currency.to_string(),
        bars: spans.iter().map(bar).collect(),
        pairs: difference.pairs.iter().filter_map(|pair| pair_row(words, difference, pair)).collect(),
    }
}

fn pair_row(words: Words, difference: &Difference<'_>, pair: &Pair<'_>) -> Option<PairRow> {
    let line = pair.now.or(pair.before)?;
    let total = |line: Option<&Line>| line.map_or(Decimal::ZERO, |line| line.total);
    let money = |value| amount(words, value, difference.currency);
    let why = pair
        .parts
        .iter()
        .map(|part| format!("{} {}", words.word("payable-cause", part.cause.word()), money(part.amount)));
    Some(PairRow {
        product: line.product.clone(),
        charge: charge(words, line),
        before: money(total(pair.before)),
        now: money(total(pair.now)),
        difference: money(total(pair.now).saturating_sub(total(pair.before))),
        why: why.collect::<Vec<_>>().join(" · "),
    })
}
