//! Who the desk and its customers are on paper.

use std::sync::Arc;

use domain::{
    access::Permission,
    deed::Deed,
    id::{ContactId, CustomerId},
    receivable::{
        invoice::{Vat, VatCategory},
        party::{self, Endpoint, Party},
    },
};
use serde_json::json;
use store::{
    parties as customers,
    parties::{Contact, Customer},
    receivables::{self as kept, BuyerData, SellerData},
    records,
};

use super::customer as known;
use crate::{Agent, App, Error, Result, audit, error::line};

/// The longest field of an address, in characters.
const FIELD: usize = 120;
/// The longest time to pay, in days.
const DAYS: u16 = 365;
/// The longest beginning of a number.
const SERIES: usize = 30;

/// The desk on its invoices, and the version; none before somebody said.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn seller(app: &App, agent: &Agent) -> Result<Option<(SellerData, i64)>> {
    agent.require(Permission::ReceivablesView)?;
    Ok(app.store.read::<_, store::Error, _>(agent.desk, |tx| Box::pin(kept::seller(tx))).await?)
}

/// Says who the desk is on its invoices. What was issued keeps what it says.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Invalid`]; [`Error::Stale`] if it is another version by now.
pub async fn set_seller(app: &App, agent: &Agent, new: SellerData, version: Option<i64>) -> Result<()> {
    agent.require(Permission::ReceivablesManage)?;
    let mut new = new;
    new.seller.party = checked(&new.seller.party)?;
    if new.seller.party.vat_id.is_empty() {
        return Err(Error::invalid("vat_id", "required"));
    }
    new.seller.iban = match new.seller.iban.trim() {
        "" => String::new(),
        text => party::iban(text).ok_or(Error::invalid("iban", "not-an-iban"))?,
    };
    new.seller.exemption = optional("exemption", &new.seller.exemption, 300)?;
    new.invoices = line("invoices", &new.invoices, SERIES)?;
    new.credit_notes = line("credit_notes", &new.credit_notes, SERIES)?;
    if new.invoices == new.credit_notes {
        return Err(Error::invalid("credit_notes", "taken"));
    }
    if new.days > DAYS {
        return Err(Error::invalid("days", "not-a-count"));
    }
    if new.rate.is_some_and(|rate| !(Vat { category: VatCategory::Standard, rate }).is_sound()) {
        return Err(Error::invalid("rate", "bad-vat"));
    }
    let now = app.now();
    let desk = agent.desk;
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::SellerChange, &desk, json!({}));
    let unit = Arc::new((new, act));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (new, act) = &*unit;
                kept::set_seller(tx, new, version).await?;
                Ok(records::audit(tx, act).await?)
            })
        })
        .await
}

/// A customer on its invoices, and who gets them.
#[derive(Clone, Debug, PartialEq)]
pub struct BuyerOf {
    /// The customer.
    pub customer: Customer,
    /// What was said of it, and the version; none before somebody said.
    pub data: Option<(BuyerData, i64)>,
    /// Who gets its invoices and sees them in the portal.
    pub chosen: Vec<ContactId>,
    /// Its contacts.
    pub contacts: Vec<Contact>,
}

/// A customer on its invoices.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn buyer(app: &App, agent: &Agent, id: CustomerId) -> Result<BuyerOf> {
    agent.require(Permission::ReceivablesView)?;
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                Ok(BuyerOf {
                    customer: known(tx, id).await?,
                    data: kept::buyer(tx, id).await?,
                    chosen: kept::contacts(tx, id).await?,
                    contacts: customers::contacts_of(tx, id).await?,
                })
            })
        })
        .await
}

/// Says who a customer is on its invoices, and who gets them. What was issued keeps what it says.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`]; [`Error::Stale`] if it is another version by now.
pub async fn set_buyer(
    app: &App,
    agent: &Agent,
    id: CustomerId,
    new: BuyerData,
    contacts: Vec<ContactId>,
    version: Option<i64>,
) -> Result<()> {
    agent.require(Permission::ReceivablesManage)?;
    let mut new = new;
    new.buyer.party = checked(&new.buyer.party)?;
    new.buyer.reference = optional("reference", &new.buyer.reference, FIELD)?;
    if new.days.is_some_and(|days| days > DAYS) {
        return Err(Error::invalid("days", "not-a-count"));
    }
    if new.vat.is_some_and(|vat| !vat.is_sound()) {
        return Err(Error::invalid("rate", "bad-vat"));
    }
    let now = app.now();
    let what = json!({ "contacts": contacts });
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::BuyerChange, &id, what);
    let unit = Arc::new((new, contacts, act));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (new, contacts, act) = &*unit;
                known(tx, id).await?;
                let theirs = customers::contacts_of(tx, id).await?;
                if contacts.iter().any(|contact| theirs.iter().all(|one| one.id != *contact)) {
                    return Err(Error::invalid("contacts", "unknown"));
                }
                kept::set_buyer(tx, id, new, version).await?;
                kept::set_contacts(tx, id, contacts).await?;
                Ok(records::audit(tx, act).await?)
            })
        })
        .await
}

fn optional(field: &'static str, text: &str, max: usize) -> Result<String> {
    if text.trim().is_empty() { Ok(String::new()) } else { line(field, text, max) }
}

fn checked(party: &Party) -> Result<Party> {
    Ok(Party {
        name: line("legal_name", &party.name, FIELD)?,
        street: optional("street", &party.street, FIELD)?,
        postcode: optional("postcode", &party.postcode, 20)?,
        city: line("city", &party.city, FIELD)?,
        country: party::country(&party.country).ok_or(Error::invalid("country", "unknown"))?,
        vat_id: match party.vat_id.trim() {
            "" => String::new(),
            text => party::vat_id(text).ok_or(Error::invalid("vat_id", "not-a-vat-id"))?,
        },
        endpoint: party.endpoint.as_ref().map(endpoint).transpose()?,
    })
}

fn endpoint(endpoint: &Endpoint) -> Result<Endpoint> {
    let scheme = endpoint.scheme.trim().to_ascii_uppercase();
    let is_code = scheme.len() == 4 && scheme.bytes().all(|b| b.is_ascii_digit());
    if !is_code && scheme != "EM" {
        return Err(Error::invalid("endpoint_scheme", "unknown"));
    }
    Ok(Endpoint { scheme, id: line("endpoint", &endpoint.id, FIELD)? })
}
