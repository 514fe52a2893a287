//! What a desk is at Microsoft, and what it holds of its suppliers.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Competency, Plan};
use crate::id::EntitlementId;

/// What a desk says of itself. What it does not say is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Standing {
    /// What it has earned or bought in the partner program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub competency: Option<Competency>,
    /// Whether a competency is one of those for the cloud.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cloud_competency: Option<bool>,
    /// Every plan that it holds. Where a contract for a plan is entered, that decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plans: Option<BTreeSet<Plan>>,
    /// Whether its provider gave it access to its customers' Azure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_azure_access: Option<bool>,
    /// Whether rows count too that are not Microsoft's own text.
    pub unverified: bool,
}

/// A contract, as far as it decides whether something may be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Right {
    /// Which.
    pub id: EntitlementId,
    /// From when it holds.
    pub from: Timestamp,
    /// Until when; none is for ever.
    pub to: Option<Timestamp>,
    /// How many units are left; none where nothing is counted.
    pub left: Option<u64>,
}

/// Where the period of a contract stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// It begins then.
    NotBegun(Timestamp),
    /// It holds.
    InForce,
    /// It ended then.
    Expired(Timestamp),
}

impl Period {
    /// Of a contract between two moments, the second of which is not in it.
    #[must_use]
    pub fn of(from: Timestamp, to: Option<Timestamp>, now: Timestamp) -> Period {
        match to {
            Some(to) if to <= now => Period::Expired(to),
            _ if now < from => Period::NotBegun(from),
            _ => Period::InForce,
        }
    }
}

/// What several contracts for the same thing come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entitled {
    /// No contract is entered.
    Unsaid,
    /// None holds: the latest ended then, or the next begins then.
    Not(Period),
    /// One holds, and nothing is left.
    Empty(EntitlementId),
    /// By this one: one that is not counted, or else the one that ends first.
    By(Right),
}

/// What contracts for the same thing come to at a moment.
#[must_use]
pub fn entitled(rights: &[Right], now: Timestamp) -> Entitled {
    let in_force = || rights.iter().filter(|right| Period::of(right.from, right.to, now) == Period::InForce);
    let usable = in_force().filter(|right| right.left != Some(0));
    let end = |right: &&Right| (right.left.is_some(), right.to.unwrap_or(Timestamp::MAX), right.id);
    if let Some(right) = usable.min_by_key(end) {
        return Entitled::By(*right);
    }
    if let Some(right) = in_force().next() {
        return Entitled::Empty(right.id);
    }
    let coming = rights.iter().filter(|right| now < right.from).map(|right| right.from).min();
    let ended = rights.iter().filter_map(|right| right.to.filter(|to| *to <= now)).max();
    match (coming, ended) {
        (Some(from), _) => Entitled::Not(Period::NotBegun(from)),
        (None, Some(to)) => Entitled::Not(Period::Expired(to)),
        (None, None) => Entitled::Unsaid,
    }
}
