//! Answering a customer, and taking an answer back.

use std::sync::Arc;

use domain::{
    access::Visibility,
    deed::Deed,
    email_address::EmailAddress,
    handover::states::{Back, Outcome},
    id::{ContactId, EntryId, TicketId, UpdateId},
    incident::Informed,
    ticket::{
        kinds::Channel,
        lifecycle::{self, Action, State},
        timeline::{Event, Message, Party},
    },
};
use jiff::{SignedDuration, Timestamp};
use store::{Tx, search, timeline::Draft};

use super::{Upload, open::TEXT, work};
use crate::{Agent, App, Error, Result, customers, diagnosis, error, handovers, jobs, live, post};

/// What happens to the ticket with an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Then {
    /// It stays with us.
    #[default]
    Nothing,
    /// It waits for the customer.
    Wait,
    /// It is resolved.
    Resolve,
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// What it says.
    pub text: String,
    /// Who gets a copy; they follow the ticket from then on.
    pub cc: Vec<String>,
    /// Which followers do not get this one. They follow the ticket all the same.
    pub without: Vec<String>,
    /// The newest entry that the agent has seen, if it insists that nobody wrote since.
    pub seen: Option<EntryId>,
    /// Files.
    pub files: Vec<Upload>,
    /// What happens to the ticket.
    pub then: Then,
}

/// An answer that was kept and will go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Its entry.
    pub entry: EntryId,
    /// Until when it can be taken back.
    pub until: Timestamp,
    /// Whether there is an address to which it goes.
    pub by_mail: bool,
}

/// How many entries are looked at for what somebody else wrote.
const PAGE: i64 = 100;
/// The most copies of one answer.
const COPIES: usize = 20;

/// Answers a ticket. The mail waits for the desk's undo time before it goes.
///
/// # Errors
/// An empty or too long text, a copy to something that is no address, a closed ticket (`wrong-state`); `newer` if
/// somebody else wrote something that the customer reads after what the agent has seen; `no-decision` if it would resolve
/// a technical ticket of which nobody has decided whether it lies inside the baseline.
pub async fn reply(app: &App, agent: &Agent, id: TicketId, reply: Reply) -> Result<Sent> {
    reply_about(app, agent, id, reply, None).await
}

