//! The diagnosis of a ticket: what is found out, what was tried, and the decision whether it lies inside the baseline.

use std::sync::Arc;

use domain::{
    access::Visibility,
    deed::Deed,
    handover::Leg,
    id::{AgentId, TicketId},
    ticket::{
        baseline::{self, Finding, Journey, NotNeeded, Passage, Reached, Sheet, Stop, text_in},
        diagnosis::{Decision, Diagnosis, Evidence, Step, Verdict},
        kinds::Kind,
        lifecycle::State,
        timeline::{Event, Found, Ticked},
    },
};
use jiff::Timestamp;
use store::{Tx, diagnoses, tickets::Ticket};

use crate::{
    Agent, App, Error, Result,
    error::{body, line},
    requirements::{self, Current},
    tickets::{self, Hand, TicketView, take},
    who,
};

/// The longest reason, in characters.
const REASON: usize = 1_000;
/// The longest piece of evidence, in bytes.
const EVIDENCE: usize = 8_000;
/// The most steps of one diagnosis: sheets change while it goes on.
const STEPS: usize = 300;

/// What is known about a ticket, and what is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The ticket.
    pub ticket: TicketId,
    /// Its kind.
    pub kind: Kind,
    /// What was found out.
    pub diagnosis: Diagnosis,
    /// The version of that; 0 where nobody has begun.
    pub version: i64,
    /// By which sheet it is asked.
    pub by: Current,
    /// The hand-overs that went out from it: where each stands, and when it came back.
    pub out: Vec<(Leg, Option<Timestamp>)>,
}

impl Known {
    /// The sheet by which it is asked.
    #[must_use]
    pub const fn sheet(&self) -> &Sheet {
        &self.by.sheet
    }
}

/// What is known about a ticket: for those who see it whole.
///
/// # Errors
/// [`Error::NotFound`] for a ticket that is not there or of which only the public part may be seen.
pub async fn view(app: &App, agent: &Agent, id: TicketId) -> Result<Known> {
    let unit = Arc::new(agent.clone());
    app.store
        .read(agent.desk, move |tx| {
            let agent = unit.clone();
            Box::pin(async move {
                let ticket = store::tickets::get(tx, id).await?.ok_or(Error::NotFound("ticket"))?;
                if agent.sees(&ticket)? != Visibility::Internal {
                    return Err(Error::NotFound("ticket"));
                }
                of(tx, &ticket).await
            })
        })
        .await
}

/// As [`view`], of a ticket that was read before in the same unit; who may see it is for the caller to ask.
///
/// # Errors
/// As the database says.
pub async fn of(tx: &mut Tx, ticket: &Ticket) -> Result<Known> {
    let (diagnosis, version) = diagnoses::get(tx, ticket.id).await?;
    let by = match &diagnosis.asked {
        // What was begun goes on as it was begun, unless it turns out to be about something else.
        Some(asked) if (asked.service, asked.kind) == (ticket.service, ticket.kind) => {
            requirements::version_in(tx, asked).await?
        }
        Some(_) | None => requirements::current_in(tx, ticket.service, ticket.kind).await?,
    };
    let legs = store::handovers::of_ticket(tx, ticket.id).await?.into_iter();
    let out = legs.filter(|leg| leg.outgoing && leg.state != Leg::Draft);
    let out = out.map(|leg| (leg.state, leg.returned_at)).collect();
    Ok(Known { ticket: ticket.id, kind: ticket.kind, diagnosis, version, by, out })
}

/// What becomes of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tick {
    /// It was done; what was found may be said.
    Done {
        /// What was found.
        finding: String,
    },
    /// It was skipped.
    Skipped {
        /// Why.
        reason: String,
    },
    /// It is open again.
    Open,
}

/// A decision to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decide {
    /// What is decided.
    pub verdict: Verdict,
    /// The row of the sheet that it follows; of [`Verdict::NotNeeded`], a word of [`NotNeeded`].
    pub category: Option<String>,
    /// Why. May be empty where a category says it.
    pub reason: String,
}

/// What changes in a diagnosis; what is not given stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Steps by their keys.
    pub steps: Vec<(String, Tick)>,
    /// Answers; none is unknown again.
    pub findings: Vec<(Finding, Option<String>)>,
    /// Evidence; empty takes it back.
    pub evidence: Vec<(Evidence, String)>,
    /// The decision.
    pub decision: Option<Decide>,
}

