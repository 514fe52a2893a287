//! What customers owe: invoices and credit notes, the ledger of each customer, their prices, and what came in at the bank.

pub mod bank;
pub mod invoice;
pub mod ledger;
pub mod party;
pub mod pricing;
pub mod question;
pub mod vat;
