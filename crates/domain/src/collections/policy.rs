//! The policy: stages in their order, and what is wrong with one.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::money::{Currency, Money};
use crate::receivable::invoice::MOST;
use crate::words;

words! {
    /// How days are counted.
    pub enum Count {
        /// Every day, where the customer is.
        Calendar = "calendar",
        /// The days on which the desk works.
        Working = "working",
    }
}

words! {
    /// What kind of customer it is to whom collects.
    pub enum Class {
        /// One of many.
        Standard = "standard",
        /// One that is trusted: the desk may be more patient.
        Trusted = "trusted",
        /// One that is watched: the desk may be less patient.
        Watched = "watched",
    }
}

words! {
    /// What of the customer's is to be suspended; each holds the ones before it.
    pub enum Scope {
        /// It orders nothing new.
        NewOrders = "new_orders",
        /// It changes nothing of what it has, but to have less.
        Changes = "changes",
        /// The product that it misses least.
        LeastCritical = "least_critical",
        /// Everything.
        All = "all",
    }
}

/// What a stage does. The later ones are the harder ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The customer is reminded.
    Remind,
    /// It is warned of what comes next.
    Warn,
    /// A suspension is proposed. Nothing is suspended by that.
    Suspend(Scope),
}

impl Effect {
    /// The scope of a suspension.
    #[must_use]
    pub const fn scope(self) -> Option<Scope> {
        match self {
            Effect::Remind | Effect::Warn => None,
            Effect::Suspend(scope) => Some(scope),
        }
    }

    /// The stable name, with the scope of a suspension: `remind`, `warn`, `suspend_new_orders` …
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Effect::Remind => "remind",
            Effect::Warn => "warn",
            Effect::Suspend(Scope::NewOrders) => "suspend_new_orders",
            Effect::Suspend(Scope::Changes) => "suspend_changes",
            Effect::Suspend(Scope::LeastCritical) => "suspend_least_critical",
            Effect::Suspend(Scope::All) => "suspend_all",
        }
    }
}

/// A stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// By which it is known, also in later versions of the policy: a notice that was given at it stays given.
    pub key: String,
    /// How many days an invoice is past due.
    pub days: u16,
    /// How they are counted.
    pub count: Count,
    /// What it comes to together, at least, in each currency that counts; nothing is any amount in any currency.
    #[serde(default)]
    pub minimum: Vec<Money>,
    /// How many invoices it is, at least.
    #[serde(default = "one")]
    pub invoices: u16,
    /// Whom it is for; nothing is everybody.
    #[serde(default)]
    pub classes: Vec<Class>,
    /// Whether the customer gets a notice.
    pub notice: bool,
    /// What it does.
    pub effect: Effect,
    /// Whether a person has to say yes: to the suspension that it proposes, else to its notice.
    pub approval: bool,
}

const fn one() -> u16 {
    1
}

impl Stage {
    /// Whether it is for customers of a class.
    #[must_use]
    pub fn is_for(&self, class: Class) -> bool {
        self.classes.is_empty() || self.classes.contains(&class)
    }

    /// From which amount on a currency counts, in minor units; none is never.
    #[must_use]
    pub fn least(&self, currency: Currency) -> Option<i64> {
        if self.minimum.is_empty() {
            return Some(1);
        }
        self.minimum.iter().find(|least| least.currency == currency).map(|least| least.minor)
    }
}

/// The policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// How many days after a notice was delivered nothing more happens.
    pub grace: u16,
    /// How many customers may get a notice on one day before a person is asked.
    pub most_a_day: u32,
    /// Within how many days a dispute is to be settled.
    #[serde(default = "fortnight")]
    pub dispute_days: u16,
    /// The stages, the mildest first.
    pub stages: Vec<Stage>,
}

const fn fortnight() -> u16 {
    14
}

words! {
    /// What is wrong with a policy.
    pub enum Fault {
        /// It has no stages, or more than twenty.
        Stages = "policy-stages",
        /// A key that is not 1 to 40 small letters, digits and hyphens, or that another stage has.
        Key = "policy-key",
        /// Days below 1 or above 3,650.
        Days = "policy-days",
        /// A stage that comes no later than the one before.
        Order = "policy-order",
        /// A stage that is milder than the one before, or suspends no more than it.
        Milder = "policy-milder",
        /// An amount of nothing, below nothing, or of more than can be counted.
        Amount = "policy-amount",
        /// The same currency twice.
        Currency = "policy-currency",
        /// A number of invoices below 1 or above 1,000.
        Invoices = "policy-invoices",
        /// The same class twice.
        Class = "policy-class",
        /// Grace below 1 or above 90 days.
        Grace = "policy-grace",
        /// A number of notices below 1 or above 100,000.
        MostADay = "policy-most-a-day",
        /// Days for a dispute below 1 or above 365.
        DisputeDays = "policy-dispute-days",
        /// A suspension of which the customer is not warned by a notice of an earlier stage for everybody whom it is for.
        Unwarned = "policy-unwarned",
        /// A suspension that says no amount.
        NoAmount = "policy-no-amount",
        /// A suspension that nobody approves.
        NoApproval = "policy-no-approval",
    }
}

