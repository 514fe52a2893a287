//! Peers for tests: a server that follows a script, and certificates.

use std::process::Command;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// A certificate for `localhost`, self-signed, and its key, both as PEM; `None` without the openssl command.
pub(crate) fn certificate() -> Option<(Vec<u8>, Vec<u8>)> {
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"])
        .args(["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE", "-keyout", "-", "-out", "-"])
        .output();
    let Ok(made) = made else {
        println!("skipped: openssl is not installed");
        return None;
    };
    let text = String::from_utf8(made.stdout).unwrap();
    let begin = text.find("-----BEGIN CERTIFICATE").unwrap();
    Some((text[begin..].into(), text[..begin].into()))
}

/// The server's side of TLS with that certificate.
pub(crate) fn acceptor(certificate: &[u8], key: &[u8]) -> TlsAcceptor {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from_pem_slice(certificate).unwrap()],
            PrivateKeyDer::from_pem_slice(key).unwrap(),
        )
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

/// A socket on loopback and its port.
pub(crate) async fn loopback() -> (TcpListener, u16) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

/// One step of a scripted server.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Read lines until one begins so (an IMAP tag before it is skipped), remembering all.
    Hear(&'static str),
    /// Write this; `\u{1}` stands for the tag of the last command heard.
    Say(String),
    /// Write this one byte at a time.
    Dribble(&'static str),
    /// Say nothing more and keep the connection.
    Sleep,
}

pub(crate) fn say(text: impl Into<String>) -> Step {
    Step::Say(text.into())
}

/// Plays `script` on one connection, then closes it; what was heard.
pub(crate) async fn play<S: AsyncRead + AsyncWrite + Unpin>(stream: S, script: &[Step]) -> String {
    let mut stream = BufReader::new(stream);
    let mut heard = String::new();
    let mut tag = String::new();
    for step in script {
        match step {
            Step::Hear(wanted) => loop {
                let mut line = String::new();
                if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                    return heard;
                }
                heard.push_str(&line);
                let (first, rest) = line.split_once(' ').unwrap_or((&line, ""));
                if line.starts_with(wanted) || rest.starts_with(wanted) {
                    tag = first.trim_end().to_owned();
                    break;
                }
            },
            Step::Say(text) => {
                let text = text.replace('\u{1}', &tag);
                if stream.write_all(text.as_bytes()).await.is_err() {
                    return heard;
                }
            }
            Step::Dribble(text) => {
                for byte in text.bytes() {
                    stream.write_all(&[byte]).await.unwrap();
                    tokio::task::yield_now().await;
                }
            }
            Step::Sleep => std::future::pending::<()>().await,
        }
    }
    stream.shutdown().await.ok();
    heard
}
