//! What suppliers bill the desk: invoices, their files and lines, payments, and where each amount comes from.

use app::{
    App,
    payables::{self, Broken, Imported, NewInvoice, One, Payable as Row},
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    billing::{
        difference::{Cause, differences},
        explain::{What, explain},
        invoice::{Kind, Reconciled, Standing, Why, exact, money},
        layout::{Fault, Wrong},
        line::{Charge, Layout, Line as Bill},
        read::{Point, number},
    },
    id::{SupplierFileId, SupplierId, SupplierInvoiceId, SupplierPaymentId},
    money::Currency,
};
use jiff::{Timestamp, civil::Date};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use store::payables::{Content, SupplierFile, Trouble};
use utoipa::{IntoParams, ToSchema};

use super::{
    body::{Base64, Limit, Named, Paged, Params, Strict},
    cursor::{cursor, key},
    schema,
    version::{Created, IfMatch, Versioned, unmet},
};
use crate::{guard::ApiCaller, problem::Answer};

/// An invoice of a supplier. Amounts are decimal numbers as texts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Payable {
    /// Its id.
    #[schema(value_type = schema::SupplierInvoiceId)]
    id: SupplierInvoiceId,
    /// Whose.
    #[schema(value_type = schema::SupplierId)]
    supplier: SupplierId,
    /// The supplier's number.
    number: String,
    /// What kind of document it is.
    #[schema(value_type = schema::PayableKind)]
    kind: Kind,
    /// The number of the invoice that it takes back or replaces.
    amends: Option<String>,
    /// Its date.
    #[schema(value_type = String, format = Date)]
    dated: Date,
    /// Until when it has to be paid.
    #[schema(value_type = String, format = Date)]
    due: Date,
    /// The first day that it bills.
    #[schema(value_type = Option<String>, format = Date)]
    begins: Option<Date>,
    /// The last one.
    #[schema(value_type = Option<String>, format = Date)]
    ends: Option<Date>,
    /// Its total.
    #[schema(value_type = String)]
    total: Decimal,
    /// What was paid of it.
    #[schema(value_type = String)]
    paid: Decimal,
    /// What is open.
    #[schema(value_type = String)]
    open: Decimal,
    /// Its currency.
    #[schema(value_type = String)]
    currency: Currency,
    /// Where it stands.
    #[schema(value_type = schema::PayableStanding)]
    standing: Standing,
    /// Working days until it is due, if something is open and it is not overdue.
    working_days: Option<u32>,
    /// Whether somebody should see to it.
    warned: bool,
    /// Whether its lines add up: `no_lines`, `exactly`, `off` or `mixed`.
    reconciled: &'static str,
    /// Lines less invoice, if that is not nothing.
    #[schema(value_type = Option<String>)]
    difference: Option<Decimal>,
    /// What that is, as far as one can tell.
    #[schema(value_type = Option<schema::PayableWhy>)]
    why: Option<Why>,
    /// How many lines it has.
    lines: i64,
    /// What agents should know.
    remark: String,
}

impl Payable {
    fn of(row: &Row) -> Self {
        let invoice = row.invoice.clone();
        let (reconciled, difference, why) = match row.reconciled {
            Reconciled::NoLines => ("no_lines", None, None),
            Reconciled::Exactly => ("exactly", None, None),
            Reconciled::Mixed => ("mixed", None, None),
            Reconciled::Off { by, why } => ("off", Some(by), Some(why)),
        };
        let paid = domain::money::Money { minor: invoice.paid, currency: invoice.currency };
        Self {
            total: exact(invoice.money()),
            paid: exact(paid),
            open: exact(row.open),
            id: invoice.id,
            supplier: invoice.supplier,
            number: invoice.number,
            kind: invoice.kind,
            amends: invoice.amends,
            dated: invoice.dated,
            due: invoice.due,
            begins: invoice.begins,
            ends: invoice.ends,
            currency: invoice.currency,
            standing: row.standing,
            working_days: row.due.and_then(|due| due.left),
            warned: row.due.is_some_and(|due| due.warned),
            reconciled,
            difference,
            why,
            lines: invoice.lines,
            remark: invoice.remark,
        }
    }
}

