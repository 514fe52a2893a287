//! The secure application model: an agent consented once with a second factor; what came of it is a refresh token, which
//! buys access tokens for a resource in a tenant.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError};

use domain::cloud::Cloud;
use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use reqwest::{Url, header};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::{
    address::{Map, Service},
    error::Error,
    network::{self, unanswered},
    throttle::Throttle,
    wire::{self, Node},
};

/// A token is renewed this long before it ends.
pub(crate) const EARLY: SignedDuration = SignedDuration::from_mins(5);
/// For how long a refusal of consent is believed before the token service is asked again.
const REFUSED_FOR: SignedDuration = SignedDuration::from_secs(60);
const LIMIT: usize = 1 << 20;

/// A password or token. Its `Debug` says nothing, so it cannot reach a log by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    #[must_use]
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// The secret itself, for whoever keeps it encrypted.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What a desk has from Microsoft: its tenant, its application, and an agent's consent.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The partner's tenant.
    pub tenant: Uuid,
    /// The application's id.
    pub application: Uuid,
    /// The application's secret.
    pub application_secret: Secret,
    /// From the last sign-in or renewal. It lapses unless it is used for 90 days.
    pub refresh_token: Secret,
}

/// Where the refresh token is kept. Microsoft renews it now and then.
pub trait Vault: Send + Sync {
    /// Stores the new refresh token in place of the one before. The error is a text for an operator; the token will be
    /// offered again.
    fn keep(&self, refresh_token: Secret) -> BoxFuture<'_, Result<(), String>>;
}

#[derive(Clone)]
pub(crate) struct Access {
    pub(crate) token: Secret,
    pub(crate) ends: Timestamp,
}

#[derive(Default)]
struct Slot {
    access: Option<Access>,
    refused: Option<(String, Timestamp)>,
}

type Key = (Service, Uuid);

/// The tokens of one connection.
pub(crate) struct Tokens {
    cloud: Cloud,
    credentials: Credentials,
    vault: Arc<dyn Vault>,
    /// The newest refresh token, and whether the vault has it.
    refresh: Mutex<(Secret, bool)>,
    /// One lock for each: whoever comes while a token is fetched waits for that one.
    slots: std::sync::Mutex<HashMap<Key, Arc<Mutex<Slot>>>>,
}

impl Tokens {
    pub(crate) fn new(cloud: Cloud, credentials: Credentials, vault: Arc<dyn Vault>) -> Self {
        let refresh = Mutex::new((credentials.refresh_token.clone(), true));
        Self { cloud, credentials, vault, refresh, slots: std::sync::Mutex::default() }
    }

    pub(crate) fn partner(&self) -> Uuid {
        self.credentials.tenant
    }

    fn slot(&self, key: Key) -> Arc<Mutex<Slot>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default().clone()
    }

    /// A token for a service in a tenant that is good for some minutes.
    pub(crate) async fn get(&self, way: &Way<'_>, service: Service, tenant: Uuid) -> Result<Secret, Error> {
        let slot = self.slot((service, tenant));
        let mut slot = slot.lock().await;
        if let Some(access) = slot.access.as_ref().filter(|access| way.now < access.ends - EARLY) {
            return Ok(access.token.clone());
        }
        if let Some((why, _)) = slot.refused.as_ref().filter(|(_, until)| way.now < *until) {
            return Err(Error::Consent(why.clone()));
        }
        let fetched = self.fetch(way, service, tenant).await;
        if let Err(Error::Consent(why)) = &fetched {
            slot.refused = Some((why.clone(), way.now + REFUSED_FOR));
        }
        let access = fetched?;
        let token = access.token.clone();
        *slot = Slot { access: Some(access), refused: None };
        Ok(token)
    }

    /// The service would not have this token: the next call fetches another.
    pub(crate) async fn drop_refused(&self, service: Service, tenant: Uuid, token: &Secret) {
        let slot = self.slot((service, tenant));
        let mut slot = slot.lock().await;
        if slot.access.as_ref().is_some_and(|access| access.token == *token) {
            slot.access = None;
        }
    }

    async fn fetch(&self, way: &Way<'_>, service: Service, tenant: Uuid) -> Result<Access, Error> {
        let refresh = self.refresh.lock().await.0.clone();
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh.reveal()),
            ("client_id", &self.credentials.application.to_string()),
            ("client_secret", self.credentials.application_secret.reveal()),
            ("scope", "openid"),
            ("resource", Map::audience(self.cloud, service)),
        ];
        let answer = ask(way, tenant, &form).await?;
        if let Some(renewed) = answer.refresh_token {
            self.renewed(renewed).await;
        }
        self.keep().await?;
        Ok(answer.access)
    }

    async fn renewed(&self, token: Secret) {
        let mut refresh = self.refresh.lock().await;
        if refresh.0 != token {
            *refresh = (token, false);
        }
    }

    /// Hands the vault what it does not have yet.
    async fn keep(&self) -> Result<(), Error> {
        let mut refresh = self.refresh.lock().await;
        if !refresh.1 {
            self.vault.keep(refresh.0.clone()).await.map_err(Error::Vault)?;
            refresh.1 = true;
        }
        Ok(())
    }
}

