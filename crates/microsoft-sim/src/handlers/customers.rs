//! Customers and their profiles.

use serde_json::{Value, json};
use uuid::Uuid;

use super::audit::{Deed, seek_page};
use crate::{
    World,
    call::{Answer, Call, Refusal, Reply, list as envelope},
    world::{Customer, Status, random},
};

pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let filter = call.filter()?;
    let mut items = Vec::new();
    for customer in world.customers.values().filter(|customer| customer.ours) {
        let passes = match &filter {
            None => true,
            Some(filter) => match filter.field.as_str() {
                "companyname" => filter.passes(&customer.company)?,
                "domain" => filter.passes(&customer.domain)?,
                // The filter has the reseller's tenant.
                "indirectreseller" => {
                    let tenant = customer.reseller.as_ref().and_then(|id| tenant_of(world, id));
                    filter.passes(&tenant.map(|id| id.to_string()).unwrap_or_default())?
                }
                _ => return Err(Refusal::new(400, 3_000, "The filter's field is invalid.")),
            },
        };
        if passes {
            items.push((customer.company.clone(), short(customer)));
        }
    }
    items.sort_by(|(one, _), (other, _)| one.cmp(other));
    let items = items.into_iter().map(|(_, item)| item).collect();
    seek_page(world, call, items, 100)
}

fn tenant_of(world: &World, mpn_id: &str) -> Option<Uuid> {
    world.partners.iter().find(|partner| partner.mpn_id == mpn_id).map(|partner| partner.tenant)
}

pub(crate) fn get(world: &mut World, call: &Call) -> Answer {
    // Without a relationship its profile does not exist; that is our reading.
    let customer = world.customer(call.guid(0)?).map_err(|_| Refusal::missing())?;
    Ok(Reply::ok(full(customer)))
}

pub(crate) fn create(world: &mut World, call: &Call) -> Answer {
    if world.sandbox && world.customers.len() >= 75 {
        return Err(Refusal::new(400, 2_000, "A sandbox has at most 75 customers."));
    }
    let company = &call.body["companyProfile"];
    let text = |value: &Value| value.as_str().map(ToOwned::to_owned).filter(|text| !text.is_empty());
    let (Some(name), Some(domain)) = (text(&company["companyName"]), text(&company["domain"])) else {
        return Err(Refusal::new(400, 3_000, "companyName and domain are required."));
    };
    if world.customers.values().any(|customer| customer.domain.eq_ignore_ascii_case(&domain)) {
        return Err(Refusal::new(409, 2_000, "The domain is taken."));
    }
    let profile = &call.body["billingProfile"];
    let address = &profile["defaultAddress"];
    let id = random();
    let customer = Customer {
        id,
        company: name,
        domain,
        domains: Vec::new(),
        country: text(&address["country"]).unwrap_or_else(|| "US".into()),
        city: text(&address["city"]).unwrap_or_default(),
        language: text(&profile["language"]).unwrap_or_else(|| "en".into()),
        ours: true,
        delegated_admin: true,
        reseller: text(&call.body["associatedPartnerId"]),
        billing: json!({}),
        billing_version: 1,
        consents: Vec::new(),
        subscriptions: std::collections::BTreeMap::new(),
    };
    let mut answer = full(&customer);
    world.customers.insert(id, customer);
    let by = call.caller.upn.as_deref();
    let after = answer.clone();
    world.record(
        by,
        Deed {
            resource: "customer",
            operation: "add_customer",
            customer: Some(id),
            before: Value::Null,
            after,
        },
    );
    answer["userCredentials"] = json!({ "userName": "admin", "password": random().simple().to_string() });
    Ok(Reply::json(201, answer))
}

pub(crate) fn patch(world: &mut World, call: &Call) -> Answer {
    let id = call.guid(0)?;
    let before = full(world.customer(id)?);
    let ends =
        call.body["relationshipToPartner"].as_str().is_some_and(|word| word.eq_ignore_ascii_case("none"));
    let customer = world.customer_mut(id)?;
    let operation = match (ends, &call.body["allowDelegatedAccess"]) {
        (true, _) => {
            let running = |status| !matches!(status, Status::Suspended | Status::Deleted);
            if customer.subscriptions.values().any(|subscription| running(subscription.status)) {
                return Err(Refusal::new(400, 2_000, "All subscriptions have to be suspended first."));
            }
            customer.ours = false;
            "remove_partner_customer_relationship"
        }
        (false, Value::Bool(false)) => {
            customer.delegated_admin = false;
            "dap_admin_relationship_terminated"
        }
        (false, _) => return Err(Refusal::new(400, 3_000, "Nothing of this can be changed.")),
    };
    let mut after = full(customer);
    if ends {
        after["relationshipToPartner"] = "none".into();
    }
    let by = call.caller.upn.as_deref();
    world.record(
        by,
        Deed { resource: "customer", operation, customer: Some(id), before, after: after.clone() },
    );
    Ok(Reply::ok(after))
}

pub(crate) fn delete(world: &mut World, call: &Call) -> Answer {
    let id = call.guid(0)?;
    if !world.sandbox {
        return Err(Refusal::new(403, 2_000, "Customers can be deleted in a sandbox only."));
    }
    let before = full(world.customer(id)?);
    world.customers.remove(&id);
    let by = call.caller.upn.as_deref();
    world.record(
        by,
        Deed {
            resource: "customer",
            operation: "delete_customer",
            customer: None,
            before,
            after: Value::Null,
        },
    );
    Ok(Reply::empty(204))
}

