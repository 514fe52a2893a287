//! Support on offer: one link of the chain. What a party offers to the one below is the vehicle with which the one
//! below calls it, so the desk's own offerings and those of its suppliers have the same terms and are compared.

pub mod back_to_back;
pub mod coverage;
pub mod delivery;
pub mod statement;
pub mod times;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::clock::{CalendarSpec, promise::Promises};
use crate::id::OfferingId;
use crate::lang::Lang;
use crate::money::Money;
use crate::ticket::kinds::{Kind, Service};
use crate::words;

words! {
    /// How support is asked for.
    pub enum ContactMethod {
        /// A mail.
        Mail = "mail",
        /// A portal.
        Portal = "portal",
        /// A telephone.
        Phone = "phone",
        /// A program.
        Api = "api",
    }
}

words! {
    /// What one counts to make a price.
    pub enum PriceUnit {
        /// Nothing: it costs nothing, or is part of something else.
        Included = "included",
        /// Each request.
        Incident = "incident",
        /// Each hour of work.
        Hour = "hour",
        /// Each month.
        Month = "month",
    }
}

/// What it costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// What is counted.
    pub per: PriceUnit,
    /// For each; none where nothing is counted, or where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
}

/// The terms of an offering: what is promised, to whom it can be said, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// For which services.
    pub services: Vec<Service>,
    /// For which kinds of requests.
    pub kinds: Vec<Kind>,
    /// In which hours somebody answers, with the holidays.
    pub hours: CalendarSpec,
    /// In which languages.
    pub languages: Vec<Lang>,
    /// How it is asked for.
    pub contact: Vec<ContactMethod>,
    /// By when, of open time.
    pub promises: Promises,
    /// What it costs.
    pub price: Price,
}

/// Support on offer, as the rules look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offering {
    /// Its id.
    pub id: OfferingId,
    /// Its name.
    pub name: String,
    /// What is promised, to whom it can be said, and when.
    pub terms: Terms,
    /// From when it holds.
    pub valid_from: Timestamp,
    /// Until when; none is for ever.
    pub valid_to: Option<Timestamp>,
}

impl Offering {
    /// Whether it holds at this moment.
    #[must_use]
    pub fn holds(&self, at: Timestamp) -> bool {
        self.valid_from <= at && self.valid_to.is_none_or(|to| at < to)
    }
}

impl Terms {
    /// Whether requests of this kind for this service are its matter.
    #[must_use]
    pub fn covers(&self, service: Service, kind: Kind) -> bool {
        self.services.contains(&service) && self.kinds.contains(&kind)
    }

    /// For how many pairs of a service and a kind it is: the fewer, the more it was made for one of them.
    const fn breadth(&self) -> usize {
        self.services.len() * self.kinds.len()
    }
}

/// The offering of a plan that covers a request which came at this moment: the one that was made for the fewest
/// services and kinds, and of equal ones the oldest.
#[must_use]
pub fn covering(plan: &[Offering], service: Service, kind: Kind, at: Timestamp) -> Option<&Offering> {
    let fits = plan.iter().filter(|o| o.holds(at) && o.terms.covers(service, kind));
    fits.min_by_key(|o| (o.terms.breadth(), o.id))
}
