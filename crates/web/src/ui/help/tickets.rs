//! A contact's requests, and those of its organisation.

use app::portal;
use domain::{party::Sees, ticket::lifecycle::State};
use store::tickets::{Key, TicketLine};

use super::Page;
use crate::{
    form::Query,
    problem::Answer,
    ui::{
        keys,
        view::{HelpTicketLine, HelpTicketsPage, Link, Pages},
        watch,
    },
};

/// How many requests a page has.
const ROWS: i64 = 50;

/// `GET /help/tickets`.
pub(crate) async fn list(page: Page, query: Query) -> Answer {
    let customers = portal::customers(&page.app, &page.contact).await?;
    let may_see_all = customers.iter().any(|customer| customer.sees == Sees::All);
    let sees = if may_see_all && query.get("scope") == "ours" { Sees::All } else { Sees::Own };
    let after = keys::read(query.get("after")).map(|(at, id)| Key { at, id });
    let (lines, more) = portal::list(&page.app, &page.contact, sees, after, ROWS).await?;
    let address = match sees {
        Sees::Own => "/help/tickets?scope=mine",
        Sees::All => "/help/tickets?scope=ours",
    };
    let on = lines.last().filter(|_| more);
    let on = on.map(|last| format!("{address}&after={}", keys::write(last.last_at, last.id)));
    let mut shell = page.shell("tickets").await?;
    watch(&mut shell, "mine");
    let view = HelpTicketsPage {
        shell,
        scopes: if may_see_all { scopes(&page, sees) } else { Vec::new() },
        tickets: lines.iter().map(|ticket| line(&page, ticket)).collect(),
        pages: Pages { back: None, on },
        ours: sees == Sees::All,
    };
    page.html(&view)
}

fn scopes(page: &Page, sees: Sees) -> Vec<Link> {
    let words = page.reader.words;
    let link = |scope: &str, text: String, current| Link {
        href: format!("/help/tickets?scope={scope}"),
        text,
        current,
    };
    vec![
        link("mine", words.t("help-scope-mine").into_owned(), sees == Sees::Own),
        link("ours", words.t("help-scope-ours").into_owned(), sees == Sees::All),
    ]
}

fn line(page: &Page, ticket: &TicketLine) -> HelpTicketLine {
    HelpTicketLine {
        number: u64::try_from(ticket.number).unwrap_or_default(),
        subject: ticket.subject.clone(),
        state: ticket.state.to_string(),
        by: ticket.contact_name.clone().unwrap_or_default(),
        promise: page.promise(ticket.due_kind.as_deref(), ticket.due_at),
        changed: page.reader.time(ticket.last_at),
        your_turn: ticket.state == State::WaitingCustomer,
    }
}