/// As [`reply()`]; one that is a message about an incident goes out once for each ticket.
///
/// # Errors
/// As [`reply()`], and `too-late` if the message has gone out to this ticket.
pub(crate) async fn reply_about(
    app: &App,
    agent: &Agent,
    id: TicketId,
    reply: Reply,
    about: Option<(UpdateId, Informed)>,
) -> Result<Sent> {
    let mut text = error::body("text", &reply.text, TEXT)?;
    if !agent.prefs.signature.trim().is_empty() {
        text = format!("{text}\n\n{}", agent.prefs.signature.trim());
    }
    if reply.cc.len() > COPIES {
        return Err(Error::invalid("cc", "too-many"));
    }
    let cc = reply
        .cc
        .iter()
        .map(|a| a.parse::<EmailAddress>().map_err(|_| Error::invalid("cc", "not-an-address")))
        .collect::<Result<Vec<_>>>()?;
    let now = app.now();
    let mut ids = app.ids(now);
    let entry = ids.next(EntryId::new);
    let thread = post::thread(app, agent.desk, id).await?;
    agent.sees(&thread.ticket)?;
    if !agent.rights.may_work(thread.kind) {
        return Err(Error::Forbidden);
    }
    let undo = SignedDuration::from_secs(i64::from(thread.undo_seconds));
    let until = now.checked_add(undo).unwrap_or(now);
    let mut copies: Vec<Party> =
        cc.iter().map(|a| Party { name: String::new(), email: a.to_string() }).collect();
    let left_out = |email: &str| reply.without.iter().any(|without| without.eq_ignore_ascii_case(email));
    let followers = thread.followers.iter().filter(|f| !cc.iter().any(|a| a.as_str() == f.email));
    copies.extend(followers.filter(|f| !left_out(&f.email)).cloned());
    let to: Vec<Party> = thread.contact.iter().cloned().collect();
    copies.retain(|c| !to.iter().any(|t| t.email == c.email));
    let answer =
        post::Answered { text: &text, to: &to, cc: &copies, files: &reply.files, entry, now, send_at: until };
    let outbound = post::reply(app, &thread, &mut ids, answer).await?;
    let message = Message {
        channel: if outbound.is_some() { Channel::Mail } else { Channel::Portal },
        from: None,
        message_id: outbound.as_ref().map(|o| o.message_id().to_owned()),
        attachments: u32::try_from(reply.files.len()).unwrap_or(u32::MAX),
        to,
        cc: copies,
        quoted: String::new(),
        html: false,
        warnings: Vec::new(),
        text,
    };
    let by_mail = outbound.is_some();
    let files = app.prepare_files(agent.desk, reply.files).await?;
    let terms = search::analyse(&message.text, thread.lang);
    let new_followers: Vec<(ContactId, EmailAddress)> =
        cc.into_iter().map(|a| (ids.next(ContactId::new), a)).collect();
    // An answer to another desk that handed the ticket over goes there, too.
    let owed = handovers::owed(app, agent.desk, id).await?;
    let unit = Arc::new((
        agent.clone(),
        message,
        files,
        terms,
        outbound,
        new_followers,
        ids,
        (reply.then, reply.seen, about),
        (thread.lang, owed),
    ));
    let told = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (
                    agent,
                    message,
                    files,
                    terms,
                    outbound,
                    followers,
                    ids,
                    (then, seen, about),
                    (lang, owed),
                ) = &*unit;
                let mut hand = work::take(tx, agent, id, None, ids.clone(), now).await?;
                if hand.ticket.state == State::Closed {
                    return Err(Error::Refused("wrong-state"));
                }
                if let Some(seen) = seen
                    && somebody_wrote_since(tx, id, *seen, agent).await?
                {
                    return Err(Error::Refused("newer"));
                }
                if *then == Then::Resolve {
                    diagnosis::may_go(tx, &hand.ticket, State::Resolved).await?;
                    crate::charging::may_resolve(tx, id, agent.id).await?;
                }
                if let Some((update, outcome)) = about
                    && !store::incidents::note_sent(tx, *update, id, Some(entry), *outcome).await?
                {
                    return Err(Error::Refused("too-late"));
                }
                hand.append_as(entry, Event::Reply(message.clone()));
                hand.attach(entry, files);
                hand.index(Some(entry), Visibility::Public, terms);
                if let Some(owed) = owed {
                    let back = (*then == Then::Resolve).then(|| Back::from(Outcome::Solved));
                    handovers::answered(tx, owed, &mut hand, (&message.text, files), back.as_ref(), now)
                        .await?;
                }
                store::handovers::told(tx, id, entry).await?;
                if *then == Then::Resolve {
                    handovers::may_end(tx, id, Action::Resolve).await?;
                    store::queue::enqueue(tx, now, &jobs::settle(&mut ids.after(), id, until)).await?;
                }
                let (to, action) = match then {
                    Then::Nothing => (lifecycle::after_answer(hand.ticket.state), None),
                    Then::Wait => (State::WaitingCustomer, Some(Action::WaitCustomer)),
                    Then::Resolve => (State::Resolved, Some(Action::Resolve)),
                };
                hand.move_to(to, action);
                if hand.ticket.assignee.is_none() {
                    hand.ticket.assignee = Some(agent.id);
                    hand.append(Event::Assigned { agent: Some(agent.id), team: hand.ticket.team });
                }
                for (contact, address) in followers {
                    let contact = customers::contact_for_mail(tx, *contact, address, "", *lang, now).await?;
                    if hand.ticket.contact != Some(contact.id) {
                        store::followers::follow(tx, id, contact.id).await?;
                    }
                }
                if let Some(outbound) = outbound {
                    outbound.put(tx, now).await?;
                }
                let draft = Draft { kind: "reply".into(), body: String::new(), at: now };
                store::timeline::save_draft(tx, id, agent.id, &draft).await?;
                hand.put(tx, Deed::TicketReply).await
            })
        })
        .await?;
    app.live.tell(told);
    app.wake();
    Ok(Sent { entry, until, by_mail })
}

