//! Licences: a suspended subscription's units show as suspended, which is how anybody can see that it worked.

use std::collections::BTreeMap;

use serde_json::json;

use crate::{
    World,
    call::{Answer, Call, list as envelope},
    world::{Kind, Status},
};

pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let customer = world.customer(call.guid(0)?)?;
    // Offer and name, to active and suspended units.
    let mut products: BTreeMap<(&str, &str), (u32, u32)> = BTreeMap::new();
    for subscription in customer.subscriptions.values().filter(|one| one.kind != Kind::AzurePlan) {
        let (active, suspended) =
            products.entry((&subscription.offer, &subscription.offer_name)).or_default();
        match subscription.status {
            Status::Active | Status::Expired => *active += subscription.quantity,
            Status::Suspended | Status::Disabled => *suspended += subscription.quantity,
            Status::Deleted => {}
        }
    }
    let items = products.into_iter().map(|((offer, name), (active, suspended))| {
        let consumed = active / 2;
        json!({
            "availableUnits": active - consumed,
            "activeUnits": active,
            "consumedUnits": consumed,
            "suspendedUnits": suspended,
            "totalUnits": active,
            "warningUnits": 0,
            "productSku": { "id": offer, "name": name, "skuPartNumber": offer, "targetType": "User", "licenseGroupId": "Group1" },
            "servicePlans": [],
            "capabilityStatus": if active > 0 { "Enabled" } else { "Suspended" },
            "attributes": { "objectType": "SubscribedSku" },
        })
    });
    Ok(envelope(items.collect()))
}
