//! Subscriptions: what a customer has bought at Microsoft, and how such a thing lives.
//!
//! Microsoft's rules are rows with dates and sources ([`rules`]). They say what may be done now, and what not before
//! when ([`guard`]), and what lies ahead ([`dates`]).
//!
//! # The logic
//!
//! **A fact that is not known is unknown, and stays so.** One row that forbids and holds is enough to refuse. Where a
//! row that forbids is open, because it asks for something that is not known, nothing is allowed. What no row speaks
//! of, Microsoft's documents leave open, and it is not done.
//!
//! **What Microsoft says of this very subscription counts before its general rules**: the date until which it may be
//! cancelled, the seats that may still be given back.

pub mod acts;
pub mod dates;
pub mod guard;
pub mod rules;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{cloud::Cloud, words};

words! {
    /// By which rules something lives that was bought.
    pub enum Era {
        /// Licences, and Azure, of before.
        Legacy = "legacy",
        /// Licences of the new commerce.
        NewCommerce = "new_commerce",
        /// The Azure plan.
        AzurePlan = "azure_plan",
        /// Software for good.
        Perpetual = "perpetual",
        /// Software for a term.
        Software = "software",
        /// A publisher's product.
        Marketplace = "marketplace",
    }
}

words! {
    /// Where a subscription stands.
    pub enum Status {
        /// Microsoft does not say.
        Unknown = "none",
        /// In use.
        Active = "active",
        /// Being set up.
        Pending = "pending",
        /// Switched off by the partner.
        Suspended = "suspended",
        /// Its term is over; people still work.
        Expired = "expired",
        /// Only administrators reach its data.
        Disabled = "disabled",
        /// Gone.
        Deleted = "deleted",
    }
}

words! {
    /// For how long it was bought.
    pub enum Term {
        /// A month.
        Month = "P1M",
        /// A year.
        Year = "P1Y",
        /// Three years.
        ThreeYears = "P3Y",
    }
}

words! {
    /// What a partner does with a subscription.
    pub enum Action {
        /// More licences.
        Add = "add",
        /// Fewer licences.
        Reduce = "reduce",
        /// It renews itself at the end of its term.
        RenewOn = "renew_on",
        /// It ends with its term.
        RenewOff = "renew_off",
        /// It ends now, and is paid back in part.
        Cancel = "cancel",
        /// Nobody can use it until it is reactivated.
        Suspend = "suspend",
        /// It can be used again.
        Reactivate = "reactivate",
        /// So many licences from the next term on.
        Schedule = "schedule",
        /// The next term is as this one.
        Unschedule = "unschedule",
    }
}

impl Action {
    /// Whether it takes a number of licences.
    #[must_use]
    pub const fn takes_a_number(self) -> bool {
        match self {
            Action::Add | Action::Reduce | Action::Schedule => true,
            Action::RenewOn
            | Action::RenewOff
            | Action::Cancel
            | Action::Suspend
            | Action::Reactivate
            | Action::Unschedule => false,
        }
    }
}

/// What a subscription is an add-on to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parent {
    /// It stands on its own.
    None,
    /// It is an add-on, and nobody knows how the other stands.
    Unknown,
    /// It is an add-on to one that stands so.
    Stands(Status),
}

/// Licences that may be given back until then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refundable {
    /// How many.
    pub quantity: u32,
    /// Until when.
    pub until: Timestamp,
}

/// What is known of a subscription. `None` is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// By which rules it lives.
    pub era: Option<Era>,
    /// Where it stands.
    pub status: Status,
    /// In which cloud.
    pub cloud: Cloud,
    /// How many licences.
    pub quantity: u32,
    /// Whether it has licences that are counted; no for what is billed by use.
    pub counted: bool,
    /// Whether it is a trial.
    pub trial: bool,
    /// Whether it renews itself.
    pub auto_renew: bool,
    /// Whether its next term will be another one.
    pub scheduled: bool,
    /// For how long it was bought.
    pub term: Option<Term>,
    /// When it was bought, or renewed last.
    pub term_began: Option<Timestamp>,
    /// When its term ends.
    pub term_ends: Option<Timestamp>,
    /// Until when it may be cancelled, as Microsoft says of this one.
    pub cancel_until: Option<Timestamp>,
    /// What may be given back, as Microsoft says of this one.
    pub refundable: Option<Vec<Refundable>>,
    /// Since when it stands there.
    pub status_since: Option<Timestamp>,
    /// What it is an add-on to.
    pub parent: Parent,
    /// How many Azure subscriptions are active in it.
    pub azure_active: Option<u32>,
}

impl Facts {
    /// How many licences may be given back now, as Microsoft says of this one.
    #[must_use]
    pub fn refundable_at(&self, now: Timestamp) -> Option<u32> {
        let parts = self.refundable.as_ref()?;
        Some(
            parts
                .iter()
                .filter(|part| now < part.until)
                .map(|part| part.quantity)
                .fold(0, u32::saturating_add),
        )
    }

    /// Whether Microsoft renews it at this time. Unknown where the end of its term is.
    #[must_use]
    pub fn is_renewing(&self, now: Timestamp) -> Option<bool> {
        if self.status != Status::Active || !self.auto_renew {
            return Some(false);
        }
        self.term_ends.map(|end| end <= now)
    }
}
