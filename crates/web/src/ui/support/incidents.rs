//! Incidents: their list, one with its tickets, and the message to everybody whom it concerns.

use std::collections::BTreeMap;

use app::incidents;
use domain::{
    access::Permission,
    id::IncidentId,
    incident::{IncidentSource, IncidentStatus},
    lang::Lang,
    ticket::kinds::Service,
};
use store::incidents::Incident;

use super::texts;
use crate::{
    form::{Form, Path},
    problem::{Answer, Problem},
    ui::{
        self,
        entry::again_status,
        shell::{Done, Page, Told},
        view::{IncidentLine, IncidentPage, IncidentsPage, LangText, TicketRef, UpdateView},
    },
};

fn address(id: IncidentId) -> String {
    format!("/incidents/{id}")
}

fn line(page: &Page, incident: &Incident, tickets: i64) -> IncidentLine {
    IncidentLine {
        id: incident.id.to_string(),
        external: match incident.source {
            IncidentSource::Microsoft => incident.external.clone(),
            IncidentSource::Declared => String::new(),
        },
        title: incident.title.clone(),
        service: incident.service.to_string(),
        status: incident.status.to_string(),
        source: incident.source.to_string(),
        since: page.reader.time(incident.started_at),
        tickets: u64::try_from(tickets).unwrap_or_default(),
    }
}

/// `GET /incidents`.
pub(crate) async fn list(page: Page) -> Answer {
    let view = list_view(&page, "", None).await?;
    page.html(&view)
}

async fn list_view(page: &Page, title: &str, problem: Option<&Problem>) -> Answer<IncidentsPage> {
    let all = incidents::list(&page.app, &page.agent).await?;
    Ok(IncidentsPage {
        notice: problem.map(|problem| ui::notice(page.reader.words, problem)),
        may_edit: page.agent.may(Permission::ServicesEdit),
        services: page.reader.choices("service", Service::ALL, None),
        title: title.to_owned(),
        incidents: all.iter().map(|(incident, tickets)| line(page, incident, *tickets)).collect(),
        shell: page.shell("incidents").await?,
    })
}

/// `POST /incidents`.
pub(crate) async fn declare(page: Page, form: Form) -> Answer {
    let title = form.get("title");
    let new = incidents::New { service: form.parse("service")?, title: title.into(), started_at: None };
    match incidents::declare(&page.app, &page.agent, new).await {
        Ok(id) => Ok(ui::see_with(&address(id), &Told::from(Done::Saved))),
        Err(error @ app::Error::Invalid { .. }) => {
            let problem = Problem::from(error);
            let view = list_view(&page, title, Some(&problem)).await?;
            ui::again(again_status(&problem), &view)
        }
        Err(error) => Err(error.into()),
    }
}

/// What was typed of a message, if it could not be taken.
#[derive(Debug, Default)]
struct Typed {
    texts: BTreeMap<Lang, String>,
    english: bool,
}

/// `GET /incidents/{id}`.
pub(crate) async fn show(page: Page, Path(id): Path<IncidentId>) -> Answer {
    let view = view(&page, id, &Typed::default(), None).await?;
    page.html(&view)
}

async fn view(page: &Page, id: IncidentId, typed: &Typed, problem: Option<&Problem>) -> Answer<IncidentPage> {
    let words = page.reader.words;
    let all = incidents::get(&page.app, &page.agent, id).await?;
    let count = i64::try_from(all.tickets.len()).unwrap_or(i64::MAX);
    // English stands for what is missing, if that is chosen; so it can be written though nobody speaks it.
    let mut languages: BTreeMap<Lang, i64> = all.languages.iter().copied().collect();
    languages.entry(Lang::En).or_insert(0);
    let language = |(lang, count): (&Lang, &i64)| {
        let args = [("language", lang.own_name().into()), ("n", (*count).into())];
        LangText {
            lang: lang.to_string(),
            name: words.f("incident-inform-language", &args),
            text: typed.texts.get(lang).cloned().unwrap_or_default(),
        }
    };
    Ok(IncidentPage {
        notice: problem.map(|problem| ui::notice(words, problem)),
        version: u64::try_from(all.incident.version).unwrap_or_default(),
        may_edit: page.agent.may(Permission::ServicesEdit),
        statuses: page.reader.choices("incident-status", IncidentStatus::ALL, Some(all.incident.status)),
        tickets: all
            .tickets
            .iter()
            .map(|ticket| TicketRef {
                number: u64::try_from(ticket.number).unwrap_or_default(),
                subject: ticket.subject.clone(),
                state: ticket.state.to_string(),
                changed: page.reader.time(ticket.last_at),
            })
            .collect(),
        languages: languages.iter().map(language).collect(),
        english: typed.english,
        updates: all
            .updates
            .iter()
            .map(|(update, outcomes)| UpdateView {
                time: page.reader.time(update.at),
                texts: texts(&update.texts.0).into_iter().filter(|text| !text.text.is_empty()).collect(),
                outcomes: outcomes
                    .iter()
                    .map(|(outcome, count)| format!("{}: {count}", words.word("informed", outcome.word())))
                    .collect(),
            })
            .collect(),
        incident: line(page, &all.incident, count),
        shell: page.shell("incidents").await?,
    })
}

/// `POST /incidents/{id}`.
pub(crate) async fn change(page: Page, Path(id): Path<IncidentId>, form: Form) -> Answer {
    let (status, seen) = (form.parse("status")?, form.parse("version")?);
    match incidents::change(&page.app, &page.agent, id, form.get("title"), status, seen).await {
        Ok(()) => Ok(ui::see_with(&address(id), &Told::from(Done::Saved))),
        Err(error @ (app::Error::Invalid { .. } | app::Error::Stale)) => {
            let problem = Problem::from(error);
            let view = view(&page, id, &Typed::default(), Some(&problem)).await?;
            ui::again(again_status(&problem), &view)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /incidents/{id}/inform`.
pub(crate) async fn inform(page: Page, Path(id): Path<IncidentId>, form: Form) -> Answer {
    let text = |lang: &Lang| form.find(&format!("text-{lang}")).map(|text| (*lang, text.to_owned()));
    let typed = Typed { texts: Lang::ALL.iter().filter_map(text).collect(), english: form.on("english") };
    match incidents::update(&page.app, &page.agent, id, typed.texts.clone(), typed.english).await {
        Ok(_) => Ok(ui::see_with(&address(id), &Told::from(Done::Informing))),
        Err(error @ (app::Error::Invalid { .. } | app::Error::Refused(_))) => {
            let problem = Problem::from(error);
            let view = view(&page, id, &typed, Some(&problem)).await?;
            ui::again(again_status(&problem), &view)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /incidents/{id}/resolve`.
pub(crate) async fn resolve(page: Page, Path(id): Path<IncidentId>) -> Answer {
    incidents::resolve_all(&page.app, &page.agent, id).await?;
    Ok(ui::see_with(&address(id), &Told::from(Done::ResolvedAll)))
}
