//! What comes in: strict JSON, strict queries, ids in the path. Whatever is not exactly as documented is refused and
//! nothing is done; a value of the wrong type never becomes one of the right type.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::{StatusCode, header::CONTENT_TYPE, request::Parts},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::lang::Lang;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::json;
use text::Words;
use utoipa::IntoParams;

use super::objects;
use crate::{
    guard::ApiCaller,
    headers::RequestId,
    problem::{Problem, sentence},
};

/// A JSON body.
#[derive(Debug)]
pub(crate) struct Strict<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Strict<T> {
    type Rejection = Unread;

    async fn from_request(request: Request, state: &S) -> Result<Self, Unread> {
        if media_type(&request) != Some("application/json") {
            return Err(Problem::status(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-type").into());
        }
        let extensions = request.extensions();
        let lang = extensions.get::<ApiCaller>().map_or(Lang::default(), |ApiCaller(agent)| agent.lang);
        let RequestId(id) = extensions.get::<RequestId>().cloned().unwrap_or_default();
        let bytes = bytes(request, state).await?;
        parse(&bytes).map(Strict).map_err(|fault| match fault.pointer {
            Some(pointer) => Unread::Field { pointer, lang, request: id },
            None => Problem::status(StatusCode::BAD_REQUEST, fault.code).into(),
        })
    }
}

/// The media type of a body, without its parameters.
pub(crate) fn media_type(request: &Request) -> Option<&str> {
    let value = request.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split_once(';').map_or(value, |(essence, _)| essence).trim())
}

/// The whole body.
///
/// # Errors
/// `too-large`, or `bad-request` for one that breaks off.
pub(crate) async fn bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::status(StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
        _ => Problem::status(StatusCode::BAD_REQUEST, "bad-request"),
    })
}

/// Why a body could not be taken.
#[derive(Debug)]
pub(crate) enum Unread {
    /// It is none that we take.
    Problem(Problem),
    /// A field of it is not as documented.
    Field {
        /// Which, as RFC 6901 writes it.
        pointer: String,
        /// The language in which it is told.
        lang: Lang,
        /// The id of the request.
        request: String,
    },
}

impl From<Problem> for Unread {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl IntoResponse for Unread {
    fn into_response(self) -> Response {
        let (pointer, lang, request) = match self {
            Self::Problem(problem) => return problem.into_response(),
            Self::Field { pointer, lang, request } => (pointer, lang, request),
        };
        let title = sentence(Words::new(lang), BAD_FIELD);
        let document = json!({
            "type": "about:blank",
            "title": title,
            "status": 400,
            "code": BAD_FIELD,
            "request": request,
            "errors": [{ "pointer": pointer, "code": BAD_FIELD, "detail": title }],
        });
        let kind = [(CONTENT_TYPE, "application/problem+json")];
        (StatusCode::BAD_REQUEST, kind, document.to_string()).into_response()
    }
}

/// The code of a field that is not as documented.
const BAD_FIELD: &str = "bad-field";

/// What is wrong with a body.
#[derive(Debug)]
struct Fault {
    code: &'static str,
    pointer: Option<String>,
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    const NOT_JSON: Fault = Fault { code: "bad-json", pointer: None };
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(objects::Named(&mut json)).map_err(|error| {
        if !error.inner().is_data() {
            return NOT_JSON;
        }
        let pointer = pointer(error.path(), &error.inner().to_string());
        Fault { code: BAD_FIELD, pointer: Some(pointer) }
    })?;
    json.end().map_err(|_| NOT_JSON)?;
    Ok(value)
}

/// Where in the body the fault is, as RFC 6901 writes it. A missing or unknown field is no step of the path yet: only
/// serde's message names it.
fn pointer(path: &serde_path_to_error::Path, message: &str) -> String {
    use serde_path_to_error::Segment;
    let mut steps: Vec<String> = path
        .iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Map { key } => Some(key.clone()),
            Segment::Enum { variant } => Some(variant.clone()),
            Segment::Unknown => None,
        })
        .collect();
    let named = ["missing field `", "unknown field `"].iter().find_map(|begin| message.strip_prefix(begin));
    if let Some((name, _)) = named.and_then(|rest| rest.split_once('`'))
        && steps.last().is_none_or(|last| last != name)
    {
        steps.push(name.to_owned());
    }
    steps.iter().map(|step| format!("/{}", step.replace('~', "~0").replace('/', "~1"))).collect()
}

/// The parameters of a query.
#[derive(Debug)]
pub(crate) struct Params<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let found = Query::from_request_parts(parts, state).await;
        found
            .map(|Query(params)| Params(params))
            .map_err(|_| Problem::status(StatusCode::BAD_REQUEST, "bad-query"))
    }
}

/// What the path names: an id, or several. What cannot be one is not there.
#[derive(Debug)]
pub(crate) struct Named<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Named<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let found = Path::from_request_parts(parts, state).await;
        found.map(|Path(named)| Named(named)).map_err(|_| Problem::not_found("thing"))
    }
}

/// Reads a field of a change: absent stays, `null` clears, a value sets.
pub(crate) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    field: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(field).map(Some)
}

