//! Service requests. Filing them by program was switched off on 31 August 2020; the old call is behind a switch.

use serde_json::{Value, json};
use uuid::Uuid;

use super::audit::Deed;
use crate::{
    World,
    call::{Answer, Call, Refusal, Reply, list as envelope, offset_page},
    world::ServiceRequest,
};

/// A date that stands for none.
const NO_DATE: &str = "0001-01-01T00:00:00";

fn page(world: &World, call: &Call, customer: Option<Uuid>) -> Answer {
    let filter = call.filter()?;
    if filter.as_ref().is_some_and(|filter| filter.field != "status") {
        return Err(Refusal::new(400, 3_000, "The filter's field is invalid."));
    }
    let mut items = Vec::new();
    for request in world.service_requests.iter().rev() {
        let is_ours =
            world.customer(request.customer).is_ok() && customer.is_none_or(|id| id == request.customer);
        if is_ours && filter.as_ref().map_or(Ok(true), |filter| filter.passes(request.status))? {
            items.push(short(world, request));
        }
    }
    offset_page(call, items, 1_000)
}

pub(crate) fn all(world: &mut World, call: &Call) -> Answer {
    page(world, call, None)
}

pub(crate) fn of_customer(world: &mut World, call: &Call) -> Answer {
    let customer = call.guid(0)?;
    world.customer(customer)?;
    page(world, call, Some(customer))
}

fn find(world: &World, id: &str, customer: Option<Uuid>) -> Result<usize, Refusal> {
    let at = world.service_requests.iter().position(|request| {
        request.id == id
            && customer.is_none_or(|customer| customer == request.customer)
            && world.customer(request.customer).is_ok()
    });
    at.ok_or_else(Refusal::missing)
}

pub(crate) fn get(world: &mut World, call: &Call) -> Answer {
    let at = find(world, call.id(0), None)?;
    Ok(Reply::ok(full(world, &world.service_requests[at])))
}

pub(crate) fn get_of_customer(world: &mut World, call: &Call) -> Answer {
    let at = find(world, call.id(1), Some(call.guid(0)?))?;
    Ok(Reply::ok(full(world, &world.service_requests[at])))
}

pub(crate) fn patch(world: &mut World, call: &Call) -> Answer {
    let at = find(world, call.id(0), None)?;
    change(world, call, at)
}

pub(crate) fn patch_of_customer(world: &mut World, call: &Call) -> Answer {
    let at = find(world, call.id(1), Some(call.guid(0)?))?;
    change(world, call, at)
}

/// Appends a note and changes the status; everything else stays as it is.
fn change(world: &mut World, call: &Call, at: usize) -> Answer {
    let now = world.now();
    let before = full(world, &world.service_requests[at]);
    let by = call.caller.upn.clone().unwrap_or_default();
    let name =
        world.agents.iter().find(|agent| agent.upn == by).map_or(by.clone(), |agent| agent.name.clone());
    let note = call.body["newNote"]["text"].as_str().map(str::trim).filter(|text| !text.is_empty());
    if note.is_some_and(|text| text.chars().count() > 10_000) {
        return Err(Refusal::new(400, 3_000, "The note is too long."));
    }
    let status = call.body["status"].as_str().unwrap_or_default().to_lowercase();
    let request = &mut world.service_requests[at];
    if let Some(text) = note {
        request.notes.push((name, now, text.to_owned()));
        // Microsoft waited for this.
        if request.status == "attention_needed" {
            request.stand("open", now);
        }
    }
    if matches!(status.as_str(), "open" | "closed") {
        request.stand(&status, now);
    }
    request.modified = now;
    let customer = Some(request.customer);
    let after = full(world, &world.service_requests[at]);
    let deed = Deed {
        resource: "service_request",
        operation: "update_service_request",
        customer,
        before,
        after: after.clone(),
    };
    world.record(Some(&by), deed);
    Ok(Reply::ok(after))
}

fn gone() -> Refusal {
    Refusal::new(410, 1_000, "This API was retired.")
}

pub(crate) fn topics(world: &mut World, _: &Call) -> Answer {
    if !world.service_requests_by_api {
        return Err(gone());
    }
    Ok(envelope(vec![
        json!({ "id": 30_000_001, "name": "Something does not work", "description": "A fault." }),
    ]))
}

/// As until 2020. The path has the agent's locale, the body no customer: it went by the customer's context, which here is
/// the header of the same name.
pub(crate) fn create(world: &mut World, call: &Call) -> Answer {
    if !world.service_requests_by_api {
        return Err(gone());
    }
    let field = |name: &str| call.body[name].as_str().map(ToOwned::to_owned);
    let (Some(title), Some(description), Some(severity), true) =
        (field("title"), field("description"), field("severity"), call.body["supportTopicId"].is_string())
    else {
        return Err(Refusal::new(
            400,
            3_000,
            "title, description, severity and supportTopicId are required.",
        ));
    };
    let customer = call.header("x-customer-id").and_then(|id| id.parse().ok()).unwrap_or_default();
    let now = world.now();
    let severity = severity.to_lowercase();
    let id = world.file(customer, &title, &description, &severity, "Partner Center", now);
    let id = id.map_err(|_| Refusal::new(400, 900_118, "The customer id is invalid."))?;
    let at = find(world, &id, None)?;
    Ok(Reply::json(201, full(world, &world.service_requests[at])))
}

fn short(world: &World, request: &ServiceRequest) -> Value {
    let agent = world.agents.first();
    let name = agent.map(|agent| agent.name.as_str()).unwrap_or_default();
    let (first, last) = name.split_once(' ').unwrap_or((name, ""));
    json!({
        "id": request.id,
        "title": request.title,
        "severity": request.severity,
        "status": request.status,
        "primaryContact": { "firstName": first, "lastName": last },
        "createdDate": request.created.to_string(),
        "lastModifiedDate": request.modified.to_string(),
        "lastClosedDate": request.closed.map_or(NO_DATE.to_owned(), |at| at.to_string()),
        "attributes": { "objectType": "ServiceRequest" },
    })
}

fn full(world: &World, request: &ServiceRequest) -> Value {
    let mut full = short(world, request);
    full["description"] = request.description.clone().into();
    full["supportTopicId"] = "30000001".into();
    full["supportTopicName"] = "Something does not work".into();
    full["productName"] = request.product.clone().into();
    full["organization"] = json!({ "id": world.partner.tenant, "name": world.partner.name });
    full["countryCode"] = world.partner.country.clone().into();
    let note = |(by, at, text): &(String, jiff::Timestamp, String)| json!({ "createdByName": by, "createdDate": at.to_string(), "text": text });
    full["notes"] = request.notes.iter().map(note).collect();
    full["fileLinks"] = json!([]);
    full
}
