//! One task for each mailbox that is read by IMAP, begun and ended as the desks' settings say.

use std::{collections::HashMap, time::Duration};

use app::{
    App,
    mailboxes::{self, Reader},
};
use domain::id::{DeskId, MailboxId};
use mail::imap::ImapConfig;
use store::{inbox, installation};
use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{sleep, timeout},
};
use tracing::warn;

use super::lead;

/// How often the settings are looked at: how late a new mailbox begins to be read.
const LOOK: Duration = Duration::from_secs(10);
/// How long a task that was told to stop may take.
const FAREWELL: Duration = Duration::from_secs(5);

/// How the processes of an installation share the mailboxes.
#[derive(Clone, Debug)]
pub(super) enum Turns {
    /// There is only this one.
    Alone,
    /// Each mailbox is leased to one of them; this is our name.
    Leased(String),
}

/// A mailbox that is being read.
struct Task {
    /// Of the settings with which it was begun.
    version: i64,
    stop: watch::Sender<bool>,
    handle: JoinHandle<()>,
}

impl Task {
    async fn end(mut self) {
        self.stop.send_replace(true);
        if timeout(FAREWELL, &mut self.handle).await.is_err() {
            self.handle.abort();
        }
    }
}

/// Reads every mailbox that has a source until `stop`.
pub(super) async fn watch(app: App, turns: Turns, mut stop: watch::Receiver<bool>) {
    let mut tasks: HashMap<(DeskId, MailboxId), Task> = HashMap::new();
    while !*stop.borrow() {
        match wanted(&app).await {
            Ok(wanted) => adjust(&app, &turns, &mut tasks, wanted).await,
            Err(error) => warn!(%error, "Cannot look which mailboxes there are; reading those that were"),
        }
        tokio::select! {
            () = sleep(LOOK) => {}
            _ = stop.wait_for(|stop| *stop) => {}
        }
    }
    let ending: Vec<_> = tasks.into_values().map(|task| tokio::spawn(task.end())).collect();
    for ended in ending {
        drop(ended.await);
    }
}

/// Every mailbox with a source.
async fn wanted(app: &App) -> Result<HashMap<(DeskId, MailboxId), inbox::Mailbox>, store::Error> {
    let all = app.store.system_read::<_, store::Error, _>(|tx| Box::pin(installation::mailboxes(tx))).await?;
    let mut wanted = HashMap::new();
    for (desk, id) in all {
        let mailbox =
            app.store.read::<_, store::Error, _>(desk, move |tx| Box::pin(inbox::mailbox(tx, id))).await?;
        if let Some(mailbox) = mailbox.filter(|mailbox| mailbox.source.is_some()) {
            wanted.insert((desk, id), mailbox);
        }
    }
    Ok(wanted)
}

/// Ends what is not wanted any more or has other settings, and begins what is new.
async fn adjust(
    app: &App,
    turns: &Turns,
    tasks: &mut HashMap<(DeskId, MailboxId), Task>,
    wanted: HashMap<(DeskId, MailboxId), inbox::Mailbox>,
) {
    let over: Vec<_> = tasks
        .iter()
        .filter(|(key, task)| {
            task.handle.is_finished() || wanted.get(key).is_none_or(|mailbox| mailbox.version != task.version)
        })
        .map(|(key, _)| *key)
        .collect();
    for key in over {
        if let Some(task) = tasks.remove(&key) {
            task.end().await;
        }
    }
    for ((desk, id), mailbox) in wanted {
        if tasks.contains_key(&(desk, id)) {
            continue;
        }
        match mailboxes::source_for(app, desk, &mailbox).await {
            Ok(Some(source)) => {
                let (stop, stopped) = watch::channel(false);
                let read = read(app.clone(), desk, id, source, turns.clone(), stopped);
                let task = Task { version: mailbox.version, stop, handle: tokio::spawn(read) };
                tasks.insert((desk, id), task);
            }
            Ok(None) => {}
            Err(error) => warn!(mailbox = %id, %error, "A mailbox cannot be read"),
        }
    }
}

/// Reads one mailbox, whenever it is this process's turn.
async fn read(
    app: App,
    desk: DeskId,
    id: MailboxId,
    source: ImapConfig,
    turns: Turns,
    stop: watch::Receiver<bool>,
) {
    let reader = Reader::new(app.clone(), desk, id);
    match turns {
        Turns::Alone => mail::imap::run(source, &reader, stop).await,
        Turns::Leased(holder) => {
            let turn = |stop| mail::imap::run(source.clone(), &reader, stop);
            lead::lead(&app, &format!("mailbox:{id}"), &holder, stop, turn).await;
        }
    }
}
