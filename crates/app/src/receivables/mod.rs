//! What customers owe: who they are on paper, drafts and what is issued of them, the ledger, what came in at the bank.

mod bank;
mod camt;
mod document;
mod drafts;
mod files;
mod import;
mod issue;
mod ledger;
mod paper;
mod parties;
mod prices;
mod sheet;
mod ubl;

pub use bank::{
    BankFile, Columns, Confirm, Imported, Incoming, Line as BankLine, bank_entry, confirm, ignore,
    import_bank, incoming,
};
use domain::{
    access::Permission,
    id::{ContactId, CustomerId, InvoiceId},
    receivable::invoice::{self, Fault, State, Totals},
};
pub use drafts::{Edit, NewDraft, add_lines, change, create, remove};
pub use files::{Files, files, files_of, of_contact, send};
pub(crate) use files::{ToMail, print, to_mail};
pub use import::{Fate, ImportedInvoices, Row, Rows, export_invoices, export_ledger, import_invoices, rows};
pub use issue::{credit, issue};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
pub use ledger::{
    Aged, Ageing, NewPayment, Of, Settle, account, ageing, allocate, pay, refund, reverse, write_off,
};
pub use paper::{account_pdf, account_pdf_of};
pub use parties::{BuyerOf, buyer, seller, set_buyer, set_seller};
pub(crate) use prices::vat_of;
pub use prices::{Onward, PassOn, add_price_rule, pass_on, pass_on_preview, price_rules, remove_price_rule};
pub use sheet::Fault as RowFault;
use store::{
    Json, Tx, parties as customers, people,
    questions::{self, Asking},
    receivables::{self as kept, Invoice, Listed},
};

use crate::{Agent, App, Error, Result, who::zone};

/// An invoice or credit note, and what there is to know of it.
#[derive(Clone, Debug, PartialEq)]
pub struct One {
    /// Itself.
    pub invoice: Invoice,
    /// The customer's name.
    pub customer_name: String,
    /// Its totals; none for an import, whose lines are not known.
    pub totals: Option<Totals>,
    /// Of a draft: what keeps it from being issued.
    pub faults: Vec<Fault>,
    /// What of it is open, in minor units.
    pub open: i64,
    /// Of a credit note: the number of the invoice that it corrects.
    pub corrects: Option<String>,
    /// The credit notes that correct it.
    pub credits: Vec<Invoice>,
    /// To whom it was mailed, and when.
    pub mails: Vec<(String, Timestamp)>,
    /// Who gets this customer's invoices.
    pub contacts: Vec<ContactId>,
    /// Tickets that ask about its lines, as far as the reader sees them.
    pub asking: Vec<Asking>,
}

/// One invoice or credit note.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn one(app: &App, agent: &Agent, id: InvoiceId) -> Result<One> {
    agent.require(Permission::ReceivablesView)?;
    let reader = agent.reader();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let invoice = kept::get(tx, id).await?.ok_or(Error::NotFound("invoice"))?;
                let customer = customer(tx, invoice.customer).await?;
                let faults =
                    if invoice.state == State::Draft { faults(tx, &invoice).await? } else { Vec::new() };
                let open = kept::ledger::open_of(tx, invoice.customer).await?;
                let open = open.iter().find(|item| item.invoice == Some(id)).map_or(0, |item| item.amount);
                let corrects = match invoice.corrects {
                    Some(other) => kept::get(tx, other).await?.and_then(|other| other.label),
                    None => None,
                };
                let mut mails = Vec::new();
                for (contact, at) in kept::mails(tx, id).await? {
                    let contact = customers::contact(tx, contact).await?;
                    mails.push((contact.map(|contact| contact.name).unwrap_or_default(), at));
                }
                let totals = match invoice.imported {
                    true => None,
                    false => invoice::totals(&invoice.lines.0, invoice.currency).ok(),
                };
                Ok(One {
                    totals,
                    customer_name: customer.name,
                    faults,
                    open,
                    corrects,
                    credits: kept::credits_of(tx, id).await?,
                    mails,
                    contacts: kept::contacts(tx, invoice.customer).await?,
                    asking: questions::asking(tx, reader, id).await?,
                    invoice,
                })
            })
        })
        .await
}

/// What keeps a draft from being issued.
async fn faults(tx: &mut Tx, invoice: &Invoice) -> Result<Vec<Fault>> {
    let seller = kept::seller(tx).await?.map(|(data, _)| data.seller);
    let buyer = kept::buyer(tx, invoice.customer).await?.map(|(data, _)| data.buyer);
    Ok(invoice::faults(&invoice.lines.0, invoice.currency, seller.as_ref(), buyer.as_ref()))
}

/// Which invoices a list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All of them.
    All,
    /// Those that may still change.
    Drafts,
    /// Those of which something is open.
    Open,
}

/// Invoices of the whole desk before one, the newest first.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn list(
    app: &App,
    agent: &Agent,
    which: Which,
    before: Option<InvoiceId>,
    limit: i64,
) -> Result<Vec<Listed>> {
    agent.require(Permission::ReceivablesView)?;
    let before = before.unwrap_or(InvoiceId::from_uuid(uuid::Uuid::max()));
    let (state, open) = match which {
        Which::All => (None, false),
        Which::Drafts => (Some(State::Draft), false),
        Which::Open => (None, true),
    };
    let limit = limit.clamp(1, 201);
    Ok(app
        .store
        .read::<_, store::Error, _>(agent.desk, move |tx| {
            Box::pin(async move { kept::list(tx, before, state, open, limit).await })
        })
        .await?)
}

async fn customer(tx: &mut Tx, id: CustomerId) -> Result<customers::Customer> {
    customers::customer(tx, id).await?.ok_or(Error::NotFound("customer"))
}

/// Today, by the desk's calendar.
async fn today(tx: &mut Tx, now: Timestamp) -> Result<Date> {
    let (settings, _) = people::settings(tx).await?;
    Ok(day(now, &zone(&settings.timezone)))
}

/// The day of a moment in a zone.
#[must_use]
pub fn day(now: Timestamp, zone: &TimeZone) -> Date {
    now.to_zoned(zone.clone()).date()
}

fn damaged(what: &str) -> Error {
    Error::internal(anyhow::anyhow!("what is kept of an invoice or ledger is not as it was written: {what}"))
}

/// Something stored, if there is something.
fn stored<T>(json: Option<&Json<T>>, what: &str) -> Result<T>
where
    T: Clone,
{
    json.map(|Json(value)| value.clone()).ok_or_else(|| damaged(what))
}
