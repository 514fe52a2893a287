//! An invoice in words: the document that is kept and printed.

use ::text::{Words, format};
use domain::{
    document::{Block, Document, Section},
    money::Money,
    receivable::{
        invoice::{self, Kind, Vat, VatCategory},
        party::Party,
    },
};
use store::receivables::Invoice;

use super::{damaged, stored};
use crate::Result;

/// A party as an address is written.
pub(super) fn address(party: &Party) -> Vec<String> {
    let place = format!("{} {}", party.postcode, party.city);
    let lines = [party.name.as_str(), party.street.as_str(), place.trim(), party.country.as_str()];
    lines.iter().filter(|line| !line.is_empty()).map(|line| (*line).to_owned()).collect()
}

/// The VAT of a line, shortly: "19 %", or why there is none.
pub(super) fn vat(words: Words, vat: Vat) -> String {
    if vat.category.is_taxed() {
        words.f("vat-rate", &[("rate", format::decimal(words, &vat.rate.normalize().to_string()).into())])
    } else {
        words.word("vat", vat.category.word()).into_owned()
    }
}

/// The document of an issued invoice or credit note. `corrects` is the number of the invoice that it corrects.
pub(super) fn document(invoice: &Invoice, corrects: Option<&str>) -> Result<Document> {
    let words = Words::new(invoice.lang);
    let label = |key: &str| words.t(key).into_owned();
    let seller = stored(invoice.seller.as_ref(), "no seller")?;
    let buyer = stored(invoice.buyer.as_ref(), "no buyer")?;
    let number = invoice.label.clone().ok_or_else(|| damaged("no number"))?;
    let issued = invoice.issued_on.ok_or_else(|| damaged("no day"))?;
    let totals = invoice::totals(&invoice.lines.0, invoice.currency).map_err(|_| damaged("too much"))?;
    let money = |minor| format::money(words, Money { minor, currency: invoice.currency });

    let mut facts = vec![
        (label("invoice-to"), address(&buyer.party).join("\n")),
        (label("invoice-issued"), format::day(words, issued)),
    ];
    if let Some(due) = invoice.due_on {
        facts.push((label("invoice-due"), format::day(words, due)));
    }
    for (key, value) in [
        ("invoice-buyer-vat", buyer.party.vat_id.as_str()),
        ("invoice-reference", buyer.reference.as_str()),
        ("invoice-corrects", corrects.unwrap_or_default()),
    ] {
        if !value.is_empty() {
            facts.push((label(key), value.to_owned()));
        }
    }
    let mut first = vec![Block::Facts(facts)];
    if !invoice.note.is_empty() {
        first.push(Block::Text(invoice.note.clone()));
    }

    let keys =
        ["invoice-description", "invoice-quantity", "invoice-unit-price", "invoice-vat", "invoice-net"];
    let mut rows = Vec::with_capacity(invoice.lines.0.len());
    for line in &invoice.lines.0 {
        rows.push(vec![
            line.description.clone(),
            format::decimal(words, &line.quantity.normalize().to_string()),
            format::decimal(words, &line.unit_price.normalize().to_string()),
            vat(words, line.vat),
            money(line.net(invoice.currency).map_err(|_| damaged("too much"))?),
        ]);
    }
    let lines = Block::Amounts { head: keys.iter().map(|key| label(key)).collect(), rows };

    let keys = ["invoice-vat", "invoice-base", "invoice-tax"];
    let sums = totals.by_vat.iter().map(|one| vec![vat(words, one.vat), money(one.base), money(one.tax)]);
    let sums = Block::Amounts { head: keys.iter().map(|key| label(key)).collect(), rows: sums.collect() };
    let to_pay = match invoice.kind {
        Kind::Invoice => "invoice-gross",
        Kind::CreditNote => "invoice-credited",
    };
    let mut pay = vec![
        (label("invoice-net-total"), money(totals.net.minor)),
        (label("invoice-tax-total"), money(totals.tax.minor)),
        (label(to_pay), money(totals.gross.minor)),
    ];
    if invoice.kind == Kind::Invoice && !seller.iban.is_empty() {
        pay.push((label("invoice-iban"), seller.iban.clone()));
        pay.push((label("invoice-pay-with"), number.clone()));
    }
    let has = |category| totals.by_vat.iter().any(|one| one.vat.category == category);
    let mut last = vec![sums, Block::Facts(pay)];
    if has(VatCategory::ReverseCharge) {
        last.push(Block::Text(label("invoice-reverse-charge")));
    }
    if has(VatCategory::Exempt) {
        last.push(Block::Text(seller.exemption.clone()));
    }
    let title = match invoice.kind {
        Kind::Invoice => "invoice-title",
        Kind::CreditNote => "credit-note-title",
    };
    let vat_id = words.f("invoice-seller-vat", &[("id", seller.party.vat_id.as_str().into())]);
    let mut lead = vec![address(&seller.party).join(" · ")];
    lead.push(vat_id);
    Ok(Document {
        lang: invoice.lang,
        title: words.f(title, &[("number", number.as_str().into())]),
        lead,
        sections: vec![
            Section { heading: label("invoice-details"), blocks: first },
            Section { heading: label("invoice-lines"), blocks: vec![lines] },
            Section { heading: label("invoice-totals"), blocks: last },
        ],
        foot: format!("{number} · {} · {}", seller.party.name, seller.party.vat_id),
    })
}
