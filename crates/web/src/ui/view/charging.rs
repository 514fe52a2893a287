//! Charging for support.

use askama::Template;

use super::{Choice, LedgerLine, Link, Notice, Pages, Shell, Time};

/// `GET /charges`.
#[derive(Clone, Debug, Template)]
#[template(path = "charges.html")]
pub struct ChargesPage {
    /// Around the page.
    pub shell: Shell,
    /// The tabs of "Billing".
    pub tabs: Vec<Link>,
    /// What was wrong.
    pub notice: Option<Notice>,
    /// The customer whose lines alone are shown.
    pub only: Option<String>,
    /// The lines, the oldest first.
    pub lines: Vec<ChargeLine>,
    /// What they come to, for each currency.
    pub totals: Vec<String>,
    /// Where they are as a table.
    pub export: String,
    /// The pages beside it.
    pub pages: Pages,
    /// The kinds of VAT with which they go onto drafts; none for who may not do that.
    pub vats: Vec<Choice>,
    /// The desk's rules.
    pub rules: RulesForm,
}

/// A line that is to be invoiced.
#[derive(Clone, Debug)]
pub struct ChargeLine {
    /// On which day.
    pub day: String,
    /// Whose.
    pub customer: Link,
    /// For which ticket.
    pub ticket: Link,
    /// In the customer's language.
    pub description: String,
    /// "1.25 hours".
    pub quantity: String,
    /// What each costs.
    pub price: String,
    /// What it comes to.
    pub amount: String,
}

/// The desk's rules, as fields have them.
#[derive(Clone, Debug)]
pub struct RulesForm {
    /// Their version.
    pub version: u64,
    /// In which steps time is charged.
    pub increments: Vec<Choice>,
    /// The price of an hour; may be empty.
    pub hourly: String,
    /// Its currency.
    pub currency: String,
    /// The usual estimate.
    pub estimate: String,
    /// The usual cap.
    pub cap: String,
    /// How long what comes back costs nothing.
    pub warranty_days: String,
    /// From when hours are low.
    pub low_hours: String,
    /// From when incidents are low.
    pub low_incidents: String,
}

/// `GET /prepaid`.
#[derive(Clone, Debug, Template)]
#[template(path = "prepaid_list.html")]
pub struct PrepaidListPage {
    /// Around the page.
    pub shell: Shell,
    /// The tabs of "Billing".
    pub tabs: Vec<Link>,
    /// What was wrong.
    pub notice: Option<Notice>,
    /// The contracts, the newest first.
    pub contracts: Vec<PrepaidLine>,
    /// The pages beside it.
    pub pages: Pages,
    /// To whom one can be sold.
    pub customers: Vec<Choice>,
    /// What one can hold.
    pub holds: Vec<Choice>,
    /// Whether the reader may sell.
    pub may_sell: bool,
}

/// A customer's contract.
#[derive(Clone, Debug)]
pub struct PrepaidLine {
    /// Its page.
    pub href: String,
    /// What it is called.
    pub name: String,
    /// Whose.
    pub customer: String,
    /// What is left.
    pub left: String,
    /// How that looks: `calm`, `warning`.
    pub left_tone: String,
    /// Whether that is little.
    pub low: bool,
    /// "until 31 Dec 2026".
    pub until: String,
    /// Whether its time is over.
    pub over: bool,
    /// "empty about 3 Nov"; empty if nobody can say.
    pub forecast: String,
}

/// `GET /prepaid/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "prepaid.html")]
pub struct PrepaidPage {
    /// Around the page.
    pub shell: Shell,
    /// The tabs of "Billing".
    pub tabs: Vec<Link>,
    /// What was wrong.
    pub notice: Option<Notice>,
    /// The contract.
    pub line: PrepaidLine,
    /// Its version.
    pub version: u64,
    /// Its first day.
    pub from: String,
    /// Its last day; may be empty.
    pub to: String,
    /// Its ledger, the newest first.
    pub entries: Vec<LedgerLine>,
    /// The pages beside it.
    pub pages: Pages,
    /// Whether the reader may change it.
    pub may_edit: bool,
}

/// What a ticket is entitled to, and the time that went into it.
#[derive(Clone, Debug)]
pub struct ChargePanel {
    /// How it looks: `calm`, `near`.
    pub tone: String,
    /// In a word: "In plan".
    pub head: String,
    /// Why.
    pub why: String,
    /// What the time comes to: what, and how much.
    pub sums: Vec<(String, String)>,
    /// What nobody has confirmed; empty if nothing.
    pub warning: String,
    /// The reader's timer.
    pub timer: Option<ChargeTimer>,
    /// The time that was logged.
    pub entries: Vec<TimeLine>,
    /// What the customer was asked, the newest first.
    pub approvals: Vec<ChargeApproval>,
    /// The lines that were made.
    pub lines: Vec<ChargeMade>,
    /// Today, as a date field has it.
    pub today: String,
    /// The usual estimate.
    pub estimate: String,
    /// The usual cap.
    pub cap: String,
    /// Whether the reader may log time.
    pub may_log: bool,
    /// Whether the reader may say what is charged for.
    pub may_manage: bool,
    /// Whether there is something to be confirmed.
    pub may_ask: bool,
    /// Whether hours are charged, rather than the incident.
    pub hourly: bool,
    /// Why it is Microsoft's fault; empty if nobody said so.
    pub microsoft: String,
}

/// A timer that runs.
#[derive(Clone, Debug)]
pub struct ChargeTimer {
    /// Since when.
    pub since: Time,
    /// On which ticket.
    pub number: u64,
    /// Whether that is this one.
    pub here: bool,
}

/// Time that was logged.
#[derive(Clone, Debug)]
pub struct TimeLine {
    /// Its id.
    pub id: String,
    /// Whose work.
    pub who: String,
    /// On which day.
    pub day: String,
    /// What counts.
    pub time: String,
    /// How long it was.
    pub minutes: u32,
    /// What was done.
    pub note: String,
    /// Why it is not charged for, or was put right.
    pub reason: String,
    /// Whether it is charged for.
    pub chargeable: bool,
    /// Whether the reader may put it right.
    pub may_correct: bool,
}

/// What a customer was asked to confirm.
#[derive(Clone, Debug)]
pub struct ChargeApproval {
    /// Its id.
    pub id: String,
    /// How it looks: `near`, `kept`, `late`, `calm`.
    pub tone: String,
    /// What was asked.
    pub what: String,
    /// Where it stands.
    pub state: String,
    /// In the words of whoever asked.
    pub note: String,
    /// Whether it waits for an answer.
    pub open: bool,
}

/// A line that was made.
#[derive(Clone, Debug)]
pub struct ChargeMade {
    /// What it is for, and how much.
    pub what: String,
    /// What it comes to.
    pub amount: String,
    /// The invoice on which it stands; may be empty.
    pub invoice: String,
}

/// What a contact is asked to confirm.
#[derive(Clone, Debug)]
pub struct HelpApproval {
    /// Its id.
    pub id: String,
    /// How it looks.
    pub tone: String,
    /// The price.
    pub what: String,
    /// What is to be done.
    pub note: String,
    /// Where it stands; empty where the reader can answer.
    pub state: String,
    /// Whether the reader can answer.
    pub may: bool,
}
