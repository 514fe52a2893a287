//! What the desk promises, by severity, and in which calendar that counts.

use app::desks;
use domain::{
    clock::promise::{Promises, Targets},
    id::CalendarId,
    ticket::kinds::Severity,
};
use store::people::{Calendar, Settings};

use super::{amount, correctable, saved, version};
use crate::{
    form::Form,
    problem::{Answer, Problem},
    ui::{
        self,
        entry::again_status,
        pieces::choice,
        shell::Page,
        view::{PromiseRow, PromisesPage},
    },
};

const PATH: &str = "/admin/settings/promises";

/// `GET /admin/settings/promises`.
pub(crate) async fn show(page: Page) -> Answer {
    let (_, settings, seen) = desks::settings(&page.app, &page.agent).await?;
    let rows = Severity::ALL.iter().map(|severity| row(*severity, settings.promises.of(*severity))).collect();
    let view = view(&page, settings.calendar, rows, seen, None).await?;
    page.html(&view)
}

async fn view(
    page: &Page,
    calendar: Option<CalendarId>,
    rows: Vec<PromiseRow>,
    seen: i64,
    problem: Option<&Problem>,
) -> Answer<PromisesPage> {
    let none = choice("", page.reader.words.t("promises-none"), calendar.is_none());
    let all = desks::calendars(&page.app, &page.agent).await?;
    let one = |c: &Calendar| choice(c.id, c.name.as_str(), calendar == Some(c.id));
    Ok(PromisesPage {
        shell: page.shell("settings").await?,
        notice: problem.map(|problem| ui::notice(page.reader.words, problem)),
        version: version(seen),
        calendars: std::iter::once(none).chain(all.iter().map(one)).collect(),
        rows,
    })
}

fn row(severity: Severity, targets: Targets) -> PromiseRow {
    PromiseRow {
        severity: severity.word().to_owned(),
        field: severity.word().to_lowercase(),
        first_response: amount::write(targets.first_response),
        next_response: amount::write(targets.next_response),
        resolution: amount::write(targets.resolution),
    }
}

/// `POST /admin/settings/promises`.
pub(crate) async fn save(page: Page, form: Form) -> Answer {
    let (calendar, seen) = (form.optional("calendar")?, form.parse("version")?);
    let error = match promises(&form) {
        Ok(promises) => match keep(&page, calendar, promises, seen).await {
            Ok(()) => return Ok(saved(PATH)),
            Err(error) => error,
        },
        Err(error) => error,
    };
    let problem = correctable(error)?;
    let typed = Severity::ALL.iter().map(|severity| typed(&form, *severity)).collect();
    let view = view(&page, calendar, typed, seen, Some(&problem)).await?;
    ui::again(again_status(&problem), &view)
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

/// The row of a severity as it was typed.
fn typed(form: &Form, severity: Severity) -> PromiseRow {
    let field = severity.word().to_lowercase();
    let text = |promise: &str| form.get(&format!("{field}_{promise}")).to_owned();
    PromiseRow {
        severity: severity.word().to_owned(),
        first_response: text("first_response"),
        next_response: text("next_response"),
        resolution: text("resolution"),
        field,
    }
}

fn promises(form: &Form) -> Result<Promises, app::Error> {
    let targets = |severity| {
        let row = typed(form, severity);
        Ok::<_, app::Error>(Targets {
            first_response: amount::read("first_response", &row.first_response)?,
            next_response: amount::read("next_response", &row.next_response)?,
            resolution: amount::read("resolution", &row.resolution)?,
        })
    };
    Ok(Promises { a: targets(Severity::A)?, b: targets(Severity::B)?, c: targets(Severity::C)? })
}
