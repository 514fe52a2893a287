//! The developers' corpus of real mails, graded by what others say of them. It lies outside of the repository
//! (`PARTNERDESK_MAIL_CORPUS`, or `../shared/mail-corpus` beside the workspace); without it the tests say so and pass.

use mail::{Auto, Limits, Message, parse};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use unicode_normalization::UnicodeNormalization;

/// A mail of the corpus with its facts.
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) raw: Vec<u8>,
    pub(crate) facts: Value,
}

/// All mails, or `None` with a printed line when the corpus is not there.
pub(crate) fn load() -> Option<Vec<Case>> {
    let folder = std::env::var_os("PARTNERDESK_MAIL_CORPUS").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/mail-corpus")),
        PathBuf::from,
    );
    let Ok(index) = std::fs::read(folder.join("index.json")) else {
        println!("SKIP no mail corpus: set PARTNERDESK_MAIL_CORPUS");
        return None;
    };
    let mut index: Value = serde_json::from_slice(&index).unwrap();
    let messages = index["messages"].as_array_mut().unwrap();
    Some(
        messages
            .drain(..)
            .map(|facts| Case {
                id: facts["id"].as_str().unwrap().to_owned(),
                raw: std::fs::read(folder.join(facts["file"].as_str().unwrap())).unwrap(),
                facts,
            })
            .collect(),
    )
}

/// One line of the result: how many of how many, and which not.
#[derive(Default)]
struct Bar {
    right: usize,
    all: usize,
    wrong: Vec<String>,
}

impl Bar {
    fn count(&mut self, id: &str, right: bool, detail: impl FnOnce() -> String) {
        self.all += 1;
        self.right += usize::from(right);
        if !right {
            self.wrong.push(format!("{id} {}", detail()));
        }
    }
}

#[derive(Default)]
struct Bars(BTreeMap<&'static str, Bar>);

impl Bars {
    fn of(&mut self, name: &'static str) -> &mut Bar {
        self.0.entry(name).or_default()
    }

    /// Prints every bar and asserts each against its share.
    fn check(self, least: &[(&str, f64)]) {
        let mut failed = Vec::new();
        for (name, bar) in &self.0 {
            println!("corpus {name} {}/{}", bar.right, bar.all);
            for line in &bar.wrong {
                println!("    not {name}: {line}");
            }
        }
        for (name, share) in least {
            let bar = &self.0[name];
            if bar.all == 0 || (bar.right as f64) < share * bar.all as f64 {
                failed.push(format!("{name} {}/{} is under {share}", bar.right, bar.all));
            }
        }
        assert!(failed.is_empty(), "{failed:?}");
    }
}

fn no_space(text: &str) -> String {
    let space = |c: &char| c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}');
    // We keep no NUL: no database's text can hold it.
    text.nfc().filter(|c| !space(c) && *c != '\0').collect()
}

