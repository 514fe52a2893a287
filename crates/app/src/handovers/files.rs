//! Files beside the messages of two neighbours. A message names them; whoever reads it asks for their bytes, and has
//! them when they are what was named.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use domain::{
    deed::Deed,
    handover::{
        ChainId, Content, Hash, Key, Message,
        message::{Seal as _, VERSION},
        package::{self, Enclosed},
    },
    id::{DeskId, EntryId, HandoverId, PeerId, TicketId},
    ticket::{notice::Occasion, timeline::Actor},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{
    Json, Tx,
    awaited::{self, Awaited},
    blob, handovers,
    peers::Peer,
    queue::Job,
    timeline::Attachment,
};

use super::{
    carry,
    case::{self, Case},
    keys::{self, Kept, Real, Ring},
    legs,
    receive::{self, Question, Unasked},
    steps,
};
use crate::{
    Agent, App, Error, Ids, Result, jobs,
    tickets::{Hand, Upload},
};

/// How long a file may take to come.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a file is asked for: about a week.
const TRIES: i64 = 40;
/// The longest name that is kept, in characters.
const NAME: usize = 255;

/// What one desk asks another for.
#[derive(Debug, Serialize, Deserialize)]
struct Wanted {
    handover: ChainId,
    /// The hash of the message that names the file.
    message: Hash,
    /// The file's own.
    file: Hash,
}

/// The answer to such a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// The file.
    File(Vec<u8>),
    /// No question.
    Malformed,
    /// Not from a desk that is paired, or not one that was told of such a file: the same answer for both.
    NotPaired,
}

impl From<Unasked> for Given {
    fn from(why: Unasked) -> Self {
        match why {
            Unasked::Malformed => Given::Malformed,
            Unasked::NotPaired => Given::NotPaired,
        }
    }
}

/// Gives a desk a file that a message to it names.
///
/// # Errors
/// As the database says.
pub async fn give(app: &App, body: &[u8]) -> Result<Given> {
    let asked = match receive::asked::<Wanted>(app, keys::FILE, body).await? {
        Ok(asked) => asked,
        Err(why) => return Ok(why.into()),
    };
    let wanted = &asked.question.what;
    let lane = case::to(&asked.question.from);
    let (chain, message) = (wanted.handover.to_string(), wanted.message);
    let named = app
        .store
        .read(asked.desk, move |tx| {
            let (chain, lane) = (chain.clone(), lane.clone());
            Box::pin(async move { files(tx, &chain, &lane, message).await })
        })
        .await?;
    if !package::wanted(&named).any(|file| file.sha256 == wanted.file) {
        return Ok(Given::NotPaired);
    }
    let found = app.blobs.get(&app.store, asked.desk, blob::Hash::from(wanted.file.0)).await?;
    Ok(found.map_or(Given::NotPaired, Given::File))
}

/// The files that a message of a lane names; none if there is no such message.
async fn files(tx: &mut Tx, chain: &str, lane: &str, message: Hash) -> Result<Vec<Enclosed>> {
    let Some(kept) = handovers::by_hash(tx, chain, lane, message.0).await? else { return Ok(Vec::new()) };
    let message = Message::read(case::signed(&kept)?, &Kept).map_err(Error::internal)?;
    Ok(match message.content {
        Content::Link(link) => link.files().to_vec(),
        Content::Custody(_) | Content::Unknown(_) => Vec::new(),
    })
}

/// What is to be asked for, as a job has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Fetch {
    pub(super) chain: String,
    pub(super) peer: PeerId,
    /// Who wrote the message.
    pub(super) from: Key,
    pub(super) message: Hash,
    /// The entry of the timeline that the message became.
    pub(super) entry: EntryId,
}

/// Has the files asked for that a message names; it became an entry, of a hand-over. Until they are there the ticket says
/// that they are to come.
pub(super) async fn expect(
    tx: &mut Tx,
    ids: &mut Ids,
    fetch: Fetch,
    (handover, files): (HandoverId, &[Enclosed]),
    now: Timestamp,
) -> Result<()> {
    let names: Vec<String> = package::wanted(files).map(|file| plain(&file.name)).collect();
    if names.is_empty() {
        return Ok(());
    }
    let question = serde_json::to_value(&fetch).map_err(Error::internal)?;
    let (names, question) = (Json(names), Json(question));
    let (tries, why, next_at) = (0, String::new(), Some(now));
    awaited::add(tx, &Awaited { entry: fetch.entry, handover, names, question, tries, why, next_at }).await?;
    Ok(store::queue::enqueue(tx, now, &jobs::fetch(ids, &fetch, now)).await.map(drop)?)
}

/// A name as it is kept: what another desk calls a file is anything.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(NAME).collect()
}

