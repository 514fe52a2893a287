//! What suppliers bill the desk: imported, reconciled, paid, explained.

use app::{
    Error,
    payables::{self, Broken, Imported, NewInvoice},
    receivables::{self, Which},
    suppliers,
};
use domain::{
    access::Role,
    billing::{
        difference::{Cause, differences},
        explain::explain,
        invoice::{Kind, Reconciled, Standing, Why},
        layout::Wrong,
        line::Layout,
    },
    id::{SupplierId, SupplierInvoiceId},
    money::Money,
    party::supplier::SupplierKind,
    receivable::pricing::{Base, Rounding, Rule},
};
use jiff::civil::{Date, date};
use rust_decimal::Decimal;
use store::payables::Content;
use testkit::{TestDesk, on_both};

fn eur(minor: i64) -> Money {
    Money { minor, currency: "EUR".parse().unwrap() }
}

async fn microsoft(desk: &TestDesk) -> SupplierId {
    let all = suppliers::list(&desk.app, &desk.admin).await.unwrap();
    all.iter().find(|listed| listed.supplier.kind == SupplierKind::Microsoft).unwrap().supplier.id
}

fn new(supplier: SupplierId, number: &str, dated: Date, total: i64) -> NewInvoice {
    NewInvoice {
        supplier,
        number: number.into(),
        kind: Kind::Invoice,
        amends: String::new(),
        dated,
        due: None,
        begins: None,
        ends: None,
        total: eur(total),
        remark: String::new(),
    }
}

async fn invoice(desk: &TestDesk, number: &str, dated: Date, total: i64) -> SupplierInvoiceId {
    let supplier = microsoft(desk).await;
    payables::add(&desk.app, &desk.admin, new(supplier, number, dated, total)).await.unwrap()
}

/// Seats of two customers in a month, in the shape of a new-commerce file.
fn seats(number: &str, month: u32, quantity: u32) -> String {
    let total = Decimal::from(quantity) * Decimal::new(1008, 2);
    format!(
        "CustomerId,CustomerName,SubscriptionId,ProductId,SkuName,ChargeType,UnitPrice,Quantity,EffectiveUnitPrice,Subtotal,\
         TaxTotal,Total,Currency,ChargeStartDate,ChargeEndDate,InvoiceNumber\n\
         T-1,Contoso,S-1,P-1,Microsoft 365 E3,cycleCharge,10.08,{quantity},10.08,{total},0,{total},EUR,{month}/1/2026,{month}/28/2026,{number}\n\
         T-2,\"Fabrikam, Inc.\",S-2,P-1,Microsoft 365 E3,cycleCharge,10.08,1,10.08,10.08,0,10.08,EUR,{month}/1/2026,{month}/28/2026,{number}\n"
    )
}

async fn import(desk: &TestDesk, id: SupplierInvoiceId, text: &str, broken: Broken) -> Imported {
    payables::import(&desk.app, &desk.admin, id, "lines.csv", text.as_bytes().to_vec(), broken).await.unwrap()
}

