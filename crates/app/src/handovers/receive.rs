//! Messages of another desk come in: proven, kept as they came, and only then acted upon.

use std::sync::Arc;

use domain::{
    handover::{
        ChainId, Content, Key, Message, Signed,
        chain::Joined,
        message::{BadMessage, VERSION},
    },
    id::{DeskId, PeerId},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use store::{Tx, handovers, peers::Peer};

use super::{
    case::{self, CHAIN, Case},
    keys::{self, Real, Ring, Signer, proves},
    reconcile::{self, News},
};
use crate::{App, Error, Ids, Result, accounts::throttle, live};

/// The most messages of one envelope.
pub(super) const MESSAGES: usize = 200;
/// The most bytes of one envelope.
pub(super) const ENVELOPE: usize = 1 << 20;
/// How far another desk's clock may be ahead of ours.
const AHEAD: SignedDuration = SignedDuration::from_mins(5);
/// How far the clocks of two desks may be apart: an old question is not answered again.
const APART: SignedDuration = SignedDuration::from_mins(5);

/// Counts an envelope, a pairing or a key that came from nobody whom we know.
///
/// # Errors
/// [`Error::Throttled`] if too many have come from there.
pub async fn stranger(app: &App, client: std::net::IpAddr) -> Result<()> {
    throttle::pass(app, vec![(throttle::STRANGER_DESK, client.to_string())]).await
}

/// What one desk sends another: messages of one hand-over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Envelope {
    pub(super) version: u32,
    pub(super) from: Key,
    pub(super) to: Key,
    pub(super) handover: ChainId,
    pub(super) at: Timestamp,
    pub(super) messages: Vec<Signed>,
}

/// What the other answers: how much it has now.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Receipt {
    pub(super) version: u32,
    /// The hash of the envelope's text.
    pub(super) about: String,
    /// How many messages of the chain it has.
    pub(super) chain: u32,
    /// How many messages beside the chain from the sender it has.
    pub(super) link: u32,
    /// Why it did not take the rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) refused: Option<String>,
}

/// The answer to an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// The signed receipt as JSON.
    Taken(String),
    /// Not an envelope, or larger than one may be.
    Malformed,
    /// In a version that this program does not speak.
    Version,
    /// Not from a desk that is paired with the one that it names. The same answer whatever it is that does not fit.
    NotPaired,
}

/// Takes an envelope in. It may come again: it has its effect once.
///
/// # Errors
/// As the database says: then nothing was kept, and the sender tries again.
pub async fn receive(app: &App, body: &[u8]) -> Result<Received> {
    if body.len() > ENVELOPE * 2 {
        return Ok(Received::Malformed);
    }
    let Ok(signed) = serde_json::from_slice::<Signed>(body) else { return Ok(Received::Malformed) };
    let envelope = match open(&signed.text) {
        Ok(envelope) => envelope,
        Err(answer) => return Ok(answer),
    };
    // Proving costs little and says nothing of who is known here.
    if !proves(keys::ENVELOPE, &envelope.from, &signed.text, &signed.signature) {
        return Ok(Received::NotPaired);
    }
    let Some((desk, peer)) = paired(app, &envelope.from, &envelope.to).await? else {
        return Ok(Received::NotPaired);
    };
    let about = keys::Real.hash_text(&signed.text);
    let ring = Ring::load(app, desk).await?;
    let receipt = take_in(app, desk, &ring, peer.id, envelope.clone()).await?;
    let answer = Receipt { version: VERSION, about, ..receipt };
    let text = serde_json::to_string(&answer).map_err(Error::internal)?;
    let signed = ring.of(&envelope.to)?.sign(keys::ANSWER, text);
    Ok(Received::Taken(serde_json::to_string(&signed).map_err(Error::internal)?))
}

/// The desk of this installation that a key is of, and the paired desk of another.
async fn paired(app: &App, from: &Key, to: &Key) -> Result<Option<(DeskId, Peer)>> {
    let (from, to) = (from.to_string(), to.to_string());
    let desk: Option<DeskId> = app
        .store
        .system_read::<_, store::Error, _>(move |tx| {
            let to = to.clone();
            Box::pin(async move { store::peers::desk_of_key(tx, &to).await })
        })
        .await?;
    let Some(desk) = desk else { return Ok(None) };
    let peer: Option<Peer> = app
        .store
        .read::<_, store::Error, _>(desk, move |tx| {
            let from = from.clone();
            Box::pin(async move { store::peers::by_key(tx, &from).await })
        })
        .await?;
    Ok(peer.filter(|peer| !peer.revoked).map(|peer| (desk, peer)))
}

