//! Hand-overs: to suppliers and other desks, and back.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    App, Error,
    handovers::{self, Draft, Then, Topics, Writing},
    microsoft::State as Stands,
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    handover::{
        Hash, Leg,
        followed::Status,
        states::{Back, Outcome},
    },
    id::{EntitlementId, EntryId, HandoverId, OfferingId, SupplierId, TicketId},
    ticket::{diagnosis::Evidence, kinds::Severity},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{handovers as kept, tickets::NEVER};
use utoipa::ToSchema;

use super::{
    body::{Named, Strict},
    file::{NewFile, uploads},
    schema,
};
use crate::{guard::ApiCaller, problem::Answer};

/// One leg of a hand-over, as this desk keeps it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Handover {
    /// Its id.
    #[schema(value_type = schema::HandoverId)]
    id: HandoverId,
    /// The ticket here; none while it is only offered to us.
    #[schema(value_type = Option<schema::TicketId>)]
    ticket: Option<TicketId>,
    /// Whether it goes out from this desk, or came in.
    outgoing: bool,
    /// The other side's name.
    party: String,
    /// Where it stands.
    #[schema(value_type = schema::Leg)]
    state: Leg,
    /// How bad, as it was told to the other side.
    #[schema(value_type = schema::Severity)]
    severity: Severity,
    /// What it is called on the other side, or empty.
    number: String,
    /// The matter, as it was written for the supplier.
    summary: String,
    /// With what it came back, or empty.
    answer: String,
    /// How it came back.
    #[schema(value_type = Option<schema::HandoverOutcome>)]
    outcome: Option<Outcome>,
    /// What was missing when something was the last time.
    #[schema(value_type = Vec<schema::Evidence>)]
    missing: BTreeSet<Evidence>,
    /// How often it came back because something was missing.
    bounces: i64,
    /// Until when it is offered.
    expires_at: Option<Timestamp>,
    /// Since when the receiver has held it.
    held_from: Option<Timestamp>,
    /// What is due next of it.
    due_at: Option<Timestamp>,
    /// How it is followed at Microsoft; none in lists, and where it is not.
    following: Option<Following>,
}

impl From<kept::Handover> for Handover {
    fn from(leg: kept::Handover) -> Self {
        Self {
            id: leg.id,
            ticket: leg.ticket,
            outgoing: leg.outgoing,
            party: leg.party,
            state: leg.state,
            severity: leg.severity,
            number: leg.number,
            summary: leg.package.0.summary,
            answer: leg.answer,
            outcome: leg.outcome,
            missing: leg.missing.0,
            bounces: leg.bounces,
            expires_at: leg.expires_at,
            held_from: leg.held_from,
            due_at: (leg.due_at != NEVER).then_some(leg.due_at),
            following: None,
        }
    }
}

/// How a request is followed at Microsoft.
#[derive(Debug, Serialize, ToSchema)]
struct Following {
    /// How reading it fares.
    #[schema(value_type = schema::MicrosoftState)]
    state: Stands,
    /// Microsoft's words for that, or empty.
    detail: String,
    /// Where the request stands there; none before it was read.
    #[schema(value_type = Option<schema::RequestStatus>)]
    status: Option<Status>,
    /// When it was read last.
    read_at: Option<Timestamp>,
    /// When it is looked at next.
    next_at: Option<Timestamp>,
    /// How many words wait to be said there.
    waiting: u64,
}

impl From<handovers::Following> for Following {
    fn from(following: handovers::Following) -> Self {
        let handovers::Following { state, detail, status, read_at, next_at, waiting } = following;
        Self { state, detail, status, read_at, next_at, waiting: waiting as u64 }
    }
}

/// A topic that Microsoft gives support for.
#[derive(Debug, Serialize, ToSchema)]
struct Topic {
    /// Its whole id.
    id: String,
    /// What people call it.
    name: String,
}

/// What a program would file at Microsoft, as far as it is decided.
#[derive(Debug, Serialize, ToSchema)]
struct Filing {
    /// The whole id of the service, or empty.
    service: String,
    /// The whole id of the kind of problem, or empty.
    problem: String,
    /// The services that may be chosen.
    services: Vec<Topic>,
    /// The kinds of problem with the service that is chosen.
    problems: Vec<Topic>,
}

