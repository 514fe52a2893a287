//! Tickets: reading them. What is done with them is in [`work`].

pub(crate) mod beside;
pub(crate) mod diagnosis;
mod entry;
mod shown;
pub(crate) mod work;

use app::{
    Agent, App, Error,
    catalogue::Asked,
    tickets::{self, SearchPage},
};
use axum::{Json, extract::State, response::Response};
use domain::{
    access::Visibility,
    id::{CustomerId, EntryId, TicketId},
    ticket::{
        kinds::{Kind, Service, Severity},
        lifecycle,
    },
};
use jiff::Timestamp;
use mail::html::RemoteContent;
use serde::{Deserialize, Serialize};
use store::{
    search::{Only, Order, Piece},
    tickets::{Key, View},
};
use utoipa::{IntoParams, ToSchema};

use self::{
    entry::{Entry, Timeline},
    shown::{Line, Lines, Ticket},
};
use super::{
    body::{Limit, Named, Params},
    cursor::{At, cursor, key},
    file, schema,
    version::Versioned,
};
use crate::{guard::ApiCaller, problem::Answer, ui::message};

/// A list of tickets.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum List {
    /// The caller's, ours to act, by due time.
    Mine,
    /// Nobody's, ours to act, by due time.
    Unassigned,
    /// Ours to act, by due time.
    Due,
    /// Somebody else's to act, by due time.
    Waiting,
    /// Every one, the newest word first.
    #[default]
    All,
}

/// Which tickets.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListParams {
    /// The list.
    #[serde(default)]
    #[param(inline, default = "all")]
    view: List,
    /// All tickets of this customer, the newest word first; instead of `view`.
    #[param(value_type = Option<schema::CustomerId>)]
    customer: Option<CustomerId>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; 50 if nothing is said.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Limit,
}

/// Lists tickets that the caller may see.
#[utoipa::path(get, path = "/api/v1/tickets", tag = "tickets", params(ListParams),
    responses((status = 200, description = "A page.", body = Lines)))]
pub(crate) async fn list(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Params(asked): Params<ListParams>,
) -> Answer<Json<Lines>> {
    let view = match (asked.customer, asked.view) {
        (Some(customer), _) => View::Customer(customer),
        (None, List::Mine) => View::Mine(agent.id),
        (None, List::Unassigned) => View::Unassigned,
        (None, List::Due) => View::Due,
        (None, List::Waiting) => View::Waiting,
        (None, List::All) => View::All,
    };
    let name = format!("tickets/{view:?}");
    let after = key::<(At, TicketId)>(&name, asked.cursor.as_deref())?.map(|(At(at), id)| Key { at, id });
    let (lines, more, unread) =
        tickets::list_with_unread(&app, &agent, view, after, asked.limit.rows()).await?;
    let last = lines.last().filter(|_| more);
    let next = last.and_then(|line| {
        let at = if view.by_due() { line.due_at } else { line.last_at };
        cursor(&name, &(At(at), line.id))
    });
    let items = lines.into_iter().map(|line| {
        let unread = unread.contains(&line.number);
        let mut line = Line::from(line);
        line.unread = Some(unread);
        line
    });
    Ok(Json(Lines { items: items.collect(), next }))
}

/// How many tickets stand in the caller's lists.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Counts {
    /// The caller's.
    mine: i64,
    /// Nobody's.
    unassigned: i64,
    /// Ours to act.
    due: i64,
    /// Somebody else's to act.
    waiting: i64,
    /// Every one.
    all: i64,
}

/// Counts the lists.
#[utoipa::path(get, path = "/api/v1/tickets/counts", tag = "tickets",
    responses((status = 200, description = "The counts.", body = Counts)))]
pub(crate) async fn counts(ApiCaller(agent): ApiCaller, State(app): State<App>) -> Answer<Json<Counts>> {
    let tickets::Counts { mine, unassigned, due, waiting, all } = tickets::counts(&app, &agent).await?;
    Ok(Json(Counts { mine, unassigned, due, waiting, all }))
}

