//! The certificates behind signatures: where they may lie, and whether they are Microsoft's.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use reqwest::Url;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, TrustAnchor, UnixTime};
use tokio::sync::Mutex;
use webpki::{ExtendedKeyUsageValidator, KeyPurposeIdIter};
use x509_cert::der::{Decode as _, asn1::Any, oid::ObjectIdentifier};
use x509_cert::ext::pkix::{AuthorityInfoAccessSyntax, name::GeneralName};
use x509_cert::{Certificate, name::Name};

use super::NoEvent;
use crate::{Network, network};

/// Where Microsoft keeps the certificates of its events, as its sample shows. A longer list is a change of this program,
/// not of a setting: it decides whom we believe.
const SIGNERS: &[&str] = &["3psostorageacct.blob.core.windows.net"];
/// Where the authorities above such a certificate publish theirs. What comes from there proves itself.
const ISSUERS: &[&str] = &["www.microsoft.com", "caissuers.microsoft.com", "cacerts.digicert.com"];
const ORGANIZATION: &str = "Microsoft Corporation";

/// The longest certificate, in bytes.
const LIMIT: usize = 64 << 10;
/// How long a certificate is used before it is fetched again.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// How long nothing is fetched from a place that gave none.
const MISSED: SignedDuration = SignedDuration::from_mins(1);
/// How many fetches a minute: whoever sends forged events cannot make us ask more.
const PER_MINUTE: usize = 10;
/// How many certificates may stand between a signer and an authority that we know.
const DEPTH: usize = 3;

/// Certificates by where they lie.
#[derive(Debug)]
pub(super) struct Certificates {
    network: Network,
    http: reqwest::Client,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    places: HashMap<String, (Option<Vec<u8>>, Timestamp)>,
    fetched: Vec<Timestamp>,
}

impl Certificates {
    pub(super) fn new(network: Network) -> Self {
        let http = network.http_for_certificates();
        Self { network, http, kept: Mutex::default() }
    }

    /// The certificate, in DER, that an event says it was signed with.
    pub(super) async fn of_signer(&self, place: &str, now: Timestamp) -> Result<Vec<u8>, NoEvent> {
        let url = Url::parse(place).map_err(|_| NoEvent::Place)?;
        let fine = url.scheme() == "https" && is_at(&url, SIGNERS);
        if !fine && !self.network.is_simulator(&url) {
            return Err(NoEvent::Place);
        }
        self.get(url, now).await
    }

    /// The certificate above another.
    async fn of_issuer(&self, place: &str, now: Timestamp) -> Result<Vec<u8>, NoEvent> {
        let url = Url::parse(place).map_err(|_| NoEvent::Certificate)?;
        let fine = matches!(url.scheme(), "http" | "https") && is_at(&url, ISSUERS);
        if !fine && !self.network.is_simulator(&url) {
            return Err(NoEvent::Certificate);
        }
        self.get(url, now).await
    }

    async fn get(&self, url: Url, now: Timestamp) -> Result<Vec<u8>, NoEvent> {
        let mut kept = self.kept.lock().await;
        if let Some((found, _)) = kept.places.get(url.as_str()).filter(|(_, until)| now < *until) {
            return found.clone().ok_or(NoEvent::Unavailable);
        }
        kept.fetched.retain(|at| now.duration_since(*at).abs() < MISSED);
        if kept.fetched.len() >= PER_MINUTE {
            return Err(NoEvent::Unavailable);
        }
        kept.fetched.push(now);
        kept.places.retain(|_, (_, until)| now < *until);
        let found = self.fetch(url.clone()).await;
        let until = now + if found.is_some() { KEPT } else { MISSED };
        kept.places.insert(url.into(), (found.clone(), until));
        found.ok_or(NoEvent::Unavailable)
    }

    async fn fetch(&self, url: Url) -> Option<Vec<u8>> {
        let response = self.http.get(url).send().await.ok()?;
        if response.status() != 200 {
            return None;
        }
        let body = network::body(response, LIMIT).await.ok()?;
        let pem = CertificateDer::from_pem_slice(&body).ok().map(|certificate| certificate.to_vec());
        Some(pem.unwrap_or(body))
    }
}

fn is_at(url: &Url, hosts: &[&str]) -> bool {
    let own = url.port().is_none() && url.username().is_empty() && url.password().is_none();
    own && url.host_str().is_some_and(|host| hosts.contains(&host))
}

/// Whether a certificate was issued by Microsoft, under an authority that we know, for this day. Issuers that are
/// missing are fetched from where their certificates say.
pub(super) async fn trust(
    certificates: &Certificates,
    leaf: &[u8],
    anchors: &[TrustAnchor<'static>],
    now: Timestamp,
) -> Result<(), NoEvent> {
    let signer = Certificate::from_der(leaf).map_err(|_| NoEvent::Certificate)?;
    if !is_microsoft(&signer.tbs_certificate.issuer) {
        return Err(NoEvent::Certificate);
    }
    let seconds = u64::try_from(now.as_second()).unwrap_or(0);
    let time = UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds));
    let mut chain: Vec<CertificateDer<'static>> = Vec::new();
    let leaf = CertificateDer::from(leaf.to_vec());
    let end = webpki::EndEntityCert::try_from(&leaf).map_err(|_| NoEvent::Certificate)?;
    loop {
        let algorithms = webpki::ALL_VERIFICATION_ALGS;
        match end.verify_for_usage(algorithms, anchors, &chain, time, AnyUsage, None, None) {
            Ok(_) => return Ok(()),
            Err(webpki::Error::UnknownIssuer) if chain.len() < DEPTH => {}
            Err(_) => return Err(NoEvent::Certificate),
        }
        let place = issuer_place(chain.last().unwrap_or(&leaf)).ok_or(NoEvent::Certificate)?;
        chain.push(certificates.of_issuer(&place, now).await?.into());
    }
}

/// Signing events is nothing that certificates are made for, so theirs says nothing about it.
struct AnyUsage;

impl ExtendedKeyUsageValidator for AnyUsage {
    fn validate(&self, _: KeyPurposeIdIter<'_, '_>) -> Result<(), webpki::Error> {
        Ok(())
    }
}

fn is_microsoft(name: &Name) -> bool {
    const ORGANIZATION_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
    let text = |value: &Any| std::str::from_utf8(value.value()).is_ok_and(|text| text == ORGANIZATION);
    name.0
        .iter()
        .flat_map(|part| part.0.iter())
        .any(|part| part.oid == ORGANIZATION_NAME && text(&part.value))
}

/// Where a certificate says that its issuer's lies.
fn issuer_place(certificate: &[u8]) -> Option<String> {
    const ISSUERS_OF: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.2");
    let certificate = Certificate::from_der(certificate).ok()?;
    let (_, access) = certificate.tbs_certificate.get::<AuthorityInfoAccessSyntax>().ok()??;
    access.0.into_iter().filter(|access| access.access_method == ISSUERS_OF).find_map(|access| {
        match access.access_location {
            GeneralName::UniformResourceIdentifier(place) => Some(place.to_string()),
            _ => None,
        }
    })
}
