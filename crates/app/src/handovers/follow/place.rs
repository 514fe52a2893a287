//! Where somebody is, as Microsoft wants to know it: by the time zone of their account.

use std::{collections::HashMap, sync::LazyLock};

use serde::Deserialize;

/// A place: what Windows calls its time zone, and its country by three letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) time_zone: &'static str,
    pub(super) country: &'static str,
}

/// The rows of `data/time_zones.json`: a name of Windows, a country, and the zones of both, between blanks.
#[derive(Debug, Deserialize)]
struct Table {
    #[serde(borrow)]
    rows: Vec<(&'static str, &'static str, &'static str)>,
}

static PLACES: LazyLock<HashMap<&'static str, Place>> = LazyLock::new(|| {
    let table: Table = serde_json::from_str(include_str!("../../../../../data/time_zones.json"))
        .expect("the shipped time zones are read by a test");
    let zones = table.rows.into_iter().flat_map(|(time_zone, country, zones)| {
        zones.split(' ').map(move |zone| (zone, Place { time_zone, country }))
    });
    zones.collect()
});

/// The place of a time zone; none of one that is not known, or that is of no one country, such as UTC.
pub(super) fn of(zone: &str) -> Option<Place> {
    PLACES.get(zone).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(zone: &str, place: Option<(&str, &str)>) {
        assert_eq!(of(zone).map(|place| (place.time_zone, place.country)), place, "{zone}");
    }

    #[test]
    fn a_zone_has_a_place_or_none() {
        check("Europe/Budapest", Some(("Central Europe Standard Time", "HUN")));
        check("Europe/Stockholm", Some(("W. Europe Standard Time", "SWE")));
        check("Asia/Kolkata", Some(("India Standard Time", "IND")));
        check("Asia/Calcutta", Some(("India Standard Time", "IND")));
        check("Europe/Kyiv", Some(("FLE Standard Time", "UKR")));
        check("America/New_York", Some(("Eastern Standard Time", "USA")));
        check("Atlantic/Reykjavik", Some(("Greenwich Standard Time", "ISL")));
        for none in ["UTC", "Etc/UTC", "Etc/GMT+5", "CET", "Mars/Olympus", ""] {
            check(none, None);
        }
    }

    #[test]
    fn every_row_is_whole_and_no_zone_stands_twice() {
        let table: Table = serde_json::from_str(include_str!("../../../../../data/time_zones.json")).unwrap();
        let zones: usize = table.rows.iter().map(|(.., zones)| zones.split(' ').count()).sum();
        assert_eq!(zones, PLACES.len(), "a zone stands in two rows");
        for (time_zone, country, zones) in table.rows {
            assert!(!time_zone.is_empty() && zones.split(' ').all(|zone| !zone.is_empty()), "{zones}");
            assert!(country.len() == 3 && country.bytes().all(|b| b.is_ascii_uppercase()), "{country}");
        }
    }
}
