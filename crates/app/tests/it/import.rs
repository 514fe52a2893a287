//! Old mail finds its conversation, and nothing else does.

use app::{
    intake::{self, Became},
    tickets::{self, TicketView},
};
use domain::{
    access::Role,
    party::Sees,
    ticket::{
        intake::{Outcome, Why},
        lifecycle::{Action, State},
        timeline::{Actor, Event, Message, Warning},
    },
};
use jiff::SignedDuration;
use store::tickets::NEVER;
use testkit::{MAILBOX, TestDesk, on_both};

/// A mail of the day with this number, in February 2026; `headers` are more of them.
fn mail(id: &str, day: u8, from: &str, to: &str, headers: &str, text: &str) -> String {
    format!(
        "From: {from}\nTo: {to}\nSubject: {id}\nMessage-ID: <{id}@old.test>\n\
         Date: {day:02} Feb 2026 08:00:00 +0000\n{headers}\n{text}\n"
    )
}

fn answers(id: &str) -> String {
    format!("In-Reply-To: <{id}@old.test>\n")
}

async fn import(desk: &TestDesk, mail: &str) -> Became {
    intake::import(&desk.app, desk.desk, mail.replace('\n', "\r\n").into(), false).await.unwrap()
}

async fn view(desk: &TestDesk, became: &Became) -> TicketView {
    tickets::view(&desk.app, &desk.admin, became.ticket.unwrap()).await.unwrap()
}

fn message(event: &Event) -> Option<(&'static str, &Message)> {
    match event {
        Event::CustomerMessage(m) => Some(("customer", m)),
        Event::Reply(m) => Some(("desk", m)),
        Event::AutomaticMessage(m) => Some(("machine", m)),
        _ => None,
    }
}

/// Who said what, in the order of the timeline.
fn said(view: &TicketView) -> Vec<(&'static str, Actor, &Message)> {
    view.entries.iter().filter_map(|e| message(&e.event).map(|(who, m)| (who, e.actor, m))).collect()
}

