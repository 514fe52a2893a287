//! The pages of those who run a desk: customers, mail, people, settings.

use axum::http::{StatusCode, header};
use domain::{access::Role, party::Sees};
use testkit::{Answer, TestDesk, on_both};

fn location(answer: &Answer) -> &str {
    answer.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap())
}

/// The value of the first field of this name in a page, after `from`.
fn value<'p>(page: &'p str, from: &str, name: &str) -> &'p str {
    let rest = &page[page.find(from).unwrap_or_else(|| panic!("no {from} in {page}"))..];
    let field =
        &rest[rest.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no {name} in {rest}"))..];
    field.split_once("value=\"").unwrap().1.split_once('"').unwrap().0
}

const LOST_TRACK: &str = "⟨";

on_both! {
    async fn every_page_is_there_for_the_global_admin(db) {
        let desk = TestDesk::new(db).await;
        let admin = desk.agent_cookie(&desk.admin).await;
        for path in [
            "/customers", "/sent", "/inbox", "/admin/people", "/admin/settings/desk", "/admin/settings/calendars",
            "/admin/settings/promises", "/admin/settings/mailboxes", "/admin/settings/tokens", "/admin/settings/audit",
        ] {
            let page = desk.get(path, &admin).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(!page.body.contains(LOST_TRACK), "{path} lacks words: {}", page.body);
        }
        let helper = desk.agent("Hanna Helper", &[Role::HelpdeskAgent]).await;
        let helper = desk.agent_cookie(&helper).await;
        for (path, status) in [
            ("/customers", StatusCode::OK),
            ("/inbox", StatusCode::OK),
            ("/admin/people", StatusCode::FORBIDDEN),
            ("/admin/settings/desk", StatusCode::FORBIDDEN),
            ("/admin/settings/audit", StatusCode::FORBIDDEN),
        ] {
            assert_eq!(desk.get(path, &helper).await.status, status, "{path}");
        }
    }

    async fn a_customer_gets_contacts_and_domains(db) {
        let desk = TestDesk::new(db).await;
        let admin = desk.agent_cookie(&desk.admin).await;
        let form =
            [("name", "Örsted & Co"), ("language", "sv"), ("time_zone", "Europe/Stockholm"), ("domain", "orsted.test")];
        let made = desk.post("/customers", &admin, &form).await;
        let page = location(&made).to_owned();
        let contact =
            [("name", "Anna"), ("email", "anna@orsted.test"), ("phone", ""), ("language", "sv"), ("sees_all", "on")];
        desk.post(&format!("{page}/contacts"), &admin, &contact).await;
        desk.post(&format!("{page}/domains"), &admin, &[("domain", "orsted.example")]).await;
        desk.post(&format!("{page}/domains/remove"), &admin, &[("domain", "orsted.test")]).await;
        let shown = desk.get(&page, &admin).await;
        assert!(shown.body.contains("Örsted &#38; Co") || shown.body.contains("Örsted &amp; Co"));
        assert!(shown.body.contains("orsted.example") && !shown.body.contains("value=\"orsted.test\""));
        assert!(shown.body.contains("sees all tickets of the organisation</small>"));

        // Whoever saves what was changed meanwhile is told so.
        let details = format!("action=\"{page}\"");
        let seen = value(&shown.body, &details, "version").to_owned();
        let change = |remark| {
            [("version", seen.as_str()), ("name", "Örsted"), ("language", "de"), ("time_zone", "UTC"), ("remark", remark)]
        };
        let first = desk.post(&page, &admin, &change("first")).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER);
        let second = desk.post(&page, &admin, &change("second")).await;
        assert_eq!(second.status, StatusCode::CONFLICT);
        let kept = desk.get(&page, &admin).await;
        assert!(kept.body.contains("first") && !kept.body.contains("second"));
        assert!(kept.body.contains("orsted.example"), "the domains stay with the details");
        let found = desk.get("/customers?q=ors", &admin).await;
        assert!(found.body.contains("Örsted"));
        assert!(!desk.get("/customers?q=zz", &admin).await.body.contains("Örsted"));
    }

    async fn a_contact_of_two_customers_keeps_what_it_sees_of_the_other(db) {
        let desk = TestDesk::new(db).await;
        let admin = desk.agent_cookie(&desk.admin).await;
        let (acme, other) = (desk.customer("Acme").await, desk.customer("Other").await);
        let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::All).await;
        let (app, id) = (&desk.app, ada.id);
        let both = app::customers::Person {
            name: "Ada".into(),
            email: "ada@acme.test".into(),
            phone: String::new(),
            lang: ada.lang,
            customers: vec![(acme, Sees::All), (other, Sees::All)],
        };
        app::customers::update_contact(app, &desk.admin, id, both, 1).await.unwrap();
        let form = [("version", "2"), ("name", "Ada L"), ("email", "ada@acme.test"), ("phone", ""), ("language", "de")];
        let saved = desk.post(&format!("/customers/{acme}/contacts/{id}"), &admin, &form).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER);
        let (contact, belongs) = app::customers::contact(app, &desk.admin, id).await.unwrap();
        assert_eq!(contact.name, "Ada L");
        let sees: Vec<_> = belongs.iter().map(|at| (at.customer, at.sees)).collect();
        assert_eq!(sees, [(acme, Sees::Own), (other, Sees::All)]);
        let stranger = desk.customer("Third").await;
        let foreign = desk.post(&format!("/customers/{stranger}/contacts/{id}"), &admin, &form).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    }

    async fn settings_are_saved_or_shown_again_as_they_were_typed(db) {
        let desk = TestDesk::new(db).await;
        let admin = desk.agent_cookie(&desk.admin).await;
        let path = "/admin/settings/promises";
        let before = desk.get(path, &admin).await;
        let version = value(&before.body, path, "version").to_owned();
        let calendar = app::desks::calendars(&desk.app, &desk.admin).await.unwrap()[0].clone();
        let id = calendar.id.to_string();
        let mut form = vec![("version", version.as_str()), ("calendar", id.as_str())];
        for field in ["a_first_response", "a_next_response", "a_resolution", "b_first_response", "c_first_response"] {
            form.push((field, "1 h 30"));
        }
        form.push(("b_resolution", "soon"));
        let wrong = desk.post(path, &admin, &form).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("value=\"soon\"") && wrong.body.contains("value=\"1 h 30\""));
        form.pop();
        assert_eq!(desk.post(path, &admin, &form).await.status, StatusCode::SEE_OTHER);
        let (_, settings, _) = app::desks::settings(&desk.app, &desk.admin).await.unwrap();
        assert_eq!(settings.promises.a.resolution.unwrap().get(), 5400);
        assert_eq!(settings.promises.b.resolution, None);

        let path = format!("/admin/settings/calendars/{id}");
        let hours = |mon| {
            [("version", "1"), ("name", "Night"), ("time_zone", "Europe/Berlin"), ("mon", mon), ("holidays", "12-25\r\n2026-04-03")]
        };
        let wrong = desk.post(&path, &admin, &hours("nine to five")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("nine to five"));
        assert_eq!(desk.post(&path, &admin, &hours("22-2")).await.status, StatusCode::SEE_OTHER);
        let saved = app::desks::calendars(&desk.app, &desk.admin).await.unwrap();
        let spec = &saved[0].spec.0;
        assert_eq!(spec.hours.mon, [("22:00".to_owned(), "02:00".to_owned())]);
        assert_eq!((spec.holidays.len(), spec.yearly_holidays.len()), (1, 1));

        let mailbox = [("address", "new@nordwind.test"), ("name", "New"), ("kind", "billing"), ("service", "other")];
        let mailboxes = "/admin/settings/mailboxes";
        assert_eq!(desk.post(mailboxes, &admin, &mailbox).await.status, StatusCode::SEE_OTHER);
        let taken = desk.post(mailboxes, &admin, &mailbox).await;
        assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
        let secret = [("host", "imap.test"), ("port", "993"), ("security", "tls"), ("auth", "password"), ("user", "u"), ("folder", "INBOX"), ("secret", "swordfish")];
        let mut form = vec![("address", "imap@nordwind.test"), ("name", "Imap"), ("kind", "billing"), ("service", "other")];
        form.extend(secret);
        assert_eq!(desk.post(mailboxes, &admin, &form).await.status, StatusCode::SEE_OTHER);
        let shown = desk.get(mailboxes, &admin).await;
        assert!(shown.body.contains("imap.test") && !shown.body.contains("swordfish"));
    }

    async fn a_token_is_shown_once(db) {
        let desk = TestDesk::new(db).await;
        let admin = desk.agent_cookie(&desk.admin).await;
        let path = "/admin/settings/tokens";
        let none = desk.post(path, &admin, &[("name", "Script"), ("expires", "")]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "a token without a scope");
        let past = [("name", "Script"), ("scope", "tickets:read"), ("expires", "2020-01-01")];
        assert_eq!(desk.post(path, &admin, &past).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let form = [("name", "Script"), ("scope", "tickets:read"), ("expires", "2026-03-02")];
        let made = desk.post(path, &admin, &form).await;
        assert_eq!(made.headers[header::CACHE_CONTROL], "no-store");
        let secret = &made.body[made.body.find("pdk_").unwrap()..][..68];
        let caller = app::tokens::agent_of_token(&desk.app, secret).await.unwrap().unwrap();
        assert_eq!(caller.id, desk.admin.id);
        let later = desk.get(path, &admin).await;
        assert!(later.body.contains("Script") && !later.body.contains(secret));
        let id = app::tokens::list(&desk.app, &desk.admin).await.unwrap()[0].id;
        desk.post(&format!("{path}/{id}/withdraw"), &admin, &[]).await;
        assert!(app::tokens::agent_of_token(&desk.app, secret).await.unwrap().is_none());
    }

    async fn people_come_and_go(db) {
        let desk = TestDesk::new(db).await;
        let admin = desk.agent_cookie(&desk.admin).await;
        let form = [("name", "Hanna"), ("email", "hanna@nordwind.test"), ("language", "de"), ("role", "helpdesk_agent")];
        let path = "/admin/people";
        assert_eq!(desk.post("/admin/people/invite", &admin, &form).await.status, StatusCode::SEE_OTHER);
        let again = desk.post("/admin/people/invite", &admin, &form).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        let agents = app::people::list(&desk.app, &desk.admin).await.unwrap();
        let hanna = agents.iter().find(|agent| agent.name == "Hanna").unwrap().id;
        let roles = [("version", "1"), ("role", "billing_admin"), ("role", "sales_agent")];
        let changed = desk.post(&format!("{path}/{hanna}/roles"), &admin, &roles).await;
        assert_eq!((changed.status, location(&changed)), (StatusCode::SEE_OTHER, path));
        let stale = desk.post(&format!("{path}/{hanna}/roles"), &admin, &roles).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        let mine = format!("{path}/{}/deactivate", desk.admin.id);
        assert_eq!(desk.post(&mine, &admin, &[]).await.status, StatusCode::CONFLICT, "nobody leaves by mistake");
        desk.post(&format!("{path}/{hanna}/deactivate"), &admin, &[]).await;
        let agents = app::people::list(&desk.app, &desk.admin).await.unwrap();
        let gone = agents.iter().find(|agent| agent.id == hanna).unwrap();
        assert_eq!((gone.active, gone.roles.0.as_slice()), (false, &[Role::BillingAdmin, Role::SalesAgent][..]));
        desk.post(&format!("{path}/{hanna}/activate"), &admin, &[]).await;
        desk.post("/admin/teams", &admin, &[("name", "Cloud")]).await;
        let team = app::people::teams(&desk.app, &desk.admin).await.unwrap()[0].team.id;
        let member = hanna.to_string();
        desk.post(&format!("/admin/teams/{team}/members"), &admin, &[("agent", &member)]).await;
        assert_eq!(app::people::teams(&desk.app, &desk.admin).await.unwrap()[0].members, [hanna]);
    }

    async fn mail_is_seen_and_saved_not_shown(db) {
        let desk = TestDesk::new(db).await;
        let admin = desk.agent_cookie(&desk.admin).await;
        let acme = desk.customer("Acme").await;
        desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let raw = desk.mail_from("ada@acme.test", "Printer <b>on fire</b>", "Help").await;
        let ticket = desk.ticket_of(&raw).await;
        let sent = desk.get("/sent", &admin).await;
        assert!(sent.body.contains("ada@acme.test") && sent.body.contains(&format!("href=\"/tickets/{}\"", ticket.number)));
        let at = sent.body.find("/sent/out_").unwrap();
        let original = sent.body[at..].split('"').next().unwrap();
        let saved = desk.get(original, &admin).await;
        assert_eq!(saved.headers[header::CONTENT_TYPE], "message/rfc822");
        assert!(saved.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment;"));
        assert!(saved.body.contains("To: "));
        let id = original.split('/').nth(2).unwrap();
        let nothing = desk.post(&format!("/sent/{id}/retry"), &admin, &[]).await;
        assert_eq!(nothing.status, StatusCode::CONFLICT, "everybody has it");
        let came = desk.get(&format!("/inbox/{}/original", raw.id), &admin).await;
        assert!(came.body.contains("Printer <b>on fire</b>"));

        let (app, mailbox) = (&desk.app, app::intake::addressee(&desk.app, testkit::MAILBOX).await.unwrap().unwrap().1);
        let way = app::intake::Way::Mailbox(mailbox);
        let head = b"Subject: Big\r\n\r\n".to_vec();
        let parked = app::intake::accept_too_large(app, desk.desk, &way, head).await.unwrap();
        let inbox = desk.get("/inbox", &admin).await;
        assert!(inbox.body.contains("It is larger than the desk takes"));
        let again = desk.post(&format!("/inbox/{}/retry", parked.id), &admin, &[]).await;
        assert_eq!((again.status, location(&again)), (StatusCode::SEE_OTHER, "/inbox"));
        desk.run_jobs().await;
        assert!(!desk.get("/inbox", &admin).await.body.contains("It is larger than the desk takes"));
    }

    async fn the_audit_log_is_read_and_verified(db) {
        let desk = TestDesk::new(db).await;
        let admin = desk.agent_cookie(&desk.admin).await;
        desk.customer("Acme").await;
        app::audit::seal(&desk.app, desk.desk).await.unwrap();
        let log = desk.get("/admin/settings/audit", &admin).await;
        assert!(log.body.contains("Customer added") && log.body.contains("Greta Admin"));
        let verified = desk.post("/admin/settings/audit/verify", &admin, &[]).await;
        assert!(verified.body.contains("tone-done") && verified.body.contains("as they were written"), "{}", verified.body);
    }
}
