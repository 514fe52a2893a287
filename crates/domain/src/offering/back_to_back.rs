//! Whether a promise of ours can be kept with what a supplier promises us.
//!
//! A request comes at some moment and goes to the supplier at once, so both clocks start together, each in its own
//! calendar. Their due time must not be after ours, whatever the moment. Both due times are functions of that moment
//! that go straight on, rising as fast as time or not at all, and bend or jump only where a calendar opens or closes,
//! or where the budget runs out exactly at a closing: there, and just beside, they are compared. All these moments are
//! whole seconds, so a nanosecond beside them is enough, and nothing between them can be worse.

use jiff::{SignedDuration, Timestamp};

use crate::clock::promise::{Promises, Seconds};
use crate::clock::running::ClockKind;
use crate::clock::{Calendar, ClockError, Period};
use crate::lang::Lang;
use crate::ticket::kinds::Severity;

use super::times::Times;

/// A promise, on one side or the other.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// When somebody answers.
    pub hours: &'a Calendar,
    /// In which languages; none at all is not known.
    pub languages: &'a [Lang],
    /// By when.
    pub promises: &'a Promises,
}

/// For what the supplier is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It answers in our stead.
    Delivers,
    /// We answer, and turn to it where we cannot help: so it need not speak our customers' languages, nor answer in
    /// our hours, but our solution may have to wait for its own.
    Escalation,
}

/// What is wrong with a promise of ours, or not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// We promise hours in which it is closed.
    Closed(Times),
    /// We promise a language that it does not speak.
    Language(Lang),
    /// Nobody knows which languages it speaks.
    LanguagesUnknown,
    /// Nobody knows when it is open.
    HoursUnknown,
    /// It may be due later than we are.
    Late {
        /// For which severity.
        severity: Severity,
        /// Which promise of its is too late.
        promise: ClockKind,
        /// The worst case.
        worst: Late,
    },
    /// It promises nothing where we do.
    PromiseUnknown {
        /// For which severity.
        severity: Severity,
        /// Which promise.
        promise: ClockKind,
    },
}

/// The worst case of a promise that a supplier cannot carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Late {
    /// When the request comes.
    pub at: Timestamp,
    /// By when we would have promised.
    pub ours: Timestamp,
    /// By when it would have.
    pub theirs: Timestamp,
}

impl Late {
    /// By how much it is later.
    #[must_use]
    pub fn by(&self) -> SignedDuration {
        self.theirs.duration_since(self.ours)
    }
}

/// Compares a promise of ours with a supplier's, for requests that come in these times and are this supplier's then.
///
/// # Errors
/// As [`Calendar::deadline`], but that ours is never due: then we promise nothing.
pub fn compare(
    ours: Side<'_>,
    theirs: Side<'_>,
    need: Need,
    served: &Times,
) -> Result<Vec<Finding>, ClockError> {
    let mut findings = Vec::new();
    if theirs.hours.never_opens() {
        return Ok(vec![Finding::HoursUnknown]);
    }
    if need == Need::Delivers {
        let mut closed = Times::none();
        for period in served.periods() {
            let promised = Times::open(ours.hours, *period)?;
            closed = closed.or(&promised.without(&Times::open(theirs.hours, *period)?));
        }
        if !closed.is_empty() {
            findings.push(Finding::Closed(closed));
        }
        match theirs.languages {
            [] => findings.push(Finding::LanguagesUnknown),
            spoken => {
                let missing = ours.languages.iter().filter(|lang| !spoken.contains(lang));
                findings.extend(missing.map(|lang| Finding::Language(*lang)));
            }
        }
    }
    for severity in Severity::ALL {
        let (we, they) = (ours.promises.of(*severity), theirs.promises.of(*severity));
        let pairs: Vec<(Option<Seconds>, Option<Seconds>, ClockKind)> = match need {
            Need::Delivers => vec![
                (we.first_response, they.first_response, ClockKind::FirstResponse),
                (we.resolution, they.resolution, ClockKind::Resolution),
            ],
            Need::Escalation => match they.resolution {
                Some(resolution) => vec![(we.resolution, Some(resolution), ClockKind::Resolution)],
                // It does not say when it will have solved anything; it cannot have before it answers.
                None => vec![
                    (we.resolution, None, ClockKind::Resolution),
                    (we.resolution, they.first_response, ClockKind::FirstResponse),
                ],
            },
        };
        for (we, they, promise) in pairs {
            let Some(we) = we else { continue };
            let severity = *severity;
            let Some(they) = they else {
                findings.push(Finding::PromiseUnknown { severity, promise });
                continue;
            };
            if let Some(worst) = worst((ours.hours, we), (theirs.hours, they), served)? {
                findings.push(Finding::Late { severity, promise, worst });
            }
        }
    }
    Ok(findings)
}

/// The moment within these times at which their due time is the furthest after ours; none if it never is.
///
/// # Errors
/// As [`Calendar::deadline`], but that ours is never due.
pub fn worst(
    ours: (&Calendar, Seconds),
    theirs: (&Calendar, Seconds),
    served: &Times,
) -> Result<Option<Late>, ClockError> {
    let mut worst: Option<Late> = None;
    if ours.0.never_opens() {
        return Ok(None);
    }
    for period in served.periods() {
        let mut moments = bends(ours, *period)?;
        moments.extend(bends(theirs, *period)?);
        moments.extend([period.from, period.to]);
        moments.sort_unstable();
        moments.dedup();
        for at in moments.into_iter().flat_map(beside).filter(|at| period.from <= *at && *at < period.to) {
            let due = |(calendar, budget): (&Calendar, Seconds)| {
                calendar.deadline(at, i64::from(budget.get()), &[]).map(|deadline| deadline.due)
            };
            let late = Late { at, ours: due(ours)?, theirs: due(theirs)? };
            if late.theirs > late.ours && worst.is_none_or(|before| late.by() > before.by()) {
                worst = Some(late);
            }
        }
    }
    Ok(worst)
}

/// A moment and the ones just before and after it.
fn beside(at: Timestamp) -> [Timestamp; 3] {
    let step = SignedDuration::from_nanos(1);
    [at.checked_sub(step).unwrap_or(at), at, at.checked_add(step).unwrap_or(at)]
}

/// The moments of a period at which the due time bends or jumps: where the calendar opens or closes, and from where
/// the budget lasts exactly until it closes.
fn bends((calendar, budget): (&Calendar, Seconds), period: Period) -> Result<Vec<Timestamp>, ClockError> {
    let budget = SignedDuration::from_secs(i64::from(budget.get()));
    let end = calendar.deadline(period.to, budget.as_secs(), &[])?.due;
    // The last opening may go on behind the last due time; where it ends then is no matter to any moment in here.
    let open = calendar.elapsed(period.from, end.max(period.to), &[])?.segments;
    let mut bends = Vec::with_capacity(open.len() * 3);
    // For each opening, how much open time lies before it.
    let mut before = Vec::with_capacity(open.len());
    let mut sum = SignedDuration::ZERO;
    for opening in &open {
        before.push(sum);
        sum += opening.length();
        bends.extend([opening.from, opening.to]);
        let starts_at = sum - budget;
        if starts_at.is_negative() {
            continue;
        }
        let place = before.partition_point(|before| *before <= starts_at).saturating_sub(1);
        if let (Some(opening), Some(before)) = (open.get(place), before.get(place)) {
            bends.extend(opening.from.checked_add(starts_at - *before).ok());
        }
    }
    Ok(bends)
}
