//! How many tickets stand in the lists of an agent.

use std::sync::Arc;

use domain::access::Tickets;
use store::{Tx, tickets::Lane};

use crate::{Agent, App, Error, Result};

/// How many tickets stand in the lists of an agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Its own.
    pub mine: i64,
    /// Nobody's.
    pub unassigned: i64,
    /// Ours to act.
    pub due: i64,
    /// Somebody else's to act.
    pub waiting: i64,
    /// Every one.
    pub all: i64,
}

impl Counts {
    /// Of those kinds that the agent may list, from every counter of its desk.
    fn of(agent: &Agent, all: impl IntoIterator<Item = (String, i64)>) -> Self {
        let may = |kind: &str| lists(agent, kind);
        let mine = agent.id.to_string();
        let mut counts = Self::default();
        for (key, value) in all {
            let Some((list, kind)) = key.rsplit_once('/') else { continue };
            if !may(kind) {
                continue;
            }
            match list.split_once('/') {
                Some(("mine", id)) if id == mine => counts.mine += value,
                None if list == "unassigned" => counts.unassigned += value,
                None if list == "due" => counts.due += value,
                None if list == "waiting" => counts.waiting += value,
                None if list == "all" => counts.all += value,
                _ => {}
            }
        }
        counts
    }
}

/// Whether tickets of a kind stand in the lists of an agent.
fn lists(agent: &Agent, kind: &str) -> bool {
    match agent.tickets() {
        Tickets::None => false,
        Tickets::Only(only) => only.word() == kind,
        Tickets::All => true,
    }
}

/// The counts of the lists, of those tickets that the agent may list.
///
/// # Errors
/// As the database says.
pub async fn counts(app: &App, agent: &Agent) -> Result<Counts> {
    let agent = Arc::new(agent.clone());
    app.store
        .read(agent.desk, move |tx| {
            let agent = agent.clone();
            Box::pin(async move { counts_in(tx, &agent).await })
        })
        .await
        .map_err(|e: store::Error| Error::from(e))
}

/// As [`counts`], in a unit that reads more.
///
/// # Errors
/// As the database says.
pub async fn counts_in(tx: &mut Tx, agent: &Agent) -> Result<Counts, store::Error> {
    let mut counts = Counts::of(agent, store::records::counts(tx).await?);
    for (kind, lane, assignee, many) in store::circles::in_circles(tx, agent.reader()).await? {
        if !lists(agent, kind.word()) {
            continue;
        }
        counts.all += many;
        match (lane, assignee) {
            (Lane::Todo, None) => {
                (counts.due, counts.unassigned) = (counts.due + many, counts.unassigned + many);
            }
            (Lane::Todo, Some(whose)) => {
                counts.due += many;
                counts.mine += if whose == agent.id { many } else { 0 };
            }
            (Lane::Waiting, _) => counts.waiting += many,
            (Lane::Done, _) => {}
        }
    }
    Ok(counts)
}
