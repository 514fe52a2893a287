//! Changing a ticket: what it is, whose it is, who has it. Any of it at once, at one version, or none of it.

use std::sync::Arc;

use domain::{
    access::{Permission, Rights, Visibility},
    deed::Deed,
    id::{AgentId, ContactId, CustomerId, TeamId, TicketId},
    ticket::{
        kinds::{Kind, Service, Severity},
        notice::Occasion,
        timeline::Event,
    },
};
use jiff::{SignedDuration, Timestamp};
use store::{Json, Tx, search};

use super::{Hand, open, work};
use crate::{Agent, App, Error, Result, charging, error, jobs, live};

/// The most tags of a ticket, and the longest tag in characters.
const TAGS: (usize, usize) = (20, 40);
/// For how long a ticket is put aside at most.
const LONGEST_SNOOZE: SignedDuration = SignedDuration::from_hours(24 * 366);

/// What is changed of a ticket; what is not given stays, and an inner `None` clears.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// What it is called.
    pub subject: Option<String>,
    /// The kind.
    pub kind: Option<Kind>,
    /// The service.
    pub service: Option<Service>,
    /// The severity: it re-bases the promises from the opening.
    pub severity: Option<Severity>,
    /// Who asked: answers go there from now on.
    pub contact: Option<Option<ContactId>>,
    /// Whose it is. With another contact and nothing given: the customer that it had if the contact belongs to it,
    /// or else the contact's only one.
    pub customer: Option<Option<CustomerId>>,
    /// The agent who has it.
    pub assignee: Option<Option<AgentId>>,
    /// The team that has it.
    pub team: Option<Option<TeamId>>,
    /// Its tags: these and no others.
    pub tags: Option<Vec<String>>,
    /// Until when it is put aside: it waits, and comes back then, when its customer writes, when it is moved, or when a
    /// promise is about to run out.
    pub snoozed_until: Option<Option<Timestamp>>,
}

impl Change {
    pub(super) fn checked(self) -> Result<Self> {
        let subject = self.subject.map(|s| error::line("subject", &s, open::SUBJECT)).transpose()?;
        let tags = self.tags.map(|tags| checked_tags(&tags)).transpose()?;
        // As exactly as it is stored.
        let exact = |at: Timestamp| Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at);
        let snoozed_until = self.snoozed_until.map(|until| until.map(exact));
        Ok(Self { subject, tags, snoozed_until, ..self })
    }
}

pub(super) fn checked_tags(tags: &[String]) -> Result<Vec<String>> {
    let mut clean = Vec::with_capacity(tags.len().min(TAGS.0));
    for tag in tags {
        let tag = error::line("tags", tag, TAGS.1)?.to_lowercase();
        if clean.contains(&tag) {
            continue;
        }
        if clean.len() == TAGS.0 {
            return Err(Error::invalid("tags", "too-many"));
        }
        clean.push(tag);
    }
    Ok(clean)
}

/// Changes a ticket on which the agent may work. `seen` is the version that the agent looked at, if it insists on it.
///
/// # Errors
/// [`Error::Stale`] if the ticket is not at `seen` any more. [`Error::Forbidden`] for a kind on which the agent may
/// not work, and for another contact or customer without [`Permission::CustomersView`]. [`Error::Invalid`] for an
/// agent, team, contact or customer that is not there, an agent who may not work on the kind, a customer to which
/// the contact does not belong, texts that are not lines, and a time that has passed. [`Error::Refused`] `wrong-state` to put
/// aside what is resolved or closed. Then nothing is changed.
pub async fn change(app: &App, agent: &Agent, id: TicketId, to: Change, seen: Option<i64>) -> Result<()> {
    let now = app.now();
    let unit = Arc::new((agent.clone(), to.checked()?, app.ids(now)));
    let told: Option<live::Change> = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, to, ids) = &*unit;
                let mut hand = work::take(tx, agent, id, seen, ids.clone(), now).await?;
                let before = hand.ticket.clone();
                apply(tx, &mut hand, agent, to, now).await?;
                if hand.ticket == before {
                    return Ok(None);
                }
                let given = hand.ticket.assignee.filter(|to| before.assignee != Some(*to) && *to != agent.id);
                if let Some(to) = given {
                    let job = jobs::notify(&mut ids.after(), id, to, Occasion::Assigned, now);
                    store::queue::enqueue(tx, now, &job).await?;
                }
                hand.put(tx, Deed::TicketChange).await.map(Some)
            })
        })
        .await?;
    if let Some(change) = told {
        app.live.tell(change);
        app.wake();
    }
    Ok(())
}

