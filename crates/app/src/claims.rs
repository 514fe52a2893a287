//! Claims against suppliers: opened on an invoice, handed in, credited, passed on to the customer.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use domain::{
    access::Permission,
    billing::claim::{
        ClaimAct, ClaimKind, ClaimState, Evidence, Refusal, Rule, Standing, WARN_WORKING_DAYS, rule,
    },
    deed::Deed,
    id::{AgentId, ClaimId, InvoiceId, SupplierInvoiceId},
    money::Money,
    party::supplier::SupplierKind,
};
use jiff::{ToSpan as _, civil::Date};
use serde_json::json;
use store::{
    Json, Tx,
    claims::{self, Claim, Event},
    payables as bills, people, receivables, records, suppliers, tickets,
};

use crate::{
    Agent, App, Error, Result, audit,
    error::{body, line},
    payables::{Days, Due},
};

/// The longest number, in characters.
const NUMBER: usize = 100;
/// The longest remark or reason, in bytes.
const TEXT: usize = 2_000;
/// How many lines a claim names.
const LINES: usize = 100;
/// How many claims with which something is to be done are listed.
const ALIVE: i64 = 500;
/// How often something is noted of one claim.
const EVENTS: usize = 500;

/// A claim, and how near the day is until which it must be handed in.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The claim.
    pub claim: Claim,
    /// How near, if it is still to be handed in and somebody knows the day.
    pub due: Option<Due>,
}

impl Listed {
    pub(crate) fn of(claim: Claim, days: &Days) -> Self {
        let due = claim.deadline.filter(|_| claim.state.is_to_submit()).map(|day| {
            let left = days.until(day).left;
            Due { left, warned: left.is_none_or(|left| left <= WARN_WORKING_DAYS) }
        });
        Self { claim, due }
    }
}

/// What is entered of a claim.
#[derive(Clone, Debug)]
pub struct NewClaim {
    /// About which invoice.
    pub invoice: SupplierInvoiceId,
    /// Why.
    pub kind: ClaimKind,
    /// How much, in the invoice's currency.
    pub amount: Money,
    /// The numbers of its lines; may be empty.
    pub lines: Vec<i64>,
    /// The number of the ticket that tells of it.
    pub ticket: Option<i64>,
    /// When it happened, if somebody knows.
    pub happened: Option<Date>,
    /// What agents should know; may be empty.
    pub remark: String,
}

fn text(field: &'static str, text: &str) -> Result<String> {
    if text.trim().is_empty() { Ok(String::new()) } else { body(field, text, TEXT) }
}

/// Opens a claim. By when Microsoft must have it follows from its kind and from when it happened.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`] for the invoice, [`Error::Invalid`].
pub async fn open(app: &App, agent: &Agent, new: NewClaim) -> Result<ClaimId> {
    agent.require(Permission::PayablesManage)?;
    if new.amount.minor <= 0 {
        return Err(Error::invalid("amount", "not-an-amount"));
    }
    let lines: BTreeSet<i64> = new.lines.iter().copied().collect();
    if lines.len() > LINES {
        return Err(Error::invalid("lines", "too-many"));
    }
    let remark = text("remark", &new.remark)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let id = ids.next(ClaimId::new);
    let data = json!({ "invoice": new.invoice, "kind": new.kind });
    let act = audit::act(&mut ids, now, agent.actor(), Deed::ClaimOpen, &id, data);
    let unit = Arc::new((agent.clone(), new, lines, remark, act));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, new, lines, remark, act) = &*unit;
                let invoice = bills::get(tx, new.invoice).await?.ok_or(Error::NotFound("invoice"))?;
                let supplier =
                    suppliers::get(tx, invoice.supplier).await?.ok_or(Error::NotFound("supplier"))?;
                if invoice.currency != new.amount.currency {
                    return Err(Error::invalid("currency", "unknown"));
                }
                known(tx, new.invoice, lines).await?;
                if let Some(number) = new.ticket {
                    let found = tickets::by_number(tx, number).await?;
                    found
                        .filter(|ticket| agent.sees(ticket).is_ok())
                        .ok_or(Error::invalid("ticket", "unknown"))?;
                }
                let today = Days::of_desk(tx, now).await?.today;
                if new.happened.is_some_and(|day| day > today.saturating_add(1.day())) {
                    return Err(Error::invalid("happened", "too-far"));
                }
                let is_microsoft = supplier.kind == SupplierKind::Microsoft;
                let deadline =
                    new.happened.filter(|_| is_microsoft).and_then(|day| rule(new.kind).deadline(day));
                let claim = Claim {
                    id,
                    supplier: invoice.supplier,
                    invoice: invoice.id,
                    kind: new.kind,
                    amount: new.amount.minor,
                    currency: invoice.currency,
                    lines: Json(lines.iter().copied().collect()),
                    ticket: new.ticket,
                    happened: new.happened,
                    remark: remark.clone(),
                    state: ClaimState::Draft,
                    deadline,
                    credited: 0,
                    given: 0,
                    agent: agent.id,
                    created_at: now,
                    number: invoice.number,
                    supplier_name: supplier.name,
                    supplier_kind: supplier.kind,
                };
                claims::add(tx, &claim).await?;
                if deadline.is_some() {
                    let event = Event {
                        place: 1,
                        act: ClaimAct::Deadline,
                        day: deadline,
                        amount: 0,
                        reference: String::new(),
                        note: String::new(),
                        agent: agent.id,
                        at: now,
                    };
                    claims::note(tx, id, &event).await?;
                }
                Ok(records::audit(tx, act).await?)
            })
        })
        .await?;
    Ok(id)
}

