//! What a billing contact sees of questions about its customer's invoices, and says of them.

use std::sync::Arc;

use domain::{
    deed::Deed,
    id::InvoiceId,
    receivable::question::Step,
    ticket::{
        notice::Occasion,
        timeline::{Actor, Event},
    },
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Tx, collections,
    questions::{self as kept, Asked},
    receivables, records,
    tickets::Ticket,
};

use super::{About, about};
use crate::{App, Contact, Error, Ids, Result, audit, jobs, live, tickets::Hand};

/// A ticket that a contact sees, and the lines about which it asks: none where the contact does not get the invoices.
async fn seen(tx: &mut Tx, contact: &Contact, number: i64) -> Result<(Ticket, Vec<Asked>)> {
    let ticket = store::tickets::by_number(tx, number).await?.ok_or(Error::NotFound("ticket"))?;
    if !store::tickets::contact_sees(tx, contact.id, ticket.id).await? {
        return Err(Error::NotFound("ticket"));
    }
    let theirs = receivables::customers_of(tx, contact.id).await?;
    let mut links = kept::of_ticket(tx, ticket.id).await?;
    links.retain(|link| theirs.contains(&link.customer));
    Ok((ticket, links))
}

/// The lines about which a ticket asks that the contact sees; none where it does not get the invoices.
///
/// # Errors
/// [`Error::NotFound`] for a ticket that is not there or not the contact's to see.
pub async fn of_contact(app: &App, contact: &Contact, number: i64) -> Result<Vec<About>> {
    let contact = Arc::new(contact.clone());
    app.store
        .read(contact.desk, move |tx| {
            let contact = contact.clone();
            Box::pin(async move {
                let (_, links) = seen(tx, &contact, number).await?;
                about(tx, links).await
            })
        })
        .await
}

/// The last lines about which is asked on tickets that the contact sees, of the customers whose invoices it gets; each with the
/// number of its ticket.
///
/// # Errors
/// As the database says.
pub async fn of_customers(app: &App, contact: &Contact) -> Result<Vec<(i64, About)>> {
    let id = contact.id;
    app.store
        .read(contact.desk, move |tx| {
            Box::pin(async move {
                let mut links = Vec::new();
                for customer in receivables::customers_of(tx, id).await? {
                    for link in kept::of_customer(tx, customer).await? {
                        if store::tickets::contact_sees(tx, id, link.ticket).await? {
                            links.push(link);
                        }
                    }
                }
                let mut found = Vec::new();
                for one in about(tx, links).await? {
                    if let Some(ticket) = store::tickets::get(tx, one.ticket).await? {
                        found.push((ticket.number, one));
                    }
                }
                Ok(found)
            })
        })
        .await
}

/// A billing contact says that a line is right.
///
/// # Errors
/// [`Error::NotFound`] for a ticket that it does not see, and a line about which it is not asked or whose invoices it does not
/// get; [`Error::Stale`] if that was said, or the line is disputed.
pub async fn accept(app: &App, contact: &Contact, number: i64, invoice: InvoiceId, line: u32) -> Result<()> {
    let now = app.now();
    let unit = Arc::new((contact.clone(), app.ids(now)));
    let told = app
        .store
        .write(contact.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (contact, ids) = &*unit;
                let (ticket, links) = seen(tx, contact, number).await?;
                let found = links.into_iter().find(|link| (link.invoice, link.line) == (invoice, line));
                let asked = found.ok_or(Error::NotFound("line"))?;
                let disputes = collections::disputes(tx, Some(asked.customer)).await?;
                let held = disputes.iter().filter(|one| one.outcome.is_none());
                if held.into_iter().any(|one| (one.invoice, one.line) == (invoice, line)) {
                    return Err(Error::Stale);
                }
                kept::accept(tx, &asked, contact.id, now).await?;
                let what = json!({ "invoice": invoice, "line": line });
                let (by, deed) = (contact.actor(), Deed::QuestionAccept);
                let mut more = ids.after();
                let act = audit::act(&mut more, now, by, deed, &ticket.id, what);
                records::audit(tx, &act).await?;
                let said = (invoice, line, Step::Accepted);
                tell(tx, &asked, said, by, ids, &mut more, now).await
            })
        })
        .await?;
    told.into_iter().for_each(|change| app.live.tell(change));
    app.wake();
    Ok(())
}

/// On so many tickets that ask about a line a dispute of it is noted.
pub(crate) const TOLD: usize = 20;

/// Notes on the timelines of the tickets that ask about a line that it is disputed, each with ids of its own: [`TOLD`] of them.
pub(crate) async fn disputed(
    tx: &mut Tx,
    by: Actor,
    (invoice, line): (InvoiceId, u32),
    ids: &[Ids],
    now: Timestamp,
) -> Result<Vec<live::Change>> {
    let mut told = Vec::new();
    for (asked, ids) in kept::of_line(tx, invoice, line).await?.iter().zip(ids) {
        told.extend(tell(tx, asked, (invoice, line, Step::Disputed), by, ids, &mut ids.after(), now).await?);
    }
    Ok(told)
}

/// Notes on a ticket's timeline what a contact said of a line, and tells whoever works on it.
async fn tell(
    tx: &mut Tx,
    asked: &Asked,
    (invoice, line, step): (InvoiceId, u32, Step),
    by: Actor,
    ids: &Ids,
    more: &mut Ids,
    now: Timestamp,
) -> Result<Option<live::Change>> {
    let Some(number) = receivables::get(tx, invoice).await?.and_then(|one| one.label) else {
        return Ok(None);
    };
    let mut hand = Hand::take(tx, asked.ticket, ids.clone(), now, by).await?;
    hand.append(Event::Line { number, line, step });
    if let Some(agent) = hand.ticket.assignee {
        let job = jobs::notify(more, asked.ticket, agent, Occasion::Answered, now);
        store::queue::enqueue(tx, now, &job).await?;
    }
    Ok(Some(hand.put(tx, Deed::TicketChange).await?))
}
