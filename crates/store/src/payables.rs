//! What suppliers bill the desk: invoices, their files and lines, and what was paid.

use domain::{
    billing::{
        invoice::{Kind, Sums},
        layout::Fault,
        line::{Layout, Line},
    },
    id::{AgentId, SupplierFileId, SupplierId, SupplierInvoiceId, SupplierPaymentId},
    money::{Currency, Money},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{Error, Json, Tx, Value, blob::Hash, params, record, sql, stored_words};

domain::words! {
    /// What a file of an invoice is.
    pub enum Content {
        /// A table whose lines were read.
        Lines = "lines",
        /// The invoice itself, as people read it.
        Document = "document",
        /// A table that nobody could read. It is kept.
        Unknown = "unknown",
    }
}

stored_words! { Content }

record! {
    /// An invoice, with what was paid of it.
    pub struct Invoice {
        /// Its id.
        pub id: SupplierInvoiceId,
        /// Whose.
        pub supplier: SupplierId,
        /// The supplier's number.
        pub number: String,
        /// What kind of document it is.
        pub kind: Kind,
        /// The number of the invoice that it takes back or replaces.
        pub amends: Option<String>,
        /// Its date.
        pub dated: Date,
        /// Until when it has to be paid.
        pub due: Date,
        /// The first day that it bills.
        pub begins: Option<Date>,
        /// The last one.
        pub ends: Option<Date>,
        /// Its total, in minor units.
        pub total: i64,
        /// Its currency.
        pub currency: Currency,
        /// What agents should know.
        pub remark: String,
        /// What its lines are together.
        pub sums: Json<Sums>,
        /// How many lines it has.
        pub lines: i64,
        /// Rises with every change.
        pub version: i64,
        /// Since when it is here.
        pub created_at: Timestamp,
        /// What was paid of it, in minor units.
        pub paid: i64,
        /// Whether another document took it back.
        pub is_void: bool,
        /// What the supplier is called.
        pub supplier_name: String,
    }

    /// A file of an invoice.
    pub struct SupplierFile {
        /// Its id.
        pub id: SupplierFileId,
        /// Of which invoice.
        pub invoice: SupplierInvoiceId,
        /// Its content.
        pub hash: Hash,
        /// Its name.
        pub name: String,
        /// Its size in bytes.
        pub size: i64,
        /// What it is.
        pub content: Content,
        /// Its layout, if it has one that we know.
        pub layout: Option<Layout>,
        /// How many lines were taken from it.
        pub lines: i64,
        /// What could not be read.
        pub trouble: Json<Trouble>,
        /// Who handed it in.
        pub agent: AgentId,
        /// When.
        pub at: Timestamp,
    }

    /// Lines of one customer.
    pub struct Lines {
        /// Of which invoice.
        pub invoice: SupplierInvoiceId,
        /// The number of the first within its invoice.
        pub first: i64,
        /// The number of the last.
        pub last: i64,
        /// From which file.
        pub file: SupplierFileId,
        /// For whom: a tenant, or a name.
        pub customer: String,
        /// The lines.
        pub lines: Json<Vec<Line>>,
    }

    /// What of an invoice is for whom.
    pub struct Share {
        /// For whom: a tenant, or a name.
        pub customer: String,
        /// In which currency.
        pub currency: Currency,
        /// What the supplier calls the customer.
        pub name: String,
        /// How many lines.
        pub lines: i64,
        /// The total of the lines: an exact decimal number.
        pub total: String,
    }

    /// What was paid.
    pub struct Payment {
        /// Its id.
        pub id: SupplierPaymentId,
        /// Of which invoice.
        pub invoice: SupplierInvoiceId,
        /// In minor units of the invoice's currency; less than nothing for what was taken back.
        pub amount: i64,
        /// On which day.
        pub paid_on: Date,
        /// By which it is found again.
        pub reference: String,
        /// Who entered it.
        pub agent: AgentId,
        /// When.
        pub at: Timestamp,
    }
}

/// What could not be read of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// The first faults.
    pub faults: Vec<Fault>,
    /// How many rows have one.
    pub rows: u32,
    /// Columns that are needed and not there, or there twice.
    pub columns: Vec<String>,
}

impl Invoice {
    /// Its total.
    #[must_use]
    pub fn money(&self) -> Money {
        Money { minor: self.total, currency: self.currency }
    }
}

