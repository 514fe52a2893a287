//! Mailed links with which an agent sets a password: an invitation, or a forgotten one.

use domain::{
    email_address::EmailAddress,
    id::{AgentId, DeskId, IdentityId},
    lang::Lang,
    ticket::timeline::Actor,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{
    Tx,
    installation::{self, Identity, Purpose},
    people, records,
};

use super::{password, plausible, session, throttle};
use crate::{App, Error, Ids, Result, audit, post, who};

/// What the token of a link begins with.
pub(super) const PREFIX: &str = "pdl_";
/// For how long an invitation can be accepted.
const INVITATION: SignedDuration = SignedDuration::from_hours(7 * 24);
/// For how long a forgotten password can be replaced.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(1);
/// Whatever is wrong with a link.
const INVALID: Error = Error::Refused("link-invalid");

/// The token of a new link, made before the transaction that mails it.
#[derive(Clone)]
pub(crate) struct NewLink {
    /// What is mailed.
    pub(crate) token: String,
    /// What is stored.
    pub(crate) hash: [u8; 32],
}

impl NewLink {
    pub(crate) fn new() -> Self {
        let (token, hash) = who::token(PREFIX);
        Self { token, hash }
    }
}

/// Invites an agent in the transaction that adds it. Who has a password already (in another desk) is only told: the
/// administrators of one desk must not be able to set a password that opens another one.
pub(crate) async fn invite(
    app: &App,
    tx: &mut Tx,
    ids: &mut Ids,
    now: Timestamp,
    identity: &Identity,
    agent: &people::Agent,
    inviter: &str,
    link: &NewLink,
) -> Result<()> {
    let until = now.checked_add(INVITATION).unwrap_or(now);
    let token = identity.password.is_none().then(|| link.token.clone());
    if token.is_some() {
        installation::add_link(tx, &link.hash, Purpose::Password, identity.id.uuid(), until).await?;
    }
    let mail = post::LinkMail {
        to: agent.email.clone(),
        lang: agent.lang,
        zone: who::zone(&agent.timezone),
        until,
        what: post::LinkFor::Invitation { inviter: inviter.to_owned(), token },
    };
    post::link(app, tx, ids, now, &mail).await
}

/// Mails a link to set a new password, at most three times an hour. Says nothing about whether the address is known.
///
/// # Errors
/// As the database says.
pub async fn forgot_password(app: &App, email: &str) -> Result<()> {
    let Ok(email) = email.parse::<EmailAddress>() else { return Ok(()) };
    match throttle::pass(app, vec![(throttle::FORGOTTEN, email.to_string())]).await {
        Err(Error::Throttled { .. }) => return Ok(()),
        other => other?,
    }
    let memberships = app
        .store
        .system_read::<_, store::Error, _>(move |tx| {
            let email = email.clone();
            Box::pin(async move {
                let Some(identity) = installation::identity_by_email(tx, &email).await? else { return Ok(Vec::new()) };
                let memberships = installation::memberships(tx, identity.id).await?;
                Ok(memberships.into_iter().map(|at| (at.desk, at.agent, identity.id)).collect())
            })
        })
        .await?;
    for (desk, agent, identity) in memberships {
        if mail_link(app, desk, agent, identity).await? {
            app.wake();
            break;
        }
    }
    Ok(())
}

/// Mails a link in the name of a desk, if the agent is active there.
async fn mail_link(app: &App, desk: DeskId, agent: AgentId, identity: IdentityId) -> Result<bool> {
    let now = app.now();
    let mail = MailLink { app: app.clone(), agent, identity, link: NewLink::new(), ids: app.ids(now), now };
    app.store
        .write(desk, move |tx| {
            let mail = mail.clone();
            Box::pin(async move { mail.run(tx).await })
        })
        .await
}

#[derive(Clone)]
struct MailLink {
    app: App,
    agent: AgentId,
    identity: IdentityId,
    link: NewLink,
    ids: Ids,
    now: Timestamp,
}

impl MailLink {
    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        let mut ids = self.ids.clone();
        let Some(agent) = people::agent(tx, self.agent).await? else { return Ok(false) };
        if !agent.active || agent.identity != self.identity {
            return Ok(false);
        }
        let until = self.now.checked_add(FORGOTTEN).unwrap_or(self.now);
        installation::add_link(tx, &self.link.hash, Purpose::Password, self.identity.uuid(), until).await?;
        let mail = post::LinkMail {
            to: agent.email,
            lang: agent.lang,
            zone: who::zone(&agent.timezone),
            until,
            what: post::LinkFor::Password { token: self.link.token.clone() },
        };
        post::link(&self.app, tx, &mut ids, self.now, &mail).await?;
        let act = audit::act(&mut ids, self.now, Actor::System, "password.forgotten", agent.id, json!({}));
        records::audit(tx, &act).await?;
        Ok(true)
    }
}

