//! Rules of subscriptions, licences, limits and the sandbox.

use domain::cloud::Cloud;
use jiff::SignedDuration;
use microsoft_sim::sample;
use reqwest::Method;
use serde_json::{Value, json};

use crate::peer::{ADMIN, Answer, Peer};

const PREMIUM: &str = "Microsoft 365 Business Premium";
const STANDARD: &str = "Microsoft 365 Business Standard";

/// The whole subscription with one change.
async fn change(peer: &Peer, place: &str, name: &str, value: Value) -> Answer {
    let mut body = peer.get(place).await.body;
    body[name] = value;
    peer.patch(place, body).await
}

fn refusal(answer: &Answer) -> (u16, u64) {
    (answer.status, answer.body["code"].as_u64().unwrap_or_default())
}

#[tokio::test]
async fn a_suspension_shows_in_the_licences_and_is_undone() {
    let peer = Peer::new().await;
    let (customer, place) = peer.subscription("Pemberton", "Office 365 Enterprise E3").await;
    let (_, add_on) = peer.subscription("Pemberton", "Audio Conferencing").await;
    let suspended = change(&peer, &place, "status", "suspended".into()).await;
    assert_eq!((suspended.status, suspended.body["status"].as_str()), (200, Some("suspended")));
    assert_eq!(peer.get(&add_on).await.body["status"], "suspended", "with its parent");
    let licences = peer.get(&format!("{customer}/subscribedskus")).await;
    for sku in licences.body["items"].as_array().unwrap() {
        assert_eq!(
            (sku["activeUnits"].as_u64(), sku["capabilityStatus"].as_str()),
            (Some(0), Some("Suspended"))
        );
        assert!(sku["suspendedUnits"].as_u64().unwrap() > 0);
        assert_eq!((sku["consumedUnits"].as_u64(), sku["availableUnits"].as_u64()), (Some(0), Some(0)));
    }
    assert_eq!(refusal(&change(&peer, &add_on, "status", "active".into()).await), (409, 27_009));
    assert_eq!(refusal(&change(&peer, &place, "quantity", 50.into()).await), (400, 2_001));
    assert_eq!(refusal(&change(&peer, &place, "friendlyName", "x".into()).await), (400, 800_091));
    assert_eq!(change(&peer, &place, "status", "active".into()).await.status, 200);
    assert_eq!(change(&peer, &add_on, "status", "active".into()).await.status, 200);
    let records = peer.get("/v1/auditrecords?startDate=2026-03-20").await;
    let newest = &records.body["items"][0];
    assert_eq!(
        (newest["operationType"].as_str(), newest["customerName"].as_str()),
        (Some("update_subscription"), Some("Pemberton & Lowe LLP"))
    );
    assert!(newest["resourceOldValue"].as_str().unwrap().contains("suspended"));
}

#[tokio::test]
async fn seats_that_nobody_has_are_available() {
    let peer = Peer::new().await;
    let (customer, _) = peer.subscription("Bergmann", PREMIUM).await;
    let licences = peer.get(&format!("{customer}/subscribedskus")).await;
    let all = licences.body["items"].as_array().unwrap();
    let units = |name: &str| {
        let sku = all.iter().find(|sku| sku["productSku"]["name"] == name).unwrap();
        ["totalUnits", "consumedUnits", "availableUnits"].map(|unit| sku[unit].as_u64().unwrap())
    };
    assert_eq!(units(PREMIUM), [85, 58, 27]);
    assert_eq!(units("Sicherung für Microsoft 365 (Kranich Software)"), [85, 85, 0]);
}

#[tokio::test]
async fn a_stale_etag_changes_nothing() {
    let peer = Peer::new().await;
    let (_, place) = peer.subscription("Malm", "Office 365 Business").await;
    let seen = peer.get(&place).await.body;
    change(&peer, &place, "friendlyName", "Kontor".into()).await;
    let mut late = seen;
    late["quantity"] = 99.into();
    assert_eq!(refusal(&peer.patch(&place, late).await), (400, 2_055));
    assert_eq!(peer.get(&place).await.body["quantity"], 12);
}

