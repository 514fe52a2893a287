//! Stories of a desk, on both databases.

#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod beside;
mod catalogue;
mod change;
mod charging;
mod circle;
mod claims;
mod collections;
mod faults;
mod handovers;
mod import;
mod mail;
mod microsoft;
mod notices;
mod owing;
mod payables;
mod questions;
mod receivables;
mod scores;
mod senders;
mod signals;
mod statements;
mod suppliers;
mod support;
mod tickets;
mod wire;
