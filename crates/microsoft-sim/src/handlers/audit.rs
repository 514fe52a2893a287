//! The log: each write leaves a record with what was and what became.

use jiff::{civil::Date, tz::TimeZone};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    World,
    call::{Answer, Call, Refusal, Reply, encoded},
    world::{days, random},
};

/// What was touched, and how.
pub(crate) struct Deed<'a> {
    pub(crate) resource: &'a str,
    pub(crate) operation: &'a str,
    pub(crate) customer: Option<Uuid>,
    pub(crate) before: Value,
    pub(crate) after: Value,
}

impl World {
    /// Records a deed; the answer is the record's id.
    pub(crate) fn record(&mut self, by: Option<&str>, deed: Deed<'_>) -> String {
        let now = self.now();
        let Deed { resource, operation, customer, before, after } = deed;
        let plain = operation.replace('_', "");
        let customer_id = customer.map(|id| id.to_string()).unwrap_or_default();
        // Ticks are ours: what matters is that no two are the same.
        let ticks = now.as_microsecond() * 10 + i64::try_from(self.audit.len() % 10).unwrap_or(0);
        let id = format!("{}_{customer_id}_{plain}_{ticks}", self.partner.tenant);
        let name = customer.and_then(|id| self.customers.get(&id)).map(|customer| customer.company.clone());
        let text = |value: &Value| if value.is_null() { Value::Null } else { value.to_string().into() };
        let mut record = json!({
            "id": id,
            "partnerId": self.partner.tenant,
            "customerId": customer,
            "customerName": name,
            "userPrincipalName": by,
            "applicationId": self.application.id,
            "resourceType": resource,
            "resourceOldValue": text(&before),
            "resourceNewValue": text(&after),
            "operationType": operation,
            "originalCorrelationId": random(),
            "operationDate": now.to_string(),
            "operationStatus": "succeeded",
            "customizedData": [],
            "attributes": { "objectType": "AuditRecord" },
        });
        if let Value::Object(members) = &mut record {
            members.retain(|_, value| !value.is_null());
        }
        self.audit.push(record);
        id
    }
}

pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let today = world.now().to_zoned(TimeZone::UTC).date();
    let date = |name: &str, otherwise: Date| match call.query(name) {
        None => Ok(otherwise),
        Some(text) => text.parse().map_err(|_| Refusal::new(400, 2_000, &format!("{name} is invalid."))),
    };
    let month_ago = (world.now() - days(30)).to_zoned(TimeZone::UTC).date();
    let (start, end) = (date("startDate", month_ago)?, date("endDate", today)?);
    let filter = call.filter()?;
    let mut items = Vec::new();
    for record in world.audit.iter().rev() {
        let day =
            record["operationDate"].as_str().and_then(|text| text.get(..10)).and_then(|day| day.parse().ok());
        let inside = day.is_some_and(|day: Date| start <= day && day <= end);
        let passes = match &filter {
            None => true,
            Some(filter) => {
                let field = match filter.field.as_str() {
                    "companyname" => "customerName",
                    "customerid" => "customerId",
                    "resourcetype" => "resourceType",
                    _ => return Err(Refusal::new(400, 3_000, "The filter's field is invalid.")),
                };
                filter.passes(record[field].as_str().unwrap_or_default())?
            }
        };
        if inside && passes {
            items.push(record.clone());
        }
    }
    seek_page(world, call, items, 500)
}

pub(crate) fn get(world: &mut World, call: &Call) -> Answer {
    let found = world.audit.iter().find(|record| record["id"].as_str() == Some(call.id(0)));
    found.cloned().map(Reply::ok).ok_or_else(Refusal::missing)
}

/// A page of a list that goes on by token. The token stands for one page of one list; the documents say no more of it.
pub(crate) fn seek_page(world: &mut World, call: &Call, items: Vec<Value>, default: usize) -> Answer {
    let size = match call.number("size", default)? {
        // All that there are, up to a cap that is ours.
        0 => 500,
        size => size.min(500),
    };
    let path = format!("/{}", call.path[1..].join("/"));
    let goes_on = call.query("seekOperation").is_some_and(|word| word.eq_ignore_ascii_case("next"));
    let offset = match (goes_on, call.header("ms-continuationtoken")) {
        (false, _) => 0,
        (true, token) => {
            let found = token.and_then(|token| world.seeks.get(token)).filter(|(list, _)| *list == path);
            found
                .map(|(_, offset)| *offset)
                .ok_or_else(|| Refusal::new(400, 3_000, "The continuation token is invalid."))?
        }
    };
    let all = items.len();
    let items: Vec<Value> = items.into_iter().skip(offset).take(size).collect();
    let kept = ["filter", "startDate", "endDate"]
        .iter()
        .filter_map(|name| call.query(name).map(|value| format!("&{name}={}", encoded(value))));
    let kept: String = kept.collect();
    let own = json!({ "uri": format!("{path}?size={size}{kept}"), "method": "GET", "headers": [] });
    let mut links = json!({ "self": own });
    if offset + items.len() < all {
        let token = random().simple().to_string();
        links["next"] = json!({
            "uri": format!("{path}?size={size}{kept}&seekOperation=Next"),
            "method": "GET",
            "headers": [{ "key": "MS-ContinuationToken", "value": token }],
        });
        world.seeks.insert(token, (path, offset + items.len()));
    }
    Ok(Reply::ok(json!({
        // Of this page, for lists of this kind.
        "totalCount": items.len(),
        "items": items,
        "links": links,
        "attributes": { "objectType": "Collection" },
    })))
}
