//! Who delivers the support that the desk has promised: its own people, or a supplier in its stead.
//!
//! A row names whose requests it is about, as narrowly or widely as one likes, and who answers them. The most
//! specific row that fits decides; where none fits, the desk itself delivers.

use jiff::Timestamp;

use crate::clock::{Calendar, ClockError, Period};
use crate::id::{CustomerId, DeliveryId, OfferingId, TeamId};
use crate::ticket::kinds::{Kind, Service};
use crate::words;

use super::times::Times;

words! {
    /// In which manner support is delivered (customer-support: resell, outsource, build in house; work with an
    /// indirect provider).
    pub enum Manner {
        /// By the desk's own people.
        InHouse = "in_house",
        /// By another company, in its own name, sold on by the desk.
        Resold = "resold",
        /// By another company in the desk's name.
        Outsourced = "outsourced",
        /// By the indirect provider.
        Provider = "provider",
    }
}

/// Who delivers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The desk's own people: a team, or whoever is there.
    Team(Option<TeamId>),
    /// A supplier, by one of its offerings to the desk.
    Supplier {
        /// In which manner.
        manner: Manner,
        /// The supplier's offering.
        offering: OfferingId,
    },
}

impl By {
    /// In which manner.
    #[must_use]
    pub const fn manner(self) -> Manner {
        match self {
            By::Team(_) => Manner::InHouse,
            By::Supplier { manner, .. } => manner,
        }
    }
}

/// A row: for whom and what, and who delivers. What is not given fits everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its id.
    pub id: DeliveryId,
    /// For one customer.
    pub customer: Option<CustomerId>,
    /// For what one of the desk's own offerings promises.
    pub offering: Option<OfferingId>,
    /// For one service.
    pub service: Option<Service>,
    /// For one kind of requests.
    pub kind: Option<Kind>,
    /// While this calendar is open.
    pub hours: Option<Calendar>,
    /// Who delivers.
    pub by: By,
    /// From when it can be used: when the supplier's offering begins.
    pub valid_from: Option<Timestamp>,
    /// Until when: when the supplier's offering ends.
    pub valid_to: Option<Timestamp>,
}

/// Whose request of what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matter {
    /// Whose.
    pub customer: Option<CustomerId>,
    /// The desk's offering that covers it.
    pub offering: Option<OfferingId>,
    /// For which service.
    pub service: Service,
    /// Of which kind.
    pub kind: Kind,
}

/// What made a row the most specific one that fits: what it names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Why {
    /// The customer.
    pub customer: bool,
    /// The desk's offering.
    pub offering: bool,
    /// The service.
    pub service: bool,
    /// The kind.
    pub kind: bool,
    /// Hours.
    pub hours: bool,
}

impl Row {
    /// What it names. Of two rows the greater is the more specific: a customer outweighs an offering, an offering a
    /// service, a service a kind, and a kind hours.
    #[must_use]
    pub const fn why(&self) -> Why {
        Why {
            customer: self.customer.is_some(),
            offering: self.offering.is_some(),
            service: self.service.is_some(),
            kind: self.kind.is_some(),
            hours: self.hours.is_some(),
        }
    }

    /// Whether it is about such a matter, at some hour.
    #[must_use]
    pub fn fits(&self, matter: &Matter) -> bool {
        self.customer.is_none_or(|customer| matter.customer == Some(customer))
            && self.offering.is_none_or(|offering| matter.offering == Some(offering))
            && self.service.is_none_or(|service| matter.service == service)
            && self.kind.is_none_or(|kind| matter.kind == kind)
    }

    /// When it decides within a period, if no more specific one does.
    fn decides_in(&self, within: Period) -> Result<Times, ClockError> {
        let from = self.valid_from.unwrap_or(within.from).max(within.from);
        let to = self.valid_to.unwrap_or(within.to).min(within.to);
        let holds = Period { from, to };
        match &self.hours {
            Some(hours) if from < to => Times::open(hours, holds),
            Some(_) | None => Ok(Times::of([holds])),
        }
    }

    /// Whether it decides at this moment: its hours are open, and its supplier's offering holds.
    #[must_use]
    pub fn decides_at(&self, at: Timestamp) -> bool {
        self.valid_from.is_none_or(|from| from <= at)
            && self.valid_to.is_none_or(|to| at < to)
            && self.hours.as_ref().is_none_or(|hours| is_open(hours, at))
    }
}

/// Who delivers a matter when, within a period: each row that ever decides, and none for the desk's own people, with
/// its times. Together they are the whole period.
///
/// # Errors
/// As [`Calendar::elapsed`].
pub fn shares<'r>(
    rows: &'r [Row],
    matter: &Matter,
    within: Period,
) -> Result<Vec<(Option<&'r Row>, Times)>, ClockError> {
    let mut left = Times::of([within]);
    let mut shares = Vec::new();
    for row in ranked(rows, matter) {
        let decides = row.decides_in(within)?.and(&left);
        if !decides.is_empty() {
            left = left.without(&decides);
            shares.push((Some(row), decides));
        }
    }
    if !left.is_empty() {
        shares.push((None, left));
    }
    Ok(shares)
}

fn is_open(calendar: &Calendar, at: Timestamp) -> bool {
    // A calendar that is never open has no moment to name.
    calendar.deadline(at, 0, &[]).is_ok_and(|first| first.due == at)
}

/// The rows that are about a matter, the most specific first; of equals the older.
#[must_use]
pub fn ranked<'r>(rows: &'r [Row], matter: &Matter) -> Vec<&'r Row> {
    let mut fitting: Vec<&Row> = rows.iter().filter(|row| row.fits(matter)).collect();
    fitting.sort_by_key(|row| (std::cmp::Reverse(row.why()), row.id));
    fitting
}

/// The row that says who delivers a matter at this moment; none: the desk's own people.
#[must_use]
pub fn resolve<'r>(rows: &'r [Row], matter: &Matter, at: Timestamp) -> Option<&'r Row> {
    ranked(rows, matter).into_iter().find(|row| row.decides_at(at))
}
