//! What was handed to Microsoft goes on there: a request for Azure is filed, any request is followed; what we say is said
//! there once, and what is said there comes back to the ticket.
//!
//! Each has a row with its own state and its own next time. One job for each desk does what is due, one after another.
//! What is to be said waits in a row of its own, written with the decision; whatever becomes of an attempt is known, or
//! looked for, before the next.

mod filing;
mod place;
mod there;

use std::sync::Arc;

use domain::{
    access::Visibility,
    clock::running::Event as ClockEvent,
    deed::Deed,
    handover::{
        Custody,
        followed::{self as rules, Reading, Status},
        states::Outcome,
    },
    id::{AgentId, DeskId, EntryId, HandoverId},
    party::supplier::Way,
    ticket::{
        notice::Occasion,
        timeline::{Actor, Event},
    },
};
use jiff::{SignedDuration, Timestamp};
use store::{
    Json, Tx,
    followed::{self, Followed, Word},
    handovers::{self, Handover},
    queue, search,
    tickets::NEVER,
};

pub use filing::{Filing, Topic};
pub(super) use filing::{keep, kept, prepare};

use super::{
    case::{self, Case},
    keys::Ring,
    legs, offer, steps,
};
use crate::{
    App, Error, Ids, Result,
    jobs::{self, Outcome as Done},
    live,
    microsoft::{self, State, Trouble},
    tickets::Hand,
};

/// How soon it is looked at again while something happens, and how soon while nothing does.
const LIVELY: SignedDuration = SignedDuration::from_secs(30);
const QUIET: SignedDuration = SignedDuration::from_mins(5);
/// For how long after the last news something happens.
const STIR: SignedDuration = SignedDuration::from_mins(15);
/// For how long after an attempt a request may turn up that Microsoft did not confirm.
const TURNS_UP: SignedDuration = SignedDuration::from_mins(10);
/// For how long one desk's are looked at at a time; what is due then waits for the next job.
const TURN: SignedDuration = SignedDuration::from_secs(60);
/// When a job looks again that has found the desk held.
const WAIT: SignedDuration = SignedDuration::from_secs(5);
/// How many things that were heard are remembered.
const REMEMBERED: usize = 2_000;

/// A row of something that nobody has looked at yet.
fn row(id: HandoverId, agent: AgentId, filing: serde_json::Value, now: Timestamp) -> Followed {
    Followed {
        handover: id,
        agent,
        state: State::Never.word().into(),
        detail: String::new(),
        failures: 0,
        status: String::new(),
        filing: Json(filing),
        tried_at: None,
        heard: Json(Vec::new()),
        moved_at: now,
        read_at: None,
        told_at: None,
        next_at: NEVER,
        version: 1,
    }
}

/// Begins to follow a request that somebody has filed. What was heard of one with another number does not count.
pub(super) async fn begin(
    tx: &mut Tx,
    leg: &Handover,
    number: &str,
    agent: AgentId,
    now: Timestamp,
) -> Result<()> {
    if leg.number != number {
        followed::remove(tx, leg.id).await?;
    } else if followed::get(tx, leg.id).await?.is_some() {
        return Ok(());
    }
    Ok(followed::add(tx, &row(leg.id, agent, serde_json::Value::Null, now)).await?)
}

/// Keeps words that are to be said there, where a program says anything there: without a connection the agent does.
pub(super) async fn say(tx: &mut Tx, leg: HandoverId, words: &[Word]) -> Result<()> {
    let connection = store::microsoft::connection(tx).await?;
    if connection.is_none_or(|known| known.refresh_token.is_none()) {
        return Ok(());
    }
    for word in words {
        followed::say(tx, leg, word).await?;
    }
    Ok(())
}

/// A leg moved on: it is looked at now.
pub(super) async fn stir(tx: &mut Tx, leg: &Handover, ids: &mut Ids, now: Timestamp) -> Result<()> {
    if leg.way == Way::AzureSupport || (leg.way == Way::Portal && !leg.number.is_empty()) {
        look_at(tx, leg.id, ids, now).await?;
    }
    Ok(())
}

