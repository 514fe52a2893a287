//! What was decided about tickets and what went up the chain, counted.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    access::Permission,
    handover::states::Outcome,
    id::{CustomerId, TicketId},
    ticket::{diagnosis::Verdict, kinds::Service},
};
use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};
use store::{
    Tx,
    requirements::{self, Decided},
    scores::{self, Escalated},
    seats::{self, Seats},
};

use crate::{Agent, App, Error, Result, who};

/// How many months a report has if nobody says.
const MONTHS: i32 = 12;

/// Some months, as they are where the desk is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Months {
    first: Date,
    last: Date,
    zone: TimeZone,
}

/// Months that somebody asked for, such as `2026-11`; not given is as usual.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AskedMonths {
    from: Option<Date>,
    to: Option<Date>,
}

impl AskedMonths {
    /// # Errors
    /// [`Error::Invalid`] for what is no month.
    pub(crate) fn read(from: Option<&str>, to: Option<&str>) -> Result<Self> {
        Ok(Self { from: checked("from", from)?, to: checked("to", to)? })
    }

    /// Those of a desk: without any, the last twelve.
    pub(crate) async fn of_desk(&self, tx: &mut Tx, now: Timestamp) -> Result<Months, store::Error> {
        let (settings, _) = store::people::settings(tx).await?;
        let zone = who::zone(&settings.timezone);
        let here = now.to_zoned(zone.clone()).date().first_of_month();
        let last = self.to.unwrap_or(here);
        let first = self.from.unwrap_or_else(|| here.saturating_sub(Span::new().months(MONTHS - 1)));
        Ok(Months { first, last, zone })
    }
}

impl Months {
    /// From when until when they last.
    pub(crate) fn bounds(&self) -> (Timestamp, Timestamp) {
        let begins = |date: Date| date.to_zoned(self.zone.clone()).map(|at| at.timestamp());
        let after = self.last.saturating_add(Span::new().months(1));
        (begins(self.first).unwrap_or(Timestamp::MIN), begins(after).unwrap_or(Timestamp::MAX))
    }

    fn month_of(&self, at: Timestamp) -> String {
        word(at.to_zoned(self.zone.clone()).date())
    }
}

fn word(date: Date) -> String {
    date.strftime("%Y-%m").to_string()
}

fn checked(field: &'static str, month: Option<&str>) -> Result<Option<Date>> {
    let Some(month) = month.map(str::trim).filter(|month| !month.is_empty()) else { return Ok(None) };
    let day: Result<Date, _> = format!("{month}-01").parse();
    match day {
        Ok(day) if month.len() == 7 => Ok(Some(day)),
        Ok(_) | Err(_) => Err(Error::invalid(field, "not-a-date")),
    }
}

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
    /// How many tickets suppliers took in that month.
    pub escalated: i64,
    /// How many of these came back with a document that says the answer.
    pub documentation: i64,
    /// How many of these came back as a known issue.
    pub known_issue: i64,
    /// How many of these came back because something was missing, whatever came of them afterwards.
    pub data_missing: i64,
    /// How many seats there are at the end of the month, of the customers of whom the desk knows it.
    pub seats: Option<i64>,
    /// How many of the escalated tickets are of these customers.
    pub escalated_of_seats: i64,
}

impl BaselineLine {
    fn new(month: String, service: Service) -> Self {
        Self {
            month,
            service,
            inside: 0,
            outside: 0,
            unclear: 0,
            not_needed: 0,
            escalated: 0,
            documentation: 0,
            known_issue: 0,
            data_missing: 0,
            seats: None,
            escalated_of_seats: 0,
        }
    }

    /// Escalations for each 1,000 seats, in thousandths, of the customers of whom the desk knows the seats; none where it
    /// knows of none.
    #[must_use]
    pub fn per_thousand_seats(&self) -> Option<i64> {
        let seats = self.seats.filter(|seats| *seats > 0)?;
        self.escalated_of_seats.checked_mul(1_000_000)?.checked_div(seats)
    }
}

