//! The invoices of the desk, what is open by age, who the desk is on paper, and what goes to and comes from accounting.

use app::receivables::{self, Aged, Ageing, Fate, ImportedInvoices, Which};
use axum::response::{IntoResponse as _, Response};
use domain::{
    access::Permission,
    id::InvoiceId,
    money::Currency,
    receivable::{
        ledger::{Age, Ages},
        party::{Endpoint, Party, Seller},
    },
};
use jiff::civil::Date;
use store::receivables::SellerData;

use super::{invoice::number, line, link, money};
use crate::{
    form::{Fields, Form, Query},
    problem::Answer,
    ui::{
        billing::tabs,
        download, keys,
        pieces::Reader,
        shell::{Done, Page},
        view::{AgeingCurrency, AgeingLine, AgeingPage, Link, Pages, ReceivablesPage, SellerPage},
    },
};

/// How many invoices a page has.
const ROWS: i64 = 50;

/// `GET /receivables`.
pub(crate) async fn show(page: Page, query: Query) -> Answer {
    let view = view(&page, &query, None).await?;
    page.html(&view)
}

async fn view(page: &Page, query: &Fields, done: Option<&ImportedInvoices>) -> Answer<ReceivablesPage> {
    let wanted = query.get("show");
    let (which, wanted) = match wanted {
        "drafts" => (Which::Drafts, "drafts"),
        "open" => (Which::Open, "open"),
        _ => (Which::All, ""),
    };
    let before = query.optional::<InvoiceId>("before")?;
    let mut rows = receivables::list(&page.app, &page.agent, which, before, ROWS + 1).await?;
    let more = keys::cut(&mut rows, ROWS);
    let words = page.reader.words;
    let here = |id: &str| format!("/receivables?{}", crate::ui::query(&[("show", wanted), ("before", id)]));
    let on = rows.last().filter(|_| more).map(|last| here(&last.id.to_string()));
    let filter = |key: &str, word: &str| Link {
        href: format!("/receivables?show={word}"),
        text: words.t(key).into_owned(),
        current: word == wanted,
    };
    let name = query.get("q").trim();
    let found = if name.is_empty() { Vec::new() } else { find(page, name).await? };
    let today = receivables::day(page.reader.now, &page.agent.zone);
    Ok(ReceivablesPage {
        tabs: tabs(page, "/receivables"),
        shell: page.shell("billing").await?,
        notice: page.notice(),
        filters: vec![
            filter("receivables-all", ""),
            filter("receivables-open", "open"),
            filter("receivables-drafts", "drafts"),
        ],
        query: name.to_owned(),
        customers: found,
        invoices: rows.iter().map(|row| line(&page.reader, row)).collect(),
        pages: Pages { back: before.map(|_| format!("/receivables?show={wanted}")), on },
        may_manage: page.agent.may(Permission::ReceivablesManage),
        imported: done.map(|done| {
            let n = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
            words.f("receivables-imported", &[("new", n(done.new).into()), ("known", n(done.known).into())])
        }),
        faults: done.map(|done| faults(page, &done.faults)).unwrap_or_default(),
        from: today.first_of_month().to_string(),
        to: today.to_string(),
    })
}

/// What is wrong with a file: line, column, why.
pub(super) fn faults(page: &Page, faults: &[receivables::RowFault]) -> Vec<(String, String, String)> {
    let one = |fault: &receivables::RowFault| {
        let why = page.reader.words.word("row-fault", fault.code).into_owned();
        (fault.line.to_string(), fault.column.clone(), why)
    };
    faults.iter().take(200).map(one).collect()
}

/// The customers whose names begin so.
async fn find(page: &Page, name: &str) -> Answer<Vec<Link>> {
    let name = name.to_owned();
    let found = page
        .app
        .store
        .read::<_, app::Error, _>(page.agent.desk, move |tx| {
            let name = name.clone();
            Box::pin(async move { Ok(store::parties::customers(tx, &name, None, 20).await?) })
        })
        .await?;
    Ok(found.into_iter().map(|one| link(format!("/receivables/customers/{}", one.id), one.name)).collect())
}

/// `GET /receivables/ageing`.
pub(crate) async fn ageing(page: Page) -> Answer {
    let Ageing { rows, totals } = receivables::ageing(&page.app, &page.agent).await?;
    let words = page.reader.words;
    let currency = |(currency, (ages, credit)): (&Currency, &(Ages, i64))| {
        let theirs: Vec<&Aged> = rows.iter().filter(|row| row.currency == *currency).collect();
        let most = theirs.iter().map(|row| row.ages.iter().sum::<i64>()).max().unwrap_or(0);
        let lines = theirs.iter().map(|row| {
            let customer = link(format!("/receivables/customers/{}", row.customer), &row.name);
            aged(&page.reader, customer, *currency, &row.ages, row.credit, most)
        });
        let all = link("", words.t("receivables-together").into_owned());
        AgeingCurrency {
            code: currency.code().to_owned(),
            lines: lines.collect(),
            total: aged(&page.reader, all, *currency, ages, *credit, ages.iter().sum()),
        }
    };
    let view = AgeingPage {
        tabs: tabs(&page, "/receivables/ageing"),
        shell: page.shell("billing").await?,
        ages: Age::ALL.iter().map(|age| words.word("age", age.word()).into_owned()).collect(),
        currencies: totals.iter().map(currency).collect(),
    };
    page.html(&view)
}

