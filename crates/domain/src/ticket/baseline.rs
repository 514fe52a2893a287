//! What a service asks for, and what follows from it for one ticket: who handles which matter, what is asked and
//! tried, which evidence is wanted, when a decision is needed, and how far a ticket has come on its path.
//!
//! What is shipped stands in `data/services.json`; a desk may keep sheets of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::diagnosis::{Decision, Diagnosis, Evidence, Findings, Verdict};
use super::kinds::{Kind, Service};
use super::lifecycle::State;
use crate::lang::Lang;
use crate::vehicle::{ProductVersion, Topic};
use crate::{UnknownWord, words};

/// A text in the languages in which there is one.
pub type Texts = BTreeMap<Lang, String>;

/// A text in a language, or in English, or in whichever there is; empty if there is none.
#[must_use]
pub fn text_in(texts: &Texts, lang: Lang) -> &str {
    let found = texts.get(&lang).or_else(|| texts.get(&Lang::En)).or_else(|| texts.values().next());
    found.map_or("", String::as_str)
}

/// The key of the matter that is a report of a weakness: who decides that a ticket is one has found that out.
pub const SECURITY_REPORT: &str = "security-report";

words! {
    /// Who handles a matter.
    pub enum Handler {
        /// We do.
        Partner = "partner",
        /// Microsoft does.
        Microsoft = "microsoft",
        /// The publisher of the product does.
        Publisher = "publisher",
        /// The customer does.
        Customer = "customer",
    }
}

words! {
    /// How far we go with a matter.
    pub enum Boundary {
        /// We resolve it.
        Inside = "inside",
        /// We find out what it is, and whose.
        DiagnoseOnly = "diagnose_only",
        /// We hand it to whoever resolves it, and follow it.
        Escalate = "escalate",
        /// We resolve it for a price.
        Charge = "charge",
    }
}

impl Boundary {
    /// What a matter of this kind is decided to be, if nobody decides otherwise.
    #[must_use]
    pub const fn verdict(self) -> Verdict {
        match self {
            Boundary::Inside | Boundary::Charge => Verdict::Inside,
            Boundary::DiagnoseOnly | Boundary::Escalate => Verdict::Outside,
        }
    }
}

words! {
    /// Why there was nothing to decide about a ticket.
    pub enum NotNeeded {
        /// Its customer closed it.
        ClosedByCustomer = "closed_by_customer",
        /// It is the same as another one.
        Duplicate = "duplicate",
        /// It asks for nothing.
        NoRequest = "no_request",
    }
}

words! {
    /// A fact that a question finds out: a field of [`Findings`].
    pub enum Finding {
        /// Whether something is broken.
        BreakFix = "break_fix",
        /// What a matter of billing or of a subscription is about.
        Topic = "topic",
        /// How old a product on own machines is.
        ProductVersion = "product_version",
        /// Whether it reports a weakness in Microsoft's products.
        SecurityReport = "security_report",
        /// Whether we sold what it is about.
        SoldByUs = "sold_by_us",
    }
}

impl Finding {
    /// The answers that there are, in the order in which they are offered.
    #[must_use]
    pub const fn answers(self) -> &'static [&'static str] {
        match self {
            Finding::BreakFix | Finding::SecurityReport | Finding::SoldByUs => &["true", "false"],
            Finding::Topic => &["invoice", "credit", "provisioning", "other"],
            Finding::ProductVersion => &["n", "n-1", "older"],
        }
    }

    /// What is known of it.
    #[must_use]
    pub const fn of(self, findings: &Findings) -> Option<&'static str> {
        const fn yes_no(known: Option<bool>) -> Option<&'static str> {
            match known {
                Some(true) => Some("true"),
                Some(false) => Some("false"),
                None => None,
            }
        }
        match self {
            Finding::BreakFix => yes_no(findings.break_fix),
            Finding::SecurityReport => yes_no(findings.security_report),
            Finding::SoldByUs => yes_no(findings.sold_by_us),
            Finding::Topic => match findings.topic {
                Some(topic) => Some(topic.word()),
                None => None,
            },
            Finding::ProductVersion => match findings.product_version {
                Some(version) => Some(version.word()),
                None => None,
            },
        }
    }

    /// Notes an answer; none makes it unknown again.
    ///
    /// # Errors
    /// An answer that there is not.
    pub fn set(self, findings: &mut Findings, answer: Option<&str>) -> Result<(), UnknownWord> {
        let yes_no = |answer: Option<&str>| match answer {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(_) => Err(UnknownWord { set: "answer" }),
        };
        match self {
            Finding::BreakFix => findings.break_fix = yes_no(answer)?,
            Finding::SecurityReport => findings.security_report = yes_no(answer)?,
            Finding::SoldByUs => findings.sold_by_us = yes_no(answer)?,
            Finding::Topic => findings.topic = answer.map(str::parse::<Topic>).transpose()?,
            Finding::ProductVersion => {
                findings.product_version = answer.map(str::parse::<ProductVersion>).transpose()?;
            }
        }
        Ok(())
    }
}

