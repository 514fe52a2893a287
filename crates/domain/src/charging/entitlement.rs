//! What a request is entitled to: in which way its work is paid, and why. It is decided when it comes, and again whenever
//! what it is changes, until somebody has confirmed something.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::prepaid::{Contract, Holds, in_order, left};
use super::rules::Rules;
use crate::id::{OfferingId, PrepaidId};
use crate::money::Money;
use crate::offering::{Price, PriceUnit};
use crate::ticket::kinds::Kind;
use crate::words;

words! {
    /// In which way work is paid.
    pub enum Basis {
        /// It is part of the customer's plan.
        Plan = "plan",
        /// From hours that were paid for before.
        Prepaid = "prepaid",
        /// From incidents that were paid for before.
        Pack = "pack",
        /// By a price for each incident.
        Incident = "incident",
        /// By a price for each hour.
        Hourly = "hourly",
        /// It costs nothing.
        Free = "free",
        /// Microsoft's fault: it costs the customer nothing.
        Microsoft = "microsoft",
        /// Nobody knows yet.
        Ask = "ask",
    }
}

words! {
    /// Why something costs nothing.
    pub enum Free {
        /// It is about the business itself: invoices, licences, renewals.
        Commercial = "commercial",
        /// It has come back soon after it was resolved.
        Warranty = "warranty",
        /// It reports a weakness.
        Security = "security",
    }
}

words! {
    /// What has to be known first.
    pub enum Unknown {
        /// Whose request it is.
        Customer = "customer",
        /// What it costs.
        Price = "price",
    }
}

/// What a request is entitled to, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "basis", rename_all = "snake_case", deny_unknown_fields)]
pub enum Entitlement {
    /// An offering of the customer's plan covers it.
    Plan {
        /// Which.
        offering: OfferingId,
        /// What it is called.
        name: String,
    },
    /// Prepaid hours.
    Prepaid {
        /// The contract that is drawn on first.
        contract: PrepaidId,
        /// What that is called.
        name: String,
        /// What was left of all hours when it was decided, in minutes.
        left: u32,
        /// What an hour costs once they are used up, if that was agreed.
        beyond: Option<Money>,
    },
    /// A unit of an incident pack.
    Pack {
        /// The contract.
        contract: PrepaidId,
        /// What it is called.
        name: String,
        /// What is left of all packs after this one.
        left: u32,
    },
    /// A price for the incident.
    Incident {
        /// What it costs.
        price: Money,
    },
    /// A price for each hour.
    Hourly {
        /// What an hour costs.
        price: Money,
        /// The estimate that customers are asked to confirm, in minutes, where nobody gives another one.
        estimate: u32,
        /// Its cap.
        cap: u32,
    },
    /// It costs nothing.
    Free {
        /// Why.
        why: Free,
        /// The ticket that was resolved before, for a warranty.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<i64>,
    },
    /// Microsoft's fault.
    Microsoft {
        /// Why, in the words of whoever said so.
        reason: String,
    },
    /// Something has to be known first.
    Ask {
        /// What.
        what: Unknown,
    },
}

impl Entitlement {
    /// In which way it is paid.
    #[must_use]
    pub const fn basis(&self) -> Basis {
        match self {
            Entitlement::Plan { .. } => Basis::Plan,
            Entitlement::Prepaid { .. } => Basis::Prepaid,
            Entitlement::Pack { .. } => Basis::Pack,
            Entitlement::Incident { .. } => Basis::Incident,
            Entitlement::Hourly { .. } => Basis::Hourly,
            Entitlement::Free { .. } => Basis::Free,
            Entitlement::Microsoft { .. } => Basis::Microsoft,
            Entitlement::Ask { .. } => Basis::Ask,
        }
    }

    /// What has to be confirmed before work on it is charged for; none where nothing is.
    #[must_use]
    pub const fn price(&self) -> Option<(PriceUnit, Money)> {
        match self {
            Entitlement::Incident { price } => Some((PriceUnit::Incident, *price)),
            Entitlement::Hourly { price, .. } => Some((PriceUnit::Hour, *price)),
            Entitlement::Prepaid { beyond: Some(price), .. } => Some((PriceUnit::Hour, *price)),
            Entitlement::Prepaid { beyond: None, .. }
            | Entitlement::Plan { .. }
            | Entitlement::Pack { .. }
            | Entitlement::Free { .. }
            | Entitlement::Microsoft { .. }
            | Entitlement::Ask { .. } => None,
        }
    }

