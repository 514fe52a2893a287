//! Mail in by IMAP: one mailbox, one task, alone in its trouble.
//!
//! What is new is known by the folder's message numbers (UIDs), not by `\Seen`: people may read the same mailbox in a mail program.
//! A message is marked `\Seen` only after [`Intake::accept`] has said that it is durable, and it stays on the server. After a
//! crash, or when the server has renumbered the folder (UIDVALIDITY), messages come again: the intake knows them by
//! their content.
//!
//! No message blocks another: one that the intake refuses is tried again beside the others, one that the server cannot
//! deliver is handed over as [`Content::Unfetchable`], one that is too large as [`Content::TooLarge`].

mod folder;
mod round;
mod session;
mod wire;

use std::time::Duration;

use jiff::civil::Date;
use tokio::sync::watch;

use crate::peer::{Freshness, Reach, Secret, Security, TokenSource, Trust, stopped};
use round::{Round, Work};
use session::Session;
use wire::Failure;

/// One mailbox.
#[derive(Clone, Debug)]
pub struct ImapConfig {
    /// The server's name; its certificate must be for it.
    pub host: String,
    /// Its port: 993 for TLS, 143 for STARTTLS.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Which certificates are believed.
    pub trust: Trust,
    /// How far the connection may go.
    pub reach: Reach,
    /// How we sign in.
    pub auth: ImapAuth,
    /// The folder, as people write it; usually `INBOX`.
    pub folder: String,
    /// Messages that reached the server before this day (in its time zone) are left alone; `None` takes all. Set it
    /// to the day when the mailbox is connected, or every old mail becomes a ticket.
    pub since: Option<Date>,
    /// How much and how long things may take.
    pub limits: ImapLimits,
}

/// How a client signs in to read.
#[derive(Clone, Debug)]
pub enum ImapAuth {
    /// With a password.
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

/// How much and how long things may take.
#[derive(Clone, Copy, Debug)]
pub struct ImapLimits {
    /// A longer message, in bytes, is handed over as [`Content::TooLarge`].
    pub message: u64,
    /// Name, TCP and TLS, each.
    pub connect: Duration,
    /// One command.
    pub command: Duration,
    /// One whole message.
    pub fetch: Duration,
    /// How long to idle before looking anyway. The protocol allows 29 minutes; a connection that died silently is only
    /// noticed then, so this is how late a mail can be.
    pub idle: Duration,
    /// How often to look when the server cannot tell us of news.
    pub poll: Duration,
    /// The first wait after a failure; doubled with each, up to `retry_max`, and jittered.
    pub retry_min: Duration,
    /// The longest wait between connections.
    pub retry_max: Duration,
    /// The longest wait while the intake accepts nothing: when its disk has room again, mail should flow at once.
    pub intake_retry_max: Duration,
}

impl Default for ImapLimits {
    fn default() -> Self {
        Self {
            message: 50 * 1024 * 1024,
            connect: Duration::from_secs(30),
            command: Duration::from_secs(60),
            fetch: Duration::from_secs(600),
            idle: Duration::from_secs(5 * 60),
            poll: Duration::from_secs(60),
            retry_min: Duration::from_secs(1),
            retry_max: Duration::from_secs(5 * 60),
            intake_retry_max: Duration::from_secs(20),
        }
    }
}

/// How far a folder has been read: every message up to `last_uid` has been accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Which numbering of the folder this is about.
    pub uid_validity: u32,
    /// The last message of which, and of all before it, nothing is left to do.
    pub last_uid: u32,
}

/// One message of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// Which numbering of the folder.
    pub uid_validity: u32,
    /// The message's number in it.
    pub uid: u32,
    /// What could be had of it.
    pub content: Content,
}

/// What could be had of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// All of it.
    Whole(Vec<u8>),
    /// Too large to take. It stays unread on the server; a person must see that it is there.
    TooLarge {
        /// Its size in bytes, as the server says.
        size: u64,
        /// The beginning of its header.
        header: Vec<u8>,
    },
    /// The server failed to deliver it several times. It stays unread on the server; a person must see that it is there.
    Unfetchable {
        /// What happened last.
        reason: String,
    },
}

/// The intake could not make a message durable, or could not load or save progress. In words, for an operator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAccepted(pub String);

/// Where messages go, and what remembers how far we are.
pub trait Intake: Send + Sync {
    /// Takes a message. `Ok` only when it survives a power cut: then it is marked as read. May be given the
    /// same message again. May be dropped in the middle when the program stops.
    fn accept(&self, message: Arrived) -> impl Future<Output = Result<(), NotAccepted>> + Send;

    /// What [`Intake::save`] was given last.
    fn load(&self) -> impl Future<Output = Result<Option<Progress>, NotAccepted>> + Send;

