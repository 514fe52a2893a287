//! Credit limits, and the days on which somebody is warned.

use domain::billing::owing::{LimitStanding, Warning, against_limit, due_warning};

#[test]
fn a_limit_is_near_from_its_percentage_on_and_passed_above() {
    let check = |open: i64, limit: i64, percent: i64, wanted: LimitStanding| {
        assert_eq!(against_limit(open, limit, percent), wanted, "{open} of {limit}, {percent} %");
    };
    check(0, 1_000, 80, LimitStanding::Within);
    check(799, 1_000, 80, LimitStanding::Within);
    check(800, 1_000, 80, LimitStanding::Near);
    check(1_000, 1_000, 80, LimitStanding::Near);
    check(1_001, 1_000, 80, LimitStanding::Passed);
    check(0, 0, 80, LimitStanding::Within);
    check(1, 0, 80, LimitStanding::Passed);
    check(i64::MAX, i64::MAX, 100, LimitStanding::Near);
}

#[test]
fn a_day_asks_for_one_warning() {
    let check =
        |left: Option<u32>, wanted: Option<Warning>| assert_eq!(due_warning(left), wanted, "{left:?}");
    check(Some(11), None);
    check(Some(10), Some(Warning::DueTen));
    check(Some(6), Some(Warning::DueTen));
    check(Some(5), Some(Warning::DueFive));
    check(Some(1), Some(Warning::DueOne));
    check(Some(0), Some(Warning::DueOne));
    check(None, Some(Warning::Overdue));
}
