//! Microsoft by pages and by the API, with a browser that goes there and back, and events that come over the wire.

use std::sync::Arc;

use app::microsoft::Network;
use axum::http::{Method, Request, StatusCode, header};
use domain::{
    access::{Role, Scope},
    cloud::Cloud,
    lang::Lang,
};
use jiff::{SignedDuration, Timestamp};
use microsoft_sim::{Certificate, Simulator, sample};
use serde_json::{Value, json};
use testkit::{Answer, TestDesk, db::TestDb, on_both};
use tokio::net::TcpListener;

const BEGAN: Timestamp = Timestamp::constant(1_772_438_400, 0);
const PAGE: &str = "/admin/settings/microsoft";

/// A desk that answers on a socket, and Microsoft beside it.
struct Both {
    desk: TestDesk,
    sim: Simulator,
    cookie: String,
    served: tokio::task::JoinHandle<()>,
}

impl Drop for Both {
    fn drop(&mut self) {
        self.served.abort();
    }
}

impl Both {
    async fn new(db: TestDb) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let sim = Simulator::start(socket, &sample(Cloud::Commercial), Arc::new(|| BEGAN)).unwrap();
        let authority = sim.world(|world| world.events_authority());
        let network = Network::simulator(sim.address()).unwrap().trusting(authority.as_bytes()).unwrap();
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", socket.local_addr().unwrap());
        let desk = TestDesk::reaching(db, &base_url, network).await;
        let router = desk.router();
        let served = tokio::spawn(async move { axum::serve(socket, router).await.unwrap() });
        let cookie = desk.agent_cookie(&desk.admin).await;
        Self { desk, sim, cookie, served }
    }

    fn base(&self) -> &str {
        &self.desk.app.config.base_url
    }

    async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body: Vec<String> =
            form.iter().map(|(name, value)| format!("{name}={}", testkit::encode(value))).collect();
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::ORIGIN, self.base())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body.join("&").into());
        self.desk.send(request.unwrap()).await
    }

    async fn page(&self, path: &str) -> String {
        let answer = self.desk.get(path, &self.cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        assert!(!answer.body.contains('⟨'), "{path} lacks words: {}", answer.body);
        answer.body
    }

    /// The fields of a form that connects this desk, without a token.
    fn fields(&self) -> Vec<(&'static str, String)> {
        let (tenant, application, secret) = self.sim.world(|world| {
            let (tenant, application, secret) = world.credentials();
            (tenant.to_string(), application.to_string(), secret.to_owned())
        });
        vec![
            ("cloud", "commercial".into()),
            ("tenant", tenant),
            ("application", application),
            ("application_secret", secret),
        ]
    }

    async fn save(&self, fields: &[(&'static str, String)]) -> Answer {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.post(PAGE, &fields).await
    }

    /// Connected with a token that somebody pasted; everything is read.
    async fn connected(&self) {
        let token = self.sim.world(|world| world.consent("jonas@nordwind.example").0);
        let mut fields = self.fields();
        fields.push(("refresh_token", token));
        assert_eq!(self.save(&fields).await.status, StatusCode::SEE_OTHER);
        self.desk.run_jobs().await;
    }

    async fn pass(&self, time: SignedDuration) {
        self.sim.world(|world| world.pass(time));
        self.desk.pass(time).await;
    }

    fn asked(&self, part: &str) -> usize {
        self.sim.world(|world| world.log.iter().filter(|seen| seen.target.contains(part)).count())
    }

    async fn customer(&self, name: &str, domain: &str) -> String {
        let details = app::customers::Details {
            name: name.into(),
            lang: Lang::Hu,
            timezone: "Europe/Budapest".into(),
            note: String::new(),
            domains: vec![domain.into()],
        };
        app::customers::create(&self.desk.app, &self.desk.admin, details).await.unwrap().to_string()
    }
}

/// A request over the wire to the simulator: its answer.
async fn over_the_wire(sim: &Simulator, method: &str, path: &str, body: &str) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let address = sim.address();
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

/// What stands between two texts.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}")).1;
    rest.split_once(after).unwrap().0
}

on_both! {
    async fn an_administrator_connects_by_a_browser(db) {
        let at = Both::new(db).await;
        let first = at.page(PAGE).await;
        assert!(first.contains(&format!("{}/admin/settings/microsoft/consent", at.base())));
        let nothing = at.post(&format!("{PAGE}/consent"), &[]).await;
        assert_eq!(nothing.status, StatusCode::CONFLICT, "there is nothing to consent to yet");

        // What was typed stays, what is wrong is said, and secrets are not shown again.
        let mut wrong = at.fields();
        wrong[1].1 = "contoso.example".into();
        let again = at.save(&wrong).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains("contoso.example") && again.body.contains("This is no id of Microsoft’s"));
        assert!(!again.body.contains("simulator-secret"));
        assert_eq!(at.save(&at.fields()).await.status, StatusCode::SEE_OTHER);
        let saved = at.page(PAGE).await;
        assert!(saved.contains("no consent yet") && !saved.contains("simulator-secret"));

        // To Microsoft and back.
        let going = at.post(&format!("{PAGE}/consent"), &[]).await;
        assert_eq!(going.status, StatusCode::OK);
        let policy = going.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("form-action 'self'"), "{policy}");
        let to = between(&going.body, "content=\"0;url=", "\"").replace("&#38;", "&").replace("&amp;", "&");
        let path = to.strip_prefix(&format!("http://{}", at.sim.address())).unwrap();
        let theirs = over_the_wire(&at.sim, "GET", path, "").await;
        let form = theirs.split("<form").find(|form| form.contains("jonas@")).unwrap();
        let (code, state) =
            (between(form, "name=\"code\" value=\"", "\""), between(form, "name=\"state\" value=\"", "\""));
        let back = format!("{PAGE}/consent?code={code}&state={state}");
        // Somebody else who was sent that address gets nothing of it.
        let other = at.desk.agent("Otto", &[Role::GlobalAdmin]).await;
        let other = at.desk.agent_cookie(&other).await;
        assert_eq!(at.desk.get(&back, &other).await.status, StatusCode::CONFLICT);
        let late = at.desk.get(&back, &at.cookie).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "an attempt of somebody else uses it up");

        let going = at.post(&format!("{PAGE}/consent"), &[]).await;
        let to = between(&going.body, "content=\"0;url=", "\"").replace("&#38;", "&").replace("&amp;", "&");
        let path = to.strip_prefix(&format!("http://{}", at.sim.address())).unwrap();
        let theirs = over_the_wire(&at.sim, "GET", path, "").await;
        let form = theirs.split("<form").find(|form| form.contains("jonas@")).unwrap();
        let (code, state) =
            (between(form, "name=\"code\" value=\"", "\""), between(form, "name=\"state\" value=\"", "\""));
        let done = at.desk.get(&format!("{PAGE}/consent?code={code}&state={state}"), &at.cookie).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        at.desk.run_jobs().await;
        let shown = at.page(PAGE).await;
        for words in ["up to date", "12 tenants", "EX900101", "support@nordwind.example", "Tisza Élelmiszer Kft."] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        // Whoever says no at Microsoft comes back with a reason.
        let going = at.post(&format!("{PAGE}/consent"), &[]).await;
        let state = between(&going.body, "state=", "\"").split('&').next().unwrap().to_owned();
        let said_no = at.desk.get(
            &format!("{PAGE}/consent?error=access_denied&error_description=AADSTS65004&state={state}"), &at.cookie,
        ).await;
        assert_eq!(said_no.status, StatusCode::CONFLICT);
        assert!(said_no.body.contains("AADSTS65004"), "{}", said_no.body);
        assert!(at.page(PAGE).await.contains("up to date"), "the consent that there is stays");

        assert_eq!(at.post(&format!("{PAGE}/check"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(at.post(&format!("{PAGE}/disconnect"), &[]).await.status, StatusCode::SEE_OTHER);
        assert!(!at.page(PAGE).await.contains("up to date"));
    }

    async fn a_customers_page_shows_what_microsoft_has(db) {
        let at = Both::new(db).await;
        let tisza = at.customer("Tisza Élelmiszer Kft.", "tisza.example").await;
        let kiwi = at.customer("Kiwi Harvest Ltd", "kiwi.test").await;
        at.connected().await;
        let page = at.page(&format!("/customers/{tisza}")).await;
        for words in [
            "tisza.onmicrosoft.example", "commercial cloud", "Delegated admin", "Shared mailboxes do not open in Outlook",
            "EX900101", "Exchange Online",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!at.page(&format!("/customers/{kiwi}")).await.contains("id=\"microsoft\""));

        // A person says whose the others are: the one of the same name is proposed.
        let shown = at.page(PAGE).await;
        let form = shown.split("<form").find(|form| form.contains("Whose is Kiwi Harvest Ltd?")).unwrap();
        assert!(form.contains(&format!("value=\"{kiwi}\" selected")), "{form}");
        let action = between(form, "action=\"", "\"").to_owned();
        let linked = at.post(&action, &[("customer", &kiwi)]).await;
        assert_eq!(linked.status, StatusCode::SEE_OTHER);
        assert!(at.page(&format!("/customers/{kiwi}")).await.contains("kiwiharvest.onmicrosoft.example"));

        // Whoever sees customers sees it, and nobody else.
        for (role, status) in [
            (Role::SalesAgent, StatusCode::OK),
            (Role::BillingAdmin, StatusCode::FORBIDDEN),
        ] {
            let agent = at.desk.agent(role.word(), &[role]).await;
            let cookie = at.desk.agent_cookie(&agent).await;
            let page = at.desk.get(&format!("/customers/{tisza}"), &cookie).await;
            assert_eq!((page.status, page.body.contains("EX900101")), (status, status == StatusCode::OK));
            assert_eq!(at.desk.get(PAGE, &cookie).await.status, StatusCode::FORBIDDEN);
        }
    }

    async fn the_api_has_all_of_it_but_secrets(db) {
        let at = Both::new(db).await;
        let tisza = at.customer("Tisza", "tisza.example").await;
        let new = app::tokens::NewToken {
            agent: None, name: "test".into(), scopes: Scope::ALL.to_vec(), expires_at: None,
        };
        let token = app::tokens::create(&at.desk.app, &at.desk.admin, new).await.unwrap().secret;
        let call = async |method: Method, path: &str, body: Option<Value>| {
            let request = Request::builder()
                .method(method)
                .uri(format!("/api/v1{path}"))
                .header(header::AUTHORIZATION, format!("Bearer {token}"));
            let request = match body {
                Some(body) => request
                    .header(header::CONTENT_TYPE, "application/json")
                    .body(axum::body::Body::from(body.to_string())),
                None => request.body(axum::body::Body::empty()),
            };
            at.desk.send(request.unwrap()).await
        };
        let none = call(Method::GET, "/microsoft/connection", None).await;
        assert_eq!(none.json(), json!({ "connection": null }));
        let refused = call(Method::POST, "/microsoft/checks", None).await;
        assert_eq!((refused.status, refused.json()["code"].as_str()), (StatusCode::CONFLICT, Some("not-connected")));
        let (tenant, application, secret, refresh) = at.sim.world(|world| {
            let refresh = world.consent("jonas@nordwind.example").0;
            let (tenant, application, secret) = world.credentials();
            (tenant, application, secret.to_owned(), refresh)
        });
        let wanted = json!({
            "cloud": "commercial", "tenant": tenant, "application": application, "application_secret": secret,
            "refresh_token": refresh,
        });
        let made = call(Method::PUT, "/microsoft/connection", Some(wanted.clone())).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.body);
        assert!(!made.body.contains(&secret) && !made.body.contains(&refresh));
        let stale = call(Method::PUT, "/microsoft/connection", Some(wanted)).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        at.desk.run_jobs().await;
        let shown = call(Method::GET, "/microsoft/connection", None).await.json();
        assert_eq!(shown["connection"]["standing"]["state"], "current");
        assert!(shown["connection"]["readings"].as_array().unwrap().len() >= 5);

        let mut tenants = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = call(Method::GET, &format!("/microsoft/tenants?limit=5{cursor}"), None).await.json();
            tenants.extend(page["items"].as_array().unwrap().clone());
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(tenants.len(), 12);
        let kiwi = tenants.iter().find(|one| one["name"] == "Kiwi Harvest Ltd").unwrap();
        assert_eq!((kiwi["customer"].is_null(), &kiwi["delegated_admin"]), (true, &json!(true)));
        let path = format!("/microsoft/tenants/{}/customer", kiwi["tenant"].as_str().unwrap());
        let linked = call(Method::PUT, &path, Some(json!({ "customer": null, "new": true }))).await;
        assert_eq!(linked.status, StatusCode::NO_CONTENT, "{}", linked.body);

        let places = call(Method::GET, &format!("/customers/{tisza}/microsoft"), None).await.json();
        let place = &places["items"][0];
        assert_eq!(place["requests"][0]["title"], "Shared mailboxes do not open in Outlook");
        assert_eq!(place["issues"][0]["id"], "EX900101");
        let number = place["requests"][0]["id"].as_str().unwrap();
        let one = call(Method::GET, &format!("/microsoft/service-requests/{number}"), None).await.json();
        assert_eq!(one["severity"], "critical");
        let all = call(Method::GET, "/microsoft/service-requests?limit=2", None).await.json();
        assert_eq!((all["items"].as_array().unwrap().len(), all["next"].is_string()), (2, true));
        assert_eq!(call(Method::GET, "/microsoft/partners", None).await.json(), json!({ "items": [] }));
        assert_eq!(call(Method::POST, "/microsoft/checks", None).await.status, StatusCode::ACCEPTED);
        assert_eq!(call(Method::DELETE, "/microsoft/connection", None).await.status, StatusCode::NO_CONTENT);
    }
}

