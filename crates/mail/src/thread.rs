//! Signed ids: how an answer finds its ticket, and a forger does not.
//!
//! Every mail that leaves carries two: its Message-ID and its reply address. Both hold the ticket and a keyed hash
//! over what the id is for, the desk, the ticket and the rest. The desk is not spelt out: an id is read in the
//! name of the desk whose mailbox it reached, and another desk's does not verify. The letters are lower case base32,
//! because some servers fold the case of addresses.

use hmac::{Hmac, Mac};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Bytes of the keyed hash that an id carries: 96 bits.
const MAC: usize = 12;
/// Bytes of the recipient's mark in a reply address.
const MARK: usize = 4;
/// What ids are for; keeps one kind from passing as another. A change of format gets a new word, and the old one
/// stops at once or goes on as long as a key that knows it.
const FOR_MESSAGE: &[u8] = b"partnerdesk message-id 1";
const FOR_ADDRESS: &[u8] = b"partnerdesk reply-address 1";

/// A secret that signs ids.
#[derive(Clone)]
pub struct Key {
    secret: Vec<u8>,
    until: Option<Timestamp>,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Key").field("until", &self.until).finish_non_exhaustive()
    }
}

/// A key that is too weak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a signing key needs at least 32 bytes")]
pub struct WeakKey;

impl Key {
    /// `secret`: at least 32 random bytes. `until`: the last moment at which ids of an old key are accepted;
    /// `None` for the current one.
    pub fn new(secret: &[u8], until: Option<Timestamp>) -> Result<Self, WeakKey> {
        if secret.len() < 32 {
            return Err(WeakKey);
        }
        Ok(Self { secret: secret.to_vec(), until })
    }
}

/// Makes and checks ids.
#[derive(Debug, Clone)]
pub struct Signer {
    current: Key,
    old: Vec<Key>,
}

/// What a Message-ID of ours says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedMessage {
    /// The desk that sent it.
    pub desk: Uuid,
    /// Its ticket.
    pub ticket: Uuid,
    /// The timeline entry it was sent for.
    pub entry: Uuid,
}

/// What a reply address of ours says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedAddress {
    /// The desk that gave it out.
    pub desk: Uuid,
    /// Its ticket.
    pub ticket: Uuid,
    mark: [u8; MARK],
}

impl SignedAddress {
    /// Whether the address was given to this person. Another sender's answer belongs to the ticket all the same,
    /// but must be shown as what it is and gains nothing.
    pub fn is_for(&self, email: &str) -> bool {
        self.mark == mark(email)
    }
}

impl Signer {
    /// `current` signs; `old` ones are still accepted until their end.
    pub fn new(current: Key, old: Vec<Key>) -> Self {
        Self { current, old }
    }

    /// `<tag@host>` for a mail about `entry`.
    pub fn message_id(&self, desk: Uuid, ticket: Uuid, entry: Uuid, host: &str) -> String {
        let body = [ticket.as_bytes().as_slice(), entry.as_bytes()].concat();
        format!("<{}@{host}>", tag(&self.current, FOR_MESSAGE, desk, &body))
    }

    /// `local+tag@domain` of the mailbox `address`, to be given to `recipient`. The local part has at most 64
    /// characters as long as the mailbox's own has at most 11. `None` when `address` is none.
    pub fn reply_address(&self, desk: Uuid, ticket: Uuid, recipient: &str, address: &str) -> Option<String> {
        let (local, domain) = address.rsplit_once('@').filter(|(l, d)| !l.is_empty() && !d.is_empty())?;
        let body = [ticket.as_bytes().as_slice(), &mark(recipient)].concat();
        Some(format!("{local}+{}@{domain}", tag(&self.current, FOR_ADDRESS, desk, &body)))
    }

