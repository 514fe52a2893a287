//! What is handed to Microsoft: filed as a support request for Azure, or by a person; followed, said and answered there.

use app::{
    Agent, Error,
    handovers::{self, Draft, LegView, Then, Topics},
    microsoft::{self, State as Stands, azure},
    tickets::{self, NewTicket, Reply},
};
use domain::{
    access::Role,
    handover::{Leg, followed::Status},
    id::{HandoverId, SupplierId, TicketId},
    party::{
        Sees,
        supplier::{SupplierKind, Way},
    },
    ticket::{
        diagnosis::Evidence,
        kinds::{Channel, Kind, Service, Severity},
        lifecycle::{Action, State},
        notice::Occasion,
        timeline::Event,
    },
};
use jiff::SignedDuration;
use microsoft_sim::{Fault, FaultKind};
use store::outgoing::Purpose;
use testkit::{db::TestDb, on_both};

use super::{complete, supplier, ticket};
use crate::microsoft::Connected;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
type Make = fn() -> FaultKind;

/// A connected desk with an agent and Microsoft as a supplier; all is read.
struct Home {
    at: Connected,
    helga: Agent,
    to: SupplierId,
}

impl Home {
    async fn new(db: TestDb, way: Way, address: &str) -> Self {
        let at = Connected::new(db).await;
        at.desk.run_jobs().await;
        let helga = at.desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let to = supplier(&at.desk.app, at.desk.desk, SupplierKind::Microsoft, way, address).await;
        Self { at, helga, to }
    }

    async fn request(&self, service: Service) -> TicketId {
        let desk = &self.at.desk;
        let name = format!("Acme{}", service.word().len());
        let acme = desk.customer(&name).await;
        let ada = desk.contact(acme, "Ada Kovács", &format!("ada@{name}.test"), Sees::Own).await;
        let new = NewTicket {
            channel: Channel::Phone,
            contact: Some(ada.id),
            customer: None,
            kind: Kind::Technical,
            service,
            severity: Severity::A,
            subject: "A gép nem válaszol".into(),
            text: "Ada Kovács nem éri el a gépet.".into(),
            files: Vec::new(),
            take: true,
            acknowledge: false,
        };
        let opened = tickets::file_for_customer(&desk.app, &self.helga, new).await.unwrap();
        tickets::note(&desk.app, &self.helga, opened.id, "giraffe: they did not pay", vec![]).await.unwrap();
        opened.id
    }

    /// All that Microsoft wants of a request for Azure.
    async fn whole(&self) -> Draft {
        let (tenant, subscription) = self.at.sim.world(|world| world.azure_subscription("Bergmann")).unwrap();
        let (app, own) = (&self.at.desk.app, self.at.desk.desk);
        let services = azure::services(app, own, tenant).await.unwrap();
        let problems = azure::problems(app, own, tenant, &services[0].name).await.unwrap();
        let mut draft = complete(self.to);
        draft.evidence.insert(Evidence::TenantId, tenant.to_string());
        draft.evidence.insert(Evidence::SubscriptionId, subscription.to_string());
        draft.evidence.insert(Evidence::BusinessImpact, "Production stands still".into());
        draft.topics = Some(Topics { service: services[0].id.clone(), problem: problems[0].id.clone() });
        draft
    }

    async fn hand_over(&self, ticket: TicketId, draft: Draft) -> HandoverId {
        handovers::hand_over(&self.at.desk.app, &self.helga, ticket, draft, Then::Offer).await.unwrap()
    }

    async fn leg(&self, ticket: TicketId) -> LegView {
        let panel = handovers::panel(&self.at.desk.app, &self.helga, ticket).await.unwrap().unwrap();
        panel.legs.into_iter().next().unwrap()
    }

    fn fault(&self, method: &str, fault: Fault) {
        let fault = Fault { method: Some(method.into()), ..fault };
        self.at.sim.world(|world| world.faults.push(fault));
    }

