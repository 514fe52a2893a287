//! Mailed links with which an agent sets a password: an invitation, or a forgotten one.

use std::net::IpAddr;

use domain::{
    deed::Deed,
    email_address::EmailAddress,
    id::{AgentId, DeskId, IdentityId},
    lang::Lang,
    ticket::timeline::Actor,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{
    Tx,
    installation::{self, Purpose},
    people, records,
};

use super::{ALIKE, password, plausible, session, throttle};
use crate::{App, Error, Ids, Result, audit, desks, post, who};

/// What the token of a link begins with.
pub(super) const PREFIX: &str = "pdl_";
/// For how long an invitation can be accepted.
const INVITATION: SignedDuration = SignedDuration::from_hours(7 * 24);
/// For how long a forgotten password can be replaced.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(1);
/// Whatever is wrong with a link.
const INVALID: Error = Error::Refused("link-invalid");

/// Why somebody gets a link to set a password.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Occasion<'a> {
    /// This one has invited them.
    Invited(&'a str),
    /// They asked for it.
    Forgotten,
}

/// A link to set a password and the mail that carries it, made ready before the transaction that keeps both.
#[derive(Clone, Debug)]
pub(crate) struct PasswordMail {
    hash: [u8; 32],
    until: Timestamp,
    mail: post::Outbound,
}

impl PasswordMail {
    /// For an agent of a desk that there is already.
    pub(crate) async fn prepare(
        app: &App,
        desk: DeskId,
        ids: &mut Ids,
        now: Timestamp,
        agent: &people::Agent,
        occasion: Occasion<'_>,
    ) -> Result<Self> {
        let (token, hash) = who::token(PREFIX);
        let name_of_desk = app
            .store
            .read::<_, Error, _>(desk, |tx| Box::pin(async move { desks::public_name(tx).await }))
            .await?;
        let (inviter, valid) = match occasion {
            Occasion::Invited(by) => (Some(by), INVITATION),
            Occasion::Forgotten => (None, FORGOTTEN),
        };
        let until = now.checked_add(valid).unwrap_or(now);
        let invited = post::Invited {
            name: &agent.name,
            email: &agent.email,
            lang: agent.lang,
            inviter,
            desk_name: &name_of_desk,
            zone: &who::zone(&agent.timezone),
            token: &token,
            until,
        };
        let mail = post::invitation(app, desk, ids, now, invited).await?;
        Ok(Self { hash, until, mail })
    }

    /// Keeps the link, which sets this identity's password, and the mail.
    pub(crate) async fn put(&self, tx: &mut Tx, identity: IdentityId, now: Timestamp) -> Result<()> {
        installation::add_link(tx, &self.hash, Purpose::Password, identity.uuid(), self.until).await?;
        self.mail.put(tx, now).await.map(drop)
    }
}

/// Mails a link to set a new password, at most three times an hour. Says nothing about whether the address is known.
///
/// # Errors
/// [`Error::Throttled`] for a client that asks for more than twenty links within an hour, whosever they are.
pub async fn forgot_password(app: &App, email: &str, client: IpAddr) -> Result<()> {
    throttle::pass(app, vec![(throttle::FORGOTTEN_CLIENT, throttle::client(client))]).await?;
    let Ok(email) = email.parse::<EmailAddress>() else { return Ok(()) };
    // Whether the address is known does not show in how long the answer takes either.
    tokio::join!(mail_to(app, email), tokio::time::sleep(ALIKE)).0
}

/// Mails the link, if somebody has this address.
async fn mail_to(app: &App, email: EmailAddress) -> Result<()> {
    match throttle::pass(app, vec![(throttle::FORGOTTEN, email.to_string())]).await {
        Err(Error::Throttled { .. }) => return Ok(()),
        other => other?,
    }
    let memberships = app
        .store
        .system_read::<_, store::Error, _>(move |tx| {
            let email = email.clone();
            Box::pin(async move {
                let Some(identity) = installation::identity_by_email(tx, &email).await? else {
                    return Ok(Vec::new());
                };
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
    let agent = app
        .store
        .read::<_, store::Error, _>(desk, move |tx| Box::pin(people::agent(tx, agent)))
        .await?
        .filter(|agent| agent.active && agent.identity == identity);
    let Some(agent) = agent else { return Ok(false) };
    let now = app.now();
    let mut ids = app.ids(now);
    let mail = PasswordMail::prepare(app, desk, &mut ids, now, &agent, Occasion::Forgotten).await?;
    let act = audit::act(&mut ids, now, Actor::System, Deed::PasswordForgotten, &agent.id, json!({}));
    app.store
        .write::<_, Error, _>(desk, move |tx| {
            let (mail, act) = (mail.clone(), act.clone());
            Box::pin(async move {
                mail.put(tx, identity, now).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await?;
    Ok(true)
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
    /// Whether it sets the first password: who has one already has forgotten it.
    pub first: bool,
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
                let known = installation::identity(tx, identity).await?.ok_or(INVALID)?;
                Ok(PasswordLink {
                    desk,
                    email: agent.email,
                    lang: agent.lang,
                    first: known.password.is_none(),
                })
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
            audit::act(&mut ids, self.now, Actor::Agent(agent.id), Deed::PasswordSet, &agent.id, json!({}));
        Ok(records::audit(tx, &act).await?)
    }
}
