//! The one place for SQL, on two databases.
//!
//! One use case is one transaction: [`Store::write`] runs a unit of work for one desk, and answers when it is
//! durable. On SQLite units run on one writer thread that commits them in groups; on PostgreSQL each runs
//! SERIALIZABLE on a pooled connection, and again if it met another one. So a unit may run several times: it owns its
//! inputs, ids and `now` are made before it, and it awaits nothing but its transaction.

pub mod articles;
pub mod awaited;
pub mod backup;
pub mod blob;
pub mod catalogue;
pub mod charging;
pub mod circles;
pub mod claims;
pub mod collections;
pub mod diagnoses;
mod dialect;
mod engine;
pub mod entitlements;
mod error;
pub mod followed;
pub mod followers;
pub mod handovers;
pub mod inbox;
pub mod incidents;
pub mod installation;
pub mod lease;
pub mod licences;
pub mod microsoft;
mod migrate;
mod numbers;
pub mod offerings;
pub mod outgoing;
pub mod owing;
pub mod parties;
pub mod payables;
pub mod peers;
pub mod people;
pub mod prepaid;
pub mod questions;
pub mod queue;
pub mod receivables;
pub mod records;
pub mod requirements;
mod row;
pub mod scores;
pub mod search;
pub mod seats;
pub mod seen;
pub mod signals;
pub mod sql;
pub mod statements;
mod store;
pub mod subscriptions;
pub mod suppliers;
pub mod suspensions;
pub mod tenants;
pub mod tickets;
pub mod timeline;
mod tx;
pub mod undos;
mod value;
pub mod wallet;

pub use error::{Conflict, ConflictKind, Error};
pub use migrate::Applied;
pub use row::{FromRow, Row};
pub use store::{Config, Store};
pub use tx::{Installation, System, Tx};
pub use value::{FromValue, Json, Raw, ToValue, Value};

/// The future that a unit of work returns: `Box::pin(async move { … })`.
pub use futures_util::future::BoxFuture;
