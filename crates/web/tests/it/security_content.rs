//! What others wrote: files, mails, names. It is shown as text, saved as bytes, told to nobody else.

use std::time::Duration;

use app::tickets;
use axum::{
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use domain::{
    access::{Role, Scope},
    id::DeskId,
    party::Sees,
    ticket::timeline::Event,
};
use futures_util::StreamExt as _;
use testkit::{Answer, MAILBOX, TestDesk, db::TestDb, encode};
use tower::ServiceExt as _;
use web::{
    Access,
    router::{Body as Size, routes},
};

use crate::matrix::{
    names::{self, Relation},
    world::{OURS, Side, THEIRS, token},
};

async fn desk() -> TestDesk {
    TestDesk::new(TestDb::sqlite().await).await
}

/// Types under which files come.
const TYPES: [&str; 60] = [
    "text/html",
    "text/html;charset=utf-7",
    "TEXT/HTML",
    "text/html; x=y",
    "application/xhtml+xml",
    "text/xml",
    "application/xml",
    "image/svg+xml",
    "image/svg+xml;x",
    "application/pdf",
    "application/x-shockwave-flash",
    "text/javascript",
    "application/javascript",
    "application/ecmascript",
    "text/css",
    "text/vtt",
    "multipart/related",
    "message/rfc822",
    "application/x-mimearchive",
    "text/x-component",
    "application/hta",
    "application/x-httpd-php",
    "text/cache-manifest",
    "application/manifest+json",
    "application/json",
    "text/plain",
    "text/plain;charset=utf-16",
    "text/csv",
    "text/rtf",
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/bmp",
    "image/x-icon",
    "image/avif",
    "image/tiff",
    "image/*",
    "video/mp4",
    "audio/mpeg",
    "application/zip",
    "application/gzip",
    "application/x-msdownload",
    "application/x-sh",
    "application/msword",
    "application/vnd.ms-excel.sheet.macroEnabled.12",
    "application/java-archive",
    "application/x-x509-ca-cert",
    "application/atom+xml",
    "application/rss+xml",
    "application/mathml+xml",
    "application/rdf+xml",
    "application/xslt+xml",
    "unknown/foo",
    "x",
    "/",
    "text/",
    "*/*",
    "application/octet-stream",
    "text/x-server-parsed-html",
];

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// A form with a file, as a browser sends it.
fn upload(fields: &[(&str, &str)], name: &str, kind: &str, content: &str) -> String {
    let mut body = String::new();
    for (field, value) in fields {
        body += &format!("--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
    }
    body += &format!(
        "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n\
         {content}\r\n--x--\r\n"
    );
    body
}

async fn post_file(desk: &TestDesk, path: &str, cookie: &str, body: String) -> Answer {
    let request = Request::post(path)
        .header(header::COOKIE, cookie)
        .header(header::HOST, "desk.test")
        .header(header::ORIGIN, "http://desk.test")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body));
    desk.send(request.unwrap()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v32_v42_v54_files_are_bytes_to_be_saved() {
    let desk = desk().await;
    let acme = desk.customer("Acme").await;
    let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
    let eve = desk.contact(acme, "Eve", "eve@acme.test", Sees::Own).await;
    let (contact, stranger) = (desk.contact_cookie(&ada).await, desk.contact_cookie(&eve).await);
    let agent = desk.agent_cookie(&desk.admin).await;
    let program = token(&desk, &desk.admin, Scope::ALL, "a").await.secret;
    for kind in TYPES {
        let fields = [
            ("subject", "A file"),
            ("text", "words"),
            ("kind", "technical"),
            ("service", "azure"),
            ("severity", "C"),
        ];
        let hostile = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
        let sent = post_file(&desk, "/help/new", &contact, upload(&fields, "a.html", kind, hostile)).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{kind}: {}", sent.body);
        let number: i64 = text(&sent.headers, "location").rsplit('/').next().unwrap().parse().unwrap();
        let view = tickets::view(&desk.app, &desk.admin, number).await.unwrap();
        let (ticket, entry) =
            (view.ticket.id, view.entries.iter().find(|e| matches!(e.event, Event::CustomerMessage(_))));
        let entry = entry.unwrap().id;
        let portal = format!("/help/tickets/{number}/files/{entry}/0");
        let page = format!("/tickets/{number}/files/{entry}/0");
        let request = Request::get(format!("/api/v1/tickets/{ticket}/entries/{entry}/files/0"))
            .header(header::AUTHORIZATION, format!("Bearer {program}"))
            .body(Body::empty());
        let answers = [
            desk.get(&portal, &contact).await,
            desk.get(&page, &agent).await,
            desk.send(request.unwrap()).await,
        ];
        for answer in answers {
            assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, hostile), "{kind}");
            let shown_as = text(&answer.headers, "content-type");
            let dead = ["application/octet-stream", "application/pdf", "text/plain", "message/rfc822"];
            let picture = ["image/png", "image/jpeg", "image/gif", "image/webp"];
            assert!(dead.contains(&shown_as) || picture.contains(&shown_as), "{kind} came as {shown_as}");
            assert!(
                text(&answer.headers, "content-disposition").starts_with("attachment"),
                "{kind}: {:?}",
                answer.headers
            );
            assert_eq!(text(&answer.headers, "x-content-type-options"), "nosniff");
            assert!(
                text(&answer.headers, "content-security-policy").contains("sandbox"),
                "{kind}: {:?}",
                answer.headers
            );
        }
        if kind == TYPES[0] {
            // V54: the address alone is worth nothing.
            assert_eq!(desk.get(&portal, "").await.status, StatusCode::SEE_OTHER);
            assert_eq!(desk.get(&portal, &stranger).await.status, StatusCode::NOT_FOUND);
            assert_eq!(desk.get(&page, "").await.status, StatusCode::SEE_OTHER);
            assert_eq!(desk.get(&page, &contact).await.status, StatusCode::SEE_OTHER);
        }
    }
}

