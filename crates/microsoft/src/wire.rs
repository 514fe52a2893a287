//! Microsoft's JSON as it really comes: a byte order mark before it, names in either case, dates without zone, words as
//! numbers and numbers as words. All of that ends here.

use jiff::{Timestamp, civil, tz::TimeZone};
use serde_json::Value;

use crate::error::Error;

/// Reads a body; an empty one is `null`.
///
/// # Errors
/// It is no JSON.
pub(crate) fn read(body: &[u8]) -> Result<Value, Error> {
    let mut body = body;
    while let Some(rest) = body.strip_prefix(b"\xef\xbb\xbf") {
        body = rest;
    }
    let body = body.trim_ascii();
    if body.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(body).map_err(|_| Error::Unreadable("it is no JSON"))
}

/// A value in an answer, read tolerantly. What is not there reads as nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node<'a>(&'a Value);

const NOTHING: &Value = &Value::Null;

impl<'a> Node<'a> {
    pub(crate) fn new(value: &'a Value) -> Self {
        Self(value)
    }

    /// The member of this name, in whatever case.
    pub(crate) fn at(self, name: &str) -> Node<'a> {
        let Value::Object(members) = self.0 else { return Node(NOTHING) };
        let exact = members.get(name);
        let found = exact.or_else(|| {
            members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
        });
        Node(found.unwrap_or(NOTHING))
    }

    /// What it is, as it came.
    pub(crate) fn value(self) -> &'a Value {
        self.0
    }

    pub(crate) fn is_there(self) -> bool {
        !self.0.is_null()
    }

    /// A text; a number or truth value as its text. Empty is nothing.
    pub(crate) fn text(self) -> Option<String> {
        let text = match self.0 {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Bool(truth) => truth.to_string(),
            Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
        Some(text).filter(|text| !text.is_empty())
    }

    /// Something that is written as text, such as an id.
    pub(crate) fn parse<T: std::str::FromStr>(self) -> Option<T> {
        self.text()?.parse().ok()
    }

    pub(crate) fn instant(self) -> Option<Timestamp> {
        instant(&self.text()?)
    }

    /// A word of a closed set, whatever its case and underscores, or its place in the set. What is not known is the
    /// first, which in Microsoft's sets stands for that.
    pub(crate) fn word<T: Copy>(self, all: &[T], word: impl Fn(T) -> &'static str) -> T {
        let text = self.text().unwrap_or_default();
        let plain = |text: &str| text.replace(['_', ' '], "").to_ascii_lowercase();
        let by_place = text.parse::<usize>().ok().and_then(|place| all.get(place));
        let by_word = || all.iter().find(|one| plain(word(**one)) == plain(&text));
        *by_place.or_else(by_word).unwrap_or(&all[0])
    }

    /// The values of an array; none where there is none.
    pub(crate) fn list(self) -> impl Iterator<Item = Node<'a>> {
        let items: &[Value] = self.0.as_array().map_or(&[], Vec::as_slice);
        items.iter().map(Node)
    }

    /// Whether it is an array, which a list without envelope is.
    pub(crate) fn is_list(self) -> bool {
        self.0.is_array()
    }
}

/// `0001-…` is none, `9999-…` is no end; without a zone it is UTC. Blanks in it are the documents' mistake.
fn instant(text: &str) -> Option<Timestamp> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let year: i16 = text.get(..4)?.parse().ok()?;
    if !(2..9999).contains(&year) {
        return None;
    }
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Some(timestamp);
    }
    let local: civil::DateTime = text.parse().ok()?;
    Some(local.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// An error that came as an answer's body, whatever the status was.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// The status that the body claims, in the shape that throttling has.
    pub(crate) status: Option<u16>,
    pub(crate) code: Option<u32>,
    pub(crate) description: String,
}

