//! From a text to the terms under which it is found: pure, and the same for both databases.
//!
//! | in the text | terms |
//! | --- | --- |
//! | a word | its folded form; its stem in the language of the text, if that is another |
//! | a German word with ä, ö, ü | also as people write it without them: `aenderung` |
//! | words joined by a sign (`anna.k@contoso.com`, `e-mail`, a GUID, `1,234.56`) | each part; the whole and each of its ends without the signs: `annakcontosocom`, `contosocom`; what stands before `@` |
//! | Chinese | each character and each pair of neighbours |
//!
//! Pairs find every Chinese word wherever it stands, and cost no dictionary while mail comes in; the dictionary
//! only cuts the asker's words apart ([`Words`](super::Words)).

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashSet},
    sync::Arc,
};

use domain::lang::Lang;
use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;

/// Grows with every change of what [`analyse`] answers: documents of another version must be indexed again.
pub const VERSION: i64 = 1;

/// The longest term, in characters. Longer words are cut there, in texts and in queries alike.
pub const LONGEST_TERM: usize = 64;
/// The most terms of one document. What comes later in the text is not found.
pub const MOST_TERMS: usize = 20_000;
/// The most bytes of one document's terms: PostgreSQL holds one megabyte in a `tsvector`.
const MOST_BYTES: usize = 500_000;
/// The most words that are joined to a whole.
const LONGEST_CHAIN: usize = 8;

/// Between a word's stem and its language. It stands in no word of a text, because it separates words there; and
/// a term that begins with it is one of the index's own (desk, visibility).
pub(super) const RESERVED: char = '_';

/// The languages that have stems, with the word for them in a term.
const STEMMED: [(Lang, Algorithm, &str); 4] = [
    (Lang::En, Algorithm::English, "en"),
    (Lang::Sv, Algorithm::Swedish, "sv"),
    (Lang::De, Algorithm::German, "de"),
    (Lang::Hu, Algorithm::Hungarian, "hu"),
];

/// The terms of a text, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms(Arc<str>);

impl Terms {
    /// The terms in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split_terminator(' ')
    }

    /// All of them, with a space between them.
    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

/// Terms while they are gathered.
#[derive(Default)]
struct Gathered<'t> {
    terms: BTreeSet<String>,
    bytes: usize,
    /// The words whose terms are there. Most words of a long text have been in it before.
    words: HashSet<&'t str>,
}

impl Gathered<'_> {
    fn add(&mut self, term: impl Into<String>) {
        let term = term.into();
        if !self.is_full() && !term.is_empty() {
            let bytes = term.len();
            if self.terms.insert(term) {
                self.bytes += bytes;
            }
        }
    }

    fn is_full(&self) -> bool {
        self.terms.len() >= MOST_TERMS || self.bytes >= MOST_BYTES
    }

    fn finish(self) -> Terms {
        let mut text = String::with_capacity(self.bytes + self.terms.len());
        for term in &self.terms {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(term);
        }
        Terms(text.into())
    }
}

/// The terms of a text in a language. Chinese texts hold English words too, so these are stemmed as English.
#[must_use]
pub fn analyse(text: &str, lang: Lang) -> Terms {
    let lang = if lang == Lang::ZhCn { Lang::En } else { lang };
    let mut terms = Gathered::default();
    for group in groups(text) {
        if terms.is_full() {
            break;
        }
        match group {
            Group::Ideographs { text, .. } => ideographs(text, &mut terms),
            Group::Words(words) => {
                for word in &words {
                    if terms.words.insert(word.text) {
                        single(word, lang, &mut terms);
                    }
                }
                wholes(&words, &mut terms);
            }
        }
    }
    terms.finish()
}

fn ideographs(run: &str, terms: &mut Gathered<'_>) {
    let mut before: Option<char> = None;
    for c in normal_ideographs(run) {
        terms.add(c);
        if let Some(before) = before {
            terms.add(String::from_iter([before, c]));
        }
        before = Some(c);
    }
}

fn single(word: &Word<'_>, lang: Lang, terms: &mut Gathered<'_>) {
    let plain = plain(word.text);
    let folded = fold(&plain);
    if let Some(stem) = stem(&plain, lang).filter(|stem| stem.text != folded) {
        terms.add(stem.term());
    }
    if lang == Lang::De {
        terms.add(umlauts_spelt_out(&plain).unwrap_or_default());
    }
    terms.add(folded);
}