/// Asks once more for files that were given up.
///
/// # Errors
/// Without [`domain::access::Permission::TicketEscalate`]; [`Error::NotFound`] for an entry of which nothing is to come;
/// `wrong-state` while they are asked for anyway.
pub async fn ask_again(app: &App, agent: &Agent, leg: HandoverId, entry: EntryId) -> Result<()> {
    let now = app.now();
    let unit = Arc::new((agent.clone(), [app.ids(now), app.ids(now)]));
    let told = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, [for_hand, ids]) = &*unit;
                let (leg, hand) = legs::take(tx, agent, leg, for_hand.clone(), now).await?;
                let row = awaited::get(tx, entry).await?.filter(|row| row.handover == leg.id);
                let row = row.ok_or(Error::NotFound("file"))?;
                if row.next_at.is_some() {
                    return Err(Error::Refused("wrong-state"));
                }
                let fetch: Fetch = serde_json::from_value(row.question.0).map_err(Error::internal)?;
                awaited::tried(tx, entry, 0, "", Some(now)).await?;
                store::queue::enqueue(tx, now, &jobs::fetch(&mut ids.clone(), &fetch, now)).await?;
                hand.put(tx, Deed::HandOver).await
            })
        })
        .await?;
    app.live.tell(told);
    app.wake();
    Ok(())
}

/// Notes that files have not come. It is asked again while that may help; then a person is told.
async fn missed(app: &App, desk: DeskId, wanted: &Fetch, why: &str, next: Next) -> Result<jobs::Outcome> {
    let now = app.now();
    let (tries, at) = match next {
        Next::Again(attempts) => (attempts, Some(carry::later(now, attempts))),
        Next::Never(attempts) => (attempts, None),
    };
    let unit = Arc::new((wanted.entry, why.to_owned(), [app.ids(now), app.ids(now)]));
    let told = app
        .store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (entry, why, [for_hand, ids]) = &*unit;
                let Some(row) = awaited::get(tx, *entry).await? else { return Ok(None) };
                awaited::tried(tx, *entry, tries, why, at).await?;
                let leg = handovers::get(tx, row.handover).await?;
                let (Some(ticket), None) = (leg.and_then(|leg| leg.ticket), at) else { return Ok(None) };
                let hand = Hand::take(tx, ticket, for_hand.clone(), now, Actor::System).await?;
                steps::notify(tx, &hand, &mut ids.clone(), Occasion::Supplier, now).await?;
                Ok::<_, Error>(Some(hand.put(tx, Deed::TicketNotice).await?))
            })
        })
        .await?;
    if let Some(told) = told {
        app.live.tell(told);
        app.wake();
    }
    Ok(at.map_or(jobs::Outcome::Done, |at| jobs::Outcome::Again(at, why.to_owned())))
}

/// What follows when files have not come, after so many attempts.
#[derive(Clone, Copy, Debug)]
enum Next {
    /// They are asked for again.
    Again(i64),
    /// They are given up, until a person asks.
    Never(i64),
}

/// How many files of those that a message names will come.
pub(super) fn count(files: &[Enclosed]) -> u32 {
    u32::try_from(package::wanted(files).count()).unwrap_or(u32::MAX)
}

/// What is known of a message whose files are to come.
struct Load {
    peer: Peer,
    me: Key,
    ticket: TicketId,
    files: Vec<Enclosed>,
}

/// Asks for the files of a message, and adds them to the entry that it became: all of them, once.
pub(crate) async fn fetch(app: &App, desk: DeskId, wanted: Fetch, job: &Job) -> Result<jobs::Outcome> {
    let Some(load) = load(app, desk, &wanted).await? else {
        return missed(app, desk, &wanted, "it is not paired any more", Next::Never(job.attempts)).await;
    };
    let ring = Ring::load(app, desk).await?;
    let mut files = Vec::new();
    for file in package::wanted(&load.files) {
        let bytes = match ask(app, &ring, &wanted, &load, file).await {
            Ok(bytes) => bytes,
            Err(Error::Unavailable(why)) => {
                let may_help = job.attempts < TRIES;
                let next = if may_help { Next::Again(job.attempts) } else { Next::Never(job.attempts) };
                return missed(app, desk, &wanted, &why, next).await;
            }
            Err(other) => return Err(other),
        };
        let upload = Upload {
            name: plain(&file.name),
            content_type: file.content_type.chars().take(NAME).collect(),
            bytes,
            content_id: None,
        };
        files.extend(app.prepare_files(desk, vec![upload]).await?);
    }
    let now = app.now();
    let unit = Arc::new((files, app.ids(now)));
    let (ticket, entry) = (load.ticket, wanted.entry);
    let told = app
        .store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (files, ids) = &*unit;
                if of_entry(tx, ticket, entry).await? {
                    return Ok(None);
                }
                let mut hand = Hand::take(tx, ticket, ids.clone(), now, Actor::Stranger).await?;
                hand.attach(entry, files);
                awaited::came(tx, entry).await?;
                Ok::<_, Error>(Some(hand.put(tx, Deed::HandOverReceive).await?))
            })
        })
        .await?;
    if let Some(told) = told {
        app.live.tell(told);
    }
    Ok(jobs::Outcome::Done)
}

