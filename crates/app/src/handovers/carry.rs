//! Carries what was written to another desk: as often as it takes, and each message has its effect once.

use std::time::Duration;

use domain::{
    handover::{Key, Signed, message::VERSION},
    id::{DeskId, PeerId},
};
use jiff::{SignedDuration, Timestamp};
use mail::peer::{Reach, Trust};
use reqwest::Url;
use store::{handovers, peers::Peer, queue::Job};

use super::{
    case::{self, CHAIN, Case},
    keys::{self, Real, Ring, proves},
    receive::{self, Envelope, MESSAGES, Receipt, Received, is_of},
};
use crate::{App, Error, Result, jobs};

/// How many bytes of texts travel at once. Written as JSON they may double.
const BYTES: usize = 400 << 10;
/// The longest answer of another desk, in bytes.
const ANSWER: usize = 64 << 10;
/// How long another desk may take to answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);
/// How many envelopes one job carries.
const TURNS: u32 = 50;
/// The longest time between two tries.
const LONGEST: SignedDuration = SignedDuration::from_hours(6);

/// What is to be carried.
struct Load {
    peer: Peer,
    me: Key,
    them: Key,
    messages: Vec<Signed>,
    known: (u32, u32),
}

/// Carries what a paired desk lacks of a chain.
pub(crate) async fn carry(
    app: &App,
    desk: DeskId,
    chain: &str,
    peer: PeerId,
    job: &Job,
) -> Result<jobs::Outcome> {
    let ring = Ring::load(app, desk).await?;
    for _ in 0..TURNS {
        let Some(load) = next(app, desk, chain, peer).await? else { return Ok(jobs::Outcome::Done) };
        let known = load.known;
        let answer = send(app, &ring, chain, load).await;
        let now = app.now();
        let (why, moved) = match answer {
            Ok(receipt) => {
                let moved = (receipt.chain, receipt.link) != known;
                let kept = (receipt.chain, receipt.link);
                note(app, desk, chain, peer, kept).await?;
                match receipt.refused {
                    None => continue,
                    Some(refused) => (format!("refused: {refused}"), moved),
                }
            }
            Err(Error::Unavailable(why)) => (why, false),
            Err(other) => return Err(other),
        };
        // It lacks more than we thought: a backup was restored there, or something overtook something.
        if moved {
            continue;
        }
        let (told, since) = (why.clone(), now);
        app.store
            .write(desk, move |tx| {
                let told = told.clone();
                Box::pin(async move { Ok::<_, Error>(store::peers::lost(tx, peer, since, &told).await?) })
            })
            .await?;
        return Ok(jobs::Outcome::Again(later(now, job.attempts), why));
    }
    Ok(jobs::Outcome::Again(app.now(), "there is more".into()))
}

/// When something is tried again that failed so often.
pub(super) fn later(now: Timestamp, attempts: i64) -> Timestamp {
    let wait = SignedDuration::from_secs(1_i64 << attempts.clamp(0, 15)).min(LONGEST);
    now.checked_add(wait).unwrap_or(now)
}

/// The next envelope's content; none if nothing is lacking.
async fn next(app: &App, desk: DeskId, chain: &str, peer: PeerId) -> Result<Option<Load>> {
    let chain = chain.to_owned();
    app.store
        .read(desk, move |tx| {
            let chain = chain.clone();
            Box::pin(async move {
                let peer = store::peers::get(tx, peer).await?.filter(|peer| !peer.revoked);
                let (Some(peer), Some(case)) = (peer, Case::load(tx, &chain).await?) else { return Ok(None) };
                let neighbours = case.chain.neighbours(&case.me);
                let Some((them, until)) = neighbours.into_iter().find(|(key, _)| is_of(&peer, key)) else {
                    return Ok(None);
                };
                let known = handovers::receipt(tx, &chain, peer.id).await?;
                let limit = u32::try_from(MESSAGES / 2).unwrap_or(u32::MAX);
                let mut kept = handovers::messages(tx, &chain, CHAIN, known.0, limit).await?;
                kept.retain(|message| message.seq <= until);
                kept.extend(handovers::messages(tx, &chain, &case::to(&them), known.1, limit).await?);
                let mut messages = Vec::new();
                let mut bytes = 0;
                for message in &kept {
                    bytes += message.content.len();
                    if bytes > BYTES && !messages.is_empty() {
                        break;
                    }
                    messages.push(case::signed(message)?);
                }
                if messages.is_empty() {
                    return Ok(None);
                }
                Ok::<_, Error>(Some(Load { peer, me: case.me, them, messages, known }))
            })
        })
        .await
}

async fn note(app: &App, desk: DeskId, chain: &str, peer: PeerId, has: (u32, u32)) -> Result<()> {
    let chain = chain.to_owned();
    app.store
        .write(desk, move |tx| {
            let chain = chain.clone();
            Box::pin(async move {
                handovers::set_receipt(tx, &chain, peer, has.0, has.1).await?;
                Ok::<_, Error>(store::peers::found(tx, peer).await?)
            })
        })
        .await
}

