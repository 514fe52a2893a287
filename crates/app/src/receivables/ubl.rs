//! An invoice as a program reads it: UBL 2.1 after Peppol BIS Billing 3 (EN 16931).

use domain::{
    money::{Currency, Money},
    receivable::{
        invoice::{self, Kind, Line, Totals, Vat, VatCategory},
        party::{Buyer, Party, Seller},
    },
};
use jiff::civil::Date;
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};
use store::receivables::Invoice;

use super::{damaged, stored};
use crate::{Error, Result};

const CUSTOMIZATION: &str = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0";
const PROFILE: &str = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";
const BASIC: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
const AGGREGATE: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";

/// Elements, one within the other.
struct Xml(Writer<Vec<u8>>);

impl Xml {
    fn put(&mut self, event: Event<'_>) -> Result<()> {
        self.0.write_event(event).map_err(Error::internal)
    }

    /// An element with others in it.
    fn group(&mut self, name: &str, inside: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        self.put(Event::Start(BytesStart::new(name)))?;
        inside(self)?;
        self.put(Event::End(BytesEnd::new(name)))
    }

    /// An element with a text, and perhaps an attribute.
    fn leaf(&mut self, name: &str, attribute: Option<(&str, &str)>, text: &str) -> Result<()> {
        let mut start = BytesStart::new(name);
        if let Some(attribute) = attribute {
            start.push_attribute(attribute);
        }
        self.put(Event::Start(start))?;
        self.put(Event::Text(BytesText::new(&allowed(text))))?;
        self.put(Event::End(BytesEnd::new(name)))
    }

    fn text(&mut self, name: &str, text: &str) -> Result<()> {
        self.leaf(name, None, text)
    }

    /// A text that stands only if there is one.
    fn some(&mut self, name: &str, text: &str) -> Result<()> {
        if text.is_empty() { Ok(()) } else { self.text(name, text) }
    }

    fn amount(&mut self, name: &str, minor: i64, currency: Currency) -> Result<()> {
        let amount = invoice::decimal(Money { minor, currency }).to_string();
        self.leaf(name, Some(("currencyID", currency.code())), &amount)
    }
}

