//! Claims against suppliers: from the incident to the customer's credit note.

use app::{
    Error,
    claims::{self, NewClaim, Said},
    payables::{self, NewInvoice},
    suppliers,
};
use domain::{
    access::Role,
    billing::{
        claim::{ClaimAct, ClaimKind, ClaimState, Evidence},
        invoice::Kind,
    },
    id::{ClaimId, SupplierInvoiceId},
    money::Money,
    party::supplier::SupplierKind,
};
use jiff::civil::{Date, date};
use testkit::{TestDesk, on_both};

pub(crate) fn eur(minor: i64) -> Money {
    Money { minor, currency: "EUR".parse().unwrap() }
}

/// An invoice of Microsoft.
pub(crate) async fn invoice(desk: &TestDesk, number: &str, dated: Date, total: i64) -> SupplierInvoiceId {
    let all = suppliers::list(&desk.app, &desk.admin).await.unwrap();
    let microsoft = all.iter().find(|listed| listed.supplier.kind == SupplierKind::Microsoft).unwrap();
    let new = NewInvoice {
        supplier: microsoft.supplier.id,
        number: number.into(),
        kind: Kind::Invoice,
        amends: String::new(),
        dated,
        due: None,
        begins: None,
        ends: None,
        total: eur(total),
        remark: String::new(),
    };
    payables::add(&desk.app, &desk.admin, new).await.unwrap()
}

pub(crate) fn new(invoice: SupplierInvoiceId, kind: ClaimKind, happened: Option<Date>) -> NewClaim {
    NewClaim {
        invoice,
        kind,
        amount: eur(5_000),
        lines: Vec::new(),
        ticket: None,
        happened,
        remark: String::new(),
    }
}

pub(crate) fn said(act: ClaimAct) -> Said {
    Said { act, day: None, amount: None, number: String::new(), evidence: None, note: String::new() }
}

async fn state(desk: &TestDesk, id: ClaimId) -> (ClaimState, i64, i64) {
    let one = claims::one(&desk.app, &desk.admin, id).await.unwrap();
    let claim = one.listed.claim;
    assert_eq!(
        (claim.state, claim.credited, claim.given),
        (one.standing.state(), one.standing.credited, one.standing.given())
    );
    (claim.state, claim.credited, claim.given)
}

