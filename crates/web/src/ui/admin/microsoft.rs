//! The connection to Microsoft: its settings, consent, how it fares, and customers that nobody knows.

use std::collections::BTreeMap;

use app::{
    Error,
    microsoft::{self, Connection, Consenting, Health, Link, Settings, State, What},
};
use axum::{http::HeaderMap, response::Response};
use domain::cloud::Cloud;
use store::microsoft::read::{HealthIssue, PartnerLink};
use uuid::Uuid;

use super::{correctable, saved};
use crate::{
    form::{Form, Path, Query},
    guard::SessionToken,
    problem::{Answer, Problem},
    session::Door,
    ui::{
        self,
        entry::again_status,
        pieces::choice,
        shell::{Done, Page, Told},
        view::{IssueLine, MicrosoftForm, MicrosoftPage, MicrosoftStanding, ReadingLine, TenantOffer},
    },
};

const PATH: &str = "/admin/settings/microsoft";
/// How many tenants are offered at once, and how many customers for each.
const OFFERS: (usize, i64) = (20, 100);

/// `GET /admin/settings/microsoft`.
pub(crate) async fn show(page: Page) -> Answer {
    let view = view(&page, None, None).await?;
    page.html(&view)
}

/// What was typed into the form and could not be saved: as it was typed.
struct Typed<'f>(&'f Form);

async fn view(page: &Page, typed: Option<Typed<'_>>, problem: Option<&Problem>) -> Answer<MicrosoftPage> {
    let (app, agent) = (&page.app, &page.agent);
    let connection = microsoft::connection(app, agent).await?;
    let standing = microsoft::standing(app, agent).await?;
    let offered = microsoft::unlinked(app, agent).await?;
    let customers = match offered.is_empty() {
        true => Vec::new(),
        false => app::customers::list(app, agent, "", None, OFFERS.1).await?,
    };
    let offer = |(tenant, alike): &(store::tenants::Tenant, Option<store::parties::Customer>)| TenantOffer {
        id: tenant.tenant.clone(),
        name: tenant.name.clone(),
        domain: tenant.domain.clone(),
        alike: alike.as_ref().map(|customer| customer.id.to_string()).unwrap_or_default(),
    };
    // One of the same name is offered even if there are too many to offer all.
    let mut choices: Vec<_> =
        customers.iter().map(|customer| choice(customer.id, customer.name.as_str(), false)).collect();
    for customer in offered.iter().filter_map(|(_, alike)| alike.as_ref()) {
        let id = customer.id.to_string();
        if !choices.iter().any(|known| known.value == id) {
            choices.push(choice(id, customer.name.as_str(), false));
        }
    }
    Ok(MicrosoftPage {
        shell: page.shell("settings").await?,
        notice: problem.map(|problem| ui::notice(page.reader.words, problem)),
        go: None,
        standing: connection.as_ref().map(|connection| fares(page, connection)),
        form: form_of(page, connection.as_ref(), typed.as_ref()),
        tenants: u64::try_from(standing.tenants).unwrap_or_default(),
        unlinked: u64::try_from(standing.unlinked).unwrap_or_default(),
        offers: offered.iter().take(OFFERS.0).map(offer).collect(),
        customers: choices,
        issues: everybodys(page, &standing.issues),
        partners: standing.partners.iter().map(partner).collect(),
        profile: standing.profile.iter().flatten().filter(|line| !line.is_empty()).cloned().collect(),
        profile_differs: standing.profile_fits == Some(false),
    })
}

fn partner(partner: &PartnerLink) -> [String; 2] {
    let beside = [partner.mpn_id.as_str(), partner.country.as_str()];
    [
        partner.name.clone(),
        beside.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" · "),
    ]
}

fn form_of(page: &Page, connection: Option<&Connection>, typed: Option<&Typed<'_>>) -> MicrosoftForm {
    let cloud = typed.and_then(|Typed(form)| form.parse("cloud").ok());
    let cloud = cloud.or(connection.map(|known| known.cloud)).unwrap_or(Cloud::Commercial);
    let text = |name: &str, known: Option<String>| match typed {
        Some(Typed(form)) => form.get(name).to_owned(),
        None => known.unwrap_or_default(),
    };
    MicrosoftForm {
        version: connection.map(|known| known.version.to_string()).unwrap_or_default(),
        clouds: page.reader.choices("microsoft-cloud", Cloud::ALL, Some(cloud)),
        tenant: text("tenant", connection.map(|known| known.tenant.to_string())),
        application: text("application", connection.map(|known| known.application.to_string())),
        adds_customers: match typed {
            Some(Typed(form)) => form.on("adds_customers"),
            None => connection.is_some_and(|known| known.adds_customers),
        },
        back: microsoft::back(&page.app),
    }
}

/// The colour of a state.
pub(crate) fn tone(state: State) -> &'static str {
    match state {
        State::Current => "done",
        State::Never | State::Throttled | State::NotOffered | State::Unconsented => "warning",
        State::Consent | State::Failing | State::Refused | State::NoAdmin | State::Gone => "error",
    }
}

fn fares(page: &Page, connection: &Connection) -> MicrosoftStanding {
    let time = |at| page.reader.time(at);
    let Health { state, detail, until, current_at, .. } = &connection.health;
    MicrosoftStanding {
        state: state.word().into(),
        tone: tone(*state).into(),
        detail: detail.clone(),
        current: current_at.map(time),
        until: until.filter(|until| *until > page.reader.now).map(time),
        consented: connection.consented_at.map(time),
        events: connection.events_url.is_some(),
        readings: connection
            .readings
            .iter()
            // Events are asked for by a button, and say there how they stand.
            .filter(|(what, _)| *what != What::Events || connection.events_url.is_some())
            .map(|(what, health)| reading(page, *what, health))
            .collect(),
    }
}

