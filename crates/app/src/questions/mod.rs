//! Questions about invoices: lines of a customer's invoices that a ticket asks about, the draft of an answer, and what the
//! customer says of it. What suppliers bill for such a line is no part of this, but where to find it.

mod contact;

use std::sync::Arc;

pub(crate) use contact::{TOLD, disputed};
pub use contact::{accept, of_contact, of_customers};
use domain::{
    access::{Permission, Visibility},
    deed::Deed,
    id::{CustomerId, InvoiceId, SupplierInvoiceId, TicketId},
    lang::Lang,
    receivable::{
        bank::mentions,
        invoice::{Kind, Origin, State},
        question::{Difference, Explained, Sheet, Step, difference, explain},
    },
    ticket::{kinds, timeline::Event},
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Tx,
    collections::{self, Dispute},
    parties,
    questions::{self as kept, Asked},
    receivables::{self, Invoice, Listed},
    records,
    tickets::Ticket,
};
use text::{Words, question};

use crate::{Agent, App, Error, Result, audit, tickets::Hand};

/// About how many lines one ticket asks at most.
const LINES: usize = 50;
/// In how many of a ticket's last entries numbers of invoices are looked for.
const READ: i64 = 50;
/// How many invoices are offered because they are named, and how many because they are new.
const OFFERED: usize = 3;

/// An invoice about which is asked.
#[derive(Clone, Debug)]
pub struct About {
    /// The ticket.
    pub ticket: TicketId,
    /// The invoice.
    pub invoice: InvoiceId,
    /// What stands on it.
    pub sheet: Sheet,
    /// The one before it, and why that was another amount.
    pub before: Option<(Sheet, Difference)>,
    /// The lines that are asked about.
    pub lines: Vec<Line>,
}

/// A line about which is asked.
#[derive(Clone, Debug)]
pub struct Line {
    /// How it comes to its amount.
    pub explained: Explained,
    /// Who said that it is right, and when.
    pub accepted: Option<(String, Timestamp)>,
    /// Its last dispute.
    pub dispute: Option<Dispute>,
    /// The supplier's invoice on which it stands.
    pub supplier: Option<SupplierInvoiceId>,
}

impl Line {
    /// Whether the customer is still to say something.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.accepted.is_none() && self.dispute.is_none()
    }
}

/// An invoice whose lines may be linked.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// What stands on it.
    pub sheet: Sheet,
    /// Whether the ticket names it.
    pub named: bool,
}

/// What a ticket asks about, for those who see what customers are billed.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The invoices.
    pub about: Vec<About>,
    /// What may be linked.
    pub candidates: Vec<Candidate>,
    /// The draft of an answer; empty while nothing is linked.
    pub draft: String,
    /// Its language: that of whoever asked.
    pub lang: Lang,
    /// Whether whoever asked gets the customer's invoices.
    pub theirs: bool,
    /// Whether the reader may link, and remove.
    pub may: bool,
}

/// What a ticket asks about.
#[derive(Clone, Debug)]
pub struct OfTicket {
    /// How many lines are linked.
    pub linked: usize,
    /// Which, and what they come to; none for who does not see what customers are billed.
    pub seen: Option<Seen>,
}

