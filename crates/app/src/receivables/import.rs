//! From the partner's own accounting, and to it.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    access::Permission,
    deed::Deed,
    id::{CustomerId, InvoiceId, LedgerId},
    money::Money,
    receivable::{
        invoice::{Kind, MOST, State},
        ledger::EntryKind,
    },
};
use jiff::{Timestamp, civil::Date};
use serde_json::json;
use store::{
    Json, Tx,
    receivables::{self as kept, Invoice, Listed, ledger::Entry},
    records,
};

use super::{
    damaged, drafts,
    ledger::post,
    sheet::{self, Fault, Row as Cells, Sheet},
};
use crate::{Agent, App, Error, Result, audit, error::line};

/// How many rows one import has at most.
const MOST_ROWS: usize = 10_000;
/// How many rows an export reads at once.
const CHUNK: i64 = 1_000;

/// An invoice of the partner's own accounting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// In which line it stood, or its place from 1.
    pub line: i64,
    /// Its number there.
    pub number: String,
    /// Whose.
    pub customer: CustomerId,
    /// When it was issued.
    pub issued_on: Date,
    /// When it is due.
    pub due_on: Date,
    /// What is to be paid, with VAT.
    pub gross: Money,
    /// The VAT in it, in minor units.
    pub tax: i64,
}

/// What becomes of the good rows of an import that has bad ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They are taken.
    Rest,
    /// Nothing is taken.
    Nothing,
}

/// What became of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedInvoices {
    /// How many invoices were taken.
    pub new: usize,
    /// How many were known already, as they are.
    pub known: usize,
    /// What is wrong, row by row.
    pub faults: Vec<Fault>,
}

/// The rows of a table, and what is wrong with the others.
pub type Rows = (Vec<Row>, Vec<Fault>);

/// Reads a table of invoices: the columns `number`, `customer` (its name here, or its id), `issued_on`, `due_on`, `currency`,
/// `gross`, and `tax`, which may be missing.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn rows(app: &App, agent: &Agent, bytes: &[u8]) -> Result<Rows> {
    agent.require(Permission::ReceivablesManage)?;
    let sheet = match sheet::read(bytes) {
        Ok(sheet) => sheet,
        Err(fault) => return Ok((Vec::new(), vec![fault])),
    };
    let mut places = Vec::new();
    let mut faults = Vec::new();
    for name in ["number", "customer", "issued_on", "due_on", "currency", "gross"] {
        match sheet.column(name) {
            Some(place) => places.push(place),
            None => faults.push(Fault::new(1, name, "no-such-column")),
        }
    }
    let [number, customer, issued, due, currency, gross] = places[..] else {
        return Ok((Vec::new(), faults));
    };
    let tax = sheet.column("tax");
    let wanted: Vec<String> = sheet.rows.iter().filter_map(|row| row.cells.get(customer).cloned()).collect();
    let known = app
        .store
        .read::<_, Error, _>(agent.desk, move |tx| {
            let wanted = wanted.clone();
            Box::pin(async move { named(tx, &wanted).await })
        })
        .await?;
    let places = Places { number, customer, issued, due, currency, gross, tax };
    let mut rows = Vec::new();
    for row in &sheet.rows {
        match one(&sheet, row, &places, &known) {
            Ok(row) => rows.push(row),
            Err(fault) => faults.push(fault),
        }
    }
    Ok((rows, faults))
}

struct Places {
    number: usize,
    customer: usize,
    issued: usize,
    due: usize,
    currency: usize,
    gross: usize,
    tax: Option<usize>,
}

/// The customers that are called so, or have that id.
async fn named(tx: &mut Tx, wanted: &[String]) -> Result<BTreeMap<String, Option<CustomerId>>> {
    let mut found = BTreeMap::new();
    for name in wanted {
        if found.contains_key(name) {
            continue;
        }
        let id = match name.parse::<CustomerId>() {
            Ok(id) => store::parties::customer(tx, id).await?.map(|customer| customer.id),
            Err(_) => {
                let like = store::parties::customers(tx, name, None, 20).await?;
                let key = store::parties::name_key(name);
                let mut same = like.iter().filter(|one| store::parties::name_key(&one.name) == key);
                // Two of one name are nobody.
                match (same.next(), same.next()) {
                    (Some(one), None) => Some(one.id),
                    _ => None,
                }
            }
        };
        found.insert(name.clone(), id);
    }
    Ok(found)
}

