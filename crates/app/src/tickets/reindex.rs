//! Making tickets findable anew, from what is kept: after the analyser has changed.

use std::{collections::HashSet, sync::Arc};

use domain::{
    access::Visibility,
    id::{DeskId, TicketId},
    lang::Lang,
    ticket::timeline::{Actor, Entry},
};
use store::{
    Tx, people,
    search::{self, Doc, Part, Terms},
    tickets::Ticket,
    timeline,
};

use crate::{App, Error, Result};

/// How many documents or tickets a step of the walk looks at.
const STEP: u16 = 500;

/// Which tickets are indexed anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those with words of another version of the analyser.
    Outdated,
    /// Every one.
    All,
}

/// Indexes a desk's tickets anew, each in a transaction of its own, while the desk works; how many.
///
/// # Errors
/// As the database says. What is done stays done.
pub async fn reindex(app: &App, desk: DeskId, which: Which) -> Result<usize> {
    match which {
        Which::Outdated => {
            let (mut done, mut after) = (0, 0);
            loop {
                let step = app
                    .store
                    .read::<_, store::Error, _>(desk, move |tx| Box::pin(search::outdated(tx, after, STEP)))
                    .await?;
                for ticket in &step.tickets {
                    done += usize::from(one(app, desk, *ticket).await?);
                }
                let Some(next) = step.next else { return Ok(done) };
                after = next;
            }
        }
        Which::All => {
            let (mut done, mut after) = (0, None);
            loop {
                let ids = app
                    .store
                    .read::<_, store::Error, _>(desk, move |tx| {
                        Box::pin(store::tickets::ids(tx, after, i64::from(STEP)))
                    })
                    .await?;
                for ticket in &ids {
                    done += usize::from(one(app, desk, *ticket).await?);
                }
                let Some(last) = ids.last() else { return Ok(done) };
                after = Some(*last);
            }
        }
    }
}

/// Indexes one ticket anew; whether it is still there, at the version at which its texts were read. If it is not,
/// whoever changed it comes first, and it is read again.
async fn one(app: &App, desk: DeskId, id: TicketId) -> Result<bool> {
    loop {
        let read = app.store.read(desk, move |tx| Box::pin(async move { texts(tx, id).await })).await?;
        let Some((version, docs)) = read else { return Ok(false) };
        let docs = Arc::new(docs);
        let done = app
            .store
            .write(desk, move |tx| {
                let docs = docs.clone();
                Box::pin(async move {
                    let now = store::tickets::get(tx, id).await?;
                    if now.is_none_or(|ticket| ticket.version != version) {
                        return Err(Error::Stale);
                    }
                    search::remove(tx, id, Part::Whole).await?;
                    for doc in docs.iter() {
                        search::add(tx, doc).await?;
                    }
                    Ok(())
                })
            })
            .await;
        match done {
            Err(Error::Stale) => {}
            other => return other.map(|()| true),
        }
    }
}

/// The documents of a ticket, and the version at which they are what they are.
async fn texts(tx: &mut Tx, id: TicketId) -> Result<Option<(i64, Vec<Doc>)>> {
    let Some(ticket) = store::tickets::get(tx, id).await? else { return Ok(None) };
    let entries = timeline::page(tx, id, None, i64::MAX, Visibility::Internal).await?;
    // A reply that was taken back is found by nobody. Its event says that customers see it, but its row does not.
    let public = timeline::page(tx, id, None, i64::MAX, Visibility::Public).await?;
    let public: HashSet<_> = public.into_iter().map(|entry| entry.id).collect();
    let doc = |entry, visibility, at, terms: Terms| Doc { ticket: id, entry, visibility, at, terms };
    let mut docs =
        vec![doc(None, Visibility::Public, ticket.created_at, search::analyse(&ticket.subject, ticket.lang))];
    for entry in entries {
        let Some(words) = entry.event.words() else { continue };
        let visibility = entry.event.visibility();
        if visibility == Visibility::Public && !public.contains(&entry.id) {
            continue;
        }
        let terms = search::analyse(words, language(tx, &ticket, &entry).await?);
        docs.push(doc(Some(entry.id), visibility, entry.at, terms));
    }
    Ok(Some((ticket.version, docs)))
}

/// The language in which an entry was written: an agent's own in a note, or else the customer's.
async fn language(tx: &mut Tx, ticket: &Ticket, entry: &Entry) -> Result<Lang> {
    let (Actor::Agent(agent), Visibility::Internal) = (entry.actor, entry.event.visibility()) else {
        return Ok(ticket.lang);
    };
    Ok(people::agent(tx, agent).await?.map_or(ticket.lang, |agent| agent.lang))
}
