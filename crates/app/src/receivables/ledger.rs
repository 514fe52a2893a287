//! The ledger of a customer: what is written into it, and what follows.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    access::Permission,
    deed::Deed,
    id::{AgentId, CustomerId, LedgerId},
    money::{Currency, Money},
    receivable::ledger::{Account, Ages, EntryKind, add_age, age},
};
use jiff::{Timestamp, civil::Date};
use serde_json::json;
use store::{
    Tx, parties as customers,
    receivables::{
        self as kept, Listed,
        ledger::{self as entries, Entry},
    },
    records,
};

use super::{customer as known, damaged, day, today};
use crate::{Agent, App, Error, Ids, Result, audit, error::line, who::zone};

/// The longest reason, in characters.
const REASON: usize = 300;

/// Writes entries into a customer's ledger, if the ones before allow it, and keeps what is open of it then.
pub(super) async fn post(tx: &mut Tx, customer: CustomerId, new: Vec<Entry>) -> Result<()> {
    let mut all = entries::of(tx, customer).await?;
    let mut account = computed(&all)?;
    for mut entry in new {
        entry.seq = i64::try_from(all.len()).unwrap_or(i64::MAX).saturating_add(1);
        let rule = entry.rule().ok_or_else(|| damaged("an entry lacks what its kind has"))?;
        account.take(&rule).map_err(|why| Error::Refused(why.word()))?;
        entries::add(tx, &entry).await?;
        all.push(entry);
    }
    Ok(entries::set_open(tx, customer, &all, &account).await?)
}

fn computed(entries: &[Entry]) -> Result<Account> {
    let rules: Option<Vec<_>> = entries.iter().map(Entry::rule).collect();
    let rules = rules.ok_or_else(|| damaged("an entry lacks what its kind has"))?;
    Account::of(&rules).map_err(|why| damaged(why.word()))
}

/// A customer's ledger, and what follows from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Of {
    /// The customer.
    pub customer: customers::Customer,
    /// The entries, in the order in which they were written.
    pub entries: Vec<Entry>,
    /// What follows from them.
    pub account: Account,
    /// What is open by age, currency by currency.
    pub ages: BTreeMap<Currency, Ages>,
    /// Its drafts.
    pub drafts: Vec<Listed>,
    /// Today, where the customer is.
    pub today: Date,
}

/// A customer's ledger.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn account(app: &App, agent: &Agent, customer: CustomerId) -> Result<Of> {
    agent.require(Permission::ReceivablesView)?;
    let now = app.now();
    app.store.read(agent.desk, move |tx| Box::pin(async move { read(tx, customer, now).await })).await
}

pub(super) async fn read(tx: &mut Tx, customer: CustomerId, now: Timestamp) -> Result<Of> {
    let customer = known(tx, customer).await?;
    let entries = entries::of(tx, customer.id).await?;
    let account = computed(&entries)?;
    let today = day(now, &zone(&customer.timezone));
    let mut ages = BTreeMap::new();
    for (_, owed) in account.open() {
        let open = Money { minor: owed.open, currency: owed.amount.currency };
        add_age(&mut ages, open, age(owed.due, today));
    }
    let drafts = kept::of_customer(tx, customer.id, domain::receivable::invoice::State::Draft).await?;
    Ok(Of { customer, entries, account, ages, drafts, today })
}

/// What a payment settles: an invoice's entry, and minor units of it.
pub type Settle = (LedgerId, i64);

/// A payment that somebody enters.
#[derive(Clone, Debug)]
pub struct NewPayment {
    /// Whose.
    pub customer: CustomerId,
    /// How much.
    pub amount: Money,
    /// When it came in.
    pub day: Date,
    /// What the payer wrote, or how it came.
    pub label: String,
    /// What it settles; what is left stays the customer's credit.
    pub settles: Vec<Settle>,
}

/// What all entries of one use case share.
#[derive(Clone, Debug)]
pub(super) struct Common {
    pub(super) customer: CustomerId,
    pub(super) currency: Currency,
    pub(super) day: Date,
    pub(super) agent: AgentId,
    pub(super) at: Timestamp,
}

