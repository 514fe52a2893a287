//! A draft becomes an invoice, or a credit note.

use std::sync::Arc;

use domain::{
    access::Permission,
    deed::Deed,
    id::{InvoiceId, LedgerId},
    receivable::{
        invoice::{self, Kind, State},
        ledger::EntryKind,
    },
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Json, Tx, queue,
    receivables::{self as kept, Invoice, SellerData, ledger::Entry},
    records,
};

use super::{document, drafts, ledger::post, stored, today};
use crate::{Agent, App, Error, Ids, Result, audit, error::line, jobs};

/// Issues a draft; its number. It has the next one of its series, which is taken with it or not at all. It is mailed to those who
/// get the customer's invoices, and stands in the ledger. A credit note settles what is open of the invoice that it corrects.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Stale`]; `issued`; the word of what is missing; `credit-too-much` for
/// more than the invoice came to.
pub async fn issue(app: &App, agent: &Agent, id: InvoiceId, version: i64) -> Result<String> {
    agent.require(Permission::ReceivablesManage)?;
    let now = app.now();
    let unit = Arc::new((agent.clone(), app.ids(now)));
    let label = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, ids) = &*unit;
                issue_in(tx, agent, &mut ids.clone(), now, id, version).await
            })
        })
        .await?;
    app.wake();
    Ok(label)
}

async fn issue_in(
    tx: &mut Tx,
    agent: &Agent,
    ids: &mut Ids,
    now: Timestamp,
    id: InvoiceId,
    version: i64,
) -> Result<String> {
    let mut draft = drafts::draft(tx, id, version).await?;
    if let Some(fault) = super::faults(tx, &draft).await?.first() {
        return Err(Error::Refused(fault.word()));
    }
    let seller = kept::seller(tx).await?.map(|(data, _)| data).ok_or(Error::Refused("no-seller"))?;
    let buyer = kept::buyer(tx, draft.customer).await?.map(|(data, _)| data);
    let buyer = buyer.ok_or(Error::Refused("no-buyer"))?;
    let corrected = corrected(tx, &draft).await?;
    let issued_on = today(tx, now).await?;
    let days = buyer.days.unwrap_or(seller.days);
    draft.state = State::Issued;
    draft.issued_on = Some(issued_on);
    draft.due_on = (draft.kind == Kind::Invoice).then(|| invoice::due(issued_on, days));
    draft.issued_at = Some(now);
    draft.seller = Some(Json(seller.seller.clone()));
    draft.buyer = Some(Json(buyer.buyer));
    let first = entry(&draft, agent, ids, now)?;
    let mut entries = vec![first.clone()];
    if let Some((of, open)) = corrected.as_ref().and_then(|(_, open)| *open) {
        let amount = open.min(draft.gross);
        if amount > 0 {
            let settles = Entry {
                id: ids.next(LedgerId::new),
                kind: EntryKind::Allocation,
                amount,
                source: Some(first.id),
                target: Some(of),
                invoice: None,
                due_on: None,
                ..first
            };
            entries.push(settles);
        }
    }
    queue::enqueue(tx, now, &jobs::invoice(ids, id, now)).await?;
    // Last of all: whoever issues at the same time waits from here on.
    let label = number(tx, &seller, &draft).await?;
    draft.label = Some(label.clone());
    let corrects = corrected.as_ref().and_then(|(other, _)| other.label.as_deref());
    draft.document = Some(Json(document::document(&draft, corrects)?));
    for entry in &mut entries {
        entry.label.clone_from(&label);
    }
    kept::issue(tx, &draft).await?;
    post(tx, draft.customer, entries).await?;
    let what = json!({ "number": label });
    let act = audit::act(ids, now, agent.actor(), Deed::InvoiceIssue, &id, what);
    records::audit(tx, &act).await?;
    Ok(label)
}

