//! The tree of parts: found by boundaries, walked within limits, sorted into bodies and attachments.
//!
//! An inner multipart lives inside the bytes that its outer one gave it, so a missing end of the inner cannot
//! swallow parts of the outer, and depth × size bounds the work.

use super::header::{self, ContentType, Fields, line_end};
use super::{Attachment, Limits, Oddity, decode};
use std::collections::BTreeSet;

/// What a message's body comes down to.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) bodies: Vec<Body>,
    pub(super) attachments: Vec<Attachment>,
    /// Decoded `message/delivery-status` and `message/feedback-report` parts, in order.
    pub(super) reports: Vec<Report>,
}

impl Content {
    /// A message whose only words are in a text file meant to be shown: they are read, and the file stays.
    fn read_inline_file(&mut self) {
        let file = self.attachments.iter().find(|a| a.inline && a.content_type == "text/plain");
        if let (true, Some(file)) = (self.bodies.is_empty(), file) {
            let text = decode::clean(&decode::text(&file.body, None).0);
            self.bodies.push(Body { plain: vec![text], html: Vec::new() });
        }
    }
}

/// One readable piece. An alternative holds both forms of the same words.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) plain: Vec<String>,
    pub(super) html: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct Report {
    /// Lower case content type.
    pub(crate) kind: String,
    pub(crate) text: String,
}

struct Walk<'l, 'o> {
    limits: &'l Limits,
    odd: &'o mut BTreeSet<Oddity>,
    parts: usize,
    out: Content,
}

/// Walks the body of a message whose header is `fields`.
pub(super) fn walk(fields: &Fields<'_>, body: &[u8], limits: &Limits, odd: &mut BTreeSet<Oddity>) -> Content {
    let mut walk = Walk { limits, odd, parts: 0, out: Content::default() };
    walk.entity(fields, body, Place { depth: 0, parent: "", default: "text/plain" });
    walk.out.read_inline_file();
    walk.out
}

#[derive(Clone, Copy)]
struct Place<'a> {
    depth: usize,
    /// Content type of the multipart around this part; empty for the message itself.
    parent: &'a str,
    /// Content type where none is given.
    default: &'a str,
}

impl Walk<'_, '_> {
    fn entity(&mut self, fields: &Fields<'_>, body: &[u8], place: Place<'_>) {
        self.parts += 1;
        if self.parts > self.limits.parts {
            self.odd.insert(Oddity::PartsCut);
            return;
        }
        let mut content = fields.content("content-type");
        if content.essence.is_empty() {
            place.default.clone_into(&mut content.essence);
        } else if !content.essence.contains('/') {
            // `Content-Type: text`, as old Unix mailers write it.
            content.essence =
                if content.essence == "text" { "text/plain" } else { "application/octet-stream" }.into();
        }
        if content.essence.starts_with("multipart/") {
            match content.param("boundary") {
                _ if place.depth >= self.limits.depth => {
                    self.odd.insert(Oddity::DepthCut);
                }
                Some(boundary) if self.multipart(&content, boundary, body, place) => return,
                _ => {
                    self.odd.insert(Oddity::BrokenMultipart);
                    if let Some(boundary) = guess_boundary(body)
                        && self.multipart(&content, &boundary, body, place)
                    {
                        return;
                    }
                }
            }
            // A multipart without parts: whatever is there is read as text.
            content = ContentType::plain();
        }
        self.leaf(fields, content, body, place);
    }

    /// `false` when the boundary never occurs.
    fn multipart(&mut self, content: &ContentType, boundary: &str, body: &[u8], place: Place<'_>) -> bool {
        let alternative = content.essence == "multipart/alternative";
        let default = if content.essence == "multipart/digest" { "message/rfc822" } else { "text/plain" };
        let first_body = self.out.bodies.len();
        let mut start = None;
        let mut found = false;
        let mut closed = false;
        let mut at = 0;
        while at < body.len() {
            let end = line_end(body, at);
            let Some(last) = delimiter(&body[at..end], boundary.as_bytes()) else {
                at = end;
                continue;
            };
            found = true;
            if let Some(start) = start {
                self.part(&body[start..before_line_end(body, start, at)], content, default, place);
            }
            if self.parts > self.limits.parts {
                break;
            }
            start = (!last).then_some(end);
            closed = last;
            at = end;
        }
        if !found {
            return false;
        }
        if !closed {
            self.odd.insert(Oddity::UnclosedMultipart);
        }
        if let Some(start) = start
            && self.parts <= self.limits.parts
        {
            self.part(&body[start..], content, default, place);
        }
        if alternative {
            let mut merged = Body::default();
            for body in self.out.bodies.drain(first_body..) {
                merged.plain.extend(body.plain);
                merged.html.extend(body.html);
            }
            self.out.bodies.push(merged);
        }
        true
    }

