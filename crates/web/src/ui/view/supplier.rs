//! Suppliers, contracts with them, Microsoft's rules.

use askama::Template;

use super::{Choice, Link, Notice, OfferingForm, Pages, Person, Shell, Time};

/// `GET /suppliers`.
#[derive(Clone, Debug, Template)]
#[template(path = "suppliers.html")]
pub struct SuppliersPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// The suppliers, by name.
    pub suppliers: Vec<SupplierLine>,
    /// What the desk says of itself.
    pub standing: StandingForm,
    /// Kinds for the form of a new one.
    pub kinds: Vec<Choice>,
    /// Ways for it.
    pub ways: Vec<Choice>,
    /// Languages for it.
    pub languages: Vec<Choice>,
    /// Whether the reader may change anything.
    pub may_edit: bool,
}

/// One supplier in the list.
#[derive(Clone, Debug)]
pub struct SupplierLine {
    /// Its page.
    pub href: String,
    /// Avatar and name.
    pub person: Person,
    /// Word of its kind.
    pub kind: String,
    /// Word of its way.
    pub way: String,
    /// Whether tickets may be handed to it.
    pub active: bool,
    /// What it offers now.
    pub offers: Vec<String>,
    /// What the desk is entitled to there.
    pub contracts: Vec<ContractLine>,
}

/// A contract as a line.
#[derive(Clone, Debug)]
pub struct ContractLine {
    /// Its page.
    pub href: String,
    /// What the desk calls it.
    pub name: String,
    /// For which offering, where that is another name.
    pub offering: String,
    /// "until 31 December 2026", "expired on …".
    pub period: String,
    /// `done`, `warning` or `error`; empty for what needs no look.
    pub period_tone: String,
    /// "3 left", "not counted".
    pub left: String,
    /// `warning` or `error`; empty for what needs no look.
    pub left_tone: String,
    /// When it runs out; empty where nothing is counted or used.
    pub forecast: String,
}

/// What the desk says of itself.
#[derive(Clone, Debug)]
pub struct StandingForm {
    /// Its version.
    pub version: u64,
    /// In a line.
    pub summary: String,
    /// Competencies.
    pub competencies: Vec<Choice>,
    /// Whether one is for the cloud.
    pub cloud: Vec<Choice>,
    /// Plans held.
    pub plans: Vec<Choice>,
    /// Whether the provider gave access to Azure.
    pub azure: Vec<Choice>,
    /// Whether rows that are not verified count.
    pub unverified: bool,
}

/// `GET /suppliers/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "supplier.html")]
pub struct SupplierPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// Its id.
    pub id: String,
    /// Its version, for the form.
    pub version: u64,
    /// Avatar and name.
    pub person: Person,
    /// Word of its kind.
    pub kind: String,
    /// Word of its way.
    pub way: String,
    /// Where that leads; a link if it is one.
    pub address: String,
    /// Whether it is another desk, that can be asked what it publishes.
    pub is_desk: bool,
    /// Whether that can be followed.
    pub address_is_link: bool,
    /// What agents should know.
    pub remark: String,
    /// Whether tickets may be handed to it.
    pub active: bool,
    /// Whether it may be told who the customer's people are.
    pub personal_data: bool,
    /// Its language, by that language's own name.
    pub language: String,
    /// Ways for the form.
    pub ways: Vec<Choice>,
    /// Languages for the form.
    pub languages: Vec<Choice>,
    /// What it offers.
    pub offers: Vec<OfferCard>,
    /// An empty offering for the form of a new one.
    pub new_offer: OfferingForm,
    /// What the desk is entitled to there.
    pub contracts: Vec<ContractLine>,
    /// What it promised and what came of it, for those who see reports.
    pub score: Option<Vec<ScoreRow>>,
    /// For what a new contract can be.
    pub contract_offerings: Vec<Choice>,
    /// Every time zone, for the forms' lists.
    pub zones: Vec<String>,
    /// Whether the reader may change anything.
    pub may_edit: bool,
}

/// What cases by one of a supplier's offerings come to.
#[derive(Clone, Debug)]
pub struct ScoreRow {
    /// What it is called; of all of them, that.
    pub name: String,
    /// The first response that is promised, by severity.
    pub promised: String,
    /// Cases, and how many are open.
    pub cases: String,
    /// The median of first responses.
    pub median: String,
    /// Their 90th percentile.
    pub ninetieth: String,
    /// How many came in time.
    pub kept: String,
    /// Broken promises.
    pub breaches: String,
    /// How often it was asked.
    pub chases: String,
    /// How often an answer went back.
    pub sent_back: String,
    /// How often something was missing.
    pub bounces: String,
    /// What was not taken.
    pub declined: String,
    /// With what cases came back.
    pub outcomes: String,
}

