//! The rows of what is not of the new commerce.

use domain::cloud::Cloud;
use domain::subscription::{Action, Era, Facts, Status, Term};

use super::super::{NOW, Row, at, bought, seats};
use super::{new, suspended, unknown_status};

#[expect(clippy::too_many_lines, reason = "it is a table")]
pub(super) fn rows() -> Vec<Row> {
    use Action::{Add, Cancel, Reactivate, Reduce, RenewOff, Schedule, Suspend};
    use Era::{AzurePlan, Legacy, Marketplace, NewCommerce, Perpetual, Software};
    let n = || bought(NewCommerce);
    let l = || bought(Legacy);
    let plan = |active| Facts { azure_active: active, ..bought(AzurePlan) };
    let fresh =
        || Facts { refundable: seats(5, "2026-03-16T10:00:00Z"), ..new(NewCommerce, "2026-03-09T10:00:00Z") };
    let status = "unknown: status";
    vec![
        (
            "legacy-quantity",
            [
                (l(), Add, "may: legacy-quantity"),
                (Facts { status: Status::Deleted, ..l() }, Add, "not: over, never"),
                (unknown_status(l()), Add, status),
            ],
        ),
        (
            "legacy-renew",
            [
                (l(), RenewOff, "may: legacy-renew"),
                (
                    suspended(Legacy, "2026-03-01T10:00:00Z"),
                    RenewOff,
                    "not: suspended-stays-as-it-is, after reactivated",
                ),
                (unknown_status(l()), RenewOff, status),
            ],
        ),
        (
            "legacy-suspend",
            [
                (l(), Suspend, "may: legacy-suspend"),
                (
                    Facts { status: Status::Pending, ..l() },
                    Suspend,
                    "not: not-provisioned, after provisioned",
                ),
                (unknown_status(l()), Suspend, status),
            ],
        ),
        (
            "legacy-reactivate-60d-china",
            [
                (
                    Facts { cloud: Cloud::China, ..suspended(Legacy, "2026-02-01T10:00:00Z") },
                    Reactivate,
                    "may: legacy-reactivate-60d-china until 2026-04-02T10:00:00Z",
                ),
                (
                    Facts { cloud: Cloud::China, ..suspended(Legacy, "2026-01-01T10:00:00Z") },
                    Reactivate,
                    "not: legacy-reactivate-60d-china, never",
                ),
                (
                    Facts { cloud: Cloud::China, status_since: None, ..suspended(Legacy, NOW) },
                    Reactivate,
                    "unknown: status_since",
                ),
            ],
        ),
        (
            "legacy-reactivate-60d",
            [
                (
                    suspended(Legacy, "2026-03-01T10:00:00Z"),
                    Reactivate,
                    "may: legacy-reactivate-90d until 2026-05-30T10:00:00Z",
                ),
                (suspended(Legacy, "2021-07-01T10:00:00Z"), Reactivate, "not: legacy-reactivate-60d, never"),
                (Facts { status_since: None, ..suspended(Legacy, NOW) }, Reactivate, "unknown: status_since"),
            ],
        ),
        (
            "legacy-reactivate-90d",
            [
                (
                    suspended(Legacy, "2025-12-12T10:00:00Z"),
                    Reactivate,
                    "may: legacy-reactivate-90d until 2026-03-12T10:00:00Z",
                ),
                (suspended(Legacy, "2025-11-11T10:00:00Z"), Reactivate, "not: legacy-reactivate-90d, never"),
                (suspended(Legacy, "2025-12-11T10:00:00Z"), Reactivate, "unknown: account"),
            ],
        ),
        (
            "legacy-cancel",
            [
                (fresh(), Cancel, "may: nce-cancel-7d until 2026-03-16T10:00:00Z"),
                (l(), Cancel, "not: legacy-cancel, after suspend"),
                (unknown_status(l()), Cancel, status),
            ],
        ),
        (
            "legacy-no-schedule",
            [
                (n(), Schedule, "may: nce-schedule"),
                (l(), Schedule, "not: legacy-no-schedule, never"),
                (unknown_status(l()), Schedule, status),
            ],
        ),
        (
            "azure-plan-in-use",
            [
                (plan(Some(0)), Suspend, "may: azure-plan-suspend"),
                (plan(Some(2)), Suspend, "not: azure-plan-in-use, after azure_cancelled"),
                (plan(None), Suspend, "unknown: azure_active"),
            ],
        ),
        (
            "azure-plan-suspend",
            [
                (plan(Some(0)), Suspend, "may: azure-plan-suspend"),
                (suspended(AzurePlan, NOW), Suspend, "not: already-suspended, after done"),
                (plan(None), Suspend, "unknown: azure_active"),
            ],
        ),
        (
            "azure-plan-reactivate",
            [
                (suspended(AzurePlan, NOW), Reactivate, "may: azure-plan-reactivate"),
                (plan(Some(0)), Reactivate, "not: already-active, after done"),
                (unknown_status(plan(Some(0))), Reactivate, status),
            ],
        ),
        (
            "azure-plan-no-term",
            [
                (n(), RenewOff, "may: nce-renew"),
                (plan(Some(0)), RenewOff, "not: azure-plan-no-term, never"),
                (unknown_status(plan(Some(0))), RenewOff, status),
            ],
        ),
        (
            "perpetual-cancel",
            [
                (
                    new(Perpetual, "2026-02-20T10:00:00Z"),
                    Cancel,
                    "not: perpetual-cancel, elsewhere until 2026-03-22T10:00:00Z",
                ),
                (bought(Perpetual), Cancel, "not: perpetual-cancel, never"),
                (Facts { term_began: None, ..bought(Perpetual) }, Cancel, "unknown: term_began"),
            ],
        ),
        (
            "software-cancel-30d",
            [
                (
                    new(Software, "2026-03-09T10:00:00Z"),
                    Cancel,
                    "not: software-cancel-7d, elsewhere until 2026-03-16T10:00:00Z",
                ),
                (new(Software, "2022-07-01T10:00:00Z"), Cancel, "not: software-cancel-30d, never"),
                (Facts { term_began: None, ..bought(Software) }, Cancel, "unknown: term_began"),
            ],
        ),
        (
            "software-cancel-7d",
            [
                (
                    new(Software, "2026-03-09T10:00:00Z"),
                    Cancel,
                    "not: software-cancel-7d, elsewhere until 2026-03-16T10:00:00Z",
                ),
                (bought(Software), Cancel, "not: software-cancel-7d, never"),
                (Facts { term_began: None, ..bought(Software) }, Cancel, "unknown: term_began"),
            ],
        ),
        (
            "software-whole",
            [
                (l(), Reduce, "may: legacy-quantity"),
                (bought(Software), Reduce, "not: software-whole, never"),
                (unknown_status(bought(Software)), Reduce, status),
            ],
        ),
        (
            "marketplace-cancel-24h",
            [
                (
                    Facts {
                        cancel_until: Some(at("2026-03-12T00:00:00Z")),
                        term: Some(Term::Month),
                        ..new(Marketplace, "2023-06-01T10:00:00Z")
                    },
                    Cancel,
                    "may: marketplace-cancel-24h until 2026-03-12T00:00:00Z",
                ),
                (
                    Facts { term: Some(Term::Month), ..new(Marketplace, "2023-06-01T10:00:00Z") },
                    Cancel,
                    "not: marketplace-cancel-24h, from 2027-03-09T10:00:00Z",
                ),
                (Facts { term: None, ..new(Marketplace, "2023-06-01T10:00:00Z") }, Cancel, "unknown: term"),
            ],
        ),
        (
            "marketplace-cancel-14d",
            [
                (
                    Facts {
                        cancel_until: Some(at("2026-03-12T00:00:00Z")),
                        ..new(Marketplace, "2023-06-01T10:00:00Z")
                    },
                    Cancel,
                    "may: marketplace-cancel-14d until 2026-03-12T00:00:00Z",
                ),
                (
                    new(Marketplace, "2023-06-01T10:00:00Z"),
                    Cancel,
                    "not: marketplace-cancel-14d, from 2027-03-09T10:00:00Z",
                ),
                (Facts { term: None, ..new(Marketplace, "2023-06-01T10:00:00Z") }, Cancel, "unknown: term"),
            ],
        ),
        (
            "marketplace-cancel-72h",
            [
                (
                    new(Marketplace, "2026-03-09T10:00:00Z"),
                    Cancel,
                    "may: marketplace-cancel-72h until 2026-03-12T10:00:00Z",
                ),
                (bought(Marketplace), Cancel, "not: marketplace-cancel-72h, from 2026-12-01T10:00:00Z"),
                (Facts { term_began: None, ..bought(Marketplace) }, Cancel, "unknown: term_began"),
            ],
        ),
        (
            "marketplace-renew",
            [
                (bought(Marketplace), RenewOff, "may: marketplace-renew"),
                (Facts { status: Status::Expired, ..bought(Marketplace) }, RenewOff, "not: over, never"),
                (unknown_status(bought(Marketplace)), RenewOff, status),
            ],
        ),
    ]
}
