//! A message as it travels: a text, and a signature over its bytes.
//!
//! The text is JSON. What is signed, hashed and kept is the text itself, byte by byte: nobody writes it anew, so fields
//! that a desk does not know stay in it and stay under the signature.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::Value;

use super::{package::Enclosed, states::Outcome};
use crate::clock::CalendarSpec;
use crate::lang::Lang;
use crate::ticket::kinds::{Kind, Service, Severity};

/// The version that this program speaks.
pub const VERSION: u32 = 1;
/// The longest text of one message, in bytes.
pub const LONGEST: usize = 256 << 10;
/// What stands before the text where it is signed, so that no signature made for another purpose fits.
pub const SIGNED_AS: &str = "partnerdesk-chain-1\n";

/// What hashes and proves: whoever calls brings it, because there is no cryptography here.
pub trait Seal {
    /// SHA-256.
    fn hash(&self, bytes: &[u8]) -> Hash;
    /// Whether the holder of this key signed this text: Ed25519 over [`SIGNED_AS`] and the text.
    fn proves(&self, key: &Key, text: &str, signature: &str) -> bool;
}

/// A SHA-256, written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is not written as it must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a {0}")]
pub struct NotWritten(&'static str);

impl FromStr for Hash {
    type Err = NotWritten;
    fn from_str(text: &str) -> Result<Self, NotWritten> {
        let bad = NotWritten("hash");
        let digit = |b: u8| match b {
            b'0'..=b'9' => Some(b - b'0'),
            b'a'..=b'f' => Some(b - b'a' + 10),
            _ => None,
        };
        let text = text.as_bytes();
        if text.len() != 64 {
            return Err(bad);
        }
        let mut hash = [0; 32];
        for (byte, pair) in hash.iter_mut().zip(text.chunks_exact(2)) {
            let &[high, low] = pair else { return Err(bad) };
            *byte = digit(high).ok_or(bad)? << 4 | digit(low).ok_or(bad)?;
        }
        Ok(Hash(hash))
    }
}

/// A desk's public key: 32 bytes in base64 for addresses without padding, so 43 characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(String);

impl Key {
    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Key {
    type Err = NotWritten;
    fn from_str(text: &str) -> Result<Self, NotWritten> {
        let written = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        // The last character stands for four bits only: one way to write each key.
        let last = text.bytes().last().is_some_and(|b| b"AEIMQUYcgkosw048".contains(&b));
        if text.len() == 43 && text.bytes().all(written) && last {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotWritten("key"))
        }
    }
}

/// The id of a hand-over, the same on every desk: `chn_` and the first 32 digits of the hash over the opener's key, a
/// full stop and the nonce of the opening. So nobody can open another hand-over under an id that is taken.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChainId(String);

impl ChainId {
    /// The id of what this key opens with this nonce.
    #[must_use]
    pub fn of(seal: &dyn Seal, key: &Key, nonce: &str) -> Self {
        let hash = seal.hash(format!("{key}.{nonce}").as_bytes()).to_string();
        Self(format!("chn_{}", hash.get(..32).unwrap_or_default()))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ChainId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ChainId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ChainId {
    type Err = NotWritten;
    fn from_str(text: &str) -> Result<Self, NotWritten> {
        let hex = text.strip_prefix("chn_").ok_or(NotWritten("hand-over id"))?;
        let lower_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        if hex.len() == 32 && hex.bytes().all(lower_hex) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotWritten("hand-over id"))
        }
    }
}

macro_rules! written {
    ($($name:ident),+) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.collect_str(self) }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                String::deserialize(d)?.parse().map_err(D::Error::custom)
            }
        }
    )+};
}
written!(Hash, Key, ChainId);

/// A message on its way: the text, and the signature over it in base64.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The text.
    pub text: String,
    /// The signature.
    pub signature: String,
}

/// Who takes part: a desk, or somebody who does not speak the protocol and for whom a desk keeps the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The name.
    pub name: String,
    /// The desk's key; none for who does not speak the protocol.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Key>,
}

