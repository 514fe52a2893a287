//! Reading hand-overs: what a ticket's page shows, and the list of all.

use std::sync::Arc;

use domain::{
    access::Permission,
    clock::{self, running::Clock},
    handover::{
        Leg,
        followed::Status,
        package::{self, Package},
        shared_clock::{self, Segment},
        team::{self, TeamClock},
    },
    id::{EntitlementId, TicketId},
    party::supplier::{SupplierKind, Way},
    ticket::{diagnosis::Diagnosis, diagnosis::Evidence, kinds::Service, lifecycle::Passage},
};
use jiff::Timestamp;
use store::{
    Tx,
    awaited::Awaited,
    handovers::{self, Handover},
    offerings::Offering,
    peers::Peer,
    suppliers::Supplier,
    tickets::Ticket,
    timeline::Attachment,
};

use super::{
    case::Case,
    files,
    follow::{self, Filing},
    legs, offer,
};
use crate::{Agent, App, Error, Result, microsoft::State, vehicles};

/// Stands for the customer's tenant in the address of a portal.
const TENANT: &str = "{tenant}";
/// Where Microsoft takes a request in the context of a customer: the page to which its own list of a customer's services
/// leads.
pub(crate) const IN_CONTEXT: &str =
    "https://portal.office.com/Partner/BeginClientSession.aspx?CTID={tenant}&CSDEST=Support";
/// Where the customers are from which a request is begun while the tenant is not known.
const CUSTOMERS: &str = "https://partner.microsoft.com/dashboard/v2/customers/list";
/// How many legs the list has at most.
const LIST: i64 = 500;

