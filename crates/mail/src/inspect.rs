//! How the desk reads a raw message, as JSON: the command `partnerdesk mail inspect`.

use crate::parse::{Address, Limits, parse};
use serde_json::{Value, json};

/// One JSON object for a raw mail; any bytes give one.
///
/// Absent strings, `date` and `bounce` are `null`, absent arrays `[]`. Addresses and ids are bare. `in_reply_to` is
/// the first id of that field; `references` are all, oldest first.
pub fn inspect(raw: &[u8]) -> Value {
    let message = parse(raw, &Limits::DEFAULT);
    let attachments: Vec<Value> = message
        .attachments
        .iter()
        .map(|a| {
            json!({
                "name": a.name,
                "content_type": a.content_type,
                "size": a.size,
                "sha256": a.sha256,
                "inline": a.inline,
            })
        })
        .collect();
    json!({
        "subject": message.subject,
        "from": emails(&message.from),
        "to": emails(&message.to),
        "cc": emails(&message.cc),
        "reply_to": emails(&message.reply_to),
        "message_id": message.message_id,
        "in_reply_to": message.in_reply_to.first(),
        "references": message.references,
        "date": message.date.map(|date| date.to_string()),
        "text": words(&message.text),
        "new_text": words(&message.new_text),
        "attachments": attachments,
        "auto": message.auto,
        "bounce": message.bounce,
        "may_answer": message.may_answer,
        "oddities": message.oddities,
    })
}

fn emails(addresses: &[Address]) -> Vec<&str> {
    addresses.iter().map(|address| address.email.as_str()).collect()
}

/// A message without words has no text.
fn words(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_there() {
        let raw = "From: Anna <anna@example.org>\r\nTo: desk: a@x.example, B <b@x.example>;\r\nSubject: =?utf-8?Q?H=C3=A4r?=\r\n\
            Message-ID: <1@x>\r\nIn-Reply-To: <0@x> <00@x>\r\nReferences: <a@x>\r\n <0@x>\r\n\
            Date: Mon, 4 May 2026 10:00:00 +0200\r\n\r\nHello\r\n> old\r\n";
        assert_eq!(
            inspect(raw.as_bytes()),
            json!({
                "subject": "Här", "from": ["anna@example.org"], "to": ["a@x.example", "b@x.example"], "cc": [],
                "reply_to": [], "message_id": "1@x", "in_reply_to": "0@x", "references": ["a@x", "0@x"],
                "date": "2026-05-04T08:00:00Z", "text": "Hello\n> old\n", "new_text": "Hello", "attachments": [],
                "auto": "none", "bounce": null, "may_answer": true, "oddities": [],
            })
        );
    }

    #[test]
    fn nothing_is_invented() {
        let empty = inspect(b"");
        assert_eq!(empty["subject"], Value::Null);
        assert_eq!(empty["text"], Value::Null);
        assert_eq!(empty["from"], json!([]));
        assert_eq!(empty["may_answer"], json!(false));
        assert_eq!(empty["oddities"], json!(["no_from", "no_message_id", "no_date", "empty"]));
    }
}
