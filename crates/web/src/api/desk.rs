//! The desk: its settings, calendars and mailboxes.

use app::{
    Agent, App, Error, desks,
    mailboxes::{self, Application, Auth, Security, Source},
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    clock::{CalendarSpec, promise::Promises},
    cloud::Cloud,
    id::{CalendarId, DeskId, MailboxId},
    lang::Lang,
    party::DeskKind,
    ticket::kinds::{Kind, Service},
};
use serde::{Deserialize, Serialize};
use store::people;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    body::{Named, Strict, given},
    schema,
    version::{Created, IfMatch, Versioned, unmet},
};
use crate::{guard::ApiCaller, problem::Answer};

/// The desk and its settings.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Settings {
    /// The desk.
    #[schema(value_type = schema::DeskId)]
    desk: DeskId,
    /// Its name in addresses.
    slug: String,
    /// Its name for people.
    name: String,
    /// What kind of partner it is.
    #[schema(value_type = schema::DeskKind)]
    kind: DeskKind,
    /// The language for people of whom none is known.
    #[schema(value_type = schema::Lang)]
    lang: Lang,
    /// Its time zone, by its IANA name.
    timezone: String,
    /// The calendar of its promises; without one nothing is promised.
    #[schema(value_type = Option<schema::CalendarId>)]
    calendar: Option<CalendarId>,
    /// What it promises.
    #[schema(value_type = schema::Promises)]
    promises: Promises,
    /// For how many days after it was resolved a message reopens a ticket.
    reopen_days: u32,
    /// For how many seconds a reply can be taken back.
    undo_seconds: u32,
    /// How many minutes of open time before a due time agents are warned; none is when four fifths are used up.
    warn_minutes: Option<u32>,
    /// After how many minutes of open time agents are told of a new ticket that nobody has taken; none is never.
    unassigned_minutes: Option<u32>,
    /// Rises with every change.
    version: i64,
}

async fn show_settings(app: &App, agent: &Agent) -> Answer<Versioned<Settings>> {
    let (desk, settings, version) = desks::settings(app, agent).await?;
    let people::Settings {
        lang,
        timezone,
        calendar,
        promises,
        reopen_days,
        undo_seconds,
        warn_minutes,
        unassigned_minutes,
    } = settings;
    let store::installation::Desk { id, slug, name, kind, .. } = desk;
    let settings = Settings {
        desk: id,
        slug,
        name,
        kind,
        lang,
        timezone,
        calendar,
        promises,
        reopen_days,
        undo_seconds,
        warn_minutes,
        unassigned_minutes,
        version,
    };
    Ok(Versioned(version, settings))
}

/// The desk's settings. The `ETag` is their version.
#[utoipa::path(get, path = "/api/v1/settings", tag = "desk",
    responses((status = 200, description = "The settings.", body = Settings, headers(("ETag" = String, description = "Their version.")))))]
pub(crate) async fn settings(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
) -> Answer<Versioned<Settings>> {
    show_settings(&app, &agent).await
}

/// What is changed of the settings. What is not given stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SettingsChange {
    /// The desk's name for people.
    name: Option<String>,
    /// The language for people of whom none is known.
    #[schema(value_type = Option<schema::Lang>)]
    lang: Option<Lang>,
    /// The desk's time zone, by its IANA name.
    timezone: Option<String>,
    /// The calendar of its promises; `null` to promise nothing.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<schema::CalendarId>)]
    calendar: Option<Option<CalendarId>>,
    /// What it promises. Promises that run already stay as they were given.
    #[schema(value_type = Option<schema::Promises>)]
    promises: Option<Promises>,
    /// For how many days after it was resolved a message reopens a ticket; at most 365.
    reopen_days: Option<u32>,
    /// For how many seconds a reply can be taken back; at most 120.
    undo_seconds: Option<u32>,
    /// How many minutes of open time before a due time agents are warned, 1 to 10,000; `null` for when four fifths of
    /// the promise are used up.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<u32>)]
    warn_minutes: Option<Option<u32>>,
    /// After how many minutes of open time agents are told of a new ticket that nobody has taken, 1 to 10,000; `null`
    /// for never.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<u32>)]
    unassigned_minutes: Option<Option<u32>>,
}

