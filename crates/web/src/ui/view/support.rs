//! Services and their requirements, articles, incidents, the report.

use askama::Template;

use super::{Choice, Notice, Pages, Shell, TicketRef, Time};

/// A text in one language.
#[derive(Clone, Debug)]
pub struct LangText {
    /// The language's tag.
    pub lang: String,
    /// The language's own name.
    pub name: String,
    /// The text, or empty.
    pub text: String,
}

/// `GET /admin/services`.
#[derive(Clone, Debug, Template)]
#[template(path = "services.html")]
pub struct ServicesPage {
    /// Around the page.
    pub shell: Shell,
    /// The services.
    pub services: Vec<ServiceLine>,
}

/// A service in the list.
#[derive(Clone, Debug)]
pub struct ServiceLine {
    /// Its word.
    pub service: String,
    /// What it asks for, by kind.
    pub sheets: Vec<SheetLine>,
}

/// A sheet in the list.
#[derive(Clone, Debug)]
pub struct SheetLine {
    /// The kind's word.
    pub kind: String,
    /// Its address.
    pub href: String,
    /// "as shipped", "version 3, yours".
    pub state: String,
    /// How many steps it has.
    pub steps: u64,
}

/// `GET /admin/services/{service}/{kind}`.
#[derive(Clone, Debug, Template)]
#[template(path = "service.html")]
pub struct ServicePage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// The service's word.
    pub service: String,
    /// The kind's word.
    pub kind: String,
    /// The version that holds now, for the check that nobody was faster.
    pub version: u64,
    /// "as shipped", "version 3, yours".
    pub state: String,
    /// Whether the reader may edit it: not an old version.
    pub may_edit: bool,
    /// Whether it is an old version.
    pub old: bool,
    /// Whether it is the desk's own.
    pub own: bool,
    /// The role that is needed in the customer's tenant.
    pub role: Vec<LangText>,
    /// Who handles what.
    pub categories: Vec<CategoryRow>,
    /// What is asked.
    pub questions: Vec<QuestionRow>,
    /// What is tried.
    pub steps: Vec<StepRow>,
    /// The evidence that is wanted.
    pub evidence: Vec<Choice>,
    /// Its versions, the newest first.
    pub versions: Vec<VersionLine>,
}

/// A version of something.
#[derive(Clone, Debug)]
pub struct VersionLine {
    /// Its number.
    pub version: u64,
    /// Where it can be read; empty: nowhere.
    pub href: String,
    /// When it was written.
    pub time: Time,
    /// What it was called, or empty.
    pub title: String,
}

/// A matter.
#[derive(Clone, Debug)]
pub struct CategoryRow {
    /// Its place.
    pub index: u64,
    /// Its key; empty for a new one.
    pub key: String,
    /// What the reader calls it.
    pub title: String,
    /// "we: resolve".
    pub who: String,
    /// Its texts.
    pub texts: Vec<LangText>,
    /// Who handles it.
    pub handlers: Vec<Choice>,
    /// How far we go.
    pub boundaries: Vec<Choice>,
    /// Where it is written.
    pub source: String,
    /// Whether it is our reconstruction.
    pub reconstruction: bool,
}

/// A question.
#[derive(Clone, Debug)]
pub struct QuestionRow {
    /// Its place.
    pub index: u64,
    /// Its key; empty for a new one.
    pub key: String,
    /// What the reader calls it.
    pub title: String,
    /// Its texts.
    pub texts: Vec<LangText>,
    /// What its answer says.
    pub sets: Vec<Choice>,
}

/// A step.
#[derive(Clone, Debug)]
pub struct StepRow {
    /// Its place.
    pub index: u64,
    /// Its key; empty for a new one.
    pub key: String,
    /// What the reader calls it.
    pub title: String,
    /// Its texts.
    pub texts: Vec<LangText>,
    /// The evidence that it brings.
    pub fills: Vec<Choice>,
    /// When it is worth taking.
    pub whens: Vec<Choice>,
}

/// `GET /articles`; fragment `rows`.
#[derive(Clone, Debug, Template)]
#[template(path = "articles.html", blocks = ["rows"])]
pub struct ArticlesPage {
    /// Around the page.
    pub shell: Shell,
    /// What was looked for.
    pub query: String,
    /// Whether the reader may write some.
    pub may_edit: bool,
    /// The articles.
    pub articles: Vec<ArticleLine>,
}

/// An article in a list.
#[derive(Clone, Debug)]
pub struct ArticleLine {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How it begins.
    pub preview: String,
    /// The language of both.
    pub language: String,
    /// Audience word.
    pub audience: String,
    /// Whether nobody else reads it yet.
    pub draft: bool,
    /// Service word, or empty.
    pub service: String,
    /// When it changed.
    pub changed: Time,
}

/// `GET /articles/{id}`, `GET /articles/new`.
#[derive(Clone, Debug, Template)]
#[template(path = "article.html")]
pub struct ArticlePage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// Where the form posts.
    pub action: String,
    /// Its version; 0 for a new one.
    pub version: u64,
    /// Whether the reader may change it.
    pub may_edit: bool,
    /// Its title in the reader's language.
    pub title: String,
    /// What it says in the reader's language.
    pub body: String,
    /// What it says.
    pub texts: Vec<ArticleText>,
    /// Who may read it.
    pub audiences: Vec<Choice>,
    /// Audience word.
    pub audience: String,
    /// Whether it is published.
    pub published: bool,
    /// The service, with "any" as the empty value.
    pub services: Vec<Choice>,
    /// The kind, with "any" as the empty value.
    pub kinds: Vec<Choice>,
    /// Its versions, the newest first.
    pub versions: Vec<VersionLine>,
}