    fn part(&mut self, raw: &[u8], parent: &ContentType, default: &str, place: Place<'_>) {
        if raw.iter().all(u8::is_ascii_whitespace) && default == "text/plain" {
            return;
        }
        let (fields, body) = header::split(raw, self.limits, self.odd);
        let place = Place { depth: place.depth + 1, parent: &parent.essence, default };
        self.entity(&fields, &raw[body..], place);
    }

    fn leaf(&mut self, fields: &Fields<'_>, content: ContentType, raw: &[u8], place: Place<'_>) {
        let disposition = fields.content("content-disposition");
        let encoding = fields.lower("content-transfer-encoding");
        let mut name = disposition.param("filename").or(content.param("name")).map(clean_name);
        let bytes = match encoding.trim() {
            "base64" => decode::base64(raw),
            "quoted-printable" => decode::quoted_printable(raw, false),
            "x-uuencode" | "uuencode" | "x-uue" | "uue" => match decode::uuencode(raw) {
                Some((uu_name, bytes)) => {
                    name.get_or_insert(clean_name(&uu_name));
                    bytes
                }
                None => raw.to_vec(),
            },
            "" | "7bit" | "8bit" | "binary" => raw.to_vec(),
            _ => {
                self.odd.insert(Oddity::UnknownEncoding);
                raw.to_vec()
            }
        };
        let kind = content.essence.as_str();
        if matches!(
            kind,
            "message/delivery-status" | "message/global-delivery-status" | "message/feedback-report"
        ) {
            let text = decode::text(&bytes, content.param("charset")).0;
            self.out.reports.push(Report { kind: kind.to_owned(), text: decode::clean(&text) });
        }
        let attached = disposition.essence == "attachment";
        let plain = kind == "text/plain";
        // The only part of a message is its body, whatever name it bears; elsewhere a named text is a file.
        let is_body =
            (plain || kind == "text/html") && !attached && (name.is_none() || place.parent.is_empty());
        if is_body {
            let (text, odd) = decode::text(&bytes, content.param("charset"));
            if odd {
                self.odd.insert(Oddity::CharsetGuessed);
            }
            let text = decode::clean(&text);
            let mut body = Body::default();
            if plain {
                body.plain.push(text);
            } else {
                body.html.push(text);
            }
            self.out.bodies.push(body);
            return;
        }
        let content_id = fields.ids("content-id").into_iter().next();
        let inline = !attached && (content_id.is_some() || disposition.essence == "inline");
        self.out.attachments.push(Attachment::new(name, content.essence, inline, content_id, bytes));
    }
}

/// The boundary that the parts use, where the header names none or another: a `--` line right before a part's
/// header.
fn guess_boundary(body: &[u8]) -> Option<String> {
    let mut at = 0;
    while at < body.len() {
        let end = line_end(body, at);
        let next = &body[end..line_end(body, end)];
        if let Some(boundary) = body[at..end].strip_prefix(b"--")
            && next.get(..8).is_some_and(|start| start.eq_ignore_ascii_case(b"content-"))
        {
            let boundary = String::from_utf8_lossy(boundary).trim_end().to_owned();
            return (!boundary.is_empty()).then_some(boundary);
        }
        at = end;
    }
    None
}

/// Whether a line is `--boundary` (`Some(false)`) or `--boundary--` (`Some(true)`).
fn delimiter(line: &[u8], boundary: &[u8]) -> Option<bool> {
    let rest = line.strip_prefix(b"--")?.strip_prefix(boundary)?;
    let (rest, last) = rest.strip_prefix(b"--").map_or((rest, false), |rest| (rest, true));
    rest.iter().all(u8::is_ascii_whitespace).then_some(last)
}

/// The end of a part's bytes: the line break before a boundary belongs to the boundary.
fn before_line_end(body: &[u8], start: usize, at: usize) -> usize {
    let at = if at > start && body[at - 1] == b'\n' { at - 1 } else { at };
    if at > start && body[at - 1] == b'\r' { at - 1 } else { at }
}

/// A file name to show: no path, no control or direction characters, not endless.
fn clean_name(name: &str) -> String {
    const LONGEST: usize = 255;
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let visible: String = name.chars().filter(|c| !hidden(*c)).collect();
    let last = visible.rsplit(['/', '\\']).next().unwrap_or("").trim();
    last.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_exact() {
        assert_eq!(delimiter(b"--ab\r\n", b"ab"), Some(false));
        assert_eq!(delimiter(b"--ab--  \n", b"ab"), Some(true));
        assert_eq!(delimiter(b"--abc\n", b"ab"), None);
        assert_eq!(delimiter(b"-ab\n", b"ab"), None);
    }

    #[test]
    fn v88_file_names_are_clean_before_anyone_looks_at_them() {
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("C:\\x\\inv\u{202e}fdp.exe"), "invfdp.exe");
        assert_eq!(clean_name("a\r\nb\0"), "ab");
    }
}
