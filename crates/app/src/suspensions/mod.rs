//! Suspending what customers do not pay for: proposed by one person, approved by another, carried out by the program, taken
//! back when it is paid.
//!
//! Everything is decided in one transaction, from what is true in it ([`case`]). What Microsoft is asked is an act like any
//! other on a subscription, and the moment before it is sent, all is decided once more ([`gate`]).

mod case;
mod course;
mod rules;
mod tell;

use std::{collections::BTreeMap, sync::Arc};

pub use case::{Ground, Line};
pub(crate) use course::{Go, gate, sweep};
use domain::{
    access::Permission,
    collections::Scope,
    deed::Deed,
    id::{AgentId, CustomerId, DeskId, SuspensionId},
    subscription::{
        Facts,
        guard::{self, Effect},
    },
    suspension::{
        ItemState, MOST, State,
        rails::{GOOD_FOR, WISH, least_critical},
    },
};
use jiff::Timestamp;
pub use rules::{mute_all, release, rules, set_rules, stop_all, unmute};
use serde_json::json;
use store::{
    Json, Tx, parties, people, records,
    subscriptions::{self as mirrors, Subscription},
    suspensions::{self as kept, Listed, Suspension},
    tenants,
};
pub use tell::News;
pub(crate) use tell::{To, mail};

use crate::{
    Agent, App, Error, Result, audit,
    error::line,
    microsoft::{facts_of, read_now},
    subscriptions::refusal,
};

/// The longest reason, or evidence, in characters.
const REASON: usize = 500;

/// What a customer has that may be put on a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    /// The customer's name.
    pub customer: String,
    /// What the policy allows to be taken now; none for nothing, or if nobody knows.
    pub allows: Option<Scope>,
    /// The one of it that goes on.
    pub open: Option<SuspensionId>,
    /// Its subscriptions in use, tenant by tenant.
    pub subscriptions: Vec<Subscription>,
    /// The place of the least critical of them.
    pub least: Option<usize>,
}

/// The first customers whose names begin so, for whoever proposes: it need not see their pages.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn find(app: &App, agent: &Agent, prefix: &str) -> Result<Vec<parties::Customer>> {
    agent.require(Permission::SuspensionsPropose)?;
    let prefix: String = prefix.chars().take(200).collect();
    let unit = app.store.read::<_, store::Error, _>(agent.desk, move |tx| {
        let prefix = prefix.clone();
        Box::pin(async move { parties::customers(tx, &prefix, None, 20).await })
    });
    Ok(unit.await?)
}

/// What a customer has that may be put on a list.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn choices(app: &App, agent: &Agent, customer: CustomerId) -> Result<Choices> {
    agent.require(Permission::SuspensionsPropose)?;
    let now = app.now();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let found = parties::customer(tx, customer).await?.ok_or(Error::NotFound("customer"))?;
                let (_, _, standing) = crate::collections::standing_in(tx, customer, now).await?;
                let (mut rows, mut facts): (Vec<Subscription>, Vec<Facts>) = (Vec::new(), Vec::new());
                for tenant in tenants::of_customer(tx, customer).await? {
                    for row in mirrors::of_tenant(tx, &tenant.tenant).await? {
                        if row.gone_at.is_none() && row.status == domain::subscription::Status::Active {
                            facts.push(facts_of(tx, &row).await?);
                            rows.push(row);
                        }
                    }
                }
                Ok(Choices {
                    customer: found.name,
                    allows: standing.proposed().map(|one| one.scope),
                    open: kept::open_of(tx, customer).await?.map(|one| one.id),
                    least: least_critical(&facts),
                    subscriptions: rows,
                })
            })
        })
        .await
}

/// What is to be suspended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Whose.
    pub customer: CustomerId,
    /// How much is taken.
    pub scope: Scope,
    /// The subscriptions.
    pub subscriptions: Vec<uuid::Uuid>,
}

impl Wanted {
    fn ids(&self) -> Result<Vec<String>> {
        let mut ids: Vec<String> = self.subscriptions.iter().map(ToString::to_string).collect();
        ids.sort();
        ids.dedup();
        if ids.is_empty() {
            return Err(Error::invalid("subscriptions", "required"));
        }
        if ids.len() > MOST {
            return Err(Error::invalid("subscriptions", "too-many"));
        }
        Ok(ids)
    }
}

