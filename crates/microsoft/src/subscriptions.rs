//! What a customer has bought: read, and changed by writing the whole resource back with one difference.

use std::fmt;

use domain::subscription::{Era, Refundable, Status, Term};
use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    CustomerId, Error, Page, RequestId, Session, SubscriptionId,
    address::{Address, Service},
    page::{Continuation, From, one},
    wire::Node,
};

/// A subscription as Microsoft has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Subscription {
    /// Microsoft's id.
    pub id: SubscriptionId,
    /// What was offered: its id.
    pub offer: String,
    /// What was offered: its name.
    pub name: String,
    /// What the partner calls it.
    pub nickname: String,
    /// By which rules it lives; none if that cannot be told.
    pub era: Option<Era>,
    /// Where it stands.
    pub status: Status,
    /// How many licences.
    pub quantity: u32,
    /// Whether licences are counted; no for what is billed by use.
    pub counted: bool,
    /// Whether it is a trial.
    pub trial: bool,
    /// Whether it renews itself.
    pub auto_renew: bool,
    /// For how long it was bought.
    pub term: Option<Term>,
    /// How it is billed, in Microsoft's word, such as `monthly`.
    pub billing: String,
    /// When it was bought first.
    pub created: Option<Timestamp>,
    /// When its term began.
    pub term_began: Option<Timestamp>,
    /// When its term ends.
    pub term_ends: Option<Timestamp>,
    /// Until when it may be cancelled.
    pub cancel_until: Option<Timestamp>,
    /// What may be given back; none if Microsoft does not say.
    pub refundable: Option<Vec<Refundable>>,
    /// How many licences the next term has, if it is another one.
    pub scheduled: Option<u32>,
    /// Whether the next term, or the next charge, is another one in any way.
    pub is_scheduled: bool,
    /// What it is an add-on to.
    pub parent: Option<SubscriptionId>,
    /// The MPN id of the reseller who sold it.
    pub reseller: Option<String>,
    /// What has to be written back.
    whole: Whole,
}

/// A resource as it came. It says nothing about itself that its fields do not say.
#[derive(Clone, PartialEq)]
struct Whole(Value);

impl fmt::Debug for Whole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Whole")
    }
}

/// One difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Where it stands.
    Status(Status),
    /// How many licences.
    Quantity(u32),
    /// Whether it renews itself.
    AutoRenew(bool),
    /// How many licences the next term has.
    Schedule(u32),
    /// The next term is as this one.
    Unschedule,
}

/// A change, ready to be sent as often as it takes: the same bytes each time.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The whole resource with its difference.
    pub body: Value,
    /// Of what it was made, where Microsoft gives that a name.
    pub etag: Option<String>,
}

/// What Microsoft says to a change.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// It is so.
    Now(Box<Subscription>),
    /// It will be so: read it again.
    Later,
}

impl Subscription {
    /// Drafts a change. What is left out Microsoft takes as false or removed, so nothing is.
    #[must_use]
    pub fn draft(&self, change: Change) -> Draft {
        let mut body = self.whole.0.clone();
        match change {
            Change::Status(status) => set(&mut body, "status", status.word().into()),
            Change::Quantity(quantity) => set(&mut body, "quantity", quantity.into()),
            Change::AutoRenew(renews) => set(&mut body, "autoRenewEnabled", renews.into()),
            Change::Unschedule => remove(&mut body, SCHEDULE),
            Change::Schedule(quantity) => {
                let node = Node::new(&self.whole.0);
                let known = node.at(SCHEDULE);
                let mut next = if known.is_there() { known.value().clone() } else { self.same_again() };
                set(&mut next, "quantity", quantity.into());
                set(&mut body, SCHEDULE, next);
            }
        }
        let etag = Node::new(&self.whole.0).at("attributes").at("etag").text();
        Draft { body, etag }
    }

    /// A next term as this one.
    fn same_again(&self) -> Value {
        let mut parts = self.offer.split(':');
        let mut part = || parts.next().unwrap_or_default();
        json!({
            "product": {
                "productId": part(),
                "skuId": part(),
                "availabilityId": part(),
                "billingCycle": self.billing,
                "termDuration": self.term.map(Term::word),
            },
            "quantity": self.quantity,
        })
    }
}

const SCHEDULE: &str = "scheduledNextTermInstructions";

/// Writes a member in the spelling that it came in.
fn set(body: &mut Value, name: &str, value: Value) {
    remove(body, name);
    if let Value::Object(members) = body {
        members.insert(name.to_owned(), value);
    }
}

fn remove(body: &mut Value, name: &str) {
    if let Value::Object(members) = body {
        members.retain(|key, _| !key.eq_ignore_ascii_case(name));
    }
}

/// An Azure subscription within an Azure plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entitlement {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is active. What Microsoft does not say counts as active.
    pub active: bool,
}

/// The subscriptions of customers.
#[derive(Clone, Copy, Debug)]
pub struct Subscriptions<'c>(pub(crate) Session<'c>);

