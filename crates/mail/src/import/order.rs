//! In which order the messages of an archive are taken: an answer after what it answers, and else by their dates.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::Timestamp;

use crate::{Limits, parse};

/// What of a message decides its turn. Ids are hashed: there may be a million messages, and a collision only costs
/// some order.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    date: Option<Timestamp>,
    id: Option<u64>,
    /// What it answers, the nearest first.
    answers: Vec<u64>,
}

impl Said {
    /// By a raw message's header.
    pub(super) fn by(raw: &[u8]) -> Self {
        let message = parse(header(raw), &Limits::DEFAULT);
        let named = message.in_reply_to.iter().chain(message.references.iter().rev());
        Self {
            date: message.date,
            id: message.message_id.as_deref().map(hash),
            answers: named.map(|id| hash(id)).collect(),
        }
    }
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// What stands before the first empty line.
fn header(raw: &[u8]) -> &[u8] {
    let mut end = 0;
    for line in raw.split_inclusive(|b| *b == b'\n') {
        if matches!(line, b"\n" | b"\r\n") {
            break;
        }
        end += line.len();
    }
    &raw[..end]
}

/// The places of the messages, in the order of their turns. One without a date stays behind the one before it.
pub(super) fn order(all: &[Said]) -> Vec<usize> {
    let mut here = HashMap::new();
    for (place, said) in all.iter().enumerate() {
        if let Some(id) = said.id {
            here.entry(id).or_insert(place);
        }
    }
    let mut last = None;
    let mut by_date: Vec<_> = (0..)
        .zip(all)
        .map(|(place, said)| {
            last = said.date.or(last);
            (last, place)
        })
        .collect();
    by_date.sort_unstable();

    let mut taken = vec![false; all.len()];
    let mut order = Vec::with_capacity(all.len());
    for (_, place) in by_date {
        // From the answer up to what is not here or has had its turn. Answers that go round in a ring end there, too.
        let mut chain = Vec::new();
        let mut next = Some(place);
        while let Some(place) = next.filter(|place: &usize| !taken[*place]) {
            taken[place] = true;
            chain.push(place);
            next = all[place].answers.iter().find_map(|id| here.get(id)).copied();
        }
        order.extend(chain.into_iter().rev());
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Messages as `id answers… @second`, in the order of the source; the order of their turns.
    fn check(messages: &[&str], expected: &[usize]) {
        let all: Vec<Said> = messages
            .iter()
            .map(|message| {
                let (ids, date) = message.split_once('@').unwrap_or((message, ""));
                let mut ids = ids.split_whitespace().map(hash);
                Said {
                    date: date.parse().ok().map(|second| Timestamp::from_second(second).unwrap()),
                    id: ids.next(),
                    answers: ids.collect(),
                }
            })
            .collect();
        assert_eq!(order(&all), expected, "{messages:?}");
    }

    #[test]
    fn an_answer_comes_after_what_it_answers() {
        check(&["c @3", "a @1", "b @2"], &[1, 2, 0]);
        check(&["a @1", "b @1", "c @1"], &[0, 1, 2]);
        // A clock that is behind.
        check(&["answer request @1", "request @5", "other @3"], &[1, 0, 2]);
        check(&["c b a @1", "b a @2", "a @3"], &[2, 1, 0]);
        // What it answers is not here, but what that answered is.
        check(&["c missing a @1", "a @2"], &[1, 0]);
    }

    #[test]
    fn what_says_nothing_keeps_its_place() {
        check(&["x", "y", "z"], &[0, 1, 2]);
        check(&["late @9", "undated", "early @1"], &[2, 0, 1]);
        check(&["@2", "@1"], &[1, 0]);
    }

    #[test]
    fn each_has_one_turn_whatever_it_answers() {
        check(&["a a @1"], &[0]);
        check(&["a c @1", "b a @2", "c b @3"], &[1, 2, 0]);
        check(&["same @2", "same @1", "answer same @0"], &[0, 2, 1]);
    }

    #[test]
    fn the_header_is_enough() {
        let said = Said::by(
            b"Message-ID: <a@x>\nDate: Thu, 1 Jan 1970 00:00:07 +0000\nReferences: <r@x> <s@x>\n\
            In-Reply-To: <p@x>\n\nMessage-ID: <b@x>\n",
        );
        assert_eq!(said.date, Some(Timestamp::from_second(7).unwrap()));
        assert_eq!(said.id, Some(hash("a@x")));
        assert_eq!(said.answers, ["p@x", "s@x", "r@x"].map(hash));
        for odd in [&b""[..], b"\n", b"no header", b"\xff\n\r\n"] {
            assert_eq!(Said::by(odd).id, None);
        }
    }
}
