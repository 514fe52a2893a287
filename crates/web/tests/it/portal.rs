//! The portal of contacts, request by request.

use app::tickets::{self, Reply, Then};
use axum::http::{StatusCode, header};
use domain::{
    party::Sees,
    ticket::{kinds::Severity, lifecycle::Action},
};
use jiff::SignedDuration;
use store::outgoing::Purpose;
use testkit::{Answer, TestDesk, on_both};

/// A page without what differs from request to request.
fn comparable(answer: &Answer) -> (StatusCode, String) {
    let id = answer.headers["x-request-id"].to_str().unwrap();
    (answer.status, answer.body.replace(id, "…"))
}

fn location(answer: &Answer) -> &str {
    answer.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap())
}

/// The cookies that an answer sets, as a browser sends them.
fn cookies(answer: &Answer) -> String {
    let set = answer.headers.get_all(header::SET_COOKIE).into_iter().map(|value| value.to_str().unwrap());
    set.filter_map(|value| value.split(';').next()).collect::<Vec<_>>().join("; ")
}

/// The path of the link in the last mail that lets somebody in.
async fn mailed_link(desk: &TestDesk) -> Option<String> {
    desk.run_jobs().await;
    let mails = desk.sent_mails().await;
    let last = mails.iter().rfind(|mail| mail.purpose == Purpose::SignIn)?;
    let at = last.mail.text.find("/help/enter/")?;
    Some(last.mail.text[at..].split_whitespace().next()?.to_owned())
}

const REQUEST: [(&str, &str); 5] = [
    ("kind", "technical"),
    ("service", "azure"),
    ("severity", "A"),
    ("subject", "Nothing starts"),
    ("text", "Since this morning."),
];

fn reply(text: &str, then: Then) -> Reply {
    Reply { text: text.into(), then, ..Reply::default() }
}

