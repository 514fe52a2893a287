//! What went wrong, told to programs as `application/problem+json` and to people as a page, in their language. The
//! cause of a fault is for the log alone.

use std::sync::Arc;

use app::Error;
use axum::{
    Json,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::lang::Lang;
use serde::Serialize;
use text::Words;

use crate::{
    guard::{AgentSession, ApiCaller, ContactSession},
    headers::RequestId,
    session::Door,
    ui,
};

/// What a handler answers.
pub(crate) type Answer<T = Response> = Result<T, Problem>;

/// Why a request was not done.
#[derive(Debug)]
pub(crate) enum Problem {
    /// The use case says no.
    App(Error),
    /// There is no session, or no longer.
    SignedOut(Door),
    /// There is no token that is worth anything.
    NoToken,
    /// The request itself is not one that we take.
    Status(StatusCode, &'static str),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Problem::App(error)
    }
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        Problem::App(error.into())
    }
}

impl From<askama::Error> for Problem {
    fn from(error: askama::Error) -> Self {
        Problem::App(Error::internal(error))
    }
}

impl Problem {
    /// A request that is not one that we take.
    pub(crate) const fn status(status: StatusCode, code: &'static str) -> Self {
        Problem::Status(status, code)
    }

    /// Too much is being done already.
    pub(crate) fn busy() -> Self {
        Problem::App(Error::Unavailable("too many requests at once, or one took too long".into()))
    }

    /// There is no such thing, or not for this caller.
    pub(crate) const fn not_found(what: &'static str) -> Self {
        Problem::App(Error::NotFound(what))
    }

    /// The one place where errors become statuses.
    pub(crate) const fn http_status(&self) -> StatusCode {
        match self {
            Problem::App(error) => match error {
                Error::NotFound(_) => StatusCode::NOT_FOUND,
                Error::Forbidden => StatusCode::FORBIDDEN,
                Error::Refused(_) | Error::Stale => StatusCode::CONFLICT,
                Error::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
                Error::Throttled { .. } => StatusCode::TOO_MANY_REQUESTS,
                Error::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
                Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Problem::SignedOut(_) | Problem::NoToken => StatusCode::UNAUTHORIZED,
            Problem::Status(status, _) => *status,
        }
    }

    /// The stable code.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Problem::App(error) => error.code(),
            Problem::SignedOut(_) => "signed-out",
            Problem::NoToken => "no-token",
            Problem::Status(_, code) => code,
        }
    }

    /// Seconds after which it may be tried again.
    const fn retry_after(&self) -> Option<u32> {
        match self {
            Problem::App(Error::Throttled { retry_after }) => Some(*retry_after),
            Problem::App(Error::Unavailable(_)) => Some(5),
            _ => None,
        }
    }

    /// The field that is not acceptable.
    pub(crate) const fn field(&self) -> Option<&'static str> {
        match self {
            Problem::App(Error::Invalid { field, .. }) => Some(field),
            _ => None,
        }
    }

    /// The sentence for people.
    pub(crate) fn sentence(&self, words: Words) -> String {
        sentence(words, self.code())
    }
}

/// The sentence of a code.
pub(crate) fn sentence(words: Words, code: &str) -> String {
    words.word("problem", code).into_owned()
}

/// A problem on its way to [`render`].
#[derive(Clone, Debug)]
struct Failed(Arc<Problem>);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.http_status().into_response();
        response.extensions_mut().insert(Failed(Arc::new(self)));
        response
    }
}

/// A problem as programs read it (RFC 9457).
#[derive(Debug, Serialize)]
struct Document<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    status: u16,
    code: &'a str,
    request: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError<'a>>,
}

#[derive(Debug, Serialize)]
struct FieldError<'a> {
    field: &'a str,
    code: &'a str,
    detail: String,
}

