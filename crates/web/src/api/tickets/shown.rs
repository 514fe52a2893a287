//! Tickets as the API shows them.

use app::{catalogue::Covered, tickets::TicketView};
use domain::{
    clock::{
        Period,
        running::{self, ClockState},
    },
    id::{AgentId, ContactId, CustomerId, OfferingId, PlanId, StatementId, SupplierId, TeamId, TicketId},
    lang::Lang,
    ticket::{
        kinds::{Channel, Kind, Service, Severity},
        lifecycle::{Action, State},
        timeline::ActorKind,
    },
};
use jiff::Timestamp;
use serde::Serialize;
use store::tickets::{NEVER, TicketLine};
use utoipa::ToSchema;

use crate::api::schema;

/// The instant, unless it stands for "never".
fn unless_never(at: Timestamp) -> Option<Timestamp> {
    Some(at).filter(|at| *at != NEVER)
}

/// A ticket as a line of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Line {
    /// Its id.
    #[schema(value_type = schema::TicketId)]
    id: TicketId,
    /// What people call it.
    number: i64,
    /// What it is called.
    subject: String,
    /// What kind of help.
    #[schema(value_type = schema::Kind)]
    kind: Kind,
    /// For which service.
    #[schema(value_type = schema::Service)]
    service: Service,
    /// How bad.
    #[schema(value_type = schema::Severity)]
    severity: Severity,
    /// Where it stands.
    #[schema(value_type = schema::State)]
    state: State,
    /// Its tags.
    tags: Vec<String>,
    /// The beginning of the last message that the customer can read.
    preview: String,
    /// Who wrote that.
    #[schema(value_type = schema::ActorKind)]
    last_by: ActorKind,
    /// When.
    last_at: Timestamp,
    /// What is due first, if anything is.
    due_at: Option<Timestamp>,
    /// Which promise that is: `first_response`, `next_response`, `resolution`.
    due_kind: Option<String>,
    /// Until when it is put aside.
    snoozed_until: Option<Timestamp>,
    /// Whether the caller has something to read in it; only in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unread: Option<bool>,
    /// The agent who has it.
    #[schema(value_type = Option<schema::AgentId>)]
    assignee: Option<AgentId>,
    /// That agent's name.
    assignee_name: Option<String>,
    /// Whose it is.
    customer_name: Option<String>,
    /// Who asked.
    contact_name: Option<String>,
    /// When it was opened.
    created_at: Timestamp,
    /// Whether it is shown to named people only.
    has_circle: bool,
    /// Rises with every change.
    version: i64,
}

impl From<TicketLine> for Line {
    fn from(t: TicketLine) -> Self {
        Self {
            id: t.id,
            number: t.number,
            subject: t.subject,
            kind: t.kind,
            service: t.service,
            severity: t.severity,
            state: t.state,
            tags: t.tags.0,
            preview: t.preview,
            last_by: t.last_by,
            last_at: t.last_at,
            due_at: unless_never(t.due_at),
            due_kind: t.due_kind,
            snoozed_until: t.snoozed_until,
            unread: None,
            assignee: t.assignee,
            assignee_name: t.assignee_name,
            customer_name: t.customer_name,
            contact_name: t.contact_name,
            created_at: t.created_at,
            has_circle: t.has_circle,
            version: t.version,
        }
    }
}

/// A page of tickets.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Lines {
    /// The tickets.
    pub(super) items: Vec<Line>,
    /// The cursor of the next page; none on the last.
    pub(super) next: Option<String>,
}

