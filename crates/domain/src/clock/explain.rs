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

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::calendar::Calendar;
use super::count::{ClockError, Period};

/// The answer to one line.
///
/// A question has a `calendar`, a `start`, perhaps `pauses` (pairs of instants), and either `seconds` or `end`.
/// The answer has `due` or `elapsed` (seconds, with a fraction only if there is one) and the `segments`. Instants are
/// RFC 3339, with any offset in and in UTC out. What cannot be answered gets an object with one `error`, a blank
/// line gets nothing.
#[must_use]
pub fn answer(line: &str) -> Option<String> {
    let line = line.trim();
    if line.is_empty() {
        return None;
    }
    Some(explain(line).unwrap_or_else(|error| serde_json::json!({ "error": error.to_string() }).to_string()))
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

/// An instant that is written as RFC 3339 has it; a leap second, `:60`, is the second before it. The time library reads more than that: week dates, basic format,
/// zone names in brackets.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Instant(Timestamp);

impl TryFrom<String> for Instant {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let instant = if is_rfc_3339(&text) { text.parse().ok() } else { None };
        instant.map(Instant).ok_or_else(|| format!("{text:?} is not an instant such as 2025-03-28T15:00:00Z"))
    }
}

fn is_rfc_3339(text: &str) -> bool {
    let Some((date_time, rest)) = text.split_at_checked(19) else {
        return false;
    };
    let offset = match rest.strip_prefix('.') {
        None => rest,
        Some(fraction) => {
            let offset = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if offset.len() == fraction.len() {
                return false;
            }
            offset
        }
    };
    has_shape(date_time, "0000-00-00T00:00:00")
        && ["Z", "+00:00", "-00:00"].iter().any(|shape| has_shape(offset, shape))
}

/// Whether a text has a digit wherever its shape has `0`, and the same letter, in either case, elsewhere.
fn has_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(|(byte, wanted)| match wanted {
            b'0' => byte.is_ascii_digit(),
            _ => byte.eq_ignore_ascii_case(&wanted),
        })
}
