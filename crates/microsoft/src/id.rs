//! Microsoft's ids, as types. GUIDs come in either case and are compared without it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Sixteen random bytes as a version 4 GUID.
pub(crate) fn random() -> Uuid {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the operating system has random bytes");
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

macro_rules! guids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { Ok(Self(text.trim().parse()?)) }
        }
    )+};
}

guids! {
    /// A customer: the id of its Microsoft tenant.
    CustomerId,
    /// A subscription of a customer.
    SubscriptionId,
    /// The id under which Microsoft performs a write at most once. Whoever decides to write makes one and stores it
    /// with the decision. [`Error::keeps_request_id`](crate::Error::keeps_request_id) says whether the next attempt
    /// is to carry it again.
    RequestId,
}

impl RequestId {
    /// A new one.
    #[must_use]
    pub fn new() -> Self {
        Self(random())
    }
}

impl Default for RequestId {
    fn default() -> Self {
        Self::new()
    }
}