/// Changes the settings at the version that was seen.
#[utoipa::path(patch, path = "/api/v1/settings", tag = "desk", request_body = SettingsChange,
    responses((status = 200, description = "The settings as they are now.", body = Settings, headers(("ETag" = String, description = "Their version.")))))]
pub(crate) async fn change_settings(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    seen: IfMatch,
    Strict(change): Strict<SettingsChange>,
) -> Answer<Versioned<Settings>> {
    let (desk, before, version) = desks::settings(&app, &agent).await?;
    let at = seen.accept(version)?;
    let name = change.name.unwrap_or(desk.name);
    let settings = people::Settings {
        lang: change.lang.unwrap_or(before.lang),
        timezone: change.timezone.unwrap_or(before.timezone),
        calendar: change.calendar.unwrap_or(before.calendar),
        promises: change.promises.unwrap_or(before.promises),
        reopen_days: change.reopen_days.unwrap_or(before.reopen_days),
        undo_seconds: change.undo_seconds.unwrap_or(before.undo_seconds),
        warn_minutes: change.warn_minutes.unwrap_or(before.warn_minutes),
        unassigned_minutes: change.unassigned_minutes.unwrap_or(before.unassigned_minutes),
    };
    desks::update_settings(&app, &agent, &name, settings, at).await.map_err(unmet)?;
    show_settings(&app, &agent).await
}

/// A calendar.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Calendar {
    /// Its id.
    #[schema(value_type = schema::CalendarId)]
    id: CalendarId,
    /// Its name.
    name: String,
    /// When it is open.
    #[schema(value_type = schema::CalendarSpec)]
    spec: CalendarSpec,
    /// Rises with every change.
    version: i64,
}

impl From<people::Calendar> for Calendar {
    fn from(people::Calendar { id, name, spec, version }: people::Calendar) -> Self {
        Self { id, name, spec: spec.0, version }
    }
}

/// The calendars of a desk.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Calendars {
    /// All of them, by name.
    items: Vec<Calendar>,
}

/// Lists the calendars, by name.
#[utoipa::path(get, path = "/api/v1/calendars", tag = "desk",
    responses((status = 200, description = "The calendars.", body = Calendars)))]
pub(crate) async fn calendars(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
) -> Answer<Json<Calendars>> {
    let items = desks::calendars(&app, &agent).await?.into_iter().map(Calendar::from).collect();
    Ok(Json(Calendars { items }))
}

async fn show_calendar(app: &App, agent: &Agent, id: CalendarId) -> Answer<Versioned<Calendar>> {
    let found = desks::calendars(app, agent).await?.into_iter().find(|known| known.id == id);
    let found = found.ok_or(Error::NotFound("calendar"))?;
    Ok(Versioned(found.version, found.into()))
}

/// A calendar. The `ETag` is its version.
#[utoipa::path(get, path = "/api/v1/calendars/{calendar}", tag = "desk",
    params(("calendar" = inline(schema::CalendarId), Path, description = "The calendar.")),
    responses((status = 200, description = "The calendar.", body = Calendar, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn calendar(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<CalendarId>,
) -> Answer<Versioned<Calendar>> {
    show_calendar(&app, &agent, id).await
}

/// A calendar to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCalendar {
    /// Its name.
    name: String,
    /// When it is open.
    #[schema(value_type = schema::CalendarSpec)]
    spec: CalendarSpec,
}

/// Adds a calendar.
#[utoipa::path(post, path = "/api/v1/calendars", tag = "desk", request_body = NewCalendar,
    responses((status = 201, description = "The calendar.", body = Calendar, headers(
        ("Location" = String, description = "Where it is."), ("ETag" = String, description = "Its version.")))))]
pub(crate) async fn add_calendar(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<NewCalendar>,
) -> Answer<Created<Versioned<Calendar>>> {
    let id = desks::add_calendar(&app, &agent, &new.name, new.spec).await?;
    Ok(Created { location: format!("/api/v1/calendars/{id}"), body: show_calendar(&app, &agent, id).await? })
}

/// What is changed of a calendar. What is not given stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CalendarChange {
    /// Its name.
    name: Option<String>,
    /// When it is open: the whole of it.
    #[schema(value_type = Option<schema::CalendarSpec>)]
    spec: Option<CalendarSpec>,
}

