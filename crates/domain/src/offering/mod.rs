//! Support on offer: one link of the chain. What a party offers to the one below is the vehicle with which the one
//! below calls it, so the desk's own offerings and those of its suppliers have the same terms and are compared.

use serde::{Deserialize, Serialize};

use crate::clock::{CalendarSpec, promise::Promises};
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
