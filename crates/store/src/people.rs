//! A desk's own people and settings: agents, teams, API tokens, calendars.

use domain::{
    access::{Role, Scope},
    clock::{CalendarSpec, promise::Promises},
    email_address::EmailAddress,
    id::{AgentId, CalendarId, DeskId, IdentityId, TeamId, TokenId},
    lang::Lang,
    ticket::notice::Occasion,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Error, FromRow, Json, Row, System, Tx, Value, params, record, sql};

/// What an agent likes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Prefs {
    /// `light`, `dark`, or empty for what the system says.
    pub theme: String,
    /// Whether single-key shortcuts are switched off.
    pub shortcuts_off: bool,
    /// What stands below every reply.
    pub signature: String,
    /// Of what it wants no mail.
    pub notices_off: Vec<Occasion>,
    /// In which languages it answers besides that of its pages.
    pub languages: Vec<Lang>,
    /// When it works; none is when the desk is open.
    pub hours: Option<CalendarId>,
}

/// The settings of a desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The language for people of whom none is known.
    pub lang: Lang,
    /// The time zone of the desk, by its IANA name.
    pub timezone: String,
    /// The calendar of its promises; without one nothing is promised.
    #[serde(default)]
    pub calendar: Option<CalendarId>,
    /// What it promises, by severity.
    #[serde(default)]
    pub promises: Promises,
    /// For how many days after it was resolved a message reopens a ticket.
    pub reopen_days: u32,
    /// For how many seconds a reply can be taken back.
    pub undo_seconds: u32,
    /// How many minutes of open time before a due time agents are warned; none is when four fifths of the promise
    /// are used up.
    #[serde(default)]
    pub warn_minutes: Option<u32>,
    /// After how many minutes of open time agents are told of a new ticket that nobody has taken; none is never.
    #[serde(default = "unassigned_minutes")]
    pub unassigned_minutes: Option<u32>,
}

fn unassigned_minutes() -> Option<u32> {
    Settings::default().unassigned_minutes
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lang: Lang::En,
            timezone: "UTC".into(),
            calendar: None,
            promises: Promises::default(),
            reopen_days: 14,
            undo_seconds: 10,
            warn_minutes: None,
            unassigned_minutes: Some(30),
        }
    }
}

record! {
    /// A user of the desk.
    pub struct Agent {
        /// Its id.
        pub id: AgentId,
        /// Who signs in.
        pub identity: IdentityId,
        /// The name that customers read.
        pub name: String,
        /// The address for notifications, and to sign in.
        pub email: EmailAddress,
        /// The language of its pages.
        pub lang: Lang,
        /// The zone of the times on its pages, by its IANA name.
        pub timezone: String,
        /// Its roles.
        pub roles: Json<Vec<Role>>,
        /// Whether it may sign in.
        pub active: bool,
        /// What it likes.
        pub prefs: Json<Prefs>,
        /// Rises with every change.
        pub version: i64,
        /// Since when.
        pub created_at: Timestamp,
    }

    /// A team.
    pub struct Team {
        /// Its id.
        pub id: TeamId,
        /// Its name.
        pub name: String,
    }

    /// An API token, without its secret.
    pub struct Token {
        /// Its id.
        pub id: TokenId,
        /// In whose name it acts.
        pub agent: AgentId,
        /// What it is for.
        pub name: String,
        /// What it may be used for.
        pub scopes: Json<Vec<Scope>>,
        /// Since when.
        pub created_at: Timestamp,
        /// Until when; none is for ever.
        pub expires_at: Option<Timestamp>,
    }

    /// A calendar.
    pub struct Calendar {
        /// Its id.
        pub id: CalendarId,
        /// Its name.
        pub name: String,
        /// Its zone, hours and holidays.
        pub spec: Json<CalendarSpec>,
        /// Rises with every change.
        pub version: i64,
    }
}

