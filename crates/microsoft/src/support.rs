//! Whom customers see as their support: the partner's support profile, and the support contact of a subscription.

use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

use crate::{CustomerId, Error, RequestId, Session, SubscriptionId, address::Service, page::one, wire::Node};

/// What customers see in Microsoft's admin centre as the partner's support. There are these three values and no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub telephone: Option<String>,
    /// Web site.
    pub website: Option<String>,
}

/// The partner's support profile.
#[derive(Clone, Copy, Debug)]
pub struct SupportProfile<'c>(pub(crate) Session<'c>);

impl SupportProfile<'_> {
    /// The profile.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn get(self) -> Result<Profile, Error> {
        let address = self.0.client.map.to(Service::PartnerCenter, &["v1", "profiles", "support"]);
        one(&self.0.read(address).await?, profile)
    }
}

/// The partner's support profile, to change it.
#[derive(Clone, Copy, Debug)]
pub struct SupportProfileUpdate<'c>(pub(crate) Session<'c>);

impl SupportProfileUpdate<'_> {
    /// Replaces the profile.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn put(self, wanted: &Profile, attempt: RequestId) -> Result<Profile, Error> {
        let address = self.0.client.map.to(Service::PartnerCenter, &["v1", "profiles", "support"]);
        let body = json!({
            "email": wanted.email,
            "telephone": wanted.telephone,
            "website": wanted.website,
            "profileType": "support_profile",
            "attributes": { "objectType": "PartnerSupportProfile" },
        });
        one(&self.0.write(Method::PUT, address, attempt, Some(body), None).await?, profile)
    }
}

fn profile(node: Node<'_>) -> Option<Profile> {
    node.at("profileType").is_there().then(|| Profile {
        email: node.at("email").text(),
        telephone: node.at("telephone").text(),
        website: node.at("website").text(),
    })
}

/// Who supports a subscription: the partner itself, or a reseller of an indirect provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportContact {
    /// The supporter's tenant.
    pub tenant: Uuid,
    /// Its MPN id.
    pub mpn_id: String,
    /// Its name.
    pub name: String,
}

/// The support contacts of subscriptions.
#[derive(Clone, Copy, Debug)]
pub struct SupportContacts<'c>(pub(crate) Session<'c>);

impl SupportContacts<'_> {
    fn address(self, customer: CustomerId, subscription: SubscriptionId) -> crate::address::Address {
        let (customer, subscription) = (customer.to_string(), subscription.to_string());
        let parts = ["v1", "customers", &customer, "subscriptions", &subscription, "supportcontact"];
        self.0.client.map.to(Service::PartnerCenter, &parts)
    }

    /// Who supports a subscription.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn get(
        self,
        customer: CustomerId,
        subscription: SubscriptionId,
    ) -> Result<SupportContact, Error> {
        one(&self.0.read(self.address(customer, subscription)).await?, contact)
    }

    /// Says who supports a subscription from now on: the partner, or one of its resellers.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn put(
        self,
        customer: CustomerId,
        subscription: SubscriptionId,
        wanted: &SupportContact,
        attempt: RequestId,
    ) -> Result<SupportContact, Error> {
        let body = json!({
            "supportTenantId": wanted.tenant,
            "supportMpnId": wanted.mpn_id,
            "name": wanted.name,
            "attributes": { "objectType": "SupportContact" },
        });
        let address = self.address(customer, subscription);
        one(&self.0.write(Method::PUT, address, attempt, Some(body), None).await?, contact)
    }
}

fn contact(node: Node<'_>) -> Option<SupportContact> {
    Some(SupportContact {
        tenant: node.at("supportTenantId").parse()?,
        mpn_id: node.at("supportMpnId").text().unwrap_or_default(),
        name: node.at("name").text().unwrap_or_default(),
    })
}