fn text_digest(text: &str) -> String {
    Sha256::digest(no_space(text).as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

/// The corpus lists addresses sorted and once each.
fn emails(list: &[mail::Address]) -> BTreeSet<String> {
    list.iter().map(|a| a.email.to_lowercase()).collect()
}

fn strings(value: &Value) -> BTreeSet<String> {
    value.as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_lowercase()).collect()
}

/// File names as we keep them: without their path; the corpus lists parts without a name as an empty one.
fn file_names(value: &Value) -> BTreeSet<String> {
    let bare = |name: String| name.rsplit(['/', '\\']).next().unwrap().to_owned();
    strings(value).into_iter().map(bare).filter(|name| !name.is_empty()).collect()
}

/// The text that was sent as plain text: what the parsers of the corpus mean by text.
fn sent_text(message: &Message) -> &str {
    if message.text_from_html { "" } else { &message.text }
}

#[test]
fn consensus_of_other_parsers() {
    let Some(cases) = load() else { return };
    let mut bars = Bars::default();
    for case in &cases {
        let message = parse(&case.raw, &Limits::default());
        bars.of("survived").count(&case.id, true, String::new);
        if case.facts["must_not_autoreply"] == true {
            bars.of("must_not_autoreply")
                .count(&case.id, !message.may_answer, || format!("{:?}", message.auto));
        }
        let Some(facts) = case.facts["consensus"].as_object() else { continue };
        if let Some(expected) = facts.get("subject").and_then(Value::as_str) {
            let got = message.subject.as_deref().unwrap_or("");
            let right = no_space(got) == no_space(expected);
            bars.of("subject").count(&case.id, right, || format!("{got:?} is not {expected:?}"));
        }
        if let Some(expected) = facts.get("from") {
            let (got, expected) = (emails(&message.from), strings(expected));
            bars.of("from").count(&case.id, got == expected, || format!("{got:?} is not {expected:?}"));
        }
        for (name, list) in [("to", &message.to), ("cc", &message.cc)] {
            if let Some(expected) = facts.get(name) {
                let (got, expected) = (emails(list), strings(expected));
                bars.of(name).count(&case.id, got == expected, || format!("{got:?} is not {expected:?}"));
            }
        }
        if let Some(expected) = facts.get("message_id").and_then(Value::as_str) {
            let got = message.message_id.as_deref().unwrap_or("");
            bars.of("message_id").count(&case.id, got == expected, || format!("{got:?} is not {expected:?}"));
        }
        if let Some(expected) = facts.get("date_epoch").and_then(Value::as_i64) {
            let got = message.date.map(jiff::Timestamp::as_second);
            bars.of("date").count(&case.id, got == Some(expected), || format!("{got:?} is not {expected}"));
        }
        if let Some(expected) = facts.get("text_sha256_no_ws").and_then(Value::as_str) {
            let got = sent_text(&message);
            // Where the others see no text at all, most of the time a multipart is broken; we show what is there.
            let bar = if facts["text_head"] == "" { "no text" } else { "text" };
            bars.of(bar).count(&case.id, text_digest(got) == expected, || {
                let head: String = got.chars().take(100).collect();
                format!("{head:?} is not {}", facts["text_head"])
            });
        }
        if let Some(expected) = facts.get("attachment_count").and_then(Value::as_u64) {
            let got = message.attachments.len();
            bars.of("attachment_count")
                .count(&case.id, got as u64 == expected, || format!("{got} is not {expected}"));
        }
        if let Some(expected) = facts.get("attachment_names") {
            let got: BTreeSet<String> = message
                .attachments
                .iter()
                .filter_map(|a| a.name.as_ref())
                .map(|n| n.to_lowercase())
                .collect();
            let right = file_names(expected).iter().all(|name| got.contains(name));
            bars.of("attachment_names")
                .count(&case.id, right, || format!("{got:?} lacks some of {expected}"));
        }
        if let Some(expected) = facts.get("attachment_sha256") {
            let mut got: Vec<String> = message.attachments.iter().map(|a| a.sha256.clone()).collect();
            got.sort_unstable();
            let right = strings(expected).iter().all(|hash| got.contains(hash));
            bars.of("attachment_sha256")
                .count(&case.id, right, || format!("{got:?} lacks some of {expected}"));
        }
    }
    bars.check(&[
        ("survived", 1.0),
        ("must_not_autoreply", 1.0),
        ("subject", 0.99),
        ("from", 0.99),
        ("message_id", 0.99),
        ("text", 0.97),
        ("to", 0.99),
        ("date", 0.98),
        ("attachment_names", 0.99),
        ("attachment_count", 0.99),
        ("attachment_sha256", 0.99),
    ]);
}

/// Facts that the mails' own repositories test. Where two of them contradict each other, either is right.
#[test]
fn stated_facts() {
    let Some(cases) = load() else { return };
    let mut bars = Bars::default();
    for case in &cases {
        let Some(stated) = case.facts["stated"].as_array() else { continue };
        if case.facts["kind"] == "bounce" {
            continue;
        }
        let message = parse(&case.raw, &Limits::default());
        // Where one product's fact contradicts the agreement of five (how to count signatures or broken multiparts,
        // a text whose bytes are damaged), the five are graded, elsewhere.
        let disputed = |key: &str, expected: &Value| {
            let agreed = &case.facts["consensus"][key];
            matches!(key, "attachment_count" | "text_sha256_no_ws") && !agreed.is_null() && agreed != expected
        };
        let mut verdicts: BTreeMap<&str, Vec<(bool, &Value)>> = BTreeMap::new();
        for (key, expected) in stated.iter().flat_map(|s| s["facts"].as_object().unwrap()) {
            if disputed(key, expected) {
                continue;
            }
            if let Some(right) = holds(key, expected, &message, &case.raw) {
                verdicts.entry(key).or_default().push((right, expected));
            }
        }
        for (key, verdicts) in verdicts {
            let right = verdicts.iter().any(|(right, _)| *right);
            bars.of("stated").count(&case.id, right, || {
                let head: String = message.text.chars().take(80).collect();
                let names: Vec<_> =
                    message.attachments.iter().map(|a| (&a.name, &a.content_type, a.size)).collect();
                format!(
                    "{key}: {:?}; text {head:?}, new {:?}, files {names:?}, subject {:?}",
                    verdicts[0].1, message.new_text, message.subject
                )
            });
        }
    }
    bars.check(&[("stated", 0.99)]);
}

/// Whether a stated fact holds; `None` when the product has no word for it.
fn holds(key: &str, expected: &Value, message: &Message, raw: &[u8]) -> Option<bool> {
    let words = || no_space(expected.as_str().unwrap());
    // Where the maker of a fact could not decode a character, it has U+FFFD: any character of ours will do.
    let same = |(ours, theirs): (char, char)| ours == theirs || theirs == '\u{fffd}';
    let starts = |text: &str| {
        let (ours, theirs) = (no_space(text), words());
        ours.chars().count() >= theirs.chars().count() && ours.chars().zip(theirs.chars()).all(same)
    };
    let right = match key {
        "subject" => {
            let ours = no_space(message.subject.as_deref().unwrap_or(""));
            ours.chars().count() == words().chars().count() && ours.chars().zip(words().chars()).all(same)
        }
        "message_id" => message.message_id.as_deref().unwrap_or("") == expected.as_str().unwrap(),
        // Repositories that test one address only name the first.
        "from" | "to" => {
            let got = emails(if key == "from" { &message.from } else { &message.to });
            let expected = strings(expected);
            got == expected || (expected.len() == 1 && got.is_superset(&expected))
        }
        "to_first" => message.to.first().is_some_and(|a| a.email == expected.as_str().unwrap()),
        "date_utc" => {
            let got = message.date.unwrap().strftime("%Y-%m-%d %H:%M:%S").to_string();
            got == expected.as_str().unwrap()
        }
        "has_html" => message.html.is_some() == expected.as_bool().unwrap(),
        "has_text" => sent_text(message).trim().is_empty() != expected.as_bool().unwrap(),
        "html_head" => starts(message.html.as_deref().unwrap_or("")),
        "text_head" | "text_exact_head" => starts(sent_text(message)) || starts(&message.text),
        "text_sha256_no_ws" => {
            let undecoded: String =
                message.text.chars().map(|c| if c.is_ascii() { c } else { '\u{fffd}' }).collect();
            [&message.text, &undecoded].iter().any(|text| text_digest(text) == expected.as_str().unwrap())
        }
        // Pairs of words and how often they occur.
        "text_contains" | "html_contains" => {
            let text = if key == "text_contains" { &message.text } else { message.html.as_ref().unwrap() };
            text.contains(expected[0].as_str().unwrap())
        }
        "attachment_count" => message.attachments.len() as u64 == expected.as_u64().unwrap(),
        "attachment_names" => {
            let got: Vec<_> = message
                .attachments
                .iter()
                .filter_map(|a| a.name.as_ref())
                .map(|n| n.to_lowercase())
                .collect();
            file_names(expected).iter().all(|name| got.contains(name))
        }
        "attachments" => expected.as_array().unwrap().iter().all(|file| {
            message.attachments.iter().any(|a| {
                a.name.as_deref() == file["filename"].as_str()
                    || a.name.is_none() && a.content_type == file["content_type"]
            })
        }),
        "reply_text_default" => message.new_text == expected.as_str().unwrap(),
        "first_fragment_or_visible_text" => {
            let text = mail::reply::new_text(&String::from_utf8_lossy(raw));
            no_space(&text).starts_with(&words())
        }
        // Inner structure: parts, leaves, embedded files.
        _ => return None,
    };
    Some(right)
}

#[test]
fn bounces() {
    let Some(cases) = load() else { return };
    let mut bars = Bars::default();
    for case in cases.iter().filter(|case| case.facts["kind"] == "bounce") {
        let Some(stated) = case.facts["stated"][0]["facts"]["bounces"][0].as_object() else { continue };
        let message = parse(&case.raw, &Limits::default());
        let path = case.facts["source"]["path"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        let machine = matches!(message.auto, Auto::Bounce | Auto::Feedback | Auto::AutoReply);
        bars.of("recognised")
            .count(&case.id, machine, || format!("{path} {:?} {:?}", message.auto, message.subject));
        let reason = stated["reason"].as_str().unwrap();
        let hard = stated["hard_bounce"].as_bool().unwrap();
        let got = message.bounce.as_ref();
        bars.of("hard")
            .count(&case.id, got.is_some_and(|b| b.hard) == hard, || format!("{path} {reason}: {got:?}"));
        let status = stated["status"].as_str().unwrap();
        if !status.contains(".0.9") && !status.is_empty() {
            let right = got.and_then(|b| b.status.as_deref()) == Some(status);
            bars.of("status").count(&case.id, right, || format!("{path} {status}: {got:?}"));
        }
        if message.auto == Auto::Bounce {
            bars.of("recipient named")
                .count(&case.id, got.is_some_and(|b| b.recipient.is_some()), || path.clone());
        }
    }
    bars.check(&[("recognised", 0.98), ("hard", 0.9), ("status", 0.8), ("recipient named", 0.9)]);
}

/// Mail servers turn every line end into CRLF: the mail must read the same after it.
#[test]
fn crlf_changes_nothing() {
    let Some(cases) = load() else { return };
    let mut bars = Bars::default();
    for case in &cases {
        // Bare CRs are the sender's own; a message of nothing else is another one with LFs put in.
        if case.facts["kind"] == "reply-body" || !case.raw.contains(&b'\n') {
            continue;
        }
        let mut crlf = Vec::with_capacity(case.raw.len() + case.raw.len() / 30);
        for (at, &byte) in case.raw.iter().enumerate() {
            if byte == b'\n' && (at == 0 || case.raw[at - 1] != b'\r') {
                crlf.push(b'\r');
            }
            crlf.push(byte);
        }
        let [mut a, mut b] = [&case.raw, &crlf].map(|raw| parse(raw, &Limits::default()));
        let names = |m: &Message| m.attachments.iter().map(|a| a.name.clone()).collect::<Vec<_>>();
        let same_files = names(&a) == names(&b);
        a.attachments.clear();
        b.attachments.clear();
        bars.of("same with CRLF").count(&case.id, same_files && a == b, String::new);
    }
    bars.check(&[("same with CRLF", 0.99)]);
}
