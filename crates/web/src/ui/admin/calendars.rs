//! Calendars: when the desk is open.

use app::desks;
use domain::{clock::CalendarSpec, id::CalendarId};
use store::people::Calendar;
use text::format;

use super::{correctable, hours, saved, version};
use crate::{
    form::{Form, Path},
    problem::{Answer, Problem},
    ui::{
        self,
        entry::again_status,
        pieces,
        shell::Page,
        view::{CalendarForm, CalendarsPage},
    },
};

const PATH: &str = "/admin/settings/calendars";

/// `GET /admin/settings/calendars`.
pub(crate) async fn show(page: Page) -> Answer {
    let view = view(&page, None, None).await?;
    page.html(&view)
}

/// The page; `typed` is a calendar that could not be saved, shown as it was typed.
async fn view(page: &Page, typed: Option<Calendar>, problem: Option<&Problem>) -> Answer<CalendarsPage> {
    let mut all = desks::calendars(&page.app, &page.agent).await?;
    if let Some(typed) = typed
        && let Some(kept) = all.iter_mut().find(|kept| kept.id == typed.id)
    {
        *kept = typed;
    }
    Ok(CalendarsPage {
        shell: page.shell("settings").await?,
        notice: problem.map(|problem| ui::notice(page.reader.words, problem)),
        calendars: all.iter().map(|calendar| form_of(page, calendar)).collect(),
        time_zones: pieces::time_zones(page.agent.zone.iana_name().unwrap_or("UTC")),
    })
}

fn form_of(page: &Page, calendar: &Calendar) -> CalendarForm {
    let spec = &calendar.spec.0;
    let (days, minutes) = hours::week(spec);
    let holidays = spec.holidays.len() + spec.yearly_holidays.len();
    CalendarForm {
        id: calendar.id.to_string(),
        version: version(calendar.version),
        name: calendar.name.clone(),
        time_zones: pieces::time_zones(&spec.timezone),
        days,
        holidays: hours::holidays(spec),
        holiday_count: u64::try_from(holidays).unwrap_or(u64::MAX),
        week: format::duration_working(page.reader.words, minutes * 60),
    }
}

/// `POST /admin/settings/calendars`: a new one, closed until its hours are set.
pub(crate) async fn add(page: Page, form: Form) -> Answer {
    let spec = CalendarSpec { timezone: form.get("time_zone").to_owned(), ..CalendarSpec::default() };
    match desks::add_calendar(&page.app, &page.agent, form.get("name"), spec).await {
        Ok(_) => Ok(saved(PATH)),
        Err(error) => again(&page, None, error).await,
    }
}

/// `POST /admin/settings/calendars/{id}`.
pub(crate) async fn save(page: Page, Path(id): Path<CalendarId>, form: Form) -> Answer {
    let (name, seen) = (form.get("name"), form.parse("version")?);
    let spec = hours::read(form.get("time_zone"), |field| form.get(field));
    match desks::set_calendar(&page.app, &page.agent, id, name, spec.clone(), seen).await {
        Ok(()) => Ok(saved(PATH)),
        Err(error) => {
            let typed = Calendar { id, name: name.to_owned(), spec: store::Json(spec), version: seen };
            again(&page, Some(typed), error).await
        }
    }
}

async fn again(page: &Page, typed: Option<Calendar>, error: app::Error) -> Answer {
    let problem = correctable(error)?;
    let view = view(page, typed, Some(&problem)).await?;
    ui::again(again_status(&problem), &view)
}
