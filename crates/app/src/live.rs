//! Who watches what changes: pages that are open learn which block to fetch again.

use domain::{
    access::Visibility,
    id::{AgentId, DeskId, TicketId},
    ticket::kinds::Kind,
};
use tokio::sync::broadcast;

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
}

/// Tells every watcher of this process. A watcher that is too slow misses some and is told so.
#[derive(Clone, Debug)]
pub struct Live(broadcast::Sender<Change>);

impl Default for Live {
    fn default() -> Self {
        Self(broadcast::channel(1024).0)
    }
}

impl Live {
    /// Tells who watches. Nobody may be there.
    pub fn tell(&self, change: Change) {
        // An error only says that nobody watches.
        let _ = self.0.send(change);
    }

    /// Watches from now on.
    #[must_use]
    pub fn watch(&self) -> broadcast::Receiver<Change> {
        self.0.subscribe()
    }
}
