//! API tokens: an agent's rights, narrowed, for a program.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    access::{Permission, Rights, Scope},
    deed::Deed,
    id::{AgentId, DeskId, TokenId},
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Json, Tx,
    people::{self, Bearer, Token},
    records,
};
use uuid::Uuid;

use crate::{
    Agent, App, Error, Ids, Result, accounts::agent_from, audit, error::line, ids::random, people::NAME, who,
};

/// What an API token begins with.
const PREFIX: &str = "pdk_";
/// How many bytes the id of its desk has.
const DESK: usize = 16;

/// A token that is to be made.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// In whose name it acts; oneself if nobody is given.
    pub agent: Option<AgentId>,
    /// What it is for.
    pub name: String,
    /// What it may be used for, at least one.
    pub scopes: Vec<Scope>,
    /// Until when; none is for ever.
    pub expires_at: Option<Timestamp>,
}

/// A token that was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// Its id.
    pub id: TokenId,
    /// The token: shown once, only its hash is kept.
    pub secret: String,
}

/// Makes a token: an agent's own, or somebody else's by those who manage users. It never allows more than its maker
/// may: a program with a narrow token, or an administrator, cannot make itself a wider one.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`] for the agent, [`Error::Invalid`].
pub async fn create(app: &App, agent: &Agent, new: NewToken) -> Result<Made> {
    let whose = new.agent.unwrap_or(agent.id);
    if whose != agent.id {
        agent.require(Permission::UsersManage)?;
    }
    let now = app.now();
    if new.expires_at.is_some_and(|at| at <= now) {
        return Err(Error::invalid("expires_at", "past"));
    }
    let mut ids = app.ids(now);
    let token = Token {
        id: ids.next(TokenId::new),
        agent: whose,
        name: line("name", &new.name, NAME)?,
        scopes: Json(some_scopes(&new.scopes)?),
        created_at: now,
        expires_at: new.expires_at,
    };
    let (secret, hash) = secret(agent.desk);
    let made = Made { id: token.id, secret };
    let create = Create { by: agent.clone(), token, hash, ids, now };
    app.store
        .write(agent.desk, move |tx| {
            let create = create.clone();
            Box::pin(async move { create.run(tx).await })
        })
        .await?;
    Ok(made)
}

fn some_scopes(scopes: &[Scope]) -> Result<Vec<Scope>> {
    let scopes: std::collections::BTreeSet<Scope> = scopes.iter().copied().collect();
    if scopes.is_empty() {
        Err(Error::invalid("scopes", "required"))
    } else {
        Ok(scopes.into_iter().collect())
    }
}

#[derive(Clone)]
struct Create {
    by: Agent,
    token: Token,
    hash: [u8; 32],
    ids: Ids,
    now: Timestamp,
}

impl Create {
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let token = &self.token;
        let whose = people::agent(tx, token.agent).await?.filter(|agent| agent.active);
        let whose = whose.ok_or(Error::NotFound("agent"))?;
        let own = whose.id == self.by.id;
        if !token.scopes.0.iter().all(|scope| may_give(self.by.rights, *scope, own)) {
            return Err(Error::Forbidden);
        }
        people::add_token(tx, token, &self.hash).await?;
        let what = json!({ "agent": token.agent, "scopes": token.scopes.0, "expires_at": token.expires_at });
        let act =
            audit::act(&mut self.ids.clone(), self.now, self.by.actor(), Deed::TokenCreate, &token.id, what);
        Ok(records::audit(tx, &act).await?)
    }
}

/// Whether a maker with these rights may give a scope to a token. One's own token needs a scope that one has oneself.
/// Somebody else's needs every permission that the scope covers: the other one may get wider roles one day.
fn may_give(maker: Rights, scope: Scope, own: bool) -> bool {
    let mut all = Permission::ALL.iter();
    if own {
        all.any(|p| p.scope() == scope && maker.has(*p))
    } else {
        all.all(|p| !scope.covers(p.scope()) || maker.has(*p))
    }
}

/// The tokens that an agent may revoke: its own, or all for those who manage users.
///
/// # Errors
/// As the database says.
pub async fn list(app: &App, agent: &Agent) -> Result<Vec<Token>> {
    let all = app.store.read::<_, store::Error, _>(agent.desk, |tx| Box::pin(people::tokens(tx))).await?;
    Ok(all.into_iter().filter(|token| may_revoke(agent, token)).collect())
}

fn may_revoke(agent: &Agent, token: &Token) -> bool {
    token.agent == agent.id || agent.may(Permission::UsersManage)
}

