//! The rules of `domain` seen from outside.
#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod baseline;
mod billing;
mod charging;
mod clock;
mod collections;
mod dice;
mod handover;
mod offering;
mod receivable;
mod signal;
mod subscription;
mod suspension;
mod vehicle;