on_both! {
    async fn v67_a_mailed_link_lets_in_once(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let wanted = ("next", "/help/new");
        let asked = desk.post("/help/sign-in", "", &[("email", "ada@acme.test"), wanted]).await;
        assert_eq!(asked.status, StatusCode::OK);
        let link = mailed_link(&desk).await.unwrap();
        for _ in 0..2 {
            let looked = desk.get(&link, &cookies(&asked)).await;
            assert_eq!(looked.status, StatusCode::OK, "looking at a link does not use it up");
            assert!(looked.body.contains("ada@acme.test"));
        }
        let entered = desk.post(&link, "", &[wanted]).await;
        assert_eq!((entered.status, location(&entered)), (StatusCode::SEE_OTHER, "/help/new"));
        let session = cookies(&entered);
        assert_eq!(desk.get("/help/new", &session).await.status, StatusCode::OK);
        for dead in [desk.get(&link, "").await, desk.post(&link, "", &[]).await] {
            assert_eq!(dead.status, StatusCode::GONE);
            assert!(dead.headers.get(header::SET_COOKIE).is_none());
        }
        desk.post("/help/sign-out", &session, &[]).await;
        let out = desk.get("/help/tickets", &session).await;
        assert_eq!((out.status, location(&out)), (StatusCode::SEE_OTHER, "/help/sign-in?next=%2Fhelp%2Ftickets"));

        desk.pass(SignedDuration::from_mins(1)).await;
        desk.post("/help/sign-in", "", &[("email", "ada@acme.test")]).await;
        let late = mailed_link(&desk).await.unwrap();
        assert_ne!(late, link);
        desk.pass(SignedDuration::from_mins(21)).await;
        assert_eq!(desk.post(&late, "", &[]).await.status, StatusCode::GONE);
    }

    async fn v69_the_door_does_not_say_who_is_known(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let known = desk.post("/help/sign-in", "", &[("email", "ada@acme.test")]).await;
        for unknown in ["eva@acme.test", "nobody", "", "ada@acme.test\r\nBcc: eva@acme.test"] {
            let answer = desk.post("/help/sign-in", "", &[("email", unknown)]).await;
            assert_eq!(answer.status, known.status);
            assert_eq!(answer.body.len() - unknown.trim().len(), known.body.len() - "ada@acme.test".len());
        }
        for _ in 0..5 {
            assert_eq!(desk.post("/help/sign-in", "", &[("email", "ada@acme.test")]).await.status, known.status);
        }
        desk.run_jobs().await;
        assert_eq!(desk.sent_mails().await.len(), 3, "three mails an hour, to whom we know");
        for _ in 0..10 {
            desk.post("/help/sign-in", "", &[("email", "someone@else.test")]).await;
        }
        let flood = desk.post("/help/sign-in", "", &[("email", "someone@else.test")]).await;
        assert_eq!(flood.status, StatusCode::TOO_MANY_REQUESTS, "one client asks for twenty an hour");
        desk.pass(SignedDuration::from_hours(2)).await;
        assert_eq!(desk.post("/help/sign-in", "", &[("email", "someone@else.test")]).await.status, known.status);
    }

    async fn v59_a_foreign_request_is_as_absent_as_none(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let eve = desk.contact(acme, "Eve", "eve@acme.test", Sees::Own).await;
        let boss = desk.contact(acme, "Boss", "boss@acme.test", Sees::All).await;
        let (ada, eve, boss) =
            (desk.contact_cookie(&ada).await, desk.contact_cookie(&eve).await, desk.contact_cookie(&boss).await);
        let sent = desk.post("/help/new", &ada, &REQUEST).await;
        let page = location(&sent).to_owned();
        assert!(desk.get(&page, &ada).await.body.contains("Since this morning."));
        assert!(desk.get(&page, &boss).await.body.contains("Since this morning."));
        let absent = "/help/tickets/999999";
        assert_eq!(comparable(&desk.get(&page, &eve).await), comparable(&desk.get(absent, &eve).await));
        assert_eq!(desk.get(&page, &eve).await.status, StatusCode::NOT_FOUND);
        for (path, form) in [("answer", ("text", "let me in")), ("move", ("action", "close"))] {
            let foreign = desk.post(&format!("{page}/{path}"), &eve, &[form]).await;
            let none = desk.post(&format!("{absent}/{path}"), &eve, &[form]).await;
            assert_eq!(comparable(&foreign), comparable(&none), "{path}");
            assert_eq!(foreign.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert!(!desk.get("/help/tickets?scope=ours", &eve).await.body.contains("Nothing starts"));
        assert!(desk.get("/help/tickets?scope=ours", &boss).await.body.contains("Nothing starts"));
        assert!(!desk.get("/help/tickets", &boss).await.body.contains("Nothing starts"));
        // Nor is a session of the portal one of the desk.
        let token = ada.strip_prefix("pd-help=").unwrap();
        let agents = desk.get("/customers", &format!("pd={token}")).await;
        assert_eq!(location(&agents), "/sign-in?next=%2Fcustomers");
    }

    async fn v57_what_the_form_does_not_offer_is_refused(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        let other = desk.customer("Other").await;
        let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let ada = desk.contact_cookie(&ada).await;
        let foreign = other.to_string();
        for (field, value) in
            [("kind", "secret"), ("service", ""), ("severity", "0"), ("customer", foreign.as_str()), ("subject", " ")]
        {
            let mut form = REQUEST.to_vec();
            form.retain(|(name, _)| *name != field);
            form.push((field, value));
            let answer = desk.post("/help/new", &ada, &form).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
            assert!(answer.body.contains("Since this morning."), "what was typed is there still");
        }
        assert!(!desk.get("/help/tickets", &ada).await.body.contains("Nothing starts"));
    }

    async fn what_is_promised_before_sending_is_promised_after(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let ada = desk.contact_cookie(&ada).await;
        // Monday, 9:00; A is answered within an hour, C within eight.
        for (severity, due) in [("A", "Mo 10:00"), ("C", "Mo 17:00")] {
            let form = desk.get(&format!("/help/new?severity={severity}"), &ada).await;
            assert!(form.body.contains(&format!("<b>{due}</b>")), "{severity}: {}", form.body);
            let mut request = REQUEST.to_vec();
            request[2].1 = severity;
            let sent = desk.post("/help/new", &ada, &request).await;
            let page = desk.get(location(&sent), &ada).await;
            assert!(page.body.contains(&format!("Antwort bis {due}")), "{severity}: {}", page.body);
            let number = location(&sent).rsplit('/').next().unwrap().parse().unwrap();
            let ticket = tickets::find(&desk.app, &desk.admin, number).await.unwrap();
            let asked = app::catalogue::Asked {
                customer: ticket.customer,
                service: ticket.service,
                kind: ticket.kind,
            };
            let promised =
                tickets::promised(&desk.app, desk.desk, asked, severity.parse::<Severity>().unwrap()).await;
            let promised = promised.unwrap();
            assert_eq!(Some(ticket.due_at), promised.due(promised.targets.first_response));
        }
    }

    async fn an_answer_that_can_be_taken_back_is_not_read_yet(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        let contact = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let ada = desk.contact_cookie(&contact).await;
        let sent = desk.post("/help/new", &ada, &REQUEST).await;
        let page = location(&sent).to_owned();
        let number = page.rsplit('/').next().unwrap().parse().unwrap();
        let ticket = tickets::find(&desk.app, &desk.admin, number).await.unwrap();
        let wrong = tickets::reply(&desk.app, &desk.admin, ticket.id, reply("To the wrong person", Then::Nothing)).await;
        assert!(!desk.get(&page, &ada).await.body.contains("To the wrong person"));
        tickets::take_back(&desk.app, &desk.admin, ticket.id, wrong.unwrap().entry).await.unwrap();
        tickets::reply(&desk.app, &desk.admin, ticket.id, reply("Try turning it on", Then::Nothing)).await.unwrap();
        assert!(!desk.get(&page, &ada).await.body.contains("Try turning it on"));
        desk.pass(SignedDuration::from_secs(11)).await;
        let after = desk.get(&page, &ada).await;
        assert!(after.body.contains("Try turning it on"));
        assert!(!after.body.contains("To the wrong person"));
    }

    async fn a_contact_closes_and_reopens(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let ada = desk.contact_cookie(&ada).await;
        let sent = desk.post("/help/new", &ada, &REQUEST).await;
        let page = location(&sent).to_owned();
        let (answer, moves) = (format!("{page}/answer"), format!("{page}/move"));
        let number = page.rsplit('/').next().unwrap().parse().unwrap();
        let ticket = tickets::find(&desk.app, &desk.admin, number).await.unwrap();
        let state = || async { tickets::find(&desk.app, &desk.admin, number).await.unwrap().state.to_string() };

        let early = desk.post(&moves, &ada, &[("action", "reopen")]).await;
        assert_eq!(early.status, StatusCode::CONFLICT);
        let agents_only = desk.post(&moves, &ada, &[("action", "resolve")]).await;
        assert_eq!(agents_only.status, StatusCode::CONFLICT, "contacts do not resolve");
        desk.decide(ticket.id).await;
        tickets::make_move(&desk.app, &desk.admin, ticket.id, Action::Resolve, None).await.unwrap();
        assert!(desk.get(&page, &ada).await.body.contains("value=\"reopen\""));
        let reopened = desk.post(&moves, &ada, &[("action", "reopen")]).await;
        assert_eq!((reopened.status, state().await.as_str()), (StatusCode::SEE_OTHER, "open"));
        let answered = desk.post(&answer, &ada, &[("text", "It is still dark.")]).await;
        assert_eq!((answered.status, location(&answered)), (StatusCode::SEE_OTHER, page.as_str()));
        assert!(desk.get(&page, &ada).await.body.contains("It is still dark."));
        desk.post(&moves, &ada, &[("action", "close")]).await;
        assert_eq!(state().await, "closed");

        let late = desk.post(&answer, &ada, &[("text", "One thing more")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        let closed = desk.get(&page, &ada).await;
        assert!(!closed.body.contains("/answer\"") && !closed.body.contains("value=\"reopen\""));
        desk.run_jobs().await;
    }

    async fn the_link_of_a_mail_leads_to_its_desk_and_ticket(db) {
        let desk = TestDesk::new(db).await;
        desk.other_desk().await;
        let acme = desk.customer("Acme").await;
        let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let raw = desk.mail_from("ada@acme.test", "Printer", "It is dark.").await;
        let number = desk.ticket_of(&raw).await.number;
        let letter = desk.sent_mails().await.pop().unwrap();
        let link = letter.mail.text.split_whitespace().find_map(|word| word.strip_prefix("http://desk.test"));
        let link = link.unwrap();
        let page = format!("/help/tickets/{number}");
        // Nobody is in: the door of this desk, and after it the ticket, although there are several desks.
        let door = desk.get(location(&desk.get(link, "").await), "").await;
        assert!(door.body.contains("name=\"email\"") && door.body.contains("Nordwind Cloud"), "{}", door.body);
        let next = format!("name=\"next\" value=\"{page}\"");
        assert!(door.body.contains(&next), "{}", door.body);
        let form = [("email", "ada@acme.test"), ("next", page.as_str())];
        let asked = desk.post("/help/sign-in", &cookies(&door), &form).await;
        let enter = mailed_link(&desk).await.unwrap();
        let confirm = desk.get(&enter, &cookies(&asked)).await;
        assert!(confirm.body.contains(&next) && confirm.body.contains("Nordwind Cloud"), "{}", confirm.body);
        let entered = desk.post(&enter, "", &[("next", &page)]).await;
        assert_eq!(location(&entered), page);
        // Who is in comes to the ticket at once; who is in elsewhere to the door.
        assert_eq!(location(&desk.get(link, &cookies(&entered)).await), page);
        let elsewhere = link.replace("nordwind", "suedwind");
        let door = desk.get(&elsewhere, &desk.contact_cookie(&ada).await).await;
        assert!(location(&door).starts_with("/help/sign-in?desk=suedwind&"), "{}", location(&door));
    }

    async fn several_desks_have_one_door(db) {
        let desk = TestDesk::new(db).await;
        let only = desk.get("/help/sign-in", "").await;
        assert!(only.body.contains("name=\"email\"") && only.body.contains("Nordwind Cloud"));
        desk.other_desk().await;
        let choice = desk.get("/help/sign-in?next=%2Fhelp%2Fnew", "").await;
        assert!(choice.body.contains("Nordwind Cloud") && choice.body.contains("Südwind IT"));
        assert!(!choice.body.contains("name=\"email\""));
        let home = desk.get("/help?desk=suedwind", "").await;
        let chosen = desk.get(location(&home), "").await;
        assert!(chosen.body.contains("name=\"email\"") && !chosen.body.contains("Nordwind Cloud"));
        let remembered = desk.get("/help/sign-in", &cookies(&chosen)).await;
        assert!(remembered.body.contains("name=\"email\"") && remembered.body.contains("Südwind IT"));
        let asked = desk.get("/help?desk=suedwind&ticket=7", "").await;
        assert_eq!(location(&asked), "/help/sign-in?desk=suedwind&next=%2Fhelp%2Ftickets%2F7");
        for odd in ["nowhere", "", "%00", "suedwind%0d%0aSet-Cookie:a=b"] {
            let answer = desk.get(&format!("/help/sign-in?desk={odd}"), "").await;
            assert_eq!(answer.status, StatusCode::OK, "{odd}");
            assert!(answer.headers.get(header::SET_COOKIE).is_none(), "{odd}");
        }
    }
}
