//! What is made of an issued invoice: its PDF and its XML, kept by their content; the mail with them; the portal.

use domain::{
    access::Permission,
    deed::Deed,
    id::{ContactId, DeskId, InvoiceId},
    receivable::invoice::State,
};
use serde_json::json;
use store::{
    parties::Contact as Person,
    queue,
    receivables::{self as kept, Invoice, Listed},
    records,
};

use super::{damaged, ubl};
use crate::{Agent, App, Contact, Error, Result, audit, jobs};

/// The files of an issued invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// What they are called, without an extension.
    pub name: String,
    /// The PDF; none where nothing here prints it.
    pub pdf: Option<Vec<u8>>,
    /// The invoice as Peppol BIS Billing 3; none while an electronic address of the two is not known.
    pub xml: Option<Vec<u8>>,
}

/// The files of an issued invoice.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`] for a draft and an import.
pub async fn files(app: &App, agent: &Agent, id: InvoiceId) -> Result<Files> {
    agent.require(Permission::ReceivablesView)?;
    print(app, agent.desk, id).await.map(|(files, _)| files)
}

/// The files of an issued invoice: as they were kept, or else made and kept now.
pub(crate) async fn print(app: &App, desk: DeskId, id: InvoiceId) -> Result<(Files, Invoice)> {
    let (invoice, corrects) = app
        .store
        .read(desk, move |tx| {
            Box::pin(async move {
                let found =
                    kept::get(tx, id).await?.filter(|one| one.state == State::Issued && !one.imported);
                let found = found.ok_or(Error::NotFound("invoice"))?;
                let corrects = match found.corrects {
                    Some(other) => kept::get(tx, other).await?.and_then(|o| Some((o.label?, o.issued_on?))),
                    None => None,
                };
                Ok::<_, Error>((found, corrects))
            })
        })
        .await?;
    let name = invoice.label.clone().ok_or_else(|| damaged("no number"))?;
    let mut pdf = match invoice.pdf {
        Some(hash) => app.blobs.get(&app.store, desk, hash).await?,
        None => None,
    };
    let mut xml = match invoice.xml {
        Some(hash) => app.blobs.get(&app.store, desk, hash).await?,
        None => None,
    };
    if pdf.is_none() {
        let document = super::stored(invoice.document.as_ref(), "no text")?;
        pdf = match app.print(document).await {
            Ok(bytes) => Some(bytes),
            Err(Error::Refused(_) | Error::Unavailable(_)) => None,
            Err(error) => return Err(error),
        };
    }
    if xml.is_none() {
        xml = ubl::write(&invoice, corrects.as_ref().map(|(label, day)| (label.as_str(), *day)))?;
    }
    let files = Files { name, pdf, xml };
    keep(app, desk, &invoice, &files).await?;
    Ok((files, invoice))
}

async fn keep(app: &App, desk: DeskId, invoice: &Invoice, files: &Files) -> Result<()> {
    let mut prepared = Vec::new();
    for bytes in [&files.pdf, &files.xml] {
        prepared.push(match bytes {
            Some(bytes) => Some(app.blobs.prepare(desk, bytes.clone()).await?),
            None => None,
        });
    }
    let hash = |n: usize| prepared.get(n).and_then(Option::as_ref).map(store::blob::Prepared::hash);
    let (pdf, xml) = (invoice.pdf.or(hash(0)), invoice.xml.or(hash(1)));
    if (pdf, xml) == (invoice.pdf, invoice.xml) {
        return Ok(());
    }
    let (now, id) = (app.now(), invoice.id);
    app.store
        .write::<_, Error, _>(desk, move |tx| {
            let prepared = prepared.clone();
            Box::pin(async move {
                // Whoever was faster has kept the same bytes.
                let Some(there) = kept::get(tx, id).await? else { return Ok(()) };
                for one in prepared.iter().flatten() {
                    store::blob::put(tx, now, one).await?;
                }
                Ok(kept::set_files(tx, id, there.pdf.or(pdf), there.xml.or(xml)).await?)
            })
        })
        .await
}

