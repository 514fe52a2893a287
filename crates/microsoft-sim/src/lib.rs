//! A stand-in for Partner Center, its token service and Graph service health, so that everything runs without the internet.
//! It keeps its state in memory, has a clock that can be moved, oddities that can be switched on, and faults that can be
//! planned. It shares no code with the client: both follow the documents, and so they check each other.
//!
//! Where the documents are silent it decides, and says so beside the decision. It speaks plain HTTP and believes whoever
//! asks at `/simulator`, so it is for loopback addresses only.

mod call;
mod control;
mod fault;
mod gate;
mod handlers;
mod limits;
mod login;
mod page;
mod quirks;
mod roles;
mod routes;
mod seed;
mod sender;
mod server;
mod signer;
mod world;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

pub use fault::{Fault, FaultKind};
pub use login::{RefreshToken, Renewal};
pub use quirks::Quirks;
pub use seed::{Seed, sample};
pub use signer::Certificate;
pub use world::{Seen, Status, World};

/// Where the simulator's time begins: the system's clock, or a test's.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A running simulator. It ends when this is dropped.
pub struct Simulator {
    address: SocketAddr,
    shared: Arc<Shared>,
    tasks: [JoinHandle<()>; 2],
}

/// What the tasks of a simulator share.
struct Shared {
    world: Mutex<World>,
    /// Something happened that may have to be sent.
    stirred: Notify,
}

impl Shared {
    fn with<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        let answer = act(&mut self.world.lock().unwrap_or_else(PoisonError::into_inner));
        self.stirred.notify_one();
        answer
    }
}

/// Why a simulator does not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Anybody could be anybody.
    #[error("the simulator listens on loopback addresses only")]
    NotLoopback,
    /// The listener is broken.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The data to begin with cannot be.
    #[error("the data to begin with: {0}")]
    Seed(String),
}

impl Simulator {
    /// Answers on `listener`, beginning with `seed`.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn start(listener: TcpListener, seed: &Seed, clock: Clock) -> Result<Self, Error> {
        let address = listener.local_addr()?;
        if !address.ip().is_loopback() {
            return Err(Error::NotLoopback);
        }
        let world = World::new(seed, clock, address).map_err(Error::Seed)?;
        let shared = Arc::new(Shared { world: Mutex::new(world), stirred: Notify::new() });
        let tasks =
            [tokio::spawn(server::run(listener, shared.clone())), tokio::spawn(sender::run(shared.clone()))];
        Ok(Self { address, shared, tasks })
    }

    /// Where it answers.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Looks at the state, or changes it, between two requests.
    pub fn world<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        self.shared.with(act)
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

impl std::fmt::Debug for Simulator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Simulator").field("address", &self.address).finish_non_exhaustive()
    }
}