/// A reading and how it fares.
pub(crate) fn reading(page: &Page, what: What, health: &Health) -> ReadingLine {
    ReadingLine {
        what: what.word().into(),
        state: health.state.word().into(),
        tone: tone(health.state).into(),
        detail: health.detail.clone(),
        read: health.current_at.map(|at| page.reader.time(at)),
    }
}

/// An issue as it is shown.
pub(crate) fn issue(page: &Page, issue: &HealthIssue) -> IssueLine {
    let tone = match (issue.resolved, issue.classification.as_str()) {
        (true, _) => "done",
        (false, "incident") => "error",
        (false, _) => "warning",
    };
    IssueLine {
        id: issue.issue.clone(),
        title: issue.title.clone(),
        service: issue.service.clone(),
        impact: issue.impact.clone(),
        status: issue.status.clone(),
        tone: tone.into(),
        changed: issue.modified_at.map(|at| page.reader.time(at)),
        tenants: None,
    }
}

/// Each issue once, with how many tenants have it.
fn everybodys(page: &Page, issues: &[HealthIssue]) -> Vec<IssueLine> {
    let mut all: BTreeMap<&str, (IssueLine, u64)> = BTreeMap::new();
    for one in issues {
        all.entry(&one.issue).or_insert_with(|| (issue(page, one), 0)).1 += 1;
    }
    all.into_values().map(|(line, count)| IssueLine { tenants: Some(count), ..line }).collect()
}

/// `POST /admin/settings/microsoft`.
pub(crate) async fn save(page: Page, form: Form) -> Answer {
    let secret = |name: &str| Some(form.get(name).to_owned()).filter(|secret| !secret.is_empty());
    let settings = async || -> Result<(), Error> {
        let settings = Settings {
            cloud: form.parse("cloud")?,
            tenant: form.get("tenant").trim().parse().map_err(|_| Error::invalid("tenant", "not-a-guid"))?,
            application: form
                .get("application")
                .trim()
                .parse()
                .map_err(|_| Error::invalid("application", "not-a-guid"))?,
            application_secret: secret("application_secret"),
            refresh_token: secret("refresh_token"),
            adds_customers: form.on("adds_customers"),
        };
        microsoft::save(&page.app, &page.agent, settings, form.optional("version")?).await
    };
    match settings().await {
        Ok(()) => Ok(saved(PATH)),
        Err(error) => {
            let problem = correctable(error)?;
            let view = view(&page, Some(Typed(&form)), Some(&problem)).await?;
            ui::again(again_status(&problem), &view)
        }
    }
}

/// The token of this session: who comes back from Microsoft has to be who was sent there.
fn session(page: &Page, headers: &HeaderMap) -> String {
    SessionToken::of(&page.app, headers, Door::Desk).0.unwrap_or_default()
}

/// `POST /admin/settings/microsoft/consent`: the browser goes on to Microsoft by itself. A form of ours may not be
/// answered with a way to another site, so the page is.
pub(crate) async fn begin(page: Page, headers: HeaderMap) -> Answer {
    let session = session(&page, &headers);
    let to = match microsoft::begin_consent(&page.app, &page.agent, &session).await {
        Ok(to) => to,
        Err(error) => return failed(&page, error).await,
    };
    let view = MicrosoftPage { go: Some(to), ..view(&page, None, None).await? };
    page.html(&view)
}

async fn failed(page: &Page, error: Error) -> Answer {
    let problem = correctable(error)?;
    let view = view(page, None, Some(&problem)).await?;
    ui::again(again_status(&problem), &view)
}

/// `GET /admin/settings/microsoft/consent`: what the browser brings back.
pub(crate) async fn finish(page: Page, headers: HeaderMap, query: Query) -> Answer {
    let (session, state) = (session(&page, &headers), query.get("state"));
    let from = Consenting { session: &session, state };
    let done = match query.get("code") {
        "" => {
            let why = format!("{} {}", query.get("error"), query.get("error_description"));
            let told = microsoft::refused_consent(&page.app, &page.agent, from, why.trim()).await;
            told.and(Err(Error::Refused("consent-refused")))
        }
        code => microsoft::finish_consent(&page.app, &page.agent, from, code).await,
    };
    match done {
        Ok(()) => Ok(saved(PATH)),
        Err(error) => failed(&page, error).await,
    }
}

/// `POST /admin/settings/microsoft/check`.
pub(crate) async fn check(page: Page) -> Answer {
    match microsoft::check(&page.app, &page.agent).await {
        Ok(()) => Ok(told(Done::Retrying)),
        Err(error) => failed(&page, error).await,
    }
}

/// `POST /admin/settings/microsoft/events`.
pub(crate) async fn events(page: Page) -> Answer {
    match microsoft::register(&page.app, &page.agent).await {
        Ok(()) => Ok(saved(PATH)),
        Err(error) => failed(&page, error).await,
    }
}

/// `POST /admin/settings/microsoft/disconnect`.
pub(crate) async fn disconnect(page: Page) -> Answer {
    microsoft::disconnect(&page.app, &page.agent).await?;
    Ok(told(Done::Removed))
}

/// `POST /admin/settings/microsoft/tenants/{tenant}`.
pub(crate) async fn link(page: Page, Path(tenant): Path<Uuid>, form: Form) -> Answer {
    let to = match form.get("customer") {
        "new" => Link::New,
        "" => Link::Nobody,
        _ => Link::Customer(form.parse("customer")?),
    };
    microsoft::link(&page.app, &page.agent, tenant, to).await?;
    Ok(saved(PATH))
}

fn told(done: Done) -> Response {
    ui::see_with(PATH, &Told::from(done))
}