fn wholes(words: &[Word<'_>], terms: &mut Gathered<'_>) {
    for from in 0..words.len().saturating_sub(1) {
        terms.add(whole(&words[from..]));
    }
    if let Some(at) = words.iter().position(|word| word.glue == Some('@')).filter(|at| *at > 1) {
        terms.add(whole(&words[..at]));
    }
}

/// Words without the signs between them.
pub(super) fn whole(words: &[Word<'_>]) -> String {
    cut(words.iter().map(|word| fold(&plain(word.text))).collect())
}

/// A run of a text that belongs together.
#[derive(Debug, PartialEq)]
pub(super) enum Group<'t> {
    /// Characters of Chinese or Japanese, without spaces between words.
    Ideographs {
        /// Where it begins, in bytes.
        at: usize,
        text: &'t str,
    },
    /// A word, or words joined by single signs. Never empty.
    Words(Vec<Word<'t>>),
}

/// A word as it stands in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Word<'t> {
    /// Where it begins, in bytes.
    pub(super) at: usize,
    pub(super) text: &'t str,
    /// The sign that joins it to the word before.
    pub(super) glue: Option<char>,
}

/// Cuts a text into its groups.
///
/// Nothing goes on behind white space. What stands between, if it is a plain word and signs around it, as nearly
/// everything is in a text of Western Europe, is cut by hand: the rules of Unicode are dear.
pub(super) fn groups(text: &str) -> impl Iterator<Item = Group<'_>> {
    let mut end = 0;
    let pieces = text.split_inclusive(|c: char| c.is_ascii_whitespace()).map(move |piece| {
        end += piece.len();
        (end - piece.len(), piece)
    });
    pieces.flat_map(|(at, piece)| {
        let begin = piece.bytes().take_while(|b| b.is_ascii() && !b.is_ascii_alphanumeric()).count();
        let word = piece[begin..].trim_end_matches(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric());
        let plain = !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric());
        let one = plain.then(|| Group::Words(vec![Word { at: at + begin, text: word, glue: None }]));
        let rest = if plain { "" } else { piece };
        one.into_iter().chain(groups_by_unicode(at, rest))
    })
}

/// The groups of a piece of a text that begins at a byte of it.
fn groups_by_unicode(at: usize, text: &str) -> impl Iterator<Item = Group<'_>> {
    let mut runs = text.unicode_word_indices().flat_map(|(at, word)| runs(at, word)).peekable();
    std::iter::from_fn(move || {
        let first = runs.next()?;
        let mut end = first.at + first.text.len();
        if first.ideographs {
            while let Some(next) = runs.next_if(|next| next.ideographs && next.at == end) {
                end += next.text.len();
            }
            return Some(Group::Ideographs { at: at + first.at, text: &text[first.at..end] });
        }
        let mut words = vec![Word { at: at + first.at, text: first.text, glue: None }];
        while words.len() < LONGEST_CHAIN {
            let glued = |next: &Run<'_>| !next.ideographs && glue(&text[end..next.at]).is_some();
            let Some(next) = runs.next_if(glued) else { break };
            words.push(Word { at: at + next.at, text: next.text, glue: glue(&text[end..next.at]) });
            end = next.at + next.text.len();
        }
        Some(Group::Words(words))
    })
}

struct Run<'t> {
    at: usize,
    text: &'t str,
    ideographs: bool,
}

/// Splits what Unicode calls a word (`don't`, `1,234.56`, `a_b`) at its signs.
fn runs(at: usize, word: &str) -> impl Iterator<Item = Run<'_>> {
    let mut rest = (at, word);
    std::iter::from_fn(move || {
        let (at, text) = rest;
        let begin = text.find(is_of_words)?;
        let (at, text) = (at + begin, &text[begin..]);
        let ideographs = text.starts_with(is_ideograph);
        let end = text.find(|c| !is_of_words(c) || is_ideograph(c) != ideographs).unwrap_or(text.len());
        rest = (at + end, &text[end..]);
        Some(Run { at, text: &text[..end], ideographs })
    })
}

