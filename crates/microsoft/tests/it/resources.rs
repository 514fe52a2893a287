//! What each door leads to.

use jiff::civil::date;
use microsoft::{
    CustomerId, Error, Reason, RequestId, SubscriptionId,
    customers::Relationship,
    health::{Classification, HealthStatus},
    relationships::Kind,
    service_requests::{Severity, Status},
    support::{Profile, SupportContact},
    webhooks::Registration,
};

use crate::desk::{Desk, HELPDESK, http};

#[tokio::test]
async fn customers_come_by_page_and_one_by_one() {
    let desk = Desk::of(HELPDESK).await;
    let customers = desk.at().customers().unwrap();
    let mut page = customers.list(5).await.unwrap();
    let mut names: Vec<String> = Vec::new();
    let mut pages = 1;
    loop {
        names.extend(page.items.iter().map(|line| line.company.clone()));
        let Some(next) = page.next else { break };
        page = customers.next(&next).await.unwrap();
        pages += 1;
    }
    assert_eq!((names.len(), pages), (12, 3));
    assert!(names.contains(&"上海晨光电子有限公司".to_owned()));
    assert!(!names.iter().any(|name| name.contains("Somebody Else")), "another partner's customer");

    let tisza = customers.get(desk.customer("Tisza").await).await.unwrap();
    assert_eq!(tisza.line.company, "Tisza Élelmiszer Kft.");
    assert_eq!(tisza.line.relationship, Relationship::Reseller);
    assert_eq!((tisza.country.as_deref(), tisza.language.as_deref()), (Some("HU"), Some("hu")));
    assert_eq!(tisza.delegated_admin, Some(true));
    assert_eq!(tisza.domains, ["tisza.onmicrosoft.example", "tisza.example"]);
}

#[tokio::test]
async fn licences_come_product_by_product() {
    let desk = Desk::of(HELPDESK).await;
    let bergmann = desk.customer("Bergmann").await;
    let page = desk.at().licences().unwrap().list(bergmann).await.unwrap();
    assert_eq!((page.unreadable, page.next.is_none()), (0, true));
    let mut all: Vec<_> =
        page.items.iter().map(|one| (one.name.as_str(), one.active, one.assigned)).collect();
    all.sort_unstable();
    // What is billed by use has none.
    let expected = [
        ("Microsoft 365 Business Premium", 85, 58),
        ("Sicherung für Microsoft 365 (Kranich Software)", 85, 85),
    ];
    assert_eq!(all, expected);
    assert!(page.items.iter().any(|one| one.product == "sim0busprem0:0002:sim0avail001"));
}

#[tokio::test]
async fn a_stranger_is_not_found() {
    let desk = Desk::new().await;
    let ids = desk.sim.world(|world| world.customer_ids());
    let foreign = CustomerId(*ids.last().unwrap());
    let error = desk.at().customers().unwrap().get(foreign).await.unwrap_err();
    assert_eq!(error.reason(), Some(Reason::Missing), "{error}");
    let error = desk.at().service_requests().unwrap().of_customer(foreign, None, 0, 10).await.unwrap_err();
    assert_eq!(error.reason(), Some(Reason::Relationship), "{error}");
}

#[tokio::test]
async fn a_service_request_is_followed_and_annotated() {
    let desk = Desk::of(HELPDESK).await;
    let tisza = desk.customer("Tisza").await;
    let requests = desk.at().service_requests().unwrap();
    let page = requests.of_customer(tisza, None, 0, 10).await.unwrap();
    let line = &page.items[0];
    assert_eq!((line.severity, line.status), (Severity::Critical, Status::Open));
    assert_eq!((line.closed, line.notes.len()), (None, 0));
    let id = line.id.clone();

    desk.pass(60);
    desk.sim.world(|world| {
        world.microsoft_says(&id.to_string(), "Which build of Outlook?", Some("attention_needed"))
    });
    let requests = desk.at().service_requests().unwrap();
    let seen = requests.get(&id).await.unwrap();
    assert_eq!(seen.status, Status::AttentionNeeded);
    assert_eq!(seen.modified, Some(desk.now()));
    assert_eq!(seen.notes[0].text, "Which build of Outlook?");

    let said = requests.add_note(&id, "Version 2602; „all“ of them", RequestId::new()).await.unwrap();
    assert_eq!((said.status, said.severity), (Status::Open, Severity::Critical));
    assert_eq!(said.notes.len(), 2);
    assert_eq!(
        (said.notes[1].by.as_str(), said.notes[1].text.as_str()),
        ("Lina Hoffmann", "Version 2602; „all“ of them")
    );

    desk.sim.world(|world| world.microsoft_says(&id.to_string(), "Fixed.", Some("closed")));
    let open = desk.at().service_requests().unwrap().all(Some(Status::Open), 0, 10).await.unwrap();
    assert_eq!(open.items.len(), 2);
    let closed = desk.at().service_requests().unwrap().get(&id).await.unwrap();
    assert_eq!((closed.status, closed.closed), (Status::Closed, Some(desk.now())));
}

