//! Articles: a list with search, reading, writing, and the public ones in the portal.

use std::collections::BTreeMap;

use app::articles::{self, Listed};
use domain::{
    access::Permission,
    article::{Article, Audience, Written},
    id::ArticleId,
    lang::Lang,
    ticket::kinds::{Kind, Service},
};
use store::articles::Kept;

use super::beginning;
use crate::{
    form::{Form, Path, Query},
    problem::{Answer, Problem},
    ui::{
        self,
        entry::again_status,
        pieces::choice,
        shell::{Done, Page, Told},
        view::{
            ArticleLine, ArticlePage, ArticleText, ArticleVersionPage, ArticlesPage, Pages, VersionLine,
            VersionText,
        },
    },
};

/// `GET /articles`.
pub(crate) async fn list(page: Page, query: Query) -> Answer {
    let all = articles::list(&page.app, &page.agent, query.get("q")).await?;
    let view = ArticlesPage {
        query: query.get("q").to_owned(),
        may_edit: page.agent.may(Permission::ArticlesEdit),
        articles: all.iter().filter_map(|one| line(&page, one)).collect(),
        shell: page.shell("articles").await?,
    };
    page.html(&view)
}

fn line(page: &Page, listed: &Listed) -> Option<ArticleLine> {
    let (written, article) = (listed.written()?, &listed.kept.article.0);
    Some(ArticleLine {
        id: listed.kept.id.to_string(),
        title: written.title.clone(),
        preview: beginning(&written.body),
        language: listed.lang.own_name().into(),
        audience: article.audience.to_string(),
        draft: !article.published,
        service: article.service.map(|service| service.to_string()).unwrap_or_default(),
        changed: page.reader.time(listed.kept.at),
    })
}

fn empty() -> Article {
    Article {
        audience: Audience::Internal,
        published: true,
        service: None,
        kind: None,
        texts: BTreeMap::new(),
    }
}

/// `GET /articles/new`.
pub(crate) async fn new(page: Page) -> Answer {
    let view = view(&page, "/articles".into(), 0, &empty(), &[], None).await?;
    page.html(&view)
}

/// `GET /articles/{id}`.
pub(crate) async fn show(page: Page, Path(id): Path<ArticleId>) -> Answer {
    let (kept, versions) = articles::get(&page.app, &page.agent, id).await?;
    let view = view(&page, address(id), kept.version, &kept.article.0, &versions, None).await?;
    page.html(&view)
}

fn address(id: ArticleId) -> String {
    format!("/articles/{id}")
}

async fn view(
    page: &Page,
    action: String,
    version: i64,
    article: &Article,
    versions: &[Kept],
    problem: Option<&Problem>,
) -> Answer<ArticlePage> {
    let (reader, lang) = (&page.reader, page.agent.lang);
    let written = article.in_lang(lang).map(|(_, written)| written.clone()).unwrap_or_default();
    let any = |chosen| choice("", reader.words.t("article-any"), chosen);
    let mut services = vec![any(article.service.is_none())];
    services.extend(reader.choices("service", Service::ALL, article.service));
    let mut kinds = vec![any(article.kind.is_none())];
    kinds.extend(reader.choices("kind", Kind::ALL, article.kind));
    let text = |own: &Lang| {
        let written = article.texts.get(own).cloned().unwrap_or_default();
        ArticleText {
            lang: own.to_string(),
            name: own.own_name().into(),
            open: !written.title.is_empty() || (*own == lang && article.texts.is_empty()),
            title: written.title,
            body: written.body,
        }
    };
    let title = |kept: &Kept| {
        kept.article.0.in_lang(lang).map(|(_, written)| written.title.clone()).unwrap_or_default()
    };
    Ok(ArticlePage {
        notice: problem.map(|problem| ui::notice(reader.words, problem)),
        action,
        version: u64::try_from(version).unwrap_or_default(),
        may_edit: page.agent.may(Permission::ArticlesEdit),
        title: written.title,
        body: written.body,
        texts: Lang::ALL.iter().map(text).collect(),
        audiences: reader.choices("audience", Audience::ALL, Some(article.audience)),
        audience: article.audience.to_string(),
        published: article.published,
        services,
        kinds,
        versions: versions
            .iter()
            .map(|one| VersionLine {
                version: u64::try_from(one.version).unwrap_or_default(),
                href: format!("/articles/{}/versions/{}", one.id, one.version),
                time: reader.time(one.at),
                title: title(one),
            })
            .collect(),
        shell: page.shell("articles").await?,
    })
}

