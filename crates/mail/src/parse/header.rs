//! Header fields: found, unfolded and decoded, within limits.

use super::{Address, Limits, Oddity, decode};
use domain::email_address::EmailAddress;
use jiff::Timestamp;
use mail_parser::{HeaderValue, parsers::MessageStream};
use std::collections::BTreeSet;

/// The fields of one header, in order, their values still as they came.
#[derive(Debug, Default)]
pub(crate) struct Fields<'a> {
    list: Vec<(&'a [u8], &'a [u8])>,
}

/// Parameters of a Content-Type or Content-Disposition.
#[derive(Debug, Default, Clone)]
pub(crate) struct ContentType {
    /// Lower case `type/subtype`, or the disposition; empty when the field is absent or unreadable.
    pub(crate) essence: String,
    params: Vec<(String, String)>,
}

impl ContentType {
    pub(crate) fn plain() -> Self {
        Self { essence: "text/plain".into(), params: Vec::new() }
    }

    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str()).filter(|v| !v.is_empty())
    }
}

/// Splits `raw` into header fields and the offset at which the body starts.
pub(crate) fn split<'a>(raw: &'a [u8], limits: &Limits, odd: &mut BTreeSet<Oddity>) -> (Fields<'a>, usize) {
    let mut fields = Fields::default();
    let mut at = 0;
    let mut bytes_left = limits.header_bytes;
    while at < raw.len() {
        let end = line_end(raw, at);
        let line = trim_end(&raw[at..end]);
        if line.is_empty() {
            return (fields, end);
        }
        let first = fields.list.is_empty();
        if is_continuation(&raw[at..end]) {
            if first {
                return (fields, at);
            }
            // A folded line of a field that was dropped for size.
            at = end;
            continue;
        }
        let Some(colon) = field_name_len(line) else {
            let envelope = line.starts_with(b"From ") || line.starts_with(b">From ");
            // One broken line between fields is skipped; words where fields should be are the body.
            if (envelope && first) || (!first && next_is_field(raw, end)) {
                if !envelope {
                    odd.insert(Oddity::BrokenHeader);
                }
                at = end;
                continue;
            }
            if !first {
                odd.insert(Oddity::BrokenHeader);
            }
            return (fields, at);
        };
        let mut value_end = end;
        while value_end < raw.len() {
            let next = line_end(raw, value_end);
            let line = &raw[value_end..next];
            let folded = is_continuation(line) && !trim_end(line).is_empty();
            if !folded && !is_unfolded_parameter(&raw[at..value_end], line) {
                break;
            }
            value_end = next;
        }
        if fields.list.len() >= limits.header_fields || value_end - at > bytes_left {
            odd.insert(Oddity::HeadersCut);
        } else {
            bytes_left -= value_end - at;
            fields.list.push((trim_end(&line[..colon]), &raw[at + colon + 1..value_end]));
        }
        at = value_end;
    }
    (fields, raw.len())
}

/// The offset after the line that starts at `at`.
pub(crate) fn line_end(raw: &[u8], at: usize) -> usize {
    raw[at..].iter().position(|&b| b == b'\n').map_or(raw.len(), |n| at + n + 1)
}

fn is_continuation(line: &[u8]) -> bool {
    matches!(line.first(), Some(b' ' | b'\t'))
}

fn trim_end(line: &[u8]) -> &[u8] {
    let keep = line.iter().rposition(|b| !matches!(b, b' ' | b'\t' | b'\r' | b'\n')).map_or(0, |n| n + 1);
    &line[..keep]
}

/// `boundary="…"` at the start of a line, after a field that ended in `;`: a sender forgot the white space.
fn is_unfolded_parameter(field: &[u8], line: &[u8]) -> bool {
    trim_end(field).ends_with(b";") && line.contains(&b'=') && field_name_len(line).is_none()
}

fn next_is_field(raw: &[u8], at: usize) -> bool {
    at < raw.len() && {
        let line = &raw[at..line_end(raw, at)];
        is_continuation(line) || field_name_len(line).is_some()
    }
}

