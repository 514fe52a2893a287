//! `/api/v1`: what the pages can do, for programs, over the same use cases; it has no rules of its own.
//!
//! A request carries an API token and nothing else that says who asks. What comes in is read strictly (`body`), lists
//! are walked with `cursor`s, changes are made at a `version` that was seen, and what makes something can be asked
//! for twice with one effect (`once`). The document ([`openapi`]) is made of the handlers and of the table of
//! routes.

pub(crate) mod access;
pub(crate) mod articles;
mod body;
pub(crate) mod catalogue;
pub(crate) mod charging;
pub(crate) mod collections;
mod cursor;
pub(crate) mod customers;
pub(crate) mod desk;
mod document;
pub(crate) mod entitlements;
mod file;
pub(crate) mod handovers;
pub(crate) mod mail;
pub(crate) mod microsoft;
mod objects;
mod once;
pub(crate) mod payables;
pub(crate) mod peers;
pub(crate) mod people;
pub(crate) mod prices;
pub(crate) mod receivables;
mod schema;
pub(crate) mod scores;
pub(crate) mod signals;
pub(crate) mod subscriptions;
pub(crate) mod suppliers;
pub(crate) mod support;
pub(crate) mod suspensions;
pub(crate) mod tickets;
pub(crate) mod vehicles;
mod version;

pub use document::openapi;
pub(crate) use document::serve;
pub(crate) use once::once;
