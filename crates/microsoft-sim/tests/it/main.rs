//! A plain HTTP client that follows the documents, against the simulator.

#![expect(clippy::unwrap_used, reason = "tests")]

mod page;
mod peer;
mod plain;
mod rules;
