//! What a desk promises: how much open time may pass until it answers and resolves.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use crate::ticket::kinds::Severity;

/// A budget of open time, in whole seconds. Never zero: nobody answers at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seconds(NonZeroU32);

impl Seconds {
    /// That many seconds; none for zero.
    #[must_use]
    pub const fn new(seconds: u32) -> Option<Seconds> {
        match NonZeroU32::new(seconds) {
            Some(seconds) => Some(Seconds(seconds)),
            None => None,
        }
    }

    /// The number of seconds.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0.get()
    }
}

/// The targets of one severity. What is not given is not promised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    /// From opening to the first public answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_response: Option<Seconds>,
    /// From the customer's first unanswered message to the next public answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_response: Option<Seconds>,
    /// From opening to the solution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Seconds>,
}

/// The targets by severity: `{"A":{"first_response":3600,"resolution":28800},"B":{…}}`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promises {
    /// Critical.
    #[serde(rename = "A", default)]
    pub a: Targets,
    /// Moderate.
    #[serde(rename = "B", default)]
    pub b: Targets,
    /// Minimal.
    #[serde(rename = "C", default)]
    pub c: Targets,
}

impl Promises {
    /// What is promised for a severity.
    #[must_use]
    pub const fn of(&self, severity: Severity) -> Targets {
        match severity {
            Severity::A => self.a,
            Severity::B => self.b,
            Severity::C => self.c,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn are_read_and_written_alike() {
        let json = r#"{"A":{"first_response":3600,"next_response":7200,"resolution":28800},"B":{"resolution":86400},"C":{}}"#;
        let promises: Promises = serde_json::from_str(json).unwrap();
        assert_eq!(
            promises.of(Severity::B),
            Targets { resolution: Seconds::new(86_400), ..Targets::default() }
        );
        assert_eq!(promises.of(Severity::A).first_response.map(Seconds::get), Some(3600));
        assert_eq!(serde_json::to_string(&promises).unwrap(), json);
    }

    #[test]
    fn what_cannot_be_promised_is_refused() {
        for bad in [
            r#"{"A":{"first_response":0}}"#,
            r#"{"A":{"first_response":-1}}"#,
            r#"{"A":{"first_response":1.5}}"#,
            r#"{"A":{"first_response":4294967296}}"#,
            r#"{"A":{"first_reply":60}}"#,
            r#"{"D":{}}"#,
        ] {
            assert!(serde_json::from_str::<Promises>(bad).is_err(), "{bad}");
        }
    }
}