/// Recognises an error in each of its three shapes: Partner Center's, throttling's, Graph's.
pub(crate) fn complaint(body: Node<'_>) -> Option<Complaint> {
    let resource = ["attributes", "items", "value", "id"];
    if body.is_list() || resource.iter().any(|name| body.at(name).is_there()) {
        return None;
    }
    let inner = body.at("error");
    let body = if inner.at("code").is_there() { inner } else { body };
    let words = ["description", "message", "error_description"].map(|name| body.at(name).text());
    let description = words.into_iter().flatten().next();
    let code = body.at("code");
    if !(code.is_there() || body.at("statusCode").is_there() || inner.is_there()) {
        return None;
    }
    let description = description.or_else(|| inner.text()).or_else(|| code.text()).unwrap_or_default();
    Some(Complaint {
        status: body.at("statusCode").parse(),
        code: code.parse(),
        // As long as Microsoft says that its own are.
        description: description.chars().take(1024).collect(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check_instant(text: &str, wanted: Option<&str>) {
        assert_eq!(instant(text), wanted.map(|wanted| wanted.parse().unwrap()), "{text}");
    }

    #[test]
    fn dates() {
        check_instant("2024-03-05T01:07:00.863", Some("2024-03-05T01:07:00.863Z"));
        check_instant("2024-03-05T21:39:48.2386997", Some("2024-03-05T21:39:48.2386997Z"));
        check_instant("2024-03-05T21:39:48.2386997+02:00", Some("2024-03-05T19:39:48.2386997Z"));
        check_instant("2024-03-05T00:00:00Z", Some("2024-03-05T00:00:00Z"));
        check_instant("2024-03-05T06: 41: 12Z", Some("2024-03-05T06:41:12Z"));
        check_instant("2024-03-05", Some("2024-03-05T00:00:00Z"));
        check_instant("0001-01-01T00:00:00", None);
        check_instant("0001-01-01T00:00:00Z", None);
        check_instant("9999-12-31T23:59:59.9970000", None);
        check_instant("3/5/2024 12:00:00 AM", None);
        check_instant("\u{661}\u{661}", None);
        check_instant("", None);
    }

    #[test]
    fn bodies() {
        assert_eq!(read(b"\xef\xbb\xbf{\"a\":1}"), Ok(json!({"a": 1})));
        assert_eq!(read(b" \r\n"), Ok(Value::Null));
        assert_eq!(read(b"\xef\xbb\xbf"), Ok(Value::Null));
        assert_eq!(read(b"<html>"), Err(Error::Unreadable("it is no JSON")));
        assert!(read(&b"[".repeat(100_000)).is_err());
    }

    #[test]
    fn names_and_values() {
        let value = json!({"CompanyName": " Contoso ", "mpnId": 4391507, "Empty": "", "isThere": null});
        let node = Node::new(&value);
        assert_eq!(node.at("companyName").text().as_deref(), Some("Contoso"));
        assert_eq!(node.at("MPNID").text().as_deref(), Some("4391507"));
        assert_eq!(node.at("empty").text(), None);
        assert!(!node.at("isThere").is_there());
        assert!(!node.at("companyName").at("deeper").is_there());
    }

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum State {
        None,
        Open,
        AttentionNeeded,
    }

    #[test]
    fn words() {
        let all = [State::None, State::Open, State::AttentionNeeded];
        let word = |state| match state {
            State::None => "none",
            State::Open => "open",
            State::AttentionNeeded => "attention_needed",
        };
        let check = |value: Value, wanted| assert_eq!(Node::new(&value).word(&all, word), wanted, "{value}");
        check(json!("open"), State::Open);
        check(json!("AttentionNeeded"), State::AttentionNeeded);
        check(json!("ATTENTION_NEEDED"), State::AttentionNeeded);
        check(json!(1), State::Open);
        check(json!("2"), State::AttentionNeeded);
        check(json!(7), State::None);
        check(json!(-1), State::None);
        check(json!("resolved by magic"), State::None);
        check(Value::Null, State::None);
    }

    #[test]
    fn complaints() {
        let check = |value: Value, wanted: Option<(Option<u16>, Option<u32>, &str)>| {
            let wanted = wanted.map(|(status, code, description)| Complaint {
                status,
                code,
                description: description.into(),
            });
            assert_eq!(complaint(Node::new(&value)), wanted, "{value}");
        };
        check(json!({"code": 20_002, "description": "No.", "data": []}), Some((None, Some(20_002), "No.")));
        check(json!({"Code": "2055", "Description": "Stale."}), Some((None, Some(2_055), "Stale.")));
        check(json!({"statusCode": 429, "message": "Wait."}), Some((Some(429), None, "Wait.")));
        check(json!({"error": {"code": "Forbidden", "message": "No."}}), Some((None, None, "No.")));
        check(json!({"error": {"code": "Forbidden"}}), Some((None, None, "Forbidden")));
        check(json!({"error": "invalid_grant", "error_description": "x"}), Some((None, None, "x")));
        check(json!({"id": "1", "code": 5}), None);
        check(json!({"items": []}), None);
        check(json!([{"code": 1}]), None);
        check(Value::Null, None);
    }
}