fn glue(gap: &str) -> Option<char> {
    let mut chars = gap.chars();
    let sign = chars.next().filter(|_| chars.next().is_none())?;
    matches!(sign, '.' | ',' | '@' | '-' | '_' | '\'' | '’' | '&' | '+' | '\u{2010}' | '\u{2011}')
        .then_some(sign)
}

/// What terms are made of. No ASCII sign is.
fn is_of_words(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Chinese characters and kana: scripts without spaces between words.
fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c),
        0x3005..=0x3007 | 0x3041..=0x30ff | 0x31f0..=0x31ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff
        | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// The characters of a run in their normal form.
pub(super) fn normal_ideographs(run: &str) -> impl Iterator<Item = char> {
    run.nfkc().filter(|c| is_of_words(*c))
}

/// A word in lower case and normal form, with its diacritics. Stemmers read it.
pub(super) fn plain(word: &str) -> String {
    if word.is_ascii() {
        // Its own normal form.
        return cut(word
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect());
    }
    cut(word.nfkc().flat_map(char::to_lowercase).nfkc().filter(|c| is_of_words(*c)).collect())
}

/// A plain word without diacritics: `árvíztűrő` is `arvizturo`, `straße` is `strasse`.
pub(super) fn fold(plain: &str) -> String {
    if plain.is_ascii() {
        return plain.to_owned();
    }
    let mut folded = String::with_capacity(plain.len());
    for c in plain.nfd().filter(|c| !matches!(u32::from(*c), 0x300..=0x36f)) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            other => folded.push(other),
        }
    }
    cut(folded)
}

/// `änderung` as people write it on another keyboard: `aenderung`. Nothing for a word without umlauts.
pub(super) fn umlauts_spelt_out(plain: &str) -> Option<String> {
    let spelt_out = plain.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
    (spelt_out != plain).then(|| fold(&spelt_out))
}

/// A word's stem in one language.
pub(super) struct Stem {
    /// Folded.
    pub(super) text: String,
    word: &'static str,
}

impl Stem {
    /// The term of a word that is not its own stem. A word that is has none: it is found by its folded form.
    pub(super) fn term(&self) -> String {
        format!("{}{RESERVED}{}", self.text, self.word)
    }
}

/// The stems of a plain word in every language that has them.
pub(super) fn stems(plain: &str) -> impl Iterator<Item = Stem> {
    STEMMED.iter().filter_map(move |(lang, ..)| stem(plain, *lang))
}

/// The stem of a plain word in one language, if it has stems.
fn stem(plain: &str, lang: Lang) -> Option<Stem> {
    let stemmable = plain.len() >= 3 && plain.chars().all(|c| c.is_alphabetic() && u32::from(c) < 0x250);
    let (_, algorithm, word) = STEMMED.iter().find(|(of, ..)| *of == lang && stemmable)?;
    let stem: Cow<'_, str> = Stemmer::create(*algorithm).stem(plain);
    (!stem.is_empty()).then(|| Stem { text: fold(&stem), word })
}

