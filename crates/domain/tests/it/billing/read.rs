//! Cells, rows and headers.

use domain::billing::{
    invoice::{self, Reconciled, Standing, Sums, Why},
    layout::{Unreadable, Wrong, recognise},
    line::{Charge, Layout},
    read::{NotADay, Point, day, number},
};
use domain::money::Money;
use jiff::civil::date;

use super::{LICENCES, NEW_COMMERCE, dec, line, reading};

#[test]
fn numbers_are_read_exactly_or_not_at_all() {
    for (text, expected) in [
        ("6.82", "6.82"),
        ("$0.0808", "0.0808"),
        ("-1.72", "-1.72"),
        ("(94.08)", "-94.08"),
        ("1,234,567.89", "1234567.89"),
        ("0", "0"),
        ("1E-05", "0.00001"),
        ("0.846202666", "0.846202666"),
        ("\u{2212}4", "-4"),
        ("79228162514264337593543950335", "79228162514264337593543950335"),
    ] {
        assert_eq!(number(text, Point::Dot), Some(dec(expected)), "{text}");
    }
    for bad in [
        "",
        "-",
        "abc",
        "1,23.4",
        "12,34",
        "--1",
        "-(1)",
        "1.2.3",
        "0x10",
        "1 %",
        "NaN",
        "99999999999999999999999999999999",
    ] {
        assert_eq!(number(bad, Point::Dot), None, "{bad}");
    }
    for (text, expected) in [
        ("1.234,56", "1234.56"),
        ("0,5", "0.5"),
        ("12.5", "12.5"),
        ("1.234", "1234"),
        ("0.045", "0.045"),
        ("-1.000.000,01", "-1000000.01"),
    ] {
        assert_eq!(number(text, Point::Comma), Some(dec(expected)), "{text}");
    }
}

#[test]
fn days_of_every_writing() {
    for text in [
        "2/1/2019 0:00",
        "2/1/2019",
        "02/01/2019 23:59",
        "2019-02-01",
        "2019-02-01T00:00:00Z",
        "2019-02-01T00:00:00",
    ] {
        assert_eq!(day(text), Ok(Some(date(2019, 2, 1))), "{text}");
    }
    for text in ["", "0001-01-01T00:00:00", "9999-12-14T00:00:00Z"] {
        assert_eq!(day(text), Ok(None), "{text}");
    }
    for text in ["13/1/2019", "2/30/2019", "1.2.2019", "2/1/19", "soon"] {
        assert_eq!(day(text), Err(NotADay), "{text}");
    }
}

#[test]
fn every_wording_of_a_charge() {
    for (text, charge) in [
        ("Cycle fee", Charge::CycleFee),
        ("CYCLE FEE", Charge::CycleFee),
        ("Prorate fees when convert away", Charge::ProrateConvertAway),
        ("Offset a line item", Charge::Offset),
        ("cycleCharge", Charge::CycleCharge),
        ("removeQuantity", Charge::RemoveQuantity),
        ("New", Charge::New),
        ("customerCredit", Charge::CustomerCredit),
        ("something of 2031", Charge::Unknown),
        ("", Charge::Unknown),
    ] {
        assert_eq!(Charge::of(text), charge, "{text}");
    }
}

#[test]
fn a_table_is_known_by_its_columns_in_any_order() {
    let backwards: Vec<&str> = LICENCES.split(',').map(str::trim).rev().collect();
    assert_eq!(recognise(&backwards, Point::Dot).unwrap().layout(), Layout::LegacyLicense);
    let small = NEW_COMMERCE.to_lowercase();
    assert_eq!(reading(&small).layout(), Layout::NewCommerce);
    // The line item of the API has the same columns under its own names.
    let api = NEW_COMMERCE.replace(",Total,", ",totalForCustomer,") + ",discountDetails";
    let found = reading(&api);
    assert_eq!(
        (found.layout(), found.more.as_slice()),
        (Layout::NewCommerce, ["discountDetails".to_owned()].as_slice())
    );
    let with_mark = format!("\u{feff}{LICENCES}");
    assert_eq!(reading(&with_mark).layout(), Layout::LegacyLicense);
}

#[test]
fn what_is_no_table_says_why() {
    let of = |header: &str| {
        recognise(&header.split(',').map(str::trim).collect::<Vec<_>>(), Point::Dot).unwrap_err()
    };
    assert_eq!(of("a,b,c"), Unreadable::Unknown);
    assert_eq!(of(""), Unreadable::Unknown);
    assert_eq!(
        of(&LICENCES.replace("CustomerId,", "CustomerId,UnitPrice,")),
        Unreadable::Doubled(Layout::LegacyLicense, vec!["UnitPrice".into()])
    );
    assert_eq!(
        of(
            "PartnerId,CustomerId,CustomerName,MPNID,ResellerMPNID,OrderId,SubscriptionId,OfferId,OfferName,SubscriptionStartDate,\
            SubscriptionEndDate,ChargeStartDate,ChargeEndDate,ChargeType,UnitPrice,Quantity,Subtotal,Tax,TotalForCustomer,Currency"
        ),
        Unreadable::Lacks(Layout::LegacyLicense, vec!["Amount".into()])
    );
    assert_eq!(
        of("customerBillableAccount,usageDate,consumedQuantity,unit"),
        Unreadable::NoPrices(Layout::DailyUsage)
    );
}

