//! What customers have bought at Microsoft: what is known of it, what comes due, and what an agent wants done with it.
//!
//! Nothing is done on an old reading. A preview reads the subscription first and says what would happen; whoever confirms
//! it sends back a mark of what was seen, and what is not so any more is not done.

use std::collections::BTreeMap;

use domain::{
    access::Permission,
    clock::Calendar,
    deed::Deed,
    id::{ActId, AgentId, CustomerId, TicketId},
    subscription::{
        Action, Facts,
        acts::Progress,
        dates::{self, Nearness},
        guard::{self, Effect, Verdict, Wish},
        rules,
    },
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{
    Tx,
    licences::{self, Licences},
    microsoft as mirrors, parties, people, queue, records,
    subscriptions::{
        self as kept, Ahead, AheadAfter, Change, Subscription,
        acts::{self, Act},
    },
    tenants::{self, Tenant},
    tickets,
};

use crate::{
    Agent, App, Error, Result, audit,
    error::line,
    jobs,
    microsoft::{self, Health, Reason, State, Trouble, What, facts_of, mark},
};

/// The most licences that are asked for.
const MOST: u32 = 100_000;
/// The longest reason, in characters.
const REASON: usize = 500;
/// How much of the history is shown.
const HISTORY: i64 = 50;
/// What somebody else changed is shown for so long.
const NEWS: SignedDuration = SignedDuration::from_hours(14 * 24);
/// How old a reading may be on which something is decided.
const FRESH: SignedDuration = SignedDuration::from_mins(15);

/// A subscription, and what the rules say of it now.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// As it was read last.
    pub row: Subscription,
    /// What the rules are asked about.
    pub facts: Facts,
    /// In which tenant.
    pub tenant: Tenant,
    /// What is being done with it.
    pub open: Option<Act>,
}

impl Held {
    /// Its name: what the partner calls it, or what it was offered as.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.row.nickname.trim().is_empty() { &self.row.name } else { &self.row.nickname }
    }

    /// Whether something may be done with it now.
    #[must_use]
    pub fn ask(&self, wish: Wish, now: Timestamp) -> Verdict<'static> {
        guard::ask(rules::all(), &self.facts, wish, now)
    }
}

/// The subscriptions of a customer in one tenant.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The tenant.
    pub tenant: Tenant,
    /// How the reading of them fares; none before it is planned.
    pub reading: Option<Health>,
    /// The subscriptions, by name.
    pub held: Vec<Held>,
    /// How many licences there are of each product, and how many somebody has, by name.
    pub licences: Vec<Licences>,
    /// What somebody else changed of late, the newest first.
    pub drift: Vec<Change>,
}

/// One subscription with its history.
#[derive(Clone, Debug, PartialEq)]
pub struct One {
    /// The subscription.
    pub held: Held,
    /// How the reading of its tenant's fares; none before it is planned.
    pub reading: Option<Health>,
    /// Whose it is, if that is known: our customer and its name.
    pub customer: Option<(CustomerId, String)>,
    /// Its add-ons.
    pub add_ons: Vec<Subscription>,
    /// What was seen to change, the newest first.
    pub changes: Vec<Change>,
    /// What was done with it, the newest first.
    pub acts: Vec<Act>,
    /// Who did that.
    pub agents: BTreeMap<AgentId, String>,
    /// The numbers of the tickets because of which it was done, as far as the reader may see them.
    pub tickets: BTreeMap<TicketId, i64>,
    /// The desk's calendar, if it has one.
    pub calendar: Option<Calendar>,
}

async fn held(tx: &mut Tx, row: Subscription) -> Result<Held> {
    let tenant = tenants::get(tx, &row.tenant).await?.ok_or(Error::NotFound("tenant"))?;
    Ok(Held { facts: facts_of(tx, &row).await?, open: acts::open(tx, &row.id).await?, tenant, row })
}

async fn reading(tx: &mut Tx, tenant: &str) -> Result<Option<Health>> {
    let row = mirrors::mirror(tx, What::Subscriptions.word(), tenant).await?;
    Ok(row.as_ref().map(microsoft::reading))
}

/// The desk's calendar, by which working days are counted.
pub(crate) async fn calendar(tx: &mut Tx) -> Result<Option<Calendar>> {
    let (settings, _) = people::settings(tx).await?;
    let Some(id) = settings.calendar else { return Ok(None) };
    Ok(people::calendar(tx, id).await?.and_then(|calendar| Calendar::try_from(calendar.spec.0).ok()))
}

