//! Articles are found by the same words as messages, apart from them: they are few and short, so their terms stand in
//! an ordinary table, and each term that is asked for is looked up.

use std::collections::{BTreeMap, BTreeSet};

use domain::{id::ArticleId, lang::Lang};

use super::{
    Terms, Words,
    dialect::{ADD_ARTICLE, ARTICLE_TERMS},
};
use crate::{
    Error, Tx, Value,
    articles::{Eyes, seen},
    params,
};

crate::sql! {
    desk ARTICLE_BEGINNINGS = concat!("SELECT w.term, w.article_id, w.lang FROM article_words w \
        JOIN articles a ON a.desk_id = $1 AND a.id = w.article_id WHERE w.desk_id = $1 AND ", seen!(), "
        AND w.term >= $3 AND w.term < $4 LIMIT 500");
}

/// An article that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The article.
    pub article: ArticleId,
    /// The language of the text that fits best.
    pub lang: Lang,
    /// How many of the words are in it.
    pub words: usize,
}

pub(crate) async fn add(tx: &mut Tx, article: ArticleId, lang: Lang, terms: &Terms) -> Result<(), Error> {
    let all: Vec<&str> = terms.iter().collect();
    tx.execute(&ADD_ARTICLE, params![article, lang, Value::json(&all)?]).await.map(drop)
}

/// How many of the words have to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// All of them.
    All,
    /// Some of them: the article with most comes first.
    Some,
}

/// The articles in which words are, those with most of them first, then the newest.
///
/// # Errors
/// As the database says.
pub async fn find(
    tx: &mut Tx,
    eyes: Eyes,
    words: &Words,
    fit: Fit,
    limit: usize,
) -> Result<Vec<Found>, Error> {
    let mut texts: BTreeMap<(ArticleId, Lang), BTreeSet<String>> = BTreeMap::new();
    let rows: Vec<(String, ArticleId, Lang)> =
        tx.query(&ARTICLE_TERMS, params![eyes.word(), Value::json(&words.terms())?]).await?;
    for (term, article, lang) in rows {
        texts.entry((article, lang)).or_default().insert(term);
    }
    if fit == Fit::All {
        for begin in words.begins() {
            let end = format!("{begin}\u{10ffff}");
            let rows: Vec<(String, ArticleId, Lang)> =
                tx.query(&ARTICLE_BEGINNINGS, params![eyes.word(), begin, end]).await?;
            for (term, article, lang) in rows {
                texts.entry((article, lang)).or_default().insert(term);
            }
        }
    }
    let mut best: BTreeMap<ArticleId, Found> = BTreeMap::new();
    for ((article, lang), terms) in &texts {
        let (there, of) = words.there(terms);
        if there == 0 || (fit == Fit::All && there < of) {
            continue;
        }
        let found = Found { article: *article, lang: *lang, words: there };
        let known = best.entry(*article).or_insert(found);
        if known.words < there {
            *known = found;
        }
    }
    let mut all: Vec<Found> = best.into_values().collect();
    all.sort_by_key(|found| (std::cmp::Reverse(found.words), std::cmp::Reverse(found.article)));
    all.truncate(limit);
    Ok(all)
}
