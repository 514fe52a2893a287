//! The catalogue: offerings, plans, delivery, statements.

use askama::Template;
use domain::document::{Block, Document};

use super::{Choice, Link, Notice, Shell, TermsForm, Time};

/// `GET /catalogue`.
#[derive(Clone, Debug, Template)]
#[template(path = "catalogue.html")]
pub struct CataloguePage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// Whether the reader may change it.
    pub may: bool,
    /// The desk's offerings.
    pub offerings: Vec<OfferingCard>,
    /// The form of a new one.
    pub new_offering: OfferingForm,
    /// Its plans.
    pub plans: Vec<PlanForm>,
    /// The form of a new one.
    pub new_plan: PlanForm,
    /// Who delivers.
    pub deliveries: Vec<DeliveryLine>,
    /// Customers for the form of a new row, with "all" as the empty value; none for who may not see them.
    pub of_customers: Vec<Choice>,
    /// Desk's offerings for it, with "all" as the empty value.
    pub of_offerings: Vec<Choice>,
    /// Services, the same.
    pub services: Vec<Choice>,
    /// Kinds, the same.
    pub kinds: Vec<Choice>,
    /// Manners.
    pub manners: Vec<Choice>,
    /// Teams, with "whoever is there" as the empty value.
    pub teams: Vec<Choice>,
    /// Suppliers' offerings.
    pub theirs: Vec<Choice>,
    /// Calendars whose hours can be taken, with "always" as the empty value.
    pub hours: Vec<Choice>,
    /// Customers with a plan of their own.
    pub holders: Vec<HolderLine>,
    /// Version of what stands in every statement.
    pub common_version: u64,
    /// Where the desk is reached: the field's name, its label, and what stands in it.
    pub contact: Vec<CommonField>,
    /// The collections policy, a field for each language.
    pub collections: Vec<CommonField>,
    /// Names of time zones to choose from.
    pub zones: Vec<String>,
}

/// A field of what stands in every statement.
#[derive(Clone, Debug)]
pub struct CommonField {
    /// The field's name.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// What stands in it.
    pub text: String,
}

/// An offering of the desk.
#[derive(Clone, Debug)]
pub struct OfferingCard {
    /// Its id: its place on the page.
    pub id: String,
    /// What it is, in a line.
    pub summary: String,
    /// Until when it holds, in words; empty for ever.
    pub ends: String,
    /// The form that changes it.
    pub form: OfferingForm,
}

/// The form of an offering, the desk's or a supplier's.
#[derive(Clone, Debug)]
pub struct OfferingForm {
    /// Where it posts.
    pub action: String,
    /// Its version; 0 for a new one.
    pub version: u64,
    /// Its name.
    pub name: String,
    /// Whether the name can be changed: Microsoft's vehicles keep theirs.
    pub named: bool,
    /// Whether it is a supplier's, whose hours need not be known.
    pub theirs: bool,
    /// What is promised.
    pub terms: TermsForm,
    /// From which day it holds.
    pub from: String,
    /// Its last day; empty for ever.
    pub to: String,
}

/// A plan, and the form that changes it.
#[derive(Clone, Debug)]
pub struct PlanForm {
    /// Its id: its place on the page; empty for a new one.
    pub id: String,
    /// Where the form posts.
    pub action: String,
    /// Its page; empty for a new one.
    pub href: String,
    /// Its version.
    pub version: u64,
    /// Its name.
    pub name: String,
    /// Whether customers without a plan have it.
    pub is_default: bool,
    /// The desk's offerings, its own chosen.
    pub offerings: Vec<Choice>,
    /// The names of its own in a line.
    pub summary: String,
}

/// A row that says who delivers.
#[derive(Clone, Debug)]
pub struct DeliveryLine {
    /// Its id: its place on the page.
    pub id: String,
    /// For whom and what.
    pub what: String,
    /// When.
    pub when: String,
    /// Who.
    pub who: String,
    /// Whether it decides nothing now: its supplier's offering does not hold.
    pub idle: bool,
}

/// A customer with a plan of its own.
#[derive(Clone, Debug)]
pub struct HolderLine {
    /// The customer's page in the catalogue.
    pub href: String,
    /// Its name.
    pub name: String,
    /// The plan.
    pub plan: String,
    /// From when to when.
    pub when: String,
}

/// `GET /catalogue/plans/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "catalogue_plan.html")]
pub struct PlanPage {
    /// Around the page.
    pub shell: Shell,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether the reader may publish.
    pub may: bool,
    /// Whether who is who may be shown.
    pub customers: bool,
    /// Published versions.
    pub versions: Vec<PublishedLine>,
    /// Who acknowledged.
    pub acknowledged: Vec<AcknowledgedLine>,
    /// Who may acknowledge, for customers with this plan.
    pub authorised: Vec<String>,
    /// Who is asked to and has not.
    pub waiting: Vec<WaitingLine>,
}

/// A customer who has not acknowledged.
#[derive(Clone, Debug)]
pub struct WaitingLine {
    /// The customer.
    pub customer: String,
    /// Its page in the catalogue.
    pub href: String,
    /// For what it is asked.
    pub standing: String,
    /// Whether nobody may acknowledge for it.
    pub nobody: bool,
}

/// A published version.
#[derive(Clone, Debug)]
pub struct PublishedLine {
    /// Its page.
    pub href: String,
    /// Its number.
    pub number: u64,
    /// From when it holds.
    pub from: String,
    /// When it was published.
    pub published: Time,
    /// By whom.
    pub by: String,
    /// Why it was published although the checks found something.
    pub reason: String,
    /// Whether customers are asked again.
    pub material: bool,
    /// Its hash, shortened.
    pub hash: String,
}

