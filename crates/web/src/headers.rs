//! What every request and every answer has: an id, a line in the log, and the headers that keep browsers safe.

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use tracing::Instrument as _;

use crate::{Web, session};

/// The id of a request, for the log and for who reports a fault.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestId(pub(crate) String);

/// What our pages may do. A mail's HTML has a stricter policy of its own.
pub(crate) const PAGE_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; \
    frame-src 'self'; require-trusted-types-for 'script'; trusted-types partnerdesk; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";

const ALWAYS: [(HeaderName, HeaderValue); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
];

/// Of these an answer may have its own.
const OTHERWISE: [(HeaderName, HeaderValue); 2] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY)),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
];

/// The outermost layer.
pub(crate) async fn dress(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let began = web.app.now();
    let id = web.app.ids(began).uuid().simple().to_string();
    // The path with the names of its parts, never with their values: those can be secrets.
    let path = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!("request", %id, method = %request.method(), path);
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = web.app.now().duration_since(began).as_millis();
    span.in_scope(|| tracing::info!(status = response.status().as_u16(), took, "Answered"));

    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, value);
    }
    for (name, value) in OTHERWISE {
        headers.entry(name).or_insert(value);
    }
    if session::tls(&web.app) {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    if let Ok(id) = HeaderValue::try_from(id) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
    response
}
