//! What the desk that handed over does then.

use std::sync::Arc;

use domain::{
    clock::running::Event as ClockEvent,
    deed::Deed,
    handover::{
        Custody, Key, Leg, Link,
        states::{Back, Outcome},
    },
    id::{DeskId, EntryId, HandoverId, TicketId},
    party::supplier::{SupplierKind, Way},
    ticket::{
        kinds::Severity,
        lifecycle::State,
        notice::Occasion,
        timeline::{Actor, Event},
    },
};
use jiff::Timestamp;
use store::{
    Tx, followed,
    handovers::{self, Handover},
    queue,
};

use super::{
    case::{self, Case},
    connector::{Load, Said, Trip, connector},
    follow,
    keys::Ring,
    legs, letting, offer,
    writing::{self, Writing, Written},
};
use crate::{
    Agent, App, Error, Ids, Result, error, jobs, live, post,
    tickets::{Hand, TEXT},
};

/// The longest number of a request on the other side, in characters.
const NUMBER: usize = 100;

/// All that a step needs.
struct Unit {
    agent: Agent,
    ring: Ring,
    ids: [Ids; 2],
    entry: EntryId,
    load: Load,
    step: Step,
    now: Timestamp,
}

#[derive(Clone, Debug)]
enum Step {
    Withdraw,
    Filed { number: String },
    Tell(Written),
    Ask,
    Severity(Severity),
    Return { answer: String, back: Back },
    Judge(Back),
    Approve,
    SendBack(Written),
    Check,
    LetGo { reason: String },
}

async fn run(app: &App, agent: &Agent, id: HandoverId, step: Step) -> Result<()> {
    let now = app.now();
    let mut ids = app.ids(now);
    let entry = ids.next(EntryId::new);
    let mut unit = Unit {
        agent: agent.clone(),
        ring: Ring::load(app, agent.desk).await?,
        ids: [ids, app.ids(now)],
        entry,
        load: Load::default(),
        step,
        now,
    };
    unit.load = unit.load(app, id).await?;
    let unit = Arc::new(unit);
    let told: live::Change = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move { unit.run(tx, id).await })
        })
        .await?;
    app.live.tell(told);
    app.wake();
    Ok(())
}

/// Takes an offer back.
///
/// # Errors
/// [`Error::Refused`] `wrong-state` once the other side holds it.
pub async fn withdraw(app: &App, agent: &Agent, id: HandoverId) -> Result<()> {
    run(app, agent, id, Step::Withdraw).await
}

/// It was filed at the supplier's portal, or its number there is known now.
///
/// # Errors
/// A number that is no line.
pub async fn filed(app: &App, agent: &Agent, id: HandoverId, number: &str) -> Result<()> {
    run(app, agent, id, Step::Filed { number: error::line("number", number, NUMBER)? }).await
}

/// Writes to the supplier. The customer does not read it.
///
/// # Errors
/// An empty or too long text; `files` for one that is not the ticket's, for too many or too large ones; `wrong-state` where
/// the other side does not have it.
pub async fn tell(app: &App, agent: &Agent, id: HandoverId, said: impl Into<Writing>) -> Result<()> {
    let written = writing::ready(app, agent, id, "text", said.into()).await?;
    run(app, agent, id, Step::Tell(written)).await
}

/// Asks the supplier how far it is.
///
/// # Errors
/// As [`tell`].
pub async fn ask(app: &App, agent: &Agent, id: HandoverId) -> Result<()> {
    run(app, agent, id, Step::Ask).await
}

/// Tells the supplier that it got worse or better. Its promises are counted anew from when it took the ticket.
///
/// # Errors
/// As [`tell`].
pub async fn change_severity(app: &App, agent: &Agent, id: HandoverId, to: Severity) -> Result<()> {
    run(app, agent, id, Step::Severity(to)).await
}

/// Notes what a supplier answered that does not speak the protocol: the ticket is ours again.
///
/// # Errors
/// As [`tell`]; `wrong-state` for a desk that gives it back itself.
pub async fn record_return(
    app: &App,
    agent: &Agent,
    id: HandoverId,
    answer: &str,
    back: impl Into<Back>,
) -> Result<()> {
    let back = back.into();
    run(app, agent, id, Step::Return { answer: error::body("answer", answer, TEXT)?, back }).await
}

