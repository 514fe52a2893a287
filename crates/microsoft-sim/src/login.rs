//! The token service: who the application is, who consented, and tokens signed by this simulator alone.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::cloud::Cloud;
use hmac::{Hmac, Mac};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::Sha256;
use uuid::Uuid;

use crate::{
    World,
    call::{Call, Reply},
    roles::Role,
    world::{days, random},
};

/// A refresh token that nobody uses for so long is worth nothing.
const LAPSES_AFTER_DAYS: i64 = 90;

/// Who asks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Caller {
    /// The tenant that the token is for.
    pub(crate) tenant: Uuid,
    /// The person, or nobody for an application alone.
    pub(crate) upn: Option<String>,
    pub(crate) roles: Vec<Role>,
    pub(crate) audience: String,
}

/// Whether using a refresh token gives a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// When it is older than a day.
    Daily,
    /// Each time.
    Always,
}

/// A refresh token, for whoever plays the partner.
#[derive(Clone, Debug)]
pub struct RefreshToken(pub String);

#[derive(Debug)]
struct Consent {
    upn: String,
    issued: Timestamp,
    used: Timestamp,
}

#[derive(Debug)]
pub(crate) struct Logins {
    key: [u8; 32],
    consents: HashMap<String, Consent>,
    /// Codes of people who just consented.
    codes: HashMap<String, String>,
    renewal: Renewal,
    lifetime: SignedDuration,
}

impl Logins {
    pub(crate) fn new() -> Self {
        let mut key = [0; 32];
        getrandom::fill(&mut key).expect("the operating system has random bytes");
        Self {
            key,
            consents: HashMap::new(),
            codes: HashMap::new(),
            renewal: Renewal::Daily,
            lifetime: SignedDuration::from_hours(1),
        }
    }

    fn sign(&self, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&json!({ "typ": "JWT", "alg": "HS256" })), part(claims));
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(self.mac(&signed).finalize().into_bytes()))
    }

    fn mac(&self, signed: &str) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("any length is a key");
        mac.update(signed.as_bytes());
        mac
    }

    /// The claims of a token that is ours and has not ended.
    fn claims(&self, token: &str, now: Timestamp) -> Option<Value> {
        let (signed, signature) = token.rsplit_once('.')?;
        self.mac(signed).verify_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
        let (_, claims) = signed.split_once('.')?;
        let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
        (now.as_second() < claims["exp"].as_i64()?).then_some(claims)
    }
}

impl World {
    /// Signs a person in and consents: what the partner keeps of it.
    #[must_use]
    pub fn consent(&mut self, upn: &str) -> RefreshToken {
        let (token, now) = (format!("0.A{}", random().simple()), self.now());
        self.logins.consents.insert(token.clone(), Consent { upn: upn.to_owned(), issued: now, used: now });
        RefreshToken(token)
    }

    /// Takes back every consent.
    pub fn revoke_consents(&mut self) {
        self.logins.consents.clear();
    }

    /// Whether using a refresh token gives a new one.
    pub fn renew(&mut self, renewal: Renewal) {
        self.logins.renewal = renewal;
    }

    /// How long an access token holds from now on.
    pub fn tokens_hold(&mut self, lifetime: SignedDuration) {
        self.logins.lifetime = lifetime;
    }

    /// Who a token stands for. The error is why it is refused.
    pub(crate) fn caller(&self, authorization: Option<&str>) -> Result<Caller, &'static str> {
        let token = authorization.and_then(|text| text.strip_prefix("Bearer ")).ok_or("no token")?;
        let claims = self.logins.claims(token, self.now()).ok_or("invalid_token")?;
        let upn = claims["upn"].as_str().map(ToOwned::to_owned);
        let agent = upn.as_ref().and_then(|upn| self.agents.iter().find(|agent| agent.upn == *upn));
        let has_mfa = claims["amr"].as_array().is_some_and(|ways| ways.contains(&"mfa".into()));
        if upn.is_some() && !has_mfa {
            return Err("MFA required");
        }
        Ok(Caller {
            tenant: claims["tid"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default(),
            upn,
            roles: agent.map(|agent| agent.roles.clone()).unwrap_or_default(),
            audience: claims["aud"].as_str().unwrap_or_default().to_owned(),
        })
    }

