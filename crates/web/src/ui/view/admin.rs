//! People and settings.

use askama::Template;

use super::{Choice, Notice, Pages, Person, Shell, Time};

/// `GET /admin/people`.
#[derive(Clone, Debug, Template)]
#[template(path = "people.html")]
pub struct PeoplePage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// The agents.
    pub agents: Vec<AgentLine>,
    /// The teams.
    pub teams: Vec<TeamLine>,
    /// Role words, in the order of the matrix.
    pub roles: Vec<String>,
    /// What each role may do.
    pub matrix: Vec<MatrixRow>,
    /// Languages for an invitation.
    pub languages: Vec<Choice>,
}

/// One agent.
#[derive(Clone, Debug)]
pub struct AgentLine {
    /// Its id.
    pub id: String,
    /// Who.
    pub person: Person,
    /// Address.
    pub email: String,
    /// Whether they may sign in.
    pub active: bool,
    /// Its version, for the form.
    pub version: u64,
    /// Every role, chosen or not; the value is the role's word.
    pub roles: Vec<Choice>,
    /// Whether the reader may change roles, deactivate and activate: nobody does so of oneself.
    pub may_change: bool,
}

/// One team.
#[derive(Clone, Debug)]
pub struct TeamLine {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Every agent, member or not; the value is the agent's id.
    pub members: Vec<Choice>,
    /// How many are members.
    pub count: u64,
}

/// One permission and the roles that have it.
#[derive(Clone, Debug)]
pub struct MatrixRow {
    /// Permission word.
    pub permission: String,
    /// One flag for each role, in the order of the roles.
    pub has: Vec<bool>,
}

/// `GET /admin/settings/desk`.
#[derive(Clone, Debug, Template)]
#[template(path = "settings_desk.html")]
pub struct DeskSettingsPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// Name.
    pub name: String,
    /// The version of the settings, for the form.
    pub version: u64,
    /// The language for people whose language is unknown.
    pub languages: Vec<Choice>,
    /// Time zones.
    pub time_zones: Vec<Choice>,
    /// Seconds during which sending can be undone.
    pub undo_seconds: u64,
    /// Days during which a resolved ticket can be reopened.
    pub reopen_days: u64,
    /// How long before a due time agents are warned, in minutes; none for what is usual.
    pub warn_minutes: Option<u64>,
    /// After how long agents are told of a new ticket that nobody has taken, in minutes; none for never.
    pub unassigned_minutes: Option<u64>,
}

/// `GET /admin/settings/calendars`.
#[derive(Clone, Debug, Template)]
#[template(path = "settings_calendars.html")]
pub struct CalendarsPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// The calendars.
    pub calendars: Vec<CalendarForm>,
    /// Time zones for a new one.
    pub time_zones: Vec<Choice>,
}

/// A calendar as a form.
#[derive(Clone, Debug)]
pub struct CalendarForm {
    /// Its id.
    pub id: String,
    /// Its version, for the form.
    pub version: u64,
    /// Name.
    pub name: String,
    /// Time zones.
    pub time_zones: Vec<Choice>,
    /// Monday to Sunday.
    pub days: Vec<CalendarDay>,
    /// One holiday a line: `2026-04-03`, or `12-25` for every year.
    pub holidays: String,
    /// How many holidays.
    pub holiday_count: u64,
    /// Hours a week: "40 h".
    pub week: String,
}

/// One weekday of a calendar.
#[derive(Clone, Debug)]
pub struct CalendarDay {
    /// Word: `mon` … `sun`; also the name of the field.
    pub day: String,
    /// "08:00-12:00, 13:00-17:00"; empty when closed.
    pub hours: String,
    /// The same as bars.
    pub bars: Vec<Bar>,
}

/// One open stretch on a bar of 24 hours, in quarters of an hour from midnight.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Where it begins, 0 to 96.
    pub from: u8,
    /// How long it is, 1 to 96.
    pub length: u8,
}

/// `GET /admin/settings/promises`.
#[derive(Clone, Debug, Template)]
#[template(path = "settings_promises.html")]
pub struct PromisesPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// The version of the settings, for the form.
    pub version: u64,
    /// The calendar in which all of them count, with "no promise" as the empty value.
    pub calendars: Vec<Choice>,
    /// One row for each severity.
    pub rows: Vec<PromiseRow>,
}

/// The promises of one severity.
#[derive(Clone, Debug)]
pub struct PromiseRow {
    /// Severity word.
    pub severity: String,
    /// A field for each promise.
    pub fields: Vec<PromiseField>,
}