/// Says otherwise how it came back, or how it was not taken: for this desk's own count. The chain stays as it is.
///
/// # Errors
/// `wrong-state` for what is not back; `outcome` for what was not taken, if that is said to be something else than that or
/// that something was missing.
pub async fn judge(app: &App, agent: &Agent, id: HandoverId, back: impl Into<Back>) -> Result<()> {
    run(app, agent, id, Step::Judge(back.into())).await
}

/// Takes the answer.
///
/// # Errors
/// `wrong-state` where it has not come back.
pub async fn approve(app: &App, agent: &Agent, id: HandoverId) -> Result<()> {
    run(app, agent, id, Step::Approve).await
}

/// Asks again: the supplier has it once more.
///
/// # Errors
/// As [`approve`]; an empty or too long reason, and files as for [`tell`].
pub async fn send_back(app: &App, agent: &Agent, id: HandoverId, said: impl Into<Writing>) -> Result<()> {
    let written = writing::ready(app, agent, id, "reason", said.into()).await?;
    run(app, agent, id, Step::SendBack(written)).await
}

/// Has Microsoft be asked at once how a request stands that is followed, or filed.
///
/// # Errors
/// `wrong-state` for what is not followed.
pub async fn check(app: &App, agent: &Agent, id: HandoverId) -> Result<()> {
    run(app, agent, id, Step::Check).await
}

/// Waits no longer for a desk that holds the ticket and never answers: the ticket goes on here, in a chain of its own.
///
/// # Errors
/// As [`tell`]; `not-opener` where this desk did not begin the hand-over, `wrong-state` where nobody holds it.
pub async fn let_go(app: &App, agent: &Agent, id: HandoverId, reason: &str) -> Result<()> {
    run(app, agent, id, Step::LetGo { reason: error::body("reason", reason, TEXT)? }).await
}

impl Unit {
    /// What carries a word, where the record itself does not.
    async fn load(&mut self, app: &App, id: HandoverId) -> Result<Load> {
        let (said, files) = match &self.step {
            Step::Tell(written) | Step::SendBack(written) => {
                (Said::Text(&written.text), written.uploads.as_slice())
            }
            Step::Ask => (Said::Chase, &[][..]),
            Step::Severity(severity) => (Said::Severity(*severity), &[][..]),
            Step::Withdraw
            | Step::Filed { .. }
            | Step::Return { .. }
            | Step::Judge(_)
            | Step::Approve
            | Step::Check
            | Step::LetGo { .. } => {
                return Ok(Load::default());
            }
        };
        let found = app
            .store
            .read(self.agent.desk, move |tx| {
                Box::pin(async move {
                    let leg = handovers::get(tx, id).await?.ok_or(Error::NotFound("hand-over"))?;
                    let supplier = match leg.supplier {
                        Some(id) => store::suppliers::get(tx, id).await?,
                        None => None,
                    };
                    Ok::<_, Error>((leg.way, leg.ticket, supplier))
                })
            })
            .await?;
        let (way, Some(ticket), Some(supplier)) = found else { return Ok(Load::default()) };
        let thread = post::thread(app, self.agent.desk, ticket).await?;
        let trip =
            Trip { app, thread: &thread, supplier: &supplier, entry: self.entry, files, now: self.now };
        connector(way).load(&trip, said, &mut self.ids[1]).await
    }

    async fn run(&self, tx: &mut Tx, id: HandoverId) -> Result<live::Change> {
        let (now, mut ids) = (self.now, self.ids[1].after());
        let (mut leg, mut hand) = legs::take(tx, &self.agent, id, self.ids[0].clone(), now).await?;
        if !leg.outgoing {
            return Err(Error::Refused("wrong-state"));
        }
        let mut case = Case::of(tx, &leg).await?;
        let told = self.step(tx, &mut case, &mut leg, &mut hand, &mut ids).await?;
        self.load.put(tx, leg.id, now).await?;
        legs::put(tx, &mut leg, &mut ids, now).await?;
        case.spread(tx, &mut ids, now).await?;
        hand.put(tx, told).await
    }