    async fn events(&self, id: TicketId) -> Vec<Event> {
        let app = &self.at.desk.app;
        let number = ticket(app, self.at.desk.desk, id).await.number;
        let view = tickets::view(app, &self.helga, number).await.unwrap();
        view.entries.into_iter().map(|entry| entry.event).collect()
    }

    async fn heard(&self, id: TicketId) -> Vec<String> {
        let of = |event| match event {
            Event::FromPartner { text, .. } => Some(text),
            _ => None,
        };
        self.events(id).await.into_iter().filter_map(of).collect()
    }

    async fn told(&self) -> usize {
        let mails = self.at.desk.sent_mails().await;
        let hers = mails.iter().filter(|mail| mail.to[0].starts_with("helga"));
        hers.filter(|mail| mail.purpose == Purpose::Notification).count()
    }

    /// How often somebody was told that it does not go on.
    async fn stuck(&self, id: TicketId) -> usize {
        let stuck = |event: &Event| matches!(event, Event::Told { occasion: Occasion::SupplierStuck, .. });
        self.events(id).await.iter().filter(|event| stuck(event)).count()
    }

    /// What was said by us on the only request for Azure, as Microsoft has it.
    fn said_in_log(&self, part: &str) -> usize {
        self.at.sim.world(|world| {
            world.log.iter().filter(|seen| seen.method == "PUT" && seen.target.contains(part)).count()
        })
    }
}

