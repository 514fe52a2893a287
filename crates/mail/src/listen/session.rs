//! One connection of a client.

use std::io;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::watch;
use tokio::time::timeout;

use crate::peer::stopped;

use super::data::{Data, Received};
use super::{AcceptResult, Envelope, Handler, ListenLimits, Protocol, RcptDecision, Socket};

/// RFC 5321 asks for 512, and for more with extensions.
const MAX_LINE: usize = 2048;
const MAX_ADDRESS: usize = 256;

/// Why a connection is over. Nobody needs to know: what was not answered is sent again.
enum End {
    /// The client said goodbye, or went.
    Gone,
    /// We have said why.
    Said,
}

impl From<io::Error> for End {
    fn from(_: io::Error) -> Self {
        Self::Gone
    }
}

struct Session<'a, H> {
    stream: Box<dyn Socket>,
    unread: Vec<u8>,
    protocol: Protocol,
    limits: ListenLimits,
    handler: &'a H,
    greeted: bool,
    mail: Option<Envelope>,
    mistakes: u32,
}

pub(super) async fn run<H: Handler>(
    stream: Box<dyn Socket>,
    protocol: Protocol,
    limits: ListenLimits,
    handler: &H,
    mut shutdown: watch::Receiver<bool>,
) {
    let mut session = Session {
        stream,
        unread: Vec::new(),
        protocol,
        limits,
        handler,
        greeted: false,
        mail: None,
        mistakes: 0,
    };
    let _ = session.converse(&mut shutdown).await;
    let _ = session.stream.shutdown().await;
}

impl<H: Handler> Session<'_, H> {
    async fn converse(&mut self, shutdown: &mut watch::Receiver<bool>) -> Result<(), End> {
        self.say(match self.protocol {
            Protocol::Smtp => "220 Partnerdesk ESMTP",
            Protocol::Lmtp => "220 Partnerdesk LMTP",
        })
        .await?;
        loop {
            // Only between commands: a message that has begun may end.
            let line = tokio::select! {
                biased;
                () = stopped(shutdown) => return self.farewell("421 4.3.2 the program stops").await,
                line = timeout(self.limits.idle, read_line(&mut self.stream, &mut self.unread)) => line,
            };
            let line = match line {
                Err(_) => return self.farewell("421 4.4.2 nothing heard for too long").await,
                Ok(line) => line?,
            };
            match line {
                Line::Command(line) => self.command(&line).await?,
                Line::Wrong => return self.farewell("500 5.5.2 not a command line").await,
            }
            if self.mistakes >= self.limits.mistakes {
                return self.farewell("421 4.7.0 too many mistakes").await;
            }
        }
    }

    async fn command(&mut self, line: &str) -> Result<(), End> {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match (verb.to_ascii_uppercase().as_str(), self.protocol) {
            ("EHLO", Protocol::Smtp) | ("LHLO", Protocol::Lmtp) => self.hello().await,
            ("HELO", Protocol::Smtp) => {
                self.greeted = true;
                self.mail = None;
                self.say("250 Partnerdesk").await
            }
            ("MAIL", _) => self.mail(rest).await,
            ("RCPT", _) => self.rcpt(rest).await,
            ("DATA", _) => self.data(rest).await,
            ("RSET", _) => {
                self.mail = None;
                self.say("250 2.0.0 forgotten").await
            }
            ("NOOP", _) => self.say("250 2.0.0 still here").await,
            ("VRFY", _) => self.say("252 2.1.5 send something and see").await,
            ("QUIT", _) => self.farewell("221 2.0.0 goodbye").await,
            _ => self.mistake("502 5.5.1 not known here").await,
        }
    }

    async fn hello(&mut self) -> Result<(), End> {
        self.greeted = true;
        self.mail = None;
        let size = self.limits.message;
        self.say(&format!(
            "250-Partnerdesk\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE {size}"
        ))
        .await
    }

    async fn mail(&mut self, rest: &str) -> Result<(), End> {
        if !self.greeted || self.mail.is_some() {
            return self.mistake("503 5.5.1 not now").await;
        }
        let Some((sender, parameters)) = path(rest, "FROM:") else {
            return self.mistake("501 5.1.7 not a return path").await;
        };
        for parameter in parameters.split_ascii_whitespace() {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            match name.to_ascii_uppercase().as_str() {
                "SIZE" => match value.parse::<u64>() {
                    Ok(size) if size > self.limits.message as u64 => {
                        return self.say("552 5.3.4 too large").await;
                    }
                    Ok(_) => {}
                    Err(_) => return self.mistake("501 5.5.4 not a size").await,
                },
                "BODY" | "SMTPUTF8" => {}
                _ => return self.mistake("555 5.5.4 parameter not known here").await,
            }
        }
        let sender = (!sender.is_empty()).then(|| sender.to_owned());
        self.mail = Some(Envelope { sender, recipients: Vec::new() });
        self.say("250 2.1.0 go on").await
    }

    async fn rcpt(&mut self, rest: &str) -> Result<(), End> {
        let Some(envelope) = &mut self.mail else {
            return self.mistake("503 5.5.1 not now").await;
        };
        let address = match path(rest, "TO:") {
            Some((address, "")) if !address.is_empty() => address,
            Some(_) | None => return self.mistake("501 5.1.3 not an address").await,
        };
        if envelope.recipients.len() >= self.limits.recipients {
            return self.say("452 4.5.3 too many recipients").await;
        }
        match self.handler.rcpt(address).await {
            RcptDecision::Ours => {
                envelope.recipients.push(address.to_owned());
                self.say("250 2.1.5 go on").await
            }
            RcptDecision::Unknown => self.mistake("550 5.1.1 nobody here has this address").await,
            RcptDecision::Later => self.say("451 4.3.0 cannot be said now").await,
        }
    }

    async fn data(&mut self, rest: &str) -> Result<(), End> {
        let envelope = match self.mail.take() {
            Some(envelope) if rest.is_empty() && !envelope.recipients.is_empty() => envelope,
            other => {
                self.mail = other;
                return self.mistake("503 5.5.1 no recipients").await;
            }
        };
        self.say("354 end with a dot on a line of its own").await?;
        let received = match timeout(self.limits.data, self.receive()).await {
            Ok(received) => received?,
            Err(_) => return self.farewell("421 4.4.2 the message takes too long").await,
        };
        match self.protocol {
            Protocol::Smtp => {
                let answer = accept(self.handler, &envelope, &received).await;
                self.say(answer).await
            }
            Protocol::Lmtp => {
                for recipient in envelope.recipients {
                    let one = Envelope { sender: envelope.sender.clone(), recipients: vec![recipient] };
                    let answer = accept(self.handler, &one, &received).await;
                    self.say(answer).await?;
                }
                Ok(())
            }
        }
    }

    async fn receive(&mut self) -> Result<Received, End> {
        let mut data = Data::new(self.limits.message);
        let mut bytes = std::mem::take(&mut self.unread);
        loop {
            if let Some(taken) = data.feed(&bytes) {
                self.unread = bytes.split_off(taken);
                return Ok(data.finish());
            }
            bytes.resize(16 * 1024, 0);
            let read =
                timeout(self.limits.idle, self.stream.read(&mut bytes)).await.map_err(|_| End::Gone)??;
            if read == 0 {
                return Err(End::Gone);
            }
            bytes.truncate(read);
        }
    }

    async fn mistake(&mut self, reply: &str) -> Result<(), End> {
        self.mistakes += 1;
        self.say(reply).await
    }

    async fn farewell(&mut self, reply: &str) -> Result<(), End> {
        self.say(reply).await?;
        Err(End::Said)
    }

    /// Answers. A client that does not read its answers is a silent one.
    async fn say(&mut self, reply: &str) -> Result<(), End> {
        let line = format!("{reply}\r\n");
        let said = async {
            self.stream.write_all(line.as_bytes()).await?;
            self.stream.flush().await
        };
        Ok(timeout(self.limits.idle, said).await.map_err(|_| End::Gone)??)
    }
}

