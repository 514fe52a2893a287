//! The ways in: sign-in, forgotten password, choice of desk, invitation.

use app::{App, Error, accounts};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::Response,
};
use domain::{id::DeskId, lang::Lang};
use text::Words;

use super::{pieces::choice, see, shell, shell::Page, view, with_cookie};
use crate::{
    form::{Form, Path, Query},
    guard::{AgentSession, Client, SessionToken},
    problem::{Answer, Problem},
    session::{self, Door},
};

/// Where an agent comes to who wants to go nowhere else.
const HOME: &str = "/";
/// The language that a reader chose who is not signed in.
const LANGUAGE: &str = "pd-lang";

/// The language of somebody who is not signed in: the chosen one, or the browser's.
pub(crate) fn lang(headers: &HeaderMap, uri: &Uri) -> Lang {
    let asked =
        uri.query().and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("language=")));
    let chosen = asked.or_else(|| session::cookie(headers, LANGUAGE)).and_then(Lang::from_tag);
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    chosen.or_else(|| Lang::negotiate(accepted.unwrap_or_default())).unwrap_or(Lang::En)
}

/// A page for somebody who is not signed in: the words, and the chosen language for the pages after it.
pub(crate) fn remember(response: Response, uri: &Uri, lang: Lang) -> Response {
    let chosen = uri.query().is_some_and(|query| query.split('&').any(|pair| pair.starts_with("language=")));
    if chosen {
        with_cookie(response, session::plain(LANGUAGE, lang.word(), 365 * 24 * 3600))
    } else {
        response
    }
}

/// The same page in the other languages.
pub(crate) fn languages(path: &str, next: &str, current: Lang) -> Vec<view::Link> {
    let link = |lang: &Lang| {
        let query = match next {
            "" => super::query(&[("language", lang.word())]),
            next => super::query(&[("language", lang.word()), ("next", next)]),
        };
        view::Link {
            href: format!("{path}?{query}"),
            text: lang.own_name().into(),
            current: *lang == current,
        }
    };
    Lang::ALL.iter().map(link).collect()
}

/// `GET /`.
pub(crate) async fn home(AgentSession(agent): AgentSession) -> Response {
    use domain::access::{Permission, Tickets};
    see(match agent.tickets() {
        Tickets::Only(_) | Tickets::All => "/queue/mine",
        Tickets::None if agent.may(Permission::UsersManage) => "/admin/people",
        Tickets::None => "/me",
    })
}

/// `GET /sign-in`.
pub(crate) async fn sign_in_page(headers: HeaderMap, uri: Uri, query: Query) -> Answer {
    let lang = lang(&headers, &uri);
    let page = sign_in_form(lang, "", query.get("next"), None);
    Ok(remember(super::html(&page)?, &uri, lang))
}

fn sign_in_form(lang: Lang, email: &str, next: &str, problem: Option<&Problem>) -> view::SignInPage {
    let words = Words::new(lang);
    let next = session::next(next, "");
    view::SignInPage {
        shell: shell::bare(words, "Partnerdesk"),
        notice: problem.map(|problem| super::notice(words, problem)),
        email: email.to_owned(),
        next: next.to_owned(),
        languages: languages("/sign-in", next, lang),
    }
}

/// `POST /sign-in`.
pub(crate) async fn sign_in(
    State(app): State<App>,
    Client(client): Client,
    headers: HeaderMap,
    uri: Uri,
    form: Form,
) -> Answer {
    let next = session::next(form.get("next"), HOME);
    let signed_in = match accounts::sign_in(&app, form.get("email"), form.get("password"), client).await {
        Ok(signed_in) => signed_in,
        Err(error @ (Error::Refused(_) | Error::Throttled { .. })) => {
            let problem = Problem::from(error);
            let page = sign_in_form(lang(&headers, &uri), form.get("email"), next, Some(&problem));
            return super::again(again_status(&problem), &page);
        }
        Err(error) => return Err(error.into()),
    };
    let answer = match signed_in.memberships.len() {
        ..=1 => see(next),
        _ => see(&format!("/choose-desk?{}", super::query(&[("next", next)]))),
    };
    Ok(with_cookie(answer, session::begin(&app, Door::Desk, &signed_in.token)))
}

/// `GET /sign-in/forgotten`.
pub(crate) async fn forgotten_page(headers: HeaderMap, uri: Uri) -> Answer {
    let lang = lang(&headers, &uri);
    Ok(remember(super::html(&forgotten_form(lang, ""))?, &uri, lang))
}

