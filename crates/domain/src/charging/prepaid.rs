//! What a customer has paid for before: hours, and incidents. What is left of a contract is the sum of its entries, by the
//! rules of every [wallet](crate::vehicle::wallet); here is which contract is drawn on.

use jiff::Timestamp;

use crate::id::PrepaidId;
use crate::words;

words! {
    /// What a contract holds.
    pub enum Holds {
        /// Hours of work. Counted in minutes.
        Hours = "hours",
        /// Incidents.
        Incidents = "incidents",
    }
}

/// A customer's contract, as far as the rules look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Its id.
    pub id: PrepaidId,
    /// What it is called.
    pub name: String,
    /// What it holds.
    pub holds: Holds,
    /// What is left of it.
    pub left: u32,
    /// From when it holds.
    pub from: Timestamp,
    /// Until when; none is for ever.
    pub to: Option<Timestamp>,
}

impl Contract {
    /// Whether something can be drawn on it at this moment.
    #[must_use]
    pub fn gives(&self, holds: Holds, at: Timestamp) -> bool {
        self.holds == holds && self.left > 0 && self.from <= at && self.to.is_none_or(|to| at < to)
    }
}

/// The contracts that give something at this moment: what expires first is used first, of equals the older.
#[must_use]
pub fn in_order(contracts: &[Contract], holds: Holds, at: Timestamp) -> Vec<&Contract> {
    let mut giving: Vec<&Contract> = contracts.iter().filter(|c| c.gives(holds, at)).collect();
    giving.sort_by_key(|c| (c.to.is_none(), c.to, c.id));
    giving
}

/// What a piece of work takes of which contract, in their order, and what none of them gives.
#[must_use]
pub fn draw(
    contracts: &[Contract],
    holds: Holds,
    at: Timestamp,
    wanted: u32,
) -> (Vec<(PrepaidId, u32)>, u32) {
    let mut open = wanted;
    let mut taken = Vec::new();
    for contract in in_order(contracts, holds, at) {
        let share = contract.left.min(open);
        if share > 0 {
            taken.push((contract.id, share));
            open -= share;
        }
    }
    (taken, open)
}

/// What is left of all of them together.
#[must_use]
pub fn left(contracts: &[Contract], holds: Holds, at: Timestamp) -> u32 {
    in_order(contracts, holds, at).iter().fold(0, |sum, c| sum.saturating_add(c.left))
}