pub(crate) fn company(world: &mut World, call: &Call) -> Answer {
    let customer = world.customer(call.guid(0)?).map_err(|_| Refusal::missing())?;
    Ok(Reply::ok(company_profile(customer)))
}

pub(crate) fn billing(world: &mut World, call: &Call) -> Answer {
    let customer = world.customer(call.guid(0)?).map_err(|_| Refusal::missing())?;
    Ok(Reply::ok(billing_profile(customer)))
}

pub(crate) fn put_billing(world: &mut World, call: &Call) -> Answer {
    let id = call.guid(0)?;
    let customer = world.customer_mut(id).map_err(|_| Refusal::missing())?;
    let before = billing_profile(customer);
    fresh(call, &etag(customer.billing_version))?;
    if !call.body["defaultAddress"].is_object() {
        return Err(Refusal::new(400, 3_000, "The whole profile is required."));
    }
    customer.billing = call.body.clone();
    customer.billing_version += 1;
    let after = billing_profile(customer);
    let by = call.caller.upn.as_deref();
    let deed = Deed {
        resource: "customer",
        operation: "update_customer_billing_profile",
        customer: Some(id),
        before,
        after: after.clone(),
    };
    world.record(by, deed);
    Ok(Reply::ok(after))
}

/// Whether the caller saw the newest state: by header, or else by the body; `*` is any.
pub(crate) fn fresh(call: &Call, etag: &str) -> Result<(), Refusal> {
    let in_body = call.body["attributes"]["etag"].as_str();
    let seen = call.header("if-match").or(in_body).map(|text| text.trim_matches('"'));
    match seen {
        Some(seen) if seen != "*" && seen != etag => {
            Err(Refusal::new(400, 2_055, "The ETag is no longer valid."))
        }
        _ => Ok(()),
    }
}

pub(crate) fn managed_services(world: &mut World, call: &Call) -> Answer {
    let customer = world.customer(call.guid(0)?).map_err(|_| Refusal::missing())?;
    let link = |page: &str| {
        let uri = format!(
            "https://portal.office.com/Partner/BeginClientSession.aspx?CTID={}&CSDEST={page}",
            customer.id
        );
        json!({ "uri": uri, "method": "GET", "headers": [] })
    };
    let service = |id: &str, name: &str| {
        json!({
            "id": id,
            "name": name,
            "groupName": "Office",
            "links": { "adminService": link(id), "serviceHealth": link("ServiceStatus"), "serviceTicket": link("Support") },
            "attributes": { "objectType": "ManagedService" },
        })
    };
    Ok(envelope(vec![service("Exchange", "Exchange"), service("SharePoint", "SharePoint")]))
}

fn link(customer: &Customer, more: &str) -> Value {
    json!({ "self": { "uri": format!("/customers/{}{more}", customer.id), "method": "GET", "headers": [] } })
}

fn short(customer: &Customer) -> Value {
    json!({
        "id": customer.id,
        "companyProfile": {
            "tenantId": customer.id,
            "domain": customer.domain,
            "companyName": customer.company,
            "links": link(customer, "/profiles/company"),
            "attributes": { "objectType": "CustomerCompanyProfile" },
        },
        "relationshipToPartner": "reseller",
        "links": link(customer, ""),
        "attributes": { "objectType": "Customer" },
    })
}

fn full(customer: &Customer) -> Value {
    let mut full = short(customer);
    full["commerceId"] = json!(customer.id);
    full["companyProfile"] = company_profile(customer);
    full["billingProfile"] = billing_profile(customer);
    full["allowDelegatedAccess"] = customer.delegated_admin.into();
    let domains: Vec<&String> = std::iter::once(&customer.domain).chain(&customer.domains).collect();
    full["customDomains"] = json!(domains);
    if let Some(reseller) = &customer.reseller {
        full["associatedPartnerId"] = reseller.clone().into();
    }
    full
}

fn address(customer: &Customer) -> Value {
    json!({
        "country": customer.country,
        "city": customer.city,
        "addressLine1": "1 Example Street",
        "postalCode": "10000",
        "firstName": "Example",
        "lastName": "Person",
    })
}

fn company_profile(customer: &Customer) -> Value {
    json!({
        "tenantId": customer.id,
        "domain": customer.domain,
        "companyName": customer.company,
        "address": address(customer),
        "email": format!("it@{}", customer.domain),
        "links": link(customer, "/profiles/company"),
        "attributes": { "objectType": "CustomerCompanyProfile" },
    })
}

pub(crate) fn etag(version: u32) -> String {
    format!("-4{:018}", u64::from(version) * 7_919)
}

fn billing_profile(customer: &Customer) -> Value {
    let mut profile = json!({
        "id": customer.id,
        "firstName": "Example",
        "lastName": "Person",
        "email": format!("accounts@{}", customer.domain),
        "culture": format!("{}-{}", customer.language, customer.country),
        "language": customer.language,
        "companyName": customer.company,
        "defaultAddress": address(customer),
    });
    if let (Value::Object(profile), Value::Object(written)) = (&mut profile, &customer.billing) {
        for (name, value) in
            written.iter().filter(|(name, _)| !["id", "links", "attributes"].contains(&name.as_str()))
        {
            profile.insert(name.clone(), value.clone());
        }
    }
    profile["links"] = link(customer, "/profiles/billing");
    profile["attributes"] =
        json!({ "etag": etag(customer.billing_version), "objectType": "CustomerBillingProfile" });
    profile
}
