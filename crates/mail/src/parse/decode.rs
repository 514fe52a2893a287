//! Transfer encodings and character sets. Every decoder is lenient, linear, and never fails: what cannot be
//! decoded is kept as it came, because a customer's words are worth more than a clean standard.

use mail_parser::decoders::charsets::map::charset_decoder;

/// Undoes base64; anything outside the alphabet is skipped, decoding ends at the padding of the last group.
pub(super) fn base64(input: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(input.len() / 4 * 3 + 3);
    let (mut bits, mut have) = (0u32, 0u32);
    let mut rest = input;
    loop {
        // Nearly all of an attachment is whole groups.
        while have == 0
            && let Some((group, after)) = rest.split_first_chunk::<4>()
            && let [a, b, c, d] = group.map(|byte| SIX_BITS[usize::from(byte)])
            && (a | b | c | d) & NO_SIGN == 0
        {
            out.extend_from_slice(&[a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]);
            rest = after;
        }
        let Some((&byte, after)) = rest.split_first() else { return out };
        rest = after;
        if byte == b'=' {
            // Padding closes a group; some senders glue several padded groups together.
            (bits, have) = (0, 0);
            continue;
        }
        let six = SIX_BITS[usize::from(byte)];
        if six == NO_SIGN {
            continue;
        }
        bits = bits << 6 | u32::from(six);
        have += 6;
        if have >= 8 {
            have -= 8;
            out.push((bits >> have) as u8);
            bits &= (1 << have) - 1;
        }
    }
}

/// Stands for a byte outside of the alphabet.
const NO_SIGN: u8 = 0x80;

/// The six bits for which each byte stands, in the usual alphabet and in that of addresses.
const SIX_BITS: [u8; 256] = {
    let mut table = [NO_SIGN; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            letter @ b'A'..=b'Z' => letter - b'A',
            letter @ b'a'..=b'z' => letter - b'a' + 26,
            digit @ b'0'..=b'9' => digit - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => NO_SIGN,
        };
        byte += 1;
    }
    table
};

/// Undoes quoted-printable. `word` is the variant of encoded words, where `_` is a space.
pub(super) fn quoted_printable(input: &[u8], word: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(input.len());
    let mut at = 0;
    // Length of `out` up to the last byte that is not trailing white space of the current line.
    let mut solid = 0;
    while let Some(&byte) = input.get(at) {
        at += 1;
        match byte {
            b'=' => {
                let rest = &input[at..];
                if let (Some(high), Some(low)) = (hex(rest.first()), hex(rest.get(1))) {
                    out.push(high << 4 | low);
                    at += 2;
                    solid = out.len();
                } else if let Some(skip) = soft_break(rest) {
                    at += skip;
                    solid = out.len();
                } else {
                    out.push(byte);
                    solid = out.len();
                }
            }
            b'_' if word => {
                out.push(b' ');
                solid = out.len();
            }
            b' ' | b'\t' => out.push(byte),
            b'\r' | b'\n' if !word => {
                // White space before a line end was added in transit.
                out.truncate(solid);
                out.push(byte);
                solid = out.len();
            }
            _ => {
                out.push(byte);
                solid = out.len();
            }
        }
    }
    out
}

/// How many bytes a soft line break takes after its `=`, or `None` when it is not one.
fn soft_break(rest: &[u8]) -> Option<usize> {
    let blanks = rest.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    match (rest.get(blanks), rest.get(blanks + 1)) {
        (Some(b'\r'), Some(b'\n')) => Some(blanks + 2),
        (Some(b'\r' | b'\n'), _) => Some(blanks + 1),
        (None, _) => Some(blanks),
        _ => None,
    }
}

fn hex(byte: Option<&u8>) -> Option<u8> {
    char::from(*byte?).to_digit(16).map(|digit| digit as u8)
}

/// Undoes one uuencoded file, if there is one: its name and bytes.
pub(super) fn uuencode(input: &[u8]) -> Option<(String, Vec<u8>)> {
    let mut lines = input.split(|&b| b == b'\n');
    let name = lines.by_ref().find_map(uu_begin)?;
    let mut out = Vec::with_capacity(input.len() / 4 * 3);
    for line in lines {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line == b"end" {
            break;
        }
        let Some((&count, data)) = line.split_first() else {
            continue;
        };
        let wanted = usize::from(count.wrapping_sub(b' ') & 0x3f);
        let start = out.len();
        for group in data.chunks(4) {
            let bits = (0..4).fold(0u32, |bits, i| {
                bits << 6 | u32::from(group.get(i).map_or(0, |b| b.wrapping_sub(b' ') & 0x3f))
            });
            out.extend_from_slice(&bits.to_be_bytes()[1..]);
        }
        out.truncate(start + wanted);
    }
    Some((name, out))
}

/// The file name of a `begin 644 name` line.
fn uu_begin(line: &[u8]) -> Option<String> {
    let (mode, name) = line.strip_prefix(b"begin ")?.split_at_checked(4)?;
    let octal = mode[..3].iter().all(|b| (b'0'..=b'7').contains(b)) && mode[3] == b' ';
    let name = String::from_utf8_lossy(name).trim().to_owned();
    (octal && !name.is_empty()).then_some(name)
}

