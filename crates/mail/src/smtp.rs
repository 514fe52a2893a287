//! Mail out by SMTP: one transaction a message, one answer for each recipient.
//!
//! An own small client: lettre's has one result for all recipients, and reads a reply line of any length before it
//! looks at its size. What the caller must know is said by [`Delivery`]: accepted, try again, never, or *unknown*, when
//! the connection was lost between the end of the message and the server's answer. Trying again then sends the same
//! bytes with the same `Message-ID`, so that the receiver can tell a copy.

mod connection;
mod dot;

use std::time::Duration;

use tokio::sync::Mutex;

use crate::peer::{Freshness, Secret, Security, TokenSource, Trust};
use connection::{Connection, Failure};

/// Where mail goes, and as whom.
#[derive(Clone, Debug)]
pub struct SmtpConfig {
    /// The server's name; its certificate must be for it.
    pub host: String,
    /// Its port: 587 for STARTTLS, 465 for TLS.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Which certificates are believed.
    pub trust: Trust,
    /// How we sign in.
    pub auth: SmtpAuth,
    /// Our name in `EHLO`.
    pub helo: String,
    /// How long each step may take.
    pub timeouts: SmtpTimeouts,
}

/// How a client signs in to send.
#[derive(Clone, Debug)]
pub enum SmtpAuth {
    /// Not at all: the server knows us by address.
    None,
    /// With a password, by `PLAIN` or `LOGIN`.
    Password {
        /// The account.
        user: String,
        /// Its password.
        password: Secret,
    },
    /// With an OAuth access token (Microsoft 365, Google).
    XOAuth2 {
        /// The account.
        user: String,
        /// Where the token comes from.
        token: TokenSource,
    },
}

/// How long each step may take (RFC 5321 §4.5.3.2 suggests these values or longer).
#[derive(Clone, Copy, Debug)]
pub struct SmtpTimeouts {
    /// Name, TCP and TLS, each.
    pub connect: Duration,
    /// From a command to its reply.
    pub command: Duration,
    /// For 64 KiB of the message to leave.
    pub block: Duration,
    /// From the end of the message to its reply: scanners think long, and giving up early makes copies.
    pub end: Duration,
}

impl Default for SmtpTimeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(30),
            command: Duration::from_secs(120),
            block: Duration::from_secs(180),
            end: Duration::from_secs(600),
        }
    }
}

/// What a server said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The three digits.
    pub code: u16,
    /// The text, without control characters, bounded.
    pub text: String,
}

impl std::fmt::Display for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.code, self.text)
    }
}

/// Why a message has to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No connection: name, port or network.
    Connect,
    /// TLS failed, is not offered, or the connection would be in the clear.
    Tls,
    /// We cannot sign in: the password or token was refused, or there is none.
    Auth,
    /// The server was silent for too long.
    Timeout,
    /// The connection ended in the middle.
    Cut,
    /// The server speaks no SMTP.
    Protocol,
    /// The server asks for patience (4xx).
    Server,
}

/// What became of a message for one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The server has taken it over.
    Accepted(Reply),
    /// Nothing was taken over; later may be better.
    Deferred {
        /// What kind of trouble.
        trouble: Trouble,
        /// In words, for an operator.
        detail: String,
    },
    /// The server will never take it, or it cannot be said in SMTP to this server.
    Refused(Reply),
    /// The whole message went out, the answer never came: it may have been taken over.
    Unknown {
        /// In words, for an operator.
        detail: String,
    },
}

/// A client that keeps its connection for the next message.
#[derive(Debug)]
pub struct Smtp {
    config: SmtpConfig,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    open: Option<Connection>,
    freshness: Freshness,
}

impl Smtp {
    /// A client; connects when there is something to send.
    #[must_use]
    pub fn new(config: SmtpConfig) -> Self {
        Self { config, state: Mutex::new(State { open: None, freshness: Freshness::Any }) }
    }

    /// Sends one message; one result for each of `recipients`, in their order.
    ///
    /// `sender` is the envelope's return path; empty for automatic answers, so that bounces end there. One
    /// message at a time: callers wait for each other.
    pub async fn send(&self, sender: &str, recipients: &[String], message: &[u8]) -> Vec<(String, Delivery)> {
        let mut state = self.state.lock().await;
        let mut outcome = Envelope::new(sender, recipients);
        if outcome.undecided() {
            self.attempt(&mut state, &mut outcome, message).await;
        }
        outcome.into_results()
    }

    /// Says goodbye, if there is a connection. A dropped client just hangs up.
    pub async fn close(&self) {
        if let Some(connection) = self.state.lock().await.open.take() {
            connection.quit().await;
        }
    }