impl Common {
    pub(super) fn entry(&self, id: LedgerId, kind: EntryKind, amount: i64, label: &str) -> Entry {
        Entry {
            id,
            customer: self.customer,
            seq: 0,
            kind,
            day: self.day,
            currency: self.currency,
            amount,
            due_on: None,
            source: None,
            target: None,
            invoice: None,
            label: label.to_owned(),
            reason: String::new(),
            agent: Some(self.agent),
            at: self.at,
        }
    }

    /// A payment, and what it settles.
    pub(super) fn payment(
        &self,
        ids: &mut Ids,
        amount: i64,
        label: &str,
        settles: &[Settle],
    ) -> (LedgerId, Vec<Entry>) {
        let id = ids.next(LedgerId::new);
        let mut all = vec![self.entry(id, EntryKind::Payment, amount, label)];
        all.extend(self.allocations(ids, id, label, settles));
        (id, all)
    }

    fn allocations(&self, ids: &mut Ids, from: LedgerId, label: &str, settles: &[Settle]) -> Vec<Entry> {
        let one = |(to, minor): &Settle| Entry {
            source: Some(from),
            target: Some(*to),
            ..self.entry(ids.next(LedgerId::new), EntryKind::Allocation, *minor, label)
        };
        settles.iter().map(one).collect()
    }
}

/// Enters a payment by hand.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`]; the word of why the ledger does not take it.
pub async fn pay(app: &App, agent: &Agent, new: NewPayment) -> Result<LedgerId> {
    let label = line("label", &new.label, REASON)?;
    if new.amount.minor <= 0 || new.amount.minor > domain::receivable::invoice::MOST {
        return Err(Error::invalid("amount", "not-an-amount"));
    }
    if new.settles.iter().map(|(_, minor)| i128::from(*minor)).sum::<i128>() > i128::from(new.amount.minor) {
        return Err(Error::Refused("more-than-open"));
    }
    let now = app.now();
    let mut ids = app.ids(now);
    let common = Common {
        customer: new.customer,
        currency: new.amount.currency,
        day: new.day,
        agent: agent.id,
        at: now,
    };
    let (id, written) = common.payment(&mut ids, new.amount.minor, &label, &new.settles);
    write(app, agent, &mut ids, new.customer, written, None).await?;
    Ok(id)
}

/// Writes entries, and notes the act. `reopens` is a payment that was none.
async fn write(
    app: &App,
    agent: &Agent,
    ids: &mut Ids,
    customer: CustomerId,
    written: Vec<Entry>,
    reopens: Option<LedgerId>,
) -> Result<()> {
    agent.require(Permission::ReceivablesManage)?;
    let now = app.now();
    let what = json!({
        "entries": written.iter().map(|entry| json!({ "id": entry.id, "kind": entry.kind })).collect::<Vec<_>>(),
    });
    let act = audit::act(ids, now, agent.actor(), Deed::LedgerPost, &customer, what);
    let unit = Arc::new((written, act));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (written, act) = &*unit;
                known(tx, customer).await?;
                // A payment of tomorrow has not come in.
                if written.iter().any(|entry| entry.day > at_most(now)) {
                    return Err(Error::invalid("day", "in-the-future"));
                }
                post(tx, customer, written.clone()).await?;
                if let Some(payment) = reopens {
                    kept::bank::reopen(tx, payment).await?;
                }
                Ok(records::audit(tx, act).await?)
            })
        })
        .await
}

/// Today, in the zone where it is the latest day.
fn at_most(now: Timestamp) -> Date {
    let east = jiff::tz::Offset::constant(14).to_time_zone();
    day(now, &east)
}

/// An entry of a customer's ledger, with all of it.
async fn find(app: &App, agent: &Agent, customer: CustomerId, id: LedgerId) -> Result<(Entry, i64, Common)> {
    agent.require(Permission::ReceivablesManage)?;
    let (now, me) = (app.now(), agent.id);
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let all = entries::of(tx, customer).await?;
                let found = all.iter().find(|entry| entry.id == id).ok_or(Error::NotFound("entry"))?.clone();
                let account = computed(&all)?;
                let open = account.owed.get(&id).map(|owed| owed.open);
                let open = open.or(account.credits.get(&id).map(|credit| credit.left)).unwrap_or(0);
                let day = today(tx, now).await?;
                let common = Common { customer, currency: found.currency, day, agent: me, at: now };
                Ok((found, open, common))
            })
        })
        .await
}

