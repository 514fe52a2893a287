//! What is done with tickets.

use app::{
    App,
    tickets::{self, Then},
};
use axum::{
    Json,
    extract::State,
    http::{HeaderName, StatusCode},
};
use domain::{
    id::{AgentId, ContactId, CustomerId, EntryId, TeamId, TicketId},
    ticket::{
        kinds::{Channel, Kind, Service, Severity},
        lifecycle::Action,
    },
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{show, shown::Ticket, ticket};
use crate::{
    api::{
        body::{Named, Strict, given},
        file::{NewFile, uploads},
        schema,
        version::{Created, IfMatch, Versioned, unmet},
    },
    guard::ApiCaller,
    problem::Answer,
};

/// Where what was done is taken back; empty if it cannot be.
const UNDO: HeaderName = HeaderName::from_static("undo");

/// How a filed request reached the desk.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Way {
    /// By a program.
    #[default]
    Api,
    /// By a call.
    Phone,
}

/// A request filed on behalf of a customer. One of `contact` and `customer` must be given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTicket {
    /// For whom.
    #[schema(value_type = Option<schema::ContactId>)]
    contact: Option<ContactId>,
    /// For which customer; the contact's only one if none is given.
    #[schema(value_type = Option<schema::CustomerId>)]
    customer: Option<CustomerId>,
    /// What kind of help.
    #[schema(value_type = schema::Kind)]
    kind: Kind,
    /// For which service.
    #[schema(value_type = schema::Service)]
    service: Service,
    /// How bad.
    #[schema(value_type = schema::Severity)]
    severity: Severity,
    /// What it is called: one line of at most 200 characters.
    subject: String,
    /// What was said.
    text: String,
    /// Files.
    #[serde(default)]
    files: Vec<NewFile>,
    /// How it reached the desk.
    #[serde(default)]
    channel: Way,
    /// Whether the caller takes it.
    #[serde(default)]
    take: bool,
    /// Whether the contact gets a mail that it has arrived.
    #[serde(default = "yes")]
    #[schema(default = true)]
    acknowledge: bool,
}

const fn yes() -> bool {
    true
}

/// A ticket that was opened.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Opened {
    /// Its id.
    #[schema(value_type = schema::TicketId)]
    id: TicketId,
    /// What people call it.
    number: i64,
    /// By when the first answer is promised.
    first_response: Option<Timestamp>,
    /// Its version.
    version: i64,
}

/// Files a request on behalf of a customer.
#[utoipa::path(post, path = "/api/v1/tickets", tag = "tickets", request_body = NewTicket,
    responses((status = 201, description = "The ticket.", body = Opened, headers(
        ("Location" = String, description = "Where it is."), ("ETag" = String, description = "Its version.")))))]
pub(crate) async fn create(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<NewTicket>,
) -> Answer<Created<Versioned<Opened>>> {
    let new = tickets::NewTicket {
        channel: match new.channel {
            Way::Api => Channel::Api,
            Way::Phone => Channel::Phone,
        },
        contact: new.contact,
        customer: new.customer,
        kind: new.kind,
        service: new.service,
        severity: new.severity,
        subject: new.subject,
        text: new.text,
        files: uploads(new.files),
        take: new.take,
        acknowledge: new.acknowledge,
    };
    let tickets::Opened { id, number, first_response, version } =
        tickets::file_for_customer(&app, &agent, new).await?;
    let opened = Opened { id, number, first_response, version };
    Ok(Created { location: format!("/api/v1/tickets/{id}"), body: Versioned(version, opened) })
}

/// What happens to the ticket with an answer.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Afterwards {
    /// It stays with us.
    #[default]
    Nothing,
    /// It waits for the customer.
    Wait,
    /// It is resolved.
    Resolve,
}

/// An answer to the customer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewReply {
    /// What it says. The caller's signature is put below it.
    text: String,
    /// Who gets a copy, by address; they follow the ticket from then on.
    #[serde(default)]
    cc: Vec<String>,
    /// Files.
    #[serde(default)]
    files: Vec<NewFile>,
    /// What happens to the ticket.
    #[serde(default)]
    then: Afterwards,
    /// Which followers do not get this one, by address. They follow the ticket all the same.
    #[serde(default)]
    without: Vec<String>,
    /// The newest entry that the caller has seen: if somebody wrote since, the answer is refused (`newer`).
    #[schema(value_type = Option<schema::EntryId>)]
    seen: Option<EntryId>,
}

