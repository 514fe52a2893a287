//! Support requests for Azure, by Azure Resource Manager: the one way to file by program. Errors have that service's shape.
//!
//! Our readings: an Admin agent may, as it owns the customers' subscriptions (by AOBO), and nobody else; without a support
//! plan the refusal is 403 `InvalidSupportPlan`; the same request under the same name is the same request, another one
//! under it is 409; a request that is being filed is 404 until it is.

use domain::cloud::Cloud;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    World,
    call::{Answer, Call, Reply, encoded},
    roles::Role,
    world::Kind,
};

const ROOT: &str = "/providers/Microsoft.Support";
/// Name, what people call it, and the same of its kinds of problem.
type Service = (&'static str, &'static str, &'static [(&'static str, &'static str)]);
const SERVICES: &[Service] = &[
    (
        "a51e7001-6c1b-4d5e-9a5f-1f0c0d3a0001",
        "Virtual Machine running Linux",
        &[
            ("a51e7001-6c1b-4d5e-9a5f-1f0c0d3a0011", "Connectivity / Cannot connect to my VM"),
            ("a51e7001-6c1b-4d5e-9a5f-1f0c0d3a0012", "Performance / Slow"),
        ],
    ),
    (
        "a51e7001-6c1b-4d5e-9a5f-1f0c0d3a0002",
        "App Service",
        &[("a51e7001-6c1b-4d5e-9a5f-1f0c0d3a0021", "Availability / Web app down")],
    ),
    (
        "a51e7001-6c1b-4d5e-9a5f-1f0c0d3a0003",
        "Billing",
        &[("a51e7001-6c1b-4d5e-9a5f-1f0c0d3a0031", "Refund request")],
    ),
];

/// The support requests for Azure.
#[derive(Debug)]
pub(crate) struct AzureSupport {
    tickets: Vec<AzureTicket>,
    /// How long filing takes.
    pub(crate) takes: SignedDuration,
    /// The customers' support plan, by the partner's contract.
    pub(crate) plan: Option<String>,
}

impl Default for AzureSupport {
    fn default() -> Self {
        Self {
            tickets: Vec::new(),
            takes: SignedDuration::ZERO,
            plan: Some("Cloud Solution Provider".to_owned()),
        }
    }
}

/// A support request for Azure.
#[derive(Clone, Debug)]
pub(crate) struct AzureTicket {
    pub(crate) name: String,
    subscription: Uuid,
    pub(crate) customer: Uuid,
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) severity: String,
    pub(crate) is_open: bool,
    /// As it was filed.
    properties: Value,
    plan: String,
    engineer: Option<String>,
    created: Timestamp,
    modified: Timestamp,
    pub(crate) said: Vec<Said>,
}

/// Something said on it.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    name: String,
    by_microsoft: bool,
    pub(crate) sender: String,
    subject: String,
    pub(crate) body: String,
    pub(crate) at: Timestamp,
}

fn no(status: u16, code: &str, message: &str) -> Answer {
    Ok(Reply::json(status, json!({ "error": { "code": code, "message": message } })))
}

impl World {
    /// The requests that are filed, the newest first.
    pub(crate) fn azure_tickets(&self) -> Vec<&AzureTicket> {
        let now = self.now();
        self.azure.tickets.iter().rev().filter(|one| one.created + self.azure.takes <= now).collect()
    }

    /// Says something on a request as Microsoft's engineer, who may be done. Whether there is such a request.
    pub fn azure_says(&mut self, name: &str, text: &str, closes: bool) -> bool {
        let now = self.now();
        let Some(ticket) = self.azure.tickets.iter_mut().find(|one| one.name == name) else { return false };
        ticket.engineer = Some("engineer@microsoft.example".to_owned());
        if !text.trim().is_empty() {
            let name = format!("microsoft-{}", ticket.said.len() + 1);
            ticket.said.push(Said {
                name,
                by_microsoft: true,
                sender: "engineer@microsoft.example".to_owned(),
                subject: format!("Re: {}", ticket.title),
                body: text.to_owned(),
                at: now,
            });
        }
        ticket.is_open &= !closes;
        ticket.modified = now;
        true
    }

    /// How long filing a request takes, and by which plan it is filed.
    pub fn azure_support(&mut self, takes: SignedDuration, plan: Option<&str>) {
        self.azure.takes = takes;
        self.azure.plan = plan.map(ToOwned::to_owned);
    }

    /// Names and titles of the requests for Azure that are filed.
    #[must_use]
    pub fn azure_filed(&self) -> Vec<(String, String)> {
        self.azure.tickets.iter().map(|one| (one.name.clone(), one.title.clone())).collect()
    }

