//! Claims: what a supplier should give back, from the first thought to the customer's credit.
//!
//! Where a claim stands is computed from what was noted of it, which is only ever added to. By when Microsoft must have one and what
//! it needs are rows of `data/claims.json`.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use jiff::{ToSpan as _, civil::Date};
use serde::Deserialize;

use crate::words;

/// So many working days before a claim must be handed in, somebody should know: evidence takes time to gather.
pub const WARN_WORKING_DAYS: u32 = 10;

words! {
    /// Why something should be given back.
    pub enum ClaimKind {
        /// A service was not there for as long as it was promised.
        SlaCredit = "sla_credit",
        /// The same, of Azure.
        SlaCreditAzure = "sla_credit_azure",
        /// The same was ordered twice.
        DuplicateOrder = "duplicate_order",
        /// Strangers used what the customer pays for.
        FraudRefund = "fraud_refund",
        /// A line charges what it should not.
        WrongCharge = "wrong_charge",
    }
}

words! {
    /// What a claim needs.
    pub enum Evidence {
        /// The id of the customer's tenant.
        Tenant = "tenant",
        /// The number of the incident at the supplier.
        Incident = "incident",
        /// A mail from the customer's own domain: it was affected, and asks for a credit.
        Affected = "affected",
        /// That it was bought through us.
        ThroughUs = "through_us",
        /// From when to when.
        Times = "times",
        /// How many users, and where.
        Users = "users",
        /// What was tried to solve it.
        Attempts = "attempts",
        /// The number of the request about it.
        Ticket = "ticket",
        /// Both orders, with their days.
        Orders = "orders",
        /// The subscription that was misused.
        Subscription = "subscription",
        /// When the misuse began.
        FirstUse = "first_use",
        /// What was done so that it does not happen again.
        Secured = "secured",
        /// That this tenant had no such credit before.
        FirstCredit = "first_credit",
        /// The line of the invoice.
        Line = "line",
        /// What it should have been.
        Expected = "expected",
        /// What says so: a price list, an order, a contract.
        Agreed = "agreed",
    }
}

words! {
    /// Where a claim is handed in.
    pub enum Place {
        /// In Partner Center, with the form for credits.
        PartnerCenter = "partner_center",
        /// In the Azure portal.
        AzurePortal = "azure_portal",
    }
}

words! {
    /// Where a claim stands.
    pub enum ClaimState {
        /// Evidence is gathered.
        Draft = "draft",
        /// The supplier has it.
        Submitted = "submitted",
        /// The supplier gave something back.
        Credited = "credited",
        /// All of that is the customer's, or was kept with a reason.
        PassedOn = "passed_on",
        /// The supplier gives nothing back.
        Refused = "refused",
        /// We do not want it any more.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// What is noted of a claim.
    pub enum ClaimAct {
        /// An evidence is there.
        Tick = "tick",
        /// It is not, after all.
        Untick = "untick",
        /// By when the supplier must have the claim.
        Deadline = "deadline",
        /// It was handed in.
        Submit = "submit",
        /// Something was given back. Less than nothing corrects a mistake.
        Credit = "credit",
        /// Nothing is.
        Refuse = "refuse",
        /// We do not want it any more.
        Withdraw = "withdraw",
        /// A customer got some of it. Less than nothing corrects a mistake.
        PassOn = "pass_on",
        /// Some of it is ours, for a reason. Less than nothing corrects a mistake.
        Keep = "keep",
    }
}

/// In which states what may be noted: the whole table.
pub const MOVES: &[(ClaimAct, &[ClaimState])] = {
    use ClaimState::{Credited, Draft, PassedOn, Refused, Submitted};
    &[
        (ClaimAct::Tick, &[Draft, Submitted, Refused]),
        (ClaimAct::Untick, &[Draft, Submitted, Refused]),
        (ClaimAct::Deadline, &[Draft, Refused]),
        // Who was refused may ask again, with more evidence.
        (ClaimAct::Submit, &[Draft, Refused]),
        (ClaimAct::Credit, &[Submitted, Credited, PassedOn]),
        (ClaimAct::Refuse, &[Submitted]),
        (ClaimAct::Withdraw, &[Draft, Submitted, Refused]),
        (ClaimAct::PassOn, &[Credited, PassedOn]),
        (ClaimAct::Keep, &[Credited, PassedOn]),
    ]
};

impl ClaimState {
    /// Whether something may be noted of a claim in this state.
    #[must_use]
    pub fn may(self, act: ClaimAct) -> bool {
        MOVES.iter().any(|(known, from)| *known == act && from.contains(&self))
    }

    /// Whether it still has to be handed in, so that a deadline matters.
    #[must_use]
    pub const fn is_to_submit(self) -> bool {
        match self {
            ClaimState::Draft => true,
            ClaimState::Submitted
            | ClaimState::Credited
            | ClaimState::PassedOn
            | ClaimState::Refused
            | ClaimState::Withdrawn => false,
        }
    }
}

/// One thing that was noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact<'f> {
    /// What.
    pub act: ClaimAct,
    /// The day that it names: of the deadline, of handing in.
    pub day: Option<Date>,
    /// How much, in minor units of the claim's currency; 0 where nothing is said of money.
    pub amount: i64,
    /// The number that it names: the supplier's, that of our credit note; or the word of an evidence.
    pub reference: &'f str,
    /// Why, or what more there is to say; may be empty.
    pub note: &'f str,
}

/// What stands in the way of noting something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not in this state.
    State,
    /// An amount that is none, or too much to be counted.
    Amount,
    /// This number stands there already.
    Twice,
    /// More would be given away than came, and no reason says why.
    Over,
}

