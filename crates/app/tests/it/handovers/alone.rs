//! Suppliers without a desk: a mailbox, a portal. And what keeps a ticket open.

use app::{
    Error,
    handovers::{self, Draft, Then},
    tickets::{self, Reply},
};
use domain::{
    clock::running::ClockState,
    handover::{Leg, states::Outcome},
    lang::Lang,
    party::supplier::{SupplierKind, Way},
    ticket::{
        diagnosis::Evidence,
        lifecycle::{Action, Passage, State},
        timeline::Event,
    },
};
use jiff::SignedDuration;
use store::outgoing::Purpose;
use testkit::on_both;

use super::{Reached, complete, hand_over, request, supplier, ticket};

on_both! {
    async fn a_supplier_with_a_mailbox_answers_by_mail_and_the_customer_does_not_read_it(db) {
        let at = Reached::first(db).await;
        let to = supplier(at.app(), at.desk.desk, SupplierKind::Outsourcer, Way::Mail, "support@expert.test").await;
        let mine = request(&at.desk, &at.helga).await;
        let leg = hand_over(&at, mine, to).await;
        at.desk.run_jobs().await;
        let sent = at.desk.sent_mails().await.pop().unwrap();
        assert_eq!((sent.to.as_slice(), sent.purpose), (&["support@expert.test".to_owned()][..], Purpose::Partner));
        let text = sent.mail.text.clone();
        assert!(text.contains("Mail cannot be sent") && text.contains("nem tud levelet"), "both languages: {text}");
        assert!(!text.contains("Ada") && !text.contains("acme.test") && !text.contains("giraffe"), "{text}");
        assert_eq!(at.legs(mine).await[0].state, Leg::InProgress, "sending is handing over");

        // The supplier's promise runs beside the customer's, in the supplier's hours.
        let panel = handovers::panel(at.app(), &at.helga, mine).await.unwrap().unwrap();
        let ClockState::Running { due, .. } = panel.legs[0].clocks[0].state else { panic!("{panel:?}") };
        assert_eq!(due, at.app().now().checked_add(SignedDuration::from_hours(2)).unwrap());
        assert_eq!(panel.passage, Passage::Away);

        at.desk.wait(SignedDuration::from_mins(30));
        let answer = format!(
            "From: Eva <eva@expert.test>\nTo: help@nordwind.test\nSubject: Re: it\nMessage-ID: <1@expert.test>\n\
             In-Reply-To: <{}>\n\nWe see the fault\n",
            sent.mail.message_id.as_deref().unwrap()
        );
        let raw = at.desk.mail_in(&answer).await;
        let joined = at.desk.ticket_of(&raw).await;
        assert_eq!(joined.id, mine);
        let view = tickets::view(at.app(), &at.helga, joined.number).await.unwrap();
        let heard = view.entries.iter().any(|e| matches!(&e.event, Event::FromPartner { text, .. } if text == "We see the fault"));
        assert!(heard, "{:?}", view.entries);
        let ada = at.desk.contact(view.customer.unwrap().id, "Bob", "bob@acme.test", domain::party::Sees::All).await;
        let seen = app::portal::view(at.app(), &ada, joined.number, None).await.unwrap();
        assert!(!format!("{:?}", seen.entries).contains("We see the fault"));
        let panel = handovers::panel(at.app(), &at.helga, mine).await.unwrap().unwrap();
        assert!(matches!(panel.legs[0].clocks[0].state, ClockState::Met { .. }));

        handovers::record_return(at.app(), &at.helga, leg, "Fixed at our side", Outcome::Solved).await.unwrap();
        let row = ticket(at.app(), at.desk.desk, mine).await;
        assert_eq!(row.state, State::Open);
        let reply = Reply { text: "Kész".into(), ..Reply::default() };
        tickets::reply(at.app(), &at.helga, mine, reply).await.unwrap();
        tickets::make_move(at.app(), &at.helga, mine, Action::Resolve, None).await.unwrap();
        // Once it cannot be taken back any more.
        at.desk.pass(jiff::SignedDuration::from_mins(1)).await;
        assert_eq!(at.legs(mine).await[0].state, Leg::Approved, "with the end of the ticket the answer was enough");
    }

    async fn a_person_files_it_at_a_portal(db) {
        let at = Reached::first(db).await;
        let to = supplier(at.app(), at.desk.desk, SupplierKind::Microsoft, Way::Portal, "https://portal.test/new").await;
        let mine = request(&at.desk, &at.helga).await;
        let leg = hand_over(&at, mine, to).await;
        let panel = handovers::panel(at.app(), &at.helga, mine).await.unwrap().unwrap();
        assert_eq!(panel.legs[0].portal.as_deref(), Some("https://portal.test/new"));
        assert_eq!(panel.legs[0].leg.state, Leg::Offered, "until it is filed we have it");
        at.desk.wait(SignedDuration::from_mins(20));
        handovers::filed(at.app(), &at.helga, leg, "2603020040001234").await.unwrap();
        let filed = at.legs(mine).await.remove(0);
        assert_eq!((filed.state, filed.number.as_str()), (Leg::InProgress, "2603020040001234"));

        // Two hours of the supplier's later somebody is told to ask.
        at.desk.pass(SignedDuration::from_mins(125)).await;
        let told = at.desk.sent_mails().await;
        assert!(told.iter().any(|m| m.purpose == Purpose::Notification && m.to[0].starts_with("helga")), "{told:?}");
        let panel = handovers::panel(at.app(), &at.helga, mine).await.unwrap().unwrap();
        assert!(panel.legs[0].clocks[0].breached);
        let team = panel.team;
        let names: Vec<_> = panel.segments.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["Nordwind Cloud", "The microsoft"]);
        assert!(team.is_none_or(|team| !team.runs), "their delay is not ours");
    }

    async fn nothing_goes_out_incomplete_twice_or_over(db) {
        let at = Reached::first(db).await;
        let to = supplier(at.app(), at.desk.desk, SupplierKind::Microsoft, Way::Portal, "").await;
        let mine = request(&at.desk, &at.helga).await;
        let try_it = async |draft: Draft| handovers::hand_over(at.app(), &at.helga, mine, draft, Then::Offer).await;
        let mut lacks = complete(to);
        lacks.evidence.remove(&Evidence::TenantId);
        assert!(matches!(try_it(lacks.clone()).await, Err(Error::Refused("package-incomplete"))));
        assert!(at.legs(mine).await.is_empty(), "nothing is kept of what was refused");
        handovers::hand_over(at.app(), &at.helga, mine, lacks, Then::Keep).await.unwrap();
        let panel = handovers::panel(at.app(), &at.helga, mine).await.unwrap().unwrap();
        assert!(panel.missing.contains(&(Evidence::TenantId, true)), "{:?}", panel.missing);
        assert!(panel.draft.is_some());

        // An offering that ended between the choice and the sending.
        let offering = panel.choices.iter().find(|choice| choice.supplier.id == to).unwrap().offering.clone().unwrap();
        let ended = store::offerings::Offering { valid_to: Some(at.app().now()), ..offering.clone() };
        let kept: Result<(), store::Error> = at.app().store.write(at.desk.desk, move |tx| {
            let ended = ended.clone();
            Box::pin(async move { store::offerings::update(tx, &ended).await })
        }).await;
        kept.unwrap();
        let over = Draft { offering: Some(offering.id), ..complete(to) };
        assert!(matches!(try_it(over).await, Err(Error::Refused("offering-over"))));

        let leg = try_it(complete(to)).await.unwrap();
        assert!(matches!(try_it(complete(to)).await, Err(Error::Refused("handed-over"))));
        let away = tickets::make_move(at.app(), &at.helga, mine, Action::Resolve, None).await;
        assert!(matches!(away, Err(Error::Refused("handed-over"))));
        handovers::withdraw(at.app(), &at.helga, leg).await.unwrap();
        tickets::make_move(at.app(), &at.helga, mine, Action::Resolve, None).await.unwrap();
        assert!(matches!(try_it(complete(to)).await, Err(Error::Refused("wrong-state"))));
        at.desk.run_jobs().await;
    }

    async fn who_may_hand_over_is_the_tables_business(db) {
        let at = Reached::first(db).await;
        let to = supplier(at.app(), at.desk.desk, SupplierKind::Microsoft, Way::Portal, "").await;
        let mine = request(&at.desk, &at.helga).await;
        let sales = at.desk.agent("Sven", &[domain::access::Role::SalesAgent]).await;
        let refused = handovers::hand_over(at.app(), &sales, mine, complete(to), Then::Offer).await;
        assert!(matches!(refused, Err(Error::Forbidden)));
        assert!(handovers::panel(at.app(), &sales, mine).await.unwrap().is_none(), "internal");
        assert!(matches!(handovers::list(at.app(), &sales).await, Err(Error::Forbidden)));
        assert!(matches!(handovers::invite(at.app(), &at.helga, None).await, Err(Error::Forbidden)));
        let (_, stranger) = at.desk.other_desk().await;
        let foreign = handovers::hand_over(at.app(), &stranger, mine, complete(to), Then::Offer).await;
        assert!(matches!(foreign, Err(Error::NotFound(_))));
        assert_eq!(ticket(at.app(), at.desk.desk, mine).await.lang, Lang::De);
    }
}

