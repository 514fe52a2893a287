//! What is sent: a request that would do something, so that a refusal is one of rights.

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use serde_json::{Map, Value, json};
use testkit::encode;
use web::router::Route;

use super::{
    callers::{Caller, Proof, Who},
    world::Side,
};

/// Ids that stand in bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ids {
    /// The caller's desk's.
    Own,
    /// The other desk's.
    Foreign,
    /// Nobody's.
    Absent,
}

/// The request of a caller for a path of a route.
pub(crate) fn request(
    route: &Route,
    path: &str,
    caller: &Caller,
    content: Option<(String, Vec<u8>)>,
) -> Request<Body> {
    let mut request =
        Request::builder().method(route.method.clone()).uri(path).header(header::HOST, "desk.test");
    match &caller.proof {
        Proof::Nothing => {}
        Proof::Cookie(cookie) => request = request.header(header::COOKIE, cookie),
        Proof::Bearer(token) => request = request.header(header::AUTHORIZATION, format!("Bearer {token}")),
    }
    if route.body == web::router::Body::Stream && matches!(caller.who, Who::Contact(_)) {
        request = request.header(header::REFERER, "http://desk.test/help/tickets");
    }
    if route.method != Method::GET {
        request = request.header(header::ORIGIN, "http://desk.test").header(header::IF_MATCH, "*");
    }
    match content {
        Some((kind, bytes)) => request.header(header::CONTENT_TYPE, kind).body(Body::from(bytes)),
        None => request.body(Body::empty()),
    }
    .unwrap()
}

/// What is sent with a route's request.
pub(crate) fn content(route: &Route, side: &Side, ids: Ids, other: &Side) -> Option<(String, Vec<u8>)> {
    if route.method == Method::GET {
        return None;
    }
    if route.path.starts_with("/api/") {
        return api::content(route, side, ids, other);
    }
    Some(("application/x-www-form-urlencoded".into(), form(route, side, ids, other).into_bytes()))
}

/// Whether a route's body holds ids that it must not take from anybody.
pub(crate) fn takes_ids(route: &Route) -> bool {
    let forms = [
        "/choose-desk",
        "/tickets/new",
        "/tickets/{number}/change",
        "/tickets/{number}/undo",
        "/tickets/{number}/handover",
        "/tickets/{number}/handover/step",
        "/tickets/{number}/circle",
        "/tickets/{number}/incident",
        "/tickets/{number}/insert",
        "/bulk",
        "/undo",
        "/admin/teams/{id}/members",
        "/suppliers/{id}/contracts",
        "/admin/settings/microsoft/tenants/{tenant}",
        "/help/new",
        "/payables",
        "/payables/limits",
        "/prepaid",
        "/price-rules",
        "/suspensions",
        "/suspensions/preview",
        "/catalogue/plans",
        "/catalogue/plans/{id}",
        "/catalogue/deliveries",
        "/catalogue/customers/{id}/plan",
    ];
    let changes = route.method != Method::GET;
    let by_page = forms.contains(&route.path);
    changes
        && (by_page
            || route.path.starts_with("/api/") && api::schema(route).is_some_and(|(_, s)| api::has_ids(s)))
}

/// Contracts are for what a supplier offers, all else is about the desk's own.
fn offered<'a>(route: &Route, prefix: &'a str) -> &'a str {
    let of_supplier = route.path.starts_with("/suppliers/") || route.path.ends_with("/entitlements");
    if prefix == "ofr" && of_supplier { "supplier-ofr" } else { prefix }
}

/// The id of a kind of thing, by what its text begins with.
fn id(prefix: &str, side: &Side, ids: Ids, other: &Side) -> String {
    let of = match ids {
        Ids::Own => side,
        Ids::Foreign => other,
        Ids::Absent => {
            return format!("{}_0199aaaaaaaa7aaaaaaaaaaaaaaaaaaa", prefix.trim_start_matches("supplier-"));
        }
    };
    match prefix {
        "agt" => of.victim.to_string(),
        "tem" => of.team.clone(),
        "cal" => of.calendar.clone(),
        "cus" => of.customer.to_string(),
        "con" => of.ada.id.to_string(),
        "mbx" => of.mailbox.clone(),
        "tkt" => of.technical.id.to_string(),
        "ent" => of.technical.message.to_string(),
        "dsk" => of.desk.to_string(),
        "tok" => of.token.clone(),
        "hov" => of.passed.handover.clone(),
        "per" => of.passed.peer.clone(),
        "art" => of.article.clone(),
        "inc" => of.incident.clone(),
        "ofr" => of.offering.clone(),
        "supplier-ofr" => of.supplier_offering.clone(),
        "pln" => of.plan.clone(),
        "und" => of.undo.clone(),
        "sup" => of.supplier.clone(),
        "etl" => of.contract.clone(),
        "led" => of.owed.entry.clone(),
        _ => panic!("tell the matrix which {prefix} a body names"),
    }
}

