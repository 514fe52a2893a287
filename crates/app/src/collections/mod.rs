//! Collections: the policy, where customers stand, what is noted of them, notices, and the policy tried on what was.

mod contact;
mod notice;
mod record;
mod simulate;
mod told;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

pub use contact::{OfContact, dispute_of, of_contact};
use domain::{
    access::Permission,
    clock::{Calendar, CalendarSpec, calendar::WeekSpec},
    collections::{
        Class, Facts, Policy, Standing,
        facts::{self, Invoice},
        standing,
    },
    deed::Deed,
    id::{AgentId, CustomerId, DeskId, DisputeId, InvoiceId, LedgerId},
    money::{Currency, Money},
    receivable::{invoice::rounded, ledger::EntryKind},
};
use jiff::{Timestamp, civil::Date};
pub use notice::{Switch, give, switch};
pub(crate) use notice::{overtaken, sweep};
pub use record::{
    NewDispute, NewPromise, Settle, classify, dispute, end_exemption, end_promise, exempt, lose, promise,
    settle,
};
use serde_json::json;
pub use simulate::{Event, Simulated, What, simulate};
use store::{
    Json, Tx,
    collections::{self as kept, Desk, Dispute, Exemption, Given, Outcome, Party, Promise, Published},
    people,
    receivables::ledger::{self as entries, Entry},
    records,
};
pub use told::stage;

use crate::{Agent, App, Error, Result, audit, receivables::day, who::zone};

/// The policy that holds, and its version: that with which a desk begins is 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// What it says.
    pub policy: Policy,
    /// Which version it is.
    pub version: i64,
    /// When it was published.
    pub at: Option<Timestamp>,
}

pub(crate) async fn held(tx: &mut Tx) -> Result<Held> {
    Ok(match kept::policy(tx).await? {
        Some(Published { version, data: Json(policy), at, .. }) => Held { policy, version, at: Some(at) },
        None => Held { policy: Policy::first(), version: 0, at: None },
    })
}

/// The policy that holds.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn policy(app: &App, agent: &Agent) -> Result<Held> {
    agent.require(Permission::ReceivablesView)?;
    app.store.read(agent.desk, |tx| Box::pin(async move { held(tx).await })).await
}

/// Publishes a policy over the version that was seen. It holds from now on: what was given under the one before stays given.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Stale`]; [`Error::Invalid`] `policy` with the word of the first fault.
pub async fn publish(app: &App, agent: &Agent, policy: Policy, seen: i64) -> Result<i64> {
    agent.require(Permission::ReceivablesManage)?;
    if let Some((_, fault)) = policy.faults().first() {
        return Err(Error::invalid("policy", fault.word()));
    }
    let now = app.now();
    let version = seen.checked_add(1).ok_or(Error::Stale)?;
    let data = json!({ "version": version });
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::CollectionPolicy, &agent.desk, data);
    let new = Published { version, data: Json(policy), agent: agent.id, at: now };
    let unit = Arc::new((act, new));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (act, new) = &*unit;
                if held(tx).await?.version != new.version - 1 {
                    return Err(Error::Stale);
                }
                kept::publish(tx, new).await?;
                Ok(records::audit(tx, act).await?)
            })
        })
        .await?;
    Ok(version)
}

/// A customer, and where it stands.
#[derive(Clone, Debug)]
pub struct Row {
    /// Who it is.
    pub party: Party,
    /// Today, where it is.
    pub today: Date,
    /// Where it stands.
    pub standing: Standing,
    /// Whether somebody gets its invoices, and so its notices.
    pub is_reachable: bool,
    /// What suppliers have billed us for it, and we have not paid.
    pub owing: Vec<Money>,
}

/// Where all customers stand that owe something.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Whether the desk gives notices.
    pub desk: Desk,
    /// The policy.
    pub held: Held,
    /// The customers, by name.
    pub rows: Vec<Row>,
}

