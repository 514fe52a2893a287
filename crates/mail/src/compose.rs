//! A mail out: values in, the exact bytes out.
//!
//! A message is rendered once, in the transaction that decides to send it, and its bytes are stored. Every attempt to
//! send it sends these bytes, so that a retry is the same message with the same `Message-ID`. Rendering is pure:
//! the same [`Outgoing`] gives the same bytes.
//!
//! No text from outside can become a header: control characters and line separators are replaced, addresses
//! and message ids are refused when they are not exactly that. Whom the message goes to is never read from it: the
//! envelope is a separate value.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lettre::message::header::{self, ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailboxes, Message, MultiPart, SinglePart};
use sha2::{Digest as _, Sha256};

/// A person or desk with an address, as shown in a mail's header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// The name that people see.
    pub name: Option<String>,
    /// The address, `local@domain`.
    pub address: String,
}

/// A mail that no person wrote (RFC 3834).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AutoSubmitted {
    /// An answer by itself, such as an acknowledgement. Other programs are asked to stay silent.
    Replied,
    /// A notice that answers nothing, such as a reminder.
    Generated,
}

/// A file in a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The file's name, any text; paths and control characters are taken out of it.
    pub name: String,
    /// The media type. One that cannot be read becomes `application/octet-stream`.
    pub content_type: String,
    /// The bytes.
    pub body: Vec<u8>,
}

/// Everything in a mail that leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Our id, with its angle brackets.
    pub message_id: String,
    /// When it was written.
    pub date: Timestamp,
    /// Who writes.
    pub from: Mailbox,
    /// Whom it is shown to be for.
    pub to: Vec<Mailbox>,
    /// Who is shown to get a copy.
    pub cc: Vec<Mailbox>,
    /// Where answers go, if not to `from`.
    pub reply_to: Option<Mailbox>,
    /// The message that this answers, with angle brackets. One that is no message id is left out.
    pub in_reply_to: Option<String>,
    /// The thread, oldest first. Those that are no message ids are left out, and long lists keep the first and
    /// the last [`MAX_REFERENCES`].
    pub references: Vec<String>,
    /// The subject.
    pub subject: String,
    /// The plain text. Always there: some people read nothing else.
    pub text: String,
    /// The same as HTML, already sanitised.
    pub html: Option<String>,
    /// Set on everything that no person wrote.
    pub auto_submitted: Option<AutoSubmitted>,
    /// The value of [`LOOP_HEADER`], by which a desk knows its own mails when they come back.
    pub loop_mark: Option<String>,
    /// More headers. Only names that begin with `X-` or `List-`.
    pub extra: Vec<(String, String)>,
    /// The files.
    pub attachments: Vec<File>,
}

/// The header that marks a mail as made by a desk.
pub const LOOP_HEADER: &str = "X-Partnerdesk-Loop";

/// How many of the newest references a mail keeps, beside the first.
pub const MAX_REFERENCES: usize = 20;

/// Longer message ids exist only to break something: RFC 5322 lines end at 998.
const MAX_MESSAGE_ID: usize = 250;

/// Why a mail cannot be rendered. All of it is ours to repair: nothing is sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// An address that a header cannot carry.
    #[error("not an address: {0:?}")]
    Address(String),
    /// Our own message id is none.
    #[error("not a message id: {0:?}")]
    MessageId(String),
    /// A header that must not be set this way.
    #[error("not an extra header: {0:?}")]
    Header(String),
    /// The MIME library refused.
    #[error("cannot be built: {0}")]
    Build(String),
}

