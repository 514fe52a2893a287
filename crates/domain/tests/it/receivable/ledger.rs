//! The ledger: money is conserved whatever is tried, and what cannot be is not taken.

use std::collections::BTreeMap;

use domain::{
    id::LedgerId,
    money::{Currency, Money},
    receivable::ledger::{Account, Age, Entry, Refusal, What, add_age, age, days_past},
};
use jiff::{Timestamp, civil::Date};

use super::eur;
use crate::dice::{Dice, in_every_case, is_long};

fn id(n: i64) -> LedgerId {
    LedgerId::new(Timestamp::from_millisecond(n).unwrap(), [0; 10])
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn invoice(n: i64, amount: Money) -> Entry {
    Entry { id: id(n), amount, what: What::Invoice { due: day("2026-10-01") } }
}

fn entry(n: i64, minor: i64, what: What) -> Entry {
    Entry { id: id(n), amount: eur(minor), what }
}

#[test]
fn what_a_ledger_takes() {
    let sek = Money { minor: 50, currency: "SEK".parse().unwrap() };
    let before = [
        invoice(1, eur(100)),
        entry(2, 250, What::Payment),
        entry(3, 40, What::CreditNote),
        invoice(4, eur(0)),
    ];
    let rows = [
        (entry(9, 100, What::Allocation { from: id(2), to: id(1) }), Ok(())),
        (entry(9, 40, What::Allocation { from: id(3), to: id(1) }), Ok(())),
        (entry(9, 101, What::Allocation { from: id(2), to: id(1) }), Err(Refusal::TooMuch)),
        (entry(9, 41, What::Allocation { from: id(3), to: id(1) }), Err(Refusal::TooMuch)),
        (entry(9, 0, What::Allocation { from: id(2), to: id(1) }), Err(Refusal::Nothing)),
        (entry(9, -1, What::Allocation { from: id(2), to: id(1) }), Err(Refusal::Nothing)),
        (entry(9, 1, What::Allocation { from: id(1), to: id(2) }), Err(Refusal::Unknown)),
        (entry(9, 1, What::Allocation { from: id(2), to: id(4) }), Err(Refusal::TooMuch)),
        (Entry { amount: sek, ..entry(9, 1, What::WriteOff { of: id(1) }) }, Err(Refusal::Currency)),
        (entry(9, 100, What::WriteOff { of: id(1) }), Ok(())),
        (entry(9, 101, What::WriteOff { of: id(1) }), Err(Refusal::TooMuch)),
        (entry(9, 40, What::Refund { of: id(3) }), Ok(())),
        (entry(9, 1, What::Refund { of: id(1) }), Err(Refusal::Unknown)),
        (entry(9, 250, What::Reversal { of: id(2) }), Ok(())),
        (entry(9, 249, What::Reversal { of: id(2) }), Err(Refusal::TooMuch)),
        (entry(9, 40, What::Reversal { of: id(3) }), Err(Refusal::Unknown)),
        (entry(2, 5, What::Payment), Err(Refusal::Unknown)),
        (entry(9, -5, What::Payment), Err(Refusal::Nothing)),
        (entry(9, 0, What::CreditNote), Ok(())),
    ];
    for (new, wanted) in rows {
        let mut account = Account::of(&before).unwrap();
        let as_it_was = account.clone();
        assert_eq!(account.take(&new), wanted, "{new:?}");
        assert_eq!(account == as_it_was, wanted.is_err(), "{new:?}");
    }
}

#[test]
fn a_payment_that_was_none_opens_what_it_settled() {
    let mut account = Account::of(&[
        invoice(1, eur(100)),
        invoice(2, eur(100)),
        entry(3, 150, What::Payment),
        entry(4, 100, What::Allocation { from: id(3), to: id(1) }),
        entry(5, 30, What::Allocation { from: id(3), to: id(2) }),
    ])
    .unwrap();
    assert_eq!(account.balance(), BTreeMap::from([("EUR".parse().unwrap(), 50)]));
    account.take(&entry(6, 150, What::Reversal { of: id(3) })).unwrap();
    let open: Vec<i64> = account.open().iter().map(|(_, owed)| owed.open).collect();
    assert_eq!((open, account.left().count()), (vec![100, 100], 0));
    assert_eq!(account.take(&entry(7, 150, What::Reversal { of: id(3) })), Err(Refusal::Unknown));
    assert_eq!(
        account.take(&entry(7, 1, What::Allocation { from: id(3), to: id(1) })),
        Err(Refusal::TooMuch)
    );
}

#[test]
fn a_payment_that_was_paid_back_in_part_stays() {
    let mut account =
        Account::of(&[entry(1, 100, What::Payment), entry(2, 10, What::Refund { of: id(1) })]).unwrap();
    assert_eq!(account.take(&entry(3, 100, What::Reversal { of: id(1) })), Err(Refusal::TooMuch));
}

fn any_entry(dice: &mut Dice, n: i64) -> Entry {
    let currency: Currency = if dice.chance(80) { "EUR" } else { "SEK" }.parse().unwrap();
    let amount = Money { minor: dice.between(-3, 400), currency };
    let any = |dice: &mut Dice| id(dice.between(0, n));
    let what = match dice.between(0, 9) {
        0..=2 => What::Invoice { due: day("2026-01-31") },
        3 | 4 => What::Payment,
        5 => What::CreditNote,
        6 | 7 => What::Allocation { from: any(dice), to: any(dice) },
        8 if dice.chance(50) => What::WriteOff { of: any(dice) },
        8 => What::Refund { of: any(dice) },
        _ => What::Reversal { of: any(dice) },
    };
    Entry { id: id(n), amount, what }
}

/// What the customer owes, counted another way: by the entries that were taken and not what they settle.
fn owed(taken: &[Entry]) -> BTreeMap<Currency, i64> {
    let mut owed = BTreeMap::new();
    for entry in taken {
        let sign = match entry.what {
            What::Invoice { .. } | What::Refund { .. } | What::Reversal { .. } => 1,
            What::CreditNote | What::Payment | What::WriteOff { .. } => -1,
            What::Allocation { .. } => 0,
        };
        *owed.entry(entry.amount.currency).or_default() += sign * entry.amount.minor;
    }
    owed.retain(|_, minor| *minor != 0);
    owed
}

#[test]
fn money_is_conserved_in_every_history() {
    let cases = if is_long() { 100_000 } else { 2_000 };
    in_every_case(cases, |dice| {
        let (mut account, mut taken) = (Account::default(), Vec::new());
        for n in 0..dice.between(1, 60) {
            let entry = any_entry(dice, n);
            if account.take(&entry).is_ok() {
                taken.push(entry);
            }
            let mut balance = account.balance();
            balance.retain(|_, minor| *minor != 0);
            assert_eq!(balance, owed(&taken));
            assert!(account.owed.values().all(|owed| (0..=owed.amount.minor).contains(&owed.open)));
            assert!(account.credits.values().all(|one| (0..=one.amount.minor).contains(&one.left)));
        }
        assert_eq!(Account::of(&taken).as_ref(), Ok(&account));
    });
}

#[test]
fn ages_by_days_past_due() {
    let due = day("2026-10-01");
    for (today, days, wanted) in [
        ("2026-09-01", 0, Age::Current),
        ("2026-10-01", 0, Age::Current),
        ("2026-10-02", 1, Age::Month),
        ("2026-10-31", 30, Age::Month),
        ("2026-11-01", 31, Age::TwoMonths),
        ("2026-11-30", 60, Age::TwoMonths),
        ("2026-12-01", 61, Age::ThreeMonths),
        ("2026-12-30", 90, Age::ThreeMonths),
        ("2026-12-31", 91, Age::Older),
        ("2030-01-01", 1188, Age::Older),
    ] {
        assert_eq!((days_past(due, day(today)), age(due, day(today))), (days, wanted), "{today}");
    }
    let mut ages = BTreeMap::new();
    let sek = Money { minor: 7, currency: "SEK".parse().unwrap() };
    for (open, age) in [(eur(1), Age::Current), (eur(2), Age::Older), (sek, Age::Older), (eur(3), Age::Older)]
    {
        add_age(&mut ages, open, age);
    }
    assert_eq!(ages[&eur(0).currency], [1, 0, 0, 0, 5]);
    assert_eq!(ages[&sek.currency], [0, 0, 0, 0, 7]);
}