/// Whether an invoice has these lines.
async fn known(tx: &mut Tx, invoice: SupplierInvoiceId, lines: &BTreeSet<i64>) -> Result<()> {
    for number in lines {
        let unknown = Error::invalid("lines", "unknown");
        let Some(before) = number.checked_sub(1).filter(|before| *before >= 0) else { return Err(unknown) };
        let rows = bills::lines_after(tx, invoice, before, 1).await?;
        if !rows.iter().any(|row| row.first <= *number && *number <= row.last) {
            return Err(unknown);
        }
    }
    Ok(())
}

/// What a person says of a claim. What an act has no use for must be left out.
#[derive(Clone, Debug)]
pub struct Said {
    /// What was done.
    pub act: ClaimAct,
    /// On which day it was handed in, or must be; none for a deadline that nobody knows.
    pub day: Option<Date>,
    /// How much.
    pub amount: Option<Money>,
    /// The supplier's number of the claim or of its credit, or that of our credit note.
    pub number: String,
    /// Which evidence.
    pub evidence: Option<Evidence>,
    /// Why, or what more there is to say.
    pub note: String,
}

impl Said {
    /// What is noted of it: each act has what it needs, and nothing that it has no use for.
    fn checked(&self, claim: &Claim, today: Date) -> Result<(i64, String, String)> {
        use ClaimAct::{Credit, Deadline, Keep, PassOn, Refuse, Submit, Tick, Untick, Withdraw};
        let (evidence, number, money, day) = match self.act {
            Tick | Untick => (true, false, false, false),
            Submit => (false, true, false, true),
            Credit | PassOn => (false, true, true, false),
            Keep => (false, false, true, false),
            Deadline => (false, false, false, true),
            Refuse | Withdraw => (false, false, false, false),
        };
        let needs_reason = matches!(self.act, Refuse | Withdraw | Keep);
        for (field, given, taken) in [
            ("evidence", self.evidence.is_some(), evidence),
            ("number", !self.number.trim().is_empty(), number),
            ("amount", self.amount.is_some(), money),
            ("day", self.day.is_some(), day),
        ] {
            if given && !taken {
                return Err(Error::invalid(field, "not-allowed"));
            }
            // A deadline may be one that nobody knows.
            if !given && taken && self.act != Deadline {
                return Err(Error::invalid(field, "required"));
            }
        }
        if self.act == Submit && self.day.is_some_and(|day| day > today.saturating_add(1.day())) {
            return Err(Error::invalid("day", "too-far"));
        }
        if self.evidence.is_some_and(|evidence| !rule(claim.kind).evidence.contains(&evidence)) {
            return Err(Error::invalid("evidence", "unknown"));
        }
        if self.amount.is_some_and(|amount| amount.currency != claim.currency) {
            return Err(Error::invalid("currency", "unknown"));
        }
        let reference = match self.evidence {
            Some(evidence) => evidence.word().to_owned(),
            None if number => line("number", &self.number, NUMBER)?,
            None => String::new(),
        };
        let note = text("note", &self.note)?;
        if needs_reason && note.is_empty() {
            return Err(Error::invalid("note", "required"));
        }
        Ok((self.amount.map_or(0, |amount| amount.minor), reference, note))
    }

    fn refused(&self, refusal: Refusal) -> Error {
        match refusal {
            Refusal::State => Error::Refused("wrong-state"),
            Refusal::Amount => Error::invalid("amount", "not-an-amount"),
            Refusal::Twice => Error::invalid("number", "taken"),
            Refusal::Over if self.act == ClaimAct::Keep => Error::invalid("amount", "claim-over"),
            Refusal::Over => Error::invalid("note", "claim-over"),
        }
    }
}