/// The message as bytes: RFC 5322 and MIME, 7 bit unless an address is not ASCII, every line ending in CRLF.
///
/// # Errors
/// An address, our message id or an extra header is malformed.
pub fn render(mail: &Outgoing) -> Result<Vec<u8>, ComposeError> {
    if !is_message_id(&mail.message_id) {
        return Err(ComposeError::MessageId(mail.message_id.clone()));
    }
    let since_epoch = u64::try_from(mail.date.as_second()).unwrap_or(0);
    let mut message = Message::builder()
        .raw_header(written("Message-ID", &mail.message_id))
        .date(SystemTime::UNIX_EPOCH + Duration::from_secs(since_epoch))
        .header(header::From::from(mailboxes(std::slice::from_ref(&mail.from))?))
        .subject(one_line(&mail.subject));
    if !mail.to.is_empty() {
        message = message.header(header::To::from(mailboxes(&mail.to)?));
    }
    if !mail.cc.is_empty() {
        message = message.header(header::Cc::from(mailboxes(&mail.cc)?));
    }
    if let Some(reply_to) = &mail.reply_to {
        message = message.header(header::ReplyTo::from(mailboxes(std::slice::from_ref(reply_to))?));
    }
    if let Some(id) = mail.in_reply_to.as_deref().filter(|id| is_message_id(id)) {
        message = message.raw_header(written("In-Reply-To", id));
    }
    let references = kept_references(&mail.references);
    if !references.is_empty() {
        // One id a line: a folded line may not be broken inside an id.
        message = message.raw_header(written("References", &references.join("\r\n ")));
    }
    for (name, value) in automatic_headers(mail.auto_submitted) {
        message = message.raw_header(written(name, value));
    }
    if let Some(mark) = &mail.loop_mark {
        message = message.raw_header(named(LOOP_HEADER, mark)?);
    }
    for (name, value) in &mail.extra {
        let lower = name.to_ascii_lowercase();
        if !(lower.starts_with("x-") || lower.starts_with("list-")) {
            return Err(ComposeError::Header(name.clone()));
        }
        message = message.raw_header(named(name, value)?);
    }
    // The builder wants an envelope. It is thrown away with the builder: who gets the mail is not decided here.
    let envelope = lettre::address::Envelope::new(None, vec![address(&mail.from.address)?])
        .map_err(|refused| ComposeError::Build(refused.to_string()))?;
    let message = message.envelope(envelope);
    let built = match body(mail) {
        Body::Single(part) => message.singlepart(part),
        Body::Multi(parts) => message.multipart(parts),
    };
    Ok(built.map_err(|refused| ComposeError::Build(refused.to_string()))?.formatted())
}

enum Body {
    Single(SinglePart),
    Multi(MultiPart),
}

fn body(mail: &Outgoing) -> Body {
    let boundary = boundary(mail);
    let text = SinglePart::plain(crlf(&mail.text));
    let words = match &mail.html {
        None => Body::Single(text),
        Some(html) => Body::Multi(
            MultiPart::alternative()
                .boundary(format!("a-{boundary}"))
                .singlepart(text)
                .singlepart(SinglePart::html(crlf(html))),
        ),
    };
    if mail.attachments.is_empty() {
        return words;
    }
    let mixed = MultiPart::mixed().boundary(format!("m-{boundary}"));
    let mixed = match words {
        Body::Single(part) => mixed.singlepart(part),
        Body::Multi(parts) => mixed.multipart(parts),
    };
    Body::Multi(mail.attachments.iter().fold(mixed, |parts, file| parts.singlepart(attached(file))))
}

fn attached(file: &File) -> SinglePart {
    // A message or multipart type may not be base64, and a text type would have its line ends rewritten by others on
    // the way: what cannot be carried unchanged goes as bytes.
    let kind = file.content_type.to_ascii_lowercase();
    let structured = kind.starts_with("multipart/") || kind.starts_with("message/");
    let clean = kind.bytes().all(|b| b.is_ascii_graphic() || b == b' ');
    let content_type = match ContentType::parse(&kind) {
        Ok(parsed) if clean && !structured => parsed,
        _ => octets(),
    };
    let name = file_name(&file.name);
    let body =
        lettre::message::Body::new_with_encoding(file.body.clone(), header::ContentTransferEncoding::Base64);
    match body {
        Ok(body) => Attachment::new(name).body(body, content_type),
        Err(bytes) => Attachment::new(name).body(bytes, octets()),
    }
}

