//! Random cases: so many in every run, more with `PARTNERDESK_LONG=1`. The seed is printed, and set by
//! `PARTNERDESK_SEED`.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::thread;

/// Runs a check over so many random cases, on all processors.
pub(crate) fn in_every_case(cases: u64, check: impl Fn(&mut Dice) + Sync) {
    let seed = seed();
    println!("PARTNERDESK_SEED={seed}");
    let threads = u64::try_from(thread::available_parallelism().unwrap().get()).unwrap();
    thread::scope(|scope| {
        for first in 0..threads {
            let check = &check;
            scope.spawn(move || {
                for number in (first..cases).step_by(usize::try_from(threads).unwrap()) {
                    check(&mut Dice::new(seed.wrapping_add(number)));
                }
            });
        }
    });
}

pub(crate) fn is_long() -> bool {
    std::env::var("PARTNERDESK_LONG").is_ok_and(|value| value == "1")
}

fn seed() -> u64 {
    match std::env::var("PARTNERDESK_SEED") {
        Ok(seed) => seed.parse().expect("PARTNERDESK_SEED is a number"),
        Err(_) => RandomState::new().build_hasher().finish(),
    }
}

/// SplitMix64: small, quick, and the same everywhere.
pub(crate) struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Both ends included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low + 1).unwrap();
        low + i64::try_from(self.next() % span).unwrap()
    }

    pub(crate) fn chance(&mut self, percent: i64) -> bool {
        self.between(0, 99) < percent
    }

    /// None half of the time.
    pub(crate) fn few(&mut self, most: i64) -> i64 {
        if self.chance(50) { 0 } else { self.between(1, most) }
    }

    pub(crate) fn one_of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        let index = self.between(0, i64::try_from(all.len()).unwrap() - 1);
        &all[usize::try_from(index).unwrap()]
    }
}
