//! Consents of applications in customers' tenants.

use serde_json::Value;

use super::audit::Deed;
use crate::{
    World,
    call::{Answer, Call, Refusal, Reply},
};

pub(crate) fn create(world: &mut World, call: &Call) -> Answer {
    let id = call.guid(0)?;
    if call.body["applicationId"].as_str().is_none() || !call.body["applicationGrants"].is_array() {
        return Err(Refusal::new(400, 3_000, "applicationId and applicationGrants are required."));
    }
    world.customer_mut(id)?.consents.push(call.body.clone());
    let by = call.caller.upn.as_deref();
    let deed = Deed {
        resource: "customer",
        operation: "add_application_consent",
        customer: Some(id),
        before: Value::Null,
        after: call.body.clone(),
    };
    world.record(by, deed);
    Ok(Reply::json(201, call.body.clone()))
}

pub(crate) fn delete(world: &mut World, call: &Call) -> Answer {
    let id = call.guid(0)?;
    let consents = &mut world.customer_mut(id)?.consents;
    let before = consents.len();
    consents.retain(|consent| consent["applicationId"].as_str() != Some(call.id(1)));
    if consents.len() == before {
        return Err(Refusal::missing());
    }
    Ok(Reply::empty(204))
}
