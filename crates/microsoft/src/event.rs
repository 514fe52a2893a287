//! Events that come by webhook. Whoever knows the address can send one, so each is proved before it is read; and an event
//! is only a hint to look again, for it may be late, doubled, out of order, or never come.

mod certificate;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::cloud::Cloud;
use jiff::Timestamp;
use reqwest::Url;
use rustls::pki_types::{CertificateDer, SignatureVerificationAlgorithm, TrustAnchor};
use serde_json::Value;

use crate::{
    CustomerId, Network, SubscriptionId, cloud,
    wire::{self, Node},
};
use certificate::Certificates;

/// The longest event that is read, in bytes.
pub const LIMIT: usize = 64 << 10;

/// A request that claims to be an event: what of it matters.
#[derive(Clone, Copy, Debug)]
pub struct Delivery<'a> {
    /// `Authorization`, or `x-ms-signature` where the registration asked for that.
    pub signature: Option<&'a str>,
    /// `X-MS-Certificate-Url`.
    pub certificate_url: Option<&'a str>,
    /// `X-MS-Signature-Algorithm`.
    pub algorithm: Option<&'a str>,
    /// The body, as it came.
    pub body: &'a [u8],
}

/// A hint that something changed. What it is now has to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Microsoft's name, such as `subscription-updated`.
    pub name: String,
    /// The customer whose it is, if the event names one in this cloud.
    pub customer: Option<CustomerId>,
    /// The subscription, likewise.
    pub subscription: Option<SubscriptionId>,
    /// When it changed.
    pub changed: Option<Timestamp>,
    /// The same for each copy of an event: it has no id of its own.
    pub key: String,
}

/// Why a request is no event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoEvent {
    /// It is not signed.
    #[error("Authorization header missing.")]
    Unsigned,
    /// It is signed in a way that we do not know.
    #[error("Unknown signature scheme.")]
    Scheme,
    /// It does not say where its certificate is, or how it was signed.
    #[error("Certificate URL or signature algorithm missing.")]
    Incomplete,
    /// An algorithm that is not trusted.
    #[error("Signature algorithm not accepted.")]
    Algorithm,
    /// Its certificate lies where Microsoft's does not. Nothing was fetched.
    #[error("Certificate URL not accepted.")]
    Place,
    /// Its certificate could not be fetched, now.
    #[error("Certificate not available.")]
    Unavailable,
    /// The certificate is no authority's, expired, or not Microsoft's.
    #[error("Certificate not trusted.")]
    Certificate,
    /// Somebody else signed, or something else.
    #[error("Signature verification failed.")]
    Signature,
    /// Signed, but no event.
    #[error("The body is no event.")]
    Unreadable,
}

impl NoEvent {
    /// The HTTP status to answer with.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::Unsigned | Self::Scheme | Self::Certificate | Self::Signature => 401,
            Self::Incomplete | Self::Algorithm | Self::Place | Self::Unreadable => 400,
            // The sender tries again.
            Self::Unavailable => 503,
        }
    }
}

/// Proves events for one cloud.
#[derive(Debug)]
pub struct Verifier {
    cloud: Cloud,
    anchors: Vec<TrustAnchor<'static>>,
    certificates: Certificates,
}

impl Verifier {
    /// For the events of a cloud.
    #[must_use]
    pub fn new(cloud: Cloud, network: &Network) -> Self {
        Self { cloud, anchors: network.anchors(), certificates: Certificates::new(network.clone()) }
    }

