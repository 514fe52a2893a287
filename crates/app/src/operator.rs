//! What only the operator of the installation does, by a command on its machine: people, when nobody can sign in, and
//! the mails that let them in, when none is sent.

use domain::{
    deed::Deed,
    email_address::EmailAddress,
    id::{AgentId, DeskId},
    ticket::timeline::Actor,
};
use serde_json::json;
use store::{
    installation,
    outgoing::{self, Outgoing},
    people, records,
};

use crate::{
    App, Error, Result, accounts, audit,
    people::{Invitation, add, new_agent},
};

/// Adds an agent with a password. Somebody who has one already, in another desk, keeps it.
///
/// # Errors
/// [`Error::Invalid`], with `email: taken` for somebody who is an agent of this desk already.
pub async fn add_agent(app: &App, desk: DeskId, new: &Invitation, password: &str) -> Result<AgentId> {
    let now = app.now();
    let mut ids = app.ids(now);
    let agent = new_agent(&mut ids, now, new)?;
    accounts::checked("password", password, &agent.email)?;
    let hash = accounts::hashed(password).await?;
    let id = agent.id;
    let act =
        audit::act(&mut ids, now, Actor::System, Deed::AgentAdd, &id, json!({ "roles": agent.roles.0 }));
    app.store
        .write(desk, move |tx| {
            let (mut agent, hash, act) = (agent.clone(), hash.clone(), act.clone());
            Box::pin(async move {
                let identity = add(tx, &mut agent, now).await?;
                if identity.password.is_none() {
                    installation::set_password(tx, identity.id, &hash).await?;
                }
                Ok::<_, Error>(records::audit(tx, &act).await?)
            })
        })
        .await?;
    Ok(id)
}

/// Gives somebody another password, and ends all sessions that this person has.
///
/// # Errors
/// [`Error::NotFound`] for an address that no agent has; [`Error::Invalid`] for a password that is no good.
pub async fn set_password(app: &App, email: &str, password: &str) -> Result<()> {
    let email = address(email)?;
    accounts::checked("password", password, &email)?;
    let hash = accounts::hashed(password).await?;
    let (identity, memberships) = app
        .store
        .system_read(move |tx| {
            let email = email.clone();
            Box::pin(async move {
                let identity = installation::identity_by_email(tx, &email).await?;
                let identity = identity.ok_or(Error::NotFound("agent"))?.id;
                Ok::<_, Error>((identity, installation::memberships(tx, identity).await?))
            })
        })
        .await?;
    let first = memberships.first().ok_or(Error::NotFound("agent"))?;
    let now = app.now();
    let act = audit::act(&mut app.ids(now), now, Actor::System, Deed::AgentPassword, &first.agent, json!({}));
    app.store
        .write(first.desk, move |tx| {
            let (hash, act) = (hash.clone(), act.clone());
            Box::pin(async move {
                installation::set_password(tx, identity, &hash).await?;
                Ok::<_, Error>(records::audit(tx, &act).await?)
            })
        })
        .await
}

/// Ends an agent's access to a desk, and its sessions there.
///
/// # Errors
/// [`Error::NotFound`] for an address that no agent of the desk has.
pub async fn disable(app: &App, desk: DeskId, email: &str) -> Result<()> {
    let email = address(email)?;
    let now = app.now();
    let ids = app.ids(now);
    app.store
        .write(desk, move |tx| {
            let (email, mut ids) = (email.clone(), ids.clone());
            Box::pin(async move {
                let agent = people::agent_by_email(tx, &email).await?.ok_or(Error::NotFound("agent"))?;
                let id = agent.id;
                people::update_agent(tx, &people::Agent { active: false, ..agent }).await?;
                installation::end_sessions_of_agent(tx, id).await?;
                let what = json!({ "active": false });
                let act = audit::act(&mut ids, now, Actor::System, Deed::AgentChange, &id, what);
                Ok::<_, Error>(records::audit(tx, &act).await?)
            })
        })
        .await
}

fn address(email: &str) -> Result<EmailAddress> {
    email.parse().map_err(|_| Error::invalid("email", "not-an-address"))
}

/// The newest mail to an address, of whatever desk, as its bytes; also one with a link that lets somebody in.
///
/// # Errors
/// [`Error::NotFound`] if there is none; [`Error::Invalid`] for what is no address.
pub async fn newest_mail(app: &App, email: &str) -> Result<Vec<u8>> {
    let email = address(email)?;
    let desks = app.store.system_read(|tx| Box::pin(installation::desks(tx))).await;
    let mut newest: Option<(DeskId, Outgoing)> = None;
    for desk in desks.map_err(|error: store::Error| Error::from(error))? {
        let to = email.clone();
        let found = app.store.read::<_, store::Error, _>(desk.id, move |tx| {
            let to = to.clone();
            Box::pin(async move { outgoing::newest_to(tx, &to).await })
        });
        let Some(mail) = found.await? else { continue };
        if newest.as_ref().is_none_or(|(_, known)| known.created_at < mail.created_at) {
            newest = Some((desk.id, mail));
        }
    }
    let (desk, mail) = newest.ok_or(Error::NotFound("mail"))?;
    mail_bytes(app, desk, &mail).await
}

/// A mail of a desk as its bytes, whatever it carries.
///
/// # Errors
/// [`Error::NotFound`] if the bytes are gone.
pub async fn mail_bytes(app: &App, desk: DeskId, mail: &Outgoing) -> Result<Vec<u8>> {
    app.blobs.get(&app.store, desk, mail.hash).await?.ok_or(Error::NotFound("mail"))
}
