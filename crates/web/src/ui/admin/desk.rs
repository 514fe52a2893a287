//! The desk itself: its name, language, zone, and how long things can be taken back.

use app::desks;
use store::people::Settings;

use super::{correctable, saved, version};
use crate::{
    form::Form,
    problem::{Answer, Problem},
    ui::{self, entry::again_status, pieces, shell::Page, view::DeskSettingsPage},
};

const PATH: &str = "/admin/settings/desk";

/// `GET /admin/settings/desk`.
pub(crate) async fn show(page: Page) -> Answer {
    let (desk, settings, version) = desks::settings(&page.app, &page.agent).await?;
    let view = view(&page, &desk.name, &settings, version, None).await?;
    page.html(&view)
}

async fn view(
    page: &Page,
    name: &str,
    settings: &Settings,
    seen: i64,
    problem: Option<&Problem>,
) -> Answer<DeskSettingsPage> {
    Ok(DeskSettingsPage {
        shell: page.shell("settings").await?,
        notice: problem.map(|problem| ui::notice(page.reader.words, problem)),
        name: name.to_owned(),
        version: version(seen),
        languages: pieces::languages(Some(settings.lang)),
        time_zones: pieces::time_zones(&settings.timezone),
        undo_seconds: settings.undo_seconds.into(),
        reopen_days: settings.reopen_days.into(),
        warn_minutes: settings.warn_minutes.map(u64::from),
        unassigned_minutes: settings.unassigned_minutes.map(u64::from),
    })
}

/// `POST /admin/settings/desk`.
pub(crate) async fn save(page: Page, form: Form) -> Answer {
    let (_, before, _) = desks::settings(&page.app, &page.agent).await?;
    let settings = Settings {
        lang: form.parse("language")?,
        timezone: form.get("time_zone").to_owned(),
        undo_seconds: form.parse("undo_seconds")?,
        reopen_days: form.parse("reopen_days")?,
        warn_minutes: form.optional("warn_minutes")?,
        unassigned_minutes: form.optional("unassigned_minutes")?,
        ..before
    };
    let (name, seen) = (form.get("name"), form.parse("version")?);
    match desks::update_settings(&page.app, &page.agent, name, settings.clone(), seen).await {
        Ok(()) => Ok(saved(PATH)),
        Err(error) => {
            let problem = correctable(error)?;
            let view = view(&page, name, &settings, seen, Some(&problem)).await?;
            ui::again(again_status(&problem), &view)
        }
    }
}