/// Has a leg be looked at now.
pub(super) async fn look_at(tx: &mut Tx, leg: HandoverId, ids: &mut Ids, now: Timestamp) -> Result<()> {
    followed::sooner(tx, leg, now).await?;
    queue::enqueue(tx, now, &jobs::follow(ids, now)).await?;
    Ok(())
}

/// Has each desk's job run that has something to look at; how many.
pub(crate) async fn sweep(app: &App, desk: DeskId) -> Result<usize> {
    let now = app.now();
    let due = app.store.read::<_, store::Error, _>(desk, move |tx| Box::pin(followed::due(tx, now, 1)));
    if due.await?.is_empty() {
        return Ok(0);
    }
    let job = jobs::follow(&mut app.ids(now), now);
    app.store
        .write::<_, store::Error, _>(desk, move |tx| {
            let job = job.clone();
            Box::pin(async move { Ok(usize::from(queue::enqueue(tx, now, &job).await?)) })
        })
        .await
        .map_err(Error::from)
}

/// Goes on with what is due.
pub(crate) async fn follow(app: &App, desk: DeskId, job: &queue::Job) -> Result<Done> {
    jobs::alone(app, format!("follow:{desk}"), job, WAIT, turn(app, desk)).await
}

async fn turn(app: &App, desk: DeskId) -> Result<Done> {
    let began = app.now();
    loop {
        let now = app.now();
        let due = app.store.read::<_, store::Error, _>(desk, move |tx| Box::pin(followed::due(tx, now, 1)));
        let Some(row) = due.await?.into_iter().next() else { return Ok(Done::Done) };
        if now.duration_since(began) > TURN {
            return Ok(Done::Again(now, "more is due".into()));
        }
        one(app, desk, row).await?;
    }
}

/// A leg, how it is followed, and what is to be said on it.
struct At {
    leg: Handover,
    row: Followed,
    words: Vec<Word>,
    /// By which address the desk speaks.
    sender: String,
}

/// What came of looking at one.
enum Ended {
    /// Nothing follows.
    Rest,
    /// Microsoft has not done yet what it was asked for.
    Busy,
    /// It is filed, under this number.
    Filed(String),
    /// Filed after nobody wanted it any more.
    Undone {
        /// Under this number.
        number: String,
        /// Where it stands there now: closed, if Microsoft let us.
        status: Status,
    },
    /// It was read; and what Microsoft would not be told.
    Read(Reading, Option<Trouble>),
}

async fn one(app: &App, desk: DeskId, row: Followed) -> Result<()> {
    let id = row.handover;
    let found = app
        .store
        .read(desk, move |tx| {
            Box::pin(async move {
                let leg = handovers::get(tx, id).await?;
                Ok::<_, Error>((leg, followed::words(tx, id).await?))
            })
        })
        .await?;
    let (Some(leg), words) = found else { return note(app, desk, row, 0, Ok(Ended::Rest)).await };
    let (sender, version) = (leg.package.0.caller.address.clone(), leg.version);
    let mut at = At { leg, row, words, sender };
    let ended = there::go_on(app, desk, &mut at).await;
    note(app, desk, at.row, version, ended).await
}

/// All that is written of it, and what is needed for that.
struct Unit {
    row: Followed,
    /// The leg's version that was looked at.
    version: i64,
    ended: Result<Ended, (State, String)>,
    next: Timestamp,
    ring: Ring,
    ids: [Ids; 2],
    now: Timestamp,
}

/// Writes how it ended: into its row, and what is new into the ticket.
async fn note(
    app: &App,
    desk: DeskId,
    mut row: Followed,
    version: i64,
    ended: Result<Ended, Trouble>,
) -> Result<()> {
    let now = app.now();
    let after = |wait: SignedDuration| now.checked_add(wait).unwrap_or(now);
    let failures = u32::try_from(row.failures).unwrap_or(u32::MAX);
    let (ended, next) = match ended {
        Ok(ended @ (Ended::Rest | Ended::Undone { .. })) => (Ok(ended), NEVER),
        Ok(ended @ (Ended::Busy | Ended::Filed(_) | Ended::Read(..))) => (Ok(ended), after(LIVELY)),
        Err(Trouble::Ours(error @ (Error::Internal(_) | Error::Unavailable(_) | Error::Stale))) => {
            return Err(error);
        }
        Err(trouble) => {
            let refused = matches!(trouble, Trouble::Ours(_));
            let (state, words, at) = microsoft::noted_as(&trouble, failures, now);
            (Err((if refused { State::Refused } else { state }, words)), at)
        }
    };
    row.failures = if ended.is_err() { row.failures + 1 } else { 0 };
    let ids = [app.ids(now), app.ids(now)];
    let unit = Arc::new(Unit { row, version, ended, next, ring: Ring::load(app, desk).await?, ids, now });
    let told: Option<live::Change> = app
        .store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move { unit.run(tx).await })
        })
        .await?;
    if let Some(told) = told {
        app.live.tell(told);
        app.wake();
    }
    Ok(())
}

