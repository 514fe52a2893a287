//! The chain of a hand-over: read from its messages alone, and so the same on every desk that has them.

use jiff::Timestamp;

use super::message::{ChainId, Content, Custody, Hash, Key, Link, Message, Named, Seal};
use super::states::{Leg, Outcome, Party, Step};
use crate::clock::CalendarSpec;
use crate::words;

words! {
    /// Why a message does not join the chain.
    pub enum Refusal {
        /// Of another hand-over, or of none that we know.
        Foreign = "foreign",
        /// Something before it is missing. It joins when that has come.
        Gap = "gap",
        /// Another message has this place already: somebody wrote two histories.
        Fork = "fork",
        /// It does not go on from the message before.
        Broken = "broken",
        /// Who signed does not hold.
        NotHolder = "not_holder",
        /// The hand-over does not stand where this step begins.
        WrongState = "wrong_state",
        /// It is older than the message before, or the receiver said yes too late.
        WrongTime = "wrong_time",
        /// Offered to a desk that waits for it already.
        Loop = "loop",
        /// The receiver's answer in it is not what the receiver signed.
        Unproven = "unproven",
        /// It is no message of the chain.
        Malformed = "malformed",
    }
}

/// Somebody who takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The name.
    pub name: String,
    /// The desk's key; none for who does not speak the protocol.
    pub key: Option<Key>,
    /// Who writes while this member holds: itself, or the desk that keeps the record for it.
    pub keeper: Key,
    /// In which hours it works; none until it has taken something.
    pub calendar: Option<CalendarSpec>,
}

/// One leg: from a desk that offered to one that received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The offer's place in the chain.
    pub offer: u32,
    /// The offer's hash.
    pub hash: Hash,
    /// Who offered, as an index of the members.
    pub offerer: usize,
    /// Who received, as an index of the members.
    pub receiver: usize,
    /// Where it stands.
    pub state: Leg,
    /// Until when it was offered.
    pub expires: Timestamp,
    /// The hash of the message with the package.
    pub package: Hash,
    /// With what it came back the last time.
    pub outcome: Option<Outcome>,
    /// The hash of the message with the answer.
    pub answer: Option<Hash>,
    /// When it was confirmed.
    pub confirmed: Option<Timestamp>,
    /// The place of the newest message about it.
    pub last: u32,
}

/// A stretch of time in which one member held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Who, as an index of the members.
    pub member: usize,
    /// From when.
    pub from: Timestamp,
    /// Until when; none: still.
    pub to: Option<Timestamp>,
}

/// What was read so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    id: ChainId,
    hashes: Vec<Hash>,
    at: Timestamp,
    members: Vec<Member>,
    legs: Vec<Stretch>,
    held: Vec<Held>,
    holder: usize,
    closed: bool,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    /// It is the newest of the chain now.
    New,
    /// It is in the chain already.
    Known,
}

impl Chain {
    /// A chain of which nothing was read.
    #[must_use]
    pub fn new(id: ChainId) -> Self {
        Self {
            id,
            hashes: Vec::new(),
            at: Timestamp::MIN,
            members: Vec::new(),
            legs: Vec::new(),
            held: Vec::new(),
            holder: 0,
            closed: false,
        }
    }

    /// The hand-over.
    #[must_use]
    pub fn id(&self) -> &ChainId {
        &self.id
    }

    /// How many messages it has.
    #[must_use]
    pub fn length(&self) -> u32 {
        u32::try_from(self.hashes.len()).unwrap_or(u32::MAX)
    }

    /// The hash of the newest message.
    #[must_use]
    pub fn last(&self) -> Option<Hash> {
        self.hashes.last().copied()
    }

    /// The instant of the newest message. The next one is not older.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// Who takes part, in the order in which they came.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The legs, in their order.
    #[must_use]
    pub fn legs(&self) -> &[Stretch] {
        &self.legs
    }

