//! Pages: handlers fill the view models of [`view`], templates render them.

pub(crate) mod account;
pub(crate) mod admin;
pub(crate) mod billing;
pub(crate) mod catalogue;
pub(crate) mod charging;
pub(crate) mod claims;
pub(crate) mod collections;
pub(crate) mod customers;
mod dates;
mod download;
pub(crate) mod entry;
pub(crate) mod handovers;
pub(crate) mod help;
mod keys;
pub(crate) mod lines;
pub(crate) mod message;
pub(crate) mod new_ticket;
pub(crate) mod operations;
pub(crate) mod pieces;
pub(crate) mod queue;
pub(crate) mod receivables;
pub(crate) mod search;
pub(crate) mod shell;
pub(crate) mod signals;
pub(crate) mod subscriptions;
pub(crate) mod suppliers;
pub(crate) mod support;
pub(crate) mod suspensions;
mod terms;
pub(crate) mod ticket;
#[expect(unreachable_pub, reason = "the view models are public in their module, which is not")]
pub(crate) mod view;

use std::fmt::Write as _;

use askama::Template;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse as _, Redirect, Response},
};
use text::Words;

use crate::problem::Answer;

/// A page.
///
/// # Errors
/// A template that cannot be written: a fault.
pub(crate) fn html(page: &impl Template) -> Answer {
    Ok(Html(page.render()?).into_response())
}

/// A form's page again, with what is wrong in it.
///
/// # Errors
/// As [`html`].
pub(crate) fn again(status: StatusCode, page: &impl Template) -> Answer {
    Ok((status, Html(page.render()?)).into_response())
}

/// "See there": how a form that has done something is answered.
pub(crate) fn see(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// The same, with a message that the next page shows once.
pub(crate) fn see_with(path: &str, flash: &shell::Told) -> Response {
    let mut response = see(path);
    response.headers_mut().append(header::SET_COOKIE, flash.cookie());
    response
}

/// The page of ours from which a request comes, or else `home`.
pub(crate) fn came_from(headers: &HeaderMap, home: &str) -> String {
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let path =
        referer.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    crate::session::next(&format!("/{path}"), home).to_owned()
}

/// Done, and nothing to show.
pub(crate) fn nothing() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

/// Has a page watch a topic, besides what it watches already.
pub(crate) fn watch(shell: &mut view::Shell, topic: &str) {
    if !shell.live.is_empty() {
        shell.live.push(',');
    }
    shell.live.push_str(topic);
}

/// What stands behind a question mark, made of names and values.
pub(crate) fn query(fields: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, value) in fields {
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(name);
        text.push('=');
        escape(&mut text, value);
    }
    text
}

/// A value as it may stand in an address.
fn escape(text: &mut String, value: &str) {
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                text.push(char::from(byte));
            }
            _ => {
                let _ = write!(text, "%{byte:02X}");
            }
        }
    }
}

/// The page of what could not be shown; `home` is where one can go on from it, and the key of its words.
pub(crate) fn error_page(
    shell: view::Shell,
    status: StatusCode,
    sentence: String,
    (home, home_word): (&str, &str),
    request: &str,
) -> Response {
    let title = shell.words.word("error", status_word(status)).into_owned();
    let home = view::Link { href: home.into(), text: shell.words.t(home_word).into_owned(), current: false };
    let page = view::ErrorPage {
        shell,
        status: status.as_u16(),
        title,
        text: sentence,
        home,
        request: request.into(),
    };
    match page.render() {
        Ok(page) => (status, Html(page)).into_response(),
        Err(error) => {
            tracing::error!(%error, "The error page cannot be rendered");
            status.into_response()
        }
    }
}

/// The headline of a status.
fn status_word(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "not-found",
        StatusCode::FORBIDDEN => "forbidden",
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => "busy",
        _ if status.is_client_error() => "not-done",
        _ => "fault",
    }
}

/// Adds a cookie to an answer.
pub(crate) fn with_cookie(mut response: Response, cookie: HeaderValue) -> Response {
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}

/// The notice of a form that could not be taken.
pub(crate) fn notice(words: Words, problem: &crate::problem::Problem) -> view::Notice {
    view::Notice { tone: "error".into(), text: problem.sentence(words) }
}

#[cfg(test)]
mod tests {
    #[test]
    fn values_in_addresses() {
        assert_eq!(super::query(&[("q", "ö &=#/?"), ("n", "a-1")]), "q=%C3%B6%20%26%3D%23%2F%3F&n=a-1");
    }
}
