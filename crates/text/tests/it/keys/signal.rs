//! The families of signals.

use domain::signal::{Judged, Signal};

use super::all;

/// The codes of what can go wrong.
pub(super) fn problems() -> Vec<&'static str> {
    vec!["signal-gone"]
}

pub(super) fn families() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("problem", problems()),
        ("signal", all(Signal::ALL, Signal::word)),
        ("signal-do", all(Judged::ALL, Judged::word)),
        ("signal-was", all(Judged::ALL, Judged::word)),
    ]
}