/// A page of invoices.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Payables {
    /// The invoices, the newest first.
    items: Vec<Payable>,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// Lists the invoices of suppliers.
#[utoipa::path(get, path = "/api/v1/payables", tag = "payables", params(Paged),
    responses((status = 200, description = "A page.", body = Payables)))]
pub(crate) async fn list(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Params(asked): Params<Paged>,
) -> Answer<Json<Payables>> {
    let before: Option<(Date, SupplierInvoiceId)> = key("payables", asked.cursor.as_deref())?;
    let mut found = payables::list(&app, &agent, before, asked.limit.rows() + 1).await?;
    let more = asked.limit.cut(&mut found);
    let last = found.last().filter(|_| more);
    let next = last.and_then(|last| cursor("payables", &(last.invoice.dated, last.invoice.id)));
    Ok(Json(Payables { items: found.iter().map(Payable::of).collect(), next }))
}

/// An invoice to be entered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPayable {
    /// Whose.
    #[schema(value_type = schema::SupplierId)]
    supplier: SupplierId,
    /// The supplier's number.
    number: String,
    /// What kind of document it is.
    #[schema(value_type = schema::PayableKind)]
    kind: Kind,
    /// The number of the invoice that it takes back or replaces.
    #[serde(default)]
    amends: String,
    /// Its date.
    #[schema(value_type = String, format = Date)]
    dated: Date,
    /// Until when it has to be paid; sixty days after its date if nothing is said.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    /// The first day that it bills.
    #[schema(value_type = Option<String>, format = Date)]
    begins: Option<Date>,
    /// The last one.
    #[schema(value_type = Option<String>, format = Date)]
    ends: Option<Date>,
    /// Its total: a decimal number with no more digits than the currency has.
    total: String,
    /// Its currency.
    #[schema(value_type = String)]
    currency: Currency,
    /// What agents should know.
    #[serde(default)]
    remark: String,
}

pub(super) fn amount(
    text: &str,
    field: &'static str,
    currency: Currency,
) -> Result<domain::money::Money, app::Error> {
    let money = number(text, Point::Dot).and_then(|number| money(number, currency));
    money.ok_or(app::Error::invalid(field, "not-an-amount"))
}

/// Enters an invoice of a supplier.
#[utoipa::path(post, path = "/api/v1/payables", tag = "payables", request_body = NewPayable,
    responses((status = 201, description = "The invoice.", body = WithParts, headers(("Location" = String, description = "Where it is.")))))]
pub(crate) async fn add(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<NewPayable>,
) -> Answer<Created<Versioned<WithParts>>> {
    let total = amount(&new.total, "total", new.currency)?;
    let new = NewInvoice {
        supplier: new.supplier,
        number: new.number,
        kind: new.kind,
        amends: new.amends,
        dated: new.dated,
        due: new.due,
        begins: new.begins,
        ends: new.ends,
        total,
        remark: new.remark,
    };
    let id = payables::add(&app, &agent, new).await?;
    Ok(Created { location: format!("/api/v1/payables/{id}"), body: show(&app, &agent, id).await? })
}

/// What could not be read of a file.
#[derive(Debug, Serialize, ToSchema)]
struct PayableFault {
    /// In which line of the file the row begins.
    row: u32,
    /// In which column; empty for the whole row.
    column: String,
    /// What is wrong.
    #[schema(value_type = schema::PayableWrong)]
    what: Wrong,
}

fn faults(trouble: &Trouble) -> Vec<PayableFault> {
    let one = |fault: &Fault| PayableFault { row: fault.row, column: fault.column.clone(), what: fault.what };
    trouble.faults.iter().map(one).collect()
}

/// A file of an invoice.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PayableFile {
    /// Its id.
    #[schema(value_type = schema::SupplierFileId)]
    id: SupplierFileId,
    /// Its name.
    name: String,
    /// Its size in bytes.
    size: i64,
    /// The SHA-256 of its content.
    hash: String,
    /// What it is: `lines`, `document` or `unknown`.
    #[schema(value_type = schema::PayableContent)]
    content: Content,
    /// Its layout, if it is one that we know.
    #[schema(value_type = Option<schema::PayableLayout>)]
    layout: Option<Layout>,
    /// How many lines were taken from it.
    lines: i64,
    /// How many rows were not.
    not_taken: u32,
    /// Why not: the first 200.
    faults: Vec<PayableFault>,
    /// Columns that are missing or there twice, of a table that could not be read.
    columns: Vec<String>,
    /// When it came.
    at: Timestamp,
}

