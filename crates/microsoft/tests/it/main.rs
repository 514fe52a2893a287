//! The client against the simulator.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod azure;
mod clouds;
mod desk;
mod events;
mod faults;
mod quirks;
mod resources;
mod subscriptions;
mod tokens;
mod tour;
