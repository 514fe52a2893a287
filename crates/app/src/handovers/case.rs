//! One chain in the hands of a use case.

use domain::{
    clock::CalendarSpec,
    handover::{
        Chain, ChainId, Content, Custody, Hash, Key, Link, Message, Refusal, Seal as _, Signed,
        message::{Draft, Hours},
        package::Enclosed,
    },
    id::TicketId,
};
use jiff::Timestamp;
use store::{
    Tx,
    handovers::{self, ChainRow, Kept as Row},
};

use super::keys::{Kept, Real, Ring};
use crate::{Error, Ids, Result, jobs};

/// The lane of the chain itself.
pub(super) const CHAIN: &str = "chain";
/// The most messages of a lane that are read.
const MOST: u32 = 10_000;

/// The lane of what we write to a neighbour.
pub(super) fn to(key: &Key) -> String {
    format!("to/{key}")
}

/// The lane of what a neighbour writes to us.
pub(super) fn from(key: &Key) -> String {
    format!("from/{key}")
}

/// A chain, and what this desk has to do with it.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) row: ChainRow,
    pub(super) chain: Chain,
    /// Our key in it.
    pub(super) me: Key,
}

impl Case {
    /// A chain that this desk takes part in.
    pub(super) async fn load(tx: &mut Tx, id: &str) -> Result<Option<Self>> {
        let Some(row) = handovers::chain(tx, id).await? else { return Ok(None) };
        let mut chain = Chain::new(row.id.parse().map_err(Error::internal)?);
        for kept in handovers::messages(tx, id, CHAIN, 0, MOST).await? {
            let message = Message::read(signed(&kept)?, &Kept).map_err(Error::internal)?;
            let joined = chain.append(&message, &Kept);
            joined.map_err(|why| Error::internal(anyhow::anyhow!("a chain is broken: {why}")))?;
        }
        let me = row.key.parse().map_err(Error::internal)?;
        Ok(Some(Self { row, chain, me }))
    }

    /// The chain of a leg.
    pub(super) async fn of(tx: &mut Tx, leg: &handovers::Handover) -> Result<Self> {
        let id = leg.chain.as_deref().ok_or(Error::Refused("wrong-state"))?;
        Self::load(tx, id).await?.ok_or(Error::NotFound("hand-over"))
    }

    /// A chain of which nothing is known.
    pub(super) fn unknown(id: &ChainId, me: Key, now: Timestamp) -> Self {
        let row = ChainRow {
            id: id.to_string(),
            ticket: None,
            key: me.to_string(),
            closed: false,
            created_at: now,
            left_at: None,
        };
        Self { row, chain: Chain::new(id.clone()), me }
    }

    /// Opens a chain for a ticket.
    pub(super) async fn open(
        tx: &mut Tx,
        ring: &Ring,
        ticket: TicketId,
        opening: Opening,
        now: Timestamp,
    ) -> Result<Self> {
        let me = ring.active()?.key.clone();
        let id = ChainId::of(&Real, &me, &opening.nonce);
        let mut case = Self::unknown(&id, me, now);
        case.row.ticket = Some(ticket);
        handovers::open_chain(tx, &case.row).await?;
        let open = Custody::Open {
            nonce: opening.nonce,
            name: opening.name,
            since: opening.since.min(now),
            calendar: Hours(Box::new(opening.calendar)),
        };
        case.write(tx, ring, open, now).await?;
        Ok(case)
    }

    /// Appends a message of ours to the chain; its place.
    ///
    /// # Errors
    /// [`Error::Refused`] where the chain does not stand so.
    pub(super) async fn write(
        &mut self,
        tx: &mut Tx,
        ring: &Ring,
        custody: Custody,
        now: Timestamp,
    ) -> Result<u32> {
        let draft = Draft {
            handover: self.chain.id().clone(),
            to: None,
            sequence: self.chain.length() + 1,
            previous: self.chain.last(),
            // Never older than the message before: another desk's clock may be ahead of ours.
            at: now.max(self.chain.at()),
            key: self.me.clone(),
            content: Content::Custody(custody),
        };
        let message = self.sign(ring, &draft)?;
        self.chain.append(&message, &Real).map_err(|why| match why {
            Refusal::Loop => Error::Refused("partner-waits"),
            Refusal::WrongTime => Error::Refused("offer-over"),
            _ => Error::Refused("wrong-state"),
        })?;
        self.keep(tx, CHAIN, &message, now).await?;
        Ok(message.sequence)
    }

    /// Writes something to a neighbour, beside the chain; its hash.
    pub(super) async fn say(
        &self,
        tx: &mut Tx,
        ring: &Ring,
        neighbour: &Key,
        link: Link,
        now: Timestamp,
    ) -> Result<Message> {
        let lane = to(neighbour);
        let last = handovers::last_message(tx, &self.row.id, &lane).await?;
        let draft = Draft {
            handover: self.chain.id().clone(),
            to: Some(neighbour.clone()),
            sequence: last.as_ref().map_or(0, |last| last.seq) + 1,
            previous: last.as_ref().map(|last| hash(&last.hash)).transpose()?,
            at: now,
            key: self.me.clone(),
            content: Content::Link(link),
        };
        let message = self.sign(ring, &draft)?;
        self.keep(tx, &lane, &message, now).await?;
        Ok(message)
    }

