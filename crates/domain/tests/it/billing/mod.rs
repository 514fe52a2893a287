//! Suppliers' bills: tables read, lines explained, months compared.

mod claim;
mod compare;
mod explain;
mod owing;
mod read;

use domain::billing::{
    layout::{Reading, recognise},
    line::Line,
    read::Point,
};
use rust_decimal::Decimal;

pub(crate) fn dec(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

/// A new-commerce invoice's columns that our rows fill.
pub(crate) const NEW_COMMERCE: &str = "CustomerId,CustomerName,SubscriptionId,OrderId,ProductId,SkuName,ProductName,ChargeType,UnitPrice,\
    Quantity,BillableQuantity,EffectiveUnitPrice,PricingCurrency,PCToBCExchangeRate,PCToBCExchangeRateDate,Subtotal,TaxTotal,\
    Total,Currency,ChargeStartDate,ChargeEndDate,BillingFrequency,MeterDescription,PriceAdjustmentDescription,PromotionID,InvoiceNumber";

/// A legacy licence file's columns that our rows fill.
pub(crate) const LICENCES: &str = "CustomerId,CustomerName,SyndicationPartnerSubscriptionNumber,OfferName,DurableOfferId,ChargeType,\
    UnitPrice,Quantity,Amount,TotalOtherDiscount,Subtotal,Tax,TotalForCustomer,Currency,ChargeStartDate,ChargeEndDate,\
    BillingCycleType";

pub(crate) fn reading(header: &str) -> Reading {
    let header: Vec<&str> = header.split(',').map(str::trim).collect();
    recognise(&header, Point::Dot).unwrap()
}

pub(crate) fn line(header: &str, row: &str) -> Line {
    let cells: Vec<&str> = row.split('|').map(str::trim).collect();
    reading(header).line(2, &cells, "").unwrap()
}

/// A licence of the old commerce: charge, price, quantity, amount, first and last day.
pub(crate) fn licence(charge: &str, price: &str, quantity: &str, amount: &str, days: [&str; 2]) -> Line {
    let [begins, ends] = days;
    line(
        LICENCES,
        &format!(
            "T-1|Contoso|S-1|Office 365 E3|O-1|{charge}|{price}|{quantity}|{amount}|0|{amount}|0|{amount}|EUR|{begins} 0:00|{ends} \
             23:59|Monthly"
        ),
    )
}

/// Licences of the new commerce: charge, list price, effective price, quantity, subtotal, tax, first and last day.
pub(crate) fn seats(
    charge: &str,
    prices: [&str; 2],
    quantity: &str,
    sums: [&str; 3],
    days: [&str; 2],
) -> Line {
    let ([list, effective], [subtotal, tax, total], [begins, ends]) = (prices, sums, days);
    line(
        NEW_COMMERCE,
        &format!(
            "T-1|Contoso|S-1|O-1|P-1|Microsoft 365 E3|Microsoft 365|{charge}|{list}|{quantity}|{quantity}|{effective}|EUR|1||\
             {subtotal}|{tax}|{total}|EUR|{begins}|{ends}|Monthly||||G000000001"
        ),
    )
}
