//! The catalogue's pages, what a ticket shows of it, articles as they were, and merging taken back.

use app::{
    articles,
    catalogue::{self, NewDelivery, NewOffering, NewPlan},
    statements::{self, Publish},
    suppliers, tokens,
};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::{
    access::{Role, Scope},
    article::{Article, Audience, Written},
    id::{OfferingId, SupplierId},
    lang::Lang,
    offering::{Terms, delivery::Manner},
    party::{
        Sees,
        supplier::{SupplierKind, Way},
    },
};
use jiff::SignedDuration;
use serde_json::{Value, json};
use testkit::{TestDesk, on_both};

/// That a form of a page says beside a field that it is wrong, and only there.
pub(crate) fn wrong_beside(page: &str, form: &str, field: &str) {
    let mark = format!("action=\"{form}\"");
    let form = page.split("<form").find(|form| form.contains(&mark)).expect("the form is not there");
    let form = form.split("</form>").next().unwrap();
    let tag = form.split('<').find(|tag| tag.contains(&format!("name=\"{field}\""))).expect("no such field");
    assert!(tag.contains("aria-invalid=\"true\" aria-describedby=\"wrong\""), "{field}: {tag}");
    assert!(form.contains("<em id=\"wrong\""), "{form}");
    assert_eq!(page.matches("id=\"wrong\"").count(), 1, "one thing is wrong");
}

fn terms(services: &[&str], contact: &str) -> Terms {
    let weekday = json!([["09:00", "17:00"]]);
    serde_json::from_value(json!({
        "services": services, "kinds": ["technical"], "languages": ["en"], "contact": [contact],
        "hours": { "timezone": "Europe/Berlin", "hours": {
            "mon": weekday, "tue": weekday, "wed": weekday, "thu": weekday, "fri": weekday,
        } },
        "promises": { "A": { "first_response": 3600 } }, "price": { "per": "included" },
    }))
    .unwrap()
}

async fn offering(desk: &TestDesk, name: &str) -> OfferingId {
    let terms = terms(&["azure", "microsoft365"], "mail");
    let new = NewOffering { name: name.into(), terms, valid_from: None, valid_to: None };
    catalogue::add_offering(&desk.app, &desk.admin, new).await.unwrap()
}

/// A supplier with one offering.
async fn supplier(desk: &TestDesk) -> (SupplierId, OfferingId) {
    let details = suppliers::Details {
        name: "Nachtwache".into(),
        lang: Lang::De,
        way: Way::Mail,
        address: "help@nacht.test".into(),
        personal_data: false,
        note: String::new(),
        active: true,
    };
    let (app, admin) = (&desk.app, &desk.admin);
    let id = suppliers::create(app, admin, SupplierKind::Outsourcer, details).await.unwrap();
    let offer =
        suppliers::add_offering(app, admin, id, "Nights", terms(&["azure"], "mail"), None, None).await;
    (id, offer.unwrap())
}

async fn call(desk: &TestDesk, path: &str) -> Value {
    let scopes = vec![Scope::TicketsRead, Scope::SupportRead, Scope::SupportWrite];
    let new = tokens::NewToken { agent: None, name: "P".into(), scopes, expires_at: None };
    let token = tokens::create(&desk.app, &desk.admin, new).await.unwrap().secret;
    let request =
        Request::get(format!("/api/v1{path}")).header(header::AUTHORIZATION, format!("Bearer {token}"));
    let answer = desk.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.json()
}

/// Where a form goes, what it holds, which field is wrong, and what the page still shows.
type Case<'c> = (&'c str, &'c [(&'c str, &'c str)], &'c str, &'c [&'c str]);

