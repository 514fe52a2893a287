//! Credit limits, and warnings by mail before something is late.

use std::{collections::HashMap, sync::Arc};

use domain::{
    access::{Permission, Rights},
    billing::{
        claim::ClaimState,
        owing::{LimitStanding, Warning, against_limit, due_warning},
    },
    deed::Deed,
    id::{AgentId, ClaimId, DeskId, SupplierId, SupplierInvoiceId, SupplierLimitId},
    money::{Currency, Money},
    ticket::timeline::Party,
};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use serde_json::json;
use store::{
    Tx, claims as claimed,
    outgoing::Purpose,
    owing::{self, Limit, Warned},
    payables as bills, people, queue,
    queue::Job,
    records, suppliers, suspensions,
};
use text::{Words, billing::day as written, format, mail as letters};

use super::{Days, OPEN, Payable};
use crate::{
    Agent, App, Error, Result, audit,
    claims::Listed,
    desks,
    jobs::{self, Outcome},
    post,
};

/// How many claims are looked at.
const CLAIMS: i64 = 500;
/// How many lines a letter has at most.
const LINES: usize = 50;
/// How far ahead a limit may begin, in years.
const AHEAD: i64 = 2;

/// A credit limit, and what is open against it.
#[derive(Clone, Debug)]
pub struct Limited {
    /// The limit.
    pub limit: Limit,
    /// How much it is.
    pub amount: Money,
    /// What is open of the supplier's invoices in its currency.
    pub open: Money,
    /// How much of it is used.
    pub standing: LimitStanding,
}

/// What is entered of a credit limit.
#[derive(Clone, Debug)]
pub struct NewLimit {
    /// Whose.
    pub supplier: SupplierId,
    /// In which currency.
    pub currency: Currency,
    /// How much; none for no limit any more.
    pub amount: Option<Money>,
    /// From so much of it on somebody should know, in percent.
    pub warn: i64,
    /// From which day on.
    pub begins: Date,
}

/// Enters the credit limit that a supplier gives us. Those before it stay.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`] for the supplier, [`Error::Invalid`].
pub async fn set_limit(app: &App, agent: &Agent, new: NewLimit) -> Result<SupplierLimitId> {
    agent.require(Permission::PayablesManage)?;
    if new.amount.is_some_and(|amount| amount.minor < 0 || amount.currency != new.currency) {
        return Err(Error::invalid("amount", "not-an-amount"));
    }
    if !(1..=100).contains(&new.warn) {
        return Err(Error::invalid("percent", "not-a-count"));
    }
    let now = app.now();
    let mut ids = app.ids(now);
    let id = ids.next(SupplierLimitId::new);
    let data = json!({ "limit": id, "amount": new.amount, "currency": new.currency, "begins": new.begins });
    let act = audit::act(&mut ids, now, agent.actor(), Deed::SupplierLimit, &new.supplier, data);
    let unit = Arc::new((agent.id, new, act));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, new, act) = &*unit;
                let supplier = suppliers::get(tx, new.supplier).await?.ok_or(Error::NotFound("supplier"))?;
                let today = Days::of_desk(tx, now).await?.today;
                if new.begins > today.saturating_add(AHEAD.years()) {
                    return Err(Error::invalid("begins", "too-far"));
                }
                let limit = Limit {
                    id,
                    supplier: new.supplier,
                    currency: new.currency,
                    amount: new.amount.map(|amount| amount.minor),
                    warn: new.warn,
                    begins: new.begins,
                    agent: *agent,
                    at: now,
                    supplier_name: supplier.name,
                };
                owing::add_limit(tx, &limit).await?;
                Ok(records::audit(tx, act).await?)
            })
        })
        .await?;
    Ok(id)
}

/// The credit limits that hold today, with what is open against them.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn limits(app: &App, agent: &Agent) -> Result<Vec<Limited>> {
    agent.require(Permission::PayablesView)?;
    let now = app.now();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let days = Days::of_desk(tx, now).await?;
                let open = unpaid(tx, &days).await?;
                limited(tx, &open, &days).await
            })
        })
        .await
}

