//! What customers pay for what a supplier bills: the most specific price rule that fits a line holds.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::invoice::rounded;
use crate::{
    billing::line::{Charge, Line},
    id::{CustomerId, SupplierId},
    words,
};

words! {
    /// From what a price is made.
    pub enum Base {
        /// What the supplier bills, after its discounts.
        Cost = "cost",
        /// The supplier's list price, before its discounts.
        List = "list",
    }
}

words! {
    /// Which way a price is rounded.
    pub enum Rounding {
        /// To the nearest step, half away from zero.
        Nearest = "nearest",
        /// To the next step that is not less.
        Up = "up",
    }
}

words! {
    /// Why a line is not passed on.
    pub enum Left {
        /// It only details another line.
        Detail = "detail",
        /// It comes to nothing.
        Nothing = "nothing",
        /// No rule fits it.
        NoRule = "no-rule",
        /// It is priced from the list price, and the supplier does not say what that comes to for the line.
        NoList = "no-list",
        /// More than can be counted.
        TooMuch = "too-much",
    }
}

/// How a price is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// For one customer only.
    pub customer: Option<CustomerId>,
    /// For lines of one supplier only.
    pub supplier: Option<SupplierId>,
    /// For products whose name has this in it, or whose key it is; empty for all.
    pub product: String,
    /// From what it is made.
    pub base: Base,
    /// What is added, in percent; below nothing is taken off.
    pub percent: Decimal,
    /// To multiples of what the price of one is rounded, in whole units of the currency: 0.01, 0.5.
    pub step: Decimal,
    /// Which way.
    pub rounding: Rounding,
}

/// The most that is added, in percent.
const MOST_PERCENT: i64 = 1_000;
/// The largest step.
const MOST_STEP: i64 = 1_000;

impl Rule {
    /// Whether its numbers can be meant: not all is taken off, and a step is more than nothing.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.percent > -Decimal::ONE_HUNDRED
            && self.percent <= Decimal::from(MOST_PERCENT)
            && self.percent.scale() <= 4
            && self.step > Decimal::ZERO
            && self.step <= Decimal::from(MOST_STEP)
            && self.step.scale() <= 4
    }

    fn fits(&self, supplier: SupplierId, customer: CustomerId, line: &Line) -> bool {
        let wanted = self.product.to_lowercase();
        self.customer.is_none_or(|only| only == customer)
            && self.supplier.is_none_or(|only| only == supplier)
            && (line.product.to_lowercase().contains(&wanted) || line.product_key.to_lowercase() == wanted)
    }

    /// Of two that fit, the greater one holds: one for the customer, for the product, for the supplier.
    fn weight(&self) -> (bool, usize, bool) {
        (self.customer.is_some(), self.product.chars().count(), self.supplier.is_some())
    }

    /// The price of one.
    fn price(&self, of_one: Decimal) -> Option<Decimal> {
        let added = Decimal::ONE_HUNDRED.checked_add(self.percent)?.checked_div(Decimal::ONE_HUNDRED)?;
        let steps = of_one.checked_mul(added)?.checked_div(self.step)?;
        let way = match self.rounding {
            Rounding::Nearest => RoundingStrategy::MidpointAwayFromZero,
            Rounding::Up => RoundingStrategy::AwayFromZero,
        };
        steps.round_dp_with_strategy(0, way).checked_mul(self.step)
    }
}

/// A line for a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    /// What it stands for, and how often the same stood before it: the same lines have the same key, in whatever file they
    /// come.
    pub key: String,
    /// Which rule holds, by its place.
    pub rule: usize,
    /// What was bought.
    pub product: String,
    /// For what it charges; none where use was added up.
    pub charge: Option<Charge>,
    /// The first day.
    pub begins: Option<Date>,
    /// The last day.
    pub ends: Option<Date>,
    /// What the supplier bills for it.
    pub cost: Decimal,
    /// How many; below nothing where it gives back.
    pub quantity: Decimal,
    /// What one costs, without VAT.
    pub unit_price: Decimal,
    /// How many of the supplier's lines it stands for.
    pub lines: u32,
}

/// Lines for a customer, and what is not passed on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passed {
    /// The lines, in the order of the supplier's.
    pub lines: Vec<Priced>,
    /// How many of the supplier's lines are left, and what they cost.
    pub left: BTreeMap<Left, (u32, Decimal)>,
}