/// The way to the token service, at this time.
pub(crate) struct Way<'a> {
    pub(crate) http: &'a reqwest::Client,
    pub(crate) map: &'a Map,
    pub(crate) throttle: &'a Throttle,
    pub(crate) now: Timestamp,
}

/// What the token service gave.
pub(crate) struct Answer {
    pub(crate) access: Access,
    pub(crate) refresh_token: Option<Secret>,
}

/// Asks the token service of a tenant.
pub(crate) async fn ask(way: &Way<'_>, tenant: Uuid, fields: &[(&str, &str)]) -> Result<Answer, Error> {
    let throttled = (Service::Login, tenant);
    way.throttle.check(throttled, way.now)?;
    let address = way.map.to(Service::Login, &[&tenant.to_string(), "oauth2", "token"]);
    let request = way
        .http
        .post(address.url)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json")
        .body(form(fields));
    let response = request.send().await.map_err(|error| unanswered(&error))?;
    let status = response.status().as_u16();
    let retry_after = super::call::text(response.headers(), "retry-after");
    if status == 429 || (status == 503 && retry_after.is_some()) {
        let until = way.throttle.refused(throttled, retry_after.as_deref(), way.now);
        return Err(Error::NotYet { until });
    }
    if status >= 500 || status == 408 {
        return Err(Error::Unanswered(format!("the token service failed with status {status}")));
    }
    way.throttle.answered(throttled);
    // Of a call that is not sent yet, nothing may be said that sounds like an answer to it.
    let unreadable = |_| Error::Unanswered("the token service's answer cannot be read".into());
    let body = network::body(response, LIMIT).await.and_then(|body| wire::read(&body)).map_err(unreadable)?;
    let body = Node::new(&body);
    let token = body.at("access_token").text().map(Secret::new);
    let (200, Some(token)) = (status, token) else {
        return Err(Error::Consent(refusal(body, status)));
    };
    let seconds: u32 = body.at("expires_in").parse().unwrap_or(0);
    let access = Access { token, ends: way.now + SignedDuration::from_secs(seconds.into()) };
    Ok(Answer { access, refresh_token: body.at("refresh_token").text().map(Secret::new) })
}

/// Why there is no token: the first line of Microsoft's reason. The rest has trace ids and times.
fn refusal(body: Node<'_>, status: u16) -> String {
    let words = body.at("error_description").text().or_else(|| body.at("error").text());
    let words = words.unwrap_or_else(|| format!("status {status} without a reason"));
    words.lines().next().unwrap_or_default().chars().take(300).collect()
}

fn form(fields: &[(&str, &str)]) -> String {
    let mut carrier = Url::parse("form:").expect("a scheme alone is an address");
    carrier.query_pairs_mut().extend_pairs(fields);
    carrier.query().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_and_secrets() {
        assert_eq!(form(&[("a", "x y&z=+/%"), ("b", "é")]), "a=x+y%26z%3D%2B%2F%25&b=%C3%A9");
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(…)");
    }
}
