//! What customers may need, for those who sell: signals with their evidence, and what became of them.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    access::{Permission, Reader},
    deed::Deed,
    id::{AgentId, CustomerId, JudgementId},
    signal::{self, Case, Judged, Signal, WINDOW, licences as unused},
    ticket::kinds::Service,
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Json, Tx,
    licences::{self, Idle},
    parties, people, records,
    signals::{self as kept, Judgement, Told},
};

use crate::{Agent, App, Error, Result, audit, error::line};

/// The longest reason, in characters.
const REASON: usize = 500;
/// How many judgements are shown.
const SHOWN: usize = 100;

/// A signal, with what raised it: tickets or licences.
#[derive(Clone, Debug, PartialEq)]
pub struct Raised {
    /// Of which customer.
    pub customer: CustomerId,
    /// The customer's name.
    pub name: String,
    /// What it may need.
    pub signal: Signal,
    /// Of which service.
    pub service: Service,
    /// The tickets, the newest first: number and subject.
    pub evidence: Vec<(i64, String)>,
    /// The products of which nobody has many licences, those with the most first.
    pub licences: Vec<Idle>,
}

/// How often a signal was right, of those that people judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Precision {
    /// Which signal.
    pub signal: Signal,
    /// How many were taken up.
    pub taken_up: usize,
    /// How many were judged.
    pub judged: usize,
}

/// What customers may need, and what became of earlier signals.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Those that nobody has judged, by customer.
    pub raised: Vec<Raised>,
    /// How often each was right, over all customers.
    pub precision: Vec<Precision>,
    /// The last judgements, the newest first, with the name of the customer's and of who judged.
    pub judged: Vec<(Judgement, String, String)>,
}

/// What a customer may need, or all of them.
///
/// # Errors
/// [`Error::Forbidden`] without [`Permission::SignalsView`]; [`Error::NotFound`].
pub async fn overview(app: &App, agent: &Agent, of: Option<CustomerId>) -> Result<Overview> {
    agent.require(Permission::SignalsView)?;
    let (now, reader) = (app.now(), agent.reader());
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                if let Some(of) = of {
                    parties::customer(tx, of).await?.ok_or(Error::NotFound("customer"))?;
                }
                let all = kept::judgements(tx, None).await?;
                let precision = Signal::ALL.iter().map(|signal| precision(*signal, &all)).collect();
                let raised = raised(tx, reader, of, &all, now).await?;
                let agents = people::agents(tx).await?;
                let agents: BTreeMap<AgentId, String> =
                    agents.into_iter().map(|agent| (agent.id, agent.name)).collect();
                let mut judged = Vec::new();
                let last = all.into_iter().rev().filter(|one| of.is_none_or(|of| one.customer == of));
                for one in last.take(SHOWN) {
                    let name = parties::customer(tx, one.customer).await?.map(|customer| customer.name);
                    let by = agents.get(&one.agent).cloned();
                    judged.push((one, name.unwrap_or_default(), by.unwrap_or_default()));
                }
                Ok(Overview { raised, precision, judged })
            })
        })
        .await
}

fn precision(signal: Signal, all: &[Judgement]) -> Precision {
    let of = all.iter().filter(|one| one.signal == signal);
    let taken_up = of.clone().filter(|one| one.judged == Judged::TakenUp).count();
    Precision { signal, taken_up, judged: of.count() }
}

async fn raised(
    tx: &mut Tx,
    reader: Reader,
    of: Option<CustomerId>,
    judged: &[Judgement],
    now: Timestamp,
) -> Result<Vec<Raised>> {
    let since = now.checked_sub(WINDOW).unwrap_or(Timestamp::MIN);
    let mut customers: BTreeMap<CustomerId, Vec<Told>> = BTreeMap::new();
    for told in kept::told(tx, reader, of, since).await? {
        customers.entry(told.customer).or_default().push(told);
    }
    let mut all = Vec::new();
    for (customer, told) in customers {
        let mut until: BTreeMap<(Signal, Service), Timestamp> = BTreeMap::new();
        for one in judged.iter().filter(|one| one.customer == customer) {
            let last = until.entry((one.signal, one.service)).or_insert(one.at);
            *last = one.at.max(*last);
        }
        let case = |one: &'_ Told| (one.at, one.service, one.category.clone(), one.escalated);
        let cases: Vec<_> = told.iter().map(case).collect();
        let cases: Vec<Case<'_>> = cases
            .iter()
            .map(|(at, service, category, escalated)| Case {
                at: *at,
                service: *service,
                category: category.as_deref(),
                escalated: *escalated,
            })
            .collect();
        for ((signal, service), places) in signal::signals(&cases, &until, now) {
            let of = places.into_iter().filter_map(|place| told.get(place));
            let evidence: Vec<_> = of.map(|one| (one.number, one.subject.clone())).collect();
            let name = told.first().map(|one| one.name.clone()).unwrap_or_default();
            all.push(Raised { customer, name, signal, service, evidence, licences: Vec::new() });
        }
    }
    all.append(&mut unused_licences(tx, of, judged, now).await?);
    all.sort_by(|a, b| {
        (&a.name, a.customer, a.signal, a.service).cmp(&(&b.name, b.customer, b.signal, b.service))
    });
    Ok(all)
}