/// What a customer has bought, tenant by tenant, with the desk's calendar.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn of_customer(
    app: &App,
    agent: &Agent,
    customer: CustomerId,
) -> Result<(Vec<Place>, Option<Calendar>)> {
    agent.require(Permission::SubscriptionsView)?;
    let since = app.now().checked_sub(NEWS).unwrap_or(Timestamp::MIN);
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                parties::customer(tx, customer).await?.ok_or(Error::NotFound("customer"))?;
                let mut places = Vec::new();
                for tenant in tenants::of_customer(tx, customer).await? {
                    let mut all = Vec::new();
                    for row in kept::of_tenant(tx, &tenant.tenant).await? {
                        all.push(held(tx, row).await?);
                    }
                    places.push(Place {
                        reading: reading(tx, &tenant.tenant).await?,
                        drift: kept::drift(tx, &tenant.tenant, since).await?,
                        held: all,
                        licences: licences::of_tenant(tx, &tenant.tenant).await?,
                        tenant,
                    });
                }
                Ok((places, calendar(tx).await?))
            })
        })
        .await
}

/// Subscriptions of the whole desk in the order of their ids, after the given one.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn list(app: &App, agent: &Agent, after: &str, limit: i64) -> Result<Vec<Held>> {
    agent.require(Permission::SubscriptionsView)?;
    let (after, limit) = (after.to_owned(), limit.clamp(1, 201));
    app.store
        .read(agent.desk, move |tx| {
            let after = after.clone();
            Box::pin(async move {
                let mut all = Vec::new();
                for row in kept::after(tx, &after, limit).await? {
                    all.push(held(tx, row).await?);
                }
                Ok(all)
            })
        })
        .await
}

/// One subscription with its history.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn one(app: &App, agent: &Agent, id: uuid::Uuid) -> Result<One> {
    agent.require(Permission::SubscriptionsView)?;
    let (id, asks) = (id.to_string(), agent.clone());
    app.store
        .read(agent.desk, move |tx| {
            let (id, asks) = (id.clone(), asks.clone());
            Box::pin(async move {
                let row = kept::get(tx, &id).await?.ok_or(Error::NotFound("subscription"))?;
                let held = held(tx, row).await?;
                let customer = match held.tenant.customer {
                    Some(customer) => parties::customer(tx, customer).await?,
                    None => None,
                };
                let acts = acts::of(tx, &id, HISTORY).await?;
                let mut numbers = BTreeMap::new();
                for ticket in acts.iter().filter_map(|act| act.ticket) {
                    // A ticket that the reader may not see is not named.
                    if let Some(found) = tickets::get(tx, ticket).await?
                        && asks.sees(&found).is_ok()
                    {
                        numbers.insert(ticket, found.number);
                    }
                }
                let agents = people::agents(tx).await?;
                Ok(One {
                    reading: reading(tx, &held.row.tenant).await?,
                    customer: customer.map(|customer| (customer.id, customer.name)),
                    add_ons: kept::add_ons(tx, &id).await?,
                    changes: kept::changes(tx, &id, HISTORY).await?,
                    agents: agents.into_iter().map(|agent| (agent.id, agent.name)).collect(),
                    tickets: numbers,
                    calendar: calendar(tx).await?,
                    acts,
                    held,
                })
            })
        })
        .await
}

/// A date of the whole desk, and how near it is.
pub type Due = (Ahead, Nearness);

/// What comes due in the whole desk within some days: the dates after the given one, the earliest first.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn coming(
    app: &App,
    agent: &Agent,
    after: Option<AheadAfter>,
    days: u32,
    limit: i64,
) -> Result<Vec<Due>> {
    agent.require(Permission::SubscriptionsView)?;
    let now = app.now();
    let until = now.checked_add(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MAX);
    let after = after.filter(|after| after.at >= now).unwrap_or(AheadAfter {
        at: now,
        subscription: String::new(),
        what: String::new(),
    });
    let limit = limit.clamp(1, 201);
    app.store
        .read(agent.desk, move |tx| {
            let after = after.clone();
            Box::pin(async move {
                let calendar = calendar(tx).await?;
                let found = kept::ahead(tx, &after, until, limit).await?;
                let near = |ahead: Ahead| {
                    let day = dates::Day { what: ahead.what, at: ahead.at };
                    (ahead, dates::nearness(day, calendar.as_ref(), now))
                };
                Ok(found.into_iter().map(near).collect())
            })
        })
        .await
}

