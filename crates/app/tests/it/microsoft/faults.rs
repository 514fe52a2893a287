//! Whatever goes wrong at Microsoft: a named state, a person told where one is needed, nothing doubled, no storm.

use app::microsoft::{self, State, Trouble, What};
use jiff::SignedDuration;
use microsoft_sim::{Fault, FaultKind};
use testkit::{TestDesk, on_both};

use super::Connected;

type Make = fn() -> FaultKind;

/// Faults, and how the connection stands after one.
const FAULTS: &[(Make, State)] = &[
    (|| FaultKind::Throttled(Some("57".into())), State::Throttled),
    (|| FaultKind::Throttled(None), State::Throttled),
    (|| FaultKind::Unavailable("30".into()), State::Throttled),
    (|| FaultKind::Status(500), State::Failing),
    (|| FaultKind::Status(502), State::Failing),
    (|| FaultKind::Status(504), State::Failing),
    (|| FaultKind::Reset, State::Failing),
    (|| FaultKind::HalfBody, State::Failing),
    (|| FaultKind::PageInOk, State::Failing),
    (|| FaultKind::Redirect("https://evil.example/".into()), State::Failing),
    (|| FaultKind::NextAt("https://evil.example/v1/customers".into()), State::Failing),
];

async fn mails(desk: &TestDesk) -> usize {
    desk.sent_mails().await.len()
}

