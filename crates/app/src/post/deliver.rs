//! Delivering what was kept, and looking at it.

use domain::{
    access::{Permission, Reader},
    deed::Deed,
    id::{DeskId, OutgoingId},
    ticket::timeline::{Actor, Event},
};
use jiff::{SignedDuration, Timestamp};
use mail::smtp::Delivery as Answer;
use store::{
    Tx,
    outgoing::{self, Delivery, Outgoing, Purpose},
    queue,
};

use super::Route;
use crate::{Agent, App, Error, Ids, Result, collections, jobs, live, tickets::Hand};

/// When a mail is looked at again while the desk says nothing to the outside.
const MUTED: SignedDuration = SignedDuration::from_mins(1);

/// Tries to deliver a mail to everybody who has not got it.
pub(crate) async fn deliver(app: &App, desk: DeskId, id: OutgoingId) -> Result<jobs::Outcome> {
    let (mail, waiting, is_muted) = app
        .store
        .read(desk, move |tx| {
            Box::pin(async move {
                let is_muted = store::suspensions::is_muted(tx).await?;
                let mail = outgoing::get(tx, id).await?.ok_or(Error::NotFound("mail"))?;
                let all = outgoing::recipients(tx, id).await?;
                let waiting: Vec<_> = all
                    .into_iter()
                    .filter(|r| matches!(r.state, Delivery::Waiting | Delivery::Deferred))
                    .collect();
                Ok::<_, Error>((mail, waiting, is_muted))
            })
        })
        .await?;
    if mail.state != outgoing::State::Waiting {
        return Ok(jobs::Outcome::Done);
    }
    // What a backup has waiting may have been sent long ago.
    if is_muted {
        let later = app.now().checked_add(MUTED).unwrap_or(Timestamp::MAX);
        return Ok(jobs::Outcome::Again(later, "the desk was restored from a backup".into()));
    }
    if mail.purpose == outgoing::Purpose::Collection && collections::overtaken(app, desk, id).await? {
        return Ok(jobs::Outcome::Done);
    }
    let raw = app.blobs.get(&app.store, desk, mail.hash).await?;
    let raw = raw.ok_or_else(|| Error::internal(anyhow::anyhow!("the bytes of mail {id} are missing")))?;
    let addresses: Vec<String> = waiting.iter().map(|r| r.address.clone()).collect();
    let answers: Vec<(String, Delivery, String)> = match &app.smtp {
        Some(smtp) => smtp.send(&mail.sender, &addresses, &raw).await.into_iter().map(answer).collect(),
        None => addresses.into_iter().map(|a| (a, Delivery::Sent, outgoing::KEPT.to_owned())).collect(),
    };
    let now = app.now();
    let attempts = waiting.iter().map(|r| r.attempts).max().unwrap_or(0) + 1;
    let again = mail::smtp::retry_delay(u32::try_from(attempts).unwrap_or(u32::MAX));
    let answers: Vec<_> = answers
        .into_iter()
        .map(|(address, state, reply)| match state {
            Delivery::Deferred if again.is_none() => (address, Delivery::Failed, reply),
            state => (address, state, reply),
        })
        .collect();
    let open = answers.iter().any(|(_, state, _)| *state == Delivery::Deferred);
    let last_reply = answers.last().map(|(.., reply)| reply.clone()).unwrap_or_default();
    let unit = std::sync::Arc::new((answers, app.ids(now), mail));
    let told = app
        .store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (answers, ids, mail) = &*unit;
                let mut lost = Vec::new();
                for (address, state, reply) in answers {
                    outgoing::set_recipient(tx, id, address, *state, reply, now).await?;
                    if *state == Delivery::Failed {
                        lost.push((address.clone(), None));
                    }
                }
                if !open {
                    outgoing::set_state(tx, id, outgoing::State::Done).await?;
                }
                did_not_arrive(tx, mail, &lost, ids.clone(), now).await
            })
        })
        .await?;
    if let Some(change) = told {
        app.live.tell(change);
    }
    match again.filter(|_| open) {
        Some(delay) => {
            let delay = SignedDuration::try_from(delay).unwrap_or(SignedDuration::from_hours(1));
            Ok(jobs::Outcome::Again(now.checked_add(delay).unwrap_or(now), last_reply))
        }
        None => Ok(jobs::Outcome::Done),
    }
}

