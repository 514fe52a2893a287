//! The statement of a customer's account: what was billed and paid within a year, and what is open.

use std::collections::BTreeSet;

use ::text::{Words, format};
use domain::{
    access::Permission,
    document::{Block, Document, Section},
    id::{ContactId, CustomerId, DeskId},
    money::{Currency, Money},
};
use jiff::{ToSpan as _, civil::Date};
use store::receivables::{self as kept, BuyerData, SellerData};

use super::{
    document::address,
    ledger::{Of, read},
};
use crate::{Agent, App, Contact, Error, Result};

/// How far back it tells each entry, in days; what was before is one sum.
const BACK: i64 = 365;

/// The statement of a customer's account as a PDF, in the language of its invoices, and what the file is called.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Refused`] `no-font`, [`Error::Unavailable`] where nothing prints.
pub async fn account_pdf(app: &App, agent: &Agent, customer: CustomerId) -> Result<(String, Vec<u8>)> {
    agent.require(Permission::ReceivablesView)?;
    printed(app, agent.desk, customer, None).await
}

/// The same, for a billing contact of the customer.
///
/// # Errors
/// [`Error::NotFound`], also for a customer whose invoices it does not get; as [`account_pdf`].
pub async fn account_pdf_of(app: &App, contact: &Contact, customer: CustomerId) -> Result<(String, Vec<u8>)> {
    printed(app, contact.desk, customer, Some(contact.id)).await
}

async fn printed(
    app: &App,
    desk: DeskId,
    customer: CustomerId,
    of: Option<ContactId>,
) -> Result<(String, Vec<u8>)> {
    let now = app.now();
    let (name, document) = app
        .store
        .read(desk, move |tx| {
            Box::pin(async move {
                if let Some(contact) = of
                    && !kept::customers_of(tx, contact).await?.contains(&customer)
                {
                    return Err(Error::NotFound("customer"));
                }
                let of = read(tx, customer, now).await?;
                let buyer = kept::buyer(tx, customer).await?.map(|(buyer, _)| buyer);
                let seller = kept::seller(tx).await?.map(|(seller, _)| seller);
                let desk = store::installation::own_desk(tx).await?.name;
                let name = format!("{} {}.pdf", of.customer.name, of.today);
                Ok((name, document(&of, buyer.as_ref(), seller.as_ref(), &desk)))
            })
        })
        .await?;
    Ok((name, app.print(document).await?))
}

/// The statement as it is today.
fn document(of: &Of, buyer: Option<&BuyerData>, seller: Option<&SellerData>, desk: &str) -> Document {
    let words = Words::new(buyer.and_then(|buyer| buyer.lang).unwrap_or(of.customer.lang));
    let label = |key: &str| words.t(key).into_owned();
    let today = format::day(words, of.today);
    let to = match buyer {
        Some(buyer) => address(&buyer.buyer.party).join("\n"),
        None => of.customer.name.clone(),
    };
    let mut facts = vec![(label("invoice-to"), to), (label("account-day"), today.clone())];
    for (currency, minor) in of.account.balance().into_iter().filter(|(_, minor)| *minor != 0) {
        facts.push((label("account-balance"), format::money(words, Money { minor, currency })));
    }
    if facts.len() == 2 {
        facts.push((label("account-balance"), label("account-even")));
    }
    if let Some(seller) = seller.filter(|seller| !seller.seller.iban.is_empty()) {
        facts.push((label("invoice-iban"), seller.seller.iban.clone()));
    }
    let mut sections = vec![Section { heading: label("invoice-details"), blocks: vec![Block::Facts(facts)] }];
    if let Some(open) = open(words, of) {
        sections.push(Section { heading: label("account-open"), blocks: vec![open] });
    }
    let currencies: BTreeSet<Currency> = of.entries.iter().map(|entry| entry.currency).collect();
    let from = of.today.saturating_sub(BACK.days());
    for currency in currencies {
        let heading = words.f("account-moves", &[("currency", currency.code().into())]);
        sections.push(Section { heading, blocks: vec![moves(words, of, currency, from)] });
    }
    let who = match seller {
        Some(seller) => address(&seller.seller.party).join(" · "),
        None => desk.to_owned(),
    };
    let title = words.f("account-statement", &[("customer", of.customer.name.as_str().into())]);
    let foot = format!("{desk} · {title} · {today}");
    Document { lang: words.lang(), title, lead: vec![who], sections, foot }
}

/// What is open, the first due first, and what is left of payments and credit notes.
fn open(words: Words, of: &Of) -> Option<Block> {
    let name = |id| of.entries.iter().find(|entry| entry.id == id).map(|entry| entry.label.clone());
    let money = |minor, currency| format::money(words, Money { minor, currency });
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (id, owed) in of.account.open() {
        let currency = owed.amount.currency;
        let due = format::day(words, owed.due);
        rows.push(vec![name(id)?, due, money(owed.amount.minor, currency), money(owed.open, currency)]);
    }
    for (id, credit) in of.account.left() {
        let currency = credit.amount.currency;
        rows.push(vec![
            name(id)?,
            String::new(),
            money(-credit.amount.minor, currency),
            money(-credit.left, currency),
        ]);
    }
    let head = ["receivable-number", "invoice-due", "account-amount", "receivable-open"];
    let head = head.iter().map(|key| words.t(key).into_owned()).collect();
    (!rows.is_empty()).then_some(Block::Amounts { head, rows })
}

/// What moved the balance of a currency since a day, after what it was before.
fn moves(words: Words, of: &Of, currency: Currency, from: Date) -> Block {
    let money = |minor| format::money(words, Money { minor, currency });
    let (mut balance, mut rows) = (0_i64, Vec::new());
    let moving = of.entries.iter().filter(|entry| entry.currency == currency && entry.kind.sign() != 0);
    let mut moving: Vec<_> = moving.collect();
    moving.sort_by_key(|entry| (entry.day, entry.seq));
    for entry in moving {
        let amount = entry.kind.sign() * entry.amount;
        if entry.day >= from && rows.is_empty() && balance != 0 {
            rows.push(vec![words.t("account-before").into_owned(), String::new(), money(balance)]);
        }
        balance = balance.saturating_add(amount);
        if entry.day >= from {
            let kind = words.word("entry-kind", entry.kind.word());
            let what = format!("{} · {kind} {}", format::day(words, entry.day), entry.label);
            rows.push(vec![what.trim_end().to_owned(), money(amount), money(balance)]);
        }
    }
    if rows.is_empty() {
        rows.push(vec![words.t("account-before").into_owned(), String::new(), money(balance)]);
    }
    let head = ["account-what", "account-amount", "account-after"];
    Block::Amounts { head: head.iter().map(|key| words.t(key).into_owned()).collect(), rows }
}