/// Writes the answer of everything that went wrong, also of what no handler has seen.
pub(crate) async fn render(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let for_programs = path.starts_with("/api/") || path.starts_with("/chain/");
    let id = request.extensions().get::<RequestId>().cloned().unwrap_or_default();
    let asked = Asked::of(&request);
    let mut response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let failed = response.extensions_mut().remove::<Failed>();
    let problem = match failed {
        Some(Failed(problem)) => problem,
        // A form that is shown again with what is wrong in it.
        None if has_page(&response) => return response,
        None => Arc::new(Problem::Status(status, code_of(status))),
    };
    if let Problem::App(Error::Internal(cause)) = &*problem {
        tracing::error!(request = %id.0, cause = format!("{cause:#}"), "A request failed");
    }
    let mut answer = if for_programs {
        document(&problem, words(&response, asked.lang), &id.0)
    } else if let Problem::SignedOut(door) = &*problem {
        asked.to_sign_in(*door)
    } else {
        page(&response, &problem, &asked, &id.0)
    };
    if let Some(seconds) = problem.retry_after() {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    for name in [header::ALLOW, header::WWW_AUTHENTICATE] {
        if let Some(value) = response.headers_mut().remove(&name) {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}

fn has_page(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html") || kind.starts_with("application/"))
}

/// The code of what axum itself refuses.
fn code_of(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "not-found",
        StatusCode::METHOD_NOT_ALLOWED => "method-not-allowed",
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "unsupported-type",
        _ if status.is_client_error() => "bad-request",
        _ => "internal",
    }
}

/// What of a request decides how its failure is told.
struct Asked {
    lang: Lang,
    /// The page to go on to after signing in, if it was a page.
    page: Option<String>,
    /// Whether the script asked, which shows the failure itself.
    by_script: bool,
    /// Whether it was for the portal.
    portal: bool,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let headers = request.headers();
        let page = (request.method() == Method::GET)
            .then(|| request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned());
        let by_script = headers.contains_key("x-fragment") || accepts(headers, "text/event-stream");
        let portal = request.uri().path().starts_with("/help");
        Self { lang: ui::entry::lang(headers, request.uri()), page, by_script, portal }
    }

    fn to_sign_in(&self, door: Door) -> Response {
        if self.by_script {
            return StatusCode::UNAUTHORIZED.into_response();
        }
        match self.page.as_deref() {
            Some(page) if page != "/" => {
                let next = ui::query(&[("next", page)]);
                ui::see(&format!("{}?{next}", door.sign_in()))
            }
            _ => ui::see(door.sign_in()),
        }
    }
}

fn accepts(headers: &HeaderMap, kind: &str) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains(kind))
}

/// The words of whoever asked.
fn words(response: &Response, otherwise: Lang) -> Words {
    let extensions = response.extensions();
    let api = extensions.get::<ApiCaller>().map(|ApiCaller(agent)| agent.lang);
    let agent = extensions.get::<AgentSession>().map(|AgentSession(agent)| agent.lang);
    let contact = extensions.get::<ContactSession>().map(|ContactSession(contact)| contact.lang);
    Words::new(api.or(agent).or(contact).unwrap_or(otherwise))
}

fn document(problem: &Problem, words: Words, request: &str) -> Response {
    let status = problem.http_status();
    let title = problem.sentence(words);
    let errors =
        problem.field().map(|field| FieldError { field, code: problem.code(), detail: title.clone() });
    let document = Document {
        kind: "about:blank",
        title: if errors.is_some() { sentence(words, "invalid") } else { title },
        status: status.as_u16(),
        code: if errors.is_some() { "invalid" } else { problem.code() },
        request,
        errors: errors.into_iter().collect(),
    };
    let mut response = (status, Json(document)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

fn page(response: &Response, problem: &Problem, asked: &Asked, request: &str) -> Response {
    let words = words(response, asked.lang);
    let agent = response.extensions().get::<AgentSession>().map(|AgentSession(agent)| &**agent);
    let shell = ui::shell::for_error(agent, words);
    let status = problem.http_status();
    let home = if asked.portal { ("/help", "help-tickets") } else { ("/", "error-home") };
    ui::error_page(shell, status, problem.sentence(words), home, request)
}
