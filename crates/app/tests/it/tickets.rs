//! Working on tickets: rights, clocks, moves, lists, search.

use app::{
    Error,
    catalogue::Asked,
    tickets::{self, Change, NewTicket, Reply, Then},
};
use domain::{
    access::{Role, Visibility},
    clock::running::{ClockKind, ClockState},
    party::Sees,
    ticket::{
        kinds::{Channel, Kind, Service, Severity},
        lifecycle::{Action, State},
        timeline::Event,
    },
};
use jiff::SignedDuration;
use store::tickets::View;
use testkit::{TestDesk, on_both};

fn call(contact: domain::id::ContactId, kind: Kind, subject: &str, text: &str) -> NewTicket {
    NewTicket {
        channel: Channel::Phone,
        contact: Some(contact),
        customer: None,
        kind,
        service: Service::Microsoft365,
        severity: Severity::B,
        subject: subject.into(),
        text: text.into(),
        files: Vec::new(),
        take: false,
        acknowledge: true,
    }
}

on_both! {
    async fn what_is_promised_is_kept_and_explained(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let asked =
            Asked { customer: Some(acme), service: Service::Microsoft365, kind: Kind::Technical };
        let shown = tickets::promised(&desk.app, desk.desk, asked, Severity::B).await.unwrap();
        let shown = shown.due(shown.targets.first_response);
        let opened =
            tickets::file_for_customer(&desk.app, &helga, call(ada.id, Kind::Technical, "Phone", "He says")).await.unwrap();
        assert_eq!(opened.first_response, shown, "what is shown before is what is promised");
        let view = tickets::view(&desk.app, &helga, opened.number).await.unwrap();
        assert_eq!(view.ticket.due_at, shown.unwrap());
        let first = &view.clocks[0];
        assert_eq!(first.kind, ClockKind::FirstResponse);
        let sum = first.segments.iter().fold(SignedDuration::ZERO, |sum, s| sum + s.to.duration_since(s.from));
        assert_eq!(sum, SignedDuration::from_secs(i64::from(first.target.get())), "the ledger adds up");

        desk.pass(SignedDuration::from_mins(30)).await;
        let reply = Reply { text: "Done".into(), then: Then::Wait, ..Reply::default() };
        tickets::reply(&desk.app, &helga, opened.id, reply).await.unwrap();
        let view = tickets::view(&desk.app, &helga, opened.number).await.unwrap();
        assert!(matches!(view.clocks[0].state, ClockState::Met { .. }));
        assert!(matches!(view.clocks.last().unwrap().state, ClockState::Paused { .. }));
        assert_eq!(view.ticket.due_at, store::tickets::NEVER, "nothing runs while the customer has to answer");
        assert_eq!(view.ticket.state, State::WaitingCustomer);
    }

    async fn a_call_is_confirmed_if_the_agent_says_so(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        for (acknowledge, mails) in [(false, 0), (true, 1)] {
            let new = NewTicket { acknowledge, ..call(ada.id, Kind::Technical, "Phone", "He says") };
            tickets::file_for_customer(&desk.app, &desk.admin, new).await.unwrap();
            desk.pass(SignedDuration::from_mins(10)).await;
            assert_eq!(desk.sent_mails().await.len(), mails, "{acknowledge}");
        }
    }

    async fn roles_see_and_do_what_the_table_says(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let mut numbers = Vec::new();
        for (kind, subject) in [(Kind::Technical, "Mail flow zebra"), (Kind::Billing, "Invoice zebra")] {
            let new = call(ada.id, kind, subject, "public zebra words");
            let opened = tickets::file_for_customer(&desk.app, &desk.admin, new).await.unwrap();
            tickets::note(&desk.app, &desk.admin, opened.id, "internal giraffe words", vec![]).await.unwrap();
            numbers.push((opened.number, opened.id));
        }
        let newest = store::search::Order::Newest { before: None };
        // role, sees technical, sees billing, sees notes of billing, finds zebra, finds giraffe, works on billing, files
        let rows = [
            (Role::GlobalAdmin, true, true, true, 2, 2, true, true),
            (Role::AdminAgent, true, true, true, 2, 2, true, true),
            (Role::HelpdeskAgent, true, true, true, 2, 2, true, true),
            (Role::BillingAdmin, false, true, true, 1, 1, true, false),
            (Role::SalesAgent, true, true, false, 2, 0, false, false),
            (Role::UserManagementAdmin, false, false, false, 0, 0, false, false),
        ];
        for (role, technical, billing, notes, zebra, giraffe, works, _) in rows {
            let agent = desk.agent(&format!("The {role}"), &[role]).await;
            let views = [
                tickets::view(&desk.app, &agent, numbers[0].0).await,
                tickets::view(&desk.app, &agent, numbers[1].0).await,
            ];
            assert_eq!((views[0].is_ok(), views[1].is_ok()), (technical, billing), "{role} sees");
            let has_note = views[1].as_ref().is_ok_and(|v| {
                v.entries.iter().any(|e| matches!(e.event, Event::Note { .. }))
            });
            assert_eq!(has_note, notes, "{role} reads notes");
            let (lines, _) = tickets::list(&desk.app, &agent, View::All, None, 50).await.unwrap();
            assert_eq!(lines.len(), usize::from(technical) + usize::from(billing), "{role} lists");
            let counts = tickets::counts(&desk.app, &agent).await.unwrap();
            assert_eq!(counts.due, i64::from(technical) + i64::from(billing), "{role} counts");
            for (word, hits) in [("zebra", zebra), ("giraffe", giraffe)] {
                let found = tickets::search(&desk.app, &agent, word, store::search::Only::default(), newest, 50).await.unwrap();
                assert_eq!(found.found.len(), hits, "{role} finds {word}");
            }
            let moved = tickets::note(&desk.app, &agent, numbers[1].1, "mine", vec![]).await;
            assert_eq!(moved.is_ok(), works, "{role} works: {moved:?}");
        }
        for (role, .., files) in rows {
            let agent = desk.agent(&format!("Again {role}"), &[role]).await;
            let filed = tickets::file_for_customer(&desk.app, &agent, call(ada.id, Kind::Technical, "x", "y")).await;
            assert_eq!(filed.is_ok(), files, "{role} files");
        }
    }

    async fn a_foreign_ticket_is_not_there(db) {
        let desk = TestDesk::new(db).await;
        let (_, stranger) = desk.other_desk().await;
        let raw = desk.mail_from("ada@acme.test", "Canary kakapo", "kakapo").await;
        let ticket = desk.ticket_of(&raw).await;
        let absent = tickets::view(&desk.app, &stranger, 99_999).await.unwrap_err();
        let foreign = tickets::view(&desk.app, &stranger, ticket.number).await.unwrap_err();
        assert_eq!(absent.to_string(), foreign.to_string());
        for result in [
            tickets::make_move(&desk.app, &stranger, ticket.id, Action::Close, None).await.map(drop),
            tickets::change(&desk.app, &stranger, ticket.id, Change::default(), None).await,
            tickets::note(&desk.app, &stranger, ticket.id, "x", vec![]).await.map(drop),
        ] {
            assert!(matches!(result, Err(Error::NotFound(_))), "{result:?}");
        }
        let newest = store::search::Order::Newest { before: None };
        assert!(tickets::search(&desk.app, &stranger, "kakapo", store::search::Only::default(), newest, 9).await.unwrap().found.is_empty());
        let unchanged = tickets::view(&desk.app, &desk.admin, ticket.number).await.unwrap();
        assert_eq!(unchanged.ticket, ticket);
    }

    async fn moves_follow_the_table_and_the_version(db) {
        let desk = TestDesk::new(db).await;
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "Moves", "x").await).await;
        let (app, admin) = (&desk.app, &desk.admin);
        tickets::make_move(app, admin, ticket.id, Action::Open, Some(ticket.version)).await.unwrap();
        let stale = tickets::make_move(app, admin, ticket.id, Action::Resolve, Some(ticket.version)).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        let wrong = tickets::make_move(app, admin, ticket.id, Action::Reopen, None).await.unwrap_err();
        assert_eq!(wrong.code(), "wrong-state");
        desk.decide(ticket.id).await;
        tickets::make_move(app, admin, ticket.id, Action::Close, None).await.unwrap();
        let reply = Reply { text: "too late".into(), ..Reply::default() };
        assert_eq!(tickets::reply(app, admin, ticket.id, reply).await.unwrap_err().code(), "wrong-state");
    }

    async fn an_internal_note_stays_inside(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let eve = desk.contact(acme, "Eve", "eve@acme.test", Sees::Own).await;
        let boss = desk.contact(acme, "Boss", "boss@acme.test", Sees::All).await;
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "Portal", "my words").await).await;
        let before = desk.sent_mails().await.len();
        tickets::note(&desk.app, &desk.admin, ticket.id, "between us", vec![]).await.unwrap();
        desk.pass(SignedDuration::from_mins(1)).await;
        assert_eq!(desk.sent_mails().await.len(), before, "a note is no mail");
        let view = app::portal::view(&desk.app, &ada, ticket.number, None).await.unwrap();
        assert_eq!(view.sees, Visibility::Public);
        assert!(view.entries.iter().all(|e| e.event.visibility() == Visibility::Public));
        assert!(app::portal::view(&desk.app, &boss, ticket.number, None).await.is_ok());
        let knows_the_number = app::portal::view(&desk.app, &eve, ticket.number, None).await;
        assert!(matches!(knows_the_number, Err(Error::NotFound(_))));
        let (lines, _) = app::portal::list(&desk.app, &eve, Sees::All, None, 10).await.unwrap();
        assert!(lines.is_empty());
        let answered = app::portal::answer(&desk.app, &eve, ticket.number, "let me in", vec![]).await;
        assert!(matches!(answered, Err(Error::NotFound(_))));
        let closed = app::portal::make_move(&desk.app, &eve, ticket.number, Action::Close).await;
        assert!(matches!(closed, Err(Error::NotFound(_))));
    }

    async fn what_is_indexed_anew_is_found_as_before(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let sales = desk.agent("Sam", &[Role::SalesAgent]).await;
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "Kakapo", "The invoices are late").await).await;
        tickets::note(app, admin, ticket.id, "giraffe", vec![]).await.unwrap();
        let reply = Reply { text: "flamingo".into(), ..Reply::default() };
        let sent = tickets::reply(app, admin, ticket.id, reply).await.unwrap();
        tickets::take_back(app, admin, ticket.id, sent.entry).await.unwrap();
        let newest = store::search::Order::Newest { before: None };
        let found = async |agent: &app::Agent| {
            let mut hits = Vec::new();
            for word in ["kakapo", "invoice", "giraffe", "flamingo"] {
                hits.push(tickets::search(app, agent, word, store::search::Only::default(), newest, 9).await.unwrap().found.len());
            }
            hits
        };
        let before = (found(admin).await, found(&sales).await);
        assert_eq!(before.1, [1, 1, 0, 0], "no note, and nothing that was taken back");
        let id = ticket.id;
        let lost: Result<_, store::Error> = app
            .store
            .write(desk.desk, move |tx| Box::pin(store::search::remove(tx, id, store::search::Part::Whole)))
            .await;
        lost.unwrap();
        assert_eq!(found(admin).await, [0, 0, 0, 0]);
        assert_eq!(tickets::reindex(app, desk.desk, tickets::Which::Outdated).await.unwrap(), 0);
        for _ in 0..2 {
            assert_eq!(tickets::reindex(app, desk.desk, tickets::Which::All).await.unwrap(), 1);
            assert_eq!((found(admin).await, found(&sales).await), before);
        }
    }

    async fn what_another_process_changes_is_told_once(db) {
        let desk = TestDesk::new(db).await;
        let other = desk.another_process();
        let (mut watcher, _) = other.live.watch(desk.desk, other.live.cursor(desk.desk));
        let (mut own, _) = desk.app.live.watch(desk.desk, desk.app.live.cursor(desk.desk));
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "Live", "x").await).await;
        assert_eq!(own.try_recv().unwrap().change.number, ticket.number);
        for _ in 0..2 {
            app::live::look(&other, other.now()).await.unwrap();
            app::live::look(&desk.app, desk.app.now()).await.unwrap();
        }
        assert_eq!(watcher.try_recv().unwrap().change.number, ticket.number);
        assert!(watcher.try_recv().is_err() && own.try_recv().is_err(), "once");
    }

    async fn the_audit_log_is_sealed_and_shows_tampering(db) {
        let desk = TestDesk::new(db).await;
        desk.mail_from("ada@acme.test", "Audit", "x").await;
        desk.pass(SignedDuration::from_mins(1)).await;
        let whole = app::audit::verify(&desk.app, &desk.admin).await.unwrap();
        assert!(matches!(whole, store::records::Verified::Whole { seals: 1.., rows: 1.. }), "{whole:?}");
    }
}
