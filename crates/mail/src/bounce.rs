//! Reports about mail that was not delivered: the standard form (RFC 3464) and the many home-made ones.

mod words;

use crate::classify::{Facts, is_machine, report_type};
use serde::Serialize;
use words::{BODIES, HARD_WORDS, SOFT_WORDS, SUBJECTS};

/// What a bounce says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bounce {
    /// Enhanced status code (RFC 3463) such as `5.1.1`, when one is given.
    pub status: Option<String>,
    /// The address that could not be reached, when it is named.
    pub recipient: Option<String>,
    /// The address itself is dead (unknown user or host, moved, takes no mail): sending again is of no use.
    /// A full mailbox, a refusal for content or reputation, or a delay is not hard.
    pub hard: bool,
    /// Message-ID of the mail that came back, when the report holds its header: finds the ticket.
    #[serde(skip)]
    pub original_message_id: Option<String>,
}

/// How much of a report is looked at; the reason stands near its top.
const LOOKED_AT: usize = 64 << 10;

pub(crate) fn find(facts: &Facts<'_>) -> Option<Bounce> {
    if let Some(report) = facts.reports.iter().find(|report| report.kind.ends_with("delivery-status")) {
        return Some(from_report(&report.text, facts));
    }
    let report = report_type(facts.content_type);
    if report.as_deref().is_some_and(|kind| kind.starts_with("feedback") || kind.starts_with("disposition")) {
        return None;
    }
    if let Some(bounce) = from_notification(facts.text) {
        return Some(bounce);
    }
    is_home_made(facts, report.is_some()).then(|| from_words(facts))
}

/// The fields of a delivery-status part. The first failed recipient is the one reported; else the first at all.
fn from_report(report: &str, facts: &Facts<'_>) -> Bounce {
    let mut best: Option<Recipient> = None;
    for block in report.split("\n\n") {
        let recipient = Recipient::read(block);
        let better = match &best {
            None => true,
            Some(best) => best.is_empty() || (!best.failed() && recipient.failed()),
        };
        if !recipient.is_empty() && better {
            best = Some(recipient);
        }
    }
    let recipient = best.unwrap_or_default();
    let top = head(facts.text);
    let several = report.matches("\nFinal-Recipient").count() > 1;
    let about = recipient.address.as_deref().filter(|_| several);
    let about = about.and_then(|address| paragraph_about(top, address)).unwrap_or(top);
    let words = if recipient.diagnostic.is_empty() { about } else { recipient.diagnostic.as_str() };
    // The remote server's own code says more than the summary of the server that reports.
    let status = specific(enhanced_code(words))
        .or_else(|| specific(enhanced_code(&recipient.status)))
        .or_else(|| enhanced_code(&recipient.status))
        .or_else(|| enhanced_code(words));
    let delivered = matches!(recipient.action.as_str(), "delivered" | "relayed" | "expanded" | "delayed");
    Bounce {
        hard: !delivered && is_hard(status.as_deref(), words, about),
        status,
        recipient: recipient.address.or_else(|| failed_field(facts)).or_else(|| first_address(facts)),
        original_message_id: original_id(facts),
    }
}

#[derive(Default)]
struct Recipient {
    address: Option<String>,
    action: String,
    status: String,
    diagnostic: String,
}

impl Recipient {
    fn read(block: &str) -> Self {
        let mut out = Self::default();
        let mut original = None;
        let mut name = String::new();
        for line in block.lines().take(200) {
            let value = if line.starts_with([' ', '\t']) {
                line.trim()
            } else if let Some((field, value)) = line.split_once(':') {
                name = field.trim().to_ascii_lowercase();
                value.trim()
            } else {
                continue;
            };
            match name.as_str() {
                "final-recipient" => out.address = address_in(value).or(out.address),
                "original-recipient" => original = address_in(value).or(original),
                "action" => out.action = value.to_ascii_lowercase(),
                "status" => out.status.push_str(value),
                "diagnostic-code" => {
                    out.diagnostic.push_str(value);
                    out.diagnostic.push(' ');
                }
                _ => {}
            }
        }
        out.address = out.address.or(original);
        out
    }

    fn is_empty(&self) -> bool {
        self.address.is_none() && self.status.is_empty() && self.action.is_empty()
    }

