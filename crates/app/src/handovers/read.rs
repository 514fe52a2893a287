//! Reading hand-overs: what a ticket's page shows, and the list of all.

use std::sync::Arc;

use domain::{
    access::Permission,
    clock::{self, running::Clock},
    handover::{
        Leg,
        package::{self, Package},
        shared_clock::{self, Segment},
        team::{self, TeamClock},
    },
    id::{EntitlementId, TicketId},
    party::supplier::Way,
    ticket::{diagnosis::Diagnosis, diagnosis::Evidence, lifecycle::Passage},
};
use jiff::Timestamp;
use store::{
    Tx,
    handovers::{self, Handover},
    offerings::Offering,
    peers::Peer,
    suppliers::Supplier,
    tickets::Ticket,
};

use super::{case::Case, legs, offer};
use crate::{Agent, App, Error, Result, vehicles};

/// How many legs the list has at most.
const LIST: i64 = 500;

/// A way by which a ticket may go.
#[derive(Clone, Debug)]
pub struct Choice {
    /// To whom.
    pub supplier: Supplier,
    /// By which of its offerings; none where it has none that fits.
    pub offering: Option<Offering>,
    /// The contract by which it is taken.
    pub entitlement: Option<EntitlementId>,
    /// How many units that takes.
    pub consumes: u32,
    /// When somebody answers, if that is promised.
    pub due: Option<Timestamp>,
    /// Whether the advisor knows that it is open; else some fact is missing that would decide.
    pub advised: bool,
    /// What the supplier asks for, and whether it sends back without.
    pub needs: Vec<(Evidence, bool)>,
    /// Whether it can be reached: a desk has to be paired first.
    pub reachable: bool,
}

/// One leg with its clock.
#[derive(Clone, Debug)]
pub struct LegView {
    /// The leg.
    pub leg: Handover,
    /// The supplier's promises at this moment.
    pub clocks: Vec<Clock>,
    /// Since when the desk on the other side has not been reached, and why.
    pub lost: Option<(Timestamp, String)>,
    /// Where a person files it, if a person does.
    pub portal: Option<String>,
}

/// What the page of a ticket shows of its hand-overs.
#[derive(Clone, Debug)]
pub struct Panel {
    /// Whether the reader may hand over.
    pub may: bool,
    /// To whom; none where nothing can be handed over now.
    pub choices: Vec<Choice>,
    /// What is prepared, if anything is.
    pub draft: Option<Handover>,
    /// The package as it would go now, if something is prepared.
    pub package: Option<Package>,
    /// What is missing in it.
    pub missing: Vec<(Evidence, bool)>,
    /// What was found out.
    pub diagnosis: Diagnosis,
    /// The legs, the newest first.
    pub legs: Vec<LegView>,
    /// Who held it when.
    pub segments: Vec<Segment>,
    /// How much of the customer's promise the desk has used itself.
    pub team: Option<TeamClock>,
    /// How the hand-overs stand to the ticket's end.
    pub passage: Passage,
}

/// What the page of a ticket shows; nothing for who may not see internal notes.
///
/// # Errors
/// [`Error::NotFound`] for a ticket that is not there or may not be seen.
pub async fn panel(app: &App, agent: &Agent, ticket: TicketId) -> Result<Option<Panel>> {
    let now = app.now();
    let agent = Arc::new(agent.clone());
    app.store
        .read(agent.desk, move |tx| {
            let agent = agent.clone();
            Box::pin(async move {
                let row = store::tickets::get(tx, ticket).await?.ok_or(Error::NotFound("ticket"))?;
                panel_in(tx, &agent, &row, now).await
            })
        })
        .await
}

