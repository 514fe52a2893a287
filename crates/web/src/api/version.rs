//! Versions: what is changed carries the version that was seen, so that nobody overwrites what he has not read.

use axum::{
    Json,
    extract::FromRequestParts,
    http::{
        HeaderValue, StatusCode,
        header::{ETAG, IF_MATCH, LOCATION},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::problem::Problem;

/// The versions that a change accepts.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum IfMatch {
    /// Whichever there is.
    Any,
    /// One of these.
    These(Vec<i64>),
}

impl IfMatch {
    fn read(value: &str) -> Self {
        match value.trim() {
            "*" => Self::Any,
            // Somebody else's tag, and a weak one, matches no version.
            tags => Self::These(tags.split(',').filter_map(|tag| version(tag.trim())).collect()),
        }
    }

    /// The version that the change is made at: the one that there is, if it is accepted.
    ///
    /// # Errors
    /// `stale`, with status 412.
    pub(crate) fn accept(&self, current: i64) -> Result<i64, Problem> {
        match self {
            Self::These(versions) if !versions.contains(&current) => Err(stale()),
            Self::Any | Self::These(_) => Ok(current),
        }
    }
}

fn version(tag: &str) -> Option<i64> {
    let digits = tag.strip_prefix('"')?.strip_suffix('"')?;
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
}

fn stale() -> Problem {
    Problem::status(StatusCode::PRECONDITION_FAILED, "stale")
}

/// The answer of a change to a version that somebody else has replaced in the meantime: the precondition failed.
pub(crate) fn unmet(error: app::Error) -> Problem {
    match error {
        app::Error::Stale => stale(),
        other => other.into(),
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let missing = || Problem::status(StatusCode::PRECONDITION_REQUIRED, "if-match-required");
        let value = parts.headers.get(IF_MATCH).ok_or_else(missing)?;
        Ok(Self::read(value.to_str().unwrap_or_default()))
    }
}

/// A thing and its version, which is its `ETag`.
#[derive(Debug)]
pub(crate) struct Versioned<T>(pub(super) i64, pub(super) T);

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.1).into_response();
        if let Ok(tag) = HeaderValue::try_from(format!("\"{}\"", self.0)) {
            response.headers_mut().insert(ETAG, tag);
        }
        response
    }
}

/// The answer 201: what was made, and where it is from now on.
#[derive(Debug)]
pub(crate) struct Created<T> {
    /// Where, from the root.
    pub(crate) location: String,
    /// What.
    pub(crate) body: T,
}

impl<T: IntoResponse> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        let mut response = self.body.into_response();
        *response.status_mut() = StatusCode::CREATED;
        if let Ok(location) = HeaderValue::try_from(self.location) {
            response.headers_mut().insert(LOCATION, location);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_made_at_a_version_that_was_seen() {
        for (header, fine) in [
            ("\"7\"", true),
            ("*", true),
            (" \"6\", \"7\" ", true),
            ("\"6\"", false),
            ("W/\"7\"", false),
            ("7", false),
            ("\"+7\"", false),
            ("\"07x\"", false),
            ("\"99999999999999999999\"", false),
            ("", false),
        ] {
            assert_eq!(IfMatch::read(header).accept(7).is_ok(), fine, "{header}");
        }
    }
}
