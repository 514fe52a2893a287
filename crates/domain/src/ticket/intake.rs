//! The way in: what becomes of a message, decided from values alone.

use jiff::Timestamp;

use super::lifecycle::State;
use super::timeline::Warning;
use crate::id::TicketId;
use crate::words;

words! {
    /// What became of a raw message.
    pub enum Outcome {
        /// It opened a ticket.
        Ticket = "ticket",
        /// It joined one.
        Reply = "reply",
        /// It was kept, and nothing else was done.
        Ignored = "ignored",
        /// It was processed before.
        Duplicate = "duplicate",
        /// It could not be processed, and is parked.
        Quarantined = "quarantined",
    }
}

words! {
    /// Why it became that. Each has a text that agents read.
    pub enum Why {
        /// An automatic reply that belongs to no ticket.
        AutoReply = "auto_reply",
        /// A mail of ours came back; the ticket says so.
        Bounce = "bounce",
        /// A mail came back that is none of ours.
        ForeignBounce = "foreign_bounce",
        /// A complaint about mail.
        Feedback = "feedback",
        /// We sent it ourselves.
        Loop = "loop",
        /// It has no sender whom a ticket could belong to.
        NoSender = "no_sender",
        /// The same message came before by another way.
        SameMessage = "same_message",
        /// The same bytes came before.
        SameBytes = "same_bytes",
        /// The ticket is closed: a new one goes on from it.
        Closed = "closed",
        /// The sender opens tickets faster than people do: it joined the newest of them.
        Flood = "flood",
        /// Its thread token is not ours, or no longer valid: a new ticket.
        BadToken = "bad_token",
        /// Reading it took too long, or ended in a fault.
        Unreadable = "unreadable",
        /// It is larger than the desk takes.
        TooLarge = "too_large",
    }
}

/// What nobody wrote, as the mail's own headers say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Automatic {
    /// Somebody wrote it, as far as one can tell.
    No,
    /// A mail came back.
    Bounce,
    /// A complaint about mail.
    Feedback,
    /// Out of office, or the like.
    AutoReply,
    /// A list or a bulk sender passed it on.
    Bulk,
}

/// The ticket to which a valid token of ours leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thread {
    /// The ticket.
    pub ticket: TicketId,
    /// Where it stands.
    pub state: State,
    /// Until when a message reopens it, if it is resolved.
    pub reopen_until: Option<Timestamp>,
    /// Whether the sender is its requester, a follower, or of the same customer.
    pub knows_sender: bool,
}

/// What is known of a message when its way is decided.
#[derive(Clone, Copy, Debug)]
pub struct Arrival {
    /// When it came.
    pub now: Timestamp,
    /// What nobody wrote.
    pub automatic: Automatic,
    /// Whether it has a sender with a usable address.
    pub has_sender: bool,
    /// Whether it carries our own mark or comes from a mailbox of the desk.
    pub ours: bool,
    /// Whether it is old mail from an address of the desk: in a thread it is what the desk answered then.
    pub old_answer: bool,
    /// The ticket to which it belongs.
    pub thread: Option<Thread>,
    /// Whether it carries something that looks like a token of ours and is not.
    pub bad_token: bool,
    /// Whether the sender's address is an agent's.
    pub from_agent: bool,
    /// Whether From and Reply-To name different people, one of them an agent.
    pub other_reply_to: bool,
    /// Whether the receiving server says that the sender's domain did not send it.
    pub authentication_failed: bool,
    /// Whether it could not be read completely.
    pub damaged: bool,
    /// The newest ticket of a sender who has opened [`FLOOD`] tickets within an hour.
    pub flooded: Option<TicketId>,
}

/// How many tickets an address may open by mail within an hour; what comes after joins the newest.
pub const FLOOD: i64 = 10;

/// How many mails that mail can be the cause of an address gets from us within an hour: what breaks a loop that no header shows.
pub const AUTOMATIC_PER_HOUR: i64 = 4;

/// The way of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// It joins a ticket as its customer's word.
    Reply {
        /// The ticket.
        ticket: TicketId,
        /// Why there, if not by its thread.
        why: Option<Why>,
        /// What its readers should know.
        warnings: Vec<Warning>,
    },
    /// It joins a ticket, and changes nothing there.
    Aside {
        /// The ticket.
        ticket: TicketId,
        /// What its readers should know.
        warnings: Vec<Warning>,
    },
    /// It joins a ticket as what the desk answered then. It went out long ago, and goes out to nobody now.
    Answer {
        /// The ticket.
        ticket: TicketId,
    },
    /// It opens a ticket.
    NewTicket {
        /// The closed ticket that it goes on from.
        parent: Option<TicketId>,
        /// Why not an older one.
        why: Option<Why>,
        /// Whether the sender may get an acknowledgement.
        acknowledge: bool,
        /// What its readers should know.
        warnings: Vec<Warning>,
    },
    /// It is kept, and nothing else is done.
    Ignore(Why),
}