/// A matter that a request can be about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Its own name: it stays when the text changes.
    pub key: String,
    /// Who handles it.
    pub handler: Handler,
    /// How far we go.
    pub boundary: Boundary,
    /// Where it is written; empty where it is our own word.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Whether no document says so: reconstructed from other texts, and to be checked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reconstruction: bool,
    /// What it is called.
    pub text: Texts,
}

/// A question of the diagnosis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its own name.
    pub key: String,
    /// What its answer says.
    pub sets: Finding,
    /// The question.
    pub text: Texts,
}

/// When a step is worth taking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// By which finding.
    pub finding: Finding,
    /// What it has to be. While it is unknown, the step is worth taking.
    pub is: String,
}

/// A step of the diagnosis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its own name.
    pub key: String,
    /// The evidence that it brings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fills: Option<Evidence>,
    /// When it is worth taking; none is always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// What is to be done.
    pub text: Texts,
}

/// What a service asks for in requests of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sheet {
    /// The role that is needed in the customer's tenant.
    pub role: Texts,
    /// What requests can be about.
    pub categories: Vec<Category>,
    /// What is asked.
    pub questions: Vec<Question>,
    /// What is tried.
    pub steps: Vec<Step>,
    /// What whoever helps will ask for.
    pub evidence: Vec<Evidence>,
}

/// What is wrong with a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// A row has no text.
    #[error("a row has no text")]
    NoText,
    /// A text is longer than [`LONGEST`].
    #[error("a text is too long")]
    TooLong,
    /// More rows than [`MOST`].
    #[error("too many rows")]
    TooMany,
    /// Two rows have one key, or a key is no key.
    #[error("a key stands twice")]
    Key,
    /// A condition asks for an answer that there is not.
    #[error("a condition that can never hold")]
    Condition,
}

/// The longest text of a sheet, in characters.
pub const LONGEST: usize = 300;
/// The most rows of each part of a sheet.
pub const MOST: usize = 60;

impl Sheet {
    /// Passes if it can be kept and shown.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self) -> Result<(), SheetError> {
        let parts = [self.categories.len(), self.questions.len(), self.steps.len(), self.evidence.len()];
        if parts.into_iter().any(|rows| rows > MOST) {
            return Err(SheetError::TooMany);
        }
        let rows = self.categories.iter().map(|row| (&row.key, &row.text));
        let rows = rows.chain(self.questions.iter().map(|row| (&row.key, &row.text)));
        let rows: Vec<_> = rows.chain(self.steps.iter().map(|row| (&row.key, &row.text))).collect();
        let fine = |key: &str| {
            !key.is_empty()
                && key.len() <= 40
                && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        let mut keys = BTreeSet::new();
        for (key, texts) in rows {
            if !fine(key) || !keys.insert(key) {
                return Err(SheetError::Key);
            }
            if texts.values().all(|text| text.trim().is_empty()) {
                return Err(SheetError::NoText);
            }
            if texts.values().any(|text| text.chars().count() > LONGEST) {
                return Err(SheetError::TooLong);
            }
        }
        if self.role.values().any(|text| text.chars().count() > LONGEST) {
            return Err(SheetError::TooLong);
        }
        let possible = |when: &Condition| when.finding.answers().contains(&when.is.as_str());
        if self.steps.iter().filter_map(|step| step.when.as_ref()).any(|when| !possible(when)) {
            return Err(SheetError::Condition);
        }
        Ok(())
    }

