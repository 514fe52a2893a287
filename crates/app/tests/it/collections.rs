//! What comes of what customers owe: one is late, one promises, one disputes a line, one is hit by a clock that jumps.

use app::{
    collections::{self as owed, NewDispute, NewPromise, Settle, Switch, What},
    receivables::{self as money, Fate, NewDraft, NewPayment, Row},
};
use domain::{
    access::Role,
    collections::{Policy, standing::Why},
    id::CustomerId,
    money::Money,
    party::Sees,
    receivable::invoice::{Line, Vat, VatCategory},
};
use jiff::{SignedDuration, ToSpan, civil::Date};
use store::{
    collections::{Brake, Outcome},
    outgoing::{self, Purpose},
};
use testkit::{TestDesk, on_both};

use crate::receivables::customer;

fn eur(minor: i64) -> Money {
    Money { minor, currency: "EUR".parse().unwrap() }
}

fn today(desk: &TestDesk) -> Date {
    money::day(desk.app.now(), &jiff::tz::TimeZone::UTC)
}

/// An invoice of the partner's own accounting that is so many days past due.
async fn late(desk: &TestDesk, customer: CustomerId, number: &str, days: i32, minor: i64) {
    let due_on = today(desk).checked_sub(days.days()).unwrap();
    let issued_on = due_on.checked_sub(14.days()).unwrap();
    let row = Row { line: 1, number: number.into(), customer, issued_on, due_on, gross: eur(minor), tax: 0 };
    let rows = (vec![row], Vec::new());
    money::import_invoices(&desk.app, &desk.admin, rows, Fate::Nothing).await.unwrap();
}

async fn notices(desk: &TestDesk) -> usize {
    desk.sent_mails().await.iter().filter(|mail| mail.purpose == Purpose::Collection).count()
}

async fn whys(desk: &TestDesk, id: CustomerId) -> Vec<Why> {
    let one = owed::one(&desk.app, &desk.admin, id).await.unwrap();
    one.row.standing.holds.iter().map(|hold| hold.why).collect()
}

async fn pay(desk: &TestDesk, customer: CustomerId, minor: i64) {
    let (amount, day) = (eur(minor), today(desk));
    let new = NewPayment { customer, amount, day, label: "paid".into(), settles: Vec::new() };
    money::pay(&desk.app, &desk.admin, new).await.unwrap();
}

