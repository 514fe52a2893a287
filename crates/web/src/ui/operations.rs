//! Mail on its way out and in, for those who look after it.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use app::{Agent, App, intake, mailboxes, post};
use axum::response::Response;
use domain::{
    access::Permission,
    id::{InboxId, OutgoingId, TicketId},
    ticket::intake::Why,
};
use jiff::{SignedDuration, Timestamp};
use store::{
    inbox::{Raw, State, Waiting as Standing},
    outgoing::{self, Delivery, Outgoing, Recipient},
};
use text::format;

use super::{
    download, keys,
    shell::{Done, Page, Told},
    view::{InboxPage, MailboxHealth, Pages, ParkedMail, SentMail, SentPage, SentRecipient},
};
use crate::{
    form::{Path, Query},
    problem::Answer,
};

/// How many mails a page has.
const ROWS: i64 = 50;
/// A mail that waits for longer than this is worth a look, and longer than that an alarm.
const SLOW: (SignedDuration, SignedDuration) = (SignedDuration::from_mins(2), SignedDuration::from_mins(10));
/// A mailbox in which nothing was heard for so long is not read any more, whatever it said last.
const SILENT: SignedDuration = SignedDuration::from_hours(1);

/// `GET /sent`.
pub(crate) async fn sent(page: Page, query: Query) -> Answer {
    let before = keys::read::<OutgoingId>(query.get("before"));
    let mut mails = post::sent(&page.app, &page.agent, before, ROWS + 1).await?;
    let more = keys::cut(&mut mails, ROWS);
    let on = mails.last().filter(|_| more);
    let on = on.map(|(last, _)| format!("/sent?before={}", keys::write(last.created_at, last.id)));
    let numbers = ticket_numbers(&page, mails.iter().filter_map(|(mail, _)| mail.ticket).collect()).await?;
    let number = |id: TicketId| numbers.iter().find(|(known, _)| *known == id).map(|(_, number)| *number);
    let mut shell = page.shell("sent").await?;
    if before.is_none() {
        super::watch(&mut shell, &format!("sent:{}", version_of_sent(&mails)));
    }
    let view = SentPage {
        shell,
        mails: mails
            .iter()
            .map(|(mail, to)| sent_mail(&page, mail, to, mail.ticket.and_then(number)))
            .collect(),
        pages: Pages { back: None, on },
    };
    page.html(&view)
}

/// Which version of the first page of sent mail there is now.
///
/// # Errors
/// As [`sent`].
pub(crate) async fn sent_version(app: &App, agent: &Agent) -> Answer<u64> {
    Ok(version_of_sent(&post::sent(app, agent, None, ROWS).await?))
}

/// Differs if anything differs that the page shows.
fn version_of_sent(mails: &[(Outgoing, Vec<Recipient>)]) -> u64 {
    let mut hash = DefaultHasher::new();
    for (mail, recipients) in mails {
        (mail.id.uuid(), mail.state.word()).hash(&mut hash);
        for to in recipients {
            (&to.address, to.state.word(), &to.reply).hash(&mut hash);
        }
    }
    hash.finish()
}

/// The numbers of these tickets.
async fn ticket_numbers(page: &Page, mut ids: Vec<TicketId>) -> Answer<Vec<(TicketId, u64)>> {
    ids.sort_unstable();
    ids.dedup();
    let unit = page.app.store.read::<_, store::Error, _>(page.agent.desk, move |tx| {
        let ids = ids.clone();
        Box::pin(async move {
            let mut numbers = Vec::with_capacity(ids.len());
            for id in ids {
                if let Some(ticket) = store::tickets::get(tx, id).await? {
                    numbers.push((id, u64::try_from(ticket.number).unwrap_or_default()));
                }
            }
            Ok(numbers)
        })
    });
    Ok(unit.await?)
}

