//! Three to five desks that hand over to each other at random, over a network that loses, doubles, reorders and is cut.

use std::collections::BTreeMap;

use domain::handover::message::{Custody, Draft, Link, Named};
use domain::handover::states::Outcome;
use domain::handover::{Chain, Content, Hash, Key, Leg, Message, Signed, shared_clock};

use super::{Toy, at, hours, id, key, message};
use crate::dice::{self, Dice};

/// What one desk has written to another beside the chain.
#[derive(Clone, Default)]
struct Lane(Vec<Message>);

impl Lane {
    fn last(&self) -> (u32, Option<Hash>) {
        (u32::try_from(self.0.len()).unwrap(), self.0.last().map(|message| message.hash))
    }

    fn append(&mut self, message: Message) {
        let (length, last) = self.last();
        if message.sequence == length + 1 && message.previous == last {
            self.0.push(message);
        }
    }
}

struct Desk {
    number: usize,
    /// How its clock goes wrong, in minutes.
    skew: i64,
    chain: Chain,
    messages: Vec<Message>,
    to: BTreeMap<Key, Lane>,
    from: BTreeMap<Key, Lane>,
}

/// What travels: the sender's whole knowledge from some place on, as a desk sends it whose receipts may be lost.
#[derive(Clone)]
struct Packet {
    from: usize,
    to: usize,
    chain: Vec<Signed>,
    link: Vec<Signed>,
}

impl Desk {
    fn new(number: usize, skew: i64) -> Self {
        let (to, from) = (BTreeMap::new(), BTreeMap::new());
        Desk { number, skew, chain: Chain::new(id(0)), messages: Vec::new(), to, from }
    }

    fn write(&mut self, minute: i64, custody: Custody) -> bool {
        let now = at(minute + self.skew).max(self.chain.at());
        let draft = Draft { at: now, ..super::next(&self.chain, self.number, 0, Content::Custody(custody)) };
        let message = message(&draft);
        let written = self.chain.append(&message, &Toy).is_ok();
        if written {
            self.messages.push(message);
        }
        written
    }

    fn say(&mut self, to: &Key, minute: i64, link: Link) -> Hash {
        let lane = self.to.entry(to.clone()).or_default();
        let (length, previous) = lane.last();
        let draft = Draft {
            handover: id(0),
            to: Some(to.clone()),
            sequence: length + 1,
            previous,
            at: at(minute + self.skew),
            key: key(self.number),
            content: Content::Link(link),
        };
        let message = message(&draft);
        let hash = message.hash;
        lane.append(message);
        hash
    }

