//! The page of one ticket.

use std::collections::HashMap;

use app::tickets::{self, TicketView};
use domain::{
    access::Permission,
    ticket::{
        kinds::{Service, Severity},
        lifecycle::{Action, State},
        timeline::Event,
    },
};

use store::Tx;

use super::{
    charging, circle,
    diagnosis::Panel,
    escalation, questions, side,
    timeline::{History, Mails},
};
use crate::{
    Web,
    problem::{Answer, Problem},
    ui::{
        lines,
        pieces::{Reader, choice, person},
        shell::Page,
        view,
    },
};

/// Of how many of the last answers the page says how far their mails have come.
const MAILS: usize = 20;

/// What the page shows besides what is kept: an answer that was not taken, and why.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) kind: &'static str,
    pub(super) text: String,
    /// Who was left out.
    pub(super) without: Vec<String>,
    pub(super) problem: Option<Problem>,
    /// Somebody wrote meanwhile.
    pub(super) newer: bool,
}

/// The page of a ticket, and what is to be noted once its reader has it in sight.
///
/// # Errors
/// A ticket that is not there or may not be seen.
pub(super) async fn of(
    web: &Web,
    page: &Page,
    number: i64,
    back: String,
    typed: Typed,
    before: Option<i64>,
) -> Answer<(view::TicketPage, Option<tickets::Look>)> {
    let (agent, now) = (page.agent.clone(), page.reader.now);
    let (mut shell, (ticket, mails, panel, passed, charged, asked, look)) = page
        .read("queue", move |tx| {
            let agent = agent.clone();
            Box::pin(async move {
                let ticket = tickets::view_in(tx, &agent, number, before, now).await?;
                let mails = mails(tx, &ticket).await?;
                // What is done now stands beside the newest word.
                let panel = match before {
                    None => Panel::read(tx, &ticket).await?,
                    Some(_) => None,
                };
                let passed = match before {
                    None => app::handovers::panel_in(tx, &agent, &ticket.ticket, now).await?,
                    Some(_) => None,
                };
                let charged = match before {
                    None => app::charging::panel_in(tx, &agent, &ticket.ticket, now).await?,
                    Some(_) => None,
                };
                let asked = match before {
                    None => app::questions::panel_in(tx, &agent, &ticket.ticket).await?,
                    Some(_) => None,
                };
                let look = tickets::look_in(tx, &agent, &ticket.ticket).await?;
                Ok((ticket, mails, panel, passed, charged, asked, look))
            })
        })
        .await?;
    shell.live = format!("ticket:{number},queue");
    if let Some(problem) = &typed.problem {
        let text = problem.sentence(page.reader.words);
        shell.flash = Some(view::Flash { tone: "error".into(), text, undo: None });
    }
    let history = History {
        reader: &page.reader,
        ticket: &ticket,
        mails: &mails,
        may_retry: page.agent.may(Permission::MailManage),
        awaited: passed.as_ref().map(|panel| panel.awaited.as_slice()).unwrap_or_default(),
        may_ask: passed.as_ref().is_some_and(|panel| panel.may),
    };
    let here = web.presence.others((page.agent.desk, number), page.agent.id, page.reader.now);
    let viewer = |p: &super::presence::Present| view::Viewer {
        person: person(&p.name, p.agent),
        replying: p.replying,
    };
    let shown = view::TicketPage {
        head: head(page, &ticket, back),
        path: panel.as_ref().map(|panel| panel.path(&ticket)).unwrap_or_default(),
        circle: panel.as_ref().and_then(|_| circle::view(page, &ticket)),
        diagnosis: panel.as_ref().map(|panel| panel.view(page, &ticket)),
        escalation: passed.as_ref().map(|panel| escalation::view(page, ticket.ticket.number, panel)),
        entries: history.entries(),
        earlier: earlier(&super::address(number), &ticket),
        newest: before.map(|_| super::address(number)),
        // One answers who has the newest word in sight.
        composer: (ticket.may_work && before.is_none()).then(|| composer(page, &ticket, &typed)),
        side: side::side(&page.reader, &ticket, &page.agent),
        charging: charged.as_ref().and_then(|of| charging::view(page, of)),
        questions: asked.as_ref().map(|of| questions::view(page, of)),
        viewers: here.iter().map(viewer).collect(),
        shell,
    };
    Ok((shown, look))
}

/// The page of what was written before the first entry of this one.
pub(crate) fn earlier(address: &str, ticket: &TicketView) -> Option<String> {
    let first = ticket.entries.first().filter(|_| ticket.older)?;
    Some(format!("{address}?before={}#timeline", first.seq))
}

async fn mails(tx: &mut Tx, ticket: &TicketView) -> Result<Mails, store::Error> {
    let replies = ticket.entries.iter().rev().filter(|entry| matches!(entry.event, Event::Reply(_)));
    let mut mails: Mails = HashMap::new();
    for entry in replies.take(MAILS).map(|entry| entry.id) {
        for mail in store::outgoing::of_entry(tx, entry).await? {
            let recipients = store::outgoing::recipients(tx, mail.id).await?;
            mails.entry(entry).or_default().push((mail, recipients));
        }
    }
    Ok(mails)
}

