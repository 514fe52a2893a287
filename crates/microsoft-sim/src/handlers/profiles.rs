//! The partner's own profiles.

use serde_json::{Value, json};

use super::audit::Deed;
use crate::{
    World,
    call::{Answer, Call, Refusal, Reply},
};

fn shown(world: &World) -> Value {
    let [email, telephone, website] = &world.partner.support;
    json!({
        "email": email,
        "telephone": telephone,
        "website": website,
        // The documents' example begins with a blank.
        "profileType": " support_profile",
        "links": { "self": { "uri": "/v1/profiles/support", "method": "GET", "headers": [] } },
        "attributes": { "objectType": "PartnerSupportProfile" },
    })
}

pub(crate) fn support(world: &mut World, _: &Call) -> Answer {
    Ok(Reply::ok(shown(world)))
}

pub(crate) fn put_support(world: &mut World, call: &Call) -> Answer {
    let before = shown(world);
    let field = |name: &str| call.body[name].as_str().unwrap_or_default().to_owned();
    if !field("profileType").trim().eq_ignore_ascii_case("support_profile") {
        return Err(Refusal::new(400, 3_000, "profileType is invalid."));
    }
    world.partner.support = [field("email"), field("telephone"), field("website")];
    let after = shown(world);
    let deed = Deed {
        resource: "partner",
        operation: "update_support_profile",
        customer: None,
        before,
        after: after.clone(),
    };
    world.record(call.caller.upn.as_deref(), deed);
    Ok(Reply::ok(after))
}

pub(crate) fn mpn(world: &mut World, call: &Call) -> Answer {
    let own = world.partner.mpn_id.clone();
    let asked = call.query("mpnId").unwrap_or(&own);
    let name = if asked == own {
        Some(world.partner.name.clone())
    } else {
        world.partners.iter().find(|partner| partner.mpn_id == asked).map(|partner| partner.name.clone())
    };
    let Some(name) = name else { return Err(Refusal::new(404, 3_000, "The partner was not found.")) };
    Ok(Reply::ok(json!({
        "partnerName": name,
        "mpnId": asked,
        "profileType": "MpnProfile",
        "attributes": { "objectType": "PartnerMpnProfile" },
    })))
}

pub(crate) fn organization(world: &mut World, _: &Call) -> Answer {
    let partner = &world.partner;
    Ok(Reply::ok(json!({
        "id": partner.tenant,
        "companyName": partner.name,
        "defaultAddress": { "country": partner.country, "city": "Lübeck", "addressLine1": "1 Example Street" },
        "tenantId": partner.tenant,
        "email": partner.support[0],
        "language": "en",
        "culture": "en-US",
        "profileType": "OrganizationProfile",
        "attributes": { "etag": "1", "objectType": "PartnerOrganizationProfile" },
    })))
}
