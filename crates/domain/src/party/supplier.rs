//! The party above: whoever helps where the desk cannot.

use crate::words;

words! {
    /// What kind of party a supplier is.
    pub enum SupplierKind {
        /// Microsoft.
        Microsoft = "microsoft",
        /// The indirect provider of a reseller.
        Provider = "provider",
        /// Delivers support in the desk's name.
        Outsourcer = "outsourcer",
        /// Publishes a product of the marketplace.
        Publisher = "publisher",
    }
}

words! {
    /// How a ticket reaches a supplier.
    pub enum Way {
        /// A desk that speaks the protocol of hand-overs.
        Desk = "desk",
        /// Its mailbox.
        Mail = "mail",
        /// A person files it at the supplier's portal.
        Portal = "portal",
        /// Azure's support API, the one route by which a program may file at Microsoft.
        AzureSupport = "azure_support",
    }
}