/// An offering of a supplier.
#[derive(Clone, Debug)]
pub struct OfferCard {
    /// Its id.
    pub id: String,
    /// What it is called today.
    pub name: String,
    /// Whether it is offered today.
    pub offered: bool,
    /// "from … until …"; empty for what has always been and goes on.
    pub period: String,
    /// Services, kinds, languages, contact methods as readable lists.
    pub services: String,
    /// Kinds.
    pub kinds: String,
    /// Languages.
    pub languages: String,
    /// Contact methods.
    pub contact: String,
    /// "around the clock", "40 h a week, Europe/Berlin", "not known".
    pub hours: String,
    /// What is promised, by severity.
    pub promises: Vec<OfferPromise>,
    /// What it costs.
    pub price: String,
    /// Where Microsoft wrote it; empty for what the desk has entered itself.
    pub source: String,
    /// Whether the desk has changed what Microsoft wrote.
    pub edited: bool,
    /// Whether its own desk has published it: it is not edited here.
    pub published: bool,
    /// Its form.
    pub form: OfferingForm,
}

/// What is promised for a severity.
#[derive(Clone, Debug)]
pub struct OfferPromise {
    /// `A`, `B`, `C`.
    pub severity: String,
    /// "2 h".
    pub first_response: String,
}

/// `GET /suppliers/{id}/contracts/{contract}`.
#[derive(Clone, Debug, Template)]
#[template(path = "contract.html")]
pub struct ContractPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// The supplier's page.
    pub supplier: Link,
    /// Where its forms post to.
    pub href: String,
    /// Its version, for the form.
    pub version: u64,
    /// It.
    pub line: ContractLine,
    /// Whether units are counted.
    pub counted: bool,
    /// The first day, for the form.
    pub from: String,
    /// The last day, for the form.
    pub to: String,
    /// Whether an Access ID is kept.
    pub has_access: bool,
    /// Whether a Contract ID is kept.
    pub has_contract: bool,
    /// The numbers, right after they were asked for.
    pub numbers: Option<NumbersShown>,
    /// The wallet's entries, the newest first.
    pub entries: Vec<LedgerLine>,
    /// The pages beside them.
    pub pages: Pages,
    /// Whether the reader may change anything.
    pub may_edit: bool,
    /// Whether the reader may read the numbers.
    pub may_read: bool,
}

/// The numbers of a contract.
#[derive(Clone)]
pub struct NumbersShown {
    /// The Access ID; empty if none is kept.
    pub access: String,
    /// The Contract ID; empty if none is kept.
    pub contract: String,
}

impl std::fmt::Debug for NumbersShown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NumbersShown(…)")
    }
}

/// An entry of a wallet.
#[derive(Clone, Debug)]
pub struct LedgerLine {
    /// Its number.
    pub seq: String,
    /// When.
    pub time: Time,
    /// Word of what it does.
    pub act: String,
    /// Of which case; empty for a grant.
    pub case: String,
    /// The case's ticket.
    pub ticket: Option<Link>,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// "−1", "+3", "0".
    pub change: String,
    /// What was left after it; empty where nothing is counted.
    pub balance: String,
    /// Whether the reader may give its unit back.
    pub refundable: bool,
}

/// `GET /suppliers/rules`.
#[derive(Clone, Debug, Template)]
#[template(path = "supplier_rules.html")]
pub struct RulesPage {
    /// Around the page.
    pub shell: Shell,
    /// What will begin or end, the next first.
    pub coming: Vec<RuleLine>,
    /// What holds today.
    pub now: Vec<RuleLine>,
    /// What held once.
    pub past: Vec<RuleLine>,
}

/// A row of Microsoft's rules.
#[derive(Clone, Debug)]
pub struct RuleLine {
    /// Its id.
    pub id: String,
    /// Of which vehicles it speaks.
    pub vehicles: String,
    /// What it says.
    pub text: String,
    /// "begins on …", "ends on …"; empty if it stays as it is.
    pub change: String,
    /// "since …", "until …".
    pub period: String,
    /// Where it is written.
    pub source: String,
    /// Whether that is Microsoft's own text.
    pub verified: bool,
    /// Whether it counts for this desk.
    pub counts: bool,
    /// The contracts that its change touches.
    pub touches: Vec<Link>,
    /// The open tickets that it touches.
    pub tickets: Vec<Link>,
    /// The plans that it touches.
    pub plans: Vec<Link>,
}
