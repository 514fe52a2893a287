//! Steps of arithmetic end at the line, whatever the line says.

use domain::billing::{
    explain::{Explanation, What, explain},
    line::{Charge, Line},
};
use rust_decimal::Decimal;

use super::{LICENCES, NEW_COMMERCE, dec, licence, line, seats};
use crate::dice::{in_every_case, is_long};

/// Each step is what its arithmetic gives, begins where the one before ended, and the last is the total.
fn adds_up(line: &Line) -> Explanation {
    let explained = explain(line);
    let mut value = Decimal::ZERO;
    for step in &explained.steps {
        assert_eq!(step.before, value, "{explained:#?}");
        assert_eq!(step.what.apply(step.before, step.by, step.of), Some(step.result), "{step:?}");
        value = step.result;
    }
    assert_eq!(value, line.total, "{line:#?} {explained:#?}");
    explained
}

fn whats(explained: &Explanation) -> Vec<What> {
    explained.steps.iter().map(|step| step.what).collect()
}

#[test]
fn licences_of_the_old_commerce() {
    use What::{Days, GivenBack, Price, Round, Times};
    for (charge, quantity, amount, days, expected, share) in [
        ("Cycle fee", "1", "4.00", ["1/13/2021", "2/12/2021"], vec![Price], None),
        ("Cycle fee", "2", "8.00", ["1/13/2021", "2/12/2021"], vec![Price, Times], None),
        // The period began on the 13th and ended before its end: 19 of its 31 days.
        (
            "Cycle instance prorate",
            "1",
            "2.45",
            ["1/13/2021", "1/31/2021"],
            vec![Price, Days, Round],
            Some((19, 31)),
        ),
        (
            "Cycle instance prorate",
            "2",
            "3.10",
            ["2/1/2021", "2/12/2021"],
            vec![Price, Days, Round, Times],
            Some((12, 31)),
        ),
        ("Cancel fee", "1", "-4.00", ["1/13/2021", "2/12/2021"], vec![Price, GivenBack], None),
    ] {
        let explained = adds_up(&licence(charge, "4.00", quantity, amount, days));
        assert_eq!((whats(&explained), explained.share), (expected, share), "{charge} {amount}");
    }
    // An example of the documents that its own formula misses by a cent.
    let missed =
        adds_up(&licence("Cancel instance prorate", "4.00", "1", "-1.72", ["3/1/2021", "3/12/2021"]));
    assert!(!missed.is_whole(), "{missed:#?}");
    // The formula of the documents: 0.26 a day for both, 5.20 for 20 days, 2.60 each.
    let documented =
        adds_up(&licence("Prorate fees when purchase", "4.00", "2", "5.20", ["1/24/2021", "2/12/2021"]));
    assert!(documented.is_whole() && whats(&documented).contains(&What::PerDay), "{documented:#?}");
}

#[test]
fn discounts_and_tax_of_a_licence() {
    let row =
        "T|C|S|E3|O|Cycle fee|6.82|2|13.64|2.64|11|2.09|13.09|EUR|2/1/2019 0:00|2/28/2019 23:59|Monthly";
    let explained = adds_up(&line(LICENCES, row));
    assert_eq!(whats(&explained), [What::Price, What::Times, What::Discount, What::Tax]);
    // An amount that is not price times quantity is said to be another one.
    let odd = "T|C|S|E3|O|Cycle fee|6.82|2|13.32|2.32|11|0|11|EUR|2/1/2019|2/28/2019|Monthly";
    let odd = adds_up(&line(LICENCES, odd));
    assert_eq!(whats(&odd), [What::Price, What::Times, What::Unexplained, What::Discount]);
    assert_eq!(odd.steps[2].by, dec("-0.32"));
}

#[test]
fn licences_of_the_new_commerce() {
    let whole = seats(
        "cycleCharge",
        ["10.08", "10.08"],
        "10",
        ["100.80", "19.15", "119.95"],
        ["4/1/2022", "4/30/2022"],
    );
    assert_eq!(whats(&adds_up(&whole)), [What::Price, What::Times, What::Tax]);
    // Ten seats given back after two days of thirty, and twelve for the rest.
    let back = seats(
        "removeQuantity",
        ["10.08", "9.408"],
        "10",
        ["-94.08", "0", "-94.08"],
        ["4/3/2022", "4/30/2022"],
    );
    let back = adds_up(&back);
    assert!(back.is_whole(), "{back:#?}");
    assert_eq!(back.share, Some((28, 30)));
    let more =
        seats("addQuantity", ["10.08", "9.408"], "12", ["112.89", "0", "112.89"], ["4/3/2022", "4/30/2022"]);
    let more = adds_up(&more);
    assert!(more.is_whole() && whats(&more).contains(&What::Cut), "{more:#?}");
    let formula =
        seats("addQuantity", ["10.08", "9.408"], "12", ["112.80", "0", "112.80"], ["4/3/2022", "4/30/2022"]);
    assert!(adds_up(&formula).is_whole());
}

