//! Tickets like another one: those that share its rarer words, resolved ones first, with what was answered.

use std::collections::HashMap;

use domain::{
    access::Visibility,
    id::TicketId,
    ticket::{lifecycle::State, timeline::Event},
};
use store::{
    Tx,
    search::{self, Only, Order, Question, Words},
    tickets::{Ticket, TicketLine},
    timeline,
};

use crate::{Agent, Result};

/// Of how many words other tickets are looked for.
const WORDS: usize = 12;
/// A word that is in more tickets than these says little.
const COMMON: usize = 60;
/// How many entries of the end of a ticket are looked at for its answer.
const TAIL: i64 = 20;

/// A ticket like another one.
#[derive(Clone, Debug)]
pub struct Similar {
    /// The ticket.
    pub line: TicketLine,
    /// What was answered last, if something was.
    pub answer: Option<String>,
}

/// Tickets like this one for the same service, as far as the agent may see them, but none that is shown to named people
/// only: those resolved come first, then those that share more.
///
/// # Errors
/// As the database says.
pub async fn similar(tx: &mut Tx, agent: &Agent, ticket: &Ticket, limit: usize) -> Result<Vec<Similar>> {
    let mut scores: HashMap<TicketId, (f64, search::Hit)> = HashMap::new();
    let mut used = 0;
    for words in Words::each(&format!("{} {}", ticket.subject, ticket.preview)).into_iter().take(2 * WORDS) {
        if used == WORDS {
            break;
        }
        let only = Only { service: Some(ticket.service), ..Only::default() };
        let order = Order::Newest { before: None };
        let question = Question { words, only, reader: agent.reader(), order, limit: COMMON };
        let hits = search::find(tx, &question).await?;
        let others: Vec<_> = hits.tickets.iter().filter(|hit| hit.ticket != ticket.id).collect();
        if others.is_empty() || hits.more || hits.capped {
            continue;
        }
        used += 1;
        // What is rare says more than what is common.
        let weight = 1.0 / (1.0 + f64::from(u32::try_from(others.len()).unwrap_or(u32::MAX)).ln());
        for hit in others {
            scores.entry(hit.ticket).or_insert((0.0, *hit)).0 += weight;
        }
    }
    let mut best: Vec<(f64, search::Hit)> = scores.into_values().collect();
    best.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(other.ticket.cmp(&one.ticket)));
    best.truncate(4 * limit);
    let hits: Vec<search::Hit> = best.iter().map(|(_, hit)| *hit).collect();
    let mut lines: Vec<TicketLine> =
        search::shown(tx, &hits).await?.into_iter().map(|shown| shown.line).collect();
    // What is for named people only is no example for others.
    lines.retain(|line| !line.has_circle);
    // The order among them stays: it is that of the score.
    lines.sort_by_key(|line| line.state.is_active());
    lines.truncate(limit);
    let mut all = Vec::with_capacity(lines.len());
    for line in lines {
        let answer = match line.state {
            State::Resolved | State::Closed => answer(tx, line.id).await?,
            State::New | State::Open | State::WaitingCustomer | State::WaitingSupplier => None,
        };
        all.push(Similar { line, answer });
    }
    Ok(all)
}

/// What the customer was answered last.
async fn answer(tx: &mut Tx, ticket: TicketId) -> Result<Option<String>> {
    let last = timeline::page(tx, ticket, None, TAIL, Visibility::Public).await?;
    Ok(last.into_iter().rev().find_map(|entry| match entry.event {
        Event::Reply(message) => Some(message.text),
        _ => None,
    }))
}
