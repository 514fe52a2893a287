//! Money owed and owing: the tabs that its pages share, and what suppliers bill us.

mod lines;
pub(super) mod shown;

use app::payables::{self, Broken, Imported, NewInvoice, NewLimit, Payable};
use axum::response::Response;
use domain::{
    access::Permission,
    billing::{
        invoice::{Kind, Standing, exact, money},
        read::{self, Point},
    },
    id::{SupplierFileId, SupplierInvoiceId, SupplierLimitId},
    money::{Currency, Money},
    party::supplier::SupplierKind,
};
use jiff::civil::Date;
pub(crate) use lines::{line, lines, months};
use rust_decimal::Decimal;
use text::billing::amount;

use super::{
    admin::correctable,
    download,
    entry::again_status,
    keys,
    pieces::choice,
    shell::{Done, Page, Told},
    view::{Link, Notice, Owed, Pages, PayablePage, PayablesPage},
};
use crate::{
    form::{Form, Path, Query},
    problem::{Answer, Problem},
};

/// The tabs of "Billing": who sees them, where they are, the key of their words.
const TABS: &[(Permission, &str, &str)] = &[
    (Permission::PayablesView, "/payables", "payables"),
    (Permission::PayablesView, "/claims", "claims"),
    (Permission::ReceivablesView, "/receivables", "receivables"),
    (Permission::ReceivablesView, "/receivables/bank", "receivables-bank"),
    (Permission::ReceivablesView, "/receivables/ageing", "receivables-ageing"),
    (Permission::ReceivablesView, "/receivables/seller", "receivables-seller"),
    (Permission::ReceivablesView, "/price-rules", "price-rules"),
    (Permission::ReceivablesView, "/collections", "collections"),
    (Permission::ReceivablesView, "/collections/policy", "collection-policy"),
    (Permission::SuspensionsView, "/suspensions", "suspensions"),
    (Permission::SuspensionsView, "/suspensions/rules", "suspension-rules"),
    (Permission::ChargesManage, "/charges", "charges"),
    (Permission::ChargesView, "/prepaid", "prepaid"),
];

const PATH: &str = "/payables";
/// How many invoices a page has.
const ROWS: i64 = 50;

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
    let first = tabs(&page, "").into_iter().next().ok_or_else(|| Problem::not_found("page"))?;
    Ok(super::see(&first.href))
}

fn href(id: SupplierInvoiceId) -> String {
    format!("{PATH}/{id}")
}

fn saved(id: SupplierInvoiceId, done: Done) -> Response {
    super::see_with(&href(id), &Told::from(done))
}

/// `GET /payables`.
pub(crate) async fn list(page: Page, query: Query) -> Answer {
    let view = list_view(&page, &query).await?;
    page.html(&view)
}

async fn list_view(page: &Page, query: &Query) -> Answer<PayablesPage> {
    let before = match (query.optional::<Date>("dated")?, query.optional::<SupplierInvoiceId>("invoice")?) {
        (Some(dated), Some(id)) => Some((dated, id)),
        _ => None,
    };
    let is_first = before.is_none();
    let mut rows = payables::list(&page.app, &page.agent, before, ROWS + 1).await?;
    let more = keys::cut(&mut rows, ROWS);
    let on = rows.last().filter(|_| more).map(|last| {
        let (dated, id) = (last.invoice.dated.to_string(), last.invoice.id.to_string());
        format!("{PATH}?{}", super::query(&[("dated", &dated), ("invoice", &id)]))
    });
    let open = payables::open(&page.app, &page.agent).await?;
    let limits = payables::limits(&page.app, &page.agent).await?;
    let may_edit = page.agent.may(Permission::PayablesManage);
    let suppliers = if may_edit { bills(page).await? } else { Vec::new() };
    let suppliers = suppliers.iter().map(|(id, name)| choice(id, name.clone(), false)).collect();
    Ok(PayablesPage {
        notice: page.notice(),
        tabs: tabs(page, PATH),
        owed: owed(page, &open),
        rows: rows.iter().map(|payable| shown::row(page, payable)).collect(),
        pages: Pages { back: (!is_first).then(|| PATH.to_owned()), on },
        suppliers,
        kinds: page.reader.choices("payable-kind", Kind::ALL, Some(Kind::Invoice)),
        limits: limits.iter().map(|limited| shown::limit(page, limited)).collect(),
        today: page.reader.zone.to_datetime(page.reader.now).date().to_string(),
        shell: page.shell("billing").await?,
    })
}

/// Who may send us invoices.
async fn bills(page: &Page) -> Answer<Vec<(String, String)>> {
    let (_, all) =
        page.read("billing", |tx| Box::pin(async move { Ok(store::suppliers::all(tx).await?) })).await?;
    let mine = all.into_iter().filter(|supplier| supplier.active || supplier.kind == SupplierKind::Microsoft);
    Ok(mine.map(|supplier| (supplier.id.to_string(), supplier.name)).collect())
}