impl Unit {
    async fn run(&self, tx: &mut Tx) -> Result<Option<live::Change>> {
        let (now, mut ids) = (self.now, self.ids[1].clone());
        let mut row = Followed { next_at: self.next, ..self.row.clone() };
        let leg = handovers::get(tx, row.handover).await?;
        let Some((mut leg, ticket)) = leg.and_then(|leg| leg.ticket.map(|ticket| (leg, ticket))) else {
            row.next_at = NEVER;
            followed::update(tx, &mut row).await?;
            return Ok(None);
        };
        let mut hand = Hand::take(tx, ticket, self.ids[0].clone(), now, Actor::Stranger).await?;
        let entries = hand.ticket.entries;
        let moved = leg.version != self.version;
        match &self.ended {
            Ok(ended) => {
                (row.state, row.detail, row.told_at) = (State::Current.word().into(), String::new(), None);
                row.read_at = Some(now);
                self.took(tx, ended, &mut row, &mut leg, &mut hand, &mut ids).await?;
            }
            Err((state, words)) => {
                self.stuck(tx, (*state, words), &mut row, &leg, &mut hand, &mut ids).await?;
            }
        }
        if moved {
            // It moved on while Microsoft was asked: it is looked at again.
            row.next_at = now;
        }
        followed::update(tx, &mut row).await?;
        if hand.ticket.entries == entries {
            return Ok(None);
        }
        hand.put(tx, Deed::HandOver).await.map(Some)
    }

    async fn took(
        &self,
        tx: &mut Tx,
        ended: &Ended,
        row: &mut Followed,
        leg: &mut Handover,
        hand: &mut Hand,
        ids: &mut Ids,
    ) -> Result<()> {
        let now = self.now;
        match ended {
            Ended::Rest | Ended::Busy => {}
            Ended::Filed(number) => {
                leg.number.clone_from(number);
                row.moved_at = now;
                // Taken back in the meantime: the next look ends it there.
                if leg.state.is_offered() && leg.expires_at.is_none_or(|at| now <= at) {
                    let mut case = Case::of(tx, leg).await?;
                    let hours = legs::terms(tx, leg).await?.map_or_else(case::always, |terms| terms.hours);
                    offer::confirm(tx, &self.ring, &mut case, leg, hours, now).await?;
                    hand.append(legs::moved(leg));
                    case.spread(tx, ids, now).await?;
                }
                legs::put(tx, leg, ids, now).await?;
            }
            Ended::Undone { number, status } => {
                hand.append(stands(leg, number, *status));
                if *status != Status::Closed {
                    tell(tx, hand, row, Occasion::SupplierStuck, ids, now).await?;
                }
            }
            Ended::Read(reading, refused) => {
                self.heard(tx, reading, row, leg, hand, ids).await?;
                let quiet = now.duration_since(row.moved_at) > STIR;
                row.next_at = now.checked_add(if quiet { QUIET } else { LIVELY }).unwrap_or(now);
                if refused.is_none() && !followed::words(tx, leg.id).await?.is_empty() {
                    // Written while Microsoft was asked.
                    row.next_at = now;
                }
                if let Some(trouble) = refused {
                    let (state, words, _) = microsoft::noted_as(trouble, 0, now);
                    row.told_at = self.row.told_at;
                    self.stuck(tx, (state, &words), row, leg, hand, ids).await?;
                }
            }
        }
        Ok(())
    }

