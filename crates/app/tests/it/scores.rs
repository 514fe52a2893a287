//! What went up the chain, counted: the report, the score of a supplier, what a change of the rules touches.

use std::collections::BTreeSet;

use app::{
    Error, catalogue, customers, handovers, reports, suppliers, tickets,
    tickets::{NewTicket, Reply},
    vehicles,
};
use domain::{
    access::Role,
    handover::states::{Back, Outcome},
    id::{HandoverId, OfferingId, TicketId},
    lang::Lang,
    offering::{Terms, delivery::Manner},
    party::{
        Sees,
        supplier::{SupplierKind, Way},
    },
    ticket::{
        diagnosis::Evidence,
        kinds::{Channel, Kind, Service, Severity},
        timeline::Event,
    },
};
use jiff::SignedDuration;
use testkit::{TestDesk, on_both};

use crate::{
    catalogue::{OFFICE, delivery, offering, plan, terms},
    handovers::{Reached, hand_over, supplier},
};

async fn asked(desk: &TestDesk, contact: &app::Contact, subject: &str) -> TicketId {
    let new = NewTicket {
        channel: Channel::Phone,
        contact: Some(contact.id),
        customer: None,
        kind: Kind::Technical,
        service: Service::Microsoft365,
        severity: Severity::B,
        subject: subject.into(),
        text: "It does not work.".into(),
        files: Vec::new(),
        take: true,
        acknowledge: false,
    };
    tickets::file_for_customer(&desk.app, &desk.admin, new).await.unwrap().id
}

/// Handed over, filed at once, and answered after so many minutes.
async fn passed(
    at: &Reached,
    ticket: TicketId,
    to: domain::id::SupplierId,
    after: i64,
    how: Outcome,
) -> HandoverId {
    let leg = hand_over(at, ticket, to).await;
    handovers::filed(at.app(), &at.helga, leg, "REG:1").await.unwrap();
    at.desk.wait(SignedDuration::from_mins(after));
    handovers::record_return(at.app(), &at.helga, leg, "So it is.", how).await.unwrap();
    leg
}