fn octets() -> ContentType {
    ContentType::parse("application/octet-stream").expect("a well-formed constant")
}

/// Not guessable from the text, which hostile people write: the message id is in it, and so is the text itself.
fn boundary(mail: &Outgoing) -> String {
    let mut hash = Sha256::new();
    hash.update(&mail.message_id);
    hash.update(&mail.text);
    hash.update(mail.html.as_deref().unwrap_or_default());
    for file in &mail.attachments {
        hash.update(&file.body);
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

fn automatic_headers(kind: Option<AutoSubmitted>) -> &'static [(&'static str, &'static str)] {
    match kind {
        None => &[],
        Some(AutoSubmitted::Replied) => &[
            ("Auto-Submitted", "auto-replied"),
            ("X-Auto-Response-Suppress", "All"),
            ("Precedence", "auto_reply"),
        ],
        // Bounces of a notice are wanted, answers of absent people are not.
        Some(AutoSubmitted::Generated) => {
            &[("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "OOF, AutoReply")]
        }
    }
}

fn mailboxes(list: &[Mailbox]) -> Result<Mailboxes, ComposeError> {
    list.iter()
        .map(|mailbox| {
            let name = mailbox.name.as_deref().map(one_line).filter(|name| !name.is_empty());
            Ok(lettre::message::Mailbox::new(name, address(&mailbox.address)?))
        })
        .collect()
}

/// Not as the builder takes addresses: stricter, with nothing invisible and no comments, and wider, with the dots of
/// some carriers.
fn address(address: &str) -> Result<lettre::Address, ComposeError> {
    let written = crate::address::written(address);
    let (local, domain) = written.ok_or_else(|| ComposeError::Address(address.to_owned()))?;
    Ok(lettre::Address::new_dangerous(local, domain))
}

/// A header whose value has been checked character by character and goes out as it stands.
fn written(name: &'static str, value: &str) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str(name);
    HeaderValue::dangerous_new_pre_encoded(name, value.to_owned(), value.to_owned())
}

fn named(name: &str, value: &str) -> Result<HeaderValue, ComposeError> {
    let refused = || ComposeError::Header(name.to_owned());
    if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return Err(refused());
    }
    let header = HeaderName::new_from_ascii(name.to_owned()).map_err(|_| refused())?;
    Ok(HeaderValue::new(header, one_line(value)))
}

/// `<left@right>` of printable ASCII, and nothing else.
fn is_message_id(id: &str) -> bool {
    let Some(inner) = id.strip_prefix('<').and_then(|id| id.strip_suffix('>')) else {
        return false;
    };
    let Some((left, right)) = inner.split_once('@') else {
        return false;
    };
    !left.is_empty()
        && !right.is_empty()
        && id.len() <= MAX_MESSAGE_ID
        && inner.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b',' | b';'))
}

fn kept_references(references: &[String]) -> Vec<&str> {
    let mut ids: Vec<&str> = references.iter().map(String::as_str).filter(|id| is_message_id(id)).collect();
    // The first names the thread, the last are the way to here; the middle is what mail programs can miss.
    if ids.len() > MAX_REFERENCES + 1 {
        ids.drain(1..ids.len() - MAX_REFERENCES);
    }
    ids
}

/// One line of text: whatever could end a line or hide in one becomes a space.
fn one_line(text: &str) -> String {
    let separates = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.chars().map(|c| if separates(c) { ' ' } else { c }).collect::<String>().trim().to_owned()
}

/// The last part of a path, on one line and not empty.
fn file_name(name: &str) -> String {
    let line = one_line(name);
    let last = line.rsplit(['/', '\\']).next().unwrap_or_default().trim_start_matches('.').replace('"', "'");
    let last: String = last.chars().take(150).collect();
    if last.is_empty() { "file".to_owned() } else { last }
}

/// Text whose lines all end in CRLF.
fn crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n")
}

#[cfg(test)]
mod tests;
