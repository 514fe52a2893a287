use std::collections::BTreeSet;

use domain::cloud::Cloud;
use domain::subscription::rules::{self, Says};
use domain::subscription::{Action, Era, Facts, Parent, Refundable, Status, Term};

use super::{NOW, at, bought, said, seats};

mod others;

#[track_caller]
fn check(facts: &Facts, action: Action, wanted: &str) {
    let quantity = match action {
        Action::Add => Some(55),
        Action::Reduce => Some(45),
        Action::Schedule => Some(40),
        _ => None,
    };
    assert_eq!(said(facts, action, quantity, at(NOW)), wanted, "{action} of {facts:?}");
}

fn suspended(era: Era, since: &str) -> Facts {
    Facts {
        status: Status::Suspended,
        status_since: Some(at(since)),
        auto_renew: era != Era::NewCommerce,
        ..bought(era)
    }
}

fn unknown_status(facts: Facts) -> Facts {
    Facts { status: Status::Unknown, ..facts }
}

/// Just bought.
fn new(era: Era, began: &str) -> Facts {
    Facts { term_began: Some(at(began)), term_ends: Some(at("2027-03-09T10:00:00Z")), ..bought(era) }
}

/// For each row that decides: a case that it allows or does not touch, one that it refuses, one that it leaves open.
/// A row of one state alone is open only where the state is unknown.
#[test]
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn each_row_allows_refuses_and_leaves_open() {
    use Action::{Add, Cancel, Reactivate, Reduce, RenewOff, RenewOn, Schedule, Suspend, Unschedule};
    use Era::{Legacy, NewCommerce};
    let n = || bought(NewCommerce);
    let l = || bought(Legacy);
    let trial = || Facts { trial: true, ..n() };
    let ended = || Facts { term_ends: Some(at("2026-03-11T04:00:00Z")), ..n() };
    let no_end = |facts: Facts| Facts { term_ends: None, ..facts };
    let no_era = |facts: Facts| Facts { era: None, ..facts };
    let scheduled = || Facts { scheduled: true, ..n() };
    let fresh =
        || Facts { refundable: seats(5, "2026-03-16T10:00:00Z"), ..new(NewCommerce, "2026-03-09T10:00:00Z") };
    let old = || Facts { refundable: None, ..new(NewCommerce, "2022-03-10T10:00:00Z") };
    let with_parent = |era, status| Facts { parent: status, ..suspended(era, "2026-03-01T10:00:00Z") };
    let status = "unknown: status";
    let mut rows: Vec<super::Row> = vec![
        (
            "over",
            [
                (n(), Add, "may: nce-add"),
                (Facts { status: Status::Expired, ..n() }, Add, "not: over, never"),
                (unknown_status(n()), Add, status),
            ],
        ),
        (
            "not-provisioned",
            [
                (n(), Suspend, "may: nce-suspend"),
                (
                    Facts { status: Status::Pending, ..n() },
                    Suspend,
                    "not: not-provisioned, after provisioned",
                ),
                (unknown_status(n()), Suspend, status),
            ],
        ),
        (
            "already-suspended",
            [
                (l(), Suspend, "may: legacy-suspend"),
                (suspended(Legacy, "2026-03-01T10:00:00Z"), Suspend, "not: already-suspended, after done"),
                (unknown_status(l()), Suspend, status),
            ],
        ),
        (
            "already-active",
            [
                (suspended(NewCommerce, "2026-03-01T10:00:00Z"), Reactivate, "may: nce-reactivate"),
                (n(), Reactivate, "not: already-active, after done"),
                (unknown_status(n()), Reactivate, status),
            ],
        ),
        (
            "already-renews",
            [
                (Facts { auto_renew: false, ..n() }, RenewOn, "may: nce-renew"),
                (n(), RenewOn, "not: already-renews, after done"),
                (unknown_status(n()), RenewOn, status),
            ],
        ),
        (
            "already-ends",
            [
                (n(), RenewOff, "may: nce-renew"),
                (Facts { auto_renew: false, ..n() }, RenewOff, "not: already-ends, after done"),
                (unknown_status(Facts { auto_renew: false, ..n() }), RenewOff, status),
            ],
        ),
        (
            "suspended-stays-as-it-is",
            [
                (l(), Add, "may: legacy-quantity"),
                (
                    suspended(Legacy, "2026-03-01T10:00:00Z"),
                    Add,
                    "not: suspended-stays-as-it-is, after reactivated",
                ),
                (no_era(suspended(Legacy, "2026-03-01T10:00:00Z")), Add, "unknown: era"),
            ],
        ),
        (
            "add-on-follows",
            [
                (
                    with_parent(Legacy, Parent::Stands(Status::Active)),
                    Reactivate,
                    "may: legacy-reactivate-90d until 2026-05-30T10:00:00Z",
                ),
                (
                    with_parent(Legacy, Parent::Stands(Status::Suspended)),
                    Reactivate,
                    "not: add-on-follows, after parent",
                ),
                (with_parent(Legacy, Parent::Unknown), Reactivate, "unknown: parent"),
            ],
        ),
        (
            "by-use",
            [
                (l(), Reduce, "may: legacy-quantity"),
                (Facts { counted: false, ..l() }, Reduce, "not: by-use, never"),
                (Facts { counted: false, ..no_era(l()) }, Reduce, "unknown: era"),
            ],
        ),
        (
            "nce-renewing",
            [
                (n(), Add, "may: nce-add"),
                (ended(), Add, "not: nce-renewing, from 2026-03-12T04:00:00Z"),
                (no_end(n()), Add, "unknown: term_ends"),
            ],
        ),
        (
            "nce-trial",
            [
                (n(), Suspend, "may: nce-suspend"),
                (trial(), Suspend, "not: nce-trial, from 2026-12-01T10:00:00Z"),
                (no_era(trial()), Suspend, "unknown: era azure_active"),
            ],
        ),
        (
            "nce-trial-seats",
            [
                (n(), Add, "may: nce-add"),
                (trial(), Add, "not: nce-trial-seats, from 2026-12-01T10:00:00Z"),
                (no_era(trial()), Add, "unknown: era"),
            ],
        ),
        (
            "nce-add",
            [
                (n(), Add, "may: nce-add"),
                (Facts { status: Status::Disabled, ..n() }, Add, "not: over, never"),
                (unknown_status(n()), Add, status),
            ],
        ),
        (
            "nce-reduce-72h",
            [
                (
                    Facts { refundable: seats(5, "2026-03-12T10:00:00Z"), ..old() },
                    Reduce,
                    "may: nce-reduce-72h until 2026-03-12T10:00:00Z",
                ),
                (
                    Facts { refundable: Some(vec![]), ..old() },
                    Reduce,
                    "not: nce-reduce-72h, from 2027-03-09T10:00:00Z",
                ),
                (old(), Reduce, "unknown: refundable"),
            ],
        ),
        (
            "nce-reduce-7d",
            [
                (fresh(), Reduce, "may: nce-reduce-7d until 2026-03-16T10:00:00Z"),
                (n(), Reduce, "not: nce-reduce-7d, from 2026-12-01T10:00:00Z"),
                (Facts { refundable: None, ..n() }, Reduce, "unknown: refundable"),
            ],
        ),
        (
            "nce-cancel-72h",
            [
                (
                    Facts { cancel_until: Some(at("2026-03-12T00:00:00Z")), ..old() },
                    Cancel,
                    "may: nce-cancel-72h until 2026-03-12T00:00:00Z",
                ),
                (old(), Cancel, "not: nce-cancel-72h, from 2027-03-09T10:00:00Z"),
                (Facts { term_began: None, ..old() }, Cancel, "unknown: term_began"),
            ],
        ),
        (
            "nce-cancel-7d",
            [
                (fresh(), Cancel, "may: nce-cancel-7d until 2026-03-16T10:00:00Z"),
                (Facts { auto_renew: false, ..n() }, Cancel, "not: nce-cancel-7d, never"),
                (Facts { term_began: None, ..n() }, Cancel, "unknown: term_began"),
            ],
        ),
        (
            "nce-suspend",
            [
                (n(), Suspend, "may: nce-suspend"),
                (Facts { status: Status::Deleted, ..n() }, Suspend, "not: over, never"),
                (unknown_status(n()), Suspend, status),
            ],
        ),
        (
            "nce-suspended-at-end",
            [
                (suspended(NewCommerce, "2026-03-01T10:00:00Z"), Reactivate, "may: nce-reactivate"),
                (
                    Facts { term_ends: Some(at(NOW)), ..suspended(NewCommerce, "2026-03-01T10:00:00Z") },
                    Reactivate,
                    "not: nce-suspended-at-end, never",
                ),
                (no_end(suspended(NewCommerce, "2026-03-01T10:00:00Z")), Reactivate, "unknown: term_ends"),
            ],
        ),
        (
            "nce-reactivate",
            [
                (with_parent(NewCommerce, Parent::Stands(Status::Active)), Reactivate, "may: nce-reactivate"),
                (
                    with_parent(NewCommerce, Parent::Stands(Status::Deleted)),
                    Reactivate,
                    "not: add-on-follows, after parent",
                ),
                (with_parent(NewCommerce, Parent::Unknown), Reactivate, "unknown: parent"),
            ],
        ),
        (
            "nce-renew",
            [
                (n(), RenewOff, "may: nce-renew"),
                (
                    suspended(NewCommerce, "2026-03-01T10:00:00Z"),
                    RenewOff,
                    "not: suspended-stays-as-it-is, after reactivated",
                ),
                (unknown_status(n()), RenewOff, status),
            ],
        ),
        (
            "nce-schedule-needs-renewal",
            [
                (n(), Schedule, "may: nce-schedule"),
                (
                    Facts { auto_renew: false, ..n() },
                    Schedule,
                    "not: nce-schedule-needs-renewal, after renew_on",
                ),
                (Facts { auto_renew: false, ..unknown_status(n()) }, Schedule, status),
            ],
        ),
        (
            "nce-schedule",
            [
                (n(), Schedule, "may: nce-schedule"),
                (ended(), Schedule, "not: nce-renewing, from 2026-03-12T04:00:00Z"),
                (trial(), Schedule, "unknown: document"),
            ],
        ),
        (
            "nce-nothing-scheduled",
            [
                (scheduled(), Unschedule, "may: nce-unschedule"),
                (n(), Unschedule, "not: nce-nothing-scheduled, after done"),
                (no_era(n()), Unschedule, "unknown: era"),
            ],
        ),
        (
            "nce-unschedule",
            [
                (scheduled(), Unschedule, "may: nce-unschedule"),
                (
                    Facts { scheduled: true, ..suspended(NewCommerce, "2026-03-01T10:00:00Z") },
                    Unschedule,
                    "not: suspended-stays-as-it-is, after reactivated",
                ),
                (unknown_status(scheduled()), Unschedule, status),
            ],
        ),
    ];
    rows.extend(others::rows());
    for (_, cases) in &rows {
        for (facts, action, wanted) in cases {
            check(facts, *action, wanted);
        }
    }
    let named: BTreeSet<&str> = rows.iter().map(|(row, _)| *row).collect();
    let decides = |says| matches!(says, Says::Allows | Says::Forbids | Says::Elsewhere);
    let all: BTreeSet<&str> =
        rules::all().iter().filter(|rule| decides(rule.says)).map(|rule| rule.id.as_str()).collect();
    assert_eq!(named, all, "each row that decides has its cases");
    // The row of a list is the one that its cases are about.
    for (row, cases) in &rows {
        assert!(cases.iter().any(|(.., wanted)| wanted.contains(row)), "{row} decides none of its cases");
    }
}