/// A text that would be an element, an attribute or a script where it is not escaped.
const MARK: &str = r#"mark<b>xss</b>"onxss="1'onxss='1<script>xss()</script>javascript:xss()&lt;"#;

/// What of the mark came through as markup.
fn came_through(answer: &Answer) -> Option<&'static str> {
    // JSON is data under a type that no browser renders.
    let kind = text(&answer.headers, "content-type");
    if !kind.starts_with("text/html") {
        return None;
    }
    let body = answer.body.to_lowercase();
    let marks = [
        "<b>xss",
        "\"onxss=",
        "'onxss=",
        "<script>xss",
        "href=\"javascript:",
        "src=\"javascript:",
        "href=javascript:",
    ];
    marks.into_iter().find(|mark| body.contains(mark))
}

#[test]
fn the_marks_are_found_where_they_are_not_escaped() {
    let answer = |body: String| Answer {
        status: StatusCode::OK,
        headers: HeaderMap::from_iter([(header::CONTENT_TYPE, "text/html".parse().unwrap())]),
        body,
    };
    assert_eq!(came_through(&answer(format!("<p>{MARK}</p>"))), Some("<b>xss"));
    let half = MARK.replace('<', "&lt;").replace('>', "&gt;");
    assert_eq!(came_through(&answer(format!("<p title=\"{half}\">"))), Some("\"onxss="));
    let whole = half.replace('"', "&quot;").replace('\'', "&#39;");
    assert_eq!(came_through(&answer(format!("<p title=\"{whole}\">"))), None);
}