/// What stands in the chain: who holds the ticket. Only the holder appends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body", rename_all = "snake_case")]
pub enum Custody {
    /// The first message: a desk holds a ticket.
    Open {
        /// Random, for the id.
        nonce: String,
        /// The desk's name.
        name: String,
        /// Since when it has held the ticket.
        since: Timestamp,
        /// In which hours it works.
        calendar: Hours,
    },
    /// Offered to somebody.
    Offer {
        /// To whom.
        to: Named,
        /// Until when.
        expires: Timestamp,
        /// The hash of the message with the package.
        package: Hash,
    },
    /// The offer is taken back.
    Withdraw {
        /// The offer's place in the chain.
        offer: u32,
    },
    /// The offer's time is over.
    Expire {
        /// The offer's place in the chain.
        offer: u32,
    },
    /// The receiver does not want it.
    Declined {
        /// The offer's place in the chain.
        offer: u32,
        /// What it said; none from who does not speak the protocol.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<Signed>,
    },
    /// The offerer lets go: from the instant of this message the receiver holds.
    Confirm {
        /// The offer's place in the chain.
        offer: u32,
        /// What the receiver said; none from who does not speak the protocol.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<Signed>,
        /// In which hours the receiver works, as it said.
        calendar: Hours,
    },
    /// The holder gives it back. From the instant of this message the offerer holds.
    Return {
        /// The offer's place in the chain.
        offer: u32,
        /// With what.
        outcome: Outcome,
        /// The hash of the message with the answer.
        answer: Hash,
    },
    /// The offerer takes the answer.
    Approve {
        /// The offer's place in the chain.
        offer: u32,
    },
    /// The offerer asks again. From the instant of this message the receiver holds.
    SendBack {
        /// The offer's place in the chain.
        offer: u32,
        /// The hash of the message that says why.
        reason: Hash,
    },
    /// All is over.
    Close {},
}

const CUSTODY: &[&str] = &[
    "open",
    "offer",
    "withdraw",
    "expire",
    "declined",
    "confirm",
    "return",
    "approve",
    "send_back",
    "close",
];

/// What one neighbour writes to the other. Nobody else gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body", rename_all = "snake_case")]
pub enum Link {
    /// What an offer is about.
    Package(Box<super::package::Package>),
    /// The receiver wants what was offered.
    Accept {
        /// The hash of the offer.
        offer: Hash,
        /// In which hours it works.
        calendar: Hours,
        /// What the request is called there.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        number: String,
    },
    /// The receiver does not want it.
    Decline {
        /// The hash of the offer.
        offer: Hash,
        /// Why.
        reason: String,
        /// That something was missing, and what: words for evidence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        missing: Option<Vec<String>>,
    },
    /// A word between the desks.
    Text {
        /// The word.
        text: String,
        /// What goes with it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<Enclosed>,
    },
    /// The answer with which it comes back.
    Answer {
        /// The answer.
        text: String,
        /// What goes with it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<Enclosed>,
        /// That something was missing, and what: words for evidence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        missing: Option<Vec<String>>,
    },
    /// It got worse or better.
    Severity {
        /// Now.
        severity: Severity,
        /// Why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// Somebody waits and asks.
    Chase {},
    /// The offerer, which opened the chain, waits no longer and begins anew without the receiver.
    LetGo {
        /// The hash of the offer.
        offer: Hash,
        /// Why.
        reason: String,
    },
}

impl Link {
    /// The files that it names.
    #[must_use]
    pub fn files(&self) -> &[Enclosed] {
        match self {
            Link::Package(package) => &package.files,
            Link::Text { files, .. } | Link::Answer { files, .. } => files,
            Link::Accept { .. }
            | Link::Decline { .. }
            | Link::Severity { .. }
            | Link::Chase {}
            | Link::LetGo { .. } => &[],
        }
    }
}

const LINK: &[&str] = &["package", "accept", "decline", "text", "answer", "severity", "chase", "let_go"];

/// A calendar as it travels. What a newer version adds to it is left out of the count and stays in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours(pub Box<CalendarSpec>);

impl Serialize for Hours {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(s)
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let mut value = Value::deserialize(d)?;
        let known = |object: &mut serde_json::Map<String, Value>, names: &[&str]| {
            object.retain(|name, _| names.contains(&name.as_str()));
        };
        if let Some(object) = value.as_object_mut() {
            known(object, &["timezone", "hours", "holidays", "yearly_holidays"]);
            if let Some(week) = object.get_mut("hours").and_then(Value::as_object_mut) {
                known(week, &["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
            }
        }
        let spec: CalendarSpec = serde_json::from_value(value).map_err(D::Error::custom)?;
        // What cannot be counted is refused here, so that every desk refuses it.
        crate::clock::Calendar::try_from(spec.clone()).map_err(D::Error::custom)?;
        Ok(Self(Box::new(spec)))
    }
}

/// What every message begins with.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Head {
    version: u32,
    handover: ChainId,
    /// To which neighbour; none in the chain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<Key>,
    sequence: u32,
    previous: Option<Hash>,
    at: Timestamp,
    key: Key,
    kind: String,
}

/// What a message says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Of the chain.
    Custody(Custody),
    /// Between neighbours.
    Link(Link),
    /// Between neighbours, in words that this version does not know. It is kept.
    Unknown(String),
}

