use std::collections::{BTreeMap, BTreeSet};

use domain::collections::Policy;
use domain::lang::Lang;
use domain::offering::delivery::Manner;
use domain::offering::statement::{Offered, Part, Statement, difference, is_material};
use domain::offering::{ContactMethod, Price, PriceUnit};
use domain::party::supplier::SupplierKind;
use domain::ticket::kinds::{Kind, Service};

use super::{OFFICE, at, offering_id, spec};

fn offered(n: u8) -> Offered {
    Offered {
        id: offering_id(n),
        name: format!("Offering {n}"),
        services: BTreeSet::from([Service::Azure]),
        kinds: BTreeSet::from([Kind::Technical]),
        hours: spec("Europe/Berlin", OFFICE, "\"2026-12-24\",\"2026-12-31\""),
        languages: BTreeSet::from([Lang::De]),
        contact: BTreeSet::from([ContactMethod::Mail]),
        promises: serde_json::from_str(r#"{"A":{"first_response":3600}}"#).unwrap(),
        price: Price { per: PriceUnit::Included, amount: None },
        delivered: BTreeSet::from([Manner::InHouse]),
        beyond: BTreeSet::from([SupplierKind::Microsoft]),
    }
}

fn statement() -> Statement {
    Statement {
        form: 1,
        desk: "Nordwind".into(),
        plan: "Standard".into(),
        valid_from: at("2026-03-02T00:00:00Z"),
        valid_to: None,
        offerings: vec![offered(1), offered(2)],
        contact: BTreeMap::from([(ContactMethod::Mail, "help@nordwind.test".into())]),
        collections: BTreeMap::from([(Lang::En, "We remind you twice.".into())]),
        stages: Vec::new(),
    }
}

#[test]
fn the_same_promises_are_the_same_bytes() {
    let one = statement();
    let mut other = statement();
    other.offerings.reverse();
    other.offerings[0].hours.holidays.reverse();
    let canonical = one.canonical().unwrap();
    assert_eq!(other.canonical().unwrap(), canonical);
    assert_eq!(difference(&one, &other), []);
    let read: Statement = serde_json::from_str(&canonical).unwrap();
    assert_eq!(read.canonical().unwrap(), canonical);
}

#[track_caller]
fn check(change: impl Fn(&mut Statement), parts: &[Part], material: bool) {
    let before = statement();
    let mut after = statement();
    change(&mut after);
    let found: Vec<Part> = difference(&before, &after).into_iter().map(|d| d.part).collect();
    assert_eq!(found, parts);
    assert_eq!(is_material(&before, &after), material);
    assert_eq!(before.canonical().unwrap() == after.canonical().unwrap(), before == after);
}

#[test]
fn every_part_that_is_another_is_told() {
    check(|s| s.valid_from = at("2027-01-01T00:00:00Z"), &[], false);
    check(|s| s.plan = "Premium".into(), &[Part::Name], false);
    check(|s| s.offerings[0].name = "Night".into(), &[Part::Name], false);
    check(|s| s.valid_to = Some(at("2027-01-01T00:00:00Z")), &[Part::Validity], true);
    check(|s| drop(s.offerings.remove(0)), &[Part::Removed], true);
    check(|s| s.offerings.push(offered(3)), &[Part::Added], true);
    check(|s| assert!(s.offerings[1].services.insert(Service::Other)), &[Part::Scope], true);
    check(|s| s.offerings[1].hours.holidays.push("2027-01-06".into()), &[Part::Hours], true);
    check(|s| s.offerings[1].hours.timezone = "UTC".into(), &[Part::Hours], true);
    check(|s| assert!(s.offerings[0].languages.insert(Lang::Hu)), &[Part::Languages], true);
    check(|s| assert!(s.offerings[0].contact.insert(ContactMethod::Phone)), &[Part::Contact], true);
    check(
        |s| assert!(s.contact.insert(ContactMethod::Phone, "+49 30".into()).is_none()),
        &[Part::Contact],
        true,
    );
    check(
        |s| s.offerings[0].promises = serde_json::from_str(r#"{"A":{"first_response":3601}}"#).unwrap(),
        &[Part::Promises],
        true,
    );
    let amount = serde_json::from_str(r#"{"minor": 100, "currency": "EUR"}"#).unwrap();
    check(
        |s| s.offerings[0].price = Price { per: PriceUnit::Month, amount: Some(amount) },
        &[Part::Price],
        true,
    );
    check(|s| assert!(s.offerings[0].beyond.insert(SupplierKind::Provider)), &[Part::Escalation], true);
    check(|s| s.collections.clear(), &[Part::Collections], true);
    check(|s| s.stages = Policy::first().stages, &[Part::Collections], true);
}