/// A kind: of a ticket, of what is written, of a document.
fn kind(route: &Route) -> &'static str {
    match route.path {
        "/payables" => "invoice",
        path if path.ends_with("/draft") => "reply",
        path if path.ends_with("/claims") => "wrong_charge",
        _ => "technical",
    }
}

/// Every field of every form: a handler takes those it knows.
fn form(route: &Route, side: &Side, ids: Ids, other: &Side) -> String {
    let of = |prefix| id(offered(route, prefix), side, ids, other);
    let mut fields = vec![
        ("name", "Nobody".to_owned()),
        ("email", "somebody@elsewhere.test".into()),
        ("language", "en".into()),
        ("time_zone", "Europe/Berlin".into()),
        ("version", "1".into()),
        ("subject", "A subject".into()),
        ("text", "Words".into()),
        ("kind", kind(route).into()),
        ("number", "N-1".into()),
        ("dated", "2026-05-05".into()),
        ("due", "2026-07-04".into()),
        ("total", "12.50".into()),
        ("paid_on", "2020-01-01".into()),
        ("currency", "EUR".into()),
        ("broken", "nothing".into()),
        ("service", "azure".into()),
        ("severity", "C".into()),
        ("role", "helpdesk_agent".into()),
        ("action", "open".into()),
        ("domain", "elsewhere.test".into()),
        ("password", "not the right one".into()),
        ("phone", "1".into()),
        ("remark", "r".into()),
        ("undo_seconds", "10".into()),
        ("reopen_days", "14".into()),
        ("address", "third@elsewhere.test".into()),
        ("cloud", "commercial".into()),
        ("tenant", "250d7b4d-328c-4c3d-8201-df3f85cc8b8c".into()),
        ("application", "a02fb6ac-76d8-4cad-8359-ebea931a58d1".into()),
        ("application_secret", "words".into()),
        ("scope", "tickets:read".into()),
        ("q", "words".into()),
        ("agent", of("agt")),
        ("assignee", of("agt")),
        ("team", of("tem")),
        ("calendar", of("cal")),
        ("services", "azure".into()),
        ("kinds", "technical".into()),
        ("languages", "en".into()),
        ("mon", "09:00-17:00".into()),
        ("per", "included".into()),
        ("manner", "in_house".into()),
        ("offering", of("ofr")),
        ("offerings", of("ofr")),
        ("plan", of("pln")),
        // Whoever may acknowledge still may afterwards.
        ("contacts", side.ada.id.to_string()),
        ("contacts", side.ben.id.to_string()),
        ("contacts", side.cleo.id.to_string()),
        ("seen", "nothing".into()),
        ("hash", "nothing".into()),
        ("customer", of("cus")),
        ("contact", of("con")),
        ("article", of("art")),
        ("incident", of("inc")),
        ("done", "health".into()),
        ("reason", "words".into()),
        ("title", "A title".into()),
        ("title-en", "A title".into()),
        ("body-en", "Words".into()),
        ("text-en", "Words".into()),
        ("audience", "public".into()),
        ("published", "on".into()),
        ("status", "open".into()),
        ("english", "on".into()),
        ("ticket", of("tkt")),
        ("leg", of("hov")),
        ("supplier", of("sup")),
        ("way", format!("{}//", of("sup"))),
        ("summary", "Words".into()),
        ("step", "tell".into()),
        ("reason", "Words".into()),
        ("what", of(if route.path == "/undo" { "und" } else { "ent" })),
        ("entry", of("ent")),
        ("offering", of("ofr")),
        ("way", "mail".into()),
        ("units", "1".into()),
        ("act", "grant".into()),
        ("reason", "r".into()),
        ("active", "on".into()),
        // What is charged: time is logged in any state of a ticket.
        ("do", "log".into()),
        ("minutes", "10".into()),
        ("note", "Words".into()),
        ("holds", "incidents".into()),
        ("base", "cost".into()),
        ("percent", "10".into()),
        ("signal", "training".into()),
        ("judged", "dismissed".into()),
        ("step", "0.01".into()),
        ("rounding", "nearest".into()),
        ("increment", "15".into()),
        ("currency", "EUR".into()),
        ("estimate", "1 h".into()),
        ("cap", "2 h".into()),
        ("warranty_days", "14".into()),
        ("low_hours", "1 h".into()),
        ("low_incidents", "1".into()),
    ];
    if route.path == "/choose-desk" {
        fields.push(("desk", of("dsk")));
    }
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    pairs.join("&")
}

