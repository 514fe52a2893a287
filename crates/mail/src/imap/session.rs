//! What we say to an IMAP server, one function each.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use imap_proto::{AttributeValue, Capability, MailboxDatum, Response, ResponseCode, Status};
use jiff::civil::Date;
use tokio::time::{Instant, timeout, timeout_at};

use super::wire::{Bounds, Failure, Wire};
use super::{ImapAuth, ImapConfig, ImapLimits, Trouble, folder};
use crate::peer::{Freshness, Security, Stream, printable, without, xoauth2};

/// For everything but messages. Ten bytes a message: enough to find 800,000 of them.
const CONTROL_BYTES: usize = 8 * 1024 * 1024;
/// What surrounds a message in its response.
const WRAPPING: usize = 4096;
/// How much of a message that is too large is shown.
pub(super) const HEADER_BYTES: usize = 64 * 1024;

#[derive(Debug)]
pub(super) struct Session {
    wire: Wire,
    limits: ImapLimits,
    idle: bool,
    pub(super) uid_validity: u32,
}

/// What a fetch brought.
#[derive(Debug)]
pub(super) enum Body {
    Here(Vec<u8>),
    /// The server says that it will not or cannot.
    Withheld(String),
}

impl Session {
    /// Connects, signs in and selects the folder.
    pub(super) async fn open(config: &ImapConfig, freshness: Freshness) -> Result<Self, Failure> {
        let mailbox = folder::quoted(&config.folder)
            .ok_or_else(|| Failure::new(Trouble::Folder, "a folder's name has no line breaks"))?;
        let control = control(&config.limits);
        let limit = config.limits.connect;
        let stream =
            Stream::connect(&config.host, config.port, config.security, &config.trust, config.reach, limit)
                .await?;
        let mut wire = Wire::new(stream);
        let greeting = wire.greeting(control, |response| match response {
            Response::Data { status: Status::Ok, .. } => Ok(false),
            Response::Data { status: Status::PreAuth, .. } => Ok(true),
            Response::Data { outcome, .. } => {
                Err(printable(outcome.information.as_deref().unwrap_or("the server is not available")))
            }
            _ => Err("the server does not speak IMAP".to_owned()),
        });
        let signed_in = greeting.await?.map_err(|detail| Failure::new(Trouble::Protocol, detail))?;
        if config.security == Security::StartTls {
            // Signed in before TLS could only be somebody in between (RFC 9051 §6.2.1).
            if signed_in {
                return Err(Failure::new(Trouble::Tls, "the server skips TLS"));
            }
            wire.command("STARTTLS", control, |_| ()).await?.or(Trouble::Tls, "STARTTLS")?;
            wire = Wire::new(wire.into_stream()?.encrypt(&config.host, &config.trust, limit).await?);
        }
        if !signed_in {
            sign_in(&mut wire, &config.auth, freshness, control).await?;
        }
        let idle = capabilities(&mut wire, control).await?.iter().any(|c| c == "IDLE");
        let mut uid_validity = None;
        let line = format!("SELECT {mailbox}");
        let done = wire.command(&line, control, |response| {
            if let Response::Data { outcome, .. } = response
                && let Some(ResponseCode::UidValidity(value)) = outcome.code
            {
                uid_validity = Some(value);
            }
        });
        done.await?.or(Trouble::Folder, "SELECT")?;
        let uid_validity = uid_validity
            .ok_or_else(|| Failure::new(Trouble::Protocol, "the folder has no lasting message numbers"))?;
        Ok(Self { wire, limits: config.limits, idle, uid_validity })
    }

