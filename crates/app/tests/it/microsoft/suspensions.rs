//! Suspensions for non-payment: proposed, approved, stopped at every step, sent once, taken back.

use app::{
    Agent, Error, audit, collections,
    receivables::{self as money, Fate, NewPayment},
    suspensions::{self, Wanted},
};
use domain::{
    access::Role,
    clock::CalendarSpec,
    collections::{Count, Effect, Policy, Scope, Stage},
    id::{CustomerId, LedgerId, SuspensionId},
    money::Money,
    subscription::Status,
    suspension::{
        ItemState, State,
        brake::{Limits, Trip},
        rails::{Rail, Why},
    },
};
use jiff::SignedDuration;
use microsoft_sim::{Fault, FaultKind, Status as Stands};
use store::{
    outgoing::{self, Purpose},
    suspensions::Rules,
};
use testkit::{db::TestDb, on_both};
use uuid::Uuid;

use super::Connected;

const TISZA: Uuid = Uuid::from_u128(0x3d20_fac5_aab4_43ac_8a84_e080_0a93_312e);
const MALMO: Uuid = Uuid::from_u128(0xefac_1328_603c_4af1_876a_af13_8a93_d5c8);
const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// A desk whose customer Tisza owes money for long, with one who proposes and one who approves.
struct Owing {
    at: Connected,
    customer: CustomerId,
    billing: Agent,
    owed: LedgerId,
}