impl From<handovers::Filing> for Filing {
    fn from(filing: handovers::Filing) -> Self {
        let topics = |all: Vec<handovers::Topic>| {
            all.into_iter().map(|topic| Topic { id: topic.id, name: topic.name }).collect()
        };
        Self {
            service: filing.service,
            problem: filing.problem,
            services: topics(filing.services),
            problems: topics(filing.problems),
        }
    }
}

/// Somebody held the ticket for a while.
#[derive(Debug, Serialize, ToSchema)]
struct Held {
    /// Who.
    name: String,
    /// The public key of the desk; none for who does not speak the protocol.
    key: Option<String>,
    /// From when.
    from: Timestamp,
    /// Until when; none: still.
    to: Option<Timestamp>,
    /// The open time of it in the holder's hours, in seconds.
    open_seconds: i64,
}

/// The hand-overs of a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfTicket {
    /// The legs, the newest first; what is only prepared is among them.
    items: Vec<Handover>,
    /// What a program would file of what is prepared.
    filing: Option<Filing>,
    /// What is missing of what is prepared.
    #[schema(value_type = Vec<schema::Evidence>)]
    missing: Vec<Evidence>,
    /// The shared clock: who held it when. It is equal on every desk of the hand-over.
    clock: Vec<Held>,
    /// Files of other desks that have not come yet.
    awaited: Vec<AwaitedFiles>,
}

/// Files that a message of another desk names and that have not come yet.
#[derive(Debug, Serialize, ToSchema)]
struct AwaitedFiles {
    /// The entry of the timeline with which they will stand.
    #[schema(value_type = schema::EntryId)]
    entry: EntryId,
    /// Of which hand-over.
    #[schema(value_type = schema::HandoverId)]
    handover: HandoverId,
    /// What they are called.
    names: Vec<String>,
    /// How often they were asked for in vain.
    tries: i64,
    /// Why they have not come; empty before the first try.
    why: String,
    /// When they are asked for next; none where that was given up.
    next_at: Option<Timestamp>,
}

/// The hand-overs of a ticket, and the shared clock.
#[utoipa::path(get, path = "/api/v1/tickets/{ticket}/handovers", tag = "handovers", operation_id = "of_ticket",
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket.")),
    responses((status = 200, description = "The hand-overs.", body = OfTicket)))]
pub(crate) async fn of_ticket(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(ticket): Named<TicketId>,
) -> Answer<Json<OfTicket>> {
    let panel = handovers::panel(&app, &agent, ticket).await?.ok_or(Error::NotFound("ticket"))?;
    let legs = panel
        .legs
        .into_iter()
        .map(|view| Handover { following: view.following.map(Following::from), ..Handover::from(view.leg) });
    let held = panel.segments.into_iter().map(|segment| Held {
        name: segment.name,
        key: segment.key.map(|key| key.to_string()),
        from: segment.from,
        to: segment.to,
        open_seconds: segment.open.as_secs(),
    });
    Ok(Json(OfTicket {
        items: panel.draft.map(Handover::from).into_iter().chain(legs).collect(),
        filing: panel.filing.map(Filing::from),
        missing: panel.missing.into_iter().map(|(what, _)| what).collect(),
        clock: held.collect(),
        awaited: panel
            .awaited
            .into_iter()
            .map(|row| AwaitedFiles {
                entry: row.entry,
                handover: row.handover,
                names: row.names.0,
                tries: row.tries,
                why: row.why,
                next_at: row.next_at,
            })
            .collect(),
    }))
}

/// A ticket to be handed over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewHandover {
    /// To whom.
    #[schema(value_type = schema::SupplierId)]
    supplier: SupplierId,
    /// What of the supplier's is used; the first that fits if none is given.
    #[schema(value_type = Option<schema::OfferingId>)]
    offering: Option<OfferingId>,
    /// The contract whose unit it takes; the first that has one if none is given.
    #[schema(value_type = Option<schema::EntitlementId>)]
    entitlement: Option<EntitlementId>,
    /// The matter, in the supplier's language.
    summary: String,
    /// Evidence, by its word: what is given replaces what is known.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, String>)]
    evidence: BTreeMap<Evidence, String>,
    /// Which of the ticket's files go with it, each by its SHA-256. They go as they are.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    files: Vec<Hash>,
    /// Under which of Microsoft's topics it is filed, where a program files it.
    #[serde(default)]
    topics: Option<NewTopics>,
    /// Whether it is only prepared.
    #[serde(default)]
    prepare: bool,
}