sql! {
    desk ADD_AGENT = "INSERT INTO agents (desk_id, id, identity_id, name, email, lang, timezone, roles, active, prefs, \
        version, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    desk AGENT = "SELECT id, identity_id, name, email, lang, timezone, roles, active, prefs, version, created_at \
        FROM agents WHERE desk_id = $1 AND id = $2";
    desk AGENT_BY_EMAIL = "SELECT id, identity_id, name, email, lang, timezone, roles, active, prefs, version, \
        created_at FROM agents WHERE desk_id = $1 AND email = $2";
    desk AGENTS = "SELECT id, identity_id, name, email, lang, timezone, roles, active, prefs, version, created_at \
        FROM agents WHERE desk_id = $1 ORDER BY name, id";
    desk UPDATE_AGENT = "UPDATE agents SET name = $3, lang = $4, timezone = $5, roles = $6, active = $7, prefs = $8, \
        version = version + 1 WHERE desk_id = $1 AND id = $2 AND version = $9";
    desk ADD_TEAM = "INSERT INTO teams (desk_id, id, name) VALUES ($1, $2, $3)";
    desk TEAMS = "SELECT id, name FROM teams WHERE desk_id = $1 ORDER BY name, id";
    desk TEAM_MEMBERS = "SELECT team_id, agent_id FROM team_members WHERE desk_id = $1 ORDER BY team_id, agent_id";
    desk CLEAR_TEAM = "DELETE FROM team_members WHERE desk_id = $1 AND team_id = $2";
    desk JOIN_TEAM = "INSERT INTO team_members (desk_id, team_id, agent_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    desk ADD_TOKEN = "INSERT INTO api_tokens (desk_id, id, agent_id, name, scopes, created_at, expires_at, hash) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    desk BEARER = "SELECT t.scopes, t.expires_at, a.id, a.identity_id, a.name, a.email, a.lang, a.timezone, a.roles, \
        a.active, a.prefs, a.version, a.created_at FROM api_tokens t \
        JOIN agents a ON a.desk_id = $1 AND a.id = t.agent_id WHERE t.desk_id = $1 AND t.hash = $2";
    desk TOKEN = "SELECT id, agent_id, name, scopes, created_at, expires_at FROM api_tokens \
        WHERE desk_id = $1 AND id = $2";
    desk TOKENS = "SELECT id, agent_id, name, scopes, created_at, expires_at FROM api_tokens WHERE desk_id = $1 \
        ORDER BY created_at, id";
    desk DROP_TOKEN = "DELETE FROM api_tokens WHERE desk_id = $1 AND id = $2";
    desk SETTINGS = "SELECT data, version FROM settings WHERE desk_id = $1";
    desk ADD_SETTINGS = "INSERT INTO settings (desk_id, data) VALUES ($1, $2)";
    desk SET_SETTINGS = "UPDATE settings SET data = $2, version = version + 1 WHERE desk_id = $1 AND version = $3";
    desk ADD_CALENDAR = "INSERT INTO calendars (desk_id, id, name, spec) VALUES ($1, $2, $3, $4)";
    desk SET_CALENDAR = "UPDATE calendars SET name = $3, spec = $4, version = version + 1 \
        WHERE desk_id = $1 AND id = $2 AND version = $5";
    desk CALENDARS = "SELECT id, name, spec, version FROM calendars WHERE desk_id = $1 ORDER BY name, id";
    desk CALENDAR = "SELECT id, name, spec, version FROM calendars WHERE desk_id = $1 AND id = $2";
}

/// Adds an agent.
///
/// # Errors
/// The address is taken: [`Error::is_taken`].
pub async fn add_agent(tx: &mut Tx, a: &Agent) -> Result<(), Error> {
    let (roles, prefs) = (Value::json(&a.roles.0)?, Value::json(&a.prefs.0)?);
    let params = params![
        a.id,
        a.identity,
        a.name,
        a.email,
        a.lang,
        a.timezone,
        roles,
        a.active,
        prefs,
        a.version,
        a.created_at
    ];
    tx.execute(&ADD_AGENT, params).await.map(drop)
}

/// One agent.
///
/// # Errors
/// As the database says.
pub async fn agent(tx: &mut Tx, id: AgentId) -> Result<Option<Agent>, Error> {
    tx.query_opt(&AGENT, params![id]).await
}

/// One agent of the desk that the transaction has found: whose session it is.
///
/// # Errors
/// As the database says.
pub async fn agent_of(tx: &mut System, desk: DeskId, id: AgentId) -> Result<Option<Agent>, Error> {
    Ok(tx.query_of(desk, &AGENT, params![id]).await?.pop())
}

/// The agent with this address.
///
/// # Errors
/// As the database says.
pub async fn agent_by_email(tx: &mut Tx, email: &EmailAddress) -> Result<Option<Agent>, Error> {
    tx.query_opt(&AGENT_BY_EMAIL, params![email]).await
}

/// Every agent, by name.
///
/// # Errors
/// As the database says.
pub async fn agents(tx: &mut Tx) -> Result<Vec<Agent>, Error> {
    tx.query(&AGENTS, &[]).await
}

/// Writes an agent over the one that was read.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn update_agent(tx: &mut Tx, a: &Agent) -> Result<(), Error> {
    let (roles, prefs) = (Value::json(&a.roles.0)?, Value::json(&a.prefs.0)?);
    let params = params![a.id, a.name, a.lang, a.timezone, roles, a.active, prefs, a.version];
    changed(tx.execute(&UPDATE_AGENT, params).await?)
}

/// Passes if a row was written over the one that was read.
pub(crate) fn changed(rows: u64) -> Result<(), Error> {
    if rows == 0 { Err(Error::Stale) } else { Ok(()) }
}

/// Adds a team.
///
/// # Errors
/// The name is taken: [`Error::is_taken`].
pub async fn add_team(tx: &mut Tx, t: &Team) -> Result<(), Error> {
    tx.execute(&ADD_TEAM, params![t.id, t.name]).await.map(drop)
}

