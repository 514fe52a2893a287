//! Drafts: begun by a person, or by what is charged.

use std::sync::Arc;

use domain::{
    access::Permission,
    deed::Deed,
    id::{ChargeId, CustomerId, InvoiceId},
    lang::Lang,
    money::Currency,
    receivable::invoice::{self, Kind, Line, Origin, State},
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Json, Tx, charging,
    receivables::{self as kept, Invoice},
    records,
};

use super::customer as known;
use crate::{Agent, App, Error, Ids, Result, audit, error::line};

/// The most lines of one invoice.
const LINES: usize = 1_000;
/// The longest description, in characters.
pub(super) const DESCRIPTION: usize = 300;
/// The most digits behind the point of a quantity or a price.
const SCALE: u32 = 8;
/// The longest note, in bytes.
const NOTE: usize = 2_000;

/// What a new draft begins with.
#[derive(Clone, Debug)]
pub struct NewDraft {
    /// Whose.
    pub customer: CustomerId,
    /// In which currency; none is the customer's.
    pub currency: Option<Currency>,
    /// Its lines; may be none yet.
    pub lines: Vec<Line>,
    /// What stands above the lines; may be empty.
    pub note: String,
}

/// What a draft is changed to.
#[derive(Clone, Debug)]
pub struct Edit {
    /// In which currency.
    pub currency: Currency,
    /// In which language.
    pub lang: Lang,
    /// All its lines.
    pub lines: Vec<Line>,
    /// What stands above the lines; may be empty.
    pub note: String,
}

/// Lines as they may be kept: described, with numbers that can be counted.
pub(super) fn checked(lines: Vec<Line>, currency: Currency) -> Result<Vec<Line>> {
    if lines.len() > LINES {
        return Err(Error::invalid("lines", "too-many"));
    }
    let lines = lines.into_iter().map(|one| {
        if one.quantity.scale() > SCALE || one.unit_price.scale() > SCALE {
            return Err(Error::invalid("unit_price", "not-an-amount"));
        }
        if one.unit_price.is_sign_negative() && !one.unit_price.is_zero() {
            return Err(Error::invalid("unit_price", "not-an-amount"));
        }
        if !one.vat.is_sound() {
            return Err(Error::invalid("rate", "bad-vat"));
        }
        one.net(currency).map_err(|_| Error::invalid("quantity", "too-much"))?;
        Ok(Line { description: line("description", &one.description, DESCRIPTION)?, ..one })
    });
    lines.collect()
}

fn note_of(text: &str) -> Result<String> {
    if text.trim().is_empty() { Ok(String::new()) } else { crate::error::body("note", text, NOTE) }
}

/// A draft's amounts from its lines.
fn summed(draft: &mut Invoice) -> Result<()> {
    let totals = invoice::totals(&draft.lines.0, draft.currency);
    let totals = totals.map_err(|_| Error::invalid("lines", "too-much"))?;
    (draft.net, draft.tax, draft.gross) = (totals.net.minor, totals.tax.minor, totals.gross.minor);
    Ok(())
}

/// A draft of a customer that is nowhere yet.
pub(super) async fn begin(
    tx: &mut Tx,
    id: InvoiceId,
    customer: CustomerId,
    kind: Kind,
    currency: Option<Currency>,
    now: Timestamp,
) -> Result<Invoice> {
    let known = known(tx, customer).await?;
    let seller = kept::seller(tx).await?.map(|(data, _)| data);
    let buyer = kept::buyer(tx, customer).await?.map(|(data, _)| data);
    let usual = buyer.as_ref().and_then(|buyer| buyer.currency).or(seller.map(|seller| seller.currency));
    Ok(Invoice {
        id,
        customer,
        kind,
        state: State::Draft,
        currency: currency.or(usual).ok_or(Error::Refused("no-seller"))?,
        lang: buyer.and_then(|buyer| buyer.lang).unwrap_or(known.lang),
        lines: Json(Vec::new()),
        note: String::new(),
        corrects: None,
        net: 0,
        tax: 0,
        gross: 0,
        label: None,
        imported: false,
        issued_on: None,
        due_on: None,
        seller: None,
        buyer: None,
        document: None,
        pdf: None,
        xml: None,
        version: 1,
        created_at: now,
        issued_at: None,
    })
}

/// Begins an invoice.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`]; `no-seller` while nobody said who the desk is;
/// `already-charged` for what stands on another invoice.
pub async fn create(app: &App, agent: &Agent, new: NewDraft) -> Result<InvoiceId> {
    agent.require(Permission::ReceivablesManage)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let id = ids.next(InvoiceId::new);
    let act = audit::act(&mut ids, now, agent.actor(), Deed::InvoiceAdd, &id, json!({}));
    let note = note_of(&new.note)?;
    let unit = Arc::new((new, note, act));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (new, note, act) = &*unit;
                let mut draft = begin(tx, id, new.customer, Kind::Invoice, new.currency, now).await?;
                draft.lines = Json(checked(new.lines.clone(), draft.currency)?);
                draft.note.clone_from(note);
                summed(&mut draft)?;
                claim(tx, &draft).await?;
                kept::add(tx, &draft).await?;
                Ok::<_, Error>(records::audit(tx, act).await?)
            })
        })
        .await?;
    Ok(id)
}

