//! Questions about invoices: arithmetic that adds up.

use domain::{
    money::Currency,
    receivable::{
        bank::mentions,
        invoice::{Line, Origin, Vat, VatCategory, totals},
        question::{Cause, Sheet, difference, explain},
    },
};
use rust_decimal::Decimal;

use crate::dice::{in_every_case, is_long};

fn line(what: &str, quantity: &str, price: &str) -> Line {
    Line {
        description: what.into(),
        quantity: quantity.parse().unwrap(),
        unit_price: price.parse().unwrap(),
        vat: Vat { category: VatCategory::Standard, rate: 19.into() },
        origin: None,
    }
}

fn supplied(what: &str, quantity: &str, price: &str, id: &str) -> Line {
    Line { origin: Some(Origin::SupplierLine(id.into())), ..line(what, quantity, price) }
}

fn sheet(code: &str, lines: Vec<Line>) -> Sheet {
    let currency: Currency = code.parse().unwrap();
    let totals = totals(&lines, currency).unwrap();
    let (tax, gross) = (totals.tax.minor, totals.gross.minor);
    Sheet { number: "INV-1".into(), issued_on: None, currency, lines, tax, gross }
}

#[test]
fn a_difference_is_told_by_cause_to_the_cent() {
    let before = sheet("EUR", vec![line("Licences", "20", "20.00"), line("Backup", "1", "5")]);
    let now = sheet("EUR", vec![line("licences ", "25", "20.60"), line("Training", "1", "100")]);
    let found = difference(&before, &now).unwrap().unwrap();
    let parts: Vec<_> = found.parts.iter().map(|part| (part.cause, part.amount)).collect();
    assert_eq!(
        parts,
        [
            (Cause::Quantity, 10_000),
            (Cause::Price, 1_500),
            (Cause::New, 10_000),
            (Cause::Gone, -500),
            (Cause::Vat, 3_990),
        ]
    );
    // 405 and 615 without VAT.
    assert_eq!(now.gross - before.gross, parts.iter().map(|(_, amount)| amount).sum::<i64>());

    let licences = explain(Some(&before), &now, 1).unwrap();
    assert_eq!((licences.worth.net, licences.worth.tax, licences.worth.gross), (51_500, 9_785, 61_285));
    let since = licences.since.unwrap();
    assert_eq!(since.was.map(|(_, net)| net), Some(40_000));
    assert_eq!(since.parts.iter().map(|part| part.amount).sum::<i64>(), 51_500 - 40_000);
    assert_eq!(explain(Some(&before), &now, 2).unwrap().since.unwrap().was, None, "it is new");
    for place in [0, 3, u32::MAX] {
        assert_eq!(explain(None, &now, place), None, "{place}");
    }
}

#[test]
fn what_a_supplier_bills_is_the_same_thing_in_another_month() {
    let before = sheet("EUR", vec![supplied("E3 · New, 1 Feb 2026 – 28 Feb 2026", "2", "10", "siv_1/a")]);
    let now = sheet("EUR", vec![supplied("E3 · New, 1 Mar 2026 – 31 Mar 2026", "2", "10", "siv_2/b")]);
    let found = difference(&before, &now).unwrap().unwrap();
    assert!(found.parts.is_empty() && found.pairs.len() == 1, "{found:?}");
    // What gives back is another thing than what charges.
    let back = sheet("EUR", vec![line("Licences", "-1", "10"), line("Licences", "3", "10")]);
    let plain = sheet("EUR", vec![line("Licences", "3", "10")]);
    let found = difference(&plain, &back).unwrap().unwrap();
    assert_eq!(found.pairs.len(), 2, "{found:?}");
}

#[test]
fn invoices_that_cannot_be_set_against_each_other_are_not() {
    let euro = sheet("EUR", vec![line("Licences", "1", "10")]);
    for other in [sheet("SEK", vec![line("Licences", "1", "10")]), sheet("EUR", Vec::new())] {
        assert_eq!(difference(&euro, &other), Ok(None));
        assert_eq!(explain(Some(&other), &euro, 1).unwrap().since, None);
    }
}

#[test]
fn the_number_of_an_invoice_is_found_in_a_text() {
    for (text, label, wanted) in [
        ("Why is inv-2026-00007 so high?", "INV-2026-00007", true),
        ("INV 2026/00007", "INV-2026-00007", true),
        ("INV-2026-000071", "INV-2026-00007", false),
        ("my invoice", "INV-2026-00007", false),
    ] {
        assert_eq!(mentions(text, label), wanted, "{text}");
    }
}

#[test]
fn parts_add_up_whatever_the_lines_are() {
    in_every_case(if is_long() { 20_000 } else { 300 }, |dice| {
        let code = *dice.one_of(&["EUR", "JPY", "KWD"]);
        let mut draw = || {
            let mut lines = Vec::new();
            for _ in 0..dice.between(1, 6) {
                let what = *dice.one_of(&["Licences", "Backup", "Azure"]);
                let quantity = Decimal::new(dice.between(-4_000, 16_000), 2);
                let unit_price = Decimal::new(dice.between(0, 100_000), 3);
                lines.push(Line { quantity, unit_price, ..line(what, "1", "1") });
            }
            sheet(code, lines)
        };
        let (before, now) = (draw(), draw());
        let found = difference(&before, &now).unwrap().unwrap();
        let sum: i64 = found.parts.iter().map(|part| part.amount).sum();
        assert_eq!(sum, now.gross - before.gross);
        for place in 1..=u32::try_from(now.lines.len()).unwrap() {
            let one = explain(Some(&before), &now, place).unwrap();
            let since = one.since.unwrap();
            let was = since.was.map_or(0, |(_, net)| net);
            assert_eq!(since.parts.iter().map(|part| part.amount).sum::<i64>(), one.worth.net - was);
            assert_eq!(one.worth.net + one.worth.tax, one.worth.gross);
        }
    });
}