/// A promise that can be typed.
#[derive(Clone, Debug)]
pub struct PromiseField {
    /// Word of the promise.
    pub promise: String,
    /// The field's name: `{severity}_{promise}` in lower case, such as `a_first_response`.
    pub name: String,
    /// "1 h", "30 min"; empty: no promise.
    pub value: String,
}

/// The fields of what is promised.
#[derive(Clone, Debug)]
pub struct TermsForm {
    /// Services.
    pub services: Vec<Choice>,
    /// Kinds.
    pub kinds: Vec<Choice>,
    /// Languages.
    pub languages: Vec<Choice>,
    /// Ways to ask.
    pub contact: Vec<Choice>,
    /// The time zone of its hours.
    pub time_zone: String,
    /// Its week.
    pub days: Vec<CalendarDay>,
    /// Its holidays, one a line.
    pub holidays: String,
    /// Its promises.
    pub promises: Vec<PromiseRow>,
    /// What is counted for the price.
    pub per: Vec<Choice>,
    /// The amount, such as `12.50`.
    pub amount: String,
    /// Its currency.
    pub currency: String,
}

/// `GET /admin/settings/mailboxes`.
#[derive(Clone, Debug, Template)]
#[template(path = "settings_mailboxes.html")]
pub struct MailboxesPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// The mailboxes.
    pub mailboxes: Vec<MailboxForm>,
}

/// A mailbox as a form. Passwords are never shown again.
#[derive(Clone, Debug)]
pub struct MailboxForm {
    /// Its id; empty for a new one.
    pub id: String,
    /// Its version, for the form.
    pub version: u64,
    /// The address that customers write to; it stays as it is.
    pub address: String,
    /// The name beside the address in answers.
    pub name: String,
    /// Kinds: what its mail is about, unless somebody knows better.
    pub kinds: Vec<Choice>,
    /// Services, in the same way.
    pub services: Vec<Choice>,
    /// IMAP server; empty if its mail is handed in.
    pub host: String,
    /// IMAP port.
    pub port: u16,
    /// How the connection is protected.
    pub securities: Vec<Choice>,
    /// How one signs in.
    pub auths: Vec<Choice>,
    /// Of an application that reads the mailbox: its cloud.
    pub clouds: Vec<Choice>,
    /// Its tenant.
    pub tenant: String,
    /// Its id.
    pub application: String,
    /// User name.
    pub user: String,
    /// Folder.
    pub folder: String,
    /// How it does: `done`, `warning`, `error`.
    pub tone: String,
    /// The same in words.
    pub health: String,
}

/// `GET /admin/settings/tokens`.
#[derive(Clone, Debug, Template)]
#[template(path = "settings_tokens.html")]
pub struct TokensPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// A token that was just made: shown once.
    pub made: Option<String>,
    /// The tokens.
    pub tokens: Vec<TokenLine>,
    /// Scopes; the value is the scope's word.
    pub scopes: Vec<Choice>,
}

/// One API token.
#[derive(Clone, Debug)]
pub struct TokenLine {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Scope words.
    pub scopes: Vec<String>,
    /// In whose name it acts.
    pub agent: String,
    /// Until when it works; without end if none.
    pub until: Option<Time>,
}

/// `GET /admin/settings/audit`; fragment `rows`.
#[derive(Clone, Debug, Template)]
#[template(path = "settings_audit.html", blocks = ["rows"])]
pub struct AuditPage {
    /// Around the page.
    pub shell: Shell,
    /// `done`: all seals hold; `error`: one does not; `info`: not verified just now.
    pub tone: String,
    /// The same in words.
    pub verified: String,
    /// The page of rows, newest first.
    pub rows: Vec<AuditRow>,
    /// The pages beside it.
    pub pages: Pages,
}

/// One row of the audit log.
#[derive(Clone, Debug)]
pub struct AuditRow {
    /// When.
    pub time: Time,
    /// Who, or which part of the program.
    pub actor: String,
    /// What was done.
    pub what: String,
    /// What it concerns, with its id.
    pub object: String,
    /// Whether it is sealed already.
    pub sealed: bool,
}

macro_rules! settings_page {
    ($($page:path = $word:literal),+ $(,)?) => {$(
        impl $page {
            /// Which of the settings this is, for the navigation among them.
            pub(super) fn page(&self) -> &'static str {
                $word
            }
        }
    )+};
}

settings_page! {
    super::MicrosoftPage = "microsoft",
    DeskSettingsPage = "desk",
    CalendarsPage = "calendars",
    PromisesPage = "promises",
    MailboxesPage = "mailboxes",
    TokensPage = "tokens",
    AuditPage = "audit",
}
