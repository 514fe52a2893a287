//! Public articles.

use app::articles;
use domain::id::ArticleId;

use super::Page;
use crate::{
    form::{Path, Query},
    problem::Answer,
    ui::view::{HelpArticle, HelpArticlePage, HelpArticlesPage},
};

/// How much of an article a list shows, in characters.
const BEGINNING: usize = 160;

/// An article in a list.
pub(super) fn line(listed: &articles::Listed) -> Option<HelpArticle> {
    let written = listed.written()?;
    Some(HelpArticle {
        id: listed.kept.id.to_string(),
        title: written.title.clone(),
        preview: written.body.chars().take(BEGINNING).collect(),
    })
}

/// `GET /help/articles`.
pub(crate) async fn list(page: Page, query: Query) -> Answer {
    let question = query.get("q");
    let all = articles::list_public(&page.app, page.contact.desk, page.contact.lang, question).await?;
    let view = HelpArticlesPage {
        query: question.to_owned(),
        articles: all.iter().filter_map(line).collect(),
        shell: page.shell("articles").await?,
    };
    page.html(&view)
}

/// `GET /help/articles/{id}`.
pub(crate) async fn show(page: Page, Path(id): Path<ArticleId>) -> Answer {
    let kept = articles::get_public(&page.app, page.contact.desk, id).await?;
    let written = kept.article.0.in_lang(page.contact.lang).map(|(_, written)| written.clone());
    let written = written.unwrap_or_default();
    let view =
        HelpArticlePage { title: written.title, body: written.body, shell: page.shell("articles").await? };
    page.html(&view)
}
