//! HTTP: JSON API, pages, sessions, live updates.
//!
//! [`router()`] is the whole of it. What each request passes, from outside in: a request id and the headers that
//! every answer has (`headers`), the rendering of what went wrong (`problem`), compression, and, for each route
//! of the table in [`mod@router`], the guard (`guard`): same origin, who asks, with which permission, how large, how
//! long.

pub mod api;
mod assets;
mod chain;
mod form;
mod guard;
mod headers;
mod hooks;
mod live;
mod metrics;
mod problem;
pub mod router;
mod session;
mod ui;

use std::sync::Arc;

use app::App;
use axum::extract::FromRef;
pub use guard::Access;
pub use metrics::metrics;
pub use router::router;
use tokio::sync::Semaphore;

/// What every handler reaches.
#[derive(Clone, Debug)]
pub(crate) struct Web(Arc<Inner>);

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) app: App,
    pub(crate) limits: Limits,
    pub(crate) presence: ui::ticket::presence::Presence,
}

/// How much is done at once; what is over is refused, so that what is done is done in time.
#[derive(Debug)]
pub(crate) struct Limits {
    /// Requests of every kind.
    pub(crate) requests: Semaphore,
    /// Requests with files, which stand in memory while they are taken.
    pub(crate) uploads: Semaphore,
    /// Pages that watch.
    pub(crate) watchers: Arc<Semaphore>,
}

impl Web {
    pub(crate) fn new(app: App) -> Self {
        let limits = Limits {
            requests: Semaphore::new(512),
            uploads: Semaphore::new(8),
            watchers: Arc::new(Semaphore::new(4096)),
        };
        Self(Arc::new(Inner { app, limits, presence: ui::ticket::presence::Presence::default() }))
    }
}

impl std::ops::Deref for Web {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl FromRef<Web> for App {
    fn from_ref(web: &Web) -> App {
        web.app.clone()
    }
}