/// A ticket with its clocks. The `ETag` is its version.
#[utoipa::path(get, path = "/api/v1/tickets/{ticket}", tag = "tickets",
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket.")),
    responses((status = 200, description = "The ticket.", body = Ticket, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn get(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<TicketId>,
) -> Answer<Versioned<Ticket>> {
    show(&app, &agent, id).await
}

/// The ticket as it is now.
async fn show(app: &App, agent: &Agent, id: TicketId) -> Answer<Versioned<Ticket>> {
    let number = ticket(app, agent, id).await?.number;
    let view = tickets::view(app, agent, number).await?;
    Ok(Versioned(view.ticket.version, view.into()))
}

/// A ticket by its id, if the agent may see it.
async fn ticket(app: &App, agent: &Agent, id: TicketId) -> Answer<store::tickets::Ticket> {
    let found = app
        .store
        .read::<_, store::Error, _>(agent.desk, move |tx| Box::pin(store::tickets::get(tx, id)))
        .await?
        .ok_or(Error::NotFound("ticket"))?;
    agent.sees(&found)?;
    Ok(found)
}

/// Which part of a timeline.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TimelineParams {
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; 50 if nothing is said.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Limit,
}

/// The history of a ticket, as far as the caller may see it: the newest page first, each page oldest first.
#[utoipa::path(get, path = "/api/v1/tickets/{ticket}/timeline", tag = "tickets",
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket."), TimelineParams),
    responses((status = 200, description = "A page.", body = Timeline)))]
pub(crate) async fn timeline(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<TicketId>,
    Params(asked): Params<TimelineParams>,
) -> Answer<Json<Timeline>> {
    let name = format!("timeline/{id}");
    let before: Option<i64> = key(&name, asked.cursor.as_deref())?;
    let sees = agent.sees(&ticket(&app, &agent, id).await?)?;
    let (mut entries, files) = entries(&app, &agent, id, before, asked.limit.rows() + 1, sees).await?;
    // They are oldest first, so the one too many is the first.
    entries.reverse();
    let more = asked.limit.cut(&mut entries);
    entries.reverse();
    let next = entries.first().filter(|_| more).and_then(|entry| cursor(&name, &entry.seq));
    let items = entries.into_iter().map(|entry| Entry::of(entry, &files)).collect();
    Ok(Json(Timeline { items, next }))
}

type Entries = (Vec<domain::ticket::timeline::Entry>, Vec<store::timeline::Attachment>);

async fn entries(
    app: &App,
    agent: &Agent,
    id: TicketId,
    before: Option<i64>,
    limit: i64,
    sees: Visibility,
) -> Result<Entries, store::Error> {
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let entries = store::timeline::page(tx, id, before, limit, sees).await?;
                Ok((entries, store::timeline::attachments(tx, id).await?))
            })
        })
        .await
}

/// A file of an entry, to be saved: it is as hostile as its sender.
#[utoipa::path(get, path = "/api/v1/tickets/{ticket}/entries/{entry}/files/{position}", tag = "tickets",
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket."),
        ("entry" = inline(schema::EntryId), Path, description = "The entry."),
        ("position" = i64, Path, description = "The file's place in the entry, from 0.")),
    responses((status = 200, description = "Its bytes.", body = [u8], content_type = "application/octet-stream")))]
pub(crate) async fn attachment(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named((id, entry, position)): Named<(TicketId, EntryId, i64)>,
) -> Answer<Response> {
    let number = ticket(&app, &agent, id).await?.number;
    let (found, bytes) = tickets::attachment(&app, &agent, number, entry, position).await?;
    Ok(file::download(&found.name, "application/octet-stream", bytes))
}

/// How a message is shown.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct HtmlParams {
    /// Whether the sender's pictures on other servers are loaded, which tells the sender that somebody looks.
    #[serde(default)]
    remote: bool,
}

/// The HTML of a message as a document of its own, made safe. A browser runs nothing of it.
#[utoipa::path(get, path = "/api/v1/tickets/{ticket}/entries/{entry}/html", tag = "tickets",
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket."),
        ("entry" = inline(schema::EntryId), Path, description = "The entry."), HtmlParams),
    responses((status = 200, description = "The document.", body = String, content_type = "text/html")))]
pub(crate) async fn html(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named((id, entry)): Named<(TicketId, EntryId)>,
    Params(asked): Params<HtmlParams>,
) -> Answer<Response> {
    let number = ticket(&app, &agent, id).await?.number;
    let html = tickets::html(&app, &agent, number, entry).await?;
    let content = if asked.remote { RemoteContent::Allowed } else { RemoteContent::Blocked };
    Ok(message::frame(html, content).await?)
}

/// The raw message of an entry that came by mail, byte for byte: it is as hostile as its sender.
#[utoipa::path(get, path = "/api/v1/tickets/{ticket}/entries/{entry}/original", tag = "tickets",
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket."),
        ("entry" = inline(schema::EntryId), Path, description = "The entry.")),
    responses((status = 200, description = "Its bytes.", body = [u8], content_type = "message/rfc822")))]