/// Mails an issued invoice again to those who get the customer's invoices.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`] for a draft and an import; `no-billing-contact` where nobody gets it.
pub async fn send(app: &App, agent: &Agent, id: InvoiceId) -> Result<()> {
    agent.require(Permission::ReceivablesManage)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let act = audit::act(&mut ids, now, agent.actor(), Deed::InvoiceSend, &id, json!({}));
    let unit = std::sync::Arc::new((act, jobs::invoice(&mut ids, id, now)));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (act, job) = &*unit;
                let found =
                    kept::get(tx, id).await?.filter(|one| one.state == State::Issued && !one.imported);
                let invoice = found.ok_or(Error::NotFound("invoice"))?;
                if kept::contacts(tx, invoice.customer).await?.is_empty() {
                    return Err(Error::Refused("no-billing-contact"));
                }
                queue::enqueue(tx, now, job).await?;
                Ok(records::audit(tx, act).await?)
            })
        })
        .await?;
    app.wake();
    Ok(())
}

/// An invoice on its way to those who get it.
pub(crate) struct ToMail {
    /// Who gets it.
    pub(crate) to: Vec<Person>,
    /// The desk's name.
    pub(crate) desk: String,
    /// The desk's name in addresses.
    pub(crate) slug: String,
}

/// Who gets an invoice: the billing contacts that still belong to the customer and have an address, but those who were mailed
/// by this job already.
pub(crate) async fn to_mail(
    app: &App,
    desk: DeskId,
    invoice: &Invoice,
    since: jiff::Timestamp,
) -> Result<ToMail> {
    let (id, customer) = (invoice.id, invoice.customer);
    app.store
        .read(desk, move |tx| {
            Box::pin(async move {
                let mailed = kept::mails(tx, id).await?;
                let mut to = Vec::new();
                for contact in kept::contacts(tx, customer).await? {
                    let has = mailed.iter().any(|(one, at)| *one == contact && *at >= since);
                    let belongs = kept::customers_of(tx, contact).await?.contains(&customer);
                    if let Some(person) = store::parties::contact(tx, contact).await?
                        && person.email.is_some()
                        && belongs
                        && !has
                    {
                        to.push(person);
                    }
                }
                let own = store::installation::own_desk(tx).await?;
                Ok(ToMail { to, desk: own.name, slug: own.slug })
            })
        })
        .await
}

/// The issued invoices of the customers whose billing contact somebody is, the newest first.
///
/// # Errors
/// As the database says.
pub async fn of_contact(app: &App, contact: &Contact) -> Result<Vec<Listed>> {
    let id = contact.id;
    app.store
        .read(contact.desk, move |tx| {
            Box::pin(async move {
                let mut all = Vec::new();
                for customer in kept::customers_of(tx, id).await? {
                    all.extend(kept::of_customer(tx, customer, State::Issued).await?);
                }
                all.sort_by_key(|one| std::cmp::Reverse((one.issued_on, one.id)));
                Ok(all)
            })
        })
        .await
}

/// The files of an invoice, for a billing contact of its customer.
///
/// # Errors
/// [`Error::NotFound`], also for an invoice of somebody else.
pub async fn files_of(app: &App, contact: &Contact, id: InvoiceId) -> Result<Files> {
    let who: ContactId = contact.id;
    app.store
        .read(contact.desk, move |tx| {
            Box::pin(async move {
                let invoice = kept::get(tx, id).await?.ok_or(Error::NotFound("invoice"))?;
                let theirs = kept::customers_of(tx, who).await?;
                if theirs.contains(&invoice.customer) { Ok(()) } else { Err(Error::NotFound("invoice")) }
            })
        })
        .await?;
    print(app, contact.desk, id).await.map(|(files, _)| files)
}
