//! What a simulator begins with: our own inventions.

use domain::cloud::Cloud;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

/// Everything that a simulator begins with.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seed {
    /// The cloud that it stands for.
    pub cloud: Cloud,
    /// The partner.
    pub partner: Partner,
    /// The partner's application.
    pub application: Application,
    /// The partner's people.
    pub agents: Vec<Agent>,
    /// Its customers, and some that are not its own.
    pub customers: Vec<Customer>,
    /// The resellers of a provider, or the providers of a reseller.
    #[serde(default)]
    pub partners: Vec<OtherPartner>,
    /// What was filed in the portal.
    #[serde(default)]
    pub service_requests: Vec<ServiceRequest>,
    /// Issues of services.
    #[serde(default)]
    pub issues: Vec<Issue>,
    /// Whether this is an integration sandbox, with its limits and its licence to delete.
    #[serde(default)]
    pub sandbox: bool,
}

/// The partner.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    /// Its tenant.
    pub tenant: Uuid,
    /// Its name.
    pub name: String,
    /// Its MPN id.
    pub mpn_id: String,
    /// Its country.
    pub country: String,
    /// Its support profile: mail address, telephone, web site.
    pub support: [String; 3],
}

/// The partner's application.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// Its id.
    pub id: Uuid,
    /// Its secret: everybody's.
    pub secret: String,
}

/// One of the partner's people.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agent {
    /// The account.
    pub upn: String,
    /// The name.
    pub name: String,
    /// Roles in Partner Center.
    pub roles: Vec<crate::roles::Role>,
    /// Whether the sign-in had a second factor.
    #[serde(default = "yes")]
    pub mfa: bool,
}

fn yes() -> bool {
    true
}

/// A customer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Customer {
    /// Its tenant.
    pub id: Uuid,
    /// Its name.
    pub company: String,
    /// Its first domain.
    pub domain: String,
    /// Domains of its own.
    #[serde(default)]
    pub domains: Vec<String>,
    /// Country, city, language.
    pub home: [String; 3],
    /// Whether it is another partner's.
    #[serde(default)]
    pub foreign: bool,
    /// The MPN id of the reseller it was made for.
    #[serde(default)]
    pub reseller: Option<String>,
    /// What it bought.
    #[serde(default)]
    pub subscriptions: Vec<Subscription>,
}

/// A subscription.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subscription {
    /// Its id.
    pub id: Uuid,
    /// What it is sold by, which tells which rules hold for it.
    pub kind: crate::world::Kind,
    /// The offer's id.
    pub offer: String,
    /// The offer's name.
    pub name: String,
    /// Seats.
    pub quantity: u32,
    /// How many of them nobody has.
    #[serde(default)]
    pub unassigned: u32,
    /// For a seat and month, in cents.
    #[serde(default)]
    pub price: i64,
    /// How long ago it was bought.
    pub days_ago: i64,
    /// The subscription that this one is an add-on of.
    #[serde(default)]
    pub parent: Option<Uuid>,
    /// Whether it is a trial.
    #[serde(default)]
    pub trial: bool,
    /// Whether it ends with its term.
    #[serde(default)]
    pub ends: bool,
}

/// Another partner.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherPartner {
    /// Its tenant.
    pub tenant: Uuid,
    /// Its name.
    pub name: String,
    /// Its MPN id.
    pub mpn_id: String,
    /// Its country.
    pub country: String,
    /// Whether it is our provider; else it is our reseller.
    #[serde(default)]
    pub provider: bool,
}

/// A service request.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceRequest {
    /// Whose it is.
    pub customer: Uuid,
    /// In a line.
    pub title: String,
    /// In full.
    pub description: String,
    /// `critical`, `moderate` or `minimal`.
    pub severity: String,
    /// The product's name.
    pub product: String,
    /// How long ago it was filed.
    pub days_ago: i64,
}

/// An issue, for every customer or one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// Microsoft's kind of id.
    pub id: String,
    /// Whose tenant sees it; none for everybody's.
    #[serde(default)]
    pub customer: Option<Uuid>,
    /// In a line.
    pub title: String,
    /// The service.
    pub service: String,
    /// Who notices what.
    pub impact: String,
    /// `advisory` or `incident`.
    pub classification: String,
    /// Graph's word.
    pub status: String,
    /// How long ago it began.
    pub hours_ago: i64,
}

/// A partner with customers in several countries and something of everything, in a cloud.
///
/// # Panics
/// Never: the sample is read by a test.
#[must_use]
pub fn sample(cloud: Cloud) -> Seed {
    let mut sample: Value =
        serde_json::from_str(include_str!("seed.json")).expect("the sample is read by a test");
    sample["cloud"] = cloud.word().into();
    serde_json::from_value(sample).expect("the sample is read by a test")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_read() {
        let sample = sample(Cloud::China);
        assert_eq!(sample.cloud, Cloud::China);
        assert!(sample.customers.len() > 10);
    }
}
