//! From what somebody asks to an expression over terms, and from there to the words of each engine.

use std::{collections::BTreeSet, fmt::Write as _, sync::OnceLock};

use jieba_rs::Jieba;

use super::analyse::{Group, Word, fold, groups, normal_ideographs, plain, stems, umlauts_spelt_out, whole};

/// The longest question that is read, in characters; the rest is ignored.
const LONGEST_QUESTION: usize = 400;
/// The most words that are looked for; the rest is ignored.
const MOST_WORDS: usize = 24;
/// The shortest beginning of a word that is looked for, in characters.
const SHORTEST_BEGINNING: usize = 3;
/// The shortest stem whose beginnings are looked for, in characters: a shorter one begins too many words.
const SHORTEST_STEM: usize = 5;

/// Loads the Chinese dictionary (about half a second, some tens of megabytes), which the first question in Chinese
/// does otherwise. Call it on a thread that may block.
pub fn warm() {
    jieba();
}

fn jieba() -> &'static Jieba {
    static JIEBA: OnceLock<Jieba> = OnceLock::new();
    JIEBA.get_or_init(Jieba::new)
}

/// What somebody looks for: words, all of which must be there. Quotes and operators of other search engines mean
/// nothing: their words count.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// Each word exactly or by its stem.
    pub(super) exact: Expr,
    /// The same, or any word that begins so.
    pub(super) beginnings: Expr,
    /// The Chinese words.
    pub(super) ideographs: Vec<String>,
}

impl Words {
    /// Reads a question. Nothing if it has no words.
    #[must_use]
    pub fn parse(question: &str) -> Option<Words> {
        let end = question.char_indices().nth(LONGEST_QUESTION).map_or(question.len(), |(at, _)| at);
        let (mut exact, mut beginnings, mut ideographs) = (Vec::new(), Vec::new(), Vec::new());
        for group in groups(&question[..end]) {
            match group {
                Group::Ideographs { text, .. } => {
                    let run: String = normal_ideographs(text).collect();
                    for word in jieba().cut(&run, true) {
                        exact.push(neighbours(word.word));
                        beginnings.push(neighbours(word.word));
                        ideographs.push(word.word.to_owned());
                    }
                }
                Group::Words(mut words) => {
                    // A word of nothing but accents is none.
                    words.retain(|word| !fold(&plain(word.text)).is_empty());
                    if words.is_empty() {
                        continue;
                    }
                    let (e, b) = joined(&words);
                    exact.push(e);
                    beginnings.push(b);
                }
            }
        }
        exact.truncate(MOST_WORDS);
        beginnings.truncate(MOST_WORDS);
        let (exact, beginnings) = (Expr::all(exact)?, Expr::all(beginnings)?);
        Some(Words { exact, beginnings, ideographs })
    }
}

impl Words {
    /// Words of a text of which not all need be there: of its first `MOST_WORDS`, each once.
    #[must_use]
    pub fn each(text: &str) -> Vec<Words> {
        let Some(all) = Words::parse(text) else { return Vec::new() };
        let (Expr::All(exact), Expr::All(beginnings)) = (all.exact, all.beginnings) else {
            return Vec::new();
        };
        let mut each: Vec<Words> = Vec::new();
        for (exact, beginnings) in exact.into_iter().zip(beginnings) {
            let word = Words { exact, beginnings, ideographs: Vec::new() };
            if !each.contains(&word) {
                each.push(word);
            }
        }
        each
    }

    /// Every term that may be there.
    pub(super) fn terms(&self) -> Vec<&str> {
        let mut terms = Vec::new();
        self.exact.leaves(&mut terms, false);
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    /// Every beginning of a term that may be there.
    pub(super) fn begins(&self) -> Vec<&str> {
        let mut begins = Vec::new();
        self.beginnings.leaves(&mut begins, true);
        begins.sort_unstable();
        begins.dedup();
        begins
    }

    /// How many of the words are among terms, and how many words there are.
    pub(super) fn there(&self, terms: &BTreeSet<String>) -> (usize, usize) {
        match &self.beginnings {
            Expr::All(words) => (words.iter().filter(|word| word.holds(terms)).count(), words.len()),
            one => (usize::from(one.holds(terms)), 1),
        }
    }
}

/// A Chinese word is there if its characters are neighbours.
fn neighbours(word: &str) -> Expr {
    let chars: Vec<char> = word.chars().collect();
    match chars.as_slice() {
        [one] => Expr::Term(one.to_string()),
        many => Expr::All(many.windows(2).map(|pair| Expr::Term(pair.iter().collect())).collect()),
    }
}

/// A word, or words joined by signs: `e-mail` is also `e` and `mail`, but `contoso.com` is only itself.
fn joined(words: &[Word<'_>]) -> (Expr, Expr) {
    if let [word] = words {
        return single(word);
    }
    let (exact, beginnings): (Vec<_>, Vec<_>) = words.iter().map(single).unzip();
    let whole = whole(words);
    let an_address = words.iter().any(|word| matches!(word.glue, Some('.' | ',' | '@')));
    if an_address {
        return (Expr::Term(whole.clone()), Expr::Beginning(whole));
    }
    (
        Expr::Any(vec![Expr::Term(whole.clone()), Expr::All(exact)]),
        Expr::Any(vec![Expr::Beginning(whole), Expr::All(beginnings)]),
    )
}

fn single(word: &Word<'_>) -> (Expr, Expr) {
    let plain = plain(word.text);
    let folded = fold(&plain);
    let mut terms = vec![folded.clone()];
    let mut begin = vec![folded];
    terms.extend(umlauts_spelt_out(&plain));
    for stem in stems(&plain) {
        terms.push(stem.term());
        if stem.text.chars().count() >= SHORTEST_STEM {
            begin.push(stem.text.clone());
        }
        // A word that is its own stem has no other term.
        terms.push(stem.text);
    }
    terms.sort();
    terms.dedup();
    // Numbers are not begun: 1043 is not 10432.
    begin.retain(|b| b.chars().count() >= SHORTEST_BEGINNING && b.chars().any(char::is_alphabetic));
    begin.sort();
    begin.dedup_by(|longer, shorter| longer.starts_with(shorter.as_str()));
    let exact: Vec<Expr> = terms.into_iter().map(Expr::Term).collect();
    let beginnings = exact.iter().cloned().chain(begin.into_iter().map(Expr::Beginning)).collect();
    (Expr::Any(exact), Expr::Any(beginnings))
}

/// What a document's terms must be. The leaves hold letters, digits and the reserved sign only, so that neither
/// engine finds an operator in them.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    Term(String),
    /// A term that begins so.
    Beginning(String),
    All(Vec<Expr>),
    Any(Vec<Expr>),
}

impl Expr {
    fn all(parts: Vec<Expr>) -> Option<Expr> {
        (!parts.is_empty()).then_some(Expr::All(parts))
    }

