//! Three installations in a chain, over a wire that is cut.

use app::{
    Error,
    handovers::{self},
    tickets::{self, Reply, Then},
};
use domain::{
    handover::{Leg, shared_clock::Segment, states::Outcome},
    party::supplier::SupplierKind,
    ticket::{
        lifecycle::{Action, State},
        timeline::Event,
    },
};
use jiff::SignedDuration;
use testkit::on_both;

use super::{Reached, decided, hand_over, legs, request, supplier, ticket};
use crate::wire::State as Wired;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// Lets every desk work, in turns, until nobody has anything to do.
async fn all(desks: &[&Reached]) {
    for _ in 0..desks.len() + 2 {
        for at in desks {
            at.desk.run_jobs().await;
        }
    }
}

async fn clock(at: &Reached, ticket: domain::id::TicketId) -> Vec<Segment> {
    handovers::shared_clock(at.app(), &at.helga, ticket).await.unwrap()
}

/// Every text that an installation has of its neighbours, and every ticket's words.
async fn everything(at: &Reached, id: domain::id::TicketId) -> String {
    let row = ticket(at.app(), at.desk.desk, id).await;
    let view = tickets::view(at.app(), &at.helga, row.number).await.unwrap();
    format!("{:?} {:?} {:?}", view.ticket, view.entries, at.legs(id).await)
}