    /// The event, if it is one.
    ///
    /// # Errors
    /// It is not, or that cannot be known now.
    pub async fn verify(&self, delivery: Delivery<'_>, now: Timestamp) -> Result<Event, NoEvent> {
        let signed =
            delivery.signature.map(str::trim).filter(|text| !text.is_empty()).ok_or(NoEvent::Unsigned)?;
        let signature = match signed.split_once(' ') {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("signature") => rest.trim(),
            _ => return Err(NoEvent::Scheme),
        };
        let (Some(place), Some(algorithm)) = (delivery.certificate_url, delivery.algorithm) else {
            return Err(NoEvent::Incomplete);
        };
        let algorithm = known(algorithm).ok_or(NoEvent::Algorithm)?;
        let signature = STANDARD.decode(signature).map_err(|_| NoEvent::Signature)?;
        if delivery.body.len() > LIMIT {
            return Err(NoEvent::Unreadable);
        }
        let leaf = self.certificates.of_signer(place, now).await?;
        certificate::trust(&self.certificates, &leaf, &self.anchors, now).await?;
        let leaf = CertificateDer::from(leaf.as_slice());
        let leaf = webpki::EndEntityCert::try_from(&leaf).map_err(|_| NoEvent::Certificate)?;
        leaf.verify_signature(algorithm, delivery.body, &signature).map_err(|_| NoEvent::Signature)?;
        let body = wire::read(delivery.body).map_err(|_| NoEvent::Unreadable)?;
        self.event(&body).ok_or(NoEvent::Unreadable)
    }

    fn event(&self, body: &Value) -> Option<Event> {
        let node = Node::new(body);
        let name = node.at("EventName").text()?;
        let place = node.at("ResourceUri").text().unwrap_or_default();
        let changed = node.at("ResourceChangeUtcDate").text().unwrap_or_default();
        let url = Url::parse(&place).ok().filter(|url| cloud::is_partner_center(self.cloud, url));
        let path = url.as_ref().map_or("", Url::path);
        Some(Event {
            customer: after(path, "customers").and_then(|id| id.parse().ok()),
            subscription: after(path, "subscriptions").and_then(|id| id.parse().ok()),
            changed: node.at("ResourceChangeUtcDate").instant(),
            key: format!("{name} {place} {changed}"),
            name,
        })
    }
}

/// PKCS#1 v1.5 with a hash that is still trusted. SHA-1 is not.
fn known(algorithm: &str) -> Option<&'static dyn SignatureVerificationAlgorithm> {
    match algorithm.trim().to_ascii_lowercase().as_str() {
        "rsa-sha256" => Some(webpki::ring::RSA_PKCS1_2048_8192_SHA256),
        "rsa-sha384" => Some(webpki::ring::RSA_PKCS1_2048_8192_SHA384),
        "rsa-sha512" => Some(webpki::ring::RSA_PKCS1_2048_8192_SHA512),
        _ => None,
    }
}

/// The part of a path that follows a part.
fn after<'a>(path: &'a str, part: &str) -> Option<&'a str> {
    let mut parts = path.split('/');
    parts.find(|found| found.eq_ignore_ascii_case(part))?;
    parts.next()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(cloud: Cloud, place: &str, named: bool) {
        let verifier = Verifier::new(cloud, &Network::direct());
        let event =
            verifier.event(&json!({ "EventName": "subscription-updated", "ResourceUri": place })).unwrap();
        assert_eq!((event.customer.is_some(), event.subscription.is_some()), (named, named), "{place}");
    }

    #[test]
    fn an_event_of_another_cloud_names_nobody() {
        let path = "webhooks/v1/customers/0E1C3C71-8A3B-4F6E-9D42-55C8A0B0C0D1/subscriptions/\
                    1e1c3c71-8a3b-4f6e-9d42-55c8a0b0c0d1";
        let (commercial, china) =
            ("api.partnercenter.microsoft.com", "partner.partnercenterapi.microsoftonline.cn");
        check(Cloud::Commercial, &format!("https://{commercial}/{path}"), true);
        check(Cloud::Commercial, &format!("http://{commercial}/{path}"), true);
        check(Cloud::Commercial, &format!("https://{china}/{path}"), false);
        check(Cloud::China, &format!("https://{china}/{path}"), true);
        check(Cloud::China, &format!("https://{commercial}/{path}"), false);
        check(
            Cloud::Commercial,
            &format!("https://{commercial}/webhooks/v1/customers/../subscriptions/x"),
            false,
        );
        check(Cloud::Commercial, "nonsense", false);
    }
}
