//! A ticket that an agent files for somebody: a call, a visit.

use app::{App, Error, catalogue::Asked, customers, tickets::NewTicket};
use axum::http::StatusCode;
use domain::{
    clock::promise::Targets,
    id::{AgentId, ContactId, CustomerId, DeskId},
    ticket::kinds::{Channel, Kind, Service, Severity},
};
use text::format;

use super::{
    pieces::{Reader, choice, person},
    see_with,
    shell::{Done, Page},
    view,
};
use crate::{
    form::{Fields, Form, Query},
    problem::{Answer, Problem},
};

/// How such a ticket can have come.
const CHANNELS: &[Channel] = &[Channel::Phone, Channel::Mail, Channel::Portal];

/// `GET /tickets/new`.
pub(crate) async fn show(page: Page, query: Query) -> Answer {
    let form = of(&page, &query, None).await?;
    page.html(&form)
}

/// What the form means so far; what is not chosen is the likeliest.
struct Chosen {
    channel: Channel,
    kind: Kind,
    service: Service,
    severity: Severity,
}

impl Chosen {
    fn of(fields: &Fields) -> Self {
        Self {
            channel: fields.get("channel").parse().unwrap_or(Channel::Phone),
            kind: fields.get("kind").parse().unwrap_or(Kind::Technical),
            service: fields.get("service").parse().unwrap_or(Service::Microsoft365),
            severity: fields.get("severity").parse().unwrap_or(Severity::C),
        }
    }
}

async fn of(page: &Page, fields: &Fields, problem: Option<&Problem>) -> Answer<view::NewTicketPage> {
    let chosen = Chosen::of(fields);
    let (matches, guessed) = matches(page, fields).await?;
    let reader = &page.reader;
    let assignee = fields.get("assignee").parse::<AgentId>().ok();
    let words = reader.words;
    let mut assignees = vec![choice("", words.t("nobody"), assignee.is_none())];
    assignees.push(choice(page.agent.id, page.agent.name.as_str(), assignee == Some(page.agent.id)));
    Ok(view::NewTicketPage {
        shell: page.shell("new").await?,
        notice: problem.map(|problem| super::notice(words, problem)),
        who: fields.get("who").into(),
        matches,
        guessed,
        email: fields.get("email").into(),
        name: fields.get("name").into(),
        subject: fields.get("subject").into(),
        text: fields.get("text").into(),
        channels: reader.choices("channel", CHANNELS, Some(chosen.channel)),
        services: reader.choices("service", Service::ALL, Some(chosen.service)),
        kinds: reader.choices("kind", &app::tickets::kinds(&page.agent), Some(chosen.kind)),
        severities: reader.choices("severity", Severity::ALL, Some(chosen.severity)),
        assignees,
        // A form that was not sent yet has no text, and would confirm.
        acknowledge: fields.find("text").is_none() || fields.on("acknowledge"),
        promises: promises(
            &page.app,
            page.agent.desk,
            &page.reader,
            asked(page, fields, &chosen).await?,
            chosen.severity,
        )
        .await?,
    })
}

/// Whose matter it would be, as far as the form says.
async fn asked(page: &Page, fields: &Fields, chosen: &Chosen) -> Answer<Asked> {
    let (service, kind) = (chosen.service, chosen.kind);
    let mut customer = fields.get("customer").parse::<CustomerId>().ok();
    if let Ok(contact) = fields.get("contact").parse::<ContactId>() {
        let unit = page.app.store.read::<_, store::Error, _>(page.agent.desk, move |tx| {
            Box::pin(store::parties::affiliations(tx, contact))
        });
        if let [only] = unit.await?.as_slice() {
            customer = Some(only.customer);
        }
    }
    Ok(Asked { customer, service, kind })
}

