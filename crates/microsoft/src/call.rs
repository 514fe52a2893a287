//! One call: held back if Microsoft asked for it, signed, sent once, and its answer judged.

use reqwest::header::{self, HeaderMap};
use reqwest::{Method, Response};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    RequestId,
    address::{Address, Service},
    client::Session,
    error::{Error, Refusal},
    id,
    network::{self, unanswered},
    token::{Secret, Way},
    wire::{self, Node},
};

/// The longest answer that is read, in bytes.
const LIMIT: usize = 16 << 20;

/// What is to be asked.
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) address: Address,
    /// Whose token is used: the partner's tenant, or a customer's for Graph.
    pub(crate) tenant: Uuid,
    pub(crate) id: RequestId,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<Value>,
}

impl Session<'_> {
    /// Reads, in the partner's tenant.
    pub(crate) async fn read(&self, address: Address) -> Result<Value, Error> {
        self.get(address, self.client.tokens.partner(), Vec::new()).await
    }

    /// Reads. A token that ended early is renewed once.
    pub(crate) async fn get(
        &self,
        address: Address,
        tenant: Uuid,
        headers: Vec<(String, String)>,
    ) -> Result<Value, Error> {
        let call = || Call {
            method: Method::GET,
            address: address.clone(),
            tenant,
            id: RequestId::new(),
            headers: headers.clone(),
            body: None,
        };
        match self.send(call()).await {
            Err(Error::Refused(refusal)) if refusal.status == 401 => self.send(call()).await,
            other => other,
        }
    }

    /// Writes, in the partner's tenant. Never repeated here: `id` belongs to one attempt.
    pub(crate) async fn write(
        &self,
        method: Method,
        address: Address,
        id: RequestId,
        body: Option<Value>,
        etag: Option<&str>,
    ) -> Result<Value, Error> {
        let tenant = self.client.tokens.partner();
        let headers = etag.map(|etag| ("If-Match".to_owned(), quoted(etag))).into_iter().collect();
        self.send(Call { method, address, tenant, id, headers, body }).await
    }

    /// Writes, in a customer's tenant. What is written has a name that the caller chose and keeps: that makes a second
    /// attempt the same.
    pub(crate) async fn write_named(
        &self,
        method: Method,
        address: Address,
        tenant: Uuid,
        body: Value,
    ) -> Result<Value, Error> {
        let id = RequestId::new();
        self.send(Call { method, address, tenant, id, headers: Vec::new(), body: Some(body) }).await
    }

    async fn send(&self, call: Call) -> Result<Value, Error> {
        let Call { method, address, tenant, id, headers, body } = call;
        let client = self.client;
        let service = address.service;
        let key = (service, tenant);
        client.throttle.check(key, self.now)?;
        let way = Way { http: &client.http, map: &client.map, throttle: &client.throttle, now: self.now };
        let token = client.tokens.get(&way, service, tenant).await?;

        let correlation = id::random();
        let mut request = client
            .http
            .request(method, address.url)
            .bearer_auth(token.reveal())
            .header(header::ACCEPT, "application/json");
        // Graph and Azure have names of their own, and no idempotency.
        request = match service {
            Service::Graph => request.header("client-request-id", correlation.to_string()),
            Service::Azure => request.header("x-ms-client-request-id", correlation.to_string()),
            Service::PartnerCenter | Service::Login => request
                .header("MS-RequestId", id.to_string())
                .header("MS-CorrelationId", correlation.to_string())
                .header("MS-Contract-Version", "v1")
                .header("MS-PartnerCenter-Application", "Partnerdesk")
                .header("X-Locale", "en-US"),
        };
        for (name, value) in headers {
            request = request.header(name, value);
        }
        if let Some(body) = body {
            request = request.header(header::CONTENT_TYPE, "application/json").body(body.to_string());
        }
        let response = request.send().await.map_err(|error| unanswered(&error))?;
        self.judge(response, key, &token, correlation).await
    }

    async fn judge(
        &self,
        response: Response,
        key: (Service, Uuid),
        token: &Secret,
        correlation: Uuid,
    ) -> Result<Value, Error> {
        let client = self.client;
        let status = response.status().as_u16();
        let retry_after = text(response.headers(), "retry-after");
        // What Microsoft calls the exchange, where it has a name of its own for it.
        let correlation = text(response.headers(), "ms-correlationid")
            .and_then(|id| id.parse().ok())
            .unwrap_or(correlation);
        let slow_down = |retry_after: Option<&str>| {
            let until = client.throttle.refused(key, retry_after, self.now);
            Error::Throttled { until }
        };
        if status == 429 || (status == 503 && retry_after.is_some()) {
            return Err(slow_down(retry_after.as_deref()));
        }
        if matches!(status, 408 | 504) {
            return Err(Error::Unanswered(format!("time-out, says status {status}")));
        }
        if status >= 500 {
            return Err(Error::Failed(status));
        }
        if status == 401 {
            client.tokens.drop_refused(key.0, key.1, token).await;
        }
        let body = network::body(response, LIMIT).await?;
        let body = match (wire::read(&body), status) {
            (Ok(body), _) => body,
            (Err(error), 200..300) => return Err(error),
            // Errors may have a page for people in place of a body.
            (Err(_), _) => Value::Null,
        };
        let complaint = wire::complaint(Node::new(&body));
        if complaint.as_ref().is_some_and(|complaint| complaint.status == Some(429)) {
            return Err(slow_down(retry_after.as_deref()));
        }
        client.throttle.answered(key);
        match (status, complaint) {
            (200..300, None) => Ok(body),
            (300..400, _) => Err(Error::Unreadable("a redirect, which is not followed")),
            (_, complaint) => {
                let complaint = complaint.unwrap_or_default();
                let status = complaint.status.unwrap_or(status);
                let (code, description) = (complaint.code, complaint.description);
                Err(Error::Refused(Box::new(Refusal { status, code, description, correlation })))
            }
        }
    }
}

/// A header's text, if it has one.
pub(crate) fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(ToOwned::to_owned)
}

/// An ETag goes in double quotes, also where the body had it without.
fn quoted(etag: &str) -> String {
    format!("\"{}\"", etag.trim_matches('"'))
}