    /// Does something that may or may not be possible now.
    fn act(&mut self, dice: &mut Dice, minute: i64, desks: usize) {
        let me = key(self.number);
        let answer = self.said_to_me(&me);
        if let Some((offerer, offer)) = answer {
            let link = if dice.chance(80) {
                Link::Accept { offer, calendar: hours(self.number), number: String::new() }
            } else {
                Link::Decline { offer, reason: String::new(), missing: None }
            };
            self.say(&offerer, minute, link);
            return;
        }
        if self.chain.writer() != Some(&me) {
            return;
        }
        let mine = |leg: &&domain::handover::chain::Stretch| {
            self.chain.members()[leg.offerer].key.as_ref() == Some(&me)
        };
        let out = self.chain.legs().iter().rev().find(mine).cloned();
        let held_for = self.chain.holder().is_some_and(|holder| holder.key.is_none());
        match out {
            Some(leg) if leg.state == Leg::Offered => {
                let receiver = self.chain.members()[leg.receiver].clone();
                let Some(other) = receiver.key else {
                    let taken = Custody::Confirm { offer: leg.offer, answer: None, calendar: hours(9) };
                    self.write(minute, taken);
                    return;
                };
                let said = self.from.get(&other).and_then(|lane| answer_to(lane, leg.hash));
                let step = match said {
                    Some((signed, true)) if dice.chance(80) => Custody::Confirm {
                        offer: leg.offer,
                        answer: Some(signed),
                        calendar: hours(number_of(&other)),
                    },
                    Some((signed, false)) => Custody::Declined { offer: leg.offer, answer: Some(signed) },
                    _ if dice.chance(20) => Custody::Withdraw { offer: leg.offer },
                    _ => Custody::Expire { offer: leg.offer },
                };
                self.write(minute, step);
            }
            Some(leg) if leg.state.is_away() && held_for => {
                let back = Custody::Return { offer: leg.offer, outcome: Outcome::Solved, answer: leg.hash };
                self.write(minute, back);
            }
            Some(leg) if leg.state == Leg::Returned => {
                let step = if dice.chance(70) {
                    Custody::Approve { offer: leg.offer }
                } else {
                    Custody::SendBack { offer: leg.offer, reason: leg.hash }
                };
                self.write(minute, step);
            }
            _ => {
                let incoming = self.chain.incoming().map(|leg| leg.offer);
                if self.number == 0 && dice.chance(5) {
                    self.write(minute, Custody::Close {});
                } else if let Some(offer) = incoming.filter(|_| dice.chance(40)) {
                    let hash = self.chain.leg(offer).unwrap().hash;
                    let back = Custody::Return { offer, outcome: Outcome::Documentation, answer: hash };
                    self.write(minute, back);
                } else {
                    // Any other desk, or somebody who does not speak; some of them are refused.
                    let other = usize::try_from(dice.between(0, i64::try_from(desks).unwrap())).unwrap();
                    let to = if other == desks {
                        Named { name: "Microsoft".into(), key: None }
                    } else {
                        Named { name: format!("Desk {other}"), key: Some(key(other)) }
                    };
                    let expires = at(minute + self.skew + dice.between(1, 60)).max(self.chain.at());
                    let package = self.messages[0].hash;
                    self.write(minute, Custody::Offer { to, expires, package });
                }
            }
        }
    }

    /// An offer to this desk that it has not answered.
    fn said_to_me(&self, me: &Key) -> Option<(Key, Hash)> {
        let leg = self.chain.legs().last()?;
        let receiver = self.chain.members()[leg.receiver].key.as_ref();
        let offerer = self.chain.members()[leg.offerer].key.clone()?;
        let answered = self.to.get(&offerer).is_some_and(|lane| answer_to(lane, leg.hash).is_some());
        (leg.state == Leg::Offered && receiver == Some(me) && !answered).then_some((offerer, leg.hash))
    }

    fn packets(&self) -> Vec<Packet> {
        let neighbours = self.chain.neighbours(&key(self.number));
        let part = |until: u32| self.messages.iter().take(usize::try_from(until).unwrap());
        neighbours
            .into_iter()
            .map(|(other, until)| Packet {
                from: self.number,
                to: number_of(&other),
                chain: part(until).map(|message| message.signed.clone()).collect(),
                link: self
                    .to
                    .get(&other)
                    .map(|lane| lane.0.iter().map(|message| message.signed.clone()).collect())
                    .unwrap_or_default(),
            })
            .collect()
    }

    fn receive(&mut self, packet: &Packet) {
        let known = self.from.get(&key(packet.from)).map_or(0, |lane| lane.0.len());
        for signed in packet.link.iter().skip(known) {
            let message = Message::read(signed.clone(), &Toy).unwrap();
            self.from.entry(key(packet.from)).or_default().append(message);
        }
        for (place, signed) in packet.chain.iter().enumerate() {
            if self.messages.get(place).is_some_and(|known| known.signed == *signed) {
                continue;
            }
            let message = Message::read(signed.clone(), &Toy).unwrap();
            match self.chain.append(&message, &Toy) {
                Ok(domain::handover::chain::Joined::New) => self.messages.push(message),
                Ok(domain::handover::chain::Joined::Known) | Err(domain::handover::Refusal::Gap) => {}
                Err(other) => panic!("an honest desk was refused: {other} {}", signed.text),
            }
        }
    }
}

