//! What customers have bought: mirrored, compared, and changed on a customer's request.

use app::{
    Error,
    microsoft::{self, State, What},
    subscriptions::{self, Decision, One},
};
use domain::{
    access::Role,
    id::ActId,
    subscription::{
        Action, Era, Status,
        acts::{Cause, Field, Progress},
        guard::{Coming, Verdict, Wish},
    },
};
use jiff::SignedDuration;
use microsoft_sim::{Fault, FaultKind, Status as Stands};
use testkit::on_both;
use uuid::Uuid;

use super::Connected;

const TISZA: Uuid = Uuid::from_u128(0x3d20_fac5_aab4_43ac_8a84_e080_0a93_312e);
const KIWI: Uuid = Uuid::from_u128(0xd539_3fe1_353e_46b3_84db_0205_c9ba_7625);
const MALMO: Uuid = Uuid::from_u128(0xefac_1328_603c_4af1_876a_af13_8a93_d5c8);
const HAFEN: Uuid = Uuid::from_u128(0x1318_6ec3_3093_4539_827d_7098_1990_93f4);
const TRIAL: Uuid = Uuid::from_u128(0x7f0d_2c64_5f0e_4f6b_9a35_1c3e_5a7b_9d01);
const AZURE: Uuid = Uuid::from_u128(0xb27a_5fb1_6810_4d96_8ca9_d020_a76f_7f0a);
const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const HOUR: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

fn add(quantity: u32) -> Wish {
    Wish { action: Action::Add, quantity: Some(quantity) }
}

fn plain(action: Action) -> Wish {
    Wish { action, quantity: None }
}

impl Connected {
    async fn read(db: testkit::db::TestDb) -> Self {
        let at = Self::new(db).await;
        at.desk.run_jobs().await;
        at
    }

    async fn one(&self, id: Uuid) -> One {
        subscriptions::one(&self.desk.app, &self.desk.admin, id).await.unwrap()
    }

    async fn decide(&self, id: Uuid, wish: Wish) -> ActId {
        let (app, admin) = (&self.desk.app, &self.desk.admin);
        let seen = subscriptions::preview(app, admin, id, wish).await.unwrap();
        assert!(seen.verdict.is_allowed(), "{:?}", seen.verdict);
        let decision = Decision { wish, reason: "asked by phone".into(), ticket: None, seen: seen.seen };
        subscriptions::decide(app, admin, id, decision).await.unwrap()
    }

    async fn progress(&self, id: Uuid) -> Progress {
        self.one(id).await.acts[0].progress
    }

    fn patches(&self) -> usize {
        self.sim.world(|world| world.log.iter().filter(|seen| seen.method == "PATCH").count())
    }

    fn somebody(&self, id: Uuid, quantity: Option<u32>, renew: Option<bool>, status: Option<Stands>) {
        assert!(self.sim.world(|world| world.somebody_else_changes(id, quantity, renew, status)));
    }
}

