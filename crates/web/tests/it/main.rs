//! The pages, request by request through the router, on both databases.

#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod api;
mod beside;
mod catalogue;
mod chain;
mod chain_microsoft;
mod circle;
mod claims;
mod collections;
mod desk_pages;
mod entry;
mod guard;
mod live;
mod matrix;
mod microsoft;
mod portal;
mod questions;
mod security_answers;
mod security_content;
mod security_entry;
mod security_state;
mod suppliers;
mod support;
mod tickets;
