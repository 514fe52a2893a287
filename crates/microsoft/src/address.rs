//! Where calls go: only to the hosts of one cloud. An [`Address`] cannot be made for any other.

use domain::cloud::Cloud;
use reqwest::Url;

use crate::{cloud, error::Error, network::Network};

/// Which of Microsoft's services is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Service {
    Login,
    PartnerCenter,
    Graph,
    /// Azure Resource Manager.
    Azure,
}

/// A place within the cloud of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    pub(crate) service: Service,
    pub(crate) url: Url,
}

impl Address {
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.url.query_pairs_mut().append_pair(name, value);
        self
    }
}

/// The map of one cloud.
#[derive(Clone, Debug)]
pub(crate) struct Map {
    login: Url,
    partner_center: Url,
    graph: Url,
    azure: Url,
}

impl Map {
    pub(crate) fn new(cloud: Cloud, network: &Network) -> Self {
        let endpoints = network.endpoints(cloud);
        let read = |text: &str| Url::parse(text).expect("the addresses of the clouds are addresses: tested");
        Self {
            login: read(&endpoints.login),
            partner_center: read(&endpoints.partner_center),
            graph: read(&endpoints.graph),
            azure: read(&endpoints.azure),
        }
    }

    /// What a token for this service is asked for.
    pub(crate) fn audience(cloud: Cloud, service: Service) -> &'static str {
        let audience = cloud::audience(cloud);
        match service {
            Service::PartnerCenter | Service::Login => audience.partner_center,
            Service::Graph => audience.graph,
            Service::Azure => audience.azure,
        }
    }

    fn base(&self, service: Service) -> &Url {
        match service {
            Service::Login => &self.login,
            Service::PartnerCenter => &self.partner_center,
            Service::Graph => &self.graph,
            Service::Azure => &self.azure,
        }
    }

    /// The address of these path parts. Each is one part, whatever characters it has.
    pub(crate) fn to(&self, service: Service, parts: &[&str]) -> Address {
        let mut url = self.base(service).clone();
        url.path_segments_mut().expect("https has paths").clear().extend(parts);
        Address { service, url }
    }

    /// The address that a link in an answer means: a path, with or without its version, or a whole address.
    ///
    /// # Errors
    /// It leads elsewhere than to this service of this cloud.
    pub(crate) fn follow(&self, service: Service, link: &str) -> Result<Address, Error> {
        let base = self.base(service);
        let url = base.join(link.trim()).map_err(|_| Error::Unreadable("a link is no address"))?;
        if url.origin() != base.origin() || !url.username().is_empty() || url.password().is_some() {
            return Err(Error::OtherCloud(url.host_str().unwrap_or_default().to_owned()));
        }
        Ok(Address { service, url: versioned(service, url) })
    }
}

/// Partner Center's links mostly lack the version.
fn versioned(service: Service, mut url: Url) -> Url {
    let path = url.path();
    let has_version = ["/v1/", "/webhooks/", "/auditactivity/"].iter().any(|start| path.starts_with(start));
    if service == Service::PartnerCenter && !has_version {
        let path = format!("/v1{path}");
        url.set_path(&path);
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(cloud: Cloud) -> Map {
        Map::new(cloud, &Network::direct())
    }

    #[track_caller]
    fn check(link: &str, wanted: &str) {
        let found = match map(Cloud::Commercial).follow(Service::PartnerCenter, link) {
            Ok(address) => address.url.to_string(),
            Err(error) => format!("{error:?}"),
        };
        assert_eq!(found, wanted, "{link}");
    }

    #[test]
    fn links_in_answers() {
        let home = "https://api.partnercenter.microsoft.com";
        check("/customers?size=2", &format!("{home}/v1/customers?size=2"));
        check("/v1/customers?size=2", &format!("{home}/v1/customers?size=2"));
        check("customers?size=2", &format!("{home}/v1/customers?size=2"));
        check(&format!("{home}/v1/customers"), &format!("{home}/v1/customers"));
        check("/webhooks/v1/registration", &format!("{home}/webhooks/v1/registration"));
    }

    #[test]
    fn links_that_lead_out_of_the_cloud() {
        check(
            "https://partner.partnercenterapi.microsoftonline.cn/v1/customers",
            r#"OtherCloud("partner.partnercenterapi.microsoftonline.cn")"#,
        );
        check("//evil.example/v1/customers", r#"OtherCloud("evil.example")"#);
        check(
            "http://api.partnercenter.microsoft.com/v1/customers",
            r#"OtherCloud("api.partnercenter.microsoft.com")"#,
        );
        check(
            "https://api.partnercenter.microsoft.com:8443/v1/x",
            r#"OtherCloud("api.partnercenter.microsoft.com")"#,
        );
        check(
            "https://a:b@api.partnercenter.microsoft.com/v1/x",
            r#"OtherCloud("api.partnercenter.microsoft.com")"#,
        );
        check("file:///etc/passwd", r#"OtherCloud("")"#);
    }

    #[test]
    fn parts_stay_parts() {
        let address = map(Cloud::Commercial).to(Service::PartnerCenter, &["v1", "a/../b?c=d", "%2e"]);
        assert_eq!(address.url.path(), "/v1/a%2F..%2Fb%3Fc=d/%252e");
        assert_eq!(address.url.query(), None);
    }
}
