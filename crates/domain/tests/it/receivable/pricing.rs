//! What customers pay for what a supplier bills.

use domain::{
    billing::line::Line,
    id::{CustomerId, SupplierId},
    receivable::{
        invoice::rounded,
        pricing::{Base, Left, Priced, Rounding, Rule, pass_on},
    },
};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::{
    billing::{dec, seats},
    dice::{in_every_case, is_long},
};

fn rule(product: &str, base: Base, percent: &str, step: &str) -> Rule {
    Rule {
        customer: None,
        supplier: None,
        product: product.into(),
        base,
        percent: dec(percent),
        step: dec(step),
        rounding: Rounding::Nearest,
    }
}

const US: SupplierId = SupplierId::from_uuid(Uuid::from_u128(1));
const THEY: CustomerId = CustomerId::from_uuid(Uuid::from_u128(2));

/// So many licences that cost `subtotal` together.
fn bought(quantity: &str, subtotal: &str) -> Line {
    seats("cycleCharge", ["12", "10"], quantity, [subtotal, "0", subtotal], ["4/1/2026", "4/30/2026"])
}

fn usage(subtotal: &str, day: &str) -> Line {
    Line { metered: true, ..seats("new", ["0.01", "0.01"], "1234.5", [subtotal, "0", subtotal], [day, day]) }
}

fn of(line: &Priced) -> (Decimal, Decimal) {
    (line.quantity, line.unit_price)
}

#[test]
fn markup_list_price_and_rounding() {
    let nearest = |base, percent, step| vec![rule("", base, percent, step)];
    let up = |step| vec![Rule { rounding: Rounding::Up, ..rule("", Base::Cost, "15", step) }];
    let discounted = Line { amount: dec("120"), effective: None, ..bought("10", "100") };
    for (rules, line, wanted) in [
        (nearest(Base::Cost, "0", "0.01"), bought("10", "100"), ("10", "10")),
        (nearest(Base::Cost, "15", "0.01"), bought("10", "100"), ("10", "11.5")),
        (nearest(Base::Cost, "15", "1"), bought("10", "100"), ("10", "12")),
        (nearest(Base::Cost, "33.3333", "0.01"), bought("3", "10"), ("3", "4.44")),
        (up("0.05"), bought("3", "10"), ("3", "3.85")),
        (nearest(Base::List, "0", "0.01"), discounted.clone(), ("10", "12")),
        (nearest(Base::List, "-5", "0.01"), discounted, ("10", "11.4")),
        // What is given back is given back at the price at which it was sold.
        (nearest(Base::Cost, "15", "0.01"), bought("2", "-20"), ("-2", "11.5")),
        (nearest(Base::Cost, "15", "0.01"), bought("-2", "-20"), ("-2", "11.5")),
        // A sum without a number of pieces is one piece.
        (nearest(Base::Cost, "10", "0.01"), bought("0", "7"), ("1", "7.7")),
    ] {
        let passed = pass_on(&rules, US, THEY, std::slice::from_ref(&line));
        assert_eq!(of(&passed.lines[0]), (dec(wanted.0), dec(wanted.1)), "{rules:?} {line:?}");
    }
}

#[test]
fn the_most_specific_rule_holds() {
    let rules = [
        rule("", Base::Cost, "1", "0.01"),
        Rule { supplier: Some(US), ..rule("", Base::Cost, "2", "0.01") },
        rule("e3", Base::Cost, "3", "0.01"),
        rule("365 e3", Base::Cost, "4", "0.01"),
        Rule { customer: Some(THEY), ..rule("", Base::Cost, "5", "0.01") },
        Rule { customer: Some(THEY), ..rule("E3", Base::Cost, "6", "0.01") },
        Rule { customer: Some(THEY), ..rule("E3", Base::Cost, "7", "0.01") },
    ];
    let line = Line { product: "Microsoft 365 E3".into(), ..bought("1", "100") };
    let holds = |rules: &[Rule], line: &Line| {
        pass_on(rules, US, THEY, std::slice::from_ref(line)).lines.first().map(|priced| priced.rule)
    };
    assert_eq!(holds(&rules, &line), Some(5), "the first of two alike");
    for (count, wanted) in [(5, 4), (4, 3), (3, 2), (2, 1), (1, 0)] {
        assert_eq!(holds(&rules[..count], &line), Some(wanted));
    }
    let other = Line { product: "Visio".into(), product_key: "E3".into(), ..line.clone() };
    assert_eq!(holds(&rules[..3], &other), Some(2), "or by its key");
    assert_eq!(holds(&rules[2..4], &Line { product_key: "V".into(), ..other }), None);
    let theirs = [Rule { supplier: Some(SupplierId::from_uuid(Uuid::from_u128(9))), ..rules[0].clone() }];
    assert_eq!(holds(&theirs, &line), None);
}

