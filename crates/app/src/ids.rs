//! New ids.

use jiff::Timestamp;
use uuid::Uuid;

/// Makes ids for one use case. A unit of work that runs again clones it, and so makes the same ids again.
#[derive(Clone, Debug)]
pub struct Ids {
    now: Timestamp,
    seed: [u8; 10],
    made: u16,
}

impl Ids {
    /// Ids made at `now`.
    pub(crate) fn new(now: Timestamp) -> Self {
        Self { now, seed: random(), made: 0 }
    }

    /// The next id: `ids.next(TicketId::new)`. Those of one use case ascend.
    pub fn next<T>(&mut self, make: fn(Timestamp, [u8; 10]) -> T) -> T {
        let mut bytes = self.seed;
        // The first 12 of the random bits count (RFC 9562 §6.2, method 1), so that ids ascend within a millisecond.
        let [high, low] = self.made.to_be_bytes();
        (bytes[0], bytes[1]) = (high, low);
        self.made += 1;
        make(self.now, bytes)
    }

    /// Ids that none of those here, and none of a clone that made fewer than 2,048, is like.
    #[must_use]
    pub(crate) fn after(&self) -> Self {
        Self { made: self.made | 0x800, ..self.clone() }
    }

    /// The next id of no kind.
    pub fn uuid(&mut self) -> Uuid {
        self.next(domain::id::EntryId::new).uuid()
    }
}

/// Random bytes of the operating system.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}