/// Reads what somebody wants to suspend at Microsoft, and says what would come of it and what holds. Nothing is kept.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`], [`Error::Refused`] with what is wrong with Microsoft.
pub async fn preview(app: &App, agent: &Agent, wanted: &Wanted) -> Result<Ground> {
    agent.require(Permission::SuspensionsPropose)?;
    let ids = wanted.ids()?;
    let customer = wanted.customer;
    let known = ids.clone();
    let unit = app.store.read(agent.desk, move |tx| {
        let ids = known.clone();
        Box::pin(async move {
            parties::customer(tx, customer).await?.ok_or(Error::NotFound("customer"))?;
            let mut rows = Vec::new();
            for id in &ids {
                let row = mirrors::get(tx, id).await?;
                rows.push(row.ok_or_else(|| Error::invalid("subscriptions", "unknown"))?);
            }
            Ok::<_, Error>(rows)
        })
    });
    read_rows(app, agent.desk, unit.await?).await?;
    let (now, proposer, scope) = (app.now(), agent.id, wanted.scope);
    let unit = app.store.read(agent.desk, move |tx| {
        let ids = ids.clone();
        Box::pin(async move { proposal(tx, customer, scope, proposer, &ids, now).await })
    });
    unit.await
}

async fn proposal(
    tx: &mut Tx,
    customer: CustomerId,
    scope: Scope,
    proposer: AgentId,
    ids: &[String],
    now: Timestamp,
) -> Result<Ground> {
    // What is added on to something is suspended before it: afterwards Microsoft would not let it be given back.
    let mut order = Vec::with_capacity(ids.len());
    for id in ids {
        let row = mirrors::get(tx, id).await?;
        order.push((row.is_none_or(|row| row.parent.is_none()), id));
    }
    order.sort();
    let mut items = Vec::with_capacity(ids.len());
    for (place, (_, id)) in order.into_iter().enumerate() {
        items.push(case::wanted(tx, place, id).await?);
    }
    let asked = case::Asked { customer, scope, proposer, approved: None, items };
    case::ground(tx, asked, now).await
}

/// Reads subscriptions at Microsoft, one after another.
async fn read_rows(app: &App, desk: DeskId, rows: Vec<Subscription>) -> Result<()> {
    for row in rows {
        read_now(app, desk, &row).await.map_err(refusal)?;
    }
    Ok(())
}

/// Reads at Microsoft what is on a list.
async fn read_all(app: &App, desk: DeskId, id: SuspensionId) -> Result<()> {
    let unit = app.store.read::<_, Error, _>(desk, move |tx| {
        Box::pin(async move {
            kept::get(tx, id).await?.ok_or(Error::NotFound("suspension"))?;
            let mut rows = Vec::new();
            for item in kept::items(tx, id).await? {
                rows.extend(mirrors::get(tx, &item.subscription).await?);
            }
            Ok(rows)
        })
    });
    read_rows(app, desk, unit.await?).await
}

/// Proposes a suspension, for exactly the list of the preview whose mark comes back.
///
/// # Errors
/// As [`preview`], [`Error::Stale`] if the list is not as it was seen; `suspension-open` if the customer has one,
/// `suspension-held` where a rail holds that time does not mend.
pub async fn propose(
    app: &App,
    agent: &Agent,
    wanted: &Wanted,
    list: &str,
    reason: &str,
) -> Result<SuspensionId> {
    agent.require(Permission::SuspensionsPropose)?;
    let reason = line("reason", reason, REASON)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let id = ids.next(SuspensionId::new);
    let unit = Arc::new((agent.clone(), wanted.ids()?, wanted.clone(), list.to_owned(), reason, ids));
    let unit = app.store.write(agent.desk, move |tx: &mut Tx| {
        let unit = unit.clone();
        Box::pin(async move {
            let (agent, subscriptions, wanted, list, reason, ids) = &*unit;
            let mut ids = ids.after();
            let customer = wanted.customer;
            parties::customer(tx, customer).await?.ok_or(Error::NotFound("customer"))?;
            if kept::open_of(tx, customer).await?.is_some() {
                return Err(Error::Refused("suspension-open"));
            }
            let ground = proposal(tx, customer, wanted.scope, agent.id, subscriptions, now).await?;
            if ground.list != *list {
                return Err(Error::Stale);
            }
            may_go_on(&ground)?;
            // The desk looks at its clock from its first proposal on.
            if ground.desk.version == 0 {
                kept::set_desk(tx, &kept::Desk { looked_at: Some(now), ..ground.desk.clone() }).await?;
            }
            let suspension = Suspension {
                id,
                customer,
                scope: wanted.scope,
                state: State::Proposed,
                list: ground.list.clone(),
                stage: ground.stage.clone(),
                owed: Json(ground.debt.as_ref().map(|debt| debt.owed.clone()).unwrap_or_default()),
                reason: reason.clone(),
                rehearsal: ground.desk.rules.rehearsal,
                proposed_by: agent.id,
                proposed_at: now,
                approved_by: None,
                approved_at: None,
                approval: None,
                back_by: None,
                rail: None,
                why: None,
                ended_at: None,
                version: 1,
            };
            let items: Vec<_> = ground.lines.iter().map(|line| line.item.clone()).collect();
            kept::add(tx, &suspension, &items).await?;
            let what = json!({ "customer": customer, "list": list, "scope": wanted.scope,
                "subscriptions": subscriptions, "rehearsal": suspension.rehearsal });
            let entry = audit::act(&mut ids, now, agent.actor(), Deed::SuspensionPropose, &id, what);
            records::audit(tx, &entry).await?;
            tell::queue(tx, &mut ids, Some(&suspension), News::Proposed, now).await?;
            Ok(id)
        })
    });
    let made = unit.await?;
    app.wake();
    Ok(made)
}

