//! What a billing contact sees in the portal, and disputes there.

use std::sync::Arc;

use domain::{
    deed::Deed,
    id::{ContactId, CustomerId, DisputeId},
    money::Money,
    receivable::invoice::State,
};
use jiff::civil::Date;
use serde_json::json;
use store::{
    collections::{self as kept, Dispute, Outcome},
    receivables, records,
};

use super::{Held, NewDispute, record, standing_in, sums};
use crate::{App, Contact, Error, Result, audit, error};

/// What a billing contact sees of one of its customers.
#[derive(Clone, Debug)]
pub struct OfContact {
    /// The customer.
    pub id: CustomerId,
    /// Its name.
    pub name: String,
    /// The desk's policy.
    pub held: Held,
    /// What is past due and counts.
    pub overdue: Vec<Money>,
    /// The next stage, and the day on which it comes if nothing changes.
    pub next: Option<(usize, Date)>,
    /// Invoices of which something is open, with their lines.
    pub invoices: Vec<receivables::Invoice>,
    /// What is disputed, and was.
    pub disputes: Vec<Dispute>,
}

/// What a contact sees of the customers whose invoices it gets.
///
/// # Errors
/// As the database says.
pub async fn of_contact(app: &App, contact: &Contact) -> Result<Vec<OfContact>> {
    let (id, now): (ContactId, _) = (contact.id, app.now());
    app.store
        .read(contact.desk, move |tx| {
            Box::pin(async move {
                let mut all = Vec::new();
                for customer in receivables::customers_of(tx, id).await? {
                    let (held, _, standing) = standing_in(tx, customer, now).await?;
                    let due = standing.items.iter().filter(|item| item.days > 0 && item.counts() > 0);
                    let due = due.map(|item| Money { minor: item.counts(), currency: item.currency });
                    let mut invoices = Vec::new();
                    for item in receivables::ledger::open_of(tx, customer).await? {
                        if let Some(invoice) = item.invoice.filter(|_| item.due_on.is_some())
                            && let Some(found) = receivables::get(tx, invoice).await?
                            && found.state == State::Issued
                        {
                            invoices.push(found);
                        }
                    }
                    let name = store::parties::customer(tx, customer).await?.map(|one| one.name);
                    all.push(OfContact {
                        id: customer,
                        name: name.unwrap_or_default(),
                        overdue: sums(due),
                        next: standing.next,
                        held,
                        invoices,
                        disputes: kept::disputes(tx, Some(customer)).await?,
                    });
                }
                Ok(all)
            })
        })
        .await
}

/// A billing contact does not accept a line of an invoice. That line is held, and the rest is not.
///
/// # Errors
/// [`Error::NotFound`], also for an invoice of somebody else; [`Error::Invalid`]; [`Error::Stale`] if the line has a dispute
/// already; `nothing-open` of an invoice that is paid; `dispute-answered` for a line of which we have said that it is owed.
pub async fn dispute_of(app: &App, contact: &Contact, new: NewDispute) -> Result<DisputeId> {
    let reason = error::body("reason", &new.reason, 1_000)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let id = ids.next(DisputeId::new);
    let unit = Arc::new((contact.clone(), new, reason, ids));
    app.store
        .write(contact.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (contact, new, reason, ids) = &*unit;
                let invoice = receivables::get(tx, new.invoice).await?.ok_or(Error::NotFound("invoice"))?;
                if !receivables::customers_of(tx, contact.id).await?.contains(&invoice.customer) {
                    return Err(Error::NotFound("invoice"));
                }
                // What was answered is answered: to have it held again they write to us.
                let answered = |one: &Dispute| {
                    (one.invoice, one.line, one.outcome) == (new.invoice, new.line, Some(Outcome::Rejected))
                };
                if kept::disputes(tx, Some(invoice.customer)).await?.iter().any(answered) {
                    return Err(Error::Refused("dispute-answered"));
                }
                let today = crate::receivables::day(now, &jiff::tz::TimeZone::UTC);
                let row = record::begun(id, invoice.customer, new, reason.clone(), today, now);
                record::open(tx, new, Dispute { contact: Some(contact.id), ..row }).await?;
                let data = json!({ "dispute": id });
                let deed = Deed::DisputeOpen;
                let act = audit::act(&mut ids.clone(), now, contact.actor(), deed, &invoice.customer, data);
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await?;
    Ok(id)
}