fn one(
    sheet: &Sheet,
    row: &Cells,
    places: &Places,
    known: &BTreeMap<String, Option<CustomerId>>,
) -> Result<Row, Fault> {
    let cell = |at: usize| row.cells.get(at).map_or("", String::as_str);
    let wrong = |at: usize, code| Fault::new(row.line, sheet.head.get(at).map_or("", String::as_str), code);
    let number = line("number", cell(places.number), 60).map_err(|_| wrong(places.number, "required"))?;
    let customer = known.get(cell(places.customer)).copied().flatten();
    let issued_on = sheet::day(cell(places.issued)).ok_or_else(|| wrong(places.issued, "not-a-day"))?;
    let due_on = sheet::day(cell(places.due)).ok_or_else(|| wrong(places.due, "not-a-day"))?;
    let currency = cell(places.currency).parse().map_err(|_| wrong(places.currency, "not-a-currency"))?;
    let amount = |at: usize| {
        let money = sheet::amount(cell(at), currency).filter(|money| money.minor >= 0);
        money.ok_or_else(|| wrong(at, "not-an-amount"))
    };
    let gross = amount(places.gross)?;
    let tax = match places.tax {
        Some(at) if !cell(at).is_empty() => amount(at)?.minor,
        _ => 0,
    };
    if tax > gross.minor {
        return Err(wrong(places.tax.unwrap_or(places.gross), "not-an-amount"));
    }
    let customer = customer.ok_or_else(|| wrong(places.customer, "unknown"))?;
    Ok(Row { line: row.line, number, customer, issued_on, due_on, gross, tax })
}

/// Takes invoices of the partner's own accounting: with their numbers, marked as such, and no number of ours. One that is known as
/// it is has no second effect; one that is known otherwise is a fault.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Invalid`] for too many, and as the database says.
pub async fn import_invoices(
    app: &App,
    agent: &Agent,
    (rows, faults): Rows,
    fate: Fate,
) -> Result<ImportedInvoices> {
    agent.require(Permission::ReceivablesManage)?;
    if rows.len() > MOST_ROWS {
        return Err(Error::invalid("file", "too-many"));
    }
    if fate == Fate::Nothing && !faults.is_empty() {
        return Ok(ImportedInvoices { faults, ..ImportedInvoices::default() });
    }
    let now = app.now();
    let unit = Arc::new((rows, faults, agent.clone(), app.ids(now)));
    let done = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (rows, faults, agent, ids) = &*unit;
                let mut ids = ids.clone();
                let mut done = ImportedInvoices { faults: faults.clone(), ..ImportedInvoices::default() };
                let mut entries: BTreeMap<CustomerId, Vec<Entry>> = BTreeMap::new();
                for row in rows {
                    match kept::by_label(tx, &row.number).await? {
                        Some(there) if is_same(&there, row) => done.known += 1,
                        Some(_) => done.faults.push(Fault::new(row.line, "number", "taken")),
                        None => {
                            let (id, entry) = (ids.next(InvoiceId::new), ids.next(LedgerId::new));
                            let invoice = imported(tx, id, row, now).await?;
                            kept::add(tx, &invoice).await?;
                            entries.entry(row.customer).or_default().push(posted(&invoice, entry, row, now));
                            done.new += 1;
                        }
                    }
                }
                if fate == Fate::Nothing && !done.faults.is_empty() {
                    return Err(Undone(done).into());
                }
                for (customer, written) in entries {
                    post(tx, customer, written).await?;
                }
                let (desk, what) = (agent.desk, json!({ "new": done.new, "known": done.known }));
                let act = audit::act(&mut ids.after(), now, agent.actor(), Deed::InvoiceImport, &desk, what);
                records::audit(tx, &act).await?;
                Ok(done)
            })
        })
        .await;
    match done {
        Err(Error::Internal(cause)) => match cause.downcast::<Undone>() {
            Ok(Undone(done)) => Ok(ImportedInvoices { new: 0, known: 0, ..done }),
            Err(cause) => Err(Error::Internal(cause)),
        },
        done => done,
    }
}

/// Takes the transaction back, and says why.
#[derive(Debug, thiserror::Error)]
#[error("an import with faults is taken back")]
struct Undone(ImportedInvoices);

impl From<Undone> for Error {
    fn from(undone: Undone) -> Self {
        Error::internal(undone)
    }
}

fn is_same(there: &Invoice, row: &Row) -> bool {
    there.imported
        && there.customer == row.customer
        && there.currency == row.gross.currency
        && (there.gross, there.tax) == (row.gross.minor, row.tax)
        && (there.issued_on, there.due_on) == (Some(row.issued_on), Some(row.due_on))
}

