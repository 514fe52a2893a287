//! `Idempotency-Key`: a request that is sent again has one effect, and gets the same answer.
//!
//! The key is reserved, in a transaction of its own, before anything is done. So of two requests with one key at the
//! same time only one does something, and after a crash in between nobody does it a second time: the outcome is not
//! known then, and whoever asks again is told so. What is done goes on when the client hangs up, so that the answer is
//! there when it asks again.
//!
//! The table of answers takes new rows only. What becomes of a key is written there as a short history: reserved,
//! then refused (nothing was done, so it may be tried again) or answered. Rows go after a day.

use app::App;
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    handler::Handler,
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri,
        header::{CONTENT_TYPE, ETAG, LOCATION},
    },
    response::{IntoResponse as _, Response},
};
use domain::id::{AgentId, DeskId};
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{
    Tx,
    records::{self, Answered},
};
use tracing::Instrument as _;

use crate::{Web, guard::ApiCaller, problem::Problem};

/// The request's key.
pub(super) const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Marks an answer that was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// The longest key, in bytes.
const LONGEST: usize = 255;
/// How often a request may be refused and tried again with one key.
const TURNS: u8 = 100;
/// The largest answer that is kept, in bytes. Answers of requests that make something are small.
const ANSWER: usize = 1 << 20;
/// Stands for a status where there is none yet, or nothing was done.
const NONE: i64 = 0;

/// A handler whose requests may carry a key.
#[derive(Clone, Debug)]
pub(crate) struct Once<H>(H);

/// Makes a handler do what it is asked to once for each key.
pub(crate) const fn once<H>(handler: H) -> Once<H> {
    Once(handler)
}

impl<H: Handler<T, Web>, T: 'static> Handler<T, Web> for Once<H> {
    type Future = BoxFuture<'static, Response>;

    fn call(self, request: Request, web: Web) -> Self::Future {
        Box::pin(async move { run(self.0, request, web).await.unwrap_or_else(Problem::into_response) })
    }
}

async fn run<H: Handler<T, Web>, T: 'static>(
    handler: H,
    request: Request,
    web: Web,
) -> Result<Response, Problem> {
    let Some(key) = key(request.headers())? else { return Ok(handler.call(request, web).await) };
    let ApiCaller(agent) = request.extensions().get().cloned().ok_or(Problem::NoToken)?;
    let (parts, body) = request.into_parts();
    let bytes = super::body::bytes(Request::from_parts(parts.clone(), body), &()).await?;
    let request = digest(&parts.method, &parts.uri, &parts.headers, &bytes);
    let asked = Asked { desk: agent.desk, agent: agent.id, key, request };
    let turn = match asked.reserve(&web.app).await? {
        Standing::Reserved { turn } => turn,
        Standing::Answered(answer) => return answer.replay(),
        Standing::Open => return Err(Problem::status(StatusCode::CONFLICT, "idempotency-key-in-use")),
        Standing::Other => {
            return Err(Problem::status(StatusCode::UNPROCESSABLE_ENTITY, "idempotency-key-reused"));
        }
    };
    let work = async move {
        let response = handler.call(Request::from_parts(parts, Body::from(bytes)), web.clone()).await;
        asked.settle(&web.app, turn, response).await
    };
    match tokio::spawn(work.in_current_span()).await {
        Ok(answer) => answer,
        Err(failed) => match failed.try_into_panic() {
            Ok(cause) => std::panic::resume_unwind(cause),
            Err(_) => Err(Problem::busy()),
        },
    }
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut keys = headers.get_all(KEY).iter();
    let Some(key) = keys.next() else { return Ok(None) };
    let fine = !key.is_empty() && key.len() <= LONGEST && key.as_bytes().iter().all(u8::is_ascii_graphic);
    match key.to_str() {
        Ok(key) if fine && keys.next().is_none() => Ok(Some(key.to_owned())),
        _ => Err(Problem::status(StatusCode::BAD_REQUEST, "bad-idempotency-key")),
    }
}

