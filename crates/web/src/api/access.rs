//! Who asks, with what tokens, and who did what.

use app::{
    App, audit,
    tokens::{self, Made},
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    access::{Permission, Scope},
    id::{AgentId, AuditId, DeskId, TokenId},
    lang::Lang,
    ticket::timeline::{Actor, ActorKind},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{people, records};
use utoipa::{IntoParams, ToSchema};

use super::{
    body::{Named, Params, Strict},
    cursor::{cursor, key},
    schema,
    version::Created,
};
use crate::{guard::ApiCaller, problem::Answer};

/// Who the caller is, and what it may do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    /// The desk.
    #[schema(value_type = schema::DeskId)]
    desk: DeskId,
    /// The agent in whose name the token acts.
    #[schema(value_type = schema::AgentId)]
    agent: AgentId,
    /// Its name.
    name: String,
    /// Its address.
    email: String,
    /// The language in which problems are told.
    #[schema(value_type = schema::Lang)]
    lang: Lang,
    /// What both the agent and the token allow at this moment.
    #[schema(value_type = Vec<schema::Permission>)]
    permissions: Vec<Permission>,
}

/// Who am I, and what may I do?
#[utoipa::path(get, path = "/api/v1/me", tag = "access",
    responses((status = 200, description = "The caller.", body = Me)))]
pub(crate) async fn me(ApiCaller(agent): ApiCaller) -> Json<Me> {
    Json(Me {
        desk: agent.desk,
        agent: agent.id,
        name: agent.name.clone(),
        email: agent.email.to_string(),
        lang: agent.lang,
        permissions: Permission::ALL.iter().copied().filter(|permission| agent.may(*permission)).collect(),
    })
}

/// An API token, without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Token {
    /// Its id.
    #[schema(value_type = schema::TokenId)]
    id: TokenId,
    /// In whose name it acts.
    #[schema(value_type = schema::AgentId)]
    agent: AgentId,
    /// What it is for.
    name: String,
    /// What it may be used for.
    #[schema(value_type = Vec<schema::Scope>)]
    scopes: Vec<Scope>,
    /// Since when.
    created_at: Timestamp,
    /// Until when; none is for ever.
    expires_at: Option<Timestamp>,
}

impl From<people::Token> for Token {
    fn from(t: people::Token) -> Self {
        let people::Token { id, agent, name, scopes, created_at, expires_at } = t;
        Self { id, agent, name, scopes: scopes.0, created_at, expires_at }
    }
}

/// API tokens.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Tokens {
    /// Those that the caller may revoke, the oldest first.
    items: Vec<Token>,
}

/// Lists the tokens that the caller may revoke.
#[utoipa::path(get, path = "/api/v1/tokens", tag = "access",
    responses((status = 200, description = "The tokens.", body = Tokens)))]
pub(crate) async fn tokens(ApiCaller(agent): ApiCaller, State(app): State<App>) -> Answer<Json<Tokens>> {
    let items = tokens::list(&app, &agent).await?.into_iter().map(Token::from).collect();
    Ok(Json(Tokens { items }))
}

/// A token to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewToken {
    /// In whose name it acts; the caller's if nobody is given.
    #[schema(value_type = Option<schema::AgentId>)]
    agent: Option<AgentId>,
    /// What it is for.
    name: String,
    /// What it may be used for, at least one.
    #[schema(value_type = Vec<schema::Scope>)]
    scopes: Vec<Scope>,
    /// Until when; none is for ever.
    expires_at: Option<Timestamp>,
}

/// A token that was made.
#[derive(Serialize, ToSchema)]
pub(crate) struct MadeToken {
    /// Its id.
    #[schema(value_type = schema::TokenId)]
    id: TokenId,
    /// The token. It is shown this once.
    token: String,
}

/// Makes a token. It never allows more than the caller's. An `Idempotency-Key` has no effect here: the answer is a
/// secret, and is kept nowhere.
#[utoipa::path(post, path = "/api/v1/tokens", tag = "access", request_body = NewToken,
    responses((status = 201, description = "The token.", body = MadeToken, headers(("Location" = String, description = "Where it is revoked.")))))]
