//! The history of a ticket: append-only, and the truth. The ticket row is its newest state.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::baseline::Finding;
use super::diagnosis::{Evidence, Verdict};
use super::kinds::{Channel, Kind, Service, Severity};
use super::lifecycle::{Action, State};
use super::notice::Occasion;
use crate::access::Visibility;
use crate::id::{AgentId, ContactId, CustomerId, IncidentId, TeamId, TicketId};
use crate::receivable::question::Step;
use crate::words;

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    /// An agent of the desk.
    Agent(AgentId),
    /// A contact of a customer.
    Contact(ContactId),
    /// Somebody whose address is all that we know.
    Stranger,
    /// The desk itself.
    System,
}

words! {
    /// The kind of an [`Actor`], as it is stored.
    pub enum ActorKind {
        /// An agent.
        Agent = "agent",
        /// A contact.
        Contact = "contact",
        /// Somebody unknown.
        Stranger = "stranger",
        /// The desk itself.
        System = "system",
    }
}

impl Actor {
    /// Its kind.
    #[must_use]
    pub const fn kind(self) -> ActorKind {
        match self {
            Actor::Agent(_) => ActorKind::Agent,
            Actor::Contact(_) => ActorKind::Contact,
            Actor::Stranger => ActorKind::Stranger,
            Actor::System => ActorKind::System,
        }
    }

    /// Its id, if it has one.
    #[must_use]
    pub const fn id(self) -> Option<uuid::Uuid> {
        match self {
            Actor::Agent(id) => Some(id.uuid()),
            Actor::Contact(id) => Some(id.uuid()),
            Actor::Stranger | Actor::System => None,
        }
    }

    /// The actor of a stored kind and id; without an id, agents and contacts are nobody.
    #[must_use]
    pub fn of(kind: ActorKind, id: Option<uuid::Uuid>) -> Self {
        match (kind, id) {
            (ActorKind::Agent, Some(id)) => Actor::Agent(AgentId::from_uuid(id)),
            (ActorKind::Contact, Some(id)) => Actor::Contact(ContactId::from_uuid(id)),
            (ActorKind::System, _) => Actor::System,
            (ActorKind::Stranger | ActorKind::Agent | ActorKind::Contact, _) => Actor::Stranger,
        }
    }
}

/// A person as a mail names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The display name, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The address.
    pub email: String,
}

words! {
    /// What a reader of a message should know before trusting it.
    pub enum Warning {
        /// It joined by a valid token, but its sender is nobody whom the ticket knows.
        UnknownSender = "unknown_sender",
        /// The receiving server says that the sender's domain did not send it.
        FailedAuthentication = "failed_authentication",
        /// The sender's address is an agent's; mail gives no agent's powers.
        ClaimsToBeAgent = "claims_to_be_agent",
        /// From and Reply-To name different people.
        OtherReplyTo = "other_reply_to",
        /// The message could not be read completely.
        Damaged = "damaged",
        /// Nobody wrote it: a list or a bulk sender.
        Bulk = "bulk",
        /// It is an automatic reply.
        AutoReply = "auto_reply",
    }
}

words! {
    /// What can be taken back while nothing else has happened to the ticket. (Answers are taken back by their entry.)
    pub enum Undoable {
        /// A move of the lifecycle.
        Move = "move",
        /// The joining of two tickets.
        Merge = "merge",
        /// A change of several tickets at once.
        Bulk = "bulk",
    }
}

/// A message that the customer wrote or can read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// How it came or went.
    pub channel: Channel,
    /// Who wrote it, if it came from outside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Party>,
    /// To whom it went.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Party>,
    /// Who got a copy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cc: Vec<Party>,
    /// What is new in it.
    pub text: String,
    /// What it quotes of earlier messages, if anything.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quoted: String,
    /// Whether the raw message has an HTML body.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub html: bool,
    /// What to beware of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
    /// Its Message-ID without brackets, if it is a mail: what an answer refers to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// How many attachments it has.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub attachments: u32,
}

fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// A step of the diagnosis, as the timeline tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticked {
    /// What was to be done.
    pub text: String,
    /// Why it was not, if it was skipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skipped: Option<String>,
}

/// An answer of the diagnosis, as the timeline tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// What was asked.
    pub finding: Finding,
    /// The answer; none if it is unknown again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

