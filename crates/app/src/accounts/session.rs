//! Sessions of agents.

use std::net::IpAddr;

use domain::{
    access::Rights,
    deed::Deed,
    email_address::EmailAddress,
    id::{AgentId, DeskId, IdentityId, SessionId},
    ticket::timeline::Actor,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{
    Tx,
    installation::{self, Identity, Membership, Session},
    people, records,
};

use super::{password, plausible, throttle};
use crate::{Agent, App, Error, Ids, Result, audit, who};

/// What the token of a session begins with.
pub(super) const PREFIX: &str = "pds_";
/// A session of an agent that was not used for so long has ended.
const IDLE: SignedDuration = SignedDuration::from_hours(12);
/// A session ends after this time at the latest.
pub(super) const LONGEST: SignedDuration = SignedDuration::from_hours(14 * 24);
/// How often it is noted that a session is in use.
const TOUCH: SignedDuration = SignedDuration::from_mins(1);

/// Who asks with the token of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// A person who does something: the session is in use.
    Person,
    /// A page that is open and asks by itself: nobody may be there any more.
    Page,
}

/// Somebody has signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The token of the session.
    pub token: String,
    /// The desk in which it began.
    pub desk: DeskId,
    /// Every desk in which this person is an agent, by name.
    pub memberships: Vec<Membership>,
}

/// A new session of an agent.
pub(super) fn of_agent(
    ids: &mut Ids,
    now: Timestamp,
    desk: DeskId,
    identity: IdentityId,
    agent: AgentId,
) -> Session {
    Session {
        id: ids.next(SessionId::new),
        identity: Some(identity),
        desk,
        agent: Some(agent),
        contact: None,
        created_at: now,
        seen_at: now,
        expires_at: now.checked_add(LONGEST).unwrap_or(now),
    }
}

/// Signs an agent in, in the first of its desks (by name) in which it is active.
///
/// # Errors
/// [`Error::Refused`]`("sign-in-failed")` whatever was wrong; [`Error::Throttled`], for names that nobody has too.
pub async fn sign_in(app: &App, email: &str, password: &str, client: IpAddr) -> Result<SignedIn> {
    const FAILED: Error = Error::Refused("sign-in-failed");
    let email = email.parse::<EmailAddress>().ok();
    let name = email.as_ref().map(|email| (throttle::SIGN_IN_NAME, email.to_string()));
    let client = (throttle::SIGN_IN_CLIENT, throttle::client(client));
    throttle::pass(app, std::iter::once(client).chain(name).collect()).await?;

    let sought = email.clone();
    let known = app
        .store
        .system_read::<_, store::Error, _>(move |tx| {
            let sought = sought.clone();
            Box::pin(async move {
                let Some(email) = sought else { return Ok(None) };
                let Some(identity) = installation::identity_by_email(tx, &email).await? else {
                    return Ok(None);
                };
                let memberships = installation::memberships(tx, identity.id).await?;
                Ok(Some((identity, memberships)))
            })
        })
        .await?;
    let hash = known.as_ref().and_then(|(identity, _)| identity.password.clone());
    let right = password::matches(password, hash).await?;
    let (Some((identity, memberships)), Some(email), true) = (known, email, right) else {
        tracing::info!("A sign-in failed");
        return Err(FAILED);
    };
    throttle::forget(app, throttle::SIGN_IN_NAME, email.as_str()).await?;
    for membership in &memberships {
        if let Some(token) = begin(app, &identity, membership).await? {
            return Ok(SignedIn { token, desk: membership.desk, memberships });
        }
    }
    Err(FAILED)
}

/// Begins a session in a desk, if the identity is an active agent there; its token.
async fn begin(app: &App, identity: &Identity, at: &Membership) -> Result<Option<String>> {
    let now = app.now();
    let (token, hash) = who::token(PREFIX);
    let begin = Begin { identity: identity.clone(), agent: at.agent, hash, ids: app.ids(now), now };
    let begun = app
        .store
        .write(at.desk, move |tx| {
            let begin = begin.clone();
            Box::pin(async move { begin.run(tx).await })
        })
        .await?;
    Ok(begun.then_some(token))
}

#[derive(Clone)]
struct Begin {
    identity: Identity,
    agent: AgentId,
    hash: [u8; 32],
    ids: Ids,
    now: Timestamp,
}

impl Begin {
    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        // The password may have been changed while it was compared.
        let current = installation::identity(tx, self.identity.id).await?;
        if current.is_none_or(|current| current.password != self.identity.password) {
            return Ok(false);
        }
        if !active(tx, self.agent, self.identity.id).await? {
            return Ok(false);
        }
        let mut ids = self.ids.clone();
        let session = of_agent(&mut ids, self.now, tx.desk(), self.identity.id, self.agent);
        installation::add_session(tx, &self.hash, &session).await?;
        let actor = Actor::Agent(self.agent);
        let act = audit::act(&mut ids, self.now, actor, Deed::SessionBegin, &session.id, json!({}));
        records::audit(tx, &act).await?;
        Ok(true)
    }
}

/// Whether this is an active agent of the transaction's desk.
pub(super) async fn active(tx: &mut Tx, agent: AgentId, identity: IdentityId) -> Result<bool> {
    let agent = people::agent(tx, agent).await?;
    Ok(agent.is_some_and(|agent| agent.active && agent.identity == identity))
}

