//! Pages and API of what stands beside a ticket's state: put aside, merged, chosen among others, read, taken back.

use app::tickets;
use axum::http::{Method, StatusCode, header};
use domain::{
    access::{Role, Scope},
    party::Sees,
    ticket::lifecycle::{Action, State},
};
use serde_json::json;
use store::tickets::Ticket;
use testkit::{Answer, TestDesk, on_both};

use crate::api::program;

/// What the next page is to tell, as a cookie, and what it takes to take it back.
fn told(answer: &Answer) -> (String, String) {
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let what = cookie.split(':').nth(1).unwrap_or_default().to_owned();
    (cookie, what)
}

async fn now(desk: &TestDesk, ticket: &Ticket) -> Ticket {
    tickets::find(&desk.app, &desk.admin, ticket.number).await.unwrap()
}

async fn three(desk: &TestDesk) -> Vec<Ticket> {
    let acme = desk.customer("Acme").await;
    desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
    let mut all = Vec::new();
    for n in 0..3 {
        all.push(desk.ticket_of(&desk.mail_from("ada@acme.test", &format!("No {n}"), "x").await).await);
    }
    all
}

on_both! {
    async fn a_ticket_is_put_aside_and_brought_back_on_its_page(db) {
        let desk = TestDesk::new(db).await;
        let all = three(&desk).await;
        let cookie = desk.agent_cookie(&desk.admin).await;
        let path = format!("/tickets/{}", all[0].number);
        let page = desk.get(&path, &cookie).await.body;
        let until = page.split("name=\"snoozed_until\" value=\"").nth(2).unwrap().split('"').next().unwrap().to_owned();
        let version = all[0].version.to_string();
        let put = desk.post(&format!("{path}/change"), &cookie, &[("version", &version), ("snoozed_until", &until)]).await;
        assert_eq!(put.status, StatusCode::SEE_OTHER, "{}", put.body);
        assert_eq!(now(&desk, &all[0]).await.snoozed_until, Some(until.parse().unwrap()));
        assert!(desk.get("/queue/waiting", &cookie).await.body.contains(&path));
        assert!(!desk.get("/queue/due", &cookie).await.body.contains(&path));
        let version = now(&desk, &all[0]).await.version.to_string();
        desk.post(&format!("{path}/change"), &cookie, &[("version", &version), ("snoozed_until", "")]).await;
        assert!(desk.get("/queue/due", &cookie).await.body.contains(&path));
    }

    async fn the_way_back_from_a_move_stays_from_page_to_page(db) {
        let desk = TestDesk::new(db).await;
        let all = three(&desk).await;
        desk.decide(all[0].id).await;
        let cookie = desk.agent_cookie(&desk.admin).await;
        let path = format!("/tickets/{}", all[0].number);
        let version = now(&desk, &all[0]).await.version.to_string();
        let moved = desk.post(&format!("{path}/move"), &cookie, &[("version", &version), ("action", "close")]).await;
        let (carried, what) = told(&moved);
        let both = format!("{cookie}; {carried}");
        for there in [path.as_str(), &format!("/tickets/{}", all[1].number), "/queue/mine"] {
            let page = desk.get(there, &both).await;
            assert!(page.body.contains("action=\"/undo\"") && page.body.contains(&what), "{there}");
            assert!(!page.headers.contains_key(header::SET_COOKIE), "it is told again on {there}");
        }
        let undone = desk.post("/undo", &cookie, &[("what", &what)]).await;
        assert_eq!((undone.status, now(&desk, &all[0]).await.state), (StatusCode::SEE_OTHER, State::New));
        let (carried, _) = told(&undone);
        let page = desk.get(&path, &format!("{cookie}; {carried}")).await;
        assert!(page.headers.contains_key(header::SET_COOKIE), "what cannot be taken back is told once");
        assert_eq!(desk.post("/undo", &cookie, &[("what", &what)]).await.status, StatusCode::NOT_FOUND);
    }

    async fn several_are_chosen_in_a_list(db) {
        let desk = TestDesk::new(db).await;
        let all = three(&desk).await;
        let cookie = desk.agent_cookie(&desk.admin).await;
        let (me, first, second) = (desk.admin.id.to_string(), all[0].id.to_string(), all[1].id.to_string());
        let page = desk.get("/queue/due", &cookie).await.body;
        assert!(page.contains(&format!("name=\"ticket\" value=\"{first}\"")) && page.contains("action=\"/bulk\""), "{page}");
        let form = [("ticket", first.as_str()), ("ticket", &second), ("assignee", &me), ("team", ""), ("action", ""),
            ("snoozed_until", ""), ("tag", "Outage"), ("back", "/queue/due")];
        let done = desk.post("/bulk", &cookie, &form).await;
        assert_eq!((done.status, done.headers[header::LOCATION].to_str().unwrap()), (StatusCode::SEE_OTHER, "/queue/due"), "{}", done.body);
        let owners = [now(&desk, &all[0]).await, now(&desk, &all[1]).await, now(&desk, &all[2]).await].map(|t| t.assignee);
        assert_eq!(owners, [Some(desk.admin.id), Some(desk.admin.id), None]);
        let (_, what) = told(&done);
        desk.post("/undo", &cookie, &[("what", &what)]).await;
        assert_eq!(now(&desk, &all[1]).await.assignee, None);
        let empty = desk.post("/bulk", &cookie, &[("tag", "x")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let sales = desk.agent("Sam", &[Role::SalesAgent]).await;
        let sales = desk.agent_cookie(&sales).await;
        assert!(!desk.get("/queue/due", &sales).await.body.contains("name=\"ticket\""), "who only looks chooses nothing");
        assert_eq!(desk.post("/bulk", &sales, &form).await.status, StatusCode::FORBIDDEN);
    }

    async fn two_are_merged_on_a_page(db) {
        let desk = TestDesk::new(db).await;
        let all = three(&desk).await;
        let cookie = desk.agent_cookie(&desk.admin).await;
        let (path, into) = (format!("/tickets/{}", all[0].number), format!("#{}", all[1].number));
        let version = all[0].version.to_string();
        let merged = desk.post(&format!("{path}/merge"), &cookie, &[("version", &version), ("into", &into)]).await;
        let there = format!("/tickets/{}", all[1].number);
        assert_eq!(merged.headers[header::LOCATION].to_str().unwrap(), there, "{}", merged.body);
        assert!(desk.get(&path, &cookie).await.body.contains(&format!("href=\"{there}\"")));
        assert!(desk.get(&there, &cookie).await.body.contains(&format!("href=\"{path}\"")));
        let (_, what) = told(&merged);
        assert_eq!(desk.post("/undo", &cookie, &[("what", &what)]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(now(&desk, &all[0]).await.merged_into, None);
        let odd = desk.post(&format!("{path}/merge"), &cookie, &[("version", "1"), ("into", "x")]).await;
        assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn a_list_says_what_is_unread_until_the_page_was_opened(db) {
        let desk = TestDesk::new(db).await;
        let all = three(&desk).await;
        let cookie = desk.agent_cookie(&desk.admin).await;
        let unread = async || desk.get("/queue/due", &cookie).await.body.matches("class=\"row unread\"").count();
        assert_eq!(unread().await, 3);
        desk.get(&format!("/tickets/{}", all[0].number), &cookie).await;
        assert_eq!(unread().await, 2);
        desk.post(&format!("/tickets/{}/presence", all[1].number), &cookie, &[("doing", "viewing")]).await;
        assert_eq!(unread().await, 1);
    }

    async fn somebody_else_asked(db) {
        let desk = TestDesk::new(db).await;
        let all = three(&desk).await;
        let cookie = desk.agent_cookie(&desk.admin).await;
        let umbrella = desk.customer("Umbrella").await;
        let eve = desk.contact(umbrella, "Eve", "eve@umbrella.test", Sees::Own).await;
        let path = format!("/tickets/{}/change", all[0].number);
        let version = all[0].version.to_string();
        let nobody = desk.post(&path, &cookie, &[("version", &version), ("requester", "nobody@x.test")]).await;
        assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
        let changed = desk.post(&path, &cookie, &[("version", &version), ("requester", "Eve@Umbrella.test")]).await;
        assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
        let after = now(&desk, &all[0]).await;
        assert_eq!((after.contact, after.customer), (Some(eve.id), Some(umbrella)));
    }

    async fn a_caller_that_was_guessed_is_not_chosen_when_others_match(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        let anna = desk.contact(acme, "Anna Berg", "anna@acme.test", Sees::Own).await.id;
        let cookie = desk.agent_cookie(&desk.admin).await;
        let page = desk.get("/tickets/new?who=anna", &cookie).await.body;
        assert!(page.contains(&format!("name=\"guessed\" value=\"{anna}\"")) && page.contains("checked"), "{page}");
        desk.contact(acme, "Anna Dahl", "dahl@acme.test", Sees::Own).await;
        let chosen = |body: &str| body.split("id=\"who\"").nth(1).unwrap().split("</section>").next().unwrap().matches(" checked").count();
        let more = desk.get(&format!("/tickets/new?who=anna&contact={anna}&guessed={anna}"), &cookie).await.body;
        assert_eq!(chosen(&more), 0);
        let by_hand = desk.get(&format!("/tickets/new?who=anna&contact={anna}"), &cookie).await.body;
        assert_eq!(chosen(&by_hand), 1);
    }

    async fn programs_do_the_same(db) {
        let desk = TestDesk::new(db).await;
        let all = three(&desk).await;
        let program = program(&desk, &desk.admin, Scope::ALL).await;
        let (first, second) = (all[0].id.to_string(), all[1].id.to_string());
        let listed = program.get("/tickets?view=due").await.json();
        assert!(listed["items"].as_array().unwrap().iter().all(|line| line["unread"] == true), "{listed}");
        let read = program.json(Method::PUT, &format!("/tickets/{first}/read"), &[], &json!({})).await;
        assert_eq!(read.status, StatusCode::NO_CONTENT);
        let listed = program.get("/tickets?view=due").await.json();
        assert_eq!(listed["items"].as_array().unwrap().iter().filter(|line| line["unread"] == true).count(), 2);

        let until = desk.app.now().checked_add(jiff::SignedDuration::from_hours(5)).unwrap().to_string();
        let aside = program.json(Method::PATCH, &format!("/tickets/{first}"), &[("if-match", "*")], &json!({"snoozed_until": until})).await;
        assert_eq!(aside.json()["snoozed_until"], until.as_str(), "{}", aside.body);

        let bulk = json!({"tickets": [first, second], "tag": "outage", "action": "wait_supplier", "snoozed_until": null});
        let bulk = program.post("/tickets/bulk", &bulk).await.json();
        assert_eq!(bulk["changed"].as_array().unwrap().len(), 2, "{bulk}");
        let undone = program.post(&format!("/undos/{}", bulk["undo"]["id"].as_str().unwrap()), &json!({})).await.json();
        assert_eq!((undone["what"].as_str(), undone["tickets"].as_array().unwrap().len()), (Some("bulk"), 2));

        desk.decide(all[0].id).await;
        let moved = program.json(Method::POST, &format!("/tickets/{first}/moves"), &[("if-match", "*")], &json!({"action": "resolve"})).await;
        let undo = moved.headers["undo"].to_str().unwrap().strip_prefix("/api/v1").unwrap().to_owned();
        assert_eq!(program.post(&undo, &json!({})).await.json()["what"], "move");
        let merged = program.json(Method::POST, &format!("/tickets/{first}/merge"), &[("if-match", "*")], &json!({"into": all[1].number})).await;
        assert_eq!(merged.json()["into"], all[1].number, "{}", merged.body);
        assert_eq!(program.get(&format!("/tickets/{first}")).await.json()["merged_into"], second.as_str());

        let found = async |filter: &str| program.get(&format!("/search?q=No{filter}")).await.json()["items"].as_array().unwrap().len();
        assert_eq!((found("").await, found("&state=closed").await, found("&kind=billing").await), (3, 1, 0));
        let seen = tickets::view(&desk.app, &desk.admin, all[2].number).await.unwrap().entries[0].id.to_string();
        let reply = json!({"text": "A", "seen": seen, "without": ["ada@acme.test"]});
        assert_eq!(program.post(&format!("/tickets/{}/replies", all[2].id), &reply).await.status, StatusCode::CREATED);
        desk.decide(all[2].id).await;
        tickets::make_move(&desk.app, &desk.admin, all[2].id, Action::Close, None).await.unwrap();
    }
}
