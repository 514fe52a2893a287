//! Amounts of working time as people write them: "30 min", "4 h", "1 h 30".

use domain::clock::promise::Seconds;

/// The most that can be promised: a year of working hours around the clock.
const LONGEST: u32 = 366 * 24 * 60;

/// Reads an amount; none where nothing stands.
///
/// # Errors
/// `not-an-amount` for what is none, nothing, or more than a year.
pub(crate) fn read(field: &'static str, text: &str) -> Result<Option<Seconds>, app::Error> {
    const NOT: &str = "not-an-amount";
    if text.trim().is_empty() {
        return Ok(None);
    }
    let minutes =
        minutes(text).filter(|minutes| *minutes <= LONGEST).ok_or(app::Error::invalid(field, NOT))?;
    Seconds::new(minutes * 60).map(Some).ok_or(app::Error::invalid(field, NOT))
}

fn minutes(text: &str) -> Option<u32> {
    let text = text.to_lowercase();
    let (hours, rest) = match text.split_once('h') {
        Some((hours, rest)) => (hours.trim().parse::<u32>().ok()?, rest.trim()),
        None if text.contains('m') => (0, text.trim()),
        // A bare number could be either.
        None => return None,
    };
    let minutes = rest.trim_end_matches("min").trim_end_matches('m').trim();
    let minutes = if minutes.is_empty() && rest.is_empty() { 0 } else { minutes.parse::<u32>().ok()? };
    hours.checked_mul(60)?.checked_add(minutes)
}

/// Writes an amount so that [`read`] reads it; empty where nothing is promised.
pub(crate) fn write(amount: Option<Seconds>) -> String {
    let Some(amount) = amount else { return String::new() };
    // What the API set to the second is rounded down: a promise grows by nobody's saving of a form.
    let minutes = (amount.get() / 60).max(1);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read() {
        for (text, minutes) in [
            ("30 min", Some(30)),
            ("30m", Some(30)),
            ("4 h", Some(240)),
            ("4H", Some(240)),
            ("1 h 30", Some(90)),
            ("1h30", Some(90)),
            (" 1 h 30 min ", Some(90)),
            ("100 h", Some(6000)),
            ("0 h", None),
            ("0 min", None),
            ("soon", None),
            ("30", None),
            ("h", None),
            ("min", None),
            ("1 h min", None),
            ("-1 h", None),
            ("1.5 h", None),
            ("9999999999 h", None),
            ("71582789 h", None),
            ("8785 h", None),
        ] {
            let read = read("a_first_response", text);
            assert_eq!(read.ok().flatten().map(|s| s.get() / 60), minutes, "{text:?}");
        }
        assert!(matches!(read("x", " "), Ok(None)));
        assert_eq!(read("x", "soon").unwrap_err().code(), "not-an-amount");
    }

    #[test]
    fn what_is_written_is_read() {
        for minutes in [1, 30, 60, 90, 480, 2400, 6001] {
            let amount = Seconds::new(minutes * 60);
            assert_eq!(read("x", &write(amount)).unwrap(), amount, "{}", write(amount));
        }
        assert_eq!(write(None), "");
    }
}