/// Bytes in a JSON body: base64 with padding.
#[derive(Clone)]
pub(crate) struct Base64(pub(super) Vec<u8>);

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(field: D) -> Result<Self, D::Error> {
        let text = String::deserialize(field)?;
        STANDARD.decode(text).map(Base64).map_err(serde::de::Error::custom)
    }
}

impl std::fmt::Debug for Base64 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

/// How many rows a page has if nobody says, and at most.
const PAGE: (i64, i64) = (50, 100);

/// How many rows of a page were asked for.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "i64")]
pub(crate) struct Limit(i64);

impl TryFrom<i64> for Limit {
    type Error = &'static str;

    fn try_from(limit: i64) -> Result<Self, Self::Error> {
        if (1..=PAGE.1).contains(&limit) { Ok(Self(limit)) } else { Err("a page has 1 to 100 rows") }
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(PAGE.0)
    }
}

impl Limit {
    /// How many rows.
    pub(crate) const fn rows(self) -> i64 {
        self.0
    }

    /// Cuts a page of which one row more than asked for was read; whether there was one.
    pub(crate) fn cut<T>(self, rows: &mut Vec<T>) -> bool {
        let limit = usize::try_from(self.0).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        more
    }
}

/// Which page of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Paged {
    /// `next` of the page before.
    pub(crate) cursor: Option<String>,
    /// How many; 50 if nothing is said.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    pub(crate) limit: Limit,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Body {
        subject: String,
        #[serde(default)]
        cc: Vec<String>,
        #[serde(default)]
        take: bool,
        #[serde(default)]
        files: Vec<File>,
        #[serde(default, deserialize_with = "given")]
        assignee: Option<Option<domain::id::AgentId>>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct File {
        name: String,
        content: Base64,
    }

    fn refused(body: &str) -> (&'static str, String) {
        let fault = parse::<Body>(body.as_bytes()).expect_err(body);
        (fault.code, fault.pointer.unwrap_or_default())
    }

    #[test]
    fn v13_a_value_of_another_type_is_refused_where_it_stands() {
        for (body, pointer) in [
            (r#"{"subject": ["a"]}"#, "/subject"),
            (r#"{"subject": {"a": 1}}"#, "/subject"),
            (r#"{"subject": 7}"#, "/subject"),
            (r#"{"subject": null}"#, "/subject"),
            (r#"{"subject": true}"#, "/subject"),
            (r#"{"subject": "a", "cc": "b"}"#, "/cc"),
            (r#"{"subject": "a", "cc": ["b", 1]}"#, "/cc/1"),
            (r#"{"subject": "a", "take": "true"}"#, "/take"),
            (r#"{"subject": "a", "take": 1}"#, "/take"),
            (r#"{"subject": "a", "assignee": "cus_00000000000000000000000000000000"}"#, "/assignee"),
            (r#"{"subject": "a", "files": [{"name": "a", "content": "AA=A"}]}"#, "/files/0/content"),
            (r#"{"subject": "a", "files": [{"name": "a"}]}"#, "/files/0/content"),
            (r#"{"cc": []}"#, "/subject"),
            (r#"{"subject": "a", "is_admin": true}"#, "/is_admin"),
            (r#"{"subject": "a", "a/b~c": true}"#, "/a~1b~0c"),
            (r#"["a"]"#, ""),
            (r#"{"subject": "a", "files": [["a", "AAAA"]]}"#, "/files/0"),
            ("null", ""),
        ] {
            let (code, at) = refused(body);
            assert_eq!((code, at.as_str()), ("bad-field", pointer), "{body}");
        }
    }

    #[test]
    fn what_is_no_json_is_refused() {
        let deep = "[".repeat(100_000);
        for body in [
            "",
            "{",
            "{} {}",
            r#"{"subject": "a"} x"#,
            r#"{"subject": NaN}"#,
            "\u{feff}{}",
            "subject=a",
            &deep,
        ] {
            assert!(matches!(refused(body).0, "bad-json" | "bad-field"), "{body:.20}");
        }
        assert_eq!(parse::<Body>(b"{\"subject\": \"\xff\"}").expect_err("no UTF-8").code, "bad-json");
        assert_eq!(refused(r#"{"subject": "a", "subject": "b"}"#).0, "bad-field");
    }

    #[test]
    fn absent_null_and_a_value_are_three_things() {
        let assignee = |body: &str| parse::<Body>(body.as_bytes()).map(|b| b.assignee).ok();
        let id = "agt_00000000000000000000000000000001";
        assert_eq!(assignee(r#"{"subject": "a"}"#), Some(None));
        assert_eq!(assignee(r#"{"subject": "a", "assignee": null}"#), Some(Some(None)));
        assert_eq!(
            assignee(&format!(r#"{{"subject": "a", "assignee": "{id}"}}"#)),
            Some(Some(Some(id.parse().unwrap())))
        );
    }

    #[test]
    fn a_page_has_one_to_a_hundred_rows() {
        for (limit, fine) in [(i64::MIN, false), (0, false), (1, true), (100, true), (101, false)] {
            assert_eq!(Limit::try_from(limit).is_ok(), fine, "{limit}");
        }
        let mut rows = vec![1, 2, 3];
        assert!(Limit(2).cut(&mut rows) && rows == [1, 2]);
        assert!(!Limit(2).cut(&mut rows));
    }
}