on_both! {
    async fn a_supplier_is_measured_by_its_own_hours_and_promises(db) {
        let at = Reached::first(db).await;
        let to = supplier(at.app(), at.desk.desk, SupplierKind::Outsourcer, Way::Portal, "").await;
        let admin = &at.desk.admin;
        let empty = suppliers::score_card(at.app(), admin, to, None, None).await.unwrap();
        assert_eq!((empty.all, empty.lines.len()), (domain::handover::score::Score::default(), 0));
        let refused = suppliers::score_card(at.app(), &at.helga, to, None, None).await.unwrap_err();
        assert!(matches!(refused, Error::Forbidden), "{refused:?}");

        let acme = at.desk.customer("Acme").await;
        let ada = at.desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        // Monday, 9:00: two hours are promised. In time, and as a document.
        let first = asked(&at.desk, &ada, "One").await;
        passed(&at, first, to, 60, Outcome::Documentation).await;
        // 16:30 it takes the second one, and answers on Tuesday at 10:30: 2 h of its hours.
        at.desk.wait(SignedDuration::from_mins(6 * 60 + 30));
        let second = asked(&at.desk, &ada, "Two").await;
        let leg = hand_over(&at, second, to).await;
        handovers::filed(at.app(), &at.helga, leg, "REG:2").await.unwrap();
        handovers::ask(at.app(), &at.helga, leg).await.unwrap();
        at.desk.wait(SignedDuration::from_hours(18));
        handovers::record_return(at.app(), &at.helga, leg, "Known.", Outcome::KnownIssue).await.unwrap();
        handovers::send_back(at.app(), &at.helga, leg, "That is not it").await.unwrap();
        at.desk.wait(SignedDuration::from_mins(30));
        handovers::record_return(at.app(), &at.helga, leg, "Really known.", Outcome::KnownIssue).await.unwrap();
        // 11:00 the third, which nobody answers all day.
        let third = asked(&at.desk, &ada, "Three").await;
        let open = hand_over(&at, third, to).await;
        handovers::filed(at.app(), &at.helga, open, "REG:3").await.unwrap();
        at.desk.wait(SignedDuration::from_hours(5));

        let card = suppliers::score_card(at.app(), admin, to, None, None).await.unwrap();
        let score = &card.all;
        assert_eq!((score.cases, score.open, score.declined), (3, 1, 0));
        assert_eq!(score.answered, 2);
        assert_eq!(score.median, Some(SignedDuration::from_mins(90)), "of one hour and two of its own");
        assert_eq!((score.kept, score.promised, score.percent_kept()), (2, 3, None), "the third is overdue");
        assert_eq!((score.chases, score.sent_back, score.breaches), (1, 1, 1));
        assert_eq!(score.outcomes.get(&Outcome::Documentation), Some(&1));
        assert_eq!(score.outcomes.get(&Outcome::KnownIssue), Some(&1));
        assert_eq!((card.lines.len(), card.lines[0].name.as_str()), (1, "Support"));
        assert_eq!(&card.lines[0].score, score);
        let past = suppliers::score_card(at.app(), admin, to, Some("2025-01"), Some("2025-12")).await.unwrap();
        assert_eq!(past.all.cases, 0);
        let odd = suppliers::score_card(at.app(), admin, to, Some("2025-13"), None).await.unwrap_err();
        assert!(matches!(odd, Error::Invalid { field: "from", .. }), "{odd:?}");
    }

    async fn what_came_back_because_something_was_missing_is_counted_apart(db) {
        let at = Reached::first(db).await;
        let to = supplier(at.app(), at.desk.desk, SupplierKind::Outsourcer, Way::Portal, "").await;
        let (app, helga) = (at.app(), &at.helga);
        let acme = at.desk.customer("Acme").await;
        let ada = at.desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let first = asked(&at.desk, &ada, "One").await;
        let leg = hand_over(&at, first, to).await;
        handovers::filed(app, helga, leg, "REG:1").await.unwrap();
        let missing = BTreeSet::from([Evidence::TenantId, Evidence::FirstSeen]);
        let bounced = Back::new(Outcome::DataMissing, missing.clone()).unwrap();
        handovers::record_return(app, helga, leg, "Which tenant, and since when?", bounced).await.unwrap();
        let row = at.legs(first).await.remove(0);
        assert_eq!((row.outcome, &row.missing.0, row.bounces), (Some(Outcome::DataMissing), &missing, 1));
        let number = crate::handovers::ticket(app, at.desk.desk, first).await.number;
        let view = tickets::view(app, helga, number).await.unwrap();
        let said = view.entries.iter().any(|entry| {
            matches!(&entry.event, Event::HandedOver { outcome: Some(Outcome::DataMissing), missing: said, .. } if *said == missing)
        });
        assert!(said, "{:?}", view.entries);
        // That it was solved afterwards does not hide it.
        handovers::send_back(app, helga, leg, "Here they are").await.unwrap();
        handovers::record_return(app, helga, leg, "Solved.", Outcome::Solved).await.unwrap();
        assert_eq!(at.legs(first).await[0].bounces, 1);

        // Somebody read the answer only later; said twice it counts once.
        let second = asked(&at.desk, &ada, "Two").await;
        let leg = passed(&at, second, to, 10, Outcome::Solved).await;
        let report = || async { reports::baseline(app, &at.desk.admin, None, None).await.unwrap().remove(0) };
        assert_eq!((report().await.escalated, report().await.data_missing), (2, 1));
        for _ in 0..2 {
            handovers::judge(app, helga, leg, Outcome::DataMissing).await.unwrap();
        }
        assert_eq!(report().await.data_missing, 2);
        let card = suppliers::score_card(app, &at.desk.admin, to, None, None).await.unwrap();
        assert_eq!(card.all.bounces, 2);
        assert_eq!(card.all.outcomes.get(&Outcome::DataMissing), Some(&1));
        assert_eq!(card.all.outcomes.get(&Outcome::Solved), Some(&1));
        handovers::judge(app, helga, leg, Outcome::Declined).await.unwrap();
        assert_eq!(report().await.data_missing, 1);

        let third = asked(&at.desk, &ada, "Three").await;
        let out = hand_over(&at, third, to).await;
        handovers::filed(app, helga, out, "REG:3").await.unwrap();
        let early = handovers::judge(app, helga, out, Outcome::DataMissing).await;
        assert!(matches!(early, Err(Error::Refused("wrong-state"))), "{early:?}");
        let bert = at.desk.agent("Bert", &[Role::SalesAgent]).await;
        let stranger = handovers::judge(app, &bert, leg, Outcome::Solved).await;
        assert!(matches!(stranger, Err(Error::Forbidden)), "{stranger:?}");
    }

    async fn escalations_are_counted_by_seats_that_are_known(db) {
        let at = Reached::first(db).await;
        let to = supplier(at.app(), at.desk.desk, SupplierKind::Outsourcer, Way::Portal, "").await;
        let (app, admin) = (at.app(), &at.desk.admin);
        let acme = at.desk.customer("Acme").await;
        let other = at.desk.customer("Contoso").await;
        let ada = at.desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let bob = at.desk.contact(other, "Bob", "bob@contoso.test", Sees::Own).await;
        for (contact, how) in [(&ada, Outcome::Documentation), (&bob, Outcome::KnownIssue), (&bob, Outcome::Solved)] {
            let ticket = asked(&at.desk, contact, "It").await;
            passed(&at, ticket, to, 10, how).await;
        }
        let report = || async { reports::baseline(app, admin, None, None).await.unwrap() };
        let lines = report().await;
        assert_eq!(lines.len(), 1);
        let line = &lines[0];
        assert_eq!((line.month.as_str(), line.escalated, line.documentation, line.known_issue), ("2026-03", 3, 1, 1));
        assert_eq!(line.outside, 3, "what is handed over is said to be somebody else's");
        assert_eq!((line.seats, line.per_thousand_seats()), (None, None), "nobody knows, and nothing is guessed");

        let m365 = Service::Microsoft365;
        customers::set_seats(app, admin, acme, m365, Some(250), Some("2026-02-10")).await.unwrap();
        customers::set_seats(app, admin, acme, Service::Azure, Some(9), None).await.unwrap();
        let line = &report().await[0];
        assert_eq!((line.seats, line.escalated_of_seats), (Some(250), 1));
        assert_eq!(line.per_thousand_seats(), Some(4_000), "of the customers whose seats are known");
        customers::set_seats(app, admin, other, m365, Some(750), Some("2026-03-02")).await.unwrap();
        assert_eq!(report().await[0].per_thousand_seats(), Some(3_000));
        customers::set_seats(app, admin, other, m365, None, Some("2026-03-02")).await.unwrap();
        assert_eq!(report().await[0].seats, Some(250), "what was entered for the day is written over");
        let known = customers::seats(app, admin, acme).await.unwrap();
        assert_eq!(known.iter().filter(|row| row.service == m365).count(), 1);

        let sales = at.desk.agent("Bill", &[Role::BillingAdmin]).await;
        for (who, seats, day) in
            [(admin, Some(-1), None), (admin, Some(1_000_001), None), (admin, Some(1), Some("tomorrow"))]
        {
            let odd = customers::set_seats(app, who, acme, m365, seats, day).await.unwrap_err();
            assert!(matches!(odd, Error::Invalid { .. }), "{odd:?}");
        }
        let refused = customers::set_seats(app, &sales, acme, m365, Some(1), None).await.unwrap_err();
        assert!(matches!(refused, Error::Forbidden), "{refused:?}");
    }

    async fn a_coming_rule_touches_open_tickets_and_plans_that_lie_on_its_vehicle(db) {
        let at = Reached::first(db).await;
        let (app, admin) = (at.app(), &at.desk.admin);
        // A row that will end: the one about the plan that is retired is not Microsoft's own text, and is listed all the same.
        let rows = vehicles::rule_rows(app, admin).await.unwrap();
        let coming = rows.iter().find(|row| row.changes.is_some() && !row.rule.vehicles().is_empty());
        let coming = coming.expect("some rule will change");
        assert_eq!((coming.tickets.len(), coming.plans.len()), (0, 0));
        let vehicle = coming.rule.vehicles()[0];
        let service = Service::ALL.iter().copied().find(|service| {
            let services = &coming.rule.when.service;
            services.is_empty()
                || domain::vehicle::Service::of(*service).is_some_and(|service| services.contains(&service))
        });
        let (id, service) = (coming.rule.id.clone(), service.unwrap());
        let offered: Result<Vec<store::offerings::Offering>, store::Error> =
            app.store.read(admin.desk, |tx| Box::pin(store::offerings::of_suppliers(tx))).await;
        let vehicles_offering: OfferingId =
            offered.unwrap().into_iter().find(|offering| offering.vehicle == Some(vehicle)).unwrap().id;

        let own = Terms { services: vec![service], ..terms(OFFICE, &[Lang::En], "{}") };
        let own = offering(app, admin, "Ours", own).await;
        plan(app, admin, "Premium", &[own], true).await;
        let by_vehicle = catalogue::NewDelivery { supplier_offering: Some(vehicles_offering), ..delivery(Manner::Resold) };
        catalogue::add_delivery(app, admin, by_vehicle).await.unwrap();
        let acme = at.desk.customer("Acme").await;
        let ada = at.desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let ticket = asked(&at.desk, &ada, "Touched").await;
        let to = tickets::Change { service: Some(service), ..tickets::Change::default() };
        tickets::change(app, admin, ticket, to, None).await.unwrap();

        let touched = |rows: Vec<vehicles::RuleRow>| {
            let row = rows.into_iter().find(|row| row.rule.id == id).unwrap();
            let plans: Vec<String> = row.plans.into_iter().map(|(_, name)| name).collect();
            (row.tickets.into_iter().map(|t| t.ticket).collect::<Vec<_>>(), plans)
        };
        let of = touched(vehicles::rule_rows(app, admin).await.unwrap());
        assert_eq!(of, (vec![ticket], vec!["Premium".to_owned()]));
        // Who may not see the ticket does not see it here either.
        let found = app::diagnosis::Change {
            findings: vec![(domain::ticket::baseline::Finding::SecurityReport, Some("true".into()))],
            ..app::diagnosis::Change::default()
        };
        app::diagnosis::change(app, admin, ticket, found, None).await.unwrap();
        assert_eq!(touched(vehicles::rule_rows(app, &at.helga).await.unwrap()).0, []);
        let found = app::diagnosis::Change {
            findings: vec![(domain::ticket::baseline::Finding::SecurityReport, Some("false".into()))],
            ..app::diagnosis::Change::default()
        };
        app::diagnosis::change(app, admin, ticket, found, None).await.unwrap();
        // What is over is touched by nothing.
        at.desk.decide(ticket).await;
        tickets::reply(app, admin, ticket, Reply { text: "Done".into(), ..Reply::default() }).await.unwrap();
        tickets::make_move(app, admin, ticket, domain::ticket::lifecycle::Action::Resolve, None).await.unwrap();
        assert_eq!(touched(vehicles::rule_rows(app, admin).await.unwrap()).0, []);
    }
}
