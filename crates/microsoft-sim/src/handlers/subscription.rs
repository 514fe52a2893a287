//! The life of a subscription: what time does to it, and which changes are allowed.

use domain::cloud::Cloud;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    World,
    call::Refusal,
    handlers::audit::Deed,
    world::{Customer, Kind, Status, Subscription, a_year_after, days},
};

/// How long a legacy subscription may stay suspended, and with 21Vianet.
const LEGACY_SUSPENDED: i64 = 90;
const SUSPENDED_IN_CHINA: i64 = 60;
/// How long an ended subscription stays readable, and then recoverable.
const EXPIRED: i64 = 30;
const DISABLED: i64 = 90;
/// How long a purchase may be taken back.
pub(crate) const WINDOW: i64 = 7;
/// And that of a publisher, in hours.
const MARKETPLACE_WINDOW: i64 = 72;

impl World {
    /// Does what became due since the last call: changes that took their time, terms that ended.
    pub(crate) fn settle(&mut self) {
        let (now, takes) = (self.now(), self.renewal_takes);
        let suspended = if self.cloud == Cloud::China { SUSPENDED_IN_CHINA } else { LEGACY_SUSPENDED };
        let mut done: Vec<(Uuid, Value, Value)> = Vec::new();
        for customer in self.customers.values_mut() {
            let mut switched = Vec::new();
            for subscription in customer.subscriptions.values_mut() {
                let before = shown(customer.id, subscription);
                let due = subscription.pending.as_ref().is_some_and(|(_, at)| *at <= now);
                if let Some((next, at)) = subscription.pending.take_if(|_| due) {
                    *subscription = *next;
                    subscription.changed = at;
                    switched.push((subscription.id, subscription.status));
                }
                while age(subscription, now, takes, days(suspended)) {}
                let after = shown(customer.id, subscription);
                if before != after {
                    done.push((customer.id, before, after));
                }
            }
            for (id, status) in switched {
                follow(customer, id, status, now);
            }
        }
        for (customer, before, after) in done {
            self.changed(None, customer, before, after);
        }
    }

    /// Changes a subscription as somebody else does, past every rule. Whether there is such a one.
    pub fn somebody_else_changes(
        &mut self,
        id: Uuid,
        quantity: Option<u32>,
        auto_renew: Option<bool>,
        status: Option<Status>,
    ) -> bool {
        let now = self.now();
        let found = self.customers.values_mut().find_map(|customer| {
            let tenant = customer.id;
            let one = customer.subscriptions.get_mut(&id)?;
            let before = shown(tenant, one);
            one.quantity = quantity.unwrap_or(one.quantity);
            one.auto_renew = auto_renew.unwrap_or(one.auto_renew);
            match status.filter(|status| *status != one.status) {
                Some(status) => one.stand(status, now),
                None => one.version += 1,
            }
            Some((tenant, before, shown(tenant, one)))
        });
        let Some((tenant, before, after)) = found else { return false };
        self.changed(Some("somebody@partner.example"), tenant, before, after);
        true
    }

    /// Records a change of a subscription, and tells of it.
    pub(crate) fn changed(&mut self, by: Option<&str>, customer: Uuid, before: Value, after: Value) {
        let id = after["id"].as_str().unwrap_or_default().to_owned();
        let deed = Deed {
            resource: "subscription",
            operation: "update_subscription",
            customer: Some(customer),
            before,
            after,
        };
        let record = self.record(by, deed);
        let place = format!("customers/{customer}/subscriptions/{id}");
        self.tell("subscription-updated", "subscription", &place, Some(&record));
    }
}

/// One step of what time does. Whether there was one.
fn age(
    subscription: &mut Subscription,
    now: Timestamp,
    renewal_takes: SignedDuration,
    suspended: SignedDuration,
) -> bool {
    let is_new = subscription.kind == Kind::NewCommerce;
    let renews = is_new || matches!(subscription.kind, Kind::Legacy | Kind::Marketplace);
    if renews && subscription.is_renewing(now) {
        if now < subscription.term_ends + renewal_takes {
            return false;
        }
        subscription.term_began = subscription.term_ends;
        subscription.term_ends = a_year_after(subscription.term_began);
        subscription.trial = false;
        if let Some(next) = subscription.scheduled.take() {
            let wanted = next["quantity"].as_u64().and_then(|wanted| u32::try_from(wanted).ok());
            subscription.quantity = wanted.unwrap_or(subscription.quantity);
        }
        subscription.refundable = (subscription.quantity, subscription.term_began + days(WINDOW));
        subscription.version += 1;
        return true;
    }
    let since = subscription.status_since;
    let (to, at) = match subscription.status {
        Status::Active if is_new && subscription.term_ends <= now => {
            (Status::Expired, subscription.term_ends)
        }
        // The documents say both expired and disabled; users have no access, so it is disabled.
        Status::Suspended if is_new && subscription.term_ends <= now => {
            (Status::Disabled, subscription.term_ends)
        }
        Status::Suspended if !is_new && since + suspended <= now => (Status::Deleted, since + suspended),
        Status::Expired if since + days(EXPIRED) <= now => (Status::Disabled, since + days(EXPIRED)),
        Status::Disabled if since + days(DISABLED) <= now => (Status::Deleted, since + days(DISABLED)),
        Status::Active | Status::Suspended | Status::Expired | Status::Disabled | Status::Deleted => {
            return false;
        }
    };
    subscription.stand(to, at);
    true
}

