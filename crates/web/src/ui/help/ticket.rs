//! One request: what was written, and what the contact may do.

use app::{Error, portal, tickets::TicketView};
use domain::{
    id::{AgentId, EntryId},
    ticket::{
        intake::joins,
        lifecycle::Action,
        timeline::{Entry, Event, Message},
    },
};
use text::format;

use super::{Page, address, to};
use crate::{
    form::{Form, Path, Query},
    problem::{Answer, Problem},
    ui::{
        self,
        catalogue::week,
        entry::again_status,
        message,
        pieces::person,
        ticket::page::earlier,
        view::{File, HelpMessage, HelpTicketPage, Person, Piece},
        watch,
    },
};

/// `GET /help/tickets/{number}`.
pub(crate) async fn show(page: Page, Path(number): Path<i64>, query: Query) -> Answer {
    let before = query.get("before").parse().ok();
    let view = view(&page, number, before, "", None).await?;
    page.html(&view)
}

/// The page; `typed` is an answer that could not be taken.
async fn view(
    page: &Page,
    number: i64,
    before: Option<i64>,
    typed: &str,
    problem: Option<&Problem>,
) -> Answer<HelpTicketPage> {
    let ticket_view = portal::view(&page.app, &page.contact, number, before).await?;
    let ticket = &ticket_view.ticket;
    let open = joins(ticket.state, ticket.reopen_until, ticket_view.now);
    let offered = |action: Action| action != Action::Reopen || open;
    let mut shell = page.shell("tickets").await?;
    watch(&mut shell, &format!("ticket:{number}"));
    Ok(HelpTicketPage {
        shell,
        notice: problem.map(|problem| ui::notice(page.reader.words, problem)),
        number: u64::try_from(number).unwrap_or_default(),
        subject: ticket.subject.clone(),
        state: ticket.state.to_string(),
        service: ticket.service.to_string(),
        promise: page.promise(ticket.due_kind.as_deref(), ticket.due_at),
        applies: applies(page, &ticket_view),
        statement: ticket_view
            .covered
            .statement
            .as_ref()
            .map(|held| version(page, held.number))
            .unwrap_or_default(),
        agent: agent(page, ticket.assignee).await?,
        messages: ticket_view.entries.iter().filter_map(|entry| said(page, &ticket_view, entry)).collect(),
        earlier: earlier(&address(number), &ticket_view),
        newest: before.map(|_| address(number)),
        text: typed.to_owned(),
        approvals: super::approval::shown(page, number).await?,
        questions: super::questions::shown(page, number).await?,
        may_answer: open && before.is_none(),
        moves: ticket_view.moves.iter().filter(|m| offered(m.action)).map(|m| m.action.to_string()).collect(),
    })
}

/// Which of the desk's offerings answers it, and when somebody is there.
fn applies(page: &Page, view: &TicketView) -> String {
    let words = page.reader.words;
    let sentence = |(_, name, spec): &(_, String, _)| {
        let args = [("offering", name.as_str().into()), ("hours", week::hours(words, spec).into())];
        words.f("help-applies", &args)
    };
    view.covered.offering.as_ref().map(sentence).unwrap_or_default()
}

fn version(page: &Page, number: i64) -> String {
    page.reader.words.f("help-applies-version", &[("number", number.to_string().into())])
}

/// Who works on it.
async fn agent(page: &Page, id: Option<AgentId>) -> Answer<Option<Person>> {
    let Some(id) = id else { return Ok(None) };
    let unit = page
        .app
        .store
        .read::<_, store::Error, _>(page.contact.desk, move |tx| Box::pin(store::people::agent(tx, id)));
    Ok(unit.await?.map(|agent| person(&agent.name, agent.id)))
}

