//! The door for other desks: what they send proves itself (`docs/handover-protocol.md`).

use app::{
    App,
    handovers::{self, Given, Pairing, Received, Told},
};
use axum::{
    body::Bytes,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};

use crate::{
    guard::Client,
    problem::{Answer, Problem},
};

fn json(body: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// Who is not known here is slowed down, and learns nothing else.
async fn stranger(app: &App, client: Client) -> Answer {
    handovers::stranger(app, client.0).await?;
    Err(Problem::status(StatusCode::UNAUTHORIZED, "not-allowed"))
}

/// Nor what is no message at all.
async fn malformed(app: &App, client: Client) -> Answer {
    handovers::stranger(app, client.0).await?;
    Err(Problem::status(StatusCode::BAD_REQUEST, "bad-request"))
}

/// `POST /chain/v1/messages`.
pub(crate) async fn messages(State(app): State<App>, client: Client, body: Bytes) -> Answer {
    match handovers::receive(&app, &body).await? {
        Received::Taken(receipt) => Ok(json(receipt)),
        Received::NotPaired => stranger(&app, client).await,
        Received::Malformed | Received::Version => malformed(&app, client).await,
    }
}

/// `POST /chain/v1/files`.
pub(crate) async fn files(State(app): State<App>, client: Client, body: Bytes) -> Answer {
    match handovers::give(&app, &body).await? {
        Given::File(bytes) => {
            Ok(([(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response())
        }
        Given::NotPaired => stranger(&app, client).await,
        Given::Malformed => malformed(&app, client).await,
    }
}

/// `POST /chain/v1/plan`.
pub(crate) async fn plan(State(app): State<App>, client: Client, body: Bytes) -> Answer {
    match handovers::tell_plan(&app, &body).await? {
        Told::Statement(answer) => Ok(json(answer)),
        Told::NotPaired => stranger(&app, client).await,
        Told::Malformed => malformed(&app, client).await,
    }
}

/// `POST /chain/v1/pairings`.
pub(crate) async fn pairings(State(app): State<App>, client: Client, body: Bytes) -> Answer {
    match handovers::answer_pairing(&app, &body).await? {
        Pairing::Welcome(welcome) => Ok(json(welcome)),
        Pairing::Refused => stranger(&app, client).await,
    }
}

/// `POST /chain/v1/keys`.
pub(crate) async fn keys(State(app): State<App>, client: Client, body: Bytes) -> Answer {
    if handovers::take_new_key(&app, &body).await? {
        Ok(json("{}".into()))
    } else {
        stranger(&app, client).await
    }
}
