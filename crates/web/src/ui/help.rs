//! The portal of contacts.
//!
//! Whose portal it is: the session of a contact says so. Before there is one, the installation's only desk; where
//! there are several, the one named in `?desk=` of an address, which the browser remembers, or else a choice of them.

pub(crate) mod approval;
pub(crate) mod articles;
pub(crate) mod door;
pub(crate) mod invoices;
pub(crate) mod new;
pub(crate) mod questions;
pub(crate) mod statement;
pub(crate) mod ticket;
pub(crate) mod tickets;

use std::sync::Arc;

use app::{App, Contact, live::Cursor};
use axum::{
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
    response::Response,
};
use jiff::Timestamp;

use super::{
    pieces::Reader,
    shell::{self, Told},
    view::Shell,
};
use crate::{
    guard::ContactSession,
    problem::{Answer, Problem},
};

/// A contact's page in the making.
#[derive(Debug)]
pub(crate) struct Page {
    app: App,
    contact: Arc<Contact>,
    reader: Reader,
    told: Option<Told>,
    /// All that it shows was read after this.
    since: Cursor,
}

impl<S> FromRequestParts<S> for Page
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let ContactSession(contact) = ContactSession::from_request_parts(parts, state).await?;
        let app = App::from_ref(state);
        let told = Told::read(&parts.headers);
        let reader = Reader::contact(&contact, app.now());
        let since = app.live.cursor(contact.desk);
        Ok(Self { app, contact, reader, told, since })
    }
}

impl Page {
    /// What stands around this page; `section` is `tickets` or `new`.
    async fn shell(&self, section: &str) -> Answer<Shell> {
        let mut shell = shell::of_contact(&self.app, &self.contact, section).await?;
        shell.since = self.since.to_string();
        shell.flash = self.told.as_ref().map(|told| told.flash(self.reader.words, self.reader.now));
        Ok(shell)
    }

    /// The page. What was told is told once.
    fn html(&self, page: &impl askama::Template) -> Answer {
        let response = super::html(page)?;
        Ok(match self.told {
            Some(_) => super::with_cookie(response, Told::forget()),
            None => response,
        })
    }

    /// What the contact may wait for: "answer by Tue 10:00"; empty when nothing runs.
    fn promise(&self, due_kind: Option<&str>, due: Timestamp) -> String {
        let key = match due_kind {
            Some("resolution") => "help-due-solution",
            Some(_) => "help-due-answer",
            None => return String::new(),
        };
        self.reader.words.f(key, &[("due", self.reader.near(due).into())])
    }
}

/// Where a ticket's page is.
fn address(number: i64) -> String {
    format!("/help/tickets/{number}")
}

/// A ticket's page.
fn to(number: i64) -> Response {
    super::see(&address(number))
}