impl Subscription {
    /// Whether its term is over and Microsoft renews it.
    pub(crate) fn is_renewing(&self, now: Timestamp) -> bool {
        self.status == Status::Active && self.auto_renew && self.term_ends <= now
    }

    fn stand(&mut self, status: Status, at: Timestamp) {
        (self.status, self.status_since, self.changed) = (status, at, at);
        self.version += 1;
    }
}

/// Add-ons are suspended and deleted with their parent.
pub(crate) fn follow(customer: &mut Customer, parent: Uuid, status: Status, now: Timestamp) {
    if !matches!(status, Status::Suspended | Status::Deleted) {
        return;
    }
    let add_ons = customer.subscriptions.values_mut().filter(|one| one.parent == Some(parent));
    for add_on in add_ons.filter(|one| one.status != status && one.status != Status::Deleted) {
        add_on.stand(status, now);
    }
}

/// The subscription after a change, if it is allowed.
pub(crate) fn changed(
    customer: &Customer,
    subscription: &Subscription,
    body: &Value,
    now: Timestamp,
    most: u32,
) -> Result<Subscription, Refusal> {
    let refuse = |code, words| Err(Refusal::new(400, code, words));
    if subscription.status == Status::Deleted {
        return refuse(2_011, "A deleted subscription cannot be updated.");
    }
    let mut next = subscription.clone();
    let wanted = body["status"].as_str().map_or(Ok(subscription.status), |word| word.to_lowercase().parse());
    let Ok(wanted) = wanted else { return refuse(800_096, "The status is not allowed.") };
    if wanted != subscription.status {
        stand(customer, &mut next, wanted, now)?;
    }
    let quantity = body["quantity"].as_u64().map_or(Ok(subscription.quantity), u32::try_from);
    let Ok(quantity) = quantity else { return refuse(2_002, "The quantity is not allowed.") };
    let name = body["friendlyName"].as_str().unwrap_or(&subscription.friendly_name);
    // What is left out is taken as false.
    let renew = body["autoRenewEnabled"].as_bool().unwrap_or(false);
    if next.status == Status::Suspended {
        if quantity != subscription.quantity {
            return refuse(2_001, "The quantity of a suspended subscription cannot be changed.");
        }
        let renews_anew = renew && subscription.status == Status::Suspended && !subscription.auto_renew;
        if name != subscription.friendly_name || renews_anew {
            return refuse(800_091, "A suspended subscription cannot be changed.");
        }
    }
    if quantity != subscription.quantity {
        if quantity == 0 || quantity > most {
            return refuse(2_002, "The quantity is not allowed.");
        }
        let given_back = subscription.quantity.saturating_sub(quantity);
        let (refundable, until) = subscription.refundable;
        let allowed = if now < until { refundable } else { 0 };
        if next.kind == Kind::NewCommerce && given_back > allowed {
            return refuse(800_090, "Subscription quantity cannot be decreased.");
        }
        let added = quantity.saturating_sub(subscription.quantity);
        next.refundable = match (given_back, added) {
            (0, added) => (allowed + added, now + days(WINDOW)),
            (given_back, _) => (allowed.saturating_sub(given_back), until),
        };
        next.quantity = quantity;
    }
    name.clone_into(&mut next.friendly_name);
    next.auto_renew = renew && next.status == Status::Active;
    // What is left out is removed; a suspension removes it too.
    next.scheduled = body.get("scheduledNextTermInstructions").filter(|next| next.is_object()).cloned();
    if next.status != Status::Active {
        next.scheduled = None;
    }
    if next.scheduled.is_some() && next.kind != Kind::NewCommerce {
        return refuse(3_000, "Only new commerce subscriptions have scheduled changes.");
    }
    next.version += 1;
    next.changed = now;
    Ok(next)
}

