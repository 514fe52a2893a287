//! Files as they are handed in, and as they are given out.

use app::tickets::Upload;
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::body::Base64;

/// A file.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewFile {
    /// Its name.
    name: String,
    /// Its media type.
    content_type: String,
    /// Its bytes, in base64 with padding.
    #[schema(value_type = String, content_encoding = "base64")]
    content: Base64,
}

impl From<NewFile> for Upload {
    fn from(file: NewFile) -> Self {
        let NewFile { name, content_type, content: Base64(bytes) } = file;
        Upload { name, content_type, bytes, content_id: None }
    }
}

/// The files of a request.
pub(super) fn uploads(files: Vec<NewFile>) -> Vec<Upload> {
    files.into_iter().map(Upload::from).collect()
}

/// Bytes that somebody else made, to be saved: a browser neither shows nor runs them.
pub(super) fn download(name: &str, content_type: &'static str, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    let disposition = format!("attachment; filename*=UTF-8''{}", percent(name));
    let disposition = HeaderValue::try_from(disposition).unwrap_or(HeaderValue::from_static("attachment"));
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    response
}

/// A name as RFC 8187 writes it: whatever is not a letter, a digit or a harmless sign is a number.
fn percent(name: &str) -> String {
    use std::fmt::Write as _;
    name.bytes().fold(String::with_capacity(name.len()), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v32_files_of_others_are_only_saved() {
        for name in ["a.html", "a\"; filename=b.html", "a\r\nSet-Cookie: a=b", "../å.svg", ""] {
            let response = download(name, "application/octet-stream", b"<script>".to_vec());
            let header = |name| response.headers()[name].to_str().unwrap().to_owned();
            assert_eq!(header("content-type"), "application/octet-stream");
            let disposition = header("content-disposition");
            assert!(disposition.starts_with("attachment; filename*=UTF-8''"), "{disposition}");
            assert_eq!(disposition.matches(['"', ' ', '\r', '/']).count(), 1, "{disposition}");
        }
        assert_eq!(percent("å b.pdf"), "%C3%A5%20b.pdf");
    }
}