fn sent_mail(page: &Page, mail: &Outgoing, to: &[Recipient], ticket: Option<u64>) -> SentMail {
    let cancelled = mail.state == outgoing::State::Cancelled;
    let open = |r: &Recipient| matches!(r.state, Delivery::Failed | Delivery::Deferred);
    SentMail {
        id: mail.id.to_string(),
        subject: mail.subject.clone(),
        ticket,
        time: page.reader.time(mail.created_at),
        recipients: to.iter().map(|r| recipient(mail, r, page.reader.now)).collect(),
        may_retry: !cancelled && to.iter().any(open),
        may_read: post::may_read(&page.app, mail),
    }
}

fn recipient(mail: &Outgoing, to: &Recipient, now: Timestamp) -> SentRecipient {
    let state = match to.state {
        Delivery::Waiting | Delivery::Deferred if mail.state == outgoing::State::Cancelled => "cancelled",
        Delivery::Waiting if mail.send_at > now => "held",
        Delivery::Waiting | Delivery::Deferred => "waiting",
        Delivery::Sent if to.reply == outgoing::KEPT => return kept(to),
        Delivery::Sent => "sent",
        Delivery::Failed => "failed",
        Delivery::Bounced => "bounced",
    };
    SentRecipient { address: to.address.clone(), state: state.into(), detail: to.reply.clone() }
}

/// No server has answered, so there is nothing to be told of it.
fn kept(to: &Recipient) -> SentRecipient {
    SentRecipient { address: to.address.clone(), state: "kept".into(), detail: String::new() }
}

/// `POST /sent/{id}/retry`.
pub(crate) async fn retry_sent(page: Page, Path(id): Path<OutgoingId>) -> Answer {
    post::retry(&page.app, &page.agent, id).await?;
    Ok(retrying("/sent"))
}

/// `GET /sent/{id}/original`: a sent mail as its bytes.
pub(crate) async fn sent_original(page: Page, Path(id): Path<OutgoingId>) -> Answer {
    let bytes = post::raw(&page.app, &page.agent, id).await?;
    Ok(download::original(id, bytes))
}

/// `GET /inbox`.
pub(crate) async fn inbox(page: Page, query: Query) -> Answer {
    let (app, agent) = (&page.app, &*page.agent);
    let before = keys::read::<InboxId>(query.get("before"));
    let (standing, mut parked, mailboxes) = incoming(app, agent, before).await?;
    let more = keys::cut(&mut parked, ROWS);
    let on = parked.last().filter(|_| more);
    let on = on.map(|last| format!("/inbox?before={}", keys::write(last.received_at, last.id)));
    let age = standing.oldest.map(|oldest| page.reader.now.duration_since(oldest));
    let mut shell = page.shell("inbox").await?;
    if before.is_none() {
        super::watch(&mut shell, &format!("inbox:{}", version_of_inbox(&standing, &parked, &mailboxes)));
    }
    let view = InboxPage {
        shell,
        unprocessed: u64::try_from(standing.waiting).unwrap_or_default(),
        oldest: age.map(|age| format::duration_working(page.reader.words, age.as_secs())).unwrap_or_default(),
        tone: tone(age).into(),
        mailboxes: mailboxes.iter().map(|mailbox| health(&page, mailbox)).collect(),
        parked: parked.iter().map(|raw| parked_mail(&page, raw)).collect(),
        pages: Pages { back: None, on },
        may_retry: agent.may(Permission::MailManage),
    };
    page.html(&view)
}

/// What stands on the page of incoming mail, with one parked mail more than it shows.
async fn incoming(
    app: &App,
    agent: &Agent,
    before: Option<(Timestamp, InboxId)>,
) -> Answer<(Standing, Vec<Raw>, Vec<mailboxes::Mailbox>)> {
    let standing = intake::standing(app, agent).await?;
    let parked = intake::list(app, agent, State::Quarantined, before, ROWS + 1).await?;
    Ok((standing, parked, mailboxes::list(app, agent).await?))
}