    /// The numbers of all messages from `first` on that arrived on `since` or later, ascending.
    pub(super) async fn search(&mut self, first: u32, since: Option<Date>) -> Result<Vec<u32>, Failure> {
        let mut line = format!("UID SEARCH UID {first}:*");
        if let Some(since) = since {
            let month = MONTHS[usize::from(since.month().unsigned_abs()) - 1];
            // Writing to a String cannot fail.
            let _ = write!(line, " SINCE {}-{month}-{}", since.day(), since.year());
        }
        let mut found = Vec::new();
        let done = self.wire.command(&line, control(&self.limits), |response| {
            if let Response::MailboxData(MailboxDatum::Search(uids)) = response {
                found.extend_from_slice(uids);
            }
        });
        done.await?.or(Trouble::Protocol, "SEARCH")?;
        // `n:*` always finds the last message, even below n.
        found.retain(|uid| *uid >= first);
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The sizes of these messages in bytes, as the server sees them; those that are gone are not there. A size that
    /// the server fails to tell is 0: fetching the message will show what is wrong with it.
    pub(super) async fn sizes(&mut self, uids: &[u32]) -> Result<BTreeMap<u32, u64>, Failure> {
        let mut sizes = BTreeMap::new();
        let line = format!("UID FETCH {} (UID RFC822.SIZE)", set(uids));
        let done = self.wire.command(&line, control(&self.limits), |response| {
            if let Response::Fetch(_, attributes) = response
                && let Some(uid) = uid_of(attributes)
            {
                let size = attributes.iter().find_map(|a| match a {
                    AttributeValue::Rfc822Size(size) => Some(u64::from(*size)),
                    _ => None,
                });
                sizes.extend(size.map(|size| (uid, size)));
            }
        });
        if !done.await?.ok {
            for uid in uids {
                sizes.entry(*uid).or_insert(0);
            }
        }
        Ok(sizes)
    }

    /// The whole message, without marking it as read.
    pub(super) async fn message(&mut self, uid: u32) -> Result<Body, Failure> {
        let bytes = usize::try_from(self.limits.message).unwrap_or(usize::MAX).saturating_add(WRAPPING);
        self.body(uid, "BODY.PEEK[]", Bounds { bytes, time: self.limits.fetch }).await
    }

    /// The beginning of the message's header.
    pub(super) async fn header(&mut self, uid: u32) -> Result<Body, Failure> {
        let section = format!("BODY.PEEK[HEADER]<0.{HEADER_BYTES}>");
        let bounds = Bounds { bytes: HEADER_BYTES + WRAPPING, ..control(&self.limits) };
        self.body(uid, &section, bounds).await
    }

    async fn body(&mut self, uid: u32, section: &str, bounds: Bounds) -> Result<Body, Failure> {
        let mut body = None;
        let line = format!("UID FETCH {uid} (UID {section})");
        let done = self.wire.command(&line, bounds, |response| {
            if let Response::Fetch(_, attributes) = response
                && uid_of(attributes) == Some(uid)
            {
                body = attributes.iter().find_map(|a| match a {
                    AttributeValue::BodySection { data: Some(data), .. } => Some(data.to_vec()),
                    _ => None,
                });
            }
        });
        let done = done.await?;
        Ok(match body {
            Some(body) if done.ok => Body::Here(body),
            Some(_) | None => Body::Withheld(done.text),
        })
    }

    /// Marks these messages as read. `false`: the server will not, as in a folder that we may only read.
    pub(super) async fn mark_seen(&mut self, uids: &[u32]) -> Result<bool, Failure> {
        if uids.is_empty() {
            return Ok(true);
        }
        let line = format!("UID STORE {} +FLAGS.SILENT (\\Seen)", set(uids));
        Ok(self.wire.command(&line, control(&self.limits), |_| ()).await?.ok)
    }

    /// Returns when there may be something new: told by the server, or after [`ImapLimits::idle`] (or
    /// [`ImapLimits::poll`], if it cannot tell).
    pub(super) async fn wait(&mut self) -> Result<(), Failure> {
        let control = control(&self.limits);
        let started = if self.idle { self.wire.start_idling(control).await? } else { None };
        let Some(tag) = started else {
            self.idle = false;
            tokio::time::sleep(self.limits.poll).await;
            return self.wire.command("NOOP", control, |_| ()).await?.or(Trouble::Protocol, "NOOP");
        };
        // The time runs over all of it: a server that keeps saying "still here" does not keep us from looking.
        let deadline = Instant::now() + self.limits.idle;
        loop {
            match timeout_at(deadline, self.wire.readable()).await {
                Err(_) => break,
                Ok(readable) => readable?,
            }
            if self.wire.idle_news(control).await? {
                break;
            }
        }
        self.wire.stop_idling(&tag, control).await
    }

    /// Says goodbye. A courtesy: nothing depends on the answer.
    pub(super) async fn log_out(mut self) {
        let _ =
            timeout(Duration::from_secs(5), self.wire.command("LOGOUT", control(&self.limits), |_| ())).await;
    }
}

async fn capabilities(wire: &mut Wire, control: Bounds) -> Result<Vec<String>, Failure> {
    let mut offered = Vec::new();
    let done = wire.command("CAPABILITY", control, |response| {
        if let Response::Capabilities(list) = response {
            offered.extend(list.iter().map(|capability| match capability {
                Capability::Imap4rev1 => "IMAP4REV1".to_owned(),
                Capability::Auth(mechanism) => format!("AUTH={}", mechanism.to_ascii_uppercase()),
                Capability::Atom(name) => name.to_ascii_uppercase(),
            }));
        }
    });
    done.await?.or(Trouble::Protocol, "CAPABILITY")?;
    Ok(offered)
}

async fn sign_in(
    wire: &mut Wire,
    auth: &ImapAuth,
    freshness: Freshness,
    control: Bounds,
) -> Result<(), Failure> {
    let (mut done, secret, coded) = match auth {
        ImapAuth::Password { user, password } => {
            let secret = password.reveal();
            let offered = capabilities(wire, control).await?;
            let coded = BASE64.encode(format!("\0{user}\0{secret}"));
            let done = if offered.iter().any(|c| c == "AUTH=PLAIN") {
                wire.converse("AUTHENTICATE PLAIN", std::slice::from_ref(&coded), control, |_| ()).await?
            } else if let (Some(user), Some(secret)) = (quotable(user), quotable(secret)) {
                wire.command(&format!("LOGIN {user} {secret}"), control, |_| ()).await?
            } else {
                return Err(Failure::new(
                    Trouble::Auth,
                    "the server's LOGIN cannot carry this name or password",
                ));
            };
            (done, password.clone(), coded)
        }
        ImapAuth::XOAuth2 { user, token } => {
            let token =
                token.token(freshness).await.map_err(|why| Failure::new(Trouble::Token, printable(&why)))?;
            // A refusal comes as a challenge with the reason; the empty line that follows gets the real answer.
            let coded = BASE64.encode(xoauth2(user, &token));
            let answer = std::slice::from_ref(&coded);
            (wire.converse("AUTHENTICATE XOAUTH2", answer, control, |_| ()).await?, token, coded)
        }
    };
    done.text = without(&done.text, &[secret.reveal(), &coded]);
    done.or(Trouble::Auth, "sign in")
}

fn quotable(text: &str) -> Option<String> {
    text.bytes().all(|b| (0x20..0x7f).contains(&b)).then(|| folder::quote(text))
}

fn control(limits: &ImapLimits) -> Bounds {
    Bounds { bytes: CONTROL_BYTES, time: limits.command }
}

fn uid_of(attributes: &[AttributeValue<'_>]) -> Option<u32> {
    attributes.iter().find_map(|a| match a {
        AttributeValue::Uid(uid) => Some(*uid),
        _ => None,
    })
}

fn set(uids: &[u32]) -> String {
    uids.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