pub(crate) async fn make_token(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<NewToken>,
) -> Answer<Created<Json<MadeToken>>> {
    let NewToken { agent: whose, name, scopes, expires_at } = new;
    let made =
        tokens::create(&app, &agent, tokens::NewToken { agent: whose, name, scopes, expires_at }).await;
    // Whose it should be stands in the body, so it is a field of it that is not known.
    let Made { id, secret } = made.map_err(|error| match error {
        app::Error::NotFound("agent") => app::Error::invalid("agent", "unknown"),
        other => other,
    })?;
    let body = Json(MadeToken { id, token: secret });
    Ok(Created { location: format!("/api/v1/tokens/{id}"), body })
}

/// Makes a token worthless from now on.
#[utoipa::path(delete, path = "/api/v1/tokens/{token}", tag = "access",
    params(("token" = inline(schema::TokenId), Path, description = "The token.")),
    responses((status = 204, description = "It is worthless.")))]
pub(crate) async fn revoke_token(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<TokenId>,
) -> Answer<StatusCode> {
    tokens::revoke(&app, &agent, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which page of the log.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct LogParams {
    /// `next` of the page before.
    cursor: Option<String>,
}

/// An entry of the audit log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Audited {
    /// Its id.
    #[schema(value_type = schema::AuditId)]
    id: AuditId,
    /// When.
    at: Timestamp,
    /// What kind of actor.
    #[schema(value_type = schema::ActorKind)]
    by: ActorKind,
    /// Which agent or contact, by its id.
    actor: Option<String>,
    /// What was done, such as `ticket.reply`.
    action: String,
    /// To what: an id.
    subject: String,
    /// What changed: ids and words.
    #[schema(value_type = Object)]
    data: serde_json::Value,
    /// The number of the seal that covers it, once there is one.
    seal: Option<i64>,
}

impl From<records::Audited> for Audited {
    fn from(a: records::Audited) -> Self {
        let actor = match Actor::of(a.actor, a.actor_id) {
            Actor::Agent(id) => Some(id.to_string()),
            Actor::Contact(id) => Some(id.to_string()),
            Actor::Stranger | Actor::System => None,
        };
        Self {
            id: a.id,
            at: a.at,
            by: a.actor,
            actor,
            action: a.action,
            subject: a.subject,
            data: a.data,
            seal: a.seal,
        }
    }
}

/// A page of the audit log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Log {
    /// At most 100 entries, the newest first.
    items: Vec<Audited>,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// The audit log, the newest first.
#[utoipa::path(get, path = "/api/v1/audit", tag = "access", params(LogParams),
    responses((status = 200, description = "A page.", body = Log)))]
pub(crate) async fn log(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Params(asked): Params<LogParams>,
) -> Answer<Json<Log>> {
    let before: Option<AuditId> = key("audit", asked.cursor.as_deref())?;
    let found = audit::log(&app, &agent, before).await?;
    let full = i64::try_from(found.len()).is_ok_and(|rows| rows == audit::PAGE);
    let next = found.last().filter(|_| full).and_then(|last| cursor("audit", &last.id));
    Ok(Json(Log { items: found.into_iter().map(Audited::from).collect(), next }))
}

/// What verifying the log found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Verified {
    /// Whether every seal matches what it covers.
    whole: bool,
    /// The number of the last seal, if the log is whole.
    seals: Option<i64>,
    /// How many entries they cover, if the log is whole.
    rows: Option<i64>,
    /// The first seal that does not match, if there is one.
    broken: Option<i64>,
}

/// Verifies that the log is as it was sealed.
#[utoipa::path(get, path = "/api/v1/audit/verification", tag = "access",
    responses((status = 200, description = "What was found.", body = Verified)))]
pub(crate) async fn verify(ApiCaller(agent): ApiCaller, State(app): State<App>) -> Answer<Json<Verified>> {
    Ok(Json(match audit::verify(&app, &agent).await? {
        records::Verified::Whole { seals, rows } => {
            Verified { whole: true, seals: Some(seals), rows: Some(rows), broken: None }
        }
        records::Verified::Broken { seal } => {
            Verified { whole: false, seals: None, rows: None, broken: Some(seal) }
        }
    }))
}
