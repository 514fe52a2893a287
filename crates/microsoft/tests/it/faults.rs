//! Whatever goes wrong, it has a name, nothing is done twice, and nobody is asked in a tight loop.

use std::time::Duration;

use domain::cloud::Cloud;
use microsoft::{Error, Network, Reason, RequestId, service_requests::ServiceRequestId};
use microsoft_sim::{Fault, FaultKind};

use crate::desk::{ADMIN, Desk, simulator};

/// A desk that waits for a second only.
async fn impatient() -> Desk {
    let sim = simulator(Cloud::Commercial).await;
    let network = Network::simulator(sim.address()).unwrap().answer_within(Duration::from_secs(1));
    Desk::with(sim, ADMIN, Cloud::Commercial, &network)
}

async fn request(desk: &Desk) -> ServiceRequestId {
    desk.at().service_requests().unwrap().all(None, 0, 1).await.unwrap().items[0].id.clone()
}

fn plan(desk: &Desk, fault: Fault) {
    desk.sim.world(|world| world.faults.push(fault));
}

async fn notes(desk: &Desk, id: &ServiceRequestId) -> usize {
    desk.at().service_requests().unwrap().get(id).await.unwrap().notes.len()
}

/// A word for an error.
fn name(error: &Error) -> String {
    match error {
        Error::Unanswered(_) => "unanswered".into(),
        Error::Throttled { .. } => "throttled".into(),
        Error::NotYet { .. } => "not yet".into(),
        Error::Refused(refusal) => format!("{:?}", refusal.reason()),
        Error::Failed(status) => format!("failed {status}"),
        Error::Consent(_) => "consent".into(),
        Error::Unreadable(_) => "unreadable".into(),
        Error::OtherCloud(host) => format!("other cloud {host}"),
        Error::Vault(_) => "vault".into(),
    }
}

/// A write meets a fault, before or after it had its effect. Then it is tried again as the error says, until it is done:
/// exactly once.
async fn check(kind: &FaultKind, after_effect: bool, wanted: &str) {
    let desk = impatient().await;
    let id = request(&desk).await;
    let mut fault = Fault { method: Some("PATCH".into()), ..Fault::next(kind.clone()) };
    fault.after_effect = after_effect;
    plan(&desk, fault);
    let mut attempt = RequestId::new();
    let mut met = Vec::new();
    loop {
        let requests = desk.at().service_requests().unwrap();
        match requests.add_note(&id, "Once", attempt).await {
            Ok(_) => break,
            Err(error) => {
                met.push(name(&error));
                assert!(met.len() < 3, "{kind:?}: {met:?}");
                match error {
                    Error::Throttled { until } | Error::NotYet { until } => {
                        desk.pass(until.duration_since(desk.now()).as_secs());
                    }
                    // What the answer does not tell, reading tells.
                    Error::Unreadable(_) | Error::Failed(_) | Error::Refused(_) if after_effect => break,
                    ref other if !other.keeps_request_id() => attempt = RequestId::new(),
                    _ => {}
                }
            }
        }
    }
    assert_eq!(met, [wanted], "{kind:?}");
    assert_eq!(notes(&desk, &id).await, 1, "{kind:?}, after its effect: {after_effect}");
}

#[tokio::test]
async fn a_write_has_its_effect_once() {
    check(&FaultKind::Reset, false, "unanswered").await;
    check(&FaultKind::Reset, true, "unanswered").await;
    check(&FaultKind::HalfBody, true, "unanswered").await;
    check(&FaultKind::TimeOut, false, "unanswered").await;
    check(&FaultKind::TimeOut, true, "unanswered").await;
    check(&FaultKind::Status(504), true, "unanswered").await;
    check(&FaultKind::Status(408), false, "unanswered").await;
    check(&FaultKind::Status(500), false, "failed 500").await;
    check(&FaultKind::Status(502), false, "failed 502").await;
    check(&FaultKind::Status(503), false, "failed 503").await;
    check(&FaultKind::Unavailable("20".into()), false, "throttled").await;
    check(&FaultKind::Throttled(Some("57".into())), false, "throttled").await;
    check(&FaultKind::Throttled(Some("Mon, 02 Mar 2026 08:02:00 GMT".into())), false, "throttled").await;
    check(&FaultKind::Throttled(None), false, "throttled").await;
    check(&FaultKind::StaleEtag, false, "Stale").await;
    check(&FaultKind::TokenRefused, false, "SignIn").await;
    check(&FaultKind::ErrorInOk(20_002, "No relationship.".into()), false, "Relationship").await;
    check(&FaultKind::PageInOk, true, "unreadable").await;
    check(&FaultKind::Redirect("http://127.0.0.1:1/elsewhere".into()), false, "unreadable").await;
}

