//! Entries of a timeline as the API shows them.

use domain::{
    handover::{Leg, followed::Status, states::Outcome},
    id::{AgentId, ContactId, CustomerId, EntryId, HandoverId, IncidentId, TeamId, TicketId},
    receivable::question::Step,
    ticket::{
        baseline::Finding,
        diagnosis::{Evidence, Verdict},
        kinds::{Channel, Kind, Service, Severity},
        lifecycle::{Action, State},
        notice::Occasion,
        timeline::{self, Actor, ActorKind, Undoable, Warning},
    },
};
use jiff::Timestamp;
use serde::Serialize;
use store::timeline::Attachment;
use utoipa::ToSchema;

use crate::api::schema;

/// An entry of a timeline.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Entry {
    /// Its id.
    #[schema(value_type = schema::EntryId)]
    id: EntryId,
    /// Its place, from 1. There are gaps where an entry is not the caller's to see.
    place: i64,
    /// When.
    at: Timestamp,
    /// Who.
    by: By,
    /// What.
    what: Event,
    /// The files that came or went with it.
    files: Vec<File>,
}

impl Entry {
    pub(super) fn of(entry: timeline::Entry, files: &[Attachment]) -> Self {
        let own = files.iter().filter(|file| file.entry == entry.id);
        Self {
            id: entry.id,
            place: entry.seq,
            at: entry.at,
            by: By::from(entry.actor),
            files: own.map(File::from).collect(),
            what: Event::from(entry.event),
        }
    }
}

/// A page of a timeline.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Timeline {
    /// The entries, oldest first.
    pub(super) items: Vec<Entry>,
    /// The cursor of the page of older entries; none on the last.
    pub(super) next: Option<String>,
}

/// Who did something.
#[derive(Debug, Serialize, ToSchema)]
struct By {
    /// What kind of actor.
    #[schema(value_type = schema::ActorKind)]
    kind: ActorKind,
    /// The agent, if it was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::AgentId>)]
    agent: Option<AgentId>,
    /// The contact, if it was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::ContactId>)]
    contact: Option<ContactId>,
}

impl From<Actor> for By {
    fn from(actor: Actor) -> Self {
        let (agent, contact) = match actor {
            Actor::Agent(id) => (Some(id), None),
            Actor::Contact(id) => (None, Some(id)),
            Actor::Stranger | Actor::System => (None, None),
        };
        Self { kind: actor.kind(), agent, contact }
    }
}

/// A file of an entry.
#[derive(Debug, Serialize, ToSchema)]
struct File {
    /// Its place in the entry, from 0.
    position: i64,
    /// Its name, as the sender gave it.
    name: String,
    /// Its type, as the sender gave it.
    content_type: String,
    /// Its size in bytes.
    size: i64,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    sha256: String,
}

impl From<&Attachment> for File {
    fn from(file: &Attachment) -> Self {
        Self {
            position: file.position,
            name: file.name.clone(),
            content_type: file.content_type.clone(),
            size: file.size,
            sha256: file.hash.to_string(),
        }
    }
}

/// A person as a mail names it.
#[derive(Debug, Serialize, ToSchema)]
struct Party {
    /// The display name, or empty.
    name: String,
    /// The address.
    email: String,
}

impl From<timeline::Party> for Party {
    fn from(timeline::Party { name, email }: timeline::Party) -> Self {
        Self { name, email }
    }
}

fn parties(all: Vec<timeline::Party>) -> Vec<Party> {
    all.into_iter().map(Party::from).collect()
}

/// A message that the customer wrote or can read.
#[derive(Debug, Serialize, ToSchema)]
struct Message {
    /// How it came or went.
    #[schema(value_type = schema::Channel)]
    channel: Channel,
    /// Who wrote it, if it came from outside.
    from: Option<Party>,
    /// To whom it went.
    to: Vec<Party>,
    /// Who got a copy.
    cc: Vec<Party>,
    /// What is new in it.
    text: String,
    /// What it quotes of earlier messages, or empty.
    quoted: String,
    /// What to beware of.
    #[schema(value_type = Vec<schema::Warning>)]
    warnings: Vec<Warning>,
    /// Its Message-ID without brackets, if it is a mail.
    message_id: Option<String>,
}

impl From<timeline::Message> for Message {
    fn from(m: timeline::Message) -> Self {
        Self {
            channel: m.channel,
            from: m.from.map(Party::from),
            to: parties(m.to),
            cc: parties(m.cc),
            text: m.text,
            quoted: m.quoted,
            warnings: m.warnings,
            message_id: m.message_id,
        }
    }
}

