//! Suppliers, contracts, wallets and the advisor: by pages and by the API.

use app::{suppliers, tokens};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use domain::{access::Role, access::Scope, party::Sees, vehicle::Vehicle};
use serde_json::{Value, json};
use testkit::{Answer, TestDesk, on_both};

use crate::catalogue::wrong_beside;

/// A call with a token.
async fn call(desk: &TestDesk, token: &str, method: Method, path: &str, body: Option<&Value>) -> Answer {
    call_with(desk, token, method, path, body, &[("if-match", "*")]).await
}

async fn call_with(
    desk: &TestDesk,
    token: &str,
    method: Method,
    path: &str,
    body: Option<&Value>,
    headers: &[(&str, &str)],
) -> Answer {
    let mut request = Request::builder()
        .method(method)
        .uri(format!("/api/v1{path}"))
        .header(header::AUTHORIZATION, format!("Bearer {token}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = match body {
        Some(body) => {
            request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string()))
        }
        None => request.body(Body::empty()),
    };
    desk.send(request.unwrap()).await
}

async fn token(desk: &TestDesk, scopes: &[Scope]) -> String {
    let new = tokens::NewToken { agent: None, name: "P".into(), scopes: scopes.to_vec(), expires_at: None };
    tokens::create(&desk.app, &desk.admin, new).await.unwrap().secret
}

fn location(answer: &Answer) -> &str {
    answer.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap())
}

/// Microsoft's page, and the offering that is this vehicle.
async fn microsoft(desk: &TestDesk, vehicle: Vehicle) -> (String, String) {
    let all = suppliers::list(&desk.app, &desk.admin).await.unwrap();
    let id = all[0].supplier.id;
    let offers = suppliers::offerings(&desk.app, &desk.admin, id).await.unwrap();
    let offer = offers.iter().find(|offer| offer.offering.vehicle == Some(vehicle)).unwrap();
    (format!("/suppliers/{id}"), offer.offering.id.to_string())
}

