//! The clocks of a ticket, computed from what has happened to it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::count::{ClockError, Period};
use super::promise::{Seconds, Targets};

/// Something that has happened to a ticket and matters to its clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: Event,
}

/// What can happen. A ticket is opened at work; waiting for a supplier, or snoozed, is at work too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The customer wrote a message, other than the one that opened the ticket.
    CustomerWrote,
    /// An agent answered so that the customer can read it.
    Answered,
    /// It began to wait for the customer: every clock pauses.
    WaitingForCustomer,
    /// It was resolved: every clock pauses, and the resolution clock has met its promise unless work is resumed.
    Resolved,
    /// It is at work again: answered by the customer, reopened.
    Working,
}

/// Which promise a clock measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    /// From opening to the first public answer.
    FirstResponse,
    /// From the customer's first unanswered message, after the first response, to the next public answer. A ticket
    /// has one for every such round.
    NextResponse,
    /// From opening to the solution.
    Resolution,
}

/// A promise running on a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Which promise.
    pub kind: ClockKind,
    /// When it began to run.
    pub started: Timestamp,
    /// The budget of open time.
    pub target: Seconds,
    /// How it stands.
    pub state: ClockState,
    /// Whether the due time has passed without the promise being kept. At the due time itself it is not broken.
    pub breached: bool,
    /// The ledger: the time that adds up to the budget at the due time; while paused, the time used so far.
    pub segments: Vec<Period>,
}

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// It runs.
    Running {
        /// When the budget is used up.
        due: Timestamp,
        /// When four fifths of it are.
        warn_at: Timestamp,
    },
    /// It stands still while the ticket waits for the customer, or is resolved.
    Paused {
        /// What is left of the budget, of open time. Zero if it is used up.
        left: SignedDuration,
    },
    /// What was promised has been done, in time or late.
    Met {
        /// When it was done.
        at: Timestamp,
        /// When it had to be.
        due: Timestamp,
    },
}

impl Clock {
    /// When so much of the budget is left, in the ledger as it is: for a clock that runs.
    #[must_use]
    pub fn when_left(&self, left: SignedDuration) -> Option<Timestamp> {
        let used = (budget(self.target) - left).max(SignedDuration::ZERO);
        instant_of_use(&self.segments, used)
    }
}

/// The clocks of a ticket as they stand at `now`: first response, the rounds of next response in their order,
/// resolution; those for which there is a target.
///
/// All is counted from the facts anew, with the targets given: a change of severity re-bases every clock from the
/// opening by giving other targets. Facts may come in any order (those of one instant in the order given); what is
/// later than `now` has not happened yet, what is earlier than `opened` happened at the opening.
///
/// # Errors
/// A clock has no due time: see [`Calendar::deadline`].
pub fn clocks(
    calendar: &Calendar,
    targets: &Targets,
    opened: Timestamp,
    facts: &[Fact],
    now: Timestamp,
) -> Result<Vec<Clock>, ClockError> {
    let history = History::read(opened, facts, now);
    let mut runs = vec![Run {
        kind: ClockKind::FirstResponse,
        target: targets.first_response,
        started: opened,
        met: history.first_answer,
    }];
    runs.extend(history.rounds.iter().map(|round| Run {
        kind: ClockKind::NextResponse,
        target: targets.next_response,
        started: round.asked,
        met: round.answered,
    }));
    runs.push(Run {
        kind: ClockKind::Resolution,
        target: targets.resolution,
        started: opened,
        met: history.resolved,
    });
    runs.into_iter()
        .filter_map(|run| run.target.map(|target| run.clock(calendar, target, &history, now)))
        .collect()
}

/// The first due time among the clocks that run; met and paused ones have none.
#[must_use]
pub fn due_soonest(clocks: &[Clock]) -> Option<Timestamp> {
    let due = |clock: &Clock| match clock.state {
        ClockState::Running { due, .. } => Some(due),
        ClockState::Paused { .. } | ClockState::Met { .. } => None,
    };
    clocks.iter().filter_map(due).min()
}

