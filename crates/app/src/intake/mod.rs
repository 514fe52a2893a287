//! Mail in: kept first, processed afterwards, with exactly one effect.

mod process;
mod reading;

use domain::{
    access::Permission,
    email_address::EmailAddress,
    id::{DeskId, InboxId, MailboxId},
    ticket::intake::{Outcome, Why},
};
use jiff::Timestamp;
pub(crate) use process::process;
use serde::{Deserialize, Serialize};
use store::{
    blob::{self, Prepared},
    inbox::{self, Accepted, Raw, State},
    queue,
};

use crate::{Agent, App, Error, Result, jobs, post};

/// The way by which a message comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// Read from a mailbox, or sent to its address.
    Mailbox(MailboxId),
    /// Handed in by a program.
    Api,
    /// Read from where old mail lies. It is answered to nobody, and no clock starts, unless `live`.
    Import {
        /// As if it came now.
        live: bool,
    },
}

/// What was said about a message when it was handed in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// The return path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<String>,
    /// For whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<String>,
    /// The mailbox, if it came through one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mailbox: Option<MailboxId>,
    /// Whether it is old mail.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archive: bool,
}

/// A message that was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub id: InboxId,
    /// Whether it is new: the same bytes by the same way are the same message.
    pub is_new: bool,
}

/// The source of what an import took in.
const IMPORT: &str = "import";

impl Way {
    fn source(&self) -> String {
        match self {
            Way::Mailbox(id) => id.to_string(),
            Way::Api => "api".into(),
            Way::Import { .. } => IMPORT.into(),
        }
    }
}

/// Keeps a raw message. When this returns, it is durable, and will be processed.
///
/// # Errors
/// [`Error::Refused`] `too-large`; the disk is full or the database away: then nothing was kept, and whoever has the
/// message must keep it and try again.
pub async fn accept(
    app: &App,
    desk: DeskId,
    way: &Way,
    mut envelope: Envelope,
    raw: Vec<u8>,
) -> Result<Kept> {
    if raw.len() > app.config.max_message {
        return Err(Error::Refused("too-large"));
    }
    if let Way::Mailbox(id) = way {
        envelope.mailbox = Some(*id);
    }
    envelope.archive = matches!(way, Way::Import { live: false });
    // The import processes what it keeps at once, in its own order.
    let enqueue = !matches!(way, Way::Import { .. });
    keep(app, desk, way, &envelope, raw, None, enqueue).await
}

/// Keeps what could be fetched of a message that is larger than the desk takes: parked, in sight.
///
/// # Errors
/// As [`accept`].
pub async fn accept_too_large(app: &App, desk: DeskId, way: &Way, head: Vec<u8>) -> Result<Kept> {
    keep(app, desk, way, &Envelope::default(), head, Some(Why::TooLarge), false).await
}

async fn keep(
    app: &App,
    desk: DeskId,
    way: &Way,
    envelope: &Envelope,
    raw: Vec<u8>,
    parked: Option<Why>,
    enqueue: bool,
) -> Result<Kept> {
    let now = app.now();
    let mut ids = app.ids(now);
    let id = ids.next(InboxId::new);
    let content: Prepared = app.blobs.prepare(desk, raw).await?;
    let accepted = Accepted {
        id,
        source: way.source(),
        digest: content.hash(),
        size: i64::try_from(content.size()).unwrap_or(i64::MAX),
        received_at: now,
        envelope: serde_json::to_value(envelope).map_err(Error::internal)?,
    };
    let job = enqueue.then(|| jobs::intake(&mut ids, id, now));
    let unit = std::sync::Arc::new((accepted, content, job));
    let kept = app
        .store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (accepted, content, job) = &*unit;
                if !inbox::accept(tx, accepted).await? {
                    let there = inbox::by_digest(tx, &accepted.source, accepted.digest).await?;
                    let there = there.ok_or(Error::Stale)?;
                    return Ok::<_, Error>(Kept { id: there.id, is_new: false });
                }
                blob::put(tx, now, content).await?;
                if let Some(why) = parked {
                    inbox::failed(tx, id, State::Quarantined, why).await?;
                }
                if let Some(job) = job {
                    queue::enqueue(tx, now, job).await?;
                }
                Ok(Kept { id, is_new: true })
            })
        })
        .await?;
    app.wake();
    Ok(kept)
}