/// What one desk asks another beside the messages of hand-overs, signed.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Question<T> {
    pub(super) version: u32,
    pub(super) from: Key,
    pub(super) to: Key,
    /// What it asks.
    #[serde(flatten)]
    pub(super) what: T,
    pub(super) at: Timestamp,
}

impl<T: Serialize> Question<T> {
    /// Signs it for what it is asked for.
    pub(super) fn sign(&self, purpose: &str, signer: &Signer) -> Result<Signed> {
        Ok(signer.sign(purpose, serde_json::to_string(self).map_err(Error::internal)?))
    }
}

/// A question of a paired desk, which may be answered.
#[derive(Debug)]
pub(super) struct Asked<T> {
    pub(super) question: Question<T>,
    /// Its text, as it was signed.
    pub(super) text: String,
    /// The desk that is asked.
    pub(super) desk: DeskId,
    /// Who asks.
    pub(super) peer: Peer,
}

/// Why a question is not answered.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unasked {
    /// It is none.
    Malformed,
    /// It is not from a desk that is paired, or not of this moment: the same answer for both.
    NotPaired,
}

/// Reads a question, and proves who asks it.
pub(super) async fn asked<T: DeserializeOwned>(
    app: &App,
    purpose: &str,
    body: &[u8],
) -> Result<Result<Asked<T>, Unasked>> {
    let read = || -> Option<(Signed, Question<T>)> {
        let signed: Signed = serde_json::from_slice(body).ok()?;
        let question: Question<T> = serde_json::from_str(&signed.text).ok()?;
        (question.version == VERSION).then_some((signed, question))
    };
    let Some((signed, question)) = read() else { return Ok(Err(Unasked::Malformed)) };
    let timely = app.now().duration_since(question.at).abs() <= APART;
    if !timely || !proves(purpose, &question.from, &signed.text, &signed.signature) {
        return Ok(Err(Unasked::NotPaired));
    }
    let Some((desk, peer)) = paired(app, &question.from, &question.to).await? else {
        return Ok(Err(Unasked::NotPaired));
    };
    Ok(Ok(Asked { question, text: signed.text, desk, peer }))
}

fn open(text: &str) -> Result<Envelope, Received> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(|_| Received::Malformed)?;
    match value.get("version").and_then(serde_json::Value::as_u64) {
        Some(version) if version == u64::from(VERSION) => {}
        Some(_) => return Err(Received::Version),
        None => return Err(Received::Malformed),
    }
    let envelope: Envelope = serde_json::from_value(value).map_err(|_| Received::Malformed)?;
    if envelope.messages.len() > MESSAGES { Err(Received::Malformed) } else { Ok(envelope) }
}

/// All that is known before the transaction.
struct Unit {
    ring: Ring,
    peer: PeerId,
    envelope: Envelope,
    /// The messages that are such, up to the first that is not.
    messages: Vec<Message>,
    /// What is wrong with that one.
    bad: Option<&'static str>,
    ids: [Ids; 3],
    number: i64,
    rules: Arc<crate::tickets::Rules>,
    now: Timestamp,
}

async fn take_in(app: &App, desk: DeskId, ring: &Ring, peer: PeerId, envelope: Envelope) -> Result<Receipt> {
    let now = app.now();
    let mut messages = Vec::with_capacity(envelope.messages.len());
    let mut bad = None;
    for signed in &envelope.messages {
        match Message::read(signed.clone(), &Real) {
            Ok(message) if message.handover != envelope.handover => bad = Some("foreign"),
            Ok(message) if message.at > now.checked_add(AHEAD).unwrap_or(now) => bad = Some("early"),
            Ok(message) => messages.push(message),
            Err(BadMessage::TooLong) => bad = Some("too_long"),
            Err(BadMessage::Malformed) => bad = Some("malformed"),
            Err(BadMessage::Version) => bad = Some("version"),
            Err(BadMessage::Signature) => bad = Some("signature"),
        }
        if bad.is_some() {
            break;
        }
    }
    let confirms = |message: &Message| {
        matches!(&message.content, Content::Custody(domain::handover::Custody::Confirm { .. }))
    };
    let unit = Arc::new(Unit {
        ring: ring.clone(),
        peer,
        bad,
        ids: [app.ids(now), app.ids(now), app.ids(now)],
        // Numbers may have gaps: one is taken where a ticket may be opened.
        number: if messages.iter().any(confirms) { app.store.ticket_number(desk).await? } else { 0 },
        rules: app
            .store
            .read(desk, |tx| {
                Box::pin(async move { Ok::<_, Error>(Arc::new(crate::tickets::Rules::of_desk(tx).await?)) })
            })
            .await?,
        messages,
        envelope,
        now,
    });
    let (receipt, told): (Receipt, Vec<live::Change>) = app
        .store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move { unit.run(tx).await })
        })
        .await?;
    for change in told {
        app.live.tell(change);
    }
    app.wake();
    Ok(receipt)
}