    /// The Azure subscription of a customer of this partner whose name begins so.
    #[must_use]
    pub fn azure_subscription(&self, company: &str) -> Option<(Uuid, Uuid)> {
        let customer = self.customers.values().find(|one| one.ours && one.company.starts_with(company))?;
        let plan = customer.subscriptions.values().find(|one| one.kind == Kind::AzurePlan)?;
        Some((customer.id, plan.id))
    }
}

/// The subscription of the path, if the caller may do anything in it.
fn subscription(world: &World, call: &Call) -> Result<Uuid, Answer> {
    let missing = || no(404, "SubscriptionNotFound", "The subscription could not be found.");
    let id: Uuid = call.id(0).parse().map_err(|_| missing())?;
    let customer = world.customers.get(&call.caller.tenant).filter(|one| one.ours).ok_or_else(missing)?;
    if customer.subscriptions.get(&id).is_none_or(|one| one.kind != Kind::AzurePlan || !one.entitled) {
        return Err(missing());
    }
    if !call.caller.roles.contains(&Role::AdminAgent) {
        return Err(no(
            403,
            "AuthorizationFailed",
            "The client does not have authorization to perform action 'Microsoft.Support/supportTickets/write'.",
        ));
    }
    Ok(id)
}

fn topic(path: &str, (name, words): (&str, &str), kind: &str) -> Value {
    json!({ "id": format!("{ROOT}{path}/{name}"), "name": name, "type": kind, "properties": { "displayName": words } })
}

pub(crate) fn services(_: &mut World, _: &Call) -> Answer {
    let topics = SERVICES
        .iter()
        .map(|(name, words, _)| topic("/services", (name, words), "Microsoft.Support/services"));
    Ok(Reply::ok(json!({ "value": topics.collect::<Vec<_>>() })))
}

pub(crate) fn problems(_: &mut World, call: &Call) -> Answer {
    let Some((name, _, problems)) = SERVICES.iter().find(|(name, ..)| *name == call.id(0)) else {
        return no(404, "ResourceNotFound", "There is no such service.");
    };
    let path = format!("/services/{name}/problemClassifications");
    let topics = problems.iter().map(|one| topic(&path, *one, "Microsoft.Support/problemClassifications"));
    Ok(Reply::ok(json!({ "value": topics.collect::<Vec<_>>() })))
}

pub(crate) fn is_free(world: &mut World, call: &Call) -> Answer {
    let id = match subscription(world, call) {
        Ok(id) => id,
        Err(answer) => return answer,
    };
    let name = call.body["name"].as_str().unwrap_or_default();
    let taken = world.azure.tickets.iter().any(|one| one.subscription == id && one.name == name);
    Ok(Reply::ok(json!({
        "nameAvailable": !taken,
        "reason": if taken { "AlreadyExists" } else { "" },
        "message": if taken { "The name is taken." } else { "" },
    })))
}

/// What a new request lacks.
fn lacks(properties: &Value) -> Option<&'static str> {
    let there = |value: &Value| value.as_str().is_some_and(|text| !text.trim().is_empty());
    let of_request = ["serviceId", "title", "description", "problemClassificationId", "severity"];
    if let Some(name) = of_request.into_iter().find(|name| !there(&properties[*name])) {
        return Some(name);
    }
    let contact = &properties["contactDetails"];
    let of_contact = [
        "firstName",
        "lastName",
        "preferredContactMethod",
        "primaryEmailAddress",
        "preferredTimeZone",
        "country",
        "preferredSupportLanguage",
    ];
    if let Some(name) = of_contact.into_iter().find(|name| !there(&contact[*name])) {
        return Some(name);
    }
    let by_phone = contact["preferredContactMethod"].as_str() == Some("phone");
    (by_phone && !there(&contact["phoneNumber"])).then_some("phoneNumber")
}

/// Whether a service has this kind of problem, each by its whole id.
fn is_known(properties: &Value) -> bool {
    let service = properties["serviceId"].as_str().unwrap_or_default();
    let problem = properties["problemClassificationId"].as_str().unwrap_or_default();
    SERVICES.iter().any(|(name, _, problems)| {
        let whole = format!("{ROOT}/services/{name}");
        let fits = |(id, _): &(&str, &str)| {
            problem.eq_ignore_ascii_case(&format!("{whole}/problemClassifications/{id}"))
        };
        service.eq_ignore_ascii_case(&whole) && problems.iter().any(fits)
    })
}

