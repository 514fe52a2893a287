//! A raw mail, read: [`parse`] never fails and never panics; what is strange is told as [`Oddity`].
//!
//! mail-parser reads the fields (addresses, dates, parameters) and the character sets. The tree of parts is our
//! own: its depth, number and size are bounded here before anything is built.

pub(crate) mod decode;
pub(crate) mod header;
pub(crate) mod mime;

use crate::classify::{self, Auto};
use crate::{bounce::Bounce, html, reply};
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// How much of a mail is read. Past a limit reading stops cleanly, keeps what it has, and notes an [`Oddity`].
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of the whole message. The raw message is kept by the caller in any case.
    pub message_bytes: usize,
    /// Bytes of one header, of the message or of a part.
    pub header_bytes: usize,
    /// Fields of one header.
    pub header_fields: usize,
    /// Addresses of one kind (`To`, `Cc`, …).
    pub addresses: usize,
    /// Ids in `References`; the first and the newest are kept.
    pub references: usize,
    /// Multiparts within multiparts.
    pub depth: usize,
    /// Parts, multiparts included.
    pub parts: usize,
    /// Bytes of text, and of HTML, that are looked at.
    pub text_bytes: usize,
}

impl Limits {
    /// The limits of the product; `docs/mail.md` lists them.
    pub const DEFAULT: Self = Self {
        message_bytes: 64 << 20,
        header_bytes: 256 << 10,
        header_fields: 1_000,
        addresses: 500,
        references: 100,
        depth: 30,
        parts: 1_000,
        text_bytes: 2 << 20,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// What was strange about a message. None of these is an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Oddity {
    /// Bytes past the message limit were not read.
    MessageCut,
    /// Header bytes or fields past the limit were not read.
    HeadersCut,
    /// Addresses past the limit were dropped.
    AddressesCut,
    /// References past the limit were dropped.
    ReferencesCut,
    /// Multiparts deeper than the limit were read as text.
    DepthCut,
    /// Parts past the limit were not read.
    PartsCut,
    /// Text or HTML past the limit was cut.
    TextCut,
    /// HTML that would cost too much to read; only its bare words are kept.
    HtmlTooComplex,
    /// A line between header fields was none, or the header had no end.
    BrokenHeader,
    /// A multipart without a boundary, or whose boundary never occurs.
    BrokenMultipart,
    /// A multipart whose last boundary is missing: the message may be cut off.
    UnclosedMultipart,
    /// A transfer encoding nobody knows; the bytes were taken as they are.
    UnknownEncoding,
    /// The character set was missing, unknown, or wrong, and was guessed.
    CharsetGuessed,
    /// An address field held words that are no address.
    BrokenAddress,
    /// No `From`.
    NoFrom,
    /// More than one `From` field, or more than one address in it.
    SeveralFrom,
    /// No `Message-ID`.
    NoMessageId,
    /// No `Date`.
    NoDate,
    /// A `Date` that cannot be read.
    BadDate,
    /// NUL bytes, which were dropped.
    NulBytes,
    /// Lines end in bare CR.
    BareCr,
    /// Nothing at all.
    Empty,
}

/// A mailbox address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Address {
    /// Display name, decoded.
    pub name: Option<String>,
    /// The bare address as written, usually `local@domain`.
    pub email: String,
}

/// A leaf of the message that is not an inline plain or HTML body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// File name, without path and invisible characters.
    pub name: Option<String>,
    /// Lower case `type/subtype` as the sender claims it.
    pub content_type: String,
    /// Bytes after decoding.
    pub size: usize,
    /// Of the decoded bytes, lower case hex.
    pub sha256: String,
    /// Meant to be shown within the text (`inline`, or it has a Content-ID) rather than saved.
    pub inline: bool,
    /// Content-ID without brackets, for `cid:` links.
    pub content_id: Option<String>,
    /// Decoded bytes.
    pub body: Vec<u8>,
}

impl Attachment {
    fn new(
        name: Option<String>,
        content_type: String,
        inline: bool,
        content_id: Option<String>,
        body: Vec<u8>,
    ) -> Self {
        let sha256 = Sha256::digest(&body).iter().map(|byte| format!("{byte:02x}")).collect();
        let name = name.filter(|n| !n.is_empty());
        Self { name, content_type, size: body.len(), sha256, inline, content_id, body }
    }
}