/// How much lay inside the baseline, how much was escalated and how that came back, by service and month, the newest month
/// first: of tickets that are shown to the agent. Without months, the last twelve.
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
    let asked = AskedMonths::read(from, to)?;
    let (now, reader) = (app.now(), agent.reader());
    app.store
        .read::<_, store::Error, _>(agent.desk, move |tx| {
            let asked = asked.clone();
            Box::pin(async move {
                let months = asked.of_desk(tx, now).await?;
                let (begin, end) = months.bounds();
                let decided =
                    requirements::decided(tx, reader, &word(months.first), &word(months.last)).await?;
                let escalated = scores::escalated(tx, reader, begin, end).await?;
                let seats = seats::until(tx, &months.last.last_of_month().to_string()).await?;
                Ok(lines(decided, &escalated, &seats, &months))
            })
        })
        .await
        .map_err(Error::from)
}

type Lines = BTreeMap<(std::cmp::Reverse<String>, Service), BaselineLine>;

fn line_of(all: &mut Lines, month: String, service: Service) -> &mut BaselineLine {
    all.entry((std::cmp::Reverse(month.clone()), service))
        .or_insert_with(|| BaselineLine::new(month, service))
}

fn lines(
    decided: Vec<Decided>,
    escalated: &[Escalated],
    seats: &[Seats],
    months: &Months,
) -> Vec<BaselineLine> {
    let mut all = Lines::new();
    for row in decided {
        let line = line_of(&mut all, row.month, row.service);
        let count = match row.verdict {
            Verdict::Inside => &mut line.inside,
            Verdict::Outside => &mut line.outside,
            Verdict::Unclear => &mut line.unclear,
            Verdict::NotNeeded => &mut line.not_needed,
        };
        *count += row.tickets;
    }
    // A ticket that went out twice in a month went out in it, and came back as it came back the last time.
    let mut out: BTreeMap<(String, TicketId), &Escalated> = BTreeMap::new();
    let mut bounced: BTreeSet<(String, TicketId)> = BTreeSet::new();
    for leg in escalated {
        let which = (months.month_of(leg.held_from), leg.ticket);
        if leg.bounces > 0 {
            bounced.insert(which.clone());
        }
        out.insert(which, leg);
    }
    for (which, leg) in &out {
        let line = line_of(&mut all, which.0.clone(), leg.service);
        line.escalated += 1;
        line.data_missing += i64::from(bounced.contains(which));
        match leg.outcome.filter(|_| leg.state.is_back()) {
            Some(Outcome::Documentation) => line.documentation += 1,
            Some(Outcome::KnownIssue) => line.known_issue += 1,
            Some(Outcome::Solved | Outcome::Declined | Outcome::DataMissing) | None => {}
        }
    }
    for line in all.values_mut() {
        let known = seats_at(seats, &line.month, line.service);
        let theirs: BTreeSet<CustomerId> = known.keys().copied().collect();
        line.seats = (!known.is_empty()).then(|| known.values().sum());
        let counts = out.iter().filter(|((month, _), leg)| {
            *month == line.month
                && leg.service == line.service
                && leg.customer.is_some_and(|customer| theirs.contains(&customer))
        });
        line.escalated_of_seats = i64::try_from(counts.count()).unwrap_or(i64::MAX);
    }
    all.into_values().collect()
}

/// How many seats of a service each customer has at the end of a month, of those of whom the desk knows it.
fn seats_at(seats: &[Seats], month: &str, service: Service) -> HashMap<CustomerId, i64> {
    let mut known = HashMap::new();
    // Days are ordered: what is said later holds.
    for row in seats.iter().filter(|row| row.service == service && row.day.as_str() <= end_of(month).as_str())
    {
        match row.seats {
            Some(seats) => drop(known.insert(row.customer, seats)),
            None => drop(known.remove(&row.customer)),
        }
    }
    known
}

/// What no day of a month comes after, as text.
fn end_of(month: &str) -> String {
    format!("{month}-31")
}

#[cfg(test)]
mod tests {
    use domain::{
        handover::Leg,
        id::{AgentId, HandoverId},
    };

    use super::*;

    fn months() -> Months {
        let date = |text: &str| text.parse().unwrap();
        Months { first: date("2026-10-01"), last: date("2026-11-01"), zone: TimeZone::UTC }
    }