on_both! {
    async fn forms_of_the_catalogue_keep_what_was_typed(db) {
        let desk = TestDesk::new(db).await;
        let cookie = desk.agent_cookie(&desk.admin).await;
        let day = offering(&desk, "By day").await.to_string();
        let acme = desk.customer("Acme").await;
        let plan = [("name", "Basic"), ("offerings", &*day)];
        assert_eq!(desk.post("/catalogue/plans", &cookie, &plan).await.status, StatusCode::SEE_OTHER);
        let common = [("version", "0"), ("contact_phone", "+49 30 1")];
        assert_eq!(desk.post("/catalogue/common", &cookie, &common).await.status, StatusCode::SEE_OTHER);
        let hold = format!("/catalogue/customers/{acme}/plan");
        let change = format!("/catalogue/offerings/{day}");
        let of = |name, amount, to| [
            ("version", "1"), ("name", name), ("services", "azure"), ("kinds", "technical"), ("languages", "sv"),
            ("contact", "phone"), ("time_zone", "Europe/Berlin"), ("mon", "9-17"), ("a_first_response", "2 h"),
            ("per", "hour"), ("amount", amount), ("currency", "EUR"), ("from", "2026-03-01"), ("to", to),
        ];
        let cases: [Case; 8] = [
            ("/catalogue/plans", &[("name", "Basic"), ("offerings", &day), ("is_default", "on")], "name",
                &["value=\"Basic\"", "name=\"is_default\" value=\"on\" checked"]),
            ("/catalogue/offerings", &of("Night", "ninety", ""), "amount",
                &["value=\"Night\"", "value=\"ninety\"", "value=\"9-17\"", "value=\"2 h\"", "value=\"sv\" checked"]),
            ("/catalogue/offerings", &of("", "90", ""), "name", &["value=\"90\"", "value=\"hour\" selected"]),
            (&change, &of("By day", "90", "2026-02-01"), "to", &["value=\"2026-02-01\"", "value=\"9-17\""]),
            ("/catalogue/deliveries", &[("manner", "resold"), ("service", "azure"), ("customer", &acme.to_string())],
                "supplier_offering", &["value=\"resold\" selected", "value=\"azure\" selected"]),
            (&hold, &[("plan", ""), ("from", "2026-05-02"), ("to", "2026-05-01")], "to", &["value=\"2026-05-02\""]),
            (&hold, &[("plan", ""), ("from", "2026-99-02"), ("to", "")], "from", &[]),
            ("/catalogue/deliveries", &[("manner", "in_house"), ("team", "nobody")], "team", &[]),
        ];
        // A supplier, so that there is something to choose.
        supplier(&desk).await;
        for (form, fields, wrong, kept) in cases {
            let again = desk.post(form, &cookie, fields).await;
            assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{form} {wrong}: {}", again.body);
            wrong_beside(&again.body, form, wrong);
            for words in kept {
                assert!(again.body.contains(words), "{form}: {words} is gone: {}", again.body);
            }
        }
        // Somebody else was faster: nothing is lost, and the second time is meant.
        let stale = desk.post("/catalogue/common", &cookie, &[("version", "0"), ("contact_phone", "+49 30 2")]).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(stale.body.contains("value=\"+49 30 2\"") && stale.body.contains("Somebody else changed it"));
        // The last day is in it.
        let until = [("plan", ""), ("from", "2026-05-01"), ("to", "2026-05-01")];
        assert_eq!(desk.post(&hold, &cookie, &until).await.status, StatusCode::SEE_OTHER);
    }

    async fn a_row_of_delivery_is_for_one_customer_and_the_ticket_says_who_delivers(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let cookie = desk.agent_cookie(admin).await;
        let acme = desk.customer("Acme").await;
        let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::All).await;
        let other = desk.customer("Other").await;
        desk.contact(other, "Oscar", "oscar@other.test", Sees::All).await;
        let day = offering(&desk, "By day").await;
        let new = NewPlan { name: "Basic".into(), offerings: vec![day], is_default: true };
        let plan = catalogue::add_plan(app, admin, new).await.unwrap();
        let draft = statements::draft(app, admin, plan, None).await.unwrap();
        let publish = Publish { plan, seen: draft.seen, valid_from: None, reason: "known".into() };
        let statement = statements::publish(app, admin, publish).await.unwrap();
        let (supplier, nights) = supplier(&desk).await;
        let (acme, nights) = (acme.to_string(), nights.to_string());
        let fields = [("customer", &*acme), ("manner", "outsourced"), ("supplier_offering", &*nights)];
        let added = desk.post("/catalogue/deliveries", &cookie, &fields).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
        let shown = desk.get("/catalogue", &cookie).await.body;
        assert!(shown.contains("<td>Acme</td>"), "{shown}");

        let theirs = desk.ticket_of(&desk.mail_from("ada@acme.test", "Help", "x").await).await;
        let ours = desk.ticket_of(&desk.mail_from("oscar@other.test", "Help", "x").await).await;
        let page = desk.get(&format!("/tickets/{}", theirs.number), &cookie).await.body;
        for words in [
            "What applies", "By day", "Mon–Fri 09:00–17:00 (Europe/Berlin)", "Basic, version 1",
            &format!("/catalogue/statements/{statement}"), "Nachtwache: Nights", &format!("/suppliers/{supplier}#{nights}"),
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let page = desk.get(&format!("/tickets/{}", ours.number), &cookie).await.body;
        assert!(page.contains("our own people") && !page.contains("Nachtwache: Nights"));
        let sales = desk.agent("Sven", &[Role::SalesAgent]).await;
        let sales = desk.agent_cookie(&sales).await;
        let page = desk.get(&format!("/tickets/{}", theirs.number), &sales).await;
        assert!(!page.body.contains("Nachtwache"), "who delivers is internal");

        let body = call(&desk, &format!("/tickets/{}", theirs.id)).await;
        assert_eq!((&body["offering"]["name"], &body["statement"]["number"]), (&json!("By day"), &json!(1)));
        assert_eq!((&body["delivered_by"]["offering"], &body["delivered_by"]["supplier_name"]), (&json!(nights), &json!("Nachtwache")));
        assert_eq!(call(&desk, &format!("/tickets/{}", ours.id)).await["delivered_by"], Value::Null);
        // The customer reads what applies, and not by whom it is done.
        let portal = desk.get(&format!("/help/tickets/{}", theirs.number), &desk.contact_cookie(&ada).await).await.body;
        assert!(portal.contains("By day") && portal.contains("Version 1") && portal.contains("/help/statement"), "{portal}");
        assert!(!portal.contains("Nachtwache"));
        // A row of the API is the same row.
        let of = NewDelivery {
            customer: None, offering: None, service: None, kind: None, hours: None,
            manner: Manner::InHouse, team: None, supplier_offering: None,
        };
        catalogue::add_delivery(app, admin, of).await.unwrap();
        let again = desk.ticket_of(&desk.mail_from("ada@acme.test", "More", "x").await).await;
        assert_eq!(again.delivered_by.map(|id| id.to_string()), Some(nights), "a customer outweighs everything");
    }

    async fn an_article_is_read_as_it_was(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let cookie = desk.agent_cookie(admin).await;
        let article = |body: &str, published| Article {
            audience: Audience::Internal,
            published,
            service: None,
            kind: None,
            texts: [(Lang::En, Written { title: "Kakapo".into(), body: body.into() })].into(),
        };
        let id = articles::create(app, admin, article("one\ntwo\nthree", false)).await.unwrap();
        articles::save(app, admin, id, article("one\n<b>2</b>\nthree", true), 1).await.unwrap();
        let page = desk.get(&format!("/articles/{id}"), &cookie).await.body;
        assert!(page.contains(&format!("/articles/{id}/versions/1")), "{page}");
        let first = desk.get(&format!("/articles/{id}/versions/1"), &cookie).await.body;
        for words in ["one\ntwo\nthree", "Draft", "The next version is: ", "Published", "class=\"line-removed\"", "class=\"line-added\"", "&#60;b&#62;2"] {
            assert!(first.contains(words), "{words}: {first}");
        }
        assert_eq!(first.matches("class=\"line-same\"").count(), 4, "the title, an empty line, and two lines of the text");
        let second = desk.get(&format!("/articles/{id}/versions/2"), &cookie).await.body;
        assert!(second.contains("This is the newest version.") && !second.contains("line-removed"));
        for gone in ["0", "3", "-1", "9223372036854775807", "x"] {
            let answer = desk.get(&format!("/articles/{id}/versions/{gone}"), &cookie).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{gone}");
        }
        let list = call(&desk, &format!("/articles/{id}/versions")).await;
        let numbers: Vec<_> = list["items"].as_array().unwrap().iter().map(|one| one["version"].clone()).collect();
        assert_eq!(numbers, [2, 1]);
        let body = call(&desk, &format!("/articles/{id}/versions/1")).await;
        assert_eq!(body["article"]["texts"][0]["body"], "one\ntwo\nthree");
        let lines = body["differences"][0]["lines"].as_array().unwrap();
        let changed: Vec<_> = lines.iter().filter(|line| line["change"] != "same").map(|line| &line["text"]).collect();
        assert_eq!(changed, ["two", "<b>2</b>"]);
        // Only its authors read what it was.
        let helper = desk.agent_cookie(&desk.agent("Sven", &[Role::SalesAgent]).await).await;
        let refused = desk.get(&format!("/articles/{id}/versions/1"), &helper).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }

    async fn a_merge_is_taken_back_from_the_history(db) {
        let desk = TestDesk::new(db).await;
        let cookie = desk.agent_cookie(&desk.admin).await;
        let first = desk.ticket_of(&desk.mail_from("ada@acme.test", "Help", "x").await).await;
        let second = desk.ticket_of(&desk.mail_from("ada@acme.test", "Help again", "y").await).await;
        let (one, two) = (format!("/tickets/{}", first.number), format!("/tickets/{}", second.number));
        let into = [("into", &*first.number.to_string()), ("version", &*second.version.to_string())];
        assert_eq!(desk.post(&format!("{two}/merge"), &cookie, &into).await.status, StatusCode::SEE_OTHER);
        // Much longer than the toast stays.
        desk.pass(SignedDuration::from_mins(10)).await;
        let helper = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let helper = desk.agent_cookie(&helper).await;
        let event = "action=\"/undo\" data-undo";
        assert!(!desk.get(&one, &helper).await.body.contains(event), "whoever merged takes it back");
        let page = desk.get(&one, &cookie).await.body;
        assert!(desk.get(&two, &cookie).await.body.contains(event), "both tickets tell of it");
        let what = page.split(event).nth(1).unwrap().split("name=\"what\" value=\"").nth(1).unwrap();
        let what = what.split('"').next().unwrap().to_owned();
        let done = desk.post("/undo", &cookie, &[("what", &what)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let page = desk.get(&two, &cookie).await.body;
        assert!(!page.contains(event) && page.contains("state-new"), "{page}");

        // Once something else has happened it is over, and so it is after a day.
        let merge = async || {
            let at = app::tickets::find(&desk.app, &desk.admin, second.number).await.unwrap();
            let into = [("into", &*first.number.to_string()), ("version", &*at.version.to_string())];
            assert_eq!(desk.post(&format!("{two}/merge"), &cookie, &into).await.status, StatusCode::SEE_OTHER);
        };
        merge().await;
        desk.pass(SignedDuration::from_hours(25)).await;
        assert!(!desk.get(&one, &cookie).await.body.contains(event));
    }
}
