//! Days in forms. People name the first and the last day of what holds; it is kept from the first moment of the one until
//! the first moment after the other.

use app::Error;
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

/// The day of a moment, as a date field has it.
pub(crate) fn day(at: Timestamp, zone: &TimeZone) -> String {
    zone.to_datetime(at).date().to_string()
}

/// The last day of what ends at a moment; empty for what does not end.
pub(crate) fn until(end: Option<Timestamp>, zone: &TimeZone) -> String {
    end.map(|end| day(last_day(end), zone)).unwrap_or_default()
}

/// A moment in the last day of what ends at another.
pub(crate) fn last_day(end: Timestamp) -> Timestamp {
    end.checked_sub(SignedDuration::from_secs(1)).unwrap_or(end)
}

/// The first moment of the day of a field; none where nothing stands.
///
/// # Errors
/// `not-a-date`.
pub(crate) fn from(field: &'static str, text: &str, zone: &TimeZone) -> Result<Option<Timestamp>, Error> {
    let Some(date) = read(field, text)? else { return Ok(None) };
    let start = date.to_zoned(zone.clone()).map_err(|_| Error::invalid(field, "not-a-date"))?;
    Ok(Some(start.timestamp()))
}

/// The first moment after the day of a field; none where nothing stands.
///
/// # Errors
/// `not-a-date`.
pub(crate) fn to(field: &'static str, text: &str, zone: &TimeZone) -> Result<Option<Timestamp>, Error> {
    let Some(date) = read(field, text)? else { return Ok(None) };
    let next = date.tomorrow().and_then(|next| next.to_zoned(zone.clone()));
    Ok(Some(next.map_err(|_| Error::invalid(field, "not-a-date"))?.timestamp()))
}

fn read(field: &'static str, text: &str) -> Result<Option<Date>, Error> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Error::invalid(field, "not-a-date")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_is_what_holds() {
        let berlin = app::who::zone("Europe/Berlin");
        let first = from("from", "2026-03-01", &berlin).unwrap().unwrap();
        let end = to("to", " 2026-03-29 ", &berlin).unwrap().unwrap();
        assert_eq!(
            (first.to_string(), end.to_string()),
            ("2026-02-28T23:00:00Z".into(), "2026-03-29T22:00:00Z".into())
        );
        assert_eq!(
            (day(first, &berlin), until(Some(end), &berlin)),
            ("2026-03-01".into(), "2026-03-29".into())
        );
        assert_eq!((from("from", " ", &berlin).unwrap(), until(None, &berlin)), (None, String::new()));
        assert_eq!(to("to", "soon", &berlin).unwrap_err().code(), "not-a-date");
    }
}
