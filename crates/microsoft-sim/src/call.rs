//! A request as the simulator sees it, and what it answers.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::login::Caller;

/// A request to one of the APIs.
pub(crate) struct Call {
    pub(crate) method: String,
    /// Decoded path parts.
    pub(crate) path: Vec<String>,
    /// The path and query as they came.
    pub(crate) target: String,
    pub(crate) query: BTreeMap<String, String>,
    /// By name in lower case.
    pub(crate) headers: BTreeMap<String, String>,
    /// The body, its names beginning in lower case.
    pub(crate) body: Value,
    /// The body as text, for forms.
    pub(crate) text: String,
    pub(crate) caller: Caller,
    /// What the route's path has in braces, in order.
    pub(crate) ids: Vec<String>,
}

impl Call {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn id(&self, at: usize) -> &str {
        self.ids.get(at).map_or("", String::as_str)
    }

    /// A GUID of the path.
    pub(crate) fn guid(&self, at: usize) -> Result<Uuid, Refusal> {
        self.id(at).parse().map_err(|_| Refusal::new(400, 800_002, "Invalid input: the id is no GUID."))
    }

    pub(crate) fn writes(&self) -> bool {
        !matches!(self.method.as_str(), "GET" | "HEAD")
    }

    /// The filter: field, value, operator.
    pub(crate) fn filter(&self) -> Result<Option<Filter>, Refusal> {
        let Some(text) = self.query("filter") else { return Ok(None) };
        let bad = || Refusal::new(400, 3_000, "The filter is invalid.");
        let filter: Value = serde_json::from_str(text).map_err(|_| bad())?;
        let filter = lower(filter);
        let part = |name: &str| {
            let value = &filter[name];
            value.as_str().map(ToOwned::to_owned).or_else(|| value.as_bool().map(|truth| truth.to_string()))
        };
        let (Some(field), Some(value), Some(operator)) = (part("field"), part("value"), part("operator"))
        else {
            return Err(bad());
        };
        Ok(Some(Filter { field: field.to_lowercase(), value: value.to_lowercase(), operator }))
    }

    /// A number of the query, or what holds without it.
    pub(crate) fn number(&self, name: &str, otherwise: usize) -> Result<usize, Refusal> {
        match self.query(name) {
            None => Ok(otherwise),
            Some(text) => text.parse().map_err(|_| Refusal::new(400, 3_000, &format!("{name} is invalid."))),
        }
    }
}

/// A filter of a list.
pub(crate) struct Filter {
    pub(crate) field: String,
    pub(crate) value: String,
    operator: String,
}

impl Filter {
    /// Whether a text passes. Matching is blind to case.
    pub(crate) fn passes(&self, text: &str) -> Result<bool, Refusal> {
        let text = text.to_lowercase();
        match self.operator.as_str() {
            "equals" => Ok(text == self.value),
            "not_equals" => Ok(text != self.value),
            "starts_with" => Ok(text.starts_with(&self.value)),
            "not_starts_with" => Ok(!text.starts_with(&self.value)),
            "substring" => Ok(text.contains(&self.value)),
            "greater_than" => Ok(text > self.value),
            "greater_than_or_equals" => Ok(text >= self.value),
            "less_than" => Ok(text < self.value),
            "less_than_or_equals" => Ok(text <= self.value),
            _ => Err(Refusal::new(400, 3_000, "The filter's operator is invalid.")),
        }
    }
}

/// An error in the service's shape.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    status: u16,
    code: u32,
    description: String,
}

impl Refusal {
    pub(crate) fn new(status: u16, code: u32, description: &str) -> Self {
        Self { status, code, description: description.to_owned() }
    }

    pub(crate) fn missing() -> Self {
        Self::new(404, 1_000, "Not found.")
    }
}

impl From<Refusal> for Reply {
    fn from(refusal: Refusal) -> Self {
        let Refusal { status, code, description } = refusal;
        let body = json!({ "code": code, "description": description, "data": [], "source": "PartnerFD" });
        Self { status, headers: Vec::new(), body: Body::Json(body) }
    }
}

/// What is answered.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Body,
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    Nothing,
    Json(Value),
    /// With its content type.
    Bytes(&'static str, Vec<u8>),
}

impl Reply {
    pub(crate) fn ok(body: Value) -> Self {
        Self::json(200, body)
    }

    pub(crate) fn json(status: u16, body: Value) -> Self {
        Self { status, headers: Vec::new(), body: Body::Json(body) }
    }

    pub(crate) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Body::Nothing }
    }

    pub(crate) fn html(status: u16, page: String) -> Self {
        Self { status, headers: Vec::new(), body: Body::Bytes("text/html; charset=utf-8", page.into_bytes()) }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// What most handlers give.
pub(crate) type Answer = Result<Reply, Refusal>;

/// A list in its envelope, whole.
pub(crate) fn list(items: Vec<Value>) -> Reply {
    Reply::ok(json!({
        "totalCount": items.len(),
        "items": Value::Array(items),
        "attributes": { "objectType": "Collection" },
    }))
}

/// A page of a list that is asked by `size` and `offset`.
pub(crate) fn offset_page(call: &Call, items: Vec<Value>, default: usize) -> Answer {
    let (size, offset) = (call.number("size", default)?, call.number("offset", 0)?);
    if !(1..=2000).contains(&size) {
        return Err(Refusal::new(400, 3_000, "size is invalid."));
    }
    let all = items.len();
    let items: Vec<Value> = items.into_iter().skip(offset).take(size).collect();
    let path = format!("/{}", call.path[1..].join("/"));
    let more = call.query("filter").map(|filter| format!("&filter={}", encoded(filter))).unwrap_or_default();
    let link = |offset: usize| json!({ "uri": format!("{path}?size={size}&offset={offset}{more}"), "method": "GET", "headers": [] });
    let mut links = json!({ "self": link(offset) });
    if offset + items.len() < all && !items.is_empty() {
        links["next"] = link(offset + items.len());
    }
    Ok(Reply::ok(json!({
        "totalCount": all,
        "items": items,
        "links": links,
        "attributes": { "objectType": "Collection" },
    })))
}

/// Text for a query.
pub(crate) fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(byte.into()),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// The same with every name beginning in lower case: the service does not mind Pascal case.
pub(crate) fn lower(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| {
                let mut letters = name.chars();
                let first = letters.next().map(|first| first.to_ascii_lowercase()).into_iter();
                (first.chain(letters).collect::<String>(), lower(value))
            })
            .collect(),
        Value::Array(items) => items.into_iter().map(lower).collect(),
        other => other,
    }
}
