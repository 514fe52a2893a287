//! What comes back from a desk because something was missing.

use std::collections::BTreeSet;

use app::{Error, handovers};
use domain::{
    handover::{
        Leg,
        states::{Back, Outcome},
    },
    party::supplier::SupplierKind,
    ticket::diagnosis::Evidence,
};
use testkit::on_both;

use super::{Reached, decided, hand_over, request};

async fn all(desks: &[&Reached]) {
    for _ in 0..desks.len() + 2 {
        for at in desks {
            at.desk.run_jobs().await;
        }
    }
}

on_both! {
    async fn a_desk_says_what_it_misses_and_both_know_it(db) {
        let reseller = Reached::first(db).await;
        let provider = reseller.beside("provider", "Provider AG").await;
        let desks = [&reseller, &provider];
        let up = reseller.paired_with(&provider, SupplierKind::Provider).await;
        let mine = request(&reseller.desk, &reseller.helga).await;
        let leg = hand_over(&reseller, mine, up).await;
        all(&desks).await;
        handovers::accept(provider.app(), &provider.helga, provider.offered().await.id).await.unwrap();
        all(&desks).await;
        let theirs = provider.came().await;
        decided(&provider, theirs.id).await;
        let incoming = provider.legs(theirs.id).await.remove(0).id;
        let missing = BTreeSet::from([Evidence::CorrelationIds, Evidence::LastSeen]);
        let bounced = Back::new(Outcome::DataMissing, missing.clone()).unwrap();
        handovers::give_back(provider.app(), &provider.helga, incoming, "When was it last?", bounced).await.unwrap();
        all(&desks).await;
        for (at, ticket) in [(&reseller, mine), (&provider, theirs.id)] {
            let row = at.legs(ticket).await.remove(0);
            assert_eq!((row.state, row.answer.as_str()), (Leg::Returned, "When was it last?"));
            assert_eq!((row.outcome, row.missing.0, row.bounces), (Some(Outcome::DataMissing), missing.clone(), 1));
        }
        // The same words in the chain as ever: a desk of before reads it as well.
        let chain = reseller.legs(mine).await[0].chain.clone().unwrap();
        let kept: Result<_, store::Error> = reseller
            .app()
            .store
            .read(reseller.desk.desk, move |tx| {
                let chain = chain.clone();
                Box::pin(async move { store::handovers::messages(tx, &chain, "chain", 0, 100).await })
            })
            .await;
        let last = String::from_utf8(kept.unwrap().pop().unwrap().content).unwrap();
        assert!(last.contains("\"return\"") && last.contains("\"declined\""), "{last}");

        // With what was missing it is there once more, and solved.
        handovers::send_back(reseller.app(), &reseller.helga, leg, "At noon").await.unwrap();
        all(&desks).await;
        handovers::give_back(provider.app(), &provider.helga, incoming, "Mended", Outcome::Solved).await.unwrap();
        all(&desks).await;
        let row = reseller.legs(mine).await.remove(0);
        assert_eq!((row.state, row.outcome, row.bounces), (Leg::Returned, Some(Outcome::Solved), 1));
        // What is only offered is sent back as well.
        handovers::approve(reseller.app(), &reseller.helga, leg).await.unwrap();
        let again = hand_over(&reseller, mine, up).await;
        all(&desks).await;
        let offer = provider.offered().await.id;
        let wrong = handovers::decline(provider.app(), &provider.helga, offer, "x", Outcome::Solved).await;
        assert!(matches!(wrong, Err(Error::Invalid { field: "outcome", .. })), "{wrong:?}");
        let lacks = Back { outcome: Outcome::DataMissing, missing: BTreeSet::from([Evidence::TenantId]) };
        handovers::decline(provider.app(), &provider.helga, offer, "Which tenant?", lacks.clone()).await.unwrap();
        all(&desks).await;
        let row = reseller.legs(mine).await.into_iter().find(|row| row.id == again).unwrap();
        assert_eq!((row.state, row.answer.as_str(), row.bounces), (Leg::Declined, "Which tenant?", 1));
        assert_eq!((row.outcome, row.missing.0), (Some(lacks.outcome), lacks.missing));
        let odd = handovers::judge(provider.app(), &provider.helga, incoming, Outcome::Declined).await;
        assert!(matches!(odd, Err(Error::Refused("wrong-state"))), "only who handed over counts: {odd:?}");
    }
}
