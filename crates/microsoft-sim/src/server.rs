//! The socket: HTTP in, and answers out whole or as a fault wants them.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body as HttpBody, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use futures_util::{StreamExt as _, stream};
use serde_json::Value;
use tokio::net::TcpListener;

use crate::{
    Shared,
    call::{Body, Call, Reply, lower},
    control,
    gate::Outcome,
    login::{Caller, plain},
};

/// The longest request, in bytes.
const LIMIT: usize = 1 << 20;

pub(crate) async fn run(listener: TcpListener, shared: Arc<Shared>) {
    let router = Router::new().fallback(answer).with_state(shared);
    if let Err(error) = axum::serve(listener, router).await {
        tracing::error!(%error, "the simulator's listener broke");
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LIMIT).await else { return send(Reply::empty(413)) };
    let text = String::from_utf8_lossy(&body).into_owned();
    let headers = head.headers.iter().map(|(name, value)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    });
    let path = head.uri.path();
    let query = head.uri.query().unwrap_or_default();
    let fields = query.split('&').filter(|field| !field.is_empty());
    let call = Call {
        method: head.method.as_str().to_owned(),
        path: path.split('/').filter(|part| !part.is_empty()).map(plain).collect(),
        target: head.uri.path_and_query().map_or(path.to_owned(), ToString::to_string),
        query: fields
            .map(|field| field.split_once('=').unwrap_or((field, "")))
            .map(|(name, value)| (plain(name), plain(value)))
            .collect::<BTreeMap<_, _>>(),
        headers: headers.collect(),
        body: lower(serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap_or(Value::Null)),
        text,
        caller: Caller::default(),
        ids: Vec::new(),
    };
    if call.path.is_empty() || call.path[0] == "simulator" {
        return send(shared.with(|world| control::answer(world, &call)));
    }
    match shared.with(|world| world.answer(call)) {
        Outcome::Whole(reply) => send(reply),
        Outcome::Padded(bytes, reply) => padded(bytes, reply),
        Outcome::Half(reply) => half(reply),
        Outcome::Reset => broken(Vec::new()),
        Outcome::Never => std::future::pending().await,
    }
}

fn parts(reply: Reply) -> (axum::http::response::Builder, Vec<u8>) {
    let mut response = Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    match reply.body {
        Body::Nothing => (response, Vec::new()),
        Body::Json(body) => {
            (response.header("Content-Type", "application/json"), body.to_string().into_bytes())
        }
        Body::Bytes(kind, bytes) => (response.header("Content-Type", kind), bytes),
    }
}

fn finish(response: axum::http::response::Builder, body: HttpBody) -> Response {
    response.body(body).unwrap_or_else(|_| {
        // A fault's own text was no header.
        let mut failed = Response::new(HttpBody::empty());
        *failed.status_mut() = axum::http::StatusCode::INTERNAL_SERVER_ERROR;
        failed
    })
}

fn send(reply: Reply) -> Response {
    let (response, body) = parts(reply);
    finish(response, body.into())
}

/// Blanks before JSON are no fault of it; so many may be.
fn padded(bytes: usize, reply: Reply) -> Response {
    const PIECE: usize = 64 << 10;
    let (response, body) = parts(reply);
    let blanks = Bytes::from(vec![b' '; PIECE]);
    let pieces = stream::iter(0..bytes.div_ceil(PIECE)).map(move |_| Ok::<_, Infallible>(blanks.clone()));
    finish(response, HttpBody::from_stream(pieces.chain(stream::iter([Ok(Bytes::from(body))]))))
}

fn half(reply: Reply) -> Response {
    let (response, body) = parts(reply);
    let length = body.len();
    let half = body[..length / 2].to_vec();
    finish(response.header("Content-Length", length), broken(half).into_body())
}

/// A body that ends with the connection.
fn broken(begun: Vec<u8>) -> Response {
    let end = || Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset));
    let first = stream::iter((!begun.is_empty()).then(|| Ok(Bytes::from(begun))));
    // The first piece leaves before the end comes.
    let last = stream::once(async move {
        tokio::task::yield_now().await;
        end()
    });
    Response::new(HttpBody::from_stream(first.chain(last)))
}
