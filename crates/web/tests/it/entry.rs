//! The ways in of agents, and what whoever is in is told.

use std::net::SocketAddr;

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
};
use domain::{access::Role, lang::Lang, party::Sees};
use jiff::SignedDuration;
use testkit::{Answer, PROXY, TestDesk, on_both};

const PASSWORD: &str = "a quite long sentence";

fn location(answer: &Answer) -> &str {
    answer.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap())
}

/// The path of the link in the newest mail with one to set a password.
async fn password_link(desk: &TestDesk) -> Option<String> {
    desk.run_jobs().await;
    let mails = desk.sent_mails().await;
    let at = |text: &str| text.find("/invitation/");
    let last = mails.iter().rfind(|mail| at(&mail.mail.text).is_some())?;
    Some(last.mail.text[at(&last.mail.text)?..].split_whitespace().next()?.to_owned())
}

/// Asks for a new password from this socket, with what a proxy may say about it.
async fn forgotten(desk: &TestDesk, email: &str, peer: &str, forwarded: &str) -> StatusCode {
    let socket: SocketAddr = format!("{peer}:4711").parse().unwrap();
    let request = Request::post("/sign-in/forgotten")
        .header(header::ORIGIN, "http://desk.test")
        .header(header::HOST, "desk.test")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("x-forwarded-for", forwarded)
        .extension(ConnectInfo(socket))
        .body(Body::from(format!("email={}", testkit::encode(email))));
    desk.send(request.unwrap()).await.status
}

