//! Charging for support: what comes is decided, worked on, confirmed, and ends as lines.

use app::{
    Agent, App, Error, catalogue,
    charging::{self, Ask, Contract, Correction, New, OfTicket, Sold},
    portal,
    receivables::{self, Edit, Which},
    tickets::{self, Change, NewTicket},
};
use domain::{
    access::Role,
    charging::{
        entitlement::{Basis, Entitlement},
        lines::What,
        prepaid::Holds,
        rules::Rules,
        work::Answer,
    },
    id::{CustomerId, PrepaidId, TicketId},
    lang::Lang,
    money::{Currency, Money},
    offering::{Price, PriceUnit},
    party::Sees,
    receivable::invoice::{Vat, VatCategory},
    ticket::{
        kinds::{Channel, Kind, Service, Severity},
        lifecycle::Action,
    },
    vehicle::wallet::{Act, replay},
};
use jiff::{SignedDuration, Timestamp};
use store::{outgoing::Purpose, wallet::Entry};
use testkit::{TestDesk, on_both};

use crate::{
    catalogue::{ALWAYS, offering, plan, terms},
    receivables::customer as billed,
};

fn eur(minor: i64) -> Money {
    Money { minor, currency: Currency::EURO }
}

async fn price(desk: &TestDesk, hourly: Option<i64>) {
    let (_, version) = charging::rules(&desk.app, &desk.admin).await.unwrap();
    let rules = Rules { hourly: hourly.map(eur), ..Rules::first(Currency::EURO) };
    charging::set_rules(&desk.app, &desk.admin, rules, version).await.unwrap();
}

async fn sell(
    desk: &TestDesk,
    customer: CustomerId,
    holds: Holds,
    units: u32,
    to: Option<Timestamp>,
) -> PrepaidId {
    let contract = Contract { name: format!("{units} {holds}"), from: None, to };
    charging::sell(&desk.app, &desk.admin, Sold { customer, holds, units, contract }).await.unwrap()
}

async fn file(app: &App, agent: &Agent, customer: CustomerId, kind: Kind) -> TicketId {
    let new = NewTicket {
        channel: Channel::Phone,
        contact: None,
        customer: Some(customer),
        kind,
        service: Service::Microsoft365,
        severity: Severity::C,
        subject: "It hangs".into(),
        text: "Since this morning.".into(),
        files: Vec::new(),
        take: true,
        acknowledge: false,
    };
    tickets::file_for_customer(app, agent, new).await.unwrap().id
}

fn work(minutes: u32) -> New {
    New { day: None, minutes, note: "Looked at it".into(), chargeable: true, reason: String::new() }
}

async fn of(desk: &TestDesk, ticket: TicketId) -> OfTicket {
    charging::of_ticket(&desk.app, &desk.admin, ticket).await.unwrap().unwrap()
}

async fn basis(desk: &TestDesk, ticket: TicketId) -> Basis {
    of(desk, ticket).await.entitlement.unwrap().basis()
}

/// The ledger of a contract, the oldest first: it gives the balance.
async fn ledger(desk: &TestDesk, id: PrepaidId) -> Vec<Entry> {
    let mut entries = charging::ledger(&desk.app, &desk.admin, id, None, 100).await.unwrap();
    entries.reverse();
    let rules: Vec<_> = entries
        .iter()
        .map(|e| domain::vehicle::wallet::Entry { act: e.act, case: e.case.clone(), units: e.units })
        .collect();
    let left = charging::contract(&desk.app, &desk.admin, id).await.unwrap().named.prepaid.balance;
    assert_eq!(replay(true, &rules), Ok(Some(left.into())));
    entries
}

async fn left(desk: &TestDesk, id: PrepaidId) -> u32 {
    ledger(desk, id).await;
    charging::contract(&desk.app, &desk.admin, id).await.unwrap().named.prepaid.balance
}

/// Resolves it, and waits until that cannot be taken back.
async fn resolve(desk: &TestDesk, ticket: TicketId) {
    desk.decide(ticket).await;
    tickets::make_move(&desk.app, &desk.admin, ticket, Action::Resolve, None).await.unwrap();
    desk.pass(SignedDuration::from_mins(2)).await;
    desk.run_jobs().await;
}

