//! Everybody who may knock: what each brings along, and what the policy grants.

use app::{Agent, people};
use domain::access::{Permission, Rights, Role, Scope, Sight};
use jiff::SignedDuration;
use testkit::{TestDesk, add_agent};

use super::world::{Side, Ticket, token};

/// What a request brings along to say who asks.
#[derive(Clone, Debug)]
pub(crate) enum Proof {
    Nothing,
    Cookie(String),
    Bearer(String),
}

/// Whom the policy takes a caller for.
#[derive(Clone, Debug)]
pub(crate) enum Who {
    /// Nobody, whatever it brings.
    Nobody,
    /// An agent with a session.
    Agent(Rights),
    /// A program with a token.
    Program(Rights),
    /// A contact with a session, and the numbers of the tickets that it sees.
    Contact(Vec<i64>),
}

/// Somebody who asks.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) name: String,
    pub(crate) who: Who,
    pub(crate) proof: Proof,
    /// To make the session anew that a call has ended.
    agent: Option<Agent>,
    contact: Option<app::Contact>,
}

impl Caller {
    fn new(name: impl Into<String>, who: Who, proof: Proof) -> Self {
        Self { name: name.into(), who, proof, agent: None, contact: None }
    }

    async fn agent(at: &TestDesk, name: impl Into<String>, agent: &Agent) -> Self {
        let proof = Proof::Cookie(at.agent_cookie(agent).await);
        Self { agent: Some(agent.clone()), ..Self::new(name, Who::Agent(agent.rights), proof) }
    }

    async fn contact(at: &TestDesk, name: &str, contact: &app::Contact, sees: &[Ticket]) -> Self {
        let sees = sees.iter().map(|ticket| ticket.number).collect();
        let proof = Proof::Cookie(at.contact_cookie(contact).await);
        Self { contact: Some(contact.clone()), ..Self::new(name, Who::Contact(sees), proof) }
    }

    async fn program(at: &TestDesk, name: String, agent: &Agent, scopes: &[Scope]) -> Self {
        let made = token(at, agent, scopes, "matrix").await;
        Self::new(name, Who::Program(agent.rights.narrowed(scopes)), Proof::Bearer(made.secret))
    }

    /// Signs in again.
    pub(crate) async fn renew(&mut self, at: &TestDesk) {
        if let Some(agent) = &self.agent {
            self.proof = Proof::Cookie(at.agent_cookie(agent).await);
        }
        if let Some(contact) = &self.contact {
            self.proof = Proof::Cookie(at.contact_cookie(contact).await);
        }
    }

    /// What it sees of a ticket.
    pub(crate) fn sight(&self, ticket: &Ticket) -> Sight {
        match &self.who {
            Who::Nobody => Sight::None,
            Who::Agent(rights) | Who::Program(rights)
                if ticket.guarded && !rights.has(Permission::SecurityTicketsView) =>
            {
                Sight::None
            }
            Who::Agent(rights) | Who::Program(rights) => rights.sight(ticket.kind),
            Who::Contact(sees) if sees.contains(&ticket.number) => Sight::Public,
            Who::Contact(_) => Sight::None,
        }
    }
}

/// Everybody of a desk, and those who are nobody.
pub(crate) async fn all(at: &TestDesk, side: &Side) -> Vec<Caller> {
    let word = side.words.desk;
    // First: it lets time pass, after which sessions are over.
    let mut callers = former(at, side).await;
    callers.extend([
        Caller::new("anonymous", Who::Nobody, Proof::Nothing),
        Caller::new("a session that never was", Who::Nobody, Proof::Cookie("pd=pds_0; pd-help=pds_0".into())),
        Caller::new("a token that never was", Who::Nobody, Proof::Bearer("pdk_0".into())),
    ]);
    let mut agents = Vec::new();
    for role in Role::ALL {
        let agent = add_agent(&at.app, side.desk, &format!("{role} {word}"), &[*role]).await;
        callers.push(Caller::agent(at, role.word(), &agent).await);
        agents.push((*role, agent));
    }
    let none = add_agent(&at.app, side.desk, &format!("No role {word}"), &[]).await;
    callers.push(Caller::agent(at, "an agent without roles", &none).await);
    for scope in Scope::ALL {
        let name = format!("a program of {scope}");
        callers.push(Caller::program(at, name, &agents[0].1, &[*scope]).await);
    }
    for (role, agent) in &agents[1..] {
        let scopes: Vec<Scope> =
            Scope::ALL.iter().copied().filter(|scope| gives(agent.rights, *scope)).collect();
        callers.push(Caller::program(at, format!("a program of the {role}"), agent, &scopes).await);
    }
    let all = side.tickets();
    for (name, contact, sees) in [
        ("the contact", &side.ada, &all[..]),
        ("a colleague", &side.ben, &[]),
        // But not what reports a weakness.
        ("a colleague who sees all", &side.cleo, &all[..2]),
        ("a contact of the neighbour", &side.dora, &[]),
    ] {
        callers.push(Caller::contact(at, name, contact, sees).await);
    }
    callers
}

/// Whether somebody with these rights can use a scope for anything.
fn gives(rights: Rights, scope: Scope) -> bool {
    Permission::ALL.iter().any(|permission| permission.scope() == scope && rights.has(*permission))
}

/// Those who were somebody.
async fn former(at: &TestDesk, side: &Side) -> Vec<Caller> {
    let app = &at.app;
    let gone = add_agent(app, side.desk, &format!("Gone {}", side.words.desk), &[Role::GlobalAdmin]).await;
    let kept = token(at, &gone, &[Scope::Admin, Scope::TicketsRead], "kept").await;
    let change = people::Change {
        name: gone.name.clone(),
        roles: vec![Role::GlobalAdmin],
        active: false,
        lang: gone.lang,
        timezone: "UTC".into(),
        version: 1,
    };
    people::update(app, &side.admin, gone.id, change).await.unwrap();
    let revoked = token(at, &side.admin, Scope::ALL, "revoked").await;
    app::tokens::revoke(app, &side.admin, revoked.id).await.unwrap();
    let short = app::tokens::NewToken {
        agent: None,
        name: "short".into(),
        scopes: Scope::ALL.to_vec(),
        expires_at: app.now().checked_add(SignedDuration::from_secs(1)).ok(),
    };
    let short = app::tokens::create(app, &side.admin, short).await.unwrap();
    let old = at.agent_cookie(&side.admin).await;
    let old_contact = at.contact_cookie(&side.ada).await;
    // Longer than any session and that token live.
    at.pass(SignedDuration::from_hours(15 * 24)).await;
    // A session that the database has, whatever became of the agent.
    let cookie = at.agent_cookie(&gone).await;
    vec![
        Caller::new("an agent who was deactivated", Who::Nobody, Proof::Cookie(cookie)),
        Caller::new("a program of the deactivated", Who::Nobody, Proof::Bearer(kept.secret)),
        Caller::new("a token that was withdrawn", Who::Nobody, Proof::Bearer(revoked.secret)),
        Caller::new("a token that has expired", Who::Nobody, Proof::Bearer(short.secret)),
        Caller::new("an old session", Who::Nobody, Proof::Cookie(old)),
        Caller::new("an old session of the portal", Who::Nobody, Proof::Cookie(old_contact)),
    ]
}

/// Somebody who only reads, of whom nothing is expected.
pub(crate) fn reader(proof: Proof) -> Caller {
    Caller::new("reader", Who::Nobody, proof)
}