    fn failed(&self) -> bool {
        self.action.starts_with("fail")
    }
}

/// Cloud senders report by JSON; its words are looked at, however deep the quoting.
fn from_notification(text: &str) -> Option<Bounce> {
    let text = head(text);
    if !text.trim_start().starts_with('{') || !text.contains("otificationType") {
        return None;
    }
    let flat: String = text.chars().filter(|c| !matches!(c, '\\' | '\n')).collect();
    let flat = flat.replace("\" : \"", "\":\"").replace("\": \"", "\":\"");
    let kind = after(&flat, "\"notificationType\":\"")?;
    let status = after(&flat, "\"status\":\"").and_then(enhanced_code);
    match kind {
        "Bounce" => Some(Bounce {
            hard: is_hard(status.as_deref(), text, text),
            status,
            recipient: after(&flat, "\"emailAddress\":\"").and_then(address_in),
            original_message_id: None,
        }),
        "Delivery" => Some(Bounce {
            hard: false,
            status: after(&flat, "\"smtpResponse\":\"").and_then(enhanced_code),
            recipient: after(&flat, "\"recipients\":[\"").and_then(address_in),
            original_message_id: None,
        }),
        _ => None,
    }
}

fn after<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(key)?;
    rest.split('"').next()
}

/// A bounce that no standard describes: sent by a mail system, and its subject or its words say so.
fn is_home_made(facts: &Facts<'_>, is_report: bool) -> bool {
    if facts.fields.has("x-failed-recipients") {
        return true;
    }
    let subject = facts.fields.lower("subject");
    let about_delivery = SUBJECTS.iter().any(|words| subject.contains(words));
    let body_says = || {
        let body = head(facts.text).to_lowercase();
        BODIES.iter().any(|words| body.contains(words))
    };
    let silent = facts.return_path.is_some_and(|path| path.trim().is_empty());
    let system = silent || from_system(facts);
    // A person who forwards a bounce is a customer with a question; a report always comes from a system.
    (is_report || system) && (about_delivery || body_says())
}

/// Whether the sender is a mail system by its address or its name.
fn from_system(facts: &Facts<'_>) -> bool {
    let path = facts.return_path.unwrap_or("");
    let raw = facts.fields.lower("from");
    facts.from.iter().any(|from| is_system(&from.email))
        || is_system(path)
        || [
            "mailer-daemon",
            "mail delivery",
            "mail-delivery",
            "mailsystem",
            "mail system",
            "system administrator",
            "postmaster",
        ]
        .iter()
        .any(|name| raw.contains(name))
}

fn is_system(email: &str) -> bool {
    let local = email.split('@').next().unwrap_or("").to_ascii_lowercase();
    let bare: String = local.chars().filter(char::is_ascii_alphanumeric).collect();
    let named = ["postmaster", "mailerdaemon", "maildelivery", "mailsystem", "mdaemon", "deliverysubsystem"];
    named.iter().any(|name| bare.contains(name)) || (is_machine(email) && !bare.contains("reply"))
}

fn from_words(facts: &Facts<'_>) -> Bounce {
    let subject = facts.fields.text("subject").unwrap_or_default();
    let report = head(before_original(facts.text));
    let recipient = failed_field(facts).or_else(|| first_address(facts));
    let about = recipient.as_deref().and_then(|address| paragraph_about(report, address)).unwrap_or(report);
    let status = specific(enhanced_code(about))
        .or_else(|| specific(enhanced_code(report)))
        .or_else(|| enhanced_code(report));
    let delayed = {
        let low = subject.to_lowercase();
        low.contains("delay") || low.starts_with("warning")
    };
    let words = if has_reason(about) { about.to_owned() } else { format!("{subject}\n{report}") };
    Bounce {
        hard: !delayed && is_hard(status.as_deref(), &words, &words),
        status,
        recipient,
        original_message_id: original_id(facts),
    }
}

