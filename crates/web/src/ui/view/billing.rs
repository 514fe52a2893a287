//! What suppliers bill us.

use askama::Template;

use super::{Choice, Link, Notice, Pages, Shell, Time};

/// A few words in a colour.
#[derive(Clone, Debug, Default)]
pub struct Mark {
    /// The words; empty for nothing to say.
    pub text: String,
    /// `done`, `warning`, `error`, or empty.
    pub tone: String,
}

/// `GET /payables`.
#[derive(Clone, Debug, Template)]
#[template(path = "payables.html")]
pub struct PayablesPage {
    /// Around the page.
    pub shell: Shell,
    /// The tabs of "Billing".
    pub tabs: Vec<Link>,
    /// What is wrong with the form.
    pub notice: Option<Notice>,
    /// What is open, by currency.
    pub owed: Vec<Owed>,
    /// The invoices.
    pub rows: Vec<PayableRow>,
    /// The pages beside it.
    pub pages: Pages,
    /// Suppliers to choose from, for who may enter an invoice; else empty.
    pub suppliers: Vec<Choice>,
    /// Kinds of documents.
    pub kinds: Vec<Choice>,
    /// The credit limits that suppliers give us.
    pub limits: Vec<LimitRow>,
    /// Today, as a form has it.
    pub today: String,
}

/// A credit limit.
#[derive(Clone, Debug)]
pub struct LimitRow {
    /// Whose.
    pub supplier: String,
    /// What is open, of how much.
    pub text: String,
    /// Since when.
    pub begins: Time,
    /// How much of it is used.
    pub mark: Mark,
}

/// What is open in one currency.
#[derive(Clone, Debug)]
pub struct Owed {
    /// All of it.
    pub open: String,
    /// What is overdue of it.
    pub overdue: Option<String>,
    /// When the next is due.
    pub next: Option<String>,
}

/// An invoice in a list.
#[derive(Clone, Debug)]
pub struct PayableRow {
    /// Its page.
    pub href: String,
    /// The supplier's number.
    pub number: String,
    /// What kind of document it is, if it is no ordinary invoice.
    pub kind: String,
    /// Whose.
    pub supplier: String,
    /// Its date.
    pub dated: Time,
    /// Until when it has to be paid, if something is open.
    pub due: Option<Time>,
    /// How near that is.
    pub near: Mark,
    /// Its total.
    pub total: String,
    /// What is open.
    pub open: String,
    /// Where it stands.
    pub standing: Mark,
    /// Whether its lines add up.
    pub adds_up: Mark,
}

/// `GET /payables/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "payable.html")]
pub struct PayablePage {
    /// Around the page.
    pub shell: Shell,
    /// What is wrong with a form, or what became of a file.
    pub notice: Option<Notice>,
    /// Its id.
    pub id: String,
    /// The invoice.
    pub row: PayableRow,
    /// Its facts: what, and how.
    pub facts: Vec<[String; 2]>,
    /// Whether its lines add up, in sentences.
    pub sentences: Vec<String>,
    /// What stands in the way of a file that was not taken.
    pub faults: Vec<[String; 2]>,
    /// Its files.
    pub files: Vec<PayableFile>,
    /// For whom it is.
    pub shares: Vec<PayableShare>,
    /// Whether it has lines.
    pub has_lines: bool,
    /// What was paid.
    pub payments: Vec<PaymentRow>,
    /// What to do with broken rows.
    pub broken: Vec<Choice>,
    /// Whether the reader may change anything.
    pub may_edit: bool,
    /// At which version.
    pub version: i64,
    /// Until when it has to be paid, as a form has it.
    pub due_value: String,
    /// Today, as a form has it.
    pub today: String,
    /// What agents should know.
    pub remark: String,
    /// What is open, as a form has it.
    pub open_value: String,
}

