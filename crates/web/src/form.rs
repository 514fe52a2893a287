//! What requests carry: fields of forms and addresses, files, parts of a path. Everything is text until a handler has
//! parsed it; what is not there is empty.

use app::tickets::Upload;
use axum::{
    extract::{self, FromRequest, FromRequestParts, Multipart, Request},
    http::{StatusCode, header, request::Parts},
    response::IntoResponse as _,
};
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// The most fields of a form.
const FIELDS: usize = 500;
/// The longest name of a file, in characters.
const FILE_NAME: usize = 200;

/// Named texts, in the order in which they were sent; a name may stand several times.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first value of a name; empty if there is none.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.find(name).unwrap_or_default()
    }

    /// The first value of a name, if it was sent.
    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every value of a name.
    pub(crate) fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All of them.
    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// Whether a check box is checked.
    pub(crate) fn on(&self, name: &str) -> bool {
        self.get(name) == "on"
    }

    /// A value of a closed set, an id or a number.
    ///
    /// # Errors
    /// `unknown` for everything else.
    pub(crate) fn parse<T: std::str::FromStr>(&self, name: &'static str) -> Result<T, app::Error> {
        self.get(name).parse().map_err(|_| app::Error::invalid(name, "unknown"))
    }

    /// The same, of a field that may be empty.
    ///
    /// # Errors
    /// `unknown` for what is neither.
    pub(crate) fn optional<T: std::str::FromStr>(&self, name: &'static str) -> Result<Option<T>, app::Error> {
        if self.get(name).is_empty() { Ok(None) } else { self.parse(name).map(Some) }
    }

    /// A field of a change: absent stays, empty clears, a value sets.
    ///
    /// # Errors
    /// `unknown` for what is none of them.
    pub(crate) fn clearable<T: std::str::FromStr>(
        &self,
        name: &'static str,
    ) -> Result<Option<Option<T>>, app::Error> {
        self.find(name).map(|_| self.optional(name)).transpose()
    }
}

/// The form that was posted, with or without files.
#[derive(Debug)]
pub(crate) struct Form {
    fields: Fields,
    /// Its files, in their order.
    pub(crate) files: Vec<Upload>,
}

impl std::ops::Deref for Form {
    type Target = Fields;
    fn deref(&self) -> &Fields {
        &self.fields
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            let parts = Multipart::from_request(request, state).await.map_err(|e| refused(e.status()))?;
            return with_files(parts).await;
        }
        // A button of a form without fields may send no type.
        if kind.is_none() && request.headers().get(header::CONTENT_LENGTH).is_none_or(|length| length == "0")
        {
            return Ok(Self { fields: Fields::default(), files: Vec::new() });
        }
        let form = extract::Form::<Vec<(String, String)>>::from_request(request, state).await;
        let extract::Form(fields) = form.map_err(|e| refused(e.into_response().status()))?;
        if fields.len() > FIELDS {
            return Err(refused(StatusCode::PAYLOAD_TOO_LARGE));
        }
        Ok(Self { fields: Fields(fields), files: Vec::new() })
    }
}

async fn with_files(mut parts: Multipart) -> Result<Form, Problem> {
    let mut form = Form { fields: Fields::default(), files: Vec::new() };
    while let Some(part) = parts.next_field().await.map_err(|e| refused(e.status()))? {
        if form.fields.0.len() + form.files.len() >= FIELDS {
            return Err(refused(StatusCode::PAYLOAD_TOO_LARGE));
        }
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(file_name);
        let content_type = part.content_type().unwrap_or("application/octet-stream").to_owned();
        let bytes = part.bytes().await.map_err(|e| refused(e.status()))?;
        match file {
            // A browser sends a file field that was left alone as a file without a name.
            Some(file) if file.is_empty() && bytes.is_empty() => {}
            Some(file) => {
                let name = if file.is_empty() { "file".into() } else { file };
                form.files.push(Upload { name, content_type, bytes: bytes.into(), content_id: None });
            }
            None => form.fields.0.push((name, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    Ok(form)
}

/// A file's name without folders and without what cannot be seen.
fn file_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    last.chars()
        .filter(|c| !hidden(*c))
        .take(FILE_NAME)
        .collect::<String>()
        .trim()
        .trim_start_matches('.')
        .to_owned()
}

/// The code by which a request is refused that cannot be read.
fn refused(status: StatusCode) -> Problem {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::status(status, "too-large"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::status(status, "unsupported-type"),
        _ => Problem::status(StatusCode::BAD_REQUEST, "bad-request"),
    }
}

/// What stands behind the question mark.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query(Fields);

impl std::ops::Deref for Query {
    type Target = Fields;
    fn deref(&self) -> &Fields {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = extract::Query::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let extract::Query(fields) = query.map_err(|e| refused(e.status()))?;
        if fields.len() > FIELDS {
            return Err(refused(StatusCode::BAD_REQUEST));
        }
        Ok(Self(Fields(fields)))
    }
}

/// Parts of the path. What is no number, no id, is not there: the same answer as for one that is not there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(extract::Path(value)) => Ok(Self(value)),
            Err(_) => Err(Problem::not_found("page")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v88_names_of_files() {
        for (sent, kept) in [
            ("report.pdf", "report.pdf"),
            ("C:\\Users\\me\\report.pdf", "report.pdf"),
            ("../../etc/passwd", "passwd"),
            (".htaccess", "htaccess"),
            ("exe.\u{202e}fdp", "exe.fdp"),
            ("a\r\nb\0.txt", "ab.txt"),
            ("..", ""),
        ] {
            assert_eq!(file_name(sent), kept, "{sent:?}");
        }
        assert_eq!(file_name(&"ä".repeat(999)).chars().count(), FILE_NAME);
    }
}
