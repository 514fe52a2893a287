//! Files of an invoice: tables whose lines are taken, documents, and tables that nobody can read.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    access::Permission,
    billing::{
        invoice::Sums,
        line::{Layout, Line},
    },
    deed::Deed,
    id::{SupplierFileId, SupplierInvoiceId},
    money::Currency,
    words,
};
use rust_decimal::Decimal;
use serde_json::json;
use store::{
    Json, Tx,
    payables::{self, Content, Invoice, Lines, Share, SupplierFile, Trouble},
    records,
};

use super::table::{self, Table};
use crate::{Agent, App, Error, Result, audit, error::line as one_line};

/// The largest file, in bytes.
pub const MOST_BYTES: usize = 30 << 20;
/// The longest name of a file, in characters.
const NAME: usize = 200;
/// So many lines of one customer stand in a row.
const IN_ROW: usize = 200;
/// The most files of an invoice.
const FILES: usize = 200;

words! {
    /// What is done with a table in which rows are broken.
    pub enum Broken {
        /// Nothing of it is imported.
        Nothing = "nothing",
        /// Everything else is.
        Rest = "rest",
    }
}

/// What became of a file.
#[derive(Clone, Debug)]
pub enum Imported {
    /// It is kept: its lines, a document, or a table that nobody can read.
    Kept(Box<SupplierFile>),
    /// It was here already: nothing happened.
    Twice(SupplierFileId),
    /// Rows are broken, and so nothing of it was taken.
    Refused(Option<Layout>, Trouble),
}

/// Imports a file of an invoice. The same content has no second effect.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`] for a file that is too large or empty.
pub async fn import(
    app: &App,
    agent: &Agent,
    id: SupplierInvoiceId,
    name: &str,
    bytes: Vec<u8>,
    broken: Broken,
) -> Result<Imported> {
    agent.require(Permission::PayablesManage)?;
    let name = one_line("file", name, NAME)?;
    if bytes.is_empty() {
        return Err(Error::invalid("file", "required"));
    }
    if bytes.len() > MOST_BYTES {
        return Err(Error::invalid("file", "too-large"));
    }
    let invoice = app
        .store
        .read(agent.desk, move |tx| {
            Box::pin(async move { payables::get(tx, id).await?.ok_or(Error::NotFound("invoice")) })
        })
        .await?;
    let body = Arc::new(bytes);
    let read = {
        let (body, number) = (body.clone(), invoice.number.clone());
        let reading =
            move || if body.starts_with(b"%PDF-") { None } else { Some(table::read(&body, &number)) };
        tokio::task::spawn_blocking(reading).await.map_err(Error::internal)?
    };
    let (content, layout, lines, trouble) = match read {
        None => (Content::Document, None, Vec::new(), Trouble::default()),
        Some(Table::TooLong) => return Err(Error::invalid("file", "too-many")),
        Some(Table::Unknown(layout, trouble)) => (Content::Unknown, layout, Vec::new(), trouble),
        Some(Table::Lines(layout, lines, trouble)) => {
            if trouble.rows > 0 && (broken == Broken::Nothing || lines.is_empty()) {
                return Ok(Imported::Refused(Some(layout), trouble));
            }
            (Content::Lines, Some(layout), lines, trouble)
        }
    };
    let now = app.now();
    let mut ids = app.ids(now);
    let size = i64::try_from(body.len()).unwrap_or(i64::MAX);
    // The reading is over: nobody else holds the bytes.
    let bytes = Arc::try_unwrap(body).unwrap_or_else(|shared| (*shared).clone());
    let prepared = app.blobs.prepare(agent.desk, bytes).await?;
    let file = SupplierFile {
        id: ids.next(SupplierFileId::new),
        invoice: id,
        hash: prepared.hash(),
        name,
        size,
        content,
        layout,
        lines: i64::try_from(lines.len()).unwrap_or(i64::MAX),
        trouble: Json(trouble),
        agent: agent.id,
        at: now,
    };
    let data = json!({ "file": file.id, "lines": file.lines });
    let act = audit::act(&mut ids, now, agent.actor(), Deed::PayableImport, &id, data);
    let rows = Arc::new(by_customer(lines));
    app.store
        .write(agent.desk, move |tx| {
            let (file, act, rows, prepared) = (file.clone(), act.clone(), rows.clone(), prepared.clone());
            Box::pin(async move {
                if let Some(there) = payables::file_by_hash(tx, file.hash).await? {
                    return Ok(Imported::Twice(there.id));
                }
                let invoice = payables::get(tx, id).await?.ok_or(Error::NotFound("invoice"))?;
                if payables::files(tx, id).await?.len() >= FILES {
                    return Err(Error::Refused("too-many"));
                }
                store::blob::put(tx, now, &prepared).await?;
                payables::add_file(tx, &file).await?;
                if !rows.is_empty() {
                    keep(tx, invoice, &file, &rows).await?;
                }
                records::audit(tx, &act).await?;
                Ok(Imported::Kept(Box::new(file)))
            })
        })
        .await
}