/// Which version of the page of incoming mail there is now.
///
/// # Errors
/// As [`inbox`].
pub(crate) async fn inbox_version(app: &App, agent: &Agent) -> Answer<u64> {
    let (standing, mut parked, mailboxes) = incoming(app, agent, None).await?;
    keys::cut(&mut parked, ROWS);
    Ok(version_of_inbox(&standing, &parked, &mailboxes))
}

/// Differs if anything differs that the page shows, but for what passes by itself.
fn version_of_inbox(standing: &Standing, parked: &[Raw], mailboxes: &[mailboxes::Mailbox]) -> u64 {
    let mut hash = DefaultHasher::new();
    standing.waiting.hash(&mut hash);
    for raw in parked {
        (raw.id.uuid(), raw.attempts).hash(&mut hash);
    }
    for mailbox in mailboxes {
        (mailbox.address.as_str(), mailbox.health.to_string()).hash(&mut hash);
    }
    hash.finish()
}

/// The tone of an age of the oldest mail that waits.
fn tone(age: Option<SignedDuration>) -> &'static str {
    match age {
        Some(age) if age > SLOW.1 => "error",
        Some(age) if age > SLOW.0 => "warning",
        Some(_) | None => "done",
    }
}

/// How a mailbox does, in the reader's words.
pub(super) fn health(page: &Page, mailbox: &mailboxes::Mailbox) -> MailboxHealth {
    let words = page.reader.words;
    let state = mailbox.health["state"].as_str();
    let moment = |key: &str| mailbox.health[key].as_str().and_then(|at| at.parse::<Timestamp>().ok());
    let silent = moment("at").is_none_or(|at| page.reader.now.duration_since(at) > SILENT);
    let (tone, status) = match (&mailbox.source, state) {
        (None, _) => ("done", words.t("inbox-handed-in")),
        (Some(_), Some("failing")) => ("error", words.t("inbox-fails")),
        (Some(_), Some("current" | "connected")) if !silent => ("done", words.t("inbox-works")),
        (Some(_), _) => ("warning", words.t("inbox-waits")),
    };
    let failing = tone == "error";
    let error = mailbox.health["detail"].as_str().filter(|_| failing).unwrap_or_default();
    MailboxHealth {
        address: mailbox.address.to_string(),
        tone: tone.into(),
        status: status.into_owned(),
        last_ok: moment("current_at").filter(|_| mailbox.source.is_some()).map(|at| page.reader.time(at)),
        error: error.to_owned(),
    }
}

fn parked_mail(page: &Page, raw: &Raw) -> ParkedMail {
    let words = page.reader.words;
    let reason = match raw.why {
        Some(Why::TooLarge) => words.t("inbox-why-too-large"),
        // Nothing else is parked.
        _ => words.t("inbox-why-unreadable"),
    };
    ParkedMail {
        id: raw.id.to_string(),
        subject: if raw.subject.is_empty() { raw.id.to_string() } else { raw.subject.clone() },
        from: raw.sender.clone(),
        time: page.reader.time(raw.received_at),
        reason: reason.into_owned(),
        attempts: u64::try_from(raw.attempts).unwrap_or_default(),
    }
}

/// `POST /inbox/{id}/retry`.
pub(crate) async fn retry_parked(page: Page, Path(id): Path<InboxId>) -> Answer {
    intake::retry(&page.app, &page.agent, id).await?;
    Ok(retrying("/inbox"))
}

/// `GET /inbox/{id}/original`: a mail as it came.
pub(crate) async fn parked_original(page: Page, Path(id): Path<InboxId>) -> Answer {
    let bytes = intake::bytes(&page.app, &page.agent, id).await?;
    Ok(download::original(id, bytes))
}

fn retrying(path: &str) -> Response {
    super::see_with(path, &Told::from(Done::Retrying))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_a_mail_waits_the_louder() {
        let tone = |seconds| tone(Some(SignedDuration::from_secs(seconds)));
        assert_eq!([tone(5), tone(180), tone(601)], ["done", "warning", "error"]);
        assert_eq!(super::tone(None), "done");
    }
}