/// What the report says of one recipient, where it lists several: from the line that names it to the next empty
/// line, or the next line that starts with another address.
fn paragraph_about<'t>(report: &'t str, address: &str) -> Option<&'t str> {
    let named = report.find(address)?;
    let start = report[..named].rfind('\n').map_or(0, |n| n + 1);
    let mut end = start;
    for line in report[start..].split_inclusive('\n') {
        let first = line.split_whitespace().next().unwrap_or("");
        let another = end > start && first.contains('@') && !first.contains(address);
        if line.trim().is_empty() || another {
            break;
        }
        end += line.len();
    }
    Some(&report[start..end]).filter(|paragraph| has_reason(paragraph))
}

fn has_reason(text: &str) -> bool {
    let low = text.to_lowercase();
    enhanced_code(text).is_some() || HARD_WORDS.iter().chain(SOFT_WORDS).any(|words| low.contains(words))
}

fn failed_field(facts: &Facts<'_>) -> Option<String> {
    let value = facts.fields.text("x-failed-recipients")?;
    value.split([',', ' ']).find_map(address_in)
}

/// The first address in the report that is not a mail system's.
fn first_address(facts: &Facts<'_>) -> Option<String> {
    head(before_original(facts.text))
        .split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '"' | ',' | '\''))
        .filter(|word| word.contains('@'))
        .filter_map(address_in)
        .find(|address| !is_system(address) && !facts.from.iter().any(|from| from.email == *address))
}

/// An address in `rfc822; user@host` or `<user@host>:` or the like.
fn address_in(value: &str) -> Option<String> {
    let value = value.rsplit_once(';').map_or(value, |(_, value)| value);
    let word = value.split_whitespace().find(|word| word.contains('@'))?;
    let word = word.rsplit('<').next().unwrap_or(word);
    let word = word.split('>').next().unwrap_or(word);
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '+' | '-'));
    word.split_once('@')
        .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty())
        .then(|| word.to_owned())
}

/// The first of `text` in whole characters.
fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(LOOKED_AT)]
}

/// What stands before the returned mail.
fn before_original(text: &str) -> &str {
    const MARKS: &[&str] = &[
        "\nReturn-Path:",
        "\nReceived:",
        "\nReturn-path:",
        "\nDKIM-Signature:",
        "\nMessage-ID:",
        "\nMessage-Id:",
    ];
    let end = MARKS.iter().filter_map(|mark| text.find(mark)).min().unwrap_or(text.len());
    &text[..end]
}

/// Message-ID of the mail that came back.
fn original_id(facts: &Facts<'_>) -> Option<String> {
    let returned = facts.attachments.iter().find(|part| {
        matches!(part.content_type.as_str(), "message/rfc822" | "text/rfc822-headers" | "message/global")
    });
    let from_text = |text: &str| {
        text.lines()
            .find_map(|line| {
                let name = line.get(..11)?;
                name.eq_ignore_ascii_case("message-id:").then(|| line[11..].trim())
            })
            .and_then(|value| crate::parse::header::ids(value).into_iter().next())
    };
    match returned {
        Some(part) => from_text(&String::from_utf8_lossy(&part.body[..part.body.len().min(LOOKED_AT)])),
        None => from_text(head(facts.text)),
    }
}

/// The first enhanced status code `[245].d{1,3}.d{1,3}` that stands alone and not within an IP address.
fn enhanced_code(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let is_joined = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'.');
    let digits = |at: usize| bytes[at..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    for (at, &byte) in bytes.iter().enumerate() {
        if !matches!(byte, b'2' | b'4' | b'5') || bytes.get(at + 1) != Some(&b'.') {
            continue;
        }
        if at > 0 && is_joined(bytes.get(at - 1)) {
            continue;
        }
        let subject = digits(at + 2);
        if !(1..=3).contains(&subject) || bytes.get(at + 2 + subject) != Some(&b'.') {
            continue;
        }
        let detail_at = at + 3 + subject;
        let detail = digits(detail_at);
        let end = detail_at + detail;
        // A full stop may end the sentence; a dot and a digit make it an address of four numbers.
        let address = bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        let glued = bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
        if (1..=3).contains(&detail) && !address && !glued {
            return Some(text[at..end].to_owned());
        }
    }
    None
}

/// Codes such as 5.0.0 tell nothing.
fn specific(code: Option<String>) -> Option<String> {
    code.filter(|code| !code.ends_with(".0.0"))
}

