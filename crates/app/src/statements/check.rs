//! What stands against publishing: promises that a supplier cannot carry, hours in which nobody answers.

use domain::{
    clock::{Calendar, Period, promise::Promises},
    id::OfferingId,
    lang::Lang,
    offering::{
        Offering,
        back_to_back::{self, Finding, Need, Side},
        coverage::{self, Answerers, Gap},
        delivery::{self, By},
        times::{Times, telling_weeks, week_of},
    },
    ticket::kinds::{Kind, Service},
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::draft::{Source, Theirs, matters};
use crate::{Error, Result};

/// For how long coverage is looked at: a year, so that every holiday is in it.
const YEAR: SignedDuration = SignedDuration::from_hours(366 * 24);

/// What the checks found.
#[derive(Clone, Debug)]
pub struct Checks {
    /// What nobody answers although it is promised, within a year.
    pub gaps: Vec<Gap>,
    /// What suppliers cannot carry, or nobody knows whether they can.
    pub links: Vec<Link>,
    /// A week as a picture.
    pub week: Week,
}

impl Checks {
    /// Whether publishing needs a reason: something is promised that will not be kept. What is not known needs none.
    #[must_use]
    pub fn need_reason(&self) -> bool {
        !self.gaps.is_empty() || self.links.iter().any(Link::is_broken)
    }
}

/// A promise of ours that hangs on a supplier's.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Our offering.
    pub offering: OfferingId,
    /// Its name.
    pub name: String,
    /// For which services and kinds.
    pub of: Vec<(Service, Kind)>,
    /// The supplier's name.
    pub supplier: String,
    /// The name of its offering.
    pub theirs: String,
    /// For what it is needed.
    pub need: Need,
    /// What is wrong, or not known. Never empty.
    pub findings: Vec<Finding>,
}

impl Link {
    /// Whether it is known that the promise cannot be kept.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.findings.iter().any(is_broken)
    }
}

/// Whether a finding is more than that something is not known.
#[must_use]
const fn is_broken(finding: &Finding) -> bool {
    match finding {
        Finding::Closed(_) | Finding::Language(_) | Finding::Late { .. } => true,
        Finding::LanguagesUnknown | Finding::HoursUnknown | Finding::PromiseUnknown { .. } => false,
    }
}

/// A week, from Monday on.
#[derive(Clone, Debug, PartialEq)]
pub struct Week {
    /// The zone whose wall clock it follows.
    pub zone: TimeZone,
    /// When it is.
    pub period: Period,
    /// A row for each offering and language.
    pub rows: Vec<WeekRow>,
}

/// What is promised in one language, and what of it nobody answers.
#[derive(Clone, Debug, PartialEq)]
pub struct WeekRow {
    /// The offering's name.
    pub name: String,
    /// The language.
    pub lang: Lang,
    /// When it is promised.
    pub promised: Times,
    /// When nobody answers, for one service and kind at least.
    pub gaps: Times,
}

/// Checks what would be published.
pub(crate) fn checks(source: &Source, now: Timestamp, week: Option<Timestamp>) -> Result<Checks> {
    let gaps = gaps(source, now)?;
    let week = picture(source, &gaps, week.unwrap_or(now), now)?;
    Ok(Checks { links: links(source, now)?, gaps, week })
}

fn hours(offering: &Offering) -> Result<Calendar> {
    Calendar::try_from(offering.terms.hours.clone()).map_err(Error::internal)
}

fn gaps(source: &Source, now: Timestamp) -> Result<Vec<Gap>> {
    // Whole minutes, so that what is listed begins at one.
    let from = Timestamp::from_second(now.as_second().div_euclid(60) * 60).unwrap_or(now);
    let within = Period { from, to: from.checked_add(YEAR).unwrap_or(from) };
    let mut answerers =
        Answerers::new(within, source.people.clone(), &source.their_offerings()).map_err(Error::internal)?;
    coverage::check(&source.offerings, &source.rows, &mut answerers).map_err(Error::internal)
}

fn picture(source: &Source, gaps: &[Gap], at: Timestamp, now: Timestamp) -> Result<Week> {
    let first = source.offerings.first().map(|offering| offering.terms.hours.timezone.clone());
    let zone = crate::who::zone(&first.unwrap_or_default());
    // The week at hand has partly gone: the next one is whole. What lies outside of the year was not looked at.
    let latest = now.checked_add(YEAR - SignedDuration::from_hours(8 * 24)).unwrap_or(now);
    let mut period = week_of(at.min(latest), &zone);
    if period.from < now {
        period = week_of(week_of(now, &zone).to, &zone);
    }
    let mut rows = Vec::new();
    let shown = Times::of([period]);
    for offering in &source.offerings {
        let to = offering.valid_to.unwrap_or(period.to);
        let holds = Times::of([Period { from: offering.valid_from, to }]);
        let promised = Times::open(&hours(offering)?, period).map_err(Error::internal)?.and(&holds);
        for lang in &offering.terms.languages {
            let theirs = gaps.iter().filter(|gap| gap.offering == offering.id && gap.lang == *lang);
            let gaps = theirs.fold(Times::none(), |all, gap| all.or(&gap.times.and(&shown)));
            rows.push(WeekRow { name: offering.name.clone(), lang: *lang, promised: promised.clone(), gaps });
        }
    }
    Ok(Week { zone, period, rows })
}

