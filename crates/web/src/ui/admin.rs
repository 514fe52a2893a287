//! People and settings.

pub(crate) mod amount;
pub(crate) mod audit;
pub(crate) mod calendars;
pub(crate) mod desk;
pub(crate) mod hours;
pub(crate) mod mailboxes;
pub(crate) mod microsoft;
pub(crate) mod partners;
pub(crate) mod people;
pub(crate) mod promises;
pub(crate) mod tokens;

use app::Error;
use axum::response::Response;

use super::shell::{Done, Told};
use crate::problem::{Answer, Problem};

/// What is wrong with a form that its page shows again, with what was typed. What no other typing would help goes on
/// as it is.
///
/// # Errors
/// That.
pub(crate) fn correctable(error: Error) -> Answer<Problem> {
    match error {
        Error::Invalid { .. } | Error::Refused(_) | Error::Stale => Ok(error.into()),
        other => Err(other.into()),
    }
}

pub(crate) fn saved(path: &str) -> Response {
    super::see_with(path, &Told::from(Done::Saved))
}

pub(crate) fn removed(path: &str) -> Response {
    super::see_with(path, &Told::from(Done::Removed))
}

/// A version as a form carries it.
pub(crate) fn version(version: i64) -> u64 {
    u64::try_from(version).unwrap_or_default()
}