/// The permission that an action takes.
const fn permission(action: Action) -> Permission {
    match action {
        Action::Cancel => Permission::SubscriptionsCancel,
        Action::Add
        | Action::Reduce
        | Action::RenewOn
        | Action::RenewOff
        | Action::Suspend
        | Action::Reactivate
        | Action::Schedule
        | Action::Unschedule => Permission::SubscriptionsManage,
    }
}

/// Whether somebody may do this at all, whatever the rules say.
#[must_use]
pub fn may(agent: &Agent, action: Action) -> bool {
    agent.may(permission(action))
}

/// Why something cannot be done with Microsoft now, as a person is told it.
pub(crate) fn refusal(trouble: Trouble) -> Error {
    Error::Refused(match trouble {
        Trouble::NotConnected => "not-connected",
        Trouble::NotOffered => "not-offered",
        Trouble::Later { .. } => "microsoft-later",
        Trouble::Consent(_) => "microsoft-consent",
        Trouble::Refused { reason: Reason::Missing | Reason::Relationship, .. } => "microsoft-gone",
        Trouble::Refused { .. } => "microsoft-refused",
        Trouble::Ours(error) => return error,
    })
}

async fn fetch(app: &App, agent: &Agent, id: uuid::Uuid) -> Result<Held> {
    let id = id.to_string();
    app.store
        .read(agent.desk, move |tx| {
            let id = id.clone();
            Box::pin(async move {
                let row = kept::get(tx, &id).await?.ok_or(Error::NotFound("subscription"))?;
                held(tx, row).await
            })
        })
        .await
}

/// Reads a subscription at Microsoft now.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Refused`] with what is wrong with Microsoft.
pub async fn refresh(app: &App, agent: &Agent, id: uuid::Uuid) -> Result<Held> {
    agent.require(Permission::SubscriptionsView)?;
    let before = fetch(app, agent, id).await?;
    microsoft::read_now(app, agent.desk, &before.row).await.map_err(refusal)?;
    fetch(app, agent, id).await
}

/// What somebody wants, and what would come of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// The subscription, as it was read just now.
    pub held: Held,
    /// What is wanted.
    pub wish: Wish,
    /// Whether it may be done.
    pub verdict: Verdict<'static>,
    /// What it would do, the gravest first.
    pub effects: Vec<Effect>,
    /// How many add-ons go with it.
    pub add_ons: usize,
    /// A mark of what was seen, to be sent back with the decision.
    pub seen: String,
}

/// Reads a subscription, and says what an action would do to it.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`], and as [`refresh`].
pub async fn preview(app: &App, agent: &Agent, id: uuid::Uuid, wish: Wish) -> Result<Preview> {
    agent.require(permission(wish.action))?;
    let held = refresh(app, agent, id).await?;
    let wish = checked(wish, &held.row)?;
    let now = app.now();
    let parent = held.row.id.clone();
    let add_ons = app.store.read::<_, store::Error, _>(agent.desk, move |tx| {
        let parent = parent.clone();
        Box::pin(async move { kept::add_ons(tx, &parent).await })
    });
    Ok(Preview {
        verdict: held.ask(wish, now),
        effects: guard::effects(rules::all(), &held.facts, wish, now),
        add_ons: add_ons.await?.iter().filter(|one| one.gone_at.is_none()).count(),
        seen: mark(&held.facts, held.row.scheduled),
        held,
        wish,
    })
}

/// A number of licences that fits the action.
fn checked(wish: Wish, row: &Subscription) -> Result<Wish> {
    if !wish.action.takes_a_number() {
        return Ok(Wish { quantity: None, ..wish });
    }
    let quantity = wish.quantity.ok_or(Error::invalid("quantity", "required"))?;
    let fits = match wish.action {
        Action::Add => row.quantity < quantity,
        Action::Reduce => (1..row.quantity).contains(&quantity),
        _ => Some(quantity) != row.scheduled && quantity >= 1,
    };
    if fits && quantity <= MOST { Ok(wish) } else { Err(Error::invalid("quantity", "not-a-count")) }
}