on_both! {
    async fn every_fault_is_a_state_and_ends(db) {
        let at = Connected::new(db).await;
        at.desk.run_jobs().await;
        let first = at.tenants().await;
        for (kind, state) in FAULTS {
            // The list of customers is read each hour, and is the only thing that fails.
            at.sim.world(|world| world.faults = vec![Fault::next(kind()).on("/v1/customers?").times(1)]);
            let kind = kind();
            at.pass(SignedDuration::from_mins(61)).await;
            let row = at.reading(What::Customers).await;
            assert_eq!(row.state, *state, "{kind:?}");
            assert_eq!((row.failures, at.health().await.state), (1, *state), "{kind:?}");
            let asked = at.asked("/v1/");
            at.desk.run_jobs().await;
            assert_eq!(at.asked("/v1/"), asked, "{kind:?}: nothing is asked before its time");
            at.pass(SignedDuration::from_mins(2)).await;
            at.all_is_read().await;
            let row = at.reading(What::Customers).await;
            assert_eq!((row.state, row.failures), (State::Current, 0), "{kind:?}");
        }
        let after = at.tenants().await;
        assert_eq!(after.len(), first.len());
        assert_eq!(mails(&at.desk).await, 0, "nobody is needed for what ends by itself");
    }

    async fn an_error_in_an_ok_is_an_error(db) {
        let at = Connected::new(db).await;
        let kind = FaultKind::ErrorInOk(900_308, "Insufficient privileges.".into());
        at.sim.world(|world| world.faults = vec![Fault::next(kind).on("/v1/customers?")]);
        at.desk.run_jobs().await;
        let row = at.reading(What::Customers).await;
        assert_eq!((row.state, row.detail.as_str()), (State::Refused, "Insufficient privileges."));
        assert_eq!(at.health().await.state, State::Current, "the rest is read");
        at.pass(SignedDuration::from_hours(7)).await;
        assert_eq!(at.reading(What::Customers).await.state, State::Current);
    }

    async fn microsofts_patience_is_respected(db) {
        let at = Connected::new(db).await;
        let kind = FaultKind::Throttled(Some("3600".into()));
        at.sim.world(|world| world.faults = vec![Fault::next(kind).on("/v1/")]);
        at.desk.run_jobs().await;
        assert_eq!(at.asked("/v1/"), 1, "the first refusal holds everything back");
        for _ in 0..10 {
            microsoft::check(&at.desk.app, &at.desk.admin).await.unwrap();
            at.pass(SignedDuration::from_mins(5)).await;
        }
        assert_eq!(at.asked("/v1/"), 1, "also what people ask for");
        let health = at.health().await;
        assert_eq!(health.until.unwrap().duration_since(health.at), SignedDuration::from_hours(1));
        at.pass(SignedDuration::from_mins(11)).await;
        at.all_is_read().await;
    }

    async fn people_are_told_of_what_does_not_end(db) {
        let at = Connected::new(db).await;
        at.desk.run_jobs().await;
        at.sim.world(|world| world.faults = vec![Fault::next(FaultKind::Status(502)).on("/v1/").times(10_000)]);
        at.pass(SignedDuration::from_mins(30)).await;
        assert_eq!(mails(&at.desk).await, 0);
        let asked = at.asked("/v1/");
        for _ in 0..24 {
            at.pass(SignedDuration::from_mins(30)).await;
        }
        assert_eq!(mails(&at.desk).await, 1);
        let health = at.health().await;
        assert_eq!((health.state, health.detail.as_str()), (State::Failing, "HTTP 502"));
        assert!(at.asked("/v1/") - asked < 30, "{}: no storm", at.asked("/v1/") - asked);
        at.sim.world(|world| world.faults.clear());
        at.pass(SignedDuration::from_hours(2)).await;
        at.all_is_read().await;
    }

    async fn lost_delegated_admin_is_told_and_nothing_is_asked_there(db) {
        let at = Connected::new(db).await;
        let ours = at.customer("Tisza", "tisza.example").await;
        at.desk.run_jobs().await;
        let tenant = at.place(ours).await.tenant.tenant;
        let path = format!("/simulator/relationships/{tenant}");
        at.act("PUT", &path, r#"{"delegatedAdmin":false}"#).await;
        at.pass(SignedDuration::from_hours(7)).await;
        let place = at.place(ours).await;
        assert_eq!(place.tenant.delegated_admin, Some(false));
        assert_eq!(place.reading(What::Health).unwrap().state, State::NoAdmin);
        at.all_is_read().await;
        let told = at.desk.sent_mails().await;
        assert_eq!(told.len(), 1);
        let subject = told[0].mail.subject.as_deref().unwrap();
        assert!(subject.contains("Tisza Élelmiszer Kft."), "{subject}");
        let asked = at.asked(&format!("/{tenant}/oauth2/token"));
        at.pass(SignedDuration::from_hours(24)).await;
        assert_eq!(at.asked(&format!("/{tenant}/oauth2/token")), asked);
        assert_eq!(mails(&at.desk).await, 1);
        at.act("PUT", &path, r#"{"delegatedAdmin":true}"#).await;
        at.pass(SignedDuration::from_hours(7)).await;
        assert_eq!(at.place(ours).await.reading(What::Health).unwrap().state, State::Current);
    }

    async fn a_note_is_said_once_through_every_fault(db) {
        let at = Connected::new(db).await;
        at.desk.run_jobs().await;
        let (app, own) = (&at.desk.app, at.desk.desk);
        let id = microsoft::list(app, &at.desk.admin, "", 1).await.unwrap()[0].id.clone();
        for (number, (kind, _)) in FAULTS.iter().enumerate() {
            for after_effect in [false, true] {
                let mut fault = Fault { method: Some("PATCH".into()), ..Fault::next(kind()).on("servicerequests") };
                if after_effect {
                    fault = fault.after_effect();
                }
                // An answer that only looks like a refusal was an answer: what it stands for is not known.
                if after_effect && !matches!(fault.kind, FaultKind::Reset | FaultKind::HalfBody | FaultKind::Status(504)) {
                    continue;
                }
                at.sim.world(|world| world.faults = vec![fault]);
                let text = format!("Note {number} {after_effect}");
                let mut attempt = ::microsoft::RequestId::new();
                let mut tries = 0;
                loop {
                    tries += 1;
                    assert!(tries < 6, "{:?}", kind());
                    match microsoft::add_note(app, own, &id, &text, attempt).await {
                        Ok(_) => break,
                        Err(Trouble::Later { at: when, same, .. }) => {
                            if !same {
                                attempt = ::microsoft::RequestId::new();
                            }
                            at.pass(when.duration_since(app.now())).await;
                        }
                        Err(other) => panic!("{other:?}"),
                    }
                }
                let known = microsoft::follow(app, own, &id).await.unwrap();
                let said = known.notes.0.iter().filter(|note| note.text == text).count();
                assert_eq!(said, 1, "{:?} after effect: {after_effect}", kind());
            }
        }
        assert!(matches!(microsoft::follow(app, own, "../x").await, Err(Trouble::Ours(_))));
        let gone = microsoft::follow(app, own, "999999999999999").await;
        assert!(matches!(gone, Err(Trouble::Refused { reason: ::microsoft::Reason::Missing, .. })), "{gone:?}");
        let (stranger, _) = at.desk.other_desk().await;
        assert!(matches!(microsoft::follow(app, stranger, &id).await, Err(Trouble::NotConnected)));
    }
}
