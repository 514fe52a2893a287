//! `/metrics`: how the installation fares, as Prometheus reads it. It is on a socket of its own, never on that of the
//! pages.

use std::{fmt::Write as _, sync::Arc};

use app::{App, health};
use axum::{
    Router,
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// Answers `/metrics` and nothing else. With a token, only to those who show it as a bearer token.
pub fn metrics(app: App, token: Option<&str>) -> Router {
    let token = token.map(|token| <[u8; 32]>::from(Sha256::digest(token)));
    Router::new().route("/metrics", get(show)).with_state(Arc::new((app, token)))
}

type Shared = Arc<(App, Option<[u8; 32]>)>;

async fn show(State(shared): State<Shared>, request: Request) -> Response {
    let (app, token) = &*shared;
    if let Some(token) = token {
        let shown = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let shown = shown.and_then(|value| value.strip_prefix("Bearer "));
        // Hashes are compared: how much of a token is right shows in no time.
        if shown.is_none_or(|shown| <[u8; 32]>::from(Sha256::digest(shown)) != *token) {
            return StatusCode::UNAUTHORIZED.into_response();
        }
    }
    match health::standing(app).await {
        Ok(standing) => {
            ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text(&standing))
                .into_response()
        }
        Err(error) => {
            tracing::error!(%error, "Cannot tell how things stand");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// The text exposition format, version 0.0.4.
fn text(standing: &health::Standing) -> String {
    let mut text = String::new();
    let mut metric = |name: &str, help: &str, samples: &mut dyn Iterator<Item = (String, i64)>| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "# HELP partnerdesk_{name} {help}\n# TYPE partnerdesk_{name} gauge");
        for (labels, value) in samples {
            let _ = writeln!(text, "partnerdesk_{name}{labels} {value}");
        }
    };
    let age = |since: Option<Timestamp>| {
        since.map_or(0, |since| standing.now.duration_since(since).as_secs().max(0))
    };
    let desk = |slug: &str| format!("{{desk=\"{slug}\"}}");
    let inboxes = || standing.inboxes.iter().map(|(slug, inbox)| (desk(slug), inbox));
    metric(
        "inbox_waiting",
        "Raw messages that wait to be processed.",
        &mut inboxes().map(|(desk, inbox)| (desk, inbox.waiting)),
    );
    metric(
        "inbox_oldest_seconds",
        "Age of the oldest of them, 0 if there is none.",
        &mut inboxes().map(|(desk, inbox)| (desk, age(inbox.oldest))),
    );
    metric(
        "inbox_quarantined",
        "Raw messages that could not be processed.",
        &mut inboxes().map(|(desk, inbox)| (desk, inbox.quarantined)),
    );
    let states = [("waiting", standing.waiting), ("dead", standing.dead)];
    metric(
        "jobs",
        "Jobs that wait, now or for their time, and jobs that were given up.",
        &mut states.into_iter().map(|(state, count)| (format!("{{state=\"{state}\"}}"), count)),
    );
    metric(
        "jobs_oldest_due_seconds",
        "For how long the oldest job that is due waits, 0 if none is.",
        &mut [(String::new(), age(standing.oldest_due))].into_iter(),
    );
    text
}
