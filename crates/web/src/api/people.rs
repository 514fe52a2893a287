//! The people of a desk: agents and teams.

use app::{
    Agent as Caller, App, Error,
    people::{self, Change, Invitation, TeamAndMembers},
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    access::Role,
    id::{AgentId, TeamId},
    lang::Lang,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Named, Strict},
    schema,
    version::{Created, IfMatch, Versioned, unmet},
};
use crate::{guard::ApiCaller, problem::Answer};

/// A user of the desk.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Agent {
    /// Its id.
    #[schema(value_type = schema::AgentId)]
    id: AgentId,
    /// The name that customers read.
    name: String,
    /// The address for notifications, and to sign in.
    email: String,
    /// The language of its pages.
    #[schema(value_type = schema::Lang)]
    lang: Lang,
    /// The zone of the times on its pages, by its IANA name.
    timezone: String,
    /// Its roles.
    #[schema(value_type = Vec<schema::Role>)]
    roles: Vec<Role>,
    /// Whether it may sign in.
    active: bool,
    /// Since when.
    created_at: Timestamp,
    /// Rises with every change.
    version: i64,
}

impl From<store::people::Agent> for Agent {
    fn from(a: store::people::Agent) -> Self {
        Self {
            id: a.id,
            name: a.name,
            email: a.email.into(),
            lang: a.lang,
            timezone: a.timezone,
            roles: a.roles.0,
            active: a.active,
            created_at: a.created_at,
            version: a.version,
        }
    }
}

/// The agents of a desk.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Agents {
    /// All of them, by name.
    items: Vec<Agent>,
}

/// Lists the agents, by name.
#[utoipa::path(get, path = "/api/v1/agents", tag = "people",
    responses((status = 200, description = "The agents.", body = Agents)))]
pub(crate) async fn list(ApiCaller(agent): ApiCaller, State(app): State<App>) -> Answer<Json<Agents>> {
    let items = people::list(&app, &agent).await?.into_iter().map(Agent::from).collect();
    Ok(Json(Agents { items }))
}

async fn find(app: &App, agent: &Caller, id: AgentId) -> Answer<store::people::Agent> {
    let found = people::list(app, agent).await?.into_iter().find(|known| known.id == id);
    Ok(found.ok_or(Error::NotFound("agent"))?)
}

async fn show(app: &App, agent: &Caller, id: AgentId) -> Answer<Versioned<Agent>> {
    let found = find(app, agent, id).await?;
    Ok(Versioned(found.version, found.into()))
}

/// An agent. The `ETag` is its version.
#[utoipa::path(get, path = "/api/v1/agents/{agent}", tag = "people",
    params(("agent" = inline(schema::AgentId), Path, description = "The agent.")),
    responses((status = 200, description = "The agent.", body = Agent, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn get(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<AgentId>,
) -> Answer<Versioned<Agent>> {
    show(&app, &agent, id).await
}

/// Somebody to be invited.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAgent {
    /// The name that customers read.
    name: String,
    /// The address, to sign in too.
    email: String,
    /// The roles, at least one.
    #[schema(value_type = Vec<schema::Role>)]
    roles: Vec<Role>,
    /// The language of the agent's pages.
    #[schema(value_type = schema::Lang)]
    lang: Lang,
    /// The zone of the times on them, by its IANA name.
    timezone: String,
}

/// Adds an agent, and mails a link to set a password.
#[utoipa::path(post, path = "/api/v1/agents", tag = "people", request_body = NewAgent,
    responses((status = 201, description = "The agent.", body = Agent, headers(
        ("Location" = String, description = "Where it is."), ("ETag" = String, description = "Its version.")))))]
pub(crate) async fn invite(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<NewAgent>,
) -> Answer<Created<Versioned<Agent>>> {
    let NewAgent { name, email, roles, lang, timezone } = new;
    let id = people::invite(&app, &agent, Invitation { name, email, roles, lang, timezone }).await?;
    Ok(Created { location: format!("/api/v1/agents/{id}"), body: show(&app, &agent, id).await? })
}

/// Mails an invitation again.
#[utoipa::path(post, path = "/api/v1/agents/{agent}/invitations", tag = "people",
    params(("agent" = inline(schema::AgentId), Path, description = "The agent.")),
    responses((status = 202, description = "It is on its way.")))]
