//! What is noted of a customer: promises, exemptions, disputes, notices that were lost.

use std::sync::Arc;

use domain::{
    access::Permission,
    collections::{Class, facts::Delivery},
    deed::Deed,
    id::{CustomerId, DisputeId, ExemptionId, InvoiceId, NoticeId, PromiseId},
    money::Currency,
    receivable::invoice::{self, MOST, State},
};
use jiff::{ToSpan as _, civil::Date};
use serde_json::json;
use store::{
    BoxFuture, Json, Tx,
    collections::{self as kept, Dispute, Exemption, Outcome, Promise},
    receivables::{self, Invoice, ledger as entries},
    records,
};

use super::{entry_of, held, known};
use crate::{Agent, App, Error, Result, audit, error};

/// The longest note or reason, in bytes.
const NOTE: usize = 1_000;
/// The most parts of a promise.
const PARTS: usize = 36;
/// How far ahead a promise or an exemption may reach, in days.
const AHEAD: i64 = 730;

/// A unit of work about a customer, noted in the audit log.
async fn write<F>(
    app: &App,
    agent: &Agent,
    deed: Deed,
    of: CustomerId,
    data: serde_json::Value,
    f: F,
) -> Result<()>
where
    F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<()>> + Send + Sync + 'static,
{
    agent.require(Permission::ReceivablesManage)?;
    let now = app.now();
    let unit = Arc::new((audit::act(&mut app.ids(now), now, agent.actor(), deed, &of, data), f));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                store::parties::customer(tx, of).await?.ok_or(Error::NotFound("customer"))?;
                (unit.1)(tx).await?;
                Ok(records::audit(tx, &unit.0).await?)
            })
        })
        .await
}

/// A promise to pay, as somebody notes it.
#[derive(Clone, Debug)]
pub struct NewPromise {
    /// The currency.
    pub currency: Currency,
    /// By when how much, in minor units: each later than the one before.
    pub parts: Vec<(Date, i64)>,
    /// What is to be remembered; may be empty.
    pub note: String,
}

/// Notes a promise to pay, at once or in parts. While it is kept, what is promised does not count.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`].
pub async fn promise(app: &App, agent: &Agent, of: CustomerId, new: NewPromise) -> Result<PromiseId> {
    let note = if new.note.trim().is_empty() { String::new() } else { error::body("note", &new.note, NOTE)? };
    if new.parts.is_empty() || new.parts.len() > PARTS {
        return Err(Error::invalid("parts", "required"));
    }
    let total = new.parts.iter().try_fold(0_i64, |sum, (_, part)| sum.checked_add(*part));
    if new.parts.iter().any(|(_, part)| *part <= 0) || total.is_none_or(|total| total > MOST) {
        return Err(Error::invalid("amount", "not-an-amount"));
    }
    if new.parts.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
        return Err(Error::invalid("by", "not-after"));
    }
    let now = app.now();
    let id = app.ids(now).next(PromiseId::new);
    let me = agent.id;
    write(app, agent, Deed::CollectionNote, of, json!({ "promise": id }), move |tx| {
        let (new, note) = (new.clone(), note.clone());
        Box::pin(async move {
            let (_, facts) = known(tx, Some(of), now).await?.pop().ok_or(Error::NotFound("customer"))?;
            let last = facts.today.saturating_add(AHEAD.days());
            if new.parts.iter().any(|(by, _)| *by < facts.today || *by > last) {
                return Err(Error::invalid("by", "too-far"));
            }
            let promise = Promise {
                id,
                customer: of,
                made_on: facts.today,
                currency: new.currency,
                parts: Json(new.parts),
                note,
                agent: me,
                at: now,
                withdrawn_at: None,
            };
            Ok(kept::promise(tx, &promise).await?)
        })
    })
    .await?;
    Ok(id)
}

