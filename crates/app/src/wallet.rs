//! Wallets: what is left of the units of a contract.
//!
//! # For whoever hands tickets over
//!
//! [`reserve`], [`consume`], [`release`] and [`refund`] run inside the caller's unit of work, so that a unit is never held
//! for a hand-over that was not written, nor the other way round. A hand-over is a *case*: its key is the hand-over's id as
//! text. Reserve when the vehicle is chosen, consume when the supplier has the case, release if it never got it, refund if
//! it says that it does not charge for it. Each may be called again with the same key and then does nothing. A new attempt
//! by another vehicle, or after a release, is a new hand-over and so a new key.
//!
//! A vehicle that consumes nothing has no entitlement, or one that is not counted: then there is nothing to reserve, and
//! where one is named its ledger still tells which cases went by it.

use domain::{
    access::{Permission, Reader},
    deed::Deed,
    id::{EntitlementId, TicketId},
    ticket::timeline::Actor,
    vehicle::{
        standing::Period,
        wallet::{self, Act, Forecast, Refusal, Step},
    },
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{
    Tx,
    entitlements::{self, Entitlement},
    prepaid::Prepaid,
    records,
    wallet::{self as ledger, Entry, Holder},
};

use crate::{
    Agent, App, Error, Result, audit,
    error::{body, line},
    post,
};

/// The longest key of a case, in characters.
const CASE: usize = 100;
/// The longest reason, in bytes.
const REASON: usize = 2_000;
/// How many entries a page of a ledger has at most.
pub const PAGE: i64 = 100;

/// What may cost units, and who moves them.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its key: a hand-over's id as text, or the supplier's number of a request that was filed elsewhere.
    pub key: String,
    /// Its ticket, if it has one.
    pub ticket: Option<TicketId>,
    /// Who does it.
    pub actor: Actor,
    /// Why, for whoever reads the ledger; may be empty.
    pub reason: String,
    /// When.
    pub now: Timestamp,
}

/// What a case has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// In whose wallet.
    pub entitlement: EntitlementId,
    /// What is left now; none where nothing is counted.
    pub balance: Option<u64>,
    /// Whether it was so before: then nothing was written.
    pub already: bool,
}

/// A contract with a wallet, of either kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Account {
    holder: Holder,
    counted: bool,
    balance: Option<i64>,
    entries: i64,
}

impl From<&Entitlement> for Account {
    fn from(of: &Entitlement) -> Self {
        let holder = Holder::Entitlement(of.id);
        Self { holder, counted: of.counted, balance: of.balance, entries: of.entries }
    }
}

impl From<&Prepaid> for Account {
    fn from(of: &Prepaid) -> Self {
        let balance = Some(of.balance.into());
        Self { holder: Holder::Prepaid(of.id), counted: true, balance, entries: of.entries }
    }
}

impl Account {
    /// What is left; none where nothing is counted.
    fn left(&self) -> Option<u64> {
        // The schema keeps it from being negative.
        self.counted.then(|| u64::try_from(self.balance.unwrap_or(0)).unwrap_or(0))
    }
}

/// What an act came to: what is left, and whether it was so before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct After {
    pub(crate) balance: Option<u64>,
    pub(crate) already: bool,
}

impl After {
    const fn of(self, entitlement: EntitlementId) -> Moved {
        Moved { entitlement, balance: self.balance, already: self.already }
    }
}

/// Holds one unit for a case.
///
/// # Errors
/// [`Error::NotFound`] for a contract that is not the desk's; [`Error::Refused`]: `none-left`; `contract-expired` or `contract-not-begun`
/// where its period does not hold now; `case-spent` if the case has given its unit back; `case-elsewhere` if it has one of another
/// wallet.
pub async fn reserve(tx: &mut Tx, entitlement: EntitlementId, case: &Case) -> Result<Moved> {
    take(tx, entitlement, Act::Reserve, case).await
}

/// Uses the unit that a case holds, or one at once if it holds none.
///
/// # Errors
/// As [`reserve`]. A unit that is held can be used after the period has ended.
pub async fn consume(tx: &mut Tx, entitlement: EntitlementId, case: &Case) -> Result<Moved> {
    take(tx, entitlement, Act::Consume, case).await
}

