//! A desk: how one begins, its settings, its calendars.

use domain::{
    access::{Permission, Role},
    clock::{
        self, CalendarSpec, WeekSpec,
        promise::{Promises, Seconds, Targets},
    },
    deed::Deed,
    id::{AgentId, CalendarId, DeskId},
    lang::Lang,
    party::DeskKind,
    ticket::timeline::Actor,
};
use jiff::{Timestamp, tz::TimeZoneDatabase};
use serde_json::json;
use store::{
    Json, Tx,
    installation::{self, Desk},
    people::{self, Calendar, Settings},
    records,
};

use crate::{
    Agent, App, Error, Ids, Result, accounts, audit, error,
    people::{Invitation, NAME, add, mail_invitation, new_agent},
    suppliers::Microsoft,
};

/// The most minutes of open time after which agents are told of something.
const LONGEST_NOTICE: u32 = 10_000;
/// For how many seconds a reply can be taken back at most.
pub(crate) const LONGEST_UNDO: u32 = 120;
/// The longest slug, in bytes.
const SLUG: usize = 40;
/// The most calendars of a desk, and days and intervals of each.
const CALENDARS: (usize, usize, usize) = (100, 1_000, 24);

/// Checks the name of a time zone.
///
/// # Errors
/// `timezone: unknown`.
pub(crate) fn timezone(name: &str) -> Result<String> {
    // The bundled database: every node of an installation knows the same zones.
    match TimeZoneDatabase::bundled().get(name) {
        Ok(zone) if !zone.is_unknown() => Ok(zone.iana_name().unwrap_or(name).to_owned()),
        _ => Err(Error::invalid("timezone", "unknown")),
    }
}

/// A desk that is to begin.
#[derive(Clone, Debug)]
pub struct NewDesk {
    /// Its name in addresses and commands: small letters, digits, hyphens.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// What kind of partner.
    pub kind: DeskKind,
    /// The language of people of whom none is known.
    pub lang: Lang,
    /// Its time zone, by its IANA name.
    pub timezone: String,
    /// The first Global admin's name.
    pub admin_name: String,
    /// The first Global admin's address.
    pub admin_email: String,
    /// The first Global admin's password; without one, an invitation is mailed.
    pub password: Option<String>,
}

/// A desk that has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begun {
    /// The desk.
    pub desk: DeskId,
    /// Its first Global admin.
    pub admin: AgentId,
}

/// Makes a desk with settings, a calendar (Monday to Friday, 9 to 17), promises, and its first Global admin. For the
/// commands of an operator.
///
/// # Errors
/// [`Error::Invalid`], with `slug: taken` if there is one.
pub async fn create(app: &App, new: NewDesk) -> Result<Begun> {
    let now = app.now();
    let mut ids = app.ids(now);
    let zone = timezone(&new.timezone)?;
    let desk = Desk {
        id: ids.next(DeskId::new),
        slug: slug(&new.slug)?,
        name: error::line("name", &new.name, NAME)?,
        kind: new.kind,
        created_at: now,
    };
    let calendar = Calendar {
        id: ids.next(CalendarId::new),
        name: text::Words::new(new.lang).t("calendar-office-hours").into_owned(),
        spec: Json(office_hours(&zone)),
        version: 1,
    };
    let settings = Settings {
        lang: new.lang,
        timezone: zone.clone(),
        calendar: Some(calendar.id),
        promises: promises(),
        ..Settings::default()
    };
    let admin = Invitation {
        name: new.admin_name,
        email: new.admin_email,
        roles: vec![Role::GlobalAdmin],
        lang: new.lang,
        timezone: zone,
    };
    let admin = new_agent(&mut ids, now, &admin)?;
    let password = match &new.password {
        Some(password) => {
            accounts::checked("password", password, &admin.email)?;
            Some(accounts::hashed(password).await?)
        }
        None => None,
    };
    let begun = Begun { desk: desk.id, admin: admin.id };
    let (name, invited) = (desk.name.clone(), password.is_none());
    let microsoft = Microsoft::new(&mut ids, now);
    let create = Create { desk, settings, calendar, admin, password, microsoft, ids, now };
    app.store
        .write(begun.desk, move |tx| {
            let create = create.clone();
            Box::pin(async move { create.run(tx).await })
        })
        .await?;
    if invited {
        // A mail needs a desk in whose name it is written, so it comes after. Another can be asked for.
        mail_invitation(app, begun.desk, Actor::System, &name, begun.admin).await?;
    }
    Ok(begun)
}

#[derive(Clone)]
struct Create {
    desk: Desk,
    settings: Settings,
    calendar: Calendar,
    admin: people::Agent,
    password: Option<String>,
    microsoft: Microsoft,
    ids: Ids,
    now: Timestamp,
}

