//! Microsoft's words: Partner Center, Graph service health, Azure support, tokens, webhooks. What comes back is hostile input like any
//! other: limited, then read, tolerant where the service is known to be odd.
//!
//! A [`Client`] speaks for one desk in one [`Cloud`](domain::cloud::Cloud). What that cloud does not offer cannot be
//! asked: [`Session`] answers `None` where it would give the door to it. No call goes to a host of another cloud,
//! whatever an answer says: redirects are not followed and links are taken apart and built anew.
//!
//! Nothing here waits or repeats by itself. An [`Error`] says what to do next, and a job does it.

mod address;
pub mod audit;
pub mod azure;
mod call;
mod client;
pub mod cloud;
pub mod consent;
pub mod customers;
mod error;
pub mod event;
pub mod health;
mod id;
pub mod licences;
pub mod mailbox;
mod network;
mod page;
pub mod relationships;
pub mod service_requests;
pub mod subscriptions;
pub mod support;
mod throttle;
mod token;
pub mod webhooks;
mod wire;

pub use client::{Client, Connection, Session};
pub use error::{Error, Reason, Refusal};
pub use id::{CustomerId, RequestId, SubscriptionId};
pub use network::{BadNetwork, Network};
pub use page::{Continuation, Page};
pub use token::{Credentials, Secret, Vault};