/// A mail as the desk reads it. Strings are decoded and unfolded, texts have LF line ends, ids have no brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// `Subject`; `None` when the field is missing.
    pub subject: Option<String>,
    /// Every address of every `From`. The first is the one to answer unless `reply_to` is given.
    pub from: Vec<Address>,
    /// `Sender`.
    pub sender: Option<Address>,
    /// `To`, groups flattened.
    pub to: Vec<Address>,
    /// `Cc`, groups flattened.
    pub cc: Vec<Address>,
    /// `Reply-To`, groups flattened.
    pub reply_to: Vec<Address>,
    /// `Return-Path`: `Some("")` is the empty path `<>`, `None` no such field.
    pub return_path: Option<String>,
    /// `Message-ID`.
    pub message_id: Option<String>,
    /// Ids of `In-Reply-To`.
    pub in_reply_to: Vec<String>,
    /// Ids of `References`, oldest first.
    pub references: Vec<String>,
    /// `Date`: what the sender's clock said.
    pub date: Option<Timestamp>,
    /// Everything a person can read: the plain text; where a part is HTML only, that HTML as plain text.
    pub text: String,
    /// `text` without what is quoted from earlier mails and without the signature.
    pub new_text: String,
    /// No plain text was sent: `text` was made from the HTML.
    pub text_from_html: bool,
    /// The HTML as received, decoded to UTF-8, not sanitised.
    pub html: Option<String>,
    /// Every leaf that is not an inline plain or HTML body.
    pub attachments: Vec<Attachment>,
    /// Whether a machine wrote it, and which kind.
    pub auto: Auto,
    /// What it says about an undelivered mail, when it is a bounce.
    pub bounce: Option<Bounce>,
    /// Whether an automatic answer may go out.
    pub may_answer: bool,
    /// `Authentication-Results` fields as they came, unfolded, newest first. Only the topmost of our own
    /// server may be trusted.
    pub authentication_results: Vec<String>,
    /// Two-letter guess from `Content-Language`, lower case; `None` when not given.
    pub language: Option<String>,
    /// What was strange, in the order of the enum.
    pub oddities: Vec<Oddity>,
}

/// Reads a raw mail. Any bytes give a message; time and memory are bounded by `limits`.
pub fn parse(raw: &[u8], limits: &Limits) -> Message {
    let mut odd = BTreeSet::new();
    let raw = normalise(raw, limits, &mut odd);
    let (fields, body_at) = header::split(&raw, limits, &mut odd);
    let body = &raw[body_at..];
    let content = mime::walk(&fields, body, limits, &mut odd);
    let Readable { text, html, text_from_html } = readable(&content.bodies, limits, &mut odd);

    let from = fields.addresses("from", limits, &mut odd);
    if from.is_empty() {
        odd.insert(Oddity::NoFrom);
    } else if from.len() > 1 || fields.all("from").count() > 1 {
        odd.insert(Oddity::SeveralFrom);
    }
    let message_id = fields.ids("message-id").into_iter().next();
    if message_id.is_none() {
        odd.insert(Oddity::NoMessageId);
    }
    let date = fields.date();
    if date.is_none() {
        odd.insert(if fields.has("date") { Oddity::BadDate } else { Oddity::NoDate });
    }
    let references = newest(fields.ids("references"), limits.references, &mut odd);
    let return_path = fields
        .text("return-path")
        .map(|path| path.trim_start_matches('<').split(['>', ' ']).next().unwrap_or("").to_owned());

    let verdict = classify::classify(&classify::Facts {
        fields: &fields,
        content_type: &fields.content("content-type"),
        from: &from,
        return_path: return_path.as_deref(),
        reports: &content.reports,
        attachments: &content.attachments,
        text: &text,
    });
    let subject = fields.text("subject");
    let forward = subject.as_deref().is_some_and(reply::is_forward);
    let new_text = if forward { text.trim().to_owned() } else { reply::new_text(&text) };
    Message {
        subject,
        sender: fields.addresses("sender", limits, &mut odd).into_iter().next(),
        to: fields.addresses("to", limits, &mut odd),
        cc: fields.addresses("cc", limits, &mut odd),
        reply_to: fields.addresses("reply-to", limits, &mut odd),
        in_reply_to: newest(fields.ids("in-reply-to"), limits.references, &mut odd),
        authentication_results: fields.all("authentication-results").map(header::words).collect(),
        language: language(&fields),
        attachments: content.attachments,
        auto: verdict.auto,
        bounce: verdict.bounce,
        may_answer: verdict.may_answer,
        oddities: odd.into_iter().collect(),
        from,
        return_path,
        message_id,
        references,
        date,
        text,
        new_text,
        text_from_html,
        html,
    }
}