/// An answer that was kept and will go out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reply {
    /// Its entry.
    #[schema(value_type = schema::EntryId)]
    entry: EntryId,
    /// Until when it can be taken back.
    until: Timestamp,
    /// Whether there is an address to which it goes.
    by_mail: bool,
}

/// Answers the customer. The mail waits for the desk's undo time before it goes.
#[utoipa::path(post, path = "/api/v1/tickets/{ticket}/replies", tag = "tickets", request_body = NewReply,
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket.")),
    responses((status = 201, description = "The answer.", body = Reply)))]
pub(crate) async fn reply(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<TicketId>,
    Strict(new): Strict<NewReply>,
) -> Answer<(StatusCode, Json<Reply>)> {
    let then = match new.then {
        Afterwards::Nothing => Then::Nothing,
        Afterwards::Wait => Then::Wait,
        Afterwards::Resolve => Then::Resolve,
    };
    let reply = tickets::Reply {
        text: new.text,
        cc: new.cc,
        files: uploads(new.files),
        then,
        without: new.without,
        seen: new.seen,
    };
    let tickets::Sent { entry, until, by_mail } = tickets::reply(&app, &agent, id, reply).await?;
    Ok((StatusCode::CREATED, Json(Reply { entry, until, by_mail })))
}

/// Takes an answer back before its mail has gone. What it says becomes the caller's draft again.
#[utoipa::path(delete, path = "/api/v1/tickets/{ticket}/replies/{entry}", tag = "tickets",
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket."),
        ("entry" = inline(schema::EntryId), Path, description = "The answer's entry.")),
    responses((status = 204, description = "Nobody gets it.")))]
pub(crate) async fn take_back(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named((id, entry)): Named<(TicketId, EntryId)>,
) -> Answer<StatusCode> {
    tickets::take_back(&app, &agent, id, entry).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An internal note.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewNote {
    /// What it says.
    text: String,
    /// Files.
    #[serde(default)]
    files: Vec<NewFile>,
}

/// An entry that was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Noted {
    /// The entry.
    #[schema(value_type = schema::EntryId)]
    entry: EntryId,
}

/// Writes an internal note: no customer sees it.
#[utoipa::path(post, path = "/api/v1/tickets/{ticket}/notes", tag = "tickets", request_body = NewNote,
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket.")),
    responses((status = 201, description = "The note.", body = Noted)))]
pub(crate) async fn note(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<TicketId>,
    Strict(new): Strict<NewNote>,
) -> Answer<(StatusCode, Json<Noted>)> {
    let entry = tickets::note(&app, &agent, id, &new.text, uploads(new.files)).await?;
    Ok((StatusCode::CREATED, Json(Noted { entry })))
}

/// What a draft is to become.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum DraftKind {
    /// An answer.
    Reply,
    /// An internal note.
    Note,
}

/// What the caller has begun to write. It is kept where the pages keep it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDraft {
    /// What it is to become.
    kind: DraftKind,
    /// As far as it goes; empty forgets it.
    text: String,
}

/// What the caller has begun to write.
#[derive(Debug, Serialize, ToSchema)]
struct Draft {
    /// What it is to become: `reply` or `note`.
    kind: String,
    /// As far as it goes.
    text: String,
    /// When it was saved.
    at: Timestamp,
}

/// What the caller has begun to write on a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Drafts {
    /// At most one of each kind.
    items: Vec<Draft>,
}

/// What has the caller begun to write?
#[utoipa::path(get, path = "/api/v1/tickets/{ticket}/drafts", tag = "tickets",
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket.")),
    responses((status = 200, description = "The drafts.", body = Drafts)))]
pub(crate) async fn drafts(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<TicketId>,
) -> Answer<Json<Drafts>> {
    let drafts = tickets::drafts(&app, &agent, id).await?;
    let items = drafts.into_iter().map(|draft| Draft { kind: draft.kind, text: draft.body, at: draft.at });
    Ok(Json(Drafts { items: items.collect() }))
}

