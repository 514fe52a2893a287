//! The registration for events, and the queue of those that are on their way.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::{
    Certificate, World,
    call::{Answer, Call, Refusal, Reply},
    world::random,
};

pub(crate) const EVENTS: &[&str] = &[
    "subscription-updated",
    "test-created",
    "usagerecords-thresholdExceeded",
    "invoice-ready",
    "azure-fraud-event-detected",
    "dap-admin-relationship-terminated",
    "granular-admin-relationship-expired",
];

/// After so many attempts an event is given up.
pub(crate) const ATTEMPTS: usize = 10;
/// Between attempts, doubling each time. The documents do not say.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(30);

#[derive(Debug)]
pub(crate) struct Webhooks {
    pub(crate) registration: Option<Registration>,
    pub(crate) queue: Vec<Delivery>,
    /// Those given up.
    pub(crate) offline: Vec<Delivery>,
    pub(crate) tests: Vec<Delivery>,
    /// How late events come: up to 48 hours, say the documents.
    pub(crate) late: SignedDuration,
    pub(crate) copies: usize,
    pub(crate) newest_first: bool,
    pub(crate) certificate: Certificate,
}

impl Default for Webhooks {
    fn default() -> Self {
        Self {
            registration: None,
            queue: Vec::new(),
            offline: Vec::new(),
            tests: Vec::new(),
            late: SignedDuration::ZERO,
            copies: 1,
            newest_first: false,
            certificate: Certificate::Good,
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Registration {
    id: String,
    pub(crate) url: String,
    events: Vec<String>,
    /// Whether the signature goes in a header of its own.
    pub(crate) own_header: bool,
}

/// An event on its way.
#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    /// The test it belongs to, or one of its own.
    pub(crate) id: String,
    pub(crate) body: String,
    pub(crate) due: Timestamp,
    /// What each attempt came to, and when.
    pub(crate) results: Vec<(String, Timestamp)>,
    pub(crate) done: bool,
}

impl World {
    /// Tells of a change, if somebody registered for that.
    pub(crate) fn tell(&mut self, event: &str, resource: &str, place: &str, audit: Option<&str>) -> String {
        let (now, id) = (self.now(), random().to_string());
        let (base, _) = crate::login::audiences(self.cloud);
        let listens = |registration: &Registration| registration.events.iter().any(|name| name == event);
        if !self.webhooks.registration.as_ref().is_some_and(listens) {
            return id;
        }
        let place = place.replace("{id}", &id);
        let body = json!({
            "EventName": event,
            "ResourceUri": format!("{base}/webhooks/v1/{place}"),
            "ResourceName": resource,
            "AuditUri": audit.map(|id| format!("{base}/v1/auditrecords/{id}")),
            "ResourceChangeUtcDate": now.strftime("%Y-%m-%dT%H:%M:%S%.7f+00:00").to_string(),
        });
        let due = now + self.webhooks.late;
        let delivery =
            Delivery { id: id.clone(), body: body.to_string(), due, results: Vec::new(), done: false };
        for _ in 0..self.webhooks.copies {
            self.webhooks.queue.push(delivery.clone());
        }
        id
    }

    /// How events are on their way: so late, in so many copies, the newest first or not, signed with this.
    pub fn events_come(
        &mut self,
        late: SignedDuration,
        copies: usize,
        newest_first: bool,
        signed_with: Certificate,
    ) {
        let webhooks = &mut self.webhooks;
        (webhooks.late, webhooks.copies) = (late, copies);
        (webhooks.newest_first, webhooks.certificate) = (newest_first, signed_with);
    }

    /// The authority that a receiver of events has to trust, in PEM.
    #[must_use]
    pub fn events_authority(&self) -> String {
        self.signer.authority().to_owned()
    }

    /// How many events are waiting, and how many were given up.
    #[must_use]
    pub fn events_waiting(&self) -> (usize, usize) {
        (self.webhooks.queue.len(), self.webhooks.offline.len())
    }

    /// The next event that is due, taken out of the queue.
    pub(crate) fn due(&mut self) -> Option<(Registration, Delivery)> {
        let now = self.now();
        let registration = self.webhooks.registration.clone()?;
        let mut due = self.webhooks.queue.iter().enumerate().filter(|(_, delivery)| delivery.due <= now);
        let (at, _) = if self.webhooks.newest_first { due.next_back()? } else { due.next()? };
        Some((registration, self.webhooks.queue.remove(at)))
    }

    /// What an attempt came to.
    pub(crate) fn attempted(&mut self, mut delivery: Delivery, result: String, arrived: bool) {
        let now = self.now();
        delivery.results.push((result, now));
        delivery.done = arrived || delivery.results.len() >= ATTEMPTS;
        if let Some(test) = self.webhooks.tests.iter_mut().find(|test| test.id == delivery.id) {
            test.results.clone_from(&delivery.results);
            test.done = delivery.done;
        }
        if arrived {
            return;
        }
        if delivery.done {
            self.webhooks.offline.push(delivery);
            return;
        }
        let doublings = u32::try_from(delivery.results.len() - 1).unwrap_or(0);
        delivery.due = now + FIRST_WAIT * 2_i32.pow(doublings);
        self.webhooks.queue.push(delivery);
    }
}

fn shown(registration: &Registration) -> Value {
    json!({
        "SubscriberId": registration.id,
        "WebhookUrl": registration.url,
        "WebhookEvents": registration.events,
    })
}

fn read(call: &Call) -> Result<Registration, Refusal> {
    let events: Vec<String> = call.body["webhookEvents"]
        .as_array()
        .map(|events| events.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect())
        .unwrap_or_default();
    let url = call.body["webhookUrl"].as_str().unwrap_or_default();
    // Of this machine: a simulator sends nothing to anybody else.
    if !crate::login::is_local(url)
        || events.is_empty()
        || !events.iter().all(|event| EVENTS.contains(&event.as_str()))
    {
        return Err(Refusal::new(400, 3_000, "WebhookUrl or WebhookEvents is invalid."));
    }
    let own_header = call.body["signatureTokenToMsSignatureHeader"].as_bool().unwrap_or(false);
    Ok(Registration { id: random().to_string(), url: url.to_owned(), events, own_header })
}

pub(crate) fn events(_: &mut World, _: &Call) -> Answer {
    // A bare array, as documented.
    Ok(Reply::ok(json!(EVENTS)))
}

pub(crate) fn get(world: &mut World, _: &Call) -> Answer {
    world.webhooks.registration.as_ref().map(|one| Reply::ok(shown(one))).ok_or_else(Refusal::missing)
}

pub(crate) fn create(world: &mut World, call: &Call) -> Answer {
    let registration = read(call)?;
    if world.webhooks.registration.is_some() {
        return Err(Refusal::new(409, 2_000, "There is a registration."));
    }
    world.webhooks.registration = Some(registration.clone());
    Ok(Reply::ok(shown(&registration)))
}

pub(crate) fn replace(world: &mut World, call: &Call) -> Answer {
    let wanted = read(call)?;
    let Some(held) = &mut world.webhooks.registration else { return Err(Refusal::missing()) };
    *held = Registration { id: held.id.clone(), ..wanted };
    Ok(Reply::ok(shown(held)))
}

pub(crate) fn validate(world: &mut World, _: &Call) -> Answer {
    let listens = |one: &Registration| one.events.iter().any(|name| name == "test-created");
    if !world.webhooks.registration.as_ref().is_some_and(listens) {
        return Err(Refusal::new(400, 2_000, "test-created is not registered."));
    }
    let id = world.tell("test-created", "test", "registration/validationEvents/{id}", None);
    let test =
        Delivery { id: id.clone(), body: String::new(), due: world.now(), results: Vec::new(), done: false };
    world.webhooks.tests.push(test);
    Ok(Reply::ok(json!({ "correlationId": id })))
}

pub(crate) fn validation(world: &mut World, call: &Call) -> Answer {
    let test = world.webhooks.tests.iter().find(|test| test.id == call.id(0)).ok_or_else(Refusal::missing)?;
    let result = |(answer, at): &(String, Timestamp)| json!({ "responseCode": answer, "responseMessage": "", "systemError": false, "dateTimeUtc": at.to_string() });
    let url = world.webhooks.registration.as_ref().map(|one| one.url.clone());
    Ok(Reply::ok(json!({
        "correlationId": test.id,
        "partnerId": world.partner.tenant,
        "status": if test.done { "completed" } else { "pending" },
        "callbackUrl": url,
        "results": test.results.iter().map(result).collect::<Vec<_>>(),
    })))
}