    fn sign(&self, ring: &Ring, draft: &Draft) -> Result<Message> {
        let signed = ring.of(&self.me)?.sign(domain::handover::message::SIGNED_AS, draft.text());
        Message::read(signed, &Real).map_err(|why| match why {
            domain::handover::message::BadMessage::TooLong => Error::invalid("text", "too-long"),
            other => Error::internal(other),
        })
    }

    /// Keeps a message as it is.
    pub(super) async fn keep(
        &self,
        tx: &mut Tx,
        lane: &str,
        message: &Message,
        now: Timestamp,
    ) -> Result<()> {
        let row = Row {
            seq: message.sequence,
            hash: message.hash.0.to_vec(),
            content: message.signed.text.clone().into_bytes(),
            signature: message.signed.signature.clone(),
        };
        Ok(handovers::append(tx, &self.row.id, lane, &row, now).await?)
    }

    /// What a neighbour wrote, by its hash.
    pub(super) async fn said(&self, tx: &mut Tx, neighbour: &Key, wanted: Hash) -> Result<Option<Link>> {
        let kept = handovers::by_hash(tx, &self.row.id, &from(neighbour), wanted.0).await?;
        let Some(kept) = kept else { return Ok(None) };
        let message = Message::read(signed(&kept)?, &Kept).map_err(Error::internal)?;
        Ok(match message.content {
            Content::Link(link) => Some(link),
            Content::Custody(_) | Content::Unknown(_) => None,
        })
    }

    /// The answer of a member, by its hash; none before its text has come.
    pub(super) async fn answer(&self, tx: &mut Tx, member: usize, wanted: Hash) -> Result<Option<Answer>> {
        let Some(key) = self.chain.members().get(member).and_then(|m| m.key.clone()) else { return Ok(None) };
        Ok(match self.said(tx, &key, wanted).await? {
            Some(Link::Answer { text, files, missing }) => {
                Some(Answer { key, hash: wanted, text, files, missing })
            }
            Some(_) | None => None,
        })
    }

    /// Has every neighbour told what it lacks. Whoever told us something has it: nothing goes back where it came from.
    pub(super) async fn spread(&self, tx: &mut Tx, ids: &mut Ids, now: Timestamp) -> Result<()> {
        for (key, until) in self.chain.neighbours(&self.me) {
            let Some(peer) = store::peers::by_key(tx, key.as_str()).await? else { continue };
            let (chain, link) = handovers::receipt(tx, &self.row.id, peer.id).await?;
            let ours = handovers::last_message(tx, &self.row.id, &to(&key)).await?.map_or(0, |last| last.seq);
            if !peer.revoked && (chain < self.chain.length().min(until) || link < ours) {
                let job = jobs::carry(ids, &self.row.id, peer.id, now);
                store::queue::enqueue(tx, now, &job).await?;
            }
        }
        Ok(())
    }
}

/// What a member gave a ticket back with.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// The member's key.
    pub(super) key: Key,
    /// The hash of the message.
    pub(super) hash: Hash,
    pub(super) text: String,
    pub(super) files: Vec<Enclosed>,
    /// That something was missing, and what.
    pub(super) missing: Option<Vec<String>>,
}

/// What a chain begins with.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    pub(super) nonce: String,
    pub(super) name: String,
    pub(super) since: Timestamp,
    pub(super) calendar: CalendarSpec,
}

/// A message as it was kept.
pub(super) fn signed(kept: &Row) -> Result<Signed> {
    let text = String::from_utf8(kept.content.clone()).map_err(Error::internal)?;
    Ok(Signed { text, signature: kept.signature.clone() })
}

pub(super) fn hash(bytes: &[u8]) -> Result<Hash> {
    Ok(Hash(bytes.try_into().map_err(Error::internal)?))
}

/// The hash of a text that does not travel: for who does not speak the protocol.
pub(super) fn hash_of(text: &str) -> Hash {
    Real.hash(text.as_bytes())
}

/// The hours of the desk: those of its promises, or always where it has none.
pub(super) async fn hours(tx: &mut Tx) -> Result<CalendarSpec> {
    let (settings, _) = store::people::settings(tx).await?;
    let kept = match settings.calendar {
        Some(id) => store::people::calendar(tx, id).await?,
        None => None,
    };
    Ok(kept.map_or_else(always, |row| row.spec.0))
}

/// Hours without an end.
pub(super) fn always() -> CalendarSpec {
    let day = || vec![("00:00".to_owned(), "24:00".to_owned())];
    CalendarSpec {
        timezone: "UTC".into(),
        hours: domain::clock::WeekSpec {
            mon: day(),
            tue: day(),
            wed: day(),
            thu: day(),
            fri: day(),
            sat: day(),
            sun: day(),
        },
        ..CalendarSpec::default()
    }
}
