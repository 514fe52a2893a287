//! A month, day by day: a supplier's invoice comes in, invoices go out; one customer pays late, one does not accept a line, one
//! never pays. What each is told, in its language; and the supplier is paid on time.

use app::{
    collections::{self, NewDispute, Settle, Switch},
    customers::{self, Person},
    payables::{self, Broken, Imported, NewInvoice},
    receivables::{self as money, Edit, NewPayment, Which},
    suppliers,
    suspensions::{self, Wanted},
};
use domain::{
    access::Role,
    billing::invoice::{Kind, Standing},
    clock::CalendarSpec,
    collections::{Count, Effect, Policy, Scope, Stage},
    id::{CustomerId, InvoiceId, SupplierInvoiceId},
    lang::Lang,
    money::Money,
    party::{Sees, supplier::SupplierKind},
    receivable::pricing::{Base, Rounding, Rule},
    subscription::Status,
    suspension::{State, brake::Limits},
};
use jiff::SignedDuration;
use store::{collections::Outcome, outgoing::Purpose, suspensions::Rules};
use testkit::{TestDesk, on_both};
use uuid::Uuid;

use super::Connected;

const TISZA: Uuid = Uuid::from_u128(0x3d20_fac5_aab4_43ac_8a84_e080_0a93_312e);
const DAY: SignedDuration = SignedDuration::from_hours(24);
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn eur(minor: i64) -> Money {
    Money { minor, currency: "EUR".parse().unwrap() }
}