/// `GET /articles/{id}/versions/{version}`.
#[derive(Clone, Debug, Template)]
#[template(path = "article_version.html")]
pub struct ArticleVersionPage {
    /// Around the page.
    pub shell: Shell,
    /// The article's page.
    pub article: String,
    /// What it was called.
    pub title: String,
    /// Which version.
    pub version: u64,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub time: Time,
    /// Who could read it, and what it was about, in a line.
    pub facts: String,
    /// The same of the next version; empty where that did not change.
    pub changed: String,
    /// What it said, by language.
    pub texts: Vec<VersionText>,
    /// The versions beside it.
    pub pages: Pages,
    /// Whether it is the newest.
    pub newest: bool,
}

/// What a version said in a language.
#[derive(Clone, Debug)]
pub struct VersionText {
    /// The language's tag.
    pub lang: String,
    /// The language's own name.
    pub name: String,
    /// What it was called.
    pub title: String,
    /// What it said.
    pub body: String,
    /// What the next version changed, a line each: `same`, `removed` or `added`, and the line. Nothing if it changed nothing.
    pub lines: Vec<(String, String)>,
}

/// An article in one language.
#[derive(Clone, Debug)]
pub struct ArticleText {
    /// The language's tag.
    pub lang: String,
    /// The language's own name.
    pub name: String,
    /// The title, or empty.
    pub title: String,
    /// The text, or empty.
    pub body: String,
    /// Whether there is something, or it is the reader's language.
    pub open: bool,
}

/// `GET /incidents`.
#[derive(Clone, Debug, Template)]
#[template(path = "incidents.html")]
pub struct IncidentsPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// Whether the reader may declare some.
    pub may_edit: bool,
    /// Services, for a new one.
    pub services: Vec<Choice>,
    /// The title so far.
    pub title: String,
    /// The incidents, the newest first.
    pub incidents: Vec<IncidentLine>,
}

/// An incident in a list.
#[derive(Clone, Debug)]
pub struct IncidentLine {
    /// Its id.
    pub id: String,
    /// What the source calls it, or empty.
    pub external: String,
    /// What it is called.
    pub title: String,
    /// Service word.
    pub service: String,
    /// Word of how it stands.
    pub status: String,
    /// Word of who says so.
    pub source: String,
    /// Since when.
    pub since: Time,
    /// How many tickets the reader sees that are about it.
    pub tickets: u64,
}

/// `GET /incidents/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "incident.html")]
pub struct IncidentPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// The incident.
    pub incident: IncidentLine,
    /// Its version, for the check that nobody was faster.
    pub version: u64,
    /// Whether the reader may change it and write to everybody.
    pub may_edit: bool,
    /// How it can stand.
    pub statuses: Vec<Choice>,
    /// Its tickets.
    pub tickets: Vec<TicketRef>,
    /// The languages of its customers, each with how many and what was typed.
    pub languages: Vec<LangText>,
    /// Whether English stands for what is missing.
    pub english: bool,
    /// What was written.
    pub updates: Vec<UpdateView>,
}

/// A message to everybody.
#[derive(Clone, Debug)]
pub struct UpdateView {
    /// When.
    pub time: Time,
    /// What it says.
    pub texts: Vec<LangText>,
    /// What became of it: "sent: 12".
    pub outcomes: Vec<String>,
}

/// `GET /reports/baseline`.
#[derive(Clone, Debug, Template)]
#[template(path = "report_baseline.html")]
pub struct BaselinePage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// The first month, as it was asked for.
    pub from: String,
    /// The last one.
    pub to: String,
    /// Where the same is to be had as CSV.
    pub csv: String,
    /// The lines.
    pub lines: Vec<BaselineRow>,
}

/// A service in a month.
#[derive(Clone, Debug)]
pub struct BaselineRow {
    /// Such as 2026-11.
    pub month: String,
    /// Service word.
    pub service: String,
    /// Inside.
    pub inside: String,
    /// Outside.
    pub outside: String,
    /// Unclear.
    pub unclear: String,
    /// Nothing to decide.
    pub not_needed: String,
    /// "78 %", or a dash.
    pub share: String,
    /// What suppliers took.
    pub escalated: String,
    /// What of it came back as a document.
    pub documentation: String,
    /// What of it came back as a known issue.
    pub known_issue: String,
    /// What of it came back because something was missing.
    pub data_missing: String,
    /// Seats, or a dash.
    pub seats: String,
    /// Escalations for each 1,000 seats, or a dash.
    pub per_seats: String,
}

/// `GET /help/articles`.
#[derive(Clone, Debug, Template)]
#[template(path = "help_articles.html")]
pub struct HelpArticlesPage {
    /// Around the page.
    pub shell: Shell,
    /// What was looked for.
    pub query: String,
    /// The articles.
    pub articles: Vec<HelpArticle>,
}

/// An article as customers see it in a list.
#[derive(Clone, Debug)]
pub struct HelpArticle {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How it begins.
    pub preview: String,
}

/// `GET /help/articles/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "help_article.html")]
pub struct HelpArticlePage {
    /// Around the page.
    pub shell: Shell,
    /// Its title.
    pub title: String,
    /// What it says.
    pub body: String,
}