/// Where the colon is, when the line starts with a field name.
fn field_name_len(line: &[u8]) -> Option<usize> {
    let colon = line.iter().take(200).position(|&b| b == b':')?;
    let name = trim_end(&line[..colon]);
    let part = |b: &u8| (33..=126).contains(b) && !matches!(b, b'=' | b'"' | b'<' | b'>');
    (!name.is_empty() && name.iter().all(part)).then_some(colon)
}

impl<'a> Fields<'a> {
    /// Every field of that name (ASCII case ignored), in order, as it came.
    pub(crate) fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'a [u8]> + 's {
        self.list.iter().filter(move |(n, _)| n.eq_ignore_ascii_case(name.as_bytes())).map(|(_, v)| *v)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// Whether there is a field whose name starts so.
    pub(crate) fn has_prefix(&self, prefix: &str) -> bool {
        self.list.iter().any(|(n, _)| {
            n.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
        })
    }

    /// The first field of that name that says anything, unfolded and decoded; `None` when absent.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let mut values = self.all(name).map(words);
        let first = values.next()?;
        Some(if first.is_empty() { values.find(|v| !v.is_empty()).unwrap_or(first) } else { first })
    }

    /// The same in lower case, empty when absent: for comparing with words of the standard.
    pub(crate) fn lower(&self, name: &str) -> String {
        self.text(name).unwrap_or_default().to_lowercase()
    }

    /// All addresses of all fields of that name, groups flattened.
    pub(crate) fn addresses(&self, name: &str, limits: &Limits, odd: &mut BTreeSet<Oddity>) -> Vec<Address> {
        let mut out = Vec::new();
        for raw in self.all(name) {
            addresses(raw, limits.addresses.saturating_sub(out.len()), &mut out, odd);
        }
        out
    }

    /// Message ids of all fields of that name, without brackets.
    pub(crate) fn ids(&self, name: &str) -> Vec<String> {
        self.all(name).flat_map(|raw| ids(&String::from_utf8_lossy(raw))).collect()
    }

    pub(crate) fn date(&self) -> Option<Timestamp> {
        self.all("date").find_map(|raw| {
            let value = unfold(raw);
            read_date(&value).or_else(|| read_date(&mended_date(&value)))
        })
    }

    pub(crate) fn content(&self, name: &str) -> ContentType {
        // Several such fields happen; the first that can be read counts.
        self.all(name).map(content_type).find(|c| !c.essence.is_empty()).unwrap_or_default()
    }
}

/// One line, ending in LF as the field parsers want it.
fn unfold(raw: &[u8]) -> Vec<u8> {
    let raw = trim_end(raw);
    // The white space after a fold stays; the line break itself is nothing.
    let mut out: Vec<u8> = raw.iter().copied().filter(|b| !matches!(b, b'\r' | b'\n' | 0)).collect();
    out.push(b'\n');
    out
}

fn read_date(value: &[u8]) -> Option<Timestamp> {
    let HeaderValue::DateTime(date) = MessageStream::new(value).parse_date() else { return None };
    date.is_valid().then(|| Timestamp::from_second(date.to_timestamp()).ok())?
}

