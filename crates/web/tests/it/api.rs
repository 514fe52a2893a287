//! The API, as programs use it.

use app::{Agent, tokens};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use domain::{
    access::{Role, Scope},
    party::Sees,
};
use serde_json::{Value, json};
use testkit::{Answer, MAILBOX, TestDesk, on_both};

/// A program with a token.
pub(crate) struct Program<'d> {
    desk: &'d TestDesk,
    token: String,
}

pub(crate) async fn program<'d>(desk: &'d TestDesk, agent: &Agent, scopes: &[Scope]) -> Program<'d> {
    let new =
        tokens::NewToken { agent: None, name: "Program".into(), scopes: scopes.to_vec(), expires_at: None };
    let token = tokens::create(&desk.app, agent, new).await.unwrap().secret;
    Program { desk, token }
}

impl Program<'_> {
    async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header("authorization", format!("Bearer {}", self.token));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.desk.send(request.body(body).unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, &[], Body::empty()).await
    }

    pub(crate) async fn json(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Answer {
        let headers: Vec<_> = headers.iter().copied().chain([("content-type", "application/json")]).collect();
        self.ask(method, path, &headers, Body::from(body.to_string())).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.json(Method::POST, path, &[], body).await
    }

    async fn post_once(&self, key: &str, path: &str, body: &Value) -> Answer {
        self.json(Method::POST, path, &[("idempotency-key", key)], body).await
    }

    /// The ids of a list, walked page by page.
    async fn walk(&self, list: &str) -> Vec<String> {
        let (mut ids, mut path) = (Vec::new(), list.to_owned());
        loop {
            let page = self.get(&path).await.json();
            ids.extend(
                page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()),
            );
            let Some(next) = page["next"].as_str() else { return ids };
            path = format!("{list}&cursor={next}");
            assert!(ids.len() < 1_000, "the walk does not end");
        }
    }

    async fn tickets(&self) -> usize {
        self.walk("/tickets?view=all").await.len()
    }
}

/// A header of an answer.
fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers[name].to_str().unwrap()
}

/// A problem: its status, and its code or that of its field.
fn problem(answer: &Answer) -> (u16, String) {
    assert_eq!(answer.headers["content-type"], "application/problem+json", "{}", answer.body);
    let body = answer.json();
    assert!(!body["title"].as_str().unwrap().contains('⟨'), "no sentence: {body}");
    let code = body["errors"][0]["code"].as_str().unwrap_or_else(|| body["code"].as_str().unwrap());
    (answer.status.as_u16(), code.to_owned())
}

/// A request of Ada's.
async fn request(desk: &TestDesk) -> Value {
    let acme = desk.customer("Acme").await;
    let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
    json!({
        "contact": ada.id, "kind": "technical", "service": "azure", "severity": "B",
        "subject": "Disk full", "text": "The disk of the server is full.",
    })
}

