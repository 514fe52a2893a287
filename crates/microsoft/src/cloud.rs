//! What differs between the clouds, as data: addresses, and what each offers.

use domain::{cloud::Cloud, words};
use reqwest::Url;

words! {
    /// Something that a desk does with Microsoft, and that a cloud has or lacks.
    pub enum Feature {
        /// The list of customers and their profiles.
        Customers = "customers",
        /// What customers have bought.
        Subscriptions = "subscriptions",
        /// How many licences a customer has, and how many are assigned.
        Licences = "licences",
        /// Service requests: followed and annotated. No cloud lets a program file one.
        ServiceRequests = "service_requests",
        /// Service health of a customer, from Graph.
        ServiceHealth = "service_health",
        /// Reading the partner's support profile.
        SupportProfile = "support_profile",
        /// Changing the partner's support profile.
        SupportProfileUpdate = "support_profile_update",
        /// Who supports a subscription.
        SupportContact = "support_contact",
        /// Indirect resellers and providers.
        Relationships = "relationships",
        /// The log of who did what.
        Audit = "audit",
        /// Events by webhook.
        Webhooks = "webhooks",
        /// Support requests for Azure: the one kind that a program may file.
        AzureSupport = "azure_support",
    }
}

/// Where a cloud is reached: addresses without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Endpoints {
    pub(crate) login: String,
    pub(crate) partner_center: String,
    pub(crate) graph: String,
    pub(crate) azure: String,
}

/// What the tokens of a cloud are asked for. The same with the simulator as with Microsoft.
pub(crate) struct Audience {
    pub(crate) partner_center: &'static str,
    pub(crate) graph: &'static str,
    pub(crate) azure: &'static str,
    pub(crate) mail: &'static str,
}

struct Row {
    cloud: Cloud,
    login: &'static str,
    partner_center: &'static str,
    graph: &'static str,
    azure: &'static str,
    /// Of Exchange Online. No call goes there: it is what a token for IMAP is asked for.
    mail: &'static str,
    offers: &'static [Feature],
}

/// Addresses and features as documented in October 2023; Graph's as of its table of national clouds, Azure Resource
/// Manager's as of the environments of Azure's own tools.
const CLOUDS: &[Row] = &[
    Row {
        cloud: Cloud::Commercial,
        login: "https://login.microsoftonline.com",
        partner_center: "https://api.partnercenter.microsoft.com",
        graph: "https://graph.microsoft.com",
        azure: "https://management.azure.com",
        mail: "https://outlook.office365.com",
        offers: Feature::ALL,
    },
    // One address of Partner Center for both; accounts, tokens and Graph are apart.
    Row {
        cloud: Cloud::UsGovernment,
        login: "https://login.microsoftonline.us",
        partner_center: "https://api.partnercenter.microsoft.com",
        graph: "https://graph.microsoft.us",
        azure: "https://management.usgovcloudapi.net",
        mail: "https://outlook.office365.us",
        offers: Feature::ALL,
    },
    // All support goes through 21Vianet's own portal.
    Row {
        cloud: Cloud::China,
        login: "https://login.chinacloudapi.cn",
        partner_center: "https://partner.partnercenterapi.microsoftonline.cn",
        graph: "https://microsoftgraph.chinacloudapi.cn",
        azure: "https://management.chinacloudapi.cn",
        mail: "https://partner.outlook.cn",
        offers: &[
            Feature::Customers,
            Feature::Subscriptions,
            Feature::ServiceHealth,
            Feature::SupportProfileUpdate,
            Feature::Relationships,
            Feature::Webhooks,
        ],
    },
    Row {
        cloud: Cloud::Germany,
        login: "https://login.microsoftonline.de",
        partner_center: "https://api.partnercenter.microsoft.com",
        graph: "https://graph.microsoft.de",
        azure: "https://management.microsoftazure.de",
        mail: "https://outlook.office.de",
        offers: &[],
    },
];

fn row(cloud: Cloud) -> &'static Row {
    CLOUDS.iter().find(|row| row.cloud == cloud).expect("each cloud has a row: tested")
}

/// Whether a cloud has it. That it has not is a state to show, not a fault.
#[must_use]
pub fn offers(cloud: Cloud, feature: Feature) -> bool {
    row(cloud).offers.contains(&feature)
}

pub(crate) fn endpoints(cloud: Cloud) -> Endpoints {
    let row = row(cloud);
    Endpoints {
        login: row.login.into(),
        partner_center: row.partner_center.into(),
        graph: row.graph.into(),
        azure: row.azure.into(),
    }
}

/// Whether an address is in a cloud's Partner Center. Events name it, sometimes without TLS.
pub(crate) fn is_partner_center(cloud: Cloud, url: &Url) -> bool {
    let own = Url::parse(row(cloud).partner_center).ok();
    own.is_some_and(|own| own.host() == url.host())
}

pub(crate) fn audience(cloud: Cloud) -> Audience {
    let row = row(cloud);
    Audience { partner_center: row.partner_center, graph: row.graph, azure: row.azure, mail: row.mail }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cloud_has_a_row_and_https() {
        for cloud in Cloud::ALL {
            let found = endpoints(*cloud);
            for address in [found.login, found.partner_center, found.graph, found.azure] {
                assert!(address.starts_with("https://") && !address.ends_with('/'), "{address}");
            }
        }
    }

    #[track_caller]
    fn check(cloud: Cloud, lacks: &[Feature]) {
        let lacking: Vec<Feature> =
            Feature::ALL.iter().copied().filter(|feature| !offers(cloud, *feature)).collect();
        assert_eq!(lacking, lacks);
    }

    #[test]
    fn what_a_cloud_lacks() {
        check(Cloud::Commercial, &[]);
        check(Cloud::UsGovernment, &[]);
        check(
            Cloud::China,
            &[
                Feature::Licences,
                Feature::ServiceRequests,
                Feature::SupportProfile,
                Feature::SupportContact,
                Feature::Audit,
                Feature::AzureSupport,
            ],
        );
        check(Cloud::Germany, Feature::ALL);
    }
}
