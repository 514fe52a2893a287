//! What a supplier has billed a desk: an invoice with a line, a file and a payment, and a claim about it.

use app::{
    Agent,
    claims::{self, NewClaim},
    payables::{self, Broken, Imported, NewInvoice},
};
use domain::{
    billing::{claim::ClaimKind, invoice::Kind},
    id::{SupplierId, SupplierInvoiceId},
    money::Money,
};
use jiff::civil::date;
use testkit::TestDesk;

/// Its ids.
#[derive(Debug)]
pub(crate) struct Billed {
    pub(crate) invoice: String,
    pub(crate) file: String,
    pub(crate) claim: String,
}

impl Billed {
    pub(crate) async fn new(at: &TestDesk, admin: &Agent, supplier: &str, word: &str) -> Self {
        let supplier: SupplierId = supplier.parse().unwrap();
        let total = Money { minor: 2_100, currency: "EUR".parse().unwrap() };
        let new = NewInvoice {
            supplier,
            number: format!("G-{word}"),
            kind: Kind::Invoice,
            amends: String::new(),
            dated: date(2026, 4, 8),
            due: None,
            begins: None,
            ends: None,
            total,
            remark: format!("Remark {word}"),
        };
        let id = payables::add(&at.app, admin, new).await.unwrap();
        let day = date(2020, 1, 1);
        payables::pay(&at.app, admin, id, Money { minor: 100, ..total }, day, word).await.unwrap();
        let file = file(at, admin, &id.to_string(), word).await;
        let claim = NewClaim {
            invoice: id,
            kind: ClaimKind::WrongCharge,
            amount: Money { minor: 500, ..total },
            lines: vec![1],
            ticket: None,
            happened: None,
            remark: format!("Claim {word}"),
        };
        let claim = claims::open(&at.app, admin, claim).await.unwrap().to_string();
        Self { invoice: id.to_string(), file, claim }
    }
}

/// A file of an invoice, with one line; another name makes another file.
pub(crate) async fn file(at: &TestDesk, admin: &Agent, invoice: &str, name: &str) -> String {
    let id: SupplierInvoiceId = invoice.parse().unwrap();
    let table =
        format!("Customer,Product,Quantity,UnitPrice,Subtotal,Currency\nBilled {name},E3,2,10.5,21,EUR\n");
    let kept = payables::import(&at.app, admin, id, name, table.into_bytes(), Broken::Nothing).await.unwrap();
    let Imported::Kept(file) = kept else { panic!("{kept:?}") };
    file.id.to_string()
}
