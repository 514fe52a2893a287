//! Of what agents are told, and when time alone makes it so.

use jiff::{SignedDuration, Timestamp};

use crate::{
    clock::running::{Clock, ClockState},
    words,
};

words! {
    /// Why an agent is told of a ticket. Of those that time alone brings, the gravest comes last.
    pub enum Occasion {
        /// It was given to the agent.
        Assigned = "assigned",
        /// The customer wrote.
        Answered = "answered",
        /// A supplier to which it was handed over wrote, gave it back, or did not want it.
        Supplier = "supplier",
        /// A supplier's promise is due, or nobody has taken what was offered.
        SupplierLate = "supplier_late",
        /// What is to go to a supplier does not get there without a person.
        SupplierStuck = "supplier_stuck",
        /// It is new, and nobody has taken it.
        Unassigned = "unassigned",
        /// A promise runs out soon.
        DueSoon = "due_soon",
        /// A promise was not kept.
        Overdue = "overdue",
    }
}

/// The moments at which a ticket becomes worth a notice, in no order, if nothing happens to it: those of the clocks
/// that run, and the one at which it has lain unassigned for too long. `warning` is the open time before a due time at
/// which it is soon; without one that is when four fifths of the promise are used up.
#[must_use]
pub fn moments(
    clocks: &[Clock],
    warning: Option<SignedDuration>,
    unassigned: Option<Timestamp>,
) -> Vec<(Timestamp, Occasion)> {
    let running = clocks.iter().filter_map(|clock| match clock.state {
        ClockState::Running { due, warn_at } => {
            let soon = warning.map_or(Some(warn_at), |left| clock.when_left(left)).unwrap_or(due);
            Some([(soon, Occasion::DueSoon), (due, Occasion::Overdue)])
        }
        ClockState::Paused { .. } | ClockState::Met { .. } => None,
    });
    running.flatten().chain(unassigned.map(|at| (at, Occasion::Unassigned))).collect()
}

/// The first moment from then on.
#[must_use]
pub fn next(moments: &[(Timestamp, Occasion)], from: Timestamp) -> Option<Timestamp> {
    moments.iter().map(|(at, _)| *at).filter(|at| *at >= from).min()
}

/// What is to be told of the moments from then on that have passed: the gravest, and nothing of the others.
#[must_use]
pub fn passed(moments: &[(Timestamp, Occasion)], from: Timestamp, now: Timestamp) -> Option<Occasion> {
    moments.iter().filter(|(at, _)| (from..now).contains(at)).map(|(_, occasion)| *occasion).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{Period, promise::Seconds, running::ClockKind};

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).unwrap()
    }

    /// A clock over an hour in two halves, the second an hour later.
    fn clock(state: ClockState) -> Clock {
        let segments = vec![Period { from: at(0), to: at(30) }, Period { from: at(90), to: at(120) }];
        let target = Seconds::new(3600).unwrap();
        Clock { kind: ClockKind::FirstResponse, started: at(0), target, state, breached: false, segments }
    }

    #[test]
    fn only_what_runs_becomes_due() {
        let running = clock(ClockState::Running { due: at(120), warn_at: at(108) });
        let paused = clock(ClockState::Paused { left: SignedDuration::ZERO });
        let met = clock(ClockState::Met { at: at(10), due: at(120) });
        let both = |soon| vec![(at(soon), Occasion::DueSoon), (at(120), Occasion::Overdue)];
        let minutes = |m| Some(SignedDuration::from_mins(m));
        assert_eq!(moments(&[running.clone(), paused, met], None, None), both(108));
        assert_eq!(moments(std::slice::from_ref(&running), minutes(10), None), both(110));
        assert_eq!(moments(std::slice::from_ref(&running), minutes(45), None), both(15), "of open time");
        assert_eq!(
            moments(std::slice::from_ref(&running), minutes(500), None),
            both(0),
            "not before it began"
        );
        let unassigned = moments(&[running], None, Some(at(20)));
        assert_eq!(next(&unassigned, at(0)), Some(at(20)));
        assert_eq!(next(&unassigned, at(21)), Some(at(108)));
        assert_eq!(next(&unassigned, at(121)), None);
    }

    #[test]
    fn of_what_has_passed_the_gravest_is_told() {
        let moments =
            [(at(20), Occasion::Unassigned), (at(108), Occasion::DueSoon), (at(120), Occasion::Overdue)];
        for (from, now, told) in [
            (0, 20, None),
            (0, 21, Some(Occasion::Unassigned)),
            (20, 109, Some(Occasion::DueSoon)),
            (0, 500, Some(Occasion::Overdue)),
            (108, 120, Some(Occasion::DueSoon)),
            (109, 120, None),
            (121, 500, None),
        ] {
            assert_eq!(passed(&moments, at(from), at(now)), told, "{from} {now}");
        }
    }
}