/// What is open, currency by currency.
fn owed(page: &Page, open: &[Payable]) -> Vec<Owed> {
    let words = page.reader.words;
    let mut currencies: Vec<Currency> = open.iter().map(|payable| payable.open.currency).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let of = |currency: Currency| {
        let mine = || open.iter().filter(move |payable| payable.open.currency == currency);
        let sum = |all: &mut dyn Iterator<Item = &Payable>| {
            all.fold(Decimal::ZERO, |sum, payable| sum.saturating_add(exact(payable.open)))
        };
        let overdue = sum(&mut mine().filter(|payable| payable.standing == Standing::Overdue));
        let next =
            mine().find(|payable| payable.standing == Standing::Open).map(|payable| payable.invoice.due);
        Owed {
            open: amount(words, sum(&mut mine()), currency),
            overdue: (!overdue.is_zero())
                .then(|| words.f("payables-overdue", &[("amount", amount(words, overdue, currency).into())])),
            next: next
                .map(|due| words.f("payables-next", &[("date", text::billing::day(words, due).into())])),
        }
    };
    currencies.into_iter().map(of).collect()
}

/// A day as a form has it.
pub(super) fn day(form: &Form, field: &'static str) -> Result<Option<Date>, app::Error> {
    match form.get(field).trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| app::Error::invalid(field, "not-a-date")),
    }
}

pub(super) fn needed(form: &Form, field: &'static str) -> Result<Date, app::Error> {
    day(form, field)?.ok_or(app::Error::invalid(field, "required"))
}

/// An amount as people type it: `12.50`, `1,250.00`, `12,50`.
pub(super) fn typed(form: &Form, field: &'static str, currency: Currency) -> Result<Money, app::Error> {
    let text = form.get(field).trim();
    // A comma with other than three digits behind it is a point.
    let is_comma = text.rsplit_once(',').is_some_and(|(_, rest)| rest.len() != 3 && !rest.contains('.'));
    let point = if is_comma { Point::Comma } else { Point::Dot };
    let number = read::number(text, point).and_then(|number| money(number, currency));
    number.ok_or(app::Error::invalid(field, "not-an-amount"))
}

/// `POST /payables`.
pub(crate) async fn add(page: Page, form: Form) -> Answer {
    match added(&page, &form).await {
        Ok(id) => Ok(saved(id, Done::Saved)),
        Err(error) => {
            let page = page.refusing(PATH, &form, error)?;
            let view = list_view(&page, &Query::default()).await?;
            page.again(&view)
        }
    }
}

/// `POST /payables/limits`.
pub(crate) async fn set_limit(page: Page, form: Form) -> Answer {
    match limited(&page, &form).await {
        Ok(_) => Ok(super::see_with(PATH, &Told::from(Done::Saved))),
        Err(error) => {
            let page = page.refusing("limit", &form, error)?;
            let view = list_view(&page, &Query::default()).await?;
            page.again(&view)
        }
    }
}

async fn limited(page: &Page, form: &Form) -> Result<SupplierLimitId, app::Error> {
    let currency = currency(form)?;
    let amount = match form.get("amount").trim() {
        "" => None,
        _ => Some(typed(form, "amount", currency)?),
    };
    let new = NewLimit {
        supplier: form.parse("supplier")?,
        currency,
        amount,
        warn: form.parse("percent")?,
        begins: needed(form, "begins")?,
    };
    payables::set_limit(&page.app, &page.agent, new).await
}

fn currency(form: &Form) -> Result<Currency, app::Error> {
    let code = form.get("currency").trim().to_ascii_uppercase();
    code.parse().map_err(|_| app::Error::invalid("currency", "unknown"))
}

async fn added(page: &Page, form: &Form) -> Result<SupplierInvoiceId, app::Error> {
    let currency = currency(form)?;
    let new = NewInvoice {
        supplier: form.parse("supplier")?,
        number: form.get("number").to_owned(),
        kind: form.parse("kind")?,
        amends: form.get("amends").to_owned(),
        dated: needed(form, "dated")?,
        due: day(form, "due")?,
        begins: day(form, "begins")?,
        ends: day(form, "ends")?,
        total: typed(form, "total", currency)?,
        remark: form.get("remark").to_owned(),
    };
    payables::add(&page.app, &page.agent, new).await
}

/// `GET /payables/{id}`.
pub(crate) async fn one(page: Page, Path(id): Path<SupplierInvoiceId>) -> Answer {
    let view = view(&page, id).await?;
    page.html(&view)
}