/// Where all customers stand that owe something.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn standings(app: &App, agent: &Agent) -> Result<Overview> {
    agent.require(Permission::ReceivablesView)?;
    overview(app, agent.desk).await
}

async fn overview(app: &App, desk: DeskId) -> Result<Overview> {
    let now = app.now();
    let (desk, held, known, (reachable, mut owing)) = app
        .store
        .read(desk, move |tx| {
            Box::pin(async move {
                let known = known(tx, None, now).await?;
                let beside = (kept::reachable(tx).await?, owing(tx, None).await?);
                Ok::<_, Error>((kept::desk(tx).await?, held(tx).await?, known, beside))
            })
        })
        .await?;
    let rows = known.into_iter().filter(|(_, facts)| !facts.invoices.is_empty()).map(|(party, facts)| Row {
        is_reachable: reachable.contains(&party.id),
        owing: owing.remove(&party.id).unwrap_or_default(),
        today: facts.today,
        standing: standing(&held.policy, &facts),
        party,
    });
    Ok(Overview { rows: rows.collect(), desk, held })
}

/// The facts of one customer or of all, as they are now.
async fn known(tx: &mut Tx, of: Option<CustomerId>, now: Timestamp) -> Result<Vec<(Party, Facts)>> {
    let calendar = Arc::new(calendar(tx).await?);
    let mut all: Vec<(Party, Facts)> = kept::parties(tx, of)
        .await?
        .into_iter()
        .map(|party| {
            let facts = empty(&party, &calendar, now);
            (party, facts)
        })
        .collect();
    let places: HashMap<CustomerId, usize> =
        all.iter().enumerate().map(|(place, (party, _))| (party.id, place)).collect();
    let open: Vec<_> = match of {
        None => entries::open(tx)
            .await?
            .into_iter()
            .map(|o| (o.customer, o.id, o.due_on, Money { minor: o.amount, currency: o.currency }))
            .collect(),
        Some(of) => entries::open_of(tx, of)
            .await?
            .into_iter()
            .map(|o| (o.customer, o.id, o.due_on, Money { minor: o.amount, currency: o.currency }))
            .collect(),
    };
    let said = Said::read(tx, of).await?;
    for (customer, id, due, open) in open {
        let Some((_, facts)) = places.get(&customer).and_then(|place| all.get_mut(*place)) else { continue };
        match due {
            Some(due) => facts.invoices.push(Invoice { id, due, open }),
            None => facts.left.push(open),
        }
    }
    for (party, facts) in &mut all {
        said.put(party.id, facts);
    }
    Ok(all)
}

/// What suppliers have billed us for customers, and we have not paid, rounded currency by currency.
async fn owing(tx: &mut Tx, of: Option<CustomerId>) -> Result<BTreeMap<CustomerId, Vec<Money>>> {
    let mut all: BTreeMap<CustomerId, Vec<Money>> = BTreeMap::new();
    for (customer, currency, total) in kept::owing(tx, of).await? {
        // What cannot be counted is a mistake of the supplier's, and named with its invoice.
        if let Some(minor) = total.parse().ok().and_then(|total| rounded(total, currency).ok()) {
            all.entry(customer).or_default().push(Money { minor, currency });
        }
    }
    Ok(all.into_iter().map(|(customer, amounts)| (customer, sums(amounts.into_iter()))).collect())
}

fn empty(party: &Party, calendar: &Arc<Calendar>, now: Timestamp) -> Facts {
    let zone = zone(&party.timezone);
    Facts {
        today: day(now, &zone),
        zone,
        calendar: calendar.clone(),
        class: party.class.unwrap_or(Class::Standard),
        invoices: Vec::new(),
        payments: Vec::new(),
        left: Vec::new(),
        disputes: Vec::new(),
        promises: Vec::new(),
        exemptions: Vec::new(),
        notices: Vec::new(),
    }
}

