//! Signals: what raises one, and what a judgement does to it.

mod licences;

use std::collections::BTreeMap;

use domain::{
    signal::{Case, Signal, WINDOW, signals},
    ticket::kinds::Service,
};
use jiff::{SignedDuration, Timestamp};

const DAY: SignedDuration = SignedDuration::from_hours(24);

fn now() -> Timestamp {
    "2026-11-30T12:00:00Z".parse().unwrap()
}

fn case(days: i32, service: Service, category: &'static str, escalated: bool) -> Case<'static> {
    let category = (!category.is_empty()).then_some(category);
    Case { at: now() - DAY * days, service, category, escalated }
}

#[test]
fn each_needs_its_own_evidence() {
    let azure = Service::Azure;
    let cases = [
        case(1, azure, "how-to", false),
        case(2, azure, "how-to", true),
        case(3, azure, "how-to", true),
        case(4, azure, "quota", true),
        case(5, azure, "quota", false),
        // One of another service, one alone, one that tells nothing.
        case(1, Service::Dynamics365, "how-to", false),
        case(1, Service::OnPremises, "onprem-older", false),
        case(1, azure, "", false),
    ];
    let found = signals(&cases, &BTreeMap::new(), now());
    let expected = [
        ((Signal::Training, azure), vec![0, 1, 2]),
        ((Signal::AddOn, azure), vec![3, 4]),
        ((Signal::Plan, azure), vec![1, 2, 3]),
    ];
    assert_eq!(found, BTreeMap::from(expected));
}

#[test]
fn what_is_old_or_of_tomorrow_does_not_count() {
    let service = Service::OnPremises;
    let edge = |at| Case { at, service, category: Some("onprem-older"), escalated: false };
    let last = now() - WINDOW;
    let found = |a, b| !signals(&[edge(a), edge(b)], &BTreeMap::new(), now()).is_empty();
    assert!(found(now(), last));
    assert!(!found(now(), last - SignedDuration::from_nanos(1)));
    assert!(!found(now() + SignedDuration::from_secs(1), last));
}

#[test]
fn what_was_judged_begins_again() {
    let service = Service::Microsoft365;
    let cases = [10, 9, 8, 3, 2].map(|days| case(days, service, "how-to", false));
    let judged = |days| BTreeMap::from([((Signal::Training, service), now() - DAY * days)]);
    assert_eq!(signals(&cases, &judged(8), now()), BTreeMap::new());
    let found = signals(&cases, &judged(9), now());
    assert_eq!(found, BTreeMap::from([((Signal::Training, service), vec![2, 3, 4])]));
    // Another signal was judged, or the same of another service.
    let others =
        BTreeMap::from([((Signal::Plan, service), now()), ((Signal::Training, Service::Azure), now())]);
    assert_eq!(signals(&cases, &others, now()).len(), 1);
}
