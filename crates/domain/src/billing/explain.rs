//! Where the amount of a line comes from: steps of arithmetic that end at the line's total, to the last digit.
//!
//! The supplier's documents give formulas, and its own examples do not always obey them. So each known way is tried, and the
//! first one that arrives at the amount is told. Where none arrives, the difference is a step of its own.

use rust_decimal::{Decimal, RoundingStrategy};

use super::line::{Charge, Family, Layout, Line};
use crate::{money::Currency, words};

words! {
    /// What a step does with the value before it.
    pub enum What {
        /// Begins with a price: `by`.
        Price = "price",
        /// The price in this line, which the supplier gives without saying how it came: `by`.
        Effective = "effective",
        /// For so many: times `by`.
        Times = "times",
        /// Each of `of` days: divided by it.
        PerDay = "per_day",
        /// For so many days: times `by`.
        ForDays = "for_days",
        /// `by` of `of` days.
        Days = "days",
        /// For each of so many: divided by `of`.
        Each = "each",
        /// `by` percent less.
        Percent = "percent",
        /// In the bill's currency: times `by`.
        Exchange = "exchange",
        /// Rounded to `by` digits, halves away from zero.
        Round = "round",
        /// Cut off after `by` digits.
        Cut = "cut",
        /// Given back: the sign changes.
        GivenBack = "given_back",
        /// So much more or less than arithmetic gives, within what rounding makes: `by`.
        Rounding = "rounding",
        /// So much more or less, and nobody can tell why: `by`.
        Unexplained = "unexplained",
        /// A discount is taken off: less `by`.
        Discount = "discount",
        /// Tax is added: `by`.
        Tax = "tax",
    }
}

/// A step: what it does with which numbers, and what comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it does.
    pub what: What,
    /// The value before it.
    pub before: Decimal,
    /// The number that it does it with.
    pub by: Decimal,
    /// The second number, where it needs one; else zero.
    pub of: Decimal,
    /// What comes out.
    pub result: Decimal,
    /// Whether the result is in the currency of the price, which is not the bill's.
    pub foreign: bool,
}

impl What {
    /// The arithmetic of a step. Nothing comes out of a division by zero, or of more than can be counted.
    #[must_use]
    pub fn apply(self, before: Decimal, by: Decimal, of: Decimal) -> Option<Decimal> {
        let to = |strategy| Some(before.round_dp_with_strategy(u32::try_from(by).ok()?, strategy));
        match self {
            What::Price | What::Effective => Some(by),
            What::Times | What::ForDays | What::Exchange => before.checked_mul(by),
            What::PerDay | What::Each => before.checked_div(of),
            What::Days => before.checked_mul(by)?.checked_div(of),
            What::Percent => {
                before.checked_mul(Decimal::ONE_HUNDRED.checked_sub(by)?)?.checked_div(Decimal::ONE_HUNDRED)
            }
            What::Round => to(RoundingStrategy::MidpointAwayFromZero),
            What::Cut => to(RoundingStrategy::ToZero),
            What::GivenBack => Some(-before),
            What::Rounding | What::Unexplained | What::Tax => before.checked_add(by),
            What::Discount => before.checked_sub(by),
        }
    }
}

/// How a line came to its total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The steps, the first begins with a price. The last result is the line's total.
    pub steps: Vec<Step>,
    /// Which part of its period is charged: days of days.
    pub share: Option<(i32, i32)>,
    /// The bill's currency.
    pub currency: Currency,
}

impl Explanation {
    /// Whether arithmetic alone arrives at the total.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.steps.iter().any(|step| matches!(step.what, What::Rounding | What::Unexplained))
    }
}

/// Steps on their way.
#[derive(Clone, Debug, Default)]
struct Chain {
    steps: Vec<Step>,
    value: Decimal,
    foreign: bool,
    share: Option<(i32, i32)>,
}

impl Chain {
    fn then(mut self, what: What, by: Decimal, of: Decimal) -> Option<Chain> {
        let result = what.apply(self.value, by, of)?;
        self.foreign &= what != What::Exchange;
        let foreign = self.foreign;
        self.steps.push(Step { what, before: self.value, by, of, result, foreign });
        self.value = result;
        Some(self)
    }

    fn with(self, what: What, by: Decimal) -> Option<Chain> {
        self.then(what, by, Decimal::ZERO)
    }

    /// The same unless it changes nothing.
    fn if_changes(self, what: What, by: Decimal) -> Option<Chain> {
        let result = what.apply(self.value, by, Decimal::ZERO)?;
        if result == self.value { Some(self) } else { self.with(what, by) }
    }
}