#[test]
fn rows_have_names_of_their_own_sources_and_days_in_order() {
    let mut seen = BTreeSet::new();
    for rule in rules::all() {
        assert!(seen.insert(&rule.id), "{} stands twice", rule.id);
        assert!(!rule.source.trim().is_empty(), "{}", rule.id);
        if let (Some(from), Some(to)) = (rule.valid_from, rule.valid_to) {
            assert!(from < to, "{}", rule.id);
        }
        assert_eq!(
            rule.actions.is_empty(),
            matches!(rule.says, Says::Lasts { .. }) && rule.id != "nce-backup"
        );
    }
}

/// A purchase on the last day of the 72 hours, and on the first of the seven days.
#[test]
fn the_window_is_that_of_the_day_on_which_it_opened() {
    let facts = |began: &str| Facts { refundable: None, ..new(Era::NewCommerce, began) };
    for (began, now, wanted) in [
        ("2022-03-11T23:59:59Z", "2022-03-14T23:59:58Z", "may: nce-cancel-72h until 2022-03-14T23:59:59Z"),
        ("2022-03-11T23:59:59Z", "2022-03-14T23:59:59Z", "not: nce-cancel-72h, from 2027-03-09T10:00:00Z"),
        ("2022-03-12T00:00:00Z", "2022-03-18T23:59:59Z", "may: nce-cancel-7d until 2022-03-19T00:00:00Z"),
        ("2022-03-12T00:00:00Z", "2022-03-19T00:00:00Z", "not: nce-cancel-7d, from 2027-03-09T10:00:00Z"),
    ] {
        assert_eq!(said(&facts(began), Action::Cancel, None, at(now)), wanted);
    }
}