macro_rules! invoice {
    ($rest:literal) => {
        concat!(
            "SELECT i.id, i.supplier_id, i.number, i.kind, i.amends, i.dated, i.due, i.begins, i.ends, i.total, \
             i.currency, i.remark, i.sums, i.lines, i.version, i.created_at, \
             CAST(COALESCE((SELECT SUM(p.amount) FROM supplier_payments p \
                 WHERE p.desk_id = i.desk_id AND p.invoice_id = i.id), 0) AS BIGINT), \
             CASE WHEN EXISTS(SELECT 1 FROM supplier_invoices v WHERE v.desk_id = i.desk_id \
                 AND v.supplier_id = i.supplier_id AND v.kind = 'void_note' AND v.amends = i.number) \
                 THEN 1 ELSE 0 END, s.name \
             FROM supplier_invoices i JOIN suppliers s ON s.desk_id = i.desk_id AND s.id = i.supplier_id \
             WHERE i.desk_id = $1 ",
            $rest
        )
    };
}

macro_rules! one_file {
    ($rest:literal) => {
        concat!(
            "SELECT id, invoice_id, hash, name, size, content, layout, lines, trouble, agent_id, at \
             FROM supplier_files WHERE desk_id = $1 ",
            $rest
        )
    };
}

sql! {
    desk ADD = "INSERT INTO supplier_invoices (desk_id, id, supplier_id, number, kind, amends, dated, due, begins, ends, \
        total, currency, remark, sums, lines, version, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    desk UPDATE = "UPDATE supplier_invoices SET due = $3, remark = $4, sums = $5, lines = $6, version = version + 1 \
        WHERE desk_id = $1 AND id = $2 AND version = $7";
    desk GET = invoice!("AND i.id = $2");
    desk BY_NUMBER = invoice!("AND i.supplier_id = $2 AND i.number = $3");
    desk NEWEST = invoice!("AND (i.dated < $2 OR (i.dated = $2 AND i.id < $3)) ORDER BY i.dated DESC, i.id DESC LIMIT $4");
    desk UNPAID = invoice!("AND i.total > COALESCE((SELECT SUM(p.amount) FROM supplier_payments p \
        WHERE p.desk_id = i.desk_id AND p.invoice_id = i.id), 0) AND NOT EXISTS(SELECT 1 FROM supplier_invoices v \
        WHERE v.desk_id = i.desk_id AND v.supplier_id = i.supplier_id AND v.kind = 'void_note' AND v.amends = i.number) \
        ORDER BY i.due, i.id LIMIT $2");
    desk ADD_FILE = "INSERT INTO supplier_files (desk_id, id, invoice_id, hash, name, size, content, layout, lines, \
        trouble, agent_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    desk FILES = one_file!("AND invoice_id = $2 ORDER BY id");
    desk FILE = one_file!("AND id = $2");
    desk FILE_BY_HASH = one_file!("AND hash = $2");
    desk DROP_FILE = "DELETE FROM supplier_files WHERE desk_id = $1 AND id = $2";
    desk ADD_LINES = "INSERT INTO supplier_lines (desk_id, invoice_id, first, last, file_id, customer, lines) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    desk DROP_LINES = "DELETE FROM supplier_lines WHERE desk_id = $1 AND invoice_id = $2 AND file_id = $3";
    desk HIGHEST = "SELECT CAST(COALESCE(MAX(last), 0) AS BIGINT) FROM supplier_lines \
        WHERE desk_id = $1 AND invoice_id = $2";
    desk LINES_AFTER = "SELECT invoice_id, first, last, file_id, customer, lines FROM supplier_lines \
        WHERE desk_id = $1 AND invoice_id = $2 AND last > $3 ORDER BY first LIMIT $4";
    desk LINES_FOR = "SELECT invoice_id, first, last, file_id, customer, lines FROM supplier_lines \
        WHERE desk_id = $1 AND invoice_id = $2 AND customer = $3 AND last > $4 ORDER BY first LIMIT $5";
    desk LINES_BETWEEN = "SELECT l.invoice_id, l.first, l.last, l.file_id, l.customer, l.lines FROM supplier_lines l \
        JOIN supplier_invoices i ON i.desk_id = l.desk_id AND i.id = l.invoice_id \
        WHERE l.desk_id = $1 AND l.customer = $2 AND i.dated >= $3 AND i.dated <= $4 AND i.kind <> 'void_note' \
        AND NOT EXISTS(SELECT 1 FROM supplier_invoices v WHERE v.desk_id = i.desk_id \
            AND v.supplier_id = i.supplier_id AND v.kind = 'void_note' AND v.amends = i.number) \
        ORDER BY l.invoice_id, l.first LIMIT $5";
    desk PUT_SHARE = "INSERT INTO supplier_shares (desk_id, invoice_id, customer, currency, name, lines, total) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (desk_id, invoice_id, customer, currency) \
        DO UPDATE SET name = EXCLUDED.name, lines = EXCLUDED.lines, total = EXCLUDED.total";
    desk SHARES = "SELECT customer, currency, name, lines, total FROM supplier_shares \
        WHERE desk_id = $1 AND invoice_id = $2 ORDER BY customer, currency";
    desk DROP_SHARES = "DELETE FROM supplier_shares WHERE desk_id = $1 AND invoice_id = $2";
    desk ADD_PAYMENT = "INSERT INTO supplier_payments (desk_id, id, invoice_id, amount, paid_on, reference, agent_id, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    desk PAYMENTS = "SELECT id, invoice_id, amount, paid_on, reference, agent_id, at FROM supplier_payments \
        WHERE desk_id = $1 AND invoice_id = $2 ORDER BY id LIMIT 1000";
}

