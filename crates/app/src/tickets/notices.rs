//! Notices that time alone brings: a promise is about to be missed, or was; a new ticket lies unassigned.
//!
//! A ticket carries the first moment of its clocks that nobody has looked at yet. A sweep takes the tickets whose moment
//! has passed, tells whom it concerns of the gravest thing that has happened since, and moves the moment on, all in one
//! transaction: so each thing is told once, and after a downtime of days a ticket is told of once. The same sweep brings
//! back what was put aside until then.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::{
    access::{Reader, Rights, Sight},
    deed::Deed,
    id::{AgentId, DeskId, TicketId},
    ticket::{
        notice::Occasion,
        timeline::{Actor, Event},
    },
};
use jiff::Timestamp;
use store::{Tx, people, tickets::Ticket};

use super::Hand;
use crate::{App, Error, Result, jobs, live};

/// How many tickets are read at once.
const PAGE: i64 = 100;
/// The most letters of one sweep to one agent: of more than that, such as after a downtime, the pages tell.
const LETTERS: u32 = 10;

/// Tells the agents of a desk what time has brought; how many tickets that were.
///
/// # Errors
/// As the database says.
pub(crate) async fn sweep(app: &App, desk: DeskId) -> Result<usize> {
    let (now, mut done) = (app.now(), 0);
    let mut letters: BTreeMap<AgentId, u32> = BTreeMap::new();
    let mut last = None;
    loop {
        let page: Vec<(TicketId, Timestamp)> = app
            .store
            .read(desk, move |tx| Box::pin(store::tickets::noticeable(tx, now, last, PAGE)))
            .await
            .map_err(|e: store::Error| Error::from(e))?;
        let Some((id, at)) = page.last() else { return Ok(done) };
        last = Some((*at, *id));
        for (id, _) in page {
            let full =
                letters.iter().filter(|(_, count)| **count >= LETTERS).map(|(agent, _)| *agent).collect();
            let told = match one(app, desk, id, full).await {
                Ok(told) => told,
                // Somebody is changing it: the next sweep looks again.
                Err(Error::Stale) => continue,
                Err(error) => return Err(error),
            };
            done += 1;
            for agent in told {
                *letters.entry(agent).or_default() += 1;
            }
        }
    }
}

/// Tells of one ticket, but nobody of `full`; whom.
async fn one(app: &App, desk: DeskId, id: TicketId, full: BTreeSet<AgentId>) -> Result<Vec<AgentId>> {
    let now = app.now();
    let unit = Arc::new((full, app.ids(now)));
    let (told, change): (Vec<AgentId>, Option<live::Change>) = app
        .store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (full, ids) = &*unit;
                let mut hand = Hand::take(tx, id, ids.clone(), now, Actor::System).await?;
                let woke = hand.ticket.snoozed_until.is_some_and(|until| until <= now) && hand.wake();
                let Some(occasion) = hand.take_notice()? else {
                    if woke {
                        return Ok((Vec::new(), Some(hand.put(tx, Deed::TicketWake).await?)));
                    }
                    store::tickets::set_notice_at(tx, &hand.ticket).await?;
                    return Ok::<_, Error>((Vec::new(), None));
                };
                // Nothing that is put aside stays there while a promise runs out.
                hand.wake();
                let mut agents = concerned(tx, &hand.ticket, occasion).await?;
                agents.retain(|agent| !full.contains(agent));
                let mut ids = ids.after();
                for agent in &agents {
                    let job = jobs::notify(&mut ids, id, *agent, occasion, now);
                    store::queue::enqueue(tx, now, &job).await?;
                }
                hand.append(Event::Told { occasion, agents: agents.clone() });
                Ok((agents, Some(hand.put(tx, Deed::TicketNotice).await?)))
            })
        })
        .await?;
    if let Some(change) = change {
        app.live.tell(change);
    }
    Ok(told)
}

/// Whom it concerns: whoever has the ticket, or else its team, or else all; of them those who could work on it and
/// want to know.
async fn concerned(tx: &mut Tx, ticket: &Ticket, occasion: Occasion) -> Result<Vec<AgentId>> {
    let mut able = people::agents(tx).await?;
    able.retain(|a| {
        let reader = Reader { agent: a.id, rights: Rights::of(&a.roles.0) };
        a.active && reader.rights.may_work(ticket.kind) && ticket.sight(reader) == Sight::Full
    });
    if let Some(owner) = ticket.assignee
        && able.iter().any(|a| a.id == owner)
    {
        able.retain(|a| a.id == owner);
    } else if let Some(team) = ticket.team {
        let members = people::team_members(tx).await?;
        let is_member = |a: &people::Agent| members.contains(&(team, a.id));
        if able.iter().any(is_member) {
            able.retain(is_member);
        }
    }
    able.retain(|a| !a.prefs.0.notices_off.contains(&occasion));
    Ok(able.into_iter().map(|a| a.id).collect())
}
