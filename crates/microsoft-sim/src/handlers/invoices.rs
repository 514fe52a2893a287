//! What Microsoft bills the partner: a month's documents, one for recurring and one for new commerce, made from the
//! subscriptions as they are. The sums are right; that a past month is billed as today's seats is a simplification.

use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use serde_json::{Value, json};

use super::audit::seek_page;
use crate::{
    World,
    call::{Answer, Body, Call, Refusal, Reply, list as envelope, offset_page},
    world::{Customer, Kind, Status, Subscription},
};

/// How many months back there are documents.
const MONTHS: i32 = 3;
/// The day of the month on which the month before is billed.
const BILLED_ON: i8 = 6;

/// Money that Microsoft got, in cents.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Payment {
    cents: i64,
    at: Timestamp,
}

/// A document.
struct Invoice {
    id: String,
    recurring: bool,
    month: Date,
    dated: Date,
    cents: i64,
}

impl World {
    /// The partner pays.
    pub(crate) fn pay(&mut self, cents: i64) {
        let at = self.now();
        self.payments.push(Payment { cents, at });
    }

    /// Every document until today, newest first.
    fn invoices(&self) -> Vec<Invoice> {
        let today = self.now().to_zoned(TimeZone::UTC).date();
        let mut invoices = Vec::new();
        for back in 1..=MONTHS {
            let month = today.first_of_month().saturating_sub(back.months());
            let dated = month.saturating_add(1.month()).saturating_add((BILLED_ON - 1).days());
            if dated > today {
                continue;
            }
            for recurring in [true, false] {
                let cents = self.billed(recurring, month).iter().map(|(_, one)| cents(one)).sum();
                let letter = if recurring { 'D' } else { 'G' };
                let number = i32::from(month.year() - 2000) * 100 + i32::from(month.month());
                invoices.push(Invoice { id: format!("{letter}{number:09}"), recurring, month, dated, cents });
            }
        }
        invoices
    }

    /// What a month's document has lines for.
    fn billed(&self, recurring: bool, month: Date) -> Vec<(&Customer, &Subscription)> {
        let ends = month.saturating_add(1.month());
        let ours = self.customers.values().filter(|customer| customer.ours);
        let all = ours.flat_map(|customer| customer.subscriptions.values().map(move |one| (customer, one)));
        all.filter(|(_, one)| (one.kind == Kind::Legacy) == recurring && one.price > 0)
            .filter(|(_, one)| one.created.to_zoned(TimeZone::UTC).date() < ends)
            // A suspended new-commerce subscription is billed on.
            .filter(|(_, one)| {
                one.status == Status::Active || (one.status == Status::Suspended && !recurring)
            })
            .collect()
    }

    fn find(&self, id: &str) -> Result<Invoice, Refusal> {
        // Links have `Recurring-` or `OneTime-` before it.
        let id = id.split_once('-').map_or(id, |(_, id)| id);
        self.invoices().into_iter().find(|invoice| invoice.id == id).ok_or_else(Refusal::missing)
    }
}

fn cents(subscription: &Subscription) -> i64 {
    subscription.price * i64::from(subscription.quantity)
}

/// An amount as a number with two decimals, which is how this API writes money.
fn amount(cents: i64) -> Value {
    let text =
        format!("{}{}.{:02}", if cents < 0 { "-" } else { "" }, (cents / 100).abs(), (cents % 100).abs());
    serde_json::from_str(&text).unwrap_or_default()
}

fn shown(world: &World, invoice: &Invoice) -> Value {
    let prefix = if invoice.recurring { "Recurring" } else { "OneTime" };
    let (provider, place) =
        (if invoice.recurring { "office" } else { "one_time" }, format!("/invoices/{prefix}-{}", invoice.id));
    json!({
        "id": invoice.id,
        "invoiceDate": format!("{}T00:00:00Z", invoice.dated),
        "billingPeriodStartDate": format!("{}T00:00:00Z", invoice.month),
        "billingPeriodEndDate": format!("{}T23:59:59Z", invoice.month.last_of_month()),
        "totalCharges": amount(invoice.cents),
        "paidAmount": amount(paid(world, invoice)),
        "currencyCode": "EUR",
        "currencySymbol": "€",
        "pdfDownloadLink": format!("{place}/documents/statement"),
        "invoiceDetails": [{
            "invoiceLineItemType": "billing_line_items",
            "billingProvider": provider,
            "links": { "self": { "uri": format!("{place}/lineitems"), "method": "GET", "headers": [] } },
            "attributes": { "objectType": "InvoiceDetail" },
        }],
        "documentType": "invoice",
        "invoiceType": prefix,
        "links": { "self": { "uri": place, "method": "GET", "headers": [] } },
        "attributes": { "objectType": "Invoice" },
    })
}

