//! Mail in and out.

use app::{
    accounts,
    tickets::{self, Reply},
};
use domain::{
    access::Role,
    party::Sees,
    ticket::{
        intake::{Outcome, Why},
        lifecycle::{Action, State},
        timeline::{Event, Warning},
    },
};
use jiff::SignedDuration;
use store::outgoing::Purpose;
use testkit::{MAILBOX, TestDesk, on_both};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn reply(text: &str) -> Reply {
    Reply { text: text.into(), ..Reply::default() }
}

/// What a mail program sends as an answer to a mail of the desk.
fn answer_to(mail: &testkit::SentMail, from: &str, text: &str) -> String {
    let id = mail.mail.message_id.as_deref().unwrap();
    let to = mail.mail.reply_to.first().map_or(MAILBOX, |a| a.email.as_str());
    format!(
        "From: {from}\nTo: {to}\nSubject: Re: {}\nMessage-ID: <answer-{}@mail.test>\nIn-Reply-To: <{id}>\n\
         References: <{id}>\n\n{text}\n\n> as you wrote\n",
        mail.mail.subject.as_deref().unwrap(),
        text.len(),
    )
}

on_both! {
    async fn a_mail_becomes_a_ticket_is_answered_and_the_answer_joins(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        let helga = desk.agent("Helga Helpdesk", &[Role::HelpdeskAgent]).await;

        let raw = desk.mail_from("Ada Byron <ada@acme.test>", "License lost", "My license is gone.").await;
        let ticket = desk.ticket_of(&raw).await;
        assert_eq!((ticket.number, ticket.state, ticket.customer), (10_001, State::New, Some(acme)));

        let acknowledgement = &desk.sent_mails().await[0];
        assert_eq!(acknowledgement.purpose, Purpose::Acknowledgement);
        assert_eq!(acknowledgement.to, ["ada@acme.test"]);
        assert_eq!(acknowledgement.mail.in_reply_to.len(), 1, "it is threaded with what she wrote");
        assert!(!acknowledgement.mail.may_answer, "no machine may answer it");

        desk.pass(MINUTE).await;
        tickets::reply(&desk.app, &helga, ticket.id, reply("It is back, Ada.")).await.unwrap();
        assert_eq!(desk.sent_mails().await.len(), 2);
        desk.pass(MINUTE).await;
        let sent = desk.sent_mails().await;
        assert_eq!(sent[1].purpose, Purpose::Reply);
        assert!(sent[1].mail.text.contains("It is back, Ada."));
        assert!(!sent[1].mail.references.is_empty() && sent[1].mail.html.is_some());

        let raw = desk.mail_in(&answer_to(&sent[1], "ada@acme.test", "Thank you!")).await;
        assert_eq!(raw.outcome, Some(Outcome::Reply));
        let view = tickets::view(&desk.app, &helga, ticket.number).await.unwrap();
        assert_eq!(view.ticket.id, ticket.id);
        assert_eq!(view.ticket.state, State::Open);
        assert_eq!(view.ticket.assignee, Some(helga.id), "who answers takes it");
        let last = view.entries.iter().rev().find_map(|e| match &e.event {
            Event::CustomerMessage(m) => Some(m.clone()),
            _ => None,
        });
        assert_eq!(last.unwrap().text, "Thank you!");
    }

    async fn the_same_message_has_one_effect(db) {
        let desk = TestDesk::new(db).await;
        let raw = "From: ada@acme.test\nTo: help@nordwind.test\nSubject: Twice\nMessage-ID: <1@a.test>\n\nHello\n";
        let first = desk.mail_in(raw).await;
        let again = desk.mail_in(raw).await;
        assert_eq!(first.id, again.id, "the same bytes by the same way are the same message");
        let other_way = desk.mail_in(&format!("Received: by relay\n{raw}")).await;
        assert_eq!((other_way.outcome, other_way.why), (Some(Outcome::Duplicate), Some(Why::SameMessage)));
        let forged = desk.mail_in(&raw.replace("Hello", "Other words")).await;
        assert_eq!(forged.outcome, Some(Outcome::Ticket), "nobody suppresses another's mail with its id");
    }

    async fn v01_v04_a_token_gives_no_more_than_a_place(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "Secret", "for you only").await).await;
        let sent = desk.sent_mails().await;

        let raw = desk.mail_in(&answer_to(&sent[0], "eve@evil.test", "Tell me more")).await;
        assert_eq!(raw.ticket, Some(ticket.id));
        let view = tickets::view(&desk.app, &helga, ticket.number).await.unwrap();
        let Event::CustomerMessage(m) = &view.entries.last().unwrap().event else { panic!("{:?}", view.entries) };
        assert_eq!(m.warnings, [Warning::UnknownSender]);
        assert!(view.followers.is_empty() && view.ticket.contact.is_some());

        let before = desk.sent_mails().await.len();
        tickets::reply(&desk.app, &helga, ticket.id, reply("To Ada")).await.unwrap();
        desk.pass(MINUTE).await;
        let to: Vec<_> = desk.sent_mails().await.into_iter().skip(before).flat_map(|m| m.to).collect();
        assert!(!to.iter().any(|a| a.contains("evil")), "{to:?}");

        let as_agent = desk.mail_in(&answer_to(&sent[0], helga.email.as_str(), "I am the agent!")).await;
        let view = tickets::view(&desk.app, &helga, ticket.number).await.unwrap();
        assert_eq!(as_agent.ticket, Some(ticket.id));
        let Event::CustomerMessage(m) = &view.entries.last().unwrap().event else { panic!("a reply") };
        assert!(m.warnings.contains(&Warning::ClaimsToBeAgent), "{:?}", m.warnings);
    }

    async fn v60_a_token_of_another_desk_is_none(db) {
        let desk = TestDesk::new(db).await;
        let (other, _) = desk.other_desk().await;
        desk.mail_from("ada@acme.test", "Here", "words").await;
        let sent = desk.sent_mails().await;
        let raw = answer_to(&sent[0], "ada@acme.test", "to the wrong desk").replace('\n', "\r\n").into_bytes();
        let (desk_id, mailbox) =
            app::intake::addressee(&desk.app, "help@suedwind.test").await.unwrap().unwrap();
        assert_eq!(desk_id, other);
        let way = app::intake::Way::Mailbox(mailbox);
        let kept = app::intake::accept(&desk.app, other, &way, app::intake::Envelope::default(), raw).await.unwrap();
        desk.run_jobs().await;
        let there = desk
            .app
            .store
            .read::<_, store::Error, _>(other, move |tx| Box::pin(store::inbox::get(tx, kept.id)))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(there.outcome, Some(Outcome::Ticket), "a new ticket of its own");
    }

    async fn machines_are_never_answered(db) {
        let desk = TestDesk::new(db).await;
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "Away", "words").await).await;
        let sent = desk.sent_mails().await;
        let away = answer_to(&sent[0], "ada@acme.test", "I am away").replace("\n\n", "\nAuto-Submitted: auto-replied\n\n");
        let raw = desk.mail_in(&away).await;
        assert_eq!((raw.outcome, raw.why), (Some(Outcome::Reply), Some(Why::AutoReply)));
        let view = tickets::view(&desk.app, &helga, ticket.number).await.unwrap();
        assert_eq!(view.ticket.state, State::New, "an automatic reply moves nothing");
        assert!(matches!(view.entries.last().unwrap().event, Event::AutomaticMessage(_)));

        let away = "From: x@y.test\nSubject: z\nAuto-Submitted: auto-replied\nMessage-ID: <m@y.test>\n\nhi\n";
        let raw = desk.mail_in(away).await;
        assert_eq!((raw.outcome, raw.why), (Some(Outcome::Ignored), Some(Why::AutoReply)));
        let list = desk.mail_in("From: l@y.test\nSubject: news\nList-Id: <l.y.test>\nMessage-ID: <l@y.test>\n\nhi\n").await;
        assert_eq!(list.outcome, Some(Outcome::Ticket), "a list may carry a customer's words");
        let own = String::from_utf8(sent[0].raw.clone()).unwrap();
        let raw = desk.mail_in_bytes(own.into_bytes()).await;
        assert_eq!(raw.outcome, Some(Outcome::Ignored), "our own mail came back: {:?}", raw.why);
        assert_eq!(desk.sent_mails().await.len(), 1, "one acknowledgement, to the one person who wrote");
    }

    async fn r17_a_storm_without_headers_is_broken(db) {
        let desk = TestDesk::new(db).await;
        desk.customer("Acme").await;
        for n in 0..60 {
            desk.mail_from("robot@acme.test", &format!("Re: We have received {n}"), &format!("number {n}")).await;
        }
        let mails = desk.sent_mails().await;
        assert!(mails.len() <= 5, "{} mails to one address within an hour", mails.len());
        let agent = desk.admin.clone();
        let (lines, _) = tickets::list(&desk.app, &agent, store::tickets::View::All, None, 100).await.unwrap();
        assert_eq!(lines.len(), 10, "the rest joined the newest");

        // What a person asks for still comes.
        accounts::portal_link(&desk.app, agent.desk, "robot@acme.test", [192, 0, 2, 1].into()).await.unwrap();
        let purposes: Vec<_> = desk.sent_mails().await.iter().map(|m| m.purpose).collect();
        assert_eq!(purposes.iter().filter(|p| **p == Purpose::SignIn).count(), 1, "{purposes:?}");
    }

    async fn a_mail_that_comes_back_is_seen_on_the_ticket(db) {
        let desk = TestDesk::new(db).await;
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "Hello", "words").await).await;
        let sent = desk.sent_mails().await;
        let original = sent[0].mail.message_id.clone().unwrap();
        let report = format!(
            "From: MAILER-DAEMON@mx.test\nTo: {MAILBOX}\nSubject: Undelivered Mail Returned to Sender\n\
             Message-ID: <bounce@mx.test>\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
             --b\nContent-Type: text/plain\n\nIt did not work.\n\
             --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.test\n\n\
             Final-Recipient: rfc822; ada@acme.test\nAction: failed\nStatus: 5.1.1\n\n\
             --b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{original}>\nSubject: Hello\n\n--b--\n"
        );
        let raw = desk.mail_in(&report).await;
        assert_eq!((raw.outcome, raw.why), (Some(Outcome::Ignored), Some(Why::Bounce)));
        let view = tickets::view(&desk.app, &desk.admin, ticket.number).await.unwrap();
        let Event::Bounced { recipient, status, hard } = &view.entries.last().unwrap().event else {
            panic!("{:?}", view.entries)
        };
        assert_eq!((recipient.as_str(), status.as_deref(), *hard), ("ada@acme.test", Some("5.1.1"), true));
        let (lines, _) =
            tickets::list(&desk.app, &desk.admin, store::tickets::View::All, None, 100).await.unwrap();
        assert_eq!(lines.len(), 1, "a bounce opens no ticket");
    }

    async fn after_its_window_a_word_opens_a_linked_ticket(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "Old", "words").await).await;
        let sent = desk.sent_mails().await;
        desk.decide(ticket.id).await;
        tickets::make_move(&desk.app, &desk.admin, ticket.id, Action::Resolve, None).await.unwrap();
        desk.pass(SignedDuration::from_hours(24)).await;
        let early = desk.mail_in(&answer_to(&sent[0], "ada@acme.test", "Not yet!")).await;
        assert_eq!(early.ticket, Some(ticket.id));
        let view = tickets::view(&desk.app, &desk.admin, ticket.number).await.unwrap();
        assert_eq!(view.ticket.state, State::Open, "it was reopened");
        tickets::make_move(&desk.app, &desk.admin, ticket.id, Action::Resolve, None).await.unwrap();
        desk.pass(SignedDuration::from_hours(24 * 15)).await;
        let late = desk.mail_in(&answer_to(&sent[0], "ada@acme.test", "It is back again")).await;
        assert_eq!((late.outcome, late.why), (Some(Outcome::Ticket), Some(Why::Closed)));
        let new = desk.ticket_of(&late).await;
        assert_eq!(new.parent, Some(ticket.id));
    }

    async fn a_reply_can_be_taken_back_until_it_goes(db) {
        let desk = TestDesk::new(db).await;
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "Undo", "words").await).await;
        let due = ticket.due_at;
        let sent = tickets::reply(&desk.app, &helga, ticket.id, reply("Oops wrongword")).await.unwrap();
        tickets::take_back(&desk.app, &helga, ticket.id, sent.entry).await.unwrap();
        desk.pass(MINUTE).await;
        let page = app::post::sent(&desk.app, &desk.admin, None, 10).await.unwrap();
        let reply_row = page.iter().find(|(mail, _)| mail.purpose == Purpose::Reply).unwrap();
        assert_eq!(reply_row.0.state, store::outgoing::State::Cancelled);
        assert!(reply_row.1.iter().all(|r| r.attempts == 0), "it was never tried");
        let view = tickets::view(&desk.app, &helga, ticket.number).await.unwrap();
        assert_eq!(view.ticket.due_at, due, "the promise runs on");
        let found = tickets::search(&desk.app, &helga, "wrongword", store::search::Only::default(), store::search::Order::Newest { before: None }, 10).await.unwrap();
        assert!(found.found.is_empty());
        let draft = |view: &tickets::TicketView| view.drafts.iter().map(|draft| draft.body.clone()).collect::<Vec<_>>();
        assert_eq!(draft(&view), ["Oops wrongword"], "nothing that was written is lost");
        tickets::save_draft(&desk.app, &helga, ticket.id, "reply", "First,").await.unwrap();
        let first = tickets::reply(&desk.app, &helga, ticket.id, reply("First, restart.")).await.unwrap();
        tickets::save_draft(&desk.app, &helga, ticket.id, "reply", "Second,").await.unwrap();
        tickets::take_back(&desk.app, &helga, ticket.id, first.entry).await.unwrap();
        let view = tickets::view(&desk.app, &helga, ticket.number).await.unwrap();
        assert_eq!(draft(&view), ["First, restart.\n\nSecond,"]);
        let other = tickets::reply(&desk.app, &helga, ticket.id, reply("Right")).await.unwrap();
        desk.pass(MINUTE).await;
        let late = tickets::take_back(&desk.app, &helga, ticket.id, other.entry).await.unwrap_err();
        assert_eq!(late.code(), "too-late");
    }

    async fn a_follower_can_be_left_out_of_one_answer(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "Copies", "words").await).await;
        let both = ["ben@acme.test", "eve@acme.test"].map(String::from).to_vec();
        let first = Reply { cc: both.clone(), ..reply("To all") };
        tickets::reply(&desk.app, &helga, ticket.id, first).await.unwrap();
        desk.pass(MINUTE).await;
        // Who asked gets every answer.
        let without = vec!["EVE@acme.test".into(), "ada@acme.test".into()];
        let second = Reply { without, ..reply("Not to Eve") };
        tickets::reply(&desk.app, &helga, ticket.id, second).await.unwrap();
        desk.pass(MINUTE).await;
        tickets::reply(&desk.app, &helga, ticket.id, reply("To all again")).await.unwrap();
        let sent = desk.sent_mails().await;
        let to: Vec<_> = sent.iter().filter(|mail| mail.purpose == Purpose::Reply).map(|mail| mail.to.len()).collect();
        assert_eq!(to, [3, 2, 3]);
        let second = sent.iter().filter(|mail| mail.purpose == Purpose::Reply).nth(1).unwrap();
        assert!(!String::from_utf8_lossy(&second.raw).contains("eve@"), "nor is Eve named in it");
    }

    async fn an_answer_to_what_is_not_the_newest_is_held(db) {
        let desk = TestDesk::new(db).await;
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let tom = desk.agent("Tom", &[Role::HelpdeskAgent]).await;
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "Twice", "words").await).await;
        let newest = async || {
            let view = tickets::view(&desk.app, &helga, ticket.number).await.unwrap();
            view.entries.last().map(|entry| entry.id)
        };
        let seen = newest().await;
        tickets::note(&desk.app, &tom, ticket.id, "I am on it", vec![]).await.unwrap();
        tickets::reply(&desk.app, &helga, ticket.id, Reply { seen, ..reply("A note hinders nobody") }).await.unwrap();
        tickets::reply(&desk.app, &helga, ticket.id, Reply { seen, ..reply("Nor what I wrote myself") }).await.unwrap();
        let seen = newest().await;
        tickets::reply(&desk.app, &tom, ticket.id, reply("Tom was faster")).await.unwrap();
        let held = tickets::reply(&desk.app, &helga, ticket.id, Reply { seen, ..reply("Too late") }).await;
        assert_eq!(held.unwrap_err().code(), "newer");
        let seen = newest().await;
        tickets::reply(&desk.app, &helga, ticket.id, Reply { seen, ..reply("Now I know") }).await.unwrap();
        let foreign = desk.ticket_of(&desk.mail_from("ada@acme.test", "Other", "words").await).await;
        let odd = tickets::reply(&desk.app, &helga, foreign.id, Reply { seen, ..reply("x") }).await;
        assert_eq!(odd.unwrap_err().code(), "unknown");
    }

    async fn old_mail_starts_no_clock_and_is_answered_to_nobody(db) {
        let desk = TestDesk::new(db).await;
        let old = "From: ada@acme.test\r\nSubject: Old\r\nMessage-ID: <o@a.test>\r\n\
            Date: Mon, 3 Feb 2025 08:00:00 +0000\r\n\r\nlong ago\r\n";
        let became = app::intake::import(&desk.app, desk.desk, old.into(), false).await.unwrap();
        assert_eq!(became.outcome, Outcome::Ticket);
        desk.pass(MINUTE).await;
        assert!(desk.sent_mails().await.is_empty());
        let view = tickets::view(&desk.app, &desk.admin, became.ticket.unwrap()).await.unwrap();
        assert_eq!(view.ticket.due_at, store::tickets::NEVER);
        assert!(view.clocks.is_empty());
        assert_eq!(view.ticket.created_at.to_string(), "2025-02-03T08:00:00Z");
        let again = app::intake::import(&desk.app, desk.desk, old.into(), false).await.unwrap();
        assert_eq!(again.outcome, Outcome::Duplicate);

        let live = old.replace("<o@", "<n@");
        let became = app::intake::import(&desk.app, desk.desk, live.into(), true).await.unwrap();
        let view = tickets::view(&desk.app, &desk.admin, became.ticket.unwrap()).await.unwrap();
        assert_ne!(view.ticket.due_at, store::tickets::NEVER, "as if it came now");
    }

    async fn any_bytes_become_something(db) {
        let desk = TestDesk::new(db).await;
        for bytes in [b"".to_vec(), b"\0\0\0".to_vec(), vec![0xff; 5_000], b"From: \r\n\r\n".to_vec(), b"\r\n".to_vec()] {
            let raw = desk.mail_in_bytes(bytes).await;
            assert_eq!(raw.state, store::inbox::State::Done, "{raw:?}");
        }
    }
}