    /// Connects, signs in and says goodbye: what a test button does.
    ///
    /// # Errors
    /// The kind of trouble, and words for an operator.
    pub async fn check(&self) -> Result<(), (Trouble, String)> {
        let mut state = self.state.lock().await;
        let connection = self.connect(&mut state).await.map_err(|f| (f.trouble, f.detail))?;
        connection.quit().await;
        Ok(())
    }

    async fn attempt(&self, state: &mut State, envelope: &mut Envelope, message: &[u8]) {
        // A connection kept from the last message may have been closed meanwhile, or may have had its share of
        // messages: what it leaves open is tried once more on a new one.
        if let Some(mut kept) = state.open.take()
            && kept.reset().await.is_ok()
            && kept.transaction(envelope, message).await.is_ok()
        {
            state.open = Some(kept);
            return;
        }
        if !envelope.undecided() {
            return;
        }
        let mut connection = match self.connect(state).await {
            Ok(connection) => connection,
            Err(failure) => return envelope.defer_rest(&failure),
        };
        match connection.transaction(envelope, message).await {
            Ok(()) => state.open = Some(connection),
            Err(failure) => envelope.defer_rest(&failure),
        }
    }

    async fn connect(&self, state: &mut State) -> Result<Connection, Failure> {
        let mut connection = Connection::open(&self.config).await?;
        let signed_in = connection.sign_in(&self.config.auth, state.freshness).await;
        state.freshness = match &signed_in {
            Err(failure) if failure.trouble == Trouble::Auth => Freshness::New,
            Ok(()) | Err(_) => Freshness::Any,
        };
        signed_in.map(|()| connection)
    }
}

/// Who it is from, whom it is for, and what is already known about each.
#[derive(Debug)]
struct Envelope {
    sender: String,
    recipients: Vec<(String, Option<Delivery>)>,
}

impl Envelope {
    /// Addresses that would break out of a command are refused here, before any connection (V14).
    fn new(sender: &str, recipients: &[String]) -> Self {
        let sender_ok = sender.is_empty() || is_path(sender);
        let judge = |address: &String| {
            if !sender_ok {
                return Some(Delivery::Refused(local(553, "5.1.7 the sender is not an address")));
            }
            (!is_path(address)).then(|| Delivery::Refused(local(553, "5.1.3 not an address")))
        };
        Self {
            sender: sender.to_owned(),
            recipients: recipients.iter().map(|address| (address.clone(), judge(address))).collect(),
        }
    }

    fn undecided(&self) -> bool {
        self.recipients.iter().any(|(_, result)| result.is_none())
    }

    fn decide_rest(&mut self, result: &Delivery) {
        for (_, open) in self.recipients.iter_mut().filter(|(_, r)| r.is_none()) {
            *open = Some(result.clone());
        }
    }

    fn defer_rest(&mut self, failure: &Failure) {
        self.decide_rest(&Delivery::Deferred { trouble: failure.trouble, detail: failure.detail.clone() });
    }

    fn into_results(self) -> Vec<(String, Delivery)> {
        let unsaid = || Delivery::Deferred { trouble: Trouble::Protocol, detail: "not tried".to_owned() };
        self.recipients.into_iter().map(|(address, r)| (address, r.unwrap_or_else(unsaid))).collect()
    }
}

/// A reply that no server gave: the reason is on our side.
fn local(code: u16, text: &str) -> Reply {
    Reply { code, text: text.to_owned() }
}

/// What may stand between `<` and `>` in a command.
fn is_path(address: &str) -> bool {
    crate::address::written(address).is_some()
}

/// Minutes to wait after the first, second, … failed attempt, before it settles at four hours.
const EARLY_MINUTES: [u64; 5] = [1, 5, 15, 60, 120];
const LATER_MINUTES: u64 = 240;
/// With the early ones a little over 75 hours: three days, and a weekend's server is back on Monday.
const LATER_ATTEMPTS: u32 = 18;

/// How long to wait after `failed` attempts have failed (the first attempt's failure is 1); `None`: give up and
/// tell the author.
#[must_use]
pub fn retry_delay(failed: u32) -> Option<Duration> {
    let index = failed.saturating_sub(1);
    let early = usize::try_from(index).ok().and_then(|index| EARLY_MINUTES.get(index));
    let minutes = match early {
        Some(minutes) => *minutes,
        None if (index as usize) < EARLY_MINUTES.len() + LATER_ATTEMPTS as usize => LATER_MINUTES,
        None => return None,
    };
    Some(Duration::from_secs(minutes * 60))
}

#[cfg(test)]
mod tests;
