//! TestDesk: real database, movable clock, captured mail.

pub mod db;
#[cfg(feature = "desk")]
mod desk;
#[cfg(feature = "http")]
mod http;

#[cfg(feature = "desk")]
pub use desk::{MAILBOX, PROXY, SentMail, TestDesk, add_agent};
#[cfg(feature = "http")]
pub use http::{Answer, encode};
