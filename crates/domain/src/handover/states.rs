//! The states of a hand-over as a table: who may do what when.

use std::collections::BTreeSet;

use crate::{ticket::diagnosis::Evidence, words};

words! {
    /// Where one leg of a hand-over stands: from the desk that offers to the one that receives.
    pub enum Leg {
        /// It is being prepared.
        Draft = "draft",
        /// It was offered, with an expiry.
        Offered = "offered",
        /// The offerer took the offer back.
        Withdrawn = "withdrawn",
        /// The receiver wants it. Until the offerer confirms, the offerer still holds.
        Accepted = "accepted",
        /// The receiver does not want it.
        Declined = "declined",
        /// Nobody took it in time.
        Expired = "expired",
        /// The receiver holds it.
        InProgress = "in_progress",
        /// It came back with an answer.
        Returned = "returned",
        /// The offerer is content with the answer.
        Approved = "approved",
        /// The offerer is not: the receiver holds it again.
        SentBack = "sent_back",
        /// The offerer began anew without it: the receiver held it and never answered. Known to the two, not to the chain.
        LetGo = "let_go",
        /// Over.
        Closed = "closed",
    }
}

words! {
    /// What moves a hand-over on.
    pub enum Step {
        /// The package goes out.
        Offer = "offer",
        /// The offer is taken back.
        Withdraw = "withdraw",
        /// The receiver says yes.
        Accept = "accept",
        /// The receiver says no.
        Decline = "decline",
        /// The time is over.
        Expire = "expire",
        /// The offerer lets go: from this instant the receiver holds.
        Confirm = "confirm",
        /// The receiver gives it back with an answer.
        Return = "return",
        /// The offerer takes the answer.
        Approve = "approve",
        /// The offerer asks again.
        SendBack = "send_back",
        /// The offerer waits no longer, and begins anew without the receiver.
        LetGo = "let_go",
        /// All is over.
        Close = "close",
    }
}

/// On which side of a leg somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// Who offers.
    Offerer,
    /// To whom it is offered.
    Receiver,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    /// From where.
    pub from: &'static [Leg],
    /// What is done.
    pub step: Step,
    /// To where.
    pub to: Leg,
    /// Who does it.
    pub by: Party,
}

/// Every move that there is.
pub const MOVES: &[Move] = {
    use Leg::{
        Accepted, Approved, Closed, Declined, Draft, Expired, InProgress, LetGo, Offered, Returned, SentBack,
        Withdrawn,
    };
    use Party::{Offerer, Receiver};
    &[
        Move { from: &[Draft], step: Step::Offer, to: Offered, by: Offerer },
        Move { from: &[Offered, Accepted], step: Step::Withdraw, to: Withdrawn, by: Offerer },
        Move { from: &[Offered], step: Step::Accept, to: Accepted, by: Receiver },
        Move { from: &[Offered], step: Step::Decline, to: Declined, by: Receiver },
        Move { from: &[Offered, Accepted], step: Step::Expire, to: Expired, by: Offerer },
        Move { from: &[Accepted], step: Step::Confirm, to: InProgress, by: Offerer },
        Move { from: &[InProgress, SentBack], step: Step::Return, to: Returned, by: Receiver },
        Move { from: &[Returned], step: Step::Approve, to: Approved, by: Offerer },
        Move { from: &[Returned], step: Step::SendBack, to: SentBack, by: Offerer },
        Move { from: &[InProgress, SentBack], step: Step::LetGo, to: LetGo, by: Offerer },
        Move { from: &[Approved], step: Step::Close, to: Closed, by: Offerer },
    ]
};

impl Leg {
    /// Where a step leads from here; none if there is no such step.
    #[must_use]
    pub fn after(self, step: Step, by: Party) -> Option<Leg> {
        MOVES.iter().find(|m| m.step == step && m.by == by && m.from.contains(&self)).map(|m| m.to)
    }

    /// What a party may do from here, in the order of the table.
    pub fn steps(self, by: Party) -> impl Iterator<Item = Step> {
        MOVES.iter().filter(move |m| m.by == by && m.from.contains(&self)).map(|m| m.step)
    }

    /// Whether an offer is out and nobody has let go yet: the offerer holds, and may do nothing else with it.
    #[must_use]
    pub const fn is_offered(self) -> bool {
        match self {
            Leg::Offered | Leg::Accepted => true,
            Leg::Draft
            | Leg::Withdrawn
            | Leg::Declined
            | Leg::Expired
            | Leg::InProgress
            | Leg::Returned
            | Leg::Approved
            | Leg::SentBack
            | Leg::LetGo
            | Leg::Closed => false,
        }
    }

    /// Whether the receiver, or somebody further on, holds it.
    #[must_use]
    pub const fn is_away(self) -> bool {
        match self {
            Leg::InProgress | Leg::SentBack => true,
            Leg::Draft
            | Leg::Offered
            | Leg::Accepted
            | Leg::Withdrawn
            | Leg::Declined
            | Leg::Expired
            | Leg::Returned
            | Leg::Approved
            | Leg::LetGo
            | Leg::Closed => false,
        }
    }

