//! IMAP on the wire: commands out, whole responses in, with a limit on everything that a server can send.
//!
//! `imap-proto` knows the grammar; framing is ours. async-imap, which brings both, makes room for whatever length a server
//! announces (up to 512 MiB), parses a long line again with each read, logs sign-ins at trace level, and swallows
//! the `NO` to a `FETCH`.

use std::io;
use std::time::Duration;

use imap_proto::{Response, Status};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::time::timeout;

use super::Trouble;
use crate::peer::{ConnectError, Stream, printable};

/// The connection is of no more use.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) trouble: Trouble,
    pub(super) detail: String,
}

impl Failure {
    pub(super) fn new(trouble: Trouble, detail: impl Into<String>) -> Self {
        Self { trouble, detail: detail.into() }
    }
}

impl From<ConnectError> for Failure {
    fn from(error: ConnectError) -> Self {
        let trouble = match &error {
            ConnectError::Io(_) | ConnectError::NotPublic => Trouble::Connect,
            ConnectError::Timeout => Trouble::Timeout,
            ConnectError::Tls(_) | ConnectError::Insecure => Trouble::Tls,
        };
        Self::new(trouble, printable(&error.to_string()))
    }
}

/// How a command ended.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) ok: bool,
    pub(super) text: String,
}

impl Done {
    /// The refusal as a failure of that kind.
    pub(super) fn or(self, trouble: Trouble, step: &str) -> Result<(), Failure> {
        if self.ok { Ok(()) } else { Err(Failure::new(trouble, format!("{step}: {}", self.text))) }
    }
}

/// How much and how long one command may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// Bytes in one response.
    pub(super) bytes: usize,
    /// From the command to its end.
    pub(super) time: Duration,
}

#[derive(Debug)]
pub(super) struct Wire {
    stream: BufReader<Stream>,
    tags: u32,
}

impl Wire {
    pub(super) fn new(stream: Stream) -> Self {
        Self { stream: BufReader::with_capacity(16 * 1024, stream), tags: 0 }
    }

    /// The stream, for an upgrade to TLS. What came in the clear after the last response would be read as if it had come
    /// encrypted: that is refused.
    pub(super) fn into_stream(self) -> Result<Stream, Failure> {
        if !self.stream.buffer().is_empty() {
            return Err(Failure::new(Trouble::Tls, "the server spoke before TLS began"));
        }
        Ok(self.stream.into_inner())
    }