impl Unit {
    async fn run(&self, tx: &mut Tx) -> Result<(Receipt, Vec<live::Change>)> {
        let now = self.now;
        let peer = store::peers::get(tx, self.peer).await?.filter(|peer| !peer.revoked);
        let peer = peer.ok_or(Error::NotFound("peer"))?;
        let id = &self.envelope.handover;
        let mut case = match Case::load(tx, id.as_str()).await? {
            Some(case) => case,
            None => Case::unknown(id, self.envelope.to.clone(), now),
        };
        let known = case.chain.length();
        let mut refused = self.bad.map(str::to_owned);
        let mut chain = Vec::new();
        for message in self.messages.iter().filter(|message| message.to.is_none()) {
            match case.chain.append(message, &Real) {
                Ok(Joined::New) => chain.push(message),
                Ok(Joined::Known) => {}
                Err(why) => {
                    refused = Some(why.to_string());
                    break;
                }
            }
        }
        // Whoever is no neighbour learns nothing: what is here and what is not have the same answer.
        let neighbours = case.chain.neighbours(&case.me);
        let until = neighbours.into_iter().filter(|(key, _)| is_of(&peer, key)).map(|(_, until)| until).max();
        let (Some(until), true) = (until, self.ring.has(&case.me)) else {
            let answer = self.receipt(0, 0, Some("foreign".into()));
            return Ok((answer, Vec::new()));
        };
        if known == 0 {
            handovers::open_chain(tx, &case.row).await?;
        }
        for message in chain {
            case.keep(tx, CHAIN, message, now).await?;
        }
        let mut fresh = Vec::new();
        for message in self.messages.iter().filter(|message| message.to.is_some()) {
            match self.beside(tx, &case, &peer, message).await? {
                Ok(true) => fresh.push(message.clone()),
                Ok(false) => {}
                Err(why) => {
                    refused.get_or_insert_with(|| why.to_owned());
                    break;
                }
            }
        }
        let newest = self.messages.iter().filter(|m| m.to.is_none()).map(|m| m.sequence).max().unwrap_or(0);
        let (chain_has, link_has) = handovers::receipt(tx, &case.row.id, peer.id).await?;
        let has = chain_has.max(newest.min(case.chain.length()));
        handovers::set_receipt(tx, &case.row.id, peer.id, has, link_has).await?;
        store::peers::found(tx, peer.id).await?;
        let news = News {
            ring: &self.ring,
            peer: &peer,
            messages: &fresh,
            ids: &self.ids,
            number: self.number,
            rules: &self.rules,
            now,
        };
        let told = reconcile::run(tx, &mut case, news).await?;
        let lane = case::from(&self.envelope.from);
        let link = handovers::last_message(tx, &case.row.id, &lane).await?.map_or(0, |last| last.seq);
        Ok((self.receipt(case.chain.length().min(until), link, refused), told))
    }

    /// Keeps a message beside the chain; whether it is new.
    async fn beside(
        &self,
        tx: &mut Tx,
        case: &Case,
        peer: &Peer,
        message: &Message,
    ) -> Result<Result<bool, &'static str>> {
        let for_us = message.to.as_ref().is_some_and(|to| self.ring.has(to));
        if !for_us || !is_of(peer, &message.key) {
            return Ok(Err("foreign"));
        }
        let lane = case::from(&message.key);
        let last = handovers::last_message(tx, &case.row.id, &lane).await?;
        let length = last.as_ref().map_or(0, |last| last.seq);
        if message.sequence <= length {
            let kept = handovers::by_hash(tx, &case.row.id, &lane, message.hash.0).await?;
            return Ok(if kept.is_some_and(|kept| kept.seq == message.sequence) {
                Ok(false)
            } else {
                Err("fork")
            });
        }
        if message.sequence > length + 1 {
            return Ok(Err("gap"));
        }
        let previous = last.as_ref().map(|last| case::hash(&last.hash)).transpose()?;
        if message.previous != previous {
            return Ok(Err("broken"));
        }
        case.keep(tx, &lane, message, self.now).await?;
        Ok(Ok(true))
    }

    fn receipt(&self, chain: u32, link: u32, refused: Option<String>) -> Receipt {
        Receipt { version: VERSION, about: String::new(), chain, link, refused }
    }
}

/// Whether a key is a paired desk's, now or before.
pub(super) fn is_of(peer: &Peer, key: &Key) -> bool {
    peer.key == key.as_str() || peer.old_keys.0.iter().any(|old| old == key.as_str())
}