/// The agent of a session, with the rights that it has now; none if the session has ended or the agent is not active.
///
/// # Errors
/// As the database says.
pub async fn agent_of_session(app: &App, token: &str, asks: Asks) -> Result<Option<Agent>> {
    if !plausible(token, PREFIX) {
        return Ok(None);
    }
    let (hash, now) = (who::hash(token), app.now());
    let found = app
        .store
        .system_read::<_, store::Error, _>(move |tx| {
            Box::pin(async move {
                let Some(session) = installation::session(tx, &hash, now).await? else { return Ok(None) };
                let Some(agent) = session.agent else { return Ok(None) };
                let agent = people::agent_of(tx, session.desk, agent).await?;
                Ok(agent.map(|agent| (session, agent)))
            })
        })
        .await?;
    let lives = |session: &Session| now.duration_since(session.seen_at) <= IDLE;
    let good = found.filter(|(session, agent)| {
        lives(session) && agent.active && session.identity == Some(agent.identity)
    });
    let Some((session, agent)) = good else { return Ok(None) };
    if asks == Asks::Person && now.duration_since(session.seen_at) > TOUCH {
        let seen = app
            .store
            .system_write::<_, store::Error, _>(move |tx| {
                Box::pin(async move { installation::seen(tx, &hash, now).await })
            })
            .await;
        // With a full disk agents can still read.
        if let Err(error) = seen {
            tracing::warn!(%error, session = %session.id, "Cannot note that a session is in use");
        }
    }
    let rights = Rights::of(&agent.roles.0);
    Ok(Some(agent_from(session.desk, agent, rights)))
}

/// The session of a token that is not past its time, and the token's hash.
pub(super) async fn live(app: &App, token: &str) -> Result<Option<([u8; 32], Session)>> {
    if !plausible(token, PREFIX) {
        return Ok(None);
    }
    let (hash, now) = (who::hash(token), app.now());
    let session = app
        .store
        .system_read::<_, store::Error, _>(move |tx| {
            Box::pin(async move { installation::session(tx, &hash, now).await })
        })
        .await?;
    Ok(session.map(|session| (hash, session)))
}

/// An agent with these rights.
pub(crate) fn agent_from(desk: DeskId, agent: people::Agent, rights: Rights) -> Agent {
    Agent {
        desk,
        id: agent.id,
        identity: agent.identity,
        name: agent.name,
        email: agent.email,
        lang: agent.lang,
        zone: who::zone(&agent.timezone),
        rights,
        prefs: agent.prefs.0,
    }
}

/// The desks in which an agent's person is an agent, for the choice of another one.
///
/// # Errors
/// As the database says.
pub async fn memberships(app: &App, agent: &Agent) -> Result<Vec<Membership>> {
    let identity = agent.identity;
    let memberships = app
        .store
        .system_read::<_, store::Error, _>(move |tx| Box::pin(installation::memberships(tx, identity)))
        .await?;
    Ok(memberships)
}

/// Ends a session, of an agent or a contact. One that there is not has ended already.
///
/// # Errors
/// As the database says.
pub async fn sign_out(app: &App, token: &str) -> Result<()> {
    let Some((hash, session)) = live(app, token).await? else { return Ok(()) };
    let now = app.now();
    let actor = match (session.agent, session.contact) {
        (Some(agent), _) => Actor::Agent(agent),
        (None, Some(contact)) => Actor::Contact(contact),
        (None, None) => Actor::System,
    };
    let act = audit::act(&mut app.ids(now), now, actor, Deed::SessionEnd, &session.id, json!({}));
    app.store
        .write::<_, store::Error, _>(session.desk, move |tx| {
            let act = act.clone();
            Box::pin(async move {
                installation::end_session(tx, &hash).await?;
                records::audit(tx, &act).await
            })
        })
        .await?;
    Ok(())
}

/// Moves an agent's session to another of its desks. Answers a new token; the old one is worth nothing any more. The
/// session's longest time goes on.
///
/// # Errors
/// [`Error::NotFound`] if the person is no active agent there, or the session has ended.
pub async fn switch_desk(app: &App, token: &str, desk: DeskId) -> Result<String> {
    const NOT_THERE: Error = Error::NotFound("desk");
    // Idle sessions and inactive agents do not get here.
    let agent = agent_of_session(app, token, Asks::Person).await?.ok_or(NOT_THERE)?;
    let old = who::hash(token);
    let now = app.now();
    let (token, hash) = who::token(PREFIX);
    let switch = Switch { agent, old, hash, ids: app.ids(now), now };
    app.store
        .write(desk, move |tx| {
            let switch = switch.clone();
            Box::pin(async move { switch.run(tx).await })
        })
        .await?;
    Ok(token)
}

#[derive(Clone)]
struct Switch {
    agent: Agent,
    old: [u8; 32],
    hash: [u8; 32],
    ids: Ids,
    now: Timestamp,
}

impl Switch {
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        const NOT_THERE: Error = Error::NotFound("desk");
        let desk = tx.desk();
        let memberships = installation::memberships(tx, self.agent.identity).await?;
        let there = memberships.iter().find(|there| there.desk == desk).ok_or(NOT_THERE)?;
        if !active(tx, there.agent, self.agent.identity).await? {
            return Err(NOT_THERE);
        }
        let old = installation::session(tx, &self.old, self.now).await?.ok_or(NOT_THERE)?;
        installation::end_session(tx, &self.old).await?;
        let mut ids = self.ids.clone();
        let session = Session {
            created_at: old.created_at,
            expires_at: old.expires_at,
            ..of_agent(&mut ids, self.now, desk, self.agent.identity, there.agent)
        };
        installation::add_session(tx, &self.hash, &session).await?;
        let (actor, from) = (Actor::Agent(there.agent), json!({ "from": old.desk }));
        let act = audit::act(&mut ids, self.now, actor, Deed::SessionBegin, &session.id, from);
        Ok(records::audit(tx, &act).await?)
    }
}
