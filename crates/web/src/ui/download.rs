//! Files that others wrote: saved, never shown as a page of ours.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};

use super::escape;

/// Types under which a file may be saved as what it says it is. Nothing here runs in a browser; all else is just bytes.
const PLAIN: &[&str] = &[
    "application/pdf",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/webp",
    "message/rfc822",
    "text/plain",
];

/// A file to be saved, under its own name.
pub(crate) fn file(name: &str, content_type: &str, bytes: Vec<u8>) -> Response {
    let known = PLAIN.iter().find(|known| content_type.trim().eq_ignore_ascii_case(known));
    let content_type = known.copied().unwrap_or("application/octet-stream");
    let mut disposition = String::from("attachment; filename*=UTF-8''");
    escape(&mut disposition, name);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(content_type)),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::try_from(disposition).unwrap_or(HeaderValue::from_static("attachment")),
        ),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    (headers, bytes).into_response()
}

/// A mail as its bytes; `id` names the file.
pub(crate) fn original(id: impl std::fmt::Display, bytes: Vec<u8>) -> Response {
    file(&format!("{id}.eml"), "message/rfc822", bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &str, content_type: &str) -> (String, String) {
        let response = file(name, content_type, Vec::new());
        let text = |name| response.headers()[name].to_str().unwrap().to_owned();
        (text(header::CONTENT_TYPE), text(header::CONTENT_DISPOSITION))
    }

    #[test]
    fn v32_nothing_that_runs_is_called_what_it_is() {
        for hostile in [
            "text/html",
            "image/svg+xml",
            "application/xhtml+xml",
            "text/xml",
            "text/plain; charset=\"",
            "",
            "x\r\ny",
        ] {
            assert_eq!(headers("a", hostile).0, "application/octet-stream", "{hostile:?}");
        }
        assert_eq!(headers("a", "IMAGE/PNG ").0, "image/png");
    }

    #[test]
    fn names_are_escaped() {
        assert_eq!(
            headers("rät \"1\"\r\n.pdf", "").1,
            "attachment; filename*=UTF-8''r%C3%A4t%20%221%22%0D%0A.pdf"
        );
    }
}