#[test]
fn so_many_licences_are_given_back_as_were_added() {
    let part = |quantity, until| Refundable { quantity, until: at(until) };
    let facts = Facts {
        refundable: Some(vec![
            part(2, "2026-03-14T00:00:00Z"),
            part(3, "2026-03-12T00:00:00Z"),
            part(9, "2026-03-01T00:00:00Z"),
        ]),
        ..bought(Era::NewCommerce)
    };
    for (left, wanted) in [
        (Some(48), "may: nce-reduce-7d until 2026-03-12T00:00:00Z"),
        (Some(45), "may: nce-reduce-7d until 2026-03-12T00:00:00Z"),
        (Some(44), "not: nce-reduce-7d, from 2026-12-01T10:00:00Z"),
        (None, "may: nce-reduce-7d until 2026-03-12T00:00:00Z"),
    ] {
        assert_eq!(said(&facts, Action::Reduce, left, at(NOW)), wanted, "{left:?}");
    }
    assert_eq!(facts.refundable_at(at(NOW)), Some(5));
}

/// Microsoft should be done with the renewal and says nothing: the reading is old, or it is late. Nothing is done.
#[test]
fn a_renewal_that_should_be_over_leaves_everything_open() {
    let facts = Facts { term_ends: Some(at("2026-03-10T10:00:00Z")), ..bought(Era::NewCommerce) };
    check(&facts, Action::Add, "unknown: renewal");
    check(&Facts { auto_renew: false, ..facts }, Action::Add, "unknown: renewal");
}

#[test]
fn what_no_document_speaks_of_is_not_done() {
    check(&bought(Era::Marketplace), Action::Suspend, "unknown: document");
    check(&bought(Era::Perpetual), Action::Suspend, "unknown: document");
    check(&bought(Era::Software), Action::Add, "unknown: document");
    let nothing = Facts { era: None, ..bought(Era::Legacy) };
    for action in Action::ALL {
        let answer = said(&nothing, *action, None, at(NOW));
        assert!(answer.starts_with("unknown") || answer.contains("already"), "{action}: {answer}");
    }
}