/// Under which of Microsoft's topics a request for Azure is filed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTopics {
    /// The whole id of the service.
    service: String,
    /// The whole id of the kind of problem; empty while it is not chosen.
    #[serde(default)]
    problem: String,
}

/// A hand-over that was begun.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Begun {
    /// Its id.
    #[schema(value_type = schema::HandoverId)]
    id: HandoverId,
}

/// Hands a ticket over, or prepares it.
#[utoipa::path(post, path = "/api/v1/tickets/{ticket}/handovers", tag = "handovers", request_body = NewHandover,
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket.")),
    responses((status = 201, description = "It is offered, or prepared.", body = Begun)))]
pub(crate) async fn create(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(ticket): Named<TicketId>,
    Strict(new): Strict<NewHandover>,
) -> Answer<(StatusCode, Json<Begun>)> {
    let draft = Draft {
        supplier: Some(new.supplier),
        offering: new.offering,
        entitlement: new.entitlement,
        summary: new.summary,
        evidence: new.evidence,
        files: new.files,
        topics: new.topics.map(|NewTopics { service, problem }| Topics { service, problem }),
    };
    let then = if new.prepare { Then::Keep } else { Then::Offer };
    let id = handovers::hand_over(&app, &agent, ticket, draft, then).await?;
    Ok((StatusCode::CREATED, Json(Begun { id })))
}

/// Hand-overs that something follows.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Lists {
    /// What waits for this desk: offers to it, what came back to it, what it holds for others.
    ours: Vec<Handover>,
    /// What waits for others.
    theirs: Vec<Handover>,
}

/// Hand-overs that something follows, those first that are due first.
#[utoipa::path(get, path = "/api/v1/handovers", tag = "handovers",
    responses((status = 200, description = "The hand-overs.", body = Lists)))]
pub(crate) async fn list(ApiCaller(agent): ApiCaller, State(app): State<App>) -> Answer<Json<Lists>> {
    let list = handovers::list(&app, &agent).await?;
    let legs = |lines: Vec<handovers::Line>| lines.into_iter().map(|line| line.leg.into()).collect();
    Ok(Json(Lists { ours: legs(list.ours), theirs: legs(list.theirs) }))
}

/// What is done with a hand-over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "step", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum NewStep {
    /// What was offered to us is taken.
    Accept {},
    /// What was offered to us is not taken.
    Decline {
        /// Why.
        reason: String,
        /// What is missing, where that is why; empty where no word for evidence fits.
        #[serde(default)]
        #[schema(value_type = Option<Vec<schema::Evidence>>)]
        missing: Option<BTreeSet<Evidence>>,
    },
    /// Our offer is taken back.
    Withdraw {},
    /// It was filed at the supplier's portal.
    Filed {
        /// Its number there.
        number: String,
    },
    /// A word to the other side. The customer does not read it.
    Tell {
        /// The word.
        text: String,
        /// Which of the ticket's files go with it, each by its SHA-256: also those that its customer does not see.
        #[serde(default)]
        #[schema(value_type = Vec<String>)]
        files: Vec<Hash>,
        /// What goes with it and was not on the ticket before. Where a person files, a person attaches it there.
        #[serde(default)]
        uploads: Vec<NewFile>,
    },
    /// The question how far it is.
    Ask {},
    /// It got worse or better.
    Severity {
        /// Now.
        #[schema(value_type = schema::Severity)]
        severity: Severity,
    },
    /// A supplier answered that does not speak the protocol.
    Return {
        /// The answer.
        answer: String,
        /// How it came back.
        #[schema(value_type = schema::HandoverOutcome)]
        outcome: Outcome,
        /// What was missing, of `data_missing`.
        #[serde(default)]
        #[schema(value_type = Vec<schema::Evidence>)]
        missing: BTreeSet<Evidence>,
    },
    /// It came back otherwise than was said, or something was missing where it was not taken. The other side is not told.
    Judge {
        /// How it came back.
        #[schema(value_type = schema::HandoverOutcome)]
        outcome: Outcome,
        /// What was missing, of `data_missing`.
        #[serde(default)]
        #[schema(value_type = Vec<schema::Evidence>)]
        missing: BTreeSet<Evidence>,
    },
    /// What was handed over to us goes back with an answer.
    GiveBack {
        /// The answer.
        answer: String,
        /// How.
        #[schema(value_type = schema::HandoverOutcome)]
        outcome: Outcome,
        /// What is missing, of `data_missing`.
        #[serde(default)]
        #[schema(value_type = Vec<schema::Evidence>)]
        missing: BTreeSet<Evidence>,
    },
    /// Files that have not come and were given up are asked for again.
    Fetch {
        /// The entry of the timeline with which they will stand.
        #[schema(value_type = schema::EntryId)]
        entry: EntryId,
    },
    /// The answer is enough.
    Approve {},
    /// Microsoft is asked at once how the request stands.
    Check {},
    /// The ticket goes on here without the desk that holds it and never answers.
    LetGo {
        /// Why.
        reason: String,
    },
    /// The answer is not enough.
    SendBack {
        /// Why.
        reason: String,
        /// Files of the ticket, as with a word.
        #[serde(default)]
        #[schema(value_type = Vec<String>)]
        files: Vec<Hash>,
        /// New files, as with a word.
        #[serde(default)]
        uploads: Vec<NewFile>,
    },
}

