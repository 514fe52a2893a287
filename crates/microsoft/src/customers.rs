//! The partner's customers.

use domain::words;

use crate::{
    CustomerId, Error, Page, Session,
    address::Service,
    page::{Continuation, From, filter, one},
    wire::Node,
};

words! {
    /// What the partner is to a customer.
    pub enum Relationship {
        /// Not said, or a word that we do not know.
        Unknown = "unknown",
        /// Sells to it.
        Reseller = "reseller",
        /// Advises it.
        Advisor = "advisor",
        /// Sells under its own brand.
        Syndication = "syndication",
        /// Microsoft's own support.
        MicrosoftSupport = "microsoft_support",
        /// Ended.
        None = "none",
    }
}

/// A line of the list of customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerLine {
    /// Its Microsoft tenant.
    pub id: CustomerId,
    /// Its name.
    pub company: String,
    /// Its first domain, such as `contoso.onmicrosoft.com`.
    pub domain: Option<String>,
    /// What the partner is to it.
    pub relationship: Relationship,
}

/// A customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// What the list says of it.
    pub line: CustomerLine,
    /// Its billing address's country, two letters.
    pub country: Option<String>,
    /// Its language, such as `en`.
    pub language: Option<String>,
    /// Where Microsoft mails its bills.
    pub email: Option<String>,
    /// Whether the partner may act in its tenant by delegated admin.
    pub delegated_admin: Option<bool>,
    /// Its own domains.
    pub domains: Vec<String>,
    /// The MPN id of the reseller it was made for, where there is one.
    pub reseller: Option<String>,
}

/// The partner's customers.
#[derive(Clone, Copy, Debug)]
pub struct Customers<'c>(pub(crate) Session<'c>);

impl Customers<'_> {
    /// A page of at most `size` customers from the beginning.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn list(self, size: u16) -> Result<Page<CustomerLine>, Error> {
        let address = self.0.client.map.to(Service::PartnerCenter, &["v1", "customers"]);
        self.0.page(From::Start(address.with("size", &size.to_string())), line).await
    }

    /// A page of the customers whose name begins so.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn named(self, beginning: &str, size: u16) -> Result<Page<CustomerLine>, Error> {
        let address = self.0.client.map.to(Service::PartnerCenter, &["v1", "customers"]);
        let address = address
            .with("size", &size.to_string())
            .with("filter", &filter("CompanyName", beginning, "starts_with"));
        self.0.page(From::Start(address), line).await
    }

    /// The page after another.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn next(self, after: &Continuation) -> Result<Page<CustomerLine>, Error> {
        self.0.page(From::Next(after), line).await
    }

    /// One customer.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn get(self, id: CustomerId) -> Result<Customer, Error> {
        let address = self.0.client.map.to(Service::PartnerCenter, &["v1", "customers", &id.to_string()]);
        one(&self.0.read(address).await?, customer)
    }
}

fn line(node: Node<'_>) -> Option<CustomerLine> {
    let company = node.at("companyProfile");
    let id = node.at("id").parse().or_else(|| company.at("tenantId").parse())?;
    Some(CustomerLine {
        id,
        company: company.at("companyName").text().unwrap_or_default(),
        domain: company.at("domain").text(),
        relationship: node.at("relationshipToPartner").word(Relationship::ALL, Relationship::word),
    })
}

fn customer(node: Node<'_>) -> Option<Customer> {
    let billing = node.at("billingProfile");
    let address = |profile: Node<'_>, name| profile.at(name).at("country").text();
    let domains: Vec<String> = node.at("customDomains").list().filter_map(Node::text).collect();
    Some(Customer {
        line: line(node)?,
        country: address(billing, "defaultAddress").or_else(|| address(node.at("companyProfile"), "address")),
        language: billing.at("language").text(),
        email: billing.at("email").text(),
        delegated_admin: node.at("allowDelegatedAccess").parse(),
        domains,
        reseller: node.at("associatedPartnerId").text(),
    })
}