impl Owing {
    async fn new(db: TestDb) -> Self {
        let at = Connected::new(db).await;
        at.desk.run_jobs().await;
        let (app, admin) = (&at.desk.app, &at.desk.admin);
        let customer = crate::receivables::customer(&at.desk, "tisza").await;
        let tenant = app::subscriptions::one(app, admin, TISZA).await.unwrap().held.tenant.tenant;
        let link = app::microsoft::Link::Customer(customer);
        app::microsoft::link(app, admin, tenant.parse().unwrap(), link).await.unwrap();
        let csv = "number,customer,issued_on,due_on,currency,gross,tax\nA-1,tisza,2025-11-02,2025-11-16,EUR,500.00,\n";
        let rows = money::rows(app, admin, csv.as_bytes()).await.unwrap();
        let done = money::import_invoices(app, admin, rows, Fate::Nothing).await.unwrap();
        assert_eq!(done.new, 1, "{done:?}");
        let of = money::account(app, admin, customer).await.unwrap();
        let owed = of.account.open()[0].0;
        let billing = at.desk.agent("Bea", &[Role::BillingAdmin]).await;
        let all_day = r#"[["00:00", "24:00"]]"#;
        let days: Vec<_> = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
            .map(|day| format!(r#""{day}": {all_day}"#))
            .into();
        let spec = format!(r#"{{"timezone": "Europe/Budapest", "hours": {{{}}}}}"#, days.join(", "));
        let spec: CalendarSpec = serde_json::from_str(&spec).unwrap();
        let id = app::desks::add_calendar(app, admin, "always", spec).await.unwrap();
        let (desk, settings, version) = app::desks::settings(app, admin).await.unwrap();
        let settings = store::people::Settings { calendar: Some(id), ..settings };
        app::desks::update_settings(app, admin, &desk.name, settings, version).await.unwrap();
        warn(&at, customer).await;
        Self { at, customer, billing, owed }
    }

    /// In earnest, and without a pause.
    async fn in_earnest(db: TestDb) -> Self {
        let owing = Self::new(db).await;
        owing.rules(false).await;
        owing
    }

    async fn rules(&self, rehearsal: bool) {
        let desk = suspensions::rules(&self.at.desk.app, &self.at.desk.admin).await.unwrap();
        let limits = Limits { per_hour: 100, per_day: 500, percent: 50 };
        let rules = Rules { rehearsal, limits, pause: 0 };
        suspensions::set_rules(&self.at.desk.app, &self.at.desk.admin, rules, desk.version).await.unwrap();
    }

    fn wanted(&self) -> Wanted {
        Wanted { customer: self.customer, scope: Scope::All, subscriptions: vec![TISZA] }
    }

    async fn propose(&self) -> SuspensionId {
        let (app, wanted) = (&self.at.desk.app, self.wanted());
        let seen = suspensions::preview(app, &self.billing, &wanted).await.unwrap();
        assert_eq!(seen.case().holds_early(seen.now), None, "{:?}", seen.case().rails(seen.now));
        suspensions::propose(app, &self.billing, &wanted, &seen.list, "unpaid").await.unwrap()
    }

    async fn approved(&self) -> SuspensionId {
        let id = self.propose().await;
        let (app, admin) = (&self.at.desk.app, &self.at.desk.admin);
        let list = self.one(id).await.suspension.list;
        suspensions::approve(app, admin, id, &list).await.unwrap();
        id
    }

    async fn one(&self, id: SuspensionId) -> suspensions::One {
        suspensions::one(&self.at.desk.app, &self.at.desk.admin, id).await.unwrap()
    }

    async fn state(&self, id: SuspensionId) -> (State, ItemState, Option<Why>) {
        let one = self.one(id).await;
        (one.suspension.state, one.ground.lines[0].item.state, one.suspension.why)
    }

    /// What the customer pays settles all; the entry.
    async fn pay(&self) -> LedgerId {
        let amount = Money { minor: 50_000, currency: "EUR".parse().unwrap() };
        let day = money::day(self.at.desk.app.now(), &jiff::tz::TimeZone::UTC);
        let settles = vec![(self.owed, 50_000)];
        let new = NewPayment { customer: self.customer, amount, day, label: "paid".into(), settles };
        money::pay(&self.at.desk.app, &self.at.desk.admin, new).await.unwrap()
    }

    /// The bank takes a payment back: it is owed again.
    async fn unpay(&self, payment: LedgerId) {
        money::reverse(&self.at.desk.app, &self.at.desk.admin, self.customer, payment, "bounced")
            .await
            .unwrap();
    }

    /// Of what the customer was told: subjects.
    async fn told(&self) -> Vec<String> {
        let mails = self.at.desk.sent_mails().await.into_iter();
        let to = mails.filter(|mail| mail.to == ["ada@tisza.test"] && mail.purpose == Purpose::Collection);
        to.map(|mail| mail.mail.subject.unwrap()).filter(|subject| subject.contains("tisza")).collect()
    }

    /// How many mails are not sent yet.
    async fn waiting(&self) -> usize {
        let kept = app::post::sent(&self.at.desk.app, &self.at.desk.admin, None, 1_000).await.unwrap();
        kept.iter().filter(|(mail, _)| mail.state == outgoing::State::Waiting).count()
    }

    async fn go_on(&self) {
        self.at.pass(MINUTE).await;
        self.at.pass(MINUTE).await;
        self.at.pass(MINUTE).await;
    }

    fn calls(&self) -> Vec<(String, u16)> {
        self.at.sim.world(|world| {
            let patches = world.log.iter().filter(|seen| seen.method == "PATCH");
            patches.map(|seen| (seen.request_id.clone().unwrap(), seen.status)).collect()
        })
    }

    fn fault(&self, method: &str, kind: FaultKind, times: u32, after: bool) {
        let fault =
            Fault { method: Some(method.into()), ..Fault::next(kind).on("/subscriptions/").times(times) };
        let fault = if after { fault.after_effect() } else { fault };
        self.at.sim.world(|world| world.faults = vec![fault]);
    }

    async fn there(&self) -> (Status, bool) {
        let held = app::subscriptions::refresh(&self.at.desk.app, &self.at.desk.admin, TISZA).await.unwrap();
        (held.row.status, held.row.auto_renew)
    }
}

/// The customer gets the warning of a policy with one, and the day of grace passes.
async fn warn(at: &Connected, customer: CustomerId) {
    let (app, admin) = (&at.desk.app, &at.desk.admin);
    let least = vec![Money { minor: 10_000, currency: "EUR".parse().unwrap() }];
    let stage = |key: &str, days, effect: Effect| Stage {
        key: key.into(),
        days,
        count: Count::Calendar,
        minimum: least.clone(),
        invoices: 1,
        classes: Vec::new(),
        notice: effect == Effect::Warn,
        effect,
        approval: effect != Effect::Warn,
    };
    let stages = vec![stage("warning", 1, Effect::Warn), stage("all", 2, Effect::Suspend(Scope::All))];
    collections::publish(app, admin, Policy { grace: 1, stages, ..Policy::first() }, 0).await.unwrap();
    collections::give(app, admin, customer).await.unwrap();
    at.desk.run_jobs().await;
    at.pass(25 * HOUR).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the process that another test kills"]
async fn child() {
    testkit::child::work().await;
}

on_both! {
    async fn a_customer_that_does_not_pay_is_suspended_and_comes_back_when_it_does(db) {
        let owing = Owing::in_earnest(db).await;
        let (app, admin) = (&owing.at.desk.app, &owing.at.desk.admin);
        let id = owing.propose().await;
        // DUN-13: neither who proposed it nor who may not approves it, and another list is not this one.
        let list = owing.one(id).await.suspension.list;
        let own = suspensions::approve(app, &owing.billing, id, &list).await;
        assert!(matches!(own, Err(Error::Forbidden)), "{own:?}");
        let other = suspensions::approve(app, admin, id, "0123").await;
        assert!(matches!(other, Err(Error::Stale)), "{other:?}");
        let twice = suspensions::propose(app, &owing.billing, &owing.wanted(), &list, "again").await;
        assert!(matches!(twice, Err(Error::Refused("suspension-open"))), "{twice:?}");
        suspensions::approve(app, admin, id, &list).await.unwrap();
        owing.go_on().await;
        assert_eq!(owing.state(id).await, (State::Suspended, ItemState::Suspended, None));
        assert_eq!((owing.there().await, owing.calls().len()), ((Status::Suspended, false), 1));
        // DUN-7: the call is in the log with all that belongs to it, sealed.
        owing.go_on().await;
        let log = audit::log(app, admin, None).await.unwrap();
        let call = log.iter().find(|row| row.action == "suspension.call").unwrap();
        assert_eq!(call.data["request"], owing.calls()[0].0.as_str());
        assert_eq!(call.data["approver"], admin.id.to_string());
        assert_eq!(call.data["proposer"], owing.billing.id.to_string());
        assert_eq!(call.data["customer"], owing.customer.to_string());
        let approval = log.iter().find(|row| row.action == "suspension.approve").unwrap();
        assert!(approval.seal.is_some() && approval.seal <= call.seal, "{approval:?} {call:?}");
        // The customer is told in its language, and can still write.
        let told = owing.told().await;
        assert!(told.len() == 1 && told[0].contains("gesperrt"), "{told:?}");
        let raw = owing.at.desk.mail_from("ada@tisza.test", "Rechnung", "Wann geht es weiter?").await;
        let ticket = owing.at.desk.ticket_of(&raw).await;
        assert_eq!(ticket.customer, Some(owing.customer));

        owing.pay().await;
        for _ in 0..4 {
            owing.go_on().await;
        }
        assert_eq!(owing.state(id).await, (State::Restored, ItemState::Restored, None));
        assert_eq!(owing.there().await, (Status::Active, true));
        let told = owing.told().await;
        assert!(told.len() == 2 && told[1].contains("laufen wieder"), "{told:?}");
        assert!(owing.calls().iter().all(|(_, status)| *status == 200), "{:?}", owing.calls());
        assert_eq!(owing.calls().len(), 3);
    }

    async fn dun_2_a_payment_at_every_step(db) {
        let owing = Owing::in_earnest(db).await;
        let (app, admin) = (&owing.at.desk.app, &owing.at.desk.admin);
        let over = (State::Stopped, ItemState::Stopped, Some(Why::NotDue));
        // Before it is proposed, and before it is approved.
        let seen = suspensions::preview(app, &owing.billing, &owing.wanted()).await.unwrap();
        let paid = owing.pay().await;
        let late = suspensions::propose(app, &owing.billing, &owing.wanted(), &seen.list, "r").await;
        assert!(matches!(late, Err(Error::Stale)), "{late:?}");
        owing.unpay(paid).await;
        let id = owing.propose().await;
        let list = owing.one(id).await.suspension.list;
        let paid = owing.pay().await;
        let late = suspensions::approve(app, admin, id, &list).await;
        assert!(matches!(late, Err(Error::Stale)), "{late:?}");
        suspensions::withdraw(app, &owing.billing, id).await.unwrap();
        owing.unpay(paid).await;
        // Between approval and call.
        let id = owing.approved().await;
        let paid = owing.pay().await;
        owing.go_on().await;
        assert_eq!(owing.state(id).await, over);
        owing.unpay(paid).await;
        // While Microsoft is asked, and does not even say how it stands.
        let id = owing.approved().await;
        app::audit::seal(app, owing.at.desk.desk).await.unwrap();
        owing.fault("GET", FaultKind::Status(502), 1000, false);
        owing.go_on().await;
        assert_eq!(owing.state(id).await.1, ItemState::Calling);
        let paid = owing.pay().await;
        owing.at.sim.world(|world| world.faults.clear());
        for _ in 0..3 {
            owing.go_on().await;
        }
        assert_eq!(owing.state(id).await, over);
        assert_eq!((owing.calls().len(), owing.there().await.0), (0, Status::Active));
        owing.unpay(paid).await;
        // It was sent, and nobody knows whether it arrived: it is not sent again, and what did arrive comes back.
        let id = owing.approved().await;
        owing.fault("PATCH", FaultKind::Reset, 1, true);
        owing.at.pass(MINUTE).await;
        assert_eq!(owing.calls().len(), 1);
        owing.pay().await;
        for _ in 0..6 {
            owing.go_on().await;
        }
        assert_eq!(owing.state(id).await, (State::Restored, ItemState::Restored, None));
        assert_eq!(owing.there().await, (Status::Active, true));
    }

    async fn what_stops_it_before_the_call(db) {
        let owing = Owing::new(db).await;
        let (app, admin) = (&owing.at.desk.app, &owing.at.desk.admin);
        // DUN-9: a new desk rehearses.
        let id = owing.approved().await;
        owing.at.pass(61 * MINUTE).await;
        owing.go_on().await;
        assert_eq!(owing.state(id).await, (State::Rehearsed, ItemState::Rehearsed, None));
        owing.rules(false).await;
        // DUN-10: the switch.
        let id = owing.approved().await;
        suspensions::stop_all(app, &owing.billing).await.unwrap();
        owing.go_on().await;
        assert_eq!(owing.state(id).await.2, Some(Why::Switched));
        let release = suspensions::release(app, &owing.billing).await;
        assert!(matches!(release, Err(Error::Forbidden)), "{release:?}");
        suspensions::release(app, admin).await.unwrap();
        // DUN-4, DUN-13: somebody else changed it, and the approval is void.
        let id = owing.approved().await;
        assert!(owing.at.sim.world(|world| world.somebody_else_changes(TISZA, Some(58), None, None)));
        app::subscriptions::refresh(app, admin, TISZA).await.unwrap();
        owing.go_on().await;
        assert_eq!(owing.state(id).await.2, Some(Why::OtherList));
        let id = owing.approved().await;
        assert!(owing.at.sim.world(|world| world.somebody_else_changes(TISZA, None, None, Some(Stands::Suspended))));
        owing.go_on().await;
        assert!(!owing.state(id).await.0.is_open());
        assert!(owing.at.sim.world(|world| world.somebody_else_changes(TISZA, None, Some(true), Some(Stands::Active))));
        // DUN-7: another customer's subscription is refused before any call, and another desk sees nothing.
        let wanted = Wanted { subscriptions: vec![MALMO], ..owing.wanted() };
        let seen = suspensions::preview(app, &owing.billing, &wanted).await.unwrap();
        assert_eq!(seen.case().hold(Rail::List, seen.now), Some(Why::Foreign));
        let held = suspensions::propose(app, &owing.billing, &wanted, &seen.list, "r").await;
        assert!(matches!(held, Err(Error::Refused("suspension-held"))), "{held:?}");
        let (_, stranger) = owing.at.desk.other_desk().await;
        assert!(matches!(suspensions::one(app, &stranger, id).await, Err(Error::NotFound(_))));
        // DUN-9: a desk from a backup says nothing until a person lets it.
        let id = owing.approved().await;
        suspensions::mute_all(app).await.unwrap();
        owing.go_on().await;
        assert_eq!(owing.state(id).await.2, Some(Why::Restored));
        assert!(owing.waiting().await > 0, "it was not told");
        suspensions::unmute(app, admin).await.unwrap();
        owing.go_on().await;
        assert_eq!(owing.waiting().await, 0, "what waited is sent");
        // DUN-8: forty days at once.
        let id = owing.approved().await;
        owing.at.sim.world(|world| world.pass(40 * 24 * HOUR));
        owing.at.desk.wait(40 * 24 * HOUR);
        owing.at.desk.run_jobs().await;
        assert!(!owing.state(id).await.0.is_open());
        let desk = suspensions::rules(app, admin).await.unwrap();
        assert_eq!(desk.braked.map(|(_, trip)| trip), Some(Trip::Clock));
        // DUN-14: consent is gone between approval and call.
        suspensions::release(app, admin).await.unwrap();
        let id = owing.approved().await;
        owing.at.sim.world(microsoft_sim::World::revoke_consents);
        for _ in 0..73 {
            owing.at.pass(HOUR).await;
        }
        assert_eq!(owing.state(id).await, (State::Stopped, ItemState::Stopped, Some(Why::TooOld)));
        assert_eq!(owing.calls(), []);
    }

    /// A process is killed anywhere between the decision, what is sent, the answer and what is noted of it: it is sent once, or
    /// again under the same id. 20 times; `PARTNERDESK_LONG=1` kills 500.
    async fn dun_3_killed_anywhere_it_happens_once(db) {
        let owing = Owing::in_earnest(db).await;
        let (app, admin) = (&owing.at.desk.app, &owing.at.desk.admin);
        let runs = if std::env::var("PARTNERDESK_LONG").is_ok_and(|value| value == "1") { 500 } else { 20 };
        let mut random: u64 = std::env::var("PARTNERDESK_SEED").ok().and_then(|s| s.parse().ok())
            .unwrap_or_else(|| std::hash::BuildHasher::hash_one(&std::hash::RandomState::new(), 3));
        println!("PARTNERDESK_SEED={random}");
        for run in 0..runs {
            let id = owing.approved().await;
            app::audit::seal(app, owing.at.desk.desk).await.unwrap();
            let before = owing.calls().len();
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let after = std::time::Duration::from_micros(random >> 32 & 0x1_ffff);
            // Every second time the answer is lost as well.
            if run % 2 == 1 {
                owing.fault("PATCH", FaultKind::Reset, 1, run % 4 == 1);
            }
            owing.at.sim.world(|world| world.pass(MINUTE));
            owing.at.desk.wait(MINUTE);
            let (desk, simulator) = (&owing.at.desk, owing.at.sim.address());
            tokio::task::block_in_place(|| {
                desk.killed_at_work("microsoft::suspensions::child", simulator, after);
            });
            owing.at.pass(6 * MINUTE).await;
            for _ in 0..4 {
                owing.go_on().await;
            }
            owing.at.sim.world(|world| world.faults.clear());
            assert_eq!(owing.state(id).await.0, State::Suspended, "run {run}");
            let calls = owing.calls();
            let mut ids: Vec<_> = calls[before..].iter().map(|(id, _)| id.clone()).collect();
            ids.dedup();
            assert_eq!(ids.len(), 1, "run {run}: {calls:?}");
            suspensions::reverse(app, admin, id).await.unwrap();
            for _ in 0..5 {
                owing.go_on().await;
            }
            assert_eq!((owing.state(id).await.0, owing.there().await), (State::Restored, (Status::Active, true)), "run {run}");
            // The brake counts the seats of a day.
            suspensions::release(app, admin).await.unwrap();
        }
    }
}
