//! The portal of contacts.

use askama::Template;

use super::{
    Choice, File, HelpApproval, HelpArticle, Link, Notice, Pages, Person, Piece, PromiseLine, Shell, Time,
};

/// `GET /help/sign-in`, and what follows it.
#[derive(Clone, Debug, Template)]
#[template(path = "help_sign_in.html")]
pub struct HelpSignInPage {
    /// Around the page.
    pub shell: Shell,
    /// Which step: `desk`, `ask`, `sent`, `confirm`, `expired`.
    pub step: String,
    /// The desks to choose from, in the step `desk`.
    pub desks: Vec<Link>,
    /// The address so far.
    pub email: String,
    /// Where the form of this step posts.
    pub action: String,
    /// Where to go afterwards.
    pub next: String,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// Address to which a stranger can write; empty if there is none.
    pub desk_address: String,
    /// The same page in the other languages.
    pub languages: Vec<Link>,
}

/// `GET /help/tickets`; fragment `rows`.
#[derive(Clone, Debug, Template)]
#[template(path = "help_tickets.html", blocks = ["rows"])]
pub struct HelpTicketsPage {
    /// Around the page.
    pub shell: Shell,
    /// Mine and, where the contact may, ours.
    pub scopes: Vec<Link>,
    /// Open ones first, then by last change.
    pub tickets: Vec<HelpTicketLine>,
    /// The pages beside it.
    pub pages: Pages,
    /// Whether the list is of the whole organisation.
    pub ours: bool,
}

/// A request as its contact sees it.
#[derive(Clone, Debug)]
pub struct HelpTicketLine {
    /// The number that people see.
    pub number: u64,
    /// Subject.
    pub subject: String,
    /// State word; read with the portal's own words.
    pub state: String,
    /// Who asked.
    pub by: String,
    /// "answer by Tue 10:00"; empty when nothing is promised.
    pub promise: String,
    /// Last change.
    pub changed: Time,
    /// Whether it waits for the reader.
    pub your_turn: bool,
}

/// `GET /help/new`; fragments `promise`, `articles`.
#[derive(Clone, Debug, Template)]
#[template(path = "help_new.html", blocks = ["promise", "articles"])]
pub struct HelpNewPage {
    /// Around the page.
    pub shell: Shell,
    /// What is missing.
    pub notice: Option<Notice>,
    /// Services.
    pub services: Vec<Choice>,
    /// Kinds.
    pub kinds: Vec<Choice>,
    /// Severities.
    pub severities: Vec<Choice>,
    /// Customers, when the contact belongs to several.
    pub customers: Vec<Choice>,
    /// Subject so far.
    pub subject: String,
    /// Text so far.
    pub text: String,
    /// Articles that may make it needless.
    pub articles: Vec<HelpArticle>,
    /// What will be promised.
    pub promises: Vec<PromiseLine>,
    /// In which way it will be paid: in a word, and why.
    pub charged: (String, String),
}

/// `GET /help/tickets/{number}`; fragment `timeline`.
#[derive(Clone, Debug, Template)]
#[template(path = "help_ticket.html", blocks = ["timeline"])]
pub struct HelpTicketPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// The number that people see.
    pub number: u64,
    /// Subject.
    pub subject: String,
    /// State word.
    pub state: String,
    /// Service word.
    pub service: String,
    /// "answer by Tue 10:00"; empty when nothing is promised.
    pub promise: String,
    /// What applies to it, as a sentence; empty where the catalogue says nothing.
    pub applies: String,
    /// "version 2 of what we promise you"; empty if none held.
    pub statement: String,
    /// Who works on it; none yet.
    pub agent: Option<Person>,
    /// What the contact's customer was asked to confirm, the newest first.
    pub approvals: Vec<HelpApproval>,
    /// The lines of invoices about which it asks, for who gets these invoices.
    pub questions: Vec<super::HelpQuestion>,
    /// Messages that the contact may see, oldest first.
    pub messages: Vec<HelpMessage>,
    /// Where what was written before begins, if there is more.
    pub earlier: Option<String>,
    /// Where the newest is, if this is not the newest.
    pub newest: Option<String>,
    /// The draft.
    pub text: String,
    /// Whether an answer can be written.
    pub may_answer: bool,
    /// Action words of the moves the contact may make: `close`, `reopen`, `resolve`.
    pub moves: Vec<String>,
}

/// A public message.
#[derive(Clone, Debug)]
pub struct HelpMessage {
    /// The entry's id.
    pub id: String,
    /// Whether the desk wrote it.
    pub from_desk: bool,
    /// Who.
    pub author: Person,
    /// When.
    pub time: Time,
    /// The text.
    pub pieces: Vec<Piece>,
    /// Files.
    pub files: Vec<File>,
}
