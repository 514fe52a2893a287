//! Tickets that report a weakness: who learns of them, and who does not, by whatever way.

use app::{
    Agent, Error, audit, diagnosis, handovers, incidents, intake, live, portal, post, reports,
    tickets::{self, Change, Reply, Then},
};
use domain::{
    access::Role,
    id::{AgentId, TicketId},
    party::{
        Sees,
        supplier::{SupplierKind, Way},
    },
    ticket::{
        baseline::{Finding, SECURITY_REPORT},
        diagnosis::Verdict,
        kinds::Service,
        lifecycle::{Action, State},
        timeline::Event,
    },
};
use jiff::SignedDuration;
use store::{
    search::{Only, Order},
    tickets::{Ticket, View},
};
use testkit::{TestDesk, on_both};

use crate::handovers::{complete, supplier};

const SUBJECT: &str = "Thylacine lets everybody read the vault";

fn found(answer: Option<&str>) -> diagnosis::Change {
    diagnosis::Change {
        findings: vec![(Finding::SecurityReport, answer.map(str::to_owned))],
        ..diagnosis::Change::default()
    }
}

/// A desk with an agent who found out, one who did not, and a report of Ada's.
struct Scene {
    desk: TestDesk,
    finder: Agent,
    stranger: Agent,
    ada: app::Contact,
    cleo: app::Contact,
    ticket: Ticket,
}

async fn scene(db: testkit::db::TestDb) -> Scene {
    let desk = TestDesk::new(db).await;
    let finder = desk.agent("Finder", &[Role::HelpdeskAgent]).await;
    let stranger = desk.agent("Stranger", &[Role::AdminAgent]).await;
    let acme = desk.customer("Acme").await;
    let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
    let cleo = desk.contact(acme, "Cleo", "cleo@acme.test", Sees::All).await;
    let raw = desk.mail_from("ada@acme.test", SUBJECT, "Anybody can read the thylacine's vault.").await;
    let ticket = desk.ticket_of(&raw).await;
    Scene { desk, finder, stranger, ada, cleo, ticket }
}

impl Scene {
    async fn close_circle(&self) {
        diagnosis::change(&self.desk.app, &self.finder, self.ticket.id, found(Some("true")), None)
            .await
            .unwrap();
    }

    async fn now(&self) -> Ticket {
        crate::handovers::ticket(&self.desk.app, self.desk.desk, self.ticket.id).await
    }

    async fn listed(&self, who: &Agent, view: View) -> Vec<i64> {
        let (lines, _) = tickets::list(&self.desk.app, who, view, None, 50).await.unwrap();
        lines.into_iter().map(|line| line.number).collect()
    }

    async fn searched(&self, who: &Agent, words: &str) -> Vec<i64> {
        let order = Order::Newest { before: None };
        let page = tickets::search(&self.desk.app, who, words, Only::default(), order, 20).await.unwrap();
        page.found.into_iter().map(|found| found.line.number).collect()
    }

