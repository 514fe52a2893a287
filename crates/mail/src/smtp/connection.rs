//! One connection to an SMTP server.

use std::io;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::timeout;

use super::dot::stuffed;
use super::{Delivery, Envelope, Reply, SmtpAuth, SmtpConfig, SmtpTimeouts, Trouble, local};
use crate::peer::{ConnectError, Freshness, Reach, Security, Stream, printable, without, xoauth2};

/// A longer line is no reply (RFC 5321 §4.5.3.1.5 allows 512).
const MAX_LINE: usize = 4096;
/// More lines are no reply either.
const MAX_LINES: usize = 100;
const BLOCK: usize = 64 * 1024;

/// The connection is of no more use.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) trouble: Trouble,
    pub(super) detail: String,
}

impl Failure {
    fn new(trouble: Trouble, detail: impl Into<String>) -> Self {
        Self { trouble, detail: detail.into() }
    }

    fn refused(trouble: Trouble, step: &str, reply: &Reply) -> Self {
        Self::new(trouble, format!("{step}: {reply}"))
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

/// What the server can do, from its answer to `EHLO`.
#[derive(Debug, Default)]
struct Offers {
    starttls: bool,
    eight_bit: bool,
    smtputf8: bool,
    size: Option<u64>,
    auth: Vec<String>,
}

#[derive(Debug)]
pub(super) struct Connection {
    stream: Stream,
    unread: Vec<u8>,
    offers: Offers,
    timeouts: SmtpTimeouts,
}

/// An address in a command; what is no address was refused before, and is the empty path.
fn path(address: &str) -> String {
    match crate::address::written(address) {
        Some((local, domain)) => format!("<{local}@{domain}>"),
        None => "<>".to_owned(),
    }
}

impl Connection {
    /// Connects and greets, up to where one signs in.
    pub(super) async fn open(config: &SmtpConfig) -> Result<Self, Failure> {
        let limit = config.timeouts.connect;
        let stream = Stream::connect(
            &config.host,
            config.port,
            config.security,
            &config.trust,
            Reach::Anywhere,
            limit,
        )
        .await?;
        let mut this =
            Self { stream, unread: Vec::new(), offers: Offers::default(), timeouts: config.timeouts };
        let (greeting, _) = this.reply(config.timeouts.command).await?;
        if greeting.code != 220 {
            return Err(Failure::refused(Trouble::Server, "greeting", &greeting));
        }
        this.ehlo(&config.helo).await?;
        if config.security == Security::StartTls {
            this = this.starttls(config).await?;
            this.ehlo(&config.helo).await?;
        }
        Ok(this)
    }

    async fn ehlo(&mut self, name: &str) -> Result<(), Failure> {
        let name_ok = !name.is_empty()
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'[' | b']' | b':'));
        let name = if name_ok { name } else { "localhost" };
        self.write(format!("EHLO {name}\r\n").as_bytes(), self.timeouts.command).await?;
        let (reply, lines) = self.reply(self.timeouts.command).await?;
        if reply.code != 250 {
            return Err(Failure::refused(Trouble::Server, "EHLO", &reply));
        }
        self.offers = Offers::default();
        for line in lines.iter().skip(1) {
            let line = line.to_ascii_uppercase();
            let mut words = line.split_ascii_whitespace();
            match words.next() {
                Some("STARTTLS") => self.offers.starttls = true,
                Some("8BITMIME") => self.offers.eight_bit = true,
                Some("SMTPUTF8") => self.offers.smtputf8 = true,
                Some("SIZE") => {
                    self.offers.size = words.next().and_then(|n| n.parse().ok()).filter(|n| *n > 0);
                }
                Some("AUTH") => self.offers.auth = words.map(str::to_owned).collect(),
                _ => {}
            }
        }
        Ok(())
    }

    async fn starttls(mut self, config: &SmtpConfig) -> Result<Self, Failure> {
        if !self.offers.starttls {
            return Err(Failure::new(Trouble::Tls, "the server does not offer STARTTLS"));
        }
        let reply = self.command("STARTTLS").await?;
        if reply.code != 220 {
            return Err(Failure::refused(Trouble::Tls, "STARTTLS", &reply));
        }
        // What came in the clear after the reply would be read as if it had come encrypted.
        if !self.unread.is_empty() {
            return Err(Failure::new(Trouble::Tls, "the server spoke before TLS began"));
        }
        let stream = self.stream.encrypt(&config.host, &config.trust, config.timeouts.connect).await?;
        Ok(Self { stream, ..self })
    }

