//! A question about an invoice: how a line comes to its amount, and why it is another one than on the invoice before.
//!
//! Only what the customer is billed is looked at; what the desk itself pays for a thing is no part of an answer.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::invoice::{Line, Origin, TooMuch, rounded, totals};
use crate::{
    money::{Currency, Money},
    words,
};

words! {
    /// What became of a line that a ticket asks about.
    pub enum Step {
        /// The ticket asks about it.
        Linked = "linked",
        /// It does not ask about it any more.
        Unlinked = "unlinked",
        /// The customer says that it is right.
        Accepted = "accepted",
        /// The customer says that it is not.
        Disputed = "disputed",
    }
}

words! {
    /// Why a customer pays another amount.
    pub enum Cause {
        /// More or less of it.
        Quantity = "quantity",
        /// Another price of one.
        Price = "price",
        /// It was not there before.
        New = "new",
        /// It is not there any more.
        Gone = "gone",
        /// More or less VAT.
        Vat = "vat",
    }
}

/// How a line comes to its amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Worth {
    /// Quantity times price, in whole units, before it is rounded.
    pub exact: Decimal,
    /// The same, rounded once to minor units: without VAT.
    pub net: i64,
    /// The VAT on it.
    pub tax: i64,
    /// Both.
    pub gross: i64,
}

/// How a line comes to its amounts.
///
/// # Errors
/// They are more than can be counted.
pub fn worth(line: &Line, currency: Currency) -> Result<Worth, TooMuch> {
    let exact = line.quantity.checked_mul(line.unit_price).ok_or(TooMuch)?;
    let totals = totals(std::slice::from_ref(line), currency)?;
    let (net, tax, gross) = (totals.net.minor, totals.tax.minor, totals.gross.minor);
    Ok(Worth { exact, net, tax, gross })
}

/// An issued invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its number.
    pub number: String,
    /// The day of it.
    pub issued_on: Option<Date>,
    /// The currency of its amounts.
    pub currency: Currency,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Its VAT, in minor units.
    pub tax: i64,
    /// What it comes to with it.
    pub gross: i64,
}

impl Sheet {
    /// An amount in its currency.
    #[must_use]
    pub const fn money(&self, minor: i64) -> Money {
        Money { minor, currency: self.currency }
    }
}

/// A part of a difference, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Why.
    pub cause: Cause,
    /// How much more, or less.
    pub amount: i64,
}

/// Lines of two invoices that are of the same thing, by their places from 0; or one that has no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// On the one before.
    pub before: Option<usize>,
    /// On this one.
    pub now: Option<usize>,
    /// Why it is another amount without VAT; adds up to the difference.
    pub parts: Vec<Part>,
}

/// Why an invoice is another amount than the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// By cause, in the order of the causes, none that is zero: adds up to the difference with VAT.
    pub parts: Vec<Part>,
    /// Line by line.
    pub pairs: Vec<Pair>,
}

/// Sets an invoice against the one before. None for invoices of two currencies, and for one whose lines are not known.
///
/// # Errors
/// They are more than can be counted.
pub fn difference(before: &Sheet, now: &Sheet) -> Result<Option<Difference>, TooMuch> {
    if before.currency != now.currency || before.lines.is_empty() || now.lines.is_empty() {
        return Ok(None);
    }
    let mut things: BTreeMap<(String, bool), [Vec<usize>; 2]> = BTreeMap::new();
    for (side, sheet) in [before, now].into_iter().enumerate() {
        for (place, line) in sheet.lines.iter().enumerate() {
            things.entry(thing(line)).or_default()[side].push(place);
        }
    }
    let mut pairs = Vec::new();
    for [mut was, mut is] in things.into_values() {
        was.sort_by_key(|place| before.lines.get(*place).map(|line| (line.unit_price, line.quantity)));
        is.sort_by_key(|place| now.lines.get(*place).map(|line| (line.unit_price, line.quantity)));
        for at in 0..was.len().max(is.len()) {
            let (before_at, now_at) = (was.get(at).copied(), is.get(at).copied());
            let was = before_at.and_then(|at| before.lines.get(at));
            let is = now_at.and_then(|at| now.lines.get(at));
            pairs.push(Pair { before: before_at, now: now_at, parts: parts(now.currency, was, is)? });
        }
    }
    pairs.sort_by_key(|pair| (pair.now.is_none(), pair.now, pair.before));
    let vat = Part { cause: Cause::Vat, amount: now.tax.checked_sub(before.tax).ok_or(TooMuch)? };
    let mut sums: BTreeMap<Cause, i64> = BTreeMap::new();
    for part in pairs.iter().flat_map(|pair| &pair.parts).chain([&vat]) {
        let sum = sums.entry(part.cause).or_default();
        *sum = sum.checked_add(part.amount).ok_or(TooMuch)?;
    }
    let sums = sums.into_iter().filter(|(_, amount)| *amount != 0);
    let parts = sums.map(|(cause, amount)| Part { cause, amount }).collect();
    Ok(Some(Difference { parts, pairs }))
}