/// A ticket.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Ticket {
    /// Its id.
    #[schema(value_type = schema::TicketId)]
    id: TicketId,
    /// What people call it.
    number: i64,
    /// What it is called.
    subject: String,
    /// What kind of help.
    #[schema(value_type = schema::Kind)]
    kind: Kind,
    /// For which service.
    #[schema(value_type = schema::Service)]
    service: Service,
    /// How bad.
    #[schema(value_type = schema::Severity)]
    severity: Severity,
    /// Where it stands.
    #[schema(value_type = schema::State)]
    state: State,
    /// How it came.
    #[schema(value_type = schema::Channel)]
    channel: Channel,
    /// The customer's language.
    #[schema(value_type = schema::Lang)]
    lang: Lang,
    /// Whose it is.
    #[schema(value_type = Option<schema::CustomerId>)]
    customer: Option<CustomerId>,
    /// That customer's name.
    customer_name: Option<String>,
    /// Who asked.
    #[schema(value_type = Option<schema::ContactId>)]
    contact: Option<ContactId>,
    /// That contact's name.
    contact_name: Option<String>,
    /// The agent who has it.
    #[schema(value_type = Option<schema::AgentId>)]
    assignee: Option<AgentId>,
    /// The team that has it.
    #[schema(value_type = Option<schema::TeamId>)]
    team: Option<TeamId>,
    /// Its tags.
    tags: Vec<String>,
    /// Who follows it besides the contact.
    followers: Vec<Follower>,
    /// When it was opened.
    created_at: Timestamp,
    /// When the customer's last word came, or ours.
    last_at: Timestamp,
    /// Who wrote that.
    #[schema(value_type = schema::ActorKind)]
    last_by: ActorKind,
    /// What is due first, if anything is.
    due_at: Option<Timestamp>,
    /// Which promise that is.
    due_kind: Option<String>,
    /// Until when a message of the customer reopens it.
    reopen_until: Option<Timestamp>,
    /// Until when it is put aside.
    snoozed_until: Option<Timestamp>,
    /// The ticket in which it goes on.
    #[schema(value_type = Option<schema::TicketId>)]
    merged_into: Option<TicketId>,
    /// The number of the closed ticket that it goes on from.
    parent: Option<i64>,
    /// The agents to whom alone it is shown, besides its assignee and whoever's role shows it every such ticket; `null`: it
    /// is shown as roles say.
    #[schema(value_type = Option<Vec<schema::AgentId>>)]
    circle: Option<Vec<AgentId>>,
    /// The offering whose promises hold; none: those of the desk's settings.
    offering: Option<CoveredBy>,
    /// The version of the statement that held when it was opened, if one was published.
    statement: Option<StatementHeld>,
    /// The supplier that delivers in the desk's stead, for who sees internal notes; none: the desk's own people.
    delivered_by: Option<DeliveredBy>,
    /// Its promises at this moment.
    clocks: Vec<Clock>,
    /// Whether the caller may work on it.
    may_work: bool,
    /// The moves that the caller may make.
    #[schema(value_type = Vec<schema::Action>)]
    moves: Vec<Action>,
    /// Rises with every change.
    version: i64,
}

/// The offering that covers a ticket.
#[derive(Debug, Serialize, ToSchema)]
struct CoveredBy {
    /// Its id.
    #[schema(value_type = schema::OfferingId)]
    id: OfferingId,
    /// What it is called.
    name: String,
}

/// A version of a statement.
#[derive(Debug, Serialize, ToSchema)]
struct StatementHeld {
    /// Its id.
    #[schema(value_type = schema::StatementId)]
    id: StatementId,
    /// Which version.
    number: i64,
    /// Of which plan.
    #[schema(value_type = schema::PlanId)]
    plan: PlanId,
    /// What that plan is called.
    plan_name: String,
}

/// The supplier that delivers.
#[derive(Debug, Serialize, ToSchema)]
struct DeliveredBy {
    /// The supplier.
    #[schema(value_type = schema::SupplierId)]
    supplier: SupplierId,
    /// What it is called.
    supplier_name: String,
    /// By which of its offerings.
    #[schema(value_type = schema::OfferingId)]
    offering: OfferingId,
    /// What that is called today.
    offering_name: String,
}

/// Somebody who follows a ticket.
#[derive(Debug, Serialize, ToSchema)]
struct Follower {
    /// The contact.
    #[schema(value_type = schema::ContactId)]
    contact: ContactId,
    /// Its name.
    name: String,
    /// Its address.
    email: Option<String>,
}

