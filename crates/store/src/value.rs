//! Values on their way into and out of a database, the same on both.
//!
//! | here | SQLite | PostgreSQL |
//! | --- | --- | --- |
//! | `Int` (also `bool` as 0 and 1) | INTEGER | bigint |
//! | `Text` | TEXT | text |
//! | `Bytes` | BLOB | bytea |
//! | `Uuid` (all ids) | BLOB, 16 bytes | uuid |
//! | `Time` | INTEGER, microseconds since 1970 UTC | timestamptz |
//! | `Json` | TEXT | jsonb |
//!
//! Instants are cut to microseconds on the way in. U+0000, which PostgreSQL cannot store in text, becomes U+FFFD
//! on both, so that hostile text has the same fate everywhere and is never refused late.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::Error;

/// A parameter of a statement. Text and bytes are borrowed where they can be.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// No value.
    Null,
    /// A whole number, or a truth value as 0 and 1.
    Int(i64),
    /// Text.
    Text(Cow<'a, str>),
    /// Bytes.
    Bytes(Cow<'a, [u8]>),
    /// An id.
    Uuid(Uuid),
    /// An instant.
    Time(Timestamp),
    /// A JSON text.
    Json(Cow<'a, str>),
}

impl Value<'_> {
    /// The same, with all that it borrowed.
    pub(crate) fn owned(&self) -> Value<'static> {
        match self {
            Value::Null => Value::Null,
            Value::Int(v) => Value::Int(*v),
            Value::Text(v) => Value::Text(Cow::Owned(v.clone().into_owned())),
            Value::Bytes(v) => Value::Bytes(Cow::Owned(v.clone().into_owned())),
            Value::Uuid(v) => Value::Uuid(*v),
            Value::Time(v) => Value::Time(*v),
            Value::Json(v) => Value::Json(Cow::Owned(v.clone().into_owned())),
        }
    }

    /// Anything serializable as JSON.
    ///
    /// # Errors
    /// [`Error::Database`] for what JSON cannot express, such as a map whose keys are not text.
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<Value<'static>, Error> {
        let text = serde_json::to_string(value).map_err(|e| Error::Database(e.to_string()))?;
        Ok(Value::Json(Cow::Owned(without_nul_escapes(text))))
    }
}

/// What a column holds, as the database gave it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Raw<'r> {
    /// No value.
    Null,
    /// A whole number.
    Int(i64),
    /// A fraction; only ranks of a search are.
    Real(f64),
    /// Text.
    Text(&'r str),
    /// Bytes.
    Bytes(&'r [u8]),
    /// An id (PostgreSQL).
    Uuid(Uuid),
    /// An instant (PostgreSQL).
    Time(Timestamp),
    /// A JSON text (PostgreSQL).
    Json(&'r str),
}

/// A type that can be read from a column.
pub trait FromValue: Sized {
    /// What an error calls it.
    const WANTED: &'static str;
    /// The value, or `None` if the column holds something else.
    fn from_value(raw: Raw<'_>) -> Option<Self>;
}

/// A JSON column of a known shape: `Json(shape)` going in by [`Value::json`], `Json<Shape>` coming out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Json<T>(pub T);

/// A type that can be stored.
pub trait ToValue {
    /// The value, borrowing what it can.
    fn to_value(&self) -> Value<'_>;
}

/// Parameters of a statement, by value or by reference. In a desk's statements the first is `$2`, because `$1` is the desk.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::ToValue::to_value(&$value)),*] };
}

fn without_nul(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "\u{fffd}")) } else { Cow::Borrowed(text) }
}

/// Replaces the escape of U+0000 in a JSON text. An escaped backslash before `u0000` is left alone.
fn without_nul_escapes(json: String) -> String {
    if !json.contains("\\u0000") {
        return json;
    }
    let mut clean = String::with_capacity(json.len());
    let mut rest = json.as_str();
    while let Some(at) = rest.find('\\') {
        clean.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("\\u0000") {
            clean.push('\u{fffd}');
            rest = after;
        } else {
            // An escape is ASCII, so its first two bytes are two characters.
            clean.push_str(&rest[..2]);
            rest = &rest[2..];
        }
    }
    clean.push_str(rest);
    clean
}

