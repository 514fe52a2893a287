//! What customers owe: who they are on paper, their invoices and credit notes.

pub mod bank;
pub mod ledger;
pub mod prices;

use domain::{
    document::Document,
    id::{ContactId, CustomerId, InvoiceId},
    lang::Lang,
    money::Currency,
    receivable::{
        invoice::{Kind, Line, State, Vat},
        party::{Buyer, Seller},
    },
};
use jiff::{Timestamp, civil::Date};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Error, Json, Tx, Value, blob::Hash, params, people::changed, record, sql};

/// The desk on its invoices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SellerData {
    /// Who it is.
    pub seller: Seller,
    /// Within how many days customers pay, if nothing else was agreed.
    pub days: u16,
    /// How the numbers of invoices begin; `{year}` is the year of issue.
    pub invoices: String,
    /// How those of credit notes begin.
    pub credit_notes: String,
    /// The currency of a new invoice.
    pub currency: Currency,
    /// The country's rate of VAT, in percent; none before somebody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Decimal>,
}

/// A customer on its invoices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BuyerData {
    /// Who it is.
    pub buyer: Buyer,
    /// Within how many days it pays; none is as the desk says.
    pub days: Option<u16>,
    /// The currency of its invoices; none is the desk's.
    pub currency: Option<Currency>,
    /// The language of its invoices; none is the customer's.
    pub lang: Option<Lang>,
    /// The VAT of its lines; none is what follows from who sells and who buys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat: Option<Vat>,
}

record! {
    /// An invoice, or a credit note.
    pub struct Invoice {
        /// Its id.
        pub id: InvoiceId,
        /// Whose.
        pub customer: CustomerId,
        /// Which of the two.
        pub kind: Kind,
        /// Where it stands.
        pub state: State,
        /// The currency of all its amounts.
        pub currency: Currency,
        /// The language in which it is written.
        pub lang: Lang,
        /// Its lines.
        pub lines: Json<Vec<Line>>,
        /// What stands above the lines.
        pub note: String,
        /// The invoice that it corrects.
        pub corrects: Option<InvoiceId>,
        /// Without VAT, in minor units.
        pub net: i64,
        /// The VAT.
        pub tax: i64,
        /// With it.
        pub gross: i64,
        /// Its number as it is printed.
        pub label: Option<String>,
        /// Whether it came from the partner's own accounting.
        pub imported: bool,
        /// When it was issued, by the desk's calendar.
        pub issued_on: Option<Date>,
        /// When it is due, by the customer's.
        pub due_on: Option<Date>,
        /// Who sold.
        pub seller: Option<Json<Seller>>,
        /// Who bought.
        pub buyer: Option<Json<Buyer>>,
        /// The text for people.
        pub document: Option<Json<Document>>,
        /// The PDF that was made of it.
        pub pdf: Option<Hash>,
        /// The XML that was made of it.
        pub xml: Option<Hash>,
        /// Rises with every change of a draft.
        pub version: i64,
        /// Since when.
        pub created_at: Timestamp,
        /// When it was issued.
        pub issued_at: Option<Timestamp>,
    }

    /// An invoice in a list.
    pub struct Listed {
        /// Its id.
        pub id: InvoiceId,
        /// Whose.
        pub customer: CustomerId,
        /// The customer's name.
        pub customer_name: String,
        /// Which of the two.
        pub kind: Kind,
        /// Where it stands.
        pub state: State,
        /// The currency.
        pub currency: Currency,
        /// Without VAT, in minor units.
        pub net: i64,
        /// The VAT.
        pub tax: i64,
        /// With it.
        pub gross: i64,
        /// Its number.
        pub label: Option<String>,
        /// Whether it came from the partner's own accounting.
        pub imported: bool,
        /// When it was issued.
        pub issued_on: Option<Date>,
        /// When it is due.
        pub due_on: Option<Date>,
        /// What of it is open; none when nothing is.
        pub open: Option<i64>,
        /// The customer's zone, by its IANA name.
        pub timezone: String,
    }
}