/// Open around the clock: days of rest are tried elsewhere.
async fn always_open(desk: &TestDesk) {
    let days: Vec<_> = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .map(|day| format!(r#""{day}": [["00:00", "24:00"]]"#))
        .into();
    let spec = format!(r#"{{"timezone": "Europe/Berlin", "hours": {{{}}}}}"#, days.join(", "));
    let spec: CalendarSpec = serde_json::from_str(&spec).unwrap();
    let id = app::desks::add_calendar(&desk.app, &desk.admin, "always", spec).await.unwrap();
    let (own, settings, version) = app::desks::settings(&desk.app, &desk.admin).await.unwrap();
    let settings = store::people::Settings { calendar: Some(id), ..settings };
    app::desks::update_settings(&desk.app, &desk.admin, &own.name, settings, version).await.unwrap();
}

/// A customer whose invoices go to somebody who reads this language.
async fn customer(desk: &TestDesk, name: &str, lang: Lang) -> (CustomerId, app::Contact) {
    let (app, admin) = (&desk.app, &desk.admin);
    let id = crate::receivables::customer(desk, name).await;
    let email = format!("billing@{}.test", name.to_lowercase());
    let person = Person {
        name: "Billing".into(),
        email: email.clone(),
        phone: String::new(),
        lang,
        customers: vec![(id, Sees::All)],
    };
    let contact = customers::create_contact(app, admin, person).await.unwrap();
    let of = money::buyer(app, admin, id).await.unwrap();
    let (data, version) = of.data.unwrap();
    money::set_buyer(app, admin, id, data, vec![contact], Some(version)).await.unwrap();
    let zone = app::who::zone("Europe/Berlin");
    let contact = app::Contact {
        desk: desk.desk,
        id: contact,
        name: "Billing".into(),
        email: email.parse().unwrap(),
        lang,
        zone,
    };
    (id, contact)
}

async fn bill(desk: &TestDesk, tenant: &str) -> SupplierInvoiceId {
    let (app, admin) = (&desk.app, &desk.admin);
    let all = suppliers::list(app, admin).await.unwrap();
    let microsoft = all.iter().find(|one| one.supplier.kind == SupplierKind::Microsoft).unwrap();
    let new = NewInvoice {
        supplier: microsoft.supplier.id,
        number: "G1".into(),
        kind: Kind::Invoice,
        amends: String::new(),
        dated: money::day(app.now(), &jiff::tz::TimeZone::UTC),
        due: None,
        begins: None,
        ends: None,
        total: eur(40_000),
        remark: String::new(),
    };
    let id = payables::add(app, admin, new).await.unwrap();
    let line = |customer: &str, name: &str, product: &str| {
        format!(
            "{customer},{name},S-{name}-{product},P-1,{product},cycleCharge,100,1,100,100,0,100,EUR,3/1/2026,3/31/2026,G1\n"
        )
    };
    let lines = [
        line(tenant, "tisza", "E3"),
        line("t-late", "Late", "E3"),
        line("t-picky", "Picky", "E3"),
        line("t-picky", "Picky", "Visio"),
    ];
    let header = "CustomerId,CustomerName,SubscriptionId,ProductId,SkuName,ChargeType,UnitPrice,Quantity,EffectiveUnitPrice,\
                  Subtotal,TaxTotal,Total,Currency,ChargeStartDate,ChargeEndDate,InvoiceNumber\n";
    let file = format!("{header}{}", lines.concat()).into_bytes();
    let done = payables::import(app, admin, id, "lines.csv", file, Broken::Nothing).await.unwrap();
    assert!(matches!(done, Imported::Kept(_)), "{done:?}");
    id
}

fn policy() -> Policy {
    let stage = |key: &str, days, effect: Effect| Stage {
        key: key.into(),
        days,
        count: Count::Calendar,
        minimum: if effect.scope().is_some() { vec![eur(5_000)] } else { Vec::new() },
        invoices: 1,
        classes: Vec::new(),
        notice: true,
        effect,
        approval: effect.scope().is_some(),
    };
    let stages = vec![
        stage("reminder", 3, Effect::Remind),
        stage("warning", 7, Effect::Warn),
        stage("everything", 12, Effect::Suspend(Scope::All)),
    ];
    Policy { grace: 2, stages, ..Policy::first() }
}

async fn pay(desk: &TestDesk, customer: CustomerId) {
    let of = money::account(&desk.app, &desk.admin, customer).await.unwrap();
    let settles: Vec<_> = of.account.open().into_iter().map(|(id, owed)| (id, owed.open)).collect();
    let amount = eur(settles.iter().map(|(_, minor)| minor).sum());
    let day = money::day(desk.app.now(), &jiff::tz::TimeZone::UTC);
    let new = NewPayment { customer, amount, day, label: "transfer".into(), settles };
    money::pay(&desk.app, &desk.admin, new).await.unwrap();
}

async fn owes(desk: &TestDesk, customer: CustomerId) -> i64 {
    let of = money::account(&desk.app, &desk.admin, customer).await.unwrap();
    of.account.open().into_iter().map(|(_, owed)| owed.open).sum()
}

/// The subjects of what somebody was told of what it owes.
async fn told(desk: &TestDesk, who: &app::Contact) -> Vec<String> {
    let mails = desk.sent_mails().await.into_iter();
    let theirs =
        mails.filter(|mail| mail.to == [who.email.to_string()] && mail.purpose == Purpose::Collection);
    theirs.map(|mail| mail.mail.subject.unwrap_or_default()).collect()
}

async fn invoice_of(desk: &TestDesk, customer: CustomerId) -> InvoiceId {
    let all = money::list(&desk.app, &desk.admin, Which::All, None, 50).await.unwrap();
    all.iter().find(|one| one.customer == customer).unwrap().id
}

on_both! {
    async fn a_month_of_three_customers(db) {
        let at = Connected::new(db).await;
        let desk = &at.desk;
        desk.run_jobs().await;
        let (app, admin) = (&desk.app, &desk.admin);
        always_open(desk).await;
        let (tisza, never) = customer(desk, "tisza", Lang::De).await;
        let (late, slow) = customer(desk, "Late", Lang::Sv).await;
        let (picky, strict) = customer(desk, "Picky", Lang::Hu).await;
        let tenant = app::subscriptions::one(app, admin, TISZA).await.unwrap().held.tenant.tenant;
        app::microsoft::link(app, admin, tenant.parse().unwrap(), app::microsoft::Link::Customer(tisza)).await.unwrap();
        let limits = Limits { per_hour: 100, per_day: 500, percent: 50 };
        suspensions::set_rules(app, admin, Rules { rehearsal: false, limits, pause: 0 }, 0).await.unwrap();
        collections::publish(app, admin, policy(), 0).await.unwrap();
        collections::switch(app, admin, Switch::Live).await.unwrap();

        // 2 March: the supplier's invoice comes in, a fifth is added, and an invoice goes to each.
        let from_microsoft = bill(desk, &tenant).await;
        let rule = Rule {
            customer: None,
            supplier: None,
            product: String::new(),
            base: Base::Cost,
            percent: 20.into(),
            step: "0.01".parse().unwrap(),
            rounding: Rounding::Nearest,
        };
        money::add_price_rule(app, admin, rule).await.unwrap();
        assert_eq!(money::pass_on(app, admin, from_microsoft).await.unwrap(), 3);
        for draft in money::list(app, admin, Which::Drafts, None, 10).await.unwrap() {
            let version = money::one(app, admin, draft.id).await.unwrap().invoice.version;
            money::issue(app, admin, draft.id, version).await.unwrap();
        }
        // 100.00 and a fifth is 120.00; with VAT of 19 % 142.80.
        assert_eq!((owes(desk, tisza).await, owes(desk, late).await, owes(desk, picky).await), (14_280, 14_280, 28_560));

        // They are due on 16 March. On the 18th one does not accept its second line; that is held, the rest is not.
        for _ in 0..16 { at.pass(DAY).await; }
        let disputed = NewDispute { invoice: invoice_of(desk, picky).await, line: 2, reason: "We have no Visio".into() };
        let dispute = collections::dispute_of(app, &strict, disputed).await.unwrap();
        for _ in 0..2 { at.pass(DAY).await; }
        assert!(told(desk, &never).await.iter().all(|subject| subject.starts_with("Zahlungserinnerung:")));
        for (who, amount) in [(&never, "142,80"), (&slow, "142,80"), (&strict, "142,80")] {
            let subjects = told(desk, who).await;
            assert!(subjects.len() == 1 && subjects[0].contains(amount), "{subjects:?}");
        }
        assert!(told(desk, &slow).await[0].starts_with("Påminnelse:"));
        assert!(told(desk, &strict).await[0].starts_with("Emlékeztető:"));
        let seen = collections::of_contact(app, &strict).await.unwrap();
        assert_eq!((seen[0].overdue.clone(), seen[0].disputes.len()), (vec![eur(14_280)], 1));

        // One pays late; the other was right about its line, and pays the rest.
        pay(desk, late).await;
        collections::settle(app, admin, dispute, Settle::End(Outcome::Accepted), "You are right").await.unwrap();
        let note = money::credit(app, admin, invoice_of(desk, picky).await, "No Visio").await.unwrap();
        let one = money::one(app, admin, note).await.unwrap().invoice;
        let lines = one.lines.0.iter().filter(|line| line.description.contains("Visio")).cloned().collect();
        let edit = Edit { currency: one.currency, lang: one.lang, lines, note: one.note.clone() };
        money::change(app, admin, note, edit, one.version).await.unwrap();
        let one = money::one(app, admin, note).await.unwrap().invoice;
        money::issue(app, admin, note, one.version).await.unwrap();
        assert_eq!(owes(desk, picky).await, 14_280, "the credit note settles its line");
        pay(desk, picky).await;

        // Nothing more comes to those two; the third is warned, and told what comes.
        for _ in 0..12 { at.pass(DAY).await; }
        assert_eq!((told(desk, &slow).await.len(), told(desk, &strict).await.len()), (1, 1));
        let subjects = told(desk, &never).await;
        assert_eq!(subjects.len(), 3, "{subjects:?}");
        assert!(subjects[1].starts_with("Mahnung:") && subjects[2].starts_with("Sperrung steht bevor:"), "{subjects:?}");

        // Two people suspend it. It is told so, and can still write.
        let billing = desk.agent("Bea", &[Role::BillingAdmin]).await;
        let wanted = Wanted { customer: tisza, scope: Scope::All, subscriptions: vec![TISZA] };
        let preview = suspensions::preview(app, &billing, &wanted).await.unwrap();
        let id = suspensions::propose(app, &billing, &wanted, &preview.list, "unpaid").await.unwrap();
        suspensions::approve(app, admin, id, &preview.list).await.unwrap();
        for _ in 0..4 { at.pass(MINUTE).await; }
        assert_eq!(suspensions::one(app, admin, id).await.unwrap().suspension.state, State::Suspended);
        let held = app::subscriptions::refresh(app, admin, TISZA).await.unwrap();
        assert_eq!(held.row.status, Status::Suspended);
        assert!(told(desk, &never).await.last().unwrap().contains("gesperrt"));
        let raw = desk.mail_from(&never.email.to_string(), "Rechnung", "Wann geht es weiter?").await;
        assert_eq!(desk.ticket_of(&raw).await.customer, Some(tisza));

        // The supplier is paid, and was never paid late; what one owes is known to the cent.
        let today = money::day(app.now(), &jiff::tz::TimeZone::UTC);
        payables::pay(app, admin, from_microsoft, eur(40_000), today, "transfer").await.unwrap();
        let one = payables::one(app, admin, from_microsoft).await.unwrap().payable;
        assert_eq!((one.standing, one.open), (Standing::Paid, eur(0)));
        assert!(today < one.invoice.due);
        assert_eq!((owes(desk, tisza).await, owes(desk, late).await, owes(desk, picky).await), (14_280, 0, 0));
    }
}