on_both! {
    async fn an_invoice_is_reconciled_to_the_cent(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let id = invoice(&desk, "G1", date(2026, 3, 8), 11_088).await;
        let one = payables::one(app, admin, id).await.unwrap();
        assert_eq!(one.payable.invoice.due, date(2026, 5, 7), "sixty days");
        assert_eq!(one.payable.reconciled, Reconciled::NoLines);
        let Imported::Kept(file) = import(&desk, id, &seats("G1", 2, 10), Broken::Nothing).await else { panic!("kept") };
        assert_eq!((file.content, file.layout, file.lines), (Content::Lines, Some(Layout::NewCommerce), 2));
        let one = payables::one(app, admin, id).await.unwrap();
        assert_eq!(one.payable.reconciled, Reconciled::Exactly);
        let shares: Vec<_> = one.shares.iter().map(|s| (s.customer.as_str(), s.name.as_str(), s.lines, s.total.parse::<Decimal>().unwrap())).collect();
        assert_eq!(shares, [("t-1", "Contoso", 1, Decimal::new(10_080, 2)), ("t-2", "Fabrikam, Inc.", 1, Decimal::new(1_008, 2))]);
        // The same again does nothing, whatever it is called.
        assert!(matches!(import(&desk, id, &seats("G1", 2, 10), Broken::Rest).await, Imported::Twice(there) if there == file.id));
        assert_eq!(payables::one(app, admin, id).await.unwrap().payable.invoice.lines, 2);
        // Another file makes it too much; without it, it adds up again.
        let Imported::Kept(more) = import(&desk, id, &seats("G1", 3, 1), Broken::Nothing).await else { panic!("kept") };
        let off = payables::one(app, admin, id).await.unwrap().payable.reconciled;
        assert_eq!(off, Reconciled::Off { by: Decimal::new(2_016, 2), why: Why::Unknown });
        payables::remove_file(app, admin, id, more.id).await.unwrap();
        let one = payables::one(app, admin, id).await.unwrap();
        assert_eq!((one.payable.reconciled, one.shares.len(), one.payable.invoice.lines), (Reconciled::Exactly, 2, 2));
        let (kept, bytes) = payables::document(app, admin, id, file.id).await.unwrap();
        assert_eq!((kept.name.as_str(), bytes), ("lines.csv", seats("G1", 2, 10).into_bytes()));
    }

    async fn broken_rows_are_named_and_the_rest_is_taken_by_choice(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let id = invoice(&desk, "G1", date(2026, 3, 8), 11_088).await;
        let table = seats("G1", 2, 10).replace("10.08,1,10.08", "10.08,one,10.08");
        let Imported::Refused(Some(Layout::NewCommerce), trouble) = import(&desk, id, &table, Broken::Nothing).await else { panic!("refused") };
        let fault = &trouble.faults[0];
        assert_eq!((fault.row, fault.column.as_str(), fault.what), (3, "Quantity", Wrong::NotANumber));
        let one = payables::one(app, admin, id).await.unwrap();
        assert!(one.files.is_empty() && one.payable.invoice.lines == 0, "nothing");
        let Imported::Kept(file) = import(&desk, id, &table, Broken::Rest).await else { panic!("kept") };
        assert_eq!((file.lines, file.trouble.0.rows), (1, 1));
        // A row of another invoice is not ours.
        let other = import(&desk, id, &seats("G2", 2, 10), Broken::Rest).await;
        assert!(matches!(other, Imported::Refused(_, trouble) if trouble.rows == 2));
        // What nobody can read is kept, and says so.
        let Imported::Kept(unknown) = import(&desk, id, "when,what\n1,2\n", Broken::Nothing).await else { panic!("kept") };
        assert_eq!((unknown.content, unknown.lines), (Content::Unknown, 0));
        let Imported::Kept(pdf) = import(&desk, id, "%PDF-1.7 and so on", Broken::Nothing).await else { panic!("kept") };
        assert_eq!(pdf.content, Content::Document);
    }

    async fn an_invoice_is_passed_on_once_by_price_rules(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let contoso = crate::receivables::customer(&desk, "Contoso").await;
        let fabrikam = desk.customer("Fabrikam").await;
        let id = invoice(&desk, "G1", date(2026, 3, 8), 11_088).await;
        let table = seats("G1", 2, 10).replace("\"Fabrikam, Inc.\"", "Fabrikam");
        let code = async || receivables::pass_on(app, admin, id).await.map_err(|error| error.code());
        assert_eq!(code().await, Err("not-reconciled"));
        let Imported::Kept(file) = import(&desk, id, &table, Broken::Nothing).await else { panic!("kept") };
        assert_eq!(code().await, Err("nothing-to-pass-on"), "without a rule");
        let rule = |product: &str, percent: i64, customer| Rule {
            customer,
            supplier: None,
            product: product.into(),
            base: Base::Cost,
            percent: percent.into(),
            step: Decimal::new(5, 2),
            rounding: Rounding::Up,
        };
        receivables::add_price_rule(app, admin, rule("", 10, None)).await.unwrap();
        let twice = receivables::add_price_rule(app, admin, rule("", 20, None)).await;
        assert!(matches!(twice, Err(Error::Invalid { field: "product", .. })));
        let unsound = receivables::add_price_rule(app, admin, rule("x", -100, None)).await;
        assert!(matches!(unsound, Err(Error::Invalid { field: "percent", .. })));
        let theirs = receivables::add_price_rule(app, admin, rule("e3", 20, Some(contoso))).await.unwrap();

        // 10.08 and a fifth is 12.096: 12.10. Nobody has said who the other customer is on paper.
        let preview = receivables::pass_on_preview(app, admin, id).await.unwrap();
        let seen: Vec<_> = preview.onward.iter().map(|one| (one.customer.clone().unwrap().0, one.vat.is_some(), one.net)).collect();
        assert_eq!(seen, [(contoso, true, 12_100), (fabrikam, false, 1_110)]);
        assert_eq!(code().await, Ok(1));
        assert_eq!(code().await, Ok(1), "the draft is there");
        let drafts = receivables::list(app, admin, Which::Drafts, None, 10).await.unwrap();
        let [draft] = drafts.as_slice() else { panic!("one draft: {drafts:?}") };
        assert_eq!((draft.customer, draft.net, draft.gross), (contoso, 12_100, 14_399), "once, with the VAT of the country");
        let one = receivables::one(app, admin, draft.id).await.unwrap();
        assert_eq!(one.invoice.lines.0.len(), 1);
        assert!(one.invoice.lines.0[0].description.starts_with("Microsoft 365 E3 · "), "{:?}", one.invoice.lines.0[0]);

        // Read anew, it is the same: also after the draft was issued.
        receivables::issue(app, admin, draft.id, one.invoice.version).await.unwrap();
        payables::remove_file(app, admin, id, file.id).await.unwrap();
        import(&desk, id, &table, Broken::Nothing).await;
        receivables::remove_price_rule(app, admin, theirs).await.unwrap();
        assert_eq!(code().await, Err("nothing-to-pass-on"));
        assert!(receivables::list(app, admin, Which::Drafts, None, 10).await.unwrap().is_empty());
        let tom = desk.agent("Tom", &[Role::HelpdeskAgent]).await;
        assert!(matches!(receivables::pass_on(app, &tom, id).await, Err(Error::Forbidden)));
        assert!(matches!(receivables::price_rules(app, &tom).await, Err(Error::Forbidden)));
    }

    async fn what_is_open_is_computed_from_payments(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let today = app.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let id = invoice(&desk, "D1", today, 10_000).await;
        let standing = async || payables::one(app, admin, id).await.unwrap().payable;
        assert_eq!(standing().await.standing, Standing::Open);
        for bad in [eur(0), eur(-1), Money { minor: 1, currency: "SEK".parse().unwrap() }] {
            assert!(payables::pay(app, admin, id, bad, today, "").await.is_err(), "{bad}");
        }
        let late = today.checked_add(jiff::Span::new().days(9)).unwrap();
        assert_eq!(payables::pay(app, admin, id, eur(1), late, "").await.unwrap_err().code(), "too-far");
        payables::pay(app, admin, id, eur(4_000), today, "first").await.unwrap();
        assert_eq!((standing().await.open, standing().await.standing), (eur(6_000), Standing::Open));
        payables::pay(app, admin, id, eur(6_000), today, "second").await.unwrap();
        assert_eq!(standing().await.standing, Standing::Paid);
        assert!(payables::open(app, admin).await.unwrap().is_empty());
        payables::pay(app, admin, id, eur(-6_000), today, "came back").await.unwrap();
        assert_eq!(payables::open(app, admin).await.unwrap().len(), 1);
        // Late by a day; and taken back by a note of the supplier.
        desk.wait(jiff::SignedDuration::from_hours(24 * 62));
        let overdue = standing().await;
        assert_eq!(overdue.standing, Standing::Overdue);
        assert_eq!(overdue.due.map(|due| (due.left, due.warned)), Some((None, true)));
        let note = NewInvoice { kind: Kind::VoidNote, amends: "D1".into(), ..new(microsoft(&desk).await, "D2", today, -10_000) };
        payables::add(app, admin, note).await.unwrap();
        assert_eq!((standing().await.standing, standing().await.open), (Standing::Void, eur(-4_000)));
        assert!(payables::open(app, admin).await.unwrap().is_empty());
    }

    async fn a_line_is_explained_and_a_month_compared(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        for (number, month, quantity) in [("G1", 3, 10), ("G2", 4, 12)] {
            let total = i64::from(quantity) * 1_008 + 1_008;
            let id = invoice(&desk, number, date(2026, month, 8), total).await;
            import(&desk, id, &seats(number, 2, quantity), Broken::Nothing).await;
            let (_, line) = payables::line(app, admin, id, 1).await.unwrap();
            assert!(explain(&line).is_whole());
            assert!(matches!(payables::line(app, admin, id, 3).await, Err(Error::NotFound(_))));
            assert!(matches!(payables::line(app, admin, id, 0).await, Err(Error::NotFound(_))));
            let (_, of_one) = payables::lines(app, admin, id, Some("t-2"), 0, 10).await.unwrap();
            assert_eq!(of_one.iter().map(|(n, l)| (*n, l.customer.as_str())).collect::<Vec<_>>(), [(2, "t-2")]);
        }
        let months = payables::months(app, admin, "t-1", date(2026, 4, 30)).await.unwrap();
        assert_eq!((months.name.as_str(), months.before.len(), months.now.len()), ("Contoso", 1, 1));
        let found = differences(&months.before, &months.now);
        assert_eq!(found[0].parts.len(), 1);
        assert_eq!((found[0].parts[0].cause, found[0].parts[0].amount), (Cause::Seats, Decimal::new(2_016, 2)));
    }

    async fn who_may_what(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let id = invoice(&desk, "G1", date(2026, 3, 8), 100).await;
        for (role, sees, writes) in [
            (Role::BillingAdmin, true, true),
            (Role::AdminAgent, true, false),
            (Role::HelpdeskAgent, false, false),
            (Role::SalesAgent, false, false),
            (Role::UserManagementAdmin, false, false),
        ] {
            let agent = desk.agent(&format!("Agent {role}"), &[role]).await;
            assert_eq!(payables::one(app, &agent, id).await.is_ok(), sees, "{role}");
            assert_eq!(payables::list(app, &agent, None, 10).await.is_ok(), sees, "{role}");
            assert_eq!(payables::months(app, &agent, "t", date(2026, 1, 1)).await.is_ok(), sees, "{role}");
            let paid = payables::pay(app, &agent, id, eur(1), date(2020, 1, 1), "").await;
            assert_eq!(paid.is_ok(), writes, "{role}");
        }
        let (_, stranger) = desk.other_desk().await;
        assert!(matches!(payables::one(app, &stranger, id).await, Err(Error::NotFound(_))));
        assert!(payables::list(app, &stranger, None, 10).await.unwrap().is_empty());
        let twice = payables::add(app, admin, new(microsoft(&desk).await, "G1", date(2026, 3, 8), 1)).await;
        assert_eq!(twice.unwrap_err().code(), "taken");
        // Microsoft's day is not ours to move back.
        let later = payables::change(app, admin, id, date(2027, 1, 1), "", 1).await;
        assert_eq!(later.unwrap_err().code(), "not-allowed");
    }
}