    async fn step(
        &self,
        tx: &mut Tx,
        case: &mut Case,
        leg: &mut Handover,
        hand: &mut Hand,
        ids: &mut Ids,
    ) -> Result<Deed> {
        let (now, ring) = (self.now, &self.ring);
        let offer = leg.offer.ok_or(Error::Refused("wrong-state"))?;
        let neighbour = neighbour(case, offer);
        match &self.step {
            Step::Withdraw => {
                case.write(tx, ring, Custody::Withdraw { offer }, now).await?;
                leg.state = Leg::Withdrawn;
                hand.append(legs::moved(leg));
                ours_again(hand);
            }
            Step::Filed { number } => {
                if followed_by_hand(tx, leg).await? {
                    follow::begin(tx, leg, number, self.agent.id, now).await?;
                }
                leg.number.clone_from(number);
                if leg.state == Leg::Offered && neighbour.is_none() {
                    let hours = legs::terms(tx, leg).await?.map_or_else(case::always, |terms| terms.hours);
                    offer::confirm(tx, ring, case, leg, hours, now).await?;
                    hand.append(legs::moved(leg));
                }
            }
            Step::Tell(written) => {
                let text = &written.text;
                let link = Link::Text { text: text.clone(), files: written.enclosed() };
                self.word(tx, case, leg, neighbour.as_ref(), link).await?;
                hand.append_as(self.entry, to_partner(leg, text));
                hand.attach(self.entry, &written.files);
                hand.index(
                    Some(self.entry),
                    domain::access::Visibility::Partners,
                    &store::search::analyse(text, self.agent.lang),
                );
                return Ok(Deed::HandOverTell);
            }
            Step::Ask => {
                self.word(tx, case, leg, neighbour.as_ref(), Link::Chase {}).await?;
                store::scores::chased(tx, leg.id).await?;
                hand.append_as(self.entry, to_partner(leg, ""));
                return Ok(Deed::HandOverTell);
            }
            Step::Severity(severity) => {
                let link = Link::Severity { severity: *severity, reason: String::new() };
                self.word(tx, case, leg, neighbour.as_ref(), link).await?;
                leg.severity = *severity;
                return Ok(Deed::HandOverTell);
            }
            Step::Return { answer, back } => {
                if neighbour.is_some() {
                    return Err(Error::Refused("wrong-state"));
                }
                let said = Custody::Return { offer, outcome: back.in_chain(), answer: case::hash_of(answer) };
                case.write(tx, ring, said, now).await?;
                returned(leg, answer, back, case.chain.at());
                hand.append(legs::moved(leg));
                ours_again(hand);
            }
            Step::Judge(back) => {
                let untaken = leg.state == Leg::Declined;
                if !untaken && !leg.state.is_back() {
                    return Err(Error::Refused("wrong-state"));
                }
                if untaken && !matches!(back.outcome, Outcome::Declined | Outcome::DataMissing) {
                    return Err(Error::invalid("outcome", "not-allowed"));
                }
                legs::judge(leg, back);
                hand.append(legs::back(leg));
            }
            Step::Check => {
                if followed::get(tx, leg.id).await?.is_none() {
                    return Err(Error::Refused("wrong-state"));
                }
                follow::look_at(tx, leg.id, ids, now).await?;
            }
            Step::LetGo { reason } => {
                let let_go = letting::Letting { ring, entry: self.entry, reason, lang: self.agent.lang, now };
                let_go.run(tx, case, leg, hand).await?;
            }
            Step::Approve => {
                approve_leg(tx, ring, case, leg, ids, now).await?;
                hand.append(legs::moved(leg));
            }
            Step::SendBack(written) => {
                let reason = &written.text;
                let hash = match &neighbour {
                    Some(key) => {
                        let link = Link::Text { text: reason.clone(), files: written.enclosed() };
                        case.say(tx, ring, key, link, now).await?.hash
                    }
                    None => case::hash_of(reason),
                };
                case.write(tx, ring, Custody::SendBack { offer, reason: hash }, now).await?;
                leg.state = Leg::SentBack;
                store::scores::sent_back(tx, leg.id).await?;
                legs::fact(leg, ClockEvent::Working, case.chain.at());
                legs::fact(leg, ClockEvent::CustomerWrote, case.chain.at());
                leg.told_entry = None;
                hand.append_as(self.entry, to_partner(leg, reason));
                hand.attach(self.entry, &written.files);
                hand.append(legs::moved(leg));
                hand.move_to(State::WaitingSupplier, None);
            }
        }
        Ok(Deed::HandOver)
    }

