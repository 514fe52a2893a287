//! Publishing a draft as an immutable version, and mailing it to those who are to acknowledge it.

use std::sync::Arc;

use domain::{
    access::Permission,
    deed::Deed,
    document::Document,
    id::{PlanId, StatementId},
    lang::Lang,
    offering::statement::{difference, is_material},
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    records,
    statements::{self, Published},
};

use super::{check, content, draft, hex, of_plan, text};
use crate::{Agent, App, Error, Result, audit, error, jobs};

/// The longest reason, in bytes.
const REASON: usize = 2_000;

/// What is published.
#[derive(Clone, Debug)]
pub struct Publish {
    /// Of which plan.
    pub plan: PlanId,
    /// What was looked at: [`Draft::seen`](super::Draft::seen).
    pub seen: String,
    /// From when it holds; none: from now. Never before.
    pub valid_from: Option<Timestamp>,
    /// Why, although the checks found something; may be empty if they found nothing.
    pub reason: String,
}

/// Publishes the next version of a plan's statement; its id.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Stale`] if the promises are not those that were looked at any
/// more, or somebody else published; [`Error::Refused`] `nothing-to-publish` for a plan without offerings,
/// `nothing-changed` if the newest version says the same; `reason: required` if the checks found something.
pub async fn publish(app: &App, agent: &Agent, new: Publish) -> Result<StatementId> {
    agent.require(Permission::CatalogueManage)?;
    let reason = match new.reason.trim() {
        "" => String::new(),
        reason => error::body("reason", reason, REASON)?,
    };
    let now = app.now();
    let valid_from = new.valid_from.unwrap_or(now).max(now);
    let (plan, base_url) = (new.plan, app.config.base_url.clone());
    let source = app
        .store
        .read(agent.desk, move |tx| {
            let base_url = base_url.clone();
            Box::pin(async move { draft::source(tx, plan, &base_url, now).await })
        })
        .await?;
    if source.seen()? != new.seen {
        return Err(Error::Stale);
    }
    if source.offerings.is_empty() {
        return Err(Error::Refused("nothing-to-publish"));
    }
    let checks = check::checks(&source, now, None)?;
    if checks.need_reason() && reason.is_empty() {
        return Err(Error::invalid("reason", "required"));
    }
    let statement = source.statement(valid_from);
    let before = source.newest.as_ref().map(content).transpose()?;
    if before.as_ref().is_some_and(|before| difference(before, &statement).is_empty()) {
        return Err(Error::Refused("nothing-changed"));
    }
    let (canonical, hash) = draft::hashed(&statement)?;
    let mut ids = app.ids(now);
    let row = Published {
        id: ids.next(StatementId::new),
        plan,
        number: source.newest.as_ref().map_or(0, |newest| newest.number) + 1,
        content: canonical,
        hash: hash.to_vec(),
        material: before.is_none_or(|before| is_material(&before, &statement)),
        valid_from,
        published_at: now,
        published_by: agent.id,
        reason: if checks.need_reason() { reason } else { String::new() },
    };
    let id = row.id;
    let texts: Vec<Document> = Lang::ALL
        .iter()
        .map(|lang| text::document(::text::Words::new(*lang), &statement, row.number, &row.hash))
        .collect();
    let what = json!({
        "plan": plan,
        "number": row.number,
        "hash": hex(&row.hash),
        "gaps": checks.gaps.len(),
        "links": checks.links.len(),
        "reason": row.reason,
    });
    let act = audit::act(&mut ids, now, agent.actor(), Deed::StatementPublish, &id, what);
    let unit = Arc::new((row, texts, act, new.seen, app.config.base_url.clone()));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (row, texts, act, seen, base_url) = &*unit;
                // Nothing of what was checked is another one by now.
                if draft::source(tx, row.plan, base_url, now).await?.seen()? != *seen {
                    return Err(Error::Stale);
                }
                statements::add(tx, row, texts).await.map_err(|error| {
                    match error.is_taken("statements", "number") {
                        true => Error::Stale,
                        false => error.into(),
                    }
                })?;
                Ok(records::audit(tx, act).await?)
            })
        })
        .await?;
    Ok(id)
}

/// Mails a version to everybody who may acknowledge it for a customer that has its plan, once each; to how many. Who
/// has got it gets it no second time.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Refused`] `newer` if there is a newer version.
pub async fn send(app: &App, agent: &Agent, id: StatementId) -> Result<usize> {
    agent.require(Permission::CatalogueManage)?;
    agent.require(Permission::CustomersView)?;
    let now = app.now();
    let unit = Arc::new((agent.clone(), app.ids(now)));
    let sent = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, ids) = &*unit;
                let mut ids = ids.clone();
                let published = statements::get(tx, id).await?.ok_or(Error::NotFound("statement"))?;
                let newest = statements::of_plan(tx, published.plan).await?.into_iter().next();
                if newest.is_some_and(|newest| newest.id != id) {
                    return Err(Error::Refused("newer"));
                }
                let mut to = Vec::new();
                for contact in of_plan(tx, published.plan, now).await? {
                    if contact.email.is_some() && !to.contains(&contact.contact) {
                        to.push(contact.contact);
                    }
                }
                let mut jobs = 0;
                for contact in to {
                    if statements::was_mailed(tx, id, contact).await?.is_none() {
                        store::queue::enqueue(tx, now, &jobs::statement(&mut ids, id, contact, now)).await?;
                        jobs += 1;
                    }
                }
                let what = json!({ "mails": jobs });
                let act = audit::act(&mut ids, now, agent.actor(), Deed::StatementSend, &id, what);
                records::audit(tx, &act).await?;
                Ok(jobs)
            })
        })
        .await?;
    app.wake();
    Ok(sent)
}