/// Adds an invoice.
///
/// # Errors
/// The supplier has one of this number: [`Error::is_taken`].
pub async fn add(tx: &mut Tx, i: &Invoice) -> Result<(), Error> {
    let sums = Value::json(&i.sums.0)?;
    let params = params![
        i.id,
        i.supplier,
        i.number,
        i.kind,
        i.amends,
        i.dated,
        i.due,
        i.begins,
        i.ends,
        i.total,
        i.currency,
        i.remark,
        sums,
        i.lines,
        i.version,
        i.created_at
    ];
    tx.execute(&ADD, params).await.map(drop)
}

/// Writes what may change of an invoice, at its version.
///
/// # Errors
/// [`Error::Stale`].
pub async fn update(tx: &mut Tx, i: &Invoice) -> Result<(), Error> {
    let sums = Value::json(&i.sums.0)?;
    let rows = tx.execute(&UPDATE, params![i.id, i.due, i.remark, sums, i.lines, i.version]).await?;
    crate::people::changed(rows)
}

/// An invoice.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: SupplierInvoiceId) -> Result<Option<Invoice>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// A supplier's invoice of a number.
///
/// # Errors
/// As the database says.
pub async fn by_number(tx: &mut Tx, supplier: SupplierId, number: &str) -> Result<Option<Invoice>, Error> {
    tx.query_opt(&BY_NUMBER, params![supplier, number]).await
}

/// The invoices before one, by date, the newest first.
///
/// # Errors
/// As the database says.
pub async fn newest(
    tx: &mut Tx,
    before: (Date, SupplierInvoiceId),
    limit: i64,
) -> Result<Vec<Invoice>, Error> {
    tx.query(&NEWEST, params![before.0, before.1, limit]).await
}

/// The invoices of which something is open, the earliest due first.
///
/// # Errors
/// As the database says.
pub async fn unpaid(tx: &mut Tx, limit: i64) -> Result<Vec<Invoice>, Error> {
    tx.query(&UNPAID, params![limit]).await
}

/// Adds a file.
///
/// # Errors
/// The desk has this content: [`Error::is_taken`].
pub async fn add_file(tx: &mut Tx, f: &SupplierFile) -> Result<(), Error> {
    let trouble = Value::json(&f.trouble.0)?;
    let params = params![
        f.id, f.invoice, f.hash, f.name, f.size, f.content, f.layout, f.lines, trouble, f.agent, f.at
    ];
    tx.execute(&ADD_FILE, params).await.map(drop)
}

/// The files of an invoice, the oldest first.
///
/// # Errors
/// As the database says.
pub async fn files(tx: &mut Tx, invoice: SupplierInvoiceId) -> Result<Vec<SupplierFile>, Error> {
    tx.query(&FILES, params![invoice]).await
}