pub(super) fn aged(
    reader: &Reader,
    customer: Link,
    currency: Currency,
    ages: &Ages,
    credit: i64,
    most: i64,
) -> AgeingLine {
    let whole: i64 = ages.iter().sum();
    // The picture is a thousand wide.
    let wide = |minor: i64| {
        if most > 0 { i64::try_from(i128::from(minor) * 1000 / i128::from(most)).unwrap_or(0) } else { 0 }
    };
    let (mut bars, mut at) = (Vec::new(), 0);
    for minor in ages {
        let width = wide(*minor);
        bars.push((at, width));
        at += width;
    }
    AgeingLine {
        customer,
        amounts: ages.iter().map(|minor| money(reader, *minor, currency)).collect(),
        total: money(reader, whole, currency),
        credit: if credit > 0 { money(reader, credit, currency) } else { String::new() },
        bars,
    }
}

/// `GET /receivables/export`.
pub(crate) async fn export(page: Page, query: Query) -> Answer {
    let day = |name: &'static str| -> Result<Date, app::Error> { query.parse(name) };
    let (from, to) = (day("from")?, day("to")?);
    let (name, text) = match query.get("what") {
        "ledger" => ("ledger", receivables::export_ledger(&page.app, &page.agent, from, to).await?),
        _ => ("invoices", receivables::export_invoices(&page.app, &page.agent, from, to).await?),
    };
    let response: Response =
        download::file(&format!("{name} {from} {to}.csv"), "text/csv", text.into_bytes()).into_response();
    Ok(response)
}

/// `POST /receivables/import`.
pub(crate) async fn import(page: Page, form: Form) -> Answer {
    let fate = if form.get("fate") == "rest" { Fate::Rest } else { Fate::Nothing };
    let done = async {
        let file = form.files.first().ok_or(app::Error::invalid("file", "required"))?;
        let read = receivables::rows(&page.app, &page.agent, &file.bytes).await?;
        receivables::import_invoices(&page.app, &page.agent, read, fate).await
    };
    match done.await {
        Ok(done) => {
            let view = view(&page, &form, Some(&done)).await?;
            page.html(&view)
        }
        Err(error) => {
            let page = page.refusing("/receivables/import", &form, error)?;
            let view = view(&page, &form, None).await?;
            page.again(&view)
        }
    }
}

/// `GET /receivables/seller`.
pub(crate) async fn seller(page: Page) -> Answer {
    let view = seller_view(&page).await?;
    page.html(&view)
}

async fn seller_view(page: &Page) -> Answer<SellerPage> {
    let known = receivables::seller(&page.app, &page.agent).await?;
    let version = known.as_ref().map(|(_, version)| version.to_string()).unwrap_or_default();
    let data = known.map_or_else(
        || SellerData {
            seller: Seller { party: Party::default(), iban: String::new(), exemption: String::new() },
            days: 14,
            invoices: "INV-{year}-".into(),
            credit_notes: "CN-{year}-".into(),
            currency: euro(),
            rate: None,
        },
        |(data, _)| data,
    );
    Ok(SellerPage {
        tabs: tabs(page, "/receivables/seller"),
        shell: page.shell("billing").await?,
        notice: page.notice(),
        may_manage: page.agent.may(Permission::ReceivablesManage),
        party: data.seller.party.into(),
        iban: data.seller.iban,
        exemption: data.seller.exemption,
        days: data.days.to_string(),
        invoices: data.invoices,
        credit_notes: data.credit_notes,
        currency: data.currency.code().to_owned(),
        rate: data.rate.map(|rate| rate.to_string()).unwrap_or_default(),
        version,
    })
}

fn euro() -> Currency {
    Currency::try_from("EUR".to_owned()).expect("EUR is a currency")
}

/// Who somebody is on paper, as a form says it.
pub(super) fn party(form: &Form) -> Party {
    let text = |name: &str| form.get(name).to_owned();
    Party {
        name: text("legal_name"),
        street: text("street"),
        postcode: text("postcode"),
        city: text("city"),
        country: text("country"),
        vat_id: text("vat_id"),
        endpoint: (!form.get("endpoint").trim().is_empty())
            .then(|| Endpoint { scheme: text("endpoint_scheme"), id: text("endpoint") }),
    }
}

/// The version that a form was made of; none for what was not there.
pub(super) fn seen(form: &Form) -> Option<i64> {
    form.get("version").parse().ok()
}

/// `POST /receivables/seller`.
pub(crate) async fn set_seller(page: Page, form: Form) -> Answer {
    let done = async {
        let data = SellerData {
            seller: Seller {
                party: party(&form),
                iban: form.get("iban").to_owned(),
                exemption: form.get("exemption").to_owned(),
            },
            days: form.parse("days").map_err(|_| app::Error::invalid("days", "not-a-count"))?,
            invoices: form.get("invoices").to_owned(),
            credit_notes: form.get("credit_notes").to_owned(),
            currency: form.parse("currency")?,
            rate: match form.get("rate").trim() {
                "" => None,
                text => Some(number(text, "rate")?),
            },
        };
        receivables::set_seller(&page.app, &page.agent, data, seen(&form)).await
    };
    match done.await {
        Ok(()) => Ok(crate::ui::see_with("/receivables/seller", &Done::Saved.into())),
        Err(error) => {
            let page = page.refusing("/receivables/seller", &form, error)?;
            let view = seller_view(&page).await?;
            page.again(&view)
        }
    }
}
