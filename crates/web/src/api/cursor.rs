//! Cursors: where the next page of a list begins, as a text that means nothing to its holder.
//!
//! A cursor holds the key of the last row, which its holder has seen, so it is no secret and gives no rights: the
//! statement asks for those. The check only tells what was cut or typed over from what is ours.

use axum::http::StatusCode;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use store::tickets::NEVER;

use crate::problem::Problem;

/// How many bytes of a digest a cursor ends with.
const CHECK: usize = 6;
/// The longest cursor that is looked at, in bytes.
const LONGEST: usize = 2_048;

/// An instant in a key: one that a row can have, in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub(super) struct At(pub(super) Timestamp);

impl From<At> for i64 {
    fn from(At(at): At) -> i64 {
        at.as_microsecond()
    }
}

impl TryFrom<i64> for At {
    type Error = &'static str;

    fn try_from(micros: i64) -> Result<Self, Self::Error> {
        let at = Timestamp::from_microsecond(micros).ok();
        let at = at.filter(|at| (Timestamp::UNIX_EPOCH..=NEVER).contains(at));
        at.map(Self).ok_or("no row has this instant")
    }
}

/// The cursor of a key in the list of this name. Another list does not take it.
pub(super) fn cursor<K: Serialize>(list: &str, key: &K) -> Option<String> {
    let mut bytes = serde_json::to_vec(key).ok()?;
    let check = check(list, &bytes);
    bytes.extend(check);
    Some(URL_SAFE_NO_PAD.encode(bytes))
}

/// The key of a cursor of this list; none for no cursor, which is the first page.
///
/// # Errors
/// `bad-cursor` for whatever is not a cursor of this list.
pub(super) fn key<K: DeserializeOwned>(list: &str, cursor: Option<&str>) -> Result<Option<K>, Problem> {
    let bad = || Problem::status(StatusCode::BAD_REQUEST, "bad-cursor");
    cursor.map(|cursor| read(list, cursor).ok_or_else(bad)).transpose()
}

fn read<K: DeserializeOwned>(list: &str, cursor: &str) -> Option<K> {
    if cursor.len() > LONGEST {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let (key, given) = bytes.split_at_checked(bytes.len().checked_sub(CHECK)?)?;
    if given != check(list, key) {
        return None;
    }
    serde_json::from_slice(key).ok()
}

fn check(list: &str, key: &[u8]) -> [u8; CHECK] {
    let digest: [u8; 32] =
        Sha256::new().chain_update(list).chain_update([0]).chain_update(key).finalize().into();
    let mut check = [0; CHECK];
    check.copy_from_slice(&digest[..CHECK]);
    check
}

#[cfg(test)]
mod tests {
    use super::*;

    type Key = (i64, String);

    fn last() -> Key {
        (1_790_000_000_000_000, "tkt_0199".into())
    }

    #[test]
    fn lead_back_to_their_key() {
        let text = cursor("mine", &last()).unwrap();
        assert!(
            text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)),
            "{text} stands in an address"
        );
        assert_eq!(read::<Key>("mine", &text), Some(last()));
        assert_eq!(key::<Key>("mine", None).ok().flatten(), None);
    }

    #[test]
    fn of_another_list_are_refused() {
        let text = cursor("mine", &last()).unwrap();
        assert_eq!(read::<Key>("all", &text), None);
        assert_eq!(read::<(i64,)>("mine", &text), None);
    }

    #[test]
    fn no_instant_of_another_age_reaches_the_database() {
        for (micros, fine) in
            [(i64::MIN, false), (-1, false), (0, true), (NEVER.as_microsecond(), true), (i64::MAX, false)]
        {
            assert_eq!(read::<At>("all", &cursor("all", &micros).unwrap()).is_some(), fine, "{micros}");
        }
    }

    #[test]
    fn that_were_touched_are_refused() {
        let text = cursor("mine", &last()).unwrap();
        for at in 0..text.len() {
            let other = if text.as_bytes()[at] == b'A' { "B" } else { "A" };
            let touched = format!("{}{other}{}", &text[..at], &text[at + 1..]);
            assert_eq!(read::<Key>("mine", &touched), None, "{touched}");
            assert_eq!(read::<Key>("mine", &text[..at]), None, "cut at {at}");
        }
        for odd in ["", "null", "é", " ", "AAAA", &"A".repeat(LONGEST + 1), &format!("{text}=")] {
            assert_eq!(read::<Key>("mine", odd), None, "{odd:?}");
        }
    }
}
