//! What can go wrong with a call, by what is to be done next.

use jiff::Timestamp;
use uuid::Uuid;

/// A call that did not end well.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No whole answer came: time-out, reset, half a body. The call may have had its effect.
    #[error("no answer: {0}")]
    Unanswered(String),
    /// Microsoft answered that it wants no call before then.
    #[error("Microsoft wants no call before {until}")]
    Throttled {
        /// When the next attempt may go.
        until: Timestamp,
    },
    /// Not sent: an earlier answer wants no call before then.
    #[error("not sent before {until}")]
    NotYet {
        /// When the next attempt may go.
        until: Timestamp,
    },
    /// Microsoft understood, and will not.
    #[error(transparent)]
    Refused(Box<Refusal>),
    /// Microsoft failed, with this HTTP status.
    #[error("Microsoft failed with status {0}")]
    Failed(u16),
    /// The token service will not give a token: a person has to sign in and consent again.
    #[error("consent is gone: {0}")]
    Consent(String),
    /// An answer that cannot be what it should be.
    #[error("an answer cannot be read: {0}")]
    Unreadable(&'static str),
    /// An answer pointed to this host, outside of the connection's cloud. It was not asked.
    #[error("an answer led to {0}, which is outside of this cloud")]
    OtherCloud(String),
    /// The caller could not keep the new refresh token.
    #[error("the new refresh token could not be kept: {0}")]
    Vault(String),
}

impl Error {
    /// Whether the next attempt at this write is to carry the same [`RequestId`](crate::RequestId): after no answer
    /// it is the same attempt, after any answer a new one.
    #[must_use]
    pub fn keeps_request_id(&self) -> bool {
        match self {
            // Nobody knows whether it arrived; or this attempt was not sent, and nobody knows about the one before.
            Self::Unanswered(_)
            | Self::NotYet { .. }
            | Self::Consent(_)
            | Self::Vault(_)
            | Self::OtherCloud(_) => true,
            Self::Throttled { .. } | Self::Refused(_) | Self::Failed(_) | Self::Unreadable(_) => false,
        }
    }

    /// Why Microsoft refused, if that is what happened.
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        match self {
            Self::Refused(refusal) => Some(refusal.reason()),
            _ => None,
        }
    }
}

/// Microsoft's refusal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("refused with status {status}, code {code:?}: {description}")]
pub struct Refusal {
    /// HTTP status; 200 where the body said otherwise.
    pub status: u16,
    /// Microsoft's code, where one came as a number.
    pub code: Option<u32>,
    /// Microsoft's words, in English, or the code where it is a word.
    pub description: String,
    /// What to quote to Microsoft's support.
    pub correlation: Uuid,
}

/// A refusal, by what a desk can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The token was refused: expired meanwhile, or not from a sign-in with a second factor.
    SignIn,
    /// The agent who consented lacks the role.
    Role,
    /// The call needs a signed-in agent, not an application alone.
    NeedsAgent,
    /// There is no, or no longer, a relationship with this customer.
    Relationship,
    /// It does not exist, or not for this partner.
    Missing,
    /// Somebody else changed it: read again and decide again.
    Stale,
    /// It is being changed, or not ready: later.
    Busy,
    /// The call itself is not right.
    Invalid,
}

/// Codes that say more than the status, with the status that they come with: `0` is any, and 200 is none.
const CODES: &[(u16, u32, Reason)] = &[
    (403, 900_308, Reason::Role),
    (403, 900_329, Reason::NeedsAgent),
    (403, 20_002, Reason::Relationship),
    (403, 900_159, Reason::Relationship),
    (400, 2_055, Reason::Stale),
    (409, 800_082, Reason::Busy),
    (409, 900_278, Reason::Busy),
    (0, 20_003, Reason::Missing),
    (0, 60_003, Reason::Missing),
];

impl Refusal {
    /// What a desk can do about it.
    #[must_use]
    pub fn reason(&self) -> Reason {
        let comes_with = |status: u16| status == 0 || status == self.status || self.status == 200;
        let by_code = CODES.iter().find(|(status, code, _)| Some(*code) == self.code && comes_with(*status));
        if let Some((_, _, reason)) = by_code {
            return *reason;
        }
        match self.status {
            401 => Reason::SignIn,
            403 => Reason::Role,
            404 | 410 => Reason::Missing,
            409 => Reason::Busy,
            412 => Reason::Stale,
            _ => Reason::Invalid,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(status: u16, code: Option<u32>, wanted: Reason) {
        let refusal = Refusal { status, code, description: String::new(), correlation: Uuid::nil() };
        assert_eq!(refusal.reason(), wanted, "{status}/{code:?}");
    }

    #[test]
    fn reasons() {
        check(401, Some(400), Reason::SignIn);
        check(403, Some(900_308), Reason::Role);
        check(403, Some(900_329), Reason::NeedsAgent);
        check(403, Some(20_002), Reason::Relationship);
        check(400, Some(2_055), Reason::Stale);
        check(412, None, Reason::Stale);
        check(409, Some(800_082), Reason::Busy);
        check(404, Some(20_003), Reason::Missing);
        check(200, Some(20_002), Reason::Relationship);
        check(400, Some(3_000), Reason::Invalid);
    }
}