    /// Whether an answer is back and stands.
    #[must_use]
    pub const fn is_back(self) -> bool {
        match self {
            Leg::Returned | Leg::Approved | Leg::Closed => true,
            Leg::Draft
            | Leg::Offered
            | Leg::Accepted
            | Leg::Withdrawn
            | Leg::Declined
            | Leg::Expired
            | Leg::InProgress
            | Leg::SentBack
            | Leg::LetGo => false,
        }
    }

    /// Whether nothing follows any more.
    #[must_use]
    pub const fn is_over(self) -> bool {
        match self {
            Leg::Withdrawn | Leg::Declined | Leg::Expired | Leg::LetGo | Leg::Closed => true,
            Leg::Draft
            | Leg::Offered
            | Leg::Accepted
            | Leg::InProgress
            | Leg::Returned
            | Leg::Approved
            | Leg::SentBack => false,
        }
    }
}

words! {
    /// With what it came back.
    pub enum Outcome {
        /// It works again.
        Solved = "solved",
        /// The answer stands in a document.
        Documentation = "documentation",
        /// It is known, and will be mended or not.
        KnownIssue = "known_issue",
        /// The receiver cannot or will not help.
        Declined = "declined",
        /// The receiver needs to know something that was not there.
        DataMissing = "data_missing",
    }
}

/// How it came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Back {
    /// With what.
    pub outcome: Outcome,
    /// What was missing, as far as it is named; nothing but of [`Outcome::DataMissing`].
    pub missing: BTreeSet<Evidence>,
}

impl From<Outcome> for Back {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, missing: BTreeSet::new() }
    }
}

impl Back {
    /// How it came back; none if something is said to be missing of what came back otherwise.
    #[must_use]
    pub fn new(outcome: Outcome, missing: BTreeSet<Evidence>) -> Option<Self> {
        (outcome == Outcome::DataMissing || missing.is_empty()).then_some(Self { outcome, missing })
    }

    /// As another desk said it: in the chain, and in its answer. Words for evidence that are not known here are left out.
    #[must_use]
    pub fn heard(outcome: Outcome, missing: Option<&[String]>) -> Self {
        match missing {
            None => outcome.into(),
            Some(words) => Self {
                outcome: Outcome::DataMissing,
                missing: words.iter().filter_map(|word| word.parse().ok()).collect(),
            },
        }
    }

    /// As the chain has it. A desk that does not know that something can be missing would not read it, and nothing after
    /// it: there it was not taken on, and the answer says why.
    #[must_use]
    pub const fn in_chain(&self) -> Outcome {
        match self.outcome {
            Outcome::DataMissing => Outcome::Declined,
            Outcome::Solved | Outcome::Documentation | Outcome::KnownIssue | Outcome::Declined => {
                self.outcome
            }
        }
    }

    /// What was missing, as the answer names it; none if nothing was.
    #[must_use]
    pub fn in_answer(&self) -> Option<Vec<String>> {
        (self.outcome == Outcome::DataMissing)
            .then(|| self.missing.iter().map(|evidence| evidence.word().to_owned()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_from_a_state_by_a_party_is_unambiguous() {
        for state in Leg::ALL {
            for step in Step::ALL {
                for by in [Party::Offerer, Party::Receiver] {
                    let n = MOVES.iter().filter(|m| m.step == *step && m.by == by && m.from.contains(state));
                    assert!(n.count() <= 1, "{state} {step}");
                }
            }
        }
    }

    #[test]
    fn what_is_over_has_no_step_and_everything_else_has_one() {
        for state in Leg::ALL {
            let steps = state.steps(Party::Offerer).count() + state.steps(Party::Receiver).count();
            assert_eq!(steps == 0, state.is_over(), "{state}");
        }
    }

    #[test]
    fn what_was_missing_travels_with_the_answer() {
        for outcome in Outcome::ALL {
            let back = Back::from(*outcome);
            assert_eq!(Back::heard(back.in_chain(), back.in_answer().as_deref()), back, "{outcome}");
            assert_ne!(back.in_chain(), Outcome::DataMissing, "a desk of before stops there");
        }
        let missing = BTreeSet::from([Evidence::TenantId, Evidence::FirstSeen]);
        let back = Back::new(Outcome::DataMissing, missing.clone()).unwrap();
        let mut words = back.in_answer().unwrap();
        assert_eq!((back.in_chain(), words.len()), (Outcome::Declined, 2));
        words.push("of_a_newer_version".into());
        assert_eq!(Back::heard(Outcome::Declined, Some(words.as_slice())), back);
        assert_eq!(Back::new(Outcome::Solved, missing), None);
    }

    #[test]
    fn expiry_and_withdrawal_are_the_offerers_until_the_confirm() {
        for step in [Step::Withdraw, Step::Expire] {
            assert!(Leg::Accepted.after(step, Party::Offerer).is_some());
            assert!(Leg::InProgress.after(step, Party::Offerer).is_none());
            assert!(Leg::ALL.iter().all(|state| state.after(step, Party::Receiver).is_none()));
        }
    }
}
