use domain::clock::{Calendar, Period};
use domain::lang::Lang;
use domain::offering::coverage::{Answerers, Person, check};
use domain::offering::delivery::{By, Matter, Row, resolve};
use domain::offering::times::{Times, week_of};
use domain::ticket::kinds::{Kind, Service};
use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::wall::{Hours, any_calendar};
use super::{ALWAYS, OFFICE, at, calendar, offering, period, row, spec, supplier, team};
use crate::dice::{in_every_case, is_long};

fn person(hours: Calendar, languages: &[Lang], teams: &[u8]) -> Person {
    let teams = teams.iter().map(|n| team(*n)).collect();
    Person { teams, languages: languages.to_vec(), kinds: Kind::ALL.to_vec(), hours }
}

fn week() -> Period {
    period("2026-12-20T23:00:00Z", "2026-12-27T23:00:00Z")
}

#[test]
fn a_holiday_of_the_people_is_a_gap_where_it_is_none_of_the_promise() {
    let plan = [offering(1, spec("Europe/Berlin", OFFICE, ""), &[Lang::De])];
    let closed: Calendar = spec("Europe/Berlin", OFFICE, "\"2026-12-24\"").try_into().unwrap();
    let mut answerers =
        Answerers::new(week(), vec![person(closed, &[Lang::De, Lang::En], &[])], &[]).unwrap();
    let gaps = check(&plan, &[], &mut answerers).unwrap();
    assert_eq!(gaps.len(), 1);
    assert_eq!(gaps[0].lang, Lang::De);
    assert_eq!(gaps[0].of, [(Service::Azure, Kind::Technical), (Service::Microsoft365, Kind::Technical)]);
    assert_eq!(gaps[0].times, Times::of([period("2026-12-24T08:00:00Z", "2026-12-24T16:00:00Z")]));
}

#[test]
fn a_language_that_nobody_speaks_is_a_gap_in_all_hours() {
    let plan = [offering(1, spec("Europe/Berlin", OFFICE, ""), &[Lang::De, Lang::ZhCn])];
    let people = vec![person(calendar("UTC", ALWAYS), &[Lang::De], &[])];
    let gaps = check(&plan, &[], &mut Answerers::new(week(), people, &[]).unwrap()).unwrap();
    assert_eq!(gaps.len(), 1);
    assert_eq!((gaps[0].lang, gaps[0].times.total()), (Lang::ZhCn, SignedDuration::from_hours(40)));
}

#[test]
fn a_supplier_answers_at_night_and_only_what_it_offers() {
    let plan = [offering(1, spec("UTC", ALWAYS, ""), &[Lang::En])];
    let mut theirs = offering(2, spec("UTC", ALWAYS, ""), &[Lang::En]);
    theirs.terms.services = vec![Service::Azure];
    let rows = [row(1, supplier(2)), Row { hours: Some(calendar("UTC", OFFICE)), ..row(2, By::Team(None)) }];
    let people = vec![person(calendar("UTC", OFFICE), &[Lang::En], &[])];
    let gaps = check(&plan, &rows, &mut Answerers::new(week(), people, &[theirs]).unwrap()).unwrap();
    assert_eq!(gaps.len(), 1);
    assert_eq!(gaps[0].of, [(Service::Microsoft365, Kind::Technical)]);
    assert_eq!(gaps[0].times.total(), SignedDuration::from_hours(168 - 40));
}

/// Equal to asking at every ten minutes of a week who delivers then, and whether they work.
#[test]
fn gaps_are_where_nobody_answers() {
    let holiday = "2026-03-27";
    in_every_case(if is_long() { 2_000 } else { 80 }, |dice| {
        let langs = [Lang::En, Lang::De, Lang::Hu];
        let week = week_of(at("2026-03-25T12:00:00Z"), &TimeZone::get("Europe/Berlin").unwrap());
        let published = any_calendar(dice, holiday);
        let mut people = Vec::new();
        for _ in 0..dice.between(0, 4) {
            let hours = any_calendar(dice, holiday);
            let languages: Vec<Lang> = langs.into_iter().filter(|_| dice.chance(60)).collect();
            let teams: Vec<u8> = (1..=2).filter(|_| dice.chance(50)).collect();
            let wall = Hours::new(&hours);
            people.push((person(hours.try_into().unwrap(), &languages, &teams), wall));
        }
        let their_hours = any_calendar(dice, holiday);
        let mut theirs = offering(9, their_hours.clone(), &[Lang::En, Lang::De]);
        theirs.valid_to = dice.chance(30).then(|| at("2026-03-28T11:00:00Z"));
        let mut rows = Vec::new();
        for n in 1..=u8::try_from(dice.between(1, 4)).unwrap() {
            let by = *dice.one_of(&[By::Team(None), By::Team(Some(team(1))), supplier(9)]);
            let hours = dice.chance(60).then(|| any_calendar(dice, holiday));
            let service = dice.chance(50).then_some(Service::Azure);
            let kind = dice.chance(20).then_some(Kind::Billing);
            let valid_to = theirs.valid_to.filter(|_| matches!(by, By::Supplier { .. }));
            let calendar = hours.clone().map(|hours| hours.try_into().unwrap());
            rows.push(Row { service, kind, hours: calendar, valid_to, ..row(n, by) });
        }
        let matter =
            Matter { customer: None, offering: None, service: Service::Azure, kind: Kind::Technical };
        let lang = *dice.one_of(&langs);
        let promised = Times::open(&published.clone().try_into().unwrap(), week).unwrap();
        let crowd = people.iter().map(|(person, _)| person.clone()).collect();
        let mut answerers = Answerers::new(week, crowd, std::slice::from_ref(&theirs)).unwrap();
        let gaps = answerers.gaps(&rows, &matter, lang, &promised).unwrap();
        let (their_wall, wall) = (Hours::new(&their_hours), Hours::new(&published));
        let mut at = week.from;
        while at < week.to {
            let by = resolve(&rows, &matter, at).map_or(By::Team(None), |row| row.by);
            let answered = match by {
                By::Team(team) => people.iter().any(|(person, hours)| {
                    team.is_none_or(|team| person.teams.contains(&team))
                        && person.languages.contains(&lang)
                        && hours.is_open(at)
                }),
                By::Supplier { .. } => {
                    theirs.terms.languages.contains(&lang) && theirs.holds(at) && their_wall.is_open(at)
                }
            };
            let gap = wall.is_open(at) && !answered;
            assert_eq!(gaps.contains(at), gap, "{at} {lang} {rows:?} {theirs:?} {published:?}");
            at += SignedDuration::from_mins(10);
        }
    });
}
