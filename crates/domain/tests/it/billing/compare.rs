//! Two months: the parts add up to the difference.

use domain::billing::{
    difference::{Cause, Difference, differences},
    line::{Charge, Line},
};
use rust_decimal::Decimal;

use super::{dec, seats};
use crate::dice::{Dice, in_every_case, is_long};

fn adds_up(found: &[Difference<'_>]) {
    for difference in found {
        let parts: Decimal = difference.parts.iter().map(|part| part.amount).sum();
        assert_eq!(parts, difference.now - difference.before, "{difference:#?}");
        for pair in &difference.pairs {
            let total = |line: Option<&Line>| line.map_or(Decimal::ZERO, |line| line.total);
            let parts: Decimal = pair.parts.iter().map(|part| part.amount).sum();
            assert_eq!(parts, total(pair.now) - total(pair.before));
        }
    }
}

fn month(list: &str, effective: &str, quantity: &str, total: &str, month: u32) -> Line {
    let days = [format!("{month}/1/2026"), format!("{month}/30/2026")];
    seats("cycleCharge", [list, effective], quantity, [total, "0", total], [&days[0], &days[1]])
}

fn causes(before: &[Line], now: &[Line]) -> Vec<(Cause, Decimal)> {
    let found = differences(before, now);
    adds_up(&found);
    found[0].parts.iter().map(|part| (part.cause, part.amount)).collect()
}

#[test]
fn seats_price_promotion_new_and_gone() {
    let before = [month("10", "10", "10", "100", 4)];
    assert_eq!(causes(&before, &before), []);
    assert_eq!(causes(&before, &[month("10", "10", "12", "120", 6)]), [(Cause::Seats, dec("20"))]);
    assert_eq!(
        causes(&before, &[month("11", "11", "12", "132", 6)]),
        [(Cause::Seats, dec("20")), (Cause::Price, dec("12"))]
    );
    assert_eq!(causes(&before, &[month("10", "9", "10", "90", 6)]), [(Cause::Promotion, dec("-10"))]);
    assert_eq!(causes(&before, &[]), [(Cause::Gone, dec("-100"))]);
    assert_eq!(causes(&[], &before), [(Cause::New, dec("100"))]);
    let mut taxed = before[0].clone();
    (taxed.tax, taxed.total) = (dec("19"), dec("119"));
    assert_eq!(causes(&before, &[taxed]), [(Cause::Tax, dec("19"))]);
}

#[test]
fn days_and_rates() {
    let whole = seats("new", ["30", "30"], "1", ["30", "0", "30"], ["4/1/2026", "4/30/2026"]);
    let part = seats("new", ["30", "10"], "1", ["10", "0", "10"], ["4/21/2026", "4/30/2026"]);
    assert_eq!(causes(&[part], std::slice::from_ref(&whole)), [(Cause::Days, dec("20"))]);
    let rate = |rate: &str, total: &str| {
        let mut line = whole.clone();
        line.exchange =
            Some(domain::billing::line::Exchange { rate: dec(rate), from: "USD".into(), day: None });
        (line.amount, line.subtotal, line.total) = (dec(total), dec(total), dec(total));
        line
    };
    assert_eq!(causes(&[rate("0.9", "27")], &[rate("0.8", "24")]), [(Cause::Currency, dec("-3"))]);
}

#[test]
fn currencies_stay_apart() {
    let eur = month("10", "10", "10", "100", 4);
    let mut sek = eur.clone();
    sek.currency = "SEK".parse().unwrap();
    let (before, now) = ([eur.clone()], [eur, sek]);
    let found = differences(&before, &now);
    adds_up(&found);
    let seen: Vec<_> = found.iter().map(|d| (d.currency.code().to_owned(), d.before, d.now)).collect();
    assert_eq!(seen, [("EUR".into(), dec("100"), dec("100")), ("SEK".into(), dec("0"), dec("100"))]);
}

#[test]
fn random_months_add_up() {
    in_every_case(if is_long() { 100_000 } else { 2_000 }, |dice| {
        let (before, now) = (lines(dice), lines(dice));
        adds_up(&differences(&before, &now));
    });
}

fn lines(dice: &mut Dice) -> Vec<Line> {
    let some = |dice: &mut Dice| {
        let mut line = month("10", "10", "10", "100", 4);
        let decimal = |dice: &mut Dice| {
            Decimal::new(dice.between(-1_000_000, 1_000_000), u32::try_from(dice.between(0, 6)).unwrap())
        };
        line.subscription = format!("s-{}", dice.between(1, 3));
        line.customer = format!("t-{}", dice.between(1, 2));
        line.charge = *dice.one_of(Charge::ALL);
        line.currency = dice.one_of(&["EUR", "SEK", "JPY"]).parse().unwrap();
        line.price = decimal(dice);
        line.effective = dice.chance(70).then(|| decimal(dice));
        (line.quantity, line.amount, line.tax, line.total) =
            (decimal(dice), decimal(dice), decimal(dice), decimal(dice));
        line
    };
    (0..dice.between(0, 6)).map(|_| some(dice)).collect()
}