pub(crate) async fn original(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named((id, entry)): Named<(TicketId, EntryId)>,
) -> Answer<Response> {
    let number = ticket(&app, &agent, id).await?.number;
    let bytes = tickets::original(&app, &agent, number, entry).await?;
    Ok(file::download(&format!("{entry}.eml"), "message/rfc822", bytes))
}

/// How hits are ordered.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum SearchOrder {
    /// The ticket with the newest match first.
    #[default]
    Newest,
    /// Tickets with all words in the subject first. One page.
    Best,
}

/// What is looked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchParams {
    /// Words, all of which must be there, or `#` and a ticket's number.
    q: String,
    /// The order.
    #[serde(default)]
    #[param(inline, default = "newest")]
    order: SearchOrder,
    /// Only tickets in this state.
    #[param(value_type = Option<schema::State>)]
    state: Option<lifecycle::State>,
    /// Only tickets of this kind.
    #[param(value_type = Option<schema::Kind>)]
    kind: Option<Kind>,
    /// Only tickets about this service.
    #[param(value_type = Option<schema::Service>)]
    service: Option<Service>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; 50 if nothing is said.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Limit,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Found {
    /// The tickets.
    items: Vec<Hit>,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
    /// Whether there are older matches that were not looked at.
    capped: bool,
}

/// A ticket that was found.
#[derive(Debug, Serialize, ToSchema)]
struct Hit {
    /// The ticket.
    ticket: Line,
    /// The words around the newest match.
    snippet: Vec<SnippetPiece>,
}

/// A piece of a snippet.
#[derive(Debug, Serialize, ToSchema)]
struct SnippetPiece {
    /// Plain text.
    text: String,
    /// Whether it is a word that was looked for.
    hit: bool,
}

/// Finds tickets that the caller may see by the words of what the caller may see of them.
#[utoipa::path(get, path = "/api/v1/search", tag = "tickets", params(SearchParams),
    responses((status = 200, description = "A page.", body = Found)))]
pub(crate) async fn search(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Params(asked): Params<SearchParams>,
) -> Answer<Json<Found>> {
    let only = Only { state: asked.state, kind: asked.kind, service: asked.service };
    let name = format!("search/{only:?}/{}", asked.q);
    let before: Option<i64> = key(&name, asked.cursor.as_deref())?;
    let order = match asked.order {
        SearchOrder::Newest => Order::Newest { before },
        SearchOrder::Best => Order::Best,
    };
    let limit = usize::try_from(asked.limit.rows()).unwrap_or(usize::MAX);
    let SearchPage { found, next, capped } =
        tickets::search(&app, &agent, &asked.q, only, order, limit).await?;
    let hit = |found: tickets::Found| {
        let snippet =
            found.snippet.into_iter().map(|Piece { text, hit }| SnippetPiece { text, hit }).collect();
        Hit { ticket: found.line.into(), snippet }
    };
    let items = found.into_iter().map(hit).collect();
    Ok(Json(Found { items, next: next.and_then(|next| cursor(&name, &next)), capped }))
}

/// Of what a promise is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PromiseParams {
    /// How bad it is.
    #[param(value_type = schema::Severity)]
    severity: Severity,
    /// Whose request it would be; without it, what everybody is promised.
    #[param(value_type = Option<schema::CustomerId>)]
    customer: Option<CustomerId>,
    /// For which service; `other` if none is given.
    #[param(value_type = Option<schema::Service>)]
    service: Option<Service>,
    /// Of which kind; `technical` if none is given.
    #[param(value_type = Option<schema::Kind>)]
    kind: Option<Kind>,
}

/// What the desk promises.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Promise {
    /// By when it would answer a request that came now; none if it promises nothing.
    first_response: Option<Timestamp>,
}

/// By when the desk would answer such a request that came now.
#[utoipa::path(get, path = "/api/v1/promises", tag = "tickets", params(PromiseParams),
    responses((status = 200, description = "The promise.", body = Promise)))]
pub(crate) async fn promise(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Params(asked): Params<PromiseParams>,
) -> Answer<Json<Promise>> {
    let matter = Asked {
        customer: asked.customer,
        service: asked.service.unwrap_or(Service::Other),
        kind: asked.kind.unwrap_or(Kind::Technical),
    };
    let promise = tickets::promised(&app, agent.desk, matter, asked.severity).await?;
    Ok(Json(Promise { first_response: promise.due(promise.targets.first_response) }))
}
