//! The families of what is read at Microsoft, and of subscriptions.

use domain::subscription::acts::{Cause, Field, Progress};
use domain::subscription::dates::Occasion as Day;
use domain::subscription::rules::{Next, Says};
use domain::subscription::{self, Action, Era, Status, Term};

use super::all;

/// How something at Microsoft stands.
pub(super) const STATES: &[&str] = &[
    "never",
    "current",
    "unconsented",
    "consent",
    "throttled",
    "failing",
    "refused",
    "not_offered",
    "no_admin",
    "gone",
];

pub(super) fn families() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        (
            "microsoft-issue",
            vec![
                "unknown_future_value",
                "service_operational",
                "investigating",
                "restoring_service",
                "verifying_service",
                "service_restored",
                "post_incident_review_published",
                "service_degradation",
                "service_interruption",
                "extended_recovery",
                "false_positive",
                "investigation_suspended",
                "resolved",
                "mitigated_external",
                "mitigated",
                "resolved_external",
                "confirmed",
                "reported",
            ],
        ),
        (
            "microsoft-reads",
            vec![
                "customers",
                "customer",
                "health",
                "subscriptions",
                "licences",
                "requests",
                "partners",
                "profile",
                "log",
                "events",
            ],
        ),
        ("subscription-action", all(Action::ALL, Action::word)),
        ("subscription-cause", all(Cause::ALL, Cause::word)),
        ("subscription-ended", ended()),
        ("subscription-era", all(Era::ALL, Era::word).into_iter().chain(["unknown"]).collect()),
        ("subscription-field", all(Field::ALL, Field::word)),
        ("subscription-lack", all(subscription::rules::Lack::ALL, subscription::rules::Lack::word)),
        ("subscription-next", next()),
        ("subscription-occasion", all(Day::ALL, Day::word)),
        ("subscription-progress", all(Progress::ALL, Progress::word)),
        ("subscription-rule", subscription_rules()),
        ("subscription-status", all(Status::ALL, Status::word)),
        ("subscription-term", all(Term::ALL, Term::word)),
    ]
}

/// How something ends of which somebody has to know.
fn ended() -> Vec<&'static str> {
    Progress::ALL.iter().filter(|progress| progress.is_trouble()).map(|progress| progress.word()).collect()
}

/// After what something is possible; a date needs no words.
fn next() -> Vec<&'static str> {
    let dated = [Next::Renewal, Next::Renewed];
    Next::ALL.iter().filter(|next| !dated.contains(next)).map(|next| next.word()).collect()
}

/// The rows about subscriptions that decide; the others say how long something lasts.
fn subscription_rules() -> Vec<&'static str> {
    let decides = |rule: &&subscription::rules::Rule| {
        matches!(rule.says, Says::Allows | Says::Forbids | Says::Elsewhere)
    };
    subscription::rules::all().iter().filter(decides).map(|rule| rule.id.as_str()).collect()
}