/// What customers pay for and nobody has, one signal for each customer.
async fn unused_licences(
    tx: &mut Tx,
    of: Option<CustomerId>,
    judged: &[Judgement],
    now: Timestamp,
) -> Result<Vec<Raised>> {
    let (signal, service) = (Signal::UnusedLicences, unused::SERVICE);
    let since = now.checked_sub(unused::LASTING).unwrap_or(Timestamp::MIN);
    let mut customers: BTreeMap<CustomerId, Vec<Idle>> = BTreeMap::new();
    for idle in licences::idle(tx, of, since).await? {
        if (unused::Unused { least: idle.unused, since: idle.since }).lasts(idle.read_at) {
            customers.entry(idle.customer).or_default().push(idle);
        }
    }
    let last = |customer: CustomerId| {
        let of = judged.iter().filter(|one| one.customer == customer && one.signal == signal);
        of.map(|one| one.at).max()
    };
    customers.retain(|customer, _| unused::is_raised(last(*customer), now));
    let raise = |(customer, licences): (CustomerId, Vec<Idle>)| {
        let name = licences.first().map(|one| one.customer_name.clone()).unwrap_or_default();
        Raised { customer, name, signal, service, evidence: Vec::new(), licences }
    };
    Ok(customers.into_iter().map(raise).collect())
}

/// Judges a signal of a customer's: it was right, or it was not, with a reason. It is raised again by later tickets only; one of
/// licences after 90 days.
///
/// # Errors
/// [`Error::Forbidden`] without [`Permission::SignalsJudge`]; [`Error::NotFound`]; [`Error::Invalid`]; `signal-gone` for one
/// that is not raised (any more).
pub async fn judge(
    app: &App,
    agent: &Agent,
    customer: CustomerId,
    (signal, service): (Signal, Service),
    judged: Judged,
    reason: &str,
) -> Result<JudgementId> {
    agent.require(Permission::SignalsJudge)?;
    let reason = line("reason", reason, REASON)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let id = ids.next(JudgementId::new);
    let unit = Arc::new((agent.clone(), reason, ids));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, reason, ids) = &*unit;
                parties::customer(tx, customer).await?.ok_or(Error::NotFound("customer"))?;
                let all = kept::judgements(tx, Some(customer)).await?;
                let there = raised(tx, agent.reader(), Some(customer), &all, now).await?;
                let found = there.into_iter().find(|one| (one.signal, one.service) == (signal, service));
                let found = found.ok_or(Error::Refused("signal-gone"))?;
                let tickets: Vec<i64> = found.evidence.into_iter().map(|(number, _)| number).collect();
                let mut what =
                    json!({ "signal": signal, "service": service, "judged": judged, "tickets": tickets });
                if !found.licences.is_empty() {
                    let product =
                        |one: &Idle| json!({ "product": one.name, "unused": one.unused, "since": one.since });
                    what["licences"] = found.licences.iter().map(product).collect();
                }
                let judgement = Judgement {
                    id,
                    customer,
                    signal,
                    service,
                    judged,
                    reason: reason.clone(),
                    tickets: Json(tickets),
                    agent: agent.id,
                    at: now,
                };
                kept::judge(tx, &judgement).await?;
                let act =
                    audit::act(&mut ids.clone(), now, agent.actor(), Deed::SignalJudge, &customer, what);
                Ok::<_, Error>(records::audit(tx, &act).await?)
            })
        })
        .await?;
    Ok(id)
}
