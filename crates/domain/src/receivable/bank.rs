//! What came in at the bank: whose it is, and what it settles. Nothing is booked by a guess: a person confirms it.

use std::collections::BTreeMap;

use crate::id::{CustomerId, LedgerId};
use crate::money::Money;
use crate::words;

words! {
    /// Where a line of a bank's file stands.
    pub enum Progress {
        /// Nobody has said yet what it is.
        Open = "open",
        /// It was booked as a payment.
        Booked = "booked",
        /// It is no customer's payment; somebody said why.
        Ignored = "ignored",
    }
}

words! {
    /// Why a payment is thought to be for these invoices.
    pub enum Because {
        /// Its text names their numbers.
        Reference = "reference",
        /// Its amount is what is open.
        Amount = "amount",
        /// The account is one from which the customer paid before.
        Account = "account",
        /// The payer has the customer's name.
        Name = "name",
    }
}

/// Money that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// How much.
    pub amount: Money,
    /// What the payer wrote.
    pub text: String,
    /// The payer's name; may be empty.
    pub payer: String,
    /// The payer's account; may be empty.
    pub account: String,
}

/// An invoice of which something is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Its entry in the ledger.
    pub id: LedgerId,
    /// The customer.
    pub customer: CustomerId,
    /// Its number, as it is printed.
    pub label: String,
    /// What is open.
    pub open: Money,
}

/// A customer, as a payer may be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payer {
    /// The customer.
    pub customer: CustomerId,
    /// Its names.
    pub names: Vec<String>,
    /// The accounts from which it paid before.
    pub accounts: Vec<String>,
}

/// What a payment is probably for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Whose it is.
    pub customer: CustomerId,
    /// What it settles: the invoice and the minor units of it. What is left stays the customer's credit.
    pub settles: Vec<(LedgerId, i64)>,
    /// Why.
    pub because: Vec<Because>,
}

/// How many proposals are made at most.
const MOST: usize = 3;
/// Numbers with fewer letters and digits occur in texts by chance.
const SHORTEST: usize = 4;

/// What a payment is probably for, the most likely first. `open` is in the order in which invoices fall due.
#[must_use]
pub fn propose(incoming: &Incoming, open: &[Open], payers: &[Payer]) -> Vec<Proposal> {
    let text = plain(&incoming.text);
    let fits = |one: &&Open| one.open.currency == incoming.amount.currency;
    let mut by_customer: BTreeMap<CustomerId, Vec<&Open>> = BTreeMap::new();
    for one in open.iter().filter(fits) {
        by_customer.entry(one.customer).or_default().push(one);
    }
    for payer in payers {
        by_customer.entry(payer.customer).or_default();
    }
    let mut found: Vec<(u32, Proposal)> = Vec::new();
    for (customer, theirs) in by_customer {
        let payer = payers.iter().find(|payer| payer.customer == customer);
        let mut because = Vec::new();
        let named: Vec<&Open> = theirs.iter().copied().filter(|one| names(&text, &one.label)).collect();
        if !named.is_empty() {
            because.push(Because::Reference);
        }
        if payer.is_some_and(|p| !incoming.account.is_empty() && p.accounts.contains(&incoming.account)) {
            because.push(Because::Account);
        }
        let name = plain(&incoming.payer);
        if payer.is_some_and(|p| !name.is_empty() && p.names.iter().any(|one| plain(one) == name)) {
            because.push(Because::Name);
        }
        let chosen = choose(incoming.amount.minor, &theirs, &named);
        let whole: i64 = chosen.iter().map(|one| one.open.minor).sum();
        if whole == incoming.amount.minor && !chosen.is_empty() {
            because.push(Because::Amount);
        }
        if because.is_empty() {
            continue;
        }
        let weight = |because: &Because| match because {
            Because::Reference => 8,
            Because::Account => 4,
            Because::Name => 2,
            Because::Amount => 1,
        };
        let score = because.iter().map(weight).sum();
        let settles = spread(incoming.amount.minor, &chosen);
        found.push((score, Proposal { customer, settles, because }));
    }
    // The order of customers breaks ties, so that the same payment always gives the same answer.
    found.sort_by_key(|b| std::cmp::Reverse(b.0));
    found.into_iter().take(MOST).map(|(_, proposal)| proposal).collect()
}

/// Which invoices an amount settles: those that are named, or one that it equals, or the oldest.
fn choose<'o>(amount: i64, theirs: &[&'o Open], named: &[&'o Open]) -> Vec<&'o Open> {
    if !named.is_empty() {
        return named.to_vec();
    }
    match theirs.iter().find(|one| one.open.minor == amount) {
        Some(one) => vec![one],
        None => theirs.to_vec(),
    }
}

fn spread(amount: i64, chosen: &[&Open]) -> Vec<(LedgerId, i64)> {
    let mut left = amount;
    let mut settles = Vec::new();
    for one in chosen {
        let part = left.min(one.open.minor);
        if part > 0 {
            settles.push((one.id, part));
            left -= part;
        }
    }
    settles
}

/// The letters and digits of a text, in capitals.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// Whether a text names the number of an invoice: not as a part of a longer one.
#[must_use]
pub fn mentions(text: &str, label: &str) -> bool {
    names(&plain(text), label)
}

/// Whether a plain text names a number: not as a part of a longer one.
fn names(text: &str, label: &str) -> bool {
    let label = plain(label);
    if label.chars().count() < SHORTEST {
        return false;
    }
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let starts_with_digit = digit(label.chars().next());
    let ends_with_digit = digit(label.chars().last());
    text.match_indices(&label).any(|(at, _)| {
        let before = text.get(..at).and_then(|head| head.chars().last());
        let after = text.get(at + label.len()..).and_then(|tail| tail.chars().next());
        !(starts_with_digit && digit(before) || ends_with_digit && digit(after))
    })
}
