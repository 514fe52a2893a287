//! What the language files and the letters promise together.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod keys;
mod letters;