/// As [`panel`], in a unit that reads more.
///
/// # Errors
/// As [`panel`].
pub async fn panel_in(tx: &mut Tx, agent: &Agent, ticket: &Ticket, now: Timestamp) -> Result<Option<Panel>> {
    if agent.sees(ticket)? != domain::access::Visibility::Internal {
        return Ok(None);
    }
    let mut rows = handovers::of_ticket(tx, ticket.id).await?;
    rows.reverse();
    let may = agent.may(Permission::TicketEscalate) && agent.rights.may_work(ticket.kind);
    let diagnosis = store::diagnoses::get(tx, ticket.id).await?.0;
    let draft = rows.iter().position(|leg| leg.outgoing && leg.state == Leg::Draft).map(|at| rows.remove(at));
    let passage = super::passage(tx, ticket.id).await?;
    let peers = if may || !rows.is_empty() { store::peers::all(tx).await? } else { Vec::new() };
    let suppliers = if may || !rows.is_empty() { store::suppliers::all(tx).await? } else { Vec::new() };
    let open =
        may && passage != Passage::Away && ticket.state.is_active() && super::may_pass_on(ticket).is_ok();
    let choices = if open { choices(tx, agent, ticket, &suppliers, &peers, now).await? } else { Vec::new() };
    let (package, missing) = match &draft {
        Some(leg) => {
            let chosen = suppliers.iter().find(|supplier| Some(supplier.id) == leg.supplier);
            match chosen {
                Some(supplier) => {
                    let said =
                        offer::Draft { summary: leg.package.0.summary.clone(), ..offer::Draft::default() };
                    let package = offer::pack(tx, ticket, supplier, &said, &diagnosis).await?;
                    let missing = package::missing(supplier.kind, &package);
                    (Some(package), missing)
                }
                None => (None, Vec::new()),
            }
        }
        None => (None, Vec::new()),
    };
    let (segments, away) = held(tx, ticket, now).await?;
    let team = if away.is_empty() { None } else { team_clock(tx, ticket, &away, now).await? };
    let mut views = Vec::with_capacity(rows.len());
    for leg in rows {
        let terms = legs::terms(tx, &leg).await?;
        let peer = peers.iter().find(|peer| Some(peer.id) == leg.peer);
        let supplier = suppliers.iter().find(|supplier| Some(supplier.id) == leg.supplier);
        views.push(LegView {
            clocks: legs::clocks(&leg, terms.as_ref(), now)?,
            lost: peer.and_then(|peer| peer.lost_at.map(|at| (at, peer.lost_why.clone()))),
            portal: supplier
                .filter(|s| s.way == Way::Portal && !s.address.is_empty())
                .map(|s| s.address.clone()),
            leg,
        });
    }
    Ok(Some(Panel { may, choices, draft, package, missing, diagnosis, legs: views, segments, team, passage }))
}

/// The ways that the advisor knows to be open, as it ranks them; those of which it knows too little; then suppliers of
/// which no offering is entered.
async fn choices(
    tx: &mut Tx,
    agent: &Agent,
    ticket: &Ticket,
    suppliers: &[Supplier],
    peers: &[Peer],
    now: Timestamp,
) -> Result<Vec<Choice>> {
    let about = domain::handover::message::About {
        kind: ticket.kind,
        service: ticket.service,
        severity: ticket.severity,
        lang: ticket.lang,
    };
    let reachable = |supplier: &Supplier| match supplier.way {
        Way::Desk => peers.iter().any(|peer| peer.supplier == Some(supplier.id) && !peer.revoked),
        Way::Mail => !supplier.address.is_empty(),
        Way::Portal => true,
        Way::AzureSupport => false,
    };
    let choice = |supplier: &Supplier| Choice {
        offering: None,
        entitlement: None,
        consumes: 0,
        due: None,
        advised: false,
        needs: package::needs(supplier.kind, &about),
        reachable: reachable(supplier),
        supplier: supplier.clone(),
    };
    let offers = store::offerings::of_suppliers(tx).await?;
    let mut choices = Vec::new();
    let mut settled = Vec::new();
    let mut stopped = false;
    if agent.may(Permission::SuppliersView) {
        let advice = vehicles::advise(tx, agent, ticket.id, now).await?;
        for way in &advice.ways.open {
            let Some(supplier) = suppliers.iter().find(|supplier| supplier.id == way.supplier) else {
                continue;
            };
            choices.push(Choice {
                offering: advice.offering(way.offering).cloned(),
                entitlement: way.entitlement,
                consumes: way.consumes,
                due: way.first_response.and_then(|expected| expected.due),
                advised: true,
                ..choice(supplier)
            });
        }
        settled.extend(advice.ways.open.iter().map(|way| way.offering));
        settled.extend(advice.ways.barred.iter().filter_map(|barred| barred.offering));
        stopped = advice.ways.instead.is_some();
    }
    // What nobody knows enough to advise is a person's choice, unless the matter goes elsewhere.
    for offering in offers.iter().filter(|offering| !stopped && !settled.contains(&offering.id)) {
        let terms = &offering.terms.0;
        let covers = terms.services.contains(&ticket.service) && terms.kinds.contains(&ticket.kind);
        let valid = offering.valid_from <= now && offering.valid_to.is_none_or(|end| now < end);
        let supplier = suppliers.iter().find(|s| s.active && Some(s.id) == offering.supplier);
        if let (Some(supplier), true) = (supplier, covers && valid) {
            choices.push(Choice { offering: Some(offering.clone()), ..choice(supplier) });
        }
    }
    let bare = suppliers.iter().filter(|supplier| {
        supplier.active && !offers.iter().any(|offering| offering.supplier == Some(supplier.id))
    });
    choices.extend(bare.map(choice));
    choices.sort_by_key(|choice| !choice.reachable);
    Ok(choices)
}