on_both! {
    async fn every_page_of_suppliers_is_there_and_has_its_words(db) {
        let desk = TestDesk::new(db).await;
        let admin = desk.agent_cookie(&desk.admin).await;
        let helper = desk.agent("Hanna Helper", &[Role::HelpdeskAgent]).await;
        let helper = desk.agent_cookie(&helper).await;
        let sally = desk.agent("Sally", &[Role::SalesAgent]).await;
        let sally = desk.agent_cookie(&sally).await;
        let (page, offering) = microsoft(&desk, Vehicle::SignatureCloud).await;
        let form = [("offering", &*offering), ("name", ""), ("units", "2"), ("access_id", "ACC-4711"), ("contract_id", ""), ("from", ""), ("to", "2026-12-31")];
        let made = desk.post(&format!("{page}/contracts"), &admin, &form).await;
        let contract = location(&made).to_owned();
        for path in ["/suppliers", "/suppliers/rules", &page, &contract] {
            for reader in [&admin, &helper] {
                let shown = desk.get(path, reader).await;
                assert_eq!(shown.status, StatusCode::OK, "{path}");
                assert!(!shown.body.contains('⟨'), "{path} lacks words: {}", shown.body);
                assert!(!shown.body.contains("4711"), "{path} tells a number");
            }
            assert_eq!(desk.get(path, &sally).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        let list = desk.get("/suppliers", &helper).await.body;
        assert!(list.contains("2 left") && list.contains("Until 31 Dec 2026"), "{list}");
        assert!(!list.contains("<form id=\"new-supplier\""), "a helper adds none");
        assert_eq!(desk.post("/suppliers", &helper, &[("name", "X")]).await.status, StatusCode::FORBIDDEN);
    }

    async fn the_numbers_are_shown_to_who_asks_and_the_log_says_who(db) {
        let desk = TestDesk::new(db).await;
        let admin = desk.agent_cookie(&desk.admin).await;
        let (page, offering) = microsoft(&desk, Vehicle::ProductSupport).await;
        let form = [("offering", &*offering), ("units", ""), ("access_id", "ACC-4711"), ("contract_id", "CON-0815")];
        let contract = location(&desk.post(&format!("{page}/contracts"), &admin, &form).await).to_owned();
        let read = desk.post(&format!("{contract}/numbers"), &admin, &[]).await;
        assert_eq!(read.status, StatusCode::OK);
        assert!(read.body.contains("ACC-4711") && read.body.contains("CON-0815"));
        let log = desk.get("/admin/settings/audit", &admin).await.body;
        assert!(log.contains("Numbers of a contract read") && !log.contains("4711"));
        // An empty field keeps a number, a check mark removes it.
        let change = [("version", "1"), ("name", "Ours"), ("from", "2026-01-01"), ("to", ""), ("access_id", ""), ("contract_id", ""), ("forget", "contract")];
        assert_eq!(desk.post(&contract, &admin, &change).await.status, StatusCode::SEE_OTHER);
        let read = desk.post(&format!("{contract}/numbers"), &admin, &[]).await;
        assert!(read.body.contains("ACC-4711") && !read.body.contains("CON-0815"));
        assert_eq!(desk.post(&contract, &admin, &change).await.status, StatusCode::CONFLICT, "of a version that is over");
        // A contract is that of its own supplier only.
        let add = [("kind", "provider"), ("name", "Großhandel"), ("language", "de"), ("way", "mail"), ("address", "help@provider.test")];
        let other = location(&desk.post("/suppliers", &admin, &add).await).to_owned();
        let foreign = contract.replace(&page, &other);
        assert_eq!(desk.get(&foreign, &admin).await.status, StatusCode::NOT_FOUND);
        assert_eq!(desk.post(&format!("{foreign}/numbers"), &admin, &[]).await.status, StatusCode::NOT_FOUND);
    }

    async fn a_form_that_cannot_be_taken_comes_back_as_it_was_typed(db) {
        let desk = TestDesk::new(db).await;
        let admin = desk.agent_cookie(&desk.admin).await;
        let add = [("kind", "outsourcer"), ("name", "Nachtdienst"), ("language", "de"), ("way", "portal"), ("address", "http://unsafe.test")];
        let refused = desk.post("/suppliers", &admin, &add).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong_beside(&refused.body, "/suppliers", "address");
        assert!(refused.body.contains("begins with https://") && refused.body.contains("value=\"http://unsafe.test\""));
        let add = [("kind", "outsourcer"), ("name", "Nachtdienst"), ("language", "de"), ("way", "portal"), ("address", "https://nacht.test")];
        let page = location(&desk.post("/suppliers", &admin, &add).await).to_owned();
        let offer = |monday, first| {
            [
                ("name", "Nacht"), ("services", "azure"), ("kinds", "technical"), ("languages", "de"), ("contact", "phone"),
                ("time_zone", "Europe/Berlin"), ("mon", monday), ("holidays", "12-25"), ("a_first_response", first),
                ("per", "hour"), ("amount", "95,50"), ("currency", "eur"), ("from", ""), ("to", ""),
            ]
        };
        let offers = format!("{page}/offerings");
        for (monday, first, field) in [("sometime", "1 h", "mon"), ("18-24", "soon", "a_first_response")] {
            let refused = desk.post(&offers, &admin, &offer(monday, first)).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
            wrong_beside(&refused.body, &offers, field);
            for typed in ["value=\"Nacht\"", "value=\"95,50\"", "12-25", first] {
                assert!(refused.body.contains(typed), "{typed} is gone: {}", refused.body);
            }
        }
        let kept = desk.post(&offers, &admin, &offer("18-24", "1 h")).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        let shown = desk.get(&page, &admin).await.body;
        assert!(shown.contains("95.50 EUR") && shown.contains("Europe/Berlin"), "{shown}");
    }

    async fn units_are_written_by_hand_and_given_back(db) {
        let desk = TestDesk::new(db).await;
        let admin = desk.agent_cookie(&desk.admin).await;
        let (page, offering) = microsoft(&desk, Vehicle::ProductSupport).await;
        let form = [("offering", &*offering), ("units", "1")];
        let contract = location(&desk.post(&format!("{page}/contracts"), &admin, &form).await).to_owned();
        let units = format!("{contract}/units");
        let act = |act, case| [("act", act), ("case", case), ("units", "3"), ("reason", "by hand")];
        assert_eq!(desk.post(&units, &admin, &act("consume", "REG:1")).await.status, StatusCode::SEE_OTHER);
        let none_left = desk.post(&units, &admin, &act("consume", "REG:2")).await;
        assert_eq!(none_left.status, StatusCode::CONFLICT);
        assert!(none_left.body.contains("There is no unit left"), "{}", none_left.body);
        assert!(none_left.body.contains("REG:1") && none_left.body.contains("Give back"));
        assert_eq!(desk.post(&units, &admin, &act("refund", "REG:1")).await.status, StatusCode::SEE_OTHER);
        assert_eq!(desk.post(&units, &admin, &act("grant", "")).await.status, StatusCode::SEE_OTHER);
        let shown = desk.get(&contract, &admin).await.body;
        assert!(shown.contains("4 left") && !shown.contains("Give back the unit of REG:1"), "{shown}");
    }

    async fn a_rule_that_will_change_names_the_contracts_that_it_touches(db) {
        let desk = TestDesk::new(db).await;
        let admin = desk.agent_cookie(&desk.admin).await;
        let (page, offering) = microsoft(&desk, Vehicle::Asfp).await;
        let until = |name, to| [("offering", offering.clone()), ("name", name), ("to", to)];
        for (name, to) in [("Plan beyond", "2027-06-30"), ("Plan before", "2026-12-31")] {
            let form = until(name.to_owned(), to.to_owned());
            let form: Vec<_> = form.iter().map(|(field, value)| (*field, value.as_str())).collect();
            assert_eq!(desk.post(&format!("{page}/contracts"), &admin, &form).await.status, StatusCode::SEE_OTHER);
        }
        let rules = desk.get("/suppliers/rules", &admin).await.body;
        let retired = rules.split("id=\"asfp-retired\"").nth(1).unwrap().split("</li>").next().unwrap();
        assert!(retired.contains("Begins on 1 Jan 2027") && retired.contains("Not verified"), "{retired}");
        assert!(retired.contains("Plan beyond") && !retired.contains("Plan before"), "{retired}");
    }

    async fn a_program_keeps_contracts_and_wallets(db) {
        let desk = TestDesk::new(db).await;
        let program = token(&desk, &[Scope::SupportWrite]).await;
        let (_, offering) = microsoft(&desk, Vehicle::SignatureCloud).await;
        let new = json!({ "offering": offering, "units": 2, "access_id": "ACC-4711" });
        let headers = [("idempotency-key", "one")];
        let made = call_with(&desk, &program, Method::POST, "/entitlements", Some(&new), &headers).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        let again = call_with(&desk, &program, Method::POST, "/entitlements", Some(&new), &headers).await;
        assert_eq!(made.json(), again.json(), "asked twice, made once");
        assert!(!made.body.contains("4711"));
        let path = location(&made).strip_prefix("/api/v1").unwrap().to_owned();
        let get = |path: String| {
            let (desk, program) = (&desk, &program);
            async move { call(desk, program, Method::GET, &path, None).await.json() }
        };
        assert_eq!(get("/entitlements".into()).await["items"].as_array().unwrap().len(), 1);
        let stale = call_with(&desk, &program, Method::PATCH, &path, Some(&json!({ "name": "Ours" })), &[("if-match", "\"9\"")]).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        let changed = call(&desk, &program, Method::PATCH, &path, Some(&json!({ "name": "Ours", "to": "2026-12-31T00:00:00Z" }))).await;
        assert_eq!((&changed.json()["name"], &changed.headers["etag"]), (&json!("Ours"), &"\"2\"".parse().unwrap()));

        let wallet = format!("{path}/wallet");
        let write = |body: Value| {
            let (desk, program, wallet) = (&desk, &program, &wallet);
            async move { call(desk, program, Method::POST, wallet, Some(&body)).await }
        };
        for case in ["a", "b"] {
            let used = write(json!({ "act": "consume", "case": case, "reason": "filed by phone" })).await;
            assert_eq!(used.status, StatusCode::CREATED, "{}", used.body);
        }
        let empty = write(json!({ "act": "consume", "case": "c", "reason": "r" })).await;
        assert_eq!((empty.status, &empty.json()["code"]), (StatusCode::CONFLICT, &json!("none-left")));
        assert_eq!(write(json!({ "act": "refund", "case": "a", "reason": "a bug" })).await.status, StatusCode::CREATED);
        assert_eq!(write(json!({ "act": "grant", "units": 0, "reason": "r" })).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let first = get(format!("{wallet}?limit=3")).await;
        let second = get(format!("{wallet}?limit=3&cursor={}", first["next"].as_str().unwrap())).await;
        let acts: Vec<_> = [&first, &second].into_iter().flat_map(|page| page["items"].as_array().unwrap()).map(|e| e["act"].as_str().unwrap().to_owned()).collect();
        assert_eq!(acts, ["refund", "consume", "consume", "grant"]);
        assert_eq!(get(path.clone()).await["left"], 1);
        let read = call(&desk, &program, Method::POST, &format!("{path}/readings"), None).await;
        assert_eq!(read.json(), json!({ "access_id": "ACC-4711", "contract_id": null }));
        let reader = token(&desk, &[Scope::SupportRead]).await;
        let forbidden = call(&desk, &reader, Method::POST, &format!("{path}/readings"), None).await;
        assert_eq!(forbidden.status, StatusCode::FORBIDDEN);
    }

    async fn the_advisor_answers_a_program_in_its_agents_language(db) {
        let desk = TestDesk::new(db).await;
        let program = token(&desk, Scope::ALL).await;
        let acme = desk.customer("Acme").await;
        let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let new = json!({ "contact": ada.id, "kind": "technical", "service": "marketplace", "severity": "B", "subject": "s", "text": "t" });
        let ticket = call(&desk, &program, Method::POST, "/tickets", Some(&new)).await.json()["id"].as_str().unwrap().to_owned();
        let advice = call(&desk, &program, Method::GET, &format!("/tickets/{ticket}/vehicles"), None).await;
        assert_eq!(advice.status, StatusCode::OK, "{}", advice.body);
        let advice = advice.json();
        assert_eq!(advice["instead"]["place"], "publisher");
        assert_eq!(advice["instead"]["reasons"], json!(["A product of the commercial marketplace is supported by its publisher."]));
        assert!(advice["open"].as_array().unwrap().is_empty());
        assert!(!advice.to_string().contains('⟨'), "{advice}");
        let standing = json!({ "competency": "gold", "plans": ["psfp"], "cloud_competency": null });
        let said = call(&desk, &program, Method::PATCH, "/standing", Some(&standing)).await.json();
        assert_eq!((&said["competency"], &said["plans"], &said["version"]), (&json!("gold"), &json!(["psfp"]), &json!(1)));
    }
}
