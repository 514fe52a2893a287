//! What several tickets have to do with each other, what has been read of them, and what is taken back.

use app::{
    App,
    tickets::{self, Bulk, Offer},
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    id::{AgentId, TeamId, TicketId, UndoId},
    ticket::{lifecycle::Action, timeline::Undoable},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ticket;
use crate::{
    api::{
        body::{Named, Strict, given},
        schema,
        version::{IfMatch, unmet},
    },
    guard::ApiCaller,
    problem::Answer,
};

/// What can be taken back: `POST /api/v1/undos/{id}`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Undo {
    /// Its id.
    #[schema(value_type = schema::UndoId)]
    id: UndoId,
    /// Until when, if nothing else happens to the tickets.
    until: Timestamp,
}

impl From<Offer> for Undo {
    fn from(Offer { id, until }: Offer) -> Self {
        Self { id, until }
    }
}

/// Where a ticket goes on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewMerge {
    /// The number of the other ticket.
    into: i64,
}

/// Two tickets that are one now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Merged {
    /// The number of the ticket in which it goes on.
    into: i64,
    /// How it is taken back.
    undo: Option<Undo>,
}

/// Lets a ticket go on in another one, at the version that was seen. It is closed, and keeps its history; what its people
/// still write joins the other one. Those of them who belong to the other ticket's customer follow that from now on.
#[utoipa::path(post, path = "/api/v1/tickets/{ticket}/merge", tag = "tickets", request_body = NewMerge,
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket."),
        ("If-Match" = String, Header, description = "The version that was seen, as the `ETag` gave it.")),
    responses((status = 200, description = "They are one.", body = Merged)))]
pub(crate) async fn merge(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<TicketId>,
    seen: IfMatch,
    Strict(new): Strict<NewMerge>,
) -> Answer<Json<Merged>> {
    let at = seen.accept(ticket(&app, &agent, id).await?.version)?;
    let merged = tickets::merge(&app, &agent, id, new.into, Some(at)).await.map_err(unmet)?;
    Ok(Json(Merged { into: merged.into, undo: merged.undo.map(Undo::from) }))
}

/// Who is let in to a ticket that is shown to named people only, and who is put out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CircleChange {
    /// Agents who see it from now on.
    #[serde(default)]
    #[schema(value_type = Vec<schema::AgentId>)]
    let_in: Vec<AgentId>,
    /// Agents who do not any more, unless it is assigned to them or their role shows them every such ticket.
    #[serde(default)]
    #[schema(value_type = Vec<schema::AgentId>)]
    put_out: Vec<AgentId>,
}

/// Says who sees a ticket that reports a weakness (`circle` of the ticket). Who lets whom in is in its history and in the
/// audit log.
#[utoipa::path(patch, path = "/api/v1/tickets/{ticket}/circle", tag = "tickets", request_body = CircleChange,
    operation_id = "change_circle",
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket."),
        ("If-Match" = String, Header, description = "The version that was seen, as the `ETag` gave it.")),
    responses((status = 204, description = "So it is.")))]
pub(crate) async fn change_circle(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<TicketId>,
    seen: IfMatch,
    Strict(to): Strict<CircleChange>,
) -> Answer<StatusCode> {
    let at = seen.accept(ticket(&app, &agent, id).await?.version)?;
    tickets::change_circle(&app, &agent, id, to.let_in, to.put_out, Some(at)).await.map_err(unmet)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Notes that the caller has read a ticket: it is not `unread` until its customer writes again.
#[utoipa::path(put, path = "/api/v1/tickets/{ticket}/read", tag = "tickets",
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket.")),
    responses((status = 204, description = "It is noted.")))]
pub(crate) async fn read(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<TicketId>,
) -> Answer<StatusCode> {
    let ticket = ticket(&app, &agent, id).await?;
    tickets::look(&app, &agent, &ticket).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The same change of several tickets. What is not given stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewBulk {
    /// Which: 100 at most.
    #[schema(value_type = Vec<schema::TicketId>)]
    tickets: Vec<TicketId>,
    /// The agent who has them; `null` for nobody.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<schema::AgentId>)]
    assignee: Option<Option<AgentId>>,
    /// The team that has them; `null` for none.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<schema::TeamId>)]
    team: Option<Option<TeamId>>,
    /// A tag that they get beside those that they have.
    tag: Option<String>,
    /// Until when they are put aside; `null` brings them back.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Timestamp>)]
    snoozed_until: Option<Option<Timestamp>>,
    /// How they are moved.
    #[schema(value_type = Option<schema::Action>)]
    action: Option<Action>,
}

/// What became of several tickets.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Bulked {
    /// Those that were changed.
    #[schema(value_type = Vec<schema::TicketId>)]
    changed: Vec<TicketId>,
    /// Those that are as they were, because the change is not possible for them. What was so already is in neither list.
    left: Vec<Left>,
    /// How it is taken back.
    undo: Option<Undo>,
}

/// A ticket that was not changed.
#[derive(Debug, Serialize, ToSchema)]
struct Left {
    /// The ticket.
    #[schema(value_type = schema::TicketId)]
    ticket: TicketId,
    /// The stable name of what is wrong.
    code: &'static str,
}

/// Changes several tickets at once: those for which that is possible, all of it or nothing for each.
#[utoipa::path(post, path = "/api/v1/tickets/bulk", tag = "tickets", request_body = NewBulk,
    responses((status = 200, description = "What became of them.", body = Bulked)))]
pub(crate) async fn bulk(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<NewBulk>,
) -> Answer<Json<Bulked>> {
    let NewBulk { tickets, assignee, team, tag, snoozed_until, action } = new;
    let to = Bulk { assignee, team, tag, snoozed_until, action };
    let tickets::Done { changed, left, undo } = tickets::bulk(&app, &agent, &tickets, to).await?;
    let left = left.into_iter().map(|(ticket, code)| Left { ticket, code }).collect();
    Ok(Json(Bulked { changed, left, undo: undo.map(Undo::from) }))
}

/// What was taken back.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Undone {
    /// What that was.
    #[schema(value_type = schema::Undoable)]
    what: Undoable,
    /// The numbers of the tickets that are as they were.
    tickets: Vec<i64>,
    /// How many stay as they are, because something else has happened to them.
    left: usize,
}

/// Takes back what the caller did, as long as nothing else has happened to the tickets.
#[utoipa::path(post, path = "/api/v1/undos/{undo}", tag = "tickets",
    params(("undo" = inline(schema::UndoId), Path, description = "What is taken back.")),
    responses((status = 200, description = "It is taken back.", body = Undone)))]
pub(crate) async fn undo(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<UndoId>,
) -> Answer<Json<Undone>> {
    let tickets::Undone { what, tickets, left } = tickets::undo(&app, &agent, id).await?;
    Ok(Json(Undone { what, tickets, left }))
}
