//! Signing in to the portal: a contact has no password, only its mailbox.

use std::net::IpAddr;

use domain::{
    deed::Deed,
    email_address::EmailAddress,
    id::{ContactId, DeskId, SessionId},
    ticket::timeline::Actor,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{
    Tx,
    installation::{self, Purpose, Session},
    parties, people, records,
};

use super::{ALIKE, links::PREFIX, plausible, session, throttle};
use crate::{App, Contact, Error, Ids, Result, audit, post, who};

/// For how long a link to the portal is good.
const VALID: SignedDuration = SignedDuration::from_mins(20);
/// Whatever is wrong with a link.
const INVALID: Error = Error::Refused("link-invalid");

/// Mails a contact of the desk a link to the portal, at most three times an hour. Nobody else gets a mail, and the
/// answer is the same.
///
/// # Errors
/// [`Error::Throttled`] for a client that asks for more than twenty links within an hour, whosever they are.
pub async fn portal_link(app: &App, desk: DeskId, email: &str, client: IpAddr) -> Result<()> {
    throttle::pass(app, vec![(throttle::PORTAL_CLIENT, throttle::client(client))]).await?;
    let Ok(email) = email.parse::<EmailAddress>() else { return Ok(()) };
    // Whether the address is known does not show in how long the answer takes either.
    tokio::join!(mail_to(app, desk, email), tokio::time::sleep(ALIKE)).0
}

/// Mails the link, if a contact has this address.
async fn mail_to(app: &App, desk: DeskId, email: EmailAddress) -> Result<()> {
    match throttle::pass(app, vec![(throttle::PORTAL, format!("{desk}:{email}"))]).await {
        Err(Error::Throttled { .. }) => return Ok(()),
        other => other?,
    }
    let sought = email.clone();
    let found = app
        .store
        .read(desk, move |tx| {
            let email = sought.clone();
            Box::pin(async move {
                let Some(contact) = parties::contact_by_email(tx, &email).await? else { return Ok(None) };
                let zone = zone_of(tx, contact.id).await?;
                Ok::<_, Error>(Some((contact, zone, installation::own_desk(tx).await?)))
            })
        })
        .await?;
    let Some((contact, zone, own)) = found else { return Ok(()) };
    let id = contact.id;
    let contact = who::Contact { desk, id, name: contact.name, email, lang: contact.lang, zone };
    let now = app.now();
    let mut ids = app.ids(now);
    let (token, hash) = who::token(PREFIX);
    let until = now.checked_add(VALID).unwrap_or(now);
    let minutes = u32::try_from(VALID.as_mins()).unwrap_or_default();
    let link = post::PortalLink { desk_name: &own.name, desk_slug: &own.slug, token: &token, minutes };
    let mail = post::sign_in(app, desk, &mut ids, now, &contact, link).await?;
    let act = audit::act(&mut ids, now, Actor::System, Deed::PortalLink, &id, json!({}));
    app.store
        .write::<_, Error, _>(desk, move |tx| {
            let (mail, act) = (mail.clone(), act.clone());
            Box::pin(async move {
                installation::add_link(tx, &hash, Purpose::Portal, id.uuid(), until).await?;
                mail.put(tx, now).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await?;
    app.wake();
    Ok(())
}

/// The zone of the times that a contact reads: its customer's, or the desk's.
async fn zone_of(tx: &mut Tx, contact: ContactId) -> Result<jiff::tz::TimeZone, store::Error> {
    if let Some(first) = parties::affiliations(tx, contact).await?.first()
        && let Some(customer) = parties::customer(tx, first.customer).await?
    {
        return Ok(who::zone(&customer.timezone));
    }
    Ok(who::zone(&people::settings(tx).await?.0.timezone))
}

/// Whom a mailed link would sign in: for the page that asks before it is used up, so that a program that follows
/// every link in a mail does not use it. None if it is worth nothing any more.
///
/// # Errors
/// As the database says.
pub async fn portal_link_for(app: &App, token: &str) -> Result<Option<EmailAddress>> {
    if !plausible(token, PREFIX) {
        return Ok(None);
    }
    let (link, now) = (who::hash(token), app.now());
    let found = app
        .store
        .system_read::<_, store::Error, _>(move |tx| {
            Box::pin(async move { installation::link(tx, &link, Purpose::Portal, now).await })
        })
        .await?;
    let Some((desk, contact)) = found else { return Ok(None) };
    let contact = app
        .store
        .read::<_, store::Error, _>(desk, move |tx| {
            Box::pin(async move { parties::contact(tx, ContactId::from_uuid(contact)).await })
        })
        .await?;
    Ok(contact.and_then(|contact| contact.email))
}

/// Signs a contact in with a mailed link, which is used up; the token of the session.
///
/// # Errors
/// [`Error::Refused`]`("link-invalid")` whatever is wrong with the link.
pub async fn portal_sign_in(app: &App, token: &str) -> Result<String> {
    if !plausible(token, PREFIX) {
        return Err(INVALID);
    }
    let (link, now) = (who::hash(token), app.now());
    let (desk, contact) = app
        .store
        .system_read::<_, store::Error, _>(move |tx| {
            Box::pin(async move { installation::link(tx, &link, Purpose::Portal, now).await })
        })
        .await?
        .ok_or(INVALID)?;
    let (token, hash) = who::token(session::PREFIX);
    let begin = Begin { link, contact: ContactId::from_uuid(contact), hash, ids: app.ids(now), now };
    app.store
        .write(desk, move |tx| {
            let begin = begin.clone();
            Box::pin(async move { begin.run(tx).await })
        })
        .await?;
    Ok(token)
}

#[derive(Clone)]
struct Begin {
    link: [u8; 32],
    contact: ContactId,
    hash: [u8; 32],
    ids: Ids,
    now: Timestamp,
}

impl Begin {
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let mut ids = self.ids.clone();
        let used = installation::use_link(tx, &self.link, Purpose::Portal, self.now).await?;
        if used != Some((tx.desk(), self.contact.uuid()))
            || parties::contact(tx, self.contact).await?.is_none()
        {
            return Err(INVALID);
        }
        let session = Session {
            id: ids.next(SessionId::new),
            identity: None,
            desk: tx.desk(),
            agent: None,
            contact: Some(self.contact),
            created_at: self.now,
            seen_at: self.now,
            expires_at: self.now.checked_add(session::LONGEST).unwrap_or(self.now),
        };
        installation::add_session(tx, &self.hash, &session).await?;
        let actor = Actor::Contact(self.contact);
        let act = audit::act(&mut ids, self.now, actor, Deed::SessionBegin, &session.id, json!({}));
        Ok(records::audit(tx, &act).await?)
    }
}

/// The contact of a session; none if it has ended.
///
/// # Errors
/// As the database says.
pub async fn contact_of_session(app: &App, token: &str) -> Result<Option<Contact>> {
    let Some((_, session)) = session::live(app, token).await? else { return Ok(None) };
    let Some(id) = session.contact else { return Ok(None) };
    let desk = session.desk;
    let found = app
        .store
        .read::<_, store::Error, _>(desk, move |tx| {
            Box::pin(async move {
                let Some(contact) = parties::contact(tx, id).await? else { return Ok(None) };
                let zone = zone_of(tx, id).await?;
                Ok(Some((contact, zone)))
            })
        })
        .await?;
    // Who has lost the address has lost the portal.
    Ok(found.and_then(|(contact, zone)| {
        let email = contact.email?;
        Some(Contact { desk, id, name: contact.name, email, lang: contact.lang, zone })
    }))
}
