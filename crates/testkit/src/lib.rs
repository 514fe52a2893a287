//! TestDesk: real database, movable clock, captured mail.

#[cfg(feature = "desk")]
pub mod child;
pub mod db;
#[cfg(feature = "desk")]
mod desk;
pub mod dovecot;
#[cfg(feature = "http")]
mod http;

#[cfg(feature = "desk")]
pub use desk::{MAILBOX, PROXY, SentMail, TestDesk, add_agent};
#[cfg(feature = "http")]
pub use http::{Answer, encode};

#[expect(clippy::panic, reason = "a test that cannot go on")]
pub(crate) fn fail(why: &str) -> ! {
    panic!("{why}")
}
