//! What of a message's own words decides its way.

use domain::{
    email_address::EmailAddress,
    id::{DeskId, TicketId},
    ticket::{
        kinds::Channel,
        timeline::{Message, Party},
    },
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::Envelope;
use crate::App;

/// The longest text of a message that becomes an entry, in bytes; the raw message has all of it.
const TEXT: usize = 500_000;

/// Message-ID, From and body together. Nobody can suppress another's mail by using its Message-ID alone.
pub(super) fn sameness(m: &mail::Message) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut field = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    field(m.message_id.as_deref().unwrap_or("").as_bytes());
    for from in &m.from {
        field(from.email.as_bytes());
    }
    field(m.subject.as_deref().unwrap_or("").as_bytes());
    field(m.text.as_bytes());
    field(m.html.as_deref().unwrap_or("").as_bytes());
    for a in &m.attachments {
        field(&a.body);
    }
    // Without a Message-ID two like messages may be two requests: then the moment of writing counts too.
    if m.message_id.is_none() {
        field(m.date.map(|d| d.to_string()).unwrap_or_default().as_bytes());
    }
    hash.finalize().into()
}

/// The person who wrote. A form of a web page writes as nobody, and names the person in Reply-To.
pub(super) fn sender(m: &mail::Message) -> Option<(EmailAddress, String)> {
    let usable = |a: &mail::Address| {
        let name = a.name.clone().unwrap_or_default();
        a.email.parse::<EmailAddress>().ok().map(|email| (email, name.chars().take(100).collect()))
    };
    let from = m.from.iter().find_map(usable);
    let nobody = from.as_ref().is_some_and(|(email, _): &(EmailAddress, String)| {
        let local: String = email.local().chars().filter(char::is_ascii_alphanumeric).collect();
        matches!(local.as_str(), "noreply" | "donotreply" | "nepasrepondre" | "nichtantworten")
    });
    if nobody && let Some(person) = m.reply_to.iter().find_map(usable) {
        return Some(person);
    }
    from
}

/// Only the topmost field can be of our own server, and a sender who forges it harms only itself: it is never used
/// to trust a message, only to distrust one.
pub(super) fn authentication_failed(m: &mail::Message) -> bool {
    m.authentication_results.first().is_some_and(|field| {
        let field = field.to_ascii_lowercase();
        field.contains("dmarc=fail") || (field.contains("spf=fail") && !field.contains("dmarc=pass"))
    })
}

pub(super) fn subject(m: &mail::Message, text: &str) -> String {
    let line = |s: &str| -> String {
        let clean: String = s.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
        clean.chars().take(crate::tickets::SUBJECT).collect()
    };
    let own = line(m.subject.as_deref().unwrap_or(""));
    if !own.is_empty() {
        return own;
    }
    let first = text.lines().map(line).find(|l| !l.is_empty()).unwrap_or_default();
    if first.is_empty() { "—".to_owned() } else { first.chars().take(80).collect() }
}

fn cut(text: &str) -> String {
    let mut end = text.len().min(TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}

pub(super) fn as_message(m: &mail::Message, files: usize) -> Message {
    let party =
        |a: &mail::Address| Party { name: a.name.clone().unwrap_or_default(), email: a.email.clone() };
    let new = m.new_text.trim();
    let (text, quoted) = if new.is_empty() {
        (cut(m.text.trim()), String::new())
    } else {
        // What is quoted is what follows the new words; where they are interleaved, all of it is shown.
        let rest = m.text.trim().strip_prefix(new).map_or("", str::trim);
        (cut(new), cut(rest))
    };
    Message {
        channel: Channel::Mail,
        from: m.from.first().map(party),
        to: m.to.iter().take(50).map(party).collect(),
        cc: m.cc.iter().take(50).map(party).collect(),
        text,
        quoted,
        html: m.html.is_some(),
        warnings: Vec::new(),
        message_id: m.message_id.clone(),
        attachments: u32::try_from(files).unwrap_or(u32::MAX),
    }
}

/// Where a message's tokens lead.
pub(super) struct Threads {
    /// Tickets, the most telling first.
    pub(super) candidates: Vec<TicketId>,
    pub(super) ours: bool,
    pub(super) bad_token: bool,
    /// The entries that it answers, the most telling first.
    pub(super) answers: Vec<domain::id::EntryId>,
    /// The entry of the mail of ours that came back.
    pub(super) bounced: Option<uuid::Uuid>,
}

pub(super) fn threads(
    app: &App,
    desk: DeskId,
    m: &mail::Message,
    envelope: &Envelope,
    now: Timestamp,
) -> Threads {
    let signer = &app.keys.thread;
    let desk = desk.uuid();
    let by_id = |id: &str| signer.verify_message_id(desk, id, now);
    let original = m.bounce.as_ref().and_then(|b| b.original_message_id.as_deref());
    let ids = m.in_reply_to.iter().chain(m.references.iter().rev()).map(String::as_str).chain(original);
    let found: Vec<_> = ids.filter_map(by_id).collect();
    let answers = found.iter().map(|s| domain::id::EntryId::from_uuid(s.entry)).collect();
    let mut candidates: Vec<TicketId> = found.iter().map(|s| TicketId::from_uuid(s.ticket)).collect();
    let headers = m.to.iter().chain(&m.cc).map(|a| a.email.as_str());
    let mut bad_token = false;
    for address in envelope.recipients.iter().map(String::as_str).chain(headers) {
        match signer.verify_address(desk, address, now) {
            Some(signed) => candidates.push(TicketId::from_uuid(signed.ticket)),
            // A tag as long as ours, and not ours.
            None => {
                bad_token |= address
                    .rsplit_once('@')
                    .and_then(|(local, _)| local.split_once('+'))
                    .is_some_and(|(_, tag)| tag.len() >= 32);
            }
        }
    }
    candidates.dedup();
    Threads {
        answers,
        bounced: original.and_then(by_id).map(|s| s.entry),
        ours: m.message_id.as_deref().and_then(by_id).is_some(),
        bad_token: bad_token && candidates.is_empty(),
        candidates,
    }
}