pub(crate) fn put(world: &mut World, call: &Call) -> Answer {
    let id = match subscription(world, call) {
        Ok(id) => id,
        Err(answer) => return answer,
    };
    let (name, properties, now) = (call.id(1).to_owned(), call.body["properties"].clone(), world.now());
    if let Some(known) = world.azure.tickets.iter().find(|one| one.subscription == id && one.name == name) {
        if known.properties != properties {
            return no(409, "Conflict", "A support request of this name exists.");
        }
        let whole = whole(known);
        return Ok(Reply::ok(whole));
    }
    if let Some(lacks) = lacks(&properties) {
        return Ok(Reply::json(
            400,
            json!({ "error": {
                "code": "BadRequest",
                "message": "The request is not valid.",
                "details": [{ "code": "MissingRequiredParameter", "message": format!("{lacks} is required."), "target": lacks }],
            }}),
        ));
    }
    if !is_known(&properties) {
        return no(400, "BadRequest", "The service has no such problem classification.");
    }
    let severity = properties["severity"].as_str().unwrap_or_default().to_lowercase();
    if !["minimal", "moderate", "critical"].contains(&severity.as_str()) {
        return no(400, "BadRequest", "The severity is not available under this support plan.");
    }
    let Some(plan) = world.azure.plan.clone() else {
        return no(403, "InvalidSupportPlan", "The subscription has no support plan for technical requests.");
    };
    let text = |name: &str| properties[name].as_str().unwrap_or_default().to_owned();
    let day = now.to_zoned(TimeZone::UTC).strftime("%y%m%d").to_string();
    world.azure.tickets.push(AzureTicket {
        number: format!("2{day}{:08}", 40_000_003 + 11 * world.azure.tickets.len()),
        subscription: id,
        customer: call.caller.tenant,
        title: text("title"),
        description: text("description"),
        severity,
        is_open: true,
        plan,
        engineer: None,
        created: now,
        modified: now,
        said: Vec::new(),
        name,
        properties,
    });
    let operation = crate::world::random();
    let place = |kind: &str| {
        let host = manager(world.cloud);
        format!("{host}/subscriptions/{id}{ROOT}/{kind}/{operation}?api-version=2020-04-01")
    };
    let reply = Reply::empty(202).with("Location", place("operationResults"));
    Ok(reply.with("Azure-AsyncOperation", place("operationsStatus")))
}

fn manager(cloud: Cloud) -> &'static str {
    crate::login::azure_audience(cloud)
}

/// The request of the path, once it is filed.
fn find(world: &World, call: &Call) -> Result<usize, Answer> {
    let id = subscription(world, call)?;
    let (now, takes) = (world.now(), world.azure.takes);
    let is_it =
        |one: &AzureTicket| one.subscription == id && one.name == call.id(1) && one.created + takes <= now;
    let missing = || no(404, "ResourceNotFound", "There is no such support request.");
    world.azure.tickets.iter().position(is_it).ok_or_else(missing)
}

pub(crate) fn get(world: &mut World, call: &Call) -> Answer {
    match find(world, call) {
        Ok(at) => Ok(Reply::ok(whole(&world.azure.tickets[at]))),
        Err(answer) => answer,
    }
}

/// Pages of twenty-five, unless more are asked for.
pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let id = match subscription(world, call) {
        Ok(id) => id,
        Err(answer) => return answer,
    };
    let (top, skip) = (call.number("$top", 25)?.clamp(1, 100), call.number("$skip", 0)?);
    let wants_open = call.query("$filter").map(|filter| filter.to_lowercase().contains("'open'"));
    let all: Vec<Value> = world
        .azure_tickets()
        .into_iter()
        .filter(|one| one.subscription == id && wants_open.is_none_or(|open| open == one.is_open))
        .map(whole)
        .collect();
    Ok(page(call, &all, skip, top))
}

fn page(call: &Call, all: &[Value], skip: usize, top: usize) -> Reply {
    let shown: Vec<&Value> = all.iter().skip(skip).take(top).collect();
    let mut body = json!({ "value": shown });
    if skip + top < all.len() {
        let host = call.header("host").unwrap_or_default();
        let scheme = if host.starts_with("127.") || host.starts_with('[') { "http" } else { "https" };
        let filter =
            call.query("$filter").map(|text| format!("&$filter={}", encoded(text))).unwrap_or_default();
        let path = call.target.split('?').next().unwrap_or_default();
        let next =
            format!("{scheme}://{host}{path}?api-version=2020-04-01&$top={top}&$skip={}{filter}", skip + top);
        body["nextLink"] = next.into();
    }
    Reply::ok(body)
}

