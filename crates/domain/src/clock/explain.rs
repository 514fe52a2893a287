//! The command `partnerdesk clock explain`: a question as a line of JSON in, an answer as a line of JSON out.
//!
//! ```
//! let question = r#"{"calendar": {"timezone": "UTC", "hours": {"fri": [["09:00", "17:00"]]}},
//!                    "start": "2025-03-28T17:00:00+01:00", "seconds": 600}"#;
//! assert_eq!(
//!     domain::clock::explain::answer(question).as_deref(),
//!     Some(concat!(
//!         r#"{"due":"2025-03-28T16:10:00Z","#,
//!         r#""segments":[{"from":"2025-03-28T16:00:00Z","to":"2025-03-28T16:10:00Z"}]}"#,
//!     ))
//! );
//! ```

use std::fmt;

use jiff::SignedDuration;
use serde::Deserialize;

use super::calendar::Calendar;
use super::count::{ClockError, Period};
use crate::lines::{self, Instant};

/// The answer to one line.
///
/// A question has a `calendar`, a `start`, perhaps `pauses` (pairs of instants), and either `seconds` or `end`.
/// The answer has `due` or `elapsed` (seconds, with a fraction only if there is one) and the `segments`. Instants are
/// RFC 3339, with any offset in and in UTC out. What cannot be answered gets an object with one `error`, a blank
/// line gets nothing.
#[must_use]
pub fn answer(line: &str) -> Option<String> {
    lines::answer(line, explain)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    calendar: Calendar,
    start: Instant,
    end: Option<Instant>,
    seconds: Option<i64>,
    #[serde(default)]
    pauses: Vec<(Instant, Instant)>,
}

#[derive(Debug, thiserror::Error)]
enum ExplainError {
    #[error("{0}")]
    NotAQuestion(#[from] serde_json::Error),
    #[error("either `seconds` or `end` must be given, not both")]
    Both,
    #[error("either `seconds` or `end` must be given")]
    Neither,
    #[error("{0}")]
    Clock(#[from] ClockError),
}

fn explain(line: &str) -> Result<String, ExplainError> {
    let Question { calendar, start, end, seconds, pauses } = serde_json::from_str(line)?;
    let pauses: Vec<Period> =
        pauses.into_iter().map(|(from, to)| Period { from: from.0, to: to.0 }).collect();
    match (seconds, end) {
        (Some(seconds), None) => Ok(serde_json::to_string(&calendar.deadline(start.0, seconds, &pauses)?)?),
        (None, Some(end)) => {
            let found = calendar.elapsed(start.0, end.0, &pauses)?;
            let segments = serde_json::to_string(&found.segments)?;
            Ok(format!(r#"{{"elapsed":{},"segments":{segments}}}"#, Decimal(found.elapsed)))
        }
        (Some(_), Some(_)) => Err(ExplainError::Both),
        (None, None) => Err(ExplainError::Neither),
    }
}

/// Seconds as a JSON number with as many decimals as are needed: a floating point number would not be exact.
struct Decimal(SignedDuration);

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nanoseconds = self.0.subsec_nanos();
        if nanoseconds == 0 {
            return write!(f, "{}", self.0.as_secs());
        }
        let decimals = format!("{nanoseconds:09}");
        write!(f, "{}.{}", self.0.as_secs(), decimals.trim_end_matches('0'))
    }
}