pub(crate) mod api {
    //! Bodies of the API, made of its document.

    use std::sync::LazyLock;

    use super::*;

    static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(&web::api::openapi()).unwrap());

    pub(crate) fn operation(route: &Route) -> &'static Value {
        &DOCUMENT["paths"][route.path][route.method.as_str().to_lowercase()]
    }

    /// The schema of a route's body, and its media type.
    pub(crate) fn schema(route: &Route) -> Option<(&'static str, &'static Value)> {
        let content = operation(route)["requestBody"]["content"].as_object()?;
        let (kind, media) = content.iter().next()?;
        Some((kind, resolve(&media["schema"])))
    }

    pub(super) fn content(route: &Route, side: &Side, ids: Ids, other: &Side) -> Option<(String, Vec<u8>)> {
        let (kind, schema) = schema(route)?;
        if kind != "application/json" {
            return Some((kind.into(), b"From: a@b.test\r\nSubject: words\r\n\r\nwords\r\n".to_vec()));
        }
        let of = |prefix: &str| id(super::offered(route, prefix), side, ids, other);
        let body = sample(schema, "", &of, route);
        Some((kind.into(), body.to_string().into_bytes()))
    }

    /// Follows references, and takes the first choice that is not null.
    pub(crate) fn resolve(schema: &'static Value) -> &'static Value {
        if let Some(reference) = schema["$ref"].as_str() {
            return resolve(DOCUMENT.pointer(reference.trim_start_matches('#')).unwrap());
        }
        for choice in ["oneOf", "anyOf", "allOf"] {
            if let Some(choices) = schema[choice].as_array() {
                let some = choices.iter().find(|choice| choice["type"] != "null").unwrap();
                return resolve(some);
            }
        }
        schema
    }

    /// The prefix of an id's pattern.
    pub(crate) fn id_prefix(schema: &Value) -> Option<&str> {
        let (prefix, rest) = schema["pattern"].as_str()?.strip_prefix('^')?.split_once('_')?;
        rest.starts_with("[0-9a-f]").then_some(prefix)
    }

    /// Whether a body holds ids.
    pub(super) fn has_ids(schema: &'static Value) -> bool {
        let schema = resolve(schema);
        let within = schema["properties"].as_object().is_some_and(|all| all.values().any(has_ids));
        id_prefix(schema).is_some() || within || schema["items"].is_object() && has_ids(&schema["items"])
    }

    fn sample(schema: &'static Value, name: &str, of: &dyn Fn(&str) -> String, route: &Route) -> Value {
        let schema = resolve(schema);
        if let Some(prefix) = id_prefix(schema) {
            return of(prefix).into();
        }
        if let Some(words) = schema["enum"].as_array() {
            return word(name, words);
        }
        let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or("object");
        match kind {
            "object" => {
                let mut object = Map::new();
                for (name, property) in schema["properties"].as_object().into_iter().flatten() {
                    let resolved = resolve(property);
                    let required =
                        schema["required"].as_array().is_some_and(|all| all.contains(&json!(name)));
                    let names = has_ids(resolved);
                    if required || names || route.method != Method::POST && is_plain(name) {
                        object.insert(name.clone(), sample(property, name, of, route));
                    }
                }
                object.into()
            }
            "array" => json!([sample(&schema["items"], name, of, route)]),
            "integer" | "number" => json!(1),
            "boolean" => json!(false),
            _ if schema["contentEncoding"] == "base64" => "UEQ=".into(),
            _ => text(name).into(),
        }
    }

    /// What of a change does no harm to the tests that follow.
    fn is_plain(name: &str) -> bool {
        matches!(name, "note")
    }

    fn word(name: &str, words: &[Value]) -> Value {
        let harmless = ["helpdesk_agent", "tickets:read", "technical", "open", "C"];
        let known = words.iter().find(|word| word.as_str().is_some_and(|word| harmless.contains(&word)));
        assert!(!words.is_empty(), "{name}");
        known.unwrap_or(&words[0]).clone()
    }

    fn text(name: &str) -> String {
        match name {
            "currency" => "EUR",
            "day" | "issued_on" | "due_on" | "begins" => "2026-03-02",
            "timezone" => "Europe/Berlin",
            "email" | "address" => "somebody@elsewhere.test",
            "dated" | "paid_on" => "2020-01-01",
            "total" => "12.50",
            "subscriptions" => "3d20fac5-aab4-43ac-8a84-e0800a93312e",
            "percent" => "10",
            "step" => "0.01",
            "expires_at" => "2030-01-01T00:00:00Z",
            _ => "words",
        }
        .into()
    }
}
