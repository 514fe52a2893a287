//! Events that Microsoft sends: each is proved, counts once, and only says where to look again.

use domain::{access::Permission, deed::Deed, id::DeskId};
use jiff::SignedDuration;
use microsoft::{
    RequestId,
    event::{Delivery, NoEvent},
    webhooks::Registration,
};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::{
    microsoft::{self as kept, Sooner},
    queue, records,
};

use super::{
    State, Trouble, What,
    clients::{stored, verifier},
    connection::NOT_CONNECTED,
    look::Ended,
    readings::{Reading, hint},
};
use crate::{Agent, App, Error, Result, audit, jobs};

/// An event about something older says nothing new: Microsoft delays them by up to two days.
const OLD: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How far Microsoft's clock may be ahead of ours.
const AHEAD: SignedDuration = SignedDuration::from_hours(1);

/// The path at which a desk takes events.
#[must_use]
pub fn events_path(desk: DeskId) -> String {
    format!("/webhooks/microsoft/{desk}")
}

/// What became of a request that claims to be an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is one, and something will be looked at again.
    News,
    /// It is one that came before, or an old one: nothing happens.
    Known,
    /// It is none. Nothing happens.
    Not(NoEvent),
}

/// Takes an event for a desk. A desk without connection takes none, and says no more than to a forgery.
///
/// # Errors
/// As the database says.
pub async fn receive(app: &App, desk: DeskId, delivery: Delivery<'_>) -> Result<Taken> {
    let now = app.now();
    let Some(connection) = stored(app, desk).await? else { return Ok(Taken::Not(NoEvent::Signature)) };
    let event = match verifier(app, connection.cloud).verify(delivery, now).await {
        Ok(event) => event,
        Err(no) => return Ok(Taken::Not(no)),
    };
    if event.changed.is_some_and(|at| now.duration_since(at) > OLD || at.duration_since(now) > AHEAD) {
        return Ok(Taken::Known);
    }
    let hash: [u8; 32] = Sha256::digest(event.key.as_bytes()).into();
    let job = jobs::microsoft(&mut app.ids(now), now);
    let unit = std::sync::Arc::new((event, job));
    let news = app
        .store
        .write::<_, store::Error, _>(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (event, job) = &*unit;
                let name: String = event.name.chars().take(100).collect();
                if !kept::add_event(tx, &hash, &name, now).await? {
                    return Ok(false);
                }
                let name = event.name.replace('-', "_");
                hint(tx, event.customer.as_ref(), event.subscription.as_ref(), &name, now).await?;
                queue::enqueue(tx, now, job).await?;
                Ok(true)
            })
        })
        .await?;
    app.wake();
    Ok(if news { Taken::News } else { Taken::Known })
}

/// Has Microsoft send its events here.
///
/// # Errors
/// [`Error::Forbidden`]; `not-connected`.
pub async fn register(app: &App, agent: &Agent) -> Result<()> {
    agent.require(Permission::SettingsManage)?;
    let now = app.now();
    let url = format!("{}{}", app.config.base_url, events_path(agent.desk));
    let mut ids = app.ids(now);
    let what = json!({ "events": url });
    let act = audit::act(&mut ids, now, agent.actor(), Deed::MicrosoftConnect, &agent.desk, what);
    let job = jobs::microsoft(&mut ids, now);
    let unit = std::sync::Arc::new((url, act, job));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (url, act, job) = &*unit;
                let before = kept::connection(tx).await?.ok_or(NOT_CONNECTED)?;
                let told_at = before.told_at;
                let after = kept::Connection { events_url: Some(url.clone()), ..before };
                kept::update(tx, &after).await?;
                kept::set_health(tx, &after.health.0, told_at, after.version + 1).await?;
                kept::sooner(tx, Sooner::One(What::Events.word(), ""), now).await?;
                queue::enqueue(tx, now, job).await?;
                Ok::<_, Error>(records::audit(tx, act).await?)
            })
        })
        .await?;
    app.wake();
    Ok(())
}

/// Looks whether Microsoft sends its events here, where the desk wants them; and if not, has it do so.
pub(super) async fn registered(of: &Reading<'_>) -> Result<Ended, Trouble> {
    let door = of.session.webhooks().ok_or(Trouble::NotOffered)?;
    let Some(url) = of.connection.events_url.clone() else {
        return Ok(Ended::stands(State::Never, SignedDuration::from_hours(24)));
    };
    let trouble = |error| of.trouble(error);
    let mut events = door.events().await.map_err(trouble)?;
    events.sort();
    let found = door.get().await.map_err(trouble)?;
    let fits = |known: &Registration| {
        let mut theirs = known.events.clone();
        theirs.sort();
        known.url == url && theirs == events
    };
    let wanted = Registration { url: url.clone(), events: events.clone() };
    match found {
        Some(known) if fits(&known) => {}
        Some(_) => drop(door.replace(&wanted, RequestId::new()).await.map_err(trouble)?),
        None => drop(door.create(&wanted, RequestId::new()).await.map_err(trouble)?),
    }
    Ok(Ended::current())
}
