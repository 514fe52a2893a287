//! The wallet: what is left of the units that an entitlement came with, as a ledger of entries that never change.
//!
//! A case is whatever may cost a unit: a hand-over, or a request that somebody filed elsewhere. It holds units while it
//! is on its way ([`Act::Reserve`]), has used them once the supplier has it ([`Act::Consume`]), and gives them back if
//! it never went there ([`Act::Release`]) or the supplier does not charge for it ([`Act::Refund`]).
//!
//! **A case does each of these once**, and to ask again changes nothing. **What is left is never below zero.** What is
//! left is what the entries add up to, and nothing else: [`replay`] of the ledger gives the balance.

use jiff::{SignedDuration, Timestamp};

use crate::words;

/// The most units of one entry.
pub const MOST: u32 = 1_000_000;

words! {
    /// What an entry does.
    pub enum Act {
        /// Units come in: with the contract, or bought later.
        Grant = "grant",
        /// A case holds units.
        Reserve = "reserve",
        /// A case has used them.
        Consume = "consume",
        /// A case did not need what it held.
        Release = "release",
        /// A case gets back what it has used.
        Refund = "refund",
        /// What is left is lost, as its time is over.
        Expire = "expire",
    }
}

/// An entry of a ledger, as far as it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it does.
    pub act: Act,
    /// Of which case; none for a grant.
    pub case: Option<String>,
    /// Of how many units it speaks. Never zero.
    pub units: u32,
}

/// Why an entry is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There are not so many units left.
    #[error("none-left")]
    NoneLeft,
    /// The case has given its units back: a new attempt is a new case.
    #[error("case-spent")]
    Spent,
    /// The case holds nothing.
    #[error("not-held")]
    NotHeld,
    /// The case has used nothing.
    #[error("not-consumed")]
    NotConsumed,
    /// Nothing is counted, so nothing can be added.
    #[error("not-counted")]
    Unlimited,
    /// Zero units, or more than can be counted.
    #[error("not-a-count")]
    NotAnAmount,
}

impl Refusal {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Refusal::NoneLeft => "none-left",
            Refusal::Spent => "case-spent",
            Refusal::NotHeld => "not-held",
            Refusal::NotConsumed => "not-consumed",
            Refusal::Unlimited => "not-counted",
            Refusal::NotAnAmount => "not-a-count",
        }
    }
}

/// What an act comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It was done before: nothing is written.
    Already,
    /// An entry is written.
    Append {
        /// Of so many units.
        units: u32,
        /// What is left after it; none where nothing is counted.
        balance: Option<u64>,
    },
}

/// Where a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    New,
    Held(u32),
    Used(u32),
    Released,
    Refunded,
}

impl Case {
    fn of<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Case {
        entries.into_iter().fold(Case::New, |case, entry| match entry.act {
            Act::Grant | Act::Expire => case,
            Act::Reserve => Case::Held(entry.units),
            Act::Consume => Case::Used(entry.units),
            Act::Release => Case::Released,
            Act::Refund => Case::Refunded,
        })
    }
}

