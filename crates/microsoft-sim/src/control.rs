//! Where a person or a test plays Microsoft: the page, and the same as JSON at `/simulator/…`. It is outside of the APIs:
//! no faults, no limits, no tokens; and only for this machine's own pages.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::{
    Certificate, Fault, World,
    call::{Call, Reply},
    login::form,
    page,
    quirks::Quirks,
    world::Status,
};

pub(crate) fn answer(world: &mut World, call: &Call) -> Reply {
    if !is_own(call) {
        return Reply::json(403, json!({ "error": "the simulator is for this machine's own pages" }));
    }
    world.settle();
    let parts: Vec<&str> = call.path.iter().map(String::as_str).collect();
    let done = match (call.method.as_str(), parts.as_slice()) {
        ("GET", []) => return Reply::html(200, page::home(world)),
        ("POST", ["simulator", "act"]) => {
            act(world, &call.text);
            return Reply::empty(303).with("Location", "/");
        }
        ("GET", ["simulator", "state"]) => return Reply::ok(state(world)),
        ("GET", ["simulator", "log"]) => return Reply::ok(json!(world.log)),
        ("GET", ["simulator", "quirks"]) => return Reply::ok(json!(world.quirks)),
        ("PUT", ["simulator", "quirks"]) => read::<Quirks>(call).map(|quirks| world.quirks = quirks),
        ("POST", ["simulator", "faults"]) => read::<Fault>(call).map(|fault| world.faults.push(fault)),
        ("DELETE", ["simulator", "faults"]) => {
            world.faults.clear();
            Ok(())
        }
        ("POST", ["simulator", "clock"]) => pass(world, call.body["advance"].as_str().unwrap_or_default()),
        ("POST", ["simulator", "consents"]) => match call.body["upn"].as_str() {
            Some(upn) if world.agents.iter().any(|agent| agent.upn == upn) => {
                let token = world.consent(upn).0;
                return Reply::json(201, json!({ "refresh_token": token }));
            }
            _ => Err("no such agent".into()),
        },
        ("DELETE", ["simulator", "consents"]) => {
            world.revoke_consents();
            Ok(())
        }
        ("POST", ["simulator", "servicerequests"]) => file(world, &call.body).map(drop),
        ("POST", ["simulator", "servicerequests", id]) => {
            let (text, status) =
                (call.body["note"].as_str().unwrap_or_default(), call.body["status"].as_str());
            if world.microsoft_says(id, text, status) {
                Ok(())
            } else {
                Err("no such service request".into())
            }
        }
        ("POST", ["simulator", "azuretickets", name]) => {
            let (text, status) =
                (call.body["note"].as_str().unwrap_or_default(), call.body["status"].as_str());
            if world.azure_says(name, text, status == Some("closed")) {
                Ok(())
            } else {
                Err("no such request".into())
            }
        }
        ("POST", ["simulator", "issues"]) => {
            let mut issue = call.body.clone();
            let customer = issue["customer"].take().as_str().and_then(|id| id.parse().ok());
            if issue["id"].is_string() && issue["service"].is_string() {
                world.issues.push((customer, issue));
                Ok(())
            } else {
                Err("an issue has an id and a service".into())
            }
        }
        ("PUT", ["simulator", "subscriptions", id]) => subscription(world, id, &call.body),
        ("PUT", ["simulator", "relationships", id]) => relationship(world, id, &call.body),
        ("PUT", ["simulator", "events"]) => events(world, &call.body),
        ("PUT", ["simulator", "settings"]) => settings(world, &call.body),
        ("POST", ["simulator", "payments"]) => match call.body["cents"].as_i64().filter(|cents| *cents > 0) {
            Some(cents) => {
                world.pay(cents);
                Ok(())
            }
            None => Err("cents is a positive number".into()),
        },
        _ => return Reply::json(404, json!({ "error": "not found" })),
    };
    match done {
        Ok(()) => Reply::empty(204),
        Err(error) => Reply::json(400, json!({ "error": error })),
    }
}

/// Another site's page could make a browser come here, or call itself by this machine's name.
fn is_own(call: &Call) -> bool {
    let host = call.header("host").unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let origin = call.header("origin");
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
        && origin.is_none_or(|origin| origin == format!("http://{host}"))
}

fn read<T: serde::de::DeserializeOwned>(call: &Call) -> Result<T, String> {
    serde_json::from_str(&call.text).map_err(|error| error.to_string())
}

fn pass(world: &mut World, duration: &str) -> Result<(), String> {
    let duration: SignedDuration = duration.parse().map_err(|error: jiff::Error| error.to_string())?;
    if duration.is_negative() {
        return Err("the clock goes forward only".into());
    }
    world.pass(duration);
    world.settle();
    Ok(())
}

fn file(world: &mut World, body: &Value) -> Result<String, String> {
    let field = |name: &str| body[name].as_str().unwrap_or_default();
    let customer = field("customer").parse().map_err(|_| "customer is no id")?;
    let now = world.now();
    world.file(customer, field("title"), field("description"), field("severity"), field("product"), now)
}

