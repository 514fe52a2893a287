//! Stories of a desk, on both databases.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod faults;
mod mail;
mod tickets;