    /// The first thing that a server says.
    pub(super) async fn greeting<T>(
        &mut self,
        bounds: Bounds,
        read: impl FnOnce(&Response<'_>) -> T,
    ) -> Result<T, Failure> {
        let bytes = in_time(bounds, self.response(bounds.bytes)).await?;
        let response = parse(&bytes).ok_or_else(|| nonsense(&bytes))?;
        Ok(read(&response))
    }

    /// Says `line` and reads until its end; `each` sees every other response on the way.
    pub(super) async fn command(
        &mut self,
        line: &str,
        bounds: Bounds,
        each: impl FnMut(&Response<'_>),
    ) -> Result<Done, Failure> {
        self.converse(line, &[], bounds, each).await
    }

    /// As [`Wire::command`]; each request to go on gets the next of `answers`, and an empty line when there is none.
    pub(super) async fn converse(
        &mut self,
        line: &str,
        answers: &[String],
        bounds: Bounds,
        mut each: impl FnMut(&Response<'_>),
    ) -> Result<Done, Failure> {
        let mut answers = answers.iter();
        in_time(bounds, async {
            let tag = self.send(line).await?;
            loop {
                match self.next(&tag, bounds.bytes, &mut each).await? {
                    Event::Other => {}
                    Event::Done(done) => return Ok(done),
                    Event::Continue => {
                        let answer = answers.next().map_or("", String::as_str);
                        self.write(&format!("{answer}\r\n")).await?;
                    }
                }
            }
        })
        .await
    }

    /// Begins to idle; the tag is for [`Wire::stop_idling`]. `None`: the server will not.
    pub(super) async fn start_idling(&mut self, bounds: Bounds) -> Result<Option<String>, Failure> {
        in_time(bounds, async {
            let tag = self.send("IDLE").await?;
            loop {
                match self.next(&tag, bounds.bytes, &mut |_| ()).await? {
                    Event::Other => {}
                    Event::Continue => return Ok(Some(tag)),
                    Event::Done(_) => return Ok(None),
                }
            }
        })
        .await
    }

    /// Waits until the server says anything at all. May be dropped at any time: nothing is lost.
    pub(super) async fn readable(&mut self) -> Result<(), Failure> {
        let waiting = self.stream.fill_buf().await.map_err(|error| cut(&error))?;
        if waiting.is_empty() { Err(closed()) } else { Ok(()) }
    }

    /// One response while idling; whether it says that there is something to look at.
    pub(super) async fn idle_news(&mut self, bounds: Bounds) -> Result<bool, Failure> {
        let bytes = in_time(bounds, self.response(bounds.bytes)).await?;
        match parse(&bytes) {
            Some(Response::Data { status: Status::Bye, .. }) => Err(closed()),
            Some(Response::MailboxData(imap_proto::MailboxDatum::Exists(_))) => Ok(true),
            // The server ended it by itself.
            Some(Response::Done { .. }) => {
                Err(Failure::new(Trouble::Protocol, "the server ended IDLE by itself"))
            }
            _ => Ok(false),
        }
    }

    pub(super) async fn stop_idling(&mut self, tag: &str, bounds: Bounds) -> Result<(), Failure> {
        in_time(bounds, async {
            self.write("DONE\r\n").await?;
            loop {
                if let Event::Done(_) = self.next(tag, bounds.bytes, &mut |_| ()).await? {
                    return Ok(());
                }
            }
        })
        .await
    }

    async fn send(&mut self, line: &str) -> Result<String, Failure> {
        debug_assert!(!line.contains(['\r', '\n']), "one command is one line");
        self.tags = self.tags.wrapping_add(1);
        let tag = format!("p{}", self.tags);
        self.write(&format!("{tag} {line}\r\n")).await?;
        Ok(tag)
    }

    async fn write(&mut self, text: &str) -> Result<(), Failure> {
        self.stream.write_all(text.as_bytes()).await.map_err(|error| cut(&error))?;
        self.stream.flush().await.map_err(|error| cut(&error))
    }

    async fn next(
        &mut self,
        tag: &str,
        max: usize,
        each: &mut impl FnMut(&Response<'_>),
    ) -> Result<Event, Failure> {
        let bytes = self.response(max).await?;
        let Some(response) = parse(&bytes) else {
            // An extension that the parser does not know is no harm; a message that cannot be read is.
            let start = &bytes[..bytes.len().min(40)];
            let harmless = bytes.starts_with(b"* ") && !start.windows(7).any(|w| w == b" FETCH ");
            return if harmless { Ok(Event::Other) } else { Err(nonsense(&bytes)) };
        };
        match &response {
            Response::Done { tag: said, status, outcome } => {
                if said.0 != tag {
                    return Err(nonsense(&bytes));
                }
                let text = printable(outcome.information.as_deref().unwrap_or_default());
                each(&response);
                Ok(Event::Done(Done { ok: *status == Status::Ok, text }))
            }
            Response::Continue(_) => Ok(Event::Continue),
            Response::Data { status: Status::Bye, outcome } => Err(Failure::new(
                Trouble::Cut,
                format!(
                    "the server said BYE {}",
                    printable(outcome.information.as_deref().unwrap_or_default())
                ),
            )),
            _ => {
                each(&response);
                Ok(Event::Other)
            }
        }
    }

    /// One response with its literals, of at most `max` bytes.
    async fn response(&mut self, max: usize) -> Result<Vec<u8>, Failure> {
        let too_much =
            || Failure::new(Trouble::TooMuch, format!("the server sent more than {max} bytes at once"));
        let mut bytes = Vec::new();
        loop {
            let line = bytes.len();
            let room = (max - bytes.len()) as u64;
            let read = (&mut self.stream).take(room).read_until(b'\n', &mut bytes).await;
            read.map_err(|error| cut(&error))?;
            if bytes.last() != Some(&b'\n') || bytes.len() == line {
                return Err(if bytes.len() >= max { too_much() } else { closed() });
            }
            let Some(length) = literal(&bytes[line..]).filter(|_| !is_status(&bytes)) else {
                return Ok(bytes);
            };
            // Refused by its announced length, before any of it is read. A line must still fit behind it.
            if length >= (max - bytes.len()) as u64 {
                return Err(too_much());
            }
            let before = bytes.len() as u64;
            (&mut self.stream).take(length).read_to_end(&mut bytes).await.map_err(|error| cut(&error))?;
            if bytes.len() as u64 - before < length {
                return Err(closed());
            }
        }
    }
}

enum Event {
    Other,
    Continue,
    Done(Done),
}

async fn in_time<T>(bounds: Bounds, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let silent = || Failure::new(Trouble::Timeout, "the server did not answer in time");
    timeout(bounds.time, work).await.map_err(|_| silent())?
}

fn parse(bytes: &[u8]) -> Option<Response<'_>> {
    match Response::parse(bytes) {
        Ok(([], response)) => Some(response),
        Ok(_) | Err(_) => None,
    }
}

/// The length in `… {length}\r\n`.
fn literal(line: &[u8]) -> Option<u64> {
    let digits = line.strip_suffix(b"}\r\n")?;
    let open = digits.iter().rposition(|b| *b == b'{')?;
    let digits = std::str::from_utf8(&digits[open + 1..]).ok()?;
    let number = digits.strip_suffix('+').unwrap_or(digits);
    if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(number.parse().unwrap_or(u64::MAX))
}

/// A response that ends in free text, in which `{3}` is no literal.
fn is_status(response: &[u8]) -> bool {
    let mut words = response.split(|b| *b == b' ');
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    let kinds: [&[u8]; 5] = [b"OK", b"NO", b"BAD", b"BYE", b"PREAUTH"];
    first == b"+" || kinds.iter().any(|kind| second.trim_ascii_end().eq_ignore_ascii_case(kind))
}

fn nonsense(bytes: &[u8]) -> Failure {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]);
    Failure::new(Trouble::Protocol, format!("not understood: {}", printable(&start)))
}

fn closed() -> Failure {
    Failure::new(Trouble::Cut, "the server closed the connection")
}

fn cut(error: &io::Error) -> Failure {
    Failure::new(Trouble::Cut, format!("the connection was lost: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_seen_only_where_they_are() {
        for (line, wanted) in [
            ("* 1 FETCH (BODY[] {12}\r\n", Some(12)),
            ("* 1 FETCH (BODY[] {0}\r\n", Some(0)),
            ("* 1 FETCH (BODY[] {99999999999999999999999}\r\n", Some(u64::MAX)),
            ("* 1 FETCH (BODY[] {-1}\r\n", None),
            ("* 1 FETCH (BODY[] {}\r\n", None),
            ("* 1 FETCH (BODY[] 12}\r\n", None),
            ("* 1 FETCH (BODY[] {12}\n", None),
        ] {
            assert_eq!(literal(line.as_bytes()), wanted, "{line:?}");
        }
        assert!(is_status(b"* OK see {12}\r\n"));
        assert!(is_status(b"p1 NO\r\n"));
        assert!(!is_status(b"* 1 FETCH (BODY[] {12}\r\n"));
    }
}