/// Changes the diagnosis of a ticket on which the agent may work. `seen` is the version of the diagnosis that the agent
/// looked at, if it insists on it. Answers the version after.
///
/// # Errors
/// [`Error::Stale`], [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Refused`] `wrong-state` on a closed ticket;
/// [`Error::Invalid`] for a step or category that the sheet does not have, a missing reason, a text that is too long.
pub async fn change(
    app: &App,
    agent: &Agent,
    id: TicketId,
    change: Change,
    seen: Option<i64>,
) -> Result<i64> {
    let now = app.now();
    let unit = Arc::new((agent.clone(), checked(change)?, app.ids(now)));
    let (version, told) = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, change, ids) = &*unit;
                let mut hand = take(tx, agent, id, None, ids.clone(), now).await?;
                if hand.ticket.state == State::Closed {
                    return Err(Error::Refused("wrong-state"));
                }
                let mut known = of(tx, &hand.ticket).await?;
                if seen.is_some_and(|seen| seen != known.version) {
                    return Err(Error::Stale);
                }
                let before = known.diagnosis.clone();
                let events = apply(&mut known, change, agent, now)?;
                if known.diagnosis == before {
                    return Ok((known.version, None));
                }
                known.diagnosis.asked = Some(known.by.asked.clone());
                diagnoses::put(tx, id, &known.diagnosis, known.version).await?;
                if let Some(decision) =
                    known.diagnosis.decision.as_ref().filter(|_| change.decision.is_some())
                {
                    count(tx, &hand, decision).await?;
                }
                for event in events {
                    hand.append(event);
                }
                let (was, is) = (&before.findings, &known.diagnosis.findings);
                let shown = hand.ticket.circle.as_ref().map(|circle| &circle.0);
                let circle = domain::ticket::circle::after(shown, was, is, agent.id);
                tickets::circle::show_to(tx, &mut hand, circle, agent, &mut ids.after()).await?;
                Ok((known.version + 1, Some(hand.put(tx, Deed::TicketDiagnose).await?)))
            })
        })
        .await?;
    if let Some(told) = told {
        app.live.tell(told);
    }
    Ok(version)
}

fn checked(change: Change) -> Result<Change> {
    let tick = |tick| -> Result<Tick> {
        Ok(match tick {
            Tick::Skipped { reason } => Tick::Skipped { reason: line("reason", &reason, REASON)? },
            Tick::Done { finding } if finding.trim().is_empty() => Tick::Done { finding: String::new() },
            Tick::Done { finding } => Tick::Done { finding: line("finding", &finding, REASON)? },
            Tick::Open => Tick::Open,
        })
    };
    let steps = change.steps.into_iter().map(|(key, what)| Ok((key, tick(what)?))).collect::<Result<_>>()?;
    let evidence = change.evidence.into_iter().map(|(what, text)| {
        let text = if text.trim().is_empty() { String::new() } else { body("evidence", &text, EVIDENCE)? };
        Ok((what, text))
    });
    let decision = change.decision.map(|decide| -> Result<Decide> {
        let category = decide.category.filter(|category| !category.is_empty());
        if decide.verdict == Verdict::NotNeeded {
            let known = category.as_deref().and_then(|word| word.parse::<NotNeeded>().ok());
            // What the customer did, nobody else decides.
            if known.is_none_or(|word| word == NotNeeded::ClosedByCustomer) {
                return Err(Error::invalid("category", "unknown"));
            }
        }
        let reason = match decide.reason.trim() {
            "" if category.is_some() => String::new(),
            reason => line("reason", reason, REASON)?,
        };
        Ok(Decide { category, reason, ..decide })
    });
    Ok(Change {
        steps,
        findings: change.findings,
        evidence: evidence.collect::<Result<_>>()?,
        decision: decision.transpose()?,
    })
}