pub(crate) fn patch(world: &mut World, call: &Call) -> Answer {
    let at = match find(world, call) {
        Ok(at) => at,
        Err(answer) => return answer,
    };
    let now = world.now();
    let ticket = &mut world.azure.tickets[at];
    if ticket.engineer.is_some() {
        return no(
            409,
            "Conflict",
            "An engineer is assigned: severity and status cannot be changed any more.",
        );
    }
    if let Some(severity) = call.body["severity"].as_str() {
        ticket.severity = severity.to_lowercase();
    }
    match call.body["status"].as_str().map(str::to_lowercase).as_deref() {
        Some("open") => ticket.is_open = true,
        Some("closed") => ticket.is_open = false,
        Some(_) => return no(400, "BadRequest", "The status is invalid."),
        None => {}
    }
    ticket.modified = now;
    Ok(Reply::ok(whole(ticket)))
}

pub(crate) fn said(world: &mut World, call: &Call) -> Answer {
    let at = match find(world, call) {
        Ok(at) => at,
        Err(answer) => return answer,
    };
    let ticket = &world.azure.tickets[at];
    let all: Vec<Value> = ticket.said.iter().rev().map(|said| communication(ticket, said)).collect();
    let (top, skip) = (call.number("$top", 10)?.clamp(1, 10), call.number("$skip", 0)?);
    Ok(page(call, &all, skip, top))
}

pub(crate) fn one_said(world: &mut World, call: &Call) -> Answer {
    let at = match find(world, call) {
        Ok(at) => at,
        Err(answer) => return answer,
    };
    let ticket = &world.azure.tickets[at];
    match ticket.said.iter().find(|said| said.name == call.id(2)) {
        Some(said) => Ok(Reply::ok(communication(ticket, said))),
        None => no(404, "ResourceNotFound", "There is no such communication."),
    }
}

pub(crate) fn say(world: &mut World, call: &Call) -> Answer {
    let at = match find(world, call) {
        Ok(at) => at,
        Err(answer) => return answer,
    };
    let now = world.now();
    let text = |name: &str| call.body["properties"][name].as_str().unwrap_or_default().to_owned();
    let said = Said {
        name: call.id(2).to_owned(),
        by_microsoft: false,
        sender: text("sender"),
        subject: text("subject"),
        body: text("body"),
        at: now,
    };
    if said.subject.trim().is_empty() || said.body.trim().is_empty() {
        return no(400, "BadRequest", "subject and body are required.");
    }
    let ticket = &mut world.azure.tickets[at];
    if ticket.said.iter().any(|known| known.name == said.name) {
        return no(409, "Conflict", "A communication of this name exists.");
    }
    ticket.said.push(said);
    ticket.modified = now;
    let ticket = &world.azure.tickets[at];
    let body = ticket.said.last().map(|said| communication(ticket, said)).unwrap_or_default();
    Ok(Reply::ok(body))
}

fn communication(ticket: &AzureTicket, said: &Said) -> Value {
    json!({
        "id": format!("/subscriptions/{}{ROOT}/supportTickets/{}/communications/{}", ticket.subscription, ticket.name, said.name),
        "name": said.name,
        "type": "Microsoft.Support/communications",
        "properties": {
            "communicationType": "web",
            "communicationDirection": if said.by_microsoft { "outbound" } else { "inbound" },
            "sender": said.sender,
            "subject": said.subject,
            "body": said.body,
            "createdDate": said.at.to_string(),
        },
    })
}

fn whole(ticket: &AzureTicket) -> Value {
    let minutes: i64 = match ticket.severity.as_str() {
        "critical" => 120,
        "moderate" => 240,
        _ => 480,
    };
    let due = ticket.created + SignedDuration::from_mins(minutes);
    let mut properties = ticket.properties.clone();
    properties["supportTicketId"] = ticket.number.clone().into();
    properties["severity"] = ticket.severity.clone().into();
    properties["status"] = if ticket.is_open { "Open" } else { "Closed" }.into();
    properties["supportPlanType"] = ticket.plan.clone().into();
    properties["serviceLevelAgreement"] = json!({
        "startTime": ticket.created.to_string(),
        "expirationTime": due.to_string(),
        "slaMinutes": minutes,
    });
    properties["createdDate"] = ticket.created.to_string().into();
    properties["modifiedDate"] = ticket.modified.to_string().into();
    if let Some(engineer) = &ticket.engineer {
        properties["supportEngineer"] = json!({ "emailAddress": engineer });
    }
    json!({
        "id": format!("/subscriptions/{}{ROOT}/supportTickets/{}", ticket.subscription, ticket.name),
        "name": ticket.name,
        "type": "Microsoft.Support/supportTickets",
        "properties": properties,
    })
}