impl Subscriptions<'_> {
    fn address(self, customer: CustomerId, rest: &[&str]) -> Address {
        let customer = customer.to_string();
        let parts: Vec<&str> =
            ["v1", "customers", &customer, "subscriptions"].into_iter().chain(rest.iter().copied()).collect();
        self.0.client.map.to(Service::PartnerCenter, &parts)
    }

    /// The subscriptions of a customer: a page, and for today all of them.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn list(self, customer: CustomerId) -> Result<Page<Subscription>, Error> {
        self.0.page(From::Start(self.address(customer, &[])), subscription).await
    }

    /// The page after another.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn next(self, after: &Continuation) -> Result<Page<Subscription>, Error> {
        self.0.page(From::Next(after), subscription).await
    }

    /// One subscription.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn get(self, customer: CustomerId, id: SubscriptionId) -> Result<Subscription, Error> {
        one(&self.0.read(self.address(customer, &[&id.to_string()])).await?, subscription)
    }

    /// The Azure subscriptions within an Azure plan.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn entitlements(
        self,
        customer: CustomerId,
        id: SubscriptionId,
    ) -> Result<Page<Entitlement>, Error> {
        let address = self.address(customer, &[&id.to_string(), "azureEntitlements"]);
        self.0.page(From::Start(address), entitlement).await
    }

    /// Changes a subscription by a draft. The same draft with the same `attempt` has one effect, however often it is sent.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn patch(
        self,
        customer: CustomerId,
        id: SubscriptionId,
        draft: &Draft,
        attempt: RequestId,
    ) -> Result<Written, Error> {
        let address = self.address(customer, &[&id.to_string()]);
        let etag = draft.etag.as_deref();
        let body = self.0.write(Method::PATCH, address, attempt, Some(draft.body.clone()), etag).await?;
        // 202 comes without a body, or with one that says no more than that.
        Ok(subscription(Node::new(&body)).map_or(Written::Later, |now| Written::Now(Box::new(now))))
    }
}

fn entitlement(node: Node<'_>) -> Option<Entitlement> {
    let status = node.at("status").text().unwrap_or_default().to_ascii_lowercase();
    Some(Entitlement {
        id: node.at("id").text()?,
        name: node.at("friendlyName").text().unwrap_or_default(),
        active: !matches!(
            status.as_str(),
            "inactive" | "suspended" | "deleted" | "disabled" | "canceled" | "cancelled"
        ),
    })
}

fn subscription(node: Node<'_>) -> Option<Subscription> {
    let text = |name| node.at(name).text().unwrap_or_default();
    let offer = text("offerId");
    let billing_type = text("billingType").to_ascii_lowercase();
    let unit = text("unitType").to_ascii_lowercase();
    let counted = billing_type != "usage" && !unit.starts_with("usage");
    let term = node.at("termDuration").text();
    let schedule = node.at(SCHEDULE);
    Some(Subscription {
        id: node.at("id").parse()?,
        name: text("offerName"),
        nickname: text("friendlyName"),
        era: era(node, &offer, counted),
        status: node.at("status").word(Status::ALL, Status::word),
        quantity: node.at("quantity").parse().unwrap_or(0),
        counted,
        trial: node.at("isTrial").parse().unwrap_or(false),
        auto_renew: node.at("autoRenewEnabled").parse().unwrap_or(false),
        term: term.and_then(|term| term.to_ascii_uppercase().parse().ok()),
        billing: text("billingCycle"),
        created: node.at("creationDate").instant(),
        term_began: node.at("effectiveStartDate").instant(),
        term_ends: end(node),
        cancel_until: node.at("cancellationAllowedUntilDate").instant(),
        refundable: refundable(node.at("refundableQuantity")),
        scheduled: schedule.at("quantity").parse(),
        is_scheduled: schedule.is_there() || node.at("nextChargeInstructions").is_there(),
        parent: node.at("parentSubscriptionId").parse(),
        reseller: node.at("partnerId").text(),
        offer,
        whole: Whole(node.value().clone()),
    })
}

/// `commitmentEndDate` is a day, at midnight, and included; `commitmentEndDateTime` is the moment.
fn end(node: Node<'_>) -> Option<Timestamp> {
    if let Some(at) = node.at("commitmentEndDateTime").instant() {
        return Some(at);
    }
    let day = node.at("commitmentEndDate").instant()?;
    let is_a_day = day.as_second() % (24 * 60 * 60) == 0;
    if is_a_day { day.checked_add(jiff::SignedDuration::from_hours(24)).ok() } else { Some(day) }
}

fn refundable(node: Node<'_>) -> Option<Vec<Refundable>> {
    if !node.is_there() {
        return None;
    }
    let part = |part: Node<'_>| {
        Some(Refundable {
            quantity: part.at("quantity").parse()?,
            until: part.at("allowedUntilDateTime").instant()?,
        })
    };
    Some(node.at("details").list().filter_map(part).collect())
}

