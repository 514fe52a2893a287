//! What customers owe.

mod bank;
mod invoice;
mod ledger;
mod pricing;
mod question;

use domain::money::Money;

fn eur(minor: i64) -> Money {
    Money { minor, currency: "EUR".parse().unwrap() }
}
