//! Pages that are open learn what has changed, from the moment at which they were rendered.

use axum::{
    body::{Body, BodyDataStream},
    http::{Request, StatusCode, header},
};
use futures_util::StreamExt as _;
use testkit::{TestDesk, on_both};
use tower::ServiceExt as _;

/// An attribute of a page's body.
fn attribute(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!(" {name}=\"")).unwrap_or_else(|| panic!("no {name} in {page}"));
    rest.split('"').next().unwrap().to_owned()
}

/// Opens the stream of a page.
async fn open(desk: &TestDesk, cookie: &str, topics: &str, since: &str) -> BodyDataStream {
    let request = Request::get(format!("/live?topics={topics}&since={since}")).header(header::COOKIE, cookie);
    let response = desk.router().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    response.into_body().into_data_stream()
}

/// The next event; waits for as long as it takes.
async fn event(stream: &mut BodyDataStream) -> String {
    loop {
        let bytes = stream.next().await.unwrap().unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        if text.contains("event:") {
            return text;
        }
    }
}

on_both! {
    async fn what_changes_before_the_stream_opens_is_told_at_once(db) {
        let desk = TestDesk::new(db).await;
        let router = desk.router();
        let cookie = desk.agent_cookie(&desk.admin).await;
        let one = desk.ticket_of(&desk.mail_from("ada@acme.test", "One", "x").await).await;
        let two = desk.ticket_of(&desk.mail_from("ada@acme.test", "Two", "x").await).await;
        let page = desk.get(&format!("/tickets/{}", one.number), &cookie).await.body;
        let (topics, since) = (attribute(&page, "data-live"), attribute(&page, "data-since"));
        assert!(topics.contains(&format!("ticket:{}", one.number)), "{topics}");
        let note = async |ticket: &store::tickets::Ticket| {
            app::tickets::note(&desk.app, &desk.admin, ticket.id, "meanwhile", vec![]).await.unwrap();
        };
        note(&one).await;
        let heard = event(&mut open(&desk, &cookie, &format!("ticket:{}", one.number), &since).await).await;
        assert!(heard.contains(&format!("ticket:{}", one.number)), "{heard}");

        // Who has heard it is not told again, neither by its page nor when the browser comes again by itself.
        let both = format!("ticket:{},ticket:{}", one.number, two.number);
        let id = heard.lines().find_map(|line| line.strip_prefix("id: ")).unwrap().to_owned();
        let fresh = attribute(&desk.get(&format!("/tickets/{}", one.number), &cookie).await.body, "data-since");
        let request = Request::get(format!("/live?topics={both}&since={since}"))
            .header(header::COOKIE, &cookie)
            .header("last-event-id", &id);
        let again = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        for mut stream in [again.into_body().into_data_stream(), open(&desk, &cookie, &both, &fresh).await] {
            note(&two).await;
            let heard = event(&mut stream).await;
            assert!(heard.contains(&format!("ticket:{}", two.number)), "{heard}");
        }
        // Nobody knows what a page of another process, or of an earlier run, has missed.
        for since in ["", "0", "x", "ffff"] {
            let heard = event(&mut open(&desk, &cookie, "queue", since).await).await;
            assert!(heard.contains("queue"), "{since}: {heard}");
        }
    }

    async fn pages_of_mail_learn_what_has_changed(db) {
        let desk = TestDesk::new(db).await;
        let cookie = desk.agent_cookie(&desk.admin).await;
        for (path, block) in [("/sent", "rows"), ("/inbox", "health")] {
            let page = desk.get(path, &cookie).await.body;
            let (topics, since) = (attribute(&page, "data-live"), attribute(&page, "data-since"));
            let own = topics.split(',').find(|topic| topic.starts_with(&path[1..])).unwrap().to_owned();
            let mailbox = app::intake::Way::Mailbox(
                app::intake::addressee(&desk.app, testkit::MAILBOX).await.unwrap().unwrap().1,
            );
            // As the page shows it: the first that is heard is another topic's.
            let mut stream = open(&desk, &cookie, &format!("{own},queue"), &since).await;
            let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", path, "x").await).await;
            assert!(event(&mut stream).await.contains("queue"), "{path}");
            drop(stream);
            // It comes in, and waits.
            let raw = format!("From: ada@acme.test\r\nMessage-ID: <{}@a.test>\r\n\r\nx\r\n", ticket.number);
            app::intake::accept(&desk.app, desk.desk, &mailbox, app::intake::Envelope::default(), raw.into())
                .await
                .unwrap();
            let now = attribute(&desk.get(path, &cookie).await.body, "data-since");
            let heard = event(&mut open(&desk, &cookie, &own, &now).await).await;
            assert!(heard.contains(&path[1..]) && heard.contains(block), "{heard}");
            desk.run_jobs().await;
        }
        // Whoever may not look after mail is told nothing of it, whatever a page asks for.
        let sally = desk.agent("Sally", &[domain::access::Role::SalesAgent]).await;
        let cookie = desk.agent_cookie(&sally).await;
        let since = attribute(&desk.get("/queue/all", &cookie).await.body, "data-since");
        let mut stream = open(&desk, &cookie, "sent:1,inbox:1,queue", &since).await;
        desk.mail_from("ada@acme.test", "Last", "x").await;
        assert!(event(&mut stream).await.contains("queue"));
    }
}