    /// Every way by which an agent could learn of the ticket; those by which it does.
    async fn ways_to(&self, who: &Agent) -> Vec<&'static str> {
        let (app, number, id) = (&self.desk.app, self.ticket.number, self.ticket.id);
        let mut ways = Vec::new();
        let mut note = |way: &'static str, learns: bool| {
            if learns {
                ways.push(way);
            }
        };
        for view in [View::All, View::Due, View::Unassigned] {
            note("list", self.listed(who, view).await.contains(&number));
        }
        if let Some(customer) = self.ticket.customer {
            note("customer", self.listed(who, View::Customer(customer)).await.contains(&number));
        }
        note("search", self.searched(who, "thylacine").await.contains(&number));
        note("number", self.searched(who, &format!("#{number}")).await.contains(&number));
        note("count", tickets::counts(app, who).await.unwrap().all > 0);
        note("page", tickets::view(app, who, number).await.is_ok());
        note("diagnosis", diagnosis::view(app, who, id).await.is_ok());
        note("change", tickets::note(app, who, id, "seen", vec![]).await.is_ok());
        let incidents = incidents::list(app, who).await.unwrap();
        note("incident", incidents.iter().any(|(_, tickets)| *tickets > 0));
        if let Ok(sent) = post::sent(app, who, None, 50).await {
            note("sent mail", sent.iter().any(|(mail, _)| mail.ticket == Some(id)));
            for (mail, _) in post::sent(app, &self.desk.admin, None, 50).await.unwrap() {
                note("sent bytes", mail.ticket == Some(id) && post::raw(app, who, mail.id).await.is_ok());
            }
            let taken = intake::list(app, who, store::inbox::State::Done, None, 50).await.unwrap();
            note("mail in", taken.iter().any(|raw| raw.ticket == Some(id)));
        }
        if let Ok(log) = audit::log(app, who, None).await {
            note("audit", log.iter().any(|row| row.subject == id.to_string()));
        }
        if let Ok(lines) = reports::baseline(app, who, None, None).await {
            note("report", lines.iter().any(|line| line.outside > 0));
        }
        ways.dedup();
        ways
    }

    async fn let_in(&self, who: &Agent, whom: AgentId) -> app::Result<()> {
        tickets::change_circle(&self.desk.app, who, self.ticket.id, vec![whom], vec![], None).await
    }
}

fn decided() -> diagnosis::Change {
    let decide = diagnosis::Decide { verdict: Verdict::Outside, category: None, reason: "Not ours".into() };
    diagnosis::Change { decision: Some(decide), ..diagnosis::Change::default() }
}