async fn view(page: &Page, id: SupplierInvoiceId) -> Answer<PayablePage> {
    let one = payables::one(&page.app, &page.agent, id).await?;
    let invoice = &one.payable.invoice;
    let today = page.reader.zone.to_datetime(page.reader.now).date();
    let open = exact(one.payable.open);
    Ok(PayablePage {
        notice: page.notice(),
        id: id.to_string(),
        row: shown::row(page, &one.payable),
        facts: shown::facts(page, &one),
        sentences: shown::reconciled(page, &one.payable),
        faults: Vec::new(),
        files: one.files.iter().map(|file| shown::file(page, &one, file)).collect(),
        shares: one.shares.iter().map(|share| shown::share(page, invoice, share)).collect(),
        has_lines: invoice.lines > 0,
        payments: one.payments.iter().map(|payment| shown::payment(page, &one, payment)).collect(),
        broken: page.reader.choices("payable-broken", Broken::ALL, Some(Broken::Nothing)),
        may_edit: page.agent.may(Permission::PayablesManage),
        version: invoice.version,
        due_value: invoice.due.to_string(),
        today: today.to_string(),
        remark: invoice.remark.clone(),
        open_value: if open > Decimal::ZERO { open.to_string() } else { String::new() },
        shell: page.shell("billing").await?,
    })
}

/// The invoice's page again, with the form that could not be taken.
async fn again(page: Page, id: SupplierInvoiceId, name: &str, form: &Form, error: app::Error) -> Answer {
    let page = page.refusing(name, form, error)?;
    let view = view(&page, id).await?;
    page.again(&view)
}

/// `POST /payables/{id}`.
pub(crate) async fn change(page: Page, Path(id): Path<SupplierInvoiceId>, form: Form) -> Answer {
    let done = async {
        let due = needed(&form, "due")?;
        payables::change(&page.app, &page.agent, id, due, form.get("remark"), form.parse("version")?).await
    };
    match done.await {
        Ok(()) => Ok(saved(id, Done::Saved)),
        Err(error) => again(page, id, "change", &form, error).await,
    }
}

/// `POST /payables/{id}/payments`.
pub(crate) async fn pay(page: Page, Path(id): Path<SupplierInvoiceId>, form: Form) -> Answer {
    let done = async {
        let one = payables::one(&page.app, &page.agent, id).await?;
        let money = typed(&form, "amount", one.payable.invoice.currency)?;
        payables::pay(&page.app, &page.agent, id, money, needed(&form, "paid_on")?, form.get("reference"))
            .await
    };
    match done.await {
        Ok(_) => Ok(saved(id, Done::Saved)),
        Err(error) => again(page, id, "pay", &form, error).await,
    }
}

/// `POST /payables/{id}/files`.
pub(crate) async fn import(page: Page, Path(id): Path<SupplierInvoiceId>, mut form: Form) -> Answer {
    let done = async {
        let file = form.files.pop().ok_or(app::Error::invalid("file", "required"))?;
        let broken = form.parse("broken")?;
        payables::import(&page.app, &page.agent, id, &file.name, file.bytes, broken).await
    };
    let words = page.reader.words;
    let (text, faults) = match done.await {
        Ok(Imported::Kept(_)) => return Ok(saved(id, Done::Saved)),
        Ok(Imported::Twice(_)) => (words.t("payable-twice").into_owned(), Vec::new()),
        Ok(Imported::Refused(_, trouble)) => {
            let text = words.f("payable-refused", &[("n", i64::from(trouble.rows).into())]);
            (text, shown::faults(words, &trouble))
        }
        Err(error) => {
            let problem = correctable(error)?;
            let notice = super::notice(words, &problem);
            let view = PayablePage { notice: Some(notice), ..view(&page, id).await? };
            return super::again(again_status(&problem), &view);
        }
    };
    let notice = Some(Notice { tone: "warning".into(), text });
    let view = PayablePage { notice, faults, ..view(&page, id).await? };
    super::again(axum::http::StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// `POST /payables/{id}/files/{file}/remove`.
pub(crate) async fn remove(
    page: Page,
    Path((id, file)): Path<(SupplierInvoiceId, SupplierFileId)>,
) -> Answer {
    payables::remove_file(&page.app, &page.agent, id, file).await?;
    Ok(saved(id, Done::Removed))
}

/// `GET /payables/{id}/files/{file}`.
pub(crate) async fn file(page: Page, Path((id, file)): Path<(SupplierInvoiceId, SupplierFileId)>) -> Answer {
    let (file, bytes) = payables::document(&page.app, &page.agent, id, file).await?;
    let kind = match file.content {
        store::payables::Content::Document => "application/pdf",
        store::payables::Content::Lines | store::payables::Content::Unknown => "application/octet-stream",
    };
    Ok(download::file(&file.name, kind, bytes))
}