/// Bytes to text by a charset label. No label, or one nobody knows: UTF-8 if it is valid, else Windows-1252.
/// The flag tells that the bytes did not fit what the label said.
pub(super) fn text(bytes: &[u8], label: Option<&str>) -> (String, bool) {
    let label = label.map(|l| l.trim().trim_matches(['"', '\'']).to_ascii_lowercase());
    let label = label.as_deref().unwrap_or("").split('*').next().unwrap_or("");
    let label = label.strip_prefix("3d").unwrap_or(label);
    let guess = |odd: bool| match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), odd),
        Err(_) => {
            // Some good UTF-8 among the bad bytes: damaged UTF-8. None: an unlabelled single-byte charset.
            let lossy = String::from_utf8_lossy(bytes);
            let damaged = lossy.chars().any(|c| !c.is_ascii() && c != char::REPLACEMENT_CHARACTER);
            (if damaged { lossy.into_owned() } else { windows_1252(bytes) }, true)
        }
    };
    match label {
        "" | "us-ascii" | "ascii" | "ansi_x3.4-1968" => guess(false),
        "utf-8" | "utf8" | "unicode-1-1-utf-8" => guess(false),
        "utf-7" | "unicode-1-1-utf-7" | "csunicode11utf7" => (utf7(bytes), false),
        "unknown" | "unknown-8bit" | "x-unknown" | "binary" => guess(true),
        // ISO-2022 text is 7-bit; a mail that says so but carries 8-bit UTF-8 is mislabelled.
        _ if label.starts_with("iso-2022") && !bytes.is_ascii() => guess(true),
        _ if charset_decoder(label.as_bytes()).is_none() => guess(true),
        _ => (decode(bytes, label.as_bytes()), false),
    }
}

/// UTF-7 (RFC 2152): runs of base64 over UTF-16 between `+` and `-`. mail-parser's loses short runs.
fn utf7(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|&b| b == b'+') {
        out.push_str(&String::from_utf8_lossy(&rest[..at]));
        rest = &rest[at + 1..];
        let len = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/')).count();
        if len == 0 {
            out.push('+');
        }
        let units = base64(&rest[..len]);
        let units = units.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        out.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
        rest = &rest[len..];
        rest = rest.strip_prefix(b"-").unwrap_or(rest);
    }
    out.push_str(&String::from_utf8_lossy(rest));
    out
}

fn decode(bytes: &[u8], label: &[u8]) -> String {
    charset_decoder(label).map_or_else(|| windows_1252(bytes), |decoder| decoder(bytes))
}

fn windows_1252(bytes: &[u8]) -> String {
    charset_decoder(b"windows-1252")
        .map_or_else(|| String::from_utf8_lossy(bytes).into_owned(), |decoder| decoder(bytes))
}

/// Text as we keep it: LF line ends, and no NUL (a database's text column refuses it).
pub(super) fn clean(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.contains(['\r', '\0']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(ch) = chars.next() {
        match ch {
            '\r' => {
                // CR CR LF, which some gateways make, is one line end too.
                while chars.peek() == Some(&'\r') {
                    chars.next();
                }
                if chars.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\0' => {}
            _ => out.push(ch),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_survives_noise_and_glued_padding() {
        assert_eq!(base64(b"SGVs\r\nbG8="), b"Hello");
        assert_eq!(base64(b"SGVsbG8=!!SGVsbG8="), b"HelloHello");
        assert_eq!(base64(b"SGVsbG8gd29ybGQ\r\nhI\r\nSE-_w=="), b"Hello world!!!>\xff".as_slice());
        assert_eq!(base64(b"SG\r\nVsbG8gSGVs=bG8="), b"Hello Hello".as_slice());
        assert_eq!(base64(b"===="), b"");
        assert_eq!(base64(b"S"), b"");
    }

    #[test]
    fn quoted_printable_keeps_what_it_cannot_read() {
        assert_eq!(quoted_printable(b"a=3Db=\r\nc  \r\nd=ZZ=", false), b"a=bc\r\nd=ZZ");
        assert_eq!(quoted_printable(b"a_b=20_", true), b"a b  ");
        assert_eq!(quoted_printable(b"=E5=", false), [0xe5]);
    }

    #[test]
    fn uuencoded_file() {
        let (name, bytes) = uuencode(b"begin 644 cat.txt\n#0V%T\n`\nend\n").unwrap();
        assert_eq!((name.as_str(), bytes.as_slice()), ("cat.txt", &b"Cat"[..]));
        assert!(uuencode(b"begin again\nwith me").is_none());
    }

    #[test]
    fn charsets_known_unknown_and_lying() {
        assert_eq!(text("Ж".as_bytes(), Some("utf-8")).0, "Ж");
        assert_eq!(text(b"\xc6", Some("koi8-r")).0, "ф");
        assert_eq!(text(b"Fr\xf6sche", None), ("Frösche".into(), true));
        assert_eq!(text(b"Fr\xf6sche", Some("no-such-thing")), ("Frösche".into(), true));
        assert_eq!(text(b"\x1b$B%O%m\x1b(B", Some("iso-2022-jp")).0, "ハロ");
        assert_eq!(text(b"\xc4\xe3\xba\xc3", Some("gb2312")).0, "你好");
        assert_eq!(text(b"Fr+APY-sche 1 +- 1, m+AN8", Some("utf-7")).0, "Frösche 1 + 1, mß");
        assert_eq!(text("你好".as_bytes(), Some("iso-2022-jp")).0, "你好");
    }

    #[test]
    fn line_ends_become_lf() {
        assert_eq!(clean("a\r\nb\rc\r\r\nd\0e"), "a\nb\nc\nde");
        assert_eq!(clean("\u{feff}a"), "a");
    }
}