/// What can stand in a timeline. Programs pass over events that they do not know: there will be more.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
enum Event {
    /// The request itself, or a later word of the customer.
    CustomerMessage(Message),
    /// An answer of an agent.
    Reply(Message),
    /// For agents only.
    Note {
        /// What it says.
        text: String,
    },
    /// A message that nobody wrote and that changes nothing.
    AutomaticMessage(Message),
    /// A move of the lifecycle.
    Moved {
        /// What was done; none where a message moved it.
        #[schema(value_type = Option<schema::Action>)]
        action: Option<Action>,
        /// From where.
        #[schema(value_type = schema::State)]
        from: State,
        /// To where.
        #[schema(value_type = schema::State)]
        to: State,
    },
    /// Given to an agent or a team, or to nobody.
    Assigned {
        /// The agent.
        #[schema(value_type = Option<schema::AgentId>)]
        agent: Option<AgentId>,
        /// The team.
        #[schema(value_type = Option<schema::TeamId>)]
        team: Option<TeamId>,
    },
    /// Its kind, service or severity was changed: those that are given.
    Classified {
        /// The kind now.
        #[schema(value_type = Option<schema::Kind>)]
        kind: Option<Kind>,
        /// The service now.
        #[schema(value_type = Option<schema::Service>)]
        service: Option<Service>,
        /// The severity now.
        #[schema(value_type = Option<schema::Severity>)]
        severity: Option<Severity>,
    },
    /// Tags were put on or taken off.
    Tagged {
        /// The tags now.
        tags: Vec<String>,
    },
    /// The subject was changed.
    Renamed {
        /// The subject now.
        subject: String,
    },
    /// Who asked, or whose it is, was changed.
    Requester {
        /// The contact now.
        #[schema(value_type = Option<schema::ContactId>)]
        contact: Option<ContactId>,
        /// The customer now.
        #[schema(value_type = Option<schema::CustomerId>)]
        customer: Option<CustomerId>,
    },
    /// It is about an earlier, closed ticket.
    Linked {
        /// The earlier ticket.
        #[schema(value_type = schema::TicketId)]
        to: TicketId,
        /// Its number.
        number: i64,
    },
    /// Time alone made it worth a notice.
    Told {
        /// What was told.
        #[schema(value_type = schema::Occasion)]
        occasion: Occasion,
        /// Who got a mail.
        #[schema(value_type = Vec<schema::AgentId>)]
        agents: Vec<AgentId>,
    },
    /// A mail of ours did not arrive.
    Bounced {
        /// Whose address it was.
        recipient: String,
        /// The status, such as 5.1.1.
        status: Option<String>,
        /// Whether trying again is useless.
        hard: bool,
    },
    /// It was put aside until then; or, without a time, it is back.
    Snoozed {
        /// Until when.
        until: Option<Timestamp>,
    },
    /// It goes on in another ticket.
    MergedInto {
        /// The other ticket.
        #[schema(value_type = schema::TicketId)]
        ticket: TicketId,
        /// Its number.
        number: i64,
    },
    /// Another ticket goes on in this one.
    Merged {
        /// The other ticket.
        #[schema(value_type = schema::TicketId)]
        ticket: TicketId,
        /// Its number.
        number: i64,
    },
    /// What was done last was taken back.
    Undone {
        /// What that was.
        #[schema(value_type = schema::Undoable)]
        what: Undoable,
    },
    /// A reply was taken back before it was sent: customers do not see it.
    TakenBack {
        /// The entry of the reply.
        #[schema(value_type = schema::EntryId)]
        entry: EntryId,
    },
    /// The diagnosis went on. Only what changed is given.
    Diagnosed {
        /// Steps that were done or skipped.
        steps: Vec<Ticked>,
        /// Steps that are open again.
        reopened: Vec<String>,
        /// Answers.
        findings: Vec<Found>,
        /// Evidence that was written down.
        #[schema(value_type = Vec<schema::Evidence>)]
        evidence: Vec<Evidence>,
    },
    /// It was decided whether it lies inside the baseline.
    Decided {
        /// What was decided.
        #[schema(value_type = schema::Verdict)]
        verdict: Verdict,
        /// The matter that it is, in words.
        category: Option<String>,
        /// Why.
        reason: String,
    },
    /// It is shown to named people only, or to others of them than before, or again as roles say.
    Circle {
        /// Whether it is shown to named people only from now on.
        closed: bool,
        /// Who was let in.
        #[schema(value_type = Vec<schema::AgentId>)]
        let_in: Vec<AgentId>,
        /// Who was put out.
        #[schema(value_type = Vec<schema::AgentId>)]
        put_out: Vec<AgentId>,
    },
    /// A leg of a hand-over moved on.
    HandedOver {
        /// The leg.
        #[schema(value_type = schema::HandoverId)]
        handover: HandoverId,
        /// Where it stands now.
        #[schema(value_type = schema::Leg)]
        leg: Leg,
        /// The other side's name.
        with: String,
        /// Whether it went from this desk to the other, or came from there.
        out: bool,
        /// With what it came back.
        #[schema(value_type = Option<schema::HandoverOutcome>)]
        outcome: Option<Outcome>,
        /// What was missing.
        #[schema(value_type = Vec<schema::Evidence>)]
        missing: Vec<Evidence>,
    },
    /// A request that is followed where it was filed stands otherwise.
    Followed {
        /// The leg.
        #[schema(value_type = schema::HandoverId)]
        handover: HandoverId,
        /// The other side's name.
        with: String,
        /// What the request is called there.
        number: String,
        /// Where it stands there.
        #[schema(value_type = schema::RequestStatus)]
        status: Status,
    },
    /// A word to the other side of a hand-over.
    ToPartner {
        /// The leg.
        #[schema(value_type = schema::HandoverId)]
        handover: HandoverId,
        /// The other side's name.
        with: String,
        /// The word; empty where somebody only asks how far it is.
        text: String,
    },
    /// A word from there.
    FromPartner {
        /// The leg.
        #[schema(value_type = schema::HandoverId)]
        handover: HandoverId,
        /// The other side's name.
        with: String,
        /// The word; empty where somebody only asks how far it is.
        text: String,
    },
    /// It is about a disturbance that others feel too, or no longer said to be.
    Matched {
        /// The disturbance.
        #[schema(value_type = schema::IncidentId)]
        incident: IncidentId,
        /// What it is called.
        title: String,
        /// Whether it is about it.
        belongs: bool,
    },
    /// A line of an invoice to the customer, about which it asks.
    Line {
        /// The number of the invoice.
        number: String,
        /// The line's place on it, from 1.
        line: u32,
        /// What became of it.
        #[schema(value_type = schema::LineStep)]
        step: Step,
    },
}

