//! What an agent has read of tickets, and what it has not.

use std::collections::HashSet;

use domain::{
    id::AgentId,
    ticket::{lifecycle::State, timeline::ActorKind},
};
use jiff::Timestamp;
use store::{
    Tx, seen,
    tickets::{Ticket, TicketLine},
};

use crate::{Agent, App, Error, Result};

/// What of a ticket says whether an agent has something to read.
#[derive(Clone, Copy, Debug)]
struct News {
    state: State,
    assignee: Option<AgentId>,
    last_by: ActorKind,
    last_at: Timestamp,
}

/// Whether the newest word is the customer's and an agent has not read it. Of what it never opened, only what is new and
/// what it has itself counts: nobody has read everything.
fn unread(news: News, agent: AgentId, read_to: Option<Timestamp>) -> bool {
    let theirs = news.last_by != ActorKind::Agent;
    match read_to {
        Some(at) => theirs && news.last_at > at,
        None => {
            news.state == State::New || (theirs && news.state.is_active() && news.assignee == Some(agent))
        }
    }
}

/// The numbers of those of these tickets in which the agent has something to read.
///
/// # Errors
/// As the database says.
pub async fn unread_in(tx: &mut Tx, agent: &Agent, lines: &[TicketLine]) -> Result<HashSet<i64>> {
    let numbers: Vec<i64> = lines.iter().map(|line| line.number).collect();
    let read_to = seen::of(tx, agent.id, &numbers).await?;
    let news = |line: &TicketLine| News {
        state: line.state,
        assignee: line.assignee,
        last_by: line.last_by,
        last_at: line.last_at,
    };
    let unread = lines.iter().filter(|l| unread(news(l), agent.id, read_to.get(&l.number).copied()));
    Ok(unread.map(|line| line.number).collect())
}

/// A look at a ticket that is to be noted.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    number: i64,
    last_at: Timestamp,
}

/// What the agent reads of a ticket, if that is anything new: for [`looked`].
///
/// # Errors
/// As the database says.
pub async fn look_in(tx: &mut Tx, agent: &Agent, ticket: &Ticket) -> Result<Option<Look>> {
    let (number, last_at) = (ticket.number, ticket.last_at);
    let news = News { state: ticket.state, assignee: ticket.assignee, last_by: ticket.last_by, last_at };
    let read_to = seen::of_one(tx, agent.id, number).await?;
    // From its first look on an agent follows what goes on in a ticket.
    let first = read_to.is_none() && ticket.state.is_active();
    Ok((first || unread(news, agent.id, read_to)).then_some(Look { number, last_at }))
}

/// Notes a look.
///
/// # Errors
/// As the database says.
pub async fn looked(app: &App, agent: &Agent, Look { number, last_at }: Look) -> Result<()> {
    let id = agent.id;
    app.store
        .write(agent.desk, move |tx| Box::pin(seen::mark(tx, id, number, last_at)))
        .await
        .map_err(|e: store::Error| Error::from(e))
}

/// Notes that the agent has read a ticket, if that is anything new.
///
/// # Errors
/// As the database says.
pub async fn look(app: &App, agent: &Agent, ticket: &Ticket) -> Result<()> {
    let (reader, ticket) = (std::sync::Arc::new(agent.clone()), std::sync::Arc::new(ticket.clone()));
    let look = app.store.read::<_, Error, _>(agent.desk, move |tx| {
        let (reader, ticket) = (reader.clone(), ticket.clone());
        Box::pin(async move { look_in(tx, &reader, &ticket).await })
    });
    match look.await? {
        Some(look) => looked(app, agent, look).await,
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unread() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let me = AgentId::new(at(0), [1; 10]);
        let news = |state, mine: bool, last_by| News {
            state,
            assignee: mine.then_some(me),
            last_by,
            last_at: at(10),
        };
        use ActorKind::{Agent, Contact};
        for (news, read_to, expected) in [
            (news(State::New, false, Contact), None, true),
            (news(State::New, false, Contact), Some(at(10)), false),
            (news(State::Open, false, Contact), None, false),
            (news(State::Open, true, Contact), None, true),
            (news(State::Open, true, Agent), None, false),
            (news(State::Closed, true, Contact), None, false),
            (news(State::Open, false, Contact), Some(at(9)), true),
            (news(State::Open, false, Agent), Some(at(9)), false),
            (news(State::Resolved, false, Contact), Some(at(9)), true),
        ] {
            assert_eq!(unread(news, me, read_to), expected, "{news:?} {read_to:?}");
        }
    }
}
