//! Whether somebody answers in every hour and language that is promised.
//!
//! For each matter the rows of [`delivery`] say who answers in which hours, the most specific first.
//! An hour is covered if whoever answers then works then and speaks the language; holidays are closed hours of
//! whoever has them.

use std::collections::BTreeMap;

use crate::clock::{Calendar, ClockError, Period};
use crate::id::{OfferingId, TeamId};
use crate::lang::Lang;
use crate::ticket::kinds::{Kind, Service};

use super::delivery::{self, By, Matter, Row};
use super::times::Times;
use super::{Offering, Terms};

/// Somebody of the desk who answers.
#[derive(Clone, Debug)]
pub struct Person {
    /// Its teams.
    pub teams: Vec<TeamId>,
    /// What it speaks.
    pub languages: Vec<Lang>,
    /// On which kinds of requests it may work.
    pub kinds: Vec<Kind>,
    /// When it works.
    pub hours: Calendar,
}

/// Who there is to answer, with the times of everybody already laid out.
#[derive(Clone, Debug)]
pub struct Answerers {
    within: Period,
    people: Vec<(Person, Times)>,
    suppliers: BTreeMap<OfferingId, (Terms, Times)>,
    /// When the desk's people answer, by team, kind and language: asked for again and again.
    teams: BTreeMap<(Option<TeamId>, Kind, Lang), Times>,
}

impl Answerers {
    /// The desk's people, and what its suppliers offer, looked at within a period.
    ///
    /// # Errors
    /// As [`Calendar::elapsed`]. A supplier's offering whose calendar cannot be read never answers.
    pub fn new(within: Period, people: Vec<Person>, suppliers: &[Offering]) -> Result<Answerers, ClockError> {
        let mut laid = Vec::with_capacity(people.len());
        for person in people {
            let times = Times::open(&person.hours, within)?;
            laid.push((person, times));
        }
        let mut theirs = BTreeMap::new();
        for offering in suppliers {
            let Ok(hours) = Calendar::try_from(offering.terms.hours.clone()) else { continue };
            let to = offering.valid_to.unwrap_or(within.to);
            let holds = Times::of([Period { from: offering.valid_from, to }]);
            let times = Times::open(&hours, within)?.and(&holds);
            theirs.insert(offering.id, (offering.terms.clone(), times));
        }
        Ok(Answerers { within, people: laid, suppliers: theirs, teams: BTreeMap::new() })
    }

    /// When a row's deliverer answers a matter in a language.
    fn answer(&mut self, by: By, matter: &Matter, lang: Lang) -> Times {
        match by {
            By::Team(team) => {
                let kind = matter.kind;
                let people = &self.people;
                let times = self.teams.entry((team, kind, lang)).or_insert_with(|| {
                    let able = people.iter().filter(|(person, _)| {
                        team.is_none_or(|team| person.teams.contains(&team))
                            && person.languages.contains(&lang)
                            && person.kinds.contains(&kind)
                    });
                    Times::of(able.flat_map(|(_, times)| times.periods().iter().copied()))
                });
                times.clone()
            }
            By::Supplier { offering, .. } => match self.suppliers.get(&offering) {
                Some((terms, times))
                    if terms.covers(matter.service, matter.kind) && terms.languages.contains(&lang) =>
                {
                    times.clone()
                }
                _ => Times::none(),
            },
        }
    }

    /// When nobody answers a matter in a language although it is promised in these hours.
    ///
    /// # Errors
    /// As [`Calendar::elapsed`].
    pub fn gaps(
        &mut self,
        rows: &[Row],
        matter: &Matter,
        lang: Lang,
        promised: &Times,
    ) -> Result<Times, ClockError> {
        let mut gaps = Times::none();
        for (row, decides) in delivery::shares(rows, matter, self.within)? {
            let by = row.map_or(By::Team(None), |row| row.by);
            let answered = self.answer(by, matter, lang);
            gaps = gaps.or(&promised.and(&decides).without(&answered));
        }
        Ok(gaps)
    }
}

/// What nobody answers although it is promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The offering that promises it.
    pub offering: OfferingId,
    /// The language.
    pub lang: Lang,
    /// The services and kinds of which it is so.
    pub of: Vec<(Service, Kind)>,
    /// When.
    pub times: Times,
}

/// All that a plan promises and nobody answers, within the period of the answerers. Rows for single customers are
/// not looked at: a plan is everybody's who has it.
///
/// # Errors
/// As [`Calendar::elapsed`].
pub fn check(plan: &[Offering], rows: &[Row], answerers: &mut Answerers) -> Result<Vec<Gap>, ClockError> {
    let mut found: Vec<Gap> = Vec::new();
    for offering in plan {
        let Ok(hours) = Calendar::try_from(offering.terms.hours.clone()) else { continue };
        let to = offering.valid_to.unwrap_or(answerers.within.to);
        let holds = Times::of([Period { from: offering.valid_from, to }]);
        let promised = Times::open(&hours, answerers.within)?.and(&holds);
        for lang in &offering.terms.languages {
            for service in &offering.terms.services {
                for kind in &offering.terms.kinds {
                    let matter = Matter {
                        customer: None,
                        offering: Some(offering.id),
                        service: *service,
                        kind: *kind,
                    };
                    let times = answerers.gaps(rows, &matter, *lang, &promised)?;
                    if times.is_empty() {
                        continue;
                    }
                    let same = |gap: &&mut Gap| {
                        gap.offering == offering.id && gap.lang == *lang && gap.times == times
                    };
                    match found.iter_mut().find(same) {
                        Some(gap) => gap.of.push((*service, *kind)),
                        None => found.push(Gap {
                            offering: offering.id,
                            lang: *lang,
                            of: vec![(*service, *kind)],
                            times,
                        }),
                    }
                }
            }
        }
    }
    Ok(found)
}
