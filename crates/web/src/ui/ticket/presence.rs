//! Who else has a ticket open: known to this process alone, forgotten within a minute, and never a reason to refuse
//! anything.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use domain::id::{AgentId, DeskId};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::broadcast;

/// The page tells that it is there at least every 20 seconds.
const FORGOTTEN: SignedDuration = SignedDuration::from_secs(60);

/// Somebody at a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Present {
    pub(crate) agent: AgentId,
    pub(crate) name: String,
    /// Whether they are writing an answer.
    pub(crate) replying: bool,
    seen: Timestamp,
}

/// A ticket of a desk, by its number.
pub(crate) type Place = (DeskId, i64);

/// Who is where.
#[derive(Debug)]
pub(crate) struct Presence {
    here: Mutex<HashMap<Place, Vec<Present>>>,
    changed: broadcast::Sender<Place>,
}

impl Default for Presence {
    fn default() -> Self {
        Self { here: Mutex::default(), changed: broadcast::channel(256).0 }
    }
}

impl Presence {
    /// Watches, from now on, where somebody comes or begins to write.
    pub(crate) fn watch(&self) -> broadcast::Receiver<Place> {
        self.changed.subscribe()
    }

    /// Notes that somebody is at a ticket, and tells who watches if they would see a difference.
    pub(crate) fn tell(&self, at: Place, agent: (AgentId, &str), replying: bool, now: Timestamp) {
        if self.note(at, agent, replying, now) {
            // An error only says that nobody watches.
            let _ = self.changed.send(at);
        }
    }

    fn note(&self, at: Place, agent: (AgentId, &str), replying: bool, now: Timestamp) -> bool {
        let mut all = self.here.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, here| {
            here.retain(|present| now.duration_since(present.seen) < FORGOTTEN);
            !here.is_empty()
        });
        let here = all.entry(at).or_default();
        let before = here.iter().find(|present| present.agent == agent.0).map(|present| present.replying);
        here.retain(|present| present.agent != agent.0);
        here.push(Present { agent: agent.0, name: agent.1.to_owned(), replying, seen: now });
        before != Some(replying)
    }

    /// Who is at a ticket besides the one who asks.
    pub(crate) fn others(&self, at: Place, but: AgentId, now: Timestamp) -> Vec<Present> {
        let all = self.here.lock().unwrap_or_else(PoisonError::into_inner);
        let here = all.get(&at).into_iter().flatten();
        here.filter(|p| p.agent != but && now.duration_since(p.seen) < FORGOTTEN).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_are_seen_until_they_are_gone() {
        let now: Timestamp = "2026-03-30T08:00:00Z".parse().unwrap();
        let desk = DeskId::new(now, [1; 10]);
        let (anna, bela) = (AgentId::new(now, [2; 10]), AgentId::new(now, [3; 10]));
        let presence = Presence::default();
        assert!(presence.note((desk, 7), (anna, "Anna"), false, now));
        assert!(!presence.note((desk, 7), (anna, "Anna"), false, now), "nothing new");
        assert!(presence.note((desk, 7), (anna, "Anna"), true, now), "now writing");
        assert_eq!(presence.others((desk, 7), anna, now), []);
        assert_eq!(presence.others((desk, 8), bela, now), []);
        let seen = presence.others((desk, 7), bela, now);
        assert_eq!(seen.iter().map(|p| (p.name.as_str(), p.replying)).collect::<Vec<_>>(), [("Anna", true)]);
        let later = now + SignedDuration::from_secs(60);
        assert_eq!(presence.others((desk, 7), bela, later), []);
    }
}
