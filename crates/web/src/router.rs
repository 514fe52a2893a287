//! The only list of routes. A route stands here with who may call it, or it does not exist: the same table makes the
//! router and the tests that walk it.

use app::App;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{Extensions, HeaderMap, Method, StatusCode, Version, header},
    middleware::{from_fn, from_fn_with_state},
    routing::{MethodFilter, MethodRouter, on},
};
use domain::access::Permission::{
    self, BillingTicketWork, BillingTicketsView, TicketFile, TicketWork, TicketsView, TicketsViewPublic,
};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

use crate::{
    Web, assets,
    guard::{
        self,
        Access::{self, Agent, Public},
    },
    headers, problem,
    ui::entry,
};

/// How large and how long a request may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// Fields of a form: at most 2 MB.
    Small,
    /// Files: at most 30 MB, and few at once.
    Upload,
    /// An answer that goes on for as long as somebody watches.
    Stream,
}

impl Body {
    /// The most bytes of a request.
    #[must_use]
    pub const fn limit(self) -> usize {
        match self {
            Body::Small | Body::Stream => 2 << 20,
            Body::Upload => 30 << 20,
        }
    }
}

/// A line of the table.
#[derive(Debug)]
pub struct Route {
    /// `GET` also answers `HEAD`.
    pub method: Method,
    /// The path, with the names of its parts in braces.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    /// How large a request may be.
    pub body: Body,
    handler: fn() -> MethodRouter<Web>,
}

/// `METHOD "path", access => handler;`, with `uploads` or `stream` after the method where the body is not small.
macro_rules! routes {
    (@body) => { Body::Small };
    (@body uploads) => { Body::Upload };
    (@body stream) => { Body::Stream };
    ($($method:ident $($body:ident)? $path:literal, $access:expr => $handler:path;)*) => {
        &[$(Route {
            method: Method::$method,
            path: $path,
            access: $access,
            body: routes!(@body $($body)?),
            handler: || on(MethodFilter::$method, $handler),
        }),*]
    };
}

/// Every agent who is signed in.
const ANY: &[Permission] = &[];
/// Who sees tickets of some kind.
const SEE: &[Permission] = &[TicketsView, TicketsViewPublic, BillingTicketsView];
/// Who works on tickets of some kind.
const WORK: &[Permission] = &[TicketWork, BillingTicketWork];
/// Who files tickets for others.
const FILE: &[Permission] = &[TicketFile];

/// The ways in, and what every page needs.
static ENTRY: &[Route] = routes![
    GET "/assets/{name}", Public => assets::serve;
    GET "/", Agent(ANY) => entry::home;
    GET "/sign-in", Public => entry::sign_in_page;
    POST "/sign-in", Public => entry::sign_in;
    POST "/sign-out", Agent(ANY) => entry::sign_out;
    GET "/choose-desk", Agent(ANY) => entry::desks;
    POST "/choose-desk", Agent(ANY) => entry::choose_desk;
    GET "/invitation/{token}", Public => entry::invitation_page;
    POST "/invitation/{token}", Public => entry::accept_invitation;
];

/// The desk's tickets.
static TICKETS: &[Route] = routes![];

/// Customers, sent and incoming mail.
static OPERATIONS: &[Route] = routes![];

/// People and settings.
static ADMIN: &[Route] = routes![];

/// The portal of contacts.
static HELP: &[Route] = routes![];

/// The API.
static API: &[Route] = routes![];

/// Every route, in the order of the tables.
pub fn routes() -> impl Iterator<Item = &'static Route> {
    [ENTRY, TICKETS, OPERATIONS, ADMIN, HELP, API].into_iter().flatten()
}

/// Everything that is answered over HTTP.
#[must_use]
pub fn router(app: App) -> Router {
    let web = Web::new(app);
    let mut router = Router::new();
    for route in routes() {
        let guarded = (route.handler)()
            .route_layer(from_fn_with_state((web.clone(), route), guard::pass))
            .layer(DefaultBodyLimit::max(route.body.limit()));
        router = router.route(route.path, guarded);
    }
    router
        .fallback(nowhere)
        .layer(CompressionLayer::new().gzip(true).compress_when(is_text))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(problem::render))
        .layer(from_fn_with_state(web.clone(), headers::dress))
        .with_state(web)
}

async fn nowhere() -> problem::Problem {
    problem::Problem::not_found("page")
}

/// A panic ends one request; what it was stands in the log.
fn panicked(cause: Box<dyn std::any::Any + Send>) -> axum::response::Response {
    let text = cause.downcast_ref::<String>().map(String::as_str).or(cause.downcast_ref::<&str>().copied());
    let fault = anyhow::anyhow!("a handler panicked: {}", text.unwrap_or("no text"));
    axum::response::IntoResponse::into_response(problem::Problem::from(app::Error::internal(fault)))
}

/// Files of customers are sent as they are; streams are not held back.
fn is_text(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let text = [
        "text/html",
        "text/css",
        "text/javascript",
        "image/svg+xml",
        "application/json",
        "application/problem",
    ];
    text.iter().any(|text| kind.starts_with(text)) && !headers.contains_key(header::CONTENT_DISPOSITION)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_route_stands_once() {
        let mut seen = BTreeSet::new();
        for route in routes() {
            assert!(seen.insert((route.method.as_str(), route.path)), "{} {}", route.method, route.path);
        }
    }

    #[test]
    fn v65_public_routes_are_these_alone() {
        let public: Vec<_> = routes()
            .filter(|route| route.access == Public)
            .map(|route| format!("{} {}", route.method, route.path))
            .collect();
        assert_eq!(
            public,
            [
                "GET /assets/{name}",
                "GET /sign-in",
                "POST /sign-in",
                "GET /invitation/{token}",
                "POST /invitation/{token}",
            ]
        );
    }

    #[test]
    fn programs_have_tokens_and_pages_have_sessions() {
        for route in routes() {
            let api = route.path.starts_with("/api/");
            let token = matches!(route.access, Access::Api(_));
            assert!(route.access == Public || api == token, "{} {}", route.method, route.path);
        }
    }
}
