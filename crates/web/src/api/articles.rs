//! Articles, and what they were.

use app::{App, articles};
use axum::{Json, extract::State};
use domain::{
    article::{Audience, LineChange},
    id::{AgentId, ArticleId},
    lang::Lang,
    ticket::kinds::{Kind, Service},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::articles::Kept;
use utoipa::{IntoParams, ToSchema};

use super::{
    body::{Named, Params},
    schema,
    version::Versioned,
};
use crate::{guard::ApiCaller, problem::Answer};

/// Which articles.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ArticleParams {
    /// Words, all of which must be there; without any, those that changed last.
    #[serde(default)]
    q: String,
}

/// An article in one language.
#[derive(Debug, Serialize, ToSchema)]
struct Written {
    /// The language.
    #[schema(value_type = schema::Lang)]
    lang: Lang,
    /// What it is called.
    title: String,
    /// What it says.
    body: String,
}

/// A short text for agents or customers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Article {
    /// Its id.
    #[schema(value_type = schema::ArticleId)]
    id: ArticleId,
    /// Who may read it.
    #[schema(value_type = schema::Audience)]
    audience: Audience,
    /// Whether it is more than a draft.
    published: bool,
    /// The service that it is about; none is any.
    #[schema(value_type = Option<schema::Service>)]
    service: Option<Service>,
    /// The kind of request that it is about; none is any.
    #[schema(value_type = Option<schema::Kind>)]
    kind: Option<Kind>,
    /// What it says, by language.
    texts: Vec<Written>,
    /// When it changed.
    changed_at: Timestamp,
    /// Its version.
    version: i64,
}

impl From<Kept> for Article {
    fn from(kept: Kept) -> Self {
        let article = kept.article.0;
        let text = |(lang, written): (Lang, domain::article::Written)| Written {
            lang,
            title: written.title,
            body: written.body,
        };
        Self {
            id: kept.id,
            audience: article.audience,
            published: article.published,
            service: article.service,
            kind: article.kind,
            texts: article.texts.into_iter().map(text).collect(),
            changed_at: kept.at,
            version: kept.version,
        }
    }
}

/// Articles.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Articles {
    /// At most 100.
    items: Vec<Article>,
}

/// Finds articles that the caller may read.
#[utoipa::path(get, path = "/api/v1/articles", tag = "support", operation_id = "articles", params(ArticleParams),
    responses((status = 200, description = "The articles.", body = Articles)))]
pub(crate) async fn articles(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Params(asked): Params<ArticleParams>,
) -> Answer<Json<Articles>> {
    let all = articles::list(&app, &agent, &asked.q).await?;
    Ok(Json(Articles { items: all.into_iter().map(|one| one.kept.into()).collect() }))
}

/// One article.
#[utoipa::path(get, path = "/api/v1/articles/{article}", tag = "support", operation_id = "article",
    params(("article" = inline(schema::ArticleId), Path, description = "The article.")),
    responses((status = 200, description = "The article.", body = Article, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn article(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<ArticleId>,
) -> Answer<Versioned<Article>> {
    let (kept, _) = articles::get(&app, &agent, id).await?;
    Ok(Versioned(kept.version, kept.into()))
}

/// A version of an article in a list.
#[derive(Debug, Serialize, ToSchema)]
struct VersionLine {
    /// Its number.
    version: i64,
    /// Who wrote it.
    #[schema(value_type = schema::AgentId)]
    changed_by: AgentId,
    /// When.
    changed_at: Timestamp,
}

/// The versions of an article.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Versions {
    /// The newest first, at most 200.
    items: Vec<VersionLine>,
}

/// Lists what an article was.
#[utoipa::path(get, path = "/api/v1/articles/{article}/versions", tag = "support", operation_id = "article_versions",
    params(("article" = inline(schema::ArticleId), Path, description = "The article.")),
    responses((status = 200, description = "The versions.", body = Versions)))]
pub(crate) async fn versions(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<ArticleId>,
) -> Answer<Json<Versions>> {
    let versions = articles::versions(&app, &agent, id).await?;
    let line =
        |kept: Kept| VersionLine { version: kept.version, changed_by: kept.agent, changed_at: kept.at };
    Ok(Json(Versions { items: versions.into_iter().map(line).collect() }))
}

/// A line of a text, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
struct Line {
    /// Whether the next version has it too (`same`), has it no more (`removed`), or is the first to have it (`added`).
    #[schema(value_type = schema::LineChange)]
    change: LineChange,
    /// The line.
    text: String,
}

/// What the next version changed in one language.
#[derive(Debug, Serialize, ToSchema)]
struct Difference {
    /// The language.
    #[schema(value_type = schema::Lang)]
    lang: Lang,
    /// Every line in reading order: the title, an empty line, the text.
    lines: Vec<Line>,
}

/// An article as it was.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Version {
    /// What it was then.
    article: Article,
    /// What the next version changed, by language; nothing for the newest.
    differences: Vec<Difference>,
}

/// One version of an article, and what the next one changed.
#[utoipa::path(get, path = "/api/v1/articles/{article}/versions/{version}", tag = "support", operation_id = "article_version",
    params(
        ("article" = inline(schema::ArticleId), Path, description = "The article."),
        ("version" = i64, Path, description = "The version, from 1."),
    ),
    responses((status = 200, description = "The version.", body = Version)))]
pub(crate) async fn version(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named((id, number)): Named<(ArticleId, i64)>,
) -> Answer<Json<Version>> {
    let version = articles::version(&app, &agent, id, number).await?;
    let differences = Lang::ALL.iter().filter_map(|lang| {
        let lines = version.difference(*lang);
        let line = |(change, text)| Line { change, text };
        (!lines.is_empty()).then(|| Difference { lang: *lang, lines: lines.into_iter().map(line).collect() })
    });
    let differences = differences.collect();
    Ok(Json(Version { article: version.then.into(), differences }))
}
