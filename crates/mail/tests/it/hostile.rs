//! Mails made to break a reader. Each is read in little time, and what can be kept is kept.

use mail::{Limits, Message, Oddity, inspect, parse};
use proptest::prelude::*;

use crate::effort::bounded;

fn read(name: &str, raw: &[u8]) -> Message {
    bounded(name, || parse(raw, &Limits::default()))
}

fn with_header(field: &str) -> Vec<u8> {
    format!("From: a@x.example\n{field}\nSubject: s\n\nHello").into_bytes()
}

#[test]
fn v19_nested_comments_in_addresses() {
    for field in ["From", "To", "Cc", "Reply-To", "Sender"] {
        for bomb in [
            "(".repeat(200_000),
            format!("{}a@x{}", "(".repeat(100_000), ")".repeat(100_000)),
            "\"(\\".repeat(60_000),
        ] {
            read(field, &with_header(&format!("{field}: {bomb}")));
        }
    }
}

#[test]
fn v20_nested_groups_in_addresses() {
    for bomb in ["a:".repeat(100_000), "a:b@x;".repeat(30_000), "<".repeat(200_000), "=?a?q?".repeat(30_000)]
    {
        let message = read("groups", &with_header(&format!("To: {bomb}")));
        assert!(message.to.len() <= Limits::DEFAULT.addresses);
    }
}

#[test]
fn v22_too_many_addresses_references_and_fields() {
    let to: String = (0..5_000).map(|n| format!("u{n}@x.example,\n ")).collect();
    let message = read("to", &with_header(&format!("To: {to}")));
    assert_eq!(message.to.len(), Limits::DEFAULT.addresses);
    assert!(message.oddities.contains(&Oddity::AddressesCut));

    let references: String = (0..5_000).map(|n| format!("<{n}@x>\n ")).collect();
    let message = read("references", &with_header(&format!("References: {references}")));
    assert_eq!(message.references.len(), Limits::DEFAULT.references);
    assert_eq!((message.references[0].as_str(), message.references[99].as_str()), ("0@x", "4999@x"));

    let message = read("fields", &with_header(&vec!["X-A: b"; 200_000].join("\n")));
    assert!(message.oddities.contains(&Oddity::HeadersCut));
    assert_eq!(message.text, "Hello");

    let message = read("one field", &with_header(&format!("X-A: {}", "b".repeat(20 << 20))));
    assert_eq!((message.subject.as_deref(), message.text.as_str()), (Some("s"), "Hello"));
}