#[tokio::test]
async fn new_commerce_gives_back_within_seven_days() {
    let peer = Peer::new().await;
    let (_, recent) = peer.subscription("Hafenkontor", STANDARD).await;
    assert_eq!(change(&peer, &recent, "quantity", 20.into()).await.status, 200);
    let (_, old) = peer.subscription("Kőrösi", STANDARD).await;
    assert_eq!(refusal(&change(&peer, &old, "quantity", 20.into()).await), (400, 800_090));
    assert_eq!(refusal(&change(&peer, &old, "status", "deleted".into()).await), (400, 900_117));
    // What was just added may go again.
    assert_eq!(change(&peer, &old, "quantity", 40.into()).await.status, 200);
    assert_eq!(change(&peer, &old, "quantity", 33.into()).await.status, 200);
    assert_eq!(refusal(&change(&peer, &old, "quantity", 32.into()).await), (400, 800_090));
    assert_eq!(refusal(&change(&peer, &old, "quantity", 20_000.into()).await), (400, 2_002));
    assert_eq!(change(&peer, &recent, "status", "deleted".into()).await.status, 200);
    assert_eq!(refusal(&change(&peer, &recent, "status", "active".into()).await), (400, 2_011));
}

#[tokio::test]
async fn new_commerce_grows_old_by_its_rules() {
    let peer = Peer::new().await;
    let (_, ends) = peer.subscription("Kiwi", STANDARD).await;
    assert_eq!(change(&peer, &ends, "autoRenewEnabled", false.into()).await.body["autoRenewEnabled"], false);
    // Five days are left of its year.
    for (days, status) in [(6, "expired"), (30, "disabled"), (90, "deleted")] {
        peer.pass_days(days);
        assert_eq!(renewed(&peer).await.get(&ends).await.body["status"], status);
    }
    let (_, goes_on) = renewed(&peer).await.subscription("Tisza", "Office 365 E3").await;
    peer.pass_days(400);
    assert_eq!(renewed(&peer).await.get(&goes_on).await.body["status"], "active");
}

/// The same with a new token: the old one ended meanwhile.
async fn renewed(peer: &Peer) -> Reader<'_> {
    let refresh = peer.sim.world(|world| world.consent(ADMIN).0);
    let fields = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh.as_str()),
        ("resource", crate::peer::PARTNER_CENTER),
    ];
    let token = peer.login(&fields).await.body["access_token"].as_str().unwrap().to_owned();
    Reader { peer, token }
}

struct Reader<'p> {
    peer: &'p Peer,
    token: String,
}

impl Reader<'_> {
    async fn get(&self, path: &str) -> Answer {
        let http = crate::peer::http();
        crate::peer::read(http.get(self.peer.url(path)).bearer_auth(&self.token).send().await.unwrap()).await
    }

    async fn subscription(&self, customer: &str, name: &str) -> (String, String) {
        let customers = self.get("/v1/customers?size=0").await.body;
        let found = customers["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["companyProfile"]["companyName"].as_str().unwrap().starts_with(customer));
        let customer = format!("/v1/customers/{}", found.unwrap()["id"].as_str().unwrap());
        let list = self.get(&format!("{customer}/subscriptions")).await.body;
        let found =
            list["items"].as_array().unwrap().iter().find(|one| one["offerName"].as_str() == Some(name));
        (customer.clone(), format!("{customer}/subscriptions/{}", found.unwrap()["id"].as_str().unwrap()))
    }
}

#[tokio::test]
async fn a_legacy_suspension_ends_after_ninety_days() {
    let peer = Peer::new().await;
    let (_, place) = peer.subscription("Malm", "Office 365 Business").await;
    change(&peer, &place, "status", "suspended".into()).await;
    for (days, status) in [(89, "suspended"), (1, "deleted")] {
        peer.pass_days(days);
        assert_eq!(renewed(&peer).await.get(&place).await.body["status"], status);
    }
}

#[tokio::test]
async fn an_azure_plan_is_suspended_only_when_nothing_runs() {
    let peer = Peer::new().await;
    let (_, plan) = peer.subscription("Bergmann", "Azure plan").await;
    assert_eq!(refusal(&change(&peer, &plan, "status", "suspended".into()).await), (403, 900_115));
    let entitlements = peer.get(&format!("{plan}/azureEntitlements")).await;
    let id = entitlements.body["items"][0]["id"].as_str().unwrap();
    let cancel = async |reason: &str| {
        let body = json!({ "cancellationReason": reason });
        peer.send(Method::POST, &format!("{plan}/azureEntitlements/{id}/cancel"), &[], Some(body)).await
    };
    assert_eq!(refusal(&cancel("boredom").await), (400, 900_307));
    assert_eq!(cancel("compromise").await.status, 200);
    assert_eq!(change(&peer, &plan, "status", "suspended".into()).await.status, 200);
}