macro_rules! invoice {
    ($rest:literal) => {
        concat!(
            "SELECT id, customer_id, kind, state, currency, lang, lines, note, corrects, net, tax, gross, label, imported, \
             issued_on, due_on, seller, buyer, document, pdf, xml, version, created_at, issued_at FROM invoices \
             WHERE desk_id = $1 ",
            $rest
        )
    };
}
macro_rules! listed {
    ($rest:literal) => {
        concat!(
            "SELECT i.id, i.customer_id, c.name, i.kind, i.state, i.currency, i.net, i.tax, i.gross, i.label, i.imported, \
             i.issued_on, i.due_on, o.amount, c.timezone FROM invoices i \
             JOIN customers c ON c.desk_id = $1 AND c.id = i.customer_id \
             LEFT JOIN open_items o ON o.desk_id = $1 AND o.customer_id = i.customer_id AND o.invoice_id = i.id \
             WHERE i.desk_id = $1 ",
            $rest
        )
    };
}

sql! {
    desk SELLER = "SELECT data, version FROM seller WHERE desk_id = $1";
    desk ADD_SELLER = "INSERT INTO seller (desk_id, data) VALUES ($1, $2)";
    desk SET_SELLER = "UPDATE seller SET data = $2, version = version + 1 WHERE desk_id = $1 AND version = $3";
    desk BUYER = "SELECT data, version FROM buyers WHERE desk_id = $1 AND customer_id = $2";
    desk BUYERS = "SELECT b.customer_id, c.name, b.data FROM buyers b \
        JOIN customers c ON c.desk_id = $1 AND c.id = b.customer_id WHERE b.desk_id = $1 ORDER BY c.name_key, c.id LIMIT 20000";
    desk ADD_BUYER = "INSERT INTO buyers (desk_id, customer_id, data) VALUES ($1, $2, $3)";
    desk SET_BUYER = "UPDATE buyers SET data = $3, version = version + 1 \
        WHERE desk_id = $1 AND customer_id = $2 AND version = $4";
    desk CONTACTS = "SELECT contact_id FROM billing_contacts WHERE desk_id = $1 AND customer_id = $2 ORDER BY contact_id";
    desk CLEAR_CONTACTS = "DELETE FROM billing_contacts WHERE desk_id = $1 AND customer_id = $2";
    desk ADD_CONTACT = "INSERT INTO billing_contacts (desk_id, customer_id, contact_id) VALUES ($1, $2, $3) \
        ON CONFLICT (desk_id, customer_id, contact_id) DO NOTHING";
    desk CUSTOMERS_OF = "SELECT b.customer_id FROM billing_contacts b \
        JOIN affiliations f ON f.desk_id = $1 AND f.contact_id = b.contact_id AND f.customer_id = b.customer_id \
        WHERE b.desk_id = $1 AND b.contact_id = $2 ORDER BY b.customer_id";
    desk ADD = "INSERT INTO invoices (desk_id, id, customer_id, kind, state, currency, lang, lines, note, corrects, net, tax, \
        gross, label, imported, issued_on, due_on, seller, buyer, document, created_at, issued_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)";
    desk CHANGE = "UPDATE invoices SET currency = $3, lang = $4, lines = $5, note = $6, net = $7, tax = $8, gross = $9, \
        version = version + 1 WHERE desk_id = $1 AND id = $2 AND version = $10 AND state = 'draft'";
    desk ISSUE = "UPDATE invoices SET state = 'issued', label = $3, issued_on = $4, due_on = $5, seller = $6, buyer = $7, \
        document = $8, issued_at = $9, version = version + 1 WHERE desk_id = $1 AND id = $2 AND version = $10 \
        AND state = 'draft'";
    desk REMOVE = "DELETE FROM invoices WHERE desk_id = $1 AND id = $2 AND version = $3 AND state = 'draft'";
    desk FILES = "UPDATE invoices SET pdf = $3, xml = $4 WHERE desk_id = $1 AND id = $2";
    desk GET = invoice!("AND id = $2");
    desk BY_LABEL = invoice!("AND label = $2");
    desk DRAFT_OF = invoice!("AND customer_id = $2 AND currency = $3 AND state = 'draft' AND kind = 'invoice' \
        ORDER BY id LIMIT 1");
    desk CREDITS_OF = invoice!("AND corrects = $2 ORDER BY id LIMIT 200");
    desk LIST = listed!("AND i.id < $2 AND (CAST($3 AS TEXT) IS NULL OR i.state = $3) \
        AND (CAST($4 AS BIGINT) IS NULL OR o.amount IS NOT NULL) ORDER BY i.id DESC LIMIT $5");
    desk OF_CUSTOMER = listed!("AND i.customer_id = $2 AND i.state = $3 ORDER BY i.id DESC LIMIT 500");
    desk PERIOD = listed!("AND i.state = 'issued' AND i.issued_on >= $2 AND i.issued_on <= $3 AND i.id > $4 \
        ORDER BY i.id LIMIT $5");
    desk CLAIM = "INSERT INTO invoice_origins (desk_id, origin, invoice_id) VALUES ($1, $2, $3) \
        ON CONFLICT (desk_id, origin) DO NOTHING";
    desk CLEAR_ORIGINS = "DELETE FROM invoice_origins WHERE desk_id = $1 AND invoice_id = $2";
    desk OF_ORIGIN = "SELECT invoice_id FROM invoice_origins WHERE desk_id = $1 AND origin = $2";
    desk NEXT = "INSERT INTO invoice_series (desk_id, series, next) VALUES ($1, $2, 2) \
        ON CONFLICT (desk_id, series) DO UPDATE SET next = invoice_series.next + 1 RETURNING next";
    desk MAILED = "INSERT INTO invoice_mails (desk_id, invoice_id, contact_id, at) VALUES ($1, $2, $3, $4)";
    desk MAILS = "SELECT contact_id, at FROM invoice_mails WHERE desk_id = $1 AND invoice_id = $2 ORDER BY at, contact_id";
}