on_both! {
    async fn all_are_read_whole_and_then_only_what_changed(db) {
        let at = Connected::read(db).await;
        let all = subscriptions::list(&at.desk.app, &at.desk.admin, "", 200).await.unwrap();
        assert_eq!(all.len(), 17);
        let eras = |era| all.iter().filter(|held| held.row.era == Some(era)).count();
        assert_eq!((eras(Era::NewCommerce), eras(Era::Legacy), eras(Era::AzurePlan)), (9, 5, 1));
        assert_eq!((eras(Era::Marketplace), eras(Era::Perpetual)), (1, 1));
        assert_eq!(at.one(AZURE).await.held.row.azure_active, Some(1));
        assert!(at.one(TISZA).await.changes.is_empty());

        // Microsoft's log tells where to look: one is read, and nothing else.
        let (whole, single) = ("/subscriptions", format!("/subscriptions/{TISZA}"));
        let lists = |at: &Connected| at.sim.world(|world| {
            world.log.iter().filter(|seen| seen.method == "GET" && seen.target.ends_with(whole)).count()
        });
        let (before, singles) = (lists(&at), at.asked(&single));
        at.pass(15 * MINUTE).await;
        at.somebody(TISZA, Some(55), None, None);
        at.pass(15 * MINUTE).await;
        assert_eq!((lists(&at), at.asked(&single)), (before, singles + 1));
        let one = at.one(TISZA).await;
        assert_eq!((one.held.row.quantity, one.held.row.hinted_at), (55, None));
        assert_eq!((one.changes.len(), one.changes[0].cause), (1, Cause::Elsewhere));
        let what = &one.changes[0].what.0[0];
        assert_eq!((what.of, what.before.as_str(), what.after.as_str()), (Field::Quantity, "60", "55"));
        // Whole again after six hours; what did not change is no news.
        at.pass(7 * HOUR).await;
        assert!(lists(&at) > before);
        assert_eq!(at.one(TISZA).await.changes.len(), 1);
        assert_eq!(one.reading.unwrap().state, State::Current);
    }

    async fn what_is_decided_is_sent_once_and_done_when_it_is_read(db) {
        let at = Connected::read(db).await;
        let act = at.decide(TISZA, add(65)).await;
        assert_eq!(at.progress(TISZA).await, Progress::Waiting);
        at.desk.run_jobs().await;
        let one = at.one(TISZA).await;
        assert_eq!((one.acts[0].id, one.acts[0].progress), (act, Progress::Done));
        assert_eq!((one.held.row.quantity, one.held.open.is_none()), (65, true));
        assert_eq!(one.changes[0].cause, Cause::Ours);
        assert_eq!(at.patches(), 1);
        let request = at.sim.world(|world| {
            world.log.iter().find(|seen| seen.method == "PATCH").unwrap().request_id.clone()
        });
        assert!(request.is_some());
        // With an ETag where Microsoft gives one.
        at.decide(MALMO, add(14)).await;
        at.desk.run_jobs().await;
        assert_eq!(at.progress(MALMO).await, Progress::Done);
        let matched = at.sim.world(|world| world.log.iter().rfind(|seen| seen.method == "PATCH").unwrap().if_match.clone());
        assert!(matched.is_some());
    }

    async fn what_microsoft_takes_its_time_for_is_done_when_it_is_read(db) {
        let at = Connected::read(db).await;
        at.sim.world(|world| world.change_takes = 10 * MINUTE);
        at.decide(TISZA, plain(Action::Suspend)).await;
        at.desk.run_jobs().await;
        assert_eq!(at.progress(TISZA).await, Progress::Taken);
        let again = subscriptions::preview(&at.desk.app, &at.desk.admin, TISZA, add(70)).await.unwrap();
        let decision = Decision { wish: add(70), reason: "r".into(), ticket: None, seen: again.seen };
        let refused = subscriptions::decide(&at.desk.app, &at.desk.admin, TISZA, decision).await;
        assert!(matches!(refused, Err(Error::Refused("act-open"))), "{refused:?}");
        for _ in 0..6 {
            at.pass(3 * MINUTE).await;
        }
        let one = at.one(TISZA).await;
        assert_eq!((one.acts[0].progress, one.held.row.status), (Progress::Done, Status::Suspended));
        // It switched auto-renew off as well, and that is ours too.
        assert_eq!((one.changes[0].cause, one.held.row.auto_renew), (Cause::Ours, false));
        assert_eq!(at.patches(), 1);
        at.sim.world(|world| world.change_takes = SignedDuration::ZERO);
        at.decide(TISZA, plain(Action::Reactivate)).await;
        at.desk.run_jobs().await;
        assert_eq!(at.progress(TISZA).await, Progress::Done);
    }

    async fn through_every_fault_it_happens_once(db) {
        let at = Connected::read(db).await;
        let faults: &[(FaultKind, bool)] = &[
            (FaultKind::Throttled(Some("57".into())), false),
            (FaultKind::Unavailable("30".into()), false),
            (FaultKind::Status(502), false),
            (FaultKind::Status(504), false),
            (FaultKind::Status(502), true),
            (FaultKind::Status(504), true),
            (FaultKind::Reset, false),
            (FaultKind::Reset, true),
            (FaultKind::HalfBody, true),
            (FaultKind::PageInOk, true),
            (FaultKind::StaleEtag, false),
            (FaultKind::ErrorInOk(800_082, "Not ready.".into()), false),
        ];
        let mut quantity = 60;
        for (kind, after_effect) in faults {
            quantity += 1;
            let fault = Fault { method: Some("PATCH".into()), ..Fault::next(kind.clone()).on("/subscriptions/") };
            let fault = if *after_effect { fault.after_effect() } else { fault };
            at.decide(TISZA, add(quantity)).await;
            at.sim.world(|world| world.faults = vec![fault]);
            at.desk.run_jobs().await;
            for _ in 0..8 {
                at.pass(2 * MINUTE).await;
            }
            let one = at.one(TISZA).await;
            assert_eq!(one.acts[0].progress, Progress::Done, "{kind:?} {after_effect}");
            assert_eq!(one.held.row.quantity, quantity, "{kind:?}");
            let changes = one.changes.iter().filter(|seen| seen.cause == Cause::Ours).count();
            assert_eq!(changes, one.acts.len(), "{kind:?} {after_effect}: it happened once");
        }
        assert!(at.desk.sent_mails().await.is_empty(), "nobody is needed for what ends by itself");
    }

    async fn what_changed_meanwhile_is_decided_again(db) {
        let at = Connected::read(db).await;
        at.decide(TISZA, add(65)).await;
        at.somebody(TISZA, Some(58), None, None);
        at.desk.run_jobs().await;
        let one = at.one(TISZA).await;
        assert_eq!(one.acts[0].progress, Progress::Overtaken);
        assert_eq!((at.patches(), one.held.row.quantity), (0, 58));
        let told = at.desk.sent_mails().await;
        assert_eq!(told.len(), 1);
        assert!(told[0].mail.subject.as_deref().unwrap().contains("Office 365 E3"));
        // The same decision with the old mark is not taken.
        let old = subscriptions::preview(&at.desk.app, &at.desk.admin, TISZA, add(65)).await.unwrap();
        at.somebody(TISZA, Some(57), None, None);
        subscriptions::refresh(&at.desk.app, &at.desk.admin, TISZA).await.unwrap();
        let decision = Decision { wish: add(65), reason: "r".into(), ticket: None, seen: old.seen };
        let stale = subscriptions::decide(&at.desk.app, &at.desk.admin, TISZA, decision).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
    }

    async fn nothing_is_done_on_a_reading_that_failed_or_is_old(db) {
        let at = Connected::read(db).await;
        let (app, admin) = (&at.desk.app, &at.desk.admin);
        let good = subscriptions::preview(app, admin, TISZA, add(65)).await.unwrap();
        at.sim.world(|world| world.faults = vec![Fault::next(FaultKind::Status(502)).on("/subscriptions/").times(100)]);
        let failed = subscriptions::preview(app, admin, TISZA, add(65)).await;
        assert!(matches!(failed, Err(Error::Refused("microsoft-later"))), "{failed:?}");
        at.sim.world(|world| world.faults.clear());
        // What was read long ago is not decided on, whatever it says.
        at.desk.wait(20 * MINUTE);
        let decision = |seen: String| Decision { wish: add(65), reason: "r".into(), ticket: None, seen };
        let old = subscriptions::decide(app, admin, TISZA, decision(good.seen)).await;
        assert!(matches!(old, Err(Error::Stale)), "{old:?}");
        // Decided, and Microsoft does not answer: nothing is sent, and after a day it is not any more.
        at.decide(TISZA, add(65)).await;
        at.sim.world(|world| world.faults = vec![Fault::next(FaultKind::Status(502)).on("/v1/").times(100_000)]);
        for _ in 0..26 {
            at.pass(HOUR).await;
        }
        at.sim.world(|world| world.faults.clear());
        at.pass(2 * HOUR).await;
        assert_eq!((at.progress(TISZA).await, at.patches()), (Progress::Expired, 0));
    }

    /// The clock jumps while something waits: what was decided so long ago is not sent.
    async fn a_jump_of_forty_days_sends_nothing_old(db) {
        let at = Connected::read(db).await;
        at.decide(HAFEN, plain(Action::Cancel)).await;
        at.somebody(MALMO, None, None, Some(Stands::Suspended));
        at.sim.world(|world| world.pass(40 * DAY));
        at.desk.wait(40 * DAY);
        at.desk.run_jobs().await;
        assert_eq!((at.progress(HAFEN).await, at.patches()), (Progress::Expired, 0));
        // Nobody saw when it was suspended, so nobody says until when it can be reactivated.
        let malmo = at.one(MALMO).await;
        assert_eq!((malmo.held.row.status, malmo.held.row.status_since), (Status::Suspended, None));
        let verdict = malmo.held.ask(plain(Action::Reactivate), at.desk.app.now());
        assert!(matches!(verdict, Verdict::Unknown { .. }), "{verdict:?}");
        // Kiwi's was renewed meanwhile, and that is nobody's doing.
        let kiwi = at.one(KIWI).await;
        assert_eq!((kiwi.changes.len(), kiwi.changes[0].cause), (1, Cause::Time));
    }

    async fn what_the_rules_refuse_says_when_it_is_possible(db) {
        let at = Connected::read(db).await;
        let (app, admin, now) = (&at.desk.app, &at.desk.admin, at.desk.app.now());
        let tisza = subscriptions::preview(app, admin, TISZA, plain(Action::Cancel)).await.unwrap();
        let end = tisza.held.row.term_ends.unwrap();
        assert!(
            matches!(&tisza.verdict, Verdict::Refused { rule, next: Coming::At(at) } if rule.id == "nce-cancel-7d" && *at == end),
            "{:?}", tisza.verdict
        );
        let decision = Decision { wish: plain(Action::Cancel), reason: "r".into(), ticket: None, seen: tisza.seen };
        let no = subscriptions::decide(app, admin, TISZA, decision).await;
        assert!(matches!(no, Err(Error::Refused("not-possible"))), "{no:?}");
        let ask = |one: One, action| match one.held.ask(plain(action), now) {
            Verdict::Refused { rule, .. } => rule.id.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(ask(at.one(TRIAL).await, Action::Suspend), "nce-trial");
        assert_eq!(ask(at.one(AZURE).await, Action::Suspend), "azure-plan-in-use");
        assert_eq!(ask(at.one(MALMO).await, Action::Cancel), "legacy-cancel");
        // Bought three days ago: it may be cancelled, and is gone at once.
        at.decide(HAFEN, plain(Action::Cancel)).await;
        at.desk.run_jobs().await;
        let gone = at.one(HAFEN).await;
        assert_eq!((gone.acts[0].progress, gone.held.row.status), (Progress::Done, Status::Deleted));
        // While Microsoft renews, nothing goes; the date is when it has done.
        at.sim.world(|world| world.renewal_takes = 20 * HOUR);
        at.pass(5 * DAY + HOUR).await;
        subscriptions::refresh(app, admin, KIWI).await.unwrap();
        let kiwi = at.one(KIWI).await;
        let verdict = kiwi.held.ask(add(20), at.desk.app.now());
        assert!(matches!(&verdict, Verdict::Refused { rule, next: Coming::At(_) } if rule.id == "nce-renewing"), "{verdict:?}");
    }

    async fn what_microsoft_refuses_is_told(db) {
        let at = Connected::read(db).await;
        at.decide(TISZA, add(65)).await;
        let kind = FaultKind::ErrorInOk(900_121, "The credit limit is exceeded.".into());
        let fault = Fault { method: Some("PATCH".into()), ..Fault::next(kind).on("/subscriptions/") };
        at.sim.world(|world| world.faults = vec![fault]);
        at.desk.run_jobs().await;
        let one = at.one(TISZA).await;
        assert_eq!((one.acts[0].progress, one.held.row.quantity), (Progress::Refused, 60));
        assert_eq!(one.acts[0].detail, "The credit limit is exceeded.");
        assert_eq!(at.desk.sent_mails().await.len(), 1);
    }

    async fn who_may_what(db) {
        let at = Connected::read(db).await;
        let app = &at.desk.app;
        for (role, sees, manages, cancels) in [
            (&Role::AdminAgent, true, true, true),
            (&Role::HelpdeskAgent, true, true, false),
            (&Role::BillingAdmin, true, false, false),
            (&Role::SalesAgent, true, false, false),
            (&Role::UserManagementAdmin, false, false, false),
        ] {
            let agent = at.desk.agent(role.word(), std::slice::from_ref(role)).await;
            assert_eq!(subscriptions::one(app, &agent, TISZA).await.is_ok(), sees, "{role}");
            let may = |result: Result<_, Error>| !matches!(result, Err(Error::Forbidden));
            assert_eq!(may(subscriptions::preview(app, &agent, TISZA, add(61)).await), manages, "{role}");
            let cancel = subscriptions::preview(app, &agent, TISZA, plain(Action::Cancel)).await;
            assert_eq!(may(cancel), cancels, "{role}");
        }
        let (_, stranger) = at.desk.other_desk().await;
        let found = subscriptions::one(app, &stranger, TISZA).await;
        assert!(matches!(found, Err(Error::NotFound(_))), "{found:?}");
        let listed = subscriptions::list(app, &stranger, "", 10).await.unwrap();
        assert!(listed.is_empty());
    }

    async fn what_comes_due_in_working_days(db) {
        let at = Connected::read(db).await;
        let (app, admin) = (&at.desk.app, &at.desk.admin);
        let near = subscriptions::coming(app, admin, None, 30, 100).await.unwrap();
        let told: Vec<(String, &str)> =
            near.iter().map(|(day, _)| (day.what.to_string(), day.name.as_str())).collect();
        assert!(told.contains(&("renewal".into(), "Microsoft 365 Business Standard")), "{told:?}");
        assert!(told.contains(&("trial_end".into(), "Microsoft 365 Copilot Trial")), "{told:?}");
        assert!(told.contains(&("term_end".into(), "Exchange Online Archiving")), "{told:?}");
        assert!(near.windows(2).all(|two| two[0].0.at <= two[1].0.at));
        // Page by page, the same.
        let mut all = Vec::new();
        let mut after = None;
        loop {
            let page = subscriptions::coming(app, admin, after.clone(), 30, 2).await.unwrap();
            let Some((last, _)) = page.last() else { break };
            let (subscription, what) = (last.subscription.clone(), last.what.word().to_owned());
            after = Some(store::subscriptions::AheadAfter { at: last.at, subscription, what });
            all.extend(page);
        }
        assert_eq!(all, near);
    }

    async fn a_decision_is_taken_back_before_it_is_sent(db) {
        let at = Connected::read(db).await;
        let (app, admin) = (&at.desk.app, &at.desk.admin);
        let act = at.decide(TISZA, add(65)).await;
        subscriptions::withdraw(app, admin, TISZA, act).await.unwrap();
        at.desk.run_jobs().await;
        assert_eq!((at.progress(TISZA).await, at.patches()), (Progress::Withdrawn, 0));
        let act = at.decide(TISZA, add(65)).await;
        at.desk.run_jobs().await;
        let late = subscriptions::withdraw(app, admin, TISZA, act).await;
        assert!(matches!(late, Err(Error::Refused("too-late"))), "{late:?}");
        // A reason is needed, or a ticket that the agent sees.
        let seen = subscriptions::preview(app, admin, TISZA, add(70)).await.unwrap().seen;
        for (reason, ticket) in [("", None), ("", Some(999_999))] {
            let decision = Decision { wish: add(70), reason: reason.into(), ticket, seen: seen.clone() };
            let refused = subscriptions::decide(app, admin, TISZA, decision).await;
            assert!(matches!(refused, Err(Error::Invalid { .. })), "{refused:?}");
        }
    }

    async fn a_customer_that_is_gone_takes_its_subscriptions_along(db) {
        let at = Connected::read(db).await;
        let tenant = at.one(TISZA).await.held.tenant.tenant;
        at.act("PUT", &format!("/simulator/relationships/{tenant}"), r#"{"ours":false}"#).await;
        let gone = subscriptions::refresh(&at.desk.app, &at.desk.admin, TISZA).await;
        assert!(matches!(gone, Err(Error::Refused("microsoft-gone"))), "{gone:?}");
        at.pass(2 * HOUR).await;
        // It is read no further, and says so.
        let one = at.one(TISZA).await;
        assert!(!subscriptions::is_current(one.reading.as_ref()));
        let reading: Vec<What> = microsoft::connection(&at.desk.app, &at.desk.admin).await.unwrap().unwrap()
            .readings.into_iter().map(|(what, _)| what).collect();
        assert!(!reading.contains(&What::Subscriptions), "of the partner there is none");
    }
}
