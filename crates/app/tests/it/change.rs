//! Changing a ticket: all of it or nothing, by one of those who try at the same time.

use app::{
    Error, customers, people,
    tickets::{self, Change},
};
use domain::{
    access::Role,
    clock::running::{ClockKind, ClockState},
    id::{CustomerId, TeamId},
    lang::Lang,
    party::Sees,
    ticket::{
        kinds::{Kind, Service, Severity},
        timeline::Event,
    },
};
use jiff::SignedDuration;
use testkit::{TestDesk, on_both};

fn tags(tags: &[&str]) -> Option<Vec<String>> {
    Some(tags.iter().map(|tag| (*tag).to_owned()).collect())
}

fn code(result: Result<(), Error>) -> &'static str {
    result.expect_err("refused").code()
}

on_both! {
    async fn everything_is_changed_at_once(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let acme = desk.customer("Acme").await;
        let bea = desk.contact(acme, "Bea", "bea@acme.test", Sees::Own).await;
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let cloud = people::add_team(app, admin, "Cloud").await.unwrap();
        let raw = desk.mail_from("ada@gmail.test", "Kakapo", "It hangs.").await;
        let before = desk.ticket_of(&raw).await;
        desk.pass(SignedDuration::from_mins(10)).await;

        let to = Change {
            subject: Some(" Dodo ".into()),
            kind: Some(Kind::Billing),
            service: Some(Service::Azure),
            severity: Some(Severity::A),
            contact: Some(Some(bea.id)),
            customer: None,
            assignee: Some(Some(helga.id)),
            team: Some(Some(cloud)),
            tags: tags(&["VIP", "vip", "mail"]),
            snoozed_until: None,
        };
        tickets::change(app, admin, before.id, to.clone(), Some(before.version)).await.unwrap();
        let view = tickets::view(app, admin, before.number).await.unwrap();
        let after = &view.ticket;
        assert_eq!(after.version, before.version + 1, "one change");
        assert_eq!((after.subject.as_str(), after.kind, after.service), ("Dodo", Kind::Billing, Service::Azure));
        assert_eq!((after.contact, after.customer), (Some(bea.id), Some(acme)), "the contact's only customer");
        assert_eq!((after.assignee, after.team), (Some(helga.id), Some(cloud)));
        assert_eq!(after.tags.0, ["vip", "mail"]);
        let events: Vec<_> = view.entries[1..].iter().map(|entry| &entry.event).collect();
        assert!(
            matches!(events[..], [Event::Renamed { .. }, Event::Classified { .. }, Event::Requester { .. }, Event::Assigned { .. }, Event::Tagged { .. }]),
            "{events:?}"
        );
        assert_eq!(view.names[&acme.uuid()], "Acme");
        let ClockState::Running { due, .. } = view.clocks[0].state else { panic!("{:?}", view.clocks) };
        assert_eq!((view.clocks[0].kind, view.clocks[0].started), (ClockKind::FirstResponse, before.created_at));
        assert!(due < before.due_at, "severity A counts from the opening");
        let newest = store::search::Order::Newest { before: None };
        let found = async |word| tickets::search(app, admin, word, store::search::Only::default(), newest, 9).await.unwrap().found.len();
        assert_eq!((found("dodo").await, found("kakapo").await), (1, 0));
        let counts = tickets::counts(app, &helga).await.unwrap();
        assert_eq!((counts.mine, counts.unassigned, counts.all), (1, 0, 1));
        desk.run_jobs().await;
        assert_eq!(desk.sent_mails().await.iter().filter(|mail| mail.to.iter().any(|to| to == helga.email.as_str())).count(), 1);

        // What is so already is no change.
        tickets::change(app, admin, before.id, to, Some(after.version)).await.unwrap();
        assert_eq!(desk.ticket_of(&raw).await.version, after.version);
    }

    async fn what_is_refused_changes_nothing(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let (acme, umbrella) = (desk.customer("Acme").await, desk.customer("Umbrella").await);
        desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let billing = desk.agent("Bert", &[Role::BillingAdmin]).await;
        let sales = desk.agent("Sam", &[Role::SalesAgent]).await;
        let raw = desk.mail_from("ada@acme.test", "Invoice", "x").await;
        let id = desk.ticket_of(&raw).await.id;
        let kind = Change { kind: Some(Kind::Billing), assignee: Some(Some(billing.id)), ..Change::default() };
        tickets::change(app, admin, id, kind, None).await.unwrap();
        let before = desk.ticket_of(&raw).await;
        let named = Change { subject: Some("Other".into()), ..Change::default() };
        let rows = [
            (admin, Change { kind: Some(Kind::Technical), ..named.clone() }, "cannot-work"),
            (admin, Change { assignee: Some(Some(sales.id)), ..named.clone() }, "cannot-work"),
            (admin, Change { team: Some(Some(TeamId::new(app.now(), [0; 10]))), ..named.clone() }, "unknown"),
            (admin, Change { customer: Some(Some(umbrella)), ..named.clone() }, "not-theirs"),
            (admin, Change { customer: Some(Some(CustomerId::new(app.now(), [0; 10]))), ..named.clone() }, "unknown"),
            (admin, Change { tags: tags(&["a\nb"]), ..named.clone() }, "not-a-line"),
            (admin, Change { tags: Some((0..21).map(|n| n.to_string()).collect()), ..named.clone() }, "too-many"),
            (admin, Change { subject: Some(" ".into()), ..named.clone() }, "required"),
            (&billing, Change { kind: Some(Kind::Technical), assignee: Some(None), ..named.clone() }, "forbidden"),
            (&sales, named.clone(), "forbidden"),
        ];
        for (agent, to, why) in rows {
            assert_eq!(code(tickets::change(app, agent, id, to.clone(), None).await), why, "{to:?}");
        }
        assert_eq!(code(tickets::change(app, admin, id, named.clone(), Some(before.version - 1)).await), "stale");
        assert_eq!(desk.ticket_of(&raw).await, before);
        // Whoever cannot work on it any more gives it away in the same change.
        let to = Change { kind: Some(Kind::Technical), assignee: Some(Some(admin.id)), ..named };
        tickets::change(app, admin, id, to, Some(before.version)).await.unwrap();
    }

    async fn whose_it_is_follows_who_asked(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let (acme, umbrella) = (desk.customer("Acme").await, desk.customer("Umbrella").await);
        let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let (person, all) = customers::contact(app, admin, ada.id).await.unwrap();
        let both = customers::Person {
            name: person.name.clone(),
            email: "ada@acme.test".into(),
            phone: String::new(),
            lang: Lang::De,
            customers: [acme, umbrella].map(|id| (id, all[0].sees)).to_vec(),
        };
        customers::update_contact(app, admin, ada.id, both, person.version).await.unwrap();
        let eve = desk.contact(umbrella, "Eve", "eve@umbrella.test", Sees::Own).await;
        let raw = desk.mail_from("eve@umbrella.test", "Whose", "x").await;
        let id = desk.ticket_of(&raw).await.id;
        let steps = [
            (Change { contact: Some(Some(ada.id)), ..Change::default() }, (Some(ada.id), Some(umbrella))),
            (Change { customer: Some(Some(acme)), ..Change::default() }, (Some(ada.id), Some(acme))),
            (Change { contact: Some(Some(eve.id)), ..Change::default() }, (Some(eve.id), Some(umbrella))),
            (Change { customer: Some(None), ..Change::default() }, (Some(eve.id), None)),
            (Change { contact: Some(Some(ada.id)), ..Change::default() }, (Some(ada.id), None)),
            (Change { contact: Some(None), customer: Some(Some(acme)), ..Change::default() }, (None, Some(acme))),
        ];
        for (to, expected) in steps {
            tickets::change(app, admin, id, to.clone(), None).await.unwrap();
            let now = desk.ticket_of(&raw).await;
            assert_eq!((now.contact, now.customer), expected, "{to:?}");
        }
        assert!(app::portal::list(app, &eve, Sees::Own, None, 9).await.unwrap().0.is_empty(), "not hers any more");
    }

    async fn of_changes_at_one_version_one_is_made(db) {
        let desk = TestDesk::new(db).await;
        let raw = desk.mail_from("ada@acme.test", "Race", "x").await;
        let before = desk.ticket_of(&raw).await;
        let race = async |seen: Option<i64>| {
            let tries = (0..8).map(|n| {
                let (app, admin) = (desk.app.clone(), desk.admin.clone());
                let to = Change { subject: Some(format!("Name {n} {seen:?}")), tags: tags(&[&format!("t{n}")]), ..Change::default() };
                tokio::spawn(async move { tickets::change(&app, &admin, before.id, to, seen).await })
            });
            let mut won = 0;
            for tried in tries.collect::<Vec<_>>() {
                match tried.await.unwrap() {
                    Ok(()) => won += 1,
                    Err(error) => assert!(matches!(error, Error::Stale), "{error:?}"),
                }
            }
            won
        };
        assert_eq!(race(Some(before.version)).await, 1);
        let after = desk.ticket_of(&raw).await;
        assert_eq!((after.version, after.entries), (before.version + 1, before.entries + 2));
        let name = after.subject.split(' ').nth(1).unwrap();
        assert_eq!(after.tags.0, [format!("t{name}")], "both of the one that won");
        // Who does not insist on a version waits for the others.
        assert_eq!(race(None).await, 8);
        let view = tickets::view(&desk.app, &desk.admin, before.number).await.unwrap();
        assert_eq!(view.ticket.version, after.version + 8);
        let places: Vec<i64> = view.entries.iter().map(|entry| entry.seq).collect();
        assert_eq!(places, (1..=view.ticket.entries).collect::<Vec<_>>());
    }
}