/// How `line` came to its total.
#[must_use]
pub fn explain(line: &Line) -> Explanation {
    let back = line.amount.is_sign_negative() && !line.amount.is_zero();
    let mut ways = match line.layout {
        Layout::LegacyLicense | Layout::Plain => by_licence(line),
        Layout::LegacyUsage | Layout::DailyUsage => by_use(line),
        Layout::NewCommerce | Layout::DailyRated => new_commerce(line),
    };
    if back {
        // Some lines have the sign in the price or the quantity, others in the amount alone.
        let turned = ways.iter().filter(|way| !way.value.is_sign_negative() && !way.value.is_zero());
        let turned: Vec<_> =
            turned.filter_map(|way| way.clone().with(What::GivenBack, Decimal::ZERO)).collect();
        ways.splice(0..0, turned);
    }
    let arrived = ways.iter().find(|way| way.value == line.amount).cloned();
    let near = || ways.iter().find_map(|way| rounded(way, line.amount));
    // Else the way of the documents, and what it misses.
    let begun = arrived.or_else(near).or_else(|| ways.first().cloned()).unwrap_or_default();
    let share = begun.share;
    let steps = to_total(begun, line).unwrap_or_else(|| vec![bare(line)]);
    Explanation { steps, share, currency: line.currency }
}

/// A way that arrives when it is rounded as far as the amount is.
fn rounded(way: &Chain, amount: Decimal) -> Option<Chain> {
    let digits = Decimal::from(amount.scale());
    [What::Round, What::Cut]
        .into_iter()
        .filter_map(|what| way.clone().with(what, digits))
        .find(|way| way.value == amount)
}

/// From the price of all to the total.
fn to_total(chain: Chain, line: &Line) -> Option<Vec<Step>> {
    let chain = bridged(chain, line.amount, line)?;
    let chain = chain.if_changes(What::Discount, line.discount)?;
    let chain = bridged(chain, line.subtotal, line)?;
    let chain = chain.if_changes(What::Tax, line.tax)?;
    Some(bridged(chain, line.total, line)?.steps)
}

/// With what is missing up to an amount as a step of its own.
fn bridged(chain: Chain, to: Decimal, line: &Line) -> Option<Chain> {
    let by = to.checked_sub(chain.value)?;
    if by.is_zero() && !chain.steps.is_empty() {
        return Some(chain);
    }
    // A minor unit for each of what is charged is the most that rounding a price can make.
    let unit = Decimal::new(1, line.currency.digits());
    let most = line.quantity.abs().max(Decimal::ONE).checked_mul(unit)?;
    let foreign = chain.foreign;
    let mut chain = Chain { foreign: false, ..chain };
    let what = if by.abs() <= most && !foreign { What::Rounding } else { What::Unexplained };
    chain = chain.with(what, by)?;
    Some(chain)
}

/// The total alone, where its parts are more than can be counted.
fn bare(line: &Line) -> Step {
    let (before, of) = (Decimal::ZERO, Decimal::ZERO);
    Step { what: What::Unexplained, before, by: line.total, of, result: line.total, foreign: false }
}

/// A month, a year, three years.
const CYCLES: &[i32] = &[1, 12, 36];

/// How long the period may have been in which these days lie: it began with them, or ended with them.
fn cycles(line: &Line) -> Vec<i32> {
    let (Some(begins), Some(ends)) = (line.begins, line.ends) else { return Vec::new() };
    let length = |months: i32| {
        let span = jiff::Span::new().months(months);
        let first = ends.tomorrow().ok()?.checked_sub(span).ok()?;
        let by_end = first.until(ends).ok()?.get_days() + 1;
        let next = begins.checked_add(span).ok()?;
        let by_start = begins.until(next).ok()?.get_days();
        Some([by_end, by_start])
    };
    let yearly = ["annual", "year", "p1y"].iter().any(|word| line.cycle.to_ascii_lowercase().contains(word));
    let mut found: Vec<i32> = CYCLES.iter().filter_map(|months| length(*months)).flatten().collect();
    if yearly {
        found.rotate_left(2);
    }
    found.dedup();
    found
}

