//! A connection to a mail server: who we trust, and how we get there. Shared by [`crate::imap`] and [`crate::smtp`].

mod reach;

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::future::BoxFuture;
pub use reach::Reach;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// A password or token. Its `Debug` says nothing, so it cannot reach a log by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    #[must_use]
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// The secret itself, for whoever has to say it to somebody.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Whether an access token that the caller still holds will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// A token that has not yet expired is fine.
    Any,
    /// The server has just refused the last one: get a new one.
    New,
}

type FetchToken = dyn Fn(Freshness) -> BoxFuture<'static, Result<Secret, String>> + Send + Sync;

/// Where OAuth access tokens come from: asked once for each connection. The error is a text for an operator.
#[derive(Clone)]
pub struct TokenSource(Arc<FetchToken>);

impl TokenSource {
    /// Makes a source of an async function.
    pub fn new<F>(fetch: F) -> Self
    where
        F: Fn(Freshness) -> BoxFuture<'static, Result<Secret, String>> + Send + Sync + 'static,
    {
        Self(Arc::new(fetch))
    }

    /// A token, as fresh as is asked for.
    ///
    /// # Errors
    /// Why there is none, for an operator.
    pub async fn token(&self, freshness: Freshness) -> Result<Secret, String> {
        (self.0)(freshness).await
    }
}

impl fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenSource(…)")
    }
}

/// The SASL XOAUTH2 initial response, before base64.
pub(crate) fn xoauth2(user: &str, token: &Secret) -> String {
    format!("user={user}\x01auth=Bearer {}\x01\x01", token.reveal())
}

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Not at all. Only a peer on a loopback address is accepted.
    None,
    /// Starts in the clear; nothing but the upgrade is said before TLS. A server without STARTTLS is refused.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

/// Which certificate authorities are trusted.
#[derive(Clone)]
pub struct Trust(Arc<ClientConfig>);

impl Trust {
    /// The authorities that browsers trust (Mozilla's list, built in).
    ///
    /// # Panics
    /// Never: ring implements the default TLS versions.
    #[must_use]
    pub fn web() -> Self {
        Self::from_roots(web_roots())
    }

    /// [`Trust::web`] and the certificates in `pem`: a company's own authority, or a self-signed server.
    ///
    /// # Errors
    /// `pem` has no certificate, or one that cannot be read.
    pub fn web_and_pem(pem: &[u8]) -> Result<Self, BadCertificate> {
        let mut roots = web_roots();
        let before = roots.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|_| BadCertificate)?;
            roots.add(certificate).map_err(|_| BadCertificate)?;
        }
        if roots.len() == before {
            return Err(BadCertificate);
        }
        Ok(Self::from_roots(roots))
    }

    /// The same trust, for another client than those here.
    #[must_use]
    pub fn tls(&self) -> ClientConfig {
        (*self.0).clone()
    }

    fn from_roots(roots: RootCertStore) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("ring implements the default TLS versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Self(Arc::new(config))
    }
}

fn web_roots() -> RootCertStore {
    RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() }
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Trust(…)")
    }
}

/// A text that is no PEM certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a PEM certificate")]
pub struct BadCertificate;

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConnectError {
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error("no connection in time")]
    Timeout,
    #[error("the server has no address on the open internet")]
    NotPublic,
    #[error("TLS: {0}")]
    Tls(io::Error),
    #[error("the connection would not be encrypted, and the server is not on this machine")]
    Insecure,
}

/// A TCP connection, in the clear or not.
#[derive(Debug)]
pub(crate) enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Stream {
    /// Connects; TLS included for [`Security::Tls`]. `limit` is for each of name, TCP and TLS.
    pub(crate) async fn connect(
        host: &str,
        port: u16,
        security: Security,
        trust: &Trust,
        reach: Reach,
        limit: Duration,
    ) -> Result<Self, ConnectError> {
        let addresses = reach.addresses(host, port, limit).await?;
        let tcp = timeout(limit, TcpStream::connect(&addresses[..])).await;
        let tcp = tcp.map_err(|_| ConnectError::Timeout)??;
        tcp.set_nodelay(true)?;
        if security == Security::None && !tcp.peer_addr()?.ip().is_loopback() {
            return Err(ConnectError::Insecure);
        }
        let stream = Self::Plain(tcp);
        match security {
            Security::None | Security::StartTls => Ok(stream),
            Security::Tls => stream.encrypt(host, trust, limit).await,
        }
    }

    /// Upgrades to TLS and checks that the certificate is for `host`.
    pub(crate) async fn encrypt(
        self,
        host: &str,
        trust: &Trust,
        limit: Duration,
    ) -> Result<Self, ConnectError> {
        let Self::Plain(tcp) = self else { return Ok(self) };
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| ConnectError::Tls(io::Error::other("no certificate can be for this host name")))?;
        let handshake = TlsConnector::from(Arc::clone(&trust.0)).connect(name, tcp);
        let tls = timeout(limit, handshake).await.map_err(|_| ConnectError::Timeout)?;
        Ok(Self::Tls(Box::new(tls.map_err(ConnectError::Tls)?)))
    }
}

impl AsyncRead for Stream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(s) => Pin::new(s).poll_read(cx, buf),
            Self::Tls(s) => Pin::new(s).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(s) => Pin::new(s).poll_write(cx, buf),
            Self::Tls(s) => Pin::new(s).poll_write(cx, buf),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(s) => Pin::new(s).poll_flush(cx),
            Self::Tls(s) => Pin::new(s).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(s) => Pin::new(s).poll_shutdown(cx),
            Self::Tls(s) => Pin::new(s).poll_shutdown(cx),
        }
    }
}

/// A server's answer to a sign-in, which may repeat what it was told.
pub(crate) fn without(text: &str, secrets: &[&str]) -> String {
    secrets.iter().filter(|secret| !secret.is_empty()).fold(text.to_owned(), |text, s| text.replace(s, "…"))
}

/// Waits until the program stops: the value becomes true, or its sender is gone.
pub(crate) async fn stopped(shutdown: &mut watch::Receiver<bool>) {
    // The answer holds a lock on the value: it must not live across the caller's next await.
    let _ = shutdown.wait_for(|stop| *stop).await;
}

/// A server's words for a log or a page: no control characters, at most 300 characters.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect::<String>().trim().to_owned()
}

#[cfg(test)]
pub(crate) mod testing;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_show() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(…)");
    }

    #[test]
    fn pem_without_certificate_is_refused() {
        assert_eq!(Trust::web_and_pem(b"hello").err(), Some(BadCertificate));
    }

    #[test]
    fn words_of_a_server_are_bounded_and_printable() {
        assert_eq!(printable("a\r\nb\0c "), "a  b c");
        assert_eq!(printable(&"x".repeat(1000)).len(), 300);
    }
}