on_both! {
    async fn a_claim_from_its_draft_to_the_customer(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let bill = invoice(&desk, "G1", date(2020, 3, 8), 100_000).await;
        let id = claims::open(app, admin, new(bill, ClaimKind::SlaCredit, Some(date(2020, 2, 15)))).await.unwrap();
        let one = claims::one(app, admin, id).await.unwrap();
        assert_eq!(one.listed.claim.deadline, Some(date(2020, 3, 31)));
        assert!(one.listed.due.unwrap().warned, "it is past");
        let tick = Said { evidence: Some(Evidence::Incident), note: "EX25194".into(), ..said(ClaimAct::Tick) };
        claims::note(app, admin, id, tick).await.unwrap();
        let submit = Said { day: Some(date(2020, 3, 30)), number: "2603".into(), ..said(ClaimAct::Submit) };
        claims::note(app, admin, id, submit.clone()).await.unwrap();
        assert_eq!(state(&desk, id).await, (ClaimState::Submitted, 0, 0));
        assert!(matches!(claims::note(app, admin, id, submit).await, Err(Error::Refused("wrong-state"))));
        let credit = Said { amount: Some(eur(4_000)), number: "CN-1".into(), ..said(ClaimAct::Credit) };
        claims::note(app, admin, id, credit).await.unwrap();
        let pass = |minor: i64, number: &str, note: &str| Said {
            amount: Some(eur(minor)), number: number.into(), note: note.into(), ..said(ClaimAct::PassOn)
        };
        claims::note(app, admin, id, pass(3_000, "OUR-1", "")).await.unwrap();
        assert_eq!(state(&desk, id).await, (ClaimState::Credited, 4_000, 3_000));
        let twice = claims::note(app, admin, id, pass(1_000, "OUR-1", "again")).await;
        assert!(matches!(twice, Err(Error::Invalid { field: "number", code: "taken" })), "{twice:?}");
        let over = claims::note(app, admin, id, pass(1_001, "OUR-2", "")).await;
        assert!(matches!(over, Err(Error::Invalid { field: "note", code: "claim-over" })), "{over:?}");
        claims::note(app, admin, id, pass(1_000, "OUR-2", "")).await.unwrap();
        assert_eq!(state(&desk, id).await, (ClaimState::PassedOn, 4_000, 4_000));
        // Of what was refused nothing stayed.
        let one = claims::one(app, admin, id).await.unwrap();
        assert_eq!(one.events.len(), 6, "{:?}", one.events);
        assert_eq!(claims::of_invoice(app, admin, bill).await.unwrap().len(), 1);
        let (alive, ended) = claims::overview(app, admin, None, 10).await.unwrap();
        assert_eq!((alive.len(), ended.len()), (0, 1));
        assert_eq!(claims::list(app, admin, None, Some(ClaimState::Draft), 10).await.unwrap().len(), 0);
    }

    async fn what_is_wrong_with_a_claim_is_said_and_nothing_is_kept(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let bill = invoice(&desk, "G1", date(2026, 2, 8), 100_000).await;
        let fine = || new(bill, ClaimKind::WrongCharge, None);
        for (wrong, at) in [
            (NewClaim { amount: eur(0), ..fine() }, "amount"),
            (NewClaim { amount: Money { minor: 1, currency: "SEK".parse().unwrap() }, ..fine() }, "currency"),
            (NewClaim { lines: vec![1], ..fine() }, "lines"),
            (NewClaim { lines: vec![i64::MIN], ..fine() }, "lines"),
            (NewClaim { ticket: Some(4_711), ..fine() }, "ticket"),
            (NewClaim { happened: Some(Date::MAX), ..fine() }, "happened"),
        ] {
            let refused = claims::open(app, admin, wrong).await;
            assert!(matches!(refused, Err(Error::Invalid { field, .. }) if field == at), "{at}: {refused:?}");
        }
        assert!(claims::of_invoice(app, admin, bill).await.unwrap().is_empty());
        let id = claims::open(app, admin, fine()).await.unwrap();
        assert_eq!(claims::one(app, admin, id).await.unwrap().listed.claim.deadline, None, "nobody knows");
        for (wrong, at) in [
            (Said { evidence: Some(Evidence::Orders), ..said(ClaimAct::Tick) }, "evidence"),
            (said(ClaimAct::Tick), "evidence"),
            (Said { number: "1".into(), ..said(ClaimAct::Submit) }, "day"),
            (Said { day: Some(Date::MAX), number: "1".into(), ..said(ClaimAct::Submit) }, "day"),
            (said(ClaimAct::Withdraw), "note"),
            (Said { amount: Some(eur(1)), note: "why".into(), ..said(ClaimAct::Withdraw) }, "amount"),
        ] {
            let refused = claims::note(app, admin, id, wrong).await;
            assert!(matches!(refused, Err(Error::Invalid { field, .. }) if field == at), "{at}: {refused:?}");
        }
        // The desk knows a day; then nobody does.
        let day = |day| Said { day, ..said(ClaimAct::Deadline) };
        claims::note(app, admin, id, day(Some(date(2026, 12, 1)))).await.unwrap();
        assert_eq!(claims::one(app, admin, id).await.unwrap().listed.claim.deadline, Some(date(2026, 12, 1)));
        claims::note(app, admin, id, day(None)).await.unwrap();
        assert_eq!(claims::one(app, admin, id).await.unwrap().listed.due, None);
        let reader = desk.agent("Alva", &[Role::AdminAgent]).await;
        assert!(claims::one(app, &reader, id).await.is_ok());
        assert!(matches!(claims::note(app, &reader, id, said(ClaimAct::Withdraw)).await, Err(Error::Forbidden)));
        let helper = desk.agent("Hanna", &[Role::HelpdeskAgent]).await;
        assert!(matches!(claims::one(app, &helper, id).await, Err(Error::Forbidden)));
    }
}
