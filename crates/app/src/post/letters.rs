//! The letters of a desk, each as a mail.

use domain::{
    access::{Reader, Rights, Sight},
    clock::running::Event as ClockEvent,
    email_address::EmailAddress,
    id::{AgentId, ContactId, DeskId, EntryId, OutgoingId, StatementId, TicketId},
    lang::Lang,
    ticket::{lifecycle::State, notice::Occasion, timeline::Party},
};
use jiff::{Timestamp, tz::TimeZone};
use mail::compose::AutoSubmitted;
use store::{
    outgoing::Purpose,
    queue::{self, Job},
};
use text::{
    Words,
    mail::{self as letters, Letter, Writer},
};
use tracing::warn;

use super::{Outbound, Parts, Thread, outbound, sender_of, thread};
use crate::{
    App, Error, Ids, Result, jobs,
    statements::{ToMail, file_name},
    tickets::Upload,
    who::{self, zone},
};

/// An agent's answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answered<'a> {
    pub(crate) text: &'a str,
    pub(crate) to: &'a [Party],
    pub(crate) cc: &'a [Party],
    pub(crate) files: &'a [Upload],
    pub(crate) entry: EntryId,
    pub(crate) now: Timestamp,
    /// Not before then: until then it can be taken back.
    pub(crate) send_at: Timestamp,
}

/// An agent's answer as a mail; none if there is nobody to whom it could go.
pub(crate) async fn reply(
    app: &App,
    thread: &Thread,
    ids: &mut Ids,
    answer: Answered<'_>,
) -> Result<Option<Outbound>> {
    let Answered { text, to, cc, files, entry, now, send_at } = answer;
    let Some(first) = to.first().or(cc.first()) else { return Ok(None) };
    let link = thread.portal_link(app);
    let words = Words::new(thread.contact_lang.unwrap_or(thread.lang));
    let letter = letters::reply(
        words,
        &letters::Reply { request: thread.request(&link), subject: &thread.subject, body: text },
    );
    let (message_id, reply_to) = thread.signed(app, entry, &first.email);
    let id = ids.next(OutgoingId::new);
    let parts = Parts {
        purpose: Purpose::Reply,
        ticket: Some(thread.id),
        entry: Some(entry),
        message_id,
        from: &thread.sender,
        to,
        cc,
        reply_to,
        references: &thread.references,
        letter: &letter,
        files,
        auto: None,
    };
    let job = jobs::send(ids, id, send_at);
    outbound(app, thread.desk, id, job, now, parts).await.map(Some)
}

/// A word to a supplier that has only a mailbox. The answer comes back to the ticket, and not to its customer.
#[expect(clippy::too_many_arguments, reason = "a mail is made of as many parts")]
pub(crate) async fn partner(
    app: &App,
    thread: &Thread,
    ids: &mut Ids,
    to: Party,
    words: Words,
    (body, files): (&str, &[Upload]),
    entry: EntryId,
    now: Timestamp,
) -> Result<Outbound> {
    let request = text::mail::Request { desk: &thread.desk_name, number: thread.number, link: None };
    let letter = letters::reply(words, &letters::Reply { request, subject: &thread.subject, body });
    let (message_id, reply_to) = thread.signed(app, entry, &to.email);
    let id = ids.next(OutgoingId::new);
    let parts = Parts {
        purpose: Purpose::Partner,
        ticket: Some(thread.id),
        entry: Some(entry),
        message_id,
        from: &thread.sender,
        to: std::slice::from_ref(&to),
        cc: &[],
        reply_to,
        references: &[],
        letter: &letter,
        files,
        auto: None,
    };
    outbound(app, thread.desk, id, jobs::send(ids, id, now), now, parts).await
}