fn relationship(world: &mut World, id: &str, body: &Value) -> Result<(), String> {
    let customer = id.parse().ok().and_then(|id| world.customers.get_mut(&id)).ok_or("no such customer")?;
    if let Some(ours) = body["ours"].as_bool() {
        customer.ours = ours;
    }
    if let Some(delegated) = body["delegatedAdmin"].as_bool() {
        customer.delegated_admin = delegated;
    }
    Ok(())
}

/// As somebody else does it, in Partner Center itself.
fn subscription(world: &mut World, id: &str, body: &Value) -> Result<(), String> {
    let id = id.parse().map_err(|_| "not an id")?;
    let quantity = body["quantity"].as_u64().and_then(|wanted| u32::try_from(wanted).ok());
    let status = match body["status"].as_str() {
        Some(word) => Some(word.parse::<Status>().map_err(|error| error.to_string())?),
        None => None,
    };
    if world.somebody_else_changes(id, quantity, body["autoRenew"].as_bool(), status) {
        Ok(())
    } else {
        Err("no such subscription".into())
    }
}

fn events(world: &mut World, body: &Value) -> Result<(), String> {
    let late = body["late"].as_str().map_or(Ok(SignedDuration::ZERO), str::parse);
    let late = late.map_err(|error: jiff::Error| error.to_string())?;
    let copies = body["copies"].as_u64().and_then(|copies| usize::try_from(copies).ok()).unwrap_or(1);
    let certificate = match body["certificate"].clone() {
        Value::Null => Certificate::Good,
        other => serde_json::from_value(other).map_err(|error| error.to_string())?,
    };
    world.events_come(late, copies.min(10), body["newestFirst"].as_bool().unwrap_or(false), certificate);
    Ok(())
}

fn settings(world: &mut World, body: &Value) -> Result<(), String> {
    if let Some(takes) = body["changeTakes"].as_str() {
        world.change_takes = takes.parse().map_err(|error: jiff::Error| error.to_string())?;
    }
    if let Some(takes) = body["renewalTakes"].as_str() {
        world.renewal_takes = takes.parse().map_err(|error: jiff::Error| error.to_string())?;
    }
    if let Some(by_api) = body["serviceRequestsByApi"].as_bool() {
        world.service_requests_by_api = by_api;
    }
    if let Some(takes) = body["azureTakes"].as_str() {
        world.azure.takes = takes.parse().map_err(|error: jiff::Error| error.to_string())?;
    }
    if body["azureSupportPlan"].is_string()
        || body["azureSupportPlan"].is_null() && body.get("azureSupportPlan").is_some()
    {
        world.azure.plan = body["azureSupportPlan"].as_str().map(ToOwned::to_owned);
    }
    Ok(())
}

fn state(world: &World) -> Value {
    let customers = world.customers.values().map(|customer| {
        json!({
            "id": customer.id,
            "company": customer.company,
            "ours": customer.ours,
            "delegatedAdmin": customer.delegated_admin,
            "subscriptions": customer.subscriptions.values()
                .map(|one| json!({ "id": one.id, "name": one.friendly_name, "status": one.status.word(), "quantity": one.quantity, "autoRenew": one.auto_renew }))
                .collect::<Vec<_>>(),
        })
    });
    let requests = world.service_requests.iter().map(|request| {
        json!({ "id": request.id, "customer": request.customer, "title": request.title, "status": request.status })
    });
    let (waiting, offline) = world.events_waiting();
    let (tenant, application, secret) = world.credentials();
    json!({
        "now": world.now().to_string(),
        "cloud": world.cloud,
        "tenant": tenant,
        "application": application,
        "applicationSecret": secret,
        "agents": world.agents.iter().map(|agent| json!({ "upn": agent.upn, "roles": agent.roles, "mfa": agent.mfa })).collect::<Vec<_>>(),
        "customers": customers.collect::<Vec<_>>(),
        "serviceRequests": requests.collect::<Vec<_>>(),
        "azureTickets": world.azure_tickets().iter()
            .map(|one| json!({ "name": one.name, "number": one.number, "customer": one.customer, "title": one.title, "open": one.is_open }))
            .collect::<Vec<_>>(),
        "events": { "waiting": waiting, "givenUp": offline },
        "eventsAuthority": world.events_authority(),
        "faults": world.faults,
    })
}

/// What a form of the page wants.
fn act(world: &mut World, text: &str) {
    let form = form(text);
    let field = |name: &str| form.get(name).map_or("", String::as_str);
    match field("what") {
        "say" => {
            let status = Some(field("status")).filter(|status| !status.is_empty());
            world.microsoft_says(field("id"), field("text"), status);
        }
        "file" => {
            let body = json!({
                "customer": field("customer"),
                "title": field("title"),
                "description": field("text"),
                "severity": field("severity"),
                "product": field("product"),
            });
            drop(file(world, &body));
        }
        "azure" => drop(world.azure_says(field("id"), field("text"), field("status") == "closed")),
        "pass" => drop(pass(world, field("time"))),
        "revoke" => world.revoke_consents(),
        _ => {}
    }
}