on_both! {
    async fn a_request_for_azure_is_filed_once_followed_and_comes_back(db) {
        let home = Home::new(db, Way::AzureSupport, "").await;
        let (at, app) = (&home.at, &home.at.desk.app);
        let mine = home.request(Service::Azure).await;
        let draft = home.whole().await;
        for fault in [
            Fault::next(FaultKind::Throttled(Some("30".into()))).on("supportTickets"),
            Fault::next(FaultKind::Reset).on("supportTickets"),
            Fault::next(FaultKind::Status(502)).on("supportTickets").after_effect(),
        ] {
            home.fault("PUT", fault);
        }
        let leg = home.hand_over(mine, draft).await;
        assert_eq!(home.leg(mine).await.leg.state, Leg::Offered, "until it is filed we have it");
        for _ in 0..12 {
            at.pass(MINUTE).await;
        }
        let filed = home.leg(mine).await;
        assert_eq!(filed.leg.state, Leg::InProgress);
        assert_eq!((filed.leg.number.len(), filed.following.as_ref().unwrap().state), (15, Stands::Current));
        let there = at.sim.world(|world| world.azure_filed());
        assert_eq!(there.len(), 1, "{there:?}");
        at.sim.world(|world| world.faults.clear());

        // What we say goes there once, through whatever goes wrong; notes stay here.
        home.fault("PUT", Fault::next(FaultKind::Reset).on("communications").after_effect());
        home.fault("PUT", Fault::next(FaultKind::HalfBody).on("communications").after_effect());
        handovers::tell(app, &home.helga, leg, "It began after an update").await.unwrap();
        handovers::change_severity(app, &home.helga, leg, Severity::B).await.unwrap();
        for _ in 0..6 {
            at.pass(MINUTE).await;
        }
        assert_eq!(home.leg(mine).await.following.unwrap().waiting, 0);
        let name = there[0].0.clone();
        assert!(at.sim.world(|world| world.azure_says(&name, "<p>Which <b>update</b>?</p>", false)));
        at.pass(SignedDuration::from_mins(6)).await;
        assert_eq!(home.heard(mine).await, ["Which update?"]);
        assert_eq!(home.leg(mine).await.leg.state, Leg::InProgress);

        // It comes back, and the customer is told before it ends.
        assert!(at.sim.world(|world| world.azure_says(&name, "Restart it", true)));
        at.pass(SignedDuration::from_mins(6)).await;
        let back = home.leg(mine).await;
        assert_eq!((back.leg.state, back.leg.answer.as_str()), (Leg::Returned, "Restart it"));
        assert_eq!(ticket(app, at.desk.desk, mine).await.state, State::Open);
        let early = tickets::make_move(app, &home.helga, mine, Action::Resolve, None).await;
        assert!(matches!(early, Err(Error::Refused("customer-not-told"))));
        assert!(home.told().await >= 2);

        // Asked again it is Microsoft's once more, until something new is said there.
        handovers::send_back(app, &home.helga, leg, "It did not help").await.unwrap();
        at.pass(SignedDuration::from_mins(10)).await;
        assert_eq!(home.leg(mine).await.leg.state, Leg::SentBack, "that it is closed is not news");
        assert!(at.sim.world(|world| world.azure_says(&name, "Then replace it", false)));
        at.pass(SignedDuration::from_mins(10)).await;
        let back = home.leg(mine).await;
        assert_eq!((back.leg.state, back.leg.answer.as_str()), (Leg::Returned, "Then replace it"));
        assert_eq!(home.heard(mine).await.len(), 3);
        let words = home.said_in_log("communications");
        assert!((2..=5).contains(&words), "{words}: each until it was known to be there");
        let reply = Reply { text: "Kész".into(), then: tickets::Then::Resolve, ..Reply::default() };
        tickets::reply(app, &home.helga, mine, reply).await.unwrap();
        at.pass(SignedDuration::from_mins(2)).await;
        let asked = at.asked("supportTickets");
        at.pass(SignedDuration::from_hours(2)).await;
        assert_eq!(at.asked("supportTickets"), asked, "nothing follows any more");
        assert!(!at.sim.world(|world| format!("{:?}", world.azure_filed())).contains("Ada"));
    }

    async fn what_microsoft_would_not_know_is_asked_for_first(db) {
        let home = Home::new(db, Way::AzureSupport, "").await;
        let app = &home.at.desk.app;
        let mine = home.request(Service::Azure).await;
        let draft = Draft { topics: None, ..home.whole().await };
        let early = handovers::hand_over(app, &home.helga, mine, draft.clone(), Then::Offer).await;
        assert!(matches!(early, Err(Error::Refused("azure-incomplete"))));
        handovers::hand_over(app, &home.helga, mine, draft.clone(), Then::Keep).await.unwrap();
        let panel = handovers::panel(app, &home.helga, mine).await.unwrap().unwrap();
        let filing = panel.filing.unwrap();
        assert!(!filing.services.is_empty() && filing.problems.is_empty(), "{filing:?}");
        let service = filing.services[0].id.clone();
        let chosen = |problem: &str| Some(Topics { service: service.clone(), problem: problem.into() });
        let draft = Draft { topics: chosen(""), ..draft };
        handovers::hand_over(app, &home.helga, mine, draft.clone(), Then::Keep).await.unwrap();
        let panel = handovers::panel(app, &home.helga, mine).await.unwrap().unwrap();
        let problem = panel.filing.unwrap().problems[0].id.clone();
        let foreign = Draft { topics: chosen("/providers/Microsoft.Support/services/x/problemClassifications/y"), ..draft.clone() };
        let refused = handovers::hand_over(app, &home.helga, mine, foreign, Then::Offer).await;
        assert!(matches!(refused, Err(Error::Refused("azure-incomplete"))), "of another service");
        let nowhere = app::Agent { zone: jiff::tz::TimeZone::UTC, ..home.helga.clone() };
        let whole = Draft { topics: chosen(&problem), ..draft };
        let refused = handovers::hand_over(app, &nowhere, mine, whole.clone(), Then::Offer).await;
        assert!(matches!(refused, Err(Error::Refused("azure-no-place"))), "no country is guessed: {refused:?}");
        home.hand_over(mine, whole).await;
        home.at.desk.run_jobs().await;
        assert_eq!(home.leg(mine).await.leg.state, Leg::InProgress);

        // Anything but Azure goes through the portal, whatever the supplier is set to.
        let other = home.request(Service::Microsoft365).await;
        let mut draft = complete(home.to);
        draft.evidence.insert(Evidence::BusinessImpact, "All of it".into());
        home.hand_over(other, draft).await;
        let leg = home.leg(other).await;
        assert_eq!(leg.leg.way, Way::Portal);
        let link = leg.portal.unwrap();
        assert!(link.contains("CTID=0b6a3c9e-2f0d-4b8a-9a3e-5d5a7f0f1c11&"), "{link}");
    }

    async fn what_does_not_go_on_is_a_state_and_a_person_is_told(db) {
        let home = Home::new(db, Way::AzureSupport, "").await;
        let (at, app) = (&home.at, &home.at.desk.app);
        let mine = home.request(Service::Azure).await;
        let draft = home.whole().await;
        at.act("DELETE", "/simulator/consents", "").await;
        at.pass(SignedDuration::from_hours(1)).await;
        let leg = home.hand_over(mine, draft).await;
        at.desk.run_jobs().await;
        let following = home.leg(mine).await.following.unwrap();
        assert_eq!(following.state, Stands::Consent, "{following:?}");
        assert_eq!(home.stuck(mine).await, 1);
        at.pass(MINUTE).await;
        assert_eq!(home.stuck(mine).await, 1, "once");
        let settings = at.settings(domain::cloud::Cloud::Commercial);
        let version = at.connection().await.version;
        microsoft::save(app, &at.desk.admin, settings, Some(version)).await.unwrap();
        at.pass(MINUTE).await;
        assert_eq!(home.leg(mine).await.leg.state, Leg::InProgress, "it goes on by itself");

        // A refusal is Microsoft's word; it is told, and what can be read is read.
        let kinds: [(Make, Stands); 4] = [
            (|| FaultKind::Throttled(Some("120".into())), Stands::Throttled),
            (|| FaultKind::Unavailable("60".into()), Stands::Throttled),
            (|| FaultKind::Status(500), Stands::Failing),
            (|| FaultKind::Reset, Stands::Failing),
        ];
        for (kind, state) in kinds {
            home.fault("GET", Fault::next(kind()).on("supportTickets"));
            handovers::check(app, &home.helga, leg).await.unwrap();
            at.desk.run_jobs().await;
            assert_eq!(home.leg(mine).await.following.unwrap().state, state, "{:?}", kind());
            at.pass(SignedDuration::from_mins(5)).await;
            assert_eq!(home.leg(mine).await.following.unwrap().state, Stands::Current, "{:?}", kind());
        }
        assert_eq!(at.sim.world(|world| world.azure_filed().len()), 1);
    }

    async fn what_is_taken_back_while_nobody_knows_is_ended_there(db) {
        let home = Home::new(db, Way::AzureSupport, "").await;
        let (at, app) = (&home.at, &home.at.desk.app);
        let mine = home.request(Service::Azure).await;
        let draft = home.whole().await;
        home.fault("PUT", Fault::next(FaultKind::Reset).on("supportTickets").after_effect());
        let leg = home.hand_over(mine, draft.clone()).await;
        at.desk.run_jobs().await;
        assert_eq!(home.leg(mine).await.leg.state, Leg::Offered);
        handovers::withdraw(app, &home.helga, leg).await.unwrap();
        at.pass(SignedDuration::from_mins(15)).await;
        let ended = home.events(mine).await.into_iter().any(|event| {
            matches!(event, Event::Followed { status: Status::Closed, .. })
        });
        assert!(ended, "{:?}", home.events(mine).await);

        // Without a support plan nothing is filed, and that is said.
        at.sim.world(|world| world.azure_support(SignedDuration::ZERO, None));
        home.hand_over(mine, draft).await;
        at.desk.run_jobs().await;
        let following = home.leg(mine).await.following.unwrap();
        assert_eq!(following.state, Stands::Refused);
        assert!(following.detail.contains("support plan"), "{following:?}");
        assert_eq!(home.stuck(mine).await, 1);
        // Nobody takes it in its time.
        at.pass(SignedDuration::from_hours(5)).await;
        assert_eq!(home.leg(mine).await.leg.state, Leg::Expired);
        assert_eq!(home.stuck(mine).await, 1);
        assert_eq!(at.sim.world(|world| world.azure_filed().len()), 1);
    }
}