    /// `POST /{tenant}/oauth2/token`; with `v2.0` before `token`, it is asked by scope and answers with numbers.
    pub(crate) fn token(&mut self, call: &Call) -> Reply {
        let form = form(&call.text);
        let field = |name: &str| form.get(name).map_or("", String::as_str);
        let now = self.now();
        let Some(tenant) = self.tenant(call.path.first().map_or("", String::as_str)) else {
            return no(400, "invalid_request", 90_002, "Tenant not found.");
        };
        if field("client_id").parse() != Ok(self.application.id)
            || field("client_secret") != self.application.secret
        {
            return no(401, "invalid_client", 7_000_215, "Invalid client secret is provided.");
        }
        let (upn, consent) = match field("grant_type") {
            "client_credentials" => (None, None),
            "authorization_code" => match self.logins.codes.remove(field("code")) {
                Some(upn) => (Some(upn.clone()), Some(self.consent(&upn).0)),
                None => return no(400, "invalid_grant", 70_008, "The authorization code is expired."),
            },
            "refresh_token" => match self.use_consent(field("refresh_token"), now) {
                Ok((upn, renewed)) => (Some(upn), renewed),
                Err(reply) => return *reply,
            },
            _ => return no(400, "unsupported_grant_type", 70_003, "The grant type is not supported."),
        };
        if let Some(customer) = self.customers.get(&tenant)
            && !(customer.ours && customer.delegated_admin)
        {
            return no(
                400,
                "invalid_grant",
                65_001,
                "The user or administrator has not consented in this tenant.",
            );
        }
        let agent = upn.as_ref().and_then(|upn| self.agents.iter().find(|agent| agent.upn == *upn));
        let newer = call.path.iter().any(|part| part == "v2.0");
        let scopes = || field("scope").split(' ').find_map(|scope| scope.strip_suffix("/.default"));
        let resource =
            if newer { scopes().unwrap_or_default() } else { field("resource").trim_end_matches('/') };
        let ends = now + self.logins.lifetime;
        let mut claims = json!({
            "aud": resource,
            "iss": format!("https://sts.windows.net/{tenant}/"),
            "iat": now.as_second(),
            "nbf": now.as_second() - 300,
            "exp": ends.as_second(),
            "appid": self.application.id,
            "tid": tenant,
            "ver": "1.0",
        });
        if let Some(agent) = agent {
            let ways = if agent.mfa { json!(["pwd", "mfa"]) } else { json!(["pwd"]) };
            claims["amr"] = ways;
            claims["oid"] = json!(agent.id);
            claims["name"] = json!(agent.name);
            claims["upn"] = json!(agent.upn);
            claims["unique_name"] = json!(agent.upn);
            claims["scp"] = json!("user_impersonation");
        }
        let seconds = self.logins.lifetime.as_secs().to_string();
        // Numbers are texts here.
        let mut body = json!({
            "token_type": "Bearer",
            "expires_in": seconds,
            "ext_expires_in": seconds,
            "expires_on": ends.as_second().to_string(),
            "not_before": (now.as_second() - 300).to_string(),
            "resource": resource,
            "access_token": self.logins.sign(&claims),
        });
        if newer {
            body["expires_in"] = self.logins.lifetime.as_secs().into();
            body["ext_expires_in"] = self.logins.lifetime.as_secs().into();
        }
        if let Some(consent) = consent {
            body["refresh_token"] = consent.into();
        }
        if upn.is_some() {
            body["scope"] = "user_impersonation".into();
            body["id_token"] = self.logins.sign(&json!({ "aud": self.application.id, "tid": tenant })).into();
        }
        Reply::ok(body)
    }

    /// Whose consent a refresh token is, and the one that takes its place.
    fn use_consent(&mut self, token: &str, now: Timestamp) -> Result<(String, Option<String>), Box<Reply>> {
        let renewal = self.logins.renewal;
        let Some(consent) = self.logins.consents.get_mut(token) else {
            return Err(Box::new(no(400, "invalid_grant", 50_173, "The provided grant has been revoked.")));
        };
        if now.duration_since(consent.used) > days(LAPSES_AFTER_DAYS) {
            return Err(Box::new(no(
                400,
                "invalid_grant",
                700_082,
                "The refresh token has expired due to inactivity.",
            )));
        }
        consent.used = now;
        let is_old = renewal == Renewal::Always || now.duration_since(consent.issued) > days(1);
        let upn = consent.upn.clone();
        let renewed = is_old.then(|| self.consent(&upn).0);
        Ok((upn, renewed))
    }

