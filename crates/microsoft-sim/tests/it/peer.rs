//! A client that knows nothing but HTTP and JSON.

use std::sync::Arc;

use domain::cloud::Cloud;
use jiff::{SignedDuration, Timestamp};
use microsoft_sim::{Seed, Simulator, sample};
use reqwest::{Method, Response};
use serde_json::Value;
use tokio::net::TcpListener;

pub(crate) const ADMIN: &str = "jonas@nordwind.example";
pub(crate) const PARTNER_CENTER: &str = "https://api.partnercenter.microsoft.com";

pub(crate) struct Peer {
    pub(crate) sim: Simulator,
    pub(crate) token: String,
    http: reqwest::Client,
}

/// A status, headers, and a body as JSON where it is that.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
    pub(crate) body: Value,
}

impl Peer {
    pub(crate) async fn new() -> Self {
        Self::with(&sample(Cloud::Commercial), ADMIN).await
    }

    pub(crate) async fn with(seed: &Seed, upn: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let began: Timestamp = "2026-03-20T08:00:00Z".parse().unwrap();
        let sim = Simulator::start(listener, seed, Arc::new(move || began)).unwrap();
        let http = http();
        let mut peer = Self { sim, token: String::new(), http };
        let refresh = peer.sim.world(|world| world.consent(upn).0);
        let fields = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh.as_str()),
            ("resource", PARTNER_CENTER),
        ];
        let answer = peer.login(&fields).await;
        peer.token = answer.body["access_token"].as_str().unwrap_or_default().to_owned();
        peer
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.sim.address())
    }

    /// Asks the token service, as the application.
    pub(crate) async fn login(&self, fields: &[(&str, &str)]) -> Answer {
        self.login_at("token", fields).await
    }

    /// The same at another of its addresses.
    pub(crate) async fn login_at(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let (tenant, application, secret) = self.sim.world(|world| {
            let (tenant, application, secret) = world.credentials();
            (tenant, application.to_string(), secret.to_owned())
        });
        let mut form = format!("client_id={application}&client_secret={secret}");
        for (name, value) in fields {
            form.push_str(&format!("&{name}={}", value.replace(':', "%3A").replace('/', "%2F")));
        }
        let request = self.http.post(self.url(&format!("/{tenant}/oauth2/{path}")));
        read(
            request
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(form)
                .send()
                .await
                .unwrap(),
        )
        .await
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Answer {
        let mut request = self.http.request(method, self.url(path)).bearer_auth(&self.token);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.header("Content-Type", "application/json").body(body.to_string());
        }
        read(request.send().await.unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], None).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PATCH, path, &[], Some(body)).await
    }

    pub(crate) fn pass_days(&self, days: i64) {
        self.sim.world(|world| world.pass(SignedDuration::from_hours(24 * days)));
    }

    /// The path of the customer whose name begins so, and of its subscription of this name.
    pub(crate) async fn subscription(&self, customer: &str, name: &str) -> (String, String) {
        let customers = self.get("/v1/customers?size=0").await;
        let found = customers.body["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["companyProfile"]["companyName"].as_str().unwrap().starts_with(customer));
        let customer = format!("/v1/customers/{}", found.unwrap()["id"].as_str().unwrap());
        let list = self.get(&format!("{customer}/subscriptions")).await;
        let found = list.body["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["offerName"].as_str() == Some(name))
            .unwrap();
        let subscription = format!("{customer}/subscriptions/{}", found["id"].as_str().unwrap());
        (customer, subscription)
    }
}

pub(crate) async fn read(response: Response) -> Answer {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = String::from_utf8_lossy(&response.bytes().await.unwrap()).into_owned();
    let body = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap_or(Value::Null);
    Answer { status, headers, text, body }
}

/// A plain HTTP client that trusts nobody and follows nothing.
pub(crate) fn http() -> reqwest::Client {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let http = reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy();
    http.redirect(reqwest::redirect::Policy::none()).build().unwrap()
}