/// A file of an invoice.
#[derive(Clone, Debug)]
pub struct PayableFile {
    /// Its id.
    pub id: String,
    /// Where it is saved from.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Its size.
    pub size: String,
    /// What it is.
    pub what: Mark,
    /// Its layout.
    pub layout: String,
    /// When it came, and from whom.
    pub by: String,
    /// What was not taken of it: how many rows.
    pub not_taken: String,
    /// Which, and why.
    pub faults: Vec<[String; 2]>,
}

/// What of an invoice is for whom.
#[derive(Clone, Debug)]
pub struct PayableShare {
    /// The customer's lines.
    pub customer: Link,
    /// Its id at the supplier.
    pub key: String,
    /// How many lines.
    pub lines: String,
    /// How much.
    pub total: String,
    /// Why that is more or less than the month before.
    pub compare: String,
}

/// A payment.
#[derive(Clone, Debug)]
pub struct PaymentRow {
    /// When.
    pub paid_on: Time,
    /// How much.
    pub amount: String,
    /// By which it is found again.
    pub reference: String,
    /// Who entered it.
    pub by: String,
}

/// `GET /payables/{id}/lines`.
#[derive(Clone, Debug, Template)]
#[template(path = "payable_lines.html")]
pub struct PayableLinesPage {
    /// Around the page.
    pub shell: Shell,
    /// The invoice.
    pub back: Link,
    /// Whose lines.
    pub title: String,
    /// The lines.
    pub lines: Vec<LineRow>,
    /// The pages beside it.
    pub pages: Pages,
}

/// A line in a list.
#[derive(Clone, Debug)]
pub struct LineRow {
    /// Its page.
    pub href: String,
    /// What was bought.
    pub product: String,
    /// For whom.
    pub customer: String,
    /// What it charges.
    pub charge: String,
    /// For which days.
    pub period: String,
    /// How many.
    pub quantity: String,
    /// How much.
    pub total: String,
}

/// `GET /payables/{id}/lines/{line}`.
#[derive(Clone, Debug, Template)]
#[template(path = "payable_line.html")]
pub struct PayableLinePage {
    /// Around the page.
    pub shell: Shell,
    /// The lines of the invoice.
    pub back: Link,
    /// What was bought.
    pub title: String,
    /// How much.
    pub total: String,
    /// Its facts: what, and how.
    pub facts: Vec<[String; 2]>,
    /// How its amount comes about: a sentence, what it makes, and whether that is no arithmetic.
    pub steps: Vec<(String, bool)>,
    /// Whether arithmetic alone arrives there.
    pub whole: bool,
    /// Why that is more or less than the month before.
    pub compare: String,
    /// Where it is claimed back.
    pub claim: String,
}

/// `GET /payables/compare`.
#[derive(Clone, Debug, Template)]
#[template(path = "payable_months.html")]
pub struct MonthsPage {
    /// Around the page.
    pub shell: Shell,
    /// Which customer and month.
    pub title: String,
    /// The month before, and after.
    pub beside: [Link; 2],
    /// Whether there are more lines than can be compared.
    pub cut: bool,
    /// Currency by currency.
    pub currencies: Vec<Waterfall>,
}

/// From one month to the next, in one currency.
#[derive(Clone, Debug)]
pub struct Waterfall {
    /// The currency.
    pub currency: String,
    /// The month before, each cause, this month.
    pub bars: Vec<WaterfallBar>,
    /// Thing by thing.
    pub pairs: Vec<PairRow>,
}

/// A bar of the picture, in thousandths of its width.
#[derive(Clone, Debug)]
pub struct WaterfallBar {
    /// What it is.
    pub text: String,
    /// How much.
    pub amount: String,
    /// Where it begins.
    pub x: u32,
    /// How wide it is.
    pub width: u32,
    /// `sum`, `more` or `less`.
    pub tone: &'static str,
}

/// The same thing in two months.
#[derive(Clone, Debug)]
pub struct PairRow {
    /// What.
    pub product: String,
    /// What it charges.
    pub charge: String,
    /// How much it was.
    pub before: String,
    /// How much it is.
    pub now: String,
    /// The difference.
    pub difference: String,
    /// Why.
    pub why: String,
}