    pub(super) async fn sign_in(&mut self, auth: &SmtpAuth, freshness: Freshness) -> Result<(), Failure> {
        let (mut reply, secret, coded) = match auth {
            SmtpAuth::None => return Ok(()),
            SmtpAuth::Password { user, password } => {
                let plain = BASE64.encode(format!("\0{user}\0{}", password.reveal()));
                if self.offers("PLAIN") || !self.offers("LOGIN") {
                    (self.command(&format!("AUTH PLAIN {plain}")).await?, password.clone(), plain)
                } else {
                    let coded = BASE64.encode(password.reveal());
                    (self.login(&BASE64.encode(user), &coded).await?, password.clone(), coded)
                }
            }
            SmtpAuth::XOAuth2 { user, token } => {
                let token = token
                    .token(freshness)
                    .await
                    .map_err(|why| Failure::new(Trouble::Auth, printable(&why)))?;
                let coded = BASE64.encode(xoauth2(user, &token));
                let reply = self.command(&format!("AUTH XOAUTH2 {coded}")).await?;
                // A refusal comes as a challenge with the reason; an empty answer gets the real reply.
                let reply = if reply.code == 334 { self.command("").await? } else { reply };
                (reply, token, coded)
            }
        };
        reply.text = without(&reply.text, &[secret.reveal(), &coded]);
        match reply.code {
            235 => Ok(()),
            400..=499 => Err(Failure::refused(Trouble::Server, "AUTH", &reply)),
            _ => Err(Failure::refused(Trouble::Auth, "AUTH", &reply)),
        }
    }

    /// Both already in base64.
    async fn login(&mut self, user: &str, password: &str) -> Result<Reply, Failure> {
        let mut reply = self.command("AUTH LOGIN").await?;
        for answer in [user, password] {
            if reply.code != 334 {
                return Ok(reply);
            }
            reply = self.command(answer).await?;
        }
        Ok(reply)
    }

    fn offers(&self, mechanism: &str) -> bool {
        self.offers.auth.iter().any(|offered| offered == mechanism)
    }

    /// Forgets a half-said transaction; also tells whether the connection is still alive.
    pub(super) async fn reset(&mut self) -> Result<(), Failure> {
        let reply = self.command("RSET").await?;
        if reply.code == 250 { Ok(()) } else { Err(Failure::refused(Trouble::Server, "RSET", &reply)) }
    }

    pub(super) async fn quit(mut self) {
        // A courtesy: nothing depends on the answer.
        let _ = timeout(Duration::from_secs(5), self.command("QUIT")).await;
        let _ = timeout(Duration::from_secs(1), self.stream.shutdown()).await;
    }

    /// One message. Decides about every recipient that is still open; an error means that the connection is lost, and
    /// that nothing was taken over for those left open.
    pub(super) async fn transaction(
        &mut self,
        envelope: &mut Envelope,
        message: &[u8],
    ) -> Result<(), Failure> {
        if let Some(reason) = self.cannot_carry(message) {
            envelope.decide_rest(&Delivery::Refused(reason));
            return Ok(());
        }
        let wire = stuffed(message);
        self.refuse_unspeakable(envelope);
        if !envelope.undecided() {
            return Ok(());
        }
        let utf8 = !envelope.sender.is_ascii()
            || envelope.recipients.iter().any(|(a, r)| r.is_none() && !a.is_ascii());
        let mut mail = format!("MAIL FROM:{}", path(&envelope.sender));
        if self.offers.size.is_some() {
            mail.push_str(&format!(" SIZE={}", wire.len()));
        }
        if self.offers.eight_bit && !message.is_ascii() {
            mail.push_str(" BODY=8BITMIME");
        }
        if utf8 {
            mail.push_str(" SMTPUTF8");
        }
        let reply = self.command(&mail).await?;
        match reply.code {
            200..=299 => {}
            // These speak of the connection: the message is not to blame.
            421 => return Err(Failure::refused(Trouble::Server, "MAIL", &reply)),
            530 | 534 | 535 | 538 => return Err(Failure::refused(Trouble::Auth, "MAIL", &reply)),
            _ => {
                envelope.decide_rest(&verdict(reply));
                return Ok(());
            }
        }
        for (address, result) in envelope.recipients.iter_mut().filter(|(_, r)| r.is_none()) {
            let reply = self.command(&format!("RCPT TO:{}", path(address))).await?;
            match reply.code {
                200..=299 => {}
                421 => return Err(Failure::refused(Trouble::Server, "RCPT", &reply)),
                _ => *result = Some(verdict(reply)),
            }
        }
        if !envelope.undecided() {
            return self.reset().await;
        }
        let reply = self.command("DATA").await?;
        if reply.code != 354 {
            if reply.code == 421 {
                return Err(Failure::refused(Trouble::Server, "DATA", &reply));
            }
            envelope.decide_rest(&verdict(reply));
            return Ok(());
        }
        for block in wire.chunks(BLOCK) {
            self.write(block, self.timeouts.block).await?;
        }
        // From here on the server may have it.
        let end = match self.write(b".\r\n", self.timeouts.block).await {
            Ok(()) => self.reply(self.timeouts.end).await,
            Err(failure) => Err(failure),
        };
        match end {
            Ok((reply, _)) => envelope.decide_rest(&verdict(reply)),
            Err(Failure { detail, .. }) => {
                envelope.decide_rest(&Delivery::Unknown { detail: detail.clone() });
                return Err(Failure::new(Trouble::Cut, detail));
            }
        }
        Ok(())
    }

