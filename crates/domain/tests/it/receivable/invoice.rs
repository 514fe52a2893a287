//! The arithmetic of invoices, and what keeps one from being issued.

use domain::{
    money::Currency,
    receivable::{
        invoice::{Fault, Line, Vat, VatCategory, decimal, due, faults, label, series, totals},
        party::{Buyer, Party, Seller},
    },
};
use rust_decimal::Decimal;

use super::eur;
use crate::dice::{in_every_case, is_long};

fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}

fn line(quantity: &str, price: &str, category: VatCategory, rate: &str) -> Line {
    Line {
        description: "Licence".into(),
        quantity: quantity.parse().unwrap(),
        unit_price: price.parse().unwrap(),
        vat: Vat { category, rate: rate.parse().unwrap() },
        origin: None,
    }
}

#[test]
fn a_line_is_rounded_once_half_away_from_zero() {
    for (quantity, price, code, wanted) in [
        ("3", "12.60", "EUR", 3780),
        ("1", "0.005", "EUR", 1),
        ("1", "0.0049999", "EUR", 0),
        ("-1", "0.005", "EUR", -1),
        ("0.3333", "9.99", "EUR", 333),
        ("10", "33.5", "JPY", 335),
        ("1", "1.0005", "KWD", 1001),
        ("0", "12.60", "EUR", 0),
        ("1.5", "79.9999", "SEK", 12000),
    ] {
        let line = line(quantity, price, VatCategory::Zero, "0");
        assert_eq!(line.net(currency(code)), Ok(wanted), "{quantity} × {price} {code}");
    }
    let huge = line("99999999999", "99999999999", VatCategory::Zero, "0");
    assert!(huge.net(currency("EUR")).is_err());
}

#[test]
fn vat_is_rounded_once_for_each_rate() {
    // Three lines of 0.33 at 19 percent: by line the tax would be 3 × 0.06 = 0.18; on the sum it is 0.19.
    let lines = [
        line("1", "0.33", VatCategory::Standard, "19"),
        line("1", "0.33", VatCategory::Standard, "19.00"),
        line("1", "0.33", VatCategory::Standard, "19.0"),
        line("2", "5", VatCategory::Reduced, "7"),
        line("1", "100", VatCategory::Zero, "0"),
    ];
    let totals = totals(&lines, currency("EUR")).unwrap();
    let sums: Vec<_> = totals.by_vat.iter().map(|one| (one.vat.category, one.base, one.tax)).collect();
    assert_eq!(
        sums,
        [(VatCategory::Standard, 99, 19), (VatCategory::Reduced, 1000, 70), (VatCategory::Zero, 10_000, 0),]
    );
    assert_eq!((totals.net, totals.tax, totals.gross), (eur(11_099), eur(89), eur(11_188)));
}

#[test]
fn totals_add_up_in_every_case() {
    let cases = if is_long() { 100_000 } else { 2_000 };
    in_every_case(cases, |dice| {
        let code = ["EUR", "JPY", "KWD", "HUF"][usize::try_from(dice.between(0, 3)).unwrap()];
        let currency = currency(code);
        let lines: Vec<Line> = (0..dice.between(1, 12))
            .map(|_| {
                let (category, rate) = [
                    (VatCategory::Standard, "19"),
                    (VatCategory::Standard, "25.5"),
                    (VatCategory::Reduced, "7"),
                    (VatCategory::ReverseCharge, "0"),
                ][usize::try_from(dice.between(0, 3)).unwrap()];
                Line {
                    quantity: Decimal::new(dice.between(-50, 5_000), 2),
                    unit_price: Decimal::new(dice.between(0, 9_999_999), 4),
                    ..line("1", "1", category, rate)
                }
            })
            .collect();
        let totals = totals(&lines, currency).unwrap();
        // EN 16931: BR-CO-10, BR-CO-13, BR-CO-14, BR-CO-15, BR-CO-17.
        let nets: i64 = lines.iter().map(|line| line.net(currency).unwrap()).sum();
        assert_eq!(totals.net.minor, nets);
        assert_eq!(totals.net.minor, totals.by_vat.iter().map(|one| one.base).sum::<i64>());
        assert_eq!(totals.tax.minor, totals.by_vat.iter().map(|one| one.tax).sum::<i64>());
        assert_eq!(totals.gross.minor, totals.net.minor + totals.tax.minor);
        for one in &totals.by_vat {
            let unit = decimal(domain::money::Money { minor: 1, currency });
            let exact = decimal(domain::money::Money { minor: one.base, currency }) * one.vat.rate
                / Decimal::ONE_HUNDRED;
            let tax = decimal(domain::money::Money { minor: one.tax, currency });
            assert!((exact - tax).abs() * Decimal::TWO <= unit, "{exact} {tax}");
        }
    });
}