on_both! {
    async fn a_unit_is_held_used_and_given_back_with_the_hand_over(db) {
        let at = Reached::first(db).await;
        let to = supplier(at.app(), at.desk.desk, SupplierKind::Microsoft, Way::Portal, "").await;
        let offering: Result<_, store::Error> =
            at.app().store.read(at.desk.desk, move |tx| Box::pin(store::offerings::of_supplier(tx, to))).await;
        let offering = offering.unwrap().remove(0).id;
        let contract = store::entitlements::Entitlement {
            id: at.app().ids(at.app().now()).next(domain::id::EntitlementId::new),
            supplier: to,
            offering,
            name: "Incidents".into(),
            access_id: None,
            contract_id: None,
            counted: true,
            balance: Some(0),
            entries: 0,
            from: at.app().now(),
            to: None,
            version: 1,
            created_at: at.app().now(),
        };
        let id = contract.id;
        let kept: Result<(), store::Error> = at.app().store.write(at.desk.desk, move |tx| {
            let contract = contract.clone();
            Box::pin(async move { store::entitlements::add(tx, &contract).await })
        }).await;
        kept.unwrap();
        app::wallet::by_hand(at.app(), &at.desk.admin, id, app::wallet::ByHand::Grant { units: 1 }, "one").await.unwrap();
        let left = async || {
            let contract: Result<_, store::Error> =
                at.app().store.read(at.desk.desk, move |tx| Box::pin(store::entitlements::get(tx, id))).await;
            contract.unwrap().unwrap().balance
        };
        let mine = request(&at.desk, &at.helga).await;
        let draft = || Draft { entitlement: Some(id), offering: Some(offering), ..complete(to) };
        let offer = async |draft| handovers::hand_over(at.app(), &at.helga, mine, draft, Then::Offer).await;
        let leg = offer(draft()).await.unwrap();
        assert_eq!(left().await, Some(0), "held");
        handovers::withdraw(at.app(), &at.helga, leg).await.unwrap();
        assert_eq!(left().await, Some(1), "given back");
        let leg = offer(draft()).await.unwrap();
        handovers::filed(at.app(), &at.helga, leg, "1").await.unwrap();
        handovers::filed(at.app(), &at.helga, leg, "2").await.unwrap();
        assert_eq!(left().await, Some(0), "used once");
        handovers::record_return(at.app(), &at.helga, leg, "Read the manual", Outcome::Documentation).await.unwrap();
        let none = offer(draft()).await;
        assert!(matches!(none, Err(Error::Refused("none-left"))), "{none:?}");
        assert_eq!(at.legs(mine).await.len(), 2, "nothing is kept of what was refused");
        at.desk.run_jobs().await;
    }
}
