//! A new request. What is promised stands on the page before it is sent, and is what the request gets.

use app::{
    catalogue::Asked,
    portal::{self, Request},
};
use domain::{
    id::CustomerId,
    ticket::kinds::{Kind, Service, Severity},
};

use super::{Page, to};
use crate::{
    form::{Fields, Form, Query},
    problem::{Answer, Problem},
    ui::{
        self,
        charging::explained,
        entry::again_status,
        new_ticket::promises,
        pieces::choice,
        view::{HelpArticle, HelpNewPage},
    },
};

/// `GET /help/new`, also for the promise of what is being typed.
pub(crate) async fn show(page: Page, query: Query) -> Answer {
    let view = view(&page, &query, None).await?;
    page.html(&view)
}

async fn view(page: &Page, fields: &Fields, problem: Option<&Problem>) -> Answer<HelpNewPage> {
    let service = fields.optional::<Service>("service").ok().flatten();
    let kind = fields.optional::<Kind>("kind").ok().flatten().unwrap_or(Kind::Technical);
    let severity = fields.optional::<Severity>("severity").ok().flatten().unwrap_or(Severity::C);
    let customer = fields.optional::<CustomerId>("customer").ok().flatten();
    let all = portal::customers(&page.app, &page.contact).await?;
    let customer = customer.filter(|id| all.iter().any(|at| at.customer == *id));
    let chosen = customer.or(all.first().map(|first| first.customer));
    // Where nothing is chosen yet, the first of the list is.
    let asked = Asked { customer: chosen, service: service.unwrap_or(Service::Microsoft365), kind };
    // Somebody who belongs to nobody's customer is not told what others have agreed.
    let entitled =
        app::charging::preview(&page.app, page.contact.desk, chosen, asked.service, asked.kind).await?;
    Ok(HelpNewPage {
        shell: page.shell("new").await?,
        notice: problem.map(|problem| ui::notice(page.reader.words, problem)),
        services: page.reader.choices("service", Service::ALL, service),
        kinds: page.reader.choices("kind", Kind::ALL, Some(kind)),
        severities: page.reader.choices("severity", Severity::ALL, Some(severity)),
        customers: all
            .iter()
            .map(|at| choice(at.customer, at.name.as_str(), chosen == Some(at.customer)))
            .collect(),
        subject: fields.get("subject").to_owned(),
        text: fields.get("text").to_owned(),
        articles: suggestions(page, fields, service).await?,
        charged: explained(page.reader.words, &entitled),
        promises: promises(&page.app, page.contact.desk, &page.reader, asked, severity).await?,
    })
}

/// Articles that may make the request needless.
async fn suggestions(page: &Page, fields: &Fields, service: Option<Service>) -> Answer<Vec<HelpArticle>> {
    let (desk, lang) = (page.contact.desk, page.contact.lang);
    let all = app::articles::suggest_public(&page.app, desk, fields.get("subject"), service, lang).await?;
    Ok(all.iter().filter_map(super::articles::line).collect())
}

/// `POST /help/new`.
pub(crate) async fn send(page: Page, mut form: Form) -> Answer {
    let files = std::mem::take(&mut form.files);
    let error = match request(&form) {
        Ok(request) => match portal::ask(&page.app, &page.contact, Request { files, ..request }).await {
            Ok(opened) => return Ok(to(opened.number)),
            Err(error) => error,
        },
        Err(error) => error,
    };
    match error {
        app::Error::Invalid { .. } | app::Error::Refused(_) => {
            let problem = Problem::from(error);
            let view = view(&page, &form, Some(&problem)).await?;
            ui::again(again_status(&problem), &view)
        }
        other => Err(other.into()),
    }
}

/// What was asked. A value that the form does not offer is refused, whoever may use it elsewhere.
fn request(form: &Form) -> Result<Request, app::Error> {
    Ok(Request {
        kind: form.parse("kind")?,
        service: form.parse("service")?,
        severity: form.parse("severity")?,
        subject: form.get("subject").to_owned(),
        text: form.get("text").to_owned(),
        customer: form.optional("customer")?,
        files: Vec::new(),
    })
}