/// Applies a change; what the timeline tells of it.
fn apply(known: &mut Known, change: &Change, agent: &Agent, now: Timestamp) -> Result<Vec<Event>> {
    let (sheet, diagnosis) = (&known.by.sheet, &mut known.diagnosis);
    let (mut steps, mut reopened) = (Vec::new(), Vec::new());
    for (key, tick) in &change.steps {
        let (skipped, finding) = match tick {
            Tick::Open => {
                if let Some(at) = diagnosis.steps.iter().position(|step| step.key == *key) {
                    reopened.push(diagnosis.steps.remove(at).text);
                }
                continue;
            }
            Tick::Done { finding } => (None, finding.clone()),
            Tick::Skipped { reason } => (Some(reason.clone()), String::new()),
        };
        let row = sheet.step(key).ok_or(Error::invalid("steps", "unknown"))?;
        let text = text_in(&row.text, agent.lang).to_owned();
        if let (Some(evidence), false) = (row.fills, finding.is_empty()) {
            diagnosis.evidence.entry(evidence).or_insert_with(|| finding.clone());
        }
        let same = |step: &Step| step.key == *key && step.skipped == skipped && step.finding == finding;
        if diagnosis.steps.iter().any(same) {
            continue;
        }
        diagnosis.steps.retain(|step| step.key != *key);
        if diagnosis.steps.len() >= STEPS {
            return Err(Error::invalid("steps", "too-many"));
        }
        steps.push(Ticked { text: text.clone(), skipped: skipped.clone() });
        diagnosis.steps.push(Step { key: key.clone(), text, skipped, finding, at: now, by: agent.id });
    }
    let mut findings = Vec::new();
    // Who decides that it is one has said that it is one.
    let said = change.decision.as_ref().and_then(|decide| decide.category.as_deref());
    let report =
        (said == Some(baseline::SECURITY_REPORT)).then(|| (Finding::SecurityReport, Some("true".into())));
    for (finding, answer) in change.findings.iter().chain(&report) {
        if finding.of(&diagnosis.findings) == answer.as_deref() {
            continue;
        }
        finding
            .set(&mut diagnosis.findings, answer.as_deref())
            .map_err(|_| Error::invalid("findings", "unknown"))?;
        findings.push(Found { finding: *finding, answer: answer.clone() });
    }
    let mut evidence = Vec::new();
    for (what, text) in &change.evidence {
        let known = diagnosis.evidence.get(what).map_or("", String::as_str);
        if known == text {
            continue;
        }
        if text.is_empty() {
            diagnosis.evidence.remove(what);
        } else {
            diagnosis.evidence.insert(*what, text.clone());
        }
        evidence.push(*what);
    }
    let mut events = Vec::new();
    if !(steps.is_empty() && reopened.is_empty() && findings.is_empty() && evidence.is_empty()) {
        events.push(Event::Diagnosed { steps, reopened, findings, evidence });
    }
    if let Some(decide) = &change.decision {
        events.extend(decided(sheet, diagnosis, decide, agent, now)?);
    }
    Ok(events)
}

fn decided(
    sheet: &Sheet,
    diagnosis: &mut Diagnosis,
    decide: &Decide,
    agent: &Agent,
    now: Timestamp,
) -> Result<Option<Event>> {
    let named = match (decide.verdict, &decide.category) {
        (_, None) => None,
        // Its words are the reader's language's.
        (Verdict::NotNeeded, Some(word)) => Some(word.clone()),
        (_, Some(key)) => {
            let row = sheet.category(key).ok_or(Error::invalid("category", "unknown"))?;
            Some(text_in(&row.text, agent.lang).to_owned())
        }
    };
    let reason = match (decide.reason.as_str(), &named) {
        ("", Some(named)) => named.clone(),
        (reason, _) => reason.to_owned(),
    };
    let same = |known: &Decision| {
        (known.verdict, &known.category, &known.reason) == (decide.verdict, &decide.category, &reason)
    };
    if diagnosis.decision.as_ref().is_some_and(same) {
        return Ok(None);
    }
    let decision = Decision {
        verdict: decide.verdict,
        reason: reason.clone(),
        category: decide.category.clone(),
        at: now,
        by: Some(agent.id),
    };
    diagnosis.decision = Some(decision);
    Ok(Some(Event::Decided { verdict: decide.verdict, category: named, reason }))
}

/// Notes a decision for reports, in the month in which it was made where the desk is.
async fn count(tx: &mut Tx, hand: &Hand, decision: &Decision) -> Result<()> {
    let zone = who::zone(&hand.rules.settings.timezone);
    let month = decision.at.to_zoned(zone).strftime("%Y-%m").to_string();
    let t = &hand.ticket;
    let how = (decision.verdict, decision.category.as_deref());
    Ok(store::requirements::decide(tx, t.id, &month, (t.service, t.kind), how).await?)
}

