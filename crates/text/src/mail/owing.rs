//! Letters to the desk's people before something is late that they owe, or are owed.

use super::letter::{Draft, Letter, one_line};
use crate::Words;

/// What should be seen to.
#[derive(Clone, Copy, Debug)]
pub struct Owing<'a> {
    /// The reader's name.
    pub name: &'a str,
    /// What, and how much until when.
    pub lines: &'a [(String, String)],
    /// The desk's name.
    pub desk: &'a str,
    /// Where more of it stands.
    pub link: &'a str,
}

/// To one of the desk's people.
#[must_use]
pub fn owing(words: Words, letter: &Owing<'_>) -> Letter {
    let mut draft =
        Draft::new(words, words.f("mail-owing-subject", &[("desk", one_line(letter.desk).into())]));
    draft.greet(Some(letter.name).filter(|name| !name.is_empty()));
    draft.say(words.t("mail-owing-body"));
    for (what, text) in letter.lines {
        draft.fact(what.as_str(), text);
    }
    draft.button(words.t("payables"), letter.link);
    draft.footer(letter.desk);
    draft.finish()
}
