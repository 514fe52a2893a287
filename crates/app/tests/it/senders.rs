//! Who a mail says it is from, and what that gives: nothing.

use app::{operator, tickets};
use domain::{
    access::Role,
    party::Sees,
    ticket::timeline::{Actor, Event, Message, Warning},
};
use store::outgoing::Purpose;
use testkit::{MAILBOX, TestDesk, on_both};

/// The last thing that was said on a ticket, and by whom.
async fn last(desk: &TestDesk, number: i64) -> (Actor, Message) {
    let view = tickets::view(&desk.app, &desk.admin, number).await.unwrap();
    let entry = view.entries.last().unwrap();
    let Event::CustomerMessage(message) = &entry.event else {
        panic!("no customer's word: {:?}", entry.event)
    };
    (entry.actor, message.clone())
}

on_both! {
    async fn v03_who_lost_access_answers_nobody_by_mail(db) {
        let desk = TestDesk::new(db).await;
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "Secret", "words").await).await;
        let sent = desk.sent_mails().await;
        let id = sent[0].mail.message_id.clone().unwrap();
        let answer = |n: u8| format!(
            "From: {}\nTo: {}\nSubject: Re: Secret\nMessage-ID: <{n}@nordwind.test>\nIn-Reply-To: <{id}>\n\nAnswer {n}\n",
            helga.email, sent[0].mail.reply_to[0].email,
        );
        desk.mail_in(&answer(1)).await;
        let while_active = last(&desk, ticket.number).await;
        operator::disable(&desk.app, desk.desk, helga.email.as_str()).await.unwrap();
        desk.mail_in(&answer(2)).await;
        let afterwards = last(&desk, ticket.number).await;
        for (n, (actor, message)) in [(1, while_active), (2, afterwards)] {
            assert_eq!((actor, message.text), (Actor::Stranger, format!("Answer {n}")));
            assert!(message.warnings.contains(&Warning::UnknownSender), "{:?}", message.warnings);
            assert!(message.warnings.contains(&Warning::ClaimsToBeAgent), "{:?}", message.warnings);
        }
        let view = tickets::view(&desk.app, &desk.admin, ticket.number).await.unwrap();
        assert_eq!(view.ticket.assignee, None, "nobody has taken it");
        assert!(desk.sent_mails().await.iter().all(|m| m.purpose != Purpose::Reply), "nothing goes to the customer");
    }

    async fn v08_a_reply_to_gives_no_powers(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        for (from, reply_to, warning) in [
            ("ada@acme.test", helga.email.as_str(), Warning::OtherReplyTo),
            (helga.email.as_str(), "ada@acme.test", Warning::ClaimsToBeAgent),
        ] {
            let raw = desk.mail_in(&format!(
                "From: {from}\nReply-To: {reply_to}\nTo: {MAILBOX}\nSubject: x\nMessage-ID: <{from}>\n\nwords of {from}\n"
            )).await;
            let ticket = desk.ticket_of(&raw).await;
            let (actor, message) = last(&desk, ticket.number).await;
            assert!(matches!(actor, Actor::Contact(_)), "{actor:?}");
            assert!(message.warnings.contains(&warning), "{:?}", message.warnings);
            assert_eq!((message.from.unwrap().email.as_str(), ticket.assignee), (from, None));
        }
    }

    async fn v09_v10_headers_of_others_steer_nothing(db) {
        let desk = TestDesk::new(db).await;
        desk.other_desk().await;
        let steering = "X-Partnerdesk-Ticket: 10001\nX-Partnerdesk-Desk: suedwind\nX-Partnerdesk-Loop: nordwind\n\
            X-Partnerdesk-Severity: A\nRT-Ticket: 10001\nX-RT-Queue: billing\nX-Zammad-Ticket-Priority: 3 high\n\
            X-Zammad-Ignore: true\nX-Ticket-State: closed\nX-Internal: yes\nX-Priority: 1\nImportance: high\n\
            X-Sign: yes\nX-Encrypt: yes\nAutocrypt: addr=ada@acme.test; keydata=AAAA\n\
            Delivered-To: help@suedwind.test\nX-Original-To: help@suedwind.test\n";
        let mail = |n: u8, more: &str| format!(
            "From: ada@acme.test\nTo: {MAILBOX}\nSubject: x\nMessage-ID: <{n}@acme.test>\n{more}\nwords {n}\n"
        );
        let plain = desk.ticket_of(&desk.mail_in(&mail(1, "")).await).await;
        let steered = desk.ticket_of(&desk.mail_in(&mail(2, steering)).await).await;
        let (_, message) = last(&desk, steered.number).await;
        assert!(message.warnings.is_empty(), "{:?}", message.warnings);
        let same = |t: &store::tickets::Ticket| {
            (t.kind, t.service, t.severity, t.state, t.customer, t.contact, t.mailbox, t.team, t.assignee, t.tags.0.clone())
        };
        assert_eq!(same(&plain), same(&steered));
        let sent = desk.sent_mails().await;
        assert_eq!(sent.len(), 2, "both are acknowledged");
        assert!(sent.iter().all(|m| m.to == ["ada@acme.test"] && !String::from_utf8_lossy(&m.raw).contains("Autocrypt")));
    }

    async fn an_address_with_odd_dots_is_answered(db) {
        let desk = TestDesk::new(db).await;
        for (n, address) in ["a..b@docomo.test", ".a@ezweb.test", "a.@ezweb.test"].into_iter().enumerate() {
            let ticket = desk.ticket_of(&desk.mail_from(address, "Odd", &format!("words {n}")).await).await;
            let reply = tickets::Reply { text: "Hello".into(), ..tickets::Reply::default() };
            tickets::reply(&desk.app, &desk.admin, ticket.id, reply).await.unwrap();
            desk.pass(jiff::SignedDuration::from_mins(1)).await;
            let sent = desk.sent_mails().await;
            let answer = sent.iter().rev().find(|m| m.purpose == Purpose::Reply).unwrap();
            assert_eq!((answer.to.clone(), answer.mail.to[0].email.as_str()), (vec![address.to_owned()], address));
            // What comes back with quotes is from the same person.
            let (local, domain) = address.split_once('@').unwrap();
            let id = answer.mail.message_id.clone().unwrap();
            let raw = format!(
                "From: \"{local}\"@{domain}\nTo: {MAILBOX}\nSubject: Re: Odd\nMessage-ID: <back{n}@x>\nIn-Reply-To: <{id}>\n\nThanks {n}\n"
            );
            assert_eq!(desk.mail_in(&raw).await.ticket, Some(ticket.id));
            let (actor, message) = last(&desk, ticket.number).await;
            assert!(actor == Actor::Contact(ticket.contact.unwrap()) && message.warnings.is_empty(), "{actor:?}");
        }
    }
}
