//! Credit limits, and warnings before something is late: each thing once, to who may pay.

use app::{
    Agent, Error, claims,
    payables::{self, NewInvoice, NewLimit},
    suspensions,
};
use domain::{
    access::Role,
    billing::{claim::ClaimKind, invoice::Kind, owing::LimitStanding},
    id::SupplierInvoiceId,
    money::Money,
};
use jiff::{
    SignedDuration,
    civil::{Date, date},
};
use store::outgoing::Purpose;
use testkit::{TestDesk, on_both};

use crate::claims::{eur, invoice, new};

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// How many warnings somebody got.
async fn letters(desk: &TestDesk, agent: &Agent) -> usize {
    let mails = desk.sent_mails().await;
    let theirs = mails.iter().filter(|mail| {
        mail.purpose == Purpose::Notification && mail.to.iter().any(|to| to == agent.email.as_str())
    });
    theirs.count()
}

async fn pay(desk: &TestDesk, id: SupplierInvoiceId, amount: i64) {
    payables::pay(&desk.app, &desk.admin, id, eur(amount), date(2026, 3, 2), "").await.unwrap();
}

async fn limit(desk: &TestDesk, of: SupplierInvoiceId, amount: Option<Money>, begins: Date) {
    let supplier = payables::one(&desk.app, &desk.admin, of).await.unwrap().payable.invoice.supplier;
    let new = NewLimit { supplier, currency: "EUR".parse().unwrap(), amount, warn: 80, begins };
    payables::set_limit(&desk.app, &desk.admin, new).await.unwrap();
}

async fn standing(desk: &TestDesk) -> Vec<(i64, i64, LimitStanding)> {
    let all = payables::limits(&desk.app, &desk.admin).await.unwrap();
    all.iter().map(|one| (one.open.minor, one.amount.minor, one.standing)).collect()
}