/// Changes a calendar at the version that was seen.
#[utoipa::path(patch, path = "/api/v1/calendars/{calendar}", tag = "desk", request_body = CalendarChange,
    params(("calendar" = inline(schema::CalendarId), Path, description = "The calendar.")),
    responses((status = 200, description = "The calendar as it is now.", body = Calendar, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn change_calendar(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<CalendarId>,
    seen: IfMatch,
    Strict(change): Strict<CalendarChange>,
) -> Answer<Versioned<Calendar>> {
    let Versioned(version, before) = show_calendar(&app, &agent, id).await?;
    let at = seen.accept(version)?;
    let (name, spec) = (change.name.unwrap_or(before.name), change.spec.unwrap_or(before.spec));
    desks::set_calendar(&app, &agent, id, &name, spec, at).await.map_err(unmet)?;
    show_calendar(&app, &agent, id).await
}

/// How a mailbox is read.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailSource {
    /// The server's name.
    host: String,
    /// Its port.
    port: u16,
    /// How the connection is protected.
    #[schema(value_type = schema::Security)]
    security: Security,
    /// How one signs in.
    #[schema(value_type = schema::Auth)]
    auth: Auth,
    /// The account.
    user: String,
    /// The folder, usually `INBOX`.
    folder: String,
    /// Where one signs in as an application: which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    application: Option<MailApplication>,
}

/// An application of a Microsoft 365 tenant that may read the mailbox (`IMAP.AccessAsApp`). Its secret is the mailbox's.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailApplication {
    /// The cloud of the mailbox.
    #[schema(value_type = schema::Cloud)]
    cloud: Cloud,
    /// Its tenant.
    #[schema(value_type = String)]
    tenant: Uuid,
    /// The application's id.
    #[schema(value_type = String)]
    id: Uuid,
}

impl From<Application> for MailApplication {
    fn from(Application { cloud, tenant, id }: Application) -> Self {
        Self { cloud, tenant, id }
    }
}

impl From<MailApplication> for Application {
    fn from(MailApplication { cloud, tenant, id }: MailApplication) -> Self {
        Self { cloud, tenant, id }
    }
}

impl From<Source> for MailSource {
    fn from(Source { host, port, security, auth, user, folder, application }: Source) -> Self {
        let application = application.map(Into::into);
        Self { host, port, security, auth, user, folder, application }
    }
}

impl From<MailSource> for Source {
    fn from(MailSource { host, port, security, auth, user, folder, application }: MailSource) -> Self {
        let application = application.map(Into::into);
        Self { host, port, security, auth, user, folder, application }
    }
}

/// A mailbox.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Mailbox {
    /// Its id.
    #[schema(value_type = schema::MailboxId)]
    id: MailboxId,
    /// The name that customers read.
    name: String,
    /// Its address.
    address: String,
    /// How it is read; none if its mail is handed in.
    source: Option<MailSource>,
    /// What its mail is about, unless somebody knows better.
    #[schema(value_type = schema::Kind)]
    kind: Kind,
    /// For which service.
    #[schema(value_type = schema::Service)]
    service: Service,
    /// How reading it fares.
    #[schema(value_type = Object)]
    health: serde_json::Value,
    /// Rises with every change of its settings.
    version: i64,
}

impl From<mailboxes::Mailbox> for Mailbox {
    fn from(m: mailboxes::Mailbox) -> Self {
        Self {
            id: m.id,
            name: m.name,
            address: m.address.into(),
            source: m.source.map(MailSource::from),
            kind: m.kind,
            service: m.service,
            health: m.health,
            version: m.version,
        }
    }
}

/// The mailboxes of a desk.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Mailboxes {
    /// All of them, by name.
    items: Vec<Mailbox>,
}

/// Lists the mailboxes, by name.
#[utoipa::path(get, path = "/api/v1/mailboxes", tag = "desk",
    responses((status = 200, description = "The mailboxes.", body = Mailboxes)))]
pub(crate) async fn mailboxes(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
) -> Answer<Json<Mailboxes>> {
    let items = mailboxes::list(&app, &agent).await?.into_iter().map(Mailbox::from).collect();
    Ok(Json(Mailboxes { items }))
}

async fn find_mailbox(app: &App, agent: &Agent, id: MailboxId) -> Answer<mailboxes::Mailbox> {
    let found = mailboxes::list(app, agent).await?.into_iter().find(|known| known.id == id);
    Ok(found.ok_or(Error::NotFound("mailbox"))?)
}

