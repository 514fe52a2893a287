//! A bank's file: read once, whose each payment is proposed, and confirmed by a person.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    access::Permission,
    deed::Deed,
    id::{BankEntryId, CustomerId, LedgerId},
    money::{Currency, Money},
    receivable::{
        bank::{self as rules, Open, Payer, Progress, Proposal},
        ledger::EntryKind,
        party,
    },
};
use jiff::civil::Date;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{
    Tx,
    blob::{self, Hash},
    receivables::{self as kept, bank as rows, bank::BankEntry, ledger as entries},
    records,
};

use super::{
    camt,
    ledger::{Common, Settle, post},
    sheet::{self, Fault, Sheet},
};
use crate::{Agent, App, Error, Result, audit, error::line};

/// How many lines are shown at once.
const PAGE: i64 = 50;

/// In which columns of a table things stand, by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// When it was booked.
    pub day: String,
    /// How much; below nothing went out.
    pub amount: String,
    /// The currency; may be empty, then it is `usual`.
    pub currency: String,
    /// What the payer wrote.
    pub text: String,
    /// The payer's name; may be empty.
    pub payer: String,
    /// The payer's account; may be empty.
    pub account: String,
}

/// A file of a bank.
#[derive(Clone, Debug)]
pub struct BankFile {
    /// Its bytes: camt.053, or CSV.
    pub bytes: Vec<u8>,
    /// Of CSV: its columns.
    pub columns: Columns,
    /// The currency of amounts without one.
    pub usual: Option<Currency>,
}

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// How many payments are new.
    pub new: usize,
    /// How many were known already.
    pub known: usize,
    /// How many entries are no payments to the desk.
    pub others: usize,
    /// What is wrong with the file; then nothing of it was taken.
    pub faults: Vec<Fault>,
}

/// A payment of a file, before it is kept.
struct Read {
    key: String,
    day: Date,
    incoming: rules::Incoming,
    line: i64,
}

/// Reads a bank's file. Each payment of it is kept once, however often it comes, in this file or in another one. A file that is
/// broken anywhere is not taken at all.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says. What is wrong with the file is no error but stands in the answer.
pub async fn import_bank(app: &App, agent: &Agent, file: BankFile) -> Result<Imported> {
    agent.require(Permission::ReceivablesManage)?;
    if file.bytes.len() > sheet::LARGEST {
        return Err(Error::invalid("file", "too-large"));
    }
    let bytes = file.bytes.clone();
    // A large file takes a processor for a while.
    let read = tokio::task::spawn_blocking(move || read(&file)).await.map_err(Error::internal)?;
    let (read, others) = match read {
        Ok(read) => read,
        Err(faults) => return Ok(Imported { faults, ..Imported::default() }),
    };
    let prepared = app.blobs.prepare(agent.desk, bytes).await?;
    let now = app.now();
    let mut ids = app.ids(now);
    let hash = prepared.hash();
    let rows: Vec<BankEntry> =
        read.into_iter().map(|one| row(one, ids.next(BankEntryId::new), hash, now)).collect();
    let unit = Arc::new((prepared, rows, agent.clone(), ids));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (prepared, rows, agent, ids) = &*unit;
                blob::put(tx, now, prepared).await?;
                let mut done = Imported { others, ..Imported::default() };
                for row in rows {
                    if rows::add(tx, row).await? { done.new += 1 } else { done.known += 1 }
                }
                let what = json!({ "new": done.new, "known": done.known });
                let file = hash.to_string();
                let act = audit::act(&mut ids.after(), now, agent.actor(), Deed::BankImport, &file, what);
                records::audit(tx, &act).await?;
                Ok(done)
            })
        })
        .await
}

fn row(one: Read, id: BankEntryId, file: Hash, now: jiff::Timestamp) -> BankEntry {
    let Read { key, day, incoming, line } = one;
    BankEntry {
        id,
        key,
        day,
        currency: incoming.amount.currency,
        amount: incoming.amount.minor,
        text: incoming.text,
        payer: incoming.payer,
        account: incoming.account,
        progress: Progress::Open,
        reason: String::new(),
        payment: None,
        file,
        line,
        at: now,
    }
}

type Payments = (Vec<Read>, usize);

