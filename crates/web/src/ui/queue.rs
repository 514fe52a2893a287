//! The queue, and what is done with several of its tickets at once.

use app::{
    Agent,
    tickets::{self, Bulk},
};
use axum::http::HeaderMap;
use domain::{
    access::Rights,
    id::{AgentId, TicketId, UndoId},
    ticket::lifecycle::Action,
};
use jiff::Timestamp;
use store::{
    people::{self, Team},
    tickets::{TicketLine, View},
};

use super::{
    lines::{self, PAGE},
    pieces::{Reader, choice},
    see_with,
    shell::{Back, Done, Page, Told},
    view,
};
use crate::{
    form::{Fields, Form, Path, Query},
    problem::{Answer, Problem},
    session,
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

/// To whom several tickets can be given.
struct Takers {
    agents: Vec<people::Agent>,
    teams: Vec<Team>,
}

/// `GET /queue/{view}`.
pub(crate) async fn list(page: Page, Path(view): Path<String>, query: Query) -> Answer {
    let list = list_of(&view, page.agent.id).ok_or(Problem::not_found("view"))?;
    let after = lines::after(query.get("after"));
    let agent = page.agent.clone();
    let (shell, (tickets, more, unread, takers)) = page
        .read(&format!("queue/{view}"), move |tx| {
            let agent = agent.clone();
            Box::pin(async move {
                let (lines, more) = tickets::list_in(tx, &agent, list, after, PAGE).await?;
                let unread = tickets::unread_in(tx, &agent, &lines).await?;
                let works = lines.iter().any(|line| agent.rights.may_work(line.kind));
                let takers = match works {
                    true => {
                        Some(Takers { agents: people::agents(tx).await?, teams: people::teams(tx).await? })
                    }
                    false => None,
                };
                Ok((lines, more, unread, takers))
            })
        })
        .await?;
    let count = shell.views.iter().find(|known| known.view == view).map_or(0, |known| known.count);
    let last = if more { tickets.last() } else { None };
    let path = format!("/queue/{view}");
    let line = |line: &TicketLine| view::TicketLine {
        choose: page.agent.rights.may_work(line.kind).then(|| line.id.to_string()),
        unread: unread.contains(&line.number),
        ..lines::line(&page.reader, line)
    };
    let back = match query.get("after") {
        "" => path.clone(),
        place => format!("{path}?{}", super::query(&[("after", place)])),
    };
    page.html(&view::QueuePage {
        count,
        pages: lines::pages(&path, list, after.is_none(), last),
        lines: tickets.iter().map(line).collect(),
        bulk: takers.map(|takers| bulk_of(&page.reader, &page.agent, takers, back)),
        shell,
        view,
    })
}

fn bulk_of(reader: &Reader, agent: &Agent, takers: Takers, back: String) -> view::Bulk {
    let words = reader.words;
    let as_it_is = || choice("", words.t("bulk-as-it-is"), true);
    let mut assignees = vec![as_it_is(), choice(NOBODY, words.t("nobody"), false)];
    let kinds = tickets::kinds(agent);
    let able = takers.agents.into_iter().filter(|a| {
        let rights = Rights::of(&a.roles.0);
        a.active && kinds.iter().any(|kind| rights.may_work(*kind))
    });
    assignees.extend(able.map(|a| choice(a.id, a.name, false)));
    let mut teams = vec![as_it_is(), choice(NOBODY, words.t("none"), false)];
    teams.extend(takers.teams.into_iter().map(|team| choice(team.id, team.name, false)));
    let mut actions = vec![as_it_is()];
    actions.extend(reader.choices("action", Action::ALL, None));
    let mut snoozes = vec![as_it_is()];
    snoozes.extend(lines::later(reader));
    snoozes.push(choice(NOBODY, words.t("snooze-end"), false));
    view::Bulk { back, assignees, teams, actions, snoozes }
}

/// The value of a choice that clears.
const NOBODY: &str = "none";

/// A choice that leaves what is there, clears it, or sets it.
///
/// # Errors
/// `unknown` for what is none of them.
fn chosen<T: std::str::FromStr>(fields: &Fields, name: &'static str) -> app::Result<Option<Option<T>>> {
    match fields.get(name) {
        "" => Ok(None),
        NOBODY => Ok(Some(None)),
        _ => Ok(Some(Some(fields.parse(name)?))),
    }
}

/// How long the way back from a change of several tickets is offered.
const SECONDS: i64 = 30;

/// `POST /bulk`.
pub(crate) async fn bulk(page: Page, form: Form) -> Answer {
    let wanted: app::Result<Vec<TicketId>> = form
        .all("ticket")
        .map(|id| id.parse().map_err(|_| app::Error::invalid("tickets", "unknown")))
        .collect();
    let to = Bulk {
        assignee: chosen(&form, "assignee")?,
        team: chosen(&form, "team")?,
        tag: Some(form.get("tag").trim()).filter(|tag| !tag.is_empty()).map(str::to_owned),
        snoozed_until: chosen::<Timestamp>(&form, "snoozed_until")?,
        action: form.optional("action")?,
    };
    let done = tickets::bulk(&page.app, &page.agent, &wanted?, to).await?;
    let what = match (done.changed.is_empty(), done.left.is_empty()) {
        (false, true) => Done::Bulk,
        (false, false) => Done::BulkSome,
        (true, _) => Done::BulkNone,
    };
    let told = done.undo.map_or(what.into(), |offer| {
        let shown = page.reader.now.checked_add(jiff::SignedDuration::from_secs(SECONDS));
        Told::with_undo(what, Back::Kept(offer.id), shown.unwrap_or(offer.until).min(offer.until))
    });
    Ok(see_with(session::next(form.get("back"), "/queue/mine"), &told))
}

/// `POST /undo`: takes back what is kept for it, and shows the page from which that was asked again.
pub(crate) async fn undo(page: Page, headers: HeaderMap, form: Form) -> Answer {
    let what: UndoId = form.parse("what")?;
    let undone = tickets::undo(&page.app, &page.agent, what).await?;
    let done = if undone.left == 0 { Done::Undone } else { Done::UndoneSome };
    Ok(see_with(&super::came_from(&headers, "/queue/mine"), &done.into()))
}