    /// A category by its key.
    #[must_use]
    pub fn category(&self, key: &str) -> Option<&Category> {
        self.categories.iter().find(|row| row.key == key)
    }

    /// A step by its key.
    #[must_use]
    pub fn step(&self, key: &str) -> Option<&Step> {
        self.steps.iter().find(|row| row.key == key)
    }

    /// The steps that are worth taking by what is known.
    pub fn steps_for<'s>(&'s self, findings: &'s Findings) -> impl Iterator<Item = &'s Step> {
        self.steps.iter().filter(move |step| {
            step.when.as_ref().is_none_or(|when| when.finding.of(findings).is_none_or(|is| is == when.is))
        })
    }

    /// What is still open of a ticket's diagnosis.
    #[must_use]
    pub fn open<'s>(&'s self, diagnosis: &'s Diagnosis) -> Open<'s> {
        let asked = |question: &&Question| question.sets.of(&diagnosis.findings).is_none();
        let taken = |step: &&Step| !diagnosis.steps.iter().any(|done| done.key == step.key);
        let filled =
            |wanted: &Evidence| diagnosis.evidence.get(wanted).is_some_and(|text| !text.trim().is_empty());
        Open {
            questions: self.questions.iter().filter(asked).collect(),
            steps: self.steps_for(&diagnosis.findings).filter(taken).collect(),
            evidence: self.evidence.iter().copied().filter(|wanted| !filled(wanted)).collect(),
        }
    }
}

/// What is still open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open<'s> {
    /// Questions that nobody has answered.
    pub questions: Vec<&'s Question>,
    /// Steps that are worth taking, and were neither taken nor skipped.
    pub steps: Vec<&'s Step>,
    /// Evidence that nobody has given.
    pub evidence: Vec<Evidence>,
}

/// The sheets that are shipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipped {
    /// Which edition they are: the day on which they were written.
    pub edition: String,
    sheets: BTreeMap<(Service, Kind), Sheet>,
}

impl Shipped {
    /// The sheet of a service and a kind.
    #[must_use]
    pub fn sheet(&self, service: Service, kind: Kind) -> &Sheet {
        static NONE: Sheet = Sheet {
            role: Texts::new(),
            categories: Vec::new(),
            questions: Vec::new(),
            steps: Vec::new(),
            evidence: Vec::new(),
        };
        self.sheets.get(&(service, kind)).unwrap_or(&NONE)
    }
}

/// The file: each row stands once, sheets name rows.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    edition: String,
    roles: BTreeMap<String, Texts>,
    categories: Vec<Category>,
    questions: Vec<Question>,
    steps: Vec<Step>,
    sheets: Vec<FileSheet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileSheet {
    service: Service,
    kind: Kind,
    role: String,
    categories: Vec<String>,
    questions: Vec<String>,
    steps: Vec<String>,
    evidence: Vec<Evidence>,
}

impl From<File> for Shipped {
    fn from(file: File) -> Self {
        fn named<T: Clone>(keys: &[String], rows: &[T], key: impl Fn(&T) -> &str) -> Vec<T> {
            keys.iter().filter_map(|wanted| rows.iter().find(|row| key(row) == wanted)).cloned().collect()
        }
        let sheet = |sheet: &FileSheet| Sheet {
            role: file.roles.get(&sheet.role).cloned().unwrap_or_default(),
            categories: named(&sheet.categories, &file.categories, |row| &row.key),
            questions: named(&sheet.questions, &file.questions, |row| &row.key),
            steps: named(&sheet.steps, &file.steps, |row| &row.key),
            evidence: sheet.evidence.clone(),
        };
        let sheets = file.sheets.iter().map(|own| ((own.service, own.kind), sheet(own))).collect();
        Self { sheets, edition: file.edition }
    }
}

static SHIPPED: LazyLock<Shipped> = LazyLock::new(|| {
    let file: Result<File, _> = serde_json::from_str(include_str!("../../../../data/services.json"));
    file.expect("the file is a part of the program, and read by its tests").into()
});

/// The sheets that are shipped with this program.
#[must_use]
pub fn shipped() -> &'static Shipped {
    &SHIPPED
}