/// Moves a hand-over on.
#[utoipa::path(post, path = "/api/v1/handovers/{handover}/steps", tag = "handovers", request_body = NewStep,
    params(("handover" = inline(schema::HandoverId), Path, description = "The hand-over.")),
    responses((status = 204, description = "Done.")))]
pub(crate) async fn step(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<HandoverId>,
    Strict(step): Strict<NewStep>,
) -> Answer<StatusCode> {
    match step {
        NewStep::Accept {} => handovers::accept(&app, &agent, id).await,
        NewStep::Decline { reason, missing } => {
            let back = match missing {
                Some(missing) => Back { outcome: Outcome::DataMissing, missing },
                None => Outcome::Declined.into(),
            };
            handovers::decline(&app, &agent, id, &reason, back).await
        }
        NewStep::Withdraw {} => handovers::withdraw(&app, &agent, id).await,
        NewStep::Filed { number } => handovers::filed(&app, &agent, id, &number).await,
        NewStep::Tell { text, files, uploads } => {
            handovers::tell(&app, &agent, id, writing(text, files, uploads)).await
        }
        NewStep::Ask {} => handovers::ask(&app, &agent, id).await,
        NewStep::Severity { severity } => handovers::change_severity(&app, &agent, id, severity).await,
        NewStep::Return { answer, outcome, missing } => {
            handovers::record_return(&app, &agent, id, &answer, back(outcome, missing)?).await
        }
        NewStep::Judge { outcome, missing } => {
            handovers::judge(&app, &agent, id, back(outcome, missing)?).await
        }
        NewStep::GiveBack { answer, outcome, missing } => {
            handovers::give_back(&app, &agent, id, &answer, back(outcome, missing)?).await
        }
        NewStep::Fetch { entry } => handovers::ask_again(&app, &agent, id, entry).await,
        NewStep::Approve {} => handovers::approve(&app, &agent, id).await,
        NewStep::Check {} => handovers::check(&app, &agent, id).await,
        NewStep::LetGo { reason } => handovers::let_go(&app, &agent, id, &reason).await,
        NewStep::SendBack { reason, files, uploads } => {
            handovers::send_back(&app, &agent, id, writing(reason, files, uploads)).await
        }
    }?;
    Ok(StatusCode::NO_CONTENT)
}

fn writing(text: String, files: Vec<Hash>, new: Vec<NewFile>) -> Writing {
    Writing { text, files, uploads: uploads(new) }
}

/// How it came back: what is missing is named of nothing else than that something is.
fn back(outcome: Outcome, missing: BTreeSet<Evidence>) -> Result<Back, Error> {
    Back::new(outcome, missing).ok_or(Error::invalid("missing", "not-allowed"))
}
