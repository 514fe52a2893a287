//! The people of a desk: agents and their roles, profiles, teams.

use std::collections::BTreeSet;

use domain::{
    access::{Permission, Role, Tickets},
    deed::Deed,
    id::{AgentId, DeskId, IdentityId, TeamId},
    lang::Lang,
    ticket::timeline::Actor,
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Json, Tx, installation,
    people::{self, Prefs, Team},
    records,
};

use crate::{
    Agent, App, Error, Ids, Result,
    accounts::{Occasion, PasswordMail},
    audit, desks, error,
};

/// The longest name of a person or a team, in characters.
pub(crate) const NAME: usize = 120;
/// The longest signature, in bytes.
const SIGNATURE: usize = 2_000;

/// Every agent of the desk, by name: for those who manage them, and those who hand tickets to them.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn list(app: &App, agent: &Agent) -> Result<Vec<people::Agent>> {
    may_see(agent)?;
    Ok(app.store.read::<_, store::Error, _>(agent.desk, |tx| Box::pin(people::agents(tx))).await?)
}

fn may_see(agent: &Agent) -> Result<()> {
    if agent.tickets() == Tickets::None { agent.require(Permission::UsersManage) } else { Ok(()) }
}

/// Somebody to be invited.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The name that customers read.
    pub name: String,
    /// The address, to sign in too.
    pub email: String,
    /// The roles, at least one.
    pub roles: Vec<Role>,
    /// The language of the agent's pages.
    pub lang: Lang,
    /// The zone of the times on them, by its IANA name.
    pub timezone: String,
}

/// Adds an agent, and mails a link to set a password.
///
/// # Errors
/// [`Error::Forbidden`], also for a Global admin added by somebody who is none; [`Error::Invalid`], with
/// `email: taken` for somebody who is an agent already.
pub async fn invite(app: &App, agent: &Agent, new: Invitation) -> Result<AgentId> {
    agent.require(Permission::UsersManage)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let added = new_agent(&mut ids, now, &new)?;
    let id = added.id;
    let occasion = Occasion::Invited(&agent.name);
    let mail = PasswordMail::prepare(app, agent.desk, &mut ids, now, &added, occasion).await?;
    let add = Add { by: agent.clone(), added, mail, ids, now };
    app.store
        .write(agent.desk, move |tx| {
            let add = add.clone();
            Box::pin(async move { add.run(tx).await })
        })
        .await?;
    app.wake();
    Ok(id)
}

/// A checked new agent. Its identity is the one to be made if there is none yet.
pub(crate) fn new_agent(ids: &mut Ids, now: Timestamp, new: &Invitation) -> Result<people::Agent> {
    Ok(people::Agent {
        id: ids.next(AgentId::new),
        identity: ids.next(IdentityId::new),
        name: error::line("name", &new.name, NAME)?,
        email: new.email.parse().map_err(|_| Error::invalid("email", "not-an-address"))?,
        lang: new.lang,
        timezone: desks::timezone(&new.timezone)?,
        roles: Json(some_roles(&new.roles)?),
        active: true,
        prefs: Json(Prefs::default()),
        version: 1,
        created_at: now,
    })
}

/// Roles in their natural order, each once.
fn some_roles(roles: &[Role]) -> Result<Vec<Role>> {
    let roles: BTreeSet<Role> = roles.iter().copied().collect();
    if roles.is_empty() { Err(Error::invalid("roles", "required")) } else { Ok(roles.into_iter().collect()) }
}

/// Adds an agent and its membership; its identity.
pub(crate) async fn add(
    tx: &mut Tx,
    agent: &mut people::Agent,
    now: Timestamp,
) -> Result<installation::Identity> {
    let identity = installation::identity_for(tx, agent.identity, &agent.email, now).await?;
    agent.identity = identity.id;
    people::add_agent(tx, agent).await.map_err(|error| match error.is_taken("agents", "email") {
        true => Error::invalid("email", "taken"),
        false => error.into(),
    })?;
    installation::add_membership(tx, identity.id, agent.id).await?;
    Ok(identity)
}

#[derive(Clone)]
struct Add {
    by: Agent,
    added: people::Agent,
    mail: PasswordMail,
    ids: Ids,
    now: Timestamp,
}

