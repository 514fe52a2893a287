//! A desk's connection to Microsoft.

use std::fmt;
use std::sync::Arc;

use domain::cloud::Cloud;
use jiff::Timestamp;

use crate::{
    address::Map,
    audit::Audit,
    azure::AzureSupport,
    cloud::{self, Feature},
    customers::Customers,
    health::ServiceHealth,
    licences::LicencesOf,
    network::Network,
    relationships::Relationships,
    service_requests::ServiceRequests,
    subscriptions::Subscriptions,
    support::{SupportContacts, SupportProfile, SupportProfileUpdate},
    throttle::Throttle,
    token::{Credentials, Tokens, Vault},
    webhooks::Webhooks,
};

/// A cloud, and who we are in it.
#[derive(Clone, Debug)]
pub struct Connection {
    /// The cloud of the partner's account.
    pub cloud: Cloud,
    /// From the partner's consent.
    pub credentials: Credentials,
}

/// Speaks to Microsoft for one desk. It keeps tokens and Microsoft's requests for patience, so a desk has one at a time.
pub struct Client {
    pub(crate) cloud: Cloud,
    pub(crate) map: Map,
    pub(crate) http: reqwest::Client,
    pub(crate) tokens: Tokens,
    pub(crate) throttle: Throttle,
}

impl Client {
    /// Connects nothing yet.
    #[must_use]
    pub fn new(connection: Connection, network: &Network, vault: Arc<dyn Vault>) -> Self {
        let Connection { cloud, credentials } = connection;
        Self {
            cloud,
            map: Map::new(cloud, network),
            http: network.http(),
            tokens: Tokens::new(cloud, credentials, vault),
            throttle: Throttle::default(),
        }
    }

    /// The client at this time.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Session<'_> {
        Session { client: self, now }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("cloud", &self.cloud).finish_non_exhaustive()
    }
}

/// A client at one instant: the doors to what its cloud offers. `None` is "not available in this cloud".
#[derive(Clone, Copy, Debug)]
pub struct Session<'c> {
    pub(crate) client: &'c Client,
    pub(crate) now: Timestamp,
}

/// One method for each feature, and its door.
macro_rules! doors {
    ($($(#[$meta:meta])* $method:ident: $door:ident if $feature:ident),+ $(,)?) => {
        impl<'c> Session<'c> {
            $($(#[$meta])* #[must_use]
            pub fn $method(self) -> Option<$door<'c>> {
                cloud::offers(self.client.cloud, Feature::$feature).then_some($door(self))
            })+
        }
    };
}

doors! {
    /// The partner's customers.
    customers: Customers if Customers,
    /// What customers have bought.
    subscriptions: Subscriptions if Subscriptions,
    /// How many licences customers have, and how many are assigned.
    licences: LicencesOf if Licences,
    /// Service requests at Microsoft: to follow and annotate.
    service_requests: ServiceRequests if ServiceRequests,
    /// Service health as a customer's tenant sees it.
    service_health: ServiceHealth if ServiceHealth,
    /// The support contact that customers see in Microsoft's admin centre.
    support_profile: SupportProfile if SupportProfile,
    /// The same, to change it.
    support_profile_update: SupportProfileUpdate if SupportProfileUpdate,
    /// Who supports a subscription.
    support_contacts: SupportContacts if SupportContact,
    /// Indirect resellers and providers.
    relationships: Relationships if Relationships,
    /// Who did what in Partner Center.
    audit: Audit if Audit,
    /// Where Microsoft sends events.
    webhooks: Webhooks if Webhooks,
    /// Support requests for Azure.
    azure_support: AzureSupport if AzureSupport,
}