    fn customer(n: u8) -> CustomerId {
        CustomerId::new(Timestamp::UNIX_EPOCH, [n; 10])
    }

    fn leg(ticket: u8, of: Option<u8>, at: &str, state: Leg, outcome: Option<Outcome>) -> Escalated {
        Escalated {
            id: HandoverId::new(Timestamp::UNIX_EPOCH, [ticket; 10]),
            ticket: TicketId::new(Timestamp::UNIX_EPOCH, [ticket; 10]),
            customer: of.map(customer),
            service: Service::Azure,
            held_from: at.parse().unwrap(),
            state,
            outcome,
            bounces: i64::from(outcome == Some(Outcome::DataMissing)),
        }
    }

    fn seats(of: u8, day: &str, seats: Option<i64>) -> Seats {
        Seats {
            customer: customer(of),
            service: Service::Azure,
            day: day.into(),
            seats,
            agent: AgentId::new(Timestamp::UNIX_EPOCH, [1; 10]),
            at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn what_went_out_counts_once_in_its_month_and_as_it_came_back() {
        use Outcome::{DataMissing, Documentation, KnownIssue, Solved};
        let out = [
            // Something was missing before: that it was answered then does not hide it.
            leg(2, Some(2), "2026-11-02T10:00:00Z", Leg::Approved, Some(DataMissing)),
            leg(1, Some(1), "2026-11-01T10:00:00Z", Leg::Approved, Some(Solved)),
            leg(1, Some(1), "2026-11-05T10:00:00Z", Leg::Returned, Some(Documentation)),
            leg(2, Some(2), "2026-11-06T10:00:00Z", Leg::Closed, Some(KnownIssue)),
            // It went back: what it came with does not stand any more.
            leg(3, None, "2026-11-07T10:00:00Z", Leg::SentBack, Some(Documentation)),
            leg(4, Some(1), "2026-10-31T23:59:59Z", Leg::InProgress, None),
        ];
        let known = [seats(1, "2026-11-20", Some(2_000)), seats(2, "2026-10-01", None)];
        let found = lines(Vec::new(), &out, &known, &months());
        let short: Vec<_> = found
            .iter()
            .map(|l| {
                (l.month.as_str(), l.escalated, l.documentation, l.known_issue, l.seats, l.escalated_of_seats)
            })
            .collect();
        assert_eq!(
            short,
            [("2026-11", 3, 1, 1, Some(2_000), 1), ("2026-10", 1, 0, 0, None, 0)],
            "seats of November are not those of October"
        );
        assert_eq!(found.iter().map(|l| l.data_missing).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(found[0].per_thousand_seats(), Some(500));
        assert_eq!(found[1].per_thousand_seats(), None);
    }

    #[test]
    fn what_nobody_knows_is_not_guessed() {
        let line = |escalated_of_seats, seats| BaselineLine {
            seats,
            escalated_of_seats,
            ..BaselineLine::new("2026-11".into(), Service::Azure)
        };
        assert_eq!(line(5, None).per_thousand_seats(), None);
        assert_eq!(line(5, Some(0)).per_thousand_seats(), None);
        assert_eq!(line(3, Some(2_000)).per_thousand_seats(), Some(1_500));
        let rows = [
            seats(1, "2026-09-01", Some(10)),
            seats(1, "2026-11-30", Some(30)),
            seats(2, "2026-10-05", Some(7)),
            seats(2, "2026-11-02", None),
        ];
        let sum = |month: &str| seats_at(&rows, month, Service::Azure).values().sum::<i64>();
        assert_eq!([sum("2026-08"), sum("2026-09"), sum("2026-10"), sum("2026-11")], [0, 10, 17, 30]);
    }

    #[test]
    fn a_month_is_a_month() {
        assert_eq!(checked("from", Some(" 2026-11 ")).unwrap(), Some("2026-11-01".parse().unwrap()));
        assert_eq!(checked("from", Some("")).unwrap(), None);
        for odd in ["2026-13", "2026-1", "26-11", "2026-11-03", "x"] {
            assert!(checked("from", Some(odd)).is_err(), "{odd}");
        }
    }
}