on_both! {
    async fn a_chain_of_three_over_a_wire_that_is_cut_counts_alike_on_all_sides(db) {
        let reseller = Reached::first(db).await;
        let provider = reseller.beside("provider", "Provider AG").await;
        let expert = reseller.beside("expert", "Expert Kft").await;
        let desks = [&reseller, &provider, &expert];
        let up = reseller.paired_with(&provider, SupplierKind::Provider).await;
        let further = provider.paired_with(&expert, SupplierKind::Outsourcer).await;

        // To the provider, who cannot be reached at first.
        let mine = request(&reseller.desk, &reseller.helga).await;
        provider.wire.set(Wired::Cut);
        let leg = hand_over(&reseller, mine, up).await;
        all(&desks).await;
        assert_eq!(ticket(reseller.app(), reseller.desk.desk, mine).await.state, State::WaitingSupplier);
        assert!(handovers::list(provider.app(), &provider.helga).await.unwrap().ours.is_empty());
        let lost = handovers::panel(reseller.app(), &reseller.helga, mine).await.unwrap().unwrap();
        assert!(lost.legs[0].lost.is_some(), "somebody is told that the other desk cannot be reached");
        provider.wire.set(Wired::AnswersLost);
        reseller.desk.wait(MINUTE * 10);
        all(&desks).await;
        provider.wire.set(Wired::Whole);
        reseller.desk.wait(MINUTE * 10);
        all(&desks).await;

        let offer = provider.offered().await;
        assert_eq!(offer.package.0.summary, "Mail cannot be sent");
        handovers::accept(provider.app(), &provider.helga, offer.id).await.unwrap();
        let waits = handovers::list(provider.app(), &provider.helga).await.unwrap();
        assert!(waits.ours.is_empty(), "until the confirm nothing is theirs");
        // The word that it is accepted gets through, and the answer to it does not.
        reseller.wire.set(Wired::AnswersLost);
        all(&desks).await;
        reseller.wire.set(Wired::Whole);
        reseller.desk.wait(MINUTE * 30);
        all(&desks).await;
        let theirs = provider.came().await;
        assert_eq!(legs(reseller.app(), reseller.desk.desk, mine).await[0].state, Leg::InProgress);
        assert_eq!(theirs.subject, "Nem megy a levelezés");

        // A word in each direction; the provider's note stays at home.
        tickets::note(provider.app(), &provider.helga, theirs.id, "hippo: the reseller is difficult", vec![]).await.unwrap();
        let reply = Reply { text: "We are looking at it".into(), ..Reply::default() };
        tickets::reply(provider.app(), &provider.helga, theirs.id, reply).await.unwrap();
        handovers::tell(reseller.app(), &reseller.helga, leg, "It is urgent").await.unwrap();
        all(&desks).await;

        // And further on, with the evidence that came along.
        let further_leg = handovers::hand_over(
            provider.app(), &provider.helga, theirs.id,
            handovers::Draft { supplier: Some(further), summary: "Mail again".into(), ..Default::default() },
            handovers::Then::Offer,
        ).await.unwrap();
        all(&desks).await;
        expert.wire.set(Wired::Cut);
        let offer = expert.offered().await;
        handovers::accept(expert.app(), &expert.helga, offer.id).await.unwrap();
        reseller.desk.wait(MINUTE * 60);
        all(&desks).await;
        expert.wire.set(Wired::Whole);
        reseller.desk.wait(MINUTE * 60);
        all(&desks).await;
        let last = expert.came().await;
        reseller.desk.wait(MINUTE * 45);
        let undecided = handovers::give_back(
            expert.app(), &expert.helga, expert.legs(last.id).await[0].id, "Done", Outcome::Solved,
        ).await;
        assert!(matches!(undecided, Err(Error::Refused("no-decision"))), "{undecided:?}");
        decided(&expert, last.id).await;
        handovers::give_back(expert.app(), &expert.helga, {
            expert.legs(last.id).await[0].id
        }, "A connector was wrong", Outcome::KnownIssue).await.unwrap();
        all(&desks).await;
        assert_eq!(provider.legs(theirs.id).await.iter().find(|leg| leg.id == further_leg).unwrap().state, Leg::Returned);
        assert_eq!(ticket(expert.app(), expert.desk.desk, last.id).await.state, State::Resolved);

        // Sent back once, and solved.
        handovers::send_back(provider.app(), &provider.helga, further_leg, "Still broken").await.unwrap();
        all(&desks).await;
        assert_eq!(ticket(expert.app(), expert.desk.desk, last.id).await.state, State::Open);
        reseller.desk.wait(MINUTE * 15);
        let solved = Reply { text: "Now it works".into(), then: Then::Resolve, ..Reply::default() };
        tickets::reply(expert.app(), &expert.helga, last.id, solved).await.unwrap();
        all(&desks).await;

        // The provider gives it back with the network cut, then the customer is told.
        reseller.wire.set(Wired::Cut);
        let incoming = provider.legs(theirs.id).await.iter().find(|leg| !leg.outgoing).unwrap().id;
        handovers::give_back(provider.app(), &provider.helga, incoming, "The connector is mended", Outcome::Solved).await.unwrap();
        all(&desks).await;
        assert_eq!(legs(reseller.app(), reseller.desk.desk, mine).await[0].state, Leg::InProgress);
        reseller.wire.set(Wired::Whole);
        reseller.desk.wait(MINUTE * 120);
        all(&desks).await;
        let back = legs(reseller.app(), reseller.desk.desk, mine).await.remove(0);
        assert_eq!((back.state, back.answer.as_str(), back.outcome), (Leg::Returned, "The connector is mended", Some(Outcome::Solved)));
        assert_eq!(ticket(reseller.app(), reseller.desk.desk, mine).await.state, State::Open);

        // Not to be closed before the customer has heard.
        for action in [Action::Resolve, Action::Close] {
            let refused = tickets::make_move(reseller.app(), &reseller.helga, mine, action, None).await;
            assert!(matches!(refused, Err(Error::Refused("customer-not-told"))), "{refused:?}");
        }
        let told = Reply { text: "Újra működik".into(), then: Then::Resolve, ..Reply::default() };
        tickets::reply(reseller.app(), &reseller.helga, mine, told).await.unwrap();
        all(&desks).await;
        tickets::make_move(reseller.app(), &reseller.helga, mine, Action::Close, None).await.unwrap();
        all(&desks).await;
        reseller.desk.wait(MINUTE * 120);
        all(&desks).await;
        for (at, id) in [(&reseller, mine), (&provider, theirs.id), (&expert, last.id)] {
            assert!(at.legs(id).await.iter().all(|leg| leg.state == Leg::Closed), "{:?}", at.legs(id).await);
        }

        // One clock, equal to the second.
        let clocks = [
            clock(&reseller, mine).await, clock(&provider, theirs.id).await, clock(&expert, last.id).await,
        ];
        assert_eq!(clocks[0], clocks[1]);
        assert_eq!(clocks[0], clocks[2]);
        let names: Vec<_> = clocks[0].iter().map(|segment| segment.name.as_str()).collect();
        assert_eq!(names, [
            "Nordwind Cloud", "Provider AG", "Expert Kft", "Provider AG", "Expert Kft", "Provider AG", "Nordwind Cloud",
        ]);
        for (one, next) in clocks[0].iter().zip(&clocks[0][1..]) {
            assert_eq!(one.to, Some(next.from), "somebody holds at every instant");
        }

        // Once in effect, whatever came twice.
        let seen = everything(&provider, theirs.id).await;
        assert_eq!(seen.matches("It is urgent").count(), 1);
        let seen = everything(&reseller, mine).await;
        assert_eq!(seen.matches("We are looking at it").count(), 1);
        let count = tickets::counts(provider.app(), &provider.helga).await.unwrap();
        assert_eq!(count.all, 1, "one ticket, however often it was confirmed");

        // What stays at home stayed at home, and nobody of the customer's is named.
        for (at, id) in [(&provider, theirs.id), (&expert, last.id)] {
            let seen = everything(at, id).await;
            assert!(!seen.contains("giraffe") && !seen.contains("Ada") && !seen.contains("acme.test"), "{seen}");
        }
        assert!(!everything(&reseller, mine).await.contains("hippo"));
        assert!(!everything(&expert, last.id).await.contains("hippo"));
        assert!(!everything(&reseller, mine).await.contains("Still broken"), "what two neighbours write stays between them");
    }

    async fn an_offer_is_the_offerers_until_it_is_confirmed(db) {
        let reseller = Reached::first(db).await;
        let provider = reseller.beside("provider", "Provider AG").await;
        let desks = [&reseller, &provider];
        let up = reseller.paired_with(&provider, SupplierKind::Provider).await;
        let mine = request(&reseller.desk, &reseller.helga).await;

        // Withdrawn while the other side says yes.
        let leg = hand_over(&reseller, mine, up).await;
        all(&desks).await;
        let offer = provider.offered().await;
        reseller.wire.set(Wired::Cut);
        handovers::accept(provider.app(), &provider.helga, offer.id).await.unwrap();
        all(&desks).await;
        handovers::withdraw(reseller.app(), &reseller.helga, leg).await.unwrap();
        reseller.wire.set(Wired::Whole);
        reseller.desk.wait(MINUTE * 10);
        all(&desks).await;
        let theirs = handovers::list(provider.app(), &provider.helga).await.unwrap();
        assert!(theirs.ours.is_empty() && theirs.theirs.is_empty(), "{theirs:?}");
        assert_eq!(tickets::counts(provider.app(), &provider.helga).await.unwrap().all, 0);
        assert_eq!(ticket(reseller.app(), reseller.desk.desk, mine).await.state, State::Open);

        // Declined, with a reason.
        reseller.desk.wait(MINUTE);
        hand_over(&reseller, mine, up).await;
        all(&desks).await;
        let offer = provider.offered().await;
        handovers::decline(provider.app(), &provider.helga, offer.id, "Not our product", Outcome::Declined).await.unwrap();
        all(&desks).await;
        let last = reseller.legs(mine).await.pop().unwrap();
        assert_eq!((last.state, last.answer.as_str()), (Leg::Declined, "Not our product"));
        let late = handovers::accept(provider.app(), &provider.helga, offer.id).await;
        assert!(matches!(late, Err(Error::Refused("wrong-state"))));

        // Nobody takes it in time; the yes that comes late changes nothing.
        reseller.desk.wait(MINUTE);
        hand_over(&reseller, mine, up).await;
        all(&desks).await;
        let offer = provider.offered().await;
        reseller.wire.set(Wired::Cut);
        handovers::accept(provider.app(), &provider.helga, offer.id).await.unwrap();
        provider.desk.run_jobs().await;
        reseller.desk.wait(MINUTE * 60 * 25);
        all(&desks).await;
        assert_eq!(reseller.legs(mine).await.pop().unwrap().state, Leg::Expired);
        reseller.wire.set(Wired::Whole);
        reseller.desk.wait(MINUTE * 60 * 7);
        all(&desks).await;
        assert_eq!(tickets::counts(provider.app(), &provider.helga).await.unwrap().all, 0);
        let shown = handovers::list(provider.app(), &provider.helga).await.unwrap();
        assert!(shown.ours.is_empty() && shown.theirs.is_empty(), "{shown:?}");
        assert_eq!(clock(&reseller, mine).await.len(), 1, "it never left");
    }

    async fn two_desks_of_one_installation_use_the_same_messages(db) {
        let here = Reached::first(db).await;
        let (other, admin) = here.desk.other_desk().await;
        let up = supplier(here.app(), here.desk.desk, SupplierKind::Provider, domain::party::supplier::Way::Desk, "").await;
        let invitation = handovers::invite(here.app(), &admin, None).await.unwrap();
        handovers::accept_invitation(here.app(), &here.desk.admin, &invitation.text, Some(up)).await.unwrap();
        let again = handovers::accept_invitation(here.app(), &here.desk.admin, &invitation.text, Some(up)).await;
        assert!(again.is_ok(), "whoever asks again after a lost answer is answered again");
        let mine = request(&here.desk, &here.helga).await;
        hand_over(&here, mine, up).await;
        here.desk.run_jobs().await;
        let offers = handovers::list(here.app(), &admin).await.unwrap();
        handovers::accept(here.app(), &admin, offers.ours[0].leg.id).await.unwrap();
        here.desk.run_jobs().await;
        let line = handovers::list(here.app(), &admin).await.unwrap().ours.remove(0);
        let theirs = ticket(here.app(), other, line.leg.ticket.unwrap()).await;
        assert_eq!(
            handovers::shared_clock(here.app(), &here.helga, mine).await.unwrap(),
            handovers::shared_clock(here.app(), &admin, theirs.id).await.unwrap()
        );
        assert_eq!(here.wire.came.load(std::sync::atomic::Ordering::SeqCst), 0, "no wire is needed");
        // Neither sees the other's rows.
        assert!(handovers::panel(here.app(), &here.helga, theirs.id).await.is_err());
        let before = tickets::view(here.app(), &admin, theirs.number).await.unwrap();
        assert!(matches!(before.entries[0].event, Event::CustomerMessage(_)));
        assert_eq!(before.customer.unwrap().name, "Nordwind Cloud");
    }
}
