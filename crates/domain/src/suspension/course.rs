//! How a suspension goes on: from what is known to the one next step, and to nothing where a rail holds.

use jiff::Timestamp;

use super::{
    ItemState, State,
    rails::{GOOD_FOR, Rail, Why},
};
use crate::subscription::{acts::Progress, guard::Wish};

/// One subscription of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// How far it is.
    pub state: ItemState,
    /// Whether a person has to do it.
    pub by_hand: bool,
    /// How far what Microsoft is asked is, if it is.
    pub act: Option<Progress>,
    /// What is to be done next so that it is as it was.
    pub wish: Option<Wish>,
    /// Whether nobody can use it.
    pub is_off: bool,
    /// Whether it is as it was.
    pub is_as_it_was: bool,
    /// Whether it was read lately enough to say any of this.
    pub is_read: bool,
    /// How often something was asked for that brings it back.
    pub tries: u32,
    /// Whether Microsoft, or a person, was asked to suspend it.
    pub is_sent: bool,
    /// Whether a person says that what is to be done by hand was done.
    pub is_told: bool,
}

/// So often something is asked for that brings one back; then a person looks.
const TRIES: u32 = 6;

/// A suspension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course<'c> {
    /// How far it is.
    pub state: State,
    /// When it was proposed.
    pub proposed_at: Timestamp,
    /// Whether nothing is sent.
    pub rehearsal: bool,
    /// Its subscriptions.
    pub items: &'c [Item],
    /// The rail that holds a call, if one does.
    pub hold: Option<(Rail, Why)>,
    /// Whether what the customer owes still lets it be suspended; none if nobody knows.
    pub due: Option<bool>,
    /// Whether a person wants it taken back.
    pub back: bool,
    /// Whether nothing at all goes out: the desk comes from a backup.
    pub muted: bool,
}

/// What is to be done next. The number is the item's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing, now.
    Wait,
    /// Microsoft is asked to suspend it.
    Call(usize),
    /// A person is asked to do it.
    Ask(usize),
    /// How far an item is.
    Note(usize, ItemState),
    /// No item that was not sent is any more.
    Stop(Rail, Why),
    /// Microsoft is asked for something that brings it back.
    Restore(usize, Wish),
    /// How far the whole is.
    Become(State),
}

/// What is to be done next.
#[must_use]
pub fn next(course: &Course<'_>, now: Timestamp) -> Step {
    match course.state {
        State::Proposed if now.duration_since(course.proposed_at) > GOOD_FOR => Step::Become(State::Expired),
        State::Proposed => Step::Wait,
        State::Approved => carry_out(course),
        State::Suspended if course.back || course.due == Some(false) => Step::Become(State::Reversing),
        State::Suspended => Step::Wait,
        State::Reversing => take_back(course),
        State::Refused
        | State::Withdrawn
        | State::Expired
        | State::Stopped
        | State::Rehearsed
        | State::Failed
        | State::Restored
        | State::Differs => Step::Wait,
    }
}

fn place(course: &Course<'_>, wanted: ItemState) -> Option<usize> {
    course.items.iter().position(|item| item.state == wanted)
}

/// One after another: the next is not called for before the one before has ended.
fn carry_out(course: &Course<'_>) -> Step {
    if let Some(at) = place(course, ItemState::Calling) {
        let item = &course.items[at];
        return match item.act {
            Some(Progress::Waiting | Progress::Sent | Progress::Taken) => Step::Wait,
            Some(Progress::Done) => Step::Note(at, ItemState::Suspended),
            // What was sent may have had its effect, whatever the answer was: only a reading tells.
            _ if item.is_sent && !item.is_read => Step::Wait,
            _ if item.is_sent && item.is_off => Step::Note(at, ItemState::Suspended),
            Some(Progress::Withdrawn) => Step::Note(at, ItemState::Stopped),
            Some(
                Progress::Overtaken
                | Progress::Forbidden
                | Progress::Refused
                | Progress::Expired
                | Progress::Lost,
            )
            | None => Step::Note(at, ItemState::Failed),
        };
    }
    let done = |item: &Item| item.state == ItemState::ByHand && item.is_read && item.is_off;
    if let Some(at) = course.items.iter().position(done) {
        return Step::Note(at, ItemState::Suspended);
    }
    let waiting = place(course, ItemState::Waiting);
    if waiting.is_none() && place(course, ItemState::ByHand).is_none() {
        return Step::Become(settled(course.items));
    }
    match (course.hold, waiting) {
        (Some((rail, why)), _) if !why.passes() => Step::Stop(rail, why),
        (Some(_), _) | (None, None) => Step::Wait,
        (None, Some(at)) if course.rehearsal => Step::Note(at, ItemState::Rehearsed),
        (None, Some(at)) if course.items[at].by_hand => Step::Ask(at),
        (None, Some(at)) => Step::Call(at),
    }
}