#[test]
fn what_is_left_is_said() {
    let rules = [rule("E3", Base::Cost, "10", "0.01")];
    let sold = Line { product: "E3".into(), ..bought("1", "100") };
    let lines = [
        sold.clone(),
        Line { counts: None, ..sold.clone() },
        Line { product: "Visio".into(), ..bought("1", "7") },
        Line { product: "E3".into(), ..bought("5", "0") },
        Line { subtotal: Decimal::MAX, ..sold.clone() },
        // The same line twice in a file is two lines.
        sold,
    ];
    let passed = pass_on(&rules, US, THEY, &lines);
    let left: Vec<_> = passed.left.iter().map(|(why, (lines, _))| (*why, *lines)).collect();
    assert_eq!(left, [(Left::Detail, 1), (Left::Nothing, 1), (Left::NoRule, 1), (Left::TooMuch, 1)]);
    assert_eq!(passed.lines.len(), 2);
    assert_ne!(passed.lines[0].key, passed.lines[1].key);
}

#[test]
fn a_list_price_that_is_not_told_is_not_guessed() {
    let rules = [rule("", Base::List, "0", "0.01")];
    let left = |line: Line| pass_on(&rules, US, THEY, &[line]).left.into_keys().collect::<Vec<_>>();
    // A part of the month, or a promotion: the line does not say which.
    assert_eq!(left(bought("10", "100")), [Left::NoList]);
    assert_eq!(left(Line { effective: Some(dec("12")), ..bought("10", "120") }), []);
    // One day of use that is discounted makes the whole unknown.
    let days = [usage("1", "4/1/2026"), Line { effective: Some(dec("0.0085")), ..usage("1", "4/2/2026") }];
    assert_eq!(pass_on(&rules, US, THEY, &days[..1]).lines.len(), 1);
    for days in [[days[0].clone(), days[1].clone()], [days[1].clone(), days[0].clone()]] {
        let passed = pass_on(&rules, US, THEY, &days);
        assert_eq!(passed.left.get(&Left::NoList), Some(&(2, dec("2"))));
    }
}

#[test]
fn use_is_added_up_by_product_and_subscription() {
    let rules = [rule("", Base::Cost, "10", "0.01")];
    let days: Vec<Line> = (1..=30).map(|day| usage("0.0049", &format!("4/{day}/2026"))).collect();
    let passed = pass_on(&rules, US, THEY, &days);
    assert_eq!(passed.lines.len(), 1, "thirty times nothing would be nothing");
    let line = &passed.lines[0];
    assert_eq!((of(line), line.lines, line.charge), ((dec("1"), dec("0.16")), 30, None));
    let [begins, ends] = [line.begins.unwrap(), line.ends.unwrap()];
    assert_eq!((begins.day(), ends.day()), (1, 30));
}

#[test]
fn every_line_is_priced_once_or_left_and_the_order_is_nothing() {
    in_every_case(if is_long() { 20_000 } else { 500 }, |dice| {
        let lines: Vec<Line> = (0..dice.between(0, 11))
            .map(|_| {
                let subtotal = Decimal::new(dice.between(-5_000, 15_000), 2).to_string();
                let line = bought(&dice.between(0, 29).to_string(), &subtotal);
                let product = ["E3", "Visio", "Azure"][usize::try_from(dice.between(0, 2)).unwrap()].into();
                Line { product, metered: dice.chance(30), ..line }
            })
            .collect();
        let rules = [rule("E3", Base::Cost, "15", "0.01"), rule("Azure", Base::Cost, "2.5", "0.05")];
        let passed = pass_on(&rules, US, THEY, &lines);
        let priced: u32 = passed.lines.iter().map(|line| line.lines).sum();
        let left: u32 = passed.left.values().map(|(lines, _)| lines).sum();
        assert_eq!(priced + left, u32::try_from(lines.len()).unwrap());
        let cost: Decimal = passed.lines.iter().map(|line| line.cost).sum();
        let rest: Decimal = passed.left.values().map(|(_, cost)| cost).sum();
        assert_eq!(cost + rest, lines.iter().map(|line| line.subtotal).sum::<Decimal>(), "no cent is lost");
        for line in &passed.lines {
            assert!(rounded(line.quantity * line.unit_price, "EUR".parse().unwrap()).unwrap() != 0);
        }
        let mut keys: Vec<_> = passed.lines.iter().map(|line| line.key.clone()).collect();
        keys.sort();
        let turned: Vec<Line> = lines.into_iter().rev().collect();
        let mut other: Vec<_> =
            pass_on(&rules, US, THEY, &turned).lines.into_iter().map(|line| line.key).collect();
        other.sort();
        assert_eq!(keys, other, "a file in another order is no other charge");
        keys.dedup();
        assert_eq!(keys.len(), passed.lines.len());
    });
}
