//! The router of a [`TestDesk`], without a socket.

use app::{Agent, Contact};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header},
};
use domain::id::{AgentId, ContactId, DeskId, IdentityId, SessionId};
use jiff::SignedDuration;
use store::{Error, installation};
use tower::ServiceExt;

use crate::{
    desk::{TestDesk, ok},
    fail,
};

/// What a page or the API answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: axum::http::HeaderMap,
    /// The body.
    pub body: String,
}

impl Answer {
    /// The body as JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| fail(&format!("{e}: {}", self.body)))
    }
}

impl TestDesk {
    /// The program's router, without a socket.
    pub fn router(&self) -> Router {
        web::router(self.app.clone())
    }

    /// The cookie of a session of an agent.
    pub async fn agent_cookie(&self, agent: &Agent) -> String {
        let token = self.session(agent.desk, Some((agent.identity, agent.id)), None).await;
        format!("pd={token}")
    }

    /// The cookie of a session of a contact.
    pub async fn contact_cookie(&self, contact: &Contact) -> String {
        let token = self.session(contact.desk, None, Some(contact.id)).await;
        format!("pd-help={token}")
    }

    async fn session(
        &self,
        desk: DeskId,
        agent: Option<(IdentityId, AgentId)>,
        contact: Option<ContactId>,
    ) -> String {
        let now = self.app.now();
        let id = self.app.ids(now).next(SessionId::new);
        // As long as a real one, or nobody looks it up.
        let token = format!("pds_{:0<43}", id.to_string());
        let session = installation::Session {
            id,
            identity: agent.map(|(identity, _)| identity),
            desk,
            agent: agent.map(|(_, agent)| agent),
            contact,
            created_at: now,
            seen_at: now,
            expires_at: ok(now.checked_add(SignedDuration::from_hours(8))),
        };
        let hash = app::who::hash(&token);
        let kept: Result<(), Error> = self
            .app
            .store
            .system_write(move |tx| {
                let session = session.clone();
                Box::pin(async move { installation::add_session(tx, &hash, &session).await })
            })
            .await;
        ok(kept);
        token
    }

    /// Sends a request to the router.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = ok(self.router().oneshot(request).await);
        let (status, headers) = (response.status(), response.headers().clone());
        let body = ok(to_bytes(response.into_body(), 64 << 20).await);
        Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    /// Gets a page with a cookie.
    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.send(ok(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()))).await
    }

    /// Posts a form with a cookie, as a page of the desk would.
    pub async fn post(&self, path: &str, cookie: &str, form: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = form.iter().map(|(k, v)| format!("{k}={}", encode(v))).collect();
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::COOKIE, cookie)
            .header(header::ORIGIN, "http://desk.test")
            .header(header::HOST, "desk.test")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")));
        self.send(ok(request)).await
    }
}

/// A text as a value of a form.
#[must_use]
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { (b as char).to_string() } else { format!("%{b:02X}") })
        .collect()
}
