//! A mail server hands mail over on a socket: LMTP on a path, SMTP on a port.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    os::unix::net::UnixStream,
};

use serde_json::json;
use store::Config;

use crate::{
    program::Place,
    serving::{Api, Serving, token, until},
};

/// Says lines, and gives the last line of each answer; `answers` of them to the last.
fn talk(stream: impl Read + Write, lines: &[&str], answers: usize) -> Vec<String> {
    let mut stream = BufReader::new(stream);
    let mut said = vec![answer(&mut stream)];
    for (number, line) in lines.iter().enumerate() {
        stream.get_mut().write_all(format!("{line}\r\n").as_bytes()).unwrap();
        let expected = if number + 1 == lines.len() { answers } else { 1 };
        said.extend((0..expected).map(|_| answer(&mut stream)));
    }
    said
}

/// The last line of an answer.
fn answer(stream: &mut impl BufRead) -> String {
    loop {
        let mut line = String::new();
        assert!(stream.read_line(&mut line).unwrap() > 0, "the connection ended");
        if line.as_bytes()[3] == b' ' {
            return line.trim_end().to_owned();
        }
    }
}

fn codes(said: &[String]) -> Vec<&str> {
    said.iter().map(|line| &line[..3]).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_is_taken_by_lmtp_on_a_path_and_by_smtp_on_a_port() {
    let place = Place::with_desk();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let listeners = format!(
        "\n[[listener]]\nprotocol = 'lmtp'\naddress = 'unix:{}'\n\n[[listener]]\nprotocol = 'smtp'\naddress = '{free}'\n",
        place.path("lmtp").display()
    );
    place.write("partnerdesk.toml", place.read("partnerdesk.toml") + &listeners);
    let url = format!("sqlite:{}", place.path("data/desk.db").display());
    let token = token(&place, &Config { url, owner_url: None, readers: 2 }, "north").await;
    let mut serving = Serving::start(&place, &[]);
    let api = Api { port: serving.port, token };
    for user in ["help", "sales"] {
        let address = format!("{user}@north.example");
        api.add(
            "mailboxes",
            &json!({ "address": address, "name": user, "kind": "technical", "service": "azure" }),
        );
    }

    let by_lmtp = |subject: &str| {
        let message = format!("From: ada@acme.example\r\nSubject: {subject}\r\n\r\n..a dot\r\n.");
        let lines = [
            "LHLO mx",
            "MAIL FROM:<ada@acme.example>",
            "RCPT TO:<help@north.example>",
            "RCPT TO:<nobody@north.example>",
            "RCPT TO:<sales+tag@north.example>",
            "DATA",
            &message,
        ];
        // One answer for each recipient that was taken.
        talk(UnixStream::connect(place.path("lmtp")).unwrap(), &lines, 2)
    };
    assert_eq!(codes(&by_lmtp("by path")), ["220", "250", "250", "250", "550", "250", "354", "250", "250"]);
    let message = "From: bo@acme.example\r\nSubject: by port\r\n\r\nHello\r\n.";
    let lines = ["HELO mx", "MAIL FROM:<>", "RCPT TO:<help@north.example>", "DATA", message];
    let said = talk(TcpStream::connect(free).unwrap(), &lines, 1);
    assert_eq!(codes(&said), ["220", "250", "250", "250", "354", "250"]);
    // The same words in two mailboxes are one request.
    until("both are tickets", || {
        let mut subjects = api.subjects();
        subjects.sort();
        subjects == ["by path", "by port"]
    });

    // A killed program leaves its socket behind; the next one takes its place.
    serving.process.kill();
    assert!(std::fs::exists(place.path("lmtp")).unwrap());
    serving = Serving::start(&place, &[]);
    assert_eq!(codes(&by_lmtp("again")).last(), Some(&"250"));
    let api = Api { port: serving.port, ..api };
    until("the third is a ticket", || api.subjects().len() == 3);
    assert!(serving.process.terminate().success());
}

#[test]
fn a_listener_without_tls_is_on_this_machine_alone() {
    let place = Place::with_desk();
    let listener = "\n[[listener]]\nprotocol = 'smtp'\naddress = '0.0.0.0:0'\n";
    place.write("partnerdesk.toml", place.read("partnerdesk.toml") + listener);
    let output = place.run(&["serve"]);
    assert!(!output.status.success());
    let said = crate::program::text(&output.stderr);
    assert!(said.contains("may only be on this machine"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn v11_nobody_hears_of_our_inside() {
    let place = Place::with_desk();
    let added = ["desk", "add", "--desk", "south", "--admin-email", "admin@south.example"];
    assert!(place.run(&added).status.success());
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let listener = format!("\n[[listener]]\nprotocol = 'smtp'\naddress = '{free}'\n");
    place.write("partnerdesk.toml", place.read("partnerdesk.toml") + &listener);
    let url = format!("sqlite:{}", place.path("data/desk.db").display());
    let config = Config { url, owner_url: None, readers: 2 };
    let tokens = [token(&place, &config, "north").await, token(&place, &config, "south").await];
    let serving = Serving::start(&place, &[]);
    let [north, south] = tokens.map(|token| Api { port: serving.port, token });
    for (api, desk) in [(&north, "north"), (&south, "south")] {
        let address = format!("help@{desk}.example");
        api.add(
            "mailboxes",
            &json!({ "address": address, "name": desk, "kind": "technical", "service": "azure" }),
        );
    }

    let hand_in = |recipient: &str| {
        let path = format!("inbox?recipient={recipient}");
        let mut answer = north.ask("POST", &path, "message/rfc822", b"From: a@b.example\r\n\r\nHello\r\n");
        let id = answer.body.as_object_mut().unwrap().remove("request");
        assert!(id.is_some(), "{}", answer.body);
        (answer.status, answer.body)
    };
    let (status, body) = hand_in("nobody@north.example");
    assert_eq!(
        (status, hand_in("help@south.example")),
        (422, (status, body)),
        "another desk's is as good as none"
    );

    let smtp = |recipients: &[&str], message: &str| {
        let recipients: Vec<_> = recipients.iter().map(|address| format!("RCPT TO:<{address}>")).collect();
        let mut lines = vec!["HELO mx", "MAIL FROM:<a@b.example>"];
        lines.extend(recipients.iter().map(String::as_str));
        lines.extend(["DATA", message]);
        talk(TcpStream::connect(free).unwrap(), &lines, 1)
    };
    // Where it cannot be kept: a file stands where large contents have their folder.
    std::fs::remove_dir_all(place.path("data/blobs")).ok();
    place.write("data/blobs", "in the way");
    let message = format!("From: a@b.example\r\nSubject: x\r\n\r\n{}\r\n.", "words\r\n".repeat(100_000));
    let recipients = ["help@north.example", "nobody@north.example", "help@south.example", "a@b@c"];
    let said = smtp(&recipients, &message);
    let expected = [
        "220 Partnerdesk ESMTP",
        "250 Partnerdesk",
        "250 2.1.0 go on",
        "250 2.1.5 go on",
        "550 5.1.1 nobody here has this address",
        "250 2.1.5 go on",
        "550 5.1.1 nobody here has this address",
        "354 end with a dot on a line of its own",
        "451 4.3.0 could not be kept, try again",
    ];
    assert_eq!(said, expected);
}