fn number_of(key: &Key) -> usize {
    usize::from(key.as_str().bytes().next().unwrap() - b'a')
}

/// What was said to an offer in a lane, and whether it was yes.
fn answer_to(lane: &Lane, offer: Hash) -> Option<(Signed, bool)> {
    lane.0.iter().find_map(|message| match &message.content {
        Content::Link(Link::Accept { offer: to, .. }) if *to == offer => Some((message.signed.clone(), true)),
        Content::Link(Link::Decline { offer: to, .. }) if *to == offer => {
            Some((message.signed.clone(), false))
        }
        _ => None,
    })
}

#[test]
fn all_desks_count_alike_in_the_end_and_never_two_hold() {
    dice::in_every_case(if dice::is_long() { 20_000 } else { 200 }, |dice| {
        let count = usize::try_from(dice.between(3, 5)).unwrap();
        let mut desks: Vec<Desk> = (0..count).map(|n| Desk::new(n, dice.between(-3, 3))).collect();
        let open =
            Custody::Open { nonce: "nonce".into(), name: "Desk 0".into(), since: at(-9), calendar: hours(0) };
        assert!(desks[0].write(0, open));
        let mut flying: Vec<Packet> = Vec::new();
        let mut cut: Option<(usize, i64)> = None;
        for minute in 1..dice.between(20, 200) {
            if dice.chance(5) {
                let who = usize::try_from(dice.between(0, i64::try_from(count).unwrap() - 1)).unwrap();
                cut = Some((who, minute + dice.between(5, 40)));
            }
            let who = usize::try_from(dice.between(0, i64::try_from(count).unwrap() - 1)).unwrap();
            desks[who].act(dice, minute, count);
            let other = usize::try_from(dice.between(0, i64::try_from(count).unwrap() - 1)).unwrap();
            flying.extend(desks[other].packets());
            // What flies longest is lost first; what is left comes in any order, and some of it twice.
            while flying.len() > 12 {
                flying.remove(0);
            }
            for _ in 0..dice.between(0, 3) {
                if flying.is_empty() {
                    break;
                }
                let last = i64::try_from(flying.len()).unwrap() - 1;
                let packet = flying.swap_remove(usize::try_from(dice.between(0, last)).unwrap());
                let is_cut = cut
                    .is_some_and(|(who, until)| minute < until && (packet.from == who || packet.to == who));
                if is_cut || dice.chance(20) {
                    continue;
                }
                if dice.chance(20) {
                    flying.push(packet.clone());
                }
                desks[packet.to].receive(&packet);
            }
            let writers = desks.iter().filter(|d| d.chain.writer() == Some(&key(d.number))).count();
            assert!(writers <= 1, "{writers} desks think that they hold");
        }
        // The network is whole again.
        for _ in 0..2 * count {
            for packet in desks.iter().flat_map(Desk::packets).collect::<Vec<_>>() {
                desks[packet.to].receive(&packet);
            }
        }
        let longest = desks.iter().max_by_key(|desk| desk.chain.length()).unwrap();
        let segments = shared_clock::segments(&longest.chain, at(100_000));
        for (one, next) in segments.iter().zip(segments.iter().skip(1)) {
            assert_eq!(one.to, Some(next.from), "somebody holds at every instant, and only one");
        }
        for desk in &desks {
            let me = longest.chain.member(&key(desk.number));
            let took = me.is_some_and(|me| {
                me == 0
                    || longest.chain.legs().iter().any(|leg| leg.receiver == me && leg.confirmed.is_some())
            });
            if took {
                assert_eq!(desk.chain, longest.chain, "desk {}", desk.number);
                assert_eq!(shared_clock::segments(&desk.chain, at(100_000)), segments);
            } else {
                let known = desk.messages.iter().zip(&longest.messages);
                assert!(known.into_iter().all(|(mine, theirs)| mine.signed == theirs.signed));
            }
        }
    });
}