/// The invoices of which something is to be paid, the earliest due first.
async fn unpaid(tx: &mut Tx, days: &Days) -> Result<Vec<Payable>> {
    let rows = bills::unpaid(tx, OPEN).await?;
    let all = rows.into_iter().map(|row| Payable::of(row, days));
    Ok(all.filter(|payable| payable.due.is_some()).collect())
}

async fn limited(tx: &mut Tx, open: &[Payable], days: &Days) -> Result<Vec<Limited>> {
    let mut used: HashMap<(SupplierId, Currency), i64> = HashMap::new();
    for payable in open {
        let sum = used.entry((payable.invoice.supplier, payable.open.currency)).or_default();
        *sum = sum.saturating_add(payable.open.minor);
    }
    let with = |limit: Limit| {
        let amount = limit.money()?;
        let open = used.get(&(limit.supplier, limit.currency)).copied().unwrap_or(0);
        Some(Limited {
            standing: against_limit(open, amount.minor, limit.warn),
            open: Money { minor: open, currency: limit.currency },
            amount,
            limit,
        })
    };
    Ok(owing::limits(tx, days.today).await?.into_iter().filter_map(with).collect())
}

/// What the desk's people should be warned of now.
struct Now {
    open: Vec<Payable>,
    claims: Vec<Listed>,
    limits: Vec<Limited>,
}

impl Now {
    async fn read(tx: &mut Tx, now: Timestamp) -> Result<Self> {
        let days = Days::of_desk(tx, now).await?;
        let open = unpaid(tx, &days).await?;
        let claims =
            claimed::newest(tx, ClaimId::from_uuid(uuid::Uuid::max()), Some(ClaimState::Draft), CLAIMS);
        let claims = claims.await?.into_iter().map(|claim| Listed::of(claim, &days)).collect();
        Ok(Self { limits: limited(tx, &open, &days).await?, claims, open })
    }

    fn warnings(&self) -> Vec<Warned> {
        let bills = self.open.iter().filter_map(|payable| {
            let warning = due_warning(payable.due?.left)?;
            let (subject, day) = (payable.invoice.id.uuid(), payable.invoice.due.to_string());
            Some(Warned { subject, warning, day })
        });
        let claims = self.claims.iter().filter(|listed| listed.due.is_some_and(|due| due.warned));
        let claims = claims.filter_map(|listed| {
            let day = listed.claim.deadline?.to_string();
            Some(Warned { subject: listed.claim.id.uuid(), warning: Warning::ClaimDue, day })
        });
        let limits = self.limits.iter().filter_map(|limited| {
            let warning = match limited.standing {
                LimitStanding::Within => return None,
                LimitStanding::Near => Warning::LimitNear,
                LimitStanding::Passed => Warning::LimitPassed,
            };
            Some(Warned { subject: limited.limit.id.uuid(), warning, day: String::new() })
        });
        bills.chain(claims).chain(limits).collect()
    }

    /// What a letter says of a warning, if it is still true: what, and how much until when.
    fn line(&self, words: Words, warned: &Warned) -> Option<(String, String)> {
        let what = words.word("payable-warning", warned.warning.word()).into_owned();
        let day = || warned.day.parse::<Date>().map_or_else(|_| String::new(), |day| written(words, day));
        let text = match warned.warning {
            Warning::DueTen | Warning::DueFive | Warning::DueOne | Warning::Overdue => {
                let id = SupplierInvoiceId::from_uuid(warned.subject);
                let of = |one: &&Payable| one.invoice.id == id && one.invoice.due.to_string() == warned.day;
                let found = self.open.iter().find(of)?;
                let open = format::money(words, found.open);
                format!("{} {}: {open} · {}", found.invoice.supplier_name, found.invoice.number, day())
            }
            Warning::ClaimDue => {
                let id = ClaimId::from_uuid(warned.subject);
                let claim = &self.claims.iter().find(|one| one.claim.id == id && one.due.is_some())?.claim;
                let amount = format::money(words, claim.money(claim.amount));
                format!("{} {}: {amount} · {}", claim.supplier_name, claim.number, day())
            }
            Warning::LimitNear | Warning::LimitPassed => {
                let id = SupplierLimitId::from_uuid(warned.subject);
                let found = self.limits.iter().find(|one| one.limit.id == id)?;
                let (open, limit) = (format::money(words, found.open), format::money(words, found.amount));
                format!("{}: {open} / {limit}", found.limit.supplier_name)
            }
        };
        Some((what, text))
    }
}