async fn accept<H: Handler>(handler: &H, envelope: &Envelope, received: &Received) -> &'static str {
    let Received::Message(message) = received else {
        return "552 5.3.4 too large";
    };
    match handler.accept(envelope, message).await {
        AcceptResult::Durable => "250 2.6.0 kept",
        AcceptResult::Later => "451 4.3.0 could not be kept, try again",
        AcceptResult::Refused => "554 5.6.0 refused",
    }
}

enum Line {
    Command(String),
    /// Too long, not UTF-8, or not ended by CRLF.
    Wrong,
}

/// The next line. May be dropped and called again: what has been read stays in `unread`.
async fn read_line(stream: &mut Box<dyn Socket>, unread: &mut Vec<u8>) -> Result<Line, End> {
    loop {
        if let Some(end) = unread.iter().position(|b| *b == b'\n') {
            let rest = unread.split_off(end + 1);
            let line = std::mem::replace(unread, rest);
            let text = line.strip_suffix(b"\r\n").and_then(|line| std::str::from_utf8(line).ok());
            let clean = text.filter(|text| text.len() <= MAX_LINE && !text.contains(char::is_control));
            return Ok(clean.map_or(Line::Wrong, |line| Line::Command(line.trim_end().to_owned())));
        }
        if unread.len() > MAX_LINE {
            return Ok(Line::Wrong);
        }
        let mut block = [0; 1024];
        let read = stream.read(&mut block).await?;
        if read == 0 {
            return Err(End::Gone);
        }
        unread.extend_from_slice(&block[..read]);
    }
}

/// `FROM:<address> parameters`: the address and the parameters. An old-style route before the address is dropped.
fn path<'a>(rest: &'a str, keyword: &str) -> Option<(&'a str, &'a str)> {
    let (start, rest) = rest.split_at_checked(keyword.len())?;
    let (address, parameters) = rest.trim_start().strip_prefix('<')?.split_once('>')?;
    let address = match address.split_once(':') {
        Some((route, address)) if route.starts_with('@') => address,
        _ => address,
    };
    let clean = address.len() <= MAX_ADDRESS && !address.contains(|c: char| c.is_whitespace() || c == '<');
    (start.eq_ignore_ascii_case(keyword) && clean).then(|| (address, parameters.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_strictly() {
        for (rest, wanted) in [
            ("FROM:<a@b>", Some(("a@b", ""))),
            ("from: <a@b> SIZE=3 BODY=8BITMIME", Some(("a@b", "SIZE=3 BODY=8BITMIME"))),
            ("FROM:<>", Some(("", ""))),
            ("FROM:<@x,@y:a@b>", Some(("a@b", ""))),
            ("FROM:a@b", None),
            ("FROM:<a@b", None),
            ("FROM:<a b@c>", None),
            ("FROM:<<a@b>>", None),
            ("TO:<a@b>", None),
            ("FRÖM:<a@b>", None),
            ("", None),
        ] {
            assert_eq!(path(rest, "FROM:"), wanted, "{rest:?}");
        }
    }
}
