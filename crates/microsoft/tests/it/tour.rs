//! Reads all that a desk can read, so that two ways of saying it can be compared.

use std::fmt::Debug;

use jiff::civil::date;
use microsoft::{Session, relationships::Kind, service_requests::Status};

/// Everything, each with its name, as text.
pub(crate) async fn everything(session: Session<'_>) -> Vec<String> {
    let mut seen = Vec::new();
    let mut note = |name: &str, what: &dyn Debug| seen.push(format!("{name}: {what:?}"));

    let customers = session.customers().unwrap();
    let mut page = customers.list(5).await.unwrap();
    let mut lines = page.items.clone();
    while let Some(next) = page.next {
        page = customers.next(&next).await.unwrap();
        assert_eq!(page.unreadable, 0);
        lines.extend(page.items.clone());
    }
    note("customers", &lines);
    for line in &lines {
        note("customer", &customers.get(line.id).await.unwrap());
    }
    let one = customers.named("Bergmann", 5).await.unwrap().items[0].id;
    if let Some(subscriptions) = session.subscriptions() {
        for line in &lines {
            let page = subscriptions.list(line.id).await.unwrap();
            assert_eq!(page.unreadable, 0);
            note("subscriptions", &page.items);
        }
    }
    if let Some(licences) = session.licences() {
        for line in &lines {
            let page = licences.list(line.id).await.unwrap();
            assert_eq!(page.unreadable, 0);
            note("licences", &page.items);
        }
    }
    if let Some(requests) = session.service_requests() {
        let mut page = requests.all(None, 0, 2).await.unwrap();
        let mut all = page.items.clone();
        while let Some(next) = page.next {
            page = requests.next(&next).await.unwrap();
            all.extend(page.items.clone());
        }
        note("service requests", &all);
        note("open", &requests.all(Some(Status::Open), 0, 50).await.unwrap().items);
        note("of a customer", &requests.of_customer(one, None, 0, 50).await.unwrap().items);
        for request in &all {
            note("service request", &requests.get(&request.id).await.unwrap());
        }
    }
    if let Some(health) = session.service_health() {
        note("overview", &health.overview(one).await.unwrap().items);
        let mut page = health.issues(one).await.unwrap();
        let mut issues = page.items.clone();
        while let Some(next) = page.next {
            page = health.next_issues(one, &next).await.unwrap();
            issues.extend(page.items.clone());
        }
        note("issue", &health.issue(one, &issues[0].id).await.unwrap());
        note("issues", &issues);
    }
    if let Some(profile) = session.support_profile() {
        note("support profile", &profile.get().await.unwrap());
    }
    if let Some(relationships) = session.relationships() {
        note("resellers", &relationships.list(Kind::OurResellers).await.unwrap().items);
        note("providers", &relationships.list(Kind::OurProviders).await.unwrap().items);
        note("resellers of a customer", &relationships.of_customer(one).await.unwrap().items);
    }
    if let Some(audit) = session.audit() {
        let records = audit.list(date(2026, 3, 1), date(2026, 3, 31), None, 50).await.unwrap();
        note("audit", &records.items);
    }
    if let Some(webhooks) = session.webhooks() {
        note("events", &webhooks.events().await.unwrap());
        note("registration", &webhooks.get().await.unwrap());
    }
    seen
}
