//! Mail on its way out and in.

use askama::Template;

use super::{Pages, Shell, Time};

/// `GET /sent`; fragment `rows`.
#[derive(Clone, Debug, Template)]
#[template(path = "sent.html", blocks = ["rows"])]
pub struct SentPage {
    /// Around the page.
    pub shell: Shell,
    /// The page of mails.
    pub mails: Vec<SentMail>,
    /// The pages beside it.
    pub pages: Pages,
}

/// One outgoing mail.
#[derive(Clone, Debug)]
pub struct SentMail {
    /// Its id.
    pub id: String,
    /// Subject.
    pub subject: String,
    /// The ticket it belongs to.
    pub ticket: Option<u64>,
    /// When it was written.
    pub time: Time,
    /// Each recipient apart.
    pub recipients: Vec<SentRecipient>,
    /// Whether a retry makes sense.
    pub may_retry: bool,
    /// Whether its bytes may be read: not of a mail with a link that lets somebody in.
    pub may_read: bool,
}

/// How sending to one recipient went.
#[derive(Clone, Debug)]
pub struct SentRecipient {
    /// The address.
    pub address: String,
    /// Word: `held`, `waiting`, `sent`, `failed`, `bounced`, `cancelled`.
    pub state: String,
    /// What the other side answered.
    pub detail: String,
}

/// `GET /inbox`: health of the incoming mail; fragments `health`, `parked`.
#[derive(Clone, Debug, Template)]
#[template(path = "inbox.html", blocks = ["health", "parked"])]
pub struct InboxPage {
    /// Around the page.
    pub shell: Shell,
    /// Mails that are stored and not yet processed.
    pub unprocessed: u64,
    /// Age of the oldest of them; empty when there is none.
    pub oldest: String,
    /// `done` while the oldest is young, `warning`, `error`.
    pub tone: String,
    /// The mailboxes.
    pub mailboxes: Vec<MailboxHealth>,
    /// Mails that could not be processed.
    pub parked: Vec<ParkedMail>,
    /// The pages beside them.
    pub pages: Pages,
    /// Whether the reader may retry.
    pub may_retry: bool,
}

/// How one mailbox does.
#[derive(Clone, Debug)]
pub struct MailboxHealth {
    /// Its address.
    pub address: String,
    /// `done`, `warning` or `error`.
    pub tone: String,
    /// The same in words.
    pub status: String,
    /// When everything in it had been taken last.
    pub last_ok: Option<Time>,
    /// What fails; may hold words of the server.
    pub error: String,
}

/// A mail that needs a person.
#[derive(Clone, Debug)]
pub struct ParkedMail {
    /// Its id.
    pub id: String,
    /// Subject as far as readable.
    pub subject: String,
    /// Sender as far as readable.
    pub from: String,
    /// When it came.
    pub time: Time,
    /// Why it stands here, in a sentence.
    pub reason: String,
    /// How often it was tried.
    pub attempts: u64,
}
