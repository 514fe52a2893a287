//! `/api/v1`: what the pages can do, for programs, over the same use cases; it has no rules of its own.
//!
//! A request carries an API token and nothing else that says who asks. What comes in is read strictly (`body`), lists
//! are walked with `cursor`s, changes are made at a `version` that was seen, and what makes something can be asked
//! for twice with one effect (`once`). The document ([`openapi`]) is made of the handlers and of the table of
//! routes.

pub(crate) mod access;
mod body;
pub(crate) mod catalogue;
mod cursor;
pub(crate) mod customers;
pub(crate) mod desk;
mod document;
mod file;
pub(crate) mod mail;
mod objects;
mod once;
pub(crate) mod people;
mod schema;
pub(crate) mod tickets;
mod version;

pub use document::openapi;
pub(crate) use document::serve;
pub(crate) use once::once;