    /// Who held when, in order, without a gap.
    #[must_use]
    pub fn held(&self) -> &[Held] {
        &self.held
    }

    /// Who holds; none before the first message and after the last.
    #[must_use]
    pub fn holder(&self) -> Option<&Member> {
        if self.closed { None } else { self.members.get(self.holder) }
    }

    /// Whose message would come next.
    #[must_use]
    pub fn writer(&self) -> Option<&Key> {
        self.holder().map(|member| &member.keeper)
    }

    /// Whether it is over.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// The leg that began with this offer.
    #[must_use]
    pub fn leg(&self, offer: u32) -> Option<&Stretch> {
        self.legs.iter().find(|leg| leg.offer == offer)
    }

    /// The leg by which the holder has got it, if it did not open the chain.
    #[must_use]
    pub fn incoming(&self) -> Option<&Stretch> {
        self.legs.iter().rev().find(|leg| leg.receiver == self.holder && leg.state.is_away())
    }

    /// The member with a key.
    #[must_use]
    pub fn member(&self, key: &Key) -> Option<usize> {
        self.members.iter().position(|member| member.key.as_ref() == Some(key))
    }

    /// To whom a desk tells what it has of the chain, and up to which place: those to whom it offered, and who offered to
    /// it. Who never took what was offered hears how that ended and nothing more.
    #[must_use]
    pub fn neighbours(&self, me: &Key) -> Vec<(Key, u32)> {
        let key = |member: usize| self.members.get(member).and_then(|member| member.key.clone());
        let mut all: Vec<(Key, u32)> = Vec::new();
        for leg in &self.legs {
            let (offerer, receiver) = (key(leg.offerer), key(leg.receiver));
            let other = if offerer.as_ref() == Some(me) {
                receiver
            } else if receiver.as_ref() == Some(me) {
                offerer
            } else {
                None
            };
            let Some(other) = other else { continue };
            let outside = leg.confirmed.is_none() && leg.state.is_over();
            let until = if outside { leg.last } else { u32::MAX };
            match all.iter_mut().find(|(known, _)| *known == other) {
                Some((_, most)) => *most = until.max(*most),
                None => all.push((other, until)),
            }
        }
        all
    }