/// A step of the diagnosis.
#[derive(Debug, Serialize, ToSchema)]
struct Ticked {
    /// What was to be done.
    text: String,
    /// Why it was not, if it was skipped.
    skipped: Option<String>,
}

/// An answer of the diagnosis.
#[derive(Debug, Serialize, ToSchema)]
struct Found {
    /// What was asked.
    #[schema(value_type = schema::Finding)]
    finding: Finding,
    /// The answer; none if it is unknown again.
    answer: Option<String>,
}

impl From<timeline::Event> for Event {
    fn from(event: timeline::Event) -> Self {
        use timeline::Event as E;
        match event {
            E::CustomerMessage(m) => Self::CustomerMessage(m.into()),
            E::Reply(m) => Self::Reply(m.into()),
            E::Note { text } => Self::Note { text },
            E::AutomaticMessage(m) => Self::AutomaticMessage(m.into()),
            E::Moved { action, from, to } => Self::Moved { action, from, to },
            E::Assigned { agent, team } => Self::Assigned { agent, team },
            E::Classified { kind, service, severity } => Self::Classified { kind, service, severity },
            E::Tagged { tags } => Self::Tagged { tags },
            E::Renamed { subject } => Self::Renamed { subject },
            E::Requester { contact, customer } => Self::Requester { contact, customer },
            E::Linked { to, number } => Self::Linked { to, number },
            E::Told { occasion, agents } => Self::Told { occasion, agents },
            E::Bounced { recipient, status, hard } => Self::Bounced { recipient, status, hard },
            E::Snoozed { until } => Self::Snoozed { until },
            E::MergedInto { ticket, number } => Self::MergedInto { ticket, number },
            E::Merged { ticket, number } => Self::Merged { ticket, number },
            E::Undone { what } => Self::Undone { what },
            E::TakenBack { entry } => Self::TakenBack { entry },
            E::Diagnosed { steps, reopened, findings, evidence } => Self::Diagnosed {
                steps: steps.into_iter().map(|s| Ticked { text: s.text, skipped: s.skipped }).collect(),
                reopened,
                findings: findings
                    .into_iter()
                    .map(|f| Found { finding: f.finding, answer: f.answer })
                    .collect(),
                evidence,
            },
            E::HandedOver { handover, leg, with, out, outcome, missing } => {
                let missing = missing.into_iter().collect();
                Self::HandedOver { handover, leg, with, out, outcome, missing }
            }
            E::Followed { handover, with, number, status } => {
                Self::Followed { handover, with, number, status }
            }
            E::ToPartner { handover, with, text } => Self::ToPartner { handover, with, text },
            E::FromPartner { handover, with, text } => Self::FromPartner { handover, with, text },
            E::Decided { verdict, category, reason } => Self::Decided { verdict, category, reason },
            E::Circle { closed, let_in, put_out } => Self::Circle { closed, let_in, put_out },
            E::Matched { incident, title, belongs } => Self::Matched { incident, title, belongs },
            E::Line { number, line, step } => Self::Line { number, line, step },
        }
    }
}
