//! Who watches what changes: pages that are open learn which block to fetch again.

use std::{
    collections::{HashMap, VecDeque},
    fmt,
    str::FromStr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use domain::{
    access::Visibility,
    deed::Deed,
    id::{AgentId, AuditId, DeskId, TicketId},
    ticket::kinds::Kind,
};
use jiff::{SignedDuration, Timestamp};
use store::Tx;
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
    /// Whether it is shown to named people only: then each reader is asked for.
    pub has_circle: bool,
    /// The entry of the audit log that tells of the change.
    pub audit: AuditId,
}

/// A place in what was told of a desk. A page carries the one at which it began to read, so that nothing is lost between
/// its reading and its watching. It is a random number: nobody learns from it how much has changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor(u64);

impl Cursor {
    fn random() -> Self {
        Self(u64::from_be_bytes(crate::ids::random()))
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}", self.0)
    }
}

impl FromStr for Cursor {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(text, 16).map(Self)
    }
}

/// A change, and the place after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct News {
    /// What has changed.
    pub change: Change,
    /// Where to go on.
    pub cursor: Cursor,
}

/// What a watcher has missed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missed {
    /// These; perhaps none.
    These(Vec<News>),
    /// Nobody knows: it may be anything.
    Unknown,
}

/// Tells every watcher of this process. A watcher that is too slow misses some and is told so.
#[derive(Clone, Debug)]
pub struct Live {
    watchers: broadcast::Sender<News>,
    told: Arc<Mutex<HashMap<DeskId, Told>>>,
}

/// What was told of a desk.
#[derive(Debug)]
struct Told {
    /// The place before what is remembered.
    start: Cursor,
    /// The newest changes, so that none is told twice and a page that comes late can hear them.
    newest: VecDeque<News>,
}

/// How many changes of a desk are remembered as told.
const REMEMBERED: usize = 4096;
/// A page that has missed more than this reads itself anew.
const MOST_MISSED: usize = 100;
/// How often the changes of other processes are looked for.
const LOOK: Duration = Duration::from_secs(1);
/// How long a change may take from the making of its id to its commit, and still be seen.
const OVERLAP: SignedDuration = SignedDuration::from_secs(10);
/// For how long nobody looks, while nobody watches, before nobody knows what was missed.
const BLIND: SignedDuration = SignedDuration::from_mins(1);

impl Default for Live {
    fn default() -> Self {
        Self { watchers: broadcast::channel(1024).0, told: Arc::default() }
    }
}

impl Default for Told {
    fn default() -> Self {
        Self { start: Cursor::random(), newest: VecDeque::new() }
    }
}

impl Live {
    /// Tells who watches. Nobody may be there.
    pub fn tell(&self, change: Change) {
        let mut desks = self.desks();
        let told = desks.entry(change.desk).or_default();
        if told.knows(change.audit) {
            return;
        }
        if told.newest.len() == REMEMBERED
            && let Some(forgotten) = told.newest.pop_front()
        {
            told.start = forgotten.cursor;
        }
        let news = News { change, cursor: Cursor::random() };
        told.newest.push_back(news);
        // Before the lock is free: who begins to watch hears it now or has missed it, and never both. An error only says
        // that nobody watches.
        let _ = self.watchers.send(news);
    }

    /// The place after all that was told of a desk. What a page reads later is not older.
    #[must_use]
    pub fn cursor(&self, desk: DeskId) -> Cursor {
        let mut desks = self.desks();
        let told = desks.entry(desk).or_default();
        told.newest.back().map_or(told.start, |news| news.cursor)
    }

    /// Watches from now on, and says what was told of a desk since then.
    #[must_use]
    pub fn watch(&self, desk: DeskId, since: Cursor) -> (broadcast::Receiver<News>, Missed) {
        let mut desks = self.desks();
        (self.watchers.subscribe(), desks.entry(desk).or_default().since(since))
    }

    /// Nobody knows any more what was missed until now.
    fn forget(&self) {
        self.desks().clear();
    }

    fn is_told(&self, desk: DeskId, id: AuditId) -> bool {
        self.desks().get(&desk).is_some_and(|told| told.knows(id))
    }

    fn desks(&self) -> MutexGuard<'_, HashMap<DeskId, Told>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Told {
    fn knows(&self, id: AuditId) -> bool {
        self.newest.iter().any(|known| known.change.audit == id)
    }

    fn since(&self, then: Cursor) -> Missed {
        let after = || self.newest.iter().rposition(|news| news.cursor == then).map(|last| last + 1);
        let heard = if then == self.start { Some(0) } else { after() };
        match heard {
            Some(heard) if self.newest.len() - heard <= MOST_MISSED => {
                Missed::These(self.newest.range(heard..).copied().collect())
            }
            Some(_) | None => Missed::Unknown,
        }
    }
}