/// The desk on its invoices, and the version; none before somebody said.
///
/// # Errors
/// As the database says.
pub async fn seller(tx: &mut Tx) -> Result<Option<(SellerData, i64)>, Error> {
    let row: Option<(Json<SellerData>, i64)> = tx.query_opt(&SELLER, &[]).await?;
    Ok(row.map(|(Json(data), version)| (data, version)))
}

/// Says who the desk is, over the version that was read; none is the first.
///
/// # Errors
/// [`Error::Stale`].
pub async fn set_seller(tx: &mut Tx, data: &SellerData, version: Option<i64>) -> Result<(), Error> {
    let json = Value::json(data)?;
    match version {
        Some(version) => changed(tx.execute(&SET_SELLER, params![json, version]).await?),
        None => first(tx.execute(&ADD_SELLER, params![json]).await, "seller", "desk_id"),
    }
}

/// Somebody else was first: what was read is old.
fn first(added: Result<u64, Error>, table: &str, column: &str) -> Result<(), Error> {
    match added {
        Err(error) if error.is_taken(table, column) => Err(Error::Stale),
        other => other.map(drop),
    }
}

/// A customer on its invoices, and the version; none before somebody said.
///
/// # Errors
/// As the database says.
pub async fn buyer(tx: &mut Tx, customer: CustomerId) -> Result<Option<(BuyerData, i64)>, Error> {
    let row: Option<(Json<BuyerData>, i64)> = tx.query_opt(&BUYER, params![customer]).await?;
    Ok(row.map(|(Json(data), version)| (data, version)))
}

/// Every customer that has one, by name; at most 20,000.
///
/// # Errors
/// As the database says.
pub async fn buyers(tx: &mut Tx) -> Result<Vec<(CustomerId, String, BuyerData)>, Error> {
    let rows: Vec<(CustomerId, String, Json<BuyerData>)> = tx.query(&BUYERS, &[]).await?;
    Ok(rows.into_iter().map(|(id, name, Json(data))| (id, name, data)).collect())
}