/// Makes a token worthless from now on.
///
/// # Errors
/// [`Error::NotFound`], also for somebody else's.
pub async fn revoke(app: &App, agent: &Agent, id: TokenId) -> Result<()> {
    let now = app.now();
    let by = agent.clone();
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::TokenRevoke, &id, json!({}));
    app.store
        .write(agent.desk, move |tx| {
            let (by, act) = (by.clone(), act.clone());
            Box::pin(async move {
                let token = people::token(tx, id).await?;
                if !token.is_some_and(|token| may_revoke(&by, &token)) {
                    return Err(Error::NotFound("token"));
                }
                people::drop_token(tx, id).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}

/// The agent in whose name a token acts, with the rights that both have now; none if the token is not known or has
/// expired, or the agent is not active.
///
/// # Errors
/// As the database says.
pub async fn agent_of_token(app: &App, token: &str) -> Result<Option<Agent>> {
    let Some(desk) = desk_of(token) else { return Ok(None) };
    let (hash, now) = (who::hash(token), app.now());
    let found = app
        .store
        .read::<_, store::Error, _>(desk, move |tx| Box::pin(async move { people::bearer(tx, &hash).await }))
        .await?;
    let good =
        found.filter(|bearer| bearer.agent.active && bearer.expires_at.is_none_or(|until| now < until));
    Ok(good.map(|Bearer { agent, scopes, .. }| {
        let rights = Rights::of(&agent.roles.0).narrowed(&scopes);
        agent_from(desk, agent, rights)
    }))
}

/// A new token as text, and the hash under which it is stored. It begins with its desk, so that it is looked up in
/// that desk's own table, and by one question.
fn secret(desk: DeskId) -> (String, [u8; 32]) {
    let mut bytes = [0; DESK + 32];
    bytes[..DESK].copy_from_slice(desk.uuid().as_bytes());
    bytes[DESK..].copy_from_slice(&random::<32>());
    let token = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes));
    let hash = who::hash(&token);
    (token, hash)
}

/// The desk that a token names; none if it cannot be a token of ours.
fn desk_of(token: &str) -> Option<DeskId> {
    let bytes: [u8; DESK + 32] = URL_SAFE_NO_PAD.decode(token.strip_prefix(PREFIX)?).ok()?.try_into().ok()?;
    Some(DeskId::from_uuid(Uuid::from_slice(bytes.get(..DESK)?).ok()?))
}

#[cfg(test)]
mod tests {
    use domain::access::Role;

    use super::*;

    #[test]
    fn v53_a_token_is_never_wider_than_its_maker() {
        let may = |maker: Rights, own| -> Vec<Scope> {
            Scope::ALL.iter().copied().filter(|scope| may_give(maker, *scope, own)).collect()
        };
        let narrow = Rights::of(&[Role::GlobalAdmin]).narrowed(&[Scope::TicketsRead]);
        assert_eq!(may(narrow, true), [Scope::TicketsRead]);
        let manager = Rights::of(&[Role::UserManagementAdmin]);
        assert_eq!(may(manager, true), [Scope::Admin]);
        assert_eq!(may(manager, false), [], "not all of the scope is a user manager's");
        assert_eq!(may(Rights::of(&[Role::GlobalAdmin]), false), Scope::ALL);
        for role in Role::ALL {
            let maker = Rights::of(&[*role]);
            for scope in may(maker, true) {
                let made = maker.narrowed(&[scope]);
                assert!(Permission::ALL.iter().all(|p| !made.has(*p) || maker.has(*p)), "{role} {scope}");
            }
        }
    }

    #[test]
    fn v68_a_token_names_its_desk() {
        let desk = DeskId::from_uuid(Uuid::from_u128(7));
        let (token, hash) = secret(desk);
        assert_eq!((desk_of(&token), who::hash(&token)), (Some(desk), hash));
        assert_ne!(secret(desk).0, token);
        for odd in [
            String::new(),
            "pdk_".into(),
            token.replace("pdk_", "pds_"),
            token[..token.len() - 1].into(),
            format!("{token}a"),
            format!("{token}AAAA"),
            format!("{token} "),
            format!("{}\u{e9}", &token[..token.len() - 2]),
        ] {
            assert_eq!(desk_of(&odd), None, "{odd:?}");
        }
    }

    #[test]
    fn a_token_has_some_scope() {
        assert_eq!(some_scopes(&[]).unwrap_err().code(), "required");
        let twice = [Scope::Mail, Scope::TicketsRead, Scope::Mail];
        assert_eq!(some_scopes(&twice).unwrap(), [Scope::TicketsRead, Scope::Mail]);
    }
}
