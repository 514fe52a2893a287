//! Suspending what a customer does not pay for, and giving it back.
//!
//! A suspension by mistake takes a company off its mail. So it is proposed by one person for an exact list, approved by
//! another, and looked at from the beginning before every call ([`rails`]): each rail passes, or holds with a reason. A
//! rail that asks for something that nobody knows holds. How far it goes, and back, is one function of values
//! ([`course`]); too many at once trip the [`brake`]; and what was there before is kept, so that it can be there again
//! ([`reversal`]).

pub mod brake;
pub mod course;
pub mod rails;
pub mod reversal;

use crate::words;

words! {
    /// How far a suspension is.
    pub enum State {
        /// It waits for another person.
        Proposed = "proposed",
        /// It is carried out, item by item.
        Approved = "approved",
        /// What could be suspended is.
        Suspended = "suspended",
        /// It is taken back, item by item.
        Reversing = "reversing",
        /// The other person said no.
        Refused = "refused",
        /// It was taken back before anything was sent.
        Withdrawn = "withdrawn",
        /// Nobody approved it in time.
        Expired = "expired",
        /// A rail held, and nothing was suspended.
        Stopped = "stopped",
        /// It was a rehearsal: nothing was sent.
        Rehearsed = "rehearsed",
        /// Microsoft did not do it.
        Failed = "failed",
        /// All is as it was.
        Restored = "restored",
        /// It was taken back, and something is not as it was: a person has to look.
        Differs = "differs",
    }
}

impl State {
    /// Whether it goes on.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            State::Proposed | State::Approved | State::Suspended | State::Reversing => true,
            State::Refused
            | State::Withdrawn
            | State::Expired
            | State::Stopped
            | State::Rehearsed
            | State::Failed
            | State::Restored
            | State::Differs => false,
        }
    }
}

words! {
    /// How far one subscription of it is.
    pub enum ItemState {
        /// Nothing was done yet.
        Waiting = "waiting",
        /// Microsoft is asked to suspend it.
        Calling = "calling",
        /// A person has to do it: an Azure plan.
        ByHand = "by_hand",
        /// A reading shows that it is suspended.
        Suspended = "suspended",
        /// Here it would have been suspended.
        Rehearsed = "rehearsed",
        /// A rail held before it was sent.
        Stopped = "stopped",
        /// Microsoft did not do it.
        Failed = "failed",
        /// It is given back.
        Restoring = "restoring",
        /// A person has to give it back: an Azure plan.
        BackByHand = "back_by_hand",
        /// It is as it was.
        Restored = "restored",
        /// It was given back, and is not as it was.
        Differs = "differs",
    }
}

/// How many subscriptions a list has at most.
pub const MOST: usize = 50;