/// What a ticket asks about, in a transaction of the caller's: none for who does not see the ticket whole, and where nothing
/// is linked to a ticket that is not about billing.
///
/// # Errors
/// As the database says.
pub async fn panel_in(tx: &mut Tx, agent: &Agent, ticket: &Ticket) -> Result<Option<OfTicket>> {
    if agent.sees(ticket)? != Visibility::Internal {
        return Ok(None);
    }
    let links = kept::of_ticket(tx, ticket.id).await?;
    if links.is_empty() && ticket.kind != kinds::Kind::Billing {
        return Ok(None);
    }
    let linked = links.len();
    if !agent.may(Permission::ReceivablesView) {
        return Ok((linked > 0).then_some(OfTicket { linked, seen: None }));
    }
    let about = about(tx, links).await?;
    let candidates = match ticket.customer {
        Some(customer) => candidates(tx, ticket, customer).await?,
        None => Vec::new(),
    };
    let contact = match ticket.contact {
        Some(contact) => parties::contact(tx, contact).await?,
        None => None,
    };
    let theirs = match (&contact, ticket.customer) {
        (Some(contact), Some(customer)) => {
            receivables::customers_of(tx, contact.id).await?.contains(&customer)
        }
        (Some(_) | None, _) => false,
    };
    let lang = contact.as_ref().map_or(ticket.lang, |contact| contact.lang);
    let name = contact.map(|contact| contact.name).filter(|name| !name.trim().is_empty());
    let draft = answer(Words::new(lang), name.as_deref(), &about, theirs);
    let may = agent.rights.may_work(ticket.kind);
    Ok(Some(OfTicket { linked, seen: Some(Seen { about, candidates, draft, lang, theirs, may }) }))
}

/// The draft of an answer; empty where nothing is asked.
fn answer(words: Words, name: Option<&str>, about: &[About], theirs: bool) -> String {
    if about.is_empty() {
        return String::new();
    }
    let lines: Vec<Vec<Explained>> =
        about.iter().map(|one| one.lines.iter().map(|line| line.explained.clone()).collect()).collect();
    let about: Vec<question::About<'_>> = about
        .iter()
        .zip(&lines)
        .map(|(one, lines)| question::About {
            sheet: &one.sheet,
            before: one.before.as_ref().map(|(sheet, why)| (sheet, why)),
            lines,
        })
        .collect();
    question::answer(words, name, &about, theirs)
}

/// What a ticket asks about.
///
/// # Errors
/// [`Error::Forbidden`] without [`Permission::ReceivablesView`]; [`Error::NotFound`], also for a ticket that the agent does not
/// see whole.
pub async fn of_ticket(app: &App, agent: &Agent, id: TicketId) -> Result<Seen> {
    agent.require(Permission::ReceivablesView)?;
    let agent = Arc::new(agent.clone());
    app.store
        .read(agent.desk, move |tx| {
            let agent = agent.clone();
            Box::pin(async move {
                let ticket = whole(tx, &agent, id).await?;
                let lang = ticket.lang;
                let none = Seen {
                    about: Vec::new(),
                    candidates: Vec::new(),
                    draft: String::new(),
                    lang,
                    theirs: false,
                    may: false,
                };
                let found = panel_in(tx, &agent, &ticket).await?;
                Ok(found.and_then(|found| found.seen).unwrap_or(none))
            })
        })
        .await
}

/// A ticket that an agent sees with its internal notes.
async fn whole(tx: &mut Tx, agent: &Agent, id: TicketId) -> Result<Ticket> {
    let ticket = store::tickets::get(tx, id).await?.ok_or(Error::NotFound("ticket"))?;
    if agent.sees(&ticket)? != Visibility::Internal {
        return Err(Error::NotFound("ticket"));
    }
    Ok(ticket)
}

/// An issued invoice as questions look at it; none for what is no such.
fn sheet_of(invoice: &Invoice) -> Option<Sheet> {
    let is_one = invoice.state == State::Issued && invoice.kind == Kind::Invoice && !invoice.imported;
    is_one.then(|| Sheet {
        number: invoice.label.clone().unwrap_or_default(),
        issued_on: invoice.issued_on,
        currency: invoice.currency,
        lines: invoice.lines.0.clone(),
        tax: invoice.tax,
        gross: invoice.gross,
    })
}