fn seller() -> Seller {
    Seller {
        party: Party { name: "Nordwind".into(), vat_id: "DE123456789".into(), ..Party::default() },
        iban: String::new(),
        exemption: String::new(),
    }
}

fn buyer(vat_id: &str) -> Buyer {
    Buyer {
        party: Party { name: "Birgit".into(), vat_id: vat_id.into(), ..Party::default() },
        reference: String::new(),
    }
}

#[test]
fn what_keeps_a_draft_from_being_issued() {
    use VatCategory::{Exempt, ReverseCharge, Standard, Zero};
    type Row<'r> = (&'r [Line], bool, Option<&'r str>, &'r [Fault]);
    let rows: &[Row<'_>] = &[
        (&[line("1", "10", Standard, "19")], true, Some(""), &[]),
        (&[], true, Some(""), &[Fault::NoLines]),
        (&[line("1", "10", Standard, "19")], false, None, &[Fault::NoSeller, Fault::NoBuyer]),
        (&[line("1", "10", ReverseCharge, "0")], true, Some(""), &[Fault::NoBuyerVat]),
        (&[line("1", "10", ReverseCharge, "0")], true, Some("SE556677889901"), &[]),
        (&[line("1", "10", Exempt, "0")], true, Some(""), &[Fault::NoExemption]),
        (&[line("1", "10", Standard, "0")], true, Some(""), &[Fault::BadVat]),
        (&[line("1", "10", Zero, "1")], true, Some(""), &[Fault::BadVat]),
        (&[line("1", "10", Standard, "101")], true, Some(""), &[Fault::BadVat]),
        (&[line("1", "-10", Zero, "0")], true, Some(""), &[Fault::BadPrice, Fault::Negative]),
        (&[line("-1", "10", Zero, "0")], true, Some(""), &[Fault::Negative]),
        (&[line("2", "10", Standard, "19"), line("-1", "10", Standard, "19")], true, Some(""), &[]),
        // What one rate owes another does not pay.
        (&[line("9", "10", Standard, "19"), line("-1", "10", Zero, "0")], true, Some(""), &[Fault::Negative]),
        (&[line("0", "10", Zero, "0")], true, Some(""), &[]),
        (&[line("99999999999", "99999999999", Zero, "0")], true, Some(""), &[Fault::TooMuch]),
    ];
    for (lines, has_seller, vat_id, wanted) in rows {
        let (seller, buyer) = (has_seller.then(seller), vat_id.map(buyer));
        let found = faults(lines, currency("EUR"), seller.as_ref(), buyer.as_ref());
        assert_eq!(found, *wanted, "{lines:?}");
    }
}

#[test]
fn series_numbers_and_days() {
    let day = |text: &str| text.parse::<jiff::civil::Date>().unwrap();
    assert_eq!(series("INV-{year}-", day("2026-11-30")), "INV-2026-");
    assert_eq!(label("INV-2026-", 7), "INV-2026-00007");
    assert_eq!(label("R", 123_456), "R123456");
    assert_eq!(due(day("2028-01-31"), 30), day("2028-03-01"));
    assert_eq!(due(day("2026-11-30"), 0), day("2026-11-30"));
}