/// A decision.
#[derive(Clone, Debug)]
pub struct Decision {
    /// What is to be done.
    pub wish: Wish,
    /// Why; may be empty where there is a ticket.
    pub reason: String,
    /// The number of the ticket because of which it is done.
    pub ticket: Option<i64>,
    /// The mark of the preview.
    pub seen: String,
}

/// Decides that something is done. It is done afterwards, and is done when a reading shows it.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`]; [`Error::Stale`] if it is not as it was seen, or was
/// read too long ago; `act-open` while something else is being done with it; `not-possible` where a rule stands against it.
pub async fn decide(app: &App, agent: &Agent, id: uuid::Uuid, decision: Decision) -> Result<ActId> {
    agent.require(permission(decision.wish.action))?;
    let now = app.now();
    let reason = match decision.reason.trim() {
        "" if decision.ticket.is_some() => String::new(),
        reason => line("reason", reason, REASON)?,
    };
    let mut ids = app.ids(now);
    let act = Act {
        id: ids.next(ActId::new),
        subscription: id.to_string(),
        tenant: String::new(),
        action: decision.wish.action,
        quantity: None,
        reason,
        ticket: None,
        agent: agent.id,
        seen: decision.seen.clone(),
        progress: Progress::Waiting,
        attempt: None,
        draft: None,
        detail: String::new(),
        tries: 0,
        asked_at: now,
        sent_at: None,
        next_at: now,
        ended_at: None,
    };
    let made = act.id;
    let job = jobs::microsoft(&mut ids, now);
    let unit = std::sync::Arc::new((act, decision, agent.clone(), job, ids));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (act, decision, agent, job, ids) = &*unit;
                let mut act = act.clone();
                let row = kept::get(tx, &act.subscription).await?.ok_or(Error::NotFound("subscription"))?;
                let wish = checked(decision.wish, &row)?;
                let held = held(tx, row).await?;
                if held.open.is_some() {
                    return Err(Error::Refused("act-open"));
                }
                let is_fresh = now.duration_since(held.row.read_at) <= FRESH;
                if !is_fresh || mark(&held.facts, held.row.scheduled) != decision.seen {
                    return Err(Error::Stale);
                }
                if !held.ask(wish, now).is_allowed() {
                    return Err(Error::Refused("not-possible"));
                }
                if let Some(number) = decision.ticket {
                    let found = tickets::by_number(tx, number).await?;
                    let seen = found.filter(|ticket| agent.sees(ticket).is_ok());
                    act.ticket = Some(seen.ok_or(Error::invalid("ticket", "unknown"))?.id);
                }
                (act.quantity, act.tenant) = (wish.quantity, held.row.tenant);
                acts::add(tx, &act).await?;
                queue::enqueue(tx, now, job).await?;
                let what = json!({ "act": act.id, "action": act.action, "quantity": act.quantity });
                let mut ids = ids.after();
                let (actor, deed) = (agent.actor(), Deed::SubscriptionAsk);
                let entry = audit::act(&mut ids, now, actor, deed, &act.subscription, what);
                Ok(records::audit(tx, &entry).await?)
            })
        })
        .await?;
    app.wake();
    Ok(made)
}

/// Takes a decision back that was not sent yet.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; `too-late` once it was sent.
pub async fn withdraw(app: &App, agent: &Agent, id: uuid::Uuid, act: ActId) -> Result<()> {
    agent.require(Permission::SubscriptionsManage)?;
    let (now, subscription) = (app.now(), id.to_string());
    let what = json!({ "act": act });
    let mut ids = app.ids(now);
    let deed = Deed::SubscriptionWithdraw;
    let entry = audit::act(&mut ids, now, agent.actor(), deed, &subscription, what);
    let unit = std::sync::Arc::new((subscription, entry));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (subscription, entry) = &*unit;
                let found = acts::get(tx, act).await?.filter(|found| found.subscription == *subscription);
                let found = found.ok_or(Error::NotFound("act"))?;
                if found.progress != Progress::Waiting || found.sent_at.is_some() {
                    return Err(Error::Refused("too-late"));
                }
                let taken_back = Act { progress: Progress::Withdrawn, ended_at: Some(now), ..found };
                acts::set(tx, &taken_back, Progress::Waiting).await?;
                Ok(records::audit(tx, entry).await?)
            })
        })
        .await
}

/// Whether a reading is one on which something may be decided.
#[must_use]
pub fn is_current(reading: Option<&Health>) -> bool {
    reading.is_some_and(|reading| reading.state == State::Current)
}