/// Decides the way of a message. It is never answered unless a person wrote it.
#[must_use]
pub fn route(a: &Arrival) -> Route {
    let old_answer = a.thread.filter(|_| a.old_answer);
    if a.ours && old_answer.is_none() {
        return Route::Ignore(Why::Loop);
    }
    match a.automatic {
        Automatic::Bounce if a.thread.is_some() => return Route::Ignore(Why::Bounce),
        Automatic::Bounce => return Route::Ignore(Why::ForeignBounce),
        Automatic::Feedback => return Route::Ignore(Why::Feedback),
        Automatic::AutoReply => {
            return match a.thread {
                Some(thread) => {
                    Route::Aside { ticket: thread.ticket, warnings: warnings(a, Some(Warning::AutoReply)) }
                }
                None => Route::Ignore(Why::AutoReply),
            };
        }
        Automatic::No | Automatic::Bulk => {}
    }
    if let Some(thread) = old_answer {
        return Route::Answer { ticket: thread.ticket };
    }
    if !a.has_sender {
        return Route::Ignore(Why::NoSender);
    }
    let bulk = (a.automatic == Automatic::Bulk).then_some(Warning::Bulk);
    let acknowledge = bulk.is_none() && !a.from_agent && !a.authentication_failed;
    match a.thread {
        Some(t) if joins(t.state, t.reopen_until, a.now) => {
            Route::Reply { ticket: t.ticket, why: None, warnings: warnings(a, bulk) }
        }
        // A stranger with a token learns nothing by it: the new ticket is not tied to the old one.
        thread => {
            if let Some(ticket) = a.flooded {
                return Route::Reply { ticket, why: Some(Why::Flood), warnings: warnings(a, bulk) };
            }
            let parent = thread.filter(|t| t.knows_sender).map(|t| t.ticket);
            let why = match (thread, a.bad_token) {
                (Some(_), _) => Some(Why::Closed),
                (None, true) => Some(Why::BadToken),
                (None, false) => None,
            };
            let warnings = warnings(&Arrival { thread: None, ..*a }, bulk);
            Route::NewTicket { parent, why, acknowledge, warnings }
        }
    }
}

/// Whether a message still belongs to a ticket in this state.
#[must_use]
pub fn joins(state: State, reopen_until: Option<Timestamp>, now: Timestamp) -> bool {
    match state {
        State::New | State::Open | State::WaitingCustomer | State::WaitingSupplier => true,
        State::Resolved => reopen_until.is_none_or(|until| now < until),
        State::Closed => false,
    }
}