async fn show_mailbox(app: &App, agent: &Agent, id: MailboxId) -> Answer<Versioned<Mailbox>> {
    let found = find_mailbox(app, agent, id).await?;
    Ok(Versioned(found.version, found.into()))
}

/// A mailbox. The `ETag` is its version.
#[utoipa::path(get, path = "/api/v1/mailboxes/{mailbox}", tag = "desk",
    params(("mailbox" = inline(schema::MailboxId), Path, description = "The mailbox.")),
    responses((status = 200, description = "The mailbox.", body = Mailbox, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn mailbox(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<MailboxId>,
) -> Answer<Versioned<Mailbox>> {
    show_mailbox(&app, &agent, id).await
}

/// A mailbox to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewMailbox {
    /// Its address. From now on mail for it is this desk's.
    address: String,
    /// The name that customers read.
    name: String,
    /// What its mail is about, unless somebody knows better.
    #[schema(value_type = schema::Kind)]
    kind: Kind,
    /// For which service.
    #[schema(value_type = schema::Service)]
    service: Service,
    /// How it is read; none if its mail is handed in.
    source: Option<MailSource>,
    /// The password or access token for the source. Never shown again.
    #[schema(write_only)]
    secret: Option<String>,
}

/// Adds a mailbox.
#[utoipa::path(post, path = "/api/v1/mailboxes", tag = "desk", request_body = NewMailbox,
    responses((status = 201, description = "The mailbox.", body = Mailbox, headers(
        ("Location" = String, description = "Where it is."), ("ETag" = String, description = "Its version.")))))]
pub(crate) async fn add_mailbox(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<NewMailbox>,
) -> Answer<Created<Versioned<Mailbox>>> {
    let NewMailbox { address, name, kind, service, source, secret } = new;
    let settings = mailboxes::Settings { name, kind, service, source: source.map(Source::from), secret };
    let id = mailboxes::add(&app, &agent, &address, settings).await?;
    Ok(Created { location: format!("/api/v1/mailboxes/{id}"), body: show_mailbox(&app, &agent, id).await? })
}

/// What is changed of a mailbox. What is not given stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailboxChange {
    /// The name that customers read.
    name: Option<String>,
    /// What its mail is about, unless somebody knows better.
    #[schema(value_type = Option<schema::Kind>)]
    kind: Option<Kind>,
    /// For which service.
    #[schema(value_type = Option<schema::Service>)]
    service: Option<Service>,
    /// How it is read: the whole of it; `null` if its mail is handed in from now on.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<MailSource>)]
    source: Option<Option<MailSource>>,
    /// The password or access token for the source. Another server or account needs it anew.
    #[schema(write_only)]
    secret: Option<String>,
}

/// Changes a mailbox at the version that was seen.
#[utoipa::path(patch, path = "/api/v1/mailboxes/{mailbox}", tag = "desk", request_body = MailboxChange,
    params(("mailbox" = inline(schema::MailboxId), Path, description = "The mailbox.")),
    responses((status = 200, description = "The mailbox as it is now.", body = Mailbox, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn change_mailbox(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<MailboxId>,
    seen: IfMatch,
    Strict(change): Strict<MailboxChange>,
) -> Answer<Versioned<Mailbox>> {
    let before = find_mailbox(&app, &agent, id).await?;
    let at = seen.accept(before.version)?;
    let settings = mailboxes::Settings {
        name: change.name.unwrap_or(before.name),
        kind: change.kind.unwrap_or(before.kind),
        service: change.service.unwrap_or(before.service),
        source: match change.source {
            Some(source) => source.map(Source::from),
            None => before.source,
        },
        secret: change.secret,
    };
    mailboxes::update(&app, &agent, id, settings, at).await.map_err(unmet)?;
    show_mailbox(&app, &agent, id).await
}

/// Removes a mailbox and frees its address; what came through it stays.
#[utoipa::path(delete, path = "/api/v1/mailboxes/{mailbox}", tag = "desk",
    params(("mailbox" = inline(schema::MailboxId), Path, description = "The mailbox.")),
    responses((status = 204, description = "It is gone.")))]
pub(crate) async fn remove_mailbox(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<MailboxId>,
) -> Answer<StatusCode> {
    mailboxes::remove(&app, &agent, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