fn answer((address, answer): (String, Answer)) -> (String, Delivery, String) {
    match answer {
        Answer::Accepted(reply) => (address, Delivery::Sent, reply.to_string()),
        Answer::Refused(reply) => (address, Delivery::Failed, reply.to_string()),
        Answer::Deferred { detail, .. } => (address, Delivery::Deferred, detail),
        Answer::Unknown { detail } => (address, Delivery::Deferred, detail),
    }
}

/// Notes on the ticket of a mail that somebody has not got it.
pub(crate) async fn did_not_arrive(
    tx: &mut Tx,
    mail: &Outgoing,
    lost: &[(String, Option<String>)],
    ids: Ids,
    now: Timestamp,
) -> Result<Option<live::Change>> {
    let (Some(ticket), false) = (mail.ticket, lost.is_empty()) else { return Ok(None) };
    let actor = Actor::System;
    let mut hand = Hand::take(tx, ticket, ids, now, actor).await?;
    for (recipient, status) in lost {
        hand.append(Event::Bounced { recipient: recipient.clone(), status: status.clone(), hard: true });
    }
    hand.put(tx, Deed::MailLost).await.map(Some)
}

/// Sent mail, the newest first, each with its recipients.
///
/// # Errors
/// Without [`Permission::MailManage`].
pub async fn sent(
    app: &App,
    agent: &Agent,
    before: Option<(Timestamp, OutgoingId)>,
    limit: i64,
) -> Result<Vec<(Outgoing, Vec<outgoing::Recipient>)>> {
    agent.require(Permission::MailManage)?;
    let reader = agent.reader();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let mut page = Vec::new();
                for mail in outgoing::page(tx, reader, before, limit).await? {
                    let recipients = outgoing::recipients(tx, mail.id).await?;
                    page.push((mail, recipients));
                }
                Ok(page)
            })
        })
        .await
}

/// Whether who looks after mail may read this one: a link that lets somebody in is nobody else's.
#[must_use]
pub fn may_read(app: &App, mail: &Outgoing) -> bool {
    let lets_in = matches!(mail.purpose, Purpose::SignIn | Purpose::Invitation);
    !lets_in || matches!(app.config.post, Route::Demo)
}

/// A mail, if it is there and its ticket is shown to the reader.
async fn one(tx: &mut Tx, reader: Reader, id: OutgoingId) -> Result<Outgoing> {
    let mail = outgoing::get(tx, id).await?.ok_or(Error::NotFound("mail"))?;
    super::shown(tx, reader, mail.ticket, "mail").await?;
    Ok(mail)
}

/// One sent mail as its bytes.
///
/// # Errors
/// Without [`Permission::MailManage`]; a mail that is not there, or not to be read ([`may_read`]).
pub async fn raw(app: &App, agent: &Agent, id: OutgoingId) -> Result<Vec<u8>> {
    agent.require(Permission::MailManage)?;
    let reader = agent.reader();
    let mail: Outgoing =
        app.store.read(agent.desk, move |tx| Box::pin(async move { one(tx, reader, id).await })).await?;
    if !may_read(app, &mail) {
        return Err(Error::NotFound("mail"));
    }
    app.blobs.get(&app.store, agent.desk, mail.hash).await?.ok_or(Error::NotFound("mail"))
}

/// Tries a mail again for those who have not got it.
///
/// # Errors
/// Without [`Permission::MailManage`]; a mail that is not there; `nothing-to-retry` if everybody has it.
pub async fn retry(app: &App, agent: &Agent, id: OutgoingId) -> Result<()> {
    agent.require(Permission::MailManage)?;
    let now = app.now();
    let job = jobs::send(&mut app.ids(now), id, now);
    let reader = agent.reader();
    app.store
        .write(agent.desk, move |tx| {
            let job = job.clone();
            Box::pin(async move {
                one(tx, reader, id).await?;
                if !outgoing::revive(tx, id).await? {
                    return Err(Error::Refused("nothing-to-retry"));
                }
                queue::enqueue(tx, now, &job).await?;
                Ok(())
            })
        })
        .await?;
    app.wake();
    Ok(())
}
