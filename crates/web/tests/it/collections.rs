//! The pages of what customers owe: the policy, where one stands, what it disputes in the portal; and what it may need.

use app::diagnosis::{Change, Decide};
use axum::http::StatusCode;
use domain::{
    access::Role,
    party::Sees,
    ticket::{diagnosis::Verdict, kinds::Service},
};
use jiff::SignedDuration;
use testkit::{TestDesk, on_both};

use crate::matrix::owed::Owed;

const DAY: SignedDuration = SignedDuration::from_hours(24);

on_both! {
    async fn an_invoice_that_is_not_paid_on_its_pages(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("acme").await;
        let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::All).await;
        let owed = Owed::new(&desk, &desk.admin, acme, &[&ada], "licences").await;
        desk.wait(DAY * 20);
        let (cookie, theirs) = (desk.agent_cookie(&desk.admin).await, desk.contact_cookie(&ada).await);
        let path = format!("/collections/customers/{acme}");

        // A policy that cannot be right is refused, and what was typed stays; the one that can is published.
        let stage = |days: &'static str, most: &'static str| [
            ("version", "0"), ("grace", "7"), ("most", most), ("dispute_days", "14"), ("month", "2026-02"), ("action", "publish"),
            ("key-0", "first"), ("days-0", days), ("count-0", "calendar"), ("effect-0", "remind"), ("minimum-0", ""),
            ("invoices-0", "1"), ("notice-0", "on"),
        ];
        let bad = desk.post("/collections/policy", &cookie, &stage("0", "17")).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", bad.body);
        assert!(bad.body.contains("value=\"17\"") && bad.body.contains("value=\"first\""), "{}", bad.body);
        let good = desk.post("/collections/policy", &cookie, &stage("2", "17")).await;
        assert_eq!(good.status, StatusCode::SEE_OTHER, "{}", good.body);
        let again = desk.post("/collections/policy", &cookie, &stage("3", "17")).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "somebody else published since");

        // The list and the customer's page say where it stands; a person gives the notice, once.
        let list = desk.get("/collections", &cookie).await.body;
        assert!(list.contains("acme") && list.contains("11.90"), "{list}");
        let given = desk.post(&path, &cookie, &[("action", "give")]).await;
        assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
        let twice = desk.post(&path, &cookie, &[("action", "give")]).await;
        assert_eq!(twice.status, StatusCode::CONFLICT, "{}", twice.body);

        // A promise without a day is refused; one with it stands on the page.
        let promise = |by: &'static str| [
            ("action", "promise"), ("currency", "EUR"), ("by-0", by), ("amount-0", "5.00"), ("note", "kakapo called"),
        ];
        assert_eq!(desk.post(&path, &cookie, &promise("")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let made = desk.post(&path, &cookie, &promise("2026-04-01")).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        assert!(desk.get(&path, &cookie).await.body.contains("kakapo called"));

        // In the portal its billing contact disputes the line, once, and reads the answer.
        let line = format!("{} 1", owed.invoice);
        let fields = [("line", line.as_str()), ("reason", "<b>we sent it back</b>")];
        let disputed = desk.post("/help/disputes", &theirs, &fields).await;
        assert_eq!(disputed.status, StatusCode::SEE_OTHER, "{}", disputed.body);
        assert_eq!(desk.post("/help/disputes", &theirs, &fields).await.status, StatusCode::CONFLICT);
        let page = desk.get(&path, &cookie).await.body;
        assert!(page.contains("we sent it back") && !page.contains("<b>we sent"), "{page}");
        let (_, rest) = page.split_once("value=\"dsp_").unwrap();
        let dispute = format!("dsp_{}", rest.split('"').next().unwrap());
        let end = [("action", "rejected"), ("of", dispute.as_str()), ("answer", "It was delivered in May")];
        assert_eq!(desk.post(&path, &cookie, &end).await.status, StatusCode::SEE_OTHER);
        let seen = desk.get("/help/invoices", &theirs).await.body;
        assert!(seen.contains("It was delivered in May"), "{seen}");

        // Who does not see money sees none of it, here and at a glance.
        let helper = desk.agent("Hanna", &[Role::HelpdeskAgent]).await;
        let hers = desk.agent_cookie(&helper).await;
        assert_eq!(desk.get(&path, &hers).await.status, StatusCode::FORBIDDEN);
        let customer = format!("/customers/{acme}");
        assert!(desk.get(&customer, &cookie).await.body.contains("11.90"));
        assert!(!desk.get(&customer, &hers).await.body.contains("11.90"));
    }

    async fn what_a_customer_may_need_is_judged_on_its_page(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("acme").await;
        for number in 0..3 {
            desk.wait(SignedDuration::from_mins(1));
            let raw = desk.mail_from("ada@acme.test", &format!("How to do {number}?"), "x").await;
            let ticket = desk.ticket_of(&raw).await;
            let decide = Decide { verdict: Verdict::Inside, category: Some("how-to".into()), reason: "asked".into() };
            let change = Change { decision: Some(decide), ..Change::default() };
            app::diagnosis::change(&desk.app, &desk.admin, ticket.id, change, None).await.unwrap();
            assert_eq!(ticket.service, Service::Microsoft365);
        }
        let sales = desk.agent("Sara", &[Role::SalesAgent]).await;
        let cookie = desk.agent_cookie(&sales).await;
        let page = desk.get(&format!("/signals?customer={acme}"), &cookie).await.body;
        assert!(page.contains("How to do 2?") && page.contains("value=\"training\""), "{page}");
        let judge = |reason: &'static str| [
            ("signal", "training"), ("service", "microsoft365"), ("judged", "taken_up"), ("reason", reason),
        ];
        let path = format!("/customers/{acme}/signals");
        let silent = desk.post(&path, &cookie, &judge("")).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(silent.body.contains("How to do 2?"), "{}", silent.body);
        assert_eq!(desk.post(&path, &cookie, &judge("A course")).await.status, StatusCode::SEE_OTHER);
        assert_eq!(desk.post(&path, &cookie, &judge("A course")).await.status, StatusCode::CONFLICT);
        let page = desk.get("/signals", &cookie).await.body;
        assert!(!page.contains("How to do 2?") && page.contains("A course") && page.contains("1 of 1 right"), "{page}");
        let helper = desk.agent("Hanna", &[Role::HelpdeskAgent]).await;
        assert_eq!(desk.get("/signals", &desk.agent_cookie(&helper).await).await.status, StatusCode::FORBIDDEN);
    }
    async fn licences_that_nobody_uses_on_their_pages(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("acme").await;
        let (since, now) = (desk.app.now() - DAY * 31, desk.app.now());
        let written: Result<_, store::Error> = desk.app.store.write(desk.desk, move |tx| Box::pin(async move {
            let tenant = "0e1c3c71-8a3b-4f6e-9d42-55c8a0b0c0d1".to_owned();
            let place = store::tenants::Tenant {
                tenant: tenant.clone(), customer: Some(acme), cloud: domain::cloud::Cloud::Commercial,
                name: "Acme".into(), domain: "acme.test".into(), delegated_admin: None, delegated_until: None, seen_at: now,
            };
            store::tenants::put(tx, &place).await?;
            for (name, part, active, unused) in [("<b>Premium</b>", "SPB", 1_040, Some(331)), ("Flow", "FLOW_FREE", 9_000, None)] {
                let row = store::licences::Licences {
                    tenant: tenant.clone(), product: part.to_lowercase(), name: name.into(), part: part.into(), active,
                    assigned: 700, unused, unused_since: unused.map(|_| since), read_at: now,
                };
                store::licences::put(tx, &row).await?;
            }
            Ok(())
        })).await;
        written.unwrap();
        let sales = desk.agent("Sara", &[Role::SalesAgent]).await;
        let cookie = desk.agent_cookie(&sales).await;
        let page = desk.get("/signals", &cookie).await.body;
        assert!(page.contains("value=\"unused_licences\"") && !page.contains("<b>Premium"), "{page}");
        assert!(page.contains("331") && !page.contains("Flow") && !page.contains("Tickets that tell of it"), "{page}");
        let glance = desk.get(&format!("/customers/{acme}"), &cookie).await.body;
        assert!(glance.contains("700 of them assigned") && !glance.contains("9,000"), "{glance}");
        let bought = desk.get(&format!("/customers/{acme}/subscriptions"), &cookie).await.body;
        assert!(bought.contains("700 of them assigned") && !bought.contains("Flow"), "{bought}");
        let judge = [
            ("signal", "unused_licences"), ("service", "microsoft365"), ("judged", "taken_up"), ("reason", "Fewer in May"),
        ];
        let path = format!("/customers/{acme}/signals");
        assert_eq!(desk.post(&path, &cookie, &judge).await.status, StatusCode::SEE_OTHER);
        assert_eq!(desk.post(&path, &cookie, &judge).await.status, StatusCode::CONFLICT);
        let page = desk.get("/signals", &cookie).await.body;
        assert!(!page.contains("value=\"unused_licences\"") && page.contains("Fewer in May"), "{page}");
    }
}