on_both! {
    async fn notices_are_given_once_and_never_after_payment(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin, day) = (&desk.app, &desk.admin, SignedDuration::from_hours(24));
        let acme = customer(&desk, "Acme").await;
        late(&desk, acme, "OLD-1", 5, 30_000).await;

        // A new desk only says what it would do; a person may do it.
        desk.pass(day).await;
        let all = owed::standings(app, admin).await.unwrap();
        assert_eq!((all.desk.live, all.rows.len()), (false, 1));
        assert_eq!(all.rows[0].standing.notice.as_ref().unwrap().stage, 0);
        assert_eq!(notices(&desk).await, 0);
        let helper = desk.agent("Helper", &[Role::HelpdeskAgent]).await;
        assert_eq!(owed::give(app, &helper, acme).await.unwrap_err().code(), "forbidden");

        owed::switch(app, admin, Switch::Live).await.unwrap();
        desk.pass(day).await;
        assert_eq!(notices(&desk).await, 1);
        let mails = desk.sent_mails().await;
        let mail = mails.iter().find(|mail| mail.purpose == Purpose::Collection).unwrap();
        assert_eq!(mail.to, ["ada@acme.test"]);
        let text = mail.mail.text.clone();
        assert!(text.contains("OLD-1") && (text.contains("300.00") || text.contains("300,00")) && !text.contains('⟨'), "{text}");
        // No second one, however often somebody looks, and none by hand.
        desk.pass(day).await;
        assert_eq!(notices(&desk).await, 1);
        assert_eq!(owed::give(app, admin, acme).await.unwrap_err().code(), "nothing-due");
        assert_eq!(whys(&desk, acme).await, [Why::Grace]);

        // The second stage comes in its time; then it is paid, and nothing more comes.
        for _ in 0..8 { desk.pass(day).await; }
        assert_eq!(notices(&desk).await, 2);
        pay(&desk, acme, 30_000).await;
        for _ in 0..40 { desk.pass(day).await; }
        assert_eq!(notices(&desk).await, 2);
        // The month is played as it was: two notices, and none after the payment.
        let played = owed::simulate(app, admin, Policy::first(), "2026-03-01".parse().unwrap()).await.unwrap();
        let stages: Vec<_> = played.events.iter().map(|one| (one.what, one.stage)).collect();
        assert_eq!(stages, [(What::Notice, 1)], "{played:?}");
        // Its reminder would have been in February, when it was three days late.
        let before = owed::simulate(app, admin, Policy::first(), "2026-02-01".parse().unwrap()).await.unwrap();
        assert_eq!(before.events.iter().map(|one| one.stage).collect::<Vec<_>>(), [0]);
    }

    async fn a_promise_an_exemption_and_a_dispute_hold_what_they_are_about(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let acme = customer(&desk, "Acme").await;
        let line = |price: &str| Line {
            description: "Licences".into(),
            quantity: "1".parse().unwrap(),
            unit_price: price.parse().unwrap(),
            vat: Vat { category: VatCategory::Standard, rate: "19".parse().unwrap() },
            origin: None,
        };
        let new = NewDraft { customer: acme, currency: None, lines: vec![line("100"), line("50")], note: String::new() };
        let invoice = money::create(app, admin, new).await.unwrap();
        money::issue(app, admin, invoice, 1).await.unwrap();
        desk.wait(SignedDuration::from_hours(24 * 20));

        // Its billing contact disputes the second line; somebody else's does not see it.
        let ada = desk.contact(acme, "Ada", "ada2@acme.test", Sees::All).await;
        let other = customer(&desk, "Bolt").await;
        let bob = desk.contact(other, "Bob", "bob@bolt.test", Sees::All).await;
        let said = |line| NewDispute { invoice, line, reason: "We never had it".into() };
        for who in [&ada, &bob] {
            assert_eq!(owed::dispute_of(app, who, said(2)).await.unwrap_err().code(), "not-found");
        }
        let (data, version) = money::buyer(app, admin, acme).await.unwrap().data.unwrap();
        money::set_buyer(app, admin, acme, data, vec![ada.id], Some(version)).await.unwrap();
        assert_eq!(owed::dispute_of(app, &ada, said(3)).await.unwrap_err().code(), "unknown");
        let dispute = owed::dispute_of(app, &ada, said(2)).await.unwrap();
        assert_eq!(owed::dispute_of(app, &ada, said(2)).await.unwrap_err().code(), "stale");
        let portal = owed::of_contact(app, &ada).await.unwrap();
        assert_eq!(portal[0].overdue, [eur(11_900)], "the rest of the invoice is owed");

        let standing = |one: owed::One| one.row.standing;
        let now = standing(owed::one(app, admin, acme).await.unwrap());
        assert_eq!((now.items[0].disputed, now.items[0].counts()), (5_950, 11_900));
        let promised = NewPromise {
            currency: eur(0).currency,
            parts: vec![(today(&desk), 11_900)],
            note: String::new(),
        };
        owed::promise(app, admin, acme, promised.clone()).await.unwrap();
        assert_eq!(standing(owed::one(app, admin, acme).await.unwrap()).notice, None);
        let past = NewPromise { parts: vec![("2026-01-01".parse().unwrap(), 1)], ..promised };
        assert_eq!(owed::promise(app, admin, acme, past).await.unwrap_err().code(), "too-far");
        desk.wait(SignedDuration::from_hours(48));
        assert!(standing(owed::one(app, admin, acme).await.unwrap()).notice.is_some(), "it was not kept");
        owed::exempt(app, admin, acme, today(&desk), "Their bank is closed").await.unwrap();
        assert_eq!(whys(&desk, acme).await, [Why::Exempt, Why::Dispute]);

        owed::settle(app, admin, dispute, Settle::Take, "").await.unwrap();
        let end = Settle::End(Outcome::Rejected);
        assert_eq!(owed::settle(app, admin, dispute, end, "").await.unwrap_err().code(), "required");
        owed::settle(app, admin, dispute, end, "You had it in March").await.unwrap();
        assert_eq!(owed::settle(app, admin, dispute, end, "Again").await.unwrap_err().code(), "stale");
        assert_eq!(standing(owed::one(app, admin, acme).await.unwrap()).items[0].counts(), 17_850);
        assert_eq!(owed::of_contact(app, &ada).await.unwrap()[0].disputes[0].answer, "You had it in March");
    }

    async fn a_notice_on_its_way_stops_when_what_it_speaks_of_is_paid(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let acme = customer(&desk, "Acme").await;
        late(&desk, acme, "OLD-1", 5, 30_000).await;
        owed::give(app, admin, acme).await.unwrap();
        pay(&desk, acme, 30_000).await;
        desk.run_jobs().await;
        let given = owed::one(app, admin, acme).await.unwrap().given;
        assert!(given[0].notice.lost_at.is_some() && given[0].arrived_at.is_none(), "{given:?}");
        let kept = app::post::sent(app, admin, None, 10).await.unwrap();
        let [(mail, to)] = kept.as_slice() else { panic!("{kept:?}") };
        assert_eq!((mail.state, to[0].state), (outgoing::State::Done, outgoing::Delivery::Failed));
        // Another invoice is spoken of in its turn; that one arrives, and when is known.
        late(&desk, acme, "OLD-2", 5, 10_000).await;
        desk.wait(SignedDuration::from_hours(24));
        owed::give(app, admin, acme).await.unwrap();
        desk.run_jobs().await;
        let given = owed::one(app, admin, acme).await.unwrap().given;
        assert!(given.iter().any(|one| one.arrived_at.is_some()), "{given:?}");
    }

    async fn dun_8_a_clock_that_jumps_or_too_many_at_once_ask_a_person(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin, day) = (&desk.app, &desk.admin, SignedDuration::from_hours(24));
        let mut all = Vec::new();
        for name in ["Acme", "Bolt", "Cask"] {
            let one = customer(&desk, name).await;
            late(&desk, one, &format!("OLD-{name}"), 1, 30_000).await;
            all.push(one);
        }
        owed::switch(app, admin, Switch::Live).await.unwrap();
        desk.pass(day).await;
        assert_eq!(notices(&desk).await, 0);
        // Forty days in one step: all are late by every stage, and nobody hears of it.
        desk.pass(day * 40).await;
        desk.pass(day).await;
        assert_eq!(notices(&desk).await, 0);
        assert_eq!(owed::standings(app, admin).await.unwrap().desk.brake, Some(Brake::Clock));
        assert_eq!(owed::give(app, admin, all[0]).await.unwrap_err().code(), "stopped");

        // More than the policy allows on one day.
        let policy = Policy { most_a_day: 2, ..Policy::first() };
        assert_eq!(owed::publish(app, admin, Policy { grace: 0, ..policy.clone() }, 0).await.unwrap_err().code(), "policy-grace");
        assert_eq!(owed::publish(app, admin, policy.clone(), 0).await.unwrap(), 1);
        assert_eq!(owed::publish(app, admin, policy.clone(), 0).await.unwrap_err().code(), "stale");
        owed::switch(app, admin, Switch::Release).await.unwrap();
        desk.pass(SignedDuration::from_hours(1)).await;
        assert_eq!(owed::standings(app, admin).await.unwrap().desk.brake, Some(Brake::Many));
        assert_eq!(notices(&desk).await, 0);

        // A person looked: each gets the first notice, and no suspension is near.
        owed::publish(app, admin, Policy::first(), 1).await.unwrap();
        owed::switch(app, admin, Switch::Release).await.unwrap();
        desk.pass(SignedDuration::from_hours(1)).await;
        assert_eq!(notices(&desk).await, 3);
        let standings = owed::standings(app, admin).await.unwrap();
        assert!(standings.rows.iter().all(|row| row.standing.reached == Some(0)));

        // One comes back: it was not given, and a person says when it is to be given again.
        let mails = desk.sent_mails().await;
        let mail = mails.iter().rev().find(|mail| mail.purpose == Purpose::Collection).unwrap();
        let id = mail.mail.message_id.clone().unwrap();
        let bounce = include_str!("bounce.eml").replace("ADDRESS", &mail.to[0]).replace("MESSAGE-ID", id.trim_matches(['<', '>']));
        desk.mail_in(&bounce).await;
        desk.run_jobs().await;
        let mut bounced = Vec::new();
        for one in all {
            if whys(&desk, one).await.contains(&Why::Bounced) {
                bounced.push(one);
            }
        }
        let [one] = bounced[..] else { panic!("{bounced:?}") };
        for _ in 0..16 { desk.pass(day).await; }
        assert_eq!(whys(&desk, one).await, [Why::Bounced], "it goes no further");
        let given = owed::one(app, admin, one).await.unwrap().given[0].notice.id;
        owed::lose(app, admin, one, given).await.unwrap();
        let before = notices(&desk).await;
        desk.pass(day).await;
        assert_eq!(notices(&desk).await, before + 1);
    }
}