    /// The tenant of a part of a path: an id or a domain.
    fn tenant(&self, name: &str) -> Option<Uuid> {
        let by_domain = || self.customers.values().find(|customer| customer.domain == name).map(|one| one.id);
        let id = name.parse().ok().or_else(by_domain)?;
        (id == self.partner.tenant || self.customers.contains_key(&id)).then_some(id)
    }

    /// `GET /common/oauth2/authorize`: a person chooses who to be, and consents. The answer goes back as it was asked for.
    pub(crate) fn authorize(&mut self, call: &Call) -> Reply {
        let back = call.query("redirect_uri").unwrap_or_default();
        let is_local = is_local(back);
        if call.query("client_id").and_then(|id| id.parse().ok()) != Some(self.application.id) || !is_local {
            return Reply::html(
                400,
                "<p>AADSTS50011: no such application, or its redirect address is not local.</p>".into(),
            );
        }
        let state = call.query("state").unwrap_or_default();
        let mut people = Vec::new();
        for agent in self.agents.clone() {
            let code = random().simple().to_string();
            self.logins.codes.insert(code.clone(), agent.upn.clone());
            people.push((agent.name, agent.upn, agent.mfa, code));
        }
        // By form, as the documents have it, or behind the question mark.
        let by_query = call.query("response_mode") == Some("query");
        Reply::html(200, crate::page::consent(back, state, by_query, &people))
    }
}

/// What a cloud's tokens are asked for: Partner Center, and Graph.
pub(crate) fn audiences(cloud: Cloud) -> (&'static str, &'static str) {
    match cloud {
        Cloud::Commercial => ("https://api.partnercenter.microsoft.com", "https://graph.microsoft.com"),
        Cloud::UsGovernment => ("https://api.partnercenter.microsoft.com", "https://graph.microsoft.us"),
        Cloud::China => {
            ("https://partner.partnercenterapi.microsoftonline.cn", "https://microsoftgraph.chinacloudapi.cn")
        }
        Cloud::Germany => ("https://api.partnercenter.microsoft.com", "https://graph.microsoft.de"),
    }
}

/// What a cloud's tokens for Azure Resource Manager are asked for.
pub(crate) fn azure_audience(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Commercial => "https://management.azure.com",
        Cloud::UsGovernment => "https://management.usgovcloudapi.net",
        Cloud::China => "https://management.chinacloudapi.cn",
        Cloud::Germany => "https://management.microsoftazure.de",
    }
}

/// What tokens for an application alone are asked for.
pub(crate) const DIRECTORY: &[&str] =
    &["https://graph.windows.net", "https://graph.chinacloudapi.cn", "https://graph.cloudapi.de"];

fn no(status: u16, error: &str, code: u32, words: &str) -> Reply {
    let trace = format!("AADSTS{code}: {words}\r\nTrace ID: {}", random());
    Reply::json(status, json!({ "error": error, "error_description": trace, "error_codes": [code] }))
}

/// Whether an address is one of this machine, of a service that speaks in the clear.
pub(crate) fn is_local(address: &str) -> bool {
    let url =
        reqwest::Url::parse(address).ok().filter(|url| url.scheme() == "http" && url.username().is_empty());
    url.is_some_and(|url| matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]")))
}

/// The fields of a form.
pub(crate) fn form(text: &str) -> HashMap<String, String> {
    text.split('&')
        .filter_map(|field| field.split_once('='))
        .map(|(name, value)| (plain(name), plain(value)))
        .collect()
}

/// Text from a query or form.
pub(crate) fn plain(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut plain, mut at) = (Vec::new(), 0);
    while let Some(&byte) = bytes.get(at) {
        let hex = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match (byte, hex.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            (b'%', Some(decoded)) => {
                plain.push(decoded);
                at += 2;
            }
            (b'+', _) => plain.push(b' '),
            _ => plain.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&plain).into_owned()
}
