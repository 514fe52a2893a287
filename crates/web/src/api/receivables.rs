//! What customers owe: invoices, accounts, payments, and invoices of the partner's own accounting.

use app::{
    App,
    receivables::{self, Fate, NewPayment, Row, Which},
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    id::{CustomerId, InvoiceId, LedgerId},
    money::{Currency, Money},
    receivable::{
        invoice::{Kind, decimal},
        ledger::{Age, Ages},
    },
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::receivables::Listed;
use utoipa::{IntoParams, ToSchema};

use super::{
    body::{Limit, Named, Params, Strict},
    cursor::{cursor, key},
    schema,
    version::Created,
};
use crate::{guard::ApiCaller, problem::Answer};

/// The name of the list that a cursor is of.
const LIST: &str = "invoices";

fn written(minor: i64, currency: Currency) -> String {
    decimal(Money { minor, currency }).to_string()
}

/// An amount of money, exactly.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Amount {
    /// In whole units, with a point: `1190.00`.
    amount: String,
    /// The currency, as ISO 4217 has it.
    currency: String,
}

impl Amount {
    pub(super) fn of(minor: i64, currency: Currency) -> Self {
        Self { amount: written(minor, currency), currency: currency.code().to_owned() }
    }

    pub(super) fn read(&self, field: &'static str) -> Result<Money, app::Error> {
        let wrong = || app::Error::invalid(field, "not-an-amount");
        let currency = self.currency.parse().map_err(|_| wrong())?;
        Money::parse(&self.amount, currency).ok_or_else(wrong)
    }
}

/// An invoice or a credit note.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Invoice {
    /// Its id.
    #[schema(value_type = schema::InvoiceId)]
    id: InvoiceId,
    /// Whose.
    #[schema(value_type = schema::CustomerId)]
    customer: CustomerId,
    /// Which of the two.
    #[schema(value_type = schema::InvoiceKind)]
    kind: Kind,
    /// Its number; none while it is a draft.
    number: Option<String>,
    /// Whether it came from the partner's own accounting.
    imported: bool,
    /// When it was issued.
    #[schema(value_type = Option<String>, format = Date)]
    issued_on: Option<Date>,
    /// When it is due.
    #[schema(value_type = Option<String>, format = Date)]
    due_on: Option<Date>,
    /// The currency of its amounts.
    currency: String,
    /// Without VAT.
    net: String,
    /// The VAT.
    tax: String,
    /// With it.
    gross: String,
    /// What of it is open.
    open: String,
}

impl From<Listed> for Invoice {
    fn from(one: Listed) -> Self {
        let amount = |minor| written(minor, one.currency);
        Self {
            id: one.id,
            customer: one.customer,
            kind: one.kind,
            number: one.label,
            imported: one.imported,
            issued_on: one.issued_on,
            due_on: one.due_on,
            currency: one.currency.code().to_owned(),
            net: amount(one.net),
            tax: amount(one.tax),
            gross: amount(one.gross),
            open: amount(one.open.unwrap_or(0)),
        }
    }
}

/// Some invoices.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Invoices {
    /// The newest first.
    items: Vec<Invoice>,
    /// The cursor of the next page, if there is one.
    next: Option<String>,
}

/// Which invoices.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListParams {
    /// Only those of which something is open.
    #[serde(default)]
    open: bool,
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; 50 if nothing is said.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Limit,
}

/// Lists invoices and credit notes, the newest first.
#[utoipa::path(get, path = "/api/v1/invoices", tag = "receivables", params(ListParams),
    responses((status = 200, description = "A page of them.", body = Invoices)))]
pub(crate) async fn list(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Params(asked): Params<ListParams>,
) -> Answer<Json<Invoices>> {
    let before: Option<InvoiceId> = key(LIST, asked.cursor.as_deref())?;
    let which = if asked.open { Which::Open } else { Which::All };
    let mut rows = receivables::list(&app, &agent, which, before, asked.limit.rows() + 1).await?;
    let more = asked.limit.cut(&mut rows);
    let next = rows.last().filter(|_| more).and_then(|last| cursor(LIST, &last.id));
    Ok(Json(Invoices { items: rows.into_iter().map(Invoice::from).collect(), next }))
}