impl PayableFile {
    fn of(file: &SupplierFile) -> Self {
        Self {
            id: file.id,
            name: file.name.clone(),
            size: file.size,
            hash: file.hash.to_string(),
            content: file.content,
            layout: file.layout,
            lines: file.lines,
            not_taken: file.trouble.0.rows,
            faults: faults(&file.trouble.0),
            columns: file.trouble.0.columns.clone(),
            at: file.at,
        }
    }
}

/// What of an invoice is for whom.
#[derive(Debug, Serialize, ToSchema)]
struct PayableShare {
    /// The customer's tenant, or its name where the supplier has no ids.
    customer: String,
    /// What the supplier calls it.
    name: String,
    /// How many lines.
    lines: i64,
    /// Their total.
    total: String,
    /// In which currency.
    #[schema(value_type = String)]
    currency: Currency,
}

/// A payment.
#[derive(Debug, Serialize, ToSchema)]
struct PayablePayment {
    /// Its id.
    #[schema(value_type = schema::SupplierPaymentId)]
    id: SupplierPaymentId,
    /// How much.
    #[schema(value_type = String)]
    amount: Decimal,
    /// On which day.
    #[schema(value_type = String, format = Date)]
    paid_on: Date,
    /// By which it is found again.
    reference: String,
}

/// An invoice with all that belongs to it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WithParts {
    /// The invoice.
    payable: Payable,
    /// Its files.
    files: Vec<PayableFile>,
    /// What of it is for whom.
    shares: Vec<PayableShare>,
    /// What was paid.
    payments: Vec<PayablePayment>,
}

async fn show(app: &App, agent: &app::Agent, id: SupplierInvoiceId) -> Answer<Versioned<WithParts>> {
    let One { payable, files, shares, payments, .. } = payables::one(app, agent, id).await?;
    let currency = payable.invoice.currency;
    let share = |share: store::payables::Share| PayableShare {
        customer: share.customer,
        name: share.name,
        lines: share.lines,
        total: share.total,
        currency: share.currency,
    };
    let payment = |payment: store::payables::Payment| PayablePayment {
        id: payment.id,
        amount: exact(domain::money::Money { minor: payment.amount, currency }),
        paid_on: payment.paid_on,
        reference: payment.reference,
    };
    let parts = WithParts {
        payable: Payable::of(&payable),
        files: files.iter().map(PayableFile::of).collect(),
        shares: shares.into_iter().map(share).collect(),
        payments: payments.into_iter().map(payment).collect(),
    };
    Ok(Versioned(payable.invoice.version, parts))
}

