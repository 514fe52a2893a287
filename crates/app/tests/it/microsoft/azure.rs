//! Support requests for Azure, by the desk.

use app::microsoft::{
    Trouble,
    azure::{self, Contact, ContactBy, Direction, NewTicket, Severity, Status, Target, Words},
};
use domain::cloud::Cloud;
use jiff::SignedDuration;
use microsoft_sim::{Fault, FaultKind};
use testkit::on_both;
use uuid::Uuid;

use super::Connected;

fn target(at: &Connected) -> Target {
    let (tenant, subscription) = at.sim.world(|world| world.azure_subscription("Bergmann")).unwrap();
    Target { tenant, subscription }
}

async fn wanted(at: &Connected) -> NewTicket {
    let (app, own, tenant) = (&at.desk.app, at.desk.desk, target(at).tenant);
    let services = azure::services(app, own, tenant).await.unwrap();
    let problems = azure::problems(app, own, tenant, &services[0].name).await.unwrap();
    NewTicket {
        service: services[0].id.clone(),
        problem: problems[0].id.clone(),
        title: "The production machine does not answer".into(),
        description: "Since 08:10 UTC.".into(),
        severity: Severity::Critical,
        around_the_clock: true,
        began: None,
        contact: Contact {
            first_name: "Lina".into(),
            last_name: "Hoffmann".into(),
            by: ContactBy::Email,
            email: "support@nordwind.example".into(),
            phone: None,
            time_zone: "W. Europe Standard Time".into(),
            country: "DEU".into(),
            language: "en-US".into(),
        },
        resource: None,
    }
}

on_both! {
    async fn is_filed_once_and_followed(db) {
        let at = Connected::new(db).await;
        at.desk.run_jobs().await;
        let (app, own, to, id) = (&at.desk.app, at.desk.desk, target(&at), Uuid::from_u128(77));
        let new = wanted(&at).await;
        assert_eq!(azure::poll_azure(app, own, to, id).await.unwrap(), None);
        let faults = [
            Fault::next(FaultKind::Reset).on("supportTickets").after_effect(),
            Fault::next(FaultKind::Throttled(Some("30".into()))).on("supportTickets"),
            Fault::next(FaultKind::Status(502)).on("supportTickets").after_effect(),
            Fault::next(FaultKind::HalfBody).on("supportTickets").after_effect(),
        ];
        for fault in faults {
            let fault = Fault { method: Some("PUT".into()), ..fault };
            at.sim.world(|world| world.faults.push(fault));
        }
        let filed = loop {
            match azure::file_azure(app, own, to, id, &new).await {
                Ok(Some(filed)) => break filed,
                Ok(None) => at.pass(SignedDuration::from_mins(1)).await,
                Err(Trouble::Later { at: when, .. }) => at.pass(when.duration_since(app.now())).await,
                Err(other) => panic!("{other:?}"),
            }
        };
        assert_eq!((filed.severity, filed.status), (Severity::Critical, Status::Open));
        assert_eq!(at.sim.world(|world| world.azure_filed().len()), 1);
        let name = filed.name.clone();
        at.sim.world(|world| world.faults.clear());

        let said = Words { id: Uuid::from_u128(78), subject: "More", text: "After an update.", sender: "support@nordwind.example" };
        for _ in 0..2 {
            azure::say_azure(app, own, to, id, said).await.unwrap();
        }
        at.pass(SignedDuration::from_mins(5)).await;
        at.sim.world(|world| assert!(world.azure_says(&name, "Restart it, please.", true)));
        let followed = azure::poll_azure(app, own, to, id).await.unwrap().unwrap();
        assert_eq!(followed.ticket.status, Status::Closed);
        let said: Vec<(Direction, &str)> = followed.said.iter().map(|one| (one.direction, one.body.as_str())).collect();
        assert_eq!(said, [(Direction::Inbound, "After an update."), (Direction::Outbound, "Restart it, please.")]);
    }

    async fn why_it_cannot_be_filed(db) {
        let at = Connected::new(db).await;
        at.desk.run_jobs().await;
        let (app, own, to, id) = (&at.desk.app, at.desk.desk, target(&at), Uuid::from_u128(77));
        let new = wanted(&at).await;
        at.sim.world(|world| world.azure_support(SignedDuration::ZERO, None));
        let refused = azure::file_azure(app, own, to, id, &new).await;
        assert!(matches!(&refused, Err(Trouble::Refused { words, .. }) if words.contains("support plan")), "{refused:?}");
        // A tenant that is not the desk's is never asked.
        let asked = at.asked("");
        let elsewhere = Target { tenant: Uuid::from_u128(5), ..to };
        let refused = azure::file_azure(app, own, elsewhere, id, &new).await;
        assert!(matches!(refused, Err(Trouble::Ours(_))), "{refused:?}");
        // Nor is one of another cloud.
        let tenant = to.tenant.to_string();
        let moved: Result<(), store::Error> = app.store.write(own, move |tx| {
            let tenant = tenant.clone();
            Box::pin(async move {
                let row = store::tenants::get(tx, &tenant).await?.unwrap();
                store::tenants::put(tx, &store::tenants::Tenant { cloud: Cloud::China, ..row }).await
            })
        }).await;
        moved.unwrap();
        let refused = azure::file_azure(app, own, to, id, &new).await;
        assert!(matches!(refused, Err(Trouble::NotOffered)), "{refused:?}");
        assert_eq!(at.asked(""), asked);
    }
}