#[test]
fn v23_many_and_deep_parts() {
    let many = format!("Content-Type: multipart/mixed; boundary=b\n\n{}--b--", "--b\n\nx\n".repeat(50_000));
    let message = read("many parts", many.as_bytes());
    assert!(message.oddities.contains(&Oddity::PartsCut) && message.text.starts_with("x\nx\n"));

    let files = format!(
        "Content-Type: multipart/mixed; boundary=b\n\n{}",
        "--b\nContent-Type: a/b\n\nx\n".repeat(50_000)
    );
    assert!(read("many files", files.as_bytes()).attachments.len() <= Limits::DEFAULT.parts);

    let mut deep = String::from("Subject: deep\n");
    for n in 0..5_000 {
        deep.push_str(&format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"));
    }
    deep.push_str("\nbottom");
    let message = read("deep", deep.as_bytes());
    assert!(message.oddities.contains(&Oddity::DepthCut));
    assert_eq!(message.subject.as_deref(), Some("deep"));

    let mails = "Content-Type: message/rfc822\n\n".repeat(100_000);
    let message = read("mails in mails", mails.as_bytes());
    assert_eq!((message.attachments.len(), message.text.as_str()), (1, ""));

    let same = format!(
        "Content-Type: multipart/mixed; boundary=b\n\n{}",
        "--b\nContent-Type: multipart/mixed; boundary=b\n\n".repeat(20_000)
    );
    read("one boundary for all", same.as_bytes());
    read("empty boundary", b"Content-Type: multipart/mixed; boundary=\"\"\n\n--\n\nx\n----\n");
}

#[test]
fn v22_html_that_costs_more_than_it_says() {
    for (name, html) in [
        ("tower", "<div>".repeat(200_000)),
        ("mismatched", "<div></b>".repeat(100_000)),
        (
            "formatting",
            format!(
                "{}{}",
                (0..2_000).map(|n| format!("<font size={n}>")).collect::<String>(),
                "<p>x".repeat(50_000)
            ),
        ),
        ("tables", "<table><tr><td>".repeat(50_000)),
        ("quotes", "<blockquote>".repeat(50_000)),
        ("lists", "<ul><li>".repeat(50_000)),
        ("attributes", format!("<p {}>", "a=b ".repeat(300_000))),
        ("entities", "&amp;&lt".repeat(50_000)),
        ("open tag", "<p ".repeat(400_000)),
        ("comments", "<!--".repeat(300_000)),
        ("paragraphs", "<p>x".repeat(20_000)),
        ("optional", "<dd><dt><li><option>".repeat(10_000)),
    ] {
        read(name, format!("Content-Type: text/html\n\n{html} words").as_bytes());
    }
}

#[test]
fn v18_every_label_on_raw_bytes() {
    let body: Vec<u8> = (0..=255u8).cycle().take(20_000).collect();
    for label in
        ["utf-16", "utf-7", "hz-gb-2312", "iso-2022-kr", "iso-2022-jp", "gb18030", "x", "", "3d", "*"]
    {
        let raw = [format!("Content-Type: text/plain; charset={label}\n\n").as_bytes(), &body].concat();
        assert!(!read(label, &raw).text.contains('\0'), "{label}");
    }
}

#[test]
fn v12_v14_line_ends_do_not_leave_a_field() {
    let raw = "From: a@x.example\nSubject: =?utf-8?Q?a=0D=0ABcc:_eve@x.example?=\nTo: =?utf-8?Q?b=0A?= <b@x.example\r>\n\nx";
    let message = read("injection", raw.as_bytes());
    let subject = message.subject.unwrap();
    assert!(!subject.contains(['\r', '\n']), "{subject:?}");
    assert!(message.to.iter().all(|a| !a.email.contains(['\r', '\n', ' '])));
    assert!(message.to.iter().filter_map(|a| a.name.as_ref()).all(|n| !n.contains(['\r', '\n'])));
}

#[test]
fn large_attachments_are_read_once() {
    let line = format!("{}\r\n", "QUJD".repeat(19));
    let raw = format!(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: a/b\r\nContent-Transfer-Encoding: base64\r\n\r\n{}--b--\r\n",
        line.repeat(60_000)
    );
    assert_eq!(read("base64", raw.as_bytes()).attachments[0].size, 60_000 * 57);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Any bytes give an object.
    #[test]
    fn any_bytes_are_read(raw in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(inspect(&raw).is_object());
    }

    /// The same with the pieces that mails are made of.
    #[test]
    fn any_pieces_are_read(pieces in proptest::collection::vec(0..PIECES.len(), 0..60)) {
        let raw: String = pieces.iter().map(|n| PIECES[*n]).collect();
        let message = parse(raw.as_bytes(), &Limits::default());
        prop_assert!(message.new_text.len() <= message.text.len());
        prop_assert!(inspect(raw.as_bytes())["oddities"].is_array());
    }
}

const PIECES: &[&str] = &[
    "From: ",
    "To: ",
    "Subject: ",
    "Date: Mon, 4 May 2026 10:00:00 +0200",
    "Message-ID: <",
    ">",
    "\n",
    "\r\n",
    "\n\n",
    "\r",
    "Content-Type: multipart/mixed; boundary=b",
    "Content-Type: text/html",
    "Content-Type: message/delivery-status",
    "Content-Transfer-Encoding: base64",
    "Content-Transfer-Encoding: quoted-printable",
    "Content-Disposition: attachment; filename=",
    "--b",
    "--b--",
    "=?utf-8?Q?=C3?=",
    "=?iso-2022-jp?B?GyRC?=",
    "=",
    "=\n",
    "<div>",
    "</div>",
    "<b",
    "&",
    "> ",
    "On 1 May a@b wrote:",
    "-- \n",
    "\0",
    "\u{feff}",
    "å",
    "(",
    ")",
    "\"",
    "\\",
    ":",
    ";",
    ",",
    "@",
    "x",
    " ",
    "\t",
    "Status: 5.1.1",
    "Final-Recipient: rfc822; a@b",
];
