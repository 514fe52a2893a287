//! Offerings: who delivers, whether it can be kept, whether somebody answers, what is published.

mod back_to_back;
mod coverage;
mod delivery;
mod statement;
mod times;
mod wall;

use domain::clock::{Calendar, CalendarSpec, Period};
use domain::id::{CustomerId, DeliveryId, OfferingId, TeamId};
use domain::lang::Lang;
use domain::offering::delivery::{By, Manner, Row};
use domain::offering::{ContactMethod, Offering, Price, PriceUnit, Terms};
use domain::ticket::kinds::{Kind, Service};
use jiff::Timestamp;

const OFFICE: &str = r#""mon":[["09:00","17:00"]],"tue":[["09:00","17:00"]],"wed":[["09:00","17:00"]],
    "thu":[["09:00","17:00"]],"fri":[["09:00","17:00"]]"#;
const ALWAYS: &str = r#""mon":[["00:00","24:00"]],"tue":[["00:00","24:00"]],"wed":[["00:00","24:00"]],
    "thu":[["00:00","24:00"]],"fri":[["00:00","24:00"]],"sat":[["00:00","24:00"]],"sun":[["00:00","24:00"]]"#;

fn spec(zone: &str, hours: &str, holidays: &str) -> CalendarSpec {
    serde_json::from_str(&format!(r#"{{"timezone":"{zone}","hours":{{{hours}}},"holidays":[{holidays}]}}"#))
        .unwrap()
}

fn calendar(zone: &str, hours: &str) -> Calendar {
    spec(zone, hours, "").try_into().unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn period(from: &str, to: &str) -> Period {
    Period { from: at(from), to: at(to) }
}

fn customer(n: u8) -> CustomerId {
    CustomerId::new(Timestamp::UNIX_EPOCH, [n; 10])
}

fn team(n: u8) -> TeamId {
    TeamId::new(Timestamp::UNIX_EPOCH, [n; 10])
}

fn offering_id(n: u8) -> OfferingId {
    OfferingId::new(Timestamp::UNIX_EPOCH, [n; 10])
}

fn offering(n: u8, hours: CalendarSpec, languages: &[Lang]) -> Offering {
    let terms = Terms {
        services: vec![Service::Azure, Service::Microsoft365],
        kinds: vec![Kind::Technical],
        hours,
        languages: languages.to_vec(),
        contact: vec![ContactMethod::Mail],
        promises: serde_json::from_str(r#"{"A":{"first_response":3600,"resolution":28800}}"#).unwrap(),
        price: Price { per: PriceUnit::Included, amount: None },
    };
    let name = format!("Offering {n}");
    Offering { id: offering_id(n), name, terms, valid_from: Timestamp::UNIX_EPOCH, valid_to: None }
}

/// A row that fits everything.
fn row(n: u8, by: By) -> Row {
    Row {
        id: DeliveryId::new(Timestamp::UNIX_EPOCH, [n; 10]),
        customer: None,
        offering: None,
        service: None,
        kind: None,
        hours: None,
        by,
        valid_from: None,
        valid_to: None,
    }
}

fn supplier(n: u8) -> By {
    By::Supplier { manner: Manner::Outsourced, offering: offering_id(n) }
}
