//! A ticket's passage to a supplier and back, over as many desks as it takes.
//!
//! Desks tell each other of it in signed [messages](message). Those of the *chain* say who holds the ticket; every desk
//! of the hand-over has them, and only the holder appends. From them alone every desk computes the same
//! [clock](shared_clock). What two neighbours write to each other travels beside, between these two.
//!
//! This module has no cryptography: whoever calls it brings a [`Seal`].

pub mod chain;
pub mod followed;
pub mod message;
pub mod package;
pub mod score;
pub mod shared_clock;
pub mod states;
pub mod team;

pub use chain::{Chain, Refusal};
pub use message::{ChainId, Content, Custody, Hash, Key, Link, Message, Seal, Signed};
pub use states::{Leg, Party, Step};