fn read(file: &BankFile) -> Result<Payments, Vec<Fault>> {
    let start = file.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&file.bytes);
    let is_xml = start.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<');
    let (found, others) = if is_xml {
        let statement = camt::read(&file.bytes).map_err(|fault| vec![fault])?;
        let found = statement.incoming.into_iter();
        (
            found.map(|one| (one.mark, one.own_account, one.day, one.incoming, one.line)).collect(),
            statement.others,
        )
    } else {
        let sheet = sheet::read(&file.bytes).map_err(|fault| vec![fault])?;
        from_sheet(&sheet, file)?
    };
    // Entries that are alike in everything are told apart by their order within the day.
    let mut alike: BTreeMap<String, u32> = BTreeMap::new();
    let read = found.into_iter().map(|(mark, own, day, incoming, line): Found| {
        let key = if mark.is_empty() {
            let same = format!(
                "{own}|{day}|{}|{}|{}|{}",
                incoming.amount, incoming.text, incoming.payer, incoming.account
            );
            let number = alike.entry(same.clone()).or_default();
            *number += 1;
            let digest = Sha256::digest(format!("{same}|{number}"));
            digest.iter().map(|byte| format!("{byte:02x}")).collect()
        } else {
            format!("{own}|{mark}")
        };
        let account = party::iban(&incoming.account).unwrap_or(incoming.account);
        Read { key, day, incoming: rules::Incoming { account, ..incoming }, line }
    });
    Ok((read.collect(), others))
}

/// The bank's mark, the desk's account, the day, the payment, the line.
type Found = (String, String, Date, rules::Incoming, i64);

fn from_sheet(sheet: &Sheet, file: &BankFile) -> Result<(Vec<Found>, usize), Vec<Fault>> {
    let Columns { day, amount, currency, text, payer, account } = &file.columns;
    let mut faults = Vec::new();
    let mut place = |name: &String, needed: bool| {
        let found = sheet.column(name);
        if found.is_none() && (needed || !name.trim().is_empty()) {
            faults.push(Fault::new(1, name, "no-such-column"));
        }
        found
    };
    let (days, amounts, texts) = (place(day, true), place(amount, true), place(text, true));
    let (currencies, payers, accounts) = (place(currency, false), place(payer, false), place(account, false));
    if !faults.is_empty() {
        return Err(faults);
    }
    let (mut found, mut others) = (Vec::new(), 0);
    for row in &sheet.rows {
        let cell = |at: Option<usize>| at.and_then(|at| row.cells.get(at)).map_or("", String::as_str);
        let mut wrong = |column: &str, code| faults.push(Fault::new(row.line, column, code));
        let booked = sheet::day(cell(days));
        if booked.is_none() {
            wrong(day, "not-a-day");
        }
        let coin = match cell(currencies) {
            "" => file.usual,
            code => code.parse().ok(),
        };
        let Some(coin) = coin else {
            wrong(currency, "not-a-currency");
            continue;
        };
        let Some(money) = sheet::amount(cell(amounts), coin) else {
            wrong(amount, "not-an-amount");
            continue;
        };
        let Some(booked) = booked else { continue };
        if money.minor <= 0 {
            others += 1;
            continue;
        }
        let short = |text: &str| text.chars().filter(|c| !c.is_control()).take(1_000).collect::<String>();
        let incoming = rules::Incoming {
            amount: money,
            text: short(cell(texts)),
            payer: short(cell(payers)),
            account: short(cell(accounts)),
        };
        found.push((String::new(), String::new(), booked, incoming, row.line));
    }
    if faults.is_empty() { Ok((found, others)) } else { Err(faults) }
}

/// A payment that nobody has booked yet, and what it is probably for.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The payment.
    pub entry: BankEntry,
    /// What it is probably for, the most likely first.
    pub proposals: Vec<Proposal>,
}

/// The payments that nobody has booked yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Incoming {
    /// The payments, those that came first first.
    pub lines: Vec<Line>,
    /// The invoices of which something is open, by their entry: the number, the customer and its name, what is open.
    pub open: BTreeMap<LedgerId, (String, CustomerId, String, Money)>,
    /// The customers, by id.
    pub customers: BTreeMap<CustomerId, String>,
}

/// The payments that nobody has booked yet, each with what it is probably for: those after one.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn incoming(app: &App, agent: &Agent, after: Option<BankEntryId>) -> Result<Incoming> {
    agent.require(Permission::ReceivablesView)?;
    let after = after.unwrap_or(BankEntryId::from_uuid(uuid::Uuid::nil()));
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let found = rows::list(tx, Progress::Open, after, PAGE + 1).await?;
                let open = entries::open(tx).await?;
                let payers = payers(tx).await?;
                let invoices: Vec<Open> = open
                    .iter()
                    .filter(|item| item.kind == EntryKind::Invoice)
                    .map(|item| Open {
                        id: item.id,
                        customer: item.customer,
                        label: item.label.clone(),
                        open: Money { minor: item.amount, currency: item.currency },
                    })
                    .collect();
                let mut customers: BTreeMap<CustomerId, String> =
                    open.iter().map(|item| (item.customer, item.name.clone())).collect();
                for payer in &payers {
                    if let (false, Some(name)) =
                        (customers.contains_key(&payer.customer), payer.names.first())
                    {
                        customers.insert(payer.customer, name.clone());
                    }
                }
                let line = |entry: BankEntry| Line {
                    proposals: rules::propose(&paid(&entry), &invoices, &payers),
                    entry,
                };
                let names = customers.clone();
                let named = |one: Open| {
                    let name = names.get(&one.customer).cloned().unwrap_or_default();
                    (one.id, (one.label, one.customer, name, one.open))
                };
                Ok(Incoming {
                    lines: found.into_iter().map(line).collect(),
                    open: invoices.iter().cloned().map(named).collect(),
                    customers,
                })
            })
        })
        .await
}

