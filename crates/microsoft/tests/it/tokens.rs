//! Access tokens: fetched once, renewed in time, and what comes of consent.

use domain::cloud::Cloud;
use jiff::SignedDuration;
use microsoft::{Client, Connection, Error, Network, RequestId, Secret};
use microsoft_sim::{Fault, FaultKind, Renewal};

use crate::desk::{ADMIN, Desk, credentials};

const TOKEN: &str = "/oauth2/token";

#[tokio::test]
async fn many_at_once_fetch_one_token() {
    let desk = Desk::new().await;
    let session = desk.at();
    let reads = (0..20).map(|_| async move { session.customers().unwrap().list(1).await.map(drop) });
    for read in futures_util::future::join_all(reads).await {
        read.unwrap();
    }
    assert_eq!((desk.asked(TOKEN), desk.asked("/v1/customers")), (1, 20));
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends() {
    let desk = Desk::new().await;
    let read = async || desk.at().customers().unwrap().list(1).await.map(drop).unwrap();
    read().await;
    desk.pass(54 * 60);
    read().await;
    assert_eq!(desk.asked(TOKEN), 1);
    desk.pass(2 * 60);
    read().await;
    assert_eq!(desk.asked(TOKEN), 2);
    let refused = desk.sim.world(|world| world.log.iter().filter(|seen| seen.status == 401).count());
    assert_eq!(refused, 0);
}

#[tokio::test]
async fn a_token_that_ended_early_is_renewed_once() {
    let desk = Desk::new().await;
    desk.at().customers().unwrap().list(1).await.unwrap();
    desk.sim.world(|world| world.faults.push(Fault::next(FaultKind::TokenRefused).on("/v1/")));
    desk.at().customers().unwrap().list(1).await.unwrap();
    assert_eq!((desk.asked(TOKEN), desk.asked("/v1/")), (2, 3));
    // One that is refused always is not asked for over and over.
    desk.sim.world(|world| world.faults.push(Fault::next(FaultKind::TokenRefused).on("/v1/").times(99)));
    let error = desk.at().customers().unwrap().list(1).await.unwrap_err();
    assert_eq!(error.reason(), Some(microsoft::Reason::SignIn));
    assert_eq!(desk.asked("/v1/"), 5);
}

#[tokio::test]
async fn a_token_is_for_one_tenant_and_service() {
    let desk = Desk::new().await;
    let (bergmann, tisza) = (desk.customer("Bergmann").await, desk.customer("Tisza").await);
    for customer in [bergmann, tisza, bergmann] {
        desk.at().service_health().unwrap().overview(customer).await.unwrap();
    }
    assert_eq!(desk.asked(TOKEN), 3);
    assert_eq!(desk.asked(&format!("{bergmann}{TOKEN}")), 1);
}

#[tokio::test]
async fn a_new_refresh_token_is_handed_over() {
    let desk = Desk::new().await;
    desk.at().customers().unwrap().list(1).await.unwrap();
    assert!(desk.kept.tokens.lock().unwrap().is_empty(), "nothing new yet");
    desk.pass(2 * 24 * 3600);
    desk.at().customers().unwrap().list(1).await.unwrap();
    let kept = desk.kept.tokens.lock().unwrap().clone();
    assert_eq!(kept.len(), 1);

    // Another program begins with what was kept.
    let mut with = credentials(&desk.sim, ADMIN);
    with.refresh_token = Secret::new(kept[0].clone());
    let network = Network::simulator(desk.sim.address()).unwrap();
    let connection = Connection { cloud: Cloud::Commercial, credentials: with };
    let other = Client::new(connection, &network, desk.kept.clone());
    other.at(desk.now()).customers().unwrap().list(1).await.unwrap();
}

#[tokio::test]
async fn a_refresh_token_that_cannot_be_kept_is_offered_again() {
    let desk = Desk::new().await;
    desk.sim.world(|world| world.renew(Renewal::Always));
    *desk.kept.broken.lock().unwrap() = true;
    let error = desk.at().customers().unwrap().list(1).await.unwrap_err();
    assert_eq!(error, Error::Vault("the disk is full".into()));
    assert_eq!(desk.asked("/v1/"), 0);
    *desk.kept.broken.lock().unwrap() = false;
    desk.sim.world(|world| world.renew(Renewal::Daily));
    desk.at().customers().unwrap().list(1).await.unwrap();
    assert_eq!(desk.kept.tokens.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn consent_that_is_gone_is_said_and_not_asked_about_in_a_loop() {
    let desk = Desk::new().await;
    desk.sim.world(microsoft_sim::World::revoke_consents);
    for _ in 0..10 {
        let error = desk.at().customers().unwrap().list(1).await.unwrap_err();
        assert!(matches!(&error, Error::Consent(why) if why.starts_with("AADSTS50173")), "{error}");
        assert!(error.keeps_request_id(), "nothing was sent");
    }
    assert_eq!((desk.asked(TOKEN), desk.asked("/v1/")), (1, 0));
    desk.pass(61);
    desk.at().customers().unwrap().list(1).await.unwrap_err();
    assert_eq!(desk.asked(TOKEN), 2);
}

#[tokio::test]
async fn consent_lapses_when_it_is_not_used_for_90_days() {
    let desk = Desk::new().await;
    desk.pass(89 * 24 * 3600);
    desk.at().customers().unwrap().list(1).await.unwrap();
    desk.pass(91 * 24 * 3600);
    let error = desk.at().customers().unwrap().list(1).await.unwrap_err();
    assert!(matches!(&error, Error::Consent(why) if why.starts_with("AADSTS700082")), "{error}");
}

#[tokio::test]
async fn the_token_service_has_faults_of_its_own() {
    for (kind, wanted) in [
        (FaultKind::ConsentExpired, "Consent"),
        (FaultKind::Throttled(Some("30".into())), "NotYet"),
        (FaultKind::Status(500), "Unanswered"),
        (FaultKind::Reset, "Unanswered"),
        (FaultKind::PageInOk, "Unanswered"),
    ] {
        let desk = Desk::new().await;
        desk.sim.world(|world| world.faults.push(Fault::next(kind.clone()).on(TOKEN)));
        let profile = microsoft::support::Profile { email: None, telephone: None, website: None };
        let update = desk.at().support_profile_update().unwrap();
        let error = update.put(&profile, RequestId::new()).await.unwrap_err();
        assert!(format!("{error:?}").starts_with(wanted), "{kind:?}: {error:?}");
        assert_eq!(desk.asked("/v1/"), 0, "nothing was sent");
        desk.pass(61);
        desk.at().support_profile_update().unwrap().put(&profile, RequestId::new()).await.unwrap();
    }
}

#[tokio::test]
async fn short_tokens_are_no_loop() {
    let desk = Desk::new().await;
    desk.sim.world(|world| world.tokens_hold(SignedDuration::from_secs(60)));
    for _ in 0..3 {
        desk.at().customers().unwrap().list(1).await.unwrap();
    }
    assert_eq!(desk.asked(TOKEN), 3);
}