on_both! {
    async fn an_archive_becomes_conversations(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let request = mail("1", 1, "Ada <ada@acme.test>", MAILBOX, "Cc: bo@else.test\n", "It is broken");
        let first = import(&desk, &request).await;
        let number = first.ticket;
        assert_eq!((first.outcome, first.why), (Outcome::Ticket, None));
        for (mail, outcome) in [
            (mail("2", 2, MAILBOX, "ada@acme.test", &answers("1"), "Try again"), Outcome::Reply),
            (mail("3", 3, "ada@acme.test", MAILBOX, "References: <1@old.test> <2@old.test>\n", "No"), Outcome::Reply),
            (mail("4", 4, helga.email.as_str(), "ada@acme.test", &answers("3"), "Like this"), Outcome::Reply),
            (mail("5", 5, "eva@acme.test", MAILBOX, &answers("4"), "I see it too"), Outcome::Ticket),
            (mail("6", 6, "Bo <bo@else.test>", "help@nordwind.test, ada@acme.test", &answers("4"), "So do I"), Outcome::Reply),
        ] {
            let became = import(&desk, &mail).await;
            assert_eq!((became.outcome, became.why), (outcome, None), "{mail}");
            assert_eq!(became.ticket == number, outcome == Outcome::Reply, "{mail}");
            let again = import(&desk, &mail).await;
            assert_eq!((again.outcome, again.why, again.ticket), (Outcome::Duplicate, Some(Why::SameBytes), None));
        }
        // Once Eva is known to be of the same customer, she takes part.
        let eva = mail("7", 7, "eva@acme.test", MAILBOX, &answers("4"), "Now it works");
        assert_eq!(import(&desk, &eva).await.ticket, number);

        desk.pass(SignedDuration::from_mins(5)).await;
        assert!(desk.sent_mails().await.is_empty(), "nobody hears of it");
        let view = view(&desk, &first).await;
        let said = said(&view);
        let texts: Vec<_> = said.iter().map(|(who, _, m)| (*who, m.text.as_str())).collect();
        let expected = [
            ("customer", "It is broken"),
            ("desk", "Try again"),
            ("customer", "No"),
            ("desk", "Like this"),
            ("customer", "So do I"),
            ("customer", "Now it works"),
        ];
        assert_eq!(texts, expected);
        assert_eq!((said[1].1, said[3].1, said[4].1), (Actor::System, Actor::Agent(helga.id), Actor::Stranger));
        assert_eq!(said[4].2.warnings, [Warning::UnknownSender]);
        assert!(said.iter().enumerate().all(|(n, (_, _, m))| n == 4 || m.warnings.is_empty()));
        let ticket = &view.ticket;
        assert_eq!((ticket.state, ticket.customer, ticket.due_at), (State::Open, Some(acme), NEVER));
        assert!(view.clocks.is_empty());
        assert_eq!(ticket.created_at.to_string(), "2026-02-01T08:00:00Z");
        assert_eq!((ticket.last_at.to_string().as_str(), ticket.preview.as_str()), ("2026-02-07T08:00:00Z", "Now it works"));
        assert!(view.entries.iter().all(|e| e.at.to_string().starts_with("2026-02-0")), "the times of the mails");
        // What was written in between and comes later is no news.
        let between = mail("8", 2, "ada@acme.test", MAILBOX, &answers("1"), "Hello?");
        assert_eq!(import(&desk, &between).await.ticket, number);
        let ticket = self::view(&desk, &first).await.ticket;
        assert_eq!(ticket.preview, "Now it works");
    }

    async fn v01_nobody_joins_by_an_id_that_he_guessed(db) {
        let desk = TestDesk::new(db).await;
        let (other, _) = desk.other_desk().await;
        let first = import(&desk, &mail("1", 1, "ada@acme.test", MAILBOX, "", "words")).await;

        let stranger = import(&desk, &mail("2", 2, "eve@evil.test", MAILBOX, &answers("1"), "me too")).await;
        assert_eq!((stranger.outcome, stranger.ticket == first.ticket), (Outcome::Ticket, false));
        // Nor by the id of a message that claims to be hers.
        let claimed = import(&desk, &mail("1", 3, "eve@evil.test", MAILBOX, "", "I am 1")).await;
        assert_eq!((claimed.outcome, claimed.ticket == first.ticket), (Outcome::Ticket, false));
        let answer = import(&desk, &mail("3", 4, "ada@acme.test", MAILBOX, &answers("1"), "mine")).await;
        assert_eq!((answer.outcome, answer.ticket), (Outcome::Reply, first.ticket));

        let live = desk.mail_in(&mail("4", 5, "ada@acme.test", MAILBOX, &answers("1"), "now")).await;
        assert_eq!(live.outcome, Some(Outcome::Ticket), "live mail joins by our own ids alone");
        let of_live = import(&desk, &mail("5", 6, "ada@acme.test", MAILBOX, &answers("4"), "then")).await;
        assert_eq!(of_live.outcome, Outcome::Ticket, "and is found by no other");
        let raw = mail("6", 7, "ada@acme.test", MAILBOX, &answers("1"), "elsewhere").into_bytes();
        let elsewhere = intake::import(&desk.app, other, raw, false).await.unwrap();
        assert_eq!(elsewhere.outcome, Outcome::Ticket, "a desk has its own archive");
        assert_eq!(said(&view(&desk, &first).await).len(), 2);
    }

    async fn what_the_desk_wrote_is_its_answer_to_whom_it_went(db) {
        let desk = TestDesk::new(db).await;
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let helga = helga.email.as_str();
        let first = import(&desk, &mail("1", 1, "ada@acme.test", MAILBOX, "", "words")).await;
        let aside = "Auto-Submitted: auto-replied\n";
        let forged = "Authentication-Results: mx; dmarc=fail\n";
        for (mail, outcome, joins) in [
            (mail("2", 2, MAILBOX, "ada@acme.test", &(answers("1") + aside), "We have received it"), Outcome::Reply, true),
            (mail("3", 3, "ada@acme.test", MAILBOX, &answers("2"), "Thanks"), Outcome::Reply, true),
            (mail("4", 4, helga, "boss@nordwind.test", &answers("3"), "Ada is a pain"), Outcome::Ticket, false),
            (mail("5", 5, MAILBOX, "vendor@else.test", &answers("3"), "Ada again"), Outcome::Ignored, false),
            (mail("6", 6, MAILBOX, "new@else.test", "", "Our offer"), Outcome::Ignored, false),
            (mail("7", 7, helga, "ada@acme.test", &(answers("3") + forged), "Pay here"), Outcome::Reply, true),
        ] {
            let became = import(&desk, &mail).await;
            assert_eq!((became.outcome, became.ticket == first.ticket), (outcome, joins), "{mail}");
        }
        let view = view(&desk, &first).await;
        let said = said(&view);
        assert_eq!(said.iter().map(|(who, ..)| *who).collect::<Vec<_>>(), ["customer", "machine", "customer", "customer"]);
        let (_, actor, forged) = said[3];
        assert_eq!(actor, Actor::Stranger);
        assert!(forged.warnings.contains(&Warning::ClaimsToBeAgent), "{:?}", forged.warnings);
        assert!(forged.warnings.contains(&Warning::FailedAuthentication), "{:?}", forged.warnings);
    }

    async fn old_mail_moves_nothing_that_is_done_and_no_clock(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let first = import(&desk, &mail("1", 1, "ada@acme.test", MAILBOX, "", "words")).await;
        let id = view(&desk, &first).await.ticket.id;
        desk.decide(id).await;
        tickets::make_move(&desk.app, &desk.admin, id, Action::Resolve, None).await.unwrap();
        let more = import(&desk, &mail("2", 2, "ada@acme.test", MAILBOX, &answers("1"), "more")).await;
        assert_eq!((more.outcome, more.ticket), (Outcome::Reply, first.ticket));
        assert_eq!(view(&desk, &first).await.ticket.state, State::Resolved);

        // An answer to a mail of this program, found in an archive.
        let live = desk.ticket_of(&desk.mail_from("ada@acme.test", "Live", "words").await).await;
        let sent = desk.sent_mails().await;
        let acknowledgement = sent.iter().find(|m| m.purpose == store::outgoing::Purpose::Acknowledgement).unwrap();
        let signed = acknowledgement.mail.message_id.clone().unwrap();
        let headers = format!("In-Reply-To: <{signed}>\n");
        let late = import(&desk, &mail("3", 20, "ada@acme.test", MAILBOX, &headers, "found")).await;
        assert_eq!((late.outcome, late.ticket), (Outcome::Reply, Some(live.number)));
        let after = view(&desk, &late).await.ticket;
        assert_eq!((after.due_at, after.state, &after.facts.0), (live.due_at, live.state, &live.facts.0));
        assert_eq!((after.last_at, after.entries), (live.last_at, live.entries + 1));
    }
}
