//! Signals.

use askama::Template;

use super::{Link, Notice, Shell, Time};

/// `GET /signals`.
#[derive(Clone, Debug, Template)]
#[template(path = "signals.html")]
pub struct SignalsPage {
    /// Around the page.
    pub shell: Shell,
    /// What could not be done.
    pub notice: Option<Notice>,
    /// The page of all customers, on that of one.
    pub all: Option<String>,
    /// Whether the reader may judge.
    pub may_judge: bool,
    /// Those that nobody has judged.
    pub raised: Vec<SignalRow>,
    /// Each signal, and how often it was right.
    pub precision: Vec<[String; 2]>,
    /// The last that were judged, the newest first.
    pub judged: Vec<SignalJudged>,
}

/// A signal.
#[derive(Clone, Debug)]
pub struct SignalRow {
    /// The customer's page.
    pub customer: Link,
    /// Where it is judged.
    pub action: String,
    /// What the customer may need.
    pub what: String,
    /// The same as its word, for the form.
    pub signal: String,
    /// Of which service.
    pub service_name: String,
    /// The same as its word, for the form.
    pub service: String,
    /// The tickets.
    pub evidence: Vec<Link>,
    /// Products of which nobody has many licences: a sentence each.
    pub licences: Vec<String>,
}

/// A signal that was judged.
#[derive(Clone, Debug)]
pub struct SignalJudged {
    /// The customer's page.
    pub customer: Link,
    /// Which.
    pub what: String,
    /// How.
    pub judged: String,
    /// The tone of that.
    pub tone: String,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: String,
    /// When.
    pub time: Time,
}
