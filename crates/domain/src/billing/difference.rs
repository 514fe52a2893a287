//! Why a month costs more or less than another: parts that add up to the difference, exactly.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    explain::explain,
    invoice::rounded,
    line::{Family, Line},
};
use crate::{money::Currency, words};

words! {
    /// Why an amount is another one.
    pub enum Cause {
        /// More or fewer licences, or more or less use.
        Seats = "seats",
        /// Another list price.
        Price = "price",
        /// More or fewer days.
        Days = "days",
        /// Another promotion or credit on the price.
        Promotion = "promotion",
        /// Another rate of exchange.
        Currency = "currency",
        /// It was not there before.
        New = "new",
        /// It is not there any more.
        Gone = "gone",
        /// More or less tax.
        Tax = "tax",
        /// Rounding, discounts on the whole line, and what nobody can tell.
        Rest = "rest",
    }
}

/// A part of the difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Why.
    pub cause: Cause,
    /// How much.
    pub amount: Decimal,
}

/// Two lines of the same thing, or one that has no other.
#[derive(Clone, Debug)]
pub struct Pair<'l> {
    /// What was charged before.
    pub before: Option<&'l Line>,
    /// What is charged now.
    pub now: Option<&'l Line>,
    /// Why it is another amount: adds up to the difference of the totals.
    pub parts: Vec<Part>,
}

/// Why one month costs more or less than another, in one currency.
#[derive(Clone, Debug)]
pub struct Difference<'l> {
    /// The currency.
    pub currency: Currency,
    /// All lines of the month before.
    pub before: Decimal,
    /// All lines of this month.
    pub now: Decimal,
    /// By cause, in the order of the causes, none that is zero: adds up to the difference.
    pub parts: Vec<Part>,
    /// Line by line.
    pub pairs: Vec<Pair<'l>>,
}

/// What makes lines of two months the same thing.
type Key<'l> = (&'l str, &'l str, &'l str, Family);

fn key(line: &Line) -> Key<'_> {
    let product = if line.product_key.is_empty() { &line.product } else { &line.product_key };
    (&line.customer, &line.subscription, product, line.charge.family())
}

/// Sets the lines of two months against each other, currency by currency. Sums that cannot be counted leave their
/// currency out.
#[must_use]
pub fn differences<'l>(before: &'l [Line], now: &'l [Line]) -> Vec<Difference<'l>> {
    let mut currencies: Vec<Currency> = before.iter().chain(now).map(|line| line.currency).collect();
    currencies.sort_unstable();
    currencies.dedup();
    currencies.into_iter().filter_map(|currency| difference(currency, before, now)).collect()
}

fn difference<'l>(currency: Currency, before: &'l [Line], now: &'l [Line]) -> Option<Difference<'l>> {
    let mut things: BTreeMap<Key<'l>, [Vec<&'l Line>; 2]> = BTreeMap::new();
    for (side, lines) in [before, now].into_iter().enumerate() {
        for line in lines.iter().filter(|line| line.currency == currency) {
            things.entry(key(line)).or_default()[side].push(line);
        }
    }
    let mut pairs = Vec::new();
    for [mut was, mut is] in things.into_values() {
        let order = |line: &&Line| (line.price, line.begins, line.row);
        was.sort_by_key(order);
        is.sort_by_key(order);
        for at in 0..was.len().max(is.len()) {
            pairs.push(pair(currency, was.get(at).copied(), is.get(at).copied())?);
        }
    }
    let total = |lines: &[Line]| {
        let mine = lines.iter().filter(|line| line.currency == currency);
        mine.map(|line| line.total).try_fold(Decimal::ZERO, Decimal::checked_add)
    };
    let mut parts = Vec::new();
    for &cause in Cause::ALL {
        let mine = pairs.iter().flat_map(|pair: &Pair<'_>| &pair.parts).filter(|part| part.cause == cause);
        let amount = mine.map(|part| part.amount).try_fold(Decimal::ZERO, Decimal::checked_add)?;
        if !amount.is_zero() {
            parts.push(Part { cause, amount });
        }
    }
    Some(Difference { currency, before: total(before)?, now: total(now)?, parts, pairs })
}

fn pair<'l>(currency: Currency, before: Option<&'l Line>, now: Option<&'l Line>) -> Option<Pair<'l>> {
    let parts = match (before, now) {
        (Some(was), Some(is)) => parts(currency, was, is)?,
        (None, Some(is)) => vec![Part { cause: Cause::New, amount: is.total }],
        (Some(was), None) => vec![Part { cause: Cause::Gone, amount: -was.total }],
        (None, None) => Vec::new(),
    };
    Some(Pair { before, now, parts })
}

/// What a line's amount is made of: their product is the amount, but for rounding.
struct Factors {
    seats: Decimal,
    price: Decimal,
    days: Decimal,
    promotion: Decimal,
    rate: Decimal,
}

impl Factors {
    fn of(line: &Line) -> Option<Factors> {
        let days = match explain(line).share {
            Some((days, of)) => Decimal::from(days).checked_div(Decimal::from(of))?,
            None => Decimal::ONE,
        };
        let list = line.price.checked_mul(days)?;
        let promotion = match line.effective {
            Some(effective) => effective.checked_div(list)?,
            None => Decimal::ONE,
        };
        let rate = line.exchange.as_ref().map_or(Decimal::ONE, |exchange| exchange.rate);
        let sign = if line.amount.is_sign_negative() { -Decimal::ONE } else { Decimal::ONE };
        Some(Factors { seats: line.quantity.abs() * sign, price: line.price, days, promotion, rate })
    }
}

/// One factor after the other becomes what it is now; what each changes is its part. What the product of all does not
/// explain is the rest, so that the parts add up whatever the numbers are.
fn parts(currency: Currency, was: &Line, is: &Line) -> Option<Vec<Part>> {
    let whole = is.total.checked_sub(was.total)?;
    let tax = is.tax.checked_sub(was.tax)?;
    let mut found = factor_parts(currency, was, is).unwrap_or_default();
    found.push(Part { cause: Cause::Tax, amount: tax });
    let told = found.iter().map(|part| part.amount).try_fold(Decimal::ZERO, Decimal::checked_add)?;
    found.push(Part { cause: Cause::Rest, amount: whole.checked_sub(told)? });
    found.retain(|part| !part.amount.is_zero());
    Some(found)
}

fn factor_parts(currency: Currency, was: &Line, is: &Line) -> Option<Vec<Part>> {
    let (a, b) = (Factors::of(was)?, Factors::of(is)?);
    let product = |seats: Decimal, price: Decimal, days: Decimal, promotion: Decimal, rate: Decimal| {
        seats.checked_mul(price)?.checked_mul(days)?.checked_mul(promotion)?.checked_mul(rate)
    };
    let stages = [
        product(a.seats, a.price, a.days, a.promotion, a.rate)?,
        product(b.seats, a.price, a.days, a.promotion, a.rate)?,
        product(b.seats, b.price, a.days, a.promotion, a.rate)?,
        product(b.seats, b.price, b.days, a.promotion, a.rate)?,
        product(b.seats, b.price, b.days, b.promotion, a.rate)?,
        product(b.seats, b.price, b.days, b.promotion, b.rate)?,
    ];
    let causes = [Cause::Seats, Cause::Price, Cause::Days, Cause::Promotion, Cause::Currency];
    let steps = stages.windows(2).zip(causes);
    steps
        .map(|(stage, cause)| {
            Some(Part { cause, amount: rounded(stage[1].checked_sub(stage[0])?, currency) })
        })
        .collect()
}