/// Microsoft does not say by which rules it lives; what it says of the product tells.
fn era(node: Node<'_>, offer: &str, counted: bool) -> Option<Era> {
    let product = node.at("productType").at("id").text().unwrap_or_default().to_ascii_lowercase();
    let contract = node.at("contractType").text().unwrap_or_default().to_ascii_lowercase().replace('_', "");
    let by_parts = offer.split(':').count() == 3;
    let is_foreign = node.at("isMicrosoftProduct").parse() == Some(false) && by_parts;
    let for_good =
        !node.at("termDuration").is_there() || node.at("billingCycle").text().as_deref() == Some("one_time");
    match product.as_str() {
        "onlineservicesnce" => Some(Era::NewCommerce),
        "software" if for_good => Some(Era::Perpetual),
        "software" => Some(Era::Software),
        _ if matches!(contract.as_str(), "productkey" | "redemptioncode") => Some(Era::Perpetual),
        "saas" | "marketplace" | "azuremarketplace" => Some(Era::Marketplace),
        _ if is_foreign => Some(Era::Marketplace),
        _ if by_parts && !counted => Some(Era::AzurePlan),
        _ if by_parts => Some(Era::NewCommerce),
        _ if offer.starts_with("MS-AZR-") || offer.parse::<uuid::Uuid>().is_ok() => Some(Era::Legacy),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &Value, wanted: Option<Era>) {
        let mut body =
            json!({ "id": "0e1c3c71-8a3b-4f6e-9d42-55c8a0b0c0d1", "quantity": 1, "status": "active" });
        for (name, value) in value.as_object().unwrap() {
            body[name] = value.clone();
        }
        assert_eq!(subscription(Node::new(&body)).unwrap().era, wanted, "{body}");
    }

    #[test]
    fn by_which_rules_it_lives() {
        check(
            &json!({ "productType": { "id": "OnlineServicesNCE" }, "offerId": "A:1:B" }),
            Some(Era::NewCommerce),
        );
        check(&json!({ "offerId": "A:0001:B", "billingType": "license" }), Some(Era::NewCommerce));
        check(&json!({ "offerId": "A:0001:B", "billingType": "usage" }), Some(Era::AzurePlan));
        check(&json!({ "offerId": "A:0001:B", "unitType": "Usage-based" }), Some(Era::AzurePlan));
        check(&json!({ "offerId": "MS-AZR-0145P", "unitType": "Usage-based" }), Some(Era::Legacy));
        check(&json!({ "offerId": "7D1E6C02-0001-4A5B-8C3D-51A0B1C2D3E4" }), Some(Era::Legacy));
        check(
            &json!({ "offerId": "A:1:B", "isMicrosoftProduct": false, "termDuration": "P1M" }),
            Some(Era::Marketplace),
        );
        check(
            &json!({ "productType": { "id": "Software" }, "billingCycle": "one_time" }),
            Some(Era::Perpetual),
        );
        check(&json!({ "productType": { "id": "Software" }, "termDuration": "P1Y" }), Some(Era::Software));
        check(&json!({ "offerId": "something", "quantity": 3 }), None);
        check(&json!({}), None);
    }

    #[test]
    fn the_end_of_a_term() {
        let check = |value: &Value, wanted: &str| {
            assert_eq!(end(Node::new(value)), Some(wanted.parse().unwrap()), "{value}");
        };
        check(&json!({ "commitmentEndDate": "2026-12-12T00:00:00Z" }), "2026-12-13T00:00:00Z");
        check(&json!({ "commitmentEndDate": "2026-12-12T08:00:00Z" }), "2026-12-12T08:00:00Z");
        check(
            &json!({ "commitmentEndDate": "2026-12-12T00:00:00Z", "commitmentEndDateTime": "2026-12-12T23:59:59Z" }),
            "2026-12-12T23:59:59Z",
        );
    }

    #[test]
    fn one_difference_and_nothing_lost() {
        let body = json!({
            "Id": "0e1c3c71-8a3b-4f6e-9d42-55c8a0b0c0d1", "OfferId": "A:0001:B", "Quantity": 5, "AutoRenewEnabled": true,
            "Status": "active", "BillingCycle": "monthly", "TermDuration": "P1Y", "NextChargeInstructions": { "quantity": 4 },
            "SomethingNew": [1, 2], "Attributes": { "Etag": "abc" },
        });
        let held = subscription(Node::new(&body)).unwrap();
        let draft = held.draft(Change::Quantity(7));
        assert_eq!(draft.etag.as_deref(), Some("abc"));
        assert_eq!((&draft.body["quantity"], draft.body.get("Quantity")), (&json!(7), None));
        let others =
            ["OfferId", "AutoRenewEnabled", "Status", "NextChargeInstructions", "SomethingNew", "Attributes"];
        for name in others {
            assert_eq!(draft.body[name], body[name], "{name}");
        }
        let next = held.draft(Change::Schedule(3)).body[SCHEDULE].clone();
        assert_eq!((&next["quantity"], &next["product"]["skuId"]), (&json!(3), &json!("0001")));
        assert_eq!(held.draft(Change::Unschedule).body.get(SCHEDULE), None);
    }
}
