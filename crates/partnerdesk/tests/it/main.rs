//! The program as its users run it: commands, exit codes, signals.

#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod clock;
mod config;
mod crash;
mod demo;
mod fsync;
mod imap;
mod listen;
mod mail;
mod microsoft;
mod operate;
mod postgres;
mod program;
mod serving;
mod vehicle;