/// What can stand in a timeline. The stored form only ever grows: old rows stay readable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The request itself, or a later word of the customer.
    CustomerMessage(Message),
    /// An answer of an agent.
    Reply(Message),
    /// For agents only. It has no recipients, so it cannot carry any outside.
    Note {
        /// What it says.
        text: String,
    },
    /// A message that nobody wrote and that changes nothing, such as an out-of-office reply.
    AutomaticMessage(Message),
    /// A move of the lifecycle.
    Moved {
        /// What was done; none where a message moved it.
        action: Option<Action>,
        /// From where.
        from: State,
        /// To where.
        to: State,
    },
    /// Given to an agent or a team, or to nobody.
    Assigned {
        /// The agent.
        agent: Option<AgentId>,
        /// The team.
        team: Option<TeamId>,
    },
    /// Its kind, service or severity was changed. Only what changed is given.
    Classified {
        /// The kind now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<Kind>,
        /// The service now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        service: Option<Service>,
        /// The severity now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
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
        contact: Option<ContactId>,
        /// The customer now.
        customer: Option<CustomerId>,
    },
    /// It is about an earlier, closed ticket.
    Linked {
        /// The earlier ticket.
        to: TicketId,
        /// Its number.
        number: i64,
    },
    /// Time alone made it worth a notice.
    Told {
        /// What was told.
        occasion: Occasion,
        /// Who got a mail; nobody if nobody wants any, or some got too many at once.
        agents: Vec<AgentId>,
    },
    /// A leg of a hand-over moved on.
    HandedOver {
        /// The leg.
        handover: crate::id::HandoverId,
        /// Where it stands now.
        leg: crate::handover::Leg,
        /// The other side's name.
        with: String,
        /// Whether it went from this desk to the other, or came from there.
        out: bool,
        /// With what it came back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outcome: Option<crate::handover::states::Outcome>,
        /// What was missing.
        #[serde(default, skip_serializing_if = "std::collections::BTreeSet::is_empty")]
        missing: std::collections::BTreeSet<super::diagnosis::Evidence>,
    },
    /// A request that is followed where it was filed stands otherwise.
    Followed {
        /// The leg.
        handover: crate::id::HandoverId,
        /// The other side's name.
        with: String,
        /// What the request is called there.
        number: String,
        /// Where it stands there.
        status: crate::handover::followed::Status,
    },
    /// A word to the desk or supplier on the other side of a hand-over.
    ToPartner {
        /// The leg.
        handover: crate::id::HandoverId,
        /// The other side's name.
        with: String,
        /// The word; empty where somebody only asks how far it is.
        text: String,
    },
    /// A word from there.
    FromPartner {
        /// The leg.
        handover: crate::id::HandoverId,
        /// The other side's name.
        with: String,
        /// The word; empty where somebody only asks how far it is.
        text: String,
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
    /// It goes on in another ticket: its people and what they still write are there from now on.
    MergedInto {
        /// The other ticket.
        ticket: TicketId,
        /// Its number.
        number: i64,
    },
    /// Another ticket goes on in this one.
    Merged {
        /// The other ticket.
        ticket: TicketId,
        /// Its number.
        number: i64,
    },
    /// What was done last was taken back.
    Undone {
        /// What that was.
        what: Undoable,
    },
    /// A reply was taken back before it was sent.
    TakenBack {
        /// The entry of the reply.
        entry: crate::id::EntryId,
    },
    /// The diagnosis went on. Only what changed is given.
    Diagnosed {
        /// Steps that were done or skipped.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        steps: Vec<Ticked>,
        /// Steps that are open again.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        reopened: Vec<String>,
        /// Answers.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Found>,
        /// Evidence that was written down.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        evidence: Vec<Evidence>,
    },
    /// It was decided whether it lies inside the baseline.
    Decided {
        /// What was decided.
        verdict: Verdict,
        /// The matter that it is, in words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        category: Option<String>,
        /// Why.
        reason: String,
    },
    /// It is shown to named people only, or to others of them than before, or again as roles say.
    Circle {
        /// Whether it is shown to named people only from now on.
        closed: bool,
        /// Who was let in.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        let_in: Vec<AgentId>,
        /// Who was put out.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        put_out: Vec<AgentId>,
    },
    /// It is about a disturbance that others feel too, or no longer said to be.
    Matched {
        /// The disturbance.
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
        step: Step,
    },
}

impl Event {
    /// Who may see it.
    #[must_use]
    pub const fn visibility(&self) -> Visibility {
        match self {
            Event::CustomerMessage(_) | Event::Reply(_) | Event::Moved { .. } => Visibility::Public,
            Event::ToPartner { .. } | Event::FromPartner { .. } => Visibility::Partners,
            Event::Note { .. }
            | Event::HandedOver { .. }
            | Event::Followed { .. }
            | Event::AutomaticMessage(_)
            | Event::Assigned { .. }
            | Event::Classified { .. }
            | Event::Tagged { .. }
            | Event::Renamed { .. }
            | Event::Requester { .. }
            | Event::Linked { .. }
            | Event::Told { .. }
            | Event::Bounced { .. }
            | Event::Diagnosed { .. }
            | Event::Decided { .. }
            | Event::Circle { .. }
            | Event::Matched { .. }
            | Event::Line { .. }
            | Event::Snoozed { .. }
            | Event::MergedInto { .. }
            | Event::Merged { .. }
            | Event::Undone { .. }
            | Event::TakenBack { .. } => Visibility::Internal,
        }
    }

    /// The words of it that search finds.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        match self {
            Event::CustomerMessage(m) | Event::Reply(m) | Event::AutomaticMessage(m) => Some(&m.text),
            Event::Note { text } | Event::ToPartner { text, .. } | Event::FromPartner { text, .. } => {
                Some(text)
            }
            Event::Moved { .. }
            | Event::Assigned { .. }
            | Event::Classified { .. }
            | Event::Tagged { .. }
            | Event::Renamed { .. }
            | Event::Requester { .. }
            | Event::Linked { .. }
            | Event::Told { .. }
            | Event::HandedOver { .. }
            | Event::Followed { .. }
            | Event::Bounced { .. }
            | Event::Diagnosed { .. }
            | Event::Decided { .. }
            | Event::Circle { .. }
            | Event::Matched { .. }
            | Event::Line { .. }
            | Event::Snoozed { .. }
            | Event::MergedInto { .. }
            | Event::Merged { .. }
            | Event::Undone { .. }
            | Event::TakenBack { .. } => None,
        }
    }
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: crate::id::EntryId,
    /// Its place, from 1.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What.
    pub event: Event,
}
