//! The account of the agent who is in.

use app::{
    Error, accounts,
    people::{self, Profile},
};
use axum::http::StatusCode;
use domain::{lang::Lang, ticket::notice::Occasion};
use store::people::Prefs;

use super::{
    pieces::{choice, languages, time_zones},
    see_with,
    shell::{self, Done, Page},
    view, with_cookie,
};
use crate::{
    form::Form,
    problem::{Answer, Problem},
    session::{self, Door},
};

/// `GET /me`.
pub(crate) async fn show(page: Page) -> Answer {
    let account = of(&page, None).await?;
    page.html(&account)
}

async fn of(page: &Page, problem: Option<&Problem>) -> Answer<view::AccountPage> {
    let agent = &page.agent;
    let words = page.reader.words;
    let chosen = shell::theme(&agent.prefs.theme);
    let theme = |theme: &str| choice(theme, words.word("theme", theme), theme == chosen);
    let calendars: Vec<store::people::Calendar> = page
        .app
        .store
        .read::<_, store::Error, _>(agent.desk, |tx| Box::pin(store::people::calendars(tx)))
        .await?;
    let (prefs, as_desk) =
        (&agent.prefs, choice("", words.t("account-hours-desk"), agent.prefs.hours.is_none()));
    Ok(view::AccountPage {
        shell: page.shell("account").await?,
        languages: languages(Some(agent.lang)),
        notices: Occasion::ALL
            .iter()
            .map(|occasion| {
                let wanted = !agent.prefs.notices_off.contains(occasion);
                choice(occasion, words.word("occasion", occasion.word()), wanted)
            })
            .collect(),
        themes: ["system", "light", "dark", "contrast"].map(theme).into(),
        time_zones: time_zones(agent.zone.iana_name().unwrap_or("UTC")),
        spoken: Lang::ALL
            .iter()
            .filter(|lang| **lang != agent.lang)
            .map(|lang| choice(lang.word(), lang.own_name(), prefs.languages.contains(lang)))
            .collect(),
        hours: std::iter::once(as_desk)
            .chain(calendars.iter().map(|c| choice(c.id, c.name.as_str(), prefs.hours == Some(c.id))))
            .collect(),
        notice: problem.map(|problem| super::notice(words, problem)),
        min_length: u64::try_from(accounts::MIN_PASSWORD).unwrap_or(u64::MAX),
    })
}

async fn again(page: &Page, error: Error) -> Answer {
    let account = of(page, Some(&error.into())).await?;
    super::again(StatusCode::UNPROCESSABLE_ENTITY, &account)
}

/// Whether the form asks for mails about something.
fn wanted(form: &Form, occasion: Occasion) -> bool {
    form.all("notices").any(|word| word == occasion.word())
}

/// `POST /me`.
pub(crate) async fn save(page: Page, form: Form) -> Answer {
    let theme = match form.get("theme") {
        "system" => String::new(),
        theme => theme.to_owned(),
    };
    let lang: Lang = form.parse("language")?;
    let profile = Profile {
        name: page.agent.name.clone(),
        lang,
        timezone: form.get("time_zone").to_owned(),
        prefs: Prefs {
            theme,
            shortcuts_off: !form.on("shortcuts"),
            notices_off: Occasion::ALL.iter().copied().filter(|occasion| !wanted(&form, *occasion)).collect(),
            languages: form.all("spoken").filter_map(|lang| lang.parse().ok()).collect(),
            hours: form.optional("hours")?,
            ..page.agent.prefs.clone()
        },
    };
    match people::update_profile(&page.app, &page.agent, profile).await {
        Ok(()) => Ok(see_with("/me", &Done::Saved.into())),
        Err(error @ Error::Invalid { .. }) => again(&page, error).await,
        Err(error) => Err(error.into()),
    }
}

/// `POST /me/password`. Every other session ends; this one goes on under a new token.
pub(crate) async fn change_password(page: Page, form: Form) -> Answer {
    match accounts::change_password(&page.app, &page.agent, form.get("old"), form.get("password")).await {
        Ok(token) => {
            let answer = see_with("/me", &Done::Password.into());
            Ok(with_cookie(answer, session::begin(&page.app, Door::Desk, &token)))
        }
        Err(error @ (Error::Invalid { .. } | Error::Refused(_))) => again(&page, error).await,
        Err(error) => Err(error.into()),
    }
}