pub(crate) async fn invite_again(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<AgentId>,
) -> Answer<StatusCode> {
    people::invite_again(&app, &agent, id).await?;
    Ok(StatusCode::ACCEPTED)
}

/// What is changed of an agent. What is not given stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AgentChange {
    /// The name that customers read.
    name: Option<String>,
    /// The roles, at least one. Nobody changes the own.
    #[schema(value_type = Option<Vec<schema::Role>>)]
    roles: Option<Vec<Role>>,
    /// Whether it may sign in. Who may not is signed out everywhere in this desk.
    active: Option<bool>,
    /// The language of its pages.
    #[schema(value_type = Option<schema::Lang>)]
    lang: Option<Lang>,
    /// The zone of the times on them, by its IANA name.
    timezone: Option<String>,
}

/// Changes an agent at the version that was seen.
#[utoipa::path(patch, path = "/api/v1/agents/{agent}", tag = "people", request_body = AgentChange,
    params(("agent" = inline(schema::AgentId), Path, description = "The agent.")),
    responses((status = 200, description = "The agent as it is now.", body = Agent, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn change(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<AgentId>,
    seen: IfMatch,
    Strict(change): Strict<AgentChange>,
) -> Answer<Versioned<Agent>> {
    let before = find(&app, &agent, id).await?;
    let change = Change {
        name: change.name.unwrap_or(before.name),
        roles: change.roles.unwrap_or(before.roles.0),
        active: change.active.unwrap_or(before.active),
        lang: change.lang.unwrap_or(before.lang),
        timezone: change.timezone.unwrap_or(before.timezone),
        version: seen.accept(before.version)?,
    };
    people::update(&app, &agent, id, change).await.map_err(unmet)?;
    show(&app, &agent, id).await
}

/// A team.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Team {
    /// Its id.
    #[schema(value_type = schema::TeamId)]
    id: TeamId,
    /// Its name.
    name: String,
    /// Who is in it.
    #[schema(value_type = Vec<schema::AgentId>)]
    members: Vec<AgentId>,
}

impl From<TeamAndMembers> for Team {
    fn from(TeamAndMembers { team, members }: TeamAndMembers) -> Self {
        Self { id: team.id, name: team.name, members }
    }
}

/// The teams of a desk.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Teams {
    /// All of them, by name.
    items: Vec<Team>,
}

/// Lists the teams, by name.
#[utoipa::path(get, path = "/api/v1/teams", tag = "people",
    responses((status = 200, description = "The teams.", body = Teams)))]
pub(crate) async fn teams(ApiCaller(agent): ApiCaller, State(app): State<App>) -> Answer<Json<Teams>> {
    let items = people::teams(&app, &agent).await?.into_iter().map(Team::from).collect();
    Ok(Json(Teams { items }))
}

/// A team to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTeam {
    /// Its name.
    name: String,
}

/// A team that was added.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AddedTeam {
    /// Its id.
    #[schema(value_type = schema::TeamId)]
    id: TeamId,
}

/// Adds a team, with nobody in it.
#[utoipa::path(post, path = "/api/v1/teams", tag = "people", request_body = NewTeam,
    responses((status = 201, description = "The team.", body = AddedTeam)))]
pub(crate) async fn add_team(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<NewTeam>,
) -> Answer<(StatusCode, Json<AddedTeam>)> {
    let id = people::add_team(&app, &agent, &new.name).await?;
    Ok((StatusCode::CREATED, Json(AddedTeam { id })))
}

/// Who is in a team.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Members {
    /// These agents and no others.
    #[schema(value_type = Vec<schema::AgentId>)]
    members: Vec<AgentId>,
}

/// Sets who is in a team.
#[utoipa::path(put, path = "/api/v1/teams/{team}/members", tag = "people", request_body = Members,
    params(("team" = inline(schema::TeamId), Path, description = "The team.")),
    responses((status = 204, description = "They are in it.")))]
pub(crate) async fn set_members(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<TeamId>,
    Strict(Members { members }): Strict<Members>,
) -> Answer<StatusCode> {
    people::set_members(&app, &agent, id, members).await?;
    Ok(StatusCode::NO_CONTENT)
}
