//! Mailboxes: whose mail the desk takes, and in whose name it writes.

use app::mailboxes::{self, Application, Auth, Mailbox, Security, Settings, Source};
use domain::{
    cloud::Cloud,
    id::MailboxId,
    ticket::kinds::{Kind, Service},
};

use super::{correctable, removed, saved, version};
use crate::{
    form::{Form, Path},
    problem::{Answer, Problem},
    ui::{
        self,
        entry::again_status,
        operations,
        shell::Page,
        view::{MailboxForm, MailboxesPage},
    },
};

const PATH: &str = "/admin/settings/mailboxes";

/// `GET /admin/settings/mailboxes`.
pub(crate) async fn show(page: Page) -> Answer {
    let view = view(&page, None, None).await?;
    page.html(&view)
}

/// The page; `typed` are the settings of a mailbox (none: of a new one) that could not be saved.
async fn view(
    page: &Page,
    typed: Option<(Option<MailboxId>, Settings)>,
    problem: Option<&Problem>,
) -> Answer<MailboxesPage> {
    let all = mailboxes::list(&page.app, &page.agent).await?;
    let (whose, typed) = typed.unzip();
    let of = |id: Option<MailboxId>| typed.as_ref().filter(|_| whose == Some(id));
    let kept = all.iter().map(|mailbox| form_of(page, Some(mailbox), of(Some(mailbox.id))));
    Ok(MailboxesPage {
        shell: page.shell("settings").await?,
        notice: problem.map(|problem| ui::notice(page.reader.words, problem)),
        mailboxes: kept.chain(std::iter::once(form_of(page, None, of(None)))).collect(),
    })
}

fn form_of(page: &Page, mailbox: Option<&Mailbox>, typed: Option<&Settings>) -> MailboxForm {
    let source = typed.map_or(mailbox.and_then(|m| m.source.as_ref()), |typed| typed.source.as_ref());
    let health = mailbox.map(|mailbox| operations::health(page, mailbox));
    let (tone, health) = health.map(|health| (health.tone, health.status)).unwrap_or_default();
    let kind = typed.map(|typed| typed.kind).or(mailbox.map(|m| m.kind)).unwrap_or(Kind::Technical);
    let service = typed.map(|typed| typed.service).or(mailbox.map(|m| m.service)).unwrap_or(Service::Other);
    let application = source.and_then(|source| source.application.as_ref());
    let name = typed.map(|typed| typed.name.as_str()).or(mailbox.map(|m| m.name.as_str()));
    MailboxForm {
        id: mailbox.map(|mailbox| mailbox.id.to_string()).unwrap_or_default(),
        version: mailbox.map(|mailbox| version(mailbox.version)).unwrap_or_default(),
        address: mailbox.map(|mailbox| mailbox.address.to_string()).unwrap_or_default(),
        name: name.unwrap_or_default().to_owned(),
        kinds: page.reader.choices("kind", Kind::ALL, Some(kind)),
        services: page.reader.choices("service", Service::ALL, Some(service)),
        host: source.map(|source| source.host.clone()).unwrap_or_default(),
        port: source.map_or(993, |source| source.port),
        securities: page.reader.choices(
            "security",
            Security::ALL,
            Some(source.map_or(Security::Tls, |s| s.security)),
        ),
        auths: page.reader.choices("auth", Auth::ALL, Some(source.map_or(Auth::Password, |s| s.auth))),
        clouds: page.reader.choices(
            "microsoft-cloud",
            Cloud::ALL,
            Some(application.map_or(Cloud::Commercial, |application| application.cloud)),
        ),
        tenant: application.map(|application| application.tenant.to_string()).unwrap_or_default(),
        application: application.map(|application| application.id.to_string()).unwrap_or_default(),
        user: source.map(|source| source.user.clone()).unwrap_or_default(),
        folder: source.map_or("INBOX", |source| source.folder.as_str()).to_owned(),
        tone,
        health,
    }
}

/// `POST /admin/settings/mailboxes`.
pub(crate) async fn add(page: Page, form: Form) -> Answer {
    let settings = settings(&form)?;
    match mailboxes::add(&page.app, &page.agent, form.get("address"), settings.clone()).await {
        Ok(_) => Ok(saved(PATH)),
        Err(error) => again(&page, None, settings, error).await,
    }
}

/// `POST /admin/settings/mailboxes/{id}`.
pub(crate) async fn save(page: Page, Path(id): Path<MailboxId>, form: Form) -> Answer {
    let (settings, seen) = (settings(&form)?, form.parse("version")?);
    match mailboxes::update(&page.app, &page.agent, id, settings.clone(), seen).await {
        Ok(()) => Ok(saved(PATH)),
        Err(error) => again(&page, Some(id), settings, error).await,
    }
}

/// `POST /admin/settings/mailboxes/{id}/remove`.
pub(crate) async fn remove(page: Page, Path(id): Path<MailboxId>) -> Answer {
    mailboxes::remove(&page.app, &page.agent, id).await?;
    Ok(removed(PATH))
}

async fn again(page: &Page, id: Option<MailboxId>, typed: Settings, error: app::Error) -> Answer {
    let problem = correctable(error)?;
    let view = view(page, Some((id, typed)), Some(&problem)).await?;
    ui::again(again_status(&problem), &view)
}

/// The settings that were typed. Without a server the mailbox's mail is handed in.
fn settings(form: &Form) -> Answer<Settings> {
    let source = match form.get("host").trim() {
        "" => None,
        host => Some(Source {
            host: host.to_owned(),
            port: form.parse("port")?,
            security: form.parse("security")?,
            auth: form.parse("auth")?,
            application: match form.parse("auth")? {
                Auth::Application => Some(Application {
                    cloud: form.parse("cloud")?,
                    tenant: form.parse("tenant")?,
                    id: form.parse("application")?,
                }),
                Auth::Password | Auth::XOAuth2 => None,
            },
            user: form.get("user").to_owned(),
            folder: form.get("folder").to_owned(),
        }),
    };
    Ok(Settings {
        name: form.get("name").to_owned(),
        kind: form.parse("kind")?,
        service: form.parse("service")?,
        source,
        secret: form.find("secret").filter(|secret| !secret.is_empty()).map(str::to_owned),
    })
}
