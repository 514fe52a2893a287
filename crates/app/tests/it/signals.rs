//! What customers may need: raised by their tickets, seen by those who sell, judged, and raised again by later ones only.

use app::{
    Error,
    diagnosis::{Change, Decide},
    signals::{self, Raised},
};
use domain::{
    access::Role,
    id::{CustomerId, TicketId},
    signal::{Judged, Signal},
    ticket::{
        diagnosis::Verdict,
        kinds::{Kind, Service},
    },
};
use jiff::SignedDuration;
use testkit::{TestDesk, on_both};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// A ticket of a customer, decided to be this row of the baseline.
async fn asks(desk: &TestDesk, customer: CustomerId, number: u32, category: &str) -> TicketId {
    desk.wait(MINUTE);
    let subject = format!("How do I do {number}?");
    let raw = desk.mail_from("ada@acme.test", &subject, &subject).await;
    let ticket = desk.ticket_of(&raw).await;
    assert_eq!(ticket.customer, Some(customer));
    let about = app::tickets::Change {
        service: Some(Service::Microsoft365),
        kind: Some(Kind::Technical),
        ..app::tickets::Change::default()
    };
    app::tickets::change(&desk.app, &desk.admin, ticket.id, about, None).await.unwrap();
    let decide = Decide { verdict: Verdict::Inside, category: Some(category.into()), reason: "asked".into() };
    let change = Change { decision: Some(decide), ..Change::default() };
    app::diagnosis::change(&desk.app, &desk.admin, ticket.id, change, None).await.unwrap();
    ticket.id
}

async fn raised(desk: &TestDesk, of: Option<CustomerId>) -> Vec<Raised> {
    signals::overview(&desk.app, &desk.admin, of).await.unwrap().raised
}

on_both! {
    async fn a_signal_from_its_first_ticket_to_its_second_life(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let acme = desk.customer("acme").await;
        let training = (Signal::Training, Service::Microsoft365);
        for number in 0..2 {
            asks(&desk, acme, number, "how-to").await;
        }
        asks(&desk, acme, 2, "updates").await;
        assert_eq!(raised(&desk, None).await, []);
        let early = signals::judge(app, admin, acme, training, Judged::TakenUp, "too early").await;
        assert!(matches!(early, Err(Error::Refused("signal-gone"))), "{early:?}");
        asks(&desk, acme, 3, "how-to").await;
        let found = raised(&desk, Some(acme)).await;
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].signal, found[0].service, found[0].evidence.len()), (training.0, training.1, 3));
        assert_eq!(found[0].evidence[0].1, "How do I do 3?", "the newest first");

        // Those who sell see it; those who help do not, nor does another desk.
        let sales = desk.agent("Sara", &[Role::SalesAgent]).await;
        let helper = desk.agent("Hanna", &[Role::HelpdeskAgent, Role::AdminAgent, Role::BillingAdmin]).await;
        assert_eq!(signals::overview(app, &sales, None).await.unwrap().raised, found);
        for denied in [
            signals::overview(app, &helper, None).await.map(drop),
            signals::judge(app, &helper, acme, training, Judged::Dismissed, "no").await.map(drop),
        ] {
            assert!(matches!(denied, Err(Error::Forbidden)), "{denied:?}");
        }
        let (_, stranger) = desk.other_desk().await;
        assert_eq!(signals::overview(app, &stranger, None).await.unwrap().raised, []);
        let theirs = signals::overview(app, &stranger, Some(acme)).await;
        assert!(matches!(theirs, Err(Error::NotFound(_))), "{theirs:?}");

        // Without a reason nothing is judged; with one it is gone, and counted.
        let silent = signals::judge(app, &sales, acme, training, Judged::Dismissed, " ").await;
        assert!(matches!(silent, Err(Error::Invalid { .. })), "{silent:?}");
        signals::judge(app, &sales, acme, training, Judged::Dismissed, "They hired a trainer").await.unwrap();
        let all = signals::overview(app, &sales, None).await.unwrap();
        assert_eq!(all.raised, []);
        assert_eq!((all.judged.len(), all.judged[0].0.reason.as_str()), (1, "They hired a trainer"));
        let of = |signal| all.precision.iter().find(|one| one.signal == signal).unwrap();
        assert_eq!((of(Signal::Training).taken_up, of(Signal::Training).judged), (0, 1));
        assert_eq!(of(Signal::Plan).judged, 0);

        // Only what came later raises it again, and what is older than 90 days does not.
        for number in 4..6 {
            asks(&desk, acme, number, "how-to").await;
        }
        assert_eq!(raised(&desk, None).await, []);
        asks(&desk, acme, 6, "how-to").await;
        assert_eq!(raised(&desk, None).await[0].evidence.len(), 3);
        signals::judge(app, &sales, acme, training, Judged::TakenUp, "A course in March").await.unwrap();
        desk.wait(SignedDuration::from_hours(24 * 91));
        assert_eq!(raised(&desk, None).await, []);
    }
}
