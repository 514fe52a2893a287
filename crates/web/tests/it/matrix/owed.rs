//! What customers owe a desk: an invoice that was issued, a payment at the bank, a suspension that was proposed.

use app::{
    Agent, Contact,
    receivables::{self, BankFile, Columns, NewDraft},
};
use domain::{
    collections::Scope,
    id::{CustomerId, SuspensionId},
    receivable::{
        invoice::{Line, Vat, VatCategory},
        party::{Buyer, Endpoint, Party, Seller},
        pricing::{Base, Rounding, Rule},
    },
    suspension::State,
};
use store::{
    Json,
    receivables::{BuyerData, SellerData},
    suspensions::{self, Suspension},
};
use testkit::TestDesk;

#[derive(Debug)]
pub(crate) struct Owed {
    pub(crate) invoice: String,
    pub(crate) entry: String,
    pub(crate) payment: String,
    pub(crate) price_rule: String,
    pub(crate) suspension: String,
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
            suspension: suspended(at, admin, customer, word).await,
            invoice: invoice.to_string(),
            entry: of.entries[0].id.to_string(),
            payment: incoming.lines[0].entry.id.to_string(),
        }
    }
}

async fn suspended(at: &TestDesk, admin: &Agent, customer: CustomerId, word: &str) -> String {
    let now = at.app.now();
    let suspension = Suspension {
        id: at.app.ids(now).next(SuspensionId::new),
        customer,
        scope: Scope::All,
        state: State::Proposed,
        list: "none".into(),
        stage: String::new(),
        owed: Json(Vec::new()),
        reason: word.into(),
        rehearsal: true,
        proposed_by: admin.id,
        proposed_at: now,
        approved_by: None,
        approved_at: None,
        approval: None,
        back_by: None,
        rail: None,
        why: None,
        ended_at: None,
        version: 1,
    };
    let id = suspension.id.to_string();
    let unit = at.app.store.write::<_, store::Error, _>(admin.desk, move |tx| {
        let suspension = suspension.clone();
        Box::pin(async move { suspensions::add(tx, &suspension, &[]).await })
    });
    unit.await.unwrap();
    id
}
