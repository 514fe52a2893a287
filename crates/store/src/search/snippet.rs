//! The place of a text where the words stand that somebody looked for.

use super::{
    analyse::{Group, Word, fold, groups, plain, stems, whole},
    query::{Expr, Words},
};

/// How many characters are shown.
const SHOWN: usize = 160;
/// How many of them at most stand before the first hit.
const BEFORE: usize = 40;
/// How far a text is searched for its first hit, in characters.
const FARTHEST: usize = 100_000;

/// A piece of a snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its text: plain, to be escaped like any other. White space is one space.
    pub text: String,
    /// Whether it is a word that was looked for.
    pub hit: bool,
}

/// About 160 characters of a text around the first word that was looked for, or from its beginning if none is
/// there. `…` stands where the text was cut.
#[must_use]
pub fn snippet(text: &str, words: &Words) -> Vec<Piece> {
    let text = &text[..after(text, 0, FARTHEST)];
    let marks = Marks::of(words);
    let mut hits = hits(text, &marks).peekable();
    let from = hits.peek().map_or(0, |(first, _)| before(text, *first, BEFORE));
    let to = after(text, from, SHOWN);

    let mut parts = Parts::default();
    parts.add(if from > 0 { "…" } else { "" }, false);
    let mut at = from;
    for (begin, end) in hits.take_while(|(begin, _)| *begin < to) {
        let (begin, end) = (begin.max(at), end.min(to));
        parts.add(&text[at..begin], false);
        parts.add(&text[begin..end], true);
        at = end;
    }
    parts.add(&text[at..to], false);
    parts.add(if to < text.len() { "…" } else { "" }, false);
    parts.0
}

#[derive(Default)]
struct Parts(Vec<Piece>);

impl Parts {
    fn add(&mut self, text: &str, hit: bool) {
        let mut space = self.0.last().is_none_or(|part| part.text.ends_with(' '));
        let mut shown = String::with_capacity(text.len());
        for c in text.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }) {
            if c != ' ' || !space {
                shown.push(c);
            }
            space = c == ' ';
        }
        match self.0.last_mut() {
            _ if shown.is_empty() => {}
            Some(last) if last.hit == hit => last.text.push_str(&shown),
            _ => self.0.push(Piece { text: shown, hit }),
        }
    }
}

/// What makes a word of a text a hit.
struct Marks<'w> {
    terms: Vec<&'w str>,
    beginnings: Vec<&'w str>,
    ideographs: &'w [String],
}

impl<'w> Marks<'w> {
    fn of(words: &'w Words) -> Self {
        let mut marks = Marks { terms: Vec::new(), beginnings: Vec::new(), ideographs: &words.ideographs };
        marks.read(&words.beginnings);
        marks
    }

    fn read(&mut self, expr: &'w Expr) {
        match expr {
            Expr::Term(term) => self.terms.push(term),
            Expr::Beginning(term) => self.beginnings.push(term),
            Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| self.read(part)),
        }
    }

    fn begins(&self, folded: &str) -> bool {
        self.beginnings.iter().any(|beginning| folded.starts_with(beginning))
    }

    /// Whether a hit may stand in a piece of a text: it begins as what was looked for does.
    fn may_be_in(&self, piece: &str) -> bool {
        let begins = |word: &str| {
            let first = word.as_bytes().first().map(u8::to_ascii_lowercase);
            self.terms.iter().chain(&self.beginnings).any(|mark| mark.as_bytes().first().copied() == first)
        };
        !piece.is_ascii() || piece.split(|c: char| !c.is_ascii_alphanumeric()).any(begins)
    }

    /// Stemming is dear, and takes only the end of a word: most words of a text need none.
    fn may_be_stem_of(&self, folded: &str) -> bool {
        let first = folded.chars().next();
        self.terms.iter().any(|term| term.chars().next() == first)
    }

    fn word(&self, text: &str) -> bool {
        let plain = plain(text);
        let folded = fold(&plain);
        self.terms.contains(&folded.as_str())
            || self.begins(&folded)
            || self.may_be_stem_of(&folded)
                && stems(&plain).any(|stem| self.terms.contains(&stem.term().as_str()))
    }
}

/// Where the hits begin and end, in bytes, in their order.
///
/// No word goes on behind white space, so a text is read piece by piece, and most pieces are passed over: cutting one
/// into words and these into terms is dear.
fn hits<'t>(text: &'t str, marks: &'t Marks<'_>) -> impl Iterator<Item = (usize, usize)> {
    let mut end = 0;
    let pieces = text.split_inclusive(|c: char| c.is_ascii_whitespace()).map(move |piece| {
        end += piece.len();
        (end - piece.len(), piece)
    });
    pieces.filter(|(_, piece)| marks.may_be_in(piece)).flat_map(move |(at, piece)| {
        let found = groups(piece).flat_map(|group| match group {
            Group::Ideographs { at, text } => ideographs(at, text, marks.ideographs),
            Group::Words(words) => joined(&words, marks),
        });
        found.map(move |(begin, end)| (at + begin, at + end)).collect::<Vec<_>>()
    })
}

