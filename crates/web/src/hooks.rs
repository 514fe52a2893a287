//! What other programs send on their own, signed.

use app::{
    App,
    microsoft::{self, Delivery, LONGEST_EVENT, Taken},
};
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
};
use domain::id::DeskId;

use crate::problem::Answer;

/// `POST /webhooks/microsoft/{desk}`: an event of Partner Center. It is answered at once; what it says is looked at by a
/// job. Nobody learns here which desks there are.
pub(crate) async fn microsoft(
    State(app): State<App>,
    axum::extract::Path(desk): axum::extract::Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let delivery = Delivery {
        signature: header("authorization").or_else(|| header("x-ms-signature")),
        certificate_url: header("x-ms-certificate-url"),
        algorithm: header("x-ms-signature-algorithm"),
        body: &body,
    };
    if body.len() > LONGEST_EVENT {
        return Ok(refused(StatusCode::PAYLOAD_TOO_LARGE, "The body is no event."));
    }
    let taken = match desk.parse::<DeskId>() {
        Ok(desk) => microsoft::receive(&app, desk, delivery).await?,
        Err(_) => Taken::Not(microsoft::NoEvent::Signature),
    };
    Ok(match taken {
        Taken::News | Taken::Known => StatusCode::OK.into_response(),
        Taken::Not(no) => {
            let status = StatusCode::from_u16(no.status()).unwrap_or(StatusCode::UNAUTHORIZED);
            refused(status, &no.to_string())
        }
    })
}

/// For a program, in the words of Microsoft's own sample.
fn refused(status: StatusCode, why: &str) -> Response {
    (status, [(axum::http::header::CONTENT_TYPE, "application/json")], format!("\"{why}\"")).into_response()
}
