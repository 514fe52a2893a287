//! Whose a payment is, and what it settles.

use domain::{
    id::{CustomerId, LedgerId},
    money::Money,
    receivable::bank::{Because, Incoming, Open, Payer, propose},
};
use jiff::Timestamp;

use super::eur;

fn customer(n: i64) -> CustomerId {
    CustomerId::new(Timestamp::from_millisecond(n).unwrap(), [0; 10])
}

fn invoice(n: i64) -> LedgerId {
    LedgerId::new(Timestamp::from_millisecond(n).unwrap(), [0; 10])
}

fn open(n: i64, whose: i64, label: &str, open: Money) -> Open {
    Open { id: invoice(n), customer: customer(whose), label: label.into(), open }
}

/// For which customer a payment is, how much of it settles which invoices, and why.
type Wanted<'w> = (i64, &'w [(i64, i64)], &'w [Because]);

fn check(minor: i64, text: &str, payer: &str, account: &str, wanted: Option<Wanted<'_>>) {
    let invoices = [
        open(1, 1, "INV-2026-00001", eur(10_000)),
        open(2, 1, "INV-2026-00002", eur(5_000)),
        open(3, 2, "INV-2026-00010", eur(7_500)),
        open(4, 2, "INV-2026-00100", Money { minor: 500, currency: "SEK".parse().unwrap() }),
        open(5, 3, "17", eur(900)),
    ];
    let payers = [
        Payer {
            customer: customer(1),
            names: vec!["Birgit Maschinenbau GmbH".into(), "Birgit".into()],
            accounts: vec!["DE89370400440532013000".into()],
        },
        Payer { customer: customer(2), names: vec!["Lindqvist AB".into()], accounts: Vec::new() },
    ];
    let incoming =
        Incoming { amount: eur(minor), text: text.into(), payer: payer.into(), account: account.into() };
    let found = propose(&incoming, &invoices, &payers);
    let first = found.first().map(|one| (one.customer, one.settles.clone(), one.because.clone()));
    let wanted = wanted.map(|(whose, settles, because)| {
        let settles = settles.iter().map(|(n, minor)| (invoice(*n), *minor)).collect();
        (customer(whose), settles, because.to_vec())
    });
    assert_eq!(first, wanted, "{minor} {text:?} {payer:?} {account:?}");
}

#[test]
fn what_a_payment_is_probably_for() {
    use Because::{Account, Amount, Name, Reference};
    let iban = "DE89370400440532013000";
    check(10_000, "Rechnung INV-2026-00001", "", "", Some((1, &[(1, 10_000)], &[Reference, Amount])));
    check(10_000, "inv 2026 00001 vielen Dank", "", "", Some((1, &[(1, 10_000)], &[Reference, Amount])));
    // One payment for two invoices, and a part of one.
    check(
        15_000,
        "INV-2026-00001, INV-2026-00002",
        "",
        "",
        Some((1, &[(1, 10_000), (2, 5_000)], &[Reference, Amount])),
    );
    check(4_000, "INV-2026-00001", "", "", Some((1, &[(1, 4_000)], &[Reference])));
    // More than is open: what is left stays a credit.
    check(12_000, "INV-2026-00001", "", "", Some((1, &[(1, 10_000)], &[Reference])));
    // A number is not a part of a longer one.
    check(1, "INV-2026-000019", "", "", None);
    check(7_500, "INV-2026-00010", "", "", Some((2, &[(3, 7_500)], &[Reference, Amount])));
    // A short number occurs by chance; the amount alone is a weak hint.
    check(900, "17 Lizenzen", "", "", Some((3, &[(5, 900)], &[Amount])));
    check(1, "17", "", "", None);
    // Known payers: the invoice of that amount, or the oldest first.
    check(5_000, "", "", iban, Some((1, &[(2, 5_000)], &[Account, Amount])));
    check(11_000, "", "BIRGIT", "", Some((1, &[(1, 10_000), (2, 1_000)], &[Name])));
    check(
        15_000,
        "",
        "Birgit Maschinenbau GmbH",
        iban,
        Some((1, &[(1, 10_000), (2, 5_000)], &[Account, Name, Amount])),
    );
    check(20_000, "", "Birgit", "", Some((1, &[(1, 10_000), (2, 5_000)], &[Name])));
    // Another currency is another matter: the name fits, and nothing of it is settled.
    check(500, "INV-2026-00100", "Lindqvist AB", "", Some((2, &[(3, 500)], &[Name])));
    check(123, "", "", "", None);
}
