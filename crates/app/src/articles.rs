//! Short texts of the desk: written by agents, read by them and, if they are public, by customers.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    access::{Permission, Tickets},
    article::{self, Article, LineChange, Written},
    deed::Deed,
    id::{ArticleId, DeskId},
    lang::Lang,
    ticket::kinds::{Kind, Service},
};
use serde_json::json;
use store::{
    Json, Tx,
    articles::{self, Eyes, Kept},
    records,
    search::{
        self, Terms, Words,
        articles::{Fit, find},
    },
};

use crate::{
    Agent, App, Error, Result, audit,
    error::{body, line},
};

/// How many articles a list has at most.
pub const PAGE: usize = 100;

/// An article in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The article.
    pub kept: Kept,
    /// In which language it is shown.
    pub lang: Lang,
}

impl Listed {
    /// What it says in that language.
    #[must_use]
    pub fn written(&self) -> Option<&Written> {
        self.kept.article.0.texts.get(&self.lang)
    }
}

/// What an agent sees of articles.
///
/// # Errors
/// [`Error::Forbidden`] for somebody who sees no tickets.
fn eyes(agent: &Agent) -> Result<Eyes> {
    match agent.tickets() {
        Tickets::None => Err(Error::Forbidden),
        Tickets::Only(_) | Tickets::All if agent.may(Permission::ArticlesEdit) => Ok(Eyes::Author),
        Tickets::Only(_) | Tickets::All => Ok(Eyes::Agent),
    }
}

/// The articles with these words, or those that changed last.
///
/// # Errors
/// [`Error::Forbidden`] for somebody who sees no tickets.
pub async fn list(app: &App, agent: &Agent, question: &str) -> Result<Vec<Listed>> {
    list_for(app, agent.desk, eyes(agent)?, agent.lang, question).await
}

/// The public articles with these words, or those that changed last: for customers.
///
/// # Errors
/// As the database says.
pub async fn list_public(app: &App, desk: DeskId, lang: Lang, question: &str) -> Result<Vec<Listed>> {
    list_for(app, desk, Eyes::Customer, lang, question).await
}

async fn list_for(app: &App, desk: DeskId, eyes: Eyes, lang: Lang, question: &str) -> Result<Vec<Listed>> {
    let words = Arc::new(Words::parse(question));
    app.store
        .read(desk, move |tx| {
            let words = words.clone();
            Box::pin(async move {
                match &*words {
                    Some(words) => found(tx, eyes, words, Fit::All, PAGE).await,
                    None => {
                        let newest = articles::newest(tx, eyes, 100).await?;
                        Ok(newest.into_iter().filter_map(|kept| listed(kept, lang)).collect())
                    }
                }
            })
        })
        .await
}

fn listed(kept: Kept, lang: Lang) -> Option<Listed> {
    let (lang, _) = kept.article.0.in_lang(lang)?;
    Some(Listed { kept, lang })
}

async fn found(tx: &mut Tx, eyes: Eyes, words: &Words, fit: Fit, limit: usize) -> Result<Vec<Listed>> {
    let mut all = Vec::new();
    for found in find(tx, eyes, words, fit, limit).await? {
        if let Some(kept) = articles::get(tx, eyes, found.article).await? {
            all.push(Listed { kept, lang: found.lang });
        }
    }
    Ok(all)
}

/// Articles that may help with a request, the best first, each in the given language if it has that one.
///
/// # Errors
/// As the database says.
pub async fn suggest(
    tx: &mut Tx,
    eyes: Eyes,
    text: &str,
    service: Option<Service>,
    kind: Option<Kind>,
    lang: Lang,
    limit: usize,
) -> Result<Vec<Listed>> {
    let Some(words) = Words::parse(text) else { return Ok(Vec::new()) };
    let mut all = found(tx, eyes, &words, Fit::Some, 4 * limit).await?;
    let other = |about: &Article| {
        let fits = |mine: bool, theirs: bool| mine || theirs;
        !fits(about.service.is_none(), service.is_none() || about.service == service)
            || !fits(about.kind.is_none(), kind.is_none() || about.kind == kind)
    };
    all.retain(|one| !other(&one.kept.article.0));
    all.truncate(limit);
    Ok(all.into_iter().filter_map(|one| listed(one.kept, lang)).collect())
}

/// As [`suggest`], for an agent with a ticket.
///
/// # Errors
/// [`Error::Forbidden`] for somebody who sees no tickets.
pub async fn suggest_for(
    tx: &mut Tx,
    agent: &Agent,
    ticket: &store::tickets::Ticket,
    limit: usize,
) -> Result<Vec<Listed>> {
    // What is not published yet is not proposed, to authors either.
    eyes(agent)?;
    let text = format!("{} {}", ticket.subject, ticket.preview);
    let (service, kind) = (Some(ticket.service), Some(ticket.kind));
    suggest(tx, Eyes::Agent, &text, service, kind, ticket.lang, limit).await
}

/// Public articles that may help with what a customer is about to ask.
///
/// # Errors
/// As the database says.
pub async fn suggest_public(
    app: &App,
    desk: DeskId,
    text: &str,
    service: Option<Service>,
    lang: Lang,
) -> Result<Vec<Listed>> {
    let text = Arc::new(text.to_owned());
    app.store
        .read(desk, move |tx| {
            let text = text.clone();
            Box::pin(async move { suggest(tx, Eyes::Customer, &text, service, None, lang, 3).await })
        })
        .await
}

