//! What holds while requests are under way, and what is left of secrets when they are over.

use std::time::Duration;

use app::{mailboxes, operator, people, tokens};
use axum::{
    Router,
    body::{Body, Bytes},
    http::{Request, StatusCode, header},
};
use domain::{
    access::{Role, Scope},
    ticket::kinds::{Kind, Service},
};
use futures_util::{StreamExt as _, stream};
use testkit::{MAILBOX, TestDesk, db::TestDb, encode, on_both};
use tokio::sync::oneshot;
use tower::ServiceExt as _;

/// A program that hands in mail.
struct Sender {
    router: Router,
    token: String,
}

impl Sender {
    async fn new(desk: &TestDesk) -> Self {
        let new = tokens::NewToken {
            agent: None,
            name: "Sender".into(),
            scopes: vec![Scope::Mail],
            expires_at: None,
        };
        let token = tokens::create(&desk.app, &desk.admin, new).await.unwrap().secret;
        Self { router: desk.router(), token }
    }

    fn request(&self, length: Option<usize>, body: Body) -> Request<Body> {
        let mut request = Request::post(format!("/api/v1/inbox?recipient={MAILBOX}"))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .header(header::CONTENT_TYPE, "message/rfc822");
        if let Some(length) = length {
            request = request.header(header::CONTENT_LENGTH, length);
        }
        request.body(body).unwrap()
    }

    async fn send(&self, length: Option<usize>, body: Body) -> StatusCode {
        self.router.clone().oneshot(self.request(length, body)).await.unwrap().status()
    }
}

const MAIL: &str = "Subject: a\r\n\r\nb";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v24_few_uploads_are_taken_at_once_and_what_is_small_goes_on() {
    let desk = TestDesk::new(TestDb::sqlite().await).await;
    let sender = Sender::new(&desk).await;
    let (mut begun, mut ends, mut uploads) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..8 {
        let (end, ended) = oneshot::channel::<()>();
        let (begins, begin) = oneshot::channel::<()>();
        let text = Bytes::from(format!("Subject: {n}\r\n\r\nb"));
        let body = stream::once(async move {
            // It is read by who has a place, and comes when the test lets it.
            drop(begins);
            drop(ended.await);
            Ok::<_, std::io::Error>(text)
        });
        let request = sender.request(None, Body::from_stream(body));
        uploads.push(tokio::spawn(sender.router.clone().oneshot(request)));
        ends.push(end);
        begun.push(begin);
    }
    for begin in begun {
        drop(begin.await);
    }
    // Now there is no place for another that does not say how large it is, or is large.
    let unsaid = stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(MAIL.as_bytes()))]);
    assert_eq!(sender.send(None, Body::from_stream(unsaid)).await, StatusCode::SERVICE_UNAVAILABLE);
    let large = vec![b'a'; 3 << 20];
    assert_eq!(
        sender.send(Some(large.len()), Body::from(large.clone())).await,
        StatusCode::SERVICE_UNAVAILABLE
    );
    assert_eq!(sender.send(Some(MAIL.len()), Body::from(MAIL)).await, StatusCode::ACCEPTED, "it is small");
    drop(ends);
    for upload in uploads {
        assert_eq!(upload.await.unwrap().unwrap().status(), StatusCode::ACCEPTED);
    }
    assert_eq!(sender.send(Some(large.len()), Body::from(large)).await, StatusCode::ACCEPTED);
}

/// What comes on a stream until it ends by itself.
async fn whole(body: Body) -> String {
    let mut stream = body.into_data_stream();
    let mut all = String::new();
    let read = async {
        while let Some(bytes) = stream.next().await {
            all += &String::from_utf8_lossy(&bytes.unwrap());
        }
    };
    tokio::time::timeout(Duration::from_secs(60), read).await.expect("the stream ends");
    all
}