impl From<TicketView> for Ticket {
    fn from(view: TicketView) -> Self {
        let t = view.ticket;
        let followers = view.followers.into_iter();
        let Covered { offering, statement, delivered_by } = view.covered;
        Self {
            id: t.id,
            number: t.number,
            subject: t.subject,
            kind: t.kind,
            service: t.service,
            severity: t.severity,
            state: t.state,
            channel: t.channel,
            lang: t.lang,
            customer: t.customer,
            customer_name: view.customer.map(|c| c.name),
            contact: t.contact,
            contact_name: view.contact.map(|c| c.name),
            assignee: t.assignee,
            team: t.team,
            tags: t.tags.0,
            followers: followers.map(|f| Follower { contact: f.id, name: f.name, email: f.email }).collect(),
            created_at: t.created_at,
            last_at: t.last_at,
            last_by: t.last_by,
            due_at: unless_never(t.due_at),
            due_kind: t.due_kind,
            reopen_until: t.reopen_until,
            snoozed_until: t.snoozed_until,
            merged_into: t.merged_into,
            parent: view.parent,
            circle: t.circle.map(|circle| circle.0.agents().collect()),
            offering: offering.map(|(id, name, _)| CoveredBy { id, name }),
            statement: statement.map(|held| StatementHeld {
                id: held.id,
                number: held.number,
                plan: held.plan,
                plan_name: held.plan_name,
            }),
            delivered_by: delivered_by.map(|by| DeliveredBy {
                supplier: by.supplier,
                supplier_name: by.supplier_name,
                offering: by.offering,
                offering_name: by.name,
            }),
            clocks: view.clocks.into_iter().map(Clock::from).collect(),
            may_work: view.may_work,
            moves: view.moves.iter().map(|m| m.action).collect(),
            version: t.version,
        }
    }
}

/// Which promise a clock measures.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ClockKind {
    /// From opening to the first public answer.
    FirstResponse,
    /// From the customer's first unanswered message to the next public answer.
    NextResponse,
    /// From opening to the solution.
    Resolution,
}

/// How a clock stands.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ClockStanding {
    /// It runs.
    Running,
    /// It stands still: the ticket waits for the customer, or is resolved.
    Paused,
    /// What was promised has been done, in time or late.
    Met,
}

/// A promise running on a ticket.
#[derive(Debug, Serialize, ToSchema)]
struct Clock {
    /// Which promise.
    kind: ClockKind,
    /// When it began to run.
    started: Timestamp,
    /// The budget of open time, in seconds.
    target: u32,
    /// How it stands.
    state: ClockStanding,
    /// When it is, or was, due; none while it stands still.
    due: Option<Timestamp>,
    /// When the promise was kept.
    met_at: Option<Timestamp>,
    /// What is left of the budget while it stands still, in seconds of open time.
    left: Option<i64>,
    /// Whether the due time has passed without the promise being kept.
    breached: bool,
    /// The open time that adds up to the budget at the due time; while it stands still, the time used so far.
    segments: Vec<Segment>,
}

/// A stretch of open time.
#[derive(Debug, Serialize, ToSchema)]
struct Segment {
    /// Its first instant.
    from: Timestamp,
    /// The first instant after it.
    to: Timestamp,
}

impl From<running::Clock> for Clock {
    fn from(clock: running::Clock) -> Self {
        let (state, due, met_at, left) = match clock.state {
            ClockState::Running { due, .. } => (ClockStanding::Running, Some(due), None, None),
            ClockState::Paused { left } => (ClockStanding::Paused, None, None, Some(left.as_secs())),
            ClockState::Met { at, due } => (ClockStanding::Met, Some(due), Some(at), None),
        };
        Self {
            kind: match clock.kind {
                running::ClockKind::FirstResponse => ClockKind::FirstResponse,
                running::ClockKind::NextResponse => ClockKind::NextResponse,
                running::ClockKind::Resolution => ClockKind::Resolution,
            },
            started: clock.started,
            target: clock.target.get(),
            state,
            due,
            met_at,
            left,
            breached: clock.breached,
            segments: clock.segments.into_iter().map(|Period { from, to }| Segment { from, to }).collect(),
        }
    }
}
