//! A ticket that reports a weakness, on its page: where it goes, who sees it, and who is let in.

use app::{
    tickets::{self, TicketView},
    vehicles,
};
use domain::{email_address::EmailAddress, id::AgentId, vehicle::Instead};

use super::address;
use crate::{
    form::{Form, Path},
    problem::Answer,
    ui::{
        pieces::{choice, person},
        see,
        shell::Page,
        view,
    },
};

/// What the page shows of who sees a ticket; nothing where roles say it.
pub(super) fn view(page: &Page, ticket: &TicketView) -> Option<view::CirclePanel> {
    let circle = &ticket.ticket.circle.as_ref()?.0;
    let words = page.reader.words;
    let name = |agent: AgentId| ticket.names.get(&agent.uuid()).cloned().unwrap_or_default();
    let one = |person, reason: &str, id: Option<AgentId>| view::CirclePerson {
        person,
        reason: words.t(reason).into_owned(),
        id: id.map(|id| id.to_string()).filter(|_| ticket.may_work),
    };
    let mut people = Vec::new();
    let owner = ticket.ticket.assignee;
    people.extend(owner.map(|agent| one(person(&name(agent), agent), "circle-assignee", None)));
    let let_in = circle.agents().filter(|agent| Some(*agent) != owner);
    people.extend(let_in.map(|agent| one(person(&name(agent), agent), "circle-let-in-by-name", Some(agent))));
    if let Some(contact) = &ticket.contact {
        let email = contact.email.as_ref().map(EmailAddress::as_str).unwrap_or_default();
        let name = if contact.name.is_empty() { email } else { &contact.name };
        people.push(one(person(name, contact.id), "circle-asked", None));
    }
    people.extend(ticket.followers.iter().map(|f| one(person(&f.name, f.id), "circle-follows", None)));
    Some(view::CirclePanel {
        portal: vehicles::MSRC.into(),
        people,
        strangers: ticket.strangers.iter().map(|(id, name)| choice(id, name.as_str(), false)).collect(),
        may_work: ticket.may_work,
    })
}

/// `POST /tickets/{number}/circle`: lets an agent in, puts one out, or begins the answer to whoever reports a weakness.
pub(crate) async fn change(page: Page, Path(number): Path<i64>, form: Form) -> Answer {
    let ticket = tickets::find(&page.app, &page.agent, number).await?;
    if form.get("answer") == Instead::Msrc.word() {
        let shown = tickets::view(&page.app, &page.agent, number).await?;
        let name = shown.contact.as_ref().map(|c| c.name.as_str()).filter(|name| !name.is_empty());
        let text = vehicles::answer_template(Instead::Msrc, ticket.lang, name, ticket.service, None)
            .unwrap_or_default();
        super::diagnosis::add_to_reply(&page, ticket.id, text).await?;
        return Ok(see(&format!("{}#composer", address(number))));
    }
    let one =
        |field: &'static str| -> Answer<Vec<AgentId>> { Ok(form.optional(field)?.into_iter().collect()) };
    let (let_in, put_out) = (one("agent")?, one("put_out")?);
    tickets::change_circle(&page.app, &page.agent, ticket.id, let_in, put_out, None).await?;
    Ok(see(&address(number)))
}
