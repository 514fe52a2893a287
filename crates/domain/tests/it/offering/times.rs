use domain::clock::Period;
use domain::offering::times::{Times, telling_weeks, week_of};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::dice::{Dice, in_every_case};

fn any(dice: &mut Dice) -> Times {
    let at = |n: i64| Timestamp::from_second(n).unwrap();
    let count = dice.few(8);
    Times::of(
        (0..count)
            .map(|_| Period { from: at(dice.between(0, 40)), to: at(dice.between(0, 40)) })
            .collect::<Vec<_>>(),
    )
}

#[test]
fn sets_of_time_are_sets() {
    in_every_case(20_000, |dice| {
        let (a, b) = (any(dice), any(dice));
        let (and, or, without) = (a.and(&b), a.or(&b), a.without(&b));
        for half in 0..82 {
            let at = Timestamp::from_millisecond(half * 500).unwrap();
            let (in_a, in_b) = (a.contains(at), b.contains(at));
            assert_eq!(and.contains(at), in_a && in_b, "{a:?} and {b:?} at {at}");
            assert_eq!(or.contains(at), in_a || in_b, "{a:?} or {b:?} at {at}");
            assert_eq!(without.contains(at), in_a && !in_b, "{a:?} without {b:?} at {at}");
        }
        for times in [&a, &and, &or, &without] {
            let ascending = times.periods().windows(2).all(|p| p[0].to < p[1].from);
            assert!(ascending && times.periods().iter().all(|p| p.from < p.to), "{times:?}");
        }
        assert_eq!(and.total() + without.total(), a.total());
    });
}

#[test]
fn a_week_is_as_long_as_its_clocks_make_it() {
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    for (at, first, hours) in [
        ("2026-03-04T12:00:00Z", "2026-03-01T23:00:00Z", 168),
        ("2026-03-29T12:00:00Z", "2026-03-22T23:00:00Z", 167),
        ("2026-10-25T12:00:00Z", "2026-10-18T22:00:00Z", 169),
    ] {
        let week = week_of(super::at(at), &berlin);
        assert_eq!((week.from, week.length()), (super::at(first), SignedDuration::from_hours(hours)), "{at}");
    }
}

#[test]
fn weeks_that_tell_are_the_next_ones_and_the_odd_ones() {
    let calendar = super::spec("Europe/Berlin", super::OFFICE, "\"2026-12-24\"").try_into().unwrap();
    let weeks = telling_weeks(super::at("2026-03-04T12:00:00Z"), &[&calendar]);
    let first: Vec<String> = weeks.iter().map(|week| week.from.to_string()).collect();
    assert_eq!(
        first,
        [
            "2026-03-01T23:00:00Z",
            "2026-03-08T23:00:00Z",
            "2026-03-22T23:00:00Z",
            "2026-10-18T22:00:00Z",
            "2026-12-20T23:00:00Z",
        ]
    );
}

#[test]
fn a_year_of_gaps_is_told_as_a_timetable() {
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    let calendar = super::calendar("Europe/Berlin", r#""mon":[["22:00","02:00"]],"wed":[["09:00","10:30"]]"#);
    let year = super::period("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
    let slots = Times::open(&calendar, year).unwrap().weekly(&berlin);
    let told: Vec<_> =
        slots.iter().map(|s| (s.weekday.to_monday_zero_offset(), s.from, s.to, s.times)).collect();
    assert_eq!(told, [(0, 1320, 1440, 52), (1, 0, 120, 52), (2, 540, 630, 52)]);
}