/// Payments go to the oldest document first.
fn paid(world: &World, invoice: &Invoice) -> i64 {
    let mut left: i64 = world.payments.iter().map(|payment| payment.cents).sum();
    for older in world.invoices().iter().rev() {
        let part = left.min(older.cents).max(0);
        if older.id == invoice.id {
            return part;
        }
        left -= part;
    }
    0
}

pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let items = world.invoices().iter().map(|invoice| shown(world, invoice)).collect();
    offset_page(call, items, 200)
}

pub(crate) fn get(world: &mut World, call: &Call) -> Answer {
    Ok(Reply::ok(shown(world, &world.find(call.id(0))?)))
}

fn sums(world: &World) -> Value {
    let invoices = world.invoices();
    let (due, paid): (i64, i64) = (
        invoices.iter().map(|one| one.cents).sum(),
        world.payments.iter().map(|payment| payment.cents).sum(),
    );
    let date = |date: Option<Date>| {
        date.map_or("0001-01-01T00:00:00".to_owned(), |date| format!("{date}T00:00:00Z"))
    };
    let last = world.payments.last();
    json!({
        "balanceAmount": amount(due - paid),
        "currencyCode": "EUR",
        "currencySymbol": "€",
        "accountingDate": world.now().to_string(),
        "firstInvoiceCreationDate": date(invoices.last().map(|one| one.dated)),
        "lastPaymentDate": last.map_or("0001-01-01T00:00:00".to_owned(), |payment| payment.at.to_string()),
        "lastPaymentAmount": amount(last.map_or(0, |payment| payment.cents)),
        "latestInvoiceDate": date(invoices.first().map(|one| one.dated)),
        "attributes": { "objectType": "InvoiceSummary" },
    })
}

pub(crate) fn summary(world: &mut World, _: &Call) -> Answer {
    Ok(Reply::ok(sums(world)))
}

pub(crate) fn summaries(world: &mut World, _: &Call) -> Answer {
    Ok(envelope(vec![sums(world)]))
}

/// The smallest page that is a PDF.
pub(crate) fn statement(world: &mut World, call: &Call) -> Answer {
    let invoice = world.find(call.id(0))?;
    let text = format!("BT /F1 24 Tf 72 700 Td (Invoice {}) Tj ET", invoice.id);
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut pdf = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        pdf.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    let table = pdf.len();
    pdf.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for place in places {
        pdf.push_str(&format!("{place:010} 00000 n \n"));
    }
    pdf.push_str(&format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    ));
    Ok(Reply { status: 200, headers: Vec::new(), body: Body::Bytes("application/pdf", pdf.into_bytes()) })
}

pub(crate) fn lines(world: &mut World, call: &Call) -> Answer {
    let invoice = world.find(call.id(0))?;
    let line = |(customer, one): &(&Customer, &Subscription)| {
        let mut line = json!({
            "customerId": customer.id,
            "customerName": customer.company,
            "subscriptionId": one.id,
            "offerId": one.offer,
            "offerName": one.offer_name,
            "chargeType": "CYCLE_FEE",
            "chargeStartDate": format!("{}T00:00:00Z", invoice.month),
            "chargeEndDate": format!("{}T23:59:59Z", invoice.month.last_of_month()),
            "unitPrice": amount(one.price),
            "quantity": one.quantity,
            "subtotal": amount(cents(one)),
            "currency": "EUR",
            "totalForCustomer": amount(cents(one)),
            "invoiceLineItemType": "billing_line_items",
        });
        if invoice.recurring {
            line["amount"] = amount(cents(one));
            line["totalOtherDiscount"] = amount(0);
            line["tax"] = amount(0);
            line["billingProvider"] = "office".into();
            line["attributes"] = json!({ "objectType": "LicenseBasedLineItem" });
        } else {
            line["taxTotal"] = amount(0);
            line["billingProvider"] = "one_time".into();
            line["attributes"] = json!({ "objectType": "OneTimeInvoiceLineItem" });
        }
        line
    };
    let items: Vec<Value> = world.billed(invoice.recurring, invoice.month).iter().map(line).collect();
    if invoice.recurring { offset_page(call, items, 2_000) } else { seek_page(world, call, items, 2_000) }
}