/// One article, and for its authors what it was before.
///
/// # Errors
/// [`Error::NotFound`] for what is not there or not to be seen; [`Error::Forbidden`] for somebody who sees no tickets.
pub async fn get(app: &App, agent: &Agent, id: ArticleId) -> Result<(Kept, Vec<Kept>)> {
    let eyes = eyes(agent)?;
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let kept = articles::get(tx, eyes, id).await?.ok_or(Error::NotFound("article"))?;
                let versions = match eyes {
                    Eyes::Author => articles::versions(tx, id).await?,
                    Eyes::Agent | Eyes::Customer => Vec::new(),
                };
                Ok((kept, versions))
            })
        })
        .await
}

/// An article as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// What it was then.
    pub then: Kept,
    /// Who wrote that.
    pub by: String,
    /// What it became; none for the newest.
    pub next: Option<Kept>,
}

impl Version {
    /// What the next version changed in the text of a language, line by line, the title first; nothing if it changed
    /// nothing, or there is none.
    #[must_use]
    pub fn difference(&self, lang: Lang) -> Vec<(LineChange, String)> {
        let Some(next) = &self.next else { return Vec::new() };
        let text = |kept: &Kept| match kept.article.0.texts.get(&lang) {
            Some(written) => format!("{}\n\n{}", written.title, written.body),
            None => String::new(),
        };
        let (before, after) = (text(&self.then), text(next));
        if before == after {
            return Vec::new();
        }
        let lines = article::difference(&before, &after).into_iter();
        lines.map(|(change, line)| (change, line.to_owned())).collect()
    }
}

/// The versions of an article, for its authors.
///
/// # Errors
/// [`Error::Forbidden`] without [`Permission::ArticlesEdit`]; [`Error::NotFound`].
pub async fn versions(app: &App, agent: &Agent, id: ArticleId) -> Result<Vec<Kept>> {
    agent.require(Permission::ArticlesEdit)?;
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                articles::get(tx, Eyes::Author, id).await?.ok_or(Error::NotFound("article"))?;
                Ok(articles::versions(tx, id).await?)
            })
        })
        .await
}

/// A version of an article, for its authors.
///
/// # Errors
/// [`Error::Forbidden`] without [`Permission::ArticlesEdit`]; [`Error::NotFound`].
pub async fn version(app: &App, agent: &Agent, id: ArticleId, number: i64) -> Result<Version> {
    agent.require(Permission::ArticlesEdit)?;
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let found = articles::version(tx, id, number).await?;
                let (then, next) = found.ok_or(Error::NotFound("article"))?;
                let by = store::people::agent(tx, then.agent).await?.map(|agent| agent.name);
                Ok(Version { by: by.unwrap_or_default(), then, next })
            })
        })
        .await
}

/// One public article.
///
/// # Errors
/// [`Error::NotFound`] for what is not there or not public.
pub async fn get_public(app: &App, desk: DeskId, id: ArticleId) -> Result<Kept> {
    let kept: Option<Kept> = app
        .store
        .read(desk, move |tx| Box::pin(articles::get(tx, Eyes::Customer, id)))
        .await
        .map_err(|e: store::Error| Error::from(e))?;
    kept.ok_or(Error::NotFound("article"))
}

fn checked(mut article: Article) -> Result<(Article, Vec<(Lang, Terms)>)> {
    let mut texts = BTreeMap::new();
    for (lang, written) in article.texts {
        if written.title.trim().is_empty() && written.body.trim().is_empty() {
            continue;
        }
        let title = line("title", &written.title, article::TITLE)?;
        let text = body("body", &written.body, article::BODY)?;
        texts.insert(lang, Written { title, body: text });
    }
    if texts.is_empty() {
        return Err(Error::invalid("title", "required"));
    }
    let words = texts
        .iter()
        .map(|(lang, written)| {
            (*lang, search::analyse(&format!("{}\n{}", written.title, written.body), *lang))
        })
        .collect();
    article.texts = texts;
    Ok((article, words))
}

/// Writes a new article.
///
/// # Errors
/// [`Error::Forbidden`] without [`Permission::ArticlesEdit`]; [`Error::Invalid`] if it says nothing or too much.
pub async fn create(app: &App, agent: &Agent, article: Article) -> Result<ArticleId> {
    agent.require(Permission::ArticlesEdit)?;
    let (article, words) = checked(article)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let id = ids.next(ArticleId::new);
    let kept = Kept { id, article: Json(article), version: 1, agent: agent.id, at: now };
    let act = audit::act(&mut ids, now, agent.actor(), Deed::ArticleEdit, &id, json!({ "version": 1 }));
    let unit = Arc::new((kept, words, act));
    app.store
        .write::<_, Error, _>(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (kept, words, act) = &*unit;
                articles::add(tx, kept, words).await?;
                records::audit(tx, act).await?;
                Ok(())
            })
        })
        .await?;
    Ok(id)
}

/// Writes an article over the version that was seen. Answers the version after.
///
/// # Errors
/// As [`create`]; [`Error::NotFound`], [`Error::Stale`].
pub async fn save(app: &App, agent: &Agent, id: ArticleId, article: Article, seen: i64) -> Result<i64> {
    agent.require(Permission::ArticlesEdit)?;
    let (article, words) = checked(article)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let version = seen + 1;
    let what = json!({ "version": version, "published": article.published, "audience": article.audience });
    let kept = Kept { id, article: Json(article), version, agent: agent.id, at: now };
    let act = audit::act(&mut ids, now, agent.actor(), Deed::ArticleEdit, &id, what);
    let unit = Arc::new((kept, words, act));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (kept, words, act) = &*unit;
                articles::get(tx, Eyes::Author, id).await?.ok_or(Error::NotFound("article"))?;
                articles::update(tx, kept, words).await?;
                records::audit(tx, act).await?;
                Ok(version)
            })
        })
        .await
}