impl Policy {
    /// What is wrong with it, with the stage's place from 0 where it is of one; nothing is the leave to publish it.
    #[must_use]
    pub fn faults(&self) -> Vec<(Option<usize>, Fault)> {
        let mut faults = Vec::new();
        let mut wrong = |bad: bool, stage: Option<usize>, fault| {
            if bad {
                faults.push((stage, fault));
            }
        };
        wrong(!(1..=90).contains(&self.grace), None, Fault::Grace);
        wrong(!(1..=100_000).contains(&self.most_a_day), None, Fault::MostADay);
        wrong(!(1..=365).contains(&self.dispute_days), None, Fault::DisputeDays);
        wrong(!(1..=20).contains(&self.stages.len()), None, Fault::Stages);
        for (place, stage) in self.stages.iter().enumerate().take(20) {
            let (before, at) = (&self.stages[..place], Some(place));
            let is_key = (1..=40).contains(&stage.key.len())
                && stage.key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            wrong(!is_key || before.iter().any(|one| one.key == stage.key), at, Fault::Key);
            wrong(!(1..=3650).contains(&stage.days), at, Fault::Days);
            if let Some(last) = before.last() {
                wrong(stage.fifths() <= last.fifths(), at, Fault::Order);
                let hardest = stage.effect < last.effect
                    || (stage.effect == last.effect && stage.effect.scope().is_some());
                wrong(hardest, at, Fault::Milder);
            }
            wrong(stage.minimum.iter().any(|least| !(1..=MOST).contains(&least.minor)), at, Fault::Amount);
            let currencies: BTreeSet<_> = stage.minimum.iter().map(|least| least.currency).collect();
            wrong(currencies.len() != stage.minimum.len(), at, Fault::Currency);
            wrong(!(1..=1000).contains(&stage.invoices), at, Fault::Invoices);
            let classes: BTreeSet<_> = stage.classes.iter().collect();
            wrong(classes.len() != stage.classes.len(), at, Fault::Class);
            if stage.effect.scope().is_some() {
                let warned = |class| before.iter().any(|one| one.notice && one.is_for(class));
                let unwarned = Class::ALL.iter().any(|class| stage.is_for(*class) && !warned(*class));
                wrong(unwarned, at, Fault::Unwarned);
                wrong(stage.minimum.is_empty(), at, Fault::NoAmount);
                wrong(!stage.approval, at, Fault::NoApproval);
            }
        }
        faults
    }

    /// With which a new desk begins.
    #[must_use]
    pub fn first() -> Self {
        let least = [
            (*b"EUR", 10_000),
            (*b"USD", 10_000),
            (*b"GBP", 10_000),
            (*b"CHF", 10_000),
            (*b"SEK", 100_000),
            (*b"NOK", 100_000),
            (*b"DKK", 75_000),
            (*b"CNY", 75_000),
            (*b"HUF", 4_000_000),
        ];
        let currency = |code: [u8; 3]| std::str::from_utf8(&code).ok().and_then(|code| code.parse().ok());
        let least: Vec<Money> = least
            .into_iter()
            .filter_map(|(code, minor)| Some(Money { minor, currency: currency(code)? }))
            .collect();
        let stage = |key: &str, days, effect: Effect| {
            let suspends = effect.scope().is_some();
            Stage {
                key: key.to_owned(),
                days,
                count: Count::Calendar,
                minimum: if suspends { least.clone() } else { Vec::new() },
                invoices: 1,
                classes: Vec::new(),
                notice: true,
                effect,
                approval: suspends,
            }
        };
        Self {
            grace: 7,
            most_a_day: 50,
            dispute_days: fortnight(),
            stages: vec![
                stage("reminder", 3, Effect::Remind),
                stage("second-reminder", 14, Effect::Remind),
                stage("warning", 28, Effect::Warn),
                stage("no-new-orders", 42, Effect::Suspend(Scope::NewOrders)),
                stage("no-changes", 56, Effect::Suspend(Scope::Changes)),
                stage("one-product", 70, Effect::Suspend(Scope::LeastCritical)),
                stage("everything", 84, Effect::Suspend(Scope::All)),
            ],
        }
    }
}

impl Stage {
    /// Its days, so that those of both kinds compare: of seven days at most five are worked.
    fn fifths(&self) -> u32 {
        let days = u32::from(self.days);
        match self.count {
            Count::Calendar => days * 5,
            Count::Working => days * 7,
        }
    }
}
