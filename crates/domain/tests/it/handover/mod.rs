//! Hand-overs: the rules of the chain, and many desks over a bad network.

mod network;
mod rules;

use domain::handover::message::{Draft, Hash, Hours, Key, SIGNED_AS, Seal, Signed};
use domain::handover::{ChainId, Content, Message};
use jiff::Timestamp;

/// Stands for cryptography: whoever knows the words of the seal can forge it, nobody in these tests does by chance.
pub(crate) struct Toy;

impl Seal for Toy {
    fn hash(&self, bytes: &[u8]) -> Hash {
        let mut hash = [0; 32];
        for (lane, part) in hash.chunks_exact_mut(8).enumerate() {
            let start = 0xcbf2_9ce4_8422_2325_u64 ^ u64::try_from(lane).unwrap().wrapping_mul(0x9e37_79b9);
            let sum = bytes.iter().fold(start, |sum, byte| {
                (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3).rotate_left(5)
            });
            part.copy_from_slice(&sum.to_be_bytes());
        }
        Hash(hash)
    }

    fn proves(&self, key: &Key, text: &str, signature: &str) -> bool {
        sign(key, text) == signature
    }
}

pub(crate) fn sign(key: &Key, text: &str) -> String {
    Toy.hash(format!("{key} {SIGNED_AS}{text}").as_bytes()).to_string()
}

/// The key of the desk of this number.
pub(crate) fn key(number: usize) -> Key {
    format!("{}A", char::from(b'a' + u8::try_from(number).unwrap()).to_string().repeat(42)).parse().unwrap()
}

/// Hours of the desk of this number: no two are alike.
pub(crate) fn hours(number: usize) -> Hours {
    serde_json::from_value(serde_json::json!({
        "timezone": "UTC",
        "hours": { "mon": [[format!("{:02}:00", 6 + number), "18:00"]], "tue": [["09:00", "12:00"]] },
    }))
    .unwrap()
}

pub(crate) fn signed(draft: &Draft) -> Signed {
    let text = draft.text();
    Signed { signature: sign(&draft.key, &text), text }
}

/// The message of this draft, read back as it would be on the other side.
pub(crate) fn message(draft: &Draft) -> Message {
    Message::read(signed(draft), &Toy).unwrap()
}

pub(crate) fn id(opener: usize) -> ChainId {
    ChainId::of(&Toy, &key(opener), "nonce")
}

pub(crate) fn at(minute: i64) -> Timestamp {
    // A Monday, 6:00.
    Timestamp::from_second(1_772_431_200 + minute * 60).unwrap()
}

/// A message of the chain after this one.
pub(crate) fn next(chain: &domain::handover::Chain, by: usize, minute: i64, content: Content) -> Draft {
    Draft {
        handover: chain.id().clone(),
        to: None,
        sequence: chain.length() + 1,
        previous: chain.last(),
        at: at(minute),
        key: key(by),
        content,
    }
}