on_both! {
    async fn a_forgotten_password_is_replaced_by_mail(db) {
        let desk = TestDesk::new(db).await;
        let email = desk.admin.email.to_string();
        let door = desk.get("/sign-in", "").await;
        assert!(door.body.contains("href=\"/sign-in/forgotten\""));
        assert_eq!(desk.get("/sign-in/forgotten", "").await.status, StatusCode::OK);
        let old = desk.agent_cookie(&desk.admin).await;
        desk.post("/sign-in/forgotten", "", &[("email", &email)]).await;
        let link = password_link(&desk).await.unwrap();
        let page = desk.get(&link, "").await;
        assert!(page.body.contains("New password") && !page.body.contains("Welcome"), "{}", page.body);

        let short = desk.post(&link, "", &[("password", "short")]).await;
        assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
        let set = desk.post(&link, "", &[("password", PASSWORD)]).await;
        assert_eq!((set.status, location(&set)), (StatusCode::SEE_OTHER, "/"));
        assert_eq!(desk.get("/me", &old).await.status, StatusCode::SEE_OTHER, "other sessions have ended");
        let signed_in = desk.post("/sign-in", "", &[("email", &email), ("password", PASSWORD)]).await;
        assert_eq!(signed_in.status, StatusCode::SEE_OTHER);
        let before = desk.post("/sign-in", "", &[("email", &email), ("password", "correct horse battery")]).await;
        assert_eq!(before.status, StatusCode::CONFLICT);
        assert_eq!(desk.post(&link, "", &[("password", PASSWORD)]).await.status, StatusCode::CONFLICT, "once");
    }

    async fn v69_a_forgotten_password_does_not_say_who_is_known(db) {
        let desk = TestDesk::new(db).await;
        let known = desk.admin.email.to_string();
        let answer = desk.post("/sign-in/forgotten", "", &[("email", &known)]).await;
        for unknown in ["nobody@nowhere.test", "x", "", "greta@nordwind.test\r\nBcc: eva@acme.test"] {
            let other = desk.post("/sign-in/forgotten", "", &[("email", unknown)]).await;
            assert_eq!(other.status, answer.status);
            let own = |answer: &Answer, email: &str| answer.body.len() - email.trim().len();
            assert_eq!(own(&other, unknown), own(&answer, &known), "{unknown:?}");
        }
        for _ in 0..5 {
            let again = desk.post("/sign-in/forgotten", "", &[("email", &known)]).await;
            assert_eq!(again.status, answer.status);
        }
        desk.run_jobs().await;
        assert_eq!(desk.sent_mails().await.len(), 3, "three mails an hour");
    }

    async fn v41_v70_who_asks_is_counted_behind_a_trusted_proxy_alone(db) {
        let desk = TestDesk::new(db).await;
        for n in 0..20 {
            let email = format!("{n}@nowhere.test");
            assert_eq!(forgotten(&desk, &email, PROXY, "198.51.100.7").await, StatusCode::OK);
            assert_eq!(forgotten(&desk, &email, "203.0.113.5", &format!("198.51.100.{n}")).await, StatusCode::OK);
        }
        let lied = forgotten(&desk, "a@nowhere.test", PROXY, "192.0.2.77, 198.51.100.7").await;
        assert_eq!(lied, StatusCode::TOO_MANY_REQUESTS, "what the client wrote before the proxy counts for nothing");
        let neighbour = forgotten(&desk, "a@nowhere.test", PROXY, "198.51.100.8").await;
        assert_eq!(neighbour, StatusCode::OK, "the proxy's other clients");
        let bare = forgotten(&desk, "a@nowhere.test", "203.0.113.5", "198.51.100.200").await;
        assert_eq!(bare, StatusCode::TOO_MANY_REQUESTS, "nobody else is believed");
    }

    async fn a_page_that_is_only_open_does_not_keep_a_session(db) {
        let desk = TestDesk::new(db).await;
        let form = [("email", desk.admin.email.as_str()), ("password", "correct horse battery")];
        let signed_in = desk.post("/sign-in", "", &form).await;
        let cookie = signed_in.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        let by_itself = async |path: &str| {
            let request = Request::get(path).header(header::COOKIE, &cookie).header("x-by-itself", "1");
            desk.send(request.body(Body::empty()).unwrap()).await.status
        };
        let open = async || {
            let request = Request::get("/live?topics=queue").header(header::COOKIE, &cookie);
            let response = tower::ServiceExt::oneshot(desk.router(), request.body(Body::empty()).unwrap()).await;
            response.unwrap().status()
        };
        for _ in 0..3 {
            desk.pass(SignedDuration::from_hours(2)).await;
            assert_eq!((by_itself("/queue/mine").await, open().await), (StatusCode::OK, StatusCode::OK));
        }
        desk.pass(SignedDuration::from_hours(5)).await;
        assert_eq!(desk.get("/queue/mine", &cookie).await.status, StatusCode::OK, "somebody is there again");
        desk.pass(SignedDuration::from_hours(11)).await;
        assert_eq!(by_itself("/queue/mine").await, StatusCode::OK);
        desk.pass(SignedDuration::from_hours(2)).await;
        assert_eq!(by_itself("/queue/mine").await, StatusCode::SEE_OTHER);
        assert_eq!(desk.get("/queue/mine", &cookie).await.status, StatusCode::SEE_OTHER);
    }

    async fn what_went_wrong_is_told_in_the_language_of_who_is_in(db) {
        let desk = TestDesk::new(db).await;
        let sally = desk.agent("Sally", &[Role::SalesAgent]).await;
        let profile = app::people::Profile {
            name: "Sally".into(),
            lang: Lang::Sv,
            timezone: "Europe/Stockholm".into(),
            prefs: sally.prefs.clone(),
        };
        app::people::update_profile(&desk.app, &sally, profile).await.unwrap();
        let cookie = desk.agent_cookie(&sally).await;
        let acme = desk.customer("Acme").await;
        let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let ada = desk.contact_cookie(&ada).await;
        for (path, cookie, status, lang, home) in [
            ("/admin/people", &cookie, StatusCode::FORBIDDEN, "sv", "/"),
            ("/tickets/999999", &cookie, StatusCode::NOT_FOUND, "sv", "/"),
            ("/no/such/page", &cookie, StatusCode::NOT_FOUND, "sv", "/"),
            ("/help/nothing", &ada, StatusCode::NOT_FOUND, "de", "/help"),
            ("/help/tickets/999999", &ada, StatusCode::NOT_FOUND, "de", "/help"),
            ("/no/such/page", &String::new(), StatusCode::NOT_FOUND, "hu", "/"),
        ] {
            let request = Request::get(path).header(header::COOKIE, cookie).header(header::ACCEPT_LANGUAGE, "hu");
            let answer = desk.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, status, "{path}");
            assert!(answer.body.contains(&format!("<html lang=\"{lang}\"")), "{path}: {}", answer.body);
            assert!(answer.body.contains(&format!("href=\"{home}\"")), "{path}: {}", answer.body);
        }
    }

    async fn v06_mail_that_is_kept_lets_nobody_in_but_whom_it_is_for(db) {
        let desk = TestDesk::new(db).await;
        let cookie = desk.agent_cookie(&desk.admin).await;
        let acme = desk.customer("Acme").await;
        desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        desk.post("/help/sign-in", "", &[("email", "ada@acme.test")]).await;
        desk.post("/sign-in/forgotten", "", &[("email", desk.admin.email.as_str())]).await;
        desk.mail_from("ada@acme.test", "Printer", "It is dark.").await;
        desk.run_jobs().await;
        let sent = app::post::sent(&desk.app, &desk.admin, None, 10).await.unwrap();
        assert_eq!(sent.len(), 3);
        let page = desk.get("/sent", &cookie).await;
        assert!(page.body.contains("Kept here, not sent"));
        for (mail, to) in sent {
            let lets_in = mail.ticket.is_none();
            let path = format!("/sent/{}/original", mail.id);
            assert_eq!(page.body.contains(&path), !lets_in, "{}", mail.subject);
            let status = desk.get(&path, &cookie).await.status;
            assert_eq!(status, if lets_in { StatusCode::NOT_FOUND } else { StatusCode::OK }, "{}", mail.subject);
            assert!(app::post::raw(&desk.app, &desk.admin, mail.id).await.is_err() == lets_in);
            if mail.purpose == store::outgoing::Purpose::Invitation {
                let raw = app::operator::newest_mail(&desk.app, &to[0].address).await.unwrap();
                assert!(String::from_utf8(raw).unwrap().contains("/invitation/"));
            }
        }
        assert!(app::operator::newest_mail(&desk.app, "nobody@nowhere.test").await.is_err());
    }
}
