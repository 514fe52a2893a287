//! Attacks on the ways in: tokens, links, sessions, origins, redirects.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use domain::{
    access::{Role, Scope},
    party::Sees,
};
use jiff::SignedDuration;
use testkit::{Answer, TestDesk, db::TestDb, encode};

use crate::matrix::world::token;

async fn desk() -> TestDesk {
    TestDesk::new(TestDb::sqlite().await).await
}

/// The secret of the newest mail with a link that begins so.
async fn secret_of_mail(desk: &TestDesk, begin: &str) -> String {
    desk.run_jobs().await;
    let mails = desk.sent_mails().await;
    let text = |mail: &testkit::SentMail| mail.mail.text.clone();
    let link = mails.iter().rev().find_map(|mail| {
        let text = text(mail);
        let rest = text.split(begin).nth(1)?;
        Some(
            rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-')
                .next()
                .unwrap()
                .to_owned(),
        )
    });
    link.unwrap_or_else(|| panic!("no mail with {begin}"))
}

/// Spellings of a secret that are not it.
fn near(secret: &str) -> Vec<String> {
    let swapped: String = secret
        .chars()
        .map(|c| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
        .collect();
    vec![
        "null".into(),
        "%20".into(),
        "%00".into(),
        "[]".into(),
        "undefined".into(),
        "0".into(),
        secret[..secret.len() - 1].to_owned(),
        format!("{secret}0"),
        format!("{secret}%00"),
        format!("%20{secret}"),
        format!("{secret}%0a"),
        swapped,
        secret.split_once('_').map(|(_, rest)| rest.to_owned()).unwrap(),
        "%25".into(),
        "_".into(),
    ]
}

async fn bearer(desk: &TestDesk, path: &str, value: &str) -> Answer {
    let request = Request::get(path).header(header::AUTHORIZATION, value).body(Body::empty());
    desk.send(request.unwrap()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v66_v68_only_the_whole_secret_is_a_token() {
    let desk = desk().await;
    let secret = token(&desk, &desk.admin, Scope::ALL, "a").await.secret;
    assert!(secret.len() >= 4 + 22, "at least 128 bits: {}", secret.len());
    assert_eq!(bearer(&desk, "/api/v1/me", &format!("Bearer {secret}")).await.status, StatusCode::OK);
    let mut values: Vec<String> = near(&secret).into_iter().map(|near| format!("Bearer {near}")).collect();
    values.extend([
        String::new(),
        "Bearer".into(),
        "Bearer ".into(),
        secret.clone(),
        format!("Basic {secret}"),
    ]);
    values.push(format!("Bearer {secret} {secret}"));
    values.push(format!("Bearer {secret},{secret}"));
    for value in values {
        assert_eq!(bearer(&desk, "/api/v1/me", &value).await.status, StatusCode::UNAUTHORIZED, "{value}");
    }
    let by_query = desk.get(&format!("/api/v1/me?token={secret}&access_token={secret}"), "").await;
    assert_eq!(by_query.status, StatusCode::UNAUTHORIZED, "a secret in an address is none");
    let by_cookie = desk.get("/api/v1/me", &format!("pd={secret}; token={secret}")).await;
    assert_eq!(by_cookie.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v66_a_secret_of_one_kind_opens_nothing_of_another() {
    let desk = desk().await;
    let acme = desk.customer("Acme").await;
    let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
    let (agent, contact) = (desk.agent_cookie(&desk.admin).await, desk.contact_cookie(&ada).await);
    let (session, portal) = (agent.split_once('=').unwrap().1, contact.split_once('=').unwrap().1);
    let program = token(&desk, &desk.admin, Scope::ALL, "a").await.secret;
    for (cookie, path) in [
        (format!("pd={portal}"), "/me"),
        (format!("pd={program}"), "/me"),
        (format!("pd-help={session}"), "/help/tickets"),
        (format!("pd-help={program}"), "/help/tickets"),
        (format!("PD={session}"), "/me"),
        (format!("__Host-pd={session}"), "/me"),
    ] {
        let answer = desk.get(path, &cookie).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{cookie} at {path}");
    }
    for secret in [session, portal] {
        let answer = bearer(&desk, "/api/v1/me", &format!("Bearer {secret}")).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v67_v68_a_link_to_the_portal_is_good_once_and_for_a_while() {
    let desk = desk().await;
    let acme = desk.customer("Acme").await;
    desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
    let ask = || async {
        let asked = desk.post("/help/sign-in", "", &[("email", "ada@acme.test")]).await;
        assert_eq!(asked.status, StatusCode::OK);
        secret_of_mail(&desk, "http://desk.test/help/enter/").await
    };
    let secret = ask().await;
    for near in near(&secret) {
        let path = format!("/help/enter/{near}");
        let (shown, sent) = (desk.get(&path, "").await, desk.post(&path, "", &[]).await);
        assert!(shown.status.is_client_error(), "{near}: {}", shown.status);
        assert!(sent.status.is_client_error(), "{near}: {}", sent.status);
        assert!(sent.headers.get(header::SET_COOKIE).is_none(), "{near}");
    }
    let path = format!("/help/enter/{secret}");
    // Whoever looks at it uses nothing up: twice.
    assert_eq!(desk.get(&path, "").await.status, StatusCode::OK);
    assert_eq!(desk.get(&path, "").await.status, StatusCode::OK);
    let entered = desk.post(&path, "", &[]).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER);
    let again = desk.post(&path, "", &[]).await;
    assert!(again.status.is_client_error() && again.headers.get(header::SET_COOKIE).is_none());
    // A link of another kind is none.
    assert!(desk.get(&format!("/invitation/{secret}"), "").await.status.is_client_error());

    let old = ask().await;
    desk.pass(SignedDuration::from_mins(21)).await;
    let late = desk.post(&format!("/help/enter/{old}"), "", &[]).await;
    assert!(
        late.status.is_client_error() && late.headers.get(header::SET_COOKIE).is_none(),
        "{}",
        late.status
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v67_v68_an_invitation_is_good_once_for_a_while_and_for_the_active() {
    let desk = desk().await;
    let cookie = desk.agent_cookie(&desk.admin).await;
    let invite = async |email: &str| {
        let form = [("name", "New"), ("email", email), ("role", "helpdesk_agent"), ("language", "en")];
        assert_eq!(desk.post("/admin/people/invite", &cookie, &form).await.status, StatusCode::SEE_OTHER);
        secret_of_mail(&desk, "http://desk.test/invitation/").await
    };
    let password = [("password", "a long enough sentence")];
    let secret = invite("one@new.test").await;
    for near in near(&secret) {
        let path = format!("/invitation/{near}");
        assert!(desk.get(&path, "").await.status.is_client_error(), "{near}");
        let sent = desk.post(&path, "", &password).await;
        assert!(sent.status.is_client_error() && sent.headers.get(header::SET_COOKIE).is_none(), "{near}");
    }
    let path = format!("/invitation/{secret}");
    assert_eq!(desk.get(&path, "").await.status, StatusCode::OK);
    assert!(desk.get(&format!("/help/enter/{secret}"), "").await.status.is_client_error(), "of another kind");
    assert_eq!(desk.post(&path, "", &password).await.status, StatusCode::SEE_OTHER);
    assert!(desk.post(&path, "", &password).await.status.is_client_error(), "used up");

    let old = invite("two@new.test").await;
    desk.pass(SignedDuration::from_hours(15 * 24)).await;
    assert!(
        desk.post(&format!("/invitation/{old}"), "", &password).await.status.is_client_error(),
        "expired"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v69_the_door_says_nothing_about_who_is_known() {
    let desk = desk().await;
    let acme = desk.customer("Acme").await;
    desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
    let mut answers = Vec::new();
    for email in ["ada@acme.test", "eve@acme.test"] {
        let mut answer = desk.post("/help/sign-in", "", &[("email", email)]).await;
        let id = answer.headers.remove("x-request-id").unwrap();
        answer.body = answer.body.replace(email, "EMAIL").replace(id.to_str().unwrap(), "ID");
        answers.push(answer);
    }
    let [known, unknown] = &answers[..] else { panic!("two") };
    assert_eq!((known.status, &known.body), (unknown.status, &unknown.body));
    assert_eq!(known.headers, unknown.headers);
    desk.run_jobs().await;
    assert_eq!(desk.sent_mails().await.len(), 1);
    for _ in 0..6 {
        assert_eq!(
            desk.post("/help/sign-in", "", &[("email", "ada@acme.test")]).await.status,
            StatusCode::OK
        );
    }
    desk.run_jobs().await;
    assert!(desk.sent_mails().await.len() <= 3, "at most three mails an hour");
    let mut refused = Vec::new();
    for email in [desk.admin.email.as_str(), "nobody@nowhere.test"] {
        let answer = desk.post("/sign-in", "", &[("email", email), ("password", "wrong")]).await;
        refused.push((answer.status, answer.body.replace(email, "EMAIL")));
    }
    assert_eq!(refused[0], refused[1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v70_no_header_says_who_somebody_is() {
    let desk = desk().await;
    for name in [
        "x-forwarded-user",
        "x-forwarded-email",
        "x-forwarded-preferred-username",
        "x-forwarded-groups",
        "x-remote-user",
        "remote-user",
        "x-user",
        "x-username",
        "x-user-id",
        "x-email",
        "x-auth-request-user",
        "x-auth-request-email",
        "x-webauth-user",
        "x-authenticated-user",
        "x-authenticated-userid",
        "x-sso-user",
        "x-goog-authenticated-user-email",
        "x-ms-client-principal-name",
        "cf-access-authenticated-user-email",
        "x-ssl-client-s-dn",
        "x-tenant-id",
        "x-desk",
    ] {
        for path in ["/me", "/api/v1/me", "/help/tickets"] {
            let request = Request::get(path).header(name, desk.admin.email.as_str()).body(Body::empty());
            let answer = desk.send(request.unwrap()).await;
            let out = [StatusCode::SEE_OTHER, StatusCode::UNAUTHORIZED];
            assert!(out.contains(&answer.status), "{name} at {path}: {}", answer.status);
        }
    }
}

/// The cookie of a session that an answer sets.
fn session_of(answer: &Answer) -> String {
    let cookies = answer.headers.get_all(header::SET_COOKIE).into_iter();
    let mut pairs = cookies.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
    pairs.find(|pair| pair.starts_with("pd=")).unwrap_or_else(|| panic!("{:?}", answer.headers)).to_owned()
}

async fn sign_in(desk: &TestDesk, cookie: &str) -> Answer {
    let form = [("email", desk.admin.email.as_str()), ("password", "correct horse battery")];
    desk.post("/sign-in", cookie, &form).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v71_v72_a_session_is_new_at_sign_in_and_ends_with_the_password() {
    let desk = desk().await;
    let first = session_of(&sign_in(&desk, "pd=pds_planted").await);
    assert_ne!(first, "pd=pds_planted");
    assert_eq!(desk.get("/me", "pd=pds_planted").await.status, StatusCode::SEE_OTHER);
    let second = session_of(&sign_in(&desk, &first).await);
    assert_ne!(first, second, "who signs in again has a session of its own");
    let wrong = [("old", "not it"), ("new", "a long enough sentence"), ("current", "not it")];
    let refused = desk.post("/me/password", &second, &wrong).await;
    assert!(refused.status.is_client_error(), "{}", refused.status);
    let none = desk.post("/me/password", &second, &[("new", "a long enough sentence")]).await;
    assert!(none.status.is_client_error(), "{}", none.status);
    assert_eq!(desk.get("/me", &second).await.status, StatusCode::OK);
    desk.post("/sign-out", &second, &[]).await;
    assert_eq!(desk.get("/me", &second).await.status, StatusCode::SEE_OTHER, "the old session is dead");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v71_cookies_are_for_this_host_and_no_script() {
    let desk = desk().await;
    let answer = sign_in(&desk, "").await;
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    for flag in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(flag), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v74_changes_come_from_our_own_pages() {
    let desk = desk().await;
    let cookie = desk.agent_cookie(&desk.admin).await;
    let send = async |headers: &[(&str, &str)]| {
        let mut request = Request::post("/admin/teams")
            .header(header::COOKIE, &cookie)
            .header(header::HOST, "desk.test")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        desk.send(request.body(Body::from("name=Planted")).unwrap()).await.status
    };
    for headers in [
        &[][..],
        &[("origin", "null")],
        &[("origin", "https://evil.example")],
        &[("origin", "http://desk.test.evil.example")],
        &[("origin", "http://evil.example/http://desk.test")],
        &[("origin", "HTTP://DESK.TEST:80")],
        &[("origin", "")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
        &[("origin", "http://desk.test"), ("sec-fetch-site", "cross-site")],
        &[("origin", "https://evil.example"), ("sec-fetch-site", "same-origin")],
        &[("referer", "http://desk.test/admin/people")],
    ] {
        assert_eq!(send(headers).await, StatusCode::FORBIDDEN, "{headers:?}");
    }
    let page = desk.get("/admin/people", &cookie).await;
    assert!(!page.body.contains("Planted"));
    assert_eq!(send(&[("origin", "http://desk.test")]).await, StatusCode::SEE_OTHER);
    let page = desk.get("/admin/people", &cookie).await;
    assert!(page.body.contains("Planted"), "what comes from our pages is done");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v74_no_get_changes_and_no_other_type_is_json() {
    for route in web::router::routes() {
        let reads = matches!(route.method, Method::GET);
        let name = route.path.rsplit('/').next().unwrap();
        let verbs =
            ["sign-out", "deactivate", "activate", "retry", "remove", "withdraw", "move", "take", "undo"];
        assert!(!(reads && verbs.contains(&name)), "{} {}", route.method, route.path);
    }
    let desk = desk().await;
    let secret = token(&desk, &desk.admin, Scope::ALL, "a").await.secret;
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/json",
        "",
    ] {
        let request = Request::post("/api/v1/teams")
            .header(header::AUTHORIZATION, format!("Bearer {secret}"))
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(r#"{"name": "Planted"}"#));
        let answer = desk.send(request.unwrap()).await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v77_after_signing_in_one_stays_here() {
    let desk = desk().await;
    let evil = [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/%0d%0aSet-Cookie:a=b\r\nSet-Cookie: a=b",
        "/\t/evil.example",
        " //evil.example",
        "///evil.example",
        "/..//evil.example",
        "http://desk.test@evil.example",
    ];
    let to = |answer: &Answer| answer.headers[header::LOCATION].to_str().unwrap().to_owned();
    for next in evil {
        let form =
            [("email", desk.admin.email.as_str()), ("password", "correct horse battery"), ("next", next)];
        let answer = desk.post("/sign-in", "", &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{next:?}");
        let to = to(&answer);
        let ours = to.starts_with('/')
            && !to.starts_with("//")
            && !to.contains('\\')
            && !to.contains(['\r', '\n', '\t']);
        assert!(ours, "{next:?} leads to {to:?}");
        assert_eq!(answer.headers.get_all(header::SET_COOKIE).iter().count(), 1, "{next:?}");
        let page = desk.get(&format!("/sign-in?next={}", encode(next)), "").await;
        assert!(!page.body.contains("value=\"//") && !page.body.contains("javascript:"), "{next:?}");
    }
    let signed_out = desk.get("//evil.example/..", "").await;
    assert!(signed_out.status.is_client_error() || to(&signed_out).starts_with("/sign-in"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v53_nobody_widens_the_own_rights() {
    let desk = desk().await;
    let sally = desk.agent("Sally", &[Role::SalesAgent]).await;
    let cookie = desk.agent_cookie(&sally).await;
    let desk_id = desk.desk.to_string();
    let form = [
        ("name", "Sally"),
        ("language", "en"),
        ("time_zone", "UTC"),
        ("role", "global_admin"),
        ("roles", "global_admin"),
        ("is_admin", "true"),
        ("permissions", "users.manage"),
        ("desk", &desk_id),
        ("desk_id", &desk_id),
        ("email", "greta@nordwind.test"),
        ("active", "on"),
        ("email_verified", "true"),
        ("identity", "idn_0199aaaaaaaa7aaaaaaaaaaaaaaaaaaa"),
        ("mfa", "off"),
        ("password", "x"),
    ];
    let saved = desk.post("/me", &cookie, &form).await;
    assert!(!saved.status.is_server_error());
    let admin = desk.admin.clone();
    let all = app::people::list(&desk.app, &admin).await.unwrap();
    let now = all.iter().find(|agent| agent.id == sally.id).unwrap();
    assert_eq!((now.roles.0.as_slice(), &now.email), (&[Role::SalesAgent][..], &sally.email));
    assert_eq!(desk.get("/admin/people", &cookie).await.status, StatusCode::FORBIDDEN);
    // A user administrator makes nobody a Global admin, oneself least.
    let ulla = desk.agent("Ulla", &[Role::UserManagementAdmin]).await;
    let cookie = desk.agent_cookie(&ulla).await;
    for id in [ulla.id, sally.id] {
        let path = format!("/admin/people/{id}/roles");
        let answer = desk.post(&path, &cookie, &[("role", "global_admin"), ("version", "1")]).await;
        assert!(!answer.status.is_success() && !answer.status.is_redirection(), "{}", answer.status);
    }
    let invite = [("name", "X"), ("email", "x@x.test"), ("role", "global_admin"), ("language", "en")];
    let answer = desk.post("/admin/people/invite", &cookie, &invite).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
    let all = app::people::list(&desk.app, &admin).await.unwrap();
    assert_eq!(all.iter().filter(|agent| agent.roles.0.contains(&Role::GlobalAdmin)).count(), 1);
}
