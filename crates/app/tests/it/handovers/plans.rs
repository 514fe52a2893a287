//! What a provider publishes is what its reseller may use.

use app::{
    Error,
    catalogue::{self, NewOffering, NewPlan},
    handovers,
    suppliers::{self, Offer},
};
use domain::{id::SupplierId, lang::Lang, party::supplier::SupplierKind};
use jiff::SignedDuration;
use testkit::on_both;

use super::Reached;
use crate::{
    catalogue::{ALWAYS, OFFICE, offering, plan, terms},
    statements::publish,
    wire::State as Wired,
};

const PROMISES: &str = r#"{"A":{"first_response":3600},"B":{"first_response":14400}}"#;
const SLOWER: &str = r#"{"A":{"first_response":7200},"B":{"first_response":14400}}"#;

async fn published(at: &Reached, supplier: SupplierId) -> Vec<Offer> {
    let all = suppliers::offerings(at.app(), &at.desk.admin, supplier).await.unwrap();
    all.into_iter().filter(|offer| offer.offering.theirs.is_some()).collect()
}

on_both! {
    async fn a_published_plan_is_the_resellers_vehicle(db) {
        let reseller = Reached::first(db).await;
        let provider = reseller.beside("provider", "Provider AG").await;
        let up = reseller.paired_with(&provider, SupplierKind::Provider).await;
        let (app, admin) = (provider.app(), &provider.desk.admin);
        let read = async || handovers::read_plan(reseller.app(), &reseller.desk.admin, up).await;
        assert_eq!(read().await.unwrap(), 0, "nothing is published");

        let day = offering(app, admin, "By day", terms(OFFICE, &[Lang::En, Lang::De], PROMISES)).await;
        let night = offering(app, admin, "At night", terms(ALWAYS, &[Lang::En], PROMISES)).await;
        let standard = plan(app, admin, "Standard", &[day, night], true).await;
        assert_eq!(read().await.unwrap(), 0, "what is not published is nobody's business");
        publish(&provider.desk, standard, "They know").await.unwrap();
        assert_eq!(read().await.unwrap(), 2);
        let came = published(&reseller, up).await;
        assert_eq!(came.iter().map(|offer| offer.name.as_str()).collect::<Vec<_>>(), ["At night", "By day"]);
        let theirs = catalogue::offering(app, admin, day).await.unwrap();
        assert_eq!((&came[1].offering.terms, came[1].offering.theirs), (&theirs.terms, Some(day)));
        let version = came[1].offering.version;
        read().await.unwrap();
        assert_eq!(published(&reseller, up).await[1].offering.version, version, "the same changes nothing");
        let edited = suppliers::change_offering(
            reseller.app(), &reseller.desk.admin, up, came[1].offering.id, "Ours", came[1].offering.terms.0.clone(),
            None, None, version,
        ).await;
        assert!(matches!(edited, Err(Error::Refused("published-there"))), "{edited:?}");

        // Another promise, and one that is given no more: read once a day by itself, also after a cut.
        provider.desk.wait(SignedDuration::from_hours(1));
        let slower = terms(OFFICE, &[Lang::En, Lang::De], SLOWER);
        let new = NewOffering { name: "By day".into(), terms: slower.clone(), valid_from: None, valid_to: None };
        catalogue::change_offering(app, admin, day, new, 1).await.unwrap();
        let less = NewPlan { name: "Standard".into(), offerings: vec![day], is_default: true };
        catalogue::change_plan(app, admin, standard, less, 1).await.unwrap();
        publish(&provider.desk, standard, "They know").await.unwrap();
        provider.wire.set(Wired::Cut);
        let silent = read().await;
        assert!(matches!(silent, Err(Error::Refused("desk-silent"))), "{silent:?}");
        reseller.desk.wait(SignedDuration::from_hours(25));
        reseller.desk.run_jobs().await;
        assert_eq!(published(&reseller, up).await[1].offering.version, version);
        provider.wire.set(Wired::Whole);
        reseller.desk.wait(SignedDuration::from_mins(5));
        reseller.desk.run_jobs().await;
        let now = published(&reseller, up).await;
        assert_eq!(now[1].offering.terms.0.promises, slower.promises);
        assert!(now[0].offering.valid_to.is_some(), "what is not published any more has ended");
        assert!(now[1].offering.valid_to.is_none());

        let helga = handovers::read_plan(reseller.app(), &reseller.helga, up).await;
        assert!(matches!(helga, Err(Error::Forbidden)));
        let peer = handovers::partners(reseller.app(), &reseller.desk.admin).await.unwrap().peers.remove(0);
        handovers::revoke(reseller.app(), &reseller.desk.admin, peer.id).await.unwrap();
        assert!(matches!(read().await, Err(Error::Refused("not-paired"))));
    }

    async fn who_is_not_paired_learns_of_no_plan(db) {
        let reseller = Reached::first(db).await;
        let provider = reseller.beside("provider", "Provider AG").await;
        let up = reseller.paired_with(&provider, SupplierKind::Provider).await;
        let peer = handovers::partners(provider.app(), &provider.desk.admin).await.unwrap().peers.remove(0);
        handovers::revoke(provider.app(), &provider.desk.admin, peer.id).await.unwrap();
        let refused = handovers::read_plan(reseller.app(), &reseller.desk.admin, up).await;
        assert!(matches!(refused, Err(Error::Refused("desk-silent"))), "{refused:?}");
        for none in ["", "[]", "{\"text\":\"{}\",\"signature\":\"\"}"] {
            let told = handovers::tell_plan(provider.app(), none.as_bytes()).await.unwrap();
            assert_eq!(told, handovers::Told::Malformed, "{none}");
        }
    }
}