/// An entry as a message, if it is one.
fn said(page: &Page, view: &TicketView, entry: &Entry) -> Option<HelpMessage> {
    let (message, from_desk) = match &entry.event {
        Event::CustomerMessage(message) => (message, false),
        Event::Reply(message) => (message, true),
        Event::Note { .. }
        | Event::AutomaticMessage(_)
        | Event::Moved { .. }
        | Event::Assigned { .. }
        | Event::Classified { .. }
        | Event::Tagged { .. }
        | Event::Renamed { .. }
        | Event::Requester { .. }
        | Event::Linked { .. }
        | Event::Told { .. }
        | Event::Bounced { .. }
        | Event::Diagnosed { .. }
        | Event::Decided { .. }
        | Event::Circle { .. }
        | Event::Matched { .. }
        | Event::Line { .. }
        | Event::Snoozed { .. }
        | Event::MergedInto { .. }
        | Event::Merged { .. }
        | Event::Undone { .. }
        | Event::HandedOver { .. }
        | Event::Followed { .. }
        | Event::ToPartner { .. }
        | Event::FromPartner { .. }
        | Event::TakenBack { .. } => return None,
    };
    let files = view.attachments.get(&entry.id).map(Vec::as_slice).unwrap_or_default();
    let number = view.ticket.number;
    let file = |file: &store::timeline::Attachment| {
        let size = u64::try_from(file.size).unwrap_or_default();
        File {
            name: file.name.clone(),
            size: format::bytes(page.reader.words, size),
            href: format!("/help/tickets/{number}/files/{}/{}", entry.id, file.position),
            image: false,
        }
    };
    Some(HelpMessage {
        id: entry.id.to_string(),
        from_desk,
        author: author(view, entry, message),
        time: page.reader.time(entry.at),
        pieces: pieces(message),
        files: files.iter().map(file).collect(),
    })
}

fn author(view: &TicketView, entry: &Entry, message: &Message) -> Person {
    let id = entry.actor.id();
    let known = id.and_then(|id| view.names.get(&id)).map(String::as_str);
    let wrote = message.from.as_ref();
    let written =
        wrote.map(|from| if from.name.is_empty() { from.email.as_str() } else { from.name.as_str() });
    let name = known.or(written).unwrap_or_default();
    match (entry.actor, id) {
        (domain::ticket::timeline::Actor::Agent(agent), _) => person(name, agent),
        (domain::ticket::timeline::Actor::Contact(contact), _) => person(name, contact),
        (_, _) => person(name, name),
    }
}

/// What is new in a message, and what it repeats.
fn pieces(message: &Message) -> Vec<Piece> {
    let piece = |quoted, text: &str| Piece { quoted, text: text.to_owned() };
    let mut pieces = vec![piece(false, &message.text)];
    if !message.quoted.is_empty() {
        pieces.push(piece(true, &message.quoted));
    }
    pieces
}

/// `POST /help/tickets/{number}/answer`.
pub(crate) async fn answer(page: Page, Path(number): Path<i64>, mut form: Form) -> Answer {
    let files = std::mem::take(&mut form.files);
    let text = form.get("text");
    match portal::answer(&page.app, &page.contact, number, text, files).await {
        Ok(_) => Ok(to(number)),
        Err(error) => again(&page, number, text, error).await,
    }
}

/// `POST /help/tickets/{number}/move`.
pub(crate) async fn make_move(page: Page, Path(number): Path<i64>, form: Form) -> Answer {
    let action = form.parse("action")?;
    match portal::make_move(&page.app, &page.contact, number, action).await {
        Ok(()) => Ok(to(number)),
        Err(error) => again(&page, number, "", error).await,
    }
}

/// The page again, with what was typed and why it was not taken.
pub(super) async fn again(page: &Page, number: i64, typed: &str, error: Error) -> Answer {
    match error {
        Error::Invalid { .. } | Error::Refused(_) => {
            let problem = Problem::from(error);
            let view = view(page, number, None, typed, Some(&problem)).await?;
            ui::again(again_status(&problem), &view)
        }
        other => Err(other.into()),
    }
}

/// `GET /help/tickets/{number}/files/{entry}/{position}`.
pub(crate) async fn file(page: Page, Path((number, entry, position)): Path<(i64, EntryId, i64)>) -> Answer {
    let (file, bytes) = portal::attachment(&page.app, &page.contact, number, entry, position).await?;
    Ok(message::serve(&file.name, bytes))
}
