//! The queue.

use domain::id::AgentId;
use store::tickets::View;

use super::{
    lines::{self, PAGE},
    shell::Page,
    view,
};
use crate::{
    form::{Path, Query},
    problem::{Answer, Problem},
};

/// The list of a view's word.
fn list_of(view: &str, agent: AgentId) -> Option<View> {
    Some(match view {
        "mine" => View::Mine(agent),
        "unassigned" => View::Unassigned,
        "due" => View::Due,
        "waiting" => View::Waiting,
        "all" => View::All,
        _ => return None,
    })
}

/// `GET /queue/{view}`.
pub(crate) async fn list(page: Page, Path(view): Path<String>, query: Query) -> Answer {
    let list = list_of(&view, page.agent.id).ok_or(Problem::not_found("view"))?;
    let after = lines::after(query.get("after"));
    let agent = page.agent.clone();
    let (shell, (tickets, more)) = page
        .read(&format!("queue/{view}"), move |tx| {
            let agent = agent.clone();
            Box::pin(async move { app::tickets::list_in(tx, &agent, list, after, PAGE).await })
        })
        .await?;
    let count = shell.views.iter().find(|known| known.view == view).map_or(0, |known| known.count);
    let last = if more { tickets.last() } else { None };
    page.html(&view::QueuePage {
        count,
        pages: lines::pages(&format!("/queue/{view}"), list, after.is_none(), last),
        lines: tickets.iter().map(|line| lines::line(&page.reader, line)).collect(),
        shell,
        view,
    })
}
