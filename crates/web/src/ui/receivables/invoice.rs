//! One invoice or credit note: a draft to write, or what was issued.

use app::receivables::{self, Edit, One};
use axum::response::{IntoResponse as _, Response};
use domain::{
    access::Permission,
    id::InvoiceId,
    lang::Lang,
    receivable::invoice::{Kind, Line, State, Vat, VatCategory},
};
use rust_decimal::Decimal;
use store::Json;

use super::{day, link, money};
use crate::{
    form::{Form, Path},
    problem::{Answer, Problem},
    ui::{
        download,
        pieces::choice,
        shell::{Done, Page},
        view::{DraftLine, InvoicePage, Link},
    },
};

/// How many empty lines stand below those that there are.
const EMPTY: usize = 3;

fn href(id: InvoiceId) -> String {
    format!("/receivables/invoices/{id}")
}

/// `GET /receivables/invoices/{id}`.
pub(crate) async fn show(page: Page, Path(id): Path<InvoiceId>) -> Answer {
    let view = view(&page, id, None).await?;
    page.html(&view)
}

async fn view(page: &Page, id: InvoiceId, typed: Option<&Form>) -> Answer<InvoicePage> {
    let one = receivables::one(&page.app, &page.agent, id).await?;
    let (words, invoice) = (page.reader.words, &one.invoice);
    let amount = |minor: i64| money(&page.reader, minor, invoice.currency);
    let title = match (&invoice.label, invoice.kind) {
        (Some(label), Kind::Invoice) => words.f("invoice-title", &[("number", label.as_str().into())]),
        (Some(label), Kind::CreditNote) => words.f("credit-note-title", &[("number", label.as_str().into())]),
        (None, Kind::Invoice) => words.t("receivable-draft").into_owned(),
        (None, Kind::CreditNote) => words.t("receivable-credit-draft").into_owned(),
    };
    let mails = one.mails.iter().map(|(name, at)| {
        words.f(
            "receivable-mailed",
            &[("name", name.as_str().into()), ("time", page.reader.time(*at).text.into())],
        )
    });
    let credit = |credit: &store::receivables::Invoice| {
        link(
            href(credit.id),
            credit.label.clone().unwrap_or_else(|| words.t("receivable-credit-draft").into_owned()),
        )
    };
    let corrects = invoice.corrects.map(|other| link(href(other), one.corrects.clone().unwrap_or_default()));
    let may = page.agent.may(Permission::ReceivablesManage);
    let issued = invoice.state == State::Issued;
    Ok(InvoicePage {
        shell: page.shell("billing").await?,
        notice: page.notice(),
        href: href(id),
        title,
        customer: link(format!("/receivables/customers/{}", invoice.customer), &one.customer_name),
        version: invoice.version.to_string(),
        draft: !issued,
        may_manage: may,
        imported: invoice.imported,
        is_credit: invoice.kind == Kind::CreditNote,
        faults: one
            .faults
            .iter()
            .map(|fault| words.word("invoice-fault", fault.word()).into_owned())
            .collect(),
        currency: invoice.currency.code().to_owned(),
        languages: Lang::ALL
            .iter()
            .map(|lang| choice(lang, lang.own_name(), *lang == invoice.lang))
            .collect(),
        note: typed.map_or_else(|| invoice.note.clone(), |form| form.get("note").to_owned()),
        lines: draft_lines(page, &one, typed),
        facts: [
            ("invoice-issued", day(&page.reader, invoice.issued_on)),
            ("invoice-due", day(&page.reader, invoice.due_on)),
            ("invoice-net-total", amount(invoice.net)),
            ("invoice-tax-total", amount(invoice.tax)),
            ("receivable-total", amount(invoice.gross)),
            ("receivable-open", if issued { amount(one.open) } else { String::new() }),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| (words.t(key).into_owned(), value))
        .collect(),
        document: invoice.document.as_ref().map(|Json(document)| document.clone()),
        has_xml: invoice.xml.is_some(),
        corrects,
        credits: one.credits.iter().map(credit).collect(),
        mails: mails.collect(),
        may_send: may && !one.contacts.is_empty(),
        asking: one.asking.iter().map(|one| asking(words, one)).collect(),
    })
}

