//! The common ground of the support chain: suppliers, offerings, diagnoses, tenants.

use domain::{
    cloud::Cloud,
    id::{OfferingId, SupplierId, TicketId},
    lang::Lang,
    offering::{ContactMethod, Price, PriceUnit, Terms},
    party::supplier::{SupplierKind, Way},
    ticket::{
        diagnosis::{Diagnosis, Evidence},
        kinds::{Kind, Service},
    },
    vehicle::Vehicle,
};
use jiff::Timestamp;
use store::{Error, Json, diagnoses, offerings, suppliers, tenants};
use testkit::on_both;

use crate::desk;

const NOW: Timestamp = Timestamp::constant(1_772_438_400, 0);

fn supplier() -> suppliers::Supplier {
    suppliers::Supplier {
        id: SupplierId::new(NOW, [1; 10]),
        kind: SupplierKind::Microsoft,
        name: "Microsoft".into(),
        lang: Lang::En,
        way: Way::Portal,
        address: "https://admin.example".into(),
        personal_data: false,
        note: String::new(),
        active: true,
        version: 1,
        created_at: NOW,
    }
}

fn offering(supplier: Option<SupplierId>, n: u8) -> offerings::Offering {
    let hours =
        serde_json::from_str(r#"{"timezone": "UTC", "hours": {"mon": [["00:00", "24:00"]]}}"#).unwrap();
    let terms = Terms {
        services: vec![Service::Azure],
        kinds: vec![Kind::Technical],
        hours,
        languages: vec![Lang::En],
        contact: vec![ContactMethod::Portal],
        promises: serde_json::from_str(r#"{"A": {"first_response": 7200}}"#).unwrap(),
        price: Price { per: PriceUnit::Included, amount: None },
    };
    offerings::Offering {
        id: OfferingId::new(NOW, [n; 10]),
        supplier,
        name: format!("Offering {n}"),
        vehicle: supplier.map(|_| Vehicle::CspPlan),
        terms: Json(terms),
        valid_from: NOW,
        valid_to: None,
        theirs: None,
        version: 1,
    }
}

on_both! {
    async fn what_is_written_is_read(db) {
        let desk = desk(1);
        let store = db.store();
        store.write(desk, |tx| Box::pin(async move {
            let (s, ours) = (supplier(), offering(None, 2));
            let theirs = offering(Some(s.id), 1);
            suppliers::add(tx, &s).await?;
            offerings::add(tx, &theirs).await?;
            offerings::add(tx, &ours).await?;
            assert_eq!(suppliers::all(tx).await?, std::slice::from_ref(&s));
            assert_eq!(offerings::of_supplier(tx, s.id).await?, std::slice::from_ref(&theirs));
            assert_eq!(offerings::of_suppliers(tx).await?, std::slice::from_ref(&theirs));
            assert_eq!(offerings::own(tx).await?, std::slice::from_ref(&ours));
            let renamed = suppliers::Supplier { name: "Another".into(), active: false, ..s.clone() };
            suppliers::update(tx, &renamed).await?;
            assert_eq!(suppliers::update(tx, &renamed).await, Err(Error::Stale));
            let now = suppliers::Supplier { version: 2, ..renamed };
            assert_eq!(suppliers::get(tx, s.id).await?, Some(now));
            let ended = offerings::Offering { valid_to: Some(NOW), ..theirs.clone() };
            offerings::update(tx, &ended).await?;
            assert_eq!(offerings::update(tx, &ended).await, Err(Error::Stale));
            let now = offerings::Offering { version: 2, ..ended };
            assert_eq!(offerings::get(tx, theirs.id).await?, Some(now));
            Ok::<_, Error>(())
        })).await.unwrap();
    }

    async fn a_diagnosis_is_written_over_the_version_that_was_read(db) {
        let desk = desk(1);
        db.store().write(desk, |tx| Box::pin(async move {
            let ticket = TicketId::new(NOW, [3; 10]);
            assert_eq!(diagnoses::get(tx, ticket).await?, (Diagnosis::default(), 0));
            let mut diagnosis = Diagnosis::default();
            diagnosis.evidence.insert(Evidence::TenantId, "0000".into());
            diagnoses::put(tx, ticket, &diagnosis, 0).await?;
            assert_eq!(diagnoses::put(tx, ticket, &diagnosis, 0).await, Err(Error::Stale));
            assert_eq!(diagnoses::get(tx, ticket).await?, (diagnosis.clone(), 1));
            diagnosis.findings.break_fix = Some(true);
            diagnoses::put(tx, ticket, &diagnosis, 1).await?;
            assert_eq!(diagnoses::get(tx, ticket).await?, (diagnosis, 2));
            Ok::<_, Error>(())
        })).await.unwrap();
    }

    async fn a_tenant_is_mirrored(db) {
        let desk = desk(1);
        db.store().write(desk, |tx| Box::pin(async move {
            let mut tenant = tenants::Tenant {
                tenant: "0b6a3c9e".into(),
                customer: None,
                cloud: Cloud::Commercial,
                name: "Acme".into(),
                domain: "acme.onmicrosoft.example".into(),
                delegated_admin: None,
                delegated_until: None,
                seen_at: NOW,
            };
            tenants::put(tx, &tenant).await?;
            tenant.delegated_admin = Some(false);
            tenants::put(tx, &tenant).await?;
            assert_eq!(tenants::get(tx, "0b6a3c9e").await?, Some(tenant.clone()));
            assert_eq!(tenants::after(tx, "", 10).await?, [tenant]);
            Ok::<_, Error>(())
        })).await.unwrap();
    }
}