impl Add {
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let (mut ids, mut added) = (self.ids.clone(), self.added.clone());
        let by = current(tx, self.by.id).await?;
        Standing::of(&added).given_by(Standing::of(&by))?;
        let identity = add(tx, &mut added, self.now).await?;
        self.mail.put(tx, identity.id, self.now).await?;
        let what = json!({ "roles": added.roles.0 });
        let act = audit::act(&mut ids, self.now, self.by.actor(), Deed::AgentInvite, &added.id, what);
        Ok(records::audit(tx, &act).await?)
    }
}

/// Mails an invitation again.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn invite_again(app: &App, agent: &Agent, id: AgentId) -> Result<()> {
    agent.require(Permission::UsersManage)?;
    mail_invitation(app, agent.desk, agent.actor(), &agent.name, id).await
}

/// Mails an invitation to an agent of the desk.
pub(crate) async fn mail_invitation(
    app: &App,
    desk: DeskId,
    by: Actor,
    inviter: &str,
    id: AgentId,
) -> Result<()> {
    let invited = app.store.read(desk, move |tx| Box::pin(async move { current(tx, id).await })).await?;
    let now = app.now();
    let mut ids = app.ids(now);
    let mail = PasswordMail::prepare(app, desk, &mut ids, now, &invited, Occasion::Invited(inviter)).await?;
    let act = audit::act(&mut ids, now, by, Deed::AgentInvite, &id, json!({}));
    app.store
        .write::<_, Error, _>(desk, move |tx| {
            let (mail, act) = (mail.clone(), act.clone());
            Box::pin(async move {
                mail.put(tx, invited.identity, now).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await?;
    app.wake();
    Ok(())
}

/// An active agent, as it is at this moment of the transaction.
async fn current(tx: &mut Tx, id: AgentId) -> Result<people::Agent> {
    people::agent(tx, id).await?.filter(|agent| agent.active).ok_or(Error::NotFound("agent"))
}

/// What an administrator changes of an agent.
#[derive(Clone, Debug)]
pub struct Change {
    /// The name that customers read.
    pub name: String,
    /// The roles, at least one.
    pub roles: Vec<Role>,
    /// Whether it may sign in.
    pub active: bool,
    /// The language of its pages.
    pub lang: Lang,
    /// The zone of the times on them, by its IANA name.
    pub timezone: String,
    /// The version that was seen.
    pub version: i64,
}

/// Changes an agent. Who is deactivated is signed out everywhere in this desk.
///
/// Nobody changes the own roles or deactivates oneself, and only a Global admin gives or takes that role. So a desk
/// that has a Global admin keeps one: whoever takes the role from another has it.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Refused`]`("own-rights")`, [`Error::Stale`], [`Error::Invalid`].
pub async fn update(app: &App, agent: &Agent, id: AgentId, change: Change) -> Result<()> {
    agent.require(Permission::UsersManage)?;
    let change = Change {
        name: error::line("name", &change.name, NAME)?,
        roles: some_roles(&change.roles)?,
        timezone: desks::timezone(&change.timezone)?,
        ..change
    };
    let now = app.now();
    let update = Update { by: agent.clone(), id, change, ids: app.ids(now), now };
    app.store
        .write(agent.desk, move |tx| {
            let update = update.clone();
            Box::pin(async move { update.run(tx).await })
        })
        .await
}

#[derive(Clone)]
struct Update {
    by: Agent,
    id: AgentId,
    change: Change,
    ids: Ids,
    now: Timestamp,
}

impl Update {
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let mut ids = self.ids.clone();
        let by = current(tx, self.by.id).await?;
        let before = people::agent(tx, self.id).await?.ok_or(Error::NotFound("agent"))?;
        let Change { name, roles, active, lang, timezone, version } = self.change.clone();
        let roles = Json(roles);
        let after = people::Agent { name, roles, active, lang, timezone, version, ..before.clone() };
        may_change(&by, &before, &after)?;
        people::update_agent(tx, &after).await?;
        if before.active && !after.active {
            installation::end_sessions_of_agent(tx, self.id).await?;
        }
        let what = json!({ "roles": after.roles.0, "active": after.active });
        let act = audit::act(&mut ids, self.now, self.by.actor(), Deed::AgentChange, &self.id, what);
        Ok(records::audit(tx, &act).await?)
    }
}

/// Whether somebody is a Global admin, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    GlobalAdmin,
    Other,
}

impl Standing {
    fn of(agent: &people::Agent) -> Self {
        if agent.active && agent.roles.0.contains(&Role::GlobalAdmin) {
            Self::GlobalAdmin
        } else {
            Self::Other
        }
    }

    /// Only a Global admin makes one, or makes one something else.
    fn given_by(self, by: Standing) -> Result<()> {
        if self == Self::GlobalAdmin && by != Self::GlobalAdmin { Err(Error::Forbidden) } else { Ok(()) }
    }
}

/// Who may make what of whom.
fn may_change(by: &people::Agent, before: &people::Agent, after: &people::Agent) -> Result<()> {
    if before.roles == after.roles && before.active == after.active {
        return Ok(());
    }
    if by.id == before.id {
        return Err(Error::Refused("own-rights"));
    }
    // The role counts while somebody is inactive, too: to activate a Global admin is to give the role.
    let ever = |agent: &people::Agent| Standing::of(&people::Agent { active: true, ..agent.clone() });
    ever(before).given_by(Standing::of(by))?;
    ever(after).given_by(Standing::of(by))
}

/// What agents change of themselves.
#[derive(Clone, Debug)]
pub struct Profile {
    /// The name that customers read.
    pub name: String,
    /// The language of the own pages.
    pub lang: Lang,
    /// The zone of the times on them, by its IANA name.
    pub timezone: String,
    /// What the agent likes.
    pub prefs: Prefs,
}

/// Changes the own profile; the last one counts.
///
/// # Errors
/// [`Error::Invalid`].
pub async fn update_profile(app: &App, agent: &Agent, profile: Profile) -> Result<()> {
    let profile = checked(profile)?;
    let now = app.now();
    let id = agent.id;
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::AgentProfile, &id, json!({}));
    app.store
        .write(agent.desk, move |tx| {
            let (profile, act) = (profile.clone(), act.clone());
            Box::pin(async move {
                let before = current(tx, id).await?;
                let Profile { name, lang, timezone, prefs } = profile;
                if let Some(hours) = prefs.hours
                    && people::calendar(tx, hours).await?.is_none()
                {
                    return Err(Error::invalid("hours", "unknown"));
                }
                let after = people::Agent { name, lang, timezone, prefs: Json(prefs), ..before };
                people::update_agent(tx, &after).await?;
                Ok::<_, Error>(records::audit(tx, &act).await?)
            })
        })
        .await
}

fn checked(profile: Profile) -> Result<Profile> {
    if !matches!(profile.prefs.theme.as_str(), "" | "light" | "dark") {
        return Err(Error::invalid("theme", "unknown"));
    }
    let signature = match profile.prefs.signature.trim() {
        "" => String::new(),
        signature => error::body("signature", signature, SIGNATURE)?,
    };
    let languages = Lang::ALL.iter().copied().filter(|lang| profile.prefs.languages.contains(lang)).collect();
    Ok(Profile {
        name: error::line("name", &profile.name, NAME)?,
        timezone: desks::timezone(&profile.timezone)?,
        prefs: Prefs { signature, languages, ..profile.prefs },
        ..profile
    })
}

/// A team and who is in it.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamAndMembers {
    /// The team.
    pub team: Team,
    /// Its members.
    pub members: Vec<AgentId>,
}