/// Decides what an act comes to, from what is left (none: not counted) and from what its case has done so far. `units`
/// counts where the case takes units; it gives back what it took.
///
/// # Errors
/// [`Refusal`].
pub fn step<'e>(
    balance: Option<u64>,
    case: impl IntoIterator<Item = &'e Entry>,
    act: Act,
    units: u32,
) -> Result<Step, Refusal> {
    if units == 0 || units > MOST {
        return Err(Refusal::NotAnAmount);
    }
    let take = || match balance {
        None => Ok(Step::Append { units, balance: None }),
        Some(left) => match left.checked_sub(units.into()) {
            Some(left) => Ok(Step::Append { units, balance: Some(left) }),
            None => Err(Refusal::NoneLeft),
        },
    };
    let give = |units: u32| {
        let after = balance.map(|left| left.checked_add(units.into()).ok_or(Refusal::NotAnAmount));
        Ok(Step::Append { units, balance: after.transpose()? })
    };
    match (act, Case::of(case)) {
        (Act::Grant, _) if balance.is_none() => Err(Refusal::Unlimited),
        (Act::Grant, _) => give(units),
        (Act::Expire, _) if balance.is_none() => Err(Refusal::Unlimited),
        (Act::Expire, _) => take(),
        (Act::Reserve | Act::Consume, Case::New) => take(),
        (Act::Reserve, Case::Held(_) | Case::Used(_)) | (Act::Consume, Case::Used(_)) => Ok(Step::Already),
        (Act::Consume, Case::Held(held)) => Ok(Step::Append { units: held, balance }),
        (Act::Reserve | Act::Consume, Case::Released | Case::Refunded) => Err(Refusal::Spent),
        (Act::Release, Case::Held(held)) => give(held),
        (Act::Release, Case::Released) | (Act::Refund, Case::Refunded) => Ok(Step::Already),
        (Act::Release, Case::New | Case::Used(_) | Case::Refunded) => Err(Refusal::NotHeld),
        (Act::Refund, Case::Used(used)) => give(used),
        (Act::Refund, Case::New | Case::Held(_) | Case::Released) => Err(Refusal::NotConsumed),
    }
}

/// What is left after these entries, from the first; none where nothing is counted.
///
/// # Errors
/// The place of the first entry that could not have been made.
pub fn replay(counted: bool, entries: &[Entry]) -> Result<Option<u64>, usize> {
    let mut balance = counted.then_some(0);
    for (place, entry) in entries.iter().enumerate() {
        let before =
            entries[..place].iter().filter(|before| before.case.is_some() && before.case == entry.case);
        match step(balance, before, entry.act, entry.units) {
            Ok(Step::Append { units, balance: after }) if units == entry.units => balance = after,
            Ok(_) | Err(_) => return Err(place),
        }
    }
    Ok(balance)
}

/// For how many days back uses are looked at.
pub const WINDOW_DAYS: i64 = 90;
/// How many days must have been watched at least, before anything is said.
pub const LEAST_DAYS: i64 = 14;
/// How many uses there must have been at least.
pub const LEAST_USES: usize = 3;

/// When a wallet will be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forecast {
    /// Nothing is counted.
    Unlimited,
    /// It is empty.
    Empty,
    /// Too few days were watched, or too few units used, to say.
    Unknown,
    /// It lasts until its period ends, or for longer than can be said.
    Lasts,
    /// It is empty at about this moment.
    RunsOut(Timestamp),
}

/// When a wallet will be empty if units go on being used as in the last [`WINDOW_DAYS`] days, or since `since` where
/// that is later. `uses` are the moments at which units were taken and not given back, one for each unit.
#[must_use]
pub fn forecast(
    now: Timestamp,
    since: Timestamp,
    until: Option<Timestamp>,
    balance: Option<u64>,
    uses: &[Timestamp],
) -> Forecast {
    let Some(left) = balance else { return Forecast::Unlimited };
    if left == 0 {
        return Forecast::Empty;
    }
    let day = SignedDuration::from_hours(24);
    let window = now.checked_sub(day * WINDOW_DAYS as i32).unwrap_or(since).max(since);
    let watched = now.duration_since(window);
    let used = uses.iter().filter(|at| window <= **at && **at <= now).count();
    if used < LEAST_USES || watched < day * LEAST_DAYS as i32 {
        return Forecast::Unknown;
    }
    let seconds = i128::from(watched.as_secs()) * i128::from(left) / (used as i128);
    let empty = i64::try_from(seconds)
        .ok()
        .and_then(|seconds| now.checked_add(SignedDuration::from_secs(seconds)).ok());
    match empty {
        Some(empty) if until.is_none_or(|until| empty < until) => Forecast::RunsOut(empty),
        Some(_) | None => Forecast::Lasts,
    }
}