/// Every page that somebody can read.
async fn pages(desk: &TestDesk, side: &Side, other: &Side, cookie: &str) -> Vec<(String, Answer)> {
    let mut all = Vec::new();
    for route in routes().filter(|route| route.method == Method::GET && route.body != Size::Stream) {
        if matches!(route.access, Access::Api(_)) {
            continue;
        }
        for named in names::names(route, side, other) {
            if matches!(named.relation, Relation::Own { .. }) {
                let path = named.path.replace("/queue/mine", "/queue/all");
                let query =
                    format!("{path}?q={mark}&next={mark}&after={mark}&name={mark}", mark = encode(MARK));
                all.push((path.clone(), desk.get(&path, cookie).await));
                all.push((query.clone(), desk.get(&query, cookie).await));
            }
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v34_v35_v45_what_others_write_is_text() {
    let desk = desk().await;
    let (there, stranger) = desk.other_desk().await;
    let other = Side::new(&desk, there, &stranger, "help@suedwind.test", THEIRS).await;
    let mut side = Side::new(&desk, desk.desk, &desk.admin, MAILBOX, OURS).await;
    let folded = MARK.replace('"', "\\\"");
    let raw = format!(
        "From: \"{folded}\" <ada@wombat.test>\nTo: \"{folded}\" <{MAILBOX}>\nCc: \"{folded}\" <x@x.test>\n\
         Subject: {MARK}\nMessage-ID: <{MARK}@x.test>\nX-{MARK}: {MARK}\nMIME-Version: 1.0\n\
         Content-Type: multipart/mixed; boundary=x\n\n\
         --x\nContent-Type: text/plain; charset=\"{folded}\"\n\n{MARK} http://a.test/\"{MARK} https://{MARK}\n\
         > {MARK}\nwww.a.test/{MARK}\n\n\
         --x\nContent-Type: {MARK}/{MARK}; name=\"{folded}.txt\"\nContent-ID: <{MARK}>\n\
         Content-Disposition: attachment; filename=\"{folded}.txt\"\n\n{MARK}\n--x--\n"
    );
    let hostile = desk.mail_in(&raw).await;
    let ticket = desk.ticket_of(&hostile).await;
    let view = tickets::view(&desk.app, &desk.admin, ticket.number).await.unwrap();
    let entry =
        view.entries.iter().find(|entry| matches!(entry.event, Event::CustomerMessage(_))).unwrap().id;
    // The hostile ticket stands where the technical one stood.
    (side.technical.id, side.technical.number, side.technical.message) = (ticket.id, ticket.number, entry);
    let cookie = desk.agent_cookie(&desk.admin).await;
    let contact = desk.contact_cookie(&side.ada).await;
    let mut written = 0;
    for route in routes().filter(|route| route.method != Method::GET) {
        let cookie = match route.access {
            Access::Agent(_) if !route.path.ends_with("sign-out") => &cookie,
            Access::Contact if !route.path.ends_with("sign-out") => &contact,
            _ => continue,
        };
        let Some(named) = names::names(route, &side, &other).into_iter().next() else { continue };
        if names::ends(route) || route.path.ends_with("/deactivate") {
            continue;
        }
        let words =
            ["name", "subject", "text", "remark", "tags", "phone", "signature", "email", "address", "domain"];
        let mut form: Vec<(&str, &str)> = words.iter().map(|word| (*word, MARK)).collect();
        let id = side.victim.to_string();
        form.extend([
            ("language", "en"),
            ("time_zone", "UTC"),
            ("version", "1"),
            ("kind", "technical"),
            ("service", "azure"),
            ("severity", "C"),
            ("role", "helpdesk_agent"),
            ("scope", "tickets:read"),
            ("agent", &id),
            ("action", "open"),
        ]);
        let mut answers = vec![desk.post(&named.path, cookie, &form).await];
        // Once more with an address that is one, so that the rest is kept.
        form.retain(|(name, _)| !["email", "address", "domain"].contains(name));
        form.extend([("email", "fine@fine.test"), ("address", "fine2@fine.test"), ("domain", "fine.test")]);
        answers.push(desk.post(&named.path, cookie, &form).await);
        for answer in answers {
            assert!(!answer.status.is_server_error(), "{}: {}", named.path, answer.status);
            assert_eq!(came_through(&answer), None, "{} answers {}", named.path, answer.body);
            written += usize::from(answer.status.is_redirection());
        }
    }
    assert!(written > 15, "{written} forms were taken");
    desk.run_jobs().await;
    let sally = desk.agent("Sally", &[Role::SalesAgent]).await;
    let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
    let (sally, helga) = (desk.agent_cookie(&sally).await, desk.agent_cookie(&helga).await);
    let mut shown = 0;
    for cookie in [&cookie, &contact, &sally, &helga] {
        for (path, answer) in pages(&desk, &side, &other, cookie).await {
            assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
            assert_eq!(came_through(&answer), None, "{path}: {}", answer.body);
            shown +=
                usize::from(answer.body.contains("&lt;b&gt;xss") || answer.body.contains("&#60;b&#62;xss"));
        }
    }
    assert!(shown > 20, "{shown} pages show the mark as text");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v30_v31_v33_a_message_in_its_frame_loads_and_runs_nothing() {
    let desk = desk().await;
    let cookie = desk.agent_cookie(&desk.admin).await;
    let hostile = "<p onclick=xss()>fine</p><scr<script>ipt>xss()</script><img src=https://evil.test/a.png>\
        <link rel=stylesheet href=//evil.test/a.css><style>@import 'https://evil.test'; p{background:url(//evil.test/b)}\
        </style><p style=\"background:url(https://evil.test/c)\">styled</p><form action=//evil.test><input name=a>\
        <button>go</button></form><svg><style><img src=x onerror=xss()></style></svg><math><mi><mglyph><style><img \
        src=x onerror=xss()></style></math><iframe src=//evil.test></iframe><base href=//evil.test>\
        <meta http-equiv=refresh content='0;url=//evil.test'><a href='java&#10;script:xss()'>link</a>\
        <object data=//evil.test></object><video poster=//evil.test/d></video><a href=https://fine.test>fine</a>";
    let raw = format!(
        "From: ada@acme.test\nTo: {MAILBOX}\nSubject: HTML\nMessage-ID: <h@acme.test>\nMIME-Version: 1.0\n\
         Content-Type: text/html; charset=utf-8\n\n{hostile}\n"
    );
    let ticket = desk.ticket_of(&desk.mail_in(&raw).await).await;
    let view = tickets::view(&desk.app, &desk.admin, ticket.number).await.unwrap();
    let entry =
        view.entries.iter().find(|entry| matches!(entry.event, Event::CustomerMessage(_))).unwrap().id;
    for remote in ["", "?remote=1"] {
        let answer = desk.get(&format!("/tickets/{}/messages/{entry}{remote}", ticket.number), &cookie).await;
        assert_eq!(answer.status, StatusCode::OK);
        let body = answer.body.to_lowercase();
        let (_, body) = body.split_once("<body>").unwrap();
        for never in [
            "<script",
            "onclick",
            "onerror",
            "<link",
            "<form",
            "<input",
            "<button",
            "<iframe",
            "<base",
            "<meta",
            "<object",
            "<svg",
            "<math",
            "javascript:",
            "script:xss",
            "@import",
            "url(",
            "<video",
        ] {
            assert!(!body.contains(never), "{never}: {body}");
        }
        assert!(body.contains("fine"), "{body}");
        assert!(!remote.is_empty() || !body.contains("evil.test"), "nothing is fetched: {body}");
        let policy = text(&answer.headers, "content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("sandbox"), "{policy}");
        let grants = ["allow-scripts", "allow-same-origin", "allow-forms", "allow-top-navigation"];
        assert!(!grants.iter().any(|grant| policy.contains(grant)), "{policy}");
    }
}

/// What a page that watches is told within a moment.
async fn told(
    stream: &mut (impl futures_util::Stream<Item = Result<axum::body::Bytes, axum::Error>> + Unpin),
) -> String {
    let mut all = String::new();
    while let Ok(Some(Ok(bytes))) = tokio::time::timeout(Duration::from_millis(300), stream.next()).await {
        all += &String::from_utf8_lossy(&bytes);
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v49_nobody_is_told_of_what_they_may_not_see() {
    let desk = desk().await;
    let (there, stranger) = desk.other_desk().await;
    let ours = Side::new(&desk, desk.desk, &desk.admin, MAILBOX, OURS).await;
    let theirs = Side::new(&desk, there, &stranger, "help@suedwind.test", THEIRS).await;
    let sally = desk.agent("Sally", &[Role::SalesAgent]).await;
    let bill = desk.agent("Bill", &[Role::BillingAdmin]).await;
    let ulla = desk.agent("Ulla", &[Role::UserManagementAdmin]).await;
    let router = desk.router();
    let number = ours.technical.number;
    let topics = format!("queue,mine,ticket:{number},ticket:%25,ticket:_,ticket:*,%25");
    let watch = async |cookie: String, whose: DeskId| {
        let since = desk.app.live.cursor(whose);
        let request = Request::get(format!("/live?topics={topics}&since={since}"))
            .header(header::COOKIE, cookie)
            .header(header::REFERER, "http://desk.test/help/tickets")
            .body(Body::empty())
            .unwrap();
        let request = if request.headers()[header::COOKIE].to_str().unwrap().starts_with("pd=") {
            let mut request = request;
            request.headers_mut().remove(header::REFERER);
            request
        } else {
            request
        };
        let response = router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        response.into_body().into_data_stream()
    };
    let mut admin = watch(desk.agent_cookie(&desk.admin).await, desk.desk).await;
    let mut out = Vec::new();
    for (name, cookie, whose) in [
        ("a stranger", desk.agent_cookie(&stranger).await, there),
        ("a contact of the stranger", desk.contact_cookie(&theirs.ada).await, there),
        ("a billing admin", desk.agent_cookie(&bill).await, desk.desk),
        ("a user management admin", desk.agent_cookie(&ulla).await, desk.desk),
        ("a sales agent", desk.agent_cookie(&sally).await, desk.desk),
        ("the contact", desk.contact_cookie(&ours.ada).await, desk.desk),
        ("a colleague", desk.contact_cookie(&ours.ben).await, desk.desk),
        ("a contact of the neighbour", desk.contact_cookie(&ours.dora).await, desk.desk),
    ] {
        out.push((name, watch(cookie, whose).await));
    }
    // An internal note on a technical ticket: for those with full sight alone.
    tickets::note(&desk.app, &desk.admin, ours.technical.id, "a secret", vec![]).await.unwrap();
    assert!(told(&mut admin).await.contains(&format!("ticket:{number}")), "who sees it all is told");
    for (name, stream) in &mut out {
        let told = told(stream).await;
        assert!(!told.contains("changed"), "{name}: {told}");
    }
    let presence = format!("/tickets/{number}/presence");
    let request = Request::post(&presence)
        .header(header::COOKIE, desk.agent_cookie(&desk.admin).await)
        .header(header::ORIGIN, "http://desk.test")
        .header(header::HOST, "desk.test")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("doing=replying"));
    assert_eq!(router.clone().oneshot(request.unwrap()).await.unwrap().status(), StatusCode::NO_CONTENT);
    for (name, stream) in &mut out {
        let told = told(stream).await;
        let may = *name == "a sales agent";
        assert!(may || !told.contains("changed"), "{name} learns who is there: {told}");
    }
}