/// An acknowledgement.
#[derive(Clone, Debug)]
pub struct AcknowledgedLine {
    /// The customer.
    pub customer: String,
    /// Its page in the catalogue.
    pub href: String,
    /// By whom.
    pub contact: String,
    /// Which version.
    pub number: u64,
    /// In which language.
    pub lang: String,
    /// When.
    pub at: Time,
}

/// `GET /catalogue/plans/{id}/draft`.
#[derive(Clone, Debug, Template)]
#[template(path = "catalogue_draft.html")]
pub struct DraftPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// The plan's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is looked at, for the form.
    pub seen: String,
    /// Whether publishing needs a reason.
    pub need_reason: bool,
    /// Gaps of coverage.
    pub gaps: Vec<GapLine>,
    /// Promises that hang on suppliers.
    pub links: Vec<LinkLine>,
    /// The week as a picture.
    pub week: WeekPicture,
    /// What is different from the published version.
    pub changes: Vec<ChangeLine>,
    /// The version that is published now; 0 if none is.
    pub newest: u64,
    /// What would be published.
    pub document: Document,
}

/// A gap of coverage.
#[derive(Clone, Debug)]
pub struct GapLine {
    /// The offering.
    pub offering: String,
    /// The language.
    pub lang: String,
    /// Services and kinds.
    pub of: String,
    /// When: "Mon 17:00–24:00 (52 times, first on 2 Mar)".
    pub when: Vec<String>,
}

/// A promise that hangs on a supplier.
#[derive(Clone, Debug)]
pub struct LinkLine {
    /// Our offering.
    pub offering: String,
    /// Services and kinds.
    pub of: String,
    /// The supplier and its offering.
    pub supplier: String,
    /// For what it is needed.
    pub need: String,
    /// What is wrong.
    pub findings: Vec<FindingLine>,
}

/// What is wrong with it, or not known.
#[derive(Clone, Debug)]
pub struct FindingLine {
    /// Whether it is known that it cannot be kept.
    pub broken: bool,
    /// What.
    pub text: String,
}

/// A week as a picture: as wide as its hours, a row for each offering and language.
#[derive(Clone, Debug)]
pub struct WeekPicture {
    /// "2 – 8 March, Europe/Berlin".
    pub title: String,
    /// The week before; none before the next one.
    pub back: Option<String>,
    /// The week after.
    pub on: String,
    /// Days: where they begin, in quarters of an hour, and what they are called.
    pub days: Vec<(u32, String)>,
    /// How wide it is, in quarters of an hour.
    pub width: u32,
    /// How high it is.
    pub height: u32,
    /// The rows.
    pub rows: Vec<WeekRow>,
}

/// A row of the picture.
#[derive(Clone, Debug)]
pub struct WeekRow {
    /// The offering and the language.
    pub label: String,
    /// Where it stands.
    pub y: u32,
    /// What is promised: from where, how wide.
    pub promised: Vec<(u32, u32)>,
    /// What of it nobody answers.
    pub gaps: Vec<(u32, u32)>,
    /// The same in words.
    pub promised_text: String,
    /// The same in words; empty if there is none.
    pub gaps_text: Vec<String>,
}

/// What is different between two versions.
#[derive(Clone, Debug)]
pub struct ChangeLine {
    /// Of what.
    pub part: String,
    /// The offering; empty for the whole.
    pub offering: String,
    /// How it was.
    pub before: String,
    /// How it is.
    pub after: String,
}

/// `GET /catalogue/statements/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "catalogue_statement.html")]
pub struct StatementPage {
    /// Around the page.
    pub shell: Shell,
    /// The plan's page.
    pub plan: String,
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: u64,
    /// The same in other languages.
    pub languages: Vec<Link>,
    /// The language that is shown.
    pub lang: String,
    /// Its text.
    pub document: Document,
    /// What is different from the version before.
    pub changes: Vec<ChangeLine>,
    /// Whether it can be mailed to customers: the newest, by who may.
    pub may_send: bool,
}

/// `GET /catalogue/customers/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "catalogue_customer.html")]
pub struct OfCustomerPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether the reader may change it.
    pub may: bool,
    /// The plan that it has now; empty if none.
    pub plan: String,
    /// What it had, has and will have.
    pub held: Vec<HolderLine>,
    /// Plans to choose from, with "none of its own" as the empty value.
    pub plans: Vec<Choice>,
    /// How it stands to the statement.
    pub standing: String,
    /// Its contacts: id, name, and whether they may acknowledge.
    pub contacts: Vec<Choice>,
}

/// `GET /help/statement`.
#[derive(Clone, Debug, Template)]
#[template(path = "help_statement.html")]
pub struct HelpStatementPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// A statement for each of the reader's customers for which one is published.
    pub statements: Vec<HelpStatement>,
}

/// A statement for one customer.
#[derive(Clone, Debug)]
pub struct HelpStatement {
    /// Its id.
    pub id: String,
    /// The customer; empty if the reader has only one.
    pub customer: String,
    /// Its text.
    pub document: Document,
    /// The hash that is acknowledged.
    pub hash: String,
    /// Whether it waits to be acknowledged.
    pub asked: bool,
    /// Whether the reader may do it.
    pub may: bool,
    /// How the customer stands to it.
    pub standing: String,
    /// What is different from the version that was acknowledged before.
    pub changes: Vec<ChangeLine>,
}