/// The lines that are linked, invoice by invoice.
async fn about(tx: &mut Tx, links: Vec<Asked>) -> Result<Vec<About>> {
    let mut all: Vec<About> = Vec::new();
    let mut disputes: Vec<(CustomerId, Vec<Dispute>)> = Vec::new();
    for link in links {
        let at = all.iter().position(|one| (one.ticket, one.invoice) == (link.ticket, link.invoice));
        let at = match at {
            Some(at) => at,
            None => {
                let found = receivables::get(tx, link.invoice).await?;
                let Some((invoice, sheet)) = found.and_then(|one| sheet_of(&one).map(|sheet| (one, sheet)))
                else {
                    continue;
                };
                let before = before(tx, &invoice).await?.and_then(|before| {
                    let why = difference(&before, &sheet).ok()??;
                    Some((before, why))
                });
                let (ticket, invoice) = (link.ticket, link.invoice);
                all.push(About { ticket, invoice, sheet, before, lines: Vec::new() });
                all.len() - 1
            }
        };
        let Some(one) = all.get_mut(at) else { continue };
        let before = one.before.as_ref().map(|(sheet, _)| sheet);
        let Some(explained) = explain(before, &one.sheet, link.line) else { continue };
        if !disputes.iter().any(|(customer, _)| *customer == link.customer) {
            let of = collections::disputes(tx, Some(link.customer)).await?;
            disputes.push((link.customer, of));
        }
        let of = disputes.iter().filter(|(customer, _)| *customer == link.customer);
        let mut of = of.flat_map(|(_, all)| all.iter().rev());
        let dispute = of.find(|one| (one.invoice, one.line) == (link.invoice, link.line)).cloned();
        let accepted = match link.accepted_by.zip(link.accepted_at) {
            Some((by, at)) => {
                let name = parties::contact(tx, by).await?.map(|contact| contact.name);
                Some((name.unwrap_or_default(), at))
            }
            None => None,
        };
        let supplier = explained.line.origin.as_ref().and_then(|origin| match origin {
            Origin::SupplierLine(id) => id.split('/').next()?.parse().ok(),
            Origin::Charge(_) => None,
        });
        one.lines.push(Line { explained, accepted, dispute, supplier });
    }
    Ok(all)
}

/// The customer's invoice before one, in the same currency.
async fn before(tx: &mut Tx, invoice: &Invoice) -> Result<Option<Sheet>> {
    let all = receivables::of_customer(tx, invoice.customer, State::Issued).await?;
    let earlier = all.into_iter().filter(|one| {
        explicable(one)
            && one.currency == invoice.currency
            && (one.issued_on, one.id) < (invoice.issued_on, invoice.id)
    });
    let Some(found) = earlier.max_by_key(|one| (one.issued_on, one.id)) else { return Ok(None) };
    Ok(receivables::get(tx, found.id).await?.as_ref().and_then(sheet_of))
}

/// Whether it is an invoice whose lines are known.
fn explicable(one: &Listed) -> bool {
    one.kind == Kind::Invoice && !one.imported
}

/// Invoices about which a ticket may ask: those that it names, then the newest.
async fn candidates(tx: &mut Tx, ticket: &Ticket, customer: CustomerId) -> Result<Vec<Candidate>> {
    let mut said = ticket.subject.clone();
    for entry in store::timeline::page(tx, ticket.id, None, READ, Visibility::Public).await? {
        said.push('\n');
        said.push_str(entry.event.words().unwrap_or_default());
    }
    let all = receivables::of_customer(tx, customer, State::Issued).await?;
    let all = all.into_iter().filter(explicable);
    let (named, others): (Vec<Listed>, Vec<Listed>) =
        all.partition(|one| one.label.as_deref().is_some_and(|label| mentions(&said, label)));
    let named = named.into_iter().take(OFFERED).map(|one| (one, true));
    let mut found = Vec::new();
    for (one, named) in named.chain(others.into_iter().take(OFFERED).map(|one| (one, false))) {
        if let Some(sheet) = receivables::get(tx, one.id).await?.as_ref().and_then(sheet_of) {
            found.push(Candidate { sheet, named });
        }
    }
    Ok(found)
}

