//! Service health, in Graph's way: OData, its own errors, pages of two so that readers have to follow links.

use serde_json::{Value, json};

use crate::{
    World,
    call::{Answer, Call, Refusal, Reply},
};

const PAGE: usize = 2;
const SERVICES: &[(&str, &str)] = &[
    ("Exchange", "Exchange Online"),
    ("SharePoint", "SharePoint Online"),
    ("microsoftteams", "Microsoft Teams"),
    ("OSDPPlatform", "Microsoft 365 suite"),
];

fn seen(world: &World, call: &Call) -> Result<Vec<Value>, Refusal> {
    let tenant = call.caller.tenant;
    world.customer(tenant)?;
    let own = world.issues.iter().filter(|(customer, _)| customer.is_none_or(|customer| customer == tenant));
    Ok(own.map(|(_, issue)| issue.clone()).collect())
}

fn page(world: &World, call: &Call, items: Vec<Value>, name: &str) -> Answer {
    let skip = call.number("$skip", 0)?;
    let more = items.len() > skip + PAGE;
    let items: Vec<Value> = items.into_iter().skip(skip).take(PAGE).collect();
    let (_, graph) = crate::login::audiences(world.cloud);
    let mut body = json!({ "@odata.context": format!("{graph}/v1.0/$metadata#admin/serviceAnnouncement/{name}"), "value": items });
    if more {
        // Graph's links are whole addresses: of whatever name it was asked by.
        let host = call.header("host").unwrap_or_default();
        let scheme = if host.starts_with("127.") || host.starts_with('[') { "http" } else { "https" };
        let next = format!("{scheme}://{host}/v1.0/admin/serviceAnnouncement/{name}?$skip={}", skip + PAGE);
        body["@odata.nextLink"] = next.into();
    }
    Ok(Reply::ok(body))
}

pub(crate) fn issues(world: &mut World, call: &Call) -> Answer {
    let items = seen(world, call)?;
    page(world, call, items, "issues")
}

pub(crate) fn issue(world: &mut World, call: &Call) -> Answer {
    let found = seen(world, call)?.into_iter().find(|issue| issue["id"].as_str() == Some(call.id(0)));
    Ok(match found {
        Some(issue) => Reply::ok(issue),
        None => {
            Reply::json(404, json!({ "error": { "code": "ResourceNotFound", "message": "No such issue." } }))
        }
    })
}

pub(crate) fn overviews(world: &mut World, call: &Call) -> Answer {
    let issues = seen(world, call)?;
    let overview = |(id, service): &(&str, &str)| {
        let open = issues.iter().find(|issue| issue["service"] == *service && issue["isResolved"] == false);
        let status = open.and_then(|issue| issue["status"].as_str()).unwrap_or("serviceOperational");
        json!({ "id": id, "service": service, "status": status })
    };
    Ok(Reply::ok(json!({ "value": SERVICES.iter().map(overview).collect::<Vec<_>>() })))
}
