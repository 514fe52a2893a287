//! Questions about invoices.

use super::Choice;

/// The lines of invoices about which a ticket asks.
#[derive(Clone, Debug, Default)]
pub struct QuestionsPanel {
    /// How many there are, as a sentence; empty for none.
    pub linked: String,
    /// The lines, for who sees what customers are billed.
    pub lines: Vec<AskedLine>,
    /// Why the invoices are other amounts than those before them: a sentence, and its parts.
    pub wholes: Vec<(String, Vec<String>)>,
    /// The lines that may be linked: its place and its invoice's number.
    pub choices: Vec<Choice>,
    /// The draft of an answer; may be empty.
    pub draft: String,
    /// Whether whoever asked does not get these invoices.
    pub stranger: bool,
    /// Whether the reader may link, remove and answer.
    pub may: bool,
}

/// A line of an invoice about which is asked.
#[derive(Clone, Debug)]
pub struct AskedLine {
    /// Where the invoice is; empty in the portal.
    pub href: String,
    /// Where the supplier's invoice is; may be empty.
    pub supplier: String,
    /// The invoice.
    pub invoice: String,
    /// The line's place on it, from 1.
    pub line: String,
    /// "Line 2 of invoice INV-7, 1 Mar 2026: Licences".
    pub title: String,
    /// How it comes to its amount, sentence by sentence.
    pub amounts: Vec<String>,
    /// Why it is another amount than on the invoice before; may be empty.
    pub since: String,
    /// The parts of that.
    pub parts: Vec<String>,
    /// `near`, `kept`, `late`, `calm`.
    pub tone: String,
    /// What the customer said of it.
    pub state: String,
    /// Whether it is still to say something.
    pub open: bool,
}

/// An invoice about which a contact's request asks.
#[derive(Clone, Debug)]
pub struct HelpQuestion {
    /// The number of the request.
    pub ticket: String,
    /// By which it is found on the page.
    pub id: String,
    /// The lines.
    pub lines: Vec<AskedLine>,
    /// Why the whole invoice is another amount than the one before; may be empty.
    pub whole: String,
    /// The parts of that.
    pub parts: Vec<String>,
}
