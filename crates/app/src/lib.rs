//! Use cases and jobs: the only place where parts meet.
//!
//! One use case is one function and one transaction. What must happen outside of the database is a row written in
//! that transaction (a mail, a job); workers do it afterwards, as often as it takes, with one effect.

pub mod accounts;
pub mod articles;
pub mod audit;
pub mod catalogue;
pub mod charging;
pub mod claims;
pub mod collections;
pub mod customers;
pub mod desks;
pub mod diagnosis;
pub mod error;
pub mod handovers;
pub mod health;
mod ids;
pub mod incidents;
pub mod intake;
pub mod jobs;
pub mod live;
pub mod mailboxes;
pub mod microsoft;
pub mod network;
pub mod operator;
pub mod payables;
pub mod people;
pub mod portal;
pub mod post;
pub mod questions;
pub mod receivables;
pub mod reports;
pub mod requirements;
pub mod signals;
pub mod statements;
pub mod subscriptions;
pub mod suppliers;
pub mod suspensions;
pub mod tickets;
pub mod tokens;
mod vault;
pub mod vehicles;
pub mod wallet;
pub mod who;

use std::{
    fmt,
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use domain::document::Document;
pub use error::{Error, Result};
pub use ids::Ids;
use jiff::Timestamp;
use store::Store;
pub use who::{Agent, Contact};

/// Where "now" comes from: the system's clock, or a test's.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        #[expect(clippy::disallowed_methods, reason = "the one place where time comes in")]
        Self(Arc::new(Timestamp::now))
    }

    /// A clock of the caller's.
    #[must_use]
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Now, to the microsecond, as both databases keep it.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let now = (self.0)();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// What an installation is told when it starts.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where people reach it, such as `https://help.example.com`, without a slash at the end.
    pub base_url: String,
    /// Where large blobs are kept.
    pub data_dir: PathBuf,
    /// How mail leaves.
    pub post: post::Route,
    /// The largest raw message that is taken, in bytes.
    pub max_message: usize,
    /// Whether mail servers in private networks may be asked, such as one beside this program. Not where strangers
    /// administer desks.
    pub allow_private_hosts: bool,
    /// The proxies that are believed when they say who asks.
    pub trusted_proxies: Vec<network::Network>,
    /// How Microsoft is reached, or a simulator in its place.
    pub microsoft: ::microsoft::Network,
}

/// Sets a document on paper: as a PDF.
pub type Printer = fn(&Document) -> std::result::Result<Vec<u8>, Unprinted>;

/// Why a document was not printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unprinted {
    /// No font here has the characters of its language.
    NoFont,
    /// A fault.
    Failed(String),
}

/// The installation: its store, its clock, its keys.
#[derive(Clone, Debug)]
pub struct App(Arc<Inner>);

/// What every use case reaches.
#[derive(Debug)]
pub struct Inner {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// What the installation was told.
    pub config: Config,
    /// Who watches what changes.
    pub live: live::Live,
    pub(crate) blobs: store::blob::Blobs,
    pub(crate) work: tokio::sync::Notify,
    pub(crate) keys: who::Keys,
    pub(crate) smtp: Option<mail::smtp::Smtp>,
    pub(crate) microsoft: microsoft::Clients,
    printer: OnceLock<Printer>,
}

impl App {
    /// An installation on an open store. `secret` is the installation's key, at least 32 random bytes.
    ///
    /// # Errors
    /// The secret is too short.
    pub fn new(store: Store, clock: Clock, config: Config, secret: &[u8]) -> Result<Self> {
        let smtp = match &config.post {
            post::Route::Smtp(smtp) => Some(mail::smtp::Smtp::new(smtp.clone())),
            post::Route::Keep | post::Route::Demo => None,
        };
        let keys = who::Keys::derive(secret)?;
        let blobs = store::blob::Blobs::new(config.data_dir.join("blobs"));
        Ok(Self(Arc::new(Inner {
            store,
            clock,
            config,
            live: live::Live::default(),
            blobs,
            work: tokio::sync::Notify::new(),
            keys,
            smtp,
            microsoft: microsoft::Clients::default(),
            printer: OnceLock::new(),
        })))
    }

    /// Says what prints, once: the typesetter takes long to build, so only the program itself waits for it.
    pub fn print_with(&self, printer: Printer) {
        // A second one is as good as the first.
        self.printer.get_or_init(|| printer);
    }

    /// A document as a PDF.
    ///
    /// # Errors
    /// [`Error::Refused`] `no-font` for a language that no font here can show; [`Error::Unavailable`] where nothing
    /// prints.
    pub async fn print(&self, document: Document) -> Result<Vec<u8>> {
        let Some(printer) = self.printer.get().copied() else {
            return Err(Error::Unavailable("nothing prints here".into()));
        };
        // It takes a processor for a while.
        let printed = tokio::task::spawn_blocking(move || printer(&document)).await;
        printed.map_err(Error::internal)?.map_err(|why| match why {
            Unprinted::NoFont => Error::Refused("no-font"),
            Unprinted::Failed(what) => Error::internal(anyhow::anyhow!("a document was not printed: {what}")),
        })
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// New ids, made at `now`.
    #[must_use]
    pub fn ids(&self, now: Timestamp) -> Ids {
        Ids::new(now)
    }
}

impl std::ops::Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}