async fn number(tx: &mut Tx, seller: &SellerData, draft: &Invoice) -> Result<String> {
    let pattern = match draft.kind {
        Kind::Invoice => &seller.invoices,
        Kind::CreditNote => &seller.credit_notes,
    };
    let series = invoice::series(pattern, draft.issued_on.ok_or_else(|| super::damaged("no day"))?);
    let number = kept::next_number(tx, &series).await?;
    Ok(invoice::label(&series, number))
}

fn entry(draft: &Invoice, agent: &Agent, ids: &mut Ids, now: Timestamp) -> Result<Entry> {
    Ok(Entry {
        id: ids.next(LedgerId::new),
        customer: draft.customer,
        seq: 0,
        kind: match draft.kind {
            Kind::Invoice => EntryKind::Invoice,
            Kind::CreditNote => EntryKind::CreditNote,
        },
        day: draft.issued_on.ok_or_else(|| super::damaged("no day"))?,
        currency: draft.currency,
        amount: draft.gross,
        due_on: draft.due_on,
        source: None,
        target: None,
        invoice: Some(draft.id),
        label: String::new(),
        reason: String::new(),
        agent: Some(agent.id),
        at: now,
    })
}

/// Of a credit note: the invoice that it corrects, and what of that is open in the ledger.
async fn corrected(tx: &mut Tx, draft: &Invoice) -> Result<Option<(Invoice, Option<(LedgerId, i64)>)>> {
    let Some(id) = draft.corrects else { return Ok(None) };
    let invoice = kept::get(tx, id).await?.ok_or_else(|| super::damaged("corrects nothing"))?;
    let others = kept::credits_of(tx, id).await?;
    let credited: i64 = others.iter().filter(|one| one.state == State::Issued).map(|one| one.gross).sum();
    if credited.saturating_add(draft.gross) > invoice.gross {
        return Err(Error::Refused("credit-too-much"));
    }
    let open = kept::ledger::open_of(tx, draft.customer).await?;
    let open = open.iter().find(|item| item.invoice == Some(id)).map(|item| (item.id, item.amount));
    Ok(Some((invoice, open)))
}

/// Begins a credit note for an invoice, with its lines, to be shortened where less is given back.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`]; `not-issued` for a draft; `not-an-invoice` for a credit
/// note; `no-lines` for an import.
pub async fn credit(app: &App, agent: &Agent, id: InvoiceId, reason: &str) -> Result<InvoiceId> {
    agent.require(Permission::ReceivablesManage)?;
    let reason = line("reason", reason, 300)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let new = ids.next(InvoiceId::new);
    let act = audit::act(&mut ids, now, agent.actor(), Deed::InvoiceAdd, &new, json!({ "corrects": id }));
    let unit = Arc::new((reason, act));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (reason, act) = &*unit;
                let invoice = kept::get(tx, id).await?.ok_or(Error::NotFound("invoice"))?;
                if invoice.state == State::Draft {
                    return Err(Error::Refused("not-issued"));
                }
                if invoice.kind == Kind::CreditNote {
                    return Err(Error::Refused("not-an-invoice"));
                }
                if invoice.lines.0.is_empty() {
                    return Err(Error::Refused("no-lines"));
                }
                let currency = Some(invoice.currency);
                let mut note =
                    drafts::begin(tx, new, invoice.customer, Kind::CreditNote, currency, now).await?;
                // What was charged stays charged: a credit note frees no origin.
                let lines = invoice.lines.0.iter().cloned().map(|one| invoice::Line { origin: None, ..one });
                note.lines = Json(lines.collect());
                (note.net, note.tax, note.gross) = (invoice.net, invoice.tax, invoice.gross);
                (note.lang, note.corrects) = (invoice.lang, Some(id));
                note.note.clone_from(reason);
                stored(invoice.seller.as_ref(), "an issued invoice without a seller")?;
                kept::add(tx, &note).await?;
                Ok(records::audit(tx, act).await?)
            })
        })
        .await?;
    Ok(new)
}