#[test]
fn a_broken_row_names_each_cell() {
    let table = reading(LICENCES);
    let row = "T-1|Contoso|S-1|E3|O-1|Cycle fee|six|2|13,3,2|0||0|11|eur0|13/1/2019|2/28/2019|Monthly";
    let cells: Vec<&str> = row.split('|').collect();
    let faults: Vec<_> =
        table.line(7, &cells, "").unwrap_err().into_iter().map(|f| (f.row, f.column, f.what)).collect();
    for (column, what) in [
        ("UnitPrice", Wrong::NotANumber),
        ("Amount", Wrong::NotANumber),
        ("Subtotal", Wrong::Missing),
        ("Currency", Wrong::NotACurrency),
        ("ChargeStartDate", Wrong::NotADate),
    ] {
        assert!(faults.contains(&(7, column.into(), what)), "{column}: {faults:?}");
    }
    assert_eq!(faults.len(), 5);
    let short = table.line(8, &cells[1..], "").unwrap_err();
    assert_eq!((short[0].row, short[0].what), (8, Wrong::Cells));
}

#[test]
fn a_row_of_another_invoice_is_named() {
    let row = "T-1|C|S|O|P|Sku|Product|New|1|1|1|1|EUR|1||1|0|1|EUR|9/1/2020|9/30/2020|Monthly||||G000000001";
    let cells: Vec<&str> = row.split('|').collect();
    assert!(reading(NEW_COMMERCE).line(2, &cells, "g000000001").is_ok());
    let faults = reading(NEW_COMMERCE).line(2, &cells, "G000000002").unwrap_err();
    assert_eq!((faults[0].column.as_str(), faults[0].what), ("InvoiceNumber", Wrong::OtherInvoice));
}

#[test]
fn what_adds_up_differs_by_layout() {
    let licence =
        line(LICENCES, "T|C|S|E3|O|Cycle fee|6.82|2|13.64|2.64|11|1|12|EUR|2/1/2019|2/28/2019|Monthly");
    assert_eq!(licence.counts, Some(dec("13.64")));
    let offset = line(
        LICENCES,
        "T|C|S|E3|O|Offset a line item|6.82|2|13.64|2.64|11|1|12|EUR|2/1/2019|2/28/2019|Monthly",
    );
    assert_eq!(offset.counts, Some(dec("12")));
    let usage = "CustomerId,CustomerCompanyName,ChargeType,ListPrice,OverageQuantity,PretaxCharges,TaxAmount,PostTaxTotal,Currency";
    let used = line(usage, "T|C|Assess usage fee for current cycle|$0.0808|11|$0.89|$0.08|$0.97|EUR");
    assert_eq!((used.counts, used.metered), (Some(dec("0.89")), true));
    let daily = "CustomerId,UsageDate,UnitPrice,Quantity,BillingPreTaxTotal,BillingCurrency,EffectiveUnitPrice,PCToBCExchangeRate,PricingCurrency";
    assert_eq!(line(daily, "T|9/1/2020|0.045|2|0.0647345039|EUR|0.03825|0.846202666|USD").counts, None);
}

#[test]
fn lines_are_set_against_their_invoice() {
    let eur = |minor| Money { minor, currency: "EUR".parse().unwrap() };
    let sums = |counted: &str, lines, foreign| Sums {
        lines,
        counted: dec(counted),
        tax: dec("19"),
        discount: dec("-5"),
        foreign,
    };
    for (total, sums, expected) in [
        (10000, sums("100.000", 3, 0), Reconciled::Exactly),
        (10000, sums("100.004", 3, 0), Reconciled::Exactly),
        (10000, sums("0", 0, 0), Reconciled::NoLines),
        (10000, sums("100", 3, 1), Reconciled::Mixed),
        (11900, sums("100", 3, 0), Reconciled::Off { by: dec("-19.00"), why: Why::Tax }),
        (10500, sums("100", 3, 0), Reconciled::Off { by: dec("-5.00"), why: Why::Discounts }),
        (10000, sums("100.01", 3, 0), Reconciled::Off { by: dec("0.01"), why: Why::Rounding }),
        (10000, sums("100.02", 3, 0), Reconciled::Off { by: dec("0.02"), why: Why::Unknown }),
        (-500, sums("-5", 1, 0), Reconciled::Exactly),
    ] {
        assert_eq!(invoice::reconcile(eur(total), &sums), expected, "{total} {sums:?}");
    }
}

#[test]
fn what_is_open_is_computed() {
    let total = Money { minor: 10_000, currency: "EUR".parse().unwrap() };
    let due = invoice::due_at_microsoft(date(2026, 10, 5));
    assert_eq!(due, date(2026, 12, 4));
    for (paid, void, today, open, expected) in [
        (0, false, due, 10_000, Standing::Open),
        (0, false, due.tomorrow().unwrap(), 10_000, Standing::Overdue),
        (9_999, false, date(2030, 1, 1), 1, Standing::Overdue),
        (10_000, false, date(2030, 1, 1), 0, Standing::Paid),
        (10_500, false, due, -500, Standing::Paid),
        (0, true, date(2030, 1, 1), 0, Standing::Void),
        (10_000, true, due, -10_000, Standing::Void),
    ] {
        let (left, found) = invoice::standing(total, paid, void, due, today);
        assert_eq!((left.minor, found), (open, expected), "{paid} {void} {today}");
    }
    let credit = Money { minor: -1, ..total };
    assert_eq!(invoice::standing(credit, 0, false, due, date(2030, 1, 1)).1, Standing::Credit);
}