/// What the facts come to.
#[derive(Default)]
struct History {
    first_answer: Option<Timestamp>,
    rounds: Vec<Round>,
    /// Pauses that have ended.
    pauses: Vec<Period>,
    /// Since when the clocks pause, if they do now.
    paused: Option<Timestamp>,
    /// Since when the ticket is resolved, if it is now.
    resolved: Option<Timestamp>,
}

/// A message of the customer after the first response, and its answer.
struct Round {
    asked: Timestamp,
    answered: Option<Timestamp>,
}

impl History {
    fn read(opened: Timestamp, facts: &[Fact], now: Timestamp) -> History {
        let mut facts: Vec<Fact> = facts.iter().copied().filter(|fact| fact.at <= now).collect();
        facts.sort_by_key(|fact| fact.at);
        let mut history = History::default();
        for fact in facts {
            history.add(fact.at.max(opened), fact.what);
        }
        history
    }

    fn add(&mut self, at: Timestamp, what: Event) {
        match what {
            Event::CustomerWrote => {
                let unanswered = self.rounds.last().is_some_and(|round| round.answered.is_none());
                if self.first_answer.is_some() && !unanswered {
                    self.rounds.push(Round { asked: at, answered: None });
                }
            }
            Event::Answered => {
                self.first_answer.get_or_insert(at);
                if let Some(round) = self.rounds.last_mut() {
                    round.answered.get_or_insert(at);
                }
            }
            Event::WaitingForCustomer => {
                self.resolved = None;
                self.paused.get_or_insert(at);
            }
            Event::Resolved => {
                self.resolved.get_or_insert(at);
                self.paused.get_or_insert(at);
            }
            Event::Working => {
                self.resolved = None;
                self.pauses.extend(self.paused.take().map(|from| Period { from, to: at }));
            }
        }
    }

    /// The paused time before an instant.
    fn pauses_before(&self, end: Timestamp) -> Vec<Period> {
        let unended = self.paused.map(|from| Period { from, to: end });
        let pauses = self.pauses.iter().copied().chain(unended);
        pauses
            .filter(|pause| pause.from < end)
            .map(|pause| Period { to: pause.to.min(end), ..pause })
            .collect()
    }
}

/// A clock before it is counted.
struct Run {
    kind: ClockKind,
    target: Option<Seconds>,
    started: Timestamp,
    met: Option<Timestamp>,
}

impl Run {
    fn clock(
        &self,
        calendar: &Calendar,
        target: Seconds,
        history: &History,
        now: Timestamp,
    ) -> Result<Clock, ClockError> {
        // A round may begin while the ticket still waits; then it is paused from its beginning.
        let paused = history.paused.map(|paused| paused.max(self.started));
        let stopped = self.met.or(paused);
        let pauses = history.pauses_before(stopped.unwrap_or(now));
        let deadline = calendar.deadline(self.started, i64::from(target.get()), &pauses)?;
        let due = deadline.due;
        let (state, segments) = match (self.met, paused) {
            (Some(at), _) => (ClockState::Met { at, due }, deadline.segments),
            (None, Some(paused)) => {
                let used = calendar.elapsed(self.started, paused, &pauses)?;
                let left = (budget(target) - used.elapsed).max(SignedDuration::ZERO);
                (ClockState::Paused { left }, used.segments)
            }
            (None, None) => {
                let warn_at = instant_of_use(&deadline.segments, budget(target) * 4 / 5).unwrap_or(due);
                (ClockState::Running { due, warn_at }, deadline.segments)
            }
        };
        let breached = stopped.unwrap_or(now) > due;
        Ok(Clock { kind: self.kind, started: self.started, target, state, breached, segments })
    }
}

fn budget(target: Seconds) -> SignedDuration {
    SignedDuration::from_secs(i64::from(target.get()))
}

/// When so much of the segments has passed.
fn instant_of_use(segments: &[Period], mut used: SignedDuration) -> Option<Timestamp> {
    for segment in segments {
        if used <= segment.length() {
            return segment.from.checked_add(used).ok();
        }
        used -= segment.length();
    }
    None
}