    /// Remembers how far we are.
    fn save(&self, progress: Progress) -> impl Future<Output = Result<(), NotAccepted>> + Send;

    /// Told whenever the mailbox's health changes, and each time that it has been read to its end.
    fn health(&self, health: &Health);
}

/// How a mailbox is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Health {
    /// Signed in, and the folder is open.
    Connected,
    /// Everything in the folder has been accepted: this is the time of "last successful".
    Current,
    /// Not connected, or messages are not accepted. Mail waits on the server.
    Failing {
        /// What kind of trouble.
        trouble: Trouble,
        /// In words, for an operator. May hold words of the server; never a secret.
        detail: String,
        /// How many times in a row.
        failures: u32,
        /// When it is tried again.
        retry_in: Duration,
    },
    /// The task has ended because the program stops.
    Stopped,
}

/// What kind of trouble a mailbox is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No connection: name, port or network.
    Connect,
    /// TLS failed, is not offered, or the connection would be in the clear.
    Tls,
    /// The name, password or token was refused.
    Auth,
    /// There is no token: the consent may have been withdrawn.
    Token,
    /// The folder does not exist or may not be read.
    Folder,
    /// The server was silent for too long.
    Timeout,
    /// The connection ended.
    Cut,
    /// The server sent more than was agreed.
    TooMuch,
    /// The server speaks no IMAP that we understand, or refuses what it must do.
    Protocol,
    /// The intake does not accept: our own trouble.
    Intake,
}

/// Reads one mailbox until `shutdown` becomes true or its sender is dropped.
pub async fn run<I: Intake>(config: ImapConfig, intake: &I, mut shutdown: watch::Receiver<bool>) {
    let mut mailbox =
        Task { config, intake, round: Round::default(), failures: 0, freshness: Freshness::Any };
    tokio::select! {
        biased;
        () = stopped(&mut shutdown) => {}
        never = mailbox.forever() => match never {},
    }
    intake.health(&Health::Stopped);
}

struct Task<'a, I> {
    config: ImapConfig,
    intake: &'a I,
    round: Round,
    /// Failures in a row.
    failures: u32,
    freshness: Freshness,
}

impl<I: Intake> Task<'_, I> {
    async fn forever(&mut self) -> std::convert::Infallible {
        loop {
            let Err(failure) = self.connection().await;
            // A token is refused once when it has expired: the next try is with a new one.
            self.freshness = match failure.trouble {
                Trouble::Auth => Freshness::New,
                _ => Freshness::Any,
            };
            let wait = self.failed(failure, self.config.limits.retry_max);
            tokio::time::sleep(wait).await;
        }
    }

    /// One connection from its beginning to its end.
    async fn connection(&mut self) -> Result<std::convert::Infallible, Failure> {
        let mut session = Session::open(&self.config, self.freshness).await?;
        self.freshness = Freshness::Any;
        self.intake.health(&Health::Connected);
        let saved = self.intake.load().await.map_err(|NotAccepted(why)| Failure::new(Trouble::Intake, why));
        let saved = match saved {
            Ok(saved) => saved,
            Err(failure) => {
                session.log_out().await;
                return Err(failure);
            }
        };
        self.round.begin(session.uid_validity, saved);
        loop {
            let work = self.round.work(&mut session, self.intake, &self.config).await?;
            match work {
                Work::Finished => {
                    self.failures = 0;
                    self.intake.health(&Health::Current);
                    session.wait().await?;
                }
                Work::NotAccepted(detail) => {
                    let limit = self.config.limits.intake_retry_max;
                    let wait = self.failed(Failure::new(Trouble::Intake, detail), limit);
                    tokio::time::sleep(wait).await;
                }
            }
        }
    }

    /// Counts and reports a failure; how long to wait.
    fn failed(&mut self, failure: Failure, max: Duration) -> Duration {
        self.failures = self.failures.saturating_add(1);
        let retry_in = backoff(self.failures, self.config.limits.retry_min, max, jitter());
        let Failure { trouble, detail } = failure;
        self.intake.health(&Health::Failing { trouble, detail, failures: self.failures, retry_in });
        retry_in
    }
}

/// `min` doubled with each failure up to `max`, of which a half to all is waited: many mailboxes on one server do
/// not come back at the same moment. `jitter` is between 0 and 1.
fn backoff(failures: u32, min: Duration, max: Duration, jitter: f64) -> Duration {
    let doubled = min.saturating_mul(1 << failures.saturating_sub(1).min(20)).min(max);
    doubled.mul_f64(0.5 + jitter / 2.0)
}

fn jitter() -> f64 {
    getrandom::u32().map_or(1.0, |number| f64::from(number) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests;