/// What makes lines of two invoices the same thing: their words, without the days that the program writes behind those of what a
/// supplier bills; and whether they take something back.
fn thing(line: &Line) -> (String, bool) {
    let words = match &line.origin {
        Some(Origin::SupplierLine(_)) => {
            line.description.rsplit_once(", ").map_or(line.description.as_str(), |(words, _)| words)
        }
        Some(Origin::Charge(_)) | None => line.description.as_str(),
    };
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    (words.join(" "), line.quantity.is_sign_negative())
}

/// First the quantity changes, then the price: each step is rounded as a line is, so that the steps add up.
fn parts(currency: Currency, was: Option<&Line>, is: Option<&Line>) -> Result<Vec<Part>, TooMuch> {
    let parts = match (was, is) {
        (Some(was), Some(is)) => {
            let between = is.quantity.checked_mul(was.unit_price).ok_or(TooMuch)?;
            let between = rounded(between, currency)?;
            vec![
                Part { cause: Cause::Quantity, amount: between - was.net(currency)? },
                Part { cause: Cause::Price, amount: is.net(currency)? - between },
            ]
        }
        (None, Some(is)) => vec![Part { cause: Cause::New, amount: is.net(currency)? }],
        (Some(was), None) => vec![Part { cause: Cause::Gone, amount: -was.net(currency)? }],
        (None, None) => Vec::new(),
    };
    Ok(parts.into_iter().filter(|part| part.amount != 0).collect())
}

/// A line, as an answer explains it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// Its place on the invoice, from 1.
    pub place: u32,
    /// Itself.
    pub line: Line,
    /// How it comes to its amounts.
    pub worth: Worth,
    /// The same thing on the invoice before, and why it is another amount; none where no invoice can be set against this one.
    pub since: Option<Since>,
}

/// A line set against the invoice before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Since {
    /// The line there, and what it came to without VAT; none where it is new.
    pub was: Option<(Line, i64)>,
    /// Why it is another amount without VAT: adds up to the difference.
    pub parts: Vec<Part>,
}

/// Explains a line by its place, from 1. None where there is no such line, or its amounts are more than can be counted.
#[must_use]
pub fn explain(before: Option<&Sheet>, now: &Sheet, place: u32) -> Option<Explained> {
    let at = usize::try_from(place).ok()?.checked_sub(1)?;
    let line = now.lines.get(at)?.clone();
    let worth = worth(&line, now.currency).ok()?;
    let since = before.and_then(|before| {
        let pairs = difference(before, now).ok()??.pairs;
        let pair = pairs.into_iter().find(|pair| pair.now == Some(at))?;
        let was = pair.before.and_then(|at| before.lines.get(at).cloned());
        let was = was.and_then(|line| Some((line.net(before.currency).ok()?, line)));
        Some(Since { was: was.map(|(net, line)| (line, net)), parts: pair.parts })
    });
    Some(Explained { place, line, worth, since })
}