/// Says who a customer is, over the version that was read; none is the first.
///
/// # Errors
/// [`Error::Stale`].
pub async fn set_buyer(
    tx: &mut Tx,
    customer: CustomerId,
    data: &BuyerData,
    version: Option<i64>,
) -> Result<(), Error> {
    let json = Value::json(data)?;
    match version {
        Some(version) => changed(tx.execute(&SET_BUYER, params![customer, json, version]).await?),
        None => first(tx.execute(&ADD_BUYER, params![customer, json]).await, "buyers", "customer_id"),
    }
}

/// Who gets a customer's invoices.
///
/// # Errors
/// As the database says.
pub async fn contacts(tx: &mut Tx, customer: CustomerId) -> Result<Vec<ContactId>, Error> {
    let rows: Vec<(ContactId,)> = tx.query(&CONTACTS, params![customer]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Says who gets a customer's invoices.
///
/// # Errors
/// As the database says.
pub async fn set_contacts(tx: &mut Tx, customer: CustomerId, contacts: &[ContactId]) -> Result<(), Error> {
    tx.execute(&CLEAR_CONTACTS, params![customer]).await?;
    for contact in contacts {
        tx.execute(&ADD_CONTACT, params![customer, contact]).await?;
    }
    Ok(())
}

/// The customers whose invoices a contact gets, as long as it belongs to them.
///
/// # Errors
/// As the database says.
pub async fn customers_of(tx: &mut Tx, contact: ContactId) -> Result<Vec<CustomerId>, Error> {
    let rows: Vec<(CustomerId,)> = tx.query(&CUSTOMERS_OF, params![contact]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Adds an invoice.
///
/// # Errors
/// Its number is taken: [`Error::is_taken`] of `label`.
pub async fn add(tx: &mut Tx, i: &Invoice) -> Result<(), Error> {
    let seller = i.seller.as_ref().map(|Json(seller)| Value::json(seller)).transpose()?;
    let buyer = i.buyer.as_ref().map(|Json(buyer)| Value::json(buyer)).transpose()?;
    let document = i.document.as_ref().map(|Json(document)| Value::json(document)).transpose()?;
    let lines = Value::json(&i.lines.0)?;
    let params = params![
        i.id,
        i.customer,
        i.kind,
        i.state,
        i.currency,
        i.lang,
        lines,
        i.note,
        i.corrects,
        i.net,
        i.tax,
        i.gross,
        i.label,
        i.imported,
        i.issued_on,
        i.due_on,
        seller,
        buyer,
        document,
        i.created_at,
        i.issued_at
    ];
    tx.execute(&ADD, params).await.map(drop)
}

/// Changes a draft, over the version that was read.
///
/// # Errors
/// [`Error::Stale`], also if it is no draft any more.
pub async fn change(tx: &mut Tx, i: &Invoice) -> Result<(), Error> {
    let lines = Value::json(&i.lines.0)?;
    let params = params![i.id, i.currency, i.lang, lines, i.note, i.net, i.tax, i.gross, i.version];
    changed(tx.execute(&CHANGE, params).await?)
}

/// Issues a draft, over the version that was read: writes its number, days, parties and text.
///
/// # Errors
/// [`Error::Stale`]; its number is taken.
pub async fn issue(tx: &mut Tx, i: &Invoice) -> Result<(), Error> {
    let seller = i.seller.as_ref().map(|Json(seller)| Value::json(seller)).transpose()?;
    let buyer = i.buyer.as_ref().map(|Json(buyer)| Value::json(buyer)).transpose()?;
    let document = i.document.as_ref().map(|Json(document)| Value::json(document)).transpose()?;
    let params =
        params![i.id, i.label, i.issued_on, i.due_on, seller, buyer, document, i.issued_at, i.version];
    changed(tx.execute(&ISSUE, params).await?)
}

/// Throws a draft away.
///
/// # Errors
/// [`Error::Stale`].
pub async fn remove(tx: &mut Tx, id: InvoiceId, version: i64) -> Result<(), Error> {
    tx.execute(&CLEAR_ORIGINS, params![id]).await?;
    changed(tx.execute(&REMOVE, params![id, version]).await?)
}

/// Notes the files that were made of an issued one.
///
/// # Errors
/// As the database says.
pub async fn set_files(
    tx: &mut Tx,
    id: InvoiceId,
    pdf: Option<Hash>,
    xml: Option<Hash>,
) -> Result<(), Error> {
    tx.execute(&FILES, params![id, pdf, xml]).await.map(drop)
}

/// One invoice.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: InvoiceId) -> Result<Option<Invoice>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// One invoice by its number.
///
/// # Errors
/// As the database says.
pub async fn by_label(tx: &mut Tx, label: &str) -> Result<Option<Invoice>, Error> {
    tx.query_opt(&BY_LABEL, params![label]).await
}

/// The oldest draft of a customer in a currency.
///
/// # Errors
/// As the database says.
pub async fn draft_of(
    tx: &mut Tx,
    customer: CustomerId,
    currency: Currency,
) -> Result<Option<Invoice>, Error> {
    tx.query_opt(&DRAFT_OF, params![customer, currency]).await
}

/// The credit notes that correct an invoice, drafts too.
///
/// # Errors
/// As the database says.
pub async fn credits_of(tx: &mut Tx, id: InvoiceId) -> Result<Vec<Invoice>, Error> {
    tx.query(&CREDITS_OF, params![id]).await
}

/// Invoices of the whole desk before one, the newest first: those in a state, and those of which something is open.
///
/// # Errors
/// As the database says.
pub async fn list(
    tx: &mut Tx,
    before: InvoiceId,
    state: Option<State>,
    open_only: bool,
    limit: i64,
) -> Result<Vec<Listed>, Error> {
    let open = open_only.then_some(1_i64);
    tx.query(&LIST, params![before, state, open, limit]).await
}

/// Invoices of a customer in a state, the newest first; at most 500.
///
/// # Errors
/// As the database says.
pub async fn of_customer(tx: &mut Tx, customer: CustomerId, state: State) -> Result<Vec<Listed>, Error> {
    tx.query(&OF_CUSTOMER, params![customer, state]).await
}

/// Issued invoices of some days after one, in the order in which they were begun.
///
/// # Errors
/// As the database says.
pub async fn of_period(
    tx: &mut Tx,
    from: Date,
    to: Date,
    after: InvoiceId,
    limit: i64,
) -> Result<Vec<Listed>, Error> {
    tx.query(&PERIOD, params![from, to, after, limit]).await
}

/// Notes that something stands on an invoice; whether it stood on none.
///
/// # Errors
/// As the database says.
pub async fn claim(tx: &mut Tx, origin: &str, id: InvoiceId) -> Result<bool, Error> {
    Ok(tx.execute(&CLAIM, params![origin, id]).await? > 0)
}

/// Forgets what stands on an invoice.
///
/// # Errors
/// As the database says.
pub async fn clear_origins(tx: &mut Tx, id: InvoiceId) -> Result<(), Error> {
    tx.execute(&CLEAR_ORIGINS, params![id]).await.map(drop)
}

/// The invoice on which something stands.
///
/// # Errors
/// As the database says.
pub async fn of_origin(tx: &mut Tx, origin: &str) -> Result<Option<InvoiceId>, Error> {
    Ok(tx.query_opt::<(InvoiceId,)>(&OF_ORIGIN, params![origin]).await?.map(|(id,)| id))
}

/// Takes the next number of a series, from 1. It is given back if the transaction fails: take it last, so that others wait
/// shortly.
///
/// # Errors
/// As the database says.
pub async fn next_number(tx: &mut Tx, series: &str) -> Result<i64, Error> {
    let (next,): (i64,) = tx.query_one(&NEXT, params![series]).await?;
    Ok(next - 1)
}

/// Notes that an invoice is mailed to a contact.
///
/// # Errors
/// As the database says.
pub async fn mailed(tx: &mut Tx, id: InvoiceId, to: ContactId, at: Timestamp) -> Result<(), Error> {
    tx.execute(&MAILED, params![id, to, at]).await.map(drop)
}

/// To whom an invoice was mailed, and when.
///
/// # Errors
/// As the database says.
pub async fn mails(tx: &mut Tx, id: InvoiceId) -> Result<Vec<(ContactId, Timestamp)>, Error> {
    tx.query(&MAILS, params![id]).await
}
