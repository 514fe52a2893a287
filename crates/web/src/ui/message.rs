//! What customers sent, as it came: HTML in a frame of its own, raw messages, files. All of it is hostile; none of it
//! runs, and none of it is served under the type that its sender gave it.

use std::collections::{HashMap, HashSet};

use app::{App, tickets};
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use domain::id::EntryId;
use mail::html::{RemoteContent, sanitise};

use super::download;
use crate::{
    form::{Path, Query},
    guard::AgentSession,
    problem::Answer,
};

/// What the frame of a message may do: show text, styles of its own and the pictures that came with it. They stand in
/// the document: a frame without an origin has no session with which it could fetch them.
const FRAME: &str = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'; \
    base-uri 'none'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox";
/// The same with the sender's pictures, which tell the sender that somebody looks.
const FRAME_REMOTE: &str = "default-src 'none'; img-src data: https:; style-src 'unsafe-inline'; \
    frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox";

/// `GET /tickets/{number}/messages/{entry}`: a message's HTML, made safe.
pub(crate) async fn html(
    AgentSession(agent): AgentSession,
    State(app): State<App>,
    Path((number, entry)): Path<(i64, EntryId)>,
    query: Query,
) -> Answer {
    let html = tickets::html(&app, &agent, number, entry).await?;
    let remote = query.get("remote") == "1";
    let content = if remote { RemoteContent::Allowed } else { RemoteContent::Blocked };
    Ok(frame(html, content).await?)
}

/// A message's HTML in a document of its own, with the pictures that came with it.
///
/// # Errors
/// The thread that cleans it was stopped.
pub(crate) async fn frame(html: tickets::Html, content: RemoteContent) -> app::Result<Response> {
    let clean = tokio::task::spawn_blocking(move || {
        let tickets::Html { markup, pictures } = html;
        let addresses: HashMap<String, String> =
            pictures.into_iter().filter_map(|(id, bytes)| Some((id, inline(&bytes)?))).collect();
        let given: HashSet<String> = addresses.values().cloned().collect();
        let address = move |id: &str| addresses.get(id).or_else(|| given.get(id)).cloned();
        sanitise(&markup, address, content).html
    });
    let clean = clean.await.map_err(app::Error::internal)?;
    let policy = match content {
        RemoteContent::Blocked => FRAME,
        RemoteContent::Allowed => FRAME_REMOTE,
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy)),
    ];
    // After cleaning nothing is put into the markup, only around it.
    let document = format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><base target=\"_blank\"><style>body{{margin:12px;\
         font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}}img{{max-width:100%;height:auto}}</style></head>\
         <body>{clean}</body></html>"
    );
    Ok((headers, document).into_response())
}

/// `GET /tickets/{number}/messages/{entry}/original`: the raw message, byte for byte.
pub(crate) async fn original(
    AgentSession(agent): AgentSession,
    State(app): State<App>,
    Path((number, entry)): Path<(i64, EntryId)>,
) -> Answer {
    let bytes = tickets::original(&app, &agent, number, entry).await?;
    Ok(download::original(entry, bytes))
}

/// `GET /tickets/{number}/files/{entry}/{position}`.
pub(crate) async fn file(
    AgentSession(agent): AgentSession,
    State(app): State<App>,
    Path((number, entry, position)): Path<(i64, EntryId, i64)>,
) -> Answer {
    let (file, bytes) = tickets::attachment(&app, &agent, number, entry, position).await?;
    Ok(serve(&file.name, bytes))
}

/// A file: a picture that is one by its bytes is shown, everything else is saved.
pub(crate) fn serve(name: &str, bytes: Vec<u8>) -> Response {
    match picture(&bytes) {
        Some(kind) => shown(name, kind, bytes),
        None => download::file(name, "application/octet-stream", bytes),
    }
}

fn shown(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let mut response = download::file(name, kind, bytes);
    let headers = response.headers_mut();
    let named = headers.get(header::CONTENT_DISPOSITION).and_then(|value| value.to_str().ok());
    let inline = named.map(|named| named.replacen("attachment", "inline", 1));
    if let Some(inline) = inline.and_then(|inline| HeaderValue::try_from(inline).ok()) {
        headers.insert(header::CONTENT_DISPOSITION, inline);
    }
    response
}

/// A picture as an address that holds it; none for what is no picture by its bytes.
fn inline(bytes: &[u8]) -> Option<String> {
    use base64::Engine as _;
    let kind = picture(bytes)?;
    Some(format!("data:{kind};base64,{}", base64::engine::general_purpose::STANDARD.encode(bytes)))
}

/// The type of a picture that every browser shows and that can hold no script, by its first bytes.
fn picture(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn v32_v42_only_pictures_are_shown() {
        for (bytes, kind) in [
            (&b"\x89PNG\r\n\x1a\n\0\0"[..], "image/png"),
            (b"GIF89a...", "image/gif"),
            (b"\xff\xd8\xff\xe0", "image/jpeg"),
            (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        ] {
            let response = serve("a", bytes.to_vec());
            assert_eq!(response.headers()["content-type"], kind);
            assert!(response.headers()["content-disposition"].to_str().unwrap().starts_with("inline"));
        }
        for hostile in [&b"<svg onload=alert(1)>"[..], b"<html>", b"%PDF-1.7", b"", b"GIF88a", b"PNG"] {
            let response = serve("x.png", hostile.to_vec());
            assert_eq!(response.headers()["content-type"], "application/octet-stream");
            assert!(response.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
            assert!(response.headers()["content-security-policy"].to_str().unwrap().contains("sandbox"));
        }
    }

    #[tokio::test]
    async fn a_frame_has_no_script_and_its_own_pictures() {
        let html = tickets::Html {
            markup: "<p onclick=a()>Hi<script>alert(1)</script><img src=\"cid:logo\"><img src=\"cid:evil\">\
                <img src=\"https://t.example/p.gif\"><img src=\"data:image/png;base64,AAAA\">\
                <a href=\"data:text/html,x\">link</a>"
                .into(),
            pictures: HashMap::from([
                ("logo".to_owned(), b"GIF89a...".to_vec()),
                ("evil".to_owned(), b"<svg onload=alert(1)>".to_vec()),
            ]),
        };
        let response = frame(html, RemoteContent::Blocked).await.unwrap();
        let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(
            policy.contains("default-src 'none'") && policy.contains("sandbox") && !policy.contains("https:")
        );
        let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        assert!(body.contains("<img src=\"data:image/gif;base64,R0lGODlhLi4u\">"), "{body}");
        for bad in ["script", "onclick", "t.example", "svg", "AAAA", "text/html,x", "cid:"] {
            assert!(!body.contains(bad), "{bad} in {body}");
        }
    }
}
