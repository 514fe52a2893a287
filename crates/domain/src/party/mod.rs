//! Who is who: desks, customers, contacts, suppliers.

pub mod supplier;

use crate::words;

words! {
    /// What kind of partner organisation a desk is
    /// (partner-center: csp-overview; a supplier is a desk that others hand over to).
    pub enum DeskKind {
        /// Buys from Microsoft and serves customers.
        DirectBill = "direct_bill",
        /// Buys from Microsoft and serves resellers.
        IndirectProvider = "indirect_provider",
        /// Buys from a provider and serves customers.
        IndirectReseller = "indirect_reseller",
        /// Delivers support for other desks.
        Supplier = "supplier",
    }
}

words! {
    /// What a contact sees of its organisation's tickets.
    pub enum Sees {
        /// Only those that it opened or was added to.
        Own = "own",
        /// All tickets of the customer.
        All = "all",
    }
}