    /// Says something to whoever has it.
    async fn word(
        &self,
        tx: &mut Tx,
        case: &Case,
        leg: &mut Handover,
        neighbour: Option<&Key>,
        link: Link,
    ) -> Result<()> {
        if !leg.state.is_away() && !leg.state.is_offered() {
            return Err(Error::Refused("wrong-state"));
        }
        if let Some(key) = neighbour {
            case.say(tx, &self.ring, key, link, self.now).await?;
        }
        legs::fact(leg, ClockEvent::CustomerWrote, self.now);
        Ok(())
    }
}

/// Whether a person filed it at Microsoft, so that it can be followed.
async fn followed_by_hand(tx: &mut Tx, leg: &Handover) -> Result<bool> {
    let (Some(supplier), Way::Portal) = (leg.supplier, leg.way) else { return Ok(false) };
    let supplier = store::suppliers::get(tx, supplier).await?;
    Ok(supplier.is_some_and(|supplier| supplier.kind == SupplierKind::Microsoft))
}

pub(super) fn to_partner(leg: &Handover, text: &str) -> Event {
    Event::ToPartner { handover: leg.id, with: leg.party.clone(), text: text.to_owned() }
}

/// The key of a leg's receiver; none if it does not speak the protocol.
pub(super) fn neighbour(case: &Case, offer: u32) -> Option<Key> {
    let leg = case.chain.leg(offer)?;
    case.chain.members().get(leg.receiver)?.key.clone()
}

/// A leg that came back with an answer.
pub(super) fn returned(leg: &mut Handover, answer: &str, back: &Back, at: Timestamp) {
    leg.state = Leg::Returned;
    leg.answer = answer.to_owned();
    legs::came_back(leg, back);
    leg.returned_at = Some(at);
    leg.told_entry = None;
    legs::fact(leg, ClockEvent::Answered, at);
    legs::fact(leg, ClockEvent::Resolved, at);
}

/// The ticket is ours to act again.
pub(super) fn ours_again(hand: &mut Hand) {
    if hand.ticket.state == State::WaitingSupplier {
        hand.move_to(State::Open, None);
    }
}

/// Takes the answer of a leg.
pub(super) async fn approve_leg(
    tx: &mut Tx,
    ring: &Ring,
    case: &mut Case,
    leg: &mut Handover,
    ids: &mut Ids,
    now: Timestamp,
) -> Result<()> {
    let offer = leg.offer.ok_or(Error::Refused("wrong-state"))?;
    case.write(tx, ring, Custody::Approve { offer }, now).await?;
    leg.state = Leg::Approved;
    legs::put(tx, leg, ids, now).await
}

/// The time of an offer is over: nobody has taken it.
pub(crate) async fn expire_due(app: &App, desk: DeskId, id: HandoverId) -> Result<jobs::Outcome> {
    let now = app.now();
    let unit = Arc::new((Ring::load(app, desk).await?, [app.ids(now), app.ids(now)]));
    let told = app
        .store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (ring, [for_hand, ids]) = &*unit;
                let mut ids = ids.clone();
                let Some(mut leg) = handovers::get(tx, id).await? else { return Ok(None) };
                let over = leg.expires_at.is_some_and(|at| at <= now);
                let (true, true, Some(ticket), Some(offer)) =
                    (leg.state.is_offered(), over, leg.ticket, leg.offer)
                else {
                    return Ok(None);
                };
                let mut case = Case::of(tx, &leg).await?;
                case.write(tx, ring, Custody::Expire { offer }, now).await?;
                leg.state = Leg::Expired;
                legs::put(tx, &mut leg, &mut ids, now).await?;
                case.spread(tx, &mut ids, now).await?;
                let mut hand = Hand::take(tx, ticket, for_hand.clone(), now, Actor::System).await?;
                hand.append(legs::moved(&leg));
                ours_again(&mut hand);
                notify(tx, &hand, &mut ids, Occasion::SupplierLate, now).await?;
                hand.put(tx, Deed::HandOver).await.map(Some)
            })
        })
        .await?;
    if let Some(told) = told {
        app.live.tell(told);
        app.wake();
    }
    Ok(jobs::Outcome::Done)
}