/// Licences of the old commerce. The documents say
/// `ROUND((ROUND(price × quantity ÷ days of the month, 2) × days) ÷ quantity, 2) × quantity`.
fn by_licence(line: &Line) -> Vec<Chain> {
    let Some(price) = Chain::default().with(What::Price, line.price) else { return Vec::new() };
    let digits = Decimal::from(line.currency.digits());
    let full = price.clone().if_changes(What::Times, line.quantity);
    let days = line.days();
    let mut parts = Vec::new();
    for of in cycles(line) {
        let Some(days) = days.filter(|days| *days < of) else { continue };
        let (by, length) = (Decimal::from(days), Decimal::from(of));
        let documented = |chain: Chain| {
            let all =
                chain.if_changes(What::Times, line.quantity)?.then(What::PerDay, Decimal::ZERO, length)?;
            let all = all.if_changes(What::Round, digits)?.with(What::ForDays, by)?;
            if line.quantity == Decimal::ONE {
                return Some(all);
            }
            let each = all.then(What::Each, Decimal::ZERO, line.quantity)?.if_changes(What::Round, digits)?;
            each.with(What::Times, line.quantity)
        };
        let by_one = |chain: Chain| {
            let one = chain.then(What::Days, by, length)?.if_changes(What::Round, digits)?;
            one.if_changes(What::Times, line.quantity)
        };
        let at_the_end = |chain: Chain| {
            chain
                .if_changes(What::Times, line.quantity)?
                .then(What::Days, by, length)?
                .if_changes(What::Round, digits)
        };
        let share = |chain: Option<Chain>| chain.map(|chain| Chain { share: Some((days, of)), ..chain });
        parts
            .extend([documented(price.clone()), by_one(price.clone()), at_the_end(price.clone())].map(share));
    }
    let is_part = line.charge.family() == Family::Change && line.charge != Charge::CancelFee;
    let ways: Vec<Option<Chain>> = if is_part {
        parts.into_iter().chain([full]).collect()
    } else {
        [full].into_iter().chain(parts).collect()
    };
    ways.into_iter().flatten().collect()
}

/// Use of the old commerce: what is over what is included, at the list price.
fn by_use(line: &Line) -> Vec<Chain> {
    let of = |what, price| Chain::default().with(what, price)?.if_changes(What::Times, line.quantity);
    let list = of(What::Price, line.price);
    let effective = line.effective.and_then(|price| of(What::Effective, price));
    [list, effective].into_iter().flatten().collect()
}

/// New commerce. The documents say for licences `ROUNDDOWN(effective price × rate, 2) × quantity`, and for use
/// `ROUNDDOWN(ROUNDDOWN(effective price × quantity, 2) × rate, 2)`.
fn new_commerce(line: &Line) -> Vec<Chain> {
    let digits = Decimal::from(line.currency.digits());
    let Some(price) = effective(line) else { return Vec::new() };
    let exchanged = |chain: Chain| match &line.exchange {
        Some(exchange) if chain.foreign => chain.with(What::Exchange, exchange.rate),
        Some(_) | None => Some(chain),
    };
    let times = |chain: Chain| chain.if_changes(What::Times, line.quantity);
    let cut = |chain: Chain| chain.if_changes(What::Cut, digits);
    let each = || times(cut(exchanged(price.clone())?)?);
    let all = || cut(times(exchanged(price.clone())?)?);
    let used = || cut(exchanged(cut(times(price.clone())?)?)?);
    let exactly = || exchanged(times(price.clone())?);
    let nearest = || times(exchanged(price.clone())?)?.if_changes(What::Round, digits);
    let ways = match (line.layout, line.metered) {
        (Layout::DailyRated, _) => [exactly(), used(), all(), nearest(), each()],
        (_, true) => [used(), all(), exactly(), nearest(), each()],
        (_, false) => [each(), all(), nearest(), exactly(), used()],
    };
    ways.into_iter().flatten().collect()
}

/// The price of one in this line: the list price for these days, with what is taken off.
fn effective(line: &Line) -> Option<Chain> {
    let foreign = line.exchange.as_ref().is_some_and(|exchange| {
        let same = exchange.from.is_empty() || exchange.from.eq_ignore_ascii_case(line.currency.code());
        !(same && exchange.rate == Decimal::ONE)
    });
    let list = Chain { foreign, ..Chain::default() }.with(What::Price, line.price)?;
    let Some(wanted) = line.effective else { return Some(list) };
    if wanted == line.price {
        return Some(list);
    }
    let percent = percent(&line.adjustments);
    let days = |chain: Chain, of: i32| {
        let days = line.days().filter(|days| *days < of)?;
        let chain = Chain { share: Some((days, of)), ..chain };
        chain.then(What::Days, Decimal::from(days), Decimal::from(of))
    };
    let off = |chain: Chain| chain.with(What::Percent, percent?);
    let mut ways = vec![off(list.clone())];
    // Use is measured, not shared out by days.
    if !line.metered {
        for of in cycles(line) {
            ways.push(days(list.clone(), of));
            ways.push(days(list.clone(), of).and_then(off));
        }
    }
    let digits = Decimal::from(wanted.scale());
    let near = |way: Chain| way.if_changes(What::Round, digits).filter(|way| way.value == wanted);
    let found = ways.into_iter().flatten().find_map(near);
    found.or_else(|| list.with(What::Effective, wanted))
}

/// The percentage in `["15.0% Partner earned credit for services managed"]`.
fn percent(adjustments: &str) -> Option<Decimal> {
    let (before, _) = adjustments.split_once('%')?;
    let start = before.rfind(|c: char| !c.is_ascii_digit() && c != '.').map_or(0, |at| at + 1);
    let percent: Decimal = before.get(start..)?.parse().ok()?;
    (percent > Decimal::ZERO && percent <= Decimal::ONE_HUNDRED).then_some(percent)
}
