//! A small SMTP and LMTP server for loopback: a mail server on the same machine hands mail over, and `demo` needs no other.
//!
//! It has neither TLS nor sign-in, so it belongs on a loopback address or a Unix socket. `250` is said only after
//! [`Handler::accept`] has said that the message is durable. It never takes anything but `CRLF . CRLF` for the end of a
//! message, and ends the connection on a command line that does not end in CRLF: nobody smuggles a second message.

mod data;
mod session;

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::peer::stopped;

/// Which of the two protocols is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// One answer for each message.
    Smtp,
    /// One answer for each recipient of a message (RFC 2033).
    Lmtp,
}

/// A socket that listens.
#[derive(Debug)]
pub enum Listener {
    /// On a port.
    Tcp(TcpListener),
    /// On a path.
    Unix(UnixListener),
}

/// How much and how long a client may take.
#[derive(Clone, Copy, Debug)]
pub struct ListenLimits {
    /// The largest message, in bytes.
    pub message: usize,
    /// Recipients of one message.
    pub recipients: usize,
    /// Connections at the same time; more are told to come back.
    pub connections: usize,
    /// Commands of one connection that are wrong, before it is closed.
    pub mistakes: u32,
    /// Without a complete command, or without any part of a message.
    pub idle: Duration,
    /// From `DATA` to the message's end: a byte a second does not keep a place for ever.
    pub data: Duration,
    /// A whole connection.
    pub session: Duration,
    /// How long open connections may go on when the program stops.
    pub farewell: Duration,
}

impl Default for ListenLimits {
    fn default() -> Self {
        Self {
            message: 50 * 1024 * 1024,
            recipients: 100,
            connections: 64,
            mistakes: 20,
            idle: Duration::from_secs(60),
            data: Duration::from_secs(10 * 60),
            session: Duration::from_secs(60 * 60),
            farewell: Duration::from_secs(10),
        }
    }
}

/// Who a message says it is from, and whom it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The return path; `None` for bounces and automatic answers.
    pub sender: Option<String>,
    /// The recipients that [`Handler::rcpt`] has taken, in their order. By LMTP, one at a time.
    pub recipients: Vec<String>,
}

/// Whether mail for an address is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RcptDecision {
    /// It is ours.
    Ours,
    /// Nobody here has it.
    Unknown,
    /// It cannot be said now.
    Later,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcceptResult {
    /// It survives a power cut.
    Durable,
    /// It could not be made durable: the sender keeps it and tries again.
    Later,
    /// It will never be taken.
    Refused,
}

/// Who decides about recipients and takes messages.
pub trait Handler: Send + Sync + 'static {
    /// Whether mail for `address` is taken. The address is printable and at most 256 bytes, and otherwise unchecked.
    fn rcpt(&self, address: &str) -> impl Future<Output = RcptDecision> + Send;

    /// Takes a message, byte for byte as it was sent. Without an answer, the sender sends it again.
    fn accept(&self, envelope: &Envelope, message: &[u8]) -> impl Future<Output = AcceptResult> + Send;
}

/// Serves until `shutdown` becomes true or its sender is dropped, then lets open connections finish for a moment.
pub async fn serve<H: Handler>(
    listener: Listener,
    protocol: Protocol,
    limits: ListenLimits,
    handler: Arc<H>,
    mut shutdown: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let mut sessions = JoinSet::new();
    loop {
        let stream = tokio::select! {
            biased;
            () = stopped(&mut shutdown) => break,
            Some(_) = sessions.join_next() => continue,
            accepted = accept(&listener) => accepted,
        };
        let mut stream = match stream {
            Ok(stream) => stream,
            Err(error) => {
                // Out of file descriptors, most likely: others have to finish first.
                tracing::warn!(%error, "Cannot take a mail connection");
                tokio::time::sleep(Duration::from_millis(200)).await;
                continue;
            }
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
            // Said without waiting: whoever does not read it must not hold up the next.
            let _ =
                timeout(Duration::from_millis(50), stream.write_all(b"421 4.3.2 too many connections\r\n"))
                    .await;
            continue;
        };
        let (handler, shutdown) = (Arc::clone(&handler), shutdown.clone());
        sessions.spawn(async move {
            let session = session::run(stream, protocol, limits, &*handler, shutdown);
            // An end by timeout, like any other end, loses nothing: what has not been answered is sent again.
            let _ = timeout(limits.session, session).await;
            drop(place);
        });
    }
    drop(listener);
    let _ = timeout(limits.farewell, async { while sessions.join_next().await.is_some() {} }).await;
}

trait Socket: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Socket for T {}

async fn accept(listener: &Listener) -> std::io::Result<Box<dyn Socket>> {
    Ok(match listener {
        Listener::Tcp(listener) => Box::new(listener.accept().await?.0),
        Listener::Unix(listener) => Box::new(listener.accept().await?.0),
    })
}

#[cfg(test)]
mod tests;
