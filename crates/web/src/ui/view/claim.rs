//! Claims against suppliers.

use askama::Template;

use super::{Choice, Link, Mark, Notice, Pages, Shell, Time};

/// A claim in a list.
#[derive(Clone, Debug)]
pub struct ClaimRow {
    /// Its page.
    pub href: String,
    /// Why.
    pub kind: String,
    /// Against whom.
    pub supplier: String,
    /// The invoice's number.
    pub number: String,
    /// How much.
    pub amount: String,
    /// What was given back; empty for nothing.
    pub credited: String,
    /// By when it must be handed in, while that matters.
    pub deadline: Option<Time>,
    /// How near that is.
    pub near: Mark,
    /// Where it stands.
    pub state: Mark,
}

/// `GET /claims`.
#[derive(Clone, Debug, Template)]
#[template(path = "claims.html")]
pub struct ClaimsPage {
    /// Around the page.
    pub shell: Shell,
    /// The tabs of "Billing".
    pub tabs: Vec<Link>,
    /// Those with which something is to be done, the soonest first.
    pub alive: Vec<ClaimRow>,
    /// Those that have ended, the newest first.
    pub ended: Vec<ClaimRow>,
    /// The pages beside it.
    pub pages: Pages,
}

/// `GET /payables/{id}/claims`.
#[derive(Clone, Debug, Template)]
#[template(path = "payable_claims.html")]
pub struct PayableClaimsPage {
    /// Around the page.
    pub shell: Shell,
    /// What is wrong with the form.
    pub notice: Option<Notice>,
    /// The invoice.
    pub back: Link,
    /// Where a claim is opened.
    pub action: String,
    /// The claims about this invoice.
    pub rows: Vec<ClaimRow>,
    /// Whether the reader may open one.
    pub may_edit: bool,
    /// Why something should be given back.
    pub kinds: Vec<Choice>,
    /// The numbers of lines, as the form has them.
    pub lines_value: String,
    /// How much, as the form has it.
    pub amount_value: String,
    /// The invoice's currency.
    pub currency: String,
}

/// `GET /claims/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "claim.html")]
pub struct ClaimPage {
    /// Around the page.
    pub shell: Shell,
    /// What is wrong with a form.
    pub notice: Option<Notice>,
    /// Its id.
    pub id: String,
    /// The claim.
    pub row: ClaimRow,
    /// The invoice.
    pub invoice: Link,
    /// Its lines.
    pub lines: Vec<Link>,
    /// The ticket that tells of it.
    pub ticket: Option<Link>,
    /// Its facts: what, and how.
    pub facts: Vec<[String; 2]>,
    /// Where the rule stands.
    pub source: String,
    /// What it needs.
    pub evidence: Vec<ClaimTick>,
    /// How much of that is there.
    pub progress: Mark,
    /// What was noted, the newest first.
    pub events: Vec<ClaimEventRow>,
    /// What the reader may note.
    pub may: ClaimMoves,
    /// Today, as a form has it.
    pub today: String,
    /// By when it must be handed in, as a form has it.
    pub deadline_value: String,
    /// What is claimed, as a form has it.
    pub amount_value: String,
    /// What has found no place yet, as a form has it.
    pub left_value: String,
}

/// What the reader may note of a claim as it stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClaimMoves {
    /// That an evidence is there, or is not.
    pub tick: bool,
    /// By when it must be handed in.
    pub deadline: bool,
    /// That it was handed in.
    pub submit: bool,
    /// What was given back.
    pub credit: bool,
    /// That nothing is.
    pub refuse: bool,
    /// That we do not want it any more.
    pub withdraw: bool,
    /// What of it customers got, or was kept.
    pub pass_on: bool,
}

/// An evidence.
#[derive(Clone, Debug)]
pub struct ClaimTick {
    /// Its word, for the form.
    pub word: String,
    /// What it is.
    pub text: String,
    /// Whether it is there.
    pub there: bool,
    /// Who said so, and when; what there is to say.
    pub by: String,
}

/// What was noted.
#[derive(Clone, Debug)]
pub struct ClaimEventRow {
    /// What.
    pub what: String,
    /// The day, the amount, the number that it names.
    pub named: String,
    /// Where that number leads.
    pub href: String,
    /// Why, or what more there is to say.
    pub note: String,
    /// By whom.
    pub by: String,
    /// When.
    pub time: Time,
}
