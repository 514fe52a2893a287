//! What Microsoft billed the sample desk in three months: something of everything that its pages tell.

use anyhow::{Context, Result};
use app::{
    Agent, App,
    claims::{self, NewClaim, Said},
    payables::{self, Broken, NewInvoice, NewLimit},
    suppliers,
};
use domain::{
    billing::{
        claim::{ClaimAct, ClaimKind, Evidence},
        invoice::Kind,
    },
    id::{SupplierId, SupplierInvoiceId},
    money::Money,
    party::supplier::SupplierKind,
};
use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};

const HEADER: &str = "CustomerId,CustomerName,SubscriptionId,OrderId,ProductId,SkuName,ProductName,ChargeType,UnitPrice,Quantity,\
    BillableQuantity,EffectiveUnitPrice,PricingCurrency,PCToBCExchangeRate,PCToBCExchangeRateDate,Subtotal,TaxTotal,Total,Currency,\
    ChargeStartDate,ChargeEndDate,BillingFrequency,MeterDescription,UnitType,PriceAdjustmentDescription,PromotionID,InvoiceNumber";

const LEGACY: &str = "CustomerId,CustomerName,SyndicationPartnerSubscriptionNumber,OfferName,DurableOfferId,ChargeType,UnitPrice,\
    Quantity,Amount,TotalOtherDiscount,Subtotal,Tax,TotalForCustomer,Currency,ChargeStartDate,ChargeEndDate,BillingCycleType";

/// Imports it, in the name of a desk's Global admin.
///
/// # Errors
/// The use cases refuse.
pub(super) async fn make(app: &App, admin: &Agent, now: Timestamp) -> Result<()> {
    let all = suppliers::list(app, admin).await?;
    let microsoft = all.iter().find(|line| line.supplier.kind == SupplierKind::Microsoft);
    let microsoft = microsoft.context("the desk does not know Microsoft")?.supplier.id;
    let today = now.to_zoned(TimeZone::UTC).date();
    for (month, ago) in [(0, 3), (1, 2), (2, 1)] {
        let bills = today.checked_sub(Span::new().months(ago))?.first_of_month();
        let number = format!("G0{:08}", 24_130_000 + month * 7_919);
        let (table, total) = new_commerce(month, bills, &number);
        let dated = bills.last_of_month().checked_add(Span::new().days(8))?;
        // The last one is two cents more than its lines.
        let total = if month == 2 { total + 2 } else { total };
        let id =
            invoice(app, admin, microsoft, &number, [dated, bills, bills.last_of_month()], total).await?;
        payables::import(app, admin, id, "reconciliation.csv", table.into_bytes(), Broken::Nothing).await?;
        if month == 0 {
            let paid = Money { minor: total, currency: euro()? };
            let day = today.checked_sub(Span::new().days(3))?;
            payables::pay(app, admin, id, paid, day, "SEPA 2026-4711").await?;
            claim(app, admin, id, today).await?;
        }
    }
    // One of the old commerce that nobody paid in time.
    let dated = today.checked_sub(Span::new().days(66))?;
    let (begins, ends) = (dated, dated.checked_add(Span::new().months(1))?.yesterday()?);
    let id = invoice(app, admin, microsoft, "D020003LQX", [dated, begins, ends], 155_000).await?;
    payables::import(app, admin, id, "licences.csv", legacy(begins, ends).into_bytes(), Broken::Nothing)
        .await?;
    Ok(())
}

/// A claim whose evidence is being gathered, one that was credited, and the limit against which all of it counts.
async fn claim(app: &App, admin: &Agent, invoice: SupplierInvoiceId, today: Date) -> Result<()> {
    let new = |kind, minor, lines, ago: i64| -> Result<NewClaim> {
        Ok(NewClaim {
            invoice,
            kind,
            amount: Money { minor, currency: euro()? },
            lines,
            ticket: None,
            happened: Some(today.checked_sub(Span::new().days(ago))?),
            remark: String::new(),
        })
    };
    let said = |act| Said {
        act,
        day: None,
        amount: None,
        number: String::new(),
        evidence: None,
        note: String::new(),
    };
    let draft = claims::open(app, admin, new(ClaimKind::FraudRefund, 41_850, Vec::new(), 48)?).await?;
    let tick = Said { evidence: Some(Evidence::Tenant), ..said(ClaimAct::Tick) };
    claims::note(app, admin, draft, tick).await?;
    let done = claims::open(app, admin, new(ClaimKind::DuplicateOrder, 13_160, vec![1], 40)?).await?;
    let day = Some(today.checked_sub(Span::new().days(20))?);
    let submit = Said { day, number: "2611040010000471".into(), ..said(ClaimAct::Submit) };
    claims::note(app, admin, done, submit).await?;
    let money = Some(Money { minor: 13_160, currency: euro()? });
    let credit = Said { amount: money, number: "CN-88120".into(), ..said(ClaimAct::Credit) };
    claims::note(app, admin, done, credit).await?;
    let supplier = payables::one(app, admin, invoice).await?.payable.invoice.supplier;
    let amount = Some(Money { minor: 1_000_000, currency: euro()? });
    let begins = today.checked_sub(Span::new().days(90))?;
    let limit = NewLimit { supplier, currency: euro()?, amount, warn: 80, begins };
    payables::set_limit(app, admin, limit).await?;
    Ok(())
}