    fn cannot_carry(&self, message: &[u8]) -> Option<Reply> {
        if let Some(limit) = self.offers.size
            && message.len() as u64 > limit
        {
            return Some(local(552, &format!("5.3.4 larger than the server's limit of {limit} bytes")));
        }
        (!message.is_ascii() && !self.offers.eight_bit)
            .then(|| local(554, "5.6.3 the server takes 7-bit messages only"))
    }

    fn refuse_unspeakable(&self, envelope: &mut Envelope) {
        if self.offers.smtputf8 {
            return;
        }
        let reason = || Delivery::Refused(local(553, "5.6.7 the server takes ASCII addresses only"));
        if !envelope.sender.is_ascii() {
            return envelope.decide_rest(&reason());
        }
        for (address, result) in envelope.recipients.iter_mut().filter(|(_, r)| r.is_none()) {
            if !address.is_ascii() {
                *result = Some(reason());
            }
        }
    }

    async fn command(&mut self, line: &str) -> Result<Reply, Failure> {
        self.write(format!("{line}\r\n").as_bytes(), self.timeouts.command).await?;
        Ok(self.reply(self.timeouts.command).await?.0)
    }

    async fn write(&mut self, bytes: &[u8], limit: Duration) -> Result<(), Failure> {
        let written = timeout(limit, async {
            self.stream.write_all(bytes).await?;
            self.stream.flush().await
        });
        written.await.map_err(|_| silent())?.map_err(|error| cut(&error))
    }

    /// The next reply and its lines. `limit` is for all of it: a byte a second is silence, too.
    async fn reply(&mut self, limit: Duration) -> Result<(Reply, Vec<String>), Failure> {
        timeout(limit, self.read_reply()).await.map_err(|_| silent())?
    }

    async fn read_reply(&mut self) -> Result<(Reply, Vec<String>), Failure> {
        let nonsense = || Failure::new(Trouble::Protocol, "the server does not speak SMTP");
        let mut lines: Vec<String> = Vec::new();
        let mut first_code = None;
        loop {
            let line = self.read_line().await?;
            let (digits, rest) = line.split_at_checked(3).ok_or_else(nonsense)?;
            if !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Err(nonsense());
            }
            let code: u16 = digits.parse().map_err(|_| nonsense())?;
            if !(200..600).contains(&code) || *first_code.get_or_insert(code) != code {
                return Err(nonsense());
            }
            let last = match rest.as_bytes().first() {
                None | Some(b' ') => true,
                Some(b'-') => false,
                Some(_) => return Err(nonsense()),
            };
            lines.push(rest.get(1..).unwrap_or_default().to_owned());
            if last {
                return Ok((Reply { code, text: printable(&lines.join(" ")) }, lines));
            }
            if lines.len() == MAX_LINES {
                return Err(Failure::new(Trouble::Protocol, "the server's reply does not end"));
            }
        }
    }

    async fn read_line(&mut self) -> Result<String, Failure> {
        loop {
            if let Some(end) = self.unread.iter().position(|b| *b == b'\n') {
                let line: Vec<u8> = self.unread.drain(..=end).collect();
                return Ok(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned());
            }
            if self.unread.len() >= MAX_LINE {
                return Err(Failure::new(Trouble::Protocol, "the server's reply line does not end"));
            }
            let mut block = [0; 1024];
            let read = self.stream.read(&mut block).await.map_err(|error| cut(&error))?;
            if read == 0 {
                return Err(Failure::new(Trouble::Cut, "the server closed the connection"));
            }
            self.unread.extend_from_slice(&block[..read]);
        }
    }
}

fn verdict(reply: Reply) -> Delivery {
    match reply.code {
        200..=299 => Delivery::Accepted(reply),
        500..=599 => Delivery::Refused(reply),
        _ => Delivery::Deferred { trouble: Trouble::Server, detail: reply.to_string() },
    }
}

fn silent() -> Failure {
    Failure::new(Trouble::Timeout, "the server did not answer in time")
}

fn cut(error: &io::Error) -> Failure {
    Failure::new(Trouble::Cut, format!("the connection was lost: {error}"))
}