#[test]
fn use_with_a_credit_in_another_currency() {
    let row = "T|C|S|O|P|Tables - LRS|Tables|new|0.045|9000|8000|0.03825|USD|0.846202666|9/30/2020|258.93|0|258.93|EUR|9/1/2020|\
               9/30/2020|Monthly|Data Stored|[\"15.0% Partner earned credit for services managed\"]||G1";
    let explained = adds_up(&line(NEW_COMMERCE, row));
    assert_eq!(
        whats(&explained),
        [What::Price, What::Percent, What::Times, What::Exchange, What::Cut],
        "{explained:#?}"
    );
    assert!(explained.steps[2].foreign && !explained.steps[3].foreign);
}

#[test]
fn use_of_the_old_commerce_and_day_by_day() {
    let header = "CustomerId,CustomerCompanyName,ChargeType,ListPrice,OverageQuantity,PretaxCharges,TaxAmount,PostTaxTotal,Currency,\
                  PretaxEffectiveRate";
    let used =
        adds_up(&line(header, "T|C|Assess usage fee when cancel|$0.0808|11|$0.89|$0.08|$0.97|EUR|$0.08"));
    assert_eq!(whats(&used), [What::Price, What::Times, What::Round, What::Tax]);
    let daily = "CustomerId,UsageDate,UnitPrice,Quantity,BillingPreTaxTotal,BillingCurrency,EffectiveUnitPrice,PCToBCExchangeRate,\
                 PricingCurrency";
    let daily = adds_up(&line(daily, "T|9/1/2020|0.045|2|0.064734503949|EUR|0.03825|0.846202666|USD"));
    assert!(daily.is_whole(), "{daily:#?}");
}

#[test]
fn every_charge_of_every_layout_ends_at_its_total() {
    for charge in Charge::ALL {
        for sign in ["", "-"] {
            let amount = format!("{sign}13.37");
            adds_up(&licence(charge.word(), "4.00", "3", &amount, ["1/13/2021", "1/20/2021"]));
            let sums =
                [amount.as_str(), "1", &if sign.is_empty() { "14.37".into() } else { "-12.37".to_owned() }];
            adds_up(&seats(charge.word(), ["4.00", "3.99"], "3", sums, ["1/13/2021", "1/20/2021"]));
        }
    }
}

#[test]
fn odd_lines_end_at_their_total_too() {
    for (price, quantity, amount) in [
        ("0", "0", "5"),
        ("4", "0", "-5"),
        ("0", "3", "0"),
        ("79228162514264337593543950335", "9", "1"),
        ("-4", "2", "-8"),
        ("-4", "-2", "8"),
    ] {
        adds_up(&licence("Prorate fees when cancel", price, quantity, amount, ["1/13/2021", "1/20/2021"]));
        adds_up(&licence("Cycle fee", price, quantity, amount, ["1/20/2021", "1/13/2021"]));
    }
}

#[test]
fn random_lines_end_at_their_total() {
    in_every_case(if is_long() { 100_000 } else { 2_000 }, |dice| {
        let mut line = licence("Cycle fee", "1", "1", "1", ["1/13/2021", "2/12/2021"]);
        let decimal = |dice: &mut crate::dice::Dice| {
            Decimal::new(dice.between(-1_000_000, 1_000_000), u32::try_from(dice.between(0, 9)).unwrap())
        };
        line.charge = *dice.one_of(Charge::ALL);
        line.layout = *dice.one_of(domain::billing::line::Layout::ALL);
        (line.price, line.quantity, line.amount) = (decimal(dice), decimal(dice), decimal(dice));
        (line.discount, line.subtotal, line.tax, line.total) =
            (decimal(dice), decimal(dice), decimal(dice), decimal(dice));
        line.effective = dice.chance(50).then(|| decimal(dice));
        line.metered = dice.chance(50);
        adds_up(&line);
    });
}