/// Passes unless a rail holds that matters before anybody approves.
fn may_go_on(ground: &Ground) -> Result<()> {
    match ground.case().holds_early(ground.now) {
        Some((_, domain::suspension::rails::Why::Unread)) => Err(Error::Stale),
        Some(_) => Err(Error::Refused("suspension-held")),
        None => Ok(()),
    }
}

/// A suspension as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct One {
    /// The suspension.
    pub suspension: Suspension,
    /// The customer's name.
    pub customer: String,
    /// All that is known of it.
    pub ground: Ground,
    /// The names of those who had a hand in it.
    pub agents: BTreeMap<AgentId, String>,
}

/// One suspension.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn one(app: &App, agent: &Agent, id: SuspensionId) -> Result<One> {
    agent.require(Permission::SuspensionsView)?;
    let now = app.now();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let suspension = kept::get(tx, id).await?.ok_or(Error::NotFound("suspension"))?;
                let customer = parties::customer(tx, suspension.customer).await?;
                let agents = people::agents(tx).await?;
                Ok(One {
                    ground: case::of(tx, &suspension, now).await?,
                    customer: customer.map(|customer| customer.name).unwrap_or_default(),
                    agents: agents.into_iter().map(|agent| (agent.id, agent.name)).collect(),
                    suspension,
                })
            })
        })
        .await
}

/// A page of them, the newest first.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn list(app: &App, agent: &Agent, before: Option<SuspensionId>, limit: i64) -> Result<Vec<Listed>> {
    agent.require(Permission::SuspensionsView)?;
    let limit = limit.clamp(1, 201);
    let unit = app.store.read::<_, store::Error, _>(agent.desk, move |tx| {
        Box::pin(async move { kept::list(tx, before, limit).await })
    });
    Ok(unit.await?)
}

/// What it would do to one subscription, the gravest first.
#[must_use]
pub fn effects(line: &Line, now: Timestamp) -> Vec<Effect> {
    let facts = line.facts.as_ref();
    facts.map_or_else(Vec::new, |facts| guard::effects(domain::subscription::rules::all(), facts, WISH, now))
}

/// Reads what is on the list at Microsoft now.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Refused`] with what is wrong with Microsoft.
pub async fn refresh(app: &App, agent: &Agent, id: SuspensionId) -> Result<()> {
    agent.require(Permission::SuspensionsView)?;
    read_all(app, agent.desk, id).await
}

/// Changes a suspension in one transaction: what the closure makes of it is written and noted.
async fn change<F>(app: &App, agent: &Agent, id: SuspensionId, deed: Deed, change: F) -> Result<()>
where
    F: Fn(&Suspension, &Ground, domain::id::AuditId) -> Result<Suspension> + Send + Sync + 'static,
{
    let now = app.now();
    let ids = app.ids(now);
    let unit = Arc::new((agent.clone(), change, ids));
    let unit = app.store.write(agent.desk, move |tx: &mut Tx| {
        let unit = unit.clone();
        Box::pin(async move {
            let (agent, change, ids) = &*unit;
            let mut ids = ids.clone();
            let before = kept::get(tx, id).await?.ok_or(Error::NotFound("suspension"))?;
            let ground = case::of(tx, &before, now).await?;
            let subscriptions: Vec<_> =
                ground.lines.iter().map(|line| line.item.subscription.clone()).collect();
            let what =
                json!({ "customer": before.customer, "list": before.list, "subscriptions": subscriptions });
            let entry = audit::act(&mut ids, now, agent.actor(), deed, &id, what);
            let after = change(&before, &ground, entry.id)?;
            kept::set(tx, &after).await?;
            Ok::<_, Error>(records::audit(tx, &entry).await?)
        })
    });
    unit.await?;
    app.wake();
    Ok(())
}

