//! What a subscription was like before it was suspended, how it becomes so again, and what of that did not succeed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::subscription::{
    Action, Facts, Status,
    acts::{Difference, Field},
    guard::{self, Wish},
    rules::Rule,
};

/// What was there. It is stored before Microsoft is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Where it stood.
    pub status: Status,
    /// How many licences.
    pub quantity: u32,
    /// Whether it renewed itself.
    pub auto_renew: bool,
    /// Whether its next term was to be another one.
    pub is_scheduled: bool,
    /// How many licences the next term was to have, if it is known.
    pub scheduled: Option<u32>,
    /// How many Azure subscriptions were active in it, if it is known.
    pub azure_active: Option<u32>,
}

impl Plan {
    /// What is there now.
    #[must_use]
    pub const fn of(facts: &Facts, scheduled: Option<u32>) -> Self {
        Self {
            status: facts.status,
            quantity: facts.quantity,
            auto_renew: facts.auto_renew,
            is_scheduled: facts.scheduled,
            scheduled,
            azure_active: facts.azure_active,
        }
    }

    /// What is to be done next so that it is as it was; none if it is, or if nothing can be done about it. What Microsoft's
    /// rules do not allow is not tried.
    #[must_use]
    pub fn next(
        &self,
        rules: &[Rule],
        facts: &Facts,
        scheduled: Option<u32>,
        now: Timestamp,
    ) -> Option<Wish> {
        let plain = |action| Wish { action, quantity: None };
        let may = |wish: &Wish| guard::ask(rules, facts, *wish, now).is_allowed();
        if facts.status == Status::Suspended && self.status == Status::Active {
            // Nothing else goes while it is suspended.
            return Some(plain(Action::Reactivate)).filter(may);
        }
        let number = |action, quantity| Wish { action, quantity: Some(quantity) };
        let wishes = [
            (facts.quantity < self.quantity).then(|| number(Action::Add, self.quantity)),
            (self.auto_renew && !facts.auto_renew).then(|| plain(Action::RenewOn)),
            // What a next term is to have stands on it that there is one.
            self.scheduled
                .filter(|wanted| facts.auto_renew && scheduled != Some(*wanted))
                .map(|n| number(Action::Schedule, n)),
        ];
        wishes.into_iter().flatten().find(may)
    }

    /// Whether it is as it was: of an Azure plan also what is active in it.
    #[must_use]
    pub fn is_back(&self, facts: &Facts, scheduled: Option<u32>) -> bool {
        self.differences(facts, scheduled).is_empty() && self.azure_active <= facts.azure_active
    }

    /// What is not as it was. That a term went by is none.
    #[must_use]
    pub fn differences(&self, facts: &Facts, scheduled: Option<u32>) -> Vec<Difference> {
        let pairs = [
            (Field::Status, self.status.word().to_owned(), facts.status.word().to_owned()),
            (Field::Quantity, self.quantity.to_string(), facts.quantity.to_string()),
            (Field::AutoRenew, self.auto_renew.to_string(), facts.auto_renew.to_string()),
            (
                Field::Scheduled,
                next_term(self.is_scheduled, self.scheduled),
                next_term(facts.scheduled, scheduled),
            ),
        ];
        let differs = pairs.into_iter().filter(|(_, before, after)| before != after);
        differs.map(|(of, before, after)| Difference { of, before, after }).collect()
    }
}

/// The next term in a word: a number, or that it is to be another one in a way that nobody can write down.
fn next_term(is_scheduled: bool, scheduled: Option<u32>) -> String {
    match scheduled {
        Some(n) => n.to_string(),
        None if is_scheduled => "?".into(),
        None => String::new(),
    }
}
