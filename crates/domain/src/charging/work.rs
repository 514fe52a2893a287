//! Time that somebody worked on a ticket, and what its customer has agreed to.

use serde::{Deserialize, Serialize};

use crate::money::Money;
use crate::offering::PriceUnit;
use crate::words;

/// The longest entry, in minutes: a day.
pub const LONGEST: u32 = 24 * 60;

/// What is charged for an entry of so many minutes: up to the next full increment.
#[must_use]
pub fn charged(minutes: u32, increment: u32) -> u32 {
    minutes.div_ceil(increment.max(1)).saturating_mul(increment.max(1))
}

/// The minutes of a timer that ran for so many seconds: begun ones count, as much as an entry can have.
#[must_use]
pub fn timed(seconds: i64) -> u32 {
    u32::try_from(seconds.max(1)).unwrap_or(u32::MAX).div_ceil(60).min(LONGEST)
}

words! {
    /// Where a request for confirmation stands.
    pub enum Answer {
        /// Nobody has answered.
        Asked = "asked",
        /// Somebody who may has confirmed it.
        Confirmed = "confirmed",
        /// Somebody who may has declined it.
        Declined = "declined",
        /// Another one was asked in its place, or it is not needed any more.
        Withdrawn = "withdrawn",
    }
}

/// What a customer was asked to agree to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// Where it stands.
    pub answer: Answer,
    /// What is counted.
    pub per: PriceUnit,
    /// What each costs.
    pub price: Money,
    /// How many minutes at most are charged for; of an incident, none.
    pub cap: Option<u32>,
}

/// One entry, as far as it is charged for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// How many minutes count, full increments.
    pub minutes: u32,
    /// Whether it is charged for at all.
    pub chargeable: bool,
    /// How many of them prepaid contracts gave.
    pub prepaid: u32,
}

/// Where the work of a round stands, in minutes that count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// All of it.
    pub all: u32,
    /// What is not charged for, as somebody said so.
    pub waived: u32,
    /// What prepaid contracts gave.
    pub prepaid: u32,
    /// What is left to be paid for.
    pub open: u32,
}

/// Adds up.
#[must_use]
pub fn sum(work: &[Work]) -> Sum {
    work.iter().fold(Sum::default(), |sum, entry| {
        let prepaid = entry.prepaid.min(entry.minutes);
        let open = if entry.chargeable { entry.minutes - prepaid } else { 0 };
        Sum {
            all: sum.all.saturating_add(entry.minutes),
            waived: sum.waived.saturating_add(if entry.chargeable { 0 } else { entry.minutes }),
            prepaid: sum.prepaid.saturating_add(if entry.chargeable { prepaid } else { 0 }),
            open: sum.open.saturating_add(open),
        }
    })
}

/// What of the open minutes the customer has agreed to: as many as the newest confirmed cap; and what it has not.
#[must_use]
pub fn agreed(open: u32, agreements: &[Agreement]) -> (u32, u32) {
    let confirmed =
        agreements.iter().rev().find(|a| a.answer == Answer::Confirmed && a.per == PriceUnit::Hour);
    let within = confirmed.and_then(|a| a.cap).map_or(0, |cap| cap.min(open));
    (within, open - within)
}

/// Whether the customer has to be asked again: it has confirmed a cap, the work is over it, and nobody asks yet. What it
/// has declined is not asked by itself again.
#[must_use]
pub fn asks_again(open: u32, agreements: &[Agreement]) -> bool {
    let (within, over) = agreed(open, agreements);
    let newest = agreements.last().map(|a| a.answer);
    within > 0 && over > 0 && newest == Some(Answer::Confirmed)
}