/// Takes a promise back: what it held counts again.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Stale`].
pub async fn end_promise(app: &App, agent: &Agent, of: CustomerId, id: PromiseId) -> Result<()> {
    let now = app.now();
    write(app, agent, Deed::CollectionNote, of, json!({ "promise": id, "withdrawn": true }), move |tx| {
        Box::pin(async move { Ok(kept::end_promise(tx, of, id, now).await?) })
    })
    .await
}

/// Leaves a customer alone from today until a day.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`].
pub async fn exempt(
    app: &App,
    agent: &Agent,
    of: CustomerId,
    until: Date,
    reason: &str,
) -> Result<ExemptionId> {
    let reason = error::body("reason", reason, NOTE)?;
    let now = app.now();
    let (id, me) = (app.ids(now).next(ExemptionId::new), agent.id);
    write(app, agent, Deed::CollectionNote, of, json!({ "exemption": id }), move |tx| {
        let reason = reason.clone();
        Box::pin(async move {
            let (_, facts) = known(tx, Some(of), now).await?.pop().ok_or(Error::NotFound("customer"))?;
            if until < facts.today || until > facts.today.saturating_add(AHEAD.days()) {
                return Err(Error::invalid("until", "too-far"));
            }
            let from = facts.today;
            let new =
                Exemption { id, customer: of, from, until, reason, agent: me, at: now, withdrawn_at: None };
            Ok(kept::exempt(tx, &new).await?)
        })
    })
    .await?;
    Ok(id)
}

/// Leaves a customer alone no longer.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Stale`].
pub async fn end_exemption(app: &App, agent: &Agent, of: CustomerId, id: ExemptionId) -> Result<()> {
    let now = app.now();
    write(app, agent, Deed::CollectionNote, of, json!({ "exemption": id, "withdrawn": true }), move |tx| {
        Box::pin(async move { Ok(kept::end_exemption(tx, of, id, now).await?) })
    })
    .await
}

/// Says what kind of customer one is.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn classify(app: &App, agent: &Agent, of: CustomerId, class: Class) -> Result<()> {
    write(app, agent, Deed::CollectionNote, of, json!({ "class": class }), move |tx| {
        Box::pin(async move { Ok(kept::set_class(tx, of, class).await?) })
    })
    .await
}

/// A line that a customer does not accept.
#[derive(Clone, Debug)]
pub struct NewDispute {
    /// The invoice.
    pub invoice: InvoiceId,
    /// The line's place on it, from 1.
    pub line: u32,
    /// What the customer says.
    pub reason: String,
}

/// What a line of an issued invoice comes to with its VAT, in minor units.
///
/// # Errors
/// [`Error::Invalid`] `line`: there is no such line, or it takes something back.
fn line_amount(invoice: &Invoice, line: u32) -> Result<i64> {
    let unknown = || Error::invalid("line", "unknown");
    let place = usize::try_from(line).ok().and_then(|line| line.checked_sub(1)).ok_or_else(unknown)?;
    let line = invoice.lines.0.get(place).ok_or_else(unknown)?;
    let totals = invoice::totals(std::slice::from_ref(line), invoice.currency).map_err(|_| unknown())?;
    if totals.gross.minor > 0 { Ok(totals.gross.minor) } else { Err(unknown()) }
}

/// A dispute of a line of an issued invoice, by whoever opens it; it has an owner if an agent does.
pub(super) async fn open(tx: &mut Tx, new: &NewDispute, mut row: Dispute) -> Result<()> {
    let found = receivables::get(tx, new.invoice).await?.filter(|one| {
        one.state == State::Issued && one.kind == invoice::Kind::Invoice && one.customer == row.customer
    });
    let unknown = || Error::invalid("line", "unknown");
    let found = found.ok_or_else(unknown)?;
    let all = entries::of(tx, row.customer).await?;
    row.entry = entry_of(&all, found.id).ok_or_else(unknown)?;
    row.amount = line_amount(&found, new.line)?;
    row.currency = found.currency;
    let open = entries::open_of(tx, row.customer).await?;
    if !open.iter().any(|item| item.id == row.entry) {
        return Err(Error::Refused("nothing-open"));
    }
    row.due_on = row.due_on.saturating_add(i64::from(held(tx).await?.policy.dispute_days).days());
    Ok(kept::open_dispute(tx, &row).await?)
}

