//! Licences: read beside the subscriptions, counted on from reading to reading, and a signal when nobody uses them.

use app::{
    Error,
    microsoft::{State, What},
    signals::{self, Raised},
    subscriptions,
};
use domain::{
    access::Role,
    id::CustomerId,
    signal::{Judged, Signal},
    ticket::kinds::Service,
};
use jiff::SignedDuration;
use microsoft_sim::{Fault, FaultKind};
use store::licences::Licences;
use testkit::on_both;
use uuid::Uuid;

use super::Connected;

/// Bergmann's: 85, of which nobody has 27.
const PREMIUM: Uuid = Uuid::from_u128(0xe516_2951_11e9_4c2f_8221_b399_351c_d19d);
const DAY: SignedDuration = SignedDuration::from_hours(24);
const UNUSED: (Signal, Service) = (Signal::UnusedLicences, Service::Microsoft365);

impl Connected {
    async fn licences(&self, customer: CustomerId) -> Vec<Licences> {
        let places = subscriptions::of_customer(&self.desk.app, &self.desk.admin, customer).await.unwrap().0;
        places.into_iter().flat_map(|place| place.licences).collect()
    }

    async fn raised(&self) -> Vec<Raised> {
        signals::overview(&self.desk.app, &self.desk.admin, None).await.unwrap().raised
    }

    fn leave(&self, seats: u32) {
        assert!(self.sim.world(|world| world.leave_unassigned(PREMIUM, seats)));
    }
}

on_both! {
    async fn what_nobody_uses_for_thirty_days_is_a_signal(db) {
        let at = Connected::new(db).await;
        let ours = at.customer("Bergmann", "bergmann.example").await;
        at.desk.run_jobs().await;
        let all = at.licences(ours).await;
        let numbers: Vec<_> = all.iter().map(|one| (one.active, one.assigned, one.unused)).collect();
        assert_eq!(numbers, [(85, 58, Some(27)), (85, 85, None)]);
        let glance = app::customers::glance(&at.desk.app, &at.desk.admin, ours).await.unwrap();
        assert_eq!(glance.licences, Some([170, 143]));
        let began = all[0].unused_since.unwrap();
        assert_eq!(at.raised().await, []);

        // Somebody gets some: what nobody ever had is less, and has lasted as long.
        at.leave(20);
        at.pass(15 * DAY).await;
        at.leave(30);
        at.pass(14 * DAY).await;
        assert_eq!(at.raised().await, []);
        at.pass(2 * DAY).await;
        let raised = at.raised().await;
        assert_eq!(raised.len(), 1);
        assert_eq!((raised[0].customer, raised[0].signal, raised[0].service), (ours, UNUSED.0, UNUSED.1));
        assert_eq!((raised[0].name.as_str(), raised[0].evidence.len()), ("Bergmann", 0));
        let [idle] = raised[0].licences.as_slice() else { panic!("{raised:?}") };
        assert_eq!((idle.name.as_str(), idle.active, idle.assigned), ("Microsoft 365 Business Premium", 85, 55));
        assert_eq!((idle.unused, idle.since), (20, began));

        // Who sells sees it; who helps does not, nor does another desk.
        let (app, desk) = (&at.desk.app, &at.desk);
        let sales = desk.agent("Sara", &[Role::SalesAgent]).await;
        assert_eq!(signals::overview(app, &sales, Some(ours)).await.unwrap().raised, raised);
        let helper = desk.agent("Hanna", &[Role::HelpdeskAgent]).await;
        let denied = signals::overview(app, &helper, None).await;
        assert!(matches!(denied, Err(Error::Forbidden)), "{denied:?}");
        let (_, stranger) = desk.other_desk().await;
        assert_eq!(signals::overview(app, &stranger, None).await.unwrap().raised, []);

        // Judged, it is gone for 90 days.
        signals::judge(app, &sales, ours, UNUSED, Judged::Dismissed, "They hire in May").await.unwrap();
        let again = signals::judge(app, &sales, ours, UNUSED, Judged::TakenUp, "No").await;
        assert!(matches!(again, Err(Error::Refused("signal-gone"))), "{again:?}");
        at.pass(89 * DAY).await;
        assert_eq!(at.raised().await, []);
        at.pass(2 * DAY).await;
        assert_eq!(at.raised().await[0].licences[0].since, began);
        // Somebody has them: it is over, and begins anew.
        at.leave(3);
        at.pass(2 * DAY).await;
        assert_eq!((at.raised().await, at.licences(ours).await[0].unused), (vec![], None));
        at.leave(40);
        at.pass(2 * DAY).await;
        let known = at.licences(ours).await;
        assert_eq!((at.raised().await, known[0].unused), (vec![], Some(40)));
        assert!(known[0].unused_since.unwrap() > began);
    }

    async fn that_they_cannot_be_read_is_theirs_alone(db) {
        let at = Connected::new(db).await;
        let ours = at.customer("Bergmann", "bergmann.example").await;
        let refused = FaultKind::ErrorInOk(900_308, "Insufficient privileges.".into());
        at.sim.world(|world| world.faults = vec![Fault::next(refused).on("subscribedskus").times(1_000)]);
        at.desk.run_jobs().await;
        at.all_is_read().await;
        let place = at.place(ours).await;
        assert_eq!(place.reading(What::Licences).unwrap().state, State::Refused);
        assert_eq!(place.reading(What::Subscriptions).unwrap().state, State::Current);
        assert_eq!(at.licences(ours).await, []);
        let glance = app::customers::glance(&at.desk.app, &at.desk.admin, ours).await.unwrap();
        assert_eq!((glance.licences, glance.subscriptions), (None, Some(3)));
        at.sim.world(|world| world.faults.clear());
        at.pass(DAY).await;
        assert_eq!(at.licences(ours).await.len(), 2);

        // What was given back counts no more, and a customer that leaves takes all along.
        let deleted = Some(microsoft_sim::Status::Deleted);
        assert!(at.sim.world(|world| world.somebody_else_changes(PREMIUM, None, None, deleted)));
        at.pass(2 * DAY).await;
        let known = at.licences(ours).await;
        assert_eq!((known[0].active, known[0].assigned), (0, 0));
        let tenant = at.place(ours).await.tenant.tenant;
        at.act("PUT", &format!("/simulator/relationships/{tenant}"), r#"{"ours":false}"#).await;
        at.pass(2 * DAY).await;
        assert_eq!(at.licences(ours).await, []);
    }
}
