//! What the desk promises, by severity, and in which calendar that counts.

use app::desks;
use domain::{clock::promise::Promises, id::CalendarId};
use store::people::{Calendar, Settings};

use super::{saved, version};
use crate::{
    form::Form,
    problem::Answer,
    ui::{pieces::choice, shell::Page, terms, view::PromisesPage},
};

const PATH: &str = "/admin/settings/promises";

/// `GET /admin/settings/promises`.
pub(crate) async fn show(page: Page) -> Answer {
    let view = view(&page).await?;
    page.html(&view)
}

async fn view(page: &Page) -> Answer<PromisesPage> {
    let (_, Settings { calendar, promises, .. }, seen) = desks::settings(&page.app, &page.agent).await?;
    let none = choice("", page.reader.words.t("promises-none"), calendar.is_none());
    let all = desks::calendars(&page.app, &page.agent).await?;
    let one = |c: &Calendar| choice(c.id, c.name.as_str(), calendar == Some(c.id));
    Ok(PromisesPage {
        shell: page.shell("settings").await?,
        notice: page.notice(),
        version: version(seen),
        calendars: std::iter::once(none).chain(all.iter().map(one)).collect(),
        rows: terms::promise_rows(&promises),
    })
}

/// `POST /admin/settings/promises`.
pub(crate) async fn save(page: Page, form: Form) -> Answer {
    let seen = form.parse("version")?;
    let keep = async { keep(&page, form.optional("calendar")?, terms::promises(&form)?, seen).await }.await;
    match keep {
        Ok(()) => Ok(saved(PATH)),
        Err(error) => {
            let page = page.refusing(PATH, &form, error)?;
            page.again(&view(&page).await?)
        }
    }
}

async fn keep(
    page: &Page,
    calendar: Option<CalendarId>,
    promises: Promises,
    seen: i64,
) -> Result<(), app::Error> {
    let (desk, before, _) = desks::settings(&page.app, &page.agent).await?;
    let settings = Settings { calendar, promises, ..before };
    desks::update_settings(&page.app, &page.agent, &desk.name, settings, seen).await
}
