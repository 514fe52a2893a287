//! Tickets that not everybody needs to know of: what reports a weakness is shown to named people only.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::diagnosis::Findings;
use crate::id::AgentId;

/// The agents to whom a ticket is shown, besides whoever has it. A ticket without a circle is shown as roles say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Circle(BTreeSet<AgentId>);

impl Circle {
    /// A circle of these agents.
    #[must_use]
    pub fn of(agents: impl IntoIterator<Item = AgentId>) -> Self {
        Self(agents.into_iter().collect())
    }

    /// Whether an agent is in it.
    #[must_use]
    pub fn has(&self, agent: AgentId) -> bool {
        self.0.contains(&agent)
    }

    /// Its agents.
    pub fn agents(&self) -> impl Iterator<Item = AgentId> {
        self.0.iter().copied()
    }
}

/// The circle of a ticket after something was found out: what reports a weakness gets one, at first of whoever found that
/// out; what does not after all has none. What goes on from such a ticket has its circle while nobody has said either.
#[must_use]
pub fn after(circle: Option<&Circle>, was: &Findings, is: &Findings, by: AgentId) -> Option<Circle> {
    match (was.security_report, is.security_report) {
        (_, Some(true)) => Some(circle.cloned().unwrap_or_else(|| Circle::of([by]))),
        (_, Some(false)) | (Some(true), None) => None,
        (Some(false) | None, None) => circle.cloned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reports_a_weakness_has_a_circle() {
        let agent = |n: u8| AgentId::new(jiff::Timestamp::UNIX_EPOCH, [n; 10]);
        let found = |security_report| Findings { security_report, ..Findings::default() };
        let circle = Circle::of([agent(1), agent(2)]);
        let (yes, no) = (Some(true), Some(false));
        let rows = [
            (None, None, yes, Some(Circle::of([agent(3)]))),
            (None, yes, yes, Some(Circle::of([agent(3)]))),
            (Some(&circle), yes, yes, Some(circle.clone())),
            (Some(&circle), yes, no, None),
            (Some(&circle), yes, None, None),
            (None, None, None, None),
            // It goes on from one that had a circle.
            (Some(&circle), None, None, Some(circle.clone())),
            (Some(&circle), None, no, None),
        ];
        for (before, was, is, expected) in rows {
            assert_eq!(after(before, &found(was), &found(is), agent(3)), expected, "{was:?} {is:?}");
        }
    }
}
