//! Hand-overs: a ticket's passage to a supplier and back.
//!
//! A leg is what this desk knows of one hand-over, a chain what all its desks agree on
//! ([`domain::handover`]). Whatever a use case says to another desk is a message in its transaction; a job carries it.

mod carry;
mod case;
mod connector;
mod files;
mod follow;
mod keys;
mod legs;
mod letting;
mod offer;
mod pair;
mod plans;
mod read;
mod receive;
mod reconcile;
mod steps;
mod theirs;
mod writing;

pub(crate) use carry::carry;
pub(crate) use files::{Fetch, fetch};
pub use files::{Given, ask_again, give};
pub use follow::{Filing, Topic};
pub(crate) use follow::{follow, sweep};
pub use keys::fingerprint;
pub use offer::{Draft, Then, Topics, hand_over, people_of};
pub use pair::{
    Invitation, Pairing, Partners, accept_invitation, answer_pairing, change_peer, invite, new_key, partners,
    revoke, take_new_key,
};
pub use plans::{Told, read_plan, tell_plan};
pub(crate) use plans::{ask_plans, plan_due};
pub(crate) use read::IN_CONTEXT;
pub use read::{Choice, Following, LegView, Line, List, Panel, list, panel, panel_in, shared_clock};
pub use receive::{Received, receive, stranger};
pub(crate) use reconcile::{heard_by_mail, partner_mail};
pub use steps::{
    approve, ask, change_severity, check, filed, judge, let_go, record_return, send_back, tell, withdraw,
};
pub(crate) use steps::{chase_due, expire_due, settle};
pub use theirs::{accept, decline, give_back};
pub(crate) use theirs::{answered, owed};
pub use writing::Writing;

use domain::ticket::lifecycle::{self, Action, Passage};
use store::Tx;

use crate::{Error, Result};

/// How a ticket's hand-overs stand to its end.
pub(crate) async fn passage(tx: &mut Tx, ticket: domain::id::TicketId) -> Result<Passage> {
    use domain::handover::Leg;
    let legs = store::handovers::standing(tx, ticket).await?;
    let out = legs.iter().filter(|(out, ..)| *out);
    if out.clone().any(|(_, state, _)| state.is_offered() || state.is_away()) {
        return Ok(Passage::Away);
    }
    if legs.iter().any(|(out, state, _)| !out && state.is_away()) {
        return Ok(Passage::Owed);
    }
    let back = |state: &Leg| matches!(state, Leg::Returned | Leg::Approved | Leg::Closed);
    if out.clone().any(|(_, state, told)| back(state) && !told) {
        return Ok(Passage::Untold);
    }
    Ok(Passage::Free)
}

/// Passes if a ticket may go to a supplier at all: what reports a weakness goes to whoever made the product, by its own
/// way, and to nobody else.
///
/// # Errors
/// [`Error::Refused`] `security-report`.
pub(crate) const fn may_pass_on(ticket: &store::tickets::Ticket) -> Result<()> {
    if ticket.circle.is_some() { Err(Error::Refused("security-report")) } else { Ok(()) }
}

/// Passes if an agent may end a ticket now.
///
/// # Errors
/// [`Error::Refused`] `handed-over`, `customer-not-told`, `give-back`.
pub(crate) async fn may_end(tx: &mut Tx, ticket: domain::id::TicketId, action: Action) -> Result<()> {
    match lifecycle::keeps_open(action, passage(tx, ticket).await?) {
        Some(why) => Err(Error::Refused(why)),
        None => Ok(()),
    }
}
