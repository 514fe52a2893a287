//! The ways in: sign-in, choice of desk, invitation; and the account of the person who is in.

use askama::Template;

use super::{Choice, Link, Notice, Shell};

/// `GET /sign-in`.
#[derive(Clone, Debug, Template)]
#[template(path = "sign_in.html")]
pub struct SignInPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// The address typed before.
    pub email: String,
    /// Where to go afterwards: a path of ours.
    pub next: String,
    /// The same page in the other languages.
    pub languages: Vec<Link>,
}

/// `GET /sign-in/forgotten`, and what follows it.
#[derive(Clone, Debug, Template)]
#[template(path = "forgotten.html")]
pub struct ForgottenPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// The address typed before.
    pub email: String,
    /// Whether a link was asked for.
    pub sent: bool,
    /// The same page in the other languages.
    pub languages: Vec<Link>,
}

/// `GET /choose-desk`.
#[derive(Clone, Debug, Template)]
#[template(path = "choose_desk.html")]
pub struct ChooseDeskPage {
    /// Around the page.
    pub shell: Shell,
    /// Desks; the value is the desk's id.
    pub desks: Vec<Choice>,
    /// Where to go afterwards.
    pub next: String,
}

/// `GET /invitation/{token}`: a new agent sets a password; also somebody who has forgotten it.
#[derive(Clone, Debug, Template)]
#[template(path = "invitation.html")]
pub struct InvitationPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// Where the form posts: the page's own path.
    pub action: String,
    /// Who sets a password.
    pub email: String,
    /// Whether it is the first one.
    pub first: bool,
    /// Fewest characters of a password.
    pub min_length: u64,
}

/// `GET /me`: the reader's own settings.
#[derive(Clone, Debug, Template)]
#[template(path = "account.html")]
pub struct AccountPage {
    /// Around the page.
    pub shell: Shell,
    /// Languages.
    pub languages: Vec<Choice>,
    /// Themes: `system`, `light`, `dark`, `contrast`.
    pub themes: Vec<Choice>,
    /// Of what mails are wanted.
    pub notices: Vec<Choice>,
    /// Time zones.
    pub time_zones: Vec<Choice>,
    /// Languages in which the agent answers besides its own.
    pub spoken: Vec<Choice>,
    /// Calendars of its working hours, with the desk's as the empty value.
    pub hours: Vec<Choice>,
    /// What went wrong with the password.
    pub notice: Option<Notice>,
    /// Fewest characters of a password.
    pub min_length: u64,
}

/// Any page that could not be shown.
#[derive(Clone, Debug, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// Around the page.
    pub shell: Shell,
    /// HTTP status.
    pub status: u16,
    /// What happened.
    pub title: String,
    /// What was kept and what to do.
    pub text: String,
    /// Where to go on.
    pub home: Link,
    /// The request's id, for the log; empty when there is none.
    pub request: String,
}
