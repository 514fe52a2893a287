//! Short texts of the desk.

use domain::{
    article::{Article, Audience},
    id::{AgentId, ArticleId},
    lang::Lang,
};
use jiff::Timestamp;

use crate::{Error, Json, Tx, Value, params, people::changed, record, search::Terms, sql};

record! {
    /// An article as it is kept.
    pub struct Kept {
        /// Its id.
        pub id: ArticleId,
        /// What it says.
        pub article: Json<Article>,
        /// Rises with every change.
        pub version: i64,
        /// Who changed it last.
        pub agent: AgentId,
        /// When.
        pub at: Timestamp,
    }
}

/// Whose eyes they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eyes {
    /// A customer's: what is public and published.
    Customer,
    /// An agent's: what is published.
    Agent,
    /// An author's: all.
    Author,
}

impl Eyes {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Eyes::Customer => "public",
            Eyes::Agent => "published",
            Eyes::Author => "all",
        }
    }
}

/// The condition under which these eyes see an article: the word of [`Eyes`] is `$2`.
macro_rules! seen {
    () => {
        "(CAST($2 AS TEXT) = 'all' OR (a.published = 1 AND (CAST($2 AS TEXT) = 'published' OR a.audience = 'public')))"
    };
}
pub(crate) use seen;

sql! {
    desk ADD = "INSERT INTO articles (desk_id, id, audience, published, service, kind, data, version, agent_id, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    desk UPDATE = "UPDATE articles SET audience = $3, published = $4, service = $5, kind = $6, data = $7, \
        version = version + 1, agent_id = $8, at = $9 WHERE desk_id = $1 AND id = $2 AND version = $10";
    desk KEEP = "INSERT INTO article_versions (desk_id, article_id, version, data, agent_id, at) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    desk GET = concat!("SELECT a.id, a.data, a.version, a.agent_id, a.at FROM articles a WHERE a.desk_id = $1 AND ",
        seen!(), " AND a.id = $3");
    desk VERSIONS = "SELECT article_id, data, version, agent_id, at FROM article_versions \
        WHERE desk_id = $1 AND article_id = $2 ORDER BY version DESC LIMIT 200";
    desk VERSION = "SELECT article_id, data, version, agent_id, at FROM article_versions \
        WHERE desk_id = $1 AND article_id = $2 AND version >= $3 ORDER BY version LIMIT 2";
    desk NEWEST = concat!("SELECT a.id, a.data, a.version, a.agent_id, a.at FROM articles a WHERE a.desk_id = $1 AND ",
        seen!(), " ORDER BY a.at DESC, a.id DESC LIMIT $3");
    desk FORGET_WORDS = "DELETE FROM article_words WHERE desk_id = $1 AND article_id = $2";
}

/// Adds an article, with its words by language.
///
/// # Errors
/// As the database says.
pub async fn add(tx: &mut Tx, kept: &Kept, words: &[(Lang, Terms)]) -> Result<(), Error> {
    let a = &kept.article.0;
    let data = Value::json(a)?;
    let params =
        params![kept.id, a.audience, a.published, a.service, a.kind, data, kept.version, kept.agent, kept.at];
    tx.execute(&ADD, params).await?;
    keep(tx, kept, words).await
}

/// Writes an article over the one that was read; `kept` has the version that it then is.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn update(tx: &mut Tx, kept: &Kept, words: &[(Lang, Terms)]) -> Result<(), Error> {
    let a = &kept.article.0;
    let (data, read) = (Value::json(a)?, kept.version - 1);
    let params =
        params![kept.id, a.audience, a.published, a.service, a.kind, data, kept.agent, kept.at, read];
    changed(tx.execute(&UPDATE, params).await?)?;
    tx.execute(&FORGET_WORDS, params![kept.id]).await?;
    keep(tx, kept, words).await
}

async fn keep(tx: &mut Tx, kept: &Kept, words: &[(Lang, Terms)]) -> Result<(), Error> {
    let data = Value::json(&kept.article.0)?;
    tx.execute(&KEEP, params![kept.id, kept.version, data, kept.agent, kept.at]).await?;
    for (lang, terms) in words {
        crate::search::articles::add(tx, kept.id, *lang, terms).await?;
    }
    Ok(())
}

/// An article, if these eyes see it.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, eyes: Eyes, id: ArticleId) -> Result<Option<Kept>, Error> {
    tx.query_opt(&GET, params![eyes.word(), id]).await
}

/// What an article was, the newest version first: the last 200.
///
/// # Errors
/// As the database says.
pub async fn versions(tx: &mut Tx, id: ArticleId) -> Result<Vec<Kept>, Error> {
    tx.query(&VERSIONS, params![id]).await
}

/// What an article was in a version, and in the one after it, if there is one.
///
/// # Errors
/// As the database says.
pub async fn version(
    tx: &mut Tx,
    id: ArticleId,
    version: i64,
) -> Result<Option<(Kept, Option<Kept>)>, Error> {
    let mut found = tx.query::<Kept>(&VERSION, params![id, version]).await?.into_iter();
    let first = found.next().filter(|kept| kept.version == version);
    Ok(first.map(|first| (first, found.next())))
}

/// The articles that changed last.
///
/// # Errors
/// As the database says.
pub async fn newest(tx: &mut Tx, eyes: Eyes, limit: i64) -> Result<Vec<Kept>, Error> {
    tx.query(&NEWEST, params![eyes.word(), limit]).await
}

crate::stored_words! { Audience }