on_both! {
    async fn only_named_people_learn_of_a_security_report(db) {
        let scene = scene(db).await;
        let (app, id) = (&scene.desk.app, scene.ticket.id);
        let new = incidents::New { service: Service::Microsoft365, title: "Vault".into(), started_at: None };
        let incident = incidents::declare(app, &scene.desk.admin, new).await.unwrap();
        incidents::match_ticket(app, &scene.desk.admin, incident, id, true).await.unwrap();
        diagnosis::change(app, &scene.finder, id, decided(), None).await.unwrap();
        let before = scene.ways_to(&scene.stranger).await;
        assert_eq!(before, [
            "list", "customer", "search", "number", "count", "page", "diagnosis", "change", "incident",
            "sent mail", "sent bytes", "mail in", "audit", "report",
        ], "as long as nobody knows what it is, roles say who sees it");

        scene.close_circle().await;
        assert_eq!(scene.ways_to(&scene.stranger).await, [""; 0]);
        let finder = scene.ways_to(&scene.finder).await;
        assert_eq!(finder, before[..12], "whoever found it out is let in");
        assert_eq!(scene.ways_to(&scene.desk.admin).await, before, "and the Global admin, as the policy says");
        let absent = tickets::view(app, &scene.stranger, 4_711).await.unwrap_err();
        let hidden = tickets::view(app, &scene.stranger, scene.ticket.number).await.unwrap_err();
        assert_eq!(format!("{absent:?}"), format!("{hidden:?}"), "as what is not there");

        // In the portal whoever asked sees it, and a colleague who sees all does not.
        assert!(portal::view(app, &scene.ada, scene.ticket.number, None).await.is_ok());
        assert!(portal::view(app, &scene.cleo, scene.ticket.number, None).await.is_err());
        let (lines, _) = portal::list(app, &scene.cleo, Sees::All, None, 50).await.unwrap();
        assert_eq!(lines.len(), 0);

        // Who is let in by name sees it, and by whom is on record.
        scene.let_in(&scene.finder, scene.stranger.id).await.unwrap();
        assert_eq!(scene.ways_to(&scene.stranger).await, before);
        let view = tickets::view(app, &scene.stranger, scene.ticket.number).await.unwrap();
        let let_in = view.entries.iter().rev().find(|e| matches!(e.event, Event::Circle { .. })).unwrap();
        assert_eq!(let_in.actor, scene.finder.actor());
        let event = Event::Circle { closed: true, let_in: vec![scene.stranger.id], put_out: vec![] };
        assert_eq!(let_in.event, event);
        let log = audit::log(app, &scene.stranger, None).await.unwrap();
        let by_name = scene.stranger.id.to_string();
        let row = log.iter().find(|row| row.data["let_in"][0].as_str() == Some(by_name.as_str())).unwrap();
        assert_eq!((row.action.as_str(), row.actor_id), ("ticket.circle", Some(scene.finder.id.uuid())));

        tickets::change_circle(app, &scene.finder, id, vec![], vec![scene.stranger.id], None).await.unwrap();
        assert_eq!(scene.ways_to(&scene.stranger).await, [""; 0], "until it is put out");
        let to = Change { assignee: Some(Some(scene.stranger.id)), ..Change::default() };
        tickets::change(app, &scene.finder, id, to, None).await.unwrap();
        assert!(scene.ways_to(&scene.stranger).await.contains(&"page"), "whoever has it sees it");
        let to = Change { assignee: Some(None), ..Change::default() };
        tickets::change(app, &scene.finder, id, to, None).await.unwrap();

        // It was none after all.
        diagnosis::change(app, &scene.finder, id, found(Some("false")), None).await.unwrap();
        assert_eq!(scene.ways_to(&scene.stranger).await, before);
        assert_eq!(tickets::counts(app, &scene.stranger).await.unwrap().all, 1, "and is counted once");
    }

    async fn who_may_let_in_and_whom(db) {
        let scene = scene(db).await;
        let app = &scene.desk.app;
        let sales = scene.desk.agent("Sales", &[Role::SalesAgent]).await;
        let none = scene.let_in(&scene.finder, scene.stranger.id).await.unwrap_err();
        assert!(matches!(none, Error::Refused("no-circle")), "{none:?}");
        scene.close_circle().await;
        let hidden = scene.let_in(&scene.stranger, scene.stranger.id).await.unwrap_err();
        assert!(matches!(hidden, Error::NotFound(_)), "nobody lets itself in: {hidden:?}");
        let less = scene.let_in(&scene.finder, sales.id).await.unwrap_err();
        assert!(matches!(less, Error::Invalid { field: "let_in", .. }), "{less:?}");
        let version = scene.now().await.version;
        scene.let_in(&scene.finder, scene.finder.id).await.unwrap();
        assert_eq!(scene.now().await.version, version, "who is in stays in, and nothing is noted");
        // Who decides that it is one has said that it is one.
        let raw = scene.desk.mail_from("ada@acme.test", "Another hole", "Elsewhere.").await;
        let other = scene.desk.ticket_of(&raw).await;
        let decide = diagnosis::Decide {
            verdict: Verdict::Outside,
            category: Some(SECURITY_REPORT.into()),
            reason: String::new(),
        };
        let decide = diagnosis::Change { decision: Some(decide), ..diagnosis::Change::default() };
        diagnosis::change(app, &scene.finder, other.id, decide, None).await.unwrap();
        assert!(tickets::view(app, &scene.stranger, other.number).await.is_err());
    }

    async fn it_goes_to_no_supplier_into_no_other_ticket_and_is_no_example(db) {
        let scene = scene(db).await;
        let (app, id) = (&scene.desk.app, scene.ticket.id);
        let outsourcer =
            supplier(app, scene.desk.desk, SupplierKind::Outsourcer, Way::Portal, "").await;
        scene.close_circle().await;
        for then in [handovers::Then::Keep, handovers::Then::Offer] {
            let refused = handovers::hand_over(app, &scene.finder, id, complete(outsourcer), then).await.unwrap_err();
            assert!(matches!(refused, Error::Refused("security-report")), "{refused:?}");
        }
        let panel = handovers::panel(app, &scene.finder, id).await.unwrap().unwrap();
        assert_eq!(panel.choices.len(), 0);

        let raw = scene.desk.mail_from("ada@acme.test", SUBJECT, "The thylacine's vault, once more.").await;
        let alike = scene.desk.ticket_of(&raw).await;
        for (from, into) in [(id, alike.number), (alike.id, scene.ticket.number)] {
            let refused = tickets::merge(app, &scene.finder, from, into, None).await.unwrap_err();
            assert!(matches!(refused, Error::Refused("security-report")), "{refused:?}");
        }
        let finder = scene.finder.clone();
        let similar: app::Result<Vec<tickets::Similar>> = app
            .store
            .read(scene.desk.desk, move |tx| {
                let (finder, alike) = (finder.clone(), alike.clone());
                Box::pin(async move { tickets::similar(tx, &finder, &alike, 5).await })
            })
            .await;
        assert_eq!(similar.unwrap().len(), 0, "not even for whoever may see it");
    }

    async fn notices_and_pages_that_watch_tell_nobody_else(db) {
        let scene = scene(db).await;
        let (app, desk) = (&scene.desk.app, &scene.desk);
        scene.close_circle().await;
        let cursor = app.live.cursor(desk.desk);
        tickets::note(app, &scene.finder, scene.ticket.id, "Look", vec![]).await.unwrap();
        let (_, missed) = app.live.watch(desk.desk, cursor);
        let live::Missed::These(news) = missed else { panic!("{missed:?}") };
        assert!(news.iter().all(|news| news.change.has_circle), "each reader is asked for");

        // A week in which its promises are broken.
        desk.pass(SignedDuration::from_hours(24 * 7)).await;
        let told: Vec<String> = desk.sent_mails().await.into_iter().flat_map(|mail| mail.to).collect();
        assert!(!told.contains(&scene.stranger.email.to_string()), "{told:?}");
    }

    async fn what_goes_on_from_it_is_shown_to_the_same_people(db) {
        let scene = scene(db).await;
        let (app, id) = (&scene.desk.app, scene.ticket.id);
        scene.close_circle().await;
        scene.desk.decide(id).await;
        let reply = Reply { text: "Report it there.".into(), then: Then::Resolve, ..Reply::default() };
        tickets::reply(app, &scene.finder, id, reply).await.unwrap();
        scene.desk.pass(SignedDuration::from_mins(5)).await;
        tickets::make_move(app, &scene.finder, id, Action::Close, None).await.unwrap();
        assert_eq!(scene.now().await.state, State::Closed);
        let sent = scene.desk.sent_mails().await;
        let answer = sent.iter().rev().find(|mail| mail.to == ["ada@acme.test"]).unwrap();
        let raw = format!(
            "From: ada@acme.test\nTo: {}\nSubject: Re: {SUBJECT}\nMessage-ID: <again@acme.test>\nIn-Reply-To: <{}>\n\n\
             The thylacine is still at large.\n",
            testkit::MAILBOX,
            answer.mail.message_id.as_deref().unwrap_or_default().trim_matches(['<', '>']),
        );
        let taken = scene.desk.mail_in(&raw).await;
        let next: TicketId = taken.ticket.unwrap();
        assert_ne!(next, id);
        let next = crate::handovers::ticket(app, scene.desk.desk, next).await;
        assert_eq!(next.parent, Some(id));
        assert!(tickets::view(app, &scene.finder, next.number).await.is_ok());
        assert!(tickets::view(app, &scene.stranger, next.number).await.is_err());
        // What is asked of it first does not open it.
        let broken = diagnosis::Change {
            findings: vec![(Finding::BreakFix, Some("true".into()))],
            ..diagnosis::Change::default()
        };
        diagnosis::change(app, &scene.finder, next.id, broken, None).await.unwrap();
        assert!(tickets::view(app, &scene.stranger, next.number).await.is_err());
    }
}