/// Cuts to size and mends the rare message whose only line ends are CR.
fn normalise<'a>(raw: &'a [u8], limits: &Limits, odd: &mut BTreeSet<Oddity>) -> Cow<'a, [u8]> {
    let cut = raw.get(..limits.message_bytes);
    if cut.is_some_and(|cut| cut.len() < raw.len()) {
        odd.insert(Oddity::MessageCut);
    }
    let raw = cut.unwrap_or(raw);
    let raw = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw);
    if raw.is_empty() {
        odd.insert(Oddity::Empty);
    }
    if raw.contains(&0) {
        odd.insert(Oddity::NulBytes);
    }
    if raw.contains(&b'\r') && !raw.contains(&b'\n') {
        odd.insert(Oddity::BareCr);
        return raw.iter().map(|&b| if b == b'\r' { b'\n' } else { b }).collect::<Vec<_>>().into();
    }
    // Leading white space would end the header before it begins.
    let blank = raw.iter().take_while(|b| b.is_ascii_whitespace()).count();
    raw[blank..].into()
}

struct Readable {
    text: String,
    html: Option<String>,
    text_from_html: bool,
}

fn readable(bodies: &[mime::Body], limits: &Limits, odd: &mut BTreeSet<Oddity>) -> Readable {
    let mut html: Option<String> = None;
    for part in bodies.iter().flat_map(|body| &body.html) {
        let html = html.get_or_insert_default();
        if !html.is_empty() {
            html.push('\n');
        }
        html.push_str(part);
    }
    if let Some(html) = &mut html {
        cut(html, limits.text_bytes, odd);
    }
    let has_plain = bodies.iter().flat_map(|body| &body.plain).any(|text| !text.trim().is_empty());
    let mut text = String::new();
    for body in bodies {
        let plain = body.plain.iter().any(|text| !text.trim().is_empty());
        if plain {
            body.plain.iter().for_each(|part| join(&mut text, part));
        } else {
            for part in &body.html {
                let part = &part[..part.floor_char_boundary(limits.text_bytes)];
                let (part, complex) = html::to_text(part);
                if complex {
                    odd.insert(Oddity::HtmlTooComplex);
                }
                join(&mut text, &part);
            }
        }
    }
    cut(&mut text, limits.text_bytes, odd);
    Readable { text, text_from_html: html.is_some() && !has_plain, html }
}

fn join(text: &mut String, part: &str) {
    if part.is_empty() {
        return;
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(part);
}

fn cut(text: &mut String, limit: usize, odd: &mut BTreeSet<Oddity>) {
    if text.len() > limit {
        odd.insert(Oddity::TextCut);
        text.truncate(text.floor_char_boundary(limit));
    }
}

/// The first id and the newest ones, without repeats.
fn newest(ids: Vec<String>, limit: usize, odd: &mut BTreeSet<Oddity>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut ids: Vec<String> = ids.into_iter().filter(|id| seen.insert(id.clone())).collect();
    if ids.len() > limit && limit > 0 {
        odd.insert(Oddity::ReferencesCut);
        let surplus = ids.len() - limit;
        ids.drain(1..=surplus);
    }
    ids
}

fn language(fields: &header::Fields<'_>) -> Option<String> {
    let value = fields.lower("content-language");
    let code = value.split([',', '-', '_', ' ']).next().unwrap_or("");
    (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())).then(|| code.to_owned())
}