/// An invoice of a supplier, with its files, its customers and its payments.
#[utoipa::path(get, path = "/api/v1/payables/{payable}", tag = "payables",
    params(("payable" = inline(schema::SupplierInvoiceId), Path, description = "The invoice.")),
    responses((status = 200, description = "The invoice.", body = WithParts, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn get(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<SupplierInvoiceId>,
) -> Answer<Versioned<WithParts>> {
    show(&app, &agent, id).await
}

/// What may change of an invoice.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PayableChange {
    /// Until when it has to be paid. Microsoft's cannot be moved to a later day.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    /// What agents should know.
    remark: Option<String>,
}

/// Changes an invoice at the version that was seen.
#[utoipa::path(patch, path = "/api/v1/payables/{payable}", tag = "payables", request_body = PayableChange,
    params(("payable" = inline(schema::SupplierInvoiceId), Path, description = "The invoice.")),
    responses((status = 200, description = "The invoice as it is now.", body = WithParts, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn change(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<SupplierInvoiceId>,
    seen: IfMatch,
    Strict(change): Strict<PayableChange>,
) -> Answer<Versioned<WithParts>> {
    let before = payables::one(&app, &agent, id).await?.payable.invoice;
    let at = seen.accept(before.version)?;
    let due = change.due.unwrap_or(before.due);
    let remark = change.remark.unwrap_or(before.remark);
    payables::change(&app, &agent, id, due, &remark, at).await.map_err(unmet)?;
    show(&app, &agent, id).await
}

/// A file to be imported.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPayableFile {
    /// Its name.
    name: String,
    /// Its bytes, in base64 with padding: a table (CSV), line items of the Partner Center API (JSON), or a PDF.
    #[schema(value_type = String, content_encoding = "base64")]
    content: Base64,
    /// What is done with a table in which rows are broken: import nothing of it, or the rest.
    #[schema(value_type = schema::PayableBroken)]
    broken: Broken,
}

/// What became of a file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PayableImported {
    /// `kept`, `twice` for a content that was here already, or `refused` for a table of which nothing was taken.
    outcome: &'static str,
    /// The file, if it was kept.
    file: Option<PayableFile>,
    /// How many rows are broken, of one that was refused.
    rows: u32,
    /// The first 200 faults of one that was refused.
    faults: Vec<PayableFault>,
}

/// Imports a file of an invoice. The same content has no second effect.
#[utoipa::path(post, path = "/api/v1/payables/{payable}/files", tag = "payables", request_body = NewPayableFile,
    params(("payable" = inline(schema::SupplierInvoiceId), Path, description = "The invoice.")),
    responses((status = 200, description = "What became of it.", body = PayableImported)))]
pub(crate) async fn import(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<SupplierInvoiceId>,
    Strict(new): Strict<NewPayableFile>,
) -> Answer<Json<PayableImported>> {
    let NewPayableFile { name, content: Base64(bytes), broken } = new;
    let none = PayableImported { outcome: "twice", file: None, rows: 0, faults: Vec::new() };
    Ok(Json(match payables::import(&app, &agent, id, &name, bytes, broken).await? {
        Imported::Kept(file) => {
            PayableImported { outcome: "kept", file: Some(PayableFile::of(&file)), ..none }
        }
        Imported::Twice(_) => none,
        Imported::Refused(_, trouble) => {
            PayableImported { outcome: "refused", rows: trouble.rows, faults: faults(&trouble), ..none }
        }
    }))
}

/// Removes a file from its invoice, with its lines.
#[utoipa::path(delete, path = "/api/v1/payables/{payable}/files/{file}", tag = "payables",
    params(("payable" = inline(schema::SupplierInvoiceId), Path, description = "The invoice."),
        ("file" = inline(schema::SupplierFileId), Path, description = "The file.")),
    responses((status = 204, description = "It is removed.")))]
pub(crate) async fn remove(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named((id, file)): Named<(SupplierInvoiceId, SupplierFileId)>,
) -> Answer<StatusCode> {
    payables::remove_file(&app, &agent, id, file).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A payment to be entered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPayablePayment {
    /// How much, in the invoice's currency; less than nothing takes a payment back.
    amount: String,
    /// On which day.
    #[schema(value_type = String, format = Date)]
    paid_on: Date,
    /// By which it is found again.
    #[serde(default)]
    reference: String,
}

/// Enters a payment of an invoice.
#[utoipa::path(post, path = "/api/v1/payables/{payable}/payments", tag = "payables", request_body = NewPayablePayment,
    params(("payable" = inline(schema::SupplierInvoiceId), Path, description = "The invoice.")),
    responses((status = 200, description = "The invoice as it is now.", body = WithParts)))]
pub(crate) async fn pay(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<SupplierInvoiceId>,
    Strict(new): Strict<NewPayablePayment>,
) -> Answer<Versioned<WithParts>> {
    let currency = payables::one(&app, &agent, id).await?.payable.invoice.currency;
    let money = amount(&new.amount, "amount", currency)?;
    payables::pay(&app, &agent, id, money, new.paid_on, &new.reference).await?;
    show(&app, &agent, id).await
}

pub(super) mod limits;
pub(super) mod lines;

pub(crate) use limits::{limits, set_limit};
pub(crate) use lines::{line, lines, months};