/// Whose password a link sets, and what to greet with.
#[derive(Clone, Debug)]
pub struct PasswordLink {
    /// The desk's name.
    pub desk: String,
    /// The name to sign in with.
    pub email: EmailAddress,
    /// The agent's language.
    pub lang: Lang,
}

/// Whose password a link sets, without using it up: mail scanners open links too.
///
/// # Errors
/// [`Error::Refused`]`("link-invalid")` whatever is wrong with it.
pub async fn password_link(app: &App, token: &str) -> Result<PasswordLink> {
    let (desk, identity) = open(app, token).await?;
    app.store
        .read(desk, move |tx| {
            Box::pin(async move {
                let agent = agent_of(tx, identity).await?;
                let desk = installation::own_desk(tx).await?.name;
                Ok(PasswordLink { desk, email: agent.email, lang: agent.lang })
            })
        })
        .await
}

/// What a link that is still good is for.
async fn open(app: &App, token: &str) -> Result<(DeskId, IdentityId)> {
    if !plausible(token, PREFIX) {
        return Err(INVALID);
    }
    let (hash, now) = (who::hash(token), app.now());
    let link = app
        .store
        .system_read::<_, store::Error, _>(move |tx| {
            Box::pin(async move { installation::link(tx, &hash, Purpose::Password, now).await })
        })
        .await?;
    let (desk, subject) = link.ok_or(INVALID)?;
    Ok((desk, IdentityId::from_uuid(subject)))
}

/// The active agent of the desk that this identity is: a link of somebody who was disabled is dead.
async fn agent_of(tx: &mut Tx, identity: IdentityId) -> Result<people::Agent> {
    let desk = tx.desk();
    let memberships = installation::memberships(tx, identity).await?;
    let there = memberships.into_iter().find(|there| there.desk == desk).ok_or(INVALID)?;
    let agent = people::agent(tx, there.agent).await?;
    agent.filter(|agent| agent.active && agent.identity == identity).ok_or(INVALID)
}

/// Sets a password with a mailed link, which is used up. Ends all other sessions and answers the token of a new one.
///
/// # Errors
/// [`Error::Refused`]`("link-invalid")` whatever is wrong with the link; those of the policy, for `new`.
pub async fn set_password(app: &App, token: &str, new: &str) -> Result<String> {
    let email = password_link(app, token).await?.email;
    password::checked("new", new, &email)?;
    let (desk, identity) = open(app, token).await?;
    let now = app.now();
    let (token_of_session, session_hash) = who::token(session::PREFIX);
    let set = SetPassword {
        link: who::hash(token),
        identity,
        hash: password::hashed(new).await?,
        session_hash,
        ids: app.ids(now),
        now,
    };
    app.store
        .write(desk, move |tx| {
            let set = set.clone();
            Box::pin(async move { set.run(tx).await })
        })
        .await?;
    Ok(token_of_session)
}

#[derive(Clone)]
struct SetPassword {
    link: [u8; 32],
    identity: IdentityId,
    hash: String,
    session_hash: [u8; 32],
    ids: Ids,
    now: Timestamp,
}

impl SetPassword {
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let mut ids = self.ids.clone();
        let used = installation::use_link(tx, &self.link, Purpose::Password, self.now).await?;
        if used != Some((tx.desk(), self.identity.uuid())) {
            return Err(INVALID);
        }
        let agent = agent_of(tx, self.identity).await?;
        installation::set_password(tx, self.identity, &self.hash).await?;
        let session = session::of_agent(&mut ids, self.now, tx.desk(), self.identity, agent.id);
        installation::add_session(tx, &self.session_hash, &session).await?;
        let act =
            audit::act(&mut ids, self.now, Actor::Agent(agent.id), "password.set", agent.id, json!({}));
        Ok(records::audit(tx, &act).await?)
    }
}
