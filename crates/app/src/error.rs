//! What a use case answers when it does not do what it was asked to.

/// The result of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a use case did nothing. Nothing is kept of what it began.
///
/// Only [`Error::Internal`] is an incident; the others are answers. None of the texts is for people: the edge looks
/// up a sentence by [`Error::code`] in the reader's language.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or not for this caller: the same answer.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// The caller may know of it, and may not do this.
    #[error("not allowed")]
    Forbidden,
    /// The rules of the business say no.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// A field of the request is not acceptable.
    #[error("{field}: {code}")]
    Invalid {
        /// The field's name in forms and in the API.
        field: &'static str,
        /// What is wrong with it: `required`, `too-long`, `not-an-address`, `taken`, `unknown` …
        code: &'static str,
    },
    /// Somebody else changed it in the meantime.
    #[error("changed in the meantime")]
    Stale,
    /// Too many attempts. Try again after so many seconds.
    #[error("too many attempts")]
    Throttled {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// The installation cannot take it now: the disk is full, the database away or overloaded. Nothing was kept.
    #[error("cannot be taken now: {0}")]
    Unavailable(String),
    /// A fault.
    #[error("internal: {0:#}")]
    Internal(#[source] anyhow::Error),
}

impl Error {
    /// The stable code, for programs and for the sentence that people read.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Error::NotFound(_) => "not-found",
            Error::Forbidden => "forbidden",
            Error::Refused(code) | Error::Invalid { code, .. } => code,
            Error::Stale => "stale",
            Error::Throttled { .. } => "throttled",
            Error::Unavailable(_) => "unavailable",
            Error::Internal(_) => "internal",
        }
    }

    /// A field of the request is not acceptable.
    #[must_use]
    pub const fn invalid(field: &'static str, code: &'static str) -> Self {
        Error::Invalid { field, code }
    }

    /// A fault.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Error::Internal(cause.into())
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        use store::Error as E;
        match error {
            E::Stale => Error::Stale,
            E::Full => Error::Unavailable("the disk is full".into()),
            E::Busy(what) => Error::Unavailable(what.into()),
            E::Unavailable(what) => Error::Unavailable(what),
            other => Error::Internal(other.into()),
        }
    }
}

/// Checks a line of text that a person typed: trimmed, not empty, one line, at most `max` characters.
///
/// # Errors
/// `required`, `too-long`, or `not-a-line` for control characters.
pub fn line(field: &'static str, text: &str, max: usize) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::invalid(field, "required"));
    }
    if text.chars().count() > max {
        return Err(Error::invalid(field, "too-long"));
    }
    if text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Err(Error::invalid(field, "not-a-line"));
    }
    Ok(text.to_owned())
}

/// Checks a text of several lines: not empty, at most `max` bytes; line ends become LF.
///
/// # Errors
/// `required` or `too-long`.
pub fn body(field: &'static str, text: &str, max: usize) -> Result<String> {
    if text.len() > max {
        return Err(Error::invalid(field, "too-long"));
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let text = text.trim_end().trim_start_matches('\n');
    if text.trim().is_empty() {
        return Err(Error::invalid(field, "required"));
    }
    Ok(text.to_owned())
}
