//! The team clock: how much of what was promised to the customer the desk has used itself. It stands still while somebody
//! else holds the ticket, so a supplier's delay is not ours, and ours does not hide behind it.

use jiff::{SignedDuration, Timestamp};

use crate::clock::promise::Seconds;
use crate::clock::running::{Event, Fact};
use crate::clock::{Calendar, ClockError, Period};

/// The clock as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamClock {
    /// The budget: what was promised to the customer.
    pub target: Seconds,
    /// How much open time the desk had it.
    pub used: SignedDuration,
    /// That time.
    pub segments: Vec<Period>,
    /// Whether it used more than was promised.
    pub breached: bool,
    /// Whether it counts now.
    pub runs: bool,
}

/// Counts from the opening until the solution or `now`, without what the ticket waited for the customer and without
/// `away`, in which others held it.
///
/// # Errors
/// As [`Calendar::elapsed`].
pub fn clock(
    calendar: &Calendar,
    target: Seconds,
    opened: Timestamp,
    facts: &[Fact],
    away: &[Period],
    now: Timestamp,
) -> Result<TeamClock, ClockError> {
    let mut pauses = away.to_vec();
    let mut paused = None;
    let mut facts: Vec<Fact> = facts.iter().copied().filter(|fact| fact.at <= now).collect();
    facts.sort_by_key(|fact| fact.at);
    for fact in facts {
        match fact.what {
            Event::WaitingForCustomer | Event::Resolved => {
                paused.get_or_insert(fact.at);
            }
            Event::Working => {
                pauses.extend(paused.take().map(|from: Timestamp| Period { from, to: fact.at.max(from) }));
            }
            Event::CustomerWrote | Event::Answered => {}
        }
    }
    pauses.extend(paused.map(|from| Period { from, to: now.max(from) }));
    let elsewhere = pauses.iter().any(|pause| pause.from <= now && now <= pause.to && pause.from < pause.to);
    let used = calendar.elapsed(opened.min(now), now, &pauses)?;
    Ok(TeamClock {
        target,
        breached: used.elapsed > SignedDuration::from_secs(i64::from(target.get())),
        used: used.elapsed,
        segments: used.segments,
        runs: !elsewhere,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_and_the_customer_do_not_use_our_time() {
        let calendar: Calendar =
            serde_json::from_str(r#"{"timezone":"UTC","hours":{"mon":[["09:00","17:00"]]}}"#).unwrap();
        let at = |time: &str| format!("2026-03-02T{time}:00Z").parse::<Timestamp>().unwrap();
        let period = |from, to| Period { from: at(from), to: at(to) };
        let facts = [
            Fact { at: at("10:30"), what: Event::WaitingForCustomer },
            Fact { at: at("11:00"), what: Event::Working },
        ];
        let count = |away: &[Period], now| {
            clock(&calendar, Seconds::new(3600).unwrap(), at("09:00"), &facts, away, at(now)).unwrap()
        };
        // An hour, then with the supplier, which overlaps with the wait for the customer.
        let away = [period("10:00", "10:45")];
        let there = count(&away, "10:40");
        assert_eq!((there.used, there.breached, there.runs), (SignedDuration::from_hours(1), false, false));
        let back = count(&away, "11:30");
        assert_eq!(back.used, SignedDuration::from_mins(90), "the supplier's delay hides nothing of ours");
        assert!(back.breached && back.runs);
    }
}
