//! The lifecycle of a ticket as a table: handlers, buttons, permissions and docs read the same lines.

use crate::access::Permission;
use crate::words;

words! {
    /// Where a ticket stands.
    pub enum State {
        /// Nobody has looked at it.
        New = "new",
        /// It is ours to act.
        Open = "open",
        /// The customer has to answer. Customer promises pause.
        WaitingCustomer = "waiting_customer",
        /// A supplier has to answer. Customer promises go on.
        WaitingSupplier = "waiting_supplier",
        /// Answered; the customer may reopen it within the desk's window. Customer promises pause.
        Resolved = "resolved",
        /// Over. A further message makes a new, linked ticket.
        Closed = "closed",
    }
}

impl State {
    /// Whether somebody still has to do something.
    #[must_use]
    pub const fn is_active(self) -> bool {
        match self {
            State::New | State::Open | State::WaitingCustomer | State::WaitingSupplier => true,
            State::Resolved | State::Closed => false,
        }
    }

    /// Whether the promises to the customer stand still in this state.
    #[must_use]
    pub const fn pauses_promises(self) -> bool {
        match self {
            State::WaitingCustomer | State::Resolved | State::Closed => true,
            State::New | State::Open | State::WaitingSupplier => false,
        }
    }
}

words! {
    /// What a person can do to a ticket's state.
    pub enum Action {
        /// Start working on it.
        Open = "open",
        /// Wait for the customer.
        WaitCustomer = "wait_customer",
        /// Wait for a supplier.
        WaitSupplier = "wait_supplier",
        /// Declare it answered.
        Resolve = "resolve",
        /// Take it up again.
        Reopen = "reopen",
        /// End it for good.
        Close = "close",
    }
}

/// Who makes a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// An agent with this permission on the ticket.
    Agent(Permission),
    /// An agent with this permission, or a contact of the customer in the portal or by mail.
    AgentOrContact(Permission),
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    /// In which states the move is offered.
    pub from: &'static [State],
    /// What is done.
    pub action: Action,
    /// Where the ticket stands afterwards.
    pub to: State,
    /// Who may.
    pub by: By,
}

/// Every move that there is.
pub const MOVES: &[Move] = {
    use State::{Closed, New, Open, Resolved, WaitingCustomer, WaitingSupplier};
    const WORK: By = By::Agent(Permission::TicketWork);
    const BOTH: By = By::AgentOrContact(Permission::TicketWork);
    &[
        Move { from: &[New, WaitingCustomer, WaitingSupplier], action: Action::Open, to: Open, by: WORK },
        Move {
            from: &[New, Open, WaitingSupplier],
            action: Action::WaitCustomer,
            to: WaitingCustomer,
            by: WORK,
        },
        Move {
            from: &[New, Open, WaitingCustomer],
            action: Action::WaitSupplier,
            to: WaitingSupplier,
            by: WORK,
        },
        Move {
            from: &[New, Open, WaitingCustomer, WaitingSupplier],
            action: Action::Resolve,
            to: Resolved,
            by: WORK,
        },
        Move { from: &[Resolved], action: Action::Reopen, to: Open, by: BOTH },
        Move {
            from: &[New, Open, WaitingCustomer, WaitingSupplier, Resolved],
            action: Action::Close,
            to: Closed,
            by: BOTH,
        },
    ]
};

words! {
    /// How a ticket's hand-overs stand to its end.
    pub enum Passage {
        /// There is none that matters.
        Free = "free",
        /// A supplier has it, or has been offered it.
        Away = "away",
        /// It came back, and the customer has not been told.
        Untold = "untold",
        /// Another desk handed it over to this one and waits for an answer.
        Owed = "owed",
    }
}

/// Why an agent may not end a ticket yet; none where it may. Who was handed over waits for an answer as any customer
/// does: nobody closes what the customer has not heard of.
#[must_use]
pub const fn keeps_open(action: Action, passage: Passage) -> Option<&'static str> {
    match action {
        Action::Open | Action::WaitCustomer | Action::WaitSupplier | Action::Reopen => None,
        Action::Resolve | Action::Close => match passage {
            Passage::Free => None,
            Passage::Away => Some("handed-over"),
            Passage::Untold => Some("customer-not-told"),
            Passage::Owed => Some("give-back"),
        },
    }
}

/// The move that an action makes from a state, if there is one.
#[must_use]
pub fn find(from: State, action: Action) -> Option<&'static Move> {
    MOVES.iter().find(|m| m.action == action && m.from.contains(&from))
}

/// The moves that are offered in a state, in the order of the table.
pub fn choices(from: State) -> impl Iterator<Item = &'static Move> {
    MOVES.iter().filter(move |m| m.from.contains(&from))
}

/// The state in which a ticket is after its customer wrote: the desk has to act again.
#[must_use]
pub const fn after_customer_wrote(state: State) -> State {
    match state {
        State::New => State::New,
        State::Open | State::WaitingCustomer | State::WaitingSupplier | State::Resolved => State::Open,
        State::Closed => State::Closed,
    }
}

/// The state in which a ticket is after an agent answered, if nothing else was chosen.
#[must_use]
pub const fn after_answer(state: State) -> State {
    match state {
        State::New => State::Open,
        State::Open | State::WaitingCustomer | State::WaitingSupplier | State::Resolved | State::Closed => {
            state
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_leads_somewhere_and_never_to_itself() {
        for action in Action::ALL {
            assert!(MOVES.iter().any(|m| m.action == *action), "{action} is in the table");
        }
        for m in MOVES {
            assert!(!m.from.contains(&m.to), "{} from its own target", m.action);
        }
    }

    #[test]
    fn nothing_leaves_closed() {
        assert_eq!(choices(State::Closed).count(), 0);
    }

    #[test]
    fn an_action_is_unambiguous() {
        for state in State::ALL {
            for action in Action::ALL {
                let n = MOVES.iter().filter(|m| m.action == *action && m.from.contains(state)).count();
                assert!(n <= 1, "{state} {action}");
            }
        }
    }
}
