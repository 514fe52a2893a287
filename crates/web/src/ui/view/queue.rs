//! The queue.

use askama::Template;

use super::{Due, Pages, Person, Shell, Time};

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
}

/// One ticket in a list.
#[derive(Clone, Debug)]
pub struct TicketLine {
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
    /// Whether the reader has not seen the last customer message.
    pub unread: bool,
    /// Whether the reader has an unsent draft.
    pub draft: bool,
    /// When it last changed.
    pub changed: Time,
}