impl Create {
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let (mut ids, mut admin) = (self.ids.clone(), self.admin.clone());
        installation::add_desk(tx, &self.desk).await.map_err(|error| {
            match error.is_taken("desks", "slug") {
                true => Error::invalid("slug", "taken"),
                false => error.into(),
            }
        })?;
        people::add_calendar(tx, &self.calendar).await?;
        people::add_settings(tx, &self.settings).await?;
        self.microsoft.put(tx).await?;
        let identity = add(tx, &mut admin, self.now).await?;
        if let Some(hash) = &self.password {
            installation::set_password(tx, identity.id, hash).await?;
        }
        let what = json!({ "kind": self.desk.kind, "admin": admin.id });
        let act = audit::act(&mut ids, self.now, Actor::System, Deed::DeskCreate, &self.desk.id, what);
        Ok(records::audit(tx, &act).await?)
    }
}

fn slug(text: &str) -> Result<String> {
    let fine = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if text.is_empty()
        || text.len() > SLUG
        || !text.bytes().all(fine)
        || text.starts_with('-')
        || text.ends_with('-')
    {
        return Err(Error::invalid("slug", "not-a-slug"));
    }
    Ok(text.to_owned())
}

fn office_hours(timezone: &str) -> CalendarSpec {
    let day = || vec![("09:00".to_owned(), "17:00".to_owned())];
    let hours =
        WeekSpec { mon: day(), tue: day(), wed: day(), thu: day(), fri: day(), ..WeekSpec::default() };
    CalendarSpec { timezone: timezone.to_owned(), hours, ..CalendarSpec::default() }
}

/// What a new desk promises, in hours of its calendar: an answer, and the solution.
fn promises() -> Promises {
    let hours = |hours: u32| Seconds::new(hours * 3600);
    let targets = |answer, solution| Targets {
        first_response: hours(answer),
        next_response: hours(answer),
        resolution: hours(solution),
    };
    Promises { a: targets(1, 4), b: targets(4, 16), c: targets(8, 40) }
}

/// The desk's name for people.
///
/// # Errors
/// As the database says.
pub async fn public_name(tx: &mut Tx) -> Result<String> {
    Ok(installation::own_desk(tx).await?.name)
}

/// The desk, its settings, and their version.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn settings(app: &App, agent: &Agent) -> Result<(Desk, Settings, i64)> {
    agent.require(Permission::SettingsManage)?;
    let unit = app.store.read::<_, store::Error, _>(agent.desk, |tx| {
        Box::pin(async move {
            let desk = installation::own_desk(tx).await?;
            let (settings, version) = people::settings(tx).await?;
            Ok((desk, settings, version))
        })
    });
    Ok(unit.await?)
}

