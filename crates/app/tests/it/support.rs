//! Diagnosis, requirements, articles, incidents and the report: stories on a desk.

use std::collections::BTreeMap;

use app::{
    Agent, Error, articles,
    diagnosis::{self, Change, Decide, Tick},
    incidents, portal, reports, requirements,
    tickets::{self, Reply, Then},
};
use domain::{
    access::Role,
    article::{Article, Audience, Written},
    id::TicketId,
    incident::{IncidentStatus, Informed},
    lang::Lang,
    party::Sees,
    ticket::{
        baseline::{Finding, Reached, Stop, shipped},
        diagnosis::{Evidence, Verdict},
        kinds::{Kind, Service},
        lifecycle::{Action, State},
        timeline::Event,
    },
};
use jiff::SignedDuration;
use store::tickets::Ticket;
use testkit::{TestDesk, on_both};

fn decide(verdict: Verdict, category: Option<&str>, reason: &str) -> Change {
    let decide = Decide { verdict, category: category.map(str::to_owned), reason: reason.into() };
    Change { decision: Some(decide), ..Change::default() }
}

async fn events(desk: &TestDesk, number: i64) -> Vec<Event> {
    let view = tickets::view(&desk.app, &desk.admin, number).await.unwrap();
    view.entries.into_iter().map(|entry| entry.event).collect()
}

async fn stops(desk: &TestDesk, number: i64) -> BTreeMap<Stop, Reached> {
    let view = tickets::view(&desk.app, &desk.admin, number).await.unwrap();
    let known = diagnosis::view(&desk.app, &desk.admin, view.ticket.id).await.unwrap();
    diagnosis::path(&view, &known).into_iter().collect()
}

async fn state(desk: &TestDesk, id: TicketId) -> State {
    let ticket: Result<_, store::Error> =
        desk.app.store.read(desk.desk, move |tx| Box::pin(store::tickets::get(tx, id))).await;
    ticket.unwrap().unwrap().state
}

/// A ticket of somebody with this language.
async fn ticket_in(desk: &TestDesk, name: &str, lang: Lang) -> Ticket {
    let customer = desk.customer(name).await;
    let person = app::customers::Person {
        name: name.into(),
        email: format!("ada@{}.test", name.to_lowercase()),
        phone: String::new(),
        lang,
        customers: vec![(customer, Sees::All)],
    };
    let email = person.email.clone();
    app::customers::create_contact(&desk.app, &desk.admin, person).await.unwrap();
    let raw = desk.mail_from(&email, &format!("Mail does not arrive at {name}"), "Since this morning.").await;
    desk.ticket_of(&raw).await
}

fn article(audience: Audience, published: bool, texts: &[(Lang, &str, &str)]) -> Article {
    let text = |(lang, title, body): &(Lang, &str, &str)| {
        (*lang, Written { title: (*title).to_owned(), body: (*body).to_owned() })
    };
    Article { audience, published, service: None, kind: None, texts: texts.iter().map(text).collect() }
}

async fn sales(desk: &TestDesk) -> Agent {
    desk.agent("Sally Sales", &[Role::SalesAgent]).await
}