on_both! {
    async fn a_ticket_is_filed_read_and_worked_on(db) {
        let desk = TestDesk::new(db).await;
        let program = program(&desk, &desk.admin, Scope::ALL).await;
        let mut new = request(&desk).await;
        new["files"] = json!([{ "name": "a.html", "content_type": "text/html", "content": "PGI+" }]);
        let opened = program.post("/tickets", &new).await;
        assert_eq!((opened.status, header(&opened, "etag")), (StatusCode::CREATED, "\"1\""), "{}", opened.body);
        let location = header(&opened, "location").strip_prefix("/api/v1").unwrap().to_owned();
        assert_eq!(location, format!("/tickets/{}", opened.json()["id"].as_str().unwrap()));

        let ticket = program.get(&location).await;
        assert_eq!(ticket.headers["etag"], "\"1\"");
        let first = &ticket.json()["clocks"][0];
        assert_eq!((&first["kind"], &first["state"]), (&json!("first_response"), &json!("running")));
        assert_eq!(first["due"], opened.json()["first_response"]);
        assert_eq!(first["segments"], json!([{ "from": first["started"], "to": first["due"] }]));

        let noted = program.post(&format!("{location}/notes"), &json!({ "text": "Not for Ada" })).await;
        assert_eq!(noted.status, StatusCode::CREATED, "{}", noted.body);
        let replied = program.post(&format!("{location}/replies"), &json!({ "text": "Hello", "then": "wait" })).await;
        assert_eq!((replied.status, &replied.json()["by_mail"]), (StatusCode::CREATED, &json!(true)));
        let taken_back = format!("{location}/replies/{}", replied.json()["entry"].as_str().unwrap());
        let gone = program.ask(Method::DELETE, &taken_back, &[], Body::empty()).await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT, "{}", gone.body);
        let again = program.ask(Method::DELETE, &taken_back, &[], Body::empty()).await;
        assert_eq!(problem(&again), (409, "too-late".into()));
        let moves = format!("{location}/moves");
        let move_at = |tag: &'static str| {
            let (program, moves) = (&program, &moves);
            async move { program.json(Method::POST, moves, &[("if-match", tag)], &json!({ "action": "resolve" })).await }
        };
        assert_eq!(problem(&program.post(&moves, &json!({ "action": "resolve" })).await), (428, "if-match-required".into()));
        assert_eq!(problem(&move_at("\"1\"").await), (412, "stale".into()));
        assert_eq!(problem(&move_at("*").await), (409, "no-decision".into()));
        let path = format!("{location}/diagnosis");
        let before = program.get(&path).await;
        assert_eq!((header(&before, "etag"), &before.json()["requirements"]), ("\"0\"", &json!(0)));
        let change = json!({
            "steps": [{ "key": "health", "done": true, "finding": "EX25194" }],
            "findings": [{ "finding": "break_fix", "answer": "true" }],
            "decision": { "verdict": "inside", "category": "how-to" },
        });
        let diagnose = |tag: &'static str| {
            let (program, path, change) = (&program, &path, &change);
            async move { program.json(Method::PATCH, path, &[("if-match", tag)], change).await }
        };
        assert_eq!(problem(&diagnose("\"1\"").await), (412, "stale".into()));
        let known = diagnose("\"0\"").await;
        assert_eq!((known.status, header(&known, "etag")), (StatusCode::OK, "\"1\""), "{}", known.body);
        assert_eq!(known.json()["evidence"], json!({ "health_incident": "EX25194" }));
        assert_eq!(known.json()["findings"], json!({ "break_fix": "true" }));
        assert_eq!(known.json()["decision"]["verdict"], "inside");
        assert!(known.json()["open_steps"].as_array().is_some_and(|open| open.iter().all(|s| s["key"] != "health")));
        let moved = move_at("*").await;
        assert_eq!(moved.json()["state"], "resolved", "{}", moved.body);

        let timeline = program.get(&format!("{location}/timeline")).await.json();
        let entries = timeline["items"].as_array().unwrap();
        assert_eq!((&entries[0]["what"]["event"], &entries[0]["files"][0]["name"]), (&json!("customer_message"), &json!("a.html")));
        let file = format!("{location}/entries/{}/files/0", entries[0]["id"].as_str().unwrap());
        let file = program.get(&file).await;
        assert_eq!((file.body.as_str(), header(&file, "content-type")), ("<b>", "application/octet-stream"));
        assert!(header(&file, "content-disposition").starts_with("attachment"));

        let found = program.get("/search?q=disk").await.json();
        assert_eq!(found["items"][0]["ticket"]["id"], opened.json()["id"]);
        desk.run_jobs().await;
    }

    async fn a_key_has_one_effect_and_one_answer(db) {
        let desk = TestDesk::new(db).await;
        let program = program(&desk, &desk.admin, Scope::ALL).await;
        let new = request(&desk).await;
        let first = program.post_once("k1", "/tickets", &new).await;
        let second = program.post_once("k1", "/tickets", &new).await;
        assert_eq!((first.status, &first.body), (StatusCode::CREATED, &second.body));
        assert_eq!(first.headers["location"], second.headers["location"]);
        assert_eq!((second.status, header(&second, "idempotent-replayed")), (StatusCode::CREATED, "true"));
        assert_eq!(program.tickets().await, 1);

        let mut other = new.clone();
        other["subject"] = json!("Another");
        assert_eq!(problem(&program.post_once("k1", "/tickets", &other).await), (422, "idempotency-key-reused".into()));
        assert_eq!(problem(&program.post_once("a b", "/tickets", &new).await), (400, "bad-idempotency-key".into()));

        // Of two at the same time one does it; the other is told so, or gets the answer.
        let (one, two) = tokio::join!(program.post_once("k2", "/tickets", &new), program.post_once("k2", "/tickets", &new));
        assert!(one.status == StatusCode::CREATED || two.status == StatusCode::CREATED);
        for answer in [one, two] {
            assert!(matches!(answer.status, StatusCode::CREATED | StatusCode::CONFLICT), "{}", answer.body);
        }
        assert_eq!(program.tickets().await, 2);

        // What was refused had no effect, so it may be tried again.
        let ticket = header(&first, "location").strip_prefix("/api/v1").unwrap().to_owned();
        let moves = format!("{ticket}/moves");
        let reopen = json!({ "action": "reopen" });
        let reopen_once = || program.json(Method::POST, &moves, &[("if-match", "*"), ("idempotency-key", "k3")], &reopen);
        assert_eq!(problem(&reopen_once().await), (409, "wrong-state".into()));
        let decided = json!({ "decision": { "verdict": "inside", "reason": "Ours" } });
        program.json(Method::PATCH, &format!("{ticket}/diagnosis"), &[("if-match", "*")], &decided).await;
        program.json(Method::POST, &moves, &[("if-match", "*")], &json!({ "action": "resolve" })).await;
        let reopened = reopen_once().await;
        assert_eq!(reopened.json()["state"], "open", "{}", reopened.body);
        assert_eq!(reopen_once().await.body, reopened.body);

        // Somebody else's keys are others.
        let bo = desk.agent("Bo", &[Role::HelpdeskAgent]).await;
        let his = super::program(&desk, &bo, &[Scope::TicketsRead, Scope::TicketsWrite]).await.post_once("k1", "/tickets", &new).await;
        assert_ne!(his.json()["id"], first.json()["id"]);
        desk.run_jobs().await;
    }

    async fn a_change_needs_the_version_that_was_seen(db) {
        let desk = TestDesk::new(db).await;
        let program = program(&desk, &desk.admin, Scope::ALL).await;
        let opened = program.post("/tickets", &request(&desk).await).await;
        let path = format!("/tickets/{}", opened.json()["id"].as_str().unwrap());
        let severe = json!({ "severity": "A" });
        let patch = |tag: &'static str, body: Value| {
            let (program, path) = (&program, &path);
            async move { program.json(Method::PATCH, path, &[("if-match", tag)], &body).await }
        };
        let without = program.json(Method::PATCH, &path, &[], &severe).await;
        assert_eq!(problem(&without), (428, "if-match-required".into()));
        let changed = patch("\"1\"", severe.clone()).await;
        assert_eq!((&changed.json()["severity"], header(&changed, "etag")), (&json!("A"), "\"2\""), "{}", changed.body);
        assert_eq!(problem(&patch("\"1\"", severe).await), (412, "stale".into()));
        let given = patch("\"2\"", json!({ "assignee": desk.admin.id })).await;
        assert_eq!(given.json()["assignee"], json!(desk.admin.id), "{}", given.body);
        let freed = patch("*", json!({ "assignee": null })).await;
        assert_eq!(freed.json()["assignee"], Value::Null);
        let tagged = patch("*", json!({ "tags": ["VIP"] })).await;
        assert_eq!(tagged.json()["tags"], json!(["vip"]));
        let halfway = patch("*", json!({ "tags": [], "kind": "billing", "team": "tem_019cafe0000070008000000000000000" })).await;
        assert_eq!(problem(&halfway), (422, "unknown".into()));
        let all = patch("*", json!({ "tags": [], "kind": "billing", "subject": "Invoice", "assignee": desk.admin.id, "customer": null })).await;
        let expected = json!([[], "billing", "Invoice", desk.admin.id, null]);
        let got = all.json();
        assert_eq!(json!([got["tags"], got["kind"], got["subject"], got["assignee"], got["customer"]]), expected, "{}", all.body);
        assert_eq!(header(&all, "etag"), "\"6\"", "one change, and nothing of what was refused");
        desk.run_jobs().await;
    }

    async fn v46_v59_what_is_foreign_is_not_there(db) {
        let desk = TestDesk::new(db).await;
        let ours = program(&desk, &desk.admin, Scope::ALL).await;
        let (_, stranger) = desk.other_desk().await;
        let theirs = program(&desk, &stranger, Scope::ALL).await;
        let new = request(&desk).await;
        let opened = ours.post("/tickets", &new).await.json();
        let id = opened["id"].as_str().unwrap();
        let absent = "tkt_019cafe0000070008000000000000000";
        let calm = |answer: &Answer| {
            let mut body = answer.json();
            body["request"] = Value::Null;
            (answer.status, body)
        };
        for rest in ["", "/timeline", "/entries/ent_019cafe0000070008000000000000000/files/0"] {
            let foreign = theirs.get(&format!("/tickets/{id}{rest}")).await;
            assert_eq!(problem(&foreign), (404, "not-found".into()));
            assert_eq!(calm(&foreign), calm(&theirs.get(&format!("/tickets/{absent}{rest}")).await));
            assert_eq!(calm(&foreign), calm(&theirs.get(&format!("/tickets/nonsense{rest}")).await));
        }
        for (path, body) in [
            ("notes", json!({ "text": "x" })),
            ("replies", json!({ "text": "x" })),
            ("moves", json!({ "action": "close" })),
        ] {
            let foreign = theirs.json(Method::POST, &format!("/tickets/{id}/{path}"), &[("if-match", "*")], &body).await;
            assert_eq!(problem(&foreign), (404, "not-found".into()), "{path}");
        }
        let changed = theirs.json(Method::PATCH, &format!("/tickets/{id}"), &[("if-match", "*")], &json!({ "tags": [] })).await;
        assert_eq!(problem(&changed), (404, "not-found".into()));

        assert_eq!(problem(&theirs.post("/tickets", &new).await), (422, "unknown".into()));
        let whole = ours.get(&format!("/tickets/{id}")).await;
        let customer = whole.json()["customer"].as_str().unwrap().to_owned();
        assert_eq!(theirs.walk(&format!("/tickets?customer={customer}")).await, Vec::<String>::new());
        assert_eq!(problem(&theirs.get(&format!("/customers/{customer}")).await), (404, "not-found".into()));
        let mail = Body::from("Subject: a\r\n\r\nb");
        let sent = theirs.ask(Method::POST, &format!("/inbox?recipient={MAILBOX}"), &[("content-type", "message/rfc822")], mail).await;
        assert_eq!(problem(&sent), (422, "unknown".into()));
        assert_eq!(theirs.get("/search?q=disk").await.json()["items"], json!([]));
        assert_eq!(theirs.tickets().await, 0);
        assert_eq!(ours.get(&format!("/tickets/{id}")).await.body, whole.body);
        desk.run_jobs().await;
    }

    async fn lists_are_walked_by_cursor(db) {
        let desk = TestDesk::new(db).await;
        let program = program(&desk, &desk.admin, Scope::ALL).await;
        let new = request(&desk).await;
        let mut made = Vec::new();
        for severity in ["A", "B", "C", "A", "B", "C", "A"] {
            let mut new = new.clone();
            new["severity"] = json!(severity);
            made.push(program.post("/tickets", &new).await.json()["id"].as_str().unwrap().to_owned());
        }
        made.sort();
        for list in ["/tickets?view=due&limit=3", "/tickets?view=all&limit=2", "/tickets?view=unassigned&limit=7"] {
            let mut walked = program.walk(list).await;
            walked.sort();
            assert_eq!(walked, made, "{list}");
        }
        assert_eq!(program.walk("/tickets?view=mine").await, Vec::<String>::new());

        let page = program.get("/tickets?view=due&limit=3").await.json();
        let cursor = page["next"].as_str().unwrap();
        for bad in [format!("/tickets?view=all&cursor={cursor}"), format!("/tickets?view=due&cursor={cursor}A"), "/inbox?state=done&cursor=AAAA".into()] {
            assert_eq!(problem(&program.get(&bad).await), (400, "bad-cursor".into()), "{bad}");
        }
        for bad in ["/tickets?limit=0", "/tickets?limit=101", "/tickets?sort=id", "/tickets?view=every", "/search", "/tickets?customer=tkt_1"] {
            assert_eq!(problem(&program.get(bad).await), (400, "bad-query".into()), "{bad}");
        }
        let timeline = format!("/tickets/{}/timeline?limit=1", made[0]);
        program.post(&format!("/tickets/{}/notes", made[0]), &json!({ "text": "one" })).await;
        assert_eq!(program.walk(&timeline).await.len(), 2);
        desk.run_jobs().await;
    }

    async fn v13_bodies_are_read_strictly(db) {
        let desk = TestDesk::new(db).await;
        let program = program(&desk, &desk.admin, Scope::ALL).await;
        let new = request(&desk).await;
        for (field, value) in [
            ("subject", json!(["a"])),
            ("text", json!(1)),
            ("severity", json!("D")),
            ("contact", json!("cus_019cafe0000070008000000000000000")),
            ("take", json!("yes")),
            ("desk", json!("dsk_019cafe0000070008000000000000000")),
            ("files", json!({ "name": "a" })),
        ] {
            let mut odd = new.clone();
            odd[field] = value;
            let refused = program.post("/tickets", &odd).await;
            assert_eq!(problem(&refused), (400, "bad-field".into()), "{field}");
            assert_eq!(refused.json()["errors"][0]["pointer"], format!("/{field}"));
        }
        let mut by_place = new.clone();
        by_place["files"] = json!([["a.txt", "text/plain", "AAAA"]]);
        assert_eq!(program.post("/tickets", &by_place).await.json()["errors"][0]["pointer"], "/files/0");
        let form = program.ask(Method::POST, "/tickets", &[("content-type", "application/x-www-form-urlencoded")], Body::from("subject=a")).await;
        assert_eq!(problem(&form), (415, "unsupported-type".into()));
        let mut long = new.clone();
        long["subject"] = json!("a".repeat(201));
        let refused = program.post("/tickets", &long).await;
        assert_eq!((problem(&refused), &refused.json()["errors"][0]["field"]), ((422, "too-long".into()), &json!("subject")));
        let huge = program.post("/customers", &json!({ "note": "a".repeat(3 << 20) })).await;
        assert_eq!(problem(&huge), (413, "too-large".into()));
        assert_eq!(program.tickets().await, 0);
    }

    async fn a_new_ticket_takes_files_as_large_as_an_answer_does(db) {
        let desk = TestDesk::new(db).await;
        let program = program(&desk, &desk.admin, Scope::ALL).await;
        let mut new = request(&desk).await;
        // 15 MB are 20 MB in base64.
        new["files"] = json!([{ "name": "disk.bin", "content_type": "application/octet-stream", "content": "AAAA".repeat(5 << 20) }]);
        let opened = program.post("/tickets", &new).await;
        assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.body);
        let path = header(&opened, "location").strip_prefix("/api/v1").unwrap().to_owned();
        let file = &program.get(&format!("{path}/timeline")).await.json()["items"][0]["files"][0];
        assert_eq!((&file["name"], &file["size"]), (&json!("disk.bin"), &json!(15 << 20)));
        desk.run_jobs().await;
    }

    async fn a_token_that_writes_reads_what_it_wrote(db) {
        let desk = TestDesk::new(db).await;
        let new = request(&desk).await;
        let tickets = program(&desk, &desk.admin, &[Scope::TicketsWrite]).await;
        let opened = tickets.post("/tickets", &new).await;
        assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.body);
        let path = header(&opened, "location").strip_prefix("/api/v1").unwrap().to_owned();
        assert_eq!(tickets.get(&path).await.json()["subject"], new["subject"]);
        assert_eq!(problem(&tickets.get("/customers").await), (403, "forbidden".into()));
        let customers = program(&desk, &desk.admin, &[Scope::CustomersWrite]).await;
        let made = customers.post("/customers", &json!({ "name": "Initech", "lang": "en", "timezone": "UTC" })).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        let customer = header(&made, "location").strip_prefix("/api/v1").unwrap().to_owned();
        assert_eq!(customers.get(&customer).await.json()["customer"]["name"], "Initech");
        assert_eq!(problem(&customers.get(&path).await), (403, "forbidden".into()));
        desk.run_jobs().await;
    }

    async fn a_message_is_there_as_html_and_as_it_came(db) {
        let desk = TestDesk::new(db).await;
        let program = program(&desk, &desk.admin, &[Scope::TicketsRead]).await;
        let mail = format!(
            "From: ada@acme.test\nTo: {MAILBOX}\nSubject: Page\nMessage-ID: <page@acme.test>\nContent-Type: text/html\n\n\
             <p>Hello <b>there</b><script>alert(1)</script><img src=\"https://spy.test/a.png\"></p>\n"
        );
        let raw = desk.mail_in(&mail).await;
        let path = format!("/tickets/{}", desk.ticket_of(&raw).await.id);
        let entry = program.get(&format!("{path}/timeline")).await.json()["items"][0]["id"].as_str().unwrap().to_owned();
        let html = program.get(&format!("{path}/entries/{entry}/html")).await;
        assert_eq!((html.status, header(&html, "content-type")), (StatusCode::OK, "text/html; charset=utf-8"));
        assert!(header(&html, "content-security-policy").contains("sandbox"), "{:?}", html.headers);
        assert!(html.body.contains("<b>there</b>") && !html.body.contains("alert") && !html.body.contains("spy.test"), "{}", html.body);
        let remote = program.get(&format!("{path}/entries/{entry}/html?remote=true")).await;
        assert!(remote.body.contains("https://spy.test/a.png"), "{}", remote.body);
        let original = program.get(&format!("{path}/entries/{entry}/original")).await;
        assert_eq!(header(&original, "content-type"), "message/rfc822");
        assert!(original.body.replace("\r\n", "\n").contains(&mail), "{}", original.body);
    }

    async fn a_draft_is_kept_for_its_writer(db) {
        let desk = TestDesk::new(db).await;
        let scopes = [Scope::TicketsRead, Scope::TicketsWrite];
        let ours = program(&desk, &desk.admin, &scopes).await;
        let bo = desk.agent("Bo", &[Role::HelpdeskAgent]).await;
        let his = program(&desk, &bo, &scopes).await;
        let opened = ours.post("/tickets", &request(&desk).await).await;
        let drafts = format!("{}/drafts", header(&opened, "location").strip_prefix("/api/v1").unwrap());
        let save = async |kind: &str, text: &str| ours.json(Method::PUT, &drafts, &[], &json!({ "kind": kind, "text": text })).await;
        assert_eq!(save("reply", "Dear Ada").await.status, StatusCode::NO_CONTENT);
        assert_eq!(save("note", "Not yet").await.status, StatusCode::NO_CONTENT);
        assert_eq!(save("note", "").await.status, StatusCode::NO_CONTENT);
        assert_eq!(problem(&save("letter", "x").await), (400, "bad-field".into()));
        let kept = ours.get(&drafts).await.json();
        assert_eq!((kept["items"].as_array().unwrap().len(), &kept["items"][0]["text"]), (1, &json!("Dear Ada")));
        assert_eq!(his.get(&drafts).await.json()["items"], json!([]));
        let sales = desk.agent("Sam", &[Role::SalesAgent]).await;
        let sales = program(&desk, &sales, &[Scope::TicketsRead]).await;
        assert_eq!(problem(&sales.get(&drafts).await), (403, "forbidden".into()));
        desk.run_jobs().await;
    }

    async fn v50_notes_are_for_those_who_may_see_them(db) {
        let desk = TestDesk::new(db).await;
        let admin = program(&desk, &desk.admin, Scope::ALL).await;
        let opened = admin.post("/tickets", &request(&desk).await).await.json();
        let path = format!("/tickets/{}", opened["id"].as_str().unwrap());
        let noted = admin.post(&format!("{path}/notes"), &json!({ "text": "canary", "files": [{ "name": "canary.txt", "content_type": "text/plain", "content": "AAAA" }] })).await;
        let entry = noted.json()["entry"].as_str().unwrap().to_owned();
        let sales = desk.agent("Sam", &[Role::SalesAgent]).await;
        let sales = program(&desk, &sales, &[Scope::TicketsRead]).await;
        for path in [path.clone(), format!("{path}/timeline"), "/search?q=canary".into(), "/tickets".into()] {
            let seen = sales.get(&path).await;
            assert!(seen.status.is_success() && !seen.body.contains("canary.txt") && !seen.body.contains("\"canary\""), "{path}: {}", seen.body);
        }
        assert_eq!(problem(&sales.get(&format!("{path}/entries/{entry}/files/0")).await), (404, "not-found".into()));
        assert_eq!(problem(&sales.post(&format!("{path}/notes"), &json!({ "text": "x" })).await), (403, "forbidden".into()));
        desk.run_jobs().await;
    }

    async fn a_raw_message_is_kept_once_and_becomes_a_ticket(db) {
        let desk = TestDesk::new(db).await;
        let program = program(&desk, &desk.admin, &[Scope::Mail, Scope::TicketsRead]).await;
        let raw = "From: Ada <ada@acme.test>\r\nTo: help@nordwind.test\r\nSubject: Licence lost\r\nMessage-ID: <1@acme.test>\r\n\r\nWhere is it?\r\n";
        let path = format!("/inbox?recipient={MAILBOX}");
        let kind = [("content-type", "message/rfc822")];
        let first = program.ask(Method::POST, &path, &kind, Body::from(raw)).await;
        let again = program.ask(Method::POST, &path, &kind, Body::from(raw)).await;
        assert_eq!((first.status, &first.json()["new"]), (StatusCode::ACCEPTED, &json!(true)), "{}", first.body);
        assert_eq!((&again.json()["new"], &again.json()["id"]), (&json!(false), &first.json()["id"]));
        desk.run_jobs().await;
        let done = program.get("/inbox?state=done").await.json();
        assert_eq!((done["items"].as_array().unwrap().len(), &done["items"][0]["outcome"]), (1, &json!("ticket")));
        assert_eq!(program.tickets().await, 1);
        let id = first.json()["id"].as_str().unwrap().to_owned();
        assert_eq!(program.get(&format!("/inbox/{id}/raw")).await.body, raw);
        let not_parked = program.json(Method::POST, &format!("/inbox/{id}/retry"), &[], &json!(null)).await;
        assert_eq!(problem(&not_parked), (404, "not-found".into()));
    }

    async fn only_a_token_lets_a_program_in(db) {
        let desk = TestDesk::new(db).await;
        let nobody = Program { desk: &desk, token: "pdk_nonsense".into() };
        let reader = program(&desk, &desk.admin, &[Scope::TicketsRead]).await;
        for route in web::router::routes().filter(|route| route.path.starts_with("/api/v1/")) {
            let path = route.path.strip_prefix("/api/v1").unwrap();
            let answer = nobody.ask(route.method.clone(), path, &[], Body::empty()).await;
            if path == "/openapi.json" {
                assert_eq!(answer.body, web::api::openapi());
                continue;
            }
            assert_eq!(problem(&answer), (401, "no-token".into()), "{} {path}", route.method);
        }
        let cookie = desk.agent_cookie(&desk.admin).await;
        assert_eq!(desk.get("/api/v1/me", &cookie).await.status, StatusCode::UNAUTHORIZED);
        let me = reader.get("/me").await.json();
        assert_eq!(me["permissions"], json!(["tickets.view_public", "tickets.view", "billing_tickets.view"]));
        for path in ["/settings", "/audit", "/customers", "/inbox?state=done"] {
            assert_eq!(problem(&reader.get(path).await), (403, "forbidden".into()), "{path}");
        }
        assert_eq!(problem(&reader.post("/tickets", &json!({})).await), (403, "forbidden".into()));
        let wider = reader.post("/tokens", &json!({ "name": "More", "scopes": ["admin"] })).await;
        assert_eq!(problem(&wider), (403, "forbidden".into()));
    }

    async fn the_desk_is_set_up_by_program(db) {
        let desk = TestDesk::new(db).await;
        let program = program(&desk, &desk.admin, Scope::ALL).await;
        let made = program.post("/customers", &json!({ "name": "Acme", "lang": "sv", "timezone": "Europe/Stockholm", "domains": ["acme.test"] })).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        let id = made.json()["customer"]["id"].as_str().unwrap().to_owned();
        let path = format!("/customers/{id}");
        let renamed = program.json(Method::PATCH, &path, &[("if-match", "\"1\"")], &json!({ "name": "Acme AB" })).await;
        assert_eq!((&renamed.json()["customer"]["name"], &renamed.json()["domains"]), (&json!("Acme AB"), &json!(["acme.test"])));
        let contact = program.post("/contacts", &json!({ "name": "Ada", "email": "ada@acme.test", "lang": "sv", "customers": [{ "customer": id, "sees": "all" }] })).await;
        assert_eq!(contact.status, StatusCode::CREATED, "{}", contact.body);
        let twice = program.post("/contacts", &json!({ "name": "Ada", "email": "ADA@acme.test", "lang": "sv" })).await;
        assert_eq!(problem(&twice), (422, "taken".into()));
        let byron = json!({ "name": "Dr. Béa Byron", "lang": "sv", "customers": [{ "customer": id, "sees": "own" }] });
        let byron = program.post("/contacts", &byron).await;
        assert_eq!(byron.status, StatusCode::CREATED, "{}", byron.body);
        for (caller, names) in [
            ("ada", json!(["Ada"])),
            ("byr", json!(["Dr. Béa Byron"])),
            ("bea by", json!(["Dr. Béa Byron"])),
            ("acme", json!(["Ada", "Dr. Béa Byron"])),
            ("yron", json!([])),
        ] {
            let found = program.get(&format!("/callers?q={}", caller.replace(' ', "%20"))).await.json();
            let items = found["items"].as_array().unwrap();
            assert_eq!(items.iter().map(|item| item["name"].clone()).collect::<Value>(), names, "{caller}");
            assert!(items.iter().all(|item| item["customer_name"] == "Acme AB"), "{found}");
        }

        let agent = program.post("/agents", &json!({ "name": "Bo", "email": "bo@nordwind.test", "roles": ["helpdesk_agent"], "lang": "de", "timezone": "Europe/Berlin" })).await;
        let bo = agent.json()["id"].as_str().unwrap().to_owned();
        let team = program.post("/teams", &json!({ "name": "First line" })).await.json()["id"].as_str().unwrap().to_owned();
        let set = program.json(Method::PUT, &format!("/teams/{team}/members"), &[], &json!({ "members": [bo] })).await;
        assert_eq!(set.status, StatusCode::NO_CONTENT, "{}", set.body);
        assert_eq!(program.get("/teams").await.json()["items"][0]["members"], json!([bo]));
        let own = format!("/agents/{}", desk.admin.id);
        let own = program.json(Method::PATCH, &own, &[("if-match", "*")], &json!({ "roles": ["sales_agent"] })).await;
        assert_eq!(problem(&own), (409, "own-rights".into()));

        let spec = json!({ "timezone": "Europe/Berlin", "hours": { "mon": [["08:00", "12:00"]] } });
        let calendar = program.post("/calendars", &json!({ "name": "Mondays", "spec": spec })).await;
        let calendar = calendar.json()["id"].as_str().unwrap().to_owned();
        let tag = header(&program.get("/settings").await, "etag").to_owned();
        let set = json!({ "calendar": calendar, "promises": { "A": { "first_response": 600 } } });
        let set = program.json(Method::PATCH, "/settings", &[("if-match", &tag)], &set).await;
        assert_eq!((&set.json()["calendar"], &set.json()["promises"]["A"]), (&json!(calendar), &json!({ "first_response": 600 })));
        // It is Monday, 9:00 in Berlin.
        assert_eq!(program.get("/promises?severity=A").await.json()["first_response"], "2026-03-02T08:10:00Z");
        let log = program.get("/audit").await.json();
        assert!(log["items"].as_array().unwrap().iter().any(|act| act["action"] == "settings.change"));
        assert_eq!(program.get("/audit/verification").await.json()["whole"], true);
        desk.run_jobs().await;
    }
}
