//! What suppliers have of us: how much of a credit limit is used, and of what the desk's people are warned.

use crate::words;

words! {
    /// How much of a credit limit is used.
    pub enum LimitStanding {
        /// There is room.
        Within = "within",
        /// So much that somebody should know.
        Near = "near",
        /// More than the supplier gives: it may sell us nothing new.
        Passed = "passed",
    }
}

/// How much of a limit is used by what is open, both in minor units. From `percent` of it on somebody should know.
#[must_use]
pub fn against_limit(open: i64, limit: i64, percent: i64) -> LimitStanding {
    let (open, limit) = (i128::from(open), i128::from(limit));
    if open > limit {
        LimitStanding::Passed
    } else if open > 0 && open * 100 >= limit * i128::from(percent) {
        LimitStanding::Near
    } else {
        LimitStanding::Within
    }
}

words! {
    /// Of what the desk's people are warned by mail.
    pub enum Warning {
        /// Ten working days are left to pay.
        DueTen = "due_ten",
        /// Five are.
        DueFive = "due_five",
        /// One is, or it is today.
        DueOne = "due_one",
        /// It should have been paid.
        Overdue = "overdue",
        /// A claim must be handed in soon.
        ClaimDue = "claim_due",
        /// A credit limit is used nearly up.
        LimitNear = "limit_near",
        /// A credit limit is used up.
        LimitPassed = "limit_passed",
    }
}

/// The warning that so many working days before an invoice is due ask for; none are left once it is overdue. Where several
/// days were missed, the nearest one speaks for all.
#[must_use]
pub const fn due_warning(left: Option<u32>) -> Option<Warning> {
    match left {
        None => Some(Warning::Overdue),
        Some(0 | 1) => Some(Warning::DueOne),
        Some(2..=5) => Some(Warning::DueFive),
        Some(6..=10) => Some(Warning::DueTen),
        Some(_) => None,
    }
}