/// Approves another person's proposal, for exactly the list whose mark comes back. It is read at Microsoft first.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Stale`] if the list is another one by now; `suspension-own`,
/// `suspension-over`, `suspension-held`.
pub async fn approve(app: &App, agent: &Agent, id: SuspensionId, list: &str) -> Result<()> {
    agent.require(Permission::SuspensionsApprove)?;
    read_all(app, agent.desk, id).await?;
    let (by, now, list) = (agent.id, app.now(), list.to_owned());
    change(app, agent, id, Deed::SuspensionApprove, move |before, ground, entry| {
        if before.state != State::Proposed {
            return Err(Error::Refused("suspension-over"));
        }
        // The sweep that notes it may not have come yet.
        if now.duration_since(before.proposed_at) > GOOD_FOR {
            return Err(Error::Refused("suspension-over"));
        }
        if before.proposed_by == by {
            return Err(Error::Refused("suspension-own"));
        }
        if before.list != list || ground.list != list {
            return Err(Error::Stale);
        }
        may_go_on(ground)?;
        Ok(Suspension {
            state: State::Approved,
            approved_by: Some(by),
            approved_at: Some(now),
            approval: Some(entry),
            ..before.clone()
        })
    })
    .await
}

/// Refuses another person's proposal.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], `suspension-over`.
pub async fn refuse(app: &App, agent: &Agent, id: SuspensionId) -> Result<()> {
    agent.require(Permission::SuspensionsApprove)?;
    let (by, now) = (agent.id, app.now());
    change(app, agent, id, Deed::SuspensionRefuse, move |before, _, _| {
        if before.state != State::Proposed {
            return Err(Error::Refused("suspension-over"));
        }
        Ok(Suspension {
            state: State::Refused,
            approved_by: Some(by),
            approved_at: Some(now),
            ended_at: Some(now),
            ..before.clone()
        })
    })
    .await
}

/// Takes a proposal back, or an approval: what was not sent yet is not any more.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], `suspension-over`.
pub async fn withdraw(app: &App, agent: &Agent, id: SuspensionId) -> Result<()> {
    agent.require(Permission::SuspensionsPropose)?;
    let now = app.now();
    change(app, agent, id, Deed::SuspensionWithdraw, move |before, ground, _| {
        let begun = ground.lines.iter().any(|line| line.item.state != ItemState::Waiting);
        match before.state {
            State::Proposed | State::Approved if !begun => Ok(Suspension {
                state: State::Withdrawn,
                approval: None,
                ended_at: Some(now),
                ..before.clone()
            }),
            // Without an approval the next rail stops it.
            State::Approved => Ok(Suspension { approval: None, ..before.clone() }),
            _ => Err(Error::Refused("suspension-over")),
        }
    })
    .await
}

/// Has the customer work again, whatever it owes.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; `suspension-over` unless something is suspended.
pub async fn reverse(app: &App, agent: &Agent, id: SuspensionId) -> Result<()> {
    agent.require(Permission::SuspensionsPropose)?;
    let by = agent.id;
    change(app, agent, id, Deed::SuspensionReverse, move |before, _, _| match before.state {
        State::Approved | State::Suspended => {
            Ok(Suspension { back_by: Some(by), approval: None, ..before.clone() })
        }
        _ => Err(Error::Refused("suspension-over")),
    })
    .await
}

/// Notes what somebody did by hand at Microsoft, and reads it back. It is done when the reading shows it.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`]; `suspension-over` if nothing is to be done by hand.
pub async fn by_hand(app: &App, agent: &Agent, id: SuspensionId, place: i64, evidence: &str) -> Result<()> {
    agent.require(Permission::SuspensionsPropose)?;
    let evidence = line("evidence", evidence, REASON)?;
    // Read before it is noted: what is read then shows what was done.
    let read = read_all(app, agent.desk, id).await;
    let now = app.now();
    let unit = Arc::new((agent.clone(), evidence, app.ids(now), read.is_ok()));
    let unit = app.store.write(agent.desk, move |tx: &mut Tx| {
        let unit = unit.clone();
        Box::pin(async move {
            let (agent, evidence, ids, is_read) = &*unit;
            let mut items = kept::items(tx, id).await?.into_iter();
            let item = items.find(|item| item.place == place).ok_or(Error::NotFound("item"))?;
            if !matches!(item.state, ItemState::ByHand | ItemState::BackByHand) {
                return Err(Error::Refused("suspension-over"));
            }
            // Unread it would end what is given back as it stands.
            if item.state == ItemState::BackByHand && !*is_read {
                return Err(Error::Refused("microsoft-later"));
            }
            let noted = kept::Item { evidence: evidence.clone(), ..item };
            kept::set_item(tx, id, &noted).await?;
            let what = json!({ "suspension": id, "tenant": noted.tenant, "state": noted.state });
            let deed = Deed::SuspensionByHand;
            let entry = audit::act(&mut ids.clone(), now, agent.actor(), deed, &noted.subscription, what);
            Ok(records::audit(tx, &entry).await?)
        })
    });
    unit.await?;
    read?;
    sweep(app, agent.desk).await.map(drop)
}