/// XML 1.0 has no characters of control.
fn allowed(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// The XML of an issued invoice; none while nobody knows to which electronic address it goes, or from which. `corrects` is the
/// number and the day of the invoice that it corrects.
pub(super) fn write(invoice: &Invoice, corrects: Option<(&str, Date)>) -> Result<Option<Vec<u8>>> {
    let seller = stored(invoice.seller.as_ref(), "no seller")?;
    let buyer = stored(invoice.buyer.as_ref(), "no buyer")?;
    if seller.party.endpoint.is_none() || buyer.party.endpoint.is_none() {
        return Ok(None);
    }
    let totals = invoice::totals(&invoice.lines.0, invoice.currency).map_err(|_| damaged("too much"))?;
    let root = match invoice.kind {
        Kind::Invoice => "Invoice",
        Kind::CreditNote => "CreditNote",
    };
    let mut xml = Xml(Writer::new_with_indent(Vec::new(), b' ', 2));
    xml.put(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let space = format!("urn:oasis:names:specification:ubl:schema:xsd:{root}-2");
    let mut start = BytesStart::new(root);
    for attribute in [("xmlns", space.as_str()), ("xmlns:cac", AGGREGATE), ("xmlns:cbc", BASIC)] {
        start.push_attribute(attribute);
    }
    xml.put(Event::Start(start))?;
    head(&mut xml, invoice, &buyer, corrects)?;
    xml.group("cac:AccountingSupplierParty", |xml| party(xml, &seller.party))?;
    xml.group("cac:AccountingCustomerParty", |xml| party(xml, &buyer.party))?;
    payment(&mut xml, invoice, &seller)?;
    tax(&mut xml, invoice.currency, &totals, &seller)?;
    total(&mut xml, invoice.currency, &totals)?;
    for (number, line) in invoice.lines.0.iter().enumerate() {
        one(&mut xml, invoice, number + 1, line)?;
    }
    xml.put(Event::End(BytesEnd::new(root)))?;
    Ok(Some(xml.0.into_inner()))
}

fn head(xml: &mut Xml, invoice: &Invoice, buyer: &Buyer, corrects: Option<(&str, Date)>) -> Result<()> {
    let number = invoice.label.as_deref().ok_or_else(|| damaged("no number"))?;
    let issued = invoice.issued_on.ok_or_else(|| damaged("no day"))?;
    xml.text("cbc:CustomizationID", CUSTOMIZATION)?;
    xml.text("cbc:ProfileID", PROFILE)?;
    xml.text("cbc:ID", number)?;
    xml.text("cbc:IssueDate", &issued.to_string())?;
    match invoice.kind {
        Kind::Invoice => {
            if let Some(due) = invoice.due_on {
                xml.text("cbc:DueDate", &due.to_string())?;
            }
            xml.text("cbc:InvoiceTypeCode", "380")?;
        }
        Kind::CreditNote => xml.text("cbc:CreditNoteTypeCode", "381")?,
    }
    xml.some("cbc:Note", &invoice.note)?;
    xml.text("cbc:DocumentCurrencyCode", invoice.currency.code())?;
    // The network wants one; a customer that named none finds its own number of ours.
    let reference = if buyer.reference.is_empty() { number } else { &buyer.reference };
    xml.text("cbc:BuyerReference", reference)?;
    if let Some((number, day)) = corrects {
        xml.group("cac:BillingReference", |xml| {
            xml.group("cac:InvoiceDocumentReference", |xml| {
                xml.text("cbc:ID", number)?;
                xml.text("cbc:IssueDate", &day.to_string())
            })
        })?;
    }
    Ok(())
}

fn party(xml: &mut Xml, party: &Party) -> Result<()> {
    xml.group("cac:Party", |xml| {
        if let Some(endpoint) = &party.endpoint {
            xml.leaf("cbc:EndpointID", Some(("schemeID", &endpoint.scheme)), &endpoint.id)?;
        }
        xml.group("cac:PostalAddress", |xml| {
            xml.some("cbc:StreetName", &party.street)?;
            xml.some("cbc:CityName", &party.city)?;
            xml.some("cbc:PostalZone", &party.postcode)?;
            xml.group("cac:Country", |xml| xml.text("cbc:IdentificationCode", &party.country))
        })?;
        if !party.vat_id.is_empty() {
            xml.group("cac:PartyTaxScheme", |xml| {
                xml.text("cbc:CompanyID", &party.vat_id)?;
                scheme(xml)
            })?;
        }
        xml.group("cac:PartyLegalEntity", |xml| xml.text("cbc:RegistrationName", &party.name))
    })
}

fn scheme(xml: &mut Xml) -> Result<()> {
    xml.group("cac:TaxScheme", |xml| xml.text("cbc:ID", "VAT"))
}

fn payment(xml: &mut Xml, invoice: &Invoice, seller: &Seller) -> Result<()> {
    match invoice.kind {
        Kind::Invoice if !seller.iban.is_empty() => xml.group("cac:PaymentMeans", |xml| {
            // 30: credit transfer.
            xml.text("cbc:PaymentMeansCode", "30")?;
            xml.some("cbc:PaymentID", invoice.label.as_deref().unwrap_or_default())?;
            xml.group("cac:PayeeFinancialAccount", |xml| xml.text("cbc:ID", &seller.iban))
        }),
        Kind::Invoice => Ok(()),
        // It has no due date, and says in words how it is settled.
        Kind::CreditNote => xml.group("cac:PaymentTerms", |xml| {
            let words = text::Words::new(invoice.lang);
            xml.text("cbc:Note", &words.t("invoice-credit-terms"))
        }),
    }
}

fn category(xml: &mut Xml, name: &str, vat: Vat, seller: Option<&Seller>) -> Result<()> {
    xml.group(name, |xml| {
        xml.text("cbc:ID", vat.category.code())?;
        xml.text("cbc:Percent", &vat.rate.normalize().to_string())?;
        // Only the sums say why.
        if let Some(seller) = seller {
            match vat.category {
                VatCategory::ReverseCharge => {
                    xml.text("cbc:TaxExemptionReasonCode", "VATEX-EU-AE")?;
                    xml.text("cbc:TaxExemptionReason", "Reverse charge")?;
                }
                VatCategory::Exempt => xml.text("cbc:TaxExemptionReason", &seller.exemption)?,
                VatCategory::Standard | VatCategory::Reduced | VatCategory::Zero => {}
            }
        }
        scheme(xml)
    })
}

/// Standard and reduced are one category here: a subtotal for each category code and rate.
fn tax(xml: &mut Xml, currency: Currency, totals: &Totals, seller: &Seller) -> Result<()> {
    xml.group("cac:TaxTotal", |xml| {
        xml.amount("cbc:TaxAmount", totals.tax.minor, currency)?;
        for sum in &totals.by_vat {
            xml.group("cac:TaxSubtotal", |xml| {
                xml.amount("cbc:TaxableAmount", sum.base, currency)?;
                xml.amount("cbc:TaxAmount", sum.tax, currency)?;
                category(xml, "cac:TaxCategory", sum.vat, Some(seller))
            })?;
        }
        Ok(())
    })
}

fn total(xml: &mut Xml, currency: Currency, totals: &Totals) -> Result<()> {
    xml.group("cac:LegalMonetaryTotal", |xml| {
        xml.amount("cbc:LineExtensionAmount", totals.net.minor, currency)?;
        xml.amount("cbc:TaxExclusiveAmount", totals.net.minor, currency)?;
        xml.amount("cbc:TaxInclusiveAmount", totals.gross.minor, currency)?;
        xml.amount("cbc:PayableAmount", totals.gross.minor, currency)
    })
}

fn one(xml: &mut Xml, invoice: &Invoice, number: usize, line: &Line) -> Result<()> {
    let (name, quantity) = match invoice.kind {
        Kind::Invoice => ("cac:InvoiceLine", "cbc:InvoicedQuantity"),
        Kind::CreditNote => ("cac:CreditNoteLine", "cbc:CreditedQuantity"),
    };
    let net = line.net(invoice.currency).map_err(|_| damaged("too much"))?;
    xml.group(name, |xml| {
        xml.text("cbc:ID", &number.to_string())?;
        // C62: a piece.
        xml.leaf(quantity, Some(("unitCode", "C62")), &line.quantity.normalize().to_string())?;
        xml.amount("cbc:LineExtensionAmount", net, invoice.currency)?;
        xml.group("cac:Item", |xml| {
            xml.text("cbc:Name", &line.description)?;
            category(xml, "cac:ClassifiedTaxCategory", line.vat, None)
        })?;
        xml.group("cac:Price", |xml| {
            let price = line.unit_price.normalize().to_string();
            xml.leaf("cbc:PriceAmount", Some(("currencyID", invoice.currency.code())), &price)
        })
    })
}