async fn lines(desk: &TestDesk) -> Vec<(What, u32, i64)> {
    let lines = charging::open_lines(&desk.app, &desk.admin, None, None, 100).await.unwrap();
    lines.into_iter().map(|l| (l.charge.what, l.charge.quantity, l.charge.amount)).collect()
}

on_both! {
    async fn what_comes_is_decided_and_decided_again_when_it_is_another_matter(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let acme = desk.customer("Acme").await;
        let ticket = file(app, admin, acme, Kind::Technical).await;
        assert!(matches!(of(&desk, ticket).await.entitlement, Some(Entitlement::Ask { .. })), "nothing was agreed");
        // A price, a pack, a plan: each changes what comes from then on, and what is there if somebody asks.
        price(&desk, Some(12_000)).await;
        assert_eq!(basis(&desk, ticket).await, Basis::Ask, "what was decided stays");
        charging::again(app, admin, ticket).await.unwrap();
        assert_eq!(basis(&desk, ticket).await, Basis::Hourly);
        let pack = sell(&desk, acme, Holds::Incidents, 1, None).await;
        charging::again(app, admin, ticket).await.unwrap();
        assert_eq!((basis(&desk, ticket).await, left(&desk, pack).await), (Basis::Pack, 0));
        charging::again(app, admin, ticket).await.unwrap();
        assert_eq!((basis(&desk, ticket).await, left(&desk, pack).await), (Basis::Pack, 0), "it keeps its own");
        let kind = |kind| Change { kind: Some(kind), ..Change::default() };
        tickets::change(app, admin, ticket, kind(Kind::Billing), None).await.unwrap();
        assert_eq!((basis(&desk, ticket).await, left(&desk, pack).await), (Basis::Free, 1), "it is there again");
        tickets::change(app, admin, ticket, kind(Kind::Technical), None).await.unwrap();
        assert_eq!((basis(&desk, ticket).await, left(&desk, pack).await), (Basis::Pack, 0));
        let acts: Vec<Act> = ledger(&desk, pack).await.iter().map(|e| e.act).collect();
        assert_eq!(acts, [Act::Grant, Act::Reserve, Act::Release, Act::Reserve]);

        let mut always = terms(ALWAYS, &[Lang::En], r#"{"A":{"first_response":3600}}"#);
        always.price = Price { per: PriceUnit::Month, amount: Some(eur(9_900)) };
        let silver = offering(app, admin, "Silver", always).await;
        plan(app, admin, "Standard", &[silver], true).await;
        let covered = file(app, admin, acme, Kind::Technical).await;
        assert!(matches!(of(&desk, covered).await.entitlement, Some(Entitlement::Plan { name, .. }) if name == "Silver"));
        let asked = charging::preview(app, desk.desk, Some(acme), Service::Microsoft365, Kind::Technical).await;
        assert_eq!(asked.unwrap().basis(), Basis::Plan, "what is shown before is what it gets");
    }

    async fn of_32_requests_for_the_last_incident_one_has_it(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        let pack = sell(&desk, acme, Holds::Incidents, 1, None).await;
        let (one, other) = (desk.app.clone(), desk.another_process());
        let requests: Vec<_> = (0..32)
            .map(|number| {
                let (app, admin) = (if number % 2 == 0 { one.clone() } else { other.clone() }, desk.admin.clone());
                tokio::spawn(async move { file(&app, &admin, acme, Kind::Technical).await })
            })
            .collect();
        let mut packed = 0;
        for request in requests {
            let ticket = request.await.unwrap();
            packed += i32::from(basis(&desk, ticket).await == Basis::Pack);
        }
        assert_eq!((packed, left(&desk, pack).await), (1, 0));
        assert_eq!(ledger(&desk, pack).await.len(), 2);
    }

    async fn of_32_agents_nobody_takes_a_minute_that_is_not_there(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        // What expires first is used first.
        let long = sell(&desk, acme, Holds::Hours, 60, None).await;
        let soon = sell(&desk, acme, Holds::Hours, 45, Some(desk.app.now() + SignedDuration::from_hours(240))).await;
        let ticket = file(&desk.app, &desk.admin, acme, Kind::Technical).await;
        charging::log(&desk.app, &desk.admin, ticket, work(10)).await.unwrap();
        assert_eq!(of(&desk, ticket).await.entries[0].drawn.0, [(soon, 15)]);
        let (one, other) = (desk.app.clone(), desk.another_process());
        let logs: Vec<_> = (0..32)
            .map(|number| {
                let (app, admin) = (if number % 2 == 0 { one.clone() } else { other.clone() }, desk.admin.clone());
                tokio::spawn(async move { charging::log(&app, &admin, ticket, work(10)).await })
            })
            .collect();
        for log in logs {
            log.await.unwrap().unwrap();
        }
        let of = of(&desk, ticket).await;
        assert_eq!((of.sum.all, of.sum.prepaid, of.sum.open), (33 * 15, 105, 33 * 15 - 105));
        assert_eq!((left(&desk, soon).await, left(&desk, long).await), (0, 0));
    }

    async fn a_timer_runs_through_a_restart_and_is_asked_for_when_its_ticket_ends(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let acme = desk.customer("Acme").await;
        let (ticket, elsewhere) =
            (file(app, admin, acme, Kind::Technical).await, file(app, admin, acme, Kind::Technical).await);
        assert_eq!(charging::stop(app, admin, "x", true, "").await.unwrap_err().code(), "no-timer");
        charging::start(app, admin, ticket).await.unwrap();
        for again in [ticket, elsewhere] {
            assert_eq!(charging::start(app, admin, again).await.unwrap_err().code(), "timer-runs");
        }
        desk.wait(SignedDuration::from_mins(37));
        let restarted = desk.another_process();
        let seen = charging::of_ticket(&restarted, admin, ticket).await.unwrap().unwrap();
        assert!(seen.timer.is_some_and(|(timer, _)| timer.ticket == ticket));
        desk.decide(ticket).await;
        let asked = tickets::make_move(app, admin, ticket, Action::Resolve, None).await.unwrap_err();
        assert_eq!(asked.code(), "timer-here");
        // Of another ticket nobody asks, and of another agent's timer neither.
        desk.decide(elsewhere).await;
        tickets::make_move(app, admin, elsewhere, Action::Resolve, None).await.unwrap();
        assert_eq!(charging::stop(&restarted, admin, "", true, "").await.unwrap_err().code(), "required");
        assert_eq!(charging::stop(&restarted, admin, "Repaired", true, "").await.unwrap(), ticket);
        let entry = of(&desk, ticket).await.entries.pop().unwrap();
        assert_eq!((entry.minutes, entry.charged, entry.note.as_str()), (37, 45, "Repaired"));
        tickets::make_move(app, admin, ticket, Action::Resolve, None).await.unwrap();
        charging::start(app, admin, elsewhere).await.unwrap();
        assert_eq!(charging::discard(app, admin).await.unwrap(), elsewhere);
        assert!(of(&desk, elsewhere).await.entries.is_empty(), "what is discarded was never worked");
    }

    async fn work_is_charged_once_somebody_who_may_has_confirmed_it(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        price(&desk, Some(12_000)).await;
        let (acme, other) = (desk.customer("Acme").await, desk.customer("Other").await);
        let boss = desk.contact(acme, "Bo", "bo@acme.test", Sees::All).await;
        let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::All).await;
        let stranger = desk.contact(other, "Eve", "eve@other.test", Sees::All).await;
        let ticket = file(app, admin, acme, Kind::Technical).await;
        let ask = |estimate, cap| Ask { estimate: Some(estimate), cap: Some(cap), note: "Repair it".into() };
        assert_eq!(charging::ask(app, admin, ticket, ask(60, 60)).await.unwrap_err().code(), "nobody-may-confirm");
        catalogue::authorise(app, admin, acme, boss.id, true).await.unwrap();
        catalogue::authorise(app, admin, other, stranger.id, true).await.unwrap();
        for (estimate, cap, code) in [(50, 60, "not-quarters"), (60, 45, "below-estimate")] {
            assert_eq!(charging::ask(app, admin, ticket, ask(estimate, cap)).await.unwrap_err().code(), code);
        }
        let first = charging::ask(app, admin, ticket, ask(30, 45)).await.unwrap();
        desk.wait(SignedDuration::from_mins(1));
        let asked = charging::ask(app, admin, ticket, ask(60, 60)).await.unwrap();
        desk.run_jobs().await;
        let mails = desk.sent_mails().await;
        let mails: Vec<_> = mails.iter().filter(|mail| mail.purpose == Purpose::Approval).collect();
        assert!(mails.iter().all(|mail| mail.to == ["bo@acme.test"]), "nobody else is asked");
        assert_eq!(mails.len(), 1, "what was taken back is not mailed");
        assert!(mails[0].mail.text.contains("120,00"), "{}", mails[0].mail.text);

        charging::log(app, admin, ticket, work(50)).await.unwrap();
        let before = of(&desk, ticket).await;
        assert_eq!((before.agreed, before.over), (0, 60), "shown, and not charged for");
        // The wrong person, somebody else's contact, what was taken back, twice.
        let number = tickets_number(&desk, ticket).await;
        assert!(matches!(charging::answer(app, &ada, asked, true).await, Err(Error::Forbidden)));
        assert!(matches!(charging::answer(app, &stranger, asked, true).await, Err(Error::NotFound(_))));
        assert!(matches!(charging::of_contact(app, &stranger, number).await, Err(Error::NotFound(_))));
        assert!(matches!(charging::answer(app, &boss, first, true).await, Err(Error::Stale)));
        assert_eq!(charging::answer(app, &boss, asked, true).await.unwrap(), number);
        assert!(matches!(charging::answer(app, &boss, asked, false).await, Err(Error::Stale)));
        let shown = charging::of_contact(app, &ada, number).await.unwrap();
        assert_eq!((shown.len(), shown[0].may, shown[0].answered_by.as_deref()), (1, false, Some("Bo")));
        let after = of(&desk, ticket).await;
        assert_eq!((after.agreed, after.over), (60, 0));
        // What was confirmed is not decided anew.
        let billing = Change { kind: Some(Kind::Billing), ..Change::default() };
        tickets::change(app, admin, ticket, billing, None).await.unwrap();
        assert_eq!(basis(&desk, ticket).await, Basis::Hourly);
        assert_eq!(charging::again(app, admin, ticket).await.unwrap_err().code(), "charge-confirmed");

        // Over the cap the customer is asked again, once.
        desk.wait(SignedDuration::from_mins(1));
        for _ in 0..3 {
            charging::log(app, admin, ticket, work(15)).await.unwrap();
        }
        let over = of(&desk, ticket).await;
        assert_eq!((over.agreed, over.over), (60, 45));
        let again: Vec<_> = over.approvals.iter().filter(|a| a.answer == Answer::Asked).collect();
        assert_eq!(again.len(), 1);
        assert_eq!((again[0].asked_by, again[0].estimate, again[0].cap), (None, Some(75), Some(135)));
        charging::answer(app, &boss, again[0].id, false).await.unwrap();
        charging::log(app, admin, ticket, work(15)).await.unwrap();
        let declined = of(&desk, ticket).await;
        assert!(!declined.approvals.iter().any(|a| a.answer == Answer::Asked), "no is no");
        resolve(&desk, ticket).await;
        assert_eq!(lines(&desk).await, [(What::Hours, 100, 12_000)]);
        let round = of(&desk, ticket).await.round.unwrap();
        assert_eq!(round.unconfirmed, 60);
    }

    async fn what_waits_goes_onto_a_draft_once_and_waits_again_when_it_is_taken_off(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        price(&desk, Some(12_000)).await;
        let acme = billed(&desk, "Acme").await;
        let hours = sell(&desk, acme, Holds::Hours, 60, None).await;
        let ticket = file(app, admin, acme, Kind::Technical).await;
        charging::log(app, admin, ticket, work(40)).await.unwrap();
        resolve(&desk, ticket).await;
        assert_eq!(left(&desk, hours).await, 15);
        let made = lines(&desk).await;
        assert_eq!(made, [(What::Prepaid, 75, 0)], "what costs nothing is told, too");
        let vat = Vat { category: VatCategory::Standard, rate: 19.into() };
        let unsound = Vat { rate: 0.into(), ..vat };
        assert_eq!(charging::to_drafts(app, admin, None, unsound).await.unwrap_err().code(), "bad-vat");
        assert_eq!(lines(&desk).await, made, "nothing has moved");
        assert_eq!(charging::to_drafts(app, admin, Some(acme), vat).await.unwrap(), 1);
        assert!(lines(&desk).await.is_empty());
        assert_eq!(charging::to_drafts(app, admin, None, vat).await.unwrap(), 0, "once");
        let drafts = receivables::list(app, admin, Which::Drafts, None, 10).await.unwrap();
        let draft = receivables::one(app, admin, drafts[0].id).await.unwrap().invoice;
        assert_eq!((draft.lines.0.len(), draft.gross, draft.lines.0[0].quantity.to_string()), (1, 0, "0.75".into()));
        assert!(draft.lines.0[0].description.contains("It hangs"));
        // A line taken off waits again; so does all of a draft that is thrown away.
        let without = Edit { currency: draft.currency, lang: draft.lang, lines: vec![], note: String::new() };
        receivables::change(app, admin, draft.id, without, draft.version).await.unwrap();
        assert_eq!(lines(&desk).await, made);
        charging::to_drafts(app, admin, None, vat).await.unwrap();
        assert!(lines(&desk).await.is_empty());
        let version = receivables::one(app, admin, draft.id).await.unwrap().invoice.version;
        receivables::remove(app, admin, draft.id, version).await.unwrap();
        assert_eq!(lines(&desk).await, made);
        let tom = desk.agent("Tom", &[Role::HelpdeskAgent]).await;
        assert!(matches!(charging::to_drafts(app, &tom, None, vat).await, Err(Error::Forbidden)));
    }

    async fn what_is_resolved_has_its_lines_once(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        price(&desk, Some(12_000)).await;
        let acme = desk.customer("Acme").await;
        let hours = sell(&desk, acme, Holds::Hours, 60, None).await;
        let ticket = file(app, admin, acme, Kind::Technical).await;
        charging::log(app, admin, ticket, work(40)).await.unwrap();
        charging::log(app, admin, ticket, New { chargeable: false, reason: "Our mistake".into(), ..work(20) }).await.unwrap();
        assert_eq!(left(&desk, hours).await, 15);
        // Taken back in time, nothing was charged.
        desk.decide(ticket).await;
        let undo = tickets::make_move(app, admin, ticket, Action::Resolve, None).await.unwrap().unwrap();
        tickets::undo(app, admin, undo.id).await.unwrap();
        desk.pass(SignedDuration::from_mins(2)).await;
        desk.run_jobs().await;
        assert!(lines(&desk).await.is_empty());
        resolve(&desk, ticket).await;
        let made = [(What::Prepaid, 75, 0), (What::Waived, 50, 0)];
        assert_eq!(lines(&desk).await, made);
        desk.run_jobs().await;
        assert_eq!(lines(&desk).await, made, "once");
        let line = charging::open_lines(app, admin, None, None, 1).await.unwrap().remove(0);
        assert!(line.charge.description.contains("It hangs"), "{}", line.charge.description);
        let csv = String::from_utf8(charging::to_csv(app, admin, None).await.unwrap()).unwrap();
        assert!(csv.lines().count() == 3 && csv.contains(",0.75,0.00,0.00,EUR"), "{csv}");

        // It is Microsoft's fault after all: what was taken is given back, the lines are others.
        charging::fault(app, admin, ticket, "Incident MO1").await.unwrap();
        desk.run_jobs().await;
        assert_eq!(left(&desk, hours).await, 60);
        assert_eq!(lines(&desk).await, [(What::Microsoft, 75, 0), (What::Waived, 50, 0)]);
        charging::fault(app, admin, ticket, "").await.unwrap();
        desk.run_jobs().await;
        assert_eq!((left(&desk, hours).await, lines(&desk).await), (15, made.to_vec()));

        // What comes back within the warranty is another round, and free.
        tickets::make_move(app, admin, ticket, Action::Reopen, None).await.unwrap();
        assert_eq!(basis(&desk, ticket).await, Basis::Free);
        charging::log(app, admin, ticket, work(15)).await.unwrap();
        resolve(&desk, ticket).await;
        assert_eq!(lines(&desk).await[2..], [(What::Warranty, 25, 0)]);
        assert_eq!(left(&desk, hours).await, 15);

        // What stands on an invoice stays.
        let id = line_of(&desk, What::Warranty).await;
        let invoiced: Result<bool, store::Error> = app.store.write(desk.desk, move |tx| Box::pin(async move {
            store::charging::invoiced(tx, id, "2026-1").await
        })).await;
        assert!(invoiced.unwrap());
        assert_eq!(charging::fault(app, admin, ticket, "x").await.unwrap_err().code(), "charge-invoiced");
        assert_eq!(charging::log(app, admin, ticket, work(15)).await.unwrap_err().code(), "charge-invoiced");
    }

    async fn time_is_put_right_by_whoever_may(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let acme = desk.customer("Acme").await;
        let hours = sell(&desk, acme, Holds::Hours, 120, None).await;
        let hella = desk.agent("Hella Helpdesk", &[Role::HelpdeskAgent]).await;
        let other = desk.agent("Otto Helpdesk", &[Role::HelpdeskAgent]).await;
        let sally = desk.agent("Sally Sales", &[Role::SalesAgent]).await;
        let ticket = file(app, admin, acme, Kind::Technical).await;
        assert!(matches!(charging::log(app, &sally, ticket, work(10)).await, Err(Error::Forbidden)));
        for (new, code) in [
            (New { minutes: 0, ..work(1) }, "not-a-count"),
            (New { minutes: 1_441, ..work(1) }, "not-a-count"),
            (New { note: " ".into(), ..work(1) }, "required"),
            (New { chargeable: false, ..work(1) }, "required"),
            (New { day: Some("2026-03-03".parse().unwrap()), ..work(1) }, "not-yet"),
            (New { day: Some("2024-03-03".parse().unwrap()), ..work(1) }, "too-old"),
        ] {
            assert_eq!(charging::log(app, &hella, ticket, new).await.unwrap_err().code(), code);
        }
        let entry = charging::log(app, &hella, ticket, work(50)).await.unwrap();
        assert_eq!(left(&desk, hours).await, 60);
        let to = |minutes, chargeable| Correction { minutes, chargeable, reason: "Wrong".into(), note: None };
        assert!(matches!(charging::correct(app, &other, entry, to(Some(5), None)).await, Err(Error::Forbidden)));
        assert!(matches!(charging::correct(app, &hella, entry, to(None, Some(false))).await, Err(Error::Forbidden)));
        let less = charging::correct(app, &hella, entry, to(Some(20), None)).await.unwrap();
        assert_eq!(left(&desk, hours).await, 90);
        assert!(matches!(charging::correct(app, &hella, entry, to(Some(9), None)).await, Err(Error::Stale)));
        let free = charging::correct(app, admin, less, to(None, Some(false))).await.unwrap();
        assert_eq!(left(&desk, hours).await, 120);
        let shown = of(&desk, ticket).await;
        assert_eq!((shown.entries.len(), shown.sum.waived, shown.entries[0].agent), (1, 30, hella.id));
        charging::correct(app, admin, free, to(Some(0), None)).await.unwrap();
        assert!(of(&desk, ticket).await.entries.is_empty());
        assert_eq!(ledger(&desk, hours).await.len(), 5);
    }

    async fn what_is_left_is_lost_when_its_time_is_over(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let acme = desk.customer("Acme").await;
        let end = app.now() + SignedDuration::from_hours(48);
        let hours = sell(&desk, acme, Holds::Hours, 60, Some(end)).await;
        let ticket = file(app, admin, acme, Kind::Technical).await;
        let entry = charging::log(app, admin, ticket, work(15)).await.unwrap();
        assert!(charging::contract(app, admin, hours).await.unwrap().low, "60 minutes are little");
        desk.pass(SignedDuration::from_hours(49)).await;
        desk.run_jobs().await;
        assert_eq!(left(&desk, hours).await, 0);
        // What comes back later is lost too.
        let to = Correction { minutes: Some(0), reason: "Not that ticket".into(), ..Correction::default() };
        charging::correct(app, admin, entry, to).await.unwrap();
        desk.pass(SignedDuration::from_mins(20)).await;
        desk.run_jobs().await;
        let acts: Vec<Act> = ledger(&desk, hours).await.iter().map(|e| e.act).collect();
        assert_eq!(acts, [Act::Grant, Act::Consume, Act::Expire, Act::Refund, Act::Expire]);
        assert_eq!(left(&desk, hours).await, 0);
        let later = file(app, admin, acme, Kind::Technical).await;
        assert_eq!(basis(&desk, later).await, Basis::Ask);
    }

    async fn contracts_that_cannot_be_meant_are_not_sold(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let acme = desk.customer("Acme").await;
        let now = app.now();
        let sold = |holds, units, to| Sold {
            customer: acme,
            holds,
            units,
            contract: Contract { name: "Hours".into(), from: None, to },
        };
        for (bad, code) in [
            (sold(Holds::Hours, 0, None), "not-a-count"),
            (sold(Holds::Hours, 50, None), "not-a-count"),
            (sold(Holds::Incidents, 1_000_001, None), "not-a-count"),
            (sold(Holds::Incidents, 1, Some(now)), "not-after"),
        ] {
            assert_eq!(charging::sell(app, admin, bad).await.unwrap_err().code(), code);
        }
        let hella = desk.agent("Hella Helpdesk", &[Role::HelpdeskAgent]).await;
        let refused = charging::sell(app, &hella, sold(Holds::Hours, 60, None)).await;
        assert!(matches!(refused, Err(Error::Forbidden)));
        let id = charging::sell(app, admin, sold(Holds::Hours, 60, None)).await.unwrap();
        charging::grant(app, admin, id, 30, "Bought more").await.unwrap();
        assert_eq!(charging::grant(app, admin, id, 30, " ").await.unwrap_err().code(), "required");
        assert_eq!(left(&desk, id).await, 90);
        let renamed = Contract { name: "Other".into(), from: None, to: Some(now + SignedDuration::from_hours(1)) };
        charging::change_contract(app, admin, id, renamed.clone(), 1).await.unwrap();
        assert!(matches!(charging::change_contract(app, admin, id, renamed, 1).await, Err(Error::Stale)));
    }

    async fn a_customer_sees_what_a_request_will_cost(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        sell(&desk, acme, Holds::Hours, 120, None).await;
        let shown = charging::preview(&desk.app, desk.desk, Some(acme), Service::Azure, Kind::Technical).await.unwrap();
        let request = portal::Request {
            kind: Kind::Technical,
            service: Service::Azure,
            severity: Severity::C,
            subject: "It hangs".into(),
            text: "x".into(),
            customer: None,
            files: Vec::new(),
        };
        let opened = portal::ask(&desk.app, &ada, request).await.unwrap();
        assert_eq!(of(&desk, opened.id).await.entitlement, Some(shown));
    }
}

async fn tickets_number(desk: &TestDesk, ticket: TicketId) -> i64 {
    let found: Result<_, store::Error> =
        desk.app.store.read(desk.desk, move |tx| Box::pin(store::tickets::get(tx, ticket))).await;
    found.unwrap().unwrap().number
}

async fn line_of(desk: &TestDesk, what: What) -> domain::id::ChargeId {
    let lines = charging::open_lines(&desk.app, &desk.admin, None, None, 100).await.unwrap();
    lines.into_iter().find(|line| line.charge.what == what).unwrap().charge.id
}
