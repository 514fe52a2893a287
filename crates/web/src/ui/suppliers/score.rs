//! What a supplier promised and what came of it, on its page.

use app::suppliers::{ScoreCard, ScoreLine};
use domain::{handover::score::Score, offering::Terms, ticket::kinds::Severity};
use jiff::SignedDuration;
use text::{Words, format};

use crate::ui::view::ScoreRow;

/// The rows of the table: all cases, and those of each offering where there are several.
pub(super) fn rows(words: Words, card: &ScoreCard) -> Vec<ScoreRow> {
    let several = card.lines.len() > 1;
    let all = several.then(|| row(words, words.t("score-all").into_owned(), None, &card.all));
    let named = |line: &ScoreLine| {
        let name =
            if line.name.is_empty() { words.t("score-unnamed").into_owned() } else { line.name.clone() };
        row(words, name, line.terms.as_ref(), &line.score)
    };
    card.lines.iter().map(named).chain(all).collect()
}

fn row(words: Words, name: String, terms: Option<&Terms>, score: &Score) -> ScoreRow {
    let number = |n: usize| format::number(words, i64::try_from(n).unwrap_or(i64::MAX));
    let count = |n: u32| format::number(words, n.into());
    let time = |time: Option<SignedDuration>| match time {
        Some(time) => format::duration_working(words, time.as_secs()),
        None => "–".into(),
    };
    let outcomes = score.outcomes.iter();
    let outcomes: Vec<String> = outcomes
        .map(|(outcome, n)| format!("{} {}", words.word("outcome", outcome.word()), number(*n)))
        .collect();
    ScoreRow {
        name,
        promised: terms.map_or_else(|| "–".into(), |terms| promised(words, terms)),
        cases: match score.open {
            0 => number(score.cases),
            open => {
                words.f("score-open", &[("n", number(score.cases).into()), ("open", number(open).into())])
            }
        },
        median: time(score.median),
        ninetieth: time(score.ninetieth),
        kept: kept(words, score, &number),
        breaches: count(score.breaches),
        chases: count(score.chases),
        sent_back: count(score.sent_back),
        bounces: count(score.bounces),
        declined: number(score.declined),
        outcomes: if outcomes.is_empty() { "–".into() } else { outcomes.join(" · ") },
    }
}

/// "3 of 4", and of ten and more how many of a hundred that is.
fn kept(words: Words, score: &Score, number: &dyn Fn(usize) -> String) -> String {
    if score.promised == 0 {
        return "–".into();
    }
    let (part, whole) = (number(score.kept), number(score.promised));
    match score.percent_kept() {
        None => words.f("score-of", &[("part", part.into()), ("whole", whole.into())]),
        Some(percent) => words.f(
            "score-of-percent",
            &[("percent", number(percent).into()), ("part", part.into()), ("whole", whole.into())],
        ),
    }
}

/// "A 2 h · B 4 h".
fn promised(words: Words, terms: &Terms) -> String {
    let one = |severity: &Severity| {
        let first = terms.promises.of(*severity).first_response?;
        Some(format!("{severity} {}", format::duration_working(words, first.get().into())))
    };
    let all: Vec<String> = Severity::ALL.iter().filter_map(one).collect();
    if all.is_empty() { "–".into() } else { all.join(" · ") }
}