/// The row of a dispute that begins today; until when it is to be settled is the policy's to say, in [`open`].
pub(super) fn begun(
    id: DisputeId,
    of: CustomerId,
    new: &NewDispute,
    reason: String,
    today: Date,
    at: jiff::Timestamp,
) -> Dispute {
    Dispute {
        id,
        customer: of,
        invoice: new.invoice,
        entry: domain::id::LedgerId::from_uuid(uuid::Uuid::nil()),
        line: new.line,
        amount: 0,
        currency: Currency::EURO,
        reason,
        contact: None,
        agent: None,
        owner: None,
        due_on: today,
        outcome: None,
        answer: String::new(),
        at,
        closed_at: None,
    }
}

/// Notes that a customer does not accept a line of an invoice. That line is held, and the rest is not.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`]; [`Error::Stale`] if the line has a dispute already;
/// `nothing-open` of an invoice that is paid.
pub async fn dispute(app: &App, agent: &Agent, of: CustomerId, new: NewDispute) -> Result<DisputeId> {
    let reason = error::body("reason", &new.reason, NOTE)?;
    let now = app.now();
    let (id, me) = (app.ids(now).next(DisputeId::new), agent.id);
    write(app, agent, Deed::DisputeOpen, of, json!({ "dispute": id }), move |tx| {
        let (new, reason) = (new.clone(), reason.clone());
        Box::pin(async move {
            let today = crate::receivables::day(now, &jiff::tz::TimeZone::UTC);
            let row = begun(id, of, &new, reason, today, now);
            open(tx, &new, Dispute { agent: Some(me), owner: Some(me), ..row }).await
        })
    })
    .await?;
    Ok(id)
}

/// What is done with a dispute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settle {
    /// Who says so settles it.
    Take,
    /// It ends.
    End(Outcome),
}

/// Settles a dispute, or takes it over.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`] without an answer, [`Error::Stale`] if it ended.
pub async fn settle(app: &App, agent: &Agent, id: DisputeId, how: Settle, answer: &str) -> Result<()> {
    agent.require(Permission::ReceivablesManage)?;
    let answer = match how {
        Settle::Take => String::new(),
        Settle::End(_) => error::body("answer", answer, NOTE)?,
    };
    let found = app
        .store
        .read::<_, Error, _>(agent.desk, move |tx| Box::pin(async move { Ok(kept::dispute(tx, id).await?) }))
        .await?;
    let found = found.ok_or(Error::NotFound("dispute"))?;
    let now = app.now();
    let (of, me) = (found.customer, agent.id);
    let outcome = match how {
        Settle::Take => None,
        Settle::End(outcome) => Some(outcome),
    };
    write(app, agent, Deed::DisputeEnd, of, json!({ "dispute": id, "outcome": outcome }), move |tx| {
        let row = Dispute {
            outcome,
            answer: answer.clone(),
            owner: Some(me),
            closed_at: outcome.map(|_| now),
            ..found.clone()
        };
        Box::pin(async move { Ok(kept::end_dispute(tx, &row).await?) })
    })
    .await
}

/// Says of a notice that came back that it is to be given again: somebody has seen to the address.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; `arrived` for one that did not come back.
pub async fn lose(app: &App, agent: &Agent, of: CustomerId, id: NoticeId) -> Result<()> {
    let now = app.now();
    write(app, agent, Deed::CollectionNote, of, json!({ "notice": id, "again": true }), move |tx| {
        Box::pin(async move {
            let all = kept::notices(tx, Some(of)).await?;
            let found = all.iter().find(|one| one.notice.id == id).ok_or(Error::NotFound("notice"))?;
            if found.delivery() != Delivery::Failed {
                return Err(Error::Refused("arrived"));
            }
            Ok(kept::lose(tx, of, id, now).await?)
        })
    })
    .await
}