/// Gives back what a case holds; none if it has never held anything.
///
/// # Errors
/// [`Error::Refused`] `not-held` if it has used its unit: that is a [`refund`].
pub async fn release(tx: &mut Tx, case: &Case) -> Result<Option<Moved>> {
    let done = ledger::of_case(tx, &case.key).await?;
    let Some(first) = done.first() else { return Ok(None) };
    let of = contract(tx, EntitlementId::from_uuid(first.contract)).await?;
    Ok(Some(append(tx, (&of).into(), &done, Act::Release, 1, case).await?.of(of.id)))
}

/// Gives back what a case has used.
///
/// # Errors
/// [`Error::Refused`] `not-consumed` if it has used nothing.
pub async fn refund(tx: &mut Tx, case: &Case) -> Result<Moved> {
    let done = ledger::of_case(tx, &case.key).await?;
    let Some(first) = done.first() else { return Err(refused(Refusal::NotConsumed)) };
    let of = contract(tx, EntitlementId::from_uuid(first.contract)).await?;
    Ok(append(tx, (&of).into(), &done, Act::Refund, 1, case).await?.of(of.id))
}

async fn take(tx: &mut Tx, entitlement: EntitlementId, act: Act, case: &Case) -> Result<Moved> {
    let of = contract(tx, entitlement).await?;
    let done = ledger::of_case(tx, &case.key).await?;
    if done.iter().any(|entry| entry.contract != entitlement.uuid()) {
        return Err(Error::Refused("case-elsewhere"));
    }
    if done.is_empty() {
        match Period::of(of.from, of.to, case.now) {
            Period::InForce => {}
            Period::Expired(_) => return Err(Error::Refused("contract-expired")),
            Period::NotBegun(_) => return Err(Error::Refused("contract-not-begun")),
        }
    }
    Ok(append(tx, (&of).into(), &done, act, 1, case).await?.of(of.id))
}

async fn contract(tx: &mut Tx, id: EntitlementId) -> Result<Entitlement> {
    entitlements::get(tx, id).await?.ok_or(Error::NotFound("entitlement"))
}

fn refused(refusal: Refusal) -> Error {
    Error::Refused(refusal.code())
}

/// Decides by the rules and writes what they say. `done` is what the case has done so far.
pub(crate) async fn append(
    tx: &mut Tx,
    of: Account,
    done: &[Entry],
    act: Act,
    units: u32,
    case: &Case,
) -> Result<After> {
    let before = of.left();
    let rules: Vec<wallet::Entry> = done.iter().map(as_rule).collect();
    let (units, balance) = match wallet::step(before, &rules, act, units).map_err(refused)? {
        Step::Already => return Ok(After { balance: before, already: true }),
        Step::Append { units, balance } => (units, balance),
    };
    let stored = balance.map(i64::try_from).transpose().map_err(Error::internal)?;
    let entry = Entry {
        contract: of.holder.uuid(),
        seq: of.entries + 1,
        act,
        case: (!matches!(act, Act::Grant | Act::Expire)).then(|| case.key.clone()),
        ticket: case.ticket,
        units,
        delta: stored.unwrap_or(0) - of.balance.unwrap_or(0),
        balance: stored,
        reason: case.reason.clone(),
        actor: case.actor.kind(),
        actor_id: case.actor.id(),
        at: case.now,
    };
    ledger::append(tx, of.holder, &entry).await?;
    Ok(After { balance, already: false })
}

/// What a contract has left; none where nothing is counted.
pub(crate) fn left(of: &Entitlement) -> Option<u64> {
    Account::from(of).left()
}

fn as_rule(entry: &Entry) -> wallet::Entry {
    wallet::Entry { act: entry.act, case: entry.case.clone(), units: entry.units }
}

/// Lets units into a new wallet.
pub(crate) async fn first_grant(
    tx: &mut Tx,
    of: &Entitlement,
    units: u32,
    actor: Actor,
    now: Timestamp,
) -> Result<()> {
    let case = Case { key: String::new(), ticket: None, actor, reason: String::new(), now };
    append(tx, of.into(), &[], Act::Grant, units, &case).await.map(drop)
}

/// When a contract's wallet will be empty, by what was used of it lately.
///
/// # Errors
/// As the database says.
pub async fn forecast(tx: &mut Tx, of: &Entitlement, now: Timestamp) -> Result<Forecast> {
    forecast_of(tx, of.into(), of.from, of.to, now).await
}