/// A promise to be compared, and who would have to carry it when.
struct Hung<'s> {
    theirs: &'s Theirs,
    need: Need,
    served: Times,
    of: Vec<(Service, Kind)>,
}

fn links(source: &Source, now: Timestamp) -> Result<Vec<Link>> {
    let mut links = Vec::new();
    for offering in &source.offerings {
        let ours = hours(offering)?;
        for hung in hung(source, offering, &ours, now)? {
            let findings = compare(offering, &ours, &hung)?;
            if !findings.is_empty() {
                links.push(Link {
                    offering: offering.id,
                    name: offering.name.clone(),
                    of: hung.of,
                    supplier: hung.theirs.name.clone(),
                    theirs: hung.theirs.offering.name.clone(),
                    need: hung.need,
                    findings,
                });
            }
        }
    }
    Ok(links)
}

fn compare(offering: &Offering, ours: &Calendar, hung: &Hung<'_>) -> Result<Vec<Finding>> {
    let theirs = hours(&hung.theirs.offering)?;
    let side = |hours, terms: &'_ domain::offering::Terms| -> (Vec<Lang>, Promises, Calendar) {
        (terms.languages.clone(), terms.promises, hours)
    };
    let (our_languages, our_promises, our_hours) = side(ours.clone(), &offering.terms);
    let (their_languages, their_promises, their_hours) = side(theirs, &hung.theirs.offering.terms);
    let found = back_to_back::compare(
        Side { hours: &our_hours, languages: &our_languages, promises: &our_promises },
        Side { hours: &their_hours, languages: &their_languages, promises: &their_promises },
        hung.need,
        &hung.served,
    );
    found.map_err(Error::internal)
}

/// The suppliers on whom an offering hangs: those who deliver it, and where we deliver, the one of those who could
/// help beyond who carries it best.
fn hung<'s>(
    source: &'s Source,
    offering: &Offering,
    ours: &Calendar,
    now: Timestamp,
) -> Result<Vec<Hung<'s>>> {
    let mut all: Vec<Hung<'s>> = Vec::new();
    for matter in matters(offering) {
        let mut in_house = Times::none();
        let mut served: Vec<(OfferingId, Times)> = Vec::new();
        for week in telling_weeks(now, &[ours]) {
            for (row, times) in delivery::shares(&source.rows, &matter, week).map_err(Error::internal)? {
                match row.map_or(By::Team(None), |row| row.by) {
                    By::Team(_) => in_house = in_house.or(&times),
                    By::Supplier { offering, .. } => served.push((offering, times)),
                }
            }
        }
        let mut add = |theirs: &'s Theirs, need: Need, times: &Times| {
            let same = |hung: &&mut Hung<'_>| {
                hung.theirs.offering.id == theirs.offering.id && hung.need == need && hung.served == *times
            };
            let of = (matter.service, matter.kind);
            match all.iter_mut().find(same) {
                Some(hung) => hung.of.push(of),
                None => all.push(Hung { theirs, need, served: times.clone(), of: vec![of] }),
            }
        };
        let mut by_offering: Vec<(OfferingId, Times)> = Vec::new();
        for (id, times) in served {
            match by_offering.iter_mut().find(|(known, _)| *known == id) {
                Some((_, all)) => *all = all.or(&times),
                None => by_offering.push((id, times)),
            }
        }
        for (id, times) in &by_offering {
            if let Some(theirs) = source.theirs(*id) {
                add(theirs, Need::Delivers, times);
            }
        }
        if !in_house.is_empty()
            && let Some(best) = best(source, offering, ours, &in_house, (matter.service, matter.kind))?
        {
            add(best, Need::Escalation, &in_house);
        }
    }
    Ok(all)
}

/// The supplier who could help with a matter and of whose promises the fewest are worse than ours.
fn best<'s>(
    source: &'s Source,
    offering: &Offering,
    ours: &Calendar,
    served: &Times,
    of: (Service, Kind),
) -> Result<Option<&'s Theirs>> {
    let mut best: Option<((usize, usize), &Theirs)> = None;
    for theirs in source.theirs.iter().filter(|theirs| theirs.offering.terms.covers(of.0, of.1)) {
        let hung = Hung { theirs, need: Need::Escalation, served: served.clone(), of: vec![of] };
        let findings = compare(offering, ours, &hung)?;
        let broken = findings.iter().filter(|finding| is_broken(finding)).count();
        let rank = (broken, findings.len());
        if best.as_ref().is_none_or(|(known, _)| rank < *known) {
            best = Some((rank, theirs));
        }
    }
    Ok(best.map(|(_, theirs)| theirs))
}