    /// Reads a Message-ID, with or without brackets, in the name of `desk`. Any host is accepted: the hash counts.
    pub fn verify_message_id(&self, desk: Uuid, id: &str, now: Timestamp) -> Option<SignedMessage> {
        let id = id.trim().trim_start_matches('<').trim_end_matches('>');
        let (tag, _host) = id.split_once('@')?;
        let body: [u8; 32] = self.open(FOR_MESSAGE, desk, tag, now)?;
        let (ticket, entry) = body.split_at(16);
        Some(SignedMessage {
            desk,
            ticket: Uuid::from_slice(ticket).ok()?,
            entry: Uuid::from_slice(entry).ok()?,
        })
    }

    /// Reads a reply address in the name of `desk`.
    pub fn verify_address(&self, desk: Uuid, address: &str, now: Timestamp) -> Option<SignedAddress> {
        let (local, _domain) = address.trim().rsplit_once('@')?;
        let (_mailbox, tag) = local.rsplit_once('+')?;
        let body: [u8; 16 + MARK] = self.open(FOR_ADDRESS, desk, tag, now)?;
        let (ticket, given) = body.split_at(16);
        Some(SignedAddress { desk, ticket: Uuid::from_slice(ticket).ok()?, mark: given.try_into().ok()? })
    }

    fn open<const N: usize>(&self, purpose: &[u8], desk: Uuid, tag: &str, now: Timestamp) -> Option<[u8; N]> {
        let bytes = decode(tag).filter(|bytes| bytes.len() == N + MAC)?;
        let (body, given) = bytes.split_at(N);
        let valid = |key: &&Key| key.until.is_none_or(|until| now <= until);
        std::iter::once(&self.current)
            .chain(&self.old)
            .filter(valid)
            .any(|key| keyed(key, purpose, desk, body).verify_truncated_left(given).is_ok())
            .then(|| body.try_into().ok())?
    }
}

fn tag(key: &Key, purpose: &[u8], desk: Uuid, body: &[u8]) -> String {
    let mac = keyed(key, purpose, desk, body).finalize().into_bytes();
    encode(&[body, &mac[..MAC]].concat())
}

fn keyed(key: &Key, purpose: &[u8], desk: Uuid, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(&key.secret).expect("HMAC takes keys of any length");
    // Every piece but the first has a fixed length for its purpose: no two inputs run together.
    mac.update(purpose);
    mac.update(desk.as_bytes());
    mac.update(body);
    mac
}

fn mark(email: &str) -> [u8; MARK] {
    let digest = Sha256::digest(email.trim().to_lowercase().as_bytes());
    std::array::from_fn(|n| digest[n])
}

const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(5) * 8);
    let (mut bits, mut have) = (0u32, 0);
    for &byte in bytes {
        bits = bits << 8 | u32::from(byte);
        have += 8;
        while have >= 5 {
            have -= 5;
            out.push(char::from(ALPHABET[(bits >> have) as usize & 31]));
        }
    }
    if have > 0 {
        out.push(char::from(ALPHABET[(bits << (5 - have)) as usize & 31]));
    }
    out
}

