//! What the worker needs to read a mailbox by IMAP: where messages go, how far it is, how it fares.

use domain::id::{DeskId, MailboxId};
use jiff::Timestamp;
use mail::imap::{Arrived, Content, Health, Intake, NotAccepted, Progress, Trouble};
use serde_json::{Value, json};
use store::inbox;
use tokio::sync::watch;

use crate::{
    App, Error, Result,
    intake::{self, Envelope, Way},
};

/// The intake of one mailbox.
#[derive(Debug)]
pub struct Reader {
    app: App,
    desk: DeskId,
    id: MailboxId,
    health: watch::Sender<Option<Value>>,
}

impl Reader {
    /// Of a mailbox. Its health is written beside the reading, the newest only: a database that is slow or away does
    /// not hold mail up.
    #[must_use]
    pub fn new(app: App, desk: DeskId, id: MailboxId) -> Self {
        let (health, mut told) = watch::channel(None);
        let writer = app.clone();
        tokio::spawn(async move {
            while told.changed().await.is_ok() {
                let Some(health) = told.borrow_and_update().clone() else { continue };
                if let Err(error) = set_health(&writer, desk, id, health).await {
                    tracing::warn!(mailbox = %id, %error, "Cannot note how a mailbox fares");
                }
            }
        });
        Self { app, desk, id, health }
    }
}

async fn set_health(app: &App, desk: DeskId, id: MailboxId, health: Value) -> Result<()> {
    app.store
        .write(desk, move |tx| {
            let health = health.clone();
            Box::pin(async move { Ok::<_, Error>(inbox::set_health(tx, id, &health).await?) })
        })
        .await
}

impl Intake for Reader {
    async fn accept(&self, message: Arrived) -> Result<(), NotAccepted> {
        let way = Way::Mailbox(self.id);
        let kept = match message.content {
            Content::Whole(raw) => intake::accept(&self.app, self.desk, &way, Envelope::default(), raw).await,
            Content::TooLarge { header, .. } => {
                intake::accept_too_large(&self.app, self.desk, &way, header).await
            }
            Content::Unfetchable { reason } => {
                // Parked, in sight, under its number: the server has it still.
                let note = format!(
                    "Subject: Message {} of the mailbox could not be fetched\r\n\r\n{reason}\r\n",
                    message.uid
                );
                intake::accept_too_large(&self.app, self.desk, &way, note.into_bytes()).await
            }
        };
        kept.map(drop).map_err(|error| NotAccepted(error.to_string()))
    }

    async fn load(&self) -> Result<Option<Progress>, NotAccepted> {
        let id = self.id;
        let mailbox = self
            .app
            .store
            .read::<_, store::Error, _>(self.desk, move |tx| Box::pin(inbox::mailbox(tx, id)))
            .await
            .map_err(|error| NotAccepted(error.to_string()))?;
        Ok(mailbox.and_then(|mailbox| progress(&mailbox.progress.0)))
    }

    async fn save(&self, progress: Progress) -> Result<(), NotAccepted> {
        let id = self.id;
        let progress = json!({ "uid_validity": progress.uid_validity, "last_uid": progress.last_uid });
        self.app
            .store
            .write(self.desk, move |tx| {
                let progress = progress.clone();
                Box::pin(async move { Ok::<_, Error>(inbox::set_progress(tx, id, &progress).await?) })
            })
            .await
            .map_err(|error| NotAccepted(error.to_string()))
    }

    fn health(&self, health: &Health) {
        let now = self.app.now();
        self.health.send_modify(|noted| {
            let current_at = noted.as_ref().and_then(|noted| noted["current_at"].as_str());
            *noted = Some(note(health, now, current_at));
        });
    }
}

fn progress(json: &Value) -> Option<Progress> {
    let number = |key: &str| json[key].as_u64().and_then(|n| u32::try_from(n).ok());
    Some(Progress { uid_validity: number("uid_validity")?, last_uid: number("last_uid")? })
}

/// Health as it is stored: `state`, `at`, when everything was `current_at` last, and for a failure what an operator
/// needs.
fn note(health: &Health, now: Timestamp, current_at: Option<&str>) -> Value {
    let now = now.to_string();
    match health {
        Health::Connected => json!({ "state": "connected", "at": now, "current_at": current_at }),
        Health::Current => json!({ "state": "current", "at": now, "current_at": now }),
        Health::Failing { trouble, detail, failures, retry_in } => json!({
            "state": "failing", "at": now, "current_at": current_at, "trouble": word(*trouble), "detail": detail,
            "failures": failures, "retry_in": retry_in.as_secs(),
        }),
        Health::Stopped => json!({ "state": "stopped", "at": now, "current_at": current_at }),
    }
}

const fn word(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Connect => "connect",
        Trouble::Tls => "tls",
        Trouble::Auth => "auth",
        Trouble::Token => "token",
        Trouble::Folder => "folder",
        Trouble::Timeout => "timeout",
        Trouble::Cut => "cut",
        Trouble::TooMuch => "too-much",
        Trouble::Protocol => "protocol",
        Trouble::Intake => "intake",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_read_as_it_was_saved() {
        let saved = json!({ "uid_validity": 7, "last_uid": u32::MAX });
        assert_eq!(progress(&saved), Some(Progress { uid_validity: 7, last_uid: u32::MAX }));
        for odd in [json!({}), json!({ "uid_validity": 7 }), json!({ "uid_validity": -1, "last_uid": 1 })] {
            assert_eq!(progress(&odd), None, "{odd}");
        }
    }

    #[test]
    fn the_last_success_outlives_a_failure() {
        let now: Timestamp = "2026-03-01T00:00:00Z".parse().unwrap();
        let current = note(&Health::Current, now, None);
        assert_eq!(current["current_at"], "2026-03-01T00:00:00Z");
        let failing = Health::Failing {
            trouble: Trouble::Auth,
            detail: "no".into(),
            failures: 2,
            retry_in: std::time::Duration::from_secs(4),
        };
        let later = note(&failing, now, current["current_at"].as_str());
        assert_eq!((&later["state"], &later["trouble"]), (&json!("failing"), &json!("auth")));
        assert_eq!(later["current_at"], "2026-03-01T00:00:00Z");
    }
}