fn cut(mut term: String) -> String {
    if term.len() <= LONGEST_TERM {
        return term;
    }
    if let Some((end, _)) = term.char_indices().nth(LONGEST_TERM) {
        term.truncate(end);
    }
    term
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    fn terms(text: &str, lang: Lang) -> String {
        analyse(text, lang).iter().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tables_of_five_languages() {
        use Lang::{De, En, Hu, Sv, ZhCn};
        let rows = [
            (En, "Licences licenses", "licenc_en licences licens_en licenses"),
            (En, "The user’s e-mail", "e email mail s the user users"),
            (Sv, "Fakturorna på Åsögatan", "asogatan faktur_sv fakturorna pa"),
            (De, "Rechnungen Straße", "rechnung_de rechnungen strass_de strasse"),
            (De, "Änderung", "aenderung ander_de anderung"),
            (Hu, "árvíztűrő számlák", "arvizturo szamla_hu szamlak"),
            (ZhCn, "退款发票", "发 发票 款 款发 票 退 退款"),
            (ZhCn, "重置Office365密码", "office365 密 密码 码 置 重 重置"),
            (ZhCn, "ＡＢＣ Licences", "abc licenc_en licences"),
        ];
        for (lang, text, expected) in rows {
            assert_eq!(terms(text, lang), expected, "{text}");
        }
    }

    #[test]
    fn wholes_and_parts() {
        let rows = [
            ("anna.k@contoso.com", "anna annak annakcontosocom com contoso contosocom k kcontosocom"),
            ("mail.contoso.com", "com contoso contosocom mail mailcontosocom"),
            ("EX123456 #10432", "10432 ex123456"),
            ("1,234.56 1.234,56", "1 123456 234 23456 56"),
            ("0x80070005", "0x80070005"),
            ("a_b", "a ab b"),
        ];
        for (text, expected) in rows {
            assert_eq!(terms(text, Lang::En), expected, "{text}");
        }
        let guid = analyse("{3F2504E0-4F89-11D3-9A0C-0305E82C3301}", Lang::En);
        assert!(guid.iter().any(|term| term == "3f2504e04f8911d39a0c0305e82c3301"), "{guid:?}");
    }

    #[test]
    fn is_bounded() {
        let many: String = (0..200_000).map(|n| format!("{n:x} ")).collect();
        assert_eq!(analyse(&many, Lang::En).iter().count(), MOST_TERMS);
        let long: String = (0..40_000).map(|n| format!("{n:064} ")).collect();
        let bytes: usize = analyse(&long, Lang::En).iter().map(str::len).sum();
        assert!(bytes <= MOST_BYTES + LONGEST_TERM, "{bytes}");
        assert_eq!(terms(&"å".repeat(100_000), Lang::Sv), "a".repeat(LONGEST_TERM));
        let joined = vec!["x"; 50_000].join(".");
        assert!(analyse(&joined, Lang::En).iter().count() <= LONGEST_CHAIN);
    }

    proptest! {
        #[test]
        fn no_text_makes_a_reserved_term(text in hostile(), lang in 0..Lang::ALL.len()) {
            let lang = Lang::ALL[lang];
            let terms = analyse(&text, lang);
            for term in terms.iter() {
                prop_assert!(!term.starts_with(RESERVED), "{term}");
                prop_assert!(term.chars().count() <= LONGEST_TERM + 3, "{term}");
                let word = term.rsplit_once(RESERVED).map_or(term, |(stem, _)| stem);
                prop_assert!(!word.is_empty() && word.chars().all(is_of_words), "{term}");
            }
            prop_assert_eq!(&terms, &analyse(&text, lang));
        }

        #[test]
        fn what_is_cut_by_hand_is_cut_as_unicode_says(text in hostile()) {
            let by_hand: Vec<_> = groups(&text).collect();
            prop_assert_eq!(by_hand, groups_by_unicode(0, &text).collect::<Vec<_>>());
        }

        #[test]
        fn groups_point_into_the_text(text in hostile()) {
            let mut end = 0;
            for group in groups(&text) {
                let words = match group {
                    Group::Ideographs { at, text } => vec![(at, text)],
                    Group::Words(words) => words.iter().map(|word| (word.at, word.text)).collect(),
                };
                for (at, word) in words {
                    prop_assert!(at >= end);
                    prop_assert_eq!(&text[at..at + word.len()], word);
                    end = at + word.len();
                }
            }
        }
    }

    /// Texts of any characters, and of those that have a meaning somewhere.
    pub(in crate::search) fn hostile() -> impl Strategy<Value = String> {
        let sign = prop::sample::select(vec![
            "_",
            "_d",
            "_vp",
            "__",
            "'",
            "\"",
            "*",
            ":",
            "^",
            "-",
            "NEAR(",
            " AND ",
            "&",
            "|",
            "!",
            "<->",
            "\\",
            "\0",
            "\u{202e}",
            "İ",
            "ß",
            "ﬁ",
            "½",
            "退款",
            "的",
            "カ",
            "ｶﾞ",
            "Straße",
            "Lizenzen",
            "arvi\u{301}z",
            "@",
            ".",
            " ",
            "\u{e0001}",
            "𠀀",
            "ᾼ",
        ]);
        prop_oneof![
            ".{0,80}",
            prop::collection::vec(prop_oneof![sign.prop_map(str::to_owned), ".{0,4}"], 0..30)
                .prop_map(|parts| parts.concat()),
        ]
    }
}
