//! Support requests for Azure: filed once, whatever happens on the way, and followed to their end.

use domain::cloud::Cloud;
use jiff::SignedDuration;
use microsoft::{
    CustomerId, Error, Reason,
    azure::{Contact, ContactBy, Direction, Name, NewTicket, Saying, Severity, Status},
};
use microsoft_sim::{Fault, FaultKind};
use uuid::Uuid;

use crate::desk::{Desk, HELPDESK, simulator};

pub(crate) const ROOT: &str = "/providers/Microsoft.Support/services/";

/// The customer that has an Azure subscription, and the subscription.
pub(crate) fn place(desk: &Desk) -> (CustomerId, Uuid) {
    let (customer, subscription) = desk.sim.world(|world| world.azure_subscription("Bergmann")).unwrap();
    (CustomerId(customer), subscription)
}

pub(crate) fn new(service: &str, problem: &str) -> NewTicket {
    NewTicket {
        service: service.into(),
        problem: problem.into(),
        title: "The production machine does not answer".into(),
        description: "Since 08:10 UTC it does not answer on port 22.".into(),
        severity: Severity::Moderate,
        around_the_clock: false,
        began: Some("2026-03-02T08:10:00Z".parse().unwrap()),
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

/// What there is to file about: the first service and its first problem.
async fn topics(desk: &Desk) -> NewTicket {
    let (customer, _) = place(desk);
    let support = desk.at().azure_support().unwrap();
    let services = support.services(customer).await.unwrap();
    let service = &services.items[0];
    let problems = support.problems(customer, &service.name).await.unwrap();
    assert!(service.id.starts_with(ROOT) && !service.display_name.is_empty());
    new(&service.id, &problems.items[0].id)
}

#[tokio::test]
async fn is_filed_and_followed() {
    let desk = Desk::new().await;
    let (customer, subscription) = place(&desk);
    let wanted = topics(&desk).await;
    let name = Name::of(Uuid::from_u128(7));
    let support = desk.at().azure_support().unwrap();
    assert_eq!(support.get(customer, subscription, &name).await.unwrap(), None);
    assert_eq!(
        support.file(customer, subscription, &name, &wanted).await.unwrap(),
        None,
        "it is being filed"
    );
    let filed = support.get(customer, subscription, &name).await.unwrap().unwrap();
    assert_eq!(
        (filed.name.as_str(), filed.status, filed.severity),
        (name.to_string().as_str(), Status::Open, Severity::Moderate)
    );
    assert_eq!(filed.number.as_ref().unwrap().len(), 15);
    assert_eq!(filed.due.unwrap().duration_since(filed.created.unwrap()), SignedDuration::from_hours(4));
    // The same again is the same request.
    let again = support.file(customer, subscription, &name, &wanted).await.unwrap().unwrap();
    assert_eq!(again.number, filed.number);
    assert_eq!(support.list(customer, subscription).await.unwrap().items.len(), 1);
    // Another under its name is refused, and the first stays.
    let other = NewTicket { title: "Something else".into(), ..wanted };
    let refused = support.file(customer, subscription, &name, &other).await.unwrap_err();
    assert_eq!(refused.reason(), Some(Reason::Busy));

    let raised = support.change(customer, subscription, &name, Some(Severity::Critical), None).await.unwrap();
    assert_eq!(raised.severity, Severity::Critical);
    let said = Name::of(Uuid::from_u128(8));
    let saying = Saying {
        name: &said,
        subject: "More",
        text: "It began after an update.",
        sender: "support@nordwind.example",
    };
    for _ in 0..2 {
        support.say(customer, subscription, &name, &saying).await.unwrap();
    }
    desk.pass(600);
    desk.sim.world(|world| assert!(world.azure_says(&name.to_string(), "Please restart it.", false)));
    let support = desk.at().azure_support().unwrap();
    let said = support.communications(customer, subscription, &name).await.unwrap().items;
    let told: Vec<(Direction, &str)> = said.iter().map(|one| (one.direction, one.body.as_str())).collect();
    assert_eq!(
        told,
        [(Direction::Outbound, "Please restart it."), (Direction::Inbound, "It began after an update.")]
    );
    // An engineer has it: neither severity nor status can be changed any more.
    assert!(support.change(customer, subscription, &name, None, Some(Status::Closed)).await.is_err());
    desk.sim.world(|world| world.azure_says(&name.to_string(), "Done.", true));
    let closed = support.get(customer, subscription, &name).await.unwrap().unwrap();
    assert_eq!((closed.status, closed.engineer.is_some()), (Status::Closed, true));
}

#[tokio::test]
async fn what_is_said_comes_in_pages() {
    let desk = Desk::new().await;
    let (customer, subscription) = place(&desk);
    let name = Name::of(Uuid::from_u128(7));
    let support = desk.at().azure_support().unwrap();
    support.file(customer, subscription, &name, &topics(&desk).await).await.unwrap();
    desk.sim.world(|world| {
        for n in 0..23 {
            assert!(world.azure_says(&name.to_string(), &format!("{n}"), false));
        }
    });
    let mut page = support.communications(customer, subscription, &name).await.unwrap();
    let mut count = page.items.len();
    while let Some(next) = page.next {
        page = support.next_communications(customer, &next).await.unwrap();
        count += page.items.len();
    }
    assert_eq!(count, 23);
}

/// Whatever goes wrong while it is filed, before or after it had its effect, there is one request in the end.
#[tokio::test]
async fn is_filed_once_through_every_fault() {
    let faults = [
        FaultKind::Reset,
        FaultKind::HalfBody,
        FaultKind::Status(502),
        FaultKind::Status(504),
        FaultKind::Unavailable("30".into()),
        FaultKind::Throttled(Some("57".into())),
        FaultKind::Throttled(None),
        FaultKind::PageInOk,
        FaultKind::TokenRefused,
        FaultKind::ErrorInOk(500, "Something went wrong.".into()),
    ];
    for kind in faults {
        for after_effect in [false, true] {
            let desk = Desk::new().await;
            let (customer, subscription) = place(&desk);
            let wanted = topics(&desk).await;
            let name = Name::of(Uuid::from_u128(7));
            let fault =
                Fault { method: Some("PUT".into()), ..Fault::next(kind.clone()).on("supportTickets") };
            let fault = if after_effect { fault.after_effect() } else { fault };
            desk.sim.world(|world| world.faults.push(fault));
            let mut tries = 0;
            let filed = loop {
                tries += 1;
                assert!(tries < 6, "{kind:?}");
                let support = desk.at().azure_support().unwrap();
                match support.get(customer, subscription, &name).await {
                    Ok(Some(filed)) => break filed,
                    Ok(None) => drop(support.file(customer, subscription, &name, &wanted).await),
                    Err(Error::NotYet { until }) => {
                        desk.pass(until.duration_since(desk.now()).as_secs());
                    }
                    Err(error) => panic!("{kind:?}: {error}"),
                }
            };
            assert!(filed.number.is_some());
            let all = desk.sim.world(|world| world.azure_filed());
            assert_eq!(all.len(), 1, "{kind:?} after effect: {after_effect}");
        }
    }
}

#[tokio::test]
async fn why_it_is_refused() {
    let desk = Desk::new().await;
    let (customer, subscription) = place(&desk);
    let wanted = topics(&desk).await;
    let name = Name::of(Uuid::from_u128(7));
    // No support plan.
    desk.sim.world(|world| world.azure_support(SignedDuration::ZERO, None));
    let support = desk.at().azure_support().unwrap();
    let refused = support.file(customer, subscription, &name, &wanted).await.unwrap_err();
    assert!(refused.to_string().contains("support plan"), "{refused}");
    desk.sim.world(|world| {
        world.azure_support(SignedDuration::from_secs(30), Some("Advanced Support for Partners"));
    });
    // Something missing, a problem of another service, a subscription of nobody.
    let by_phone = Contact { by: ContactBy::Phone, ..wanted.contact.clone() };
    let refused =
        support.file(customer, subscription, &name, &NewTicket { contact: by_phone, ..wanted.clone() }).await;
    assert_eq!(refused.unwrap_err().reason(), Some(Reason::Invalid));
    let refused =
        support.file(customer, subscription, &name, &new(&format!("{ROOT}x"), &wanted.problem)).await;
    assert_eq!(refused.unwrap_err().reason(), Some(Reason::Invalid));
    let refused = support.file(customer, Uuid::from_u128(1), &name, &wanted).await;
    assert_eq!(refused.unwrap_err().reason(), Some(Reason::Missing));
    // It takes a while.
    assert_eq!(support.file(customer, subscription, &name, &wanted).await.unwrap(), None);
    assert_eq!(support.get(customer, subscription, &name).await.unwrap(), None);
    desk.pass(31);
    let filed = desk.at().azure_support().unwrap().get(customer, subscription, &name).await.unwrap().unwrap();
    assert_eq!(filed.plan.as_deref(), Some("Advanced Support for Partners"));
    // Delegated admin is lost: no token for that tenant.
    let customer_id = customer.0;
    let answer = crate::desk::http()
        .put(format!("http://{}/simulator/relationships/{customer_id}", desk.sim.address()))
        .header("Content-Type", "application/json")
        .body(r#"{"delegatedAdmin":false}"#)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 204);
    desk.pass(3600);
    let lost = desk.at().azure_support().unwrap().get(customer, subscription, &name).await;
    assert!(matches!(lost, Err(Error::Consent(_))), "{lost:?}");
}

#[tokio::test]
async fn who_may_not() {
    let desk = Desk::of(HELPDESK).await;
    let (customer, subscription) = place(&desk);
    let name = Name::of(Uuid::from_u128(7));
    let refused = desk.at().azure_support().unwrap().get(customer, subscription, &name).await.unwrap_err();
    assert_eq!(refused.reason(), Some(Reason::Role));
    for cloud in [Cloud::China, Cloud::Germany] {
        let sim = simulator(cloud).await;
        let network = microsoft::Network::simulator(sim.address()).unwrap();
        let desk = Desk::with(sim, crate::desk::ADMIN, cloud, &network);
        assert!(desk.at().azure_support().is_none(), "{cloud}");
    }
}