/// What has become of the whole, where nothing of it is open any more.
fn settled(items: &[Item]) -> State {
    let has = |wanted| items.iter().any(|item| item.state == wanted);
    if has(ItemState::Suspended) {
        State::Suspended
    } else if has(ItemState::Failed) {
        State::Failed
    } else if has(ItemState::Rehearsed) && !has(ItemState::Stopped) {
        State::Rehearsed
    } else {
        State::Stopped
    }
}

/// Whether something else of the list is still being brought back.
fn others_move(items: &[Item], at: usize) -> bool {
    let moves = |item: &Item| match item.state {
        ItemState::Suspended => true,
        ItemState::Restoring => match item.act {
            Some(Progress::Waiting | Progress::Sent | Progress::Taken) => true,
            Some(Progress::Forbidden | Progress::Refused | Progress::Lost) => false,
            _ => !item.is_read || (item.wish.is_some() && item.tries < TRIES),
        },
        _ => false,
    };
    items.iter().enumerate().any(|(place, item)| place != at && moves(item))
}

fn take_back(course: &Course<'_>) -> Step {
    if course.muted {
        return Step::Wait;
    }
    // What is added on to something stands before it on the list, and comes back after it.
    for (at, item) in course.items.iter().enumerate().rev() {
        match item.state {
            ItemState::Suspended if item.by_hand => return Step::Note(at, ItemState::BackByHand),
            ItemState::Suspended => return Step::Note(at, ItemState::Restoring),
            ItemState::BackByHand if item.is_read && item.is_as_it_was => {
                return Step::Note(at, ItemState::Restored);
            }
            // It is as good as a person could make it.
            ItemState::BackByHand if item.is_read && item.is_told => {
                return Step::Note(at, ItemState::Differs);
            }
            ItemState::Restoring => match item.act {
                Some(Progress::Waiting | Progress::Sent | Progress::Taken) => {}
                // Microsoft will not, or nobody knows: a person has to look.
                Some(Progress::Forbidden | Progress::Refused | Progress::Lost) => {
                    return Step::Note(at, ItemState::Differs);
                }
                // Done, never sent, or somebody else was faster: what is read now decides.
                _ if !item.is_read => {}
                _ => match (item.is_as_it_was, item.wish) {
                    (true, _) => return Step::Note(at, ItemState::Restored),
                    (false, Some(wish)) if item.tries < TRIES => return Step::Restore(at, wish),
                    // What it is added on to may still come back.
                    (false, None) if others_move(course.items, at) => {}
                    (false, _) => return Step::Note(at, ItemState::Differs),
                },
            },
            ItemState::Waiting
            | ItemState::Calling
            | ItemState::ByHand
            | ItemState::BackByHand
            | ItemState::Rehearsed
            | ItemState::Stopped
            | ItemState::Failed
            | ItemState::Restored
            | ItemState::Differs => {}
        }
    }
    let is_open = |item: &&Item| matches!(item.state, ItemState::Restoring | ItemState::BackByHand);
    match course.items.iter().find(is_open) {
        Some(_) => Step::Wait,
        None if place(course, ItemState::Differs).is_some() => Step::Become(State::Differs),
        None => Step::Become(State::Restored),
    }
}
