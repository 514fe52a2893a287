//! The sample data as it is written in `sample.toml`.

use domain::{
    access::Role,
    lang::Lang,
    party::{DeskKind, Sees},
    ticket::{
        kinds::{Kind, Service, Severity},
        lifecycle::Action,
    },
};
use serde::Deserialize;

use super::chain::Pass;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Script {
    #[serde(rename = "desk")]
    pub(super) desks: Vec<Desk>,
    #[serde(rename = "ticket")]
    pub(super) tickets: Vec<Ticket>,
}

/// A desk; the first agent is its Global admin.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Desk {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) kind: DeskKind,
    pub(super) lang: Lang,
    pub(super) timezone: String,
    pub(super) mailboxes: Vec<Mailbox>,
    pub(super) agents: Vec<Agent>,
    #[serde(default)]
    pub(super) teams: Vec<Team>,
    pub(super) customers: Vec<Customer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mailbox {
    pub(super) name: String,
    pub(super) address: String,
    pub(super) kind: Kind,
    pub(super) service: Service,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Agent {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: Role,
    pub(super) lang: Lang,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Team {
    pub(super) name: String,
    pub(super) members: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Customer {
    pub(super) name: String,
    pub(super) lang: Lang,
    pub(super) timezone: String,
    pub(super) domain: String,
    #[serde(default)]
    pub(super) note: String,
    pub(super) contacts: Vec<Contact>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Contact {
    pub(super) name: String,
    pub(super) email: String,
    #[serde(default)]
    pub(super) phone: String,
    #[serde(default = "own")]
    pub(super) sees: Sees,
}

const fn own() -> Sees {
    Sees::Own
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ticket {
    pub(super) from: String,
    /// The local part of the mailbox to which it was written; the desk's first without one.
    pub(super) to: Option<String>,
    #[serde(default)]
    pub(super) via: Via,
    /// So many days ago, at a time of day in the desk's zone …
    pub(super) day: Option<i64>,
    #[serde(default)]
    pub(super) at: jiff::civil::Time,
    /// … or so many minutes ago.
    pub(super) ago: Option<i64>,
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) kind: Option<Kind>,
    pub(super) service: Option<Service>,
    pub(super) severity: Option<Severity>,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    #[serde(default)]
    pub(super) files: Vec<String>,
    #[serde(default)]
    pub(super) then: Vec<Step>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Via {
    #[default]
    Mail,
    Portal,
    Phone,
}

/// What happens to a ticket, so many hours after it came.
#[derive(Deserialize)]
pub(super) struct Step {
    pub(super) after: f64,
    #[serde(flatten)]
    pub(super) what: What,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum What {
    /// The customer writes.
    Customer { customer: String },
    /// An agent answers; the agent is named by the local part of the address.
    Reply {
        agent: String,
        reply: String,
        and: And,
        #[serde(default)]
        files: Vec<String>,
    },
    /// An agent makes a note.
    Note { agent: String, note: String },
    /// An agent makes a move.
    Move { agent: String, action: Action },
    /// Something passes between desks.
    Pass {
        agent: String,
        #[serde(flatten)]
        pass: Pass,
    },
}

impl What {
    /// The agent who does it, if one does.
    pub(super) fn agent(&self) -> Option<&str> {
        match self {
            What::Customer { .. } => None,
            What::Reply { agent, .. }
            | What::Note { agent, .. }
            | What::Move { agent, .. }
            | What::Pass { agent, .. } => Some(agent),
        }
    }
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum And {
    Nothing,
    Wait,
    Resolve,
}

/// The script of this program.
///
/// # Errors
/// It cannot be read; a test says so first.
pub(super) fn read() -> Result<Script, toml::de::Error> {
    toml::from_str(include_str!("sample.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_whole() {
        let script = read().unwrap();
        let agents: Vec<&str> = script
            .desks
            .iter()
            .flat_map(|desk| &desk.agents)
            .filter_map(|agent| agent.email.split('@').next())
            .collect();
        for ticket in &script.tickets {
            for (step, next) in ticket.then.iter().zip(ticket.then.iter().skip(1)) {
                assert!(step.after < next.after, "{}", ticket.subject);
            }
            for agent in ticket.then.iter().filter_map(|step| step.what.agent()) {
                assert!(agents.contains(&agent), "{}: {agent}", ticket.subject);
            }
        }
        for role in Role::ALL {
            assert!(script.desks[0].agents.iter().any(|agent| agent.role == *role), "{role}");
        }
    }
}