    /// Takes the next message, or knows it already. Nothing changes where it is refused.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn append(&mut self, message: &Message, seal: &dyn Seal) -> Result<Joined, Refusal> {
        let Content::Custody(custody) = &message.content else { return Err(Refusal::Malformed) };
        if message.handover != self.id {
            return Err(Refusal::Foreign);
        }
        let place = usize::try_from(message.sequence).unwrap_or(usize::MAX).checked_sub(1);
        let place = place.ok_or(Refusal::Malformed)?;
        match self.hashes.get(place) {
            Some(known) if *known == message.hash => return Ok(Joined::Known),
            Some(_) => return Err(Refusal::Fork),
            None if place > self.hashes.len() => return Err(Refusal::Gap),
            None => {}
        }
        if message.previous != self.last() {
            return Err(Refusal::Broken);
        }
        if self.hashes.is_empty() {
            self.open(message, custody, seal)?;
        } else {
            if self.writer() != Some(&message.key) {
                return Err(Refusal::NotHolder);
            }
            if message.at < self.at {
                return Err(Refusal::WrongTime);
            }
            let mut next = self.clone();
            next.step(message, custody, seal)?;
            *self = next;
        }
        self.hashes.push(message.hash);
        self.at = message.at;
        Ok(Joined::New)
    }

    fn open(&mut self, message: &Message, custody: &Custody, seal: &dyn Seal) -> Result<(), Refusal> {
        let Custody::Open { nonce, name, since, calendar } = custody else { return Err(Refusal::Malformed) };
        if ChainId::of(seal, &message.key, nonce) != self.id {
            return Err(Refusal::Foreign);
        }
        if *since > message.at {
            return Err(Refusal::WrongTime);
        }
        self.members.push(Member {
            name: name.clone(),
            key: Some(message.key.clone()),
            keeper: message.key.clone(),
            calendar: Some((*calendar.0).clone()),
        });
        self.held.push(Held { member: 0, from: *since, to: None });
        Ok(())
    }

    fn step(&mut self, message: &Message, custody: &Custody, seal: &dyn Seal) -> Result<(), Refusal> {
        let at = message.at;
        match custody {
            Custody::Open { .. } => Err(Refusal::WrongState),
            Custody::Offer { to, expires, package } => {
                if *expires < at {
                    return Err(Refusal::WrongTime);
                }
                self.offer(message, to, *expires, *package)
            }
            Custody::Withdraw { offer } => self.mine(*offer, Step::Withdraw, message).map(drop),
            Custody::Expire { offer } => {
                let leg = self.mine(*offer, Step::Expire, message)?;
                if at < self.legs[leg].expires { Err(Refusal::WrongTime) } else { Ok(()) }
            }
            Custody::Declined { offer, answer } => {
                let leg = self.open_offer(*offer)?;
                if let Some(said) = self.answer(leg, answer.as_ref(), seal)? {
                    let Content::Link(Link::Decline { offer, .. }) = said.content else {
                        return Err(Refusal::Unproven);
                    };
                    if offer != self.legs[leg].hash {
                        return Err(Refusal::Unproven);
                    }
                }
                self.set(leg, Leg::Declined, message);
                Ok(())
            }
            Custody::Confirm { offer, answer, calendar } => {
                let leg = self.open_offer(*offer)?;
                if let Some(said) = self.answer(leg, answer.as_ref(), seal)? {
                    let Content::Link(Link::Accept { offer, calendar: theirs, .. }) = said.content else {
                        return Err(Refusal::Unproven);
                    };
                    if offer != self.legs[leg].hash || theirs != *calendar {
                        return Err(Refusal::Unproven);
                    }
                }
                if at > self.legs[leg].expires {
                    return Err(Refusal::WrongTime);
                }
                self.set(leg, Leg::InProgress, message);
                self.legs[leg].confirmed = Some(at);
                let receiver = self.legs[leg].receiver;
                if let Some(member) = self.members.get_mut(receiver) {
                    member.calendar = Some((*calendar.0).clone());
                }
                self.give(receiver, at);
                Ok(())
            }
            Custody::Return { offer, outcome, answer } => {
                let leg = self.place(*offer)?;
                let stretch = &self.legs[leg];
                if stretch.receiver != self.holder || self.is_busy() {
                    return Err(Refusal::WrongState);
                }
                let to = stretch.state.after(Step::Return, Party::Receiver).ok_or(Refusal::WrongState)?;
                let offerer = stretch.offerer;
                self.set(leg, to, message);
                self.legs[leg].outcome = Some(*outcome);
                self.legs[leg].answer = Some(*answer);
                self.give(offerer, at);
                Ok(())
            }
            Custody::Approve { offer } => self.mine(*offer, Step::Approve, message).map(drop),
            Custody::SendBack { offer, .. } => {
                let leg = self.mine(*offer, Step::SendBack, message)?;
                let receiver = self.legs[leg].receiver;
                self.give(receiver, at);
                Ok(())
            }
            Custody::Close {} => {
                if self.holder != 0 || self.is_busy() {
                    return Err(Refusal::WrongState);
                }
                for leg in 0..self.legs.len() {
                    if let Some(to) = self.legs[leg].state.after(Step::Close, Party::Offerer) {
                        self.set(leg, to, message);
                    }
                }
                if let Some(last) = self.held.last_mut() {
                    last.to = Some(at);
                }
                self.closed = true;
                Ok(())
            }
        }
    }

    fn offer(
        &mut self,
        message: &Message,
        to: &Named,
        expires: Timestamp,
        package: Hash,
    ) -> Result<(), Refusal> {
        // Who keeps the record for somebody else cannot hand over in its name.
        let speaks = self.members.get(self.holder).is_some_and(|member| member.key.is_some());
        if self.is_busy() || !speaks {
            return Err(Refusal::WrongState);
        }
        let known = to.key.as_ref().and_then(|key| self.member(key));
        if known.is_some_and(|member| self.waits(member)) {
            return Err(Refusal::Loop);
        }
        let receiver = known.unwrap_or_else(|| {
            self.members.push(Member {
                name: to.name.clone(),
                key: to.key.clone(),
                keeper: to.key.clone().unwrap_or_else(|| message.key.clone()),
                calendar: None,
            });
            self.members.len() - 1
        });
        self.legs.push(Stretch {
            offer: message.sequence,
            hash: message.hash,
            offerer: self.holder,
            receiver,
            state: Leg::Offered,
            expires,
            package,
            outcome: None,
            answer: None,
            confirmed: None,
            last: message.sequence,
        });
        Ok(())
    }

    /// Whether a member holds, or waits until it gets the hand-over back.
    fn waits(&self, member: usize) -> bool {
        member == 0
            || member == self.holder
            || self.legs.iter().any(|leg| leg.offerer == member && leg.state.is_away())
    }

    /// Whether the holder has something out, or back and not looked at: then this comes first.
    fn is_busy(&self) -> bool {
        let busy =
            |leg: &Stretch| leg.state.is_offered() || leg.state.is_away() || leg.state == Leg::Returned;
        self.legs.iter().any(|leg| leg.offerer == self.holder && busy(leg))
    }

    fn place(&self, offer: u32) -> Result<usize, Refusal> {
        self.legs.iter().position(|leg| leg.offer == offer).ok_or(Refusal::WrongState)
    }

    /// The holder's own step on what it offered.
    fn mine(&mut self, offer: u32, step: Step, message: &Message) -> Result<usize, Refusal> {
        let leg = self.place(offer)?;
        if self.legs[leg].offerer != self.holder {
            return Err(Refusal::WrongState);
        }
        let to = self.legs[leg].state.after(step, Party::Offerer).ok_or(Refusal::WrongState)?;
        self.set(leg, to, message);
        Ok(leg)
    }

    /// The holder's offer that is out. In the chain nobody sees whether it was accepted.
    fn open_offer(&self, offer: u32) -> Result<usize, Refusal> {
        let leg = self.place(offer)?;
        if self.legs[leg].offerer == self.holder && self.legs[leg].state.is_offered() {
            Ok(leg)
        } else {
            Err(Refusal::WrongState)
        }
    }

    /// What the receiver of a leg said; none if it does not speak the protocol.
    fn answer(
        &self,
        leg: usize,
        answer: Option<&super::Signed>,
        seal: &dyn Seal,
    ) -> Result<Option<Message>, Refusal> {
        let offerer = self.members.get(self.legs[leg].offerer).and_then(|member| member.key.as_ref());
        let receiver = self.members.get(self.legs[leg].receiver).and_then(|member| member.key.as_ref());
        match (receiver, answer) {
            (None, None) => Ok(None),
            (None, Some(_)) | (Some(_), None) => Err(Refusal::Unproven),
            (Some(receiver), Some(answer)) => {
                let said = Message::read(answer.clone(), seal).map_err(|_| Refusal::Unproven)?;
                let theirs = said.key == *receiver && said.handover == self.id && said.to.as_ref() == offerer;
                if theirs { Ok(Some(said)) } else { Err(Refusal::Unproven) }
            }
        }
    }

    fn set(&mut self, leg: usize, state: Leg, message: &Message) {
        self.legs[leg].state = state;
        self.legs[leg].last = message.sequence;
    }

    /// From an instant on another member holds.
    fn give(&mut self, member: usize, at: Timestamp) {
        if let Some(last) = self.held.last_mut() {
            last.to = Some(at);
        }
        self.held.push(Held { member, from: at, to: None });
        self.holder = member;
    }
}