    /// The terms in it, or the beginnings.
    fn leaves<'e>(&'e self, out: &mut Vec<&'e str>, beginnings: bool) {
        match self {
            Expr::Term(term) if !beginnings => out.push(term),
            Expr::Beginning(begin) if beginnings => out.push(begin),
            Expr::Term(_) | Expr::Beginning(_) => {}
            Expr::All(parts) | Expr::Any(parts) => {
                parts.iter().for_each(|part| part.leaves(out, beginnings));
            }
        }
    }

    /// Whether it holds for terms.
    fn holds(&self, terms: &BTreeSet<String>) -> bool {
        match self {
            Expr::Term(term) => terms.contains(term),
            Expr::Beginning(begin) => {
                terms.range(begin.clone()..).next().is_some_and(|term| term.starts_with(begin))
            }
            Expr::All(parts) => parts.iter().all(|part| part.holds(terms)),
            Expr::Any(parts) => parts.iter().any(|part| part.holds(terms)),
        }
    }

    /// In the words of FTS5.
    pub(super) fn fts5(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, &Syntax { quote: '"', begins: "*", and: " AND ", or: " OR " });
        out
    }

    /// In the words of PostgreSQL's `tsquery`.
    pub(super) fn tsquery(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, &Syntax { quote: '\'', begins: ":*", and: " & ", or: " | " });
        out
    }

    fn write(&self, out: &mut String, syntax: &Syntax) {
        let Syntax { quote, begins, and, or } = syntax;
        let (parts, between) = match self {
            Expr::Term(term) => return quoted(out, *quote, term, ""),
            Expr::Beginning(term) => return quoted(out, *quote, term, begins),
            Expr::All(parts) => (parts, and),
            Expr::Any(parts) => (parts, or),
        };
        out.push('(');
        for (n, part) in parts.iter().enumerate() {
            if n > 0 {
                out.push_str(between);
            }
            part.write(out, syntax);
        }
        out.push(')');
    }
}

struct Syntax {
    quote: char,
    begins: &'static str,
    and: &'static str,
    or: &'static str,
}

fn quoted(out: &mut String, quote: char, term: &str, begins: &str) {
    // Writing to a string cannot fail.
    let _ = write!(out, "{quote}{term}{quote}{begins}");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::analyse::RESERVED, *};

    fn fts5(question: &str) -> String {
        Words::parse(question).map(|words| words.exact.fts5()).unwrap_or_default()
    }

    #[test]
    fn reads_questions() {
        assert_eq!(fts5("10432"), r#"(("10432"))"#);
        assert_eq!(fts5("退款发票"), r#"(("退款") AND ("发票"))"#);
        assert_eq!(fts5("票"), r#"("票")"#);
        assert_eq!(fts5("contoso.com"), r#"("contosocom")"#);
        assert_eq!(fts5("退款\u{300}"), fts5("退款"));
        for nothing in ["", "  ", "\"*\" ( ) -", "_", "NUL \0"] {
            assert_eq!(Words::parse(nothing).is_none(), !nothing.contains("NUL"), "{nothing}");
        }
        let words = Words::parse("Lizenzen").unwrap();
        let expected = "(('lizenz' | 'lizenz_de' | 'lizenz_hu' | 'lizenz_sv' | 'lizenzen' | 'lizenzen_en' | 'lizenz':*))";
        assert_eq!(words.beginnings.tsquery(), expected);
    }

    fn leaves<'e>(expr: &'e Expr, out: &mut Vec<&'e str>) {
        match expr {
            Expr::Term(term) | Expr::Beginning(term) => out.push(term),
            Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| leaves(part, out)),
        }
    }

    proptest! {
        #[test]
        fn no_question_names_a_reserved_term(question in super::super::analyse::tests::hostile()) {
            let Some(words) = Words::parse(&question) else { return Ok(()) };
            let mut all = Vec::new();
            leaves(&words.exact, &mut all);
            leaves(&words.beginnings, &mut all);
            prop_assert!(all.len() < 3_000);
            for term in all {
                prop_assert!(!term.is_empty() && !term.starts_with(RESERVED));
                prop_assert!(!term.contains(['"', '\'', '\\', ' ', '\0', '*', ':']), "{term}");
            }
        }
    }
}