/// Tells the watchers of this process what other processes on the same database have changed, until told to stop.
/// The audit log has a row for each change, so that it is all that must be asked, on either database.
pub async fn follow(app: &App, mut stop: watch::Receiver<bool>) {
    let mut looked = app.now();
    loop {
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        let now = app.now();
        if app.live.watchers.receiver_count() == 0 {
            if now.duration_since(looked) > BLIND {
                app.live.forget();
                looked = now;
            }
            continue;
        }
        match look(app, looked).await {
            Ok(()) => looked = now,
            Err(error) => warn!(%error, "Cannot see what other processes change"),
        }
    }
}

/// Tells of the changes that other processes made since then, or a little before.
///
/// # Errors
/// As the database says.
pub async fn look(app: &App, since: Timestamp) -> Result<()> {
    let since = AuditId::new(since.checked_sub(OVERLAP).unwrap_or(since), [0; 10]);
    let desks = app.store.system_read(|tx| Box::pin(store::installation::desks(tx))).await;
    for desk in desks.map_err(|e: store::Error| Error::from(e))? {
        let live = app.live.clone();
        let changes: Vec<Change> = app
            .store
            .read::<_, store::Error, _>(desk.id, move |tx| {
                let live = live.clone();
                Box::pin(async move { unheard(tx, &live, since).await })
            })
            .await?;
        for change in changes {
            app.live.tell(change);
        }
    }
    Ok(())
}

/// The changes of a desk since then that were not told here.
async fn unheard(tx: &mut Tx, live: &Live, mut since: AuditId) -> Result<Vec<Change>, store::Error> {
    let mut changes = Vec::new();
    loop {
        let rows = store::records::log_since(tx, since).await?;
        let Some(last) = rows.last() else { return Ok(changes) };
        since = last.id;
        for row in rows {
            let Ok(id) = row.subject.parse::<TicketId>() else { continue };
            if live.is_told(tx.desk(), row.id) {
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
                has_circle: ticket.circle.is_some(),
                audit: row.id,
            });
        }
    }
}

/// Whether customers could see what the log calls so. What is not known to be public is internal: not even that
/// something was noted may reach them.
fn visibility(action: &str) -> Visibility {
    match action.parse::<Deed>() {
        Ok(Deed::TicketOpen | Deed::TicketCustomerMessage | Deed::TicketReply | Deed::TicketMove) => {
            Visibility::Public
        }
        Ok(_) | Err(_) => Visibility::Internal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(n: u8) -> Change {
        let at = Timestamp::UNIX_EPOCH;
        Change {
            desk: DeskId::new(at, [1; 10]),
            ticket: TicketId::new(at, [n; 10]),
            number: i64::from(n),
            kind: Kind::Technical,
            visibility: Visibility::Public,
            assignee: None,
            has_circle: false,
            audit: AuditId::new(at, [n; 10]),
        }
    }

    fn desk() -> DeskId {
        change(0).desk
    }

    fn missed(live: &Live, since: Cursor) -> Option<Vec<i64>> {
        match live.watch(desk(), since).1 {
            Missed::These(news) => Some(news.iter().map(|news| news.change.number).collect()),
            Missed::Unknown => None,
        }
    }

    #[test]
    fn a_watcher_hears_what_was_told_since_its_page_was_read() {
        let live = Live::default();
        let first = live.cursor(desk());
        live.tell(change(1));
        let page = live.cursor(desk());
        live.tell(change(2));
        live.tell(change(2));
        live.tell(change(3));
        assert_eq!(missed(&live, first), Some(vec![1, 2, 3]));
        assert_eq!(missed(&live, page), Some(vec![2, 3]));
        assert_eq!(missed(&live, live.cursor(desk())), Some(vec![]));
        let (mut news, _) = live.watch(desk(), page);
        live.tell(change(4));
        let heard = news.try_recv().unwrap();
        assert_eq!((heard.change.number, heard.cursor), (4, live.cursor(desk())));
        assert!(news.try_recv().is_err());
        assert_eq!(page.to_string().parse(), Ok(page));
    }

    #[test]
    fn who_comes_from_elsewhere_or_too_late_has_missed_anything() {
        let live = Live::default();
        let first = live.cursor(desk());
        assert_eq!(missed(&live, Live::default().cursor(desk())), None, "another process");
        assert_eq!(missed(&live, Cursor::default()), None);
        for n in 0..=MOST_MISSED {
            live.tell(change(u8::try_from(n).unwrap()));
        }
        assert_eq!(missed(&live, first), None, "too many");
        let page = live.cursor(desk());
        live.forget();
        assert_eq!(missed(&live, page), None, "nobody looked");
        assert_eq!(missed(&live, live.cursor(desk())), Some(vec![]));
    }

    #[test]
    fn a_desk_does_not_see_that_another_is_busy() {
        let live = Live::default();
        let other = DeskId::new(Timestamp::UNIX_EPOCH, [2; 10]);
        let quiet = live.cursor(other);
        live.tell(change(1));
        assert_eq!(live.cursor(other), quiet);
    }
}