/// Whether an agent may bring a ticket of this kind to a state without a decision about the baseline.
#[must_use]
pub const fn may_go(kind: Kind, to: State, decision: Option<&Decision>) -> bool {
    let ends = !to.is_active();
    !(ends && matches!(kind, Kind::Technical) && decision.is_none())
}

words! {
    /// A stop on the path of a ticket.
    pub enum Stop {
        /// It came in.
        Received = "received",
        /// What is behind it was found out.
        Diagnosed = "diagnosed",
        /// It was decided whether it lies inside the baseline.
        Decided = "decided",
        /// Somebody else has it.
        HandedOver = "handed_over",
        /// It came back.
        Returned = "returned",
        /// The customer was told.
        Informed = "informed",
        /// It is over.
        Resolved = "resolved",
    }
}

words! {
    /// How a ticket stands to a stop of its path.
    pub enum Reached {
        /// It was there.
        Done = "done",
        /// It is what is to be done now.
        Now = "now",
        /// It may come.
        Ahead = "ahead",
        /// It passes it by.
        Skipped = "skipped",
    }
}

words! {
    /// Where a ticket is, seen from the one who served its customer first.
    pub enum Passage {
        /// It was never handed over.
        Home = "home",
        /// Somebody else has it.
        Out = "out",
        /// It came back.
        Back = "back",
    }
}

/// What decides how far a ticket has come.
#[derive(Clone, Copy, Debug)]
pub struct Journey<'d> {
    /// Its kind.
    pub kind: Kind,
    /// Its state.
    pub state: State,
    /// What was found out.
    pub diagnosis: &'d Diagnosis,
    /// How many steps are open.
    pub open_steps: usize,
    /// Where it is.
    pub passage: Passage,
    /// Whether the customer got an answer after the decision, and after it came back.
    pub informed: bool,
}

/// The path of a ticket, stop by stop.
#[must_use]
pub fn path(at: &Journey<'_>) -> [(Stop, Reached); 7] {
    use Reached::{Ahead, Done, Now, Skipped};
    let over = !at.state.is_active();
    let begun = !at.diagnosis.steps.is_empty()
        || !at.diagnosis.evidence.is_empty()
        || at.diagnosis.findings != Findings::default();
    let verdict = at.diagnosis.decision.as_ref().map(|decision| decision.verdict);
    let concerns = at.kind == Kind::Technical || begun;
    let diagnosed = match verdict {
        Some(Verdict::NotNeeded) if !begun => Skipped,
        Some(_) => Done,
        None if over && !begun || !concerns => Skipped,
        None if over || (begun && at.open_steps == 0) => Done,
        None => Now,
    };
    let decided = match verdict {
        Some(Verdict::NotNeeded) => Skipped,
        Some(Verdict::Inside | Verdict::Outside | Verdict::Unclear) => Done,
        None if over || !concerns => Skipped,
        None if diagnosed == Done => Now,
        None => Ahead,
    };
    let (handed_over, returned) = match at.passage {
        Passage::Out => (Done, Now),
        Passage::Back => (Done, Done),
        Passage::Home if over => (Skipped, Skipped),
        Passage::Home => match verdict {
            Some(Verdict::Outside) => (Now, Ahead),
            Some(Verdict::Inside | Verdict::NotNeeded) => (Skipped, Skipped),
            Some(Verdict::Unclear) => (Ahead, Ahead),
            None if concerns => (Ahead, Ahead),
            None => (Skipped, Skipped),
        },
    };
    let ours = matches!(handed_over, Skipped | Ahead) || returned == Done;
    let informed = match (at.informed, over) {
        (true, _) => Done,
        (false, true) => Skipped,
        (false, false) if ours && matches!(decided, Done | Skipped) => Now,
        (false, false) => Ahead,
    };
    let resolved = match (over, informed) {
        (true, _) => Done,
        (false, Done) if handed_over != Now && returned != Now && matches!(decided, Done | Skipped) => Now,
        (false, _) => Ahead,
    };
    [
        (Stop::Received, Done),
        (Stop::Diagnosed, diagnosed),
        (Stop::Decided, decided),
        (Stop::HandedOver, handed_over),
        (Stop::Returned, returned),
        (Stop::Informed, informed),
        (Stop::Resolved, resolved),
    ]
}