fn warnings(a: &Arrival, first: Option<Warning>) -> Vec<Warning> {
    let rows = [
        (a.thread.is_some_and(|t| !t.knows_sender), Warning::UnknownSender),
        (a.from_agent, Warning::ClaimsToBeAgent),
        (a.other_reply_to, Warning::OtherReplyTo),
        (a.authentication_failed, Warning::FailedAuthentication),
        (a.damaged, Warning::Damaged),
    ];
    first.into_iter().chain(rows.into_iter().filter(|(holds, _)| *holds).map(|(_, w)| w)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::constant(1_700_000_000, 0);
    const PLAIN: Arrival = Arrival {
        now: NOW,
        automatic: Automatic::No,
        has_sender: true,
        ours: false,
        old_answer: false,
        thread: None,
        bad_token: false,
        from_agent: false,
        other_reply_to: false,
        authentication_failed: false,
        damaged: false,
        flooded: None,
    };

    fn ticket() -> TicketId {
        TicketId::from_uuid(uuid::Uuid::from_u128(1))
    }

    fn thread(state: State) -> Thread {
        Thread { ticket: ticket(), state, reopen_until: Some(NOW), knows_sender: true }
    }

    fn new(why: Option<Why>, acknowledge: bool, warnings: &[Warning]) -> Route {
        Route::NewTicket { parent: None, why, acknowledge, warnings: warnings.to_vec() }
    }

    #[test]
    fn a_word_out_of_the_blue_opens_a_ticket() {
        assert_eq!(route(&PLAIN), new(None, true, &[]));
        assert_eq!(route(&Arrival { bad_token: true, ..PLAIN }), new(Some(Why::BadToken), true, &[]));
        assert_eq!(
            route(&Arrival { automatic: Automatic::Bulk, ..PLAIN }),
            new(None, false, &[Warning::Bulk])
        );
        assert_eq!(route(&Arrival { has_sender: false, ..PLAIN }), Route::Ignore(Why::NoSender));
    }

    #[test]
    fn what_nobody_wrote_changes_nothing() {
        let threaded = Arrival { thread: Some(thread(State::Open)), ..PLAIN };
        let rows = [
            (Automatic::Bounce, PLAIN, Route::Ignore(Why::ForeignBounce)),
            (Automatic::Bounce, threaded, Route::Ignore(Why::Bounce)),
            (Automatic::Feedback, threaded, Route::Ignore(Why::Feedback)),
            (Automatic::AutoReply, PLAIN, Route::Ignore(Why::AutoReply)),
            (
                Automatic::AutoReply,
                threaded,
                Route::Aside { ticket: ticket(), warnings: vec![Warning::AutoReply] },
            ),
        ];
        for (automatic, arrival, expected) in rows {
            assert_eq!(route(&Arrival { automatic, ..arrival }), expected, "{automatic:?}");
        }
        assert_eq!(route(&Arrival { ours: true, ..threaded }), Route::Ignore(Why::Loop));
    }

    #[test]
    fn a_thread_is_joined_until_it_is_closed() {
        for state in [State::New, State::Open, State::WaitingCustomer, State::WaitingSupplier] {
            let route = route(&Arrival { thread: Some(thread(state)), ..PLAIN });
            assert_eq!(route, Route::Reply { ticket: ticket(), why: None, warnings: vec![] }, "{state}");
        }
        let linked = Route::NewTicket {
            parent: Some(ticket()),
            why: Some(Why::Closed),
            acknowledge: true,
            warnings: vec![],
        };
        for state in [State::Resolved, State::Closed] {
            assert_eq!(route(&Arrival { thread: Some(thread(state)), ..PLAIN }), linked, "{state} and late");
        }
        let in_time = Thread { reopen_until: None, ..thread(State::Resolved) };
        assert!(matches!(route(&Arrival { thread: Some(in_time), ..PLAIN }), Route::Reply { .. }));
    }

    #[test]
    fn v04_a_stranger_with_a_token_is_marked_and_gains_nothing() {
        let stranger = Thread { knows_sender: false, ..thread(State::Open) };
        assert_eq!(
            route(&Arrival { thread: Some(stranger), ..PLAIN }),
            Route::Reply { ticket: ticket(), why: None, warnings: vec![Warning::UnknownSender] }
        );
        let closed = Thread { knows_sender: false, ..thread(State::Closed) };
        assert_eq!(route(&Arrival { thread: Some(closed), ..PLAIN }), new(Some(Why::Closed), true, &[]));
    }

    #[test]
    fn v01_an_agents_address_gives_no_powers() {
        let arrival = Arrival { from_agent: true, thread: Some(thread(State::Open)), ..PLAIN };
        assert_eq!(
            route(&arrival),
            Route::Reply { ticket: ticket(), why: None, warnings: vec![Warning::ClaimsToBeAgent] }
        );
    }

    #[test]
    fn old_mail_of_the_desk_is_its_answer_in_a_thread_alone() {
        let threaded = Arrival { old_answer: true, thread: Some(thread(State::Open)), ..PLAIN };
        for ours in [false, true] {
            let arrival = Arrival { ours, ..threaded };
            assert_eq!(route(&arrival), Route::Answer { ticket: ticket() }, "{ours}");
        }
        let machine = Arrival { ours: true, automatic: Automatic::AutoReply, ..threaded };
        assert!(matches!(route(&machine), Route::Aside { .. }), "what no person wrote is no answer");
        assert_eq!(route(&Arrival { ours: true, thread: None, ..threaded }), Route::Ignore(Why::Loop));
        assert_eq!(route(&Arrival { thread: None, ..threaded }), new(None, true, &[]));
    }

    #[test]
    fn r17_a_flood_joins_one_ticket() {
        assert_eq!(
            route(&Arrival { flooded: Some(ticket()), ..PLAIN }),
            Route::Reply { ticket: ticket(), why: Some(Why::Flood), warnings: vec![] }
        );
    }
}
