//! The families of what customers owe.

use domain::receivable::{
    bank::Because,
    invoice::{Fault, VatCategory},
    ledger::{Age, EntryKind, Refusal},
    pricing::{Base, Left, Rounding},
};

use super::all;

/// The codes of what can be wrong in a row of a file.
const ROW_FAULTS: &[&str] = &[
    "no-such-column",
    "not-a-currency",
    "not-a-day",
    "not-an-amount",
    "not-camt",
    "not-csv",
    "not-utf8",
    "not-xml",
    "required",
    "taken",
    "too-large",
    "too-many",
    "unknown",
];

/// The codes of what can go wrong.
pub(super) fn problems() -> Vec<&'static str> {
    let mut codes = vec![
        "already-charged",
        "credit-too-much",
        "in-the-future",
        "issued",
        "no-billing-contact",
        "no-origin",
        "not-an-iban",
        "not-an-invoice",
        "not-a-vat-id",
        "not-issued",
        "not-reconciled",
        "nothing-to-pass-on",
        "too-much",
        "void",
    ];
    codes.extend(all(Refusal::ALL, Refusal::word));
    codes.extend(all(Fault::ALL, Fault::word).into_iter().filter(|code| *code != "too-much"));
    codes
}

pub(super) fn families() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("age", all(Age::ALL, Age::word)),
        ("because", all(Because::ALL, Because::word)),
        ("entry-kind", all(EntryKind::ALL, EntryKind::word)),
        ("invoice-fault", all(Fault::ALL, Fault::word)),
        ("invoice-state", vec!["draft", "open", "late", "settled"]),
        ("pass-on-left", all(Left::ALL, Left::word)),
        ("price-base", all(Base::ALL, Base::word)),
        ("price-rounding", all(Rounding::ALL, Rounding::word)),
        ("problem", problems()),
        ("row-fault", ROW_FAULTS.to_vec()),
        ("vat", all(VatCategory::ALL, VatCategory::word)),
    ]
}