    /// Whether its work takes prepaid hours.
    #[must_use]
    pub const fn draws(&self) -> bool {
        matches!(self, Entitlement::Prepaid { .. })
    }
}

/// Work on the same matter that was resolved before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The ticket's number: its own, or the one that it goes on from.
    pub number: i64,
    /// When.
    pub at: Timestamp,
}

/// What is known of a request.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'f> {
    /// When it came, or came back.
    pub came: Timestamp,
    /// When it is decided: what the customer has paid for by then counts.
    pub at: Timestamp,
    /// Of which kind it is.
    pub kind: Kind,
    /// Whether it is a report of a weakness, shown to named people only.
    pub security: bool,
    /// Whether it is known whose it is.
    pub has_customer: bool,
    /// When the same matter was resolved before, if it was.
    pub resolved: Option<Resolved>,
    /// The offering of the customer's plan that covers it, with its name and price.
    pub covered: Option<(OfferingId, &'f str, Price)>,
    /// What the customer has paid for before.
    pub contracts: &'f [Contract],
    /// That it is Microsoft's fault, if an agent has said so, and why.
    pub microsoft: Option<&'f str>,
}

/// Decides. The first row that fits holds:
///
/// 1. Microsoft's fault, 2. a report of a weakness, 3. a question about the business, 4. a matter that comes back within
///    the warranty: nothing is charged.
/// 5. Whose it is has to be known. 6. An offering of the plan that is paid by the month or included: in plan.
/// 7. An incident pack, 8. prepaid hours, what expires first being used first. 9. The price of the plan's offering,
///    10. the desk's price of an hour. 11. Nothing was agreed: ask.
#[must_use]
pub fn decide(facts: &Facts<'_>, rules: &Rules) -> Entitlement {
    if let Some(reason) = facts.microsoft {
        return Entitlement::Microsoft { reason: reason.to_owned() };
    }
    let free = |why| Entitlement::Free { why, number: None };
    if facts.security {
        return free(Free::Security);
    }
    match facts.kind {
        Kind::Billing | Kind::Subscription => return free(Free::Commercial),
        Kind::Technical => {}
    }
    if let Some(before) = facts.resolved.filter(|before| in_warranty(before.at, facts.came, rules)) {
        return Entitlement::Free { why: Free::Warranty, number: Some(before.number) };
    }
    if !facts.has_customer {
        return Entitlement::Ask { what: Unknown::Customer };
    }
    if let Some((offering, name, price)) = facts.covered
        && matches!(price.per, PriceUnit::Included | PriceUnit::Month)
    {
        return Entitlement::Plan { offering, name: name.to_owned() };
    }
    if let Some(pack) = in_order(facts.contracts, Holds::Incidents, facts.at).first() {
        let left = left(facts.contracts, Holds::Incidents, facts.at) - 1;
        return Entitlement::Pack { contract: pack.id, name: pack.name.clone(), left };
    }
    if let Some(first) = in_order(facts.contracts, Holds::Hours, facts.at).first() {
        let left = left(facts.contracts, Holds::Hours, facts.at);
        let beyond = hourly(facts, rules);
        return Entitlement::Prepaid { contract: first.id, name: first.name.clone(), left, beyond };
    }
    if let Some((_, _, Price { per: PriceUnit::Incident, amount })) = facts.covered {
        return amount
            .map_or(Entitlement::Ask { what: Unknown::Price }, |price| Entitlement::Incident { price });
    }
    match hourly(facts, rules) {
        Some(price) => Entitlement::Hourly { price, estimate: rules.estimate, cap: rules.cap },
        None => Entitlement::Ask { what: Unknown::Price },
    }
}

/// What an hour costs: by the plan, or else by the desk's rules. A plan whose price is not known hides the desk's: it
/// was agreed, only not written down.
fn hourly(facts: &Facts<'_>, rules: &Rules) -> Option<Money> {
    match facts.covered {
        Some((_, _, Price { per: PriceUnit::Hour, amount })) => amount,
        Some(_) | None => rules.hourly,
    }
}

fn in_warranty(resolved: Timestamp, came: Timestamp, rules: &Rules) -> bool {
    let days = came.duration_since(resolved).as_secs() / 86_400;
    resolved <= came && days < i64::from(rules.warranty_days)
}