/// Changes the desk's name and settings. Promises that run already stay as they were given.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Stale`], [`Error::Invalid`].
pub async fn update_settings(
    app: &App,
    agent: &Agent,
    name: &str,
    settings: Settings,
    version: i64,
) -> Result<()> {
    agent.require(Permission::SettingsManage)?;
    let name = error::line("name", name, NAME)?;
    let settings = Settings { timezone: timezone(&settings.timezone)?, ..settings };
    if settings.reopen_days > 365 {
        return Err(Error::invalid("reopen_days", "too-long"));
    }
    if settings.undo_seconds > LONGEST_UNDO {
        return Err(Error::invalid("undo_seconds", "too-long"));
    }
    for (field, minutes) in
        [("warn_minutes", settings.warn_minutes), ("unassigned_minutes", settings.unassigned_minutes)]
    {
        match minutes {
            Some(0) => return Err(Error::invalid(field, "too-short")),
            Some(minutes) if minutes > LONGEST_NOTICE => return Err(Error::invalid(field, "too-long")),
            Some(_) | None => {}
        }
    }
    let now = app.now();
    let act =
        audit::act(&mut app.ids(now), now, agent.actor(), Deed::SettingsChange, &agent.desk, json!(settings));
    app.store
        .write(agent.desk, move |tx| {
            let (name, settings, act) = (name.clone(), settings.clone(), act.clone());
            Box::pin(async move {
                if let Some(calendar) = settings.calendar
                    && people::calendar(tx, calendar).await?.is_none()
                {
                    return Err(Error::invalid("calendar", "unknown"));
                }
                people::set_settings(tx, &settings, version).await?;
                installation::rename_desk(tx, &name).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}

/// Every calendar, by name.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn calendars(app: &App, agent: &Agent) -> Result<Vec<Calendar>> {
    agent.require(Permission::SettingsManage)?;
    Ok(app.store.read::<_, store::Error, _>(agent.desk, |tx| Box::pin(people::calendars(tx))).await?)
}

/// Adds a calendar.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Invalid`].
pub async fn add_calendar(app: &App, agent: &Agent, name: &str, spec: CalendarSpec) -> Result<CalendarId> {
    agent.require(Permission::SettingsManage)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let calendar = checked(ids.next(CalendarId::new), name, spec, 1)?;
    let id = calendar.id;
    let act = audit::act(&mut ids, now, agent.actor(), Deed::CalendarAdd, &id, json!({}));
    app.store
        .write(agent.desk, move |tx| {
            let (calendar, act) = (calendar.clone(), act.clone());
            Box::pin(async move {
                if people::calendars(tx).await?.len() >= CALENDARS.0 {
                    return Err(Error::Refused("too-many-calendars"));
                }
                people::add_calendar(tx, &calendar).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await?;
    Ok(id)
}

/// Changes a calendar, at the version that was seen.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Stale`], [`Error::Invalid`].
pub async fn set_calendar(
    app: &App,
    agent: &Agent,
    id: CalendarId,
    name: &str,
    spec: CalendarSpec,
    version: i64,
) -> Result<()> {
    agent.require(Permission::SettingsManage)?;
    let calendar = checked(id, name, spec, version)?;
    let now = app.now();
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::CalendarChange, &id, json!({}));
    app.store
        .write(agent.desk, move |tx| {
            let (calendar, act) = (calendar.clone(), act.clone());
            Box::pin(async move {
                people::calendar(tx, id).await?.ok_or(Error::NotFound("calendar"))?;
                people::set_calendar(tx, &calendar).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}

fn checked(id: CalendarId, name: &str, spec: CalendarSpec, version: i64) -> Result<Calendar> {
    let name = error::line("name", name, NAME)?;
    let spec = checked_hours(spec)?;
    Ok(Calendar { id, name, spec: Json(spec), version })
}

/// Hours that a calendar can have.
///
/// # Errors
/// [`Error::Invalid`] for `hours`, `holidays`, `yearly_holidays` or `timezone`.
pub(crate) fn checked_hours(spec: CalendarSpec) -> Result<CalendarSpec> {
    let WeekSpec { mon, tue, wed, thu, fri, sat, sun } = &spec.hours;
    if [mon, tue, wed, thu, fri, sat, sun].iter().any(|day| day.len() > CALENDARS.2) {
        return Err(Error::invalid("hours", "too-long"));
    }
    if spec.holidays.len().max(spec.yearly_holidays.len()) > CALENDARS.1 {
        return Err(Error::invalid("holidays", "too-long"));
    }
    let calendar = clock::Calendar::try_from(spec).map_err(|error| match error {
        clock::CalendarError::UnknownTimeZone(_) => Error::invalid("timezone", "unknown"),
        clock::CalendarError::BadTime { .. } => Error::invalid("hours", "not-a-time"),
        clock::CalendarError::EmptyInterval { .. } => Error::invalid("hours", "empty"),
        clock::CalendarError::BadDate(_) => Error::invalid("holidays", "not-a-date"),
        clock::CalendarError::BadYearlyDate(_) => Error::invalid("yearly_holidays", "not-a-date"),
    })?;
    Ok(calendar.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        for good in ["a", "north-wind", "desk2"] {
            assert_eq!(slug(good).unwrap(), good);
        }
        for bad in ["", "-a", "a-", "A", "a b", "å", "a/b", "..", &"a".repeat(SLUG + 1)] {
            assert_eq!(slug(bad).unwrap_err().code(), "not-a-slug", "{bad}");
        }
    }

    #[test]
    fn time_zones() {
        assert_eq!(timezone("Europe/Stockholm").unwrap(), "Europe/Stockholm");
        for bad in ["", "Europe/Atlantis", "../../etc/passwd", "Etc/Unknown", "+01:00"] {
            assert!(timezone(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_new_desk_opens_on_workdays_and_keeps_what_it_promises() {
        let calendar = clock::Calendar::try_from(office_hours("Europe/Berlin")).unwrap();
        // A Friday at 16:30: half an hour is left, the other half is on Monday.
        let opened: Timestamp = "2026-03-27T15:30:00Z".parse().unwrap();
        let hour = promises().a.first_response.unwrap().get();
        let due = calendar.deadline(opened, hour.into(), &[]).unwrap().due;
        assert_eq!(due, "2026-03-30T07:30:00Z".parse::<Timestamp>().unwrap());
    }

    #[test]
    fn what_is_no_calendar_is_told_apart() {
        let id = CalendarId::new(Timestamp::UNIX_EPOCH, [0; 10]);
        let code = |spec: CalendarSpec| checked(id, "Office", spec, 1).err().map(|e| e.code());
        let good = office_hours("UTC");
        assert_eq!(code(good.clone()), None);
        assert_eq!(code(CalendarSpec { timezone: "Mars".into(), ..good.clone() }), Some("unknown"));
        assert_eq!(
            code(CalendarSpec { holidays: vec!["2026-02-30".into()], ..good.clone() }),
            Some("not-a-date")
        );
        let many = vec!["2026-01-01".to_owned(); CALENDARS.1 + 1];
        assert_eq!(code(CalendarSpec { holidays: many, ..good }), Some("too-long"));
    }
}
