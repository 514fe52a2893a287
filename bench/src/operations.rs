//! What is measured: requests through the router without a socket, and mails.

use std::sync::Arc;

use anyhow::{Result, ensure};
use app::{App, intake};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use base64::Engine as _;
use domain::lang::Lang;
use tower::ServiceExt as _;

use crate::{
    random::Random,
    scene::{MAILBOX, Scene},
    texts,
};

/// The router and what it must be told.
#[derive(Clone, Debug)]
pub(crate) struct Desk {
    pub(crate) app: App,
    pub(crate) scene: Arc<Scene>,
    router: Router,
}

impl Desk {
    pub(crate) fn new(app: App, scene: Scene) -> Self {
        let router = web::router(app.clone());
        Self { app, scene: Arc::new(scene), router }
    }

    /// A page of an agent who is signed in; how many bytes it has.
    pub(crate) async fn page(&self, path: &str, gzip: bool) -> Result<usize> {
        let mut request = Request::get(path).header(header::COOKIE, &self.scene.cookie);
        if gzip {
            request = request.header(header::ACCEPT_ENCODING, "gzip");
        }
        answer(self.router.clone(), request.body(Body::empty())?, StatusCode::OK).await
    }

    /// The page of one of the tickets.
    pub(crate) async fn ticket_page(&self, n: u64) -> Result<usize> {
        let numbers = &self.scene.numbers;
        let number = numbers[Random(n).below(numbers.len())];
        self.page(&format!("/tickets/{number}"), false).await
    }

    /// A ticket by the API: when it is answered, it is durable, with its clocks and search terms.
    pub(crate) async fn create(&self, n: u64) -> Result<()> {
        let body = serde_json::to_vec(&new_ticket(&self.scene, n))?;
        // A body that does not say how large it is counts as an upload, of which few are taken at once.
        let request = Request::post("/api/v1/tickets")
            .header(header::AUTHORIZATION, format!("Bearer {}", self.scene.token))
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::CONTENT_LENGTH, body.len())
            .body(Body::from(body))?;
        answer(self.router.clone(), request, StatusCode::CREATED).await.map(drop)
    }

    /// Hands a mail in at the mailbox: kept when this returns, not yet processed.
    pub(crate) async fn hand_in(&self, raw: Vec<u8>, acknowledge: bool) -> Result<()> {
        // A mail with the empty return path gets no answer.
        let sender = if acknowledge { None } else { Some(String::new()) };
        let envelope = intake::Envelope { sender, ..intake::Envelope::default() };
        let way = intake::Way::Mailbox(self.scene.mailbox);
        let kept = intake::accept(&self.app, self.scene.desk, &way, envelope, raw).await?;
        ensure!(kept.is_new, "each mail is another one");
        Ok(())
    }
}

/// The path of a search.
pub(crate) fn search(word: &str) -> String {
    word.bytes().fold("/search?q=".to_owned(), |path, byte| path + &format!("%{byte:02X}"))
}

/// What makes a ticket by the API.
pub(crate) fn new_ticket(scene: &Scene, n: u64) -> serde_json::Value {
    let mut random = Random(n);
    let contact = scene.contacts[random.below(scene.contacts.len())];
    let lang = texts::lang(&mut random);
    let (subject, text) = (texts::text(&mut random, lang, 6), texts::text(&mut random, lang, 45));
    serde_json::json!({
        "contact": contact, "kind": "technical", "service": "microsoft365", "severity": "B",
        "subject": subject, "text": text,
    })
}

/// Sends a request to a router; how many bytes the answer has.
pub(crate) async fn answer(router: Router, request: Request<Body>, expected: StatusCode) -> Result<usize> {
    let response = router.oneshot(request).await?;
    let status = response.status();
    let body = to_bytes(response.into_body(), 64 << 20).await?;
    ensure!(status == expected, "{status}: {}", String::from_utf8_lossy(&body[..body.len().min(500)]));
    Ok(body.len())
}

/// Plain text of 5 kB, from somebody new, with or without an attachment of 50 kB.
pub(crate) fn mail(n: u64, attachment: bool) -> Vec<u8> {
    let mut random = Random(n);
    let head = format!(
        "From: Person {n} <person{n}@sender{}.test>\r\nTo: {MAILBOX}\r\nSubject: {}\r\nMessage-ID: <{n}@sender.test>\r\n\
         Date: Mon, 2 Mar 2026 08:00:00 +0000\r\nMIME-Version: 1.0\r\n",
        n % 1_000,
        texts::text(&mut random, Lang::En, 6),
    );
    let mut text = String::new();
    while text.len() < 4_600 {
        text += &texts::text(&mut random, Lang::En, 12);
        text += ".\r\n";
    }
    let plain = "Content-Type: text/plain; charset=utf-8\r\n\r\n";
    if !attachment {
        return format!("{head}{plain}{text}").into_bytes();
    }
    let bytes: Vec<u8> =
        std::iter::repeat_with(|| random.next().to_le_bytes()).take(50_000 / 8).flatten().collect();
    let base64 = base64::engine::general_purpose::STANDARD.encode(bytes);
    let lines: Vec<&str> =
        base64.as_bytes().chunks(76).filter_map(|line| std::str::from_utf8(line).ok()).collect();
    let lines = lines.join("\r\n");
    format!(
        "{head}Content-Type: multipart/mixed; boundary=b0undary\r\n\r\n--b0undary\r\n{plain}{text}\r\n\
         --b0undary\r\nContent-Type: application/octet-stream; name=trace.bin\r\n\
         Content-Disposition: attachment; filename=trace.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n\
         {lines}\r\n--b0undary--\r\n"
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_have_their_sizes_and_are_all_different() {
        assert!((4_800..5_400).contains(&mail(1, false).len()), "{}", mail(1, false).len());
        assert!((70_000..76_000).contains(&mail(1, true).len()), "{}", mail(1, true).len());
        assert_ne!(mail(1, false), mail(2, false));
    }
}
