//! The pages around the diagnosis: the panel of a ticket, requirements, articles, incidents, the report.

use app::articles;
use axum::http::{StatusCode, header};
use domain::{
    access::Role,
    article::{Article, Audience, Written},
    lang::Lang,
    party::Sees,
};
use testkit::{TestDesk, encode, on_both};

/// The value of an attribute that stands after a mark.
fn after<'p>(page: &'p str, mark: &str) -> &'p str {
    page.split_once(mark).unwrap_or_else(|| panic!("{mark} is not there")).1.split('"').next().unwrap()
}

on_both! {
    async fn a_ticket_is_diagnosed_and_decided_on_its_page(db) {
        let desk = TestDesk::new(db).await;
        let cookie = desk.agent_cookie(&desk.admin).await;
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "Mail is late", "x").await).await;
        let path = format!("/tickets/{}", ticket.number);
        let page = desk.get(&path, &cookie).await.body;
        assert!(page.contains("id=\"next-step\"") && page.contains("<details class=\"panel\" open>"), "{page}");
        assert!(page.contains("class=\"stop-now\" aria-current=\"step\""));
        let first = after(&page, "name=\"done\" value=\"").to_owned();

        // "Send and resolve" is refused with what to do, and what was typed stays.
        let fields = [("text", "Restart it, kakapo."), ("then", "resolve")];
        let refused = desk.post(&format!("{path}/reply"), &cookie, &fields).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("Nobody has decided yet") && refused.body.contains("Restart it, kakapo."));
        let refused = desk.post(&format!("{path}/move"), &cookie, &[("action", "resolve"), ("version", "1")]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("Nobody has decided yet"), "{}", refused.body);

        let post = format!("{path}/diagnosis");
        for fields in [
            vec![("done", first.as_str())],
            vec![("done", "scope"), ("finding", "All in Malmö")],
            vec![("skip", "since"), ("reason", "nobody knows")],
            vec![("answer", "break_fix=true")],
            vec![("evidence-tenant_id", "0b6a3c9e"), ("evidence-error_text", "")],
        ] {
            let done = desk.post(&post, &cookie, &fields).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{fields:?} {}", done.body);
        }
        let page = desk.get(&path, &cookie).await.body;
        for words in ["All in Malmö", "skipped: nobody knows", "0b6a3c9e", "value=\"break_fix=true\" aria-pressed=\"true\""] {
            assert!(page.contains(words), "{words} {page}");
        }
        assert_eq!(page.matches("diagnosed: ").count(), 1, "one line for all steps that follow each other");
        let undecided = desk.post(&post, &cookie, &[("verdict", ""), ("category", ""), ("reason", "x")]).await;
        assert_eq!(undecided.status, StatusCode::UNPROCESSABLE_ENTITY);
        let decided = desk.post(&post, &cookie, &[("verdict", ""), ("category", "unavailable"), ("reason", "")]).await;
        assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
        let stale = [("verdict", "inside"), ("category", ""), ("reason", "x"), ("version", "1")];
        assert_eq!(desk.post(&post, &cookie, &stale).await.status, StatusCode::CONFLICT);
        let page = desk.get(&path, &cookie).await.body;
        assert!(page.contains("verdict-outside") && page.contains("<details class=\"panel\">"), "{page}");
        let sent = desk.post(&format!("{path}/reply"), &cookie, &fields_of("Done.", "resolve")).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);

        // Who sees only what the customer sees gets neither the panel nor the path.
        let sally = desk.agent("Sally", &[Role::SalesAgent]).await;
        let theirs = desk.get(&path, &desk.agent_cookie(&sally).await).await.body;
        assert!(!theirs.contains("class=\"panel\"") && !theirs.contains("All in Malmö"), "{theirs}");
        assert!(theirs.contains("<ol id=\"path\" class=\"path\" aria-label"));
    }

    async fn what_may_help_is_read_and_goes_into_the_answer(db) {
        let desk = TestDesk::new(db).await;
        let cookie = desk.agent_cookie(&desk.admin).await;
        let written = |title: &str, body: &str| Written { title: title.into(), body: body.into() };
        let article = Article {
            audience: Audience::Public,
            published: true,
            service: None,
            kind: None,
            texts: [(Lang::En, written("Mail is late", "Wait an hour.")), (Lang::De, written("E-Mail verspätet", "Warten Sie."))].into(),
        };
        let id = articles::create(&desk.app, &desk.admin, article).await.unwrap();
        let acme = desk.customer("Acme").await;
        let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "Mail is late", "x").await).await;
        let path = format!("/tickets/{}", ticket.number);
        let help = desk.get(&format!("{path}/similar"), &cookie).await;
        assert_eq!(help.status, StatusCode::OK);
        assert!(help.body.contains("Warten Sie.") && help.body.contains("/insert"), "{}", help.body);
        for _ in 0..2 {
            let inserted = desk.post(&format!("{path}/insert"), &cookie, &[("article", &id.to_string())]).await;
            assert_eq!(inserted.status, StatusCode::SEE_OTHER, "{}", inserted.body);
        }
        let page = desk.get(&path, &cookie).await.body;
        assert!(page.contains("Warten Sie.\n\nWarten Sie.</textarea>"), "in the customer's language: {page}");

        let contact = desk.contact_cookie(&ada).await;
        let list = desk.get(&format!("/help/articles?q={}", encode("verspätet")), &contact).await;
        assert!(list.body.contains("E-Mail verspätet"), "{}", list.body);
        assert!(desk.get(&format!("/help/articles/{id}"), &contact).await.body.contains("Warten Sie."));
        let asking = desk.get(&format!("/help/new?subject={}&service=azure", encode("mail verspätet")), &contact).await;
        assert!(asking.body.contains(&format!("/help/articles/{id}")), "{}", asking.body);
    }

    async fn articles_are_written_on_their_page(db) {
        let desk = TestDesk::new(db).await;
        let cookie = desk.agent_cookie(&desk.admin).await;
        let fields = [("audience", "public"), ("title-hu", "Jelszó"), ("body-hu", "Nyissa meg a központot."), ("version", "0")];
        let made = desk.post("/articles", &cookie, &fields).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let path = made.headers[header::LOCATION].to_str().unwrap().to_owned();
        let page = desk.get(&path, &cookie).await.body;
        assert!(page.contains("Nyissa meg a központot.") && page.contains("name=\"version\" value=\"1\""), "{page}");
        let half = [("audience", "public"), ("title-hu", ""), ("body-hu", "kept kakapo"), ("version", "1")];
        let again = desk.post(&path, &cookie, &half).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains("kept kakapo"), "what was typed stays");
        let full = [("audience", "public"), ("title-hu", "Új"), ("body-hu", "x"), ("version", "1"), ("published", "on")];
        assert_eq!(desk.post(&path, &cookie, &full).await.status, StatusCode::SEE_OTHER);
        assert_eq!(desk.post(&path, &cookie, &full).await.status, StatusCode::CONFLICT, "somebody was faster");
        let found = desk.get(&format!("/articles?q={}", encode("új")), &cookie).await.body;
        assert!(found.contains(&path), "{found}");
    }

    async fn requirements_are_edited_and_given_back(db) {
        let desk = TestDesk::new(db).await;
        let cookie = desk.agent_cookie(&desk.admin).await;
        assert!(desk.get("/admin/services", &cookie).await.body.contains("/admin/services/azure/technical"));
        let path = "/admin/services/azure/technical";
        let page = desk.get(path, &cookie).await.body;
        assert!(page.contains("our reconstruction – check") && page.contains("as shipped"), "{page}");
        let fields = [
            ("version", "0"),
            ("c0-key", "quota"), ("c0-en", "More cores"), ("c0-handler", "microsoft"), ("c0-boundary", "escalate"), ("c0-reconstruction", "on"),
            ("c1-key", ""), ("c1-en", "Our own matter"), ("c1-handler", "partner"), ("c1-boundary", "charge"),
            ("c2-key", "gone"), ("c2-en", " "), ("c2-handler", "partner"), ("c2-boundary", "inside"),
            ("q0-key", "break-fix"), ("q0-en", "Broken?"), ("q0-sets", "break_fix"),
            ("s0-key", ""), ("s0-sv", "Titta"), ("s0-fills", "resource_id"), ("s0-when", "break_fix=true"),
            ("evidence", "resource_id"), ("role-en", "Reader"),
        ];
        let saved = desk.post(path, &cookie, &fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        let page = desk.get(path, &cookie).await.body;
        for words in ["version 1, yours", "More cores", "Our own matter", "value=\"own-", "Titta", "value=\"break_fix=true\" selected"] {
            assert!(page.contains(words), "{words} {page}");
        }
        assert!(!page.contains("value=\"gone\""), "a row without text is removed");
        let stale = desk.post(path, &cookie, &fields).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(stale.body.contains("More cores"));
        let reset = desk.post(path, &cookie, &[("version", "1"), ("reset", "yes")]).await;
        assert_eq!(reset.status, StatusCode::SEE_OTHER);
        assert!(desk.get(path, &cookie).await.body.contains("as shipped"));
        let old = desk.get(&format!("{path}?version=1"), &cookie).await.body;
        assert!(old.contains("More cores") && old.contains("You read an old version"), "{old}");
        for odd in ["/admin/services/azure/nothing", "/admin/services/nothing/billing", "/admin/services/azure/technical?version=9"] {
            assert_eq!(desk.get(odd, &cookie).await.status, StatusCode::NOT_FOUND, "{odd}");
        }
    }

    async fn an_outage_is_run_from_its_page_and_counted_in_the_report(db) {
        let desk = TestDesk::new(db).await;
        let cookie = desk.agent_cookie(&desk.admin).await;
        let acme = desk.customer("Acme").await;
        desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "Mail is late", "x").await).await;
        let made = desk.post("/incidents", &cookie, &[("title", "Mail is late everywhere"), ("service", "microsoft365")]).await;
        let path = made.headers[header::LOCATION].to_str().unwrap().to_owned();
        let id = path.rsplit('/').next().unwrap();
        let page = desk.get(&format!("/tickets/{}", ticket.number), &cookie).await.body;
        assert!(page.contains("Mail is late everywhere"), "service health stands beside the ticket");
        let matched = desk.post(&format!("/tickets/{}/incident", ticket.number), &cookie, &[("incident", id)]).await;
        assert_eq!(matched.status, StatusCode::SEE_OTHER, "{}", matched.body);
        let empty = desk.post(&format!("{path}/inform"), &cookie, &[("text-de", " ")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let sent = desk.post(&format!("{path}/inform"), &cookie, &[("text-de", "Wir arbeiten daran.")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        desk.run_jobs().await;
        let page = desk.get(&path, &cookie).await.body;
        assert!(page.contains("sent: 1") && page.contains(&format!("/tickets/{}", ticket.number)), "{page}");
        let seen = desk.get(&format!("/tickets/{}", ticket.number), &cookie).await.body;
        assert!(seen.contains("Wir arbeiten daran."));
        let over = desk.post(&path, &cookie, &[("title", "Mail was late"), ("status", "over"), ("version", "1")]).await;
        assert_eq!(over.status, StatusCode::SEE_OTHER, "{}", over.body);
        assert_eq!(desk.post(&format!("{path}/resolve"), &cookie, &[]).await.status, StatusCode::SEE_OTHER);
        let report = desk.get("/reports/baseline", &cookie).await.body;
        assert!(report.contains("2026-03") && report.contains("–"), "{report}");
        let csv = desk.get("/reports/baseline.csv?from=2026-03&to=2026-03", &cookie).await;
        let (_, line) = csv.body.split_once("\r\n").unwrap();
        assert_eq!(line, "2026-03,microsoft365,0,1,0,0,0,0,0,,0,,0\r\n", "nobody knows the seats");
        assert_eq!(desk.get("/reports/baseline?from=x", &cookie).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

fn fields_of<'f>(text: &'f str, then: &'f str) -> [(&'f str, &'f str); 2] {
    [("text", text), ("then", then)]
}
