//! The connection's secrets, and consent by a browser.

use app::microsoft::{self, Consenting, Settings, State};
use domain::{access::Role, cloud::Cloud};
use jiff::SignedDuration;
use microsoft_sim::{Fault, FaultKind, World};
use testkit::on_both;

use super::{ADMIN, Connected, say};

/// What the person at Microsoft's page sends back: the state and the code.
async fn at_microsoft(at: &Connected, address: &str) -> (String, String) {
    let path = address.strip_prefix(&format!("http://{}", at.sim.address())).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", at.sim.address());
    let page = say(at.sim.address(), &request).await;
    assert!(
        page.contains("method=\"get\" action=\"http://127.0.0.1:8080/admin/settings/microsoft/consent\""),
        "{page}"
    );
    let form = page.split("<form").find(|form| form.contains(ADMIN)).unwrap();
    let value = |name: &str| {
        let rest = form.split_once(&format!("name=\"{name}\" value=\"")).unwrap().1;
        rest.split_once('"').unwrap().0.to_owned()
    };
    (value("state"), value("code"))
}

on_both! {
    async fn consent_comes_back_once_to_the_session_that_asked(db) {
        let at = Connected::apart(db, Cloud::Commercial).await;
        let (app, admin) = (&at.desk.app, &at.desk.admin);
        let settings = Settings { refresh_token: None, ..at.settings(Cloud::Commercial) };
        microsoft::save(app, admin, settings, None).await.unwrap();
        at.desk.run_jobs().await;
        assert_eq!(at.health().await.state, State::Unconsented);
        assert_eq!(at.asked("/v1/"), 0, "nothing is asked without consent");

        let address = microsoft::begin_consent(app, admin, "pds_mine").await.unwrap();
        let (state, code) = at_microsoft(&at, &address).await;
        let mine = Consenting { session: "pds_mine", state: &state };
        microsoft::finish_consent(app, admin, mine, &code).await.unwrap();
        at.desk.run_jobs().await;
        at.all_is_read().await;
        assert_eq!(at.connection().await.consented_at, Some(app.now()));
        // The state is used up.
        let again = microsoft::finish_consent(app, admin, mine, &code).await.unwrap_err();
        assert_eq!(again.code(), "consent-invalid");

        // Another session, a state that never was, one that is too old.
        let address = microsoft::begin_consent(app, admin, "pds_mine").await.unwrap();
        let (state, code) = at_microsoft(&at, &address).await;
        for other in [
            Consenting { session: "pds_other", state: &state },
            Consenting { session: "pds_mine", state: "pdc_nothing" },
            Consenting { session: "pds_mine", state: &state },
        ] {
            let refused = microsoft::finish_consent(app, admin, other, &code).await.unwrap_err();
            assert_eq!(refused.code(), "consent-invalid", "{other:?}");
        }
        let address = microsoft::begin_consent(app, admin, "pds_mine").await.unwrap();
        let (state, code) = at_microsoft(&at, &address).await;
        at.pass(SignedDuration::from_mins(11)).await;
        let late = Consenting { session: "pds_mine", state: &state };
        let refused = microsoft::finish_consent(app, admin, late, &code).await.unwrap_err();
        assert_eq!(refused.code(), "consent-invalid");
        // Whose desk it is not, has no state either.
        let address = microsoft::begin_consent(app, admin, "pds_mine").await.unwrap();
        let (state, code) = at_microsoft(&at, &address).await;
        let (_, stranger) = at.desk.other_desk().await;
        let theirs = Consenting { session: "pds_mine", state: &state };
        let refused = microsoft::finish_consent(app, &stranger, theirs, &code).await.unwrap_err();
        assert_eq!(refused.code(), "consent-invalid");
        at.all_is_read().await;
    }

    async fn microsoft_says_no_to_a_consent(db) {
        let at = Connected::apart(db, Cloud::Commercial).await;
        let (app, admin) = (&at.desk.app, &at.desk.admin);
        let settings = Settings { refresh_token: None, ..at.settings(Cloud::Commercial) };
        microsoft::save(app, admin, settings, None).await.unwrap();
        let address = microsoft::begin_consent(app, admin, "s").await.unwrap();
        let (state, _) = at_microsoft(&at, &address).await;
        let from = Consenting { session: "s", state: &state };
        let refused = microsoft::finish_consent(app, admin, from, "no-code").await.unwrap_err();
        assert_eq!(refused.code(), "consent-refused");
        let health = at.health().await;
        assert_eq!(health.state, State::Unconsented);
        assert!(health.detail.contains("AADSTS70008"), "{}", health.detail);
        // Or the person there says no.
        let address = microsoft::begin_consent(app, admin, "s").await.unwrap();
        let (state, _) = at_microsoft(&at, &address).await;
        let from = Consenting { session: "s", state: &state };
        microsoft::refused_consent(app, admin, from, "AADSTS65004: declined").await.unwrap();
        assert_eq!(at.health().await.detail, "AADSTS65004: declined");
    }

    async fn secrets_stay_with_their_application(db) {
        let at = Connected::new(db).await;
        let (app, admin) = (&at.desk.app, &at.desk.admin);
        at.desk.run_jobs().await;
        let version = Some(at.connection().await.version);
        let same = Settings {
            application_secret: None, refresh_token: None, adds_customers: true, ..at.settings(Cloud::Commercial)
        };
        for elsewhere in [
            Settings { application: uuid::Uuid::from_u128(1), ..same.clone() },
            Settings { tenant: uuid::Uuid::from_u128(1), ..same.clone() },
            Settings { cloud: Cloud::UsGovernment, ..same.clone() },
        ] {
            let refused = microsoft::save(app, admin, elsewhere, version).await.unwrap_err();
            assert_eq!(refused.code(), "required");
        }
        microsoft::save(app, admin, same.clone(), version).await.unwrap();
        let after = at.connection().await;
        assert!(after.adds_customers && after.consented_at.is_some());
        assert_eq!(microsoft::save(app, admin, same.clone(), version).await.unwrap_err().code(), "stale");
        assert_eq!(microsoft::save(app, admin, same.clone(), None).await.unwrap_err().code(), "stale");

        // Nothing of it lies in the database as it is.
        let own = at.desk.desk;
        let row: Result<_, store::Error> = app.store.read(own, |tx| Box::pin(store::microsoft::connection(tx))).await;
        let row = row.unwrap().unwrap();
        assert!(!row.application_secret.contains("simulator-secret"));
        assert!(!row.refresh_token.unwrap().contains("0.A"));
        let printed = format!("{after:?} {same:?}");
        assert!(!printed.contains("simulator-secret"), "{printed}");

        let helper = at.desk.agent("Hanna", &[Role::AdminAgent]).await;
        assert_eq!(microsoft::connection(app, &helper).await.unwrap_err().code(), "forbidden");
        assert_eq!(microsoft::save(app, &helper, same, Some(1)).await.unwrap_err().code(), "forbidden");
        assert_eq!(microsoft::check(app, &helper).await.unwrap_err().code(), "forbidden");
        assert_eq!(microsoft::disconnect(app, &helper).await.unwrap_err().code(), "forbidden");
        assert_eq!(microsoft::begin_consent(app, &helper, "s").await.unwrap_err().code(), "forbidden");

        microsoft::disconnect(app, admin).await.unwrap();
        assert_eq!(microsoft::connection(app, admin).await.unwrap(), None);
        let asked = at.asked("");
        at.pass(SignedDuration::from_hours(24)).await;
        assert_eq!(at.asked(""), asked, "nothing is asked any more");
        assert_eq!(at.tenants().await.len(), 12, "what was read stays");
        assert_eq!(microsoft::check(app, admin).await.unwrap_err().code(), "not-connected");
    }

    async fn a_renewed_token_is_kept(db) {
        let at = Connected::new(db).await;
        at.sim.world(|world| world.renew(microsoft_sim::Renewal::Always));
        at.desk.run_jobs().await;
        let own = at.desk.desk;
        let stored = async || {
            let row: Result<_, store::Error> =
                at.desk.app.store.read(own, |tx| Box::pin(store::microsoft::connection(tx))).await;
            row.unwrap().unwrap().refresh_token.unwrap()
        };
        let before = stored().await;
        at.pass(SignedDuration::from_hours(2)).await;
        assert_ne!(stored().await, before);
        // Another process goes on with what was kept.
        let other = at.desk.another_process();
        microsoft::check(&other, &at.desk.admin).await.unwrap();
        while app::jobs::round(&other, "other").await.unwrap() > 0 {}
        at.all_is_read().await;
    }

    async fn expired_consent_needs_a_person_who_is_told_once(db) {
        let at = Connected::new(db).await;
        at.desk.run_jobs().await;
        at.sim.world(World::revoke_consents);
        for _ in 0..30 {
            at.pass(SignedDuration::from_mins(20)).await;
        }
        let health = at.health().await;
        assert_eq!(health.state, State::Consent);
        assert!(health.detail.contains("AADSTS50173"), "{}", health.detail);
        assert!(health.current_at.is_some());
        let told = at.desk.sent_mails().await;
        assert_eq!(told.len(), 1, "once, not at every try");
        assert_eq!(told[0].to, [at.desk.admin.email.as_str()]);
        // The token service is not asked again and again.
        let tokens = at.sim.world(|world| world.log.iter().filter(|seen| seen.target.contains("/oauth2/token") && seen.status == 400).count());
        assert!(tokens < 30, "{tokens}");

        // With a new consent all is well, and the next time it is news again.
        let version = Some(at.connection().await.version);
        microsoft::save(&at.desk.app, &at.desk.admin, at.settings(Cloud::Commercial), version).await.unwrap();
        at.desk.run_jobs().await;
        at.all_is_read().await;
        at.sim.world(World::revoke_consents);
        at.pass(SignedDuration::from_hours(2)).await;
        at.pass(SignedDuration::from_hours(2)).await;
        assert_eq!(at.desk.sent_mails().await.len(), 2);
    }

    async fn a_token_without_second_factor_is_as_good_as_none(db) {
        let at = Connected::new(db).await;
        at.sim.world(|world| world.faults.push(Fault::next(FaultKind::TokenRefused).on("/v1/").times(100)));
        at.desk.run_jobs().await;
        assert_eq!(at.health().await.state, State::Consent);
        assert_eq!(at.desk.sent_mails().await.len(), 1);
    }
}