#[tokio::test]
async fn a_change_may_take_its_time() {
    let peer = Peer::new().await;
    peer.sim.world(|world| world.change_takes = SignedDuration::from_secs(90));
    let (_, place) = peer.subscription("Fjäll", PREMIUM).await;
    let accepted = change(&peer, &place, "status", "suspended".into()).await;
    assert_eq!(accepted.status, 202);
    assert_eq!(format!("/v1{}", accepted.headers["location"].to_str().unwrap()), place);
    assert_eq!(peer.get(&place).await.body["status"], "active");
    assert_eq!(refusal(&change(&peer, &place, "quantity", 150.into()).await), (409, 800_082));
    peer.sim.world(|world| world.pass(SignedDuration::from_secs(90)));
    assert_eq!(peer.get(&place).await.body["status"], "suspended");
    let provisioning = format!("{place}/provisioningstatus");
    assert_eq!(peer.get(&provisioning).await.body["status"], "pending");
    peer.sim.world(|world| world.pass(SignedDuration::from_mins(15)));
    assert_eq!(peer.get(&provisioning).await.body["status"], "success");
}

#[tokio::test]
async fn five_hundred_a_minute() {
    let peer = Peer::new().await;
    for _ in 0..500 {
        assert_eq!(peer.get("/v1/customers?size=1").await.status, 200);
    }
    let refused = peer.get("/v1/customers?size=1").await;
    assert_eq!((refused.status, refused.body["statusCode"].as_u64()), (429, Some(429)));
    assert_eq!(refused.headers["retry-after"], "60");
    assert_eq!(peer.get("/v1/servicerequests").await.status, 200, "another resource");
}

#[tokio::test]
async fn a_sandbox_has_its_limits() {
    let mut seed = sample(Cloud::Commercial);
    seed.sandbox = true;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let began: jiff::Timestamp = "2026-03-20T08:00:00Z".parse().unwrap();
    let too_many = microsoft_sim::Simulator::start(listener, &seed, std::sync::Arc::new(move || began));
    assert!(too_many.is_err(), "85 licences");
    for customer in &mut seed.customers {
        for subscription in &mut customer.subscriptions {
            subscription.quantity = 5;
        }
    }
    let peer = Peer::with(&seed, ADMIN).await;
    let (customer, place) = peer.subscription("Hafenkontor", STANDARD).await;
    assert_eq!(refusal(&change(&peer, &place, "quantity", 26.into()).await), (400, 2_002));
    assert_eq!(peer.send(Method::DELETE, &customer, &[], None).await.status, 204);
    let real = Peer::new().await;
    let (customer, _) = real.subscription("Hafenkontor", STANDARD).await;
    assert_eq!(real.send(Method::DELETE, &customer, &[], None).await.status, 403);
}

#[tokio::test]
async fn a_relationship_ends_after_its_subscriptions() {
    let peer = Peer::new().await;
    let (customer, place) = peer.subscription("Praxis", "Office 365 Business").await;
    let end = async || peer.patch(&customer, json!({ "relationshipToPartner": "none" })).await;
    assert_eq!(end().await.status, 400);
    change(&peer, &place, "status", "suspended".into()).await;
    assert_eq!(end().await.body["relationshipToPartner"], "none");
    assert_eq!(peer.get(&customer).await.status, 404, "profiles are not found");
    assert_eq!(refusal(&peer.get(&place).await), (403, 20_002));
}

#[tokio::test]
async fn a_customer_is_made() {
    let peer = Peer::new().await;
    let body = json!({
        "CompanyProfile": { "CompanyName": "New Ltd", "Domain": "new.onmicrosoft.example" },
        "BillingProfile": { "Language": "en", "DefaultAddress": { "Country": "GB", "City": "York" } },
    });
    let made = peer.send(Method::POST, "/v1/customers", &[], Some(body.clone())).await;
    assert_eq!(made.status, 201);
    assert!(made.body["userCredentials"]["password"].is_string());
    let id = made.body["id"].as_str().unwrap();
    let read = peer.get(&format!("/v1/customers/{id}")).await;
    assert!(read.body["userCredentials"].is_null(), "shown once");
    assert_eq!(peer.send(Method::POST, "/v1/customers", &[], Some(body)).await.status, 409);
}