/// A ticket that asks about a line.
fn asking(words: text::Words, one: &store::questions::Asking) -> Link {
    let line = words.f("collection-line", &[("n", i64::from(one.line).into())]);
    link(format!("/tickets/{}", one.number), format!("#{} {} · {line}", one.number, one.subject))
}

/// The lines of a draft, and some empty ones; what was typed, if that could not be taken.
fn draft_lines(page: &Page, one: &One, typed: Option<&Form>) -> Vec<DraftLine> {
    let words = page.reader.words;
    let vats = |chosen: VatCategory| {
        let all = VatCategory::ALL.iter();
        all.map(|vat| choice(vat, words.word("vat", vat.word()), *vat == chosen)).collect()
    };
    if let Some(form) = typed {
        let lines =
            cells(form).into_iter().map(|[description, quantity, price, vat, rate, origin]| DraftLine {
                description: description.to_owned(),
                quantity: quantity.to_owned(),
                unit_price: price.to_owned(),
                vats: vats(vat.parse().unwrap_or(VatCategory::Standard)),
                rate: rate.to_owned(),
                origin: origin.to_owned(),
                net: String::new(),
            });
        return lines.collect();
    }
    let invoice = &one.invoice;
    let mut lines: Vec<DraftLine> = Vec::new();
    for line in &invoice.lines.0 {
        lines.push(DraftLine {
            description: line.description.clone(),
            quantity: line.quantity.normalize().to_string(),
            unit_price: line.unit_price.normalize().to_string(),
            vats: vats(line.vat.category),
            rate: line.vat.rate.normalize().to_string(),
            origin: line
                .origin
                .as_ref()
                .and_then(|origin| serde_json::to_string(origin).ok())
                .unwrap_or_default(),
            net: line
                .net(invoice.currency)
                .map(|net| money(&page.reader, net, invoice.currency))
                .unwrap_or_default(),
        });
    }
    let last = invoice.lines.0.last().map(|line| line.vat);
    let category = last.map_or(VatCategory::Standard, |vat| vat.category);
    for _ in 0..EMPTY {
        lines.push(DraftLine {
            description: String::new(),
            quantity: "1".into(),
            unit_price: String::new(),
            vats: vats(category),
            rate: last.map(|vat| vat.rate.normalize().to_string()).unwrap_or_default(),
            origin: String::new(),
            net: String::new(),
        });
    }
    lines
}

/// The fields of the lines of a form, line by line.
fn cells(form: &Form) -> Vec<[&str; 6]> {
    let all = |name: &'static str| form.all(name).collect::<Vec<_>>();
    let names = ["description", "quantity", "unit_price", "vat", "rate", "origin"];
    let columns = names.map(all);
    let rows = columns[0].len();
    (0..rows)
        .map(|row| {
            let mut cells = [""; 6];
            for (cell, column) in cells.iter_mut().zip(&columns) {
                *cell = column.get(row).copied().unwrap_or_default().trim();
            }
            cells
        })
        .collect()
}

pub(super) fn number(text: &str, field: &'static str) -> Result<Decimal, app::Error> {
    text.trim().replace(',', ".").parse().map_err(|_| app::Error::invalid(field, "not-an-amount"))
}

/// The VAT that a form names: a rate only where there is one.
pub(crate) fn read_vat(category: &str, rate: &str) -> Result<Vat, app::Error> {
    let category: VatCategory = category.parse().map_err(|_| app::Error::invalid("vat", "unknown"))?;
    Ok(Vat { category, rate: if category.is_taxed() { number(rate, "rate")? } else { Decimal::ZERO } })
}

