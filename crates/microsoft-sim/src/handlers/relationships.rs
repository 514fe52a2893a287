//! Partners among themselves.

use serde_json::{Value, json};

use crate::{
    World,
    call::{Answer, Call, Refusal, Reply, list as envelope},
    seed::OtherPartner,
};

pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let (providers, word) = match call.query("relationship_type") {
        Some("IsIndirectCloudSolutionProviderOf") => (false, "is_indirect_cloud_solution_provider_of"),
        Some("IsIndirectResellerOf") => (true, "is_indirect_reseller_of"),
        _ => return Err(Refusal::new(400, 3_000, "relationship_type is invalid.")),
    };
    let filter = call.filter()?;
    let mut items = Vec::new();
    for partner in world.partners.iter().filter(|partner| partner.provider == providers) {
        if filter.as_ref().map_or(Ok(true), |filter| filter.passes(&partner.name))? {
            items.push(item(partner, word));
        }
    }
    Ok(envelope(items))
}

pub(crate) fn of_customer(world: &mut World, call: &Call) -> Answer {
    let reseller = world.customer(call.guid(0)?)?.reseller.clone();
    let found = world.partners.iter().filter(|partner| Some(&partner.mpn_id) == reseller.as_ref());
    Ok(envelope(found.map(|partner| item(partner, "is_indirect_reseller_of")).collect()))
}

/// The link by which somebody becomes a customer.
pub(crate) fn invitation(world: &mut World, _: &Call) -> Answer {
    let url = format!(
        "https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship&partnerId={}&msppId=0&DAP=false",
        world.partner.tenant
    );
    Ok(Reply::ok(json!({ "url": url, "attributes": { "objectType": "CustomerRelationshipRequest" } })))
}

fn item(partner: &OtherPartner, word: &str) -> Value {
    json!({
        "id": partner.tenant,
        "name": partner.name,
        "relationshipType": word,
        "state": "Active",
        "mpnId": partner.mpn_id,
        "location": partner.country,
        "attributes": { "objectType": "PartnerRelationship" },
    })
}
