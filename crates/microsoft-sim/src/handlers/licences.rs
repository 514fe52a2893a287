//! Licences: a suspended subscription's units show as suspended, which is how anybody can see that it worked.

use std::collections::BTreeMap;

use serde_json::json;
use uuid::Uuid;

use crate::{
    World,
    call::{Answer, Call, list as envelope},
    world::{Kind, Status},
};

impl World {
    /// Leaves so many seats of a subscription to nobody, as the customer's own administrator does. Whether there is such a one.
    pub fn leave_unassigned(&mut self, id: Uuid, seats: u32) -> bool {
        let mut all = self.customers.values_mut().flat_map(|customer| customer.subscriptions.values_mut());
        let Some(one) = all.find(|one| one.id == id) else { return false };
        one.unassigned = seats;
        true
    }
}

pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let customer = world.customer(call.guid(0)?)?;
    // Offer and name, to active, assigned and suspended units.
    let mut products: BTreeMap<(&str, &str), (u32, u32, u32)> = BTreeMap::new();
    for subscription in customer.subscriptions.values().filter(|one| one.kind != Kind::AzurePlan) {
        let (active, consumed, suspended) =
            products.entry((&subscription.offer, &subscription.offer_name)).or_default();
        match subscription.status {
            Status::Active | Status::Expired => {
                *active += subscription.quantity;
                *consumed += subscription.quantity.saturating_sub(subscription.unassigned);
            }
            Status::Suspended | Status::Disabled => *suspended += subscription.quantity,
            Status::Deleted => {}
        }
    }
    let items = products.into_iter().map(|((offer, name), (active, consumed, suspended))| {
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