fn stand(
    customer: &Customer,
    next: &mut Subscription,
    wanted: Status,
    now: Timestamp,
) -> Result<(), Refusal> {
    let not_allowed = Refusal::new(400, 800_096, "This change of status is not allowed.");
    if next.trial || next.kind == Kind::Perpetual {
        return Err(not_allowed);
    }
    match (next.status, wanted) {
        (Status::Active, Status::Suspended) => {
            if next.kind == Kind::AzurePlan && next.entitled {
                return Err(Refusal::new(403, 900_115, "The Azure plan has active Azure subscriptions."));
            }
        }
        (Status::Suspended, Status::Active) => {
            let parent = next.parent.and_then(|parent| customer.subscriptions.get(&parent));
            if parent.is_some_and(|parent| parent.status != Status::Active) {
                return Err(Refusal::new(409, 27_009, "The parent subscription is not active."));
            }
        }
        (Status::Active | Status::Suspended, Status::Deleted) => {
            if next.kind == Kind::Marketplace {
                let until = next.term_began + SignedDuration::from_hours(MARKETPLACE_WINDOW);
                if now >= until {
                    let words = "The 72-hour cancellation window has passed.";
                    return Err(Refusal::new(400, 900_213, words));
                }
            } else if next.kind != Kind::NewCommerce {
                return Err(not_allowed);
            } else if now >= next.term_began + days(WINDOW) {
                return Err(Refusal::new(400, 900_117, "The 7-day cancellation window has passed."));
            }
        }
        _ => return Err(not_allowed),
    }
    (next.status, next.status_since) = (wanted, now);
    Ok(())
}

/// The ETag, which says what it is of; new commerce has none.
pub(crate) fn etag(subscription: &Subscription) -> Option<String> {
    use base64::Engine as _;
    let text = json!({ "id": subscription.id, "version": subscription.version }).to_string();
    let etag = base64::engine::general_purpose::STANDARD.encode(text);
    (subscription.kind != Kind::NewCommerce).then_some(etag)
}

pub(crate) fn shown(customer: Uuid, subscription: &Subscription) -> Value {
    let is_new = subscription.kind == Kind::NewCommerce;
    let place = format!("/customers/{customer}/subscriptions/{}", subscription.id);
    let mut shown = json!({
        "id": subscription.id,
        "offerId": subscription.offer,
        "offerName": subscription.offer_name,
        "friendlyName": subscription.friendly_name,
        "quantity": subscription.quantity,
        "unitType": if subscription.kind == Kind::AzurePlan { "Usage-based" } else { "Licenses" },
        "hasPurchasableAddons": false,
        "creationDate": subscription.created.to_string(),
        "effectiveStartDate": subscription.term_began.to_string(),
        "commitmentEndDate": subscription.term_ends.to_string(),
        "status": subscription.status.word(),
        "autoRenewEnabled": subscription.auto_renew,
        "isTrial": subscription.trial,
        "billingType": if subscription.kind == Kind::AzurePlan { "usage" } else { "license" },
        "billingCycle": "monthly",
        "termDuration": if subscription.trial { "P1M" } else { "P1Y" },
        "isMicrosoftProduct": subscription.kind != Kind::Marketplace,
        "partnerId": "",
        "attentionNeeded": false,
        "actionTaken": false,
        "contractType": "subscription",
        "links": { "self": { "uri": place, "method": "GET", "headers": [] } },
        "attributes": { "objectType": "Subscription" },
    });
    if let Some(etag) = etag(subscription) {
        shown["attributes"]["etag"] = etag.into();
    }
    if subscription.status == Status::Suspended {
        shown["suspensionReasons"] = json!(["CustomerCancellation"]);
    }
    if let Some(parent) = subscription.parent {
        shown["parentSubscriptionId"] = json!(parent);
    }
    if let Some(next) = &subscription.scheduled {
        shown["scheduledNextTermInstructions"] = next.clone();
    }
    if subscription.kind == Kind::Marketplace {
        let until = subscription.term_began + SignedDuration::from_hours(MARKETPLACE_WINDOW);
        shown["cancellationAllowedUntilDate"] = until.to_string().into();
    }
    if subscription.kind == Kind::Perpetual {
        shown["productType"] = json!({ "id": "Software", "displayName": "Software" });
        shown["billingCycle"] = "one_time".into();
        for name in ["commitmentEndDate", "termDuration"] {
            shown.as_object_mut().map(|members| members.remove(name));
        }
    }
    if is_new {
        let (quantity, until) = subscription.refundable;
        shown["productType"] = json!({ "id": "OnlineServicesNCE", "displayName": "OnlineServicesNCE" });
        shown["cancellationAllowedUntilDate"] = (subscription.term_began + days(WINDOW)).to_string().into();
        shown["refundableQuantity"] = json!({
            "totalQuantity": quantity,
            "details": [{ "quantity": quantity, "allowedUntilDateTime": until.to_string() }],
        });
    }
    shown
}
