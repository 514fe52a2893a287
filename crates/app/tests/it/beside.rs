//! Facts beside the state: put aside, merged, read; and what is taken back.

use app::{
    Agent, Error,
    tickets::{self, Bulk, Change, Reply},
};
use domain::{
    access::Role,
    party::Sees,
    ticket::{
        intake::Outcome,
        lifecycle::{Action, State},
        timeline::{Event, Undoable, Warning},
    },
};
use jiff::{SignedDuration, Timestamp};
use store::{
    outgoing::Purpose,
    tickets::{Lane, Ticket, View},
};
use testkit::{TestDesk, on_both};

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

fn code<T: std::fmt::Debug>(result: Result<T, Error>) -> &'static str {
    result.expect_err("refused").code()
}

async fn now(desk: &TestDesk, ticket: &Ticket) -> Ticket {
    tickets::view(&desk.app, &desk.admin, ticket.number).await.unwrap().ticket
}

async fn events(desk: &TestDesk, ticket: &Ticket) -> Vec<Event> {
    let view = tickets::view(&desk.app, &desk.admin, ticket.number).await.unwrap();
    view.entries.into_iter().map(|entry| entry.event).collect()
}

async fn until(desk: &TestDesk, ticket: &Ticket, until: Option<Timestamp>) -> Result<(), Error> {
    let to = Change { snoozed_until: Some(until), ..Change::default() };
    tickets::change(&desk.app, &desk.admin, ticket.id, to, None).await
}

async fn resolved_mails(desk: &TestDesk) -> usize {
    desk.sent_mails().await.iter().filter(|mail| mail.purpose == Purpose::Resolved).count()
}

async fn unread(desk: &TestDesk, agent: &Agent) -> Vec<i64> {
    let agent = agent.clone();
    let lines = tickets::list(&desk.app, &agent, View::All, None, 50).await.unwrap().0;
    let of = std::sync::Arc::new((agent, lines));
    let found: Result<_, Error> = desk
        .app
        .store
        .read(desk.desk, move |tx| {
            let of = of.clone();
            Box::pin(async move { tickets::unread_in(tx, &of.0, &of.1).await })
        })
        .await;
    let mut numbers: Vec<i64> = found.unwrap().into_iter().collect();
    numbers.sort_unstable();
    numbers
}

/// What a mail program sends as an answer to a mail of the desk.
fn answer_to(mail: &testkit::SentMail, from: &str, text: &str) -> String {
    let id = mail.mail.message_id.as_deref().unwrap();
    format!(
        "From: {from}\nTo: {}\nSubject: Re: it\nMessage-ID: <{}@mail.test>\nIn-Reply-To: <{id}>\n\n{text}\n",
        mail.mail.reply_to[0].email,
        text.replace(' ', "-"),
    )
}

