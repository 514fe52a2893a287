//! Security reports, seats and scores: by pages and by the API.

use app::tokens;
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use domain::{access::Role, access::Scope, party::Sees};
use serde_json::{Value, json};
use testkit::{Answer, TestDesk, on_both};

/// A call with a token of the admin's.
async fn call(desk: &TestDesk, method: Method, path: &str, body: Option<Value>) -> Answer {
    let new =
        tokens::NewToken { agent: None, name: path.into(), scopes: Scope::ALL.to_vec(), expires_at: None };
    let token = tokens::create(&desk.app, &desk.admin, new).await.unwrap().secret;
    let request = Request::builder()
        .method(method)
        .uri(format!("/api/v1{path}"))
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::IF_MATCH, "*")
        .header(header::CONTENT_TYPE, "application/json");
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    desk.send(request.body(body).unwrap()).await
}

fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{}", answer.body))
}

on_both! {
    async fn a_security_report_says_what_to_do_and_who_sees_it(db) {
        let desk = TestDesk::new(db).await;
        let cookie = desk.agent_cookie(&desk.admin).await;
        let other = desk.agent("Otto", &[Role::HelpdeskAgent]).await;
        let theirs = desk.agent_cookie(&other).await;
        let acme = desk.customer("Acme").await;
        desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "A hole", "Everybody can read it.").await).await;
        let path = format!("/tickets/{}", ticket.number);
        let before = desk.get(&path, &theirs).await;
        assert!(before.status == StatusCode::OK && !before.body.contains("msrc.microsoft.com"));

        let answer = [("answer", "security_report=true")];
        let closed = desk.post(&format!("{path}/diagnosis"), &cookie, &answer).await;
        assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.body);
        let page = desk.get(&path, &cookie).await.body;
        for words in ["https://msrc.microsoft.com/report", "Microsoft Security Response Center", "Named people only", "let in: Greta Admin"] {
            assert!(page.contains(words), "{words} {page}");
        }
        assert!(!page.contains("/merge\""), "it is joined with no other");
        assert!(desk.get("/queue/all", &cookie).await.body.contains("Named people only"));
        assert_eq!(desk.get(&path, &theirs).await.status, StatusCode::NOT_FOUND);

        // The answer to whoever told is begun in the customer's language.
        let begun = desk.post(&format!("{path}/circle"), &cookie, &[("answer", "msrc")]).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
        let page = desk.get(&path, &cookie).await.body;
        assert!(page.contains("Hallo Ada") || page.contains("Guten Tag Ada"), "{page}");

        let id = other.id.to_string();
        let let_in = desk.post(&format!("{path}/circle"), &cookie, &[("agent", &id)]).await;
        assert_eq!(let_in.status, StatusCode::SEE_OTHER, "{}", let_in.body);
        let page = desk.get(&path, &theirs).await;
        assert!(page.body.contains("Named people only") && page.body.contains("let in: Otto"), "{}", page.body);
        let odd = desk.post(&format!("{path}/circle"), &cookie, &[("agent", "nobody")]).await;
        assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);

        let address = format!("/tickets/{}", ticket.id);
        let shown = json(&call(&desk, Method::GET, &address, None).await);
        assert!(shown["circle"].as_array().unwrap().contains(&json!(id)), "{shown}");
        let put_out = json!({ "put_out": [id] });
        let answer = call(&desk, Method::PATCH, &format!("{address}/circle"), Some(put_out)).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
        assert_eq!(desk.get(&path, &theirs).await.status, StatusCode::NOT_FOUND);
        let opened = desk.post(&format!("{path}/diagnosis"), &cookie, &[("answer", "security_report=false")]).await;
        assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
        let refused = call(&desk, Method::PATCH, &format!("{address}/circle"), Some(json!({ "let_in": [id] }))).await;
        assert_eq!((refused.status, json(&refused)["code"].as_str()), (StatusCode::CONFLICT, Some("no-circle")));
    }

    async fn seats_are_entered_at_the_customer_and_reports_have_their_columns(db) {
        let desk = TestDesk::new(db).await;
        let cookie = desk.agent_cookie(&desk.admin).await;
        let acme = desk.customer("Acme").await;
        let page = format!("/customers/{acme}");
        assert!(desk.get(&page, &cookie).await.body.contains("Not entered yet."));
        let fields = [("service", "azure"), ("seats", "1250"), ("day", "2026-02-01")];
        let entered = desk.post(&format!("{page}/seats"), &cookie, &fields).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
        let shown = desk.get(&page, &cookie).await.body;
        assert!(shown.contains("<td>1,250</td>") && shown.contains("1 Feb"), "{shown}");
        for (field, value) in [("seats", "many"), ("seats", "-1"), ("day", "soon"), ("service", "mail")] {
            let mut odd = vec![("service", "azure"), ("seats", "1"), ("day", "")];
            odd.retain(|(name, _)| *name != field);
            odd.push((field, value));
            let refused = desk.post(&format!("{page}/seats"), &cookie, &odd).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}");
        }
        let put = json!({ "service": "azure", "seats": null, "day": "2026-02-15" });
        let answer = call(&desk, Method::PUT, &format!("{page}/seats"), Some(put)).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
        let known = json(&call(&desk, Method::GET, &format!("{page}/seats"), None).await);
        assert_eq!(known["items"][0]["seats"], Value::Null);
        assert_eq!(known["items"][1]["seats"], 1250);

        let csv = desk.get("/reports/baseline.csv", &cookie).await.body;
        assert!(csv.starts_with("month,service,inside,outside,unclear,not_needed,escalated,documentation,known_issue,seats,"));
        let supplier = app::suppliers::list(&desk.app, &desk.admin).await.unwrap()[0].supplier.id;
        let empty = desk.get(&format!("/suppliers/{supplier}"), &cookie).await.body;
        assert!(empty.contains("In the last twelve months no case went there."), "{empty}");
        let score = json(&call(&desk, Method::GET, &format!("/suppliers/{supplier}/score?from=2026-01"), None).await);
        assert_eq!((&score["all"]["cases"], &score["all"]["median_seconds"]), (&json!(0), &Value::Null));
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let theirs = desk.get(&format!("/suppliers/{supplier}"), &desk.agent_cookie(&helga).await).await.body;
        assert!(!theirs.contains("Promised and kept"), "who sees no reports sees no score");
    }
}
