//! Microsoft in the desk: its connection, what is read by it again and again, service requests that are followed, support
//! requests for Azure that are filed, and the events that Microsoft sends.
//!
//! Every reading is a row with its own state and its own next time. One job for each desk does what is due, one reading
//! after another; whatever Microsoft asks for, or whatever keeps failing, moves that time, and nothing is asked before it.

mod acts;
pub mod azure;
mod clients;
mod connection;
mod events;
mod incidents;
mod licences;
mod look;
mod readings;
mod requests;
mod subscriptions;
mod tell;
mod tenants;

pub use ::microsoft::{
    BadNetwork, Network, Reason, RequestId,
    event::{Delivery, LIMIT as LONGEST_EVENT, NoEvent},
};
pub use acts::mark;
pub(crate) use clients::Clients;
pub(crate) use connection::reading;
pub use connection::{
    Connection, Consenting, Settings, back, begin_consent, check, connection, disconnect, finish_consent,
    refused_consent, save,
};
use domain::words;
pub use events::{Taken, events_path, receive, register};
use jiff::{SignedDuration, Timestamp};
pub(crate) use look::{TROUBLE, look, noted_as, sweep};
pub use requests::{add_note, follow, list, one};
use serde::{Deserialize, Serialize};
pub use subscriptions::facts;
pub(crate) use subscriptions::{facts_of, read_now};
pub use tenants::{Link, Place, Standing, link, of_customer, partners, standing, tenants, unlinked};

use crate::Error;

words! {
    /// What is read at Microsoft again and again, of the partner or of a customer's tenant.
    pub enum What {
        /// The partner's customers.
        Customers = "customers",
        /// A customer: its domains, and whether we may act in its tenant.
        Customer = "customer",
        /// The health of a customer's services.
        Health = "health",
        /// What a customer has bought.
        Subscriptions = "subscriptions",
        /// How many licences a customer has, and how many somebody has.
        Licences = "licences",
        /// Service requests, of the partner or of a customer.
        Requests = "requests",
        /// Other partners: providers, resellers.
        Partners = "partners",
        /// The support contact that customers see at Microsoft.
        Profile = "profile",
        /// Microsoft's log, for hints of what to look at again.
        Log = "log",
        /// Where Microsoft sends events.
        Events = "events",
    }
}

impl What {
    /// How long after a reading the next one is due.
    const fn every(self) -> SignedDuration {
        match self {
            What::Customers => SignedDuration::from_hours(1),
            What::Customer | What::Subscriptions => SignedDuration::from_hours(6),
            What::Health | What::Log => SignedDuration::from_mins(10),
            What::Requests => SignedDuration::from_mins(5),
            What::Licences | What::Partners | What::Profile | What::Events => SignedDuration::from_hours(24),
        }
    }

    /// What is read of the partner.
    const OF_PARTNER: &'static [What] =
        &[What::Customers, What::Requests, What::Partners, What::Profile, What::Log, What::Events];
    /// What is read of each customer.
    const OF_CUSTOMER: &'static [What] =
        &[What::Customer, What::Subscriptions, What::Licences, What::Health, What::Requests];
}

words! {
    /// How a reading, or the connection itself, stands.
    pub enum State {
        /// Nobody has looked yet.
        Never = "never",
        /// It is as Microsoft has it.
        Current = "current",
        /// Nobody has consented yet.
        Unconsented = "unconsented",
        /// Consent is gone, or Microsoft does not take the sign-in: a person has to sign in and consent again.
        Consent = "consent",
        /// Microsoft asked for patience.
        Throttled = "throttled",
        /// Microsoft does not answer, or not in a way that can be read.
        Failing = "failing",
        /// Microsoft understood, and will not.
        Refused = "refused",
        /// The cloud does not have it.
        NotOffered = "not_offered",
        /// The customer has taken delegated admin back.
        NoAdmin = "no_admin",
        /// It is not the partner's customer any more.
        Gone = "gone",
    }
}