on_both! {
    async fn a_request_that_a_person_filed_is_followed_from_then_on(db) {
        let home = Home::new(db, Way::Portal, "").await;
        let (at, app) = (&home.at, &home.at.desk.app);
        let mine = home.request(Service::Microsoft365).await;
        let mut draft = complete(home.to);
        draft.evidence.insert(Evidence::BusinessImpact, "Nobody gets mail".into());
        let leg = home.hand_over(mine, draft).await;
        let customer = at.sim.world(|world| world.azure_subscription("Bergmann")).unwrap().0;
        let now = app.now();
        let number = at.sim.world(|world| world.file(customer, "Mail", "No mail", "critical", "Exchange", now)).unwrap();

        // A number that is Microsoft's of nothing is told, and can be put right.
        handovers::filed(app, &home.helga, leg, "999999999999999").await.unwrap();
        at.desk.run_jobs().await;
        assert_eq!(home.leg(mine).await.following.unwrap().state, Stands::Refused);
        assert_eq!(home.told().await, 1);
        handovers::filed(app, &home.helga, leg, &number).await.unwrap();
        at.desk.run_jobs().await;
        let following = home.leg(mine).await.following.unwrap();
        assert_eq!((following.state, following.status), (Stands::Current, Some(Status::Open)), "{following:?}");

        // Notes go there once, through every fault, and do not come back as Microsoft's.
        let kinds: [Make; 6] = [
            || FaultKind::Throttled(Some("30".into())),
            || FaultKind::Status(502),
            || FaultKind::Reset,
            || FaultKind::HalfBody,
            || FaultKind::ErrorInOk(800_082, "Busy.".into()),
            || FaultKind::PageInOk,
        ];
        for (place, kind) in kinds.into_iter().enumerate() {
            for after_effect in [false, true] {
                let fault = Fault { after_effect, ..Fault::next(kind()).on("servicerequests") };
                home.fault("PATCH", fault);
                let text = format!("Note {place} {after_effect}");
                handovers::tell(app, &home.helga, leg, text.as_str()).await.unwrap();
                for _ in 0..6 {
                    at.pass(SignedDuration::from_mins(2)).await;
                }
                let known = microsoft::follow(app, at.desk.desk, &number).await.unwrap();
                let said = known.notes.0.iter().filter(|note| note.text == text).count();
                assert_eq!(said, 1, "{:?} after effect: {after_effect}", kind());
                assert_eq!(home.leg(mine).await.following.unwrap().waiting, 0);
            }
        }
        handovers::ask(app, &home.helga, leg).await.unwrap();
        at.pass(MINUTE).await;
        assert_eq!(home.heard(mine).await, [""; 0], "our own words are not news");
        let known = microsoft::follow(app, at.desk.desk, &number).await.unwrap();
        assert_eq!(known.notes.0.len(), 13);
        assert!(known.notes.0.iter().all(|note| !note.text.contains("giraffe")));

        // Microsoft waits for us, answers, and closes.
        at.sim.world(|world| assert!(world.microsoft_says(&number, "Which users?", Some("attention_needed"))));
        at.pass(SignedDuration::from_mins(6)).await;
        assert_eq!(home.heard(mine).await, ["Microsoft Support: Which users?"]);
        assert_eq!(home.leg(mine).await.following.unwrap().status, Some(Status::Waits));
        at.sim.world(|world| assert!(world.microsoft_says(&number, "Mended", Some("closed"))));
        handovers::check(app, &home.helga, leg).await.unwrap();
        at.desk.run_jobs().await;
        let back = home.leg(mine).await.leg;
        assert_eq!((back.state, back.answer.as_str()), (Leg::Returned, "Microsoft Support: Mended"));
        let early = tickets::make_move(app, &home.helga, mine, Action::Resolve, None).await;
        assert!(matches!(early, Err(Error::Refused("customer-not-told"))));
        let known = app::diagnosis::view(app, &home.helga, mine).await.unwrap();
        assert_eq!(known.out.len(), 1);
    }
}
