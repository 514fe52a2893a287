//! Hostile input: MIME, IMAP, SMTP, LMTP.

mod address;
mod bounce;
mod classify;
pub mod compose;
pub mod html;
pub mod imap;
pub mod import;
mod inspect;
pub mod listen;
pub mod parse;
pub mod peer;
pub mod reply;
pub mod smtp;
pub mod thread;

pub use bounce::Bounce;
pub use classify::Auto;
pub use inspect::inspect;
pub use parse::{Address, Attachment, Limits, Message, Oddity, parse};