/// Every team, by name.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn teams(app: &App, agent: &Agent) -> Result<Vec<TeamAndMembers>> {
    may_see(agent)?;
    let (teams, members) = app
        .store
        .read::<_, store::Error, _>(agent.desk, |tx| {
            Box::pin(async move { Ok((people::teams(tx).await?, people::team_members(tx).await?)) })
        })
        .await?;
    let of = |team: TeamId| members.iter().filter(move |(t, _)| *t == team).map(|(_, agent)| *agent);
    Ok(teams.into_iter().map(|team| TeamAndMembers { members: of(team.id).collect(), team }).collect())
}

/// Adds a team.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Invalid`] with `name: taken`.
pub async fn add_team(app: &App, agent: &Agent, name: &str) -> Result<TeamId> {
    agent.require(Permission::UsersManage)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let team = Team { id: ids.next(TeamId::new), name: error::line("name", name, NAME)? };
    let id = team.id;
    let act = audit::act(&mut ids, now, agent.actor(), Deed::TeamAdd, &id, json!({}));
    app.store
        .write(agent.desk, move |tx| {
            let (team, act) = (team.clone(), act.clone());
            Box::pin(async move {
                people::add_team(tx, &team).await.map_err(|error| match error.is_taken("teams", "name") {
                    true => Error::invalid("name", "taken"),
                    false => error.into(),
                })?;
                Ok::<_, Error>(records::audit(tx, &act).await?)
            })
        })
        .await?;
    Ok(id)
}