/// Who held the ticket when, and when it was not here.
async fn held(tx: &mut Tx, ticket: &Ticket, now: Timestamp) -> Result<(Vec<Segment>, Vec<clock::Period>)> {
    let (mut segments, mut away) = (Vec::new(), Vec::new());
    for (place, row) in handovers::chains_of(tx, ticket.id).await?.into_iter().enumerate() {
        let Some(case) = Case::load(tx, &row.id).await? else { continue };
        let mine = shared_clock::away(&case.chain, &case.me, now);
        // What was before it came here was not ours to use.
        away.extend(mine.into_iter().filter(|period| period.to > ticket.created_at));
        if place == 0 {
            segments = shared_clock::segments(&case.chain, now);
        }
    }
    Ok((segments, away))
}

async fn team_clock(
    tx: &mut Tx,
    ticket: &Ticket,
    away: &[clock::Period],
    now: Timestamp,
) -> Result<Option<TeamClock>> {
    let Some(target) = ticket.targets.0.resolution else { return Ok(None) };
    let Some(id) = ticket.calendar else { return Ok(None) };
    let Some(row) = store::people::calendar(tx, id).await? else { return Ok(None) };
    let calendar = clock::Calendar::try_from(row.spec.0).map_err(Error::internal)?;
    let counted = team::clock(&calendar, target, ticket.created_at, &ticket.facts.0, away, now);
    Ok(Some(counted.map_err(Error::internal)?))
}

/// The shared clock of a ticket's hand-over, as every desk of it counts it; empty where there is none.
///
/// # Errors
/// [`Error::NotFound`] for a ticket that is not there or may not be seen with its notes.
pub async fn shared_clock(app: &App, agent: &Agent, ticket: TicketId) -> Result<Vec<Segment>> {
    Ok(panel(app, agent, ticket).await?.ok_or(Error::NotFound("ticket"))?.segments)
}

/// One line of the list.
#[derive(Clone, Debug)]
pub struct Line {
    /// The leg.
    pub leg: Handover,
    /// The ticket here: its number and subject.
    pub ticket: Option<(i64, String)>,
    /// Since when the desk on the other side has not been reached.
    pub lost: Option<Timestamp>,
    /// Whether its time is over.
    pub late: bool,
}

/// Hand-overs that something follows, those first whose time is over or is over first.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// What waits for this desk: offers to it, what came back to it, what it holds for others.
    pub ours: Vec<Line>,
    /// What waits for others.
    pub theirs: Vec<Line>,
}

/// The list of hand-overs.
///
/// # Errors
/// Without [`Permission::TicketEscalate`].
pub async fn list(app: &App, agent: &Agent) -> Result<List> {
    agent.require(Permission::TicketEscalate)?;
    let now = app.now();
    let agent = Arc::new(agent.clone());
    app.store
        .read(agent.desk, move |tx| {
            let agent = agent.clone();
            Box::pin(async move {
                let peers = store::peers::all(tx).await?;
                let mut list = List::default();
                for leg in handovers::live(tx, LIST).await? {
                    if agent.sees_kind(leg.package.0.about.kind).is_err() {
                        continue;
                    }
                    let ticket = match leg.ticket {
                        Some(id) => store::tickets::get(tx, id).await?,
                        None => None,
                    };
                    if ticket.as_ref().is_some_and(|ticket| agent.sees(ticket).is_err()) {
                        continue;
                    }
                    let peer = peers.iter().find(|peer| Some(peer.id) == leg.peer);
                    let waits_for_us = match leg.state {
                        Leg::Draft | Leg::Returned => leg.outgoing,
                        Leg::Offered | Leg::InProgress | Leg::SentBack => !leg.outgoing,
                        Leg::Accepted
                        | Leg::Withdrawn
                        | Leg::Declined
                        | Leg::Expired
                        | Leg::Approved
                        | Leg::Closed => false,
                    };
                    let line = Line {
                        late: leg.due_at < now,
                        lost: peer.and_then(|peer| peer.lost_at),
                        ticket: ticket.map(|ticket| (ticket.number, ticket.subject)),
                        leg,
                    };
                    if waits_for_us { list.ours.push(line) } else { list.theirs.push(line) }
                }
                Ok(list)
            })
        })
        .await
}
