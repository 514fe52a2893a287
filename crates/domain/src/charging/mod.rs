//! Charging for support: what a request is entitled to and why, the time that went into it, what the customer has
//! agreed to, and what it ends in on an invoice.
//!
//! **What is unknown stays unknown.** Where no price was agreed, none is made up, and work is not charged for. **Nobody
//! is charged for what nobody has confirmed.** Each round of a ticket, until it is resolved, is decided and charged by
//! itself: what was paid for once is not paid for again when it comes back.

pub mod entitlement;
pub mod lines;
pub mod prepaid;
pub mod rules;
pub mod work;