/// Which desk and mailbox take mail for an address, plus tag or not.
///
/// # Errors
/// As the database says.
pub async fn addressee(app: &App, address: &str) -> Result<Option<(DeskId, MailboxId)>> {
    let Ok(address) = address.parse::<EmailAddress>() else { return Ok(None) };
    let bare = address.local().split_once('+').map(|(local, _)| format!("{local}@{}", address.domain()));
    let addresses = [Some(address), bare.and_then(|a| a.parse().ok())];
    let found = app
        .store
        .system_read(move |tx| {
            let addresses = addresses.clone();
            Box::pin(async move {
                for address in addresses.iter().flatten() {
                    if let Some(found) = store::installation::address(tx, address).await? {
                        return Ok(Some(found));
                    }
                }
                Ok::<_, store::Error>(None)
            })
        })
        .await?;
    Ok(found)
}

/// What became of a message of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Became {
    /// What.
    pub outcome: Outcome,
    /// The number of the ticket that it made or joined.
    pub ticket: Option<i64>,
    /// Why.
    pub why: Option<Why>,
    /// The SHA-256 of the message, in hex.
    pub digest: String,
}

/// Takes old mail through the real intake and says what became of it.
///
/// # Errors
/// As [`accept`].
pub async fn import(app: &App, desk: DeskId, raw: Vec<u8>, live: bool) -> Result<Became> {
    let digest = blob::Hash::of(&raw).to_string();
    let kept = accept(app, desk, &Way::Import { live }, Envelope::default(), raw).await?;
    if !kept.is_new {
        let state = look(app, desk, kept.id).await?.state;
        if state != State::Waiting {
            return Ok(Became {
                outcome: Outcome::Duplicate,
                ticket: None,
                why: Some(Why::SameBytes),
                digest,
            });
        }
    }
    process::process_now(app, desk, kept.id).await?;
    let raw = look(app, desk, kept.id).await?;
    let ticket = match raw.ticket {
        Some(id) => app
            .store
            .read(desk, move |tx| Box::pin(async move { Ok::<_, Error>(store::tickets::get(tx, id).await?) }))
            .await?
            .map(|t| t.number),
        None => None,
    };
    Ok(Became { outcome: raw.outcome.unwrap_or(Outcome::Quarantined), ticket, why: raw.why, digest })
}

pub(crate) async fn look(app: &App, desk: DeskId, id: InboxId) -> Result<Raw> {
    app.store
        .read(desk, move |tx| {
            Box::pin(async move { inbox::get(tx, id).await?.ok_or(Error::NotFound("message")) })
        })
        .await
}

/// Raw messages in a state, the newest first.
///
/// # Errors
/// Without [`Permission::MailManage`].
pub async fn list(
    app: &App,
    agent: &Agent,
    state: State,
    before: Option<(Timestamp, InboxId)>,
    limit: i64,
) -> Result<Vec<Raw>> {
    agent.require(Permission::MailManage)?;
    let reader = agent.reader();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move { Ok(inbox::page(tx, reader, state, before, limit).await?) })
        })
        .await
}

/// How the inbox stands.
///
/// # Errors
/// Without [`Permission::MailManage`].
pub async fn standing(app: &App, agent: &Agent) -> Result<inbox::Waiting> {
    agent.require(Permission::MailManage)?;
    app.store.read(agent.desk, |tx| Box::pin(async move { Ok(inbox::waiting(tx).await?) })).await
}

/// Processes a parked message again.
///
/// # Errors
/// Without [`Permission::MailManage`]; a message that is not parked.
pub async fn retry(app: &App, agent: &Agent, id: InboxId) -> Result<()> {
    agent.require(Permission::MailManage)?;
    revive(app, agent.desk, id).await
}

/// As [`retry`], for the command of the operator.
///
/// # Errors
/// A message that is not parked.
pub async fn revive(app: &App, desk: DeskId, id: InboxId) -> Result<()> {
    let now = app.now();
    let job = jobs::intake(&mut app.ids(now), id, now);
    app.store
        .write(desk, move |tx| {
            let job = job.clone();
            Box::pin(async move {
                if !inbox::revive(tx, id).await? {
                    return Err(Error::NotFound("message"));
                }
                queue::enqueue(tx, now, &job).await?;
                Ok(())
            })
        })
        .await?;
    app.wake();
    Ok(())
}

/// A raw message as its bytes.
///
/// # Errors
/// Without [`Permission::MailManage`].
pub async fn bytes(app: &App, agent: &Agent, id: InboxId) -> Result<Vec<u8>> {
    agent.require(Permission::MailManage)?;
    let reader = agent.reader();
    let raw: Raw = app
        .store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let raw = inbox::get(tx, id).await?.ok_or(Error::NotFound("message"))?;
                post::shown(tx, reader, raw.ticket, "message").await?;
                Ok::<_, Error>(raw)
            })
        })
        .await?;
    app.blobs.get(&app.store, agent.desk, raw.digest).await?.ok_or(Error::NotFound("message"))
}
