//! A desk that holds a ticket and never answers is let go; what it says later is kept, and moves nothing.

use app::{
    Error,
    handovers::{self},
    tickets::{self, Reply},
};
use domain::{
    access::Role,
    deed::Deed,
    handover::{Leg, states::Outcome},
    party::supplier::{SupplierKind, Way},
    ticket::{
        baseline::{Reached as Came, Stop},
        lifecycle::{Passage, State},
        timeline::Event,
    },
};
use jiff::SignedDuration;
use testkit::on_both;

use super::{Reached, decided, hand_over, request, supplier, ticket};
use crate::wire::State as Wired;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

async fn all(desks: &[&Reached]) {
    for _ in 0..desks.len() + 2 {
        for at in desks {
            at.desk.run_jobs().await;
        }
    }
}

async fn stop(at: &Reached, id: domain::id::TicketId, wanted: Stop) -> Came {
    let row = ticket(at.app(), at.desk.desk, id).await;
    let view = tickets::view(at.app(), &at.helga, row.number).await.unwrap();
    let known = app::diagnosis::view(at.app(), &at.helga, id).await.unwrap();
    app::diagnosis::path(&view, &known).into_iter().find(|(stop, _)| *stop == wanted).unwrap().1
}

on_both! {
    async fn a_silent_desk_is_let_go_and_what_it_says_later_moves_nothing(db) {
        let home = Reached::first(db).await;
        let silent = home.beside("silent", "Silent AG").await;
        let desks = [&home, &silent];
        let up = home.paired_with(&silent, SupplierKind::Provider).await;
        let other = supplier(home.app(), home.desk.desk, SupplierKind::Outsourcer, Way::Portal, "").await;
        let mine = request(&home.desk, &home.helga).await;
        assert_eq!(stop(&home, mine, Stop::HandedOver).await, Came::Ahead);
        let leg = hand_over(&home, mine, up).await;
        let early = handovers::let_go(home.app(), &home.helga, leg, "Nobody is there").await;
        assert!(matches!(early, Err(Error::Refused("wrong-state"))), "an offer is withdrawn");
        all(&desks).await;
        handovers::accept(silent.app(), &silent.helga, silent.offered().await.id).await.unwrap();
        all(&desks).await;
        let theirs = silent.came().await;
        assert_eq!(stop(&home, mine, Stop::Returned).await, Came::Now, "it is out");

        // Its answer is on its way while nobody is reached.
        home.desk.wait(MINUTE * 60);
        decided(&silent, theirs.id).await;
        home.wire.set(Wired::Cut);
        silent.wire.set(Wired::Cut);
        let incoming = silent.legs(theirs.id).await.remove(0).id;
        handovers::give_back(silent.app(), &silent.helga, incoming, "It was the connector", Outcome::Solved).await.unwrap();
        all(&desks).await;
        home.desk.wait(MINUTE * 60);
        let away = tickets::make_move(home.app(), &home.helga, mine, domain::ticket::lifecycle::Action::Resolve, None).await;
        assert!(matches!(away, Err(Error::Refused("handed-over"))));
        assert!(matches!(handovers::let_go(home.app(), &home.helga, leg, " ").await, Err(Error::Invalid { .. })));
        handovers::let_go(home.app(), &home.helga, leg, "Nobody is there").await.unwrap();
        let panel = handovers::panel(home.app(), &home.helga, mine).await.unwrap().unwrap();
        assert_eq!((panel.legs[0].leg.state, panel.passage), (Leg::LetGo, Passage::Free));
        assert_eq!(ticket(home.app(), home.desk.desk, mine).await.state, State::Open);
        assert_eq!(stop(&home, mine, Stop::HandedOver).await, Came::Now, "it is home, and somebody else's");
        let left = home.app().now();
        assert_eq!(panel.segments.last().map(|s| (s.name.as_str(), s.to)), Some(("Nordwind Cloud", None)));
        assert!(panel.segments.windows(2).all(|pair| pair[0].to == Some(pair[1].from)), "{:?}", panel.segments);

        // It goes on with somebody else, in a chain of its own.
        home.desk.wait(MINUTE * 10);
        let next = hand_over(&home, mine, other).await;
        handovers::filed(home.app(), &home.helga, next, "X-1").await.unwrap();
        let panel = handovers::panel(home.app(), &home.helga, mine).await.unwrap().unwrap();
        let names: Vec<_> = panel.segments.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["Nordwind Cloud", "Silent AG", "Nordwind Cloud", "The outsourcer"]);
        assert_eq!(panel.segments[2].from, left);

        // The wire is whole: both come to the same end, and the answer is not lost.
        home.wire.set(Wired::Whole);
        silent.wire.set(Wired::Whole);
        for _ in 0..4 {
            home.desk.wait(MINUTE * 60 * 7);
            all(&desks).await;
        }
        let row = home.legs(mine).await.into_iter().find(|row| row.id == leg).unwrap();
        assert_eq!((row.state, row.answer.as_str(), row.outcome), (Leg::LetGo, "It was the connector", Some(Outcome::Solved)));
        assert_eq!(silent.legs(theirs.id).await[0].state, Leg::Closed, "the chain is over there too");
        let now = home.legs(mine).await.into_iter().find(|row| row.id == next).unwrap();
        assert_eq!(now.state, Leg::InProgress, "what comes late moves nothing");
        let number = ticket(home.app(), home.desk.desk, mine).await.number;
        let view = tickets::view(home.app(), &home.helga, number).await.unwrap();
        let late = |event: &Event| matches!(event, Event::FromPartner { text, .. } if text == "It was the connector");
        assert_eq!(view.entries.iter().filter(|entry| late(&entry.event)).count(), 1);
        let named = view.entries.iter().any(|entry| {
            matches!(entry.event, Event::HandedOver { handover, leg: Leg::Returned, .. } if handover == leg)
        });
        assert!(named, "the timeline says what it was");
        let number = ticket(silent.app(), silent.desk.desk, theirs.id).await.number;
        let view = tickets::view(silent.app(), &silent.helga, number).await.unwrap();
        let heard = view.entries.iter().any(|e| matches!(&e.event, Event::FromPartner { text, .. } if text == "Nobody is there"));
        assert!(heard, "the other desk knows why");
    }

    async fn who_holds_and_hears_of_it_gives_it_back(db) {
        let home = Reached::first(db).await;
        let silent = home.beside("silent", "Silent AG").await;
        let expert = home.beside("expert", "Expert Kft").await;
        let desks = [&home, &silent, &expert];
        let up = home.paired_with(&silent, SupplierKind::Provider).await;
        let further = silent.paired_with(&expert, SupplierKind::Outsourcer).await;
        let mine = request(&home.desk, &home.helga).await;
        let leg = hand_over(&home, mine, up).await;
        all(&desks).await;
        handovers::accept(silent.app(), &silent.helga, silent.offered().await.id).await.unwrap();
        all(&desks).await;
        let theirs = silent.came().await;
        // It has offered it on when it hears that nobody waits any more.
        let on = hand_over(&silent, theirs.id, further).await;
        let wrong = handovers::let_go(silent.app(), &silent.helga, on, "x").await;
        assert!(matches!(wrong, Err(Error::Refused(_))));
        // It is the desk that began it, not the agent: whoever may hand over there may, by name.
        let bert = home.desk.agent("Bert", &[Role::SalesAgent]).await;
        let stranger = handovers::let_go(home.app(), &bert, leg, "x").await;
        assert!(matches!(stranger, Err(Error::Forbidden)), "{stranger:?}");
        let tom = home.desk.agent("Tom", &[Role::HelpdeskAgent]).await;
        handovers::let_go(home.app(), &tom, leg, "We go on alone").await.unwrap();
        let log = app::audit::log(home.app(), &home.desk.admin, None).await.unwrap();
        let of_tom = |row: &&store::records::Audited| row.actor_id == Some(tom.id.uuid());
        let done = log.iter().find(of_tom).expect("it is audited");
        assert_eq!((done.action.as_str(), &done.subject), (Deed::HandOver.word(), &mine.to_string()));
        for _ in 0..3 {
            all(&desks).await;
            home.desk.wait(MINUTE);
        }
        let legs = silent.legs(theirs.id).await;
        let state = |id: Option<domain::id::HandoverId>| {
            legs.iter().find(|leg| id.map_or(!leg.outgoing, |id| leg.id == id)).unwrap().state
        };
        assert_eq!((state(None), state(Some(on))), (Leg::LetGo, Leg::Withdrawn));
        assert!(handovers::list(expert.app(), &expert.helga).await.unwrap().ours.is_empty());
        assert_eq!(home.legs(mine).await[0].state, Leg::LetGo);
        let chains: Result<_, store::Error> =
            silent.app().store.read(silent.desk.desk, move |tx| Box::pin(store::handovers::chains_of(tx, theirs.id))).await;
        assert!(chains.unwrap()[0].closed, "the chain is over for all");

        // Both end their own.
        decided(&silent, theirs.id).await;
        decided(&home, mine).await;
        let reply = || Reply { text: "Kész".into(), then: tickets::Then::Resolve, ..Reply::default() };
        tickets::reply(home.app(), &home.helga, mine, reply()).await.unwrap();
        tickets::make_move(silent.app(), &silent.helga, theirs.id, domain::ticket::lifecycle::Action::Resolve, None).await.unwrap();
        all(&desks).await;
    }
}