/// What is still to be asked for.
async fn load(app: &App, desk: DeskId, wanted: &Fetch) -> Result<Option<Load>> {
    let wanted = Arc::new(wanted.clone());
    app.store
        .read(desk, move |tx| {
            let wanted = wanted.clone();
            Box::pin(async move {
                let peer = store::peers::get(tx, wanted.peer).await?.filter(|peer| !peer.revoked);
                let case = Case::load(tx, &wanted.chain).await?;
                let (Some(peer), Some(case)) = (peer, case) else { return Ok(None) };
                let Some(ticket) = case.row.ticket else { return Ok(None) };
                if of_entry(tx, ticket, wanted.entry).await? {
                    return Ok(None);
                }
                let files = files(tx, &wanted.chain, &case::from(&wanted.from), wanted.message).await?;
                Ok::<_, Error>(Some(Load { peer, me: case.me, ticket, files }))
            })
        })
        .await
}

/// Whether an entry has its files.
async fn of_entry(tx: &mut Tx, ticket: TicketId, entry: EntryId) -> Result<bool> {
    let all = store::timeline::attachments(tx, ticket).await?;
    Ok(all.iter().any(|file: &Attachment| file.entry == entry))
}

/// Asks the other desk for one file.
async fn ask(app: &App, ring: &Ring, wanted: &Fetch, load: &Load, file: &Enclosed) -> Result<Vec<u8>> {
    let question = Question {
        version: VERSION,
        from: load.me.clone(),
        to: wanted.from.clone(),
        what: Wanted {
            handover: wanted.chain.parse().map_err(Error::internal)?,
            message: wanted.message,
            file: file.sha256,
        },
        at: app.now(),
    };
    let signed = question.sign(keys::FILE, ring.of(&load.me)?)?;
    let body = serde_json::to_vec(&signed).map_err(Error::internal)?;
    let bytes = if carry::is_here(app, &wanted.from).await? {
        match give(app, &body).await? {
            Given::File(bytes) => bytes,
            Given::Malformed | Given::NotPaired => {
                return Err(Error::Unavailable("refused: no such file".into()));
            }
        }
    } else {
        let most = usize::try_from(file.size).unwrap_or(usize::MAX);
        carry::ask(app, &load.peer.address, "/chain/v1/files", body, most, PATIENCE).await?
    };
    if Real.hash(&bytes) == file.sha256 {
        Ok(bytes)
    } else {
        Err(Error::Unavailable("its file is not what it named".into()))
    }
}

/// Among which of a ticket's files an agent chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Among {
    /// Those that its customer sees.
    Shown,
    /// All of them.
    All,
}

/// The files of a ticket that its customer does not see, the oldest first, each once.
pub(super) async fn unseen(tx: &mut Tx, ticket: TicketId, shown: &[Attachment]) -> Result<Vec<Attachment>> {
    let mut known: BTreeSet<[u8; 32]> = shown.iter().map(|file| file.hash.bytes()).collect();
    let mut all = store::timeline::attachments(tx, ticket).await?;
    all.retain(|file| known.insert(file.hash.bytes()));
    Ok(all)
}

/// What a ticket's files are to a supplier: those that an agent chose, in the order of the timeline.
///
/// # Errors
/// `files` for one that is not among those of the ticket; too many or too large ones.
pub(super) async fn chosen(
    tx: &mut Tx,
    ticket: TicketId,
    chosen: &[Hash],
    among: Among,
) -> Result<Vec<Enclosed>> {
    if chosen.is_empty() {
        return Ok(Vec::new());
    }
    let named = |file: &Attachment| Enclosed {
        name: file.name.clone(),
        content_type: file.content_type.clone(),
        size: u64::try_from(file.size).unwrap_or(u64::MAX),
        sha256: Hash(file.hash.bytes()),
    };
    let rows = match among {
        Among::Shown => store::timeline::passable(tx, ticket).await?,
        Among::All => store::timeline::attachments(tx, ticket).await?,
    };
    let mut known = BTreeSet::new();
    let mut all: Vec<Enclosed> = rows.iter().map(named).collect();
    all.retain(|file| chosen.contains(&file.sha256) && known.insert(file.sha256));
    if chosen.iter().any(|hash| !all.iter().any(|file| file.sha256 == *hash)) {
        return Err(Error::invalid("files", "unknown"));
    }
    if package::wanted(&all).count() != all.len() {
        return Err(Error::invalid("files", "too-large"));
    }
    Ok(all)
}

/// The bytes of chosen files, for a way that carries them itself.
pub(super) async fn uploads(app: &App, desk: DeskId, files: &[Enclosed]) -> Result<Vec<Upload>> {
    let mut all = Vec::with_capacity(files.len());
    for file in files {
        let bytes = app.blobs.get(&app.store, desk, blob::Hash::from(file.sha256.0)).await?;
        all.push(Upload {
            name: file.name.clone(),
            content_type: file.content_type.clone(),
            bytes: bytes.ok_or(Error::NotFound("file"))?,
            content_id: None,
        });
    }
    Ok(all)
}