/// Makes the changes that are asked for, as far as they are any.
pub(super) async fn apply(
    tx: &mut Tx,
    hand: &mut Hand,
    agent: &Agent,
    to: &Change,
    now: Timestamp,
) -> Result<()> {
    let kind_before = hand.ticket.kind;
    let matter = |t: &store::tickets::Ticket| (t.kind, t.service, t.severity, t.customer);
    let before = matter(&hand.ticket);
    if let Some(subject) = to.subject.as_ref().filter(|s| **s != hand.ticket.subject) {
        rename(tx, hand, subject).await?;
    }
    classify(hand, agent, to)?;
    set_requester(tx, hand, agent, to).await?;
    if matter(&hand.ticket) != before {
        hand.promise_anew(tx).await?;
        charging::redecide(tx, &hand.ticket, &mut hand.more_ids(), now).await?;
    }
    assign(tx, hand, to, kind_before).await?;
    if let Some(tags) = to.tags.as_ref().filter(|tags| **tags != hand.ticket.tags.0) {
        hand.ticket.tags = Json(tags.clone());
        hand.append(Event::Tagged { tags: tags.clone() });
    }
    match to.snoozed_until {
        Some(until) if until != hand.ticket.snoozed_until => snooze(hand, until, now),
        Some(_) | None => Ok(()),
    }
}

fn snooze(hand: &mut Hand, until: Option<Timestamp>, now: Timestamp) -> Result<()> {
    if until.is_some() && !hand.ticket.state.is_active() {
        return Err(Error::Refused("wrong-state"));
    }
    if until.is_some_and(|until| until <= now) {
        return Err(Error::invalid("snoozed_until", "past"));
    }
    if until.is_some_and(|until| until.duration_since(now) > LONGEST_SNOOZE) {
        return Err(Error::invalid("snoozed_until", "too-far"));
    }
    hand.ticket.snoozed_until = until;
    hand.append(Event::Snoozed { until });
    Ok(())
}

async fn rename(tx: &mut Tx, hand: &mut Hand, subject: &str) -> Result<()> {
    search::remove(tx, hand.ticket.id, search::Part::Subject).await?;
    let terms = search::analyse(subject, hand.ticket.lang);
    hand.index(None, Visibility::Public, &terms);
    hand.ticket.subject = subject.to_owned();
    hand.append(Event::Renamed { subject: subject.to_owned() });
    Ok(())
}

fn classify(hand: &mut Hand, agent: &Agent, to: &Change) -> Result<()> {
    let t = &mut hand.ticket;
    let kind = to.kind.filter(|kind| *kind != t.kind);
    let service = to.service.filter(|service| *service != t.service);
    let severity = to.severity.filter(|severity| *severity != t.severity);
    // Nobody gives a ticket out of its own hands by calling it something else.
    if kind.is_some_and(|kind| !agent.rights.may_work(kind)) {
        return Err(Error::Forbidden);
    }
    if kind.is_none() && service.is_none() && severity.is_none() {
        return Ok(());
    }
    (t.kind, t.service) = (kind.unwrap_or(t.kind), service.unwrap_or(t.service));
    t.severity = severity.unwrap_or(t.severity);
    hand.append(Event::Classified { kind, service, severity });
    Ok(())
}

/// Sets who asked, and whose it is.
async fn set_requester(tx: &mut Tx, hand: &mut Hand, agent: &Agent, to: &Change) -> Result<()> {
    let t = &hand.ticket;
    let contact = to.contact.unwrap_or(t.contact);
    if (contact, to.customer.unwrap_or(t.customer)) == (t.contact, t.customer) {
        return Ok(());
    }
    agent.require(Permission::CustomersView)?;
    let customer = match (to.customer, contact) {
        (Some(None), _) => None,
        (Some(Some(customer)), contact) => open::requester(tx, contact, Some(customer)).await?.customer,
        (None, None) => t.customer,
        (None, Some(contact)) => {
            let theirs = store::parties::affiliations(tx, contact).await?;
            let stays = t.customer.filter(|own| theirs.iter().any(|a| a.customer == *own));
            open::requester(tx, Some(contact), stays).await?.customer
        }
    };
    if let Some(contact) = contact {
        hand.ticket.lang = open::requester(tx, Some(contact), customer).await?.lang;
    }
    (hand.ticket.contact, hand.ticket.customer) = (contact, customer);
    hand.append(Event::Requester { contact, customer });
    Ok(())
}

/// Gives it to an agent and a team. Whoever has it after the change may work on what it then is.
async fn assign(tx: &mut Tx, hand: &mut Hand, to: &Change, kind_before: Kind) -> Result<()> {
    let t = &hand.ticket;
    let before = (t.assignee, t.team);
    let (assignee, team) = (to.assignee.unwrap_or(before.0), to.team.unwrap_or(before.1));
    if let Some(whom) = assignee
        && (assignee != before.0 || t.kind != kind_before)
    {
        let whom = store::people::agent(tx, whom).await?.filter(|a| a.active);
        let whom = whom.ok_or(Error::invalid("assignee", "unknown"))?;
        if !Rights::of(&whom.roles.0).may_work(t.kind) {
            return Err(Error::invalid("assignee", "cannot-work"));
        }
    }
    if (assignee, team) == before {
        return Ok(());
    }
    if let Some(team) = team.filter(|team| before.1 != Some(*team))
        && !store::people::teams(tx).await?.iter().any(|t| t.id == team)
    {
        return Err(Error::invalid("team", "unknown"));
    }
    (hand.ticket.assignee, hand.ticket.team) = (assignee, team);
    hand.append(Event::Assigned { agent: assignee, team });
    Ok(())
}
