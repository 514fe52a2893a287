use super::*;
use mail_parser::{MessageParser, MimeHeaders as _};

fn mailbox(name: &str, address: &str) -> Mailbox {
    let name = (!name.is_empty()).then(|| name.to_owned());
    Mailbox { name, address: address.to_owned() }
}

fn plain() -> Outgoing {
    Outgoing {
        message_id: "<1.abc@desk.example>".to_owned(),
        date: "2026-03-27T15:00:00Z".parse().unwrap(),
        from: mailbox("Contoso Support", "help@desk.example"),
        to: vec![mailbox("Ödön Kovács", "odon@kunde.example")],
        cc: vec![],
        reply_to: None,
        in_reply_to: None,
        references: vec![],
        subject: "Your licence".to_owned(),
        text: "Hello\nWorld".to_owned(),
        html: None,
        auto_submitted: None,
        loop_mark: None,
        extra: vec![],
        attachments: vec![],
    }
}

/// Names of the top headers, and every line checked for CRLF and length.
fn header_names(raw: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(raw).unwrap();
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "a bare LF");
    assert_eq!(text.matches('\r').count(), text.matches("\r\n").count(), "a bare CR");
    let (head, _) = text.split_once("\r\n\r\n").unwrap();
    let lines = head.split("\r\n").inspect(|l| assert!(l.len() <= 998, "long line {l:?}"));
    lines.filter(|l| !l.starts_with([' ', '\t'])).map(|l| l.split_once(':').unwrap().0.to_owned()).collect()
}

#[test]
fn a_plain_mail_says_what_it_was_given() {
    let raw = render(&plain()).unwrap();
    assert_eq!(
        header_names(&raw),
        [
            "Message-ID",
            "Date",
            "From",
            "Subject",
            "To",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding"
        ]
    );
    let mail = MessageParser::default().parse(&raw).unwrap();
    assert_eq!(mail.message_id(), Some("1.abc@desk.example"));
    assert_eq!(mail.date().unwrap().to_rfc3339(), "2026-03-27T15:00:00Z");
    let to = mail.to().unwrap().first().unwrap();
    assert_eq!((to.name(), to.address()), (Some("Ödön Kovács"), Some("odon@kunde.example")));
    assert_eq!(mail.body_text(0).unwrap(), "Hello\r\nWorld\r\n");
}

#[test]
fn the_same_mail_is_the_same_bytes() {
    let mut mail = plain();
    mail.html = Some("<p>Hello</p>".to_owned());
    mail.attachments =
        vec![File { name: "a.bin".into(), content_type: "image/png".into(), body: vec![0, 10, 13] }];
    assert_eq!(render(&mail).unwrap(), render(&mail).unwrap());
}

#[test]
fn five_languages_survive_in_subject_body_and_file_names() {
    for words in ["Årsavgift för tjänsten", "Kündigung größer", "Előfizetés megújítása őű", "账单问题：发票"]
    {
        let mut mail = plain();
        mail.subject = words.repeat(12);
        mail.text = words.to_owned();
        mail.html = Some(format!("<p>{words}</p>"));
        mail.attachments = vec![File {
            name: format!("{words}.pdf"),
            content_type: "application/pdf".into(),
            body: b"%PDF\n.\r\n\0".to_vec(),
        }];
        let raw = render(&mail).unwrap();
        assert!(raw.is_ascii());
        header_names(&raw);
        let read = MessageParser::default().parse(&raw).unwrap();
        assert_eq!(read.subject(), Some(mail.subject.as_str()));
        assert_eq!(read.body_text(0).unwrap().trim_end(), words);
        assert_eq!(read.body_html(0).unwrap().trim_end(), format!("<p>{words}</p>"));
        let file = read.attachment(0).unwrap();
        assert_eq!(file.attachment_name(), Some(mail.attachments[0].name.as_str()));
        assert_eq!(file.contents(), mail.attachments[0].body);
    }
}

#[test]
fn v12_no_text_becomes_a_header() {
    let hostile = [
        "x\r\nBcc: victim@example.com",
        "x\nBcc: victim@example.com",
        "x\rBcc: victim@example.com",
        "x\r\n\r\nbody",
        "x\0Bcc: a@b",
        "x\u{2028}Bcc: a@b.c",
        "x\u{85}Bcc: a@b.c",
        "=?utf-8?q?x=0D=0ABcc:_a@b.c?=",
    ];
    let usual = header_names(&render(&everything("x")).unwrap());
    for text in hostile {
        let raw = render(&everything(text)).unwrap();
        assert_eq!(header_names(&raw), usual, "{text:?}");
        let read = MessageParser::default().parse(&raw).unwrap();
        assert!(read.bcc().is_none(), "{text:?}");
        assert_eq!(read.to().unwrap().iter().count(), 1, "{text:?}");
    }
}

fn everything(text: &str) -> Outgoing {
    Outgoing {
        from: mailbox(text, "help@desk.example"),
        to: vec![mailbox(text, "ada@kunde.example")],
        cc: vec![mailbox(text, "bo@kunde.example")],
        reply_to: Some(mailbox(text, "help@desk.example")),
        in_reply_to: Some(format!("<{text}@y>")).filter(|_| text == "x").or(Some("<x@y>".into())),
        references: vec!["<x@y>".into(), text.to_owned()],
        subject: text.to_owned(),
        html: Some(text.to_owned()),
        loop_mark: Some(text.to_owned()),
        extra: vec![("X-Ticket".into(), text.to_owned()), ("List-Id".into(), text.to_owned())],
        attachments: vec![File {
            name: text.to_owned(),
            content_type: format!("text/{text}"),
            body: text.into(),
        }],
        ..plain()
    }
}