/// Waits until something is so, as long as a slow machine may need.
async fn until(what: &str, so: impl AsyncFn() -> bool) {
    for _ in 0..300 {
        if so().await {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("never: {what}");
}

on_both! {
    async fn events_come_over_the_wire_and_only_say_where_to_look(db) {
        let at = Both::new(db).await;
        at.customer("Bergmann", "bergmann.example").await;
        at.connected().await;
        assert_eq!(at.post(&format!("{PAGE}/events"), &[]).await.status, StatusCode::SEE_OTHER);
        at.desk.run_jobs().await;
        assert!(at.page(PAGE).await.contains("Events are sent here"));
        assert_eq!(at.asked("/webhooks/v1/registration/events"), 1);
        let written = at.asked("/webhooks/v1/registration");
        // Looked at again each day, and written only where it differs.
        at.pass(SignedDuration::from_hours(25)).await;
        assert_eq!(at.asked("/webhooks/v1/registration"), written + 2);

        let subscription = at.sim.world(|world| world.azure_subscription("Bergmann")).unwrap();
        let (customer, plan) = (subscription.0, subscription.1);
        let one = format!("/v1/customers/{customer}");
        let of_customer = || at.sim.world(|world| world.log.iter().filter(|seen| seen.target == one).count());
        let token = at.sim.world(|world| world.consent("jonas@nordwind.example").0);
        let change = async |quantity: u32| {
            // The partner renames the subscription in the portal: that makes an event.
            let (tenant, application, secret) = at.sim.world(|world| {
                let (tenant, application, secret) = world.credentials();
                (tenant, application, secret.to_owned())
            });
            let form = format!(
                "grant_type=refresh_token&refresh_token={token}&client_id={application}&client_secret={secret}\
                 &resource=https%3A%2F%2Fapi.partnercenter.microsoft.com"
            );
            let answer = over_the_wire(&at.sim, "POST", &format!("/{tenant}/oauth2/token"), &form).await;
            let access = between(&answer, "\"access_token\": \"", "\"").to_owned();
            let body = json!({ "friendlyName": format!("Azure plan {quantity}") }).to_string();
            let request = format!("/v1/customers/{customer}/subscriptions/{plan}");
            let answer = with_token(&at.sim, &request, &access, &body).await;
            assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        };
        let of_plan = || {
            let one = format!("/v1/customers/{customer}/subscriptions/{plan}");
            let reads = |seen: &&microsoft_sim::Seen| seen.method == "GET" && seen.target == one;
            at.sim.world(|world| world.log.iter().filter(reads).count())
        };
        assert_eq!(of_plan(), 0, "it is read with the others so far");
        let before = of_customer();
        change(1).await;
        let looked = async || {
            at.desk.run_jobs().await;
            of_customer() > before
        };
        until("a look at the customer", looked).await;
        assert_eq!(of_customer(), before + 1, "the customer was looked at again, once");
        at.desk.run_jobs().await;
        assert_eq!(of_plan(), 1, "and so was the subscription that the event names");

        // Each event three times: the copies change nothing.
        let events = |late: &str, copies: u32| json!({ "late": late, "copies": copies }).to_string();
        over_the_wire(&at.sim, "PUT", "/simulator/events", &events("PT0S", 3)).await;
        at.pass(SignedDuration::from_mins(1)).await;
        let before = of_customer();
        change(2).await;
        until("three copies", async || at.sim.world(|world| world.events_waiting().0) == 0).await;
        let looked = async || {
            at.desk.run_jobs().await;
            of_customer() > before
        };
        until("a look at the customer", looked).await;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        at.desk.run_jobs().await;
        assert_eq!((of_customer(), of_plan()), (before + 1, 2));

        // Of somebody else's certificate: refused, and nothing is looked at.
        for certificate in [Certificate::Expired, Certificate::OtherOrganization] {
            at.sim.world(|world| world.events_come(SignedDuration::ZERO, 1, false, certificate));
            at.pass(SignedDuration::from_mins(1)).await;
            let before = of_customer();
            change(3).await;
            until("an attempt", async || at.asked("/cert/") > 0).await;
            tokio::time::sleep(std::time::Duration::from_millis(600)).await;
            at.desk.run_jobs().await;
            assert_eq!(of_customer(), before, "{certificate:?}");
        }

        // Forged ones, of any kind, at any desk: the same words, and nothing happens.
        let asked = at.asked("");
        let own = app::microsoft::events_path(at.desk.desk);
        let (stranger, _) = at.desk.other_desk().await;
        let body = r#"{"EventName":"subscription-updated","ResourceUri":"x","ResourceChangeUtcDate":"2026-03-02T08:00:00Z"}"#;
        for (path, signature, status) in [
            (own.clone(), None, StatusCode::UNAUTHORIZED),
            (own.clone(), Some("Bearer x"), StatusCode::UNAUTHORIZED),
            (own.clone(), Some("Signature AAAA"), StatusCode::BAD_REQUEST),
            (app::microsoft::events_path(stranger), None, StatusCode::UNAUTHORIZED),
            ("/webhooks/microsoft/nothing".into(), None, StatusCode::UNAUTHORIZED),
        ] {
            let mut request = Request::post(&path);
            if let Some(signature) = signature {
                request = request.header(header::AUTHORIZATION, signature);
            }
            let answer = at.desk.send(request.body(body.into()).unwrap()).await;
            assert_eq!(answer.status, status, "{path} {signature:?}");
        }
        let long = Request::post(&own).body("x".repeat(100_000).into()).unwrap();
        assert_eq!(at.desk.send(long).await.status, StatusCode::PAYLOAD_TOO_LARGE);
        at.desk.run_jobs().await;
        assert_eq!(at.asked(""), asked);
    }
}

/// A change with a token of an agent's.
async fn with_token(sim: &Simulator, path: &str, access: &str, body: &str) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let address = sim.address();
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!(
        "PATCH {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {access}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}