async fn imported(tx: &mut Tx, id: InvoiceId, row: &Row, now: Timestamp) -> Result<Invoice> {
    let currency = Some(row.gross.currency);
    let draft = drafts::begin(tx, id, row.customer, Kind::Invoice, currency, now).await?;
    Ok(Invoice {
        state: State::Issued,
        net: row.gross.minor.min(MOST) - row.tax,
        tax: row.tax,
        gross: row.gross.minor.min(MOST),
        label: Some(row.number.clone()),
        imported: true,
        issued_on: Some(row.issued_on),
        due_on: Some(row.due_on),
        issued_at: Some(now),
        lines: Json(Vec::new()),
        ..draft
    })
}

fn posted(invoice: &Invoice, id: LedgerId, row: &Row, now: Timestamp) -> Entry {
    Entry {
        id,
        customer: row.customer,
        seq: 0,
        kind: EntryKind::Invoice,
        day: row.issued_on,
        currency: row.gross.currency,
        amount: invoice.gross,
        due_on: Some(row.due_on),
        source: None,
        target: None,
        invoice: Some(invoice.id),
        label: row.number.clone(),
        reason: String::new(),
        agent: None,
        at: now,
    }
}

/// A cell that a spreadsheet reads as text and not as a formula.
fn cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

fn money(minor: i64, currency: domain::money::Currency) -> String {
    domain::receivable::invoice::decimal(Money { minor, currency }).to_string()
}

fn finished(writer: csv::Writer<Vec<u8>>) -> Result<String> {
    let bytes = writer.into_inner().map_err(|error| damaged(&error.to_string()))?;
    String::from_utf8(bytes).map_err(Error::internal)
}

/// The invoices and credit notes that were issued on some days, as CSV for accounting.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn export_invoices(app: &App, agent: &Agent, from: Date, to: Date) -> Result<String> {
    agent.require(Permission::ReceivablesView)?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = [
        "number",
        "kind",
        "customer_id",
        "customer",
        "issued_on",
        "due_on",
        "currency",
        "net",
        "tax",
        "gross",
        "open",
        "imported",
    ];
    writer.write_record(head).map_err(Error::internal)?;
    let mut after = InvoiceId::from_uuid(uuid::Uuid::nil());
    loop {
        let page: Vec<Listed> = app
            .store
            .read::<_, store::Error, _>(agent.desk, move |tx| {
                Box::pin(async move { kept::of_period(tx, from, to, after, CHUNK).await })
            })
            .await?;
        let Some(last) = page.last() else { return finished(writer) };
        after = last.id;
        for one in &page {
            let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
            let record = [
                cell(one.label.as_deref().unwrap_or_default()),
                one.kind.to_string(),
                one.customer.to_string(),
                cell(&one.customer_name),
                day(one.issued_on),
                day(one.due_on),
                one.currency.to_string(),
                money(one.net, one.currency),
                money(one.tax, one.currency),
                money(one.gross, one.currency),
                money(one.open.unwrap_or(0), one.currency),
                i32::from(one.imported).to_string(),
            ];
            writer.write_record(record).map_err(Error::internal)?;
        }
    }
}

/// The entries of all ledgers of some days, as CSV for accounting: payments, what they settled, what was given up.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn export_ledger(app: &App, agent: &Agent, from: Date, to: Date) -> Result<String> {
    agent.require(Permission::ReceivablesView)?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head =
        ["id", "day", "kind", "customer_id", "currency", "amount", "source", "target", "label", "reason"];
    writer.write_record(head).map_err(Error::internal)?;
    let mut after = (from, LedgerId::from_uuid(uuid::Uuid::nil()));
    loop {
        let page: Vec<Entry> = app
            .store
            .read::<_, store::Error, _>(agent.desk, move |tx| {
                Box::pin(async move { kept::ledger::of_period(tx, (from, to), after, CHUNK).await })
            })
            .await?;
        let Some(last) = page.last() else { return finished(writer) };
        after = (last.day, last.id);
        for one in &page {
            let id = |id: Option<LedgerId>| id.map(|id| id.to_string()).unwrap_or_default();
            let record = [
                one.id.to_string(),
                one.day.to_string(),
                one.kind.to_string(),
                one.customer.to_string(),
                one.currency.to_string(),
                money(one.amount, one.currency),
                id(one.source),
                id(one.target),
                cell(&one.label),
                cell(&one.reason),
            ];
            writer.write_record(record).map_err(Error::internal)?;
        }
    }
}