#[test]
fn v14_addresses_that_are_none_are_refused() {
    for bad in ["a@b\r\nBcc: c@d", "a@b, c@d.e", "<a@b>", "", "-f@b.c", "a\u{2028}@b.c", "\"a\r\n\"@b.c"] {
        let mut mail = plain();
        mail.to = vec![mailbox("", bad)];
        assert_eq!(render(&mail), Err(ComposeError::Address(bad.to_owned())));
    }
}

#[test]
fn whoever_we_take_as_a_sender_can_be_answered() {
    for (address, line) in [
        ("a..b@docomo.example", "\"a..b\"@docomo.example"),
        (".a@ezweb.example", "\".a\"@ezweb.example"),
        ("a.@ezweb.example", "\"a.\"@ezweb.example"),
        ("ada@my_host.example", "ada@my_host.example"),
        ("a@b", "a@b"),
        ("a@1.2", "a@1.2"),
    ] {
        let mut mail = plain();
        mail.to = vec![mailbox("", address), mailbox("Ada, B.", address)];
        let raw = render(&mail).unwrap();
        header_names(&raw);
        let text = String::from_utf8(raw.clone()).unwrap();
        assert!(text.contains(&format!("\r\nTo: {line}, ")) && text.contains(&format!("<{line}>")), "{text}");
        let read = crate::parse(&raw, &crate::Limits::DEFAULT);
        let to: Vec<_> = read.to.iter().map(|a| a.email.as_str()).collect();
        assert_eq!(to, [address, address], "our own reader, too");
    }
}

#[test]
fn names_that_look_like_addresses_stay_names() {
    let mut mail = plain();
    mail.to = vec![mailbox("\"x\" <victim@example.com>, y", "ada@kunde.example")];
    let raw = render(&mail).unwrap();
    let read = MessageParser::default().parse(&raw).unwrap();
    let to: Vec<_> = read.to().unwrap().iter().map(|a| a.address().unwrap()).collect();
    assert_eq!(to, ["ada@kunde.example"]);
}

#[test]
fn other_headers_cannot_be_set() {
    for name in ["Bcc", "To", "Subject", "X-A\r\nBcc", "X-A:b", "", "X-Ä"] {
        let mut mail = plain();
        mail.extra = vec![(name.to_owned(), "x".to_owned())];
        assert_eq!(render(&mail), Err(ComposeError::Header(name.to_owned())));
    }
}

#[test]
fn acknowledgements_ask_for_silence() {
    let mut mail = plain();
    mail.auto_submitted = Some(AutoSubmitted::Replied);
    let text = String::from_utf8(render(&mail).unwrap()).unwrap();
    for line in ["Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All", "Precedence: auto_reply"] {
        assert!(text.contains(&format!("\r\n{line}\r\n")), "{line}");
    }
    mail.auto_submitted = Some(AutoSubmitted::Generated);
    assert!(
        String::from_utf8(render(&mail).unwrap()).unwrap().contains("Auto-Submitted: auto-generated\r\n")
    );
}

#[test]
fn references_keep_the_first_and_the_last_twenty() {
    let mut mail = plain();
    mail.references = (0..100).map(|n| format!("<{n}@desk.example>")).collect();
    mail.references.insert(3, "<evil>\r\nBcc: a@b.c".to_owned());
    let raw = render(&mail).unwrap();
    header_names(&raw);
    let read = MessageParser::default().parse(&raw).unwrap();
    let ids = read.references().as_text_list().unwrap();
    let wanted: Vec<String> =
        std::iter::once(0).chain(80..100).map(|n| format!("{n}@desk.example")).collect();
    assert_eq!(ids, wanted);
}

#[test]
fn a_long_id_is_not_encoded_or_broken() {
    let mut mail = plain();
    let id = format!("<{}@desk.example>", "a1.".repeat(60));
    mail.in_reply_to = Some(id.clone());
    let text = String::from_utf8(render(&mail).unwrap()).unwrap();
    assert!(text.contains(&format!("In-Reply-To: {id}\r\n")));
}

#[test]
fn our_own_id_must_be_one() {
    for bad in ["", "1@desk", "<1>", "<1@desk>\r\nBcc: a@b.c", "<1 2@desk>", "<é@desk>"] {
        let mut mail = plain();
        mail.message_id = bad.to_owned();
        assert_eq!(render(&mail), Err(ComposeError::MessageId(bad.to_owned())));
    }
}

#[test]
fn file_names_lose_their_path() {
    for (name, wanted) in [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\y.txt", "y.txt"),
        ("", "file"),
        ("..", "file"),
        ("a\"b", "a'b"),
    ] {
        assert_eq!(file_name(name), wanted);
    }
}

#[test]
fn a_message_as_file_is_carried_as_bytes() {
    let mut mail = plain();
    let inner = render(&mail).unwrap();
    mail.attachments =
        vec![File { name: "m.eml".into(), content_type: "message/rfc822".into(), body: inner.clone() }];
    let raw = render(&mail).unwrap();
    let read = MessageParser::default().parse(&raw).unwrap();
    assert_eq!(read.attachment(0).unwrap().contents(), inner);
}