/// Sends a letter that nobody wrote about a ticket, and ends the job that asked for it.
async fn automatic(
    app: &App,
    thread: &Thread,
    to: Party,
    purpose: Purpose,
    auto: AutoSubmitted,
    letter: &Letter,
    job: &Job,
) -> Result<jobs::Outcome> {
    let now = app.now();
    let mut ids = app.ids(now);
    let (id, entry) = (ids.next(OutgoingId::new), ids.next(EntryId::new));
    let (message_id, reply_to) = thread.signed(app, entry, &to.email);
    let for_agent = purpose == Purpose::Notification;
    let parts = Parts {
        purpose,
        ticket: Some(thread.id),
        entry: None,
        message_id,
        from: &thread.sender,
        to: std::slice::from_ref(&to),
        cc: &[],
        // An agent who answers a notification would write as a stranger.
        reply_to: reply_to.filter(|_| !for_agent),
        references: if for_agent { &[] } else { &thread.references },
        letter,
        files: &[],
        auto: Some(auto),
    };
    let outbound = outbound(app, thread.desk, id, jobs::send(&mut ids, id, now), now, parts).await?;
    keep_and_end(app, thread.desk, outbound, job, now).await
}

async fn keep_and_end(
    app: &App,
    desk: DeskId,
    outbound: Outbound,
    job: &Job,
    now: Timestamp,
) -> Result<jobs::Outcome> {
    let unit = std::sync::Arc::new((outbound, job.clone()));
    app.store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (outbound, job) = &*unit;
                outbound.put(tx, now).await?;
                queue::complete(tx, job).await?;
                Ok::<_, Error>(())
            })
        })
        .await?;
    app.wake();
    Ok(jobs::Outcome::Ended)
}

/// Tells the contact that its request has arrived, in its language.
pub(crate) async fn acknowledge(app: &App, desk: DeskId, id: TicketId, job: &Job) -> Result<jobs::Outcome> {
    let thread = thread(app, desk, id).await?;
    let Some(contact) = thread.contact.clone() else { return Ok(jobs::Outcome::Done) };
    let first_answer =
        (thread.ticket.due_kind.as_deref() == Some("first_response")).then_some(thread.ticket.due_at);
    let link = thread.portal_link(app);
    // Whoever a customer vouches for is greeted by name; of others nothing is repeated that they sent (V07).
    let writer = if thread.ticket.customer.is_some() {
        Writer::Known(Some(&contact.name))
    } else {
        Writer::Unverified
    };
    let letter = letters::acknowledgement(
        Words::new(thread.contact_lang.unwrap_or(thread.lang)),
        &letters::Acknowledgement {
            request: thread.request(&link),
            writer,
            first_answer,
            zone: &thread.zone,
        },
    );
    automatic(app, &thread, contact.clone(), Purpose::Acknowledgement, AutoSubmitted::Replied, &letter, job)
        .await
}

/// Tells the contact that its request is resolved, unless it was reopened since `at`, the time at which that happened.
pub(crate) async fn resolved(
    app: &App,
    desk: DeskId,
    id: TicketId,
    at: Option<Timestamp>,
    job: &Job,
) -> Result<jobs::Outcome> {
    let thread = thread(app, desk, id).await?;
    let last = thread.ticket.facts.0.iter().rev().find(|fact| fact.what == ClockEvent::Resolved);
    // Resolved again: another job tells of that.
    if at.is_some_and(|at| last.is_some_and(|last| last.at != at)) {
        return Ok(jobs::Outcome::Done);
    }
    let (Some(contact), State::Resolved) = (thread.contact.clone(), thread.state) else {
        return Ok(jobs::Outcome::Done);
    };
    let link = thread.portal_link(app);
    let letter = letters::resolved(
        Words::new(thread.contact_lang.unwrap_or(thread.lang)),
        &letters::Resolved {
            request: thread.request(&link),
            subject: &thread.subject,
            name: Some(&contact.name),
            reopen_until: thread.ticket.reopen_until.unwrap_or(thread.ticket.last_at),
            zone: &thread.zone,
        },
    );
    automatic(app, &thread, contact.clone(), Purpose::Resolved, AutoSubmitted::Generated, &letter, job).await
}

