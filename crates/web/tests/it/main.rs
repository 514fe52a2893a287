//! The pages, request by request through the router, on both databases.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod api;
mod desk_pages;
mod guard;
mod portal;
mod tickets;