/// What the lines of a supplier's invoice make of one customer in one currency. Use of the same product in the same
/// subscription is added up.
#[must_use]
pub fn pass_on(rules: &[Rule], supplier: SupplierId, customer: CustomerId, lines: &[Line]) -> Passed {
    let mut passed = Passed::default();
    let mut used: BTreeMap<(&str, &str, &str), (Line, u32)> = BTreeMap::new();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for line in lines {
        if line.counts.is_none() {
            passed.leave(Left::Detail, 1, Decimal::ZERO);
        } else if line.metered {
            let key = (line.subscription.as_str(), line.product_key.as_str(), line.product.as_str());
            match used.get_mut(&key) {
                Some((sum, count)) => {
                    if add(sum, line).is_some() {
                        *count += 1;
                    } else {
                        passed.leave(Left::TooMuch, 1, line.subtotal);
                    }
                }
                None => {
                    used.insert(key, (line.clone(), 1));
                }
            }
        } else {
            let dates =
                [line.begins, line.ends].map(|day| day.map(|day| day.to_string()).unwrap_or_default());
            let what = [
                &line.subscription,
                &line.order,
                &line.product_key,
                &line.product,
                &line.wording,
                &dates[0],
                &dates[1],
                &line.quantity.normalize().to_string(),
                &line.subtotal.normalize().to_string(),
            ];
            passed.take(
                rules,
                supplier,
                customer,
                line,
                1,
                numbered(&mut seen, &what.map(String::as_str).join("|")),
            );
        }
    }
    for ((subscription, key, product), (sum, count)) in used {
        let key = numbered(&mut seen, &[subscription, key, product, "use"].join("|"));
        passed.take(rules, supplier, customer, &sum, count, key);
    }
    passed
}

/// The text with how often it was seen before.
fn numbered(seen: &mut BTreeMap<String, u32>, text: &str) -> String {
    let count = seen.entry(text.to_owned()).or_default();
    let key = format!("{text}|{count}");
    *count += 1;
    key
}

/// What a line comes to at the list price. Where the supplier says what one costs in the line, and that is not its list price,
/// nobody knows whether a discount or fewer days made the difference.
fn list(line: &Line) -> Option<Decimal> {
    line.effective.is_none_or(|effective| effective == line.price).then_some(line.amount)
}

/// Adds use to use; none, and nothing is added, where it cannot be counted.
fn add(sum: &mut Line, line: &Line) -> Option<()> {
    let amount = sum.amount.checked_add(line.amount)?;
    sum.subtotal = sum.subtotal.checked_add(line.subtotal)?;
    sum.amount = amount;
    if list(line).is_none() {
        (sum.price, sum.effective) = (line.price, line.effective);
    }
    sum.begins = sum.begins.min(line.begins);
    sum.ends = sum.ends.max(line.ends);
    Some(())
}

impl Passed {
    fn leave(&mut self, why: Left, lines: u32, cost: Decimal) {
        let left = self.left.entry(why).or_default();
        left.0 += lines;
        left.1 = left.1.saturating_add(cost);
    }

    fn take(
        &mut self,
        rules: &[Rule],
        supplier: SupplierId,
        customer: CustomerId,
        line: &Line,
        lines: u32,
        key: String,
    ) {
        let cost = line.subtotal;
        let fitting = rules.iter().enumerate().filter(|(_, rule)| rule.fits(supplier, customer, line));
        // Of two alike the first one holds.
        let Some((place, rule)) = fitting.rev().max_by_key(|(_, rule)| rule.weight()) else {
            return self.leave(Left::NoRule, lines, cost);
        };
        let amount = match rule.base {
            Base::Cost => Some(line.subtotal),
            Base::List => list(line),
        };
        let Some(amount) = amount else { return self.leave(Left::NoList, lines, cost) };
        if amount.is_zero() {
            return self.leave(Left::Nothing, lines, cost);
        }
        // Use, and what has no number of pieces, is one piece: its price would be rounded to nothing.
        let pieces = match line.quantity.abs() {
            many if many.is_zero() || line.metered || many.normalize().scale() > 8 => Decimal::ONE,
            many => many,
        };
        let Some(unit_price) = amount.abs().checked_div(pieces).and_then(|of_one| rule.price(of_one)) else {
            return self.leave(Left::TooMuch, lines, cost);
        };
        let quantity = if amount.is_sign_negative() { -pieces } else { pieces };
        let net = quantity.checked_mul(unit_price).and_then(|net| rounded(net, line.currency).ok());
        match net {
            None => return self.leave(Left::TooMuch, lines, cost),
            Some(0) => return self.leave(Left::Nothing, lines, cost),
            Some(_) => {}
        }
        self.lines.push(Priced {
            key,
            rule: place,
            product: line.product.clone(),
            charge: (!line.metered).then_some(line.charge),
            begins: line.begins,
            ends: line.ends,
            cost,
            quantity: quantity.normalize(),
            unit_price: unit_price.normalize(),
            lines,
        });
    }
}
