//! Folder names as IMAP carries them: modified UTF-7 (RFC 3501 §5.1.3), quoted.

use base64::Engine as _;
use base64::alphabet::IMAP_MUTF7;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};

/// The name as it stands in a command, or `None` if it could end the line or has a NUL (V92).
pub(super) fn quoted(name: &str) -> Option<String> {
    if name.is_empty() || name.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return None;
    }
    Some(quote(&encoded(name)))
}

/// A quoted string. The text has no control characters.
pub(super) fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn encoded(name: &str) -> String {
    let engine = GeneralPurpose::new(&IMAP_MUTF7, NO_PAD);
    let mut out = String::with_capacity(name.len());
    let mut foreign = String::new();
    let flush = |foreign: &mut String, out: &mut String| {
        if !foreign.is_empty() {
            let units: Vec<u8> = foreign.encode_utf16().flat_map(u16::to_be_bytes).collect();
            out.push('&');
            engine.encode_string(&units, out);
            out.push('-');
            foreign.clear();
        }
    };
    for c in name.chars() {
        if (' '..='~').contains(&c) {
            flush(&mut foreign, &mut out);
            out.push(c);
            if c == '&' {
                out.push('-');
            }
        } else {
            foreign.push(c);
        }
    }
    flush(&mut foreign, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v92_names_are_one_quoted_string() {
        for (name, wanted) in [
            ("INBOX", Some("\"INBOX\"")),
            ("R&D", Some("\"R&-D\"")),
            ("Entwürfe", Some("\"Entw&APw-rfe\"")),
            ("台北/日本語", Some("\"&U,BTFw-/&ZeVnLIqe-\"")),
            ("a\"b\\c", Some("\"a\\\"b\\\\c\"")),
            ("x {999999}", Some("\"x {999999}\"")),
            ("a\r\nb DELETE INBOX", None),
            ("a\nb", None),
            ("a\0b", None),
            ("a\u{2028}b", None),
            ("", None),
        ] {
            assert_eq!(quoted(name).as_deref(), wanted, "{name:?}");
        }
    }
}
