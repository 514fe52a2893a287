//! A message as it stands between `DATA` and its end.

/// The message with every line ended by CRLF and leading dots doubled; without the final dot.
///
/// Bare CR and bare LF become CRLF: a receiver that takes `LF . LF` for the end would otherwise read the rest of
/// the message as commands (V15, V17).
pub(super) fn stuffed(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len() + message.len() / 50 + 2);
    let mut rest = message.iter().copied().peekable();
    let mut at_start = true;
    while let Some(byte) = rest.next() {
        match byte {
            b'\r' | b'\n' => {
                if byte == b'\r' {
                    rest.next_if_eq(&b'\n');
                }
                out.extend_from_slice(b"\r\n");
                at_start = true;
            }
            _ => {
                if at_start && byte == b'.' {
                    out.push(b'.');
                }
                out.push(byte);
                at_start = false;
            }
        }
    }
    if !at_start {
        out.extend_from_slice(b"\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_crlf_and_dots_are_doubled() {
        for (message, wanted) in [
            ("", ""),
            ("a", "a\r\n"),
            ("a\r\n", "a\r\n"),
            (".", "..\r\n"),
            ("a\n.\nMAIL FROM:<x@y>\n", "a\r\n..\r\nMAIL FROM:<x@y>\r\n"),
            ("a\r\n.\r\nb", "a\r\n..\r\nb\r\n"),
            ("a\r.\rb", "a\r\n..\r\nb\r\n"),
            ("a\n.\r\nb", "a\r\n..\r\nb\r\n"),
            ("\r\n\r\n.x", "\r\n\r\n..x\r\n"),
            ("a.b\r\n..", "a.b\r\n...\r\n"),
            ("\r\r\n\n", "\r\n\r\n\r\n"),
        ] {
            let out = stuffed(message.as_bytes());
            assert_eq!(String::from_utf8(out).unwrap(), wanted, "{message:?}");
        }
    }

    #[test]
    fn no_message_contains_the_end() {
        // Every message of up to six of the bytes that matter.
        let alphabet = [b'\r', b'\n', b'.', b'a'];
        for length in 0..=6_u32 {
            for number in 0..4_usize.pow(length) {
                let message: Vec<u8> = (0..length).map(|i| alphabet[number / 4_usize.pow(i) % 4]).collect();
                let mut wire = b"\r\n".to_vec();
                wire.extend(stuffed(&message));
                assert!(!wire.windows(5).any(|w| w == b"\r\n.\r\n"), "{message:?}");
                assert!(!wire.windows(2).any(|w| w[1] == b'\n' && w[0] != b'\r'), "{message:?}");
                assert!(!wire.windows(2).any(|w| w[0] == b'\r' && w[1] != b'\n'), "{message:?}");
            }
        }
    }
}