/// The same for a contract of either kind.
pub(crate) async fn forecast_of(
    tx: &mut Tx,
    of: Account,
    from: Timestamp,
    to: Option<Timestamp>,
    now: Timestamp,
) -> Result<Forecast> {
    let window = SignedDuration::from_hours(24 * wallet::WINDOW_DAYS);
    let begin = now.checked_sub(window).unwrap_or(from).max(from);
    let uses = match of.counted {
        true => uses(&ledger::since(tx, of.holder, begin).await?),
        false => Vec::new(),
    };
    Ok(wallet::forecast(now, from, to, of.left(), &uses))
}

/// When units were taken that were not given back. `entries` are the newest first.
fn uses(entries: &[Entry]) -> Vec<Timestamp> {
    let given_back: std::collections::HashSet<&str> = entries
        .iter()
        .filter(|entry| matches!(entry.act, Act::Release | Act::Refund))
        .filter_map(|entry| entry.case.as_deref())
        .collect();
    let taken = entries.iter().filter(|entry| {
        entry.delta < 0
            && entry.act != Act::Expire
            && entry.case.as_deref().is_none_or(|case| !given_back.contains(case))
    });
    taken
        .flat_map(|entry| {
            let units = usize::try_from(-entry.delta).unwrap_or(0);
            std::iter::repeat_n(entry.at, units)
        })
        .collect()
}

/// A page of a ledger, the newest entry first: those before the given number.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn entries(
    app: &App,
    agent: &Agent,
    id: EntitlementId,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Entry>> {
    agent.require(Permission::SuppliersView)?;
    let limit = limit.clamp(1, PAGE + 1);
    let reader = agent.reader();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                contract(tx, id).await?;
                let mut entries =
                    ledger::newest(tx, Holder::Entitlement(id), before.unwrap_or(i64::MAX), limit).await?;
                conceal(tx, reader, &mut entries).await;
                Ok(entries)
            })
        })
        .await
}

/// What is for named people only is named to nobody else.
pub(crate) async fn conceal(tx: &mut Tx, reader: Reader, entries: &mut [Entry]) {
    for entry in entries {
        if post::shown(tx, reader, entry.ticket, "ticket").await.is_err() {
            entry.ticket = None;
        }
    }
}

/// What an agent writes into a wallet.
#[derive(Clone, Debug)]
pub enum ByHand {
    /// Units that were bought, or that a new period brought.
    Grant {
        /// How many.
        units: u32,
    },
    /// A request that was filed elsewhere took a unit.
    Consume {
        /// The supplier's number of it.
        case: String,
    },
    /// The supplier gives a unit back.
    Refund {
        /// Of which case.
        case: String,
    },
}

/// Writes into a wallet by hand.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`] without a reason, and as [`consume`] and [`refund`]; a
/// refund of another wallet's case is refused `case-elsewhere`.
pub async fn by_hand(
    app: &App,
    agent: &Agent,
    id: EntitlementId,
    what: ByHand,
    reason: &str,
) -> Result<Moved> {
    agent.require(Permission::SuppliersManage)?;
    let reason = body("reason", reason, REASON)?;
    let (key, deed) = match &what {
        ByHand::Grant { units } if *units == 0 || *units > wallet::MOST => {
            return Err(Error::invalid("units", "not-a-count"));
        }
        ByHand::Grant { .. } => (String::new(), Deed::WalletGrant),
        ByHand::Consume { case } => (line("case", case, CASE)?, Deed::WalletConsume),
        ByHand::Refund { case } => (line("case", case, CASE)?, Deed::WalletRefund),
    };
    let now = app.now();
    let data = json!({ "case": key });
    let act = audit::act(&mut app.ids(now), now, agent.actor(), deed, &id, data);
    let case = Case { key, ticket: None, actor: agent.actor(), reason, now };
    app.store
        .write(agent.desk, move |tx| {
            let (what, case, act) = (what.clone(), case.clone(), act.clone());
            Box::pin(async move {
                let of = contract(tx, id).await?;
                let moved = match what {
                    ByHand::Grant { units } => {
                        append(tx, (&of).into(), &[], Act::Grant, units, &case).await?.of(id)
                    }
                    ByHand::Consume { .. } => consume(tx, id, &case).await?,
                    ByHand::Refund { .. } => {
                        let done = ledger::of_case(tx, &case.key).await?;
                        if done.iter().any(|entry| entry.contract != id.uuid()) {
                            return Err(Error::Refused("case-elsewhere"));
                        }
                        append(tx, (&of).into(), &done, Act::Refund, 1, &case).await?.of(id)
                    }
                };
                if !moved.already {
                    records::audit(tx, &act).await?;
                }
                Ok(moved)
            })
        })
        .await
}
