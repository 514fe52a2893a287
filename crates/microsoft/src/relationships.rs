//! Partners among themselves: the resellers of a provider, the providers of a reseller.

use uuid::Uuid;

use crate::{
    CustomerId, Error, Page, Session,
    address::Service,
    page::{Continuation, From},
    wire::Node,
};

/// Whose relationships are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// We are a provider: our resellers.
    OurResellers,
    /// We are a reseller: our providers.
    OurProviders,
}

impl Kind {
    /// Microsoft's word, which is not in snake case here.
    fn word(self) -> &'static str {
        match self {
            Self::OurResellers => "IsIndirectCloudSolutionProviderOf",
            Self::OurProviders => "IsIndirectResellerOf",
        }
    }
}

/// Another partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Its tenant.
    pub tenant: Uuid,
    /// Its name.
    pub name: String,
    /// Its MPN id.
    pub mpn_id: Option<String>,
    /// Its country, two letters.
    pub country: Option<String>,
    /// Whether the relationship holds.
    pub active: bool,
}

/// Relationships to other partners.
#[derive(Clone, Copy, Debug)]
pub struct Relationships<'c>(pub(crate) Session<'c>);

impl Relationships<'_> {
    /// A page of ours.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn list(self, kind: Kind) -> Result<Page<Partner>, Error> {
        let address = self.0.client.map.to(Service::PartnerCenter, &["v1", "relationships"]);
        self.0.page(From::Start(address.with("relationship_type", kind.word())), partner).await
    }

    /// A page of the resellers of a customer of ours.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn of_customer(self, customer: CustomerId) -> Result<Page<Partner>, Error> {
        let parts = ["v1", "customers", &customer.to_string(), "relationships"];
        self.0.page(From::Start(self.0.client.map.to(Service::PartnerCenter, &parts)), partner).await
    }

    /// The page after another.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn next(self, after: &Continuation) -> Result<Page<Partner>, Error> {
        self.0.page(From::Next(after), partner).await
    }
}

fn partner(node: Node<'_>) -> Option<Partner> {
    Some(Partner {
        tenant: node.at("id").parse()?,
        name: node.at("name").text().unwrap_or_default(),
        mpn_id: node.at("mpnId").text(),
        country: node.at("location").text(),
        active: node.at("state").text().is_some_and(|state| state.eq_ignore_ascii_case("active")),
    })
}