/// Makes these agents the team's members, and no others.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`] for the team, [`Error::Invalid`] with `members: unknown`.
pub async fn set_members(app: &App, agent: &Agent, team: TeamId, members: Vec<AgentId>) -> Result<()> {
    agent.require(Permission::UsersManage)?;
    let now = app.now();
    let what = json!({ "members": members });
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::TeamMembers, &team, what);
    app.store
        .write(agent.desk, move |tx| {
            let (members, act) = (members.clone(), act.clone());
            Box::pin(async move {
                if people::teams(tx).await?.iter().all(|known| known.id != team) {
                    return Err(Error::NotFound("team"));
                }
                let agents: BTreeSet<AgentId> =
                    people::agents(tx).await?.iter().map(|agent| agent.id).collect();
                if !members.iter().all(|member| agents.contains(member)) {
                    return Err(Error::invalid("members", "unknown"));
                }
                people::set_team_members(tx, team, &members).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}

#[cfg(test)]
mod tests {
    use domain::email_address::EmailAddress;

    use super::*;

    fn agent(number: u8, roles: &[Role], active: bool) -> people::Agent {
        people::Agent {
            id: AgentId::new(Timestamp::UNIX_EPOCH, [number; 10]),
            identity: IdentityId::new(Timestamp::UNIX_EPOCH, [number; 10]),
            name: String::new(),
            email: "a@example.com".parse::<EmailAddress>().unwrap(),
            lang: Lang::En,
            timezone: "UTC".into(),
            roles: Json(roles.to_vec()),
            active,
            prefs: Json(Prefs::default()),
            version: 1,
            created_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn v53_nobody_widens_the_own_rights() {
        for role in Role::ALL {
            let me = agent(1, &[*role], true);
            for other in Role::ALL.iter().filter(|other| *other != role) {
                let wanted = agent(1, &[*role, *other], true);
                assert_eq!(may_change(&me, &me, &wanted).unwrap_err().code(), "own-rights");
            }
            let gone = agent(1, &[*role], false);
            assert_eq!(may_change(&me, &me, &gone).unwrap_err().code(), "own-rights");
            let renamed = people::Agent { name: "Another".into(), ..me.clone() };
            assert!(may_change(&me, &me, &renamed).is_ok());
        }
    }

    #[test]
    fn v53_only_a_global_admin_gives_or_takes_that_role() {
        let states =
            || Role::ALL.iter().flat_map(|role| [true, false].map(|active| agent(2, &[*role], active)));
        let global = |agent: &people::Agent| agent.roles.0.contains(&Role::GlobalAdmin);
        for by in Role::ALL {
            let by = agent(1, &[*by], true);
            for before in states() {
                for after in states() {
                    let concerns = (global(&before) || global(&after)) && before != after;
                    let allowed = may_change(&by, &before, &after).is_ok();
                    assert_eq!(allowed, !concerns || global(&by), "{by:?} {before:?} {after:?}");
                }
            }
        }
    }

    #[test]
    fn a_profile_is_checked() {
        let profile = |theme: &str, signature: &str| Profile {
            name: " Ada ".into(),
            lang: Lang::Sv,
            timezone: "Europe/Stockholm".into(),
            prefs: Prefs { theme: theme.into(), signature: signature.into(), ..Prefs::default() },
        };
        let kept = checked(profile("dark", "Ada\r\nSupport\n\n")).unwrap();
        assert_eq!((kept.name.as_str(), kept.prefs.signature.as_str()), ("Ada", "Ada\nSupport"));
        assert_eq!(checked(profile("", " \n")).unwrap().prefs.signature, "");
        assert_eq!(checked(profile("neon", "")).unwrap_err().code(), "unknown");
        assert_eq!(checked(profile("", &"x".repeat(SIGNATURE + 1))).unwrap_err().code(), "too-long");
    }
}