/// Mails to a contact what its customer is asked to confirm. Whoever gets too many mails at this moment gets it later.
pub(crate) async fn approval(
    app: &App,
    desk: DeskId,
    asked: &store::charging::approvals::Approval,
    lang: Lang,
    to: Party,
    job: &Job,
) -> Result<jobs::Outcome> {
    let thread = thread(app, desk, asked.ticket).await?;
    let link = thread.portal_link(app);
    let letter = letters::approval(
        Words::new(lang),
        &letters::Approval {
            request: thread.request(&link),
            subject: &thread.subject,
            name: &to.name,
            note: &asked.note,
            price: asked.money(),
            frame: asked.estimate.zip(asked.cap),
            again: asked.asked_by.is_none(),
        },
    );
    let now = app.now();
    let mut ids = app.ids(now);
    let (id, entry) = (ids.next(OutgoingId::new), ids.next(EntryId::new));
    let (message_id, reply_to) = thread.signed(app, entry, &to.email);
    let parts = Parts {
        purpose: Purpose::Approval,
        ticket: Some(thread.id),
        entry: None,
        message_id,
        from: &thread.sender,
        to: std::slice::from_ref(&to),
        cc: &[],
        reply_to,
        references: &thread.references,
        letter: &letter,
        files: &[],
        auto: Some(AutoSubmitted::Generated),
    };
    let outbound = outbound(app, desk, id, jobs::send(&mut ids, id, now), now, parts).await?;
    kept_or_later(app, desk, outbound, job, now).await
}

/// Tells an agent what has happened to a ticket, if it may still see it.
pub(crate) async fn notify(
    app: &App,
    desk: DeskId,
    id: TicketId,
    agent: AgentId,
    occasion: Occasion,
    job: &Job,
) -> Result<jobs::Outcome> {
    let thread = thread(app, desk, id).await?;
    let reader: Option<store::people::Agent> = app
        .store
        .read(desk, move |tx| Box::pin(async move { Ok::<_, Error>(store::people::agent(tx, agent).await?) }))
        .await?;
    let Some(reader) = reader.filter(|a| {
        a.active
            && thread.ticket.sight(Reader { agent: a.id, rights: Rights::of(&a.roles.0) }) == Sight::Full
            && !a.prefs.0.notices_off.contains(&occasion)
    }) else {
        return Ok(jobs::Outcome::Done);
    };
    let still_so = match occasion {
        Occasion::Assigned
        | Occasion::Answered
        | Occasion::Supplier
        | Occasion::SupplierLate
        | Occasion::SupplierStuck => true,
        Occasion::Unassigned => thread.ticket.assignee.is_none(),
        Occasion::DueSoon | Occasion::Overdue => thread.ticket.due_at != store::tickets::NEVER,
    };
    if !still_so {
        return Ok(jobs::Outcome::Done);
    }
    let who = thread.contact.as_ref().map_or("", |c| if c.name.is_empty() { &c.email } else { &c.name });
    let zone = zone(&reader.timezone);
    let letter = letters::notice(
        Words::new(reader.lang),
        &letters::Notice {
            occasion: match occasion {
                Occasion::Assigned => letters::Occasion::Assigned,
                Occasion::Answered => letters::Occasion::CustomerAnswered { who },
                Occasion::Supplier => letters::Occasion::Supplier,
                Occasion::SupplierLate => letters::Occasion::SupplierLate,
                Occasion::SupplierStuck => letters::Occasion::SupplierStuck,
                Occasion::Unassigned => letters::Occasion::Unassigned,
                Occasion::DueSoon => letters::Occasion::DueSoon,
                Occasion::Overdue => letters::Occasion::Overdue,
            },
            desk: &thread.desk_name,
            number: thread.number,
            subject: &thread.subject,
            customer: thread.customer_name.as_deref(),
            severity: thread.ticket.severity,
            due: (thread.ticket.due_at != store::tickets::NEVER).then_some(thread.ticket.due_at),
            zone: &zone,
            link: &format!("{}/tickets/{}", app.config.base_url, thread.number),
        },
    );
    let to = Party { name: reader.name, email: reader.email.to_string() };
    automatic(app, &thread, to, Purpose::Notification, AutoSubmitted::Generated, &letter, job).await
}