/// Keeps what the caller has begun to write, instead of what it had begun before.
#[utoipa::path(put, path = "/api/v1/tickets/{ticket}/drafts", tag = "tickets", request_body = NewDraft,
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket.")),
    responses((status = 204, description = "It is kept.")))]
pub(crate) async fn save_draft(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<TicketId>,
    Strict(NewDraft { kind, text }): Strict<NewDraft>,
) -> Answer<StatusCode> {
    let kind = match kind {
        DraftKind::Reply => "reply",
        DraftKind::Note => "note",
    };
    tickets::save_draft(&app, &agent, id, kind, &text).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A move of the lifecycle.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewMove {
    /// What is done.
    #[schema(value_type = schema::Action)]
    action: Action,
}

/// Makes a move of the lifecycle at the version that was seen: one of the ticket's `moves`.
#[utoipa::path(post, path = "/api/v1/tickets/{ticket}/moves", tag = "tickets", request_body = NewMove,
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket."),
        ("If-Match" = String, Header, description = "The version that was seen, as the `ETag` gave it.")),
    responses((status = 200, description = "The ticket as it is now.", body = Ticket, headers(
        ("ETag" = String, description = "Its version."),
        ("Undo" = String, description = "Where it is taken back, by `POST`, for the desk's undo time.")))))]
pub(crate) async fn make_move(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<TicketId>,
    seen: IfMatch,
    Strict(new): Strict<NewMove>,
) -> Answer<([(HeaderName, String); 1], Versioned<Ticket>)> {
    let at = seen.accept(ticket(&app, &agent, id).await?.version)?;
    let undo = tickets::make_move(&app, &agent, id, new.action, Some(at)).await.map_err(unmet)?;
    let undo = undo.map(|offer| format!("/api/v1/undos/{}", offer.id)).unwrap_or_default();
    Ok(([(UNDO, undo)], show(&app, &agent, id).await?))
}

/// What is changed of a ticket, all of it or nothing. What is not given stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TicketChange {
    /// What it is called.
    subject: Option<String>,
    /// The kind.
    #[schema(value_type = Option<schema::Kind>)]
    kind: Option<Kind>,
    /// The service.
    #[schema(value_type = Option<schema::Service>)]
    service: Option<Service>,
    /// The severity: it re-bases the promises from the opening.
    #[schema(value_type = Option<schema::Severity>)]
    severity: Option<Severity>,
    /// Who asked: answers go there from now on; `null` for nobody.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<schema::ContactId>)]
    contact: Option<Option<ContactId>>,
    /// Whose it is; `null` for nobody's. If only the contact is given: the customer that the ticket had if the contact
    /// belongs to it, or else the contact's only one.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<schema::CustomerId>)]
    customer: Option<Option<CustomerId>>,
    /// The agent who has it; `null` for nobody.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<schema::AgentId>)]
    assignee: Option<Option<AgentId>>,
    /// The team that has it; `null` for none.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<schema::TeamId>)]
    team: Option<Option<TeamId>>,
    /// Its tags: these and no others.
    tags: Option<Vec<String>>,
    /// Until when it is put aside; `null` brings it back. It comes back earlier when its customer writes, when it is moved, and
    /// when a promise is about to run out.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Timestamp>)]
    snoozed_until: Option<Option<Timestamp>>,
}

/// Changes a ticket at the version that was seen.
#[utoipa::path(patch, path = "/api/v1/tickets/{ticket}", tag = "tickets", request_body = TicketChange,
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket.")),
    responses((status = 200, description = "The ticket as it is now.", body = Ticket, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn change(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<TicketId>,
    seen: IfMatch,
    Strict(change): Strict<TicketChange>,
) -> Answer<Versioned<Ticket>> {
    let before = ticket(&app, &agent, id).await?;
    let at = seen.accept(before.version)?;
    let TicketChange {
        subject,
        kind,
        service,
        severity,
        contact,
        customer,
        assignee,
        team,
        tags,
        snoozed_until,
    } = change;
    let to = tickets::Change {
        subject,
        kind,
        service,
        severity,
        contact,
        customer,
        assignee,
        team,
        tags,
        snoozed_until,
    };
    tickets::change(&app, &agent, id, to, Some(at)).await.map_err(unmet)?;
    show(&app, &agent, id).await
}
