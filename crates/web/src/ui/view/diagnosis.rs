//! The diagnosis of a ticket, its path, and what may help.

use askama::Template;

use super::{Choice, Shell, Time};

/// A stop on the path of a ticket.
#[derive(Clone, Debug)]
pub struct StopView {
    /// Word: `received`, `diagnosed`, `decided`, `handed_over`, `returned`, `informed`, `resolved`.
    pub stop: String,
    /// Word: `done`, `now`, `ahead`, `skipped`.
    pub reached: String,
}

/// The panel of the diagnosis.
#[derive(Clone, Debug)]
pub struct DiagnosisPanel {
    /// Whether something is to be done.
    pub open: bool,
    /// Whether the reader may change it.
    pub may_work: bool,
    /// Its version, for the check that nobody was faster.
    pub version: u64,
    /// "3 of 14 steps".
    pub progress: String,
    /// The decision, if there is one.
    pub decision: Option<DecisionView>,
    /// Disturbances of the service.
    pub incidents: Vec<IncidentRef>,
    /// What is asked.
    pub questions: Vec<QuestionView>,
    /// What is tried, in the order of the requirements; then what was tried that they do not name any more.
    pub steps: Vec<StepView>,
    /// What whoever helps will ask for.
    pub evidence: Vec<EvidenceView>,
    /// The role that is needed in the customer's tenant.
    pub role: String,
    /// What it can be.
    pub categories: Vec<CategoryChoice>,
    /// Why nothing may be to be decided.
    pub not_needed: Vec<Choice>,
    /// By which requirements it is asked.
    pub asked: String,
    /// Where they can be read; empty for whom they are not.
    pub asked_href: String,
}

/// A decision.
#[derive(Clone, Debug)]
pub struct DecisionView {
    /// Word: `inside`, `outside`, `unclear`, `not_needed`.
    pub verdict: String,
    /// The matter, or empty.
    pub category: String,
    /// Why.
    pub reason: String,
    /// Who decided, or empty.
    pub who: String,
    /// When.
    pub time: Time,
}

/// A disturbance beside a ticket.
#[derive(Clone, Debug)]
pub struct IncidentRef {
    /// Its id.
    pub id: String,
    /// What the source calls it, or empty.
    pub external: String,
    /// What it is called.
    pub title: String,
    /// Word of how it stands.
    pub status: String,
    /// Since when.
    pub since: Time,
    /// Whether the ticket is about it.
    pub belongs: bool,
}

/// A question with its answers.
#[derive(Clone, Debug)]
pub struct QuestionView {
    /// What it finds out.
    pub finding: String,
    /// The question.
    pub text: String,
    /// The answers; the chosen one is what is known.
    pub answers: Vec<Choice>,
}

/// A step.
#[derive(Clone, Debug)]
pub struct StepView {
    /// Its key.
    pub key: String,
    /// What is to be done.
    pub text: String,
    /// Word: `open`, `done`, `skipped`.
    pub state: String,
    /// Whether it is the first open one.
    pub next: bool,
    /// What was found, or why it was skipped.
    pub remark: String,
    /// Who did it.
    pub who: String,
    /// When; none while it is open.
    pub time: Option<Time>,
}

/// A piece of evidence.
#[derive(Clone, Debug)]
pub struct EvidenceView {
    /// Its word.
    pub word: String,
    /// What is written down.
    pub value: String,
}

/// Something that it can be.
#[derive(Clone, Debug)]
pub struct CategoryChoice {
    /// Its key.
    pub key: String,
    /// What it is called, who handles it and how far: in one line.
    pub text: String,
    /// Whether it was chosen.
    pub chosen: bool,
}

/// `GET /tickets/{number}/similar`; fragment `similar`.
#[derive(Clone, Debug, Template)]
#[template(path = "similar.html", blocks = ["similar"])]
pub struct SimilarPage {
    /// Around the page.
    pub shell: Shell,
    /// The number of the ticket to which they are similar.
    pub number: u64,
    /// Its subject.
    pub subject: String,
    /// Whether the reader may write an answer.
    pub may_work: bool,
    /// Tickets like it.
    pub tickets: Vec<SimilarTicket>,
    /// Articles that may help.
    pub articles: Vec<ArticleHint>,
}

/// A ticket like another one.
#[derive(Clone, Debug)]
pub struct SimilarTicket {
    /// The number.
    pub number: u64,
    /// Its subject.
    pub subject: String,
    /// State word.
    pub state: String,
    /// When its last message was.
    pub changed: Time,
    /// What was answered, or empty.
    pub answer: String,
}

/// An article that may help.
#[derive(Clone, Debug)]
pub struct ArticleHint {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it says.
    pub body: String,
    /// "in English", if it is not in the ticket's language; or empty.
    pub language: String,
}