/// A supplier's promise is due: whoever has the ticket is told to ask.
pub(crate) async fn chase_due(app: &App, desk: DeskId, id: HandoverId) -> Result<jobs::Outcome> {
    let now = app.now();
    let unit = Arc::new([app.ids(now), app.ids(now)]);
    let told = app
        .store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let [for_hand, ids] = &*unit;
                let mut ids = ids.clone();
                let Some(mut leg) = handovers::get(tx, id).await? else { return Ok(None) };
                // It may have been met, or moved: then another job waits for the new time.
                let (Some(ticket), true) = (leg.ticket, leg.chase_at.is_some_and(|at| at <= now)) else {
                    return Ok(None);
                };
                legs::put(tx, &mut leg, &mut ids, now).await?;
                let mut hand = Hand::take(tx, ticket, for_hand.clone(), now, Actor::System).await?;
                let agents = notify(tx, &hand, &mut ids, Occasion::SupplierLate, now).await?;
                hand.append(Event::Told { occasion: Occasion::SupplierLate, agents });
                hand.put(tx, Deed::TicketNotice).await.map(Some)
            })
        })
        .await?;
    if let Some(told) = told {
        app.live.tell(told);
        app.wake();
    }
    Ok(jobs::Outcome::Done)
}

/// Tells whoever has the ticket; whom.
pub(super) async fn notify(
    tx: &mut Tx,
    hand: &Hand,
    ids: &mut Ids,
    occasion: Occasion,
    now: Timestamp,
) -> Result<Vec<domain::id::AgentId>> {
    let Some(agent) = hand.ticket.assignee else { return Ok(Vec::new()) };
    queue::enqueue(tx, now, &jobs::notify(ids, hand.ticket.id, agent, occasion, now)).await?;
    Ok(vec![agent])
}

/// A ticket was resolved or closed: answers that came back were enough, and with the end of the ticket the hand-over
/// that began here ends too.
pub(crate) async fn settle(app: &App, desk: DeskId, ticket: TicketId) -> Result<jobs::Outcome> {
    let now = app.now();
    let unit = Arc::new((Ring::load(app, desk).await?, app.ids(now)));
    app.store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (ring, ids) = &*unit;
                let mut ids = ids.clone();
                let row = store::tickets::get(tx, ticket).await?.ok_or(Error::NotFound("ticket"))?;
                let Some(chain) = handovers::chain_of(tx, ticket).await? else { return Ok(()) };
                let mut case = Case::load(tx, &chain.id).await?.ok_or(Error::NotFound("hand-over"))?;
                if !matches!(row.state, State::Resolved | State::Closed)
                    || case.chain.writer() != Some(&case.me)
                {
                    return Ok(());
                }
                let mut legs = legs::others(tx, ticket, None).await?;
                for leg in legs.iter_mut().filter(|leg| leg.state == Leg::Returned) {
                    approve_leg(tx, ring, &mut case, leg, &mut ids, now).await?;
                }
                let mine =
                    case.chain.members().first().and_then(|opener| opener.key.as_ref()) == Some(&case.me);
                let busy = legs.iter().any(|leg| leg.state.is_offered() || leg.state.is_away());
                if row.state == State::Closed && mine && !busy {
                    case.write(tx, ring, Custody::Close {}, now).await?;
                    case.row.closed = true;
                    handovers::set_chain(tx, &case.row).await?;
                    for leg in legs.iter_mut().filter(|leg| leg.state == Leg::Approved) {
                        leg.state = Leg::Closed;
                        legs::put(tx, leg, &mut ids, now).await?;
                    }
                }
                case.spread(tx, &mut ids, now).await
            })
        })
        .await?;
    app.wake();
    Ok(jobs::Outcome::Done)
}
