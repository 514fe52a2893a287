//! What was decided about tickets, counted.

use std::collections::BTreeMap;

use domain::{
    access::Permission,
    ticket::{diagnosis::Verdict, kinds::Service},
};
use store::requirements::{self, Decided};

use crate::{Agent, App, Error, Result, who};

/// How many months a report has if nobody says.
const MONTHS: i32 = 12;

/// One line: a service in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineLine {
    /// Such as 2026-11, in the desk's time zone.
    pub month: String,
    /// The service.
    pub service: Service,
    /// What the desk resolved itself.
    pub inside: i64,
    /// What somebody else had to.
    pub outside: i64,
    /// What stayed unclear.
    pub unclear: i64,
    /// Where there was nothing to decide.
    pub not_needed: i64,
    /// For how many seats, if anybody knows.
    pub seats: Option<i64>,
}

impl BaselineLine {
    /// Escalations for each 1,000 seats, in thousandths; none where nobody knows the seats.
    #[must_use]
    pub fn per_thousand_seats(&self) -> Option<i64> {
        let seats = self.seats.filter(|seats| *seats > 0)?;
        self.outside.checked_mul(1_000_000)?.checked_div(seats)
    }
}

/// How much lay inside the baseline, by service and month, the newest month first. Without months, the last twelve.
///
/// # Errors
/// [`Error::Forbidden`] without [`Permission::ReportsView`]; [`Error::Invalid`] for what is no month.
pub async fn baseline(
    app: &App,
    agent: &Agent,
    from: Option<&str>,
    to: Option<&str>,
) -> Result<Vec<BaselineLine>> {
    agent.require(Permission::ReportsView)?;
    let given = (checked("from", from)?, checked("to", to)?);
    let now = app.now();
    let rows: Vec<Decided> = app
        .store
        .read(agent.desk, move |tx| {
            let given = given.clone();
            Box::pin(async move {
                let (settings, _) = store::people::settings(tx).await?;
                let here = now.to_zoned(who::zone(&settings.timezone)).date();
                let month = |date: jiff::civil::Date| date.strftime("%Y-%m").to_string();
                let first = here.first_of_month().saturating_sub(jiff::Span::new().months(MONTHS - 1));
                let from = given.0.unwrap_or_else(|| month(first));
                let to = given.1.unwrap_or_else(|| month(here));
                requirements::decided(tx, &from, &to).await
            })
        })
        .await
        .map_err(|e: store::Error| Error::from(e))?;
    Ok(lines(rows))
}

fn checked(field: &'static str, month: Option<&str>) -> Result<Option<String>> {
    let Some(month) = month.map(str::trim).filter(|month| !month.is_empty()) else { return Ok(None) };
    let day: Result<jiff::civil::Date, _> = format!("{month}-01").parse();
    match day {
        Ok(_) if month.len() == 7 => Ok(Some(month.to_owned())),
        Ok(_) | Err(_) => Err(Error::invalid(field, "not-a-date")),
    }
}

fn lines(rows: Vec<Decided>) -> Vec<BaselineLine> {
    let mut all: BTreeMap<(std::cmp::Reverse<String>, Service), BaselineLine> = BTreeMap::new();
    for row in rows {
        let key = (std::cmp::Reverse(row.month.clone()), row.service);
        let line = all.entry(key).or_insert_with(|| BaselineLine {
            month: row.month,
            service: row.service,
            inside: 0,
            outside: 0,
            unclear: 0,
            not_needed: 0,
            seats: None,
        });
        let count = match row.verdict {
            Verdict::Inside => &mut line.inside,
            Verdict::Outside => &mut line.outside,
            Verdict::Unclear => &mut line.unclear,
            Verdict::NotNeeded => &mut line.not_needed,
        };
        *count += row.tickets;
    }
    all.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_knows_is_not_guessed() {
        let line = |outside, seats| BaselineLine {
            month: "2026-11".into(),
            service: Service::Azure,
            inside: 0,
            outside,
            unclear: 0,
            not_needed: 0,
            seats,
        };
        assert_eq!(line(5, None).per_thousand_seats(), None);
        assert_eq!(line(5, Some(0)).per_thousand_seats(), None);
        assert_eq!(line(3, Some(2_000)).per_thousand_seats(), Some(1_500));
    }

    #[test]
    fn a_month_is_a_month() {
        assert_eq!(checked("from", Some(" 2026-11 ")).unwrap(), Some("2026-11".into()));
        assert_eq!(checked("from", Some("")).unwrap(), None);
        for odd in ["2026-13", "2026-1", "26-11", "2026-11-03", "x"] {
            assert!(checked("from", Some(odd)).is_err(), "{odd}");
        }
    }
}