impl ToValue for Value<'_> {
    fn to_value(&self) -> Value<'_> {
        match self {
            Value::Text(v) => Value::Text(Cow::Borrowed(v)),
            Value::Bytes(v) => Value::Bytes(Cow::Borrowed(v)),
            Value::Json(v) => Value::Json(Cow::Borrowed(v)),
            Value::Null => Value::Null,
            Value::Int(v) => Value::Int(*v),
            Value::Uuid(v) => Value::Uuid(*v),
            Value::Time(v) => Value::Time(*v),
        }
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value<'_> {
        (**self).to_value()
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, T::to_value)
    }
}

impl ToValue for i64 {
    fn to_value(&self) -> Value<'_> {
        Value::Int(*self)
    }
}

impl ToValue for bool {
    fn to_value(&self) -> Value<'_> {
        Value::Int((*self).into())
    }
}

impl ToValue for str {
    fn to_value(&self) -> Value<'_> {
        Value::Text(without_nul(self))
    }
}

impl ToValue for String {
    fn to_value(&self) -> Value<'_> {
        self.as_str().to_value()
    }
}

impl ToValue for Cow<'_, str> {
    fn to_value(&self) -> Value<'_> {
        self.as_ref().to_value()
    }
}

impl ToValue for [u8] {
    fn to_value(&self) -> Value<'_> {
        Value::Bytes(Cow::Borrowed(self))
    }
}

impl<const N: usize> ToValue for [u8; N] {
    fn to_value(&self) -> Value<'_> {
        self.as_slice().to_value()
    }
}

impl ToValue for Vec<u8> {
    fn to_value(&self) -> Value<'_> {
        self.as_slice().to_value()
    }
}

impl ToValue for Uuid {
    fn to_value(&self) -> Value<'_> {
        Value::Uuid(*self)
    }
}

impl ToValue for Timestamp {
    fn to_value(&self) -> Value<'_> {
        Value::Time(*self)
    }
}

impl ToValue for serde_json::Value {
    fn to_value(&self) -> Value<'_> {
        Value::Json(Cow::Owned(without_nul_escapes(self.to_string())))
    }
}

impl ToValue for domain::email_address::EmailAddress {
    fn to_value(&self) -> Value<'_> {
        self.as_str().to_value()
    }
}

macro_rules! whole_numbers {
    ($($t:ty),+) => {$(
        impl ToValue for $t {
            fn to_value(&self) -> Value<'_> { Value::Int((*self).into()) }
        }
        impl FromValue for $t {
            const WANTED: &'static str = stringify!($t);
            fn from_value(raw: Raw<'_>) -> Option<Self> { i64::from_value(raw)?.try_into().ok() }
        }
    )+};
}
whole_numbers!(i32, u32, u16, u8);

impl FromValue for i64 {
    const WANTED: &'static str = "whole number";
    fn from_value(raw: Raw<'_>) -> Option<Self> {
        if let Raw::Int(v) = raw { Some(v) } else { None }
    }
}

impl FromValue for bool {
    const WANTED: &'static str = "truth value (0 or 1)";
    fn from_value(raw: Raw<'_>) -> Option<Self> {
        match raw {
            Raw::Int(0) => Some(false),
            Raw::Int(1) => Some(true),
            _ => None,
        }
    }
}

impl FromValue for f64 {
    const WANTED: &'static str = "fraction";
    fn from_value(raw: Raw<'_>) -> Option<Self> {
        if let Raw::Real(v) = raw { Some(v) } else { None }
    }
}

impl FromValue for String {
    const WANTED: &'static str = "text";
    fn from_value(raw: Raw<'_>) -> Option<Self> {
        if let Raw::Text(v) = raw { Some(v.to_owned()) } else { None }
    }
}

impl FromValue for Vec<u8> {
    const WANTED: &'static str = "byte string";
    fn from_value(raw: Raw<'_>) -> Option<Self> {
        if let Raw::Bytes(v) = raw { Some(v.to_vec()) } else { None }
    }
}

impl FromValue for Uuid {
    const WANTED: &'static str = "id";
    fn from_value(raw: Raw<'_>) -> Option<Self> {
        match raw {
            Raw::Uuid(v) => Some(v),
            Raw::Bytes(v) => Uuid::from_slice(v).ok(),
            _ => None,
        }
    }
}

impl FromValue for Timestamp {
    const WANTED: &'static str = "instant";
    fn from_value(raw: Raw<'_>) -> Option<Self> {
        match raw {
            Raw::Time(v) => Some(v),
            Raw::Int(v) => Timestamp::from_microsecond(v).ok(),
            _ => None,
        }
    }
}

impl ToValue for domain::money::Currency {
    fn to_value(&self) -> Value<'_> {
        self.code().to_value()
    }
}

