//! What a ticket is about, and how bad it is.

use crate::words;

words! {
    /// What kind of help is asked for.
    pub enum Kind {
        /// Invoices, payments, prices.
        Billing = "billing",
        /// Licences, seats, renewals, cancellations.
        Subscription = "subscription",
        /// Something does not work, or how it works.
        Technical = "technical",
    }
}

words! {
    /// Which service the request is about.
    pub enum Service {
        /// Microsoft 365.
        Microsoft365 = "microsoft365",
        /// Azure.
        Azure = "azure",
        /// Dynamics 365.
        Dynamics365 = "dynamics365",
        /// Software on the customer's own machines.
        OnPremises = "on-premises",
        /// A publisher's product, bought through the commercial marketplace.
        Marketplace = "marketplace",
        /// Anything else.
        Other = "other",
    }
}

words! {
    /// The impact, on the scale that Microsoft uses for requests of CSP partners
    /// (partner-center: report-problems-on-behalf-of-a-customer).
    pub enum Severity {
        /// Critical: production services are down.
        A = "A",
        /// Moderate: production services are partly affected.
        B = "B",
        /// Minimal: services are available, or a question.
        C = "C",
    }
}

words! {
    /// How a request reached the desk.
    pub enum Channel {
        /// A mail.
        Mail = "mail",
        /// The portal.
        Portal = "portal",
        /// A program.
        Api = "api",
        /// An agent logged a call.
        Phone = "phone",
    }
}