on_both! {
    async fn v49_rights_taken_away_end_an_open_stream(db) {
        let desk = TestDesk::new(db).await;
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let request = Request::get("/live?topics=queue")
            .header(header::COOKIE, desk.agent_cookie(&helga).await)
            .body(Body::empty());
        let stream = desk.router().oneshot(request.unwrap()).await.unwrap();
        assert_eq!(stream.status(), StatusCode::OK);
        let gone = people::Change {
            name: helga.name.clone(),
            roles: vec![Role::HelpdeskAgent],
            active: false,
            lang: helga.lang,
            timezone: "Europe/Berlin".into(),
            version: 1,
        };
        people::update(&desk.app, &desk.admin, helga.id, gone).await.unwrap();
        assert!(whole(stream.into_body()).await.contains("signed-out"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v80_no_secret_stands_in_the_database() {
    const PASSWORD: &str = "correct horse battery staple";
    const MAILBOX_PASSWORD: &str = "hunter2-of-the-mailbox";
    let db = TestDb::sqlite().await;
    let path = db.config().url.strip_prefix("sqlite:").unwrap().to_owned();
    let desk = TestDesk::new(db).await;
    operator::set_password(&desk.app, desk.admin.email.as_str(), PASSWORD).await.unwrap();
    let form = format!("email={}&password={}", encode(desk.admin.email.as_str()), encode(PASSWORD));
    let request = Request::post("/sign-in")
        .header(header::HOST, "desk.test")
        .header(header::ORIGIN, "http://desk.test")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form));
    let signed_in = desk.send(request.unwrap()).await;
    let cookie = signed_in.headers[header::SET_COOKIE].to_str().unwrap().to_owned();
    let session = cookie.split(';').next().unwrap().split_once('=').unwrap().1.to_owned();
    assert!(session.starts_with("pds_"), "{cookie}");
    let token = Sender::new(&desk).await.token;
    let settings = mailboxes::Settings {
        name: "Second".into(),
        kind: Kind::Billing,
        service: Service::Other,
        source: Some(mailboxes::Source {
            application: None,
            host: "127.0.0.1".into(),
            port: 993,
            security: mailboxes::Security::Tls,
            auth: mailboxes::Auth::Password,
            user: "second".into(),
            folder: "INBOX".into(),
        }),
        secret: Some(MAILBOX_PASSWORD.into()),
    };
    mailboxes::add(&desk.app, &desk.admin, "second@nordwind.test", settings).await.unwrap();
    desk.mail_from("ada@acme.test", "A subject that is kept", "x").await;

    let mut bytes = Vec::new();
    for file in [path.clone(), format!("{path}-wal")] {
        bytes.extend(std::fs::read(file).unwrap());
    }
    let stands = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(stands("A subject that is kept"), "the test reads what is there");
    for secret in [PASSWORD, MAILBOX_PASSWORD, &session, &token] {
        assert!(!stands(secret), "{secret}");
        assert!(!stands(secret.split_once('_').map_or(secret, |(_, random)| random)), "{secret}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn metrics_say_what_waits_on_a_socket_of_their_own() {
    let desk = TestDesk::new(TestDb::sqlite().await).await;
    let sender = Sender::new(&desk).await;
    assert_eq!(sender.send(Some(MAIL.len()), Body::from(MAIL)).await, StatusCode::ACCEPTED);
    desk.wait(jiff::SignedDuration::from_secs(90));
    let ask = async |token: Option<&str>, path: &str, shown: Option<&str>| {
        let mut request = Request::get(path);
        if let Some(shown) = shown {
            request = request.header(header::AUTHORIZATION, shown);
        }
        let router = web::metrics(desk.app.clone(), token);
        let answer = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        (answer.status(), whole(answer.into_body()).await)
    };
    let (status, text) = ask(None, "/metrics", None).await;
    assert_eq!(status, StatusCode::OK);
    for line in [
        "# TYPE partnerdesk_inbox_waiting gauge",
        "partnerdesk_inbox_waiting{desk=\"nordwind\"} 1",
        "partnerdesk_inbox_oldest_seconds{desk=\"nordwind\"} 90",
        "partnerdesk_inbox_quarantined{desk=\"nordwind\"} 0",
        "partnerdesk_jobs{state=\"waiting\"} 1",
        "partnerdesk_jobs{state=\"dead\"} 0",
        "partnerdesk_jobs_oldest_due_seconds 90",
    ] {
        assert!(text.lines().any(|known| known == line), "{line}: {text}");
    }
    desk.run_jobs().await;
    assert!(ask(None, "/metrics", None).await.1.contains("partnerdesk_jobs_oldest_due_seconds 0"));

    let token = Some("a token of some length");
    for (shown, status) in [
        (None, StatusCode::UNAUTHORIZED),
        (Some("Bearer a token of some"), StatusCode::UNAUTHORIZED),
        (Some("a token of some length"), StatusCode::UNAUTHORIZED),
        (Some("Bearer a token of some length"), StatusCode::OK),
    ] {
        assert_eq!(ask(token, "/metrics", shown).await.0, status, "{shown:?}");
    }
    assert_eq!(ask(None, "/", None).await.0, StatusCode::NOT_FOUND);
    let public = desk.get("/metrics", &desk.agent_cookie(&desk.admin).await).await;
    assert_eq!(public.status, StatusCode::NOT_FOUND, "the pages have no such address");
}
