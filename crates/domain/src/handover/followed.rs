//! Requests that are followed where they were filed: by whom nobody holds a desk that speaks the protocol.

use std::collections::BTreeSet;

use crate::words;

words! {
    /// Where a request stands at the supplier, as it says.
    pub enum Status {
        /// It does not say.
        Unknown = "unknown",
        /// It works on it.
        Open = "open",
        /// It waits for us.
        Waits = "waits",
        /// Done there.
        Closed = "closed",
    }
}

/// What was said on a request by somebody there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// By what it is told from everything else that was said.
    pub key: String,
    /// The words.
    pub text: String,
}

/// A request as it was read now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What it is called there.
    pub number: String,
    /// Where it stands.
    pub status: Status,
    /// All that was said there by others than us, the oldest first.
    pub said: Vec<Heard>,
}

/// What is new in a reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// What was said since.
    pub said: Vec<Heard>,
    /// Where it stands now, if that changed.
    pub status: Option<Status>,
    /// Whether the answer is there: it was closed since, or something was said on it after we had asked again.
    pub answered: bool,
}

/// What is new: nothing is heard twice. `before` is where it stood, none if it was never read.
#[must_use]
pub fn news(before: Option<Status>, heard: &[String], reading: &Reading) -> News {
    let mut known: BTreeSet<&str> = heard.iter().map(String::as_str).collect();
    let said: Vec<Heard> =
        reading.said.iter().filter(|one| known.insert(one.key.as_str())).cloned().collect();
    let changed = before != Some(reading.status);
    News {
        answered: reading.status == Status::Closed && (changed || !said.is_empty()),
        // That it is open is what everybody expects of a new one.
        status: Some(reading.status).filter(|now| changed && !(before.is_none() && *now == Status::Open)),
        said,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: Option<Status>, heard: &[&str], now: (Status, &[&str]), wanted: (&[&str], bool, bool)) {
        let heard: Vec<String> = heard.iter().map(|key| (*key).to_owned()).collect();
        let one = |key: &&str| Heard { key: (*key).to_owned(), text: String::new() };
        let reading = Reading { number: String::new(), status: now.0, said: now.1.iter().map(one).collect() };
        let news = news(before, &heard, &reading);
        let said: Vec<&str> = news.said.iter().map(|one| one.key.as_str()).collect();
        assert_eq!((said.as_slice(), news.status.is_some(), news.answered), wanted);
    }

    #[test]
    fn what_is_new() {
        use Status::{Closed, Open, Waits};
        check(None, &[], (Open, &[]), (&[], false, false));
        check(Some(Open), &[], (Open, &["a"]), (&["a"], false, false));
        check(Some(Open), &["a"], (Open, &["a", "b", "b"]), (&["b"], false, false));
        check(Some(Open), &["a"], (Waits, &["a"]), (&[], true, false));
        check(Some(Waits), &["a"], (Closed, &["a"]), (&[], true, true));
        check(None, &[], (Closed, &["a"]), (&["a"], true, true));
        // It was closed when we asked again: only what is said then is an answer.
        check(Some(Closed), &["a"], (Closed, &["a"]), (&[], false, false));
        check(Some(Closed), &["a"], (Closed, &["a", "b"]), (&["b"], false, true));
        check(Some(Closed), &["a"], (Open, &["a"]), (&[], true, false));
    }
}