/// Sends one envelope; the other desk's receipt.
async fn send(app: &App, ring: &Ring, chain: &str, load: Load) -> Result<Receipt> {
    let envelope = Envelope {
        version: VERSION,
        from: load.me.clone(),
        to: load.them.clone(),
        handover: chain.parse().map_err(Error::internal)?,
        at: app.now(),
        messages: load.messages,
    };
    let text = serde_json::to_string(&envelope).map_err(Error::internal)?;
    let about = Real.hash_text(&text);
    let signed = ring.of(&load.me)?.sign(keys::ENVELOPE, text);
    let body = serde_json::to_vec(&signed).map_err(Error::internal)?;
    let answer = if is_here(app, &load.them).await? {
        match Box::pin(receive::receive(app, &body)).await? {
            Received::Taken(answer) => answer,
            Received::NotPaired => return Err(Error::Unavailable("refused: not paired".into())),
            Received::Version => return Err(Error::Unavailable("refused: version".into())),
            Received::Malformed => return Err(Error::Unavailable("refused: malformed".into())),
        }
    } else {
        post(app, &load.peer.address, "/chain/v1/messages", body).await?
    };
    let odd = || Error::Unavailable("its answer is not what it signed".into());
    let answer: Signed = serde_json::from_str(&answer).map_err(|_| odd())?;
    if !proves(keys::ANSWER, &load.them, &answer.text, &answer.signature) {
        return Err(odd());
    }
    let receipt: Receipt = serde_json::from_str(&answer.text).map_err(|_| odd())?;
    if receipt.about == about { Ok(receipt) } else { Err(odd()) }
}

/// Whether a key is that of a desk of this installation: it takes the same envelope by the same door.
pub(super) async fn is_here(app: &App, key: &Key) -> Result<bool> {
    let key = key.to_string();
    let desk = app
        .store
        .system_read::<_, store::Error, _>(move |tx| {
            let key = key.clone();
            Box::pin(async move { store::peers::desk_of_key(tx, &key).await })
        })
        .await?;
    Ok(desk.is_some())
}

/// The address of a desk as it is kept: `https://`, a host and perhaps a port, nothing else.
///
/// # Errors
/// `address`.
pub(super) fn address(app: &App, text: &str) -> Result<String> {
    let bad = || Error::invalid("address", "not-an-address");
    let url = Url::parse(text.trim().trim_end_matches('/')).map_err(|_| bad())?;
    let secure = url.scheme() == "https" || (app.config.allow_private_hosts && url.scheme() == "http");
    let plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    if !secure || !plain || url.host_str().is_none() || url.fragment().is_some() || text.len() > 300 {
        return Err(bad());
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// Asks another desk something that it answers with a text.
///
/// # Errors
/// [`Error::Unavailable`] with what is wrong, for the page of partners.
pub(super) async fn post(app: &App, address: &str, path: &str, body: Vec<u8>) -> Result<String> {
    let answer = ask(app, address, path, body, ANSWER, PATIENCE).await?;
    String::from_utf8(answer).map_err(|_| Error::Unavailable("its answer is no text".into()))
}

/// Asks another desk something; the answer has so many bytes at most, and comes in that time.
///
/// # Errors
/// As [`post`].
pub(super) async fn ask(
    app: &App,
    address: &str,
    path: &str,
    body: Vec<u8>,
    most: usize,
    patience: Duration,
) -> Result<Vec<u8>> {
    let unavailable = |what: &str| Error::Unavailable(what.to_owned());
    let url = Url::parse(&format!("{address}{path}")).map_err(|_| unavailable("its address is none"))?;
    let (Some(host), Some(port)) = (url.host_str().map(str::to_owned), url.port_or_known_default()) else {
        return Err(unavailable("its address is none"));
    };
    let reach = if app.config.allow_private_hosts { Reach::Anywhere } else { Reach::Internet };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    // The connection goes to the addresses that were looked at: by then the name may lead elsewhere.
    let found = reach.resolve(bare, port, PATIENCE).await;
    if found.is_empty() {
        return Err(unavailable("it has no address that may be asked"));
    }
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(Trust::web().tls())
        .https_only(!app.config.allow_private_hosts)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .resolve_to_addrs(&host, &found)
        .connect_timeout(PATIENCE)
        .timeout(patience)
        .user_agent(concat!("Partnerdesk/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(Error::internal)?;
    let request = client.post(url).header("content-type", "application/json").body(body);
    let mut response = request.send().await.map_err(|error| Error::Unavailable(fault(&error)))?;
    let status = response.status();
    if status != reqwest::StatusCode::OK {
        return Err(Error::Unavailable(format!("it answered {}", status.as_u16())));
    }
    let mut answer = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| Error::Unavailable(fault(&error)))? {
        if answer.len() + chunk.len() > most {
            return Err(unavailable("its answer is too long"));
        }
        answer.extend_from_slice(&chunk);
    }
    Ok(answer)
}

/// What a fault of the network is, without the address.
fn fault(error: &reqwest::Error) -> String {
    let what = if error.is_timeout() {
        "it did not answer in time"
    } else if error.is_connect() {
        "there is no connection"
    } else {
        "the connection broke"
    };
    what.to_owned()
}