/// One payment of a bank's file.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn bank_entry(app: &App, agent: &Agent, id: BankEntryId) -> Result<BankEntry> {
    agent.require(Permission::ReceivablesView)?;
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move { rows::get(tx, id).await?.ok_or(Error::NotFound("payment")) })
        })
        .await
}

fn paid(entry: &BankEntry) -> rules::Incoming {
    rules::Incoming {
        amount: Money { minor: entry.amount, currency: entry.currency },
        text: entry.text.clone(),
        payer: entry.payer.clone(),
        account: entry.account.clone(),
    }
}

async fn payers(tx: &mut Tx) -> Result<Vec<Payer>> {
    let mut accounts: BTreeMap<CustomerId, Vec<String>> = BTreeMap::new();
    for (customer, account) in rows::accounts(tx).await? {
        accounts.entry(customer).or_default().push(account);
    }
    let mut payers = Vec::new();
    for (customer, name, data) in kept::buyers(tx).await? {
        let accounts = accounts.remove(&customer).unwrap_or_default();
        payers.push(Payer { customer, names: vec![name, data.buyer.party.name], accounts });
    }
    Ok(payers)
}

/// What a payment is, as a person says.
#[derive(Clone, Debug)]
pub struct Confirm {
    /// The payment.
    pub entry: BankEntryId,
    /// Whose it is.
    pub customer: CustomerId,
    /// What it settles; what is left stays the customer's credit.
    pub settles: Vec<Settle>,
}

/// Books a payment of a bank's file. Whoever paid from that account is known the next time.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Stale`] if somebody has booked it; the word of why the ledger does not
/// take it.
pub async fn confirm(app: &App, agent: &Agent, confirm: Confirm) -> Result<LedgerId> {
    agent.require(Permission::ReceivablesManage)?;
    let now = app.now();
    let unit = Arc::new((confirm, agent.clone(), app.ids(now)));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (Confirm { entry, customer, settles }, agent, ids) = &*unit;
                let mut ids = ids.clone();
                let row = rows::get(tx, *entry).await?.ok_or(Error::NotFound("payment"))?;
                if row.progress != Progress::Open {
                    return Err(Error::Stale);
                }
                super::customer(tx, *customer).await?;
                let common = Common {
                    customer: *customer,
                    currency: row.currency,
                    day: row.day,
                    agent: agent.id,
                    at: now,
                };
                let label = [row.text.as_str(), row.payer.as_str()].into_iter().find(|text| !text.is_empty());
                let label = label.unwrap_or_default().chars().take(300).collect::<String>();
                let (payment, written) = common.payment(&mut ids, row.amount, &label, settles);
                post(tx, *customer, written).await?;
                if !row.account.is_empty() {
                    rows::learn(tx, &row.account, *customer).await?;
                }
                let booked = BankEntry { progress: Progress::Booked, payment: Some(payment), ..row };
                rows::set(tx, &booked, Progress::Open).await?;
                let what = json!({ "payment": payment, "bank": entry });
                let act = audit::act(&mut ids, now, agent.actor(), Deed::LedgerPost, customer, what);
                records::audit(tx, &act).await?;
                Ok(payment)
            })
        })
        .await
}

/// Says that a payment of a bank's file is no customer's.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`]; [`Error::Stale`] if somebody has booked it.
pub async fn ignore(app: &App, agent: &Agent, id: BankEntryId, reason: &str) -> Result<()> {
    agent.require(Permission::ReceivablesManage)?;
    let reason = line("reason", reason, 300)?;
    let now = app.now();
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::BankIgnore, &id, json!({}));
    let unit = Arc::new((reason, act));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (reason, act) = &*unit;
                let row = rows::get(tx, id).await?.ok_or(Error::NotFound("payment"))?;
                let ignored = BankEntry { progress: Progress::Ignored, reason: reason.clone(), ..row };
                rows::set(tx, &ignored, Progress::Open).await?;
                Ok(records::audit(tx, act).await?)
            })
        })
        .await
}