on_both! {
    async fn a_technical_ticket_is_not_ended_without_a_decision(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "It hangs", "x").await).await;
        for action in [Action::Resolve, Action::Close] {
            let refused = tickets::make_move(app, admin, ticket.id, action, None).await.unwrap_err();
            assert_eq!(refused.code(), "no-decision");
        }
        let answer = |then| Reply { text: "Restart it.".into(), then, ..Reply::default() };
        let refused = tickets::reply(app, admin, ticket.id, answer(Then::Resolve)).await.unwrap_err();
        assert_eq!(refused.code(), "no-decision");
        assert_eq!(events(&desk, ticket.number).await.len(), 1, "nothing was sent");
        tickets::reply(app, admin, ticket.id, answer(Then::Nothing)).await.unwrap();

        let version = diagnosis::change(app, admin, ticket.id, decide(Verdict::Inside, Some("how-to"), ""), Some(0)).await.unwrap();
        assert_eq!(version, 1);
        let known = diagnosis::view(app, admin, ticket.id).await.unwrap();
        let decision = known.diagnosis.decision.clone().unwrap();
        assert_eq!((decision.verdict, decision.by), (Verdict::Inside, Some(admin.id)));
        let words = &shipped().sheet(Service::Microsoft365, Kind::Technical).category("how-to").unwrap().text;
        assert_eq!(decision.reason, words[&Lang::En], "the category says why");
        assert_eq!((known.by.asked.version, known.by.own), (0, false));
        let last = events(&desk, ticket.number).await.pop().unwrap();
        assert!(matches!(last, Event::Decided { verdict: Verdict::Inside, .. }), "{last:?}");
        tickets::reply(app, admin, ticket.id, answer(Then::Resolve)).await.unwrap();
        assert_eq!(state(&desk, ticket.id).await, State::Resolved);
        assert_eq!(stops(&desk, ticket.number).await[&Stop::Resolved], Reached::Done);

        // A question about an invoice needs none.
        let bill = desk.ticket_of(&desk.mail_from("ada@acme.test", "Invoice", "x").await).await;
        let billing = tickets::Change { kind: Some(Kind::Billing), ..tickets::Change::default() };
        tickets::change(app, admin, bill.id, billing, None).await.unwrap();
        tickets::make_move(app, admin, bill.id, Action::Resolve, None).await.unwrap();
    }

    async fn what_the_customer_closes_needs_no_decision_and_is_counted_apart(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("Acme").await;
        let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        let closed = desk.ticket_of(&desk.mail_from("ada@acme.test", "One", "x").await).await;
        portal::make_move(&desk.app, &ada, closed.number, Action::Close).await.unwrap();
        let known = diagnosis::view(&desk.app, &desk.admin, closed.id).await.unwrap();
        let decision = known.diagnosis.decision.unwrap();
        assert_eq!((decision.verdict, decision.by), (Verdict::NotNeeded, None));
        assert_eq!(decision.category.as_deref(), Some("closed_by_customer"));

        let same = desk.ticket_of(&desk.mail_from("ada@acme.test", "One again", "x").await).await;
        let (app, admin) = (&desk.app, &desk.admin);
        for odd in [None, Some("closed_by_customer"), Some("how-to")] {
            let refused = diagnosis::change(app, admin, same.id, decide(Verdict::NotNeeded, odd, "x"), None).await;
            assert_eq!(refused.unwrap_err().code(), "unknown", "{odd:?}");
        }
        diagnosis::change(app, admin, same.id, decide(Verdict::NotNeeded, Some("duplicate"), ""), None).await.unwrap();
        tickets::make_move(app, admin, same.id, Action::Close, None).await.unwrap();
        let other = desk.ticket_of(&desk.mail_from("ada@acme.test", "Two", "x").await).await;
        diagnosis::change(app, admin, other.id, decide(Verdict::Unclear, None, "Nobody can see it"), None).await.unwrap();
        diagnosis::change(app, admin, other.id, decide(Verdict::Outside, Some("bug"), "Seen in two tenants"), None).await.unwrap();
        let report = reports::baseline(app, admin, None, None).await.unwrap();
        let line = &report[0];
        assert_eq!((report.len(), line.month.as_str(), line.service), (1, "2026-03", Service::Microsoft365));
        assert_eq!((line.inside, line.outside, line.unclear, line.not_needed), (0, 1, 0, 2));
        assert_eq!(line.per_thousand_seats(), None, "nobody knows the seats");
        let none = reports::baseline(app, admin, Some("2025-01"), Some("2026-02")).await.unwrap();
        assert_eq!(none, []);
        let helpdesk = desk.agent("Helen", &[Role::HelpdeskAgent]).await;
        assert!(matches!(reports::baseline(app, &helpdesk, None, None).await, Err(Error::Forbidden)));
    }

    async fn a_diagnosis_says_who_did_what_and_when(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "It hangs", "x").await).await;
        assert_eq!(stops(&desk, ticket.number).await[&Stop::Diagnosed], Reached::Now);
        let done = Change {
            steps: vec![
                ("health".into(), Tick::Done { finding: "EX25194".into() }),
                ("again".into(), Tick::Skipped { reason: "The customer is on the road".into() }),
            ],
            findings: vec![(Finding::BreakFix, Some("true".into()))],
            evidence: vec![(Evidence::UsersAffected, "All 40".into())],
            decision: None,
        };
        assert_eq!(diagnosis::change(app, admin, ticket.id, done.clone(), None).await.unwrap(), 1);
        assert_eq!(diagnosis::change(app, admin, ticket.id, done, None).await.unwrap(), 1, "nothing changed");
        let known = diagnosis::view(app, admin, ticket.id).await.unwrap();
        let health = &known.diagnosis.steps[0];
        assert_eq!((health.by, health.finding.as_str()), (admin.id, "EX25194"));
        assert_eq!(known.diagnosis.evidence[&Evidence::HealthIncident], "EX25194", "a step brings its evidence");
        assert_eq!(known.diagnosis.findings.break_fix, Some(true));
        let told = events(&desk, ticket.number).await;
        let [_, Event::Diagnosed { steps, findings, evidence, .. }] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!((steps.len(), findings.len(), evidence.as_slice()), (2, 1, &[Evidence::UsersAffected][..]));
        assert_eq!(steps[1].skipped.as_deref(), Some("The customer is on the road"));

        for (change, code) in [
            (Change { steps: vec![("again".into(), Tick::Skipped { reason: " ".into() })], ..Change::default() }, "required"),
            (Change { steps: vec![("nonsense".into(), Tick::Done { finding: String::new() })], ..Change::default() }, "unknown"),
            (Change { findings: vec![(Finding::BreakFix, Some("perhaps".into()))], ..Change::default() }, "unknown"),
            (decide(Verdict::Inside, Some("nonsense"), ""), "unknown"),
            (decide(Verdict::Outside, None, " "), "required"),
        ] {
            let refused = diagnosis::change(app, admin, ticket.id, change, None).await.unwrap_err();
            assert_eq!(refused.code(), code);
        }
        let undone = Change { steps: vec![("again".into(), Tick::Open)], ..Change::default() };
        let stale = diagnosis::change(app, admin, ticket.id, undone.clone(), Some(0)).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        assert_eq!(diagnosis::change(app, admin, ticket.id, undone, Some(1)).await.unwrap(), 2);

        // It is internal: who sees only what the customer sees does not see it, and changes nothing.
        let sally = sales(&desk).await;
        assert!(matches!(diagnosis::view(app, &sally, ticket.id).await, Err(Error::NotFound(_))));
        let forbidden = diagnosis::change(app, &sally, ticket.id, Change::default(), None).await;
        assert!(matches!(forbidden, Err(Error::Forbidden)), "{forbidden:?}");
        let (_, stranger) = desk.other_desk().await;
        assert!(matches!(diagnosis::view(app, &stranger, ticket.id).await, Err(Error::NotFound(_))));
    }

    async fn a_ticket_keeps_the_requirements_by_which_it_was_asked(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let (service, kind) = (Service::Microsoft365, Kind::Technical);
        let ticket = desk.ticket_of(&desk.mail_from("ada@acme.test", "It hangs", "x").await).await;
        let tick = |key: &str| Change { steps: vec![(key.into(), Tick::Done { finding: String::new() })], ..Change::default() };
        diagnosis::change(app, admin, ticket.id, tick("health"), None).await.unwrap();

        let mut own = shipped().sheet(service, kind).clone();
        own.steps.retain(|step| step.key != "scope");
        own.steps[0].text = [(Lang::En, "Look at our own dashboard".to_owned())].into();
        assert_eq!(requirements::save(app, admin, service, kind, Some(own.clone()), 0).await.unwrap(), 1);
        let stale = requirements::save(app, admin, service, kind, Some(own.clone()), 0).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        let old = diagnosis::view(app, admin, ticket.id).await.unwrap();
        assert_eq!(old.by.asked.version, 0);
        assert!(old.sheet().step("scope").is_some(), "what was begun goes on as it was begun");
        let new = desk.ticket_of(&desk.mail_from("ada@acme.test", "Another", "x").await).await;
        diagnosis::change(app, admin, new.id, tick("health"), None).await.unwrap();
        let known = diagnosis::view(app, admin, new.id).await.unwrap();
        assert_eq!((known.by.asked.version, known.by.own), (1, true));
        assert_eq!(known.diagnosis.steps[0].text, "Look at our own dashboard");
        let gone = diagnosis::change(app, admin, new.id, tick("scope"), None).await.unwrap_err();
        assert_eq!(gone.code(), "unknown");

        requirements::save(app, admin, service, kind, None, 1).await.unwrap();
        let (current, versions) = requirements::get(app, admin, service, kind, None).await.unwrap();
        assert!(!current.own && current.sheet.step("scope").is_some(), "back to what is shipped");
        assert_eq!(versions.iter().map(|v| v.version).collect::<Vec<_>>(), [2, 1]);
        let (first, _) = requirements::get(app, admin, service, kind, Some(1)).await.unwrap();
        assert_eq!(first.sheet, own, "old versions stay readable");
        own.steps[0].text.clear();
        assert_eq!(requirements::save(app, admin, service, kind, Some(own.clone()), 2).await.unwrap_err().code(), "required");
        let helen = desk.agent("Helen", &[Role::HelpdeskAgent]).await;
        assert_eq!(requirements::list(app, &helen).await.unwrap().len(), 18);
        assert!(matches!(requirements::save(app, &helen, service, kind, None, 2).await, Err(Error::Forbidden)));
    }

    async fn similar_tickets_come_with_their_answer_and_only_to_who_may(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let old = desk.ticket_of(&desk.mail_from("ada@acme.test", "Outlook kakapo crashes", "words").await).await;
        let text = "Delete the kakapo add-in.".to_owned();
        desk.decide(old.id).await;
        tickets::reply(app, admin, old.id, Reply { text, then: Then::Resolve, ..Reply::default() }).await.unwrap();
        let open = desk.ticket_of(&desk.mail_from("bob@acme.test", "kakapo crashes here too", "words").await).await;
        let bill = desk.ticket_of(&desk.mail_from("bob@acme.test", "kakapo invoice", "words").await).await;
        let billing = tickets::Change { kind: Some(Kind::Billing), ..tickets::Change::default() };
        tickets::change(app, admin, bill.id, billing, None).await.unwrap();
        let new = desk.ticket_of(&desk.mail_from("eve@acme.test", "Why does kakapo crash?", "words").await).await;
        let found = |agent: &Agent| {
            let (agent, ticket) = (agent.clone(), new.clone());
            async move {
                let unit = std::sync::Arc::new((agent, ticket));
                let all: Result<_, Error> = app.store.read(desk.desk, move |tx| {
                    let unit = unit.clone();
                    Box::pin(async move { tickets::similar(tx, &unit.0, &unit.1, 5).await })
                }).await;
                all.unwrap().into_iter().map(|s| (s.line.id, s.answer)).collect::<Vec<_>>()
            }
        };
        let all = found(admin).await;
        assert_eq!(all[0], (old.id, Some("Delete the kakapo add-in.".into())), "resolved comes first");
        assert_eq!(all.len(), 3);
        assert!(all.contains(&(open.id, None)) && all.contains(&(bill.id, None)));
        let clerk = desk.agent("Bill", &[Role::BillingAdmin]).await;
        assert_eq!(found(&clerk).await, [(bill.id, None)]);
    }

    async fn articles_are_found_proposed_and_kept(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let helen = desk.agent("Helen", &[Role::HelpdeskAgent]).await;
        let sally = sales(&desk).await;
        let texts = [(Lang::En, "Mail does not arrive", "Trace the message."), (Lang::De, "E-Mail kommt nicht an", "Verfolgen Sie die Nachricht.")];
        let id = articles::create(app, &helen, article(Audience::Public, false, &texts)).await.unwrap();
        assert!(matches!(articles::get(app, &sally, id).await, Err(Error::NotFound(_))), "it is a draft");
        assert_eq!(articles::list_public(app, desk.desk, Lang::En, "").await.unwrap(), []);
        let published = article(Audience::Public, true, &texts);
        assert_eq!(articles::save(app, &helen, id, published.clone(), 1).await.unwrap(), 2);
        assert!(matches!(articles::save(app, &helen, id, published, 1).await, Err(Error::Stale)));
        let (_, versions) = articles::get(app, &helen, id).await.unwrap();
        assert_eq!(versions.iter().map(|v| (v.version, v.article.0.published)).collect::<Vec<_>>(), [(2, true), (1, false)]);
        let found = articles::list(app, &sally, "nachrichten").await.unwrap();
        assert_eq!(found.iter().map(|f| (f.kept.id, f.lang)).collect::<Vec<_>>(), [(id, Lang::De)]);
        let proposed = articles::suggest_public(app, desk.desk, "my mail is gone", None, Lang::De).await.unwrap();
        assert_eq!(proposed[0].written().unwrap().title, "E-Mail kommt nicht an", "in the reader's language");
        let forbidden = articles::create(app, &sally, article(Audience::Internal, true, &texts)).await;
        assert!(matches!(forbidden, Err(Error::Forbidden)), "{forbidden:?}");
        let nothing = articles::create(app, admin, article(Audience::Internal, true, &[(Lang::En, "", " ")])).await;
        assert_eq!(nothing.unwrap_err().code(), "required");
        let nobody = desk.agent("Uma", &[Role::UserManagementAdmin]).await;
        assert!(matches!(articles::list(app, &nobody, "").await, Err(Error::Forbidden)));
        let (_, stranger) = desk.other_desk().await;
        assert!(matches!(articles::get(app, &stranger, id).await, Err(Error::NotFound(_))));
        let internal = articles::create(app, admin, article(Audience::Internal, true, &texts)).await.unwrap();
        assert!(matches!(articles::get_public(app, desk.desk, internal).await, Err(Error::NotFound(_))));
    }

    async fn an_outage_is_told_once_to_everybody_in_the_own_language(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let hu = ticket_in(&desk, "Tisza", Lang::Hu).await;
        let sv = ticket_in(&desk, "Ek", Lang::Sv).await;
        let over = ticket_in(&desk, "Dal", Lang::En).await;
        let new = incidents::New { service: Service::Microsoft365, title: "Mail is late".into(), started_at: None };
        let id = incidents::declare(app, admin, new).await.unwrap();
        for ticket in [hu.id, sv.id, over.id] {
            incidents::match_ticket(app, admin, id, ticket, true).await.unwrap();
            incidents::match_ticket(app, admin, id, ticket, true).await.unwrap();
        }
        assert_eq!(events(&desk, hu.number).await.iter().filter(|e| matches!(e, Event::Matched { .. })).count(), 1);
        desk.decide(over.id).await;
        tickets::make_move(app, admin, over.id, Action::Close, None).await.unwrap();
        let page = incidents::get(app, admin, id).await.unwrap();
        assert_eq!(page.languages, [(Lang::Sv, 1), (Lang::Hu, 1)]);
        assert_eq!(incidents::list(app, admin).await.unwrap()[0].1, 3);

        let texts: BTreeMap<Lang, String> =
            [(Lang::Hu, "Dolgozunk rajta.".to_owned()), (Lang::En, "We are on it.".to_owned())].into();
        assert_eq!(incidents::update(app, admin, id, texts.clone(), false).await.unwrap(), 3);
        desk.run_jobs().await;
        let outcomes = |n: usize| async move { incidents::get(app, admin, id).await.unwrap().updates[n].1.clone() };
        assert_eq!(outcomes(0).await, [(Informed::Closed, 1), (Informed::NoText, 1), (Informed::Sent, 1)]);
        let replies = |number| { let desk = &desk; async move {
            let all = events(desk, number).await.into_iter();
            all.filter_map(|e| match e { Event::Reply(m) => Some(m.text), _ => None }).collect::<Vec<_>>()
        }};
        assert_eq!(replies(hu.number).await, ["Dolgozunk rajta."]);
        assert_eq!(replies(sv.number).await, Vec::<String>::new(), "nobody gets English unasked");
        desk.wait(SignedDuration::from_mins(1));
        incidents::update(app, admin, id, texts, true).await.unwrap();
        desk.run_jobs().await;
        assert_eq!(outcomes(0).await, [(Informed::Closed, 1), (Informed::InEnglish, 1), (Informed::Sent, 1)]);
        assert_eq!(replies(sv.number).await, ["We are on it."]);

        // They are mails like any other, each once, after the undo time.
        desk.pass(SignedDuration::from_mins(5)).await;
        let mails = desk.sent_mails().await;
        let about = mails.iter().filter(|m| m.purpose == store::outgoing::Purpose::Reply).count();
        assert_eq!(about, 3);

        incidents::change(app, admin, id, "Mail was late", IncidentStatus::Over, 1).await.unwrap();
        assert_eq!(incidents::resolve_all(app, admin, id).await.unwrap(), 2);
        assert_eq!(incidents::resolve_all(app, admin, id).await.unwrap(), 0);
        assert_eq!((state(&desk, hu.id).await, state(&desk, over.id).await), (State::Resolved, State::Closed));
        let decision = diagnosis::view(app, admin, hu.id).await.unwrap().diagnosis.decision.unwrap();
        assert_eq!((decision.verdict, decision.reason.as_str()), (Verdict::Outside, "Mail was late"));

        let helen = desk.agent("Helen", &[Role::HelpdeskAgent]).await;
        let forbidden = incidents::update(app, &helen, id, [(Lang::En, "x".to_owned())].into(), true).await;
        assert!(matches!(forbidden, Err(Error::Forbidden)), "{forbidden:?}");
        let (_, stranger) = desk.other_desk().await;
        assert!(matches!(incidents::get(app, &stranger, id).await, Err(Error::NotFound(_))));
        assert!(matches!(incidents::match_ticket(app, &stranger, id, hu.id, true).await, Err(Error::NotFound(_))));
    }

    async fn service_health_is_mirrored_once_and_shown_to_whom_it_concerns(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let ticket = ticket_in(&desk, "Acme", Lang::En).await;
        let told = |tenants: Option<Vec<String>>, status| incidents::Mirrored {
            external: "EX25194".into(),
            service: Service::Microsoft365,
            title: "Some users can't receive mail".into(),
            status,
            started_at: app.now(),
            ended_at: None,
            tenants,
        };
        let first = incidents::mirror(app, desk.desk, told(None, IncidentStatus::Open)).await.unwrap();
        let again = incidents::mirror(app, desk.desk, told(None, IncidentStatus::Restoring)).await.unwrap();
        assert_eq!(first, again);
        let beside = || { let (ticket, now) = (ticket.clone(), app.now()); async move {
            let ticket = std::sync::Arc::new(ticket);
            let beside: Result<_, Error> = app.store.read(desk.desk, move |tx| {
                let ticket = ticket.clone();
                Box::pin(async move { incidents::beside(tx, &ticket, now).await })
            }).await;
            beside.unwrap()
        }};
        let seen = beside().await;
        assert_eq!((seen.others.len(), seen.others[0].status), (1, IncidentStatus::Restoring));
        let customer = ticket.customer;
        let tenant = store::tenants::Tenant {
            tenant: "0b6a".into(),
            customer,
            cloud: domain::cloud::Cloud::Commercial,
            name: "Acme".into(),
            domain: "acme.onmicrosoft.example".into(),
            delegated_admin: None,
            delegated_until: None,
            seen_at: app.now(),
        };
        let kept: Result<(), store::Error> = app.store.write(desk.desk, move |tx| {
            let tenant = tenant.clone();
            Box::pin(async move { store::tenants::put(tx, &tenant).await })
        }).await;
        kept.unwrap();
        incidents::mirror(app, desk.desk, told(Some(vec!["FFFF".into()]), IncidentStatus::Open)).await.unwrap();
        assert_eq!(beside().await.others, [], "another tenant's");
        incidents::mirror(app, desk.desk, told(Some(vec!["0B6A".into()]), IncidentStatus::Open)).await.unwrap();
        assert_eq!(beside().await.others.len(), 1);
        incidents::match_ticket(app, admin, first, ticket.id, true).await.unwrap();
        let seen = beside().await;
        assert_eq!((seen.matched.len(), seen.others.len()), (1, 0));
        incidents::match_ticket(app, admin, first, ticket.id, false).await.unwrap();
        assert_eq!(beside().await.matched, []);
    }
}
