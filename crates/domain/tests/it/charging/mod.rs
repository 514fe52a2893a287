//! Charging for support: every row of the decision, which contract is drawn on, what is agreed, what it comes to.

mod decision;
mod money;
mod random;

use domain::charging::prepaid::{Contract, Holds};
use domain::charging::rules::Rules;
use domain::id::PrepaidId;
use domain::money::Money;
use jiff::Timestamp;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn eur(minor: i64) -> Money {
    Money { minor, currency: "EUR".parse().unwrap() }
}

fn rules(hourly: Option<i64>) -> Rules {
    Rules { hourly: hourly.map(eur), ..Rules::first("EUR".parse().unwrap()) }
}

/// The contract of this number, with so much left, until then.
fn contract(number: u8, holds: Holds, left: u32, to: Option<&str>) -> Contract {
    Contract {
        id: PrepaidId::new(at("2026-01-01T00:00:00Z"), [number; 10]),
        name: format!("contract {number}"),
        holds,
        left,
        from: at("2026-01-01T00:00:00Z"),
        to: to.map(at),
    }
}