/// A ticket on which an agent works who sees what customers are billed.
async fn workable(tx: &mut Tx, agent: &Agent, id: TicketId) -> Result<Ticket> {
    let ticket = whole(tx, agent, id).await?;
    if agent.rights.may_work(ticket.kind) { Ok(ticket) } else { Err(Error::Forbidden) }
}

/// Says that a ticket asks about a line of one of its customer's invoices, by the invoice's number and the line's place from 1.
/// Said twice, it is said once. The invoice.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Invalid`] `number` for what is no issued invoice of the ticket's customer,
/// or one whose lines are not known, `line` for a line that is not on it, or too many.
pub async fn link(app: &App, agent: &Agent, id: TicketId, number: &str, line: u32) -> Result<InvoiceId> {
    agent.require(Permission::ReceivablesView)?;
    let now = app.now();
    let unit = Arc::new((agent.clone(), number.trim().to_owned(), app.ids(now)));
    let (told, invoice) = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, number, ids) = &*unit;
                let ticket = workable(tx, agent, id).await?;
                let found = receivables::by_label(tx, number).await?;
                let found = found.filter(|one| Some(one.customer) == ticket.customer);
                let found = found.and_then(|one| Some((one.id, one.customer, sheet_of(&one)?)));
                let (invoice, customer, sheet) = found.ok_or(Error::invalid("number", "unknown"))?;
                explain(None, &sheet, line).ok_or(Error::invalid("line", "unknown"))?;
                let links = kept::of_ticket(tx, id).await?;
                if links.iter().any(|link| (link.invoice, link.line) == (invoice, line)) {
                    return Ok((None, invoice));
                }
                if links.len() >= LINES {
                    return Err(Error::invalid("line", "too-many"));
                }
                let asked = Asked {
                    ticket: id,
                    invoice,
                    line,
                    customer,
                    agent: agent.id,
                    at: now,
                    accepted_by: None,
                    accepted_at: None,
                };
                kept::link(tx, &asked).await?;
                let what = json!({ "invoice": invoice, "line": line });
                let deed = Deed::QuestionLink;
                let act = audit::act(&mut ids.after(), now, agent.actor(), deed, &id, what);
                records::audit(tx, &act).await?;
                let mut hand = Hand::take(tx, id, ids.clone(), now, agent.actor()).await?;
                hand.append(Event::Line { number: sheet.number, line, step: Step::Linked });
                Ok::<_, Error>((Some(hand.put(tx, Deed::TicketChange).await?), invoice))
            })
        })
        .await?;
    told.into_iter().for_each(|change| app.live.tell(change));
    Ok(invoice)
}

/// Says that a ticket does not ask about a line any more. What the customer said of it is forgotten with it; a dispute stays.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn unlink(app: &App, agent: &Agent, id: TicketId, invoice: InvoiceId, line: u32) -> Result<()> {
    agent.require(Permission::ReceivablesView)?;
    let now = app.now();
    let unit = Arc::new((agent.clone(), app.ids(now)));
    let told = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, ids) = &*unit;
                workable(tx, agent, id).await?;
                let found = receivables::get(tx, invoice).await?.ok_or(Error::NotFound("invoice"))?;
                if !kept::unlink(tx, id, invoice, line).await? {
                    return Ok(None);
                }
                let what = json!({ "invoice": invoice, "line": line });
                let deed = Deed::QuestionUnlink;
                let act = audit::act(&mut ids.after(), now, agent.actor(), deed, &id, what);
                records::audit(tx, &act).await?;
                let mut hand = Hand::take(tx, id, ids.clone(), now, agent.actor()).await?;
                let number = found.label.unwrap_or_default();
                hand.append(Event::Line { number, line, step: Step::Unlinked });
                Ok::<_, Error>(Some(hand.put(tx, Deed::TicketChange).await?))
            })
        })
        .await?;
    told.into_iter().for_each(|change| app.live.tell(change));
    Ok(())
}