#[tokio::test]
async fn the_request_id_stays_until_there_is_an_answer() {
    let desk = impatient().await;
    let id = request(&desk).await;
    plan(
        &desk,
        Fault { method: Some("PATCH".into()), ..Fault::next(FaultKind::TimeOut).times(2).after_effect() },
    );
    let attempt = RequestId::new();
    let requests = desk.at().service_requests().unwrap();
    for _ in 0..2 {
        assert!(requests.add_note(&id, "Once", attempt).await.unwrap_err().keeps_request_id());
    }
    requests.add_note(&id, "Once", attempt).await.unwrap();
    requests.add_note(&id, "Another", RequestId::new()).await.unwrap();
    let (ids, correlations) = desk.sim.world(|world| {
        let writes = world.log.iter().filter(|seen| seen.method == "PATCH");
        let ids: Vec<String> = writes.clone().map(|seen| seen.request_id.clone().unwrap()).collect();
        let correlations: std::collections::BTreeSet<String> =
            writes.map(|seen| seen.correlation_id.clone().unwrap()).collect();
        (ids, correlations)
    });
    assert_eq!(ids.len(), 4);
    assert!(ids[..3].iter().all(|id| *id == attempt.to_string()));
    assert_ne!(ids[3], ids[0]);
    assert_eq!(correlations.len(), 4, "each call has a correlation id of its own");
    assert_eq!(notes(&desk, &id).await, 2);
}

#[tokio::test]
async fn reads_meet_the_same() {
    let rows: Vec<(FaultKind, &str)> = vec![
        (FaultKind::Reset, "unanswered"),
        (FaultKind::HalfBody, "unanswered"),
        (FaultKind::TimeOut, "unanswered"),
        (FaultKind::Status(500), "failed 500"),
        (FaultKind::Throttled(Some("5".into())), "throttled"),
        (FaultKind::ErrorInOk(900_308, "No.".into()), "Role"),
        (FaultKind::PageInOk, "unreadable"),
        (FaultKind::Padded(17_000_000), "unreadable"),
        (FaultKind::Redirect("https://evil.example/".into()), "unreadable"),
        (FaultKind::NextAt("https://evil.example/v1/customers".into()), "other cloud evil.example"),
    ];
    for (kind, wanted) in rows {
        let desk = impatient().await;
        request(&desk).await;
        plan(&desk, Fault::next(kind.clone()).on("/v1/customers"));
        let error = desk.at().customers().unwrap().list(5).await.unwrap_err();
        assert_eq!(name(&error), wanted, "{kind:?}");
    }
}

#[tokio::test]
async fn a_long_answer_of_blanks_is_still_read() {
    let desk = Desk::new().await;
    plan(&desk, Fault::next(FaultKind::Padded(1 << 20)).on("/v1/customers"));
    assert_eq!(desk.at().customers().unwrap().list(5).await.unwrap().items.len(), 5);
}

#[tokio::test]
async fn nobody_is_asked_before_the_time() {
    let desk = Desk::new().await;
    request(&desk).await;
    plan(&desk, Fault::next(FaultKind::Throttled(Some("57".into()))).times(2).on("/v1/"));
    let customers = || desk.at().customers().unwrap();
    let asked = desk.asked("/v1/");
    let Error::Throttled { until } = customers().list(5).await.unwrap_err() else { panic!() };
    assert_eq!(until.duration_since(desk.now()).as_secs(), 57);
    for _ in 0..20 {
        let error = customers().list(5).await.unwrap_err();
        assert_eq!(error, Error::NotYet { until });
        assert!(error.keeps_request_id());
    }
    assert_eq!(desk.asked("/v1/"), asked + 1, "twenty were held back");
    desk.pass(57);
    let Error::Throttled { until } = customers().list(5).await.unwrap_err() else { panic!() };
    assert_eq!(until.duration_since(desk.now()).as_secs(), 114, "the second time is twice as long");
    desk.pass(114);
    customers().list(5).await.unwrap();
    assert_eq!(desk.asked("/v1/"), asked + 3);
}

#[tokio::test]
async fn the_published_limit_is_met_and_kept() {
    let desk = Desk::new().await;
    let customers = desk.at().customers().unwrap();
    let mut fine = 0;
    let until = loop {
        match customers.list(1).await {
            Ok(_) => fine += 1,
            Err(Error::Throttled { until }) => break until,
            Err(error) => panic!("{error}"),
        }
    };
    assert_eq!(fine, 500);
    desk.pass(until.duration_since(desk.now()).as_secs());
    desk.at().customers().unwrap().list(1).await.unwrap();
}

#[tokio::test]
async fn a_list_that_leads_in_a_circle_ends() {
    let desk = Desk::new().await;
    let place = "/v1/customers?size=5";
    plan(&desk, Fault::next(FaultKind::NextAt(place.into())).on("/v1/customers").times(3));
    let error = desk.at().customers().unwrap().list(5).await.unwrap_err();
    assert_eq!(error, Error::Unreadable("a list leads back to the same page"));
    assert_eq!(desk.asked("/v1/customers"), 1);
}

#[tokio::test]
async fn somebody_who_was_faster_is_stale() {
    let desk = Desk::new().await;
    plan(&desk, Fault::next(FaultKind::StaleEtag).on("profiles/support"));
    let profile = microsoft::support::Profile { email: None, telephone: None, website: None };
    let error =
        desk.at().support_profile_update().unwrap().put(&profile, RequestId::new()).await.unwrap_err();
    assert_eq!(error.reason(), Some(Reason::Stale));
    assert!(!error.keeps_request_id());
}
