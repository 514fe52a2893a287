//! Tickets that are shown to named people only: what reports a weakness is nobody else's business.

use std::sync::Arc;

use domain::{
    access::{Rights, Sight},
    deed::Deed,
    id::{AgentId, TicketId},
    ticket::{circle::Circle, timeline::Event},
};
use store::{Json, Tx, people, tickets::Ticket};

use super::{Hand, work};
use crate::{Agent, App, Error, Ids, Result, audit};

/// Lets agents in to a ticket that is shown to named people only, and puts others out. Whoever sees such a ticket and may
/// work on it answers for who else does: each of them, and who let it in, is in its history and in the audit log.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`], [`Error::Stale`] if it is not at `seen`; [`Error::Refused`] `no-circle` for a
/// ticket that is shown as roles say; [`Error::Invalid`] `let_in` for an agent who is not there (`unknown`) or whose roles
/// do not show it such a ticket (`cannot-see`).
pub async fn change_circle(
    app: &App,
    agent: &Agent,
    id: TicketId,
    let_in: Vec<AgentId>,
    put_out: Vec<AgentId>,
    seen: Option<i64>,
) -> Result<()> {
    let now = app.now();
    let unit = Arc::new((agent.clone(), let_in, put_out, app.ids(now)));
    let told = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, let_in, put_out, ids) = &*unit;
                let mut hand = work::take(tx, agent, id, seen, ids.clone(), now).await?;
                let Some(Json(circle)) = hand.ticket.circle.clone() else {
                    return Err(Error::Refused("no-circle"));
                };
                for new in let_in.iter().filter(|new| !circle.has(**new)) {
                    let new = people::agent(tx, *new).await?.filter(|a| a.active);
                    let new = new.ok_or(Error::invalid("let_in", "unknown"))?;
                    if Rights::of(&new.roles.0).sight(hand.ticket.kind) != Sight::Full {
                        return Err(Error::invalid("let_in", "cannot-see"));
                    }
                }
                let stays = circle.agents().filter(|a| !put_out.contains(a));
                let after = Circle::of(stays.chain(let_in.iter().copied()));
                if !show_to(tx, &mut hand, Some(after), agent, &mut ids.after()).await? {
                    return Ok(None);
                }
                hand.put(tx, Deed::TicketChange).await.map(Some)
            })
        })
        .await?;
    if let Some(told) = told {
        app.live.tell(told);
    }
    Ok(())
}

/// Shows a ticket to these people only, or to all as roles say, and notes who is let in by whom; whether that is new.
pub(crate) async fn show_to(
    tx: &mut Tx,
    hand: &mut Hand,
    circle: Option<Circle>,
    by: &Agent,
    ids: &mut Ids,
) -> Result<bool> {
    let before = hand.ticket.circle.take().map(|circle| circle.0);
    hand.ticket.circle = circle.clone().map(Json);
    if circle == before {
        return Ok(false);
    }
    let agents = |circle: &Option<Circle>| circle.iter().flat_map(Circle::agents).collect::<Vec<_>>();
    let (was, is) = (agents(&before), agents(&circle));
    let closed = circle.is_some();
    let let_in: Vec<AgentId> = is.iter().copied().filter(|a| !was.contains(a)).collect();
    // Where everybody may see it again, nobody is put out.
    let put_out: Vec<AgentId> = was.into_iter().filter(|a| closed && !is.contains(a)).collect();
    let what = serde_json::json!({ "closed": closed, "let_in": let_in, "put_out": put_out });
    let act = audit::act(ids, hand.now(), by.actor(), Deed::TicketCircle, &hand.ticket.id, what);
    store::records::audit(tx, &act).await?;
    hand.append(Event::Circle { closed, let_in, put_out });
    Ok(true)
}

/// Whether an agent could be let in to a ticket to which it is not: one whose roles show it such tickets.
pub(super) fn could_join(agent: &people::Agent, ticket: &Ticket) -> bool {
    let let_in = ticket.circle.as_ref().is_some_and(|circle| circle.0.has(agent.id));
    agent.active && !let_in && Rights::of(&agent.roles.0).sight(ticket.kind) == Sight::Full
}