#[tokio::test]
async fn who_may_not_is_told_why() {
    for (upn, reason) in [
        ("wei@nordwind.example", Reason::Role),
        ("paul@nordwind.example", Reason::Role),
        ("tom@nordwind.example", Reason::SignIn),
    ] {
        let desk = Desk::of(upn).await;
        let id = "612345678901234".parse().unwrap();
        let error =
            desk.at().service_requests().unwrap().add_note(&id, "x", RequestId::new()).await.unwrap_err();
        assert_eq!(error.reason(), Some(reason), "{upn}: {error}");
    }
}

#[tokio::test]
async fn health_is_the_customers_own() {
    let desk = Desk::of(HELPDESK).await;
    let (bergmann, tisza) = (desk.customer("Bergmann").await, desk.customer("Tisza").await);
    let health = desk.at().service_health().unwrap();
    let first = health.issues(bergmann).await.unwrap();
    let second = health.next_issues(bergmann, first.next.as_ref().unwrap()).await.unwrap();
    assert_eq!((first.items.len(), second.items.len()), (2, 1));
    assert!(second.next.is_none() && second.items[0].resolved && second.items[0].ended.is_some());
    assert_eq!(health.issues(tisza).await.unwrap().items.len(), 2);

    let exchange = &first.items[0];
    assert_eq!(exchange.classification, Classification::Incident);
    assert_eq!(exchange.status, HealthStatus::Degradation);
    assert_eq!(health.issue(bergmann, &exchange.id).await.unwrap(), *exchange);
    let overview = health.overview(tisza).await.unwrap().items;
    assert_eq!((overview[0].id.as_str(), overview[0].status), ("Exchange", HealthStatus::Degradation));
    assert_eq!(overview[2].status, HealthStatus::Operational);
    assert_eq!(health.issue(tisza, "../issues").await.unwrap_err().reason(), Some(Reason::Missing));
}

