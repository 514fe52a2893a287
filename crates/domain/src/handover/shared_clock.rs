//! The shared clock: who held a hand-over from when to when, in which hours, and how much open time that was. It is
//! counted from the chain alone, so it is equal on every desk that has the same messages.

use jiff::{SignedDuration, Timestamp};

use super::chain::{Chain, Held, Member};
use super::message::Key;
use crate::clock::{Calendar, Period};

/// A stretch of time in which one member held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Its name.
    pub name: String,
    /// Its key; none for who does not speak the protocol.
    pub key: Option<Key>,
    /// From when.
    pub from: Timestamp,
    /// Until when; none: still.
    pub to: Option<Timestamp>,
    /// The open time of it in the member's hours, until now where it has not ended.
    pub open: SignedDuration,
}

/// The clock at `now`.
#[must_use]
pub fn segments(chain: &Chain, now: Timestamp) -> Vec<Segment> {
    until(chain, None, now)
}

/// The clock at `now` for the desk that left the chain then: what comes after is of no matter to it.
#[must_use]
pub fn until(chain: &Chain, left: Option<Timestamp>, now: Timestamp) -> Vec<Segment> {
    let before = chain.held().iter().filter(|held| left.is_none_or(|left| held.from < left));
    let segment = |one: &Held| {
        let ends = [one.to, left].into_iter().flatten().min();
        Some(held(chain.members().get(one.member)?, one.from, ends, now))
    };
    before.filter_map(segment).collect()
}

/// A stretch in which a member held.
#[must_use]
pub fn held(member: &Member, from: Timestamp, to: Option<Timestamp>, now: Timestamp) -> Segment {
    let end = to.unwrap_or(now).max(from);
    let calendar = member.calendar.clone().and_then(|spec| Calendar::try_from(spec).ok());
    // A calendar that cannot be counted was refused when it came: only an odd span has no answer.
    let elapsed = calendar.and_then(|calendar| calendar.elapsed(from, end, &[]).ok());
    Segment {
        name: member.name.clone(),
        key: member.key.clone(),
        from,
        to,
        open: elapsed.map_or(SignedDuration::ZERO, |elapsed| elapsed.elapsed),
    }
}

/// How much open time each member had in all, in the order in which they came.
#[must_use]
pub fn totals(segments: &[Segment]) -> Vec<(String, SignedDuration)> {
    let mut totals: Vec<(Option<&Key>, &str, SignedDuration)> = Vec::new();
    for segment in segments {
        let same = |total: &&mut (Option<&Key>, &str, SignedDuration)| {
            total.0 == segment.key.as_ref() && total.1 == segment.name
        };
        match totals.iter_mut().find(same) {
            Some(total) => total.2 += segment.open,
            None => totals.push((segment.key.as_ref(), &segment.name, segment.open)),
        }
    }
    totals.into_iter().map(|(_, name, open)| (name.to_owned(), open)).collect()
}

/// The time in which others than this desk held, until `now`: in it the desk's own clock stands still.
#[must_use]
pub fn away(chain: &Chain, key: &Key, now: Timestamp) -> Vec<Period> {
    let elsewhere = |member: usize| chain.members().get(member).is_some_and(|m| m.key.as_ref() != Some(key));
    let held = chain.held().iter().filter(|held| elsewhere(held.member) && held.from <= now);
    let end = |held: &Held| held.to.unwrap_or(now).min(now).max(held.from);
    held.map(|held| Period { from: held.from, to: end(held) }).collect()
}