on_both! {
    async fn what_is_put_aside_comes_back_in_time(db) {
        let desk = TestDesk::new(db).await;
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "Later", "x").await).await;
        let at = desk.app.now().checked_add(minutes(20)).unwrap();
        until(&desk, &ticket, Some(at)).await.unwrap();
        let aside = now(&desk, &ticket).await;
        assert_eq!((aside.snoozed_until, aside.lane, aside.state), (Some(at), Lane::Waiting, State::New));
        let counts = tickets::counts(&desk.app, &desk.admin).await.unwrap();
        assert_eq!((counts.due, counts.waiting, counts.unassigned), (0, 1, 0));
        desk.pass(minutes(19)).await;
        assert_eq!(now(&desk, &ticket).await.lane, Lane::Waiting);
        desk.pass(minutes(2)).await;
        let back = now(&desk, &ticket).await;
        assert_eq!((back.snoozed_until, back.lane), (None, Lane::Todo));
        assert_eq!(events(&desk, &ticket).await.last(), Some(&Event::Snoozed { until: None }));
        let counts = tickets::counts(&desk.app, &desk.admin).await.unwrap();
        assert_eq!((counts.due, counts.waiting, counts.unassigned), (1, 0, 1));
        desk.pass(minutes(60)).await;
        let woken = events(&desk, &ticket).await;
        assert_eq!(woken.iter().filter(|e| matches!(e, Event::Snoozed { until: None })).count(), 1, "once");
    }

    async fn its_customer_a_move_or_a_promise_ends_it_earlier(db) {
        let desk = TestDesk::new(db).await;
        desk.customer("Acme").await;
        let week = |desk: &TestDesk| desk.app.now().checked_add(SignedDuration::from_hours(170)).unwrap();
        let first = desk.ticket_of(&desk.mail_from("ada@acme.test", "Later", "x").await).await;
        until(&desk, &first, Some(week(&desk))).await.unwrap();
        let mail = desk.sent_mails().await.remove(0);
        desk.mail_in(&answer_to(&mail, "ada@acme.test", "Are you there?")).await;
        assert_eq!(now(&desk, &first).await.snoozed_until, None, "she wrote");

        until(&desk, &first, Some(week(&desk))).await.unwrap();
        desk.decide(first.id).await;
        tickets::make_move(&desk.app, &desk.admin, first.id, Action::Resolve, None).await.unwrap();
        assert_eq!(now(&desk, &first).await.snoozed_until, None, "it was moved");
        assert_eq!(code(until(&desk, &first, Some(week(&desk))).await), "wrong-state");

        let second = desk.ticket_of(&desk.mail_from("ada@acme.test", "Promised", "x").await).await;
        until(&desk, &second, Some(week(&desk))).await.unwrap();
        let due = now(&desk, &second).await.due_at;
        while desk.app.now() < due {
            desk.pass(minutes(20)).await;
        }
        let back = now(&desk, &second).await;
        assert_eq!((back.snoozed_until, back.lane), (None, Lane::Todo), "nothing runs out unseen");

        let rows = [(-minutes(1), "past"), (SignedDuration::from_hours(24 * 400), "too-far")];
        for (from_now, why) in rows {
            let at = desk.app.now().checked_add(from_now).unwrap();
            assert_eq!(code(until(&desk, &second, Some(at)).await), why);
        }
    }

    async fn a_move_is_taken_back_and_nobody_is_told_of_it(db) {
        let desk = TestDesk::new(db).await;
        desk.customer("Acme").await;
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "Move", "x").await).await;
        desk.decide(ticket.id).await;
        let before = now(&desk, &ticket).await;
        let undo = tickets::make_move(&desk.app, &desk.admin, ticket.id, Action::Resolve, None).await.unwrap().unwrap();
        assert_eq!(now(&desk, &ticket).await.state, State::Resolved);
        let other = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        assert_eq!(code(tickets::undo(&desk.app, &other, undo.id).await), "not-found", "it is hers");
        let undone = tickets::undo(&desk.app, &desk.admin, undo.id).await.unwrap();
        assert_eq!((undone.what, undone.tickets), (Undoable::Move, vec![ticket.number]));
        let after = now(&desk, &ticket).await;
        assert_eq!((after.state, after.due_at, after.facts, after.lane), (before.state, before.due_at, before.facts, before.lane));
        assert_eq!(code(tickets::undo(&desk.app, &desk.admin, undo.id).await), "not-found", "once");
        desk.pass(minutes(5)).await;
        assert_eq!(resolved_mails(&desk).await, 0);
        let ada = desk.app.store.read::<_, store::Error, _>(desk.desk, |tx| {
            Box::pin(async move { store::parties::contact_by_email(tx, &"ada@acme.test".parse().unwrap()).await })
        }).await.unwrap().unwrap();
        let ada = app::Contact { desk: desk.desk, id: ada.id, name: ada.name, email: ada.email.unwrap(), lang: ada.lang, zone: jiff::tz::TimeZone::UTC };
        let seen = app::portal::view(&desk.app, &ada, ticket.number, None).await.unwrap();
        assert_eq!(seen.entries.len(), 1, "the customer sees nothing of it");

        // What was resolved again meanwhile is told once, and not before it can be taken back no more.
        let first = tickets::make_move(&desk.app, &desk.admin, ticket.id, Action::Resolve, None).await.unwrap().unwrap();
        desk.pass(SignedDuration::from_secs(5)).await;
        tickets::undo(&desk.app, &desk.admin, first.id).await.unwrap();
        let second = tickets::make_move(&desk.app, &desk.admin, ticket.id, Action::Resolve, None).await.unwrap().unwrap();
        desk.pass(SignedDuration::from_secs(6)).await;
        assert_eq!(resolved_mails(&desk).await, 0, "the first was taken back");
        desk.pass(minutes(1)).await;
        assert_eq!(resolved_mails(&desk).await, 1);
        assert_eq!(code(tickets::undo(&desk.app, &desk.admin, second.id).await), "undo-over");

        let closed = tickets::make_move(&desk.app, &desk.admin, ticket.id, Action::Reopen, None).await.unwrap().unwrap();
        tickets::note(&desk.app, &desk.admin, ticket.id, "meanwhile", vec![]).await.unwrap();
        assert_eq!(code(tickets::undo(&desk.app, &desk.admin, closed.id).await), "undo-over", "something else has happened");
    }

    async fn a_merged_ticket_goes_on_in_the_other(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        let bea = desk.contact(acme, "Bea", "bea@acme.test", Sees::Own).await;
        let target = desk.ticket_of(&desk.mail_from("ada@acme.test", "Mail is down", "x").await).await;
        let source = desk.ticket_of(&desk.mail_from("bea@acme.test", "No mail", "y").await).await;
        let hers = desk.sent_mails().await.into_iter().find(|mail| mail.to == ["bea@acme.test"]).unwrap();
        tickets::make_move(&desk.app, &desk.admin, target.id, Action::WaitCustomer, None).await.unwrap();
        let merged = tickets::merge(&desk.app, &desk.admin, source.id, target.number, Some(source.version)).await.unwrap();

        let (closed, open) = (now(&desk, &source).await, now(&desk, &target).await);
        assert_eq!((closed.state, closed.merged_into), (State::Closed, Some(target.id)));
        assert_eq!(open.state, State::Open, "hers waits for us, so this one does");
        assert!(events(&desk, &source).await.contains(&Event::MergedInto { ticket: target.id, number: target.number }));
        assert!(events(&desk, &target).await.contains(&Event::Merged { ticket: source.id, number: source.number }));
        let view = tickets::view(&desk.app, &desk.admin, target.number).await.unwrap();
        assert_eq!(view.followers.iter().map(|f| f.id).collect::<Vec<_>>(), [bea.id]);
        assert!(app::portal::view(&desk.app, &bea, target.number, None).await.is_ok());

        let raw = desk.mail_in(&answer_to(&hers, "bea@acme.test", "Still no mail")).await;
        assert_eq!((raw.outcome, raw.ticket), (Some(Outcome::Reply), Some(target.id)));
        let last = events(&desk, &target).await.pop().unwrap();
        assert!(matches!(last, Event::CustomerMessage(m) if m.warnings.is_empty()), "she is known there");
        let undo = merged.undo.unwrap();
        assert_eq!(code(tickets::undo(&desk.app, &desk.admin, undo.id).await), "undo-over", "something else has happened");
        assert_eq!(code(tickets::merge(&desk.app, &desk.admin, source.id, target.number, None).await), "wrong-state");
    }

    async fn a_merge_is_taken_back(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        let bea = desk.contact(acme, "Bea", "bea@acme.test", Sees::Own).await;
        let target = desk.ticket_of(&desk.mail_from("ada@acme.test", "One", "x").await).await;
        let source = desk.ticket_of(&desk.mail_from("bea@acme.test", "Other", "y").await).await;
        let merged = tickets::merge(&desk.app, &desk.admin, source.id, target.number, None).await.unwrap();
        desk.pass(minutes(30)).await;
        let undone = tickets::undo(&desk.app, &desk.admin, merged.undo.unwrap().id).await.unwrap();
        assert_eq!((undone.tickets.len(), undone.left), (2, 0));
        let apart = now(&desk, &source).await;
        assert_eq!((apart.state, apart.merged_into, apart.lane), (State::New, None, Lane::Todo));
        let view = tickets::view(&desk.app, &desk.admin, target.number).await.unwrap();
        assert!(view.followers.is_empty());
        assert!(app::portal::view(&desk.app, &bea, target.number, None).await.is_err());
        assert_eq!(events(&desk, &target).await.last(), Some(&Event::Undone { what: Undoable::Merge }));
    }

    async fn v47_v56_nobody_comes_to_read_a_strangers_conversation(db) {
        let desk = TestDesk::new(db).await;
        let (acme, umbrella) = (desk.customer("Acme").await, desk.customer("Umbrella").await);
        desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        desk.contact(umbrella, "Eve", "eve@umbrella.test", Sees::Own).await;
        let target = desk.ticket_of(&desk.mail_from("ada@acme.test", "One", "x").await).await;
        let theirs = desk.ticket_of(&desk.mail_from("eve@umbrella.test", "Other", "y").await).await;
        let nobodys = desk.ticket_of(&desk.mail_from("sam@gmail.test", "Third", "z").await).await;
        let into = async |source: &Ticket, into: i64| tickets::merge(&desk.app, &desk.admin, source.id, into, None).await;
        assert_eq!(code(into(&theirs, target.number).await), "other-customer");
        assert_eq!(code(into(&target, target.number).await), "itself");
        assert_eq!(code(into(&target, 99_999).await), "unknown");
        let billing = desk.agent("Bert", &[Role::BillingAdmin]).await;
        assert_eq!(code(tickets::merge(&desk.app, &billing, target.id, nobodys.number, None).await), "not-found");

        let mail = desk.sent_mails().await.into_iter().find(|mail| mail.to == ["sam@gmail.test"]).unwrap();
        into(&nobodys, target.number).await.unwrap();
        let view = tickets::view(&desk.app, &desk.admin, target.number).await.unwrap();
        assert!(view.followers.is_empty(), "he is not of Acme");
        let raw = desk.mail_in(&answer_to(&mail, "sam@gmail.test", "And now?")).await;
        assert_eq!(raw.ticket, Some(target.id));
        let last = events(&desk, &target).await.pop().unwrap();
        assert!(matches!(last, Event::CustomerMessage(m) if m.warnings == [Warning::UnknownSender]));
        assert_eq!(code(into(&theirs, nobodys.number).await), "merged");
    }

    async fn v47_v56_several_are_changed_at_once_and_taken_back(db) {
        let desk = TestDesk::new(db).await;
        desk.customer("Acme").await;
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let mut all = Vec::new();
        for n in 0..4 {
            all.push(desk.ticket_of(&desk.mail_from("ada@acme.test", &format!("No {n}"), "x").await).await);
        }
        desk.decide(all[3].id).await;
        tickets::make_move(&desk.app, &desk.admin, all[3].id, Action::Close, None).await.unwrap();
        let ids: Vec<_> = all.iter().map(|t| t.id).chain([all[0].id]).collect();
        let to = Bulk { assignee: Some(Some(helga.id)), tag: Some("Outage".into()), action: Some(Action::WaitSupplier), ..Bulk::default() };
        let done = tickets::bulk(&desk.app, &desk.admin, &ids, to.clone()).await.unwrap();
        assert_eq!((done.changed.len(), done.left), (3, vec![(all[3].id, "wrong-state")]));
        let changed = now(&desk, &all[1]).await;
        assert_eq!((changed.assignee, changed.state, changed.tags.0.as_slice()), (Some(helga.id), State::WaitingSupplier, &["outage".to_owned()][..]));
        assert_eq!(now(&desk, &all[3]).await.assignee, None, "all of it or nothing");
        let again = tickets::bulk(&desk.app, &desk.admin, &ids[..3], to).await.unwrap();
        assert_eq!((again.changed.len(), again.undo), (0, None), "it is so already");

        tickets::note(&desk.app, &desk.admin, all[2].id, "meanwhile", vec![]).await.unwrap();
        let undone = tickets::undo(&desk.app, &desk.admin, done.undo.unwrap().id).await.unwrap();
        assert_eq!((undone.tickets.len(), undone.left), (2, 1));
        let back = now(&desk, &all[1]).await;
        assert_eq!((back.assignee, back.state, back.tags.0.len()), (None, State::New, 0));
        assert_eq!(now(&desk, &all[2]).await.assignee, Some(helga.id));
        let counts = tickets::counts(&desk.app, &desk.admin).await.unwrap();
        assert_eq!((counts.unassigned, counts.due, counts.waiting), (2, 2, 1));

        let many: Vec<_> = (0..101).map(|n| domain::id::TicketId::new(desk.app.now(), [n; 10])).collect();
        for (ids, why) in [(&many[..], "too-many"), (&[], "required")] {
            assert_eq!(code(tickets::bulk(&desk.app, &desk.admin, ids, Bulk::default()).await), why);
        }
        let tag = Bulk { tag: Some("x".into()), ..Bulk::default() };
        assert_eq!(code(tickets::bulk(&desk.app, &desk.admin, &[all[0].id, many[0]], tag.clone()).await), "unknown");
        assert!(now(&desk, &all[0]).await.tags.0.is_empty(), "nothing was changed");
        let (_, stranger) = desk.other_desk().await;
        assert_eq!(code(tickets::bulk(&desk.app, &stranger, &ids, tag).await), "unknown");
    }

    async fn each_agent_sees_what_it_has_not_read(db) {
        let desk = TestDesk::new(db).await;
        desk.customer("Acme").await;
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "Read", "x").await).await;
        assert_eq!((unread(&desk, &helga).await, unread(&desk, &desk.admin).await), (vec![ticket.number], vec![ticket.number]));
        tickets::look(&desk.app, &helga, &now(&desk, &ticket).await).await.unwrap();
        assert_eq!((unread(&desk, &helga).await, unread(&desk, &desk.admin).await), (vec![], vec![ticket.number]));
        desk.pass(minutes(1)).await;
        tickets::reply(&desk.app, &desk.admin, ticket.id, Reply { text: "So?".into(), ..Reply::default() }).await.unwrap();
        desk.pass(minutes(1)).await;
        assert_eq!(unread(&desk, &helga).await, [0; 0], "a colleague answered");
        let mail = desk.sent_mails().await.pop().unwrap();
        desk.mail_in(&answer_to(&mail, "ada@acme.test", "Well")).await;
        assert_eq!((unread(&desk, &helga).await, unread(&desk, &desk.admin).await), (vec![ticket.number], vec![ticket.number]));
        for _ in 0..2 {
            tickets::look(&desk.app, &helga, &now(&desk, &ticket).await).await.unwrap();
        }
        assert_eq!(unread(&desk, &helga).await, [0; 0]);
    }
}