/// Who the caller may be: by what was typed, or everybody of the customer from whose page the agent came; and who is chosen
/// only because no other is there.
async fn matches(page: &Page, fields: &Fields) -> Answer<(Vec<view::ContactMatch>, Option<String>)> {
    let guessed = fields.get("guessed").parse::<ContactId>().ok();
    let chosen = fields.get("contact").parse::<ContactId>().ok().filter(|chosen| guessed != Some(*chosen));
    let who = fields.get("who").trim();
    if who.is_empty() {
        let Ok(customer) = fields.get("customer").parse::<CustomerId>() else {
            return Ok((Vec::new(), None));
        };
        let customer = customers::get(&page.app, &page.agent, customer).await?;
        let one = |contact: &store::parties::Contact| view::ContactMatch {
            id: contact.id.to_string(),
            person: person(&contact.name, contact.id),
            email: contact.email.as_ref().map(ToString::to_string).unwrap_or_default(),
            phone: contact.phone.clone().unwrap_or_default(),
            customer: customer.customer.name.clone(),
            chosen: chosen == Some(contact.id),
        };
        return Ok((customer.contacts.iter().map(one).collect(), None));
    }
    let found = customers::find_caller(&page.app, &page.agent, who).await?;
    let only = found.iter().all(|other| found.first().is_some_and(|first| first.contact == other.contact));
    let one = |found: store::parties::Found| view::ContactMatch {
        person: person(&found.name, found.contact),
        id: found.contact.to_string(),
        email: found.email.unwrap_or_default(),
        phone: found.phone.unwrap_or_default(),
        customer: found.customer_name.unwrap_or_default(),
        chosen: only || chosen == Some(found.contact),
    };
    // Somebody of several customers stands here once.
    let mut matches: Vec<view::ContactMatch> = Vec::with_capacity(found.len());
    for found in found {
        let found = one(found);
        match matches.iter_mut().find(|known| known.id == found.id) {
            Some(known) => known.customer = format!("{}, {}", known.customer, found.customer),
            None => matches.push(found),
        }
    }
    let guessed = matches.first().filter(|one| only && chosen.is_none() && !one.id.is_empty());
    let guessed = guessed.map(|one| one.id.clone());
    Ok((matches, guessed))
}

/// What such a request of this severity is promised that comes now: what is shown before sending is what the ticket
/// gets.
pub(crate) async fn promises(
    app: &App,
    desk: DeskId,
    reader: &Reader,
    asked: Asked,
    severity: Severity,
) -> Answer<Vec<view::PromiseLine>> {
    let promise = app::tickets::promised(app, desk, asked, severity).await?;
    let Targets { first_response, resolution, .. } = promise.targets;
    let words = reader.words;
    let line = |(word, target): (&str, Option<domain::clock::promise::Seconds>)| {
        let due = promise.due(target)?;
        let time = format::duration_working(words, i64::from(target?.get()));
        Some(view::PromiseLine {
            promise: word.into(),
            due: reader.near(due),
            target: words
                .f("clock-target", &[("time", time.into()), ("calendar", promise.hours.as_str().into())]),
        })
    };
    Ok([("first_response", first_response), ("resolution", resolution)]
        .into_iter()
        .filter_map(line)
        .collect())
}

/// `POST /tickets/new`.
pub(crate) async fn file(page: Page, form: Form) -> Answer {
    match filed(&page, &form).await {
        Ok(opened) => Ok(see_with(&format!("/tickets/{}", opened.number), &Done::Filed.into())),
        Err(error @ Error::Invalid { .. }) => {
            let again = of(&page, &form, Some(&error.into())).await?;
            super::again(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(error) => Err(error.into()),
    }
}

async fn filed(page: &Page, form: &Form) -> app::Result<app::tickets::Opened> {
    let contact = match form.optional("contact")? {
        Some(contact) => contact,
        None => new_contact(page, form).await?,
    };
    let channel: Channel = form.parse("channel")?;
    if !CHANNELS.contains(&channel) {
        return Err(Error::invalid("channel", "unknown"));
    }
    let take: Option<AgentId> = form.optional("assignee")?;
    let new = NewTicket {
        channel,
        contact: Some(contact),
        customer: form.optional("customer")?,
        kind: form.parse("kind")?,
        service: form.parse("service")?,
        severity: form.parse("severity")?,
        subject: form.get("subject").into(),
        text: form.get("text").into(),
        files: form.files.clone(),
        take: take == Some(page.agent.id),
        acknowledge: form.on("acknowledge"),
    };
    app::tickets::file_for_customer(&page.app, &page.agent, new).await
}

/// The caller is new.
async fn new_contact(page: &Page, form: &Form) -> app::Result<ContactId> {
    if form.get("email").is_empty() && form.get("name").is_empty() {
        return Err(Error::invalid("contact", "required"));
    }
    let desk = page
        .app
        .store
        .read::<_, store::Error, _>(page.agent.desk, |tx| Box::pin(store::people::settings(tx)));
    let (settings, _) = desk.await?;
    let person = customers::Person {
        name: form.get("name").into(),
        email: form.get("email").into(),
        phone: String::new(),
        lang: settings.lang,
        customers: Vec::new(),
    };
    customers::create_contact(&page.app, &page.agent, person).await
}
