//! How a supplier keeps what it has promised: counted from the cases that went to it.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::states::Outcome;

/// Of fewer than these nothing is said in hundredths, nor which of them took longest: it would be chance.
pub const FEW: usize = 10;

/// Whether a promise was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// In time.
    Yes,
    /// Late, or overdue and not done yet.
    No,
    /// There is still time.
    Running,
}

/// A case that went to a supplier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// After how much open time of the supplier's own the first answer came; none while there is none, or where its hours
    /// are not known.
    pub answered_after: Option<SignedDuration>,
    /// Whether it came as promised; none where nothing was.
    pub first_response: Option<Kept>,
    /// How many of its promises were broken.
    pub breaches: u32,
    /// How often it was asked how far it is.
    pub chases: u32,
    /// How often its answer went back to it.
    pub sent_back: u32,
    /// How often it came back because something was missing.
    pub bounces: u32,
    /// With what it came back, if it is back.
    pub outcome: Option<Outcome>,
    /// Whether the supplier has it.
    pub is_open: bool,
    /// Whether the supplier did not take it.
    pub was_declined: bool,
}

/// What the cases come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// How many there are.
    pub cases: usize,
    /// How many the supplier has.
    pub open: usize,
    /// How many it did not take.
    pub declined: usize,
    /// How many first answers were measured.
    pub answered: usize,
    /// Half of them came sooner than that.
    pub median: Option<SignedDuration>,
    /// Nine of ten came no later; none of [`FEW`].
    pub ninetieth: Option<SignedDuration>,
    /// How many first answers were promised and are in, or overdue.
    pub promised: usize,
    /// How many of these came in time.
    pub kept: usize,
    /// How many promises of any kind were broken.
    pub breaches: u32,
    /// How often the supplier was asked how far it is.
    pub chases: u32,
    /// How often an answer went back to it.
    pub sent_back: u32,
    /// How often a case came back because something was missing.
    pub bounces: u32,
    /// With what cases came back.
    pub outcomes: BTreeMap<Outcome, usize>,
}

/// Counts cases.
#[must_use]
pub fn score(cases: &[Case]) -> Score {
    let mut times: Vec<SignedDuration> = cases.iter().filter_map(|case| case.answered_after).collect();
    times.sort_unstable();
    let with = |kept: Kept| cases.iter().filter(|case| case.first_response == Some(kept)).count();
    let (kept, broken) = (with(Kept::Yes), with(Kept::No));
    let mut score = Score {
        cases: cases.len(),
        open: cases.iter().filter(|case| case.is_open).count(),
        declined: cases.iter().filter(|case| case.was_declined).count(),
        answered: times.len(),
        median: median(&times),
        ninetieth: (times.len() >= FEW).then(|| times[(times.len() * 9).div_ceil(10) - 1]),
        promised: kept + broken,
        kept,
        ..Score::default()
    };
    for case in cases {
        score.breaches += case.breaches;
        score.chases += case.chases;
        score.sent_back += case.sent_back;
        score.bounces += case.bounces;
        if let Some(outcome) = case.outcome {
            *score.outcomes.entry(outcome).or_default() += 1;
        }
    }
    score
}

/// The middle of ordered times; of two in the middle, what lies between.
fn median(times: &[SignedDuration]) -> Option<SignedDuration> {
    let (low, high) = (times.get(times.len().checked_sub(1)? / 2)?, times.get(times.len() / 2)?);
    Some((*low + *high) / 2)
}

impl Score {
    /// How many of a hundred first answers came as promised; none of [`FEW`].
    #[must_use]
    pub const fn percent_kept(&self) -> Option<usize> {
        if self.promised < FEW { None } else { Some(self.kept * 100 / self.promised) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(minutes: i64) -> SignedDuration {
        SignedDuration::from_mins(minutes)
    }

    fn answered(after: i64, kept: Option<Kept>) -> Case {
        Case { answered_after: Some(minutes(after)), first_response: kept, ..Case::default() }
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert_eq!(score(&[]), Score::default());
        assert_eq!(Score::default().percent_kept(), None);
    }

    #[test]
    fn small_numbers_are_said_as_they_are() {
        let late = Case { first_response: Some(Kept::No), breaches: 2, is_open: true, ..Case::default() };
        let running = Case { first_response: Some(Kept::Running), is_open: true, ..Case::default() };
        let cases =
            [answered(30, Some(Kept::Yes)), answered(90, Some(Kept::Yes)), answered(50, None), late, running];
        let score = score(&cases);
        assert_eq!((score.cases, score.open, score.answered), (5, 2, 3));
        assert_eq!((score.median, score.ninetieth), (Some(minutes(50)), None));
        assert_eq!((score.kept, score.promised, score.percent_kept()), (2, 3, None));
        assert_eq!(score.breaches, 2);
    }

    #[test]
    fn of_ten_and_more_hundredths_and_the_ninetieth_are_said() {
        let cases: Vec<Case> =
            (1..=20).map(|n| answered(n * 10, Some(if n <= 15 { Kept::Yes } else { Kept::No }))).collect();
        let score = score(&cases);
        assert_eq!((score.median, score.ninetieth), (Some(minutes(105)), Some(minutes(180))));
        assert_eq!((score.kept, score.promised, score.percent_kept()), (15, 20, Some(75)));
    }

    #[test]
    fn what_came_back_is_counted_by_its_outcome() {
        let back = |outcome| Case { outcome: Some(outcome), chases: 1, sent_back: 1, ..Case::default() };
        // Twice something was missing before it was solved.
        let solved = Case { bounces: 2, ..back(Outcome::Solved) };
        let score = score(&[back(Outcome::Documentation), back(Outcome::Documentation), solved]);
        assert_eq!(score.outcomes, BTreeMap::from([(Outcome::Solved, 1), (Outcome::Documentation, 2)]));
        assert_eq!((score.chases, score.sent_back, score.bounces), (3, 3, 2));
    }
}
