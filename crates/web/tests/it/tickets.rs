//! An agent at a ticket: queue, page, answer, note, changes.

use axum::http::{StatusCode, header};
use domain::access::Role;
use testkit::{TestDesk, on_both};

on_both! {
    async fn a_mail_is_read_answered_and_taken_back(db) {
        let desk = TestDesk::new(db).await;
        let raw = desk.mail_from("anna@kunde.test", "Outlook <b>hangs</b>", "It hangs.").await;
        desk.run_jobs().await;
        let ticket = desk.ticket_of(&raw).await;
        let helper = desk.agent("Hanna Helper", &[Role::HelpdeskAgent]).await;
        let cookie = desk.agent_cookie(&helper).await;
        let path = format!("/tickets/{}", ticket.number);

        let queue = desk.get("/queue/unassigned", &cookie).await;
        assert_eq!(queue.status, StatusCode::OK);
        assert!(queue.body.contains(&path) && !queue.body.contains("<b>hangs"), "{}", queue.body);
        let page = desk.get(&path, &cookie).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("It hangs.") && !page.body.contains('⟨'), "{}", page.body);

        let sent = desk.post(&format!("{path}/reply"), &cookie, &[("text", "Restart it."), ("then", "")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let told = sent.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        let page = desk.get(&path, &format!("{cookie}; {told}")).await;
        assert!(page.body.contains("Restart it.") && page.body.contains("data-undo"), "{}", page.body);
        let entry = told.split(':').nth(2).unwrap();
        let undone = desk.post(&format!("{path}/undo"), &cookie, &[("what", entry)]).await;
        assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
        desk.pass(jiff::SignedDuration::from_mins(10)).await;
        let page = desk.get(&path, &cookie).await;
        assert!(page.body.contains("delivery-cancelled") && !page.body.contains("delivery-sent"), "{}", page.body);

        let noted = desk.post(&format!("{path}/note"), &cookie, &[("text", "Checked the licence.")]).await;
        assert_eq!(noted.status, StatusCode::SEE_OTHER);
        assert!(desk.get(&path, &cookie).await.body.contains("Checked the licence."));

        let stale = desk.post(&format!("{path}/move"), &cookie, &[("version", "1"), ("action", "resolve")]).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        let original = page.body.split("/original\"").next().unwrap().rsplit('"').next().unwrap().to_owned();
        let original = desk.get(&format!("{original}/original"), &cookie).await;
        assert_eq!(original.status, StatusCode::OK);
        assert!(original.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
    }

    async fn what_was_written_long_ago_is_some_pages_back(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        let ada = desk.contact(acme, "Ada", "ada@acme.test", domain::party::Sees::Own).await;
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "Long", "The very first").await).await;
        for n in 0..60 {
            app::portal::answer(&desk.app, &ada, ticket.number, &format!("public {n}."), vec![]).await.unwrap();
            app::tickets::note(&desk.app, &desk.admin, ticket.id, &format!("internal {n}."), vec![]).await.unwrap();
        }
        let agent = desk.agent_cookie(&desk.admin).await;
        let contact = desk.contact_cookie(&ada).await;
        for (path, cookie, first, last) in [
            (format!("/tickets/{}", ticket.number), &agent, "internal 0.", "internal 59."),
            (format!("/help/tickets/{}", ticket.number), &contact, "public 0.", "public 59."),
        ] {
            let (mut here, mut pages, mut seen) = (path.clone(), 0, String::new());
            loop {
                let page = desk.get(&here, cookie).await;
                assert_eq!(page.status, StatusCode::OK);
                let newest = pages == 0;
                assert_eq!(page.body.contains("<textarea"), newest, "one answers on the newest page");
                assert_eq!(page.body.contains(&format!("href=\"{path}\"")), !newest, "{here}");
                assert_eq!(page.body.contains(last), newest);
                pages += 1;
                let earlier = page.body.split(&format!("{path}?before=")).nth(1).map(|rest| rest.split('#').next().unwrap().to_owned());
                seen += &page.body;
                let Some(before) = earlier else { break };
                here = format!("{path}?before={before}");
            }
            assert!(seen.contains(first) && seen.contains("The very first"), "{path}");
            assert_eq!(seen.matches(first).count(), 1, "{path}");
            assert_eq!(pages, if path.starts_with("/help") { 1 } else { 2 }, "{path}");
        }
    }

    async fn filters_of_a_search_leave_pages_full(db) {
        let desk = TestDesk::new(db).await;
        let cookie = desk.agent_cookie(&desk.admin).await;
        let acme = desk.customer("Acme").await;
        let ada = desk.contact(acme, "Ada", "ada@acme.test", domain::party::Sees::Own).await;
        let mut wanted = 0;
        for n in 0..70 {
            let service = if n % 10 == 0 { domain::ticket::kinds::Service::Azure } else { domain::ticket::kinds::Service::Other };
            wanted += usize::from(n % 10 == 0);
            let request = app::portal::Request {
                kind: domain::ticket::kinds::Kind::Technical,
                service,
                severity: domain::ticket::kinds::Severity::C,
                subject: format!("Quokka {n}"),
                text: "x".into(),
                customer: None,
                files: vec![],
            };
            app::portal::ask(&desk.app, &ada, request).await.unwrap();
        }
        let found = |page: &testkit::Answer| page.body.matches("class=\"hit\"").count();
        let all = desk.get("/search?q=quokka", &cookie).await;
        assert!(found(&all) == 50 && all.body.contains("before="));
        let some = desk.get("/search?q=quokka&service=azure&state=new", &cookie).await;
        assert!(found(&some) == wanted && !some.body.contains("before="), "{}", found(&some));
        for none in ["service=dynamics365", "state=closed", "kind=billing"] {
            assert_eq!(found(&desk.get(&format!("/search?q=quokka&{none}"), &cookie).await), 0, "{none}");
        }
    }

    async fn all_of_the_form_is_changed_or_none(db) {
        let desk = TestDesk::new(db).await;
        let raw = desk.mail_from("anna@kunde.test", "Old name", "Word").await;
        let ticket = desk.ticket_of(&raw).await;
        let admin = desk.agent_cookie(&desk.admin).await;
        let (path, version) = (format!("/tickets/{}", ticket.number), ticket.version.to_string());
        let me = desk.admin.id.to_string();
        let form = |team: &'static str| {
            [("version", version.as_str()), ("subject", "New name"), ("assignee", &me), ("team", team), ("kind", "billing"),
                ("service", "azure"), ("severity", "A"), ("tags", "Vip, mail")]
        };
        let refused = desk.post(&format!("{path}/change"), &admin, &form("tem_019cafe0000070008000000000000000")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(desk.ticket_of(&raw).await, ticket, "nothing of it was done");
        let changed = desk.post(&format!("{path}/change"), &admin, &form("")).await;
        assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
        let now = desk.ticket_of(&raw).await;
        assert_eq!((now.subject.as_str(), now.assignee, now.kind.word(), now.tags.0), ("New name", Some(desk.admin.id), "billing", vec!["vip".into(), "mail".into()]));
        assert_eq!(now.version, ticket.version + 1);
        let late = desk.post(&format!("{path}/change"), &admin, &form("")).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
    }

    async fn v59_a_ticket_of_another_kind_is_as_absent_as_none(db) {
        let desk = TestDesk::new(db).await;
        let raw = desk.mail_from("anna@kunde.test", "Secret", "Word").await;
        desk.run_jobs().await;
        let ticket = desk.ticket_of(&raw).await;
        let billing = desk.agent("Bert Billing", &[Role::BillingAdmin]).await;
        let cookie = desk.agent_cookie(&billing).await;
        let there = desk.get(&format!("/tickets/{}", ticket.number), &cookie).await;
        let absent = desk.get("/tickets/999999", &cookie).await;
        let odd = desk.get("/tickets/x", &cookie).await;
        assert_eq!((there.status, absent.status, odd.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
        let without_id = |body: &str| body.split("<code>").next().unwrap().to_owned();
        assert_eq!(without_id(&there.body), without_id(&absent.body));
        let search = desk.get("/search?q=Secret", &cookie).await;
        assert!(!search.body.contains("/tickets/1"), "{}", search.body);
    }

    async fn a_ticket_is_filed_for_a_caller(db) {
        let desk = TestDesk::new(db).await;
        let helper = desk.agent("Hanna Helper", &[Role::HelpdeskAgent]).await;
        let cookie = desk.agent_cookie(&helper).await;
        let form = [
            ("who", "Anna"), ("name", "Anna"), ("email", "anna@kunde.test"), ("channel", "phone"),
            ("service", "azure"), ("kind", "technical"), ("severity", "B"), ("subject", "Called"), ("text", "VM is down"),
        ];
        let filed = desk.post("/tickets/new", &cookie, &form).await;
        assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.body);
        let path = filed.headers[header::LOCATION].to_str().unwrap();
        assert!(desk.get(path, &cookie).await.body.contains("VM is down"));
        let empty = desk.post("/tickets/new", &cookie, &[("channel", "phone")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}