/// The days on which the desk works; from Monday to Friday if it has no calendar.
async fn calendar(tx: &mut Tx) -> Result<Calendar> {
    let (settings, _) = people::settings(tx).await?;
    let own = match settings.calendar {
        Some(id) => people::calendar(tx, id).await?.and_then(|row| Calendar::try_from(row.spec.0).ok()),
        None => None,
    };
    let day = || vec![("09:00".to_owned(), "17:00".to_owned())];
    let week = WeekSpec { mon: day(), tue: day(), wed: day(), thu: day(), fri: day(), ..WeekSpec::default() };
    let spec = CalendarSpec { timezone: "UTC".into(), hours: week, ..CalendarSpec::default() };
    own.map_or_else(|| Calendar::try_from(spec).map_err(Error::internal), Ok)
}

/// What was said of customers beside their ledgers, each list in the order of customers.
struct Said {
    promises: Vec<Promise>,
    exemptions: Vec<Exemption>,
    disputes: Vec<Dispute>,
    credited: BTreeSet<DisputeId>,
    given: Vec<Given>,
    paid: Vec<kept::Paid>,
}

/// Those of one customer, of a list in the order of customers.
fn of<T>(all: &[T], whose: fn(&T) -> CustomerId, id: CustomerId) -> impl Iterator<Item = &T> {
    let from = all.partition_point(|one| whose(one) < id);
    all.iter().skip(from).take_while(move |one| whose(one) == id)
}

impl Said {
    async fn read(tx: &mut Tx, of: Option<CustomerId>) -> Result<Self> {
        let mut promises = kept::promises(tx, of).await?;
        // Only promises ask what came in, and since when.
        let mut paid = match promises.iter().map(|one| one.made_on).min() {
            Some(since) => kept::paid(tx, since, of).await?,
            None => Vec::new(),
        };
        let mut exemptions = kept::exemptions(tx, of).await?;
        let mut disputes = kept::disputes(tx, of).await?;
        let credited = kept::credited(tx, of).await?;
        let mut given = kept::notices(tx, of).await?;
        promises.sort_by_key(|one| one.customer);
        paid.sort_by_key(|one| one.customer);
        exemptions.sort_by_key(|one| one.customer);
        disputes.sort_by_key(|one| one.customer);
        given.sort_by_key(|one| one.notice.customer);
        Ok(Self { promises, exemptions, disputes, credited, given, paid })
    }

    fn put(&self, id: CustomerId, facts: &mut Facts) {
        let promises = of(&self.promises, |one| one.customer, id).filter(|one| one.withdrawn_at.is_none());
        facts.promises.extend(promises.map(|one| facts::Promise {
            made: one.made_on,
            currency: one.currency,
            parts: one.parts.0.clone(),
        }));
        facts.payments.extend(of(&self.paid, |one| one.customer, id).map(|one| facts::Payment {
            day: one.day,
            amount: Money { minor: one.amount, currency: one.currency },
        }));
        let exemptions =
            of(&self.exemptions, |one| one.customer, id).filter(|one| one.withdrawn_at.is_none());
        facts.exemptions.extend(exemptions.map(|one| facts::Exemption { from: one.from, until: one.until }));
        // Where the customer was right, the line is held until the credit note is there.
        let holds = |one: &&Dispute| match one.outcome {
            None => true,
            Some(Outcome::Accepted) => !self.credited.contains(&one.id),
            Some(Outcome::Rejected | Outcome::Withdrawn) => false,
        };
        let disputes = self.disputes_of(id).filter(holds);
        facts.disputes.extend(disputes.map(|one| facts::Dispute { invoice: one.entry, amount: one.amount }));
        let zone = facts.zone.clone();
        facts.notices.extend(of(&self.given, |one| one.notice.customer, id).map(|one| facts::Notice {
            stage: one.notice.stage.clone(),
            // Grace begins when it is there, which may be days later.
            on: one.arrived_at.map_or(one.notice.given_on, |at| day(at, &zone).max(one.notice.given_on)),
            invoices: one.invoices.iter().copied().collect::<BTreeSet<_>>(),
            delivery: one.delivery(),
        }));
    }