/// The words that were looked for, and words that are joined as one that was.
fn joined(words: &[Word<'_>], marks: &Marks<'_>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut rest = words;
    while let Some(first) = rest.first() {
        let longest =
            |is_hit: &dyn Fn(&str) -> bool| (2..=rest.len()).rev().find(|n| is_hit(&whole(&rest[..*n])));
        let taken = longest(&|whole| marks.terms.contains(&whole))
            .or_else(|| marks.word(first.text).then_some(1))
            .or_else(|| longest(&|whole| marks.begins(whole)));
        if let Some(last) = taken.map(|n| &rest[n - 1]) {
            found.push((first.at, last.at + last.text.len()));
        }
        rest = &rest[taken.unwrap_or(1)..];
    }
    found
}

fn ideographs(at: usize, run: &str, wanted: &[String]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = wanted
        .iter()
        .flat_map(|word| {
            run.match_indices(word.as_str()).map(|(from, word)| (at + from, at + from + word.len()))
        })
        .collect();
    found.sort_unstable();
    found.dedup_by(|next, kept| {
        let overlaps = next.0 < kept.1;
        if overlaps {
            kept.1 = kept.1.max(next.1);
        }
        overlaps
    });
    found
}

/// The place at most so many characters before another, not inside of a word if a space is near.
fn before(text: &str, at: usize, chars: usize) -> usize {
    let from = text[..at].char_indices().rev().nth(chars).map_or(0, |(from, _)| from);
    if from == 0 {
        return 0;
    }
    let space = text[from..at].char_indices().find(|(_, c)| c.is_whitespace());
    space.map_or(from, |(space, c)| from + space + c.len_utf8())
}

/// The place so many characters after another, or the end.
fn after(text: &str, at: usize, chars: usize) -> usize {
    text[at..].char_indices().nth(chars).map_or(text.len(), |(more, _)| at + more)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_cut_may_fall_on_a_wide_space() {
        let text = " 0¡0A¡¡A¡aa¡a¡aaAAa0a!0A!¡a¡00aa¡A!\u{a0}¡0aa\u{b}:o\u{b}";
        assert_eq!(marked(text, "O"), "…¡0aa :[o] ");
    }

    proptest! {
        #[test]
        fn a_stem_begins_as_its_word_does(word in "[a-zà-öø-ÿőűßāăąćčďęěğıłńňœřśşšťůźżž]{3,12}") {
            let plain = plain(&word);
            let first = fold(&plain).chars().next();
            for stem in stems(&plain) {
                prop_assert_eq!(stem.text.chars().next(), first, "{} {}", word, stem.term());
            }
        }
    }

    fn marked(text: &str, question: &str) -> String {
        let words = Words::parse(question).unwrap();
        let part = |part: Piece| if part.hit { format!("[{}]", part.text) } else { part.text };
        snippet(text, &words).into_iter().map(part).collect()
    }

    #[test]
    fn marks_what_was_looked_for() {
        let rows = [
            ("The invoices\r\n are  wrong", "invoice wrong", "The [invoices] are [wrong]"),
            ("Die Lizenzverlängerung fehlt", "Lizenz", "Die [Lizenzverlängerung] fehlt"),
            ("az árvíztűrő tükörfúrógép", "arvizturo", "az [árvíztűrő] tükörfúrógép"),
            ("请尽快处理退款发票问题", "发票", "请尽快处理退款[发票]问题"),
            ("write to anna@contoso.com", "contoso", "write to anna@[contoso].com"),
            ("write to anna@contoso.com!", "contoso.com", "write to anna@[contoso.com]!"),
            ("an E-Mail", "email", "an [E-Mail]"),
            ("nothing here", "else", "nothing here"),
            ("<b>bold</b>", "bold", "<b>[bold]</b>"),
        ];
        for (text, question, expected) in rows {
            assert_eq!(marked(text, question), expected, "{question}");
        }
    }

    #[test]
    fn shows_the_place_of_the_hit() {
        let text = format!("{}needle{}", "hay straw ".repeat(100), " hay".repeat(100));
        let shown = marked(&text, "needle");
        assert!(shown.starts_with("…") && shown.ends_with('…') && shown.contains("[needle]"), "{shown}");
        assert!(shown.chars().count() <= SHOWN + 4, "{shown}");
    }

    proptest! {
        #[test]
        fn no_hit_is_passed_over(
            text in super::super::analyse::tests::hostile(), question in super::super::analyse::tests::hostile(),
        ) {
            let Some(words) = Words::parse(&format!("{question} {text}")) else { return Ok(()) };
            let marks = Marks::of(&words);
            let all = groups(&text).flat_map(|group| match group {
                Group::Ideographs { at, text } => ideographs(at, text, marks.ideographs),
                Group::Words(words) => joined(&words, &marks),
            });
            prop_assert_eq!(hits(&text, &marks).collect::<Vec<_>>(), all.collect::<Vec<_>>());
        }

        #[test]
        fn never_panics_and_is_short(
            text in super::super::analyse::tests::hostile(), question in super::super::analyse::tests::hostile(),
        ) {
            if let Some(words) = Words::parse(&question) {
                let parts = snippet(&text, &words);
                prop_assert!(parts.iter().map(|part| part.text.chars().count()).sum::<usize>() <= SHOWN + 2);
                prop_assert!(parts.windows(2).all(|pair| pair[0].hit != pair[1].hit));
            }
        }
    }
}
