//! The queue.

use askama::Template;

use super::{Choice, Due, Pages, Person, Shell, Time};

/// `GET /queue/{view}`; fragments `rows`, `nav-views`.
#[derive(Clone, Debug, Template)]
#[template(path = "queue.html", blocks = ["rows"])]
pub struct QueuePage {
    /// Around the page.
    pub shell: Shell,
    /// The view's word.
    pub view: String,
    /// How many tickets the view has.
    pub count: u64,
    /// The page of tickets.
    pub lines: Vec<TicketLine>,
    /// The pages beside it.
    pub pages: Pages,
    /// What can be done with several of them at once, by whoever may work on some.
    pub bulk: Option<Bulk>,
}

/// What can be done with several tickets at once.
#[derive(Clone, Debug)]
pub struct Bulk {
    /// The address of the page, to come back to.
    pub back: String,
    /// Agents, with "as it is" as the empty value and "nobody" as `none`.
    pub assignees: Vec<Choice>,
    /// Teams, in the same way.
    pub teams: Vec<Choice>,
    /// Moves, with "as it is" as the empty value.
    pub actions: Vec<Choice>,
    /// Until when they are put aside, with "as it is" as the empty value.
    pub snoozes: Vec<Choice>,
}

/// One ticket in a list.
#[derive(Clone, Debug)]
pub struct TicketLine {
    /// Its id, if it can be chosen among others.
    pub choose: Option<String>,
    /// The number that people see.
    pub number: u64,
    /// Its subject.
    pub subject: String,
    /// The beginning of the last message, one line.
    pub preview: String,
    /// The name of the contact.
    pub contact: String,
    /// The name of the customer; empty when unknown.
    pub customer: String,
    /// State word.
    pub state: String,
    /// Severity word.
    pub severity: String,
    /// Kind word.
    pub kind: String,
    /// Service word.
    pub service: String,
    /// Who works on it.
    pub assignee: Option<Person>,
    /// The next promise.
    pub due: Option<Due>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Whether it is shown to named people only.
    pub has_circle: bool,
    /// Whether the reader has not seen the last customer message.
    pub unread: bool,
    /// Whether the reader has an unsent draft.
    pub draft: bool,
    /// When it last changed.
    pub changed: Time,
}
