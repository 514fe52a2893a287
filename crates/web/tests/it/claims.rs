//! Claims against suppliers on their pages and in the API.

use app::payables::{self, NewInvoice};
use axum::http::StatusCode;
use domain::{
    access::Role, billing::invoice::Kind, id::SupplierInvoiceId, money::Money, party::supplier::SupplierKind,
};
use jiff::civil::date;
use testkit::{TestDesk, on_both};

async fn invoice(desk: &TestDesk) -> SupplierInvoiceId {
    let all = app::suppliers::list(&desk.app, &desk.admin).await.unwrap();
    let microsoft = all.iter().find(|listed| listed.supplier.kind == SupplierKind::Microsoft).unwrap();
    let new = NewInvoice {
        supplier: microsoft.supplier.id,
        number: "G-4711".into(),
        kind: Kind::Invoice,
        amends: String::new(),
        dated: date(2026, 2, 8),
        due: None,
        begins: None,
        ends: None,
        total: Money { minor: 100_000, currency: "EUR".parse().unwrap() },
        remark: String::new(),
    };
    payables::add(&desk.app, &desk.admin, new).await.unwrap()
}

on_both! {
    async fn a_claim_on_its_pages(db) {
        let desk = TestDesk::new(db).await;
        let cookie = desk.agent_cookie(&desk.admin).await;
        let bill = invoice(&desk).await;
        let path = format!("/payables/{bill}/claims");
        let claim = |amount: &'static str, lines: &'static str| [
            ("kind", "sla_credit"), ("amount", amount), ("happened", "2020-02-15"), ("lines", lines),
            ("ticket", ""), ("remark", "kakapo was down"),
        ];
        // What cannot be read is said beside its field, and what was typed stays.
        for (amount, lines) in [("-1", ""), ("1.001", ""), ("12.50", "7"), ("12.50", "x")] {
            let bad = desk.post(&path, &cookie, &claim(amount, lines)).await;
            assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY, "{amount} {lines}");
            assert!(bad.body.contains("kakapo was down") && bad.body.contains(&format!("value=\"{amount}\"")));
        }
        let made = desk.post(&path, &cookie, &claim("120,50", "")).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let list = desk.get("/claims", &cookie).await.body;
        assert!(list.contains("G-4711") && list.contains("120.50"), "{list}");
        let (_, rest) = list.split_once("href=\"/claims/clm_").unwrap();
        let one = format!("/claims/clm_{}", rest.split('"').next().unwrap());
        let page = desk.get(&one, &cookie).await.body;
        // By the end of the month after the incident's: long ago.
        assert!(page.contains("value=\"2020-03-31\"") && page.contains("too late"), "{page}");
        assert!(desk.get(&path, &cookie).await.body.contains(&one));

        let note = |fields: Vec<(&'static str, &'static str)>| { let (desk, one, cookie) = (&desk, &one, &cookie); async move {
            desk.post(one, cookie, &fields).await
        } };
        let done = |status| assert_eq!(status, StatusCode::SEE_OTHER);
        assert_eq!(note(vec![("action", "tick"), ("evidence", "orders")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        done(note(vec![("action", "tick"), ("evidence", "incident"), ("note", "EX25194")]).await.status);
        assert!(desk.get(&one, &cookie).await.body.contains("1 of 8"));
        assert_eq!(note(vec![("action", "credit"), ("amount", "1"), ("number", "N")]).await.status, StatusCode::CONFLICT);
        done(note(vec![("action", "submit"), ("number", "2603"), ("day", "2020-03-30")]).await.status);
        done(note(vec![("action", "credit"), ("amount", "100"), ("number", "CN-1")]).await.status);
        done(note(vec![("action", "pass_on"), ("amount", "60"), ("number", "OUR-1")]).await.status);
        let twice = note(vec![("action", "pass_on"), ("amount", "10"), ("number", "OUR-1")]).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", twice.body);
        let over = note(vec![("action", "pass_on"), ("amount", "41"), ("number", "OUR-2")]).await;
        assert_eq!(over.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", over.body);
        assert!(over.body.contains("That is more than was credited"), "{}", over.body);
        done(note(vec![("action", "keep"), ("amount", "40"), ("note", "<b>our work</b>")]).await.status);
        let page = desk.get(&one, &cookie).await.body;
        assert!(page.contains("Settled") && page.contains("our work"), "{page}");
        assert!(!page.contains("<b>our work"), "{page}");

        // Who sees money reads it; others do not.
        let reader = desk.agent("Alva", &[Role::AdminAgent]).await;
        let hers = desk.agent_cookie(&reader).await;
        let page = desk.get(&one, &hers).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("name=\"action\""), "{}", page.body);
        assert_eq!(desk.post(&one, &hers, &[("action", "keep")]).await.status, StatusCode::FORBIDDEN);
        let helper = desk.agent("Hanna", &[Role::HelpdeskAgent]).await;
        assert_eq!(desk.get(&one, &desk.agent_cookie(&helper).await).await.status, StatusCode::FORBIDDEN);
    }
}