/// Notes something of a claim. Where it stands follows from that.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`]; `wrong-state` for what cannot be said of it as it stands.
pub async fn note(app: &App, agent: &Agent, id: ClaimId, said: Said) -> Result<()> {
    agent.require(Permission::PayablesManage)?;
    let now = app.now();
    let act = audit::act(
        &mut app.ids(now),
        now,
        agent.actor(),
        Deed::ClaimNote,
        &id,
        json!({ "act": said.act, "amount": said.amount }),
    );
    let unit = Arc::new((agent.id, said, act));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, said, act) = &*unit;
                let mut claim = claims::get(tx, id).await?.ok_or(Error::NotFound("claim"))?;
                let today = Days::of_desk(tx, now).await?.today;
                let (amount, reference, note) = said.checked(&claim, today)?;
                let events = claims::events(tx, id).await?;
                if events.len() >= EVENTS {
                    return Err(Error::invalid("action", "too-many"));
                }
                let place = events.last().map_or(0, |last| last.place) + 1;
                let event = Event {
                    place,
                    act: said.act,
                    day: said.day,
                    amount,
                    reference,
                    note,
                    agent: *agent,
                    at: now,
                };
                let standing = Standing::of(events.iter().map(Event::fact));
                let standing = standing.with(&event.fact()).map_err(|refusal| said.refused(refusal))?;
                claims::note(tx, id, &event).await?;
                (claim.state, claim.deadline) = (standing.state(), standing.deadline);
                (claim.credited, claim.given) = (standing.credited, standing.given());
                claims::set(tx, &claim).await?;
                Ok(records::audit(tx, act).await?)
            })
        })
        .await
}

fn before(id: Option<ClaimId>) -> ClaimId {
    id.unwrap_or_else(|| ClaimId::from_uuid(uuid::Uuid::max()))
}

/// The claims before one, in a state or in all, the newest first.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn list(
    app: &App,
    agent: &Agent,
    after: Option<ClaimId>,
    state: Option<ClaimState>,
    limit: i64,
) -> Result<Vec<Listed>> {
    agent.require(Permission::PayablesView)?;
    let now = app.now();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let days = Days::of_desk(tx, now).await?;
                let rows = claims::newest(tx, before(after), state, limit.clamp(1, 201)).await?;
                Ok(rows.into_iter().map(|claim| Listed::of(claim, &days)).collect())
            })
        })
        .await
}

/// The claims with which something is to be done, those to be handed in soonest first; and of those that have ended the ones
/// before one, the newest first.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn overview(
    app: &App,
    agent: &Agent,
    after: Option<ClaimId>,
    limit: i64,
) -> Result<(Vec<Listed>, Vec<Listed>)> {
    agent.require(Permission::PayablesView)?;
    let now = app.now();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let days = Days::of_desk(tx, now).await?;
                let listed =
                    |rows: Vec<Claim>| rows.into_iter().map(|claim| Listed::of(claim, &days)).collect();
                let alive = claims::alive(tx, ALIVE).await?;
                let ended = claims::ended(tx, before(after), limit.clamp(1, 201)).await?;
                Ok((listed(alive), listed(ended)))
            })
        })
        .await
}

/// The claims about an invoice, the oldest first.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn of_invoice(app: &App, agent: &Agent, id: SupplierInvoiceId) -> Result<Vec<Listed>> {
    agent.require(Permission::PayablesView)?;
    let now = app.now();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                bills::get(tx, id).await?.ok_or(Error::NotFound("invoice"))?;
                let days = Days::of_desk(tx, now).await?;
                let rows = claims::of_invoice(tx, id).await?;
                Ok(rows.into_iter().map(|claim| Listed::of(claim, &days)).collect())
            })
        })
        .await
}

/// A claim with all that was noted of it.
#[derive(Clone, Debug)]
pub struct One {
    /// The claim.
    pub listed: Listed,
    /// Where it stands.
    pub standing: Standing,
    /// What it needs.
    pub rule: &'static Rule,
    /// What was noted, the oldest first.
    pub events: Vec<Event>,
    /// Invoices and credit notes of ours that it was passed on with, by their numbers.
    pub ours: HashMap<String, InvoiceId>,
    /// Who noted something.
    pub agents: HashMap<AgentId, String>,
}

/// A claim.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn one(app: &App, agent: &Agent, id: ClaimId) -> Result<One> {
    agent.require(Permission::PayablesView)?;
    let now = app.now();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let claim = claims::get(tx, id).await?.ok_or(Error::NotFound("claim"))?;
                let events = claims::events(tx, id).await?;
                let mut ours = HashMap::new();
                for event in events.iter().filter(|event| event.act == ClaimAct::PassOn) {
                    if let Some(found) = receivables::by_label(tx, &event.reference).await? {
                        ours.insert(event.reference.clone(), found.id);
                    }
                }
                let agents = people::agents(tx).await?.into_iter().map(|agent| (agent.id, agent.name));
                let agents = agents.collect();
                let days = Days::of_desk(tx, now).await?;
                Ok(One {
                    standing: Standing::of(events.iter().map(Event::fact)),
                    rule: rule(claim.kind),
                    listed: Listed::of(claim, &days),
                    events,
                    ours,
                    agents,
                })
            })
        })
        .await
}