/// What a customer owes in one currency.
#[derive(Debug, Serialize, ToSchema)]
struct Balance {
    /// The currency.
    currency: String,
    /// What is open less what is left of payments and credit notes.
    balance: String,
    /// What is open and not due yet.
    not_due: String,
    /// What is past due by 1 to 30, 31 to 60, 61 to 90, and more days.
    past_due: Vec<String>,
}

/// Something of which a part is open.
#[derive(Debug, Serialize, ToSchema)]
struct OpenItem {
    /// The entry of the ledger, by which a payment settles it.
    #[schema(value_type = schema::LedgerId)]
    id: LedgerId,
    /// The number of the invoice.
    number: String,
    /// When it is due.
    #[schema(value_type = String, format = Date)]
    due_on: Date,
    /// What is open.
    open: Amount,
}

/// What a customer owes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Account {
    /// Currency by currency. They are never added up.
    balances: Vec<Balance>,
    /// The invoices of which something is open, the first due first.
    open: Vec<OpenItem>,
}

/// What a customer owes: its balance, what is open, and how old that is.
#[utoipa::path(get, path = "/api/v1/customers/{customer}/account", tag = "receivables",
    params(("customer" = inline(schema::CustomerId), Path, description = "The customer.")),
    responses((status = 200, description = "The account.", body = Account)))]
pub(crate) async fn account(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<CustomerId>,
) -> Answer<Json<Account>> {
    let of = receivables::account(&app, &agent, id).await?;
    let none = Ages::default();
    let balance = |(currency, minor): (Currency, i64)| {
        let ages = of.ages.get(&currency).unwrap_or(&none);
        let past = ages.iter().skip(Age::Month as usize).map(|minor| written(*minor, currency));
        Balance {
            currency: currency.code().to_owned(),
            balance: written(minor, currency),
            not_due: written(ages[Age::Current as usize], currency),
            past_due: past.collect(),
        }
    };
    let open = of.account.open().into_iter().filter_map(|(id, owed)| {
        let entry = of.entries.iter().find(|entry| entry.id == id)?;
        let open = Amount::of(owed.open, owed.amount.currency);
        Some(OpenItem { id, number: entry.label.clone(), due_on: owed.due, open })
    });
    Ok(Json(Account {
        balances: of.account.balance().into_iter().map(balance).collect(),
        open: open.collect(),
    }))
}

/// What a payment settles.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Settled {
    /// The entry of the invoice.
    #[schema(value_type = schema::LedgerId)]
    entry: LedgerId,
    /// How much of it, in whole units.
    amount: String,
}

/// A payment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Payment {
    /// How much.
    paid: Amount,
    /// When it came in.
    #[schema(value_type = String, format = Date)]
    day: Date,
    /// What the payer wrote.
    text: String,
    /// What it settles; what is left stays the customer's credit.
    #[serde(default)]
    settles: Vec<Settled>,
}

/// What was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Entered {
    /// The entry of the payment.
    #[schema(value_type = schema::LedgerId)]
    id: LedgerId,
}

/// Enters a payment of a customer.
#[utoipa::path(post, path = "/api/v1/customers/{customer}/payments", tag = "receivables", request_body = Payment,
    params(("customer" = inline(schema::CustomerId), Path, description = "The customer.")),
    responses((status = 201, description = "It stands in the ledger.", body = Entered,
        headers(("Location" = String, description = "The customer's account.")))))]
