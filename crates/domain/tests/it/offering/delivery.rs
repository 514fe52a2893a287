use domain::offering::covering;
use domain::offering::delivery::{By, Matter, Row, resolve};
use domain::ticket::kinds::{Kind, Service};

use super::{at, calendar, customer, offering, offering_id, row, supplier, team};

/// The rows of a desk, from the widest to the narrowest.
fn rows() -> Vec<Row> {
    let by_customer = Row { customer: Some(customer(1)), ..row(6, By::Team(Some(team(6)))) };
    vec![
        Row { kind: Some(Kind::Billing), ..row(1, By::Team(Some(team(1)))) },
        Row { service: Some(Service::Azure), ..row(2, supplier(2)) },
        Row { service: Some(Service::Azure), kind: Some(Kind::Billing), ..row(3, By::Team(Some(team(3)))) },
        Row {
            service: Some(Service::Azure),
            hours: Some(calendar("Europe/Berlin", super::OFFICE)),
            ..row(4, By::Team(Some(team(4))))
        },
        Row { offering: Some(offering_id(5)), ..row(5, supplier(5)) },
        by_customer,
        // As specific as the second, and younger.
        Row { service: Some(Service::Azure), ..row(7, By::Team(None)) },
        // More specific than all, but its supplier's offering has ended.
        Row {
            customer: Some(customer(1)),
            service: Some(Service::Azure),
            valid_to: Some(at("2026-01-01T00:00:00Z")),
            ..row(8, supplier(8))
        },
    ]
}

#[track_caller]
fn check(who: Option<u8>, of: Option<u8>, service: Service, kind: Kind, when: &str, row: Option<usize>) {
    let matter = Matter { customer: who.map(customer), offering: of.map(offering_id), service, kind };
    let rows = rows();
    let found = resolve(&rows, &matter, at(when)).map(|found| rows.iter().position(|r| r == found).unwrap());
    assert_eq!(found, row, "{matter:?} at {when}");
}

#[test]
fn the_most_specific_row_decides() {
    use Kind::{Billing, Technical};
    use Service::{Azure, Microsoft365};
    // A Monday in winter; the office of Berlin is open from 8 to 16 of UTC.
    let (open, closed) = ("2026-03-02T10:00:00Z", "2026-03-02T16:00:00Z");
    check(None, None, Microsoft365, Technical, open, None);
    check(None, None, Microsoft365, Billing, open, Some(0));
    check(None, None, Azure, Technical, closed, Some(1));
    check(None, None, Azure, Technical, open, Some(3));
    check(None, None, Azure, Billing, open, Some(2));
    check(Some(2), Some(5), Azure, Billing, open, Some(4));
    check(Some(1), Some(5), Azure, Billing, open, Some(5));
    check(Some(1), None, Azure, Technical, "2025-12-31T23:59:59Z", Some(7));
    check(Some(1), None, Azure, Technical, "2026-01-01T00:00:00Z", Some(5));
}

#[test]
fn the_offering_made_for_the_least_covers() {
    let hours = || super::spec("UTC", super::ALWAYS, "");
    let wide = offering(1, hours(), &[]);
    let mut narrow = offering(2, hours(), &[]);
    narrow.terms.services = vec![Service::Azure];
    narrow.valid_to = Some(at("2026-06-01T00:00:00Z"));
    let plan = [wide, narrow];
    let name = |service, kind, when: &str| covering(&plan, service, kind, at(when)).map(|o| o.name.as_str());
    assert_eq!(name(Service::Azure, Kind::Technical, "2026-05-31T23:59:59Z"), Some("Offering 2"));
    assert_eq!(name(Service::Azure, Kind::Technical, "2026-06-01T00:00:00Z"), Some("Offering 1"));
    assert_eq!(name(Service::Microsoft365, Kind::Technical, "2026-05-01T00:00:00Z"), Some("Offering 1"));
    assert_eq!(name(Service::Azure, Kind::Billing, "2026-05-01T00:00:00Z"), None);
    assert_eq!(name(Service::Azure, Kind::Technical, "1969-05-01T00:00:00Z"), None);
}