/// Lines customer by customer, some hundred at once, in the order of the file.
fn by_customer(lines: Vec<Line>) -> Vec<(String, Vec<Line>)> {
    let mut all: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for line in lines {
        all.entry(line.customer.clone()).or_default().push(line);
    }
    let mut rows = Vec::new();
    for (customer, lines) in all {
        rows.extend(lines.chunks(IN_ROW).map(|chunk| (customer.clone(), chunk.to_vec())));
    }
    rows
}

/// Writes lines below their invoice, with what they are together.
async fn keep(
    tx: &mut Tx,
    mut invoice: Invoice,
    file: &SupplierFile,
    rows: &[(String, Vec<Line>)],
) -> Result<()> {
    let mut first = payables::highest(tx, invoice.id).await? + 1;
    let mut tally = Tally::of(&invoice, &payables::shares(tx, invoice.id).await?)?;
    for (customer, lines) in rows {
        let last = first + i64::try_from(lines.len()).unwrap_or(0) - 1;
        lines.iter().try_for_each(|line| tally.add(line))?;
        let row = Lines {
            invoice: invoice.id,
            first,
            last,
            file: file.id,
            customer: customer.clone(),
            lines: Json(lines.clone()),
        };
        payables::add_lines(tx, &row).await?;
        first = last + 1;
    }
    tally.write(tx, &mut invoice).await
}

/// What lines are together, and for whom.
struct Tally {
    currency: Currency,
    sums: Sums,
    lines: i64,
    shares: BTreeMap<(String, Currency), (String, i64, Decimal)>,
}

/// Sums that cannot be counted.
const fn uncountable() -> Error {
    Error::invalid("file", "not-an-amount")
}

impl Tally {
    fn of(invoice: &Invoice, shares: &[Share]) -> Result<Self> {
        let mut all = BTreeMap::new();
        for share in shares {
            let total = share.total.parse::<Decimal>().map_err(Error::internal)?;
            all.insert((share.customer.clone(), share.currency), (share.name.clone(), share.lines, total));
        }
        Ok(Self { currency: invoice.currency, sums: invoice.sums.0, lines: invoice.lines, shares: all })
    }

    fn add(&mut self, line: &Line) -> Result<()> {
        self.lines += 1;
        // A line that only details another one adds nothing.
        let Some(counted) = line.counts else { return Ok(()) };
        let one = if line.currency == self.currency {
            Sums { lines: 1, counted, tax: line.tax, discount: line.discount, foreign: 0 }
        } else {
            Sums { foreign: 1, ..Sums::default() }
        };
        self.sums = self.sums.plus(one).ok_or_else(uncountable)?;
        let share = self.shares.entry((line.customer.clone(), line.currency)).or_default();
        if !line.customer_name.is_empty() {
            share.0.clone_from(&line.customer_name);
        }
        share.1 += 1;
        share.2 = share.2.checked_add(line.total).ok_or_else(uncountable)?;
        Ok(())
    }

    async fn write(self, tx: &mut Tx, invoice: &mut Invoice) -> Result<()> {
        (invoice.sums, invoice.lines) = (Json(self.sums), self.lines);
        payables::update(tx, invoice).await?;
        for ((customer, currency), (name, lines, total)) in self.shares {
            let share = Share { customer, currency, name, lines, total: total.to_string() };
            payables::put_share(tx, invoice.id, &share).await?;
        }
        Ok(())
    }
}

/// Removes a file from its invoice, with its lines. Its content stays in the store.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn remove_file(
    app: &App,
    agent: &Agent,
    id: SupplierInvoiceId,
    file: SupplierFileId,
) -> Result<()> {
    agent.require(Permission::PayablesManage)?;
    let now = app.now();
    let data = json!({ "file": file });
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::PayableRemove, &id, data);
    app.store
        .write(agent.desk, move |tx| {
            let act = act.clone();
            Box::pin(async move {
                let mut invoice = payables::get(tx, id).await?.ok_or(Error::NotFound("invoice"))?;
                let found = payables::file(tx, file).await?.filter(|found| found.invoice == id);
                payables::drop_file(tx, &found.ok_or(Error::NotFound("file"))?).await?;
                payables::drop_shares(tx, id).await?;
                (invoice.sums, invoice.lines) = (Json(Sums::default()), 0);
                let mut tally = Tally::of(&invoice, &[])?;
                let mut after = 0;
                loop {
                    let rows = payables::lines_after(tx, id, after, 100).await?;
                    let Some(last) = rows.last().map(|row| row.last) else { break };
                    rows.iter().flat_map(|row| &row.lines.0).try_for_each(|line| tally.add(line))?;
                    after = last;
                }
                tally.write(tx, &mut invoice).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}

/// A file of an invoice as it was handed in: its name and its bytes.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn document(
    app: &App,
    agent: &Agent,
    id: SupplierInvoiceId,
    file: SupplierFileId,
) -> Result<(SupplierFile, Vec<u8>)> {
    agent.require(Permission::PayablesView)?;
    let found = app
        .store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let found = payables::file(tx, file).await?.filter(|found| found.invoice == id);
                found.ok_or(Error::NotFound("file"))
            })
        })
        .await?;
    let bytes = app.blobs.get(&app.store, agent.desk, found.hash).await?;
    Ok((found, bytes.ok_or(Error::NotFound("file"))?))
}