/// A letter that tells an agent of something that is no ticket's.
pub(crate) async fn notice(
    app: &App,
    desk: DeskId,
    ids: &mut Ids,
    now: Timestamp,
    to: Party,
    letter: &Letter,
) -> Result<Outbound> {
    with_link(app, desk, ids, now, to, Purpose::Notification, letter, &[]).await
}

/// A letter with a link for one person, ready to be kept in the transaction that makes the link.
#[expect(clippy::too_many_arguments, reason = "a mail is made of as many parts")]
pub(super) async fn with_link(
    app: &App,
    desk: DeskId,
    ids: &mut Ids,
    now: Timestamp,
    to: Party,
    purpose: Purpose,
    letter: &Letter,
    files: &[Upload],
) -> Result<Outbound> {
    let base_url = app.config.base_url.clone();
    let from = app
        .store
        .read(desk, move |tx| {
            let base_url = base_url.clone();
            Box::pin(async move { sender_of(tx, None, &base_url).await })
        })
        .await?;
    let id = ids.next(OutgoingId::new);
    let domain = from.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let parts = Parts {
        purpose,
        ticket: None,
        entry: None,
        message_id: format!("<{}@{domain}>", id.uuid().simple()),
        from: &from,
        to: std::slice::from_ref(&to),
        cc: &[],
        reply_to: None,
        references: &[],
        letter,
        files,
        auto: Some(AutoSubmitted::Generated),
    };
    let job = jobs::send(ids, id, now);
    outbound(app, desk, id, job, now, parts).await
}

/// A notice of what a customer owes.
pub(crate) async fn collection(
    app: &App,
    desk: DeskId,
    ids: &mut Ids,
    now: Timestamp,
    to: Party,
    letter: &Letter,
) -> Result<Outbound> {
    with_link(app, desk, ids, now, to, Purpose::Collection, letter, &[]).await
}

/// What an invitation says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Invited<'a> {
    pub(crate) name: &'a str,
    pub(crate) email: &'a EmailAddress,
    pub(crate) lang: Lang,
    /// Who invites; none if the password was forgotten.
    pub(crate) inviter: Option<&'a str>,
    pub(crate) desk_name: &'a str,
    pub(crate) zone: &'a TimeZone,
    /// The token of the link; only the mail has it.
    pub(crate) token: &'a str,
    pub(crate) until: Timestamp,
}

/// The mail with which an agent sets a password.
pub(crate) async fn invitation(
    app: &App,
    desk: DeskId,
    ids: &mut Ids,
    now: Timestamp,
    invited: Invited<'_>,
) -> Result<Outbound> {
    let letter = letters::invitation(
        Words::new(invited.lang),
        &letters::Invitation {
            desk: invited.desk_name,
            name: invited.name,
            inviter: invited.inviter,
            link: &format!("{}/invitation/{}", app.config.base_url, invited.token),
            until: invited.until,
            zone: invited.zone,
        },
    );
    let to = Party { name: invited.name.to_owned(), email: invited.email.to_string() };
    with_link(app, desk, ids, now, to, Purpose::Invitation, &letter, &[]).await
}

/// What a mail with a link to the portal says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PortalLink<'a> {
    pub(crate) desk_name: &'a str,
    pub(crate) desk_slug: &'a str,
    /// The token of the link; only the mail has it.
    pub(crate) token: &'a str,
    /// How long it works.
    pub(crate) minutes: u32,
}

/// The mail with which a contact signs in at the portal.
pub(crate) async fn sign_in(
    app: &App,
    desk: DeskId,
    ids: &mut Ids,
    now: Timestamp,
    contact: &who::Contact,
    link: PortalLink<'_>,
) -> Result<Outbound> {
    let PortalLink { desk_name, desk_slug, token, minutes } = link;
    let letter = letters::sign_in(
        Words::new(contact.lang),
        &letters::SignIn {
            desk: desk_name,
            link: &format!("{}/help/enter/{token}?desk={desk_slug}", app.config.base_url),
            minutes,
        },
    );
    let to = Party { name: contact.name.clone(), email: contact.email.to_string() };
    with_link(app, desk, ids, now, to, Purpose::SignIn, &letter, &[]).await
}