pub(crate) async fn pay(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(customer): Named<CustomerId>,
    Strict(new): Strict<Payment>,
) -> Answer<Created<Json<Entered>>> {
    let amount = new.paid.read("paid")?;
    let settles: Result<Vec<_>, app::Error> = new
        .settles
        .iter()
        .map(|one| {
            let part = Money::parse(&one.amount, amount.currency);
            Ok((one.entry, part.ok_or(app::Error::invalid("settles", "not-an-amount"))?.minor))
        })
        .collect();
    let payment = NewPayment { customer, amount, day: new.day, label: new.text, settles: settles? };
    let id = receivables::pay(&app, &agent, payment).await?;
    Ok(Created { location: format!("/api/v1/customers/{customer}/account"), body: Json(Entered { id }) })
}

/// An invoice of the partner's own accounting.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Foreign {
    /// Its number there.
    number: String,
    /// Whose.
    #[schema(value_type = schema::CustomerId)]
    customer: CustomerId,
    /// When it was issued.
    #[schema(value_type = String, format = Date)]
    issued_on: Date,
    /// When it is due.
    #[schema(value_type = String, format = Date)]
    due_on: Date,
    /// What is to be paid, with VAT.
    gross: Amount,
    /// The VAT in it, in whole units.
    tax: Option<String>,
}

/// Invoices of the partner's own accounting.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Import {
    /// The invoices, at most 10,000.
    invoices: Vec<Foreign>,
    /// Whether the others are taken if one is wrong; else nothing is.
    #[serde(default)]
    rest: bool,
}

/// What is wrong with an invoice.
#[derive(Debug, Serialize, ToSchema)]
struct Wrong {
    /// Which, from 1.
    place: i64,
    /// Its field.
    field: String,
    /// What is wrong.
    code: &'static str,
}

/// What became of an import.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Outcome {
    /// How many were taken.
    new: usize,
    /// How many were known already, as they are.
    known: usize,
    /// What is wrong with the others.
    faults: Vec<Wrong>,
}

/// Takes invoices of the partner's own accounting: with their numbers, and none of ours. What is known has no second effect.
#[utoipa::path(post, path = "/api/v1/invoices/imports", tag = "receivables", request_body = Import,
    responses((status = 200, description = "What became of it.", body = Outcome),
        (status = 422, description = "Nothing was taken, and why.", body = Outcome)))]
pub(crate) async fn import(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<Import>,
) -> Answer<(StatusCode, Json<Outcome>)> {
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for (place, one) in new.invoices.into_iter().enumerate() {
        let line = i64::try_from(place).unwrap_or(i64::MAX).saturating_add(1);
        match foreign(one, line) {
            Ok(row) => rows.push(row),
            Err((field, code)) => faults.push(receivables::RowFault { line, column: field.to_owned(), code }),
        }
    }
    let fate = if new.rest { Fate::Rest } else { Fate::Nothing };
    let done = receivables::import_invoices(&app, &agent, (rows, faults), fate).await?;
    let wrong =
        |fault: receivables::RowFault| Wrong { place: fault.line, field: fault.column, code: fault.code };
    let faults: Vec<Wrong> = done.faults.into_iter().map(wrong).collect();
    let status = match done.new + done.known == 0 && !faults.is_empty() {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    Ok((status, Json(Outcome { new: done.new, known: done.known, faults })))
}

fn foreign(one: Foreign, line: i64) -> Result<Row, (&'static str, &'static str)> {
    let gross = one.gross.read("gross").ok().filter(|gross| gross.minor >= 0);
    let gross = gross.ok_or(("gross", "not-an-amount"))?;
    let tax = match one.tax {
        None => 0,
        Some(text) => Money::parse(&text, gross.currency).map(|tax| tax.minor).unwrap_or(-1),
    };
    if !(0..=gross.minor).contains(&tax) {
        return Err(("tax", "not-an-amount"));
    }
    let number = app::error::line("number", &one.number, 60).map_err(|_| ("number", "required"))?;
    let Foreign { customer, issued_on, due_on, .. } = one;
    Ok(Row { line, number, customer, issued_on, due_on, gross, tax })
}