    fn disputes_of(&self, id: CustomerId) -> impl Iterator<Item = &Dispute> {
        of(&self.disputes, |one| one.customer, id)
    }
}

/// A customer, with the facts from which it is computed where it stands.
#[derive(Clone, Debug)]
pub struct One {
    /// Who it is, and where it stands.
    pub row: Row,
    /// The policy.
    pub held: Held,
    /// Its ledger.
    pub entries: Vec<Entry>,
    /// Its promises, those that were taken back too.
    pub promises: Vec<Promise>,
    /// The times in which it is left alone.
    pub exemptions: Vec<Exemption>,
    /// What it disputes, and has.
    pub disputes: Vec<Dispute>,
    /// The notices that it got.
    pub given: Vec<Given>,
    /// Its issued invoices whose lines are known.
    pub invoices: Vec<store::receivables::Invoice>,
    /// The names of agents.
    pub agents: HashMap<AgentId, String>,
}

/// A customer.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn one(app: &App, agent: &Agent, id: CustomerId) -> Result<One> {
    agent.require(Permission::ReceivablesView)?;
    let now = app.now();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let found = known(tx, Some(id), now).await?.pop();
                let (party, facts) = found.ok_or(Error::NotFound("customer"))?;
                let held = held(tx).await?;
                let all = entries::of(tx, id).await?;
                let mut invoices = Vec::new();
                for item in &facts.invoices {
                    let invoice =
                        all.iter().find(|entry| entry.id == item.id).and_then(|entry| entry.invoice);
                    if let Some(invoice) = invoice
                        && let Some(found) = store::receivables::get(tx, invoice).await?
                        && !found.imported
                    {
                        invoices.push(found);
                    }
                }
                let agents = people::agents(tx).await?;
                Ok(One {
                    row: Row {
                        is_reachable: kept::reachable(tx).await?.contains(&id),
                        owing: owing(tx, Some(id)).await?.remove(&id).unwrap_or_default(),
                        today: facts.today,
                        standing: standing(&held.policy, &facts),
                        party,
                    },
                    held,
                    entries: all,
                    promises: kept::promises(tx, Some(id)).await?,
                    exemptions: kept::exemptions(tx, Some(id)).await?,
                    disputes: kept::disputes(tx, Some(id)).await?,
                    given: kept::notices(tx, Some(id)).await?,
                    invoices,
                    agents: agents.into_iter().map(|agent| (agent.id, agent.name)).collect(),
                })
            })
        })
        .await
}

/// Where one customer stands, within a unit of work: what was read is what is decided on.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn standing_in(tx: &mut Tx, id: CustomerId, now: Timestamp) -> Result<(Held, Facts, Standing)> {
    let (_, facts) = known(tx, Some(id), now).await?.pop().ok_or(Error::NotFound("customer"))?;
    let held = held(tx).await?;
    let standing = standing(&held.policy, &facts);
    Ok((held, facts, standing))
}

/// The entry of an invoice in a ledger, if something of it is open.
fn entry_of(all: &[Entry], invoice: InvoiceId) -> Option<LedgerId> {
    let is = |entry: &&Entry| entry.kind == EntryKind::Invoice && entry.invoice == Some(invoice);
    all.iter().find(is).map(|entry| entry.id)
}

/// Amounts together, currency by currency.
fn sums(all: impl Iterator<Item = Money>) -> Vec<Money> {
    let mut sums: BTreeMap<Currency, i64> = BTreeMap::new();
    for one in all {
        let sum = sums.entry(one.currency).or_default();
        *sum = sum.saturating_add(one.minor);
    }
    sums.into_iter().map(|(currency, minor)| Money { minor, currency }).collect()
}
