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
    id::{DeskId, EntryId, PeerId, TicketId},
    ticket::timeline::Actor,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{
    Tx, blob, handovers,
    peers::Peer,
    queue::{Job, NewJob},
    timeline::Attachment,
};

use super::{
    carry,
    case::{self, Case},
    keys::{self, Kept, Real, Ring},
    receive::{self, Question, Unasked},
};
use crate::{
    App, Error, Ids, Result, jobs,
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
    chain: String,
    peer: PeerId,
    /// Who wrote the message.
    from: Key,
    message: Hash,
    /// The entry of the timeline that the message became.
    entry: EntryId,
}

/// The job that asks for the files of a message that became an entry; none where it names none.
pub(super) fn to_fetch(
    ids: &mut Ids,
    case: &Case,
    peer: PeerId,
    said: (&Key, Hash, &[Enclosed]),
    entry: EntryId,
    now: Timestamp,
) -> Option<NewJob> {
    let (from, message, files) = said;
    package::wanted(files).next()?;
    let fetch = Fetch { chain: case.row.id.clone(), peer, from: from.clone(), message, entry };
    Some(jobs::fetch(ids, &fetch, now))
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
    let Some(load) = load(app, desk, &wanted).await? else { return Ok(jobs::Outcome::Done) };
    let ring = Ring::load(app, desk).await?;
    let mut files = Vec::new();
    for file in package::wanted(&load.files) {
        let bytes = match ask(app, &ring, &wanted, &load, file).await {
            Ok(bytes) => bytes,
            Err(Error::Unavailable(why)) if job.attempts < TRIES => {
                return Ok(jobs::Outcome::Again(carry::later(app.now(), job.attempts), why));
            }
            Err(Error::Unavailable(why)) => {
                return Err(Error::internal(anyhow::anyhow!("a file has not come: {why}")));
            }
            Err(other) => return Err(other),
        };
        let upload = Upload {
            name: file.name.chars().filter(|c| !c.is_control()).take(NAME).collect(),
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
