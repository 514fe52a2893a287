//! Mail that a server on this machine hands over by SMTP or LMTP.

use app::{
    App, Error,
    intake::{self, Envelope, Way},
};
use domain::id::{DeskId, MailboxId};
use mail::listen::{self, AcceptResult, Handler, RcptDecision};
use tracing::warn;

/// Takes what is for a mailbox of any desk.
pub(super) struct Taker {
    app: App,
}

impl Taker {
    pub(super) fn new(app: App) -> Self {
        Self { app }
    }

    /// The mailboxes of these recipients, each once, and which of the recipients are its own.
    async fn mailboxes(
        &self,
        recipients: &[String],
    ) -> Result<Vec<((DeskId, MailboxId), Vec<String>)>, Error> {
        let mut found: Vec<((DeskId, MailboxId), Vec<String>)> = Vec::new();
        for recipient in recipients {
            // One that is gone since it was taken has nobody left to read it.
            let Some(mailbox) = intake::addressee(&self.app, recipient).await? else { continue };
            match found.iter_mut().find(|(known, _)| *known == mailbox) {
                Some((_, recipients)) => recipients.push(recipient.clone()),
                None => found.push((mailbox, vec![recipient.clone()])),
            }
        }
        Ok(found)
    }

    async fn take(&self, envelope: &listen::Envelope, message: &[u8]) -> Result<(), Error> {
        // If a later desk cannot take it, the sender sends it again: those that have it know it by its bytes.
        for ((desk, mailbox), recipients) in self.mailboxes(&envelope.recipients).await? {
            let said = Envelope { sender: envelope.sender.clone(), recipients, ..Envelope::default() };
            intake::accept(&self.app, desk, &Way::Mailbox(mailbox), said, message.to_vec()).await?;
        }
        Ok(())
    }
}

impl Handler for Taker {
    async fn rcpt(&self, address: &str) -> RcptDecision {
        match intake::addressee(&self.app, address).await {
            Ok(Some(_)) => RcptDecision::Ours,
            Ok(None) => RcptDecision::Unknown,
            Err(_) => RcptDecision::Later,
        }
    }

    async fn accept(&self, envelope: &listen::Envelope, message: &[u8]) -> AcceptResult {
        match self.take(envelope, message).await {
            Ok(()) => AcceptResult::Durable,
            Err(Error::Refused(_)) => AcceptResult::Refused,
            Err(error) => {
                warn!(%error, "A message could not be kept; its sender will try again");
                AcceptResult::Later
            }
        }
    }
}