/// A way by which a ticket may go.
#[derive(Clone, Debug)]
pub struct Choice {
    /// To whom.
    pub supplier: Supplier,
    /// How this ticket reaches it.
    pub way: Way,
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

/// How a request is followed at Microsoft.
#[derive(Clone, Debug)]
pub struct Following {
    /// How reading it fares.
    pub state: State,
    /// Microsoft's words for that.
    pub detail: String,
    /// Where it stands there; none before it was read.
    pub status: Option<Status>,
    /// When it was read last.
    pub read_at: Option<Timestamp>,
    /// When it is looked at next; none where nothing follows.
    pub next_at: Option<Timestamp>,
    /// How many words wait to be said there.
    pub waiting: usize,
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
    /// How it is followed at Microsoft, if it is.
    pub following: Option<Following>,
    /// Whether this desk began the hand-over, so that it can go on without who holds it.
    pub opener: bool,
}

/// What the page of a ticket shows of its hand-overs.
#[derive(Clone, Debug)]
pub struct Panel {
    /// Whether the reader may hand over.
    pub may: bool,
    /// To whom; none where nothing can be handed over now.
    pub choices: Vec<Choice>,
    /// Which of the ticket's files may go with it.
    pub files: Vec<Attachment>,
    /// Those that its customer does not see, which may go with a word if an agent says so.
    pub unseen: Vec<Attachment>,
    /// What is prepared, if anything is.
    pub draft: Option<Handover>,
    /// The package as it would go now, if something is prepared.
    pub package: Option<Package>,
    /// What a program would file of it, as far as it is decided.
    pub filing: Option<Filing>,
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
    /// Files of other desks that have not come yet.
    pub awaited: Vec<Awaited>,
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
    let mut diagnosis = store::diagnoses::get(tx, ticket.id).await?.0;
    offer::know_tenant(tx, ticket, &mut diagnosis).await?;
    let draft = rows.iter().position(|leg| leg.outgoing && leg.state == Leg::Draft).map(|at| rows.remove(at));
    let passage = super::passage(tx, ticket.id).await?;
    let peers = if may || !rows.is_empty() { store::peers::all(tx).await? } else { Vec::new() };
    let suppliers = if may || !rows.is_empty() { store::suppliers::all(tx).await? } else { Vec::new() };
    let open =
        may && passage != Passage::Away && ticket.state.is_active() && super::may_pass_on(ticket).is_ok();
    let choices = if open { choices(tx, agent, ticket, &suppliers, &peers, now).await? } else { Vec::new() };
    let is_heard = |leg: &Handover| leg.outgoing && (leg.state.is_away() || leg.state == Leg::Returned);
    let talks = may && rows.iter().any(is_heard);
    let files = if choices.is_empty() && !talks && rows.iter().all(|leg| leg.package.0.files.is_empty()) {
        Vec::new()
    } else {
        store::timeline::passable(tx, ticket.id).await?
    };
    let unseen = if talks { files::unseen(tx, ticket.id, &files).await? } else { Vec::new() };
    let (package, missing) = match &draft {
        Some(leg) => {
            let chosen = suppliers.iter().find(|supplier| Some(supplier.id) == leg.supplier);
            match chosen {
                Some(supplier) => {
                    let kept = &leg.package.0;
                    let said = offer::Draft {
                        summary: kept.summary.clone(),
                        files: kept.files.iter().map(|file| file.sha256).collect(),
                        ..offer::Draft::default()
                    };
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
            portal: supplier.filter(|_| leg.way == Way::Portal).and_then(|supplier| portal(supplier, &leg)),
            following: following(tx, &leg).await?,
            opener: match &leg.chain {
                Some(chain) => is_opener(tx, chain).await?,
                None => false,
            },
            leg,
        });
    }
    let filing = match &draft {
        Some(leg) => follow::kept(tx, leg.id).await?,
        None => None,
    };
    Ok(Some(Panel {
        may,
        choices,
        files,
        unseen,
        draft,
        package,
        filing,
        missing,
        diagnosis,
        legs: views,
        segments,
        team,
        awaited: store::awaited::of_ticket(tx, ticket.id).await?,
        passage,
    }))
}

/// Where a person files a leg: at Microsoft in the customer's context, where its tenant is known.
fn portal(supplier: &Supplier, leg: &Handover) -> Option<String> {
    let address = match supplier.kind {
        SupplierKind::Microsoft if supplier.address.is_empty() => IN_CONTEXT,
        _ => supplier.address.as_str(),
    };
    if address.is_empty() || !address.contains(TENANT) {
        return Some(address.to_owned()).filter(|address| !address.is_empty());
    }
    let tenant = leg.package.0.evidence(Evidence::TenantId);
    let tenant = tenant.and_then(|tenant| tenant.trim().parse::<uuid::Uuid>().ok());
    Some(tenant.map_or_else(|| CUSTOMERS.to_owned(), |tenant| address.replace(TENANT, &tenant.to_string())))
}

async fn following(tx: &mut Tx, leg: &Handover) -> Result<Option<Following>> {
    let Some(row) = store::followed::get(tx, leg.id).await? else { return Ok(None) };
    // Who files by hand and has no connection follows by hand.
    if leg.way == Way::Portal && store::microsoft::connection(tx).await?.is_none() {
        return Ok(None);
    }
    Ok(Some(Following {
        state: row.state.parse().unwrap_or(State::Never),
        detail: row.detail,
        status: row.status.parse().ok(),
        read_at: row.read_at,
        next_at: Some(row.next_at).filter(|at| *at != store::tickets::NEVER),
        waiting: store::followed::words(tx, leg.id).await?.len(),
    }))
}

async fn is_opener(tx: &mut Tx, chain: &str) -> Result<bool> {
    let Some(case) = Case::load(tx, chain).await? else { return Ok(false) };
    let opener = case.chain.members().first().and_then(|opener| opener.key.as_ref());
    Ok(opener == Some(&case.me))
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
    let connection = store::microsoft::connection(tx).await?;
    let connected = connection.is_some_and(|known| known.refresh_token.is_some());
    let reachable = |supplier: &Supplier| match supplier.way {
        Way::Desk => peers.iter().any(|peer| peer.supplier == Some(supplier.id) && !peer.revoked),
        Way::Mail => !supplier.address.is_empty(),
        Way::Portal => true,
        Way::AzureSupport => ticket.service != Service::Azure || connected,
    };
    let choice = |supplier: &Supplier| Choice {
        offering: None,
        entitlement: None,
        consumes: 0,
        due: None,
        advised: false,
        needs: package::needs(supplier.kind, &about),
        reachable: reachable(supplier),
        way: supplier.way.of(ticket.service),
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
        let until = row.left_at.unwrap_or(now);
        let mine = shared_clock::away(&case.chain, &case.me, until);
        // What was before it came here was not ours to use.
        away.extend(mine.into_iter().filter(|period| period.to > ticket.created_at));
        // What was left goes on in the next one.
        if place == 0 || row.left_at.is_some() {
            segments.splice(0..0, shared_clock::until(&case.chain, row.left_at, now));
        }
        if let (0, Some(left), Some(us)) = (place, row.left_at, case.chain.members().first()) {
            segments.push(shared_clock::held(us, left, None, now));
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
                        | Leg::LetGo
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
