//! Collections: where customers stand, one of them, and the policy.

use askama::Template;

use super::{Choice, Link, Notice, Shell};

/// `GET /collections`.
#[derive(Clone, Debug, Template)]
#[template(path = "collections.html")]
pub struct CollectionsPage {
    /// Around the page.
    pub shell: Shell,
    /// The tabs of "Billing".
    pub tabs: Vec<Link>,
    /// What could not be done.
    pub notice: Option<Notice>,
    /// Whether notices are given.
    pub live: bool,
    /// Why nothing is given until somebody has looked; empty for nothing.
    pub brake: String,
    /// Whether the reader may decide.
    pub may_manage: bool,
    /// What is owed, currency by currency.
    pub sums: Vec<CollectionSum>,
    /// The customers, by name.
    pub rows: Vec<CollectionRow>,
}

/// What is owed in one currency, as a picture.
#[derive(Clone, Debug)]
pub struct CollectionSum {
    /// All of it.
    pub total: String,
    /// What each part is called, and what it comes to.
    pub parts: Vec<(String, String)>,
    /// From where, how wide, of a thousand.
    pub bars: Vec<(i64, i64)>,
    /// What suppliers have billed us for the same customers, and we have not paid; empty for nothing.
    pub owing: String,
    /// How wide that is beside it, of a thousand.
    pub owing_bar: i64,
}

/// A customer in the list.
#[derive(Clone, Debug)]
pub struct CollectionRow {
    /// Its page.
    pub customer: Link,
    /// The stage that it has reached; empty for none.
    pub stage: String,
    /// The tone of that.
    pub tone: String,
    /// What counts and is past due, currency by currency.
    pub owed: String,
    /// For how many days at most; empty for none.
    pub oldest: String,
    /// What suppliers have billed us for it, and we have not paid; empty for nothing.
    pub owing: String,
    /// What comes next, and when; empty for nothing.
    pub next: String,
    /// What holds it back.
    pub holds: Vec<String>,
}

/// `GET /collections/customers/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "collections_customer.html")]
pub struct CollectionPage {
    /// Around the page.
    pub shell: Shell,
    /// The tabs of "Billing".
    pub tabs: Vec<Link>,
    /// What could not be done.
    pub notice: Option<Notice>,
    /// Where its form is sent.
    pub href: String,
    /// Its account.
    pub account: String,
    /// Whether the reader may decide.
    pub may_manage: bool,
    /// Itself, as in the list.
    pub row: CollectionRow,
    /// Whether a notice is due today.
    pub due: bool,
    /// Its open invoices: number, due, days, open, what counts.
    pub items: Vec<[String; 5]>,
    /// Where a suspension is proposed, for who may, if the policy lets anybody.
    pub suspend: Option<String>,
    /// What each suspension lacks; nothing is proposed.
    pub suspensions: Vec<(String, Vec<String>)>,
    /// What kind of customer it is.
    pub classes: Vec<Choice>,
    /// The lines that can be disputed.
    pub lines: Vec<Choice>,
    /// The currency that it owes most in.
    pub currency: String,
    /// What was, the newest first.
    pub facts: Vec<CollectionFact>,
}

/// Something that was.
#[derive(Clone, Debug, Default)]
pub struct CollectionFact {
    /// The day.
    pub day: String,
    /// What.
    pub what: String,
    /// More of it.
    pub detail: String,
    /// How it stands now; empty for nothing to be said.
    pub state: String,
    /// Its id, if something can be done with it.
    pub id: String,
    /// What can be done with it: the word of an action, and the key of its button.
    pub actions: Vec<(String, String)>,
    /// Whether that takes an answer.
    pub answer: bool,
}

/// `GET /collections/policy`.
#[derive(Clone, Debug, Template)]
#[template(path = "collections_policy.html")]
pub struct CollectionPolicyPage {
    /// Around the page.
    pub shell: Shell,
    /// The tabs of "Billing".
    pub tabs: Vec<Link>,
    /// What could not be done.
    pub notice: Option<Notice>,
    /// Whether the reader may publish.
    pub may_manage: bool,
    /// The version that was seen.
    pub version: String,
    /// The days of grace.
    pub grace: String,
    /// The most notices of a day.
    pub most: String,
    /// Within how many days a dispute is to be settled.
    pub dispute_days: String,
    /// The stages, and an empty one at the end.
    pub stages: Vec<StageFields>,
    /// The month that was played: `2026-03`.
    pub month: String,
    /// What would have been: day, customer, what, for how much. None if none was played.
    pub events: Option<Vec<(String, Link, String, String)>>,
}

/// A stage in a form.
#[derive(Clone, Debug, Default)]
pub struct StageFields {
    /// Its key.
    pub key: String,
    /// How many days.
    pub days: String,
    /// How they are counted.
    pub counts: Vec<Choice>,
    /// What it does.
    pub effects: Vec<Choice>,
    /// The least amounts: `100.00 EUR, 1000.00 SEK`.
    pub minimum: String,
    /// How many invoices.
    pub invoices: String,
    /// For whom.
    pub classes: Vec<Choice>,
    /// Whether the customer gets a notice.
    pub notice: bool,
    /// Whether a person has to say yes.
    pub approval: bool,
}

/// A customer's standing in the portal.
#[derive(Clone, Debug)]
pub struct HelpCollection {
    /// The customer's name.
    pub name: String,
    /// Where the statement of its account is.
    pub statement: String,
    /// What is past due; empty for nothing.
    pub overdue: String,
    /// What comes next, and when; empty for nothing.
    pub next: String,
    /// The stages of the policy, in words.
    pub policy: Vec<String>,
    /// The lines that can be disputed.
    pub lines: Vec<Choice>,
    /// What is disputed, and was: what, and how it stands.
    pub disputes: Vec<(String, String)>,
}
