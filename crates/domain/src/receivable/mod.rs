//! What customers owe: invoices and credit notes, the ledger of each customer, and what came in at the bank.

pub mod bank;
pub mod invoice;
pub mod ledger;
pub mod party;
