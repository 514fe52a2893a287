//! The search page.

use std::sync::Arc;

use app::tickets;
use domain::ticket::{
    kinds::{Kind, Service},
    lifecycle::State,
};
use store::search::{Only, Order};

use super::{lines, pieces::choice, shell::Page, view};
use crate::{form::Query, problem::Answer};

/// How many tickets a page has.
const FOUND: usize = 50;

/// `GET /search`. A filter that nobody can have chosen filters nothing.
pub(crate) async fn show(page: Page, query: Query) -> Answer {
    let asked = query.get("q").trim();
    let before = query.get("before").parse().ok();
    let order = if query.get("order") == "best" { Order::Best } else { Order::Newest { before } };
    let only = Only {
        state: query.get("state").parse().ok(),
        kind: query.get("kind").parse().ok(),
        service: query.get("service").parse().ok(),
    };
    let Only { state, kind, service } = only;
    let question = Arc::new((page.agent.clone(), tickets::Asked::read(asked, only)));
    let (shell, found) = page
        .read("search", move |tx| {
            let question = question.clone();
            Box::pin(async move { tickets::search_in(tx, &question.0, &question.1, order, FOUND).await })
        })
        .await?;
    let hits = found.found.iter().map(|found| hit(&page, found)).collect();
    let words = page.reader.words;
    let any = |choices: Vec<view::Choice>, none: bool| {
        let mut all = vec![choice("", words.t("any"), none)];
        all.extend(choices);
        all
    };
    let reader = &page.reader;
    page.html(&view::SearchPage {
        query: asked.into(),
        states: any(reader.choices("state", State::ALL, state), state.is_none()),
        kinds: any(reader.choices("kind", Kind::ALL, kind), kind.is_none()),
        services: any(reader.choices("service", Service::ALL, service), service.is_none()),
        orders: vec![
            choice("newest", words.t("order-newest"), order != Order::Best),
            choice("best", words.t("order-best"), order == Order::Best),
        ],
        hits,
        people: Vec::new(),
        pages: pages(&query, before.is_none(), found.next),
        shell,
    })
}

/// The pages beside this one, with the same question.
fn pages(query: &Query, first: bool, next: Option<i64>) -> view::Pages {
    let fields = ["q", "state", "kind", "service", "order"].map(|name| (name, query.get(name)));
    let same = format!("/search?{}", super::query(&fields));
    view::Pages { back: (!first).then(|| same.clone()), on: next.map(|next| format!("{same}&before={next}")) }
}

fn hit(page: &Page, found: &tickets::Found) -> view::Hit {
    let line = lines::line(&page.reader, &found.line);
    let parts: Vec<_> = found
        .snippet
        .iter()
        .map(|piece| view::SnippetPart { hit: piece.hit, text: piece.text.clone() })
        .collect();
    let snippet = (!parts.is_empty()).then(|| view::Snippet {
        href: format!("/tickets/{}", found.line.number),
        side: if found.line.last_by == domain::ticket::timeline::ActorKind::Agent {
            "agent"
        } else {
            "customer"
        }
        .into(),
        by: line.changed.text.clone(),
        parts,
    });
    view::Hit { line, snippets: snippet.into_iter().collect() }
}