/// Settles invoices with what is left of a payment or credit note.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; `no-amount` for nothing; the word of why the ledger does not take it.
pub async fn allocate(
    app: &App,
    agent: &Agent,
    customer: CustomerId,
    from: LedgerId,
    settles: &[Settle],
) -> Result<()> {
    let (found, _, common) = find(app, agent, customer, from).await?;
    if settles.is_empty() {
        return Err(Error::Refused("no-amount"));
    }
    let mut ids = app.ids(common.at);
    let written = common.allocations(&mut ids, from, &found.label, settles);
    write(app, agent, &mut ids, customer, written, None).await
}

/// Gives up what is open of an invoice.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`]; the word of why the ledger does not take it.
pub async fn write_off(
    app: &App,
    agent: &Agent,
    customer: CustomerId,
    of: LedgerId,
    reason: &str,
) -> Result<()> {
    undo(app, agent, customer, of, EntryKind::WriteOff, reason).await
}

/// Notes that what was left of a payment or credit note was paid back.
///
/// # Errors
/// As [`write_off`].
pub async fn refund(
    app: &App,
    agent: &Agent,
    customer: CustomerId,
    of: LedgerId,
    reason: &str,
) -> Result<()> {
    undo(app, agent, customer, of, EntryKind::Refund, reason).await
}

/// Takes a payment back that was none: what it settled is open again, and so is the bank's line that it was made of.
///
/// # Errors
/// As [`write_off`].
pub async fn reverse(
    app: &App,
    agent: &Agent,
    customer: CustomerId,
    of: LedgerId,
    reason: &str,
) -> Result<()> {
    undo(app, agent, customer, of, EntryKind::Reversal, reason).await
}

async fn undo(
    app: &App,
    agent: &Agent,
    customer: CustomerId,
    of: LedgerId,
    kind: EntryKind,
    reason: &str,
) -> Result<()> {
    let reason = line("reason", reason, REASON)?;
    let (found, open, common) = find(app, agent, customer, of).await?;
    let amount = if kind == EntryKind::Reversal { found.amount } else { open };
    let mut ids = app.ids(common.at);
    let id = ids.next(LedgerId::new);
    let entry = Entry { target: Some(of), reason, ..common.entry(id, kind, amount, &found.label) };
    let reopens = (kind == EntryKind::Reversal).then_some(of);
    write(app, agent, &mut ids, customer, vec![entry], reopens).await
}

/// What a customer owes in one currency, by age.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aged {
    /// The customer.
    pub customer: CustomerId,
    /// Its name.
    pub name: String,
    /// The currency.
    pub currency: Currency,
    /// What is open, by age.
    pub ages: Ages,
    /// What is left of payments and credit notes.
    pub credit: i64,
}

/// What all customers owe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ageing {
    /// By customer and currency, in the order of names.
    pub rows: Vec<Aged>,
    /// All customers together, currency by currency: by age, and what is left of payments and credit notes.
    pub totals: BTreeMap<Currency, (Ages, i64)>,
}

/// What all customers owe, by age: each by the day where it is.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn ageing(app: &App, agent: &Agent) -> Result<Ageing> {
    agent.require(Permission::ReceivablesView)?;
    let now = app.now();
    let open = app.store.read::<_, store::Error, _>(agent.desk, |tx| Box::pin(entries::open(tx))).await?;
    let mut ageing = Ageing::default();
    let mut found: BTreeMap<(CustomerId, Currency), usize> = BTreeMap::new();
    for item in open {
        let place = *found.entry((item.customer, item.currency)).or_insert_with(|| {
            ageing.rows.push(Aged {
                customer: item.customer,
                name: item.name.clone(),
                currency: item.currency,
                ages: Ages::default(),
                credit: 0,
            });
            ageing.rows.len() - 1
        });
        let Some(row) = ageing.rows.get_mut(place) else { continue };
        let total = ageing.totals.entry(item.currency).or_default();
        match item.due_on {
            Some(due) => {
                let age = age(due, day(now, &zone(&item.timezone))) as usize;
                row.ages[age] = row.ages[age].saturating_add(item.amount);
                total.0[age] = total.0[age].saturating_add(item.amount);
            }
            None => {
                row.credit = row.credit.saturating_add(item.amount);
                total.1 = total.1.saturating_add(item.amount);
            }
        }
    }
    Ok(ageing)
}
