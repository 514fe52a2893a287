//! The party above: whoever helps where the desk cannot.

use crate::ticket::kinds::Service;
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

impl Way {
    /// The way of a matter about this service: who files by Azure's support API files everything else in the portal.
    #[must_use]
    pub const fn of(self, service: Service) -> Way {
        match (self, service) {
            (Way::AzureSupport, Service::Azure) => Way::AzureSupport,
            (Way::AzureSupport, _) => Way::Portal,
            (other, _) => other,
        }
    }
}