/// Strict but for case: no padding, no stray bits at the end, so that one id has one spelling.
fn decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 5 / 8);
    let (mut bits, mut have) = (0u32, 0);
    for byte in text.bytes() {
        let five = match byte.to_ascii_lowercase() {
            letter @ b'a'..=b'z' => letter - b'a',
            digit @ b'2'..=b'7' => digit - b'2' + 26,
            _ => return None,
        };
        bits = bits << 5 | u32::from(five);
        have += 5;
        if have >= 8 {
            have -= 8;
            out.push((bits >> have) as u8);
            bits &= (1 << have) - 1;
        }
    }
    (bits == 0 && have < 5).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESK: Uuid = Uuid::from_u128(1);
    const OTHER: Uuid = Uuid::from_u128(2);
    const TICKET: Uuid = Uuid::from_u128(0xabc);
    const ENTRY: Uuid = Uuid::from_u128(0xdef);

    fn now() -> Timestamp {
        "2026-05-04T10:00:00Z".parse().unwrap()
    }

    fn signer() -> Signer {
        Signer::new(Key::new(&[7; 32], None).unwrap(), Vec::new())
    }

    #[test]
    fn own_ids_verify_in_any_case() {
        let s = signer();
        let id = s.message_id(DESK, TICKET, ENTRY, "desk.example");
        let said = SignedMessage { desk: DESK, ticket: TICKET, entry: ENTRY };
        assert_eq!(s.verify_message_id(DESK, &id, now()), Some(said));
        assert_eq!(s.verify_message_id(DESK, id.trim_matches(['<', '>']), now()), Some(said));
        let address = s.reply_address(DESK, TICKET, "Anna@example.org", "support@desk.example").unwrap();
        assert!(address.rsplit_once('@').unwrap().0.len() <= 64);
        let read = s.verify_address(DESK, &address.to_uppercase(), now()).unwrap();
        assert_eq!((read.desk, read.ticket), (DESK, TICKET));
        assert!(read.is_for("anna@EXAMPLE.org") && !read.is_for("eve@example.org"));
    }

    #[test]
    fn v01_v60_another_desks_or_kinds_id_is_refused() {
        let s = signer();
        let id = s.message_id(DESK, TICKET, ENTRY, "desk.example");
        let address = s.reply_address(DESK, TICKET, "a@x.example", "s@desk.example").unwrap();
        assert_eq!(s.verify_message_id(OTHER, &id, now()), None);
        assert_eq!(s.verify_address(OTHER, &address, now()), None);
        let tag = id.trim_matches('<').split('@').next().unwrap();
        assert_eq!(s.verify_address(DESK, &format!("s+{tag}@desk.example"), now()), None);
    }

    #[test]
    fn v01_every_changed_character_is_refused() {
        let s = signer();
        let id = s.message_id(DESK, TICKET, ENTRY, "d.example");
        for at in 1..id.find('@').unwrap() {
            for letter in ALPHABET {
                let mut forged = id.clone().into_bytes();
                if forged[at] != *letter {
                    forged[at] = *letter;
                    assert_eq!(s.verify_message_id(DESK, std::str::from_utf8(&forged).unwrap(), now()), None);
                }
            }
        }
    }

    #[test]
    fn v01_a_thousand_random_tokens_are_refused() {
        let s = signer();
        for n in 0..1_000u32 {
            let noise = Sha256::digest(n.to_be_bytes());
            let more = Sha256::digest(noise);
            let long = encode(&[&noise[..], &more[..MAC]].concat());
            let short = encode(&[TICKET.as_bytes().as_slice(), &noise[..MARK + MAC]].concat());
            assert_eq!(s.verify_message_id(DESK, &format!("<{long}@d.example>"), now()), None);
            assert_eq!(s.verify_address(DESK, &format!("s+{short}@d.example"), now()), None);
        }
    }

    #[test]
    fn v02_an_old_key_ends() {
        let old = Key::new(&[9; 32], None).unwrap();
        let id = Signer::new(old, Vec::new()).message_id(DESK, TICKET, ENTRY, "d.example");
        let until = now();
        let rotated =
            Signer::new(Key::new(&[7; 32], None).unwrap(), vec![Key::new(&[9; 32], Some(until)).unwrap()]);
        assert!(rotated.verify_message_id(DESK, &id, until).is_some());
        let later = until + jiff::SignedDuration::from_secs(1);
        assert_eq!(rotated.verify_message_id(DESK, &id, later), None);
        assert_eq!(signer().verify_message_id(DESK, &id, until), None);
    }

    #[test]
    fn v68_empty_and_short_tokens_are_refused() {
        let s = signer();
        for tag in ["", " ", "\0", "null", "a", "%00", "aaaaaaaa", "===="] {
            assert_eq!(s.verify_message_id(DESK, &format!("<{tag}@d.example>"), now()), None, "{tag:?}");
            assert_eq!(s.verify_address(DESK, &format!("s+{tag}@d.example"), now()), None, "{tag:?}");
        }
        assert_eq!(s.verify_address(DESK, "", now()), None);
        assert_eq!(Key::new(&[], None).unwrap_err(), WeakKey);
        assert_eq!(s.reply_address(DESK, TICKET, "a@x", "nobody"), None);
    }

    #[test]
    fn secrets_are_not_printed() {
        assert!(!format!("{:?}", signer()).contains('7'));
    }
}