/// What was noted, taken together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    phase: Phase,
    /// By when it must be handed in, if somebody knows.
    pub deadline: Option<Date>,
    /// What was given back, in minor units.
    pub credited: i64,
    /// What of it customers got.
    pub passed: i64,
    /// What of it was kept.
    pub kept: i64,
    /// Which evidence is there, by its word.
    pub ticked: BTreeSet<String>,
    credits: BTreeMap<String, i64>,
    passings: BTreeMap<String, i64>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Draft,
    Submitted,
    Refused,
    Withdrawn,
}

/// Adds to what stands under a number. What stands there already is not added again, and no correction takes more than that.
fn under(sums: &mut BTreeMap<String, i64>, number: &str, amount: i64) -> Result<(), Refusal> {
    let before = sums.get(number).copied().unwrap_or(0);
    if amount > 0 && before > 0 {
        return Err(Refusal::Twice);
    }
    let after = before.checked_add(amount).filter(|after| *after >= 0).ok_or(Refusal::Amount)?;
    sums.insert(number.to_owned(), after);
    Ok(())
}

fn plus(sum: i64, amount: i64) -> Result<i64, Refusal> {
    sum.checked_add(amount).filter(|sum| *sum >= 0).ok_or(Refusal::Amount)
}

impl Standing {
    /// Where a claim stands by all that was noted, in its order. What could not have been noted is passed over.
    pub fn of<'f>(facts: impl IntoIterator<Item = Fact<'f>>) -> Self {
        let with = |standing: Self, fact: Fact<'_>| standing.clone().with(&fact).unwrap_or(standing);
        facts.into_iter().fold(Self::default(), with)
    }

    /// Where it stands.
    #[must_use]
    pub const fn state(&self) -> ClaimState {
        match self.phase {
            Phase::Draft => ClaimState::Draft,
            Phase::Refused => ClaimState::Refused,
            Phase::Withdrawn => ClaimState::Withdrawn,
            Phase::Submitted if self.credited == 0 => ClaimState::Submitted,
            Phase::Submitted if self.given() >= self.credited => ClaimState::PassedOn,
            Phase::Submitted => ClaimState::Credited,
        }
    }

    /// What of the credit has found its place: passed on, or kept.
    #[must_use]
    pub const fn given(&self) -> i64 {
        self.passed.saturating_add(self.kept)
    }

    /// What of the credit has not.
    #[must_use]
    pub const fn left(&self) -> i64 {
        self.credited.saturating_sub(self.given())
    }

    /// The same with one more thing noted.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn with(mut self, fact: &Fact<'_>) -> Result<Self, Refusal> {
        if !self.state().may(fact.act) {
            return Err(Refusal::State);
        }
        let is_money = matches!(fact.act, ClaimAct::Credit | ClaimAct::PassOn | ClaimAct::Keep);
        if is_money == (fact.amount == 0) {
            return Err(Refusal::Amount);
        }
        let over = self.left().min(0);
        match fact.act {
            ClaimAct::Tick => {
                self.ticked.insert(fact.reference.to_owned());
            }
            ClaimAct::Untick => {
                self.ticked.remove(fact.reference);
            }
            ClaimAct::Deadline => self.deadline = fact.day,
            ClaimAct::Submit => self.phase = Phase::Submitted,
            ClaimAct::Refuse => self.phase = Phase::Refused,
            ClaimAct::Withdraw => self.phase = Phase::Withdrawn,
            ClaimAct::Credit => {
                under(&mut self.credits, fact.reference, fact.amount)?;
                self.credited = plus(self.credited, fact.amount)?;
            }
            ClaimAct::PassOn => {
                under(&mut self.passings, fact.reference, fact.amount)?;
                self.passed = plus(self.passed, fact.amount)?;
            }
            ClaimAct::Keep => self.kept = plus(self.kept, fact.amount)?,
        }
        self.passed.checked_add(self.kept).ok_or(Refusal::Amount)?;
        // What is kept always has a reason, which is none for keeping more than there is.
        let has_reason = fact.act != ClaimAct::Keep && !fact.note.is_empty();
        if self.left() < over && !has_reason {
            return Err(Refusal::Over);
        }
        Ok(self)
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Limit {
    Days(i64),
    MonthEnds(i64),
}

/// What Microsoft says of one kind.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Which.
    pub kind: ClaimKind,
    deadline: Option<Limit>,
    /// Where it is handed in.
    pub place: Place,
    /// What it needs.
    pub evidence: Vec<Evidence>,
    /// Who says so.
    pub source: String,
    /// Whether that was read there.
    pub verified: bool,
}

impl Rule {
    /// By when it must be handed in, for what happened on a day; none where nobody knows.
    #[must_use]
    pub fn deadline(&self, happened: Date) -> Option<Date> {
        match self.deadline? {
            Limit::Days(days) => happened.checked_add(days.days()).ok(),
            Limit::MonthEnds(months) => {
                Some(happened.first_of_month().checked_add(months.months()).ok()?.last_of_month())
            }
        }
    }
}

/// The rule of a kind.
///
/// # Panics
/// Never: a test reads the rows, and finds one for each kind.
#[must_use]
pub fn rule(kind: ClaimKind) -> &'static Rule {
    #[derive(Deserialize)]
    struct Rows {
        rows: Vec<Rule>,
    }
    static ROWS: LazyLock<Rows> = LazyLock::new(|| {
        serde_json::from_str(include_str!("../../../../data/claims.json"))
            .expect("the file is a part of the program, and a test reads it")
    });
    ROWS.rows.iter().find(|rule| rule.kind == kind).expect("a test finds one for each kind")
}