/// Whether the address itself is dead. The words decide where the code is vague or lies, as it often does.
fn is_hard(status: Option<&str>, words: &str, top: &str) -> bool {
    if status.is_some_and(|status| status.starts_with(['2', '4'])) {
        return false;
    }
    let words = words.to_lowercase();
    let has = |list: &[&str], text: &str| list.iter().any(|phrase| text.contains(phrase));
    match status {
        // The sender was refused, nothing is said of the recipient.
        Some("5.1.7" | "5.1.8") => return false,
        // The mailbox as it is now, or the mail for what it is, unless the words say otherwise.
        Some(code) if code.starts_with("5.2.") || code.starts_with("5.7.") => {
            return match code {
                "5.2.1" => has(&["user unknown", "unknown user"], &words),
                "5.7.27" => has(&["does not accept mail"], &words),
                _ => false,
            };
        }
        _ => {}
    }
    // Names could not be looked up just then; a host that was not found is another matter.
    if words.contains("name service error") && !words.contains("not found") {
        return false;
    }
    let dormant = status == Some("5.1.1") && words.contains("inactive");
    if has(SOFT_WORDS, &words) && !dormant {
        return false;
    }
    match status {
        Some("5.1.1" | "5.1.2" | "5.1.3" | "5.1.6" | "5.1.10" | "5.4.4" | "5.4.312") => true,
        _ if has(HARD_WORDS, &words) => true,
        Some(status) if !status.ends_with(".0.0") => false,
        _ => {
            let top = top.to_lowercase();
            has(HARD_WORDS, &top) && !has(SOFT_WORDS, &top)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Auto, Limits, parse};

    #[test]
    fn enhanced_codes() {
        for (text, code) in [
            ("550 5.1.1 no such user", Some("5.1.1")),
            ("(#5.7.26)", Some("5.7.26")),
            ("host 5.1.1.9 said 4.2.2.", Some("4.2.2")),
            ("Version 15.1.2", None),
            ("552-5.2.2 full", Some("5.2.2")),
            ("5.1.", None),
            ("", None),
        ] {
            assert_eq!(enhanced_code(text).as_deref(), code, "{text}");
        }
    }

    #[test]
    fn standard_report_names_recipient_and_mail() {
        let raw = "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\n\
            Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
            --b\n\nSorry.\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n\
            Final-Recipient: rfc822; ok@example.org\nAction: delivered\nStatus: 2.0.0\n\n\
            Final-Recipient: rfc822; gone@example.org\nAction: failed\nStatus: 5.0.0\n\
            Diagnostic-Code: smtp; 550 5.1.1\n <gone@example.org>: User unknown\n\n\
            --b\nContent-Type: message/rfc822\n\nMessage-ID: <t1@desk.example>\nSubject: x\n\nHi\n--b--\n";
        let bounce = parse(raw.as_bytes(), &Limits::default()).bounce.unwrap();
        let expected = Bounce {
            status: Some("5.1.1".into()),
            recipient: Some("gone@example.org".into()),
            hard: true,
            original_message_id: Some("t1@desk.example".into()),
        };
        assert_eq!(bounce, expected);
    }

    #[test]
    fn full_mailbox_is_soft() {
        let raw = "Return-Path: <>\nFrom: postmaster@mx.example\nSubject: Undeliverable: Invoice\n\n\
            Your message to anna@example.org was not delivered:\n552 5.2.2 Mailbox full\n";
        let message = parse(raw.as_bytes(), &Limits::default());
        let bounce = message.bounce.unwrap();
        assert_eq!(
            (message.auto, bounce.hard, bounce.status.as_deref()),
            (Auto::Bounce, false, Some("5.2.2"))
        );
        assert_eq!(bounce.recipient.as_deref(), Some("anna@example.org"));
    }

    #[test]
    fn a_customer_who_asks_about_a_bounce_is_a_customer() {
        let raw = "Return-Path: <anna@example.org>\nFrom: Anna <anna@example.org>\n\
            Subject: Fwd: Undelivered Mail Returned to Sender\n\nWhy? It says: 550 5.1.1 User unknown\n";
        let message = parse(raw.as_bytes(), &Limits::default());
        assert_eq!((message.auto, message.bounce, message.may_answer), (Auto::None, None, true));
    }
}