fn forgotten_form(lang: Lang, email: &str) -> view::ForgottenPage {
    view::ForgottenPage {
        shell: shell::bare(Words::new(lang), "Partnerdesk"),
        notice: None,
        email: email.to_owned(),
        sent: false,
        languages: languages("/sign-in/forgotten", "", lang),
    }
}

/// `POST /sign-in/forgotten`: the answer says nothing about whether the address is known.
pub(crate) async fn forgotten(
    State(app): State<App>,
    Client(client): Client,
    headers: HeaderMap,
    uri: Uri,
    form: Form,
) -> Answer {
    let email = form.get("email").trim();
    let page = forgotten_form(lang(&headers, &uri), email);
    match accounts::forgot_password(&app, email, client).await {
        Ok(()) => super::html(&view::ForgottenPage { sent: true, ..page }),
        Err(error @ Error::Throttled { .. }) => {
            let problem = Problem::from(error);
            let notice = Some(super::notice(page.shell.words, &problem));
            super::again(again_status(&problem), &view::ForgottenPage { notice, ..page })
        }
        Err(error) => Err(error.into()),
    }
}

/// The status of a form that is shown again.
pub(crate) fn again_status(problem: &Problem) -> StatusCode {
    match problem.http_status() {
        status @ (StatusCode::TOO_MANY_REQUESTS | StatusCode::CONFLICT) => status,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// `POST /sign-out`.
pub(crate) async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Answer {
    if let SessionToken(Some(token)) = SessionToken::of(&app, &headers, Door::Desk) {
        accounts::sign_out(&app, &token).await?;
    }
    Ok(left(&app, Door::Desk))
}

/// Out.
pub(crate) fn left(app: &App, door: Door) -> Response {
    with_cookie(see(door.sign_in()), session::end(app, door))
}

/// `GET /choose-desk`.
pub(crate) async fn desks(page: Page, query: Query) -> Answer {
    let desks = accounts::memberships(&page.app, &page.agent).await?;
    let shell = page.shell("").await?;
    let chosen = page.agent.desk;
    page.html(&view::ChooseDeskPage {
        shell,
        desks: desks.iter().map(|at| choice(at.desk, at.name.as_str(), at.desk == chosen)).collect(),
        next: session::next(query.get("next"), HOME).to_owned(),
    })
}

/// `POST /choose-desk`.
pub(crate) async fn choose_desk(State(app): State<App>, headers: HeaderMap, form: Form) -> Answer {
    let desk: DeskId = form.parse("desk")?;
    let SessionToken(Some(token)) = SessionToken::of(&app, &headers, Door::Desk) else {
        return Err(Problem::SignedOut(Door::Desk));
    };
    let token = accounts::switch_desk(&app, &token, desk).await?;
    let next = session::next(form.get("next"), HOME);
    Ok(with_cookie(see(next), session::begin(&app, Door::Desk, &token)))
}

/// `GET /invitation/{token}`: also for somebody who has forgotten a password. Opening it uses nothing up.
pub(crate) async fn invitation_page(State(app): State<App>, Path(token): Path<String>) -> Answer {
    let page = invitation_form(&app, &token, None).await?;
    super::html(&page)
}

async fn invitation_form(app: &App, token: &str, problem: Option<&Problem>) -> Answer<view::InvitationPage> {
    let link = accounts::password_link(app, token).await?;
    let words = Words::new(link.lang);
    Ok(view::InvitationPage {
        shell: shell::bare(words, &link.desk),
        notice: problem.map(|problem| super::notice(words, problem)),
        // The token is known to be one of ours, so nothing in it needs an escape.
        action: format!("/invitation/{token}"),
        email: link.email.to_string(),
        first: link.first,
        min_length: u64::try_from(accounts::MIN_PASSWORD).unwrap_or(u64::MAX),
    })
}

/// `POST /invitation/{token}`.
pub(crate) async fn accept_invitation(
    State(app): State<App>,
    Path(token): Path<String>,
    form: Form,
) -> Answer {
    match accounts::set_password(&app, &token, form.get("password")).await {
        Ok(session) => Ok(with_cookie(see(HOME), session::begin(&app, Door::Desk, &session))),
        Err(error @ Error::Invalid { .. }) => {
            let page = invitation_form(&app, &token, Some(&error.into())).await?;
            super::again(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}
