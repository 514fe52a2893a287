//! Finding tickets by words.

use std::sync::Arc;

use domain::{lang::Lang, ticket::timeline::Event};
use store::{
    Tx,
    search::{self, Only, Order, Piece, Question, Words},
    tickets::{self, TicketLine},
};

use crate::{Agent, App, Error, Result};

/// A ticket that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The ticket.
    pub line: TicketLine,
    /// The words around the newest match, hits marked.
    pub snippet: Vec<Piece>,
}

/// What a search found.
#[derive(Clone, Debug, Default)]
pub struct SearchPage {
    /// The tickets.
    pub found: Vec<Found>,
    /// Where the next page begins, if there is one.
    pub next: Option<i64>,
    /// Whether older matches were not looked at.
    pub capped: bool,
}

/// Finds tickets by words, of those that count, the newest match first. `#123` finds the ticket of that number, too.
///
/// # Errors
/// As the database says. No question is an error.
pub async fn search(
    app: &App,
    agent: &Agent,
    question: &str,
    only: Only,
    order: Order,
    limit: usize,
) -> Result<SearchPage> {
    let asked = Arc::new((agent.clone(), Asked::read(question, only)));
    app.store
        .read(agent.desk, move |tx| {
            let asked = asked.clone();
            Box::pin(async move { search_in(tx, &asked.0, &asked.1, order, limit).await })
        })
        .await
}

/// Loads what questions in Chinese need, where somebody reads Chinese: the first question would wait for it, and where
/// nobody asks so it would only take memory.
///
/// # Errors
/// As the database says.
pub async fn warm(app: &App) -> Result<()> {
    let desks = app.store.system_read(|tx| Box::pin(store::installation::desks(tx))).await;
    for desk in desks.map_err(|e: store::Error| Error::from(e))? {
        let read = app.store.read(desk.id, |tx| {
            Box::pin(async move {
                let (settings, _) = store::people::settings(tx).await?;
                let agents = store::people::agents(tx).await?;
                Ok(settings.lang == Lang::ZhCn || agents.iter().any(|a| a.active && a.lang == Lang::ZhCn))
            })
        });
        if read.await.map_err(|e: store::Error| Error::from(e))? {
            return tokio::task::spawn_blocking(search::warm).await.map_err(Error::internal);
        }
    }
    Ok(())
}

/// What somebody asks for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The ticket of this number.
    number: Option<i64>,
    /// Tickets with these words.
    words: Option<Words>,
    /// That count.
    only: Only,
}

impl Asked {
    /// Reads a question.
    #[must_use]
    pub fn read(question: &str, only: Only) -> Self {
        let number = question.trim().trim_start_matches('#').parse().ok();
        Self { number, words: Words::parse(question), only }
    }
}

/// As [`search()`], in a unit that reads more.
///
/// # Errors
/// As [`search()`].
pub async fn search_in(
    tx: &mut Tx,
    agent: &Agent,
    asked: &Asked,
    order: Order,
    limit: usize,
) -> Result<SearchPage> {
    let only = asked.only;
    let first = !matches!(order, Order::Newest { before: Some(_) });
    let mut page = SearchPage::default();
    if let Some(number) = asked.number.filter(|_| first)
        && let Some(ticket) = tickets::by_number(tx, number).await?
        && agent.sees(&ticket).is_ok()
        && let Some(line) = tickets::line(tx, ticket.id).await?
        && only.counts(&line)
    {
        page.found.push(Found { line, snippet: Vec::new() });
    }
    let Some(words) = &asked.words else { return Ok(page) };
    let question = Question { words: words.clone(), only, reader: agent.reader(), order, limit };
    let hits = search::find(tx, &question).await?;
    (page.next, page.capped) = (hits.next, hits.capped);
    for shown in search::shown(tx, &hits.tickets).await? {
        let text = shown.event.as_ref().and_then(Event::words);
        let snippet = search::snippet(text.unwrap_or(&shown.line.preview), words);
        if page.found.iter().all(|found| found.line.id != shown.line.id) {
            page.found.push(Found { line: shown.line, snippet });
        }
    }
    Ok(page)
}