#[tokio::test]
async fn a_customer_without_delegated_admin_stops_nobody_else() {
    let desk = Desk::new().await;
    let (bergmann, tisza) = (desk.customer("Bergmann").await, desk.customer("Tisza").await);
    let http = http();
    let place = format!("http://{}/simulator/relationships/{tisza}", desk.sim.address());
    http.put(place).body(r#"{"delegatedAdmin":false}"#).send().await.unwrap().error_for_status().unwrap();
    let health = desk.at().service_health().unwrap();
    let error = health.overview(tisza).await.unwrap_err();
    assert!(matches!(&error, Error::Consent(why) if why.starts_with("AADSTS65001")), "{error}");
    assert!(health.overview(bergmann).await.is_ok());
}

#[tokio::test]
async fn support_is_shown_and_changed() {
    let desk = Desk::new().await;
    let wanted = Profile {
        email: Some("hilfe@nordwind.example".into()),
        telephone: Some("+49 451 555 0199".into()),
        website: Some("https://nordwind.example/hilfe".into()),
    };
    let before = desk.at().support_profile().unwrap().get().await.unwrap();
    assert_eq!(before.email.as_deref(), Some("support@nordwind.example"));
    let put = desk.at().support_profile_update().unwrap().put(&wanted, RequestId::new()).await.unwrap();
    assert_eq!(put, wanted);
    assert_eq!(desk.at().support_profile().unwrap().get().await.unwrap(), wanted);

    let audit = desk.at().audit().unwrap();
    let records = audit.list(date(2026, 3, 2), date(2026, 3, 2), None, 50).await.unwrap().items;
    assert_eq!(records[0].operation, "update_support_profile");
    assert_eq!(records[0].by.as_deref(), Some("jonas@nordwind.example"));
    assert!(records[0].before.as_ref().unwrap().contains("support@nordwind.example"));
    assert!(records[0].after.as_ref().unwrap().contains("hilfe@nordwind.example"));
}

#[tokio::test]
async fn a_subscription_is_supported_by_us_or_a_reseller_of_ours() {
    let desk = Desk::of(HELPDESK).await;
    let tisza = desk.customer("Tisza").await;
    let subscription: SubscriptionId = subscription(&desk, "Tisza").await.parse().unwrap();
    let contacts = desk.at().support_contacts().unwrap();
    assert_eq!(contacts.get(tisza, subscription).await.unwrap().name, "Nordwind Cloud");
    let resellers = desk.at().relationships().unwrap().list(Kind::OurResellers).await.unwrap().items;
    let puszta = resellers.iter().find(|partner| partner.name == "Puszta Net Kft.").unwrap();
    assert!(puszta.active);
    let wanted = SupportContact {
        tenant: puszta.tenant,
        mpn_id: puszta.mpn_id.clone().unwrap(),
        name: puszta.name.clone(),
    };
    assert_eq!(contacts.put(tisza, subscription, &wanted, RequestId::new()).await.unwrap(), wanted);
    assert_eq!(contacts.get(tisza, subscription).await.unwrap(), wanted);
    let provider = desk.at().relationships().unwrap().list(Kind::OurProviders).await.unwrap().items.remove(0);
    let not = SupportContact { tenant: provider.tenant, ..wanted };
    let error = contacts.put(tisza, subscription, &not, RequestId::new()).await.unwrap_err();
    assert_eq!(error.reason(), Some(Reason::Invalid), "{error}");
}

async fn subscription(desk: &Desk, company: &str) -> String {
    let state = http().get(format!("http://{}/simulator/state", desk.sim.address())).send().await.unwrap();
    let state: serde_json::Value = serde_json::from_str(&state.text().await.unwrap()).unwrap();
    let customers = state["customers"].as_array().unwrap();
    let one = customers.iter().find(|one| one["company"].as_str().unwrap().starts_with(company)).unwrap();
    one["subscriptions"][0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_resellers_of_a_customer() {
    let desk = Desk::new().await;
    let (kiwi, tisza) = (desk.customer("Kiwi").await, desk.customer("Tisza").await);
    let relationships = desk.at().relationships().unwrap();
    let found = relationships.of_customer(kiwi).await.unwrap().items;
    assert_eq!((found.len(), found[0].mpn_id.as_deref()), (1, Some("6100002")));
    assert!(relationships.of_customer(tisza).await.unwrap().items.is_empty());
    assert_eq!(desk.at().customers().unwrap().get(kiwi).await.unwrap().reseller.as_deref(), Some("6100002"));
}

#[tokio::test]
async fn the_log_goes_on_over_pages() {
    let desk = Desk::new().await;
    let update = desk.at().support_profile_update().unwrap();
    for number in 0..5 {
        let profile =
            Profile { email: Some(format!("{number}@nordwind.example")), telephone: None, website: None };
        update.put(&profile, RequestId::new()).await.unwrap();
    }
    let audit = desk.at().audit().unwrap();
    let (from, to) = (date(2026, 3, 1), date(2026, 3, 2));
    let first = audit.list(from, to, None, 3).await.unwrap();
    let second = audit.next(first.next.as_ref().unwrap()).await.unwrap();
    assert_eq!((first.items.len(), second.items.len(), second.next.is_none()), (3, 2, true));
    let tisza = desk.customer("Tisza").await;
    assert!(audit.list(from, to, Some(tisza), 3).await.unwrap().items.is_empty());
    assert!(audit.list(date(2026, 2, 1), date(2026, 3, 1), None, 3).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn a_registration_for_events() {
    let desk = Desk::new().await;
    let webhooks = desk.at().webhooks().unwrap();
    assert_eq!(webhooks.get().await.unwrap(), None);
    assert!(webhooks.events().await.unwrap().contains(&"subscription-updated".to_owned()));
    let mut wanted =
        Registration { url: "http://127.0.0.1:9/events".into(), events: vec!["test-created".into()] };
    assert_eq!(webhooks.create(&wanted, RequestId::new()).await.unwrap(), wanted);
    wanted.events.push("subscription-updated".into());
    assert_eq!(webhooks.replace(&wanted, RequestId::new()).await.unwrap(), wanted);
    assert_eq!(webhooks.get().await.unwrap(), Some(wanted));
    let test = webhooks.validate(RequestId::new()).await.unwrap();
    webhooks.validation(&test).await.unwrap();
    webhooks.validate(RequestId::new()).await.unwrap();
    // Two a minute.
    assert!(matches!(webhooks.validate(RequestId::new()).await, Err(Error::Throttled { .. })));
}