    /// What is new there comes to the ticket.
    async fn heard(
        &self,
        tx: &mut Tx,
        reading: &Reading,
        row: &mut Followed,
        leg: &mut Handover,
        hand: &mut Hand,
        ids: &mut Ids,
    ) -> Result<()> {
        let now = self.now;
        let news = rules::news(row.status.parse().ok(), &row.heard.0, reading);
        reading.status.word().clone_into(&mut row.status);
        let renamed = !reading.number.is_empty() && leg.number != reading.number;
        if news.said.is_empty() && news.status.is_none() && !news.answered && !renamed {
            return Ok(());
        }
        row.moved_at = now;
        if renamed {
            leg.number.clone_from(&reading.number);
        }
        for one in &news.said {
            let entry = ids.next(EntryId::new);
            let event =
                Event::FromPartner { handover: leg.id, with: leg.party.clone(), text: one.text.clone() };
            hand.append_as(entry, event);
            let terms = search::analyse(&one.text, hand.ticket.lang);
            hand.index(Some(entry), Visibility::Partners, &terms);
            legs::fact(leg, ClockEvent::Answered, now);
        }
        let keys = news.said.iter().map(|one| one.key.clone());
        row.heard.0.extend(keys);
        let over = row.heard.0.len().saturating_sub(REMEMBERED);
        row.heard.0.drain(..over);
        if let Some(status) = news.status {
            hand.append(stands(leg, &leg.number, status));
        }
        if news.answered && leg.state.is_away() {
            let answer = reading.said.last().map(|one| one.text.as_str()).unwrap_or_default();
            let offer = leg.offer.ok_or(Error::Refused("wrong-state"))?;
            let mut case = Case::of(tx, leg).await?;
            // Microsoft says that it is closed, and not how: whoever reads the answer may say so.
            let (outcome, answer_hash) = (Outcome::Solved, case::hash_of(answer));
            case.write(tx, &self.ring, Custody::Return { offer, outcome, answer: answer_hash }, now).await?;
            steps::returned(leg, answer, &outcome.into(), case.chain.at());
            hand.append(legs::moved(leg));
            steps::ours_again(hand);
            case.spread(tx, ids, now).await?;
        }
        legs::put(tx, leg, ids, now).await?;
        if !news.said.is_empty() || news.answered || news.status == Some(Status::Waits) {
            tell(tx, hand, row, Occasion::Supplier, ids, now).await?;
        }
        Ok(())
    }

    /// It did not go on. Whoever has the ticket is told once of what does not end by itself.
    async fn stuck(
        &self,
        tx: &mut Tx,
        (state, words): (State, &str),
        row: &mut Followed,
        leg: &Handover,
        hand: &mut Hand,
        ids: &mut Ids,
    ) -> Result<()> {
        (row.state, row.detail) = (state.word().into(), words.to_owned());
        let filed = leg.way == Way::AzureSupport;
        let needs_people = match state {
            State::Consent | State::Refused | State::NoAdmin | State::Gone => true,
            // Where a person files, a person can follow: without a connection nothing is missed.
            State::Unconsented | State::NotOffered => filed,
            State::Failing => row.failures >= i64::from(microsoft::TROUBLE),
            State::Never | State::Current | State::Throttled => false,
        };
        if needs_people && row.told_at.is_none() {
            row.told_at = Some(self.now);
            tell(tx, hand, row, Occasion::SupplierStuck, ids, self.now).await?;
        }
        Ok(())
    }
}

fn stands(leg: &Handover, number: &str, status: Status) -> Event {
    Event::Followed { handover: leg.id, with: leg.party.clone(), number: number.to_owned(), status }
}

/// Tells whoever has the ticket; where nobody has it, whoever handed it over.
async fn tell(
    tx: &mut Tx,
    hand: &mut Hand,
    row: &Followed,
    occasion: Occasion,
    ids: &mut Ids,
    now: Timestamp,
) -> Result<()> {
    let agent = hand.ticket.assignee.unwrap_or(row.agent);
    queue::enqueue(tx, now, &jobs::notify(ids, hand.ticket.id, agent, occasion, now)).await?;
    if occasion == Occasion::SupplierStuck {
        hand.append(Event::Told { occasion, agents: vec![agent] });
    }
    Ok(())
}