/// Mails a published statement to a contact who may acknowledge it, once.
pub(crate) async fn statement(
    app: &App,
    desk: DeskId,
    id: StatementId,
    to: ContactId,
    job: &Job,
) -> Result<jobs::Outcome> {
    let found = app
        .store
        .read(desk, move |tx| {
            Box::pin(async move {
                let found = crate::statements::to_mail(tx, id, to).await?;
                Ok::<_, Error>((found, store::installation::own_desk(tx).await?.slug))
            })
        })
        .await?;
    let (Some(ToMail { published, statement, document, contact }), slug) = found else {
        return Ok(jobs::Outcome::Done);
    };
    let Some(email) = contact.email else { return Ok(jobs::Outcome::Done) };
    let name = file_name(&document, published.number);
    // The page is there, whether this machine prints or not.
    let files = match app.print(document).await {
        Ok(bytes) => {
            vec![Upload { name, content_type: "application/pdf".into(), bytes, content_id: None }]
        }
        Err(Error::Refused(_) | Error::Unavailable(_)) => Vec::new(),
        Err(error) => {
            warn!(statement.id = %id, %error, "a statement is mailed without its PDF");
            Vec::new()
        }
    };
    let letter = letters::statement(
        Words::new(contact.lang),
        &letters::Statement {
            desk: &statement.desk,
            name: &contact.name,
            plan: &statement.plan,
            number: published.number,
            link: &format!("{}/help/statement?desk={slug}", app.config.base_url),
            attached: !files.is_empty(),
        },
    );
    let now = app.now();
    let mut ids = app.ids(now);
    let party = Party { name: contact.name, email: email.to_string() };
    let outbound = with_link(app, desk, &mut ids, now, party, Purpose::Statement, &letter, &files).await?;
    let unit = std::sync::Arc::new((outbound, job.clone()));
    app.store
        .write::<_, Error, _>(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (outbound, job) = &*unit;
                outbound.put(tx, now).await?;
                store::statements::mailed(tx, id, to, now).await?;
                Ok(queue::complete(tx, job).await?)
            })
        })
        .await?;
    app.wake();
    Ok(jobs::Outcome::Ended)
}

/// Mails a letter that is no ticket's to one person, and ends the job that asked for it.
pub(crate) async fn once(
    app: &App,
    desk: DeskId,
    to: Party,
    purpose: Purpose,
    letter: &Letter,
    job: &Job,
) -> Result<jobs::Outcome> {
    let now = app.now();
    let mut ids = app.ids(now);
    let outbound = with_link(app, desk, &mut ids, now, to, purpose, letter, &[]).await?;
    let unit = std::sync::Arc::new((outbound, job.clone()));
    app.store
        .write::<_, Error, _>(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (outbound, job) = &*unit;
                outbound.put(tx, now).await?;
                Ok(queue::complete(tx, job).await?)
            })
        })
        .await?;
    app.wake();
    Ok(jobs::Outcome::Ended)
}

/// Keeps a mail, and ends the job that asked for it; or has that wait, as the address got too many mails that mail can
/// be the cause of.
async fn kept_or_later(
    app: &App,
    desk: DeskId,
    outbound: Outbound,
    job: &Job,
    now: Timestamp,
) -> Result<jobs::Outcome> {
    let unit = std::sync::Arc::new((outbound, job.clone()));
    let kept = app
        .store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (outbound, job) = &*unit;
                let kept = outbound.put(tx, now).await?;
                if kept {
                    queue::complete(tx, job).await?;
                }
                Ok::<_, Error>(kept)
            })
        })
        .await?;
    if kept {
        app.wake();
        return Ok(jobs::Outcome::Ended);
    }
    let later = now.checked_add(jiff::SignedDuration::from_hours(1)).unwrap_or(now);
    Ok(jobs::Outcome::Again(later, "the address got too many automatic mails within the hour".into()))
}
