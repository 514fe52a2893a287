//! Integration tests of the mail crate: hostile inputs, and the developers' corpus where it is at hand.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

mod corpus;
mod effort;
mod hostile;
mod html;
mod import;
mod mutation;