/// Whether somebody else wrote something that the customer reads after an entry of this ticket.
async fn somebody_wrote_since(tx: &mut Tx, id: TicketId, seen: EntryId, agent: &Agent) -> Result<bool> {
    let seen = store::timeline::entry(tx, id, seen).await?.ok_or(Error::invalid("seen", "unknown"))?;
    // Of more than a page of entries that one has not seen, one is surely somebody else's.
    let newest = store::timeline::page(tx, id, None, PAGE, Visibility::Public).await?;
    let newer: Vec<_> = newest.iter().filter(|entry| entry.seq > seen.seq).collect();
    Ok(newer.len() == newest.len() && i64::try_from(newer.len()).is_ok_and(|n| n == PAGE)
        || newer.into_iter().any(|entry| {
            matches!(entry.event, Event::CustomerMessage(_) | Event::Reply(_)) && entry.actor != agent.actor()
        }))
}

/// Takes an answer back before it has gone: nobody gets the mail, and the promise that it kept runs on. What it says is
/// the agent's draft again, before what the agent has begun to write since.
///
/// # Errors
/// [`Error::Refused`] `too-late` if it has gone, or was never a mail.
pub async fn take_back(app: &App, agent: &Agent, id: TicketId, entry: EntryId) -> Result<()> {
    let now = app.now();
    let unit = Arc::new((agent.clone(), app.ids(now)));
    let told: live::Change = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, ids) = &*unit;
                let mut hand = work::take(tx, agent, id, None, ids.clone(), now).await?;
                let reply = store::timeline::entry(tx, id, entry).await?.ok_or(Error::NotFound("entry"))?;
                let mut cancelled = false;
                for mail in store::outgoing::of_entry(tx, entry).await? {
                    cancelled |= store::outgoing::cancel(tx, mail.id, now).await?;
                }
                let Event::Reply(message) = reply.event else { return Err(Error::Refused("too-late")) };
                if !cancelled {
                    return Err(Error::Refused("too-late"));
                }
                draft_again(tx, agent, id, &message.text, now).await?;
                store::timeline::hide(tx, id, entry).await?;
                search::remove(tx, id, search::Part::Entry(entry)).await?;
                store::handovers::untold(tx, id, entry).await?;
                hand.forget_answer(reply.at);
                hand.append(Event::TakenBack { entry });
                hand.move_to(State::Open, None);
                hand.put(tx, Deed::TicketTakeBack).await
            })
        })
        .await?;
    app.live.tell(told);
    Ok(())
}

async fn draft_again(tx: &mut Tx, agent: &Agent, id: TicketId, text: &str, now: Timestamp) -> Result<()> {
    let signature = agent.prefs.signature.trim();
    let text =
        if signature.is_empty() { text } else { text.strip_suffix(signature).unwrap_or(text).trim_end() };
    let drafts = store::timeline::drafts(tx, id, agent.id).await?;
    let begun = drafts.into_iter().find(|draft| draft.kind == "reply").map(|draft| draft.body);
    let body = match begun.filter(|begun| !begun.trim().is_empty() && begun.trim() != text.trim()) {
        Some(begun) => format!("{text}\n\n{begun}"),
        None => text.to_owned(),
    };
    let draft = Draft { kind: "reply".into(), body, at: now };
    Ok(store::timeline::save_draft(tx, id, agent.id, &draft).await?)
}
