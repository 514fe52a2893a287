//! The way out: TLS, a proxy, time-outs, limits. Redirects are never followed.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use domain::cloud::Cloud;
use reqwest::{Response, Url};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, TrustAnchor};

use crate::{
    cloud::{self, Endpoints},
    error::Error,
};

const CONNECT: Duration = Duration::from_secs(10);
/// For a whole answer, to its last byte.
const ANSWER: Duration = Duration::from_secs(60);

/// How this installation reaches Microsoft, or the simulator in its place.
#[derive(Clone)]
pub struct Network {
    simulator: Option<SocketAddr>,
    proxy: Option<Url>,
    authorities: Vec<CertificateDer<'static>>,
    answer_within: Duration,
}

/// A setting of the network that cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadNetwork {
    /// Tokens would leave this machine in the clear.
    #[error("the simulator is spoken to on a loopback address only")]
    NotLoopback,
    /// Not an `http://` address.
    #[error("a proxy is an http:// address")]
    Proxy,
    /// A text without a certificate that can be read.
    #[error("not a PEM certificate")]
    Certificate,
}

impl Network {
    /// Straight to Microsoft, trusting the authorities that browsers trust.
    #[must_use]
    pub fn direct() -> Self {
        Self { simulator: None, proxy: None, authorities: Vec::new(), answer_within: ANSWER }
    }

    /// To a simulator instead of Microsoft, without TLS.
    ///
    /// # Errors
    /// The address is not a loopback address.
    pub fn simulator(at: SocketAddr) -> Result<Self, BadNetwork> {
        if !at.ip().is_loopback() {
            return Err(BadNetwork::NotLoopback);
        }
        Ok(Self { simulator: Some(at), ..Self::direct() })
    }

    /// Through an HTTP proxy.
    ///
    /// # Errors
    /// It is no `http://` address.
    pub fn through(self, proxy: &str) -> Result<Self, BadNetwork> {
        let url = Url::parse(proxy).ok().filter(|url| url.scheme() == "http" && url.has_host());
        Ok(Self { proxy: Some(url.ok_or(BadNetwork::Proxy)?), ..self })
    }

    /// Also trusting the authorities in `pem`: of a proxy that looks into TLS, or of a simulator's events.
    ///
    /// # Errors
    /// There is no certificate in it that can be read.
    pub fn trusting(mut self, pem: &[u8]) -> Result<Self, BadNetwork> {
        let before = self.authorities.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|_| BadNetwork::Certificate)?;
            webpki::anchor_from_trusted_cert(&certificate).map_err(|_| BadNetwork::Certificate)?;
            self.authorities.push(certificate);
        }
        if self.authorities.len() == before {
            return Err(BadNetwork::Certificate);
        }
        Ok(self)
    }

    /// With another time for a whole answer than a minute.
    #[must_use]
    pub fn answer_within(self, answer_within: Duration) -> Self {
        Self { answer_within, ..self }
    }

    pub(crate) fn endpoints(&self, cloud: Cloud) -> Endpoints {
        match self.simulator {
            None => cloud::endpoints(cloud),
            Some(at) => {
                let one = format!("http://{at}");
                Endpoints { login: one.clone(), partner_center: one.clone(), graph: one.clone(), azure: one }
            }
        }
    }

    /// Whether an address is the simulator's, which vouches for itself.
    pub(crate) fn is_simulator(&self, url: &Url) -> bool {
        self.simulator.is_some_and(|at| url.origin().ascii_serialization() == format!("http://{at}"))
    }

    /// Every authority that is trusted.
    pub(crate) fn anchors(&self) -> Vec<TrustAnchor<'static>> {
        let own = self
            .authorities
            .iter()
            .filter_map(|certificate| webpki::anchor_from_trusted_cert(certificate).ok());
        let mut anchors: Vec<TrustAnchor<'static>> = own.map(|anchor| anchor.to_owned()).collect();
        anchors.extend_from_slice(webpki_roots::TLS_SERVER_ROOTS);
        anchors
    }

    /// For calls: nothing leaves in the clear, but to a simulator.
    pub(crate) fn http(&self) -> reqwest::Client {
        self.http_by(self.simulator.is_none())
    }

    /// For certificates, which authorities publish in the clear: they prove themselves.
    pub(crate) fn http_for_certificates(&self) -> reqwest::Client {
        self.http_by(false)
    }

    fn http_by(&self, https_only: bool) -> reqwest::Client {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("ring implements the default TLS versions")
            .with_root_certificates(rustls::RootCertStore { roots: self.anchors() })
            .with_no_client_auth();
        let mut http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .https_only(https_only)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .connect_timeout(CONNECT)
            .timeout(self.answer_within)
            .user_agent(concat!("Partnerdesk/", env!("CARGO_PKG_VERSION")));
        if let Some(proxy) = &self.proxy {
            http = http.proxy(reqwest::Proxy::all(proxy.clone()).expect("an http:// address is a proxy's"));
        }
        http.build().expect("settings that were checked before")
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A proxy's address may have a password in it.
        f.debug_struct("Network").field("simulator", &self.simulator).finish_non_exhaustive()
    }
}

/// The whole body, which is at most `limit` bytes.
pub(crate) async fn body(mut response: Response, limit: usize) -> Result<Vec<u8>, Error> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| unanswered(&error))? {
        if body.len() + chunk.len() > limit {
            return Err(Error::Unreadable("it is too long"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// What a transport fault is to us, in words without the address: queries may have names in them.
pub(crate) fn unanswered(error: &reqwest::Error) -> Error {
    let what = match () {
        () if error.is_timeout() => "time-out",
        () if error.is_connect() => "no connection",
        () if error.is_body() || error.is_decode() => "the answer broke off",
        () => "the connection broke off",
    };
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    Error::Unanswered(format!("{what}: {cause}"))
}