/// Every team, by name.
///
/// # Errors
/// As the database says.
pub async fn teams(tx: &mut Tx) -> Result<Vec<Team>, Error> {
    tx.query(&TEAMS, &[]).await
}

/// Who is in which team.
///
/// # Errors
/// As the database says.
pub async fn team_members(tx: &mut Tx) -> Result<Vec<(TeamId, AgentId)>, Error> {
    tx.query(&TEAM_MEMBERS, &[]).await
}

/// Makes these agents the team's members, and no others.
///
/// # Errors
/// As the database says.
pub async fn set_team_members(tx: &mut Tx, team: TeamId, agents: &[AgentId]) -> Result<(), Error> {
    tx.execute(&CLEAR_TEAM, params![team]).await?;
    for agent in agents {
        tx.execute(&JOIN_TEAM, params![team, agent]).await?;
    }
    Ok(())
}

/// Adds an API token; `hash` is of its secret.
///
/// # Errors
/// As the database says.
pub async fn add_token(tx: &mut Tx, t: &Token, hash: &[u8]) -> Result<(), Error> {
    let scopes = Value::json(&t.scopes.0)?;
    let params = params![t.id, t.agent, t.name, scopes, t.created_at, t.expires_at, hash];
    tx.execute(&ADD_TOKEN, params).await.map(drop)
}

/// Who comes with an API token.
#[derive(Clone, Debug, PartialEq)]
pub struct Bearer {
    /// What the token may be used for.
    pub scopes: Vec<Scope>,
    /// Until when; none is for ever.
    pub expires_at: Option<Timestamp>,
    /// In whose name it acts.
    pub agent: Agent,
}

impl FromRow for Bearer {
    fn from_row(row: &mut Row<'_>) -> Result<Self, Error> {
        let Json(scopes) = row.next()?;
        Ok(Self { scopes, expires_at: row.next()?, agent: Agent::from_row(row)? })
    }
}

/// Who comes with the API token of this hash.
///
/// # Errors
/// As the database says.
pub async fn bearer(tx: &mut Tx, hash: &[u8]) -> Result<Option<Bearer>, Error> {
    tx.query_opt(&BEARER, params![hash]).await
}

/// One API token.
///
/// # Errors
/// As the database says.
pub async fn token(tx: &mut Tx, id: TokenId) -> Result<Option<Token>, Error> {
    tx.query_opt(&TOKEN, params![id]).await
}

/// Every API token.
///
/// # Errors
/// As the database says.
pub async fn tokens(tx: &mut Tx) -> Result<Vec<Token>, Error> {
    tx.query(&TOKENS, &[]).await
}

/// Deletes an API token; whether there was one.
///
/// # Errors
/// As the database says.
pub async fn drop_token(tx: &mut Tx, id: TokenId) -> Result<bool, Error> {
    Ok(tx.execute(&DROP_TOKEN, params![id]).await? > 0)
}

/// The desk's settings and their version.
///
/// # Errors
/// As the database says.
pub async fn settings(tx: &mut Tx) -> Result<(Settings, i64), Error> {
    let (Json(settings), version) = tx.query_one(&SETTINGS, &[]).await?;
    Ok((settings, version))
}

/// Writes a new desk's settings.
///
/// # Errors
/// As the database says.
pub async fn add_settings(tx: &mut Tx, s: &Settings) -> Result<(), Error> {
    tx.execute(&ADD_SETTINGS, &[Value::json(s)?]).await.map(drop)
}

/// Writes the settings over those that were read.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn set_settings(tx: &mut Tx, s: &Settings, version: i64) -> Result<(), Error> {
    changed(tx.execute(&SET_SETTINGS, params![Value::json(s)?, version]).await?)
}

/// Adds a calendar.
///
/// # Errors
/// As the database says.
pub async fn add_calendar(tx: &mut Tx, c: &Calendar) -> Result<(), Error> {
    tx.execute(&ADD_CALENDAR, params![c.id, c.name, Value::json(&c.spec.0)?]).await.map(drop)
}

/// Writes a calendar over the one that was read.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn set_calendar(tx: &mut Tx, c: &Calendar) -> Result<(), Error> {
    changed(tx.execute(&SET_CALENDAR, params![c.id, c.name, Value::json(&c.spec.0)?, c.version]).await?)
}

/// Every calendar, by name.
///
/// # Errors
/// As the database says.
pub async fn calendars(tx: &mut Tx) -> Result<Vec<Calendar>, Error> {
    tx.query(&CALENDARS, &[]).await
}

/// One calendar.
///
/// # Errors
/// As the database says.
pub async fn calendar(tx: &mut Tx, id: CalendarId) -> Result<Option<Calendar>, Error> {
    tx.query_opt(&CALENDAR, params![id]).await
}
