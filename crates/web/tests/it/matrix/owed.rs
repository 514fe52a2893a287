//! What customers owe a desk: an invoice that was issued, and a payment at the bank.

use app::{
    Agent, Contact,
    receivables::{self, BankFile, Columns, NewDraft},
};
use domain::{
    id::CustomerId,
    receivable::{
        invoice::{Line, Vat, VatCategory},
        party::{Buyer, Endpoint, Party, Seller},
        pricing::{Base, Rounding, Rule},
    },
};
use store::receivables::{BuyerData, SellerData};
use testkit::TestDesk;

#[derive(Debug)]
pub(crate) struct Owed {
    pub(crate) invoice: String,
    pub(crate) entry: String,
    pub(crate) payment: String,
    pub(crate) price_rule: String,
}

fn party(name: &str) -> Party {
    Party {
        name: name.into(),
        street: "Hafenstraße 1".into(),
        postcode: "20457".into(),
        city: "Hamburg".into(),
        country: "DE".into(),
        vat_id: "DE123456789".into(),
        endpoint: Some(Endpoint { scheme: "9930".into(), id: "DE123456789".into() }),
    }
}

/// A price rule for products of this name.
pub(crate) async fn price_rule(at: &TestDesk, admin: &Agent, product: &str) -> String {
    let rule = Rule {
        customer: None,
        supplier: None,
        product: product.into(),
        base: Base::Cost,
        percent: 15.into(),
        step: 1.into(),
        rounding: Rounding::Up,
    };
    receivables::add_price_rule(&at.app, admin, rule).await.unwrap().to_string()
}

impl Owed {
    pub(crate) async fn new(
        at: &TestDesk,
        admin: &Agent,
        customer: CustomerId,
        contacts: &[&Contact],
        word: &str,
    ) -> Self {
        let app = &at.app;
        let seller = SellerData {
            seller: Seller { party: party("Seller"), iban: String::new(), exemption: String::new() },
            days: 14,
            invoices: "INV-{year}-".into(),
            credit_notes: "CN-{year}-".into(),
            currency: "EUR".parse().unwrap(),
            rate: None,
        };
        receivables::set_seller(app, admin, seller, None).await.unwrap();
        let buyer = BuyerData {
            buyer: Buyer { party: party("Buyer"), reference: String::new() },
            days: None,
            currency: None,
            lang: None,
            vat: None,
        };
        let contacts = contacts.iter().map(|contact| contact.id).collect();
        receivables::set_buyer(app, admin, customer, buyer, contacts, None).await.unwrap();
        let line = Line {
            description: format!("Billed {word}"),
            quantity: "1".parse().unwrap(),
            unit_price: "10".parse().unwrap(),
            vat: Vat { category: VatCategory::Standard, rate: "19".parse().unwrap() },
            origin: None,
        };
        let new = NewDraft { customer, currency: None, lines: vec![line], note: String::new() };
        let invoice = receivables::create(app, admin, new).await.unwrap();
        receivables::issue(app, admin, invoice, 1).await.unwrap();
        let of = receivables::account(app, admin, customer).await.unwrap();
        let columns = |name: &str| name.to_owned();
        let file = BankFile {
            bytes: format!("day,amount,text\n2026-03-02,1.00,paid {word}\n").into_bytes(),
            columns: Columns {
                day: columns("day"),
                amount: columns("amount"),
                text: columns("text"),
                ..Columns::default()
            },
            usual: Some("EUR".parse().unwrap()),
        };
        receivables::import_bank(app, admin, file).await.unwrap();
        let incoming = receivables::incoming(app, admin, None).await.unwrap();
        let price_rule = price_rule(at, admin, word).await;
        Self {
            price_rule,
            invoice: invoice.to_string(),
            entry: of.entries[0].id.to_string(),
            payment: incoming.lines[0].entry.id.to_string(),
        }
    }
}