/// Passes if an agent may bring a ticket to a state: a technical one is not ended without a decision.
///
/// # Errors
/// [`Error::Refused`] `no-decision`.
pub(crate) async fn may_go(tx: &mut Tx, ticket: &Ticket, to: State) -> Result<()> {
    if baseline::may_go(ticket.kind, to, None) {
        return Ok(());
    }
    let (diagnosis, _) = diagnoses::get(tx, ticket.id).await?;
    if baseline::may_go(ticket.kind, to, diagnosis.decision.as_ref()) {
        return Ok(());
    }
    Err(Error::Refused("no-decision"))
}

/// Notes, where a decision would be needed and there is none, what stands for it.
pub(crate) async fn settle(tx: &mut Tx, hand: &mut Hand, decision: Decision, to: State) -> Result<()> {
    let (mut diagnosis, version) = diagnoses::get(tx, hand.ticket.id).await?;
    if baseline::may_go(hand.ticket.kind, to, diagnosis.decision.as_ref()) {
        return Ok(());
    }
    if diagnosis.asked.is_none() {
        diagnosis.asked = Some(of(tx, &hand.ticket).await?.by.asked);
    }
    count(tx, hand, &decision).await?;
    let (verdict, reason) = (decision.verdict, decision.reason.clone());
    let category = decision.category.clone().filter(|_| verdict == Verdict::NotNeeded);
    diagnosis.decision = Some(decision);
    diagnoses::put(tx, hand.ticket.id, &diagnosis, version).await?;
    hand.append(Event::Decided { verdict, category, reason });
    Ok(())
}

/// What stands for a decision where a ticket goes on in another one.
pub(crate) fn merged(now: Timestamp, by: AgentId) -> Decision {
    let word = NotNeeded::Duplicate.word();
    Decision {
        verdict: Verdict::NotNeeded,
        reason: word.into(),
        category: Some(word.into()),
        at: now,
        by: Some(by),
    }
}

/// Takes back what stood for a decision because a ticket went on in another one.
pub(crate) async fn unmerge(tx: &mut Tx, ticket: TicketId) -> Result<()> {
    let (mut diagnosis, version) = diagnoses::get(tx, ticket).await?;
    let duplicate = Some(NotNeeded::Duplicate.word());
    if diagnosis.decision.as_ref().is_some_and(|decision| decision.category.as_deref() == duplicate) {
        diagnosis.decision = None;
        diagnoses::put(tx, ticket, &diagnosis, version).await?;
        store::requirements::undecide(tx, ticket).await?;
    }
    Ok(())
}

/// What stands for a decision where the customer closed the ticket.
pub(crate) fn closed_by_customer(now: Timestamp) -> Decision {
    let word = NotNeeded::ClosedByCustomer.word();
    Decision {
        verdict: Verdict::NotNeeded,
        reason: word.into(),
        category: Some(word.into()),
        at: now,
        by: None,
    }
}

/// Where a ticket is, and when it last came back, by its hand-overs. One that waits for a supplier to whom nobody handed
/// it over is out as well.
fn passage(view: &TicketView, known: &Known) -> (Passage, Option<Timestamp>) {
    let is_out = known.out.iter().any(|(leg, _)| leg.is_offered() || leg.is_away());
    if is_out || view.ticket.state == State::WaitingSupplier {
        return (Passage::Out, None);
    }
    let answered = |leg: &Leg| matches!(leg, Leg::Returned | Leg::Approved | Leg::Closed);
    let back = if known.out.is_empty() {
        let moved = |event: &Event| matches!(event, Event::Moved { from: State::WaitingSupplier, .. });
        view.entries.iter().rev().find(|entry| moved(&entry.event)).map(|entry| entry.at)
    } else {
        known.out.iter().filter(|(leg, _)| answered(leg)).filter_map(|(_, at)| *at).max()
    };
    back.map_or((Passage::Home, None), |at| (Passage::Back, Some(at)))
}

/// The path of a ticket: how far it has come, by what its page shows.
#[must_use]
pub fn path(view: &TicketView, known: &Known) -> [(Stop, Reached); 7] {
    let (passage, back) = passage(view, known);
    let decided = known.diagnosis.decision.as_ref().map(|decision| decision.at);
    let after = back.into_iter().chain(decided).max();
    let answers = |event: &Event| matches!(event, Event::Reply(_));
    let informed =
        view.entries.iter().any(|entry| answers(&entry.event) && after.is_none_or(|after| entry.at >= after));
    baseline::path(&Journey {
        kind: view.ticket.kind,
        state: view.ticket.state,
        diagnosis: &known.diagnosis,
        open_steps: known.sheet().open(&known.diagnosis).steps.len(),
        passage,
        informed,
    })
}
