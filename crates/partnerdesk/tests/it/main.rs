//! The program as its users run it: commands, exit codes, signals.

#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod clock;
mod config;
mod crash;
mod demo;
mod mail;
mod operate;
mod program;
mod vehicle;