fn head(page: &Page, view: &TicketView, back: String) -> view::TicketHead {
    let (reader, ticket) = (&page.reader, &view.ticket);
    let words = reader.words;
    let mut assignees = vec![choice("", words.t("nobody"), ticket.assignee.is_none())];
    assignees.extend(
        view.assignees.iter().map(|(id, name)| choice(id, name.as_str(), ticket.assignee == Some(*id))),
    );
    // Somebody who has it and may no longer work on it stays until it is given to somebody else.
    if let Some(id) = ticket.assignee
        && !view.assignees.iter().any(|(known, _)| *known == id)
    {
        let name = view.names.get(&id.uuid()).cloned().unwrap_or_default();
        assignees.push(choice(id, name, true));
    }
    let mut teams = vec![choice("", words.t("none"), ticket.team.is_none())];
    teams.extend(
        view.teams.iter().map(|team| choice(team.id, team.name.as_str(), ticket.team == Some(team.id))),
    );
    let theirs = if page.agent.may(Permission::CustomersView) { view.affiliations.as_slice() } else { &[] };
    let mut customers: Vec<_> = theirs
        .iter()
        .map(|a| choice(a.customer, a.name.as_str(), ticket.customer == Some(a.customer)))
        .collect();
    if !customers.is_empty() {
        customers.insert(0, choice("", words.t("none"), ticket.customer.is_none()));
    }
    view::TicketHead {
        number: u64::try_from(ticket.number).unwrap_or_default(),
        version: u64::try_from(ticket.version).unwrap_or_default(),
        subject: ticket.subject.clone(),
        state: ticket.state.to_string(),
        severity: ticket.severity.to_string(),
        due: side::due(reader, view),
        moves: view.moves.iter().map(|line| line.action.to_string()).collect(),
        may_change: view.may_work,
        severities: reader.choices("severity", Severity::ALL, Some(ticket.severity)),
        kinds: reader.choices("kind", &tickets::kinds(&page.agent), Some(ticket.kind)),
        services: reader.choices("service", Service::ALL, Some(ticket.service)),
        assignees,
        teams,
        customers,
        tags: ticket.tags.0.clone(),
        back,
        mine: ticket.assignee == Some(page.agent.id),
        snoozed: ticket.snoozed_until.map(|until| lines::snoozed(reader, until).text),
        snoozes: snoozes(reader, view),
        may_merge: view.may_work && ticket.merged_into.is_none() && ticket.circle.is_none(),
        merged_into: view.merged_into.and_then(|number| u64::try_from(number).ok()),
        may_change_requester: view.may_work && page.agent.may(Permission::CustomersView),
        has_circle: ticket.circle.is_some(),
    }
}

/// Until when the reader can put it aside; what is aside can be brought back.
fn snoozes(reader: &Reader, view: &TicketView) -> Vec<view::Choice> {
    if !view.may_work || !view.ticket.state.is_active() {
        return Vec::new();
    }
    let mut choices = lines::later(reader);
    if view.ticket.snoozed_until.is_some() {
        choices.push(choice("", reader.words.t("snooze-end"), false));
    }
    choices
}

fn composer(page: &Page, view: &TicketView, typed: &Typed) -> view::Composer {
    let (reader, ticket) = (&page.reader, &view.ticket);
    let words = reader.words;
    let draft = |kind: &str| view.drafts.iter().find(|draft| draft.kind == kind && !draft.body.is_empty());
    let text = |kind: &str| match draft(kind) {
        _ if typed.kind == kind => typed.text.clone(),
        Some(draft) => draft.body.clone(),
        None => String::new(),
    };
    let recipients = recipients(view, &typed.without);
    let first = recipients.first().map_or_else(|| "–".to_owned(), |to| to.name.clone());
    let send =
        |others: usize| words.f("compose-send", &[("name", first.clone().into()), ("others", others.into())]);
    let chosen = recipients.iter().filter(|to| to.chosen).count().saturating_sub(1);
    let mut warnings = Vec::new();
    if typed.newer {
        warnings.push(view::Notice { tone: "warning".into(), text: words.t("compose-newer").into_owned() });
    }
    let moves = |action: Action| view.moves.iter().any(|line| line.action == action);
    let kept = draft("reply").or(draft("note"));
    let only_note = draft("reply").is_none() && draft("note").is_some();
    view::Composer {
        open: if typed.kind == "note" || (typed.kind.is_empty() && only_note) { "note" } else { "reply" }
            .into(),
        may_reply: ticket.state != State::Closed,
        send: send(chosen),
        sends: (0..recipients.len().max(1)).map(send).collect(),
        recipients,
        reply: text("reply"),
        note: text("note"),
        seen: view.entries.last().map(|entry| entry.id.to_string()).unwrap_or_default(),
        warnings,
        kept: kept.map(|draft| reader.time(draft.at)),
        language: ticket.lang.own_name().into(),
        may_wait: moves(Action::WaitCustomer),
        may_resolve: moves(Action::Resolve),
    }
}

/// To whom an answer goes: who asked, and who follows.
fn recipients(view: &TicketView, without: &[String]) -> Vec<view::Recipient> {
    let left_out = |address: &str| without.iter().any(|one| one.eq_ignore_ascii_case(address));
    let one = |name: &str, address: &str, reason: &str, unknown| view::Recipient {
        address: address.to_owned(),
        name: if name.is_empty() { address.to_owned() } else { name.to_owned() },
        reason: reason.into(),
        chosen: !left_out(address),
        unknown,
    };
    let mut all = Vec::new();
    if let Some(contact) = &view.contact
        && let Some(email) = &contact.email
    {
        all.push(one(&contact.name, email.as_str(), "requester", view.affiliations.is_empty()));
    }
    let followers = view.followers.iter().filter_map(|f| f.email.as_deref().map(|email| (f, email)));
    all.extend(followers.map(|(follower, email)| one(&follower.name, email, "participant", false)));
    all
}
