//! How often may be asked, by the published figures; refused requests count too.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

/// A figure of Microsoft's.
struct Limit {
    name: &'static str,
    requests: usize,
    within: SignedDuration,
}

const LIMITS: &[Limit] = &[
    Limit { name: "customers", requests: 500, within: SignedDuration::from_secs(60) },
    Limit { name: "validation", requests: 2, within: SignedDuration::from_secs(60) },
    Limit { name: "consents", requests: 50, within: SignedDuration::from_secs(1) },
];

/// Which limit a call counts against.
fn name(method: &str, path: &[String]) -> Option<&'static str> {
    let part = |at: usize| path.get(at).map(String::as_str);
    match (part(0), part(1), part(2), part(3)) {
        (Some("v1"), Some("customers"), _, Some("applicationconsents")) => Some("consents"),
        // Subscriptions lie below customers.
        (Some("v1"), Some("customers"), ..) => Some("customers"),
        (Some("webhooks"), _, _, Some("validationEvents")) if method == "POST" => Some("validation"),
        _ => None,
    }
}

#[derive(Debug, Default)]
pub(crate) struct Limits(HashMap<(&'static str, String), Vec<Timestamp>>);

impl Limits {
    /// Counts a request of `who`. The answer is in how many seconds to ask again, if it is one too many.
    pub(crate) fn count(&mut self, method: &str, path: &[String], who: &str, now: Timestamp) -> Option<i64> {
        let name = name(method, path)?;
        let limit = LIMITS.iter().find(|limit| limit.name == name)?;
        let times = self.0.entry((name, who.to_owned())).or_default();
        times.retain(|at| now.duration_since(*at) < limit.within && *at <= now);
        times.push(now);
        if times.len() <= limit.requests {
            return None;
        }
        let first = times[times.len() - 1 - limit.requests];
        let wait = limit.within - now.duration_since(first);
        Some(wait.as_secs().max(1))
    }
}
