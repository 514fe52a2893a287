//! Who watches what changes: pages that are open learn which block to fetch again.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use domain::{
    access::Visibility,
    id::{AgentId, AuditId, DeskId, TicketId},
    ticket::kinds::Kind,
};
use jiff::SignedDuration;
use tokio::sync::{broadcast, watch};
use tracing::warn;

use crate::{App, Error, Result};

/// Something has changed. It carries what the policy needs to decide who may learn of it, and no content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// In which desk.
    pub desk: DeskId,
    /// Which ticket.
    pub ticket: TicketId,
    /// Its number.
    pub number: i64,
    /// Its kind.
    pub kind: Kind,
    /// Whether customers could see the change, too.
    pub visibility: Visibility,
    /// Who has it.
    pub assignee: Option<AgentId>,
    /// The entry of the audit log that tells of the change.
    pub audit: AuditId,
}

/// Tells every watcher of this process. A watcher that is too slow misses some and is told so.
#[derive(Clone, Debug)]
pub struct Live {
    watchers: broadcast::Sender<Change>,
    /// The newest changes that were told, so that none is told twice.
    told: Arc<Mutex<VecDeque<AuditId>>>,
}

/// How many changes are remembered as told.
const REMEMBERED: usize = 4096;
/// How often the changes of other processes are looked for.
const LOOK: Duration = Duration::from_secs(1);
/// How long a change may take from the making of its id to its commit, and still be seen.
const OVERLAP: SignedDuration = SignedDuration::from_secs(10);

impl Default for Live {
    fn default() -> Self {
        Self { watchers: broadcast::channel(1024).0, told: Arc::default() }
    }
}

impl Live {
    /// Tells who watches. Nobody may be there.
    pub fn tell(&self, change: Change) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.contains(&change.audit) {
            return;
        }
        if told.len() == REMEMBERED {
            told.pop_front();
        }
        told.push_back(change.audit);
        // An error only says that nobody watches.
        let _ = self.watchers.send(change);
    }

    /// Watches from now on.
    #[must_use]
    pub fn watch(&self) -> broadcast::Receiver<Change> {
        self.watchers.subscribe()
    }

    fn is_told(&self, id: AuditId) -> bool {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).contains(&id)
    }
}

/// Tells the watchers of this process what other processes on the same database have changed, until told to stop.
/// The audit log has a row for each change, so that it is all that must be asked, on either database.
pub async fn follow(app: &App, mut stop: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        if app.live.watchers.receiver_count() > 0
            && let Err(error) = look(app).await
        {
            warn!(%error, "Cannot see what other processes change");
        }
    }
}

/// Tells of the changes that other processes made in the last seconds.
///
/// # Errors
/// As the database says.
pub async fn look(app: &App) -> Result<()> {
    let now = app.now();
    let since = AuditId::new(now.checked_sub(OVERLAP).unwrap_or(now), [0; 10]);
    let desks = app.store.system_read(|tx| Box::pin(store::installation::desks(tx))).await;
    for desk in desks.map_err(|e: store::Error| Error::from(e))? {
        let live = app.live.clone();
        let changes: Vec<Change> = app
            .store
            .read::<_, store::Error, _>(desk.id, move |tx| {
                let live = live.clone();
                Box::pin(async move {
                    let mut changes = Vec::new();
                    for row in store::records::log_since(tx, since).await? {
                        let Ok(id) = row.subject.parse::<TicketId>() else { continue };
                        if live.is_told(row.id) {
                            continue;
                        }
                        let Some(ticket) = store::tickets::get(tx, id).await? else { continue };
                        changes.push(Change {
                            desk: tx.desk(),
                            ticket: id,
                            number: ticket.number,
                            kind: ticket.kind,
                            visibility: visibility(&row.action),
                            assignee: ticket.assignee,
                            audit: row.id,
                        });
                    }
                    Ok(changes)
                })
            })
            .await?;
        for change in changes {
            app.live.tell(change);
        }
    }
    Ok(())
}

/// Whether customers could see what the log calls so. What is not known to be public is internal: not even that
/// something was noted may reach them.
fn visibility(action: &str) -> Visibility {
    match action {
        "ticket.open" | "ticket.customer_message" | "ticket.reply" | "ticket.move" => Visibility::Public,
        _ => Visibility::Internal,
    }
}