/// A file.
///
/// # Errors
/// As the database says.
pub async fn file(tx: &mut Tx, id: SupplierFileId) -> Result<Option<SupplierFile>, Error> {
    tx.query_opt(&FILE, params![id]).await
}

/// The file of a content.
///
/// # Errors
/// As the database says.
pub async fn file_by_hash(tx: &mut Tx, hash: Hash) -> Result<Option<SupplierFile>, Error> {
    tx.query_opt(&FILE_BY_HASH, params![hash]).await
}

/// Removes a file and its lines from its invoice. Its content is kept.
///
/// # Errors
/// As the database says.
pub async fn drop_file(tx: &mut Tx, file: &SupplierFile) -> Result<(), Error> {
    tx.execute(&DROP_LINES, params![file.invoice, file.id]).await?;
    tx.execute(&DROP_FILE, params![file.id]).await.map(drop)
}

/// Adds lines of one customer.
///
/// # Errors
/// As the database says.
pub async fn add_lines(tx: &mut Tx, l: &Lines) -> Result<(), Error> {
    let lines = Value::json(&l.lines.0)?;
    tx.execute(&ADD_LINES, params![l.invoice, l.first, l.last, l.file, l.customer, lines]).await.map(drop)
}

/// The highest number that a line of an invoice has; 0 if it has none.
///
/// # Errors
/// As the database says.
pub async fn highest(tx: &mut Tx, invoice: SupplierInvoiceId) -> Result<i64, Error> {
    Ok(tx.query_opt::<(i64,)>(&HIGHEST, params![invoice]).await?.map_or(0, |(last,)| last))
}

/// Rows of lines of an invoice that hold numbers after one, in their order.
///
/// # Errors
/// As the database says.
pub async fn lines_after(
    tx: &mut Tx,
    invoice: SupplierInvoiceId,
    after: i64,
    rows: i64,
) -> Result<Vec<Lines>, Error> {
    tx.query(&LINES_AFTER, params![invoice, after, rows]).await
}

/// The same, of one customer.
///
/// # Errors
/// As the database says.
pub async fn lines_for(
    tx: &mut Tx,
    invoice: SupplierInvoiceId,
    customer: &str,
    after: i64,
    rows: i64,
) -> Result<Vec<Lines>, Error> {
    tx.query(&LINES_FOR, params![invoice, customer, after, rows]).await
}

/// Rows of a customer's lines, of invoices of these days that hold.
///
/// # Errors
/// As the database says.
pub async fn lines_between(
    tx: &mut Tx,
    customer: &str,
    days: [Date; 2],
    rows: i64,
) -> Result<Vec<Lines>, Error> {
    tx.query(&LINES_BETWEEN, params![customer, days[0], days[1], rows]).await
}

/// Writes what of an invoice is for whom.
///
/// # Errors
/// As the database says.
pub async fn put_share(tx: &mut Tx, invoice: SupplierInvoiceId, s: &Share) -> Result<(), Error> {
    tx.execute(&PUT_SHARE, params![invoice, s.customer, s.currency, s.name, s.lines, s.total]).await.map(drop)
}

/// What of an invoice is for whom.
///
/// # Errors
/// As the database says.
pub async fn shares(tx: &mut Tx, invoice: SupplierInvoiceId) -> Result<Vec<Share>, Error> {
    tx.query(&SHARES, params![invoice]).await
}

/// Forgets what of an invoice is for whom, to be written again.
///
/// # Errors
/// As the database says.
pub async fn drop_shares(tx: &mut Tx, invoice: SupplierInvoiceId) -> Result<(), Error> {
    tx.execute(&DROP_SHARES, params![invoice]).await.map(drop)
}

/// Adds a payment.
///
/// # Errors
/// As the database says.
pub async fn pay(tx: &mut Tx, p: &Payment) -> Result<(), Error> {
    let params = params![p.id, p.invoice, p.amount, p.paid_on, p.reference, p.agent, p.at];
    tx.execute(&ADD_PAYMENT, params).await.map(drop)
}

/// The payments of an invoice, the oldest first; 1,000 at most.
///
/// # Errors
/// As the database says.
pub async fn payments(tx: &mut Tx, invoice: SupplierInvoiceId) -> Result<Vec<Payment>, Error> {
    tx.query(&PAYMENTS, params![invoice]).await
}
