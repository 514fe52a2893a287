//! What every answer has, and what no request can do to it.

use axum::{
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use domain::{access::Scope, party::Sees};
use testkit::{TestDesk, db::TestDb, encode};
use web::router::{Body as Size, routes};

use crate::matrix::world::token;

async fn desk() -> TestDesk {
    TestDesk::new(TestDb::sqlite().await).await
}

fn filled(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "1" } else { part }).collect::<Vec<_>>().join("/")
}

/// What is missing of the headers that every answer has.
fn missing(headers: &HeaderMap) -> Vec<&'static str> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let policy = text("content-security-policy");
    let referrer = ["same-origin", "no-referrer"].contains(&text("referrer-policy"));
    let page = policy.contains("default-src 'self'") || policy.contains("default-src 'none'");
    let checks = [
        ("a policy", page && !policy.contains("unsafe-eval") && !policy.contains('*')),
        ("no inline script", !policy.contains("script-src") || policy.contains("script-src 'self'")),
        ("frame-ancestors", policy.contains("frame-ancestors 'none'") || policy.contains("sandbox")),
        ("nosniff", text("x-content-type-options") == "nosniff"),
        ("referrer-policy", referrer),
        ("cross-origin-resource-policy", text("cross-origin-resource-policy") == "same-origin"),
        ("cross-origin-opener-policy", text("cross-origin-opener-policy") == "same-origin"),
        ("x-request-id", !text("x-request-id").is_empty()),
        ("no cross-origin reading", headers.get("access-control-allow-origin").is_none()),
        ("no server name", headers.get("server").is_none() && headers.get("x-powered-by").is_none()),
    ];
    checks.into_iter().filter(|(_, fine)| !fine).map(|(name, _)| name).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v40_v76_every_answer_has_its_headers() {
    let desk = desk().await;
    let cookie = desk.agent_cookie(&desk.admin).await;
    let secret = token(&desk, &desk.admin, Scope::ALL, "a").await.secret;
    let mut paths: Vec<String> = routes().map(|route| filled(route.path)).collect();
    paths.extend(
        ["/nowhere", "/api/v1/nowhere", "/assets/../x", "/%00", "/%ff", "//", "/help/nowhere"]
            .map(String::from),
    );
    let mut seen = 0;
    for path in paths {
        if path == "/live" || path.ends_with("sign-out") {
            continue;
        }
        for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS, Method::TRACE]
        {
            for known in [false, true] {
                let mut request = Request::builder()
                    .method(&method)
                    .uri(&path)
                    .header(header::HOST, "desk.test")
                    .header(header::ORIGIN, "http://desk.test");
                if known {
                    request = request.header(header::COOKIE, &cookie);
                    request = request.header(header::AUTHORIZATION, format!("Bearer {secret}"));
                }
                let answer = desk.send(request.body(Body::empty()).unwrap()).await;
                assert_eq!(
                    missing(&answer.headers),
                    [""; 0],
                    "{method} {path} {known}: {:?}",
                    answer.headers
                );
                let kept = answer.headers.get(header::CACHE_CONTROL).and_then(|value| value.to_str().ok());
                let asset = path.starts_with("/assets/") && answer.status.is_success();
                assert!(
                    asset || kept.is_some_and(|kept| kept.contains("no-store")),
                    "{method} {path}: {kept:?}"
                );
                assert!(
                    !answer.status.is_server_error() || answer.status == StatusCode::NOT_IMPLEMENTED,
                    "{method} {path}"
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 1_000, "{seen}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v25_no_body_is_larger_than_its_route_takes() {
    let desk = desk().await;
    let cookie = desk.agent_cookie(&desk.admin).await;
    let acme = desk.customer("Acme").await;
    let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
    let contact = desk.contact_cookie(&ada).await;
    let secret = token(&desk, &desk.admin, Scope::ALL, "a").await.secret;
    // An endless body without a length: reading goes no further than the limit.
    let endless = || {
        let chunk = axum::body::Bytes::from(vec![b'a'; 64 << 10]);
        let chunks = futures_util::stream::repeat_with(move || Ok::<_, std::io::Error>(chunk.clone()));
        Body::from_stream(chunks)
    };
    let mut tried = 0;
    for route in routes().filter(|route| route.method != Method::GET) {
        let path = filled(route.path);
        // A form without fields is not read at all.
        let kinds: &[&str] = match (route.path.starts_with("/api/"), route.body) {
            (true, _) => &["application/json"],
            (false, Size::Upload) => {
                &["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
            }
            (false, _) => &["application/x-www-form-urlencoded"],
        };
        for kind in kinds {
            let request = Request::builder()
                .method(&route.method)
                .uri(&path)
                .header(header::HOST, "desk.test")
                .header(header::ORIGIN, "http://desk.test")
                .header(header::COOKIE, format!("{cookie}; {contact}"))
                .header(header::AUTHORIZATION, format!("Bearer {secret}"))
                .header(header::IF_MATCH, "*")
                .header(header::CONTENT_TYPE, *kind)
                .body(endless());
            let answer = desk.send(request.unwrap()).await;
            // A name that is none is found out before the body is read; what takes no body is done without it.
            let done = answer.status == StatusCode::NO_CONTENT;
            let fine = answer.status.is_client_error() || answer.status.is_redirection() || done;
            assert!(fine, "{} {path} {kind}: {}", route.method, answer.status);
            tried += usize::from(answer.status == StatusCode::PAYLOAD_TOO_LARGE);
        }
    }
    assert!(tried > 10, "{tried} were too large");
}

/// Texts that some program somewhere takes for more than a text.
pub(crate) const ODD: [&str; 16] = [
    "a\r\nBcc: evil@evil.test",
    "a\nSubject: other",
    "a\rb",
    "a\u{0}b",
    "a\u{2028}b",
    "a\u{85}b",
    "=?utf-8?Q?a=0D=0ABcc:_evil@evil.test?=",
    "' OR '1'='1",
    "\"; DROP TABLE tickets; --",
    "%' ESCAPE '_",
    "${7*7}{{7*7}}<%= 7*7 %>",
    "../../../../etc/passwd",
    "__proto__",
    "\u{202e}gnp.exe",
    "ﷺ𝒳🏳️‍🌈",
    "\u{feff}",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v12_v14_no_text_becomes_a_header_of_a_mail() {
    let desk = desk().await;
    let cookie = desk.agent_cookie(&desk.admin).await;
    let acme = desk.customer("Acme").await;
    let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
    let contact = desk.contact_cookie(&ada).await;
    let helga = desk.agent("Helga", &[domain::access::Role::HelpdeskAgent]).await;
    let helga_cookie = desk.agent_cookie(&helga).await;
    let mut tickets = 0;
    for odd in ODD {
        let form =
            [("subject", odd), ("text", odd), ("kind", "technical"), ("service", "azure"), ("severity", "C")];
        tickets += usize::from(desk.post("/help/new", &contact, &form).await.status.is_redirection());
        let email = format!("x@x.test{odd}");
        let named = format!("X{odd}");
        let id = acme.to_string();
        for (path, cookie, form) in [
            (
                format!("/customers/{id}/contacts"),
                &cookie,
                vec![("name", named.as_str()), ("email", &email), ("language", "en")],
            ),
            (
                "/admin/people/invite".into(),
                &cookie,
                vec![("name", &named), ("email", &email), ("role", "sales_agent"), ("language", "en")],
            ),
            (
                "/admin/settings/mailboxes".into(),
                &cookie,
                vec![
                    ("name", &named),
                    ("address", &email),
                    ("email", &email),
                    ("kind", "technical"),
                    ("service", "azure"),
                ],
            ),
            ("/me".into(), &helga_cookie, vec![("name", &named), ("language", "en"), ("time_zone", "UTC")]),
            ("/sign-in".into(), &cookie, vec![("email", &email), ("password", odd)]),
            ("/help/sign-in".into(), &cookie, vec![("email", &email)]),
        ] {
            let answer = desk.post(&path, cookie, &form).await;
            assert!(!answer.status.is_server_error(), "{path} {odd:?}: {}", answer.status);
        }
    }
    assert!(tickets > 5, "{tickets}");
    let helga =
        app::people::list(&desk.app, &desk.admin).await.unwrap().into_iter().find(|a| a.id == helga.id);
    let name = helga.unwrap().name;
    assert!(!name.contains(['\r', '\n', '\u{0}', '\u{2028}']), "{name:?}");
    desk.run_jobs().await;
    let number =
        app::tickets::list(&desk.app, &desk.admin, store::tickets::View::All, None, 50).await.unwrap().0[0]
            .number;
    desk.post(&format!("/tickets/{number}/reply"), &helga_cookie, &[("text", ODD[0])]).await;
    desk.pass(jiff::SignedDuration::from_mins(2)).await;
    let mails = desk.sent_mails().await;
    assert!(mails.len() > 3, "{}", mails.len());
    for mail in mails {
        let text = String::from_utf8_lossy(&mail.raw);
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        let names = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
        let names: Vec<String> = names.map(|line| line.split(':').next().unwrap().to_lowercase()).collect();
        for once in ["from", "to", "subject", "message-id", "date"] {
            assert_eq!(names.iter().filter(|name| *name == once).count(), 1, "{once}: {head}");
        }
        assert!(!names.iter().any(|name| name == "bcc" || name.contains(' ')), "{head}");
        assert!(!mail.to.iter().any(|to| to.contains("evil")), "{:?}", mail.to);
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "line ends are CRLF alone");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v14_an_odd_sender_opens_a_ticket_like_everybody() {
    let desk = desk().await;
    let cookie = desk.agent_cookie(&desk.admin).await;
    for from in [
        "ada@under_score.test",
        "a..b@x.test",
        ".a@x.test",
        "a.@x.test",
        "ä@x.test",
        "a@bücher.test",
        "a@b",
        "a!b@x.test",
        "a/b@x.test",
        "a=b@x.test",
        "a'b@x.test",
        "a|b@x.test",
        "a%b@x.test",
        "a@x__.test",
        "a@1.2.3.4",
        "a@x.test1_",
        "`a`@x.test",
        "{a}@x.test",
        "a@x.t",
        "a@\u{130}.test",
        "𝒳@x.test",
        "a@_dmarc.x.test",
    ] {
        let raw = desk.mail_from(from, "Odd sender", from).await;
        assert_eq!(raw.state, store::inbox::State::Done, "{from}: {raw:?}");
        let number = desk.ticket_of(&raw).await.number;
        let path = format!("/tickets/{number}/reply");
        let answered = desk.post(&path, &cookie, &[("text", "An answer")]).await;
        assert!(!answered.status.is_server_error(), "{from}: {}", answered.status);
    }
    // Nor is anything tried for ever that can never be done.
    desk.pass(jiff::SignedDuration::from_hours(24 * 10)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v44_v89_v90_no_parameter_is_more_than_a_value() {
    let desk = desk().await;
    let cookie = desk.agent_cookie(&desk.admin).await;
    let acme = desk.customer("Acme").await;
    let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
    let cookies = format!("{cookie}; {}", desk.contact_cookie(&ada).await);
    let secret = token(&desk, &desk.admin, Scope::ALL, "a").await.secret;
    let mut values: Vec<String> = ODD.iter().map(|odd| encode(odd)).collect();
    values.extend(
        ["%ff%fe", "%", "%zz", "-1", "0", "1e99", "99999999999999999999", "true", "[]", "{}", "null"]
            .map(String::from),
    );
    values.push("9".repeat(5_000));
    let names = [
        "q",
        "after",
        "before",
        "cursor",
        "limit",
        "sort",
        "order",
        "view",
        "customer",
        "language",
        "next",
        "desk",
        "name",
        "topics",
        "remote",
        "__proto__[x]",
        "constructor.prototype.x",
        "severity",
        "service",
        "email",
    ];
    let reads = |route: &&web::router::Route| route.method == Method::GET && route.body != Size::Stream;
    let mut asked = 0;
    for route in routes().filter(reads) {
        for name in names {
            for value in &values {
                let path = format!("{}?{name}={value}", filled(route.path));
                let Ok(request) = Request::get(&path)
                    .header(header::COOKIE, &cookies)
                    .header(header::AUTHORIZATION, format!("Bearer {secret}"))
                    .body(Body::empty())
                else {
                    continue;
                };
                // One of eight pairs, others on each route: all of them take minutes.
                asked += 1;
                if (asked + route.path.len()) % 8 != 0 {
                    continue;
                }
                let answer = desk.send(request).await;
                assert!(!answer.status.is_server_error(), "{path}: {} {}", answer.status, answer.body);
                assert!(
                    !answer.body.contains("SQL") && !answer.body.contains("sqlite"),
                    "{path}: {}",
                    answer.body
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v89_no_name_leaves_its_folder() {
    let desk = desk().await;
    let ways = [
        "../",
        "..%2f",
        "%2e%2e/",
        "%2e%2e%2f",
        "..%5c",
        "%2e%2e%5c",
        "..%252f",
        "%252e%252e%252f",
        "..%c0%af",
        "%c0%ae%c0%ae/",
        "..%ef%bc%8f",
        "....//",
        "..;/",
        "..%00/",
        "%00../",
        "./../",
        "/..//",
        "..\\",
        "%5c..%5c",
        "file:///",
        "/",
        "//",
        "%2f",
        "%2f%2f",
        "C:%5c",
        "~/",
        "%7e/",
        "..%0d%0a/",
        ".%2e/",
        "%2e./",
    ];
    for way in ways {
        for file in ["etc/passwd", "Cargo.toml", "desk.db", "app.js.map"] {
            for begin in ["/assets/", "/assets/x/", "/help/enter/", "/invitation/"] {
                let path = format!("{begin}{way}{way}{way}{file}");
                let Ok(request) = Request::get(&path).body(Body::empty()) else { continue };
                let answer = desk.send(request).await;
                assert!(
                    !answer.status.is_success() && !answer.status.is_server_error(),
                    "{path}: {}",
                    answer.status
                );
                assert!(!answer.body.contains("root:") && !answer.body.contains("[package]"), "{path}");
            }
        }
    }
}
