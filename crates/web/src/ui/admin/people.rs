//! The people of the desk: agents, roles, teams.

use app::{
    Error,
    people::{self, Change, Invitation, TeamAndMembers},
};
use domain::{
    access::{Permission, Role},
    id::{AgentId, TeamId},
};
use store::people::Agent;

use super::{correctable, saved, version};
use crate::{
    form::{Form, Path},
    problem::Answer,
    ui::{
        self,
        entry::again_status,
        pieces::{self, choice},
        shell::{Done, Page, Told},
        view::{AgentLine, MatrixRow, Notice, PeoplePage, TeamLine},
    },
};

const PATH: &str = "/admin/people";

/// `GET /admin/people`.
pub(crate) async fn show(page: Page) -> Answer {
    let view = view(&page, None).await?;
    page.html(&view)
}

async fn view(page: &Page, notice: Option<Notice>) -> Answer<PeoplePage> {
    let agents = people::list(&page.app, &page.agent).await?;
    let teams = people::teams(&page.app, &page.agent).await?;
    Ok(PeoplePage {
        shell: page.shell("people").await?,
        notice,
        agents: agents.iter().map(|agent| agent_line(page, agent)).collect(),
        teams: teams.iter().map(|team| team_line(team, &agents)).collect(),
        roles: Role::ALL.iter().map(ToString::to_string).collect(),
        matrix: Permission::ALL.iter().map(|permission| matrix_row(*permission)).collect(),
        languages: pieces::languages(Some(page.agent.lang)),
    })
}

fn agent_line(page: &Page, agent: &Agent) -> AgentLine {
    let role =
        |role: &Role| choice(role, page.reader.words.word("role", role.word()), agent.roles.0.contains(role));
    AgentLine {
        id: agent.id.to_string(),
        version: version(agent.version),
        person: pieces::person(&agent.name, agent.id),
        email: agent.email.to_string(),
        active: agent.active,
        roles: Role::ALL.iter().map(role).collect(),
        may_change: agent.id != page.agent.id,
    }
}

/// A team; who is deactivated is shown only where still a member.
fn team_line(TeamAndMembers { team, members }: &TeamAndMembers, agents: &[Agent]) -> TeamLine {
    let shown = agents.iter().filter(|agent| agent.active || members.contains(&agent.id));
    TeamLine {
        id: team.id.to_string(),
        name: team.name.clone(),
        members: shown.map(|a| choice(a.id, a.name.as_str(), members.contains(&a.id))).collect(),
        count: u64::try_from(members.len()).unwrap_or(u64::MAX),
    }
}

fn matrix_row(permission: Permission) -> MatrixRow {
    MatrixRow {
        permission: permission.word().to_owned(),
        has: Role::ALL.iter().map(|role| role.allows(permission)).collect(),
    }
}

/// The answer to a form of this page: the page, or the page again with what is wrong.
async fn done<T>(page: &Page, result: Result<T, Error>) -> Answer {
    match result {
        Ok(_) => Ok(saved(PATH)),
        Err(error) => {
            let problem = correctable(error)?;
            let view = view(page, Some(ui::notice(page.reader.words, &problem))).await?;
            ui::again(again_status(&problem), &view)
        }
    }
}

fn roles(form: &Form) -> Result<Vec<Role>, Error> {
    form.all("role").map(|role| role.parse().map_err(|_| Error::invalid("roles", "unknown"))).collect()
}

/// `POST /admin/people/invite`.
pub(crate) async fn invite(page: Page, form: Form) -> Answer {
    let invitation = Invitation {
        name: form.get("name").to_owned(),
        email: form.get("email").to_owned(),
        roles: roles(&form)?,
        lang: form.parse("language")?,
        timezone: page.agent.zone.iana_name().unwrap_or("UTC").to_owned(),
    };
    match people::invite(&page.app, &page.agent, invitation).await {
        Ok(_) => Ok(mailed()),
        Err(error) => done(&page, Err::<(), _>(error)).await,
    }
}

/// `POST /admin/people/{id}/invite`: the mail once more.
pub(crate) async fn invite_again(page: Page, Path(id): Path<AgentId>) -> Answer {
    people::invite_again(&page.app, &page.agent, id).await?;
    Ok(mailed())
}

fn mailed() -> axum::response::Response {
    ui::see_with(PATH, &Told::from(Done::Mailed))
}

/// `POST /admin/people/{id}/roles`.
pub(crate) async fn change_roles(page: Page, Path(id): Path<AgentId>, form: Form) -> Answer {
    let before = agent(&page, id).await?;
    let change = Change { roles: roles(&form)?, version: form.parse("version")?, ..as_it_is(before) };
    let result = people::update(&page.app, &page.agent, id, change).await;
    done(&page, result).await
}

/// `POST /admin/people/{id}/deactivate`.
pub(crate) async fn deactivate(page: Page, Path(id): Path<AgentId>) -> Answer {
    let change = Change { active: false, ..as_it_is(agent(&page, id).await?) };
    let result = people::update(&page.app, &page.agent, id, change).await;
    done(&page, result).await
}

/// `POST /admin/people/{id}/activate`.
pub(crate) async fn activate(page: Page, Path(id): Path<AgentId>) -> Answer {
    let change = Change { active: true, ..as_it_is(agent(&page, id).await?) };
    let result = people::update(&page.app, &page.agent, id, change).await;
    done(&page, result).await
}

async fn agent(page: &Page, id: AgentId) -> Result<Agent, Error> {
    let all = people::list(&page.app, &page.agent).await?;
    all.into_iter().find(|agent| agent.id == id).ok_or(Error::NotFound("agent"))
}

/// A change that changes nothing yet.
fn as_it_is(agent: Agent) -> Change {
    let Agent { name, roles, active, lang, timezone, version, .. } = agent;
    Change { name, roles: roles.0, active, lang, timezone, version }
}

/// `POST /admin/teams`.
pub(crate) async fn add_team(page: Page, form: Form) -> Answer {
    let result = people::add_team(&page.app, &page.agent, form.get("name")).await;
    done(&page, result).await
}

/// `POST /admin/teams/{id}/members`.
pub(crate) async fn set_members(page: Page, Path(id): Path<TeamId>, form: Form) -> Answer {
    let unknown = |_| Error::invalid("members", "unknown");
    let members: Vec<AgentId> =
        form.all("agent").map(|id| id.parse().map_err(unknown)).collect::<Result<_, Error>>()?;
    let result = people::set_members(&page.app, &page.agent, id, members).await;
    done(&page, result).await
}
