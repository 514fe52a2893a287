//! Faults by plan: the next so many calls of a kind go wrong in a way.

use serde::{Deserialize, Serialize};

/// What goes wrong, and how often.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Only calls whose path and query contain this.
    #[serde(default)]
    pub on: String,
    /// Only calls with this method.
    #[serde(default)]
    pub method: Option<String>,
    /// How many calls.
    #[serde(default = "once")]
    pub times: u32,
    /// Whether the call has its effect, and only its answer is lost or wrong.
    #[serde(default)]
    pub after_effect: bool,
    /// What goes wrong.
    pub kind: FaultKind,
}

fn once() -> u32 {
    1
}

/// What goes wrong with a call.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// 429 in the shape that throttling has, with this `Retry-After`, or without.
    Throttled(Option<String>),
    /// This status with a page for people.
    Status(u16),
    /// 503 with a `Retry-After`.
    Unavailable(String),
    /// 200 with an error's body: code and words.
    ErrorInOk(u32, String),
    /// 200 with a page for people.
    PageInOk,
    /// 400 with code 2055: somebody else was faster.
    StaleEtag,
    /// 401, as for a token that ended.
    TokenRefused,
    /// The token service says that consent is gone.
    ConsentExpired,
    /// The connection ends before an answer.
    Reset,
    /// The connection ends in the middle of an answer.
    HalfBody,
    /// No answer comes.
    TimeOut,
    /// So many bytes of blanks before the answer.
    Padded(usize),
    /// A redirect to this address.
    Redirect(String),
    /// The answer's link to the next page leads to this address.
    NextAt(String),
}

impl Fault {
    /// A fault of the next call.
    #[must_use]
    pub fn next(kind: FaultKind) -> Self {
        Self { on: String::new(), method: None, times: 1, after_effect: false, kind }
    }

    /// Only of calls whose path and query contain `on`.
    #[must_use]
    pub fn on(self, on: &str) -> Self {
        Self { on: on.into(), ..self }
    }

    /// Of so many calls.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self { times, ..self }
    }

    /// After the call had its effect.
    #[must_use]
    pub fn after_effect(self) -> Self {
        Self { after_effect: true, ..self }
    }

    pub(crate) fn is_for(&self, method: &str, target: &str) -> bool {
        self.times > 0
            && target.contains(&self.on)
            && self.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
    }
}
