//! Licences that nobody has: how many, for how long, and what a judgement does to it.

use domain::signal::licences::{AGAIN, LASTING, Licences, Unused, is_raised};
use jiff::{SignedDuration, Timestamp};

const DAY: SignedDuration = SignedDuration::from_hours(24);

fn first() -> Timestamp {
    "2026-10-01T06:00:00Z".parse().unwrap()
}

/// Readings, one a day: how many there are and how many are assigned; and what is known after the last: how many nobody has, and
/// at which reading that began.
#[track_caller]
fn check(part: &str, readings: &[(u32, u32)], wanted: Option<(u32, i32)>) {
    let mut known = None;
    for (day, (active, assigned)) in (0..).zip(readings) {
        let licences = Licences { part, active: *active, assigned: *assigned };
        known = licences.unused(known, first() + DAY * day);
    }
    let wanted = wanted.map(|(least, day)| Unused { least, since: first() + DAY * day });
    assert_eq!(known, wanted, "{part} {readings:?}");
}

#[test]
fn five_and_a_fifth_are_many() {
    check("SPB", &[(25, 20)], Some((5, 0)));
    check("SPB", &[(25, 21)], None);
    check("SPB", &[(26, 21)], None);
    check("SPB", &[(5, 0)], Some((5, 0)));
    check("SPB", &[(4, 0)], None);
    check("SPB", &[(0, 0)], None);
    check("SPB", &[(10, 12)], None);
    check("", &[(9_999, 0)], Some((9_999, 0)));
}

#[test]
fn what_nobody_pays_for_does_not_count() {
    check("FLOW_FREE", &[(100, 2)], None);
    check("POWERAPPS_VIRAL", &[(100, 2)], None);
    check("TEAMS_EXPLORATORY", &[(100, 2)], None);
    check("ENTERPRISEPREMIUM_TRIAL", &[(25, 2)], None);
    check("POWER_BI_STANDARD", &[(1_000_000, 2)], None);
    check("POWER_BI_STANDARD", &[(10_000, 0)], None);
    check("FREE_TIME", &[(10, 2)], Some((8, 0)));
    check("SPB", &[(u32::MAX, 0)], None);
}

#[test]
fn it_counts_without_a_break_and_no_more_than_there_always_were() {
    check("SPB", &[(40, 30), (40, 20), (40, 31), (40, 10)], Some((9, 0)));
    // All but a few were given to somebody: what comes after begins anew.
    check("SPB", &[(40, 30), (40, 37), (40, 30)], Some((10, 2)));
    check("SPB", &[(40, 30), (40, 40)], None);
    // Many were bought: the few from before are no fifth of them any more.
    check("SPB", &[(40, 30), (100, 30), (100, 40)], Some((60, 1)));
    // They were given back.
    check("SPB", &[(40, 30), (30, 30)], None);
}

#[test]
fn it_has_to_last() {
    let unused = Unused { least: 9, since: first() };
    let moment = SignedDuration::from_nanos(1);
    assert!(unused.lasts(first() + LASTING));
    assert!(!unused.lasts(first() + LASTING - moment));
    assert!(!unused.lasts(first() - DAY), "a clock that went back");
    assert!(is_raised(None, first()));
    assert!(is_raised(Some(first()), first() + AGAIN));
    assert!(!is_raised(Some(first()), first() + AGAIN - moment));
    assert!(!is_raised(Some(first() + DAY), first()));
}
