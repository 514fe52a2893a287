//! Subscriptions of a customer, and who supports them.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{
    audit::Deed,
    customers::fresh,
    subscription::{changed, etag, follow, shown},
};
use crate::{
    World,
    call::{Answer, Call, Refusal, Reply, list as envelope},
    world::{Kind, Status, Subscription},
};

/// The most licences: ours where there is no sandbox.
const MOST: u32 = 10_000;
const MOST_IN_A_SANDBOX: u32 = 25;
/// How long it takes until a change shows in provisioning.
const PROVISIONED_AFTER: SignedDuration = SignedDuration::from_mins(15);

fn missing() -> Refusal {
    Refusal::new(404, 20_003, "The subscription was not found.")
}

fn find<'w>(world: &'w World, call: &Call) -> Result<&'w Subscription, Refusal> {
    let customer = world.customer(call.guid(0)?)?;
    customer.subscriptions.get(&call.guid(1)?).ok_or_else(missing)
}

pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let customer = world.customer(call.guid(0)?)?;
    Ok(envelope(customer.subscriptions.values().map(|one| shown(customer.id, one)).collect()))
}

pub(crate) fn get(world: &mut World, call: &Call) -> Answer {
    Ok(Reply::ok(shown(call.guid(0)?, find(world, call)?)))
}

pub(crate) fn add_ons(world: &mut World, call: &Call) -> Answer {
    let (customer, parent) = (world.customer(call.guid(0)?)?, find(world, call)?);
    let add_ons = customer.subscriptions.values().filter(|one| one.parent == Some(parent.id));
    Ok(envelope(add_ons.map(|one| shown(customer.id, one)).collect()))
}

pub(crate) fn patch(world: &mut World, call: &Call) -> Answer {
    let (now, takes, id) = (world.now(), world.change_takes, call.guid(0)?);
    let most = if world.sandbox { MOST_IN_A_SANDBOX } else { MOST };
    let customer = world.customer(id)?;
    let subscription = find(world, call)?;
    if subscription.pending.is_some() || subscription.is_renewing(now) {
        return Err(Refusal::new(409, 800_082, "The subscription is not ready to be updated."));
    }
    if let Some(etag) = etag(subscription) {
        fresh(call, &etag)?;
    }
    let next = changed(customer, subscription, &call.body, now, most)?;
    let before = shown(id, subscription);
    let after = shown(id, &next);
    let customer = world.customer_mut(id)?;
    let Some(held) = customer.subscriptions.get_mut(&next.id) else { return Err(missing()) };
    if takes > SignedDuration::ZERO {
        held.pending = Some((Box::new(next), now + takes));
        let place = format!("/customers/{id}/subscriptions/{}", call.id(1));
        return Ok(Reply::empty(202).with("Location", place));
    }
    let (subscription, status, old) = (next.id, next.status, held.status);
    *held = next;
    if status != old {
        follow(customer, subscription, status, now);
    }
    world.changed(call.caller.upn.as_deref(), id, before, after.clone());
    Ok(Reply::ok(after))
}

pub(crate) fn provisioning(world: &mut World, call: &Call) -> Answer {
    let subscription = find(world, call)?;
    let done = subscription.changed + PROVISIONED_AFTER <= world.now();
    Ok(Reply::ok(json!({
        "skuId": subscription.offer,
        "status": if done { "success" } else { "pending" },
        "quantity": subscription.quantity,
        "endDate": subscription.term_ends.to_string(),
        "attributes": { "objectType": "SubscriptionProvisioningStatus" },
    })))
}

fn contact(world: &World, call: &Call, subscription: &Subscription) -> Value {
    let own = (world.partner.tenant, world.partner.mpn_id.clone(), world.partner.name.clone());
    let (tenant, mpn_id, name) = subscription.supporter.clone().unwrap_or(own);
    let place = format!("/customers/{}/subscriptions/{}/supportcontact", call.id(0), call.id(1));
    json!({
        "supportTenantId": tenant,
        "supportMpnId": mpn_id,
        "name": name,
        "links": { "self": { "uri": place, "method": "Get", "headers": [] } },
        "attributes": { "objectType": "SupportContact" },
    })
}

pub(crate) fn support_contact(world: &mut World, call: &Call) -> Answer {
    let subscription = find(world, call)?;
    Ok(Reply::ok(contact(world, call, subscription)))
}

pub(crate) fn put_support_contact(world: &mut World, call: &Call) -> Answer {
    let before = contact(world, call, find(world, call)?);
    let wanted: Option<uuid::Uuid> = call.body["supportTenantId"].as_str().and_then(|id| id.parse().ok());
    let supporter = match wanted {
        Some(tenant) if tenant == world.partner.tenant => None,
        Some(tenant) => {
            let found = world.partners.iter().find(|partner| !partner.provider && partner.tenant == tenant);
            let found =
                found.filter(|partner| Some(partner.mpn_id.as_str()) == call.body["supportMpnId"].as_str());
            let words = "The support contact is no reseller of the partner.";
            let found = found.ok_or_else(|| Refusal::new(400, 3_000, words))?;
            Some((found.tenant, found.mpn_id.clone(), found.name.clone()))
        }
        None => return Err(Refusal::new(400, 3_000, "supportTenantId is required.")),
    };
    let (id, subscription) = (call.guid(0)?, call.guid(1)?);
    world.customer_mut(id)?.subscriptions.get_mut(&subscription).ok_or_else(missing)?.supporter = supporter;
    let after = contact(world, call, find(world, call)?);
    let deed = Deed {
        resource: "subscription",
        operation: "update_subscription_support_contact",
        customer: Some(id),
        before,
        after: after.clone(),
    };
    world.record(call.caller.upn.as_deref(), deed);
    Ok(Reply::ok(after))
}

fn entitlement(subscription: &Subscription) -> Value {
    json!({
        "id": subscription.id,
        "friendlyName": subscription.friendly_name,
        "status": if subscription.entitled { "active" } else { "inactive" },
        "subscriptionId": subscription.id,
        "attributes": { "objectType": "AzureEntitlement" },
    })
}

/// The plan has one Azure subscription, of the same id.
pub(crate) fn entitlements(world: &mut World, call: &Call) -> Answer {
    let subscription = find(world, call)?;
    let items =
        if subscription.kind == Kind::AzurePlan { vec![entitlement(subscription)] } else { Vec::new() };
    Ok(envelope(items))
}

pub(crate) fn cancel_entitlement(world: &mut World, call: &Call) -> Answer {
    if call.body["cancellationReason"].as_str() != Some("compromise") {
        return Err(Refusal::new(400, 900_307, "The cancellation reason is invalid."));
    }
    let (id, subscription) = (call.guid(0)?, call.guid(1)?);
    let held = world.customer_mut(id)?.subscriptions.get_mut(&subscription).ok_or_else(missing)?;
    if held.kind != Kind::AzurePlan || held.status != Status::Active || call.guid(2)? != held.id {
        return Err(Refusal::new(404, 800_111, "The Azure entitlement was not found."));
    }
    held.entitled = false;
    Ok(Reply::ok(entitlement(held)))
}