/// A message that is read and proven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// As it came.
    pub signed: Signed,
    /// The hash of its text.
    pub hash: Hash,
    /// Of which hand-over.
    pub handover: ChainId,
    /// To which neighbour; none in the chain.
    pub to: Option<Key>,
    /// Its place from 1: in the chain, or among what its desk wrote to this neighbour in this hand-over.
    pub sequence: u32,
    /// The hash of the one before; none for the first.
    pub previous: Option<Hash>,
    /// When.
    pub at: Timestamp,
    /// Who signed.
    pub key: Key,
    /// What.
    pub content: Content,
}

/// Why a text is no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadMessage {
    /// Longer than [`LONGEST`].
    #[error("too long")]
    TooLong,
    /// Not what a message looks like.
    #[error("malformed")]
    Malformed,
    /// In a version that this program does not speak, or with a word of the chain that it does not know.
    #[error("version")]
    Version,
    /// The signature does not fit.
    #[error("signature")]
    Signature,
}

impl Message {
    /// Reads a message and proves who wrote it.
    ///
    /// # Errors
    /// See [`BadMessage`].
    pub fn read(signed: Signed, seal: &dyn Seal) -> Result<Self, BadMessage> {
        if signed.text.len() > LONGEST {
            return Err(BadMessage::TooLong);
        }
        let value: Value = serde_json::from_str(&signed.text).map_err(|_| BadMessage::Malformed)?;
        match value.get("version").and_then(Value::as_u64) {
            Some(version) if version == u64::from(VERSION) => {}
            Some(_) => return Err(BadMessage::Version),
            None => return Err(BadMessage::Malformed),
        }
        let head = Head::deserialize(&value).map_err(|_| BadMessage::Malformed)?;
        if !seal.proves(&head.key, &signed.text, &signed.signature) {
            return Err(BadMessage::Signature);
        }
        let body = serde_json::json!({
            "kind": head.kind,
            "body": value.get("body").cloned().unwrap_or_else(|| serde_json::json!({})),
        });
        let content = if head.to.is_none() {
            if !CUSTODY.contains(&head.kind.as_str()) {
                return Err(BadMessage::Version);
            }
            Content::Custody(serde_json::from_value(body).map_err(|_| BadMessage::Malformed)?)
        } else if LINK.contains(&head.kind.as_str()) {
            Content::Link(serde_json::from_value(body).map_err(|_| BadMessage::Malformed)?)
        } else {
            Content::Unknown(head.kind)
        };
        Ok(Self {
            hash: seal.hash(signed.text.as_bytes()),
            signed,
            handover: head.handover,
            to: head.to,
            sequence: head.sequence,
            previous: head.previous,
            at: head.at,
            key: head.key,
            content,
        })
    }
}

/// What is to be written.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Of which hand-over.
    pub handover: ChainId,
    /// To which neighbour; none in the chain.
    pub to: Option<Key>,
    /// Its place.
    pub sequence: u32,
    /// The hash of the one before.
    pub previous: Option<Hash>,
    /// When.
    pub at: Timestamp,
    /// Who will sign.
    pub key: Key,
    /// What.
    pub content: Content,
}

impl Draft {
    /// The text that is to be signed.
    ///
    /// # Panics
    /// Never: everything in it can be written as JSON.
    #[must_use]
    pub fn text(&self) -> String {
        let said = match &self.content {
            Content::Custody(custody) => serde_json::to_value(custody),
            Content::Link(link) => serde_json::to_value(link),
            Content::Unknown(kind) => Ok(serde_json::json!({ "kind": kind, "body": {} })),
        };
        let said = said.unwrap_or_default();
        let head = Head {
            version: VERSION,
            handover: self.handover.clone(),
            to: self.to.clone(),
            sequence: self.sequence,
            previous: self.previous,
            at: self.at,
            key: self.key.clone(),
            kind: said.get("kind").and_then(Value::as_str).unwrap_or_default().to_owned(),
        };
        let mut text = serde_json::to_value(head).unwrap_or_default();
        if let (Some(text), Some(body)) = (text.as_object_mut(), said.get("body")) {
            text.insert("body".into(), body.clone());
        }
        text.to_string()
    }
}

/// What a request is about, as the package names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// What kind of help.
    pub kind: Kind,
    /// For which service.
    pub service: Service,
    /// How bad.
    pub severity: Severity,
    /// In which language the customer wrote.
    pub lang: Lang,
}