/// How something stands, since when, and what Microsoft says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// How.
    pub state: State,
    /// When that was found.
    pub at: Timestamp,
    /// Microsoft's words, or what is known of a failure; may be empty.
    #[serde(default)]
    pub detail: String,
    /// Nothing is asked before then.
    #[serde(default)]
    pub until: Option<Timestamp>,
    /// When all was well last.
    #[serde(default)]
    pub current_at: Option<Timestamp>,
    /// How often in a row it failed.
    #[serde(default)]
    pub failures: u32,
}

impl Health {
    fn new(state: State, at: Timestamp) -> Self {
        Self { state, at, detail: String::new(), until: None, current_at: None, failures: 0 }
    }
}

/// Why something could not be done with Microsoft, by what is to be done next.
#[derive(Debug)]
pub enum Trouble {
    /// The desk has no connection, or nobody has consented.
    NotConnected,
    /// The cloud of the connection, or of the customer, does not have it.
    NotOffered,
    /// Not now: again then.
    Later {
        /// When.
        at: Timestamp,
        /// What happened.
        why: String,
        /// Whether the next attempt is the same attempt, with the same id: nobody knows whether this one arrived.
        same: bool,
        /// Whether it was Microsoft who asked for patience.
        asked: bool,
    },
    /// A person has to sign in and consent again: Microsoft's reason.
    Consent(String),
    /// Microsoft understood, and will not.
    Refused {
        /// What can be done about it.
        reason: microsoft::Reason,
        /// Microsoft's words.
        words: String,
    },
    /// Ours.
    Ours(Error),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Ours(error)
    }
}

impl From<store::Error> for Trouble {
    fn from(error: store::Error) -> Self {
        Self::Ours(error.into())
    }
}

/// After how long something that failed is tried again, by how often it failed: a minute, two, four … an hour.
fn back_off(failures: u32) -> SignedDuration {
    SignedDuration::from_mins(1_i64 << failures.min(6)).min(SignedDuration::from_hours(1))
}

/// Longer texts of Microsoft's are cut.
fn cut(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(500).collect()
}

impl Trouble {
    /// What an error of the client is to the desk.
    fn of(error: microsoft::Error, now: Timestamp) -> Self {
        use microsoft::{Error as E, Reason};
        let same = error.keeps_request_id();
        let later = |at: Timestamp, why: String, asked| Self::Later { at, why: cut(&why), same, asked };
        let soon = now.checked_add(back_off(0)).unwrap_or(now);
        match error {
            E::Throttled { until } | E::NotYet { until } => later(until, String::new(), true),
            E::Consent(why) => Self::Consent(cut(&why)),
            E::Refused(refusal) => match refusal.reason() {
                Reason::SignIn => Self::Consent(cut(&refusal.description)),
                Reason::Busy => later(soon, refusal.description, false),
                reason => Self::Refused { reason, words: cut(&refusal.description) },
            },
            E::Unanswered(why) => later(soon, why, false),
            E::Failed(status) => later(soon, format!("HTTP {status}"), false),
            error @ (E::Unreadable(_) | E::OtherCloud(_) | E::Vault(_)) => {
                later(soon, error.to_string(), false)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_tried_again_ever_later() {
        let minutes: Vec<i64> = (0..9).map(|failures| back_off(failures).as_mins()).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
    }

    #[test]
    fn what_is_to_be_done_next() {
        let now: Timestamp = "2026-03-02T08:00:00Z".parse().unwrap();
        let later = |error| match Trouble::of(error, now) {
            Trouble::Later { at, same, asked, .. } => (at.duration_since(now).as_secs(), same, asked),
            other => panic!("{other:?}"),
        };
        let until = now + SignedDuration::from_secs(57);
        assert_eq!(later(microsoft::Error::Throttled { until }), (57, false, true));
        assert_eq!(later(microsoft::Error::NotYet { until }), (57, true, true));
        assert_eq!(later(microsoft::Error::Unanswered("reset".into())), (60, true, false));
        assert_eq!(later(microsoft::Error::Failed(502)), (60, false, false));
        let gone = Trouble::of(microsoft::Error::Consent("AADSTS700082".into()), now);
        assert!(matches!(gone, Trouble::Consent(why) if why == "AADSTS700082"));
    }
}