/// Notes what stands on a draft; refused for what stands on another one.
async fn claim(tx: &mut Tx, draft: &Invoice) -> Result<()> {
    let mut seen = std::collections::BTreeSet::new();
    for origin in draft.lines.0.iter().filter_map(|line| line.origin.as_ref()) {
        if !seen.insert(origin.clone()) || !stands_on(tx, origin, draft.id).await? {
            return Err(Error::Refused("already-charged"));
        }
    }
    Ok(())
}

/// Notes that something stands on a draft; whether it stands on no other one.
async fn stands_on(tx: &mut Tx, origin: &Origin, draft: InvoiceId) -> Result<bool> {
    if !kept::claim(tx, &origin.key(), draft).await? {
        return Ok(false);
    }
    match charge(origin) {
        Some(charge) => Ok(charging::invoiced(tx, charge, &draft.to_string()).await?),
        None => Ok(true),
    }
}

/// Notes that nothing stands on a draft any more.
async fn put_back(tx: &mut Tx, draft: &Invoice) -> Result<()> {
    kept::clear_origins(tx, draft.id).await?;
    for charge in draft.lines.0.iter().filter_map(|line| charge(line.origin.as_ref()?)) {
        charging::returned(tx, charge, &draft.id.to_string()).await?;
    }
    Ok(())
}

/// The charged work that a line stands for.
fn charge(origin: &Origin) -> Option<ChargeId> {
    match origin {
        Origin::Charge(id) => id.parse().ok(),
        Origin::SupplierLine(_) => None,
    }
}

/// Changes a draft.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`]; [`Error::Stale`] if it is another version by now;
/// `issued` for what cannot change any more.
pub async fn change(app: &App, agent: &Agent, id: InvoiceId, edit: Edit, version: i64) -> Result<()> {
    agent.require(Permission::ReceivablesManage)?;
    let now = app.now();
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::InvoiceChange, &id, json!({}));
    let lines = checked(edit.lines, edit.currency)?;
    let note = note_of(&edit.note)?;
    let unit = Arc::new((lines, note, act));
    let (currency, lang) = (edit.currency, edit.lang);
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (lines, note, act) = &*unit;
                let mut draft = draft(tx, id, version).await?;
                if draft.kind == Kind::CreditNote && draft.currency != currency {
                    return Err(Error::invalid("currency", "other-currency"));
                }
                put_back(tx, &draft).await?;
                (draft.currency, draft.lang) = (currency, lang);
                draft.lines = Json(lines.clone());
                draft.note.clone_from(note);
                summed(&mut draft)?;
                claim(tx, &draft).await?;
                kept::change(tx, &draft).await?;
                Ok(records::audit(tx, act).await?)
            })
        })
        .await
}

/// A draft of the version that was seen.
pub(super) async fn draft(tx: &mut Tx, id: InvoiceId, version: i64) -> Result<Invoice> {
    let found = kept::get(tx, id).await?.ok_or(Error::NotFound("invoice"))?;
    if found.state == State::Issued {
        return Err(Error::Refused("issued"));
    }
    if found.version != version {
        return Err(Error::Stale);
    }
    Ok(found)
}

/// Throws a draft away. What stood on it may be charged again.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Stale`]; `issued` for what cannot change any more.
pub async fn remove(app: &App, agent: &Agent, id: InvoiceId, version: i64) -> Result<()> {
    agent.require(Permission::ReceivablesManage)?;
    let now = app.now();
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::InvoiceRemove, &id, json!({}));
    let act = Arc::new(act);
    app.store
        .write(agent.desk, move |tx| {
            let act = act.clone();
            Box::pin(async move {
                let before = draft(tx, id, version).await?;
                put_back(tx, &before).await?;
                kept::remove(tx, id, version).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}

/// Adds lines to the open draft of a customer in a currency, or begins one; the draft. A line whose origin stands on an invoice
/// already is left out, so that the same call twice adds nothing. For the rooms that charge, within their own transaction,
/// which also notes the act.
///
/// # Errors
/// [`Error::Invalid`] for a line that cannot be; `no-origin` for one that would be added again by every call.
pub async fn add_lines(
    tx: &mut Tx,
    ids: &mut Ids,
    now: Timestamp,
    customer: CustomerId,
    currency: Currency,
    lines: &[Line],
) -> Result<Option<InvoiceId>> {
    let lines = checked(lines.to_vec(), currency)?;
    let found = kept::draft_of(tx, customer, currency).await?;
    let is_new = found.is_none();
    let mut draft = match found {
        Some(draft) => draft,
        None => begin(tx, ids.next(InvoiceId::new), customer, Kind::Invoice, Some(currency), now).await?,
    };
    let before = draft.lines.0.len();
    for line in lines {
        let origin = line.origin.as_ref().ok_or(Error::Refused("no-origin"))?;
        if stands_on(tx, origin, draft.id).await? {
            draft.lines.0.push(line);
        }
    }
    if draft.lines.0.len() == before {
        return Ok((!is_new).then_some(draft.id));
    }
    if draft.lines.0.len() > LINES {
        return Err(Error::invalid("lines", "too-many"));
    }
    summed(&mut draft)?;
    if is_new {
        kept::add(tx, &draft).await?;
    } else {
        kept::change(tx, &draft).await?;
    }
    Ok(Some(draft.id))
}