impl FromValue for domain::money::Currency {
    const WANTED: &'static str = "currency";
    fn from_value(raw: Raw<'_>) -> Option<Self> {
        if let Raw::Text(v) = raw { v.parse().ok() } else { None }
    }
}

/// A day by the calendar stands in a column of text, as `2026-11-30`: so both databases order it by time.
impl ToValue for jiff::civil::Date {
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Owned(self.to_string()))
    }
}

impl FromValue for jiff::civil::Date {
    const WANTED: &'static str = "day";
    fn from_value(raw: Raw<'_>) -> Option<Self> {
        if let Raw::Text(v) = raw { v.parse().ok() } else { None }
    }
}

impl FromValue for domain::email_address::EmailAddress {
    const WANTED: &'static str = "e-mail address";
    fn from_value(raw: Raw<'_>) -> Option<Self> {
        if let Raw::Text(v) = raw { v.parse().ok() } else { None }
    }
}

impl FromValue for serde_json::Value {
    const WANTED: &'static str = "JSON value";
    fn from_value(raw: Raw<'_>) -> Option<Self> {
        Json::from_value(raw).map(|Json(v)| v)
    }
}

impl<T: DeserializeOwned> FromValue for Json<T> {
    const WANTED: &'static str = "JSON value of its shape";
    fn from_value(raw: Raw<'_>) -> Option<Self> {
        match raw {
            Raw::Json(v) | Raw::Text(v) => serde_json::from_str(v).ok().map(Json),
            _ => None,
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    const WANTED: &'static str = T::WANTED;
    fn from_value(raw: Raw<'_>) -> Option<Self> {
        if raw == Raw::Null { Some(None) } else { T::from_value(raw).map(Some) }
    }
}

macro_rules! ids {
    ($($id:ident),+ $(,)?) => {$(
        impl ToValue for domain::id::$id {
            fn to_value(&self) -> Value<'_> { Value::Uuid(self.uuid()) }
        }
        impl FromValue for domain::id::$id {
            const WANTED: &'static str = stringify!($id);
            fn from_value(raw: Raw<'_>) -> Option<Self> { Uuid::from_value(raw).map(Self::from_uuid) }
        }
    )+};
}

// Every id of `domain::id`: a new one is added here.
ids! {
    DeskId, IdentityId, AgentId, TeamId, CustomerId, ContactId, TicketId, EntryId, MailboxId, InboxId, OutgoingId,
    SessionId, TokenId, JobId, CalendarId, AuditId, SupplierId, OfferingId, HandoverId, PeerId, EntitlementId,
    PlanId, DeliveryId, StatementId,
    ArticleId, IncidentId, UpdateId,
    UndoId, ActId, ChangeId,
    SupplierInvoiceId, SupplierFileId, SupplierPaymentId, InvoiceId, LedgerId, BankEntryId,
    PrepaidId, TimeEntryId, ApprovalId, ChargeId, PriceRuleId, DisputeId, ExemptionId, NoticeId, PromiseId,
    SuspensionId, JudgementId, ClaimId, SupplierLimitId,
}

/// Stores closed sets of words ([`domain::words!`]) as their word: `stored_words! { Lang, TicketState }`.
#[macro_export]
macro_rules! stored_words {
    ($($set:ty),+ $(,)?) => {$(
        impl $crate::ToValue for $set {
            fn to_value(&self) -> $crate::Value<'_> {
                $crate::Value::Text(::std::borrow::Cow::Borrowed(self.word()))
            }
        }
        impl $crate::FromValue for $set {
            const WANTED: &'static str = stringify!($set);
            fn from_value(raw: $crate::Raw<'_>) -> Option<Self> {
                if let $crate::Raw::Text(word) = raw { word.parse().ok() } else { None }
            }
        }
    )+};
}

stored_words! {
    domain::access::Visibility,
    domain::billing::invoice::Kind,
    domain::billing::line::Layout,
    domain::handover::states::Leg,
    domain::handover::states::Outcome,
    domain::cloud::Cloud,
    domain::collections::Class,
    domain::lang::Lang,
    domain::offering::delivery::Manner,
    domain::party::DeskKind,
    domain::party::Sees,
    domain::party::supplier::SupplierKind,
    domain::party::supplier::Way,
    domain::incident::IncidentSource,
    domain::incident::IncidentStatus,
    domain::incident::Informed,
    domain::ticket::diagnosis::Verdict,
    domain::ticket::kinds::Channel,
    domain::ticket::kinds::Kind,
    domain::ticket::kinds::Service,
    domain::ticket::kinds::Severity,
    domain::ticket::lifecycle::State,
    domain::ticket::timeline::ActorKind,
    domain::receivable::bank::Progress,
    domain::receivable::invoice::Kind,
    domain::receivable::invoice::State,
    domain::receivable::ledger::EntryKind,
    domain::subscription::Action,
    domain::subscription::Era,
    domain::subscription::Status,
    domain::subscription::Term,
    domain::subscription::acts::Cause,
    domain::subscription::acts::Progress,
    domain::subscription::dates::Occasion,
    domain::collections::Scope,
    domain::suspension::ItemState,
    domain::suspension::State,
    domain::suspension::brake::Trip,
    domain::suspension::rails::Rail,
    domain::suspension::rails::Why,
    domain::vehicle::Vehicle,
    domain::vehicle::wallet::Act,
    domain::charging::lines::Unit,
    domain::charging::lines::What,
    domain::charging::prepaid::Holds,
    domain::charging::work::Answer,
    domain::offering::PriceUnit,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nul_becomes_the_replacement_character() {
        assert_eq!("a\0b".to_value(), "a\u{fffd}b".to_value());
        let back_and_forth = |v: serde_json::Value| match v.to_value() {
            Value::Json(text) => serde_json::from_str::<serde_json::Value>(&text).unwrap(),
            other => panic!("{other:?}"),
        };
        for (given, stored) in
            [("a\0b", "a\u{fffd}b"), ("\\u0000", "\\u0000"), ("\\\0\"", "\\\u{fffd}\""), ("å\n", "å\n")]
        {
            assert_eq!(back_and_forth(serde_json::json!([given])), serde_json::json!([stored]), "{given:?}");
        }
    }

    #[test]
    fn wrong_values_are_no_values() {
        assert_eq!(u8::from_value(Raw::Int(256)), None);
        assert_eq!(bool::from_value(Raw::Int(2)), None);
        assert_eq!(i64::from_value(Raw::Null), None);
        assert_eq!(Option::<i64>::from_value(Raw::Null), Some(None));
        assert_eq!(Option::<i64>::from_value(Raw::Text("1")), None);
        assert_eq!(Uuid::from_value(Raw::Bytes(&[0; 15])), None);
        assert_eq!(Timestamp::from_value(Raw::Int(i64::MAX)), None);
        assert_eq!(domain::lang::Lang::from_value(Raw::Text("tlh")), None);
    }
}