/// The lines of a form. One without a description and a price is none.
fn lines(form: &Form) -> Result<Vec<Line>, app::Error> {
    let mut lines = Vec::new();
    for [description, quantity, price, vat, rate, origin] in cells(form) {
        if description.is_empty() && price.is_empty() {
            continue;
        }
        lines.push(Line {
            description: description.to_owned(),
            quantity: number(quantity, "quantity")?,
            unit_price: number(price, "unit_price")?,
            vat: read_vat(vat, rate)?,
            origin: match origin {
                "" => None,
                text => {
                    Some(serde_json::from_str(text).map_err(|_| app::Error::invalid("origin", "unknown"))?)
                }
            },
        });
    }
    Ok(lines)
}

/// `POST /receivables/invoices/{id}`.
pub(crate) async fn save(page: Page, Path(id): Path<InvoiceId>, form: Form) -> Answer {
    let done = async {
        let edit = Edit {
            currency: form.parse("currency")?,
            lang: form.parse("language")?,
            lines: lines(&form)?,
            note: form.get("note").to_owned(),
        };
        receivables::change(&page.app, &page.agent, id, edit, form.parse("version")?).await
    };
    let done = done.await;
    told(page, id, &form, done, Done::Saved, "").await
}

/// The invoice again: with what was done, or with what is wrong.
async fn told(
    page: Page,
    id: InvoiceId,
    form: &Form,
    done: app::Result<()>,
    what: Done,
    end: &str,
) -> Answer {
    match done {
        Ok(()) => Ok(crate::ui::see_with(&href(id), &what.into())),
        Err(error) => {
            let page = page.refusing(format!("{}{end}", href(id)), form, error)?;
            let view = view(&page, id, Some(form).filter(|_| end.is_empty())).await?;
            page.again(&view)
        }
    }
}

/// `POST /receivables/invoices/{id}/issue`.
pub(crate) async fn issue(page: Page, Path(id): Path<InvoiceId>, form: Form) -> Answer {
    let done = match form.parse("version") {
        Ok(version) => receivables::issue(&page.app, &page.agent, id, version).await.map(drop),
        Err(error) => Err(error),
    };
    told(page, id, &form, done, Done::Issued, "/issue").await
}

/// `POST /receivables/invoices/{id}/remove`.
pub(crate) async fn remove(page: Page, Path(id): Path<InvoiceId>, form: Form) -> Answer {
    let done = match form.parse("version") {
        Ok(version) => receivables::remove(&page.app, &page.agent, id, version).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(crate::ui::see_with("/receivables", &Done::Removed.into())),
        error => told(page, id, &form, error, Done::Removed, "/remove").await,
    }
}

/// `POST /receivables/invoices/{id}/credit`.
pub(crate) async fn credit(page: Page, Path(id): Path<InvoiceId>, form: Form) -> Answer {
    match receivables::credit(&page.app, &page.agent, id, form.get("reason")).await {
        Ok(new) => Ok(crate::ui::see(&href(new))),
        Err(error) => told(page, id, &form, Err(error), Done::Saved, "/credit").await,
    }
}

/// `POST /receivables/invoices/{id}/send`.
pub(crate) async fn send(page: Page, Path(id): Path<InvoiceId>, form: Form) -> Answer {
    let done = receivables::send(&page.app, &page.agent, id).await;
    told(page, id, &form, done, Done::Mailed, "/send").await
}

/// `GET /receivables/invoices/{id}/pdf`.
pub(crate) async fn pdf(page: Page, Path(id): Path<InvoiceId>) -> Answer {
    let files = receivables::files(&page.app, &page.agent, id).await?;
    let bytes = files.pdf.ok_or(app::Error::Refused("no-font"))?;
    Ok(file(&format!("{}.pdf", files.name), "application/pdf", bytes))
}

/// `GET /receivables/invoices/{id}/xml`.
pub(crate) async fn xml(page: Page, Path(id): Path<InvoiceId>) -> Answer {
    let files = receivables::files(&page.app, &page.agent, id).await?;
    let bytes = files.xml.ok_or_else(|| Problem::not_found("file"))?;
    Ok(file(&format!("{}.xml", files.name), "application/xml", bytes))
}

/// A file to be saved.
pub(crate) fn file(name: &str, kind: &str, bytes: Vec<u8>) -> Response {
    download::file(name, kind, bytes).into_response()
}
