//! What time alone brings is told once, to those whom it concerns.

use app::{
    Agent, App, people,
    tickets::{self, Change, NewTicket, Reply, Then},
};
use domain::{
    access::Role,
    id::{ContactId, TicketId},
    party::Sees,
    ticket::{
        kinds::{Channel, Kind, Service, Severity},
        notice::Occasion,
        timeline::Event,
    },
};
use jiff::SignedDuration;
use store::outgoing::Purpose;
use testkit::{TestDesk, on_both};

/// A call that an agent takes; B is answered by 13:00, and warned of at 12:12.
async fn call(app: &App, agent: &Agent, contact: ContactId, subject: &str, take: bool) -> tickets::Opened {
    let new = NewTicket {
        channel: Channel::Phone,
        contact: Some(contact),
        customer: None,
        kind: Kind::Technical,
        service: Service::Microsoft365,
        severity: Severity::B,
        subject: subject.into(),
        text: "x".into(),
        files: Vec::new(),
        take,
        acknowledge: false,
    };
    tickets::file_for_customer(app, agent, new).await.unwrap()
}

async fn contact(desk: &TestDesk) -> ContactId {
    let acme = desk.customer("Acme").await;
    desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await.id
}

/// The notices that an agent got, oldest first.
async fn letters(desk: &TestDesk, agent: &Agent) -> Vec<String> {
    let mails = desk.sent_mails().await;
    let theirs = mails.into_iter().filter(|mail| {
        mail.purpose == Purpose::Notification && mail.to.iter().any(|to| to == agent.email.as_str())
    });
    theirs.filter_map(|mail| mail.mail.subject).collect()
}

/// What the timeline of a ticket says was told.
async fn told(desk: &TestDesk, number: i64) -> Vec<(Occasion, usize)> {
    let view = tickets::view(&desk.app, &desk.admin, number).await.unwrap();
    let told = view.entries.into_iter().filter_map(|entry| match entry.event {
        Event::Told { occasion, agents } => Some((occasion, agents.len())),
        _ => None,
    });
    told.collect()
}

async fn switch_off(desk: &TestDesk, agent: &Agent, off: &[Occasion]) {
    let prefs = store::people::Prefs { notices_off: off.to_vec(), ..agent.prefs.clone() };
    let profile = people::Profile {
        name: agent.name.clone(),
        lang: agent.lang,
        timezone: "Europe/Berlin".into(),
        prefs,
    };
    people::update_profile(&desk.app, agent, profile).await.unwrap();
}