on_both! {
    async fn an_invoice_is_told_before_it_is_late_and_each_time_once(db) {
        let desk = TestDesk::new(db).await;
        let payer = desk.agent("Berta", &[Role::BillingAdmin]).await;
        let reader = desk.agent("Alva", &[Role::AdminAgent]).await;
        // All are due on 21 March; one is paid, one is taken back.
        invoice(&desk, "G1", date(2026, 1, 20), 10_000).await;
        let paid = invoice(&desk, "G2", date(2026, 1, 20), 20_000).await;
        pay(&desk, paid, 20_000).await;
        let taken = invoice(&desk, "G3", date(2026, 1, 20), 30_000).await;
        let supplier = payables::one(&desk.app, &desk.admin, taken).await.unwrap().payable.invoice.supplier;
        let void = NewInvoice {
            supplier,
            number: "V3".into(),
            kind: Kind::VoidNote,
            amends: "G3".into(),
            dated: date(2026, 2, 1),
            due: None,
            begins: None,
            ends: None,
            total: eur(-30_000),
            remark: String::new(),
        };
        payables::add(&desk.app, &desk.admin, void).await.unwrap();
        let mut got = Vec::new();
        // Until it is overdue, and beyond.
        for _ in 0..30 {
            desk.pass(DAY).await;
            got.push(letters(&desk, &payer).await);
        }
        assert!(got.windows(2).all(|pair| pair[1] - pair[0] <= 1), "{got:?}");
        assert_eq!(got.last(), Some(&4), "ten, five, one, overdue: {got:?}");
        assert_eq!(letters(&desk, &desk.admin).await, 4, "whoever may pay");
        assert_eq!(letters(&desk, &reader).await, 0, "nobody else");
    }

    async fn a_restored_desk_warns_once_it_may_speak(db) {
        let desk = TestDesk::new(db).await;
        invoice(&desk, "G1", date(2025, 12, 1), 10_000).await;
        suspensions::mute_all(&desk.app).await.unwrap();
        desk.pass(HOUR * 3).await;
        assert_eq!(letters(&desk, &desk.admin).await, 0);
        suspensions::unmute(&desk.app, &desk.admin).await.unwrap();
        desk.pass(HOUR * 3).await;
        assert_eq!(letters(&desk, &desk.admin).await, 1, "overdue");
        desk.pass(DAY * 3).await;
        assert_eq!(letters(&desk, &desk.admin).await, 1);
    }

    async fn a_claim_is_told_before_its_day_is_over(db) {
        let desk = TestDesk::new(db).await;
        let bill = invoice(&desk, "G1", date(2026, 3, 1), 10_000).await;
        // Sixty days after the first misuse: on 7 March.
        claims::open(&desk.app, &desk.admin, new(bill, ClaimKind::FraudRefund, Some(date(2026, 1, 6)))).await.unwrap();
        // Nobody knows until when.
        claims::open(&desk.app, &desk.admin, new(bill, ClaimKind::WrongCharge, None)).await.unwrap();
        desk.pass(HOUR * 2).await;
        assert_eq!(letters(&desk, &desk.admin).await, 1);
        desk.pass(DAY * 10).await;
        assert_eq!(letters(&desk, &desk.admin).await, 1);
    }

    async fn a_credit_limit_is_told_when_it_is_near_and_when_it_is_passed(db) {
        let desk = TestDesk::new(db).await;
        let first = invoice(&desk, "G1", date(2026, 3, 1), 79_900).await;
        limit(&desk, first, Some(eur(50_000)), date(2026, 1, 1)).await;
        limit(&desk, first, Some(eur(100_000)), date(2026, 2, 1)).await;
        limit(&desk, first, Some(eur(1)), date(2026, 12, 1)).await;
        assert_eq!(standing(&desk).await, [(79_900, 100_000, LimitStanding::Within)], "the last that has begun");
        desk.pass(HOUR * 2).await;
        assert_eq!(letters(&desk, &desk.admin).await, 0);
        let second = invoice(&desk, "G2", date(2026, 3, 1), 20_100).await;
        assert_eq!(standing(&desk).await, [(100_000, 100_000, LimitStanding::Near)]);
        desk.pass(HOUR * 2).await;
        assert_eq!(letters(&desk, &desk.admin).await, 1, "near");
        let third = invoice(&desk, "G3", date(2026, 3, 1), 1).await;
        assert_eq!(standing(&desk).await, [(100_001, 100_000, LimitStanding::Passed)]);
        desk.pass(HOUR * 2).await;
        desk.pass(HOUR * 2).await;
        assert_eq!(letters(&desk, &desk.admin).await, 2, "passed, once");
        pay(&desk, third, 1).await;
        desk.pass(HOUR * 2).await;
        assert_eq!(letters(&desk, &desk.admin).await, 2, "still near");
        invoice(&desk, "G4", date(2026, 3, 1), 500).await;
        desk.pass(HOUR * 2).await;
        assert_eq!(letters(&desk, &desk.admin).await, 3, "passed again");
        pay(&desk, second, 20_100).await;
        limit(&desk, first, None, date(2026, 3, 1)).await;
        assert_eq!(standing(&desk).await, [], "no limit any more");
    }

    async fn who_may_not_pay_sets_no_limit(db) {
        let desk = TestDesk::new(db).await;
        let bill = invoice(&desk, "G1", date(2026, 3, 1), 100).await;
        let supplier = payables::one(&desk.app, &desk.admin, bill).await.unwrap().payable.invoice.supplier;
        let fine = || NewLimit { supplier, currency: "EUR".parse().unwrap(), amount: Some(eur(1)), warn: 80, begins: date(2026, 1, 1) };
        let reader = desk.agent("Alva", &[Role::AdminAgent]).await;
        assert!(matches!(payables::set_limit(&desk.app, &reader, fine()).await, Err(Error::Forbidden)));
        for (wrong, at) in [
            (NewLimit { amount: Some(eur(-1)), ..fine() }, "amount"),
            (NewLimit { warn: 0, ..fine() }, "percent"),
            (NewLimit { warn: 101, ..fine() }, "percent"),
            (NewLimit { begins: Date::MAX, ..fine() }, "begins"),
        ] {
            let refused = payables::set_limit(&desk.app, &desk.admin, wrong).await;
            assert!(matches!(refused, Err(Error::Invalid { field, .. }) if field == at), "{at}: {refused:?}");
        }
        assert_eq!(standing(&desk).await, []);
    }
}