/// What makes two requests the same.
fn digest(method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> [u8; 32] {
    let path = uri.path_and_query().map_or("", |path| path.as_str());
    let kind = headers.get(CONTENT_TYPE).map_or(&[][..], HeaderValue::as_bytes);
    let mut hash = Sha256::new();
    for part in [method.as_str().as_bytes(), path.as_bytes(), kind, body] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// A request with a key.
#[derive(Clone, Debug)]
struct Asked {
    desk: DeskId,
    agent: AgentId,
    key: String,
    request: [u8; 32],
}

/// How it stands with a key.
#[derive(Debug, PartialEq, Eq)]
enum Standing {
    /// It is this request's now.
    Reserved {
        /// How often it was refused before.
        turn: u8,
    },
    /// It has its answer.
    Answered(Kept),
    /// Another request with it has begun, and its outcome is not known yet.
    Open,
    /// It belongs to another request.
    Other,
}

/// An answer as it is kept: the headers that say something, and the body, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    #[serde(default)]
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Asked {
    /// The row of a reservation, and the row of its outcome. Keys have no space in them.
    fn rows(&self, turn: u8) -> (String, String) {
        (format!("{} {turn}", self.key), format!("{} {turn} outcome", self.key))
    }

    fn row(&self, status: i64, body: serde_json::Value) -> Answered {
        Answered { request: self.request.to_vec(), status, body }
    }

    async fn reserve(&self, app: &App) -> Result<Standing, Problem> {
        let (asked, now) = (self.clone(), app.now());
        let reserved = app
            .store
            .write::<_, store::Error, _>(self.desk, move |tx| {
                let asked = asked.clone();
                Box::pin(async move { asked.reserve_in(tx, now).await })
            })
            .await;
        match reserved {
            Err(error) if error.is_taken("idempotency", "key") => Ok(Standing::Open),
            other => Ok(other?),
        }
    }

    async fn reserve_in(&self, tx: &mut Tx, now: jiff::Timestamp) -> Result<Standing, store::Error> {
        for turn in 0..TURNS {
            let (reservation, outcome) = self.rows(turn);
            let Some(before) = records::answer(tx, self.agent, &reservation).await? else {
                let row = self.row(NONE, serde_json::Value::Null);
                records::keep_answer(tx, self.agent, &reservation, &row, now).await?;
                return Ok(Standing::Reserved { turn });
            };
            if before.request != self.request {
                return Ok(Standing::Other);
            }
            let Some(outcome) = records::answer(tx, self.agent, &outcome).await? else {
                return Ok(Standing::Open);
            };
            if outcome.status != NONE {
                let kept = serde_json::from_value(outcome.body);
                return kept
                    .map(Standing::Answered)
                    .map_err(|error| store::Error::Damaged(error.to_string()));
            }
        }
        Ok(Standing::Open)
    }

    /// Writes what became of the request, and hands the answer on. Of a fault the outcome is not known.
    async fn settle(&self, app: &App, turn: u8, response: Response) -> Result<Response, Problem> {
        let status = response.status();
        if status.is_server_error() {
            return Ok(response);
        }
        if !status.is_success() {
            self.write(app, turn, self.row(NONE, serde_json::Value::Null)).await?;
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, ANSWER).await.map_err(app::Error::internal)?;
        let kept = Kept::of(parts.status, &parts.headers, &body)?;
        let row = self
            .row(parts.status.as_u16().into(), serde_json::to_value(&kept).map_err(app::Error::internal)?);
        self.write(app, turn, row).await?;
        Ok(Response::from_parts(parts, Body::from(body)))
    }

    async fn write(&self, app: &App, turn: u8, row: Answered) -> Result<(), Problem> {
        let (agent, now, (_, outcome)) = (self.agent, app.now(), self.rows(turn));
        let unit = std::sync::Arc::new((outcome, row));
        app.store
            .write::<_, store::Error, _>(self.desk, move |tx| {
                let unit = unit.clone();
                Box::pin(async move { records::keep_answer(tx, agent, &unit.0, &unit.1, now).await })
            })
            .await?;
        Ok(())
    }
}

impl Kept {
    fn of(status: StatusCode, headers: &HeaderMap, body: &Bytes) -> Result<Self, Problem> {
        let kept = [CONTENT_TYPE, LOCATION, ETAG].into_iter().filter_map(|name| {
            let value = headers.get(&name)?.to_str().ok()?.to_owned();
            Some((name.to_string(), value))
        });
        let body = std::str::from_utf8(body).map_err(app::Error::internal)?.to_owned();
        Ok(Self { status: status.as_u16(), headers: kept.collect(), body })
    }

    fn replay(self) -> Result<Response, Problem> {
        let mut response = Response::builder().status(self.status).header(REPLAYED, "true");
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        Ok(response.body(Body::from(self.body)).map_err(app::Error::internal)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_short_words() {
        let key = |value: &[u8]| {
            let mut headers = HeaderMap::new();
            headers.insert(KEY, HeaderValue::from_bytes(value).unwrap());
            key(&headers)
        };
        assert_eq!(key(b"8f14e45f-ceea").unwrap().as_deref(), Some("8f14e45f-ceea"));
        assert!(key(&[b'a'; LONGEST]).is_ok());
        for bad in [&b""[..], b"a b", b"a 0 outcome", "\u{e5}".as_bytes(), &[b'a'; LONGEST + 1]] {
            assert_eq!(key(bad).unwrap_err().code(), "bad-idempotency-key", "{bad:?}");
        }
        let mut two = HeaderMap::new();
        two.append(KEY, HeaderValue::from_static("a"));
        two.append(KEY, HeaderValue::from_static("b"));
        assert!(super::key(&two).is_err());
        assert_eq!(super::key(&HeaderMap::new()).unwrap(), None);
    }

    #[test]
    fn another_request_has_another_digest() {
        let json = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
        let of = |method: Method, uri: &'static str, headers: &HeaderMap, body: &[u8]| {
            digest(&method, &Uri::from_static(uri), headers, body)
        };
        let one = of(Method::POST, "/api/v1/inbox?recipient=a", &json, b"x");
        assert_eq!(one, of(Method::POST, "/api/v1/inbox?recipient=a", &json, b"x"));
        for other in [
            of(Method::PUT, "/api/v1/inbox?recipient=a", &json, b"x"),
            of(Method::POST, "/api/v1/inbox?recipient=b", &json, b"x"),
            of(Method::POST, "/api/v1/inbox", &json, b"x"),
            of(Method::POST, "/api/v1/inbox?recipient=a", &HeaderMap::new(), b"x"),
            of(Method::POST, "/api/v1/inbox?recipient=a", &json, b"y"),
            of(Method::POST, "/api/v1/inbox?recipient=a", &json, b""),
        ] {
            assert_ne!(one, other);
        }
    }

    #[test]
    fn an_answer_is_given_again_as_it_was() {
        let headers = HeaderMap::from_iter([
            (CONTENT_TYPE, HeaderValue::from_static("application/json")),
            (ETAG, HeaderValue::from_static("\"1\"")),
            (HeaderName::from_static("date"), HeaderValue::from_static("today")),
        ]);
        let kept =
            Kept::of(StatusCode::CREATED, &headers, &Bytes::from_static(b"{\"b\":1,\"a\":2}")).unwrap();
        let stored: Kept = serde_json::from_value(serde_json::to_value(&kept).unwrap()).unwrap();
        let again = stored.clone().replay().unwrap();
        assert_eq!(stored.body, "{\"b\":1,\"a\":2}");
        assert_eq!(
            (again.status(), again.headers()[ETAG].as_bytes()),
            (StatusCode::CREATED, b"\"1\"".as_slice())
        );
        assert!(!again.headers().contains_key("date"));
        assert_eq!(again.headers()[REPLAYED], "true");
    }
}