on_both! {
    async fn whoever_has_a_ticket_is_warned_and_then_told_once(db) {
        let desk = TestDesk::new(db).await;
        let ada = contact(&desk).await;
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let opened = call(&desk.app, &helga, ada, "Disk", true).await;
        let before = |minutes| SignedDuration::from_mins(minutes);
        desk.pass(before(3 * 60 + 12)).await;
        assert_eq!(letters(&desk, &helga).await, [""; 0], "not yet at the moment itself");
        desk.pass(before(1)).await;
        assert_eq!(letters(&desk, &helga).await, [format!("[#{}] Due soon: Disk", opened.number)]);
        for _ in 0..3 {
            desk.pass(before(10)).await;
        }
        assert_eq!(letters(&desk, &helga).await.len(), 1);
        desk.pass(before(20)).await;
        assert_eq!(letters(&desk, &helga).await[1..], [format!("[#{}] Overdue: Disk", opened.number)]);
        desk.pass(before(200)).await;
        assert_eq!(letters(&desk, &helga).await.len(), 2, "once");
        assert_eq!(told(&desk, opened.number).await, [(Occasion::DueSoon, 1), (Occasion::Overdue, 1)]);
        assert_eq!(letters(&desk, &desk.admin).await, [""; 0], "it is hers");
    }

    async fn what_was_answered_in_time_is_not_told(db) {
        let desk = TestDesk::new(db).await;
        let ada = contact(&desk).await;
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let opened = call(&desk.app, &helga, ada, "Disk", true).await;
        desk.pass(SignedDuration::from_mins(60)).await;
        let reply = Reply { text: "Done".into(), then: Then::Wait, ..Reply::default() };
        tickets::reply(&desk.app, &helga, opened.id, reply).await.unwrap();
        for _ in 0..6 {
            desk.pass(SignedDuration::from_hours(12)).await;
        }
        assert_eq!(told(&desk, opened.number).await, []);
    }

    async fn what_lies_unassigned_is_told_to_all_or_the_team(db) {
        let desk = TestDesk::new(db).await;
        let ada = contact(&desk).await;
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let quiet = desk.agent("Quiet", &[Role::HelpdeskAgent]).await;
        let billing = desk.agent("Bert", &[Role::BillingAdmin]).await;
        switch_off(&desk, &quiet, &[Occasion::Unassigned]).await;
        let opened = call(&desk.app, &helga, ada, "Nobody's", false).await;
        let others = call(&desk.app, &helga, ada, "The team's", false).await;
        let team = people::add_team(&desk.app, &desk.admin, "Cloud").await.unwrap();
        people::set_members(&desk.app, &desk.admin, team, vec![helga.id, quiet.id]).await.unwrap();
        let to = Change { team: Some(Some(team)), ..Change::default() };
        tickets::change(&desk.app, &desk.admin, others.id, to, None).await.unwrap();
        desk.pass(SignedDuration::from_mins(29)).await;
        assert_eq!(told(&desk, opened.number).await, []);
        desk.pass(SignedDuration::from_mins(2)).await;
        assert_eq!(told(&desk, opened.number).await, [(Occasion::Unassigned, 2)]);
        assert_eq!(told(&desk, others.number).await, [(Occasion::Unassigned, 1)]);
        assert_eq!((letters(&desk, &desk.admin).await.len(), letters(&desk, &helga).await.len()), (1, 2));
        assert_eq!((letters(&desk, &quiet).await.len(), letters(&desk, &billing).await.len()), (0, 0));
        // Another desk hears nothing, and a desk may switch it off.
        let (settings, version) = app::desks::settings(&desk.app, &desk.admin).await.map(|(_, s, v)| (s, v)).unwrap();
        let never = store::people::Settings { unassigned_minutes: None, ..settings };
        app::desks::update_settings(&desk.app, &desk.admin, "Nordwind", never, version).await.unwrap();
        let third = call(&desk.app, &helga, ada, "Third", false).await;
        desk.pass(SignedDuration::from_mins(60)).await;
        assert_eq!(told(&desk, third.number).await, []);
    }

    async fn a_desk_warns_as_early_as_it_says(db) {
        let desk = TestDesk::new(db).await;
        let ada = contact(&desk).await;
        let (_, settings, version) = app::desks::settings(&desk.app, &desk.admin).await.unwrap();
        for (minutes, fine) in [(Some(0), false), (Some(10_001), false), (Some(120), true)] {
            let settings = store::people::Settings { warn_minutes: minutes, ..settings.clone() };
            let set = app::desks::update_settings(&desk.app, &desk.admin, "Nordwind", settings, version).await;
            assert_eq!(set.is_ok(), fine, "{minutes:?}");
        }
        let opened = call(&desk.app, &desk.admin, ada, "Disk", true).await;
        desk.pass(SignedDuration::from_mins(120)).await;
        assert_eq!(told(&desk, opened.number).await, []);
        desk.pass(SignedDuration::from_mins(1)).await;
        assert_eq!(told(&desk, opened.number).await, [(Occasion::DueSoon, 1)]);
    }

    async fn a_new_severity_is_told_by_its_own_promises(db) {
        let desk = TestDesk::new(db).await;
        let ada = contact(&desk).await;
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let opened = call(&desk.app, &helga, ada, "Disk", true).await;
        desk.pass(SignedDuration::from_mins(90)).await;
        assert_eq!(told(&desk, opened.number).await, []);
        // A is answered within an hour of the opening.
        let to = Change { severity: Some(Severity::A), ..Change::default() };
        tickets::change(&desk.app, &desk.admin, opened.id, to, None).await.unwrap();
        desk.pass(SignedDuration::from_mins(1)).await;
        assert_eq!(told(&desk, opened.number).await, [(Occasion::Overdue, 1)]);
    }

    async fn after_a_downtime_there_is_no_storm(db) {
        let desk = TestDesk::new(db).await;
        let ada = contact(&desk).await;
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let mut numbers = Vec::new();
        for n in 0..15 {
            numbers.push(call(&desk.app, &helga, ada, &format!("Disk {n}"), true).await.number);
        }
        // Nothing runs for a day and an hour.
        desk.pass(SignedDuration::from_hours(25)).await;
        assert_eq!(letters(&desk, &helga).await.len(), 10);
        for number in numbers {
            let told = told(&desk, number).await;
            assert!(matches!(told[..], [(Occasion::Overdue, 0 | 1)]), "the gravest alone: {told:?}");
        }
        desk.pass(SignedDuration::from_mins(5)).await;
        assert_eq!(letters(&desk, &helga).await.len(), 10, "and not later either");
    }

    async fn two_processes_tell_once(db) {
        let desk = TestDesk::new(db).await;
        let ada = contact(&desk).await;
        let opened = call(&desk.app, &desk.admin, ada, "Disk", true).await;
        let id: TicketId = opened.id;
        desk.wait(SignedDuration::from_mins(200));
        let other = desk.another_process();
        let (one, two) = tokio::join!(app::jobs::round(&desk.app, "one"), app::jobs::round(&other, "two"));
        one.unwrap();
        two.unwrap();
        desk.run_jobs().await;
        assert_eq!(told(&desk, opened.number).await, [(Occasion::DueSoon, 1)]);
        assert_eq!(letters(&desk, &desk.admin).await.len(), 1, "{id}");
    }
}
