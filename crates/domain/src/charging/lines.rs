//! What a round of work comes to on an invoice. What costs nothing has a line too: the customer sees what it got.

use serde::{Deserialize, Serialize};

use super::entitlement::{Entitlement, Free};
use super::work::{Agreement, Answer, Work, agreed, sum};
use crate::money::{Currency, Money};
use crate::offering::PriceUnit;
use crate::words;

words! {
    /// What a line is for.
    pub enum What {
        /// Hours within the plan.
        Plan = "plan",
        /// Hours that were paid for before.
        Prepaid = "prepaid",
        /// An incident that was paid for before.
        Pack = "pack",
        /// An incident.
        Incident = "incident",
        /// Hours.
        Hours = "hours",
        /// Hours on a question about the business.
        Commercial = "commercial",
        /// Hours under warranty.
        Warranty = "warranty",
        /// Hours on a report of a weakness.
        Security = "security",
        /// Hours that were Microsoft's fault.
        Microsoft = "microsoft",
        /// Hours that the desk does not charge for.
        Waived = "waived",
    }
}

words! {
    /// What is counted on a line.
    pub enum Unit {
        /// Hours.
        Hour = "hour",
        /// Incidents.
        Incident = "incident",
    }
}

/// A line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is for.
    pub what: What,
    /// What is counted.
    pub unit: Unit,
    /// How much of it, in hundredths.
    pub quantity: u32,
    /// What each costs.
    pub price: Money,
    /// What it comes to.
    pub amount: Money,
}

/// What a round comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// The lines.
    pub lines: Vec<Line>,
    /// Minutes that nobody has confirmed, or for which no price was agreed: they are on no line.
    pub unconfirmed: u32,
    /// An incident that nobody has confirmed.
    pub unconfirmed_incident: bool,
}

/// Hours in hundredths. Every increment is a whole number of these.
#[must_use]
pub const fn hundredths(minutes: u32) -> u32 {
    minutes.saturating_mul(5) / 3
}

/// What a quantity in hundredths comes to, half a minor unit rounded away from zero.
#[must_use]
pub fn amount(quantity: u32, price: Money) -> Money {
    let exact = i128::from(quantity) * i128::from(price.minor);
    let half = if exact < 0 { -50 } else { 50 };
    let minor = i64::try_from((exact + half) / 100).unwrap_or(i64::MAX);
    Money { minor, currency: price.currency }
}

/// What a round of work comes to.
#[must_use]
pub fn settle(
    entitlement: &Entitlement,
    work: &[Work],
    agreements: &[Agreement],
    currency: Currency,
) -> Settled {
    let sum = sum(work);
    let nothing = |currency| Money { minor: 0, currency };
    let mut settled = Settled::default();
    let mut put = |what, unit, quantity: u32, price: Money| {
        if quantity > 0 {
            settled.lines.push(Line { what, unit, quantity, price, amount: amount(quantity, price) });
        }
    };
    let hours = |minutes| (Unit::Hour, hundredths(minutes));
    let without = sum.all - sum.waived;
    let mut free = |what| {
        let (unit, quantity) = hours(without);
        put(what, unit, quantity, nothing(currency));
    };
    match entitlement {
        Entitlement::Plan { .. } => free(What::Plan),
        Entitlement::Free { why: Free::Commercial, .. } => free(What::Commercial),
        Entitlement::Free { why: Free::Warranty, .. } => free(What::Warranty),
        Entitlement::Free { why: Free::Security, .. } => free(What::Security),
        Entitlement::Microsoft { .. } => free(What::Microsoft),
        Entitlement::Pack { .. } => put(What::Pack, Unit::Incident, 100, nothing(currency)),
        Entitlement::Incident { .. } => {
            let is_agreed = |a: &&Agreement| a.answer == Answer::Confirmed && a.per == PriceUnit::Incident;
            match agreements.iter().rev().find(is_agreed) {
                Some(agreed) => put(What::Incident, Unit::Incident, 100, agreed.price),
                None => settled.unconfirmed_incident = true,
            }
        }
        Entitlement::Hourly { .. } | Entitlement::Prepaid { .. } => {
            let (unit, quantity) = hours(sum.prepaid);
            put(What::Prepaid, unit, quantity, nothing(currency));
            let (within, over) = agreed(sum.open, agreements);
            let is_agreed = |a: &&Agreement| a.answer == Answer::Confirmed && a.per == PriceUnit::Hour;
            if let Some(agreed) = agreements.iter().rev().find(is_agreed) {
                let (unit, quantity) = hours(within);
                put(What::Hours, unit, quantity, agreed.price);
            }
            settled.unconfirmed = over;
        }
        Entitlement::Ask { .. } => settled.unconfirmed = sum.open,
    }
    if sum.waived > 0 {
        let (unit, quantity) = (Unit::Hour, hundredths(sum.waived));
        let price = nothing(currency);
        settled.lines.push(Line { what: What::Waived, unit, quantity, price, amount: price });
    }
    settled
}