/// A date that lacks its seconds or its zone, with the seconds 0 and the zone UTC.
fn mended_date(value: &[u8]) -> Vec<u8> {
    let mut out = trim_end(value).to_vec();
    if let Some(colon) = out.iter().position(|&b| b == b':') {
        let minutes = colon + 1 + out[colon + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
        if out.get(minutes) != Some(&b':') {
            out.splice(minutes..minutes, *b":00");
        }
    }
    out.extend_from_slice(b" +0000\n");
    out
}

fn content_type(raw: &[u8]) -> ContentType {
    let mut value = unfold(raw);
    if value.windows(2).any(|pair| pair == b"=?") {
        // File names in encoded words are against the standard and common; joined here, as in any other field.
        value = words(&value).into_bytes();
        value.push(b'\n');
    }
    let HeaderValue::ContentType(parsed) = MessageStream::new(&value).parse_content_type() else {
        return ContentType::default();
    };
    let mut essence = parsed.ctype().trim().to_ascii_lowercase();
    if let Some(subtype) = parsed.subtype() {
        essence.push('/');
        essence.push_str(&subtype.trim().to_ascii_lowercase());
    }
    let params = parsed
        .attributes()
        .unwrap_or_default()
        .iter()
        .map(|a| {
            let value: String = a.value.chars().filter(|c| !c.is_control()).collect();
            (a.name.to_ascii_lowercase(), value.trim().to_owned())
        })
        .collect();
    ContentType { essence, params }
}

/// Decodes a value with RFC 2047 words, unfolds it, and collapses nothing else.
pub(crate) fn words(raw: &[u8]) -> String {
    let raw = trim_start(trim_end(raw));
    let mut out = String::with_capacity(raw.len());
    // Bytes of neighbouring words in one charset are joined first: senders split characters between words.
    let mut pending: Option<(String, Vec<u8>)> = None;
    let mut plain = 0;
    let mut at = 0;
    while at < raw.len() {
        if raw[at] == b'='
            && raw.get(at + 1) == Some(&b'?')
            && let Some((label, bytes, len)) = encoded_word(&raw[at..])
        {
            let between = &raw[plain..at];
            let glued = pending.is_some() && between.iter().all(u8::is_ascii_whitespace);
            if !glued {
                flush(&mut pending, &mut out);
                push_plain(between, &mut out);
            }
            match &mut pending {
                Some((current, buffer)) if current.eq_ignore_ascii_case(&label) => buffer.extend(bytes),
                _ => {
                    flush(&mut pending, &mut out);
                    pending = Some((label, bytes));
                }
            }
            at += len;
            plain = at;
        } else {
            at += 1;
        }
    }
    flush(&mut pending, &mut out);
    push_plain(&raw[plain..], &mut out);
    out.trim().to_owned()
}

fn trim_start(raw: &[u8]) -> &[u8] {
    let skip = raw.iter().take_while(|b| b.is_ascii_whitespace()).count();
    &raw[skip..]
}

fn flush(pending: &mut Option<(String, Vec<u8>)>, out: &mut String) {
    if let Some((label, bytes)) = pending.take() {
        push_clean(&decode::text(&bytes, Some(&label)).0, out);
    }
}

fn push_plain(raw: &[u8], out: &mut String) {
    if !raw.is_empty() {
        push_clean(&decode::text(raw, None).0, out);
    }
}

/// A line break in a header is folding; the white space after it stays.
fn push_clean(text: &str, out: &mut String) {
    let mut chars = text.chars().peekable();
    while let Some(ch) = chars.next() {
        match ch {
            '\0' => {}
            '\r' | '\n' => {
                let spaced = out.ends_with([' ', '\t'])
                    || matches!(chars.peek(), Some(' ' | '\t' | '\r' | '\n') | None);
                if !spaced {
                    out.push(' ');
                }
            }
            _ => out.push(ch),
        }
    }
}

/// `=?charset?B|Q?data?=` at the start of `raw`: label, bytes, length. Bounded, so that words stay linear.
fn encoded_word(raw: &[u8]) -> Option<(String, Vec<u8>, usize)> {
    const LONGEST_LABEL: usize = 60;
    const LONGEST_WORD: usize = 4096;
    let rest = &raw[2..];
    let label_len = rest.iter().take(LONGEST_LABEL).position(|&b| b == b'?')?;
    let label = std::str::from_utf8(&rest[..label_len]).ok()?;
    if label.is_empty() || label.contains(char::is_whitespace) {
        return None;
    }
    let kind = rest.get(label_len + 1)?.to_ascii_uppercase();
    if rest.get(label_len + 2) != Some(&b'?') || !matches!(kind, b'B' | b'Q') {
        return None;
    }
    let data = &rest[label_len + 3..];
    let len = data.iter().take(LONGEST_WORD).position(|&b| b == b'?').and_then(|first| {
        // A raw `?` inside Q data is against the standard and common.
        data.windows(2)
            .take(LONGEST_WORD)
            .skip(first)
            .take_while(|pair| *pair != b"=?")
            .position(|pair| pair == b"?=")
            .map(|n| first + n)
    })?;
    let bytes = match kind {
        b'B' => decode::base64(&data[..len]),
        _ => decode::quoted_printable(&data[..len], true),
    };
    Some((label.to_owned(), bytes, 2 + label_len + 3 + len + 2))
}

/// Addresses of one field, appended to `out`.
fn addresses(raw: &[u8], room: usize, out: &mut Vec<Address>, odd: &mut BTreeSet<Oddity>) {
    let value = unfold(raw);
    // The parser wants ASCII or UTF-8 names; raw 8-bit ones are decoded first.
    let value = if value.is_ascii() || std::str::from_utf8(&value).is_ok() {
        value
    } else {
        decode::text(&value, None).0.into_bytes()
    };
    let HeaderValue::Address(parsed) = MessageStream::new(&value).parse_address() else {
        return;
    };
    for (n, addr) in parsed.iter().enumerate() {
        if n >= room {
            odd.insert(Oddity::AddressesCut);
            return;
        }
        let mut email = addr.address.as_deref().unwrap_or("").trim();
        let mut name = addr.name.as_deref().unwrap_or("").trim();
        // `user@host` alone in quotes, or an address that the parser took for a name.
        if !email.contains('@') && name.contains('@') && !name.contains(char::is_whitespace) {
            (email, name) = (name, email);
        }
        // A local part in quotes, which the parser took for a name.
        let quoted = format!("\"{name}\"{email}");
        let whole = format!("{name}{email}");
        if email.starts_with('@') && String::from_utf8_lossy(&value).contains(&quoted) && is_plain(&whole) {
            (email, name) = (&whole, "");
        }
        let email = bare(email);
        let name = words(name.as_bytes());
        if !email.is_empty() {
            out.push(Address { name: (!name.is_empty()).then_some(name), email });
        } else if !name.is_empty() {
            odd.insert(Oddity::BrokenAddress);
            // A lone word, as local mail systems sign: kept for what it is; nothing can be sent to it.
            if !value.contains(&b'<') && !name.contains(char::is_whitespace) && parsed.iter().count() == 1 {
                out.push(Address { name: None, email: bare(&name) });
            }
        }
    }
}

/// An address without control characters, brackets and quotes around it or its local part.
fn bare(email: &str) -> String {
    if let Some((local, domain)) = email.strip_prefix('"').and_then(|rest| rest.split_once("\"@")) {
        let plain = format!("{local}@{domain}");
        // Where the quotes say more than dots do, another address would come out.
        if is_plain(&plain) {
            return plain;
        }
    }
    let email: String = email.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    email.trim_matches(['<', '>', '\'', '"', ',', ';']).to_owned()
}

/// Whether nothing in an address needs quotes but its dots.
fn is_plain(email: &str) -> bool {
    email.trim() == email && email.parse::<EmailAddress>().is_ok()
}

/// Message ids in a value, without brackets, no empty ones.
pub(crate) fn ids(value: &str) -> Vec<String> {
    let clean = |id: &str| -> Option<String> {
        let id: String = id.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        (!id.is_empty()).then_some(id)
    };
    if value.contains('<') {
        let mut out = Vec::new();
        let mut rest = value;
        while let Some((_, tail)) = rest.split_once('<') {
            let (id, tail) = tail.split_once('>').unwrap_or((tail, ""));
            // A stray second `<` starts the id anew.
            let id = id.rsplit('<').next().unwrap_or(id);
            out.extend(clean(id));
            rest = tail;
        }
        out
    } else {
        value.split_whitespace().filter_map(clean).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(raw: &str) -> (Fields<'_>, &str, BTreeSet<Oddity>) {
        let mut odd = BTreeSet::new();
        let (fields, body) = split(raw.as_bytes(), &Limits::default(), &mut odd);
        (fields, &raw[body..], odd)
    }

    fn emails(raw: &str) -> Vec<String> {
        let (f, ..) = fields(raw);
        f.addresses("to", &Limits::default(), &mut BTreeSet::new()).into_iter().map(|a| a.email).collect()
    }

    #[test]
    fn folded_fields_and_body() {
        let (f, body, odd) = fields("From x@y Mon\nSubject: a\r\n b\r\n\tc\nX:1\n\nbody");
        assert_eq!(f.text("SUBJECT").unwrap(), "a b\tc");
        assert_eq!((f.text("x").unwrap().as_str(), body), ("1", "body"));
        assert!(odd.is_empty());
    }

    #[test]
    fn words_without_header_are_the_body() {
        assert_eq!(fields("Hi folks\n\nnews: none").1, "Hi folks\n\nnews: none");
        let (f, body, odd) = fields("Subject: x\nHello there\nmy friend\n");
        assert_eq!((f.text("subject").unwrap().as_str(), body), ("x", "Hello there\nmy friend\n"));
        assert!(odd.contains(&Oddity::BrokenHeader));
    }

    #[test]
    fn encoded_words_join_split_characters() {
        assert_eq!(words(b"=?utf-8?B?w6U=?= =?utf-8?Q?_b?="), "å b");
        assert_eq!(words(b"=?utf-8?B?ww==?=\r\n =?utf-8?B?pQ==?= end"), "å end");
        assert_eq!(words(b"=?utf-8?Q?a?=b"), "ab");
        assert_eq!(words(b"a =?x"), "a =?x");
        assert_eq!(words("Från".as_bytes()), "Från");
    }

    #[test]
    fn addresses_of_all_shapes() {
        assert_eq!(emails("To: A <a@x>, b@y (Bea), \"c, d\" <c@z>\n"), ["a@x", "b@y", "c@z"]);
        assert_eq!(emails("To: team: a@x, B <b@y>;, c@z\n"), ["a@x", "b@y", "c@z"]);
        assert_eq!(emails("To: undisclosed-recipients:;\n"), Vec::<String>::new());
        assert_eq!(
            (emails("To: root\n"), emails("To: MAILER-DAEMON <>\n")),
            (vec!["root".to_owned()], vec![])
        );
        assert_eq!(emails("To: a@x\nTo: b@y\n"), ["a@x", "b@y"]);
    }

    #[test]
    fn v14_quotes_go_where_they_say_nothing() {
        let one = |value: &str| emails(&format!("To: {value}\n"))[0].clone();
        assert_eq!(one("<\"a..b\"@x.test>"), "a..b@x.test");
        assert_eq!(one("\".a\"@x.test"), ".a@x.test");
        assert_eq!(one("\"Ada\" <@x.test>"), "@x.test", "a name is no address");
        for other in ["<\"a b\"@x.test>", "<\"a@y.test\"@x.test>", "<\" ab\"@x.test>", "<\"a\\\"b\"@x.test>"]
        {
            assert!(one(other).parse::<EmailAddress>().is_err(), "{other}: {}", one(other));
        }
    }

    #[test]
    fn ids_without_brackets() {
        assert_eq!(ids("<a@b> <c@d>\n <e@f"), ["a@b", "c@d", "e@f"]);
        assert_eq!(ids("a@b"), ["a@b"]);
        assert_eq!(ids(" <> "), Vec::<String>::new());
    }

    #[test]
    fn dates_as_they_come() {
        let date = |value: &str| fields(&format!("Date: {value}\n")).0.date().map(|d| d.to_string());
        let expected = Some("2026-05-04T08:00:00Z".to_owned());
        for value in [
            "Mon, 4 May 2026 10:00:00 +0200",
            "4 May 2026 08:00:00 GMT",
            "Mon, 4 May 2026\n 10:00:00 +0200 (CEST)",
            "Mon, 4 May 2026 08:00:00",
            "Mon, 4 May 2026 10:00 +0200",
        ] {
            assert_eq!(date(value), expected, "{value}");
        }
        for value in ["", "yesterday", "Mon, 99 May 2026 10:00:00 +0200", "99999999999999999999"] {
            assert_eq!(date(value), None, "{value}");
        }
    }

    #[test]
    fn limits_cut_and_say_so() {
        let raw = format!("Subject: s\n{}\nbody", "X: y\n".repeat(5_000));
        let mut odd = BTreeSet::new();
        let (f, body) = split(raw.as_bytes(), &Limits::default(), &mut odd);
        assert_eq!((f.list.len(), &raw[body..]), (Limits::default().header_fields, "body"));
        assert!(odd.contains(&Oddity::HeadersCut));
    }
}