/// Warns who may pay, once of each thing: one letter each for all that is new. A desk that was restored from a backup says
/// nothing, and forgets nothing: it warns once it may speak.
pub(crate) async fn sweep(app: &App, desk: DeskId) -> Result<usize> {
    let now = app.now();
    let ids = app.ids(now);
    let sent = app
        .store
        .write::<_, Error, _>(desk, move |tx| {
            let mut ids = ids.clone();
            Box::pin(async move {
                if suspensions::is_muted(tx).await? {
                    return Ok(0);
                }
                let agents = people::agents(tx).await?;
                let payers = agents.iter().filter(|agent| {
                    agent.active && Rights::of(&agent.roles.0).has(Permission::PayablesManage)
                });
                let payers: Vec<AgentId> = payers.map(|agent| agent.id).collect();
                // Nobody is told: it waits until there is somebody.
                if payers.is_empty() {
                    return Ok(0);
                }
                let found = Now::read(tx, now).await?;
                // A limit that is not passed any more can be passed again.
                for limited in &found.limits {
                    let subject = limited.limit.id.uuid();
                    if limited.standing != LimitStanding::Passed {
                        owing::forget(tx, subject, Warning::LimitPassed).await?;
                    }
                    if limited.standing == LimitStanding::Within {
                        owing::forget(tx, subject, Warning::LimitNear).await?;
                    }
                }
                let mut is_new = false;
                for warned in found.warnings() {
                    is_new |= owing::warn(tx, &warned, now).await?;
                }
                if !is_new {
                    return Ok(0);
                }
                for agent in &payers {
                    queue::enqueue(tx, now, &jobs::payables(&mut ids, *agent, now)).await?;
                }
                Ok(payers.len())
            })
        })
        .await?;
    if sent > 0 {
        app.wake();
    }
    Ok(sent)
}

/// Mails to one of the desk's people of what it was warned at a moment, as far as it is still true.
///
/// # Errors
/// As the database says.
pub(crate) async fn mail(app: &App, desk: DeskId, to: AgentId, at: Timestamp, job: &Job) -> Result<Outcome> {
    let now = app.now();
    let unit = app.store.read::<_, Error, _>(desk, move |tx| {
        Box::pin(async move {
            let agent = people::agent(tx, to).await?;
            Ok((
                agent,
                owing::warned_at(tx, at).await?,
                Now::read(tx, now).await?,
                desks::public_name(tx).await?,
            ))
        })
    });
    let (agent, warned, found, desk_name) = unit.await?;
    let may =
        |agent: &people::Agent| agent.active && Rights::of(&agent.roles.0).has(Permission::PayablesManage);
    let Some(agent) = agent.filter(may) else { return Ok(Outcome::Done) };
    let words = Words::new(agent.lang);
    let lines: Vec<_> = warned.iter().filter_map(|one| found.line(words, one)).take(LINES).collect();
    if lines.is_empty() {
        return Ok(Outcome::Done);
    }
    let link = format!("{}/payables", app.config.base_url);
    let letter = letters::Owing { name: &agent.name, lines: &lines, desk: &desk_name, link: &link };
    let party = Party { name: agent.name.clone(), email: agent.email.to_string() };
    post::once(app, desk, party, Purpose::Notification, &letters::owing(words, &letter), job).await
}