/// `GET /articles/{id}/versions/{version}`.
pub(crate) async fn version(page: Page, Path((id, number)): Path<(ArticleId, i64)>) -> Answer {
    let version = articles::version(&page.app, &page.agent, id, number).await?;
    let (then, reader) = (&version.then.article.0, &page.reader);
    let beside = |number: i64| format!("{}/versions/{number}", address(id));
    let facts = |article: &Article| {
        let any = || reader.words.t("article-any");
        let service =
            article.service.map_or_else(any, |service| reader.words.word("service", service.word()));
        let kind = article.kind.map_or_else(any, |kind| reader.words.word("kind", kind.word()));
        let state = if article.published { "article-published" } else { "article-draft" };
        let audience = reader.words.word("audience", article.audience.word());
        [audience, reader.words.t(state), service, kind].join(" · ")
    };
    let text = |lang: &Lang| {
        let lines = version.difference(*lang);
        let written = then.texts.get(lang).cloned().unwrap_or_default();
        if written == Written::default() && lines.is_empty() {
            return None;
        }
        Some(VersionText {
            lang: lang.to_string(),
            name: lang.own_name().into(),
            title: written.title,
            body: written.body,
            lines: lines.into_iter().map(|(change, text)| (change.word().to_owned(), text)).collect(),
        })
    };
    let (is, becomes) = (facts(then), version.next.as_ref().map(|next| facts(&next.article.0)));
    let view = ArticleVersionPage {
        shell: page.shell("articles").await?,
        article: address(id),
        title: then.in_lang(page.agent.lang).map(|(_, text)| text.title.clone()).unwrap_or_default(),
        version: u64::try_from(number).unwrap_or_default(),
        by: version.by.clone(),
        time: reader.time(version.then.at),
        changed: becomes.filter(|becomes| *becomes != is).unwrap_or_default(),
        facts: is,
        texts: Lang::ALL.iter().filter_map(text).collect(),
        pages: Pages {
            back: (number > 1).then(|| beside(number - 1)),
            on: version.next.as_ref().map(|next| beside(next.version)),
        },
        newest: version.next.is_none(),
    };
    page.html(&view)
}

/// The article of a form.
fn read(form: &Form) -> Result<Article, app::Error> {
    let text = |lang: &Lang| {
        let written = Written {
            title: form.get(&format!("title-{lang}")).to_owned(),
            body: form.get(&format!("body-{lang}")).to_owned(),
        };
        (*lang, written)
    };
    Ok(Article {
        audience: form.parse("audience")?,
        published: form.on("published"),
        service: form.optional("service")?,
        kind: form.optional("kind")?,
        texts: Lang::ALL.iter().map(text).collect(),
    })
}

async fn again(page: &Page, action: String, version: i64, article: &Article, error: app::Error) -> Answer {
    match error {
        app::Error::Invalid { .. } | app::Error::Stale => {
            let problem = Problem::from(error);
            let view = view(page, action, version, article, &[], Some(&problem)).await?;
            ui::again(again_status(&problem), &view)
        }
        other => Err(other.into()),
    }
}

/// `POST /articles`.
pub(crate) async fn create(page: Page, form: Form) -> Answer {
    let article = read(&form)?;
    match articles::create(&page.app, &page.agent, article.clone()).await {
        Ok(id) => Ok(ui::see_with(&address(id), &Told::from(Done::Saved))),
        Err(error) => again(&page, "/articles".into(), 0, &article, error).await,
    }
}

/// `POST /articles/{id}`.
pub(crate) async fn save(page: Page, Path(id): Path<ArticleId>, form: Form) -> Answer {
    let (article, seen) = (read(&form)?, form.parse("version")?);
    match articles::save(&page.app, &page.agent, id, article.clone(), seen).await {
        Ok(_) => Ok(ui::see_with(&address(id), &Told::from(Done::Saved))),
        Err(error) => again(&page, address(id), seen, &article, error).await,
    }
}
