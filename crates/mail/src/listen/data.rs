//! The bytes between `DATA` and the end of a message.

/// Takes the bytes as they come, undoes the doubled dots, and sees the end. Holds at most `limit` bytes.
#[derive(Debug)]
pub(super) struct Data {
    message: Vec<u8>,
    limit: usize,
    too_large: bool,
    state: State,
}

/// What has been read of `CRLF . CRLF`. Only the whole of it ends a message (RFC 5321 §4.1.1.4): a bare LF or CR is
/// content, however much it looks like a line end (CVE-2023-51764 and its kin).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// At the start of a line, after CRLF.
    Start,
    Middle,
    /// After CR.
    Cr,
    /// After a dot at the start of a line.
    Dot,
    /// After that dot and CR.
    DotCr,
}

/// A message that has ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Received {
    Message(Vec<u8>),
    TooLarge,
}

impl Data {
    pub(super) fn new(limit: usize) -> Self {
        Self { message: Vec::new(), limit, too_large: false, state: State::Start }
    }

    /// Takes `bytes`; when the message ends in them, how many of them belong to it.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Option<usize> {
        for (index, &byte) in bytes.iter().enumerate() {
            self.state = match (self.state, byte) {
                (State::DotCr, b'\n') => return Some(index + 1),
                // The dot was doubled, or a sender did not double it: either way it is no content.
                (State::Start, b'.') => State::Dot,
                (State::Dot, b'\r') => State::DotCr,
                (State::DotCr, _) => {
                    // The CR after the lone dot was content after all.
                    self.push(b'\r');
                    self.after(byte, State::Cr)
                }
                (state, _) => self.after(byte, state),
            };
        }
        None
    }

    fn after(&mut self, byte: u8, state: State) -> State {
        self.push(byte);
        match (state, byte) {
            (State::Cr, b'\n') => State::Start,
            (_, b'\r') => State::Cr,
            _ => State::Middle,
        }
    }

    fn push(&mut self, byte: u8) {
        if self.message.len() < self.limit {
            self.message.push(byte);
        } else if !self.too_large {
            // The rest is read, to be able to answer, but not kept.
            self.too_large = true;
            self.message = Vec::new();
            self.limit = 0;
        }
    }

    pub(super) fn finish(self) -> Received {
        if self.too_large { Received::TooLarge } else { Received::Message(self.message) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(wire: &[u8], step: usize) -> (Option<String>, usize) {
        let mut data = Data::new(100);
        let mut used = 0;
        for chunk in wire.chunks(step) {
            if let Some(taken) = data.feed(chunk) {
                let Received::Message(message) = data.finish() else {
                    return (None, used + taken);
                };
                return (Some(String::from_utf8(message).unwrap()), used + taken);
            }
            used += chunk.len();
        }
        (None, used)
    }

    #[test]
    fn v17_only_crlf_dot_crlf_ends_a_message() {
        for (wire, wanted) in [
            (".\r\n", Some("")),
            ("a\r\n.\r\n", Some("a\r\n")),
            ("a\r\n..b\r\n.\r\n", Some("a\r\n.b\r\n")),
            ("a\r\n...\r\n.\r\n", Some("a\r\n..\r\n")),
            ("a\n.\nb\r\n.\r\n", Some("a\n.\nb\r\n")),
            ("a\n.\r\nb\r\n.\r\n", Some("a\n.\r\nb\r\n")),
            ("a\r\n.\nb\r\n.\r\n", Some("a\r\n\nb\r\n")),
            ("a\r.\rb\r\n.\r\n", Some("a\r.\rb\r\n")),
            ("a\r\n.\rb\r\n.\r\n", Some("a\r\n\rb\r\n")),
            ("a\r\r\n.\r\n", Some("a\r\r\n")),
            ("a\n\n..\n", None),
            ("a\r\n.\r\r\n", None),
        ] {
            for step in [1, 2, 3, 1000] {
                let (message, used) = read(wire.as_bytes(), step);
                assert_eq!(message.as_deref(), wanted, "{wire:?} by {step}");
                assert_eq!(used, wire.len());
            }
        }
    }

    #[test]
    fn agrees_with_the_definition_on_every_short_input() {
        let alphabet = [b'\r', b'\n', b'.', b'a'];
        for length in 0..=7_u32 {
            for number in 0..4_usize.pow(length) {
                let input: Vec<u8> = (0..length).map(|i| alphabet[number / 4_usize.pow(i) % 4]).collect();
                let wire = format!("\r\n{}", String::from_utf8(input.clone()).unwrap());
                let mut data = Data::new(100);
                let taken = data.feed(&input);
                assert_eq!(taken, wire.find("\r\n.\r\n").map(|at| at + 3), "{wire:?}");
                let Some(taken) = taken else { continue };
                let lines = wire[2..taken + 2 - 3].split("\r\n");
                let wanted: Vec<&str> = lines.map(|line| line.strip_prefix('.').unwrap_or(line)).collect();
                assert_eq!(data.finish(), Received::Message(wanted.join("\r\n").into()), "{wire:?}");
            }
        }
    }

    #[test]
    fn what_follows_the_end_is_left() {
        let mut data = Data::new(100);
        assert_eq!(data.feed(b"a\r\n.\r\nQUIT\r\n"), Some(6));
    }

    #[test]
    fn a_large_message_is_read_and_not_kept() {
        let mut data = Data::new(10);
        assert_eq!(data.feed(&[b'x'; 1000]), None);
        assert_eq!(data.message.capacity(), 0);
        assert_eq!(data.feed(b"\r\n.\r\n"), Some(5));
        assert_eq!(data.finish(), Received::TooLarge);
        let mut fits = Data::new(10);
        fits.feed(b"12345678\r\n.\r\n");
        assert_eq!(fits.finish(), Received::Message(b"12345678\r\n".to_vec()));
    }
}
