//! What the commands share that answer lines of JSON with lines of JSON.

use std::fmt::Display;

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};

/// The answer to one line: none to a blank one, an object with one `error` where there is no other.
pub(crate) fn answer<E: Display>(
    line: &str,
    explain: impl FnOnce(&str) -> Result<String, E>,
) -> Option<String> {
    let line = line.trim();
    if line.is_empty() {
        return None;
    }
    Some(explain(line).unwrap_or_else(|error| serde_json::json!({ "error": error.to_string() }).to_string()))
}

/// An instant that is written as RFC 3339 has it; a leap second, `:60`, is the second before it. The time library reads
/// more than that: week dates, basic format, zone names in brackets.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Instant(pub(crate) Timestamp);

impl TryFrom<String> for Instant {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let instant = if is_rfc_3339(&text) { text.parse().ok() } else { None };
        instant.map(Instant).ok_or_else(|| format!("{text:?} is not an instant such as 2025-03-28T15:00:00Z"))
    }
}

fn is_rfc_3339(text: &str) -> bool {
    let Some((date_time, rest)) = text.split_at_checked(19) else {
        return false;
    };
    let offset = match rest.strip_prefix('.') {
        None => rest,
        Some(fraction) => {
            let offset = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if offset.len() == fraction.len() {
                return false;
            }
            offset
        }
    };
    has_shape(date_time, "0000-00-00T00:00:00")
        && ["Z", "+00:00", "-00:00"].iter().any(|shape| has_shape(offset, shape))
}

/// Whether a text has a digit wherever its shape has `0`, and the same letter, in either case, elsewhere.
fn has_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(|(byte, wanted)| match wanted {
            b'0' => byte.is_ascii_digit(),
            _ => byte.eq_ignore_ascii_case(&wanted),
        })
}

/// A value that is written as an object. A structure alone would also take an array, by position.
pub(crate) struct Object<T>(pub(crate) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AsMap<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for AsMap<T> {
            type Value = T;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map))
            }
        }

        deserializer.deserialize_map(AsMap(std::marker::PhantomData)).map(Object)
    }
}
