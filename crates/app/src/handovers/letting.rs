//! Waiting no longer for a desk that holds a ticket and never answers.
//!
//! Only the holder appends to a chain, so nobody can take a ticket out of it against the holder. The desk that opened the
//! chain leaves it instead: it tells its neighbour, and goes on in a chain of its own. What the silent desk says later is
//! kept and shown, and moves nothing; as soon as it is heard of, the old chain is brought to its end.

use domain::{
    access::Visibility,
    handover::{Custody, Hash, Leg, Link, states::Outcome},
    id::EntryId,
    lang::Lang,
    ticket::{notice::Occasion, timeline::Event},
};
use jiff::Timestamp;
use store::{
    Tx,
    handovers::{self, Handover},
    search,
};

use super::{case::Case, keys::Ring, legs, steps};
use crate::{Error, Ids, Result, tickets::Hand};

/// What is needed to let a desk go.
pub(super) struct Letting<'a> {
    pub(super) ring: &'a Ring,
    /// The entry that tells why.
    pub(super) entry: EntryId,
    pub(super) reason: &'a str,
    /// The language of the reason.
    pub(super) lang: Lang,
    pub(super) now: Timestamp,
}

impl Letting<'_> {
    /// Leaves the chain.
    pub(super) async fn run(
        &self,
        tx: &mut Tx,
        case: &mut Case,
        leg: &mut Handover,
        hand: &mut Hand,
    ) -> Result<()> {
        let offer = leg.offer.ok_or(Error::Refused("wrong-state"))?;
        let opener = case.chain.members().first().and_then(|opener| opener.key.as_ref());
        if opener != Some(&case.me) {
            return Err(Error::Refused("not-opener"));
        }
        let hash = case.chain.leg(offer).filter(|_| leg.state.is_away()).map(|stretch| stretch.hash);
        let (Some(hash), Some(neighbour)) = (hash, steps::neighbour(case, offer)) else {
            return Err(Error::Refused("wrong-state"));
        };
        let link = Link::LetGo { offer: hash, reason: self.reason.to_owned() };
        case.say(tx, self.ring, &neighbour, link, self.now).await?;
        (case.row.closed, case.row.left_at) = (true, Some(self.now));
        handovers::set_chain(tx, &case.row).await?;
        leg.state = Leg::LetGo;
        hand.append_as(self.entry, steps::to_partner(leg, self.reason));
        hand.index(Some(self.entry), Visibility::Partners, &search::analyse(self.reason, self.lang));
        hand.append(legs::moved(leg));
        steps::ours_again(hand);
        Ok(())
    }
}

/// The desk that handed over to us waits no longer: its ticket goes on there, and ours is nobody's but ours.
pub(super) async fn heard(
    tx: &mut Tx,
    case: &Case,
    offer: Hash,
    reason: &str,
    hand: &mut Option<Hand>,
    ids: &mut Ids,
    now: Timestamp,
) -> Result<()> {
    let Some(place) = case.chain.legs().iter().find(|leg| leg.hash == offer).map(|leg| leg.offer) else {
        return Ok(());
    };
    let rows = handovers::of_chain(tx, &case.row.id).await?;
    let of_it = |leg: &Handover| !leg.outgoing && leg.offer == Some(place);
    let Some(mut leg) = rows.into_iter().find(of_it) else { return Ok(()) };
    if leg.state.is_away() {
        leg.state = Leg::LetGo;
    }
    if let Some(hand) = hand {
        let entry = ids.next(EntryId::new);
        let event = Event::FromPartner { handover: leg.id, with: leg.party.clone(), text: reason.to_owned() };
        hand.append_as(entry, event);
        hand.index(Some(entry), Visibility::Partners, &search::analyse(reason, hand.ticket.lang));
        if leg.state == Leg::LetGo {
            hand.append(legs::moved(&leg));
        }
        steps::notify(tx, hand, ids, Occasion::Answered, now).await?;
    }
    legs::put(tx, &mut leg, ids, now).await
}

/// Brings a chain to its end that its opener has left, as soon as it is ours to append: who was let go gives it back
/// without an answer, and the opener closes it.
pub(super) async fn wind_up(
    tx: &mut Tx,
    ring: &Ring,
    case: &mut Case,
    hand: &mut Option<Hand>,
    ids: &mut Ids,
    now: Timestamp,
) -> Result<()> {
    if case.chain.writer() != Some(&case.me) {
        return Ok(());
    }
    let mut rows = handovers::of_chain(tx, &case.row.id).await?;
    let held = |offer: u32| case.chain.leg(offer).is_some_and(|stretch| stretch.state.is_away());
    let given = rows
        .iter()
        .filter(|leg| !leg.outgoing && leg.state == Leg::LetGo)
        .find_map(|leg| leg.offer.filter(|offer| held(*offer)));
    if case.row.left_at.is_none() && given.is_none() {
        return Ok(());
    }
    // What is out, or came back and was not looked at, comes first.
    let me = case.chain.member(&case.me);
    let ours: Vec<(u32, Leg)> = case
        .chain
        .legs()
        .iter()
        .filter(|stretch| Some(stretch.offerer) == me)
        .map(|stretch| (stretch.offer, stretch.state))
        .collect();
    for (offer, state) in ours {
        let (custody, after) = match state {
            Leg::Returned => (Custody::Approve { offer }, Leg::Approved),
            state if state.is_offered() => (Custody::Withdraw { offer }, Leg::Withdrawn),
            _ => continue,
        };
        case.write(tx, ring, custody, now).await?;
        let row = rows.iter_mut().find(|leg| leg.outgoing && leg.offer == Some(offer));
        if let Some(leg) = row.filter(|leg| leg.state == state || leg.state == Leg::Accepted) {
            leg.state = after;
            legs::put(tx, leg, ids, now).await?;
            if let Some(hand) = hand {
                hand.append(legs::moved(leg));
                steps::ours_again(hand);
            }
        }
    }
    if case.row.left_at.is_some() {
        case.write(tx, ring, Custody::Close {}, now).await?;
        return Ok(());
    }
    let Some(offer) = given else { return Ok(()) };
    let offerer = case.chain.leg(offer).and_then(|stretch| case.chain.members().get(stretch.offerer));
    let Some(offerer) = offerer.and_then(|member| member.key.clone()) else { return Ok(()) };
    let empty = Link::Answer { text: String::new(), files: Vec::new(), missing: None };
    let answer = case.say(tx, ring, &offerer, empty, now).await?.hash;
    case.write(tx, ring, Custody::Return { offer, outcome: Outcome::Declined, answer }, now).await?;
    Ok(())
}