fn euro() -> Result<domain::money::Currency> {
    "EUR".parse().context("a currency")
}

async fn invoice(
    app: &App,
    admin: &Agent,
    supplier: SupplierId,
    number: &str,
    [dated, begins, ends]: [Date; 3],
    total: i64,
) -> Result<SupplierInvoiceId> {
    let new = NewInvoice {
        supplier,
        number: number.into(),
        kind: Kind::Invoice,
        amends: String::new(),
        dated,
        due: None,
        begins: Some(begins),
        ends: Some(ends),
        total: Money { minor: total, currency: euro()? },
        remark: String::new(),
    };
    Ok(payables::add(app, admin, new).await?)
}

/// Cents as a number with a point.
fn point(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
}

/// The lines of a month, and what they are together in cents.
fn new_commerce(month: usize, first: Date, invoice: &str) -> (String, i64) {
    let day = |date: Date| format!("{}/{}/{}", date.month(), date.day(), date.year());
    let last = first.last_of_month();
    let days = i64::from(last.day());
    let mut table = format!("{HEADER}\n");
    let mut sum = 0;
    let mut seats = |who: [&str; 3],
                     charge: &str,
                     price: i64,
                     quantity: i64,
                     effective: String,
                     total: i64,
                     from: Date,
                     promotion: [&str; 2]| {
        let [tenant, name, product] = who;
        let [adjustment, promotion] = promotion;
        sum += total;
        table += &format!(
            "{tenant},\"{name}\",{tenant}-s,{tenant}-o,CFQ7TTC0LDPB,{product},Microsoft 365,{charge},{},{quantity},{quantity},{effective},\
             EUR,1,,{},0,{},EUR,{},{},Monthly,,,\"{adjustment}\",{promotion},{invoice}\n",
            point(price),
            point(total),
            point(total),
            day(from),
            day(last),
        );
    };
    let tisza = ["0c3fa0f2-5f0e-4a43-9a51-8a7a6d6b0d11", "Tisza Élelmiszer Kft.", "Microsoft 365 E3"];
    let (price, quantity) = [(3290, 40), (3290, 40), (3390, 46)][month];
    seats(tisza, "cycleCharge", price, quantity, point(price), price * quantity, first, ["", ""]);
    if month == 1 {
        // Six more for the last eleven days: cut off after multiplying.
        let from = last.checked_sub(Span::new().days(10)).unwrap_or(first);
        let millionths = price * 10_000 * 11 / days;
        let effective = format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
        seats(tisza, "addQuantity", price, 6, effective, price * 6 * 11 / days, from, ["", ""]);
    }
    let berg = [
        "7a0c2b1e-9f40-4f0b-8f3d-1f5f0c9a2b22",
        "Bergmann Maschinenbau GmbH",
        "Microsoft 365 Business Premium",
    ];
    let (effective, adjustment) = if month < 2 { (1581, "[\"\"15.0% promotion\"\"]") } else { (1860, "") };
    let code = if month < 2 { "CFQ7TTC0LCHC:1" } else { "" };
    seats(berg, "cycleCharge", 1860, 25, point(effective), effective * 25, first, [adjustment, code]);
    // Use is priced in dollars, with a credit: cut off twice.
    let (quantity, rate) = [(8_000, 9_216), (9_100, 9_187), (8_700, 9_304)][month];
    let dollars = 3_825 * quantity / 1_000;
    let total = dollars * rate / 10_000;
    sum += total;
    table += &format!(
        "5d1b7c44-2a9e-4d0c-9f6e-6c8a3e7d3c33,上海晨光电子有限公司,azure-1,o-9,DZH318Z0BNZ5,Tables - LRS,Tables,new,0.045,{quantity},{quantity},\
         0.03825,USD,0.{rate},{},{},0,{},EUR,{},{},Monthly,Tables - LRS Data Stored,1 GB/Month,\
         \"[\"\"15.0% Partner earned credit for services managed\"\"]\",,{invoice}\n",
        day(last),
        point(total),
        point(total),
        day(first),
        day(last),
    );
    (table, sum)
}

/// Licences of the old commerce: a period, some for a part of it, and a discount.
fn legacy(begins: Date, ends: Date) -> String {
    let day = |date: Date| format!("{}/{}/{} 0:00", date.month(), date.day(), date.year());
    let row = |charge: &str, price: &str, quantity: u32, amounts: [&str; 3]| {
        let [amount, discount, subtotal] = amounts;
        format!(
            "9e2d4f60-1c77-4b3a-8d55-2b7f9a1c4d44,Malmö Keramik AB,s-44,Office 365 E1,o-44,{charge},{price},{quantity},{amount},{discount},{subtotal},0,\
             {subtotal},EUR,{},{},Monthly\n",
            day(begins),
            day(ends),
        )
    };
    [
        format!("{LEGACY}\n"),
        row("Cycle fee", "6.20", 250, ["1550.00", "0", "1550.00"]),
        row("Cycle discount", "0", 250, ["0", "12.50", "-12.50"]),
    ]
    .concat()
}
